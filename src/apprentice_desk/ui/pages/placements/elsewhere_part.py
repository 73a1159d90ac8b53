"""What others ask for and offer: the list, one line in full, and what of ours fits it."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QVBoxLayout, QWidget

from apprentice_desk import policy
from apprentice_desk.domain.placement_matching import ORDER
from apprentice_desk.domain.vocabulary import ListingKind
from apprentice_desk.records.listings import listing_rows
from apprentice_desk.records.placements import FitHere, fits_of_listing
from apprentice_desk.ui.desk import Desk
from apprentice_desk.ui.destinations import OpenHistory
from apprentice_desk.ui.kit import access
from apprentice_desk.ui.kit.arranging import Flow
from apprentice_desk.ui.kit.filters import CountLine, FilterBox
from apprentice_desk.ui.kit.list_actions import action_of, button_of
from apprentice_desk.ui.kit.panels import Card, KeyValues
from apprentice_desk.ui.kit.pieces import label
from apprentice_desk.ui.kit.rows import RowsModel
from apprentice_desk.ui.kit.table import RowsTable
from apprentice_desk.ui.kit.tips import as_tip
from apprentice_desk.ui.pages.placements.columns import (
    FIT_CAN_DO_WITHOUT,
    FIT_COLUMNS,
    LISTING_CAN_DO_WITHOUT,
    LISTING_COLUMNS,
    ListedLine,
)
from apprentice_desk.ui.placing.coming_in import import_files
from apprentice_desk.ui.placing.matching import against_in_words, match, reasons_in_words
from apprentice_desk.ui.placing.words import about, facts, kind_of
from apprentice_desk.ui.saving_lists import ListSaver

_READ_ONLY = "The desk is open to read only."
KINDS = {
    "all": tuple(ListingKind),
    "requests": (ListingKind.REQUEST,),
    "offers": (ListingKind.OFFER,),
    "vacancies": (ListingKind.VACANCY,),
    "shadowing": (ListingKind.SHADOWING, ListingKind.VISIT),
}
"""The kinds of line behind each choice of the page."""


class ElsewherePart(QWidget):
    """Lines of others, newest word of each borough; what is over or past only where asked for."""

    tables = ("listing", "secondment", "secondment_move", "off_the_job_entry")

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._may_write = not desk.store.is_read_only
        self._kinds = KINDS["all"]
        self._lines: tuple[ListedLine, ...] = ()
        self.model = RowsModel(LISTING_COLUMNS, self)
        self.table = RowsTable(self.model, "Places elsewhere", desk.theme, stretch=1)
        self.table.order.can_do_without(LISTING_CAN_DO_WITHOUT)
        self.fits_table = RowsTable(RowsModel(FIT_COLUMNS, self), "What fits it", desk.theme,
                                    stretch=3)  # fmt: skip
        self.fits_table.order.can_do_without(FIT_CAN_DO_WITHOUT)
        self.saver = ListSaver(desk, self, self.table, "Places elsewhere")
        self._build()
        self.table.row_chosen.connect(self._show_chosen)
        self.fits_table.row_chosen.connect(lambda _row: self._allow())
        self.fits_table.row_opened.connect(lambda _row: self.match_it.trigger())
        self._show_chosen(None)

    def _build(self) -> None:
        theme = self._desk.theme
        self.match_it = action_of(
            theme, self.fits_table, "Match…", "arrow-left-right", "Ctrl+Shift+M", self._on_match
        )
        self.fits_table.set_actions((self.match_it,))
        self.history = action_of(
            theme, self.table, "History…", "history", "Ctrl+H", self._on_history
        )
        self.table.set_actions((self.history,))
        self.filter = FilterBox(self.table, "what, borough, role, KSB", theme)
        self.with_over = QCheckBox("Show what is over too")
        tells = "What is taken, withdrawn or past"
        access.name(self.with_over, self.with_over.text(), tells)
        self.with_over.setToolTip(as_tip(tells))
        self.with_over.checkStateChanged.connect(lambda _state: self._narrow())
        self.table.set_fits(8)
        self.card = Card("", theme)
        self.name = label("", "heading", wraps=True)
        self.facts = KeyValues((), theme)
        self.fits_heading = label("What fits it", "strong")
        self.order = label(ORDER, "small", wraps=True)
        self.fits_table.set_fits(4)
        self.fits_table.setProperty("role", "inner")
        self.for_it = label("", wraps=True)
        self.against = label("", "quiet", wraps=True)
        self.match_button = button_of(theme, self.match_it, "Ctrl+Shift+M", "(what fits)")
        look_back = button_of(theme, self.history, "Ctrl+H", "(of the line)")
        for part in (
            self.name, self.facts, self.fits_heading, self.order, self.fits_table, self.for_it,
            self.against, Flow((self.match_button,), theme),
        ):  # fmt: skip
            self.card.add(part)
        down = QVBoxLayout(self)
        down.setContentsMargins(0, 0, 0, 0)
        down.setSpacing(theme.space(3))
        down.addWidget(Flow((self.with_over, look_back, self.saver.button()), theme))
        down.addWidget(self.filter)
        down.addWidget(self.table)
        down.addWidget(CountLine(self.table, "Down and Up choose"))
        down.addWidget(self.card)
        down.addStretch(1)

    # showing

    def refresh(self) -> None:
        """Read what others said anew."""
        today = self._desk.clock.today()
        rows = self._desk.store.read(listing_rows)
        self._lines = tuple(ListedLine(row, today) for row in rows)
        self._narrow()

    def show_kind(self, name: str) -> None:
        """Show one kind of line, by the name of the page's choice."""
        self._kinds = KINDS[name]
        self._narrow()

    def take_keyboard(self) -> None:
        """Go to the list."""
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def _narrow(self) -> None:
        takes_over = self.with_over.isChecked()
        self.model.replace(
            tuple(
                line
                for line in self._lines
                if line.row.placement.kind in self._kinds and (takes_over or line.is_to_be_had)
            )
        )
        if self._lines:
            self.table.set_empty("Nothing of this kind", "Choose another, or show what is over.")
        elif why_not := policy.in_force().why_not(policy.Feature.PLACEMENTS):
            self.table.set_empty("Nothing from others yet", why_not)
        elif self._may_write:
            self.table.set_empty(
                "Nothing from others yet",
                "LOTI sends one file to every borough. Take it in here, and what fits your own"
                " stands below each line.",
                "Import a file…",
                lambda: import_files(self._desk, self),
            )
        else:
            self.table.set_empty("Nothing from others yet", _READ_ONLY)
        self.table.choose_first()
        self._show_chosen(self.table.chosen())

    def _show_chosen(self, line: ListedLine | None) -> None:
        self.card.setVisible(line is not None)
        self.history.setEnabled(line is not None)
        found: tuple[FitHere, ...] = ()
        if line is not None:
            placement = line.row.placement
            self.name.setText(about(placement) or kind_of(placement))
            self.facts.show_pairs(facts(placement))
            found = self._desk.store.read(fits_of_listing, line.row.id, self._desk.clock.today())
        self.fits_table.rows.replace(found)
        can_be_matched = line is not None and line.row.placement.kind is not ListingKind.VACANCY
        has_fits = can_be_matched and bool(found)
        for part in (self.fits_heading, self.fits_table, self.for_it, self.against):
            part.setVisible(has_fits)
        self.match_button.setVisible(has_fits and self._may_write)
        self.order.setVisible(can_be_matched)
        self.order.setText(ORDER if found else "Nothing fits it yet.")
        self.fits_table.choose_first()
        self._allow()

    def _allow(self) -> None:
        here: FitHere | None = self.fits_table.chosen()
        if here is not None:
            against = against_in_words(here.fit)
            self.for_it.setText(f"For it: {reasons_in_words(here.fit)}.")
            self.against.setText(f"Against it: {against}." if against else "Nothing is against it.")
        self.match_it.setEnabled(
            self._may_write and here is not None and here.secondment_id is not None
        )

    def _on_match(self) -> None:
        here: FitHere | None = self.fits_table.chosen()
        line: Any = self.table.chosen()
        if here is not None and here.secondment_id is not None and line is not None:
            match(self._desk, here.secondment_id, self, line.row.placement.code)

    def _on_history(self) -> None:
        line: ListedLine | None = self.table.chosen()
        if line is not None:
            placement = line.row.placement
            called = f"“{about(placement) or kind_of(placement)}”"
            self._desk.go(OpenHistory("listing", line.row.id, called))
