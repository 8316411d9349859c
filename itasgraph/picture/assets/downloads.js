"use strict";

const SLIDE = { width: 1600, height: 900 }; // 16:9
const LONGEST_FILE_NAME = 120; // characters without the ending
const LONGEST_TITLE = 60;

/** Writes files: the picture as it is shown, the network as a table or Turtle. */
class Downloads {
  /** `openTable` returns the table while the page shows it, else null; `state` returns in words what is selected and filtered. */
  constructor(model, picture, openTable, state) {
    this.model = model;
    this.picture = picture;
    this.openTable = openTable;
    this.state = state;
  }

  /**
   * Save a file; return its name and, of a table or Turtle, in words what it `holds`. With `shown`, these hold what is visible, else all that
   * passes the filters, also what the picture hides at first.
   */
  async save(format, shown = true) {
    const part = this.model.part(shown);
    const makers = { png: () => this.png(), slide: () => this.png(SLIDE), svg: () => this.svg(), csv: () => this.csv(part), ttl: () => this.turtle(part) };
    const content = await makers[format]();
    const types = { svg: "image/svg+xml", csv: "text/csv", ttl: "text/turtle" };
    const blob = content instanceof Blob ? content : new Blob([content], { type: `${types[format]};charset=utf-8` });
    const isData = ["csv", "ttl"].includes(format);
    const name = this.#hand(blob, this.#fileName(format, isData && shown && this.hidesSome() ? [this.model.say("scopeShown")] : []));
    return { name, holds: isData ? this.holds(part, format === "csv" ? this.#listed(part) : null) : null };
  }

  /** Return whether the picture hides some of what passes the filters. */
  hidesSome() {
    const [shown, passing] = [this.model.part(true), this.model.part(false)];
    return shown.nodes.length < passing.nodes.length || shown.edges.length < passing.edges.length;
  }

  /** Return in words how much of the network a part holds; of a table only what it lists. */
  holds({ nodes, edges }, listed = null) {
    const all = { nodes: this.model.nodes.size, edges: this.model.edges.size };
    const words = { nodes: this.#some("nodeCount", "nodesOf", nodes.length, all.nodes), edges: this.#some("edgeCount", "edgesOf", edges.length, all.edges) };
    if (listed === null) return `${words.nodes}, ${words.edges}`;
    return listed.about === "entities" ? this.#some("nodeCount", "nodesOf", listed.rows.length, all.nodes) : this.#some("edgeCount", "edgesOf", listed.rows.length, all.edges);
  }

  /** Return in words what table and Turtle hold; a table that the page shows is saved as it is filtered, Turtle is not. */
  scopeInWords(shown) {
    const part = this.model.part(shown);
    const listed = this.#listed(part);
    return listed === null ? this.holds(part) : this.model.say("scopeHolds", { table: this.holds(part, listed), turtle: this.holds(part) });
  }

  #some(key, keyOf, n, all) {
    return n === all ? this.model.count(key, all) : this.model.say(keyOf, { n: this.model.number(n), all: this.model.number(all) });
  }

  /** Return the entities or relations that the table lists of a part, in its order; null where the page shows the picture. */
  #listed(part) {
    const table = this.openTable();
    return table === null ? null : { about: table.about, rows: table.rows(part).map(({ of }) => of) };
  }

  /** Save a page of its own, and return the name of its file: what the page is about, not what the picture shows beside it. */
  savePage({ words, html }) {
    const name = shorten(words.map((text) => shorten(slug(text), LONGEST_TITLE)).filter(Boolean).join("_"), LONGEST_FILE_NAME) || "network";
    return this.#hand(new Blob([html], { type: "text/html;charset=utf-8" }), `${name}.html`);
  }

  /** Hand a file to the browser to save, and return its name. */
  #hand(blob, name) {
    const address = URL.createObjectURL(blob);
    element("a", { href: address, download: name }).click();
    setTimeout(() => URL.revokeObjectURL(address), 10_000);
    return name;
  }

  /** Return a name of the title, the selection and the filters, so that saved files can be told apart. */
  #fileName(format, more) {
    const words = [shorten(slug(this.model.translate(this.model.data.title)), LONGEST_TITLE), ...[...this.state(), ...more].map(slug)].filter(Boolean);
    const name = shorten(words.join("_"), LONGEST_FILE_NAME) || "network";
    return format === "slide" ? `${name}_16-9.png` : `${name}.${format}`;
  }

  svg() {
    return new Drawing(this.model, this.picture).svg();
  }

  /** Return the drawing as PNG, with twice as many pixels as the window, or as `size`. */
  async png(size = null) {
    const drawing = new Drawing(this.model, this.picture, size);
    const image = new Image();
    image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(drawing.svg())}`;
    await image.decode();
    const canvas = element("canvas", { width: 2 * drawing.width, height: 2 * drawing.height });
    canvas.getContext("2d").drawImage(image, 0, 0, canvas.width, canvas.height);
    // Chromium delays toBlob until it is idle, up to 7 seconds after a click where it draws without a GPU.
    const binary = atob(canvas.toDataURL("image/png").split(",")[1]);
    return new Blob([Uint8Array.from(binary, (char) => char.charCodeAt(0))], { type: "image/png" });
  }

  /** Return the rows of the table in their order or, from the picture, all of a part of the network. */
  csv(part = this.model.part(true)) {
    const listed = this.#listed(part);
    const rows = listed?.about === "entities" ? this.#entityRows(listed.rows) : this.#relationRows(listed?.rows ?? null, part);
    // With these, Excel opens the file in columns: the mark says UTF-8, and German Excel separates by semicolons.
    const separator = this.model.language === "de" ? ";" : ",";
    return `\ufeff${rows.map((row) => csvLine(row, separator)).join("")}`;
  }

  #entityRows(nodes) {
    const columns = ["columnName", "columnKind", "columnAlt", "columnRelations", "columnVisible"].map((key) => this.model.say(key));
    return [[...columns, ...this.#changeCell(this.model.say("momentColumn")), "iri"], ...nodes.map((node) => {
      const { all, visible } = this.model.relationCounts(node.id);
      return [this.model.name(node), this.model.kindName(node), (node.alt ?? []).join(" · "), String(all), String(visible),
        ...this.#changeCell(this.model.changeInWords(node)), node.id];
    })];
  }

  /** Return a cell on what something does at the chosen event, such as that it is gone; none where all events are shown. */
  #changeCell(text) {
    return this.model.filters.moment === null ? [] : [text];
  }

  /** Return a row for each quote of each relation and, from the picture, for each entity without a relation. */
  #relationRows(listed, part) {
    const edges = listed ?? part.edges;
    const linked = new Set(edges.flatMap((edge) => [edge.from, edge.to]));
    const columns = ["columnFrom", "columnRelation", "columnTo", "quote", "columnSource", "columnLines", "columnNote", "columnRule"]
      .map((key) => this.model.say(key)).concat(this.#changeCell(this.model.say("momentColumn")));
    const rows = edges.flatMap((edge) => (edge.quotes?.length ? edge.quotes : [{ text: "", source: "" }])
      .map((quote) => this.#row(edge, quote)));
    const alone = listed ? [] : part.nodes.filter(({ id }) => !linked.has(id))
      .map((node) => [this.model.name(node), "", "", "", "", "", "", "", ...this.#changeCell(this.model.changeInWords(node)), node.id, "", ""]);
    return [[...columns, "source_iri", "relation_iri", "target_iri"], ...rows, ...alone];
  }

  #row(edge, { text, source, lines = [] }) {
    const [from, to] = [edge.from, edge.to].map((id) => this.model.name(this.model.nodes.get(id)));
    const document = this.model.data.sources?.[source]?.url || source;
    return [from, this.model.translate(edge.label), to, text.trim(), document, lines.join(", "), this.model.translate(edge.note),
      this.model.translate(edge.rule), ...this.#changeCell(this.model.changeInWords(edge, this.model.isEdgeGone(edge))), edge.from, edge.relation, edge.to];
  }

  turtle(part = this.model.part(true)) {
    return new Turtle(this.model, part).text();
  }
}

/** Return a line of CSV (RFC 4180); an apostrophe keeps spreadsheets from reading a cell as a formula. */
function csvLine(cells, separator) {
  return `${cells.map((cell) => {
    const text = /^[=+\-@\t\r]/.test(cell) ? `'${cell}` : cell;
    return /[",;\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
  }).join(separator)}\r\n`;
}

/** Return a slug of at most `most` characters, shortened between two words where that is possible. */
function shorten(text, most) {
  if (text.length <= most) return text;
  const end = Math.max(text.lastIndexOf("-", most), text.lastIndexOf("_", most));
  return text.slice(0, end > 0 ? end : most);
}
