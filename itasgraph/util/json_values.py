"""The type of the values of JSON (RFC 8259), as Python's `json` reads and writes them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

Json = Mapping[str, "Json"] | Sequence["Json"] | str | int | float | None
