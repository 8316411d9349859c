"use strict";

const MOST_ON_PAGE = 500; // entries, or relations, that one page writes out
const OVERVIEWS = ["here", "groups"]; // questions whose sentences speak of the whole network

/** Return the button that saves something as a page. */
function saveButton(model, save) {
  return element("button", { type: "button", class: "button save-page", title: model.say("savePageHint"), onclick: save }, model.say("savePage"));
}

/** What the panel says, as a page of its own that can be sent and printed: one entry, relation, group or answer with its quotes. */
class SavedPage {
  /** `linkTo` returns the web address of a selection in the picture, or null where the picture has none. */
  constructor(model, questions, linkTo) {
    this.model = model;
    this.questions = questions;
    this.linkTo = linkTo;
    this.parts = new PageParts(model);
  }

  /** Return the page on a selection: the words of its name, and its HTML. */
  of(selection) {
    this.parts.reset();
    const { words, title, content } = this.#content(selection);
    const body = [
      element("p", { class: "measure", dir: "auto" }, this.model.translate(this.model.data.title)),
      element("h1", { dir: "auto" }, title),
      ...content,
      this.parts.hidden(),
      this.parts.sources(),
      this.#end(selection),
    ];
    return { words: words ?? [title], html: this.#html(title, body) };
  }

  #content(selection) {
    const { entity, relation, ask, part = null } = selection;
    if ((entity ?? null) !== null) return this.#entity(this.model.nodes.get(entity));
    if ((relation ?? null) !== null) return this.#relation(this.model.edges.get(relation));
    if ((ask ?? null) === null) return this.model.filters.group === null ? this.#introduction() : this.#group(this.model.filters.group);
    if (ask === PATH) return this.#path(selection);
    return part === null ? this.#answer(selection) : this.#finding(selection);
  }

  /** Put the content into the document that all pages of the program share. */
  #html(title, body) {
    const page = new DOMParser().parseFromString(document.getElementById("saved-page").textContent, "text/html");
    page.documentElement.lang = this.model.language;
    page.title = title;
    append(page.body, body);
    return `<!DOCTYPE html>\n${page.documentElement.outerHTML}\n`;
  }

  // --- one thing ---

  #entity(node) {
    const groups = this.model.relationGroups(node.id);
    const edges = groups.flatMap((group) => this.parts.sorted(group.edges, node.id));
    return {
      title: this.model.name(node),
      content: [
        element("p", { class: "measure" }, this.model.kindName(node)),
        ...this.parts.entry(node),
        ...this.parts.folded(node),
        edges.length === 0 ? element("p", {}, this.model.say("noRelations"))
          : this.parts.relations(edges, node.id),
        element("p", { class: "measure" }, `${this.model.say("identifier")} ${node.id}`),
      ],
    };
  }

  #relation(edge) {
    const ends = [...new Set([edge.from, edge.to])].map((id) => this.model.nodes.get(id));
    const others = this.model.parallelEdges(edge);
    return {
      title: this.model.sentence(edge),
      content: [
        ...this.parts.evidence([edge]),
        this.parts.entries(ends),
        others.length === 0 ? null : this.parts.relations(others, null, "between"),
      ],
    };
  }

  /** Return the page on an open group: its members, the relations among them and to what stands beside them, and how groups are found. */
  #group(group) {
    const { filters } = this.model;
    const members = this.model.membersOf(group);
    const isMember = (id) => this.model.groupOfEntity(id) === group;
    const edges = [...new Set(members.flatMap(({ id }) => this.model.edgesOf.get(id)))];
    const inside = new Set(edges.filter(({ from, to }) => isMember(from) && isMember(to)));
    const outside = edges.filter((edge) => !inside.has(edge) && [edge.from, edge.to].every((id) => isMember(id) || filters.standsBesideGroup(this.model.nodes.get(id))));
    const relations = (some, heading) => (some.length === 0 ? null : this.parts.relations(this.parts.sorted(some), null, heading));
    return {
      title: this.model.groupName(group),
      content: [
        element("p", { class: "lead" }, this.model.groupPosition(group)),
        this.parts.entries(members), relations([...inside], "groupInside"), relations(outside, "groupBeside"),
        element("p", { class: "measure" }, this.model.say("caveatGroups")),
      ],
    };
  }

  // --- answers ---

  #introduction() {
    const { data } = this.model;
    return {
      title: this.questions.tour.title(), words: [this.model.translate(data.title)],
      content: [
        element("p", { class: "measure" }, this.model.extent().join(" · ")),
        element("p", { dir: "auto" }, this.model.translate(data.leftOut)),
        ...this.questions.tour.steps.map(({ ask }) => {
          const { sentence, answers } = this.questions.tour.content({ ask, part: null });
          return element("section", {}, element("h2", {}, this.questions.tour.question(ask)),
            element("p", { class: "lead", dir: "auto" }, sentence), ...answers.flatMap((answer) => this.parts.method(answer)));
        }),
      ],
    };
  }

  #answer(selection) {
    const { sentence, answers, entities, relations, folded } = this.questions.tour.content(selection);
    const isOverview = OVERVIEWS.includes(selection.ask);
    return {
      title: this.questions.tour.question(selection.ask),
      content: [
        element("p", { class: "lead", dir: "auto" }, sentence),
        ...answers.map((answer) => this.#findings(answer, answers.length > 1)),
        ...(isOverview ? [] : this.#named(entities, relations, folded)),
      ],
    };
  }

  #finding(selection) {
    const { answers, entities, relations, folded, finding, answer } = this.questions.tour.content(selection);
    const { name, notes } = this.questions.tour.findings.describe(finding, answer);
    const question = this.questions.tour.question(selection.ask);
    return {
      title: name, words: [question, name],
      content: [
        element("p", { class: "lead", dir: "auto" }, [question, ...notes].join(" · ")),
        ...answers.filter((one) => one === answer).flatMap((one) => this.parts.method(one)),
        ...this.#named(entities, relations, folded),
      ],
    };
  }

  /** Return what a group of findings says, each with the entries that it names. */
  #findings(answer, titled) {
    const { title, none, findings, more } = answer;
    const item = (finding) => {
      const { name, notes } = this.questions.tour.findings.describe(finding, answer);
      const several = finding.entities.length > 1;
      return element("li", { dir: "auto" }, element("strong", {}, name), notes.length === 0 ? null : ` · ${notes.join(" · ")}`,
        several ? element("p", {}, this.parts.names(finding)) : null);
    };
    return element("section", {},
      titled ? element("h2", {}, this.model.translate(title)) : null,
      findings.length === 0 ? element("p", {}, this.model.translate(none)) : element("ol", {}, findings.map(item)),
      more > 0 ? element("p", {}, this.model.count("moreFindings", more)) : null,
      this.parts.method(answer));
  }

  /**
   * Return the entries that an answer names, and the relations behind it: those that it rests on, and those between its entries.
   * A folded line stands for the relations of the entry that it folds.
   */
  #named(ids, relations, folded) {
    const nodes = ids.map((id) => this.model.nodes.get(id));
    const among = new Set(ids);
    const between = nodes.flatMap(({ id }) => this.model.edgesOf.get(id)).filter(({ from, to }) => among.has(from) && among.has(to));
    const lines = [...folded, ...this.model.folded.filter(({ from, to }) => among.has(from) && among.has(to))];
    const unfolded = lines.flatMap(({ from, to, via }) => this.model.edgesOf.get(via).filter((edge) => [from, to].includes(this.model.otherEnd(edge, via).id)));
    const edges = [...new Set([...relations.map((id) => this.model.edges.get(id)), ...between, ...unfolded])];
    return [
      nodes.length === 0 ? null : this.parts.entries(nodes),
      edges.length === 0 ? null : this.parts.relations(this.parts.sorted(edges)),
    ];
  }

  #path(selection) {
    const { sentences, paths } = this.questions.pathInWords(selection);
    const step = (path) => path.slice(1).flatMap((id, n) => this.questions.paths.between(path[n], id)
      .map((edge) => this.parts.relation(edge, path[n])));
    const ends = [selection.from, selection.to].filter((id) => this.model.nodes.has(id));
    return {
      title: ends.length === 2 ? ends.map((id) => this.model.name(this.model.nodes.get(id))).join(" – ") : this.questions.title(selection),
      content: [
        element("p", { class: "lead" }, this.questions.title(selection)),
        element("p", { dir: "auto" }, ends.map((id) => this.parts.names({ entities: [id] })).join(" – ")),
        ...sentences.map((sentence) => element("p", { dir: "auto" }, sentence)),
        ...paths.map((path) => element("section", {}, step(path))),
      ],
    };
  }

  // --- the end of the page ---

  /** Return where the page comes from: a link back, the version, contact and licence of the data. */
  #end(selection) {
    const address = this.linkTo(selection);
    return element("footer", {},
      address === null ? null : element("p", {}, `${this.model.say("savedFrom")} `, element("a", { href: address, rel: "noopener" }, address)),
      this.parts.foot().map((line) => element("p", { class: "measure", dir: "auto" }, line)));
  }
}
