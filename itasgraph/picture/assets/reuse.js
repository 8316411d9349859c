"use strict";

/** What is for use elsewhere: a page to save, a citation, and SPARQL that gives the same answer. */
class Reuse {
  constructor(model, listeners) {
    this.model = model;
    this.listeners = listeners;
  }

  ofEntity(node) {
    return this.#part({ entity: node.id }, this.#sparql(`<${node.id}> IN (?source, ?target)`, [node.id]),
      this.#cite(`${this.model.name(node)} (${this.model.kindName(node)})`, this.model.filters.sources.get(node.id), node.id));
  }

  ofRelation(edge) {
    const [from, to] = [edge.from, edge.to].map((id) => this.model.name(this.model.nodes.get(id)));
    return this.#part({ relation: edge.id },
      this.#sparql(`?source = <${edge.from}> && ?relation = <${edge.relation}> && ?target = <${edge.to}>`, [edge.from, edge.to, edge.relation]),
      this.#cite(`${from} – ${this.model.translate(edge.label)} – ${to}`, new Set(this.model.sourcesOf(edge)), edge.from));
  }

  #part(selection, sparql, citation) {
    return element("section", { class: "part elsewhere" },
      element("h3", {}, this.model.say("elsewhere")),
      saveButton(this.model, () => this.listeners.savePage(selection)),
      this.#copyable("cite", citation, "citation"),
      sparql === null ? null : this.#copyable("askSparql", sparql, "sparql"));
  }

  #copyable(key, text, kind) {
    return element("details", { class: "evidence", "data-copy": kind },
      element("summary", {}, this.model.say(key)),
      element("pre", { class: "taken", tabindex: "0", dir: "auto", "aria-label": this.model.say(key) }, text),
      element("button", { type: "button", class: "button", onclick: () => this.listeners.copy(text) }, this.model.say("copy")));
  }

  /** Return the query of the network with a condition; null where an IRI does not fit into a query. */
  #sparql(condition, iris) {
    const { sparql } = this.model.data;
    if (sparql === null || iris.some((iri) => /[\s<>"{}|\\^`]/.test(iri))) return null;
    return `${sparql.prologue}\nSELECT DISTINCT * WHERE {\n{\n${sparql.query}\n}\nFILTER (${condition})\n}\n`;
  }

  /** Return a citation: entity, source, date and licence, as far as they are known. */
  #cite(name, sources, iri) {
    const known = [...sources].map((id) => this.model.data.sources?.[id]).filter(Boolean);
    const licences = [...new Set(known.map(({ licence }) => licence).filter(Boolean))];
    return [
      `${name}.`,
      ...known.map((source) => [this.model.translate(source.label), source.date ? this.model.formatValue(source.date) : "", source.url]
        .filter(Boolean).join(", ") + "."),
      this.model.translate(this.model.data.dataset) && `${this.model.translate(this.model.data.dataset)}.`,
      licences.length > 0 && `${this.model.say("licence")} ${licences.join(", ")}.`,
      iri,
    ].filter(Boolean).join(" ");
  }
}

/** Copy text to the clipboard; where the browser does not allow that, select and copy it in a field. */
async function copyText(text) {
  try {
    await navigator.clipboard.writeText(text);
  } catch {
    const field = element("textarea", { class: "visually-hidden" });
    const before = document.activeElement;
    field.value = text;
    document.body.append(field);
    field.select();
    document.execCommand("copy");
    field.remove();
    before?.focus();
  }
}
