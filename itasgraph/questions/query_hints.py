"""Hints on a query: the line with a caret below the fault, and the prefix, term or name that the user may mean."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from itertools import islice, pairwise
from typing import TYPE_CHECKING, Final, NamedTuple

import pyoxigraph as ox

from itasgraph import messages
from itasgraph.entities import names
from itasgraph.entities.labels import select_each
from itasgraph.errors import QuerySyntaxError, UsageError, caret_snippet
from itasgraph.parsing.sparql_tokens import Token, has_open_bracket, iris, prologue, tokens
from itasgraph.store.queryable import Queryable, variable_names
from itasgraph.util.spelling import nearest, spellings
from itasgraph.vocabulary import XSD

if TYPE_CHECKING:
    from itasgraph.messages.codes import Code

# Words of an error of Oxigraph on a query that has no meaning, although it parses → our message.
_REASONS: Final[Mapping[str, Code]] = {
    "IRI parsing failed": "query-iri",
    "The SELECT contains a variable that is unbound": "variable-not-grouped",
    "SELECT * is not authorized with GROUP BY": "star-with-group",
}
_ESCAPE: Final = re.compile(r"\\(.)", re.DOTALL)


class Hint(NamedTuple):
    """A message about a character (from 0) of the query: its code and its facts."""

    code: Code
    facts: Mapping[str, object]
    start: int


def explain(error: QuerySyntaxError, graph: Queryable) -> UsageError:
    """Return the error for a query that does not parse, with its line, a caret, and a suggestion."""
    hint = _undeclared_prefix(error, graph) or _bare_word(error, graph) or _known_reason(error)
    return UsageError(hint.code, **hint.facts, snippet=caret_snippet(error.text, hint.start)) if hint else error


def _known_reason(error: QuerySyntaxError) -> Hint | None:
    """Return the hint that belongs to the reason Oxigraph gives, if there is one."""
    code = next((code for words, code in _REASONS.items() if words in error.reason), None)
    if code is None and error.start >= len(error.text.rstrip()) and has_open_bracket(error.text):
        code = "sparql-ends-early"
    return Hint(code, {}, error.start) if code else None


def _undeclared_prefix(error: QuerySyntaxError, graph: Queryable) -> Hint | None:
    """Return a hint on a prefix that neither the query nor the project declares."""
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
    """Return a hint on a name where an IRI is needed."""
    for token in tokens(error.text):
        if token.kind == "word" and token.start <= error.start <= token.start + len(token.text) + 1:
            ids = _ids_of(token.text, names.names(graph), graph)
            return Hint("bare-word", {"id": ids[0]}, token.start) if ids else None
    return None


def _well_known() -> dict[str, str]:
    """Return the prefixes that rdflib knows; it is imported only for a faulty query."""
    import rdflib

    return {prefix: str(namespace) for prefix, namespace in rdflib.Graph(bind_namespaces="rdflib").namespaces()}


# --- hints on queries that parse ------------------------------------------------------------------------------------------


def hints(text: str, graph: Queryable, empty: bool) -> list[Hint]:
    """Return hints on terms that our vocabulary lacks or that have another name today, and on groups without a text.

    If the answer is `empty`, also on other unknown IRIs and on names.
    """
    hints = [*_replaced_iris(text, graph), *_unknown_iris(text, graph, everywhere=empty), *_dropped_groups(text, graph)]
    return [*hints, *(_labels(text, graph) if empty else [])]


def render(hint: Hint, text: str, lang: str) -> str:
    """Return a hint as a sentence, with the line of the query and a caret."""
    return messages.render(hint.code, lang, **hint.facts, snippet=caret_snippet(text, hint.start))


def _unknown_iris(text: str, graph: Queryable, everywhere: bool) -> Iterator[Hint]:
    """Return a hint for each IRI that the graph lacks, in its own vocabularies only or `everywhere`."""
    own = tuple(f"{row['ontology'].value}#" for row in graph.select("SELECT ?ontology { ?ontology a owl:Ontology }"))
    named_iris = iris(text, graph.base, graph.prefixes)
    candidates = {
        iri: t for iri, t in named_iris if iri.startswith(own) or (everywhere and not iri.startswith(XSD.iri))
    }
    known = {row["iri"].value for row in select_each(graph, _OCCURRING, candidates)}
    for iri, token in candidates.items():
        if iri in known:
            continue
        beginning, siblings = _siblings(iri, graph)
        likely = nearest(iri.removeprefix(beginning), siblings)
        facts = {"term": _notation(token), "nearest": graph.compact(beginning + likely) if likely else ""}
        yield Hint("unknown-term", facts, token.start)


def _dropped_groups(text: str, graph: Queryable) -> Iterator[Hint]:
    """Return a hint for each GROUP_CONCAT that leaves its variable unbound: one value of a group is unbound, or no text (Oxigraph)."""
    code = [token for token in tokens(text) if token.kind in ("word", "variable")]
    variables: dict[str, Token] = {}
    for number, token in enumerate(code):
        if token.kind == "word" and token.text.casefold() == "group_concat":
            alias = (after for word, after in pairwise(code[number:]) if word.text.casefold() == "as")
            variables |= {after.text: token for after in islice(alias, 1)}
    if not variables:
        return
    answer = graph.query(text)
    if not isinstance(answer, ox.QuerySolutions):
        return
    open_names = variables.keys() & set(variable_names(answer))
    dropped = {name for row in answer for name in open_names if row[name] is None}
    for name in sorted(dropped):
        yield Hint("group-concat-unbound", {"variable": f"?{name}"}, variables[name].start)


def _replaced_iris(text: str, graph: Queryable) -> Iterator[Hint]:
    """Return a hint for each IRI that another one replaces."""
    named = dict(iris(text, graph.base, graph.prefixes))
    for iri, new in names.replacements(graph, named).items():
        facts = {"term": _notation(named[iri]), "new": ", ".join(map(graph.compact, new))}
        yield Hint("replaced-term-in-query", facts, named[iri].start)


def _notation(token: Token) -> str:
    """Return an IRI as the query writes it."""
    return f"<{token.text}>" if token.kind == "iri" else token.text


def _siblings(iri: str, graph: Queryable) -> tuple[str, list[str]]:
    """Return `iri` up to its last "/" or "#", and the rest of each IRI of the graph with this beginning."""
    beginning = iri[: max(iri.rfind("/"), iri.rfind("#")) + 1]
    rows = graph.select(f"""
        SELECT DISTINCT ?iri WHERE {{
          {{ ?iri ?p1 ?o1 }} UNION {{ ?s2 ?iri ?o2 }} UNION {{ ?s3 a ?iri }}
          FILTER(isIRI(?iri) && STRSTARTS(STR(?iri), {ox.Literal(beginning)}))
        }}""")
    return beginning, sorted(row["iri"].value.removeprefix(beginning) for row in rows)


def _labels(text: str, graph: Queryable) -> Iterator[Hint]:
    """Return a hint for each string that is the name of an entity."""
    strings = [token for token in tokens(text) if token.kind == "string"]
    all_names = names.names(graph) if strings else []
    for token in strings:
        if ids := _ids_of(_unquote(token.text), all_names, graph):
            yield Hint("label-for-iri", {"label": token.text, "id": ids[0]}, token.start)


def _ids_of(text: str, all_names: Iterable[names.Name], graph: Queryable) -> list[str]:
    """Return the ids of the entities with the name `text`, the best first."""
    variants = spellings(text)
    matches = sorted((name.rank, name.entity) for name in all_names if variants & spellings(name.text))
    return [graph.compact(entity) for _, entity in matches]


def _unquote(string: str) -> str:
    marks = 3 if string.startswith(('"""', "'''")) else 1
    return _ESCAPE.sub(r"\1", string[marks:-marks])


_OCCURRING: Final = """
    SELECT ?iri WHERE {
      VALUES ?iri { %s }
      FILTER(EXISTS { ?iri ?p1 ?o1 } || EXISTS { ?s2 ?iri ?o2 } || EXISTS { ?s3 ?p3 ?iri })
    }"""
