"use strict";

/** The sheet with all filters but the kinds, and a row of what is chosen, each a click away from being gone. */
class Facets {
  constructor(model, changed) {
    this.model = model;
    this.changed = changed;
    this.button = document.getElementById("filter");
    this.sheet = document.getElementById("filter-sheet");
    this.chips = document.getElementById("chips");
    this.button.addEventListener("click", () => this.toggle(this.sheet.hidden));
    this.sheet.addEventListener("keydown", (event) => event.key === "Escape" && this.#leave(event));
  }

  toggle(open) {
    this.sheet.hidden = !open;
    this.button.setAttribute("aria-expanded", String(open));
    if (open) this.sheet.querySelector("button, input")?.focus();
  }

  #leave(event) {
    event.stopPropagation(); // Escape here is about the sheet, not about the selection
    this.toggle(false);
    this.button.focus();
  }

  render() {
    this.boxes = new Map();
    this.button.hidden = this.model.filters.facets.length === 0;
    this.total = element("p", { class: "sheet-total" });
    this.sheet.replaceChildren(
      element("div", { class: "top-line" },
        element("h2", { class: "sheet-title" }, this.model.say("filters")),
        element("button", { type: "button", class: "plain close", onclick: (event) => this.#leave(event) },
          element("span", { "aria-hidden": "true" }, "×"), element("span", { class: "unseen" }, this.model.say("closeFilters")))),
      this.total,
      element("p", { class: "quiet" }, this.model.say("filtersHint")),
      ...this.model.filters.facets.map((facet) => this.#facet(facet)));
    this.refresh();
  }

  refresh() {
    const { count, chosen } = this.model.filters;
    for (const [box, { facet, id, number }] of this.boxes) {
      const left = this.model.filters.counts(facet).get(id) ?? 0;
      box.checked = chosen.get(facet).has(id);
      box.parentElement.classList.toggle("zero", left === 0);
      number.textContent = this.model.number(left);
    }
    this.total.textContent = this.model.visibleInWords();
    this.button.replaceChildren(this.model.say("filters"), count > 0 ? element("span", { class: "badge" }, this.model.number(count)) : "");
    this.chips.replaceChildren(...this.#chips());
    this.chips.hidden = this.chips.children.length === 0;
  }

  #facet({ id, values }) {
    const sorted = [...values].sort((a, b) => this.model.compare(this.model.tell(a.label), this.model.tell(b.label)));
    return element("fieldset", { class: "facet", "data-facet": id },
      element("legend", {}, this.model.say(`facet_${id}`)),
      sorted.map((value) => this.#value(id, value)));
  }

  #value(facet, { id, label }) {
    const box = element("input", { type: "checkbox", onchange: () => this.#set(facet, id, box.checked) });
    const number = element("span", { class: "legend-count", "data-count": true });
    this.boxes.set(box, { facet, id, number });
    return element("label", { class: "facet-value" }, box,
      element("span", { dir: "auto" }, this.model.tell(label)), number);
  }

  #set(facet, id, wanted) {
    const values = this.model.filters.chosen.get(facet);
    if (wanted) values.add(id);
    else values.delete(id);
    this.changed();
  }

  #chips() {
    const { around, facets, chosen } = this.model.filters;
    const found = facets.flatMap(({ id, values }) => values.filter((value) => chosen.get(id).has(value.id))
      .map((value) => this.#chip(`${this.model.say(`facet_${id}`)}: ${this.model.tell(value.label)}`,
        () => this.#set(id, value.id, false))));
    if (around === null) return found;
    const text = this.model.count("aroundChip", around.steps, { name: this.model.name(this.model.nodes.get(around.thing)) });
    return [this.#chip(text, () => { this.model.filters.around = null; this.changed(); }), ...found];
  }

  #chip(text, remove) {
    return element("button", { type: "button", class: "chip", onclick: () => { remove(); this.button.focus(); } },
      element("span", { dir: "auto" }, text), element("span", { "aria-hidden": "true" }, "×"),
      element("span", { class: "unseen" }, this.model.say("removeFilter")));
  }
}
