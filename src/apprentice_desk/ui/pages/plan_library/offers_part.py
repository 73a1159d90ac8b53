"""What partners offer to learn: the borough's own list, and activities made from it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QVBoxLayout, QWidget

from apprentice_desk import resources
from apprentice_desk.records import offers
from apprentice_desk.records.offers import OfferDetails, OfferRow, check_offer, offer_rows
from apprentice_desk.ui.desk import Desk
from apprentice_desk.ui.destinations import OpenHistory, OpenPage
from apprentice_desk.ui.kit.arranging import Flow
from apprentice_desk.ui.kit.files import open_link
from apprentice_desk.ui.kit.filters import CountLine, FilterBox
from apprentice_desk.ui.kit.list_actions import action_of, button_of
from apprentice_desk.ui.kit.pieces import button, label
from apprentice_desk.ui.kit.rows import RowsModel
from apprentice_desk.ui.kit.table import RowsTable
from apprentice_desk.ui.kit.whole_text import ask_before_link
from apprentice_desk.ui.pages.plan_library.acting import everybody
from apprentice_desk.ui.pages.plan_library.columns import OFFER_COLUMNS
from apprentice_desk.ui.planning import editing
from apprentice_desk.ui.planning.forms import OFFER_FIELDS
from apprentice_desk.ui.planning.offered import activity_from
from apprentice_desk.ui.planning.taking_on import TakeOnDialog
from apprentice_desk.ui.saving_lists import ListSaver

_READ_ONLY = "The desk is open to read only."
_OFFER = editing.Kind(
    "offer", OFFER_FIELDS, OfferDetails, check_offer, OpenPage("plan_library", "offers")
)


class OffersPart(QWidget):
    """The list of offers; those that are retired stand at its end."""

    thing = "offer"
    tables = ("learning_offer",)

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._may_write = not desk.store.is_read_only
        self._wanted: UUID | None = None
        self.dialog: QDialog | None = None
        self.model = RowsModel(OFFER_COLUMNS, self)
        self.table = RowsTable(self.model, "Offers of partners", desk.theme)
        self.saver = ListSaver(desk, self, self.table, "Learning offers")
        self._build()
        self.table.row_chosen.connect(self._show_chosen)
        self.table.row_opened.connect(lambda _row: self.edit.trigger())
        self._show_chosen(None)

    def _build(self) -> None:
        theme = self._desk.theme

        def action(text: str, icon: str, keys: str, act: Callable[[], object]) -> Any:
            return action_of(theme, self.table, text, icon, keys, act)

        self.edit = action("Edit…", "pencil", "F2", self._on_edit)
        self.plan = action("Add to plans…", "users", "Ctrl+Shift+M", self._on_plan)
        self.retire = action("Retire", "ban", "Del", self._on_retire)
        self.again = action("Offer again", "rotate-ccw", "Ctrl+Shift+B", self._on_again)
        self.link = action("Open the link…", "external-link", "", self._on_link)
        self.history = action("History…", "history", "Ctrl+H", self._on_history)
        self.table.set_actions(
            (self.edit, self.plan, self.retire, self.again, self.link, self.history)
        )
        self.add = button("Add an offer", theme, self.start_adding, role="primary", icon="plus")
        self.load = button("Take in the packaged list", theme, self.take_in, icon="download")
        buttons = [
            self.add,
            button_of(theme, self.plan, "Ctrl+Shift+M"),
            button_of(theme, self.edit, "F2", "(the offer)"),
            button_of(theme, self.retire, "Delete"),
            button_of(theme, self.again, "Ctrl+Shift+B"),
            self.load,
        ]
        if not self._may_write:
            for made in buttons:
                made.hide()
        self.note = label("", wraps=True)
        self.source = label("", "quiet", wraps=True)
        self.filter = FilterBox(self.table, "offer, partner, kind", theme)
        self.table.set_least(60)
        down = QVBoxLayout(self)
        down.setContentsMargins(0, 0, 0, 0)
        down.setSpacing(theme.space(3))
        down.addWidget(Flow([*buttons, self.saver.button()], theme))
        down.addWidget(self.filter)
        down.addWidget(self.table, 1)
        down.addWidget(CountLine(self.table, "Enter edits"))
        down.addWidget(self.note)
        down.addWidget(self.source)
        listed = len(resources.learning_offers())
        if self._may_write:
            self.table.set_empty(
                "No offers yet",
                f"The program comes with {listed} that partners named. Check each before you rely"
                " on it: courses are renamed and withdrawn, and no lengths are known.",
                f"Take in the {listed}",
                self.take_in,
            )
        else:
            self.table.set_empty("No offers yet", _READ_ONLY)

    # showing

    def refresh(self) -> None:
        """Read the offers anew."""
        rows = self._desk.store.read(offer_rows)
        self.model.replace(rows)
        if self._wanted is not None and self.table.choose(self._wanted):
            self._wanted = None
        self.table.choose_first()
        known = {(row.details.partner, row.title) for row in rows}
        missing = [e for e in resources.learning_offers() if (e.partner, e.title) not in known]
        self.load.setVisible(self._may_write and bool(rows) and bool(missing))
        self._show_chosen(self.table.chosen())

    def choose(self, offer_id: UUID) -> bool:
        """Choose an offer, taking the filter away where it hides it; False when it is gone."""
        if self.table.choose(offer_id):
            return True
        self.filter.clear()
        return self.table.choose(offer_id)

    def take_keyboard(self) -> None:
        """Go to the list."""
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def _show_chosen(self, row: OfferRow | None) -> None:
        has_row = row is not None and self._may_write
        self.edit.setEnabled(has_row)
        self.plan.setEnabled(has_row and row is not None and not row.is_retired)
        self.retire.setEnabled(has_row and row is not None and not row.is_retired)
        self.again.setEnabled(has_row and row is not None and row.is_retired)
        self.link.setEnabled(row is not None and bool(row.details.link))
        self.history.setEnabled(row is not None)
        for shown, words in (
            (self.note, "" if row is None else row.details.note),
            (self.source, "" if row is None or not row.details.source
             else f"Source: {row.details.source}"),
        ):  # fmt: skip
            shown.setText(words)
            shown.setVisible(bool(words))

    # what the person does

    def take_in(self) -> None:
        """Take the offers of the packaged list on that the desk does not have."""

        def act() -> None:
            with self._desk.change("Take in partners' learning offers") as session:
                offers.load_offers(session, resources.learning_offers())

        self._desk.attempt(act)

    def start_adding(self) -> None:
        """Open the form of a new offer."""

        def save(session: Any, given: OfferDetails) -> None:
            self._wanted = offers.add_offer(session, given)

        self.dialog = editing.add(
            self._desk, _OFFER, None, "A new offer", "offer:new", save, self,
            label=lambda given: f"Add the offer “{given.title}”",
        )  # fmt: skip

    def _on_edit(self) -> None:
        row: OfferRow | None = self.table.chosen()
        if row is None:
            return
        self.dialog = editing.Editing(
            self._desk, _OFFER, row.details, row.changed_in, row.title, f"offer:{row.id}",
            lambda session, given, stamp: offers.correct_offer(session, row.id, given, stamp),
            self, label=lambda given: f"Change the offer “{given.title}”",
        ).dialog  # fmt: skip

    def _on_retire(self) -> None:
        self._change("Retire", offers.retire_offer)

    def _on_again(self) -> None:
        self._change("Offer again", offers.offer_again)

    def _change(self, verb: str, command: Callable[[Any, UUID], None]) -> None:
        row: OfferRow | None = self.table.chosen()
        if row is None:
            return

        def act() -> None:
            with self._desk.change(f"{verb}: “{row.title}”") as session:
                command(session, row.id)

        self._desk.attempt(act)

    def _on_plan(self) -> None:
        row: OfferRow | None = self.table.chosen()
        if row is None:
            return
        self.dialog = TakeOnDialog(
            self._desk,
            f"Add {row.title} to plans",
            "Say when it is planned and how long it takes, and tick for whom.",
            f"Plan “{row.title}”",
            everybody(self._desk),
            lambda _person: (),
            self,
            begins_with=activity_from(row.details),
        )
        self.dialog.open()

    def _on_history(self) -> None:
        row: OfferRow | None = self.table.chosen()
        if row is not None:
            self._desk.go(OpenHistory("learning_offer", row.id, f"“{row.title}”"))

    def _on_link(self) -> None:
        row: OfferRow | None = self.table.chosen()
        if row is None or not row.details.link:
            return
        if found := check_offer(row.details):  # it may have come in from elsewhere
            self._desk.messages.warn("This link is not opened.", found[0].message)
            return
        link = row.details.link
        self.dialog = ask_before_link(self, self._desk.theme, link, lambda: open_link(link))
