"use strict";

// A neighbourhood in columns of reading order: who, where, what, on what. In a column, entities stand beside those they are linked with.

// Pixels: the width of a column, and what a name leaves free of it; between two entities of a column; above the first one, and of that below the line;
// an entity with its name. A column that is divided has at least so many entities.
const COLUMN = { least: 104, most: 230, free: 10, gap: 10, widestGap: 44, head: 66, rule: 22, row: 64, fewest: 6 };
const NAME_SIZES = [1, 0.92, 0.86, 0.8]; // as shares; the smaller ones only where the columns are too long for the window
const COLUMNS_MARGIN = 28; // pixels between the columns and the edge of the window
const SWEEPS = 16;
const LOOP = { across: 34, up: 52 }; // pixels, of a relation of an entity with itself
const SIDEWAYS = 64; // pixels, of a line between two entities of one column

/** The places of the visible entities in columns around the middle of their neighbourhood. */
class ColumnLayout {
  /**
   * `size` is that of the window in pixels. `extentOf` returns how far the sign and the name of a node reach above and below its
   * place, {above, below}; the name is at most so wide, and its letters have a share of their usual size.
   */
  constructor(model, size, extentOf) {
    this.model = model;
    const nodes = model.visibleNodes();
    const most = Math.max(Math.floor((size.height - COLUMNS_MARGIN - COLUMN.head) / COLUMN.row), COLUMN.fewest);
    const columns = this.#columnsOf(nodes).flatMap((members) => this.#divided(members, most));
    this.width = Math.min(Math.max((size.width - COLUMNS_MARGIN) / columns.length, COLUMN.least), COLUMN.most);
    this.columns = columns.map((members, n) => ({ members, x: (n - (columns.length - 1) / 2) * this.width }));
    this.neighbours = neighboursBy(model.visibleEdges());
    this.height = size.height - COLUMNS_MARGIN - COLUMN.head;
    for (this.nameSize of NAME_SIZES) {
      this.extents = new Map(nodes.map((node) => [node.id, extentOf(node, this.nameWidth, this.nameSize)]));
      this.gap = this.#gap();
      if (this.gap >= COLUMN.gap) break;
    }
    this.gap = Math.min(Math.max(this.gap, COLUMN.gap), COLUMN.widestGap);
    this.places = new Map();
    this.#order();
    this.#centre();
  }

  /** Return the place that is in the middle of a window which is too small for all. */
  get centre() {
    return this.places.get(this.model.filters.neighbourhood.entity);
  }

  get smallest() {
    return READABLE_MAP;
  }

  get nameWidth() {
    return this.width - COLUMN.free;
  }

  /** Return the entities by columns, from left to right: by their kinds where each kind has a column, and not all the same, else by steps from the middle. */
  #columnsOf(nodes) {
    const ofKind = ({ kind }) => this.model.kinds.get(kind)?.column ?? null;
    const columns = groupBy(nodes, ofKind);
    if (columns.has(null) || columns.size === 1) return inOrder(groupBy(nodes, this.#stepsFromMiddle()));
    return inOrder(columns);
  }

  /** Return a column that is too long for the window as several, entities of a kind side by side; one that fits stays as it is. */
  #divided(members, most) {
    const count = Math.ceil(members.length / most);
    if (count === 1) return [members];
    const kinds = [...this.model.kinds.keys()];
    const kindOf = (id) => kinds.indexOf(this.model.nodes.get(id).kind);
    const sorted = [...members].sort((a, b) => kindOf(a) - kindOf(b));
    const length = Math.ceil(members.length / count);
    return Array.from({ length: count }, (_, n) => sorted.slice(n * length, (n + 1) * length));
  }

  /** Return a function from a node to its column, counted from the middle: a relation leads one column to the right. */
  #stepsFromMiddle() {
    const numbers = new Map([[this.model.filters.neighbourhood.entity, 0]]);
    for (const [id, number] of numbers) { // a map that grows while it is walked is walked in order of distance
      for (const edge of this.model.edgesOf.get(id).filter((one) => this.model.isEdgeVisible(one))) {
        const other = this.model.otherEnd(edge, id).id;
        if (!numbers.has(other)) numbers.set(other, number + (edge.from === id || edge.symmetric ? 1 : -1));
      }
    }
    return ({ id }) => numbers.get(id) ?? 0;
  }

  /** Find the order in each column in some sweeps: each entity wishes to stand in the middle of those it is linked with. */
  #order() {
    for (const column of this.columns) this.#place(column, column.members.map((id, n) => ({ id, y: n })));
    for (let sweep = 0; sweep < SWEEPS; sweep++) {
      for (const column of sweep % 2 === 0 ? this.columns : [...this.columns].reverse()) {
        const wishes = column.members.map((id) => ({ id, y: this.#wishOf(id, column.x) }));
        this.#place(column, wishes.sort((a, b) => a.y - b.y)); // the sort is stable
      }
    }
  }

  /** Return the room between two entities of a column with which the fullest one fills the height. */
  #gap() {
    const gaps = this.columns.filter(({ members }) => members.length > 1).map(({ members }) => {
      const filled = members.reduce((sum, id) => sum + this.extents.get(id).above + this.extents.get(id).below, 0);
      return (this.height - filled) / (members.length - 1);
    });
    return Math.min(...gaps);
  }

  #wishOf(id, x) {
    const others = (this.neighbours.get(id) ?? []).map((other) => this.places.get(other)).filter((place) => place.x !== x);
    return others.length === 0 ? this.places.get(id).y : others.reduce((sum, { y }) => sum + y, 0) / others.length;
  }

  #place(column, wishes) {
    column.members = wishes.map(({ id }) => id);
    const extents = column.members.map((id) => this.extents.get(id));
    const room = extents.slice(1).map(({ above }, n) => extents[n].below + this.gap + above);
    const limits = [extents[0].above - this.height / 2, this.height / 2 - extents.at(-1).below];
    spread(wishes.map(({ y }) => y), room, limits).forEach((y, n) => this.places.set(column.members[n], { x: column.x, y }));
  }

  /** Move all so that the middle of their height is at 0, and find what must be in view. */
  #centre() {
    const ends = (side) => [...this.places].map(([id, { y }]) => y + (side === "above" ? -1 : 1) * this.extents.get(id)[side]);
    const [top, bottom] = [Math.min(...ends("above")) - COLUMN.head, Math.max(...ends("below"))];
    const middle = (top + bottom) / 2;
    for (const place of this.places.values()) place.y -= middle;
    this.top = top - middle;
    const half = this.width / 2;
    const [first, last] = [this.columns[0].x - half, this.columns.at(-1).x + half];
    this.frame = [{ x: first, y: this.top, radius: 0 }, { x: last, y: bottom - middle, radius: 0 }];
  }

  /** Return the control points of a line: it leaves and arrives horizontally; `bend` keeps lines between the same two apart. */
  controls(from, to, bend) {
    if (from === to) return [{ x: from.x - LOOP.across, y: from.y - LOOP.up }, { x: from.x + LOOP.across, y: from.y - LOOP.up }];
    const half = from.x === to.x ? SIDEWAYS : (to.x - from.x) / 2;
    return [{ x: from.x + half, y: from.y + bend }, { x: from.x === to.x ? to.x + half : to.x - half, y: to.y + bend }];
  }
}

/** Return the ids of nodes in columns, from the one with the least number on. */
function inOrder(columns) {
  return [...columns.keys()].sort((a, b) => a - b).map((number) => columns.get(number).map(({ id }) => id));
}

/** Return numbers as near to the wished ones as their order, the room between them and, where it is wide enough, a range allow (isotonic regression). */
function spread(wished, room, [least, most]) {
  const offsets = [0];
  for (const part of room) offsets.push(offsets.at(-1) + part);
  const blocks = []; // of numbers that stand as close as they may
  wished.forEach((wish, n) => {
    let block = { sum: wish - offsets[n], count: 1 };
    while (blocks.length > 0 && blocks.at(-1).sum / blocks.at(-1).count >= block.sum / block.count) {
      const before = blocks.pop();
      block = { sum: before.sum + block.sum, count: before.count + block.count };
    }
    blocks.push(block);
  });
  const clamp = (value) => (most - offsets.at(-1) < least ? value : Math.min(Math.max(value, least), most - offsets.at(-1)));
  return blocks.flatMap(({ sum, count }) => Array.from({ length: count }, () => sum / count)).map((value, n) => clamp(value) + offsets[n]);
}
