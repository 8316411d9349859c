"""Documents that a project describes already: what a draft of one of them says anew."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from itasgraph.drafting.draft import Draft
from itasgraph.drafting.matching import index_of
from itasgraph.parsing import yaml_editing
from itasgraph.project import Project
from itasgraph.store.queryable import Queryable
from itasgraph.util import files

# What proves a statement, or says where it stands.
_EVIDENCE = frozenset({"quote", "line", "position"})


def ids_of(graph: Queryable, sha256: str, address: str) -> tuple[str, set[str]]:
    """Return the id of the source with a checksum or web address, else an empty string; and the ids of all sources."""
    rows = graph.select("""
        SELECT ?source ?sha256 ?document { ?source a itas:Source
          OPTIONAL { ?source itas:sha256 ?sha256 } OPTIONAL { ?source prov:wasDerivedFrom ?document } } ORDER BY ?source""")
    all_ids = set[str]()
    same = ""
    for row in rows:
        id_ = graph.compact(row["source"].value)
        all_ids.add(id_)
        texts = [row[name].value for name in ("sha256", "document") if row[name] is not None]
        same = same or (id_ if {sha256, address} & {text for text in texts if text} else "")
    return same, all_ids


def data_file(project: Project, source: str) -> Path | None:
    """Return the data file of a source."""
    for path in project.data:
        data = _read(path)
        if data.get("id") == source:
            return path
    return None


def leave_out(draft: Draft, path: Path) -> None:
    """Take out of a draft what a data file of the same document says already."""
    index = index_of(_read(path))
    for entry in draft.entries.values():
        known = index.get(entry.id)
        if known is not None and not entry.type:
            for key, value in list(entry.values.items()):
                rest = _rest(value, known.get(key, {} if isinstance(value, dict) else None))
                if key in _EVIDENCE or not rest:
                    del entry.values[key]
                elif isinstance(value, dict):
                    entry.values[key] = {target: value[target] for target in rest}  # type: ignore[assignment]


def _rest(value: Any, known: Any) -> list[Any]:
    """Return the targets or texts of a value that the file does not have; of a relation, with the same organisation and role."""
    if isinstance(value, dict) and isinstance(known, dict):
        return [target for target, details in value.items() if not _says(known.get(target), details)]
    texts = known if isinstance(known, list) else [known]
    return [one for one in (value if isinstance(value, list) else [value]) if one not in texts]


def _says(known: Any, details: Any) -> bool:
    if not (isinstance(known, dict) and isinstance(details, dict)):
        return bool(known == details)
    return all(not _rest(value, known.get(key)) for key, value in details.items() if key not in _EVIDENCE)


def _read(path: Path) -> dict[str, Any]:
    data = yaml_editing.read(files.read(path, str(path)), str(path))
    return data if isinstance(data, dict) else {}
