"""Whatever a file of others holds, it is read, or told in a line: no traceback, no signal, no wait without end."""

from __future__ import annotations

import base64
import json
import random
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.helpers.projects import ROOT

WHOLE = {
    "a.ttl": '@prefix e: <http://e/> .\ne:a e:p "x"@en , [ e:q (1 2.5 true) ] ; a e:T .\n<< e:a e:p e:b >> e:q """long\n"text""" .\n# end\n',
    "a.trig": "@prefix e: <http://e/> .\ne:g { e:a e:p 1 , _:b . }\n{ e:c e:p 'x'^^e:d }\n",
    "a.nt": '<http://e/a> <http://e/p> "x\\u00e4"@de .\n_:b <http://e/p> <<( <http://e/a> <http://e/p> "1" )>> .\n',
    "a.nq": '<http://e/a> <http://e/p> "x" <http://e/g> .\n_:b <http://e/p> _:c _:g .\n',
    "a.jsonld": '{"@context": {"e": "http://e/", "p": {"@id": "e:p", "@container": "@list"}}, "@graph": [{"@id": "e:a", "p": [1, {"@value": "x", "@language": "en"}]}]}',
    "a.rdf": '<?xml version="1.0" encoding="UTF-8"?><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:e="http://e/">'
    '<rdf:Description rdf:about="http://e/a"><e:p rdf:parseType="Collection"><e:T e:q="x"/></e:p></rdf:Description></rdf:RDF>',
    "a.yaml": "id: source/a\ntype: Source\nsays:\n- id: talk/a\n  label: {de: A, en: B}\n  presents:\n    offer/x: {quote: Q}\n",
    "a.yamlld": '"@context": {"@vocab": "http://e/"}\n"@graph":\n- &x {"@id": http://e/a, p: [1, 2.5, true, ~, "x"]}\n- *x\n---\n- "@id": http://e/b\n  q: |\n    text\n',
    "b.yaml": '"@context": context.jsonld\n"@id": http://e/a\np: !t x\n',
    "a.json": '[{"@context": {"@base": "http://e/"}, "@id": "a", "@type": "T", "http://e/p": {"@value": "x", "@direction": "ltr"}}]',
    "a.xml": '<?xml version="1.0" encoding="ISO-8859-1"?><r:RDF xmlns:r="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:e="http://e/">'
    '<e:T r:ID="a"><e:p r:parseType="Literal"><b xmlns="http://h/" x="&quot;">&lt;</b></e:p></e:T></r:RDF>',
}
PIECES = [
    b"<<( ",
    b"[",
    b"{",
    b"(",
    b'"',
    b"'",
    b"<",
    b">",
    b"\\",
    b"\0",
    b"\xff",
    b"#",
    b"&x;",
    b"*a",
    b"&a ",
    b"]]>",
    b"<!DOCTYPE a [",
    b"-- ",
    b"@",
    b"\n",
]
ENCODINGS = ["utf-16", "latin-1", "utf-7", "utf-32", "cp037"]
WORKER = """
import base64, json, sys
from pathlib import Path
from click.testing import CliRunner
from itasgraph.cli import main
folder = Path(sys.argv[1])
for line in sys.stdin:
    name, content = json.loads(line)
    (folder / name).write_bytes(base64.b64decode(content))
    print(line, end="", flush=True)
    done = CliRunner().invoke(main, ["query", "SELECT * { ?s ?p ?o }", "--data", str(folder / name), "--project", sys.argv[2], "--timeout", "20"])
    if done.exit_code not in (0, 3) or not isinstance(done.exception, SystemExit | None) or (done.exit_code and not done.stderr.strip()):
        sys.exit(f"{done.exit_code} {done.exception!r} {done.stderr}")
"""


def broken(chance: random.Random, number: int) -> Iterator[tuple[str, bytes]]:
    """Yield files of every format: cut, with pieces put in, repeated, nested and written in other encodings."""
    for _ in range(number):
        name = chance.choice(list(WHOLE))
        content = WHOLE[name].encode()
        for _ in range(chance.randint(1, 3)):
            at = chance.randrange(len(content) + 1)
            match chance.randrange(5):
                case 0:
                    content = content[:at]
                case 1:
                    content = content[:at] + chance.choice(PIECES) * chance.choice([1, 2, 300, 20_000]) + content[at:]
                case 2:
                    content = content[:at] + bytes([chance.randrange(256)]) + content[at + 1 :]
                case 3:
                    end = chance.randrange(at, len(content) + 1)
                    content = content[:at] + content[at:end] * chance.choice([2, 250]) + content[end:]
                case _:
                    content = content.decode("utf-8", "replace").encode(chance.choice(ENCODINGS), "replace")
            content = content[:200_000]
        yield name, content


@pytest.mark.parametrize("number", [40, pytest.param(2_000, marks=pytest.mark.slow)])
def test_broken_file_is_read_or_reported(number: int, tmp_path: Path) -> None:
    lines = "".join(
        json.dumps([name, base64.b64encode(content).decode()]) + "\n"
        for name, content in broken(random.Random(number), number)
    )

    done = subprocess.run(
        [sys.executable, "-c", WORKER, tmp_path, ROOT],
        input=lines,
        capture_output=True,
        text=True,
        timeout=850,
        check=False,
    )

    last = json.loads(done.stdout.splitlines()[-1])
    assert done.returncode == 0, (done.stderr[-500:], last[0], base64.b64decode(last[1])[:500])
    assert done.stdout.count("\n") == number
