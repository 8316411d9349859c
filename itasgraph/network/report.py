"""An analysis as text, JSON, CSV or one self-contained HTML page."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Iterator, Mapping
from typing import Final

from itasgraph import messages
from itasgraph.network.answers import Analysis, NetworkAnswer
from itasgraph.util import templates

_MAX_FINDINGS: Final = 1_000  # of one answer in a page, which shows most of them on demand


def render(analysis: Analysis, format_: str) -> bytes:
    """Return the analysis in a format of `formats.REPORTS`: the same bytes for the same analysis."""
    return _WRITERS[format_](analysis).encode()


def _text(analysis: Analysis) -> str:
    lines = [analysis.title, *analysis.sentences]
    for answer in analysis.answers:
        lines += [
            "",
            answer.title(analysis.lang),
            *(f"  {sentence}" for sentence in _display_lines(answer, analysis.lang)),
        ]
        lines += [f"  {answer.measure}", f"  {answer.caveat(analysis.lang)}"]
    return "".join(f"{' '.join(line.split()) if line[:1] != ' ' else line}\n" for line in lines)


def _display_lines(answer: NetworkAnswer, lang: str) -> Iterator[str]:
    """Yield the sentences of an answer that people see, and the number of the others."""
    yield from (f"– {finding.sentence}" for finding in answer.findings[: answer.display_count])
    if left := _remainder(answer, answer.display_count, lang):
        yield left
    if not answer.findings:
        yield answer.empty_sentence(lang)


def _remainder(answer: NetworkAnswer, count: int, lang: str) -> str:
    """Return a sentence with the number of findings beyond the first `count`, "" where there is none."""
    left = len(answer.findings) - count
    return messages.render("more-findings", lang, count=left) if left > 0 else ""


def _json(analysis: Analysis) -> str:
    content = {
        "network": analysis.name,
        "title": analysis.title,
        "entities": analysis.node_count,
        "edges": dict(analysis.edge_counts),
        "sentences": analysis.sentences,
        "answers": [
            {
                "question": answer.question,
                "title": answer.title(analysis.lang),
                "measure": answer.measure,
                "caveat": answer.caveat(analysis.lang),
                "findings": [
                    {
                        "entities": dict(finding.entities),
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
    return json.dumps(content, ensure_ascii=False, indent=2) + "\n"


def _csv(analysis: Analysis) -> str:
    """Return CSV (RFC 4180): a row for each finding, with `error` (the standard error) where its value is an estimate."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(["question", "entity", "measure", "value", "error", "reason"])
    for answer in analysis.answers:
        for finding in answer.findings:
            entity = "; ".join(finding.entities.values())
            value, error = f"{finding.value:.15g}", f"{finding.error:.15g}" if finding.error else ""
            title, measure = answer.title(analysis.lang), answer.figure_name(analysis.lang)
            writer.writerow([title, entity, measure, value, error, finding.sentence])
    return out.getvalue()


def _html(analysis: Analysis) -> str:
    answers = [
        {
            "title": answer.title(analysis.lang),
            "listed": answer.findings[: answer.display_count],
            "more": answer.findings[answer.display_count : _MAX_FINDINGS],
            "counted": messages.render("more-listed", analysis.lang, count=len(answer.findings) - answer.display_count),
            "left": _remainder(answer, _MAX_FINDINGS, analysis.lang),
            "none": "" if answer.findings else answer.empty_sentence(analysis.lang),
            "measure": answer.measure,
            "caveat": answer.caveat(analysis.lang),
            "plot": _chart(answer, analysis.lang),
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


def _chart(answer: NetworkAnswer, lang: str) -> str:
    """Return the bar chart of an answer as markup, with texts escaped by matplotlib; or "" for an answer without figures."""
    if answer.question not in _RANKINGS:
        return ""
    from markupsafe import Markup

    from itasgraph.network import charts

    return Markup(charts.bar_chart(answer, lang))  # noqa: S704  # see above


# The answers that rank entities by a figure; the bars of other answers would have equal lengths.
_RANKINGS: Final = frozenset({"connects", "contacts", "neighbours", "meet", "robust"})
_WRITERS: Final[Mapping[str, Callable[[Analysis], str]]] = {"text": _text, "json": _json, "csv": _csv, "html": _html}
