"""An analysis as text, JSON, CSV or one self-contained HTML page."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Iterator, Mapping
from typing import Final

from itasgraph import messages
from itasgraph.network.answers import Analysis, Answer
from itasgraph.util import templates

_UNFOLDED: Final = 1_000  # findings that a page holds, most of them folded away


def render(analysis: Analysis, form: str) -> bytes:
    """Return the analysis in a format of `formats.REPORTS`: the same bytes for the same analysis."""
    return _WRITERS[form](analysis).encode()


def _text(analysis: Analysis) -> str:
    lines = [analysis.title, *analysis.sentences]
    for answer in analysis.answers:
        lines += ["", answer.title(analysis.lang), *(f"  {sentence}" for sentence in _shown(answer, analysis.lang))]
        lines += [f"  {answer.measure}", f"  {answer.caveat(analysis.lang)}"]
    return "".join(f"{' '.join(line.split()) if line[:1] != ' ' else line}\n" for line in lines)


def _shown(answer: Answer, lang: str) -> Iterator[str]:
    """The sentences people see of an answer, and how many more there are."""
    yield from (f"– {finding.sentence}" for finding in answer.findings[: answer.listed])
    if left := _left(answer, answer.listed, lang):
        yield left
    if not answer.findings:
        yield answer.none(lang)


def _left(answer: Answer, shown: int, lang: str) -> str:
    """How many findings there are beyond those shown."""
    left = len(answer.findings) - shown
    return messages.render("more-findings", lang, count=left) if left > 0 else ""


def _json(analysis: Analysis) -> str:
    found = {
        "network": analysis.name,
        "title": analysis.title,
        "things": analysis.things,
        "links": dict(analysis.links),
        "sentences": analysis.sentences,
        "answers": [
            {
                "question": answer.question,
                "title": answer.title(analysis.lang),
                "measure": answer.measure,
                "caveat": answer.caveat(analysis.lang),
                "findings": [
                    {
                        "things": dict(finding.entities),
                        "value": finding.value,
                        **({"error": finding.error} if finding.error else {}),
                        "sentence": finding.sentence,
                    }
                    for finding in answer.findings
                ],
            }
            for answer in analysis.answers
        ],
    }
    return json.dumps(found, ensure_ascii=False, indent=2) + "\n"


def _csv(analysis: Analysis) -> str:
    """RFC 4180; one row per finding, `error` (the standard error) filled where its value is estimated."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(["question", "thing", "measure", "value", "error", "reason"])
    for answer in analysis.answers:
        for finding in answer.findings:
            thing = "; ".join(finding.entities.values())
            value, error = f"{finding.value:.15g}", f"{finding.error:.15g}" if finding.error else ""
            title, measured = answer.title(analysis.lang), answer.measured(analysis.lang)
            writer.writerow([title, thing, measured, value, error, finding.sentence])
    return out.getvalue()


def _html(analysis: Analysis) -> str:
    answers = [
        {
            "title": answer.title(analysis.lang),
            "listed": answer.findings[: answer.listed],
            "more": answer.findings[answer.listed : _UNFOLDED],
            "counted": messages.render("more-listed", analysis.lang, count=len(answer.findings) - answer.listed),
            "left": _left(answer, _UNFOLDED, analysis.lang),
            "none": "" if answer.findings else answer.none(analysis.lang),
            "measure": answer.measure,
            "caveat": answer.caveat(analysis.lang),
            "plot": _drawing(answer, analysis.lang),
        }
        for answer in analysis.answers
    ]
    return templates.render(
        "network/analysis.html.j2",
        lang=analysis.lang,
        title=analysis.title,
        sentences=analysis.sentences,
        answers=answers,
    )


def _drawing(answer: Answer, lang: str) -> str:
    """The bars of an answer as markup of our own, its texts escaped by matplotlib; "" where bars say nothing."""
    if answer.question not in _DRAWN:
        return ""
    from markupsafe import Markup

    from itasgraph.network import charts

    return Markup(charts.bar_chart(answer, lang))  # noqa: S704  # see above


# Answers that rank things by a figure; the bars of the others would all be alike.
_DRAWN: Final = frozenset({"connects", "contacts", "neighbours", "meet", "robust"})
_WRITERS: Final[Mapping[str, Callable[[Analysis], str]]] = {"text": _text, "json": _json, "csv": _csv, "html": _html}
