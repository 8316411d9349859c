"""The bytes of a YAML file as nodes of libyaml, with the faults of its encoding, its characters and its syntax.

Where text is expected, a number such as 1.50, which reading would change, stays the text of the file.
"""

from __future__ import annotations

import codecs
import math
from itertools import islice
from typing import Final, NamedTuple

import yaml

from itasgraph.errors import Finding, Location
from itasgraph.parsing import yaml_nodes
from itasgraph.parsing.yaml_characters import find_characters, location_after, remove_characters
from itasgraph.parsing.yaml_limits import MAX_FAULTS

# A file takes about 100 times its size in memory while it is read, and a second for each megabyte.
MAX_BYTES: Final = 4_000_000
_CP1252_FALLBACK: Final = "itasgraph.cp1252"


def _decode_as_cp1252(error: UnicodeError) -> tuple[str, int]:
    """Decode bytes that are no UTF-8 in the code page in which Windows most likely wrote them."""
    assert isinstance(error, UnicodeDecodeError)
    return error.object[error.start : error.end].decode("cp1252", "replace"), error.end


codecs.register_error(_CP1252_FALLBACK, _decode_as_cp1252)


class Composition(NamedTuple):
    """A file as libyaml's nodes: its text, the root (None where nothing can be read), its faults, and the unread text.

    Where there are faults, the root holds what can be read in spite of them, so that the faults of its content are reported as well.
    """

    text: str
    root: yaml.Node | None
    findings: list[Finding]
    unread: str = ""


def compose(content: bytes, filename: str) -> Composition:
    """Parse a file; a fault in one entry leaves the others readable."""
    if len(content) > MAX_BYTES:
        size, limit = (f"{math.ceil(number / 1_000_000)} MB" for number in (len(content), MAX_BYTES))
        finding = Finding.of(Location(filename), "file-too-large", size=size, limit=limit)
        return Composition("", None, [finding], content.decode("utf-8", "replace"))
    text, findings = _decode(content, filename)
    if findings:
        is_binary = "\0" in text
        text = remove_characters(text)
        if is_binary:
            return Composition(text, None, findings, text)
    root, faults = yaml_nodes.parse(text, filename)
    if root is not None or not text.strip():
        return Composition(text, root, findings + faults)
    from itasgraph.parsing.yaml_recovery import recover

    root, faults, unread = recover(text, faults[-1])
    return Composition(text, root, findings + faults, unread)


def _decode(content: bytes, filename: str) -> tuple[str, list[Finding]]:
    """Return the text of a file, and the faults of its encoding or its characters."""
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        before = content[: error.start].decode("utf-8-sig", "replace")
        finding = Finding.of(location_after(before, filename), "not-utf8")
        return content.decode("utf-8-sig", _CP1252_FALLBACK), [finding]
    return text, list(islice(find_characters(text, filename), MAX_FAULTS))
