"""The small forms behind More: what happens to an apprenticeship, one step at a time."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from PySide6.QtWidgets import QWidget

from apprentice_desk.domain.calendar import show_day
from apprentice_desk.domain.vocabulary import Destination, Grade
from apprentice_desk.records import apprentices, programmes
from apprentice_desk.records.standing import ApprenticeRow
from apprentice_desk.ui.desk import Desk, OpenApprentice
from apprentice_desk.ui.kit.dialogs import FormDialog, Question, ask
from apprentice_desk.ui.kit.fields import Field
from apprentice_desk.ui.kit.forms import Form
from apprentice_desk.ui.pages.apprentices.form import leaving_choices


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


@dataclass(frozen=True, slots=True)
class GatewayDetails:
    """When the gateway was passed."""

    on: date | None = None


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

    def save(given: BreakDetails) -> None:
        assert given.first_on is not None  # the field is required
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
    return _open(
        desk, row, fields, BreakDetails(), f"Break for {row.name}", "Start the break", save, parent
    )


def resume(desk: Desk, row: ApprenticeRow, parent: QWidget) -> FormDialog:
    """Ask when the break ended, and until when training is planned now."""

    def save(given: ReturnDetails) -> None:
        assert given.last_on is not None
        with desk.change(f"Record the return of {row.name} from a break") as session:
            programmes.resume(session, row.id, given.last_on, given.planned_end_on)

    open_break = next((spell for spell in row.course.breaks if spell.last is None), None)
    since = f"The break began on {show_day(open_break.first)}." if open_break else ""
    planned = row.course.training_planned_end_on
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
    )
    return _open(
        desk,
        row,
        fields,
        ReturnDetails(),
        f"Return of {row.name}",
        "Record the return",
        save,
        parent,
    )


def enter_assessment(desk: Desk, row: ApprenticeRow, parent: QWidget) -> FormDialog:
    """Ask when the gateway was passed."""

    def save(given: GatewayDetails) -> None:
        assert given.on is not None
        with desk.change(f"Record that {row.name} passed the gateway") as session:
            programmes.enter_assessment(session, row.id, given.on)

    fields = (Field("on", "Gateway passed on", "date", is_past=True, required=True),)
    return _open(
        desk,
        row,
        fields,
        GatewayDetails(),
        f"Gateway of {row.name}",
        "Record the gateway",
        save,
        parent,
    )


def complete(desk: Desk, row: ApprenticeRow, parent: QWidget) -> FormDialog:
    """Ask when and how it was completed."""

    def save(given: CompletionDetails) -> None:
        assert given.on is not None
        with desk.change(f"Record that {row.name} completed") as session:
            programmes.complete(session, row.id, given.on, given.grade, given.destination)

    fields = (
        Field("on", "Completed on", "date", is_past=True, required=True),
        Field("grade", "Grade", "choice", choices=tuple(Grade)),
        Field("destination", "Went on to", "choice", choices=tuple(Destination)),
    )
    return _open(
        desk,
        row,
        fields,
        CompletionDetails(),
        f"Completion of {row.name}",
        "Record the completion",
        save,
        parent,
    )


def withdraw(desk: Desk, row: ApprenticeRow, parent: QWidget) -> FormDialog:
    """Ask when and why somebody left early."""

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
            choices=leaving_choices(),
            help="Stays in this desk; a return carries only its group.",
        ),
        Field("destination", "Went on to", "choice", choices=tuple(Destination)),
    )
    return _open(
        desk,
        row,
        fields,
        WithdrawalDetails(),
        f"{row.name} leaves early",
        "Record that they left",
        save,
        parent,
    )


def remove(desk: Desk, row: ApprenticeRow, parent: QWidget) -> Question:
    """Ask before a person is taken out of the desk."""

    def act() -> None:
        with desk.change(f"Remove {row.name}") as session:
            apprentices.remove(session, row.apprentice_id)

    return ask(
        parent,
        desk.theme,
        f"Remove {row.name}?",
        "This is for people entered by mistake: the person and all their apprenticeships go out of"
        " the desk. Undo brings them back. Somebody who left early stays: choose “Left early”.",
        f"Remove {row.name}",
        lambda: desk.attempt(act),
        danger=True,
    )


def _open(
    desk: Desk,
    row: ApprenticeRow,
    fields: Sequence[Field],
    details: Any,
    title: str,
    confirm_text: str,
    save: Callable[[Any], None],
    parent: QWidget,
) -> FormDialog:
    form = Form(fields, type(details), desk.theme, today=desk.clock.today())
    form.show_details(details)
    draft = desk.draft(f"{type(details).__name__}:{row.id}", title, OpenApprentice(row.id))
    dialog = FormDialog(form, title, confirm_text, save, desk.theme, parent, draft=draft, wide=120)
    dialog.open()
    return dialog
