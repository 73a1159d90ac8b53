"""Keeping what is typed into a form, and offering it again after a crash or a closed lid.

Nothing is put back by itself.  Where the record was changed meanwhile, the person chooses line by
line between what they had typed and what was saved.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from PySide6.QtCore import QObject, Qt, QTimer
from PySide6.QtWidgets import QFrame, QVBoxLayout

from apprentice_desk.domain.calendar import show_day
from apprentice_desk.domain.problems import Problem
from apprentice_desk.drafts import Draft, Drafts
from apprentice_desk.ui.kit import access
from apprentice_desk.ui.kit.arranging import Flow
from apprentice_desk.ui.kit.conflicts import ConflictDialog, Difference
from apprentice_desk.ui.kit.forms import Form
from apprentice_desk.ui.kit.pieces import button, label
from apprentice_desk.ui.kit.theme import Theme

_PAUSE_MS = 700
"""How long typing rests before it is kept."""
_NEXT = "+"
_MOST = 5


@dataclass(frozen=True, slots=True)
class DraftSpot:
    """Where the draft of one form is kept: under which *key*, said how, found again where."""

    drafts: Drafts
    key: str
    title: str
    now: Callable[[], datetime]
    complain: Callable[[Problem], object]
    place: Mapping[str, str] = field(default_factory=dict)
    is_new: bool = False
    """Whether it makes a new record, so that nothing of it can be newer than what was typed."""


class Keeper(QObject):
    """Keeps what is typed into *form* in *spot*, and offers there what was left before.

    While an offer stands unanswered, what is typed anew is kept beside it, not over it.  A form
    that is used for one record after the other moves from spot to spot; without one it keeps
    nothing.
    """

    def __init__(self, form: Form, spot: DraftSpot | None, theme: Theme) -> None:
        super().__init__(form)
        self._form = form
        self._spot = spot
        self._theme = theme
        self._key = ""
        self._has_complained = False
        self.offer: DraftOffer | None = None
        self.question: ConflictDialog | None = None
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_PAUSE_MS)
        self._timer.timeout.connect(self.keep)
        form.edited.connect(self._timer.start)
        self._offer_next()

    def move(self, spot: DraftSpot | None, key: str = "") -> None:
        """Go on in another spot, for what the form shows from now on.

        What was kept in the one before stays there.  *key* is where that stands already which is
        typed into the form now: it is not offered.
        """
        self._timer.stop()
        self._spot, self._key = spot, key
        self._take_offer_away()
        self._offer_next()

    def let_go(self) -> str:
        """Return where what is typed is kept, "" for nowhere, and take it for the form's no more.

        It stays until somebody drops it.
        """
        self._timer.stop()
        key, self._key = self._key, ""
        return key

    def drop_kept(self, drafts: Drafts, key: str) -> None:
        """Drop what was let go of under *key*, here or in another spot."""
        if key:
            self._drop(drafts, key)
            if self.offer is not None and self.offer.draft.key == key:
                self._withdraw()

    def keep(self) -> None:
        """Keep what is typed now; where that is nothing, forget it."""
        self._timer.stop()
        form, spot = self._form, self._spot
        if spot is None:
            return
        if not form.has_unsaved_changes:
            self._drop_own()
            return
        self._key = self._key or self._free_key(spot)
        draft = Draft(
            self._key,
            spot.title,
            spot.drafts.person,
            spot.now().isoformat(),
            form.typed(),
            form.as_shown,
            dict(spot.place),
        )
        try:
            spot.drafts.keep(draft)
        except OSError as error:
            self._complain(spot, error)

    def forget(self) -> None:
        """Forget what was typed: it is saved, or the person let it go.

        An offer that was not answered stays.
        """
        self._timer.stop()
        self._drop_own()

    def put_back(self) -> None:
        """Put back what is offered; ask where it meets something newer."""
        offer = self.offer
        if offer is None or self._spot is None:
            return
        self._form.make_room_for(offer.draft.typed)
        draft, now = offer.draft, self._form.as_shown
        if self._spot.is_new:
            self._take(draft, draft.typed)
            return
        mine = {
            name: text
            for name, text in draft.typed.items()
            if name in now and text != draft.shown.get(name, text) and text != now[name]
        }
        newer = [name for name in mine if draft.shown.get(name) != now[name]]
        if newer:
            self._ask(draft, mine, newer)
        else:
            self._take(draft, mine)

    def drop(self) -> None:
        """Forget what is offered."""
        if self.offer is not None and self._spot is not None:
            self._spot.drafts.drop(self.offer.draft.key)
            self._withdraw()

    def _ask(self, draft: Draft, mine: dict[str, str], newer: list[str]) -> None:
        now = self._form.as_shown
        found = [
            Difference(each, mine[each.name] or "blank", now[each.name] or "blank", is_mine=False)
            for each in self._form.fields
            if each.name in newer
        ]
        self.question = ConflictDialog(
            found,
            "This was changed after you left the form. Choose, line by line, what to keep; what you"
            " typed elsewhere in it is put back.",
            self._theme,
            self._form,
        )

        def take(kept: frozenset[str]) -> None:
            texts = {name: text for name, text in mine.items() if name not in newer or name in kept}
            self._take(draft, texts)

        self.question.chosen.connect(take)
        self.question.open()

    def _take(self, draft: Draft, texts: Mapping[str, str]) -> None:
        assert self._spot is not None  # whoever was offered something is in a spot
        self._spot.drafts.drop(draft.key)
        if not self._key:
            self._key = draft.key
        self._form.type_in(texts)
        self.keep()
        self._withdraw()

    def _withdraw(self) -> None:
        if self.offer is not None:
            had_keyboard = self.offer.isAncestorOf(self._form.focusWidget() or self._form)
            self._take_offer_away()
            if had_keyboard:
                self._form.focus_first()
        self._offer_next()

    def _take_offer_away(self) -> None:
        if self.offer is not None:
            self.offer.hide()
            self.offer.deleteLater()
            self.offer = None

    def _offer_next(self) -> None:
        if self._spot is None:
            return
        for key in _keys(self._spot):
            draft = self._spot.drafts.of(key)
            if draft is not None and key != self._key:
                self.offer = DraftOffer(draft, self.put_back, self.drop, self._theme)
                self._form.put_above(self.offer, (self.offer.back, self.offer.away))
                return

    def _free_key(self, spot: DraftSpot) -> str:
        keys = _keys(spot)
        return next((key for key in keys if spot.drafts.of(key) is None), keys[-1])

    def _drop_own(self) -> None:
        if self._key and self._spot is not None:
            self._drop(self._spot.drafts, self._key)
            self._key = ""

    def _drop(self, drafts: Drafts, key: str) -> None:
        try:
            drafts.drop(key)
        except OSError as error:
            if self._spot is not None:
                self._complain(self._spot, error)

    def _complain(self, spot: DraftSpot, error: OSError) -> None:
        if not self._has_complained:
            self._has_complained = True
            spot.complain(
                Problem(
                    f"What you type cannot be kept beside the desk ({error.strerror}).",
                    "Save it before you leave the form.",
                )
            )


def _keys(spot: DraftSpot) -> list[str]:
    """Return where the drafts of a spot may stand: beside one that waits there is room for more."""
    return [spot.key + _NEXT * number for number in range(_MOST)]


def has_draft(spot: DraftSpot) -> bool:
    """Whether something that was typed waits in *spot*."""
    return any(spot.drafts.of(key) is not None for key in _keys(spot))


class DraftOffer(QFrame):
    """What was left half-done, with one button to put it back and one to drop it."""

    def __init__(
        self,
        draft: Draft,
        put_back: Callable[[], object],
        drop: Callable[[], object],
        theme: Theme,
    ) -> None:
        super().__init__()
        self.draft = draft
        self.setProperty("role", "banner")
        self.setProperty("tone", "accent")
        words = f"You left this form half-done {when(draft.kept_at)}."
        self.back = button("Put it back", theme, put_back)
        self.away = button("Drop it", theme, drop)
        for part in (self.back, self.away):
            access.name(part, f"{part.text()}: what was left half-done", words)
        access.name(self, words)
        down = QVBoxLayout(self)
        edge = theme.space(3)
        down.setContentsMargins(edge, edge, edge, edge)
        down.setSpacing(theme.space(2))
        says = label(words, "strong", wraps=True)
        says.setAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        down.addWidget(says)
        down.addWidget(Flow([self.back, self.away], theme))


def when(kept_at: str) -> str:
    """Return in words when a draft was kept: "on 24 Nov 2026 at 09:12"."""
    try:
        at = datetime.fromisoformat(kept_at).astimezone()
    except ValueError:
        return "some time ago"
    return f"on {show_day(at.date())} at {at:%H:%M}"


def keeper_for(form: Form, spot: DraftSpot | None, theme: Theme) -> Keeper | None:
    """Return a keeper of *form*; None where there is no *spot*: nothing can be saved there."""
    return None if spot is None else Keeper(form, spot, theme)
