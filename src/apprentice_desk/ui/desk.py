"""What a page is given: the desk that is open, and the ways to read, change and go elsewhere.

Pages never see each other or the window.  They are handed one ``Desk`` and hear of changes
through its signal, always on the window's thread.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, Signal

from apprentice_desk import settings as preferences
from apprentice_desk.domain.problems import Damaged, Problem
from apprentice_desk.drafts import Drafts
from apprentice_desk.settings import Settings
from apprentice_desk.ui.destinations import Destination, place_of
from apprentice_desk.ui.kit.keeping import DraftSpot
from apprentice_desk.ui.kit.opened_files import OpenedFiles

if TYPE_CHECKING:  # the records are imported after the first paint
    from apprentice_desk.clock import Clock
    from apprentice_desk.domain.needs_of_backups import Unsaved
    from apprentice_desk.records.changelog import Changes
    from apprentice_desk.records.organisation import OrganisationRow
    from apprentice_desk.records.standing import ApprenticeRow
    from apprentice_desk.records.store import Session, Store
    from apprentice_desk.returns.gathering import Lists
    from apprentice_desk.ui.kit.jobs import Jobs
    from apprentice_desk.ui.kit.messages import Messages
    from apprentice_desk.ui.kit.theme import Theme


OPENED = "opened"
"""The folder of what is open in other programs, among what this computer may forget."""


@dataclass(frozen=True, slots=True)
class PlaceCount:
    """The number beside a place in the navigation, and what it counts, in words."""

    count: int
    says: str


class Desk(QObject):
    """An open desk and what belongs to it.

    *is_large* says that reading all apprentices takes longer than a window may stand still.

    ``changed`` carries the ``Changes`` of each commit, by whichever thread it was made.
    ``asked_to_go`` carries a destination; the window takes the person there.  ``leaving`` is sent
    before the window lets go of the desk: the last moment to keep a preference.
    ``counted`` carries the numbers beside places, by the places' names.  ``damaged`` carries the
    Damaged that says that the file is.  ``key_changed`` says that the desk got a passphrase,
    another one, or none; ``asked_to_lock`` that it is to be locked.  ``backed_up`` comes once
    copies of the file were made, ``unsaved_told`` once *unsaved* is another.
    """

    changed = Signal(object)
    asked_to_go = Signal(object)
    undo_changed = Signal()
    settings_changed = Signal(object)
    counted = Signal(object)
    damaged = Signal(object)
    backed_up = Signal()
    unsaved_told = Signal()
    leaving = Signal()
    key_changed = Signal()
    asked_to_lock = Signal()
    _heard = Signal(object)
    _met_damage = Signal(object)

    def __init__(
        self,
        store: Store,
        organisation: OrganisationRow,
        lists: Lists,
        jobs: Jobs,
        messages: Messages,
        settings: Settings,
        clock: Clock,
        theme: Theme,
        parent: QObject | None = None,
        *,
        is_large: bool = False,
        first_rows: tuple[ApprenticeRow, ...] | None = None,
        drafts: Drafts | None = None,
    ) -> None:
        super().__init__(parent)
        self.store = store
        self.organisation = organisation
        self.lists = lists
        self.jobs = jobs
        self.messages = messages
        self.settings = settings
        self.clock = clock
        self.theme = theme
        self.is_large = is_large
        self.drafts = drafts or Drafts()
        self.opened_files = OpenedFiles(preferences.cache_folder() / OPENED)
        self.unsaved: Unsaved | None = None
        """Since when changes are in no good backup, where that is too long."""
        self._first_rows = first_rows
        self._undoable: list[Changes] = []
        self._redoable: list[Changes] = []
        self._heard.connect(self._on_heard, Qt.ConnectionType.QueuedConnection)
        self._unlisten = store.listen(self._heard.emit)
        self._is_damage_met = False
        self._met_damage.connect(self._on_met_damage, Qt.ConnectionType.QueuedConnection)
        self._unlisten_damage = store.listen_for_damage(self._met_damage.emit)

    def first_rows(self) -> tuple[ApprenticeRow, ...] | None:
        """Return, once, what was read of the apprentices while the desk was being opened."""
        rows, self._first_rows = self._first_rows, None
        return rows

    # changing

    @contextmanager
    def change(self, label: str, *, is_final: bool = False) -> Iterator[Session]:
        """Run one change and say so in the status line, with Undo.

        Raises Problem, after a rollback, when it could not be saved.
        """
        with self.store.change(label, is_final=is_final) as session:
            yield session
        if session.info.get("changes") is None:
            self.messages.say("Nothing was different, so nothing was saved.")
        elif is_final:
            self.messages.say(f"Saved: {label}.")
        else:
            self.say_saved(label)

    def say_saved(self, label: str) -> None:
        """Say that a change was saved, and offer to undo it."""
        self.messages.say(f"Saved: {label}.", "Undo", self.undo)

    @property
    def undo_label(self) -> str:
        """What Undo would take back; "" when there is nothing."""
        return self._undoable[-1].label.removeprefix("Redo: ") if self._undoable else ""

    @property
    def redo_label(self) -> str:
        """What Redo would bring back; "" when there is nothing."""
        return self._redoable[-1].label.removeprefix("Undo: ") if self._redoable else ""

    def undo(self) -> None:
        """Take this session's newest change back."""
        self._step(self._undoable, self._redoable, "Undone")

    def redo(self) -> None:
        """Bring the change that was undone last back."""
        self._step(self._redoable, self._undoable, "Done again")

    def forget_undo(self) -> None:
        """Offer nothing to undo or redo any more: what it would name is about to be erased."""
        self._undoable.clear()
        self._redoable.clear()
        self.undo_changed.emit()

    def _step(self, taken: list[Changes], given: list[Changes], word: str) -> None:
        if not taken:
            return
        changes = taken[-1]
        label = changes.label.removeprefix("Undo: ").removeprefix("Redo: ")
        try:
            made = self.store.undo(changes.number)
        except Problem as problem:
            self.messages.problem(problem)
            return
        taken.pop()
        given.append(made)
        self.undo_changed.emit()
        self.messages.say(f"{word}: {label}.")

    def _on_heard(self, changes: Changes) -> None:
        if self.store.is_closed:  # it was said before, and is heard a turn later
            return
        if changes.touches("organisation"):
            self._read_organisation()
        if not changes.label.startswith(("Undo: ", "Redo: ")) and not changes.is_final:
            self._undoable.append(changes)
            self._redoable.clear()
            self.undo_changed.emit()
        self.changed.emit(changes)

    def _on_met_damage(self, problem: Damaged) -> None:
        """Say it once: every page that reads the same part of the file meets it again."""
        if not self._is_damage_met:
            self._is_damage_met = True
            self.found_damaged(problem)

    def found_damaged(self, problem: Damaged) -> None:
        """Say that the file is damaged: whoever opened it offers what can be done."""
        self.damaged.emit(problem)

    def hear_of(self, changes: Changes) -> None:
        """Let the pages read anew what somebody else changed; it is not this window's to undo."""
        if changes.touches("organisation"):
            self._read_organisation()
        self.changed.emit(changes)

    def _read_organisation(self) -> None:
        from apprentice_desk.records.organisation import organisation_row

        self.organisation = self.store.read(organisation_row)

    # going and preferring

    def go(self, destination: Destination) -> None:
        """Take the person to *destination*."""
        self.asked_to_go.emit(destination)

    def tell_counts(self, counts: Mapping[str, PlaceCount]) -> None:
        """Show numbers beside places in the navigation; a place that is not named has none."""
        self.counted.emit(counts)

    def tell_unsaved(self, unsaved: Unsaved | None) -> None:
        """Say that what was saved is in no good backup for too long; None that it is."""
        if unsaved != self.unsaved:
            self.unsaved = unsaved
            self.unsaved_told.emit()

    def prefer(self, settings: Settings) -> None:
        """Keep this computer's preferences and act on them.

        A folder that cannot be written to is said in the banner; the choice holds until the
        program closes.
        """
        self.settings = settings
        try:
            preferences.save(settings)
        except OSError as error:
            self.messages.problem(
                Problem(
                    f"Your preferences could not be kept ({error.strerror}).",
                    "They hold until you close the program.",
                )
            )
        self.settings_changed.emit(settings)

    def draft(
        self, key: str, title: str, destination: Destination, *, is_new: bool = False
    ) -> DraftSpot | None:
        """Return where the form *key* is kept while it is half-done; None if open to read only.

        *destination* leads to it, or to where it is opened.  *is_new* says that it makes a record.
        """
        if self.store.is_read_only:
            return None
        return DraftSpot(
            self.drafts,
            key,
            title,
            self.clock.now,
            self.messages.problem,
            place_of(destination),
            is_new,
        )

    def attempt(self, act: Callable[[], object]) -> bool:
        """Call *act*; show a Problem of it in the banner and return whether it went well."""
        try:
            act()
        except Problem as problem:
            self.messages.problem(problem)
            return False
        return True

    def close(self) -> None:
        """Stop every job and let go of the desk."""
        self.jobs.close()
        self._unlisten()
        self._unlisten_damage()
        self.drafts.close()
        self.opened_files.close()
        self.store.close()
