"""The words by which a draft recognises columns, titles and people; each list is a file in `lexica/`."""

from __future__ import annotations

import functools
import re
from importlib.resources import files
from typing import Final

from itasgraph.util.spelling import fold

_FOLDER: Final = files("itasgraph.drafting") / "lexica"
_ACRONYM: Final = re.compile(r"[A-ZÄÖÜ](?:[A-ZÄÖÜ0-9&]{1,7}|[a-z]{1,2}[A-ZÄÖÜ]{1,4})")
_LONGEST_ROOM: Final = 3  # words
_LONGEST_BREAK: Final = 4
_MOST_WORDS: Final = 50_000  # whose answers are remembered: documents repeat their words
_ADJECTIVE: Final = re.compile(r"[A-ZÄÖÜ][a-zäöüß]+(?:es|er|e)")
_ELLIPSIS: Final = re.compile(r"[\w-]+-\s+(?:und|oder|and|&)\s+")  # a compound without its last part
# A day of a series without an item: "Pfingsten – keine Vorlesung".
_FREE: Final = re.compile(
    r"(?:^|[–—:(-]\s?)(?:keine?|no)\s+(?:Vorlesung|Veranstaltung|Sitzung|Vortrag|lecture|session|talk)s?\)?$", re.I
)
_DETERMINER: Final = re.compile(r"(?:der|die|das|unsere?|the|our)\s+", re.I)
_SPACED: Final = re.compile(r"\b([A-Za-z]\.)\s(?=[A-Za-z]\.)")  # "e. V."


def read_text(name: str) -> str:
    """Return the content of a file of `lexica/`."""
    return (_FOLDER / name).read_text(encoding="utf-8")


@functools.lru_cache(_MOST_WORDS)
def is_first_name(word: str) -> bool:
    """Return whether a word is a first name; of a name with a hyphen, whether its first half is one.

    >>> is_first_name("Zdeněk"), is_first_name("Karl-Heinz"), is_first_name("Werkzeug")
    (True, True, False)
    """
    folded = fold(word)
    known = (_lines("first_names.txt"), _lines("more_first_names.txt"))
    is_known = any(name in names for name in (folded, folded.partition("-")[0]) for names in known)
    return is_known or word.casefold() in _spellings("accented_first_names.txt")


def is_leading_family_name(word: str) -> bool:
    """Return whether a word is a family name that stands before the given names; the accents count.

    >>> is_leading_family_name("Trần"), is_leading_family_name("Tran")
    (True, False)
    """
    return word.casefold() in _spellings("leading_family_names.txt")


def is_family_name(word: str) -> bool:
    """Return whether a word is a family name that makes a name of the capitalised word beside it.

    >>> is_family_name("Nguyen"), is_family_name("Kern")
    (True, False)
    """
    return word.casefold() in _spellings("family_names.txt") or is_leading_family_name(word)


@functools.cache
def _spellings(name: str) -> frozenset[str]:
    """Return the words of a list, whose accents count."""
    return frozenset(word.casefold() for word in _plain_lines(name))


def is_organisation_word(word: str) -> bool:
    """Return whether a word ends the names of organisations only, such as a legal form.

    >>> is_organisation_word("GmbH"), is_organisation_word("Muster")
    (True, False)
    """
    return fold(word.rstrip(".")) in _lines("organisation_words.txt")


@functools.cache
def _lines(name: str) -> frozenset[str]:
    return frozenset(map(fold, _plain_lines(name)))


@functools.cache
def _tuple(name: str) -> tuple[str, ...]:
    return tuple(_lines(name))


@functools.cache
def _plain_lines(name: str) -> tuple[str, ...]:
    return tuple(line for line in read_text(name).splitlines() if line and not line.startswith("#"))


@functools.lru_cache(_MOST_WORDS)
def is_role_word(word: str) -> bool:
    """Return whether a word begins a role, in any gender.

    >>> [is_role_word(word) for word in ("Leiterin", "Projektleiter:in", "Pflegedienstleiterin", "Werk")]
    [True, True, True, False]
    """
    plain = fold(re.sub(r"[:*_/](?:in|innen)$|\((?:in|innen)\)$", "", word.strip(".,")))
    roles = _lines("roles.txt")
    parts = {plain, plain.removesuffix("in"), plain.rpartition("-")[2], plain.rpartition("-")[2].removesuffix("in")}
    endings = _tuple("role_endings.txt")
    return not parts.isdisjoint(roles) or any(part.endswith(endings) for part in parts)


def is_department(word: str) -> bool:
    """Return whether an acronym names a department after a role, as in "Leiter IT"."""
    return fold(word.strip(".,")) in _lines("departments.txt")


def is_format(text: str) -> bool:
    """Return whether a text is the name of a format in which people appear, whatever stands before its last part.

    >>> [is_format(text) for text in ("Führung", "Abschlussgespräch", "Im Gespräch", "Umgang")]
    [True, True, True, False]
    """
    return fold(text).endswith(_tuple("formats.txt"))


def is_whole_format(text: str) -> bool:
    """Return whether the name of a format is a title by itself.

    >>> is_whole_format("Grußwort"), is_whole_format("Keynote")
    (True, False)
    """
    return fold(text.strip(" :")).endswith(_tuple("whole_formats.txt"))


def is_verb_of_stage(word: str) -> bool:
    """Return whether a word behind a name says what that person does on stage ("liest")."""
    return word in _plain_lines("verbs.txt")


def is_remark(text: str) -> bool:
    """Return whether a text behind a name says how somebody takes part, and neither role nor organisation.

    >>> is_remark("angefragt"), is_remark("online zugeschaltet"), is_remark("IHK Neuheim")
    (True, True, False)
    """
    return _begins_with(text, "remarks.txt")


def is_unit(word: str) -> bool:
    """Return whether a word names a part of an organisation ("Abteilung"), or begins a text that is no name of one."""
    return fold(word) in _lines("units.txt")


def is_mandate(text: str) -> bool:
    """Return whether a text is the short form of a seat in a parliament, which stands behind a name ("MdL")."""
    return text in _plain_lines("mandates.txt")


@functools.cache
def mandate() -> re.Pattern[str]:
    """Return the pattern of a space before a seat in a parliament."""
    return re.compile(rf"\s(?=(?:{'|'.join(_plain_lines('mandates.txt'))})\b)")


def is_town_like(word: str) -> bool:
    """Return whether a word can be the name of a town, by its ending or as one of the large ones.

    >>> is_town_like("Neuburg"), is_town_like("Berlin"), is_town_like("Nordlys")
    (True, True, False)
    """
    return fold(word).endswith(tuple(_lines("town_endings.txt")))


def is_body(word: str) -> bool:
    """Return whether a word names a body of an organisation, as in "Mitglied des Vorstands"."""
    return fold(word.strip(".,")) in _lines("bodies.txt")


def is_masculine_organisation(noun: str) -> bool:
    """Return whether a noun for an organisation takes "der"."""
    return fold(noun).endswith(tuple(_lines("masculine_organisations.txt")))


def is_neuter_organisation(noun: str) -> bool:
    """Return whether a noun for an organisation takes "das"."""
    return fold(noun).endswith(tuple(_lines("neuter_organisations.txt")))


def words_of(lang: str) -> frozenset[str]:
    """Return the small words of German ("de") or English ("en") that the other language does not have."""
    return _spellings({"de": "german_words.txt", "en": "english_words.txt"}[lang])


def is_small_word(word: str) -> bool:
    """Return whether a word stands in names without a capital letter, as in "Gasthaus zur Linde"."""
    return word in _plain_lines("small_words.txt")


def is_room(text: str) -> bool:
    """Return whether a text names a room, perhaps with the building before it.

    >>> [is_room(text) for text in ("Saal A", "Großer Saal", "Rathaus Neuheim, Festsaal", "Raum für alle", "Holz im Bau, Raum 3")]
    [True, True, True, False, False]
    """
    words = text.partition(",")[0].split()
    is_short = 1 <= len(words) <= _LONGEST_ROOM and not any(word.islower() for word in words)
    return is_short and (fold(words[0]) in _lines("rooms.txt") or fold(words[-1]) in _lines("room_endings.txt"))


def is_contact(text: str) -> bool:
    """Return whether a line says whom to write to."""
    return _begins_with(text.rstrip(" ,!"), "contact_labels.txt", ":")


@functools.cache
def _place_label() -> re.Pattern[str]:
    words = "|".join(re.escape(word) for word in _plain_lines("place_labels.txt"))
    return re.compile(
        rf"(?:^|[|,;]\s*|\.\s+)(?:{words})(?:\s*/\s*[^\W\d_]+)?\s*(?:[:?]\s*\|?|\|(?=[^|]*\|?$))\s*([^|;,(]+)", re.I
    )


def place_in(text: str) -> str:
    """Return the place that a line names behind a label; an empty string where it names none, or takes place online.

    >>> place_in("14.05.2031 | Ort: Alte Weberei, Markt 3"), place_in("Ort: online")
    ('Alte Weberei', '')
    """
    match = _place_label().search(text)
    place = match.group(1).strip() if match else ""
    return "" if is_online(place) else place


def is_head_label(text: str) -> bool:
    """Return whether a line is nothing but a label such as "Ort" or "Uhrzeit", whose value stands in the next line."""
    return fold(text.strip().rstrip(":?")) in _lines("head_labels.txt")


def is_place_label(text: str) -> bool:
    """Return whether a line is nothing but a label of places."""
    return fold(text.strip().rstrip(":?")) in _lines("place_labels.txt")


def is_online(text: str) -> bool:
    """Return whether a text stands for a place where there is none, or names no place at all, such as the day of the week."""
    return _begins_with(text, "online_places.txt")


def is_venue(text: str) -> bool:
    """Return whether a text is the name of a house where events take place.

    >>> [is_venue(text) for text in ("Alte Weberei", "Rathaus Neuheim", "Guildhall", "Neuheim")]
    [True, True, True, False]
    """
    endings = _tuple("venue_endings.txt")
    return any(fold(word).endswith(endings) for word in re.findall(r"[\w-]+", text))


@functools.cache
def speaker_label() -> re.Pattern[str]:
    """Return the pattern of the words that announce speakers, with the colon behind them."""
    return _labels("speaker_labels.txt", "talk_labels.txt")


@functools.cache
def people_label() -> re.Pattern[str]:
    """Return the pattern of the words that announce people and nothing else, with the colon behind them."""
    return _labels("speaker_labels.txt")


def _labels(*names: str) -> re.Pattern[str]:
    words = (line.split("/") for name in names for line in _plain_lines(name))
    forms = (re.escape(word[0]) + "(?:" + "|".join(map(re.escape, word[1:])) + ")?" for word in words)
    gender = r"(?:(?:[:*_·]|/-?)in(?:nen)?|\(-?in(?:nen)?\))?"  # "Referent*innen", "Referent/-in"
    pair = r"(?:\s+(?:und|&|and)\s+[^\W\d_]+)?"  # "Referentinnen und Referenten"
    return re.compile(rf"(?:{'|'.join(forms)}){gender}{pair}\s*:\s*", re.I)


@functools.lru_cache(_MOST_WORDS)
def is_organisation(text: str) -> bool:
    """Return whether a text reads as the name of an organisation: by a legal form, an ending, or an acronym.

    >>> [is_organisation(text) for text in ("Werk Süd GmbH", "Bildungsinstitut", "IHK Chemnitz", "CWE", "Nordhalle")]
    [True, True, True, True, False]
    """
    words = re.findall(r"[\w&.-]+", _SPACED.sub(r"\1", text))
    if any(is_organisation_word(word) for word in words):
        return True
    endings = _tuple("organisation_endings.txt")
    folded = [fold(word.strip(".")) for word in words]
    if len(words) > 1 and folded[0] in _lines("organisation_beginnings.txt"):
        return True
    if any(word.endswith(endings) for word in folded):
        return True
    acronyms = (part for word in words if not is_department(word) for part in (word, word.partition("-")[0]))
    return any(map(is_acronym, acronyms))


def is_acronym(word: str) -> bool:
    """Return whether a word is an acronym.

    >>> is_acronym("IHK"), is_acronym("KfW"), is_acronym("Werk")
    (True, True, False)
    """
    return _ACRONYM.fullmatch(word) is not None


def is_break(text: str) -> bool:
    """Return whether a line announces a break, the doors, food or time to talk, and no contribution.

    >>> [is_break(text) for text in ("Kaffeepause", "Pause mit Imbiss", "Kaffee- & Gesprächspause", "Pausen im Betrieb")]
    [True, True, True, False]
    """
    words = re.findall(r"[\w-]+", text)
    if not words:
        return False
    if len(words) > 1 and words[0].endswith("-") and _ELLIPSIS.match(text):  # "Kaffee- und Gesprächspause"
        return is_break(_ELLIPSIS.sub("", text))
    ends_with_one = 1 < len(words) <= _LONGEST_BREAK and fold(words[-1]) in _lines("breaks.txt")
    is_meal = words[0][:1].isupper() and fold(words[0]).endswith(_tuple("break_endings.txt"))
    is_described = _ADJECTIVE.fullmatch(words[0]) is not None and is_break(text.partition(words[0])[2].strip())
    is_whole = fold(text) in _lines("whole_breaks.txt")
    is_free = _FREE.search(text) is not None
    return ends_with_one or is_meal or is_described or is_whole or is_free or _begins_with(text, "breaks.txt")


def is_meal(text: str) -> bool:
    """Return whether a line of few words names food or a drink, in whatever company.

    >>> [is_meal(text) for text in ("Pizza", "Musik und Limonade", "Glühwein an der Turbine", "Wein im Klimawandel")]
    [True, True, True, False]
    """
    parts = re.split(r"\s+(?:und|mit|bei|an|am|vom|and|with|at|&)\s+|\s*,\s+", text)
    return len(parts) < _LONGEST_BREAK and any(fold(part) in _lines("meals.txt") for part in parts)


def begins_other_part(text: str) -> bool:
    """Return whether a heading begins a part of a page that is no programme, such as "Anmeldung"."""
    return _begins_with(text.strip(" :"), "other_parts.txt")


def is_collective(text: str) -> bool:
    """Return whether a heading says nothing but what some people are ("Jury", "Unsere Gäste")."""
    plain = _DETERMINER.sub("", text.strip(" :"), count=1)
    is_one = " " not in plain and (is_body(plain) or is_role_word(plain))
    return is_one or fold(plain) in _lines("collectives.txt") or begins_other_part(plain)


def names_support(text: str) -> bool:
    """Return whether a heading begins with words that say who pays for, supports or organises something."""
    return _begins_with(text, "support.txt")


def begins_other_address(text: str) -> bool:
    """Return whether a line says what stands at a further address of an organisation, such as "Mitglied der Innung" or "Zweigstelle"."""
    return _begins_with(text, "other_addresses.txt")


@functools.cache
def _label(name: str) -> re.Pattern[str]:
    words = "|".join(re.escape(word) for word in _plain_lines(name))
    return re.compile(rf"(?:{words})\s*:\s*", re.I)


def without_title_label(text: str) -> str:
    """Leave out a label before a title.

    >>> without_title_label("Titel: Holz im Bau"), without_title_label("Titelkampf: wer gewinnt?")
    ('Holz im Bau', 'Titelkampf: wer gewinnt?')
    """
    match = _label("title_labels.txt").match(text)
    return text[match.end() :] if match else text


def _begins_with(text: str, name: str, separators: str = " ,:") -> bool:
    """Return whether a text is one of the words of a file, or begins with one and a separator behind it."""
    folded = fold(text)
    return folded in _lines(name) or folded.startswith(_beginnings(name, separators))


@functools.cache
def _beginnings(name: str, separators: str) -> tuple[str, ...]:
    return tuple(word + one for word in _lines(name) for one in separators)
