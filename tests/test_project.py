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
    """Return a project folder with one data file."""
    for name in ("ontology/rules", "data", "queries/network"):
        (tmp_path / "made" / name).mkdir(parents=True)
    (tmp_path / "made" / "data" / "event.yaml").write_text("id: source/s\nsays: []\n", encoding="utf-8")
    return tmp_path / "made"


def touch(folder: Path, *names: str) -> None:
    for name in names:
        (folder / name).write_text("", encoding="utf-8")


def test_named_folder_is_the_project(made: Path) -> None:
    assert project.find(made) == Project(made)


def test_current_folder_is_the_default(made: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(made)

    assert project.find() == Project(made)


def test_bundled_project_is_the_fallback(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)

    assert project.find() == Project(ROOT, bundled=True)


@pytest.mark.parametrize("missing", ["ontology", "data", "queries"])
def test_incomplete_folder_is_refused(tmp_path: Path, missing: str) -> None:
    for name in {"ontology", "data", "queries"} - {missing}:
        (tmp_path / name).mkdir()
    with pytest.raises(FileError) as raised:
        project.find(tmp_path)

    assert str(raised.value) == (
        f"{tmp_path} is not a project: {missing}/ is missing – create one with: itasgraph init {tmp_path}"
    )


def test_file_is_refused(made: Path) -> None:
    with pytest.raises(FileError) as raised:
        project.find(made / "data" / "event.yaml")

    assert raised.value.code == "no-project"


def test_project_needs_data(made: Path) -> None:
    (made / "data" / "event.yaml").unlink()
    with pytest.raises(FileError) as raised:
        project.find(made)

    assert str(raised.value) == (
        f"{made / 'data'} holds no *.yaml file – add the first one as data/README.md shows; "
        "rename a file *.yaml.txt or *.yml to *.yaml"
    )


def test_files_are_sorted(made: Path) -> None:
    touch(made, "data/b.yaml", "data/a.yaml", "queries/z.rq", "queries/y.rq", "queries/network/n.rq")
    touch(made, "ontology/rules/2.rq", "ontology/rules/1.rq")
    actual = Project(made)

    assert [path.name for path in actual.data] == ["a.yaml", "b.yaml", "event.yaml"]
    assert [path.name for path in actual.questions] == ["y.rq", "z.rq"]
    assert [path.name for path in actual.networks] == ["n.rq"]
    assert [path.name for path in actual.rules] == ["1.rq", "2.rq"]


def test_shapes_are_no_vocabulary(made: Path) -> None:
    touch(made, "ontology/shapes.ttl", "ontology/terms.ttl")

    assert [path.name for path in Project(made).vocabularies] == ["terms.ttl"]


def test_graph_inputs_are_listed(made: Path) -> None:
    touch(made, "ontology/context.jsonld", "ontology/shapes.ttl", "ontology/terms.ttl", "ontology/rules/r.rq")
    touch(made, "queries/q.rq", "data/README.md")

    assert [str(path.relative_to(made)) for path in Project(made).inputs()] == [
        "ontology/context.jsonld",
        "ontology/terms.ttl",
        "ontology/rules/r.rq",
        "data/event.yaml",
    ]


@pytest.mark.parametrize("name", ["._event.yaml", ".event.yaml"], ids=["macOS", "hidden"])
def test_hidden_files_are_no_data(made: Path, name: str) -> None:
    touch(made, f"data/{name}")

    assert [path.name for path in Project(made).data] == ["event.yaml"]


def test_editor_lock_is_ignored(made: Path) -> None:
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
    """Return what is said when the files of `part` are asked for."""
    with pytest.raises(FileError) as raised:
        getattr(Project(folder), part)
    return str(raised.value)


@pytest.mark.parametrize(("part", "name"), READ.items(), ids=READ)
def test_link_out_is_refused(made: Path, part: str, name: str) -> None:
    (made / name).unlink(missing_ok=True)
    (made / name).parent.mkdir(exist_ok=True)
    (made.parent / "elsewhere").touch()
    (made / name).symlink_to(made.parent / "elsewhere")

    assert (
        leads_out(made, part) == f"{made / name} leads out of the project – replace the link with a copy of its content"
    )


@pytest.mark.parametrize(("part", "name"), READ.items(), ids=READ)
def test_folder_link_out_is_refused(made: Path, part: str, name: str) -> None:
    folder = (made / name).parent
    folder.mkdir(exist_ok=True)
    folder.rename(made.parent / "elsewhere")
    folder.symlink_to(made.parent / "elsewhere")

    assert leads_out(made, part).startswith(f"{folder}")
    assert leads_out(made, part).endswith(" leads out of the project – replace the link with a copy of its content")


def test_link_to_a_link_out_is_refused(made: Path) -> None:
    touch(made.parent, "elsewhere.yaml")
    (made / "extra").mkdir()
    (made / "extra" / "other.yaml").symlink_to("../../elsewhere.yaml")
    (made / "data" / "other.yaml").symlink_to("../extra/other.yaml")

    assert (
        leads_out(made, "data")
        == f"{made / 'data' / 'other.yaml'} leads out of the project – replace the link with a copy of its content"
    )


def test_similar_folder_is_outside(made: Path) -> None:
    (made.parent / "made-2").mkdir()
    touch(made.parent, "made-2/other.yaml")
    (made / "data" / "other.yaml").symlink_to("../../made-2/other.yaml")

    assert leads_out(made, "data").startswith(f"{made / 'data' / 'other.yaml'} leads out")


def test_inner_links_are_followed(made: Path) -> None:
    (made / "shared").mkdir()
    touch(made, "shared/other.yaml", "shared/q.rq")
    (made / "data" / "other.yaml").symlink_to("../shared/other.yaml")
    (made / "queries" / "network").rmdir()
    (made / "queries" / "network").symlink_to("../shared")

    assert [path.name for path in Project(made).data] == ["event.yaml", "other.yaml"]
    assert [path.name for path in Project(made).networks] == ["q.rq"]


def test_project_may_be_a_link(made: Path) -> None:
    (made.parent / "link").symlink_to(made)
    touch(made, "shared.yaml")
    (made / "data" / "other.yaml").symlink_to(made / "shared.yaml")

    assert [path.name for path in project.find(made.parent / "link").data] == ["event.yaml", "other.yaml"]


def test_bundled_project_may_be_linked(made: Path) -> None:
    (made / "data" / "event.yaml").rename(made.parent / "cached.yaml")
    (made / "data" / "event.yaml").symlink_to(made.parent / "cached.yaml")

    assert [path.name for path in Project(made, bundled=True).data] == ["event.yaml"]


@pytest.mark.parametrize(("part", "name"), READ.items(), ids=READ)
def test_pipe_is_refused(made: Path, part: str, name: str) -> None:
    (made / name).unlink(missing_ok=True)
    (made / name).parent.mkdir(exist_ok=True)
    os.mkfifo(made / name)

    assert leads_out(made, part) == f"{made / name} is not an ordinary file – put an ordinary one in its place"


def test_socket_is_refused(made: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(made / "data")  # the path of a socket must be short
    with socket.socket(socket.AF_UNIX) as listener:
        listener.bind("other.yaml")
    monkeypatch.undo()

    assert leads_out(made, "data").startswith(f"{made / 'data' / 'other.yaml'} is not an ordinary file")


# --- how files are shown ----------------------------------------------------------------------------------------------


def test_inner_file_is_shown_relative(made: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(made.parent)

    assert Project(made).filename(made / "data" / "event.yaml") == "made/data/event.yaml"


def test_outer_file_is_shown_as_named(made: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(made / "queries")
    path = made / "data" / "event.yaml"

    assert Project(made).filename(path) == str(path)


def test_shipped_project_is_found(shipped: Project) -> None:
    assert project.bundled_folder() == shipped.root
    assert project.is_project(project.bundled_folder())
