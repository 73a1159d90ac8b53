"""What a sample desk's managers wrote down of courses: KSBs, plans done, reviews signed, pay."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from apprentice_desk import resources
from apprentice_desk.domain import ksb_codes
from apprentice_desk.domain.calendar import add_months
from apprentice_desk.domain.checklist import Checklist
from apprentice_desk.domain.ksb_status import KsbStatus, Voice
from apprentice_desk.domain.problems import Problem
from apprentice_desk.domain.review_meetings import ActionDetails, HeldDetails, Part
from apprentice_desk.domain.review_roles import ReviewRole
from apprentice_desk.domain.standards import Ksb, VersionDetails
from apprentice_desk.domain.wages import PayPer
from apprentice_desk.records import (
    apprentices,
    checklists,
    ksb_progress,
    learning,
    pay,
    review_actions,
    review_meetings,
    standard_versions,
)
from apprentice_desk.records.apprentices import Held

_DAYS_BEFORE = 21
"""So long before the start its list was dealt with."""


def load_version(session: Session, today: date) -> None:
    """Load what one standard asks, in words invented for the sample."""
    described = _described()["version"]
    code = described["standard"]
    listed = next((s for s in resources.standards_list().standards if s.code == code), None)
    if listed is None:
        raise Problem(f"The sample names {code}, which the catalogue does not have.")
    ksbs = (line.split(" ", 1) for line in described["ksbs"])
    details = VersionDetails(
        standard_code=code,
        version=listed.version,
        title=listed.title,
        level=listed.level,
        typical_months=listed.typical_months,
        source=described["source"],
        ksbs=tuple(Ksb(key, words) for key, words in ksbs),
    )
    standard_versions.load_version(session, details, today)


def keep_the_course(session: Session, enrolled: Mapping[str, UUID], today: date) -> None:
    """Put in what was written down of those whom the sample's file names."""
    for person in _described()["person"]:
        key = enrolled.get(person["name"])
        if key is not None:
            _Keeping(session, apprentices.held(session, key), person, today).keep()


def _described() -> dict[str, Any]:
    found: dict[str, Any] = resources.load_toml("sample", "course.toml")
    return found


class _Keeping:
    """Writes down what the file says of one person."""

    def __init__(
        self, session: Session, held: Held, person: Mapping[str, Any], today: date
    ) -> None:
        self._session = session
        self._key = held.apprenticeship_id
        self._manager = held.details.line_manager
        self._name = f"{held.details.given_names} {held.details.family_name}"
        started_on = held.details.training_started_on
        assert started_on is not None  # enrol says it
        self._started_on = started_on
        self._person = person
        self._today = today

    def keep(self) -> None:
        """Write all of it down."""
        self._pay()
        self._start()
        self._plan()
        self._reviews()
        self._say()

    def _pay(self) -> None:
        for rate in self._person.get("pay", ()):
            from_on = add_months(self._started_on, rate["months"])
            amount, per = Decimal(rate["amount"]), PayPer(rate["per"])
            pay.set_pay(self._session, self._key, from_on, amount, per)

    def _start(self) -> None:
        items = self._person.get("start_items", ())
        if self._person.get("start_done", False):
            items = [item.key for item in resources.programme_rules().start]
        day = min(self._started_on - timedelta(days=_DAYS_BEFORE), self._today)
        if items:
            checklists.tick(self._session, self._key, Checklist.START, items, day, self._manager)

    def _plan(self) -> None:
        """Call all activities done that were due, but for the newest."""
        if not self._person.get("plan_done", False):
            return
        rows = learning.plan_rows(self._session, self._key)
        due = [row for row in rows if row.due_on is not None and row.due_on < self._today]
        for row in due[:-1]:
            assert row.due_on is not None  # chosen so
            learning.finish_activity(self._session, row.id, row.due_on)

    def _reviews(self) -> None:
        parts = (
            Part(ReviewRole.APPRENTICE, self._name, was_there=True),
            Part(ReviewRole.MANAGER, self._manager, was_there=True),
            Part(ReviewRole.PROVIDER, "", was_there=True),
        )
        held = []
        if self._person.get("reviews_signed", False):
            rows = review_meetings.meeting_rows(self._session, [self._key]).get(self._key, ())
            held = [row for row in rows if row.held_on is not None]
        for row in held:
            assert row.held_on is not None  # chosen so
            details = HeldDetails(row.held_on, row.note, row.concerns, row.changes, parts)
            review_meetings.correct_held(self._session, row.id, details, self._today)
            signed_on = min(row.held_on + timedelta(days=2), self._today)
            signed = [Part(part.role, part.name, True, signed_on) for part in parts]
            review_meetings.sign_review(self._session, row.id, signed, self._today)
        for action in self._person.get("actions", ()):
            self._act(action)

    def _act(self, action: Mapping[str, Any]) -> None:
        due_on = self._today + timedelta(weeks=action["due_weeks"])
        owners = {"apprentice": self._name, "line manager": self._manager}
        owner = owners.get(action["owner"], action["owner"])
        details = ActionDetails(action["what"], owner, due_on)
        key = review_actions.add_action(self._session, self._key, details)
        if action.get("is_done", False):
            review_actions.finish_action(self._session, key, due_on, self._today)

    def _say(self) -> None:
        for said in self._person.get("statements", ()):
            day = max(add_months(self._today, -said["months_ago"]), self._started_on)
            voice = Voice(said["voice"])
            by = {Voice.APPRENTICE: self._name, Voice.MANAGER: self._manager}.get(voice, "")
            codes = ksb_codes.read(said["codes"])
            status = KsbStatus(said["status"])
            ksb_progress.say(
                self._session, self._key, codes, voice, status, day, by, today=self._today
            )
