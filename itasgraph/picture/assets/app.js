"use strict";

/** Holds the state of the page and updates its parts when the state changes. */
class App {
  /** `page` is the data of the page, of whose networks the first one opens. */
  constructor(page) {
    this.model = new Model(networkView(page, 0));
    this.selection = NO_SELECTION;
    this.view = "picture";
    this.notices = new Notices(this.model);
    this.systemDark = window.matchMedia("(prefers-color-scheme: dark)");
    this.#applyTheme(this.systemDark.matches);
    this.#furnish();
    this.#makeParts(page);
    this.#applyLanguage(); // first, because the texts decide how much room is left for the picture
    this.#makePicture();
    this.#describePicture();
    this.address = new Address(this);
    this.#listen();
    this.address.open();
    document.documentElement.dataset.ready = "true";
  }

  /** Put the buttons that zoom beside the legend of a map, which fills the picture, else into the picture. */
  #furnish() {
    document.body.classList.toggle("map", this.model.isMap);
    document.querySelector(this.model.isMap ? ".below" : ".picture-frame").append(document.querySelector(".zoom"));
  }

  #makeParts(page) {
    const move = { move: true, focus: true };
    const listeners = {
      selectEntity: (id) => this.select({ entity: id }, move),
      selectRelation: (id) => this.select({ relation: id }, move),
      ask: (question, field) => this.#ask(question, field),
      reveal: (edges) => this.#revealAll(edges),
      showHidden: (ids, field) => this.#showHidden(ids, field),
      showNeighbourhood: (id, steps) => this.excerpts.showNeighbourhood(id, steps),
      openGroup: (group) => this.excerpts.openGroup(group),
      networkName: (name) => this.networks.nameOf(name),
      copy: (text) => this.notices.copy(text),
      savePage: (selection) => this.share.savePage(selection),
      announce: (text) => this.notices.announce(text),
      canGoBack: () => (this.address?.stepsBack ?? 0) > 0, // there is no address yet when the page opens
      goBack: () => { this.isGoingBack = true; history.back(); },
      close: () => { this.select(NO_SELECTION); this.#returnFocus(); },
      tableChanged: () => this.address.viewChanged(),
      moments: () => this.moments,
    };
    this.networks = new NetworkSwitch(this, page);
    this.excerpts = new Excerpts(this);
    this.panel = new Panel(this.model, listeners);
    this.table = new Table(this.model, listeners);
    this.legend = new Legend(this.model, () => this.applyFilters());
    this.facets = new Facets(this.model, () => this.applyFilters());
    this.handle = new Handle();
    this.moments = page.networks.some(({ moments }) => moments.length > 0) ? new Moments(this) : null;
    this.search = new Search({
      box: document.getElementById("search"), sheet: document.getElementById("hits-sheet"),
      list: document.getElementById("hits"), note: document.getElementById("hits-note"), find: (query) => this.networks.search(query),
    }, this.model, (id, elsewhere) => (elsewhere === null ? listeners.selectEntity(id) : this.networks.openEntity(id, elsewhere)), listeners.announce);
  }

  #makePicture() {
    this.picture = new Picture(document.getElementById("picture"), this.model, {
      selectEntity: (id) => this.select({ entity: id }),
      selectRelation: (id) => this.select({ relation: id }),
      pressTitle: (group) => this.excerpts.pressTitle(group),
      pressGround: (group) => this.excerpts.pressGround(group),
      viewChanged: () => { this.address?.viewChanged(); this.tiles?.refresh(); }, // there are none yet when the picture first stops moving
    });
    this.paper = new Paper(this);
    this.tiles = new Tiles(this);
    this.tiles.refresh();
    this.keys = new KeyboardControl(this.model, this.picture, {
      choose: (id) => this.select({ entity: id }, { move: true }),
      read: () => this.panel.focusHeading(), announce: (text) => this.notices.announce(text),
    });
    this.pointer = new PointerControl(this.model, this.picture, {
      toast: (text) => this.notices.toast(text), zooms: () => this.excerpts.forgetPress(),
    });
    const page = new SavedPage(this.model, this.panel.questions, (selection) => this.address.linkTo(selection));
    this.share = new ShareMenu(this.model, new Downloads(this.model, this.picture, () => (this.view === "table" ? this.table : null), () => this.#stateInWords()), {
      pageOf: (selection) => page.of(selection ?? this.selection), copyLink: () => this.copyLink(), announce: (text) => this.notices.announce(text), toast: (text) => this.notices.toast(text),
    });
  }

  // --- selection ---

  /** Select an entity, a relation, a question or nothing; `move` the picture there, put the `focus` on the panel. */
  select(change, { move = false, focus = false, record = true, reveal = true } = {}) {
    this.excerpts.forgetPress();
    const selection = { ...NO_SELECTION, ...change };
    const before = document.activeElement;
    if (before !== document.body && !this.panel.details.contains(before)) this.opener = before;
    const changed = Object.keys(NO_SELECTION).some((key) => selection[key] !== this.selection[key]);
    if (changed && record) this.address.settle(); // so that the history keeps the state before
    this.selection = selection;
    if (this.model.filters.invite(this.panel.questions.tour.guests(selection))) this.applyFilters({ record: false });
    if (!changed || selection.ask !== null) this.moments?.close(); // Escape and a click beside all entries close the list, too
    const revealed = reveal ? this.#reveal() : "";
    this.picture.choose(this.selection, this.panel.highlight(this.selection));
    if (changed && record) this.address.push(); // before the panel, which offers the way back
    if (changed) this.panel.render(this.selection);
    if (this.view === "table") this.table.mark(this.selection);
    if (selection.entity !== null || selection.relation !== null || selection.ask !== null) this.handle.open();
    this.tiles.refresh();
    if (move) this.#visit();
    if (focus) this.panel.focusHeading();
    if (changed || revealed) this.notices.announce(`${revealed} ${this.describe()}`.trim());
  }

  /** Return whether an entity, a relation or a question is selected. */
  get isSelected() {
    return Object.values(this.selection).some((value) => value !== null);
  }

  /** Select a question or a part of its answer; put the focus on the element `field`, else on the heading of the answer. */
  #ask(question, field) {
    const before = document.activeElement;
    const pressed = [...document.querySelectorAll("#details [aria-pressed]")].indexOf(before);
    const isExchanged = this.networks.openAnalysed(question.ask);
    this.select(question, { move: true, focus: question.part === undefined && !field, record: !isExchanged });
    if (isExchanged) this.address.settle();
    if (field) document.getElementById(field)?.focus();
    else if (pressed >= 0) document.querySelectorAll("#details [aria-pressed]")[pressed]?.focus();
  }

  /** Show another network of the page, with nothing selected and no filter. */
  load(view) {
    this.selection = NO_SELECTION;
    this.model.load(view);
    this.#furnish();
    this.panel.questions.load();
    this.picture.load(this.model);
    this.legend.load();
    this.facets.load();
    this.#applyLanguage();
    this.#describePicture();
    this.tiles.refresh();
  }

  /** Undo the filters that hide these entities, of which an answer speaks. */
  #showHidden(ids, field) {
    this.address.settle();
    this.model.filters.reveal(ids.map((id) => this.model.nodes.get(id)));
    this.applyFilters({ record: false });
    this.address.push();
    if (field === null) this.panel.focusHeading();
    else document.getElementById(field)?.focus();
    this.notices.announce(this.model.visibleInWords());
  }

  /** Undo the filters that hide the selection, and return a sentence that says so. */
  #reveal() {
    const edge = this.model.edges.get(this.selection.relation);
    const ids = edge ? [edge.from, edge.to] : [this.selection.entity].filter((id) => id !== null);
    const nodes = ids.map((id) => this.model.nodes.get(id));
    const hidden = nodes.filter((node) => !this.model.isVisible(node));
    const passing = this.model.filters.passing; // what is hidden at first stays so; the panel offers to show it
    if (nodes.every(({ id }) => passing.entities.has(id)) && (!edge || passing.edges.has(edge.id))) return "";
    this.model.filters.reveal(nodes, edge);
    this.applyFilters({ record: false });
    const message = this.model.say("revealed", { name: hidden.length === 0 ? this.model.say("relation") : this.model.name(hidden[0]) });
    this.notices.toast(message);
    return message;
  }

  /** Return whether the panel may say of the selection that the picture leaves it out at first. */
  #concernsBackground() {
    const edge = this.model.edges.get(this.selection.relation);
    return [this.selection.entity, edge?.from, edge?.to].some((id) => this.model.filters.background.has(this.model.nodes.get(id)?.kind));
  }

  /** Undo the filters that hide these relations, and move there. */
  #revealAll(edges) {
    for (const edge of edges) this.model.filters.reveal([edge.from, edge.to].map((id) => this.model.nodes.get(id)), edge);
    this.applyFilters();
    this.#visit();
    this.panel.focusHeading();
  }

  #visit() {
    if (this.view !== "picture") return;
    const { entity, relation, ask } = this.selection;
    if (entity !== null) this.picture.visit(entity);
    if (relation !== null) this.picture.visitRelation(relation);
    const tours = ask !== null && ask !== PATH;
    // Nothing moves during the tour, because comparing needs the same places; on a phone the parts would be too small, and a map has tiles.
    if (ask !== null && (!tours || (isNarrow() && !this.model.isMap))) this.picture.visitAll(this.panel.questions.highlight(this.selection).entities);
  }

  /** Return what of the network is shown, in words for the name of a file: the selection, and the chosen filters. */
  #stateInWords() {
    const chips = [...document.querySelectorAll(".chip > [dir]")].map((chip) => chip.textContent);
    return [this.moments?.chosen ?? "", this.isSelected ? this.panel.details.querySelector("h2").textContent : "", ...chips];
  }

  /** Return in words what is selected. */
  describe() {
    const node = this.model.nodes.get(this.selection.entity);
    const edge = this.model.edges.get(this.selection.relation);
    if (node) {
      return this.model.say("selectedEntity", {
        name: this.model.name(node), kind: this.model.kindName(node),
        relations: this.model.countInWords("edgeCount", this.model.relationCounts(node.id)),
      });
    }
    if (edge) {
      return this.model.say("selectedRelation", {
        from: this.model.name(this.model.nodes.get(edge.from)), relation: this.model.translate(edge.label),
        to: this.model.name(this.model.nodes.get(edge.to)),
      });
    }
    return this.selection.ask === null ? this.model.say("selectedNothing") : this.panel.questions.describe(this.selection);
  }

  // --- clipboard ---

  copyLink() {
    this.address.settle();
    return this.notices.copy(window.location.href, window.location.protocol === "file:" ? "copiedFromDisk" : "copied");
  }

  // --- filters, view, language, theme ---

  applyFilters({ record = true } = {}) {
    this.model.filters.changed();
    this.picture.refresh();
    if (record) this.picture.stay(); // so that the picture does not move when a filter hides something
    this.tiles.refresh();
    for (const part of [this.legend, this.facets, this.moments]) part?.refresh();
    this.panel.recount();
    if (this.selection.ask !== null || this.#concernsBackground() || this.panel.isOfOtherGroup) {
      this.picture.choose(this.selection, this.panel.highlight(this.selection));
      this.panel.render(this.selection);
    }
    if (this.view === "table") this.table.render();
    const nothing = this.#describePicture();
    if (!record) return;
    this.notices.announce(nothing ? this.model.say("nothingLeft") : this.model.visibleInWords());
    this.address.settle();
  }

  /** Say to screen readers what the picture shows, and to all if it shows nothing; return whether it shows nothing. */
  #describePicture() {
    document.getElementById("picture-summary").textContent = this.model.summary();
    for (const [name, value] of [["role", "img"], ["aria-labelledby", "picture-summary"]]) this.picture.canvas.setAttribute(name, value);
    const nothing = this.model.filters.entities.size === 0;
    const isEmpty = this.model.nodes.size === 0;
    document.getElementById("nothing").hidden = !nothing;
    document.getElementById("nothing-text").textContent = this.model.say(isEmpty ? "emptyNetwork" : "nothingLeft");
    document.getElementById("reset-here").hidden = isEmpty;
    return nothing;
  }

  reset() {
    this.model.filters.reset();
    this.facets.toggle(false);
    this.search.clear();
    this.table.filter = "";
    this.applyFilters({ record: false });
    this.select(NO_SELECTION);
    this.picture.home();
    this.notices.announce(this.model.visibleInWords());
    this.address.settle();
  }

  #openTable() {
    this.table.render();
    this.table.mark(this.selection);
  }

  show(view, { record = true } = {}) {
    this.view = view;
    document.getElementById("picture-frame").hidden = view !== "picture";
    document.getElementById("table-frame").hidden = view !== "table";
    setPressed("[data-view]", (button) => button.dataset.view === view);
    if (view === "table") this.#openTable();
    else this.picture.resume();
    if (!record) return;
    this.#visit();
    this.notices.announce(`${this.model.say(view)}: ${this.model.visibleInWords()}`);
    this.address.settle();
  }

  setLanguage(language) {
    this.model.language = language;
    this.#applyLanguage();
    this.picture.rename();
    this.tiles.refresh();
    this.#describePicture();
    this.search.refresh();
  }

  #applyLanguage() {
    const title = this.model.translate(this.model.data.title);
    document.documentElement.lang = this.model.language;
    document.title = title;
    document.querySelector(".title").textContent = title;
    this.networks.render();
    setPressed("[data-language]", (button) => button.dataset.language === this.model.language);
    setPressed("[data-view]", (button) => button.dataset.view === this.view);
    fillTexts((key) => this.model.say(key));
    this.#applyTheme(this.dark); // for the words of its button
    for (const part of [this.legend, this.facets, this.moments]) part?.render();
    this.panel.render(this.selection);
    if (this.view === "table") this.table.render();
  }

  #applyTheme(dark) {
    this.dark = dark;
    document.documentElement.dataset.theme = dark ? "dark" : "light";
    setLabel(document.getElementById("theme"), this.model.say(dark ? "toLight" : "toDark"));
  }

  setTheme(dark) {
    this.#applyTheme(dark);
    this.picture.repaint();
    this.tiles.refresh();
  }

  /** Show what the address says; after a press on the button that leads back, put the focus on it or on the heading. */
  #followAddress() {
    this.address.follow();
    if (this.isGoingBack) this.panel.focusBack();
    this.isGoingBack = false;
  }

  // --- events of the page ---

  #listen() {
    const onClick = (id, action) => document.getElementById(id).addEventListener("click", action);
    onClick("reset", () => this.reset());
    onClick("reset-here", () => { this.reset(); (this.view === "table" ? this.table.table : this.picture.container).focus(); });
    onClick("theme", () => { this.themeChosen = true; this.setTheme(!this.dark); });
    onClick("zoom-in", () => this.picture.zoom(1.4));
    onClick("zoom-out", () => this.picture.zoom(1 / 1.4));
    onClick("zoom-fit", () => this.picture.home());
    for (const button of document.querySelectorAll("[data-language]")) {
      button.addEventListener("click", () => {
        this.setLanguage(button.dataset.language);
        this.notices.announce(this.model.say("languageNow"));
        this.address.settle();
      });
    }
    for (const button of document.querySelectorAll("[data-view]")) {
      button.addEventListener("click", () => this.show(button.dataset.view));
    }
    // A jump within the page must not overwrite the selection in the address.
    document.querySelector("[data-skip]").addEventListener("click", (event) => {
      event.preventDefault();
      document.getElementById("panel").focus();
    });
    document.addEventListener("keydown", (event) => this.#onKey(event));
    window.addEventListener("hashchange", () => this.#followAddress());
    window.matchMedia("(forced-colors: active)").addEventListener("change", () => this.picture.repaint());
    this.systemDark.addEventListener("change", ({ matches }) => !this.themeChosen && this.setTheme(matches));
    window.addEventListener("beforeprint", () => this.paper.prepare());
    window.addEventListener("afterprint", () => this.paper.restore());
  }

  /** Close what is open over the picture; else clear the selection and the words of the search. */
  #escape() {
    this.excerpts.forgetPress();
    if (!this.share.menu.hidden) return this.share.leave();
    if (!this.facets.sheet.hidden) return this.facets.leave();
    if (!this.isSelected && this.search.box.value === "" && this.model.filters.group !== null) return this.excerpts.openGroup(null);
    const isInPanel = this.panel.details.contains(document.activeElement);
    this.search.clear();
    this.select(NO_SELECTION);
    if (isInPanel) this.#returnFocus();
  }

  /** Put the focus where the selection was made, else on the heading of the panel. */
  #returnFocus() {
    if (this.opener?.isConnected && this.opener.checkVisibility()) this.opener.focus();
    else this.panel.focusHeading();
  }

  #onKey(event) {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === "Escape") this.#escape();
    if (event.key === "/" && !event.target.closest("input, textarea, select")) {
      event.preventDefault();
      this.search.box.focus();
      this.search.box.select();
    }
  }
}

// Waiting for the whole page makes the order in which the script files are put together irrelevant.
document.addEventListener("DOMContentLoaded", async () => {
  if (await loadEngine()) window.itasgraph = new App(readData());
});
