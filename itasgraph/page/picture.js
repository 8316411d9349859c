"use strict";

// vis-network keeps the camera, touch and mouse. Lines, signs, names and highlights are drawn by Painter in its drawing
// events: all lines in one stroke, all signs of a kind in one, and no item has to be updated for a hover or a filter.

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
    this.network = new vis.Network(container, { nodes: [], edges: [] }, pictureOptions());
    container.querySelector(".vis-network").tabIndex = -1; // the frame around it takes the focus
    this.canvas = container.querySelector("canvas");
    this.#listen();
    this.home(false);
  }

  // --- what the page asks for ---

  /** Show this as chosen, and light what an answer speaks of. */
  choose(selection, lit) {
    this.scene.chosen = selection;
    this.scene.lit = lit;
    this.scene.hovered = NOTHING;
    this.network.redraw();
  }

  /** Filters have changed. */
  refresh() {
    this.scene.forget();
    this.painter.forgetPlaces();
    this.network.redraw();
  }

  /** The language has changed. */
  rename() {
    this.painter.forget();
    this.network.redraw();
  }

  /** The colours of the page have changed. */
  repaint() {
    this.scene.readPalette();
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
    this.#note();
  }

  /** These things in view. */
  visitAll(ids) {
    const places = ids.map((id) => this.scene.places.get(id)).filter((place) => place && this.scene.isVisible(place));
    this.#frame(places, { largest: 1.3, margin: WIDE_MARGIN });
  }

  /** Where the picture rests now: kept, so that a window of another size shows the same middle, and as much across. */
  #note() {
    this.at = { ...this.network.getViewPosition(), scale: this.network.getScale(), width: this.container.clientWidth };
    this.listeners.moved();
  }

  /** Stay where the picture is, though it was made to show the whole network. */
  stay() {
    this.atHome = false;
    this.#note();
  }

  /** The middle of the window in network units, and the scale; null where the whole network is in view. */
  viewport() {
    if (this.atHome) return null;
    return { ...this.network.getViewPosition(), scale: this.network.getScale() };
  }

  lookAt({ x, y, scale }) {
    this.atHome = false;
    this.network.moveTo({ position: { x, y }, scale: Math.min(Math.max(scale, SMALLEST_SCALE), LARGEST_SCALE), animation: false });
    this.#note();
  }

  zoom(factor) {
    const scale = Math.min(Math.max(this.network.getScale() * factor, SMALLEST_SCALE), LARGEST_SCALE);
    this.atHome = false;
    this.network.moveTo({ scale, animation: glide(180) });
    this.#note();
  }

  /** Move the window over the picture by so many pixels. */
  pan(right, down) {
    this.atHome = false;
    this.network.moveTo({
      position: this.network.getViewPosition(), offset: { x: -right, y: -down }, animation: glide(120),
    });
    this.#note();
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
    this.network.on("afterDrawing", (context) => this.painter.draw(context, this.moving));
    this.network.on("animationFinished", () => this.#note());
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
    else if (this.at?.width > 0) this.lookAt({ ...this.at, scale: (this.at.scale * this.container.clientWidth) / this.at.width });
  }

  #moves() {
    this.atHome = false;
    this.moving = true;
  }

  #rests() {
    this.moving = false;
    this.network.redraw();
    this.#note();
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
    const single = this.scene.visibleLines().length <= DENSE_LINES || this.network.getScale() > SMALLEST_ARROWS;
    return { thing, relation: thing === null && single ? this.scene.relationAt(at, around) : null };
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
    interaction: { dragNodes: false, selectable: false, hover: false, zoomSpeed: 0.7, keyboard: false },
  };
}
