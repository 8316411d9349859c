"use strict";

const ALWAYS_NAMED = 28; // so many of the most important names are allowed at any zoom
const STRONGLY_NAMED = 12; // so many of these are set bold
const STRONG_STYLES = ["strong", "bold"]; // the first in which a name finds room
const SMALL_STYLES = ["small"];
const WEAK_STYLES = ["plain", "narrow"];
const SURELY_NAMED = 5; // so many of these may even lie over smaller signs
const SMALL_SCALE = 0.5; // below this the bold names are set smaller
const SMALLEST_NAMED = 4.2; // below this radius in pixels a sign has no name, unless it is among those
const SMALLEST_ARROWS = 0.35; // below this scale arrow heads would be specks
const CLEAR_OF_OTHERS = 4; // pixels between a name and a sign that is not its own
const MANY_LINES = 6000; // beyond this, lines are left out while the picture moves
const DENSE_LINES = 2500; // beyond this, lines grow fainter, so that signs stay visible
const FAINTEST = 0.25;
const MANY_SIGNS = 1500; // beyond this, names are not placed anew while the picture moves
const SPECK = 1.5; // below this radius in pixels a sign has no corners
const MOST_RELATION_NAMES = 40;
const ZOOM_STEP = 1.05;

/** Draws the picture: lines below the signs; names, and all that is lit, above them. */
class Painter {
  constructor(scene) {
    this.scene = scene;
    this.labels = new Labels();
    this.drawn = []; // the names in the window, so that they can be clicked
    this.kept = null; // the names placed for the current zoom step
    this.held = null; // the name under the pointer, where it stood when the pointer came
  }

  /** Filters have changed: place the names anew. */
  forgetPlaces() {
    this.kept = null;
  }

  /** The language has changed: measure them, too. */
  forget() {
    this.labels.forget();
    this.forgetPlaces();
  }

  draw(context, moving) {
    const view = viewOf(context);
    if (!moving || this.scene.lines.size <= MANY_LINES) this.#drawLines(context, view);
    this.#drawSigns(context, this.scene.visiblePlaces().filter((place) => touches(place, view)), view.scale);
    this.#drawNames(context, view, moving && this.scene.places.size > MANY_SIGNS);
  }

  /** Whose name stands at a point of the window? Names may move when lit: the one the pointer is on is held. */
  nameAt({ x, y }) {
    const inside = ({ box }) => x >= box.left && x <= box.right && y >= box.top && y <= box.bottom;
    if (this.held === null || !inside(this.held)) {
      this.held = this.drawn.find((name) => name.thing && inside(name)) ?? null;
    }
    return this.held?.thing ?? null;
  }

  // --- below the signs ---

  #drawLines(context, view) {
    const { edge } = this.scene.palette;
    const lines = this.scene.visibleLines().filter((line) => crosses(line, view));
    context.globalAlpha = Math.min(Math.max(DENSE_LINES / lines.length, FAINTEST), 1);
    this.#stroke(context, lines, edge, 1 / view.scale);
    context.globalAlpha = 1;
    if (view.scale > SMALLEST_ARROWS) this.#arrows(context, lines, edge, 1);
  }

  #stroke(context, lines, color, width) {
    context.beginPath();
    for (const { from, to } of lines) {
      context.moveTo(from.x, from.y);
      context.lineTo(to.x, to.y);
    }
    context.strokeStyle = color;
    context.lineWidth = width;
    context.stroke();
  }

  #arrows(context, lines, color, size) {
    const length = 7 * size;
    const half = 2.6 * size;
    context.beginPath();
    for (const { to, ux, uy } of lines) {
      const x = to.x - ux * (to.radius + 2);
      const y = to.y - uy * (to.radius + 2);
      context.moveTo(x, y);
      context.lineTo(x - ux * length - uy * half, y - uy * length + ux * half);
      context.lineTo(x - ux * length + uy * half, y - uy * length - ux * half);
    }
    context.fillStyle = color;
    context.fill();
  }

  /** All signs of a kind in one path: they differ by place only. */
  #drawSigns(context, places, scale) {
    for (const [kind, alike] of groupBy(places, (place) => place.node.kind)) {
      const paint = this.scene.paints.get(kind) ?? paintOf(null, this.scene.kindGround);
      context.beginPath();
      for (const place of alike) this.#trace(context, place, scale);
      context.fillStyle = paint.fill;
      context.fill();
      context.lineWidth = 1.2;
      context.strokeStyle = paint.line;
      if (scale > SMALLEST_ARROWS) context.stroke();
    }
  }

  /** Where corners could not be seen, a square does. */
  #trace(context, place, scale) {
    const { x, y, radius } = place;
    if (radius * scale < SPECK) context.rect(x - radius, y - radius, 2 * radius, 2 * radius);
    else traceShape(context, SHAPES[place.shape], place);
  }

  // --- above the signs ---

  #drawNames(context, view, asBefore) {
    this.#letGoIfMoved(view);
    const focus = this.scene.focus();
    if (focus !== null) this.#drawFocus(context, view, focus);
    const names = focus === null ? this.#mapNames(view, asBefore) : this.#focusNames(view, focus);
    this.drawn = names.map((name) => moved(name, view.x, view.y)).filter(({ box }) => inWindow(box, view));
    context.save();
    context.setTransform(view.ratio, 0, 0, view.ratio, 0, 0); // pixels of the window, not network units
    const { palette } = this.scene;
    for (const name of this.drawn) this.labels.draw(context, name, name.thing ? palette.ink : palette.muted, palette.ground);
    context.restore();
  }

  #letGoIfMoved({ x, y, scale }) {
    const at = [x, y, scale].join();
    if (at !== this.at) this.held = null;
    this.at = at;
  }

  /** Veil everything and draw what is lit once more: no other item has to change for a hover. */
  #drawFocus(context, view, { places, lines }) {
    const { chosen, palette } = this.scene;
    context.globalAlpha = chosen === NOTHING ? 0.7 : 0.84;
    context.fillStyle = palette.ground;
    context.fillRect(view.left, view.top, view.right - view.left, view.bottom - view.top);
    context.globalAlpha = 1;
    this.#stroke(context, lines, palette.lit, 1.5 / view.scale);
    this.#arrows(context, lines, palette.lit, Math.max(1.25, 0.8 / view.scale));
    const line = this.scene.lines.get(chosen.relation);
    if (line) {
      this.#stroke(context, [line], palette.accent, 3 / view.scale);
      this.#arrows(context, [line], palette.accent, Math.max(2, 1.6 / view.scale));
    }
    this.#drawSigns(context, places, view.scale);
    const place = this.scene.places.get(chosen.thing);
    if (place && this.scene.isVisible(place)) this.#drawRing(context, place, view.scale);
  }

  #drawRing(context, place, scale) {
    context.beginPath();
    context.arc(place.x, place.y, place.radius * 1.15 + 5 / scale, 0, 2 * Math.PI);
    context.lineWidth = 2.5 / scale;
    context.strokeStyle = this.scene.palette.accent;
    context.stroke();
  }

  // --- names of the whole map ---

  /** Zoom goes in steps, so that names keep their places while panning and between two steps; `asBefore` any others wait. */
  #mapNames({ scale, width, height }, asBefore) {
    const step = Math.pow(ZOOM_STEP, Math.floor(Math.log(scale) / Math.log(ZOOM_STEP)));
    const key = [step, width, height].join();
    if (this.kept === null || (this.kept.key !== key && !asBefore)) {
      this.kept = { key, step, names: this.#placeNames(step, { width, height }) };
    }
    const growth = scale / this.kept.step - 1;
    return this.kept.names.map((name) => moved(name, name.anchor.x * growth, name.anchor.y * growth));
  }

  #placeNames(scale, extent) {
    const places = this.scene.visiblePlaces();
    // A name keeps farther from every other sign than from its own: else it would be read as that one's.
    const signs = new BoxGrid(places.map((place) => grown(signBox(place, scale), CLEAR_OF_OTHERS)));
    const names = new BoxGrid();
    const sheet = new Sheet(boundsOf(places), scale, extent);
    const placed = [];
    places.forEach((place, rank) => {
      if (rank >= ALWAYS_NAMED && place.radius * scale < SMALLEST_NAMED) return;
      const styles = rank >= STRONGLY_NAMED ? WEAK_STYLES : scale < SMALL_SCALE ? SMALL_STYLES : STRONG_STYLES;
      for (const style of styles) {
        const name = this.#nameOf(place, style, scale, [names, signs, sheet]);
        if (name !== null) return placed.push(name);
      }
      const over = rank < SURELY_NAMED ? this.#nameOf(place, styles[0], scale, [names, sheet]) : null;
      if (over !== null) placed.push(over);
    });
    return placed;
  }

  #nameOf(place, style, scale, grids, sides = SIDES) {
    const block = this.labels.set(this.scene.model.name(place.node), style);
    const anchor = { x: place.x * scale, y: place.y * scale };
    const name = this.labels.placeAround(block, anchor, place.radius * scale, grids, place.id, sides);
    if (name === null) return null;
    grids[0].add(name.box);
    return { ...name, anchor, thing: place.id };
  }

  // --- names of what is lit ---

  #focusNames(view, { centres, places, lines }) {
    const { scale } = view;
    const grid = new BoxGrid(places.map((place) => signBox(place, scale)));
    const whole = { isFree: (box) => isWhole(box, view) }; // better on another side than cut by the window
    const centre = centres.size > 0 ? places.find(({ id }) => centres.has(id)) : null;
    const names = places.map((place) => {
      const isCentre = centres.has(place.id);
      const away = () => (centre ? sidesFacing({ x: place.x - centre.x, y: place.y - centre.y }) : SIDES);
      const [style, sides] = isCentre ? ["chosen", this.#sidesAsBefore(place)] : ["focus", away()];
      return this.#nameOf(place, style, scale, [grid, whole], sides) ?? this.#nameOf(place, style, scale, [grid], sides);
    });
    return names.concat(this.#relationNames(scale, lines, grid)).filter((name) => name !== null);
  }

  /** A name stays on the side where it stands on the map, if it can. */
  #sidesAsBefore(place) {
    const before = this.kept?.names.find(({ thing }) => thing === place.id);
    return before ? [before.side, ...SIDES] : SIDES;
  }

  #relationNames(scale, lines, grid) {
    if (lines.length > MOST_RELATION_NAMES) return [];
    return this.#textsByPair(lines).map(({ from, to, texts }) => {
      const block = this.labels.set([...texts].join(" · "), "relation");
      const at = (place) => ({ x: place.x * scale, y: place.y * scale });
      const name = this.labels.placeAlong(block, at(from), at(to), grid);
      if (name !== null) grid.add(name.box);
      return name;
    });
  }

  /** Two relations between the same things lie on one line: name them together. */
  #textsByPair(lines) {
    const pairs = new Map();
    for (const { edge, from, to } of lines) {
      const key = JSON.stringify([edge.from, edge.to].sort());
      if (!pairs.has(key)) pairs.set(key, { from, to, texts: new Set() });
      pairs.get(key).texts.add(this.scene.model.tell(edge.relation));
    }
    return [...pairs.values()];
  }
}

/** Scale, offset and extent of the view, from the transformation vis-network has set. */
function viewOf(context) {
  const matrix = context.getTransform();
  const ratio = context.canvas.width / (context.canvas.clientWidth || context.canvas.width);
  const scale = matrix.a / ratio;
  const [x, y] = [matrix.e / ratio, matrix.f / ratio];
  const [width, height] = [context.canvas.width / ratio, context.canvas.height / ratio];
  return {
    ratio, scale, x, y, width, height,
    left: -x / scale, top: -y / scale, right: (width - x) / scale, bottom: (height - y) / scale,
  };
}

function crosses({ from, to }, view) {
  return Math.max(from.x, to.x) >= view.left && Math.min(from.x, to.x) <= view.right
    && Math.max(from.y, to.y) >= view.top && Math.min(from.y, to.y) <= view.bottom;
}

function touches({ x, y, radius }, view) {
  return x + radius >= view.left && x - radius <= view.right && y + radius >= view.top && y - radius <= view.bottom;
}

/** Does a box that is yet to be moved to its place lie in the window as a whole? */
function isWhole(box, { x, y, width, height }) {
  return box.left + x >= 0 && box.right + x <= width && box.top + y >= 0 && box.bottom + y <= height;
}

function inWindow(box, view) {
  return box.right > 0 && box.left < view.width && box.bottom > 0 && box.top < view.height;
}

function signBox(place, scale) {
  const radius = place.radius * scale;
  const [x, y] = [place.x * scale, place.y * scale];
  return { left: x - radius, right: x + radius, top: y - radius, bottom: y + radius, owner: place.id };
}

/** A box with more room around it. */
function grown(box, room) {
  return { ...box, left: box.left - room, right: box.right + room, top: box.top - room, bottom: box.bottom + room };
}

function moved(name, dx, dy) {
  const { box } = name;
  return {
    ...name, x: name.x + dx, y: name.y + dy,
    box: { left: box.left + dx, right: box.right + dx, top: box.top + dy, bottom: box.bottom + dy },
  };
}
