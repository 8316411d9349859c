"""`itasgraph init`: a new project for another region, sound from the start, made as a whole or not at all."""

from __future__ import annotations

import csv
import io
import json
import os
import re
import shutil
from pathlib import Path

import pytest

from itasgraph import messages, project
from itasgraph.authoring import scaffold
from itasgraph.errors import FileError, UsageError
from itasgraph.project import Project
from itasgraph.questions import queries
from itasgraph.store import access
from tests.helpers.networks import network_of
from tests.helpers.programs import Run
from tests.helpers.projects import ROOT


@pytest.fixture(scope="module")
def region(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a fresh project; tests only read it."""
    folder = tmp_path_factory.mktemp("init") / "my-region"
    scaffold.create(folder)
    return folder


def everything_in(folder: Path) -> set[str]:
    return {str(path.relative_to(folder)) for path in folder.rglob("*")}


def rows(answer: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(answer, newline="")))


# --- what one gets ----------------------------------------------------------------------------------------------


def test_init_says_what_comes_next(run: Run, tmp_path: Path) -> None:
    folder = tmp_path / "my-region"
    done = run("init", folder)

    assert (done.exit_code, done.stdout) == (0, "")
    assert done.stderr == f"{folder} created. Next: itasgraph check --project {folder}\n"


@pytest.mark.skipif(os.name != "posix", reason="rights of POSIX")
def test_umask_applies(tmp_path: Path) -> None:
    before = os.umask(0o027)
    try:
        scaffold.create(tmp_path / "region")
    finally:
        os.umask(before)

    assert (tmp_path / "region").stat().st_mode & 0o777 == 0o750
    assert sorted(path.name for path in (tmp_path / "region").iterdir()) == ["data", "ontology", "queries"]


def test_init_speaks_german(run: Run, tmp_path: Path) -> None:
    folder = tmp_path / "meine-region"
    done = run("init", folder, "--lang", "de")

    assert done.stderr == f"{folder} angelegt. Weiter mit: itasgraph check --project {folder}\n"


@pytest.mark.quick(1)
@pytest.mark.parametrize(
    ("lang", "words"),
    [("de", "In Ordnung: 7 Einträge"), ("en", "No faults: 7 entries")],
)
def test_new_project_is_sound(run: Run, region: Path, lang: str, words: str) -> None:
    done = run("check", "--project", region, "--lang", lang)

    assert (done.exit_code, done.stdout) == (0, "")
    assert done.stderr.startswith(words)


def test_new_project_has_terms_and_questions(region: Path) -> None:
    shipped = {f"{part}/{name}" for part in ("ontology", "queries") for name in everything_in(ROOT / part)}
    made = everything_in(region)

    assert {name for name in made if name.startswith(("ontology/", "queries/"))} == shipped
    assert {name for name in made if name.startswith("data/")} == {
        "data/README.md",
        "data/dataset.yaml",
        "data/event.yaml",
        "data/forms-and-status.yaml",
        "data/target-groups.yaml",
        "data/topics.yaml",
    }


def test_new_project_is_free_of_the_congress(region: Path) -> None:
    data = "".join(path.read_text(encoding="utf-8") for path in (region / "data").glob("*.yaml"))

    assert [word for word in ("ITAS-", "Chemnitz", "Sachsen", "Automobil") if word in data] == []


def test_examples_name_no_other_region(run: Run, region: Path) -> None:
    listed = run("queries", "--project", region).stdout

    assert [
        name for name in ("ITAS", "CWE", "Boris Kaiser", "Zulieferer", "Kreislaufwirtschaft") if f"={name}" in listed
    ] == []


def test_picture_holds_the_event(region: Path) -> None:
    project = Project(region)
    loaded = access.load(project)
    network = network_of("actors", loaded, project)
    base = "https://example.org/my-region/"

    assert set(network.nodes) == {
        base + name
        for name in (
            "event/example-day",
            "talk/repair-cafe",
            "offer/repair-cafe",
            "person/erika-muster",
            "organisation/musterwerk",
            "topic/repair",
            "group/citizens",
        )
    }
    assert {
        (f"{base}talk/repair-cafe", f"{base}person/erika-muster"),
        (f"{base}talk/repair-cafe", f"{base}event/example-day"),
    } <= set(network.edges())


def test_event_has_its_programme(run: Run, region: Path) -> None:
    done = run("query", "programme", "-f", "csv", "--lang", "de", "--project", region)

    assert [(row["contributionLabel"], row["speakerLabel"], row["organisationLabel"]) for row in rows(done.stdout)] == [
        ("Reparieren statt wegwerfen", "Erika Muster", "Musterwerk")
    ]


@pytest.mark.parametrize(
    ("name", "given", "answer"),
    [
        ("speakers", (), "Erika Muster vom Musterwerk"),
        ("who", ("-p", "topic=Reparatur"), "Erika Muster"),
        ("offers", ("-p", "target_group=citizens"), "Repair café"),
        ("organisation", ("-p", "organisation=musterwerk"), "Erika Muster"),
        ("person", ("-p", "person=erika muster"), "Musterwerk"),
        ("evidence", ("-p", "thing=Repair café"), "für alle Bürgerinnen und Bürger"),
        ("things", (), "Repair café"),
        ("topics", (), "Repair"),
        ("sources", (), "https://example.org/report"),
    ],
)
def test_ready_questions_name_the_event(run: Run, region: Path, name: str, given: tuple[str, ...], answer: str) -> None:
    done = run("query", name, *given, "-f", "csv", "--project", region)

    assert done.exit_code == 0
    assert answer in done.stdout


def test_every_question_has_an_answer(run: Run, region: Path) -> None:
    names = {
        "thing": "Repair café",
        "target_group": "Citizens",
        "earlier": "source/example-event",
        "later": "source/example-event",
        "source": "source/example-event",
        "subject": "Repair café",
        "object": "Citizens",
        "organisation": "Musterwerk",
        "person": "Erika Muster",
        "topic": "Repair",
    }
    questions = queries.all_questions(Project(region))
    codes = {
        question.name: run(
            "query",
            question.name,
            "--project",
            region,
            *(f"-p{p.name}={names[p.name]}" for p in question.parameters if not p.optional),
        ).exit_code
        for question in questions
    }

    assert set(codes.values()) == {0}
    assert len(codes) == 39


# --- names and addresses ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "base"),
    [
        ("my-region", "https://example.org/my-region/"),
        ("My Region (2)", "https://example.org/my-region-2/"),
        ("Südwestsachsen", "https://example.org/suedwestsachsen/"),
        ("Groß Ähren", "https://example.org/gross-aehren/"),
        ("地域", "https://example.org/region/"),
    ],
)
def test_addresses_bear_the_folder_name(tmp_path: Path, name: str, base: str) -> None:
    scaffold.create(tmp_path / name)
    context = json.loads((tmp_path / name / "ontology" / "context.jsonld").read_text(encoding="utf-8"))["@context"]

    assert context["@base"] == base
    assert context["itas"] == "https://w3id.org/itas/ontology#"


@pytest.mark.parametrize("lang", ["de", "en"])
def test_missing_parent_is_refused(run: Run, tmp_path: Path, lang: str) -> None:
    done = run("init", tmp_path / "new" / "region", "--lang", lang)

    assert (done.exit_code, done.stdout) == (3, "")
    assert done.stderr == messages.render("no-folder", lang, folder=tmp_path / "new") + "\n"
    assert everything_in(tmp_path) == set()


@pytest.mark.slow
def test_empty_folder_is_filled(run: Run, tmp_path: Path) -> None:
    folder = tmp_path / "empty"
    folder.mkdir()
    done = run("init", folder)

    assert done.exit_code == 0
    assert run("check", "--project", folder).exit_code == 0


def test_current_folder_is_filled(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = tmp_path / "here"
    folder.mkdir()
    monkeypatch.chdir(folder)
    done = run("init", ".")

    assert (done.exit_code, done.stderr) == (0, ". created. Next: itasgraph check --project .\n")
    assert (folder / "data" / "event.yaml").is_file()
    assert folder.samefile(Path.cwd())


# --- when it cannot be done -------------------------------------------------------------------------------------


@pytest.mark.parametrize(("lang", "words"), [("de", "ist nicht leer"), ("en", "is not empty")])
def test_full_folder_is_left_alone(run: Run, tmp_path: Path, lang: str, words: str) -> None:
    folder = tmp_path / "full"
    folder.mkdir()
    (folder / "mine.txt").write_text("mine")
    done = run("init", folder, "--lang", lang)

    assert (done.exit_code, done.stdout) == (2, "")
    assert done.stderr.startswith(str(folder))
    assert words in done.stderr
    assert everything_in(tmp_path) == {"full", "full/mine.txt"}


def test_file_is_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "file"
    path.write_text("mine")
    with pytest.raises(UsageError) as caught:
        scaffold.create(path)

    assert (caught.value.code, path.read_text()) == ("folder-not-empty", "mine")


@pytest.mark.parametrize("name", ["file/region", "x" * 300, "new/deep/" + "x" * 300])
def test_failure_leaves_nothing(tmp_path: Path, name: str) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(FileError) as caught:
        scaffold.create(tmp_path / name)

    assert caught.value.exit_code == 3
    assert everything_in(tmp_path) == {"file"}


@pytest.mark.parametrize("lang", ["de", "en"])
def test_way_out_is_an_option_of_init(run: Run, tmp_path: Path, lang: str) -> None:
    (tmp_path / "file").touch()
    done = run("init", tmp_path / "file" / "region", "--lang", lang)

    assert (done.exit_code, len(done.stderr.splitlines())) == (3, 1)
    assert " -o" not in done.stderr


@pytest.mark.parametrize(("lang", "words"), [("de", "nicht vorhanden"), ("en", "it does not exist")])
def test_half_a_copy_is_removed(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, lang: str, words: str
) -> None:
    origin = tmp_path / "origin"
    shutil.copytree(ROOT / "ontology", origin / "ontology")
    (origin / "ontology" / "leads-nowhere").symlink_to("nowhere")
    monkeypatch.setattr(project, "bundled_folder", lambda: origin)
    done = run("init", tmp_path / "mine", "--lang", lang)

    assert done.exit_code == 3
    assert re.fullmatch(rf"{tmp_path / 'mine'} .*{words}.*\n", done.stderr)
    assert [path.name for path in tmp_path.iterdir()] == ["origin"]
