"""Giving a desk a passphrase, another one, or none: the forms, and the work on an open desk."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QFileDialog, QWidget

from apprentice_desk import policy
from apprentice_desk.domain.findings import Finding
from apprentice_desk.domain.leaving import Going, LeftKind
from apprentice_desk.domain.passphrases import (
    check_again,
    check_passphrase,
    not_current,
    too_soon,
)
from apprentice_desk.domain.problems import Problem
from apprentice_desk.domain.progress import Progress
from apprentice_desk.safekeeping.attempts import attempts_at
from apprentice_desk.ui.desk import Desk
from apprentice_desk.ui.kit.dialogs import FormDialog
from apprentice_desk.ui.kit.fields import Field
from apprentice_desk.ui.kit.files import ask_for_file
from apprentice_desk.ui.kit.forms import Form
from apprentice_desk.ui.kit.jobs import Job
from apprentice_desk.ui.kit.pieces import label
from apprentice_desk.ui.kit.theme import Theme
from apprentice_desk.ui.leaving import save_out

WHY = (
    "A desk holds personal data about staff. With a passphrase its file can be read by nobody who"
    " does not know it, even if a laptop is lost or a copy falls into the wrong hands."
)
NOT_FORGOTTEN = (
    "Nobody can look it up or reset it. A recovery sheet, printed and locked away, opens the desk"
    " when it is forgotten."
)
RULE = "Three or four words that have nothing to do with each other, at least 10 letters in all."


@dataclass(frozen=True, slots=True, repr=False)
class NewPassphrase:
    """What the forms take: *current* proves that whoever changes it may open the desk."""

    current: str = ""
    passphrase: str = ""
    again: str = ""
    wants_sheet: bool = True

    def __repr__(self) -> str:  # whatever prints a value must not print this one
        return "NewPassphrase(…)"


_CURRENT = Field(
    "current",
    "Current passphrase",
    kind="passphrase",
    required=True,
    help="The groups of the recovery sheet will do too.",
)
_NEW = Field("passphrase", "Passphrase", kind="passphrase", required=True, help=RULE)
_OTHER = replace(_NEW, label="New passphrase")
_AGAIN = Field("again", "The same again", kind="passphrase", required=True)
_SHEET = Field(
    "wants_sheet",
    "Save a recovery sheet afterwards",
    kind="tick",
    help=NOT_FORGOTTEN,
)


def new_passphrase_form(theme: Theme, *, is_change: bool = False) -> Form:
    """Return the form for a desk that has no passphrase yet, or (*is_change*) for another one."""
    first = (_CURRENT, _OTHER) if is_change else (_NEW,)
    form = Form((*first, _AGAIN, _SHEET), NewPassphrase, theme)
    form.show_details(NewPassphrase())
    return form


def current_form(theme: Theme) -> Form:
    """Return the form that asks for the current passphrase and nothing else."""
    form = Form((_CURRENT,), NewPassphrase, theme)
    form.show_details(NewPassphrase())
    return form


def check_new(given: NewPassphrase, names: Sequence[str] = ()) -> list[Finding]:
    """Return what is wrong with a new passphrase; *names* are what anybody would try."""
    found = list(check_passphrase(given.passphrase, names))
    return found + list(check_again(given.passphrase, given.again))


class Protecting(QObject):
    """What changes the passphrase of the desk that is open, asked for above *page*.

    *changed* is sent once the desk has another key, or none.
    """

    changed = Signal()

    def __init__(self, desk: Desk, page: QWidget) -> None:
        super().__init__(page)
        self._desk = desk
        self._page = page
        self.dialog: FormDialog | None = None
        self.file_dialog: QFileDialog | None = None
        self.job: Job | None = None

    @property
    def _path(self) -> Path:
        return Path(self._desk.store.location)

    # asking

    def ask_to_set(self) -> None:
        """Ask for the first passphrase of a plain desk."""
        self._ask(
            new_passphrase_form(self._desk.theme),
            "Give this desk a passphrase",
            "Set the passphrase",
            self._set,
            WHY,
        )

    def ask_to_change(self) -> None:
        """Ask for another passphrase."""
        self._ask(
            new_passphrase_form(self._desk.theme, is_change=True),
            "Change the passphrase",
            "Change it",
            self._change,
            "The recovery sheet of the passphrase that it has now is void afterwards. Backups get"
            " the new one too.",
        )

    def ask_to_remove(self) -> None:
        """Ask for the passphrase that is to be taken away."""
        self._ask(
            current_form(self._desk.theme),
            "Remove the passphrase",
            "Remove it",
            self._remove,
            "Whoever gets at the file, or at a backup of it, can then read everything in it.",
            danger=True,
        )

    def ask_for_sheet(self) -> None:
        """Ask for the passphrase, since the sheet is as good as it is."""
        self._ask(
            current_form(self._desk.theme),
            "Save a recovery sheet",
            "Choose where",
            self._prove_for_sheet,
            "Whoever has the sheet can open the desk, as with the passphrase.",
        )

    def _ask(
        self,
        form: Form,
        title: str,
        confirm: str,
        save: Callable[[NewPassphrase], list[Finding]],
        sentence: str,
        *,
        danger: bool = False,
    ) -> None:
        form.put_above(label(sentence, "quiet", wraps=True), ())
        self.dialog = FormDialog(form, title, confirm, save, self._desk.theme, self._page)
        if danger:
            self.dialog.panel.warn_of_it()
        self.dialog.open()

    # what is given

    def _set(self, given: NewPassphrase) -> list[Finding]:
        found = check_new(given, self._names())
        if not found:
            self._begin(given, is_removal=False)
        return found

    def _change(self, given: NewPassphrase) -> list[Finding]:
        found = self._check_current(given) + check_new(given, self._names())
        if not found:
            self._begin(given, is_removal=False)
        return found

    def _remove(self, given: NewPassphrase) -> list[Finding]:
        found = self._check_current(given)
        if not found:
            self._begin(given, is_removal=True)
        return found

    def _prove_for_sheet(self, given: NewPassphrase) -> list[Finding]:
        found = self._check_current(given)
        if not found:
            self.ask_where_sheet()
        return found

    def _check_current(self, given: NewPassphrase) -> list[Finding]:
        from apprentice_desk.safekeeping.unlocking import is_key_of

        key, attempts = self._desk.store.key, attempts_at(self._desk.store.location)
        if attempts.seconds_left:
            return [too_soon(attempts.seconds_left)]
        if key is None or not is_key_of(key, given.current):
            attempts.note_wrong()
            return [not_current(self._desk.store.name)]
        attempts.note_right()
        return []

    def _names(self) -> tuple[str, ...]:
        owner = self._desk.organisation
        return (self._path.stem, owner.name, owner.team, self._desk.store.person)

    # doing

    def _begin(self, given: NewPassphrase, *, is_removal: bool) -> None:
        from apprentice_desk.safekeeping.unlocking import exchanging

        desk = self._desk
        desk.drafts.close()
        passphrase = "" if is_removal else given.passphrase
        name = desk.store.name
        doing = f"Removing the passphrase of {name}" if is_removal else f"Encrypting {name}"

        def done(told: tuple[str, ...]) -> None:
            self._on_done(told, wants_sheet=given.wants_sheet and not is_removal)

        second = desk.settings.second_place_of(desk.store.location)
        places = () if second is None else (second,)
        self.job = desk.jobs.run(
            doing, exchanging(desk.store, passphrase, places), done=done, writes=True, owner=self
        )

    def _on_done(self, told: tuple[str, ...], *, wants_sheet: bool) -> None:
        from apprentice_desk.records.sealing import seal_of

        desk = self._desk
        desk.drafts.reseal(seal_of(desk.store.key))
        has_key = desk.store.key is not None
        desk.key_changed.emit()
        self.changed.emit()
        desk.messages.say(
            f"{desk.store.name} opens with its passphrase only from now on."
            if has_key
            else f"{desk.store.name} has no passphrase any more."
        )
        if told:
            desk.messages.warn(" ".join(told))
        if wants_sheet and has_key:
            self.ask_where_sheet()

    # the recovery sheet

    def ask_where_sheet(self) -> None:
        """Ask where the recovery sheet is to stand."""
        self.file_dialog = ask_for_file(
            self._page,
            "Where shall the recovery sheet stand?",
            "PDF",
            "pdf",
            f"Recovery sheet of {self._path.stem}",
            self._save_sheet,
        )

    def _save_sheet(self, to: str) -> None:
        desk = self._desk
        name, key = desk.store.name, desk.store.key
        made_on, is_sample = desk.clock.today(), desk.organisation.is_sample
        if key is None:
            return

        def work(progress: Progress) -> Path:
            progress.step(0, None, "Writing the sheet")
            from apprentice_desk.safekeeping.recovery_sheet import write_sheet

            return write_sheet(to, name, key, made_on, is_sample=is_sample)

        save_out(
            desk,
            "Saving the recovery sheet",
            work,
            Going(LeftKind.RECOVERY, count=0),
            owner=self,
            then=self._say_sheet,
        )

    def _say_sheet(self, saved: Path) -> None:
        self._desk.messages.warn(
            f"Print “{saved.name}”, lock it away where a second person knows of it, and delete the"
            " file.",
            "Whoever has it can open this desk.",
        )


def is_passphrase_missing(desk: Desk) -> bool:
    """Whether administrators want a passphrase on this desk, which could get one and has none."""
    is_wanted = policy.in_force().needs_passphrase and not desk.organisation.is_sample
    return is_wanted and desk.store.key is None and refuse_read_only(desk) is None


def refuse_read_only(desk: Desk) -> Problem | None:
    """Return why this desk cannot be given a passphrase; None where it can."""
    if "://" in desk.store.location:
        return Problem(
            "This desk is a database: it has no passphrase of its own.",
            "Whoever runs the server says who may open it, and encrypts its disks.",
        )
    if desk.store.is_read_only:
        return Problem(
            "This desk is open to read only, so its passphrase stays as it is.",
            "Close it and open it for changes.",
        )
    return None
