"""The name of a person as documents print it → title and name."""

from __future__ import annotations

import functools
import re
from collections.abc import Sequence
from typing import Final, NamedTuple

from itasgraph.drafting.lexica import (
    is_family_name,
    is_first_name,
    is_format,
    is_organisation,
    is_organisation_word,
    is_role_word,
    is_unit,
)

# Texts whose reading as a name is kept: each text of a document is asked for several times.
MOST_NAMES: Final = 8_192
_SALUTATION: Final = re.compile(r"(?:Herrn?|Frau|Mr\.?|Mrs\.?|Ms\.?)\s+")
# What a member of a parliament or an official is called before the family name; it is no academic title.
_OFFICE: Final = re.compile(
    r"(Md(?:B|L|EP|A)|O?St[DR](?:in)?|RD(?:in)?|MR(?:in)?|V?(?:Bgm|Bgmst|Bgst)\.(?:in)?|L?Abg\.|LHStv\.(?:in)?|KommR(?:in)?|ÖkR(?:in)?)\s+(?=[^\W\d_a-z])"
)
_ACRONYMS: Final = ("MR", "RD")  # offices that stand for other things as well ("mixed reality")
TITLE: Final = re.compile(
    r"((?:Arch\.|DI(?:\s?\(FH\))?|Ing\.in|MMag\.|DDr\.|PROF\.|DR\.(?:-ING\.)?|(?:Univ\.-|Jun\.-|apl\.\s?|Hon\.-)?Prof(?:essor(?:in)?|\.(?:in)?)?(?:\s?em\.)?|PD|Priv\.-Doz\.|Dr\.?(?:(?<=\.)in(?=\s)|-Ing\.|\s?(?:h\.\s?c\.|rer\.\s?nat\.|rer\.\s?pol\.|rer\.\s?oec\.|phil\.|"
    r"med\.|jur\.|iur\.|habil\.|e\.\s?h\.))*|Dipl\.-?\s?\w+\.?(?:in)?(?:\s?\((?:FH|BA|TU)\))?|Ing\.(?:\s?arch\.)?|Mag\.(?:\s?a|\s?\(FH\))?|Mgr\.|Bc\.|(?:RN|MU|JU|Ph|Pharm|MV)Dr\.|[Dd]oc\.|Rev\.|Sir|Dame|Hon\.|M\.\s?(?:A|Sc|Eng)\.|B\.\s?(?:A|Sc|Eng)\.)\s+)+"
)
_SUFFIX: Final = re.compile(r",?\s+(?:M\.\s?(?:A|Sc|Eng)\.|B\.\s?(?:A|Sc|Eng)\.|MBA|LL\.\s?M\.|\((?:FH|BA|TU)\))$")
# A degree behind a name, which says neither role nor organisation.
DEGREE: Final = re.compile(
    r"\s*,?\s*(?:Ph\.?\s?D\.?|CSc\.|DiS\.|M\.\s?(?:A|Sc|Eng|Ed)\.|B\.\s?(?:A|Sc|Eng|Ed)\.|MBA|MSc|BSc|LL\.\s?M\.|OBE|MBE|CBE|\((?:FH|BA|TU|Univ\.)\))(?=\s*[,;(|–—\n-]|\s*$)"
)
_NOBODY: Final = re.compile(
    r"\s*(?:(?:[|,:–—-]\s*|\(\s*)(?:(?:Speakers?|Referent(?::?in|en)?|Vortragende[rn]?):?\s+)?)?\b(?:[Nn]\.\s?[Nn]\.|TBA|TBC|tba|tbc)\s*\)?\s*$"
)
_PLACEHOLDER: Final = r"(?:[Nn]\.\s?[Nn]\.|(?:TBA|TBC|tba|tbc|NN)\b)"
_NOBODY_FIRST: Final = re.compile(rf"{_PLACEHOLDER}(?=\s*(?:$|[,;(|\n])|\s+[–—-]\s)")  # not "NN-Modelle"
_NOBODY_ALONE: Final = re.compile(rf"{_PLACEHOLDER}(?=\s*(?:$|[,(]))")
_BETWEEN: Final = re.compile(r"\s+/\s+|\s+(?:und|and|&)\s+")
# First names that are English nouns as well: before the word for a role they are no name ("Grant Adviser").
_NOUNS: Final = frozenset(["Art", "Brand", "Chase", "Case", "Data", "Dean", "Grant", "Major", "Page", "Will", "Web"])
PARTICLES: Final = frozenset(
    [
        "von",
        "v.",
        "van",
        "de",
        "der",
        "den",
        "zu",
        "zur",
        "vom",
        "del",
        "della",
        "di",
        "da",
        "dos",
        "el",
        "al",
        "bin",
        "ibn",
        "ten",
        "ter",
        "la",
        "le",
    ]
)
_ARTICLES: Final = frozenset(["Der", "Die", "Das", "Den", "Ein", "Eine", "The"])  # before a noun, never a name
_WORD: Final = re.compile(r"[^\W\d_][\w'’.-]*")
_NICKNAME: Final = re.compile(r"[„“\"»‚‘']\w[\w-]*[“”\"«‘’']")
_ACRONYM: Final = re.compile(r"[A-ZÄÖÜ]{2,}[\w-]*")
_SHORTEST_CAPITALS: Final = 4  # letters of a family name in capitals, which is no acronym
_FEWEST_WORDS: Final = 2  # of a name without title; what follows them may be a role
_MOST_WORDS: Final = 5


class PersonName(NamedTuple):
    """The academic title of a person as printed, without it an empty string, and the name without title and salutation."""

    title: str
    name: str


@functools.lru_cache(MOST_NAMES)
def split_name(text: str) -> PersonName:
    """Divide a printed name.

    >>> split_name("Herr Prof. Dr.-Ing. Jörg Müßig")
    PersonName(title='Prof. Dr.-Ing.', name='Jörg Müßig')
    """
    plain = " ".join(text.split())
    plain = plain[_end_of_office(plain) :]
    match = TITLE.match(plain)
    title = match.group().strip() if match else ""
    name = _SUFFIX.sub("", plain[match.end() :] if match else plain)
    return PersonName(title, name.strip(" ,;"))


def is_person(text: str) -> bool:
    """Return whether a text reads as the name of a person: a title before it, or a first name followed by a name.

    >>> is_person("Nguyễn Thị Lan"), is_person("Lan Nguyễn"), is_person("Werkstatt Neuheim"), is_person("Dr. Quux")
    (True, True, False, True)
    >>> is_person("Professorin für Holzbau"), is_person("Bgm.in Ida Kern"), is_person("LAbg. Mag. Ben Wolf")
    (False, True, True)
    """
    title, name = split_name(text)
    words = [word for word in name.split() if not _NICKNAME.fullmatch(word)]
    if not 1 <= len(words) <= _MOST_WORDS or not all(map(_WORD.fullmatch, words)):
        return False
    if (
        words[0] in _ARTICLES
        or begins_with_nobody(name)
        or any(map(is_organisation_word, words))
        or _is_kind_of_organisation(words[0])
        or any(map(is_role_word, words[_FEWEST_WORDS:]))
    ):
        return False
    if not all(word[:1].isupper() or word in PARTICLES for word in words) or not words[-1][:1].isupper():
        return False
    if title or _end_of_office(text) > _end_of_salutation(text):
        return bool(title) or _is_name_behind_office(words)
    is_other = words[0] in _NOUNS and is_role_word(words[-1])
    if is_other or (any(map(_ACRONYM.fullmatch, words)) and not _has_capital_family_name(words)):
        return False
    has_name = any(map(is_first_name, words[:-1])) or is_family_name(words[0]) or is_family_name(words[-1])
    return len(words) >= _FEWEST_WORDS and has_name and not _is_by_somebody(words)


def _end_of_salutation(text: str) -> int:
    salutation = _SALUTATION.match(text)
    return salutation.end() if salutation else 0


def _end_of_office(text: str) -> int:
    """Return where the salutation and the office end with which a text begins; 0 where it begins with neither."""
    start = _end_of_salutation(text)
    office = _OFFICE.match(text, start)
    if not office:
        return start
    is_certain = office[1] not in _ACRONYMS or TITLE.match(text, office.end())
    word = text[office.end() :].split(maxsplit=1)[0].strip(",;")
    return office.end() if is_certain or is_first_name(word) or is_family_name(word) else start


def _is_name_behind_office(words: Sequence[str]) -> bool:
    """Return whether words behind an office are a name: a known one, or the family name alone, and no format."""
    is_known = any(map(is_first_name, words)) or is_family_name(words[0]) or is_family_name(words[-1])
    return is_known or (len(words) == 1 and not is_format(words[0]))


def _has_capital_family_name(words: Sequence[str]) -> bool:
    """Return whether all words are in capitals, or only the family name behind given names: "Ida KERN-WOLF"."""
    *given, family = words
    is_family = len(family) >= _SHORTEST_CAPITALS and family.isupper() and any(map(is_first_name, given))
    return all(map(str.isupper, words)) or (is_family and not any(map(_ACRONYM.fullmatch, given)))


def _is_by_somebody(words: Sequence[str]) -> bool:
    """Return whether words say whose something is, as in "Lesung von Ida Kern": the name of a person stands behind "von"."""
    if "von" not in words:
        return False
    at = words.index("von")
    before, behind = words[:at], words[at + 1 :]
    return len(behind) >= _FEWEST_WORDS and is_first_name(behind[0]) and not any(map(is_first_name, before))


def _is_kind_of_organisation(word: str) -> bool:
    """Return whether the first word of a name is that of an organisation ("Kanzlei Koçak Dreyer")."""
    return not word.isupper() and (is_organisation(word) or is_unit(word)) and not is_first_name(word)


@functools.lru_cache(MOST_NAMES)
def looks_like_name(text: str) -> bool:
    """Return whether a text has the form of a name of two to four words, whatever the words are.

    >>> looks_like_name("Quux Quuxová"), looks_like_name("Neue Wege gehen"), looks_like_name("IHK Neuheim")
    (True, False, False)
    """
    words = split_name(text).name.split()
    is_form = all(_WORD.fullmatch(word) and (word[:1].isupper() or word in PARTICLES) for word in words)
    is_other = _is_kind_of_organisation((words or [""])[0]) or any(
        is_organisation_word(word) or is_role_word(word) or _ACRONYM.fullmatch(word) for word in words
    )
    return (
        _FEWEST_WORDS <= len(words) < _MOST_WORDS
        and words[0] not in _ARTICLES
        and not begins_with_nobody(text)
        and is_form
        and not (is_other or _is_by_somebody(words))
    )


def ends_with_person(text: str) -> bool:
    """Return whether a name of several words ends with that of a person: two lines that were joined, perhaps.

    >>> ends_with_person("Gemeinde Neuheim Ida Kern"), ends_with_person("Autohaus Ben Wolf")
    (True, False)
    """
    words = text.split()
    return len(words) >= _FEWEST_WORDS + _FEWEST_WORDS and is_first_name(words[-2]) and is_person(" ".join(words[-2:]))


def leading_title(text: str) -> str:
    """Return the salutation and the academic title before a name, as printed.

    >>> leading_title("Dipl.-Ing. (FH) Ida Kern, IHK")
    'Dipl.-Ing. (FH) '
    """
    start = _end_of_office(text)
    title = TITLE.match(text, start)
    return text[: title.end() if title else start]


def begins_with_nobody(text: str) -> bool:
    """Return whether a text begins with what stands for somebody whom nobody knows yet.

    >>> begins_with_nobody("N. N., IHK Neuheim"), begins_with_nobody("N. Nowak, IHK Neuheim"), begins_with_nobody("NN-Modelle")
    (True, False, False)
    """
    return _NOBODY_FIRST.match(text) is not None


def is_nobody(text: str) -> bool:
    """Return whether a text stands for somebody whom nobody knows yet, perhaps with an affiliation behind a comma or in brackets.

    >>> is_nobody("N.N. (IHK Neuheim)"), is_nobody("TBA"), is_nobody("NN – Grundlagen")
    (True, True, False)
    """
    return _NOBODY_ALONE.match(text) is not None


def without_nobody(text: str) -> str:
    """Leave out what stands for a speaker whom nobody knows yet.

    >>> [without_nobody(text) for text in ("Werkzeug für alle | N.N.", "Fragen (N. N.)", "Holz – Speaker TBA")]
    ['Werkzeug für alle', 'Fragen', 'Holz']
    """
    return _NOBODY.sub("", text)


_ROLE_IN_BRACKETS: Final = re.compile(r"([^()]+?)\s*\((\s*\S[^()]*)\)")


class NameAndRole(NamedTuple):
    """What a cell says of a person: the printed name, and the role, without one an empty string."""

    name: str
    role: str


def split_role(text: str) -> NameAndRole:
    """Divide "Ida Kern, Leiterin"; put a family name that stands first behind the given name.

    >>> split_role("Bürgermeister Ben Wolf"), split_role("Dr. Ida Kern")
    (NameAndRole(name='Ben Wolf', role='Bürgermeister'), NameAndRole(name='Dr. Ida Kern', role=''))
    >>> split_role("Ida Kern, Leiterin"), split_role("Ida Kern (Leiterin)"), split_role("Kern, Ida")
    (NameAndRole(name='Ida Kern', role='Leiterin'), NameAndRole(name='Ida Kern', role='Leiterin'), NameAndRole(name='Ida Kern', role=''))
    """
    if (match := _ROLE_IN_BRACKETS.fullmatch(text)) and is_person(match[1]) and is_role_word(match[2].split()[0]):
        return NameAndRole(match[1], match[2].strip())
    name, comma, rest = (part.strip() for part in text.partition(","))
    if comma and rest and is_person(name) and is_role_word(rest.split()[0]):
        return NameAndRole(name, rest)
    if comma and len(name.split()) == 1 and len(rest.split()) == 1 and is_first_name(rest):
        return NameAndRole(f"{rest} {name}", "")
    first, _, others = text.partition(" ")
    if is_role_word(first) and not is_first_name(first) and is_person(others):
        return NameAndRole(others, first)
    return NameAndRole(text, "")


def several_people(text: str) -> list[str]:
    """Return the people whom a cell names; nobody for "N.N.".

    >>> several_people("Dr. Ida Kern / Ben Wolf"), several_people("N.N."), several_people("Holz und Wolf")
    (['Dr. Ida Kern', 'Ben Wolf'], [], ['Holz und Wolf'])
    """
    parts = _BETWEEN.split(text)
    named = parts if all(map(is_person, parts)) else [text]
    return [name for part in named if (name := without_nobody(part))]
