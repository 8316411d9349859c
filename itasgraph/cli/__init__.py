"""The command line: parse, call, write. Data on stdout, words on stderr, the exit code is the verdict."""

from __future__ import annotations

from itasgraph.cli import authoring, entities, network, picture, publishing, questions, serializers
from itasgraph.cli.program import main

__all__ = ["authoring", "entities", "main", "network", "picture", "publishing", "questions", "serializers"]
