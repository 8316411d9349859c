"""The tokens of a SPARQL text that carry names (SPARQL 1.1, section 19.8): IRIs, prefixed names, variables, strings."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator, Mapping
from typing import Final, NamedTuple
from urllib.parse import urljoin

# The characters of names, and some more, which SPARQL allows in strings, comments and IRIs only.
NAME_CHARACTERS: Final = r"\w\u00b7\u0300-\u036f\u203f\u2040"
_CODEPOINT: Final = r"\\u(?![dD][89abAB])[0-9A-Fa-f]{4}|\\U00(?!00[dD][89abAB])(?:0[0-9A-Fa-f]|10)[0-9A-Fa-f]{4}"
_ESCAPE: Final = rf"""\\[tbnrf"'\\]|{_CODEPOINT}"""
_LOCAL: Final = rf"(?:(?:[{NAME_CHARACTERS}:]|%[0-9A-Fa-f]{{2}}|\\.)(?:[{NAME_CHARACTERS}:.-]|%[0-9A-Fa-f]{{2}}|\\.)*)?"


def _iri(escapes: str) -> str:
    """Return the pattern of an IRI without its brackets; `escapes` is an alternative for what begins with a backslash."""
    return rf"""(?:[^<>"{{}}|^`\\\x00-\x20]{escapes})*"""


def _string(escapes: str) -> str:
    """Return the pattern of a string with its quotation marks; `escapes` as for `_iri`."""
    return (
        rf'"""(?:(?:"|"")?(?:[^"\\]{escapes}))*"""'
        rf"|'''(?:(?:'|'')?(?:[^'\\]{escapes}))*'''"
        rf'|"(?:[^"\\\n\r]{escapes})*"'
        rf"|'(?:[^'\\\n\r]{escapes})*'"
    )


IRI: Final = _iri(f"|{_CODEPOINT}")
STRING: Final = _string(f"|{_ESCAPE}")
COMMENT: Final = r"\#[^\n\r]*"
VARIABLE: Final = rf"[{NAME_CHARACTERS}]+"
BLANK: Final = rf"_:[{NAME_CHARACTERS}](?:[{NAME_CHARACTERS}.-]*[{NAME_CHARACTERS}-])?"
PREFIXED: Final = rf"(?:[^\W\d_][{NAME_CHARACTERS}.-]*)?:{_LOCAL}"
WORD: Final = rf"@?[^\W\d][{NAME_CHARACTERS}-]*"

_ESCAPED: Final = re.compile(r"\\(.)")


# The texts whose tokens are kept, since a command needs those of a query several times; and their length in characters.
_MOST_KEPT: Final = 128
_LONGEST_KEPT: Final = 10_000


class Token(NamedTuple):
    """A token and where it begins, counted in characters from 0.

    Its kind is "iri" (without its brackets), "string" (with quotation marks), "comment", "variable" (without ? or $),
    "prefixed", "blank" or "word".
    """

    kind: str
    text: str
    start: int


@functools.cache
def _pattern(*, escapes: bool) -> re.Pattern[str]:
    """Return the pattern of a token. The escapes take four fifths of the time to compile it, and few texts have one."""
    iri, string = (IRI, STRING) if escapes else (_iri(""), _string(""))
    # The order matters: an IRI may hold "#", a string may hold both.
    return re.compile(
        rf"<(?P<iri>{iri})>|(?P<string>{string})|(?P<comment>{COMMENT})|[?$](?P<variable>{VARIABLE})"
        rf"|(?P<blank>{BLANK})|(?P<prefixed>{PREFIXED})|(?P<word>{WORD})",
        re.DOTALL,
    )


def _any_token(text: str) -> re.Pattern[str]:
    """Return the pattern of a token of this text."""
    return _pattern(escapes="\\" in text)


def tokens(text: str) -> Iterator[Token]:
    """Yield the tokens of a SPARQL text in order, without numbers and signs.

    >>> [token.text for token in tokens('SELECT ?x { ?x a <b#c>, "#" } # end')]
    ['SELECT', 'x', 'x', 'a', 'b#c', '"#"', '# end']
    """
    yield from _kept_tokens(text) if len(text) <= _LONGEST_KEPT else _tokens(text)


@functools.lru_cache(_MOST_KEPT)
def _kept_tokens(text: str) -> tuple[Token, ...]:
    return tuple(_tokens(text))


def _tokens(text: str) -> Iterator[Token]:
    for match in _any_token(text).finditer(text):
        kind = match.lastgroup
        assert kind is not None
        yield Token(kind, match[kind].rstrip(".") if kind == "prefixed" else match[kind], match.start())


def code(text: str) -> str:
    """Return a SPARQL text with spaces in place of its IRIs, strings, comments and prefixed names, and all else where it was.

    >>> code("{ ?x a <}> } # {")
    '{ ?x a     }    '
    """
    return _any_token(text).sub(
        lambda match: match[0] if match.lastgroup in ("variable", "word") else " " * len(match[0]), text
    )


# The word before an IRI that names no entity of the graph.
_NO_ENTITY: Final = ("from", "named", "service", "silent")


def iris(text: str, base: str, prefixes: Mapping[str, str]) -> Iterator[tuple[str, Token]]:
    """Yield the absolute IRIs of a query with their tokens, but for those of its prologue, data sets and services."""
    declared = prologue(text, base)
    known = {**prefixes, **declared.prefixes}
    body = [token for token in tokens(text) if token.kind != "comment" and token.start >= declared.end]
    for before, token in zip([Token("", "", 0), *body], body, strict=False):
        if token.kind in ("iri", "prefixed") and before.text.casefold() not in _NO_ENTITY:
            yield absolute(token, declared.base, known), token


def absolute(token: Token, base: str, prefixes: Mapping[str, str]) -> str:
    """Return the absolute IRI of an "iri" or "prefixed" token; an undeclared prefix stays as it is written."""
    if token.kind == "iri":
        return _resolve(base, token.text)
    prefix, colon, local = token.text.partition(":")
    return prefixes.get(prefix, prefix + colon) + _ESCAPED.sub(r"\1", local)


def _resolve(base: str, iri: str) -> str:
    """Resolve an IRI (RFC 3986, section 5.2); urljoin drops an empty fragment, in which namespaces end."""
    resolved = urljoin(base, iri)
    return f"{resolved}#" if iri.endswith("#") and not resolved.endswith("#") else resolved


def has_open_bracket(text: str) -> bool:
    """Return whether a bracket is open at the end of a text."""
    signs = _any_token(text).sub("", text)
    return any(signs.count(opening) > signs.count(closing) for opening, closing in ("{}", "()", "[]"))


# --- the prologue (SPARQL 1.1, section 4.1) -------------------------------------------------------------------------

_SPACE_AND_COMMENTS: Final = rf"(?:(?>\s|{COMMENT}))*+"  # atomic, so that no comment is read as shorter than it is
_AFTER_PROLOGUE: Final = re.compile(_SPACE_AND_COMMENTS)
# As lenient as Oxigraph, which takes `PREFIXex:<…>`.
_DECLARATION: Final = re.compile(
    rf"{_SPACE_AND_COMMENTS}(?:BASE|PREFIX{_SPACE_AND_COMMENTS}(?P<prefix>[^\s:<#]*):){_SPACE_AND_COMMENTS}<(?P<iri>[^<>]*)>",
    re.IGNORECASE,
)


class Prologue(NamedTuple):
    """The declarations of a query: its base, its prefixes with their namespaces, and where its form (SELECT …) begins."""

    base: str
    prefixes: dict[str, str]
    end: int


def prologue(text: str, base: str = "") -> Prologue:
    """Return the prologue of a query; `base` is the one that holds where the query declares none.

    >>> prologue("PREFIX a: <http://a.org/> ASK {}")
    Prologue(base='', prefixes={'a': 'http://a.org/'}, end=26)
    """
    prefixes: dict[str, str] = {}
    end = 0
    while declaration := _DECLARATION.match(text, end):
        iri, end = _resolve(base, declaration["iri"]), declaration.end()
        if declaration["prefix"] is None:
            base = iri
        else:
            prefixes[declaration["prefix"]] = iri
    space = _AFTER_PROLOGUE.match(text, end)
    return Prologue(base, prefixes, space.end() if space else end)


def undeclared_prefixes(text: str, prefixes: Mapping[str, str]) -> dict[str, str]:
    """Return those of the prefixes that a query uses and does not declare itself."""
    declared = prologue(text).prefixes
    used = {token.text.partition(":")[0] for token in tokens(text) if token.kind == "prefixed"}
    return {prefix: namespace for prefix, namespace in prefixes.items() if prefix in used - declared.keys()}
