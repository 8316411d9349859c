"use strict";

const PAN_STEP = 80;

/** Holds the state of the page and tells its parts when it changes. */
class App {
  constructor(data) {
    this.model = new Model(data);
    this.selection = NOTHING;
    this.view = "picture";
    this.status = document.getElementById("status");
    this.systemDark = window.matchMedia("(prefers-color-scheme: dark)");
    this.#applyTheme(this.systemDark.matches);
    this.#makeParts();
    this.#applyLanguage(); // words first: they take room, the picture gets the rest
    this.#makePicture();
    this.#listen();
    this.#followAddress();
    document.documentElement.dataset.ready = "true";
  }

  #makeParts() {
    const listeners = {
      thing: (id) => this.select({ thing: id, relation: null }, { move: true, focus: true }),
      relation: (id) => this.select({ thing: null, relation: id }, { move: true, focus: true }),
      close: () => this.select(NOTHING, { focus: true }),
    };
    this.panel = new Panel(this.model, listeners);
    this.table = new Table(this.model, listeners);
    this.legend = new Legend(this.model, () => this.#filtered());
    this.search = new Search(this.model, listeners.thing, (text) => this.announce(text));
  }

  #makePicture() {
    this.picture = new Picture(document.getElementById("picture"), this.model, {
      thing: (id) => this.select({ thing: id, relation: null }),
      relation: (id) => this.select({ thing: null, relation: id }),
      nothing: () => this.select(NOTHING),
    });
  }

  // --- selection and address ---

  /** Choose a thing, a relation or nothing; move the picture there, put the focus on the panel if asked. */
  select(selection, { move = false, focus = false, record = true } = {}) {
    const changed = selection.thing !== this.selection.thing || selection.relation !== this.selection.relation;
    this.selection = selection.thing === null && selection.relation === null ? NOTHING : selection;
    this.#reveal();
    this.picture.choose(this.selection);
    if (changed) this.panel.render(this.selection);
    if (changed && record) this.#writeAddress();
    if (move) this.#visit();
    if (focus) this.panel.focusHeading();
    if (changed) this.announce(this.#describe());
  }

  /** A chosen thing is never hidden: its kind, and that of its other end, come back. */
  #reveal() {
    const edge = this.model.edges.get(this.selection.relation);
    const ids = edge ? [edge.from, edge.to] : [this.selection.thing].filter((id) => id !== null);
    const hidden = ids.map((id) => this.model.nodes.get(id)).filter((node) => !this.model.isVisible(node));
    for (const node of hidden) this.model.hiddenKinds.delete(node.kind);
    if (hidden.length > 0) this.#filtered();
  }

  #visit() {
    if (this.view !== "picture") return;
    if (this.selection.thing !== null) this.picture.visit(this.selection.thing);
    if (this.selection.relation !== null) this.picture.visitRelation(this.selection.relation);
  }

  #describe() {
    const node = this.model.nodes.get(this.selection.thing);
    const edge = this.model.edges.get(this.selection.relation);
    if (node) {
      return this.model.say("selectedThing", {
        name: this.model.name(node), kind: this.model.kindName(node),
        relations: this.model.count("edgeCount", this.model.edgesOf.get(node.id).length),
      });
    }
    if (edge) {
      return this.model.say("selectedRelation", {
        from: this.model.name(this.model.nodes.get(edge.from)), relation: this.model.tell(edge.relation),
        to: this.model.name(this.model.nodes.get(edge.to)),
      });
    }
    return this.model.say("selectedNothing");
  }

  #writeAddress() {
    const parts = Object.entries(this.selection).filter(([, value]) => value !== null)
      .map(([key, value]) => `${key}=${encodeURIComponent(value)}`);
    window.location.hash = parts.join("&");
  }

  /** Take the selection from the address: on load, and when going back and forward. */
  #followAddress() {
    const wanted = readAddress(window.location.hash);
    const thing = this.model.nodes.has(wanted.get("thing")) ? wanted.get("thing") : null;
    const relation = thing === null && this.model.edges.has(wanted.get("relation")) ? wanted.get("relation") : null;
    if (thing === this.selection.thing && relation === this.selection.relation) return;
    this.select({ thing, relation }, { move: true, record: false });
  }

  // --- filters, view, language, theme ---

  #filtered() {
    this.picture.refresh();
    this.legend.refresh();
    if (this.view === "table") this.table.render();
  }

  showAll() {
    this.model.hiddenKinds.clear();
    this.search.clear();
    this.table.filter = "";
    this.#filtered();
    this.select(NOTHING);
    this.picture.home();
  }

  show(view) {
    this.view = view;
    document.getElementById("picture-frame").hidden = view !== "picture";
    document.getElementById("table-frame").hidden = view !== "table";
    press("[data-view]", (button) => button.dataset.view === view);
    if (view === "table") return this.table.render();
    this.picture.resume();
    this.#visit();
  }

  setLanguage(language) {
    this.model.language = language;
    this.#applyLanguage();
    this.picture.refresh();
    this.search.refresh();
  }

  #applyLanguage() {
    const title = this.model.tell(this.model.data.title);
    document.documentElement.lang = this.model.language;
    document.title = title;
    document.querySelector(".title").textContent = title;
    press("[data-language]", (button) => button.dataset.language === this.model.language);
    press("[data-view]", (button) => button.dataset.view === this.view);
    this.#fillTexts();
    this.legend.render();
    this.panel.render(this.selection);
    if (this.view === "table") this.table.render();
  }

  /** The fixed words of the page; the template names the key beside each place. */
  #fillTexts() {
    const set = { text: setText, name: setName, label: setLabel, hint: setHint, placeholder: setPlaceholder };
    for (const [kind, apply] of Object.entries(set)) {
      for (const place of document.querySelectorAll(`[data-${kind}]`)) apply(place, this.model.say(place.dataset[kind]));
    }
    setLabel(document.getElementById("theme"), this.model.say(this.dark ? "toLight" : "toDark"));
  }

  #applyTheme(dark) {
    this.dark = dark;
    document.documentElement.dataset.theme = dark ? "dark" : "light";
  }

  setTheme(dark) {
    this.#applyTheme(dark);
    this.picture.repaint();
    setLabel(document.getElementById("theme"), this.model.say(dark ? "toLight" : "toDark"));
  }

  announce(text) {
    this.status.textContent = text;
  }

  // --- events of the page ---

  #listen() {
    const clicked = (id, action) => document.getElementById(id).addEventListener("click", action);
    clicked("show-all", () => this.showAll());
    clicked("theme", () => { this.themeChosen = true; this.setTheme(!this.dark); });
    clicked("zoom-in", () => this.picture.zoom(1.4));
    clicked("zoom-out", () => this.picture.zoom(1 / 1.4));
    clicked("zoom-fit", () => this.picture.home());
    for (const button of document.querySelectorAll("[data-language]")) {
      button.addEventListener("click", () => this.setLanguage(button.dataset.language));
    }
    for (const button of document.querySelectorAll("[data-view]")) {
      button.addEventListener("click", () => this.show(button.dataset.view));
    }
    // A jump within the page must not overwrite the selection in the address.
    document.querySelector("[data-skip]").addEventListener("click", (event) => {
      event.preventDefault();
      document.getElementById("panel").focus();
    });
    this.picture.container.addEventListener("keydown", (event) => this.#pressedInPicture(event));
    document.addEventListener("keydown", (event) => this.#pressed(event));
    window.addEventListener("hashchange", () => this.#followAddress());
    this.systemDark.addEventListener("change", ({ matches }) => !this.themeChosen && this.setTheme(matches));
    window.addEventListener("beforeprint", () => this.#beforePrint());
    window.addEventListener("afterprint", () => this.#afterPrint());
  }

  #pressed(event) {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === "Escape") this.select(NOTHING);
    if (event.key === "/" && !event.target.closest("input, textarea, select")) {
      event.preventDefault();
      this.search.box.focus();
      this.search.box.select();
    }
  }

  #pressedInPicture(event) {
    const actions = {
      ArrowLeft: () => this.picture.pan(-PAN_STEP, 0), ArrowRight: () => this.picture.pan(PAN_STEP, 0),
      ArrowUp: () => this.picture.pan(0, -PAN_STEP), ArrowDown: () => this.picture.pan(0, PAN_STEP),
      "+": () => this.picture.zoom(1.3), "=": () => this.picture.zoom(1.3), "-": () => this.picture.zoom(1 / 1.3),
      0: () => this.picture.home(), Home: () => this.picture.home(),
    };
    if (event.ctrlKey || event.metaKey || event.altKey || !(event.key in actions)) return;
    event.preventDefault();
    actions[event.key]();
  }

  /** Paper is light, and has no disclosure to click: paint the picture so and open the evidence. */
  #beforePrint() {
    this.darkOnScreen = this.dark;
    if (this.dark) this.setTheme(false);
    this.opened = [...document.querySelectorAll("details:not([open])")];
    for (const details of this.opened) details.open = true;
  }

  #afterPrint() {
    if (this.darkOnScreen) this.setTheme(true);
    for (const details of this.opened ?? []) details.open = false;
  }
}

/** "#thing=…&relation=…" as a map; what cannot be decoded is left out. */
function readAddress(hash) {
  const found = new Map();
  for (const part of hash.replace(/^#/, "").split("&").filter(Boolean)) {
    const [key, ...rest] = part.split("=");
    try {
      found.set(decodeURIComponent(key), decodeURIComponent(rest.join("=")));
    } catch { /* a cut or hand-written link: as if it were not there */ }
  }
  return found;
}

function press(selector, isPressed) {
  for (const button of document.querySelectorAll(selector)) button.setAttribute("aria-pressed", String(isPressed(button)));
}

function setText(place, text) { place.textContent = text; }
function setName(place, text) { place.setAttribute("aria-label", text); }
function setHint(place, text) { place.title = text; }
function setPlaceholder(place, text) { place.placeholder = text; }
function setLabel(place, text) { setName(place, text); setHint(place, text); }

// Waiting for the whole page makes the order in which the script files are put together irrelevant.
document.addEventListener("DOMContentLoaded", () => {
  window.itasgraph = new App(JSON.parse(document.getElementById("graph-data").textContent));
});
