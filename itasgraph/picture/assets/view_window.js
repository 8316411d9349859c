"use strict";

// The window on a picture: which part of the network it shows, at which scale, and how it glides to another part.

/** Return the nearest scale that the picture allows. */
function withinLimits(scale) {
  return Math.min(Math.max(scale, SMALLEST_SCALE), LARGEST_SCALE);
}

/** Return amounts of room at the right and below for the buttons in a corner: none, some, or all of what they cover. */
function cornerRooms(corner, { width, height }) {
  if (corner === null) return [[0, 0]];
  return CORNER_SHARES.flatMap((share) => [[share * (width - corner.left), 0], [0, share * (height - corner.top)]]);
}

/** Return a window of this size with (x, y) of the network in its middle. */
function windowFrom({ x, y, scale }, { width, height }) {
  return windowOn({ scale, x: width / 2 - x * scale, y: height / 2 - y * scale, width, height });
}

/** Return the box of a sign in a window with (x, y) in its middle. */
function boxIn(place, { x, y, scale }, { width, height }) {
  const radius = place.radius * scale;
  return { right: width / 2 + (place.x - x) * scale + radius, bottom: height / 2 + (place.y - y) * scale + radius };
}

/** Return the margins in a window; in a small window they are at most a share of it. */
function marginIn({ width, height }, { across, down, most }) {
  return { across: Math.min(across, width * most), down: Math.min(down, height * most) };
}

function glide(duration) {
  return prefersReducedMotion() ? false : { duration, easingFunction: "easeInOutCubic" };
}

/** Return the view in which what lies within `bounds` of the network fills a box of a window of some size. */
function viewThrough(bounds, box, { width, height }) {
  const scale = Math.min(box.width / Math.max(bounds.width, 1), box.height / Math.max(bounds.height, 1));
  return { x: bounds.x - (box.x - width / 2) / scale, y: bounds.y - (box.y - height / 2) / scale, scale };
}
