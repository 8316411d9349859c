"""docs/publishing.md: its steps run as they are written, and a real Apache answers with them as the page says."""

from __future__ import annotations

import os
import re
import shlex
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Final, NamedTuple

import httpx
import pyoxigraph as ox
import pytest

from tests.helpers.programs import Run
from tests.helpers.projects import ROOT
from tests.helpers.servers import ports, wait
from tools import make_docs

pytestmark = pytest.mark.slow

SCRIPTS: Final = str(Path(sys.executable).parent)
MODULES: Final = Path("/usr/lib/apache2/modules")
# The lesser of what a host may allow (FileInfo), and a setting of its own that gets in the way of .gz.
APACHE: Final = """
ServerRoot {folder}
ServerName localhost
Listen 127.0.0.1:{port}
PidFile {folder}/apache.pid
ErrorLog {folder}/error.log
DocumentRoot {folder}/www
TypesConfig {folder}/mime.types
AddEncoding x-gzip .gz
{modules}
<Directory {folder}/www>
  AllowOverride FileInfo
  Require all granted
</Directory>
"""
LOADED: Final = ("mpm_event", "authz_core", "dir", "headers", "mime", "negotiation", "rewrite")
BROWSER: Final = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"
TURTLE, JSON_LD, PAGE = "text/turtle; charset=utf-8", "application/ld+json", "text/html; charset=utf-8"


class Block(NamedTuple):
    """A block of the page: the words behind its fence, and its text."""

    info: str
    text: str


def blocks(page: str) -> list[Block]:
    return [Block(*actual) for actual in re.findall(r"^```([^\n]*)\n(.*?)^```$", page, re.MULTILINE | re.DOTALL)]


@pytest.fixture(scope="module")
def page() -> str:
    """Return the page; its servers listen at free ports."""
    text = (ROOT / "docs" / "publishing.md").read_text(encoding="utf-8")
    for written, free in zip(("7878", "7879"), ports(2), strict=True):
        text = text.replace(f"127.0.0.1:{written}", f"127.0.0.1:{free}").replace(f"--port {written}", f"--port {free}")
    return text


def test_description_is_sound(page: str, run: Run, tmp_path: Path) -> None:
    project = tmp_path / "region"
    run("init", project)
    added = [block for block in blocks(page) if block.info.startswith("yaml append ")]
    for block in added:
        with (project / block.info.split()[-1]).open("a", encoding="utf-8") as file:
            file.write(block.text)
    done = run("check", "--project", project, "--lang", "en")

    assert len(added) == 1
    assert (done.exit_code, done.stderr[:10]) == (0, "No faults:")


@pytest.fixture(scope="module")
def folder(page: str, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a copy of the project in which the files of the page are written, up to the folder that is copied to the host."""
    place = make_docs.workplace(tmp_path_factory.mktemp("publishing"))
    make_docs.rerun(page, place)
    with (place / "data" / "dataset.yaml").open("a", encoding="utf-8") as file:
        file.write("  contact: mailto:redaktion@example.org\n")  # a new project has the line; the shipped one has not
    step(next(block.text for block in blocks(page) if block.info == "sh"), place)
    for block in blocks(page):
        name = block.info.partition(" ")[2]
        if name.startswith("public/"):
            (place / name).write_text(block.text, encoding="utf-8")
    return place


def step(text: str, place: Path) -> None:
    path = os.pathsep.join([SCRIPTS, os.environ["PATH"]])
    done = subprocess.run(
        ["sh", "-e", "-c", text], cwd=place, env={**os.environ, "PATH": path}, check=False, capture_output=True
    )
    assert done.returncode == 0, done.stderr.decode()


@pytest.mark.slow
def test_steps_make_the_files(folder: Path) -> None:
    public = {path.name: path for path in (folder / "public").iterdir()}
    described = public["void.ttl"].read_text(encoding="utf-8")

    assert set(public) == {
        *("itas.ttl", "itas.nq.gz", "itas.jsonld", "void.ttl", "index.html"),
        *("ontology.ttl", "ontology.jsonld", "ontology.html", "data", "ontology", ".htaccess"),
    }
    assert "itas:Offer\n" in public["ontology.ttl"].read_text(encoding="utf-8")
    assert "Help that somebody offers to a target group" in public["ontology.html"].read_text(encoding="utf-8")
    assert "dcat:downloadURL <https://example.org/itas/itas.nq.gz>" in described
    assert "dcat:endpointURL <https://example.org/sparql>" in described


@pytest.mark.slow
def test_table_holds_every_term(folder: Path) -> None:
    vocabulary = (folder / "ontology" / "itas.ttl").read_text(encoding="utf-8")
    table = (folder / "public" / "ontology.html").read_text(encoding="utf-8")
    declared = len(re.findall(r"^\S+ a owl:", vocabulary, re.MULTILINE))

    # One row for each, and one for the headings.
    assert table.count("<tr>") == declared + 1
    assert declared > 70


@pytest.mark.slow
def test_data_name_their_address(folder: Path) -> None:
    step("itasgraph check", folder)

    assert "mailto:redaktion@example.org" in (folder / "public" / "index.html").read_text(encoding="utf-8")


@pytest.mark.slow
def test_steps_run_as_written(page: str, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    if shutil.which("oxigraph", path=SCRIPTS) is None:
        pytest.skip("oxigraph is not installed (pip install oxigraph)")
    monkeypatch.setenv("PATH", os.pathsep.join([SCRIPTS, os.environ["PATH"]]))
    steps = [block.text for block in blocks(page) if block.info == "sh"]

    with ExitStack() as running:
        for text, following in zip(steps[1:], [*steps[2:], ""], strict=True):
            if " serve " in text:
                running.enter_context(in_background(text, folder, re.findall(r"http://[\d.:]+", following)[0]))
            else:
                step(text, folder)

    assert len(steps) == 5


@contextmanager
def in_background(command: str, place: Path, url: str) -> Iterator[None]:
    log = place / "server.log"
    with log.open("wb") as words, subprocess.Popen(shlex.split(command), cwd=place, stderr=words) as process:
        try:
            wait(process, f"{url}/query?query=ASK%7B%7D", log)
            yield
        finally:
            process.terminate()


# --- the rules, on a real Apache -----------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def apache(page: str, folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Yield the address of an Apache that is the host of the page and, in two folders, w3id.org with each set of rules."""
    program = shutil.which("apache2", path=f"{os.environ['PATH']}{os.pathsep}/usr/sbin")
    if program is None or not all((MODULES / f"mod_{name}.so").exists() for name in LOADED):
        pytest.skip("apache2 is not installed (Debian: apache2-bin)")
    place = tmp_path_factory.mktemp("apache")
    (port,) = ports(1)
    url = f"http://127.0.0.1:{port}"
    shutil.copytree(folder / "public", place / "www" / "host")
    rules = [block.text for block in blocks(page) if block.info == "apache itas/.htaccess"]
    for name, text in zip(("weighed", "plain"), rules, strict=True):
        (place / "www" / name).mkdir()
        (place / "www" / name / ".htaccess").write_text(text.replace("https://example.org/itas", f"{url}/host"))
    with _apache(program, place, port):
        yield url


@contextmanager
def _apache(program: str, place: Path, port: int) -> Iterator[None]:
    (place / "mime.types").touch()
    modules = "\n".join(f"LoadModule {name}_module {MODULES}/mod_{name}.so" for name in LOADED)
    (place / "httpd.conf").write_text(APACHE.format(folder=place, port=port, modules=modules))
    log = place / "words.log"
    with (
        log.open("wb") as words,
        subprocess.Popen([program, "-X", "-f", place / "httpd.conf"], stdout=words, stderr=words) as process,
    ):
        try:
            wait(process, f"http://127.0.0.1:{port}/host/void.ttl", log)
            yield
        finally:
            process.kill()


def get(url: str, accept: str) -> httpx.Response:
    """Return what a client gets in the end that asks for a name."""
    return httpx.get(url, headers={"Accept": accept}, follow_redirects=True, trust_env=False)


@pytest.mark.quick(1)
@pytest.mark.parametrize("rules", ["weighed", "plain"])
@pytest.mark.parametrize(
    ("accept", "type_"),
    [
        (BROWSER, PAGE),
        ("text/turtle", TURTLE),
        ("application/ld+json", JSON_LD),
        ("*/*", TURTLE),
        # Protégé's, then rdflib's kind of list.
        ("application/rdf+xml, application/xml; q=0.7, text/xml; q=0.6, text/plain; q=0.1, */*; q=0.09", TURTLE),
        ("text/turtle, application/rdf+xml;q=0.9, application/n-triples;q=0.8", TURTLE),
    ],
)
@pytest.mark.parametrize("name", ["ontology", "ontology/0.2.0", "person/boris-kaiser"])
def test_name_leads_to_each_format(apache: str, rules: str, name: str, accept: str, type_: str) -> None:
    answer = get(f"{apache}/{rules}/{name}", accept)

    assert (answer.status_code, answer.headers["content-type"]) == (200, type_)
    assert [before.status_code for before in answer.history] == [303]
    assert ("ontology" in str(answer.url)) == name.startswith("ontology")


@pytest.mark.parametrize("name", ["ontology", "person/boris-kaiser"])
@pytest.mark.parametrize(
    ("accept", "type_"),
    [
        ("text/turtle, text/html;q=0.5", TURTLE),
        ("application/ld+json;q=0.3, text/turtle", TURTLE),
        ("application/ld+json, text/turtle;q=0.3", JSON_LD),
        ("text/html;q=0.2, application/ld+json;q=0.9", JSON_LD),
        ("text/turtle;q=0.2, text/html", PAGE),
    ],
)
def test_preferences_are_heeded(apache: str, name: str, accept: str, type_: str) -> None:
    answer = get(f"{apache}/weighed/{name}", accept)

    assert (answer.status_code, answer.headers["content-type"]) == (200, type_)
    assert "accept" in answer.headers["vary"].lower()


def test_unknown_type_lists_the_formats(apache: str) -> None:
    answer = get(f"{apache}/weighed/person/boris-kaiser", "application/pdf")

    assert answer.status_code == 406
    assert all(name in answer.text for name in ("itas.ttl", "itas.jsonld", "index.html"))


def test_only_named_types_are_heeded(apache: str) -> None:
    first = get(f"{apache}/plain/ontology", "text/turtle, text/html;q=0.5")
    second = get(f"{apache}/plain/ontology", "application/ld+json;q=0.3, text/turtle")

    assert (first.headers["content-type"], second.headers["content-type"]) == (PAGE, JSON_LD)


@pytest.mark.parametrize(
    ("name", "type_"),
    [
        ("itas.ttl", TURTLE),
        ("itas.jsonld", JSON_LD),
        ("itas.nq.gz", "application/gzip"),
        ("void.ttl", TURTLE),
        ("index.html", PAGE),
    ],
)
def test_files_have_their_media_type(apache: str, name: str, type_: str) -> None:
    answer = get(f"{apache}/host/{name}", "*/*")

    assert (answer.status_code, answer.headers["content-type"]) == (200, type_)
    assert "content-encoding" not in answer.headers
    assert answer.headers["access-control-allow-origin"] == "*"


def test_arrival_equals_export(apache: str, folder: Path) -> None:
    got = get(f"{apache}/weighed/person/boris-kaiser", "text/turtle").content
    exported = (folder / "public" / "itas.ttl").read_bytes()

    assert got == exported
    assert len(list(ox.parse(got, ox.RdfFormat.TURTLE))) > 5000
