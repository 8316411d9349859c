"use strict";

const SHEET_MARGIN = 16;
const TITLE = { size: 17, weight: 600, line: 22 };
const LEGEND = { size: 12, line: 22, sign: 20, gap: 24 };
const FOOT = { size: 11, line: 16, widest: 900 };
const LINE_INK = { plain: "#bcc2ca", highlight: "#59636e" };

/** The visible part of the picture as SVG: in light colours, with title, legend and sources. */
class Drawing {
  /** With a `size`, the whole sheet has it, and the view is as large as fits; else the sheet is as wide as the window. */
  constructor(model, picture, size = null) {
    this.model = model;
    this.picture = picture;
    this.labels = picture.painter.labels;
    const { width, height } = picture.view();
    this.width = size?.width ?? Math.max(width, 600);
    this.title = this.#wrapped(this.model.translate(this.model.data.title), TITLE);
    this.legend = this.#legendRows();
    this.foot = this.model.translate(this.model.data.foot).split("\n").flatMap((line) => this.#wrapped(line, FOOT));
    this.top = SHEET_MARGIN + TITLE.line * this.title.length + 6;
    const around = this.top + LEGEND.line * this.legend.length + FOOT.line * this.foot.length + 24;
    this.view = size ? picture.viewIn({ width: size.width, height: Math.max(size.height - around, size.height / 2) })
      : picture.view({ width: this.width, height: Math.max(height, 400) });
    this.height = around + this.view.height;
  }

  /** Break a text at spaces, so that each line fits the sheet. */
  #wrapped(text, { widest = Infinity, ...style }) {
    const most = Math.min(this.width - 2 * SHEET_MARGIN, widest);
    const lines = [""];
    for (const word of text.split(" ")) {
      const longer = lines.at(-1) === "" ? word : `${lines.at(-1)} ${word}`;
      if (lines.at(-1) === "" || this.labels.widthOf(longer, style) <= most) lines[lines.length - 1] = longer;
      else lines.push(word);
    }
    return lines;
  }

  svg() {
    const { width, height, top } = this;
    const bottom = top + this.view.height + 18;
    const footTop = bottom + LEGEND.line * this.legend.length + 4;
    const sheet = [
      tag("rect", { width, height, fill: LIGHT_GROUND }),
      ...this.title.map((line, n) => textTag(line, { ...TITLE, x: SHEET_MARGIN, y: SHEET_MARGIN + 12 + TITLE.line * n })),
      tag("svg", { x: 0, y: top, width, height: this.view.height, overflow: "hidden" }, this.#map()),
      ...this.legend.flatMap((row, n) => row.map((entry) => this.#legendEntry(entry, bottom + LEGEND.line * n))),
      ...this.foot.map((line, n) => textTag(line, { x: SHEET_MARGIN, y: footTop + FOOT.line * n, size: FOOT.size, ink: "#565f69" })),
    ].join("\n");
    return tag("svg", { xmlns: "http://www.w3.org/2000/svg", viewBox: `0 0 ${width} ${height}`, width, height }, sheet);
  }

  // --- the map ---

  #map() {
    const { scene, painter } = this.picture;
    const { view } = this;
    if (this.picture.isDrawnAsMap) {
      const surface = new SvgSurface();
      painter.drawInto(surface, view, this.picture.atHome);
      return surface.elements.join("\n");
    }
    const at = (place) => ({ x: place.x * view.scale + view.x, y: place.y * view.scale + view.y, radius: (place.radius ?? 0) * view.scale });
    const focus = scene.focus();
    const highlight = focus && { places: new Set(focus.places), lines: new Set(focus.lines) };
    const inView = ({ x, y, radius }) => x + radius > 0 && y + radius > 0 && x - radius < view.width && y - radius < view.height;
    const lines = scene.visibleLines().map((line) => this.#line(line, at, highlight));
    const signs = scene.visiblePlaces().map((place) => [place, at(place)]).filter(([, position]) => inView(position))
      .map(([place, position]) => this.#sign(place, position, highlight));
    const isNew = (place) => this.model.filters.isNew(place.node);
    const rings = scene.visiblePlaces().filter(isNew).map((place) => this.#ring(at(place), { wider: 1, gap: RING_GAP, width: NEW_RING }));
    return [...lines, ...signs, ...rings, this.#selectionRing(at), ...painter.namesIn(view).map((name) => this.#name(name))].join("\n");
  }

  /** Return the ring around the selection as SVG. */
  #selectionRing(at) {
    const { scene } = this.picture;
    const place = scene.places.get(scene.selection.entity);
    if (!place || !scene.isVisible(place)) return "";
    return this.#ring(at(place), RING);
  }

  #ring({ x, y, radius }, { wider, gap, width }) {
    return tag("circle", { cx: round(x), cy: round(y), r: round(radius * wider + gap), fill: "none", stroke: "#0b5876", "stroke-width": width });
  }

  #line(line, at, highlight) {
    const [from, to] = [at(line.from), at(line.to)];
    const strong = highlight?.lines.has(line);
    const ink = strong ? LINE_INK.highlight : LINE_INK.plain;
    const opacity = highlight && !strong ? 0.3 : null;
    return tag("path", {
      d: lineData(from, to, line.via && at(line.via)), fill: "none", stroke: ink, "stroke-width": line.thickness + (strong ? 0.6 : 0),
      "stroke-dasharray": line.edge.near ? DASH.join(" ") : null, opacity,
    }) + (line.edge.symmetric ? "" : tag("path", { d: this.#arrow(line, to, strong ? 9 : 6), fill: ink, opacity }));
  }

  #arrow({ ux, uy }, { x, y, radius }, length) {
    const [tipX, tipY, half] = [x - ux * (radius + 1), y - uy * (radius + 1), length * 0.37];
    const [backX, backY] = [tipX - ux * length, tipY - uy * length];
    const corners = [[tipX, tipY], [backX - uy * half, backY + ux * half], [backX + uy * half, backY - ux * half]];
    return `M${corners.map((corner) => corner.map(round).join(" ")).join("L")}Z`;
  }

  #sign(place, position, highlight) {
    const paint = paintOf(this.model.kinds.get(place.node.kind)?.color, LIGHT_GROUND);
    const isGone = this.model.isGone(place.node);
    return tag("path", {
      d: shapeData(SHAPES[place.shape], position), fill: isGone ? LIGHT_GROUND : paint.fill, stroke: isGone ? paint.fill : paint.line,
      "stroke-dasharray": isGone ? "3 2.4" : null, opacity: highlight && !highlight.places.has(place) ? 0.3 : null,
    }, tag("title", {}, escapeXml(this.model.name(place.node))));
  }

  #name({ block, align, x, y, entity }) {
    const anchor = { left: "start", right: "end", center: "middle" }[align];
    const { size, weight, italic } = block.style;
    return block.lines.map((line, row) => textTag(line, {
      x, y: y + row * size * LINE_HEIGHT + size, size, weight, anchor, italic, rim: LIGHT_GROUND, ink: entity && !this.model.isGone(this.model.nodes.get(entity)) ? "#1b2127" : "#565f69",
    })).join("");
  }

  // --- legend and foot ---

  /** Return the rows of the legend: each visible kind with the position of its sign, and the dashed line where there is one. */
  #legendRows() {
    const used = new Set(this.model.visibleNodes().map((node) => node.kind));
    const kinds = [...this.model.kinds.values()].filter(({ id }) => used.has(id));
    const entries = kinds.map((kind) => ({ kind, text: this.model.translate(kind.plural ?? kind.label) }));
    if (this.picture.isDrawnAsMap) entries.push(...mapKeyList(this.model).map((key) => ({ kind: null, key, text: this.model.say(key.key) })));
    if (this.model.visibleEdges().some(({ near }) => near)) entries.push({ kind: null, text: this.model.say("lineNear") });
    if (!this.model.filters.isLaidOut) entries.push({ kind: null, key: sizeKey(this.model), text: this.model.say(sizeKey(this.model).key) });
    const rows = [[]];
    let x = SHEET_MARGIN;
    for (const entry of entries) {
      const width = signWidth(entry) + this.labels.widthOf(entry.text, LEGEND) + LEGEND.gap;
      if (rows.at(-1).length > 0 && x + width - LEGEND.gap > this.width - SHEET_MARGIN) {
        rows.push([]);
        x = SHEET_MARGIN;
      }
      rows.at(-1).push({ ...entry, x });
      x += width;
    }
    return rows;
  }

  #legendEntry({ kind, key, text, x }, y) {
    if (key) return keyDrawing(key, x, y - 4) + textTag(text, { x: x + signWidth({ key }), y, size: LEGEND.size });
    return (kind ? this.#legendSign(kind, x, y) : tag("path", {
      d: lineData({ x: x - 2, y: y - 4 }, { x: x + 15, y: y - 4 }), stroke: LINE_INK.highlight, "stroke-width": 1.5, "stroke-dasharray": DASH.join(" "),
    })) + textTag(text, { x: x + LEGEND.sign, y, size: LEGEND.size });
  }

  #legendSign(kind, x, y) {
    const ink = { fill: kind.isTopic ? LIGHT_GROUND : MAP_LIGHT.ink, line: MAP_LIGHT.ink };
    const paint = this.model.isMap ? ink : paintOf(kind.color, LIGHT_GROUND);
    const shape = SHAPES[shapeOf(kind)];
    return tag("path", { d: shapeData(shape, { x: x + 6, y: y - 4, radius: 6 * shape.weight }), fill: paint.fill, stroke: paint.line });
  }
}

/** Return the room for the sign or line of an entry in the legend. */
function signWidth({ key }) {
  return key ? (key.width ?? KEY_WIDTH) + 8 : LEGEND.sign;
}

/** Return a line, or a curve around a control point, as path data. */
function lineData(from, to, via = null) {
  const [a, b, c] = [from, to, via].map((point) => point && `${round(point.x)} ${round(point.y)}`);
  return via ? `M${a}Q${c} ${b}` : `M${a}L${b}`;
}

function tag(name, attributes, content = "") {
  const attributeText = Object.entries(attributes).filter(([, value]) => value !== null && value !== undefined)
    .map(([key, value]) => ` ${key}="${escapeXml(String(value))}"`).join("");
  return content === "" ? `<${name}${attributeText}/>` : `<${name}${attributeText}>${content}</${name}>`;
}

function textTag(content, { x, y, size, weight = 400, anchor = null, italic = false, rim = null, ink = "#1b2127" }) {
  return tag("text", {
    x: round(x), y: round(y), "font-family": FONT, "font-size": size, "font-weight": weight, "text-anchor": anchor,
    "font-style": italic ? "italic" : null, fill: ink,
    stroke: rim, "stroke-width": rim ? 3.5 : null, "stroke-linejoin": rim ? "round" : null, "paint-order": rim ? "stroke" : null,
  }, escapeXml(content));
}

/** Return text for XML, without the control characters that XML does not allow. */
function escapeXml(content) {
  // eslint-disable-next-line no-control-regex -- XML 1.0 does not allow these
  return content.replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, "").replace(/\p{Surrogate}/gu, "\ufffd")
    .replace(/[<>&"]/g, (char) => `&#${char.charCodeAt(0)};`);
}

function round(value) {
  return Math.round(value * 10) / 10;
}
