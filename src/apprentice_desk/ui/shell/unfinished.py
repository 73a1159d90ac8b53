"""What is not finished: forms that wait half-done, and what closing would stop or lose."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING

from apprentice_desk.ui.destinations import destination_of
from apprentice_desk.ui.kit.dialogs import ask, lost_in_words
from apprentice_desk.ui.kit.keeping import when

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from apprentice_desk.ui.desk import Desk
    from apprentice_desk.ui.kit.theme import Theme


def tell_of_drafts(desk: Desk) -> None:
    """Say which form was left half-done, and lead to it; it is not put back by itself."""
    waiting = () if desk.store.is_read_only else desk.drafts.waiting()
    if not waiting:
        return
    newest = waiting[-1]
    others = {0: "", 1: " One more form waits too."}.get(
        len(waiting) - 1, f" {len(waiting) - 1} more forms wait too."
    )
    destination = destination_of(newest.place)
    desk.messages.warn(
        f"“{newest.title}” was left half-done {when(newest.kept_at)}.{others}",
        "It is offered in its form, to put back or to drop.",
        "Go to it" if destination else "",
        partial(desk.go, destination) if destination else None,
    )


def ask_before_stopping(
    window: QWidget, theme: Theme, titles: str, then: Callable[[], object]
) -> None:
    """Ask before the work that *titles* names is stopped, and do *then*."""
    ask(
        window,
        theme,
        "Stop and close?",
        f"Still under way: {titles}. If you close now it is stopped and nothing of it is kept.",
        "Stop and close",
        then,
        cancel_text="Keep working",
        danger=True,
    )


def ask_before_losing(
    window: QWidget, theme: Theme, typed: Sequence[str], then: Callable[[], object]
) -> None:
    """Ask before what is *typed* and not saved is lost, and do *then*."""
    ask(
        window,
        theme,
        "Leave without saving?",
        lost_in_words(typed),
        "Leave without saving",
        then,
        cancel_text="Keep editing",
        danger=True,
    )
