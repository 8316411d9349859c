"use strict";

const ZOOM_STEP = 1.05;

/** The names of the whole network, placed for steps of the zoom; they keep their places between two steps. */
class PlacedNames {
  /** `place` returns the names at a scale in a window ({width, height}); it receives `home` where the whole network is in view, else null. */
  constructor(place) {
    this.place = place;
    this.placement = null; // the names placed for the current zoom step
    this.home = null; // where the whole network is in view: {scale, x, y, width, height, corner}
  }

  /** Remember the view of the whole network, in which no name may be cut by the window or lie under the buttons. */
  atHome(home) {
    this.home = home;
    this.forget();
  }

  /** Forget the places of names after filters or the language have changed. */
  forget() {
    this.placement = null;
  }

  /** Return the name of an entity as it was last placed, if it was. */
  nameOf(id) {
    return this.placement?.names.find(({ entity }) => entity === id);
  }

  /** Return the names in a view, with the origin of the network at (0, 0); `asBefore`, those of any zoom. */
  at({ scale, width, height }, asBefore) {
    const atHome = this.home !== null && Math.abs(scale / this.home.scale - 1) < 1e-4;
    const step = atHome ? this.home.scale : Math.pow(ZOOM_STEP, Math.floor(Math.log(scale) / Math.log(ZOOM_STEP)));
    const key = [step, width, height].join();
    if (this.placement === null || (this.placement.key !== key && !asBefore)) {
      this.placement = { key, step, names: this.place(step, { width, height }, atHome ? this.home : null) };
    }
    const growth = scale / this.placement.step - 1;
    return this.placement.names.map((name) => shift(name, name.anchor.x * growth, name.anchor.y * growth));
  }
}
