"use strict";

const LARGEST_PANEL = 60; // percent of the window's height
const SMALLEST_PANEL = 8; // below that the panel is put away
const PANEL_STEP = 10;
const TAP = 6; // pixels that a finger may move and still only tap

/** On a phone: the bar above the panel, which is pulled to make the panel larger or smaller, or tapped to put it away. */
class Handle {
  constructor() {
    this.bar = document.getElementById("handle");
    this.panel = document.getElementById("panel");
    this.body = this.bar.closest(".body");
    this.bar.addEventListener("keydown", (event) => this.#onKey(event));
    this.bar.addEventListener("pointerdown", (event) => this.#grasp(event));
    this.bar.addEventListener("pointermove", (event) => this.bar.hasPointerCapture(event.pointerId) && this.#pull(event));
    this.bar.addEventListener("pointerup", (event) => this.#release(event));
    this.panel.addEventListener("focusin", () => this.open()); // the focus must be seen
    new ResizeObserver(() => this.bar.setAttribute("aria-valuenow", this.#share())).observe(this.panel);
  }

  /** What is chosen wants to be read: the panel comes back as it is at first. */
  open() {
    if (this.#share() === 0) this.#set(null);
  }

  /** The panel's height in percent of the window's. */
  #share() {
    return Math.round((100 * this.panel.clientHeight) / window.innerHeight);
  }

  /** So many percent; null leaves it to the style sheet, which gives the picture half of the window. */
  #set(share) {
    this.body.classList.toggle("pulled", share !== null);
    const kept = share < SMALLEST_PANEL ? 0 : Math.min(share, LARGEST_PANEL);
    this.body.style.setProperty("--panel", share === null ? "" : `${kept}dvh`);
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

  #grasp(event) {
    this.from = event.clientY;
    this.bar.setPointerCapture(event.pointerId);
  }

  #pull({ clientY }) {
    if (Math.abs(clientY - this.from) <= TAP) return;
    this.#set((100 * (this.panel.getBoundingClientRect().bottom - clientY)) / window.innerHeight);
  }

  #release({ clientY }) {
    if (Math.abs(clientY - this.from) <= TAP) this.#toggle();
  }
}
