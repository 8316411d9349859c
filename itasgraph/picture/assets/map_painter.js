"use strict";

// Draws a network as a map: groups are countries with names, entities the places in them.

const FADED = { name: 0.5, sign: 0.38, line: 0.3, gone: 0.6 }; // how much is left of what is not highlighted, or gone
const NEW_RING = 1.4; // pixels, around what came to an event
const HOLLOW_LINE = 1.6; // pixels, of the outline of a topic
const DASHED_SIGN = [2.4, 1.9]; // pixels, of what is planned, and of topics on which nobody is named
const MOST_RINGS = 8; // highlighted entities with a ring
const RING_GAP = 2.5; // pixels between a sign and the ring around it, which its name does not touch
const MOST_LINE_NAMES = 12;
const SMALLEST_SIGN = 2.2; // pixels
const MANY_MAP_NAMES = 250; // beyond this, names are not placed anew while the picture moves
const LINE_STYLE = { size: 11, weight: 400, width: 170, italic: true };

class MapPainter {
  constructor(scene) {
    this.scene = scene;
    this.model = scene.model;
    this.labels = new Labels();
    this.names = new MapNames(scene, this.labels);
    this.dashed = new Set([...lonelyTopics(this.model), ...this.model.data.planned]);
    this.visibleNames = [];
    this.placed = new PlacedNames((step, _, home) => this.names.place(step, { isFree: home ? (box) => isWhole(box, home) : () => true }));
    this.corner = null; // {left, top} of the buttons at the lower right of the window
  }

  /** Forget the places and sizes of names after the language has changed. */
  forget() {
    this.labels.forget();
    this.names.forget();
    this.placed.forget();
  }

  draw(context, scale, moving) {
    const view = { ...viewOf(context, scale), corner: this.corner };
    this.view = view; // in which a point may be asked for
    context.save();
    context.setTransform(view.ratio, 0, 0, view.ratio, 0, 0); // pixels of the window, not network units
    const placed = this.placed.at(view, moving && this.scene.places.size > MANY_MAP_NAMES);
    this.visibleNames = this.#paint(new CanvasSurface(context, this.labels), view, mapPalette(), placed);
    context.restore();
  }

  /** Draw a view of the map for a file or a sheet of paper, always in light colours; where it shows the `whole` map, no name is cut. */
  drawInto(surface, view, whole) {
    const sheet = { isFree: whole ? (box) => isWhole(box, view) : () => true };
    this.#paint(surface, view, lightMapPalette(), this.names.place(view.scale, sheet));
  }

  /** Return the entity whose name is at a point of the window. */
  nameAt({ x, y }) {
    return this.visibleNames.find(({ entity, box }) => entity && x >= box.left && x <= box.right && y >= box.top && y <= box.bottom)?.entity ?? null;
  }

  /** Return the group whose title is at a point of the window, or null. */
  titleAt({ x, y }) {
    const title = this.visibleNames.find(({ isTitle, box }) => isTitle && x >= box.left && x <= box.right && y >= box.top && y <= box.bottom);
    return title === undefined ? null : title.opens ?? title.group ?? this.model.groupOfEntity(title.entity);
  }

  /** Return the group whose area is at a point of the window, or null. */
  groundAt({ x, y }) {
    const at = { left: x, right: x, top: y, bottom: y };
    const isAround = (corners) => beyondSides(sidesOf(hullIn(corners, this.view)), at) === 0;
    return this.areas().find(([, corners]) => isAround(corners))?.[0] ?? null;
  }

  /** Return the groups with a visible entity, each with the corners of its area. */
  areas() {
    const shown = new Set(this.scene.visiblePlaces().map(({ id }) => this.model.groupOfEntity(id)));
    return this.model.data.groups.filter((one) => shown.has(one)).map((group) => [group, group.cell]);
  }

  /** Draw everything with names at their places, and return the names that are drawn. */
  #paint(surface, view, palette, placed) {
    const focus = this.scene.focus();
    const lit = focus === null || focus.all ? null : { places: new Set(focus.places), lines: new Set(focus.lines) };
    const sheet = { surface, view, palette, lit };
    this.drawGround(sheet);
    this.#drawLines(sheet);
    this.#drawSigns(sheet);
    const names = this.#namesIn(view, focus, placed);
    for (const name of this.#inOrder(names, lit)) this.#drawName(sheet, name);
    for (const name of this.#lineNames(view, lit, names)) this.#drawName(sheet, name);
    return names;
  }

  // --- hulls ---

  /** Draw the hulls of the groups of which an entity is visible. */
  drawGround({ surface, view, palette }) {
    const radius = HULL.corner * hullScale(view.scale);
    for (const [group, corners] of this.areas()) {
      const { fill, line } = colorsOf(palette, group);
      surface.path((to) => traceHull(to, hullIn(corners, view), radius), { fill, line, width: HULL.line });
    }
  }

  // --- lines ---

  #drawLines(sheet) {
    const { lit } = sheet;
    const lines = [...this.scene.visibleLines(), ...this.scene.visibleFolded()];
    const isBackground = ({ edge }) => [edge.from, edge.to].some((id) => this.#isBackground(id));
    const drawn = lines.filter((line) => lit?.lines.has(line) || !this.scene.isOnDemand(line));
    const order = (line) => (lit?.lines.has(line) ? 3 : isBackground(line) ? 0 : this.#groupOfLine(line) ? 1 : 2);
    for (const line of drawn.sort((a, b) => order(a) - order(b))) this.#drawLine(sheet, line, isBackground(line));
  }

  #drawLine({ surface, view, palette, lit }, line, isBackground) {
    const isLit = Boolean(lit?.lines.has(line));
    const { color, look, alpha: whole } = this.lookOf(line, palette, isLit, isBackground);
    const alpha = (lit && !isLit) || this.model.isEdgeGone(line.edge) ? FADED.line : whole;
    const points = pointsOf(line, view);
    const { edge } = line;
    if (edge.relation === BROADER || edge.near) {
      surface.path((to) => tracePoints(to, points), { line: color, width: isLit ? DOTTED.lit : DOTTED.width, dash: edge.near ? DASH : DOTTED.dash, alpha });
    } else if (edge.symmetric) {
      surface.path((to) => tracePoints(to, points), { line: color, width: EVEN[look], alpha });
    } else {
      surface.path((to) => traceTaper(to, points, TAPERS[look]), { fill: color, alpha });
    }
  }

  /** Return the look of a line: its colour, the name of its widths and how opaque it is. */
  lookOf(line, palette, isLit, isBackground) {
    if (isBackground && !isLit) return { color: palette.background, look: "background", alpha: 0.6 };
    const group = this.#groupOfLine(line);
    const color = group ? colorsOf(palette, group)[isLit ? "name" : "line"] : palette.tie;
    return { color, look: isLit ? "lit" : group ? "inside" : "between", alpha: 1 };
  }

  /** Return the group that both ends of a line are in, or null. */
  #groupOfLine({ edge }) {
    const group = this.model.groupOfEntity(edge.from);
    return group === this.model.groupOfEntity(edge.to) ? group : null;
  }

  /** Return whether an entity is of a kind that the map hides at first. */
  #isBackground(id) {
    return this.model.filters.background.has(this.model.nodes.get(id).kind);
  }

  // --- signs ---

  #drawSigns(sheet) {
    const { view, lit } = sheet;
    const inView = this.scene.visiblePlaces().filter((place) => touches(place, view));
    const ordered = [...inView].sort((a, b) => Number(this.#isBackground(b.id)) - Number(this.#isBackground(a.id)));
    for (const place of ordered.filter((one) => lit && !lit.places.has(one))) this.#drawSign(sheet, place, FADED.sign);
    for (const place of ordered.filter((one) => !lit || lit.places.has(one))) this.#drawSign(sheet, place, 1);
    for (const place of inView.filter((one) => this.model.filters.isNew(one.node) && (lit?.places.has(one) ?? true))) this.#drawRing(sheet, place, true, NEW_RING);
    const { selection, highlight } = this.scene;
    const ringed = new Set([selection.entity, ...(highlight.entities.length <= MOST_RINGS ? highlight.entities : [])]);
    for (const place of inView.filter(({ id }) => ringed.has(id))) this.#drawRing(sheet, place, place.id === selection.entity);
  }

  #drawSign({ surface, view, palette, lit }, place, alpha) {
    const { fill } = colorsOf(palette, this.model.groupOfEntity(place.id));
    const color = this.signColor(place, palette);
    const at = this.#signIn(place, view);
    const trace = (to) => traceShape(to, SHAPES[place.shape], at);
    const title = this.model.name(place.node);
    const isGone = this.model.isGone(place.node);
    const isDashed = isGone || this.dashed.has(place.id);
    if (alpha < 1) surface.path(trace, { fill, line: fill, width: HOLLOW_LINE }); // so that no line shines through
    if (place.isTopic || isDashed) surface.path(trace, { fill, line: color, width: HOLLOW_LINE, dash: isDashed ? DASHED_SIGN : null, alpha: isGone && !lit ? FADED.gone : alpha, title });
    else surface.path(trace, { fill: color, line: fill, width: 1, alpha, title });
  }

  /** Return the colour of a sign: that of its group, or a quiet one for kinds that are hidden at first. */
  signColor(place, palette) {
    return this.#isBackground(place.id) ? palette.background : colorsOf(palette, this.model.groupOfEntity(place.id)).name;
  }

  #signIn({ x, y, radius }, { scale, x: left, y: top }) {
    return { x: x * scale + left, y: y * scale + top, radius: Math.max(radius * scale, SMALLEST_SIGN) };
  }

  #drawRing({ surface, view, palette }, place, isSelected, width = 2) {
    const { x, y, radius } = this.#signIn(place, view);
    const ring = { x, y, radius: radius + RING_GAP };
    surface.path((to) => traceShape(to, SHAPES.dot, ring), { line: isSelected ? palette.accent : palette.ink, width });
  }

  // --- names ---

  /** Return the names in a window on the map, at their positions in the window. */
  #namesIn(view, focus, placed) {
    const names = placed.map((name) => shift(name, view.x, view.y));
    const more = focus === null || focus.all ? [] : this.#missingNames(view, focus.places, names);
    return [...names, ...more].filter(({ box }) => inWindow(box, view));
  }

  /** Return names for highlighted entities that have none on the map, over names that are faded where they must. */
  #missingNames(view, places, names) {
    const named = new Map(names.map((name) => [name.entity, name]));
    const visible = places.filter((place) => touches(place, view));
    const grid = new BoxGrid(visible.map((place) => shiftBox(signBox(place, view.scale), view.x, view.y)));
    for (const place of visible) if (named.has(place.id)) grid.add(named.get(place.id).box);
    const all = new BoxGrid(names.map(({ box }) => box));
    const titles = new BoxGrid(names.filter(({ isTitle }) => isTitle).map(({ box }) => box));
    const whole = { isFree: (box) => isWhole(box, { ...view, x: 0, y: 0 }) };
    return visible.filter(({ id }) => !named.has(id)).slice(0, MOST_HIGHLIGHTED_NAMES).map((place) => {
      const name = [[all, whole], [titles, whole], [whole]].map((grids) => this.names.nameBeside(place, { view, grids: [grid, ...grids] }))
        .find((one) => one !== null) ?? null;
      if (name !== null) grid.add(name.box);
      return name;
    }).filter((name) => name !== null);
  }

  /** Return names in the order in which they are drawn: highlighted ones last. */
  #inOrder(names, lit) {
    if (!lit) return names;
    const isLit = ({ entity }) => entity !== null && lit.places.has(this.scene.places.get(entity));
    return [...names.filter((name) => !isLit(name)), ...names.filter(isLit)];
  }

  #drawName({ surface, palette, lit }, name) {
    const { entity, box, block, isTitle } = name;
    const group = entity === null ? name.group ?? null : this.model.groupOfEntity(entity);
    const fill = this.groundOf(name, group, palette);
    const isQuiet = name.isLineName || name.isCaption || this.isQuiet(entity);
    const ink = isQuiet ? palette.muted : isTitle || block.style.italic ? colorsOf(palette, group).name : palette.ink;
    const isGone = entity !== null && this.model.isGone(this.model.nodes.get(entity));
    const faded = entity !== null && !isTitle && (lit === null ? isGone : !lit.places.has(this.scene.places.get(entity)));
    const { left, right, top, bottom } = box;
    surface.path((to) => to.rect(left + 1, top + 1, right - left - 2, bottom - top - 2), { fill, alpha: faded ? palette.boxes * FADED.name : palette.boxes });
    surface.label(name, { ink, ground: fill, alpha: faded ? FADED.name : 1 });
  }

  /** Return the colour of the ground on which a name stands. */
  groundOf(_, group, palette) {
    return colorsOf(palette, group).fill;
  }

  /** Return whether the name of an entity, if it is one, is of a kind that is hidden at first. */
  isQuiet(entity) {
    return entity !== null && this.#isBackground(entity);
  }

  // --- names of highlighted lines ---

  /** Return what stands at highlighted lines: the relation, or the entity that the line stands for. */
  #lineNames(view, lit, names) {
    const { selection, hovered } = this.scene;
    const isOfInterest = [selection.entity, selection.relation, hovered.entity, hovered.relation, hovered.folded].some((id) => id !== null);
    if (!lit || !isOfInterest || lit.lines.size > MOST_LINE_NAMES) return [];
    const isLit = ({ entity }) => entity !== null && lit.places.has(this.scene.places.get(entity));
    const grids = [names, names.filter(isLit)].map((some) => new BoxGrid(some.map(({ box }) => ({ ...box, owner: undefined }))));
    for (const place of this.scene.visiblePlaces()) {
      const box = shiftBox(signBox(place, view.scale), view.x, view.y);
      grids[0].add(box);
      if (lit.places.has(place)) grids[1].add(box);
    }
    const meant = new Set([selection.entity, hovered.folded]);
    const [folded, relations] = [[...lit.lines].filter((line) => line.folded && meant.has(line.edge.via)), [...lit.lines].filter((line) => !line.folded)];
    const sets = [...groupBy(folded, ({ edge }) => edge.via).values(), ...relations.map((line) => [line])];
    return sets.map((lines) => this.#lineName(lines, view, grids)).filter((name) => name !== null);
  }

  /** Return what stands at a highlighted line: the relation, or the entity that the line stands for. */
  textOfLine({ edge, folded = false }) {
    return folded ? this.model.name(this.model.nodes.get(edge.via)) : this.model.translate(edge.label);
  }

  /** Return a name at the first of these lines that has room: that of the relation, or of the entity that the lines stand for. */
  #lineName(lines, view, [all, highlighted]) {
    const [{ folded }] = lines;
    const text = this.textOfLine(lines[0]);
    const [block] = evenBlocks(text, LINE_STYLE, (part) => this.labels.widthOf(part, LINE_STYLE));
    for (const grid of folded ? [all, highlighted] : [all]) {
      for (const line of lines) {
        const at = (share) => {
          const { x, y } = pointOn(line, share);
          return { x: x * view.scale + view.x, y: y * view.scale + view.y };
        };
        const name = this.labels.placeAlong(block, at, grid);
        if (name === null) continue;
        for (const each of [all, highlighted]) each.add(name.box);
        return { ...name, entity: null, group: this.#groupOfLine(line), isLineName: true };
      }
    }
    return null;
  }
}

/** Return the ids of the topics on which nobody is named. */
function lonelyTopics(model) {
  return (model.data.answers.missing ?? []).filter(({ question }) => question === "lonely-topics")
    .flatMap(({ findings, count }) => findings.slice(0, count)).flatMap(({ entities }) => entities);
}
