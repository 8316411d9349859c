"use strict";

// Names in the picture, set like those on a map: in screen pixels, the important ones first, none over another.

const FONT = 'system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", "Liberation Sans", Arial, sans-serif';
const LABEL_STYLES = {
  plain: { size: 12, weight: 400, width: 138, lines: 2 },
  narrow: { size: 12, weight: 400, width: 96, lines: 3 },
  tall: { size: 12, weight: 400, width: 138, lines: 4 },
  column: { size: 12, weight: 400, width: 104, lines: 5 },
  wide: { size: 12, weight: 400, width: 200, lines: 4 },
  strong: { size: 13.5, weight: 600, width: 160, lines: 2 },
  bold: { size: 12, weight: 600, width: 112, lines: 3 },
  strongTall: { size: 13.5, weight: 600, width: 160, lines: 4 },
  strongWide: { size: 13.5, weight: 600, width: 220, lines: 4 },
  boldTall: { size: 12, weight: 600, width: 112, lines: 5 },
  smallColumn: { size: 11.5, weight: 600, width: 84, lines: 4 },
  smallTall: { size: 11.5, weight: 600, width: 116, lines: 4 },
  small: { size: 11.5, weight: 600, width: 116, lines: 2 },
  focus: { size: 13, weight: 500, width: 180, lines: 3 },
  selection: { size: 15, weight: 650, width: 260, lines: 4 },
  relation: { size: 11, weight: 400, width: 200, lines: 1, italic: true },
};
const LINE_HEIGHT = 1.22;
const LONGEST_LABEL = 240;
const WIDEST_LABEL = 200; // pixels; the room around a network of one entity
const CELL = 96; // pixels; about the width of a label

/**
 * The sides of a sign where a name can stand, the preferred ones first: below, right, left, above, there somewhat to one side,
 * then the corners.
 */
const SIDES = [
  [0, 1], [1, 0], [-1, 0], [0, -1], [0.25, 1], [-0.25, 1], [0.5, 1], [-0.5, 1], [0.5, -1], [-0.5, -1],
  [1, 0.5], [-1, 0.5], [1, -0.5], [-1, -0.5], [1, 1], [-1, 1], [1, -1], [-1, -1], [0.75, 1], [-0.75, 1], [0.75, -1], [-0.75, -1],
];

/** Keeps boxes in a coarse grid, so that a new box is compared with the boxes near it only. */
class BoxGrid {
  constructor(boxes = []) {
    this.cells = new Map();
    for (const box of boxes) this.add(box);
  }

  add(box) {
    for (let x = Math.floor(box.left / CELL); x <= Math.floor(box.right / CELL); x++) {
      for (let y = Math.floor(box.top / CELL); y <= Math.floor(box.bottom / CELL); y++) {
        const key = x * 65536 + y;
        if (this.cells.has(key)) this.cells.get(key).push(box);
        else this.cells.set(key, [box]);
      }
    }
  }

  /** Return whether a box is free of all boxes but those of its owner: a name may touch its own sign. */
  isFree(box) {
    const overlapsAnother = (other) => other.right > box.left && other.left < box.right && other.bottom > box.top && other.top < box.bottom
      && (box.owner === null || other.owner !== box.owner);
    for (let x = Math.floor(box.left / CELL); x <= Math.floor(box.right / CELL); x++) {
      for (let y = Math.floor(box.top / CELL); y <= Math.floor(box.bottom / CELL); y++) {
        if (this.cells.get(x * 65536 + y)?.some(overlapsAnother)) return false;
      }
    }
    return true;
  }
}

/** The area of the network with its margin, at a scale: names stay inside it, as in the view of the whole network. */
class Sheet {
  constructor({ x, y, width, height }, scale, extent) {
    const margin = marginIn(extent, MARGIN);
    this.middle = { x: x * scale, y: y * scale };
    this.across = Math.max((width * scale + margin.across) / 2, Math.min(WIDEST_LABEL, extent.width / 2));
    this.down = Math.max((height * scale + margin.down) / 2, Math.min(WIDEST_LABEL, extent.height / 2));
  }

  isFree({ left, right, top, bottom }) {
    return Math.max(right - this.middle.x, this.middle.x - left) <= this.across
      && Math.max(bottom - this.middle.y, this.middle.y - top) <= this.down;
  }
}

/** Measures, wraps and places labels; it keeps the measurements until the language changes. */
class Labels {
  constructor() {
    this.context = document.createElement("canvas").getContext("2d");
    this.cache = new Map();
  }

  forget() {
    this.cache.clear();
  }

  fontOf(style) {
    return `${style.italic ? "italic " : ""}${style.weight} ${style.size}px ${FONT}`;
  }

  /** Return the lines of a text in a style, with their extent in pixels. */
  set(text, styleName) {
    const key = `${styleName}\n${text}`;
    if (!this.cache.has(key)) this.cache.set(key, this.#measure(text, LABEL_STYLES[styleName]));
    return this.cache.get(key);
  }

  /** Measure in a style; to set a font again takes longer than to measure a word. */
  #use(style) {
    const font = this.fontOf(style);
    if (font !== this.font) this.context.font = this.font = font;
  }

  #measure(text, style) {
    this.#use(style);
    const measure = (part) => this.context.measureText(part).width;
    const lines = wrapText(text, style, measure);
    const width = Math.max(...lines.map(measure));
    const cut = occurrences(lines.join(""), "…") > occurrences(text, "…");
    return { lines, width, height: lines.length * style.size * LINE_HEIGHT, style, cut };
  }

  /** Return the width of a line of text in pixels. */
  widthOf(text, { size, weight = 400, italic = false }) {
    this.#use({ size, weight, italic });
    return this.context.measureText(text).width;
  }

  /** Return the first side of a sign that is free, in this order, or null. */
  placeAround(block, at, radius, grids, owner, sides) {
    for (const side of sides) {
      const place = beside(at, radius, side, block);
      const box = boxOf(place, block, owner);
      if (grids.every((grid) => grid.isFree(box))) return { ...place, block, box, side };
    }
    return null;
  }

  /** Return a free place along a line, or null; `at` gives the point at a share of its way. */
  placeAlong(block, at, grid) {
    for (const share of [0.5, 0.6, 0.4, 0.7, 0.3]) {
      const { x, y } = at(share);
      const place = { x, y: y - block.height / 2, align: "center" };
      const box = boxOf(place, block, null);
      if (grid.isFree(box)) return { ...place, block, box };
    }
    return null;
  }

  /** Draw a placed label with a rim in the ground's colour, so that lines beneath do not cut it. */
  draw(context, { block, align, x, y }, ink, ground) {
    context.font = this.fontOf(block.style);
    context.textAlign = align;
    context.textBaseline = "top";
    context.lineJoin = "round";
    context.lineWidth = 3.5;
    context.strokeStyle = ground;
    context.fillStyle = ink;
    block.lines.forEach((line, row) => {
      const top = y + row * block.style.size * LINE_HEIGHT + 1;
      context.strokeText(line, x, top);
      context.fillText(line, x, top);
    });
  }
}

/** Return the position of a block at a side of a sign. */
function beside({ x, y }, radius, [across, down], { width, height }) {
  if (across % 1 !== 0) return beside({ x: x + across * 0.6 * width, y }, radius, [0, down], { height });
  if (down % 1 !== 0) return beside({ x, y: y + down * 0.6 * height }, radius, [across, 0], { height });
  const corner = across !== 0 && down !== 0;
  const gap = corner ? radius * 0.75 + 2 : radius + 4;
  return {
    x: x + across * gap,
    y: down === 0 ? y - height / 2 : down > 0 ? y + gap : y - gap - height,
    align: { "-1": "right", 0: "center", 1: "left" }[across],
  };
}

/** Return the sides of a sign, first those that look in a direction. */
function sidesFacing(direction) {
  return [...SIDES].sort((a, b) => facing(b, direction) - facing(a, direction));
}

/** Return how far a side looks in a direction: 1 in it, -1 against it. */
function facing([across, down], { x, y }) {
  return (across * x + down * y) / (Math.hypot(across, down) * Math.hypot(x, y) || 1);
}

function boxOf({ x, y, align }, { width, height }, owner) {
  const shift = { center: width / 2, left: 0, right: width }[align];
  return { left: x - shift - 3, right: x - shift + width + 3, top: y - 1, bottom: y + height + 1, owner };
}

/** Break a text into a few lines at spaces, hyphens and slashes; the last line ends in "…" if the text is longer. */
function wrapText(text, { width, lines: most }, measure) {
  const shortened = Array.from(text).slice(0, LONGEST_LABEL).join("");
  const parts = shortened.replace(/([-/–])(?=\S)/g, "$1\u200b").split(/(\s+|\u200b)/);
  const lines = [""];
  for (let n = 0; n < parts.length; n += 2) {
    const joint = n > 0 && parts[n - 1] !== "\u200b" ? " " : "";
    const longer = lines.at(-1) === "" ? parts[n] : lines.at(-1) + joint + parts[n];
    if (lines.at(-1) === "" || measure(longer) <= width) lines[lines.length - 1] = longer;
    else lines.push(parts[n]);
    if (lines.length > most) break;
  }
  const fitting = lines.slice(0, most).map((line) => cutTo(line, width * 1.15, measure));
  if ((lines.length > most || shortened.length < text.length) && !fitting.at(-1).endsWith("…")) {
    fitting[fitting.length - 1] = cutTo(`${fitting.at(-1).replace(/[\s–-]+$/, "")}…`, width * 1.15, measure);
  }
  return fitting;
}

/** Return how often a character occurs in a text. */
function occurrences(text, sign) {
  return text.split(sign).length - 1;
}

function cutTo(line, width, measure) {
  if (measure(line) <= width) return line;
  const signs = Array.from(line);
  while (signs.length > 1 && measure(`${signs.join("")}…`) > width) signs.pop();
  return `${signs.join("")}…`;
}
