"use strict";

const FORMS = ["png", "svg", "csv", "ttl"];

/** The menu to take something along: a link to what is seen, or the visible part as a file. */
class Share {
  constructor(model, save, listeners) {
    this.model = model;
    this.save = save;
    this.listeners = listeners;
    this.button = document.getElementById("share");
    this.menu = document.getElementById("share-menu");
    this.button.addEventListener("click", () => this.toggle(this.menu.hidden));
    this.menu.addEventListener("keydown", (event) => this.#pressed(event));
    document.addEventListener("pointerdown", (event) => !event.target.closest(".share") && this.toggle(false));
    document.getElementById("copy-link").addEventListener("click", () => this.#done(() => listeners.copyLink()));
    for (const form of FORMS) {
      document.getElementById(`save-${form}`).addEventListener("click", () => this.#done(() => this.#write(form)));
    }
  }

  toggle(open) {
    this.menu.hidden = !open;
    this.button.setAttribute("aria-expanded", String(open));
    if (open) this.menu.querySelector("button").focus();
  }

  async #write(form) {
    await this.save.as(form);
    this.listeners.announce(this.model.say("saved", { file: `network.${form}` }));
  }

  #done(action) {
    this.toggle(false);
    this.button.focus();
    return action();
  }

  #pressed(event) {
    if (event.key === "Escape") {
      event.stopPropagation(); // Escape here is about the menu, not about the selection
      this.#done(() => {});
    }
    if (!["ArrowDown", "ArrowUp"].includes(event.key)) return;
    event.preventDefault();
    const items = [...this.menu.querySelectorAll("button")];
    const next = items.indexOf(document.activeElement) + (event.key === "ArrowDown" ? 1 : -1);
    items.at(next % items.length).focus();
  }
}
