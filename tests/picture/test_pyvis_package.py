"""The import of pyvis without IPython, which stays as usable as pyvis and IPython by themselves."""

from __future__ import annotations

from pathlib import Path

from tests.helpers.programs import python

PROGRAM = """
import sys
from itasgraph.picture import pyvis_package

picture = pyvis_package.network_class()(notebook=True, cdn_resources="in_line")
print("IPython" in sys.modules)
frame = picture.show(sys.argv[1])
import IPython.display
print(type(frame) is IPython.display.IFrame)
"""


def test_picture_of_pyvis_shows_in_a_notebook(tmp_path: Path) -> None:
    page = tmp_path / "page.html"
    done = python("-c", PROGRAM, str(page))

    assert done.stdout.split() == ["False", str(page), "True"], done.stderr
