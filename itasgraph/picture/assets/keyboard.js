"use strict";

const PAN_STEP = 80;

/** Controls the picture by keyboard: moves it, steps from entity to entity, selects. The current entity is highlighted as under a pointer. */
class KeyboardControl {
  /** `listeners` select an entity (`choose`), put the focus on the panel (`read`), and announce a text. */
  constructor(model, picture, listeners) {
    this.model = model;
    this.picture = picture;
    this.listeners = listeners;
    picture.container.addEventListener("keydown", (event) => this.#onKey(event));
  }

  #onKey(event) {
    const actions = {
      ArrowLeft: () => this.picture.pan(-PAN_STEP, 0), ArrowRight: () => this.picture.pan(PAN_STEP, 0),
      ArrowUp: () => this.picture.pan(0, -PAN_STEP), ArrowDown: () => this.picture.pan(0, PAN_STEP),
      "+": () => this.picture.zoom(1.3), "=": () => this.picture.zoom(1.3), "-": () => this.picture.zoom(1 / 1.3),
      0: () => this.picture.home(), Home: () => this.picture.home(),
      n: () => this.#step(1), N: () => this.#step(-1), Enter: () => this.#enter(),
    };
    const key = /^n$/i.test(event.key) ? (event.shiftKey ? "N" : "n") : event.key; // regardless of Caps Lock
    if (event.ctrlKey || event.metaKey || event.altKey || !Object.hasOwn(actions, key)) return;
    event.preventDefault();
    actions[key]();
  }

  /** Step to the next neighbour of the selection; without a selection, to the next of all entities, the most important first. */
  #step(by) {
    const candidates = this.#candidates();
    if (candidates.length === 0) return;
    const current = candidates.indexOf(this.picture.scene.hovered.entity ?? this.at); // after a return to the picture, continue at the last entity
    const next = current < 0 && by < 0 ? candidates.length - 1 : (current + by + candidates.length) % candidates.length;
    this.#hoverOver(candidates[next]);
    this.listeners.announce(this.#announcement(candidates[next], next + 1, candidates.length));
  }

  #candidates() {
    const { scene } = this.picture;
    const { entity } = scene.selection;
    const near = entity === null ? [] : scene.circle(entity).map(({ id }) => id).filter((id) => id !== entity);
    return near.length > 0 ? [...new Set(near)] : scene.visiblePlaces().map(({ id }) => id);
  }

  /** Highlight an entity, and bring it into view. */
  #hoverOver(id) {
    this.at = id;
    this.picture.scene.hovered = { ...NO_HOVER, entity: id };
    const { left, right, top, bottom } = this.picture.container.getBoundingClientRect();
    const { x, y } = this.picture.whereIs(id);
    if (x < left || x > right || y < top || y > bottom) this.picture.visit(id);
    this.picture.network.redraw();
  }

  #announcement(id, n, all) {
    const { entity } = this.picture.scene.selection;
    const node = this.model.nodes.get(id);
    const readings = entity === null ? [] : this.model.edgesOf.get(entity)
      .filter((edge) => this.model.isEdgeVisible(edge) && this.model.otherEnd(edge, entity).id === id).map((edge) => this.model.reading(edge, entity).text);
    const folded = entity === null ? [] : this.picture.scene.visibleFolded().map(({ edge }) => edge)
      .filter(({ from, to }) => [from, to].includes(entity) && [from, to].includes(id)).map(({ via }) => this.model.name(this.model.nodes.get(via)));
    const place = this.model.say("place", { n: this.model.number(n), all: this.model.number(all) });
    const relation = [...new Set([...readings, ...folded])].join(", ");
    return `${place}: ${[relation, this.model.name(node), this.model.kindName(node)].filter(Boolean).join(", ")}`;
  }

  #enter() {
    const { selection, hovered } = this.picture.scene;
    if (hovered.entity !== null && hovered.entity !== selection.entity) this.listeners.choose(hovered.entity);
    else this.listeners.read();
  }
}
