"use strict";

const LOCAL_NAME = /^[A-Za-z_][\w-]*$/; // a part of the names that Turtle allows
const RELATIVE = /^[A-Za-z][\w-]*(?:\/[\w-]+)*(?:#[\w/-]+)?$/; // a relative IRI that needs no escapes

/** Writes a part of the network, by default the visible one, as readable Turtle: the statements of the graph, each relation with its quotes. */
class Turtle {
  constructor(model, part = model.part(true)) {
    this.model = model;
    this.part = part;
    this.used = new Set(); // prefixes
    this.subjects = new Map(); // subject → its predicates and objects
  }

  text() {
    const { nodes } = this.part;
    for (const node of nodes) this.#describe(node);
    for (const edge of this.part.edges) if (edge.stated) this.#say(edge.from, this.term(edge.relation), this.term(edge.to));
    const entities = [...groupBy(nodes, ({ kind }) => kind)]
      .map(([kind, group]) => this.#part(this.#heading(kind), group.map(({ id }) => id)));
    const sources = this.#sources();
    const body = [...entities, this.#part(this.model.say("columnSource"), sources), this.#proofs()].filter(Boolean);
    return [this.#head(), ...body].join("\n"); // after the body, because it collects the used prefixes
  }

  /** Return comments with title, sources and licence, then the prefixes that are used. */
  #head() {
    const { title, foot, rdf } = this.model.data;
    const comments = [this.model.translate(title), ...this.model.translate(foot).split("\n")].map((line) => `# ${line.replace(CONTROL_CHARACTERS, " ")}`);
    const prefixes = Object.entries(rdf.prefixes).filter(([prefix]) => this.used.has(prefix)).sort()
      .map(([prefix, iri]) => `@prefix ${prefix}: <${iri}> .`);
    return [...comments, "", ...prefixes, `@base <${rdf.base}> .`, ""].join("\n");
  }

  #heading(kind) {
    const known = this.model.kinds.get(kind);
    return this.model.translate(known?.plural ?? known?.label ?? kind);
  }

  #part(heading, subjects) {
    const present = subjects.filter((subject) => this.subjects.has(subject)).sort();
    if (present.length === 0) return "";
    return [`# --- ${heading.replace(CONTROL_CHARACTERS, " ")} ---\n`, ...present.map((subject) => this.#block(subject))].join("\n");
  }

  #block(subject) {
    const lines = [...this.subjects.get(subject)].sort((a, b) => b.startsWith("a ") - a.startsWith("a ") || (a < b ? -1 : 1));
    return `${this.term(subject)}\n${lines.map((line) => `    ${line} ;\n`).join("")}    .\n`;
  }

  #say(subject, predicate, object) {
    if (!this.subjects.has(subject)) this.subjects.set(subject, new Set());
    this.subjects.get(subject).add(`${predicate} ${object}`);
  }

  #describe(node) {
    if (node.kind.includes(":")) {
      this.#say(node.id, "a", this.term(node.kind));
      this.#say(node.id, this.#vocabularyTerm("itas", "kind"), this.term(node.kind));
    }
    for (const [language, text] of Object.entries(node.names ?? node.label)) this.#say(node.id, this.#vocabularyTerm("rdfs", "label"), literal(text, language));
    for (const [language, texts] of Object.entries(node.also ?? {})) {
      for (const text of texts) this.#say(node.id, this.#vocabularyTerm("skos", "altLabel"), literal(text, language));
    }
  }

  /** Write the document and the licence of each source of a quote; return the IRIs of the sources. */
  #sources() {
    const iris = new Set([...this.part.nodes, ...this.part.edges].flatMap((part) => this.model.sourcesOf(part)));
    const known = [...iris].filter((id) => this.model.data.sources?.[id]);
    for (const id of known) {
      const { url, licence } = this.model.data.sources[id];
      if (url) this.#say(id, this.#vocabularyTerm("prov", "wasDerivedFrom"), this.term(url));
      if (licence) this.#say(id, this.#vocabularyTerm("dcterms", "license"), this.term(licence));
    }
    return known;
  }

  /** Return the quotes of each relation, under the IRI of its statement in the graph, else as a blank node. */
  #proofs() {
    const named = new Set();
    const unnamed = [];
    for (const edge of this.part.edges) {
      for (const quote of edge.quotes ?? []) {
        const lines = this.#proof(edge, quote);
        if (quote.id) named.add(quote.id);
        if (quote.id) for (const [predicate, object] of lines) this.#say(quote.id, predicate, object);
        else unnamed.push(`[]\n${lines.map(([predicate, object]) => `    ${predicate} ${object} ;\n`).join("")}    .\n`);
      }
    }
    return [this.#part(this.model.say("quote"), [...named]), ...unnamed].filter(Boolean).join("\n");
  }

  #proof(edge, { text, source, id, typed }) {
    const [from, predicate, to] = [edge.from, edge.relation, edge.to].map((iri) => this.term(iri));
    const ends = id && edge.relation === `${this.model.data.rdf.vocabularies.org}organization` && !edge.stated
      ? [[this.#vocabularyTerm("org", "member"), from], [predicate, to]]
      : [[this.#vocabularyTerm("rdf", "subject"), from], [this.#vocabularyTerm("rdf", "predicate"), predicate], [this.#vocabularyTerm("rdf", "object"), to]];
    return [
      ...(id && !typed ? [] : [["a", this.#vocabularyTerm("rdf", "Statement")]]), ...ends,
      [this.#vocabularyTerm("itas", "quote"), literal(text)], ...(source ? [[this.#vocabularyTerm("dcterms", "source"), this.term(source)]] : []),
    ];
  }

  /** Return a term of a vocabulary as Turtle. */
  #vocabularyTerm(vocabulary, name) {
    return this.term(`${this.model.data.rdf.vocabularies[vocabulary]}${name}`);
  }

  /** Return an IRI as Turtle: relative to the base, with a prefix, or in full. */
  term(iri) {
    const { base, prefixes } = this.model.data.rdf;
    for (const [prefix, beginning] of Object.entries(prefixes)) {
      if (iri.startsWith(beginning) && LOCAL_NAME.test(iri.slice(beginning.length))) {
        this.used.add(prefix);
        return `${prefix}:${iri.slice(beginning.length)}`;
      }
    }
    return `<${iri.startsWith(base) && RELATIVE.test(iri.slice(base.length)) ? iri.slice(base.length) : escapeIri(iri)}>`;
  }
}

function literal(text, language = "") {
  const escapes = { "\\": "\\\\", "\"": "\\\"", "\n": "\\n", "\r": "\\r" };
  return `"${text.replace(/[\\"\n\r]/g, (char) => escapes[char])}"${language === "" ? "" : `@${language}`}`;
}

function escapeIri(iri) {
  // eslint-disable-next-line no-control-regex -- control characters are what an IRI may not hold
  return iri.replace(/[\u0000-\u0020<>"{}|\\^`]/g, (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, "0")}`);
}
