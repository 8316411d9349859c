"""What a window shows of a picture: names and signs with their boxes, and what lies around an entry."""

from __future__ import annotations

from typing import Any, Final

from tests.helpers.browsing import Window, until

# The names that the window shows, each with its box, and the box of each sign.
NAMES: Final = """() => {
    const { painter, scene, network, container } = itasgraph.picture;
    const scale = network.getScale();
    const signs = scene.visiblePlaces().map(({ id, x, y, radius }) => {
        const at = network.canvasToDOM({ x, y });
        return { entity: id, left: at.x - radius * scale, right: at.x + radius * scale, top: at.y - radius * scale, bottom: at.y + radius * scale };
    });
    const names = painter.visibleNames.map(({ entity, box, block, isCaption }) => ({
        entity, ...box, lines: block.lines, cut: block.cut, width: block.width, isCaption: Boolean(isCaption),
    }));
    return { names, signs, width: container.clientWidth, height: container.clientHeight };
}"""


def overlap(one: dict[str, Any], other: dict[str, Any]) -> bool:
    """Return whether two boxes overlap by more than a pixel."""
    across = min(one["right"], other["right"]) - max(one["left"], other["left"])
    down = min(one["bottom"], other["bottom"]) - max(one["top"], other["top"])
    return bool(min(across, down) > 1)


def names_over_names(names: list[dict[str, Any]]) -> list[tuple[Any, Any]]:
    """Return the lines of each two names that overlap."""
    return [(one["lines"], other["lines"]) for n, one in enumerate(names) for other in names[:n] if overlap(one, other)]


def names_over_signs(names: list[dict[str, Any]], signs: list[dict[str, Any]]) -> list[tuple[Any, Any]]:
    """Return the lines of each name that lies over the sign of another entity, and that entity."""
    return [
        (name["lines"], sign["entity"])
        for name in names
        for sign in signs
        if sign["entity"] != name["entity"] and overlap(name, sign)
    ]


def settled(seen: Window) -> Window:
    """Wait until the picture is drawn in the size that the page gives it."""
    until(
        seen.page,
        """() => { const { extent, container, painter } = itasgraph.picture;
            return extent.width === container.clientWidth && extent.height === container.clientHeight && painter.visibleNames.length > 0; }""",
    )
    return seen


def reach(data: dict[str, Any], entity: str, steps: int) -> set[str]:
    """Return what can be reached in so many steps along the lines of a page, but through nothing that connects nearly everything."""
    hubs = {node["id"] for node in data["nodes"] if node["kind"] in data["hubs"]} - {entity, *data["planned"]}
    ends = [(edge[a], edge[b]) for edge in data["edges"] for a, b in (("from", "to"), ("to", "from"))]
    actual = front = {entity}
    for _ in range(steps):
        front = {b for a, b in ends if a in front - hubs} - actual
        actual = actual | front
    return actual
