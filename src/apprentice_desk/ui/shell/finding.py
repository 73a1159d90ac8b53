"""What the search box finds, and where choosing it leads.

Records are read once by a worker, and again when what they are made of changes; each letter typed
then searches in memory (``domain.searching``).  Pages and commands are the window's own actions,
guides are packaged.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject
from PySide6.QtGui import QAction, QKeySequence

from apprentice_desk import resources
from apprentice_desk.domain.searching import (
    Found,
    Hits,
    Line,
    Match,
    Shelf,
    Subject,
    found_by,
    words_of,
)
from apprentice_desk.ui.destinations import (
    Destination,
    OpenApprentice,
    OpenContract,
    OpenDocument,
    OpenGuide,
    OpenLibrary,
    OpenPage,
    OpenProcurement,
    OpenProvider,
    OpenReturnRecord,
    OpenSecondment,
)
from apprentice_desk.ui.kit.results import ResultGroup, ResultLine
from apprentice_desk.ui.kit.search_box import SearchBox
from apprentice_desk.ui.shell.actions import Actions
from apprentice_desk.ui.shell.places import PAGES

if TYPE_CHECKING:
    from apprentice_desk.domain.guides import Guide
    from apprentice_desk.domain.problems import Problem
    from apprentice_desk.domain.progress import Progress
    from apprentice_desk.records.changelog import Changes
    from apprentice_desk.ui.desk import Desk

LIMIT = 8
"""How many lines of one group are shown."""
RECENT = 6
_NO_DESK = "open a desk first"
_ABOUT = "about"

_SUBJECTS: Mapping[Subject, tuple[str, str]] = {
    Subject.APPRENTICE: ("Apprentices", "user"),
    Subject.CONTRACT: ("Contracts", "file-text"),
    Subject.PROVIDER: ("Providers", "building-2"),
    Subject.PROCUREMENT: ("Procurements", "list-checks"),
    Subject.DOCUMENT: ("Documents", "files"),
    Subject.SECONDMENT: ("Secondments", "arrow-left-right"),
    Subject.EVENT: ("Events", "calendar-days"),
    Subject.TEMPLATE: ("Plan templates", "layers"),
    Subject.OFFER: ("Learning offers", "book-open"),
}
_KINDS = {Subject.EVENT: "network"}
_LIBRARY = {Subject.TEMPLATE: "templates", Subject.OFFER: "offers"}


@dataclass(frozen=True, slots=True)
class ToPage:
    """A line that leads to a page."""

    name: str


@dataclass(frozen=True, slots=True)
class ToGuide:
    """A line that leads to a guide of the playbook."""

    name: str


@dataclass(frozen=True, slots=True)
class Command:
    """A line that does what a command of the menu does: the one at that place among them."""

    place: int


class Finder(QObject):
    """Answers the search box of the window with the desk that is open."""

    def __init__(self, box: SearchBox, actions: Actions, parent: QObject) -> None:
        super().__init__(parent)
        self._box = box
        self._actions = actions
        self._desk: Desk | None = None
        self._shelves: Mapping[Subject, Shelf] = {}
        self._as_at: date | None = None
        self._stale: set[Subject] = set()
        self._is_reading = False
        self._recent: list[Found | ToPage | ToGuide | Command] = []
        box.typed.connect(self._answer)
        box.chosen.connect(self._on_chosen)

    # the desk

    def take(self, desk: Desk) -> None:
        """Read what can be found in *desk*."""
        self._desk = desk
        desk.changed.connect(self._on_changed)
        self._read(Subject)

    def leave(self) -> None:
        """Forget the desk and everything found in it."""
        self._box.close_list()
        self._desk = None
        self._shelves = {}
        self._as_at = None
        self._recent.clear()
        self._stale.clear()

    def _on_changed(self, changes: Changes) -> None:
        from apprentice_desk.records.search import TABLES  # not on the way to the first paint

        self._read(subject for subject in Subject if changes.touches(*TABLES[subject]))

    def _read(self, subjects: Iterable[Subject] = ()) -> None:
        """Read *subjects* behind the window; what is asked for meanwhile is read after it."""
        self._stale.update(subjects)
        desk = self._desk
        if desk is None or self._is_reading or not self._stale:
            return
        wanted, self._stale = tuple(self._stale), set()
        today = desk.clock.today()

        def work(progress: Progress) -> dict[Subject, Shelf]:
            from apprentice_desk.records.search import shelf  # as above

            names = {borough.code: borough.name for borough in resources.boroughs()}
            made = {}
            for number, subject in enumerate(wanted):
                progress.step(number, len(wanted), _SUBJECTS[subject][0])
                made[subject] = desk.store.read(shelf, subject, today, names)
            return made

        def not_read() -> None:
            self._is_reading = False
            if desk is self._desk:
                self._stale.update(wanted)  # tried again when the box is next opened

        def failed(problem: Problem) -> None:
            not_read()
            desk.messages.problem(problem)

        self._is_reading = True
        desk.jobs.run(
            "Reading what can be searched",
            work,
            done=lambda made: self._on_read(desk, today, made),
            failed=failed,
            stopped=not_read,
            owner=self,
            is_quiet=True,
        )

    def _on_read(self, desk: Desk, today: date, made: Mapping[Subject, Shelf]) -> None:
        self._is_reading = False
        if desk is not self._desk:
            return
        self._shelves = {**self._shelves, **made}
        self._as_at = today
        self._read()
        if self._box.is_open:
            self._answer(self._box.text())

    @property
    def is_ready(self) -> bool:
        """Whether all that can be found has been read; without a desk there is nothing to read."""
        return self._desk is None or len(self._shelves) == len(Subject)

    # answering

    def _answer(self, typed: str) -> None:
        desk = self._desk
        if desk is not None and self._as_at not in (None, desk.clock.today()):
            self._as_at = desk.clock.today()  # a day later others are on programme
            self._read(Subject)
        if not typed:
            self._read()
        words = words_of(typed)
        groups = self._groups(typed) if words else self._beginning()
        self._box.show_groups(groups, words)

    def _groups(self, typed: str) -> list[ResultGroup]:
        words = words_of(typed)
        found: list[tuple[Hits, ResultGroup]] = []
        for subject, (heading, _icon) in _SUBJECTS.items():
            shelf = self._shelves.get(subject)
            if shelf is not None and (hits := shelf.search(typed, LIMIT)).total:
                lines = tuple(_record_line(hit.line, words) for hit in hits.best)
                found.append((hits, ResultGroup(heading, lines, hits.total)))
        for heading, shelf, worst in (
            ("Pages", self._pages(), Match.PART),
            ("Guides", self._guides(), Match.WORD),  # part of a word is in nearly all of them
            ("Commands", self._commands(), Match.PART),
        ):
            hits = _no_worse(shelf.search(typed, LIMIT), worst)
            if hits.total:
                lines = tuple(self._own_line(hit.line, words) for hit in hits.best)
                found.append((hits, ResultGroup(heading, lines, hits.total)))
        found.sort(key=lambda pair: pair[0].best[0].match)  # stable: else in the order above
        groups = [group for _, group in found]
        if not self.is_ready:
            return [*groups, ResultGroup("Still reading the desk, just a moment")]
        return groups or self._nothing(typed)

    def _nothing(self, typed: str) -> list[ResultGroup]:
        """Say that nothing was found, and offer to bring it in."""
        actions = self._actions
        offers = (actions.add_apprentice, actions.import_apprentices)
        possible = [each for each in offers if not actions.why_not(each)]
        said = ResultGroup(f"Nothing matches “{typed.strip()}”. Part of a word is enough.")
        if not possible:
            return [said]
        lines = tuple(self._own_line(self._command(each)) for each in possible)
        return [said, ResultGroup("Not in the desk yet?", lines, len(lines))]

    def _beginning(self) -> list[ResultGroup]:
        """What is offered before anything is typed."""
        recent = [line for line in map(self._line_of, self._recent) if line is not None]
        pages = tuple(
            self._own_line(line)
            for line in map(self._page, (place.name for place in PAGES if place.is_listed))
        )
        hint = "Type part of a name, ULN, code, reference, page or command"
        groups = [ResultGroup(hint)]
        if recent:
            groups.append(ResultGroup("Chosen lately", tuple(recent), len(recent)))
        return [*groups, ResultGroup("Pages", pages, len(pages))]

    # pages and commands

    def _pages(self) -> Shelf:
        return Shelf((self._page(place.name) for place in PAGES), in_order=True)

    def _page(self, name: str) -> Line:
        place = next(place for place in PAGES if place.name == name)
        return Line(ToPage(name), place.title, is_past=self._desk is None)

    def _guides(self) -> Shelf:
        return Shelf(map(self._guide, resources.guides()), in_order=True)

    def _guide(self, guide: Guide) -> Line:
        about = tuple((_ABOUT, each) for each in guide.words.split(", "))
        is_past = self._desk is None
        return Line(ToGuide(guide.name), guide.title, guide.about, more=about, is_past=is_past)

    def _commands(self) -> Shelf:
        lines = [self._command(action) for action in self._actions.commands]
        return Shelf(sorted(lines, key=lambda line: line.is_past), in_order=True)

    def _command(self, action: QAction) -> Line:
        place = self._actions.commands.index(action)
        return Line(Command(place), _words(action), is_past=not action.isEnabled())

    def _action_of(self, key: ToPage | Command) -> QAction | None:
        actions = self._actions
        if isinstance(key, ToPage):
            return actions.places.get(key.name)
        return actions.commands[key.place]

    def _own_line(self, line: Line, words: tuple[str, ...] = ()) -> ResultLine:
        """Return the line of a page, guide or command, with its shortcut and why it cannot be."""
        key: Any = line.key
        if isinstance(key, ToGuide):
            by = found_by(line, words)
            detail = line.detail if by is None else f"{by[0]} {by[1]}  ·  {line.detail}"
            why_not = "" if self._desk is not None else _NO_DESK
            return ResultLine(key, line.title, detail, "book-open", why_not=why_not)
        action = self._action_of(key)
        if action is None:  # a page that the navigation does not list
            icon = next(place.icon for place in PAGES if place.name == key.name)
            why_not = "" if self._desk is not None else _NO_DESK
            return ResultLine(key, line.title, icon=icon, why_not=why_not)
        keys = action.shortcut().toString(QKeySequence.SequenceFormat.NativeText)
        return ResultLine(
            key, line.title, "", action.data(), keys.replace("+", " "),
            self._actions.why_not(action),
        )  # fmt: skip

    # choosing

    def _line_of(self, key: Any) -> ResultLine | None:
        """Return the line of what was chosen lately, as it is now; None when it is gone."""
        if isinstance(key, Found):
            shelf = self._shelves.get(key.subject)
            line = shelf.line(key) if shelf is not None else None
            return _record_line(line, ()) if line is not None else None
        if isinstance(key, ToPage):
            return self._own_line(self._page(key.name))
        if isinstance(key, ToGuide):
            from apprentice_desk.domain.guides import find_guide  # comes with the first guide

            guide = find_guide(resources.guides(), key.name)
            return self._own_line(self._guide(guide)) if guide is not None else None
        action = self._action_of(key)
        return self._own_line(self._command(action)) if action is not None else None

    def _on_chosen(self, line: ResultLine) -> None:
        key = line.key
        self._recent = [key, *(each for each in self._recent if each != key)][:RECENT]
        if isinstance(key, Command):
            action = self._action_of(key)
            if action is not None:
                action.trigger()
        elif self._desk is not None:
            self._desk.go(_destination(key))


def _no_worse(hits: Hits, worst: Match) -> Hits:
    """Return *hits* without those that answer worse than *worst*."""
    if not hits.total or hits.best[-1].match <= worst:
        return hits
    best = tuple(hit for hit in hits.best if hit.match <= worst)
    return Hits(best, len(best))


def _words(action: QAction) -> str:
    return action.text().replace("&", "").removesuffix("…")


def _record_line(line: Line, words: tuple[str, ...]) -> ResultLine:
    found = line.key
    assert isinstance(found, Found)
    by = found_by(line, words)
    also = f"{by[0]} {by[1]}  ·  " if by is not None else ""
    return ResultLine(found, line.title, f"{also}{line.detail}", _SUBJECTS[found.subject][1])


def _destination(key: Found | ToPage | ToGuide) -> Destination:
    if isinstance(key, ToPage):
        return OpenPage(key.name)
    if isinstance(key, ToGuide):
        return OpenGuide(key.name)
    if key.subject is Subject.APPRENTICE:
        return OpenApprentice(key.id)
    if key.subject is Subject.CONTRACT:
        return OpenContract(key.id)
    if key.subject is Subject.PROVIDER:
        return OpenProvider(key.id)
    if key.subject is Subject.PROCUREMENT:
        return OpenProcurement(key.id)
    if key.subject is Subject.DOCUMENT:
        return OpenDocument(key.id)
    if key.subject is Subject.SECONDMENT:
        return OpenSecondment(key.id)
    if key.subject in _LIBRARY:
        return OpenLibrary(_LIBRARY[key.subject], key.id)
    return OpenReturnRecord(_KINDS[key.subject], key.id)
