"""`make docs`: run the console blocks of the pages and the notebook again, write the references of commands and questions."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import click
from click.testing import CliRunner

from itasgraph.cli import main
from itasgraph.parsing import jsonld_context
from itasgraph.project import Project
from tools import json_schema, make_catalogue, make_notebook, make_queries, ontology_page

ROOT = Path(__file__).parent.parent
PAGES = ("README.md", "docs/architecture.md", "docs/drafting.md", "docs/model.md", "docs/schnellstart.md")
_FENCE = re.compile(r"^```(?P<info>[^\n]*)\n(?P<body>.*?)^```$", re.MULTILINE | re.DOTALL)
_WIDTH = 100


_EXIT_CODES = """\
## Exit codes

| exit code | meaning | examples |
|---|---|---|
| 0 | done | also an answer without rows, and an empty network |
| 1 | the answer is "no", or there are faults | `query` with ASK answers no; `check` finds faults; `coverage` misses a quote or a line; `path` finds no path; `remove` leaves faults |
| 2 | the request is wrong | an unknown option, name, parameter or format; SPARQL that does not parse; a value that the format cannot hold |
| 3 | it could not be done | a file that cannot be read or written; data that do not parse; an endpoint that does not answer; a time-out |
| 130 | interrupted | Ctrl-C |

A warning changes no exit code. Where the reader of a pipe closes it (`| head`), the command ends without a message.
"""


def rerun(text: str, folder: Path) -> str:
    """Return a page with the output that its `$ itasgraph …` lines print in `folder`, run in order.

    A block ```yaml FILE is written to that file, ```yaml append FILE added to it; other commands stay as they are.
    """

    def block(match: re.Match[str]) -> str:
        info, body = match["info"].split(), match["body"]
        if info[:1] == ["console"]:
            body = "".join(_console(body, folder))
        elif info[:2] == ["yaml", "append"]:
            with (folder / info[2]).open("a", encoding="utf-8") as out:
                out.write(body)
        elif info[:1] == ["yaml"] and len(info) > 1:
            (folder / info[1]).write_text(body, encoding="utf-8")
        return f"```{match['info']}\n{body}```"

    return _FENCE.sub(block, text)


def _console(body: str, folder: Path) -> Iterator[str]:
    if body.startswith("$ make demo\n") and (ROOT / ".venv" / ".installed").exists():
        # -o: make must not install again, whichever file became newer.
        yield f"$ make demo\n{_run('make -s -o .venv/.installed demo', ROOT, language=_language_of(body))}"
        return
    if "$ make" in body:
        yield body
        return
    for part in re.split(r"^(?=\$ )", body, flags=re.MULTILINE):
        command = part.partition("\n")[0]
        if command.startswith("$ itasgraph "):
            yield f"{command}\n{_run(command[2:], folder)}"
        else:
            yield part


def _language_of(body: str) -> str:
    """Return the locale in which a printed demo was run."""
    return "de_DE.UTF-8" if "In Ordnung" in body else "C.UTF-8"


def _run(command: str, folder: Path, language: str = "C.UTF-8") -> str:
    """Return what a command prints, stdout and stderr mixed as in a terminal."""
    path = os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]])
    own = {"LC_ALL": language, "PATH": path}
    if folder != ROOT:
        own["XDG_CACHE_HOME"] = str(folder.parent / "cache")
    done = subprocess.run(
        ["sh", "-c", command],
        cwd=folder,
        env={**os.environ, **own},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        check=False,
    )
    return done.stdout


def workplace(folder: Path) -> Path:
    """Copy the files of a clone into `folder`, to run a page there; return the path of the copy."""
    for name in ("ontology", "data", "queries", "docs"):
        shutil.copytree(ROOT / name, folder / "itasgraph" / name)
    return folder / "itasgraph"


def commands() -> str:
    """Return docs/cli.md: the help of every command."""
    parts = [f"# All commands\n\n`make docs` writes this page from the program.\n\n{_EXIT_CODES}", _help([])]
    context = click.Context(main)
    parts += [_help([name]) for name in main.list_commands(context)]
    return "\n".join(parts)


def _help(command: list[str]) -> str:
    result = CliRunner().invoke(main, [*command, "--help"], prog_name="itasgraph", terminal_width=_WIDTH)
    return f"## {' '.join(['itasgraph', *command])}\n\n```text\n{result.output.rstrip()}\n```\n"


def data_schema(folder: Path = ROOT) -> str:
    """Return ontology/data.schema.json, the JSON Schema of data files for editors."""
    ontology = folder / "ontology"
    terms = jsonld_context.read(ontology / "context.jsonld", "ontology/context.jsonld")
    return json_schema.text(
        terms,
        (ontology / "shapes.ttl").read_bytes(),
        b"".join((ontology / name).read_bytes() for name in ("itas.ttl", "profile.ttl")),
    )


def pages() -> dict[str, str]:
    """Return every generated page, by its path in the repository."""
    pages_ = {
        "docs/cli.md": commands(),
        "docs/ontology.md": ontology_page.page(),
        "docs/queries.md": make_queries.page(Project(ROOT)),
        make_notebook.NOTEBOOK: make_notebook.executed((ROOT / make_notebook.NOTEBOOK).read_text(encoding="utf-8")),
        "ontology/data.schema.json": data_schema(),
    }
    for name in PAGES:
        with tempfile.TemporaryDirectory() as folder:
            pages_[name] = rerun((ROOT / name).read_text(encoding="utf-8"), workplace(Path(folder)))
    return pages_


if __name__ == "__main__":
    (ROOT / make_catalogue.PATH).write_bytes(make_catalogue.compiled())
    for name, text in pages().items():
        (ROOT / name).write_text(text, encoding="utf-8")
        sys.stderr.write(f"written: {name}\n")
