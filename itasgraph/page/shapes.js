"use strict";

// One geometry for legend, panel and picture: outlines around (0, 0) for radius 1, as vis-network draws them.

const SHAPES = {
  dot: { outline: "M1 0A1 1 0 1 1-1 0A1 1 0 1 1 1 0Z", weight: 1 },
  square: { outline: "M-1-1H1V1H-1Z", weight: 0.87 },
  diamond: { outline: "M0 1L1 0L0-1L-1 0Z", weight: 1.2 },
  triangle: { outline: triangleOutline(1), weight: 1.05 },
  triangleDown: { outline: triangleOutline(-1), weight: 1.05 },
  star: { outline: starOutline(), weight: 1.2 },
  hexagon: { outline: hexagonOutline(), weight: 1.05 },
};

function triangleOutline(direction) {
  const side = 1.15;
  const shift = 0.275 * side * direction;
  const inner = (Math.sqrt(3) / 3) * side * direction;
  const tip = shift - 2 * inner;
  return `M0 ${tip}L${side} ${shift + inner}L${-side} ${shift + inner}Z`;
}

function starOutline() {
  const points = Array.from({ length: 10 }, (_, n) => {
    const radius = 0.82 * (n % 2 === 0 ? 1.3 : 0.5);
    const angle = (n * Math.PI) / 5;
    return `${radius * Math.sin(angle)} ${0.082 - radius * Math.cos(angle)}`;
  });
  return `M${points.join("L")}Z`;
}

function hexagonOutline() {
  const points = Array.from({ length: 6 }, (_, n) => `${Math.cos((n * Math.PI) / 3)} ${Math.sin((n * Math.PI) / 3)}`);
  return `M${points.join("L")}Z`;
}

function shapeOf(kind) {
  return SHAPES[kind?.shape] ? kind.shape : "dot";
}

/** The sign of a kind as inline SVG; the colours follow the theme through custom properties. */
function shapeIcon(kind) {
  const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  svg.setAttribute("viewBox", "-1.35 -1.35 2.7 2.7");
  svg.setAttribute("class", "sign");
  svg.setAttribute("aria-hidden", "true");
  const path = document.createElementNS("http://www.w3.org/2000/svg", "path");
  const shape = SHAPES[shapeOf(kind)];
  path.setAttribute("d", shape.outline);
  path.setAttribute("transform", `scale(${shape.weight})`);
  const light = paintOf(kind?.color, LIGHT_GROUND);
  const dark = paintOf(kind?.color, DARK_GROUND);
  svg.style.cssText = `--light:${light.fill};--light-line:${light.line};--dark:${dark.fill};--dark-line:${dark.line}`;
  svg.append(path);
  return svg;
}

// --- colours: a kind has one colour, both grounds must show it ---

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

/** Contrast as WCAG 2 counts it. */
function contrast(a, b) {
  const [low, high] = [luminance(a), luminance(b)].sort((x, y) => x - y);
  return (high + 0.05) / (low + 0.05);
}

/** Move a colour away from the ground until it stands out three to one (WCAG 1.4.11). */
function standingOut(rgb, ground) {
  const target = luminance(ground) > 0.5 ? 0 : 255;
  let mixed = rgb;
  for (let share = 0.05; contrast(mixed, ground) < 3 && share <= 1; share += 0.05) {
    mixed = rgb.map((value) => Math.round(value + (target - value) * share));
  }
  return mixed;
}

/** Fill and outline of a sign: pale colours keep their fill on light ground and get a darker outline. */
function paintOf(color, ground) {
  const rgb = channels(color);
  const line = standingOut(rgb, channels(ground));
  const fill = ground === DARK_GROUND ? line : rgb;
  return { fill: `rgb(${fill.join(",")})`, line: `rgb(${line.join(",")})` };
}
