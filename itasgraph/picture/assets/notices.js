"use strict";

/** Says what has happened: to screen readers, and to all in a toast. */
class Notices {
  constructor(model) {
    this.model = model;
    this.status = document.getElementById("status");
    this.bar = document.getElementById("toast");
  }

  /** Read a text to screen readers. */
  announce(text) {
    this.status.textContent = text;
  }

  /** Show a text for the time that reading it takes. */
  toast(text) {
    this.bar.textContent = text;
    this.bar.hidden = false;
    clearTimeout(this.timer);
    this.timer = setTimeout(() => { this.bar.hidden = true; }, 2000 + 60 * text.length);
  }

  /** Copy a text to the clipboard, and say so; `message` is the key of the words. */
  async copy(text, message = "copied") {
    await copyText(text);
    this.announce(this.model.say(message));
    this.toast(this.model.say(message));
  }
}
