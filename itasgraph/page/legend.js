"use strict";

/** The legend is the filter: one box to tick per kind, with its sign and how many there are. */
class Legend {
  constructor(model, changed) {
    this.model = model;
    this.changed = changed;
    this.place = document.getElementById("legend");
  }

  render() {
    const counts = new Map();
    for (const node of this.model.nodes.values()) counts.set(node.kind, (counts.get(node.kind) ?? 0) + 1);
    this.boxes = new Map();
    const entries = [...this.model.kinds.values()].filter((kind) => counts.has(kind.id))
      .map((kind) => this.#entry(kind, counts.get(kind.id)));
    this.total = element("p", { class: "legend-total" });
    this.place.replaceChildren(
      element("ul", { class: "legend-kinds" }, entries),
      element("div", { class: "legend-side" }, this.total,
        element("button", { type: "button", class: "plain", onclick: () => this.#setAll(true) }, this.model.say("all")),
        element("button", { type: "button", class: "plain", onclick: () => this.#setAll(false) }, this.model.say("none"))));
    this.refresh();
  }

  refresh() {
    for (const [id, box] of this.boxes) box.checked = !this.model.filters.hiddenKinds.has(id);
    this.total.textContent = this.model.visibleInWords();
  }

  #entry(kind, count) {
    const box = element("input", { type: "checkbox", onchange: () => this.#set(kind.id, box.checked) });
    this.boxes.set(kind.id, box);
    return element("li", {}, element("label", { class: "legend-kind" }, box, shapeIcon(kind),
      element("span", { class: "legend-name" }, this.model.tell(kind.plural ?? kind.label)),
      element("span", { class: "legend-count" },
        element("span", { "aria-hidden": "true" }, this.model.number(count)),
        element("span", { class: "unseen" }, `, ${this.model.count("kindCount", count)}`))));
  }

  #set(kind, shown) {
    const { hiddenKinds } = this.model.filters;
    if (shown) hiddenKinds.delete(kind);
    else hiddenKinds.add(kind);
    this.changed();
  }

  #setAll(shown) {
    this.model.filters.hiddenKinds = new Set(shown ? [] : this.boxes.keys());
    this.changed();
  }
}
