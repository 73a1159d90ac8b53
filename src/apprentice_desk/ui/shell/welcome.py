"""What the window shows when no desk is open: a new desk, those of the last time, the sample."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from apprentice_desk.ui.kit import access
from apprentice_desk.ui.kit.arranging import ScrollingPage, SideBySide
from apprentice_desk.ui.kit.icons import pixmap
from apprentice_desk.ui.kit.panels import Card
from apprentice_desk.ui.kit.pieces import Elided, button, label, row_of
from apprentice_desk.ui.kit.theme import Theme
from apprentice_desk.ui.kit.tips import as_tip
from apprentice_desk.ui.shell.new_desk import NewDeskDetails, new_desk_form
from apprentice_desk.ui.shell.recent import Looking, Recent

_ABOUT = (
    "Your team's apprentices, their off-the-job hours and the borough's return, in one file that"
    " you keep. Nothing leaves this computer unless you export it."
)
_SAMPLE = (
    "Exampleton is an invented borough with a team of apprentices and three years of history."
    " Nobody in it is real: change what you like."
)
_DROP = "A desk, a list or returns can also be dropped anywhere onto this window."
_NO_DESKS = "Desks that you open or make are listed here, so that the next time takes one press."
_GONE = "not found"
_NARROWEST = 150
_NARROWEST_FIELD = 30


class Welcome(ScrollingPage):
    """The ways in.

    *asked* carries "open" or "sample"; *wanted* the ``NewDeskDetails`` of a desk to make; *chosen*
    and *forgotten* the location of a desk of the list.
    """

    asked = Signal(str)
    wanted = Signal(object)
    chosen = Signal(str)
    forgotten = Signal(str)

    def __init__(self, theme: Theme, recent: Sequence[Recent]) -> None:
        super().__init__(theme)
        self._theme = theme
        self.rows = {each.location: RecentRow(each, theme) for each in recent}
        self.form = new_desk_form(theme, scrolls=False)
        for name in ("borough", "team"):  # narrower than elsewhere, for a small window
            self.form.input(name).target.setMinimumWidth(theme.space(_NARROWEST_FIELD))
        self.make = button("Make the desk…", theme, self.submit, role="primary")
        self.open = button(
            "Open another desk…" if recent else "Open a desk…",
            theme,
            partial(self.asked.emit, "open"),
            icon="folder-open",
        )
        self.sample = button(
            "Open the sample desk",
            theme,
            partial(self.asked.emit, "sample"),
            icon="graduation-cap",
        )
        access.name(self, "Welcome", _ABOUT)
        self._build()
        self.form.edited.connect(self._propose)
        self._propose()
        self._looking = Looking(self)
        self._looking.found.connect(self._show_gone)
        self._looking.look(tuple(self.rows))

    def _build(self) -> None:
        theme = self._theme
        desks, new = self._desks(), self._new()
        first, second = (desks, new) if self.rows else (new, desks)
        self.put(_head(theme))
        self.put(SideBySide([first, second], theme, narrowest=_NARROWEST))
        sample = Card("Look round first", theme)
        sample.add(label(_SAMPLE, "quiet", wraps=True))
        sample.body.addLayout(row_of(theme, self.sample, None))
        self.put(sample)
        self.put(label(_DROP, "small", wraps=True))
        self.put_spare()

    def _desks(self) -> Card:
        theme = self._theme
        card = Card("Your desks", theme)
        for row in self.rows.values():
            row.chosen.connect(self.chosen)
            row.forgotten.connect(self.forgotten)
            card.add(row)
        if not self.rows:
            card.add(label(_NO_DESKS, "quiet", wraps=True))
        card.body.addLayout(row_of(theme, self.open, None))
        card.body.addStretch(1)
        return card

    def _new(self) -> Card:
        theme = self._theme
        card = Card("Begin a new desk", theme, flush=True)
        card.add(self.form)
        edge = theme.space(4)
        foot = row_of(theme, self.make, None)
        foot.setContentsMargins(edge, 0, edge, edge)
        card.body.addLayout(foot)
        card.body.addStretch(1)
        return card

    @property
    def first(self) -> QWidget:
        """Where the keyboard begins: the newest desk that is there, or a new one's borough."""
        for row in self.rows.values():
            if row.open.isEnabled():
                return row.open
        return self.form.input("borough").target

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Take Enter in a field of the new desk for its button."""
        is_enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        here = self.focusWidget()
        if is_enter and here is not None and self.form.isAncestorOf(here):
            self.submit()
            return
        super().keyPressEvent(event)

    def submit(self) -> None:
        """Ask for the new desk, if both questions are answered."""
        details, findings = self.form.read()
        if details is None:
            self.form.show_findings(findings)
            return
        self.form.clear_findings()
        self.wanted.emit(details)

    def forget(self, location: str) -> None:
        """Take a desk off the list; the keyboard goes on to what follows."""
        row = self.rows.pop(location, None)
        if row is None:
            return
        had_keyboard = row.isAncestorOf(self.focusWidget() or self)
        row.hide()
        row.deleteLater()
        if had_keyboard:
            follows = next(iter(self.rows.values()), None)
            to = self.open if follows is None or not follows.open.isEnabled() else follows.open
            to.setFocus(Qt.FocusReason.OtherFocusReason)

    def _propose(self) -> None:
        """Say what the file will be called."""
        details = NewDeskDetails(self.form.value("borough"), self.form.value("team") or "")
        self.form.set_help(
            "team",
            f"For example: Digital and IT. The file will be called {details.file_name}.desk.",
        )

    def _show_gone(self, gone: frozenset[str]) -> None:
        for location in gone & self.rows.keys():
            had_keyboard = self.rows[location].open.hasFocus()
            self.rows[location].show_gone()
            if had_keyboard:
                self.first.setFocus(Qt.FocusReason.OtherFocusReason)


class RecentRow(QWidget):
    """One desk of the last time: its name, where it is, when it was used.

    One that is gone says so, cannot be opened, and can be taken off the list.
    """

    chosen = Signal(str)
    forgotten = Signal(str)

    def __init__(self, recent: Recent, theme: Theme) -> None:
        super().__init__()
        self.recent = recent
        self.open = _RowButton(recent, theme)
        self.open.clicked.connect(lambda _checked=False: self.chosen.emit(recent.location))
        self.remove = button("Remove", theme, partial(self.forgotten.emit, recent.location))
        access.name(self.remove, f"Remove {recent.name} from this list", f"It is {_GONE}.")
        self.remove.hide()
        across = QHBoxLayout(self)
        across.setContentsMargins(0, 0, 0, 0)
        across.setSpacing(theme.space(2))
        across.addWidget(self.open, 1)
        across.addWidget(self.remove, 0, Qt.AlignmentFlag.AlignVCenter)

    @property
    def is_gone(self) -> bool:
        """Whether its file is not there any more."""
        return not self.open.isEnabled()

    def show_gone(self) -> None:
        """Say that its file is not there any more."""
        self.open.show_gone()
        self.remove.show()


class _RowButton(QPushButton):
    """The name in one line, the rest quietly below it."""

    def __init__(self, recent: Recent, theme: Theme) -> None:
        super().__init__()
        self._recent = recent
        self.setProperty("role", "figure")
        self.setAutoDefault(True)
        self._used = label(recent.used, "small")
        name, where = Elided("strong"), Elided("small")
        name.show_words(recent.name)
        where.show_words(recent.where)
        above = QHBoxLayout()
        above.setSpacing(theme.space(2))
        above.addWidget(name, 1)
        above.addWidget(self._used)
        self._down = down = QVBoxLayout(self)
        down.setContentsMargins(theme.space(3), theme.space(2), theme.space(3), theme.space(2))
        down.setSpacing(theme.space(0.5))
        down.addLayout(above)
        down.addWidget(where)
        for part in (name, where, self._used):
            part.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.setToolTip(as_tip(recent.where))
        self._name(f"used {recent.used}" if recent.used else "")

    def show_gone(self) -> None:
        """Grey it and say why."""
        self._used.setText(_GONE)
        self.setEnabled(False)
        self._name(_GONE)

    def sizeHint(self) -> QSize:
        """Return the room that its words want."""
        return self._down.sizeHint()

    def minimumSizeHint(self) -> QSize:
        """Return the least room: its words, however short they are cut."""
        return self._down.minimumSize()

    def _name(self, state: str) -> None:
        parts = [self._recent.name, self._recent.where, state]
        access.name(self, ", ".join(part for part in parts if part), "Opens this desk")


def _head(theme: Theme) -> QWidget:
    """Return the name of the program and what it is for."""
    head = QWidget()
    sign = QLabel()
    sign.setPixmap(pixmap("lamp-desk", "accent", theme, 12))
    words = QVBoxLayout()
    words.setSpacing(theme.space(0.5))
    words.addWidget(label("Welcome to Apprentice Desk", "title", wraps=True))
    words.addWidget(label(_ABOUT, "quiet", wraps=True))
    across = QHBoxLayout(head)
    across.setContentsMargins(0, 0, 0, 0)
    across.setSpacing(theme.space(4))
    across.addWidget(sign, 0, Qt.AlignmentFlag.AlignTop)
    across.addLayout(words, 1)
    return head
