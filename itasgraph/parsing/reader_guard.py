"""The check before each reader of pyoxigraph: SyntaxError for content that would crash, block or silently end the reader."""

from __future__ import annotations

from collections.abc import Mapping
from typing import IO, Final, cast

import pyoxigraph as ox

from itasgraph.parsing import nesting, text_encoding

Format = ox.RdfFormat | ox.QueryResultsFormat

_SYNTAXES: Final[Mapping[Format, nesting.Syntax]] = {
    ox.RdfFormat.TURTLE: nesting.turtle,
    ox.RdfFormat.TRIG: nesting.turtle,
    ox.RdfFormat.N_TRIPLES: nesting.line_based,
    ox.RdfFormat.N_QUADS: nesting.line_based,
    ox.RdfFormat.JSON_LD: nesting.json,
    ox.QueryResultsFormat.JSON: nesting.json,
    ox.QueryResultsFormat.TSV: nesting.line_based,
}


def safe_file(file: IO[bytes], format_: Format) -> IO[bytes]:
    """Return `file` for a reader of pyoxigraph; reading it raises SyntaxError before unsafe content.

    Content is unsafe where it nests too deep (nesting.TooDeep), and where XML is not well-formed. The file returned is in UTF-8.
    """
    syntax = _SYNTAXES.get(format_)
    file = text_encoding.as_utf8(file, is_xml=syntax is None)
    return cast("IO[bytes]", WellFormedXml(file) if syntax is None else nesting.DepthLimitedFile(file, syntax))


class WellFormedXml:
    """An XML file for pyoxigraph, whose readers accept a truncated file (0.5.13); reading this file raises SyntaxError.

    Reading raises nesting.TooDeep as well. The file is in UTF-8; pyoxigraph itself refuses one that declares another encoding.
    """

    def __init__(self, file: IO[bytes]) -> None:
        from xml.parsers import expat

        self._file = file
        self._parser = expat.ParserCreate("UTF-8")
        self._parser.StartElementHandler = self._open
        self._parser.EndElementHandler = self._close
        self._expat_error = expat.ExpatError
        self._syntax_error: SyntaxError | None = None
        self._parsed = 0
        self._depth = 0
        self._ended = False

    def read(self, size: int = -1) -> bytes:
        """Return the next bytes up to a fault; raise only after them, because pyoxigraph may describe the fault better."""
        if self._syntax_error is not None:
            raise self._syntax_error
        content = self._file.read(size)
        if self._ended:
            return content
        self._ended = not content
        try:
            self._parser.Parse(content, self._ended)
        except self._expat_error as error:
            position = (None, error.lineno, error.offset + 1, None)
            self._syntax_error = SyntaxError("the XML is broken or cut off", position)
            content = content[: max(0, self._parser.ErrorByteIndex - self._parsed)]
            if not content:
                raise self._syntax_error from error
        self._parsed += len(content)
        return content

    def _open(self, _name: str, _attributes: object) -> None:
        self._depth += 1
        if self._depth > nesting.MAX_DEPTH:
            raise nesting.TooDeep(self._parser.CurrentLineNumber)

    def _close(self, _name: str) -> None:
        self._depth -= 1
