"""The lines of a document as a programme has them: without bullets and emphasis, and joined where a line was only wrapped."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final

from itasgraph.documents.document import Document, Line, LineKind, join_wrapped
from itasgraph.drafting.lexica import (
    begins_other_part,
    is_first_name,
    without_title_label,
)
from itasgraph.drafting.people import is_person
from itasgraph.drafting.times import leading_times

_MAIL: Final = re.compile(r"(?:Von|From|An|To|Betreff|Subject)\s*:")
_BULLET: Final = re.compile(r"^\s*[•*▪►‣·–-]\s+")
_SIGN: Final = re.compile(r"^\s*[^\w\s\u0000-\u00ff‐-‧*•▪►‣]+\s+(?=\d{1,2}[.:]\d\d)")  # such as a clock, before a time
_NUMBERING: Final = re.compile(r"(?:TOP|Tagesordnungspunkt|Punkt)\s*\d+(?:\.\d+)*[a-z]?(?:\s*[.:)–-])?(?:\s+|$)", re.I)
_AGENDA: Final = re.compile(r"(?:TOP\s*|Tagesordnungspunkt\s*|Punkt\s*)?\d{1,2}[.:)]?\s+[^\W\d]", re.I)
# What takes place at one time has a number: "WS 2 Die Wiese", "Workshop A: Holz".
_PARALLEL: Final = "Workshop|Forum|Fachforum|Panel|Session|Gruppe|AG|Track|Tisch"
_NUMBER: Final = r"\s*(?:\d+|[A-H]|[IVX]+)\b"
_NUMBERED: Final = re.compile(rf"(?:WS|Room|{_PARALLEL}){_NUMBER}")
_LABEL: Final = re.compile(
    rf"(?:Werkstatt|Arbeitsgruppe|Keynote|Vortrag|Fachvortrag|Impulsvortrag|Input|Impuls|Pitch|Strang|Block|Table|Talk|Lab|Raum|{_PARALLEL}){_NUMBER}[^:–]{{0,30}}[:–]\s*"
)
_LETTER: Final = re.compile(r"[A-H1-9]\s?[.:)]\s")
_SENTENCE: Final = re.compile(r"[.!?:;,]$")
_TIME_BEHIND: Final = re.compile(r"\s*\((?:ab\s+|um\s+|from\s+)?(\d{1,2}[:.]?\d{0,2}[^()]*)\)\s*$")
_EMPHASIS: Final = re.compile(r"[*_]{2}|(?<!\w)[*_](?=\S)|(?<=\S)[*_](?!\w)")
# Words at the end of a line that never end a title, a role or a name.
_OPEN_END: Final = re.compile(
    r"(?:,|[-–]|\b(?:und|oder|sowie|der|die|das|des|dem|den|zum|zur|vom|von|für|mit|im|in|aus|auf|an|am|bei|als|ein|eine|einer|eines|über|nach|durch|ohne|"
    r"and|or|of|the|for|in|with|to|a|an|at|on|by|from))$"
)
_BEFORE_NOUN: Final = re.compile(
    r"\b(?:for|of|to|in|on|at|the|a|an|für|über|ein|eine|aus|auf|an|nach|ohne|als)$"
)  # never a name
_GIVEN_NAME: Final = re.compile(r"(?:[;&]|,\s+und|\bund|\band)\s+[^\W\d_]+$")  # at the end of a line, perhaps
_SPACES: Final = re.compile(r"\s{2,}|\t")
# What belongs to the next column: a time, the number of an item, a label.
_LABELS: Final = re.compile(
    r"(?:(?:TOP|Punkt)?\s*\d+(?:\.\d+)*[.)]?|(?:ab\s+|ca\.\s+)?\d{1,2}[.:h]?\d{0,2}\s*(?:Uhr|h|[ap]\.?m\.?)?(?:\s*(?:-|–|—|bis|to)\s*\d{1,2}[.:h]?\d{0,2}\s*(?:Uhr|h|[ap]\.?m\.?)?)?|.*:)(?:\s*[|–-])?",
    re.I,
)
# "12:00", "–" and "13:30" in lines of their own.
_CLOCK: Final = r"\d{1,2}(?:[.:h]\d\d)?(?:\s*Uhr)?"
_TIME_ALONE: Final = re.compile(rf"{_CLOCK}\s*(?:[–—-]|bis|to)(?:\s*{_CLOCK})?")
_SHORTEST_WRAPPED: Final = 30  # characters of a line that may go on in the next one
_LABELLED: Final = re.compile(r"[^\W\d_][\w -]*:\s")  # "Moderation: "
_ABSENT: Final = re.compile(
    r"\b(?:entfällt|entschuldigt|abgesagt|verhindert|angefragt|cancelled|excused|invited)\b", re.I
)
_IN_BRACKETS: Final = re.compile(r"\((?:[^()]|\([^()]*\))+\)")
_HEAD: Final = re.compile(r"\s*[,(|:;–—]")  # behind the first words of a line
_WIDTHS: Final = range(60, 101)  # at which texts are wrapped
_NEAR: Final = 0.85  # of the width, from which on a line ends near it
_FEWEST_NEAR: Final = 3  # lines of a text that was wrapped
_UNLIMITED: Final = 1000


@dataclass(frozen=True, slots=True)
class Piece:
    """A line of text, or several that were one: the number of the first, and the words as they stand in each of them.

    `is_inside` says that it follows another piece in the same line, cell or bullet; `level` is that of a heading or bullet. `column`
    counts from 0: the column of a line with several, in which the words stand. `is_agenda` says that the number of an item stood before it. In a text that was wrapped at a width, `indents` are the
    characters before the line and before its last words, and `room` is how many more the line has place for. `style` is that of the line.
    """

    line: int
    text: str
    parts: tuple[str, ...]
    kind: LineKind
    page: int = 0
    is_inside: bool = False
    is_alone: bool = False  # after a blank line
    level: int = 0
    column: int = 0
    indents: tuple[int, ...] = ()
    room: int = _UNLIMITED
    is_agenda: bool = False
    style: str = ""


def pieces(document: Document) -> Iterator[Piece | tuple[int, Line]]:
    """Yield the lines with text in their order; rows of tables as they are, each with its number."""
    last: Piece | None = None
    for piece in _by_columns(_single_pieces(document)):
        if isinstance(last, Piece) and isinstance(piece, Piece) and _goes_on(last, piece):
            last = replace(
                last, text=join_wrapped(last.text, piece.text), parts=(*last.parts, *piece.parts), room=piece.room
            )
            continue
        if last is not None:
            yield _without_brackets(last)
        last = piece if isinstance(piece, Piece) else None
        if last is None:
            yield piece
    if last is not None:
        yield _without_brackets(last)


def _without_brackets(piece: Piece) -> Piece:
    """Return a line of people that stands in brackets as a whole without them: "(Ida Kern, IHK Neuheim)"."""
    if (
        not _IN_BRACKETS.fullmatch(piece.text)
        or _ABSENT.search(piece.text)
        or not is_person(_HEAD.split(piece.text[1:-1], maxsplit=1)[0])
    ):
        return piece
    parts = (piece.parts[0].removeprefix("("), *piece.parts[1:])
    return replace(piece, text=piece.text[1:-1], parts=(*parts[:-1], parts[-1].removesuffix(")")))


def wrapped_pieces(document: Document) -> Iterator[Piece]:
    """Yield the texts that stand in several lines."""
    return (piece for piece in pieces(document) if isinstance(piece, Piece) and len(piece.parts) > 1)


def _single_pieces(document: Document) -> Iterator[Piece | tuple[int, Line]]:
    is_alone = True
    width = _width(document)
    for number, line in enumerate(document.lines, 1):
        if line.kind is LineKind.ROW:
            yield number, line
            is_alone = True
        else:
            every = list(_pieces_of(number, line, is_alone=is_alone))
            if every and width:
                every[-1] = replace(every[-1], indents=_indents(line.text), room=width - len(line.text.rstrip()) - 1)
            yield from every
            is_alone = not line.text.strip()


def _width(document: Document) -> int:
    """Return the width at which the lines of a text were wrapped; 0 where they were not."""
    head = mail_head(document.lines) if document.raw is not None else range(0)  # its lines are as long as they are
    lines = document.lines[max(head.stop - 1, 0) :] if document.raw is not None else ()
    lengths = [len(line.text.rstrip()) for line in lines]
    width = max(lengths, default=0)
    return width if width in _WIDTHS and sum(one >= _NEAR * width for one in lengths) >= _FEWEST_NEAR else 0


def _indents(text: str) -> tuple[int, ...]:
    """Return how many characters stand before a line, and before its last words behind a wide gap."""
    start = len(text) - len(text.lstrip())
    return start, *(match.end() for match in list(_SPACES.finditer(text.rstrip(), start))[-1:])


def _by_columns(every: Iterable[Piece | tuple[int, Line]]) -> Iterator[Piece | tuple[int, Line]]:
    """Put what stands in the first column beside a time before what stands in the next: a title may have several lines."""
    beside: list[Piece] = []
    for piece in every:
        if isinstance(piece, Piece) and piece.column and (beside or leading_times(piece.text).length):
            if beside and leading_times(piece.text).length:
                yield from sorted(beside, key=_column)
                beside.clear()
            beside.append(_without_heading(piece) if piece.column > 1 else piece)
            continue
        yield from sorted(beside, key=_column)
        beside.clear()
        yield piece
    yield from sorted(beside, key=_column)


def _column(piece: Piece) -> int:
    return piece.column


def _without_heading(piece: Piece) -> Piece:
    """Return a line beside the title as a paragraph: in bold letters it is no heading."""
    return replace(piece, kind=LineKind.PARAGRAPH) if piece.kind is LineKind.HEADING else piece


def _pieces_of(number: int, line: Line, *, is_alone: bool) -> Iterator[Piece]:
    """Yield the lines of which a line consists: a bullet may have several, a line a piece in each column."""
    is_bullet = line.kind is LineKind.BULLET or _BULLET.match(line.text) is not None
    kind = LineKind.BULLET if is_bullet and line.kind is not LineKind.HEADING else line.kind
    for index, (column, text) in enumerate(_texts(line)):
        bare = without_bullet(text) if index == 0 else " ".join(text.split())
        plain = without_numbering(with_time_first(bare))
        if plain:
            is_beside = column > 0 and not index
            yield Piece(
                number, plain, (plain,), kind if index == 0 else LineKind.PARAGRAPH, line.page,
                is_inside=index > 0, is_alone=is_alone and index == 0 and not is_beside, level=line.level, column=column,
                is_agenda=(_NUMBERING if kind is not LineKind.HEADING else _AGENDA).match(bare) is not None,
                style=line.style,
            )  # fmt: skip


def _texts(line: Line) -> list[tuple[int, str]]:
    """Return the texts of a line, each with its column: those of a bullet, or the cells; a time or label and what it is of are one."""
    if line.kind is LineKind.BULLET and len(line.cells) == 1:
        return [(0, text) for text in line.cells[0].split("\n")]
    if len(line.cells) > 1:
        cells = [(column, cell) for column, cell in enumerate(line.cells, line.column) if cell.strip()]
    else:
        cells = [(line.column, cell) for cell in _spaced(line)]
    texts: list[tuple[int, str]] = []
    for column, cell in cells:
        if texts and _LABELS.fullmatch(texts[-1][1]):
            texts[-1] = column, f"{texts[-1][1]} {cell}"
        else:
            texts.append((column, cell))
    return texts


def _spaced(line: Line) -> list[str]:
    """Return the columns of a text between which several spaces stand, behind a time or number; else the whole."""
    cells = _SPACES.split(line.text.strip())
    return cells if line.kind is LineKind.PARAGRAPH and _LABELS.fullmatch(cells[0]) else [line.plain]


def without_bullet(text: str) -> str:
    """Return a line with single spaces, without the bullet before it and the emphasis of Markdown."""
    return " ".join(_EMPHASIS.sub("", _BULLET.sub("", _SIGN.sub("", text, count=1), count=1)).split())


def without_numbering(text: str) -> str:
    """Leave out the number of an item of an agenda, and a label, before its title.

    >>> without_numbering("TOP 2: Holz im Bau"), without_numbering("Titel: Holz im Bau")
    ('Holz im Bau', 'Holz im Bau')
    """
    return without_title_label(_NUMBERING.sub("", text, count=1) if _NUMBERING.match(text) else text)


def is_numbered(text: str) -> bool:
    """Return whether a text begins with the number of a parallel item ("WS 2 Die Wiese", "Workshop A: Holz")."""
    return _NUMBERED.match(text) is not None


def ends_sentence(text: str) -> bool:
    """Return whether a line ends as a sentence or a part of one does."""
    return _SENTENCE.search(text) is not None


def has_number_label(text: str) -> bool:
    """Return whether a text begins with a number or format and a colon or dash: "Impuls 2: Holz"."""
    return _LABEL.match(text) is not None


def without_number_label(text: str) -> str:
    """Leave out a number or format with the colon or dash behind it, before a title.

    >>> without_number_label("Impuls 2: Holz"), without_number_label("Holz: was nun?")
    ('Holz', 'Holz: was nun?')
    """
    return _LABEL.sub("", text, count=1) if _LABEL.match(text) else text


def is_lettered(text: str) -> bool:
    """Return whether a text begins with a letter or figure of its own, as in "A. Holz"."""
    return _LETTER.match(text) is not None


def with_time_first(text: str) -> str:
    """Return a text with the time of day in brackets behind it put before it.

    >>> with_time_first("Begrüßung (ab 18:00 Uhr)"), with_time_first("Holz (IHK)")
    ('18:00 Uhr Begrüßung', 'Holz (IHK)')
    """
    match = _TIME_BEHIND.search(text)
    if not match or leading_times(text).length or not leading_times(match[1]).start:
        return text
    return f"{match[1]} {text[: match.start()]}"


def _goes_on(piece: Piece, following: Piece) -> bool:
    """Return whether a line is the rest of the one before it, which was wrapped."""
    if _TIME_ALONE.fullmatch(f"{piece.text} {following.text}"):
        return True
    if (
        following.is_inside
        or following.column != piece.column
        or following.kind is LineKind.BULLET
        or leading_times(following.text).length
    ):
        return False
    if following.kind is LineKind.HEADING:
        # A printed title may be wrapped; each of its lines is a heading then.
        is_title = (
            not begins_other_part(following.text)
            and following.page == piece.page > 0
            and bool(leading_times(piece.text).length)
        )
        return is_title and (len(piece.text) >= _SHORTEST_WRAPPED or _is_open(piece.text))
    if following.is_alone or piece.kind is LineKind.HEADING:
        return False
    return _is_open_before(piece.text, following.text) or _is_wrapped(piece, following)


def _is_wrapped(piece: Piece, following: Piece) -> bool:
    """Return whether the first word of a line did not fit into the one before, below which it stands."""
    word = following.text.split(maxsplit=1)[0]
    if _LABELLED.match(following.text) or is_person(_HEAD.split(following.text, maxsplit=1)[0]):
        return False
    return len(word) > piece.room and any(indent in piece.indents for indent in following.indents[:1])


def _is_open_before(text: str, following: str) -> bool:
    """Return whether a line goes on in the next one: it is open, and that one is not the name of a person below a title ("… pay for")."""
    if _GIVEN_NAME.search(text) and is_first_name(text.rsplit(maxsplit=1)[-1]):  # "Ida Kern, IHK; Ben"
        return following[:1].isupper()
    return _is_open(text) and not (_BEFORE_NOUN.search(text) and is_person(_HEAD.split(following, maxsplit=1)[0]))


def _is_open(text: str) -> bool:
    """Return whether a line cannot be the whole: a quotation or bracket is open, or it ends with a comma or a small word."""
    quotes = text.count('"') % 2 or text.count("„") > text.count("“") + text.count("”")
    brackets = text.count("(") > text.count(")")
    is_named = text.endswith(",") and is_person(_HEAD.split(text, maxsplit=1)[0])  # "Ida Kern, Leiterin,"
    return bool(quotes or brackets or is_named or (len(text) >= _SHORTEST_WRAPPED and _OPEN_END.search(text)))


def in_lines(words: str, parts: Sequence[str]) -> str:
    """Return words of a text that was wrapped with a line break where the document has one; `parts` are its lines.

    >>> in_lines("Ida Kern, Werksleiterin", ["Holz: Ida Kern, Werks-", "leiterin"])
    'Ida Kern, Werks-\\nleiterin'
    """
    text, starts = "", []
    for part in parts:
        text = join_wrapped(text, part) if text else part
        starts.append(len(text) - len(part))
    begin = text.find(words)
    if begin < 0 or len(parts) == 1:
        return words
    end = begin + len(words)
    found = []
    for part, start, next_start in zip(parts, starts, [*starts[1:], len(text) + 1], strict=True):
        if begin < next_start and start < end:
            found.append(part[max(begin - start, 0) : end - start if end < next_start else None].strip())
    return "\n".join(filter(None, found))


def mail_head(lines: Sequence[Line]) -> range:
    """Return the numbers of the lines that say from whom and when a mail was: down to the first blank line."""
    texts = [(number, line) for number, line in enumerate(lines, 1) if line.text.strip()]
    if not texts or not _MAIL.match(texts[0][1].text):
        return range(0)
    first = texts[0][0]
    blank = (number for number, line in enumerate(lines[first:], first + 1) if not line.text.strip())
    return range(first, next(blank, len(lines) + 1))
