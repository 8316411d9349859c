"use strict";

// Colours of a map. Colour alone never tells two groups apart: gutter, line and name do.

const MAP_LIGHT = {
  hues: [["#e4eff8", "#4888b6", "#00446b"], ["#fcebe0", "#c9712f", "#7a3400"], ["#e0f3ec", "#2f9173", "#004f3a"], ["#fcf2da", "#a97d1c", "#5e4100"], ["#f9e9f2", "#b8689a", "#742a56"]],
  tie: "#3c444d", background: "#868d95", ink: "#1b2127", muted: "#565f69", accent: "#0b5876", boxes: 0.78,
};
const MAP_DARK = {
  hues: [["#17293a", "#5a9fd0", "#a9d6f5"], ["#35231a", "#d8874c", "#f7c7a3"], ["#142d27", "#3fa98a", "#9fe3cd"], ["#302814", "#c79a35", "#f3d98f"], ["#33212c", "#c983ae", "#f2c4dd"]],
  tie: "#d3d9df", background: "#767f88", ink: "#eceef0", muted: "#a9b1ba", accent: "#86c8e3", boxes: 0.78,
};
const MAP_FORCED = {
  hues: [["Canvas", "CanvasText", "CanvasText"]],
  tie: "CanvasText", background: "GrayText", ink: "CanvasText", muted: "CanvasText", ground: "Canvas", accent: "Highlight", boxes: 1,
};

/** Return the colours of a map for the theme of the page, or those that the user forces. */
function mapPalette() {
  if (window.matchMedia("(forced-colors: active)").matches) return MAP_FORCED;
  return document.documentElement.dataset.theme === "dark" ? { ...MAP_DARK, ground: DARK_GROUND } : lightMapPalette();
}

/** Return the colours of a map on paper and in saved pictures. */
function lightMapPalette() {
  return { ...MAP_LIGHT, ground: LIGHT_GROUND };
}

/** Return the fill, the line and the name colour of a group; entries in no group have those of the ground. */
function colorsOf(palette, group) {
  if (group === null) return { fill: palette.ground, line: palette.background, name: palette.ink };
  const [fill, line, name] = palette.hues[group.hue % palette.hues.length];
  return { fill, line, name };
}
