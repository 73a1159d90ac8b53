"""One checklist on the page: how it stands, day and name to tick with, its items, and why."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from PySide6.QtWidgets import QVBoxLayout, QWidget

from apprentice_desk.domain.checklist import BEFORE_NAMED, Checklist, Item, ItemState
from apprentice_desk.domain.needs import counted, listed
from apprentice_desk.records import checklists
from apprentice_desk.records.standing import ApprenticeRow
from apprentice_desk.ui.desk import Desk, OpenApprentice, OpenRecord
from apprentice_desk.ui.kit import access
from apprentice_desk.ui.kit.arranging import Flow, SideBySide
from apprentice_desk.ui.kit.dialogs import FormDialog, ask
from apprentice_desk.ui.kit.fields import Field, make_input
from apprentice_desk.ui.kit.form_parts import FieldBlock
from apprentice_desk.ui.kit.forms import Form
from apprentice_desk.ui.kit.pieces import button, column_of, label
from apprentice_desk.ui.pages.apprentice.checklist_table import ChecklistTable

NOT_CHECKED = "The rule itself was not read: check it."


@dataclass(frozen=True, slots=True)
class NotNeeded:
    """Why items are not needed."""

    reason: str = ""


class ChecklistCard(QWidget):
    """The items of *checklist*; what is ticked off is saved at once, with day and name."""

    def __init__(self, desk: Desk, checklist: Checklist, name: str) -> None:
        super().__init__()
        self._desk = desk
        self._checklist = checklist
        self._row: ApprenticeRow | None = None
        theme = desk.theme
        self.says = label("", "", wraps=True)
        self.names = label("", "quiet", wraps=True)
        today = desk.clock.today()
        self.done_on = _block(desk, Field("done_on", "Done on", "date", required=True), today)
        self.done_on.input.write(today)
        self._offered = self.done_on.input.typed()
        self.done_by = _block(desk, Field("done_by", "By whom", width=30), today)
        self.done_by.input.write(desk.settings.my_name or None)
        self.table = ChecklistTable(name, theme)
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

    # showing

    def show_items(
        self, row: ApprenticeRow, items: tuple[Item, ...], says: str, names: str = ""
    ) -> None:
        """Show the items of *row*, what is *said* of them and what things are called."""
        self._row = row
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
        if may[0].state is ItemState.MET:
            self._change("Take back", may, checklists.take_back)
            return
        if self._needs_a_name(may):
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
        today = self._desk.clock.today()

        def tick(session: Any, key: Any, checklist: Checklist, keys: list[str]) -> None:
            checklists.tick(session, key, checklist, keys, on, by or "", today=today)

        self._change("Tick off", may, tick)

    def _change(self, verb: str, items: list[Item], act: Callable[..., object]) -> None:
        row = self._row
        assert row is not None  # items are shown for somebody
        what = listed([item.title for item in items])

        def change() -> None:
            with self._desk.change(f"{verb}: {what}, for {row.name}") as session:
                act(session, row.id, self._checklist, [item.id for item in items])

        if self._desk.attempt(change):
            access.announce(self.table, f"{verb}: {counted(len(items), 'item')}")

    def _needs_a_name(self, items: list[Item]) -> bool:
        """Tell whether *items* wait until somebody is named, and lead to where that is done."""
        row = self._row
        is_before = self._checklist is Checklist.START and BEFORE_NAMED.issuperset(
            item.id for item in items
        )
        if row is None or not row.is_vacancy or is_before:
            return False
        what, remedy = checklists.NOBODY_NAMED
        ask(
            self,
            self._desk.theme,
            "Who is it?",
            f"{what} {remedy}",
            "Enter the name",
            lambda: self._desk.go(OpenApprentice(row.id, "given_names")),
        )
        return True

    def _take_back(self) -> None:
        self._change("Take back", self._markable(), checklists.take_back)

    def _markable(self) -> list[Item]:
        return [item for item in self.table.wanted() if item.can_be_marked]

    def _ask_why(self) -> None:
        row, items = self._row, self._markable()
        if row is None or not items:
            return
        if self._needs_a_name(items):
            return
        what = listed([item.title for item in items])
        by = self.done_by.input.typed()

        def save(given: NotNeeded) -> None:
            with self._desk.change(f"Not needed: {what}, for {row.name}") as session:
                checklists.say_not_needed(
                    session, row.id, self._checklist, [item.id for item in items], given.reason, by
                )

        theme = self._desk.theme
        fields = (Field("reason", "Why", "long text", required=True, rows=3, help=what),)
        form = Form(fields, NotNeeded, theme)
        form.show_details(NotNeeded())
        where = OpenRecord(row.id, "checklists")
        dialog = FormDialog(
            form, "Not needed", "Say so", save, theme, self,
            draft=self._desk.draft(f"NotNeeded:{row.id}", f"Not needed: {what}", where),
        )  # fmt: skip
        dialog.resize(min(dialog.width(), theme.space(110)), min(dialog.height(), theme.space(70)))
        dialog.open()


def _small(words: str) -> str:
    return words[:1].lower() + words[1:]


def _block(desk: Desk, field: Field, today: date) -> FieldBlock:
    made = FieldBlock(field, make_input(field, desk.theme, today), desk.theme)
    access.name(made.input.target, field.label)
    return made
