"use strict";

const KIND = "kind";

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
    this.counted = new Map();
  }

  get things() {
    this.kept ??= this.#work(null);
    return this.kept.things;
  }

  get edges() {
    this.kept ??= this.#work(null);
    return this.kept.edges;
  }

  /** How many choices are made, kinds aside: the legend shows those. */
  get count() {
    return [...this.chosen.values()].reduce((sum, values) => sum + values.size, 0) + (this.around ? 1 : 0);
  }

  /** Let go of what hides things, or the relation between them: the choices that hide them end, the others stay. */
  reveal(nodes, edge = null) {
    const isHidden = () => !nodes.every(({ id }) => this.things.has(id)) || (edge !== null && !this.edges.has(edge.id));
    for (const node of nodes) this.hiddenKinds.delete(node.kind);
    if (this.around && nodes.some(({ id }) => !this.#near().has(id))) this.around = null;
    for (const [facet, values] of this.chosen) {
      if (nodes.some((node) => !this.#has(node, facet, values)) || (edge !== null && !this.#edgeHas(edge, facet))) values.clear();
    }
    this.changed();
    if (!isHidden()) return;
    this.chosen.get("link")?.clear(); // the last that can hide a thing: it has no relation of those chosen
    this.changed();
  }

  /** Value of a facet, or kind → how many there are within what the other choices leave. */
  counts(facet) {
    if (!this.counted.has(facet)) this.counted.set(facet, this.#count(facet));
    return this.counted.get(facet);
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
      this.#index(id, values);
      return { id, values };
    });
  }

  #index(facet, values) {
    this.numbers ??= new Map();
    this.numbers.set(facet, new Map(values.map(({ id }, n) => [id, n])));
  }

  #relations() {
    return { id: "link", values: Object.entries(this.model.data.relations).map(([id, { label }]) => ({ id, label })) };
  }

  #sourceFacet() {
    const known = new Set([...this.sources.values()].flatMap((sources) => [...sources]));
    return { id: "source", values: Object.entries(this.model.data.sources ?? {}).filter(([id]) => known.has(id))
      .map(([id, { label }]) => ({ id, label })) };
  }

  #count(facet) {
    const free = facet === KIND ? this.hiddenKinds.size === 0 : !this.#any(facet);
    const { things, edges } = free ? this : this.#work(facet);
    if (facet === "link") return countBy(edges, (id) => [this.model.edges.get(id).predicate]);
    if (facet === KIND) return countBy([...things].map((id) => this.model.nodes.get(id)), ({ kind }) => [kind]);
    return this.#any("link") ? this.#countLinked(facet, edges) : countBy(things, (id) => this.#valuesOf(id, facet));
  }

  /** Where relations are chosen, a thing stays only with one of these: both its ends have to have the value, as ticking it would leave them. */
  #countLinked(facet, edges) {
    const found = new Map();
    const add = (value, id) => (found.get(value) ?? found.set(value, new Set()).get(value)).add(id);
    for (const edge of [...edges].map((id) => this.model.edges.get(id))) {
      const sources = facet === "source" ? new Set(this.model.sourcesOf(edge)) : null;
      const other = new Set(this.#valuesOf(edge.to, facet));
      for (const value of this.#valuesOf(edge.from, facet)) {
        if (other.has(value) && (sources?.has(value) ?? true)) for (const id of [edge.from, edge.to]) add(value, id);
      }
      // The middle of a neighbourhood is there whatever value it has, and with it what it is linked to.
      for (const [one, far] of [[edge.from, edge.to], [edge.to, edge.from]]) {
        if (one === this.around?.thing) for (const value of this.#valuesOf(far, facet)) if (sources?.has(value) ?? true) add(value, far);
      }
    }
    return new Map([...found].map(([value, ids]) => [value, ids.size]));
  }

  #valuesOf(id, facet) {
    if (facet === "source") return [...this.sources.get(id)];
    const ids = [...this.numbers.get(facet).keys()];
    return (this.model.nodes.get(id).in?.[facet] ?? []).map((n) => ids[n]);
  }

  // --- what is shown ---

  /** What is shown, as if nothing were chosen in one facet. The middle of a neighbourhood is there in any case. */
  #work(ignored) {
    const near = this.around ? this.#near() : null;
    const isMiddle = (id) => id === this.around?.thing;
    const things = new Set();
    for (const node of this.model.nodes.values()) {
      if (isMiddle(node.id) || ((near === null || near.has(node.id)) && this.#isWanted(node, ignored))) things.add(node.id);
    }
    const edges = [...this.model.edges.values()].filter((edge) => things.has(edge.from) && things.has(edge.to)
      && this.#isWantedEdge(edge, ignored));
    const ends = ignored !== "link" && this.#any("link") ? new Set(edges.flatMap(({ from, to }) => [from, to])) : things;
    return { things: new Set([...things].filter((id) => ends.has(id) || isMiddle(id))), edges: new Set(edges.map(({ id }) => id)) };
  }

  #any(facet) {
    return (this.chosen.get(facet)?.size ?? 0) > 0;
  }

  #isWanted(node, ignored) {
    if (ignored !== KIND && this.hiddenKinds.has(node.kind)) return false;
    return [...this.chosen].every(([facet, values]) => facet === ignored || this.#has(node, facet, values));
  }

  /** Has a thing one of these values? Which relations it has is told by its lines. */
  #has(node, facet, values) {
    if (values.size === 0 || facet === "link") return true;
    if (facet === "source") return [...values].some((value) => this.sources.get(node.id).has(value));
    return [...values].some((value) => node.in?.[facet]?.includes(this.numbers.get(facet).get(value)));
  }

  #isWantedEdge(edge, ignored) {
    return ["link", "source"].every((facet) => facet === ignored || this.#edgeHas(edge, facet));
  }

  #edgeHas(edge, facet) {
    if (!this.#any(facet)) return true;
    if (facet === "link") return this.chosen.get(facet).has(edge.predicate);
    return facet !== "source" || this.model.sourcesOf(edge).some((source) => this.chosen.get(facet).has(source));
  }

  /** What can be reached in so many steps, over whatever lies between: how near a thing is does not hang on what is hidden. */
  #near() {
    const reached = new Set([this.around.thing]);
    let front = [this.around.thing];
    for (let step = 0; step < this.around.steps; step++) {
      const next = new Set(front.flatMap((id) => this.model.neighbours(id).map((node) => node.id)));
      front = [...next].filter((id) => !reached.has(id));
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
