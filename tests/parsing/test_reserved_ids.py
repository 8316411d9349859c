"""No entry of a data file has a term of a vocabulary as its id: it would say something about the term."""

from __future__ import annotations

from pathlib import Path

import pyoxigraph as ox
import pytest

from itasgraph import messages
from itasgraph.authoring import project_check
from itasgraph.errors import InvalidProject
from itasgraph.parsing import jsonld_context
from itasgraph.parsing.jsonld_context import Context
from itasgraph.parsing.reserved_ids import Vocabulary
from itasgraph.project import Project
from itasgraph.store import access
from itasgraph.store.queryable import value
from tests.helpers.projects import HEAD, ROOT, little_project

TERMS = jsonld_context.read(ROOT / "ontology" / "context.jsonld", "context")
ONTOLOGY = [
    quad
    for name in ("itas.ttl", "profile.ttl", "picture.ttl")
    for quad in ox.parse((ROOT / "ontology" / name).read_bytes(), ox.RdfFormat.TURTLE)
]
DEFINED = {value(quad.subject) for quad in ONTOLOGY if value(quad.object).startswith("http://www.w3.org/2002/07/owl#")}
# Each term that the ontology defines or the context uses, and one of each vocabulary that neither of them names: as an
# absolute IRI, compact, or relative to the base.
WRITTEN = [
    *sorted(DEFINED),
    *TERMS.types.values(),
    *(key.iri for key in TERMS.keys.values() if key.iri),
    *(f"{prefix}:Unheard" for prefix in TERMS.prefixes),
    "http://schema.org/Person",
    "schema:Person",
    "ontology#Goal",
    "ontology",
]
IDS = list({TERMS.expand(iri): iri for iri in WRITTEN}.values())
OWN = ["person/anna", "https://w3id.org/itas/person/anna", "https://example.org/person/anna", "ontology/anna", "schema"]
OTHERS = "http://www.wikidata.org/entity/"


@pytest.mark.slow
def test_term_is_refused_as_an_id(tmp_path: Path) -> None:
    text = HEAD
    lines = []
    for number, iri in enumerate(IDS):
        lines.append(text.count("\n") + 2)
        text += (
            f"- type: Person\n  id: {iri}\n  name: Anna {number}\n  label: {{de: A, en: A}}\n  quote: Anna {number}\n"
        )
    findings, _ = project_check.check(Project(little_project(tmp_path / "little", text)))

    assert len(IDS) > 140
    assert [(finding.code, finding.location.line) for finding in findings] == [("term-as-id", line) for line in lines]


@pytest.mark.parametrize("lang", ["de", "en"])
def test_finding_names_id_and_way_out(tmp_path: Path, lang: str) -> None:
    project = Project(
        little_project(tmp_path / "little", HEAD + "- {id: schema:Person, type: Person, name: Anna, quote: Anna}\n")
    )
    with pytest.raises(InvalidProject) as raised:
        access.load(project)
    sentence = messages.render("term-as-id", lang, id="schema:Person")

    assert [finding.render(lang) for finding in raised.value.findings] == [
        f"{project.data[0]}:{HEAD.count(chr(10)) + 1}:4: {sentence}"
    ]
    assert "person/" in sentence


def test_file_id_is_no_term(tmp_path: Path) -> None:
    project = Project(little_project(tmp_path / "little", HEAD.replace("source/report", "prov:Entity") + "- id: x\n"))
    findings, _ = project_check.check(project)

    assert ("term-as-id", 1) in {(finding.code, finding.location.line) for finding in findings}


def test_other_ids_are_no_terms(tmp_path: Path) -> None:
    folder = little_project(
        tmp_path / "little",
        HEAD
        + "".join(
            f"- {{id: '{iri}', type: Person, name: Anna {number}, quote: Anna {number}}}\n"
            for number, iri in enumerate([*OWN[1:], "wd:Q42"])
        ),
    )
    path = folder / "ontology" / "context.jsonld"
    path.write_text(path.read_text().replace('"itas": ', f'"wd": "{OTHERS}", "itas": '), encoding="utf-8")
    findings, _ = project_check.check(Project(folder))

    assert findings == []


def test_own_terms_are_refused(tmp_path: Path) -> None:
    folder = little_project(
        tmp_path / "little",
        HEAD
        + "- {id: https://example.org/terms/Cluster, type: Person, name: Anna, quote: Anna}\n"
        + "- {id: https://example.org/terms/leads, type: Person, name: Berta, quote: Berta}\n"
        + "- {id: https://example.org/terms/cara, type: Person, name: Cara, quote: Cara}\n",
    )
    (folder / "ontology" / "own.ttl").write_text(
        "@prefix : <https://example.org/terms/> . @prefix owl: <http://www.w3.org/2002/07/owl#> .\n"
        ":Cluster a owl:Class . :anton :leads :berlin . :cara a owl:NamedIndividual .\n"
    )
    findings, _ = project_check.check(Project(folder))
    start = HEAD.count("\n") + 1

    assert [(finding.code, finding.location.line) for finding in findings] == [
        ("term-as-id", start),
        ("term-as-id", start + 1),
    ]


def test_data_prefix_is_no_vocabulary() -> None:
    own = Context(
        {
            "@base": "https://example.org/region/",
            "here": "https://example.org/",
            "person": "https://example.org/region/person/",
            "v": "https://example.org/region/terms#",
            "Person": "v:Person",
            "leads": {"@id": "here:leads"},
        }
    )
    known = Vocabulary.of([], own)

    assert "https://example.org/region/terms#Other" in known
    assert "https://example.org/leads" in known
    assert "https://example.org/region/person/anna" not in known
    assert "https://example.org/other" not in known
