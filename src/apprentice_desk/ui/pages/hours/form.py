"""The form of one entry of hours: the card at the top of the page, and the dialog that edits."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from uuid import UUID

from apprentice_desk.domain.findings import Finding
from apprentice_desk.domain.hours_rules import Activity
from apprentice_desk.domain.problems import Problem
from apprentice_desk.records.hours import HoursDetails
from apprentice_desk.ui.desk import Desk
from apprentice_desk.ui.kit.fields import Field
from apprentice_desk.ui.kit.forms import Form
from apprentice_desk.ui.sessions.ksb_field import KSBS

Choice = tuple[UUID, str]

_NEEDS = "Choose the activity and the day: the rules then say whether it counts."

FIELDS = (
    Field("apprenticeship_id", "Apprentice", "search", required=True, width=34),
    Field("done_on", "Day", "date", is_past=True, required=True, beside=True),
    Field("minutes", "Hours", "duration", required=True, beside=True, width=8),
    Field("activity", "Activity", "choice", required=True, choices=tuple(Activity), width=34),
    Field("what", "What was learned", beside=True),
    KSBS,
    Field("counts", "Counts as off-the-job", "tick", help=_NEEDS),
)
"""What is typed of every entry.  The time of day of an imported one is kept as it is."""

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
        """Show *details*, and what the rules say of them."""
        self.show_details(details)
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

    def _on_edited(self) -> None:
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
