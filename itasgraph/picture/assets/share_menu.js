"use strict";

const FORMATS = ["png", "slide", "svg", "csv", "ttl"];

/** The menu that shares the picture: a link to the present view, the picture, or the network as a table or Turtle. */
class ShareMenu {
  constructor(model, downloads, listeners) {
    this.model = model;
    this.downloads = downloads;
    this.listeners = listeners;
    this.button = document.getElementById("share");
    this.menu = document.getElementById("share-menu");
    this.button.addEventListener("click", () => this.toggle(this.menu.hidden));
    this.menu.addEventListener("keydown", (event) => this.#onKey(event));
    closeOnPressOutside(() => !this.menu.hidden, (target) => target.closest(".share"), () => this.toggle(false));
    document.getElementById("copy-link").addEventListener("click", () => this.#closeAfter(() => listeners.copyLink()));
    document.getElementById("save-html").addEventListener("click", () => this.#closeAfter(() => this.savePage()));
    this.shown = false; // whether table and Turtle hold only what is visible
    for (const button of this.#scopes()) button.addEventListener("click", () => this.#choose(button.dataset.scope === "shown"));
    for (const format of FORMATS) {
      document.getElementById(`save-${format}`).addEventListener("click", () => this.#closeAfter(() => this.#write(format)));
    }
  }

  toggle(open) {
    this.menu.hidden = !open;
    this.button.setAttribute("aria-expanded", String(open));
    if (!open) return;
    this.#choose(this.shown);
    this.menu.querySelector("button").focus();
  }

  #scopes() {
    return this.menu.querySelectorAll("[data-scope]");
  }

  /** Choose what table and Turtle hold, and say how much that is; without a choice where the picture hides nothing that passes the filters. */
  #choose(shown) {
    this.shown = shown;
    const hidesSome = this.downloads.hidesSome();
    document.getElementById("scopes").hidden = !hidesSome;
    setText(this.menu.querySelector("[data-scope=all]"), this.model.say(this.model.filters.isChosen ? "scopeFiltered" : "scopeAll"));
    for (const button of this.#scopes()) button.setAttribute("aria-pressed", String((button.dataset.scope === "shown") === shown));
    setText(document.getElementById("scope-holds"), this.downloads.scopeInWords(shown));
  }

  /** Save a selection as a page, without one what is selected now. */
  savePage(selection = null) {
    this.#sayIsSaved(this.downloads.savePage(this.listeners.pageOf(selection)));
  }

  async #write(format) {
    const { name, holds } = await this.downloads.save(format, this.shown);
    this.#sayIsSaved(name, holds);
  }

  #sayIsSaved(file, holds = null) {
    const message = this.model.say("saved", { file }) + (holds === null ? "" : ` – ${holds}`);
    this.listeners.announce(message);
    this.listeners.toast(message);
  }

  /** Close the menu, and put the focus where it was opened. */
  leave() {
    this.#closeAfter(() => {});
  }

  #closeAfter(action) {
    this.toggle(false);
    this.button.focus();
    return action();
  }

  #onKey(event) {
    if (event.key === "Escape") {
      event.stopPropagation(); // Escape closes the menu, and must not clear the selection
      this.leave();
    }
    if (!["ArrowDown", "ArrowUp"].includes(event.key)) return;
    event.preventDefault();
    const items = [...this.menu.querySelectorAll("button")].filter((item) => item.checkVisibility());
    const next = items.indexOf(document.activeElement) + (event.key === "ArrowDown" ? 1 : -1);
    items.at(next % items.length).focus();
  }
}
