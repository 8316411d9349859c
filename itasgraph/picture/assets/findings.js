"use strict";

/** The findings of an answer: a sentence, somebody who connects, or a group with its members. */
class Findings {
  /** `neighbour` makes the button that leads to an entity. */
  constructor(model, listeners, neighbour) {
    this.model = model;
    this.listeners = listeners;
    this.neighbour = neighbour;
  }

  /** Return a finding, the nth part of its answer; where the picture has its entities, a click highlights them. */
  item(finding, ask, n, part) {
    const lead = this.#lead(finding, n);
    const here = finding.entities.some((id) => this.model.nodes.has(id));
    return element("li", {},
      here ? element("button", {
        type: "button", class: "neighbour finding", dir: "auto", "aria-pressed": String(n === part),
        onclick: () => this.listeners.ask({ ask, part: n === part ? null : n }),
      }, lead) : element("p", { class: "finding", dir: "auto" }, lead, this.#notHere()),
      finding.topics ? this.#members(finding) : null);
  }

  #lead({ entities, names, text, parts, topics }, n) {
    if (topics) return this.model.count("group", entities.length, { number: this.model.number(n + 1) });
    if (text) return this.model.translate(text);
    const node = this.model.nodes.get(entities[0]);
    return [
      node ? shapeIcon(this.model.kinds.get(node.kind)) : null,
      element("span", {},
        element("bdi", { class: "finding-name" }, this.model.translate(names[entities[0]])),
        node ? element("span", { class: "visually-hidden" }, `, ${this.model.kindName(node)}`) : null,
        parts > 1 ? element("span", { class: "note" }, ` ${this.model.say("holdsParts", { n: this.model.number(parts) })}`) : null),
    ];
  }

  #members({ entities, names, topics }) {
    const sorted = [...entities].sort((a, b) => this.model.compareTexts(this.model.translate(names[a]), this.model.translate(names[b])));
    return element("div", { class: "members" },
      element("ul", { class: "neighbours" }, sorted.map((id) => element("li", {}, this.model.nodes.has(id)
        ? this.neighbour(this.model.nodes.get(id)) : [element("bdi", {}, this.model.translate(names[id])), this.#notHere()]))),
      element("p", { class: "note small" }, this.model.say("groupTopics", { topics: this.model.translate(topics) })));
  }

  #notHere() {
    return element("span", { class: "quiet" }, ` ${this.model.say("notHere")}`);
  }
}
