"use strict";

const MOST_FIGURES = 4; // kinds that the first sentence counts
const MOST_LEADERS = 3; // names in a superlative
const EXAMPLES = 2; // names behind "among them"
const LONGEST_EXAMPLE = 90; // characters of a name in a sentence

/** A short tour of the network: a sentence on each question that the data answer, which highlights what it names. */
class Tour {
  constructor(model, listeners, neighbour) {
    this.model = model;
    this.listeners = listeners;
    this.findings = new Findings(model, listeners, neighbour);
    this.expanded = new Set(); // answers of which all findings are shown, not only the first
    this.opened = new Set(); // questions whose findings the reader has opened
    const map = new MapAnswers(model);
    const isMap = model.data.groups.length > 0;
    const answers = Object.fromEntries(Object.entries(model.data.answers).map(([ask, several]) => [ask, several.map(copyOf)]));
    this.steps = [
      { ask: "here", answers: this.#kindAnswer() },
      { ask: "groups", answers: isMap ? [map.groups()] : answers.groups ?? [] },
      { ask: "connects", answers: isMap ? [map.links()] : (answers.connects ?? []).map((answer) => rankedByParts(model, answer)) },
      { ask: "missing", answers: answers.missing ?? [] },
      { ask: "planned", answers: answers.planned ?? [] },
    ].filter((step) => this.#sentence(step) !== "");
  }

  /** Return whether the page has precomputed answers, and not only its own count of kinds. */
  get hasAnswers() {
    return this.steps.length > 1;
  }

  knows(ask) {
    return this.steps.some((step) => step.ask === ask);
  }

  /** Return the question of a step. On a map, who connects means who links its groups. */
  question(ask) {
    return this.model.say(ask === "connects" && this.model.isMap ? "ask_links" : `ask_${ask}`);
  }

  /** Return the name of the network on which a step was computed; null where that is the one that is shown, or the whole graph. */
  networkOf(ask) {
    const answers = this.steps.find((step) => step.ask === ask)?.answers ?? [];
    const other = answers.map(({ network }) => network).find((name) => name !== undefined && name !== this.model.data.name);
    return other ?? null;
  }

  /** Return where a selection is in the tour, in words for a screen reader. */
  describe(selection) {
    const n = this.steps.findIndex(({ ask }) => ask === selection.ask);
    const hidden = this.#hidden(selection).length;
    return [`${this.#position(n)}: ${this.question(selection.ask)}`, this.#sentence(this.steps[n]),
      hidden === 0 ? "" : this.model.count("hiddenParts", hidden)].filter(Boolean).join(" ");
  }

  /** Return the visible entities and relations that a step or a finding names. */
  highlight(selection) {
    const findings = this.#named(selection);
    const among = new Set(findings.flatMap(({ entities }) => entities));
    const lines = selection.part === null ? [] : this.model.visibleEdges().filter(({ from, to }) => among.has(from) && among.has(to));
    const relations = findings.flatMap((finding) => finding.relations ?? this.#linesOf(finding));
    return {
      entities: this.#entities(selection).filter((id) => this.model.isVisible(this.model.nodes.get(id))),
      relations: [...new Set([...relations, ...lines.map(({ id }) => id)])],
    };
  }

  /** Return what a step says: its sentence and answers, the entities, relations and folded lines that it names, and the selected finding with its answer. */
  content({ ask, part }) {
    const step = this.steps.find((one) => one.ask === ask);
    const named = this.#named({ ask, part });
    return {
      sentence: this.#sentence(step), answers: step.answers, entities: this.#entities({ ask, part }),
      relations: [...new Set(named.flatMap((finding) => finding.relations ?? this.#linesOf(finding)))],
      folded: named.flatMap(({ folded = [] }) => folded),
      finding: part === null ? null : named[0],
      answer: part === null ? null : step.answers.find(({ findings }) => findings.includes(named[0])),
    };
  }

  /** Return the lines of a connector, except those to hubs. */
  #linesOf({ entities, value }) {
    if (value === undefined) return [];
    const hubs = new Set(this.model.data.hubs);
    return entities.filter((id) => this.model.nodes.has(id)).flatMap((id) => this.model.edgesOf.get(id)
      .filter((edge) => !hubs.has(this.model.otherEnd(edge, id).kind)).map((edge) => edge.id));
  }

  /** Return the findings that the sentence of a step names, or the selected one. */
  #named({ ask, part }) {
    const { answers } = this.steps.find((step) => step.ask === ask);
    if (part !== null) return answers.flatMap(({ findings }) => findings).slice(part, part + 1);
    return answers.flatMap((answer) => this.#namedOf(answer));
  }

  #namedOf({ question, count, findings }) {
    if (question === "links") return this.#namedLinkers(findings);
    if (question === "plans") return this.#inPicture(findings.slice(0, count));
    if (question !== "connects") return findings.slice(0, count);
    return [...new Set([...tiedWithFirst(findings).slice(0, EXAMPLES), ...this.#bridges(findings)])];
  }

  /** Return those who link most; where that is one alone, the next as well, unless another one equals it. */
  #namedLinkers(findings) {
    const [first, ...others] = findings;
    const tied = tiedWithFirst(findings);
    return tied.length > 1 ? tied.slice(0, EXAMPLES) : [first, ...(tiedWithFirst(others).length === 1 ? [others[0]] : [])];
  }

  /** Return the plans that the picture has; where it has none, all, which highlight what they are about. */
  #inPicture(plans) {
    const here = plans.filter(({ names }) => Object.keys(names).some((id) => this.model.nodes.has(id)));
    return here.length > 0 ? here : plans;
  }

  /** Return what a selection names that is visible although its kind is hidden at first: what is planned. */
  guests({ ask, part }) {
    if (ask !== "planned" || !this.knows(ask)) return [];
    const planned = new Set(this.model.data.planned);
    return this.#entities({ ask, part }).filter((id) => planned.has(id));
  }

  /** Return the first connectors without which a part of the network would fall apart. */
  #bridges(findings) {
    return findings.filter(({ parts }) => parts > 1).slice(0, EXAMPLES);
  }

  #entities(selection) {
    const ids = new Set(this.#named(selection).flatMap(({ entities }) => entities));
    return [...ids].filter((id) => this.model.nodes.has(id));
  }

  #hidden(selection) {
    return this.#entities(selection).filter((id) => !this.model.isVisible(this.model.nodes.get(id)));
  }

  // --- answers that the page computes from its nodes ---

  /** Return the answer to who and what is here: a finding for each kind, the most frequent ones first in the order of the legend. */
  #kindAnswer() {
    const kinds = [...this.model.kinds.values()];
    const nodesByKind = groupBy(this.model.nodes.values(), ({ kind }) => kind);
    const lines = ({ id }) => nodesByKind.get(id).reduce((sum, node) => sum + this.model.edgesOf.get(node.id).length, 0);
    const aside = this.model.filters.background;
    const known = kinds.filter(({ id }) => nodesByKind.has(id));
    const counted = known.filter(({ id }) => !aside.has(id));
    const most = new Set([...(counted.length > 0 ? counted : known)]
      .sort((a, b) => nodesByKind.get(b.id).length - nodesByKind.get(a.id).length || lines(b) - lines(a)).slice(0, MOST_FIGURES));
    const ordered = [...known.filter((kind) => most.has(kind)), ...known.filter((kind) => !most.has(kind))];
    return [{
      question: "here", count: most.size, listed: ordered.length, more: 0,
      measure: wordsOf(this.model, "measureHere"), caveat: wordsOf(this.model, "caveatHere"),
      findings: ordered.map((kind) => ({ kind, entities: nodesByKind.get(kind.id).map(({ id }) => id) })),
    }];
  }

  // --- sentences ---

  #sentence({ ask, answers }) {
    if (ask === "missing") return this.#missing(answers);
    const [answer] = answers;
    if (answer === undefined || answer.count === 0) return "";
    return { here: () => this.#here(answer), groups: () => this.#groups(answer), connects: () => this.#connects(answer),
      links: () => this.#linkers(answer), plans: () => this.#amount(answer, true) }[answer.question]();
  }

  #here({ findings, count }) {
    const parts = findings.slice(0, count).map(({ kind, entities }) => `${this.model.number(entities.length)} ${this.model.kindWord(kind, entities.length)}`);
    const others = this.model.nodes.size - findings.slice(0, count).reduce((sum, { entities }) => sum + entities.length, 0);
    return this.model.say("sentenceHere", { names: this.#list([...parts, ...(others > 0 ? [this.model.count("othersHere", others)] : [])]) });
  }

  #groups({ findings, count, network }) {
    const names = findings.map((finding) => `${this.model.say("quoteOpen")}${this.#clean(this.findings.groupName(finding))}${this.model.say("quoteClose")}`);
    const leaders = this.#leaders(findings);
    const tail = leaders === count ? this.model.say("namedAll", { names: this.#list(names) })
      : leaders === 0 ? this.#examples(names, count) : this.model.count("largest", leaders, { names: this.#list(names.slice(0, leaders)) });
    return this.model.count("sentence_groups", count, { n: this.#numberWord(count), names: tail, network: this.#networkInWords(network) });
  }

  /** Return the subject of a sentence on the groups: this network, or another one on which they were computed. */
  #networkInWords(network = this.model.data.name) {
    if (network === this.model.data.name) return this.model.say("thisNetwork");
    return this.model.say("otherNetwork", { name: this.listeners.networkName(network) });
  }

  #connects({ findings }) {
    const tied = tiedWithFirst(findings);
    const [first, second] = tied;
    const bridges = this.#bridges(findings).map((finding) => this.#nameOf(finding));
    const n = this.model.number(roundedPaths(first.value));
    return [
      second === undefined ? this.model.say("sentence_connects", { name: this.#nameOf(first), n })
        : this.model.say("sentence_connects_tied", { n: this.#numberWord(tied.length), each: n, names: this.#someOf(tied) }),
      first.parts > second?.parts ? this.model.say("sentence_connects_first", { name: this.#nameOf(first) }) : "",
      bridges.length === 0 ? "" : this.model.say("sentence_bridges", { names: this.#list(bridges, "disjunction") }),
    ].filter(Boolean).join(" ");
  }

  #linkers({ findings, all }) {
    const tied = tiedWithFirst(findings);
    const [first, second] = this.#namedLinkers(findings);
    const figures = { touches: this.#numberWord(first.touches), all: this.#numberWord(all), n: this.#numberWord(first.away) };
    if (tied.length > 1) return this.model.count("sentence_links_tied", first.away, { ...figures, entries: this.#numberWord(tied.length), names: this.#someOf(tied) });
    return [
      this.model.count("sentence_links", first.away, { ...figures, name: this.#nameOf(first) }),
      second === undefined ? "" : this.model.say("sentence_links_next", { name: this.#nameOf(second) }),
    ].filter(Boolean).join(" ");
  }

  #someOf(findings) {
    return this.#examples(findings.slice(0, EXAMPLES).map((finding) => this.#nameOf(finding)), findings.length);
  }

  /** Return a sentence for each sort of things that are missing; the first names examples. */
  #missing(answers) {
    return answers.filter(({ count }) => count > 0).map((answer, n) => this.#amount(answer, n === 0)).join(" ");
  }

  #amount({ question, count, findings }, named) {
    const names = findings.slice(0, count).map((finding) => this.#nameOf(finding));
    return this.model.count(`sentence_${question}`, count, {
      n: this.#numberWord(count), names: named ? this.#examples(names.map((name) => this.#quoted(name)), count) : "",
    });
  }

  /** Return all names behind a colon where they are few, else some. */
  #examples(names, count) {
    return this.model.say(count > EXAMPLES ? "namedSome" : "namedAll", { names: this.#list(names.slice(0, EXAMPLES)) });
  }

  /** Return the number of groups that lead: at most three, and none that another one equals. */
  #leaders(findings) {
    const size = (n) => findings[n].entities.length;
    let leaders = Math.min(MOST_LEADERS, findings.length);
    while (leaders > 0 && leaders < findings.length && size(leaders - 1) === size(leaders)) leaders--;
    return leaders;
  }

  #nameOf({ names }) {
    return this.#clean(this.model.translate(Object.values(names)[0]));
  }

  #quoted(name) {
    return `${this.model.say("quoteOpen")}${name}${this.model.say("quoteClose")}`;
  }

  /** Return a name on one line, without marks of direction, cut where it would fill the panel. */
  #clean(name) {
    const line = name.replace(DIRECTION_MARKS, "").replace(CONTROL_CHARACTERS, " ").trim();
    return line.length > LONGEST_EXAMPLE ? `${line.slice(0, LONGEST_EXAMPLE)}…` : line;
  }

  #list(names, type = "conjunction") {
    return new Intl.ListFormat(this.model.language === "en" ? "en-GB" : this.model.language, { type }).format(names);
  }

  /** Return a small number in words. */
  #numberWord(n) {
    return this.model.say("numberWords").split(" ")[n] ?? this.model.number(n);
  }

  // --- the panel ---

  title() {
    const { length } = this.steps;
    return length === 0 ? this.model.say("tourNone") : this.model.count("tourTitle", length, { n: this.#numberWord(length) });
  }

  render(selection) {
    if (this.steps.length === 0) return null;
    return element("section", { class: `tour${this.knows(selection.ask) ? " running" : ""}` },
      element("ol", { class: "steps" }, this.steps.map((step, n) => this.#step(step, n, selection))),
      this.#navigation(selection));
  }

  #step(step, n, selection) {
    const isCurrent = step.ask === selection.ask;
    const inFigures = step.ask === "here" && (isCurrent || selection.ask === null);
    return element("li", { class: isCurrent ? "step current" : "step" },
      element("button", {
        type: "button", class: "step-button", id: `step-${step.ask}`, "aria-current": isCurrent ? "step" : null,
        onclick: () => this.#go(step.ask, `step-${step.ask}`),
      },
      element("span", { class: "step-number", "aria-hidden": "true" }, this.model.number(n + 1)),
      element("span", { class: "step-words" },
        element("span", { class: "step-question question" }, this.question(step.ask)),
        element("span", { class: "visually-hidden" }, " "),
        inFigures ? this.#figures(step.answers[0]) : element("span", { class: "step-sentence", dir: "auto" }, this.#sentence(step)))),
      isCurrent ? this.#more(step, selection) : null);
  }

  #figures({ findings, count }) {
    return element("span", { class: "figures" }, findings.slice(0, count).map(({ kind, entities }) => element("span", { class: "figure" },
      element("span", { class: "figure-number" }, this.model.number(entities.length), shapeIcon(kind)),
      element("span", { class: "visually-hidden" }, " "),
      element("span", { class: "figure-name" }, this.model.translate(entities.length === 1 ? kind.label : kind.plural)))));
  }

  /** Return what stands below the sentence of the current step: what filters hide, how it is known, and each finding. */
  #more({ ask, answers }, selection) {
    const hidden = this.#hidden(selection);
    return element("div", { class: "step-more" },
      hidden.length === 0 ? null : element("p", { class: "hidden-parts" }, `${this.model.count("hiddenParts", hidden.length)} `,
        element("button", { type: "button", class: "button", onclick: () => this.listeners.showHidden(hidden, `step-${ask}`) }, this.model.say("showHidden"))),
      ask === "connects" && this.model.data.isOneOfSeveral
        ? element("p", { class: "quiet small" }, this.model.say(this.model.isMap ? "ranksElsewhereOfMap" : "ranksElsewhere")) : null,
      element("details", { class: "evidence computed" },
        element("summary", {}, this.model.say("howKnown")),
        answers.map((answer) => [
          ...[answer.basis, answer.measure].filter(Boolean).map((text) => element("p", { class: "quiet small" }, this.model.translate(text))),
          element("p", { class: "rule" }, this.model.translate(answer.caveat)),
        ])),
      this.#detail(ask, answers, selection.part),
      saveButton(this.model, () => this.listeners.savePage({ ask, part: null })));
  }

  /** Return all findings of a step; they are closed until the reader opens them or a link leads to one. */
  #detail(ask, answers, part) {
    if (part !== null) this.opened.add(ask);
    let before = 0;
    return element("details", {
      class: "evidence detail", open: this.opened.has(ask),
      ontoggle: ({ target }) => (target.open ? this.opened.add(ask) : this.opened.delete(ask)),
    },
    element("summary", {}, this.model.say("inDetail", { n: this.model.number(answers.reduce((sum, { findings, more }) => sum + findings.length + more, 0)) })),
    answers.map((answer) => {
      const first = before;
      before += answer.findings.length;
      return this.#section(answer, ask, first, part, answers.length > 1);
    }));
  }

  #section(answer, ask, first, part, titled) {
    const { title, none, findings, listed, more } = answer;
    if (part >= first + listed && part < first + findings.length) this.expanded.add(answer);
    const items = findings.map((finding, n) => () => this.findings.item(finding, ask, first + n, part, answer));
    const [visible, rest] = this.expanded.has(answer) ? [items, []] : [items.slice(0, listed), items.slice(listed)];
    const list = element("ol", { class: "findings" }, visible.map((item) => item()));
    return element("section", { class: "part" },
      titled ? element("h3", {}, this.model.translate(title)) : null,
      findings.length === 0 ? element("p", { class: "quiet" }, this.model.translate(none)) : list,
      rest.length === 0 ? null : this.#moreButton(answer, list, rest),
      more > 0 ? element("p", { class: "quiet small" }, this.model.count("moreFindings", more)) : null);
  }

  #moreButton(answer, list, rest) {
    return element("button", {
      type: "button", class: "plain more",
      onclick: (event) => {
        this.expanded.add(answer);
        event.target.remove();
        const added = rest.map((item) => item());
        list.append(...added);
        added[0].tabIndex = -1;
        added[0].focus();
      },
    }, this.model.count("moreToShow", rest.length));
  }

  /** Return where the tour is, and the buttons that go on and back; from the last step the tour ends where it began. */
  #navigation(selection) {
    const n = this.steps.findIndex(({ ask }) => ask === selection.ask);
    const at = (step) => this.steps[step]?.ask ?? null;
    const words = n < 0 ? "tourStart" : n === this.steps.length - 1 ? "tourEnd" : "tourNext";
    return element("div", { class: "tour-navigation" },
      n < 0 ? null : element("p", { class: "tour-position" }, this.#position(n)),
      n < 0 ? null : element("span", { class: "dots", "aria-hidden": "true" },
        this.steps.map((_, step) => element("span", { class: step === n ? "dot current" : "dot" }))),
      n < 1 ? null : element("button", { type: "button", class: "button", id: "tour-back", onclick: () => this.#go(at(n - 1), n > 1 ? "tour-back" : "tour-next") }, this.model.say("tourBack")),
      element("button", { type: "button", class: "button primary", id: "tour-next", onclick: () => this.#go(at(n + 1), "tour-next") }, this.model.say(words)));
  }

  #position(n) {
    return this.model.say("tourStep", { n: this.model.number(n + 1), all: this.model.number(this.steps.length) });
  }

  /** Go to a step, or out of the tour; put the focus on the element `field`. */
  #go(ask, field) {
    this.listeners.ask({ ask }, field);
  }
}

/** Return a copy of an answer, to which the tour may look for more than the page holds. */
function copyOf(answer) {
  return { ...answer, findings: answer.findings.map((finding) => ({ ...finding })) };
}

/** Return the answer to who connects with equal findings in a stated order: those that hold most parts of the network together first. */
function rankedByParts(model, answer) {
  const findings = [...answer.findings].sort((a, b) => compareMeasures(measuresOf(b), measuresOf(a)));
  const measure = Object.fromEntries(Object.entries(answer.measure).map(([language, text]) => [language, `${text} ${model.sayIn(language, "measureParts")}`]));
  return { ...answer, findings, measure };
}
