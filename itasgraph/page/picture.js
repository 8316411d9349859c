"use strict";

// vis-network keeps the signs, the camera, touch and mouse. Lines, names and highlights are drawn by Painter in its
// drawing events: all lines in one stroke, and no item has to be updated for a hover.

const LARGEST_SCALE = 6;
const SMALLEST_SCALE = 0.02;
// Pixels left free for names, both sides together; names of neighbours stand outside their circle.
const MARGIN = { across: 150, down: 90, most: 0.16 };
const WIDE_MARGIN = { across: 300, down: 150, most: 0.4 };

class Picture {
  constructor(container, model, listeners) {
    this.container = container;
    this.listeners = listeners;
    this.scene = new Scene(model);
    this.painter = new Painter(this.scene);
    this.atHome = true; // the whole network is in view and nobody has moved it
    this.moving = false;
    this.signs = new vis.DataSet([...this.scene.places.values()].map((place) => this.#sign(place)));
    this.network = new vis.Network(container, { nodes: this.signs, edges: [] }, pictureOptions());
    container.querySelector(".vis-network").tabIndex = -1; // the frame around it takes the focus
    this.canvas = container.querySelector("canvas");
    this.#listen();
    this.home(false);
  }

  #sign(place) {
    const paint = this.scene.paint(place);
    return {
      id: place.id, x: place.x, y: place.y, shape: place.shape, size: place.radius,
      hidden: !this.scene.isVisible(place), color: { background: paint.fill, border: paint.line },
    };
  }

  // --- what the page asks for ---

  /** Show this thing or relation as chosen. */
  choose(selection) {
    this.scene.chosen = selection;
    this.scene.hovered = NOTHING;
    this.network.redraw();
  }

  /** Filters or language have changed. */
  refresh() {
    this.signs.update([...this.scene.places.values()]
      .map((place) => ({ id: place.id, hidden: !this.scene.isVisible(place) }))
      .filter(({ id, hidden }) => this.signs.get(id).hidden !== hidden));
    this.painter.forget();
    this.network.redraw();
  }

  /** The colours of the page have changed. */
  repaint() {
    this.scene.readPalette();
    this.signs.update([...this.scene.places.values()].map((place) => this.#sign(place)));
    this.network.redraw();
  }

  /** After being hidden, the picture has to learn its size again. */
  resume() {
    this.network.setSize("100%", "100%");
    this.network.redraw();
    if (this.atHome) this.home(false);
  }

  // --- camera ---

  /** Everything visible in view. */
  home(animated = true) {
    const visible = this.scene.visiblePlaces();
    this.#frame(visible.length > 0 ? visible : this.scene.byRank, { largest: 1.6, animated });
    this.atHome = true;
  }

  /** A thing and its neighbours in view, without going so far out that names are lost. */
  visit(id) {
    this.#frame(this.scene.circle(id), {
      centre: this.scene.places.get(id), smallest: 0.6, largest: 1.3, margin: WIDE_MARGIN,
    });
  }

  visitRelation(id) {
    const { from, to } = this.scene.lines.get(id);
    this.#frame([from, to], { largest: 1.3, margin: WIDE_MARGIN });
  }

  /** Move so that these places are in view; if that would be too small, centre on one of them instead. */
  #frame(places, { centre = null, smallest = SMALLEST_SCALE, largest, margin = MARGIN, animated = true }) {
    const { clientWidth: width, clientHeight: height } = this.container;
    if (places.length === 0 || width === 0) return;
    const bounds = boundsOf(places);
    const { across, down } = marginIn({ width, height }, margin);
    const fitting = Math.min((width - across) / Math.max(bounds.width, 1), (height - down) / Math.max(bounds.height, 1));
    const scale = Math.min(Math.max(fitting, smallest), largest);
    const { x, y } = fitting < scale && centre ? centre : bounds;
    this.atHome = false;
    this.network.moveTo({ position: { x, y }, scale, animation: animated && glide(420) });
  }

  zoom(factor) {
    const scale = Math.min(Math.max(this.network.getScale() * factor, SMALLEST_SCALE), LARGEST_SCALE);
    this.atHome = false;
    this.network.moveTo({ scale, animation: glide(180) });
  }

  /** Move the window over the picture by so many pixels. */
  pan(right, down) {
    this.atHome = false;
    this.network.moveTo({
      position: this.network.getViewPosition(), offset: { x: -right, y: -down }, animation: glide(120),
    });
  }

  /** Where a thing stands in the window, in CSS pixels (for tests, and for whoever drives the page). */
  whereIs(id) {
    const frame = this.container.getBoundingClientRect();
    const { x, y } = this.scene.places.get(id);
    const point = this.network.canvasToDOM({ x, y });
    return { x: frame.left + point.x, y: frame.top + point.y };
  }

  // --- mouse and touch ---

  #listen() {
    this.network.on("beforeDrawing", (context) => this.painter.drawLines(context, this.moving));
    this.network.on("afterDrawing", (context) => this.painter.drawNames(context));
    this.network.on("click", ({ event, pointer }) => this.#clicked(pointer.DOM, event.pointerType === "touch" ? 14 : 4));
    this.network.on("dragStart", () => this.#moves());
    this.network.on("dragEnd", () => this.#rests());
    this.network.on("zoom", ({ scale }) => this.#zooms(scale));
    this.network.on("resize", () => requestAnimationFrame(() => this.#resized()));
    this.canvas.addEventListener("pointermove", (event) => event.pointerType === "mouse" && event.buttons === 0
      && this.#hover({ x: event.offsetX, y: event.offsetY }));
    this.canvas.addEventListener("pointerleave", () => this.#light(NOTHING));
  }

  /** vis-network scales its view to the new size first, hence the frame between. */
  #resized() {
    if (this.atHome) this.home(false);
  }

  #moves() {
    this.atHome = false;
    this.moving = true;
  }

  #rests() {
    this.moving = false;
    this.network.redraw();
  }

  #zooms(scale) {
    this.#moves();
    if (scale > LARGEST_SCALE) this.network.moveTo({ scale: LARGEST_SCALE });
    if (scale < SMALLEST_SCALE) this.network.moveTo({ scale: SMALLEST_SCALE });
    clearTimeout(this.resting);
    this.resting = setTimeout(() => this.#rests(), 160);
  }

  #clicked(point, reach) {
    const hit = this.#hit(point, reach);
    if (hit.thing !== null) this.listeners.thing(hit.thing);
    else if (hit.relation !== null) this.listeners.relation(hit.relation);
    else this.listeners.nothing();
  }

  /** At most one look per frame, however fast the pointer moves. */
  #hover(point) {
    cancelAnimationFrame(this.looking);
    this.looking = requestAnimationFrame(() => this.#light(this.#hit(point, 3)));
  }

  #light(hit) {
    cancelAnimationFrame(this.looking);
    const { hovered } = this.scene;
    if (hit.thing === hovered.thing && hit.relation === hovered.relation) return;
    this.scene.hovered = hit;
    this.canvas.style.cursor = hit.thing !== null || hit.relation !== null ? "pointer" : "";
    this.network.redraw();
  }

  /** What lies at a point of the canvas, so many pixels around it: a sign, a name, or else a line. */
  #hit(point, reach) {
    const at = this.network.DOMtoCanvas(point);
    const around = reach / this.network.getScale();
    const thing = this.scene.thingAt(at, around) ?? this.painter.nameAt(point);
    return { thing, relation: thing === null ? this.scene.relationAt(at, around) : null };
  }
}

/** A small window cannot spare as much: at most a share of it. */
function marginIn({ width, height }, { across, down, most }) {
  return { across: Math.min(across, width * most), down: Math.min(down, height * most) };
}

function glide(duration) {
  return prefersStillness() ? false : { duration, easingFunction: "easeInOutCubic" };
}

function pictureOptions() {
  return {
    physics: false,
    layout: { improvedLayout: false },
    nodes: { borderWidth: 1.2, chosen: false, shadow: false },
    interaction: { dragNodes: false, selectable: false, hover: false, zoomSpeed: 0.7, keyboard: false },
  };
}
