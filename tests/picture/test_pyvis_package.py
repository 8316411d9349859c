"""pyvis without IPython, which stays as usable as by itself, and the script that it brings along."""

from __future__ import annotations

import zlib
from base64 import b64decode
from importlib import resources
from pathlib import Path

import pytest

from itasgraph.picture import pyvis_package
from tests.helpers import browsing
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


@pytest.mark.slow
def test_picture_of_pyvis_shows_in_a_notebook(tmp_path: Path) -> None:
    page = tmp_path / "page.html"
    done = python("-c", PROGRAM, str(page))

    assert done.stdout.split() == ["False", str(page), "True"], done.stderr


def test_packed_script_is_that_of_pyvis() -> None:
    path = resources.files("pyvis") / "templates" / "lib" / "vis-9.1.2" / "vis-network.min.js"
    packed = pyvis_package.script()
    unpacked = zlib.decompress(b64decode(packed.data)).decode()

    assert [path.read_text(encoding="utf-8").removeprefix(unpacked)] == ["//# sourceMappingURL=vis-network.min.js.map"]
    assert unpacked.startswith(packed.licence)


def test_licence_of_the_script_can_be_read_in_the_page() -> None:
    page = browsing.picture().decode()

    assert "vis.js may be distributed under either license." in page
    assert "http://opensource.org/licenses/MIT" in page
