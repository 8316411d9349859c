// What the scripts of the page do as Python does: folding, typing errors, compact IRIs, terms of Turtle, neighbourhoods, paths. twins.json holds the cases of both.

import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import test from "node:test";
import vm from "node:vm";

const folder = new URL("../../itasgraph/picture/assets/", import.meta.url);
const cases = JSON.parse(readFileSync(new URL("twins.json", import.meta.url), "utf8"));
const context = vm.createContext({ document: { addEventListener() {} }, Intl });
for (const name of readdirSync(folder).filter((name) => name.endsWith(".js"))) {
  vm.runInContext(readFileSync(new URL(name, folder), "utf8"), context, { filename: name });
}
const names = "{ Model, Paths, Turtle, compactor, fold, literal, searchKey, slug, typingErrors }";
const { Model, Paths, Turtle, compactor, fold, literal, searchKey, slug, typingErrors } = vm.runInContext(`(${names})`, context);

const node = ([id, kind]) => ({ id, kind, label: { en: id }, alt: [], size: 1, quotes: [] });
const edge = ([from, to]) => ({ id: `${from} ${to}`, from, to, relation: "knows", quotes: [] });
const model = new Model({
  lang: "en", kinds: [], background: [], groups: [], folded: [], facets: [], sources: {}, planned: [], relations: { knows: { label: { en: "knows" } } },
  nodes: Object.entries(cases.network.kinds).map(node), edges: cases.network.edges.map(edge), hubs: cases.network.hubs, rdf: cases.namespaces,
});
const plain = (value) => JSON.parse(JSON.stringify(value)); // objects of the other context have another prototype

for (const [one, other, same] of cases.sameWord) {
  test(`${one} and ${other} are ${same ? "the same word" : "two words"}`, () => assert.equal(searchKey(one) === searchKey(other), same));
}

for (const [one, other, expected] of cases.typingErrors) {
  test(`${one} is ${expected ?? "no"} typing errors away from ${other}`, () => {
    assert.equal(typingErrors(fold(one), fold(other)), expected);
    assert.equal(typingErrors(fold(other), fold(one)), expected);
  });
}

for (const [text, expected] of cases.slugs) {
  test(`the slug of ${text}`, () => assert.equal(slug(text), expected));
}

for (const [text, language, expected] of cases.literals) {
  test(`the literal ${expected}`, () => assert.equal(literal(text, language), expected));
}

for (const [iri, expected] of cases.iris) {
  test(`the IRI ${expected}`, () => assert.equal(new Turtle(model).term(iri), expected));
}

for (const [iri, expected] of cases.compact) {
  test(`the compact IRI ${expected}`, () => assert.equal(compactor(cases.namespaces)(iri), expected));
}

for (const { entity, steps, planned = [], reached } of cases.neighbourhoods) {
  test(`within ${steps} steps of ${entity}${planned.length > 0 ? " over what is planned" : ""}`, () => {
    model.data.planned = planned;
    model.filters.showNeighbourhood({ entity, steps });
    model.filters.changed();
    assert.deepEqual(plain([...model.filters.entities].sort()), reached);
    model.filters.reset();
  });
}

for (const { from, to, overHubs = false, paths } of cases.paths) {
  test(`from ${from} to ${to}${overHubs ? " over hubs" : ""}`, () => {
    const found = plain(new Paths(model).find(from, to, overHubs));
    assert.deepEqual(found, { length: Math.max((paths[0]?.length ?? 0) - 1, 0), paths, more: false });
  });
}
