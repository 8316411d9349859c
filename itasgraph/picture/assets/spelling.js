"use strict";

// The twin of itasgraph/util/spelling.py; tests/picture/twins.json holds both to the same.

const LETTERS_PER_ERROR = 4;
const UMLAUTS = { ä: "ae", ö: "oe", ü: "ue", ß: "ss" };
// Letters of other European languages that Unicode does not decompose.
const LETTERS = { ø: "o", ł: "l", đ: "d", ð: "d", æ: "ae", œ: "oe", þ: "th", ı: "i" };

function withoutAccents(text) {
  return text.normalize("NFKD").replace(/[øłđðæœþı]/g, (letter) => LETTERS[letter]).replace(/\p{M}+/gu, "");
}

/** Return a text in lower case without accents, umlauts as "ae". */
function fold(text) {
  return withoutAccents(text.normalize("NFC").toLowerCase().replace(/[äöüß]/g, (letter) => UMLAUTS[letter]));
}

/** Return a text without case, accents and umlauts: "Müller", "mueller" and "MULLER" have one key, as they have one of Python's `spellings`. */
function searchKey(text) {
  return withoutAccents(String(text).toLowerCase().replace(/ß/g, "ss"))
    .replace(/([aou])e/g, "$1")
    .replace(/\s+/g, " ")
    .trim();
}

/** Return a text in the letters a to z, digits and hyphens; an empty string where it has none of them. */
function slug(text) {
  return fold(text).replace(/[^a-z0-9]+/g, "-").replace(/^-+|-+$/g, "");
}

/**
 * Return how many typing errors lie between two folded words; null where there is more than one in four letters of the longer one.
 * An extra, a missing or a wrong letter, and two neighbours swapped, are one error each (optimal string alignment).
 */
function typingErrors(one, other) {
  const limit = Math.floor(Math.max(one.length, other.length) / LETTERS_PER_ERROR);
  if (Math.abs(one.length - other.length) > limit) return null;
  let [earlier, before] = [[], []];
  let row = Array.from({ length: other.length + 1 }, (_, n) => n);
  for (let at = 1; at <= one.length; at++) {
    [earlier, before, row] = [before, row, [at]];
    for (let to = 1; to <= other.length; to++) {
      const swapped = at > 1 && to > 1 && one[at - 1] === other[to - 2] && other[to - 1] === one[at - 2];
      row.push(Math.min(before[to] + 1, row[to - 1] + 1, before[to - 1] + (one[at - 1] === other[to - 1] ? 0 : 1),
        swapped ? earlier[to - 2] + 1 : Infinity));
    }
    if (Math.min(...row, ...before) > limit) return null;
  }
  return row[other.length] > limit ? null : row[other.length];
}
