"""The form that asks, once for each LARS code, which standard it means."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import make_dataclass
from typing import Any

from PySide6.QtWidgets import QWidget

from apprentice_desk.imports.lars_codes import LarsCode
from apprentice_desk.records.import_memory import remember_course
from apprentice_desk.records.standards import StandardRow, standard_rows
from apprentice_desk.ui.desk import Desk
from apprentice_desk.ui.kit.dialogs import FormDialog
from apprentice_desk.ui.kit.fields import Field
from apprentice_desk.ui.kit.forms import Form
from apprentice_desk.ui.kit.theme import Theme
from apprentice_desk.ui.pages.imports import sentences

_NOT_KNOWN = ""


def make_form(codes: Sequence[LarsCode], catalogue: Sequence[StandardRow], theme: Theme) -> Form:
    """Return a form with a field for each of *codes*, showing what was answered before."""
    choices = [
        (_NOT_KNOWN, "Not known"),
        *((standard.code, standard.shown) for standard in catalogue),
    ]
    fields = [
        Field(
            _name(code),
            f"LARS code {code.code}",
            "search",
            choices=choices,
            help=f"In {sentences.counted(code.rows, 'row')} of the list. “Not known” is an answer.",
        )
        for code in codes
    ]
    answers = make_dataclass(
        "Answers", [(field.name, object, None) for field in fields], frozen=True
    )
    form = Form(fields, answers, theme)
    before = {
        _name(code): None if code.is_open else code.standard_code or _NOT_KNOWN for code in codes
    }
    form.show_details(answers(**before))
    return form


def answers(codes: Sequence[LarsCode], details: Any) -> dict[str, str | None]:
    """Return what was answered anew, by LARS code; None where a standard is not known."""
    given = {code: getattr(details, _name(code)) for code in codes}
    return {
        code.code: given[code] or None
        for code in codes
        if given[code] is not None and (code.is_open or (given[code] or None) != code.standard_code)
    }


def open_dialog(desk: Desk, codes: Sequence[LarsCode], parent: QWidget) -> FormDialog:
    """Ask in a dialog, and remember what is answered as one change.

    Raises Problem when the catalogue cannot be read.
    """

    def save(details: Any) -> None:
        answered = answers(codes, details)
        if not answered:
            return
        many = f"{len(answered)} LARS codes"
        what = many if len(answered) > 1 else f"LARS code {next(iter(answered))}"
        with desk.change(f"Remember {what}") as session:
            for code, standard in answered.items():
                remember_course(session, code, standard)

    theme = desk.theme
    form = make_form(codes, desk.store.read(standard_rows), theme)
    dialog = FormDialog(form, "Which standards are these?", "Remember", save, theme, parent)
    dialog.open()
    return dialog


def _name(code: LarsCode) -> str:
    return f"code_{code.code}"
