"""The removal of a person from the data files of a project, with everything that only they lead to."""

from __future__ import annotations

import re
import warnings
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Final

import pyoxigraph as ox

from itasgraph.authoring.person_names import ContactDetails, PersonPattern
from itasgraph.authoring.pruning import CONTACT, Pruner, beginning_of
from itasgraph.entities import names
from itasgraph.errors import AssumedName, FileError, Finding, Location, UsageError
from itasgraph.parsing import yaml_editing, yaml_ld
from itasgraph.parsing.data_document import DataDocument
from itasgraph.project import Project
from itasgraph.store import compiler
from itasgraph.store.compiler import Compiled
from itasgraph.store.inputs import Inputs
from itasgraph.store.queryable import value
from itasgraph.util import files
from itasgraph.vocabulary import ITAS, OWL, RDF, RDFS, SCHEMA, SKOS

# An entry that says no more than this of a role or an organisation is there for who refers to it.
_NAMING: Final = frozenset(
    {
        *("", "@id", RDF.type, SCHEMA.name, SCHEMA.description, RDFS.label, SKOS.altLabel, SKOS.editorialNote),
        *(ITAS.quote, ITAS.line, ITAS.qualifiedSpatial, ITAS.qualifiedPartOf, OWL.differentFrom),
    }
)
# The defaults of the parameters of a question (`#+ defaults: [{topic: topic/energy}, {lang: en}]`), and one that is an id.
_DEFAULTS: Final = re.compile(r"^#\+ defaults: \[.*")
_DEFAULT: Final = re.compile(r"\{\s*\w+:\s*([^\s{}]+)\s*\}(?:,\s*)?")


@dataclass(frozen=True)
class Removal:
    """The removal of a person: what changes in which place, and the new contents of data files.

    `kept` are entries to which nothing refers any more, and which stay because they say something of their own. Of somebody
    without an entry, there is only the name, for which the files can be searched; `unknown` is the error that there is no entry.
    """

    name: PersonPattern
    changes: list[Finding]
    contents: Mapping[Path, bytes]
    kept: list[Finding]
    unknown: UsageError | None = None

    def carry_out(self) -> None:
        """Write the files, each as a whole. Raises FileError; a second run then does what is left."""
        for path, content in self.contents.items():
            with files.atomic_write(path) as out:
                out.write(content)


def plan(project: Project, text: str, lang: str, *, contacts: bool = False) -> Removal:
    """Plan the removal of the person who has exactly this name or id, or of their contact details only.

    Raises UsageError where several people or no person but another entry have the name, FileError where a file has a layout
    that cannot be edited, InvalidProject where the files of the project do not parse.
    """
    inputs = Inputs.of(project)
    compiled = compiler.require_sound(compiler.compile_inputs(inputs, ox.Store()))
    try:
        person = _resolve(compiled, text, lang)
    except UsageError as error:
        if error.code != "unknown-name":
            raise
        spoken = text.rpartition("/")[2].replace("-", " ")
        return Removal(PersonPattern.of([text, spoken], []), [], {}, [], error)
    if contacts:
        return _Planner(inputs, compiled, _contact_details(compiled, person), set(), frozenset({person})).plan(person)
    former = {row["old"].value for row in compiled.graph.select(f"SELECT ?old {{ <{person}> dcterms:replaces+ ?old }}")}
    all_names = names.names(compiled.graph)
    name = PersonPattern.of(
        (one.text for one in all_names if one.entity == person),
        (one.text for one in all_names if one.entity != person),
    )
    return _Planner(inputs, compiled, name, {person, *former}).plan(person)


def _contact_details(compiled: Compiled, person: str) -> ContactDetails:
    """Return the contact details of a person. Raises UsageError where there are none."""
    properties = "|".join(f"<{one}>" for one in CONTACT if one != ITAS.consent)
    rows = compiled.graph.select(f"SELECT DISTINCT ?text {{ <{person}> {properties} ?text }}")
    texts = sorted({value(row["text"]).removeprefix("mailto:").removeprefix("tel:") for row in rows})
    if not texts:
        raise UsageError("no-contact-details", id=compiled.context.compact(person))
    return ContactDetails(tuple(sorted(texts, key=len, reverse=True)), family_name_is_unique=True)


def _resolve(compiled: Compiled, text: str, lang: str) -> str:
    """Return the IRI of the person with this name or id. Raises UsageError, also where only a part of the name is given."""
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always", AssumedName)
        person = names.resolve(compiled.graph, text, SCHEMA.Person, lang).value
    for warning in caught:
        if isinstance(warning.message, AssumedName) and warning.message.code == "assumed-name":
            raise UsageError("not-exactly-named", **warning.message.facts)
    return person


@dataclass(frozen=True)
class _Planner:
    """The plan to take the entries `ids` and a name out of all data files; of the entries `bared`, contact details only."""

    inputs: Inputs
    compiled: Compiled
    name: PersonPattern
    ids: set[str]
    bared: frozenset[str] = frozenset()

    def plan(self, person: str) -> Removal:
        """Return the removal, with the entries that go as well.

        An entry goes if something that goes referred to it, nothing else does, and it says nothing but how it is called.
        """
        before = self._references(self.compiled.documents)
        while True:
            edited = {path: self._edit(path) for path in self.inputs.data}
            contents = {path: content for path, (content, _) in edited.items() if content != self.inputs.content[path]}
            lonely = before - self._references(self._documents(contents)) - self.ids - self._concepts
            more = {iri for iri in lonely if self._says_only_its_name(iri)}
            if not more:
                break
            self.ids.update(more)
        # The file that names the person comes last, so that a second run still knows who is meant.
        contents = dict(sorted(contents.items(), key=lambda item: (self._names(item[0], person), item[0])))
        questions = list(self._questions())
        changes = [*(change for _, some in edited.values() for change in some), *(change for *_, change in questions)]
        return Removal(
            self.name,
            changes,
            {**{path: new for path, new, _ in questions}, **contents},
            list(self._entries_without_reference(lonely)),
        )

    def _questions(self) -> Iterator[tuple[Path, bytes, Finding]]:
        """Yield the questions that have something that goes as the default of a parameter, without that default."""
        project = self.inputs.project
        for path in (*project.questions, *project.networks):
            filename = project.filename(path)
            lines = files.read(path, filename).decode("utf-8", "surrogateescape").split("\n")
            new = [_DEFAULTS.sub(self._without_default, line) for line in lines]
            changed = [number for number, (old, left) in enumerate(zip(lines, new, strict=True), 1) if old != left]
            if changed:
                change = Finding.of(Location(filename, changed[0]), "removed", what="defaults")
                yield path, "\n".join(new).encode("utf-8", "surrogateescape"), change

    def _without_default(self, line: re.Match[str]) -> str:
        expand = self.compiled.context.expand
        return _DEFAULT.sub(lambda one: "" if expand(one[1]) in self.ids else one[0], line[0])

    @cached_property
    def _concepts(self) -> set[str]:
        rows = self.compiled.graph.select("SELECT ?concept { ?concept a skos:Concept }")
        return {row["concept"].value for row in rows}

    def _references(self, documents: Iterable[DataDocument]) -> set[str]:
        """Return what the files refer to. That an entry is not another one, which looks alike, is no use of either."""
        keys = self.compiled.context.keys
        different = {key.name for key in keys.values() if key.iri == OWL.differentFrom}
        return {iri for document in documents for iri, key, _ in document.references if key not in different}

    def _says_only_its_name(self, iri: str) -> bool:
        said = {name for document in self.compiled.documents for subject, name in document.marks if subject == iri}
        return bool(said) and said <= _NAMING

    def _names(self, path: Path, person: str) -> bool:
        filename = self.inputs.project.filename(path)
        marks = (document.marks for document in self.compiled.documents if document.filename == filename)
        return any((person, name) in of_file for of_file in marks for name in (SCHEMA.name, RDFS.label))

    def _entries_without_reference(self, lonely: Collection[str]) -> Iterator[Finding]:
        """Yield the entries to which nothing refers any more, and which stay."""
        for document in self.compiled.documents:
            for iri in sorted(set(document.described) & set(lonely)):
                id_ = self.compiled.context.compact(iri)
                yield Finding.of(document.described[iri], "entry-without-reference", id=id_)

    def _edit(self, path: Path) -> tuple[bytes, list[Finding]]:
        """Return the new content of a file, and what changes in it. Raises FileError where its layout cannot be edited."""
        filename, content = self.inputs.project.filename(path), self.inputs.content[path]
        pruner = Pruner(self.compiled.context, self.name, self.ids, self.bared)
        data = pruner.prune_file(yaml_editing.read(content, filename))
        lines = yaml_editing.lines(content, filename)
        changes = [change.finding(Location(filename, lines[change.path])) for change in pruner.changes]
        new = yaml_editing.update(content, data, filename) if changes else content
        # First the values go, and with them the comments inside of them.
        new = yaml_editing.replace_comments(new, self.name.elide, filename)
        return new, [*sorted(changes), *self._comments(content, new, filename)]

    def _comments(self, content: bytes, new: bytes, filename: str) -> Iterator[Finding]:
        """Yield the comments of a file that name the person and that the new content still has."""
        masked = yaml_editing.replace_comments(content, self.name.elide, filename)
        lines, left = ([line.strip() for line in text.decode("utf-8-sig").split("\n")] for text in (masked, new))
        for number, (before, after) in enumerate(zip(content.decode("utf-8-sig").split("\n"), lines, strict=True), 1):
            if before.strip() != after and after in left:
                texts = {"old": beginning_of(before), "new": beginning_of(after)}
                yield Finding.of(Location(filename, number), "comment-reworded", **texts)

    def _documents(self, contents: Mapping[Path, bytes]) -> Iterator[DataDocument]:
        """Yield what the data files say after the edits. Raises FileError where one has a fault that it did not have."""
        for path in self.inputs.data:
            filename = self.inputs.project.filename(path)
            document = yaml_ld.read(contents.get(path, self.inputs.content[path]), filename, self.compiled.context)
            if document.findings:
                raise FileError("file-not-editable", path=document.findings[0].location)
            yield document
