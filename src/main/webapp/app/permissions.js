// "Who may see me": one decision for one watcher (RFC 5025's four handlings).

import { accountPath, call } from './api.js';
import { byId, say } from './dom.js';
import { parseAddress } from './words.js';

const HELP = {
  allow: 'The watcher sees your presence.',
  confirm: 'The watcher waits, and sees nothing until you decide.',
  'polite-block': 'The watcher always sees you as offline.',
  block: 'The watcher is refused.',
};
const HOLDS = {
  allow: 'is allowed to see you',
  confirm: 'waits for your decision',
  'polite-block': 'sees you as offline',
  block: 'is blocked',
};

export function showPermissions(me) {
  const handling = byId('handling');
  const explain = () => (byId('handling-help').textContent = HELP[handling.value]);
  handling.addEventListener('change', explain);
  explain();

  byId('decide').addEventListener('submit', (event) => {
    event.preventDefault();
    const chosen = handling.value;
    act(async (watcher, path) => {
      await call('PUT', path, { json: { handling: chosen } });
      return `Saved: ${watcher} ${HOLDS[chosen]}.`;
    });
  });

  byId('forget').addEventListener('click', () =>
    act(async (watcher, path) => {
      await call('DELETE', path);
      return `Removed: your general rules decide for ${watcher} again.`;
    }),
  );

  byId('check').addEventListener('click', () =>
    act(async (watcher, path) => {
      const { body } = await call('GET', path);
      return `${watcher} ${HOLDS[body?.handling] ?? 'has no decision'}.`;
    }),
  );

  async function act(request) {
    const field = byId('watcher');
    const watcher = parseAddress(field.value);
    field.removeAttribute('aria-invalid');
    if (!watcher) {
      field.setAttribute('aria-invalid', 'true');
      say(byId('decide-said'), 'That is not an address. It should look like name@example.com.', true);
      field.focus();
      return;
    }
    try {
      say(byId('decide-said'), await request(watcher, accountPath(me.account, 'authorizations', watcher)));
    } catch (problem) {
      say(byId('decide-said'), problem.status ? problem.message : 'The server cannot be reached. Try again.', true);
    }
  }
}
