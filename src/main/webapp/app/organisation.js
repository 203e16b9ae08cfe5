// "Organisation": whom the directory has, by department and group, searched as one types; everybody shown is live, but for
// people of other domains: their owners are asked for a decision, so that I must want it.

import { call } from './api.js';
import { byId, el, setText } from './dom.js';
import { sameDomain, shownState } from './words.js';

const AT_ONCE = 100;
const TYPING_MS = 200;

export async function showOrganisation(me, favourites) {
  const search = byId('org-search');
  const unit = byId('org-unit');
  const list = byId('org-people');
  const asked = new Set(); // whom of other domains I wanted to see
  let latest = 0;

  const { departments, groups } = await look({ limit: 0 });
  byId('org-departments').append(...departments.map(({ department, people }) => option('department', department, people)));
  byId('org-groups').append(...groups.map(({ group, members }) => option('group', group, members)));
  for (const kind of ['org-departments', 'org-groups']) byId(kind).hidden = !byId(kind).children.length;
  unit.value = me.department ? valueOf('department', me.department) : '';

  let typing;
  search.addEventListener('input', () => {
    clearTimeout(typing);
    typing = setTimeout(show, TYPING_MS);
  });
  unit.addEventListener('change', () => show());
  byId('org-form').addEventListener('submit', (event) => event.preventDefault());
  byId('org-more').addEventListener('click', () => show(list.children.length));
  favourites.onChange(paintStars);
  await show();
  byId('organisation').hidden = list.children.length === 0;

  async function show(from = 0) {
    const mine = ++latest;
    const [kind, name] = unit.value.split(/:(.*)/s);
    const where = kind ? { [kind]: name } : {};
    const answer = await look({ q: search.value.trim(), ...where, from, limit: AT_ONCE }).catch(() => null);
    if (mine !== latest) return; // overtaken by what was typed since
    if (!answer) {
      setText(byId('org-count'), 'The directory cannot be asked now. Try again.');
      return;
    }
    const { people, total } = answer;
    const before = [...list.children];
    const rows = people.map((person) => before.find((row) => row.dataset.account === person.account) ?? tile(person));
    list.replaceChildren(...(from ? before : []), ...rows);
    const shown = list.children.length;
    byId('org-more').hidden = shown >= total;
    setText(byId('org-count'), countWords(shown, total));
    paintStars();
  }

  function tile({ account, name, department }) {
    const shownName = name || account;
    const state = el('span', { class: 'state' });
    const star = el('button', { type: 'button', class: 'star', title: 'Favourite', 'aria-label': `${shownName} is a favourite` });
    star.addEventListener('click', () => favourites.toggle(account));
    star.hidden = account === me.account;
    const words = el('p', { class: 'quiet' }, state, department && ` · ${department}`);
    const who = el('div', { class: 'who' }, el('p', { class: 'name' }, shownName), words);
    const row = el('li', { 'data-account': account }, el('span'), who, star);
    if (mayShow(account)) showLive(row, shownName);
    else state.append(askButton(row, shownName));
    return row;
  }

  function mayShow(account) {
    return sameDomain(account, me.account) || favourites.has(account) || asked.has(account);
  }

  function showLive(row, shownName) {
    const { account } = row.dataset;
    const badge = el('rollcall-presence', { account, class: 'badge', label: shownName });
    const state = row.querySelector('.state');
    const show = () => setText(state, shownState(badge));
    badge.addEventListener('rollcall-presence', show);
    row.firstChild.replaceWith(badge);
    show();
  }

  function askButton(row, shownName) {
    const title = `Asks ${shownName} to share presence with you`;
    const button = el('button', { type: 'button', class: 'ask', title, 'aria-label': `Show the presence of ${shownName}` }, 'Show');
    button.addEventListener('click', () => {
      asked.add(row.dataset.account);
      showLive(row, shownName);
      row.querySelector('.star').focus(); // the button is gone
    });
    return button;
  }

  function paintStars() {
    for (const row of list.children) {
      const star = row.querySelector('.star');
      const chosen = favourites.has(row.dataset.account);
      star.setAttribute('aria-pressed', String(chosen));
      setText(star, chosen ? '★' : '☆');
      if (chosen && row.querySelector('.ask')) showLive(row, row.querySelector('.name').textContent);
    }
  }
}

function countWords(shown, total) {
  if (total === 0) return 'Nobody is found.';
  return shown < total ? `${shown} of ${total} people` : total === 1 ? '1 person' : `${total} people`;
}

const valueOf = (kind, name) => `${kind}:${name}`;

const option = (kind, name, count) => el('option', { value: valueOf(kind, name) }, `${name} (${count})`);

async function look(query) {
  return (await call('GET', `/api/directory?${new URLSearchParams(query)}`)).body;
}
