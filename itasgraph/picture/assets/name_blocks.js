"use strict";

// Names of a map as blocks of lines: broken at spaces, hyphens and slashes, as even as possible, and never cut.

const MOST_NAME_LINES = 6;
const WIDEST_WORD = 190; // pixels; a longer word is broken where there is no better place
const SEARCH_STEPS = 10; // halvings until the narrowest width for a number of lines is found
const BREAK_AFTER = /([-/–])(?=\S)/g;

/** Return a text as blocks in a style: in one line, in two, and so on, as long as the lines fit the style's width. */
function evenBlocks(text, style, widthOf) {
  const widths = new Map(); // the search for even lines asks for the same words many times
  const measure = (words) => {
    if (!widths.has(words)) widths.set(words, widthOf(words));
    return widths.get(words);
  };
  const parts = partsOf(text, Math.max(WIDEST_WORD, style.width), measure);
  const full = measure(joined(parts));
  const widest = Math.max(...parts.map(({ word }) => measure(word)));
  const blocks = [];
  for (let count = 1; count <= MOST_NAME_LINES; count++) {
    const lines = evenLines(parts, count, [widest, full], measure);
    if (lines.length === count) blocks.push(blockOf(lines, style, measure));
  }
  const fitting = blocks.filter(({ width }) => width <= style.width);
  if (fitting.length > 0) return fitting;
  return blocks.length > 0 ? [blocks.at(-1)] : [blockOf(filledLines(parts, style.width, measure), style, measure)];
}

/** Return the lines of a text in at most `count` lines, of which the longest is as short as possible. */
function evenLines(parts, count, [least, most], measure) {
  let [low, high] = [least, most];
  for (let step = 0; step < SEARCH_STEPS; step++) {
    const middle = (low + high) / 2;
    if (filledLines(parts, middle, measure).length <= count) high = middle;
    else low = middle;
  }
  return filledLines(parts, high, measure);
}

/** Return lines that are filled one after the other up to a width. */
function filledLines(parts, width, measure) {
  const lines = [""];
  for (const { word, joint } of parts) {
    const longer = lines.at(-1) === "" ? word : lines.at(-1) + joint + word;
    if (lines.at(-1) === "" || measure(longer) <= width + 0.5) lines[lines.length - 1] = longer;
    else lines.push(word);
  }
  return lines;
}

/** Return the parts of a text between which a line may end, each with what stands between it and the part before. */
function partsOf(text, widest, measure) {
  return text.trim().split(/\s+/).flatMap((spaced) => spaced.replace(BREAK_AFTER, "$1\u200b").split("\u200b")
    .flatMap((word) => piecesOf(word, widest, measure)).map((word, n) => ({ word, joint: n === 0 ? " " : "" })));
}

/** Return a word, or its pieces where it is too long for a line. */
function piecesOf(word, widest, measure) {
  if (measure(word) <= widest) return [word];
  const pieces = [""];
  for (const char of word) {
    if (pieces.at(-1) !== "" && measure(pieces.at(-1) + char) > widest) pieces.push("");
    pieces[pieces.length - 1] += char;
  }
  return pieces;
}

function joined(parts) {
  return parts.map(({ word, joint }, n) => (n === 0 ? word : joint + word)).join("");
}

function blockOf(lines, style, measure) {
  return { lines, width: Math.max(...lines.map(measure)), height: lines.length * style.size * LINE_HEIGHT, style, cut: false };
}
