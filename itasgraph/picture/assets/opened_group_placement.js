"use strict";

// Places the members of an open group by simulated annealing (Kirkpatrick, Gelatt and Vecchi 1983), always with the same result.

const ANNEALING = { work: 6e5, fewest: 1500, most: 6000, hottest: 170, coldest: 0.6, farthest: 110, nearest: 4, largest: 90 };
const MEMBER_COSTS = {
  overlap: 60, perPixel: 1.2, outside: 120, perPixelOut: 30, foreignLine: 240, ownLine: 190, sign: 220, crossing: 220, crossingOut: 110,
  length: 0.35, lengthOut: 0.3, title: 0.9, apart: 3400,
};
const WISHED_LENGTH = 120; // pixels, of a line between two members
const MEMBER_ROOM = { across: 6, down: 4 }; // pixels around a name
const TITLE_ROOM = 30; // pixels below the top edge in which a title stands freely
const NAME_SIDES = [[0, 1], [1, 0], [-1, 0], [0, -1]]; // below, right, left, above

/** The members of an open group while they are placed: each has a place, and a side of its sign where its name stands. */
class MemberPlacement {
  /** `first` are the places with which it begins; the areas around the middle have theirs already. */
  constructor({ members, edges, middle, measures, places, group }, first) {
    const ids = new Map(members.map(({ id }, n) => [id, n]));
    const isTitle = new Set(group.titles);
    this.frame = { left: middle.left + OPENED.padding, right: middle.right - OPENED.padding, top: middle.top + OPENED.padding, bottom: middle.bottom - OPENED.padding };
    this.frame.top += members.some(({ id }) => isTitle.has(id)) ? 0 : OPENED.title;
    this.items = members.map((node) => ({ id: node.id, isTitle: isTitle.has(node.id), ...measures.entity(node), ...first.get(node.id), side: 0 }));
    const pairs = new Map(edges.filter(({ from, to }) => ids.has(from) || ids.has(to)).map(({ from, to }) => [[from, to].sort().join(" "), [from, to]]));
    const endOf = (id) => (ids.has(id) ? this.items[ids.get(id)] : places.get(id));
    this.lines = [...pairs.values()].map((ends) => ends.map(endOf)).filter((ends) => ends.every(Boolean));
    this.linesOf = new Map(this.items.map((item) => [item, this.lines.filter((line) => line.includes(item))]));
    this.linesBeside = new Map(this.items.map((item) => [item, this.lines.filter((line) => !line.includes(item))]));
    this.crossable = new Map(this.lines.map((line) => [line, this.lines.filter((other) => !other.some((end) => line.includes(end)))]));
    this.state = 1; // of the random numbers
  }

  /** Return the places of the members. A large group keeps those it began with. */
  run() {
    const { length } = this.items;
    for (const item of this.items) this.#box(item);
    if (length > 1 && length <= ANNEALING.largest) {
      const work = length * 4 + this.lines.length * 3;
      const moves = Math.min(Math.max(Math.round(ANNEALING.work / work), ANNEALING.fewest), ANNEALING.most);
      for (let move = 0; move < moves; move++) this.#try(1 - move / moves);
    }
    return new Map(this.items.map(({ id, x, y }) => [id, { x, y }]));
  }

  /** Return the next number between 0 and 1 of a fixed sequence (Park and Miller 1988). */
  #next() {
    this.state = (this.state * 16807) % 2147483647;
    return this.state / 2147483647;
  }

  /** Move a member, or its name to another side, and keep that if it costs less or, while it is hot, not much more. */
  #try(left) {
    const temperature = ANNEALING.coldest + ANNEALING.hottest * left ** 4;
    const item = this.items[Math.floor(this.#next() * this.items.length)];
    const before = this.#costOf(item);
    const { x, y, side } = item;
    if (this.#next() < 0.2) item.side = Math.floor(this.#next() * NAME_SIDES.length);
    else {
      const step = ANNEALING.nearest + ANNEALING.farthest * left;
      item.x = Math.min(Math.max(x + step * (2 * this.#next() - 1), this.frame.left), this.frame.right);
      item.y = Math.min(Math.max(y + step * (2 * this.#next() - 1), this.frame.top), this.frame.bottom);
    }
    this.#box(item);
    if (this.#next() < Math.exp((before - this.#costOf(item)) / temperature)) return;
    Object.assign(item, { x, y, side });
    this.#box(item);
  }

  /** Find the boxes of the sign and of the name of a member. */
  #box(item) {
    const { x, y, radius, width, height } = item;
    const [across, down] = NAME_SIDES[item.side];
    const [middleX, middleY] = [x + across * (radius + NAME_GAP + width / 2), y + down * (radius + NAME_GAP + height / 2)];
    item.name = { left: middleX - width / 2, right: middleX + width / 2, top: middleY - height / 2, bottom: middleY + height / 2 };
    item.sign = { left: x - radius - 2, right: x + radius + 2, top: y - radius - 2, bottom: y + radius + 2 };
    item.room = grow(item.name, MEMBER_ROOM.across, MEMBER_ROOM.down);
  }

  // --- costs ---

  /** Return what a member costs at its place, with all that depends on it. */
  #costOf(item) {
    let cost = this.#placeCost(item);
    for (const other of this.items) if (other !== item) cost += this.#pairCost(item, other);
    for (const line of this.linesOf.get(item)) cost += this.#ownLineCost(item, line);
    for (const [from, to] of this.linesBeside.get(item)) {
      if (touchesBox(item.name, from, to)) cost += MEMBER_COSTS.foreignLine;
      if (touchesBox(item.sign, from, to)) cost += MEMBER_COSTS.sign;
    }
    return cost;
  }

  #placeCost({ name, sign, isTitle, y }) {
    const { left, right, top, bottom } = this.frame;
    let cost = isTitle ? MEMBER_COSTS.title * Math.max(y - top - TITLE_ROOM, 0) : 0;
    for (const box of [name, sign]) {
      const out = Math.max(left - box.left, 0) + Math.max(box.right - right, 0) + Math.max(top - box.top, 0) + Math.max(box.bottom - bottom, 0);
      if (out > 0) cost += MEMBER_COSTS.outside + MEMBER_COSTS.perPixelOut * out;
    }
    return cost;
  }

  #pairCost(one, other) {
    const cost = overlapCost(one.room, other.room) + overlapCost(one.room, other.sign) + overlapCost(one.sign, other.room) + overlapCost(one.sign, other.sign);
    return cost + MEMBER_COSTS.apart / Math.max(Math.hypot(one.x - other.x, one.y - other.y), 10);
  }

  #ownLineCost(item, line) {
    const [from, to] = line;
    const other = from === item ? to : from;
    const isInside = this.linesOf.has(other);
    const length = Math.hypot(from.x - to.x, from.y - to.y);
    let cost = isInside ? MEMBER_COSTS.length * Math.abs(length - WISHED_LENGTH) : MEMBER_COSTS.lengthOut * length;
    if (touchesBox(item.name, from, to)) cost += MEMBER_COSTS.ownLine;
    for (const third of this.items) {
      if (third === item) continue;
      if (third === other) {
        if (touchesBox(third.name, from, to)) cost += MEMBER_COSTS.ownLine;
        continue;
      }
      if (touchesBox(third.name, from, to)) cost += MEMBER_COSTS.foreignLine;
      if (touchesBox(third.sign, from, to)) cost += MEMBER_COSTS.sign;
    }
    for (const crossed of this.crossable.get(line)) {
      if (!linesCross(from, to, ...crossed)) continue;
      cost += isInside && crossed.every((end) => this.linesOf.has(end)) ? MEMBER_COSTS.crossing : MEMBER_COSTS.crossingOut;
    }
    return cost;
  }
}

function overlapCost(one, other) {
  const across = Math.min(one.right, other.right) - Math.max(one.left, other.left);
  const down = Math.min(one.bottom, other.bottom) - Math.max(one.top, other.top);
  return across > 0 && down > 0 ? MEMBER_COSTS.overlap + MEMBER_COSTS.perPixel * across * down : 0;
}

/** Return whether two straight lines cross. */
function linesCross(a, b, c, d) {
  return turn(a, b, c) * turn(a, b, d) < 0 && turn(c, d, a) * turn(c, d, b) < 0;
}

/** Return a number whose sign says on which side of a line from one point to another a third one lies. */
function turn(from, to, { x, y }) {
  return (to.x - from.x) * (y - from.y) - (to.y - from.y) * (x - from.x);
}
