"use strict";

// The page is built from elements and text nodes only, so that data stay text.

/** Make an element; attributes that are null or false are left out, "on…" functions become listeners. */
function element(tag, attributes = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === null || value === undefined || value === false) continue;
    if (typeof value === "function") node.addEventListener(name.slice(2), value);
    else node.setAttribute(name, value === true ? "" : value);
  }
  append(node, children);
  return node;
}

/** Append strings as text and elements as they are; skip what is absent. */
function append(parent, children) {
  for (const child of children.flat(2)) {
    if (child === null || child === undefined) continue;
    parent.append(child instanceof Node ? child : document.createTextNode(String(child)));
  }
}

/** Return an absolute address of http, https or mailto; return null for all others ("javascript:", relative). */
function webAddress(address) {
  try {
    const url = new URL(String(address));
    return ["https:", "http:", "mailto:"].includes(url.protocol) ? url.href : null;
  } catch {
    return null;
  }
}

/** Return a link out of the page, or plain text where `webAddress` does not allow the address. */
function externalLink(text, address, hint) {
  const href = webAddress(address);
  if (href === null) return element("span", { dir: "auto" }, text);
  return element("a", { href, target: "_blank", rel: "noopener noreferrer", dir: "auto" }, text,
    element("span", { class: "visually-hidden" }, ` ${hint}`));
}

/** Return plain text in parts, with the addresses in it as `link` makes them. */
function linkAddresses(text, link) {
  return text.split(/((?:https?:\/\/|mailto:)[^\s<>"]*[^\s<>".,;:!?)])/).map((part, n) => (n % 2 === 1 ? link(part) : part));
}

/** Return whether the panel is below the picture, as on a phone. */
function isNarrow() {
  return window.matchMedia("(max-width: 760px)").matches;
}

/** Return whether the user prefers reduced motion; the setting may change while the page is open. */
function prefersReducedMotion() {
  return window.matchMedia("(prefers-reduced-motion: reduce)").matches;
}

function setText(target, text) { target.textContent = text; }
function setName(target, text) { target.setAttribute("aria-label", text); }
function setHint(target, text) { target.title = text; }
function setPlaceholder(target, text) { target.placeholder = text; }
function setLabel(target, text) { setName(target, text); setHint(target, text); }

/** Mark the buttons of a selector as pressed or not. */
function setPressed(selector, isPressed) {
  for (const button of document.querySelectorAll(selector)) button.setAttribute("aria-pressed", String(isPressed(button)));
}

/** Fill in the fixed words of the page; the template names the key beside each place. */
function fillTexts(say) {
  const set = { text: setText, name: setName, label: setLabel, hint: setHint, placeholder: setPlaceholder };
  for (const [kind, apply] of Object.entries(set)) {
    for (const target of document.querySelectorAll(`[data-${kind}]`)) apply(target, say(target.dataset[kind]));
  }
}
