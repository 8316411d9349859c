"""The one module that imports pyvis: its class Network, and the script vis-network, which it brings along."""

from __future__ import annotations

import zlib
from base64 import b64encode
from dataclasses import dataclass
from importlib import resources
from types import ModuleType
from typing import TYPE_CHECKING, Any, Final

from itasgraph.util.module_replacement import replace_module

if TYPE_CHECKING:
    from pyvis.network import Network

_IFRAME_MODULE: Final = "IPython.display"


class _Ids(list[str]):
    """The ids of the nodes as pyvis keeps them, in the order in which they were added.

    pyvis looks for an id in a list whenever it adds a node or an edge, which takes as long as the list.
    """

    def __init__(self) -> None:
        super().__init__()
        self._known: set[str] = set()

    def __contains__(self, id_: object) -> bool:
        return id_ in self._known

    def append(self, id_: str) -> None:
        super().append(id_)
        self._known.add(id_)


def directed_network() -> Network:
    """Return an empty directed network of pyvis."""
    network = network_class()(directed=True)
    network.node_ids = _Ids()
    return network


def network_class() -> type[Network]:
    """Return the class of pyvis that holds a network.

    pyvis imports IPython, whose import takes half as long as that of pyvis itself, for a class that it uses in notebooks only.
    Until then, a function takes its place.
    """
    display = ModuleType(_IFRAME_MODULE)
    display.IFrame = _iframe  # type: ignore[attr-defined]  # an attribute that pyvis imports
    with replace_module(_IFRAME_MODULE, display):
        from pyvis import network
    loaded: type[Network] = network.Network
    return loaded


def _iframe(*args: Any, **options: Any) -> Any:  # Any: IPython's class takes and gives what it wants
    """Return IPython's element for a page in a notebook."""
    from IPython.display import IFrame

    return IFrame(*args, **options)


@dataclass(frozen=True)
class Packed:
    """A script as base64 of the zlib format, a third as long as the script, and the licence at its beginning."""

    licence: str
    data: str


def script() -> Packed:
    """Return vis-network, packed; engine.js unpacks it."""
    network_class()  # resources.files imports pyvis, too
    path = resources.files("pyvis") / "templates" / "lib" / "vis-9.1.2" / "vis-network.min.js"
    # Without its last line, developer tools do not ask for a source map.
    text = path.read_text(encoding="utf-8").replace("//# sourceMappingURL=vis-network.min.js.map", "")
    licence = text[: text.index("*/") + 2]
    return Packed(licence, b64encode(zlib.compress(text.encode())).decode())
