"use strict";

/** Shows a part of the network instead of the whole: the neighbourhood of an entity, or a group of the map. Each change is a step in the history. */
class Excerpts {
  constructor(app) {
    this.app = app;
    this.model = app.model;
  }

  /** Show what lies within some steps of an entity, or everything (0). */
  showNeighbourhood(id, steps) {
    this.#change(() => this.model.filters.showNeighbourhood(steps === 0 ? null : { entity: id, steps }));
    document.querySelector(`#details [data-steps="${steps}"]`)?.focus();
    this.app.notices.announce(this.model.visibleInWords());
  }

  /** Open a group of the map, or show the whole map again (null), with nothing selected. */
  openGroup(group) {
    const before = this.model.filters.group;
    this.app.select(NO_SELECTION, { record: false });
    this.#change(() => this.model.filters.openGroup(group));
    if (group !== null) this.app.handle.open();
    if (group === null && before !== null && document.activeElement === document.body) this.app.picture.container.focus({ preventScroll: true });
    else this.app.panel.focusHeading();
    const name = group === null ? "" : this.model.say("groupNow", { name: this.model.groupName(group) });
    this.app.notices.announce(`${name} ${this.model.visibleInWords()}`.trim());
  }

  /** Open the group in whose area a press was beside all entries; where something is selected or no group is there, clear the selection. */
  pressGround(group) {
    clearTimeout(this.pressed);
    if (group === null || this.app.isSelected) this.app.select(NO_SELECTION);
    else this.pressed = setTimeout(() => this.openGroup(group), DOUBLE_CLICK_TIME);
  }

  /** Forget a press that turns out to be the first of a double click. */
  forgetPress() {
    clearTimeout(this.pressed);
  }

  #change(change) {
    const { address, picture, panel } = this.app;
    address.settle();
    change();
    this.app.applyFilters({ record: false });
    address.push();
    picture.home();
    panel.render(this.app.selection);
  }
}
