"""Two versions of wording in one, drawn: told by signs as well as by colour."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape

from apprentice_desk.documents.newer_wording import Fate, Words
from apprentice_desk.ui.kit.theme import Theme

SIGNS = (
    "What would be taken out stands in [−square brackets with a minus−] and struck through; what"
    " would come in stands in {+curly ones with a plus+} and underlined."
)
"""Everybody can read and copy signs; not everybody sees colours."""


def runs_as_html(runs: Iterable[Words], theme: Theme) -> str:
    """Return two versions in one as a piece of a page."""
    out = theme.colour("danger_text").name()
    came = theme.colour("good_text").name()
    said = []
    for run in runs:
        text = run.text.rstrip()
        words, breaks = (
            escape(each).replace("\n", "<br>") for each in (text, run.text[len(text) :])
        )
        if words and run.fate is Fate.OUT:
            words = f'<s style="color: {out}">[−{words}−]</s>'
        elif words and run.fate is Fate.IN:
            words = f'<u style="color: {came}">{{+{words}+}}</u>'
        said.append(words + breaks)
    return "".join(said)


def plain_tip(text: str) -> str:
    """Return *text* of somebody else's as a tooltip that shows it as it is written."""
    return f"<span>{escape(text)}</span>" if "<" in text else text
