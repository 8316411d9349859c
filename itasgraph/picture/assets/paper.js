"use strict";

const MAP_ON_PAPER = { width: 1060, height: 748 }; // pixels, about as wide as high as a map is

/** Prepares the page for paper: a light picture, open evidence, all rows; a map as SVG, so that its names are sharp. */
class Paper {
  constructor(app) {
    this.app = app;
    this.openedDetails = [];
    this.map = null;
  }

  prepare() {
    const { app } = this;
    this.darkOnScreen = app.dark;
    if (app.dark) app.setTheme(false);
    this.openedDetails = [...document.querySelectorAll(".panel details:not([open])")];
    for (const details of this.openedDetails) details.open = true;
    if (app.view === "table") app.table.showAll();
    else if (app.picture.isDrawnAsMap) this.#layMap();
  }

  restore() {
    this.map?.remove();
    if (this.darkOnScreen) this.app.setTheme(true);
    for (const details of this.openedDetails) details.open = false;
  }

  /** Put the map beside the canvas, which the style sheet does not print then. */
  #layMap() {
    const { picture } = this.app;
    const { width, height } = MAP_ON_PAPER;
    const surface = new SvgSurface();
    picture.painter.drawInto(surface, picture.viewIn(MAP_ON_PAPER), picture.atHome);
    const text = tag("svg", { xmlns: "http://www.w3.org/2000/svg", viewBox: `0 0 ${width} ${height}`, class: "paper-map", "aria-hidden": "true" }, surface.elements.join(""));
    this.map?.remove();
    this.map = document.importNode(new DOMParser().parseFromString(text, "image/svg+xml").documentElement, true);
    picture.container.after(this.map);
  }
}
