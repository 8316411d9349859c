"""Solutions → a table for people, or one of the W3C's result formats for programs."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Final, NamedTuple
from unicodedata import combining, east_asian_width

import pyoxigraph as ox

from itasgraph import messages
from itasgraph.errors import AskedWrongly
from itasgraph.graph import Graph, Result, value

FORMATS: Final = ("table", "csv", "json")
_W3C: Final = {"csv": ox.QueryResultsFormat.CSV, "json": ox.QueryResultsFormat.JSON}
_LABEL: Final = "Label"
_GAP: Final = "  "
# What would steer a terminal, or turn the direction of the text around it, rather than show.
_CONTROL: Final = re.compile(r"[\x00-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")
_ALL_LABELS: Final = "SELECT ?thing ?label WHERE { ?thing <http://www.w3.org/2000/01/rdf-schema#label> ?label FILTER(isLiteral(?label)) }"


class Answer(NamedTuple):
    """A rendered answer; `empty` where a table has no row, `no` where the answer is that."""

    content: bytes
    empty: bool = False
    no: bool = False


def choose(form: str | None, output: Path | None) -> str:
    """The format named by `form`, else by the ending of `output`, else a table."""
    ending = output.suffix[1:].lower() if output is not None else ""
    return form or (ending if ending in FORMATS else "table")


def render(result: Result, form: str, graph: Graph, lang: str, width: int) -> Answer:
    """An answer: a table at most `width` columns wide (0: one line per row), or CSV/JSON after SPARQL 1.1.

    CONSTRUCT and DESCRIBE give Turtle as "table". Raises AskedWrongly where a format does not fit the kind of answer.
    """
    if isinstance(result, ox.QueryTriples):
        if form != "table":
            raise AskedWrongly("bad-results", format=form, known="table (Turtle)")
        from itasgraph import serialize

        return Answer(serialize.turtle(graph, result))
    if isinstance(result, ox.QueryBoolean):
        words = messages.render("yes" if result else "no", lang)
        text = {"table": f"{words}\n".encode(), "csv": b"true\n" if result else b"false\n"}.get(form)
        return Answer(text or result.serialize(format=_W3C[form]) or b"", no=not result)
    if form != "table":
        return Answer(result.serialize(format=_W3C[form]) or b"")
    return _table(result, graph, lang, width)


def _table(solutions: ox.QuerySolutions, graph: Graph, lang: str, width: int) -> Answer:
    variables = [variable.value for variable in solutions.variables]
    shown = [name for name in variables if name + _LABEL not in variables]
    rows = [[solution[name] for name in shown] for solution in solutions]
    some_iri = any(isinstance(term, ox.NamedNode) for row in rows for term in row)
    labels = _labels(graph, lang) if some_iri else {}
    headings = [messages.column(name.removesuffix(_LABEL) or name, lang) for name in shown]
    cells = [[_cell(term, labels, graph) for term in row] for row in rows]
    lines = _fitted(headings, cells, width) if width else _aligned(headings, cells)
    return Answer("".join(f"{line.rstrip()}\n" for line in lines).encode(), empty=not rows)


def _aligned(headings: Sequence[str], rows: Sequence[Sequence[str]]) -> Iterator[str]:
    """One line per row, as wide as it is: what `grep` and `less -S` want."""
    widths = [max(_columns(row[number]) for row in [headings, *rows]) for number in range(len(headings))]
    yield _GAP.join(_padded(text, width) for text, width in zip(headings, widths, strict=True))
    yield "─" * (sum(widths) + len(_GAP) * (len(widths) - 1))
    for row in rows:
        yield _GAP.join(_padded(text, width) for text, width in zip(row, widths, strict=True))


def _padded(text: str, width: int) -> str:
    return text + " " * (width - _columns(text))


def _columns(text: str) -> int:
    """How many columns a text takes (Unicode Standard Annex 11): wide characters two, combining ones none."""
    if text.isascii():
        return len(text)
    return sum(0 if combining(char) else 2 if east_asian_width(char) in "WF" else 1 for char in text)


def _fitted(headings: Sequence[str], rows: Sequence[Sequence[str]], width: int) -> list[str]:
    """Never wider than the terminal: long cells wrap. rich costs as much as the query and is loaded only here."""
    from rich import box
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    table = Table(box=box.SIMPLE_HEAD, show_edge=False, pad_edge=False)
    for heading in headings:
        table.add_column(Text(heading), overflow="fold")
    for row in rows:
        table.add_row(*(Text(cell) for cell in row))
    console = Console(width=width, highlight=False, markup=False, emoji=False, color_system=None, force_terminal=False)
    with console.capture() as captured:
        console.print(table)
    return captured.get().splitlines()


def _cell(
    term: ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple | None, labels: Mapping[str, str], graph: Graph
) -> str:
    if term is None:
        return ""
    text = labels.get(term.value, graph.shrink(term.value)) if isinstance(term, ox.NamedNode) else value(term)
    return _CONTROL.sub("\N{REPLACEMENT CHARACTER}", " ".join(text.split()))


def _labels(graph: Graph, lang: str) -> dict[str, str]:
    """The label of each thing: in `lang` where there is one, else in no language, else in any."""
    found: dict[str, tuple[int, str]] = {}
    for row in graph.select(_ALL_LABELS):
        label = row["label"]
        rank = 0 if label.language == lang else 1 if not label.language else 2
        thing = row["thing"].value
        found[thing] = min(found.get(thing, (rank, label.value)), (rank, label.value))
    return {thing: label for thing, (_, label) in found.items()}
