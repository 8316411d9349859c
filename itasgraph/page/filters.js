"use strict";

/** What of the graph is shown: kinds, facets, and the surroundings of one thing. Knows nothing of the page. */
class Filters {
  constructor(model) {
    this.model = model;
    this.sources = this.#readSources();
    this.facets = [...this.#facetsOfThings(), this.#relations(), this.#sourceFacet()]
      .filter(({ values }) => values.length > 0);
    this.reset();
  }

  reset() {
    this.hiddenKinds = new Set();
    this.chosen = new Map(this.facets.map(({ id }) => [id, new Set()])); // facet → values; none chosen is all shown
    this.around = null; // {thing, steps}
    this.changed();
  }

  /** To be called after any change: what is shown is worked out when it is asked for. */
  changed() {
    this.kept = null;
  }

  get things() {
    this.kept ??= this.#work();
    return this.kept.things;
  }

  get edges() {
    this.kept ??= this.#work();
    return this.kept.edges;
  }

  /** How many choices are made, kinds aside: the legend shows those. */
  get count() {
    return [...this.chosen.values()].reduce((sum, values) => sum + values.size, 0) + (this.around ? 1 : 0);
  }

  /** Let go of what hides a thing: its kind comes back, other choices end only where they hide it, too. */
  reveal(nodes) {
    for (const node of nodes) this.hiddenKinds.delete(node.kind);
    this.changed();
    if (nodes.every((node) => this.things.has(node.id))) return;
    for (const values of this.chosen.values()) values.clear();
    this.around = null;
    this.changed();
  }

  // --- facets ---

  /** Thing → the sources that speak of it, by quotes of its own or of its relations. */
  #readSources() {
    const found = new Map([...this.model.nodes.values()].map((node) => [node.id, new Set(this.model.sourcesOf(node))]));
    for (const edge of this.model.edges.values()) {
      for (const source of this.model.sourcesOf(edge)) found.get(edge.from).add(source) && found.get(edge.to).add(source);
    }
    return found;
  }

  #facetsOfThings() {
    return (this.model.data.facets ?? []).map(({ id, values }) => {
      const counts = new Array(values.length).fill(0);
      for (const node of this.model.nodes.values()) for (const n of node.in?.[id] ?? []) counts[n] += 1;
      this.#index(id, values);
      return { id, values: values.map((value, n) => ({ ...value, count: counts[n] })) };
    });
  }

  #index(facet, values) {
    this.numbers ??= new Map();
    this.numbers.set(facet, new Map(values.map(({ id }, n) => [id, n])));
  }

  #relations() {
    const counts = countBy(this.model.edges.values(), ({ predicate }) => [predicate]);
    return { id: "link", values: Object.entries(this.model.data.relations)
      .map(([id, { label }]) => ({ id, label, count: counts.get(id) ?? 0 })) };
  }

  #sourceFacet() {
    const counts = countBy(this.sources.values(), (sources) => sources);
    return { id: "source", values: Object.entries(this.model.data.sources ?? {}).filter(([id]) => counts.has(id))
      .map(([id, { label }]) => ({ id, label, count: counts.get(id) })) };
  }

  // --- what is shown ---

  #work() {
    const things = new Set();
    for (const node of this.model.nodes.values()) if (this.#isWanted(node)) things.add(node.id);
    const edges = [...this.model.edges.values()].filter((edge) => things.has(edge.from) && things.has(edge.to)
      && this.#isWantedEdge(edge));
    const linked = this.#any("link") ? this.#ends(edges, things) : things;
    const near = this.around ? this.#near(edges, linked) : linked;
    return {
      things: near,
      edges: new Set(edges.filter((edge) => near.has(edge.from) && near.has(edge.to)).map(({ id }) => id)),
    };
  }

  #any(facet) {
    return (this.chosen.get(facet)?.size ?? 0) > 0;
  }

  #isWanted(node) {
    if (this.hiddenKinds.has(node.kind)) return false;
    return [...this.chosen].every(([facet, values]) => values.size === 0 || facet === "link"
      || (facet === "source" ? [...values].some((value) => this.sources.get(node.id).has(value))
        : [...values].some((value) => node.in?.[facet]?.includes(this.numbers.get(facet).get(value)))));
  }

  #isWantedEdge(edge) {
    if (this.#any("link") && !this.chosen.get("link").has(edge.predicate)) return false;
    return !this.#any("source") || this.model.sourcesOf(edge).some((source) => this.chosen.get("source").has(source));
  }

  #ends(edges, things) {
    const ends = new Set(edges.flatMap((edge) => [edge.from, edge.to]));
    return new Set([...things].filter((id) => ends.has(id)));
  }

  /** What can be reached in so many steps; the thing itself is there in any case. */
  #near(edges, things) {
    const neighbours = neighboursBy(edges);
    const reached = new Set([this.around.thing]);
    let front = [this.around.thing];
    for (let step = 0; step < this.around.steps; step++) {
      front = front.flatMap((id) => neighbours.get(id) ?? []).filter((id) => things.has(id) && !reached.has(id));
      for (const id of front) reached.add(id);
    }
    return reached;
  }
}

/** Thing → its neighbours along these edges, in either direction. */
function neighboursBy(edges) {
  const found = new Map();
  const add = (one, other) => (found.has(one) ? found.get(one).push(other) : found.set(one, [other]));
  for (const { from, to } of edges) {
    add(from, to);
    add(to, from);
  }
  return found;
}

/** How often each key occurs; an item may have several. */
function countBy(items, keysOf) {
  const counts = new Map();
  for (const item of items) for (const key of keysOf(item)) counts.set(key, (counts.get(key) ?? 0) + 1);
  return counts;
}

/** Key → the items that have it, in their order. */
function groupBy(items, keyOf) {
  const groups = new Map();
  for (const item of items) {
    const key = keyOf(item);
    if (!groups.has(key)) groups.set(key, []);
    groups.get(key).push(item);
  }
  return groups;
}
