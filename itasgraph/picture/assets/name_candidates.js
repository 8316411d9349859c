"use strict";

const NAME_GAP = 3; // pixels between a sign and its name
const NAME_ROOM = 2; // pixels at the left and right of a name
const SLIDES = [0, 0.25, -0.25, 0.5, -0.5, 0.75, -0.75, 1, -1]; // how far a name is moved along a side of its sign, the preferred ones first
const CORNER_GAP = 0.75; // of the radius, at the corners of a sign
// The positions around a sign: below it, right and left of it, above it, each in the middle first.
const AROUND = SLIDES.flatMap((slide) => [[true, [slide, 1]], [false, [1, slide]], [false, [-1, slide]], [true, [slide, -1]]]);

/** Return where the block of a name can stand around a sign, the preferred positions first: {x, y, align, side, box}. */
function positionsAround(anchor, radius, block, owner) {
  return AROUND.map(([isUpright, side]) => (isUpright ? aboveOrBelow : atSide)(anchor, radius, side, block, owner));
}

function atSide({ x, y }, radius, side, block, owner) {
  const [across, slide] = side;
  const gap = Math.abs(slide) === 1 ? radius * CORNER_GAP + 1 : radius + NAME_GAP;
  return positioned(x + across * gap, y - block.height / 2 + slide * (block.height / 2 + radius * (1 - CORNER_GAP)), across > 0 ? "left" : "right", side, block, owner);
}

function aboveOrBelow({ x, y }, radius, side, block, owner) {
  const [slide, down] = side;
  return positioned(x + slide * (block.width / 2 - radius), down > 0 ? y + radius + NAME_GAP - 1 : y - radius - NAME_GAP - block.height, "center", side, block, owner);
}

function positioned(x, y, align, side, block, owner) {
  return { x, y, align, side, box: nameBox({ x, y, align }, block, owner) };
}

/** Return the box of a block at a position, with some room at its left and right. */
function nameBox({ x, y, align }, { width, height }, owner) {
  const left = align === "left" ? x : align === "right" ? x - width : x - width / 2;
  return { left: left - NAME_ROOM, right: left + width + NAME_ROOM, top: y, bottom: y + height, owner };
}
