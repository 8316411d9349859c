"use strict";

// Where the names of a map stand: beside their signs, inside the cell of their group, in the reader's font.

const MAP_STYLES = {
  title: { size: 15.5, weight: 600, width: 190 },
  square: { size: 12, weight: 600, width: 128 },
  dot: { size: 12, weight: 500, width: 128 },
  other: { size: 12, weight: 400, width: 128 },
  topic: { size: 12, weight: 400, width: 128, italic: true },
  background: { size: 11, weight: 400, width: 128 },
  caption: { size: 12, weight: 400, width: 400 },
};
// Sizes of names, as shares; the smallest ones only at small scales.
const SIZES = [{ size: 1, width: 1 }, { size: 0.92, width: 0.9 }, { size: 0.86, width: 0.9 }, { size: 0.8, width: 0.9, below: 0.95 }, { size: 0.75, width: 0.9, below: 0.75 }];
const SMALL_MAPS = [0.95, 0.75, 0.7]; // below each of these scales, as on a small screen, names are a size smaller
const NAME_COSTS = { side: 0.1, line: 0.4, foreign: 6, own: 2.5, cover: 40, beyond: 4 }; // of the nth position, of a line more, of lines below it; of a title over signs, and beyond its cell
const CELL_MARGIN = 1; // pixels between a name and the hull of its group
const CLEAR_OF_SIGNS = 1.5;
const CAPTION_ABOVE = 7; // pixels between the caption and the signs below it
const ORDER = { title: 0, link: 1, square: 2, dot: 3, other: 4, topic: 5, background: 6 }; // who is named first where room lacks

class MapNames {
  constructor(scene, labels) {
    this.scene = scene;
    this.model = scene.model;
    this.labels = labels;
    this.titles = new Set(this.model.data.groups.flatMap(({ titles }) => titles));
    this.blocks = new Map();
  }

  /** Forget the sizes of names after the language has changed. */
  forget() {
    this.blocks.clear();
  }

  /** Return the style of the name of an entity. */
  styleOf(place) {
    if (this.titles.has(place.id)) return "title";
    if (this.isBackground(place)) return "background";
    if (place.isTopic) return "topic";
    return ["dot", "square"].includes(place.shape) ? place.shape : "other";
  }

  /** Return the groups that have an area of their own, each with the corners of its area. */
  cells() {
    return new Map(this.model.data.groups.map((group) => [group, group.cell]));
  }

  /** Return the ids of the visible entities that are the title of a group; null stands for a title that is no entity. */
  titlesOf(group, places) {
    const titles = places.map(({ id }) => id).filter((id) => group.titles.includes(id));
    return titles.length > 0 ? titles : [null];
  }

  /** Return the names that have a fixed place: what stands above the entities in no group. */
  fixedNames(places, view) {
    return this.#caption(places.filter(({ id }) => this.model.groupOfEntity(id) === null), view);
  }

  /** Return whether the map hides the kind of an entity at first. */
  isBackground({ node }) {
    return this.model.filters.background.has(node.kind);
  }

  /** Return the names at a scale, with the origin of the network at (0, 0); `sheet` says which boxes the window shows. */
  place(scale, sheet) {
    const view = { scale, x: 0, y: 0 };
    const places = this.scene.visiblePlaces();
    const at = ({ x, y }) => ({ x: x * scale, y: y * scale });
    const room = {
      view, sheet, names: new BoxGrid(), signs: new BoxGrid(places.map((place) => grow(signBox(place, scale), CLEAR_OF_SIGNS))),
      hulls: this.#hullsIn(view),
      lines: this.scene.visibleLines().concat(this.scene.visibleFolded()).filter((line) => !this.scene.isOnDemand(line))
        .map(({ edge, from, to }) => ({ ends: [edge.from, edge.to], from: at(from), to: at(to) })),
    };
    const byGroup = groupBy(places, ({ id }) => this.model.groupOfEntity(id));
    const fixed = this.fixedNames(places, view);
    for (const { box } of fixed) room.names.add(box);
    const names = [...this.cells()].filter(([group]) => byGroup.has(group)).flatMap(([group, corners]) => this.#namesOfGroup(group, corners, byGroup.get(group), room));
    const named = new Set(names.map(({ entity }) => entity));
    const rest = this.#sorted(places.filter((place) => !named.has(place.id) && !(this.isBackground(place) && this.model.groupOfEntity(place.id))));
    return [...names, ...rest.map((place) => this.#nameAnywhere(place, room)).filter((name) => name !== null), ...fixed];
  }

  /** Return a name beside a sign, over no box of a grid, or null. */
  nameBeside(place, { view, grids }) {
    return this.#positions(place, view, (box) => grids.every((grid) => grid.isFree(box)))[0] ?? null;
  }

  /** Return the positions of the name of an entity in a view whose box `fits`, the preferred ones first; the name is some sizes smaller. */
  #positions(place, { scale, x, y }, fits, smaller = 0) {
    const anchor = { x: place.x * scale + x, y: place.y * scale + y };
    const isTitle = this.titles.has(place.id);
    return this.blocksOf(place, scale, smaller).flatMap((block, n) => positionsAround(anchor, place.radius * scale, block, place.id)
      .flatMap((position, rank) => (fits(position.box)
        ? [{ ...position, block, anchor, entity: place.id, isTitle, cost: NAME_COSTS.side * rank + NAME_COSTS.line * n }] : [])));
  }

  /** Return the name of an entity as blocks of lines, the preferred one first; all but titles are some sizes smaller. */
  blocksOf(place, scale, smaller = 0) {
    const style = this.styleOf(place);
    return this.blocksIn(this.model.name(place.node), style, scale, style === "title" ? 0 : smaller);
  }

  /** Return the styles of names by their own names. */
  styles() {
    return MAP_STYLES;
  }

  /** Return a text as blocks of lines in a style. */
  blocksIn(text, styleName, scale, smaller = 0) {
    const sizes = SIZES.filter(({ below = Infinity }) => scale < below);
    const small = sizes[Math.min(SMALL_MAPS.filter((below) => scale < below).length + smaller, sizes.length - 1)];
    const key = `${small.size} ${styleName} ${text}`;
    if (!this.blocks.has(key)) {
      const { size, width, ...rest } = this.styles()[styleName];
      const style = { ...rest, size: size * small.size, width: width * small.width };
      const shortened = Array.from(text).length > LONGEST_LABEL ? `${Array.from(text).slice(0, LONGEST_LABEL).join("")}…` : text;
      this.blocks.set(key, evenBlocks(shortened, style, (part) => this.labels.widthOf(part, style)));
    }
    return this.blocks.get(key);
  }

  // --- names of a group ---

  /** Return the names of a group; where one finds no room, those of all its entries are smaller, but not for the sake of kinds that are hidden at first. */
  #namesOfGroup(group, corners, places, room) {
    const titles = this.titlesOf(group, places);
    const important = places.filter((place) => !this.isBackground(place)).length + titles.filter((title) => title === null).length;
    const cell = this.#cellOf(group, corners, { places, titles }, room);
    let best = [];
    let most = -1;
    for (let smaller = 0; smaller < SIZES.length && most < important; smaller++) {
      const names = this.#choose(cell, room, smaller).filter((name) => name !== null);
      const named = names.filter(({ entity }) => entity === null || !this.isBackground(this.scene.places.get(entity))).length;
      if (named > most) [best, most] = [names, named];
    }
    for (const { box } of best) room.names.add(box);
    return best;
  }

  /** Return what decides where the names of a group can stand, whatever their size: its hull, its entities, its lines, the positions of its titles. */
  #cellOf(group, corners, { places, titles }, room) {
    const hull = hullIn(corners, room.view, CELL_MARGIN);
    const ids = new Set(places.map(({ id }) => id));
    const cell = { group, hull, sides: sidesOf(hull), sorted: this.#sorted(places), lines: room.lines.filter(({ ends }) => ends.some((id) => ids.has(id))) };
    const order = cell.sorted.map(({ id }) => id);
    const inOrder = [...titles].sort((a, b) => order.indexOf(a) - order.indexOf(b));
    return { ...cell, titles: inOrder.map((entity) => ({ entity, positions: this.#titleCandidates(cell, entity, room) })) };
  }

  /** Return a name for the group, if it has no entity as its title, and for each entity, null for one without room. */
  #choose({ sorted, titles, ...cell }, room, smaller) {
    const entries = [...titles.filter(({ entity }) => entity === null).map(() => null), ...sorted];
    const lists = entries.map((place) => (place === null ? [] : this.#candidates(place, cell, room, smaller)));
    const listed = titles.map(({ entity, positions }) => ({ n: entries.findIndex((place) => (place?.id ?? null) === entity), positions }));
    for (const { n, positions } of listed) lists[n].push(...positions.filter(({ isClear }) => isClear));
    const chosen = chooseNames(lists);
    const missing = listed.filter(({ n }) => chosen[n] === null);
    for (const { n, positions } of missing) lists[n].push(...positions.filter(({ isClear }) => !isClear));
    return missing.length === 0 ? chosen : chooseNames(lists);
  }

  /** Sort entities by who is named first where room lacks. */
  #sorted(places) {
    const order = (place) => {
      const style = this.styleOf(place);
      return ORDER[style === "dot" && this.#linksGroups(place.id) ? "link" : style];
    };
    const orders = new Map(places.map((place) => [place, order(place)]));
    return [...places].sort((a, b) => orders.get(a) - orders.get(b) || this.scene.ranks.get(a.id) - this.scene.ranks.get(b.id));
  }

  #linksGroups(id) {
    const group = this.model.groupOfEntity(id);
    const leadsAway = (edge) => {
      const other = this.model.groupOfEntity(edge.from === id ? edge.to : edge.from);
      return other !== null && other !== group;
    };
    return this.model.edgesOf.get(id).some((edge) => this.model.isEdgeVisible(edge) && leadsAway(edge))
      || this.scene.visibleFolded().some(({ edge }) => [edge.from, edge.to].includes(id) && leadsAway(edge));
  }

  /** Return the positions beside a sign where its name is inside the cell and over no sign, the best ones first. */
  #candidates(place, { sides, lines }, { view, sheet, names, signs }, smaller) {
    const fits = (box) => beyondSides(sides, box) === 0 && signs.isFree(box) && names.isFree(box) && sheet.isFree(box);
    const candidates = this.#positions(place, view, fits, smaller);
    for (const candidate of candidates) candidate.cost += this.#lineCost(candidate.box, place.id, lines);
    return candidates.sort((a, b) => a.cost - b.cost);
  }

  #lineCost(box, id, lines) {
    let cost = 0;
    for (const { ends, from, to } of lines) if (touchesBox(box, from, to)) cost += ends.includes(id) ? NAME_COSTS.own : NAME_COSTS.foreign;
    return cost;
  }

  /** Return positions for the name of a group, or of an entity that is its title, amid its cell: near the top, and in the middle of the width first; over signs or beyond the cell last. */
  #titleCandidates({ group, hull, sides, lines }, entity, { view, sheet, names, signs }) {
    if (hull.length === 0) return [];
    const [left, right, top, bottom] = [Math.min, Math.max].flatMap((most) => [most(...hull.map(({ x }) => x))])
      .concat([Math.min, Math.max].map((most) => most(...hull.map(({ y }) => y))));
    const candidates = [];
    const text = this.model.name(this.model.nodes.get(entity) ?? { label: group.label, id: "" });
    for (const block of this.blocksIn(text, "title", view.scale)) {
      for (let y = top + 4; y < bottom - block.height; y += 6) {
        for (const share of [0.5, 0.4, 0.6, 0.3, 0.7, 0.2, 0.8]) {
          const x = left + (right - left) * share;
          const at = { x, y, align: "center" };
          const box = nameBox(at, block, null);
          if (!names.isFree(box) || !sheet.isFree(box)) continue;
          const [beyond, isOverSigns] = [beyondSides(sides, box), !signs.isFree(box)];
          const cost = (y - top) / 12 + 4 * Math.abs(share - 0.5) + this.#lineCost(box, null, lines)
            + NAME_COSTS.beyond * beyond + (isOverSigns ? NAME_COSTS.cover : 0);
          candidates.push({ ...at, block, box, anchor: { x, y }, group, entity, isTitle: true, cost, isClear: beyond === 0 && !isOverSigns });
        }
      }
    }
    return candidates.sort((a, b) => a.cost - b.cost);
  }

  // --- all others ---

  /** Return a name that has no room in a cell, or needs none, where it is over nothing else, or null; one of a kind that is hidden at first crosses no hull. */
  #nameAnywhere(place, { view, sheet, names, signs, hulls }) {
    if (this.isBackground(place)) return this.#nameAmidHulls(place, { view, grids: [names, signs, sheet, hulls] });
    const close = new BoxGrid(this.scene.visiblePlaces().map((other) => signBox(other, view.scale)));
    const name = this.nameBeside(place, { view, grids: [names, signs, sheet] }) ?? this.nameBeside(place, { view, grids: [names, close, sheet] });
    if (name !== null) names.add(name.box);
    return name;
  }

  #nameAmidHulls(place, { view, grids }) {
    const name = this.nameBeside(place, { view, grids });
    if (name !== null) grids[0].add(name.box);
    return name;
  }

  /** Return what says of a box whether it crosses no hull. */
  #hullsIn(view) {
    const edges = [...this.cells().values()].flatMap((cell) => hullIn(cell, view).map((from, n, corners) => [from, corners[(n + 1) % corners.length]]));
    return { isFree: (box) => !edges.some(([from, to]) => touchesBox(box, from, to)) };
  }

  /** Return the words above the entities in no group, or none where there are none. */
  #caption(places, { scale }) {
    const alone = places.filter(({ node }) => !this.model.filters.background.has(node.kind));
    if (alone.length === 0) return [];
    const [block] = this.blocksIn(this.model.say("notInGroups", { n: this.model.number(alone.length) }), "caption", scale);
    const left = Math.min(...this.model.data.groups.flatMap(({ cell }) => cell.map(([x]) => x)));
    const top = Math.min(...alone.map(({ y, radius }) => y - radius));
    const anchor = { x: (left + HULL.inset) * scale, y: top * scale };
    const at = { x: anchor.x, y: anchor.y - CAPTION_ABOVE - block.height, align: "left" };
    return [{ ...at, block, box: boxOf(at, block, null), anchor, entity: null, isCaption: true }];
  }
}
