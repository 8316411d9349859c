"""docs/queries.md: each ready question with its parameters, how to ask it, its SPARQL and its answer on the shipped data."""

from __future__ import annotations

import json
import shlex
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain, groupby
from typing import Final

from itasgraph import messages
from itasgraph.authoring import header_check
from itasgraph.entities import names
from itasgraph.entities.labels import labels
from itasgraph.errors import UsageError
from itasgraph.messages.codes import Code
from itasgraph.parsing import jsonld_context
from itasgraph.project import Project
from itasgraph.questions import queries
from itasgraph.questions.queries import Parameter, Question
from itasgraph.results import markdown
from itasgraph.results.collation import select_sort_keys
from itasgraph.results.presentation import Presentation, RenderContext, RenderedRow, present
from itasgraph.store import access
from itasgraph.store.memory import Graph

_LANG: Final = "en"
# At most this many rows of an answer are printed.
_MAX_ROWS: Final = 12
_TYPES: Final = {"iri": "any name or IRI", "literal": "text", "date": "day (YYYY-MM-DD)", "integer": "whole number"}
_INTRODUCTION: Final = """\
# The ready questions

`make docs` writes this page from [queries/](../queries) and the data. A parameter takes any name of an entry: its label, another name or its
id, in upper or lower case, with umlauts or without. `itasgraph query NAME --lang de` and `itasgraph.ask(NAME, lang="de")` answer in German. The SPARQL
works in any other program or endpoint if you put values in the place of `?_…`. To change a question, save its SPARQL as a file and run
`itasgraph query FILE.rq`.
"""
_COMPLETION: Final = """\
## Completion in the shell

The Tab key completes commands, names of questions, networks and entries, parameters and their values
(`itasgraph query who -p topic=kreis⇥`). The shell needs one line in a file that it reads when it starts:

| shell | file | line |
| --- | --- | --- |
| bash (4.4 or newer) | `~/.bashrc` | `eval "$(_ITASGRAPH_COMPLETE=bash_source itasgraph)"` |
| zsh | `~/.zshrc`, below `compinit` | `eval "$(_ITASGRAPH_COMPLETE=zsh_source itasgraph)"` |
| fish | `~/.config/fish/completions/itasgraph.fish` | `_ITASGRAPH_COMPLETE=fish_source itasgraph \\| source` |
"""
_HEADER_FAULTS: Final = """\
## Faults in the header of a query

The header is what stands in lines `#+ key: value` at the top of a query; [CONTRIBUTING.md](../CONTRIBUTING.md#the-header-of-a-query) says what each key
is for. `itasgraph check` reports, with file, line and column, each fault of YAML that a data file can have too, and these:
"""
# The faults of headers that other modules find.
_OTHER_CODES: Final[tuple[Code, ...]] = (
    "not-utf8",
    "invalid-header",
    "text-cut-by-comma",
    "invalid-language",
    "no-title",
    "undefined-term",
    "replaced-term",
)
_FACTS: Final = ("key", "name", "value", "known", "example", "reason", "term", "new", "nearest")


@dataclass(frozen=True)
class Content:
    """The shipped project, its graph and its terms."""

    project: Project
    graph: Graph
    terms: jsonld_context.Context


def page(project: Project) -> str:
    """Return the whole page."""
    content = Content(project, access.load(project), jsonld_context.load(project))
    questions = queries.all_questions(project)
    parts = [
        [_INTRODUCTION],
        _index(questions),
        [_COMPLETION],
        [_HEADER_FAULTS, *_header_faults()],
        *(_section(question, content) for question in questions),
    ]
    return "\n".join(chain.from_iterable(parts))


def _index(questions: list[Question]) -> Iterator[str]:
    rows = [
        [f"[{question.name}](#{question.name})", question.title("en"), question.title("de"), _parameter_names(question)]
        for question in questions
    ]
    yield "".join(_row(row) for row in [["name", "question", "Frage", "parameters"], ["---"] * 4, *rows])


def _header_faults() -> Iterator[str]:
    """Yield a table of the faults that a header can have, with a gap for each fact of a sentence."""
    gaps: dict[str, object] = dict.fromkeys(_FACTS, "…")
    rows = [
        [f"`{code}`", *(messages.render(code, lang, **gaps) for lang in ("en", "de"))]
        for code in (*_OTHER_CODES, *header_check.CODES)
    ]
    yield "".join(_row(row) for row in [["code", "fault", "Fehler"], ["---"] * 3, *rows])


def _row(cells: list[str]) -> str:
    return f"| {' | '.join(cells)} |\n"


def _parameter_names(question: Question) -> str:
    return ", ".join(f"`{parameter.name}`" for parameter in question.parameters)


def _section(question: Question, content: Content) -> Iterator[str]:
    yield f"## {question.name}\n"
    yield f"**{question.title('en')}** {question.summaries['en']}\n"
    yield f"**{question.title('de')}** {question.summaries['de']}\n"
    if question.parameters:
        rows = [_parameter(parameter, content) for parameter in question.parameters]
        yield "".join(_row(row) for row in [["parameter", "value", "default"], ["---"] * 3, *rows])
    defaults = [(p.name, _name(p, content)) for p in question.parameters if not p.optional]
    pairs = "".join(f" -p {shlex.quote(f'{name}={value}')}" for name, value in defaults)
    yield f"```console\n$ itasgraph query {question.name}{pairs}\n```\n"
    values = "".join(f", {name}={json.dumps(value, ensure_ascii=False)}" for name, value in defaults)
    yield f'```python\nitasgraph.ask("{question.name}"{values})\n```\n'
    yield f"```sparql\n{_body(question)}\n```\n"
    yield from _answer(question, content)


def _parameter(parameter: Parameter, content: Content) -> list[str]:
    """Return the row of a parameter: its name, its values and its default."""
    kind = content.terms.types.get(parameter.kind, "")
    meaning = labels(content.graph, [kind], _LANG).get(kind, "") if kind else _TYPES[parameter.type]
    if parameter.values:
        meaning = ", ".join(f"`{value}`" for value in parameter.values)
    default = content.terms.compact(parameter.default)
    left_out = "may be left out" if parameter.optional else "needed"
    return [f"`{parameter.name}`", meaning, f"`{default}`" if default else left_out]


def _name(parameter: Parameter, content: Content) -> str:
    """Return the default as a user would write it: the label where only one entry has it, else the id."""
    if not parameter.default:
        return "…"
    kind = content.terms.types.get(parameter.kind, "")
    label = labels(content.graph, [parameter.default], _LANG).get(parameter.default, "")
    try:
        if names.resolve(content.graph, label, kind, _LANG).value == parameter.default:
            return label
    except UsageError:
        pass  # several entries have this label
    return content.terms.compact(parameter.default)


def _body(question: Question) -> str:
    return "\n".join(line for line in question.text.splitlines() if not line.startswith("#+")).strip()


def _answer(question: Question, content: Content) -> Iterator[str]:
    if any(not parameter.default and not parameter.optional for parameter in question.parameters):
        yield from _unanswered(question, content)
        return
    text, order = select_sort_keys(queries.bind(question, {}, content.graph, _LANG), content.graph)
    context = RenderContext(content.graph, _LANG, order=order)
    headings, rows, _ = present(content.graph.select(text), context)
    # Without links: a redirect for the IRIs is still to be registered.
    plain = [RenderedRow([cell._replace(iri="") for cell in row.cells]) for row in rows]
    yield markdown.text(Presentation(headings, iter(plain[:_MAX_ROWS])), context)[0]
    if not plain:
        yield "The shipped data give no row.\n"
    if len(plain) > _MAX_ROWS:
        yield f"… and {len(plain) - _MAX_ROWS} more\n"


def _unanswered(question: Question, content: Content) -> Iterator[str]:
    """Say why there is no answer: how many entries of a kind the question needs, and how many there are."""
    needed = [parameter for parameter in question.parameters if not parameter.default and not parameter.optional]
    for kind, parameters in groupby(needed, key=lambda parameter: parameter.kind):
        iri = content.terms.types[kind]
        there = len({name.entity for name in names.names(content.graph, iri)})
        meaning = labels(content.graph, [iri], _LANG)[iri]
        missing = ", ".join(f"`{parameter.name}`" for parameter in parameters)
        yield f"No answer here: it needs a value for each of {missing} ({meaning}), and the shipped data hold {there} of that kind.\n"
