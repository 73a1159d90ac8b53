"""What the tests of the kit share: the light theme in force, and people to list."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtWidgets import QApplication

from apprentice_desk.ui.kit import theme as themes
from apprentice_desk.ui.kit.jobs import Jobs
from apprentice_desk.ui.kit.messages import Messages
from apprentice_desk.ui.kit.rows import Badge, Bar, Column


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The offscreen platform says what it cannot do each time a window is shown."""
    ignore = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)
    for item in items:
        if "tests/ui/kit" in item.path.as_posix():
            item.add_marker(ignore)


@dataclass(frozen=True, slots=True)
class Person:
    id: int
    name: str
    provider: str | None = None
    done: int = 0
    status: str = "On track"


COLUMNS = (
    Column("Name", lambda row: row.name, kind="strong", width=16),
    Column("Provider", lambda row: row.provider, width=18),
    Column(
        "Hours",
        lambda row: Bar(row.done, 50, 100, say=f"{row.done} of 100 h"),
        sort=lambda row: row.done,
        kind="bar",
    ),
    Column(
        "Status",
        lambda row: Badge(row.status, "good", "check"),
        kind="badge",
        say=lambda row: f"Status {row.status}",
    ),
)

PEOPLE = (
    Person(1, "Ada Obi", "Thamesbank College", 38, "Behind"),
    Person(2, "Tomasz Nowak", "Thamesbank College", 60),
    Person(3, "Mei Lin", "Kestrel Skills", 45),
    Person(4, "Zoë Hart", None, 12),
    Person(5, "jo Bright", "Fenwick", 72),
)


@pytest.fixture
def theme(qapp: QApplication) -> themes.Theme:
    # Widgets of tests before are deleted "later", which without a running loop is never: each
    # would be given the style again.
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    made = themes.load_theme("light")
    themes.apply(qapp, made)
    return made


@pytest.fixture
def messages(qapp: QApplication) -> Messages:
    return Messages()


@pytest.fixture
def jobs(messages: Messages) -> Iterator[Jobs]:
    made = Jobs(messages)
    yield made
    made.stop_all_and_wait()
