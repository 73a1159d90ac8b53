"""In what a copy differs from now is said in words: people, entries, changes, either side."""

from __future__ import annotations

import shutil
from pathlib import Path

from apprentice_desk.records import apprentices, hours
from apprentice_desk.safekeeping import backup
from safekeeping.backing import KEY, NOW, begun


def test_nothing_differs_right_after(tmp_path, maker):
    store = begun(tmp_path / "hackney.desk")
    maker(store).hours()
    made = backup.make_backup(Path(store.location), None, NOW)
    found = backup.compare(made.path, Path(store.location))
    store.close()
    assert found.is_same
    assert found.sentences == ("The copy holds all that the desk holds now.",)


def test_what_came_went_and_was_altered_since_is_counted_and_named(tmp_path, maker):
    store = begun(tmp_path / "hackney.desk", KEY)
    make = maker(store)
    stays, leaves = make.apprentice(), make.apprentice(given_names="Lee", family_name="Ving")
    altered, removed = make.hours(stays), make.hours(stays)
    made = backup.make_backup(Path(store.location), KEY, NOW)
    make.apprentice(given_names="New", family_name="Comer")
    make.hours(stays)
    make.contract()
    with store.change("Remove Lee Ving") as session:
        apprentices.remove(session, apprentices.held(session, leaves).apprentice_id)
    rows = {each.id: each for each in store.read(hours.hours_rows)}
    with store.change("Correct hours") as session:
        hours.correct_hours(session, altered, _longer(rows[altered]), None)
    with store.change("Remove hours") as session:
        hours.remove_hours(session, removed)
    found = backup.compare(made.path, Path(store.location), KEY)
    store.close()
    assert found.common == 5
    assert [each.label for each in found.since] == [
        "Enrol", "Log hours", "Add a provider", "Award a contract", "Remove Lee Ving",
        "Correct hours", "Remove hours",
    ]  # fmt: skip
    assert (found.people_missing, found.people_only) == (("New Comer",), ("Lee Ving",))
    assert (found.entries_missing, found.entries_only, found.entries_altered) == (1, 1, 1)
    assert {one: (then, now) for one, then, now in found.counts} == {
        "contract": (0, 1),
        "provider": (0, 1),
    }
    said = " ".join(found.sentences)
    assert "7 changes since then would be missing, the first of" in said
    assert "Not in the copy: New Comer." in said
    assert "In the copy only: Lee Ving." in said
    assert "1 entry of hours changed since." in said
    assert "0 contracts in the copy, 1 now." in said


def test_two_files_that_went_each_its_own_way_are_told_apart_by_their_logs(tmp_path, maker):
    store = begun(tmp_path / "hackney.desk")
    maker(store).apprentice()
    shutil.copy(store.location, tmp_path / "other.desk")
    maker(store).provider()
    from apprentice_desk.records.desks import open_store

    other = open_store(tmp_path / "other.desk")
    maker(other).apprentice(given_names="Ola", family_name="Ther")
    maker(other).provider()
    found = backup.compare(Path(other.location), Path(store.location))
    store.close()
    other.close()
    assert (found.common, len(found.since), len(found.only_there)) == (2, 1, 2)
    assert "2 changes in the copy are not in the desk." in found.sentences
    assert "In the copy only: Ola Ther." in found.sentences


def test_a_copy_of_another_desk_is_called_that(tmp_path):
    for name in ("one.desk", "two.desk"):
        begun(tmp_path / name).close()
    found = backup.compare(tmp_path / "one.desk", tmp_path / "two.desk")
    assert found.is_other_desk
    assert not found.is_same
    assert "another desk" in found.sentences[0]


def _longer(row):
    from dataclasses import replace

    return replace(row.details, minutes=row.details.minutes + 30)
