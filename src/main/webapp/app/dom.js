// Text from the network reaches the page through these only, and only as text.

export const byId = (id) => document.getElementById(id);

/** An element with attributes (those that are null or false are left out) and children. */
export function el(name, attributes = {}, ...children) {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if ((value ?? false) !== false) element.setAttribute(key, value === true ? '' : value);
  }
  element.append(...children.filter((child) => (child ?? false) !== false));
  return element;
}

/** Writes only what differs, so that nothing is announced or redrawn twice. */
export function setText(element, text) {
  if (element.textContent !== text) element.textContent = text;
}

/** Says how a form's last act went. */
export function say(element, text, bad = false) {
  element.classList.toggle('bad', bad);
  setText(element, text);
}
