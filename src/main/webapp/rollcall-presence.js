/*
 * Presence badges for any page of the intranet (see demo.html):
 *
 *   <script src="https://presence.example.com/rollcall-presence.js" defer></script>
 *   <rollcall-presence account="alice@example.com" label="Alice" show-text></rollcall-presence>
 */
(() => {
  const NAME = 'rollcall-presence';
  if (customElements.get(NAME)) return;

  // Not "import.meta": it would not parse in a classic script. A module has no currentScript.
  const script = document.currentScript ?? document.querySelector(`script[src*="${NAME}.js"]`);
  const HOME = new URL('.', script?.src || location.origin);

  // All badges share one stream: browsers hold only six connections to a server (HTTP/1.1). Others are opened beyond
  // 100 accounts, where the URL nears the 8 KB that proxies accept.
  const MOST_ACCOUNTS = 100;
  const GATHER_MS = 20; // what comes together reconnects once
  const GRACE_MS = 1500; // a stream that is back sooner was not lost
  const HANDOVER_MS = 5000; // then the old stream makes room

  const WORDS = { pending: 'not visible yet', refused: 'not visible' };
  const MARKS = {
    online: 'M4.8 8.3l2.2 2.2 4.2-4.6',
    busy: 'M4.5 8h7',
    away: 'M8 4.2V8l2.6 1.8',
    offline: '',
    pending: 'M8 4.5v4.2M8 10.7v.8',
    refused: 'M3.2 12.8l9.6-9.6',
    unknown: 'M2 9.5L9.5 2M3 13L13 3M6.5 14L14 6.5',
  };

  /** An account's address, however it is written. */
  const addressOf = (text) => {
    const [user, domain] = (text ?? '').trim().replace(/^(pres|sips?):/i, '').split('@');
    return domain ? `${user}@${domain.toLowerCase()}` : user;
  };

  /** An EventSource, opened anew, later and later, where the browser gives up (401, 503). */
  class Stream {
    tries = 0;

    constructor(server, accounts, feed) {
      Object.assign(this, { accounts, feed });
      this.url = new URL(`api/events?${new URLSearchParams(accounts.map((a) => ['account', a]))}`, server);
      this.connect();
    }

    connect() {
      this.close();
      const source = (this.source = new EventSource(this.url, { withCredentials: true }));
      source.onopen = () => {
        Object.assign(this, { open: true, lost: false, tries: 0 });
        this.feed.judge();
      };
      source.onerror = () => this.fail(source.readyState === EventSource.CLOSED);
      const hear = ({ type, data }) => this.feed[type](JSON.parse(data));
      for (const type of ['presence', 'subscription', 'watchers']) source.addEventListener(type, hear);
    }

    fail(closed) {
      this.open = false;
      this.lost = true;
      setTimeout(() => this.feed.judge(), GRACE_MS);
      if (!closed) return;
      this.close();
      const wait = Math.min(60_000, 1000 * 2 ** this.tries++);
      this.timer = setTimeout(() => this.connect(), wait * (0.5 + Math.random()));
    }

    close() {
      this.open = false;
      clearTimeout(this.timer);
      this.source?.close();
    }
  }

  /** What one server says of the accounts with badges. */
  class Feed {
    #entries = new Map(); // account → { badges, live, document, subscription }
    #streams = new Set();
    #retired = new Set(); // replaced; kept until their successors are open

    constructor(server) {
      this.server = server;
      addEventListener('offline', () => this.#streams.forEach((stream) => stream.fail(true)));
      addEventListener('online', () => this.#streams.forEach((stream) => stream.open || stream.connect()));
    }

    add(account, badge) {
      const entry = this.#entries.get(account) ?? { badges: new Set() };
      this.#entries.set(account, entry);
      entry.badges.add(badge);
      this.#gather();
      return entry;
    }

    remove(account, badge) {
      this.#entries.get(account).badges.delete(badge);
      this.#gather();
    }

    #gather() {
      this.gathering ??= setTimeout(() => this.#arrange(), GATHER_MS);
    }

    /** Keeps the streams that are right, and opens others for the accounts that are left. */
    #arrange() {
      this.gathering = undefined;
      this.#entries.forEach((entry, account) => entry.badges.size || this.#entries.delete(account));
      const left = new Set(this.#entries.keys());
      const retire = (stream) => this.#streams.delete(stream) && this.#retired.add(stream);
      for (const stream of this.#streams) {
        if (stream.accounts.every((a) => left.has(a))) stream.accounts.forEach((a) => left.delete(a));
        else retire(stream);
      }
      for (const stream of left.size ? this.#streams : []) {
        if (stream.accounts.length < MOST_ACCOUNTS) retire(stream) && stream.accounts.forEach((a) => left.add(a));
      }
      for (const accounts = [...left]; accounts.length; ) {
        this.#streams.add(new Stream(this.server, accounts.splice(0, MOST_ACCOUNTS), this));
      }
      setTimeout(() => this.judge(true), left.size ? HANDOVER_MS : 0);
    }

    /** Tells the badges, and the page, whether anything is heard. */
    judge(late) {
      if (late || [...this.#streams].every((stream) => stream.open)) {
        this.#retired.forEach((stream) => stream.close());
        this.#retired.clear();
      }
      const open = [...this.#streams, ...this.#retired].filter((stream) => stream.open);
      const heard = new Set(open.flatMap((stream) => stream.accounts));
      this.#entries.forEach((entry, account) => this.#tell(entry, { live: heard.has(account) }));
      const connected = ![...this.#streams].some((stream) => stream.lost);
      const news = new CustomEvent('rollcall-connection', { detail: { connected } });
      if (this.connected !== connected) dispatchEvent(news);
      this.connected = connected;
    }

    presence(document) {
      const entry = this.#entries.get(addressOf(document.account));
      // Late, from a stream that is being replaced.
      if (document.version < entry?.document?.version) return;
      this.#tell(entry, { document, subscription: null });
    }

    subscription(change) {
      const entry = this.#entries.get(addressOf(change.account));
      this.#tell(entry, { subscription: change, document: change.state === 'active' ? entry?.document : null });
    }

    /** Who watches whoever is signed in; badges show nothing of it, but a page may. */
    watchers(detail) {
      dispatchEvent(new CustomEvent('rollcall-watchers', { detail }));
    }

    #tell(entry, news) {
      if (entry) Object.assign(entry, news).badges.forEach((badge) => badge.show(entry));
    }
  }

  const feeds = {}; // by server

  const stateOf = ({ live, subscription, document }) => {
    if (!live) return 'unknown';
    if (subscription?.state === 'pending') return 'pending';
    if (subscription?.reason === 'rejected') return 'refused';
    return document?.state in MARKS ? document.state : 'unknown';
  };

  // "light-dark" follows the page around the badge: one without a dark look keeps the light colours.
  const style = new CSSStyleSheet();
  style.replaceSync(`
    :host { display: inline-flex; align-items: baseline; gap: .4em;
      --ink: var(--rollcall-unknown, light-dark(#656d76, #9199a3)); --mark: var(--rollcall-mark, Canvas) }
    :host([hidden]), span:empty { display: none }
    :host([state=online]) { --ink: var(--rollcall-online, light-dark(#1a7f37, #3fb950)) }
    :host([state=busy]) { --ink: var(--rollcall-busy, light-dark(#cf222e, #ff6a61)) }
    :host([state=away]) { --ink: var(--rollcall-away, light-dark(#9a6700, #e3b341)) }
    svg { width: var(--rollcall-size, .9em); height: var(--rollcall-size, .9em); flex: none;
      position: relative; top: .1em }
    circle, path { fill: none; stroke: var(--ink); stroke-width: 1.5; stroke-linecap: round }
    .solid circle { fill: var(--ink) }
    .solid path { stroke: var(--mark); stroke-width: 2 }
    :host([state=pending]) circle { stroke-dasharray: 3 2.4 }
    @media (forced-colors: active) { svg { --ink: CanvasText; --mark: Canvas } }`);

  const svg = (name, attributes) => {
    const element = document.createElementNS('http://www.w3.org/2000/svg', name);
    for (const key in attributes) element.setAttribute(key, attributes[key]);
    return element;
  };

  class RollcallPresence extends HTMLElement {
    static observedAttributes = ['account', 'server', 'label', 'show-text'];
    presence = null;
    #feed;
    #account;
    #entry;
    #dot = svg('svg', { part: 'dot', viewBox: '-.8 -.8 17.6 17.6' });
    #mark = svg('path', {});
    #text = document.createElement('span');

    constructor() {
      super();
      this.#dot.append(svg('circle', { cx: 8, cy: 8, r: 7 }), this.#mark);
      this.#text.part = 'text';
      const root = this.attachShadow({ mode: 'open' });
      root.adoptedStyleSheets = [style];
      root.append(this.#dot, this.#text);
    }

    connectedCallback() {
      this.role = 'img';
      this.#account = addressOf(this.getAttribute('account'));
      const server = new URL(this.getAttribute('server')?.replace(/\/*$/, '/') ?? '', HOME);
      this.#feed = this.#account && (feeds[server] ??= new Feed(server));
      this.show(this.#feed ? this.#feed.add(this.#account, this) : {});
    }

    disconnectedCallback() {
      if (this.#feed) this.#feed.remove(this.#account, this);
      this.#entry = undefined;
    }

    attributeChangedCallback(name, before, now) {
      if (!this.#entry || before === now) return;
      this.disconnectedCallback();
      this.connectedCallback();
    }

    show(entry) {
      this.#entry = entry;
      const state = stateOf(entry);
      const detail = entry.document ?? null;
      const { activities = [], note } = (state === detail?.state && detail.person) || {};
      const also = detail && !entry.live ? ['connection lost'] : activities.filter((name) => name !== state);
      const words = [WORDS[state] ?? state, ...also].join(', ').replaceAll('-', ' ') + (note ? `: ${note}` : '');
      const label = `${this.getAttribute('label') || this.#account} ${words}`;
      const changed = this.ariaLabel !== label || this.presence !== detail;
      this.presence = detail;
      this.ariaLabel = label;
      this.setAttribute('state', state);
      this.#mark.setAttribute('d', MARKS[state]);
      this.#dot.classList.toggle('solid', ['online', 'busy', 'away'].includes(state));
      this.#text.textContent = this.hasAttribute('show-text') ? words : '';
      if (changed) this.dispatchEvent(new CustomEvent(NAME, { bubbles: true, composed: true, detail }));
    }
  }

  customElements.define(NAME, RollcallPresence);
})();
