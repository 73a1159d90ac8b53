"""What every page must be able to do, asked of each in PAGES.

Names, Tab, keys for every button, and words in small windows and large letters: test_openings asks
that of pages too.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, ExitStack, contextmanager
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QPushButton, QWidget

from apprentice_desk import resources
from apprentice_desk.app import pictures, starting
from apprentice_desk.commands import desks
from apprentice_desk.commands.opening import opening
from apprentice_desk.domain.progress import Progress
from apprentice_desk.returns.origins import ORIGINS
from apprentice_desk.settings import Settings
from apprentice_desk.ui.desk import Desk
from apprentice_desk.ui.destinations import OpenReturnRecord
from apprentice_desk.ui.kit import access
from apprentice_desk.ui.kit.jobs import Jobs
from apprentice_desk.ui.kit.messages import Messages
from apprentice_desk.ui.kit.theme import apply, load_theme
from apprentice_desk.ui.shell.places import PAGES
from apprentice_desk.ui.shell.window import Window

NAMES = [place.name for place in PAGES]
TODAY = date(2026, 11, 24)
LOOKS = [("light", 1.0), ("dark", 1.0), ("contrast", 1.0), ("light", 2.0)]


class Clock:
    def today(self) -> date:
        return TODAY

    def now(self) -> datetime:
        return datetime(2026, 11, 24, 9, 0, tzinfo=UTC)


@pytest.fixture(scope="module")
def desks_made(tmp_path_factory: pytest.TempPathFactory, copy_sample: Any) -> dict[str, Path]:
    """An empty desk and the sample, made once."""
    folder = tmp_path_factory.mktemp("desks")
    borough = resources.borough_by_code("E09000012")
    assert borough is not None
    desks.make_desk(folder / "empty.desk", borough, "Digital").close()
    copy_sample(folder / "sample.desk", TODAY)
    return {"empty": folder / "empty.desk", "sample": folder / "sample.desk"}


Opener = Callable[..., AbstractContextManager[Window]]


class Windows:
    """One window at a time, kept for the next page of the same test and the same look."""

    def __init__(self, desks_made: dict[str, Path]) -> None:
        self._desks = desks_made
        self._kept = ExitStack()
        self._asked: tuple[Any, ...] = ()
        self._window: Window | None = None

    def give(self, asked: tuple[Any, ...], opened: Callable[[], Any]) -> Window:
        if self._window is None or asked != self._asked:
            self.close()
            self._window = self._kept.enter_context(opened())
            self._asked = asked
        return self._window

    def close(self) -> None:
        self._window = None
        self._kept.close()


@pytest.fixture(scope="module")
def windows(
    desks_made: dict[str, Path], qapp: QApplication, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Windows]:
    own = tmp_path_factory.mktemp("settings")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("APPRENTICE_DESK_SETTINGS", str(own))
        kept = Windows(desks_made)
        yield kept
        kept.close()


@pytest.fixture
def window_on(
    desks_made: dict[str, Path], windows: Windows, request: pytest.FixtureRequest
) -> Opener:
    """Give a window on a desk; a failed test leaves none to the next."""

    @contextmanager
    def opened(
        kind: str, theme: str = "light", scale: float = 1.0, size: tuple[int, int] = (1440, 900)
    ) -> Iterator[Window]:
        asked = (request.function.__name__, kind, theme, scale, size)
        window = windows.give(
            asked,
            lambda: pictures.windows_for_pictures(
                desks_made[kind], theme=theme, text_scale=scale, size=size, clock=Clock()
            ),
        )
        try:
            yield window
        except BaseException:
            windows.close()
            raise

    return opened


def settle(window: Window) -> None:
    """Wait until nothing is under way and the layouts have settled."""
    window.picture()


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("kind", ["empty", "sample"])
def test_the_page_opens(name: str, kind: str, window_on: Opener) -> None:
    with window_on(kind) as window:
        window.show_page(name)
        settle(window)
        page = window.page(name)
        assert page.isVisible()
        assert window.shown == name
        words = [each.text() for each in page.findChildren(QLabel) if each.isVisible()]
        assert any(words), "a page without a word"


class Shown(QObject):
    """Notes which widgets are shown as windows of their own."""

    def __init__(self) -> None:
        super().__init__()
        self.shown: list[str] = []

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Show and isinstance(watched, QWidget) and watched.isWindow():
            words = watched.text() if isinstance(watched, QLabel | QAbstractButton) else ""
            self.shown.append(f"{type(watched).__name__} {words}")
        return False


@pytest.mark.parametrize("name", NAMES)
def test_no_part_of_a_page_is_shown_before_it_has_its_place(
    name: str, window_on: Opener, qapp: QApplication
) -> None:
    """It would flash up as a window of its own, and take the keyboard away."""
    with window_on("sample") as window:
        noted = Shown()
        qapp.installEventFilter(noted)
        window.show_page(name)
        settle(window)
        qapp.removeEventFilter(noted)
        assert noted.shown == []


def lacks_room(widget: QWidget) -> bool:
    if isinstance(widget, QLabel) and widget.text():
        if widget.wordWrap():
            return widget.heightForWidth(widget.width()) > widget.height() + 1
        return widget.sizeHint().width() > widget.width() + 1
    if isinstance(widget, QAbstractButton) and widget.text():
        return widget.minimumSizeHint().width() > widget.width() + 1
    return False


def clipped(page: QWidget) -> list[str]:
    """Return the labels and buttons whose words have less room than they need.

    What lies in a part that takes no room at all (the empty words of a list that has rows) is
    not shown to anybody.
    """
    found = []
    for widget in page.findChildren(QWidget):
        parent = widget.parentWidget()
        if not widget.isVisible() or (parent is not None and parent.height() == 0):
            continue
        if lacks_room(widget):
            found.append(f"{type(widget).__name__} {widget.text()!r} {widget.size()}")
    return found


@pytest.mark.parametrize("name", ["apprentices", "hours"])
def test_what_a_menu_offers_can_be_chosen_in_the_window(name: str, window_on: Opener) -> None:
    """A page alone does not show it: only in the window Python lost hold of a menu's own actions,
    and choosing one ended in a crash report."""
    with window_on("sample") as window:
        window.show_page(name)
        settle(window)
        page = window.page(name)
        chosen = 0
        for button in page.findChildren(QPushButton):
            menu = button.menu()
            for action in menu.actions() if menu is not None else ():
                if action.isCheckable() and action.isEnabled() and not action.isChecked():
                    action.trigger()
                    assert action.isChecked()
                    chosen += 1
        assert chosen >= 1


@pytest.mark.parametrize("name", NAMES)
def test_no_word_is_cut_off(name: str, window_on: Opener) -> None:
    """In smaller windows and with larger text, test_openings looks."""
    size = (1440, 900)
    with window_on("sample", "light", 1.0, size) as window:
        window.show_page(name)
        settle(window)
        assert window.size().toTuple() == size, "the page forces the window to grow"
        assert clipped(window) == []


@pytest.mark.parametrize("kind", [*list(ORIGINS)[1:], "reviews"])
@pytest.mark.parametrize("scale", [1.0, 2.0])
def test_no_word_of_a_kind_of_record_is_cut_off(kind: str, scale: float, window_on: Opener) -> None:
    with window_on("sample", "light", scale, (1024, 700)) as window:
        window.go(OpenReturnRecord(kind))
        settle(window)
        page = window.page("return_records")
        assert clipped(window) == []
        assert access.unnamed_widgets(page) == []
        assert access.out_of_order(page) == []
        assert access.buttons_without_keyboard(page) == []


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize(("theme", "scale"), LOOKS)
def test_the_page_can_be_drawn_in_every_look(
    name: str, theme: str, scale: float, window_on: Opener
) -> None:
    with window_on("sample", theme, scale) as window:
        window.show_page(name)
        settle(window)
        picture = window.picture().toImage()
        colours = {
            picture.pixel(x, y)
            for x in range(0, picture.width(), 23)
            for y in range(0, picture.height(), 17)
        }
        assert len(colours) > 5, "an empty picture"


@contextmanager
def reading_only(desk_file: Path) -> Iterator[Window]:
    """A window on a desk that is open to read only."""
    application = starting.application()
    theme = load_theme("light")
    apply(application, theme)
    messages = Messages()
    opened = opening(str(desk_file), Clock(), read_only=True)(Progress())
    desk = Desk(
        opened.store, opened.organisation, opened.lists, Jobs(messages), messages, Settings(),
        Clock(), theme,
    )  # fmt: skip
    window = Window()
    window.furnish(theme, messages)
    window.take(desk)
    window.show()
    try:
        yield window
    finally:
        window.leave()
        window.close()


@pytest.mark.parametrize("name", NAMES)
def test_a_desk_open_to_read_only_can_be_looked_at(
    name: str, desks_made: dict[str, Path], windows: Windows
) -> None:
    window = windows.give(("to read only",), lambda: reading_only(desks_made["sample"]))
    window.show_page(name)
    settle(window)
    assert window.page(name).isVisible()
    assert not window.actions_.log_hours.isEnabled()
