"""The button that narrows the list: by status, or by a filter saved under a name.

Saved filters stand in this computer's preferences, which hold nothing of any person.  So what is
saved is held against the names that are known, and refused where it would name somebody.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QObject
from PySide6.QtGui import QAction, QActionGroup
from PySide6.QtWidgets import QMenu, QWidget

from apprentice_desk.domain.findings import Finding, Level, Place
from apprentice_desk.records.standing import ApprenticeRow
from apprentice_desk.settings import SavedFilter
from apprentice_desk.ui.desk import Desk
from apprentice_desk.ui.kit import access
from apprentice_desk.ui.kit.dialogs import FormDialog
from apprentice_desk.ui.kit.fields import Field
from apprentice_desk.ui.kit.filters import FilterBox
from apprentice_desk.ui.kit.forms import Form
from apprentice_desk.ui.kit.pieces import button
from apprentice_desk.ui.kit.rows import fold
from apprentice_desk.ui.kit.table import RowsTable

_LEAST_LETTERS = 3
_MOST_FIGURES = 5
_LONGEST_NAME = 40
_WORD = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class StatusFilter:
    """One way to narrow the list; *words* stand on the button, None as *keeps* keeps all."""

    words: str
    keeps: Callable[[Any], bool] | None


@dataclass(frozen=True, slots=True)
class FilterDetails:
    """What is asked for when a filter is saved."""

    name: str = ""


def known_of_people(rows: Iterable[ApprenticeRow]) -> Iterator[str]:
    """Return the names, addresses and numbers by which people are known."""
    for row in rows:
        yield from (
            row.given_names, row.family_name, row.line_manager, row.mentor, row.email,
            row.employee_reference, row.code,
        )  # fmt: skip


def word_of_a_person(text: str, known_of_people: Iterable[str]) -> str:
    """Return the first word of *text* that may be part of a name, address or number of somebody.

    *known_of_people* are the names, addresses and numbers that are known.  "" where there is none.
    A word of one or two letters says nothing of anybody.
    """
    folded = fold(text)
    for word in folded.split():
        if "@" in word or sum(letter.isdigit() for letter in word) >= _MOST_FIGURES:
            return word
    words = [word for word in _WORD.findall(folded) if len(word) >= _LEAST_LETTERS]
    known: set[str] = set()
    for part in known_of_people if words else ():
        known.update(_WORD.findall(fold(part)))
    return next((w for w in words if any(part.startswith(w) for part in known)), "")


class Narrowing(QObject):
    """Narrows *table* by status together with the words in *box*.

    The first of *filters* is in force at first; one of them keeps all.  Saved filters are kept
    under *kept_as*.  *about* says what they narrow, *example* is one, and *known_of_people*
    returns the names that none may hold.  A line stands in the menu before the filters at *lines*.
    """

    def __init__(
        self,
        desk: Desk,
        page: QWidget,
        table: RowsTable,
        box: FilterBox,
        filters: Sequence[StatusFilter],
        kept_as: str,
        about: str,
        example: str,
        known_of_people: Callable[[], Iterable[str]],
        *,
        lines: Sequence[int] = (),
    ) -> None:
        super().__init__(page)
        self._desk = desk
        self._page = page
        self._table = table
        self._box = box
        self._filters = tuple(filters)
        self._kept_as = kept_as
        self._about = about
        self._example = example
        self._known_of_people = known_of_people
        self._lines = tuple(lines)
        self.all = next(each for each in self._filters if each.keeps is None)
        self.chosen = self._filters[0]
        self.button = button("Status", desk.theme, icon="list-filter")
        self._menu = QMenu(self.button)
        self._group = QActionGroup(self._menu)
        self._choices: dict[str, QAction] = {}
        self._fill_menu()
        self.button.setMenu(self._menu)
        table.filter_cleared.connect(lambda: self.choose(self.all))
        desk.settings_changed.connect(self._fill_saved)

    def _fill_menu(self) -> None:
        menu = self._menu
        for place, each in enumerate(self._filters):
            if place in self._lines:
                menu.addSeparator()
            # With an owner of its own: Python loses hold of actions that a menu makes itself.
            choice = QAction(each.words[:1].upper() + each.words[1:], self)
            menu.addAction(choice)
            choice.setCheckable(True)
            choice.triggered.connect(lambda _checked=False, each=each: self.choose(each))
            self._group.addAction(choice)
            self._choices[each.words] = choice
        menu.addSeparator()
        self.saved = QMenu("Saved filters", self.button)
        self.save = QAction("Save this filter…", self)
        self.save.triggered.connect(self.ask_for_name)
        self.forget = QMenu("Forget a saved filter", self.button)
        menu.addMenu(self.saved)
        menu.addAction(self.save)
        menu.addMenu(self.forget)
        self._fill_saved()

    def _fill_saved(self, _settings: object = None) -> None:
        kept = self._desk.settings.filters_of(self._kept_as)
        for menu, act in ((self.saved, self.take), (self.forget, self.forget_filter)):
            menu.clear()
            menu.setEnabled(bool(kept))
            for each in kept:
                choice = QAction(each.name.replace("&", "&&"), menu)
                menu.addAction(choice)
                choice.triggered.connect(lambda _checked=False, act=act, each=each: act(each))

    @property
    def facts(self) -> tuple[tuple[str, str], ...]:
        """What it narrows by, in words, for a list that is saved."""
        return (("Status", self.chosen.words),)

    def choose(self, chosen: StatusFilter) -> None:
        """Show those with a status."""
        self.chosen = chosen
        self.button.setText(f"Status: {chosen.words}")
        access.name(self.button, f"Status: {chosen.words}", self._about)
        self._choices[chosen.words].setChecked(True)
        self._table.rows.keep(chosen.keeps)
        self._table.choose_first()

    # saved filters

    def take(self, saved: SavedFilter) -> None:
        """Narrow the list as a saved filter says."""
        same = (each for each in self._filters if each.words == saved.status)
        self.choose(next(same, self.all))
        self._box.setText(saved.words)
        self._table.choose_first()

    def forget_filter(self, saved: SavedFilter) -> None:
        """Remove a saved filter; it can be brought back from the status line."""
        desk = self._desk
        desk.prefer(desk.settings.without_filter(saved.page, saved.name))
        desk.messages.say(
            f"Forgotten: filter “{saved.name}”.",
            "Bring it back",
            lambda: desk.prefer(desk.settings.with_filter(saved)),
        )

    def ask_for_name(self) -> FormDialog:
        """Ask under which name the filter in force is to be kept."""
        form = Form((Field("name", "Name", required=True),), FilterDetails, self._desk.theme)
        form.show_details(FilterDetails())
        words = self._box.text().strip()
        told = f"Status {self.chosen.words}" + (f", with “{words}”" if words else "")
        form.set_help("name", f"{told}. Such as “{self._example}”; names of people are not kept.")
        dialog = FormDialog(
            form, "Save this filter", "Save", self._keep, self._desk.theme, self._page, wide=120
        )
        dialog.open()
        return dialog

    def _keep(self, details: FilterDetails) -> list[Finding]:
        name = " ".join(details.name.split())
        words = self._box.text().strip()
        if len(name) > _LONGEST_NAME:
            return [_refused("FL101", f"A name has at most {_LONGEST_NAME} letters.")]
        if word := word_of_a_person(f"{name} {words}", self._known_of_people()):
            return [
                _refused(
                    "FL102",
                    f"“{word}” may be part of a name or number, and preferences keep nothing of"
                    " any person.",
                    "Use other words, or clear the filter box first.",
                )
            ]
        desk = self._desk
        saved = SavedFilter(self._kept_as, name, self.chosen.words, words)
        desk.prefer(desk.settings.with_filter(saved))
        desk.messages.say(f"Saved: filter “{name}”. It stands in the Status menu.")
        return []


def _refused(code: str, message: str, remedy: str = "") -> Finding:
    return Finding(Level.ROW, code, message, remedy, Place(field="name"))
