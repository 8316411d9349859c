"use strict";

const DOUBLE_CLICK_ZOOM = 1.8;
const DOUBLE_CLICK_TIME = 300; // milliseconds, within which vis-network takes two clicks for a double one

/** What mouse and touch do in the picture besides selecting and dragging. */
class PointerControl {
  /** `listeners` say a text to sighted users (`toast`), and learn that a double click zooms (`zooms`). */
  constructor(model, picture, listeners) {
    this.model = model;
    this.picture = picture;
    this.listeners = listeners;
    this.ownsWheel = window.self === window.top; // in a frame, the wheel belongs to the page around it until a press in the picture
    picture.container.addEventListener("wheel", (event) => this.#onWheel(event), { capture: true });
    picture.container.addEventListener("pointerdown", () => { this.ownsWheel = true; });
    window.addEventListener("blur", () => { this.ownsWheel = window.self === window.top; });
    picture.network.on("doubleClick", ({ pointer, event }) => this.#zoomAt(pointer.canvas, event.srcEvent?.shiftKey));
  }

  #onWheel(event) {
    if (this.ownsWheel || event.ctrlKey || event.metaKey) return;
    event.stopPropagation(); // so that the page around the frame scrolls
    if (this.hintGiven) return;
    this.hintGiven = true;
    this.listeners.toast(this.model.say("wheelHint"));
  }

  /** Zoom in on a point, which keeps its place; with Shift, zoom out. */
  #zoomAt(point, isOut) {
    this.listeners.zooms();
    const { network } = this.picture;
    const scale = withinLimits(network.getScale() * (isOut ? 1 / DOUBLE_CLICK_ZOOM : DOUBLE_CLICK_ZOOM));
    const share = network.getScale() / scale;
    const { x, y } = network.getViewPosition();
    this.picture.moveTo({ x: point.x + (x - point.x) * share, y: point.y + (y - point.y) * share, scale });
  }
}

/** Call `close` on a press outside an open menu; a press in the picture does nothing else then. */
function closeOnPressOutside(isOpen, contains, close) {
  document.addEventListener("pointerdown", (event) => {
    if (!isOpen() || contains(event.target)) return;
    close();
    if (event.target.closest("#picture")) event.stopPropagation();
  }, { capture: true });
}
