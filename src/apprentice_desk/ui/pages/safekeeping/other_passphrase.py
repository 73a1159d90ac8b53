"""Asking for the passphrase of a file that is not that of the desk: a copy, or a second file."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtWidgets import QWidget

from apprentice_desk.ui.kit.dialogs import FormDialog
from apprentice_desk.ui.kit.fields import Field
from apprentice_desk.ui.kit.forms import Form
from apprentice_desk.ui.kit.theme import Theme


@dataclass(frozen=True, slots=True, repr=False)
class _Asked:
    """The passphrase as it is typed."""

    passphrase: str | None = None


def ask_for_passphrase(
    page: QWidget,
    theme: Theme,
    title: str,
    about: str,
    confirm: str,
    then: Callable[[str], object],
) -> FormDialog:
    """Open the dialog that asks for a passphrase, and do *then* with what is typed.

    *about* says which it is, and that it is not kept.
    """
    asked = Field("passphrase", "Its passphrase", kind="passphrase", required=True, help=about)
    form = Form((asked,), _Asked, theme)
    form.show_details(_Asked())

    def given(typed: _Asked) -> None:
        then(typed.passphrase or "")

    dialog = FormDialog(form, title, confirm, given, theme, page, wide=120)
    dialog.open()
    return dialog
