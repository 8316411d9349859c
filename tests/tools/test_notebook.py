"""The notebook says what the program answers today."""

from __future__ import annotations

import json

import pytest

from tests.helpers.projects import ROOT
from tools import make_notebook

TEXT = (ROOT / make_notebook.NOTEBOOK).read_text(encoding="utf-8")


@pytest.mark.slow
def test_notebook_is_current() -> None:
    assert make_notebook.executed(TEXT) == TEXT, "run: make docs"


def test_outputs_tell_nothing_of_the_machine() -> None:
    code = [cell for cell in json.loads(TEXT)["cells"] if cell["cell_type"] == "code"]

    assert [cell["execution_count"] for cell in code] == list(range(1, len(code) + 1))
    assert len(code) >= 10
    assert "error" not in {output["output_type"] for cell in code for output in cell["outputs"]}
    assert not any(word in TEXT for word in ("/home/", "/root", "/tmp", "/work", "Warning", "Traceback", "0x7f"))
