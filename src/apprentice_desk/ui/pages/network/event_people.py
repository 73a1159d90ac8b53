"""Two lists of people to tick: who is asked to an event, and who came to it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from PySide6.QtWidgets import QWidget

from apprentice_desk.domain.calendar import show_day
from apprentice_desk.domain.network_events import room_in_words
from apprentice_desk.records import event_attendance
from apprentice_desk.records.event_attendance import AttendanceRow
from apprentice_desk.records.network import EventRow
from apprentice_desk.ui.desk import Desk
from apprentice_desk.ui.kit.fields import Field
from apprentice_desk.ui.kit.forms import Form
from apprentice_desk.ui.kit.painting import Badge
from apprentice_desk.ui.kit.rows import Column
from apprentice_desk.ui.people_list import PeopleList, PersonLine, people_lines
from apprentice_desk.ui.recording.kind import people
from apprentice_desk.ui.work_dialog import WorkDialog

_ASKED = Badge("Asked", "note", "mail")
_NOT_ASKED = Badge("")


def counted(count: int) -> str:
    """Return how many apprentices."""
    return "1 apprentice" if count == 1 else f"{count:,} apprentices"


class _TickDialog(WorkDialog):
    """A list of everybody, some of them ticked to begin with."""

    def __init__(
        self,
        desk: Desk,
        row: EventRow,
        listed: Sequence[AttendanceRow],
        heading: tuple[str, str],
        called: str,
        parent: QWidget,
    ) -> None:
        super().__init__(desk, *heading, parent)
        self._row = row
        self._asked = {each.id for each in listed}
        lines = people_lines(people(desk), desk)
        first = [each for each in lines if each.id in self._asked]
        others = [each for each in lines if each.id not in self._asked]
        self.people = PeopleList(
            [*first, *others],
            desk,
            more=(Column("Asked", self._badge, kind="badge", width=10, say=self._badge_said),),
            called=called,
            most_rows=9,
        )
        self._begun_with: set[object] = set()

    def _badge(self, person: PersonLine) -> Badge:
        return _ASKED if person.id in self._asked else _NOT_ASKED

    def _badge_said(self, person: PersonLine) -> str:
        return "asked" if person.id in self._asked else "not asked"

    def begin(self, ticked: Sequence[UUID]) -> None:
        """Tick those who are ticked to begin with, and show the dialog's parts."""
        self.people.table.tick(ticked)
        self._begun_with = set(self.people.ticks.chosen)
        self.follow(self.people.table)
        self.people.chosen.connect(self.show_count)
        self.show_count()

    @property
    def keys(self) -> list[UUID]:
        """Those who are ticked; some of them may be too long ago to be listed."""
        return [key for key in self.people.ticks.chosen if isinstance(key, UUID)]

    @property
    def has_typed(self) -> bool:
        """Whether something would be lost."""
        return self.people.ticks.chosen != self._begun_with

    def show_count(self) -> None:
        """Say how many are ticked."""
        raise NotImplementedError  # each dialog says how


class AskDialog(_TickDialog):
    """Who is asked to an event."""

    DOING, DONE = "asking", "kept"

    def __init__(
        self, desk: Desk, row: EventRow, listed: Sequence[AttendanceRow], parent: QWidget
    ) -> None:
        day = "" if row.details.held_on is None else f" on {show_day(row.details.held_on)}"
        heading = (
            f"Ask people to “{row.details.name}”",
            f"Space ticks who is asked to the event{day}. Nothing is sent from here: the list is"
            " yours to write to.",
        )
        super().__init__(desk, row, listed, heading, "Who is asked", parent)
        self.confirm.setText("Keep the list")
        self.put(self.people)
        self.finish()
        self.begin([each.id for each in listed])
        self.people.table.choose_first()
        self.people.table.setFocus()

    def show_count(self) -> None:
        """Say how many are asked, and for how many there is room."""
        self.count.setText(room_in_words(len(self.keys), self._row.details.capacity))

    def submit(self) -> None:
        """Keep who is asked."""
        keys, row = self.keys, self._row
        self.write(
            f"Ask {counted(len(keys))} to “{row.details.name}”",
            lambda session: event_attendance.invite(session, row.id, keys),
        )


@dataclass(frozen=True, slots=True)
class _Others:
    """Who came beside the apprentices."""

    others: int | None = None


_OTHERS = (
    Field(
        "others",
        "Others from this borough",
        "integer",
        width=8,
        help="Such as managers. The return says how many attended, with them and without names.",
    ),
)


class CameDialog(_TickDialog):
    """Who came to an event, everybody in one go."""

    DOING, DONE = "saying who came", "kept"

    def __init__(
        self, desk: Desk, row: EventRow, listed: Sequence[AttendanceRow], parent: QWidget
    ) -> None:
        is_new = not any(each.came is not None for each in listed)
        sentence = (
            "Everybody who was asked is ticked: Space takes the tick off who did not come."
            if is_new and listed
            else "Space ticks who came."
        )
        heading = (f"Who came to “{row.details.name}”", sentence)
        super().__init__(desk, row, listed, heading, "Who came", parent)
        self.form = self.typed_into = Form(_OTHERS, _Others, desk.theme, scrolls=False)
        self.confirm.setText("Save who came")
        self.put(self.people)
        self.put(self.form)
        self.finish()
        came = sum(bool(each.came) for each in listed)
        others = max(0, (row.details.attended or 0) - came)
        self.form.show_details(_Others(others or None))
        self.form.edited.connect(self.show_count)
        self.begin([each.id for each in listed if is_new or each.came])
        self.people.table.choose_first()
        self.people.table.setFocus()

    @property
    def has_typed(self) -> bool:
        """Whether something would be lost."""
        return super().has_typed or self.form.has_unsaved_changes

    def show_count(self) -> None:
        """Say how many came."""
        others = self.form.value("others") or 0
        more = f" and {others:,} others" if others > 1 else " and 1 other" if others == 1 else ""
        self.count.setText(f"{counted(len(self.keys))}{more} came.")

    def submit(self) -> None:
        """Keep who came."""
        self.messages.dismiss()
        details, found = self.form.read()
        if details is None:
            self.form.show_findings(found)
            return
        keys, row, today = self.keys, self._row, self._desk.clock.today()
        self.write(
            f"Say who came to “{row.details.name}”",
            lambda session: event_attendance.record_attendance(
                session, row.id, keys, details.others or 0, today
            ),
        )
