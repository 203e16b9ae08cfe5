// The main page: who is signed in, the three parts, and whether what is shown is live.

import { call } from './api.js';
import { showColleagues } from './colleagues.js';
import { byId } from './dom.js';
import { showMe } from './me.js';
import { showPermissions } from './permissions.js';

addEventListener('signed-out', () => (byId('signed-out').hidden = false));

addEventListener('rollcall-connection', ({ detail }) => {
  byId('lost').hidden = detail.connected;
  // A stream cannot say why it ended; an ordinary request tells a lost network from an ended session.
  if (!detail.connected) call('GET', '/api/me').catch(() => undefined);
});

try {
  const { body: me } = await call('GET', '/api/me');
  byId('who').textContent = me.account;
  showMe(me.account);
  showPermissions(me);
  await showColleagues(me);
} catch (problem) {
  if (problem.status !== 401) byId('lost').hidden = false;
  throw problem;
}
