"""What was put off is known before SQLAlchemy is, and a file that says nothing is no fault."""

from __future__ import annotations

import subprocess
import sys
from datetime import date
from pathlib import Path

from apprentice_desk.domain.needs import Need, NeedKind, Target, Urgency
from apprentice_desk.records import putting_off
from apprentice_desk.records.desks import open_store
from apprentice_desk.records.glancing import first_put_off

TODAY = date(2026, 9, 1)


def test_it_is_what_the_open_desk_says(desk_file: Path) -> None:
    store = open_store(desk_file)
    for key, urgency in (("b", Urgency.NOW), ("a", Urgency.LATER)):
        need = Need(key, NeedKind.HOURS, urgency, "", "", "", Target("apprentices"), 90)
        details = putting_off.PutOffDetails(date(2026, 9, 8), "On leave – “till then”")
        with store.change("Put off") as session:
            putting_off.put_off(session, need, details, TODAY)
    said = store.read(putting_off.put_off_rows)
    store.close()
    assert len(said) == 2
    assert first_put_off(desk_file) == said


def test_a_desk_without_any_and_a_file_that_is_none_say_nothing(
    desk_file: Path, tmp_path: Path
) -> None:
    assert first_put_off(desk_file) == ()
    letter = tmp_path / "letter.desk"
    letter.write_text("Dear all", encoding="utf-8")
    assert first_put_off(letter) == ()
    assert first_put_off(tmp_path / "not there.desk") == ()


def test_neither_it_nor_the_first_look_of_today_needs_sqlalchemy() -> None:
    look = (
        "import sys\n"
        "import apprentice_desk.records.glancing\n"
        "import apprentice_desk.ui.pages.today.first_look\n"
        "print('sqlalchemy' in sys.modules, 'openpyxl' in sys.modules)\n"
    )
    ran = subprocess.run([sys.executable, "-c", look], capture_output=True, text=True, check=True)
    assert ran.stdout.split() == ["False", "False"]
