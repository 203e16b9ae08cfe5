// How much is shown to watchers on whom I have not decided: one of the server's levels, which stand for rules.

import { accountPath, call } from './api.js';
import { changed } from './decisions.js';
import { byId, say } from './dom.js';

const HELP = {
  public: 'Everybody sees whether and how you can be reached, but no notes and no devices.',
  colleagues: 'Your domain sees everything; others wait for your decision.',
  team: 'Your groups see everything, the rest of your domain no notes and no devices; others wait.',
  private: 'Everybody waits for your decision.',
  default: 'You have chosen nothing: what the server is set to holds.',
  own: 'You have written rules of your own. Choosing a level replaces them.',
};

export function showLevel(account) {
  const path = accountPath(account, 'authorizations');
  const level = byId('level');
  let etag;

  level.addEventListener('change', async () => {
    try {
      await call('PUT', path, { etag, json: { level: level.value } });
      say(byId('level-said'), 'Saved. Decisions on single watchers stay.');
      changed();
    } catch (problem) {
      say(byId('level-said'), problem.status ? problem.message : 'The server cannot be reached. Try again.', true);
      load();
    }
  });
  addEventListener('rules-changed', load);
  return load();

  async function load() {
    try {
      const { body, etag: tag } = await call('GET', path);
      etag = tag;
      show(body);
    } catch {
      // what was known goes on being shown; a tag that is too old is refused
    }
  }

  function show({ level: named, rules }) {
    const general = rules.some(({ id }) => !id.startsWith('decision-'));
    const now = named ?? (general ? 'own' : 'default');
    for (const option of level.options) option.hidden = option.disabled && option.value !== now;
    level.value = now;
    byId('level-help').textContent = HELP[now];
    byId('level-field').hidden = false;
  }
}
