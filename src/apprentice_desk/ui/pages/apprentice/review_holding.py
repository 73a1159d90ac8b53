"""The form of a review that was held: who was there, what was said, what follows from it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import field, make_dataclass
from datetime import date
from functools import partial
from itertools import count, takewhile
from typing import Any
from uuid import UUID

from PySide6.QtWidgets import QWidget

from apprentice_desk import resources
from apprentice_desk.domain.calendar import show_day
from apprentice_desk.domain.counting import time_of_day
from apprentice_desk.domain.findings import Finding, Level, Place
from apprentice_desk.domain.needs_of_people import review_due_by
from apprentice_desk.domain.review_meetings import (
    ActionDetails,
    HeldDetails,
    Meeting,
    Part,
    check_action,
    check_held,
    check_meeting,
    proposed_on,
)
from apprentice_desk.domain.review_roles import ReviewRole
from apprentice_desk.records import review_meetings
from apprentice_desk.records.review_actions import ActionRow
from apprentice_desk.records.review_meetings import MeetingRow, Outcome
from apprentice_desk.records.standing import ApprenticeRow
from apprentice_desk.ui.desk import Desk
from apprentice_desk.ui.kit.dialogs import FormDialog
from apprentice_desk.ui.kit.fields import Field
from apprentice_desk.ui.kit.growing import GrowingForm
from apprentice_desk.ui.pages.apprentice.review_dialogs import (
    TIME_HELP,
    asked_of,
    name_of,
    open_form,
)

AGREED = 3
"""So many actions stand in the form at first; a button adds others."""

_SAID_FIELDS = (
    Field("note", "Discussed", "long text", group="What was said", rows=3),
    Field("concerns", "Concerns", "long text", rows=2),
    Field("changes", "What is new, or has to be planned again", "long text", rows=2),
)


def hold_review(
    desk: Desk,
    row: ApprenticeRow,
    review: MeetingRow,
    open_actions: Sequence[ActionRow],
    parent: QWidget,
    planned_on: date | None = None,
) -> FormDialog:
    """Ask what there is to record of a review that was held, and when the next one is to be.

    No day is proposed where one is planned already, *planned_on*.
    """
    today, holidays = desk.clock.today(), resources.bank_holidays()
    interval = resources.review_rules().interval_days(today)
    on = review.due_on if review.due_on is not None and review.due_on <= today else today
    fields = (
        *_there_fields("The day of the review, never one to come."),
        *_SAID_FIELDS,
        *_done_fields(open_actions),
        *_agreed_fields(),
        Field("next_on", "Day", "date", group="The next review"),
        Field("next_at", "Time", beside=True, width=8, help=TIME_HELP, parse=time_of_day, show=str),
        Field("next_place", "Place", width=40),
    )
    details = _details(
        fields,
        **_there(row, review, is_held=False),
        held_on=on,
        next_on=None if planned_on else proposed_on(row.course, on, interval, holidays),
        next_at=review.began_at,
        next_place=review.place,
    )

    def save(given: Any) -> list[Finding]:
        held = _held(row.name, given)
        latest = review_due_by(row.course, held.held_on, interval)
        following = None
        found = _beside_there(check_held(held, row.course.training_started_on, today))
        if given.next_on is not None:
            asked = tuple(Part(part.role, part.name) for part in held.parts)
            following = Meeting(given.next_on, given.next_at, given.next_place, asked)
            found += _renamed(check_meeting(following, None, latest, held.held_on))
        agreed = _agreed(given)
        for number, action in agreed:
            found += check_action(action, held.held_on, f"_{number}")
        if found:
            return found
        done = tuple(action.id for action in open_actions if getattr(given, _done_name(action.id)))
        outcome = Outcome(tuple(action for _, action in agreed), done, following, interval)
        with desk.change(f"Record the review of {row.name} on {_shown(held.held_on)}") as session:
            review_meetings.hold(session, review.id, held, outcome, today)
        return []

    dialog = open_form(
        desk, row, fields, details, f"Review of {row.name}", "Record the review", save, parent,
        f"hold:{review.id}", wide=175, make=_GROWING,
    )  # fmt: skip
    _follow_day(dialog, row, interval, planned_on)
    return dialog


def correct_held(desk: Desk, row: ApprenticeRow, review: MeetingRow, parent: QWidget) -> FormDialog:
    """Correct what was recorded of a review."""
    today = desk.clock.today()
    is_signed = any(part.signed_on is not None for part in review.parts)
    says = "Where this changes anything, nobody has signed it any more." if is_signed else ""
    fields = (*_there_fields(says), *_SAID_FIELDS)
    details = _details(fields, **_there(row, review, is_held=True), held_on=review.held_on)

    def save(given: Any) -> list[Finding]:
        held = _held(row.name, given)
        found = _beside_there(check_held(held, row.course.training_started_on, today))
        if found:
            return found
        with desk.change(f"Correct the review of {row.name}") as session:
            review_meetings.correct_held(session, review.id, held, today)
        return []

    return open_form(
        desk, row, fields, details, f"Correct the review of {row.name}", "Save", save, parent,
        f"correct:{review.id}",
    )  # fmt: skip


# --- fields ---------------------------------------------------------------------------------------


def _there_fields(help_text: str) -> tuple[Field, ...]:
    return (
        Field("held_on", "Held on", "date", required=True, help=help_text),
        Field("apprentice_was", "The apprentice was there", "tick", group="Who was there"),
        Field("manager_was", "The line manager was there", "tick"),
        Field("manager", "Name of the line manager", beside=True, width=26),
        Field("provider_was", "The provider was there", "tick"),
        Field("provider", "Name for the provider", beside=True, width=26),
        Field("host_was", "The host was there", "tick"),
        Field("host", "Name of the host manager", beside=True, width=26),
        Field("others", "Others who were there", help="Names with semicolons between them."),
    )


def _done_fields(actions: Sequence[ActionRow]) -> tuple[Field, ...]:
    """A tick for each open action, to say that it is done."""
    return tuple(
        Field(
            _done_name(action.id),
            f"{number}. Done: {_short(action.what)}",
            "tick",
            group="Open actions" if number == 1 else "",
            help=_in_full(action),
        )
        for number, action in enumerate(actions, 1)
    )


_SHORT = 24
"""A tick's words stand on one line, in a narrow window too; all of them stand below."""


def _short(what: str) -> str:
    return what if len(what) <= _SHORT else f"{what[: _SHORT - 1].rstrip()}…"


def _in_full(action: ActionRow) -> str:
    by = "" if action.due_on is None else f"by {show_day(action.due_on)}"
    return ", ".join(each for each in (action.what, action.owner, by) if each)


def _done_name(action_id: UUID) -> str:
    return f"done_{action_id.hex}"


def _action_fields(number: int) -> tuple[Field, ...]:
    """Three fields in a line for an action that may be agreed."""
    return (
        Field(
            f"what_{number}",
            f"Action {number}",
            group="" if number > 1 else "Actions agreed",
            width=34,
        ),
        Field(f"owner_{number}", f"Who takes on action {number}", beside=True, width=18),
        Field(
            f"due_on_{number}",
            f"By when, action {number}",
            "date",
            beside=True,
            help="" if number > 1 else "Blank: by the next review.",
        ),
    )


def _agreed_fields() -> tuple[Field, ...]:
    return tuple(each for number in range(1, AGREED + 1) for each in _action_fields(number))


_DEFAULTS: dict[str, Any] = {"date": None, "tick": False}


def _details_class(fields: Sequence[Field]) -> type:
    """Return the class of a form with *fields*: it has a tick for each action that is open."""
    return make_dataclass(
        "Holding",
        [(each.name, Any, field(default=_DEFAULTS.get(each.kind, ""))) for each in fields],
        frozen=True,
    )


def _details(fields: Sequence[Field], **values: Any) -> Any:
    """Return what a form with *fields* shows."""
    return _details_class(fields)(**values)


_GROWING = partial(
    GrowingForm,
    line_of=_action_fields,
    details_of=_details_class,
    count=AGREED,
    add_words="Add another action",
)


def _there(row: ApprenticeRow, review: MeetingRow, *, is_held: bool) -> dict[str, Any]:
    """Who was there; before it is recorded the three parties are ticked."""
    parts = review.parts
    there = {part.role for part in parts if part.was_there}
    asked = set(ReviewRole) - {ReviewRole.OTHER, ReviewRole.HOST}
    if any(part.role is ReviewRole.HOST for part in parts):
        asked.add(ReviewRole.HOST)
    ticked = there if is_held else asked
    return {
        "apprentice_was": ReviewRole.APPRENTICE in ticked,
        "manager_was": ReviewRole.MANAGER in ticked,
        "manager": name_of(parts, ReviewRole.MANAGER) or row.line_manager,
        "provider_was": ReviewRole.PROVIDER in ticked,
        "provider": name_of(parts, ReviewRole.PROVIDER),
        "host_was": ReviewRole.HOST in ticked,
        "host": name_of(parts, ReviewRole.HOST),
        "others": "; ".join(part.name for part in parts if part.role is ReviewRole.OTHER),
        "note": review.note,
        "concerns": review.concerns,
        "changes": review.changes,
    }


def _held(name: str, given: Any) -> HeldDetails:
    was = {
        ReviewRole.APPRENTICE: given.apprentice_was,
        ReviewRole.MANAGER: given.manager_was,
        ReviewRole.PROVIDER: given.provider_was,
        ReviewRole.HOST: given.host_was,
        ReviewRole.OTHER: True,
    }
    parts = tuple(Part(part.role, part.name, was[part.role]) for part in asked_of(name, given))
    if given.host_was and not given.host:
        parts = (*parts[:3], Part(ReviewRole.HOST, "", True), *parts[3:])
    return HeldDetails(given.held_on, given.note, given.concerns, given.changes, parts)


def _agreed(given: Any) -> list[tuple[int, ActionDetails]]:
    """The actions of which anything was typed, with the number of their line."""
    found = []
    for number in takewhile(lambda n: hasattr(given, f"what_{n}"), count(1)):
        action = ActionDetails(
            getattr(given, f"what_{number}"),
            getattr(given, f"owner_{number}"),
            getattr(given, f"due_on_{number}"),
        )
        if action != ActionDetails():
            found.append((number, action))
    return found


def _beside_there(findings: Sequence[Finding]) -> list[Finding]:
    """The same, with what is said of all people beside the first of them."""
    return [
        _moved(each, "apprentice_was") if each.place.field == "parts" else each for each in findings
    ]


def _renamed(findings: Sequence[Finding]) -> list[Finding]:
    """What is wrong with the next review, beside its own fields."""
    fields = {"due_on": "next_on", "began_at": "next_at"}
    return [_moved(each, fields[each.place.field]) for each in findings]


def _moved(finding: Finding, name: str) -> Finding:
    return Finding(Level.ROW, finding.code, finding.message, finding.remedy, Place(field=name))


def _shown(day: date | None) -> str:
    return "" if day is None else show_day(day)


def _follow_day(
    dialog: FormDialog, row: ApprenticeRow, interval: int, planned_on: date | None
) -> None:
    """Say by when the next review has to be, as the day of this one is typed."""
    form = dialog.form
    begins = (
        f"One is planned for {show_day(planned_on)} already: blank plans no other."
        if planned_on
        else "Blank: none is planned yet."
    )

    def say() -> None:
        latest = review_due_by(row.course, form.value("held_on"), interval)
        form.set_help(
            "next_on", begins + ("" if latest is None else f" At the latest {show_day(latest)}.")
        )

    form.edited.connect(say)
    say()
