"""`itasgraph.ask`: a question, its answer as Python values."""

from __future__ import annotations

import io
from collections.abc import Collection, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO, TypeVar

import pyoxigraph as ox

from itasgraph import messages, project
from itasgraph.entities import evidence
from itasgraph.errors import UsageError
from itasgraph.parsing import jsonld_context
from itasgraph.questions import queries
from itasgraph.questions.queries import explained
from itasgraph.results import citation, cited_table
from itasgraph.results.cited_table import Cited
from itasgraph.results.python_values import to_python
from itasgraph.store.access import open_graph, run
from itasgraph.store.queryable import Queryable, Result

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
        raise UsageError("not-listed", name="lang", value=lang, known=", ".join(messages.LANGUAGES))
    source = project.find(Path(folder) if folder is not None else None)
    paths = [Path(path) for path in ([data] if isinstance(data, str | Path) else data)]
    given = {name: str(value) for name, value in parameters.items() if value is not None}

    def work(_: BinaryIO) -> tuple[list[dict[str, Any]] | bool | bytes, Queryable]:
        asked = open_graph(source, paths, endpoint, timeout)
        asked.services = services
        text = queries.bind(
            queries.meant(str(question), source), given, asked, asked.terms or jsonld_context.of(source), lang
        )
        with explained(asked):
            return _read(citation.answer(asked, text, lang, cite), asked, lang), asked

    found, asked = run(work, timeout, endpoint)
    return _graph(found, asked) if isinstance(found, bytes) else found


# --- answers as Python values; all is read in the working thread, which Oxigraph's objects must not leave ---------------


def _read(answer: Result | Cited, asked: Queryable, lang: str) -> list[dict[str, Any]] | bool | bytes:
    """Rows, yes or no, or the N-Triples of a graph."""
    if isinstance(answer, Cited):
        return list(_cited(answer, lang))
    if isinstance(answer, ox.QuerySolutions):
        return list(_rows([variable.value for variable in answer.variables], answer))
    if isinstance(answer, ox.QueryBoolean):
        return bool(answer)
    from itasgraph.results import formats
    from itasgraph.results.presentation import Reader

    written = io.BytesIO()
    formats.write(answer, "ntriples", written, Reader(asked, lang))
    return written.getvalue()


def _rows(variables: Sequence[str], rows: Any) -> Iterator[dict[str, Any]]:
    return (dict(zip(variables, map(to_python, row), strict=True)) for row in rows)


def _cited(answer: Cited, lang: str) -> Iterator[dict[str, Any]]:
    """The rows with the words that prove them; a column of the answer keeps its name, ours then end with "_"."""
    quotes, sources = (cited_table.unused(name, answer.variables) for name in ("quotes", "sources"))
    for row, numbers in zip(_rows(answer.variables, answer.rows), answer.numbers, strict=True):
        notes = [answer.notes[number - 1] for number in numbers]
        yield {
            **row,
            quotes: [note.evidence.quote for note in notes],
            sources: [evidence.origin(note, lang) for note in notes],
        }


def _graph(ntriples: bytes, asked: Queryable) -> rdflib.Graph:
    import rdflib

    found = rdflib.Graph(bind_namespaces="core")
    for prefix, namespace in asked.prefixes.items():
        found.bind(prefix, namespace)
    return found.parse(data=ntriples, format="nt")
