"""Logs and support on the page Safekeeping: what is shown, and the one file for support."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from apprentice_desk import crashes, settings
from apprentice_desk.logs import Event, Log
from apprentice_desk.ui.desk import Desk
from apprentice_desk.ui.kit.dialogs import Question
from apprentice_desk.ui.kit.whole_text import WholeText


@pytest.fixture
def log(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Any:
    monkeypatch.setenv(settings.FOLDER_VARIABLE, str(tmp_path / "settings"))
    made = Log(settings.logs_folder())
    made.note(Event.STARTED)
    made.note(Event.DESK_OPENED, bytes=4096)
    yield made
    made.close()


@pytest.fixture
def part(log: Log, page: Callable[..., Any], make: Any, desk: Desk) -> Any:
    make.apprentice(given_names="Ada", family_name="Obi")
    crashes.keep(settings.faults_folder(), LookupError, None, desk.clock.now())
    opened = page("safekeeping")
    opened.narrow_to("support")
    return opened.part("support")


def test_the_log_is_shown_newest_first_in_words(part: Any) -> None:
    model = part.lines.model()
    shown = [model.data(model.index(row, 1)) for row in range(model.rowCount())]
    assert shown == ["A desk was opened", "The program started"]
    assert model.data(model.index(0, 2)) == "bytes=4096"


def test_the_keyboard_comes_first_to_the_file_for_support(part: Any) -> None:
    assert part.first_stop() is part.save


def test_a_report_is_shown_whole(part: Any, desk: Desk) -> None:
    (row,) = part.reports_shown
    assert row.title == "Report of a fault"
    model = part.reports.model()
    at = desk.clock.now().astimezone()
    assert model.data(model.index(0, 0)) == f"01/09/2026 {at:%H:%M}", "as in the log"
    assert part.reports.chosen() is row
    part.reports.row_opened.emit(row)
    assert isinstance(part.dialog, WholeText)
    assert "LookupError" in part.dialog.text.toPlainText()


def test_what_is_saved_is_what_was_shown_and_names_nobody(
    part: Any, desk: Desk, tmp_path: Path, gone_out: Any
) -> None:
    part.look.click()
    shown = part.dialog.text.toPlainText()
    rows = part.dialog.text.viewport().height() // part.dialog.text.fontMetrics().lineSpacing()
    assert rows >= 20, "a long text is read in peace"
    part.dialog.reject()
    path = tmp_path / "support.txt"
    part.keep(str(path))
    assert gone_out() == [("logs for support", 0)]
    saved = path.read_text("utf-8")
    assert saved == shown
    for told in (
        "\napprentice: 7\n",
        "fault: LookupError",
        "desk-opened bytes=4096",
        "encrypted: no",
    ):
        assert told in saved
    for private in ("Ada", "Obi", str(tmp_path), desk.store.location, desk.store.person or "Sam"):
        assert private not in saved
    assert "Saved “support.txt”" in desk.messages.said[-1].text


def test_a_place_that_cannot_be_written_to_is_said(
    part: Any, desk: Desk, tmp_path: Path, gone_out: Any
) -> None:
    part.keep(str(tmp_path / "gone" / "support.txt"))
    assert gone_out() == []
    assert "was not saved" in desk.messages.said[-1].text
    assert desk.messages.said[-1].action_text == "Save it elsewhere"


def test_the_log_is_emptied_once_that_was_agreed_to(part: Any, log: Log) -> None:
    log.close()
    part.empty.click()
    assert isinstance(part.dialog, Question)
    assert len(log.lines()) == 2
    part.dialog.confirm.click()
    assert log.lines() == ()
    assert part.lines.model().rowCount() == 0
    assert not part.empty.isEnabled()
    assert part.reports_shown, "reports stay"
