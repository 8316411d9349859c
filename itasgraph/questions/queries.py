"""The ready questions: their headers, their parameters, and parameters put in as RDF terms."""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any, Final, NamedTuple

import pyoxigraph as ox

from itasgraph.entities import names
from itasgraph.errors import Finding, InvalidProject, Location, QuerySyntaxError, UsageError
from itasgraph.parsing import query_header
from itasgraph.parsing.jsonld_context import Context
from itasgraph.parsing.sparql_tokens import tokens
from itasgraph.project import Project
from itasgraph.store.queryable import Queryable
from itasgraph.util.spelling import nearest
from itasgraph.vocabulary import XSD

_HUMP: Final = re.compile(r"(?<=[a-z0-9])(?=[A-Z])")
# The one query that needs no brace.
_DESCRIBE: Final = re.compile(r"\s*describe\s", re.IGNORECASE)
_DATATYPES: Final[Mapping[str, tuple[str, Callable[[str], object], str]]] = {
    "date": (XSD.date, datetime.date.fromisoformat, "2024-06-06"),
    "integer": (XSD.integer, int, "60"),
}
_STRING: Final = (XSD.string, str, "Zwickau")
_LANG: Final = "lang"


@dataclass(frozen=True, slots=True)
class Parameter:
    """`?_topic_iri` in a query: the parameter `topic`, an IRI; `kind` is the class its value must be of.

    `?__topic_iri` is one that may be left out: the variable then stays. `values` are those a literal may have, if given.
    """

    name: str
    type: str = "literal"
    kind: str = ""
    default: str = ""
    values: tuple[str, ...] = ()
    optional: bool = False


@dataclass(frozen=True)
class Question:
    """A query: what it asks, in German and English, and what it must be told.

    In a `ready` one each `?_name` is a parameter that needs a value; in SPARQL of one's own it may be a plain variable.
    """

    name: str
    text: str
    filename: str = "-"
    ready: bool = False

    @cached_property
    def header(self) -> dict[str, Any]:
        """The `#+` lines. Raises InvalidProject where they are no YAML."""
        return query_header.parse(self.text, self.filename)

    @property
    def titles(self) -> dict[str, str]:
        return query_header.translations(self.header, "title")

    @property
    def summaries(self) -> dict[str, str]:
        return query_header.translations(self.header, "summary")

    @cached_property
    def parameters(self) -> tuple[Parameter, ...]:
        """The parameters in the order of the text; the language is put in without being asked for."""
        found = {marker.name: marker for marker in _markers(self.text) if marker.name != _LANG}
        if not found:
            return ()  # nothing in the header is needed, and YAML costs as much as the query
        kinds, defaults, values = (self._mapping(key) for key in ("kinds", "defaults", "enumerate"))
        return tuple(
            Parameter(
                name,
                marker.type,
                str(kinds.get(name, "")),
                str(defaults.get(name, "")),
                _listed(values.get(name)),
                marker.optional,
            )
            for name, marker in found.items()
        )

    def _mapping(self, key: str) -> dict[str, Any]:
        """A header entry that maps names: a mapping or, as grlc writes it, a list of mappings.

        Under `enumerate` grlc also has bare names, whose values it asks of the endpoint; here `kinds` tells those.
        """
        entry = self.header.get(key) or {}
        parts = entry if isinstance(entry, list) else [entry]
        if key == "enumerate":
            parts = [part for part in parts if not isinstance(part, str)]
        if not all(isinstance(part, dict) for part in parts):
            lines = [number for number, line in enumerate(self.text.splitlines(), 1) if line.startswith(f"#+ {key}:")]
            raise InvalidProject(
                [Finding.of(Location(self.filename, *lines[:1]), "header", reason=f"{key}: NAME: VALUE")]
            )
        return {_plain(name): text for part in parts for name, text in part.items()}

    def title(self, lang: str) -> str:
        return self.titles.get(lang) or self.name


def read(path: Path, project: Project, ready: bool = True) -> Question:
    """Read a query file. Raises FileError, InvalidProject (not UTF-8) or UsageError (empty)."""
    return parse(path.stem, query_header.read_text(path, project.filename(path)), project.filename(path), ready)


def parse(name: str, text: str, filename: str = "-", ready: bool = False) -> Question:
    """SPARQL text as a question. Raises UsageError where there is none."""
    if not text.strip():
        raise UsageError("empty-query")
    return Question(name, text, filename, ready)


def meant(text: str, project: Project) -> Question:
    """The question that `text` is or names: SPARQL (with a brace), a query file (.rq), or a ready question."""
    if "{" in text or _DESCRIBE.match(text):
        return parse("-", text)
    return read(Path(text), project, ready=False) if text.endswith(".rq") else find(text, project)


def all_questions(project: Project) -> list[Question]:
    """All ready questions of a project, sorted by name."""
    return [read(path, project) for path in project.questions]


def find(name: str, project: Project) -> Question:
    """The ready question called `name`. Raises UsageError with the nearest name."""
    by_name = {path.stem: path for path in project.questions}
    if name not in by_name:
        raise UsageError("unknown-query", name=name, nearest=nearest(name, by_name))
    return read(by_name[name], project)


def bind(question: Question, given: Mapping[str, str], graph: Queryable, terms: Context, lang: str) -> str:
    """The SPARQL of a question with its parameters put in.

    Raises UsageError for a parameter the question does not have, one that is missing, and a value nothing is called.
    """
    known = {parameter.name: parameter for parameter in question.parameters}
    given = {_plain(name): value for name, value in given.items()}
    for name in given:
        if name not in known:
            possible = ", ".join(known) or "–"
            raise UsageError(
                "unknown-parameter", query=question.name, name=name, nearest=nearest(name, known), known=possible
            )
    values: dict[str, ox.NamedNode | ox.Literal] = {_LANG: ox.Literal(lang)}
    for name, parameter in known.items():
        text = given.get(name, parameter.default)
        if not text and (parameter.optional or not question.ready):
            continue
        if not text:
            raise UsageError("missing-parameter", query=question.name, name=name)
        try:
            values[name] = _term(parameter, text, graph, terms, lang)
        except UsageError as error:
            if name in given:
                raise
            raise UsageError("no-default", query=question.name, name=name, default=text) from error
    return substitute(question.text, values)


def substitute(text: str, values: Mapping[str, ox.NamedNode | ox.Literal]) -> str:
    """`text` with the RDF terms `values` for `?_name`, `?_name_type` and `?__name`; strings and comments untouched.

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
    """A place for a parameter in a query."""

    name: str
    type: str
    optional: bool
    start: int
    end: int


def _markers(text: str) -> Iterator[_Marker]:
    """The variables of a query that begin with "_", as parameters."""
    for token in tokens(text):
        if token.kind == "variable" and token.text.startswith("_"):
            optional = token.text.startswith("__")
            name, type_ = _split(token.text[2 if optional else 1 :])
            yield _Marker(name, type_, optional, token.start, token.start + 1 + len(token.text))


def _split(token: str) -> tuple[str, str]:
    """`topic_iri` → ("topic", "iri"); after grlc, the last part is a type only where it names one."""
    name, _, type_ = token.rpartition("_")
    known = name and type_ in ("iri", "literal", *_DATATYPES)
    return (_plain(name), type_) if known else (_plain(token), "literal")


def _plain(name: str) -> str:
    """`targetGroup` → "target_group": the names of grlc have no underscore, ours no capital letters."""
    return _HUMP.sub("_", str(name)).lower()


def _listed(values: object) -> tuple[str, ...]:
    """The values of an enumeration; a single one needs no list."""
    return tuple(map(str, values)) if isinstance(values, list) else (str(values),) if values else ()


def _term(parameter: Parameter, text: str, graph: Queryable, terms: Context, lang: str) -> ox.NamedNode | ox.Literal:
    if parameter.type == "iri":
        return names.resolve(graph, text, terms.types.get(parameter.kind, ""), lang)
    datatype, read, example = _DATATYPES.get(parameter.type, _STRING)
    if parameter.values and text not in parameter.values:
        raise UsageError("not-listed", name=parameter.name, value=text, known=", ".join(parameter.values))
    try:
        return ox.Literal(str(read(text)), datatype=ox.NamedNode(datatype))
    except ValueError as error:
        raise UsageError("bad-value", name=parameter.name, value=ascii(text)[1:-1], example=example) from error


@contextmanager
def explained(asked: Queryable) -> Iterator[None]:
    """Raise UsageError where a query does not parse: with its line, a caret, and what may have been meant."""
    try:
        yield
    except QuerySyntaxError as error:
        from itasgraph.questions import query_hints

        raise query_hints.explain(error, asked) from error
