"""What stands round the pages: top bar, navigation, banner and status line, as widgets."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from apprentice_desk.ui.kit import access
from apprentice_desk.ui.kit.icons import pixmap
from apprentice_desk.ui.kit.messages import Banner, Messages, StatusLine
from apprentice_desk.ui.kit.panels import PageHeader
from apprentice_desk.ui.kit.pieces import Elided, KeyedButton, button, icon_button, label
from apprentice_desk.ui.kit.progress import ProgressRoom
from apprentice_desk.ui.kit.search_box import NARROW_QUARTERS, WIDE_QUARTERS, SearchBox
from apprentice_desk.ui.kit.theme import Theme
from apprentice_desk.ui.kit.tips import as_tip
from apprentice_desk.ui.shell.frame import (
    FOOT_HEIGHT,
    JUST_A_MOMENT,
    OPENING,
    PAGE_EDGE,
    TITLE,
    TOP_HEIGHT,
)
from apprentice_desk.ui.shell.navigation import Navigation

if TYPE_CHECKING:  # made only where no desk is opened
    from apprentice_desk.ui.shell.welcome import Welcome

_PRIVACY = "Offline by design: nothing leaves this computer unless you export it"
_PRIVACY_SHORT = "Offline by design"
_LEAST_WHERE, _MOST_WHERE = 24, 150
"""Quarters that the desk's name keeps free, and those that it can claim: others are cut short."""
_ROOM_FOR_PRIVACY = 240  # quarters of the body text's height


class TopBar(QFrame):
    """The program's name, the desk that is open, the search, the menu, the button to log hours.

    Where there is no room for all the program's name goes, for the window's frame has it; then
    the search is a button, and takes the others' room while it is used.
    """

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._is_narrow = False
        self._is_alone = False
        self._has_title = True
        self.setProperty("role", "top bar")
        self._sign = QLabel()
        self._title = label(TITLE, "heading")
        self.where = Elided("quiet", keeps_end=True)
        self.search = SearchBox("Search people, contracts, pages", "Ctrl K", theme)
        self.search_button = icon_button("search", "Search", theme, self.start_search)
        self.search_button.setToolTip("Search (Ctrl+K)")
        self.menu = button("&Menu", theme, role="plain")
        access.name(self.menu, "Menu", "Desks, undo, import and all pages")
        self.log = KeyedButton("Ctrl L", theme)
        button("Log hours", theme, icon="plus", made=self.log)
        self.log.setToolTip("Log off-the-job hours (Ctrl+L)")
        self._across = QHBoxLayout(self)
        self._across.addWidget(self._sign)
        self._across.addWidget(self._title)
        self._across.addWidget(self.where, 1)
        self._across.addWidget(self.search)
        self._across.addWidget(self.search_button)
        self._across.addWidget(self.menu)
        self._across.addWidget(self.log)
        self.search_button.hide()
        self.search.closed.connect(self._arrange)
        theme.changed.connect(self._refit)
        self._refit()

    def start_search(self) -> None:
        """Give the keyboard to the search."""
        here = self.window().focusWidget()
        self._show_search(is_used=True)
        self.search.start(here)

    def _refit(self) -> None:
        space = self._theme.space
        self.setMinimumHeight(space(TOP_HEIGHT))
        self._sign.setPixmap(pixmap("lamp-desk", "text", self._theme, 5.5))
        self._across.setContentsMargins(space(4), space(2), space(4), space(2))
        self._across.setSpacing(space(2.5))
        self._arrange()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if not self.search.is_open:
            self._arrange()

    def show_where(self, words: str) -> None:
        """Say which desk is open; "" where none is."""
        self.where.show_words(words)
        self._arrange()

    def _arrange(self) -> None:
        """Share the width: the search becomes narrower, then the title goes, then the search."""
        space = self._theme.space
        gap = space(2.5)
        taken = sum(widget.sizeHint().width() for widget in (self._sign, self.menu))
        taken += self.log.plain_width  # its keys come last: all else is worth more
        room = self.width() - taken - 2 * space(4) - 4 * gap
        room -= min(max(self.where.whole_width, space(_LEAST_WHERE)), space(_MOST_WHERE))
        title = self._title.sizeHint().width() + gap
        least = self.search.minimumSizeHint().width()
        is_named = bool(self.where.whole_words)
        self._is_narrow = room < least + (0 if is_named else title)
        needed = self.search_button.sizeHint().width() if self._is_narrow else least
        self._has_title = not is_named or room >= needed + title
        room -= title if self._has_title else 0
        self.search.setMaximumWidth(max(space(NARROW_QUARTERS), min(room, space(WIDE_QUARTERS))))
        self.log.show_keys(are_shown=room >= space(WIDE_QUARTERS) + self.log.keys_width)
        self._show_search(is_used=False)

    def _show_search(self, *, is_used: bool) -> None:
        is_alone = self._is_narrow and is_used
        if is_alone:
            self.search.setMaximumWidth(self.width())
        self._across.setStretchFactor(self.search, 1 if is_alone else 0)
        self.search.setVisible(is_used or not self._is_narrow)
        self.search_button.setVisible(self._is_narrow and not is_used)
        self._title.setVisible(self._has_title and not is_alone)
        if is_alone != self._is_alone:
            self._is_alone = is_alone
            for widget in (self.where, self.log):
                widget.setVisible(not is_alone)


class StatusBar(QFrame):
    """How the desk is open, the quiet message, and what the program does with data."""

    def __init__(self, theme: Theme, messages: Messages) -> None:
        super().__init__()
        self._theme = theme
        self.setProperty("role", "status bar")
        self._lock = QLabel()
        self._lock.hide()
        self._state = label("", "small")
        self._state.hide()
        self._copied = label("", "small")
        self._copied.hide()
        self._backup = label("", "small", "warning")
        self._backup.hide()
        self._privacy = label(_PRIVACY, "small")
        self._privacy.setToolTip(as_tip(_PRIVACY))
        self._across = QHBoxLayout(self)
        kept = QHBoxLayout()
        kept.addWidget(self._lock)
        kept.addWidget(self._state)
        self._kept = kept
        self._across.addLayout(kept)
        self._across.addWidget(self._copied)
        self._across.addWidget(self._backup)
        self.line = StatusLine(messages, theme)
        self._across.addWidget(self.line, 1)
        self._across.addWidget(self._privacy)
        theme.changed.connect(self._refit)
        self._refit()

    def show_state(self, words: str, *, is_encrypted: bool = False) -> None:
        """Say how the desk is open, and whether its file is encrypted; "" says nothing."""
        said = " · ".join(filter(None, ("Encrypted" if is_encrypted else "", words)))
        self._state.setText(said)
        self._state.setVisible(bool(said))
        self._lock.setVisible(is_encrypted)

    def show_copied(self, words: str) -> None:
        """Say of when the newest copy is; "" says nothing."""
        self._copied.setText(words)
        self._share()

    def show_backup(self, words: str) -> None:
        """Say that there is no good copy of the desk of late; "" says nothing."""
        self._backup.setText(words)
        self._backup.setVisible(bool(words))
        self._share()

    def _share(self) -> None:
        """Leave out what is only good to know where a warning or the message wants the room."""
        is_roomy = self.width() >= self._theme.space(_ROOM_FOR_PRIVACY)
        self._privacy.setText(_PRIVACY if is_roomy else _PRIVACY_SHORT)
        is_said = bool(self._copied.text()) and not self._backup.text()
        self._copied.setVisible(is_roomy and is_said)

    def _refit(self) -> None:
        space = self._theme.space
        self.setMinimumHeight(space(FOOT_HEIGHT))
        self._across.setContentsMargins(space(4), space(1), space(4), space(1))
        self._across.setSpacing(space(5))
        self._kept.setSpacing(space(1))
        self._lock.setPixmap(pixmap("lock", "text_quiet", self._theme, 3.5))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._share()


class Furniture(QWidget):
    """Everything in the window."""

    def __init__(self, theme: Theme, messages: Messages) -> None:
        super().__init__()
        self._theme = theme
        self._messages = messages
        self.setProperty("role", "page")
        self.top = TopBar(theme)
        self.navigation = Navigation(theme)
        self.foot = StatusBar(theme, messages)
        self.welcome: Welcome | None = None
        self._opening = PageHeader(OPENING, JUST_A_MOMENT, theme)
        self.frame = self._page_frame()
        self.stack = QStackedWidget()
        self._first_look: QWidget | None = None
        self.stack.addWidget(self.frame)
        self._banner_room = QWidget()
        self._banner_layout = QVBoxLayout(self._banner_room)
        banner = Banner(messages, theme)
        self._banner_layout.addWidget(banner)
        banner.let_go.connect(self.focus_page)
        self.foot.line.let_go.connect(self.focus_page)
        self.progress = ProgressRoom(theme)
        self._lay_out()
        messages.changed.connect(self._show_banner)
        theme.changed.connect(self._refit)
        self._show_banner()
        self._refit()

    def _page_frame(self) -> QWidget:
        """Return what stands where the page will be while the desk is being opened."""
        frame = QWidget()
        frame.setProperty("role", "page")
        down = QVBoxLayout(frame)
        down.setContentsMargins(*[self._theme.space(PAGE_EDGE)] * 4)
        down.addWidget(self._opening)
        down.addStretch(1)
        return frame

    def _lay_out(self) -> None:
        right = QVBoxLayout()
        right.setSpacing(0)
        right.addWidget(self._banner_room)
        right.addWidget(self.progress)
        right.addWidget(self.stack, 1)
        middle = QHBoxLayout()
        middle.setSpacing(0)
        middle.addWidget(self.navigation)
        middle.addLayout(right, 1)
        down = QVBoxLayout(self)
        down.setContentsMargins(0, 0, 0, 0)
        down.setSpacing(0)
        down.addWidget(self.top)
        down.addLayout(middle, 1)
        down.addWidget(self.foot)

    def _refit(self) -> None:
        space = self._theme.space
        edges = space(PAGE_EDGE), space(4), space(PAGE_EDGE), 0
        self._banner_layout.setContentsMargins(*edges)
        self.progress.setContentsMargins(*edges)

    def _show_banner(self) -> None:
        self._banner_room.setVisible(self._messages.current_problem is not None)

    def show_opening(self, words: str) -> None:
        """Say in the page frame what is being opened."""
        self._opening.set_words(OPENING, words)
        self.stack.setCurrentWidget(self.frame)

    def show_first_look(self, look: QWidget, place: str) -> None:
        """Show what is known of the desk before it is open, where the page *place* will stand."""
        self.clear_first_look()
        self._first_look = look
        self.stack.addWidget(look)
        self.stack.setCurrentWidget(look)
        self.navigation.show_place(place)

    def show_asking(self, asked: QWidget) -> None:
        """Ask, in place of a page, for what a desk that is being opened needs."""
        self.show_first_look(asked, "")
        QTimer.singleShot(0, asked, self.focus_page)  # shown by then: see show_welcome

    def clear_first_look(self) -> None:
        """Take that away again."""
        if self._first_look is not None:
            self.stack.removeWidget(self._first_look)
            self._first_look.deleteLater()
            self._first_look = None

    @property
    def first_look(self) -> QWidget | None:
        """What is shown while the desk is being opened."""
        return self._first_look

    def show_welcome(self, welcome: Welcome) -> None:
        """Offer to make or open a desk, with *welcome* in place of the one before."""
        self.clear_first_look()
        former, self.welcome = self.welcome, welcome
        if former is not None:
            self.stack.removeWidget(former)
            former.deleteLater()
        self.stack.addWidget(welcome)
        self.stack.setCurrentWidget(welcome)
        # In the next turn: what a window has only just been given is shown by then, and what is
        # not shown takes the keyboard without a word, so that no ring is drawn.
        QTimer.singleShot(0, welcome, lambda: welcome.first.setFocus(Qt.FocusReason.TabFocusReason))

    def focus_page(self) -> None:
        """Give the keyboard to what it is for on the page that is shown.

        That is what the page itself names (``first_stop``), else its list, else the first.
        """
        page = self.stack.currentWidget()
        if page is None:
            return
        named = page.first_stop() if hasattr(page, "first_stop") else None
        if named is not None:
            named.setFocus(Qt.FocusReason.TabFocusReason)
            return
        chain = access.tab_chain(page)
        lists = [widget for widget in chain if widget.inherits("QAbstractItemView")]
        for widget in lists or chain:
            widget.setFocus(Qt.FocusReason.OtherFocusReason)
            return

    def next_region(self) -> None:
        """Move the keyboard between navigation and page."""
        here = self.window().focusWidget()
        if here is not None and self.navigation.isAncestorOf(here):
            self.focus_page()
            return
        for widget in access.tab_chain(self.navigation):
            widget.setFocus(Qt.FocusReason.TabFocusReason)
            return
