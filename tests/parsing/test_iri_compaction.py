"""IRIs compacted: only where every reader makes the same IRI of them again."""

from __future__ import annotations

from urllib.parse import urljoin

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from itasgraph.parsing.iri_compaction import IriCompactor
from itasgraph.parsing.jsonld_context import Context
from tests.helpers.namespaces import BASE
from tests.helpers.properties import count_inputs, examples

PREFIXES = {"itas": f"{BASE}ontology#", "schema": "https://schema.org/", "a b": "http://example.org/"}


@pytest.mark.parametrize(
    ("iri", "prefixed", "relative"),
    [
        ("https://schema.org/Person", "schema:Person", None),
        ("https://schema.org/a.b-c_1", "schema:a.b-c_1", None),
        ("https://schema.org/", None, None),
        ("https://schema.org/a/b", None, None),
        ("https://schema.org/dot.", None, None),
        ("https://schema.org/-x", None, None),
        ("https://schema.org/a(b)", None, None),
        (f"{BASE}ontology#kind", "itas:kind", "ontology#kind"),
        (f"{BASE}person/boris-kaiser", None, "person/boris-kaiser"),
        (f"{BASE}talk/a/presents/offer/b#source/c", None, "talk/a/presents/offer/b#source/c"),
        (f"{BASE}dataset#class/schema:Person", None, "dataset#class/schema:Person"),
        (BASE, None, None),
        (f"{BASE}a//b", None, None),
        (f"{BASE}a/../b", None, None),
        (f"{BASE}mailto:a", None, None),
        (f"{BASE}a?b", None, None),
        ("http://example.org/x", None, None),
        ("urn:x", None, None),
    ],
)
def test_safe_iri_is_compacted(iri: str, prefixed: str | None, relative: str | None) -> None:
    compactor = IriCompactor(PREFIXES, BASE)

    assert (compactor.prefixed_name(iri), compactor.relative(iri)) == (prefixed, relative)


@settings(derandomize=True, max_examples=examples(200), database=None)
@given(st.text(st.characters(min_codepoint=33, exclude_categories=["C", "Z"]), max_size=12))
@count_inputs
def test_relative_iri_resolves_back(end: str) -> None:
    relative = IriCompactor({}, BASE).relative(BASE + end)

    assert relative is None or urljoin(BASE, relative) == BASE + end


@pytest.mark.parametrize("base", ["https://w3id.org/itas#", "https://w3id.org/itas", "urn:itas/", ""])
def test_ambiguous_base_is_not_used(base: str) -> None:
    assert IriCompactor({}, base).relative(f"{base}x") is None


def test_only_used_prefixes_are_kept() -> None:
    compactor = IriCompactor(PREFIXES, BASE)
    before = (compactor.used_prefixes, compactor.used_base)
    compactor.prefixed_name("https://schema.org/Person")
    compactor.relative(f"{BASE}person/a")

    assert before == ({}, "")
    assert (compactor.used_prefixes, compactor.used_base) == ({"schema": "https://schema.org/"}, BASE)


@settings(derandomize=True, max_examples=examples(200), database=None)
@given(st.sampled_from([BASE, PREFIXES["schema"]]), st.text("ab:/#.-", max_size=8))
@count_inputs
def test_compact_iri_expands_to_itself(beginning: str, end: str) -> None:
    iri = beginning + end
    context = Context({"@base": BASE, **PREFIXES})

    assert context.expand(context.compact(iri)) == iri
