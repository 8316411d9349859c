"""The ids of a data file as IRIs."""

from __future__ import annotations

import functools
import re
from typing import Final
from urllib.parse import quote

import yaml

from itasgraph.parsing.data_document import FaultLog
from itasgraph.parsing.iri_compaction import SCHEME
from itasgraph.parsing.jsonld_context import Context

_MAX_LENGTH: Final = 1_000
# A colon before the first slash ends a scheme; a name with a colon where no scheme can stand cannot be read (RFC 3986,
# section 4.2).
_NO_SCHEME: Final = re.compile(f"(?!{SCHEME}:)[^/?#]*:")


class IriResolver:
    """A resolver of ids, which escapes those that cannot stand in a graph, always in the same way."""

    def __init__(self, context: Context, log: FaultLog) -> None:
        self._context = context
        self._log = log
        # The same ids recur in a file, so each is examined once.
        self.expand = functools.cache(lambda iri: context.expand(self.escape(iri)))
        self.fault_of = functools.cache(lambda iri: context.fault_of(iri) or (":" if _NO_SCHEME.match(iri) else ""))
        self._fragment = functools.cache(lambda iri: context.compact(iri).replace("#", "%23"))

    def escape(self, iri: str) -> str:
        """Return an id that can stand in a graph."""
        if not self.fault_of(iri):
            # JSON-LD would read a term of the context as this term: an id "type" would be lost.
            return self._context.expand(iri) if iri in self._context.raw else iri
        return "/".join(quote(part, safe="").replace(".", "%2E") for part in iri.split("/") if part) or "%20"

    def mint(self, owner: str, key: str, target: str, graph: str) -> str:
        """Return the IRI of a relation: owner, key and target, and after "#" the graph that states the relation."""
        beginning = self.expand(owner).replace("#", "%23")
        return f"{beginning}/{key}/{self._fragment(target)}#{self._fragment(graph)}"

    def check(self, node: yaml.Node, iri: str) -> None:
        """Report an id that is too long or cannot stand in a graph."""
        if len(iri) > _MAX_LENGTH:
            self._log.report(node, "long-iri", iri=iri, limit=_MAX_LENGTH)
        elif reason := self.fault_of(iri):
            self._log.report(node, "invalid-iri", iri=iri, reason=reason)
