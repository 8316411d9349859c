"use strict";

// The moments of a network are its events, in the order of their days. This file is in the page only where a network has some.

const CHANGES = ["came", "stayed", "back", "went"]; // in the order in which they are told

/**
 * Return what an entity or relation that occurs at the moments `at` does at one of them, as `analyse --compare` has it: it is
 * there at the first one; later it came (it was at none before), stayed, is back after it was not there the last time, or went. It
 * is "absent" where it was not there the last time either, and "always" there where it depends on no moment.
 */
function changeAt(at, moment) {
  if (at === undefined) return "always";
  if (!at.includes(moment)) return at.includes(moment - 1) ? "went" : "absent";
  if (moment === 0) return "there";
  if (at.includes(moment - 1)) return "stayed";
  return at.some((one) => one < moment) ? "back" : "came";
}

/** A slider over the moments, and what the panel says of the chosen one. */
class Moments {
  constructor(app) {
    this.app = app;
    this.model = app.model;
    this.open = null; // the change whose entities are listed
    this.shown = null; // the moment that was shown last
    this.isMoving = false; // whether the present move of the slider has its step in the history
    this.slider = element("input", {
      type: "range", class: "moment-slider", id: "moment-slider", min: 0, step: 1,
      oninput: () => this.#choose(), onchange: () => { this.isMoving = false; this.app.address.settle(); },
    });
    this.now = element("output", { class: "moment-now", for: "moment-slider" });
    this.marks = element("div", { class: "moment-marks", "aria-hidden": "true" });
    this.label = element("label", { class: "moment-label", for: "moment-slider" });
    this.part = element("section", { class: "moments" },
      element("p", { class: "moment-line" }, this.label, " ", this.now),
      element("div", { class: "moment-track" }, this.slider, this.marks));
    document.querySelector(".below").prepend(this.part);
  }

  /** Write the names of the moments in the language of the page. */
  render() {
    const { moments } = this.model.data;
    this.part.hidden = moments.length === 0;
    this.part.style.setProperty("--stops", moments.length + 1);
    this.part.classList.toggle("many", moments.length > 6);
    this.slider.max = moments.length;
    this.label.textContent = this.model.say("moments");
    const days = daysOf(moments, this.model.language);
    this.marks.replaceChildren(...[null, ...moments].map((moment, n) => element("span", {
      class: "moment-mark", title: moment ? this.#name(moment) : null, onclick: () => this.#move(n),
    }, element("span", { class: "moment-name", dir: "auto" }, moment ? this.#name(moment) : this.model.say("all")),
    moment ? element("span", { class: "moment-day" }, days[n - 1]) : null)));
    this.refresh();
  }

  /** Show what the filters hold. */
  refresh() {
    const { moment } = this.model.filters;
    const wasOpen = this.open !== null;
    if (wasOpen && (moment !== this.shown || this.#listed() === undefined)) this.open = null;
    this.shown = moment;
    if (wasOpen) this.#light();
    const value = moment === null ? 0 : moment + 1;
    if (Number(this.slider.value) !== value) this.slider.value = value;
    this.slider.setAttribute("aria-valuetext", this.#inWords());
    this.now.replaceChildren(...this.#parts().flatMap(({ change, text }, n) => [n === 0 ? "" : " · ", element("span", { class: "moment-piece" }, change ? changeIcon(change) : null, text)]));
    [...this.marks.children].forEach((mark, n) => mark.classList.toggle("current", n === value));
  }

  /** Move the slider as the reader does who clicks a mark. */
  #move(value) {
    this.slider.value = value;
    this.#choose();
    this.isMoving = false;
    this.slider.focus();
  }

  /** Show the moment of the slider: one step in the history for each move. */
  #choose() {
    const { filters } = this.model;
    const moment = Number(this.slider.value) === 0 ? null : Number(this.slider.value) - 1;
    if (moment === filters.moment) return;
    this.app.address.settle();
    filters.moment = moment;
    this.app.applyFilters({ record: false });
    this.app.picture.stay();
    this.#light();
    if (!this.isMoving) this.app.address.push();
    this.isMoving = true;
    this.app.address.viewChanged();
    this.app.notices.announce(this.sentence());
  }

  // --- words ---

  #name(moment) {
    return this.model.name({ label: moment.label, id: moment.id });
  }

  /** Return the name of the chosen moment; "" where all are shown. */
  get chosen() {
    const { moment } = this.model.filters;
    return moment === null ? "" : this.#name(this.model.data.moments[moment]);
  }

  /** Return the chosen moment with its day, and how many entries came, stayed and went. */
  #inWords() {
    return this.#parts().map(({ text }) => text).join(" · ");
  }

  /** Return the parts of what `#inWords` says: [{text, change: the one that it counts, or null}]. */
  #parts() {
    const { moment } = this.model.filters;
    if (moment === null) return [{ text: this.model.say("momentAll"), change: null }];
    const chosen = this.model.data.moments[moment];
    const counts = moment === 0 ? [] : this.#groups().map(({ change, nodes }) => ({ text: this.#count(change, nodes.length), change }));
    return [{ text: `${this.#name(chosen)}, ${this.#day(chosen)}`, change: null }, ...counts];
  }

  #day({ begin, end }) {
    return begin === end ? this.model.formatValue(begin) : this.model.say("momentDays", { begin: this.model.formatValue(begin), end: this.model.formatValue(end) });
  }

  #count(change, n) {
    return this.model.count(`moment_${change}`, n);
  }

  /** Return the visible entries by what they do at the moment, those of changes that occur: [{change, nodes}]. */
  #groups() {
    const byChange = groupBy(this.model.visibleNodes(), (node) => this.model.filters.changeOf(node));
    return [...(this.model.filters.moment === 0 ? ["there"] : CHANGES)].filter((change) => byChange.has(change)).map((change) => ({
      change, nodes: byChange.get(change).sort((a, b) => this.model.compareTexts(this.model.name(a), this.model.name(b))),
    }));
  }

  /** Return in words how many of the visible entries are there at the moment; "" where all moments are shown. */
  sentence() {
    const { moment } = this.model.filters;
    if (moment === null) return this.model.say("momentAll");
    const groups = this.#groups();
    const counts = moment === 0 || groups.length === 0 ? "" : ` ${groups.map(({ change, nodes }) => this.#count(change, nodes.length)).join(", ")}.`;
    return this.#opening(groups) + counts;
  }

  /** Return in words how many are there, and with which event the groups compare that follow; nothing to compare where none follow. */
  #opening(groups) {
    const { moment } = this.model.filters;
    const { moments } = this.model.data;
    const there = groups.filter(({ change }) => change !== "went").reduce((sum, { nodes }) => sum + nodes.length, 0);
    const sentences = [this.model.count("momentThere", there, { name: this.#name(moments[moment]) })];
    if (moment === 0) sentences.push(this.model.say("momentFirst"));
    else if (groups.length > 0) sentences.push(this.model.say("momentCompared", { name: this.#name(moments[moment - 1]) }));
    return sentences.join(" ");
  }

  // --- the panel ---

  /** Return what the panel says of the moment: a sentence, and for each change a button that lists its entries with `item`. */
  content(item) {
    if (this.model.filters.moment === null) return null;
    const groups = this.#groups();
    const always = this.model.visibleNodes().filter((node) => this.model.filters.changeOf(node) === "always").length;
    const listed = this.#listed(groups);
    return element("section", { class: "part moment-part", "aria-label": this.model.say("moments") },
      element("p", { dir: "auto" }, this.#opening(groups)),
      element("div", { class: "moment-counts" }, groups.map(({ change, nodes }) => element("button", {
        type: "button", class: "button moment-count", "data-change": change, "aria-expanded": String(change === this.open),
        onclick: () => this.#list(change),
      }, changeIcon(change), this.#count(change, nodes.length)))),
      listed ? element("ul", { class: "neighbours moment-list" }, listed.nodes.map((node) => element("li", {}, item(node)))) : null,
      element("p", { class: "quiet small" }, [always === 0 ? "" : this.model.count("momentAlways", always), this.model.say("momentCaveat"), this.app.panel.questions.tour.hasAnswers ? this.model.say("momentTour") : ""].filter(Boolean).join(" ")));
  }

  /** List the entries of a change and highlight them, or none if they are listed. */
  #list(change) {
    this.open = this.open === change ? null : change;
    const { panel } = this.app;
    panel.recount();
    this.#light();
    panel.details.querySelector(`[data-change="${change}"]`)?.focus({ preventScroll: true });
  }

  /** List no change. */
  close() {
    if (this.open === null) return;
    this.open = null;
    this.app.panel.recount();
  }

  /** Return the change whose entries are listed: {change, nodes}; undefined where none is. */
  #listed(groups = this.#groups()) {
    return groups.find(({ change }) => change === this.open);
  }

  /** Return the listed entries, which the picture highlights; null where the panel lists none. */
  highlight({ entity, relation }) {
    if (this.open === null || entity !== null || relation !== null) return null;
    return { entities: (this.#listed()?.nodes ?? []).map(({ id }) => id), relations: [] };
  }

  /** Let the picture highlight what the panel shows now. */
  #light() {
    const { panel, picture, selection } = this.app;
    picture.choose(selection, panel.highlight(selection));
  }

  /** Return in words at which moments an entity occurs; "" where it depends on none. */
  ofEntity({ at }) {
    return (at ?? []).map((n) => this.#name(this.model.data.moments[n])).join(" · ");
  }
}

/** Return the sign of a change, as the map draws it: a ring around who came or is back, a dashed outline for who went. */
function changeIcon(change) {
  const svg = (...parts) => {
    const root = document.createElementNS("http://www.w3.org/2000/svg", "svg");
    for (const [name, value] of [["viewBox", "0 0 16 16"], ["class", "moment-icon"], ["aria-hidden", "true"]]) root.setAttribute(name, value);
    for (const part of parts) {
      const circle = document.createElementNS("http://www.w3.org/2000/svg", "circle");
      for (const [name, value] of Object.entries({ cx: 8, cy: 8, ...part })) circle.setAttribute(name, value);
      root.append(circle);
    }
    return root;
  };
  if (change === "went") return svg({ r: 5, class: "went" });
  const dot = { r: change === "came" || change === "back" ? 3.4 : 5, class: "dot" };
  return change === "came" || change === "back" ? svg(dot, { r: 6.6, class: "ring" }) : svg(dot);
}

/** Return the year of each moment, with the month where two of them are in the same year. */
function daysOf(moments, language) {
  const years = moments.map(({ begin }) => begin.slice(0, 4));
  if (new Set(years).size === years.length) return years;
  return moments.map(({ begin }) => new Date(`${begin}T00:00:00Z`)
    .toLocaleDateString(language === "de" ? "de-DE" : "en-GB", { month: "short", year: "numeric", timeZone: "UTC" }));
}
