"""docs/ontology.md, written from the vocabulary, the data and the ready questions."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Final

import pyoxigraph as ox

from itasgraph.parsing.iri_compaction import IriCompactor
from itasgraph.parsing.jsonld_context import Context
from itasgraph.project import Project
from itasgraph.serializers import turtle
from itasgraph.store import compiler
from itasgraph.store.memory import Graph
from itasgraph.vocabulary import (
    DC,
    DCAM,
    DCAT,
    DCTERMS,
    FOAF,
    ITAS,
    ORG,
    OWL,
    PROV,
    RDF,
    RDFS,
    SCHEMA,
    SKOS,
    VANN,
    VOID,
)

ROOT: Final = Path(__file__).parent.parent
_LONG: Final = 100
# The number of classes up to which each is named.
_MANY: Final = 8
UNUSED: Final = "none in the shipped data · keines in den mitgelieferten Daten"
_DEFINED: Final = {
    SCHEMA.iri: "schema.org",
    ORG.iri: "ORG",
    SKOS.iri: "SKOS",
    PROV.iri: "PROV-O",
    DCTERMS.iri: "DCMI Metadata Terms",
    DC.iri: "Dublin Core Elements 1.1",
    DCAM.iri: "DCMI Abstract Model",
    VANN.iri: "VANN",
    FOAF.iri: "FOAF",
    "http://www.w3.org/ns/adms#": "ADMS",
    DCAT.iri: "DCAT",
    VOID.iri: "VoID",
    RDF.iri: "RDF",
    OWL.iri: "OWL 2",
}
# Strings and comments of a query hold no terms.
_NO_TERMS: Final = re.compile(r"""'(?:[^'\\\n]|\\.)*'|"(?:[^"\\\n]|\\.)*"|(?<![^\s;.{}()])\#[^\n]*""")
_SECTIONS: Final = {
    "Classes of our own · Eigene Klassen": (True, True),
    "Properties of our own · Eigene Eigenschaften": (True, False),
    "Classes of others · Klassen anderer": (False, True),
    "Properties of others · Eigenschaften anderer": (False, False),
}
_OPENING: Final = """# The vocabulary, term by term · Das Vokabular, Begriff für Begriff

`make docs` writes this page from [ontology/itas.ttl](../ontology/itas.ttl), [profile.ttl](../ontology/profile.ttl), the data and the ready questions; [the model](model.md) shows how the
terms work together. Each term of our own (`itas:`) is a special case of a term of a standard. For terms of others, the vocabulary gives only a
label and their use here; their standards define what they mean. Kinds of entries have their look in [picture.ttl](../ontology/picture.ttl).

`make docs` schreibt diese Seite aus dem Vokabular, den Daten und den fertigen Fragen; [das Modell](model.md) zeigt auf Englisch, wie die Begriffe
zusammenspielen. Jeder eigene Begriff (`itas:`) ist ein Sonderfall eines Begriffs aus einem Standard. Für Begriffe anderer gibt das Vokabular nur
eine Bezeichnung und ihre Verwendung hier an; was sie bedeuten, legt ihr Standard fest.

| line · Zeile | says | sagt |
|---|---|---|
| below · unter | the term of which this one is a special case | der Begriff, von dem dieser ein Sonderfall ist |
| above · über | the terms that are special cases of this one | die Begriffe, die Sonderfälle von diesem sind |
| from · von, to · nach | domain and range as declared; an ellipsis means that other classes are possible, and that nothing follows | Definitions- und Wertebereich, wie festgelegt; Auslassungspunkte heißen, dass auch andere Klassen möglich sind und nichts daraus folgt |
| here · hier | between which classes it stands in the shipped data | zwischen welchen Klassen es in den mitgelieferten Daten steht |
| instead of · statt | the term that version 0.1.0 had in its place; a query that has it finds nothing | der Begriff, der in Version 0.1.0 an seiner Stelle stand; eine Abfrage mit ihm findet nichts |
| in data files · in Datendateien | how data files write it | wie Datendateien es schreiben |
| example · Beispiel | a triple of the data that you can paste into a query | ein Tripel der Daten, das sich in eine Abfrage einsetzen lässt |
| asked by · gefragt von | ready questions that use it | fertige Fragen, die es verwenden |
| drawn by · gezeichnet von | networks that use it | Netze, die es verwenden |
| defined in · festgelegt in | the standard it comes from | der Standard, aus dem es stammt |
"""


def page() -> str:
    """Return the whole page: own classes and properties first, then those of the standards."""
    project = Project(ROOT)
    compiled = compiler.compile_project(project)
    vocabulary = _Vocabulary(compiled.graph, project, compiled.context)
    parts = [_OPENING]
    for title, (own, classes) in _SECTIONS.items():
        parts.append(f"## {title}\n")
        parts += [vocabulary.entry(term) for term in vocabulary.terms(own, classes)]
    return "\n".join(parts)


@dataclass(frozen=True)
class _Vocabulary:
    graph: Graph
    project: Project
    context: Context

    def terms(self, own: bool, classes: bool) -> list[str]:
        rows = self.graph.select("""
            SELECT DISTINCT ?term ?class WHERE {
              VALUES ?type { owl:Class owl:ObjectProperty owl:DatatypeProperty owl:AnnotationProperty }
              ?vocabulary a owl:Ontology . GRAPH ?vocabulary { ?term a ?type }
              BIND(?type = owl:Class AS ?class)
            }""")
        actual = {row["term"].value for row in rows if (row["class"].value == "true") == classes}
        return sorted((term for term in actual if term.startswith(ITAS.iri) == own), key=self.graph.compact)

    def entry(self, term: str) -> str:
        lines = [f"### {self.graph.compact(term)}\n", *self._texts(term), "", *self._facts(term)]
        return "\n".join(lines).rstrip() + "\n"

    def _texts(self, term: str) -> Iterator[str]:
        labels, comments = self._by_language(term, "label"), self._by_language(term, "comment")
        for lang in ("de", "en"):
            comment = f" – {comments[lang]}" if lang in comments else ""
            yield f"- *{lang}:* **{labels.get(lang, '')}**{comment}"

    def _by_language(self, term: str, what: str) -> dict[str, str]:
        rows = self.graph.select(f"SELECT ?text {{ <{term}> <{RDFS.iri}{what}> ?text }} ORDER BY ?text")
        return {row["text"].language or "": row["text"].value for row in rows}

    def _facts(self, term: str) -> Iterator[str]:
        facts = {
            "below · unter": self._linked(term, "subClassOf") + self._linked(term, "subPropertyOf"),
            "above · über": self._narrower(term),
            "from · von": self._end(term, "domain"),
            "to · nach": self._end(term, "range"),
            "here · hier": self._usage(term),
            "instead of · statt": self._linked(term, "insteadOf", ITAS.iri),
            "in data files · in Datendateien": self._keys(term),
            "example · Beispiel": self._example(term) or self._drawn(term) or [UNUSED],
            "asked by · gefragt von": self._questions(term, self.project.questions, "../queries"),
            "drawn by · gezeichnet von": self._questions(term, self.project.networks, "../queries/network"),
            "defined in · festgelegt in": self._standard(term),
        }
        for name, actual in facts.items():
            if actual:
                yield f"- {name}: {', '.join(actual)}"

    def _linked(self, term: str, what: str, namespace: str = RDFS.iri) -> list[str]:
        rows = self.graph.select(f"SELECT DISTINCT ?other {{ <{term}> <{namespace}{what}> ?other }}")
        return sorted(f"`{self.graph.compact(row['other'].value)}`" for row in rows)

    def _narrower(self, term: str) -> list[str]:
        below = f"{{ ?other <{RDFS.iri}subClassOf> <{term}> }} UNION {{ ?other <{RDFS.iri}subPropertyOf> <{term}> }}"
        rows = self.graph.select(f"SELECT DISTINCT ?other {{ {below} FILTER(?other != <{term}>) }}")
        return sorted(f"`{self.graph.compact(row['other'].value)}`" for row in rows)

    def _end(self, term: str, what: str) -> list[str]:
        """Return domain or range, with an ellipsis where the vocabulary names classes without ruling out others."""
        also = self._linked(term, f"{what}Includes", DCAM.iri)
        return self._linked(term, what) + also + (["…"] if also else [])

    def _usage(self, term: str) -> list[str]:
        """Return the classes between which the data use a property, without the statements of the vocabulary about itself."""
        ends = self._uses.get(term)
        return [" → ".join(_listed(end) for end in ends)] if ends else []

    @cached_property
    def _uses(self) -> dict[str, tuple[set[str], set[str]]]:
        actual: dict[str, tuple[set[str], set[str]]] = {}
        for triple in {
            quad.triple for quad in self.graph.quads() if not str(quad.graph_name).startswith(f"<{ITAS.iri[:-1]}")
        }:
            ends = actual.setdefault(triple.predicate.value, (set(), set()))
            for end, node in zip(ends, (triple.subject, triple.object), strict=True):
                end.update(self._classes(node))
        return actual

    def _classes(self, node: object) -> set[str]:
        """Return the datatype of a text or number; the kind of an entry, else its own classes, else those of others."""
        if isinstance(node, ox.Literal):
            return {self.graph.compact(node.datatype.value)}
        kinds, types = self._described.get(str(node), (set(), set()))
        return kinds or {name for name in types if name.startswith("itas:")} or types or {"IRI"}

    @cached_property
    def _described(self) -> dict[str, tuple[set[str], set[str]]]:
        """Return entity → its kind and its classes."""
        actual: dict[str, tuple[set[str], set[str]]] = {}
        for row in self.graph.select(
            "SELECT ?entity ?kind ?class { ?entity a ?class OPTIONAL { ?entity itas:kind ?kind } }"
        ):
            kinds, types = actual.setdefault(str(row["entity"]), (set(), set()))
            types.add(self.graph.compact(row["class"].value))
            if row["kind"] is not None:
                kinds.add(self.graph.compact(row["kind"].value))
        return actual

    def _keys(self, term: str) -> list[str]:
        """Return how data files write the term: as a type or a key; the key of a relation stands for its simple property, too."""
        rows = self.graph.select(f"SELECT ?qualified {{ ?qualified itas:shortcut <{term}> }}")
        iris = {term, *(row["qualified"].value for row in rows)}
        types = [f"`type: {name}`" for name, iri in self.context.types.items() if iri == term]
        minted = {key.index for key in self.context.keys.values()}  # the program sets them, no file holds them
        return types + [
            f"`{key.name}:`" for key in self.context.keys.values() if key.iri in iris and key.name not in minted
        ]

    def _example(self, term: str) -> list[str]:
        """Return a triple that uses the term: preferably of the data and not of the vocabulary, preferably short, then the first.

        For a class without direct members, return a member of a narrower class.
        """
        rows = self.graph.select(f"""
            SELECT ?s ?p ?o WHERE {{
              {{ ?s <{term}> ?o . BIND(<{term}> AS ?p) }}
              UNION {{ ?o <{RDFS.iri}subClassOf>* <{term}> . ?s a ?o . BIND(rdf:type AS ?p) }}
              BIND(EXISTS {{ ?graph a owl:Ontology . GRAPH ?graph {{ ?s ?any ?entity }} }} AS ?vocabulary)
              BIND(STRLEN(STR(?o)) > {_LONG} AS ?long)
            }} ORDER BY ?vocabulary (?o != <{term}>) ?long ?s ?o LIMIT 1""")
        return [f"`{self._statement(row['s'], row['p'], row['o'])}`" for row in rows]

    def _drawn(self, term: str) -> list[str]:
        """Return an edge of a network, for a relation that no file states."""
        for path, link in self._using(term, self.project.networks, "../queries/network"):
            rows = self.graph.select(path.read_text(encoding="utf-8"))
            edges = ((row["source"], row["relation"], row["target"]) for row in rows if row["target"] is not None)
            actual = sorted(self._statement(*edge) for edge in edges if edge[1].value == term)
            if actual:
                return [f"`{actual[0]}` ({link})"]
        return []

    def _statement(self, *nodes: ox.NamedNode | ox.Literal) -> str:
        return " ".join(self._short(node) for node in nodes)

    def _short(self, node: ox.NamedNode | ox.Literal) -> str:
        """Return a term as Turtle and SPARQL write it, with its datatype; long texts cut."""
        if isinstance(node, ox.NamedNode) and node.value == RDF.type:
            return "a"
        if isinstance(node, ox.Literal) and len(node.value) > _LONG:
            node = ox.Literal(f"{node.value[:_LONG]}…", language=node.language)
        return turtle.term(node, IriCompactor(self.graph.prefixes, self.graph.base))

    def _questions(self, term: str, paths: list[Path], folder: str) -> list[str]:
        return [link for _, link in self._using(term, paths, folder)]

    def _using(self, term: str, paths: list[Path], folder: str) -> list[tuple[Path, str]]:
        """Return the queries that use a term, and links to them."""
        name = re.compile(rf"(?<![\w:-]){re.escape(self.graph.compact(term))}(?![\w:-])|<{re.escape(term)}>")
        texts = ((path, _NO_TERMS.sub("", path.read_text(encoding="utf-8"))) for path in paths)
        return [(path, f"[{path.stem}]({folder}/{path.name})") for path, text in texts if name.search(text)]

    def _standard(self, term: str) -> list[str]:
        return [f"[{title}]({term})" for namespace, title in _DEFINED.items() if term.startswith(namespace)]


def _listed(classes: set[str]) -> str:
    """Return the names of classes, or how many there are."""
    return (
        ", ".join(f"`{name}`" for name in sorted(classes))
        if len(classes) <= _MANY
        else f"{len(classes)} classes · Klassen"
    )
