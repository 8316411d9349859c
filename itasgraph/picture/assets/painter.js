"use strict";

const ALWAYS_NAMED = 28; // the number of the most important names, which are allowed at any zoom
const STRONGLY_NAMED = 12; // the number of these that are bold
const STRONG_STYLES = ["strong", "bold"]; // a name is set in the first style in which it has room
const SMALL_STYLES = ["small"];
const LAST_STYLES = ["small", "smallColumn"]; // for a name that must not be missing
const WEAK_STYLES = ["plain", "narrow"];
const MUST_BE_NAMED = 5; // the number of names that may lie over smaller signs where signs are small
const SMALL_SCALE = 0.5; // below this the bold names are set smaller
const SPECK_SCALE = 0.4; // below this signs are so small that a name may lie over some
// For a name that is cut: styles with more lines, tried once all names have their places.
const STYLES_WITH_MORE_LINES = {
  plain: ["tall", "wide", "column"], narrow: ["tall", "wide", "column"],
  strong: ["strongTall", "strongWide", "boldTall"], bold: ["strongTall", "boldTall", "strongWide"], small: ["smallTall"],
};
const MANY_HIGHLIGHTED = 40; // beyond this number of highlighted entities, their names are not larger
const MOST_HIGHLIGHTED_NAMES = 150; // the most highlighted entities in the window that have names
const EDGE = 4; // pixels between a name and the edge of the window
const DASH = [5, 4]; // pixels, of lines that show closeness only
const SMALLEST_NAMED = 3.8; // below this radius in pixels a sign has a name only if it is among the most important
const SMALLEST_ARROWS = 0.35; // below this scale arrow heads would be specks
const CLEAR_OF_OTHERS = 4; // pixels between a name and a sign that is not its own
const MANY_LINES = 6000; // beyond this, lines are left out while the picture moves
const DENSE_LINES = 2500; // beyond this, lines grow fainter, so that signs stay visible
const FAINTEST = 0.25;
const MANY_SIGNS = 1500; // beyond this, names are not placed anew while the picture moves
const SPECK = 1.5; // below this radius in pixels a sign has no corners
const MOST_RELATION_NAMES = 40;
const RING = { wider: 1.15, gap: 5, width: 2.5 }; // around the selection: a share of its radius, and pixels

/** Draws the picture: lines below the signs, names and highlighted parts above them. */
class Painter {
  constructor(scene) {
    this.scene = scene;
    this.labels = new Labels();
    this.visibleNames = []; // the names in the window, so that they can be clicked
    this.placed = new PlacedNames((step, extent, home) => this.#placeNames(step, extent, home));
    this.hoveredName = null; // the name under the pointer, where it stood when the pointer came
    this.corner = null; // {left, top} of the buttons at the lower right of the window
    this.layer = new PictureLayer();
  }

  /** Forget the places and sizes of names after the language has changed. */
  forget() {
    this.labels.forget();
    this.placed.forget();
  }

  draw(context, scale, moving) {
    const view = { ...viewOf(context, scale), corner: this.corner };
    const focus = this.scene.focus();
    if (!focus?.all) this.#drawGround(context, view, focus, moving); // otherwise all of it is drawn as highlighted
    this.#forgetHoverIfMoved(view);
    if (focus !== null) this.#drawFocus(context, view, focus);
    this.visibleNames = this.#namesIn(view, focus, moving && this.scene.places.size > MANY_SIGNS);
    this.#drawNames(context, view);
  }

  /** Return the entity whose name is at a point of the window. A highlighted name may move, so the name under the pointer is stored. */
  nameAt({ x, y }) {
    const inside = ({ box }) => x >= box.left && x <= box.right && y >= box.top && y <= box.bottom;
    if (this.hoveredName === null || !inside(this.hoveredName)) {
      this.hoveredName = this.visibleNames.find((name) => name.entity && inside(name)) ?? null;
    }
    return this.hoveredName?.entity ?? null;
  }

  // --- below what is highlighted ---

  /** Draw all lines and signs, faint where some are highlighted. */
  #drawGround(context, view, focus, moving) {
    const { lines, palette, selection } = this.scene;
    const faded = focus === null ? 0 : selection === NO_SELECTION ? 0.7 : 0.84;
    const paint = (to, withLines) => {
      if (withLines) this.#drawLines(to, view);
      this.#drawSigns(to, this.scene.visiblePlaces().filter((place) => touches(place, view)), view.scale);
    };
    if (!moving && lines.size > DENSE_LINES) {
      this.layer.draw(context, [this.scene.visibleLines(), palette], 1 - faded, (to) => paint(to, true));
      return;
    }
    paint(context, !moving || lines.size <= MANY_LINES);
    if (faded > 0) fade(context, view, faded);
  }

  #drawLines(context, view) {
    const { edge } = this.scene.palette;
    const lines = this.scene.visibleLines().filter((line) => crosses(line, view));
    const alpha = Math.min(Math.max(DENSE_LINES / lines.length, FAINTEST), 1);
    for (const [isGone, some] of groupBy(lines, (line) => this.scene.model.isEdgeGone(line.edge))) {
      context.globalAlpha = isGone ? alpha / 2 : alpha;
      this.#stroke(context, some, edge, view.scale);
    }
    context.globalAlpha = 1;
    if (view.scale > SMALLEST_ARROWS) this.#arrows(context, lines, edge, 1);
  }

  /** Draw all lines of the same look in one path, each `more` pixels thicker. */
  #stroke(context, lines, color, scale, more = 0) {
    context.strokeStyle = color;
    for (const [look, group] of groupBy(lines, (line) => line.look)) {
      context.beginPath();
      for (const line of group) traceLine(context, line);
      context.lineWidth = (Math.abs(look) + more) / scale;
      context.setLineDash(look < 0 ? DASH.map((length) => length / scale) : []);
      context.stroke();
    }
    context.setLineDash([]);
  }

  #arrows(context, lines, color, size) {
    const length = 7 * size;
    const half = 2.6 * size;
    context.beginPath();
    for (const { edge, to, ux, uy } of lines) {
      if (edge.symmetric) continue;
      const x = to.x - ux * (to.radius + 2);
      const y = to.y - uy * (to.radius + 2);
      context.moveTo(x, y);
      context.lineTo(x - ux * length - uy * half, y - uy * length + ux * half);
      context.lineTo(x - ux * length + uy * half, y - uy * length - ux * half);
    }
    context.fillStyle = color;
    context.fill();
  }

  /** Draw all signs of a kind in one path, because only their places differ. */
  #drawSigns(context, places, scale) {
    const isGone = (place) => this.scene.model.isGone(place.node);
    for (const group of groupBy(places, (place) => `${isGone(place)} ${place.node.kind}`).values()) {
      const paint = this.scene.paint(group[0]);
      if (isGone(group[0])) {
        this.#drawGone(context, group, paint.fill, scale);
        continue;
      }
      context.beginPath();
      for (const place of group) this.#trace(context, place, scale);
      context.fillStyle = paint.fill;
      context.fill();
      context.lineWidth = 1.2;
      context.strokeStyle = paint.line;
      if (scale > SMALLEST_ARROWS) context.stroke();
    }
    for (const place of places.filter(({ node }) => this.scene.model.filters.isNew(node))) this.#drawRing(context, place, scale, { wider: 1, gap: RING_GAP, width: NEW_RING });
  }

  /** Draw the signs of what is gone hollow and dashed. */
  #drawGone(context, places, color, scale) {
    context.beginPath();
    for (const place of places) this.#trace(context, place, scale);
    context.fillStyle = this.scene.palette.ground;
    context.fill();
    context.lineWidth = 1.4 / scale;
    context.setLineDash([3 / scale, 2.4 / scale]);
    context.strokeStyle = color;
    context.stroke();
    context.setLineDash([]);
  }

  /** Add a sign to the path; a square replaces a sign that is too small to show its corners. */
  #trace(context, place, scale) {
    const { x, y, radius } = place;
    if (radius * scale < SPECK) context.rect(x - radius, y - radius, 2 * radius, 2 * radius);
    else traceShape(context, SHAPES[place.shape], place);
  }

  // --- above the signs ---

  #drawNames(context, view) {
    context.save();
    context.setTransform(view.ratio, 0, 0, view.ratio, 0, 0); // pixels of the window, not network units
    const { palette } = this.scene;
    for (const name of this.visibleNames) this.labels.draw(context, name, this.#isStrong(name) ? palette.ink : palette.muted, palette.ground);
    context.restore();
  }

  /** Return whether a name is that of an entity which is there at the chosen event. */
  #isStrong({ entity }) {
    return Boolean(entity) && !this.scene.model.isGone(this.scene.model.nodes.get(entity));
  }

  /** Return the names in a window on the picture, at their positions in the window. */
  namesIn(view) {
    return this.#namesIn(view, this.scene.focus(), false);
  }

  #namesIn(view, focus, asBefore) {
    const names = focus === null ? this.placed.at(view, asBefore) : this.#focusNames(view, focus);
    return names.map((name) => shift(name, view.x, view.y)).filter(({ box }) => inWindow(box, view));
  }

  #forgetHoverIfMoved({ x, y, scale }) {
    const at = [x, y, scale].join();
    if (at !== this.at) this.hoveredName = null;
    this.at = at;
  }

  /** Draw the highlighted parts once more. */
  #drawFocus(context, view, { places, lines }) {
    const { selection, palette } = this.scene;
    this.#stroke(context, lines, palette.highlight, view.scale, 0.5);
    this.#arrows(context, lines, palette.highlight, Math.max(1.25, 0.8 / view.scale));
    const line = this.scene.lines.get(selection.relation);
    if (line) {
      this.#stroke(context, [line], palette.accent, view.scale, 2);
      this.#arrows(context, [line], palette.accent, Math.max(2, 1.6 / view.scale));
    }
    this.#drawSigns(context, places, view.scale);
    const place = this.scene.places.get(selection.entity);
    if (place && this.scene.isVisible(place)) this.#drawRing(context, place, view.scale);
  }

  #drawRing(context, place, scale, { wider, gap, width } = RING) {
    context.beginPath();
    context.arc(place.x, place.y, place.radius * wider + gap / scale, 0, 2 * Math.PI);
    context.lineWidth = width / scale;
    context.strokeStyle = this.scene.palette.accent;
    context.stroke();
  }

  // --- names of the whole map ---

  #placeNames(scale, extent, home) {
    const places = this.scene.visiblePlaces();
    // A name is farther from every other sign than from its own, so that nobody reads it as the name of another.
    const signs = new BoxGrid(places.map((place) => grow(signBox(place, scale), CLEAR_OF_OTHERS)));
    const sheet = home ? { isFree: (box) => isWhole(box, home) } : new Sheet(boundsOf(places), scale, extent);
    const grids = [new BoxGrid(), signs, sheet];
    const placed = [];
    places.forEach((place, rank) => {
      if (rank >= ALWAYS_NAMED && place.radius * scale < SMALLEST_NAMED) return;
      const name = this.#firstOf(this.#stylesFor(rank, scale), place, scale, grids)
        ?? (rank < MUST_BE_NAMED ? this.#nameInAnyCase(place, scale, grids) : null);
      if (name !== null) placed.push(name);
    });
    return placed.map((name) => (name.block.cut ? this.#withMoreLines(name, scale, grids) ?? name : name));
  }

  #stylesFor(rank, scale) {
    return rank >= STRONGLY_NAMED ? WEAK_STYLES : scale < SMALL_SCALE ? SMALL_STYLES : STRONG_STYLES;
  }

  /** Return a name in the first style in which it has room, or null. */
  #firstOf(styles, place, scale, grids, sides = SIDES) {
    for (const style of styles) {
      const name = this.#nameOf(place, style, scale, grids, sides);
      if (name !== null) return name;
    }
    return null;
  }

  /** Return a name that must not be missing: close to other signs if necessary, and over them where they are small. */
  #nameInAnyCase(place, scale, [names, signs, sheet]) {
    const close = new BoxGrid(this.scene.visiblePlaces().map((other) => signBox(other, scale)));
    return this.#firstOf(LAST_STYLES, place, scale, [names, signs, sheet]) ?? this.#firstOf(LAST_STYLES, place, scale, [names, close, sheet])
      ?? (scale < SPECK_SCALE ? this.#firstOf(SMALL_STYLES, place, scale, [names, sheet]) : null);
  }

  /** Return a cut name in a style that does not cut it, if there is room for more lines. */
  #withMoreLines(name, scale, grids) {
    const place = this.scene.places.get(name.entity);
    const text = this.scene.model.name(place.node);
    const styles = (STYLES_WITH_MORE_LINES[name.style] ?? []).filter((style) => !this.labels.set(text, style).cut);
    return this.#firstOf(styles, place, scale, grids, [name.side, ...SIDES]);
  }

  #nameOf(place, style, scale, grids, sides = SIDES) {
    const block = this.labels.set(this.scene.model.name(place.node), style);
    const anchor = { x: place.x * scale, y: place.y * scale };
    const name = this.labels.placeAround(block, anchor, this.#reach(place, scale), grids, place.id, sides);
    if (name === null) return null;
    grids[0].add(name.box);
    return { ...name, anchor, style, entity: place.id };
  }

  /** Return the radius of a sign in pixels, with the ring around it, if there is one. */
  #reach({ id, radius }, scale) {
    return id === this.scene.selection.entity ? radius * scale * RING.wider + RING.gap + RING.width : radius * scale;
  }

  // --- names of highlighted entities ---

  #focusNames(view, { centres, places, lines }) {
    const { scale } = view;
    const visible = places.filter((place) => touches(place, view));
    const grid = new BoxGrid(visible.map((place) => signBox(place, scale)));
    const whole = { isFree: (box) => isWhole(box, view) }; // prefers another side to a name that the window or its buttons cut
    const style = visible.length > MANY_HIGHLIGHTED ? "plain" : "focus";
    const centre = centres.size > 0 ? places.find(({ id }) => centres.has(id)) : null;
    const names = visible.slice(0, MOST_HIGHLIGHTED_NAMES).map((place) => {
      const isCentre = centres.has(place.id);
      const away = () => (centre ? sidesFacing({ x: place.x - centre.x, y: place.y - centre.y }) : SIDES);
      const [styles, sides] = isCentre ? [["selection"], this.#sidesAsBefore(place)] : [[style, "narrow"], away()];
      return this.#firstOf(styles, place, scale, [grid, whole], sides) ?? this.#nameOf(place, styles[0], scale, [grid], sides);
    });
    return names.concat(this.#relationNames(scale, lines, grid)).filter((name) => name !== null);
  }

  /** Return the sides for a name, first the side where it is on the map. */
  #sidesAsBefore(place) {
    const before = this.placed.nameOf(place.id);
    return before ? [before.side, ...SIDES] : SIDES;
  }

  #relationNames(scale, lines, grid) {
    if (lines.length > MOST_RELATION_NAMES) return [];
    return lines.map((line) => {
      const block = this.labels.set(this.scene.model.translate(line.edge.label), "relation");
      const at = (share) => {
        const { x, y } = pointOn(line, share);
        return { x: x * scale, y: y * scale };
      };
      const name = this.labels.placeAlong(block, at, grid);
      if (name !== null) grid.add(name.box);
      return name;
    });
  }
}

/** Return offset and extent of the view at a scale, from the transformation vis-network has set; on paper the canvas is stretched. */
function viewOf(context, scale) {
  const matrix = context.getTransform();
  const ratio = matrix.a / scale;
  return windowOn({
    ratio, scale, x: matrix.e / ratio, y: matrix.f / ratio,
    width: context.canvas.width / ratio, height: context.canvas.height / ratio,
  });
}

/** Return a window in pixels, with the origin of the network at (x, y), and the part that it shows, in network units. */
function windowOn({ ratio = 1, scale, x, y, width, height }) {
  return {
    ratio, scale, x, y, width, height,
    left: -x / scale, top: -y / scale, right: (width - x) / scale, bottom: (height - y) / scale,
  };
}

/**
 * Remove a share of the drawn colours, so that the ground of the page shows through, be it light, dark or paper. On paper, a
 * canvas also shows what was drawn beyond its edges.
 */
function fade(context, { left, top, right, bottom }, share) {
  const [width, height] = [right - left, bottom - top];
  context.globalCompositeOperation = "destination-out";
  context.globalAlpha = share;
  context.fillRect(left - width, top - height, 3 * width, 3 * height);
  context.globalCompositeOperation = "source-over";
  context.globalAlpha = 1;
}

function traceLine(context, { from, to, via }) {
  context.moveTo(from.x, from.y);
  if (via) context.quadraticCurveTo(via.x, via.y, to.x, to.y);
  else context.lineTo(to.x, to.y);
}

function crosses({ from, to }, view) {
  return Math.max(from.x, to.x) >= view.left - FARTHEST_APART && Math.min(from.x, to.x) <= view.right + FARTHEST_APART
    && Math.max(from.y, to.y) >= view.top - FARTHEST_APART && Math.min(from.y, to.y) <= view.bottom + FARTHEST_APART;
}

function touches({ x, y, radius }, view) {
  return x + radius >= view.left && x - radius <= view.right && y + radius >= view.top && y - radius <= view.bottom;
}

/** Return whether a box, moved to (x, y), is completely in the window and not under its buttons. */
function isWhole(box, { x, y, width, height, corner }) {
  return box.left + x >= EDGE && box.right + x <= width - EDGE && box.top + y >= EDGE && box.bottom + y <= height - EDGE
    && !reachesInto(box, corner && { left: corner.left - x, top: corner.top - y });
}

/** Return whether a box overlaps the lower right corner, given by its upper left point. */
function reachesInto({ right, bottom }, corner) {
  return Boolean(corner) && right > corner.left && bottom > corner.top;
}

function inWindow(box, view) {
  return box.right > 0 && box.left < view.width && box.bottom > 0 && box.top < view.height;
}

function signBox(place, scale) {
  const radius = place.radius * scale;
  const [x, y] = [place.x * scale, place.y * scale];
  return { left: x - radius, right: x + radius, top: y - radius, bottom: y + radius, owner: place.id };
}

/** Return a box with more room around it. */
function grow(box, across, down = across) {
  return { ...box, left: box.left - across, right: box.right + across, top: box.top - down, bottom: box.bottom + down };
}

function shiftBox({ left, right, top, bottom }, dx, dy) {
  return { left: left + dx, right: right + dx, top: top + dy, bottom: bottom + dy };
}

function shift(name, dx, dy) {
  return { ...name, x: name.x + dx, y: name.y + dy, box: shiftBox(name.box, dx, dy) };
}
