"use strict";

const SCHEME = /^[A-Za-z][A-Za-z0-9+.-]*:/; // in front of an absolute IRI

/** Return one network of the page with all that the page knows of its entities and edges, which the networks of a page share. */
function networkView({ networks, entities, factLabels, edges, quotes, quoted, titles, relations, answers, ...shared }, number) {
  const { near, ...network } = networks[number];
  const readable = quotes.map((quote) => ({ ...quote, source: quoted[quote.source], ...(quote.titles ? { titles: quote.titles.map((n) => titles[n]) } : {}) }));
  const quotesOf = ({ quotes: numbers }) => numbers.map((n) => readable[n]);
  const factsOf = ({ facts }) => facts.map(({ label, value }) => ({ label: factLabels[label], value }));
  const nodes = network.nodes.map(([n, x, y, size, at]) => ({ ...entities[n], ...(at ? { at } : {}), x, y, size, facts: factsOf(entities[n]), quotes: quotesOf(entities[n]) }));
  const own = network.edges.map((n) => edges[n]);
  const ids = new Set(nodes.map(({ id }) => id));
  const kinds = new Set(nodes.map(({ kind }) => kind));
  const used = [...new Set(own.map(({ relation }) => relation))].map((n) => relations[n]);
  const compact = compactor(shared.rdf);
  const labels = new Map(entities.map(({ id, label }) => [id, label]));
  return {
    ...shared, ...network, nodes, isOneOfSeveral: networks.length > 1,
    kinds: shared.kinds.filter(({ id }) => kinds.has(id)),
    edges: own.map((edge) => {
      const [from, relation, to] = [entities[edge.from].id, relations[edge.relation].id, entities[edge.to].id];
      return { ...edge, from, relation, to, id: `${compact(from)} ${compact(relation)} ${compact(to)}`, quotes: quotesOf(edge) };
    }),
    relations: Object.fromEntries(used.map(({ id, ...relation }) => [id, { ...relation, near: near.includes(id) }])),
    answers: Object.fromEntries(Object.entries(network.answers).map(([ask, numbers]) => [ask, numbers.map((n) => answerIn(answers[n], ids, labels))])),
  };
}

/** Return a function from an IRI to its shortest form: relative to the base, with a prefix, or as it is. */
function compactor({ base, prefixes }) {
  const known = new Map();
  const beginnings = [[base, ""], ...Object.entries(prefixes).map(([prefix, namespace]) => [namespace, `${prefix}:`])].sort(([a], [b]) => b.length - a.length);
  const compact = (iri) => {
    for (const [beginning, short] of beginnings) {
      const rest = iri.slice(beginning.length);
      // A relative IRI that begins like a scheme would be read as an absolute one.
      if (iri.startsWith(beginning) && iri !== base && (short !== "" || !SCHEME.test(rest))) return short + rest;
    }
    return iri;
  };
  return (iri) => known.get(iri) ?? known.set(iri, compact(iri)).get(iri);
}

/** Return an answer whose findings have all names, and whose findings on entities that a network lacks are on what is related to these. */
function answerIn(answer, ids, labels) {
  return { ...answer, findings: answer.findings.map(({ related = [], ...finding }) => {
    const present = related.filter((id) => ids.has(id));
    const names = Object.fromEntries(finding.entities.map((id) => [id, finding.names[id] ?? labels.get(id)]));
    return { ...finding, names, entities: present.length === 0 || finding.entities.some((id) => ids.has(id)) ? finding.entities : present };
  }) };
}

/** Return the data of the page. In its JSON, a tab stands for the base of the project's IRIs. */
function readData() {
  const { dataset: { base }, textContent } = document.getElementById("graph-data");
  return JSON.parse(textContent.replaceAll("\t", () => base));
}
