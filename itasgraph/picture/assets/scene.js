"use strict";

// What can be selected: an entity, a relation, or a question with a part of its answer, or with the ends of a path and whether it may use hubs.
const NO_SELECTION = Object.freeze({ entity: null, relation: null, ask: null, part: null, from: null, to: null, hubs: null });
const NO_HOVER = Object.freeze({ entity: null, relation: null, folded: null, group: null }); // `folded` is an entity that a line stands for
const ALL_GROUPS = Object.freeze({}); // what a press on the number of further groups opens
const APART = 15; // network units between the lines of two relations between the same entities
const FARTHEST_APART = 60; // between the first and the last of them
const THICKEST = 4; // pixels
const THICKNESSES = 6; // steps from the thinnest line to the thickest
const SMALLEST_LAID_OUT = 5.5; // pixels, of a sign in columns or an open group
const CURVE_PARTS = 8; // straight pieces that stand for a curve where a pointer is near
const SYSTEM_PAINT = Object.freeze({ fill: "CanvasText", line: "CanvasText" }); // where the user forces colours
const NO_HIGHLIGHT = Object.freeze({ entities: Object.freeze([]), relations: Object.freeze([]) });

/** The geometry of the picture, which is computed once, and the highlighted parts. */
class Scene {
  /** `layout` has other places for some entities, and how lines lead from one to another; null for those of the network. */
  constructor(model, layout = null) {
    this.model = model;
    this.layout = layout;
    this.places = this.#placeNodes();
    this.lines = this.#placeEdges();
    this.folded = this.#placeFolded(); // in a map: lines that stand for an entity which is not drawn
    this.byRank = this.#rank(); // the most important first: their names come first, too
    this.ranks = new Map(this.byRank.map((place, rank) => [place.id, rank]));
    this.selection = NO_SELECTION;
    this.hovered = NO_HOVER;
    this.highlight = NO_HIGHLIGHT; // the entities and relations of an answer, by id
    this.readPalette();
  }

  #placeNodes() {
    return new Map([...this.model.nodes.values()].map((node, number) => {
      const shape = shapeOf(this.model.kinds.get(node.kind));
      const { x, y } = this.layout?.places.get(node.id) ?? node;
      const size = this.layout === null ? node.size : Math.max(node.size, SMALLEST_LAID_OUT);
      return [node.id, { id: node.id, number, node, x, y, shape, isTopic: this.model.kinds.get(node.kind)?.isTopic ?? false, radius: size * SHAPES[shape].weight }];
    }));
  }

  #placeEdges() {
    const lines = new Map();
    const thickness = thicknessBy([...this.model.edges.values()].map(({ weight }) => weight));
    for (const group of groupBy(this.model.edges.values(), (edge) => this.#pairOf(edge)).values()) {
      const distance = Math.min(APART, FARTHEST_APART / (group.length - 1 || 1));
      group.forEach((edge, n) => lines.set(edge.id, this.#line(edge, (n - (group.length - 1) / 2) * distance, thickness(edge.weight))));
    }
    return lines;
  }

  /** Return a number that relations between the same two entities share, whichever way they go. */
  #pairOf({ from, to }) {
    const [one, other] = [this.places.get(from).number, this.places.get(to).number];
    return Math.min(one, other) * this.places.size + Math.max(one, other);
  }

  #placeFolded() {
    return [...groupBy(this.model.folded, (line) => this.#pairOf(line)).values()].flatMap((group) => {
      const distance = Math.min(APART, FARTHEST_APART / (group.length - 1 || 1));
      return group.map((folded, n) => ({
        ...this.#line(folded, (n - (group.length - 1) / 2) * distance, 1), folded: true,
      }));
    });
  }

  /** Return a line with its bend in the middle; `ux` and `uy` are its direction where it arrives. */
  #line(edge, bend, thickness) {
    const [from, to] = [this.places.get(edge.from), this.places.get(edge.to)];
    const controls = this.layout?.controls(from, to, bend) ?? null;
    const via = bend === 0 || controls !== null ? null : controlOf(from, to, bend);
    const [dx, dy] = [to.x - (via ?? from).x, to.y - (via ?? from).y];
    const length = Math.hypot(dx, dy) || 1;
    return { edge, from, to, via, controls, ux: dx / length, uy: dy / length, thickness, look: edge.near ? -thickness : thickness };
  }

  #rank() {
    const degree = (place) => this.model.edgesOf.get(place.id).length;
    return [...this.places.values()].sort((a, b) => b.node.size - a.node.size
      || degree(b) - degree(a) || (a.id < b.id ? -1 : 1));
  }

  // --- colours ---

  /** Read the colours of the style sheet. */
  readPalette() {
    const style = getComputedStyle(document.documentElement);
    const color = (name) => style.getPropertyValue(`--${name}`).trim();
    this.kindGround = document.documentElement.dataset.theme === "dark" ? DARK_GROUND : LIGHT_GROUND;
    this.palette = {
      ground: color("ground"), ink: color("ink"), muted: color("muted"),
      edge: color("edge"), highlight: color("edge-highlight"), accent: color("accent"),
    };
    if (window.matchMedia("(forced-colors: active)").matches) {
      this.paints = new Map([...this.model.kinds.keys()].map((id) => [id, SYSTEM_PAINT]));
      return;
    }
    this.paints = new Map([...this.model.kinds].map(([id, kind]) => [id, paintOf(kind.color, this.kindGround)]));
  }

  paint(place) {
    return this.paints.get(place.node.kind) ?? paintOf(null, this.kindGround);
  }

  // --- visible and highlighted parts ---

  isVisible(place) {
    return this.model.isVisible(place.node);
  }

  /** Forget the visible parts after filters have changed. */
  forget() {
    this.visibleParts = null;
  }

  /** Forget the part under the pointer if filters hide it; otherwise everything would be faint and nothing highlighted. */
  dropHidden() {
    const { entity, relation } = this.hovered;
    const isThere = entity !== null ? this.model.filters.entities.has(entity) : relation === null || this.model.filters.edges.has(relation);
    if (!isThere) this.hovered = NO_HOVER;
  }

  visiblePlaces() {
    return this.#visible().places;
  }

  visibleLines() {
    return this.#visible().lines;
  }

  visibleFolded() {
    return this.#visible().folded;
  }

  #visible() {
    this.visibleParts ??= {
      places: this.byRank.filter((place) => this.isVisible(place)),
      lines: [...this.lines.values()].filter(({ edge }) => this.model.isEdgeVisible(edge)),
      folded: this.folded.filter(({ edge }) => this.model.isFoldedVisible(edge)),
    };
    return this.visibleParts;
  }

  /** Return an entity and its visible neighbours. */
  circle(id) {
    const isAside = this.model.isSetAside(this.model.nodes.get(id));
    const edges = this.model.edgesOf.get(id).filter((edge) => isAside || this.model.isEdgeVisible(edge));
    const folded = this.visibleFolded().map(({ edge }) => edge).filter(({ from, to }) => from === id || to === id);
    return [this.places.get(id), ...[...edges, ...folded].map((edge) => this.places.get(this.model.otherEnd(edge, id).id))]
      .filter((place) => this.isVisible(place));
  }

  /** Return the selection and the part under the pointer, with neighbours; null when the whole map is shown. */
  focus() {
    return this.#showsNeighbourhood() ? this.#highlightAll() : this.#focus();
  }

  /** Return whether a neighbourhood is shown, all of which is highlighted until the pointer is on a part of it. */
  #showsNeighbourhood() {
    const { neighbourhood } = this.model.filters;
    return neighbourhood !== null && neighbourhood.entity === this.selection.entity && this.hovered.entity === null && this.hovered.relation === null
      && this.hovered.folded === null;
  }

  #highlightAll() {
    const centre = this.places.get(this.selection.entity);
    const places = [centre, ...this.visiblePlaces().filter((place) => place !== centre)];
    return { all: true, centres: new Set([centre.id]), places, lines: [...this.visibleLines(), ...this.visibleFolded()] };
  }

  #focus() {
    const centres = new Set([this.selection.entity, this.hovered.entity].filter((id) => id !== null));
    const all = [...centres].flatMap((id) => this.model.edgesOf.get(id))
      .concat([this.selection.relation, this.hovered.relation, ...this.highlight.relations].filter((id) => id !== null)
        .map((id) => this.model.edges.get(id)));
    const edges = all.filter((edge) => this.model.isEdgeVisible(edge));
    const folded = this.#litFolded(centres, all);
    if (centres.size === 0 && edges.length === 0 && folded.length === 0 && this.highlight.entities.length === 0) return null;
    const aside = all.filter((edge) => [edge.from, edge.to].some((id) => centres.has(id) && this.model.isSetAside(this.model.nodes.get(id))));
    const entities = new Set([...centres, ...this.highlight.entities, ...[...edges, ...aside, ...folded.map(({ edge }) => edge)].flatMap((edge) => [edge.from, edge.to])]);
    return {
      all: false, centres,
      places: [...entities].map((id) => this.places.get(id)).filter((place) => this.isVisible(place))
        .sort((a, b) => centres.has(b.id) - centres.has(a.id) || this.ranks.get(a.id) - this.ranks.get(b.id)),
      lines: [...[...new Set(edges)].map((edge) => this.lines.get(edge.id)), ...folded],
    };
  }

  /**
   * Return the folded lines of the centres, of the entity that the pointer is on, of relations, which lead to both of their ends, and those
   * between two entities of an answer.
   */
  #litFolded(centres, edges) {
    if (this.folded.length === 0) return [];
    const ids = new Set(edges.map(({ id }) => id));
    const named = new Set(this.highlight.entities.length === 0 ? [] : [...this.highlight.entities, ...edges.flatMap(({ from, to }) => [from, to])]);
    const pairs = new Set(edges.flatMap(({ from, to }) => [`${from} ${to}`, `${to} ${from}`]));
    const isSelected = ({ via, from, to }) => this.selection.relation !== null && [from, to].some((id) => pairs.has(`${via} ${id}`));
    return this.visibleFolded().filter(({ edge }) => [edge.from, edge.to, edge.via].some((id) => centres.has(id)) || this.hovered.folded === edge.via
      || (named.has(edge.from) && named.has(edge.to)) || isSelected(edge) || this.model.joinsFolded(edge, ({ id }) => ids.has(id)));
  }

  // --- parts at a point ---

  entityAt(at, reach) {
    let nearest = null;
    let least = Infinity;
    for (const place of this.visiblePlaces()) {
      if (Math.abs(place.x - at.x) > place.radius + reach) continue; // nearly all of a large network
      const beyond = Math.hypot(place.x - at.x, place.y - at.y) - place.radius;
      if (beyond <= reach && beyond < least) [nearest, least] = [place.id, beyond];
    }
    return nearest;
  }

  /** Return the nearest line within reach of a point, or null. */
  lineAt(at, reach) {
    let nearest = null;
    let least = reach;
    for (const line of [...this.visibleLines(), ...this.visibleFolded()]) {
      if (!mayReach(line, at, reach)) continue;
      const distance = isBent(line) ? distanceToCurve(at, line) : distanceToLine(at, line.from, line.to);
      if (distance < least && !this.isOnDemand(line)) [nearest, least] = [line, distance];
    }
    return nearest;
  }

  /** Return whether a line of a map is drawn only while one of its ends is highlighted: a broader topic may be in another group. */
  isOnDemand({ edge }) {
    return this.model.isMap && this.layout === null && edge.relation === BROADER && this.model.groupOfEntity(edge.from) !== this.model.groupOfEntity(edge.to);
  }
}

function boundsOf(places) {
  const [left, right, top, bottom] = places.reduce((edge, { x, y, radius }) => [
    Math.min(edge[0], x - radius), Math.max(edge[1], x + radius),
    Math.min(edge[2], y - radius), Math.max(edge[3], y + radius),
  ], [Infinity, -Infinity, Infinity, -Infinity]);
  return { x: (left + right) / 2, y: (top + bottom) / 2, width: right - left, height: bottom - top };
}

/** Return whether a line may come as near to a point: a bent one goes beyond its ends. */
function mayReach({ from, to, via, controls }, { x, y }, reach) {
  const room = isBent({ via, controls }) ? reach + FARTHEST_APART : reach;
  return Math.max(from.x, to.x) >= x - room && Math.min(from.x, to.x) <= x + room
    && Math.max(from.y, to.y) >= y - room && Math.min(from.y, to.y) <= y + room;
}

function distanceToLine(point, from, to) {
  const [dx, dy] = [to.x - from.x, to.y - from.y];
  const length = dx * dx + dy * dy;
  const along = length === 0 ? 0 : ((point.x - from.x) * dx + (point.y - from.y) * dy) / length;
  const share = Math.min(Math.max(along, 0), 1);
  return Math.hypot(point.x - from.x - share * dx, point.y - from.y - share * dy);
}

/** Return a function from weight to pixels in few steps; the heaviest line is the thickest if it is several times as heavy as the lightest. */
function thicknessBy(weights) {
  const [least, most] = weights.reduce(([low, high], weight) => [Math.min(low, weight), Math.max(high, weight)], [Infinity, -Infinity]);
  const range = Math.max(most - least, (THICKEST - 1) * least);
  return (weight) => 1 + (Math.round((THICKNESSES * (weight - least)) / range) / THICKNESSES) * (THICKEST - 1);
}

/** Return the control point of a curve whose middle is `bend` beside the straight line, on the same side seen from either end. */
function controlOf(from, to, bend) {
  const [one, other] = from.id < to.id ? [from, to] : [to, from];
  const [dx, dy] = [other.x - one.x, other.y - one.y];
  const length = Math.hypot(dx, dy) || 1;
  return { x: (one.x + other.x) / 2 - (2 * bend * dy) / length, y: (one.y + other.y) / 2 + (2 * bend * dx) / length };
}

/** Return whether a line is a curve. */
function isBent({ via, controls }) {
  return via !== null || controls !== null;
}

/** Return the point on a line at a share of its way. */
function pointOn({ from, to, via, controls }, share) {
  const rest = 1 - share;
  if (controls) {
    const [first, second] = controls;
    const [a, b, c, d] = [rest ** 3, 3 * rest * rest * share, 3 * rest * share * share, share ** 3];
    return { x: a * from.x + b * first.x + c * second.x + d * to.x, y: a * from.y + b * first.y + c * second.y + d * to.y };
  }
  const [a, b, c] = via ? [rest * rest, 2 * rest * share, share * share] : [rest, 0, share];
  const { x, y } = via ?? from;
  return { x: a * from.x + b * x + c * to.x, y: a * from.y + b * y + c * to.y };
}

function distanceToCurve(point, line) {
  const parts = Array.from({ length: CURVE_PARTS + 1 }, (_, n) => pointOn(line, n / CURVE_PARTS));
  return Math.min(...parts.slice(1).map((part, n) => distanceToLine(point, parts[n], part)));
}
