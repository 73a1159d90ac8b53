"""What interrupts on this page: what a file would load, and two versions beside each other."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QVBoxLayout, QWidget

from apprentice_desk.domain.problems import Problem
from apprentice_desk.domain.standards_comparing import compare, contents_in_words
from apprentice_desk.records.standard_versions import HeldVersion
from apprentice_desk.ui.kit import access
from apprentice_desk.ui.kit.arranging import Flow, ScrollingPage
from apprentice_desk.ui.kit.fields import Field, make_input
from apprentice_desk.ui.kit.fitting import Fitter
from apprentice_desk.ui.kit.form_parts import FieldBlock
from apprentice_desk.ui.kit.messages import Banner, Messages
from apprentice_desk.ui.kit.pieces import button, label
from apprentice_desk.ui.kit.rows import Column, RowsModel
from apprentice_desk.ui.kit.table import RowsTable
from apprentice_desk.ui.kit.theme import Theme
from apprentice_desk.ui.pages.standards.changes_part import ChangesPart
from apprentice_desk.ui.pages.standards.loading import OfferedVersion


def _becomes(offer: OfferedVersion) -> str:
    if offer.comparison is None:
        return "new here"
    return "the same as here" if offer.is_same else offer.comparison.says


OFFER_COLUMNS = (
    Column("Version", lambda offer: offer.id, kind="strong", width=14),
    Column("Title", lambda offer: offer.details.title, width=26, tip=lambda o: o.details.title),
    Column("It asks", lambda offer: contents_in_words(offer.details), width=28),
    Column("What is different", _becomes, width=30, tip=_becomes),
)


_MOST_QUARTERS = 165


class SpaciousDialog(QDialog):
    """A dialog with a title, what scrolls where it does not fit, and buttons at its foot."""

    def __init__(self, parent: QWidget, theme: Theme, title: str) -> None:
        super().__init__(parent)
        self.setWindowTitle(title)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        access.name(self, title)
        self._messages = Messages(self)
        self.middle = ScrollingPage(theme, self)
        self.middle.put(label(title, "large", wraps=True))
        self.middle.put(Banner(self._messages, theme))
        self.down = QVBoxLayout(self)
        self.down.setContentsMargins(0, 0, 0, 0)
        self.down.addWidget(self.middle)
        room = self.screen().availableSize() if self.screen() else self.size()
        self.resize(
            min(theme.space(210), int(room.width() * 0.95)),
            min(theme.space(_MOST_QUARTERS), int(room.height() * 0.9)),
        )
        Fitter(self, self.middle.area, theme, _MOST_QUARTERS)

    def put(self, part: QWidget, stretch: int = 0) -> None:
        """Put *part* below what is there."""
        self.middle.put(part, stretch)

    def put_buttons(self, theme: Theme, *buttons: QWidget) -> None:
        """Put *buttons* at the foot, where they are always in sight."""
        foot = Flow(buttons, theme)
        self.middle.put_foot(foot)
        self.middle.show_foot(foot)

    def finish(self, act: Callable[[], object]) -> None:
        """Do *act* and close; a Problem of it is shown here, and the dialog stays."""
        self._messages.dismiss()
        try:
            act()
        except Problem as problem:
            self._messages.problem(problem)
            return
        self.accept()


class ReviewDialog(SpaciousDialog):
    """What a file would load.

    *save* is given the versions that are new or say something else; a Problem that it raises is
    shown here.
    """

    def __init__(
        self,
        parent: QWidget,
        theme: Theme,
        name: str,
        offers: Sequence[OfferedVersion],
        save: Callable[[Sequence[OfferedVersion]], object],
    ) -> None:
        super().__init__(parent, theme, f"What “{name}” holds")
        self._save = save
        self.offers = tuple(offers)
        self.wanted = tuple(offer for offer in offers if not offer.is_same)
        self.model = RowsModel(OFFER_COLUMNS, self)
        self.table = RowsTable(self.model, "Versions in the file", theme, stretch=3)
        self.table.set_fits(6)
        self.notes = label("", wraps=True)
        self.heading = label("", "heading", wraps=True)
        self.changes = ChangesPart(theme)
        self.cancel = button("Cancel", theme, self.reject)
        self.load = button(_load_words(self.wanted), theme, self._on_load, role="primary")
        self.load.setEnabled(bool(self.wanted))
        self.put(self.table)
        self.put(self.notes)
        self.put(self.heading)
        self.put(self.changes, 1)
        self.put_buttons(theme, self.load, self.cancel)
        self.table.row_chosen.connect(self._on_chosen)
        self.model.replace(self.offers)
        self.table.choose_first()
        self._on_chosen(self.table.chosen())
        first = self.load if self.wanted else self.cancel
        (self.load if self.wanted else self.cancel).setDefault(True)
        first.setFocus(Qt.FocusReason.TabFocusReason)

    def _on_chosen(self, offer: OfferedVersion | None) -> None:
        notes = () if offer is None else offer.notes
        self.notes.setText("\n".join(notes))
        self.notes.setVisible(bool(notes))
        differs = offer is not None and offer.comparison is not None and not offer.is_same
        self.changes.setVisible(differs)
        self.heading.setVisible(offer is not None)
        if offer is None:
            return
        if differs:
            self.heading.setText(f"{offer.id} is in the desk already; this would become otherwise:")
            self.changes.show_comparison(offer.comparison)
        elif offer.is_same:
            self.heading.setText(f"{offer.id} is in the desk already, and says the same.")
        else:
            self.heading.setText(f"{offer.id} is not in the desk yet.")

    def _on_load(self) -> None:
        self.finish(lambda: self._save(self.wanted))


def _load_words(offers: Sequence[OfferedVersion]) -> str:
    if len(offers) != 1:
        return f"Load {len(offers)} versions" if offers else "Nothing to load"
    verb = "Load" if offers[0].comparison is None else "Replace"
    return f"{verb} {offers[0].id}"


class CompareDialog(SpaciousDialog):
    """Two versions of one standard, and what the later has otherwise."""

    def __init__(
        self,
        parent: QWidget,
        theme: Theme,
        versions: Sequence[HeldVersion],
        before: str = "",
        after: str = "",
    ) -> None:
        title = versions[-1].details.title
        super().__init__(parent, theme, f"Versions of {title}")
        self._by_version = {each.details.version: each.details for each in versions}
        names = tuple(self._by_version)
        self.before = self._choice("From version", names, theme)
        self.after = self._choice("To version", names, theme)
        self.changes = ChangesPart(theme)
        self.close_button = button("Close", theme, self.accept)
        self.put(Flow((self.before, self.after), theme, quarters=6))
        self.put(self.changes, 1)
        self.put_buttons(theme, self.close_button)
        self.before.input.write(before or names[max(0, len(names) - 2)])
        self.after.input.write(after or names[-1])
        for block in (self.before, self.after):
            block.input.edited.connect(self._show)
        self._show()
        self.changes.table.setFocus(Qt.FocusReason.TabFocusReason)

    def _choice(self, words: str, names: Sequence[str], theme: Theme) -> FieldBlock:
        field = Field("version", words, "choice", choices=names, required=True, width=12)
        return FieldBlock(field, make_input(field, theme), theme)

    def _show(self) -> None:
        before, after = self.before.input.read(), self.after.input.read()
        if before is None or after is None:
            self.changes.show_comparison(None)
            return
        self.changes.show_comparison(compare(self._by_version[before], self._by_version[after]))
