"""Sentences, headings and dates in the language of the reader; facts are filled in by name."""

from __future__ import annotations

import os
import re
import sys
from typing import TYPE_CHECKING, Final, cast

from itasgraph.messages.control_characters import one_line
from itasgraph.messages.language import Language

if TYPE_CHECKING:
    from itasgraph.messages.codes import Code

LANGUAGES: Final = ("de", "en")
_DAY: Final = re.compile(r"^(\d{4})-(\d\d)-(\d\d)(?:$|(T)(?=\d))")
_MONTH: Final = re.compile(r"^(\d{4})-(\d\d)$")


def _language(lang: str) -> Language:
    """Return German for "de", else English; do not load the other language."""
    if lang == "de":
        from itasgraph.messages.de import GERMAN

        return GERMAN
    from itasgraph.messages.en import ENGLISH

    return ENGLISH


class _Fact(str):
    """A fact in a sentence, on one line: the name of a file may hold a line feed, or characters that steer a terminal.

    `render` explains the two forms of a number.
    """

    __slots__ = ()

    def __format__(self, forms: str) -> str:
        one, _, other = forms.partition("|")
        return (one if self == "1" else other).replace("#", self) if forms else str(self)


def as_code(text: str) -> Code:
    """Return a composed text as a message code. Raise KeyError where there is no message of that code."""
    if text not in _language("en").sentences:
        raise KeyError(text)
    return cast("Code", text)


def column(name: str, lang: str) -> str:
    """Return the heading of a column, or the name of the variable where there is none."""
    return _language(lang).columns.get(name, name)


def page(lang: str) -> dict[str, str]:
    """Return the texts of the page of the picture."""
    return dict(_language(lang).page)


def render(code: Code, lang: str, /, **facts: object) -> str:
    """Fill the sentence `code` in `lang` ("de", anything else reads English) with `facts`.

    A fact `nearest` (a string, empty for none) gives two more facts: `suggestion`, " – did you mean …?" or a full stop, and
    `or_suggestion`, ", or did you mean …?" or nothing. A fact `error` (an OSError) gives the fact `reason`, in our words.
    A number may have two forms, after `plural` of ICU MessageFormat: of `{files:# file|# files}` the first stands for 1; # is the number.
    """
    language = _language(lang)
    if isinstance(facts.get("error"), OSError):
        facts["reason"] = _reason(facts["error"], language)
    facts = {name: _Fact(fact if name == "snippet" else one_line(str(fact))) for name, fact in facts.items()}
    if "nearest" in facts:
        nearest = facts["nearest"]
        facts["suggestion"] = language.sentences["suggestion"].format(nearest=nearest) if nearest else "."
        facts["or_suggestion"] = language.sentences["or-suggestion"].format(nearest=nearest) if nearest else ""
    return language.sentences[code].format(**facts)


def _reason(error: object, language: Language) -> str:
    assert isinstance(error, OSError)
    return language.system.get(error.errno or 0) or error.strerror or str(error)


def day(text: str, lang: str) -> str:
    """Return a day, month or moment of ISO 8601 as people of the language write it, and any other text unchanged.

    >>> day("2024-06-06", "de"), day("2024-06-06", "en"), day("2025-06", "de"), day("2024-06-06T14:00:00", "de")
    ('06.06.2024', '2024-06-06', '06/2025', '06.06.2024 14:00:00')
    """
    if lang != "de":
        return text
    text = _DAY.sub(lambda match: f"{match[3]}.{match[2]}.{match[1]}{' ' if match[4] else ''}", text)
    return _MONTH.sub(r"\2/\1", text)


def system_language() -> str:
    """Return the language of the locale if it is one of LANGUAGES, else English.

    The locale is LC_ALL, LC_MESSAGES or LANG (POSIX), in this order, or else the language of the menus of Windows.
    """
    names = (os.environ.get(variable) for variable in ("LC_ALL", "LC_MESSAGES", "LANG"))
    code = next((name[:2] for name in names if name), "") or _windows_language()
    return code if code in LANGUAGES else "en"


def _windows_language() -> str:
    """Return the code of the language of Windows' menus, or an empty string on other systems."""
    if sys.platform != "win32":
        return ""
    import ctypes
    import locale

    return locale.windows_locale.get(ctypes.windll.kernel32.GetUserDefaultUILanguage(), "")[:2]
