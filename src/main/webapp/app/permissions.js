// "Who may see me": one decision for one watcher (RFC 5025's four handlings).

import { decide, effect, effective, forget, HELP, HOLDS } from './decisions.js';
import { byId, say } from './dom.js';
import { parseAddress } from './words.js';

export function showPermissions(me) {
  const handling = byId('handling');
  const explain = () => (byId('handling-help').textContent = HELP[handling.value]);
  handling.addEventListener('change', explain);
  explain();

  byId('decide').addEventListener('submit', (event) => {
    event.preventDefault();
    const chosen = handling.value;
    act(async (watcher) => {
      const { handling: now } = await decide(me.account, watcher, chosen);
      return `Saved: ${watcher} ${HOLDS[now]}.`;
    });
  });

  byId('forget').addEventListener('click', () =>
    act(async (watcher) => {
      await forget(me.account, watcher);
      return `Removed: your general rules decide for ${watcher} again.`;
    }),
  );

  byId('check').addEventListener('click', () =>
    act(async (watcher) => {
      const decision = await effective(me.account, watcher);
      byId('decide-effect').replaceChildren(effect(decision));
      return `${watcher} ${HOLDS[decision.handling]}.`;
    }),
  );

  async function act(request) {
    const field = byId('watcher');
    const watcher = parseAddress(field.value);
    field.removeAttribute('aria-invalid');
    byId('decide-effect').replaceChildren();
    if (!watcher) {
      field.setAttribute('aria-invalid', 'true');
      say(byId('decide-said'), 'That is not an address. It should look like name@example.com.', true);
      field.focus();
      return;
    }
    try {
      say(byId('decide-said'), await request(watcher));
    } catch (problem) {
      say(byId('decide-said'), problem.status ? problem.message : 'The server cannot be reached. Try again.', true);
    }
  }
}
