"""The tokens of a SPARQL text that carry names (SPARQL 1.1, section 19.8): IRIs, prefixed names, variables, strings."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Final, NamedTuple
from urllib.parse import urljoin

# The order matters: an IRI may hold "#", a string may hold both.
_TOKENS: Final = re.compile(
    r"""<(?P<iri>[^<>"{}|^`\\\x00-\x20]*)>"""
    r'''|(?P<string>"""(?:(?:"|"")?(?:[^"\\]|\\.))*"""'''
    r"""|'''(?:(?:'|'')?(?:[^'\\]|\\.))*'''"""
    r"""|"(?:[^"\\\n\r]|\\.)*"|'(?:[^'\\\n\r]|\\.)*')"""
    r"""|(?P<comment>\#[^\n\r]*)"""
    r"""|[?$](?P<variable>\w+)"""
    r"""|(?P<blank>_:[\w.-]+)"""
    r"""|(?P<prefixed>(?:[^\W\d_][\w.-]*)?:(?:[\w:.%-]|\\.)*)"""
    r"""|(?P<word>@?[^\W\d][\w-]*)""",
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
            yield _absolute(token, base, known), token


def _absolute(token: Token, base: str, prefixes: Mapping[str, str]) -> str:
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
