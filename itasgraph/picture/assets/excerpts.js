"use strict";

/** Shows a part of the network instead of the whole: the neighbourhood of an entity, or a group of the map. Each change is a step in the history. */
class Excerpts {
  constructor(app) {
    this.app = app;
    this.model = app.model;
    this.pressed = null; // the timer of a press that opens a group unless it turns out to be a double click
  }

  /** Show what lies within some steps of an entity, or everything (0). */
  showNeighbourhood(id, steps) {
    this.#change(() => this.model.filters.showNeighbourhood(steps === 0 ? null : { entity: id, steps }));
    document.querySelector(`#details [data-steps="${steps}"]`)?.focus();
    this.app.notices.announce(this.model.visibleInWords());
  }

  /** Open a group of the map, or show the whole map again (null), with nothing selected. */
  openGroup(group) {
    this.app.select(NO_SELECTION, { record: false });
    const moving = group ?? this.model.filters.group;
    const box = moving === null ? null : this.app.picture.boxOf(moving);
    this.#change(() => this.model.filters.openGroup(group), () => this.app.picture.homeFrom(box, moving));
    if (group !== null) {
      this.app.handle.open();
      this.app.panel.focusHeading();
    } else if (document.activeElement === document.body) this.app.picture.container.focus({ preventScroll: true }); // what had the focus is gone
    const name = group === null ? "" : this.model.say("groupNow", { name: this.model.groupName(group) });
    this.app.notices.announce(`${name} ${this.model.visibleInWords()}`.trim());
  }

  /** Open the group in whose area a press was beside all entries; where something is selected or no group is there, clear the selection. */
  pressGround(group) {
    if (group === null || this.app.isSelected) this.app.select(NO_SELECTION);
    else this.pressTitle(group);
  }

  /** Open the group whose title was pressed, or show ALL_GROUPS, unless the press is the first of a double click. */
  pressTitle(group) {
    this.forgetPress();
    this.pressed = setTimeout(() => this.openGroup(group === ALL_GROUPS ? null : group), DOUBLE_CLICK_TIME);
  }

  /** Forget a press that is the first of a double click, or after which the reader has done something else. */
  forgetPress() {
    clearTimeout(this.pressed);
    this.pressed = null;
  }

  /** Change what is shown, then let `move` bring it into view. */
  #change(change, move = () => this.app.picture.home()) {
    const { address, panel } = this.app;
    this.forgetPress();
    address.settle();
    change();
    this.app.applyFilters({ record: false });
    address.push();
    move();
    panel.render(this.app.selection);
  }
}
