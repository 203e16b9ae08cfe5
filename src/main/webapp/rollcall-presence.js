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

  const GATHER_MS = 20; // what comes together is asked for together
  const GRACE_MS = 1500; // a connection that is back sooner was not lost
  const MOST_AT_ONCE = 400; // accounts in one message
  const HEARD = ['presence', 'subscription', 'watchers', 'answer'];

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

  /**
   * What one server says of the accounts with badges. All of them, however many, share one WebSocket, on which accounts are
   * asked for and given up as badges come and go.
   */
  class Feed {
    #entries = new Map(); // account → { badges, live, document, subscription }
    #asked = new Set(); // accounts, on this connection
    #questions = new Map(); // ref → the accounts of a question that is not answered yet
    #refs = 0;
    #socket; // while it is open or opening
    #tries = 0;
    #retry; // while it is waited for
    #gathering;

    constructor(server) {
      this.url = new URL('api/socket', server);
      this.url.protocol = this.url.protocol.replace('http', 'ws');
      addEventListener('offline', () => this.#socket && this.#lose(1000));
      addEventListener('online', () => this.#entries.size && !this.#socket && this.#connect());
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
      this.#gathering ??= setTimeout(() => this.#arrange(), GATHER_MS);
    }

    /** Asks for the accounts that came and gives up those that went; without any there is no connection. */
    #arrange() {
      this.#gathering = undefined;
      this.#entries.forEach((entry, account) => entry.badges.size || this.#entries.delete(account));
      if (!this.#entries.size) {
        this.#drop();
      } else if (!this.#socket) {
        if (!this.#retry) this.#connect();
      } else if (this.#socket.readyState === WebSocket.OPEN) {
        const gone = [...this.#asked].filter((account) => !this.#entries.has(account));
        if (gone.length) this.#send({ type: 'unsubscribe', accounts: gone });
        const come = [...this.#entries].filter(([account]) => !this.#asked.has(account));
        if (come.some(([, { badges }]) => [...badges].some((badge) => badge.hasAttribute('watchers')))) {
          this.#send({ type: 'subscribe', watchers: true });
        }
        this.#asked = new Set(this.#entries.keys());
        for (const accounts = come.map(([account]) => account); accounts.length; ) {
          this.#ask(accounts.splice(0, MOST_AT_ONCE));
        }
      }
    }

    #ask(accounts) {
      const ref = String(this.#refs++);
      this.#questions.set(ref, accounts);
      this.#send({ type: 'subscribe', ref, accounts });
    }

    #send(message) {
      this.#socket.send(JSON.stringify(message));
    }

    #connect() {
      clearTimeout(this.#retry);
      this.#retry = undefined;
      const socket = (this.#socket = new WebSocket(this.url));
      socket.onopen = () => {
        this.#tries = 0;
        this.#arrange();
        this.#tellConnected(true);
      };
      socket.onmessage = ({ data }) => {
        const message = JSON.parse(data);
        if (socket === this.#socket && HEARD.includes(message.type)) this[message.type](message);
      };
      socket.onclose = ({ reason }) => {
        const later = 500 * 2 ** this.#tries++ * (0.5 + Math.random());
        if (socket === this.#socket) this.#lose(Number(/\d+(?= ms)/.exec(reason) ?? Math.min(60_000, later)));
      };
    }

    /** Without a connection nothing is known to be so any more; unless it is back within moments. */
    #lose(wait) {
      this.#drop();
      this.#retry = setTimeout(() => this.#connect(), wait);
      setTimeout(() => {
        if (this.#socket?.readyState === WebSocket.OPEN) return;
        this.#entries.forEach((entry) => this.#tell(entry, { live: false }));
        this.#tellConnected(false);
      }, GRACE_MS);
    }

    #drop() {
      const socket = this.#socket;
      this.#socket = undefined;
      this.#asked.clear();
      this.#questions.clear();
      socket?.close();
    }

    #tellConnected(connected) {
      if (this.connected !== connected) dispatchEvent(new CustomEvent('rollcall-connection', { detail: { connected } }));
      this.connected = connected;
    }

    /** One account that is refused keeps no other from being shown; what the server cannot do now is asked again. */
    answer({ ref, status, problem }) {
      const accounts = this.#questions.get(ref) ?? [];
      this.#questions.delete(ref);
      if (status === 400 && accounts.length > 1) {
        const half = Math.ceil(accounts.length / 2);
        [accounts.slice(0, half), accounts.slice(half)].forEach((some) => this.#ask(some));
      } else if (status === 429 || status >= 500) {
        accounts.forEach((account) => this.#asked.delete(account));
        setTimeout(() => this.#gather(), 1000 * (problem?.retryAfter ?? 5) * (1 + Math.random()));
      }
    }

    presence(document) {
      this.#tell(this.#entries.get(addressOf(document.account)), { document, subscription: null, live: true });
    }

    subscription(change) {
      const entry = this.#entries.get(addressOf(change.account));
      const document = change.state === 'active' ? entry?.document : null;
      this.#tell(entry, { subscription: change, document, live: true });
    }

    /** Who watches whoever is signed in: the page is told of it where a badge has the attribute `watchers`. */
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
