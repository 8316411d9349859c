"""Figures as inline SVG: the one door to matplotlib, the same bytes for the same figures."""

from __future__ import annotations

import io
import re
from typing import Final

from itasgraph import messages
from itasgraph.network.answers import Answer, number

_WIDTH: Final = 7.5  # inches; the page scales it
_BAR: Final = 0.3
_FRAME: Final = 0.6
_LONGEST: Final = 48  # characters of a name
# Names of parts that nothing refers to; several drawings on one page would use them twice.
_IDS: Final = re.compile(r' id="[a-z0-9._]+_\d+"')


def bars(answer: Answer, lang: str) -> str:
    """A bar for each finding shown, the first on top; "" where all would be alike."""
    found = answer.findings[: answer.listed]
    values = [finding.value for finding in found]
    if len(set(values)) <= 1:
        return ""
    import matplotlib as mpl
    from matplotlib.figure import Figure
    from matplotlib.ticker import MaxNLocator

    # Texts stay texts: they can be searched, read aloud, and need no font that may differ from one machine to the next.
    with mpl.rc_context({"svg.hashsalt": answer.question, "svg.fonttype": "none", "font.family": "DejaVu Sans"}):
        figure = Figure(figsize=(_WIDTH, _FRAME + _BAR * len(found)))
        axes = figure.add_subplot()
        places = range(len(found), 0, -1)
        axes.barh(places, values, height=0.7, color="#0072B2")
        axes.set_yticks(places, [_name(list(finding.entities.values())) for finding in found])
        axes.set_xlabel(answer.measured(lang))
        axes.xaxis.set_major_locator(MaxNLocator(integer=all(value.is_integer() for value in values)))
        axes.xaxis.set_major_formatter(lambda value, _: number(value, lang))
        axes.spines[["top", "right"]].set_visible(False)
        out = io.StringIO()
        figure.savefig(out, format="svg", bbox_inches="tight", metadata=dict.fromkeys(_METADATA))
    return _inline(out.getvalue(), messages.render("drawing", lang, title=answer.title(lang)))


_METADATA: Final = ("Date", "Creator", "Format", "Type")


def _name(labels: list[str]) -> str:
    """Labels in a row, shortened; a dollar sign would start a formula."""
    text = " – ".join(labels)
    shown = text if len(text) <= _LONGEST else text[: _LONGEST - 1].rstrip() + "…"
    return shown.replace("$", r"\$")


def _inline(svg: str, title: str) -> str:
    """The <svg> element alone, named for who cannot see it."""
    from markupsafe import escape

    drawing = _IDS.sub("", svg[svg.index("<svg") :])
    return drawing.replace("<svg", f'<svg role="img" aria-label="{escape(title)}"', 1)
