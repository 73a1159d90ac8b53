"""Whose name stands beside what is verified or finished: asked for once on each computer."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from PySide6.QtWidgets import QWidget

from apprentice_desk.domain.findings import Finding
from apprentice_desk.ui.desk import Desk
from apprentice_desk.ui.kit.dialogs import FormDialog
from apprentice_desk.ui.kit.fields import Field
from apprentice_desk.ui.kit.forms import Form

_QUARTERS = 110


@dataclass(frozen=True, slots=True)
class OwnName:
    """What the form asks for."""

    name: str = ""


FIELDS = (
    Field(
        "name",
        "Your name",
        required=True,
        help="It stands beside what you verify or finish, and is kept in the settings of this"
        " computer. Write it as line managers are written in the desk.",
        width=34,
    ),
)


class AskWho:
    """Gives the name of whoever uses this computer to those who need it, asking for it if need be.

    Nothing happens where it is not given.
    """

    def __init__(self, desk: Desk, page: QWidget) -> None:
        self._desk = desk
        self._page = page
        self.dialog: FormDialog | None = None

    def __call__(self, then: Callable[[str], object]) -> None:
        """Call *then* with the name, now or once it has been given."""
        known = self._desk.settings.my_name.strip()
        if known:
            then(known)
            return
        form = Form(FIELDS, OwnName, self._desk.theme)

        def save(given: OwnName) -> list[Finding]:
            # Nobody is taken out of sight: it is not what the person was about to do.
            chosen = replace(self._desk.settings, my_name=given.name, shows_everyone=True)
            self._desk.prefer(chosen)
            then(given.name)
            return []

        self.dialog = FormDialog(
            form, "Who are you?", "Go on", save, self._desk.theme, self._page, wide=_QUARTERS
        )
        self.dialog.open()
