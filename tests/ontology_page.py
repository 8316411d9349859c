"""docs/ontology.md, written from the vocabulary, the data and the ready questions."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import pyoxigraph as ox

from itasgraph import graph
from itasgraph.graph import Graph
from itasgraph.project import Project
from itasgraph.reading import context

ROOT: Final = Path(__file__).parent.parent
_RDFS: Final = "http://www.w3.org/2000/01/rdf-schema#"
_OWL: Final = "http://www.w3.org/2002/07/owl#"
_RDF_TYPE: Final = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"
_ITAS: Final = "https://w3id.org/itas/ontology#"
_LONG: Final = 100
# Strings and comments of a query hold no terms.
_NO_TERMS: Final = re.compile(r"""'(?:[^'\\\n]|\\.)*'|"(?:[^"\\\n]|\\.)*"|(?<![^\s;.{}()])\#[^\n]*""")
_SECTIONS: Final = {
    "Classes of our own": (True, True),
    "Properties of our own": (True, False),
    "Classes of others": (False, True),
    "Properties of others": (False, False),
}
_OPENING: Final = """# The vocabulary, term by term

Written by `make docs` from [ontology/itas.ttl](../ontology/itas.ttl), the data and the questions; how the terms work together tells
[the model](model.md). Own terms (`itas:`) stand below one of a standard each; of the others the vocabulary says no more than how they read.
"""


def page() -> str:
    """The whole page: own classes and properties first, then those of the standards."""
    project = Project(ROOT)
    vocabulary = _Vocabulary(graph.compile_project(project).graph, project)
    parts = [_OPENING]
    for title, (own, classes) in _SECTIONS.items():
        parts.append(f"## {title}\n")
        parts += [vocabulary.entry(term) for term in vocabulary.terms(own, classes)]
    return "\n".join(parts)


@dataclass(frozen=True)
class _Vocabulary:
    graph: Graph
    project: Project

    def terms(self, own: bool, classes: bool) -> list[str]:
        rows = self.graph.select(f"""
            SELECT DISTINCT ?term ?class WHERE {{
              VALUES ?type {{ owl:Class owl:ObjectProperty owl:DatatypeProperty owl:AnnotationProperty }}
              GRAPH <{_ITAS[:-1]}> {{ ?term a ?type }}
              BIND(?type = owl:Class AS ?class)
            }}""")
        found = {row["term"].value for row in rows if (row["class"].value == "true") == classes}
        return sorted((term for term in found if term.startswith(_ITAS) == own), key=self.graph.shrink)

    def entry(self, term: str) -> str:
        lines = [f"### {self.graph.shrink(term)}\n", *self._texts(term), "", *self._facts(term)]
        return "\n".join(lines).rstrip() + "\n"

    def _texts(self, term: str) -> Iterator[str]:
        labels, comments = self._by_language(term, "label"), self._by_language(term, "comment")
        for lang in ("de", "en"):
            comment = f" – {comments[lang]}" if lang in comments else ""
            yield f"- *{lang}:* **{labels.get(lang, '')}**{comment}"

    def _by_language(self, term: str, what: str) -> dict[str, str]:
        rows = self.graph.select(f"SELECT ?text {{ <{term}> <{_RDFS}{what}> ?text }} ORDER BY ?text")
        return {row["text"].language or "": row["text"].value for row in rows}

    def _facts(self, term: str) -> Iterator[str]:
        facts = {
            "below": self._linked(term, "subClassOf") + self._linked(term, "subPropertyOf"),
            "from": self._linked(term, "domain"),
            "to": self._linked(term, "range"),
            "in data files": self._keys(term),
            "example": self._example(term),
            "asked by": self._questions(term),
        }
        for name, found in facts.items():
            if found:
                yield f"- {name}: {', '.join(found)}"

    def _linked(self, term: str, what: str) -> list[str]:
        rows = self.graph.select(f"SELECT DISTINCT ?other {{ <{term}> <{_RDFS}{what}> ?other }}")
        return sorted(f"`{self.graph.shrink(row['other'].value)}`" for row in rows)

    def _keys(self, term: str) -> list[str]:
        """How data files write the term: a type, or a key; the key of a relation stands for the simple property, too."""
        terms = context.read(self.project.context, "context.jsonld")
        rows = self.graph.select(f"SELECT ?qualified {{ ?qualified itas:shortcut <{term}> }}")
        iris = {term, *(row["qualified"].value for row in rows)}
        types = [f"`type: {name}`" for name, iri in terms.types.items() if iri == term]
        return types + [f"`{key.name}:`" for key in terms.keys.values() if key.iri in iris]

    def _example(self, term: str) -> list[str]:
        """The first triple of the data in which the term is used; of a class, the first thing."""
        rows = self.graph.select(f"""
            SELECT ?s ?p ?o WHERE {{
              {{ ?s <{term}> ?o . BIND(<{term}> AS ?p) }} UNION {{ ?s a <{term}> . BIND(<{term}> AS ?o) BIND(rdf:type AS ?p) }}
              FILTER NOT EXISTS {{ GRAPH <{_ITAS[:-1]}> {{ ?s ?any ?thing }} }}
            }} ORDER BY ?s ?o LIMIT 1""")
        return [f"`{' '.join(self._short(row[name]) for name in ('s', 'p', 'o'))}`" for row in rows]

    def _short(self, node: ox.NamedNode | ox.Literal) -> str:
        if isinstance(node, ox.Literal):
            text = str(node).partition("^^")[0]
            return text if len(text) <= _LONG else f'{text[:_LONG]}…"'
        if node.value == _RDF_TYPE:
            return "a"
        short = self.graph.shrink(node.value)
        return short if ":" in short.partition("/")[0] and not short.startswith("http") else f"<{short}>"

    def _questions(self, term: str) -> list[str]:
        name = re.compile(rf"(?<![\w:-]){re.escape(self.graph.shrink(term))}(?![\w:-])|<{re.escape(term)}>")
        texts = ((path, _NO_TERMS.sub("", path.read_text(encoding="utf-8"))) for path in self.project.questions)
        return [f"[{path.stem}](../queries/{path.name})" for path, text in texts if name.search(text)]


if __name__ == "__main__":
    (ROOT / "docs" / "ontology.md").write_text(page(), encoding="utf-8")
