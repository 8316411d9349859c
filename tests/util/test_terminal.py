"""What others wrote never steers a terminal; a file or a pipe gets it byte for byte."""

from __future__ import annotations

import io
import os
import re
import sys
import unicodedata
from collections.abc import Iterator
from pathlib import Path

import pyoxigraph as ox
import pytest
from hypothesis import given
from hypothesis import strategies as st

from itasgraph.messages import control_characters
from itasgraph.util import terminal
from tests.helpers.programs import Run
from tests.helpers.projects import ROOT
from tests.helpers.properties import count_inputs
from tests.helpers.servers import Request, answer, small_server
from tests.helpers.terminals import Done, open_terminal, run_in_terminal

# Unicode's Bidi_Control (PropList.txt).
BIDI = "\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
STEERING = "".join(map(chr, [*range(0x20), *range(0x7F, 0xA0)])) + BIDI + "\u2028\u2029"
HOSTILE = "".join(char for char in STEERING if char not in "\0\n") + "\x1b]8;;http://evil.example\x07x\x1b[2J\x9b31m"
# What a table of ours sends to a terminal: links, and the change of colours that ends one.
OURS = re.compile(rb"\x1b\]8;;[!-~]*\x1b\\|\x1b\[0?m")


def steering(shown: bytes) -> set[str]:
    """Return the characters of an output that would steer the terminal, apart from ends of lines and tabs."""
    text = shown.decode().replace("\r\n", "").replace("\n", "").replace("\t", "")
    return {char for char in text if char in STEERING or unicodedata.category(char) == "Cc"}


@given(st.text(st.characters(exclude_categories=["Cs"]) | st.sampled_from(STEERING)))
@count_inputs
def test_steering_characters_are_removed(text: str) -> None:
    seen = control_characters.visible(text)

    assert not steering(seen.encode())
    plain = text.replace("\r\n", "\n")
    assert len(seen) == len(plain)
    assert all(a == b or (a in STEERING + "\ufffe\uffff" and b == "\ufffd") for a, b in zip(plain, seen, strict=True))


@pytest.fixture(scope="module")
def screen() -> Iterator[tuple[terminal._TerminalStream, int]]:
    """Yield a stream of ours that goes to a terminal, and the end that the terminal reads."""
    ours, theirs = open_terminal()
    with os.fdopen(theirs, "w", encoding="utf-8", newline="") as stream:
        yield terminal._TerminalStream(stream), ours
    os.close(ours)


def read_until(end: int, mark: bytes) -> bytes:
    actual = b""
    while not actual.endswith(mark):
        actual += os.read(end, 4096)
    return actual.removesuffix(mark)


@given(st.lists(st.binary(max_size=40) | st.text(STEERING + "aä\r\n", max_size=20).map(str.encode), max_size=6))
@count_inputs
def test_any_bytes_steer_nothing(screen: tuple[terminal._TerminalStream, int], pieces: list[bytes]) -> None:
    stream, end = screen
    for piece in pieces:
        stream.buffer.write(piece)
    stream.buffer.write(b"<end>")
    stream.buffer.flush()

    assert not steering(read_until(end, b"<end>"))


@given(st.text(st.characters(exclude_categories=["Cs"]) | st.sampled_from(STEERING), max_size=60))
@count_inputs
def test_any_words_steer_nothing(screen: tuple[terminal._TerminalStream, int], words: str) -> None:
    stream, end = screen
    stream.write(words + "<end>")
    stream.flush()

    assert not steering(read_until(end, b"<end>"))


@pytest.fixture
def hostile(tmp_path: Path) -> Path:
    """Return a file whose labels, quotes, types and addresses try to steer a terminal."""
    base = "https://w3id.org/itas/"
    a, b, kind = (ox.NamedNode(base + name) for name in ("a", "b", "ontology#Kind"))
    label, says, text = ox.NamedNode("http://www.w3.org/2000/01/rdf-schema#label"), ox.NamedNode(f"{base}says"), HOSTILE
    type_ = ox.NamedNode("http://www.w3.org/1999/02/22-rdf-syntax-ns#type")
    triples = [
        ox.Triple(a, type_, kind),
        ox.Triple(kind, label, ox.Literal(f"Kind{text}", language="en")),
        ox.Triple(a, label, ox.Literal("Anna", language="en")),
        ox.Triple(a, ox.NamedNode("http://www.w3.org/2004/02/skos/core#altLabel"), ox.Literal(f"Anne{text}")),
        ox.Triple(a, says, ox.Literal(f"words{text}")),
        ox.Triple(a, says, b),
        ox.Triple(b, label, ox.Literal(f"Bert{text}", language="en")),
        ox.Triple(says, label, ox.Literal(f"says{text}", language="en")),
    ]
    path = tmp_path / "hostile.nt"
    path.write_bytes(ox.serialize(triples, format=ox.RdfFormat.N_TRIPLES) or b"")
    return path


NETWORK = "SELECT ?source ?relation ?target { ?source <https://w3id.org/itas/says> ?target BIND(<https://w3id.org/itas/says> AS ?relation) FILTER(isIRI(?target)) }"
EVERYTHING = "SELECT ?s ?p ?o { ?s ?p ?o }"
COMMANDS = {
    **{f"query -f {format_}": ("query", EVERYTHING, "-f", format_) for format_ in ("table", "csv", "tsv", "json", "markdown", "html")},
    **{f"construct -f {format_}": ("query", "CONSTRUCT WHERE { ?s ?p ?o }", "-f", format_) for format_ in ("table", "turtle", "ntriples", "jsonld")},
    "show": ("show", "Anna"),
    "analyse": ("analyse", "{network}"),
    "analyse -f json": ("analyse", "{network}", "-f", "json"),
    "export": ("export",),
    "export -f trig": ("export", "-f", "trig"),
    "export -f gexf": ("export", "-f", "gexf", "--network", "{network}"),
}  # fmt: skip


WRONG = {
    "an unknown name": ("show", f"Bob{HOSTILE}"),
    "an unknown command": (f"shew{HOSTILE}",),
    "an unknown option": ("show", f"--{HOSTILE}"),
    "an unknown file": ("query", f"/nowhere/{HOSTILE}.rq"),
}


@pytest.mark.quick(1)
@pytest.mark.parametrize("name", COMMANDS)
def test_answers_steer_nothing(tmp_path: Path, hostile: Path, name: str) -> None:
    network = tmp_path / "net.rq"
    network.write_text(NETWORK, encoding="utf-8")
    words = [str(network) if word == "{network}" else word for word in COMMANDS[name]]
    done = shown_in_a_terminal(*words, "--data", str(hostile))
    shown = OURS.sub(b"", done.terminal) if "table" in name else done.terminal

    assert done.exit_code == 0
    assert "\ufffd" in shown.decode()
    assert not steering(shown)


@pytest.mark.slow
@pytest.mark.parametrize("name", WRONG)
def test_messages_steer_nothing(name: str) -> None:
    done = shown_in_a_terminal(*WRONG[name])

    assert done.exit_code in (2, 3)
    assert done.terminal
    assert not steering(done.terminal)


def shown_in_a_terminal(*words: str) -> Done:
    return run_in_terminal([sys.executable, "-m", "itasgraph", *words], ROOT, stdout=True, LC_ALL="C.UTF-8")


def test_pipe_gets_the_original(run: Run, hostile: Path) -> None:
    done = run("query", "SELECT ?o { <b> rdfs:label ?o }", "-f", "tsv", "--data", hostile)
    actual = ox.parse_query_results(done.stdout_bytes, ox.QueryResultsFormat.TSV)

    assert isinstance(actual, ox.QuerySolutions)
    assert [row["o"].value for row in actual] == [f"Bert{HOSTILE}"]


def test_turtle_headings_steer_nothing(run: Run, hostile: Path) -> None:
    done = run("export", "--data", hostile)
    headings = [line for line in done.stdout_bytes.decode().split("\n") if line.startswith("# ---")]

    assert any(line.startswith("# --- Kind") for line in headings)
    assert not steering("\n".join(headings).encode())


def test_server_message_steers_nothing(run: Run) -> None:
    def reply(request: Request) -> bytes:
        return answer(f"no{HOSTILE}", status="503 \x1b[31mNo", server=f"x{BIDI}")

    with small_server(reply) as small:
        done = run("query", "ASK {}", "--endpoint", small.url, "--project", ROOT)

    assert done.exit_code == 3
    assert done.stderr.count("\n") == 1
    assert not steering(done.stderr_bytes)


def test_line_feed_in_a_name_is_harmless(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "a\nerror: b\x1b[31m.ttl"
    path.write_text("<", encoding="utf-8")
    done = run("query", "ASK {}", "--data", path, "--lang", "en")

    assert done.exit_code == 3
    assert done.stderr.count("\n") == 1
    assert not steering(done.stderr_bytes)


def test_other_streams_are_left_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    plain = io.TextIOWrapper(io.BytesIO())
    monkeypatch.setattr(sys, "stdout", plain)
    with terminal.guard_output():
        assert sys.stdout is plain
