// The main page: who is signed in, the parts, and whether what is shown is live.

import { call } from './api.js';
import { byId } from './dom.js';
import { showFavourites } from './favourites.js';
import { showLevel } from './level.js';
import { showMe } from './me.js';
import { showOrganisation } from './organisation.js';
import { showOwnWord } from './own-word.js';
import { showPermissions } from './permissions.js';
import { showWatchers } from './watchers.js';

addEventListener('signed-out', () => (byId('signed-out').hidden = false));

addEventListener('rollcall-connection', ({ detail }) => {
  byId('lost').hidden = detail.connected;
  // A stream cannot say why it ended; an ordinary request tells a lost network from an ended session.
  if (!detail.connected) call('GET', '/api/me').catch(() => undefined);
});

try {
  const { body: me } = await call('GET', '/api/me');
  byId('who').textContent = me.account;
  showWatchers(me.account);
  showMe(me.account);
  showOwnWord(me.account);
  showPermissions(me);
  showLevel(me.account);
  await showOrganisation(me, await showFavourites(me));
} catch (problem) {
  if (problem.status) byId('lost').textContent = problem.message;
  byId('lost').hidden = problem.status === 401;
  throw problem;
}
