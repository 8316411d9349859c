"use strict";

const PATH = "path";

/** The questions about the network: the steps of the tour, and the paths between two entities, which the page searches itself. */
class Questions {
  constructor(model, listeners, evidence) {
    this.model = model;
    this.listeners = listeners;
    this.evidence = evidence;
    this.load();
  }

  /** Read the answers of the network that the model holds now. */
  load() {
    this.tour = new Tour(this.model, this.listeners, this.evidence.neighbour);
    this.paths = new Paths(this.model);
  }

  /** Return whether the page has an answer to a question. */
  knows(ask) {
    return ask === PATH || this.tour.knows(ask);
  }

  /** Return the button of the question about paths. */
  renderButtons() {
    if (this.model.nodes.size === 0) return null;
    return element("section", { class: "part" },
      element("h3", {}, this.model.say("questions")),
      element("ul", { class: "questions" }, element("li", {},
        element("button", { type: "button", class: "button question", onclick: () => this.listeners.ask({ ask: PATH }) },
          this.model.say(`ask_${PATH}`)))),
      this.tour.hasAnswers ? null : element("p", { class: "quiet small" }, this.model.say("otherQuestions")));
  }

  /** Return the content of the panel for the question about paths. */
  render(selection) {
    return this.#path(selection);
  }

  title({ ask }) {
    return this.model.say(`ask_${ask}`);
  }

  /** Return a question in words for a screen reader. */
  describe(selection) {
    return selection.ask === PATH ? this.title(selection) : this.tour.describe(selection);
  }

  /** Return the entities and relations of an answer, which the picture highlights. */
  highlight(selection) {
    if (selection.ask === null) return NO_HIGHLIGHT;
    return selection.ask === PATH ? this.#pathHighlight(selection) : this.tour.highlight(selection);
  }

  // --- paths ---

  /** Return the paths between the ends of a question, and in words how many there are and whether filters hide shorter ones. */
  pathInWords(selection) {
    const [from, to] = this.#ends(selection);
    if (!from || !to) return { sentences: [this.model.say("chooseEnds")], paths: [] };
    if (from === to) return { sentences: [this.model.say("sameEnds")], paths: [] };
    const { length, paths, more } = this.paths.find(from.id, to.id, selection.hubs);
    const all = this.paths.findAll(from.id, to.id, selection.hubs);
    const hidden = (key) => this.model.count(key, all.length);
    if (paths.length > 0) return { sentences: [this.#pathCount(length, paths, more), ...(all.length < length ? [hidden("shorterHidden")] : [])], paths };
    const missing = this.model.say("notConnected", { from: this.model.name(from), to: this.model.name(to) });
    return { sentences: [missing, all.paths.length > 0 ? hidden("pathHidden") : this.#neverConnected(from, to, selection)], paths };
  }

  #pathCount(length, paths, more) {
    return `${this.model.count("steps", length)} · ${this.model.count("paths", paths.length)}${more ? " …" : ""}`;
  }

  #neverConnected(from, to, { hubs }) {
    const wider = !hubs && this.paths.findAll(from.id, to.id, true).paths.length > 0;
    return this.model.say(wider ? "connectedOverHubs" : "neverConnected", { hubs: this.#hubs() });
  }

  #ends({ from, to }) {
    return [from, to].map((id) => this.model.nodes.get(id) ?? null);
  }

  #pathHighlight(selection) {
    const [from, to] = this.#ends(selection);
    const ends = [from, to].filter(Boolean).map(({ id }) => id);
    if (ends.length < 2) return { entities: ends, relations: [] };
    const { paths } = this.paths.find(...ends, selection.hubs);
    const edges = paths.flatMap((path) => path.slice(1).flatMap((id, n) => this.paths.between(path[n], id)));
    return { entities: [...new Set([...ends, ...paths.flat()])], relations: [...new Set(edges.map(({ id }) => id))] };
  }

  #path(selection) {
    const [from, to] = this.#ends(selection);
    return [
      element("div", { class: "ends" },
        this.#end("from", from, selection), this.#end("to", to, selection),
        this.#hubs() === "" ? null : element("label", { class: "facet-value" },
          element("input", {
            type: "checkbox", id: "over-hubs", checked: selection.hubs === true,
            onchange: (event) => this.#askPath(selection, { hubs: event.target.checked || null }, "over-hubs"),
          }), this.model.say("overHubs", { hubs: this.#hubs() }))),
      from && to ? this.#pathResult(from, to, selection) : element("p", { class: "quiet" }, this.model.say("chooseEnds")),
    ];
  }

  /** Return a search box for one end of the path; a choice asks the question again. */
  #end(which, node, selection) {
    const parts = {
      box: element("input", {
        id: `end-${which}`, class: "search-box", type: "text", role: "combobox", "aria-autocomplete": "list",
        "aria-expanded": "false", "aria-controls": `end-${which}-hits`, autocomplete: "off", spellcheck: "false",
        onfocus: (event) => event.target.select(),
        value: node ? this.model.name(node).slice(0, LONG_NAME) : "", placeholder: this.model.say("searchHint"),
      }),
      list: element("ul", { id: `end-${which}-hits`, class: "hits", role: "listbox", "aria-label": this.model.say("hits") }),
      note: element("p", { class: "hits-note", hidden: true }),
    };
    parts.sheet = element("div", { class: "hits-sheet", hidden: true }, parts.list, parts.note);
    const other = which === "from" ? "to" : "from";
    const next = selection[other] === null ? `end-${other}` : null; // with both ends, the focus goes to the answer
    new Search(parts, this.model, (id) => this.#askPath(selection, { [which]: id }, next), this.listeners.announce);
    return element("div", { class: "end search" },
      element("label", { for: `end-${which}` }, this.model.say(`end_${which}`)), parts.box, parts.sheet);
  }

  #askPath({ from, to, hubs }, change, field) {
    this.listeners.ask({ ask: PATH, from, to, hubs, ...change }, field);
  }

  #pathResult(from, to, selection) {
    if (from === to) return element("p", { class: "quiet", role: "status" }, this.model.say("sameEnds"));
    const { length, paths, more } = this.paths.find(from.id, to.id, selection.hubs);
    if (paths.length === 0) return this.#notConnected(from, to, selection);
    const all = this.paths.findAll(from.id, to.id, selection.hubs);
    return [
      element("p", { class: "path-count", role: "status" },
        this.#pathCount(length, paths, more)),
      all.length < length ? this.#hiddenPaths("shorterHidden", all) : null,
      this.evidence.aside.ofSome([...new Set(paths.flat())].map((id) => this.model.nodes.get(id))),
      paths.map((path) => element("ol", { class: "path" }, path.map((id, n) => this.#step(id, n === 0 ? null : path[n - 1])))),
      saveButton(this.model, () => this.listeners.savePage(selection)),
    ];
  }

  #notConnected(from, to, selection) {
    const all = this.paths.findAll(from.id, to.id, selection.hubs);
    return [
      element("p", { class: "rule", role: "status", dir: "auto" },
        this.model.say("notConnected", { from: this.model.name(from), to: this.model.name(to) })),
      all.paths.length > 0 ? this.#hiddenPaths("pathHidden", all)
        : element("p", { class: "quiet" }, this.#neverConnected(from, to, selection)),
    ];
  }

  /** Return a sentence on paths that filters hide, and a button that shows them. */
  #hiddenPaths(key, { length, paths }) {
    const edges = paths.flatMap((path) => path.slice(1).flatMap((id, n) => this.paths.allBetween(path[n], id)));
    return element("div", { class: "hidden-paths" },
      element("p", {}, this.model.count(key, length)),
      element("button", { type: "button", class: "button", onclick: () => this.listeners.reveal(edges) }, this.model.say("showPaths")));
  }

  /** Return the kinds of hubs that the page has, through which paths do not lead: "A, B or C". */
  #hubs() {
    const names = [...this.model.kinds.values()].filter(({ id }) => this.paths.hubs.has(id)).map(({ label, plural }) => this.model.translate(plural ?? label));
    return new Intl.ListFormat(this.model.language, { type: "disjunction" }).format(names);
  }

  /** Return an entity on a path, with its relations to the entity before and their evidence. */
  #step(id, before) {
    const edges = before === null ? [] : this.paths.between(before, id);
    const readings = [...new Set(edges.map((edge) => {
      const { text, incoming } = this.model.reading(edge, before);
      return incoming ? `← ${text}` : text;
    }))];
    return element("li", {},
      edges.length === 0 ? null : element("p", { class: "path-relation", dir: "auto" }, readings.join(" · ")),
      this.evidence.neighbour(this.model.nodes.get(id)),
      edges.length === 0 ? null : this.evidence.evidence(edges));
  }
}
