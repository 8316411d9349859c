"use strict";

const MEMBERS_ON_TILE = 1; // names below that of the group
const NAMED_ON_TILE = 5; // entries on the tile of a group of which a step of the tour names some
const MOST_NAMED = 40; // entries; a step that names more speaks of groups or kinds, not of single entries

/** On a phone, where a map is too small for names: a tile for each group, which opens the part of the map that it stands for. */
class Tiles {
  constructor(app) {
    this.app = app;
    this.model = app.model;
    this.container = document.getElementById("tiles");
  }

  /** Show tiles on a phone until a part of the map is looked at, and at each step of the tour those of which the step speaks. */
  refresh() {
    const isShown = this.#isWanted();
    this.container.hidden = !isShown; // first, because nothing in a hidden element takes the focus
    if (isShown) this.#render();
  }

  /** Return whether a step of the tour is shown, and not the question about paths, which leads through groups. */
  get #isTour() {
    return this.app.panel.questions.tour.knows(this.app.selection.ask);
  }

  #isWanted() {
    const { filters, isMap } = this.model;
    const isWhole = this.app.picture.atHome && !this.app.isSelected;
    return isMap && isNarrow() && !filters.isExcerpt && (isWhole || this.#isTour) && filters.entities.size > 0;
  }

  #render() {
    const named = new Set(this.#isTour ? this.app.panel.highlight(this.app.selection).entities : []);
    const isFew = named.size > 0 && named.size <= MOST_NAMED;
    const [chosen, tile] = isFew ? [(id) => named.has(id), (one) => this.#namedTile(one)] : [() => true, (one) => this.#tile(one)];
    const groups = this.model.data.groups.map((group) => ({ group, at: middleOf(group), members: this.#members(group.members.filter(chosen)) })).filter(({ members }) => members.length > 0);
    const outside = isFew ? this.#members([...named].filter((id) => this.model.groupOfEntity(id) === null)) : [];
    const columns = columnsOf(groups).map((column) => column.map(tile));
    if (outside.length > 0) columns[columns[1].length < columns[0].length ? 1 : 0].push(this.#namedTile({ group: null, members: outside }));
    const focused = this.container.contains(document.activeElement) ? document.activeElement.id : "";
    this.container.replaceChildren(...[this.#isTour ? this.#back() : null].filter(Boolean),
      ...columns.map((column) => element("ul", { class: "tile-column" }, column.map((one) => element("li", {}, one)))));
    if (focused !== "") document.getElementById(focused)?.focus({ preventScroll: true }); // it was lost with the old tile
  }

  /** Return the id of the button that opens a group, by which it is found again among new tiles. */
  #idOf(group) {
    return `tile-${this.model.data.groups.indexOf(group)}`;
  }

  /** Return the button that leads from a step of the tour back to the tiles of all groups. */
  #back() {
    return element("button", { type: "button", class: "plain back tiles-back", id: "all-tiles", onclick: () => this.#leaveTour() },
      element("span", { "aria-hidden": "true" }, "‹ "), this.model.say("allGroups", { n: this.model.number(this.model.data.groups.length) }));
  }

  #leaveTour() {
    this.app.picture.home(); // because tiles stand for the whole map only, and an entry may have moved it
    this.app.select(NO_SELECTION);
    this.container.querySelector(".tile")?.focus({ preventScroll: true });
  }

  /** Return the tile of a group: a button with its name and its best linked member. */
  #tile({ group, members }) {
    const present = members.filter((node) => !this.model.isGone(node));
    const best = present.filter(({ id }) => !group.titles.includes(id)).slice(0, MEMBERS_ON_TILE);
    return element("button", { type: "button", id: this.#idOf(group), class: present.length === 0 ? "tile gone" : "tile", style: tileStyle(group), onclick: () => this.app.excerpts.openGroup(group) },
      this.#name(group, present.length), best.map((node) => element("span", { class: "tile-member", dir: "auto" }, this.model.name(node))));
  }

  /** Return the name of a group, and how many of its entries the map shows. */
  #name(group, n) {
    const all = this.model.membersOf(group).length;
    return element("span", { class: "tile-name" }, element("bdi", {}, this.model.groupName(group)),
      element("span", { class: "visually-hidden" }, `, ${this.model.countOfAll("nodeCount", n, all)}: `),
      element("span", { class: "tile-count", "aria-hidden": "true" }, ` ${n === all ? this.model.number(n) : this.model.say("someOf", { n: this.model.number(n), all: this.model.number(all) })}`));
  }

  /** Return a tile with a button for each entry that a step names, below the button of their group; null is no group. */
  #namedTile({ group, members }) {
    const [listed, rest] = [members.slice(0, NAMED_ON_TILE), members.slice(NAMED_ON_TILE)];
    return element("div", { class: "tile named", style: tileStyle(group) },
      group === null ? element("span", { class: "tile-name" }, this.model.say("inNoGroup"))
        : element("button", { type: "button", id: this.#idOf(group), class: "plain tile-name", onclick: () => this.app.excerpts.openGroup(group) }, element("bdi", {}, this.model.groupName(group))),
      listed.map((node) => element("button", { type: "button", id: `tile-entry-${node.id}`, class: "plain tile-entry", dir: "auto", onclick: () => this.app.select({ entity: node.id }, { move: true, focus: true }) },
        shapeIcon(this.model.kinds.get(node.kind)), element("span", {}, this.model.name(node)))),
      rest.length === 0 ? null : element("span", { class: "tile-count" }, this.model.count("moreNamed", rest.length)));
  }

  /** Return the visible ones of some entities, those with most relations first. */
  #members(ids) {
    return ids.map((id) => this.model.nodes.get(id))
      .filter((node) => node !== undefined && this.model.isVisible(node)).sort((a, b) => b.size - a.size || (a.id < b.id ? -1 : 1));
  }
}

/** Return tiles in two columns, in the order of the map: its left half, its right half, each from top to bottom. */
function columnsOf(tiles) {
  const byPlace = [...tiles].sort((a, b) => a.at.x - b.at.x);
  const half = Math.ceil(tiles.length / 2);
  return [byPlace.slice(0, half), byPlace.slice(half)].map((column) => column.sort((a, b) => a.at.y - b.at.y));
}

/** Return the colours of a tile as those of its group; none where there is no group. */
function tileStyle(group) {
  if (group === null) return null;
  const { fill, line, name } = colorsOf(mapPalette(), group);
  return `--tile:${fill};--tile-line:${line};--tile-name:${name}`;
}

/** Return the middle of the cell of a group. */
function middleOf({ cell }) {
  const sum = (axis) => cell.reduce((total, corner) => total + corner[axis], 0) / cell.length;
  return { x: sum(0), y: sum(1) };
}
