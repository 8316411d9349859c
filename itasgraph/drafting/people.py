"""The name of a person as documents print it → title and name."""

from __future__ import annotations

import re
from typing import Final, NamedTuple

from itasgraph.drafting.lexica import is_first_name, is_organisation_word

_SALUTATION: Final = re.compile(r"(?:Herrn?|Frau|Mr\.?|Mrs\.?|Ms\.?)\s+")
_TITLE: Final = re.compile(
    r"((?:(?:Univ\.-|Jun\.-|apl\.\s?|Hon\.-)?Prof\.?(?:essor(?:in)?)?|PD|Priv\.-Doz\.|Dr\.?(?:-Ing\.|\s?(?:h\.\s?c\.|rer\.\s?nat\.|rer\.\s?pol\.|rer\.\s?oec\.|phil\.|"
    r"med\.|jur\.|iur\.|habil\.|e\.\s?h\.))*|Dipl\.-?\s?\w+\.?(?:\s?\((?:FH|BA|TU)\))?|Ing\.|Mag\.|M\.\s?(?:A|Sc|Eng)\.|B\.\s?(?:A|Sc|Eng)\.)\s+)+"
)
_SUFFIX: Final = re.compile(r",?\s+(?:M\.\s?(?:A|Sc|Eng)\.|B\.\s?(?:A|Sc|Eng)\.|MBA|LL\.\s?M\.|\((?:FH|BA|TU)\))$")
_PARTICLES: Final = frozenset(
    [
        "von",
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
_WORD: Final = re.compile(r"[^\W\d_][\w'’.-]*")
_ACRONYM: Final = re.compile(r"[A-ZÄÖÜ]{2,}[\w-]*")
_MOST_WORDS: Final = 5


class PersonName(NamedTuple):
    """The academic title of a person as printed, without it an empty string, and the name without title and salutation."""

    title: str
    name: str


def split_name(text: str) -> PersonName:
    """Divide a printed name.

    >>> split_name("Herr Prof. Dr.-Ing. Jörg Müßig")
    PersonName(title='Prof. Dr.-Ing.', name='Jörg Müßig')
    """
    plain = _SALUTATION.sub("", " ".join(text.split()), count=1)
    match = _TITLE.match(plain)
    title = match.group().strip() if match else ""
    name = _SUFFIX.sub("", plain[match.end() :] if match else plain)
    return PersonName(title, name.strip(" ,;"))


def is_person(text: str) -> bool:
    """Return whether a text reads as the name of a person: a title before it, or a first name followed by a name.

    >>> is_person("Nguyễn Thị Lan"), is_person("Lan Nguyễn"), is_person("Werkstatt Neuheim"), is_person("Dr. Quux")
    (True, True, False, True)
    """
    title, name = split_name(text)
    words = name.split()
    if not 1 <= len(words) <= _MOST_WORDS or not all(map(_WORD.fullmatch, words)):
        return False
    if title:
        return True
    if any(map(_ACRONYM.fullmatch, words)) and not all(word.isupper() for word in words):
        return False
    capitals = all(word[:1].isupper() or word in _PARTICLES for word in words)
    return len(words) > 1 and capitals and any(map(is_first_name, words[:-1])) and not is_organisation_word(words[-1])
