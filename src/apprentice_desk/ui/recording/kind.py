"""What every kind of record offers to the page: its list, its form and its commands."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from PySide6.QtWidgets import QWidget

from apprentice_desk.domain.apprenticeship import LIVE
from apprentice_desk.domain.calendar import show_day
from apprentice_desk.domain.findings import Finding, Level, Place
from apprentice_desk.domain.problems import Conflict
from apprentice_desk.records.standing import ApprenticeRow, apprentice_rows
from apprentice_desk.ui.desk import Desk
from apprentice_desk.ui.destinations import Destination, OpenReturnRecord
from apprentice_desk.ui.kit.fields import Field
from apprentice_desk.ui.kit.forms import Form
from apprentice_desk.ui.kit.rows import Badge, Column

PEOPLE_TABLES = ("apprentice", "apprenticeship", "break_in_learning")


NO_BADGE = Badge("")


@dataclass(frozen=True, slots=True)
class Shown:
    """One record as its list and its panel show it.

    *details* is what its form edits, *row* what else was read of it.
    """

    id: UUID
    title: str
    details: Any
    row: Any = None
    line: str = ""
    badge: Badge = NO_BADGE


class MorePart(QWidget):
    """What the panel shows of a record below its facts, such as the payments of a contract."""

    def show_record(self, shown: Shown) -> None:
        """Show what belongs to *shown*."""
        raise NotImplementedError  # every part says how


class Kind:
    """One kind of record of one desk; every subclass says which.

    *thing* is one of them in words.  Commands are given a session inside a change; what they
    raise is shown to the person.
    """

    name: str
    title: str
    thing: str
    about: str
    """The sentence below the title."""
    tables: tuple[str, ...]
    """What the list is made of."""
    columns: tuple[Column, ...]
    stretch: int = 0
    can_do_without: tuple[int, ...] = ()
    """Columns that go, in this order, where there is no room: the panel says the same."""
    filter_by: str
    empty: tuple[str, str]
    details_class: type

    def __init__(self, desk: Desk) -> None:
        self.desk = desk

    @property
    def a_thing(self) -> str:
        """One of them with its article."""
        return f"{'an' if self.thing[0] in 'aeiou' else 'a'} {self.thing}"

    # what is there

    def read(self, session: Any) -> tuple[Shown, ...]:
        """Return the records in the order of the list."""
        raise NotImplementedError

    def facts(self, shown: Shown) -> list[tuple[str, str]]:
        """Return what is known of one, as pairs of key and value."""
        raise NotImplementedError

    def more(self) -> MorePart | None:
        """Return what the panel shows below the facts; None where they are all."""
        return None

    # the form

    def fields(self) -> tuple[Field, ...]:
        """Return the fields with the choices of this desk."""
        raise NotImplementedError

    def form(self) -> Form:
        """Return a new form."""
        return Form(
            self.fields(), self.details_class, self.desk.theme, today=self.desk.clock.today()
        )

    def blank(self) -> Any:
        """Return what a new one begins with."""
        return None

    def check(self, details: Any, record_id: UUID | None) -> list[Finding]:
        """Return what is wrong with *details*; *record_id* is None for a new one."""
        raise NotImplementedError

    def named(self, details: Any) -> str:
        """Return which one it is, for the sentence that says what was saved."""
        raise NotImplementedError

    def destination(self, record_id: UUID | None, field: str) -> Destination:
        """Return where a form that was left half-done is opened again."""
        return OpenReturnRecord(self.name, record_id, field)

    # the commands

    def details(self, session: Any, record_id: UUID) -> Any:
        """Return what the form edits; raises Conflict when the record is gone."""
        for shown in self.read(session):
            if shown.id == record_id:
                return shown.details
        raise Conflict(f"This {self.thing} was removed meanwhile.")

    def add(self, session: Any, details: Any) -> UUID:
        """Record a new one and return its key."""
        raise NotImplementedError

    def correct(self, session: Any, record_id: UUID, details: Any) -> None:
        """Replace the details of one."""
        raise NotImplementedError

    def remove(self, session: Any, record_id: UUID) -> None:
        """Take one out of the desk."""
        raise NotImplementedError

    def what_removing_means(self, _shown: Shown) -> str:
        """Return what will happen, for the question before it."""
        return (
            f"The {self.thing} goes out of the desk and out of the next return. Undo brings it"
            " back."
        )


def wrong(code: str, field: str, message: str, remedy: str = "") -> Finding:
    """Return a finding that holds the form back."""
    return Finding(Level.ROW, code, message, remedy, Place(field=field))


def still_to_come(field: str, day: date | None, today: date, remedy: str) -> list[Finding]:
    """Return a finding for a day that is after today, where only what is past can stand."""
    if day is None or day <= today:
        return []
    return [wrong("FORM3", field, f"{show_day(day)} is still to come.", remedy)]


# people


def people(desk: Desk) -> tuple[ApprenticeRow, ...]:
    """Return every apprenticeship as it stands today, by name; no role without one."""
    rows = desk.store.read(
        apprentice_rows, desk.clock.today(), desk.lists.hours_rules, desk.lists.role_families
    )
    return tuple(row for row in rows if not row.is_vacancy)


def named_with_code(row: ApprenticeRow) -> str:
    """Return a name with the code that stands for it in returns."""
    which = f", apprenticeship {row.number}" if row.number > 1 else ""
    return f"{row.name}{which}  {row.code}"


def people_choices(rows: Iterable[ApprenticeRow]) -> list[tuple[UUID, str]]:
    """Return apprenticeships to choose from: those on programme first, then the others."""
    rows = tuple(rows)
    first = [row for row in rows if row.status in LIVE]
    others = [row for row in rows if row.status not in LIVE]
    return [(row.id, named_with_code(row)) for row in (*first, *others)]
