"""The tokens of a SPARQL text that carry names (SPARQL 1.1, section 19.8): IRIs, prefixed names, variables, strings."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Final, NamedTuple
from urllib.parse import urljoin

# What a name may hold, and more: the letters that SPARQL lacks stand in strings, comments and IRIs only.
NAME_CHARACTERS: Final = r"\w\u00b7\u0300-\u036f\u203f\u2040"
_CODEPOINT: Final = r"\\u(?![dD][89abAB])[0-9A-Fa-f]{4}|\\U00(?!00[dD][89abAB])(?:0[0-9A-Fa-f]|10)[0-9A-Fa-f]{4}"
_ESCAPE: Final = rf"""\\[tbnrf"'\\]|{_CODEPOINT}"""
_LOCAL: Final = rf"(?:(?:[{NAME_CHARACTERS}:]|%[0-9A-Fa-f]{{2}}|\\.)(?:[{NAME_CHARACTERS}:.-]|%[0-9A-Fa-f]{{2}}|\\.)*)?"

IRI: Final = rf"""(?:[^<>"{{}}|^`\\\x00-\x20]|{_CODEPOINT})*"""
STRING: Final = (
    rf'"""(?:(?:"|"")?(?:[^"\\]|{_ESCAPE}))*"""'
    rf"|'''(?:(?:'|'')?(?:[^'\\]|{_ESCAPE}))*'''"
    rf'|"(?:[^"\\\n\r]|{_ESCAPE})*"'
    rf"|'(?:[^'\\\n\r]|{_ESCAPE})*'"
)
COMMENT: Final = r"\#[^\n\r]*"
VARIABLE: Final = rf"[{NAME_CHARACTERS}]+"
BLANK: Final = rf"_:[{NAME_CHARACTERS}](?:[{NAME_CHARACTERS}.-]*[{NAME_CHARACTERS}-])?"
PREFIXED: Final = rf"(?:[^\W\d_][{NAME_CHARACTERS}.-]*)?:{_LOCAL}"
WORD: Final = rf"@?[^\W\d][{NAME_CHARACTERS}-]*"
# The order matters: an IRI may hold "#", a string may hold both.
_TOKENS: Final = re.compile(
    rf"<(?P<iri>{IRI})>|(?P<string>{STRING})|(?P<comment>{COMMENT})|[?$](?P<variable>{VARIABLE})"
    rf"|(?P<blank>{BLANK})|(?P<prefixed>{PREFIXED})|(?P<word>{WORD})",
    re.DOTALL,
)

_ESCAPED: Final = re.compile(r"\\(.)")


class Token(NamedTuple):
    """A token and where it begins, counted in characters from 0.

    Its kind is "iri" (without its brackets), "string" (with quotation marks), "comment", "variable" (without ? or $),
    "prefixed", "blank" or "word".
    """

    kind: str
    text: str
    start: int


def tokens(text: str) -> Iterator[Token]:
    """The tokens of a SPARQL text, in order; numbers and signs are left out.

    >>> [token.text for token in tokens('SELECT ?x { ?x a <b#c>, "#" } # end')]
    ['SELECT', 'x', 'x', 'a', 'b#c', '"#"', '# end']
    """
    for match in _TOKENS.finditer(text):
        kind = match.lastgroup
        assert kind is not None
        yield Token(kind, match[kind].rstrip(".") if kind == "prefixed" else match[kind], match.start())


# The word before an IRI that names no thing of the graph.
_NO_THING: Final = ("base", "from", "named", "service", "silent")


def iris(text: str, base: str, prefixes: Mapping[str, str]) -> Iterator[tuple[str, Token]]:
    """The absolute IRIs of a query with their tokens, but for those of its declarations, data sets and services."""
    known = {**prefixes, **declared(text)}
    found = [token for token in tokens(text) if token.kind != "comment"]
    for before, token in zip([Token("", "", 0), *found], found, strict=False):
        if before.text.casefold() == "base":
            base = urljoin(base, token.text)
        declares = token.text.endswith(":") or before.text.endswith(":")
        if token.kind in ("iri", "prefixed") and not declares and before.text.casefold() not in _NO_THING:
            yield absolute(token, base, known), token


def absolute(token: Token, base: str, prefixes: Mapping[str, str]) -> str:
    """Return the absolute IRI of an "iri" or "prefixed" token; an undeclared prefix stays as it is written."""
    if token.kind == "iri":
        return urljoin(base, token.text)
    prefix, colon, local = token.text.partition(":")
    return prefixes.get(prefix, prefix + colon) + _ESCAPED.sub(r"\1", local)


def unclosed(text: str) -> bool:
    """Whether a bracket is open at the end."""
    signs = _TOKENS.sub("", text)
    return any(signs.count(opening) > signs.count(closing) for opening, closing in ("{}", "()", "[]"))


def declared(text: str) -> dict[str, str]:
    """The prefixes that the text itself declares, each with its namespace as written."""
    found = [token for token in tokens(text) if token.kind != "comment"]
    return {
        prefix.text.removesuffix(":"): iri.text
        for keyword, prefix, iri in zip(found, found[1:], found[2:], strict=False)
        if keyword.text.casefold() == "prefix" and (prefix.kind, iri.kind) == ("prefixed", "iri")
    }
