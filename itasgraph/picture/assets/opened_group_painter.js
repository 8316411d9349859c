"use strict";

// Draws an open group, with the means of a map.

const OPENED_STYLES = {
  title: { size: 19, weight: 600, width: 280 },
  square: { size: 13, weight: 600, width: 150 },
  dot: { size: 13, weight: 500, width: 150 },
  other: { size: 13, weight: 400, width: 150 },
  topic: { size: 13, weight: 400, width: 150, italic: true },
  beside: { size: 13.5, weight: 600, width: 152 },
  pill: { size: 12.5, weight: 600, width: 900 },
};
const DOCKED_WIDTH = 128; // pixels, of a name beside the middle

class GroupNames extends MapNames {
  constructor(scene, labels) {
    super(scene, labels);
    this.group = this.model.filters.group;
    this.titles = new Set(this.group.titles);
  }

  styles() {
    return { ...super.styles(), ...OPENED_STYLES };
  }

  /** Return the style of the name of an entity, that of its kind even where the map hides it at first. */
  styleOf(place) {
    const style = super.styleOf(place);
    return style === "background" ? "other" : style;
  }

  isBackground() {
    return false; // what the map hides at first belongs here to what is shown
  }

  /** Return the names of an entity as blocks of lines, narrower beside the middle. */
  blocksOf(place, scale, smaller = 0) {
    const blocks = super.blocksOf(place, scale, smaller);
    if (this.model.groupOfEntity(place.id) === this.group) return blocks;
    const narrow = blocks.filter(({ width }) => width <= DOCKED_WIDTH);
    return narrow.length > 0 ? narrow : blocks.slice(-1);
  }

  /** Return the areas of the open group and of those linked with it, each with its corners. */
  cells() {
    return new Map(this.scene.layout.areas.filter(({ nodes, group }) => nodes ?? group === this.group).map((area) => [area.group, cornersOf(area)]));
  }

  titlesOf(group, places) {
    return group === this.group ? super.titlesOf(group, places) : []; // all others have a fixed title
  }

  /** Return the titles of the areas around the middle with the number of relations, and the names of all other groups. */
  fixedNames(_, { scale }) {
    const { areas } = this.scene.layout;
    return areas.filter(({ group }) => group !== this.group).flatMap((area) => (area.nodes ? this.#titleBeside(area, scale) : [this.#pill(area, scale)]));
  }

  #titleBeside(area, scale) {
    const [{ height }] = this.blocksIn(this.nameOf(area), "beside", scale);
    // Signs stand at the edge that looks to the middle, so the title of an area below stands at its lower edge.
    const top = area.side === "below" ? area.bottom - DOCK.gap - DOCK.caption - height / scale : area.top + DOCK.gap + 2;
    const title = this.#fixed(this.nameOf(area), "beside", { area, scale, y: top });
    const y = top + height / scale;
    return [title, { ...this.#fixed(this.model.count("edgeCount", area.links), "background", { area, scale, y }), isTitle: false, isCaption: true }];
  }

  #pill(area, scale) {
    const [block] = this.blocksIn(this.nameOf(area), "pill", scale);
    return this.#fixed(this.nameOf(area), "pill", { area, scale, y: (area.top + area.bottom - block.height / scale) / 2 });
  }

  #fixed(text, style, { area, scale, y }) {
    const [block] = this.blocksIn(text, style, scale);
    const anchor = { x: ((area.left + area.right) / 2) * scale, y: y * scale };
    const at = { ...anchor, align: "center" };
    return { ...at, block, box: nameBox(at, block, null), anchor, entity: null, group: area.group, opens: area.more > 0 ? ALL_GROUPS : null, isTitle: true };
  }

  /** Return the name of an area: of its group, of what is in no group, or of so many more groups. */
  nameOf({ group, more = 0 }) {
    if (more > 0) return this.model.count("moreGroups", more);
    return group === null ? this.model.say("inNoGroup") : this.model.groupName(group);
  }

  /** Return how large names are, as a layout asks for it. */
  measures() {
    const sizeOf = (text, style) => this.blocksIn(text, style, 1)[0];
    return {
      entity: (node) => {
        const place = this.scene.places.get(node.id);
        const [{ width, height }] = this.blocksOf(place, 1);
        return { width, height, radius: Math.max(place.radius, SMALLEST_LAID_OUT) };
      },
      title: (area) => sizeOf(this.nameOf(area), "beside"),
      pill: (area) => sizeOf(this.nameOf(area), "pill").width,
    };
  }
}

class GroupPainter extends MapPainter {
  constructor(scene) {
    super(scene);
    this.names = new GroupNames(scene, this.labels);
  }

  /** Return the places of the open group in a window of some size. */
  layoutIn(size) {
    return new GroupLayout(this.model, size, this.names.measures());
  }

  drawGround({ surface, view, palette }) {
    for (const area of this.scene.layout.areas) {
      const { fill, line } = colorsOf(palette, area.group);
      surface.path((to) => traceHull(to, hullIn(cornersOf(area), view), area.corner * view.scale), { fill, line, width: HULL.line });
    }
  }

  /** Return the colour of a sign: that of its group. */
  signColor(place, palette) {
    return colorsOf(palette, this.model.groupOfEntity(place.id)).name;
  }

  isQuiet() {
    return false;
  }

  lookOf(line, palette, isLit) {
    return super.lookOf(line, palette, isLit, false);
  }

  /** Return the other group whose title is at a point of the window, ALL_GROUPS at the number of further ones, or null. */
  titleAt(point) {
    return this.#unlessOpen(super.titleAt(point));
  }

  /** Return the other group whose area is at a point of the window, or null. */
  groundAt(point) {
    return this.#unlessOpen(super.groundAt(point));
  }

  #unlessOpen(group) {
    return group === this.model.filters.group ? null : group;
  }

  areas() {
    return this.scene.layout.areas.filter(({ group }) => group !== null).map((area) => [area.group, cornersOf(area)]);
  }
}
