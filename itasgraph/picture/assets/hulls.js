"use strict";

// The hull of a group: its cell, drawn inwards so that a gutter lies between two of them, with round corners.

const HULL = { inset: 4, corner: 26, line: 1.1 }; // pixels where the map has its own size
const ROOM_FOR_NAMES = 14; // network units below the entities in no group
const SMALLEST_HULL_SCALE = 0.4; // below this, gutters and corners do not become smaller

/** Return the corners of a convex polygon without a border of this width; no corners where nothing is left. */
function insetPolygon(corners, width) {
  const turn = signedArea(corners) < 0 ? -1 : 1;
  let rest = corners;
  corners.forEach((from, n) => {
    const to = corners[(n + 1) % corners.length];
    const length = Math.hypot(to.x - from.x, to.y - from.y);
    if (length === 0) return;
    const [nx, ny] = [(-turn * (to.y - from.y)) / length, (turn * (to.x - from.x)) / length]; // points inwards
    rest = clipPolygon(rest, ({ x, y }) => (x - from.x) * nx + (y - from.y) * ny - width);
  });
  return rest;
}

/** Return the part of a convex polygon in which a linear function is not negative. */
function clipPolygon(corners, valueAt) {
  return corners.flatMap((from, n) => {
    const to = corners[(n + 1) % corners.length];
    const [a, b] = [valueAt(from), valueAt(to)];
    const crossing = a * b < 0 ? [{ x: from.x + ((to.x - from.x) * a) / (a - b), y: from.y + ((to.y - from.y) * a) / (a - b) }] : [];
    return [...(a >= 0 ? [from] : []), ...crossing];
  });
}

/** Return twice the area of a polygon, negative where its corners go the other way round. */
function signedArea(corners) {
  return corners.reduce((sum, { x, y }, n) => {
    const next = corners[(n + 1) % corners.length];
    return sum + x * next.y - next.x * y;
  }, 0);
}

/** Return the sides of a convex polygon: a corner of each, and the direction outwards. */
function sidesOf(corners) {
  const turn = signedArea(corners) < 0 ? -1 : 1;
  return corners.map(({ x, y }, n) => {
    const to = corners[(n + 1) % corners.length];
    const length = Math.hypot(to.x - x, to.y - y) || 1;
    return { x, y, nx: (turn * (to.y - y)) / length, ny: (-turn * (to.x - x)) / length };
  });
}

/** Return how far a box reaches beyond the sides of a convex polygon, in pixels; 0 where it is inside. */
function beyondSides(sides, { left, right, top, bottom }) {
  let most = 0;
  for (const { x, y, nx, ny } of sides) most = Math.max(most, ((nx > 0 ? right : left) - x) * nx + ((ny > 0 ? bottom : top) - y) * ny);
  return most;
}

/** Return the corners of the hull of a cell in a view; `margin` pixels are left free inside it. */
function hullIn(cell, view, margin = 0) {
  const inset = HULL.inset * hullScale(view.scale) + margin;
  return insetPolygon(cell.map(([x, y]) => ({ x: x * view.scale + view.x, y: y * view.scale + view.y })), inset);
}

/**
 * Return what must be in view so that a map is: the corners of the cells of these entities, and the entities in no group with room for names.
 * Those of kinds that are hidden at first lie amid the others.
 */
function mapFrame(places, model) {
  const groups = new Set(places.map(({ id }) => model.groupOfEntity(id)));
  const corners = model.data.groups.filter((group) => groups.has(group)).flatMap(({ cell }) => cell.map(([x, y]) => ({ x, y, radius: 0 })));
  const drawn = places.filter(({ node }) => !model.filters.background.has(node.kind));
  const alone = (drawn.length > 0 ? drawn : places).filter(({ id }) => model.groupOfEntity(id) === null);
  return [...corners, ...alone.map(({ x, y, radius }) => ({ x, y, radius: radius + ROOM_FOR_NAMES }))];
}

function hullScale(scale) {
  return Math.min(Math.max(scale, SMALLEST_HULL_SCALE), 1);
}

/** Add a polygon with round corners to the path of a surface. */
function traceHull(to, corners, radius) {
  corners.forEach((corner, n) => {
    const [before, after] = [corners.at(n - 1), corners[(n + 1) % corners.length]];
    const [start, end] = [towards(corner, before, radius), towards(corner, after, radius)];
    if (n === 0) to.moveTo(start.x, start.y);
    else to.lineTo(start.x, start.y);
    to.quadraticCurveTo(corner.x, corner.y, end.x, end.y);
  });
  to.closePath();
}

/** Return the point at a distance from one point to another, at most half the way. */
function towards(from, to, distance) {
  const length = Math.hypot(to.x - from.x, to.y - from.y) || 1;
  const share = Math.min(distance / length, 0.5);
  return { x: from.x + (to.x - from.x) * share, y: from.y + (to.y - from.y) * share };
}
