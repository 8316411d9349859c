"""Every sentence that the program says, in German and English."""

from itasgraph.messages.rendering import LANGUAGES, column, day, render, system_language

__all__ = ["LANGUAGES", "column", "day", "render", "system_language"]
