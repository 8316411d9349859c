"use strict";

const KEY_WIDTH = 28; // pixels, of a line in the legend
const KEY_HEIGHT = 12; // pixels; an outline is as wide

/** Return how to read the lines and outlines that a map has: {key, trace, look, dash, width}. */
function mapKeyList(model) {
  const ends = [{ x: 1, y: KEY_HEIGHT / 2 }, { x: KEY_WIDTH - 1, y: KEY_HEIGHT / 2 }];
  const taper = (to) => traceTaper(to, ends, [4, 1.2]);
  const outline = (shape) => (to) => traceShape(to, SHAPES[shape], { x: KEY_HEIGHT / 2, y: KEY_HEIGHT / 2, radius: 5 });
  const keys = [
    { key: "lineTapered", trace: taper, look: "weak", isHere: true },
    { key: "lineBetween", trace: taper, look: "strong", isHere: model.data.groups.length > 1 && !model.filters.isInColumns },
    { key: "lineBroader", trace: (to) => tracePoints(to, ends), look: "outline", dash: DOTTED.dash, isHere: Object.hasOwn(model.data.relations, BROADER) },
    { key: "signPlanned", trace: outline(shapeOfPlanned(model)), look: "outline", dash: DASHED_SIGN, width: KEY_HEIGHT, isHere: model.data.planned.length > 0 },
    { key: "signLonely", trace: outline("hexagon"), look: "outline", dash: DASHED_SIGN, width: KEY_HEIGHT, isHere: lonelyTopics(model).length > 0 },
  ];
  return keys.filter(({ isHere }) => isHere);
}

/** Return what the sizes of signs mean, as an entry of the legend: {key, trace, look, width}. */
function sizeKey(model) {
  const trace = (to) => [[5, 2.5], [18, 5]].forEach(([x, radius]) => traceShape(to, SHAPES.dot, { x, y: KEY_HEIGHT / 2, radius }));
  return { key: model.isMap ? "signSizeLines" : "signSize", trace, look: "weak", width: 24 };
}

/** Return the name of the shape that the first planned entity has on the map. */
function shapeOfPlanned({ data, nodes, kinds }) {
  return shapeOf(kinds.get(nodes.get(data.planned[0])?.kind));
}

/** Return the entries of the legend on lines and outlines. */
function mapKeys(model) {
  return element("ul", { class: "legend-keys" }, mapKeyList(model).map((key) => element("li", { class: "legend-line" }, keyIcon(key), element("span", {}, model.say(key.key)))));
}

function keyIcon({ trace, look, dash = null, width = KEY_WIDTH }) {
  const data = new PathData();
  trace(data);
  const [svg, path] = ["svg", "path"].map((name) => document.createElementNS("http://www.w3.org/2000/svg", name));
  svg.setAttribute("viewBox", `0 0 ${width} ${KEY_HEIGHT}`);
  svg.setAttribute("class", `key ${look}`);
  svg.setAttribute("aria-hidden", "true");
  path.setAttribute("d", data.text());
  if (dash !== null) path.setAttribute("stroke-dasharray", dash.join(" "));
  svg.append(path);
  return svg;
}

/** Return a key as SVG at a place in a drawing. */
function keyDrawing({ trace, look, dash = null }, x, y) {
  const data = new PathData();
  trace(data);
  const ink = look === "strong" ? MAP_LIGHT.tie : MAP_LIGHT.muted;
  const paint = look === "outline" ? { fill: "none", stroke: ink, "stroke-width": 1.3, "stroke-dasharray": dash.join(" ") } : { fill: ink };
  return tag("path", { d: data.text(), transform: `translate(${round(x)} ${round(y - KEY_HEIGHT / 2)})`, ...paint });
}
