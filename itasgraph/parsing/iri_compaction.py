"""IRIs as people read and write them: with a prefix, relative to the base, or in full."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

# The scheme of an IRI, in front of its first colon (RFC 3986, section 3.1).
SCHEME: Final = "[A-Za-z][A-Za-z0-9+.-]*"

# Local names that need no escape in Turtle and are read alike everywhere (PN_LOCAL without the characters that some readers refuse).
_LOCAL: Final = re.compile(r"[A-Za-z0-9_](?:[A-Za-z0-9_.-]*[A-Za-z0-9_-])?")
_PREFIX: Final = re.compile(r"[A-Za-z](?:[A-Za-z0-9_-]*)")
# The relative IRIs that resolution does not change (RFC 3986, section 5.2): no empty segment, none that begins with a dot, no colon first.
_RELATIVE: Final = re.compile(r"[\w-][\w.~-]*(?:/[\w-][\w.~-]*)*(?:#[\w.~/:%-]+)?")
_ABSOLUTE: Final = re.compile(f"{SCHEME}:")
_BASE: Final = re.compile(r"https?://[^/?#]+/(?:[^?#]*/)?")


class IriCompactor:
    """A compactor of IRIs by prefixes and a base.

    `compact` is for people and data files; `prefixed_name` and `relative` are for Turtle and similar formats. They
    record the prefixes and the base that they used, because a file declares only these.
    """

    def __init__(self, prefixes: Mapping[str, str], base: str) -> None:
        beginnings = [(base, ""), *((namespace, f"{prefix}:") for prefix, namespace in prefixes.items())]
        self._beginnings = sorted(beginnings, key=lambda pair: -len(pair[0]))
        self._any_beginning = tuple(beginning for beginning, _ in self._beginnings)
        self._whole_base = base
        self._prefixes = {
            namespace: prefix
            for prefix, namespace in sorted(prefixes.items(), reverse=True)
            if _PREFIX.fullmatch(prefix)
        }
        self._base = base if _BASE.fullmatch(base) else ""
        self._used: set[str] = set()
        self._uses_base = False

    @property
    def used_prefixes(self) -> dict[str, str]:
        """Return prefix → namespace of the prefixes used so far, sorted."""
        return dict(sorted((prefix, name) for name, prefix in self._prefixes.items() if name in self._used))

    @property
    def used_base(self) -> str:
        """Return the base if an IRI was written relative to it, else an empty string."""
        return self._base if self._uses_base else ""

    def compact(self, iri: str) -> str:
        """Return the shortest form of an IRI that `Context.expand` understands: relative, compact, or the IRI itself."""
        if iri == self._whole_base or not iri.startswith(self._any_beginning):
            return iri
        for beginning, short in self._beginnings:
            if iri.startswith(beginning):
                compact = short + iri[len(beginning) :]
                # A relative IRI that begins like a scheme would be read as an absolute one.
                if short or not _ABSOLUTE.match(compact):
                    return compact
        return iri

    def prefixed_name(self, iri: str) -> str | None:
        """Return `schema:Person`, or None where no prefix fits or the name would need an escape."""
        cut = max(iri.rfind("#"), iri.rfind("/")) + 1
        namespace = iri[:cut]
        prefix = self._prefixes.get(namespace)
        if prefix is None or not _LOCAL.fullmatch(iri, cut):
            return None
        self._used.add(namespace)
        return f"{prefix}:{iri[cut:]}"

    def relative(self, iri: str) -> str | None:
        """Return `person/boris-kaiser`, or None where the IRI is not below the base or resolution would change it."""
        if not self._base or not iri.startswith(self._base) or not _RELATIVE.fullmatch(iri, len(self._base)):
            return None
        self._uses_base = True
        return iri[len(self._base) :]
