"""Contexts that a document names as files beside it, put in the place of their names, since pyoxigraph fetches none.

A name is resolved as JSON-LD 1.1 API, section 4.1.2 (Context Processing Algorithm) says, but only to files in the folder of
the document or below it: a document of others must not make us read other files, or call a host.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final
from urllib.parse import unquote

from itasgraph.errors import FileError
from itasgraph.parsing import yaml_json
from itasgraph.util.json_values import Json

_MAX_CONTEXTS: Final = 20
_MAX_SIZE: Final = 8 << 20  # bytes of a context
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
    try:
        text = content.decode()
    except UnicodeDecodeError:
        return content
    return "".join(_pieces(text, _Contexts(path))).encode()


def _pieces(text: str, contexts: _Contexts) -> Iterator[str]:
    at, decoder = 0, json.JSONDecoder()
    while match := _KEY.search(text, at):
        yield text[at : match.end()]
        at = match.end()
        try:
            value, end = decoder.raw_decode(text, at)
        except (ValueError, RecursionError):
            continue
        inlined = contexts.of(value)
        if inlined == value:
            yield text[at:end]
        else:
            yield json.dumps(inlined, ensure_ascii=False) + "\n" * text.count("\n", at, end)
        at = end
    yield text[at:]


@dataclass(frozen=True)
class _Contexts:
    """The contexts of the document at `path`, each at most 20 files deep."""

    path: Path

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
        document = _value_of(path) if within else None
        if not isinstance(document, Mapping):
            raise FileError("context-missing", path=self.path, name=name)
        if depth >= _MAX_CONTEXTS:
            raise FileError("context-circular", path=self.path, name=name)
        # A file may be the context itself, as in the W3C's tests of YAML-LD.
        return _without_base(self.of(document.get("@context", document), path.parent, depth + 1))


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
