"""Chains between two things rest on words, step by step; where there is none, that is said."""

from __future__ import annotations

import json
import shlex
from pathlib import Path

import pytest

from itasgraph.network import paths
from itasgraph.project import Project
from tests.helpers.namespaces import BASE
from tests.helpers.programs import Run, run_itasgraph
from tests.helpers.projects import ROOT, TWO_CONGRESSES, lay_out

# --- no path -----------------------------------------------------------------------------------------------------------


SERIES = """
- id: series/holz
  type: EventSeries
  name: Holzkongress
  label: {de: Holzkongress, en: Holzkongress}
  quote: Der Holzkongress
- {id: section/roof, type: Section, partOf: event/holzkongress-2023, position: 3, label: {de: Dach, en: Roof}}
- {id: section/floor, type: Section, partOf: event/holzkongress-2023, position: 4, label: {de: Boden, en: Floor}}
- {id: section/wood, type: Section, partOf: event/holzkongress-2024, position: 4, label: {de: Wald, en: Wood}}
- {id: place/oberland, type: Place, name: Oberland, label: {de: Oberland, en: Oberland}, quote: Oberland}
"""


@pytest.fixture(scope="module")
def series(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return two congresses of one series at one place; contributions stand in sections, so nothing else joins the two."""
    folder = lay_out(tmp_path_factory.mktemp("series") / "project", TWO_CONGRESSES)
    for year, section, more in ((2023, "section/roof", SERIES), (2024, "section/wood", "")):
        file = folder / "data" / f"congress-{year}.yaml"
        text = file.read_text(encoding="utf-8").replace(f"partOf: event/holzkongress-{year}", f"partOf: {section}")
        joined = "  partOf: series/holz\n  location:\n    place/oberland: {quote: Oberland}\n"
        file.write_text(text.replace(f"  date: {year}-", f"{joined}  date: {year}-") + more, encoding="utf-8")
    return folder


@pytest.mark.parametrize(
    ("lang", "sentence"),
    [
        ("de", "aber beide haben gemeinsam: „Holzkongress“ (Veranstaltungsreihe), „Oberland“ (Ort)."),
        ("en", "but they have in common: “Holzkongress” (Event series), “Oberland” (Place)."),
    ],
)
def test_way_out_names_the_series(run: Run, series: Path, lang: str, sentence: str) -> None:
    done = run("path", "Holzkongress 2023", "Holzkongress 2024", "--project", series, "--lang", lang)
    again = run(*shlex.split(done.stdout.splitlines()[-1])[1:])

    assert done.exit_code == 1
    assert done.stdout.splitlines()[0].endswith(sentence)
    assert done.stdout.endswith(f" --project {series} --lang {lang} --via series/holz\n")
    assert again.exit_code == 0
    assert [line for line in again.stdout.splitlines() if line.endswith(": Holzkongress")] != []


@pytest.mark.parametrize(
    ("one", "other", "hubs"),
    [
        ("section/roof", "section/floor", ["event/holzkongress-2023"]),
        ("section/roof", "series/holz", ["event/holzkongress-2023"]),
        ("section/roof", "event/holzkongress-2024", ["event/holzkongress-2023", "series/holz"]),
    ],
)
def test_way_out_names_the_common_whole(run: Run, series: Path, one: str, other: str, hubs: list[str]) -> None:
    content = json.loads(run("path", one, other, "--project", series, "-f", "json").stdout)

    assert [hub.removeprefix(BASE) for hub in content["hubs"]] == hubs
    assert set(content["common"]) <= set(content["hubs"])


# --- asked wrongly --------------------------------------------------------------------------------------------------------


@pytest.mark.quick(3)
@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("Ada Blum", "person/ada-blum"), "both names mean the same entry: Ada Blum"),
        (("Ada Blun", "Stadtwerke Nordtal"), "did you mean Ada Blum?"),
        (("Ada Blum", "scheme/topics"), "has no relation with a quote"),
        (
            ("Ada Blum", "Stadtwerke Nordtal", "--via", "Organisation"),
            "paths lead through “Organisation” anyway",
        ),
        (
            ("Ada Blum", "Stadtwerke Nordtal", "--via", "Topic", "--without", "Topic"),
            "“Topic” is given to --via and to --without",
        ),
        (
            ("Ada Blum", "Stadtwerke Nordtal", "--without", "Stadtwerke Nordtal"),
            "--without “Stadtwerke Nordtal” leaves out an end of the path",
        ),
    ],
    ids=["same", "misspelt", "role", "no hub", "both ways", "end"],
)
def test_usage_error_has_a_way_out(run: Run, nordtal_project: Project, arguments: tuple[str, ...], words: str) -> None:
    done = run("path", *arguments, "--project", nordtal_project.root, "--lang", "en")

    assert (done.exit_code, done.stdout) == (2, "")
    assert words in done.stderr


# --- data of others -------------------------------------------------------------------------------------------------------


@pytest.fixture
def friends(tmp_path: Path) -> Path:
    """Return data of others with three relations, one of them a type."""
    lines = ("<http://ex.org/a> <http://ex.org/knows> <http://ex.org/b> .", '<http://ex.org/a> <http://ex.org/p> "x" .')
    more = ("<http://ex.org/b> <http://ex.org/knows> <http://ex.org/c> .", f"<http://ex.org/c> a <{BASE}K> .")
    (tmp_path / "friends.ttl").write_text("\n".join([*lines, *more]), encoding="utf-8")
    return tmp_path / "friends.ttl"


@pytest.mark.parametrize(("limit", "exit_code"), [(2, 0), (1, 2)])
def test_number_of_relations_of_others_is_limited(
    run: Run, friends: Path, monkeypatch: pytest.MonkeyPatch, limit: int, exit_code: int
) -> None:
    monkeypatch.setattr(paths, "RELATION_LIMIT", limit)

    done = run("path", "http://ex.org/a", "http://ex.org/c", "--data", friends, "--project", ROOT, "--lang", "en")

    assert done.exit_code == exit_code
    assert ("more than 1 relations" in done.stderr) == bool(exit_code)


def test_names_are_resolved_before_relations_are_fetched(
    run: Run, friends: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(paths, "RELATION_LIMIT", 1)

    done = run("path", "http://ex.org/a", "nobody", "--data", friends, "--project", ROOT, "--lang", "en")

    assert done.exit_code == 2
    assert "nobody" in done.stderr


# --- many -----------------------------------------------------------------------------------------------------------------

# Ten diamonds in a row: 2 to the power of 10 shortest paths.
LINK = '[] rdf:subject <{}> ; rdf:predicate :next ; rdf:object <{}> ; itas:quote "words" ; dcterms:source <source/x> .'


@pytest.fixture
def diamonds(tmp_path: Path) -> Path:
    ends = [(f"n{i}", f"{side}{i}", f"n{i + 1}") for i in range(10) for side in "ab"]
    statements = [LINK.format(a, b) for one, side, other in ends for a, b in ((one, side), (side, other))]
    things = sorted({thing for parts in ends for thing in parts})
    kinds = [f'<{thing}> itas:kind itas:Offer ; rdfs:label "{thing}" .' for thing in things]
    prefixes = """@prefix itas: <https://w3id.org/itas/ontology#> . @prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> .
        @prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> . @prefix dcterms: <http://purl.org/dc/terms/> .
        @prefix : <https://example.org/> . @base <https://w3id.org/itas/> ."""
    (tmp_path / "diamonds.ttl").write_text("\n".join([prefixes, *kinds, *statements]), encoding="utf-8")
    return tmp_path / "diamonds.ttl"


@pytest.mark.slow
def test_many_paths_are_cut(run: Run, diamonds: Path) -> None:
    done = run("path", "n0", "n10", "--all", "--data", diamonds, "--project", ROOT, "--lang", "en")

    assert done.stdout.startswith("n0 – n10, steps: 20, paths of this length: 1000+\n")
    assert done.stdout.count("\nn0\n") == paths.PATH_LIMIT
    assert "There are more than 1000 paths of this length; the first ones are shown.\n" in done.stdout


@pytest.mark.slow
def test_hash_seed_changes_no_path(diamonds: Path) -> None:
    outputs = set()
    for seed in ("0", "4711"):
        command = ("path", "n0", "n10", "--all", "--data", diamonds, "--project", ROOT)
        done = run_itasgraph(*command, PYTHONHASHSEED=seed, PYTHONUTF8="1")
        assert done.returncode == 0, done.stderr
        outputs.add(done.stdout)

    assert len(outputs) == 1


@pytest.mark.slow
def test_way_out_respects_the_limit(run: Run) -> None:
    ends = ("path", "CWE", "IHK Chemnitz", "--project", ROOT, "--lang", "en")
    free, bound = run(*ends), run(*ends, "--max", 1)

    assert free.exit_code == bound.exit_code == 1
    assert "--via" in free.stdout
    assert "--via" not in bound.stdout
