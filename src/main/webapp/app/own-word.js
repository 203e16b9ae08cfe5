// "My own word": what I say over all my clients, until I take it back or it ends.

import { accountPath, call } from './api.js';
import { byId, el, say, setText } from './dom.js';
import { ACTIVITIES, describe, sentence, timeElement } from './words.js';

const LATE_MS = 1500; // the server ends a word up to a second late
const LONGEST_TIMER_MS = 24 * 3600 * 1000;

export function showOwnWord(account) {
  const path = accountPath(account, 'preferred');
  const kind = byId('word-kind');
  const end = byId('word-end');
  let asked = 0;
  let timer;

  byId('word-activities').append(...ACTIVITIES.map(({ id, words }) => el('option', { value: id }, sentence(words))));
  const follow = () => {
    byId('word-to-field').hidden = kind.value !== 'invisible';
    byId('word-note-field').hidden = kind.value === 'invisible';
    byId('word-until-field').hidden = end.value !== 'at';
  };
  kind.addEventListener('change', follow);
  end.addEventListener('change', follow);
  follow();

  byId('word').addEventListener('submit', (event) => {
    event.preventDefault();
    if (end.value === 'at' && !byId('word-until').value) {
      say(byId('word-said'), 'Choose a day and a time.', true);
      byId('word-until').focus();
      return;
    }
    act(() => call('PUT', path, { json: written() }), 'Saved.');
  });
  byId('word-back').addEventListener('click', () => {
    kind.focus(); // the button goes
    act(() => call('DELETE', path), 'Taken back: your clients speak for you again.');
  });

  // Each change of my presence may be my word, said or taken back elsewhere, or its end.
  addEventListener('rollcall-presence', ({ detail }) => detail?.account === account && load());
  load();

  /** The word that the form says. */
  function written() {
    const what = kind.value;
    if (what === 'invisible') {
      const to = byId('word-to').value.split(/[\s,;]+/).filter(Boolean);
      return { invisible: true, to, ...ending() };
    }
    const note = byId('word-note').value.trim() || undefined;
    const activity = ACTIVITIES.find(({ id }) => id === what);
    if (activity) return { state: activity.state, activities: [activity.id], note, ...ending() };
    if (what === 'out-of-office') return { outOfOffice: true, note, ...ending() };
    return { state: what || undefined, note, ...ending() };
  }

  function ending() {
    if (end.value === 'at') return { until: new Date(byId('word-until').value).toISOString() };
    if (end.value === 'today') return { until: new Date(new Date().setHours(24, 0, 0, 0)).toISOString() };
    return end.value ? { expires: Number(end.value) } : {};
  }

  async function act(request, words) {
    try {
      await request();
      say(byId('word-said'), words);
      await load();
    } catch (problem) {
      say(byId('word-said'), problem.status ? problem.message : 'The server cannot be reached. Try again.', true);
    }
  }

  async function load() {
    const turn = ++asked;
    try {
      const { body } = await call('GET', path);
      if (turn === asked) show(body);
    } catch (problem) {
      if (problem.status === 404 && turn === asked) show(null); // otherwise what was known goes on being shown
    }
  }

  function show(word) {
    clearTimeout(timer);
    const left = word?.until ? new Date(word.until) - Date.now() : Infinity;
    if (left < LONGEST_TIMER_MS) timer = setTimeout(load, Math.max(0, left) + LATE_MS);
    byId('word-held').hidden = !word;
    // What I see of myself is not what others see then.
    byId('shown-as').hidden = hidesFromAll(word);
    if (!word) return;
    setText(byId('word-words'), wordsOf(word));
    setText(byId('word-says'), word.note ?? '');
    const until = timeElement(word.until);
    byId('word-ends').replaceChildren(...(until ? ['Until ', until] : ['Until you take it back']));
  }
}

const hidesFromAll = (word) => Boolean(word?.invisible && !word.to?.length);

function wordsOf({ state, activities, outOfOffice, invisible, to }) {
  const words = [];
  if (outOfOffice) words.push('out of office');
  if (state) words.push(outOfOffice ? `shown as ${describe(state, activities)}` : describe(state, activities));
  if (invisible) words.push(`offline to ${to?.length ? to.join(', ') : 'everybody'}`);
  return sentence(words.join('; ')) || 'As your clients say, with this note';
}
