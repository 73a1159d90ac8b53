"""The small forms of moves: breaks, the gateway and the end; what comes of each is said first."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from PySide6.QtWidgets import QWidget

from apprentice_desk.domain import move_checks, moves
from apprentice_desk.domain.apprenticeship import Outcome
from apprentice_desk.domain.calendar import show_day
from apprentice_desk.domain.findings import Finding, Level, Place
from apprentice_desk.domain.needs import counted, listed
from apprentice_desk.domain.vocabulary import Destination, Grade
from apprentice_desk.records import programmes
from apprentice_desk.records.standing import ApprenticeRow
from apprentice_desk.ui.desk import Desk
from apprentice_desk.ui.destinations import OpenApprentice
from apprentice_desk.ui.kit.dialogs import FormDialog
from apprentice_desk.ui.kit.fields import Field
from apprentice_desk.ui.kit.forms import Form
from apprentice_desk.ui.moving.afterwards import offer_plan
from apprentice_desk.ui.moving.choices import gateway_of, leaving_choices, moving_of
from apprentice_desk.ui.moving.consequences import Consequences, Tell


@dataclass(frozen=True, slots=True)
class BreakDetails:
    """How a break in learning begins."""

    first_on: date | None = None
    is_first_day_given: bool = True
    reason: str = ""


@dataclass(frozen=True, slots=True)
class ReturnDetails:
    """How it ends."""

    last_on: date | None = None
    planned_end_on: date | None = None
    apprenticeship_end_on: date | None = None


@dataclass(frozen=True, slots=True)
class GatewayDetails:
    """When the gateway was passed, and that what is open was heeded."""

    on: date | None = None
    is_open_heeded: bool = False


@dataclass(frozen=True, slots=True)
class BackDetails:
    """When the apprentice came back into training, and why."""

    on: date | None = None
    reason: str = ""


@dataclass(frozen=True, slots=True)
class CompletionDetails:
    """How an apprenticeship was completed."""

    on: date | None = None
    grade: Grade | None = None
    destination: Destination | None = None


@dataclass(frozen=True, slots=True)
class WithdrawalDetails:
    """How somebody left early."""

    on: date | None = None
    leaving_reason: str | None = None
    destination: Destination | None = None


def start_break(desk: Desk, row: ApprenticeRow, parent: QWidget) -> FormDialog:
    """Ask when the break begins."""
    moving = moving_of(desk, row)

    def tell(given: BreakDetails) -> tuple[moves.Consequence, ...]:
        assert given.first_on is not None  # the field is required
        move_checks.check_break(row.course, given.first_on)
        return moves.of_break(moving, given.first_on)

    def save(given: BreakDetails) -> None:
        assert given.first_on is not None
        with desk.change(f"Start a break for {row.name}") as session:
            programmes.start_break(
                session,
                row.id,
                given.first_on,
                given.reason,
                is_day_given=given.is_first_day_given,
            )

    fields = (
        Field(
            "first_on",
            "First day of the break",
            "month date",
            required=True,
            day_given="is_first_day_given",
            help="A month alone is enough. The planned end moves when they come back.",
        ),
        Field("reason", "Reason"),
    )
    return open_move(
        desk, row, fields, BreakDetails(), f"Break for {row.name}", "Start the break", save, tell,
        parent,
    )  # fmt: skip


def resume(desk: Desk, row: ApprenticeRow, parent: QWidget) -> FormDialog:
    """Ask when the break ended, and until when training is planned now."""
    moving = moving_of(desk, row)
    course = row.course

    def tell(given: ReturnDetails) -> tuple[moves.Consequence, ...]:
        assert given.last_on is not None
        move_checks.check_return(
            course, given.last_on, given.planned_end_on, given.apprenticeship_end_on
        )
        return moves.of_return(moving, given.last_on, given.planned_end_on)

    def save(given: ReturnDetails) -> None:
        assert given.last_on is not None
        with desk.change(f"Record the return of {row.name} from a break") as session:
            programmes.resume(
                session, row.id, given.last_on, given.planned_end_on, given.apprenticeship_end_on
            )

    open_break = next((spell for spell in course.breaks if spell.last is None), None)
    since = f"The break began on {show_day(open_break.first)}." if open_break else ""
    planned, whole = course.training_planned_end_on, course.apprenticeship_planned_end_on
    fields = (
        Field("last_on", "Last day of the break", "date", required=True, help=since),
        Field(
            "planned_end_on",
            "Training now planned to end",
            "date",
            help="As agreed with the provider; blank leaves "
            + (show_day(planned) if planned else "it as it is")
            + ".",
        ),
        Field(
            "apprenticeship_end_on",
            "Apprenticeship now planned to end",
            "date",
            help="With assessment; blank leaves "
            + (show_day(whole) if whole else "it as it is")
            + ".",
        ),
    )
    dialog = open_move(
        desk, row, fields, ReturnDetails(), f"Return of {row.name}", "Record the return", save,
        tell, parent,
    )  # fmt: skip
    if open_break is not None:
        first_on = open_break.first
        dialog.saved.connect(lambda _given: offer_plan(desk, row.id, first_on, parent))
    return dialog


def enter_assessment(desk: Desk, row: ApprenticeRow, parent: QWidget) -> FormDialog:
    """Ask when the gateway was passed; with open items somebody has to say so."""
    moving, today = moving_of(desk, row), desk.clock.today()
    found = gateway_of(desk, row)
    left = found.open
    named = listed([item.title for item in left], 4)

    def tell(given: GatewayDetails) -> tuple[moves.Consequence, ...]:
        assert given.on is not None
        move_checks.check_gateway(row.course, given.on, today)
        return moves.of_gateway(moving, found)

    def save(given: GatewayDetails) -> list[Finding]:
        assert given.on is not None
        if left and not given.is_open_heeded:
            says = f"{counted(len(left), 'item')} of the checklist still open: {named}."
            remedy = "Tick that it is passed with them, or see to them first."
            return [Finding(Level.ROW, "MV001", says, remedy, Place(field="is_open_heeded"))]
        with_open = f" with {counted(len(left), 'item')} open: {named}" if left else ""
        with desk.change(f"Record that {row.name} passed the gateway{with_open}") as session:
            programmes.enter_assessment(session, row.id, given.on, today)
        return []

    fields = [Field("on", "Gateway passed on", "date", required=True)]
    if left:
        words = f"It is passed with {counted(len(left), 'item')} open"
        fields.append(Field("is_open_heeded", words, "tick", help=f"{named}."))
    return open_move(
        desk, row, fields, GatewayDetails(), f"Gateway of {row.name}", "Record the gateway", save,
        tell, parent,
    )  # fmt: skip


def back_from_assessment(desk: Desk, row: ApprenticeRow, parent: QWidget) -> FormDialog:
    """Ask from when somebody trains again after the gateway."""
    moving, today = moving_of(desk, row), desk.clock.today()

    def tell(given: BackDetails) -> tuple[moves.Consequence, ...]:
        assert given.on is not None
        move_checks.check_back_from_assessment(row.course, given.on, today)
        return moves.of_back(moving, given.on)

    def save(given: BackDetails) -> None:
        assert given.on is not None
        with desk.change(f"Record that {row.name} is back in training") as session:
            programmes.back_from_assessment(session, row.id, given.on, given.reason, today)

    passed_on = row.course.assessment_began_on
    since = f"The gateway was passed on {show_day(passed_on)}." if passed_on else ""
    fields = (
        Field("on", "In training again from", "date", required=True, help=since),
        Field("reason", "Reason", help="Such as a resit to train for."),
    )
    return open_move(
        desk, row, fields, BackDetails(), f"{row.name} trains again", "Record the return to"
        " training", save, tell, parent,
    )  # fmt: skip


def complete(desk: Desk, row: ApprenticeRow, parent: QWidget) -> FormDialog:
    """Ask when and how it was completed."""
    moving, today = moving_of(desk, row), desk.clock.today()

    def tell(given: CompletionDetails) -> tuple[moves.Consequence, ...]:
        assert given.on is not None
        move_checks.check_end(row.course, Outcome.COMPLETED, given.on, today)
        return moves.of_completion(moving, given.on)

    def save(given: CompletionDetails) -> None:
        assert given.on is not None
        with desk.change(f"Record that {row.name} completed") as session:
            programmes.complete(session, row.id, given.on, given.grade, given.destination, today)

    fields = (
        Field("on", "Completed on", "date", required=True),
        Field("grade", "Grade", "choice", choices=tuple(Grade)),
        Field("destination", "Went on to", "choice", choices=tuple(Destination)),
    )
    return open_move(
        desk, row, fields, CompletionDetails(), f"Completion of {row.name}",
        "Record the completion", save, tell, parent,
    )  # fmt: skip


def withdraw(desk: Desk, row: ApprenticeRow, parent: QWidget) -> FormDialog:
    """Ask when and why somebody left early."""
    moving, today = moving_of(desk, row), desk.clock.today()

    def tell(given: WithdrawalDetails) -> tuple[moves.Consequence, ...]:
        assert given.on is not None
        move_checks.check_end(row.course, Outcome.WITHDRAWN, given.on)
        found = moves.of_withdrawal(moving, given.on)
        if given.on <= today:
            return found
        says = f"on programme to {show_day(given.on - timedelta(days=1))}, and gone from then on"
        return (moves.Consequence("Until then", says), *found)

    def save(given: WithdrawalDetails) -> None:
        assert given.on is not None
        with desk.change(f"Record that {row.name} left early") as session:
            programmes.withdraw(session, row.id, given.on, given.leaving_reason, given.destination)

    fields = (
        Field("on", "Last day", "date", required=True),
        Field(
            "leaving_reason",
            "Reason",
            "choice",
            required=True,
            choices=leaving_choices(),
            help="Stays in this desk; a return carries only its group. Where nobody says, choose"
            " “Reason not known”.",
        ),
        Field("destination", "Went on to", "choice", choices=tuple(Destination)),
    )
    return open_move(
        desk, row, fields, WithdrawalDetails(), f"{row.name} leaves early",
        "Record that they left", save, tell, parent,
    )  # fmt: skip


def open_move(
    desk: Desk,
    row: ApprenticeRow,
    fields: Sequence[Field],
    details: Any,
    title: str,
    confirm_text: str,
    save: Callable[[Any], Any],
    tell: Tell,
    parent: QWidget,
) -> FormDialog:
    """Open the form of a move, with what comes of it below its fields."""
    form = Form(fields, type(details), desk.theme, today=desk.clock.today())
    form.show_details(details)
    needed = tuple(field.name for field in fields if field.required)
    told = Consequences(form, tell, needed, desk.theme)
    told.setObjectName("consequences")
    draft = desk.draft(f"{type(details).__name__}:{row.id}", title, OpenApprentice(row.id))
    dialog = FormDialog(form, title, confirm_text, save, desk.theme, parent, draft=draft)
    space = desk.theme.space
    dialog.resize(
        min(dialog.width(), space(140)), min(dialog.height(), space(96 + 22 * len(fields)))
    )
    dialog.open()
    return dialog
