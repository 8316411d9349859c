"use strict";

const SHORTEST_PART = 3; // letters; shorter words count at the beginning of a word only: "EV" is no part of "review"
const LONGEST_MISTYPED = 60; // letters; nobody types a longer word, and comparing it takes long
const EXCERPT = { before: 3, words: 9 };
// How well a word of the query fits an entity; the worst word decides.
const RANK = { whole: 0, start: 1, name: 2, alternative: 3, partOfName: 4, partOfAlternative: 5, text: 6, partOfText: 7, mistyped: 8 };

/** The names, facts and quotes of all entities, as the search compares them. */
class SearchIndex {
  constructor(model) {
    this.model = model;
    this.keys = new Map(); // a quote stands at several relations
    this.entries = [...model.nodes.values()].map((node) => this.#entry(node));
  }

  #entry(node) {
    const labels = typeof node.label === "string" ? [node.label] : Object.values(node.label);
    const facts = (node.facts ?? []).flatMap(({ value }) => (typeof value === "object" && value !== null ? Object.values(value) : [value]));
    const quotes = [node, ...this.model.edgesOf.get(node.id)].flatMap((part) => part.quotes ?? []).map(({ text }) => text);
    const keyed = (texts) => [...new Set(texts)].map((text) => this.#keyed(String(text)));
    return { node, labels: keyed(labels), alternatives: keyed(node.alt ?? []), facts: keyed(facts), quotes: keyed(quotes) };
  }

  #keyed(text) {
    if (!this.keys.has(text)) this.keys.set(text, { text, key: searchKey(text) });
    return this.keys.get(text);
  }

  /**
   * Return the entities of which each word of the query is in a name, a fact or a quote, best first, as [{node, rank, alternative, excerpt}]:
   * the alternative name, and the words of a fact or quote ({text, isQuote}), where the name has a word not. Where no entity has all words,
   * return those with words that are a typing error away (`mistyped`).
   */
  search(query) {
    const words = searchKey(query).split(" ").filter(Boolean).map((word) => ({ word, start: wordStart(word) }));
    if (words.length === 0) return { hits: [], mistyped: false };
    const exact = this.#hits((entry) => exactRank(words, entry));
    if (exact.length > 0) return { hits: exact, mistyped: false };
    const folded = fold(query.trim()).split(/\s+/);
    return { hits: this.#hits((entry) => mistypedRank(words, folded, entry)), mistyped: true };
  }

  #hits(match) {
    const hits = this.entries.map((entry) => ({ node: entry.node, ...match(entry) })).filter(({ rank }) => rank < Infinity);
    return hits.sort((a, b) => a.rank - b.rank || b.node.size - a.node.size
      || this.model.compareTexts(this.model.name(a.node), this.model.name(b.node)));
  }
}

const NO_HIT = Object.freeze({ rank: Infinity, alternative: null, excerpt: null });

function wordStart(word) {
  return new RegExp(`(^|[^\\p{L}\\p{N}])${escapeForRegExp(word)}`, "u");
}

function escapeForRegExp(text) {
  return text.replace(/[.*+?^${}()|[\]\\/]/g, "\\$&");
}

/** Return how well one word fits an entity, and in which text besides its name. */
function rankOf({ word, start }, { labels, alternatives, facts, quotes }, isFirst) {
  if (isFirst && labels.some(({ key }) => key.startsWith(word))) return { ...NO_HIT, rank: RANK.start };
  const inWord = word.length >= SHORTEST_PART;
  const among = (keyed) => keyed.find(({ key }) => key.includes(word) && start.test(key));
  const within = (keyed) => (inWord ? keyed.find(({ key }) => key.includes(word)) : undefined);
  const places = [
    [RANK.name, among, labels], [RANK.alternative, among, alternatives], [RANK.partOfName, within, labels],
    [RANK.partOfAlternative, within, alternatives], [RANK.text, among, facts], [RANK.text, among, quotes],
    [RANK.partOfText, within, facts], [RANK.partOfText, within, quotes],
  ];
  for (const [rank, look, keyed] of places) {
    const match = look(keyed);
    if (match === undefined) continue;
    return {
      rank, alternative: keyed === alternatives ? match.text : null,
      excerpt: [facts, quotes].includes(keyed) ? { text: excerptOf(match.text, word), isQuote: keyed === quotes } : null,
    };
  }
  return NO_HIT;
}

/** Return how well all words fit an entity; of its alternative names, the one with most of the words. */
function exactRank(words, entry) {
  const query = words.map(({ word }) => word).join(" ");
  if (entry.labels.some(({ key }) => key === query)) return { ...NO_HIT, rank: RANK.whole };
  const hit = bestOf(words.map((word, n) => rankOf(word, entry, n === 0)));
  if (hit.alternative === null || words.length === 1) return hit;
  const wordsIn = ({ key }) => words.filter(({ word }) => key.includes(word)).length;
  return { ...hit, alternative: entry.alternatives.reduce((a, b) => (wordsIn(b) > wordsIn(a) ? b : a)).text };
}

/** Return the worst rank of several words, with the texts that hold them. */
function bestOf(ranks) {
  const rank = Math.max(...ranks.map((one) => one.rank));
  const first = (key) => ranks.map((one) => one[key]).find((text) => text !== null) ?? null;
  return { rank, alternative: first("alternative"), excerpt: first("excerpt") };
}

/** Return the rank of an entity with a name, or with words of its names, that are typing errors away from the query. */
function mistypedRank(words, folded, entry) {
  const names = [...entry.labels, ...entry.alternatives].map(({ text }) => fold(text));
  const whole = nearestErrors(folded.join(" "), names);
  if (whole !== null) return { ...NO_HIT, rank: RANK.mistyped + whole };
  const ofNames = names.flatMap((name) => name.split(/[^\p{L}\p{N}]+/u)).filter(Boolean);
  return bestOf(words.map((word, n) => {
    const exact = rankOf(word, entry, n === 0);
    if (exact.rank < Infinity) return exact;
    const errors = nearestErrors(folded[n], ofNames);
    return errors === null ? NO_HIT : { ...NO_HIT, rank: RANK.mistyped + errors + 0.5 }; // behind a whole name as near
  }));
}

function nearestErrors(word, candidates) {
  if (word === undefined || word.length > LONGEST_MISTYPED) return null;
  const errors = candidates.map((candidate) => typingErrors(word, candidate)).filter((number) => number !== null);
  return errors.length === 0 ? null : Math.min(...errors);
}

/** Return the words of a text around the first one that holds `word`. */
function excerptOf(text, word) {
  const parts = text.split(/\s+/).filter(Boolean);
  const at = Math.max(parts.findIndex((part) => searchKey(part).includes(word)), 0);
  const first = Math.max(at - EXCERPT.before, 0);
  const last = Math.min(first + EXCERPT.words, parts.length);
  return `${first > 0 ? "… " : ""}${parts.slice(first, last).join(" ")}${last < parts.length ? " …" : ""}`;
}
