"""Putting a line off: the form that asks until when and why."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from PySide6.QtWidgets import QWidget

from apprentice_desk.domain.findings import Finding, refuses
from apprentice_desk.domain.needs import Need
from apprentice_desk.records import putting_off
from apprentice_desk.records.putting_off import PutOffDetails
from apprentice_desk.ui.desk import Desk
from apprentice_desk.ui.kit.dialogs import FormDialog
from apprentice_desk.ui.kit.fields import Field
from apprentice_desk.ui.kit.forms import Form

FIELDS = (
    Field(
        "until_on",
        "Until",
        "date",
        required=True,
        help="The line is back on that day, or before if it gets worse.",
    ),
    Field(
        "reason",
        "Why it can wait",
        required=True,
        width=60,
        help="Such as “On leave until then” or “The provider has promised it”.",
    ),
)

_A_WEEK = timedelta(days=7)


def ask_to_put_off(desk: Desk, need: Need, page: QWidget) -> FormDialog:
    """Ask until when and why, and put the line off; returns at once with the open dialog."""
    today = desk.clock.today()
    form = Form(FIELDS, PutOffDetails, desk.theme, today=today)
    form.show_details(PutOffDetails(until_on=today + _A_WEEK))

    def save(details: Any) -> list[Finding]:
        found = putting_off.check_put_off(details, today)
        if not refuses(found):
            with desk.change(f"Put off: {need.what}") as session:
                putting_off.put_off(session, need, details, today)
        return found

    title = f"Put off: {need.what}"
    dialog = FormDialog(form, title, "Put off", save, desk.theme, page, wide=120)
    dialog.open()
    return dialog


def bring_back(desk: Desk, need: Need) -> None:
    """Name a line again that was put off."""

    def act() -> None:
        with desk.change(f"Bring back: {need.what}") as session:
            putting_off.bring_back(session, need.key)

    desk.attempt(act)
