"""The files of networks for programs that draw and measure them, one for each format or, for tables, two."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Final

from itasgraph import formats
from itasgraph.errors import UsageError
from itasgraph.serializers import gexf, graphml, network_json, network_tables
from itasgraph.serializers.plain_network import PlainNetwork, plain_network
from itasgraph.store.queryable import Queryable

if TYPE_CHECKING:
    from itasgraph.network.attributes import Net

# Format → the ends of the names of its two tables.
_PARTS: Final = {"csv": ("nodes", "edges"), "kumu": ("elements", "connections")}
_WITHOUT_POSITIONS: Final = ("kumu",)
# Format → the functions that make its files.
_WRITERS: Final[Mapping[str, Sequence[Callable[[PlainNetwork], bytes]]]] = {
    "graphml": (graphml.write,),
    "gexf": (gexf.write,),
    "csv": (network_tables.gephi_nodes, network_tables.gephi_edges),
    "kumu": (network_tables.kumu_elements, network_tables.kumu_connections),
    "node-link": (network_json.node_link,),
    "cytoscape": (network_json.cytoscape,),
}


def refuse_options(format_: str, **options: object) -> None:
    """Raise UsageError for the first option that is set, because these options apply to triples only."""
    for name, value in options.items():
        if value:
            raise UsageError("not-for-networks", option=f"--{name}", format=format_)


def targets(format_: str, output: Path | None) -> list[Path | None]:
    """Return the files to write: for tables two, in the folder `output` or beside each other, named after `output`.

    Raises UsageError for two tables on one stdout.
    """
    parts = _PARTS.get(format_)
    if parts is None:
        return [output]
    if output is None or str(output) == "-":
        raise UsageError("two-tables", format=format_)
    if output.is_dir():
        return [output / f"{part}.csv" for part in parts]
    gzip = output.suffix if formats.is_gzipped(output) else ""
    name = Path(output.name.removesuffix(gzip))
    stem = name.stem if name.suffix.lower() == ".csv" else name.name
    return [output.with_name(f"{stem}-{part}.csv{gzip.lower()}") for part in parts]


def render(graph: Queryable, network: Net, format_: str, lang: str, quotes: bool = True) -> list[bytes]:
    """Return the bytes of each file of a network from `builder.build`, with texts in `lang`: the same for the same data."""
    plain = plain_network(graph, network, lang, quotes=quotes, positions=format_ not in _WITHOUT_POSITIONS)
    return [write(plain) for write in _WRITERS[format_]]
