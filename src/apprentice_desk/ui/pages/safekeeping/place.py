"""The part 'Where it stands' of Safekeeping: the place of the file, second files, its health."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtWidgets import QVBoxLayout, QWidget

from apprentice_desk.domain.clocks import show_instant
from apprentice_desk.domain.desk_places import Told, told
from apprentice_desk.domain.evidence import show_size
from apprentice_desk.domain.problems import Damaged, Problem
from apprentice_desk.domain.progress import Progress
from apprentice_desk.domain.two_logs import TwoLogs
from apprentice_desk.records import soundness
from apprentice_desk.records.beside import compare_logs
from apprentice_desk.records.holding import file_of
from apprentice_desk.records.keys import DeskKey, salt_of
from apprentice_desk.safekeeping.conflict_copies import ConflictCopy
from apprentice_desk.safekeeping.surroundings import Surroundings, look_round
from apprentice_desk.safekeeping.unlocking import key_of_file
from apprentice_desk.ui.desk import Desk
from apprentice_desk.ui.destinations import OpenDesk
from apprentice_desk.ui.kit.arranging import Flow
from apprentice_desk.ui.kit.files import open_folder
from apprentice_desk.ui.kit.panels import Card, KeyValues
from apprentice_desk.ui.kit.pieces import button, label, point
from apprentice_desk.ui.kit.rows import RowsModel
from apprentice_desk.ui.kit.table import RowsTable
from apprentice_desk.ui.pages.safekeeping.other_passphrase import ask_for_passphrase
from apprentice_desk.ui.pages.safekeeping.place_columns import COPIES, CopyLine
from apprentice_desk.ui.pages.safekeeping.two_desks import TwoDesksDialog
from apprentice_desk.ui.parted import SwitchedPart

_NOTHING_TO_SAY = (
    "As far as this computer can tell, the desk stands on a disk of its own, and in no folder that"
    " is kept in step with other computers."
)
_A_DATABASE = (
    "This desk is a database on a server. Whoever runs the server looks after its disk, its locks"
    " and its backups."
)
_NO_COPIES = "No second file of this desk was found beside it."
_ABOUT_COPIES = (
    "Tools that keep folders in step put a second file beside a desk when it was changed in two"
    " places. Nothing is joined by itself."
)
_WHICH_IT_IS = "It is not that of this desk. It is used to read the file, and not kept."
_BY_ITSELF = "The file is checked each time the desk is opened, and damage is said at once."
_WHEN_ASKED = "A sample, or a file that is large for where it stands, is checked when you ask."
_LOOKING = "One moment, the file is being looked at."


class PlacePart(SwitchedPart):
    """Where the file of this desk is, what can go wrong there, and what lies beside it."""

    name = "place"
    title = "Where it stands"
    about = "Where the file of this desk is, and what lies beside it"

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._path = file_of(desk.store.location)
        self._found: Surroundings | None = None
        self.dialog: QWidget | None = None
        theme = desk.theme
        down = QVBoxLayout(self)
        down.setContentsMargins(0, 0, 0, 0)
        down.setSpacing(theme.space(4))
        for card in (self._place(), self._copies(), self._health()):
            down.addWidget(card)
        down.addStretch(1)

    # building

    def _place(self) -> Card:
        theme = self._desk.theme
        card = Card("The place", theme)
        self.facts = KeyValues((), theme)
        self.what = label(_LOOKING, "strong", wraps=True)
        self._reasons = QWidget()
        self._told = QVBoxLayout(self._reasons)
        self._told.setContentsMargins(0, 0, 0, 0)
        self._told.setSpacing(theme.space(1))
        self.folder = button("Show the folder", theme, self._show_folder, icon="folder-open")
        self.folder.setEnabled(self._path is not None)
        for part in (self.facts, self.what, self._reasons, Flow([self.folder], theme)):
            card.add(part)
        return card

    def _copies(self) -> Card:
        theme = self._desk.theme
        card = Card("Second files", theme)
        card.add(label(_ABOUT_COPIES, "quiet", wraps=True))
        self.model = RowsModel(COPIES, self)
        self.table = RowsTable(self.model, "Second files of this desk", theme)
        self.table.setProperty("role", "inner")
        self.table.set_fits(6)
        self.table.set_empty(_NO_COPIES, "")
        self.compare = button("Compare with this desk…", theme, self.start_comparing)
        self.read = button("Open to read", theme, self._read_chosen)
        self.table.row_chosen.connect(lambda _row: self._allow())
        self.table.row_opened.connect(lambda _row: self.start_comparing())
        card.add(self.table)
        card.add(Flow([self.compare, self.read], theme))
        return card

    def _health(self) -> Card:
        theme = self._desk.theme
        card = Card("The file itself", theme)
        self.health = label("", wraps=True)
        self.check = button("Check the file now", theme, self.start_checking, icon="list-checks")
        self.check.setEnabled(self._path is not None)
        card.add(self.health)
        card.add(Flow([self.check], theme))
        return card

    # showing

    @property
    def count(self) -> int | None:
        """How many second files there are; None until they are looked for, or for none."""
        return (len(self._found.copies) or None) if self._found is not None else None

    def refresh(self) -> None:
        """Look round again."""
        self.is_stale = False
        self._show_facts()
        path, key = self._path, self._desk.store.key
        if path is None:
            self._show_told(None, _A_DATABASE)
            self.health.setText(_A_DATABASE)
            return
        self._desk.jobs.run(
            "Looking round the desk's file",
            lambda progress: look_round(path, key, progress),
            done=self._show,
            failed=self._on_failed,
            owner=self,
            newest_of="surroundings",
            is_quiet=True,
        )

    def _show_facts(self) -> None:
        path = self._path
        pairs = [("Database", self._desk.store.name)]
        if path is not None:
            pairs = [("File", path.name), ("Folder", str(path.absolute().parent))]
            if self._found is not None:
                pairs.append(("Size", show_size(self._found.size_bytes)))
        self.facts.show_pairs(pairs)

    def _show(self, found: Surroundings) -> None:
        self._found = found
        self._show_facts()
        assert self._path is not None  # only a file was looked at
        if found.standing is None:
            self._show_told(None, _NOTHING_TO_SAY)
        else:
            self._show_told(told(found.standing, self._path.name), "")
        if not self.health.text():
            is_sample = self._desk.organisation.is_sample
            by_itself = found.is_checked_by_itself and not is_sample
            self.health.setText(_BY_ITSELF if by_itself else _WHEN_ASKED)
        self.model.replace([CopyLine(copy) for copy in found.copies])
        self.table.choose_first()
        self._allow()
        self.counted.emit()

    def _show_told(self, said: Told | None, otherwise: str) -> None:
        while (item := self._told.takeAt(0)) is not None:
            if (old := item.widget()) is not None:
                old.hide()
                old.deleteLater()
        self.what.setText(otherwise if said is None else said.what)
        self._reasons.setVisible(said is not None)
        if said is not None:
            self._add("What can go wrong", said.wrong)
            self._add("What to do", said.do)

    def _add(self, title: str, sentences: Sequence[str]) -> None:
        self._told.addSpacing(self._desk.theme.space(1))
        self._told.addWidget(label(title, "label"))
        for each in sentences:
            self._told.addWidget(point(each, self._desk.theme))

    def _on_failed(self, problem: Problem) -> None:
        self.what.setText(str(problem))
        self._allow()

    def _allow(self) -> None:
        has_row = self.table.chosen() is not None
        self.compare.setEnabled(has_row)
        self.read.setEnabled(has_row)

    def first_stop(self) -> QWidget | None:
        """Return the list where there is something in it, else the button that shows the folder."""
        return self.table if self.model.total else self.folder

    # what the person does

    def _show_folder(self) -> None:
        if self._path is not None:
            open_folder(self._path)

    def _chosen(self) -> ConflictCopy | None:
        row = self.table.chosen()
        return row.copy if row is not None else None

    def _read_chosen(self) -> None:
        copy = self._chosen()
        if copy is not None:
            self._desk.go(OpenDesk(str(copy.path), is_read_only=True))

    def start_comparing(self) -> None:
        """Compare the chosen file with this desk; one with another passphrase is asked for it."""
        copy = self._chosen()
        if copy is None:
            return
        if copy.needs_passphrase:
            self._ask_passphrase(copy)
            return
        own_key = self._desk.store.key
        self._compare(copy, lambda: None if salt_of(copy.path) is None else own_key)

    def _ask_passphrase(self, copy: ConflictCopy) -> None:
        def compare(passphrase: str) -> None:
            self._compare(copy, lambda: key_of_file(copy.path, passphrase))

        title = f"The passphrase of {copy.path.name}"
        self.dialog = ask_for_passphrase(
            self, self._desk.theme, title, _WHICH_IT_IS, "Compare", compare
        )

    def _compare(self, copy: ConflictCopy, key_of: Callable[[], DeskKey | None]) -> None:
        path, own_key = self._path, self._desk.store.key
        assert path is not None  # only a file has second files

        def work(progress: Progress) -> TwoLogs:
            progress.step(0, None, f"Comparing {path.name} with {copy.path.name}")
            return compare_logs(path, copy.path, own_key, key_of())

        self._desk.jobs.run(
            f"Comparing {path.name} with {copy.path.name}",
            work,
            done=lambda two: self._show_two(path, copy.path, two),
            owner=self,
            newest_of="two desks",
        )

    def _show_two(self, here: Path, there: Path, two: TwoLogs) -> None:
        dialog = TwoDesksDialog(self._desk, here, there, two, self)
        dialog.open_other.connect(
            lambda location: self._desk.go(OpenDesk(location, is_read_only=True))
        )
        self.dialog = dialog
        dialog.open()

    def start_checking(self) -> None:
        """Have the whole file checked."""
        path, key = self._path, self._desk.store.key
        if path is None:
            return
        self.check.setEnabled(False)
        self.health.setText(_LOOKING)
        self._desk.jobs.run(
            f"Checking {path.name}",
            lambda progress: soundness.check(path, key, progress),
            done=lambda _nothing: self._on_sound(),
            failed=self._on_not_sound,
            stopped=lambda: self._say_health("The check was stopped, so nothing is known yet."),
            owner=self,
        )

    def _on_sound(self) -> None:
        self._say_health(f"The file is sound: checked {show_instant(self._desk.clock.now())}.")

    def _on_not_sound(self, problem: Problem) -> None:
        self._say_health(str(problem))
        if isinstance(problem, Damaged):
            self._desk.found_damaged(problem)

    def _say_health(self, words: str) -> None:
        self.check.setEnabled(True)
        self.health.setText(words)
