"""The formats that commands read and write, each with its name, file suffixes and media types."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Final, NamedTuple

from itasgraph.errors import UsageError

_GZIP: Final = ".gz"


class Format(NamedTuple):
    """A format: its name for users, the suffixes of its files, and its media types.

    The first suffix, if there is one, is without its dot a second name in `export`. The first media type is the registered one (IANA); clients
    and servers use the others as well.
    """

    name: str
    suffixes: tuple[str, ...] = ()
    media_types: tuple[str, ...] = ()

    @property
    def names(self) -> tuple[str, str]:
        """Return the name and the short name."""
        return self.name, self.suffixes[0].removeprefix(".") if self.suffixes else self.name


TURTLE: Final = Format("turtle", (".ttl",), ("text/turtle", "application/turtle", "application/x-turtle"))
TRIG: Final = Format("trig", (".trig",), ("application/trig", "application/x-trig"))
NTRIPLES: Final = Format("ntriples", (".nt",), ("application/n-triples", "text/plain"))
NQUADS: Final = Format("nquads", (".nq",), ("application/n-quads", "text/x-nquads", "text/nquads"))
JSONLD: Final = Format("jsonld", (".jsonld",), ("application/ld+json", "application/json", "text/json"))
RDFXML: Final = Format("rdfxml", (".rdf", ".owl"), ("application/rdf+xml", "application/xml", "text/xml"))
N3: Final = Format("n3", (".n3",), ("text/n3", "text/rdf+n3"))

CSV: Final = Format("csv", (".csv",), ("text/csv", "application/csv"))
TSV: Final = Format("tsv", (".tsv",), ("text/tab-separated-values", "text/tsv"))
JSON: Final = Format("json", (".json", ".srj"), ("application/sparql-results+json", "application/json", "text/json"))
XML: Final = Format("xml", (".xml", ".srx"), ("application/sparql-results+xml", "application/xml", "text/xml"))
TABLE: Final = Format("table", (".txt",))
TEXT: Final = Format("text", (".txt",))
MARKDOWN: Final = Format("markdown", (".md",))
HTML: Final = Format("html", (".html", ".htm"))
XLSX: Final = Format("xlsx", (".xlsx",))

# The formats that are read, and that `export` and CONSTRUCT write.
RDF: Final = (TURTLE, TRIG, NTRIPLES, NQUADS, JSONLD, RDFXML)
# SPARQL 1.1 results (W3C Recommendations of 2013).
ROWS: Final = (CSV, TSV, JSON, XML)
# The formats that `query` writes.
ANSWERS: Final = (TABLE, *ROWS, MARKDOWN, HTML, XLSX, *RDF)
# The formats that `export` writes: those of networks, and all; a workbook holds the entries.
NETWORKS: Final = (
    Format("graphml", (".graphml",)),
    Format("gexf", (".gexf",)),
    CSV,
    Format("kumu"),
    Format("node-link", (".json",)),
    Format("cytoscape", (".cyjs",)),
)
EXPORTS: Final = (*RDF, *NETWORKS, XLSX)
# The formats that `analyse` writes.
REPORTS: Final = (TEXT, Format("json", (".json",)), CSV, HTML)


def names(formats: Iterable[Format], short: bool = False) -> list[str]:
    """Return the names of formats, each once; with `short` also their short names.

    >>> names((TURTLE, TRIG), short=True)
    ['turtle', 'ttl', 'trig']
    """
    return list(dict.fromkeys(name for format_ in formats for name in (format_.names if short else (format_.name,))))


def by_suffix(formats: Iterable[Format]) -> dict[str, Format]:
    """Return the formats by each of their suffixes."""
    return {suffix: format_ for format_ in formats for suffix in format_.suffixes}


def choose(name: str | None, output: Path | None, formats: Sequence[Format], gzip: bool = False) -> str:
    """Return the name of the format that is called `name`, else that of the suffix of `output`, else the first one.

    With `gzip`, ignore a suffix .gz. Raises UsageError for another suffix.
    """
    if name is not None:
        return next(format_.name for format_ in formats if name in format_.names)
    suffix = "" if output is None else suffix_of(output, gzip)
    if not suffix:
        return formats[0].name
    known = by_suffix(formats)
    if suffix not in known:
        raise UsageError("unknown-suffix", path=output, known=" ".join([*known, *(["(+ .gz)"] if gzip else [])]))
    return known[suffix].name


def suffix_of(path: Path, gzip: bool = True) -> str:
    """Return the suffix that names the format: `.ttl` of both `a.ttl` and, with `gzip`, `A.TTL.gz`."""
    name = path.name.lower()
    return Path(name.removesuffix(_GZIP) if gzip else name).suffix


def is_gzipped(path: Path) -> bool:
    """Return whether the name of a file says that it is compressed."""
    return path.suffix.lower() == _GZIP
