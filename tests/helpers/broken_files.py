"""Small files of every format that a command reads, and ways to break them."""

from __future__ import annotations

import gzip
import io
import random
import zipfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, Final, NamedTuple

import docx
import openpyxl
from reportlab.lib.styles import getSampleStyleSheet
from reportlab.platypus import Paragraph, SimpleDocTemplate, Table

from tests.helpers.projects import REPORT, ROOT

_RDF: Final = {
    "a.ttl": '@prefix e: <http://e/> .\ne:a e:p "x"@en , [ e:q (1 2.5 true) ] ; a e:T .\n<< e:a e:p e:b >> e:q """long\n"text""" .\n# end\n',
    "a.trig": "@prefix e: <http://e/> .\ne:g { e:a e:p 1 , _:b . }\n{ e:c e:p 'x'^^e:d }\n",
    "a.nt": '<http://e/a> <http://e/p> "x\\u00e4"@de .\n_:b <http://e/p> <<( <http://e/a> <http://e/p> "1" )>> .\n',
    "a.nq": '<http://e/a> <http://e/p> "x" <http://e/g> .\n_:b <http://e/p> _:c _:g .\n',
    "a.jsonld": '{"@context": {"e": "http://e/", "p": {"@id": "e:p", "@container": "@list"}}, "@graph": [{"@id": "e:a", "p": [1, {"@value": "x", "@language": "en"}]}]}',
    "b.jsonld": '{"@context": ["terms.jsonld", {"@import": "terms.jsonld"}], "@id": "e:a", "name": "x"}',
    "a.rdf": '<?xml version="1.0" encoding="UTF-8"?><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:e="http://e/">'
    '<rdf:Description rdf:about="http://e/a"><e:p rdf:parseType="Collection"><e:T e:q="x"/></e:p></rdf:Description></rdf:RDF>',
    "a.owl": '<!DOCTYPE rdf:RDF [<!ENTITY e "http://e/">]><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:e="&e;"><e:T rdf:about="&e;a"/></rdf:RDF>',
    "a.yaml": "id: source/a\ntype: Source\nsays:\n- id: talk/a\n  label: {de: A, en: B}\n  presents:\n    offer/x: {quote: Q}\n",
    "a.yamlld": '"@context": {"@vocab": "http://e/"}\n"@graph":\n- &x {"@id": http://e/a, p: [1, 2.5, true, ~, "x"]}\n- *x\n---\n- "@id": http://e/b\n  q: |\n    text\n',
    "b.yaml": '"@context": terms.jsonld\n"@id": http://e/a\np: !t x\n',
    "a.json": '[{"@context": {"@base": "http://e/"}, "@id": "a", "@type": "T", "http://e/p": {"@value": "x", "@direction": "ltr"}}]',
    "a.xml": '<?xml version="1.0" encoding="ISO-8859-1"?><r:RDF xmlns:r="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:e="http://e/">'
    '<e:T r:ID="a"><e:p r:parseType="Literal"><b xmlns="http://h/" x="&quot;">&lt;</b></e:p></e:T></r:RDF>',
}
TERMS: Final = '{"@context": {"e": "http://e/", "name": {"@id": "e:name", "@context": ["terms.jsonld"]}}}'
_ROWS: Final = [
    ("Name", "Organisation", "E-Mail", "Thema"),
    ("Dr. Ada Blum", "Werk Süd GmbH", "ada@werk.example", "Holz, Glas"),
    ("Bert Klee", "Verein Nord e. V.", "", "Reparatur"),
]
_PROGRAMME: Final = (
    "Werkstatttag am 3. Mai 2031",
    "10:00 Begrüßung, Dr. Ada Blum (Werk Süd GmbH)",
    "10:30 Reparieren lernen, Bert Klee, Verein Nord e. V.",
)
_PAGE: Final = f'<!DOCTYPE html><html lang="de"><head><meta charset="utf-8"><title>Tag</title></head><body><main><h1>{_PROGRAMME[0]}</h1><ul><li>{_PROGRAMME[1]}</li><li>{_PROGRAMME[2]}</li></ul><table><tr><td>a<td>b</table></main></body></html>'
_QUERY: Final = "#+ title: A question\n#+ defaults: [{x: 1}]\nPREFIX e: <http://e/>\nSELECT ?s (COUNT(*) AS ?n) { ?s e:p|e:q ?o FILTER(?o != ?_x) { SELECT ?s { ?s ?p 'x' } } } GROUP BY ?s"
_NETWORK: Final = (
    "PREFIX e: <http://e/>\nSELECT ?source ?relation ?target { ?source ?relation ?target FILTER(isIRI(?target)) }"
)


class Whole(NamedTuple):
    """A file that is whole: its content, and the command that reads it, with "FILE" in the place of its path.

    A file of a project is put into a copy of it, below `folder`.
    """

    content: bytes
    command: Sequence[str]
    folder: str = ""


def whole_files() -> dict[str, Whole]:
    """Return a file of every format that a command reads, by its name."""
    data = ("query", "SELECT * { ?s ?p ?o }", "--data", "FILE", "--timeout", "20")
    draft = ("draft", "FILE", "--dry-run")
    files = {name: Whole(text.encode(), data) for name, text in _RDF.items()}
    files["a.ttl.gz"] = Whole(gzip.compress(_RDF["a.ttl"].encode(), mtime=0), data)
    files["q.rq"] = Whole(_QUERY.encode(), ("query", "FILE", "--data", "DATA", "--timeout", "20"))
    files["n.rq"] = Whole(_NETWORK.encode(), ("analyse", "FILE", "--data", "DATA", "--timeout", "20"))
    table = "\n".join(";".join(row) for row in _ROWS)
    files |= {
        "list.csv": Whole(table.encode("cp1252"), draft),
        "list.tsv": Whole(table.replace(";", "\t").encode(), draft),
        "list.xlsx": Whole(_workbook(), draft),
        "page.html": Whole(_PAGE.encode(), draft),
        "text.txt": Whole("\n".join(_PROGRAMME).encode(), draft),
        "text.md": Whole(f"# {_PROGRAMME[0]}\n\n- {_PROGRAMME[1]}\n- {_PROGRAMME[2]}\n".encode(), draft),
        "text.docx": Whole(_word_document(), draft),
        "text.pdf": Whole(_pdf(), draft),
        "said.txt": Whole(b"Anna\nBert\n", ("coverage", "FILE", "--source", "source/report")),
        "said.html": Whole(_PAGE.encode(), ("coverage", "FILE", "--source", "source/report")),
    }
    check = ("check",)
    return files | {
        "report.yaml": Whole(REPORT.encode(), check, "data"),
        "context.jsonld": Whole((ROOT / "ontology" / "context.jsonld").read_bytes(), check, "ontology"),
        "kinds.rq": Whole((ROOT / "queries" / "kinds.rq").read_bytes(), check, "queries"),
        "picture.ttl": Whole((ROOT / "ontology" / "picture.ttl").read_bytes(), check, "ontology"),
    }


def _workbook() -> bytes:
    book = openpyxl.Workbook()
    sheet: Any = book.active
    for row in _ROWS:
        sheet.append(row)
    return _saved(book)


def _word_document() -> bytes:
    document = docx.Document()
    document.add_heading(_PROGRAMME[0])
    for line in _PROGRAMME[1:]:
        document.add_paragraph(line, style="List Bullet")
    table = document.add_table(1, 2)
    table.cell(0, 0).text = "14:00"
    return _saved(document)


def _saved(document: Any) -> bytes:
    """Return what a document saves; the times in it are left out, so that a case is the same each time."""
    content, steady = io.BytesIO(), io.BytesIO()
    document.save(content)
    with zipfile.ZipFile(content) as old, zipfile.ZipFile(steady, "w") as new:
        for name in old.namelist():
            if not name.startswith("docProps/"):
                new.writestr(zipfile.ZipInfo(name), old.read(name))
            else:
                new.writestr(zipfile.ZipInfo(name), b"<x/>")
    return steady.getvalue()


def _pdf() -> bytes:
    content = io.BytesIO()
    style = getSampleStyleSheet()["BodyText"]
    story = [*(Paragraph(line, style) for line in _PROGRAMME), Table([["14:00", "Ada Blum"]])]
    SimpleDocTemplate(content, pageCompression=0, invariant=1).build(list(story))
    return content.getvalue()


# --- breaking -------------------------------------------------------------------------------------------------------------

_PIECES: Final = [
    *(b"<<( ", b"[", b"{", b"(", b'"', b"'", b"<", b">", b"\\", b"\0", b"\xff", b"#", b"&x;", b"*a", b"&a ", b"]]>"),
    *(
        b"<!DOCTYPE a [",
        b"-- ",
        b"@",
        b"\n",
        b"\r",
        b"%",
        b" obj",
        b"endstream",
        b'"@context":"',
        b"../",
        b"\xef\xbb\xbf",
    ),
    *(b"<td>", b"<!--", b"1e999", b"\xe2\x80\xa8", b"?", b"OPTIONAL {", b"_:", b": ", b"~", b";"),
]
_ENCODINGS: Final = ("utf-16", "latin-1", "utf-7", "utf-32", "cp037")
_ARCHIVES: Final = (".docx", ".xlsx")
_LONGEST: Final = 200_000


def broken_files(seed: int, number: int) -> Iterator[tuple[str, bytes]]:
    """Yield files of every format in turn: cut, with pieces put in, repeated, nested and written in other encodings."""
    chance, files = random.Random(seed), whole_files()
    names = list(files)
    for count in range(number):
        name = names[count % len(names)]
        content = files[name].content
        inner = Path(name).suffix in _ARCHIVES and chance.random() < 0.7
        yield name, _break_part(chance, content) if inner else _break(chance, content)


def _break(chance: random.Random, content: bytes) -> bytes:
    for _ in range(chance.randint(1, 3)):
        at = chance.randrange(len(content) + 1)
        match chance.randrange(5):
            case 0:
                content = content[:at]
            case 1:
                content = content[:at] + chance.choice(_PIECES) * chance.choice([1, 2, 300, 20_000]) + content[at:]
            case 2:
                content = content[:at] + bytes([chance.randrange(256)]) + content[at + 1 :]
            case 3:
                end = chance.randrange(at, len(content) + 1)
                content = content[:at] + content[at:end] * chance.choice([2, 250]) + content[end:]
            case _:
                content = content.decode("utf-8", "replace").encode(chance.choice(_ENCODINGS), "replace")
        content = content[:_LONGEST]
    return content


def _break_part(chance: random.Random, content: bytes) -> bytes:
    """Break one file of an archive, or take it out; the archive itself stays whole."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        broken, is_lost = chance.choice(old.namelist()), chance.random() < 0.2
        for name in old.namelist():
            if name != broken:
                new.writestr(name, old.read(name))
            elif not is_lost:
                new.writestr(name, _break(chance, old.read(name)))
    return out.getvalue()
