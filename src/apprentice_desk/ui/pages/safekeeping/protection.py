"""The part of Safekeeping for who gets in: the passphrase, the lock, the computer's keychain."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

from PySide6.QtWidgets import QCheckBox, QVBoxLayout, QWidget

from apprentice_desk import policy
from apprentice_desk.domain.problems import Problem
from apprentice_desk.domain.progress import Progress
from apprentice_desk.settings import LOCK_MINUTES
from apprentice_desk.ui.desk import Desk
from apprentice_desk.ui.kit import access
from apprentice_desk.ui.kit.arranging import Flow, SideBySide
from apprentice_desk.ui.kit.painting import Badge
from apprentice_desk.ui.kit.panels import Card, KeyValues
from apprentice_desk.ui.kit.pieces import BadgeLabel, button, label, row_of
from apprentice_desk.ui.kit.radios import RadioChoice
from apprentice_desk.ui.parted import SwitchedPart
from apprentice_desk.ui.passphrases import (
    WHY,
    Protecting,
    is_passphrase_missing,
    refuse_read_only,
)

_HAS_ONE = "The file, its backups and what is half typed beside it are encrypted."
_FOR_ALL = (
    "Whoever has it may see and change everything in this desk: there is one passphrase for all of"
    " it. The history says what was changed and by which name on which computer; it cannot prove"
    " who that was."
)
_FEW = (
    "So give it to few, and change it when one of them leaves. A desk of a manager's own, with"
    " their people only, is not there yet."
)
_NOT_AGAINST = (
    ("A desk that stands open", "Whoever sits down at it sees it: lock it when you go."),
    ("A computer that somebody else controls", "It can read the keyboard and the memory."),
    (
        "Files that left the desk",
        "Documents, lists and returns that you saved elsewhere are as open as they were made.",
    ),
    (
        "What was there before",
        "A disk may keep pieces of a file that had no passphrase, and so may earlier versions in a"
        " synced folder.",
    ),
    ("A passphrase that is easy to guess", "Whoever has a copy may try as long as they like."),
)
_WHEN_LOCKED = (
    "It is locked as well when the computer sleeps, and on Windows and Linux when its screen is"
    " locked."
)
_NO_KEYCHAIN = "This computer has no keychain that the program trusts, so nothing can be kept here."
_REMEMBER = "Remember it here"
_REMEMBER_MEANS = (
    "On this computer: its own keychain keeps the key, never the passphrase, and whoever uses your"
    " account opens the desk without one. A locked desk still asks."
)


def _minutes(minutes: int) -> str:
    return f"{minutes} minutes" if minutes else "Never"


class ProtectionPart(SwitchedPart):
    """Whether the desk has a passphrase, what can be done about it, and when it is locked."""

    name = "protection"
    title = "Passphrase and lock"
    about = "Who can open this desk, and when it locks itself"

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        theme = desk.theme
        self.protecting = Protecting(desk, self)
        self.protecting.changed.connect(self.refresh)
        self.set = self._button("Give it a passphrase…", self.protecting.ask_to_set, "primary")
        self.change = self._button("Change…", self.protecting.ask_to_change)
        self.remove = self._button("Remove…", self.protecting.ask_to_remove)
        self.sheet = self._button("Save a recovery sheet…", self.protecting.ask_for_sheet)
        self.lock = button("Lock now", theme, self._lock, icon="lock", tip="Lock (Ctrl+Shift+L)")
        self.remember = QCheckBox(_REMEMBER)
        self.remember.clicked.connect(self._on_remember)
        access.name(self.remember, _REMEMBER, _REMEMBER_MEANS)
        self._has_keychain: bool | None = None
        down = QVBoxLayout(self)
        down.setContentsMargins(0, 0, 0, 0)
        down.setSpacing(theme.space(4))
        down.addWidget(
            SideBySide([self._passphrase(), self._lock_card()], theme, shares=(1, 1), narrowest=170)
        )
        down.addWidget(
            SideBySide([self._for_all(), self._not_against()], theme, shares=(1, 1), narrowest=170)
        )
        down.addStretch(1)
        desk.settings_changed.connect(lambda _settings: self._show_minutes())
        desk.key_changed.connect(self.note_changed)

    def _button(self, text: str, act: Callable[[], object], role: str = "") -> Any:
        return button(text, self._desk.theme, act, role=role)

    def note_changed(self) -> None:
        """Show how things stand now; the passphrase was changed, here or by the welcome."""
        self.refresh()

    # building

    def _passphrase(self) -> Card:
        theme = self._desk.theme
        card = Card("The passphrase", theme)
        self._state = BadgeLabel(Badge(""), theme)
        self._what = label("", wraps=True)
        self._why_not = label("", "small", "warning", wraps=True)
        self._mark = KeyValues((), theme)
        card.body.addLayout(row_of(theme, self._state, None))
        card.add(self._what)
        card.body.addSpacing(theme.space(1))
        card.add(Flow([self.set, self.change, self.remove, self.sheet], theme))
        card.add(self._why_not)
        card.add(self._mark)
        card.body.addStretch(1)
        return card

    def _lock_card(self) -> Card:
        theme = self._desk.theme
        card, held = Card("The lock", theme), policy.in_force()
        self.minutes = RadioChoice(
            "Lock it when left alone for",
            [(each, _minutes(each)) for each in held.minutes_to_choose(LOCK_MINUTES)],
            theme,
            self._on_minutes,
        )
        self._cannot_lock = label(
            "A desk without a passphrase cannot be locked.", "small", "warning", wraps=True
        )
        card.add(self.minutes)
        if held.why_minutes:
            card.add(label(held.why_minutes, "small", wraps=True))
        card.add(label(_WHEN_LOCKED, "small", wraps=True))
        card.body.addLayout(row_of(theme, self.lock, None))
        card.add(self._cannot_lock)
        card.body.addSpacing(theme.space(3))
        self._here = QWidget()
        here = QVBoxLayout(self._here)
        here.setContentsMargins(0, 0, 0, 0)
        here.setSpacing(theme.space(1))
        here.addWidget(self.remember)
        self._remember_words = label(_REMEMBER_MEANS, "small", wraps=True)
        here.addWidget(self._remember_words)
        card.add(self._here)
        card.body.addStretch(1)
        return card

    def _for_all(self) -> Card:
        card = Card("One passphrase for all of it", self._desk.theme)
        card.add(label(_FOR_ALL, wraps=True))
        card.add(label(_FEW, wraps=True))
        card.body.addStretch(1)
        return card

    def _not_against(self) -> Card:
        card = Card("What a passphrase does not help against", self._desk.theme)
        for what, why in _NOT_AGAINST:
            both = QVBoxLayout()
            both.setSpacing(self._desk.theme.space(0.5))
            both.addWidget(label(what, "strong", wraps=True))
            both.addWidget(label(why, "quiet", wraps=True))
            card.body.addLayout(both)
        card.body.addStretch(1)
        return card

    # showing

    def refresh(self) -> None:
        """Show how things stand now."""
        self.is_stale = False
        desk = self._desk
        key, refusal = desk.store.key, refuse_read_only(desk)
        has_key = key is not None
        is_asked = has_key or is_passphrase_missing(desk)
        keeps = policy.in_force().why_passphrase if is_asked else ""
        self._state.show_badge(
            Badge("Encrypted", "good", "lock")
            if has_key
            else Badge("No passphrase", "warning", "triangle-alert")
        )
        self._what.setText(_HAS_ONE if has_key else WHY)
        self._why_not.setText(str(refusal or keeps))
        self._why_not.setVisible(bool(self._why_not.text()))
        for shown, part in (
            (not has_key, self.set),
            (has_key, self.change),
            (has_key, self.remove),
            (has_key, self.sheet),
        ):
            part.setVisible(shown)
            part.setEnabled(refusal is None or part is self.sheet)
        if keeps:
            self.remove.setEnabled(False)
        self._mark.setVisible(has_key)
        if key is not None:
            from apprentice_desk.safekeeping.recovery_sheet import sheet_mark

            self._mark.show_pairs((("Recovery sheet", f"The one marked {sheet_mark(key)}"),))
        self.lock.setEnabled(has_key)
        self._cannot_lock.setVisible(not has_key)
        self._here.setVisible(has_key)
        self._show_minutes()
        if key is not None:
            self._ask_keychain()

    def _show_minutes(self) -> None:
        self.minutes.show_value(self._desk.settings.locks_after)

    def first_stop(self) -> QWidget | None:
        """Return what has the keyboard first."""
        return self.set if self._desk.store.key is None else self.change

    def _ask_keychain(self) -> None:
        """Ask the computer's keychain, which may take its time, behind the window."""
        key = self._desk.store.key

        def work(progress: Progress) -> tuple[bool, bool]:
            progress.step(0, None, "Asking the keychain")
            from apprentice_desk.safekeeping import keychain

            return keychain.is_available(), key is not None and keychain.is_kept(key)

        self._desk.jobs.run(
            "Asking the keychain",
            work,
            done=self._show_remembered,
            newest_of="the keychain",
            owner=self,
            is_quiet=True,
        )

    def _show_remembered(self, found: tuple[bool, bool]) -> None:
        has_keychain, is_kept = found
        self.remember.setChecked(is_kept)
        self.remember.setEnabled(has_keychain)
        without = policy.in_force().why_no_keychain or _NO_KEYCHAIN
        self._remember_words.setText(_REMEMBER_MEANS if has_keychain else without)

    # what the person does

    def _lock(self) -> None:
        self._desk.asked_to_lock.emit()

    def _on_minutes(self, minutes: int) -> None:
        self._desk.prefer(replace(self._desk.settings, lock_minutes=minutes))

    def _on_remember(self, is_wanted: bool) -> None:
        path, key = Path(self._desk.store.location), self._desk.store.key

        def work(progress: Progress) -> None:
            progress.step(0, None, "Asking the keychain")
            from apprentice_desk.safekeeping import keychain

            if key is not None and is_wanted:
                keychain.remember(path, key)
            elif key is not None:
                keychain.forget(path, key)

        self._desk.jobs.run(
            "Asking the keychain",
            work,
            done=lambda _nothing: self._say_remembered(is_kept=is_wanted),
            failed=self._on_keychain_refused,
            owner=self,
            is_quiet=True,
        )

    def _say_remembered(self, *, is_kept: bool) -> None:
        self._desk.messages.say(
            "This computer's keychain keeps the key from now on."
            if is_kept
            else "This computer's keychain keeps the key no more."
        )

    def _on_keychain_refused(self, problem: Problem) -> None:
        self._desk.messages.problem(problem)
        self._ask_keychain()
