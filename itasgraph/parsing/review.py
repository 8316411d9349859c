"""What stands below `review:` in a data file: values that wait for a decision, and are in no graph until then."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final

import yaml

from itasgraph.errors import Location
from itasgraph.parsing.data_document import FaultLog, Undecided
from itasgraph.parsing.yaml_limits import Budget
from itasgraph.parsing.yaml_loader import is_null
from itasgraph.util.spelling import nearest

# The keys of an undecided value; those that it must have come first.
REQUIRED: Final = ("quote", "reason")
_NO_TEXT: Final = "{…}"
KEYS: Final = (*REQUIRED, "about", "key", "line", "place", "candidates", "rule")


class ReviewReader:
    """Read the items below `review:`, and report those that nobody could decide."""

    def __init__(self, log: FaultLog, budget: Budget) -> None:
        self._log = log
        self._budget = budget

    def read(self, node: yaml.Node) -> Iterator[Undecided]:
        """Yield the undecided values of a list; report what is no list of maps. Raises LimitExceeded."""
        self._budget.descend(node)
        if isinstance(node, yaml.SequenceNode):
            for item in node.value:
                if (undecided := self._item(item)) is not None:
                    yield undecided
        elif not is_null(node):
            self._log.report(node, "no-review-list")
        self._budget.ascend()

    def _item(self, node: yaml.Node) -> Undecided | None:
        if not isinstance(node, yaml.MappingNode):
            self._log.report(node, "no-mapping")
            return None
        texts: dict[str, tuple[str, ...]] = {}
        for key, value in node.value:
            name = key.value if isinstance(key, yaml.ScalarNode) else ""
            if name not in KEYS:
                self._log.report(key, "unknown-key", key=name, nearest=nearest(name, KEYS))
            else:
                texts[name] = tuple(self._texts(name, value))
        for name in REQUIRED:
            if not any(texts.get(name, ())):
                self._log.report(node, "undecided-without", key=name)
        return _undecided(self._log.location(node), texts)

    def _texts(self, name: str, node: yaml.Node) -> Iterator[str]:
        """Yield the text of a scalar, or those of a list; report what is no text."""
        self._budget.descend(node)
        for item in node.value if isinstance(node, yaml.SequenceNode) else [node]:
            if isinstance(item, yaml.ScalarNode):
                self._budget.spend(item, len(item.value))
                yield item.value
            else:
                self._log.report(item, "not-a-text", key=name, actual=_NO_TEXT)
                yield _NO_TEXT
        self._budget.ascend()


def _undecided(location: Location, texts: Mapping[str, tuple[str, ...]]) -> Undecided:
    quote, reason, about = (", ".join(texts.get(name, ())) for name in (*REQUIRED, "about"))
    return Undecided(location, quote, reason, about, texts.get("candidates", ()))
