"""One checklist on the page: how it stands, day and name to tick with, its items, and why."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Protocol

from PySide6.QtWidgets import QVBoxLayout, QWidget

from apprentice_desk.domain.checklist import Item, ItemState
from apprentice_desk.domain.needs import counted, listed
from apprentice_desk.ui.desk import Desk
from apprentice_desk.ui.destinations import Destination
from apprentice_desk.ui.kit import access
from apprentice_desk.ui.kit.arranging import Flow, SideBySide
from apprentice_desk.ui.kit.dialogs import FormDialog
from apprentice_desk.ui.kit.fields import Field, make_input
from apprentice_desk.ui.kit.form_parts import FieldBlock
from apprentice_desk.ui.kit.forms import Form
from apprentice_desk.ui.kit.pieces import button, column_of, label
from apprentice_desk.ui.ticking.table import DONE_OR_OPEN, ChecklistTable

if TYPE_CHECKING:  # only named: the records are imported after the first paint
    from apprentice_desk.records.store import Session
    from apprentice_desk.ui.kit.theme import Theme

_WIDE_ITEM = 46
NOT_CHECKED = "The rule itself was not read: check it."


@dataclass(frozen=True, slots=True)
class NotNeeded:
    """Why items are not needed."""

    reason: str = ""


class Marking(Protocol):
    """How the items of the list that is shown are marked, by their keys, in one change each."""

    @property
    def whose(self) -> str:
        """What stands behind "for" in the name of a change: "Priya"."""

    @property
    def key(self) -> str:
        """What a half-done form is kept by."""

    @property
    def where(self) -> Destination:
        """Where the list is found again."""

    def tick(self, session: Session, keys: Sequence[str], on: date, by: str) -> None:
        """Record that they were done; raises Problem for a day that has not come."""

    def set_aside(self, session: Session, keys: Sequence[str], reason: str, by: str) -> None:
        """Record that they are not needed."""

    def take_back(self, session: Session, keys: Sequence[str]) -> None:
        """Forget what was said of them."""

    def stands_in_the_way(self, items: Sequence[Item]) -> bool:
        """Tell whether something has to be done before *items* are marked, and lead to it."""


class ChecklistCard(QWidget):
    """The items of a checklist; what is ticked off is saved at once, with day and name.

    One that no rule asks for (*a_rule_asks*) has items that are open or done, and no source.
    """

    def __init__(self, desk: Desk, name: str, *, a_rule_asks: bool = True) -> None:
        super().__init__()
        self._desk = desk
        self._marking: Marking | None = None
        theme = desk.theme
        self.says = label("", "", wraps=True)
        self.names = label("", "quiet", wraps=True)
        today = desk.clock.today()
        self.done_on = _block(desk, Field("done_on", "Done on", "date", required=True), today)
        self.done_on.input.write(today)
        self._offered = self.done_on.input.typed()
        self.done_by = _block(desk, Field("done_by", "By whom", width=30), today)
        self.done_by.input.write(desk.settings.my_name or None)
        self.table = ChecklistTable(name, theme) if a_rule_asks else _plain_table(name, theme)
        self.table.set_fits(20)
        self.done = button("Tick off", theme, self.table.toggle, icon="check", tip="Space")
        self.not_needed = button("Not needed…", theme, self._ask_why, icon="minus")
        self.take_back = button("Take back", theme, self._take_back, icon="undo-2")
        self.why = label("", "", wraps=True)
        self.remedy = label("", "", wraps=True)
        self.source = label("", "small", wraps=True)
        down = QVBoxLayout(self)
        down.setContentsMargins(0, 0, 0, 0)
        down.setSpacing(theme.space(2))
        for part in (self.says, self.names):
            down.addWidget(part)
        buttons = Flow([self.done, self.not_needed, self.take_back], theme)
        given = SideBySide([self.done_on, self.done_by], theme, shares=(2, 3), narrowest=85)
        acts = QWidget()
        acts.setLayout(column_of(theme, None, buttons))  # at the foot, as the fields are
        down.addWidget(SideBySide([given, acts], theme, shares=(3, 2), narrowest=200))
        down.addWidget(self.table)
        for part in (self.why, self.remedy, self.source):
            down.addWidget(part)
        self.table.toggled.connect(self.toggle)
        self.table.row_chosen.connect(self._on_chosen)
        self.table.selectionModel().selectionChanged.connect(lambda *_: self._allow())
        self.names.hide()
        self.source.setVisible(a_rule_asks)

    # showing

    def show_items(
        self, marking: Marking, items: tuple[Item, ...], says: str, names: str = ""
    ) -> None:
        """Show *items*, how they are marked, what is *said* of them and what things are called."""
        self._marking = marking
        if self.done_on.input.typed() == self._offered:  # it may be another day by now
            self.done_on.input.write(self._desk.clock.today())
            self._offered = self.done_on.input.typed()
        self.says.setText(says)
        self.names.setText(names)
        self.names.setVisible(bool(names))
        self.table.rows.replace(items)
        self.table.choose_first()
        self._on_chosen(self.table.chosen())

    def _on_chosen(self, item: Item | None) -> None:
        self.why.setText("" if item is None else f"{item.title}: {_small(item.why)}")
        has_remedy = item is not None and item.state.is_open and bool(item.remedy)
        self.remedy.setText(f"What meets it: {item.remedy}" if item and has_remedy else "")
        self.remedy.setVisible(has_remedy)
        checked = "" if item is None or item.is_verified else f" {NOT_CHECKED}"
        self.source.setText("" if item is None else f"Source: {item.source}.{checked}")
        self._allow()

    def _allow(self) -> None:
        chosen = self.table.wanted()
        may = not self._desk.store.is_read_only and any(each.can_be_marked for each in chosen)
        is_said = any(each.state in (ItemState.MET, ItemState.NOT_NEEDED) for each in chosen)
        for part in (self.done, self.not_needed):
            part.setEnabled(may)
        self.take_back.setEnabled(may and is_said)

    # what the person does

    def toggle(self, items: tuple[Item, ...]) -> None:
        """Tick *items* off, or take that back where the first of them is met already."""
        if self._desk.store.is_read_only:
            return
        may = [item for item in items if item.can_be_marked]
        if not may:
            title = items[0].title
            says = f"“{title}” is worked out from what the desk holds; nobody ticks it off."
            self._desk.messages.warn(says, items[0].remedy)
            return
        marking = self._marking
        assert marking is not None  # items are shown for somebody
        if may[0].state is ItemState.MET:
            self._take_them_back(marking, may)
            return
        if marking.stands_in_the_way(may):
            return
        try:
            on, by = self.done_on.input.read(), self.done_by.input.read()
        except ValueError as error:
            self._desk.messages.warn(str(error))
            return
        if on is None:
            self._desk.messages.warn("Say on which day it was done.", "Enter it above the list.")
            self.done_on.input.target.setFocus()
            return
        self._change("Tick off", marking, may, lambda s, keys: marking.tick(s, keys, on, by or ""))

    def _change(
        self,
        verb: str,
        marking: Marking,
        items: list[Item],
        act: Callable[[Session, list[str]], object],
    ) -> None:
        what = listed([item.title for item in items])

        def change() -> None:
            with self._desk.change(f"{verb}: {what}, for {marking.whose}") as session:
                act(session, [item.id for item in items])

        if self._desk.attempt(change):
            access.announce(self.table, f"{verb}: {counted(len(items), 'item')}")

    def _take_back(self) -> None:
        if self._marking is not None:
            self._take_them_back(self._marking, self._markable())

    def _take_them_back(self, marking: Marking, items: list[Item]) -> None:
        self._change("Take back", marking, items, marking.take_back)

    def _markable(self) -> list[Item]:
        return [item for item in self.table.wanted() if item.can_be_marked]

    def _ask_why(self) -> None:
        marking, items = self._marking, self._markable()
        if marking is None or not items or marking.stands_in_the_way(items):
            return
        what = listed([item.title for item in items])
        by = self.done_by.input.typed()

        def save(given: NotNeeded) -> None:
            with self._desk.change(f"Not needed: {what}, for {marking.whose}") as session:
                marking.set_aside(session, [item.id for item in items], given.reason, by)

        theme = self._desk.theme
        title = f"Not needed: {what}"
        fields = (Field("reason", "Why", "long text", required=True, rows=3, help=what),)
        form = Form(fields, NotNeeded, theme)
        form.show_details(NotNeeded())
        dialog = FormDialog(
            form, "Not needed", "Say so", save, theme, self,
            draft=self._desk.draft(f"NotNeeded:{marking.key}", title, marking.where),
        )  # fmt: skip
        dialog.resize(min(dialog.width(), theme.space(110)), min(dialog.height(), theme.space(70)))
        dialog.open()


def _plain_table(name: str, theme: Theme) -> ChecklistTable:
    """Return the list of what no rule asks for; the last column stands below the list too."""
    made = ChecklistTable(
        name, theme, badges=DONE_OR_OPEN, why="What it takes, or who did it", width=_WIDE_ITEM,
        stretch=0,
    )  # fmt: skip
    made.order.can_do_without((2,))
    return made


def _small(words: str) -> str:
    return words[:1].lower() + words[1:]


def _block(desk: Desk, field: Field, today: date) -> FieldBlock:
    made = FieldBlock(field, make_input(field, desk.theme, today), desk.theme)
    access.name(made.input.target, field.label)
    return made
