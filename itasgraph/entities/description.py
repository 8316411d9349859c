"""One thing as text: what is known of it, and who says so."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Final

import pyoxigraph as ox

from itasgraph import messages
from itasgraph.entities import footnotes, labels
from itasgraph.store.graph import Queryable, value


@dataclass
class Statement:
    """A relation of a thing, or one of its literals, with what supports it: quotes, or the graph that says so."""

    relation: str
    value: str
    details: tuple[str, ...] = ()
    quotes: dict[tuple[str, str], set[str]] = field(default_factory=dict)
    graphs: set[str] = field(default_factory=set)


@dataclass(frozen=True)
class Description:
    """What `show` prints of a thing."""

    iri: str
    label: str
    kind: str
    alternatives: tuple[str, ...]
    quotes: Statement
    facts: list[Statement]
    relations: list[Statement]
    documents: dict[str, tuple[str, str]]


def describe(graph: Queryable, thing: str, lang: str) -> Description:
    """All that the graph says of a thing, its statements sorted by relation and value."""
    reader = _Reader(graph, thing, lang)
    return Description(
        thing,
        reader.label(),
        reader.kind(),
        reader.alternatives(),
        Statement("", "", quotes=reader.own_quotes()),
        reader.facts(),
        reader.relations(),
        reader.documents(),
    )


def text(graph: Queryable, thing: str, lang: str) -> str:
    """A description as plain text, its documents as footnotes."""
    found = describe(graph, thing, lang)
    numbers = {iri: number for number, iri in enumerate(found.documents, 1)}
    lines = [f"{found.label} · {found.kind}" if found.kind else found.label, found.iri]
    if found.alternatives:
        lines.append(f"{messages.render('also-called', lang)}: {', '.join(found.alternatives)}")
    lines += _support(found.quotes, numbers, lang, indent=4)
    lines += [""] if found.facts else []
    for fact in found.facts:
        lines.append(f"{fact.relation}: {fact.value}")
        lines += _support(fact, numbers, lang, indent=4)
    heading = ""
    for statement in found.relations:
        if statement.relation != heading:
            heading = statement.relation
            lines += ["", heading]
        details = f" ({', '.join(statement.details)})" if statement.details else ""
        lines.append(f"  {statement.value}{details}")
        lines += _support(statement, numbers, lang, indent=6)
    lines.append("")
    lines += [f"[{numbers[iri]}] {label}{f' – {url}' if url else ''}" for iri, (label, url) in found.documents.items()]
    return "\n".join(lines).rstrip() + "\n"


def _support(statement: Statement, numbers: dict[str, int], lang: str, indent: int) -> Iterator[str]:
    for (words, source), lines in sorted(statement.quotes.items()):
        where = footnotes.lines(map(int, lines), lang)
        note = f" [{numbers[source]}{where}]" if source in numbers else ""
        yield f"{' ' * indent}{footnotes.quoted(words, lang)}{note}"
    for label in sorted(statement.graphs):
        yield f"{' ' * indent}{label}"


class _Reader:
    """Asks the graph; labels are in one language, with what stands in where it is missing."""

    def __init__(self, graph: Queryable, thing: str, lang: str) -> None:
        self._graph = graph
        self._thing = thing
        self._lang = lang
        self._labels = _texts(graph, "rdfs:label")
        self._inverse = _texts(graph, "itas:inverseLabel")
        self._symmetric = {row["relation"] for row in graph.select(_SYMMETRIC)}
        self._graphs = {(row["graph"], value(row["kind"])) for row in graph.select(_GRAPHS)}

    def label(self) -> str:
        return self._name(ox.NamedNode(self._thing))

    def kind(self) -> str:
        rows = self._graph.select(f"SELECT ?kind WHERE {{ <{self._thing}> itas:kind ?kind }}")
        return next((self._name(row["kind"]) for row in rows), "")

    def alternatives(self) -> tuple[str, ...]:
        rows = self._graph.select(
            f"SELECT DISTINCT ?name WHERE {{ <{self._thing}> skos:altLabel ?name }} ORDER BY ?name"
        )
        return tuple(dict.fromkeys(row["name"].value for row in rows if row["name"].language in (None, self._lang)))

    def documents(self) -> dict[str, tuple[str, str]]:
        rows = self._graph.select(f"""
            SELECT DISTINCT ?source ?document WHERE {{
              {{ <{self._thing}> dcterms:source ?source }}
              UNION {{ ?statement ?end <{self._thing}> ; itas:quote ?quote ; dcterms:source ?source }}
              OPTIONAL {{ ?source prov:wasDerivedFrom ?document }}
            }} ORDER BY ?source""")
        return {
            row["source"].value: (self._name(row["source"]), row["document"].value if row["document"] else "")
            for row in rows
        }

    def facts(self) -> list[Statement]:
        """Its literals; those of a source that is quoted on the thing itself need no further support."""
        quoted = {source for _, source in self.own_quotes()}
        quoted = quoted if len(quoted) == 1 else set()  # of several quotes nobody knows which one carries a literal
        rows = self._graph.select(f"""
            SELECT DISTINCT ?property ?value ?graph WHERE {{
              <{self._thing}> ?property ?value .
              FILTER(isLiteral(?value))
              # A text in another language is better than none.
              FILTER(LANG(?value) IN ("", "{self._lang}") || NOT EXISTS {{
                <{self._thing}> ?property ?own . FILTER(isLiteral(?own) && LANG(?own) IN ("", "{self._lang}"))
              }})
              FILTER(?property NOT IN (rdfs:label, skos:altLabel, itas:quote, itas:line, itas:word, schema:position))
              OPTIONAL {{ GRAPH ?graph {{ <{self._thing}> ?property ?value }} }}
            }} ORDER BY ?property ?value ?graph""")
        found: dict[tuple[str, str], Statement] = {}
        for row in rows:
            key = (self._name(row["property"]), labels.written(row["value"], self._lang))
            statement = found.setdefault(key, Statement(*key))
            if row["graph"] is not None:
                statement.graphs.update(() if row["graph"].value in quoted else self._origin(row["graph"]))
        return [found[key] for key in sorted(found)]

    def relations(self) -> list[Statement]:
        """Its relations in both directions: those with evidence, then what nobody quotes (structure, editorial, derived)."""
        found: dict[tuple[str, str, tuple[str, ...]], Statement] = {}
        for row in self._graph.select(_QUOTED.format(thing=f"<{self._thing}>")):
            # Organisation and role hold for one appearance: those that differ are two statements.
            details = tuple(self._name(row[name]) for name in ("organisation", "role") if row[name])
            key = (self._relation(row), self._name(row["other"]), details)
            statement = found.setdefault(key, Statement(*key))
            lines = statement.quotes.setdefault((row["quote"].value, row["source"].value), set())
            lines.update([row["line"].value] if row["line"] else [])
            if row["rule"] is not None:
                statement.graphs.update(self._origin(row["rule"]))
        for row in self._graph.select(_UNQUOTED.format(thing=f"<{self._thing}>")):
            key = (self._relation(row), self._name(row["other"]), ())
            statement = found.setdefault(key, Statement(*key))
            if row["graph"] is not None:
                statement.graphs.update(self._origin(row["graph"]))
        return [found[key] for key in sorted(found)]

    def own_quotes(self) -> dict[tuple[str, str], set[str]]:
        rows = self._graph.select(f"""
            SELECT ?quote ?source ?line WHERE {{
              <{self._thing}> itas:quote ?quote ; dcterms:source ?source .
              FILTER(EXISTS {{ GRAPH ?source {{ <{self._thing}> itas:quote ?quote }} }} || NOT EXISTS {{ GRAPH ?source {{ ?any itas:quote ?words }} }})
              OPTIONAL {{
                <{self._thing}> itas:line ?line .
                FILTER(EXISTS {{ GRAPH ?source {{ <{self._thing}> itas:line ?line }} }} || NOT EXISTS {{ GRAPH ?source {{ ?any itas:quote ?words }} }})
              }}
            }}""")
        found: dict[tuple[str, str], set[str]] = {}
        for row in rows:
            lines = found.setdefault((row["quote"].value, row["source"].value), set())
            lines.update([row["line"].value] if row["line"] else [])
        return found

    def _origin(self, graph: ox.NamedNode) -> Iterable[str]:
        """Who says so, where nobody is quoted: the rule, or the editors; a source graph is told by its quotes."""
        if (graph, "derived") in self._graphs:
            yield f"{messages.render('derived', self._lang)}: {self._name(graph)}"
        elif (graph, "editorial") in self._graphs:
            yield f"{messages.render('editorial', self._lang)}: {self._name(graph)}"
        else:
            yield f"{messages.render('according-to', self._lang)} {self._name(graph)}"

    def _relation(self, row: ox.QuerySolution) -> str:
        """Return the relation as it reads from the thing, which is its target where the row says `inverse`."""
        relation = row["relation"]
        if row["inverse"] is None or relation in self._symmetric:
            return self._name(relation)
        inverse = self._text(self._inverse.get(relation, {}))
        return inverse or messages.render("backwards", self._lang, relation=self._name(relation))

    def _name(self, term: ox.NamedNode | ox.BlankNode) -> str:
        """Return the label of a thing, or its short IRI; a blank node has none, as its name differs from run to run."""
        label = self._text(self._labels.get(term, {}))
        nameless = messages.render("nameless", self._lang) if isinstance(term, ox.BlankNode) else ""
        return label or nameless or self._graph.compact(value(term))

    def _text(self, texts: dict[str, str]) -> str:
        return texts.get(self._lang) or next(iter(texts.values()), "")


def _texts(graph: Queryable, path: str) -> dict[object, dict[str, str]]:
    """Thing → language ("" for none) → text."""
    rows = graph.select(
        f"SELECT ?thing ?text WHERE {{ ?thing {path} ?text . FILTER(isLiteral(?text)) }} ORDER BY ?text"
    )
    found: dict[object, dict[str, str]] = {}
    for row in rows:
        found.setdefault(row["thing"], {})[row["text"].language or ""] = row["text"].value
    return found


_GRAPHS: Final = """
    SELECT ?graph ?kind WHERE {
      ?graph a ?class . VALUES (?class ?kind) { (itas:DerivedGraph "derived") (itas:EditorialGraph "editorial") }
    }"""
_SYMMETRIC: Final = "SELECT ?relation WHERE { ?relation a owl:SymmetricProperty }"
_QUOTED: Final = """
    SELECT DISTINCT ?relation ?other ?inverse ?quote ?source ?line ?rule ?organisation ?role WHERE {{
      {{ ?statement rdf:subject {thing} ; rdf:predicate ?relation ; rdf:object ?other }}
      UNION {{ ?statement rdf:object {thing} ; rdf:predicate ?relation ; rdf:subject ?other . BIND(true AS ?inverse) }}
      UNION {{ ?statement org:organization {thing} ; org:member ?other . BIND(org:organization AS ?relation) BIND(true AS ?inverse) }}
      UNION {{ ?statement org:member {thing} ; org:organization ?other . BIND(org:organization AS ?relation) }}
      UNION {{ ?statement org:role {thing} ; org:member ?other . BIND(org:role AS ?relation) BIND(true AS ?inverse) }}
      ?statement itas:quote ?quote ; dcterms:source ?source .
      OPTIONAL {{ ?statement itas:line ?line }}
      OPTIONAL {{ ?statement org:organization ?organisation . FILTER(?organisation NOT IN ({thing}, ?other)) }}
      OPTIONAL {{ ?statement org:role ?role . FILTER(?role != {thing}) }}
      OPTIONAL {{ GRAPH ?rule {{ ?statement itas:quote ?quote }} ?rule a itas:DerivedGraph }}
    }} ORDER BY ?relation ?other ?quote ?line"""
_UNQUOTED: Final = """
    SELECT DISTINCT ?relation ?other ?inverse ?graph WHERE {{
      {{ {thing} ?relation ?other }} UNION {{ ?other ?relation {thing} . BIND(true AS ?inverse) }}
      FILTER(!isLiteral(?other))
      # The nodes that carry evidence are read above.
      FILTER NOT EXISTS {{ ?other rdf:subject ?any }}
      FILTER(?relation NOT IN (rdf:type, itas:kind, rdf:subject, rdf:object, rdf:predicate, dcterms:source, org:member,
                               org:organization, org:role, skos:inScheme, skos:topConceptOf, skos:hasTopConcept))
      BIND(IF(BOUND(?inverse), ?other, {thing}) AS ?from)
      BIND(IF(BOUND(?inverse), {thing}, ?other) AS ?to)
      FILTER NOT EXISTS {{ ?statement rdf:subject ?from ; rdf:predicate ?relation ; rdf:object ?to }}
      OPTIONAL {{ GRAPH ?graph {{ ?from ?relation ?to }} }}
    }} ORDER BY ?relation ?other ?graph"""
