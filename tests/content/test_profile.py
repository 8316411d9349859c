"""The application profile (ontology/shapes.ttl): the kinds a key stands on and leads to, as data/README.md lists them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pyshacl
import pytest
import rdflib
from rdflib.namespace import RDF, RDFS, SH

from itasgraph.parsing import jsonld_context
from itasgraph.parsing.jsonld_context import ValueType
from itasgraph.project import Project
from itasgraph.store.memory import Graph
from tests.helpers.broken_shapes import Broken, statements_of
from tests.helpers.corruptions import CORRUPTIONS, corrupt
from tests.helpers.invalid_statements import INVALID_STATEMENTS
from tests.helpers.projects import ROOT

ITAS = rdflib.Namespace("https://w3id.org/itas/ontology#")
DCAM = rdflib.Namespace("http://purl.org/dc/dcam/")
HERE = rdflib.Namespace("https://example.org/")
TERMS = jsonld_context.read(ROOT / "ontology" / "context.jsonld", "context")
TYPES = {name: rdflib.URIRef(iri) for name, iri in TERMS.types.items()}
RELATIONS = [key.name for key in TERMS.keys.values() if key.value_type is ValueType.RELATIONS]
# Their columns speak of files, entries and quotes, not of types.
OF_NO_TYPE = {"id", "type", "says", "quote", "line"}


@dataclass(frozen=True)
class Row:
    """A row of the tables of keys in data/README.md: the types a key stands on, and those a relation leads to."""

    key: str
    used_on: frozenset[str]
    leads_to: frozenset[str]


def rows(language: str) -> dict[str, Row]:
    """Return the rows of one language; `used_on` is every type where a cell says "everything"."""
    german, _, english = (ROOT / "data" / "README.md").read_text(encoding="utf-8").partition("\n## English\n")
    cells = re.findall(r"^\| `(\w+)` \| (.*?) \| (.*?) \| `", german if language == "de" else english, re.MULTILINE)
    return {key: _row(key, holds, on) for key, holds, on in cells if key in TERMS.keys.keys() - OF_NO_TYPE}


def _row(key: str, holds: str, on: str) -> Row:
    everything = re.match(r"allem|everything", on)
    return Row(key, frozenset(TYPES) if everything else _types(re.sub(r"\(.*?\)", "", on)), _types(holds))


def _types(text: str) -> frozenset[str]:
    return frozenset(set(re.findall(r"\b[A-Z]\w+", text)) & TYPES.keys())


README = rows("en")


def add_entry(graph: rdflib.Graph, key: str, kind: str, target: str = "") -> None:
    """Let a thing of one kind have a key; a relation leads to a thing of the kind `target`."""
    thing, other = HERE[f"{key}/{kind}/{target}"], HERE[f"{key}/{kind}/{target}/of"]
    name = TERMS.keys[key]
    graph.add((thing, RDF.type, TYPES[kind]))
    graph.add(
        (thing, rdflib.URIRef(name.iri), other if name.value_type is ValueType.RELATIONS else rdflib.Literal("x"))
    )
    if target:
        member = rdflib.URIRef(TERMS.keys[name.index].iri)
        graph.add((other, member, HERE[target]))
        graph.add((HERE[target], RDF.type, TYPES[target]))


def validate(graph: rdflib.Graph) -> list[tuple[str, str]]:
    """Return the thing and the English message of each result; the ontology says which class is below which."""
    ontology = rdflib.Graph().parse(ROOT / "ontology" / "itas.ttl")
    for triple in ontology.triples((None, RDFS.subClassOf, None)):
        graph.add(triple)
    _, report, _ = pyshacl.validate(graph, shacl_graph=rdflib.Graph().parse(ROOT / "ontology" / "shapes.ttl"))
    assert isinstance(report, rdflib.Graph)
    return [
        (str(focus).removeprefix(HERE), str(text))
        for result, focus in report.subject_objects(SH.focusNode)
        for text in report.objects(result, SH.resultMessage)
        if isinstance(text, rdflib.Literal) and text.language == "en"
    ]


@pytest.fixture(scope="module")
def everywhere() -> list[tuple[str, str]]:
    """Return the results for each key on a thing of each type, validated at once."""
    graph = rdflib.Graph()
    for key in README:
        for kind in TYPES:
            add_entry(graph, key, kind)
    return validate(graph)


@pytest.fixture(scope="module")
def refused(everywhere: list[tuple[str, str]]) -> dict[tuple[str, str], str]:
    """Return (key, type) → the sentence that refuses the key there."""
    actual = {}
    for thing, text in everywhere:
        key, kind, *_ = thing.split("/")
        if re.match(rf"“{key}:” (is allowed only on|does not belong)", text):
            actual[key, kind] = text
    return actual


@cache
def unreachable() -> frozenset[tuple[str, str]]:
    """Return (key, type) where the relation `key` must not lead to a thing of the type."""
    graph = rdflib.Graph()
    for key in RELATIONS:
        for target in TYPES:
            add_entry(graph, key, min(README[key].used_on), target)
    return frozenset(
        (key, target)
        for thing, text in validate(graph)
        for key, _, target, *_ in [[*thing.split("/"), "", ""]]
        if text.startswith((f"“{key}:” expects", "an appearance belongs to"))
    )


def test_tables_agree_in_both_languages() -> None:
    assert README.keys() == TERMS.keys.keys() - OF_NO_TYPE - {"target", "member"}
    assert rows("de") == README


@pytest.mark.slow
@pytest.mark.parametrize("key", README)
def test_key_on_a_wrong_type_is_refused(refused: dict[tuple[str, str], str], key: str) -> None:
    wrong = {kind for of, kind in refused if of == key}

    assert wrong == TYPES.keys() - README[key].used_on


@pytest.mark.slow
@pytest.mark.parametrize("key", README)
def test_refusal_lists_the_types(refused: dict[tuple[str, str], str], key: str) -> None:
    kinds = {text.partition(" only on ")[2].partition(" – ")[0] for (of, _), text in refused.items() if of == key}
    lists = {_types(named) for named in kinds if named}

    assert lists <= {README[key].used_on}


@pytest.mark.slow
@pytest.mark.parametrize("key", RELATIONS)
def test_relation_leads_to_listed_types(key: str) -> None:
    assert {target for of, target in unreachable() if of == key} == TYPES.keys() - README[key].leads_to


def test_vocabulary_names_the_same_classes() -> None:
    ontology = rdflib.Graph().parse(ROOT / "ontology" / "itas.ttl")
    ends = {"domain": (RDFS.domain, DCAM.domainIncludes), "range": (RDFS.range, DCAM.rangeIncludes)}

    def above(kind: str) -> set[rdflib.term.Node | None]:
        return set(ontology.transitive_objects(TYPES[kind], RDFS.subClassOf))

    def unlike(term: rdflib.term.Node, end: str, kinds: frozenset[str]) -> bool:
        """Return whether a kind is below none of the classes named, or a class named has no such kind."""
        named = {value for property_ in ends[end] for value in ontology.objects(term, property_)}
        return any(not above(kind) & named for kind in kinds) or any(
            all(one not in above(kind) for kind in kinds) for one in named
        )

    wrong = set()
    for key in RELATIONS:
        qualified = rdflib.URIRef(TERMS.keys[key].iri)
        simple = ontology.value(qualified, ITAS.shortcut)
        terms: list[tuple[rdflib.term.Node | None, str, frozenset[str]]] = [(qualified, "domain", README[key].used_on)]
        if str(simple).startswith(ITAS):
            terms += [(simple, "domain", README[key].used_on), (simple, "range", README[key].leads_to)]
        wrong |= {(str(term), end) for term, end, kinds in terms if term is None or unlike(term, end, kinds)}

    assert len(RELATIONS) == 21
    assert wrong == set()


def test_properties_have_one_list_of_types() -> None:
    shapes = rdflib.Graph().parse(ROOT / "ontology" / "shapes.ttl")
    stands_on = [
        str(text).partition(":")[0]
        for text in shapes.objects(None, SH.message)
        if isinstance(text, rdflib.Literal) and text.language == "en" and re.match(r"“\w+:” is allowed only on", text)
    ]

    assert len(stands_on) > 35
    assert len(stands_on) == len(set(stands_on))


def corrupt_at_once(graph: Graph) -> rdflib.Graph:
    """Return the exported graph after all corruptions, each of the sound graph, and with INVALID_STATEMENTS."""
    changes = [corrupt(graph, update) for update in CORRUPTIONS.values()]
    lines = {f"{triple} ." for triple in graph.triples()}
    lines -= {line for taken, _ in changes for line in taken.splitlines()}
    lines |= {line for _, added in changes for line in added.splitlines()}
    prefixes = (ROOT / "ontology" / "shapes.ttl").read_text(encoding="utf-8").partition("\n\n")[0]
    data = rdflib.Graph().parse(data="\n".join(lines), format="nt")
    return data.parse(data=f"{prefixes}\n{INVALID_STATEMENTS}", format="turtle", publicID=HERE)


@pytest.mark.slow
def test_every_message_is_due(broken: Broken, graph: Graph, tmp_path: Path, everywhere: list[tuple[str, str]]) -> None:
    shapes = rdflib.Graph().parse(ROOT / "ontology" / "shapes.ttl")
    texts = [
        {text.language: str(text) for text in shapes.objects(shape, SH.message) if isinstance(text, rdflib.Literal)}
        for shape in set(shapes.subjects(SH.message))
    ]
    written = rdflib.Graph().parse(statements_of(Project(broken.folder), tmp_path / "broken.nt"))
    results = everywhere + validate(written) + validate(corrupt_at_once(graph))

    assert all(one.keys() == {"de", "en"} for one in texts)
    assert {one["en"] for one in texts} - {text for _, text in results} == set()
