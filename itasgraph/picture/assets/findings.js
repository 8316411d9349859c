"use strict";

/** The findings of an answer: a sentence, somebody who connects, or a group with its members. */
class Findings {
  /** `neighbour` makes the button that leads to a thing. */
  constructor(model, listeners, neighbour) {
    this.model = model;
    this.listeners = listeners;
    this.neighbour = neighbour;
  }

  /** One finding, the nth part of its answer; where the picture holds what it speaks of, a press lights that. */
  item(finding, ask, n, part) {
    const lead = this.#lead(finding, n);
    const here = finding.things.some((id) => this.model.nodes.has(id));
    return element("li", {},
      here ? element("button", {
        type: "button", class: "neighbour finding", dir: "auto", "aria-pressed": String(n === part),
        onclick: () => this.listeners.ask({ ask, part: n === part ? null : n }),
      }, lead) : element("p", { class: "finding", dir: "auto" }, lead, this.#notHere()),
      finding.topics ? this.#members(finding) : null);
  }

  #lead({ things, names, text, parts, topics }, n) {
    if (topics) return this.model.count("group", things.length, { number: this.model.number(n + 1) });
    if (text) return this.model.tell(text);
    const node = this.model.nodes.get(things[0]);
    return [
      node ? shapeIcon(this.model.kinds.get(node.kind)) : null,
      element("span", {},
        element("bdi", { class: "finding-name" }, this.model.tell(names[things[0]])),
        node ? element("span", { class: "unseen" }, `, ${this.model.kindName(node)}`) : null,
        parts > 1 ? element("span", { class: "note" }, ` ${this.model.say("holdsParts", { n: this.model.number(parts) })}`) : null),
    ];
  }

  #members({ things, names, topics }) {
    const sorted = [...things].sort((a, b) => this.model.compare(this.model.tell(names[a]), this.model.tell(names[b])));
    return element("div", { class: "members" },
      element("ul", { class: "neighbours" }, sorted.map((id) => element("li", {}, this.model.nodes.has(id)
        ? this.neighbour(this.model.nodes.get(id)) : [element("bdi", {}, this.model.tell(names[id])), this.#notHere()]))),
      element("p", { class: "note small" }, this.model.say("groupTopics", { topics: this.model.tell(topics) })));
  }

  #notHere() {
    return element("span", { class: "quiet" }, ` ${this.model.say("notHere")}`);
  }
}
