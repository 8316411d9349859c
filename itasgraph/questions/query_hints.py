"""What is wrong with somebody's SPARQL: the line with a caret below the spot, and what may have been meant."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, Final, NamedTuple

import pyoxigraph as ox

from itasgraph import messages
from itasgraph.entities import names
from itasgraph.errors import QuerySyntaxError, UsageError, caret_snippet
from itasgraph.parsing.sparql_tokens import iris, prologue, tokens, unclosed
from itasgraph.store.queryable import Queryable
from itasgraph.util.spelling import nearest, spellings
from itasgraph.vocabulary import XSD

if TYPE_CHECKING:
    from itasgraph.messages.codes import Code

# What Oxigraph says of the meaning of a query → our sentence.
_MEANINGS: Final[Mapping[str, Code]] = {
    "IRI parsing failed": "query-iri",
    "The SELECT contains a variable that is unbound": "ungrouped",
    "SELECT * is not authorized with GROUP BY": "star-with-group",
}
_ESCAPE: Final = re.compile(r"\\(.)", re.DOTALL)


class Hint(NamedTuple):
    """A sentence of `messages` about a place of the query: its code, its facts, and where (from 0)."""

    code: Code
    facts: Mapping[str, object]
    start: int


def explain(error: QuerySyntaxError, graph: Queryable) -> UsageError:
    """A query that does not parse, told with its line, a caret, and what may have been meant."""
    found = _undeclared(error, graph) or _bare_word(error, graph) or _meaning(error)
    return UsageError(found.code, **found.facts, spot=caret_snippet(error.text, found.start)) if found else error


def _meaning(error: QuerySyntaxError) -> Hint | None:
    """What Oxigraph names among the tokens it would have taken, in our words."""
    code = next((code for words, code in _MEANINGS.items() if words in error.reason), None)
    if code is None and error.start >= len(error.text.rstrip()) and unclosed(error.text):
        code = "sparql-ends"
    return Hint(code, {}, error.start) if code else None


def _undeclared(error: QuerySyntaxError, graph: Queryable) -> Hint | None:
    """A prefix that neither the query nor the project declares."""
    known = {**graph.prefixes, **prologue(error.text).prefixes}
    for token in tokens(error.text):
        prefix = token.text.partition(":")[0]
        if token.kind != "prefixed" or prefix in known:
            continue
        namespace = _well_known().get(prefix, "")
        if namespace:
            return Hint("undeclared-prefix", {"prefix": prefix, "namespace": namespace}, token.start)
        facts = {"prefix": prefix, "nearest": nearest(prefix, known), "known": " ".join(f"{name}:" for name in known)}
        return Hint("unknown-prefix", facts, token.start)
    return None


def _bare_word(error: QuerySyntaxError, graph: Queryable) -> Hint | None:
    """A name typed where an IRI is needed."""
    for token in tokens(error.text):
        if token.kind == "word" and token.start <= error.start <= token.start + len(token.text) + 1:
            things = _called(token.text, graph)
            return Hint("bare-word", {"id": things[0]}, token.start) if things else None
    return None


def _well_known() -> dict[str, str]:
    """The prefixes that rdflib knows; asked only when something is wrong."""
    import rdflib

    return {prefix: str(namespace) for prefix, namespace in rdflib.Graph(bind_namespaces="rdflib").namespaces()}


# --- queries that parse, and yet may not ask what is meant ----------------------------------------------------------------


def hints(text: str, graph: Queryable, empty: bool) -> list[Hint]:
    """Terms our vocabulary lacks; where nothing was found also other strangers, and names in the place of IRIs."""
    found = _strangers(text, graph, everywhere=empty)
    return [*found, *(_labels(text, graph) if empty else [])]


def render(hint: Hint, text: str, lang: str) -> str:
    """A hint as a sentence, the line of the query and a caret."""
    return messages.render(hint.code, lang, **hint.facts, spot=caret_snippet(text, hint.start))


def _strangers(text: str, graph: Queryable, everywhere: bool) -> Iterator[Hint]:
    """IRIs that occur nowhere in the graph: those of its own vocabularies, or all of them."""
    own = tuple(f"{row['ontology'].value}#" for row in graph.select("SELECT ?ontology { ?ontology a owl:Ontology }"))
    named = iris(text, graph.base, graph.prefixes)
    asked = {iri: t for iri, t in named if iri.startswith(own) or (everywhere and not iri.startswith(XSD.iri))}
    known = _occurring(asked, graph) if asked else set()
    for iri, token in asked.items():
        if iri in known:
            continue
        written = f"<{token.text}>" if token.kind == "iri" else token.text
        beginning, siblings = _siblings(iri, graph)
        likely = nearest(iri.removeprefix(beginning), siblings)
        facts = {"term": written, "nearest": graph.compact(beginning + likely) if likely else ""}
        yield Hint("unknown-term", facts, token.start)


def _occurring(asked: Iterable[str], graph: Queryable) -> set[str]:
    values = " ".join(f"<{iri}>" for iri in asked)
    rows = graph.select(f"""
        SELECT ?iri WHERE {{
          VALUES ?iri {{ {values} }}
          FILTER(EXISTS {{ ?iri ?p1 ?o1 }} || EXISTS {{ ?s2 ?iri ?o2 }} || EXISTS {{ ?s3 ?p3 ?iri }})
        }}""")
    return {row["iri"].value for row in rows}


def _siblings(iri: str, graph: Queryable) -> tuple[str, list[str]]:
    """Return the beginning of `iri` up to its last "/" or "#", and the ends of the IRIs in the graph that begin so."""
    beginning = iri[: max(iri.rfind("/"), iri.rfind("#")) + 1]
    rows = graph.select(f"""
        SELECT DISTINCT ?iri WHERE {{
          {{ ?iri ?p1 ?o1 }} UNION {{ ?s2 ?iri ?o2 }} UNION {{ ?s3 a ?iri }}
          FILTER(isIRI(?iri) && STRSTARTS(STR(?iri), {ox.Literal(beginning)}))
        }}""")
    return beginning, sorted(row["iri"].value.removeprefix(beginning) for row in rows)


def _labels(text: str, graph: Queryable) -> Iterator[Hint]:
    """Strings that are the name of a thing."""
    for token in tokens(text):
        if token.kind == "string" and (things := _called(_unquoted(token.text), graph)):
            yield Hint("label-for-iri", {"label": token.text, "id": things[0]}, token.start)


def _called(text: str, graph: Queryable) -> list[str]:
    """The ids of the things called `text`, the best first."""
    wanted = spellings(text)
    fitting = sorted((name.rank, name.entity) for name in names.names(graph) if wanted & spellings(name.text))
    return [graph.compact(thing) for _, thing in fitting]


def _unquoted(string: str) -> str:
    marks = 3 if string.startswith(('"""', "'''")) else 1
    return _ESCAPE.sub(r"\1", string[marks:-marks])
