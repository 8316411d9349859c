"""What can go wrong, as one small tree: facts stay on the exception, the text is rendered in the reader's language."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Final, Literal, NamedTuple

from itasgraph import messages
from itasgraph.messages.control_characters import one_line

if TYPE_CHECKING:
    from itasgraph.messages.codes import Code


class Location(NamedTuple):
    """Where something stands: a file as the user named it, line and column counted from 1 (0: the file as a whole)."""

    path: str
    line: int = 0
    column: int = 0

    def __str__(self) -> str:
        known = [self.path, self.line, self.column] if self.column else [self.path, self.line]
        return ":".join(map(str, known)) if self.line else self.path


class Finding(NamedTuple):
    """One fault or warning: where, which sentence of `messages`, and the facts that fill it."""

    location: Location
    code: Code
    facts: tuple[tuple[str, str], ...] = ()
    severity: Literal["fault", "warning"] = "fault"

    @classmethod
    def of(cls, location: Location, code: Code, **facts: object) -> Finding:
        return cls(location, code, tuple((name, str(value)) for name, value in facts.items()))

    def render(self, lang: str) -> str:
        """`file:line:column: what is wrong – the way out`, in the language asked for."""
        mark = "" if self.severity == "fault" else messages.render("warning", lang) + ": "
        return f"{one_line(str(self.location))}: {mark}{self.message(lang)}"

    def message(self, lang: str) -> str:
        """What is wrong – the way out, without the place."""
        return messages.render(self.code, lang, **dict(self.facts))


class ItasgraphError(Exception):
    """Base of all errors of this package: it could not be done."""

    exit_code = 3

    def __init__(self, code: Code, **facts: object) -> None:
        super().__init__(code)
        self.code = code
        self.facts = facts

    def render(self, lang: str) -> str:
        return messages.render(self.code, lang, **self.facts)

    def __str__(self) -> str:
        return self.render("en")


class AssumedName(UserWarning):
    """A text is part of the name of one thing only, which is taken for what it names."""

    def __init__(self, **facts: object) -> None:
        super().__init__(facts)
        self.facts = facts

    def render(self, lang: str) -> str:
        return messages.render("assumed-name", lang, **self.facts)

    def __str__(self) -> str:
        return self.render("en")


class UsageError(ItasgraphError):
    """A name, parameter, format or query the user gave cannot be meant."""

    exit_code = 2


class QuerySyntaxError(UsageError):
    """SPARQL that does not parse: its text, what the parser says, and where it stopped (line and column from 1)."""

    def __init__(self, text: str, reason: str, line: int, column: int) -> None:
        self.text = text
        self.reason = reason
        lines = text.split("\n")
        self.start = sum(len(other) + 1 for other in lines[: line - 1]) + column - 1
        super().__init__("bad-sparql", line=line, column=column, spot=caret_snippet(text, self.start))


class UnsafeQuery(UsageError):
    """SPARQL that is refused before it is parsed; `line` and `column` (from 1) tell where the character `start` stands."""

    def __init__(self, code: Code, text: str, start: int, **facts: object) -> None:
        self.line = text.count("\n", 0, start) + 1
        self.column = start - text.rfind("\n", 0, start)
        super().__init__(code, spot=caret_snippet(text, start), **facts)

    def finding(self, path: str) -> Finding:
        """Return the error as a fault of `path`, a rule, check or shape: these may call no host, whatever is allowed."""
        code: Code = "service-in-file" if self.code.startswith("service") else self.code
        return Finding.of(Location(path, self.line, self.column), code, **{**self.facts, "spot": ""})


# How many characters of a long line a snippet holds on each side of the caret.
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
    """A query ran longer than allowed."""


class InvalidProject(ItasgraphError):
    """The files of a project do not parse; `findings` holds all faults, sorted by file and line."""

    def __init__(self, findings: Sequence[Finding]) -> None:
        self.findings = sorted(set(findings))
        super().__init__("project-faults", count=len(self.findings))

    def render(self, lang: str) -> str:
        return "\n".join([*(finding.render(lang) for finding in self.findings), super().render(lang)])
