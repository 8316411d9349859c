"""Solutions → a table for people, or one of the W3C's result formats for programs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Final

import pyoxigraph as ox

from itasgraph import messages
from itasgraph.errors import AskedWrongly
from itasgraph.graph import Graph, Result

if TYPE_CHECKING:
    from rich.table import Table

FORMATS: Final = ("table", "csv", "json")
_W3C: Final = {"csv": ox.QueryResultsFormat.CSV, "json": ox.QueryResultsFormat.JSON}
_LABEL: Final = "Label"
_ALL_LABELS: Final = "SELECT ?thing ?label WHERE { ?thing <http://www.w3.org/2000/01/rdf-schema#label> ?label }"


def render(result: Result, form: str, graph: Graph, lang: str, width: int) -> bytes:
    """An answer as bytes: a table `width` columns wide, or CSV/JSON after SPARQL 1.1 Query Results.

    CONSTRUCT and DESCRIBE give Turtle as "table". Raises AskedWrongly where a format does not fit the kind of answer.
    """
    if isinstance(result, ox.QueryTriples):
        if form != "table":
            raise AskedWrongly("bad-results", format=form, known="table (Turtle)")
        from itasgraph import serialize

        return serialize.turtle(graph, result)
    if form != "table" and not (form == "csv" and isinstance(result, ox.QueryBoolean)):
        return result.serialize(format=_W3C[form]) or b""
    if isinstance(result, ox.QueryBoolean):
        return f"{messages.render('yes' if result else 'no', lang)}\n".encode()
    return _table(result, graph, lang, width)


def _table(solutions: ox.QuerySolutions, graph: Graph, lang: str, width: int) -> bytes:
    from rich.console import Console

    variables = [variable.value for variable in solutions.variables]
    shown = [name for name in variables if name + _LABEL not in variables]
    labels: Mapping[str, str] | None = None
    rows: list[list[str]] = []
    for solution in solutions:
        cells = []
        for name in shown:
            term = solution[name]
            if isinstance(term, ox.NamedNode) and labels is None:
                labels = _labels(graph, lang)
            cells.append(_cell(term, labels or {}, graph))
        rows.append(cells)
    console = Console(width=width, highlight=False, markup=False, emoji=False, color_system=None, force_terminal=False)
    with console.capture() as captured:
        console.print(_rich_table([_heading(name, lang) for name in shown], rows))
    lines = (line.rstrip() for line in captured.get().splitlines())
    return ("\n".join(lines) + "\n").encode()


def _rich_table(headings: Sequence[str], rows: Sequence[Sequence[str]]) -> Table:
    from rich import box
    from rich.table import Table
    from rich.text import Text

    table = Table(box=box.SIMPLE_HEAD, show_edge=False, pad_edge=False)
    for heading in headings:
        table.add_column(Text(heading), overflow="fold")
    for row in rows:
        table.add_row(*(Text(cell) for cell in row))
    return table


def _heading(variable: str, lang: str) -> str:
    name = variable.removesuffix(_LABEL) or variable
    return messages.column(name, lang)


def _cell(
    term: ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple | None, labels: Mapping[str, str], graph: Graph
) -> str:
    if term is None:
        return ""
    if isinstance(term, ox.NamedNode):
        return labels.get(term.value) or graph.shrink(term.value)
    return term.value if isinstance(term, ox.Literal) else str(term)


def _labels(graph: Graph, lang: str) -> dict[str, str]:
    """The label of each thing: in `lang` where there is one, else in no language, else in any."""
    found: dict[str, tuple[int, str]] = {}
    for row in graph.select(_ALL_LABELS):
        label = row["label"]
        rank = 0 if label.language == lang else 1 if not label.language else 2
        thing = row["thing"].value
        found[thing] = min(found.get(thing, (rank, label.value)), (rank, label.value))
    return {thing: label for thing, (_, label) in found.items()}
