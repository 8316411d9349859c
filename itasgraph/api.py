"""`itasgraph.ask`: the answer to a question as Python values."""

from __future__ import annotations

import io
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO

import pyoxigraph as ox

from itasgraph import messages, project
from itasgraph.entities import evidence
from itasgraph.errors import UsageError
from itasgraph.questions import queries
from itasgraph.results import footnotes
from itasgraph.results.cited_table import CitedTable
from itasgraph.results.python_values import PythonValue, to_python
from itasgraph.store.access import open_graph, run
from itasgraph.store.queryable import Queryable, Result, Term, variable_names

if TYPE_CHECKING:
    import rdflib


def ask(  # noqa: PLR0913  # a parameter for each option of the command
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
) -> list[dict[str, Any]] | Any:  # Any: only the caller knows the form of the query and its variables
    """Return the answer to a ready question (its name), a query file (.rq) or SPARQL text (with a brace).

    SELECT gives a list with a dict per row, which `pandas.DataFrame` accepts: variable → str (entities as their IRIs),
    int, float (decimals, too), bool, datetime.date, datetime.datetime, or None where nothing is bound; a value that is
    impossible for its datatype stays str. ASK gives a bool, CONSTRUCT and DESCRIBE an rdflib.Graph.

    `folder` is a project (default: the current folder if it is one, else the bundled one), `data` names RDF or YAML-LD
    files to ask instead, `endpoint` a SPARQL endpoint. `lang` ("de" or "en") is the language of the labels, `timeout` the
    seconds for reading and answering together (None: no limit), `services` the hosts that the query may call with SERVICE.
    With `cite` each row has the keys `quotes` and `sources`, two lists of str of the same length: the quotes that prove
    the row, and where each quote stands. `parameters` are those of the question; an entity is given by any of its names,
    and None leaves a parameter out. Raise itasgraph.ItasgraphError where the command line ends with an error.

    >>> rows = ask("who", topic="Kreislaufwirtschaft", cite=True)
    >>> sorted({row["organisationLabel"] for row in rows})
    ['AMZ Sachsen', 'CWE']
    >>> "Kreislaufwirtschaft" in rows[0]["quotes"]
    True
    """
    _check_language(lang)
    chosen = project.find(Path(folder) if folder is not None else None)
    paths = [Path(path) for path in ([data] if isinstance(data, str | Path) else data)]

    def work(_: BinaryIO) -> tuple[_Rows | bool | bytes, Queryable]:
        graph = open_graph(chosen, paths, endpoint, timeout)
        graph.services = services
        text = queries.bind(queries.resolve(str(question), chosen), _arguments(parameters), graph, lang)
        with queries.explain_errors(graph):
            return _to_python(footnotes.answer(graph, text, lang) if cite else graph.query(text), graph, lang), graph

    answer, graph = run(work, timeout, endpoint)
    return _graph(answer, graph) if isinstance(answer, bytes) else answer


def _check_language(lang: str) -> None:
    if lang not in messages.LANGUAGES:
        raise UsageError("value-not-listed", name="lang", value=lang, known=", ".join(messages.LANGUAGES))


def _arguments(parameters: Mapping[str, object]) -> dict[str, str]:
    return {name: str(value) for name, value in parameters.items() if value is not None}


# --- answers as Python values: they are read in the worker thread, because Oxigraph's objects must not leave it ----------


_Row = dict[str, PythonValue | list[str]]
_Rows = list[_Row]


def _to_python(answer: Result | CitedTable, graph: Queryable, lang: str) -> _Rows | bool | bytes:
    """Return the rows of SELECT, the bool of ASK, or the N-Triples of CONSTRUCT and DESCRIBE."""
    if isinstance(answer, CitedTable):
        return list(_cited_rows(answer, lang))
    if isinstance(answer, ox.QuerySolutions):
        return list(_rows(variable_names(answer), answer))
    if isinstance(answer, ox.QueryBoolean):
        return bool(answer)
    from itasgraph.results import writers
    from itasgraph.results.presentation import RenderContext

    written = io.BytesIO()
    writers.write(answer, "ntriples", written, RenderContext(graph, lang))
    return written.getvalue()


def _rows(variables: Sequence[str], rows: Iterable[Iterable[Term | None]]) -> Iterator[_Row]:
    return (dict(zip(variables, map(to_python, row), strict=True)) for row in rows)


def _cited_rows(answer: CitedTable, lang: str) -> Iterator[_Row]:
    """Yield the rows with the keys `quotes` and `sources`; a key ends with "_" where the query has a variable of its name."""
    quotes, sources = answer.evidence_columns
    for row, notes in zip(_rows(answer.variables, answer.rows), answer.notes_of_rows(), strict=True):
        yield {
            **row,
            quotes: [note.evidence.quote for note in notes],
            sources: [evidence.origin(note, lang) for note in notes],
        }


def _graph(ntriples: bytes, graph: Queryable) -> rdflib.Graph:
    import rdflib

    converted = rdflib.Graph(bind_namespaces="core")
    for prefix, namespace in graph.prefixes.items():
        converted.bind(prefix, namespace)
    return converted.parse(data=ntriples, format="nt")
