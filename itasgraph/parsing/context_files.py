"""Contexts that a document names as files beside it, put in the place of their names, since pyoxigraph fetches none.

A name is resolved as JSON-LD 1.1 API, section 4.1.2 (Context Processing Algorithm) says, but only to files in the folder of
the document or below it: a document of others must not make us read other files, or call a host.
"""

from __future__ import annotations

import codecs
import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final
from urllib.parse import unquote

from itasgraph.errors import FileError
from itasgraph.parsing import nesting, yaml_json
from itasgraph.util.json_values import Json

_MAX_CONTEXTS: Final = 20
_MAX_FILES: Final = 100  # that a document names, directly or not
_MAX_SIZE: Final = 8 << 20  # bytes of a context
# The characters of all contexts that are put into a document, and into the files that it names: files that each name the next
# one several times multiply it.
_MAX_IN_DOCUMENT: Final = 64 << 20
_MAX_IN_FILES: Final = 8 << 20
_SCHEME: Final = re.compile("[A-Za-z][A-Za-z0-9+.-]*:|//")
# A context that is no object, or holds such a context. The quotation marks within a string of JSON have a backslash before
# them, so this is the key itself.
_KEY: Final = re.compile(r'"@context"\s*:\s*')
_MAY_NAME_FILES: Final = re.compile(rb'"@context"\s*:\s*["\[]|"@import"\s*:')


def yaml_as_json(content: bytes, path: Path) -> bytes:
    """Return the YAML-LD of a document at `path` as JSON-LD that names no file.

    Raise SyntaxError where it is no JSON-LD in YAML, FileError where it names a context that is not there.
    """
    return json.dumps(_Contexts(path).of_document(yaml_json.read(content)), ensure_ascii=False).encode()


def inline(content: bytes, path: Path) -> bytes:
    """Return the JSON-LD of a document at `path` with the contexts of the files that it names; the rest stays byte for byte.

    Lines keep their numbers. Raise FileError where it names a context that is not there. Invalid JSON is left to its reader.
    """
    if not _MAY_NAME_FILES.search(content):
        return content
    decoder = codecs.getincrementaldecoder("utf-8")()
    try:
        text = decoder.decode(content)
    except UnicodeDecodeError:
        return content
    # The content of a large file may end within a character.
    cut, _ = decoder.getstate()
    return "".join(_pieces(text, _Contexts(path))).encode() + cut


def _pieces(text: str, contexts: _Contexts) -> Iterator[str]:
    at, decoder = 0, json.JSONDecoder()
    while match := _KEY.search(text, at):
        yield text[at : match.end()]
        at = match.end()
        try:
            value, end = decoder.raw_decode(text, at)
            inlined = contexts.of(value)
            piece = text[at:end] if inlined == value else json.dumps(inlined, ensure_ascii=False)
        except ValueError:
            continue
        except RecursionError:
            break  # The limit on nesting stops its reader.
        yield piece if inlined == value else piece + "\n" * text.count("\n", at, end)
        at = end
    yield text[at:]


@dataclass
class _Contexts:
    """The contexts of the document at `path`, each at most 20 files deep. A file is read once."""

    path: Path
    _of_files: dict[Path, tuple[Json, int]] = field(default_factory=dict)  # context and its characters
    _in_document: int = 0  # characters
    _in_files: int = 0

    def of_document(self, value: Json) -> Json:
        """Return a document, or a part of it, with all its contexts."""
        if isinstance(value, list):
            return [self.of_document(one) for one in value]
        if not isinstance(value, Mapping):
            return value
        return {key: self.of(one) if key == "@context" else self.of_document(one) for key, one in value.items()}

    def of(self, value: Json, folder: Path | None = None, depth: int = 0) -> Json:
        """Return the context that a file in `folder` names: a name, an object, or a list of both."""
        folder = folder or self.path.parent
        if isinstance(value, list):
            contexts = [self.of(one, folder, depth) for one in value]
            return [one for context in contexts for one in (context if isinstance(context, list) else [context])]
        if isinstance(value, str):
            return value if _SCHEME.match(value) else self._read(value, folder, depth)
        if not isinstance(value, Mapping):
            return value
        imported = value.get("@import")
        if isinstance(imported, str) and not _SCHEME.match(imported):
            inner = self._read(imported, folder, depth)
            if isinstance(inner, Mapping):
                value = {**inner, **{key: one for key, one in value.items() if key != "@import"}}
        return {key: self._of_term(one, folder, depth) for key, one in value.items()}

    def _of_term(self, value: Json, folder: Path, depth: int) -> Json:
        """Return the definition of a term, which may have a context of its own (JSON-LD 1.1, section 4.1.8)."""
        if not isinstance(value, Mapping):
            return value
        return {key: self.of(one, folder, depth) if key == "@context" else one for key, one in value.items()}

    def _read(self, name: str, folder: Path, depth: int) -> Json:
        """Return the context in the file `name`, without the base that it declares, which holds for that file only."""
        path = (folder / unquote(name).replace("\0", "")).resolve()
        within = path.is_relative_to(self.path.parent.resolve()) and path.is_file()
        if not within:
            raise FileError("context-missing", path=self.path, name=name)
        if depth >= _MAX_CONTEXTS:
            raise FileError("context-circular", path=self.path, name=name)
        if path not in self._of_files:
            context = self._of_file(name, path, depth)
            self._of_files[path] = context, len(json.dumps(context, ensure_ascii=False))
        context, size = self._of_files[path]
        self._spend(size, depth)
        return context

    def _spend(self, size: int, depth: int) -> None:
        """Count the characters of a context that is put in. Raises FileError beyond the limit."""
        self._in_document += 0 if depth else size
        self._in_files += size if depth else 0
        for used, limit in ((self._in_document, _MAX_IN_DOCUMENT), (self._in_files, _MAX_IN_FILES)):
            if used > limit:
                raise FileError("contexts-too-large", path=self.path, limit=f"{limit >> 20} MiB")

    def _of_file(self, name: str, path: Path, depth: int) -> Json:
        if len(self._of_files) >= _MAX_FILES:
            raise FileError("contexts-too-many", path=self.path, limit=_MAX_FILES)
        document = _value_of(path)
        if not isinstance(document, Mapping):
            raise FileError("context-missing", path=self.path, name=name)
        try:
            # A file may be the context itself, as in the W3C's tests of YAML-LD.
            return _without_base(self.of(document.get("@context", document), path.parent, depth + 1))
        except RecursionError as error:
            raise FileError("file-too-deep", path=path, limit=nesting.MAX_DEPTH) from error


def _value_of(path: Path) -> Json:
    """Return the value in a file; JSON is YAML 1.2, too. Raises FileError."""
    try:
        with path.open("rb") as file:
            return yaml_json.read(file.read(_MAX_SIZE))
    except OSError as error:
        raise FileError("unreadable", path=path, error=error) from error
    except SyntaxError as error:
        raise FileError("not-rdf", path=path, reason=error.msg) from error


def _without_base(context: Json) -> Json:
    if isinstance(context, list):
        return [_without_base(one) for one in context]
    if isinstance(context, Mapping):
        return {key: value for key, value in context.items() if key != "@base"}
    return context
