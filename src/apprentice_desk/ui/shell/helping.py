"""Help as F1 opens it: at the topic of the page, the guides of its subject above all topics."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from apprentice_desk import resources
from apprentice_desk.domain.guides import filled, for_page
from apprentice_desk.ui.destinations import OpenGuide
from apprentice_desk.ui.guiding.links import destination_of_link
from apprentice_desk.ui.shell.help import GuideText, HelpDialog
from apprentice_desk.ui.shell.page_help import help_of
from apprentice_desk.ui.shell.places import place_named
from apprentice_desk.ui.shell.shortcuts import gather

if TYPE_CHECKING:  # only named
    from PySide6.QtWidgets import QWidget

    from apprentice_desk.ui.desk import Desk
    from apprentice_desk.ui.destinations import Destination
    from apprentice_desk.ui.kit.arranging import ScrollingPage
    from apprentice_desk.ui.kit.theme import Theme


def open_help(
    window: QWidget,
    go: Callable[[Destination], object],
    theme: Theme,
    desk: Desk | None,
    shown: str,
    page: ScrollingPage | None,
    topic: str = "",
    form: QWidget | None = None,
) -> HelpDialog:
    """Open Help at *topic*, without one at that of the *page* that is *shown*.

    *go* takes the person to where a guide or a link leads.  Above a *form* that is open nothing
    leads away, so that what is typed in it stays in sight.
    """
    title = place_named(shown).title if page is not None else ""
    here = help_of(shown, getattr(page, "shown_part", ""))
    lines, guides = gather(window, page, title), _guides(desk, here.guides)
    dialog = HelpDialog(
        form or window, theme, lines, topic or here.first, guides, is_above_form=form is not None
    )

    def follow(link: str) -> None:
        to = destination_of_link(link)
        if to is not None:
            go(to)

    dialog.asked_for_guide.connect(lambda name: go(OpenGuide(name)))
    dialog.link_chosen.connect(follow)
    dialog.open()
    return dialog


def _guides(desk: Desk | None, names: Sequence[str]) -> list[GuideText]:
    """Return guides as Help shows them, with the figures of the day; none without a desk."""
    if desk is None:
        return []
    figures = resources.guide_figures(desk.clock.today())
    return [
        GuideText(each.name, each.title, filled(each, figures))
        for each in for_page(resources.guides(), names)
    ]
