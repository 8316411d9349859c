"use strict";

const NAME_GAP = 3; // pixels between a sign and its name
const NAME_ROOM = 2; // pixels at the left and right of a name
const SLIDES = [0, 0.25, -0.25, 0.5, -0.5, 0.75, -0.75, 1, -1]; // how far a name is moved along a side of its sign, the preferred ones first
const CORNER_GAP = 0.75; // of the radius, at the corners of a sign

/** Return where the block of a name can stand around a sign, the preferred positions first: {x, y, align, side, box}. */
function positionsAround(anchor, radius, block, owner) {
  return SLIDES.flatMap((slide) => [[0, 1], [1, 0], [-1, 0], [0, -1]].map(([across, down]) => (down === 0
    ? atSide(anchor, radius, [across, slide], block, owner) : aboveOrBelow(anchor, radius, [slide, down], block, owner))));
}

function atSide({ x, y }, radius, [across, slide], block, owner) {
  const gap = Math.abs(slide) === 1 ? radius * CORNER_GAP + 1 : radius + NAME_GAP;
  const at = { x: x + across * gap, y: y - block.height / 2 + slide * (block.height / 2 + radius * (1 - CORNER_GAP)), align: across > 0 ? "left" : "right" };
  return { ...at, side: [across, slide], box: nameBox(at, block, owner) };
}

function aboveOrBelow({ x, y }, radius, [slide, down], block, owner) {
  const at = { x: x + slide * (block.width / 2 - radius), y: down > 0 ? y + radius + NAME_GAP - 1 : y - radius - NAME_GAP - block.height, align: "center" };
  return { ...at, side: [slide, down], box: nameBox(at, block, owner) };
}

/** Return the box of a block at a position, with some room at its left and right. */
function nameBox({ x, y, align }, { width, height }, owner) {
  const left = x - { center: width / 2, left: 0, right: width }[align];
  return { left: left - NAME_ROOM, right: left + width + NAME_ROOM, top: y, bottom: y + height, owner };
}
