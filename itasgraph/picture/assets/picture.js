"use strict";

// vis-network keeps the camera, touch and mouse. Lines, signs, names and highlights are drawn by Painter in its drawing
// events: all lines in one stroke, all signs of a kind in one, and no item has to be updated for a hover or a filter.

const LARGEST_SCALE = 6;
const LARGEST_AT_HOME = 1.6;
const SMALLEST_SCALE = 0.02;
// Pixels left free for names, both sides together; names of neighbours stand outside their circle.
const MARGIN = { across: 150, down: 90, most: 0.16 };
const CLEAR_OF_BUTTONS = 8; // pixels between the buttons in the corner and a sign or name
const CORNER_SHARES = [0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1]; // of the room for the buttons, to be tried in turn
const DEFAULT_EXTENT = { width: 1000, height: 700 }; // pixels, for a picture that was never on the screen
const READABLE_MAP = 0.7; // at this scale and above, names of a map have room
const MAP_MARGIN = { across: 16, down: 12, most: 0.03 };
const WIDE_MARGIN = { across: 300, down: 150, most: 0.4 };

class Picture {
  constructor(container, model, listeners) {
    this.container = container;
    this.listeners = listeners;
    this.load(model);
    this.atHome = true; // the whole network is in view and nobody has moved it
    this.growing = null; // the group that glides out of a box of the window, with that
    this.moving = false;
    this.network = new vis.Network(container, { nodes: [], edges: [] }, pictureOptions());
    container.querySelector(".vis-network").tabIndex = -1; // the frame around it takes the focus
    this.canvas = container.querySelector("canvas");
    this.#listen();
    this.home(false);
  }

  /** Lay out the network that the model holds now; `home` or another view draws it. */
  load(model) {
    this.model = model;
    this.wholeScene = new Scene(model);
    this.wholePainter = model.isMap ? new MapPainter(this.wholeScene) : new Painter(this.wholeScene);
    [this.scene, this.painter] = [this.wholeScene, this.wholePainter];
  }

  /** Put a neighbourhood into columns where there is room, or a group in the middle, and everything back where that ends; return whether all has another place. */
  #arrange() {
    const { isLaidOut, group } = this.model.filters;
    if (!isLaidOut && this.scene === this.wholeScene) return false;
    const { selection, highlight } = this.scene;
    [this.scene, this.painter] = isLaidOut ? this.#layOut(group === null ? ColumnPainter : GroupPainter) : [this.wholeScene, this.wholePainter];
    this.scene.forget();
    Object.assign(this.scene, { selection, highlight, hovered: NO_HOVER });
    return true;
  }

  #layOut(PartPainter) {
    const scene = new Scene(this.model, new PartPainter(this.wholeScene).layoutIn(this.#extent()));
    return [scene, new PartPainter(scene)];
  }

  // --- state of the page ---

  /** Show a selection, and highlight the entities and relations of an answer. */
  choose(selection, highlight) {
    this.scene.selection = selection;
    this.scene.highlight = highlight;
    this.scene.hovered = NO_HOVER;
    this.network.redraw();
  }

  /** Draw again after filters have changed. */
  refresh() {
    if (this.#arrange()) {
      this.home(false);
      return;
    }
    this.scene.forget();
    this.scene.dropHidden();
    this.painter.placed.forget();
    this.network.redraw();
  }

  /** Draw again after the language has changed. */
  rename() {
    this.wholePainter.forget();
    if (this.#arrange()) this.home(false);
    this.network.redraw();
  }

  /** Draw again after the colours of the page have changed. */
  repaint() {
    this.wholeScene.readPalette();
    this.scene.readPalette();
    this.network.redraw();
  }

  /** Measure the picture again after it was hidden. */
  resume() {
    this.network.setSize("100%", "100%");
    this.network.redraw();
    this.#onResize();
  }

  /** Return whether the table hides the picture, which then keeps its view. */
  #isHidden() {
    return this.container.clientWidth === 0;
  }

  // --- camera ---

  /** Move so that everything visible is in view. */
  home(animated = true) {
    // In a small window, columns and an open group stay readable: their middle is in view, and one moves to the rest.
    const laidOut = this.scene.layout;
    const rest = this.#frame(this.#homePlaces(), { largest: LARGEST_AT_HOME, margin: this.#homeMargin(), animated, smallest: laidOut?.smallest, centre: laidOut?.centre });
    this.atHome = true;
    this.growing = null;
    this.frame = this.#frameOfHome();
    this.listeners.viewChanged();
    if (rest !== null) this.painter.placed.atHome({ ...windowFrom(rest, this.#extent()), corner: this.painter.corner });
  }

  /** Return where the area of a group lies in the window: its middle and size in pixels; null where it has none in view. */
  boxOf(group) {
    const bounds = this.#isHidden() ? null : this.#areaOf(group);
    if (bounds === null) return null;
    const scale = this.network.getScale();
    return { ...this.network.canvasToDOM({ x: bounds.x, y: bounds.y }), width: bounds.width * scale, height: bounds.height * scale };
  }

  /** Return the bounds of the area of a group in the network; null where it has none. */
  #areaOf(group) {
    const [, corners] = (this.isDrawnAsMap ? this.painter.areas() : []).find(([one]) => one === group) ?? [];
    return corners === undefined ? null : boundsOf(corners.map(([x, y]) => ({ x, y, radius: 0 })));
  }

  /** Show everything, and let a group grow or shrink from the box in which its area lay before. */
  homeFrom(box, group) {
    const bounds = box === null ? null : this.#areaOf(group);
    const grows = bounds !== null && !prefersReducedMotion();
    if (grows) {
      const { x, y, scale } = viewThrough(bounds, box, this.#extent());
      this.network.moveTo({ position: { x, y }, scale, animation: false });
    }
    this.home();
    if (grows) this.growing = { box, group };
  }

  #homePlaces() {
    const visible = this.scene.visiblePlaces();
    const places = visible.length > 0 ? visible : this.scene.byRank;
    if (this.scene.layout !== null) return this.scene.layout.frame;
    return this.model.isMap ? mapFrame(places, this.model) : places;
  }

  /** Return what the view of the whole network frames, as a text to compare. */
  #frameOfHome() {
    return JSON.stringify(boundsOf(this.#homePlaces()));
  }

  #homeMargin() {
    return this.isDrawnAsMap ? MAP_MARGIN : MARGIN;
  }

  /** Move so that an entity and its neighbours are in view, but do not zoom out so far that names are lost. */
  visit(id) {
    if (this.#keepsMap()) return;
    this.#frame(this.scene.circle(id), {
      centre: this.scene.places.get(id), smallest: 0.6, largest: 1.3, margin: WIDE_MARGIN,
    });
  }

  /** Return whether the painter is one of a map, which draws on any surface. */
  get isDrawnAsMap() {
    return this.painter instanceof MapPainter;
  }

  /** Return whether the whole map is in view, large enough to be read: then nothing moves. */
  #keepsMap() {
    return this.isDrawnAsMap && this.atHome && this.network.getScale() >= READABLE_MAP;
  }

  visitRelation(id) {
    if (this.#keepsMap()) return;
    const { from, to } = this.scene.lines.get(id);
    this.#frame([from, to], { largest: 1.3, margin: WIDE_MARGIN });
  }

  /** Move so that these places are in view; if that would be too small, centre on one of them instead. Return the view. */
  #frame(places, { centre = null, smallest = SMALLEST_SCALE, largest, margin = MARGIN, animated = true }) {
    if (places.length === 0 || this.#isHidden()) return null;
    this.atHome = false;
    const fitting = this.#fit(places, { largest, margin });
    const { x, y, scale } = fitting.scale < smallest ? { ...(centre ?? boundsOf(places)), scale: smallest } : fitting;
    this.network.moveTo({ position: { x, y }, scale, animation: animated && glide(420) });
    this.#rememberView();
    return { x, y, scale };
  }

  /** Return the middle and the largest scale at which places are in view and none lies under the buttons in the corner. */
  #fit(places, { largest, margin }) {
    const { width, height } = this.#extent();
    const corner = this.#isHidden() ? null : this.#corner();
    this.painter.corner = corner;
    const bounds = boundsOf(places);
    const { across, down } = marginIn({ width, height }, margin);
    const fits = cornerRooms(corner, { width, height }).map(([right, below]) => {
      const scale = Math.min((width - across - right) / Math.max(bounds.width, 1), (height - down - below) / Math.max(bounds.height, 1), largest);
      return { scale, x: bounds.x + right / 2 / scale, y: bounds.y + below / 2 / scale };
    }).sort((a, b) => b.scale - a.scale);
    return fits.find((fit) => !places.some((place) => reachesInto(boxIn(place, fit, { width, height }), corner))) ?? fits[0];
  }

  /** Return where the buttons in the lower right corner begin, with some room; null where there are none. */
  #corner() {
    const [frame, buttons] = [this.container, document.querySelector(".zoom")].map((part) => part?.getBoundingClientRect());
    if (!buttons || buttons.width === 0 || buttons.top >= frame.bottom) return null;
    return { left: buttons.left - frame.left - CLEAR_OF_BUTTONS, top: buttons.top - frame.top - CLEAR_OF_BUTTONS };
  }

  /** Return the middle of the window in network units, and the scale, as vis-network has them. */
  #camera() {
    return { ...this.network.getViewPosition(), scale: this.network.getScale() };
  }

  /** Return the size of the window on the picture; where the picture is hidden, its last size. */
  #extent() {
    if (!this.#isHidden()) this.extent = { width: this.container.clientWidth, height: this.container.clientHeight };
    return this.extent ?? DEFAULT_EXTENT;
  }

  /** Return the window on the picture, as it is, or as it would be if the table did not hide it. */
  view({ width, height } = this.#extent()) {
    const at = !this.#isHidden() ? this.#camera()
      : this.atHome ? this.#fit(this.#homePlaces(), { largest: LARGEST_AT_HOME, margin: this.#homeMargin() }) : this.at;
    return windowFrom(at, { width, height });
  }

  /** Return a window of another shape with all that is in view now, as large as fits. */
  viewIn({ width, height }) {
    const now = this.view();
    const middle = { x: (now.width / 2 - now.x) / now.scale, y: (now.height / 2 - now.y) / now.scale };
    if (!this.atHome) return windowFrom({ ...middle, scale: now.scale * Math.min(width / now.width, height / now.height) }, { width, height });
    const bounds = boundsOf(this.#homePlaces());
    const { across, down } = marginIn({ width, height }, this.#homeMargin());
    const scale = Math.min((width - across) / Math.max(bounds.width, 1), (height - down) / Math.max(bounds.height, 1), 2 * LARGEST_AT_HOME);
    return windowFrom({ x: bounds.x, y: bounds.y, scale }, { width, height });
  }

  /** Move so that these entities are in view. */
  visitAll(ids) {
    const places = ids.map((id) => this.scene.places.get(id)).filter((place) => place && this.scene.isVisible(place));
    this.#frame(places, { largest: 1.3, margin: WIDE_MARGIN });
  }

  /** Remember the view, so that a window of another size shows the same middle and the same width. */
  #rememberView() {
    if (!this.#isHidden()) this.at = { ...this.#camera(), width: this.#extent().width };
    this.listeners.viewChanged();
  }

  /** Keep the view, although the picture was to show the whole network; a map stays whole while its frame is the same. */
  stay() {
    if (this.isDrawnAsMap && this.atHome && this.frame === this.#frameOfHome()) return;
    this.atHome = false;
    this.#rememberView();
  }

  /** Return the middle of the window in network units, and the scale; null where the whole network is in view. */
  viewport() {
    if (this.atHome) return null;
    return this.#isHidden() ? this.at : this.#camera();
  }

  lookAt({ x, y, scale }) {
    this.atHome = false;
    const allowed = withinLimits(scale);
    if (this.#isHidden()) this.at = { x, y, scale: allowed, width: 0 };
    else this.network.moveTo({ position: { x, y }, scale: allowed, animation: false });
    this.#rememberView();
  }

  zoom(factor) {
    const scale = withinLimits(this.network.getScale() * factor);
    this.atHome = false;
    this.network.moveTo({ scale, animation: glide(180) });
    this.#rememberView();
  }

  /** Move so that (x, y) of the network is in the middle, at a scale. */
  moveTo({ x, y, scale }) {
    this.atHome = false;
    this.network.moveTo({ position: { x, y }, scale, animation: glide(180) });
    this.#rememberView();
  }

  /** Move the window over the picture by pixels. */
  pan(right, down) {
    this.atHome = false;
    this.network.moveTo({
      position: this.network.getViewPosition(), offset: { x: -right, y: -down }, animation: glide(120),
    });
    this.#rememberView();
  }

  /** Return the position of an entity in the window, in CSS pixels (also for tests). */
  whereIs(id) {
    const frame = this.container.getBoundingClientRect();
    const { x, y } = this.scene.places.get(id);
    const point = this.network.canvasToDOM({ x, y });
    return { x: frame.left + point.x, y: frame.top + point.y };
  }

  // --- mouse and touch ---

  #listen() {
    this.network.on("afterDrawing", (context) => this.painter.draw(context, this.network.getScale(), this.moving));
    this.network.on("animationFinished", () => { this.growing = null; this.#rememberView(); });
    this.network.on("click", ({ event, pointer }) => this.#onClick(pointer.DOM, event.pointerType === "touch" ? 14 : 4));
    this.network.on("dragStart", () => this.#startMoving());
    this.network.on("dragEnd", () => this.#stopMoving());
    this.network.on("zoom", ({ scale }) => this.#onZoom(scale));
    this.network.on("resize", () => requestAnimationFrame(() => this.#onResize()));
    this.canvas.addEventListener("pointermove", (event) => event.pointerType === "mouse" && event.buttons === 0
      && this.#hover({ x: event.offsetX, y: event.offsetY }));
    this.canvas.addEventListener("pointerleave", () => this.#hoverOver(NO_HOVER));
    this.container.addEventListener("blur", () => this.#hoverOver(NO_HOVER)); // clears what the keys have highlighted
  }

  /** vis-network scales its view to the new size first, hence the frame between. */
  #onResize() {
    if (this.#isHidden()) return;
    const { clientWidth: width } = this.container;
    if (this.scene.layout !== null) this.#arrange();
    if (this.atHome && this.growing) this.homeFrom(this.growing.box, this.growing.group); // the chip of the group makes the picture smaller
    else if (this.atHome) this.home(false);
    else if (this.at) this.lookAt({ ...this.at, scale: (this.at.scale * width) / (this.at.width || width) });
  }

  #startMoving() {
    this.atHome = false;
    this.moving = true;
  }

  #stopMoving() {
    this.moving = false;
    this.network.redraw();
    this.#rememberView();
  }

  #onZoom(scale) {
    this.#startMoving();
    if (scale !== withinLimits(scale)) this.network.moveTo({ scale: withinLimits(scale) });
    clearTimeout(this.restTimer);
    this.restTimer = setTimeout(() => this.#stopMoving(), 160);
  }

  #onClick(point, reach) {
    const hit = this.#hit(point, reach);
    if (hit.entity !== null || hit.folded !== null) this.listeners.selectEntity(hit.entity ?? hit.folded);
    else if (hit.relation !== null) this.listeners.selectRelation(hit.relation);
    else if (hit.group !== null) this.listeners.pressTitle(hit.group);
    else this.listeners.pressGround(this.isDrawnAsMap ? this.painter.groundAt(point) : null);
  }

  /** Look for the entity or relation under the pointer at most once per frame. */
  #hover(point) {
    cancelAnimationFrame(this.hoverFrame);
    this.hoverFrame = requestAnimationFrame(() => this.#hoverOver(this.#hit(point, 3)));
  }

  #hoverOver(hit) {
    cancelAnimationFrame(this.hoverFrame);
    const { hovered } = this.scene;
    if (Object.keys(hit).every((key) => hit[key] === hovered[key])) return;
    this.scene.hovered = hit;
    this.canvas.style.cursor = Object.values(hit).some((id) => id !== null) ? "pointer" : "";
    this.network.redraw();
  }

  /** Return the entity, relation or group within some pixels of a point: that of a sign or name, else of a line. */
  #hit(point, reach) {
    const at = this.network.DOMtoCanvas(point);
    const tolerance = reach / this.network.getScale();
    const sign = this.scene.entityAt(at, tolerance);
    const group = sign === null && this.isDrawnAsMap ? this.painter.titleAt(point) : null;
    if (group !== null) return { ...NO_HOVER, group };
    const entity = sign ?? this.painter.nameAt(point);
    const single = this.scene.visibleLines().length <= DENSE_LINES || this.network.getScale() > SMALLEST_ARROWS;
    const line = entity === null && single ? this.scene.lineAt(at, tolerance) : null;
    return { ...NO_HOVER, entity, relation: line?.edge.id ?? null, folded: line?.edge.via ?? null };
  }
}

function pictureOptions() {
  return {
    physics: false,
    layout: { improvedLayout: false },
    interaction: { dragNodes: false, selectable: false, hover: false, zoomSpeed: 0.7, keyboard: false },
  };
}
