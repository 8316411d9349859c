"""Print how well the drafts of the benchmark hold against their gold files."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import click

from tools.score_drafts.benchmark import FOLDER, HALVES, scores
from tools.score_drafts.score import CATEGORIES, Outcome, Score

_HEAD = "{:14}{:>10}{:>11}{:>8}{:>10}{:>14}{:>15}"
_ROW = "{:14}{:>10}{:>11.2f}{:>8.2f}{:>10}{:>14}{:>15}"


@click.command()
@click.option("--half", type=click.Choice(HALVES), default=HALVES[0], show_default=True, help="Half of the benchmark.")
@click.option(
    "--folder", type=click.Path(path_type=Path, exists=True), help="Folder of other documents and gold files."
)
@click.option("-v", "--verbose", is_flag=True, help="Print what is missing, wrong or flagged in each document.")
@click.argument("names", nargs=-1, metavar="[NAME]…")
def main(half: str, folder: Path | None, verbose: bool, names: tuple[str, ...]) -> None:
    """Draft the documents whose names begin with NAME, or all of a half, and print how well the drafts hold."""
    total = Score()
    for case, score in scores(folder or FOLDER / half, names):
        total.add(score)
        if verbose:
            click.echo(
                "\n".join([f"{case.document.name}  {score.seconds[0]:.2f} s", *(f"  {one}" for one in score.remarks)])
            )
    click.echo("\n".join(table(total)))
    sys.exit(bool(total.faults or total.misquotes))


def table(score: Score) -> Iterator[str]:
    """Yield the lines of the result.

    Found are values that the draft states, proposed those that are right below `review:`; a wrong value is silent where no
    flag is on it.
    """
    yield _HEAD.format("", "found", "precision", "recall", "proposed", "wrong silent", "wrong flagged")
    for category in CATEGORIES:
        found, expected, proposed, silent, flagged = (
            score.of(category, outcome)
            for outcome in (Outcome.FOUND, Outcome.EXPECTED, Outcome.PROPOSED, Outcome.SILENT, Outcome.FLAGGED)
        )
        row = (f"{found}/{expected}", score.precision(category), score.recall(category), proposed, silent, flagged)
        yield _ROW.format(category, *row)
    yield f"silent wrong appearances: {score.silent_appearances} of {score.appearances} ({score.silent_share:.1%})"
    yield f"needless flags: {score.needless_flags} of {score.flags} ({score.needless_share:.0%}); on principle: {score.flags_on_principle}"
    yield f"faults in check: {score.faults}; quotes that are not verbatim: {score.misquotes}"
    if score.seconds:
        yield f"documents: {score.documents}; seconds each: {sum(score.seconds) / len(score.seconds):.2f}, at most {max(score.seconds):.2f}"


if __name__ == "__main__":
    main()
