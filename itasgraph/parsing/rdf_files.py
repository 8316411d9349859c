"""RDF files of all formats, gzipped or not, as quads and in a store; an error names the file and the line."""

from __future__ import annotations

import gzip
import hashlib
import io
import re
import zlib
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from functools import partial
from pathlib import Path
from typing import IO, Final, NamedTuple, TypeVar, cast

import pyoxigraph as ox

from itasgraph import formats
from itasgraph.errors import FileError, Location, UsageError
from itasgraph.parsing import nesting, reader_guard, text_encoding, xml_literals
from itasgraph.vocabulary import SCHEMA

# A function that reads the quads again at each call.
QuadSource = Callable[[], Iterable[ox.Quad]]

YAML: Final = (".yaml", ".yml")
_YAML_LD: Final = (".yamlld", *YAML)
_FORMATS: Final = {
    **{
        suffix: cast("ox.RdfFormat", ox.RdfFormat.from_media_type(format_.media_types[0]))
        for suffix, format_ in formats.by_suffix(formats.RDF).items()
    },
    **dict.fromkeys((".json", ".yamlld"), ox.RdfFormat.JSON_LD),
    ".xml": ox.RdfFormat.RDF_XML,
}
# A key of JSON-LD itself in YAML, which no data file of a project may have.
_KEYWORD: Final = re.compile(rb"""(?m)^(?:---[ \t]+)?[{\[ \t"'-]*@(?:context|graph|id|type)["']?[ \t]*:""")
# What JSON-LD without statements has, and JSON that is none has not; and what JSON without any content is made of.
_JSON_LD_KEYWORD: Final = re.compile(rb"@(?:context|graph|id|included|list|reverse|set|type|value)\b")
_EMPTY_JSON: Final = b" \t\r\n[]{}-\xef\xbb\xbf"
# What pyoxigraph says of a context that is an address: it cannot fetch one.
_NO_CONTEXT: Final = "LoadDocumentCallback"
# A file without a match holds no blank node and nothing that nests. In the other formats any node may be blank.
_BLANK_OR_NESTED: Final = {
    ".ttl": re.compile(rb"_:|[\[(]|<<|\{\|"),
    ".trig": re.compile(rb"_:|[\[(]|<<|\{\|"),
    ".nt": re.compile(rb"_:|<<"),
    ".nq": re.compile(rb"_:|<<"),
}
# The random label that pyoxigraph gives to a node without a label in the file; leading zeros are left out.
_RANDOM_LABEL: Final = re.compile(r"[0-9a-f]{24,32}")
# The first two bytes of a file with a byte order mark, which Oxigraph itself refuses.
_NO_BULK: Final = (b"\xef\xbb", b"\xff\xfe", b"\xfe\xff")
_CHUNK: Final = 1 << 20
# The bytes to read of a gzipped text, more than any reader accepts: a small file may unpack without end.
_MAX_READ: Final = 64 << 20
# A file that unpacks to more than _MIN_LIMIT bytes and to more than _MAX_GROWTH times its size is refused: RDF shrinks
# twenty- to fiftyfold, and gzip can shrink content at most a thousandfold.
_MIN_LIMIT: Final = 256 << 20
_MAX_GROWTH: Final = 200


class Beginning(NamedTuple):
    """What a file declares before its first statement, and the IRIs that this statement and the declared base are."""

    prefixes: Mapping[str, str]
    iris: Collection[str]


_NOTHING: Final = Beginning({}, ())


class RdfFile(NamedTuple):
    """An RDF file that can be read repeatedly: into a store, which writes "007"^^xsd:int as 7, or unchanged as quads."""

    path: Path
    quads: QuadSource
    bulk_loadable: bool
    beginning: Beginning

    @classmethod
    def of(cls, path: Path, number: int | None = None) -> RdfFile:
        """Describe a file. With `number`, its blank nodes get labels that no file with another number has.

        Without `number` they keep their labels. Raise UsageError for an unknown suffix, FileError for an unreadable file.
        """
        if formats.suffix_of(path) not in (*_FORMATS, *YAML):
            raise UsageError("unknown-suffix", path=path, known=" ".join([*_FORMATS, *YAML, "(+ .gz)"]))
        if path.exists() and not path.is_file():
            return cls(
                path, partial(iter, list(_parse(path, number))), bulk_loadable=False, beginning=_NOTHING
            )  # a pipe is read once
        if _is_bulk_loadable(path):
            return cls(path, partial(_quads, path), bulk_loadable=True, beginning=_beginning(path))
        return cls(path, partial(_parse, path, number), bulk_loadable=False, beginning=_beginning(path))

    def load(self, store: ox.Store) -> None:
        """Add the quads to a store. Raises FileError."""
        if self.bulk_loadable:
            _bulk_load(store, self.path)
        else:
            store.bulk_extend(self.quads())


def is_json_ld(path: Path) -> bool:
    """Return whether a file is JSON-LD, in YAML, and no data file of a project. Raises FileError."""
    suffix = formats.suffix_of(path)
    if suffix not in YAML:
        return suffix in _YAML_LD
    return path.is_file() and _KEYWORD.search(read(path)) is not None


def read(path: Path) -> bytes:
    """Return the content of a gzipped file, or the first 64 MiB of a longer one. Raises FileError."""
    with _file_errors(path), _open(path) as file:
        return file.read(_MAX_READ)


def _bulk_load(store: ox.Store, path: Path) -> None:
    """Let Oxigraph read a file itself, with half the time and half the memory of reading through Python."""
    format_, base = _format(path), path.resolve().as_uri()
    with _file_errors(path):
        if not formats.is_gzipped(path):
            store.bulk_load(path=path, format=format_, base_iri=base)
            return
        with _open(path) as file:
            store.bulk_load(file, format_, base_iri=base)


def _is_bulk_loadable(path: Path) -> bool:
    """Return whether a file holds neither a blank node, which Oxigraph labels at random, nor anything that nests."""
    pattern = _BLANK_OR_NESTED.get(formats.suffix_of(path))
    if pattern is None:
        return False
    with _file_errors(path), _open(path) as file:
        last = file.read(2)
        if last in _NO_BULK:
            return False
        while chunk := file.read(_CHUNK):
            if pattern.search(last + chunk):
                return False
            last = chunk[-2:]
    return True


def _beginning(path: Path) -> Beginning:
    """Return the beginning of a file; nothing where it cannot be read."""
    with suppress(FileError), _file_errors(path), _open(path) as file:
        parser = ox.parse(_safe(file, path), _format(path))
        first = next(parser, None)
        terms = () if first is None else (first.subject, first.predicate, first.object, first.graph_name)
        iris = (term.value for term in terms if isinstance(term, ox.NamedNode))
        return Beginning(dict(parser.prefixes), [*iris, parser.base_iri or ""])
    return _NOTHING


def _parse(path: Path, number: int | None) -> Iterator[ox.Quad]:
    yield from _relabel(_quads(path), number)


def _quads(path: Path) -> Iterator[ox.Quad]:
    format_ = _format(path)
    with _file_errors(path), _open(path) as file:
        quads = ox.parse(_safe(file, path), format_, base_iri=path.resolve().as_uri())
        if format_ == ox.RdfFormat.RDF_XML:
            yield from xml_literals.repair(quads)
        elif format_ == ox.RdfFormat.JSON_LD:
            yield from _stated(quads, path)
        else:
            yield from quads


def _stated(quads: Iterator[ox.Quad], path: Path) -> Iterator[ox.Quad]:
    """Yield the quads of JSON-LD. Raise FileError where there are none because the file is JSON with keys of its own."""
    first = next(quads, None)
    if first is not None:
        yield first
        yield from quads
    elif path.is_file() and (content := read(path)).strip(_EMPTY_JSON) and not _JSON_LD_KEYWORD.search(content):
        raise FileError("json-without-context", path=path, vocabulary=SCHEMA.iri)


def _format(path: Path) -> ox.RdfFormat:
    return _FORMATS.get(formats.suffix_of(path), ox.RdfFormat.JSON_LD)


def _safe(file: IO[bytes], path: Path) -> IO[bytes]:
    """Return a file for the reader of its format; YAML becomes JSON. Reading raises SyntaxError before unsafe content."""
    if formats.suffix_of(path) in _YAML_LD:
        from itasgraph.parsing import context_files

        file = io.BytesIO(context_files.yaml_as_json(file.read(_MAX_READ), path))
    elif _format(path) == ox.RdfFormat.JSON_LD:
        from itasgraph.parsing import context_files

        file = text_encoding.joined(context_files.inline(file.read(_MAX_READ), path), file)
    return reader_guard.safe_file(file, _format(path))


def _open(path: Path) -> IO[bytes]:
    if not formats.is_gzipped(path):
        return path.open("rb")
    if path.is_file() and not path.stat().st_size:
        raise EOFError  # gzip takes an empty file for an empty text
    return cast("IO[bytes]", _BoundedGzipFile(path))


class _BoundedGzipFile(gzip.GzipFile):
    """A gzipped file that raises FileError where it unpacks to far more than RDF does."""

    def __init__(self, path: Path) -> None:
        super().__init__(path)
        self._path = path
        self._limit = max(_MIN_LIMIT, _MAX_GROWTH * path.stat().st_size)

    def read(self, size: int | None = -1) -> bytes:
        """Return the next bytes. Raises FileError beyond the limit."""
        content = super().read(size)
        if self.tell() > self._limit:
            raise FileError("unpacked-too-large", path=self._path, limit=f"{self._limit >> 20:,} MiB")
        return content


@contextmanager
def _file_errors(path: Path) -> Iterator[None]:
    """Raise FileError, which names the file, for each error that occurs while the file is read."""
    try:
        yield
    except SyntaxError as error:
        location = Location(str(path), error.lineno or 0, error.offset or 0)
        if isinstance(error, nesting.TooDeep):
            raise FileError("file-too-deep", path=location, limit=nesting.MAX_DEPTH) from error
        if _NO_CONTEXT in error.msg:
            raise FileError("context-by-address", path=path, vocabulary=SCHEMA.iri) from error
        raise FileError("not-rdf", path=location, reason=error.msg) from error
    except MemoryError as error:  # pyoxigraph raises it for a string of more than 8 MiB
        raise FileError("not-rdf", path=path, reason=str(error)) from error
    except (EOFError, zlib.error) as error:
        raise FileError("damaged-gzip", path=path) from error
    except OSError as error:
        if error.errno is None and formats.is_gzipped(path):  # gzip.BadGzipFile
            raise FileError("damaged-gzip", path=path) from error
        raise FileError("unreadable", path=path, error=error) from error


_Node = TypeVar("_Node", bound=ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple | ox.DefaultGraph)


def _relabel(quads: Iterable[ox.Quad], number: int | None) -> Iterator[ox.Quad]:
    """Yield the quads with labels of blank nodes that are the same each time the file is read."""
    labels: dict[str, ox.BlankNode] = {}

    def label(term: _Node) -> _Node:
        if isinstance(term, ox.Triple):
            return cast("_Node", ox.Triple(label(term.subject), term.predicate, label(term.object)))
        if not isinstance(term, ox.BlankNode) or (number is None and not _RANDOM_LABEL.fullmatch(term.value)):
            return term
        if term.value not in labels:
            digest = hashlib.sha256(f"{number} {len(labels)}".encode())
            labels[term.value] = ox.BlankNode(digest.hexdigest()[:32])
        return cast("_Node", labels[term.value])

    for quad in quads:
        yield ox.Quad(label(quad.subject), quad.predicate, label(quad.object), label(quad.graph_name))
