"use strict";

/** The parts of saved pages: entries with their facts, relations as sentences with their quotes, and the sources these name. */
class PageParts {
  constructor(model) {
    this.model = model;
    this.reset();
  }

  /** Forget what the parts of the last page named. */
  reset() {
    this.namedNodes = new Set();
    this.namedSources = new Set();
  }

  // --- entries ---

  /** Return a section with entries, each with its kind, facts and quotes. */
  entries(nodes) {
    const sorted = [...nodes].sort((a, b) => this.model.compareTexts(this.model.name(a), this.model.name(b)));
    return element("section", {},
      element("h2", {}, this.model.say("entities")),
      sorted.slice(0, MOST_ON_PAGE).map((node) => element("div", {},
        element("h3", { dir: "auto" }, this.model.name(node), element("span", { class: "measure" }, ` ${this.model.kindName(node)}`)),
        this.entry(node))),
      this.#rest(sorted));
  }

  /** Return the other names, facts and quotes of an entry. */
  entry(node) {
    this.namedNodes.add(node);
    const alternatives = [...new Set(node.alt ?? [])].filter((name) => name !== this.model.translate(node.label));
    return [
      alternatives.length === 0 ? null : element("p", { dir: "auto" }, `${this.model.say("alsoCalled")} ${alternatives.join(" · ")}`),
      (node.facts ?? []).length === 0 ? null : element("dl", {}, node.facts.map(({ label, value }) => [
        element("dt", {}, this.model.translate(label)),
        element("dd", { dir: "auto" }, this.linked(this.model.formatValue(value))),
      ])),
      ...(node.quotes ?? []).map((quote) => this.#quote(quote)),
    ];
  }

  /** Return the names of the entries of a finding, each with its kind. */
  names({ entities, names }) {
    return entities.map((id) => {
      const node = this.model.nodes.get(id);
      if (!node) return `${this.model.translate(names?.[id]) || id} ${this.model.say("notHere")}`;
      this.namedNodes.add(node);
      return `${this.model.name(node)} (${this.model.kindName(node)})`;
    }).sort((a, b) => this.model.compareTexts(a, b)).join(" · ");
  }

  /** Return a sentence on the entries of the page that filters hide in the picture; null where there are none. */
  hidden() {
    const hidden = [...this.namedNodes].filter((node) => !this.model.isVisible(node)).length;
    return hidden === 0 ? null : element("p", { class: "measure" }, this.model.count("savedHidden", hidden));
  }

  // --- relations ---

  /** Return a section with relations, each as a sentence with its quotes, as it reads from the entity `id` if there is one. */
  relations(edges, id = null, heading = "relations") {
    return element("section", {},
      element("h2", {}, this.model.say(heading), element("span", { class: "measure" }, ` ${this.model.number(edges.length)}`)),
      edges.slice(0, MOST_ON_PAGE).map((edge) => this.relation(edge, id)),
      this.#rest(edges));
  }

  relation(edge, id = null) {
    const { subject, text, object } = this.#statement(edge, id);
    for (const node of [subject, object]) this.namedNodes.add(node);
    const notes = [this.model.translate(edge.note), edge.near ? this.model.say("lineNear") : ""].filter(Boolean);
    return element("div", { class: "statement" },
      element("p", {}, this.#name(subject), ` ${text} `, this.#name(object),
        element("span", { class: "measure" }, ` (${this.model.kindName(object)})`,
          notes.map((note) => [" · ", element("bdi", {}, note)]))),
      this.evidence([edge]));
  }

  /** Return a section for each kind of entries that lines from an entity fold, with the relations behind each line and their evidence. */
  folded(node) {
    return this.model.foldedOf(node.id).map(({ kind, groups }) => element("section", {},
      element("h2", {}, this.model.say("linkedThrough", { kinds: this.model.kindWord(kind, 2) })),
      groups.map(({ text, lines }) => [
        element("h3", { dir: "auto" }, text), ...lines.slice(0, MOST_ON_PAGE).map((line) => this.#foldedLine(node, line)), this.#rest(lines)])));
  }

  #foldedLine(node, { line, node: other, via }) {
    for (const named of [node, other, via]) this.namedNodes.add(named);
    return element("div", { class: "statement" },
      element("p", {}, this.#name(other), element("span", { class: "measure" }, ` (${this.model.kindName(other)}) · `, element("bdi", {}, this.model.name(via)))),
      this.model.foldedRelations(line).map((edge) => [element("p", { dir: "auto" }, this.model.sentence(edge)), ...this.evidence([edge])]));
  }

  /** Return edges in alphabetical order: by the other end where they are those of the entity `id`. */
  sorted(edges, id = null) {
    const key = (edge) => (id === null ? [this.model.nodes.get(edge.from), this.model.nodes.get(edge.to)] : [this.model.otherEnd(edge, id)])
      .map((node) => this.model.name(node)).join(" ");
    return edges.map((edge) => ({ edge, words: key(edge) })).sort((a, b) => this.model.compareTexts(a.words, b.words)).map(({ edge }) => edge);
  }

  /** Return the ends of a relation in the order in which it reads from `id`, else from its source. */
  #statement(edge, id) {
    const from = id ?? edge.from;
    const { text, incoming } = this.model.reading(edge, from);
    const [one, other] = [this.model.nodes.get(from), this.model.otherEnd(edge, from)];
    return incoming ? { subject: other, text, object: one } : { subject: one, text, object: other };
  }

  #name(node) {
    return element("strong", {}, element("bdi", {}, this.model.name(node)));
  }

  /** Return the rules and quotes of relations, each once, or a sentence that says that there are none. */
  evidence(edges) {
    const rules = [...new Set(edges.map(({ rule }) => this.model.translate(rule)).filter(Boolean))];
    const quotes = new Map(edges.flatMap((edge) => edge.quotes ?? []).map((quote) => [JSON.stringify(quote), quote]));
    if (rules.length + quotes.size === 0) return [element("p", { class: "measure" }, this.model.say("noEvidence"))];
    return [...rules.map((rule) => element("p", { class: "measure", dir: "auto" }, rule)), ...[...quotes.values()].map((quote) => this.#quote(quote, quote.titles))];
  }

  #quote({ text, lines = [], source }, titles = []) {
    this.namedSources.add(source);
    const known = this.model.data.sources?.[source];
    const where = lines.length === 0 ? "" : `, ${this.model.count("line", lines.length, { lines: lines.join(", ") })}`;
    return element("figure", { class: "quote" },
      element("blockquote", { dir: "auto" }, this.model.say("quoteOpen"), text.trim(), this.model.say("quoteClose")),
      titles.length === 0 ? null : element("p", { dir: "auto" }, this.model.titlesInWords(titles)),
      element("figcaption", {}, element("bdi", {}, known ? this.model.translate(known.label) : source ?? ""), where));
  }

  /** Return how many of a long list are not on the page; null where all are. */
  #rest(list) {
    return list.length <= MOST_ON_PAGE ? null : element("p", {}, this.model.count("savedRest", list.length - MOST_ON_PAGE));
  }

  // --- how it is known ---

  /** Return how an answer is computed, and what it does not say. */
  method({ basis, measure, caveat }) {
    return [basis, measure, caveat].filter(Boolean).map((text) => element("p", { class: "measure" }, this.model.translate(text)));
  }

  /** Return the sources of the quotes on the page with their addresses, dates and licences; null where the page has no quote. */
  sources() {
    const known = this.#sources();
    if (known.length === 0) return null;
    return element("section", {},
      element("h2", {}, this.model.count("sources", known.length)),
      element("ul", {}, known.map(({ label, date, url, licence }) => element("li", { dir: "auto" },
        [this.model.translate(label), this.model.formatValue(date)].filter(Boolean).join(", "),
        url ? [" – ", ...this.linked(url)] : null,
        licence ? [` – ${this.model.say("licence")} `, ...this.linked(licence)] : null))));
  }

  #sources() {
    return [...this.namedSources].map((id) => this.model.data.sources?.[id]).filter(Boolean)
      .sort((a, b) => this.model.compareTexts(this.model.translate(a.label), this.model.translate(b.label)));
  }

  /** Return the lines on the data as a whole, without those on the sources and licences that the page lists itself. */
  foot() {
    const listed = this.#sources();
    const urls = listed.map(({ url }) => url).filter(Boolean);
    const licences = listed.map(({ licence }) => `${this.model.say("licence")} ${licence}`);
    return this.model.translate(this.model.data.foot).split(/\n+/).filter(Boolean)
      .filter((line) => !licences.includes(line) && (urls.length === 0 || !urls.every((url) => line.includes(url))))
      .map((line) => this.linked(line));
  }

  /** Return plain text with its addresses as links. */
  linked(text) {
    return linkAddresses(text, (address) => {
      const href = webAddress(address);
      return href === null ? address : element("a", { href, rel: "noopener" }, address);
    });
  }
}
