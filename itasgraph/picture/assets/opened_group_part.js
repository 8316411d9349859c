"use strict";

/** What the panel says of the open group: its members by kind, its relations to other groups with their evidence, and how groups are found. */
class GroupPart {
  /** `parts` make the button of an entity (`neighbour`) and the evidence of relations (`evidence`). */
  constructor(model, listeners, parts) {
    this.model = model;
    this.listeners = listeners;
    this.parts = parts;
  }

  render(group) {
    const { groups } = this.model.data;
    const members = this.model.membersOf(group);
    const linked = this.#linked(members, group);
    const other = [...linked.keys()].filter((one) => one !== null).length;
    return [
      element("div", { class: "top" },
        element("button", { type: "button", class: "plain back", id: "all-groups", onclick: () => this.listeners.openGroup(null) },
          element("span", { "aria-hidden": "true" }, "‹ "), this.model.say("allGroups", { n: this.model.number(groups.length) })),
        element("p", { class: "kind" }, this.#swatch(group), this.model.groupPosition(group)),
        element("h2", { class: "name", tabindex: "-1", dir: "auto" }, this.model.groupName(group))),
      element("p", { class: "group-extent" }, [
        other === 0 ? this.model.say("groupAlone") : this.model.count("groupLinked", other, { n: this.model.number(other) }), ...this.#counts(members),
      ].join(" ")),
      this.#members(members),
      linked.size === 0 ? null : element("section", { class: "part" },
        element("h3", {}, this.model.say("groupRelations")),
        [...linked].map(([one, edges]) => this.#relations(one, edges))),
      element("details", { class: "evidence computed" },
        element("summary", {}, this.model.say("howKnown")),
        element("p", { class: "rule" }, this.model.say("caveatGroups"))),
      saveButton(this.model, () => this.listeners.savePage(NO_SELECTION)),
    ];
  }

  /** Return why other places count other entries: the whole map may show fewer of the group, this picture shows more around them. */
  #counts(members) {
    const onMap = new Set(this.model.filters.shownOnMap);
    const drawn = members.filter(({ kind }) => !this.model.filters.background.has(kind) || onMap.has(kind)).length;
    const around = this.model.filters.entities.size - members.filter((node) => this.model.isVisible(node)).length;
    return [
      drawn === members.length ? "" : this.model.count("groupOnMap", drawn, { all: this.model.number(members.length) }),
      around === 0 ? "" : this.model.count("groupAround", around),
    ].filter(Boolean);
  }

  /** Return a button that opens the group of an entity; null where it has none, or where that is open. */
  ofEntity({ id }) {
    const group = this.model.groupOfEntity(id);
    if (group === null || group === this.model.filters.group) return null;
    return element("p", { class: "group-of" }, `${this.model.say("inGroup")} `, this.#button(group));
  }

  #swatch(group) {
    const { fill, line } = colorsOf(mapPalette(), group);
    return element("span", { class: "swatch", style: `--swatch:${fill};--swatch-line:${line}`, "aria-hidden": "true" });
  }

  #button(group) {
    return element("button", { type: "button", class: "plain group-button", title: this.model.say("openGroup"), onclick: () => this.listeners.openGroup(group) },
      this.#swatch(group), element("bdi", {}, this.model.groupName(group)));
  }

  /** Return the members by kind, those with most relations first. */
  #members(members) {
    const kinds = groupBy(members, ({ kind }) => kind);
    return [...this.model.kinds.values()].filter(({ id }) => kinds.has(id)).map(({ id, label, plural }) => element("section", { class: "part" },
      element("h3", {}, this.model.translate(kinds.get(id).length === 1 ? label : plural ?? label)),
      element("ul", { class: "neighbours" }, kinds.get(id).sort((a, b) => b.size - a.size || (a.id < b.id ? -1 : 1)).map((node) => element("li", {}, this.parts.neighbour(node))))));
  }

  /** Return the relations of members to what lies outside, by the group of that (null: none). */
  #linked(members, group) {
    const { filters } = this.model;
    const edges = [...new Set(members.flatMap(({ id }) => this.model.edgesOf.get(id)))];
    const isOutside = (id) => this.model.groupOfEntity(id) !== group;
    const outside = edges.map((edge) => ({ edge, end: [edge.from, edge.to].find(isOutside) })).filter(({ end }) => end !== undefined)
      .filter(({ end }) => filters.standsBesideGroup(this.model.nodes.get(end)));
    return new Map([...groupBy(outside, ({ end }) => this.model.groupOfEntity(end))]
      .map(([one, some]) => [one, some.map(({ edge }) => edge)]).sort(([, a], [, b]) => b.length - a.length));
  }

  #relations(group, edges) {
    return element("section", { class: "group" },
      element("h4", {}, group === null ? this.model.say("inNoGroup") : this.#button(group), element("span", { class: "group-count" }, ` ${this.model.number(edges.length)}`)),
      element("ul", { class: "neighbours" }, edges.map((edge) => element("li", {}, element("button", {
        type: "button", class: "neighbour", dir: "auto", onclick: () => this.listeners.selectRelation(edge.id),
      }, this.model.sentence(edge)), this.parts.evidence([edge])))));
  }
}
