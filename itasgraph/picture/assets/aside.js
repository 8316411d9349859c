"use strict";

/** Says which entities of an answer the picture hides at first, because they are linked with nearly everything, and offers to show them. */
class Aside {
  /** `show` receives the ids of the entities. */
  constructor(model, show) {
    this.model = model;
    this.show = show;
  }

  /** Return a sentence with a button on the only entity of an answer; null where the picture shows it. */
  ofOne(node) {
    return this.#note([node].filter((one) => this.model.isSetAside(one)), () => "setAside");
  }

  /** Return a sentence with a button on the entities of an answer; null where the picture shows all of them. */
  ofSome(nodes) {
    return this.#note(nodes.filter((node) => this.model.isSetAside(node)), (n) => `setAsideSome_${n === 1 ? "one" : "other"}`);
  }

  #note(nodes, keyOf) {
    if (nodes.length === 0) return null;
    const names = [...new Set(nodes.map(({ kind }) => kind))].map((id) => this.model.kinds.get(id))
      .map(({ label, plural }) => this.#quoted(this.model.translate(plural ?? label)));
    const kinds = new Intl.ListFormat(this.model.language, { type: "conjunction" }).format(names);
    return element("p", { class: "hidden-parts" }, `${this.model.say(keyOf(nodes.length), { n: this.model.number(nodes.length), kinds })} `,
      element("button", { type: "button", class: "button", onclick: () => this.show(nodes.map(({ id }) => id)) }, this.model.say("showHidden")));
  }

  #quoted(name) {
    return `${this.model.say("quoteOpen")}${name}${this.model.say("quoteClose")}`;
  }
}
