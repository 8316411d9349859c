"""The command line: parse, call, write. Data on stdout, words on stderr, the exit code is the verdict."""

from itasgraph.cli.program import main

__all__ = ["main"]
