"""The dialogs of a review before it is held, of its signatures, and of one action."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from PySide6.QtWidgets import QWidget

from apprentice_desk.domain.calendar import show_day
from apprentice_desk.domain.counting import time_of_day
from apprentice_desk.domain.findings import Finding, refuses
from apprentice_desk.domain.review_meetings import (
    ActionDetails,
    Meeting,
    Part,
    check_action,
    check_done,
    check_meeting,
    check_signature,
    names,
)
from apprentice_desk.domain.review_roles import ReviewRole
from apprentice_desk.records import review_actions, review_meetings
from apprentice_desk.records.review_actions import ActionRow
from apprentice_desk.records.review_meetings import MeetingRow
from apprentice_desk.records.standing import ApprenticeRow
from apprentice_desk.ui.desk import Desk
from apprentice_desk.ui.destinations import OpenRecord
from apprentice_desk.ui.kit import access
from apprentice_desk.ui.kit.dialogs import FormDialog
from apprentice_desk.ui.kit.fields import Field
from apprentice_desk.ui.kit.forms import Form
from apprentice_desk.ui.kit.pieces import label

PART = "reviews"
TIME_HELP = "Such as 09:30; blank where it is not known yet."


@dataclass(frozen=True, slots=True)
class Planning:
    """When and where a review is to be, and the names of those who are asked."""

    due_on: date | None = None
    began_at: str = ""
    place: str = ""
    manager: str = ""
    provider: str = ""
    host: str = ""
    others: str = ""


@dataclass(frozen=True, slots=True)
class Preparing:
    """The questions that somebody wants to ask."""

    questions: str = ""


@dataclass(frozen=True, slots=True)
class Signing:
    """On which day each of the three parties signed, and who signed for the provider."""

    apprentice_on: date | None = None
    manager_on: date | None = None
    manager: str = ""
    provider_on: date | None = None
    provider: str = ""


@dataclass(frozen=True, slots=True)
class Done:
    """When an action was done."""

    done_on: date | None = None


ASKED_FIELDS = (
    Field("manager", "Line manager", group="Who is asked", width=26),
    Field("provider", "For the provider", beside=True, width=26),
    Field("host", "Host manager", width=26, help="Of a secondment that is under way."),
    Field("others", "Others", beside=True, width=26, help="Names with semicolons between them."),
)


def when_fields(help_text: str) -> tuple[Field, ...]:
    """Return the fields of day, time and place."""
    return (
        Field("due_on", "Day", "date", required=True, help=help_text),
        Field(
            "began_at", "Time", beside=True, width=8, help=TIME_HELP, parse=time_of_day, show=str
        ),
        Field("place", "Place", width=40, help="A room, or how to join."),
    )


def asked_of(name: str, given: Any) -> tuple[Part, ...]:
    """Return who is asked to a review: the three parties, and whoever else is named."""
    parts = [
        Part(ReviewRole.APPRENTICE, name),
        Part(ReviewRole.MANAGER, given.manager),
        Part(ReviewRole.PROVIDER, given.provider),
    ]
    if given.host:
        parts.append(Part(ReviewRole.HOST, given.host))
    return (*parts, *(Part(ReviewRole.OTHER, each) for each in names(given.others)))


def name_of(parts: Sequence[Part], role: ReviewRole) -> str:
    """Return the name of the first with a *role*, "" where there is none."""
    return next((part.name for part in parts if part.role is role), "")


def planning_of(
    row: ApprenticeRow, meeting: Meeting, known: Mapping[ReviewRole, str] | None = None
) -> Planning:
    """Return what the form shows of *meeting*, with the names *known* where it has none."""
    known = known or {}
    parts = meeting.asked

    def called(role: ReviewRole, else_: str = "") -> str:
        return name_of(parts, role) or ("" if parts else known.get(role, "") or else_)

    return Planning(
        meeting.due_on,
        meeting.began_at,
        meeting.place,
        called(ReviewRole.MANAGER, row.line_manager),
        called(ReviewRole.PROVIDER),
        name_of(parts, ReviewRole.HOST),
        "; ".join(part.name for part in parts if part.role is ReviewRole.OTHER),
    )


def plan_review(
    desk: Desk,
    row: ApprenticeRow,
    proposed: Planning,
    latest_on: date | None,
    parent: QWidget,
    moved: MeetingRow | None = None,
) -> FormDialog:
    """Ask when a review is to be; with *moved* that one gets another day or other people."""
    label_text = f"{'Move' if moved else 'Plan'} a review of {row.name}"

    def save(given: Planning) -> list[Finding]:
        asked = asked_of(row.name, given)
        meeting = Meeting(given.due_on, given.began_at, given.place, asked)
        found = check_meeting(meeting, row.course.training_started_on)
        if refuses(found):
            return found
        with desk.change(label_text) as session:
            if moved is not None:
                review_meetings.move_review(session, moved.id, meeting)
            else:
                review_meetings.plan_review(session, row.id, meeting)
        return []

    help_text = "" if latest_on is None else f"One is due by {show_day(latest_on)}."
    return open_form(
        desk,
        row,
        (*when_fields(help_text), *ASKED_FIELDS),
        proposed,
        f"Move the review of {row.name}" if moved else f"Plan a review of {row.name}",
        "Move the review" if moved else "Plan the review",
        save,
        parent,
        f"review:{moved.id if moved else row.id}",
    )


def prepare_review(
    desk: Desk,
    row: ApprenticeRow,
    review: MeetingRow,
    asked: Sequence[str],
    then: Callable[[], object],
    parent: QWidget,
) -> FormDialog:
    """Show what the pack will ask, take questions of one's own, and do *then* (make the pack)."""

    def save(given: Preparing) -> None:
        if given.questions != review.questions:
            with desk.change(f"Prepare the review of {row.name}") as session:
                review_meetings.prepare_review(session, review.id, given.questions)

    fields = (
        Field(
            "questions",
            "Your own questions",
            "long text",
            rows=5,
            help="One on each line; they stand first in the pack.",
        ),
    )
    below = [label("What the facts ask for", "heading")]
    below += [label(f"– {each}", wraps=True) for each in asked]
    if not asked:
        below.append(label("Nothing in the record calls for a question.", "quiet", wraps=True))
    held = (
        "The pack also holds the hours since the last review by activity and against the plan,"
        " which codes moved on, what is done, overdue and next in the plan, open actions, and"
        " room to write and to sign."
    )
    below.append(label(held, "small", wraps=True))
    dialog = open_form(
        desk, row, fields, Preparing(review.questions), f"Prepare the review of {row.name}",
        "Save and open the pack", save, parent, f"prepare:{review.id}", below=below,
    )  # fmt: skip
    access.name(dialog, dialog.windowTitle(), "What the facts ask for: " + " ".join(asked))
    dialog.saved.connect(lambda _details: then())
    return dialog


def sign_review(desk: Desk, row: ApprenticeRow, review: MeetingRow, parent: QWidget) -> FormDialog:
    """Ask on which day each party signed."""
    shown = {part.role: part for part in reversed(review.parts)}

    def on(role: ReviewRole) -> date | None:
        return shown[role].signed_on if role in shown else None

    def save(given: Signing) -> list[Finding]:
        signatures = (
            ("apprentice_on", Part(ReviewRole.APPRENTICE, row.name, None, given.apprentice_on)),
            ("manager_on", Part(ReviewRole.MANAGER, given.manager, None, given.manager_on)),
            ("provider_on", Part(ReviewRole.PROVIDER, given.provider, None, given.provider_on)),
        )
        today = desk.clock.today()
        found = [
            finding
            for field, part in signatures
            for finding in check_signature(part, review.held_on, today, field)
        ]
        if found:
            return found
        with desk.change(f"Sign off the review of {row.name}") as session:
            review_meetings.sign_review(session, review.id, [part for _, part in signatures], today)
        return []

    fields = (
        Field("apprentice_on", f"{row.name} signed on", "date", help="Blank: not signed yet."),
        Field("manager_on", "Line manager signed on", "date"),
        Field("manager", "Name of the line manager", beside=True, width=26),
        Field("provider_on", "Provider signed on", "date"),
        Field("provider", "Name for the provider", beside=True, width=26),
    )
    details = Signing(
        on(ReviewRole.APPRENTICE),
        on(ReviewRole.MANAGER),
        name_of(review.parts, ReviewRole.MANAGER) or row.line_manager,
        on(ReviewRole.PROVIDER),
        name_of(review.parts, ReviewRole.PROVIDER),
    )
    return open_form(
        desk, row, fields, details, f"Sign off the review of {row.name}", "Save the signatures",
        save, parent, f"sign:{review.id}",
    )  # fmt: skip


# --- actions --------------------------------------------------------------------------------------

ACTION_FIELDS = (
    Field("what", "What is to be done", required=True),
    Field("owner", "Who takes it on", required=True, width=30),
    Field("due_on", "By when", "date", beside=True),
    Field("note", "Note", "long text", rows=2),
)


def edit_action(
    desk: Desk, row: ApprenticeRow, action: ActionRow | None, parent: QWidget
) -> FormDialog:
    """Add an action, or change one."""
    verb = "Change" if action else "Add"

    def save(given: ActionDetails) -> list[Finding]:
        found = check_action(given)
        if found:
            return found
        with desk.change(f"{verb} an action of {row.name}") as session:
            if action is not None:
                review_actions.correct_action(session, action.id, given)
            else:
                review_actions.add_action(session, row.id, given)
        return []

    details = ActionDetails(owner=row.name) if action is None else action.details
    return open_form(
        desk, row, ACTION_FIELDS, details, f"{verb} an action of {row.name}",
        "Save" if action else "Add the action", save, parent,
        f"action:{action.id if action else row.id}",
    )  # fmt: skip


def finish_action(desk: Desk, row: ApprenticeRow, action: ActionRow, parent: QWidget) -> FormDialog:
    """Ask when an action was done; today is offered."""
    today = desk.clock.today()

    def save(given: Done) -> list[Finding]:
        found = check_done(given.done_on, today)
        if found:
            return found
        with desk.change(f"Record that “{action.what[:60]}” is done") as session:
            review_actions.finish_action(session, action.id, given.done_on, today)
        return []

    fields = (Field("done_on", "Done on", "date", required=True, help=action.what),)
    return open_form(
        desk, row, fields, Done(today), "An action is done", "Record that it is done", save,
        parent, f"done:{action.id}",
    )  # fmt: skip


def open_form(
    desk: Desk,
    row: ApprenticeRow,
    fields: Sequence[Field],
    details: Any,
    title: str,
    confirm_text: str,
    save: Callable[[Any], Any],
    parent: QWidget,
    key: str,
    *,
    wide: float = 130,
    below: Sequence[QWidget] = (),
    make: Callable[..., Form] = Form,
) -> FormDialog:
    """Open a form of this part, *wide* quarters where there is room, with parts *below* it.

    What is typed outlives a crash.  *make* makes another form than a plain one.
    """
    form = make(fields, type(details), desk.theme, today=desk.clock.today())
    form.show_details(details)
    for each in below:
        form.put_below(each)
    draft = desk.draft(f"{type(details).__name__}:{key}", title, OpenRecord(row.id, PART))
    dialog = FormDialog(form, title, confirm_text, save, desk.theme, parent, draft=draft, wide=wide)
    dialog.open()
    return dialog
