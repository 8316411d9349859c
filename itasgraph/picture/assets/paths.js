"use strict";

const MOST_PATHS = 12;

/** Shortest paths between two entities; hubs connect nearly everything and are left out. */
class Paths {
  constructor(model) {
    this.model = model;
    this.hubs = new Set(model.data.hubs ?? []);
  }

  /** Return {length, paths: [[entity, …], …], more} along edges that pass the filters, or along others; no paths where the two are not connected. */
  find(from, to, overHubs, edges = this.model.passingEdges()) {
    const neighbours = neighboursBy(this.#passable(edges, new Set([from, to]), overHubs));
    const steps = this.#steps(neighbours, to);
    if (!steps.has(from)) return { length: 0, paths: [], more: false };
    const paths = this.#descend(neighbours, steps, from, MOST_PATHS + 1);
    return { length: steps.get(from), paths: paths.slice(0, MOST_PATHS), more: paths.length > MOST_PATHS };
  }

  /** Return the relations between two neighbours on a path that pass the filters. */
  between(one, other) {
    return this.allBetween(one, other).filter((edge) => this.model.filters.passing.edges.has(edge.id));
  }

  /** Return the relations between two neighbours on a path, those that filters hide as well. */
  allBetween(one, other) {
    return this.model.edgesOf.get(one).filter((edge) => (edge.from === other || edge.to === other) && edge.from !== edge.to);
  }

  /** Return the paths that there are without filters. */
  findAll(from, to, overHubs) {
    return this.find(from, to, overHubs, [...this.model.edges.values()]);
  }

  #passable(edges, ends, overHubs) {
    const open = (id) => overHubs || ends.has(id) || !this.hubs.has(this.model.nodes.get(id).kind);
    // A terminal relation, such as moderating, is the first or the last step of a path.
    const leads = (edge) => !edge.terminal || ends.has(edge.from) || ends.has(edge.to);
    return edges.filter((edge) => open(edge.from) && open(edge.to) && leads(edge));
  }

  /** Return a map of entity → steps to the end. */
  #steps(neighbours, end) {
    const steps = new Map([[end, 0]]);
    const waiting = [end];
    for (const id of waiting) {
      for (const other of neighbours.get(id) ?? []) {
        if (steps.has(other)) continue;
        steps.set(other, steps.get(id) + 1);
        waiting.push(other);
      }
    }
    return steps;
  }

  /** Return all paths that descend the steps, in the order of their names, `most` at most. */
  #descend(neighbours, steps, from, most) {
    const byName = (a, b) => this.model.compareTexts(this.model.name(this.model.nodes.get(a)), this.model.name(this.model.nodes.get(b)));
    const paths = [];
    const waiting = [[from]];
    while (waiting.length > 0 && paths.length < most) {
      const path = waiting.pop();
      const last = path.at(-1);
      if (steps.get(last) === 0) {
        paths.push(path);
        continue;
      }
      const nearer = [...new Set(neighbours.get(last))].filter((id) => steps.get(id) === steps.get(last) - 1);
      for (const id of nearer.sort(byName).reverse()) waiting.push([...path, id]);
    }
    return paths;
  }
}
