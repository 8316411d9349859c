"""Write an invented project of many congresses into a new folder: `python -m tools.congresses build/m --congresses 100`."""

from __future__ import annotations

from pathlib import Path

import click

from tools.congresses import project


@click.command()
@click.argument("folder", type=click.Path(path_type=Path))
@click.option("--congresses", type=click.IntRange(min=1), default=100, show_default=True, help="How many congresses.")
@click.option("--seed", type=int, default=1, show_default=True, help="Another seed gives other people and offers.")
def main(folder: Path, congresses: int, seed: int) -> None:
    """Write an invented project of many congresses into FOLDER, which must not exist or be empty."""
    project.create(folder, congresses, seed)


if __name__ == "__main__":
    main()
