"""The language of a document, in which its entries are labelled: a German page stays German for a reader of English messages."""

from __future__ import annotations

import re
from itertools import islice
from typing import Final

from itasgraph.documents.document import Document
from itasgraph.drafting import lexica

# Lines that are looked at, distinct words that must be found, and how many times as many as of the other language.
_MOST_LINES: Final = 2_000
_FEWEST: Final = 3
_MARGIN: Final = 2


def language_of(document: Document, default: str) -> str:
    """Return "de" or "en" by the words that only one of the two has; `default` where they do not decide."""
    lines = (line.text for line in islice(document.lines, _MOST_LINES))
    words = {word.casefold() for line in lines for word in re.findall(r"[^\W\d_]+", line)}
    counts = {lang: len(words & lexica.words_of(lang)) for lang in ("de", "en")}
    for lang, other in (("de", "en"), ("en", "de")):
        if counts[lang] >= _FEWEST and counts[lang] > _MARGIN * counts[other]:
            return lang
    return default
