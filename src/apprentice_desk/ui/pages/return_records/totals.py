"""The form of the characteristic totals: every category at once, saved as one change."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any
from uuid import UUID

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from apprentice_desk.domain.problems import Conflict
from apprentice_desk.domain.vocabulary import Characteristic
from apprentice_desk.records import organisation
from apprentice_desk.records.organisation import characteristic_rows
from apprentice_desk.ui.desk import Desk
from apprentice_desk.ui.kit.arranging import SideBySide
from apprentice_desk.ui.kit.conflicts import ConflictDialog, differences
from apprentice_desk.ui.kit.fields import Field
from apprentice_desk.ui.kit.pieces import button, column_of, label
from apprentice_desk.ui.pages.return_records.totals_card import TotalsCard
from apprentice_desk.ui.pages.return_records.totals_rows import (
    COLUMN_WORDS,
    COLUMNS,
    NOTHING,
    Counts,
    Key,
    categories,
    changed,
    counts_of,
    ids_of,
    in_the_desk,
)
from apprentice_desk.ui.recording.kind import people
from apprentice_desk.ui.recording.panel import READ_ONLY

TITLE = "Characteristics"
LABEL = "Change the characteristic totals"
_RULE = (
    "Type the borough's totals from the HR system; the desk never holds these facts about one"
    " person. In the return a number from 1 to 4 is left blank, with as many others as it takes"
    " that nobody can work it out from the total. Blank here means not known; write 0 for none."
)
_KEYS = "Tab goes across · Enter, Up and Down go from line to line · Ctrl Enter saves"
_LEFT = (Characteristic.SEX, Characteristic.ETHNIC_GROUP)
_BESIDE = 215


class TotalsPart(QWidget):
    """All totals of the borough, and what of them the return will show.

    *save* and *take_back* are buttons for the page's header.
    """

    about = "Borough totals for the sheet Characteristics, by DfE's categories"

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._theme = desk.theme
        self.is_stale = True
        self._original: dict[Key, Counts] = {}
        self._ids: dict[Key, UUID] = {}
        self._categories: dict[Characteristic, tuple[str, ...]] = {}
        self.cards: dict[Characteristic, TotalsCard] = {}
        theme, is_read_only = self._theme, desk.store.is_read_only
        self.rule = label(_RULE, "quiet", wraps=True)
        self.keys = label(READ_ONLY if is_read_only else _KEYS, "small", wraps=True)
        self.save = button("Save totals", theme, self.submit, role="primary", icon="save")
        self.save.setToolTip("Save totals (Ctrl+Enter)")
        self.take_back = button("Take back what is typed", theme, self.revert, icon="undo-2")
        self._place = QVBoxLayout()
        self._both: SideBySide | None = None
        down = QVBoxLayout(self)
        down.setContentsMargins(0, 0, 0, 0)
        down.setSpacing(theme.space(4))
        down.addWidget(self.rule)
        down.addLayout(self._place)
        down.addWidget(self.keys)
        down.addStretch(1)

    # showing

    def refresh(self) -> None:
        """Read the totals anew; what is typed and not saved stays."""
        stored = self._desk.store.read(characteristic_rows)
        today = self._desk.clock.today()
        self.is_stale = False
        counted = in_the_desk(people(self._desk), today)
        if not self.has_unsaved_changes:
            self._ids = ids_of(stored)
            self._build(categories(stored, self._desk.lists.categories.on(today)))
            self._show(counts_of(stored))
        for card in self.cards.values():
            card.show_desk(counted)

    def _build(self, found: dict[Characteristic, tuple[str, ...]]) -> None:
        if found == self._categories:
            return
        self._categories = found
        if self._both is not None:
            self._both.hide()
            self._both.deleteLater()
        self.cards = {
            characteristic: TotalsCard(
                characteristic,
                names,
                self._theme,
                self._allow,
                is_read_only=self._desk.store.is_read_only,
            )
            for characteristic, names in found.items()
        }
        sides = []
        for side in (_LEFT, [each for each in Characteristic if each not in _LEFT]):
            made = QWidget()
            made.setLayout(
                column_of(self._theme, *(self.cards[each] for each in side), None, quarters=4)
            )
            sides.append(made)
        self._both = SideBySide(sides, self._theme, narrowest=_BESIDE)
        self._place.addWidget(self._both)
        self._both.show()  # now, not with the next turn of the loop: the keyboard may go there

    def _show(self, counts: dict[Key, Counts]) -> None:
        """Show *counts* as what is kept."""
        self._original = counts
        self._write(counts)

    def _write(self, counts: dict[Key, Counts]) -> None:
        for characteristic, card in self.cards.items():
            card.write([counts.get((characteristic, c), NOTHING) for c in card.categories])
        self._allow()

    def _typed(self) -> dict[Key, Counts] | None:
        """Return what is typed; None where some of it cannot be read."""
        found: dict[Key, Counts] = {}
        for characteristic, card in self.cards.items():
            group = card.read()
            if group is None:
                return None
            found |= {
                (characteristic, category): counts
                for category, counts in zip(card.categories, group, strict=True)
            }
        return found

    @property
    def has_unsaved_changes(self) -> bool:
        """Whether what is typed differs from what is kept, or cannot be read."""
        typed = self._typed()
        return typed is None or bool(changed(self._original, typed))

    def _allow(self) -> None:
        has = self.has_unsaved_changes
        self.save.setEnabled(has)
        self.take_back.setEnabled(has)

    def revert(self) -> None:
        """Show again what is kept."""
        self._write(self._original)
        self.is_stale = True
        self.refresh()
        self.go_to(None, "")

    # saving

    def submit(self) -> None:
        """Save what is typed if all of it can be read."""
        if self._desk.store.is_read_only:
            return
        typed = self._typed()
        if typed is None:
            for card in self.cards.values():
                if (wrong := card.first_wrong()) is not None:
                    wrong.setFocus(Qt.FocusReason.OtherFocusReason)
                    self._desk.messages.warn(
                        "The totals were not saved: one of them is not a number.",
                        "It is marked; put it right and save again.",
                    )
                    return
            return
        if self._desk.attempt(lambda: self._save(typed)):
            self._show({key: counts for key, counts in typed.items() if counts != NOTHING})
            self.is_stale = True

    def _save(self, typed: dict[Key, Counts]) -> None:
        with self._desk.change(LABEL) as session:
            stored = characteristic_rows(session)
            theirs = counts_of(stored)
            if theirs != self._original:
                self._ask_which(typed, theirs)
                raise Conflict(
                    "The totals were changed by somebody else while you were editing.",
                    "Compare the two versions and choose what to keep.",
                )
            ids = ids_of(stored)
            for key in changed(theirs, typed):
                counts = typed.get(key, theirs.get(key, NOTHING))
                if counts == NOTHING:
                    organisation.remove_total(session, ids[key])
                else:
                    organisation.set_total(session, *key, *counts)

    def _ask_which(self, mine: dict[Key, Counts], theirs: dict[Key, Counts]) -> None:
        fields = _fields(list(dict.fromkeys((*mine, *theirs))))
        found = differences(
            fields, _as_details(mine), _as_details(theirs), _as_details(self._original)
        )
        ask_which = ConflictDialog(
            found,
            "The totals were changed by somebody else while you were editing. Choose, line by"
            " line, what to keep.",
            self._theme,
            self,
        )

        def take(kept: frozenset[str]) -> None:
            chosen = dict(theirs)
            for key in mine:
                values = list(theirs.get(key, NOTHING))
                for place in (0, 1):
                    if _name(key, place) in kept:
                        values[place] = mine[key][place]
                chosen[key] = (values[0], values[1])
            self._original = theirs
            self._write(chosen)
            self.submit()

        ask_which.chosen.connect(take)
        ask_which.open()

    # going about in it

    def go_to(self, record_id: UUID | None, field: str) -> None:
        """Go to the number of a category, else to the first."""
        place = COLUMNS.index(field) if field in COLUMNS else 0
        key = next((key for key, own in self._ids.items() if own == record_id), None)
        for characteristic, card in self.cards.items():
            for category, pair in zip(card.categories, card.inputs, strict=True):
                if key is None or key == (characteristic, category):
                    pair[place].target.setFocus(Qt.FocusReason.ShortcutFocusReason)
                    return

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter, Up and Down go from line to line; Ctrl+Enter saves."""
        key = Qt.Key(event.key())
        is_enter = key in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if is_enter and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.submit()
            return
        step = 1 if is_enter or key == Qt.Key.Key_Down else -1 if key == Qt.Key.Key_Up else 0
        if not step or not self._step(step):
            super().keyPressEvent(event)

    def _step(self, step: int) -> bool:
        lines = [pair for card in self.cards.values() for pair in card.inputs]
        for number, pair in enumerate(lines):
            for place in (0, 1):
                if pair[place].target.hasFocus():
                    if 0 <= number + step < len(lines):
                        target: Any = lines[number + step][place].target
                        target.setFocus(Qt.FocusReason.TabFocusReason)
                        target.selectAll()
                    return True
        return False


def _name(key: Key, place: int) -> str:
    return f"{key[0]}, {key[1]}: {COLUMN_WORDS[place].lower()}"


def _fields(keys: list[Key]) -> list[Field]:
    return [
        Field(_name(key, place), _name(key, place), "integer") for key in keys for place in (0, 1)
    ]


class _AsDetails(SimpleNamespace):
    """Counts with a name for each; what there is no total for is blank."""

    def __getattr__(self, name: str) -> None:
        return None


def _as_details(counts: dict[Key, Counts]) -> _AsDetails:
    return _AsDetails(**{_name(key, p): counts[key][p] for key in counts for p in (0, 1)})
