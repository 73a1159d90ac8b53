"""What is offered once a move is recorded: after a return the plan, and how the gateway stands."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from PySide6.QtWidgets import QWidget

from apprentice_desk.domain import planning
from apprentice_desk.domain.calendar import show_day
from apprentice_desk.domain.needs import listed
from apprentice_desk.records.learning import plan_rows
from apprentice_desk.records.standing import ApprenticeRow, apprentice_rows
from apprentice_desk.ui.desk import Desk
from apprentice_desk.ui.destinations import OpenRecord
from apprentice_desk.ui.kit.dialogs import Question, ask
from apprentice_desk.ui.moving.choices import gateway_of

PLAN, MOVE = "plan", "move"
"""The part of the record where the plan stands, and what asks it to be moved."""


def offer_plan(desk: Desk, key: UUID, first_on: date, parent: QWidget) -> Question | None:
    """Ask whether the plan is to be planned anew after a break that began on *first_on*.

    None where the record is gone by now.
    """
    found = desk.store.read(
        apprentice_rows, desk.clock.today(), desk.lists.hours_rules, desk.lists.role_families,
        None, key,
    )  # fmt: skip
    if not found:
        return None
    row = found[0]
    plan = desk.store.read(plan_rows, row.id)
    # Any number of days tells which ones move: how many there are is asked for afterwards.
    left = len(planning.moved(plan, 1, first_on))
    item = MOVE if left else ""
    return ask(
        parent,
        desk.theme,
        f"{row.name} is back from the break",
        "\n\n".join((_plan_words(len(plan), left, first_on), _gateway_words(desk, row))),
        "Move the plan…" if left else "Go to the plan",
        lambda: desk.go(OpenRecord(row.id, PLAN, item=item)),
        cancel_text="Not now",
    )


def _plan_words(planned: int, left: int, first_on: date) -> str:
    if not planned:
        return "There is no learning plan yet."
    if not left:
        return "Nothing of the learning plan is open and falls into the break or after it."
    since = f"on {show_day(first_on)}, when the break began, or after"
    if left == 1:
        return f"1 activity of the plan ends {since}, and stays on its old days until it is moved."
    return (
        f"{left:,} activities of the plan end {since}, and stay on their old days until they are"
        " moved."
    )


def _gateway_words(desk: Desk, row: ApprenticeRow) -> str:
    """Say the earliest day, what comes last, and whether the day that is planned is too early."""
    earliest = gateway_of(desk, row).earliest
    last = max((each.meets_on for each in earliest.held_back_by if each.meets_on), default=None)
    day = earliest.on or last
    if day is None:
        return f"When the gateway is possible cannot be said yet.{_planned(row, None)}"
    word = "possible from" if earliest.on is not None else "not possible before"
    because = listed([each.title for each in earliest.held_back_by])
    why = f": {because}" if because else ""
    return f"The gateway is {word} {show_day(day)}{why}.{_planned(row, day)}"


def _planned(row: ApprenticeRow, earliest_on: date | None) -> str:
    planned_on = row.gateway_planned_on
    if planned_on is None:
        return ""
    is_early = earliest_on is not None and planned_on < earliest_on
    return f" It is planned for {show_day(planned_on)}{', too early now' if is_early else ''}."
