"""Networks as GraphML (http://graphml.graphdrawing.org)."""

from __future__ import annotations

import io
import re
from collections.abc import Mapping
from typing import TYPE_CHECKING, Final

from itasgraph.serializers.plain_network import PlainNetwork, channels

if TYPE_CHECKING:
    import networkx as nx

    from itasgraph.network.attributes import Net

_TRUTH_VALUE: Final = re.compile(rb'(?<=<data key="symmetric">)(?:True|False)(?=</data>)')


def write(plain: PlainNetwork) -> bytes:
    """Return GraphML with the attribute names by which Gephi knows labels, positions, sizes and colours.

    Keys have the names of their attributes, because Gephi reads some numbered keys as labels (`d3`, `d7`); so no attribute
    of edges may have the name of an attribute of entities. The writer is the one that uses the XML of the standard library:
    lxml writes other bytes, and is not installed everywhere. The file is undirected where no edge has a direction, because
    programs measure all edges of a file alike; networkx writes truth values as Python does, not as XML Schema.
    """
    import networkx as nx

    keyed: Net | nx.MultiGraph[str] = nx.MultiGraph() if plain.is_undirected else nx.MultiDiGraph()
    for iri, node in plain.nodes.items():
        keyed.add_node(iri, **_without(node, "colour", "description", "topics"), **channels(node["colour"]))
    for source, target, key, edge in plain.edges:
        keyed.add_edge(source, target, key=key, edgelabel=edge["label"], **_without(edge, "label", "kind"))
    out = io.BytesIO()
    nx.write_graphml_xml(keyed, out, named_key_ids=True)
    return _TRUTH_VALUE.sub(lambda value: value[0].lower(), out.getvalue()) + b"\n"


def _without(values: Mapping[str, object], *names: str) -> dict[str, object]:
    return {name: value for name, value in values.items() if name not in names}
