"use strict";

// What can be chosen: a thing, a relation, or a question; of an answer a part, of a path its ends and whether over hubs.
const NOTHING = Object.freeze({ thing: null, relation: null, ask: null, part: null, from: null, to: null, hubs: null });
const UNLIT = Object.freeze({ things: Object.freeze([]), relations: Object.freeze([]) });

/** Where everything lies and what is lit: positions are given, so the geometry is computed once. */
class Scene {
  constructor(model) {
    this.model = model;
    this.places = this.#placeNodes();
    this.lines = this.#placeEdges();
    this.byRank = this.#rank(); // the most important first: their names come first, too
    this.ranks = new Map(this.byRank.map((place, rank) => [place.id, rank]));
    this.chosen = NOTHING;
    this.hovered = NOTHING;
    this.lit = UNLIT; // what an answer speaks of: ids of things and relations
    this.readPalette();
  }

  #placeNodes() {
    return new Map([...this.model.nodes.values()].map((node) => {
      const shape = shapeOf(this.model.kinds.get(node.kind));
      return [node.id, { id: node.id, node, x: node.x, y: node.y, shape, radius: node.size * SHAPES[shape].weight }];
    }));
  }

  #placeEdges() {
    return new Map([...this.model.edges.values()].map((edge) => {
      const from = this.places.get(edge.from);
      const to = this.places.get(edge.to);
      const length = Math.hypot(to.x - from.x, to.y - from.y) || 1;
      return [edge.id, { edge, from, to, ux: (to.x - from.x) / length, uy: (to.y - from.y) / length }];
    }));
  }

  #rank() {
    const degree = (place) => this.model.edgesOf.get(place.id).length;
    return [...this.places.values()].sort((a, b) => b.node.size - a.node.size
      || degree(b) - degree(a) || (a.id < b.id ? -1 : 1));
  }

  // --- colours ---

  /** Take over the colours the style sheet gives at the moment. */
  readPalette() {
    const style = getComputedStyle(document.documentElement);
    const color = (name) => style.getPropertyValue(`--${name}`).trim();
    this.kindGround = document.documentElement.dataset.theme === "dark" ? DARK_GROUND : LIGHT_GROUND;
    this.palette = {
      ground: color("ground"), ink: color("ink"), muted: color("muted"),
      edge: color("edge"), lit: color("edge-lit"), accent: color("accent"),
    };
    this.paints = new Map([...this.model.kinds].map(([id, kind]) => [id, paintOf(kind.color, this.kindGround)]));
  }

  paint(place) {
    return this.paints.get(place.node.kind) ?? paintOf(null, this.kindGround);
  }

  // --- what is shown, and what of it is lit ---

  isVisible(place) {
    return this.model.isVisible(place.node);
  }

  /** Filters have changed. */
  forget() {
    this.kept = null;
  }

  visiblePlaces() {
    return this.#visible().places;
  }

  visibleLines() {
    return this.#visible().lines;
  }

  #visible() {
    this.kept ??= {
      places: this.byRank.filter((place) => this.isVisible(place)),
      lines: [...this.lines.values()].filter(({ edge }) => this.model.isEdgeVisible(edge)),
    };
    return this.kept;
  }

  /** A thing and its neighbours, as far as they are visible. */
  circle(id) {
    return [this.places.get(id), ...this.model.neighbours(id).map((node) => this.places.get(node.id))]
      .filter((place) => this.isVisible(place));
  }

  /** What is chosen and what is under the pointer, with neighbours; null when the whole map is shown. */
  focus() {
    const centres = new Set([this.chosen.thing, this.hovered.thing].filter((id) => id !== null));
    const edges = [...centres].flatMap((id) => this.model.edgesOf.get(id))
      .concat([this.chosen.relation, this.hovered.relation, ...this.lit.relations].filter((id) => id !== null)
        .map((id) => this.model.edges.get(id)))
      .filter((edge) => this.model.isEdgeVisible(edge));
    if (centres.size === 0 && edges.length === 0 && this.lit.things.length === 0) return null;
    const things = new Set([...centres, ...this.lit.things, ...edges.flatMap((edge) => [edge.from, edge.to])]);
    return {
      centres,
      places: [...things].map((id) => this.places.get(id)).filter((place) => this.isVisible(place))
        .sort((a, b) => centres.has(b.id) - centres.has(a.id) || this.ranks.get(a.id) - this.ranks.get(b.id)),
      lines: [...new Set(edges)].map((edge) => this.lines.get(edge.id)),
    };
  }

  // --- what lies at a point ---

  thingAt(at, reach) {
    let nearest = null;
    let least = Infinity;
    for (const place of this.visiblePlaces()) {
      const beyond = Math.hypot(place.x - at.x, place.y - at.y) - place.radius;
      if (beyond <= reach && beyond < least) [nearest, least] = [place.id, beyond];
    }
    return nearest;
  }

  relationAt(at, reach) {
    let nearest = null;
    let least = reach;
    for (const { edge, from, to } of this.visibleLines()) {
      const distance = distanceToLine(at, from, to);
      if (distance < least) [nearest, least] = [edge.id, distance];
    }
    return nearest;
  }
}

function boundsOf(places) {
  const [left, right, top, bottom] = places.reduce((edge, { x, y, radius }) => [
    Math.min(edge[0], x - radius), Math.max(edge[1], x + radius),
    Math.min(edge[2], y - radius), Math.max(edge[3], y + radius),
  ], [Infinity, -Infinity, Infinity, -Infinity]);
  return { x: (left + right) / 2, y: (top + bottom) / 2, width: right - left, height: bottom - top };
}

function distanceToLine(point, from, to) {
  const [dx, dy] = [to.x - from.x, to.y - from.y];
  const length = dx * dx + dy * dy;
  const along = length === 0 ? 0 : ((point.x - from.x) * dx + (point.y - from.y) * dy) / length;
  const share = Math.min(Math.max(along, 0), 1);
  return Math.hypot(point.x - from.x - share * dx, point.y - from.y - share * dy);
}
