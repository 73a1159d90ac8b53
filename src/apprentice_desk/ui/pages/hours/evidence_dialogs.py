"""Dialogs about evidence: the forms for a link and for words."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QWidget

from apprentice_desk.domain.findings import Finding, refuses
from apprentice_desk.records import evidence
from apprentice_desk.records.evidence import LinkDetails, WordsDetails
from apprentice_desk.ui.desk import Desk
from apprentice_desk.ui.kit.dialogs import FormDialog
from apprentice_desk.ui.kit.fields import Field
from apprentice_desk.ui.kit.forms import Form
from apprentice_desk.ui.kit.keeping import DraftSpot

_TITLE = Field("title", "Called", help="Left blank it is called by its first words.", width=40)
LINK_FIELDS = (
    Field(
        "link",
        "Link",
        required=True,
        help="The address of a web page. The program never goes there by itself.",
        width=60,
    ),
    _TITLE,
)
WORDS_FIELDS = (
    Field("words", "What shows the learning", "long text", required=True, rows=6, width=60),
    _TITLE,
)


def ask_for_link(
    desk: Desk,
    page: QWidget,
    whose: str,
    attach: Callable[[LinkDetails], object],
    draft: DraftSpot | None,
) -> FormDialog:
    """Ask for a link and *attach* it; returns at once."""
    form = Form(LINK_FIELDS, LinkDetails, desk.theme)
    return _ask(desk, page, form, f"A link for {whose}", "Add link", attach, draft)


def ask_for_words(
    desk: Desk,
    page: QWidget,
    whose: str,
    attach: Callable[[WordsDetails], object],
    draft: DraftSpot | None,
) -> FormDialog:
    """Ask for words and *attach* them; returns at once."""
    form = Form(WORDS_FIELDS, WordsDetails, desk.theme)
    return _ask(desk, page, form, f"Words for {whose}", "Add words", attach, draft)


def _ask(
    desk: Desk,
    page: QWidget,
    form: Form,
    title: str,
    confirm_text: str,
    attach: Callable[..., object],
    draft: DraftSpot | None,
) -> FormDialog:
    def save(given: LinkDetails | WordsDetails) -> list[Finding]:
        found = evidence.check(given)
        if not refuses(found):
            attach(given)
        return found

    dialog = FormDialog(form, title, confirm_text, save, desk.theme, page, draft=draft)
    dialog.open()
    return dialog
