"""The dialog that notes what somebody says of KSBs: on a day that has passed, with words."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date

from PySide6.QtWidgets import QWidget

from apprentice_desk.domain import ksb_codes
from apprentice_desk.domain.findings import Finding, refuses
from apprentice_desk.domain.ksb_status import KsbStatus
from apprentice_desk.records import ksb_progress
from apprentice_desk.records.ksb_progress import StatementDetails
from apprentice_desk.ui.desk import Desk
from apprentice_desk.ui.kit.dialogs import FormDialog
from apprentice_desk.ui.kit.fields import Field
from apprentice_desk.ui.kit.forms import Form
from apprentice_desk.ui.pages.apprentice.ksb_columns import VOICES

_HIGH = 128
_STATUS_WORDS = tuple((each, each.value.capitalize()) for each in KsbStatus)

FIELDS = (
    Field("voice", "Who says so", "choice", required=True, choices=tuple(VOICES.items())),
    Field("status", "How far", "choice", required=True, choices=_STATUS_WORDS, beside=True),
    Field(
        "said_on", "Day", "date", required=True,
        help="Said again for the same day, it takes the place of what was said before.",
    ),
    Field("said_by", "Name", help="Of whoever said so, if it matters later.", width=34),
    Field("note", "Note", "long text", rows=3, width=60),
)  # fmt: skip


def ask_what_is_said(
    desk: Desk,
    page: QWidget,
    codes: Sequence[str],
    begins_with: StatementDetails,
    training_started_on: date | None,
    save: Callable[[StatementDetails], object],
) -> FormDialog:
    """Ask what is said of *codes* and *save* it; returns at once."""
    today = desk.clock.today()

    def check(given: StatementDetails) -> list[Finding]:
        found = ksb_progress.check(given, today, training_started_on)
        if not refuses(found):
            save(given)
        return found

    form = Form(FIELDS, StatementDetails, desk.theme, today=today)
    form.show_details(begins_with)
    title = f"{ksb_codes.write(codes)}: how far it has come"
    dialog = FormDialog(form, title, "Note it", check, desk.theme, page)
    dialog.resize(dialog.width(), min(dialog.height(), desk.theme.space(_HIGH)))
    dialog.open()
    return dialog
