"use strict";

const LONG_NAME = 160;
const MOST_STEPS = 3;
const LISTED_PARALLELS = 12;

/** The panel: the details, relations and quotes of the selected entity or relation, and the answers to questions. */
class Panel {
  constructor(model, listeners) {
    this.model = model;
    this.listeners = listeners;
    this.reuse = new Reuse(model, listeners);
    this.aside = new Aside(model, (ids) => listeners.showHidden(ids, null));
    this.group = new GroupPart(model, listeners, { neighbour: (node) => this.#neighbour(node), evidence: (edges) => this.#evidence(edges) });
    this.questions = new Questions(model, listeners, {
      aside: this.aside,
      neighbour: (node) => this.#neighbour(node), evidence: (edges) => this.#evidence(edges),
    });
    this.container = document.getElementById("panel");
    this.details = document.getElementById("details");
    this.foot = document.getElementById("foot");
  }

  render(selection) {
    this.counts = new Map(); // element → what it counts, in words
    this.fillings = new Map(); // element → a function that returns its content, which depends on filters
    const { entity, relation, ask } = selection;
    this.shownGroup = this.model.filters.group;
    const content = entity !== null ? this.#entity(this.model.nodes.get(entity))
      : relation !== null ? this.#relation(this.model.edges.get(relation))
        : ask === PATH ? this.#question(selection)
          : ask === null && this.shownGroup !== null ? this.group.render(this.shownGroup)
            : this.#introduction(selection);
    this.details.replaceChildren(...content.flat(2).filter(Boolean));
    this.container.scrollTop = 0;
    this.details.querySelector(".finding[aria-pressed=true], .step.current")?.scrollIntoView({ block: "nearest" });
    this.foot.replaceChildren(...this.#paragraphs(this.model.translate(this.model.data.foot)));
  }

  /** Return what the picture highlights of what the panel shows: the entries that it lists of an event, else an answer. */
  highlight(selection) {
    return this.listeners.moments()?.highlight(selection) ?? this.questions.highlight(selection);
  }

  /** Return whether another group is open than when the panel was filled. */
  get isOfOtherGroup() {
    return this.shownGroup !== this.model.filters.group;
  }

  /** Count again after filters have changed. */
  recount() {
    for (const [target, words] of this.counts) setText(target, words());
    for (const [target, content] of this.fillings) target.replaceChildren(...[content()].filter(Boolean));
  }

  /** Let an element say how many there are, now and after filters have changed. */
  #counting(target, words) {
    this.counts.set(target, words);
    setText(target, words());
    return target;
  }

  /** Let an element hold what a function returns, now and after filters have changed. */
  #filled(target, content) {
    this.fillings.set(target, content);
    target.replaceChildren(...[content()].filter(Boolean));
    return target;
  }

  /** Put the focus on the heading of the content, for keyboard and screen reader. */
  focusHeading() {
    this.details.querySelector("h2")?.focus({ preventScroll: true });
  }

  /** Put the focus on the button that leads back, else on the heading. */
  focusBack() {
    const button = this.details.querySelector(".back");
    if (button) button.focus({ preventScroll: true });
    else this.focusHeading();
  }

  // --- nothing chosen ---

  #introduction(selection) {
    const leftOut = this.model.translate(this.model.data.leftOut);
    return [
      element("h2", { class: "intro-title", tabindex: "-1" }, this.questions.tour.title()),
      this.#counting(element("p", { class: "intro-count" }), () => this.model.extent().join(" · ")),
      this.#filled(element("div"), () => this.listeners.moments()?.content((node) => this.#neighbour(node))),
      leftOut === "" ? null : element("p", { class: "rule", id: "left-out", dir: "auto" }, leftOut),
      this.questions.tour.render(selection),
      this.questions.renderButtons(),
      this.#legend(),
      this.#sources(),
    ];
  }

  /** Return how to read the picture and which keys it knows, closed at first. */
  #legend() {
    return element("details", { class: "how-to-read" },
      element("summary", {}, this.model.say("introTitle")),
      this.model.data.line ? element("p", { dir: "auto" }, this.model.translate(this.model.data.line)) : null,
      element("p", {}, this.model.isMap ? this.model.say("introMap") : this.model.translate(this.model.data.intro)),
      element("p", { class: "intro-click" }, this.model.say("introClick")),
      element("p", { class: "intro-keys" }, this.model.say("introKeys")));
  }

  #sources() {
    const sources = Object.values(this.model.data.sources ?? {});
    if (sources.length === 0) return null;
    return element("section", { class: "part" },
      element("h3", {}, this.model.count("sources", sources.length)),
      element("ul", { class: "sources" }, sources.map((source) => element("li", {},
        this.#sourceLink(source), typeof source.date === "string" ? ` · ${this.model.formatValue(source.date)}` : null))));
  }

  // --- a question ---

  #question(selection) {
    return [
      this.#top(element("p", { class: "kind" }, this.model.say("question")), this.#heading(this.questions.title(selection))),
      ...this.questions.render(selection),
    ];
  }

  // --- an entity ---

  #entity(node) {
    const alternatives = (node.alt ?? []).filter((name) => name !== this.model.translate(node.label));
    return [
      this.#top(this.#kindLine(node), this.#heading(this.model.name(node))),
      alternatives.length === 0 ? null : element("p", { class: "alternatives" },
        `${this.model.say("alsoCalled")} `, join(alternatives.map((name) => element("bdi", {}, name)), " · ")),
      this.group.ofEntity(node),
      this.aside.ofOne(node),
      this.#momentsOf(node),
      this.#filled(element("div"), () => this.#neighbourhood(node)),
      this.#facts(node.facts ?? []),
      this.#quotePart(node.quotes ?? []),
      this.#folded(node),
      this.#relations(node),
      this.reuse.ofEntity(node),
      element("p", { class: "identifier" }, `${this.model.say("identifier")} `, element("code", {}, node.id)),
    ];
  }

  /** Return at which of several events an entity occurs. */
  #momentsOf(node) {
    const names = this.listeners.moments()?.ofEntity(node) ?? "";
    return names === "" ? null : element("p", { class: "moments-of", dir: "auto" }, this.model.say("momentsOf", { names }));
  }

  /** Return the buttons that reduce the picture to the entities within some steps of an entity. */
  #neighbourhood(node) {
    const { neighbourhood } = this.model.filters;
    const now = neighbourhood === null ? 0 : neighbourhood.entity === node.id ? neighbourhood.steps : null; // null: around another entity
    const button = (steps) => element("button", {
      type: "button", "aria-pressed": String(now === steps), "data-steps": steps,
      "aria-label": steps === 0 ? this.model.say("aroundAll") : this.model.count("steps", steps),
      onclick: () => this.listeners.showNeighbourhood(node.id, steps),
    }, steps === 0 ? this.model.say("all") : this.model.number(steps));
    return element("div", { class: "around" },
      element("span", { class: "around-name", "aria-hidden": "true" }, this.model.say("around")),
      element("div", { class: "switch", role: "group", "aria-label": this.model.say("aroundHint"), title: this.model.say("aroundHint") },
        Array.from({ length: MOST_STEPS + 1 }, (_, steps) => button(steps))));
  }

  /** Return the top of the panel, with the buttons that lead back and that clear the selection. */
  #top(line, ...below) {
    return element("div", { class: "top" },
      this.listeners.canGoBack() ? element("button", { type: "button", class: "plain back", title: this.model.say("backHint"), onclick: this.listeners.goBack },
        element("span", { "aria-hidden": "true" }, "← "), this.model.say("back")) : null,
      element("div", { class: "top-line" }, line,
        element("button", { type: "button", class: "plain close", onclick: this.listeners.close },
          element("span", { "aria-hidden": "true" }, "×"),
          element("span", { class: "visually-hidden" }, this.model.say("close")))),
      below);
  }

  /** Return the heading; a long text is set smaller, and nothing is cut. */
  #heading(text) {
    return element("h2", { class: text.length > LONG_NAME ? "name long" : "name", tabindex: "-1", dir: "auto" }, text);
  }

  #kindLine(node) {
    return element("p", { class: "kind" }, shapeIcon(this.model.kinds.get(node.kind)), this.model.kindName(node));
  }

  #facts(facts) {
    if (facts.length === 0) return null;
    return element("section", { class: "part" },
      element("h3", { class: "visually-hidden" }, this.model.say("facts")),
      element("dl", { class: "facts" }, facts.map((fact) => [
        element("dt", {}, this.model.translate(fact.label)),
        element("dd", { dir: "auto" }, this.#linked(this.model.formatValue(fact.value))),
      ])));
  }

  #quotePart(quotes) {
    if (quotes.length === 0) return null;
    return element("section", { class: "part" },
      element("h3", {}, this.model.say("quotes")), quotes.map((quote) => this.#quote(quote)));
  }

  /** Return the other ends of the folded lines of an entity, each with the relations that the line stands for and their evidence. */
  #folded(node) {
    return this.model.foldedOf(node.id).map(({ kind, groups }) => element("section", { class: "part folded" },
      element("h3", {}, this.model.say("linkedThrough", { kinds: this.model.kindWord(kind, 2) })),
      groups.map(({ text, lines }) => element("section", { class: "group" },
        element("h4", { dir: "auto" }, text),
        element("ul", { class: "neighbours" }, lines.map(({ line, node: other, via }) => element("li", {},
          this.#neighbour(other, this.model.name(via)), this.#evidenceOfFolded(line))))))));
  }

  #evidenceOfFolded(line) {
    return element("details", { class: "evidence" },
      element("summary", {}, this.model.say("howKnown")),
      this.model.foldedRelations(line).map((edge) => [
        element("p", { class: "small", dir: "auto" }, this.model.sentence(edge)), ...this.#proof([edge])]));
  }

  #relations(node) {
    const groups = this.model.relationGroups(node.id);
    return element("section", { class: "part" },
      element("h3", {}, `${this.model.say("relations")} `, groups.length === 0 ? null
        : this.#counting(element("span", { class: "group-count relation-count" }), () => this.model.countOf(this.model.relationCounts(node.id)))),
      groups.length === 0 ? element("p", { class: "quiet" }, this.model.say("noRelations")) : null,
      groups.map((group) => this.#group(group, node.id)));
  }

  #group({ text, incoming, edges }, id) {
    const rows = this.#rowsByNeighbour(edges, id);
    return element("section", { class: "group" },
      element("h4", { dir: "auto" },
        incoming ? [element("span", { "aria-hidden": "true" }, "← "),
          element("span", { class: "visually-hidden" }, `${this.model.say("incoming")} `)] : null, text,
        edges.length > 3 ? element("span", { class: "group-count" }, ` ${this.model.number(edges.length)}`) : null),
      element("ul", { class: "neighbours" }, rows.map((row) => element("li", {},
        this.#neighbour(row.node, this.#notes(row.edges)), this.#evidence(row.edges)))));
  }

  /** Return a row per neighbour, with all edges to it. */
  #rowsByNeighbour(edges, id) {
    return [...groupBy(edges, (edge) => this.model.otherEnd(edge, id))]
      .map(([node, between]) => ({ node, edges: between }))
      .sort((a, b) => this.model.compareTexts(this.model.name(a.node), this.model.name(b.node)));
  }

  #notes(edges) {
    return [...new Set(edges.map((edge) => this.model.translate(edge.note)).filter(Boolean))].join(" · ");
  }

  #neighbour(node, note = "") {
    return element("button", { type: "button", class: "neighbour", onclick: () => this.listeners.selectEntity(node.id) },
      shapeIcon(this.model.kinds.get(node.kind)),
      element("span", { class: "neighbour-name" }, element("bdi", {}, this.model.name(node)),
        note ? [" ", element("bdi", { class: "note" }, note)] : null,
        element("span", { class: "visually-hidden" }, `, ${this.model.kindName(node)}`)));
  }

  // --- a relation ---

  #relation(edge) {
    const [from, to] = [this.model.nodes.get(edge.from), this.model.nodes.get(edge.to)];
    const others = this.model.parallelEdges(edge);
    return [
      this.#top(element("p", { class: "kind" }, this.model.say("relation")),
        this.#neighbour(from),
        this.#heading(this.model.translate(edge.label)),
        edge.note ? element("p", { class: "note", dir: "auto" }, this.model.translate(edge.note)) : null,
        this.#neighbour(to)),
      this.aside.ofSome([from, to]),
      element("section", { class: "part" },
        element("h3", {}, this.model.say("howKnown")), this.#proof([edge])),
      others.length === 0 ? null : element("section", { class: "part" },
        element("h3", {}, this.model.say("between")),
        this.#parallels(others)),
      this.reuse.ofRelation(edge),
    ];
  }

  /** Return the list of relations between the same two entities; of many, the rest is folded away. */
  #parallels(edges) {
    const list = (some) => element("ul", { class: "neighbours" }, some.map((edge) => this.#parallel(edge)));
    if (edges.length <= LISTED_PARALLELS + 1) return list(edges);
    const rest = edges.slice(LISTED_PARALLELS);
    return [list(edges.slice(0, LISTED_PARALLELS)), element("details", { class: "evidence" },
      element("summary", {}, this.model.count("moreToShow", rest.length)), list(rest))];
  }

  #parallel(edge) {
    const words = [this.model.nodes.get(edge.from), edge, this.model.nodes.get(edge.to)]
      .map((part) => (part === edge ? this.model.translate(edge.label) : this.model.name(part)));
    return element("li", {}, element("button", {
      type: "button", class: "neighbour", onclick: () => this.listeners.selectRelation(edge.id),
    }, element("span", { class: "neighbour-name" }, join(words.map((word) => element("bdi", {}, word)), " – "))));
  }

  // --- evidence ---

  #evidence(edges) {
    return element("details", { class: "evidence" },
      element("summary", {}, this.model.say("howKnown")), this.#proof(edges));
  }

  /** Return the rules and quotes of these relations, each once. */
  #proof(edges) {
    const rules = [...new Set(edges.map((edge) => this.model.translate(edge.rule)).filter(Boolean))];
    const quotes = new Map(edges.flatMap((edge) => edge.quotes ?? []).map((quote) => [JSON.stringify(quote), quote]));
    if (rules.length + quotes.size === 0) return [element("p", { class: "quiet" }, this.model.say("noEvidence"))];
    return [...rules.map((rule) => element("p", { class: "rule", dir: "auto" }, rule)),
      ...[...quotes.values()].map((quote) => this.#quote(quote, quote.titles))];
  }

  #quote({ text, lines, source }, titles = []) {
    const known = this.model.data.sources?.[source];
    const where = lines.length === 0 ? null : this.model.count("line", lines.length, { lines: lines.join(", ") });
    return element("figure", { class: "quote" },
      element("blockquote", { dir: "auto" },
        this.model.say("quoteOpen"), text.trim(), this.model.say("quoteClose")),
      titles.length === 0 ? null : element("p", { class: "quote-title", dir: "auto" }, this.model.titlesInWords(titles)),
      element("figcaption", {}, known ? this.#sourceLink(known) : element("bdi", {}, source ?? ""),
        where ? `, ${where}` : null));
  }

  #sourceLink(source) {
    return externalLink(this.model.translate(source.label), source.url, this.model.say("newTab"));
  }

  /** Return plain text with line breaks as paragraphs; addresses in it become links. */
  #paragraphs(text) {
    return text.split(/\n+/).filter(Boolean).map((line) => element("p", {}, this.#linked(line)));
  }

  /** Return plain text with its addresses as links. */
  #linked(text) {
    return linkAddresses(text, (address) => externalLink(address, address, this.model.say("newTab")));
  }
}

function join(parts, between) {
  return parts.flatMap((part, n) => (n === 0 ? [part] : [between, part]));
}
