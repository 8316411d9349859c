"""Items in the containers that only web pages have: definition lists, rows, blocks with and without classes, cards."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from html import escape
from typing import Final

from tools.generate_programmes.blocks import Block
from tools.generate_programmes.choices import Choices
from tools.generate_programmes.wording import Entry, Text

_CLASSES: Final = {
    "time": "time",
    "title": "title",
    "subtitle": "subtitle",
    "format": "category",
    "people": "speaker",
    "bullet": "speaker",
    "moderator": "moderation",
    "label": "label",
    "room": "room",
    "description": "text",
}
_ODD: Final = {
    "time": "c-1a",
    "title": "c-7",
    "subtitle": "c-8",
    "format": "c-2",
    "people": "c-9f",
    "bullet": "c-9f",
    "moderator": "c-9f",
    "label": "c-3",
    "room": "c-4",
    "description": "c-5",
}


def blocks(every: Sequence[Entry], form: str, choices: Choices) -> Iterator[Block]:
    """Yield the blocks of items in a form."""
    yield Block("html", FORMS[form](every, choices))


def lines(text: str) -> str:
    """Return a text for a page, with its line breaks."""
    return escape(text, quote=False).replace("\n", "<br>")


def _divs(entry: Entry, names: Mapping[str, str]) -> str:
    def opened(kind: str) -> str:
        return f'<div class="{names[kind]}">' if names else "<div>"

    time = f"{opened('time')}{lines(entry.time)}</div>" if entry.time else ""
    return time + "".join(f"{opened(text.kind)}{lines(text.text)}</div>" for text in entry.texts)


def _with_classes(every: Sequence[Entry], _: Choices) -> str:
    items = (f'<div class="programme-item">{_divs(entry, _CLASSES)}</div>' for entry in every)
    return f'<div class="programme">{"".join(items)}</div>'


def _without_classes(every: Sequence[Entry], _: Choices) -> str:
    return f"<div>{''.join(f'<div>{_divs(entry, {})}</div>' for entry in every)}</div>"


def _with_odd_classes(every: Sequence[Entry], _: Choices) -> str:
    items = (f'<div class="c-0 w-50">{_divs(entry, _ODD)}</div>' for entry in every)
    return f'<div class="c-row">{"".join(items)}</div>'


def _definitions(every: Sequence[Entry], choices: Choices) -> str:
    return f"<dl>{''.join(f'<dt>{lines(entry.time)}</dt><dd>{_inside(entry, choices)}</dd>' for entry in every)}</dl>"


def _two_rows(every: Sequence[Entry], _: Choices) -> str:
    rows = []
    for entry in every:
        first, *others = entry.texts
        rows.append(f"<tr><td>{lines(entry.time)}</td><td><b>{lines(first.text)}</b></td></tr>")
        if others:
            rows.append(f"<tr><td></td><td>{'<br>'.join(lines(one.text) for one in others)}</td></tr>")
    return f"<table>{''.join(rows)}</table>"


def _cards(every: Sequence[Entry], _: Choices) -> str:
    cards = []
    for entry in every:
        time = f'<span class="badge">{lines(entry.time)}</span>' if entry.time else ""
        parts = "".join(_of_card(text) for text in entry.texts)
        cards.append(f'<article class="card">{time}<div class="card-body">{parts}</div></article>')
    return f'<section class="cards">{"".join(cards)}</section>'


def _of_card(text: Text) -> str:
    if text.kind == "title":
        return f"<h4>{lines(text.text)}</h4>"
    return f'<p class="card-text">{lines(text.text)}</p>'


def _details(every: Sequence[Entry], _: Choices) -> str:
    items = []
    for entry in every:
        title = next(iter(entry.of("title")), "")
        others = "".join(f"<p>{lines(text.text)}</p>" for text in entry.texts if text.text != title)
        time = f"{lines(entry.time)} " if entry.time else ""
        items.append(f"<details><summary>{time}{lines(title)}</summary>{others}</details>")
    return "".join(items)


def _inside(entry: Entry, choices: Choices) -> str:
    is_bold = choices["bold"] in ("title", "time and title")
    parts = (
        f"<strong>{lines(one.text)}</strong>" if is_bold and one.kind == "title" else lines(one.text)
        for one in entry.texts
    )
    return "<br>".join(parts)


FORMS: Final[Mapping[str, Callable[[Sequence[Entry], Choices], str]]] = {
    "divs with classes": _with_classes,
    "divs": _without_classes,
    "divs with odd classes": _with_odd_classes,
    "dl": _definitions,
    "two rows": _two_rows,
    "cards": _cards,
    "details": _details,
}
