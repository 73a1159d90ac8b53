"""One guide to read: its words, what it leads to, and its checklist to put on somebody."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from apprentice_desk import resources
from apprentice_desk.domain.guides import GoesOn, Guide, filled
from apprentice_desk.ui.desk import Desk
from apprentice_desk.ui.guiding.links import destination_of_link, links_in
from apprentice_desk.ui.kit import access
from apprentice_desk.ui.kit.arranging import Flow, ListSide
from apprentice_desk.ui.kit.help_text import HelpText
from apprentice_desk.ui.kit.panels import Card
from apprentice_desk.ui.kit.pieces import button, label
from apprentice_desk.ui.kit.tips import as_tip

_PUT_ON = {
    GoesOn.APPRENTICE: "Put the checklist on an apprentice, and tick it off there",
    GoesOn.PROCUREMENT: "Put the checklist on a procurement, and tick it off there",
}

_LEAST = 60
"""The least height of the text, in quarters."""


class GuidePanel(ListSide):
    """A guide.  Its links are buttons below the text too, for the keyboard."""

    def __init__(self, desk: Desk, put_on: Callable[[], object]) -> None:
        super().__init__()
        self._desk = desk
        theme = desk.theme
        self.guide: Guide | None = None
        self.text: HelpText | None = None
        self.links: list[QPushButton] = []
        self.close_button = button("Back to the list", theme, icon="arrow-left", tip="Escape")
        self.put_on = button(
            "Use its checklist…", theme, put_on, role="primary", icon="list-checks"
        )
        self.leads = label("In the program:", "small")
        self._place = QVBoxLayout()
        self._place.setSpacing(theme.space(2))
        self._links: QWidget | None = None
        card = Card("", theme)
        card.body.addLayout(self._place, 1)
        down = QVBoxLayout(self)
        down.setContentsMargins(0, 0, 0, 0)
        down.setSpacing(theme.space(2))
        down.addWidget(Flow((self.close_button, self.put_on), theme))
        down.addWidget(card, 1)
        self.put_on.setVisible(not desk.store.is_read_only)

    def show_guide(self, guide: Guide) -> None:
        """Show another guide, from its beginning; the same one is left as it is."""
        if self.guide is guide:
            return
        self.guide = guide
        theme = self._desk.theme
        self.put_on.setToolTip(as_tip(_PUT_ON[guide.goes_on]))
        for old in (self.text, self._links):
            if old is not None:
                old.hide()
                self._place.removeWidget(old)
                old.deleteLater()
        words = filled(guide, resources.guide_figures(self._desk.clock.today()))
        self.text = HelpText(f"Guide: {guide.title}", words, theme)
        self.text.space_out()
        self.text.setMinimumHeight(theme.space(_LEAST))
        self.text.link_chosen.connect(self._follow)
        self.links = [self._link(*each) for each in links_in(guide.text)]
        self._links = Flow((self.leads, *self.links), theme)
        self._place.addWidget(self.text, 1)
        self._place.addWidget(self._links)
        access.follow(self.put_on, (self.text, *self.links))

    def _link(self, words: str, link: str) -> QPushButton:
        made = button(words[:1].upper() + words[1:], self._desk.theme, role="small link")
        made.clicked.connect(lambda _checked=False: self._follow(link))
        return made

    def _follow(self, link: str) -> None:
        to = destination_of_link(link)
        if to is not None:
            self._desk.go(to)

    def take_keyboard(self) -> None:
        """Go to the text, which the arrow keys scroll."""
        if self.text is not None:
            self.text.setFocus()
