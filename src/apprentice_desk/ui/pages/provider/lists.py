"""The cards of figures, contracts and apprentices: lists that lead elsewhere."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from PySide6.QtCore import Qt

from apprentice_desk.domain.calendar import show_day
from apprentice_desk.domain.measures import quarters_to
from apprentice_desk.domain.needs import counted
from apprentice_desk.domain.vocabulary import Measure
from apprentice_desk.records.measuring import MeasuredRow
from apprentice_desk.ui.desk import Desk
from apprentice_desk.ui.destinations import OpenApprentice, OpenContract, OpenProvider
from apprentice_desk.ui.kit import access
from apprentice_desk.ui.kit.arranging import Flow
from apprentice_desk.ui.kit.panels import Card
from apprentice_desk.ui.kit.pieces import label
from apprentice_desk.ui.kit.rows import Column, RowsModel
from apprentice_desk.ui.kit.table import RowsTable
from apprentice_desk.ui.measure_lines import in_words, title_of
from apprentice_desk.ui.pages.provider.columns import (
    COMPARE_COLUMNS,
    CONTRACT_COLUMNS,
    PEOPLE_COLUMNS,
    over_time_columns,
)
from apprentice_desk.ui.pages.provider.showing import (
    QUARTERS,
    Compared,
    OverTime,
    ProviderShown,
)
from apprentice_desk.ui.saving_lists import ListSaver

_MOST_ROWS = 9


class ListCard(Card):
    """A card that is one list, with what the chosen row says below it."""

    def __init__(self, title: str, columns: Sequence[Column], desk: Desk, stretch: int = 0) -> None:
        super().__init__(title, desk.theme)
        self.desk = desk
        self.title = title
        self.table = self._made(columns, stretch)
        self.told = label("", "quiet", wraps=True)
        self.told.hide()
        self.add(self.table)
        self.add(self.told)

    def _made(self, columns: Sequence[Column], stretch: int) -> RowsTable:
        table = RowsTable(RowsModel(columns, self), self.title, self.desk.theme, stretch=stretch)
        table.set_fits(_MOST_ROWS)
        table.row_chosen.connect(self.on_chosen)
        table.row_opened.connect(self.on_opened)
        return table

    def take_keyboard(self) -> None:
        """Go to the list."""
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def show_provider(self, shown: ProviderShown, *, is_other: bool) -> None:
        """Show how things stand; *is_other* says that another provider was shown before."""
        raise NotImplementedError

    def on_chosen(self, row: Any) -> None:
        """Say below the list what *row* is, where there is more to say."""

    def on_opened(self, row: Any) -> None:
        """Go where *row* leads."""

    def tell(self, words: str) -> None:
        """Show *words* below the list; none hide the line."""
        self.told.setText(words)
        self.told.setVisible(bool(words))


class OverTimeCard(ListCard):
    """The measures of the provider, quarter by quarter."""

    def __init__(self, desk: Desk) -> None:
        self._quarters = quarters_to(desk.clock.today(), QUARTERS)
        super().__init__("How it has done", over_time_columns(self._quarters), desk)

    def show_provider(self, shown: ProviderShown, *, is_other: bool) -> None:
        """Show the measures of a provider."""
        if self._quarters != shown.quarters:  # another quarter has begun: others have columns
            self._quarters = shown.quarters
            before, self.table = self.table, self._made(over_time_columns(shown.quarters), 0)
            self.body.replaceWidget(before, self.table)
            access.follow(before, [self.table])
            self.table.show()
            before.hide()
            before.deleteLater()
        self.table.rows.replace(shown.over_time)
        if is_other:
            self.table.choose(Measure.REVIEWS_ON_TIME)
        self.on_chosen(self.table.chosen())

    def on_chosen(self, row: OverTime | None) -> None:
        """Say what the figures of the running quarter and of all time are made of."""
        if row is None:
            self.tell("")
            return
        running = self._quarters[0]
        self.tell(
            f"{running} so far: {in_words(row.quarters[0])}.\nAll time: {in_words(row.ever)}."
        )


class CompareCard(ListCard):
    """What the desk knows of each provider; blank where it does not, and nobody is rated."""

    def __init__(self, desk: Desk) -> None:
        super().__init__("Beside other providers, all time", COMPARE_COLUMNS, desk)
        self.table.set_empty(
            "Nothing to compare", "No provider in this desk trains or has trained anybody."
        )
        self.saver = ListSaver(desk, self, self.table, "Providers compared", self._facts)
        self.table.set_actions(self.saver.all)
        self.save = self.saver.button()
        self.add(Flow([self.save], desk.theme))

    def show_provider(self, shown: ProviderShown, *, is_other: bool) -> None:
        """Show every provider, the one of the page chosen."""
        self.table.rows.replace(shown.compared)
        if is_other and not self.table.choose(shown.provider.id):
            self.table.choose_first()
        self.on_chosen(self.table.chosen())

    def _facts(self) -> tuple[tuple[str, str], ...]:
        return (("All time, up to", show_day(self.desk.clock.today())),)

    def on_chosen(self, row: Compared | None) -> None:
        """Say what the figures are made of: of few people a share says little."""
        if row is None:
            self.tell("")
            return
        made_of = "\n".join(f"{title_of(m)}: {in_words(v)}." for m, v in row.values.items())
        self.tell(f"{row.name}\n{made_of}")

    def on_opened(self, row: Compared) -> None:
        """Go to the page of that provider."""
        self.desk.go(OpenProvider(row.id))


class ContractsCard(ListCard):
    """The provider's contracts."""

    def __init__(self, desk: Desk) -> None:
        super().__init__("Contracts", CONTRACT_COLUMNS, desk, stretch=1)
        self.table.set_empty("No contracts", "No contract with this provider is recorded.")

    def show_provider(self, shown: ProviderShown, *, is_other: bool) -> None:
        """Show the contracts of a provider."""
        self.table.rows.replace(shown.provider.contracts)
        if is_other:
            self.table.choose_first()

    def on_opened(self, row: Any) -> None:
        """Go to the contract."""
        self.desk.go(OpenContract(row.id))


@dataclass(frozen=True, slots=True)
class PersonLine:
    """One apprenticeship; *id* is its key."""

    id: UUID
    name: str
    stands: str
    training: str
    started_on: date | None


def _line(row: MeasuredRow) -> PersonLine:
    course = row.trained.course
    stands = str(row.status)
    if row.trained.to_on is not None:
        stands = f"with this provider until {show_day(row.trained.to_on)}"
    first, last = course.training_started_on, course.training_planned_end_on
    days = [show_day(day) for day in (first, last) if day is not None]
    return PersonLine(
        row.id, row.name, f"{stands[0].upper()}{stands[1:]}", " to ".join(days), first
    )


class PeopleCard(ListCard):
    """The apprentices whom the provider trains or has trained."""

    def __init__(self, desk: Desk) -> None:
        super().__init__("Apprentices", PEOPLE_COLUMNS, desk, stretch=0)
        self.table.set_empty("No apprentices", "Nobody is or was with this provider.")

    def show_provider(self, shown: ProviderShown, *, is_other: bool) -> None:
        """Show the apprentices of a provider, once each."""
        lines = {row.id: _line(row) for row in sorted(shown.people, key=lambda row: row.is_here)}
        in_order = sorted(lines.values(), key=lambda line: (line.name.casefold(), line.id))
        self.table.rows.replace(in_order)
        if is_other:
            self.table.choose_first()
        here = counted(shown.on_programme, "apprentice")
        self.heading.setText(f"Apprentices · {here} on programme" if lines else "Apprentices")

    def on_opened(self, row: PersonLine) -> None:
        """Go to the apprentice."""
        self.desk.go(OpenApprentice(row.id))
