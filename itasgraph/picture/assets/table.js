"use strict";

const FIRST_ROWS = 500; // more rows take a while to lay out, so a button shows them

/** The content of the picture as two plain tables, of entries and of relations, which can be sorted and filtered, and obey the legend. */
class Table {
  constructor(model, listeners) {
    this.model = model;
    this.listeners = listeners;
    this.container = document.getElementById("table-frame");
    this.maxRows = FIRST_ROWS;
    this.selection = NO_SELECTION;
    this.shownRows = new Map(); // row → its entity or relation
    this.restore({});
  }

  /** Restore which table is open, its order (column and direction), and its filter. */
  restore({ about = "entities", column = 0, down = false, filter = "" }) {
    this.about = about;
    this.sorting = { entities: { column: 0, down: false }, relations: { column: 0, down: false }, [about]: { column, down } };
    this.filter = filter;
  }

  /** Return the present state, as `restore` takes it. */
  state() {
    return { about: this.about, ...this.sorting[this.about], filter: this.filter };
  }

  /** Show all rows at once, for paper. */
  showAll() {
    this.maxRows = Infinity;
    this.#renderRows();
  }

  /** Mark the rows of a selection, and bring the first of them into view, past a filter of the table that hides it. */
  mark(selection) {
    this.selection = selection;
    const { entity, relation } = selection;
    const isHidden = () => !this.rows().slice(0, this.maxRows).some(({ of }) => this.#isMarked(of));
    if ((entity !== null || relation !== null) && isHidden()) {
      this.#setFilter("");
      if (isHidden()) this.maxRows = Infinity;
      this.#renderRows();
    }
    for (const [row, of] of this.shownRows) setCurrent(row, this.#isMarked(of));
    this.table.querySelector("[aria-current]")?.scrollIntoView({ block: "nearest" });
  }

  /** Return whether a row is that of the selected entity or relation, or a relation of the selected entity. */
  #isMarked(of) {
    const { entity, relation } = this.selection;
    return this.about === "entities" ? of.id === entity : of.id === relation || [of.from, of.to].includes(entity);
  }

  #setFilter(text) {
    this.filter = text;
    this.container.querySelector(".table-filter").value = text;
  }

  render() {
    this.more = element("div", { class: "table-more" });
    this.count = element("p", { class: "table-count", role: "status" });
    this.table = element("table", { class: "table", tabindex: "-1" });
    this.container.replaceChildren(
      element("div", { class: "table-head" },
        element("div", { class: "switch", role: "group", "aria-label": this.model.say("table") },
          this.#switchTo("entities", this.model.say("entities")),
          this.#switchTo("relations", this.model.say("relations"))),
        element("input", {
          type: "search", class: "table-filter", value: this.filter, "aria-label": this.model.say("filterTable"),
          placeholder: this.model.say("filterTable"),
          oninput: (event) => { this.filter = event.target.value; this.#renderRows(); this.listeners.tableChanged(); },
        }), this.count),
      element("div", {
        class: "table-scroll", tabindex: "0", role: "group", "aria-label": this.model.say("table"),
      }, this.table, this.more));
    this.#renderRows();
  }

  #switchTo(about, text) {
    return element("button", {
      type: "button", "aria-pressed": String(this.about === about),
      onclick: () => {
        this.about = about;
        this.render();
        this.container.querySelector('[aria-pressed="true"]').focus();
        this.listeners.tableChanged();
      },
    }, text);
  }

  #columns() {
    const words = this.about === "entities"
      ? ["columnName", "columnKind", "columnAlt", "columnRelations"]
      : ["columnFrom", "columnRelation", "columnTo", "columnEvidence"];
    return words.map((key) => this.model.say(key));
  }

  /** Return rows of {of: the entity or relation, keys: the texts to sort and filter by, cells: the elements to show}. */
  #allRows({ nodes, edges }) {
    return this.about === "entities" ? nodes.map((node) => this.#entityRow(node)) : edges.map((edge) => this.#relationRow(edge));
  }

  /** Return the rows of a part of the network that pass the filter of the table, sorted, each with its entity or relation (`of`). */
  rows(part = this.model.part(true)) {
    const words = searchKey(this.filter).split(" ").filter(Boolean);
    const rows = this.#allRows(part).filter(({ keys }) => {
      const text = searchKey(keys.join(" "));
      return words.every((word) => text.includes(word));
    });
    this.#sort(rows);
    return rows;
  }

  #entityRow(node) {
    const counts = this.model.relationCounts(node.id);
    const keys = [this.model.name(node), this.model.kindName(node), (node.alt ?? []).join(" · "), counts.all];
    return { of: node, keys, cells: () => [[this.#name(node), this.#change(node)], keys[1], keys[2], this.model.countOf(counts)] };
  }

  #relationRow(edge) {
    const [from, to] = [this.model.nodes.get(edge.from), this.model.nodes.get(edge.to)];
    const relation = this.model.translate(edge.label) + (edge.note ? ` (${this.model.translate(edge.note)})` : "");
    const quoted = (edge.quotes ?? [])
      .map(({ text }) => this.model.say("quoteOpen") + text.trim() + this.model.say("quoteClose"));
    const evidence = [...quoted, this.model.translate(edge.rule)].filter(Boolean).join(" ");
    const keys = [this.model.name(from), relation, this.model.name(to), evidence];
    return { of: edge, keys, cells: () => [this.#name(from), this.#open(edge, relation), this.#name(to), keys[3]] };
  }

  /** Return what an entry does at the chosen event, where it did not stay. */
  #change(node) {
    const change = this.model.changeInWords(node);
    return change === "" ? null : element("span", { class: "row-change" }, ` ${change}`);
  }

  #name(node) {
    return element("button", { type: "button", class: "cell-link", onclick: () => this.listeners.selectEntity(node.id) },
      shapeIcon(this.model.kinds.get(node.kind)), element("bdi", {}, this.model.name(node)));
  }

  #open(edge, relation) {
    return element("button", {
      type: "button", class: "cell-link", title: this.model.say("openRelation"),
      onclick: () => this.listeners.selectRelation(edge.id),
    }, element("bdi", {}, relation));
  }

  #renderRows() {
    const rows = this.rows();
    const { nodes, edges } = this.model;
    const all = this.about === "entities" ? nodes.size : edges.size;
    const words = rows.length === all ? this.model.count("rowCount", all) : this.model.countOf({ all, visible: rows.length });
    this.count.textContent = this.model.withGone(words, rows.map(({ of }) => of));
    this.shownRows = new Map(rows.slice(0, this.maxRows).map(({ of, cells }) => [this.#row(of, cells()), of]));
    this.table.replaceChildren(
      element("caption", { class: "visually-hidden" }, this.model.say(this.about)),
      element("thead", {}, element("tr", {}, this.#columns().map((name, n) => this.#heading(name, n)))),
      element("tbody", {}, [...this.shownRows.keys()]));
    this.#renderMore(rows.length - this.maxRows);
  }

  #row(of, cells) {
    return element("tr", { "aria-current": this.#isMarked(of) ? "true" : null },
      cells.map((cell, n) => element(n === 0 ? "th" : "td", { scope: n === 0 ? "row" : null, dir: "auto" }, cell)));
  }

  #renderMore(count) {
    this.more.replaceChildren(...(count <= 0 ? [] : [element("button", {
      type: "button", class: "button", onclick: () => { this.showAll(); this.table.focus(); },
    }, this.model.count("moreRows", count))]));
  }

  #sort(rows) {
    const { column, down } = this.sorting[this.about];
    const order = (a, b) => (typeof a === "number" ? a - b : this.model.compareTexts(a, b));
    rows.sort((a, b) => (down ? -1 : 1) * order(a.keys[column], b.keys[column])
      || order(a.keys[0], b.keys[0]));
  }

  #heading(name, n) {
    const { column, down } = this.sorting[this.about];
    const direction = column !== n ? "none" : down ? "descending" : "ascending";
    const sign = { none: "↕", ascending: "↑", descending: "↓" }[direction];
    return element("th", { scope: "col", "aria-sort": direction },
      element("button", { type: "button", class: "sorter", onclick: () => this.#toggleSort(n) }, name,
        element("span", { class: "sorter-sign", "aria-hidden": "true" }, sign)));
  }

  #toggleSort(n) {
    const { column, down } = this.sorting[this.about];
    this.sorting[this.about] = { column: n, down: column === n ? !down : false };
    this.#renderRows();
    this.table.querySelectorAll(".sorter")[n].focus();
    this.listeners.tableChanged();
  }
}

function setCurrent(row, isCurrent) {
  if (isCurrent) row.setAttribute("aria-current", "true");
  else row.removeAttribute("aria-current");
}
