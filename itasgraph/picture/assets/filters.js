"use strict";

const KIND = "kind";
const MOST_IN_COLUMNS = 48; // more entities around one would not be read in columns

/** The filters by kind, facet, neighbourhood and group, and the entities and edges that pass them. They do not touch the page. */
class Filters {
  constructor(model) {
    this.model = model;
    this.background = new Set(model.data.background); // the kinds that are hidden at first
    this.guests = new Set(); // entities that are visible although their kind is hidden
    // Facet → its values, in the order in which nodes number them.
    this.valueIds = new Map((model.data.facets ?? []).map(({ id, values }) => [id, values.map((value) => value.id)]));
    this.facets = [...this.#usedFacets(), this.#relations(), this.#sourceFacet()]
      .filter(({ values }) => values.length > 0);
    this.reset();
  }

  reset() {
    this.hiddenKinds = new Set(this.background);
    this.choices = new Map(this.facets.map(({ id }) => [id, new Set()])); // facet → chosen values; without a choice all are shown
    this.neighbourhood = null; // {entity, steps}
    this.group = null; // the group of the map that is open
    this.hiddenOutside = new Set(); // the kinds hidden at first, of those that columns or an open group show, which the map hides
    this.moment = null; // the number of the event whose participants are shown; null: all events
    this.changed();
  }

  /** Show these entities although their kind may be hidden, and no others; return whether they are others than before. */
  invite(ids) {
    if (ids.length === this.guests.size && ids.every((id) => this.guests.has(id))) return false;
    this.guests = new Set(ids);
    return true;
  }

  /** Forget the results after a change; they are computed when they are needed. */
  changed() {
    this.reachableResult = null;
    this.result = null;
    this.passingResult = null;
    this.countCache = new Map();
  }

  get entities() {
    this.result ??= this.#apply(null);
    return this.result.entities;
  }

  get edges() {
    this.result ??= this.#apply(null);
    return this.result.edges;
  }

  /** Return whether a neighbourhood is shown that is small enough for columns. */
  get isInColumns() {
    return this.neighbourhood !== null && this.#reachable().size <= MOST_IN_COLUMNS;
  }

  /** Return whether only a part of the network is shown: a neighbourhood, or a group. */
  get isExcerpt() {
    return this.neighbourhood !== null || this.group !== null;
  }

  /** Return whether what is shown has places of its own: a neighbourhood in columns, or an open group. */
  get isLaidOut() {
    return this.isInColumns || this.group !== null;
  }

  /** Return the kinds that are hidden until the reader chooses otherwise: none in columns or an open group, where there is room for all. */
  get hiddenAtFirst() {
    return this.isLaidOut ? new Set() : this.background;
  }

  /** Return the kinds hidden at first that the reader has chosen to see on the map. */
  get shownOnMap() {
    const hidden = this.isLaidOut ? this.hiddenOutside : this.hiddenKinds;
    return [...this.background].filter((kind) => !hidden.has(kind));
  }

  /** Show only the neighbourhood {entity, steps}, or everything (null), with what was hidden there. */
  showNeighbourhood(neighbourhood) {
    this.#exchange({ neighbourhood, group: null });
  }

  /** Show only a group of the map with what it is linked with, or everything (null), with what was hidden there. */
  openGroup(group) {
    this.#exchange({ neighbourhood: null, group });
  }

  #exchange(excerpt) {
    const before = this.hiddenAtFirst;
    Object.assign(this, excerpt);
    this.reachableResult = null;
    const after = this.hiddenAtFirst;
    if (after.size < before.size) this.hiddenOutside = new Set([...before].filter((kind) => this.hiddenKinds.has(kind)));
    for (const kind of this.background) if (before.has(kind) !== after.has(kind)) this.hiddenKinds.delete(kind);
    if (after.size > before.size) for (const kind of this.hiddenOutside) this.hiddenKinds.add(kind);
  }

  /** Return the entities and edges that would be visible if no kind were hidden at first. */
  get passing() {
    const { hiddenAtFirst } = this;
    const asked = new Set([...this.hiddenKinds].filter((kind) => !hiddenAtFirst.has(kind)));
    this.passingResult ??= asked.size === this.hiddenKinds.size ? { entities: this.entities, edges: this.edges } : this.#apply(null, asked);
    return this.passingResult;
  }

  /** Return the number of choices except those of kinds, which the legend shows. */
  get count() {
    return [...this.choices.values()].reduce((sum, values) => sum + values.size, 0) + (this.isExcerpt ? 1 : 0);
  }

  /** Return whether the reader has chosen to leave anything out. */
  get isChosen() {
    const { hiddenAtFirst } = this;
    return this.count > 0 || this.moment !== null || [...this.hiddenKinds].some((kind) => !hiddenAtFirst.has(kind));
  }

  /** Undo the choices that hide entities, or the relation between them; keep the others. */
  reveal(nodes, edge = null) {
    const isHidden = () => !nodes.every(({ id }) => this.entities.has(id)) || (edge !== null && !this.edges.has(edge.id));
    if (this.isExcerpt && nodes.some(({ id }) => !this.#reachable().has(id))) this.showNeighbourhood(null);
    for (const node of nodes) this.hiddenKinds.delete(node.kind);
    if ([...nodes, ...(edge ? [edge] : [])].some((part) => !this.#isAtMoment(part))) this.moment = null;
    for (const [facet, values] of this.choices) {
      if (nodes.some((node) => !this.#hasValue(node, facet, values)) || (edge !== null && !this.#edgeHasValue(edge, facet))) values.clear();
    }
    this.changed();
    if (!isHidden()) return;
    this.choices.get("relations")?.clear(); // which hides entities without a chosen relation
    this.changed();
  }

  /** Return value of a facet, or kind → the number of entities (of edges for relations) that pass the other filters. */
  counts(facet) {
    if (!this.countCache.has(facet)) this.countCache.set(facet, this.#count(facet));
    return this.countCache.get(facet);
  }

  // --- facets ---

  /** Return entity → the sources of its quotes and of the quotes of its relations, read when they are first needed. */
  get sources() {
    this.readSources ??= this.#readSources();
    return this.readSources;
  }

  #readSources() {
    const sourcesOf = new Map([...this.model.nodes.values()].map((node) => [node.id, new Set(this.model.sourcesOf(node))]));
    for (const edge of this.model.edges.values()) {
      for (const source of this.model.sourcesOf(edge)) sourcesOf.get(edge.from).add(source) && sourcesOf.get(edge.to).add(source);
    }
    return sourcesOf;
  }

  /** Return the facets of the page with the values that entities of this network have. */
  #usedFacets() {
    const used = countBy(this.model.nodes.values(), (node) => Object.entries(node.in ?? {}).flatMap(([facet, numbers]) => numbers.map((n) => `${facet} ${n}`)));
    return (this.model.data.facets ?? []).map(({ id, values }) => ({ id, values: values.filter((value, n) => used.has(`${id} ${n}`)) }));
  }

  #relations() {
    return { id: "relations", values: Object.entries(this.model.data.relations).map(([id, { label }]) => ({ id, label })) };
  }

  #sourceFacet() {
    const known = new Set();
    for (const part of [...this.model.nodes.values(), ...this.model.edges.values()]) for (const { source } of part.quotes ?? []) known.add(source);
    return { id: "source", values: Object.entries(this.model.data.sources ?? {}).filter(([id]) => known.has(id))
      .map(([id, { label }]) => ({ id, label })) };
  }

  #count(facet) {
    const free = facet === KIND ? this.hiddenKinds.size === 0 : !this.#isActive(facet);
    const { entities, edges } = free ? this : this.#apply(facet);
    if (facet === "relations") return countBy(edges, (id) => [this.model.edges.get(id).relation]);
    if (facet === KIND) return countBy([...entities].map((id) => this.model.nodes.get(id)), ({ kind }) => [kind]);
    return this.#isActive("relations") ? this.#countLinked(facet, edges) : countBy(entities, (id) => this.#valuesOf(id, facet));
  }

  /** Return value → the number of entities that would stay with it, where relations are chosen: an edge stays if both ends have the value. */
  #countLinked(facet, edges) {
    const idsByValue = new Map();
    const add = (value, id) => (idsByValue.get(value) ?? idsByValue.set(value, new Set()).get(value)).add(id);
    for (const edge of [...edges].map((id) => this.model.edges.get(id))) {
      const sources = facet === "source" ? new Set(this.model.sourcesOf(edge)) : null;
      const other = new Set(this.#valuesOf(edge.to, facet));
      for (const value of this.#valuesOf(edge.from, facet)) {
        if (other.has(value) && (sources?.has(value) ?? true)) for (const id of [edge.from, edge.to]) add(value, id);
      }
      // The middle of a neighbourhood is always visible, so the other end of its edges needs no common value.
      for (const [one, far] of [[edge.from, edge.to], [edge.to, edge.from]]) {
        if (one === this.neighbourhood?.entity) for (const value of this.#valuesOf(far, facet)) if (sources?.has(value) ?? true) add(value, far);
      }
    }
    return new Map([...idsByValue].map(([value, ids]) => [value, ids.size]));
  }

  #valuesOf(id, facet) {
    if (facet === "source") return [...this.sources.get(id)];
    return (this.model.nodes.get(id).in?.[facet] ?? []).map((n) => this.valueIds.get(facet)[n]);
  }

  // --- what is shown ---

  /** Return what an entity or relation does at the moment (moments.js); without a moment all are "always" there. */
  changeOf({ at }) {
    return this.moment === null ? "always" : changeAt(at, this.moment);
  }

  /** Return whether an entity is there at the moment, but was not at the one before. */
  isNew(node) {
    return ["came", "back"].includes(this.changeOf(node));
  }

  /** Return whether an entity or relation is there at the moment, or was there at the one before. */
  #isAtMoment(part) {
    return this.changeOf(part) !== "absent";
  }

  /** Return the entities and edges that pass all filters but one facet; the middle of a neighbourhood always passes. */
  #apply(except, hiddenKinds = this.hiddenKinds) {
    const reachable = this.isExcerpt ? this.#reachable() : null;
    const isMiddle = (id) => id === this.neighbourhood?.entity;
    const entities = new Set();
    for (const node of this.model.nodes.values()) {
      if (isMiddle(node.id) || ((reachable === null || reachable.has(node.id)) && this.#matches(node, except, hiddenKinds))) entities.add(node.id);
    }
    const edges = [...this.model.edges.values()].filter((edge) => entities.has(edge.from) && entities.has(edge.to)
      && this.#edgeMatches(edge, except));
    const ends = except !== "relations" && this.#isActive("relations") ? new Set(edges.flatMap(({ from, to }) => [from, to])) : entities;
    return { entities: new Set([...entities].filter((id) => ends.has(id) || isMiddle(id))), edges: new Set(edges.map(({ id }) => id)) };
  }

  #isActive(facet) {
    return (this.choices.get(facet)?.size ?? 0) > 0;
  }

  #matches(node, except, hiddenKinds) {
    if (!this.#isAtMoment(node)) return false;
    if (except !== KIND && hiddenKinds.has(node.kind) && !this.guests.has(node.id)) return false;
    return [...this.choices].every(([facet, values]) => facet === except || this.#hasValue(node, facet, values));
  }

  /** Return whether a node has one of these values; the facet of relations concerns edges. */
  #hasValue(node, facet, values) {
    return values.size === 0 || facet === "relations" || this.#valuesOf(node.id, facet).some((value) => values.has(value));
  }

  #edgeMatches(edge, except) {
    return this.#isAtMoment(edge) && ["relations", "source"].every((facet) => facet === except || this.#edgeHasValue(edge, facet));
  }

  #edgeHasValue(edge, facet) {
    if (!this.#isActive(facet)) return true;
    if (facet === "relations") return this.choices.get(facet).has(edge.relation);
    return facet !== "source" || this.model.sourcesOf(edge).some((source) => this.choices.get(facet).has(source));
  }

  /** Return the entities of the neighbourhood or of the open group. */
  #reachable() {
    this.reachableResult ??= this.neighbourhood ? this.#walk(this.neighbourhood) : this.#aroundGroup(this.group);
    return this.reachableResult;
  }

  /**
   * Return whether an entity that is linked with an open group stands beside it. One in no group does not if it is of a
   * kind that connects nearly everything; an entity that is only planned stands there whatever its kind.
   */
  standsBesideGroup({ id, kind }) {
    const { hubs, planned } = this.model.data;
    return this.model.groupOfEntity(id) !== null || !hubs.includes(kind) || planned.includes(id);
  }

  /** Return the members of a group and what they are linked with, except entities in no group that connect nearly everything. */
  #aroundGroup({ members }) {
    const here = members.filter((id) => this.model.nodes.has(id));
    const linked = here.flatMap((id) => this.model.neighbours(id)).filter((node) => this.standsBesideGroup(node));
    return new Set([...here, ...linked.map(({ id }) => id)]);
  }

  /**
   * Return the entities within some steps of one. A path may lead through hidden entities but, like paths between two
   * entities, through none of a kind that connects nearly everything, unless that entity is only planned.
   */
  #walk({ entity, steps }) {
    const [hubs, planned] = [new Set(this.model.data.hubs), new Set(this.model.data.planned)];
    const leadsOn = (id) => id === entity || planned.has(id) || !hubs.has(this.model.nodes.get(id).kind);
    const reached = new Set([entity]);
    let front = [entity];
    for (let step = 0; step < steps; step++) {
      const next = new Set(front.filter(leadsOn).flatMap((id) => this.model.neighbours(id).map((node) => node.id)));
      front = [...next].filter((id) => !reached.has(id));
      for (const id of front) reached.add(id);
    }
    return reached;
  }
}

/** Return entity → its neighbours along these edges, in either direction. */
function neighboursBy(edges) {
  const neighbours = new Map();
  const add = (one, other) => (neighbours.has(one) ? neighbours.get(one).push(other) : neighbours.set(one, [other]));
  for (const { from, to } of edges) {
    add(from, to);
    add(to, from);
  }
  return neighbours;
}

/** Return how often each key occurs; an item may have several. */
function countBy(items, keysOf) {
  const counts = new Map();
  for (const item of items) for (const key of keysOf(item)) counts.set(key, (counts.get(key) ?? 0) + 1);
  return counts;
}

/** Return key → the items that have it, in their order. */
function groupBy(items, keyOf) {
  const groups = new Map();
  for (const item of items) {
    const key = keyOf(item);
    if (!groups.has(key)) groups.set(key, []);
    groups.get(key).push(item);
  }
  return groups;
}
