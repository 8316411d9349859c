"""The sentences of the program: a file for each language, and the functions that fill the sentences in."""

from itasgraph.messages.rendering import LANGUAGES, as_code, column, day, page, render, system_language

__all__ = ["LANGUAGES", "as_code", "column", "day", "page", "render", "system_language"]
