"use strict";

const FOOT_LINE = 16;
const FOOT_WIDTH = 150; // characters in a line of the foot

/** The visible part of the picture as SVG: light, with title, legend and what it rests on. */
class Drawing {
  constructor(model, picture) {
    this.model = model;
    this.picture = picture;
    this.width = Math.max(picture.container.clientWidth, 600);
    this.legend = this.#legendRows();
    this.foot = this.#footLines();
    this.top = 44;
    this.middle = Math.max(picture.container.clientHeight, 400);
    this.height = this.top + this.middle + 22 * this.legend.length + FOOT_LINE * this.foot.length + 24;
  }

  svg() {
    const { width, height, top, middle } = this;
    const below = top + middle + 18;
    const sheet = [
      tag("rect", { width, height, fill: LIGHT_GROUND }),
      textTag(this.model.tell(this.model.data.title), { x: 16, y: 28, size: 17, weight: 600 }),
      tag("svg", { x: 0, y: top, width, height: middle, overflow: "hidden" }, this.#map()),
      ...this.legend.map((row, n) => this.#legendRow(row, below + 22 * n)),
      ...this.foot.map((line, n) => textTag(line, { x: 16, y: below + 22 * this.legend.length + FOOT_LINE * n + 4, size: 11, ink: "#565f69" })),
    ].join("\n");
    return tag("svg", { xmlns: "http://www.w3.org/2000/svg", viewBox: `0 0 ${width} ${height}`, width, height }, sheet);
  }

  // --- the map ---

  #map() {
    const { scene, network } = this.picture;
    const at = (place) => ({ ...network.canvasToDOM({ x: place.x, y: place.y }), radius: place.radius * network.getScale() });
    const focus = scene.focus();
    const lit = focus && { places: new Set(focus.places), lines: new Set(focus.lines) };
    const inView = ({ x, y, radius }) => x + radius > 0 && y + radius > 0 && x - radius < this.width && y - radius < this.middle;
    const lines = scene.visibleLines().map((line) => this.#line(line, at, lit));
    const signs = scene.visiblePlaces().map((place) => [place, at(place)]).filter(([, seen]) => inView(seen))
      .map(([place, seen]) => this.#sign(place, seen, lit));
    return [...lines, ...signs, ...this.picture.painter.drawn.map((name) => this.#name(name))].join("\n");
  }

  #line(line, at, lit) {
    const [from, to] = [at(line.from), at(line.to)];
    const strong = lit?.lines.has(line);
    const ink = strong ? "#59636e" : "#bcc2ca";
    const opacity = lit && !strong ? 0.3 : null;
    const ends = { x1: round(from.x), y1: round(from.y), x2: round(to.x), y2: round(to.y) };
    return tag("line", { ...ends, stroke: ink, "stroke-width": strong ? 1.6 : 1, opacity })
      + tag("path", { d: this.#arrow(line, to, strong ? 9 : 6), fill: ink, opacity });
  }

  #arrow({ ux, uy }, { x, y, radius }, length) {
    const [tipX, tipY, half] = [x - ux * (radius + 1), y - uy * (radius + 1), length * 0.37];
    const [backX, backY] = [tipX - ux * length, tipY - uy * length];
    const corners = [[tipX, tipY], [backX - uy * half, backY + ux * half], [backX + uy * half, backY - ux * half]];
    return `M${corners.map((corner) => corner.map(round).join(" ")).join("L")}Z`;
  }

  #sign(place, seen, lit) {
    const paint = paintOf(this.model.kinds.get(place.node.kind)?.color, LIGHT_GROUND);
    return tag("path", {
      d: shapeData(SHAPES[place.shape], seen), fill: paint.fill, stroke: paint.line, opacity: lit && !lit.places.has(place) ? 0.3 : null,
    }, tag("title", {}, escapeXml(this.model.name(place.node))));
  }

  #name({ block, align, x, y, thing }) {
    const anchor = { left: "start", right: "end", center: "middle" }[align];
    const { size, weight, italic } = block.style;
    return block.lines.map((line, row) => textTag(line, {
      x, y: y + row * size * LINE_HEIGHT + size, size, weight, anchor, italic, rim: true, ink: thing ? "#1b2127" : "#565f69",
    })).join("");
  }

  // --- legend and foot ---

  #legendRows() {
    const used = new Set(this.model.visibleNodes().map((node) => node.kind));
    const kinds = [...this.model.kinds.values()].filter(({ id }) => used.has(id));
    const inRow = Math.max(Math.floor((this.width - 32) / 190), 1);
    return Array.from({ length: Math.ceil(kinds.length / inRow) }, (_, n) => kinds.slice(n * inRow, (n + 1) * inRow));
  }

  #legendRow(kinds, y) {
    return kinds.map((kind, n) => {
      const paint = paintOf(kind.color, LIGHT_GROUND);
      const [x, shape] = [16 + n * 190, SHAPES[shapeOf(kind)]];
      return tag("path", { d: shapeData(shape, { x: x + 6, y: y - 4, radius: 6 * shape.weight }), fill: paint.fill, stroke: paint.line })
        + textTag(this.model.tell(kind.plural ?? kind.label), { x: x + 20, y, size: 12 });
    }).join("");
  }

  #footLines() {
    const most = Math.floor(this.width / 6.2);
    return this.model.tell(this.model.data.foot).split("\n").flatMap((line) => wrapWords(line, Math.min(most, FOOT_WIDTH)));
  }
}

function tag(name, attributes, content = "") {
  const written = Object.entries(attributes).filter(([, value]) => value !== null && value !== undefined)
    .map(([key, value]) => ` ${key}="${escapeXml(String(value))}"`).join("");
  return content === "" ? `<${name}${written}/>` : `<${name}${written}>${content}</${name}>`;
}

function textTag(content, { x, y, size, weight = 400, anchor = null, italic = false, rim = false, ink = "#1b2127" }) {
  return tag("text", {
    x: round(x), y: round(y), "font-family": FONT, "font-size": size, "font-weight": weight, "text-anchor": anchor,
    "font-style": italic ? "italic" : null, fill: ink,
    stroke: rim ? LIGHT_GROUND : null, "stroke-width": rim ? 3.5 : null, "stroke-linejoin": rim ? "round" : null, "paint-order": rim ? "stroke" : null,
  }, escapeXml(content));
}

/** Text for XML: what it has no sign for (most control characters) goes. */
function escapeXml(content) {
  return content.replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, "").replace(/\p{Surrogate}/gu, "\ufffd")
    .replace(/[<>&"]/g, (char) => `&#${char.charCodeAt(0)};`);
}

function round(value) {
  return Math.round(value * 10) / 10;
}

function wrapWords(line, most) {
  const lines = [""];
  for (const word of line.split(" ")) {
    if (lines.at(-1).length + word.length > most && lines.at(-1) !== "") lines.push("");
    lines[lines.length - 1] += `${lines.at(-1) === "" ? "" : " "}${word}`;
  }
  return lines;
}
