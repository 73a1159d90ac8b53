"""Who goes over to another version: asked of each apprentice, nobody is moved by default."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QWidget

from apprentice_desk.domain.calendar import show_day, table_day
from apprentice_desk.domain.findings import Finding, Level
from apprentice_desk.domain.standards import takes_start
from apprentice_desk.domain.standards_comparing import compare
from apprentice_desk.records.standard_uses import PersonOnVersion, VersionMove
from apprentice_desk.records.standard_versions import HeldVersion
from apprentice_desk.ui.kit import access
from apprentice_desk.ui.kit.arranging import Flow
from apprentice_desk.ui.kit.fields import Field, make_input
from apprentice_desk.ui.kit.form_parts import FieldBlock
from apprentice_desk.ui.kit.inputs import Input
from apprentice_desk.ui.kit.pieces import button, label
from apprentice_desk.ui.kit.rows import Column, RowsModel
from apprentice_desk.ui.kit.table import RowsTable
from apprentice_desk.ui.kit.theme import Theme
from apprentice_desk.ui.pages.standards.dialogs import CompareDialog, SpaciousDialog

_STAYS = (
    "Everybody stays as they are until you say otherwise. Space moves the chosen apprentice on the"
    " day below, or leaves them."
)


@dataclass(frozen=True, slots=True)
class Choice:
    """One apprentice, and what was chosen for them: *moved_on* is None for who stays."""

    person: PersonOnVersion
    fits: str
    """The versions that take their start."""
    to: str
    moved_on: date | None = None
    option: str = ""

    @property
    def id(self) -> UUID:
        """The apprenticeship's key."""
        return self.person.id

    @property
    def name(self) -> str:
        """Who it is."""
        number = self.person.number
        return self.person.name if number == 1 else f"{self.person.name} ({number})"

    @property
    def follows(self) -> str:
        """The version followed now, with its option."""
        if not self.person.version:
            return "not said"
        option = f", {self.person.option}" if self.person.option else ""
        return f"{self.person.version}{option}"

    @property
    def says(self) -> str:
        """What was chosen for them."""
        option = f", {self.option}" if self.option else ""
        if self.moved_on is None:
            return f"stays on {self.person.version}" if self.person.version else "stays not said"
        if not self.person.version:
            return f"follows {self.to}{option}"
        return f"{self.to}{option} from {show_day(self.moved_on)}"


def _start(choice: Choice) -> date | None:
    return choice.person.first_started_on or choice.person.started_on


def _worded(write: Callable[[date], str], choice: Choice) -> str:
    start = _start(choice)
    return "" if start is None else write(start)


COLUMNS = (
    Column("Apprentice", lambda c: c.name, kind="strong", width=18),
    Column("Follows now", lambda c: c.follows, width=13, tip=lambda c: c.follows),
    Column("Started", lambda c: _worded(table_day, c), width=13, sort=_start,
           say=lambda c: _worded(show_day, c) or "no start"),
    Column("Fits the start", lambda c: c.fits or "none loaded", width=13),
    Column("Then", lambda c: c.says, width=19, tip=lambda c: c.says),
)  # fmt: skip


class MovesDialog(SpaciousDialog):
    """Asks of each apprentice whether they go over.

    *save* is given the moves and the reason; a Problem that it raises is shown here.
    """

    def __init__(
        self,
        parent: QWidget,
        theme: Theme,
        versions: Sequence[HeldVersion],
        people: Sequence[PersonOnVersion],
        today: date,
        save: Callable[[tuple[VersionMove, ...], str], object],
        *,
        to: str = "",
    ) -> None:
        newest = versions[-1]
        super().__init__(parent, theme, f"Who follows which version of {newest.details.title}")
        self._theme = theme
        self._save_moves = save
        self._versions = {each.details.version: each for each in versions}
        self._people = tuple(people)
        self._made: dict[tuple[UUID, str], Choice] = {}
        names = tuple(self._versions)
        self.to = self._block("to", "To version", "choice", choices=names, required=True, width=12)
        self.on = self._block("on", "On", "date", today, width=14)
        self.option = self._block("option", "Option", "offered", width=30)
        self.reason = self._block("reason", "Reason", "text", width=36)
        self.what = button("What is different…", theme, self._on_what)
        self.says = label("", "strong", wraps=True)
        self.model = RowsModel(COLUMNS, self)
        self.table = RowsTable(self.model, "Apprentices on this standard", theme, stretch=4)
        self.table.setMinimumHeight(theme.space(40))
        self.turn = button("Move, or leave as it is", theme, self._on_turn)
        self.cancel = button("Cancel", theme, self.reject)
        self.save = button("", theme, self._on_save, role="primary")
        self.dialog: CompareDialog | None = None
        self._build()
        self.to.input.write(to or names[-1])
        self.on.input.write(today)
        self._show_to()
        self.table.setFocus(Qt.FocusReason.TabFocusReason)

    def _block(self, name: str, words: str, kind: str, today: date | None = None,
               **more: object) -> FieldBlock:  # fmt: skip
        field = Field(name, words, kind, **more)  # type: ignore[arg-type]
        return FieldBlock(field, make_input(field, self._theme, today), self._theme)

    def _build(self) -> None:
        theme = self._theme
        self.put(self.to)
        self.put(self.says)
        self.put(Flow((self.what,), theme))
        self.put(label(_STAYS, "quiet", wraps=True))
        self.put(self.table, 1)
        self.put(Flow((self.on, self.option, self.reason), theme, quarters=4))
        self.put(Flow((self.turn,), theme))
        self.put_buttons(theme, self.save, self.cancel)
        action = QAction("Move this apprentice, or leave as it is", self.table)
        action.setShortcut(QKeySequence("Space"))
        action.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
        action.triggered.connect(lambda _checked=False: self._on_turn())
        self.table.addAction(action)
        self.table.set_actions((action,))
        self.table.row_opened.connect(lambda _choice: self._on_turn())
        self.table.row_chosen.connect(lambda _choice: self._allow())
        self.to.input.edited.connect(self._show_to)
        self.on.input.edited.connect(self._on_day_edited)
        self.option.input.edited.connect(self._on_option_edited)

    # showing

    @property
    def _version(self) -> HeldVersion | None:
        return self._versions.get(self.to.input.read() or "")

    @property
    def moves(self) -> tuple[VersionMove, ...]:
        """Who goes over, as it was chosen."""
        return tuple(
            VersionMove(each.id, each.moved_on, each.to, each.option)
            for each in self._made.values()
            if each.moved_on is not None
        )

    def _show_to(self) -> None:
        version = self._version
        titles = () if version is None else tuple(o.title for o in version.details.options)
        chooser: Input = self.option.input
        chooser.set_choices(titles)  # type: ignore[attr-defined]
        self.option.setVisible(bool(titles))
        self._made = {}
        to = "" if version is None else version.details.version
        for person in self._people:
            if person.version != to:
                option = person.option if person.option in titles else ""
                self._made[person.id, to] = Choice(person, self._fits(person), to, None, option)
        self.table.set_empty("Everybody follows this version already", "")
        self._refresh()
        self.table.choose_first()
        self._say()

    def _fits(self, person: PersonOnVersion) -> str:
        start = person.first_started_on or person.started_on
        if start is None:
            return ""
        return " or ".join(
            name
            for name, each in self._versions.items()
            if takes_start(each.details.first_start_on, each.details.last_start_on, start)
        )

    def _say(self) -> None:
        version, older = self._version, self._older()
        if version is None or older is None:
            self.says.setText("")
            self.what.setEnabled(False)
            return
        self.what.setEnabled(True)
        comparison = compare(older.details, version.details)
        self.says.setText(
            f"{version.details.version} beside {older.details.version}: {comparison.says}"
        )

    def _older(self) -> HeldVersion | None:
        """The version that most of them follow now, of those that are loaded."""
        followed = [p.version for p in self._people if p.version in self._versions]
        others = [each for each in followed if each != self.to.input.read()]
        if others:
            return self._versions[max(set(others), key=others.count)]
        rest = [each for name, each in self._versions.items() if name != self.to.input.read()]
        return rest[-1] if rest else None

    def _refresh(self) -> None:
        self.model.replace(list(self._made.values()))
        self._allow()

    def _allow(self) -> None:
        count = len(self.moves)
        words = "1 apprentice" if count == 1 else f"{count} apprentices"
        self.save.setText(f"Save for {words}" if count else "Nobody moves")
        self.save.setEnabled(bool(count))
        self.turn.setEnabled(self.table.chosen() is not None)

    # what the person does

    def _on_turn(self) -> None:
        choice = self.table.chosen()
        day = self._day()
        if choice is None or day is None:
            return
        is_moved = choice.moved_on is None
        option = (self.option.input.read() or choice.option) if is_moved else choice.option
        self._put(replace(choice, moved_on=day if is_moved else None, option=option))

    def _put(self, choice: Choice) -> None:
        self._made[choice.id, choice.to] = choice
        self._refresh()
        access.announce(self.table, choice.says)

    def _day(self) -> date | None:
        """The day that is typed; None, and said beside it, where there is none."""
        try:
            day: date | None = self.on.input.read()
        except ValueError as error:
            self.on.show_findings([Finding(Level.ROW, "SV101", str(error))])
            return None
        if day is None:
            self.on.show_findings([Finding(Level.ROW, "SV102", "Say from which day on.")])
        return day

    def _on_day_edited(self) -> None:
        choice = self.table.chosen()
        try:
            day = self.on.input.read()
        except ValueError:
            return
        if choice is not None and choice.moved_on is not None and day is not None:
            self._put(replace(choice, moved_on=day))

    def _on_option_edited(self) -> None:
        choice = self.table.chosen()
        if choice is not None and choice.moved_on is not None:
            self._put(replace(choice, option=self.option.input.read() or ""))

    def _on_what(self) -> None:
        older, version = self._older(), self._version
        if older is not None and version is not None:
            self.dialog = CompareDialog(
                self, self._theme, tuple(self._versions.values()), older.details.version,
                version.details.version,
            )  # fmt: skip
            self.dialog.open()

    def _on_save(self) -> None:
        reason = self.reason.input.read() or ""
        self.finish(lambda: self._save_moves(self.moves, reason))
