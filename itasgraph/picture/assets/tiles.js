"use strict";

const MEMBERS_ON_TILE = 1; // names below that of the group

/** On a phone, where a map is too small for names: a tile for each group, which opens the part of the map that it stands for. */
class Tiles {
  /** `open` receives a group. */
  constructor(model, open) {
    this.model = model;
    this.open = open;
    this.container = document.getElementById("tiles");
  }

  /** Show the tiles, or hide them. */
  show(isShown) {
    if (isShown) this.#render();
    this.container.hidden = !isShown;
  }

  /** Put the tiles in two columns, in the order of the map: its left half, its right half, each from top to bottom. */
  #render() {
    const tiles = this.model.data.groups.map((group) => ({ group, at: middleOf(group), members: this.#members(group) })).filter(({ members }) => members.length > 0);
    const byPlace = [...tiles].sort((a, b) => a.at.x - b.at.x);
    const half = Math.ceil(tiles.length / 2);
    const columns = [byPlace.slice(0, half), byPlace.slice(half)].map((column) => column.sort((a, b) => a.at.y - b.at.y));
    this.container.replaceChildren(...columns.map((column) => element("ul", { class: "tile-column" }, column.map((tile) => element("li", {}, this.#tile(tile))))));
  }

  #tile({ group, members }) {
    const present = members.filter((node) => !this.model.isGone(node));
    const best = present.filter(({ id }) => !group.titles.includes(id)).slice(0, MEMBERS_ON_TILE);
    const { fill, line, name } = colorsOf(mapPalette(), group);
    return element("button", { type: "button", class: present.length === 0 ? "tile gone" : "tile", style: `--tile:${fill};--tile-line:${line};--tile-name:${name}`, onclick: () => this.open(group) },
      element("span", { class: "tile-name" }, element("bdi", {}, this.model.groupName(group)),
        element("span", { class: "visually-hidden" }, `, ${this.model.count("nodeCount", present.length)}: `),
        element("span", { class: "tile-count", "aria-hidden": "true" }, ` ${this.model.number(present.length)}`)),
      best.map((node) => element("span", { class: "tile-member", dir: "auto" }, this.model.name(node))));
  }

  /** Return the visible members of a group, those with most relations first. */
  #members(group) {
    return group.members.map((id) => this.model.nodes.get(id)).filter((node) => node !== undefined && this.model.isVisible(node))
      .sort((a, b) => b.size - a.size || (a.id < b.id ? -1 : 1));
  }
}

/** Return the middle of the cell of a group. */
function middleOf({ cell }) {
  const sum = (axis) => cell.reduce((total, corner) => total + corner[axis], 0) / cell.length;
  return { x: sum(0), y: sum(1) };
}
