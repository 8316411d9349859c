"""What a picture rests on is said of these data: its foot, its citations."""

from __future__ import annotations

from pathlib import Path

import pytest

from itasgraph.network import builder
from itasgraph.picture import html_page
from itasgraph.picture.page_data import PictureNetwork
from itasgraph.project import Project
from itasgraph.store import access
from tests.helpers.browsing import Open, embedded
from tests.helpers.namespaces import BASE, DOCUMENT
from tests.helpers.networks import network_of

FOREIGN = """
    @prefix foaf: <http://xmlns.com/foaf/0.1/> .
    <http://e.org/a> foaf:knows <http://e.org/b> ."""


@pytest.mark.slow
def test_citation_has_no_invented_date(look: Open) -> None:
    seen = look(fragment=f"#entity={BASE}person/boris-kaiser")
    seen.click("[data-copy=citation] summary")
    german = seen.text("[data-copy=citation] pre")
    seen.language("en")
    seen.click("[data-copy=citation] summary")

    assert f"Rückblick auf den ITAS-Kongress 2024, o. D., {DOCUMENT}." in german
    assert f"Looking back on the ITAS-Kongress 2024, n.d., {DOCUMENT}." in seen.text("[data-copy=citation] pre")


@pytest.mark.slow
def test_citation_names_the_publication_day(look: Open, copy: Path, tmp_path: Path) -> None:
    dataset = copy / "data" / "dataset.yaml"
    dataset.write_text(dataset.read_text(encoding="utf-8") + "  published: 2025-03-17\n", encoding="utf-8")
    project = Project(copy)
    loaded = access.load(project)
    question = builder.find_query("actors", project)
    data = embedded(
        html_page.page(loaded, [PictureNetwork(builder.build(loaded, question.text, "actors"), question.titles)], "en")
    )

    assert data["dataset"] == {
        "de": "Daten: ITAS-Wissensgraph, Version 0.1.0, 2025-03-17",
        "en": "Data: ITAS knowledge graph, version 0.1.0, 2025-03-17",
    }


@pytest.mark.parametrize(
    ("more", "said"),
    [
        pytest.param("", "", id="nothing"),
        pytest.param("<http://e.org/a> itas:presents <http://e.org/b> .", "Presenting", id="presents"),
        pytest.param("<http://e.org/a> itas:kind itas:Section .", "Sharing a programme section", id="sections"),
        pytest.param("<http://e.org/x> org:organization <http://e.org/b> .", "Affiliations", id="affiliations"),
    ],
)
def test_foot_warns_of_present_content_only(shipped: Project, tmp_path: Path, more: str, said: str) -> None:
    prefixes = "@prefix itas: <https://w3id.org/itas/ontology#> . @prefix org: <http://www.w3.org/ns/org#> ."
    (tmp_path / "foreign.ttl").write_text(prefixes + FOREIGN + more)
    loaded = access.load_files([tmp_path / "foreign.ttl"], shipped)
    net = network_of("everything", loaded, shipped)
    foot = embedded(html_page.page(loaded, [PictureNetwork(net, {"en": "Trial"})], "en"))["foot"]["en"].split("\n")

    assert foot[0].startswith(said or "Contact")
    assert sum("section" in line or "resenting" in line or "Affiliations" in line for line in foot) == bool(said)
