"""Windows that pictures are taken of: nothing in them waits or moves."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from PySide6.QtCore import QEvent

from apprentice_desk.app.starting import application
from apprentice_desk.clock import Clock, SystemClock
from apprentice_desk.commands.opening import opening
from apprentice_desk.domain.progress import Progress
from apprentice_desk.settings import Settings
from apprentice_desk.ui.desk import Desk
from apprentice_desk.ui.kit.jobs import Jobs
from apprentice_desk.ui.kit.messages import Messages
from apprentice_desk.ui.kit.theme import apply, load_theme, theme_name
from apprentice_desk.ui.shell.welcome import Welcome
from apprentice_desk.ui.shell.window import Window


@contextmanager
def windows_for_pictures(
    desk: str | Path | None,
    theme: str,
    text_scale: float,
    size: tuple[int, int],
    clock: Clock | None = None,
) -> Iterator[Window]:
    """Give a window on *desk*, or on the welcome, for taking pictures of.

    Nothing in it waits or moves.
    """
    clock = clock or SystemClock()
    app = application()
    look = load_theme(theme_name(theme, app), text_scale)
    apply(app, look)
    messages = Messages()
    window = Window()
    window.furnish(look, messages)
    window.resize(*size)
    if desk is None:
        window.furniture.show_welcome(Welcome(look, ()))
    else:
        chosen = Settings(theme=theme, text_size=round(text_scale * 100))
        opened = opening(str(desk), clock, read_only=False)(Progress())
        store, organisation, lists = opened.store, opened.organisation, opened.lists
        jobs = Jobs(messages)
        window.take(Desk(store, organisation, lists, jobs, messages, chosen, clock, look))
    window.show()
    app.sendPostedEvents()
    try:
        yield window
    finally:
        window.leave()
        window.close()
        window.deleteLater()
        app.sendPostedEvents(None, QEvent.Type.DeferredDelete)
