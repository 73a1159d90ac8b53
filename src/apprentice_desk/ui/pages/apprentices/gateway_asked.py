"""The question before the form records a gateway with items of its checklist still open."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QWidget

from apprentice_desk.domain.calendar import show_day
from apprentice_desk.domain.findings import Finding, Level, Place
from apprentice_desk.domain.needs import counted, listed
from apprentice_desk.records.apprentices import ApprenticeDetails
from apprentice_desk.records.standing import ApprenticeRow
from apprentice_desk.ui.desk import Desk
from apprentice_desk.ui.kit.dialogs import ask
from apprentice_desk.ui.moving.choices import gateway_of

FIELD = "assessment_began_on"
_NONE_YET = "The checklist before the gateway is empty: nothing of it is recorded yet."


class GatewayAsked:
    """Asks once about each set of open items; what was agreed to is not asked about again."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._agreed = ""

    def open_items(
        self,
        row: ApprenticeRow | None,
        before: ApprenticeDetails,
        given: ApprenticeDetails,
    ) -> str:
        """Return what is open of the gateway that *given* records anew, in a sentence, or "".

        *row* is None for somebody who is not in the desk yet.
        """
        if given.assessment_began_on is None or before.assessment_began_on is not None:
            return ""
        if row is None:
            return _NONE_YET
        left = gateway_of(self._desk, row, given).open
        if not left:
            return ""
        named = listed([item.title for item in left], 4)
        return f"{counted(len(left), 'item')} of the checklist still open: {named}."

    def refuse(
        self, says: str, given: ApprenticeDetails, parent: QWidget, again: Callable[[], object]
    ) -> list[Finding]:
        """Ask whether the gateway was passed with what *says* is open, unless that was agreed to.

        Returns what stands at the field meanwhile; *again* saves once more.
        """
        if not says or says == self._agreed:
            return []
        on = given.assessment_began_on
        assert on is not None  # or nothing would be said

        def agree() -> None:
            self._agreed = says
            again()

        ask(
            parent,
            self._desk.theme,
            "Passed with items still open?",
            f"The gateway is recorded as passed on {show_day(on)}. {says} They stay open in the"
            " record, and the history says that it was passed with them.",
            "Record it with these open",
            agree,
            cancel_text="Keep editing",
        )
        remedy = "Agree to it in the question, see to them first, or leave the day empty."
        return [Finding(Level.ROW, "MV001", says, remedy, Place(field=FIELD))]
