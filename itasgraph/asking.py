"""`itasgraph.ask`: a question, its answer as Python values.

The module is not called `ask`: once loaded, it would stand in the package in place of the function.
"""

from __future__ import annotations

import io
from collections.abc import Callable, Collection, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO, TypeVar

import pyoxigraph as ox

from itasgraph import graph, messages, project, queries, streaming
from itasgraph.errors import AskedWrongly, BadQuery
from itasgraph.graph import Queryable, Result
from itasgraph.project import Project
from itasgraph.reading import context
from itasgraph.results import citation, cited
from itasgraph.results.cited import Cited
from itasgraph.results.native import native

if TYPE_CHECKING:
    import rdflib

T = TypeVar("T")


def ask(  # noqa: PLR0913  # the options of the command, each by its name
    question: str | Path,
    /,
    *,
    folder: str | Path | None = None,
    data: str | Path | Sequence[str | Path] = (),
    endpoint: str | None = None,
    lang: str = "en",
    timeout: float | None = 60,
    cite: bool = False,
    services: Collection[str] = (),
    **parameters: object,
) -> list[dict[str, Any]] | Any:
    """The answer to a ready question (its name), a query file (.rq) or SPARQL text (with a brace).

    SELECT gives a list with a dict per row, which `pandas.DataFrame` takes as it is: variable → str (things as their
    IRIs), int, float (decimals, too), bool, datetime.date, datetime.datetime, or None where nothing is bound; a value that
    is impossible for its datatype stays str. ASK gives a bool, CONSTRUCT and DESCRIBE an rdflib.Graph.

    `folder` is a project (default: the current folder if it is one, else the bundled one), `data` names RDF or YAML-LD
    files to ask instead, `endpoint` a SPARQL endpoint. `lang` ("de" or "en") is the language of the labels, `timeout` the
    seconds for all of it, reading included (None waits for ever), `services` the hosts that the query may call with
    SERVICE. With `cite` each row has the keys `quotes` and `sources`, two lists of str as long as
    each other: the words of the sources that prove the row, and where each of them stands. `parameters` are those of the
    question, each as any name a thing has; None leaves one out. Raises itasgraph.ItasgraphError as the command line does.

    >>> rows = ask("who", topic="Kreislaufwirtschaft", cite=True)
    >>> sorted({row["organisationLabel"] for row in rows})
    ['AMZ Sachsen', 'CWE']
    >>> "Kreislaufwirtschaft" in rows[0]["quotes"]
    True
    """
    if lang not in messages.LANGUAGES:
        raise AskedWrongly("not-listed", name="lang", value=lang, known=", ".join(messages.LANGUAGES))
    source = project.find(Path(folder) if folder is not None else None)
    paths = [Path(path) for path in ([data] if isinstance(data, str | Path) else data)]
    given = {name: str(value) for name, value in parameters.items() if value is not None}

    def work(_: BinaryIO) -> tuple[list[dict[str, Any]] | bool | bytes, Queryable]:
        asked = opened(source, paths, endpoint, timeout)
        asked.services = services
        text = queries.bind(queries.meant(str(question), source), given, asked, asked.terms or context.of(source), lang)
        with explained(asked):
            return _read(citation.answer(asked, text, lang, cite), asked, lang), asked

    found, asked = run(work, timeout, endpoint)
    return _graph(found, asked) if isinstance(found, bytes) else found


def opened(source: Project, data: Sequence[Path], endpoint: str | None, timeout: float | None) -> Queryable:
    """The graph meant: an endpoint that has `timeout` seconds for each query, RDF or YAML-LD files, else the project.

    Raises as `graph.load` and `graph.load_files` do, and AskedWrongly where both files and an endpoint are named.
    """
    if endpoint is None:
        return graph.load_files(data, source) if data else graph.load(source)
    if data:
        raise AskedWrongly("endpoint-and-data")
    from itasgraph import remote

    terms = context.of(source)
    found = remote.Endpoint(endpoint, terms.prefixes, terms.base, timeout)
    found.terms = terms
    return found


def run(work: Callable[[BinaryIO], T], timeout: float | None, endpoint: str | None, out: BinaryIO | None = None) -> T:
    """Do `work`, which opens a graph and asks it, and write to `out` what it writes; see `streaming.through`.

    Raises ItasgraphError also where an endpoint gives an answer that is none to what it was asked.
    """

    def guarded(sink: BinaryIO) -> T:
        if endpoint is None:
            return work(sink)
        from itasgraph import remote

        with remote.understood(endpoint):
            return work(sink)

    return streaming.through(timeout, guarded, out or io.BytesIO())


@contextmanager
def explained(asked: Queryable) -> Iterator[None]:
    """Raise AskedWrongly where a query does not parse: with its line, a caret, and what may have been meant."""
    try:
        yield
    except BadQuery as error:
        from itasgraph import mistakes

        raise mistakes.explain(error, asked) from error


# --- answers as Python values; all is read in the working thread, which Oxigraph's objects must not leave ---------------


def _read(answer: Result | Cited, asked: Queryable, lang: str) -> list[dict[str, Any]] | bool | bytes:
    """Rows, yes or no, or the N-Triples of a graph."""
    if isinstance(answer, Cited):
        return list(_cited(answer, lang))
    if isinstance(answer, ox.QuerySolutions):
        return list(_rows([variable.value for variable in answer.variables], answer))
    if isinstance(answer, ox.QueryBoolean):
        return bool(answer)
    from itasgraph.results import forms
    from itasgraph.results.shown import Reader

    written = io.BytesIO()
    forms.write(answer, "ntriples", written, Reader(asked, lang))
    return written.getvalue()


def _rows(variables: Sequence[str], rows: Any) -> Iterator[dict[str, Any]]:
    return (dict(zip(variables, map(native, row), strict=True)) for row in rows)


def _cited(answer: Cited, lang: str) -> Iterator[dict[str, Any]]:
    """The rows with the words that prove them; a column of the answer keeps its name, ours then end with "_"."""
    quotes, sources = (cited.unused(name, answer.variables) for name in ("quotes", "sources"))
    for row, numbers in zip(_rows(answer.variables, answer.rows), answer.numbers, strict=True):
        notes = [answer.notes[number - 1] for number in numbers]
        yield {**row, quotes: [note.quote for note in notes], sources: [cited.origin(note, lang) for note in notes]}


def _graph(ntriples: bytes, asked: Queryable) -> rdflib.Graph:
    import rdflib

    found = rdflib.Graph(bind_namespaces="core")
    for prefix, namespace in asked.prefixes.items():
        found.bind(prefix, namespace)
    return found.parse(data=ntriples, format="nt")
