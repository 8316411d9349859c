"""The check before every query: a query may neither nest so deeply that the process crashes nor call another host.

pyoxigraph 0.5 has a switch for neither. It has no lexer: `SERVICEex:a` and `1SERVICE<…>` call a host, and it reads `?a<?b#>` as
a comparison and a comment, where SPARQL (section 19.8) reads an IRI. A query with both readings is refused.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Collection, Iterator, Mapping
from typing import Final
from urllib.parse import urlsplit

from itasgraph.errors import UnsafeQuery
from itasgraph.parsing import sparql_tokens
from itasgraph.parsing.iri_compaction import SCHEME
from itasgraph.parsing.nesting import MAX_DEPTH
from itasgraph.parsing.sparql_tokens import Token

# With a stack of 8 MB pyoxigraph 0.5.13 crashes at 829 nested brackets (SUM(SUM(…))) and at 858 (EXISTS), far beyond MAX_DEPTH.
# It crashes at 2,638 operators in a row (BIND, MINUS, names after DESCRIBE), and of other operators at more.
MAX_OPERATORS: Final = 1_000

_OPENING: Final = {")": ("(",), "}": ("{",), "]": ("[",), ">>": ("<<", "<<(")}
_SIGNS: Final = "!+-*/|&^"
_WORDS: Final = r"union|optional|minus|filter|bind|values|lateral|graph|service"
_NAME: Final = rf"{sparql_tokens.PREFIXED}|{sparql_tokens.WORD}"
# The tokens to skip. An IRI with "//" is an IRI in every reading, because no expression continues with "//".
_PLAIN: Final = (
    rf"<{SCHEME}://{sparql_tokens.IRI}>|{sparql_tokens.STRING}|{sparql_tokens.COMMENT}|[?$]{sparql_tokens.VARIABLE}|{sparql_tokens.BLANK}"
    rf"|\^\^|(?!(?:[{sparql_tokens.NAME_CHARACTERS}@.:%-]|\\.)*?(?:{_WORDS}))(?:{_NAME})|[\d_]|[^<>(){{}}\[\]|&!+\-*/^=,\w:@\\'\"]"
)
# Few queries need this pattern and the next three; `re` compiles them when one does.
_IRI: Final = f"<{sparql_tokens.IRI}>"
_CODEPOINT: Final = r"\\u([0-9A-Fa-f]{4})|\\U(00(?:0[0-9A-Fa-f]|10)[0-9A-Fa-f]{4})"
# An IRI in every reading (see _PLAIN): it begins neither in a string nor in a comment that ends before it does.
_WEB_ADDRESS: Final = r"""<https?://[^<>"'{}|^`\\\s]*>"""
_GROUP: Final = rf"(?:\s|{sparql_tokens.COMMENT})*\{{(?!\|)"
# The characters that begin brackets, strings or a comment where "<" is a comparison and not the beginning of an IRI.
_DOUBTFUL: Final = re.compile(r"[#'()\[\]]")
# After these an operand begins, so that "<" begins an IRI.
_BEFORE_OPERAND: Final = ("(", ",", "=", "|", "||", "&&", "!", "/", "^")
# After these a prefixed name before "{" is the name of a graph or entity.
_BEFORE_NAME: Final = ("graph", "from", "named", "describe")
_AFTER_DOT: Final = re.compile(r"\.service", re.IGNORECASE)


def refuse_unsafe(
    text: str, services: Collection[str] = (), *, prefixes: Mapping[str, str] | None = None, base: str = ""
) -> None:
    """Raise UnsafeQuery where a query nests too deeply, or calls with SERVICE a host that is not among `services`.

    `services` are names of hosts in small letters; `prefixes` and `base` are those known without being declared. SPARQL
    replaces escapes such as \\u0053 before all else (section 19.2), Oxigraph does not: both readings must be safe.
    """
    refuse_deep_nesting(text)
    refuse_services(text, services, prefixes=prefixes, base=base)


def refuse_deep_nesting(text: str) -> None:
    """Raise UnsafeQuery where brackets nest deeper than MAX_DEPTH, or more than MAX_OPERATORS operators nest."""
    for reading in _readings(text):
        if sum(map(reading.count, "([{<")) > MAX_DEPTH or sum(map(reading.count, _SIGNS)) > MAX_OPERATORS:
            _scan(reading)
        if len(reading) > MAX_OPERATORS and "describe" in reading.casefold():
            _limit_names(reading)


def refuse_services(
    text: str, services: Collection[str] = (), *, prefixes: Mapping[str, str] | None = None, base: str = ""
) -> None:
    """Raise UnsafeQuery where a query calls a host that is not among `services`; for the rest see `refuse_unsafe`."""
    for reading in _readings(text):
        if "service" not in reading.casefold() or "service" not in re.sub(_WEB_ADDRESS, "", reading).casefold():
            continue
        _scan(reading)
        for start, target in _calls(reading, base, prefixes or {}):
            host = host_of(target)
            if not host:
                raise UnsafeQuery("service-without-host", reading, start)
            if host not in services:
                raise UnsafeQuery("service-refused", reading, start, host=host)


def _readings(text: str) -> Iterator[str]:
    """Yield the text and, where it has escapes, the text with its escapes replaced."""
    yield text
    if "\\" in text and re.search(_CODEPOINT, text):
        yield re.sub(_CODEPOINT, lambda match: chr(int(match[1] or match[2], 16)), text)


# --- nesting --------------------------------------------------------------------------------------------------------------


@functools.cache
def _marks() -> re.Pattern[str]:
    """Return the pattern of the next bracket, operator or doubtful IRI; few queries need it, and it takes time to compile."""
    return re.compile(
        rf"(?:(?>{_PLAIN}))*+(?:<(?P<iri>{sparql_tokens.IRI})>|(?P<opening><<\(?|[({{\[])|(?P<closing>>>|[)}}\]])"
        rf"|(?P<sign>[+-](?=\d))|(?P<operator>\|\|?|&&|[!+\-*/^])|(?P<name>{_NAME})|(?P<other>\\?.)|\Z)",
        re.DOTALL | re.IGNORECASE,
    )


def _scan(text: str) -> None:
    """Walk the brackets and operators. Raise UnsafeQuery for too many of them, and for an IRI that may be a comparison."""
    nesting = _Nesting()
    before, end = "", 0
    for mark in _marks().finditer(text):
        if mark.lastgroup is None:
            return  # the end of the text
        kind, sign = mark.lastgroup, mark[mark.lastgroup]
        start = mark.end() - len(sign) - (2 if kind == "iri" else 0)
        operand = before in _BEFORE_OPERAND and not text[end:start].strip()
        if nesting.innermost == "(" and not operand and _is_doubtful(kind, text, start):
            raise UnsafeQuery("ambiguous-iri", text, start)
        nesting.add(kind, sign)
        if nesting.depth > MAX_DEPTH:
            raise UnsafeQuery("query-too-deep", text, start, limit=MAX_DEPTH)
        if nesting.operators > MAX_OPERATORS:
            raise UnsafeQuery("query-too-long", text, start, limit=MAX_OPERATORS)
        before, end = sign, mark.end()


def _is_doubtful(kind: str, text: str, start: int) -> bool:
    """Return whether "<" may be a comparison, which would change the meaning of the text behind it."""
    if kind == "opening" and text.startswith("<<", start):
        start += 1
    elif kind != "iri":
        return False
    match = re.compile(_IRI).match(text, start)
    return match is not None and _DOUBTFUL.search(match.group()) is not None


class _Nesting:
    """The open brackets, each with the number of operators before it, to which the count returns when it closes."""

    def __init__(self) -> None:
        self._open: list[tuple[str, int]] = []
        self.operators = 0

    @property
    def depth(self) -> int:
        return len(self._open)

    @property
    def innermost(self) -> str:
        return self._open[-1][0] if self._open else ""

    def add(self, kind: str, sign: str) -> None:
        if kind == "opening":
            self._open.append((sign, self.operators))
        elif kind == "closing" and (sign, self.innermost) != (")", "<<("):
            self._close(_OPENING[sign])
        elif kind in ("operator", "name") or (kind == "sign" and self.innermost == "("):
            self.operators += 1
        elif kind == "iri" and self.innermost == "(":
            self.operators += sum(map(sign.count, _SIGNS))

    def _close(self, opening: tuple[str, ...]) -> None:
        """Close the nearest bracket of the kind; brackets still open inside it were not brackets, as in `?a<<b>`."""
        number = next((n for n in range(len(self._open) - 1, -1, -1) if self._open[n][0] in opening), None)
        if number is not None:
            self.operators = self._open[number][1] + (number == 0)  # SELECT (…) (…) (…)
            del self._open[number:]


def _limit_names(text: str) -> None:
    """Raise UnsafeQuery for too many names after DESCRIBE: Oxigraph nests each name in the one before."""
    names = [token for token in sparql_tokens.tokens(text) if token.kind in ("iri", "prefixed", "variable")]
    if len(names) > MAX_OPERATORS and any(token.text.casefold() == "describe" for token in sparql_tokens.tokens(text)):
        raise UnsafeQuery("query-too-long", text, names[MAX_OPERATORS].start, limit=MAX_OPERATORS)


# --- calls ----------------------------------------------------------------------------------------------------------------


def _calls(text: str, base: str, prefixes: Mapping[str, str]) -> Iterator[tuple[int, str]]:
    """Yield the position of each SERVICE and the address it calls, or "" where that is a variable or unknown."""
    declared = sparql_tokens.prologue(text, base)
    known = {**prefixes, **declared.prefixes}
    tokens = [token for token in sparql_tokens.tokens(text) if token.kind != "comment"]
    no_token = Token("", "", 0)
    for number, token in enumerate(tokens):
        before = tokens[number - 1] if number else no_token
        if _is_call(token, before, text):
            rest = [*tokens[number + 1 : number + 3], no_token, no_token]
            target = rest[rest[0].text.casefold() == "silent"]
            exact = token.text.casefold() == "service" and target.kind in ("iri", "prefixed")
            yield token.start, sparql_tokens.absolute(target, declared.base, known) if exact else ""


def _is_call(token: Token, before: Token, text: str) -> bool:
    """Return whether a token is SERVICE, or Oxigraph could see one in it: `SERVICEex:a {`, `1SERVICE`, `ex:a.b.SERVICE`."""
    if token.kind == "word":
        return "service" in token.text.casefold()
    if token.kind != "prefixed":
        return False
    prefix, _, local = token.text.partition(":")
    if _AFTER_DOT.search(local):
        return True
    opens = re.compile(_GROUP).match(text, token.start + len(token.text)) is not None
    return "service" in prefix.casefold() and opens and before.text.casefold() not in _BEFORE_NAME


def host_of(address: str) -> str:
    """Return the host of a web address in small letters, or "" where it has none."""
    try:
        parts = urlsplit(address)
    except ValueError:
        return ""
    # An IRI may hold escapes, behind which another host could hide.
    return (parts.hostname or "") if parts.scheme in ("http", "https") and "\\" not in address else ""
