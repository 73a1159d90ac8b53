"""Files on their way out: written behind the window, noted in the ledger, and said in one way.

Whatever a person saves from the desk goes through ``save_out``; a test finds a way that does not.
Who gets a file can be said in the message, or later under Safekeeping: nobody is held up for it.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any
from uuid import UUID

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QApplication, QWidget
from shiboken6 import isValid

from apprentice_desk.domain.findings import Finding, refuses
from apprentice_desk.domain.leaving import NOT_NOTED, GivenTo, Going, LeftRow
from apprentice_desk.domain.needs import counted
from apprentice_desk.domain.problems import Conflict, Problem
from apprentice_desk.domain.progress import Progress
from apprentice_desk.records.leaving import check_given, left_row, recipients, say_who_gets
from apprentice_desk.records.standing import ApprenticeRow
from apprentice_desk.safekeeping.copies import Backup
from apprentice_desk.safekeeping.ledger import Leaves, note_copy, note_left
from apprentice_desk.ui.desk import Desk
from apprentice_desk.ui.kit.conflicts import ConflictDialog, differences
from apprentice_desk.ui.kit.dialogs import FormDialog
from apprentice_desk.ui.kit.fields import Field
from apprentice_desk.ui.kit.files import open_folder
from apprentice_desk.ui.kit.forms import Form

if TYPE_CHECKING:
    from apprentice_desk.ui.kit.jobs import Job
    from apprentice_desk.ui.kit.messages import Messages

WHO_GETS = "Who gets it?"

FIELDS = (
    Field(
        "to_whom", "Who gets it", "offered", width=40,
        help="A person, a team or an organisation, such as “Internal audit”.",
    ),
    Field(
        "purpose", "What for", width=50, help="Such as “Answer to a request of 4 May”.",
    ),
    Field("note", "Note", "long text", rows=3, help="How it was sent, or what was agreed."),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Out:
    """What was written, which lines of the ledger it has, and why it has none."""

    result: Any
    noted: tuple[UUID, ...]
    problem: Problem | None


@dataclass(frozen=True, slots=True)
class Said:
    """What is said once a file stands, and what can be done then."""

    text: str
    action_text: str = ""
    action: Callable[[], object] | None = None


def saved(path: Path, more: str = "") -> Said:
    """Return that a file was saved, with the way to its folder; *more* is said as well."""
    text = " ".join(filter(None, (f"Saved “{path.name}” to {path.parent}.", more)))
    return Said(text, "Open the folder", partial(open_folder, path))


def save_out(
    desk: Desk,
    title: str,
    write: Callable[[Progress], Any],
    leaves: Going | Callable[[Any], Leaves],
    *,
    owner: QObject,
    say: Callable[[Any], Said] = saved,
    then: Callable[[Any], object] | None = None,
    failed: Callable[[Problem], object] | None = None,
    messages: Messages | None = None,
    writes: bool = False,
) -> Job:
    """Write files for a person behind the window, note them in the ledger, and say so.

    *write* returns the path of the file, or whatever *leaves* finds the files in.  *leaves* is
    what the one file is, or a function of what *write* returned, called on the worker.  *say* turns
    that into words, *then* is told of it first.  Where the ledger cannot be written, the file
    stands all the same, and that is said.
    """
    own = desk.messages if messages is None else messages
    windows, at = _windows(owner), desk.clock.now()

    def work(progress: Progress) -> _Out:

        result = write(progress)
        files = [(Path(result), leaves)] if isinstance(leaves, Going) else list(leaves(result))
        try:
            return _Out(result, note_left(desk.store, files, at), None)
        except Problem as problem:
            return _Out(result, (), problem)

    def done(out: _Out) -> None:
        if then is not None:
            then(out.result)
        said = say(out.result)
        if desk.store.is_read_only:
            own.say(f"{said.text} {NOT_NOTED}", said.action_text, said.action)
        elif out.noted:
            who = partial(ask_who_gets, desk, out.noted, windows)
            own.say(said.text, said.action_text, said.action, WHO_GETS, who)
        else:
            own.say(said.text, said.action_text, said.action)
        if out.problem is not None:
            desk.messages.warn(
                f"{said.text} It could not be noted under “What left”: {out.problem.what}",
                out.problem.remedy,
            )

    return desk.jobs.run(title, work, done=done, failed=failed, writes=writes, owner=owner)


def note_second_place(desk: Desk, made: Sequence[Backup]) -> None:
    """Note once that copies of the desk go to its second place, where one of *made* is there.

    What could not be noted is tried again with the next copy.
    """
    location = desk.store.location
    second = desk.settings.second_place_of(location)
    if second is None or desk.store.is_read_only:
        return
    copy = next((each for each in made if each.is_in(second.absolute())), None)
    word = f"kept in {second} {location}"
    if copy is None or word in desk.settings.told:
        return
    path, at = copy.path, desk.clock.now()
    desk.jobs.run(
        "Noting where copies are kept",
        lambda _progress: note_copy(desk.store, path, at, later_ones_too=True),
        done=lambda _keys: desk.prefer(desk.settings.with_told(word)),
        failed=lambda _problem: None,
        owner=desk,
        writes=True,
        newest_of="second place",
        is_quiet=True,
    )


def whose(row: Any) -> UUID | None:
    """Return whose apprenticeship a row of a list is about, as far as it says so itself.

    It is an apprentice's own, or has an ``apprenticeship_id``; None where it is about nobody.
    """
    inner = getattr(row, "row", None)
    for each in (row, inner):
        if isinstance(each, ApprenticeRow):
            return None if each.is_vacancy else each.id
        found = getattr(each, "apprenticeship_id", None)
        if isinstance(found, UUID):
            return found
    return None


# --- who gets it ----------------------------------------------------------------------------------


def _windows(owner: QObject) -> tuple[QWidget, ...]:
    """Return the windows that a question may stand in front of, the nearest first."""
    found: list[QWidget] = []
    place: QObject | None = owner
    while place is not None:
        if isinstance(place, QWidget) and place.window() not in found:
            found.append(place.window())
        place = place.parent()
    return tuple(found)


def ask_who_gets(
    desk: Desk, keys: Sequence[UUID], windows: Sequence[QWidget] = ()
) -> FormDialog | None:
    """Ask who gets the files of these lines of the ledger; None where one of them is gone."""
    parent = next((each for each in windows if isValid(each) and each.isVisible()), None)
    parent = parent or QApplication.activeWindow()
    if parent is None:
        return None
    try:
        rows = [desk.store.read(left_row, key) for key in keys]
    except Problem as gone:
        desk.messages.problem(gone)
        return None
    dialog = _Asking(desk, rows, parent).dialog
    dialog.open()
    return dialog


class _Asking:
    """The form that says who gets one or several files."""

    def __init__(self, desk: Desk, rows: Sequence[LeftRow], parent: QWidget) -> None:

        self._desk = desk
        self._rows = tuple(rows)
        name = f"“{rows[0].file_name}”" if len(rows) == 1 else counted(len(rows), "file")
        self._named = name
        self.form = Form(FIELDS, GivenTo, desk.theme)
        known = desk.store.read(recipients)
        self.form.set_choices("to_whom", known)
        self.form.show_details(rows[0].given)
        self._original = rows[0].given
        self.dialog = FormDialog(
            self.form, f"Who gets {name}?", "Save", self._save, desk.theme, parent
        )

    def _save(self, given: GivenTo) -> list[Finding]:

        given = GivenTo(given.to_whom or "", given.purpose or "", given.note or "")
        found = check_given(given)
        if refuses(found):
            return found
        try:
            with self._desk.change(f"Say who gets {self._named}") as session:
                for row in self._rows:
                    say_who_gets(session, row.id, given, row.changed_in)
        except Conflict as conflict:
            if conflict.theirs is None or len(self._rows) > 1:
                raise
            self._ask_which(given, conflict)
            raise
        return []

    def _ask_which(self, mine: GivenTo, conflict: Conflict) -> None:
        theirs: Any = conflict.theirs
        found = differences(self.form.fields, mine, theirs, self._original)
        asking = ConflictDialog(
            found,
            "Somebody else said who gets this file meanwhile. Choose, line by line, what to keep.",
            self._desk.theme,
            self.dialog,
        )

        def take(kept: frozenset[str]) -> None:
            self._original = theirs
            self._rows = (replace(self._rows[0], changed_in=conflict.stamp or 0),)
            self.form.show_details(theirs)
            for field in self.form.fields:
                source = mine if field.name in kept else theirs
                self.form.set_value(field.name, getattr(source, field.name))
            self.dialog.panel.submit()

        asking.chosen.connect(take)
        asking.open()
