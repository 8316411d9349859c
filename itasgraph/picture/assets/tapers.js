"use strict";

// The lines of a map are thick at their source and thin at their target, so that their direction is seen at any scale.

const TAPERS = { inside: [2.6, 1.2], between: [3, 1.2], lit: [5.5, 1.6], background: [1, 0.6] }; // pixels
const EVEN = { inside: 1.7, between: 2, lit: 3.2, background: 0.8 }; // of a symmetric relation
const DOTTED = { width: 1.3, dash: [1.5, 4], lit: 2.4 }; // of a topic to the broader one
const BROADER = "http://www.w3.org/2004/02/skos/core#broader";
const TAPER_PARTS = 20; // straight pieces of a bent line

/** Add a line that becomes thinner to the path of a surface, as an area. */
function traceTaper(to, points, [first, last]) {
  const edges = points.map((point, n) => {
    const [before, after] = [points[Math.max(n - 1, 0)], points[Math.min(n + 1, points.length - 1)]];
    const length = Math.hypot(after.x - before.x, after.y - before.y) || 1;
    const half = (first + ((last - first) * n) / (points.length - 1)) / 2;
    const [dx, dy] = [(-half * (after.y - before.y)) / length, (half * (after.x - before.x)) / length];
    return [{ x: point.x + dx, y: point.y + dy }, { x: point.x - dx, y: point.y - dy }];
  });
  const corners = [...edges.map(([left]) => left), ...edges.map(([, right]) => right).reverse()];
  tracePoints(to, corners);
  to.closePath();
}

/** Add a line through points to the path of a surface. */
function tracePoints(to, points) {
  points.forEach(({ x, y }, n) => (n === 0 ? to.moveTo(x, y) : to.lineTo(x, y)));
}

/** Return the points of a line in a view: its ends, or more where it is bent. */
function pointsOf(line, view) {
  const parts = isBent(line) ? TAPER_PARTS : 1;
  return Array.from({ length: parts + 1 }, (_, n) => {
    const { x, y } = pointOn(line, n / parts);
    return { x: x * view.scale + view.x, y: y * view.scale + view.y };
  });
}
