"""The check of the header of a query: keys, names and values in it that nothing reads, so that they have no effect.

docs/queries.md lists all faults that a header can have.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, Final, NamedTuple

import pyoxigraph as ox

from itasgraph.authoring import query_files, sparql_checks
from itasgraph.authoring.query_files import QueryFile
from itasgraph.errors import Finding, InvalidProject, Location, UsageError
from itasgraph.parsing import jsonld_context, query_header
from itasgraph.project import Project
from itasgraph.questions import queries
from itasgraph.questions.queries import Parameter, Question
from itasgraph.store.memory import Graph, from_quads
from itasgraph.store.queryable import variable_names
from itasgraph.util.spelling import nearest

if TYPE_CHECKING:
    from itasgraph.messages.codes import Code

_TEXTS: Final = ("title", "title_de", "summary", "summary_de", "tags")
_KIND_LISTS: Final = ("hubs", "background", "fold", "moments")
_PARAMETERS: Final = ("kinds", "defaults", "enumerate")
# How the picture names and explains a network, and whether and where it stands in the switch.
_SWITCH: Final = ("label", "label_de", "line", "line_de", "order")
# Keys that only grlc reads (its README, "Decorator syntax").
KEYS_OF_GRLC: Final = (
    "description",
    "endpoint",
    "endpoint-method",
    "endpoint_in_url",
    "method",
    "mime",
    "pagination",
    "transform",
)
# The faults that this module finds.
CODES: Final[tuple[Code, ...]] = (
    "unknown-header-key",
    "header-parameter",
    "kind-of-literal",
    "unknown-type",
    "fold-without-background",
    "kind-hidden-twice",
    "invalid-order",
    "invalid-value",
    "value-not-listed",
    "invalid-severity",
    "unknown-placeholder",
)
_SEVERITIES: Final = ("fault", "warning")
# Folder of queries → the keys of their headers.
KEYS: Final[Mapping[str, tuple[str, ...]]] = {
    query_files.QUESTIONS: (*_TEXTS, *_PARAMETERS, *KEYS_OF_GRLC),
    query_files.NETWORKS: (
        *_TEXTS,
        *_PARAMETERS,
        *_SWITCH,
        "hubs",
        "closeness",
        "background",
        "fold",
        "moments",
        *KEYS_OF_GRLC,
    ),
    query_files.RULES: _TEXTS,
    query_files.CHECKS: (*_TEXTS, "message", "message_de", "severity"),
}


def findings(files: Iterable[QueryFile], empty: Graph | None) -> Iterator[Finding]:
    """Yield the faults of the headers of queries; what is not valid YAML is reported where the queries are checked.

    `empty` is the `empty_graph` of the project.
    """
    for file in files:
        try:
            faults = list(_faults(file.question, file.folder, empty))
        except (InvalidProject, UsageError):
            continue
        places = query_header.locations(file.question.text, file.filename) if faults else {}
        for fault in faults:
            place = places.get(fault.path, places.get(fault.path[:1], Location(file.filename)))
            yield Finding.of(place, fault.code, **fault.facts)


def empty_graph(project: Project) -> Graph | None:
    """Return a graph that knows the kinds of a project, its prefixes, and the functions of checks; None where its context cannot be used."""
    try:
        graph = from_quads([], jsonld_context.load(project))
    except InvalidProject:
        return None
    graph.functions = sparql_checks.FUNCTIONS
    return graph


class _Fault(NamedTuple):
    """A fault: the code of its sentence, the keys that lead to its place, and the facts of the sentence."""

    code: Code
    path: tuple[str, ...]
    facts: Mapping[str, object]


def _faults(question: Question, folder: str, empty: Graph | None) -> Iterator[_Fault]:
    yield from _unknown_keys(question, KEYS[folder])
    if folder == query_files.CHECKS:
        yield from _severity_faults(question)
        yield from _placeholder_faults(question, empty)
    if "fold" in KEYS[folder]:
        yield from _hidden_kind_faults(question)
        yield from _order_faults(question)
    if "kinds" in KEYS[folder]:
        yield from _parameter_faults(question)
        yield from _default_faults(question)
        if empty is not None:
            yield from _unknown_kinds(question, empty.terms.types)


def _unknown_keys(question: Question, known: Collection[str]) -> Iterator[_Fault]:
    ours = [key for key in known if key not in KEYS_OF_GRLC]
    for key in question.header:
        if key not in known:
            facts = {"key": key, "nearest": nearest(key, known), "known": ", ".join(ours)}
            yield _Fault("unknown-header-key", (key,), facts)


def _parameter_faults(question: Question) -> Iterator[_Fault]:
    """Find names of parameters that the query does not have, and kinds of parameters that are no entries."""
    known = question.parameter_types
    for key in _PARAMETERS:
        for name in question.names(key):
            parameter = queries.snake_case(name)
            if parameter not in known:
                facts = {"nearest": nearest(parameter, known), "known": ", ".join(known) or "–"}
                yield _Fault("header-parameter", (key, name), {"key": key, "name": name, **facts})
            elif key == "kinds" and known[parameter] != "iri":
                yield _Fault("kind-of-literal", (key, name), {"name": name})


def _default_faults(question: Question) -> Iterator[_Fault]:
    """Find defaults of texts, dates and numbers that are no value of their parameter; an entry may be one of other data."""
    for parameter in _parameters(question):
        try:
            if parameter.type != "iri" and parameter.default:
                queries.literal(parameter, parameter.default)
        except UsageError as error:
            yield _Fault(error.code, ("defaults", parameter.name), error.facts)


def _parameters(question: Question) -> tuple[Parameter, ...]:
    """Return the parameters, none where the header does not map their names, which is reported where it is read."""
    try:
        return question.parameters
    except InvalidProject:
        return ()


def _hidden_kind_faults(question: Question) -> Iterator[_Fault]:
    """Find kinds that a map does not fold, because the network is no map or the kind is in its background."""
    if "fold" in question.header and "background" not in question.header:
        yield _Fault("fold-without-background", ("fold",), {})
    for kind in question.values("fold"):
        if kind in question.values("background"):
            yield _Fault("kind-hidden-twice", ("fold", kind), {"key": kind})


def _order_faults(question: Question) -> Iterator[_Fault]:
    """Find a place in the switch of the picture that is no number."""
    order = question.header.get("order", "1")
    if not (isinstance(order, str) and order.isdecimal()):
        yield _Fault("invalid-order", ("order",), {"value": order})


def _severity_faults(question: Question) -> Iterator[_Fault]:
    severity = str(question.header.get("severity", _SEVERITIES[0]))
    if severity not in _SEVERITIES:
        facts = {"value": severity, "nearest": nearest(severity, _SEVERITIES), "known": ", ".join(_SEVERITIES)}
        yield _Fault("invalid-severity", ("severity",), facts)


def _placeholder_faults(question: Question, empty: Graph | None) -> Iterator[_Fault]:
    """Find "{name}" in the message of a check that selects no such column; a query that does not parse is reported elsewhere."""
    try:
        solutions = empty.query(question.text) if empty is not None else None
    except (UsageError, RuntimeError, ValueError, OSError):  # Oxigraph raises the latter
        return
    if not isinstance(solutions, ox.QuerySolutions):
        return
    known = variable_names(solutions)
    for key in ("message", "message_de"):
        for name in sparql_checks.PLACEHOLDER.findall(str(question.header.get(key, ""))):
            if name not in known:
                facts = {"nearest": nearest(name, known), "known": ", ".join(f"?{column}" for column in known)}
                yield _Fault("unknown-placeholder", (key,), {"name": name, **facts})


def _unknown_kinds(question: Question, types: Mapping[str, str]) -> Iterator[_Fault]:
    lists = [((key, kind), kind) for key in _KIND_LISTS for kind in question.values(key) if "://" not in kind]
    kinds = [(("kinds", parameter.name), parameter.kind) for parameter in _parameters(question) if parameter.kind]
    for path, kind in [*lists, *kinds]:
        if kind not in types:
            facts = {"key": kind, "nearest": nearest(kind, types), "known": ", ".join(sorted(types))}
            yield _Fault("unknown-type", path, facts)
