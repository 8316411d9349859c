"use strict";

// The part of the address behind "#" holds selection, filters and view, so that a link restores them.

const SETTLED = 250; // milliseconds without movement, after which the address holds the viewport
const LIST_BREAK = " "; // IRIs hold no space

/** Keeps the address and the page in step, both ways. */
class Address {
  constructor(app) {
    this.app = app;
    this.model = app.model;
  }

  /** Return all that a link restores. */
  #currentHash() {
    const { selection, picture, view, table } = this.app;
    const at = picture.viewport();
    return `#${writeAddress({
      ...selection,
      ...filtersAsParts(this.model.filters),
      view: view === "table" ? "table" : null,
      ...tableAsParts(table.state()),
      lang: this.model.language === this.model.data.lang ? null : this.model.language,
      at: at && [at.x.toFixed(2), at.y.toFixed(2), at.scale.toFixed(5)].join(","),
    })}`;
  }

  /** Add a step to the history. */
  push() {
    history.pushState(null, "", this.#currentHash());
  }

  /** Write the viewport into the address as soon as the picture rests. */
  viewChanged() {
    clearTimeout(this.settleTimer);
    this.settleTimer = setTimeout(() => this.settle(), SETTLED);
  }

  /** Write the present state into the address, without a step in the history. */
  settle() {
    clearTimeout(this.settleTimer);
    if (this.#currentHash() !== (window.location.hash || "#")) history.replaceState(null, "", this.#currentHash());
  }

  /** Show what the address says, else select the focus of the page. */
  open() {
    const { focus } = this.model.data;
    if (window.location.hash.length > 1) this.follow();
    else if (this.model.nodes.has(focus)) this.app.select({ entity: focus }, { record: false });
  }

  /** Restore everything from the address: on load, and when going back or forward. */
  follow() {
    clearTimeout(this.settleTimer);
    if (window.location.hash === this.#currentHash()) return;
    const parts = readAddress(window.location.hash);
    const language = parts.get("lang") ?? this.model.data.lang;
    if (language !== this.model.language && Object.hasOwn(this.model.data.text, language)) this.app.setLanguage(language);
    setFilters(this.model.filters, this.model, parts);
    this.app.table.restore(readTable(parts));
    this.app.applyFilters({ record: false });
    this.app.show(parts.get("view") === "table" ? "table" : "picture", { record: false });
    const at = readViewport(parts.get("at"));
    const selection = this.#selection(parts);
    const whole = at === null && (selection === NO_SELECTION || this.model.filters.neighbourhood !== null);
    if (whole) this.app.picture.home(false);
    this.app.select(selection, { move: at === null && !whole, record: false, reveal: false });
    if (at !== null) this.app.picture.lookAt(at);
  }

  /** Return the selection in an address, as far as this page knows it. */
  #selection(parts) {
    const node = (key) => (this.model.nodes.has(parts.get(key)) ? parts.get(key) : null);
    if (node("entity") !== null) return { entity: node("entity") };
    if (this.model.edges.has(parts.get("relation"))) return { relation: parts.get("relation") };
    const ask = parts.get("ask");
    if (!this.app.panel.questions.knows(ask)) return NO_SELECTION;
    if (ask === PATH) return { ask, from: node("from"), to: node("to"), hubs: parts.has("hubs") ? true : null };
    return { ask, part: /^\d+$/.test(parts.get("part") ?? "") ? Number(parts.get("part")) : null };
  }
}

/** "#entity=…&relation=…" as a map, without what cannot be decoded. */
function readAddress(hash) {
  const parts = new Map();
  for (const part of hash.replace(/^#/, "").split("&").filter(Boolean)) {
    const [key, ...rest] = part.split("=");
    try {
      parts.set(decodeURIComponent(key), decodeURIComponent(rest.join("=").replaceAll("+", " ")));
    } catch { /* a cut or hand-written link: as if it were not there */ }
  }
  return parts;
}

/** Return parts as an address, without those that are null, empty or false. */
function writeAddress(parts) {
  return Object.entries(parts).filter(([, value]) => value !== null && value !== "" && value !== false)
    .map(([key, value]) => `${key}=${encodeValue(String(value === true ? 1 : value))}`).join("&");
}

/** Percent signs only where they are needed: people read addresses, too. */
function encodeValue(value) {
  return encodeURIComponent(value).replace(/%(3A|2F|2C|40)/g, decodeURIComponent).replaceAll("%20", "+");
}

/** Filters as parts of an address. */
function filtersAsParts({ hiddenKinds, choices, neighbourhood }) {
  return {
    without: [...hiddenKinds].sort().join(LIST_BREAK),
    ...Object.fromEntries([...choices].map(([facet, values]) => [facet, [...values].sort().join(LIST_BREAK)])),
    around: neighbourhood?.entity ?? null, steps: neighbourhood?.steps ?? null,
  };
}

/** Set filters from parts of an address; what this page does not know is left out. */
function setFilters(filters, model, parts) {
  const listed = (key) => (parts.get(key) ?? "").split(LIST_BREAK).filter(Boolean);
  filters.hiddenKinds = new Set(listed("without").filter((kind) => model.kinds.has(kind)));
  for (const { id, values } of filters.facets) {
    const known = new Set(values.map((value) => value.id));
    filters.choices.set(id, new Set(listed(id).filter((value) => known.has(value))));
  }
  const steps = Math.min(Math.max(Math.trunc(Number(parts.get("steps"))) || 1, 1), MOST_STEPS);
  filters.neighbourhood = model.nodes.has(parts.get("around")) ? { entity: parts.get("around"), steps } : null;
  filters.changed();
}

/** The order and filter of the table as parts of an address: which of the two, its column ("-2" downwards), what it has to match. */
function tableAsParts({ about, column, down, filter }) {
  return {
    table: about === "entities" ? null : about,
    sort: column === 0 && !down ? null : `${down ? "-" : ""}${column}`,
    match: filter,
  };
}

/** The same the other way round. */
function readTable(parts) {
  const [, down, column] = /^(-?)([0-3])$/.exec(parts.get("sort") ?? "") ?? [null, "", "0"];
  return {
    about: parts.get("table") === "relations" ? "relations" : "entities",
    column: Number(column), down: down === "-", filter: parts.get("match") ?? "",
  };
}

/** "x,y,scale" of a viewport, or null. */
function readViewport(text) {
  const [x, y, scale, ...rest] = (text ?? "").split(",").map(Number);
  return [x, y, scale].every(Number.isFinite) && scale > 0 && rest.length === 0 ? { x, y, scale } : null;
}
