"""A project is three folders; which one is meant, and which of its files count."""

from __future__ import annotations

import os
import socket
from pathlib import Path

import pytest

from itasgraph import project
from itasgraph.errors import FileError
from itasgraph.project import Project
from tests.helpers.projects import ROOT


@pytest.fixture
def made(tmp_path: Path) -> Path:
    """A project folder with one data file."""
    for name in ("ontology/rules", "data", "queries/network"):
        (tmp_path / "made" / name).mkdir(parents=True)
    (tmp_path / "made" / "data" / "event.yaml").write_text("id: source/s\nsays: []\n", encoding="utf-8")
    return tmp_path / "made"


def touch(folder: Path, *names: str) -> None:
    for name in names:
        (folder / name).write_text("", encoding="utf-8")


def test_the_named_folder_is_the_project(made: Path) -> None:
    assert project.find(made) == Project(made)


def test_the_current_folder_is_the_project_where_none_is_named(made: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(made)

    assert project.find() == Project(made)


def test_the_bundled_project_answers_where_the_current_folder_is_none(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)

    assert project.find() == Project(ROOT, bundled=True)


@pytest.mark.parametrize("missing", ["ontology", "data", "queries"])
def test_a_folder_that_lacks_one_of_the_three_is_refused_with_the_way_out(tmp_path: Path, missing: str) -> None:
    for name in {"ontology", "data", "queries"} - {missing}:
        (tmp_path / name).mkdir()
    with pytest.raises(FileError) as raised:
        project.find(tmp_path)

    assert str(raised.value) == (
        f"{tmp_path} is not a project: {missing}/ is missing – create one with: itasgraph init {tmp_path}"
    )


def test_a_file_in_the_place_of_a_project_is_refused(made: Path) -> None:
    with pytest.raises(FileError) as raised:
        project.find(made / "data" / "event.yaml")

    assert raised.value.code == "no-project"


def test_a_project_without_data_is_refused(made: Path) -> None:
    (made / "data" / "event.yaml").unlink()
    with pytest.raises(FileError) as raised:
        project.find(made)

    assert str(raised.value) == (
        f"{made / 'data'} holds no *.yaml file – add the first one as data/README.md shows; "
        "if one is called *.yaml.txt or *.yml, rename it to *.yaml"
    )


def test_files_come_in_the_order_of_their_names(made: Path) -> None:
    touch(made, "data/b.yaml", "data/a.yaml", "queries/z.rq", "queries/y.rq", "queries/network/n.rq")
    touch(made, "ontology/rules/2.rq", "ontology/rules/1.rq")
    found = Project(made)

    assert [path.name for path in found.data] == ["a.yaml", "b.yaml", "event.yaml"]
    assert [path.name for path in found.questions] == ["y.rq", "z.rq"]
    assert [path.name for path in found.networks] == ["n.rq"]
    assert [path.name for path in found.rules] == ["1.rq", "2.rq"]


def test_shapes_are_no_vocabulary(made: Path) -> None:
    touch(made, "ontology/shapes.ttl", "ontology/terms.ttl")

    assert [path.name for path in Project(made).vocabularies] == ["terms.ttl"]


def test_what_decides_the_graph_is_context_vocabulary_rules_and_data(made: Path) -> None:
    touch(made, "ontology/context.jsonld", "ontology/shapes.ttl", "ontology/terms.ttl", "ontology/rules/r.rq")
    touch(made, "queries/q.rq", "data/README.md")

    assert [str(path.relative_to(made)) for path in Project(made).inputs()] == [
        "ontology/context.jsonld",
        "ontology/terms.ttl",
        "ontology/rules/r.rq",
        "data/event.yaml",
    ]


@pytest.mark.parametrize("name", ["._event.yaml", ".event.yaml"], ids=["macOS", "hidden"])
def test_hidden_files_that_other_programs_leave_are_no_data(made: Path, name: str) -> None:
    touch(made, f"data/{name}")

    assert [path.name for path in Project(made).data] == ["event.yaml"]


def test_the_lock_of_an_editor_does_not_stop_every_command(made: Path) -> None:
    (made / "data" / ".#event.yaml").symlink_to("somebody@somewhere.1234:5678")

    assert [path.name for path in Project(made).data] == ["event.yaml"]


# --- links and pipes --------------------------------------------------------------------------------------------------

READ = {
    "context": "ontology/context.jsonld",
    "shapes": "ontology/shapes.ttl",
    "vocabularies": "ontology/terms.ttl",
    "rules": "ontology/rules/r.rq",
    "checks": "ontology/checks/c.rq",
    "data": "data/event.yaml",
    "questions": "queries/q.rq",
    "networks": "queries/network/n.rq",
}


def leads_out(folder: Path, part: str) -> str:
    """What is said when the files of `part` are asked for."""
    with pytest.raises(FileError) as raised:
        getattr(Project(folder), part)
    return str(raised.value)


@pytest.mark.parametrize(("part", "name"), READ.items(), ids=READ)
def test_a_file_that_is_a_link_out_of_the_project_is_refused_by_name(made: Path, part: str, name: str) -> None:
    (made / name).unlink(missing_ok=True)
    (made / name).parent.mkdir(exist_ok=True)
    (made.parent / "elsewhere").touch()
    (made / name).symlink_to(made.parent / "elsewhere")

    assert leads_out(made, part) == f"{made / name} leads out of the project – copy it in"


@pytest.mark.parametrize(("part", "name"), READ.items(), ids=READ)
def test_a_folder_that_is_a_link_out_of_the_project_is_refused_by_name(made: Path, part: str, name: str) -> None:
    folder = (made / name).parent
    folder.mkdir(exist_ok=True)
    folder.rename(made.parent / "elsewhere")
    folder.symlink_to(made.parent / "elsewhere")

    assert leads_out(made, part).startswith(f"{folder}")
    assert leads_out(made, part).endswith(" leads out of the project – copy it in")


def test_a_link_to_a_link_out_of_the_project_is_refused(made: Path) -> None:
    touch(made.parent, "elsewhere.yaml")
    (made / "extra").mkdir()
    (made / "extra" / "other.yaml").symlink_to("../../elsewhere.yaml")
    (made / "data" / "other.yaml").symlink_to("../extra/other.yaml")

    assert leads_out(made, "data") == f"{made / 'data' / 'other.yaml'} leads out of the project – copy it in"


def test_a_folder_beside_the_project_with_a_name_that_begins_alike_is_outside(made: Path) -> None:
    (made.parent / "made-2").mkdir()
    touch(made.parent, "made-2/other.yaml")
    (made / "data" / "other.yaml").symlink_to("../../made-2/other.yaml")

    assert leads_out(made, "data").startswith(f"{made / 'data' / 'other.yaml'} leads out")


def test_links_within_the_project_are_followed(made: Path) -> None:
    (made / "shared").mkdir()
    touch(made, "shared/other.yaml", "shared/q.rq")
    (made / "data" / "other.yaml").symlink_to("../shared/other.yaml")
    (made / "queries" / "network").rmdir()
    (made / "queries" / "network").symlink_to("../shared")

    assert [path.name for path in Project(made).data] == ["event.yaml", "other.yaml"]
    assert [path.name for path in Project(made).networks] == ["q.rq"]


def test_the_project_itself_may_be_reached_through_a_link(made: Path) -> None:
    (made.parent / "link").symlink_to(made)
    touch(made, "shared.yaml")
    (made / "data" / "other.yaml").symlink_to(made / "shared.yaml")

    assert [path.name for path in project.find(made.parent / "link").data] == ["event.yaml", "other.yaml"]


def test_the_project_that_came_with_the_package_may_be_linked_to_an_installers_cache(made: Path) -> None:
    (made / "data" / "event.yaml").rename(made.parent / "cached.yaml")
    (made / "data" / "event.yaml").symlink_to(made.parent / "cached.yaml")

    assert [path.name for path in Project(made, bundled=True).data] == ["event.yaml"]


@pytest.mark.parametrize(("part", "name"), READ.items(), ids=READ)
def test_a_pipe_in_the_place_of_a_file_is_refused_by_name(made: Path, part: str, name: str) -> None:
    (made / name).unlink(missing_ok=True)
    (made / name).parent.mkdir(exist_ok=True)
    os.mkfifo(made / name)

    assert leads_out(made, part) == f"{made / name} is not an ordinary file – put one in its place"


def test_a_socket_in_the_place_of_a_file_is_refused_by_name(made: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(made / "data")  # the path of a socket must be short
    with socket.socket(socket.AF_UNIX) as listener:
        listener.bind("other.yaml")
    monkeypatch.undo()

    assert leads_out(made, "data").startswith(f"{made / 'data' / 'other.yaml'} is not an ordinary file")


# --- how files are shown ----------------------------------------------------------------------------------------------


def test_a_file_below_the_current_folder_is_shown_from_there(made: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(made.parent)

    assert Project(made).show(made / "data" / "event.yaml") == "made/data/event.yaml"


def test_a_file_elsewhere_is_shown_as_it_was_named(made: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(made / "queries")
    path = made / "data" / "event.yaml"

    assert Project(made).show(path) == str(path)


def test_the_shipped_project_is_found_beside_the_package(shipped: Project) -> None:
    assert project.bundled() == shipped.root
    assert project.is_project(project.bundled())
