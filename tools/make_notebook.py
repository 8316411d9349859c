"""docs/questions.ipynb: runs its cells again and stores the outputs of the present program."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path
from typing import Any

import nbformat
from jupyter_client.kernelspec import KernelSpecManager
from jupyter_client.manager import AsyncKernelManager
from nbclient import NotebookClient

_FORMAT: Any = nbformat  # which has no types
NOTEBOOK = "docs/questions.ipynb"
_SECONDS = 120
# The metadata, without traces of the machine: the version of Python, notes of an editor beside the cells.
_METADATA = {
    "kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"},
    "language_info": {"name": "python"},
}


def executed(text: str) -> str:
    """Run all cells of a notebook, from the first to the last, in an empty folder; return the notebook with its outputs.

    The kernel is the Python that runs here: without folders to look in, jupyter_client knows no other. Raises
    nbclient.exceptions.CellExecutionError with the traceback where a cell fails.
    """
    notebook = _FORMAT.reads(text, as_version=4)
    with tempfile.TemporaryDirectory() as folder:
        manager = AsyncKernelManager(
            kernel_name="python3",
            kernel_spec_manager=KernelSpecManager(kernel_dirs=[]),
            connection_file=f"{folder}/connection.json",
        )
        # No warning that the connection on the loopback of this machine is not encrypted.
        quiet = ["--log-level=ERROR"]
        client = NotebookClient(notebook, km=manager, timeout=_SECONDS, record_timing=False, extra_arguments=quiet)
        work = Path(folder, "work")
        work.mkdir()
        client.execute(cwd=str(work), env={**os.environ, "IPYTHONDIR": folder}, cleanup_kc=True)
    notebook.metadata = _FORMAT.from_dict(_METADATA)
    for number, cell in enumerate(notebook.cells, 1):
        cell.id, cell.metadata = f"cell-{number}", {}
    return f"{_FORMAT.writes(notebook)}\n"
