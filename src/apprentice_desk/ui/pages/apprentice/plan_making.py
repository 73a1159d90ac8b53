"""Plans made from others: a template, an offer, the plan of a colleague; and moving one."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from PySide6.QtWidgets import QDialog, QWidget

from apprentice_desk.domain.findings import Finding
from apprentice_desk.domain.planning import ActivityDetails, PlanActivityRow
from apprentice_desk.domain.planning_templates import as_lines
from apprentice_desk.domain.problems import Problem
from apprentice_desk.records.offers import offer_rows
from apprentice_desk.records.plan_templates import (
    TemplateDetails,
    check_template,
    save_template,
    template_rows,
)
from apprentice_desk.records.standing import ApprenticeRow, apprentice_rows
from apprentice_desk.ui.desk import Desk
from apprentice_desk.ui.destinations import OpenLibrary, OpenRecord
from apprentice_desk.ui.kit.dialogs import FormDialog
from apprentice_desk.ui.kit.fields import Field
from apprentice_desk.ui.kit.forms import Form
from apprentice_desk.ui.pages.apprentice.plan_dialogs import FromTemplateDialog, MoveDialog
from apprentice_desk.ui.people_list import people_lines
from apprentice_desk.ui.planning import editing
from apprentice_desk.ui.planning.forms import TEMPLATE_FIELDS
from apprentice_desk.ui.planning.offered import activity_from
from apprentice_desk.ui.planning.taking_on import TakeOnDialog
from apprentice_desk.ui.planning.wanted import NO_START, from_plan

LIBRARY = OpenLibrary(back_to="apprentice")
OFFERS = OpenLibrary("offers", back_to="apprentice")
_NOTHING = Problem("There is nothing in this plan yet.", "Add activities first.")


def take_template(
    desk: Desk, row: ApprenticeRow, plan: Sequence[PlanActivityRow], parent: QWidget
) -> FromTemplateDialog | None:
    """Choose a template and add its activities; None, and said, where that cannot be."""
    if not _has_start(desk, row):
        return None
    templates = desk.store.read(template_rows)
    if not templates:
        desk.messages.warn(
            "There is no template yet.",
            "Save a good plan as a template, or make one.",
            "Templates",
            lambda: desk.go(LIBRARY),
        )
        return None
    dialog = FromTemplateDialog(desk, row, plan, templates, parent)
    dialog.open()
    return dialog


def copy_to_others(
    desk: Desk, row: ApprenticeRow, plan: Sequence[PlanActivityRow], parent: QWidget
) -> TakeOnDialog | None:
    """Choose who is to have this plan too; None, and said, where that cannot be."""
    started_on = row.course.training_started_on
    if not _has_start(desk, row) or not _has_plan(desk, plan) or started_on is None:
        return None
    everybody = desk.store.read(
        apprentice_rows, desk.clock.today(), desk.lists.hours_rules, desk.lists.role_families
    )
    people = people_lines([each for each in everybody if each.id != row.id], desk)
    dialog = TakeOnDialog(
        desk,
        f"Copy the plan of {row.name}",
        "Tick who is to have it. Days move by the difference of the starts of training; what"
        " somebody has already is left out, and so is what was dropped.",
        f"Copy the plan of {row.name}",
        people,
        from_plan(plan, started_on),
        parent,
    )
    dialog.open()
    return dialog


def move(
    desk: Desk, row: ApprenticeRow, plan: Sequence[PlanActivityRow], parent: QWidget
) -> MoveDialog | None:
    """Show what would move, and move it; None, and said, where there is nothing."""
    if not _has_plan(desk, plan):
        return None
    dialog = MoveDialog(desk, row, plan, parent)
    dialog.open()
    return dialog


def save_as_template(
    desk: Desk, row: ApprenticeRow, plan: Sequence[PlanActivityRow], parent: QWidget
) -> FormDialog | None:
    """Keep the plan as a template; None, and said, where that cannot be."""
    started_on = row.course.training_started_on
    if not _has_start(desk, row) or not _has_plan(desk, plan) or started_on is None:
        return None
    lines = as_lines(plan, started_on)
    kind = editing.Kind(
        "template", TEMPLATE_FIELDS, TemplateDetails, check_template, OpenRecord(row.id, "plan")
    )
    title = row.standard_title or "Learning plan"
    blank = TemplateDetails(title, row.standard_code or "", row.standard_version)

    def save(session: Any, given: TemplateDetails) -> None:
        save_template(session, given, lines)

    return editing.add(
        desk, kind, blank, f"A template from the plan of {row.name}", f"template:of:{row.id}",
        save, parent, label=lambda given: f"Save the template “{given.name}”",
        confirm="Save the template",
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class OfferChoice:
    """Which offer an activity is made of."""

    offer_id: UUID | None = None


def choose_offer(
    desk: Desk,
    row: ApprenticeRow,
    then: Callable[[ActivityDetails], object],
    parent: QWidget,
) -> QDialog | None:
    """Choose an offer; *then* opens the form of an activity made of it.

    None, and said, where nothing is offered.
    """
    offers = {each.id: each for each in desk.store.read(offer_rows) if not each.is_retired}
    if not offers:
        desk.messages.warn(
            "No partner's offer is in this desk yet.",
            "Take in the list that comes with the program, or add your own.",
            "Offers",
            lambda: desk.go(OFFERS),
        )
        return None
    field = Field(
        "offer_id", "Offer", "search", required=True, width=60,
        choices=[(key, f"{each.title}, {each.details.partner}") for key, each in offers.items()],
    )  # fmt: skip
    form = Form((field,), OfferChoice, desk.theme)
    form.show_details(OfferChoice())

    def save(_given: OfferChoice) -> list[Finding]:
        return []

    dialog = FormDialog(
        form, f"An offer for {row.name}", "Choose the days…", save, desk.theme, parent
    )
    dialog.saved.connect(lambda given: then(activity_from(offers[given.offer_id].details)))
    dialog.resize(desk.theme.space(110), desk.theme.space(64))
    dialog.open()
    return dialog


def _has_start(desk: Desk, row: ApprenticeRow) -> bool:
    if row.course.training_started_on is None:
        desk.messages.problem(NO_START)
    return row.course.training_started_on is not None


def _has_plan(desk: Desk, plan: Sequence[PlanActivityRow]) -> bool:
    if not plan:
        desk.messages.problem(_NOTHING)
    return bool(plan)
