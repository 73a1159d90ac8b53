"""The main window: it paints its first frame at once, and is furnished and given a desk after.

Only what the first frame needs is imported at the top; the rest where it is used.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Protocol

from PySide6.QtCore import QByteArray, QEventLoop, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QMainWindow

from apprentice_desk.ui.shell.frame import TITLE, Frame
from apprentice_desk.ui.shell.places import PAGES, first_page, place_named

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtGui import QAction, QCloseEvent, QPaintEvent, QPixmap, QShowEvent
    from PySide6.QtWidgets import QWidget

    from apprentice_desk.ui.desk import Desk
    from apprentice_desk.ui.destinations import Arrival, Destination
    from apprentice_desk.ui.kit.arranging import ScrollingPage
    from apprentice_desk.ui.kit.messages import Messages
    from apprentice_desk.ui.kit.theme import Theme
    from apprentice_desk.ui.shell.actions import Actions
    from apprentice_desk.ui.shell.dropping import Drops
    from apprentice_desk.ui.shell.finding import Finder
    from apprentice_desk.ui.shell.furniture import Furniture
    from apprentice_desk.ui.shell.navigation import Navigation
    from apprentice_desk.ui.shell.new_day import NewDay

FIRST_SIZE = QSize(1440, 900)
_TURNS_TO_SETTLE = 8
_TITLE_BAR = 40  # at most so high: a window that is not shown yet does not know its frame


class Lock(Protocol):
    """What locks the desk of a window (``locking``)."""

    @property
    def is_on(self) -> bool:
        """Whether nothing of the desk can be seen."""

    def lock(self, why: str = "") -> None:
        """Lock it."""

    def ask_before_leaving(self, then: Callable[[], object]) -> None:
        """Ask in words that name nothing, and do *then*."""


class Window(QMainWindow):
    """The window.

    *asked* carries what ``app`` must do: "new", "open", "sample", "lock", "close", "about"
    or "newer".
    *wanted* carries a desk to open instead, and whether to read only.
    *dropped* carries the paths of files.  *painted* comes once, after the first frame; then
    ``furnish`` puts the widgets in.
    """

    asked = Signal(str)
    wanted = Signal(str, bool)
    dropped = Signal(object)
    painted = Signal()
    about_to_close = Signal()

    def __init__(self, frame: Frame | None = None) -> None:
        super().__init__()
        self._frame = frame
        self._furniture: Furniture | None = None
        self._actions: Actions | None = None
        self._finder: Finder | None = None
        self._theme: Theme | None = None
        self._drops: Drops | None = None
        self.desk: Desk | None = None
        self._pages: dict[str, ScrollingPage] = {}
        self._new_day: NewDay | None = None
        self._shown = ""
        self._may_lose = False
        self.locking: Lock | None = None
        """What locks the desk that is open."""
        self.setWindowTitle(TITLE)
        self.setMinimumSize(640, 480)
        self.resize(FIRST_SIZE)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the first frame; the widgets paint themselves."""
        if self._frame is None:
            super().paintEvent(event)
            return
        painter = QPainter(self)
        self._frame.paint(painter, self.width(), self.height())
        painter.end()
        if self._furniture is None:
            QTimer.singleShot(0, self._report_painted)

    def _report_painted(self) -> None:
        if self._furniture is None:
            self.painted.emit()

    # building

    def furnish(self, theme: Theme, messages: Messages) -> None:
        """Put in what the first frame only showed: bars, navigation, messages, actions."""
        from apprentice_desk.ui.kit.keys import ShortcutsBeforeText
        from apprentice_desk.ui.shell.actions import Actions
        from apprentice_desk.ui.shell.dropping import Drops
        from apprentice_desk.ui.shell.finding import Finder
        from apprentice_desk.ui.shell.furniture import Furniture
        from apprentice_desk.ui.shell.new_day import NewDay

        self._theme = theme
        furniture = self._furniture = Furniture(theme, messages)
        actions = self._actions = Actions(self, theme)
        furniture.navigation.chosen.connect(self.show_page)
        furniture.top.menu.setMenu(actions.menu(furniture.top.menu))
        furniture.top.log.setEnabled(actions.log_hours.isEnabled())
        furniture.top.log.clicked.connect(actions.log_hours.trigger)
        actions.log_hours.enabledChanged.connect(furniture.top.log.setEnabled)
        actions.connect_all(self._what_actions_do(actions))
        self._finder = Finder(furniture.top.search, actions, self)
        furniture.top.search.let_go.connect(furniture.focus_page)
        self.setCentralWidget(furniture)
        furniture.navigation.setEnabled(False)
        ShortcutsBeforeText(self)
        self._new_day = NewDay(self)
        self._new_day.begun.connect(self._count)
        self._drops = Drops(self, theme)
        self._drops.dropped.connect(self.dropped)
        self._drops.watch()
        self._frame = None

    def showEvent(self, event: QShowEvent) -> None:
        """Take what is dropped from now on."""
        super().showEvent(event)
        if self._drops is not None:
            self._drops.watch()

    def _what_actions_do(self, actions: Actions) -> dict[QAction, Callable[[], object]]:
        from apprentice_desk.ui.destinations import AddApprentice, ImportList

        doing: dict[QAction, Callable[[], object]] = {
            actions.new_desk: partial(self.asked.emit, "new"),
            actions.open_desk: partial(self.asked.emit, "open"),
            actions.open_sample: partial(self.asked.emit, "sample"),
            actions.lock: partial(self.asked.emit, "lock"),
            actions.close_desk: partial(self.asked.emit, "close"),
            actions.about: partial(self.asked.emit, "about"),
            actions.newer: partial(self.asked.emit, "newer"),
            actions.help: self.show_help,
            actions.open_menu: self.furniture.top.menu.click,
            actions.next_region: self.furniture.next_region,
            actions.quit: self.close,
            actions.find: self.furniture.top.start_search,
            actions.undo: self._undo,
            actions.redo: self._redo,
            actions.log_hours: self.log_hours,
            actions.add_apprentice: partial(self.go, AddApprentice()),
            actions.import_apprentices: partial(self.go, ImportList("apprentices")),
            actions.import_hours: partial(self.go, ImportList("hours")),
            actions.import_contracts: partial(self.go, ImportList("contracts")),
        }
        for topic, action in actions.topics.items():
            doing[action] = partial(self.show_help, topic)
        for name, action in actions.places.items():
            doing[action] = partial(self.show_page, name)
        return doing

    @property
    def furniture(self) -> Furniture:
        """What stands round the pages; the window must be furnished."""
        assert self._furniture is not None
        return self._furniture

    @property
    def actions_(self) -> Actions:
        """What can be done from anywhere; the window must be furnished."""
        assert self._actions is not None
        return self._actions

    @property
    def navigation(self) -> Navigation:
        """The list of places."""
        return self.furniture.navigation

    # the desk

    def take(self, desk: Desk) -> None:
        """Show *desk*: on the page of the last time today, else on the first of all."""
        from apprentice_desk.ui.shell.page_modules import PageModules
        from apprentice_desk.ui.shell.unfinished import tell_of_drafts

        self.leave()
        self.desk = desk
        organisation, is_read_only = desk.organisation, desk.store.is_read_only
        sample = "  ·  sample, invented people" if organisation.is_sample else ""
        furniture = self.furniture
        furniture.top.show_where(f"{organisation.name}  ·  {desk.store.name}{sample}")
        self._show_state()
        furniture.navigation.setEnabled(True)
        self.setWindowTitle(f"{desk.store.name} - {organisation.name} - {TITLE}")
        self.actions_.set_open(is_open=True, is_read_only=is_read_only)
        desk.asked_to_go.connect(self.go)
        desk.undo_changed.connect(self._show_undo)
        desk.key_changed.connect(self._show_state)
        self._show_undo()
        desk.counted.connect(furniture.navigation.show_counts)
        assert self._new_day is not None
        self._new_day.begin(lambda: desk.clock.today(), self._pages)
        self.show_page(first_page(desk.settings, desk.clock.today()))
        furniture.clear_first_look()
        furniture.focus_page()
        assert self._finder is not None
        self._finder.take(desk)
        PageModules(desk).begin(desk.jobs)
        QTimer.singleShot(0, self, self._count)
        tell_of_drafts(desk)

    def _show_state(self) -> None:
        """Say at the foot how the desk is open."""
        if self.desk is not None:
            words = "Open to read only" if self.desk.store.is_read_only else ""
            is_encrypted = self.desk.store.key is not None
            self.furniture.foot.show_state(words, is_encrypted=is_encrypted)

    def _count(self) -> None:
        """Have the numbers beside places worked out where Today is not shown itself."""
        if self.desk is not None and self._shown != PAGES[0].name:
            self.page(PAGES[0].name).refresh()

    def leave(self) -> None:
        """Close the desk that is open and its pages; nothing happens without one."""
        desk, self.desk = self.desk, None
        if desk is None:
            return
        desk.leaving.emit()
        furniture = self.furniture
        assert self._new_day is not None
        assert self._finder is not None
        self._new_day.end()
        self._finder.leave()
        for page in self._pages.values():
            page.forget_stale()
            furniture.stack.removeWidget(page)
            page.deleteLater()
        self._pages.clear()
        self._shown = ""
        desk.close()
        desk.deleteLater()
        furniture.top.show_where("")
        furniture.foot.show_state("")
        furniture.navigation.setEnabled(False)
        furniture.navigation.show_place("")
        furniture.navigation.show_counts({})
        furniture.stack.setCurrentWidget(furniture.frame)
        self.setWindowTitle(TITLE)
        self.actions_.set_open(is_open=False, is_read_only=False)
        self.actions_.show_undo("", "")

    # pages

    def page_names(self) -> tuple[str, ...]:
        """Return the names of all pages."""
        return tuple(place.name for place in PAGES)

    def page(self, name: str) -> ScrollingPage:
        """Return a page, made when it is first wanted; there must be a desk."""
        assert self.desk is not None
        if name not in self._pages:
            made = place_named(name).make(self.desk)
            self._pages[name] = made
            self.furniture.stack.addWidget(made)
            self.furniture.foot.line.come_last()
        return self._pages[name]

    def show_page(self, name: str) -> None:
        """Show a page by its name; nothing happens while no desk is open."""
        if self.desk is None:
            return
        here = self.focusWidget()
        is_chosen_from_list = here is not None and self.navigation.isAncestorOf(here)
        if self._new_day is not None:
            self._new_day.look()
        self.furniture.stack.setCurrentWidget(self.page(name))
        self._shown = name
        self.navigation.show_place(name)
        if not is_chosen_from_list:  # by a shortcut, say: the keyboard goes along
            self.furniture.focus_page()

    def rebuild_pages(self) -> None:
        """Make the pages anew, with gaps for another size of text; what is half typed stays."""
        shown = self._shown
        for name, page in tuple(self._pages.items()):
            if not getattr(page, "has_unsaved_changes", False):
                del self._pages[name]
                self.furniture.stack.removeWidget(page)
                page.deleteLater()
        if shown:
            self.show_page(shown)
            self.furniture.focus_page()

    def note_stale(self) -> None:
        """Have the pages read anew; one on which something is half typed stays as it is."""
        for page in self._pages.values():
            if not getattr(page, "has_unsaved_changes", False):
                page.note_stale()

    @property
    def shown(self) -> str:
        """The name of the page that is shown; "" without one."""
        return self._shown

    def go(self, destination: Destination) -> None:
        """Take the person to *destination*."""
        from apprentice_desk.ui.destinations import OpenDesk, OpenHelp, OpenPage
        from apprentice_desk.ui.shell.going import page_for

        match destination:
            case OpenHelp(topic):
                self.show_help(topic)
            case OpenDesk(location, is_read_only):
                self.ask_before_losing(lambda: self.wanted.emit(location, is_read_only))
            case OpenPage(name, narrowed_to):
                self.show_page(name)
                if narrowed_to and self.desk is not None:
                    self.page(name).narrow_to(narrowed_to)  # type: ignore[attr-defined]
            case _:
                name, handed = page_for(destination)
                if handed is None:
                    self.show_page(name)
                else:
                    self._hand_over(name, handed)

    def log_hours(self) -> None:
        """Open the quick line: that of the page of hours where it is shown, else by itself."""
        if self.desk is None:
            return
        if self.shown == "hours":
            from apprentice_desk.ui.destinations import LogHours

            self.go(LogHours())
            return
        from apprentice_desk.ui.quick_window import QuickLogWindow

        QuickLogWindow(self, self.desk).open()

    def _hand_over(self, name: str, destination: Arrival) -> None:
        if self.desk is None:
            return
        here = self._shown
        self.show_page(name)
        form = self.page(name).arrive(destination)  # type: ignore[attr-defined]
        if form is not None and here != name:  # who fixed one thing has more of them there
            form.finished.connect(lambda _result: self.show_page(here))

    def settle(self) -> None:
        """Wait until nothing is under way any more and the layouts have settled."""
        loop = QEventLoop()
        desk = self.desk

        def look(turns_left: int = _TURNS_TO_SETTLE) -> None:
            if desk is not None and desk.jobs.is_busy:
                turns_left = _TURNS_TO_SETTLE
            if turns_left:  # each turn lets the layouts settle that the last one asked for
                QTimer.singleShot(0, lambda: look(turns_left - 1))
            else:
                loop.quit()

        look()
        loop.exec()

    def picture(self) -> QPixmap:
        """Return the window as it looks once nothing is under way any more."""
        self.settle()
        return self.grab()

    def show_help(self, topic: str = "", form: QWidget | None = None) -> None:
        """Open Help at a topic, without one at that of the page; above a *form* that is open."""
        from apprentice_desk.ui.shell.helping import open_help

        assert self._theme is not None
        page = self._pages.get(self._shown)
        open_help(self, self.go, self._theme, self.desk, self._shown, page, topic, form)

    def _undo(self) -> None:
        if self.desk is not None:
            self.desk.undo()

    def _redo(self) -> None:
        if self.desk is not None:
            self.desk.redo()

    @property
    def is_locked(self) -> bool:
        """Whether nothing of the desk can be seen."""
        return self.locking is not None and self.locking.is_on

    def rest(self) -> Callable[[], None]:
        """Take nothing and look at no clock until what is returned is called."""
        assert self._drops is not None
        assert self._new_day is not None
        drops, go_on = self._drops, self._new_day.rest()
        drops.is_off = True

        def wake() -> None:
            drops.is_off = False
            go_on()
            self._show_undo()

        return wake

    def _show_undo(self) -> None:
        if self.desk is not None and not self.is_locked:
            self.actions_.show_undo(self.desk.undo_label, self.desk.redo_label)

    # closing

    def restore(self, kept: str) -> None:
        """Take the size and place of the last time, where they still make sense.

        The first time, on a screen that the window with its frame does not fit, it fills the
        screen: else the status line would lie below its edge.
        """
        if kept:
            self.restoreGeometry(QByteArray.fromHex(kept.encode()))
            return
        room = self.screen().availableSize()
        if room.width() < FIRST_SIZE.width() or room.height() < FIRST_SIZE.height() + _TITLE_BAR:
            self.setWindowState(Qt.WindowState.WindowMaximized)

    def kept_geometry(self) -> str:
        """Return size and place for the next time."""
        return bytes(self.saveGeometry().toHex().data()).decode()

    def closeEvent(self, event: QCloseEvent) -> None:
        """Ask before work that is under way is stopped, then let go of the desk."""
        running = self.desk.jobs.running if self.desk is not None else ()
        if titles := ", ".join(job.title for job in running if not job.is_quiet):
            event.ignore()
            titles = "work that was begun before it was locked" if self.is_locked else titles
            from apprentice_desk.ui.shell.unfinished import ask_before_stopping

            assert self._theme is not None
            ask_before_stopping(self, self._theme, titles, self._stop_and_close)
            return
        if not self._may_lose and self.unsaved_pages():
            event.ignore()
            self.ask_before_losing(self._lose_and_close)
            return
        if self.desk is not None:
            self.desk.leaving.emit()
        self.about_to_close.emit()
        self.leave()
        event.accept()

    def _stop_and_close(self) -> None:
        if self.desk is not None:
            self.desk.jobs.stop_all_and_wait()
        self.close()

    def unsaved_pages(self) -> tuple[str, ...]:
        """Return the names of pages on which something is typed and not saved."""
        return tuple(
            name
            for name, page in self._pages.items()
            if getattr(page, "has_unsaved_changes", False)
        )

    def ask_before_losing(self, then: Callable[[], object]) -> None:
        """Do *then*, which leaves the desk; ask first where something typed would be lost."""
        unsaved = self.unsaved_pages()
        if not unsaved:
            then()
            return
        if self.is_locked and self.locking is not None:
            self.locking.ask_before_leaving(then)
            return
        from apprentice_desk.ui.shell.unfinished import ask_before_losing

        assert self._theme is not None
        self.show_page(unsaved[0])
        typed: list[str] = []
        for name in unsaved:
            on_page = [f"what you typed on {place_named(name).title}"]
            typed += getattr(self._pages[name], "unsaved_words", on_page)

        def lose() -> None:
            if self.desk is not None:
                self.desk.drafts.drop_begun()
            then()

        ask_before_losing(self, self._theme, typed, lose)

    def _lose_and_close(self) -> None:
        self._may_lose = True
        self.close()
