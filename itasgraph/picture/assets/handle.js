"use strict";

const LARGEST_PANEL = 60; // percent of the window's height
const SMALLEST_PANEL = 8; // a smaller panel is closed
const PANEL_STEP = 10;
const TAP = 6; // pixels of movement up to which a touch is a tap

/** The bar above the panel on a phone: to drag it resizes the panel, a tap closes or opens it. */
class Handle {
  constructor() {
    this.bar = document.getElementById("handle");
    this.panel = document.getElementById("panel");
    this.body = this.bar.closest(".body");
    this.bar.addEventListener("keydown", (event) => this.#onKey(event));
    this.bar.addEventListener("pointerdown", (event) => this.#startDrag(event));
    this.bar.addEventListener("pointermove", (event) => this.bar.hasPointerCapture(event.pointerId) && this.#drag(event));
    this.bar.addEventListener("pointerup", (event) => this.#endDrag(event));
    this.panel.addEventListener("focusin", () => this.open()); // an element with the focus must be visible
    new ResizeObserver(() => this.bar.setAttribute("aria-valuenow", this.#share())).observe(this.panel);
  }

  /** Open a closed panel at its initial size, so that the selection can be read. */
  open() {
    if (this.#share() === 0) this.#set(null);
  }

  /** Return the height of the panel in percent of the window. */
  #share() {
    return Math.round((100 * this.panel.clientHeight) / window.innerHeight);
  }

  /** Set the height in percent of the window; null leaves it to the style sheet, which gives the picture half of the window. */
  #set(share) {
    this.body.classList.toggle("pulled", share !== null);
    const percent = share < SMALLEST_PANEL ? 0 : Math.min(share, LARGEST_PANEL);
    this.body.style.setProperty("--panel", share === null ? "" : `${percent}dvh`);
  }

  #toggle() {
    this.#set(this.#share() === 0 ? null : 0);
  }

  #onKey(event) {
    const actions = {
      ArrowUp: () => this.#set(this.#share() + PANEL_STEP), ArrowDown: () => this.#set(this.#share() - PANEL_STEP),
      Home: () => this.#set(0), End: () => this.#set(LARGEST_PANEL), Enter: () => this.#toggle(), " ": () => this.#toggle(),
    };
    if (!Object.hasOwn(actions, event.key)) return;
    event.preventDefault();
    actions[event.key]();
  }

  #startDrag(event) {
    this.from = event.clientY;
    this.bar.setPointerCapture(event.pointerId);
  }

  #drag({ clientY }) {
    if (Math.abs(clientY - this.from) <= TAP) return;
    this.#set((100 * (this.panel.getBoundingClientRect().bottom - clientY)) / window.innerHeight);
  }

  #endDrag({ clientY }) {
    if (Math.abs(clientY - this.from) <= TAP) this.#toggle();
  }
}
