"""The part 'Backups' of Safekeeping."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from PySide6.QtWidgets import QDialog, QVBoxLayout, QWidget

from apprentice_desk import policy
from apprentice_desk.domain.backup_schedule import last_end
from apprentice_desk.domain.calendar import show_day
from apprentice_desk.domain.clocks import show_instant
from apprentice_desk.domain.leaving import NOT_NOTED
from apprentice_desk.domain.problems import Problem
from apprentice_desk.domain.progress import Progress
from apprentice_desk.records.holding import file_of
from apprentice_desk.records.keys import DeskKey
from apprentice_desk.safekeeping import backup, erasing
from apprentice_desk.safekeeping.backup import Backup, Differences, KeptUp
from apprentice_desk.safekeeping.copies import desk_of
from apprentice_desk.safekeeping.unlocking import key_of_file
from apprentice_desk.ui.desk import Desk
from apprentice_desk.ui.destinations import OpenDesk
from apprentice_desk.ui.kit.arranging import Flow, SideBySide
from apprentice_desk.ui.kit.files import ask_for_file, ask_for_folder, open_folder
from apprentice_desk.ui.kit.panels import Card
from apprentice_desk.ui.kit.pieces import button, label, point
from apprentice_desk.ui.kit.rows import RowsModel
from apprentice_desk.ui.kit.table import RowsTable
from apprentice_desk.ui.leaving import note_second_place
from apprentice_desk.ui.pages.safekeeping.backup_columns import (
    BACKUPS,
    LEFT_OUT_FIRST,
    BackupLine,
)
from apprentice_desk.ui.pages.safekeeping.backup_compared import ComparedDialog
from apprentice_desk.ui.pages.safekeeping.backup_work import BackupList, Known, checking, reading
from apprentice_desk.ui.pages.safekeeping.other_passphrase import ask_for_passphrase
from apprentice_desk.ui.parted import SwitchedPart

_SAMPLE = (
    "This is the sample: everybody in it is invented, so no copy of it is made by itself. You can"
    " try out here what can be done with backups."
)
_READ_ONLY = (
    "This desk is open to read only. Whoever has it open for changes makes its copies; you can make"
    " one by hand."
)
_NO_SECOND = (
    "The copies beside the desk go with its disk when that fails. Choose a folder on another drive,"
    " such as a network drive or a stick, and every copy is made there too."
)
_WHICH_IT_IS = "The one that the desk had when this copy was made. It is not kept."
_LOOKING = "One moment, the copies are being looked at."
_MOST_ROWS = 12


class BackupsPart(SwitchedPart):
    """Copies of this desk, and the way back to one."""

    name = "backups"
    title = "Backups"
    about = "Copies of this desk, and the way back to one"

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._path = file_of(desk.store.location)
        self._known: Known = {}
        self._is_read = False
        self.dialog: QDialog | None = None
        self.file_dialog: Any = None
        theme = desk.theme
        down = QVBoxLayout(self)
        down.setContentsMargins(0, 0, 0, 0)
        down.setSpacing(theme.space(4))
        cards = [self._list()]
        if self._path is not None:
            beside = SideBySide(
                [self._second_place(), self._schedule()], theme, shares=(1, 1), narrowest=170
            )
            cards.append(beside)
        for card in cards:
            down.addWidget(card)
        down.addStretch(1)
        desk.backed_up.connect(self._on_news)
        desk.changed.connect(self._on_news)
        desk.settings_changed.connect(lambda _settings: self._show_second())

    # building

    def _list(self) -> QWidget:
        theme = self._desk.theme
        card = Card("Copies", theme)
        self.standing = label(_LOOKING, "strong", wraps=True)
        self.note = label("", "quiet", wraps=True)
        self.now = button("Back up now", theme, self.back_up, role="primary", icon="save")
        self.check = button("Check all", theme, self.check_all, icon="list-checks")
        self.folder = button("Show the folder", theme, self._show_folder, icon="folder-open")
        self.model = RowsModel(BACKUPS, self)
        self.table = RowsTable(self.model, "Copies of this desk, newest first", theme, stretch=5)
        self.table.setProperty("role", "inner")
        self.table.order.can_do_without(LEFT_OUT_FIRST)
        self.table.set_fits(_MOST_ROWS)
        self.table.set_empty(_LOOKING, "")
        self.compare = button("Compare with now…", theme, self.start_comparing)
        self.restore = button("Restore beside…", theme, self.start_restoring, icon="rotate-ccw")
        self.table.row_chosen.connect(lambda _row: self._allow())
        self.table.row_opened.connect(lambda _row: self.start_comparing())
        card.add(self.standing)
        card.add(self.note)
        if self._path is None:
            self.standing.setText(str(backup.in_a_database().what))
            self.note.setText(backup.in_a_database().remedy)
            return card
        card.add(Flow([self.now, self.check, self.folder], theme))
        card.add(self.table)
        card.add(Flow([self.compare, self.restore], theme))
        words = _READ_ONLY if self._desk.store.is_read_only else ""
        self.note.setText(_SAMPLE if self._desk.organisation.is_sample else words)
        self.note.setVisible(bool(self.note.text()))
        self._allow()
        return card

    def _second_place(self) -> Card:
        theme = self._desk.theme
        card = Card("A second place", theme)
        self.second = label("", wraps=True)
        self.choose = button(
            "Choose a folder…", theme, self.ask_for_second_place, icon="folder-open"
        )
        self.without = button("Do without", theme, lambda: self.take_second_place(""))
        card.add(self.second)
        card.add(Flow([self.choose, self.without], theme))
        card.body.addStretch(1)
        self._show_second()
        return card

    def _schedule(self) -> Card:
        theme = self._desk.theme
        card = Card("What is kept", theme)
        now = self._desk.clock.now()
        schedule = backup.schedule_on(now)
        minutes = schedule.every_minutes
        every = "hour" if minutes == 60 else f"{minutes} minutes"
        card.add(
            label(
                "A copy is made when the desk is opened and closed, and while it is open every"
                f" {every} in which something was changed. Of all copies these are kept:",
                wraps=True,
            )
        )
        for sentence in schedule.sentences:
            card.add(point(sentence, theme))
        card.add(
            label(
                f"One that you ask for is kept for {schedule.daily_for_days} days at least. Copies"
                " hold the same people as the desk: whoever is erased today has gone from the last"
                f" of them by {show_day(last_end(now, schedule).date())}.",
                "small",
                wraps=True,
            )
        )
        card.body.addStretch(1)
        return card

    # showing

    @property
    def count(self) -> int | None:
        """How many copies there are; None until they are read, or for none."""
        return (self.model.total or None) if self._is_read else None

    @property
    def _second(self) -> Path | None:
        return self._desk.settings.second_place_of(self._desk.store.location)

    def refresh(self) -> None:
        """Read the list anew."""
        self.is_stale = False
        path, store = self._path, self._desk.store
        if path is None or store.is_locked:
            return
        self._desk.jobs.run(
            "Reading backups",
            reading(path, store.key, self._second, self._desk.clock.now(), self._known),
            done=self._show,
            owner=self,
            newest_of="backups",
            is_quiet=True,
        )

    def _show(self, found: BackupList) -> None:
        if not self._is_read:
            self._is_read = True
            self.table.set_empty("No copy yet", "“Back up now” makes the first.")
        checked = {line.id: line for line in self.model.given if line.is_checked}
        self.model.replace([checked.get(line.id, line) for line in found.lines])
        if self.table.chosen() is None:
            self.table.choose_first()
        self.standing.setText(_standing(found))
        self._allow()
        self.counted.emit()

    def _show_second(self) -> None:
        second = self._second
        is_fixed = policy.in_force().backups_of(self._desk.store.location) is not None
        if second is None:
            self.second.setText(_NO_SECOND)
        else:
            away = "" if second.is_dir() else " It cannot be reached just now."
            whose = f" Set by {policy.WHO}." if is_fixed else ""
            self.second.setText(f"Every copy is made in {second} too.{whose}{away}")
        self.without.setVisible(second is not None and not is_fixed)
        self.choose.setVisible(not is_fixed)

    def _on_news(self) -> None:
        self.is_stale = True
        if self.isVisible():
            self.refresh()

    def _allow(self) -> None:
        row = self.table.chosen()
        for each in (self.compare, self.restore):
            each.setEnabled(row is not None)
        self.check.setEnabled(bool(self.model.total))
        self.folder.setEnabled(bool(self.model.total))

    def first_stop(self) -> QWidget | None:
        """Return the list where there is something in it."""
        return self.table if self.model.total else self.now

    # what the person does

    def _show_folder(self) -> None:
        row = self.table.chosen()
        if row is not None:
            open_folder(row.backup.path)

    def back_up(self) -> None:
        """Make a copy now, in every place."""
        desk, store, path, second = self._desk, self._desk.store, self._path, self._second
        if path is None:
            return
        now = desk.clock.now()

        def work(progress: Progress) -> KeptUp:
            return store.read(
                # Inside a read: nobody locks the desk or changes its passphrase meanwhile.
                lambda _session: backup.keep_up(
                    path, store.key, now, second, progress, is_by_hand=True
                )
            )

        desk.jobs.run(f"Backing up {store.name}", work, done=self._on_made, owner=self)

    def _on_made(self, kept: KeptUp) -> None:
        messages = self._desk.messages
        for _place, problem in kept.problems:
            messages.problem(problem)
        if kept.made:
            made = kept.made[-1].path
            note_second_place(self._desk, kept.made)
            is_not_noted = self._desk.store.is_read_only and self._second is not None
            messages.say(
                f"Backed up and checked: “{made.name}”.{f' {NOT_NOTED}' if is_not_noted else ''}",
                "Open the folder",
                lambda: open_folder(made),
            )
            self._desk.backed_up.emit()
        self.refresh()

    def check_all(self) -> None:
        """Check every page of every copy."""
        lines = tuple(self.model.given)
        self._desk.jobs.run(
            "Checking the backups",
            checking(lines, self._desk.store.key),
            done=self._on_checked,
            owner=self,
        )

    def _on_checked(self, lines: tuple[BackupLine, ...]) -> None:
        self.model.replace(lines)
        bad = [line for line in lines if line.problem and not line.needs_passphrase]
        closed = sum(line.needs_passphrase for line in lines)
        many = "1 copy" if len(lines) == 1 else f"{len(lines):,} copies"
        if bad:
            names = ", ".join(line.backup.path.name for line in bad[:3])
            self._desk.messages.problem(
                Problem(
                    f"{len(bad)} of {many} cannot be used: {names}.",
                    "Make a new one with “Back up now”. All others that were opened are good.",
                )
            )
            return
        good = f"{len(lines) - closed:,} of {many}" if closed else "Every copy"
        have, were = ("has", "was") if closed == 1 else ("have", "were")
        more = f"; {closed:,} {have} an earlier passphrase and {were} not opened" if closed else ""
        self._desk.messages.say(f"{good} can be opened and holds together{more}.")

    def start_comparing(self) -> None:
        """Compare the chosen copy with the desk as it is now."""
        self._with_key(self._compare, "Compare")

    def start_restoring(self) -> None:
        """Ask where the chosen copy is to become a desk of its own."""
        self._with_key(self._ask_where, "Go on")

    def _with_key(self, act: Callable[[Backup, DeskKey | None], None], confirm: str) -> None:
        """Do *act* with the chosen copy and its key, asking for the passphrase of another."""
        row = self.table.chosen()
        if row is None:
            return
        copy, jobs = row.backup, self._desk.jobs
        if not row.needs_passphrase:
            act(copy, self._desk.store.key)
            return

        def tried(passphrase: str) -> None:
            jobs.run(
                "Trying the passphrase",
                lambda _progress: key_of_file(copy.path, passphrase),
                done=lambda key: act(copy, key),
                owner=self,
            )

        title = f"The passphrase of the copy of {show_instant(copy.made_at)}"
        self.dialog = ask_for_passphrase(
            self, self._desk.theme, title, _WHICH_IT_IS, confirm, tried
        )

    def _compare(self, copy: Backup, key: DeskKey | None) -> None:
        store, path = self._desk.store, self._path
        assert path is not None  # only a file has copies

        def work(progress: Progress) -> Differences:
            progress.step(0, None, "Comparing")
            return store.read(lambda _session: backup.compare(copy.path, path, key, store.key))

        self._desk.jobs.run(
            f"Comparing the copy of {show_instant(copy.made_at)} with now",
            work,
            done=lambda found: self._show_compared(copy, key, found),
            owner=self,
            newest_of="compared",
        )

    def _show_compared(self, copy: Backup, key: DeskKey | None, found: Differences) -> None:
        dialog = ComparedDialog(copy, found, self._desk.theme, self)
        dialog.restore.connect(lambda: self._ask_where(copy, key))
        self.dialog = dialog
        dialog.open()

    def _ask_where(self, copy: Backup, key: DeskKey | None) -> None:
        path = self._path
        assert path is not None  # only a file has copies
        path = desk_of(path) or path
        name = f"{path.stem} as of {copy.made_at:%Y-%m-%d %H%M}"
        self.file_dialog = ask_for_file(
            self,
            "Restore beside",
            "Desk",
            "desk",
            name,
            lambda to: self.restore_to(copy, key, Path(to)),
        )
        self.file_dialog.setDirectory(str(path.absolute().parent))
        self.file_dialog.selectFile(f"{name}.desk")

    def restore_to(self, copy: Backup, key: DeskKey | None, to: Path) -> None:
        """Make a desk at *to* of a copy, without whoever was erased since, and open it."""
        store = self._desk.store

        def work(progress: Progress) -> Path:
            progress.step(0, None, "Restoring")
            erased = erasing.erasures(store)
            return backup.restore_beside(copy.path, key, to, erased=erased)

        self._desk.jobs.run(f"Restoring {to.name}", work, done=self._on_restored, owner=self)

    def _on_restored(self, made: Path) -> None:
        self._desk.messages.say(
            f"Restored as “{made.name}”. {self._desk.store.name} and the copy are as they were."
        )
        self._desk.go(OpenDesk(str(made)))

    def ask_for_second_place(self) -> None:
        """Ask for the folder where copies are made besides."""
        self.file_dialog = ask_for_folder(
            self, "A second place for backups", self.take_second_place
        )

    def take_second_place(self, folder: str) -> None:
        """Keep copies in *folder* too from now on; "" for nowhere else."""
        desk, path = self._desk, self._path
        if folder and path is not None:
            try:
                backup.check_second_place(path, Path(folder))
            except Problem as problem:
                desk.messages.problem(problem, "Choose another folder", self.ask_for_second_place)
                return
        desk.prefer(desk.settings.with_second_place(desk.store.location, folder))
        if folder:
            self.back_up()
        else:
            self.refresh()


def _standing(found: BackupList) -> str:
    newest, since = found.standing.newest, found.standing.unsaved_since
    if newest is None:
        return "There is no copy of this desk yet."
    if since is None:
        return f"All that is saved is in the copy of {show_instant(newest.made_at)}."
    return f"The newest copy is of {show_instant(newest.made_at)}. What was saved since is in none."
