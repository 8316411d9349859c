"use strict";

const ITAS = "https://w3id.org/itas/ontology#";
const RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#";
const RDFS = "http://www.w3.org/2000/01/rdf-schema#";
const DCTERMS = "http://purl.org/dc/terms/";

/** Writes what is visible as files. */
class Save {
  constructor(model, picture) {
    this.model = model;
    this.picture = picture;
  }

  async as(form) {
    const content = await { png: () => this.png(), svg: () => this.svg(), csv: () => this.csv(), ttl: () => this.turtle() }[form]();
    const types = { svg: "image/svg+xml", csv: "text/csv", ttl: "text/turtle" };
    const blob = content instanceof Blob ? content : new Blob([content], { type: `${types[form]};charset=utf-8` });
    const address = URL.createObjectURL(blob);
    element("a", { href: address, download: `network.${form}` }).click();
    setTimeout(() => URL.revokeObjectURL(address), 10_000);
  }

  svg() {
    return new Drawing(this.model, this.picture).svg();
  }

  /** The same drawing in pixels, twice as dense as the window. */
  async png() {
    const drawing = new Drawing(this.model, this.picture);
    const image = new Image();
    image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(drawing.svg())}`;
    await image.decode();
    const canvas = element("canvas", { width: 2 * drawing.width, height: 2 * drawing.height });
    canvas.getContext("2d").drawImage(image, 0, 0, canvas.width, canvas.height);
    return new Promise((done) => { canvas.toBlob(done, "image/png"); });
  }

  /** One row per quote of each visible relation; things without one have a row of their own. */
  csv() {
    const edges = this.model.visibleEdges();
    const linked = new Set(edges.flatMap((edge) => [edge.from, edge.to]));
    const columns = ["columnFrom", "columnRelation", "columnTo", "quote", "columnSource"].map((key) => this.model.say(key));
    const rows = edges.flatMap((edge) => (edge.quotes?.length ? edge.quotes : [{ text: "", source: "" }])
      .map((quote) => this.#row(edge, quote)));
    const alone = this.model.visibleNodes().filter(({ id }) => !linked.has(id)).map((node) => [this.model.name(node), "", "", "", "", node.id, "", ""]);
    return `\ufeff${[[...columns, "source", "relation", "target"], ...rows, ...alone].map(csvLine).join("")}`;
  }

  #row(edge, { text, source }) {
    const [from, to] = [edge.from, edge.to].map((id) => this.model.name(this.model.nodes.get(id)));
    const document = this.model.data.sources?.[source]?.url || source;
    return [from, this.model.tell(edge.relation), to, text.trim(), document, edge.from, edge.predicate, edge.to];
  }

  /** Kinds and names of things; relations that the graph states as they are; and each with the words it rests on. */
  turtle() {
    const things = this.model.visibleNodes().map((node) => this.#describe(node));
    const edges = this.model.visibleEdges();
    const stated = edges.filter((edge) => edge.stated).map((edge) => `${this.#triple(edge)} .\n`);
    return [...things, ...stated, ...edges.flatMap((edge) => this.#statements(edge))].join("");
  }

  #describe(node) {
    const labels = Object.entries(node.names ?? node.label)
      .map(([language, text]) => `<${RDFS}label> ${turtleText(text)}${language === "" ? "" : `@${language}`}`);
    const kind = node.kind.includes(":") ? [`a ${turtleIri(node.kind)}`, `<${ITAS}kind> ${turtleIri(node.kind)}`] : [];
    const said = [...kind, ...labels];
    return said.length === 0 ? "" : `${turtleIri(node.id)} ${said.join(" ;\n    ")} .\n`;
  }

  #triple(edge) {
    return `${turtleIri(edge.from)} ${turtleIri(edge.predicate)} ${turtleIri(edge.to)}`;
  }

  #statements(edge) {
    const [from, predicate, to] = [edge.from, edge.predicate, edge.to].map(turtleIri);
    return (edge.quotes ?? []).map(({ text, source }) => [
      `[] a <${RDF}Statement>`, `<${RDF}subject> ${from}`, `<${RDF}predicate> ${predicate}`, `<${RDF}object> ${to}`,
      `<${ITAS}quote> ${turtleText(text)}`, ...(source ? [`<${DCTERMS}source> ${turtleIri(source)}`] : []),
    ].join(" ;\n    ")).map((statement) => `${statement} .\n`);
  }
}

/** RFC 4180; what a spreadsheet would take for a formula gets a quotation mark before it. */
function csvLine(cells) {
  return `${cells.map((cell) => {
    const text = /^[=+\-@\t\r]/.test(cell) ? `'${cell}` : cell;
    return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
  }).join(",")}\r\n`;
}

function turtleText(text) {
  const escapes = { "\\": "\\\\", "\"": "\\\"", "\n": "\\n", "\r": "\\r" };
  return `"${text.replace(/[\\"\n\r]/g, (char) => escapes[char])}"`;
}

function turtleIri(iri) {
  const escaped = iri.replace(/[\u0000-\u0020<>"{}|\\^`]/g, (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, "0")}`);
  return `<${escaped}>`;
}
