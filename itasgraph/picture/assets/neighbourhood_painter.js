"use strict";

// Draws a neighbourhood in columns, with the means of a map.

const COLUMN_STYLES = { centre: { size: 15, weight: 600, width: 150 }, heading: { size: 12, weight: 400, width: 150 } };
const WIDEST_IN_COLUMN = 150; // pixels, of a name
const COLUMN_NAME_GAP = 5; // pixels between a sign and the name below it
const HEADING_GAP = 6; // pixels between what stands above a column and the line below it
const PATCH = { across: 8, above: 7, below: 5, corner: 12 }; // pixels around the sign and name of a topic in a group
const LONGEST_LINE_QUOTE = 160; // characters

class ColumnNames extends MapNames {
  /** Return the style of the name of an entity: larger in the middle, and no title. */
  styleOf(place) {
    if (place.id === this.model.filters.neighbourhood.entity) return "centre";
    const style = super.styleOf(place);
    return style === "title" ? "topic" : style === "background" ? "other" : style;
  }

  /** Let no name be wider than this, in pixels, and give letters a share of their size. */
  limit(width, share) {
    const narrow = (style) => ({ ...style, size: style.size * share, width: Math.min(width, WIDEST_IN_COLUMN) });
    this.forget();
    this.narrowStyles = Object.fromEntries(Object.entries({ ...super.styles(), ...COLUMN_STYLES }).map(([name, style]) => [name, narrow(style)]));
  }

  styles() {
    return this.narrowStyles;
  }

  /** Return the names below their signs, the important ones first, none over another or over a sign; and above each column what stands in it. */
  place(scale, sheet) {
    const places = this.scene.visiblePlaces();
    const signs = new BoxGrid(places.map((place) => signBox(place, scale)));
    const grid = new BoxGrid();
    const centre = places.filter(({ id }) => id === this.model.filters.neighbourhood.entity);
    const names = [...this.#headings(scale), ...[...centre, ...places.filter((place) => !centre.includes(place))].map((place) => this.below(place, scale))];
    return names.filter(({ box }) => {
      if (!grid.isFree(box) || !signs.isFree(box) || !sheet.isFree(box)) return false;
      grid.add(box);
      return true;
    });
  }

  /** Return the name of an entity below its sign, with the origin of the network at (0, 0): the block with the fewest lines. */
  below(place, scale) {
    const [block] = this.blocksOf(place, scale);
    const anchor = { x: place.x * scale, y: place.y * scale };
    const at = { x: anchor.x, y: anchor.y + place.radius * scale + COLUMN_NAME_GAP, align: "center" };
    return { ...at, block, box: nameBox(at, block, place.id), anchor, entity: place.id, isTitle: false };
  }

  #headings(scale) {
    const { columns, top } = this.scene.layout;
    if (new Set(this.scene.visiblePlaces().map(({ node }) => node.kind)).size === 1) return []; // all columns would say the same
    return columns.map(({ members, x }) => {
      const [block] = this.blocksIn(this.#heading(members), "heading", scale);
      const anchor = { x: x * scale, y: (top + COLUMN.head - COLUMN.rule) * scale };
      const at = { x: anchor.x, y: anchor.y - HEADING_GAP - block.height, align: "center" };
      return { ...at, block, box: nameBox(at, block, null), anchor, entity: null, isCaption: true };
    });
  }

  /** Return the kinds of entities in words, in the order of the legend. */
  #heading(members) {
    const counts = countBy(members.map((id) => this.model.nodes.get(id)), ({ kind }) => [kind]);
    return [...this.model.kinds.values()].filter(({ id }) => counts.has(id))
      .map(({ id, label, plural }) => this.model.translate(counts.get(id) === 1 ? label : plural ?? label)).join(", ");
  }
}

class ColumnPainter extends MapPainter {
  constructor(scene) {
    super(scene);
    this.names = new ColumnNames(scene, this.labels);
    if (scene.layout !== null) this.names.limit(scene.layout.nameWidth, scene.layout.nameSize);
  }

  /** Return the columns of the visible entities in a window of some size. */
  layoutIn(size) {
    return new ColumnLayout(this.model, size, (...asked) => this.extentOf(...asked));
  }

  /** Return how far the sign and the name of a node reach above and below its place, as a layout asks for it. */
  extentOf(node, nameWidth, nameSize) {
    this.names.limit(nameWidth, nameSize);
    const place = this.scene.places.get(node.id);
    const { box } = this.names.below({ ...place, x: 0, y: 0 }, 1);
    return { above: place.radius + PATCH.above, below: box.bottom + PATCH.below };
  }

  /** Return no area: in columns, no ground belongs to a group. */
  areas() {
    return [];
  }

  /** Draw a line below what stands above the columns, and a patch in the colour of its group below each topic. */
  drawGround({ surface, view, palette }) {
    const { top } = this.scene.layout;
    const [left, right] = this.scene.layout.frame.map(({ x }) => x * view.scale + view.x);
    const y = (top + COLUMN.head - COLUMN.rule) * view.scale + view.y;
    surface.path((to) => tracePoints(to, [{ x: left, y }, { x: right, y }]), { line: palette.background, width: 0.8, alpha: 0.6 });
    for (const place of this.scene.visiblePlaces().filter(({ id, isTopic }) => isTopic && this.model.groupOfEntity(id) !== null)) {
      const { fill, line } = colorsOf(palette, this.model.groupOfEntity(place.id));
      surface.path((to) => traceHull(to, this.#patch(place, view), PATCH.corner), { fill, line, width: HULL.line });
    }
  }

  #patch(place, view) {
    const { box, anchor } = this.names.below(place, view.scale);
    const [left, right, bottom] = [box.left - PATCH.across + view.x, box.right + PATCH.across + view.x, box.bottom + PATCH.below + view.y];
    const top = anchor.y - place.radius * view.scale - PATCH.above + view.y;
    return [{ x: left, y: top }, { x: right, y: top }, { x: right, y: bottom }, { x: left, y: bottom }];
  }

  /** Return the colour of a sign: that of its group or, in a network without groups, of its kind. */
  signColor(place, palette) {
    return this.model.isMap ? colorsOf(palette, this.model.groupOfEntity(place.id)).name : this.scene.paint(place).fill;
  }

  /** Return the colour of the ground on which a name stands: only topics stand on a patch. */
  groundOf({ entity }, group, palette) {
    return entity !== null && this.scene.places.get(entity).isTopic ? super.groundOf(null, group, palette) : palette.ground;
  }

  isQuiet() {
    return false;
  }

  /** Return the look of a line, the same for all that are not highlighted. */
  lookOf(line, palette, isLit) {
    return { color: isLit ? palette.ink : palette.muted, look: isLit ? "lit" : "inside", alpha: 1 };
  }

  /** Return what stands at a highlighted line: the relation, and the words that state it where the pointer is on the line. */
  textOfLine({ edge, folded = false }) {
    const text = super.textOfLine({ edge, folded });
    const quote = this.scene.hovered.relation === edge.id ? edge.quotes[0]?.text ?? "" : "";
    if (quote === "") return text;
    const short = Array.from(quote).length > LONGEST_LINE_QUOTE ? `${Array.from(quote).slice(0, LONGEST_LINE_QUOTE).join("").trim()}…` : quote;
    return `${text}: ${this.model.say("quoteOpen")}${short}${this.model.say("quoteClose")}`;
  }
}
