"use strict";

/** What a large network looks like without highlights, kept as pixels: to draw thousands of lines takes several frames. */
class PictureLayer {
  constructor() {
    this.canvas = document.createElement("canvas");
    this.state = [];
  }

  /** Draw at a share of its strength what `paint` draws into a context of the same size; it paints again where a part of the `state` is another. */
  draw(context, state, strength, paint) {
    const { width, height } = context.canvas;
    const { a, d, e, f } = context.getTransform();
    const now = [width, height, a, d, e, f, ...state];
    if (now.some((part, n) => part !== this.state[n])) {
      [this.canvas.width, this.canvas.height] = [width, height]; // which empties it
      const own = this.canvas.getContext("2d");
      own.setTransform(a, 0, 0, d, e, f);
      paint(own);
      this.state = now;
    }
    context.save();
    context.resetTransform();
    context.globalAlpha = strength;
    context.drawImage(this.canvas, 0, 0);
    context.restore();
  }
}
