"""The log of the program: about nobody, private, rotated, and never a reason to stop."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from pathlib import Path

import pytest

from apprentice_desk import logs
from apprentice_desk.domain.problems import Problem
from apprentice_desk.logs import Event, Log, Site, code_of, site_of
from apprentice_desk.records.desks import open_store


@pytest.fixture
def log(tmp_path: Path) -> Iterator[Log]:
    made = Log(tmp_path / "logs")
    yield made
    made.close()


def test_every_event_has_its_words() -> None:
    assert set(logs.SAYS) == set(Event)


def test_what_is_noted_is_read_back_newest_first(log: Log) -> None:
    log.note(Event.STARTED)
    log.note(Event.DESK_OPENED, bytes=4096, encrypted=True, seconds=0.257)
    log.close()
    newest, oldest = Log(log.folder).lines()
    assert (newest.event, newest.facts) == (
        Event.DESK_OPENED, "bytes=4096 encrypted=yes seconds=0.26",
    )  # fmt: skip
    assert (oldest.event, oldest.facts, oldest.says) == (
        Event.STARTED, "", "The program started",
    )  # fmt: skip


@pytest.mark.parametrize("text", ["Ada Obi", "desks/hackney.desk", b"Ada", Path("x"), None])
def test_a_text_cannot_get_into_the_log(log: Log, text: object) -> None:
    with pytest.raises(TypeError, match="no text"):
        log.note(Event.PROBLEM, at=text)  # type: ignore[arg-type]
    assert log.lines() == ()


def test_a_site_names_the_programs_own_code_and_not_what_was_said(tmp_path: Path) -> None:
    with pytest.raises(Problem) as caught:
        open_store(tmp_path / "Ada Obi.desk")
    site = site_of(caught.value.__traceback__)
    assert site.startswith("connecting.py:")
    assert "Ada" not in site
    assert site_of(None) == Site("elsewhere")
    assert code_of(open_store) == Site("desks.open_store")


@pytest.mark.skipif(os.name == "nt", reason="there are no such rights on Windows")
def test_the_log_is_private_whatever_the_umask(log: Log) -> None:
    before = os.umask(0)
    try:
        log.note(Event.STARTED)
    finally:
        os.umask(before)
    (path,) = log.files()
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_the_log_is_rotated_and_the_oldest_lines_go(
    log: Log, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(logs, "MOST_BYTES", 2_000)
    for number in range(400):
        log.note(Event.DESK_OPENED, bytes=number)
    assert len(log.files()) == logs.OLDER + 1
    assert sum(path.stat().st_size for path in log.files()) < 2_000 * (logs.OLDER + 1) + 100
    lines = log.lines()
    assert lines[0].facts == "bytes=399"
    assert 100 < len(lines) < 400
    assert [line.facts for line in lines] == [
        f"bytes={n}" for n in range(399, 399 - len(lines), -1)
    ]


def test_a_folder_that_cannot_be_written_to_is_no_reason_to_stop(tmp_path: Path) -> None:
    (tmp_path / "taken").write_text("a file")
    log = Log(tmp_path / "taken" / "logs")
    log.note(Event.STARTED)
    assert log.lines() == ()


@pytest.mark.skipif(
    os.name == "nt" or not Path("/dev/full").exists(), reason="there is no device that is full"
)
def test_a_full_disk_loses_the_line_and_nothing_else(
    log: Log, capsys: pytest.CaptureFixture[str]
) -> None:
    assert log.folder is not None
    log.folder.mkdir()
    (log.folder / logs.NAME).symlink_to("/dev/full")
    log.note(Event.STARTED)
    log.note(Event.ENDED)
    assert capsys.readouterr().err == ""


def test_lines_that_are_none_are_left_out_and_unknown_events_said_so(log: Log) -> None:
    assert log.folder is not None
    log.folder.mkdir()
    (log.folder / logs.NAME).write_bytes(
        b"\xff\x00 rubbish\n"
        b"yesterday started\n"
        b"2026-11-24T09:00:00Z started Ada Obi\n"
        b"2026-11-24T09:00:00Z flew-away height=3\n"
    )
    (line,) = log.lines()
    assert (line.event, line.facts) == (None, "height=3")
    assert line.says == "Something this version does not know"


def test_the_log_can_be_emptied_while_it_is_written(log: Log) -> None:
    log.note(Event.STARTED)
    log.empty()
    assert log.files() == ()
    log.note(Event.ENDED)
    assert [line.event for line in log.lines()] == [Event.ENDED]


def test_a_log_without_a_folder_keeps_nothing_and_still_refuses_text() -> None:
    log = Log()
    log.note(Event.STARTED)
    with pytest.raises(TypeError):
        log.note(Event.STARTED, name="Ada")  # type: ignore[arg-type]
    assert log.lines() == log.files() == ()
