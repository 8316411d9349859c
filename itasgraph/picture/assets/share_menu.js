"use strict";

const FORMATS = ["png", "slide", "svg", "csv", "ttl"];

/** The menu that shares the picture: a link to the present view, or the visible part as a file. */
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
    for (const format of FORMATS) {
      document.getElementById(`save-${format}`).addEventListener("click", () => this.#closeAfter(() => this.#write(format)));
    }
  }

  toggle(open) {
    this.menu.hidden = !open;
    this.button.setAttribute("aria-expanded", String(open));
    if (open) this.menu.querySelector("button").focus();
  }

  /** Save a selection as a page, without one what is selected now. */
  savePage(selection = null) {
    this.#sayIsSaved(this.downloads.savePage(this.listeners.pageOf(selection)));
  }

  async #write(format) {
    this.#sayIsSaved(await this.downloads.save(format));
  }

  #sayIsSaved(file) {
    const message = this.model.say("saved", { file });
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
    const items = [...this.menu.querySelectorAll("button")];
    const next = items.indexOf(document.activeElement) + (event.key === "ArrowDown" ? 1 : -1);
    items.at(next % items.length).focus();
  }
}
