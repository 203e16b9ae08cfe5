// What pages of the console do in the browser, beside PrimeFaces: states that change are shown as they change.

import { call } from '/app/api.js';
import { setText } from '/app/dom.js';
import { describe } from '/app/words.js';

const BETWEEN_LOOKS_MS = 2000;
const BETWEEN_FIGURES_MS = 5000; // nodes tell no more often

for (const link of document.querySelectorAll('nav a[data-page]')) {
  if (location.pathname.startsWith(`/admin/${link.dataset.page}.`)) link.setAttribute('aria-current', 'page');
}

for (const select of document.querySelectorAll('select[data-value]')) select.value = select.dataset.value;

/** On a narrow screen each cell stands below the other, with the name of its column before it. */
function nameCells() {
  for (const table of document.querySelectorAll('.ui-datatable table')) {
    const names = [...table.querySelectorAll('th')].map((head) => head.textContent.trim());
    for (const row of table.tBodies[0].rows) {
      [...row.cells].forEach((cell, i) => cell.colSpan === 1 && (cell.dataset.column = names[i]));
    }
  }
}

function show(account, presence) {
  const of = (name) => document.querySelectorAll(`[${name}="${CSS.escape(account)}"]`);
  for (const state of of('data-account')) {
    state.dataset.state = presence.state;
    setText(state, describe(presence.state, presence.person?.activities));
  }
  for (const note of of('data-note-of')) setText(note, presence.person?.note ?? '');
}

async function look() {
  const accounts = [...new Set([...document.querySelectorAll('[data-account]')].map((state) => state.dataset.account))];
  if (!accounts.length || document.hidden) return;
  const { body } = await call('POST', '/api/presence/query', { json: { accounts } });
  for (const { account, presence } of body.presence) if (presence) show(account, presence);
}

async function keepLooking() {
  await look().catch(() => undefined); // the next look may go better
  setTimeout(keepLooking, BETWEEN_LOOKS_MS);
}

keepLooking();

nameCells();
new MutationObserver(nameCells).observe(document.getElementById('main'), { childList: true, subtree: true });

// The page makes this one where it has figures.
setInterval(() => document.hidden || window.refreshFigures?.(), BETWEEN_FIGURES_MS);

// What came instead of an answer is the log-in page, or a refusal, or the server does not know this view any more: the
// page asked for anew leads on.
jQuery(document).on('pfAjaxError', (event, answer) => {
  if ([200, 401, 403].includes(answer?.status)) location.reload();
});
jQuery(document).on('pfAjaxComplete', (event, answer) => {
  if (answer?.responseXML?.querySelector('error-name')?.textContent.includes('ViewExpired')) location.reload();
});
