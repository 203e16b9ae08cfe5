// How states, activities (RFC 4480 §3.2), addresses and times read in English.

/** The activities that are offered, and the state that goes with each. */
export const ACTIVITIES = [
  { id: 'meeting', words: 'in a meeting', state: 'busy' },
  { id: 'on-the-phone', words: 'on the phone', state: 'busy' },
  { id: 'presentation', words: 'giving a presentation', state: 'busy' },
  { id: 'meal', words: 'at lunch', state: 'away' },
  { id: 'appointment', words: 'at an appointment', state: 'away' },
  { id: 'travel', words: 'travelling', state: 'away' },
  { id: 'vacation', words: 'on vacation', state: 'away' },
];

export const sentence = (words) => words.charAt(0).toUpperCase() + words.slice(1);

const wordsOf = (id) => ACTIVITIES.find((activity) => activity.id === id)?.words ?? String(id).replaceAll('-', ' ');

/** "busy, in a meeting"; an activity that only repeats the state is left out. */
export function describe(state, activities = []) {
  return [state, ...activities.filter((id) => id !== state).map(wordsOf)].join(', ');
}

/** What a badge shows, in words. */
export function shownState(badge) {
  const state = badge.getAttribute('state');
  const known = badge.presence;
  if (state === 'pending') return 'Not visible yet: waits for a decision';
  if (state === 'refused') return 'Does not share presence with you';
  if (!known) return 'Not known';
  const words = describe(known.state, known.person?.activities);
  return state === 'unknown' ? `Was ${words}` : sentence(words);
}

/** The address in its usual form, or null if it is none. */
export function parseAddress(text) {
  const match = /^(?:pres:|sips?:)?([^\s@<>",;:]+)@([a-z0-9](?:[a-z0-9.-]*[a-z0-9])?)$/i.exec(text.trim());
  return match ? `${match[1]}@${match[2].toLowerCase()}` : null;
}

/** Whether two addresses are of one domain: only within it the server shows presence without asking the owner first. */
export const sameDomain = (one, other) => one.split('@')[1] === other.split('@')[1];

const CLOCK = new Intl.DateTimeFormat(undefined, { hour: '2-digit', minute: '2-digit' });
const DAY = new Intl.DateTimeFormat(undefined, { day: 'numeric', month: 'short', hour: '2-digit', minute: '2-digit' });
const FULL = new Intl.DateTimeFormat(undefined, { dateStyle: 'full', timeStyle: 'medium' });

/** `<time>` with the clock today, with the day otherwise; null for a time that is not known. */
export function timeElement(timestamp) {
  const date = new Date(timestamp ?? NaN);
  if (Number.isNaN(date.getTime())) return null;
  const element = document.createElement('time');
  element.dateTime = date.toISOString();
  element.title = FULL.format(date);
  element.textContent = (date.toDateString() === new Date().toDateString() ? CLOCK : DAY).format(date);
  return element;
}
