"""What a graph says of one entity, as records and as text: its names, details, relations, and the evidence of each."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final, NamedTuple

import pyoxigraph as ox

from itasgraph import messages
from itasgraph.entities.details import IS_DETAIL
from itasgraph.entities.evidence import Evidence, Source, in_quotes, merge, own_evidence, reference, sources
from itasgraph.entities.labels import (
    INVERSE,
    NAMING,
    choose,
    collect_names,
    format_value,
    labels,
    named_nodes,
    term_label,
)
from itasgraph.store.queryable import Queryable, Term, value
from itasgraph.util.spelling import sort_key
from itasgraph.vocabulary import ITAS

if TYPE_CHECKING:
    from itasgraph.messages.codes import Code


@dataclass
class Statement:
    """A relation of an entity, or one of its details, with its evidence, and the graphs that state it without words.

    `qualifiers` are texts: that an appearance is a moderation or a participation, the organisation and the role for which it
    holds, since and until when, and the funds.
    """

    relation: str
    value: str
    qualifiers: tuple[str, ...] = ()
    evidence: list[Evidence] = field(default_factory=list)
    graphs: set[str] = field(default_factory=set)


class Description(NamedTuple):
    """What `show` prints of an entity: the texts in one language, the evidence of the entity itself, source → its name."""

    iri: str
    label: str
    kind: str
    alternatives: tuple[str, ...]
    evidence: list[Evidence]
    details: list[Statement]
    relations: list[Statement]
    sources: dict[str, Source]


def describe(graph: Queryable, entity: str, lang: str) -> Description:
    """Return all that the graph says of the entity, the statements sorted by relation and value."""
    rows = _Rows(graph, entity, lang)
    names = _Names(graph, rows, lang)
    evidence = own_evidence(graph, [entity]).get(entity, [])
    return Description(
        entity,
        names.of(ox.NamedNode(entity)),
        next((names.of(row["kind"]) for row in rows.kinds), ""),
        tuple(dict.fromkeys(row["name"].value for row in rows.alternatives if row["name"].language in (None, lang))),
        evidence,
        _details(rows.details, names, {one.source for one in evidence}),
        _relations(rows, names),
        sources(graph, sorted(row["source"].value for row in rows.sources), lang),
    )


def text(graph: Queryable, entity: str, lang: str) -> str:
    """Return the description of the entity as plain text, the sources as footnotes."""
    description = describe(graph, entity, lang)
    numbers = {iri: number for number, iri in enumerate(description.sources, 1)}
    lines = [f"{description.label} · {description.kind}" if description.kind else description.label, description.iri]
    if description.alternatives:
        lines.append(f"{messages.render('also-called', lang)}: {', '.join(description.alternatives)}")
    lines += _evidence_lines(Statement("", "", evidence=description.evidence), numbers, lang, indent=4)
    lines += [""] if description.details else []
    for detail in description.details:
        lines.append(f"{detail.relation}: {detail.value}")
        lines += _evidence_lines(detail, numbers, lang, indent=4)
    heading = ""
    for statement in description.relations:
        if statement.relation != heading:
            heading = statement.relation
            lines += ["", heading]
        qualifiers = f" ({', '.join(statement.qualifiers)})" if statement.qualifiers else ""
        lines.append(f"  {statement.value}{qualifiers}")
        lines += _evidence_lines(statement, numbers, lang, indent=6)
    lines.append("")
    lines += [f"[{numbers[iri]}] {source}" for iri, source in description.sources.items()]
    return "\n".join(lines).rstrip() + "\n"


def _evidence_lines(statement: Statement, numbers: dict[str, int], lang: str, indent: int) -> Iterator[str]:
    for one in statement.evidence:
        number = numbers.get(one.source)
        yield " " * indent + (reference(one, number, lang) if number else in_quotes(one.quote, lang))
    for label in sorted(statement.graphs):
        yield " " * indent + label


class _Rows:
    """The rows of the queries about an entity; they are read at once, so that all labels take one further query."""

    def __init__(self, graph: Queryable, entity: str, lang: str) -> None:
        def select(query: str) -> list[ox.QuerySolution]:
            return list(graph.select(query.replace("{entity}", f"<{entity}>").replace("{lang}", lang)))

        self.entity = entity
        self.kinds = select(_KIND)
        self.alternatives = select(_ALTERNATIVES)
        self.details = select(_DETAILS)
        self.quoted = select(_QUOTED)
        self.unquoted = select(_UNQUOTED)
        self.sources = select(_SOURCES)
        self.blank_labels = select(_BLANK_LABELS)

    def terms(self) -> Iterator[Term]:
        """Yield the terms that need a label, and those within which others need one."""
        yield from map(ox.NamedNode, (self.entity, *_TIMES.values()))
        for rows in (self.kinds, self.details, self.quoted, self.unquoted):
            yield from (term for row in rows for term in row if term is not None)


class _Names:
    """The labels of entities, relations and graphs in one language, with a replacement where one is missing."""

    def __init__(self, graph: Queryable, rows: _Rows, lang: str) -> None:
        iris = set(named_nodes(rows.terms()))
        self.lang = lang
        self._graph = graph
        self._labels = labels(graph, iris, lang)
        self._labels |= {node: choose(texts, lang) for node, texts in collect_names(rows.blank_labels).items()}
        self._inverse = labels(graph, iris, lang, INVERSE)
        self._symmetric = {row["relation"] for row in graph.select(_SYMMETRIC_RELATIONS)}
        self._origins = {row["graph"]: _ORIGINS[value(row["class"])] for row in graph.select(_GRAPHS)}

    def of(self, term: Term) -> str:
        return term_label(self._graph, term, self._labels, self.lang)

    def relation(self, row: ox.QuerySolution) -> str:
        """Return the relation as it reads from the entity, which is its target where the row says `inverse`."""
        relation = row["relation"]
        if row["inverse"] is None or relation in self._symmetric:
            return self.of(relation)
        return self._inverse.get(value(relation)) or messages.render(
            "inverse-relation", self.lang, relation=self.of(relation)
        )

    def qualifiers(self, row: ox.QuerySolution) -> Iterator[str]:
        """Yield the restrictions of a relation: the labels of entries, "since 2024", the funds with their currency."""
        yield from (self.of(row[name]) for name in ("manner", "organisation", "role") if row[name] is not None)
        for name, property_ in _TIMES.items():
            if row[name] is not None:
                yield f"{self.of(ox.NamedNode(property_))} {format_value(row[name], self.lang)}"
        if row["amount"] is not None:
            yield " ".join(value(row[name]) for name in ("amount", "currency") if row[name] is not None)

    def origin(self, graph: ox.NamedNode) -> str:
        """Return the origin of a statement without quotes: a rule, the editors, or a source."""
        code = self._origins.get(graph)
        after = f"{messages.render(code, self.lang)}:" if code else messages.render("according-to", self.lang)
        return f"{after} {self.of(graph)}"


def _details(rows: Iterable[ox.QuerySolution], names: _Names, quoted_sources: set[str]) -> list[Statement]:
    """Return the details; where the entity itself quotes one source only, its quotes prove the details of that source."""
    # Where several sources are quoted, nothing says which quote proves a detail.
    proved = quoted_sources if len(quoted_sources) == 1 else set()
    statements: dict[tuple[str, str], Statement] = {}
    for row in rows:
        key = (names.of(row["property"]), format_value(row["value"], names.lang))
        statement = statements.setdefault(key, Statement(*key))
        if row["graph"] is not None and row["graph"].value not in proved:
            statement.graphs.add(names.origin(row["graph"]))
    return [statements[key] for key in sorted(statements, key=lambda key: [*map(sort_key, key)])]


def _relations(rows: _Rows, names: _Names) -> list[Statement]:
    """Return the relations in both directions: those with evidence, and those without (structure, editorial, derived)."""
    statements: dict[tuple[str, str, tuple[str, ...], str], Statement] = {}

    def statement(row: ox.QuerySolution, qualifiers: tuple[str, ...]) -> Statement:
        parts = (names.relation(row), names.of(row["other"]), qualifiers)
        return statements.setdefault((*parts, value(row["other"])), Statement(*parts))

    for row in rows.quoted:
        # Organisation, role and time hold for one appearance or participation: those that differ are two statements.
        one = statement(row, tuple(names.qualifiers(row)))
        one.evidence = merge([*one.evidence, Evidence.of(row)])
        one.graphs.update([names.origin(row["graph"])] if row["graph"] is not None else [])
    for row in rows.unquoted:
        statement(row, ()).graphs.update([names.origin(row["graph"])] if row["graph"] is not None else [])
    return [statements[key] for key in sorted(statements, key=_order)]


def _order(key: tuple[str, str, tuple[str, ...], str]) -> tuple[object, ...]:
    """Return the sort key of a relation: its label, the label of the other entity, the qualifiers and the IRI."""
    relation, other, qualifiers, iri = key
    return sort_key(relation), sort_key(other), [*map(sort_key, qualifiers)], iri


_TIMES: Final = {"since": ITAS.since, "until": ITAS.until}
# Data of others state types only; those of RDF Schema and OWL say nothing of the entity.
_KIND: Final = """
    SELECT ?kind WHERE {
      { {entity} itas:kind ?kind }
      UNION {
        {entity} a ?kind FILTER NOT EXISTS { {entity} itas:kind ?any }
        FILTER(isIRI(?kind) && !STRSTARTS(STR(?kind), STR(owl:)) && !STRSTARTS(STR(?kind), STR(rdfs:)))
      }
    } ORDER BY ?kind"""
_ALTERNATIVES: Final = "SELECT DISTINCT ?name WHERE { {entity} skos:altLabel ?name } ORDER BY ?name"
# The properties are a filter here: beside a VALUES, Oxigraph would read the texts of the whole graph.
_BLANK_LABELS: Final = f"""
    SELECT ?iri ?property ?text WHERE {{
      {{ {{entity}} ?to ?iri }} UNION {{ ?iri ?from {{entity}} }}
      FILTER(isBlank(?iri))
      ?iri ?property ?text
      FILTER(isLiteral(?text) && ?property IN ({", ".join(f"<{iri}>" for iri in NAMING)}))
    }} ORDER BY ?iri ?property ?text"""
_SOURCES: Final = """
    SELECT DISTINCT ?source WHERE {
      { {entity} dcterms:source ?source }
      UNION { ?statement ?end {entity} ; itas:quote ?quote ; dcterms:source ?source }
    }"""
_DETAILS: Final = (
    """
    SELECT DISTINCT ?property ?value ?graph WHERE {
      {entity} ?property ?value . FILTER(isLiteral(?value))"""
    + IS_DETAIL
    + """
      # A text in another language is better than none.
      FILTER(LANG(?value) = "" || LANGMATCHES(LANG(?value), "{lang}") || NOT EXISTS {
        {entity} ?property ?own . FILTER(isLiteral(?own) && (LANG(?own) = "" || LANGMATCHES(LANG(?own), "{lang}")))
      })
      OPTIONAL { GRAPH ?graph { {entity} ?property ?value } }
    } ORDER BY ?property ?value ?graph"""
)
_GRAPHS: Final = """
    SELECT ?graph ?class WHERE { ?graph a ?class . VALUES ?class { itas:DerivedGraph itas:EditorialGraph } }"""
# The graphs whose statements have no words of a source → the message that names them.
_ORIGINS: Final[Mapping[str, Code]] = {ITAS.DerivedGraph: "derived", ITAS.EditorialGraph: "editorial"}
_SYMMETRIC_RELATIONS: Final = "SELECT ?relation WHERE { ?relation a owl:SymmetricProperty }"
_QUOTED: Final = """
    SELECT DISTINCT ?relation ?other ?inverse ?quote ?source ?line ?graph ?manner ?organisation ?role ?since ?until ?amount ?currency WHERE {
      { ?statement rdf:subject {entity} ; rdf:predicate ?relation ; rdf:object ?other }
      UNION { ?statement rdf:object {entity} ; rdf:predicate ?relation ; rdf:subject ?other . BIND(true AS ?inverse) }
      UNION { ?statement org:organization {entity} ; org:member ?other . BIND(org:organization AS ?relation) BIND(true AS ?inverse) }
      UNION {
        ?statement org:member {entity} ; org:organization ?other . BIND(org:organization AS ?relation)
        # Whom somebody takes part for stands beside what it is in.
        FILTER NOT EXISTS { ?statement a itas:Participation }
      }
      UNION { ?statement org:role {entity} ; org:member ?other . BIND(org:role AS ?relation) BIND(true AS ?inverse) }
      ?statement itas:quote ?quote ; dcterms:source ?source .
      OPTIONAL { ?statement itas:line ?line }
      OPTIONAL {
        VALUES (?predicate ?manner) { (itas:moderatedBy itas:moderation) (itas:participant itas:participation) }
        ?statement rdf:predicate ?predicate . FILTER(?relation != ?predicate)
      }
      OPTIONAL { ?statement org:organization ?organisation . FILTER(?organisation NOT IN ({entity}, ?other)) }
      OPTIONAL { ?statement org:role ?role . FILTER(?role != {entity}) }
      OPTIONAL { ?statement itas:since ?since }
      OPTIONAL { ?statement itas:until ?until }
      OPTIONAL { ?statement itas:amount ?amount . OPTIONAL { ?statement itas:currency ?currency } }
      OPTIONAL { GRAPH ?graph { ?statement itas:quote ?quote } ?graph a itas:DerivedGraph }
    } ORDER BY ?relation ?other ?quote ?line"""
# A relation without evidence is one for which no statement is found. OPTIONAL looks it up for each row, where Oxigraph reads the
# statements of the whole graph for FILTER NOT EXISTS.
_STRUCTURE: Final = """
        FILTER(?relation NOT IN (rdf:type, itas:kind, rdf:subject, rdf:object, rdf:predicate, dcterms:source, org:member,
                                 org:organization, org:role, skos:inScheme, skos:topConceptOf, skos:hasTopConcept, skos:narrower))"""
_UNQUOTED: Final = f"""
    SELECT DISTINCT ?relation ?other ?inverse ?graph WHERE {{
      {{
        {{entity}} ?relation ?other FILTER(!isLiteral(?other)){_STRUCTURE}
        OPTIONAL {{ ?statement rdf:subject {{entity}} ; rdf:predicate ?relation ; rdf:object ?other }}
        OPTIONAL {{ GRAPH ?graph {{ {{entity}} ?relation ?other }} }}
      }} UNION {{
        ?other ?relation {{entity}} .{_STRUCTURE}
        OPTIONAL {{ ?statement rdf:subject ?other ; rdf:predicate ?relation ; rdf:object {{entity}} }}
        OPTIONAL {{ GRAPH ?graph {{ ?other ?relation {{entity}} }} }}
        BIND(true AS ?inverse)
      }}
      # The nodes that carry evidence are read above.
      OPTIONAL {{ ?other rdf:subject ?any }}
      FILTER(!BOUND(?statement) && !BOUND(?any))
    }} ORDER BY ?relation ?other ?graph"""
