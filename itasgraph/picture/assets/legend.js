"use strict";

/** The legend, which is a filter, too: a box per kind, with its symbol and the number that other filters leave. */
class Legend {
  constructor(model, onChange) {
    this.model = model;
    this.onChange = onChange;
    this.container = document.getElementById("legend");
  }

  render() {
    const used = new Set([...this.model.nodes.values()].map((node) => node.kind));
    this.boxes = new Map(); // kind → its box and the elements with its number
    const entries = [...this.model.kinds.values()].filter(({ id }) => used.has(id)).map((kind) => this.#entry(kind));
    this.total = element("p", { class: "legend-total" });
    const dashed = Object.values(this.model.data.relations).some(({ near }) => near);
    this.container.replaceChildren(
      element("ul", { class: "legend-kinds" }, entries, dashed ? this.#dash() : null),
      element("div", { class: "legend-side" }, this.total,
        element("button", { type: "button", class: "plain", onclick: () => this.#setAll(true) }, this.model.say("all")),
        element("button", { type: "button", class: "plain", onclick: () => this.#setAll(false) }, this.model.say("none"))));
    this.refresh();
  }

  refresh() {
    const counts = this.model.filters.counts(KIND);
    for (const [id, { box, number, spoken }] of this.boxes) {
      const count = counts.get(id) ?? 0;
      box.checked = !this.model.filters.hiddenKinds.has(id);
      box.parentElement.classList.toggle("zero", count === 0);
      number.textContent = this.model.number(count);
      spoken.textContent = `, ${this.model.count("kindCount", count)}`;
    }
    this.total.textContent = this.model.visibleInWords();
  }

  #dash() {
    return element("li", { class: "legend-line" },
      element("span", { class: "dash", "aria-hidden": "true" }),
      element("span", {}, this.model.say("lineDashed")));
  }

  #entry(kind) {
    const box = element("input", { type: "checkbox", onchange: () => this.#set(kind.id, box.checked) });
    const number = element("span", { "aria-hidden": "true", "data-count": true });
    const spoken = element("span", { class: "visually-hidden" });
    this.boxes.set(kind.id, { box, number, spoken });
    return element("li", {}, element("label", { class: "legend-kind" }, box, shapeIcon(kind),
      element("span", { class: "legend-name" }, this.model.translate(kind.plural ?? kind.label)),
      element("span", { class: "legend-count" }, number, spoken)));
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
