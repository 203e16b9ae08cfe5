// What an owner can decide for a watcher (RFC 5025 §3.2), and what follows from all rules together, in words.

import { accountPath, call } from './api.js';
import { el } from './dom.js';

export const HELP = {
  allow: 'The watcher sees your presence.',
  confirm: 'The watcher waits, and sees nothing until you decide.',
  'polite-block': 'The watcher always sees you as offline.',
  block: 'The watcher is refused.',
};
export const HOLDS = {
  allow: 'is allowed to see you',
  confirm: 'waits for your decision',
  'polite-block': 'sees you as offline',
  block: 'is blocked',
};

const SEES = {
  confirm: 'Nothing until you decide.',
  'polite-block': 'That you are offline, whatever you do.',
  block: 'Nothing. They are told that they are refused.',
};
const ELEMENTS = { services: 'your clients', persons: 'what you do', devices: 'your devices' };
const ATTRIBUTES = {
  activities: 'activities',
  note: 'notes',
  mood: 'mood',
  'place-type': 'kind of place',
  'place-is': 'how the place is',
  privacy: 'who can overhear',
  relationship: 'relationships',
  sphere: 'home or work',
  'status-icon': 'icon',
  'time-offset': 'time zone',
  class: 'classes',
  deviceID: 'device of each client',
  'user-input': 'when you last typed',
};

const path = (account, watcher) => accountPath(account, 'authorizations', watcher);

/** Stores one decision; answers what holds for the watcher then. */
export const decide = async (account, watcher, handling) =>
  changed((await call('PUT', path(account, watcher), { json: { handling } })).body);

/** Takes a decision back: the general rules hold again. */
export const forget = async (account, watcher) => changed((await call('DELETE', path(account, watcher))).body);

/** What holds for a watcher, and what made it. */
export const effective = async (account, watcher) => (await call('GET', path(account, watcher))).body;

/** Tells the other parts of the page that rules have changed. */
export function changed(answer) {
  dispatchEvent(new Event('rules-changed'));
  return answer;
}

/** What a watcher sees, what is hidden from it, and why. */
export function effect(decision) {
  const { shown, hidden } = provided(decision);
  return el(
    'dl',
    { class: 'effect' },
    el('dt', {}, 'Sees'),
    el('dd', {}, shown),
    hidden && el('dt', {}, 'Hidden'),
    hidden && el('dd', {}, hidden),
    el('dt', {}, 'Because'),
    el('dd', {}, reason(decision)),
  );
}

function provided({ handling, provide = 'all' }) {
  if (handling !== 'allow') return { shown: SEES[handling] ?? 'Not known.' };
  if (provide === 'all') return { shown: 'Everything that you publish.' };
  const shown = [];
  const hidden = [];
  for (const [name, words] of Object.entries(ELEMENTS)) {
    const chosen = provide[name] ?? [];
    if (chosen === 'all') shown.push(words);
    else if (chosen.length) shown.push(`some of ${words} (${chosen.map(selector).join(', ')})`);
    else hidden.push(words);
  }
  const attributes = provide.attributes ?? [];
  for (const [name, words] of Object.entries(ATTRIBUTES)) {
    const given = name === 'user-input' ? (provide[name] ?? 'false') !== 'false' : attributes.includes(name);
    (attributes === 'all' || given ? shown : hidden).push(words);
  }
  shown.push(...(provide.unknown ?? []).map(({ name }) => name));
  return { shown: list(shown) || 'Only that you are known here.', hidden: list(hidden) };
}

const selector = (choice) => Object.entries(choice).flat().join(' ');

const list = (words) => words.length > 0 && `${words.join(', ')}.`.replace(/^./, (first) => first.toUpperCase());

function reason({ because, rules = [] }) {
  const names = rules.map((id) => `“${id}”`).join(', ');
  switch (because) {
    case 'decision':
      return 'You decided so for this watcher.';
    case 'rules':
      return rules.length > 1 ? `Your rules ${names} say so together.` : `Your rule ${names} says so.`;
    case 'invisible':
      return 'You appear offline to them, by your own word.';
    default:
      return 'None of your rules is about this watcher; the server’s default holds.';
  }
}
