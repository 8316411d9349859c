"use strict";

const LISTED_VALUES = 40; // data of others may have hundreds of relations

/** The sheet with all filters except the kinds, and a row of chips, each of which removes a chosen filter. */
class Facets {
  constructor(model, onChange) {
    this.model = model;
    this.onChange = onChange;
    this.button = document.getElementById("filter");
    this.sheet = document.getElementById("filter-sheet");
    this.chips = document.getElementById("chips");
    this.expanded = new Set(); // facets of which all values are listed
    this.button.addEventListener("click", () => this.toggle(this.sheet.hidden));
  }

  /** Fold long lists again, those of another network. */
  load() {
    this.expanded.clear();
    this.render();
  }

  toggle(open) {
    this.sheet.hidden = !open;
    if (open) this.#fill();
    this.button.setAttribute("aria-expanded", String(open));
    if (open) this.sheet.querySelector("button, input")?.focus();
  }

  /** Close the sheet, and put the focus where it was opened. */
  leave() {
    this.toggle(false);
    this.button.focus();
  }

  render() {
    this.button.hidden = this.model.filters.facets.length === 0;
    if (!this.sheet.hidden) this.#fill();
    this.refresh();
  }

  /** Fill the sheet when it opens: to count all values takes long in a large network. */
  #fill() {
    this.boxes = new Map();
    this.total = element("p", { class: "sheet-total" });
    this.sheet.replaceChildren(
      element("div", { class: "top-line" },
        element("h2", { class: "sheet-title" }, this.model.say("filters")),
        element("button", { type: "button", class: "plain close", onclick: () => this.leave() },
          element("span", { "aria-hidden": "true" }, "×"), element("span", { class: "visually-hidden" }, this.model.say("closeFilters")))),
      this.total,
      element("p", { class: "quiet" }, this.model.say("filtersHint")),
      ...this.model.filters.facets.map((facet) => this.#facet(facet)));
    this.#count();
  }

  refresh() {
    const { count } = this.model.filters;
    if (!this.sheet.hidden) this.#count();
    this.button.replaceChildren(this.model.say("filters"), count > 0 ? element("span", { class: "badge" }, this.model.number(count)) : "");
    this.chips.replaceChildren(...this.#chips());
    this.chips.hidden = this.chips.children.length === 0;
  }

  #count() {
    const { choices } = this.model.filters;
    for (const [box, { facet, id, number }] of this.boxes) {
      const left = this.model.filters.counts(facet).get(id) ?? 0;
      box.checked = choices.get(facet).has(id);
      box.parentElement.classList.toggle("zero", left === 0);
      number.textContent = this.model.number(left);
    }
    this.total.textContent = this.model.visibleInWords();
  }

  #facet({ id, values }) {
    const sorted = [...values].sort((a, b) => this.model.compareTexts(this.model.translate(a.label), this.model.translate(b.label)));
    const isShort = sorted.length <= LISTED_VALUES || this.expanded.has(id);
    const listed = isShort ? sorted : sorted.filter((value, n) => n < LISTED_VALUES || this.model.filters.choices.get(id).has(value.id));
    return element("fieldset", { class: "facet", "data-facet": id },
      element("legend", {}, this.model.say(`facet_${id}`)),
      listed.map((value) => this.#value(id, value)),
      listed.length === sorted.length ? null : element("button", { type: "button", class: "plain more", onclick: () => this.#expand(id) },
        this.model.count("moreToShow", sorted.length - listed.length)));
  }

  /** Show all values of a facet; the focus goes to the first of those that were folded away. */
  #expand(id) {
    this.expanded.add(id);
    this.render();
    this.sheet.querySelectorAll(`[data-facet="${id}"] input`)[LISTED_VALUES]?.focus();
  }

  #value(facet, { id, label }) {
    const box = element("input", { type: "checkbox", onchange: () => this.#set(facet, id, box.checked) });
    const number = element("span", { class: "legend-count", "data-count": true });
    this.boxes.set(box, { facet, id, number });
    return element("label", { class: "facet-value" }, box,
      element("span", { dir: "auto" }, this.model.translate(label)), number);
  }

  #set(facet, id, checked) {
    const values = this.model.filters.choices.get(facet);
    if (checked) values.add(id);
    else values.delete(id);
    this.onChange();
  }

  #chips() {
    const { neighbourhood, group, facets, choices } = this.model.filters;
    const chips = facets.flatMap(({ id, values }) => values.filter((value) => choices.get(id).has(value.id))
      .map((value) => this.#chip(`${this.model.say(`facet_${id}`)}: ${this.model.translate(value.label)}`,
        () => this.#set(id, value.id, false))));
    if (neighbourhood === null && group === null) return chips;
    const text = group !== null ? this.model.say("groupChip", { name: this.model.groupName(group) })
      : this.model.count("aroundChip", neighbourhood.steps, { name: this.model.name(this.model.nodes.get(neighbourhood.entity)) });
    return [this.#chip(text, () => { this.model.filters.showNeighbourhood(null); this.onChange(); }), ...chips];
  }

  #chip(text, remove) {
    return element("button", { type: "button", class: "chip", onclick: () => { remove(); this.button.focus(); } },
      element("span", { dir: "auto" }, text), element("span", { "aria-hidden": "true" }, "×"),
      element("span", { class: "visually-hidden" }, this.model.say("removeFilter")));
  }
}
