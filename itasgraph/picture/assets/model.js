"use strict";

// eslint-disable-next-line no-control-regex -- the pattern is for control characters
const CONTROL_CHARACTERS = /[\u0000-\u001f\u007f]+/g;
// Marks that change the direction of the text behind them: "gnp.exe" would read "exe.png".
const DIRECTION_MARKS = /[\u202a-\u202e\u2066-\u2069]/g;
const INVISIBLE = /^[\p{Cf}\p{Z}\p{M}]*$/u; // a label of these alone shows nothing
const MOST_IN_SUMMARY = 5;
const ISO_DATE = /^\d{4}-\d{2}-\d{2}$/;

/** The network of the page that is shown, and the language that the reader has chosen. It does not touch the page. */
class Model {
  constructor(data) {
    this.language = data.lang === "de" ? "de" : "en";
    this.numberFormats = {};
    this.load(data);
  }

  /** Hold this network instead, without filters. */
  load(data) {
    this.data = data;
    this.nodes = new Map(data.nodes.map((node) => [node.id, node]));
    const topics = new Set(data.groups.flatMap(({ titles }) => titles).map((title) => this.nodes.get(title)?.kind)); // the kinds of what names groups
    this.kinds = new Map(data.kinds.map((kind) => [kind.id, { ...kind, isTopic: topics.has(kind.id) }]));
    this.edges = new Map(data.edges.filter((edge) => this.nodes.has(edge.from) && this.nodes.has(edge.to))
      .map((edge) => [edge.id, this.#withRelation(edge)]));
    this.edgesOf = this.#indexEdges();
    this.groupOf = new Map(data.groups.flatMap((group) => group.members.map((id) => [id, group])));
    this.folded = data.folded.filter((line) => [line.from, line.to, line.via].every((id) => this.nodes.has(id)))
      .map(({ from, to, via }) => ({ from, to, via, id: null, relation: null, symmetric: false, near: false }));
    this.filters = new Filters(this);
    this.index = null;
  }

  /** Return an edge with the labels of its relation in each direction, and the properties that decide the look of its line. */
  #withRelation(edge) {
    const { label, inverse, symmetric = false, near = false, terminal = false } = this.data.relations[edge.relation];
    return { ...edge, label, inverse, symmetric, near, terminal, weight: edge.weight ?? 1 };
  }

  #indexEdges() {
    const index = new Map([...this.nodes.keys()].map((id) => [id, []]));
    for (const edge of this.edges.values()) {
      index.get(edge.from).push(edge);
      if (edge.to !== edge.from) index.get(edge.to).push(edge);
    }
    return index;
  }

  // --- words ---

  /** Return the value in the current language; a plain string is the same in all. */
  translate(value) {
    if (value === null || value === undefined) return "";
    if (typeof value !== "object") return String(value);
    return String(value[this.language] ?? Object.values(value)[0] ?? "");
  }

  /** Return a text of the page, with its {placeholders} filled. */
  say(key, values = {}) {
    return this.sayIn(this.language, key, values);
  }

  sayIn(language, key, values = {}) {
    const text = this.data.text[language][key] ?? key;
    return text.replace(/\{(\w+)\}/g, (whole, name) => (name in values ? String(values[name]) : whole));
  }

  /** Return a text of the page that depends on a number. */
  count(key, n, values = {}) {
    return this.say(`${key}_${n === 1 ? "one" : "other"}`, { n: this.number(n), ...values });
  }

  number(n) {
    this.numberFormats[this.language] ??= new Intl.NumberFormat(this.language);
    return this.numberFormats[this.language].format(n);
  }

  /** Return the label of a node on one line, without control characters and marks of direction. */
  name(node) {
    const text = this.translate(node.label).replace(DIRECTION_MARKS, "").replace(CONTROL_CHARACTERS, " ").trim();
    return INVISIBLE.test(text) ? this.say("unnamed", { id: lastPart(node.id) }) : text;
  }

  groupName({ label, titles }) {
    return this.name({ label, id: titles[0] ?? "" });
  }

  kindName(node) {
    return this.translate(this.kinds.get(node.kind)?.label ?? node.kind);
  }

  /** Return the name of a kind as it reads within a sentence, for `n` entries. */
  kindWord({ label, plural }, n) {
    const word = this.translate(n === 1 ? label : plural ?? label);
    return this.language === "en" ? word.replace(/^\p{Lu}(?=\p{Ll})/u, (letter) => letter.toLowerCase()) : word;
  }

  /** Return in words which titles the source prints, where a quote does not say itself what it is said of. */
  titlesInWords(titles) {
    const quoted = titles.map((title) => this.say("quoteOpen") + title.trim() + this.say("quoteClose"));
    return this.count("quoteTitle", titles.length, { titles: quoted.join(" · ") });
  }

  /** Return a relation in words: "A knows B". */
  sentence(edge) {
    return `${this.name(this.nodes.get(edge.from))} ${this.translate(edge.label)} ${this.name(this.nodes.get(edge.to))}`;
  }

  /** Return a value as people write it: dates in words, the rest unchanged. */
  formatValue(value) {
    const text = this.translate(value);
    const day = ISO_DATE.test(text) ? new Date(`${text}T00:00:00Z`) : null;
    if (day === null || Number.isNaN(day.getTime())) return text;
    return day.toLocaleDateString(this.language === "de" ? "de-DE" : "en-GB",
      { day: "numeric", month: "long", year: "numeric", timeZone: "UTC" });
  }

  /** Compare two texts in the order of the current language; numbers in them by value. */
  compareTexts(a, b) {
    this.collators ??= {};
    this.collators[this.language] ??= new Intl.Collator(this.language, { numeric: true, sensitivity: "base" });
    return this.collators[this.language].compare(a, b);
  }

  // --- structure ---

  /** Return whether the picture draws groups as the countries of a map. */
  get isMap() {
    return this.data.groups.length > 0;
  }

  /** Return the group of an entity, or null. */
  groupOfEntity(id) {
    return this.groupOf.get(id) ?? null;
  }

  /** Return the members of a group that the page has. */
  membersOf({ members }) {
    return members.map((id) => this.nodes.get(id)).filter(Boolean);
  }

  /** Return in words which of the groups one is, and how many entries it has. */
  groupPosition(group) {
    const { groups } = this.data;
    return this.say("groupPosition", { n: this.number(groups.indexOf(group) + 1), all: this.number(groups.length), entries: this.count("nodeCount", this.membersOf(group).length) });
  }

  otherEnd(edge, id) {
    return this.nodes.get(edge.from === id ? edge.to : edge.from);
  }

  neighbours(id) {
    return this.edgesOf.get(id).map((edge) => this.otherEnd(edge, id));
  }

  /** Return the label of an edge as it reads from one of its ends; it is `incoming` where only the label of the other direction exists. */
  reading(edge, id) {
    if (edge.from === id || edge.symmetric) return { text: this.translate(edge.label), incoming: false };
    if (edge.inverse) return { text: this.translate(edge.inverse), incoming: false };
    return { text: this.translate(edge.label), incoming: true };
  }

  /** Return the edges of an entity, grouped by their labels as they read from it: [{text, incoming, edges}]. */
  relationGroups(id) {
    return [...groupBy(this.edgesOf.get(id), (edge) => JSON.stringify(this.reading(edge, id)))]
      .map(([reading, edges]) => ({ ...JSON.parse(reading), edges }));
  }

  /** Return the other edges between the same two entities. */
  parallelEdges(edge) {
    return this.edgesOf.get(edge.from).filter((other) => other.id !== edge.id
      && [other.from, other.to].includes(edge.to) && (edge.from !== edge.to || other.from === other.to));
  }

  // --- what is shown ---

  isVisible(node) {
    return this.filters.entities.has(node.id);
  }

  isEdgeVisible(edge) {
    return this.filters.edges.has(edge.id);
  }

  /** Return whether an entity was there at the event before the chosen one only; the picture shows it faded. */
  isGone(node) {
    return this.filters.changeOf(node) === "went";
  }

  /** Return whether a relation, one of its ends or what its line stands for was there at the event before the chosen one only. */
  isEdgeGone(edge) {
    return this.filters.changeOf(edge) === "went" || [edge.from, edge.to, edge.via].some((id) => id !== undefined && this.isGone(this.nodes.get(id)));
  }

  /** Return in words what an entity does at the chosen event, or a relation that is gone with one of its ends; "" where it stayed. */
  changeInWords(part, isGone = this.isGone(part)) {
    const change = isGone ? "went" : this.filters.changeOf(part);
    return ["came", "back", "went"].includes(change) ? this.say(`momentIs_${change}`) : "";
  }

  /** Return the edges that pass the filters, also those of entities that the picture hides at first. */
  passingEdges() {
    return [...this.edges.values()].filter((edge) => this.filters.passing.edges.has(edge.id));
  }

  /** Return whether an entity is hidden only because the picture hides its kind at first. */
  isSetAside(node) {
    return !this.isVisible(node) && this.filters.passing.entities.has(node.id);
  }

  /** Return whether a line is drawn instead of an entity: that is hidden, and its relations pass the filters. */
  isFoldedVisible(line) {
    return this.isSetAside(this.nodes.get(line.via)) && [line.from, line.to].every((id) => this.filters.entities.has(id))
      && this.joinsFolded(line, (edge) => this.filters.passing.edges.has(edge.id));
  }

  /** Return whether a folded line has, among the relations that pass, those which it stands for: from `via` to both of its ends. */
  joinsFolded(line, passes) {
    return this.foldedWays(line).every((ways) => ways.some((way) => way.every((edges) => edges.some(passes))));
  }

  /**
   * Return for each end of a folded line the ways to it from `via`; a way is a list of steps, a step a list of relations.
   * A way is a relation or, as what is presented may be hidden as well, leads through a hidden entity.
   */
  foldedWays({ from, to, via }) {
    const between = (one, other) => this.edgesOf.get(one).filter((edge) => this.otherEnd(edge, one).id === other);
    const hidden = this.neighbours(via).filter(({ kind }) => this.filters.background.has(kind)).map(({ id }) => id);
    return [from, to].map((end) => [[between(via, end)], ...hidden.map((id) => [between(via, id), between(id, end)])]);
  }

  /** Return the ways of a folded line that exist, as foldedWays does; those through a hidden entity only where there is no other. */
  #waysOfFolded(line) {
    return this.foldedWays(line).map(([direct, ...others]) => (direct[0].length > 0 ? [direct] : others.filter((way) => way.every((step) => step.length > 0))));
  }

  /** Return the relations that a folded line stands for. */
  foldedRelations(line) {
    return [...new Set(this.#waysOfFolded(line).flat(3))];
  }

  /** Return the labels along a folded line, as it reads from one of its ends: "is presented in · is given by". */
  #foldedReading(line, id) {
    const along = (start, steps) => {
      let at = start;
      return steps.map((edges) => {
        const readings = edges.map((edge) => this.reading(edge, at)).map(({ text, incoming }) => (incoming ? `← ${text}` : text));
        at = this.otherEnd(edges[0], at).id;
        return [...new Set(readings)].join(", ");
      });
    };
    const ways = this.#waysOfFolded(line);
    const [[ours], [theirs]] = line.from === id ? ways : [...ways].reverse();
    return [...along(id, [...ours].reverse()), ...along(line.via, theirs)].join(" · ");
  }

  /**
   * Return the folded lines of an entity by the kind of what they fold, then by how they read from it, in the order of names:
   * [{kind, groups: [{text, lines: [{line, node: the other end, via}]}]}].
   */
  foldedOf(id) {
    const lines = this.folded.filter(({ from, to }) => from === id || to === id)
      .map((line) => ({ line, node: this.otherEnd(line, id), via: this.nodes.get(line.via), text: this.#foldedReading(line, id) }))
      .sort((a, b) => this.compareTexts(this.name(a.node), this.name(b.node)) || this.compareTexts(this.name(a.via), this.name(b.via)));
    return [...groupBy(lines, ({ via }) => via.kind)].map(([kind, some]) => ({
      kind: this.kinds.get(kind), groups: [...groupBy(some, ({ text }) => text)].map(([text, alike]) => ({ text, lines: alike })),
    }));
  }

  /** Return how many relations of an entity the network states, and how many of them are visible: {all, visible}. */
  relationCounts(id) {
    const edges = this.edgesOf.get(id);
    const visible = this.filters.edges.size === this.edges.size ? edges : edges.filter((edge) => this.isEdgeVisible(edge));
    return { all: edges.length, visible: visible.length };
  }

  /** Return a number of all, or how many of them are visible where filters leave some out: "3 of 4 visible". */
  countOf({ all, visible }) {
    return visible === all ? this.number(all) : this.say("visible", { n: this.number(visible), all: this.number(all) });
  }

  /** Return a number of all in words, and how many of them are visible where filters leave some out: "4 relations (3 visible)". */
  countInWords(key, { all, visible }) {
    return this.count(key, all) + (visible === all ? "" : ` (${this.say("ofWhichVisible", { n: this.number(visible) })})`);
  }

  /** Return a number in words where it is that of all, else how many of all it is: "13 entries", "9 of 13 entries". */
  countOfAll(key, n, all) {
    return n === all ? this.count(key, n) : this.count(`${key}OfAll`, all, { n: this.number(n), all: this.number(all) });
  }

  /** Return in words how many entities and relations the network states, and how many of them are visible. */
  extent() {
    return [this.withGone(this.countInWords("nodeCount", { all: this.nodes.size, visible: this.filters.entities.size }), this.visibleNodes()),
      this.withGone(this.countInWords("edgeCount", { all: this.edges.size, visible: this.filters.edges.size }), this.visibleEdges())];
  }

  visibleNodes() {
    return [...this.nodes.values()].filter((node) => this.isVisible(node));
  }

  visibleEdges() {
    return [...this.edges.values()].filter((edge) => this.isEdgeVisible(edge));
  }

  /** Return what passes the filters: what is visible (`shown`), or also what the picture hides at first: {nodes, edges}. */
  part(shown) {
    const { entities, edges } = shown ? this.filters : this.filters.passing;
    return {
      nodes: [...this.nodes.values()].filter(({ id }) => entities.has(id)), edges: [...this.edges.values()].filter(({ id }) => edges.has(id)),
    };
  }

  /** Return a sentence with the numbers of visible and of all entities and, at an event, of those who are gone. */
  visibleInWords() {
    const visible = this.say("visible", { n: this.number(this.filters.entities.size), all: this.number(this.nodes.size) });
    return this.withGone(visible, this.visibleNodes());
  }

  /** Return a number in words and, at an event, how many of the counted entities or relations are gone since the one before. */
  withGone(visible, parts) {
    const isGone = (part) => (part.relation === undefined ? this.isGone(part) : this.isEdgeGone(part));
    const gone = this.filters.moment === null ? 0 : parts.filter(isGone).length;
    return gone === 0 ? visible : this.say("momentVisible", { visible, gone: this.number(gone) });
  }

  /** Return in words what is visible: how many entities of each kind, how many relations, and who has most of them. */
  summary() {
    const kinds = this.filters.counts(KIND);
    const numbers = [...this.kinds.values()].filter(({ id }) => kinds.get(id) > 0 && !this.filters.hiddenKinds.has(id))
      .map(({ id, label, plural }) => `${this.number(kinds.get(id))} ${this.translate(kinds.get(id) === 1 ? label : plural ?? label)}`);
    const most = this.#bestConnected().map((node) => `${this.name(node).slice(0, LONG_NAME)} (${this.countOf(this.relationCounts(node.id))})`);
    const groups = this.data.groups.filter(({ members }) => members.some((id) => this.filters.entities.has(id))).map((group) => this.groupName(group));
    const sentences = [groups.length === 0 ? "" : `${this.say("tiles")}: ${this.#list(groups)}.`, numbers.length === 0 ? "" : `${this.#list(numbers)}.`,
      `${this.extent().at(-1)}.`,
      most.length === 0 ? "" : this.say("mostRelations", { names: this.#list(most) })];
    return sentences.filter(Boolean).join(" ");
  }

  /** Return the visible entities with most relations, the first of equally many first; to sort all takes long in large networks. */
  #bestConnected() {
    const degree = ({ id }) => this.edgesOf.get(id).length;
    const best = [];
    for (const node of this.visibleNodes()) {
      const rank = best.findIndex((other) => degree(other) < degree(node));
      if (degree(node) > 0 && (rank >= 0 || best.length < MOST_IN_SUMMARY)) best.splice(rank < 0 ? best.length : rank, 0, node);
      if (best.length > MOST_IN_SUMMARY) best.pop();
    }
    return best;
  }

  #list(texts) {
    return new Intl.ListFormat(this.language, { type: "conjunction" }).format(texts);
  }

  /** Return the IRIs of the sources of the quotes of a node or edge. */
  sourcesOf(part) {
    return (part.quotes ?? []).map(({ source }) => source);
  }

  // --- search ---

  /** Return the entities that fit a query, as SearchIndex does. */
  search(query) {
    this.index ??= new SearchIndex(this); // made when it is first used, as it takes a while in large networks
    return this.index.search(query);
  }
}
