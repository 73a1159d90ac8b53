"""The pages' modules come ahead of time, and no class of Qt's is made beside the window."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import threading
from pathlib import Path

import pytest
from PySide6.QtCore import QObject

from apprentice_desk import settings
from apprentice_desk.domain.problems import Cancelled
from apprentice_desk.domain.progress import Progress
from apprentice_desk.ui.shell import page_modules
from ui.made_beside import made_beside

OURS = "apprentice_desk."
LATE = {"openpyxl", "reportlab", "docx", "lxml", "icalendar", "alembic"}
"""Libraries that are slow to import and no page needs before something is asked of it."""


@pytest.fixture
def no_class_made_beside() -> None:
    """In place of the one for all tests of the window: here one is made on purpose."""


@pytest.fixture(scope="module")
def told(empty_desk: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[str]]:
    """What a program tells that was started anew and opened a desk."""
    folder = tmp_path_factory.mktemp("loading")
    run = subprocess.run(
        [sys.executable, Path(__file__).with_name("loading_pages.py"), empty_desk],
        capture_output=True, text=True, check=False, timeout=300,
        env=os.environ
        | {settings.FOLDER_VARIABLE: str(folder), "PYTHONPATH": os.pathsep.join(sys.path)},
    )  # fmt: skip
    assert run.returncode == 0, run.stdout + run.stderr
    read: dict[str, list[str]] = json.loads(run.stdout)
    return read


def test_all_that_the_pages_need_is_there(told: dict[str, list[str]]) -> None:
    assert told["lacked"] == []
    assert len([name for name in told["loaded"] if name.startswith(OURS)]) > 300
    assert LATE.isdisjoint(told["loaded"])


def test_what_takes_long_is_imported_beside_the_window(told: dict[str, list[str]]) -> None:
    beside = [name for name in told["imported beside"] if name.startswith(OURS)]
    assert len([name for name in beside if not name.startswith("apprentice_desk.ui.")]) > 50
    assert {"apprentice_desk.documents.reading_apart", "pypdfium2"} <= set(told["imported beside"])


def test_no_class_of_qts_is_made_beside_the_window(told: dict[str, list[str]]) -> None:
    assert told["made beside"] == []
    assert not [name for name in told["imported beside"] if name.startswith("PySide6.")]


def test_it_would_be_noticed() -> None:
    def make() -> None:
        class Made(QObject):
            pass

        class _NotOfQts:
            pass

    with made_beside() as names:
        make()
        beside = threading.Thread(target=make)
        beside.start()
        beside.join()
    assert names == [f"{__name__}.Made"]


def test_what_only_a_type_checker_reads_is_not_imported() -> None:
    text = """
from typing import TYPE_CHECKING
import apprentice_desk.domain.money
from apprentice_desk.ui.kit.jobs import Jobs
if TYPE_CHECKING:
    from apprentice_desk.imports.calendars import Calendar
    import apprentice_desk.records.store
import json
from apprentice_desk.domain.progress import Progress
def later():
    from apprentice_desk.documents import word
"""
    assert list(page_modules.imported_by(compile(text, "text", "exec"))) == [
        "apprentice_desk.domain.money",
        "apprentice_desk.ui.kit.jobs",
        "apprentice_desk.domain.progress",
    ]


def test_it_stops_when_asked() -> None:
    progress = Progress()
    progress.stop()
    with pytest.raises(Cancelled):
        page_modules.import_what_is_beside(progress)
