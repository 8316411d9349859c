"use strict";

// The part of the address behind "#" holds selection, filters and view, so that a link restores them.

const SETTLED = 250; // milliseconds without movement, after which the address holds the viewport
const LIST_BREAK = " "; // IRIs hold no space

/** Writes the state of the page into its address, and restores the state from an address. */
class Address {
  constructor(app) {
    this.app = app;
    this.model = app.model;
  }

  /** Return the state of the page as the part of an address behind "#". */
  #currentHash(selection = this.app.selection) {
    const { picture, view, table } = this.app;
    const at = picture.viewport();
    return `#${writeAddress({
      net: this.app.networks.isAtFirst ? null : this.model.data.name,
      ...selection,
      ...filtersAsParts(this.model.filters),
      view: view === "table" ? "table" : null,
      ...tableAsParts(table.state()),
      lang: this.model.language === this.model.data.lang ? null : this.model.language,
      at: at && [at.x.toFixed(2), at.y.toFixed(2), at.scale.toFixed(5)].join(","),
    })}`;
  }

  /** Return the web address of a selection in the present view; null where the page is a file on this computer. */
  linkTo(selection) {
    const { protocol, href } = window.location;
    return protocol.startsWith("http") ? href.split("#")[0] + this.#currentHash({ ...NO_SELECTION, ...selection }) : null;
  }

  /** Return how many steps the history holds before the present state; what stands before them is another page. */
  get stepsBack() {
    return history.state?.step ?? 0;
  }

  /** Add a step to the history. */
  push() {
    history.pushState({ step: this.stepsBack + 1 }, "", this.#currentHash());
  }

  /** Write the viewport into the address once the picture has stopped moving. */
  viewChanged() {
    clearTimeout(this.settleTimer);
    this.settleTimer = setTimeout(() => this.settle(), SETTLED);
  }

  /** Write the present state into the address, without a step in the history. */
  settle() {
    clearTimeout(this.settleTimer);
    if (this.#currentHash() !== (window.location.hash || "#")) history.replaceState(history.state, "", this.#currentHash());
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
    const parts = readAddress(window.location.hash, this.model.data.former);
    this.#openNetwork(parts);
    const language = parts.get("lang") ?? this.model.data.lang;
    if (language !== this.model.language && Object.hasOwn(this.model.data.text, language)) this.app.setLanguage(language);
    setFilters(this.model.filters, this.model, parts);
    this.app.table.restore(readTable(parts));
    this.app.applyFilters({ record: false });
    this.app.show(parts.get("view") === "table" ? "table" : "picture", { record: false });
    const at = readViewport(parts.get("at"));
    const selection = this.#selection(parts);
    const wholeInView = at === null && (selection === NO_SELECTION || this.model.filters.isExcerpt);
    if (wholeInView) this.app.picture.home(false);
    this.app.select(selection, { move: at === null && !wholeInView, record: false, reveal: false });
    if (at !== null) this.app.picture.lookAt(at);
    this.#sayMissing(this.#missing(parts));
  }

  /** Show the network of an address, else the first one; an answer is shown on the network on which it was computed. */
  #openNetwork(parts) {
    this.app.networks.open(parts.get("net"));
    const other = parts.has("ask") ? this.app.panel.questions.tour.networkOf(parts.get("ask")) : null;
    if (other !== null && this.app.networks.has(other)) this.app.networks.open(other);
  }

  /** Return the ids in an address that this page lacks: of the selection, and of filters. */
  #missing(parts) {
    const idsIn = (key) => (parts.get(key) ?? "").split(LIST_BREAK).filter(Boolean);
    const known = { without: (id) => this.model.kinds.has(id), with: (id) => this.model.kinds.has(id) };
    for (const key of ["entity", "from", "to", "around"]) known[key] = (id) => this.model.nodes.has(id);
    known.group = (id) => this.model.groupOf.has(id);
    for (const { id, values } of this.model.filters.facets) known[id] = (value) => values.some((one) => one.id === value);
    const missing = Object.entries(known).flatMap(([key, isKnown]) => idsIn(key).filter((id) => !isKnown(id)));
    const relation = parts.get("relation") ?? "";
    if (relation !== "" && this.#edge(relation) === null) missing.push(relation);
    if (parts.has("event") && this.model.filters.moment === null) missing.push(parts.get("event"));
    if (parts.has("net") && !this.app.networks.has(parts.get("net"))) missing.push(parts.get("net"));
    if (parts.has("ask") && !this.app.panel.questions.knows(parts.get("ask"))) missing.push(parts.get("ask"));
    return [...new Set(missing)];
  }

  #sayMissing(ids) {
    if (ids.length === 0) return;
    const names = ids.map((id) => id.split(LIST_BREAK).map(lastPart).join(" – ")).join(", ");
    const message = this.model.count("missing", ids.length, { names: names.slice(0, LONG_NAME) });
    this.app.notices.announce(message);
    this.app.notices.toast(message);
  }

  /** Return the selection in an address, as far as this page knows it. */
  #selection(parts) {
    const node = (key) => (this.model.nodes.has(parts.get(key)) ? parts.get(key) : null);
    if (node("entity") !== null) return { entity: node("entity") };
    const relation = this.#edge(parts.get("relation") ?? "");
    if (relation !== null) return { relation };
    const ask = parts.get("ask");
    if (!this.app.panel.questions.knows(ask)) return NO_SELECTION;
    if (ask === PATH) return { ask, from: node("from"), to: node("to"), hubs: parts.has("hubs") ? true : null };
    return { ask, part: /^\d+$/.test(parts.get("part") ?? "") ? Number(parts.get("part")) : null };
  }

  /** Return the id of an edge, or null. With a former id, the ends of a symmetric relation may have been in the other order. */
  #edge(id) {
    if (this.model.edges.has(id)) return id;
    const reverse = id.split(LIST_BREAK).reverse().join(LIST_BREAK);
    return this.model.edges.get(reverse)?.symmetric ? reverse : null;
  }
}

/** Return the last part of an IRI, which people can read: "topic/mobilitaet" ends in "mobilitaet". */
function lastPart(iri) {
  return iri.split(/[/#:]/).filter(Boolean).at(-1) ?? iri;
}

/**
 * Return the parts of an address ("#entity=…&relation=…") as a map, without parts that cannot be decoded. An id that changed
 * becomes the id of today; `former` maps the one to the other.
 */
function readAddress(hash, former) {
  const today = (id) => (Object.hasOwn(former, id) ? former[id] : id);
  const parts = new Map();
  for (const part of hash.replace(/^#/, "").split("&").filter(Boolean)) {
    const [key, ...rest] = part.split("=");
    try {
      const value = decodeURIComponent(rest.join("=").replaceAll("+", " "));
      parts.set(decodeURIComponent(key), value.split(LIST_BREAK).map(today).join(LIST_BREAK));
    } catch { /* a broken or hand-written part is ignored */ }
  }
  return parts;
}

/** Return parts as an address, without those that are null, empty or false. */
function writeAddress(parts) {
  return Object.entries(parts).filter(([, value]) => value !== null && value !== "" && value !== false)
    .map(([key, value]) => `${key}=${encodeValue(String(value === true ? 1 : value))}`).join("&");
}

/** Encode a value with percent signs only where they are needed, because people read addresses. */
function encodeValue(value) {
  return encodeURIComponent(value).replace(/%(3A|2F|2C|40)/g, decodeURIComponent).replaceAll("%20", "+");
}

/** Return the filters as parts of an address. */
function filtersAsParts({ model, hiddenKinds, hiddenAtFirst, shownOnMap, choices, neighbourhood, group, moment }) {
  const event = moment === null ? null : model.data.moments[moment].id;
  return {
    without: [...hiddenKinds].filter((kind) => !hiddenAtFirst.has(kind)).sort().join(LIST_BREAK),
    with: [...shownOnMap].sort().join(LIST_BREAK),
    ...Object.fromEntries([...choices].map(([facet, values]) => [facet, [...values].sort().join(LIST_BREAK)])),
    around: neighbourhood?.entity ?? null, steps: neighbourhood?.steps ?? null, group: group && keyOfGroup(group), event,
  };
}

/** Return the id of an entity that stands for a group in addresses: its first title, else its first member. An address may name any member. */
function keyOfGroup({ titles, members }) {
  return titles[0] ?? members[0];
}

/** Set the filters from parts of an address; ignore kinds, values and entities that this page lacks. */
function setFilters(filters, model, parts) {
  const idsIn = (key) => (parts.get(key) ?? "").split(LIST_BREAK).filter(Boolean);
  const opened = new Set(idsIn("with"));
  const steps = Math.min(Math.max(Math.trunc(Number(parts.get("steps"))) || 1, 1), MOST_STEPS);
  filters.showNeighbourhood(null);
  filters.hiddenKinds = new Set([...filters.background].filter((kind) => !opened.has(kind)));
  if (model.nodes.has(parts.get("around"))) filters.showNeighbourhood({ entity: parts.get("around"), steps });
  else filters.openGroup(model.groupOfEntity(parts.get("group")));
  for (const kind of idsIn("without")) if (model.kinds.has(kind)) filters.hiddenKinds.add(kind);
  for (const { id, values } of filters.facets) {
    const known = new Set(values.map((value) => value.id));
    filters.choices.set(id, new Set(idsIn(id).filter((value) => known.has(value))));
  }
  const moment = model.data.moments.findIndex(({ id }) => id === parts.get("event"));
  filters.moment = moment < 0 ? null : moment;
  filters.changed();
}

/** Return the state of the table as parts of an address: which table is open, the column that orders it ("-2": downwards), its filter. */
function tableAsParts({ about, column, down, filter }) {
  return {
    table: about === "entities" ? null : about,
    sort: column === 0 && !down ? null : `${down ? "-" : ""}${column}`,
    match: filter,
  };
}

/** Return the state of the table from parts of an address. */
function readTable(parts) {
  const [, down, column] = /^(-?)([0-3])$/.exec(parts.get("sort") ?? "") ?? [null, "", "0"];
  return {
    about: parts.get("table") === "relations" ? "relations" : "entities",
    column: Number(column), down: down === "-", filter: parts.get("match") ?? "",
  };
}

/** Return the viewport that a text "x,y,scale" describes, or null. */
function readViewport(text) {
  const [x, y, scale, ...rest] = (text ?? "").split(",").map(Number);
  return [x, y, scale].every(Number.isFinite) && scale > 0 && rest.length === 0 ? { x, y, scale } : null;
}
