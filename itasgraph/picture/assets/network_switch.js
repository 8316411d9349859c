"use strict";

/** The strip above the picture: the networks of the page by name, one of which is shown, and what a line of that one means. */
class NetworkSwitch {
  constructor(app, page) {
    this.app = app;
    this.model = app.model;
    this.page = page;
    this.others = new Map(); // the models of networks that are searched, but not shown
    this.line = document.getElementById("network-line");
    this.buttons = page.networks.map(({ name }) => element("button", {
      type: "button", class: "network", "data-network": name, "aria-describedby": "network-line", onclick: () => this.choose(name),
    }));
    document.querySelector(".network-names").append(...this.buttons);
    document.getElementById("networks").hidden = page.networks.length < 2;
  }

  /** Write the names in the language of the page, and mark the network that is shown. */
  render() {
    this.line.textContent = this.model.translate(this.model.data.line);
    for (const button of this.buttons) {
      const { network } = button.dataset;
      button.textContent = this.nameOf(network);
      button.setAttribute("aria-pressed", String(network === this.model.data.name));
      if (network === this.model.data.name) button.scrollIntoView({ block: "nearest", inline: "nearest" });
    }
  }

  /** Return whether the network that is shown is the one that opens first. */
  get isAtFirst() {
    return this.model.data.name === this.page.networks[0].name;
  }

  has(name) {
    return this.page.networks.some((one) => one.name === name);
  }

  /** Show the network of this name, else the first one, with nothing selected and no filter. */
  open(name) {
    const number = Math.max(this.page.networks.findIndex((one) => one.name === name), 0);
    if (this.page.networks[number].name !== this.model.data.name) this.app.load(networkView(this.page, number));
  }

  /** Show another network; keep the selection and the filters as far as they mean something in it. */
  choose(name) {
    if (name === this.model.data.name) return;
    const { selection } = this.app;
    this.#exchange(name);
    this.app.select(this.#selectionHere(selection), { move: true, record: false });
    this.app.address.settle();
    this.app.notices.announce([this.model.say("networkNow", { name: this.nameOf(name) }), this.model.translate(this.model.data.line),
      this.model.visibleInWords(), this.app.describe()].filter(Boolean).join(" "));
  }

  /**
   * Return the hits of a query as SearchIndex does, behind those of this network those of entities that only other networks of the page have
   * ({elsewhere: {network, name, model}}), but all names before facts and quotes; typing errors count only where no network has all words.
   */
  search(query) {
    const others = this.page.networks.filter(({ name }) => name !== this.model.data.name).map(({ name: network }) => {
      const model = this.#modelOf(network);
      return { ...model.search(query), elsewhere: { network, name: this.nameOf(network), model } };
    });
    const results = [this.model.search(query), ...others];
    const isExact = results.some(({ hits, mistyped }) => hits.length > 0 && !mistyped);
    const listed = new Set(this.model.nodes.keys());
    const hits = results.filter(({ mistyped }) => !(isExact && mistyped)).flatMap(({ hits: some, elsewhere = null }) => {
      const here = elsewhere === null ? some : some.filter(({ node }) => !listed.has(node.id));
      for (const { node } of here) listed.add(node.id);
      return here.map((hit) => ({ ...hit, elsewhere }));
    });
    const isByText = ({ rank }) => Number(rank >= RANK.text);
    return { hits: hits.sort((a, b) => isByText(a) - isByText(b)), mistyped: !isExact }; // the sort is stable
  }

  /** Return the model of a network that is not shown, in the language of the page; it is made when it is first searched. */
  #modelOf(name) {
    if (!this.others.has(name)) this.others.set(name, new Model(networkView(this.page, this.page.networks.findIndex((one) => one.name === name))));
    return Object.assign(this.others.get(name), { language: this.model.language });
  }

  /** Show an entity in another network, and say in which. */
  openEntity(id, { network, name }) {
    this.#exchange(network);
    this.app.select({ entity: id }, { move: true, focus: true, record: false });
    this.app.address.settle();
    this.app.notices.toast(this.model.say("networkNow", { name }));
    this.app.notices.announce(`${this.model.say("networkNow", { name })} ${this.app.describe()}`);
  }

  /** Show the network on which an answer was computed, if that is another one of the page, and say so; return whether it is. */
  openAnalysed(ask) {
    const name = this.app.panel.questions.tour.networkOf(ask);
    if (name === null || !this.has(name)) return false;
    this.#exchange(name);
    this.app.notices.toast(this.model.say("answerElsewhere", { name: this.nameOf(name) }));
    return true;
  }

  /** Open another network with the filters of the present one, as far as it has what they name: a step in the history. */
  #exchange(name) {
    this.app.address.settle();
    const filters = new Map(Object.entries(filtersAsParts(this.model.filters)).filter(([, value]) => value !== null));
    this.open(name);
    setFilters(this.model.filters, this.model, filters);
    this.app.applyFilters({ record: false });
    this.app.picture.home(false);
    this.app.address.push();
  }

  /** Return the part of a selection that this network has; of answers, those computed on it or on the whole graph. */
  #selectionHere({ entity, relation, ask, from, to, hubs }) {
    if (entity !== null) return this.model.nodes.has(entity) ? { entity } : NO_SELECTION;
    if (relation !== null) return this.model.edges.has(relation) ? { relation } : NO_SELECTION;
    const end = (id) => (this.model.nodes.has(id) ? id : null);
    if (ask === PATH) return { ask, from: end(from), to: end(to), hubs };
    const { tour } = this.app.panel.questions;
    return ask !== null && tour.knows(ask) && tour.networkOf(ask) === null ? { ask } : NO_SELECTION;
  }

  /** Return the name of a network for readers. */
  nameOf(name) {
    return this.model.translate(this.page.networks.find((one) => one.name === name)?.label) || name;
  }
}
