// "Favourites": one row, and one badge in it, for each person I chose. The badges share their live connection.

import { call } from './api.js';
import { Chosen } from './chosen.js';
import { byId, el, say, setText } from './dom.js';
import { parseAddress, sameDomain, shownState, timeElement } from './words.js';

const FIRST_PEOPLE = 20; // a large directory is for searching, not for watching whole

/** Answers what other parts of the page may do with the favourites. */
export async function showFavourites(me) {
  const chosen = new Chosen(me.account);
  const listeners = [];
  const names = new Map();
  let changes = 0;
  let watched = (await known()) ?? (await firstPeople(me));
  paint();

  byId('add').addEventListener('submit', (event) => {
    event.preventDefault();
    const field = byId('address');
    const account = parseAddress(field.value);
    const wrong = objection(account);
    field.removeAttribute('aria-invalid');
    if (wrong) {
      field.setAttribute('aria-invalid', 'true');
      say(byId('add-said'), wrong, true);
      field.focus();
      return;
    }
    field.value = '';
    change(adding(account), `${account} is added.`);
  });

  let typing;
  byId('address').addEventListener('input', (event) => {
    clearTimeout(typing);
    typing = setTimeout(() => suggest(event.target.value.trim()), 250);
  });

  // Meanwhile another tab or machine of mine may have changed them.
  addEventListener('focus', refresh);
  document.addEventListener('visibilitychange', () => document.hidden || refresh());

  return {
    has: (account) => watched.includes(account),
    toggle: (account) => change(watched.includes(account) ? removing(account) : adding(account), ''),
    onChange: (listener) => listeners.push(listener),
  };

  function objection(account) {
    if (!account) return 'That is not an address. It should look like name@example.com.';
    if (account === me.account) return 'That is your own address.';
    if (watched.includes(account)) return `${account} is in the list already.`;
    return null;
  }

  /** Shows a change at once, and what is stored in the end. */
  async function change(of, words) {
    const shown = watched;
    const latest = ++changes;
    show(of(shown));
    try {
      const stored = await chosen.change(shown, of);
      if (latest === changes) show(stored);
      say(byId('add-said'), words);
    } catch (problem) {
      if (latest === changes) show(shown);
      say(byId('add-said'), `Not saved. ${problem.status ? problem.message : 'The server cannot be reached.'}`, true);
    }
  }

  async function refresh() {
    const latest = changes;
    const people = await known();
    if (people && latest === changes) show(people);
  }

  /** Null also where the server cannot say: what is chosen then is added to what it has. */
  function known() {
    return chosen.read().catch(() => null);
  }

  function show(people) {
    watched = people;
    paint();
  }

  function remove(account) {
    change(removing(account), `${account} is removed.`);
    byId('address').focus();
  }

  /** Adds and removes rows, and leaves the others alone: their badges keep what they know. */
  function paint() {
    const list = byId('people');
    for (const row of [...list.children]) if (!watched.includes(row.dataset.account)) row.remove();
    for (const account of [...watched].sort()) {
      const shown = [...list.children];
      if (shown.some((row) => row.dataset.account === account)) continue;
      const after = shown.find((row) => row.dataset.account > account) ?? null;
      list.insertBefore(personRow(account, () => remove(account)), after);
    }
    byId('nobody').hidden = watched.length > 0;
    listeners.forEach((listener) => listener());
    nameRows();
  }

  /** Shows the names that the directory has for the addresses. */
  async function nameRows() {
    const unnamed = watched.filter((account) => !names.has(account));
    unnamed.forEach((account) => names.set(account, ''));
    const query = new URLSearchParams(unnamed.map((account) => ['account', account]));
    const people = unnamed.length ? await found(query) : [];
    people.forEach(({ account, name }) => names.set(account, name ?? ''));
    for (const row of byId('people').children) {
      const name = names.get(row.dataset.account);
      if (name) row.querySelector('.name').replaceChildren(name, ' ', el('span', { class: 'quiet' }, row.dataset.account));
    }
  }
}

function personRow(account, onRemove) {
  const badge = el('rollcall-presence', { account, class: 'badge' });
  const state = el('span', { class: 'state' });
  const note = el('p', { class: 'note', hidden: true });
  const since = el('span');
  const clients = el('span');
  const naming = { 'aria-label': `Remove ${account}`, title: 'Remove' };
  const button = el('button', { type: 'button', class: 'remove', ...naming }, '✕');
  button.addEventListener('click', onRemove);
  const who = el('div', { class: 'who' }, el('p', { class: 'name' }, account), state, note);
  const row = el('li', { 'data-account': account }, badge, who, el('div', { class: 'since' }, since, clients), button);

  badge.addEventListener('rollcall-presence', show);
  show();
  return row;

  function show() {
    const known = badge.presence;
    const shown = badge.getAttribute('state');
    row.classList.toggle('stale', shown === 'unknown');
    setText(state, shownState(badge));
    setText(note, known?.person?.note ?? '');
    note.hidden = !note.textContent;
    const time = timeElement(known?.person?.since ?? known?.lastSeen);
    since.replaceChildren(...(time ? [known.state === 'offline' ? 'last seen ' : 'since ', time] : []));
    const count = known?.tuples?.length ?? 0;
    setText(clients, count === 0 ? '' : count === 1 ? '1 client' : `${count} clients`);
  }
}

const adding = (account) => (people) => (people.includes(account) ? people : [...people, account]);

const removing = (account) => (people) => people.filter((each) => each !== account);

/**
 * Whom to show somebody who has not chosen yet: its department, else the colleagues that the server names. Of other domains
 * nobody: showing them would ask them for a decision.
 */
async function firstPeople(me) {
  const department = me.department ? await found(new URLSearchParams({ department: me.department })) : [];
  const named = department.length ? department.map(({ account }) => account) : me.colleagues;
  const others = named.map(parseAddress).filter((account) => account && account !== me.account);
  return others.filter((account) => sameDomain(account, me.account)).slice(0, FIRST_PEOPLE);
}

async function suggest(text) {
  if (text.length < 2) return;
  const people = await found(new URLSearchParams({ q: text }));
  const options = people.map(({ account, name }) => el('option', { value: account, label: name }));
  byId('suggestions').replaceChildren(...options);
}

/** The people that the directory has for a query; none where it cannot be asked. */
async function found(query) {
  try {
    return (await call('GET', `/api/directory?${query}`)).body.people;
  } catch {
    return [];
  }
}
