// "Me": what this browser publishes, and what my clients say together.

import { byId, el, say } from './dom.js';
import { Presentity } from './presentity.js';
import { ACTIVITIES, describe, sentence, timeElement } from './words.js';

export function showMe(account) {
  const presentity = new Presentity(account, (problem) => {
    paint();
    if (!problem) say(byId('me-said'), saved ? 'Saved.' : '');
    else say(byId('me-said'), `Not saved. ${problem.status ? problem.message : 'The server cannot be reached.'}`, true);
  });
  let saved = false; // whether anything was said since the page was opened

  const badge = el('rollcall-presence', { account, label: 'Others see you as', 'show-text': true, watchers: true });
  badge.addEventListener('rollcall-presence', () => paintClients());
  byId('shown-as').append(el('span', { class: 'quiet' }, 'Shown as '), badge);

  const activity = byId('activity');
  activity.append(el('option', { value: '' }, 'None'));
  ACTIVITIES.forEach(({ id, words }) => activity.append(el('option', { value: id }, sentence(words))));
  activity.addEventListener('change', () => {
    const chosen = ACTIVITIES.find(({ id }) => id === activity.value);
    publish(chosen ? { activities: [chosen.id], state: chosen.state } : { activities: [] });
  });

  const buttons = [...document.querySelectorAll('[data-state]')];
  for (const button of buttons) {
    const { state } = button.dataset;
    // An activity that goes with another state would contradict this one.
    const fits = (id) => ACTIVITIES.some((each) => each.id === id && each.state === state);
    button.addEventListener('click', () => publish({ state, activities: presentity.said.activities.filter(fits) }));
  }

  byId('note-form').addEventListener('submit', (event) => {
    event.preventDefault();
    publish({ note: byId('note').value.trim() });
  });

  byId('sign-out').addEventListener('submit', async (event) => {
    event.preventDefault();
    // First the presentity, then the session that may end it; a server that hangs does not keep anybody signed in.
    await Promise.race([presentity.end(), new Promise((done) => setTimeout(done, 2000))]);
    event.target.submit();
  });

  byId('note').value = presentity.said.note;
  paint();
  return presentity.start();

  function publish(change) {
    saved = true;
    const sent = presentity.publish(change);
    paint();
    return sent;
  }

  function paint() {
    const { state, activities } = presentity.said;
    buttons.forEach((button) => button.setAttribute('aria-pressed', String(button.dataset.state === state)));
    activity.value = activities[0] ?? '';
    paintClients();
  }

  function paintClients() {
    const tuples = badge.presence?.tuples ?? [];
    const rows = tuples.map((tuple) => clientRow(tuple, tuple.id === presentity.tuple));
    byId('clients').replaceChildren(...(rows.length ? rows : [el('li', { class: 'quiet' }, 'None is known yet.')]));
  }
}

function clientRow({ id, device, state, activities, note, timestamp }, here) {
  const since = timeElement(timestamp);
  return el(
    'li',
    { 'data-tuple': id },
    el('span', {}, el('strong', {}, device || 'client'), ' ', here && el('span', { class: 'here' }, '(this browser)')),
    el('span', { class: 'quiet' }, describe(state, activities), since && ' since ', since),
    note && el('span', { class: 'note' }, note),
  );
}
