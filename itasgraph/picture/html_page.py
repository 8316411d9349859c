"""The picture of networks as one HTML file that needs no internet: pyvis brings vis-network, the page is our own."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from importlib import resources
from typing import Final

from itasgraph.picture import pyvis_package
from itasgraph.picture.contract import PageData
from itasgraph.picture.page_data import PictureNetwork, page_data
from itasgraph.store.queryable import Queryable
from itasgraph.util import templates


def page(graph: Queryable, networks: Sequence[PictureNetwork], lang: str, title: str = "") -> bytes:
    """Return the picture of networks, of which the first one opens, as one HTML file: the same bytes for the same networks."""
    return _html(page_data(graph, networks, lang, title), lang).encode()


def _html(data: PageData, lang: str) -> str:
    from markupsafe import Markup

    without = () if any(one["moments"] for one in data["networks"]) else _OF_MOMENTS
    return templates.render(
        "picture/assets/page.html.j2",
        lang=lang,
        title=data["networks"][0]["title"][lang],
        style=Markup(_joined(".css", without)),
        engine=pyvis_package.script(),
        script=Markup(_joined(".js", without)),
        networks=data["networks"],
        base=data["rdf"]["base"],
        data=Markup(_embed(data)),
        # The empty page that the scripts fill to save a page of its own.
        document=Markup(templates.render("util/document.html.j2", lang=lang, title="")),
    )


def _embed(data: PageData) -> str:
    """Return JSON for a <script> element: a character that could end the element or start a comment becomes \\uXXXX.

    A tab, of which JSON has none, stands for the base of the project's IRIs, with which most texts begin; see readData in networks.js.
    """
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"), sort_keys=True)
    if base := data["rdf"]["base"]:
        text = text.replace(base, "\t")
    for char in "<>&\u2028\u2029":
        text = text.replace(char, f"\\u{ord(char):04x}")
    return text


def _joined(suffix: str, without: Sequence[str]) -> str:
    """Return all scripts or style sheets of the page but some, without comments and indentation, in the order of their names.

    Classes are made when the page is complete, so the order matters only to a class that extends another: it follows that class.
    """
    folder = resources.files("itasgraph") / "picture" / "assets"
    names = sorted(
        entry.name for entry in folder.iterdir() if entry.name.endswith(suffix) and entry.name not in without
    )
    return "\n".join(_NEEDLESS.sub("", templates.resource(f"picture/assets/{name}")) for name in names)


# What only a page whose networks have moments needs.
_OF_MOMENTS: Final = ("moments.js", "moments.css")
# A comment that fills whole lines or the rest of one (with quotation marks it might be part of a text), and the indentation of a
# line: a twentieth of the page. No text of a script or style sheet goes over several lines.
_NEEDLESS: Final = re.compile(
    r"^[ \t]*(?://.*\n|/\*(?:[^*]|\*(?!/))*\*/[ \t]*\n)|^[ \t]+|(?<=[;,{]) // [^\"'`\n]*$", re.MULTILINE
)
