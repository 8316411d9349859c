"use strict";

// The page is built from elements and text nodes only, so that data stay text.

/** Make an element; attributes that are null or false are left out, "on…" functions become listeners. */
function element(tag, attributes = {}, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === null || value === undefined || value === false) continue;
    if (typeof value === "function") made.addEventListener(name.slice(2), value);
    else made.setAttribute(name, value === true ? "" : value);
  }
  append(made, children);
  return made;
}

/** Append strings as text and elements as they are; skip what is absent. */
function append(parent, children) {
  for (const child of children.flat(2)) {
    if (child === null || child === undefined) continue;
    parent.append(child instanceof Node ? child : document.createTextNode(String(child)));
  }
}

/** Only absolute http(s) addresses are followed; everything else ("javascript:", relative) gives null. */
function webAddress(address) {
  try {
    const url = new URL(String(address));
    return ["https:", "http:", "mailto:"].includes(url.protocol) ? url.href : null;
  } catch {
    return null;
  }
}

/** A link out of the page, or plain text where the address is none we follow. */
function externalLink(text, address, hint) {
  const href = webAddress(address);
  if (href === null) return element("span", { dir: "auto" }, text);
  return element("a", { href, target: "_blank", rel: "noopener noreferrer", dir: "auto" }, text,
    element("span", { class: "visually-hidden" }, ` ${hint}`));
}

/** Ask the system each time: people change the setting while a page is open. */
function prefersReducedMotion() {
  return window.matchMedia("(prefers-reduced-motion: reduce)").matches;
}
