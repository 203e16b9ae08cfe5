// "Colleagues": one row, and one badge in it, for each person I watch. The badges share their live connection.

import { call } from './api.js';
import { byId, el, say, setText } from './dom.js';
import { describe, parseAddress, sentence, timeElement } from './words.js';

const FIRST_PEOPLE = 20; // a large directory is for searching, not for watching whole

export async function showColleagues(me) {
  const key = `rollcall.colleagues.${me.account}`;
  let watched = stored(key) ?? (await firstPeople(me));
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
    keep([...watched, account]);
    field.value = '';
    say(byId('add-said'), `${account} is added.`);
  });

  let typing;
  byId('address').addEventListener('input', (event) => {
    clearTimeout(typing);
    typing = setTimeout(() => suggest(event.target.value.trim()), 250);
  });

  // Another tab of mine changed the list.
  addEventListener('storage', (event) => {
    if (event.key !== key) return;
    watched = stored(key) ?? [];
    paint();
  });

  function objection(account) {
    if (!account) return 'That is not an address. It should look like name@example.com.';
    if (account === me.account) return 'That is your own address.';
    if (watched.includes(account)) return `${account} is in the list already.`;
    return null;
  }

  function keep(accounts) {
    watched = accounts;
    localStorage.setItem(key, JSON.stringify(watched));
    paint();
  }

  function remove(account) {
    keep(watched.filter((each) => each !== account));
    say(byId('add-said'), `${account} is removed.`);
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
    setText(state, stateWords(shown, known));
    setText(note, known?.person?.note ?? '');
    note.hidden = !note.textContent;
    const time = timeElement(known?.person?.since ?? known?.lastSeen);
    since.replaceChildren(...(time ? [known.state === 'offline' ? 'last seen ' : 'since ', time] : []));
    const count = known?.tuples?.length ?? 0;
    setText(clients, count === 0 ? '' : count === 1 ? '1 client' : `${count} clients`);
  }
}

function stateWords(state, known) {
  if (state === 'pending') return 'Not visible yet: waits for a decision';
  if (state === 'refused') return 'Does not share presence with you';
  if (!known) return 'Not known';
  const words = describe(known.state, known.person?.activities);
  return state === 'unknown' ? `Was ${words}` : sentence(words);
}

function stored(key) {
  try {
    const accounts = JSON.parse(localStorage.getItem(key));
    return Array.isArray(accounts) ? accounts.map(String).filter(parseAddress) : null;
  } catch {
    return null;
  }
}

/** Whom to show somebody who has not chosen yet: the colleagues the server names, else the directory's first. */
async function firstPeople(me) {
  const named = me.colleagues?.length ? me.colleagues : await search('');
  return named.map(parseAddress).filter((account) => account && account !== me.account).slice(0, FIRST_PEOPLE);
}

async function suggest(text) {
  if (text.length < 2) return;
  byId('suggestions').replaceChildren(...(await search(text)).map((account) => el('option', { value: account })));
}

/** The addresses that the directory has for a word; none where there is no directory. */
async function search(text) {
  try {
    const { body } = await call('GET', `/api/directory?q=${encodeURIComponent(text)}`);
    const people = Array.isArray(body) ? body : (body?.people ?? []);
    return people.map((person) => person.account).filter(Boolean);
  } catch {
    return [];
  }
}
