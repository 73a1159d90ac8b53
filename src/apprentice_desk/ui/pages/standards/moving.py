"""Who goes over to another version: asked of each apprentice, nobody is moved by default.

That somebody stays is remembered, so that it is asked once.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date
from uuid import UUID

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QWidget

from apprentice_desk.domain.findings import Finding, Level
from apprentice_desk.domain.ksb_grid import KsbFacts
from apprentice_desk.domain.standards import ksbs_of_option, takes_start
from apprentice_desk.domain.standards_comparing import compare
from apprentice_desk.records.standard_uses import PersonOnVersion, VersionAnswers
from apprentice_desk.records.standard_versions import HeldVersion
from apprentice_desk.ui.kit import access
from apprentice_desk.ui.kit.arranging import Flow
from apprentice_desk.ui.kit.fields import Field, make_input
from apprentice_desk.ui.kit.form_parts import FieldBlock
from apprentice_desk.ui.kit.inputs import Input
from apprentice_desk.ui.kit.pieces import button, label
from apprentice_desk.ui.kit.rows import RowsModel
from apprentice_desk.ui.kit.table import RowsTable
from apprentice_desk.ui.kit.theme import Theme
from apprentice_desk.ui.pages.standards.choices import (
    COLUMNS,
    Choice,
    Fate,
    answers,
    codes_in_words,
)
from apprentice_desk.ui.pages.standards.dialogs import CompareDialog, SpaciousDialog

_STAYS = (
    "Everybody stays as they are until you say otherwise. Space moves the chosen apprentice on the"
    " day below, S notes that they stay, which is not asked again; the same key takes it back."
)


class MovesDialog(SpaciousDialog):
    """Asks of each apprentice whether they go over.

    *save* is given the answers and the reason; a Problem that it raises is shown here.  *used*
    returns what somebody has logged under which codes.
    """

    def __init__(
        self,
        parent: QWidget,
        theme: Theme,
        versions: Sequence[HeldVersion],
        people: Sequence[PersonOnVersion],
        today: date,
        save: Callable[[VersionAnswers, str], object],
        used: Callable[[UUID], KsbFacts],
        *,
        to: str = "",
    ) -> None:
        newest = versions[-1]
        super().__init__(parent, theme, f"Who follows which version of {newest.details.title}")
        self._theme = theme
        self._save_answers = save
        self._used = used
        self._known: dict[UUID, KsbFacts] = {}
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
        self.codes = label("", wraps=True)
        self.turn = button("Move, or leave as it is", theme, self._on_turn)
        self.turn.setToolTip("Move, or leave as it is (Space)")
        self.stay = button("Stays, or ask again", theme, self._on_stay)
        self.stay.setToolTip("Remember that this apprentice stays, or ask again (S)")
        self.rest = button("All not decided stay", theme, self._on_rest)
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
        self.put(self.codes)
        self.put(Flow((self.on, self.option, self.reason), theme, quarters=4))
        self.put(Flow((self.turn, self.stay, self.rest), theme))
        self.put_buttons(theme, self.save, self.cancel)
        actions = []
        for words, keys, act in (
            ("Move this apprentice, or leave as it is", "Space", self._on_turn),
            ("This apprentice stays, or ask again", "S", self._on_stay),
        ):
            action = QAction(words, self.table)
            action.setShortcut(QKeySequence(keys))
            action.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
            action.triggered.connect(lambda _checked=False, act=act: act())
            self.table.addAction(action)
            actions.append(action)
        self.table.set_actions(tuple(actions))
        self.table.row_opened.connect(lambda _choice: self._on_turn())
        self.table.row_chosen.connect(lambda _choice: self._on_chosen())
        self.to.input.edited.connect(self._show_to)
        self.on.input.edited.connect(self._on_day_edited)
        self.option.input.edited.connect(self._on_option_edited)

    # showing

    @property
    def _version(self) -> HeldVersion | None:
        return self._versions.get(self.to.input.read() or "")

    @property
    def answers(self) -> VersionAnswers:
        """Who goes over, who stays and who is asked again, as it was chosen."""
        return answers(self.to.input.read() or "", self._made.values())

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
                fate = Fate.OPEN if person.stays_though(to) is None else Fate.STAYS
                self._made[person.id, to] = Choice(
                    person, self._fits(person), to, fate, option=option
                )
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
        self._on_chosen()

    def _on_chosen(self) -> None:
        self._allow()
        self._tell_codes()

    def _tell_codes(self) -> None:
        """Say what becomes of the codes that the chosen apprentice has used."""
        choice, version = self.table.chosen(), self._version
        self.codes.setVisible(choice is not None and version is not None)
        if choice is None or version is None:
            return
        if choice.id not in self._known:
            self._known[choice.id] = self._used(choice.id)
        after = ksbs_of_option(version.details, choice.option)
        self.codes.setText(codes_in_words(choice, self._known[choice.id], after))

    def _allow(self) -> None:
        count = self.answers.count
        words = "1 apprentice" if count == 1 else f"{count} apprentices"
        self.save.setText(f"Save for {words}" if count else "Nothing is decided")
        self.save.setEnabled(bool(count))
        for made in (self.turn, self.stay):
            made.setEnabled(self.table.chosen() is not None)
        self.rest.setEnabled(any(each.fate is Fate.OPEN for each in self._made.values()))

    # what the person does

    def _on_turn(self) -> None:
        choice = self.table.chosen()
        day = self._day()
        if choice is None or day is None:
            return
        if choice.fate is Fate.MOVES:
            self._put(replace(choice, fate=Fate.OPEN, moved_on=None))
            return
        option = self.option.input.read() or choice.option
        self._put(replace(choice, fate=Fate.MOVES, moved_on=day, option=option))

    def _on_stay(self) -> None:
        choice = self.table.chosen()
        if choice is not None:
            fate = Fate.OPEN if choice.fate is Fate.STAYS else Fate.STAYS
            self._put(replace(choice, fate=fate, moved_on=None))

    def _on_rest(self) -> None:
        for key, choice in self._made.items():
            if choice.fate is Fate.OPEN:
                self._made[key] = replace(choice, fate=Fate.STAYS)
        self._refresh()
        access.announce(self.table, self.save.text())

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
        self.finish(lambda: self._save_answers(self.answers, reason))
