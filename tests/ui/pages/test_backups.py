"""Backups on the page Safekeeping: made, listed, checked, compared, restored, in two places."""

from __future__ import annotations

import os
import shutil
from contextlib import closing
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtWidgets import QFileDialog

from apprentice_desk.domain.progress import Progress
from apprentice_desk.records.desks import open_store
from apprentice_desk.records.keys import derive
from apprentice_desk.safekeeping import backup, recrypting
from apprentice_desk.safekeeping.attempts import attempts_at
from apprentice_desk.ui.destinations import OpenDesk
from apprentice_desk.ui.pages.safekeeping.backup_compared import ComparedDialog

OLD_KEY = derive("the earlier passphrase", b"sixteen bytes ok")


@pytest.fixture
def place(desk: Any) -> Path:
    return Path(desk.store.location)


@pytest.fixture
def part(page: Any, make: Any, settled: Any) -> Any:
    make.hours(make.apprentice(given_names="Ada", family_name="Obi"))
    opened = page("safekeeping")
    opened.narrow_to("backups")
    settled()
    return opened.part("backups")


def cells(part: Any) -> list[list[str]]:
    model = part.model
    return [[model.columns[place].text(row) for place in (0, 1, 2, 5, 6)] for row in model.shown]


def copied(place: Path, desk: Any, **age: int) -> Path:
    """Make a copy as the program would have made it a while ago."""
    return backup.make_backup(place, None, desk.clock.now() - timedelta(**age)).path


def test_a_copy_is_made_and_shown_with_what_it_holds(part, desk, place, settled):
    assert part.standing.text() == "There is no copy of this desk yet."
    assert cells(part) == []
    part.now.click()
    settled()
    (made,) = backup.backups_of(place)
    at = desk.clock.now().astimezone()
    held = backup.look_into(made.path)
    assert held.people > 1
    assert held.entries > 1
    assert cells(part) == [
        [
            f"01/09/2026 {at:%H:%M}",
            str(held.people),
            str(held.entries),
            "Beside the desk, by hand",
            "Checked when made",
        ]
    ]
    assert part.standing.text() == f"All that is saved is in the copy of 1 Sep 2026, {at:%H:%M}."
    assert made.path.name in str(desk.messages.current)
    assert part.count == 1


def test_it_says_when_something_is_in_no_copy(part, make, settled, qtbot):
    part.now.click()
    settled()
    make.provider()
    qtbot.waitUntil(lambda: part.standing.text().endswith("What was saved since is in none."))


def test_a_copy_that_was_made_by_itself_comes_into_the_list(part, desk, place, settled):
    copied(place, desk)
    desk.backed_up.emit()
    settled()
    assert len(cells(part)) == 1


def test_every_page_of_every_copy_is_checked(part, desk, place, settled):
    good, bad = copied(place, desk), copied(place, desk, days=2)
    with bad.open("r+b") as file:  # it opens, and yet it is damaged
        file.seek(bad.stat().st_size // 2)
        file.write(os.urandom(4096))
    part.refresh()
    settled()
    assert [row[-1] for row in cells(part)] == ["Checked when made"] * 2
    part.check.click()
    settled()
    assert [row[-1] for row in cells(part)] == ["Good, checked now", "Damaged"]
    said = str(desk.messages.current_problem)
    assert bad.name in said
    assert good.name not in said
    bad.unlink()
    part.refresh()
    settled()
    part.check.click()
    settled()
    assert "Every copy can be opened" in str(desk.messages.current)


def test_a_copy_is_compared_with_now(part, desk, place, make, settled):
    copied(place, desk)
    make.apprentice(given_names="New", family_name="Comer")
    part.refresh()
    settled()
    part.compare.click()
    settled()
    assert isinstance(part.dialog, ComparedDialog)
    assert "Not in the copy: New Comer." in part.dialog.sentences
    assert part.dialog.table.rows.total == 1
    part.dialog.restore_.click()
    assert isinstance(part.file_dialog, QFileDialog)
    assert Path(part.file_dialog.directory().absolutePath()) == place.parent
    part.file_dialog.reject()


def test_it_is_restored_beside_and_opened_and_the_desk_stays(part, desk, place, make, settled):
    copied(place, desk)
    before = desk.store.latest_change().number
    make.provider()
    part.refresh()
    settled()
    part.restore.click()
    named = part.file_dialog.selectedFiles()
    assert Path(named[0]).parent == place.parent
    part.file_dialog.reject()
    gone_to = []
    desk.asked_to_go.connect(gone_to.append)
    to = place.parent / "as it was.desk"
    part.restore_to(part.table.chosen().backup, None, to)
    settled()
    assert gone_to == [OpenDesk(str(to))]
    assert desk.store.latest_change().number == before + 1
    with closing(open_store(to)) as restored:
        assert restored.latest_change().number == before


def test_nothing_is_restored_over_the_desk(part, desk, place, settled):
    copied(place, desk)
    part.refresh()
    settled()
    before = desk.store.latest_change()
    part.restore_to(part.table.chosen().backup, None, place)
    settled()
    assert "exists already" in str(desk.messages.current_problem)
    assert desk.store.latest_change() == before


def test_a_copy_under_an_earlier_passphrase_asks_for_that_one(part, desk, place, settled, qtbot):
    made = copied(place, desk)
    recrypting.recrypt(made, None, OLD_KEY, Progress())
    part.refresh()
    settled()
    assert cells(part)[0][1:3] == ["", ""]
    assert cells(part)[0][-1] == "Earlier passphrase"
    part.compare.click()
    part.dialog.form.set_value("passphrase", "not this one, I think")
    part.dialog.panel.submit()
    settled()
    assert "does not open" in str(desk.messages.current_problem)
    qtbot.waitUntil(lambda: attempts_at(str(made)).seconds_left == 0)
    part.compare.click()
    part.dialog.form.set_value("passphrase", "the earlier passphrase")
    part.dialog.panel.submit()
    settled()
    assert isinstance(part.dialog, ComparedDialog)
    assert part.dialog.sentences == ("The copy holds all that the desk holds now.",)
    part.dialog.reject()


def test_a_second_place_is_chosen_tried_at_once_and_done_without(
    part, desk, place, settled, tmp_path
):
    assert not part.without.isVisibleTo(part)
    stick = tmp_path / "stick"
    stick.mkdir()
    part.take_second_place(str(stick))
    settled()
    assert str(stick) in part.second.text()
    assert desk.settings.second_place_of(str(place)) == stick
    assert sorted(row[3] for row in cells(part)) == [
        "Beside the desk, by hand", "Second place, by hand",
    ]  # fmt: skip
    shutil.rmtree(stick)
    part.now.click()
    settled()
    assert "cannot be reached" in str(desk.messages.current_problem)
    desk.settings_changed.emit(desk.settings)
    assert "cannot be reached just now" in part.second.text()
    part.without.click()
    settled()
    assert desk.settings.second_place_of(str(place)) is None


@pytest.mark.parametrize("where", ["own", "own backups", "not there"])
def test_a_second_place_that_is_none_is_refused(part, desk, place, settled, where, tmp_path):
    copied(place, desk)
    folder = {
        "own": place.parent,
        "own backups": place.parent / f"{place.stem} backups",
        "not there": tmp_path / "nowhere",
    }[where]
    part.take_second_place(str(folder))
    assert desk.messages.current_problem is not None
    assert desk.settings.second_place_of(str(place)) is None


def test_the_schedule_is_told_and_when_somebody_erased_is_gone_from_all(part):
    from PySide6.QtWidgets import QLabel

    words = " ".join(each.text() for each in part.findChildren(QLabel))
    assert "the newest of each month for 24 months" in words
    assert "by 1 Sep 2028" in words
