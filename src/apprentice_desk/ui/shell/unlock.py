"""Asking for a passphrase in the window: of a desk that is being opened, or that is locked."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from apprentice_desk import policy
from apprentice_desk.domain.findings import Finding, Level, Place
from apprentice_desk.domain.problems import Problem
from apprentice_desk.records.keys import WrongPassphrase
from apprentice_desk.safekeeping.attempts import Attempts
from apprentice_desk.ui.kit import access
from apprentice_desk.ui.kit.arranging import Flow, ScrollingPage
from apprentice_desk.ui.kit.fields import Field, make_input
from apprentice_desk.ui.kit.form_parts import FieldBlock
from apprentice_desk.ui.kit.icons import pixmap
from apprentice_desk.ui.kit.panels import Card
from apprentice_desk.ui.kit.passphrase import PassphraseInput
from apprentice_desk.ui.kit.pieces import button, label
from apprentice_desk.ui.kit.theme import Theme

_WIDE = 110
"""Quarters of the text's height that the card takes at most."""
_PASSPHRASE = Field("passphrase", "Passphrase", kind="passphrase")
_CODE = Field(
    "code",
    "Groups of the recovery sheet",
    kind="long text",
    rows=3,
    width=60,
    help="All sixteen of them, row by row. Capitals and what stands between do not matter.",
)
_USE_SHEET = "Use the recovery sheet…"
_USE_WORDS = "Use the passphrase"
_REMEMBER = "Remember it here"
_REMEMBERED = (
    "On this computer: its own keychain keeps the key, and whoever uses your account opens the desk"
    " without the passphrase."
)


@dataclass(frozen=True, slots=True, repr=False)
class Given:
    """What somebody typed to open a desk."""

    text: str
    is_recovery: bool
    """Whether it is what a recovery sheet says, rather than the passphrase."""
    is_remembered: bool

    def __repr__(self) -> str:  # whatever prints a value must not print this one
        return "Given(…)"


class Unlock(ScrollingPage):
    """The card that asks; *given* carries a ``Given``, *turned_back* leads elsewhere.

    While *attempts* has somebody wait, the seconds are counted down and nothing is tried.
    """

    given = Signal(object)
    turned_back = Signal()

    def __init__(
        self,
        theme: Theme,
        attempts: Attempts,
        title: str,
        about: str,
        back_text: str,
        confirm_text: str = "Open",
        *,
        offers_remember: bool = True,
    ) -> None:
        super().__init__(theme)
        self._theme = theme
        self._attempts = attempts
        self._offers_remember = offers_remember
        self._is_recovery = False
        self._is_busy = False
        self.passphrase = FieldBlock(_PASSPHRASE, make_input(_PASSPHRASE, theme), theme)
        self.code = FieldBlock(_CODE, make_input(_CODE, theme), theme)
        self.wait = label("", "strong", wraps=True)
        self.busy = label("One moment, the passphrase is being tried.", "quiet", wraps=True)
        self.remember = QCheckBox(_REMEMBER)
        why_not = policy.in_force().why_no_keychain
        self.remember.setEnabled(not why_not)
        self._remembered = label(why_not or _REMEMBERED, "small", wraps=True)
        access.name(self.remember, _REMEMBER, why_not or _REMEMBERED)
        self.confirm = button(confirm_text, theme, self.submit, role="primary")
        self.other = button(_USE_SHEET, theme, self.turn, role="link")
        self.back = button(back_text, theme, self.turned_back.emit)
        access.name(self, title, about)
        self._build(title, about)
        self._ticking = QTimer(self, interval=250)
        self._ticking.timeout.connect(self._count_down)
        self._show_kind()
        self._count_down()

    def _build(self, title: str, about: str) -> None:
        theme = self._theme
        card = Card("", theme)
        sign = self._sign = QLabel()
        head = QHBoxLayout()
        head.setSpacing(theme.space(4))
        words = QVBoxLayout()
        words.setSpacing(theme.space(0.5))
        words.addWidget(label(title, "large", wraps=True))
        words.addWidget(label(about, "quiet", wraps=True))
        head.addWidget(sign, 0, Qt.AlignmentFlag.AlignTop)
        head.addLayout(words, 1)
        card.body.addLayout(head)
        card.body.addSpacing(theme.space(3))
        for part in (self.passphrase, self.code, self.wait, self.busy):
            card.add(part)
        card.body.addSpacing(theme.space(1))
        card.add(self.remember)
        card.add(self._remembered)
        card.body.addSpacing(theme.space(3))
        card.add(Flow([self.confirm, self.back, self.other], theme, quarters=3))
        edge = theme.space(5)
        card.body.setContentsMargins(edge, edge, edge, edge)
        card.setMaximumWidth(theme.space(_WIDE))
        holder = QWidget()
        across = QHBoxLayout(holder)
        across.setContentsMargins(0, theme.space(2), 0, 0)
        across.addStretch(1)
        across.addWidget(card, 100)
        across.addStretch(1)
        self.put(holder)
        self.put_spare()
        theme.changed.connect(self._draw)
        self._draw()

    def _draw(self) -> None:
        self._sign.setPixmap(pixmap("lock", "accent", self._theme, 10))

    @property
    def shown(self) -> FieldBlock:
        """The field that is asked for: the passphrase, or the groups of the recovery sheet."""
        return self.code if self._is_recovery else self.passphrase

    def first_stop(self) -> QWidget:
        """Return what has the keyboard first."""
        return self.shown.input.target

    def turn(self) -> None:
        """Ask for the groups of the recovery sheet, or for the passphrase again."""
        self._is_recovery = not self._is_recovery
        self._show_kind()
        self.first_stop().setFocus(Qt.FocusReason.TabFocusReason)

    def _show_kind(self) -> None:
        self.passphrase.setVisible(not self._is_recovery)
        self.code.setVisible(self._is_recovery)
        self.other.setText(_USE_WORDS if self._is_recovery else _USE_SHEET)
        for part in (self.remember, self._remembered):
            part.setVisible(self._offers_remember and not self._is_recovery)
        self.wait.setVisible(False)
        self.busy.setVisible(False)
        self._count_down()

    def submit(self) -> None:
        """Give what is typed, unless somebody has to wait or nothing is there."""
        if self._is_busy or self._attempts.seconds_left:
            return
        text = self.shown.input.read()
        if not text:
            missing = (
                "Type the groups first." if self._is_recovery else "Type the passphrase first."
            )
            self._say(missing)
            return
        self.shown.show_findings([])
        is_remembered = self.remember.isChecked() and not self._is_recovery
        self.given.emit(Given(text, self._is_recovery, is_remembered))

    def show_busy(self, is_busy: bool) -> None:
        """Let nothing be typed while what was given is tried."""
        self._is_busy = is_busy
        self.busy.setVisible(is_busy)
        self.shown.input.target.setEnabled(not is_busy)
        for part in (self.other, self.back):
            part.setEnabled(not is_busy)
        self.remember.setEnabled(not is_busy and not policy.in_force().why_no_keychain)
        self._count_down()

    def show_wrong(self, words: str) -> None:
        """Say that it does not open the desk, and have somebody wait before the next attempt."""
        self._attempts.note_wrong()
        self.show_busy(False)
        self._say(words)
        given = self.shown.input
        if isinstance(given, PassphraseInput):
            given.line.selectAll()
        access.announce(self.wait, self.wait.text())

    def show_right(self) -> None:
        """Begin to count anew: it opens the desk."""
        self._attempts.note_right()

    def show_refusal(self, problem: Problem) -> None:
        """Say why it did not open: what was tried in vain has somebody wait, the rest does not."""
        if isinstance(problem, WrongPassphrase):
            self.show_wrong(problem.what)
            return
        self.show_busy(False)
        self._say(str(problem))

    def _say(self, words: str) -> None:
        block = self.shown
        block.show_findings(
            [Finding(Level.ROW, "FORM2", words, place=Place(field=block.field.name))]
        )
        access.announce(block.input.target, words, at_once=True)
        block.input.target.setFocus(Qt.FocusReason.OtherFocusReason)

    def _count_down(self) -> None:
        left = self._attempts.seconds_left
        self.wait.setText(f"You can try again in {left} s." if left else "")
        self.wait.setVisible(bool(left))
        self.confirm.setEnabled(not left and not self._is_busy)
        if left and not self._ticking.isActive():
            self._ticking.start()
        elif not left:
            self._ticking.stop()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Take Enter for the button, and Escape for the way back."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.submit()
        elif event.key() == Qt.Key.Key_Escape and not self._is_busy:
            if self._is_recovery:
                self.turn()
        else:
            super().keyPressEvent(event)


def unlock_to_open(theme: Theme, attempts: Attempts, name: str) -> Unlock:
    """Return the card for a desk called *name* that is being opened."""
    return Unlock(
        theme,
        attempts,
        f"{name} is protected",
        "It opens with its passphrase, which the program does not know and nobody can look up.",
        "Do not open it",
    )
