// Says why the sign-in page is shown, and hands on where to go afterwards.

const MESSAGES = {
  failed: ['problem', 'That name and password do not fit. Please try again.'],
  unknown: ['problem', 'There is no account here for who you are. Ask whoever runs this server.'],
  refused: ['problem', 'Your organisation’s sign-in did not let you in. Try again, or use name and password.'],
  wait: ['problem', 'Too many attempts. Please wait a minute, then try again.'],
  bye: ['good', 'You are signed out.'],
};

const query = new URLSearchParams(location.search);
const reason = Object.keys(MESSAGES).find((word) => query.has(word));

if (reason) {
  const [look, text] = MESSAGES[reason];
  const message = document.getElementById('message');
  message.className = look;
  message.hidden = false;
  // Filled only once it is shown: that is what makes screen readers read it out.
  requestAnimationFrame(() => (message.textContent = text));
}
if (reason === 'failed') {
  for (const field of document.querySelectorAll('#name, #password')) {
    field.setAttribute('aria-invalid', 'true');
    field.setAttribute('aria-describedby', 'message');
  }
}

// A refused attempt comes back without the page that was asked for: remembered for this tab meanwhile.
const KEY = 'rollcall.next';
const next = query.get('next') ?? (['failed', 'wait'].includes(reason) ? sessionStorage.getItem(KEY) : null);
if (next) {
  sessionStorage.setItem(KEY, next);
  const field = document.getElementById('next');
  field.value = next;
  field.disabled = false;
} else {
  sessionStorage.removeItem(KEY);
}

// Other ways to sign in are shown where the server has them.
const ways = await (await fetch('/login', {headers: {Accept: 'application/json'}})).json();
if (ways.oidc) {
  const other = document.getElementById('oidc');
  if (next) {
    other.querySelector('a').href += `?next=${encodeURIComponent(next)}`;
  }
  other.hidden = false;
}
