"""Bar charts as inline SVG, drawn by matplotlib: the same bytes for the same figures."""

from __future__ import annotations

import io
import re
from typing import Final

from itasgraph import messages
from itasgraph.network.answers import NetworkAnswer, format_number

_WIDTH: Final = 7.5  # inches; the page scales it
_BAR: Final = 0.3
_FRAME: Final = 0.6
_LONGEST_LABEL: Final = 48  # characters of a name
# The ids of elements that nothing refers to; several drawings on one page would use them twice.
_IDS: Final = re.compile(r' id="[a-z0-9._]+_\d+"')


def bar_chart(answer: NetworkAnswer, lang: str) -> str:
    """Return the chart with a bar for each finding that people see, the first on top, or "" where all bars would be equal."""
    findings = answer.findings[: answer.display_count]
    values = [finding.value for finding in findings]
    if len(set(values)) <= 1:
        return ""
    import matplotlib as mpl
    from matplotlib.figure import Figure
    from matplotlib.ticker import MaxNLocator

    # Texts stay texts: they can be searched, read aloud, and need no font that may differ from one machine to the next.
    with mpl.rc_context({"svg.hashsalt": answer.question, "svg.fonttype": "none", "font.family": "DejaVu Sans"}):
        figure = Figure(figsize=(_WIDTH, _FRAME + _BAR * len(findings)))
        axes = figure.add_subplot()
        places = range(len(findings), 0, -1)
        axes.barh(places, values, height=0.7, color="#0072B2")
        axes.set_yticks(places, [_tick_label(list(finding.entities.values())) for finding in findings])
        axes.set_xlabel(answer.figure_name(lang))
        axes.xaxis.set_major_locator(MaxNLocator(integer=all(value.is_integer() for value in values)))
        axes.xaxis.set_major_formatter(lambda value, _: format_number(value, lang))
        axes.spines[["top", "right"]].set_visible(False)
        out = io.StringIO()
        figure.savefig(out, format="svg", bbox_inches="tight", metadata=dict.fromkeys(_METADATA))
    return _inline_svg(out.getvalue(), messages.render("drawing-bars", lang, title=answer.title(lang)))


_METADATA: Final = ("Date", "Creator", "Format", "Type")


def _tick_label(labels: list[str]) -> str:
    """Return the joined labels, cut where they are long, with "$" escaped, which would start a formula."""
    text = " – ".join(labels)
    cut = text if len(text) <= _LONGEST_LABEL else text[: _LONGEST_LABEL - 1].rstrip() + "…"
    return cut.replace("$", r"\$")


def _inline_svg(svg: str, title: str) -> str:
    """Return the <svg> element alone, with a name for people who cannot see it."""
    from markupsafe import escape

    drawing = _IDS.sub("", svg[svg.index("<svg") :])
    return drawing.replace("<svg", f'<svg role="img" aria-label="{escape(title)}"', 1)
