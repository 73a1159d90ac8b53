"""What a new desk begins with: two questions, and its passphrase."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtWidgets import QWidget

from apprentice_desk import policy, resources
from apprentice_desk.domain.findings import Finding
from apprentice_desk.ui.kit.arranging import Flow
from apprentice_desk.ui.kit.dialogs import FormDialog, ask
from apprentice_desk.ui.kit.fields import Field
from apprentice_desk.ui.kit.forms import Form
from apprentice_desk.ui.kit.pieces import button, label
from apprentice_desk.ui.kit.theme import Theme
from apprentice_desk.ui.passphrases import WHY, NewPassphrase, check_new, new_passphrase_form

WITHOUT = "Make it without a passphrase…"
_WITHOUT_MEANS = (
    "Whoever gets at the file, on this computer, a stick, a shared drive or in a backup, can read"
    " everything in it, and it cannot be locked. You can give it a passphrase later, under"
    " Safekeeping."
)


@dataclass(frozen=True, slots=True)
class NewDeskDetails:
    """Whose desk it will be."""

    borough: str | None = None
    """The GSS code."""
    team: str = ""

    @property
    def file_name(self) -> str:
        """A name for the file, made of the borough's."""
        borough = resources.borough_by_code(self.borough or "")
        return borough.name.lower().replace(" ", "-") if borough else "apprentices"


def new_desk_form(theme: Theme, *, scrolls: bool = True) -> Form:
    """Return the form for a new desk."""
    fields = (
        Field(
            "borough",
            "Borough",
            kind="choice",
            required=True,
            choices=tuple(
                (borough.code, borough.name)
                for borough in sorted(resources.boroughs(), key=lambda each: each.name)
                if not borough.is_invented
            ),
            help="Type the first letters.",
        ),
        Field("team", "Team", required=True, help="For example: Digital and IT."),
    )
    form = Form(fields, NewDeskDetails, theme, scrolls=scrolls)
    form.show_details(NewDeskDetails())
    return form


def protection_dialog(
    parent: QWidget,
    theme: Theme,
    names: Sequence[str],
    told: Callable[[NewPassphrase | None], object],
) -> FormDialog:
    """Return the dialog that asks for a new desk's passphrase, twice, and says what it is for.

    *told* hears of what was given, or of None where somebody does without one, knowing what that
    means; administrators can have switched that off.  *names* are what anybody would try.
    """
    form = new_passphrase_form(theme)
    form.put_above(label(WHY, "quiet", wraps=True), ())

    def check(given: NewPassphrase) -> list[Finding]:
        return check_new(given, names)

    dialog = FormDialog(
        form, "A passphrase for the new desk", "Use this passphrase", check, theme, parent
    )
    dialog.saved.connect(told)

    def do_without() -> None:
        dialog.leave()
        told(None)

    def ask_first() -> None:
        ask(
            dialog,
            theme,
            "Make it without a passphrase?",
            _WITHOUT_MEANS,
            "Make it without",
            do_without,
            cancel_text="Give it one",
            danger=True,
        )

    needed = policy.in_force().why_passphrase
    without = button(WITHOUT, theme, ask_first, role="link")
    if needed:
        form.put_after("wants_sheet", label(needed, "small", wraps=True))
    else:
        form.put_after("wants_sheet", Flow([without], theme))
    return dialog
