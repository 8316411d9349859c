"""Texts that must not get out of the cell of a table they stand in."""

from __future__ import annotations

HOSTILE = [
    "a | b",
    "first\nsecond",
    "<script>alert(1)</script>",
    "=1+1",
    "+1",
    "@SUM(A1)",
    "-2+3",
    "\"double\" and 'single'",
    "\u202eright to left",
    "🚗 Zulieferer 🏭",
    "x" * 40_000,
    "Übergrößenträger äöüß",
    "&lt;b&gt; <b>bold</b> **bold** `code` [text](https://example.org)",
    "<r><t>runs</t></r>",
    "{{ 7 * 7 }} {% raw %}",
    "back\\slash",
]
