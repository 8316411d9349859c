"""No command contacts another host over a project or file of somebody else: a socket on loopback waits, and nobody comes."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.helpers.programs import Run
from tests.helpers.servers import Listener

COMMANDS = [
    ["check"],
    ["query", "kinds"],
    ["query", "evil"],
    ["query", "SELECT * FROM <%s> { ?s ?p ?o }"],
    ["query", "LOAD <%s>"],
    ["queries"],
    ["show", "Anna Berg"],
    ["path", "Anna Berg", "Bert Cole"],
    ["analyse"],
    ["analyse", "evil"],
    ["view", "evil", "-o", "{folder}/page.html"],
    ["view", "-o", "{folder}/page.html"],
    ["export", "-o", "{folder}/all.ttl"],
    ["export", "-f", "graphml", "--network", "evil", "-o", "{folder}/net.graphml"],
]
HOSTILE = {
    "queries/evil.rq": "SELECT ?s { SERVICE <%s> { ?s ?p ?o } }",
    "queries/network/evil.rq": "SELECT ?source ?relation ?target { SERVICE SILENT <%s> { ?source ?relation ?target } }",
    "ontology/checks/evil.rq": "SELECT ?thing { SERVICE SILENT <%s> { ?thing ?p ?o } }",
    "ontology/more.ttl": "<http://e/> a <http://www.w3.org/2002/07/owl#Ontology> ; <http://www.w3.org/2002/07/owl#imports> <%s> .",
}
FILES = {
    "a.jsonld": '{"@context": "%s", "@id": "http://e/a", "label": "x"}',
    "b.jsonld": '{"@context": {"@import": "%s"}, "@id": "http://e/a", "label": "x"}',
    "c.rdf": '<!DOCTYPE r [<!ENTITY x SYSTEM "%s"><!ENTITY %% y SYSTEM "%s"> %%y;]><rdf:RDF '
    'xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:e="http://e/"><rdf:Description e:p="a">&x;</rdf:Description></rdf:RDF>',
    "d.ttl": "@base <%s> . <a> <http://www.w3.org/2002/07/owl#imports> <b> .",
    "e.yaml": '"@context": "%s"\nid: source/a\nsays:\n- id: talk/a\n  label: x\n',
    "f.yaml": "id: source/a\nsays:\n- id: talk/a\n  label: !!python/object/apply:urllib.request.urlopen ['%s']\n",
}


@pytest.mark.quick(1)
@pytest.mark.parametrize("arguments", COMMANDS, ids=" ".join)
def test_no_command_calls_a_named_host(
    arguments: list[str], little: Path, listener: Listener, run: Run, tmp_path: Path
) -> None:
    for name, text in HOSTILE.items():
        path = little / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text.replace("%s", listener.url), encoding="utf-8")

    words = [word.replace("%s", listener.url).replace("{folder}", str(tmp_path)) for word in arguments]
    done = run(*words, "--project", little)

    assert done.exit_code in (0, 1, 2, 3)
    assert done.exception is None or isinstance(done.exception, SystemExit)
    assert listener.connections == 0


@pytest.mark.quick(1)
@pytest.mark.parametrize("kind", ["rules", "shapes"])
def test_calling_rule_or_shape_is_stopped(kind: str, little: Path, listener: Listener, run: Run) -> None:
    if kind == "rules":
        (little / "ontology" / "rules").mkdir(exist_ok=True)
        text = f"CONSTRUCT {{ ?s ?p ?o }} WHERE {{ SERVICE SILENT <{listener.url}> {{ ?s ?p ?o }} }}"
        (little / "ontology" / "rules" / "evil.rq").write_text(text, encoding="utf-8")
    else:
        text = f"""@prefix sh: <http://www.w3.org/ns/shacl#> . <http://e/> a sh:NodeShape ; sh:targetNode <http://e/a> ; sh:rule [
            a sh:SPARQLRule ; sh:construct "CONSTRUCT {{ $this ?p ?o }} WHERE {{ SERVICE <{listener.url}> {{ ?s ?p ?o }} }}" ] ."""
        (little / "ontology" / "shapes.ttl").write_text(text, encoding="utf-8")

    done = run("check", "--project", little)

    assert done.exit_code in (1, 3)
    assert "SERVICE" in done.stdout + done.stderr
    assert listener.connections == 0


@pytest.mark.parametrize("name", FILES)
def test_references_are_not_followed(name: str, tmp_path: Path, listener: Listener, run: Run) -> None:
    path = tmp_path / name
    path.write_text(FILES[name].replace("%s", listener.url).replace("%%", "%"), encoding="utf-8")

    done = run("query", "SELECT * { ?s ?p ?o }", "--data", path)

    assert done.exit_code in (0, 3)
    assert done.exception is None or isinstance(done.exception, SystemExit)
    assert listener.connections == 0
