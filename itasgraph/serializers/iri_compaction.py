"""IRIs as people read them: with a prefix, relative to the base, or in full where neither is safe."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

# Local names that need no escape in Turtle and are read alike everywhere (PN_LOCAL, without what some readers stumble over).
_LOCAL: Final = re.compile(r"[A-Za-z0-9_](?:[A-Za-z0-9_.-]*[A-Za-z0-9_-])?")
_PREFIX: Final = re.compile(r"[A-Za-z](?:[A-Za-z0-9_-]*)")
# What resolution leaves as it is (RFC 3986, section 5.2): no empty segment, none that begins with a dot, no colon first.
_RELATIVE: Final = re.compile(r"[\w-][\w.~-]*(?:/[\w-][\w.~-]*)*(?:#[\w.~/:%-]+)?")
_BASE: Final = re.compile(r"https?://[^/?#]+/(?:[^?#]*/)?")


class Shortener:
    """Shortens IRIs and remembers the prefixes it used, and whether it used the base."""

    def __init__(self, prefixes: Mapping[str, str], base: str) -> None:
        self._prefixes = {
            namespace: prefix
            for prefix, namespace in sorted(prefixes.items(), reverse=True)
            if _PREFIX.fullmatch(prefix)
        }
        self._base = base if _BASE.fullmatch(base) else ""
        self._used: set[str] = set()
        self._based = False

    @property
    def used(self) -> dict[str, str]:
        """Prefix → namespace of those used so far, sorted."""
        return dict(sorted((prefix, name) for name, prefix in self._prefixes.items() if name in self._used))

    @property
    def base(self) -> str:
        """The base where something was written relative to it, else an empty string."""
        return self._base if self._based else ""

    def prefixed(self, iri: str) -> str | None:
        """`schema:Person`, or None where no prefix fits."""
        cut = max(iri.rfind("#"), iri.rfind("/")) + 1
        namespace = iri[:cut]
        prefix = self._prefixes.get(namespace)
        if prefix is None or not _LOCAL.fullmatch(iri, cut):
            return None
        self._used.add(namespace)
        return f"{prefix}:{iri[cut:]}"

    def relative(self, iri: str) -> str | None:
        """`person/boris-kaiser`, or None for what does not lie below the base."""
        if not self._base or not iri.startswith(self._base) or not _RELATIVE.fullmatch(iri, len(self._base)):
            return None
        self._based = True
        return iri[len(self._base) :]
