// The one way from these pages to the server.

/** An answer that is an error (RFC 9457); `message` says what to do. */
export class Problem extends Error {
  constructor(status, body) {
    super(body?.detail ?? body?.title ?? `The server answered ${status}.`);
    this.status = status;
    this.body = body;
  }

  /** Whether the same request may well succeed later. */
  get passing() {
    return this.status >= 500 || this.status === 429;
  }
}

/** Sends JSON (or nothing) and answers `{etag, location, body}`; throws a Problem, or a TypeError without a network. */
export async function call(method, path, { json, etag, keepalive = false } = {}) {
  const headers = { Accept: 'application/json' };
  if (json !== undefined) headers['Content-Type'] = 'application/json';
  if (etag) headers['If-Match'] = etag;
  const body = json === undefined ? undefined : JSON.stringify(json);
  const answer = await fetch(path, { method, headers, body, keepalive });
  const read = await bodyOf(answer);
  if (answer.status === 401) dispatchEvent(new Event('signed-out'));
  if (!answer.ok) throw new Problem(answer.status, read);
  return { etag: answer.headers.get('ETag'), location: answer.headers.get('Location'), body: read };
}

export function accountPath(account, ...rest) {
  return ['/api/accounts', encodeURIComponent(account), ...rest.map(encodeURIComponent)].join('/');
}

async function bodyOf(answer) {
  if (!/[/+]json\b/.test(answer.headers.get('Content-Type') ?? '')) return undefined;
  try {
    return await answer.json();
  } catch {
    return undefined; // no content under a type: nothing to read
  }
}
