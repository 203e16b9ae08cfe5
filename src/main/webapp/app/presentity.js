// This browser as a presentity: logs in, refreshes, changes state and logs out (RFC 3903's way over HTTP).

import { accountPath, call } from './api.js';

// Asked for, so that a browser that is simply closed is gone after ten minutes. What counts is what the server grants.
const ASKED_EXPIRY_S = 600;
const DEVICE = 'browser';

export class Presentity {
  #account;
  #key;
  #held; // { tuple, etag, expires, sentAt, said: {state, activities, note} }
  #queue = Promise.resolve(); // one request at a time: each needs the tag that the one before left
  #timer;
  #tries = 0;
  #ended = false;

  /** `onChange(problem)` is called after each request, without a problem if it succeeded. */
  constructor(account, onChange) {
    this.#account = account;
    this.#key = `rollcall.presentity.${account}`;
    this.onChange = onChange;
    this.#held = restore(this.#key) ?? { said: { state: 'online', activities: [], note: '' } };
    // A tab that slept may have missed its time.
    document.addEventListener('visibilitychange', () => this.#due() && this.#enqueue());
    addEventListener('online', () => this.#enqueue());
  }

  get tuple() {
    return this.#held.tuple;
  }

  get said() {
    return this.#held.said;
  }

  /** Logs in, or takes up the presentity that this tab had before it was reloaded. */
  start() {
    return this.#enqueue();
  }

  /** Publishes what differs from what was said before. */
  publish(change) {
    this.#keep({ said: { ...this.#held.said, ...change }, unsent: true });
    return this.#enqueue();
  }

  /** Logs out; the browser sends it even if the page is left meanwhile. */
  end() {
    this.#ended = true;
    clearTimeout(this.#timer);
    const { tuple, etag } = this.#held;
    sessionStorage.removeItem(this.#key);
    if (!tuple) return Promise.resolve();
    const path = accountPath(this.#account, 'presentities', tuple);
    return call('DELETE', path, { etag, keepalive: true }).catch(() => undefined); // gone already, or expires
  }

  #enqueue() {
    this.#queue = this.#queue.then(() => (this.#ended ? undefined : this.#send()));
    return this.#queue;
  }

  async #send() {
    clearTimeout(this.#timer);
    try {
      await (this.#held.tuple ? this.#put() : this.#logIn());
      this.#tries = 0;
      this.#wake(this.#held.expires * (0.4 + 0.08 * Math.random())); // before half of it; not all browsers at once
      this.onChange();
    } catch (problem) {
      if (problem.passing ?? true) this.#wake(Math.min(60, 2 ** this.#tries++) * (0.5 + Math.random()));
      this.onChange(problem);
    }
  }

  async #logIn() {
    const { said } = this.#held;
    const path = `${accountPath(this.#account, 'presentities')}?expires=${ASKED_EXPIRY_S}`;
    const answer = await call('POST', path, { json: publication(said) });
    const tuple = decodeURIComponent(answer.location.split('?')[0].split('/').pop());
    this.#stored(answer, said, { tuple });
  }

  async #put() {
    const { tuple, etag, said, unsent } = this.#held;
    const path = accountPath(this.#account, 'presentities', tuple);
    try {
      const answer = await call('PUT', `${path}?expires=${ASKED_EXPIRY_S}`, { etag, json: unsent ? publication(said) : undefined });
      this.#stored(answer, said);
    } catch (problem) {
      // Expired, or changed from elsewhere (a duplicated tab has the same tag): this browser becomes a new presentity.
      if (problem.status !== 404 && problem.status !== 412) throw problem;
      this.#keep({ tuple: undefined, etag: undefined });
      await this.#logIn();
    }
  }

  #stored(answer, said, more = {}) {
    const expires = Number(answer.body?.expires) || this.#held.expires || ASKED_EXPIRY_S;
    const unsent = said !== this.#held.said; // said again while this was under way
    this.#keep({ ...more, etag: answer.etag, expires, sentAt: Date.now(), unsent });
  }

  #keep(change) {
    this.#held = { ...this.#held, ...change };
    if (!this.#ended) sessionStorage.setItem(this.#key, JSON.stringify(this.#held));
  }

  #due() {
    const { expires, sentAt } = this.#held;
    return document.visibilityState === 'visible' && Date.now() - sentAt > (expires * 1000) / 2;
  }

  #wake(seconds) {
    this.#timer = setTimeout(() => this.#enqueue(), seconds * 1000);
  }
}

function publication({ state, activities, note }) {
  return { state, activities, note: note || undefined, device: DEVICE };
}

function restore(key) {
  try {
    return JSON.parse(sessionStorage.getItem(key)) ?? undefined;
  } catch {
    return undefined;
  }
}
