"""Generate programmes, draft them, and print how well the drafts hold, in all and by the choices that made the programmes."""

from __future__ import annotations

import sys
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

import click

from tools.generate_programmes.choices import Choices
from tools.generate_programmes.measure import by_choice, generate, measure
from tools.generate_programmes.writers import write
from tools.score_drafts.__main__ import table
from tools.score_drafts.score import Score

_ROW = "{:12}{:24}{:>5}{:>8.2f}{:>10.2f}{:>8.2f}{:>10.2f}{:>9.1%}{:>7}"
_HEAD = "{:12}{:24}{:>5}{:>8}{:>10}{:>8}{:>10}{:>9}{:>7}"


@click.command()
@click.option("--first", default=0, show_default=True, help="First seed.")
@click.option("--count", default=100, show_default=True, help="Number of seeds.")
@click.option("--by-choice", "is_by_choice", is_flag=True, help="Print the scores by choice, too.")
@click.option("-v", "--verbose", is_flag=True, help="Print what is missing, wrong or flagged in each document.")
@click.option(
    "--write", "folder", type=click.Path(path_type=Path), help="Write the documents to a folder, and draft nothing."
)
@click.option("--processes", default=1, show_default=True, help="Number of processes.")
def main(*, first: int, count: int, is_by_choice: bool, verbose: bool, folder: Path | None, processes: int) -> None:
    """Measure the drafts of programmes that are composed of choices by seed."""
    seeds = range(first, first + count)
    if folder is not None:
        folder.mkdir(parents=True, exist_ok=True)
        for generated in map(generate, seeds):
            write(generated.page, folder / generated.name)
        return
    total, measured = Score(), list[tuple[Choices, Score]]()
    with ProcessPoolExecutor(processes) as pool:
        for generated, score in pool.map(measure, seeds, chunksize=5):
            total.add(score)
            measured.append((generated.choices, score))
            if verbose:
                chosen = ", ".join(f"{choice}: {value}" for choice, value in generated.choices.items())
                click.echo("\n".join([f"{generated.name}  {chosen}", *(f"  {one}" for one in score.remarks)]))
    if is_by_choice:
        click.echo(_HEAD.format("", "", "n", "items", "speakers", "orgs", "moderat.", "silent", "flags"))
        for choice, value, score in by_choice(measured):
            recalls = map(score.recall, ("items", "speakers", "organisations", "moderators"))
            click.echo(_ROW.format(choice, value, score.documents, *recalls, score.silent_share, score.flags))
    click.echo("\n".join(table(total)))
    sys.exit(bool(total.faults or total.misquotes))


if __name__ == "__main__":
    main()
