"use strict";

const REACH = 2; // lines from an entity to the groups that it touches
const MOST_LINKS = 12; // findings on who links the groups that are shown at first

/** The answers that a map gives from the groups and lines that it draws at first: which groups there are, and who links them. */
class MapAnswers {
  constructor(model) {
    this.model = model;
    const { background } = model.filters;
    this.drawn = model.data.groups.map((group) => {
      const members = model.membersOf(group);
      return { label: group.label, all: members.length, entities: members.filter(({ kind }) => !background.has(kind)).map(({ id }) => id) };
    });
    this.groupOf = new Map(this.drawn.flatMap(({ entities }, n) => entities.map((id) => [id, n])));
    this.lines = [...model.edges.values(), ...model.folded].filter(({ from, to }) => this.groupOf.has(from) && this.groupOf.has(to));
  }

  /** Return the answer to which groups there are. */
  groups() {
    const { length } = this.drawn;
    const inside = this.lines.filter(({ from, to }) => this.groupOf.get(from) === this.groupOf.get(to));
    return {
      question: "groups", count: length, listed: length, more: 0,
      measure: wordsOf(this.model, "measureGroups", { all: this.lines.length, inside: inside.length }),
      caveat: wordsOf(this.model, "caveatGroups"),
      findings: this.drawn.map((group) => ({ ...group, isGroup: true })).sort((a, b) => b.entities.length - a.entities.length),
    };
  }

  /** Return the answer to who links the groups: actors, those that touch most groups first, then those that reach most of other groups, then most at all. */
  links() {
    const linesOf = new Map([...this.groupOf.keys()].map((id) => [id, []]));
    for (const line of this.lines) for (const id of [line.from, line.to]) linesOf.get(id).push(line);
    const findings = this.#actors().map((node) => this.#links(node, linesOf)).filter(({ touches }) => touches > 1)
      .sort((a, b) => compareMeasures(measuresOf(b), measuresOf(a)) || (a.entities[0] < b.entities[0] ? -1 : 1));
    return {
      question: "links", count: findings.length, listed: Math.min(findings.length, MOST_LINKS), more: 0, all: this.drawn.length,
      measure: wordsOf(this.model, "measureLinks"), caveat: wordsOf(this.model, "caveatLinks"), findings,
    };
  }

  /** Return the drawn actors. */
  #actors() {
    const kinds = new Set(this.model.data.actors);
    return [...this.groupOf.keys()].map((id) => this.model.nodes.get(id)).filter(({ kind }) => kinds.has(kind));
  }

  /** Return how many groups an entity touches, and the relations that lead from its own group into another one. */
  #links(node, linesOf) {
    const before = this.#within(REACH, node.id, linesOf);
    const own = this.groupOf.get(node.id);
    const away = [...before.keys()].filter((id) => this.groupOf.get(id) !== own);
    const [relations, folded] = [new Set(), new Set()];
    for (const end of away) {
      for (let id = end; before.get(id) !== null; id = this.model.otherEnd(before.get(id), id).id) {
        const line = before.get(id);
        for (const relation of line.via === undefined ? [line] : this.model.foldedRelations(line)) relations.add(relation.id);
        if (line.via !== undefined) folded.add(line);
      }
    }
    return {
      entities: [node.id], names: { [node.id]: node.label }, away: away.length, within: before.size - 1,
      touches: new Set([...before.keys()].map((id) => this.groupOf.get(id))).size, relations: [...relations], folded: [...folded],
    };
  }

  /** Return the entities within some lines of one, each with the line that reaches it; null for the one itself. */
  #within(steps, start, linesOf) {
    const before = new Map([[start, null]]);
    let front = [start];
    for (let step = 0; step < steps; step++) {
      const next = [];
      for (const id of front) {
        for (const line of linesOf.get(id)) {
          const other = this.model.otherEnd(line, id).id;
          if (before.has(other)) continue;
          before.set(other, line);
          next.push(other);
        }
      }
      front = next;
    }
    return before;
  }
}

/** Return the figures by which findings on who connects are ranked; each decides among those that are equal in the ones before. */
function measuresOf({ touches, away, within, value, parts }) {
  return touches === undefined ? [roundedPaths(value), parts ?? 0] : [touches, away, within];
}

/** Return a number of shortest paths as the page shows it, so that what looks equal ranks as equal. */
function roundedPaths(value) {
  return Math.round(value * 100) / 100;
}

/** Return the findings that equal the first one in the figures which the sentence states; the last measure orders these only. */
function tiedWithFirst(findings) {
  const stated = (finding) => measuresOf(finding).slice(0, -1);
  return findings.filter((finding) => compareMeasures(stated(finding), stated(findings[0])) === 0);
}

/** Return a number below, at or above 0 as the first figure in which two findings differ is smaller, none is, or larger. */
function compareMeasures(one, other) {
  return one.map((figure, n) => figure - other[n]).find((difference) => difference !== 0) ?? 0;
}

/** Return a text of the page in all languages. */
function wordsOf(model, key, values = {}) {
  return Object.fromEntries(Object.keys(model.data.text).map((language) => [language, model.sayIn(language, key, values)]));
}
