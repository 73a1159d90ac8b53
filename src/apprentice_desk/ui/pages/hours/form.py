"""The form of one entry of hours: the card at the top of the page, and the dialog that edits."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from uuid import UUID

from apprentice_desk.domain.findings import Finding
from apprentice_desk.domain.hours_rules import Activity
from apprentice_desk.domain.placement_days import HostStay, Where, stay_on
from apprentice_desk.domain.problems import Problem
from apprentice_desk.records.host_stays import host_stays
from apprentice_desk.records.hours import HoursDetails
from apprentice_desk.ui.desk import Desk
from apprentice_desk.ui.kit.fields import Field
from apprentice_desk.ui.kit.forms import Form
from apprentice_desk.ui.sessions.ksb_field import KSBS

Choice = tuple[UUID, str]

WHERE = tuple((where, str(where).capitalize()) for where in Where)


def where_help(stay: HostStay) -> str:
    """Return what stands below the field: with whom, until when, and that it counts at home."""
    return f"{stay.says[:1].upper()}{stay.says[1:]}. It counts at home all the same."


_NEEDS = "Choose the activity and the day: the rules then say whether it counts."

FIELDS = (
    Field("apprenticeship_id", "Apprentice", "search", required=True, width=34),
    Field("done_on", "Day", "date", is_past=True, required=True, beside=True),
    Field("minutes", "Hours", "duration", required=True, beside=True, width=8),
    Field("activity", "Activity", "choice", required=True, choices=tuple(Activity), width=34),
    Field("what", "What was learned", beside=True),
    KSBS,
    Field("counts", "Counts as off-the-job", "tick", help=_NEEDS),
    Field("where", "Where it was done", "choice", choices=WHERE, beside=True, width=20),
)
"""What is typed of every entry; where it was done only on a day with a host.

The time of day of an imported one is kept as it is.
"""

_MISSING = {
    "apprenticeship_id": "Choose the apprentice.",
    "done_on": "Say on which day it was.",
    "minutes": "Say how long it took, for example 1:30, 1.5 or 90m.",
    "activity": "Choose what was done.",
}


class HoursForm(Form):
    """The form; whether an entry counts follows the dated rules until the person says otherwise."""

    def __init__(self, desk: Desk, people: Sequence[Choice], *, is_on_page: bool = False) -> None:
        fields = [
            replace(field, choices=tuple(people)) if field.name == "apprenticeship_id" else field
            for field in FIELDS
        ]
        if not is_on_page:  # an imported entry may have several lines
            fields = [
                replace(field, kind="long text") if field.name == "what" else field
                for field in fields
            ]
        super().__init__(
            fields,
            HoursDetails,
            desk.theme,
            today=desk.clock.today(),
            scrolls=not is_on_page,
        )
        self._rules = desk.lists.hours_rules
        self._judged: tuple[Activity | None, date | None] = (None, None)
        self._stays = desk.store.read(host_stays)
        self._placed: HostStay | None = None
        self._place()
        self.edited.connect(self._on_edited)

    def read(self) -> tuple[HoursDetails | None, list[Finding]]:
        """Return what is typed, or None and what is missing or cannot be read."""
        details, found = super().read()
        return details, [
            replace(each, message=_MISSING.get(each.place.field, each.message))
            if each.code == "FORM2"
            else each
            for each in found
        ]

    def open_with(self, details: HoursDetails) -> None:
        """Show *details*, what the rules say of them, and where it was where that is a question."""
        stay = self._stay(details.apprenticeship_id, details.done_on)
        where = None if stay is None else details.where or Where.HOST
        self.show_details(replace(details, where=where))
        self._place()
        self._judged = self._asked()
        self._say_rule()

    def begin(self, details: HoursDetails) -> None:
        """Show *details* as the start of a new entry: the rules decide whether it counts."""
        self.open_with(details)
        ruled = self._ruled()
        if ruled is not None:
            self.open_with(replace(details, counts=ruled[0]))

    def take_version(self, details: HoursDetails) -> None:
        """Type *details* over what is shown, as edits that are not saved yet."""
        for field in self.fields:
            self.set_value(field.name, getattr(details, field.name))
        self._judged = self._asked()
        self._say_rule()

    def judge(self) -> None:
        """Let the rules decide whether what is typed counts."""
        self._judged = self._asked()
        ruled = self._ruled()
        if ruled is not None:
            self.set_value("counts", ruled[0])
        self._say_rule()

    @property
    def counts(self) -> bool:
        """Whether it is to count."""
        return bool(self.value("counts"))

    def _asked(self) -> tuple[Activity | None, date | None]:
        return self.value("activity"), self.value("done_on")

    def _ruled(self) -> tuple[bool, str] | None:
        activity, day = self._asked()
        if activity is None or day is None:
            return None
        try:
            rule = self._rules.counting_rule(activity, day)
        except Problem as problem:
            return self.counts, str(problem)
        return rule.counts, rule.why

    def _stay(self, whose: UUID | None, day: date | None) -> HostStay | None:
        if whose is None or day is None:
            return None
        return stay_on(self._stays.get(whose, ()), day)

    def _place(self) -> None:
        """Ask where it was done on a day with a host; elsewhere it goes by the day."""
        stay = self._stay(self.value("apprenticeship_id"), self.value("done_on"))
        self.show_field("where", is_shown=stay is not None)
        self.set_help("where", "" if stay is None else where_help(stay))
        if stay != self._placed:
            is_new = self.value("where") is None or stay is None
            self._placed = stay
            if is_new:
                self.set_value("where", None if stay is None else Where.HOST)

    def _on_edited(self) -> None:
        self._place()
        if self._asked() != self._judged:
            self.judge()
        else:
            self._say_rule()

    def _say_rule(self) -> None:
        ruled = self._ruled()
        if ruled is None:
            self.set_help("counts", _NEEDS)
            return
        counts, why = ruled
        if counts == self.counts:
            self.set_help("counts", why)
        else:
            does = "counts" if counts else "does not count"
            self.set_help("counts", f"You decide otherwise; by the rule it {does}: {why}")
