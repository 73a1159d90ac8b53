"""The welcome: a new desk, the desks of the last time, the sample; by keyboard and in any size."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel

from apprentice_desk import settings
from apprentice_desk.settings import Settings
from apprentice_desk.ui.kit import access
from apprentice_desk.ui.kit.messages import Messages
from apprentice_desk.ui.kit.pieces import Elided
from apprentice_desk.ui.kit.theme import apply, load_theme
from apprentice_desk.ui.shell.recent import Recent, recent_desks
from apprentice_desk.ui.shell.welcome import Welcome
from apprentice_desk.ui.shell.window import Window

TODAY = date(2026, 11, 24)
PASSWORD = "hush"
DATABASE = f"postgresql+psycopg://desk:{PASSWORD}@db.borough/people"


def at(day: int, hour: int = 12) -> datetime:
    return datetime(2026, 11, day, hour, 5, tzinfo=UTC)


@pytest.fixture
def kept(tmp_path: Path) -> Settings:
    """A desk of today, a database of yesterday and a desk that is gone."""
    there = tmp_path / "hackney.desk"
    there.write_bytes(b"a desk")
    gone = Settings().with_recent(str(tmp_path / "old" / "barnet.desk"), at(2))
    return gone.with_recent(DATABASE, at(23)).with_recent(str(there), at(24))


Showing = Callable[..., Welcome]


@pytest.fixture
def show(qapp: QApplication, qtbot: Any) -> Iterator[Showing]:
    windows: list[Window] = []

    def shown(
        recent: tuple[Recent, ...],
        theme: str = "light",
        scale: float = 1.0,
        size: tuple[int, int] = (1024, 640),
    ) -> Welcome:
        look = load_theme(theme, scale)
        apply(qapp, look)
        window = Window()
        windows.append(window)
        window.furnish(look, Messages())
        window.resize(*size)
        window.show()
        window.activateWindow()
        qtbot.waitUntil(window.isActiveWindow)
        window.furniture.show_welcome(Welcome(look, recent))
        made = window.furniture.welcome
        assert made is not None
        return made

    yield shown
    for window in windows:
        window.close()
        window.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def words_of(row: Any) -> list[str]:
    return [
        part.accessibleName() if isinstance(part, Elided) else part.text()
        for part in row.open.findChildren(QLabel)
    ]


def test_recent_desks_say_where_they_are_and_when_they_were_used(kept: Settings) -> None:
    newest, database, old = recent_desks(kept, TODAY)
    assert (newest.name, newest.used[:9]) == ("hackney.desk", "today at ")
    shown = newest.where.removeprefix("~").lstrip("/")
    assert Path(newest.location).parent in (Path(newest.where), Path.home() / shown)
    assert (database.name, database.where) == ("people", "database on db.borough")
    assert database.used == "yesterday"
    assert old.used == "02/11/2026"


@pytest.mark.parametrize(
    ("system", "says"), [("linux", str(Path("~") / "Documents")), ("win32", "Documents")]
)
def test_a_desk_in_the_persons_own_folder_is_named_from_there(
    system: str, says: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.platform", system)
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("USERPROFILE", str(tmp_path))
    of_settings = Settings(recent_desks=(str(tmp_path / "Documents" / "hackney.desk"),))
    (recent,) = recent_desks(of_settings, TODAY)
    assert recent.where == says
    assert recent.used == ""


def test_a_password_in_an_address_is_neither_shown_nor_read_out(
    kept: Settings, show: Showing
) -> None:
    welcome = show(recent_desks(kept, TODAY))
    row = welcome.rows[DATABASE]
    said = [*words_of(row), row.open.accessibleName(), row.open.toolTip()]
    assert "people" in said
    assert not [words for words in said if PASSWORD in words]


def test_a_desk_that_is_gone_is_grey_says_so_and_can_be_taken_off(
    kept: Settings, show: Showing, qtbot: Any
) -> None:
    welcome = show(recent_desks(kept, TODAY))
    there, database, gone = welcome.rows.values()
    qtbot.waitUntil(lambda: gone.is_gone)
    assert not there.is_gone
    assert not database.is_gone
    assert "not found" in words_of(gone)
    assert "not found" in gone.open.accessibleName()
    assert gone.remove.isVisible()
    assert not there.remove.isVisible()
    with qtbot.waitSignal(welcome.forgotten) as said:
        QTest.keyClick(gone.remove, Qt.Key.Key_Space)
    assert said.args == [gone.recent.location]
    gone.remove.setFocus()
    welcome.forget(gone.recent.location)
    assert not gone.isVisible()
    assert there.open.hasFocus(), "the keyboard must not fall off the page"


def test_the_newest_desk_that_is_there_has_the_keyboard(show: Showing, qtbot: Any) -> None:
    gone = Recent("/nowhere/a.desk", "a.desk", "/nowhere", "")
    database = Recent(DATABASE, "people", "database on db.borough", "")
    welcome = show((gone, database))
    qtbot.waitUntil(lambda: welcome.rows[gone.location].is_gone)
    assert welcome.rows[DATABASE].open.hasFocus()
    with qtbot.waitSignal(welcome.chosen) as said:
        QTest.keyClick(welcome.rows[DATABASE].open, Qt.Key.Key_Return)
    assert said.args == [DATABASE]


def test_a_new_desk_is_two_fields_and_names_its_file(show: Showing, qtbot: Any) -> None:
    welcome = show(())
    qtbot.waitUntil(welcome.first.hasFocus)
    QTest.keyClick(welcome.make, Qt.Key.Key_Space)
    assert "things to put right" in welcome.form._summary.accessibleName()
    QTest.keyClicks(welcome.form.input("borough").target, "Tower H")
    QTest.keyClick(welcome.form.input("borough").target, Qt.Key.Key_Tab)
    QTest.keyClicks(welcome.form.input("team").target, "Digital")
    help_of_team = welcome.form._blocks["team"]._help.text()
    assert help_of_team.endswith("The file will be called tower-hamlets.desk.")
    with qtbot.waitSignal(welcome.wanted) as said:
        QTest.keyClick(welcome.form.input("team").target, Qt.Key.Key_Return)
    (details,) = said.args
    assert (details.borough, details.team) == ("E09000030", "Digital")


def test_everything_is_reached_by_tab_in_the_order_in_which_it_is_read(
    kept: Settings, show: Showing, qtbot: Any
) -> None:
    welcome = show(recent_desks(kept, TODAY))
    there, database, gone = welcome.rows.values()
    qtbot.waitUntil(lambda: gone.is_gone)
    wanted = [
        there.open,
        database.open,
        gone.remove,
        welcome.open,
        welcome.form.input("borough").target,
        welcome.form.input("team").target,
        welcome.make,
        welcome.sample,
    ]
    chain = [part for part in access.tab_chain(welcome) if part in wanted]
    assert chain == wanted
    there.open.setFocus()
    reached = [there.open]
    for _ in range(12):
        QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Tab)
        here = QApplication.focusWidget()
        if here in wanted and here not in reached:
            reached.append(here)
    assert reached == wanted


@pytest.mark.parametrize("theme", ["light", "dark", "contrast"])
@pytest.mark.parametrize(
    ("scale", "size"), [(1.0, (1024, 640)), (2.0, (1440, 900)), (2.0, (1024, 640))]
)
def test_it_fits_across_in_a_small_window_and_at_twice_the_text(
    theme: str, scale: float, size: tuple[int, int], kept: Settings, show: Showing
) -> None:
    welcome = show(recent_desks(kept, TODAY), theme, scale, size)
    welcome.window().picture()
    assert welcome.area.horizontalScrollBar().maximum() == 0
    for row in welcome.rows.values():
        assert row.open.height() >= row.open.sizeHint().height()


# what is remembered


def test_what_is_remembered_comes_back_and_is_forgotten_with_its_desk(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, kept: Settings
) -> None:
    monkeypatch.setenv(settings.FOLDER_VARIABLE, str(tmp_path / "settings"))
    settings.save(kept)
    assert settings.load() == kept
    first, *others = kept.recent_desks
    less = kept.without_recent(first)
    assert less.recent_desks == tuple(others)
    assert set(less.opened_at) == set(others)


def test_times_of_desks_beyond_the_last_eight_are_not_kept() -> None:
    kept = Settings()
    for number in range(10):
        kept = kept.with_recent(f"{number}.desk", at(1 + number))
    assert Path(kept.recent_desks[0]).name == "9.desk"
    assert len(kept.recent_desks) == 8
    assert set(kept.opened_at) == set(kept.recent_desks)


def test_times_that_make_no_sense_are_left_out(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv(settings.FOLDER_VARIABLE, str(tmp_path))
    (tmp_path / "settings.json").write_text(
        '{"recent_desks": ["a.desk"], "opened_at": {"a.desk": 12}}', encoding="utf-8"
    )
    kept = settings.load()
    assert kept.recent_desks == ("a.desk",)
    assert kept.opened_at == {}
    (recent,) = recent_desks(Settings(recent_desks=("a",), opened_at={"a": "noon"}), TODAY)
    assert recent.used == ""
