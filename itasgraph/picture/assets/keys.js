"use strict";

const PAN_STEP = 80;

/** The picture by keyboard: move it, step from thing to thing, choose. What is stepped to is lit as under a pointer. */
class Keys {
  /** `listeners` choose a thing, go to what is told of it, and announce. */
  constructor(model, picture, listeners) {
    this.model = model;
    this.picture = picture;
    this.listeners = listeners;
    picture.container.addEventListener("keydown", (event) => this.#pressed(event));
  }

  #pressed(event) {
    const actions = {
      ArrowLeft: () => this.picture.pan(-PAN_STEP, 0), ArrowRight: () => this.picture.pan(PAN_STEP, 0),
      ArrowUp: () => this.picture.pan(0, -PAN_STEP), ArrowDown: () => this.picture.pan(0, PAN_STEP),
      "+": () => this.picture.zoom(1.3), "=": () => this.picture.zoom(1.3), "-": () => this.picture.zoom(1 / 1.3),
      0: () => this.picture.home(), Home: () => this.picture.home(),
      n: () => this.#step(1), N: () => this.#step(-1), Enter: () => this.#enter(),
    };
    const key = /^n$/i.test(event.key) ? (event.shiftKey ? "N" : "n") : event.key; // whatever Caps Lock says
    if (event.ctrlKey || event.metaKey || event.altKey || !Object.hasOwn(actions, key)) return;
    event.preventDefault();
    actions[key]();
  }

  /** On to the next neighbour of what is chosen; where nothing is, to the next of all things, the most important first. */
  #step(by) {
    const ring = this.#ring();
    if (ring.length === 0) return;
    const now = ring.indexOf(this.picture.scene.hovered.thing ?? this.at); // back in the picture, go on from where one was
    const next = now < 0 && by < 0 ? ring.length - 1 : (now + by + ring.length) % ring.length;
    this.#point(ring[next]);
    this.listeners.announce(this.#told(ring[next], next + 1, ring.length));
  }

  #ring() {
    const { scene } = this.picture;
    const { thing } = scene.chosen;
    const near = thing === null ? [] : scene.circle(thing).map(({ id }) => id).filter((id) => id !== thing);
    return near.length > 0 ? [...new Set(near)] : scene.visiblePlaces().map(({ id }) => id);
  }

  /** Light a thing, and bring it into view where it is not. */
  #point(id) {
    this.at = id;
    this.picture.scene.hovered = { ...NOTHING, thing: id };
    const { left, right, top, bottom } = this.picture.container.getBoundingClientRect();
    const { x, y } = this.picture.whereIs(id);
    if (x < left || x > right || y < top || y > bottom) this.picture.visit(id);
    this.picture.network.redraw();
  }

  #told(id, n, all) {
    const { thing } = this.picture.scene.chosen;
    const node = this.model.nodes.get(id);
    const readings = thing === null ? [] : this.model.edgesOf.get(thing)
      .filter((edge) => this.model.isEdgeVisible(edge) && this.model.otherEnd(edge, thing).id === id).map((edge) => this.model.reading(edge, thing).text);
    const place = this.model.say("place", { n: this.model.number(n), all: this.model.number(all) });
    const relation = [...new Set(readings)].join(", ");
    return `${place}: ${[relation, this.model.name(node), this.model.kindName(node)].filter(Boolean).join(", ")}`;
  }

  #enter() {
    const { chosen, hovered } = this.picture.scene;
    if (hovered.thing !== null && hovered.thing !== chosen.thing) this.listeners.choose(hovered.thing);
    else this.listeners.read();
  }
}
