"use strict";

// An open group: its members large in the middle, around them what they are linked with by groups, and all other groups below.

const SMALLEST_OPENED = 0.9; // in a smaller window, a part is in view
// Pixels. `side` is the width of an area at the left or right, `least` the width that they must leave in the middle.
const OPENED = { margin: 12, padding: 12, side: 178, least: 400, lowest: 300, title: 44, perMember: 34 };
const DOCK = { entry: 138, gap: 8, sign: 15, caption: 16, corner: 18, most: 3 };
const PILL = { height: 30, across: 14, gap: 8, rows: 3, share: 0.16 }; // rows take at most a share of the height
const MIDDLE_CORNER = 20; // pixels, of the area in the middle

/** The places of the members of an open group and of what they are linked with, and the areas of all groups. */
class GroupLayout {
  /**
   * `size` is that of the window in pixels. `measures` returns how large names are: `entity` the {width, height, radius} of the name and sign of a
   * node, `title` the {width, height} of the title of an area beside the middle, `pill` the width of the name of one below.
   */
  constructor(model, size, measures) {
    this.model = model;
    this.measures = measures;
    this.group = model.filters.group;
    this.width = Math.max(size.width - 2 * OPENED.margin, DOCK.entry + 40);
    const nodes = model.visibleNodes();
    this.members = nodes.filter(({ id }) => model.groupOfEntity(id) === this.group);
    this.edges = model.visibleEdges().filter(({ from, to }) => from !== to);
    this.sides = [2, 1, 0].find((sides) => sides === 0 || this.width - sides * OPENED.side >= OPENED.least); // how many have room beside the middle
    this.docks = this.#docks(nodes);
    this.pills = this.#pills(Math.max(Math.min(Math.floor((PILL.share * size.height) / PILL.height), PILL.rows), 1));
    this.places = new Map();
    this.#divide(size.height - 2 * OPENED.margin);
    this.#placeMembers();
    this.#centre();
  }

  /** Return the places that a small window shows first: the middle. */
  get centre() {
    const { left, right, top, bottom } = this.middle;
    return { x: (left + right) / 2, y: (top + bottom) / 2 };
  }

  get smallest() {
    return SMALLEST_OPENED;
  }

  /** Return nothing: lines are as on the map. */
  controls() {
    return null;
  }

  // --- areas ---

  /** Return the other groups (null: none) with a visible entity: {group, nodes, links, side, width, height}, those with most relations first. */
  #docks(nodes) {
    const outside = nodes.filter(({ id }) => this.model.groupOfEntity(id) !== this.group);
    const isMember = (id) => this.model.groupOfEntity(id) === this.group;
    const leading = this.edges.filter(({ from, to }) => isMember(from) !== isMember(to)); // out of the open group
    const linksOf = countBy(leading, ({ from, to }) => [this.model.groupOfEntity(isMember(from) ? to : from)]);
    return [...groupBy(outside, ({ id }) => this.model.groupOfEntity(id))]
      .map(([group, some]) => ({ group, nodes: some, links: linksOf.get(group) ?? 0, title: this.measures.title({ group }) }))
      .sort((a, b) => b.links - a.links).map((dock) => ({ ...dock, side: this.#sideOf(dock) }));
  }

  /** Return where an area stands beside the middle: where it lies on the map, at the left or right if it is long. */
  #sideOf({ group, nodes }) {
    if (group === null) return "below";
    const [here, there] = [middleOf(this.group), middleOf(group)];
    const [dx, dy] = [there.x - here.x, there.y - here.y];
    const isBeside = this.sides === 1 || Math.abs(dx) >= -dy || nodes.length > DOCK.most; // an area above or below takes room from the middle
    if (this.sides > 0 && isBeside) return this.sides === 2 && dx < 0 ? "left" : "right";
    return dy < 0 ? "above" : "below";
  }

  /** Return the groups that are not linked, in so many rows, as {group, width, height}; the last one stands for `more` groups where so many have no room. */
  #pills(rows) {
    const docked = new Set([this.group, ...this.docks.map(({ group }) => group)]);
    const pills = this.model.data.groups.filter((group) => !docked.has(group)).map((group) => this.#pill({ group }));
    if (rowsOf(pills, this.width, PILL.gap).length <= rows) return pills;
    for (let count = pills.length - 1; ; count--) {
      const shown = [...pills.slice(0, count), this.#pill({ group: null, more: pills.length - count })];
      if (count === 0 || rowsOf(shown, this.width, PILL.gap).length <= rows) return shown;
    }
  }

  #pill(area) {
    return { ...area, width: Math.min(this.measures.pill(area) + 2 * PILL.across, this.width), height: PILL.height };
  }

  /** Divide the window: areas above, at the sides and below, with the middle between them, which is as high as its members need. */
  #divide(height) {
    const on = (side) => this.docks.filter((dock) => dock.side === side);
    for (const dock of this.docks) Object.assign(dock, this.#sizeOf(dock));
    const [above, below] = ["above", "below"].map((side) => rowsOf(on(side), this.width, DOCK.gap));
    const pills = rowsOf(this.pills, this.width, PILL.gap);
    const top = heightOf(above, DOCK.gap);
    const around = top + heightOf(below, DOCK.gap) + heightOf(pills, PILL.gap);
    const stacks = ["left", "right"].map((side) => on(side).reduce((sum, dock) => sum + dock.height + DOCK.gap, 0));
    const inner = Math.max(height - around, OPENED.lowest, (OPENED.perMember * this.members.length * OPENED.least) / this.width, ...stacks);
    const half = this.width / 2;
    this.middle = {
      left: -half + (stacks[0] > 0 ? OPENED.side : 0), right: half - (stacks[1] > 0 ? OPENED.side : 0), top: 0, bottom: inner,
    };
    this.areas = [{ group: this.group, corner: MIDDLE_CORNER, ...this.middle }];
    this.#layRows(above, -top, DOCK.gap, DOCK.corner);
    this.#layRows(below, inner, DOCK.gap, DOCK.corner);
    this.#layRows(pills, inner + heightOf(below, DOCK.gap), PILL.gap, PILL.height / 2);
    for (const side of ["left", "right"]) this.#layStack(on(side), side, inner);
  }

  #sizeOf({ side, nodes, title }) {
    const head = title.height + DOCK.caption + 2 * DOCK.gap;
    const sizes = nodes.map((node) => this.measures.entity(node));
    if (["left", "right"].includes(side)) {
      return { width: OPENED.side, height: head + sizes.reduce((sum, { height }) => sum + Math.max(height, 2 * DOCK.sign) + DOCK.gap, 0) + DOCK.gap };
    }
    const perRow = Math.max(Math.floor((this.width - DOCK.gap) / DOCK.entry), 1);
    const rows = Math.ceil(nodes.length / perRow);
    const rowHeight = Math.max(...sizes.map(({ height }) => height)) + 2 * DOCK.sign;
    const width = Math.max(title.width + 2 * DOCK.sign, Math.ceil(nodes.length / rows) * DOCK.entry + DOCK.gap);
    return { rows, rowHeight, width: Math.min(width, Math.max(this.width, DOCK.entry)), height: head + rows * rowHeight };
  }

  /** Lay rows of areas, each row in the middle of the width. */
  #layRows(rows, from, gap, corner) {
    let top = from;
    for (const row of rows) {
      let left = -(row.reduce((sum, { width }) => sum + width, 0) + gap * (row.length - 1)) / 2;
      for (const part of row) {
        this.areas.push({ ...part, corner, left, right: left + part.width, top, bottom: top + part.height });
        left += part.width + gap;
      }
      top += Math.max(...row.map(({ height }) => height)) + gap;
    }
  }

  /** Lay areas one below the other at a side, those that lie higher on the map first, as near to where they lie as there is room. */
  #layStack(docks, side, height) {
    if (docks.length === 0) return;
    const sorted = [...docks].sort((a, b) => middleOf(a.group).y - middleOf(b.group).y);
    const wished = sorted.map((dock) => (0.5 + (middleOf(dock.group).y - middleOf(this.group).y) / 1500) * height);
    const room = sorted.slice(1).map((dock, n) => (sorted[n].height + dock.height) / 2 + DOCK.gap);
    const left = side === "left" ? -this.width / 2 : this.middle.right;
    spread(wished, room, [sorted[0].height / 2, height - sorted.at(-1).height / 2]).forEach((middle, n) => {
      const dock = sorted[n];
      this.areas.push({ ...dock, corner: DOCK.corner, left, right: left + OPENED.side, top: middle - dock.height / 2, bottom: middle + dock.height / 2 });
    });
  }

  // --- entities ---

  #placeMembers() {
    const first = this.#asOnMap();
    this.#placeDocked((id) => first.get(id));
    const settled = new MemberPlacement(this, first).run();
    for (const [id, place] of settled) this.places.set(id, place);
    this.#placeDocked((id) => settled.get(id));
  }

  /** Return the members where they lie on the map, as far apart as the middle allows. */
  #asOnMap() {
    const { left, right, top, bottom } = this.middle;
    const bounds = boundsOf(this.members.map(({ x, y }) => ({ x, y, radius: 0 })));
    const [across, down] = [right - left - DOCK.entry, bottom - top - 2 * OPENED.title].map((length) => Math.max(length, 1));
    const share = (value, middle, length) => (length === 0 ? 0 : (value - middle) / length);
    return new Map(this.members.map(({ id, x, y }) => [id, {
      x: (left + right) / 2 + across * share(x, bounds.x, bounds.width), y: (top + bottom) / 2 + down * share(y, bounds.y, bounds.height),
    }]));
  }

  /** Place the entities in the areas around the middle at the edge that looks to it, in the order of the members they are linked with. */
  #placeDocked(placeOf) {
    for (const area of this.areas.filter(({ nodes }) => nodes)) {
      const isBeside = ["left", "right"].includes(area.side);
      const along = isBeside ? "y" : "x";
      const wishOf = (id) => {
        const ends = this.edges.filter(({ from, to }) => from === id || to === id).map((edge) => placeOf(edge.from === id ? edge.to : edge.from)).filter(Boolean);
        return ends.length === 0 ? 0 : ends.reduce((sum, end) => sum + end[along], 0) / ends.length;
      };
      const sorted = area.nodes.map((node) => ({ node, wish: wishOf(node.id) })).sort((a, b) => a.wish - b.wish).map(({ node }) => node);
      if (isBeside) this.#placeColumn(sorted, area);
      else this.#placeRows(sorted, area);
    }
  }

  #placeColumn(nodes, { side, left, right, top, bottom, title }) {
    const x = side === "left" ? right - DOCK.sign : left + DOCK.sign;
    const free = bottom - top - title.height - DOCK.caption - 3 * DOCK.gap;
    const heights = nodes.map((node) => Math.max(this.measures.entity(node).height, 2 * DOCK.sign));
    const gap = Math.max((free - heights.reduce((sum, height) => sum + height, 0)) / nodes.length, 0);
    let y = bottom - free - DOCK.gap;
    nodes.forEach(({ id }, n) => {
      this.places.set(id, { x, y: y + (heights[n] + gap) / 2 });
      y += heights[n] + gap;
    });
  }

  /** Place entities from left to right; where the window is too narrow for one row, one below the other in several. */
  #placeRows(nodes, { side, left, right, top, bottom, rows, rowHeight }) {
    const step = (right - left) / Math.ceil(nodes.length / rows);
    const [first, down] = side === "above" ? [bottom - DOCK.sign, -rowHeight] : [top + DOCK.sign, rowHeight];
    nodes.forEach(({ id }, n) => this.places.set(id, { x: left + (Math.floor(n / rows) + 0.5) * step, y: first + (n % rows) * down }));
  }

  /** Move all so that the middle of their height is at 0, and find what must be in view. */
  #centre() {
    const [top, bottom] = [Math.min(...this.areas.map((area) => area.top)), Math.max(...this.areas.map((area) => area.bottom))];
    const shift = (top + bottom) / 2;
    for (const part of [this.middle, ...this.areas]) [part.top, part.bottom] = [part.top - shift, part.bottom - shift];
    for (const place of this.places.values()) place.y -= shift;
    const half = this.width / 2;
    this.frame = [{ x: -half, y: top - shift, radius: 0 }, { x: half, y: bottom - shift, radius: 0 }];
  }
}

/** Return parts in rows that are at most so wide. */
function rowsOf(parts, width, gap) {
  const rows = [];
  let filled = Infinity;
  for (const part of parts) {
    filled += gap + part.width;
    if (filled <= width) rows.at(-1).push(part);
    else {
      rows.push([part]);
      filled = part.width;
    }
  }
  return rows;
}

/** Return the height of rows of parts, with a gap at each row. */
function heightOf(rows, gap) {
  return rows.reduce((sum, row) => sum + gap + Math.max(...row.map(({ height }) => height)), 0);
}

/** Return the corners of an area, clockwise from the top left one. */
function cornersOf({ left, right, top, bottom }) {
  return [[left, top], [right, top], [right, bottom], [left, bottom]];
}
