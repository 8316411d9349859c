"use strict";

/** The legend, which is a filter, too: a box per kind, with its symbol and the number that other filters leave. */
class Legend {
  constructor(model, onChange) {
    this.model = model;
    this.onChange = onChange;
    this.container = document.getElementById("legend");
    this.isOpen = false; // whether the kinds that are hidden at first are listed, too
  }

  /** List the kinds of another network, without those that are hidden at first. */
  load() {
    this.isOpen = false;
    this.render();
  }

  render() {
    const used = new Set([...this.model.nodes.values()].map((node) => node.kind));
    const kinds = [...this.model.kinds.values()].filter(({ id }) => used.has(id));
    this.boxes = new Map(kinds.map((kind) => [kind.id, this.#entry(kind)])); // kind → its item, its box and the elements with its number
    this.size = this.#size();
    this.total = element("p", { class: "legend-total" });
    this.more = element("button", { type: "button", class: "plain", "aria-expanded": "false", onclick: () => this.#open() });
    this.container.replaceChildren(
      element("ul", { class: "legend-kinds" }, [...this.boxes.values()].map(({ item }) => item), element("li", { class: "legend-more" }, this.more), this.#dash(), this.size),
      element("div", { class: "legend-side" }, this.total,
        element("button", { type: "button", class: "plain", onclick: () => this.#setAll(true) }, this.model.say("all")),
        element("button", { type: "button", class: "plain", onclick: () => this.#setAll(false) }, this.model.say("none"))));
    this.refresh();
  }

  refresh() {
    const { hiddenKinds, background, hiddenAtFirst, isLaidOut } = this.model.filters;
    const counts = this.model.filters.counts(KIND);
    if ([...hiddenAtFirst].some((id) => !hiddenKinds.has(id))) this.isOpen = true;
    for (const [id, { item, box, number, spoken }] of this.boxes) {
      const count = counts.get(id) ?? 0;
      item.hidden = !this.isOpen && (isLaidOut ? count === 0 : background.has(id));
      box.checked = !hiddenKinds.has(id);
      box.parentElement.classList.toggle("zero", count === 0);
      number.textContent = this.model.number(count);
      spoken.textContent = `, ${this.model.count("kindCount", count)}`;
    }
    const folded = [...this.boxes.values()].filter(({ item }) => item.hidden).length;
    this.more.parentElement.hidden = folded === 0;
    this.more.textContent = this.model.count("moreKinds", folded);
    this.total.textContent = this.model.visibleInWords();
    this.size.hidden = isLaidOut; // there, places and sizes are not those of the map
    this.container.querySelector(".legend-keys")?.remove();
    if (this.model.isMap || isLaidOut) this.container.append(mapKeys(this.model));
  }

  /** List the kinds that are not listed yet, and put the focus on the first of them. */
  #open() {
    const first = [...this.boxes.values()].find(({ item }) => item.hidden);
    this.isOpen = true;
    this.refresh();
    first?.box.focus();
  }

  #dash() {
    if (!Object.values(this.model.data.relations).some(({ near }) => near)) return null;
    return element("li", { class: "legend-line" },
      element("span", { class: "dash", "aria-hidden": "true" }),
      element("span", {}, this.model.say("lineDashed")));
  }

  #size() {
    const key = sizeKey(this.model);
    return element("li", { class: "legend-line legend-size" }, keyIcon(key), element("span", {}, this.model.say(key.key)));
  }

  #entry(kind) {
    const box = element("input", { type: "checkbox", onchange: () => this.#set(kind.id, box.checked) });
    const number = element("span", { "aria-hidden": "true", "data-count": true });
    const spoken = element("span", { class: "visually-hidden" });
    const item = element("li", {}, element("label", { class: "legend-kind" }, box, shapeIcon(kind),
      element("span", { class: "legend-name" }, this.model.translate(kind.plural ?? kind.label)),
      element("span", { class: "legend-count" }, number, spoken)));
    return { item, box, number, spoken };
  }

  #set(kind, visible) {
    const { hiddenKinds } = this.model.filters;
    if (visible) hiddenKinds.delete(kind);
    else hiddenKinds.add(kind);
    this.onChange();
  }

  #setAll(visible) {
    this.model.filters.hiddenKinds = new Set(visible ? [] : this.boxes.keys());
    this.onChange();
  }
}
