"use strict";

// One geometry for legend, panel, picture and saved picture: corners around (0, 0) for radius 1.

/** A dot has no corners. */
const SHAPES = {
  dot: { corners: [], weight: 1 },
  square: { corners: [[-1, -1], [1, -1], [1, 1], [-1, 1]], weight: 0.87 },
  diamond: { corners: [[0, 1], [1, 0], [0, -1], [-1, 0]], weight: 1.2 },
  triangle: { corners: triangle(1), weight: 1.05 },
  triangleDown: { corners: triangle(-1), weight: 1.05 },
  star: { corners: star(), weight: 1.2 },
  hexagon: { corners: regular(6, 90), weight: 1.05 },
  pentagon: { corners: regular(5, 0), weight: 1.1 },
  bar: { corners: [[-1, -0.4], [1, -0.4], [1, 0.4], [-1, 0.4]], weight: 1.2 },
  beam: { corners: [[-1, -1], [1, -1], [1, -0.4], [0.3, -0.4], [0.3, 0.4], [1, 0.4], [1, 1], [-1, 1], [-1, 0.4], [-0.3, 0.4], [-0.3, -0.4], [-1, -0.4]], weight: 0.95 },
  page: { corners: [[-0.75, -1], [0.2, -1], [0.75, -0.45], [0.75, 1], [-0.75, 1]], weight: 1.1 },
  hourglass: { corners: [[-0.9, -1], [0.9, -1], [0.15, 0], [0.9, 1], [-0.9, 1], [-0.15, 0]], weight: 1.05 },
  cross: { corners: [[-0.35, -1], [0.35, -1], [0.35, -0.35], [1, -0.35], [1, 0.35], [0.35, 0.35], [0.35, 1], [-0.35, 1], [-0.35, 0.35], [-1, 0.35], [-1, -0.35], [-0.35, -0.35]], weight: 1.1 },
  spark: { corners: rays(4, 0.38), weight: 1.2 },
  burst: { corners: rays(8, 0.62), weight: 1.15 },
  arrow: { corners: [[0, -1], [0.9, 0], [0.4, 0], [0.4, 1], [-0.4, 1], [-0.4, 0], [-0.9, 0]], weight: 1.1 },
  chevron: { corners: [[-1, -0.9], [0.1, -0.9], [1, 0], [0.1, 0.9], [-1, 0.9], [-0.1, 0]], weight: 1.05 },
  bubble: { corners: [[-1, -0.9], [1, -0.9], [1, 0.4], [0.1, 0.4], [-0.5, 1], [-0.5, 0.4], [-1, 0.4]], weight: 1 },
  pin: { corners: [[0, 1], [-0.7, 0], [-0.65, -0.55], [-0.3, -0.95], [0.3, -0.95], [0.65, -0.55], [0.7, 0]], weight: 1.15 },
  kite: { corners: [[0, -1], [0.65, -0.3], [0, 1], [-0.65, -0.3]], weight: 1.2 },
};

function triangle(direction) {
  const side = 1.15;
  const shift = 0.275 * side * direction;
  const inner = (Math.sqrt(3) / 3) * side * direction;
  return [[0, shift - 2 * inner], [side, shift + inner], [-side, shift + inner]];
}

function star() {
  return Array.from({ length: 10 }, (_, n) => {
    const radius = 0.82 * (n % 2 === 0 ? 1.3 : 0.5);
    const angle = (n * Math.PI) / 5;
    return [radius * Math.sin(angle), 0.082 - radius * Math.cos(angle)];
  });
}

/** Return the corners of a regular polygon; the first is at an angle in degrees, clockwise from the top. */
function regular(count, first) {
  return Array.from({ length: count }, (_, n) => {
    const angle = (first * Math.PI) / 180 + (2 * n * Math.PI) / count;
    return [Math.sin(angle), -Math.cos(angle)];
  });
}

/** Return the corners of a star with rays; between two rays it reaches as far as `inner`. */
function rays(count, inner) {
  return regular(2 * count, 0).map(([x, y], n) => (n % 2 === 0 ? [x, y] : [x * inner, y * inner]));
}

/** Add a sign to the path of a canvas; `to` is anything with moveTo, lineTo, arc and closePath. */
function traceShape(to, { corners }, { x, y, radius }) {
  if (corners.length === 0) {
    to.moveTo(x + radius, y);
    to.arc(x, y, radius, 0, 2 * Math.PI);
    return;
  }
  corners.forEach(([across, down], n) => (n === 0
    ? to.moveTo(x + across * radius, y + down * radius) : to.lineTo(x + across * radius, y + down * radius)));
  to.closePath();
}

/** Return a sign as path data for SVG. */
function shapeData({ corners }, { x, y, radius }) {
  const at = (value) => Math.round(value * 1000) / 1000;
  if (corners.length === 0) {
    const arc = `A${at(radius)} ${at(radius)} 0 1 1`;
    return `M${at(x + radius)} ${at(y)}${arc} ${at(x - radius)} ${at(y)}${arc} ${at(x + radius)} ${at(y)}Z`;
  }
  return `M${corners.map(([across, down]) => `${at(x + across * radius)} ${at(y + down * radius)}`).join("L")}Z`;
}

function shapeOf(kind) {
  return SHAPES[kind?.shape] ? kind.shape : "dot";
}

/** Return the sign of a kind as inline SVG; its colours follow the theme through custom properties. */
function shapeIcon(kind) {
  const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  svg.setAttribute("viewBox", "-1.35 -1.35 2.7 2.7");
  svg.setAttribute("class", kind?.isTopic ? "sign hollow" : "sign");
  svg.setAttribute("aria-hidden", "true");
  const path = document.createElementNS("http://www.w3.org/2000/svg", "path");
  const shape = SHAPES[shapeOf(kind)];
  path.setAttribute("d", shapeData(shape, { x: 0, y: 0, radius: 1 }));
  path.setAttribute("transform", `scale(${shape.weight})`);
  const light = paintOf(kind?.color, LIGHT_GROUND);
  const dark = paintOf(kind?.color, DARK_GROUND);
  svg.style.cssText = `--light:${light.fill};--light-line:${light.line};--dark:${dark.fill};--dark-line:${dark.line}`;
  svg.append(path);
  return svg;
}

// --- colours: a kind has one colour, which must be visible on both grounds ---

const LIGHT_GROUND = "#faf9f6";
const DARK_GROUND = "#15181c";
const FALLBACK_COLOR = "#6b7280";

function channels(color) {
  const hex = /^#([0-9a-f]{6})$/i.exec(color ?? "")?.[1] ?? FALLBACK_COLOR.slice(1);
  return [0, 2, 4].map((at) => parseInt(hex.slice(at, at + 2), 16));
}

function luminance(rgb) {
  const [r, g, b] = rgb.map((value) => {
    const part = value / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

/** Return the contrast of two colours as WCAG 2 defines it. */
function contrast(a, b) {
  const [low, high] = [luminance(a), luminance(b)].sort((x, y) => x - y);
  return (high + 0.05) / (low + 0.05);
}

/** Change a colour until its contrast to the ground is three to one (WCAG 1.4.11). */
function withContrast(rgb, ground) {
  const target = luminance(ground) > 0.5 ? 0 : 255;
  let mixed = rgb;
  for (let share = 0.05; contrast(mixed, ground) < 3 && share <= 1; share += 0.05) {
    mixed = rgb.map((value) => Math.round(value + (target - value) * share));
  }
  return mixed;
}

/** Return fill and outline of a sign: pale colours keep their fill on light ground and get a darker outline. */
function paintOf(color, ground) {
  const rgb = channels(color);
  const line = withContrast(rgb, channels(ground));
  const fill = ground === DARK_GROUND ? line : rgb;
  return { fill: `rgb(${fill.join(",")})`, line: `rgb(${line.join(",")})` };
}
