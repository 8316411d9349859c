"""Changes of a data file that leave every other character as it is: comments, layout, order, quotation marks, line ends.

The text of the file is cut at the marks of libyaml's nodes, so that only what differs is written anew. An emitter would write
all of the file in one style, and move a comment behind the last key of an entry away from the entry that it introduces.
"""

from __future__ import annotations

import difflib
import json
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, Final, NamedTuple

import yaml

from itasgraph.errors import FileError, InvalidProject
from itasgraph.parsing import yaml_writing
from itasgraph.parsing.yaml_loader import is_null
from itasgraph.parsing.yaml_syntax import compose

# What a file says as plain data; a number is the text that the file has for it.
Data = Any
# Keys, and places in lists (from 0), from the root of a file to a value.
Path = tuple[str | int, ...]
_ID: Final = "id"
_COMMENT_BEHIND: Final = re.compile(r"[ \t]+#[^\r\n]*")
_COMMENT: Final = re.compile(r"#[^\r\n]*")


def read(content: bytes, filename: str) -> Data:
    """Return what a file says: maps, lists and texts, None for null. Raises InvalidProject where it does not parse."""
    return _data(_root(content, filename))


def update(content: bytes, data: Data, filename: str) -> bytes:
    """Return a file that says `data`, which is what `read` returned with some changes.

    Entries of a list are the same where their ids are. A new key follows the key before it in `data`. Raises InvalidProject
    where the file does not parse, FileError where it cannot be changed piece by piece.
    """
    root = _root(content, filename)
    text = content.decode("utf-8")
    # The marks of the nodes count from behind a byte order mark.
    bom, text = ("\ufeff", text[1:]) if text.startswith("\ufeff") else ("", text)
    editor = _Editor(text)
    editor.change(root, data)
    result = (bom + editor.result()).encode()
    if not _says(result, data, filename):
        raise FileError("file-not-editable", path=filename)
    return result


def lines(content: bytes, filename: str) -> dict[Path, int]:
    """Return the line (from 1) of each key and each item of a list. Raises InvalidProject where the file does not parse."""
    return dict(_lines(_root(content, filename), ()))


def replace_comments(content: bytes, replace: Callable[[str], str], filename: str) -> bytes:
    """Return a file with each of its comments (from # to the end of the line) replaced. Raises as `update` does."""
    root = _root(content, filename)
    data, text = _data(root), content.decode("utf-8-sig")
    editor = _Editor(text)
    editor.replace_comments(root, replace)
    result = content.removesuffix(text.encode()) + editor.result().encode()
    if not _says(result, data, filename):
        raise FileError("file-not-editable", path=filename)
    return result


def _lines(node: yaml.Node, path: Path) -> Iterator[tuple[Path, int]]:
    parts: list[tuple[str | int, yaml.Node, yaml.Node]] = []
    if isinstance(node, yaml.MappingNode):
        parts = [(_data(key), key, value) for key, value in node.value]
    elif isinstance(node, yaml.SequenceNode):
        parts = [(index, item, item) for index, item in enumerate(node.value)]
    for name, start, value in parts:
        assert start.start_mark is not None
        yield (*path, name), start.start_mark.line + 1
        yield from _lines(value, (*path, name))


def _root(content: bytes, filename: str) -> yaml.Node:
    composition = compose(content, filename)
    if composition.findings or composition.root is None:
        raise InvalidProject(composition.findings)
    return composition.root


def _says(content: bytes, data: Data, filename: str) -> bool:
    """Return whether a file can be read and says `data`, in whatever order of keys."""
    composition = compose(content, filename)
    return not composition.findings and composition.root is not None and _data(composition.root) == _plain(data)


def _data(node: yaml.Node) -> Data:
    if isinstance(node, yaml.MappingNode):
        return {_data(key): _data(value) for key, value in node.value}
    if isinstance(node, yaml.SequenceNode):
        return [_data(item) for item in node.value]
    return None if is_null(node) else node.value


def _plain(data: Data) -> Data:
    """Return data as `_data` gives them, without numbers."""
    if isinstance(data, Mapping):
        return {key: _plain(value) for key, value in data.items()}
    if isinstance(data, list | tuple):
        return [_plain(item) for item in data]
    return None if data is None else str(data)


class _Part(NamedTuple):
    """A key with its value, or an item of a list: where it begins and ends in the text, its value, and its place in the new data.

    A part without a place is to be removed.
    """

    start: int
    end: int
    value: yaml.Node
    place: int | None


class _Editor:
    """Collects replacements of pieces of a text."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._line_end = "\r\n" if "\r\n" in text else "\n"
        self._edits: list[tuple[int, int, str]] = []

    def result(self) -> str:
        """Return the text with all replacements."""
        pieces, position = [], 0
        for start, end, replacement in sorted(self._edits, key=lambda edit: edit[:2]):
            pieces += [self._text[position:start], replacement]
            position = max(position, end)
        return "".join([*pieces, self._text[position:]])

    def change(self, node: yaml.Node, data: Data) -> None:
        """Make a node say `data`."""
        if _data(node) == _plain(data):
            return
        if isinstance(node, yaml.MappingNode) and isinstance(data, Mapping):
            places = {key: place for place, key in enumerate(data)}
            parts = [_Part(_start(key), self._end(value), value, places.get(_data(key))) for key, value in node.value]
            self._change_parts(node, parts, list(data.items()))
        elif isinstance(node, yaml.SequenceNode) and isinstance(data, list | tuple):
            indexes = _align(_data(node), list(data))
            parts = [_Part(_start(item), self._end(item), item, indexes[n]) for n, item in enumerate(node.value)]
            self._change_parts(node, parts, list(data))
        else:
            self._replace(node, data)

    def replace_comments(self, root: yaml.Node, replace: Callable[[str], str]) -> None:
        """Replace each comment; what stands between the scalars and begins with # is one."""
        start = 0
        for first, last in [*sorted(self._scalars(root)), (len(self._text), 0)]:
            comments = _COMMENT.finditer(self._text, start, max(start, first))
            self._edits += [(match.start(), match.end(), replace(match[0])) for match in comments]
            start = max(start, last)

    def _scalars(self, node: yaml.Node) -> Iterator[tuple[int, int]]:
        """Yield where the scalars of a node begin and end; an alias repeats the scalars of its anchor."""
        if isinstance(node, yaml.ScalarNode):
            yield _start(node), self._end(node)
        for part in node.value if isinstance(node, yaml.CollectionNode) else ():
            for inner in part if isinstance(part, tuple) else (part,):
                yield from self._scalars(inner)

    def _replace(self, node: yaml.Node, data: Data) -> None:
        style = (node.style or "") if isinstance(node, yaml.ScalarNode) else ""
        start, end = _start(node), self._end(node)
        before = self._text[:start].rstrip()
        if before.endswith(":"):  # null may be written as nothing, and a block stands below its key
            start = len(before)
        self._edits.append((start, end, self._margin(start) + yaml_writing.inline(data, style=style)))

    def _margin(self, start: int) -> str:
        """Return the spaces before a value in one line: one behind a colon, and some on a line of its own."""
        if self._text[start - 1 : start] == ":":
            return " "
        return "  " if start and not self._text[self._line_start(start) : start].strip() else ""

    def _change_parts(self, node: yaml.CollectionNode, parts: Sequence[_Part], new: Sequence[Data]) -> None:
        kept = [part for part in parts if part.place is not None]
        if new and not kept and isinstance(node, yaml.MappingNode) and not node.flow_style:
            self._replace_pairs(node, new)
            return
        if not kept or not new:
            self._replace(node, dict(new) if isinstance(node, yaml.MappingNode) else list(new))
            return
        for part in kept:
            assert part.place is not None
            item = new[part.place]
            self.change(part.value, item[1] if isinstance(node, yaml.MappingNode) else item)
        for run in _removed_runs(parts):
            self._remove(node, parts, run)
        by_place = {part.place: part for part in kept}
        after: _Part | None = None
        for index in range(len(new)):
            after = by_place.get(index, after)
            if index not in by_place:
                if after is None and isinstance(node, yaml.SequenceNode):
                    self._insert_first(node, kept[0], new[index])
                else:  # the order of keys says nothing
                    self._insert(node, after or kept[0], new[index])

    def _replace_pairs(self, node: yaml.MappingNode, pairs: Sequence[Data]) -> None:
        """Write other pairs in the place of all those of a block, a line each."""
        start, end = _start(node), self._end(node)
        if comment := _COMMENT_BEHIND.match(self._text, end):
            end = comment.end()  # it is about what goes
        lines = [line for key, value in pairs for line in yaml_writing.block_pair(key, value, self._column(start))]
        self._edits.append((start, end, self._line_end.join(lines).lstrip(" ")))

    # --- removal ------------------------------------------------------------------------------------------------------

    def _remove(self, node: yaml.CollectionNode, parts: Sequence[_Part], run: range) -> None:
        """Remove the parts of a run that follow each other."""
        first, last = parts[run.start], parts[run.stop - 1]
        following = parts[run.stop] if run.stop < len(parts) else None
        start, end = self._line_start(first.start), self._next_line(last.end)
        has_lines = isinstance(node, yaml.SequenceNode) or not self._text[start : first.start].strip()
        if has_lines and not node.flow_style:
            if self._is_blank_before(start) and not self._text[end : self._next_line(end)].strip():
                start = self._line_start(start - 1)  # of two blank lines, one stays
            self._edits.append((start, end, ""))
        elif following is not None:
            self._edits.append((first.start, following.start, ""))
        else:
            self._edits.append((parts[run.start - 1].end, last.end, ""))

    # --- insertion ----------------------------------------------------------------------------------------------------

    def _insert(self, node: yaml.CollectionNode, after: _Part, item: Data) -> None:
        is_map = isinstance(node, yaml.MappingNode)
        if node.flow_style:
            text = yaml_writing.inline_pair(item[0], item[1]) if is_map else yaml_writing.inline(item)
            self._edits.append((after.end, after.end, f", {text}"))
            return
        position = self._line_of(after.end)
        if is_map:
            indent = self._column(_start(node))
            lines = yaml_writing.block_pair(item[0], item[1], indent)
        else:
            lines = self._item_lines(after, item)
            if self._is_blank_before(self._line_start(after.start)):
                lines = ["", *lines]
        self._edits.append((position, position, "".join(self._line_end + line for line in lines)))

    def _insert_first(self, node: yaml.SequenceNode, before: _Part, item: Data) -> None:
        """Insert an item before all others of a list, and before the comment above the first of them."""
        if node.flow_style:
            self._edits.append((before.start, before.start, f"{yaml_writing.inline(item)}, "))
            return
        start = position = self._line_start(before.start)
        while self._line_before(position).lstrip().startswith("#"):
            position = self._line_start(position - 1)
        lines = [*self._item_lines(before, item), *([""] if self._is_blank_before(start) else [])]
        self._edits.append((position, position, "".join(line + self._line_end for line in lines)))

    def _item_lines(self, beside: _Part, item: Data) -> list[str]:
        """Return the lines of an item that is indented as another one of its list is."""
        indent = self._text[self._line_start(beside.start) : beside.start].index("-")
        return yaml_writing.block_item(item, indent)

    # --- places in the text ---------------------------------------------------------------------------------------------

    def _end(self, node: yaml.Node) -> int:
        """Return where the text of a node ends, without the white space and comments behind a block."""
        if isinstance(node, yaml.CollectionNode) and not node.flow_style and node.value:
            last = node.value[-1]
            return self._end(last[1] if isinstance(last, tuple) else last)
        assert node.end_mark is not None
        start, end = _start(node), int(node.end_mark.index)
        return start + len(self._text[start:end].rstrip())

    def _line_start(self, position: int) -> int:
        return self._text.rfind("\n", 0, position) + 1

    def _line_of(self, position: int) -> int:
        """Return where the line of a position ends, before its line end."""
        end = self._text.find("\n", position)
        if end < 0:
            return len(self._text)
        return end - (self._text[end - 1] == "\r")

    def _next_line(self, position: int) -> int:
        end = self._text.find("\n", position)
        return len(self._text) if end < 0 else end + 1

    def _column(self, position: int) -> int:
        return position - self._line_start(position)

    def _line_before(self, line_start: int) -> str:
        return self._text[self._line_start(line_start - 1) : line_start] if line_start else ""

    def _is_blank_before(self, line_start: int) -> bool:
        return line_start > 0 and not self._line_before(line_start).strip()


def _start(node: yaml.Node) -> int:
    assert node.start_mark is not None
    return int(node.start_mark.index)


def _removed_runs(parts: Sequence[_Part]) -> Iterator[range]:
    """Yield the runs of parts without a place."""
    start: int | None = None
    for number, part in enumerate(parts):
        if part.place is None and start is None:
            start = number
        elif part.place is not None and start is not None:
            yield range(start, number)
            start = None
    if start is not None:
        yield range(start, len(parts))


def _align(old: Sequence[Data], new: Sequence[Data]) -> list[int | None]:
    """Return, for each item of a list, its index in the new list, or None where that lacks it."""
    if all(isinstance(item, Mapping) and _ID in item for item in (*old, *new)):
        places = {item[_ID]: index for index, item in enumerate(new)}
        return [places.get(item[_ID]) for item in old]
    result: list[int | None] = [None] * len(old)
    a, b = ([json.dumps(_plain(item), sort_keys=True) for item in items] for items in (old, new))
    for tag, i1, i2, j1, j2 in difflib.SequenceMatcher(a=a, b=b, autojunk=False).get_opcodes():
        if tag in ("equal", "replace"):
            for offset in range(min(i2 - i1, j2 - j1)):
                result[i1 + offset] = j1 + offset
    return result
