"""The quick line in a card of a page and in a window of its own, and the keeping of what is typed.

The window is opened by Ctrl+L anywhere and stays for the next line.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date

from PySide6.QtCore import QObject, Qt, QTimer
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QDialog, QVBoxLayout, QWidget

from apprentice_desk.domain.calendar import show_day
from apprentice_desk.domain.problems import Problem
from apprentice_desk.domain.week_cells import Cell
from apprentice_desk.drafts import Draft
from apprentice_desk.ui.desk import Desk
from apprentice_desk.ui.destinations import LogHours, OpenHelp, place_of
from apprentice_desk.ui.kit import access
from apprentice_desk.ui.kit.keeping import DraftOffer
from apprentice_desk.ui.kit.keys import add_key
from apprentice_desk.ui.kit.panels import Card
from apprentice_desk.ui.kit.pieces import button, label
from apprentice_desk.ui.kit.theme import Theme
from apprentice_desk.ui.quick_logging import QuickLog


class QuickLogWindow(QDialog):
    """The quick line by itself, over whatever page is shown; it stays for the next line."""

    def __init__(self, parent: QWidget, desk: Desk) -> None:
        super().__init__(parent)
        self.setWindowTitle("Log hours")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setProperty("role", "raised")
        access.name(self, "Log hours")
        theme = desk.theme
        self.quick = QuickLog(desk)
        self.quick.closed.connect(self.close)
        self.said = label("", "small", "good", wraps=True)
        self.quick.logged.connect(self._say_logged)
        self.done_ = button("Close", theme, self.close)
        self.done_.setAutoDefault(False)
        down = QVBoxLayout(self)
        edge = theme.space(5)
        down.setContentsMargins(edge, edge, edge, theme.space(4))
        down.setSpacing(theme.space(3))
        down.addWidget(self.quick)
        down.addWidget(self.said)
        down.addStretch(1)
        down.addWidget(self.done_, 0, Qt.AlignmentFlag.AlignRight)
        room = parent.window().size()
        self.resize(min(theme.space(230), room.width() - 2 * edge), theme.space(70))
        help_keys = QKeySequence.StandardKey.HelpContents
        add_key(self, "How the line is read", help_keys, lambda: desk.go(OpenHelp("quick-line")))
        self.quick.read_team()
        self.keeper = LineKeeper(
            self.quick, desk, IN_WINDOW, lambda offer: down.insertWidget(0, offer)
        )

    def reject(self) -> None:
        """Ask before a line that was typed is lost: Escape empties it first."""
        if self.quick.has_unsaved_changes:
            self.quick.edit.setFocus()
            return
        super().reject()

    def _say_logged(self, cells: Sequence[Cell]) -> None:
        days = list(dict.fromkeys(cell.day for cell in cells))
        many = "1 entry" if len(cells) == 1 else f"{len(cells):,} entries"
        self.said.setText(f"Logged {many} for {_days(days)}.")


class LineKeeper(QObject):
    """Keeps a line that is half typed, and offers it again after a crash or a closed lid.

    *key* names the line: that of a page and that of a window may be typed into at once.
    """

    def __init__(self, quick: QuickLog, desk: Desk, key: str, put: Callable[[QWidget], object]):
        super().__init__(quick)
        self._quick = quick
        self._desk = desk
        self._key = key
        self._put = put
        self._has_complained = False
        self.offer: DraftOffer | None = None
        self._timer = QTimer(self, singleShot=True, interval=PAUSE_MS)
        self._timer.timeout.connect(self.keep)
        quick.edit.textChanged.connect(lambda _text: self._timer.start())
        quick.writer.written.connect(lambda _writing: self.keep())
        draft = next((each for each in map(desk.drafts.of, LINES) if each is not None), None)
        if draft is not None:
            self._offer(draft)

    def _offer(self, draft: Draft) -> None:
        self.offer = DraftOffer(draft, self.put_back, self.drop, self._desk.theme)
        self._put(self.offer)

    def keep(self) -> None:
        """Keep what stands in the line; where that is nothing, forget it."""
        self._timer.stop()
        desk, text = self._desk, self._quick.edit.text()
        try:
            if not text.strip():
                if self.offer is None or self.offer.draft.key != self._key:
                    desk.drafts.drop(self._key)
                return
            desk.drafts.keep(
                Draft(
                    self._key,
                    "Log hours",
                    desk.drafts.person,
                    desk.clock.now().isoformat(),
                    {"line": text},
                    {},
                    place_of(LogHours()),
                )
            )
        except OSError as error:
            if not self._has_complained:
                self._has_complained = True
                desk.messages.problem(
                    Problem(
                        f"What you type cannot be kept beside the desk ({error.strerror}).",
                        "Log it before you leave.",
                    )
                )

    def put_back(self) -> None:
        """Put back the line that is offered."""
        if self.offer is not None:
            text = self.offer.draft.typed.get("line", "")
            self.drop()
            self._quick.edit.setText(text)
            self._quick.edit.setFocus(Qt.FocusReason.OtherFocusReason)

    def drop(self) -> None:
        """Forget the line that is offered."""
        if self.offer is not None:
            self._desk.drafts.drop(self.offer.draft.key)
            self.offer.hide()
            self.offer.deleteLater()
            self.offer = None


ON_PAGE, IN_WINDOW = "quick:page", "quick:window"
LINES = (ON_PAGE, IN_WINDOW)
PAUSE_MS = 700
"""How long typing rests before it is kept."""


def quick_card(quick: QuickLog, theme: Theme) -> Card:
    """Return *quick* in a card, for a page."""
    card = Card("", theme)
    card.add(quick)
    return card


def keeper_on_page(quick: QuickLog, card: Card, desk: Desk) -> LineKeeper:
    """Return what keeps the line of a page, and offers what was left above it."""
    return LineKeeper(quick, desk, ON_PAGE, lambda offer: card.body.insertWidget(0, offer))


def _days(days: Sequence[date]) -> str:
    if len(days) == 1:
        return show_day(days[0])
    return f"{len(days)} days"
