"""What the program says: a file per language, and the functions that fill its sentences in."""

from itasgraph.messages.rendering import LANGUAGES, as_code, column, day, page, render, system_language

__all__ = ["LANGUAGES", "as_code", "column", "day", "page", "render", "system_language"]
