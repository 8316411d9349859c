"use strict";

// A map is drawn in the same way on the screen and into a file: as filled and stroked paths, and as names.

/** The canvas on the screen, in pixels of the window. */
class CanvasSurface {
  constructor(context, labels) {
    this.context = context;
    this.labels = labels;
  }

  /** Draw what `trace` adds to a path; `fill` and `line` are colours, or absent. */
  path(trace, { fill = null, line = null, width = 1, dash = null, alpha = 1 }) {
    const { context } = this;
    context.globalAlpha = alpha;
    context.beginPath();
    trace(context);
    if (fill !== null) {
      context.fillStyle = fill;
      context.fill();
    }
    if (line !== null) {
      context.strokeStyle = line;
      context.lineWidth = width;
      context.setLineDash(dash ?? []);
      context.stroke();
      context.setLineDash([]);
    }
    context.globalAlpha = 1;
  }

  /** Draw a placed name in a colour, with a rim in the colour of its ground. */
  label(name, { ink, ground, alpha = 1 }) {
    this.context.globalAlpha = alpha;
    this.labels.draw(this.context, name, ink, ground);
    this.context.globalAlpha = 1;
  }
}

/** A drawing in a file, as elements of SVG. */
class SvgSurface {
  constructor() {
    this.elements = [];
  }

  /** Draw what `trace` adds to a path; `title` is the name that a pointer on it sees. */
  path(trace, { fill = null, line = null, width = 1, dash = null, alpha = 1, title = null }) {
    const data = new PathData();
    trace(data);
    this.elements.push(tag("path", {
      d: data.text(), fill: fill ?? "none", stroke: line, "stroke-width": line && width, "stroke-dasharray": dash && dash.join(" "),
      opacity: alpha === 1 ? null : alpha,
    }, title === null ? "" : tag("title", {}, escapeXml(title))));
  }

  label({ block, align, x, y }, { ink, ground, alpha = 1 }) {
    const anchor = { left: "start", right: "end", center: "middle" }[align];
    const { size, weight, italic } = block.style;
    const lines = block.lines.map((line, row) => textTag(line, {
      x, y: y + row * size * LINE_HEIGHT + size, size, weight, anchor, italic, rim: ground, ink,
    }));
    this.elements.push(alpha === 1 ? lines.join("") : tag("g", { opacity: alpha }, lines.join("")));
  }
}

/** Collects the path that is drawn on it, as a canvas does, as path data of SVG. */
class PathData {
  constructor() {
    this.parts = [];
  }

  #add(letter, ...points) {
    this.parts.push(letter + points.map(round).join(" "));
  }

  moveTo(x, y) { this.#add("M", x, y); }
  lineTo(x, y) { this.#add("L", x, y); }
  quadraticCurveTo(cx, cy, x, y) { this.#add("Q", cx, cy, x, y); }
  closePath() { this.parts.push("Z"); }

  /** Add a whole circle. */
  arc(x, y, radius) {
    this.parts.push(shapeData(SHAPES.dot, { x, y, radius }));
  }

  rect(x, y, width, height) {
    tracePoints(this, [{ x, y }, { x: x + width, y }, { x: x + width, y: y + height }, { x, y: y + height }]);
    this.closePath();
  }

  text() {
    return this.parts.join("");
  }
}
