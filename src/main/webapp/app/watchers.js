// "Who watches me": a row for each watcher, those who wait for a decision first; kept by the stream of my own account.

import { accountPath, call } from './api.js';
import { decide, effect, effective, forget, HOLDS } from './decisions.js';
import { byId, el, say, setText } from './dom.js';
import { timeElement } from './words.js';

const MOST_ROWS = 200; // more is for a search, not for a page
const CHOICES = { allow: 'Allow', 'polite-block': 'Block politely', block: 'Block' };
const STANDS = { allow: 'Sees you', 'polite-block': 'Sees you as offline', block: 'Is blocked', confirm: 'Sees nothing' };

const waits = ({ status, handling }) => handling === 'confirm' && status !== 'terminated';
const here = ({ status }) => status === 'active' || status === 'pending';

export function showWatchers(account) {
  const known = new Map(); // watcher → what is told of it
  const decided = new Set(); // stay on this page when they go, so that a decision can be changed at once
  const rows = new Map();
  let live = false;

  addEventListener('rollcall-watchers', ({ detail }) => {
    if (detail.account !== account) return;
    live = true;
    take(detail);
  });
  addEventListener('rules-changed', () => rows.forEach((row) => row.explain()));
  call('GET', accountPath(account, 'watchers')).then(
    ({ body }) => live || take(body),
    (problem) => live || failed(problem),
  );

  /** Full: these and no others. Partial: what has changed (RFC 3858 §4). */
  function take({ state, watchers }) {
    if (state === 'full') {
      const told = new Set(watchers.map(({ watcher }) => watcher));
      [...known.keys()].filter((watcher) => !told.has(watcher)).forEach(gone);
    }
    watchers.forEach((each) => (each.status === 'terminated' ? gone(each.watcher) : known.set(each.watcher, each)));
    paint();
  }

  function gone(watcher) {
    if (decided.has(watcher)) known.set(watcher, { ...known.get(watcher), status: 'terminated' });
    else known.delete(watcher);
  }

  async function act(watcher, request, words) {
    try {
      const { handling, because } = await request();
      decided.add(watcher);
      known.set(watcher, { ...known.get(watcher), watcher, handling });
      const end = because === 'invisible' ? ' until your own word ends' : '';
      say(byId('watchers-said'), `${words}: ${watcher} ${HOLDS[handling]}${end}.`);
      paint();
    } catch (problem) {
      failed(problem);
    }
  }

  function failed(problem) {
    say(byId('watchers-said'), problem.status ? problem.message : 'The server cannot be reached. Try again.', true);
  }

  function paint() {
    const all = [...known.values()].sort((a, b) => waits(b) - waits(a) || (a.watcher < b.watcher ? -1 : 1));
    const shown = all.slice(0, MOST_ROWS);
    arrange(shown);
    const more = all.length - shown.length;
    setText(byId('more-watchers'), more ? `And ${more} more.` : '');
    byId('unwatched').hidden = all.length > 0;
    announce(all.filter(waits).map(({ watcher }) => watcher));
  }

  /** Moves and changes rows, but makes none anew: what is open stays open, and the focus where it is. */
  function arrange(shown) {
    const focused = document.activeElement;
    const list = byId('watcher-list');
    const inside = list.contains(focused);
    const names = new Set(shown.map(({ watcher }) => watcher));
    for (const [watcher, row] of rows) if (!names.has(watcher)) rows.delete(watcher) && row.element.remove();
    shown.forEach((each, at) => {
      const row = rows.get(each.watcher) ?? watcherRow(account, each.watcher, act);
      rows.set(each.watcher, row);
      if (list.children[at] !== row.element) list.insertBefore(row.element, list.children[at] ?? null);
      row.show(each);
    });
    if (inside && document.activeElement !== focused) (focused.isConnected ? focused : byId('watchers-title')).focus();
  }

  function announce(waiting) {
    const words = waiting.length === 1 ? `${waiting[0]} waits` : `${waiting.length} watchers wait`;
    setText(byId('waiting-words'), waiting.length ? `${words} for your decision.` : '');
    byId('waiting').hidden = waiting.length === 0;
  }
}

function watcherRow(account, watcher, act) {
  const state = el('p');
  const buttons = Object.entries(CHOICES).map(([handling, words]) => {
    const button = el('button', { type: 'button', 'data-handling': handling }, words);
    button.addEventListener('click', () => act(watcher, () => decide(account, watcher, handling), 'Saved'));
    return button;
  });
  const preview = el('div', { 'aria-live': 'polite' });
  const summary = el('summary', {}, 'What they see', el('span', { class: 'unseen' }, `: ${watcher}`));
  const details = el('details', {}, summary, preview);
  const who = el('div', { class: 'who' }, el('p', { class: 'name' }, watcher), state);
  const choice = el('div', { class: 'verdict', role: 'group', 'aria-label': `Decide on ${watcher}` }, ...buttons);
  const element = el('li', { 'data-watcher': watcher }, who, choice, details);
  let handling;
  details.addEventListener('toggle', explain);
  return { element, show, explain };

  function show(told) {
    element.classList.toggle('waits', waits(told));
    state.replaceChildren(...stateWords(told));
    buttons.forEach((button) => button.setAttribute('aria-pressed', String(button.dataset.handling === told.handling)));
    if (handling !== told.handling) explain();
    handling = told.handling;
  }

  async function explain() {
    if (!details.open || !element.isConnected) return;
    try {
      const decision = await effective(account, watcher);
      preview.replaceChildren(effect(decision), ...(decision.because === 'decision' ? [takeBack()] : []));
    } catch (problem) {
      preview.replaceChildren(el('p', { class: 'said bad' }, problem.message));
    }
  }

  function takeBack() {
    const button = el('button', { type: 'button' }, 'Remove my decision');
    button.addEventListener('click', () => {
      summary.focus(); // the button goes
      const request = () => forget(account, watcher).then(() => effective(account, watcher));
      act(watcher, request, 'Removed');
    });
    return button;
  }
}

function stateWords(told) {
  const time = timeElement(told.since);
  if (waits(told)) {
    const away = here(told) ? '' : '; is not connected now';
    return [el('strong', {}, 'Waits for your decision'), ...(time ? [' since ', time] : []), away];
  }
  const words = STANDS[told.handling] ?? 'Watches';
  return here(told) ? [words, ...(time ? [', watches since ', time] : [])] : [`${words}; does not watch now`];
}
