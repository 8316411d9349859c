"""The checks of `ontology/checks/*.rq`: each row of their answers is a faulty entry."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from typing import Final, Literal

import pyoxigraph as ox

from itasgraph.authoring.entries import entry_name
from itasgraph.authoring.inflection import names_organisation, names_person
from itasgraph.authoring.query_errors import query_location, reason
from itasgraph.authoring.uncertain_statements import UncertainStatements
from itasgraph.errors import Finding, InvalidProject, Location, UnsafeQuery, UsageError
from itasgraph.parsing import query_header
from itasgraph.project import Project
from itasgraph.store.compiler import Compiled
from itasgraph.store.memory import Graph
from itasgraph.store.queryable import Term, value, variable_names
from itasgraph.store.rules import graph_of
from itasgraph.vocabulary import FUNCTION

PLACEHOLDER: Final = re.compile(r"\{(\w+)\}")
# The keywords by which a missing statement can add a row; without them it can only remove rows.
_ABSENCE_KEYWORDS: Final = re.compile(r"(?im)^(?!\s*#).*(\b(NOT|MINUS|OPTIONAL)\b|!(?!=))")
Row = Mapping[str, Term]


def _as_sparql_function(function: Callable[[str, str], bool]) -> Callable[..., ox.Literal]:
    """Return a function on texts as a function of SPARQL."""
    return lambda text, name: ox.Literal(function(value(text), value(name)))


# The functions that checks may use besides those of SPARQL.
FUNCTIONS: Final = {
    ox.NamedNode(FUNCTION.namesPerson): _as_sparql_function(names_person),
    ox.NamedNode(FUNCTION.namesOrganisation): _as_sparql_function(names_organisation),
}


def findings(project: Project, compiled: Compiled, uncertain: UncertainStatements) -> Iterator[Finding]:
    """Yield a finding for each solution of `ontology/checks/*.rq`.

    ?thing is the entry, or the graph of a rule, and ?property, where it is bound, the key at fault; the header of the query
    has the message.
    """
    compiled.graph.functions = FUNCTIONS
    rules = {graph_of(path, compiled.context).value: Location(project.filename(path)) for path in project.rules}
    for path in project.checks:
        filename = project.filename(path)
        try:
            text = query_header.read_text(path, filename)
            fields = query_header.parse(text, filename)
            for row in _solutions(text, compiled.graph):
                if not _is_consequence(row, text, uncertain):
                    yield _fault(row, fields, path.stem, Location(filename), compiled, rules)
        except InvalidProject as error:
            yield from error.findings
        except UnsafeQuery as error:
            yield error.finding(filename)
        except UsageError as error:
            location = query_location(filename, error)
            yield (
                Finding.of(location, "invalid-check", reason=reason(error))
                if error.facts
                else Finding.of(location, error.code)
            )
        except (RuntimeError, ValueError, OSError) as error:  # Oxigraph raises these while it answers
            yield Finding.of(Location(filename), "invalid-check", reason=reason(error))


def _solutions(text: str, graph: Graph) -> list[Row]:
    """Return the rows of a check as variable → term. Raises UsageError where the query is not a valid check."""
    solutions = graph.query(text)
    if not isinstance(solutions, ox.QuerySolutions):
        raise UsageError("check-not-select")
    names = variable_names(solutions)
    if "thing" not in names:
        raise UsageError("check-without-entry")
    rows: list[Row] = [
        {name: term for name, term in zip(names, row, strict=True) if term is not None} for row in solutions
    ]
    if not all(isinstance(row.get("thing"), ox.NamedNode) for row in rows):
        raise UsageError("check-without-entry")
    return rows


def _is_consequence(row: Row, text: str, uncertain: UncertainStatements) -> bool:
    """Return whether a row may be only the consequence of a fault that is reported.

    This holds where the value of the key at fault cannot be read and, if the query tests for missing statements, where an
    entry in the row cannot be read in full.
    """
    entity, path = value(row["thing"]), value(row["property"]) if "property" in row else ""
    others = [value(term) for name, term in row.items() if name not in ("thing", "property")]
    incomplete = [iri for iri in (others if path else [entity, *others]) if uncertain.has(iri, "")]
    return (bool(path) and uncertain.has(entity, path)) or (
        bool(incomplete) and _ABSENCE_KEYWORDS.search(text) is not None
    )


def _fault(
    row: Row,
    fields: Mapping[str, query_header.HeaderValue],
    name: str,
    fallback: Location,
    compiled: Compiled,
    rules: Mapping[str, Location],
) -> Finding:
    """Return a row of a check as a finding; "{variable}" in its message stands for the value in the row."""
    entity, path = value(row["thing"]), value(row["property"]) if "property" in row else ""
    location = _location(entity, path, compiled, rules) or fallback
    texts = query_header.translations(fields, "message")
    bound = {variable: _notation_of(term, compiled) for variable, term in row.items()}
    filled = {
        lang: PLACEHOLDER.sub(lambda match: bound.get(match[1], match[0]), texts.get(lang, name))
        for lang in ("de", "en")
    }
    severity: Literal["fault", "warning"] = "warning" if fields.get("severity") == "warning" else "fault"
    facts = (*((f"message_{lang}", text) for lang, text in filled.items()), ("entity", entry_name(entity, compiled)))
    return Finding(location, "shape", facts, severity)


def _location(entity: str, path: str, compiled: Compiled, rules: Mapping[str, Location]) -> Location | None:
    """Return the place of a property of an entry, else that of the rule or entry; None where no file describes it."""
    of_property = compiled.locations.get((entity, path)) if path else None
    return of_property or rules.get(entity) or compiled.locations.get((entity, ""))


def _notation_of(term: Term, compiled: Compiled) -> str:
    """Return a term as data files write it, a property as its key."""
    if not isinstance(term, ox.NamedNode):
        return value(term)
    by_property = {key.iri: key.name for key in compiled.context.keys.values()}
    return by_property.get(term.value) or entry_name(term.value, compiled)
