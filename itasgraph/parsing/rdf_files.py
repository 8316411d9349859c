"""RDF files of others → a store: each format, gzipped or not, and what cannot be read told with file and line."""

from __future__ import annotations

import gzip
import hashlib
import re
import zlib
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import IO, Any, Final, NamedTuple, cast

import pyoxigraph as ox

from itasgraph.errors import FileError, Location, UsageError
from itasgraph.parsing import nesting

Reread = Callable[[], Iterable[ox.Quad]]

YAML: Final = (".yaml", ".yml")
# Ending → what commands call the format they write.
ENDINGS: Final = {
    ".ttl": "turtle",
    ".trig": "trig",
    ".nt": "ntriples",
    ".nq": "nquads",
    ".jsonld": "jsonld",
    ".rdf": "rdfxml",
}
_FORMATS: Final = {
    ".ttl": ox.RdfFormat.TURTLE,
    ".trig": ox.RdfFormat.TRIG,
    ".nt": ox.RdfFormat.N_TRIPLES,
    ".nq": ox.RdfFormat.N_QUADS,
    ".rdf": ox.RdfFormat.RDF_XML,
    ".owl": ox.RdfFormat.RDF_XML,
    ".jsonld": ox.RdfFormat.JSON_LD,
}
# What a file must hold for a blank node to be in it, or something that nests. In the other formats any node may be one.
_BLANK: Final = {
    ".ttl": re.compile(rb"_:|[\[(]|<<|\{\|"),
    ".trig": re.compile(rb"_:|[\[(]|<<|\{\|"),
    ".nt": re.compile(rb"_:|<<"),
    ".nq": re.compile(rb"_:|<<"),
}
# How pyoxigraph labels a node that has no label in the file: by chance, leading zeros left out.
_UNLABELLED: Final = re.compile(r"[0-9a-f]{24,32}")
_CHUNK: Final = 1 << 20
# So much of a gzipped text is looked at, more than any reader takes: what is small zipped may be endless.
_MOST: Final = 64 << 20
# A file that unpacks to more than this, and to more than so many times its size, is meant to have no end: RDF shrinks
# twenty- to fiftyfold, what gzip can shrink at most is a thousandfold.
_UNPACKED: Final = 256 << 20
_GROWTH: Final = 200


def ending(path: Path) -> str:
    """The ending that tells the format: `.ttl` of both `a.ttl` and `A.TTL.gz`."""
    return Path(path.name.lower().removesuffix(".gz")).suffix


class File(NamedTuple):
    """A file that can be read as often as wanted: into a store, which writes "007"^^xsd:int as 7, or as it is."""

    path: Path
    quads: Reread
    whole: bool

    @classmethod
    def of(cls, path: Path, number: int | None = None) -> File:
        """`number` tells files apart where there are several: blank nodes of two are two, whatever they are called.

        Those of one file keep their labels. Raises UsageError for an ending that is not known, else FileError.
        """
        if ending(path) not in _FORMATS:
            raise UsageError("unknown-ending", path=path, known=" ".join([*_FORMATS, *YAML, "(+ .gz)"]))
        if path.exists() and not path.is_file():
            return cls(path, partial(iter, list(_parse(path, number))), whole=False)  # a pipe is read once
        if _may_hold_blank_nodes(path):
            return cls(path, partial(_parse, path, number), whole=False)
        return cls(path, partial(_quads, path), whole=True)  # without blank nodes there is nothing to label

    def load(self, store: ox.Store) -> None:
        """Put it into a store. Raises FileError."""
        if self.whole:
            _load_whole(store, self.path)
        else:
            store.bulk_extend(self.quads())


def read(path: Path) -> bytes:
    """The content of a gzipped file, or the beginning of a very long one. Raises FileError."""
    with _told(path), _open(path) as file:
        return file.read(_MOST)


def _load_whole(store: ox.Store, path: Path) -> None:
    """Oxigraph's own way in: twice as fast and half as big as through Python, but it labels blank nodes by chance."""
    form, base = _FORMATS[ending(path)], path.resolve().as_uri()
    with _told(path):
        if path.suffix.lower() != ".gz":
            store.bulk_load(path=path, format=form, base_iri=base)
            return
        with _open(path) as file:
            store.bulk_load(file, form, base_iri=base)


def _may_hold_blank_nodes(path: Path) -> bool:
    sign = _BLANK.get(ending(path))
    if sign is None:
        return True
    last = b""
    with _told(path), _open(path) as file:
        while chunk := file.read(_CHUNK):
            if sign.search(last + chunk):
                return True
            last = chunk[-1:]
    return False


def _parse(path: Path, number: int | None) -> Iterator[ox.Quad]:
    yield from _labelled(_quads(path), number)


def _quads(path: Path) -> Iterator[ox.Quad]:
    form = _FORMATS[ending(path)]
    with _told(path), _open(path) as file:
        yield from ox.parse(checked(file, form), form, base_iri=path.resolve().as_uri())


def _open(path: Path) -> IO[bytes]:
    if path.suffix.lower() != ".gz":
        return path.open("rb")
    if path.is_file() and not path.stat().st_size:
        raise EOFError  # to gzip, nothing at all is an empty file
    return cast("IO[bytes]", _Unpacked(path))


class _Unpacked(gzip.GzipFile):
    """A gzipped file, unpacked as far as it does not grow beyond all measure."""

    def __init__(self, path: Path) -> None:
        super().__init__(path)
        self._path = path
        self._limit = max(_UNPACKED, _GROWTH * path.stat().st_size)

    def read(self, size: int | None = -1) -> bytes:
        """Raise FileError beyond the limit."""
        content = super().read(size)
        if self.tell() > self._limit:
            raise FileError("grows", path=self._path, limit=f"{self._limit >> 20:,} MiB")
        return content


@contextmanager
def _told(path: Path) -> Iterator[None]:
    """Turn what goes wrong while a file is read into one line that names it."""
    try:
        yield
    except SyntaxError as error:
        location = Location(str(path), error.lineno or 0, error.offset or 0)
        if isinstance(error, nesting.TooDeep):
            raise FileError("file-too-deep", path=location, limit=nesting.MAX_DEPTH) from error
        raise FileError("not-rdf", path=location, reason=error.msg) from error
    except MemoryError as error:  # pyoxigraph says so of a text of more than 8 MiB
        raise FileError("not-rdf", path=path, reason=str(error)) from error
    except (EOFError, zlib.error) as error:
        raise FileError("damaged", path=path) from error
    except OSError as error:
        if error.errno is None and path.suffix.lower() == ".gz":  # gzip.BadGzipFile
            raise FileError("damaged", path=path) from error
        raise FileError("unreadable", path=path, error=error) from error


def _labelled(quads: Iterable[ox.Quad], number: int | None) -> Iterator[ox.Quad]:
    """The quads, each blank node under a label that is the same whenever the file is read."""
    labels: dict[str, ox.BlankNode] = {}

    def label(term: Any) -> Any:
        if isinstance(term, ox.Triple):
            return ox.Triple(label(term.subject), term.predicate, label(term.object))
        if not isinstance(term, ox.BlankNode) or (number is None and not _UNLABELLED.fullmatch(term.value)):
            return term
        if term.value not in labels:
            digest = hashlib.sha256(f"{number} {len(labels)}".encode())
            labels[term.value] = ox.BlankNode(digest.hexdigest()[:32])
        return labels[term.value]

    for quad in quads:
        yield ox.Quad(label(quad.subject), quad.predicate, label(quad.object), label(quad.graph_name))


_SYNTAXES: Final[Mapping[ox.RdfFormat | ox.QueryResultsFormat, nesting.Syntax]] = {
    ox.RdfFormat.TURTLE: nesting.turtle,
    ox.RdfFormat.TRIG: nesting.turtle,
    ox.RdfFormat.N_TRIPLES: nesting.lines,
    ox.RdfFormat.N_QUADS: nesting.lines,
    ox.RdfFormat.JSON_LD: nesting.json,
    ox.QueryResultsFormat.JSON: nesting.json,
    ox.QueryResultsFormat.TSV: nesting.lines,
}


def checked(file: IO[bytes], form: ox.RdfFormat | ox.QueryResultsFormat) -> IO[bytes]:
    """Return `file` as it should go to a reader of pyoxigraph: a SyntaxError is raised where that would die, hang or lose.

    That is where it nests too deep (nesting.TooDeep), and where XML is not well-formed.
    """
    syntax = _SYNTAXES.get(form)
    return cast("IO[bytes]", WellFormed(file) if syntax is None else nesting.Shallow(file, syntax))


class WellFormed:
    """XML on its way to pyoxigraph, whose readers take a cut-off end for the end (0.5.13): here it is a SyntaxError.

    Raises nesting.TooDeep as well. The encoding that a file declares is pyoxigraph's affair: it takes UTF-8 alone.
    """

    def __init__(self, file: IO[bytes]) -> None:
        from xml.parsers import expat

        self._file = file
        self._parser = expat.ParserCreate("UTF-8")
        self._parser.StartElementHandler = self._open
        self._parser.EndElementHandler = self._close
        self._error = expat.ExpatError
        self._fault: SyntaxError | None = None
        self._taken = 0
        self._depth = 0
        self._ended = False

    def read(self, size: int = -1) -> bytes:
        """Return the next bytes up to where the XML breaks; only then raise, for pyoxigraph may know better why it does."""
        if self._fault is not None:
            raise self._fault
        content = self._file.read(size)
        if self._ended:
            return content
        self._ended = not content
        try:
            self._parser.Parse(content, self._ended)
        except self._error as error:
            location = (None, error.lineno, error.offset + 1, None)
            self._fault = SyntaxError("the XML is broken or cut off", location)
            content = content[: max(0, self._parser.ErrorByteIndex - self._taken)]
            if not content:
                raise self._fault from error
        self._taken += len(content)
        return content

    def _open(self, _name: str, _attributes: object) -> None:
        self._depth += 1
        if self._depth > nesting.MAX_DEPTH:
            raise nesting.TooDeep(self._parser.CurrentLineNumber)

    def _close(self, _name: str) -> None:
        self._depth -= 1
