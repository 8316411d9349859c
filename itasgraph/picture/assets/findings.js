"use strict";

/** The findings of an answer: a sentence, somebody who connects, a kind, or a group with its members. */
class Findings {
  /** `neighbour` makes the button that leads to an entity. */
  constructor(model, listeners, neighbour) {
    this.model = model;
    this.listeners = listeners;
    this.neighbour = neighbour;
  }

  /** Return a finding, the nth part of its answer; where the picture has its entities, a click highlights and lists them. */
  item(finding, ask, n, part, answer) {
    const lead = this.#lead(finding, answer);
    const here = finding.entities.some((id) => this.model.nodes.has(id));
    const isOpen = n === part;
    return element("li", {},
      here ? element("button", {
        type: "button", class: "neighbour finding", dir: "auto", "aria-pressed": String(isOpen),
        onclick: () => this.listeners.ask({ ask, part: isOpen ? null : n }),
      }, lead) : element("p", { class: "finding", dir: "auto" }, lead, this.#notHere()),
      isOpen || !here ? this.#members(finding) : null,
      isOpen && here ? saveButton(this.model, () => this.listeners.savePage({ ask, part: n })) : null);
  }

  /** Return the name of a group: its label, else the names of two members, the most important first. */
  groupName({ label, names, entities }) {
    if (label) return this.model.translate(label);
    const size = (id) => this.model.nodes.get(id)?.size ?? 0;
    return [...entities].sort((a, b) => size(b) - size(a)).slice(0, 2).map((id) => this.#name(id, names)).join(" · ");
  }

  /** Return a finding in words: its name, and notes on it. */
  describe(finding, answer) {
    const { entities, names, text, kind, topics, isGroup, all = entities.length } = finding;
    if (kind) return { name: this.model.translate(entities.length === 1 ? kind.label : kind.plural), notes: [this.model.count("kindCount", entities.length)] };
    const of = topics ? [this.model.say("groupTopics", { topics: this.model.translate(topics) })] : [];
    if (topics || isGroup) return { name: this.groupName(finding), notes: [this.model.countOfAll("members", entities.length, all), ...of] };
    if (text) return { name: this.model.translate(text), notes: [] };
    return { name: this.#name(entities[0], names), notes: this.#figures(finding, answer) };
  }

  #lead(finding, answer) {
    const { entities, names, text, kind, topics, isGroup, all = entities.length } = finding;
    if (kind) return [shapeIcon(kind), element("span", {}, `${this.model.number(entities.length)} ${this.model.translate(entities.length === 1 ? kind.label : kind.plural)}`)];
    if (topics || isGroup) return element("span", {}, element("bdi", {}, this.groupName(finding)), this.#note(this.model.countOfAll("members", entities.length, all)));
    if (text) return this.model.translate(text);
    const node = this.model.nodes.get(entities[0]);
    return [
      node ? shapeIcon(this.model.kinds.get(node.kind)) : null,
      element("span", {},
        element("bdi", { class: "finding-name" }, this.#name(entities[0], names)),
        node ? element("span", { class: "visually-hidden" }, `, ${this.model.kindName(node)}`) : null,
        this.#figures(finding, answer).map((words) => this.#note(words))),
    ];
  }

  /** Return how much somebody connects, in words. */
  #figures({ value, parts, touches, away, within }, { all }) {
    return [
      touches === undefined ? null : this.model.say("touches", { n: this.model.number(touches), all: this.model.number(all) }),
      touches === undefined ? null : this.model.say("reaches", { n: this.model.number(away), all: this.model.number(within) }),
      value === undefined ? null : this.model.count("pathsThrough", roundedPaths(value)),
      parts > 1 ? this.model.say("holdsParts", { n: this.model.number(parts) }) : null,
    ].filter(Boolean);
  }

  #members({ entities, names, topics }) {
    const sorted = [...entities].sort((a, b) => this.model.compareTexts(this.#name(a, names), this.#name(b, names)));
    return element("div", { class: "members" },
      element("ul", { class: "neighbours" }, sorted.map((id) => element("li", {}, this.model.nodes.has(id)
        ? this.neighbour(this.model.nodes.get(id)) : [element("bdi", {}, this.#name(id, names)), this.#notHere()]))),
      topics ? element("p", { class: "note small" }, this.model.say("groupTopics", { topics: this.model.translate(topics) })) : null);
  }

  #name(id, names) {
    const node = this.model.nodes.get(id);
    return node ? this.model.name(node) : this.model.translate(names?.[id]) || id;
  }

  #note(words) {
    return element("span", { class: "note" }, ` ${words}`);
  }

  #notHere() {
    return element("span", { class: "quiet" }, ` ${this.model.say("notHere")}`);
  }
}
