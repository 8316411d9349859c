"use strict";

// Chooses a place for each name of a group at once: first the important ones, then those that need others to move.

const EJECTIONS = 3; // how far a name may push others: its neighbours, and theirs
const MOST_EJECTED = 3; // names that one may push at once
const MOST_TRIES = 4000; // candidates for which names of a group push others
const IMPROVEMENTS = 3; // rounds in which each name looks for a better place

/**
 * Choose a candidate for each list of candidates ({box, cost}, cheapest first), the important lists first, so that no two boxes overlap.
 * Return the candidates, null where there is none.
 */
function chooseNames(lists) {
  const chosen = lists.map(() => null);
  const tries = { left: MOST_TRIES };
  lists.forEach((list, n) => { chosen[n] = list.find((candidate) => isFreeAmong(candidate, chosen, n)) ?? null; });
  lists.forEach((_, n) => chosen[n] === null && insertName(lists, chosen, n, { depth: EJECTIONS, moved: new Set([n]), tries }));
  for (let round = 0; round < IMPROVEMENTS; round++) {
    lists.forEach((list, n) => { chosen[n] = list.find((candidate) => isFreeAmong(candidate, chosen, n)) ?? chosen[n]; });
  }
  return chosen;
}

function isFreeAmong({ box }, chosen, own) {
  return chosen.every((other, n) => other === null || n === own || !overlaps(box, other.box));
}

/** Give a name a place by moving the names that are in its way, and return whether that was possible; those that were `moved` stay. */
function insertName(lists, chosen, n, { depth, moved, tries }) {
  for (const candidate of lists[n]) {
    if (--tries.left < 0) return false;
    const inTheWay = chosen.flatMap((other, at) => (other !== null && at !== n && overlaps(candidate.box, other.box) ? [at] : []));
    if (inTheWay.length > MOST_EJECTED || inTheWay.some((at) => moved.has(at))) continue;
    const before = [...chosen];
    chosen[n] = candidate;
    for (const at of inTheWay) chosen[at] = null;
    if (inTheWay.every((at) => replaceName(lists, chosen, at, { depth, moved: new Set([...moved, n, ...inTheWay]), tries }))) return true;
    before.forEach((other, at) => { chosen[at] = other; });
  }
  return false;
}

/** Give a name that was moved another place. */
function replaceName(lists, chosen, n, { depth, moved, tries }) {
  chosen[n] = lists[n].find((candidate) => isFreeAmong(candidate, chosen, n)) ?? null;
  return chosen[n] !== null || (depth > 1 && insertName(lists, chosen, n, { depth: depth - 1, moved, tries }));
}

function overlaps(one, other) {
  return one.left < other.right && one.right > other.left && one.top < other.bottom && one.bottom > other.top;
}

/** Return whether a straight line between two points touches a box. */
function touchesBox({ left, right, top, bottom }, from, to) {
  // Most lines are beside the box as a whole.
  if ((from.x < left && to.x < left) || (from.x > right && to.x > right) || (from.y < top && to.y < top) || (from.y > bottom && to.y > bottom)) return false;
  const [wayX, wayY] = [to.x - from.x, to.y - from.y];
  const [firstX, lastX] = wayX === 0 ? [0, 1] : [(left - from.x) / wayX, (right - from.x) / wayX];
  const [firstY, lastY] = wayY === 0 ? [0, 1] : [(top - from.y) / wayY, (bottom - from.y) / wayY];
  return Math.max(0, Math.min(firstX, lastX), Math.min(firstY, lastY)) < Math.min(1, Math.max(firstX, lastX), Math.max(firstY, lastY));
}
