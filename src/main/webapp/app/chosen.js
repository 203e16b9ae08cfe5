// Whom I have chosen, as the server keeps it for all my machines.

import { accountPath, call } from './api.js';

export class Chosen {
  #path;
  #tag = '"f0"'; // of what is known; this one says that nothing was ever chosen
  #work = Promise.resolve();

  constructor(account) {
    this.#path = accountPath(account, 'favourites');
  }

  /** Whom the server has; null if I never chose anybody. */
  read() {
    return this.#afterwards(() => this.#get());
  }

  /**
   * Stores a change of what is shown; where another machine was quicker, the change of what that one chose. Answers with
   * what is stored.
   */
  change(shown, change) {
    return this.#afterwards(async () => {
      try {
        return await this.#put(change(shown));
      } catch (problem) {
        if (problem.status !== 412) throw problem;
        return this.#put(change((await this.#get()) ?? shown));
      }
    });
  }

  /** One request after the other, so that each knows the tag of the one before. */
  #afterwards(work) {
    const done = this.#work.then(work);
    this.#work = done.catch(() => undefined);
    return done;
  }

  async #get() {
    const { etag, body } = await call('GET', this.#path);
    this.#tag = etag;
    return body.chosen ? body.people : null;
  }

  async #put(people) {
    const { etag, body } = await call('PUT', this.#path, { json: { people }, etag: this.#tag });
    this.#tag = etag;
    return body.people;
  }
}
