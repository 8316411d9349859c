"""The formats: each has a name, suffixes and media types, and a command chooses one by name or suffix."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pyoxigraph as ox
import pytest

from itasgraph import formats
from itasgraph.errors import UsageError


@pytest.mark.parametrize(
    ("name", "output", "chosen"),
    [
        (None, None, "table"),
        (None, "-", "table"),
        (None, "answer", "table"),
        ("csv", "answer.xyz", "csv"),
        (None, "A.XLSX", "xlsx"),
        (None, "a.srj", "json"),
        (None, "a.srx", "xml"),
        (None, "a.htm", "html"),
        (None, "a.md", "markdown"),
        (None, "a.txt", "table"),
        (None, "a.nt", "ntriples"),
        (None, "a.rdf", "rdfxml"),
    ],
)
def test_answer_format_follows_name_or_suffix(name: str | None, output: str | None, chosen: str) -> None:
    assert formats.choose(name, Path(output) if output else None, formats.ANSWERS) == chosen


@pytest.mark.parametrize(
    ("name", "output", "chosen"),
    [
        (None, None, "turtle"),
        (None, "a.b/itas.nt", "ntriples"),
        ("nt", "itas.ttl", "ntriples"),
        ("ttl", None, "turtle"),
        ("ntriples", "itas.txt", "ntriples"),
        (None, "itas.trig", "trig"),
        (None, "ITAS.JSONLD", "jsonld"),
        (None, "itas.rdf.gz", "rdfxml"),
        (None, "itas.nq.GZ", "nquads"),
        (None, "itas.gz", "turtle"),
        ("nt", "itas.ttl.gz", "ntriples"),
        (None, "net.GraphML.gz", "graphml"),
        ("turtle", "net.gexf", "turtle"),
    ],
)
def test_export_format_follows_name_or_suffix(name: str | None, output: str | None, chosen: str) -> None:
    assert formats.choose(name, Path(output) if output else None, formats.EXPORTS, gzip=True) == chosen


def test_unknown_suffix_lists_the_known() -> None:
    with pytest.raises(UsageError) as answer:
        formats.choose(None, Path("answer.xls"), formats.ANSWERS)
    with pytest.raises(UsageError) as export:
        formats.choose(None, Path("itas.docx.gz"), formats.EXPORTS, gzip=True)

    known = [str(error.value.facts["known"]).split() for error in (answer, export)]
    assert known[0] == [suffix for format_ in formats.ANSWERS for suffix in format_.suffixes]
    assert known[1] == [*(suffix for format_ in formats.EXPORTS for suffix in format_.suffixes), "(+", ".gz)"]
    assert known[0][:2] == [".txt", ".csv"]
    assert known[1][:2] == [".ttl", ".trig"]


@pytest.mark.parametrize("group", [formats.ANSWERS, formats.EXPORTS, formats.REPORTS])
def test_suffix_means_one_format(group: tuple[formats.Format, ...]) -> None:
    suffixes = Counter(suffix for format_ in group for suffix in format_.suffixes)

    assert max(suffixes.values()) == 1


@pytest.mark.parametrize("format_", [*formats.RDF, formats.N3], ids=lambda format_: format_.name)
def test_suffix_and_media_type_mean_the_same_to_oxigraph(format_: formats.Format) -> None:
    by_media_type = ox.RdfFormat.from_media_type(format_.media_types[0])

    assert by_media_type is not None
    assert ox.RdfFormat.from_extension(format_.suffixes[0][1:]) == by_media_type
    assert by_media_type.media_type == format_.media_types[0]


@pytest.mark.parametrize("format_", formats.ROWS, ids=lambda format_: format_.name)
def test_results_format_has_the_media_type_of_oxigraph(format_: formats.Format) -> None:
    by_media_type = ox.QueryResultsFormat.from_media_type(format_.media_types[0])

    assert by_media_type is not None
    assert by_media_type.media_type.partition(";")[0] == format_.media_types[0]
