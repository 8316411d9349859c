"""Ready questions and other queries: their headers, and their parameters, which RDF terms replace."""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from typing import Final, NamedTuple

import pyoxigraph as ox

from itasgraph import messages
from itasgraph.entities import names
from itasgraph.entities.labels import display_labels, format_value
from itasgraph.errors import Finding, InvalidProject, Location, QuerySyntaxError, UsageError
from itasgraph.parsing import query_header
from itasgraph.parsing.sparql_tokens import tokens
from itasgraph.project import Project
from itasgraph.store.queryable import Queryable
from itasgraph.util.spelling import nearest
from itasgraph.vocabulary import XSD

_CAMEL_BOUNDARY: Final = re.compile(r"(?<=[a-z0-9])(?=[A-Z])")
# The one query that needs no brace.
_DESCRIBE: Final = re.compile(r"\s*describe\s", re.IGNORECASE)
_DATATYPES: Final[Mapping[str, tuple[str, Callable[[str], object], str]]] = {
    "date": (XSD.date, datetime.date.fromisoformat, "2024-06-06"),
    "integer": (XSD.integer, int, "60"),
}
_STRING: Final = (XSD.string, str, "Zwickau")
_LANG: Final = "lang"
_QUOTE: Final = "itas:quote"


class Parameter(NamedTuple):
    """A parameter of a query: `?_topic_iri` is the parameter `topic`, an IRI; `kind` names the class of its value.

    `?__topic_iri` is optional: without a value the variable stays. `values`, if any, are the only values that a literal may have.
    """

    name: str
    type: str = "literal"
    kind: str = ""
    default: str = ""
    values: tuple[str, ...] = ()
    optional: bool = False


@dataclass(frozen=True)
class Question:
    """A query with its title and summary in German and English, and its parameters.

    In a `ready` question each `?_name` is a parameter that needs a value; in any other query it may be a plain variable.
    `path` is the file that the user names.
    """

    name: str
    text: str
    filename: str = "-"
    ready: bool = False
    path: Path | None = None

    @cached_property
    def header(self) -> dict[str, query_header.HeaderValue]:
        """Return the content of the `#+` lines. Raise InvalidProject where they are not YAML."""
        return query_header.parse(self.text, self.filename)

    @property
    def titles(self) -> dict[str, str]:
        return query_header.translations(self.header, "title")

    @property
    def summaries(self) -> dict[str, str]:
        return query_header.translations(self.header, "summary")

    @property
    def labels(self) -> dict[str, str]:
        """Return the short name of a network by language, none where the header has none."""
        return query_header.translations(self.header, "label") if "label" in self.header else {}

    @property
    def line_meanings(self) -> dict[str, str]:
        """Return by language what a line of a network means: as its header says, else its summary."""
        return query_header.translations(self.header, "line" if "line" in self.header else "summary")

    @property
    def order(self) -> int | None:
        """Return the place of a network in the switch of the picture; None where it is there on request only."""
        order = self.header.get("order")
        return int(order) if isinstance(order, str) and order.isdecimal() else None

    @cached_property
    def parameters(self) -> tuple[Parameter, ...]:
        """Return the parameters in the order of the text, without the language, which the program knows."""
        markers = {marker.name: marker for marker in _markers(self.text) if marker.name != _LANG}
        if not markers:
            return ()  # the header is not needed, and to read it takes as long as the query
        kinds, defaults, values = (self._mapping(key) for key in ("kinds", "defaults", "enumerate"))
        return tuple(
            Parameter(
                name,
                marker.type,
                str(kinds.get(name, "")),
                str(defaults.get(name, "")),
                _as_tuple(values.get(name)),
                marker.optional,
            )
            for name, marker in markers.items()
        )

    @property
    def parameter_types(self) -> dict[str, str]:
        """Return parameter → type, with the language."""
        return {marker.name: marker.type for marker in _markers(self.text)}

    def names(self, key: str) -> list[str]:
        """Return the names that a header lists under a key, or maps to values."""
        entry = self.header.get(key) or []
        parts = entry if isinstance(entry, list) else [entry]
        return [str(name) for part in parts for name in (part if isinstance(part, dict) else [part])]

    def values(self, key: str) -> tuple[str, ...]:
        """Return the values that the header lists under a key; a single value needs no list."""
        return _as_tuple(self.header.get(key))

    def _mapping(self, key: str) -> dict[str, query_header.HeaderValue]:
        """Return an entry of the header that maps names: a mapping or, as grlc writes it, a list of mappings.

        Under `enumerate` grlc also has bare names, whose values it asks the endpoint for; they are ignored.
        """
        entry = self.header.get(key) or {}
        parts = entry if isinstance(entry, list) else [entry]
        if key == "enumerate":
            parts = [part for part in parts if not isinstance(part, str)]
        mappings = [part for part in parts if isinstance(part, dict)]
        if len(mappings) < len(parts):
            lines = [number for number, line in enumerate(self.text.splitlines(), 1) if line.startswith(f"#+ {key}:")]
            raise InvalidProject(
                [Finding.of(Location(self.filename, *lines[:1]), "invalid-header", reason=f"{key}: NAME: VALUE")]
            )
        return {snake_case(name): text for part in mappings for name, text in part.items()}

    def title(self, lang: str) -> str:
        return self.titles.get(lang) or self.name


def read(path: Path, project: Project, ready: bool = True) -> Question:
    """Read a query file. Raise FileError, InvalidProject (not UTF-8) or UsageError (empty)."""
    return of_text(path.stem, query_header.read_text(path, project.filename(path)), project.filename(path), ready)


def of_text(name: str, text: str, filename: str = "-", ready: bool = False) -> Question:
    """Return SPARQL text as a question. Raise UsageError where it is empty."""
    if not text.strip():
        raise UsageError("empty-query")
    return Question(name, text, filename, ready)


def resolve(text: str, project: Project) -> Question:
    """Return the question that `text` is (SPARQL, with a brace) or names: a query file (.rq), or a ready question."""
    if "{" in text or _DESCRIBE.match(text):
        return of_text("-", text)
    if not text.endswith(".rq"):
        return find(text, project)
    return replace(read(Path(text), project, ready=False), path=Path(text))


def all_questions(project: Project) -> list[Question]:
    """Return all ready questions of a project, sorted by name."""
    return [read(path, project) for path in project.questions]


def find(name: str, project: Project) -> Question:
    """Return the ready question `name`. Raise UsageError with the nearest name where there is none."""
    by_name = {path.stem: path for path in project.questions}
    if name not in by_name:
        raise UsageError("unknown-question", name=name, nearest=nearest(name, by_name))
    return read(by_name[name], project)


def bind(question: Question, arguments: Mapping[str, str], graph: Queryable, lang: str) -> str:
    """Return the SPARQL of a question with the arguments (name → text) in the place of its parameters.

    Raise UsageError as `terms` does.
    """
    return substitute(question.text, terms(question, arguments, graph, lang))


def terms(
    question: Question, arguments: Mapping[str, str], graph: Queryable, lang: str
) -> dict[str, ox.NamedNode | ox.Literal]:
    """Return the value of each parameter of a question that has one, in the order of the text: as an argument says, else its default.

    The language is among them. Raise UsageError for an unknown or missing parameter, and for a value that names nothing.
    """
    parameters = {parameter.name: parameter for parameter in question.parameters}
    arguments = {snake_case(name): value for name, value in arguments.items()}
    for name in arguments:
        if name not in parameters:
            facts = {"nearest": nearest(name, parameters), "known": ", ".join(parameters) or "–"}
            raise UsageError("unknown-parameter", query=question.name, name=name, **facts)
    values: dict[str, ox.NamedNode | ox.Literal] = {_LANG: ox.Literal(lang)}
    for name, parameter in parameters.items():
        text = arguments.get(name, parameter.default)
        if not text and (parameter.optional or not question.ready):
            continue
        if not text:
            raise UsageError("missing-parameter", query=question.name, name=name)
        try:
            values[name] = _term(parameter, text, graph, lang)
        except UsageError as error:
            if name in arguments:
                raise
            raise UsageError("no-default", query=question.name, name=name, default=text) from error
    return values


def terms_in_words(
    question: Question, values: Mapping[str, ox.NamedNode | ox.Literal], graph: Queryable, lang: str
) -> list[tuple[str, str]]:
    """Return the parameters of a question that have a value, each with its name and its value as readers know them."""
    given = [parameter for parameter in question.parameters if parameter.name in values]
    kinds = {parameter.name: graph.terms.types.get(parameter.kind, "") for parameter in given}
    iris = {term.value for term in values.values() if isinstance(term, ox.NamedNode)} | {*kinds.values()} - {""}
    known = display_labels(graph, iris, lang)
    return [
        (
            known.get(kinds[parameter.name]) or messages.column(parameter.name, lang),
            known.get(values[parameter.name].value) or format_value(values[parameter.name], lang),
        )
        for parameter in given
    ]


def asks_for_quotes(question: Question) -> bool:
    """Return whether a question reads the quotes of statements, so that its answer may hold quotes."""
    return any(token.text == _QUOTE for token in tokens(question.text))


def substitute(text: str, values: Mapping[str, ox.NamedNode | ox.Literal]) -> str:
    """Put the RDF terms `values` in the place of `?_name`, `?_name_type` and `?__name`, but in no string and no comment.

    >>> substitute('SELECT ?s { ?s ?p ?_x } # ?_x', {"x": ox.Literal('a"b')})
    'SELECT ?s { ?s ?p "a\\\\"b" } # ?_x'
    """
    parts, end = [], 0
    for marker in _markers(text):
        if marker.name in values:
            parts += [text[end : marker.start], str(values[marker.name])]
            end = marker.end
    return "".join([*parts, text[end:]])


class _Marker(NamedTuple):
    """A variable of a query that stands for a parameter, and the characters it takes (from 0)."""

    name: str
    type: str
    optional: bool
    start: int
    end: int


def _markers(text: str) -> Iterator[_Marker]:
    """Return the variables of a query that begin with "_"."""
    for token in tokens(text):
        if token.kind == "variable" and token.text.startswith("_"):
            optional = token.text.startswith("__")
            name, type_ = _split(token.text[2 if optional else 1 :])
            yield _Marker(name, type_, optional, token.start, token.start + 1 + len(token.text))


def _split(token: str) -> tuple[str, str]:
    """Split `topic_iri` into name and type; as in grlc, the last part is a type only where it names one."""
    name, _, type_ = token.rpartition("_")
    known = name and type_ in ("iri", "literal", *_DATATYPES)
    return (snake_case(name), type_) if known else (snake_case(token), "literal")


def snake_case(name: str) -> str:
    """Return `target_group` for `targetGroup`: names in grlc have no underscore, ours have no capital letters."""
    return _CAMEL_BOUNDARY.sub("_", str(name)).lower()


def _as_tuple(values: object) -> tuple[str, ...]:
    """Return the values of an enumeration; a single value needs no list."""
    return tuple(map(str, values)) if isinstance(values, list) else (str(values),) if values else ()


def _term(parameter: Parameter, text: str, graph: Queryable, lang: str) -> ox.NamedNode | ox.Literal:
    if parameter.type == "iri":
        return names.resolve(graph, text, graph.terms.types.get(parameter.kind, ""), lang)
    return literal(parameter, text)


def literal(parameter: Parameter, text: str) -> ox.Literal:
    """Return the value of a parameter that is no entry. Raise UsageError where it cannot have this value."""
    datatype, read, example = _DATATYPES.get(parameter.type, _STRING)
    if parameter.values and text not in parameter.values:
        raise UsageError("value-not-listed", name=parameter.name, value=text, known=", ".join(parameter.values))
    try:
        return ox.Literal(str(read(text)), datatype=ox.NamedNode(datatype))
    except ValueError as error:
        raise UsageError("invalid-value", name=parameter.name, value=ascii(text)[1:-1], example=example) from error


@contextmanager
def explain_errors(graph: Queryable) -> Iterator[None]:
    """Raise UsageError where a query does not parse, with its line, a caret, and a suggestion from the graph."""
    try:
        yield
    except QuerySyntaxError as error:
        from itasgraph.questions import query_hints

        raise query_hints.explain(error, graph) from error
