"""The command line: each command reads its arguments, calls the library and writes data to stdout, words to stderr."""

from itasgraph.cli.program import main

__all__ = ["main"]
