"use strict";

const ITAS = "https://w3id.org/itas/ontology#";
const RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#";
const RDFS = "http://www.w3.org/2000/01/rdf-schema#";
const DCTERMS = "http://purl.org/dc/terms/";
const SKOS = "http://www.w3.org/2004/02/skos/core#";
const PROV = "http://www.w3.org/ns/prov#";
const ORG = "http://www.w3.org/ns/org#";
const LOCAL_NAME = /^[A-Za-z_][\w-]*$/; // less than Turtle allows, nothing it does not
const RELATIVE = /^[A-Za-z][\w-]*(?:\/[\w-]+)*(?:#[\w/-]+)?$/; // what stands below the base and needs no care

/** Writes the visible part as readable Turtle: the statements of the graph, each relation with its quotes. */
class Turtle {
  constructor(model) {
    this.model = model;
    this.used = new Set(); // prefixes
    this.subjects = new Map(); // subject → lines that say something of it
  }

  text() {
    const nodes = this.model.visibleNodes();
    for (const node of nodes) this.#describe(node);
    for (const edge of this.model.visibleEdges()) if (edge.stated) this.#say(edge.from, this.term(edge.relation), this.term(edge.to));
    const entities = [...groupBy(nodes, ({ kind }) => kind)]
      .map(([kind, alike]) => this.#part(this.#heading(kind), alike.map(({ id }) => id)));
    const sources = this.#sources();
    const body = [...entities, this.#part(this.model.say("columnSource"), sources), this.#proofs()].filter(Boolean);
    return [this.#head(), ...body].join("\n"); // the head last: only now it is known which prefixes are used
  }

  /** Comments that say what this is, where it is from and under which licence; then the prefixes, as far as they are used. */
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
      this.#say(node.id, this.term(`${ITAS}kind`), this.term(node.kind));
    }
    for (const [language, text] of Object.entries(node.names ?? node.label)) this.#say(node.id, this.term(`${RDFS}label`), literal(text, language));
    for (const [language, texts] of Object.entries(node.also ?? {})) {
      for (const text of texts) this.#say(node.id, this.term(`${SKOS}altLabel`), literal(text, language));
    }
  }

  /** Document and licence of the sources that speak here; their IRIs. */
  #sources() {
    const iris = new Set([...this.model.visibleNodes(), ...this.model.visibleEdges()].flatMap((part) => this.model.sourcesOf(part)));
    const known = [...iris].filter((id) => this.model.data.sources?.[id]);
    for (const id of known) {
      const { url, licence } = this.model.data.sources[id];
      if (url) this.#say(id, this.term(`${PROV}wasDerivedFrom`), this.term(url));
      if (licence) this.#say(id, this.term(`${DCTERMS}license`), this.term(licence));
    }
    return known;
  }

  /** Return the quotes of each relation, under the IRI of its statement in the graph, else as a blank node. */
  #proofs() {
    const named = new Set();
    const unnamed = [];
    for (const edge of this.model.visibleEdges()) {
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
    const ends = id && edge.relation === `${ORG}organization` && !edge.stated
      ? [[this.term(`${ORG}member`), from], [predicate, to]]
      : [[this.term(`${RDF}subject`), from], [this.term(`${RDF}predicate`), predicate], [this.term(`${RDF}object`), to]];
    return [
      ...(id && !typed ? [] : [["a", this.term(`${RDF}Statement`)]]), ...ends,
      [this.term(`${ITAS}quote`), literal(text)], ...(source ? [[this.term(`${DCTERMS}source`), this.term(source)]] : []),
    ];
  }

  /** An IRI as Turtle: relative to the base, with a prefix, or in full. */
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
