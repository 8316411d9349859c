"use strict";

const MOST_HITS = 40;

/** A search box: an ARIA combobox whose list follows the input. */
class Search {
  /**
   * `parts` are the box, the sheet below it, the list in the sheet and a note, and where not only this network is searched what finds hits
   * (`find`). `onChoose` receives the id of the chosen entity, and what else `find` says of where it is (`elsewhere`).
   */
  constructor(parts, model, onChoose, announce) {
    this.model = model;
    this.onChoose = onChoose;
    this.announce = announce;
    Object.assign(this, { find: (query) => this.model.search(query), ...parts });
    this.initial = this.box.value; // what Escape returns to: nothing, or the end of a path
    this.hits = [];
    this.active = -1;
    this.#listen();
  }

  #listen() {
    this.box.addEventListener("input", () => this.update());
    this.box.addEventListener("focus", () => this.box.value.trim() !== "" && this.update());
    this.box.addEventListener("keydown", (event) => this.#onKey(event));
    this.box.addEventListener("blur", () => this.close());
    closeOnPressOutside(() => !this.sheet.hidden && this.box.isConnected, (target) => this.box === target || this.sheet.contains(target), () => this.close());
    // A press on a hit must not blur the box before the click arrives.
    this.sheet.addEventListener("pointerdown", (event) => event.preventDefault());
    this.sheet.addEventListener("mousedown", (event) => event.preventDefault());
  }

  clear() {
    this.box.value = this.initial;
    this.close();
  }

  close() {
    this.sheet.hidden = true;
    this.box.setAttribute("aria-expanded", "false");
    this.#activate(-1);
  }

  /** Update the box and its list after the language has changed. */
  refresh() {
    if (this.choice?.text === this.box.value) this.#write(this.choice.node);
    if (!this.sheet.hidden) this.update();
  }

  update() {
    if (this.box.value.trim() === "") return this.close();
    const { hits, mistyped } = this.find(this.box.value);
    this.hits = hits.slice(0, MOST_HITS);
    this.list.replaceChildren(...this.hits.map((hit, n) => this.#option(hit, n)));
    this.list.hidden = this.hits.length === 0;
    this.#announceCount(hits.length, mistyped);
    this.sheet.hidden = false;
    this.list.scrollTop = 0;
    this.box.setAttribute("aria-expanded", String(this.hits.length > 0));
    this.#activate(this.hits.length > 0 ? 0 : -1);
  }

  #announceCount(total, mistyped) {
    const more = total - this.hits.length;
    const notes = total === 0 ? [this.model.say("noHits")]
      : [mistyped ? this.model.say("similarHits") : "", more > 0 ? this.model.count("moreHits", more) : ""].filter(Boolean);
    this.note.hidden = notes.length === 0;
    this.note.textContent = notes.join(" ");
    clearTimeout(this.announceTimer); // the number is announced when typing pauses
    this.announceTimer = setTimeout(() => this.announce(total === 0 ? notes[0]
      : [mistyped ? this.model.say("similarHits") : "", this.model.count("hitCount", total)].filter(Boolean).join(" ")), 500);
  }

  #option({ node, alternative, excerpt, elsewhere = null }, n) {
    const model = elsewhere?.model ?? this.model; // which knows the kinds of its entities
    return element("li", {
      id: `${this.list.id}-${n}`, role: "option", class: "hit", "aria-selected": "false",
      onclick: () => this.#choose(n), onpointermove: () => this.#activate(n),
    },
    shapeIcon(model.kinds.get(node.kind)),
    element("span", {},
      element("span", { class: "hit-name" },
        element("bdi", {}, this.model.name(node)),
        alternative === null ? null : element("span", { class: "hit-alternative" },
          ` ${this.model.say("alsoCalled")} `, element("bdi", {}, alternative))),
      elsewhere === null ? null : element("span", { class: "hit-network" }, this.model.say("hitElsewhere", { name: elsewhere.name })),
      excerpt === null ? null : element("bdi", { class: "hit-excerpt" },
        excerpt.isQuote ? [this.model.say("quoteOpen"), excerpt.text, this.model.say("quoteClose")] : excerpt.text)),
    element("span", { class: "hit-kind" }, model.kindName(node)));
  }

  #activate(n) {
    this.list.children[this.active]?.setAttribute("aria-selected", "false");
    this.active = n;
    const option = this.list.children[n];
    if (n < 0 || !option) return this.box.removeAttribute("aria-activedescendant");
    option.setAttribute("aria-selected", "true");
    this.box.setAttribute("aria-activedescendant", option.id);
    option.scrollIntoView({ block: "nearest" });
  }

  #choose(n) {
    clearTimeout(this.announceTimer);
    const { node, elsewhere = null } = this.hits[n];
    this.#write(node);
    this.close();
    this.onChoose(node.id, elsewhere);
  }

  #write(node) {
    this.box.value = this.model.name(node).slice(0, 200);
    this.choice = { node, text: this.box.value };
  }

  #onKey(event) {
    const open = !this.sheet.hidden;
    const last = this.hits.length - 1;
    const actions = {
      ArrowDown: () => (open ? this.#activate(this.active >= last ? 0 : this.active + 1) : this.update()),
      ArrowUp: () => open && this.#activate(this.active <= 0 ? last : this.active - 1),
      Enter: () => open && this.active >= 0 && this.#choose(this.active),
      Escape: () => this.clear(),
    };
    if (event.isComposing || !(event.key in actions)) return;
    if (event.key === "Escape" && !open && this.box.value === this.initial) return; // it clears the selection
    event.preventDefault();
    event.stopPropagation(); // Escape closes the list and clears the words, and must not clear the selection
    actions[event.key]();
  }
}
