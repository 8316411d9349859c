"""The errors of this package, as one small tree: facts stay on the exception, `render` makes the sentence in a language."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Final, Literal, NamedTuple

from itasgraph import messages
from itasgraph.messages.control_characters import one_line

if TYPE_CHECKING:
    from itasgraph.messages.codes import Code


class Location(NamedTuple):
    """A location in a file: its name for messages, and line and column counted from 1 (0: the file as a whole)."""

    path: str
    line: int = 0
    column: int = 0

    def __str__(self) -> str:
        parts = [self.path, self.line, self.column] if self.column else [self.path, self.line]
        return ":".join(map(str, parts)) if self.line else self.path


class Finding(NamedTuple):
    """One fault or warning: its location, the code of its sentence in `messages`, and the facts that fill the sentence."""

    location: Location
    code: Code
    facts: tuple[tuple[str, str], ...] = ()
    severity: Literal["fault", "warning"] = "fault"

    @classmethod
    def of(cls, location: Location, code: Code, **facts: object) -> Finding:
        return cls(location, code, tuple((name, str(value)) for name, value in facts.items()))

    def render(self, lang: str) -> str:
        """Return `file:line:column: what is wrong – the way out` in a language."""
        mark = "" if self.severity == "fault" else messages.render("warning", lang) + ": "
        return f"{one_line(str(self.location))}: {mark}{self.message(lang)}"

    def message(self, lang: str) -> str:
        """Return what is wrong and the way out, without the location."""
        return messages.render(self.code, lang, **dict(self.facts))


class ItasgraphError(Exception):
    """The base of all errors of this package; raised itself where an action failed."""

    exit_code = 3

    def __init__(self, code: Code, **facts: object) -> None:
        super().__init__(code)
        self.code = code
        self.facts = facts

    def render(self, lang: str) -> str:
        return messages.render(self.code, lang, **self.facts)

    def __str__(self) -> str:
        return self.render("en")


class Remark(UserWarning):
    """A warning that a command says in the language of the user."""

    def __init__(self, code: Code, **facts: object) -> None:
        super().__init__(code, facts)
        self.code: Code = code
        self.facts = facts

    def render(self, lang: str) -> str:
        return messages.render(self.code, lang, **self.facts)

    def __str__(self) -> str:
        return self.render("en")


class AssumedName(Remark):
    """A warning that a text was taken for the name of one entry: a part of its name, or its former id."""


class CutTexts(Remark):
    """A warning that texts are longer than a format takes, and were cut."""


class UsageError(ItasgraphError):
    """The name, parameter, format or query is invalid."""

    exit_code = 2


class QuerySyntaxError(UsageError):
    """The text of a query that does not parse, the reason of the parser, and its position (line, column from 1; `start` from 0)."""

    def __init__(self, text: str, reason: str, line: int, column: int) -> None:
        self.text = text
        self.reason = reason
        lines = text.split("\n")
        self.start = sum(len(other) + 1 for other in lines[: line - 1]) + column - 1
        super().__init__("sparql-syntax-error", line=line, column=column, snippet=caret_snippet(text, self.start))


class UnsafeQuery(UsageError):
    """A query is refused before it is parsed; `line` and `column` (from 1) are those of the character `start` (from 0)."""

    def __init__(self, code: Code, text: str, start: int, **facts: object) -> None:
        self.line = text.count("\n", 0, start) + 1
        self.column = start - text.rfind("\n", 0, start)
        super().__init__(code, snippet=caret_snippet(text, start), **facts)

    def finding(self, path: str) -> Finding:
        """Return the error as a fault of `path`, a rule, check or shape, which may call no host, whatever the user allows."""
        code: Code = "service-in-file" if self.code.startswith("service") else self.code
        return Finding.of(Location(path, self.line, self.column), code, **{**self.facts, "snippet": ""})


# The characters of a long line that a snippet holds on each side of the caret.
_SNIPPET_RADIUS: Final = 100


def caret_snippet(text: str, start: int) -> str:
    """Return the line of `text` that holds the character `start` (from 0) and, below it, a caret under that character."""
    before = text[:start]
    number = before.count("\n") + 1
    line = text.split("\n")[number - 1].rstrip("\r")
    margin = f"{number} | "
    column = min(start - before.rfind("\n") - 1, len(line))
    if len(line) > 2 * _SNIPPET_RADIUS:
        first = max(0, column - _SNIPPET_RADIUS)
        line, column = line[first : column + _SNIPPET_RADIUS], column - first
    below = "".join("\t" if char == "\t" else " " for char in margin + line[:column])
    return f"\n{margin}{line}\n{below}^"


class FileError(ItasgraphError):
    """A file or folder cannot be read or written."""


class QueryTimeout(ItasgraphError):
    """A query ran longer than its time-out."""


class InvalidProject(ItasgraphError):
    """The files of a project do not parse; `findings` holds all faults, sorted by file and line."""

    def __init__(self, findings: Sequence[Finding]) -> None:
        self.findings = sorted(set(findings))
        super().__init__("project-faults", count=len(self.findings))

    def render(self, lang: str) -> str:
        return "\n".join([*(finding.render(lang) for finding in self.findings), super().render(lang)])
