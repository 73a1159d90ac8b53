"""The part “History” of Safekeeping, and the ways to it from the pages of records."""

from __future__ import annotations

import csv
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QLabel

from apprentice_desk.domain.leaving import LeftKind
from apprentice_desk.domain.plain_cells import as_plain
from apprentice_desk.records import apprentices
from apprentice_desk.records.leaving import left_rows
from apprentice_desk.records.providers import Provider
from apprentice_desk.records.store import Store
from apprentice_desk.safekeeping.history_export import HEADINGS
from apprentice_desk.ui.desk import Desk
from apprentice_desk.ui.destinations import OpenHistory, OpenPage
from apprentice_desk.ui.pages.safekeeping import history as module
from apprentice_desk.ui.pages.safekeeping.history import HistoryPart


def correct(store: Store, key: Any, **values: Any) -> None:
    details = store.read(apprentices.held, key).details
    with store.change("Correct Ada Obi") as session:
        apprentices.correct(session, key, replace(details, **values))


@pytest.fixture
def opened(page: Any) -> Any:
    made = page("safekeeping")
    made.show_part("history")
    return made


@pytest.fixture
def part(opened: Any) -> HistoryPart:
    found: HistoryPart = opened.part("history")
    return found


def labels(part: HistoryPart) -> list[str]:
    return [row.label for row in part.model.shown]


def narrow(part: HistoryPart, **values: Any) -> None:
    for name, value in values.items():
        part.blocks[name].input.write(value)
    part.read_first()


def test_every_change_is_listed_and_a_new_one_comes_to_it(
    desk: Desk, part: HistoryPart, team: Any, qtbot: Any
) -> None:
    before = part.model.total
    assert before == len(desk.store.changes(1_000))
    correct(desk.store, team.ada, note="Asked for another mentor")
    QCoreApplication.sendPostedEvents()
    qtbot.waitUntil(lambda: part.model.total == before + 1)
    assert labels(part)[0] == "Correct Ada Obi"
    assert part.count_line.text().startswith(f"{before + 1} of {before + 1} changes")


def test_the_chosen_change_is_told_field_by_field(
    desk: Desk, part: HistoryPart, team: Any, qtbot: Any
) -> None:
    correct(desk.store, team.ada, line_manager="Lena Hall", line_manager_email="")
    part.refresh()
    part.table.choose(part.model.shown[0].id)
    lines = [(line.field, line.after) for line in part.told_model.shown]
    assert ("Line manager", "Lena Hall") in lines
    assert part.told_model.shown[0].record == "Apprenticeship of Ada Obi"
    assert not part.rest.isVisibleTo(part)


def test_changes_are_found_by_words_person_kind_and_day(
    desk: Desk, part: HistoryPart, team: Any
) -> None:
    correct(desk.store, team.ada, note="x")
    part.refresh()
    every = part.model.total
    narrow(part, words="correct obi")
    assert labels(part) == ["Correct Ada Obi"]
    assert dict(part._facts()) == {"Words in it": "correct obi"}
    narrow(part, words=None, kind="Contracts and money")
    assert 0 < part.model.total < every
    narrow(part, kind=None, person=desk.store.person)
    assert part.model.total > 0
    today = desk.store.changes(1)[0].recorded_at.astimezone().date()
    narrow(part, person=None, first_on=today, last_on=today)
    assert part.model.total > 0
    narrow(part, first_on=today + timedelta(days=1), last_on=None)
    assert part.model.total == 0
    narrow(part, first_on=today, last_on=today - timedelta(days=1))
    assert part.wanted() is None
    narrow(part, last_on=None)
    part.blocks["first_on"].input.type_in("the day before")
    assert part.wanted() is None
    assert "First" not in str(part._facts())


def test_older_changes_come_when_they_are_asked_for(
    desk: Desk, part: HistoryPart, monkeypatch: pytest.MonkeyPatch
) -> None:
    every = part.model.total

    def page(session: Any, wanted: Any, before: Any = None) -> Any:
        from apprentice_desk.records.desk_history import history_page

        return history_page(session, wanted, before, 3)

    monkeypatch.setattr(module, "history_page", page)
    part.refresh()
    assert part.model.total == 3
    while part.older.isVisibleTo(part):
        part.older.click()
    assert part.model.total == every


def test_the_history_of_one_record_is_shown_and_left_again(
    desk: Desk, opened: Any, part: HistoryPart, team: Any
) -> None:
    correct(desk.store, team.ada, note="x")
    opened.arrive(OpenHistory("apprenticeship", team.ada, "Ada Obi"))
    assert part.of_record.text() == "Only what was changed of Ada Obi"
    assert part.narrowed.isVisibleTo(part)
    assert labels(part)[0] == "Correct Ada Obi"
    few = part.model.total
    assert dict(part._facts())["Of"] == "Ada Obi"
    part.everything.click()
    assert not part.narrowed.isVisibleTo(part)
    assert part.model.total > few


def test_the_history_of_one_record_tells_and_saves_nothing_of_others(
    desk: Desk, opened: Any, part: HistoryPart, team: Any, qtbot: Any, tmp_path: Path
) -> None:
    with desk.store.change("Correct two") as session:
        for key, note in ((team.ada, "Ada alone"), (team.tomasz, "Tomasz alone")):
            details = apprentices.held(session, key).details
            apprentices.correct(session, key, replace(details, note=note))
    part.refresh()
    part.table.choose(part.model.shown[0].id)
    told = [line.after for line in part.told_model.shown]
    assert sorted(told) == ["Ada alone", "Tomasz alone"]
    opened.arrive(OpenHistory("apprenticeship", team.ada, "Ada Obi"))
    part.table.choose(part.model.shown[0].id)
    assert [line.after for line in part.told_model.shown] == ["Ada alone"]
    assert part.rest.text() == "It touched 1 more record. Show every change to see them."
    path = tmp_path / "history.csv"
    part.save_to(str(path))
    QCoreApplication.sendPostedEvents()
    qtbot.waitUntil(lambda: not desk.jobs.is_busy, timeout=60_000)
    saved = path.read_text("utf-8-sig")
    assert "Ada alone" in saved
    assert "Tomasz" not in saved


def test_what_narrows_nothing_says_so(part: HistoryPart) -> None:
    assert part.blocks["person"].input.typed() == "Everybody"
    assert part.blocks["kind"].input.typed() == "Every kind"
    assert part._facts() == ()


@pytest.mark.parametrize(
    ("name", "go", "table"),
    [
        ("apprentice", lambda page, team: _show(page, team.ada), "apprenticeship"),
        ("provider", lambda page, team: _show(page, team.provider), "provider"),
    ],
)
def test_a_page_of_a_record_leads_to_its_history(
    desk: Desk, page: Any, team: Any, name: str, go: Callable[..., object], table: str
) -> None:
    asked: list[Any] = []
    desk.asked_to_go.connect(asked.append)
    made = page(name)
    go(made, team)
    made.history.click()
    assert isinstance(asked[-1], OpenHistory)
    assert asked[-1].table == table


def _show(page: Any, key: Any) -> None:
    page._key = key
    page.refresh()


def test_lists_of_records_lead_to_the_history_of_the_chosen_one(
    desk: Desk, page: Any, team: Any, make: Any, qtbot: Any
) -> None:
    make.secondment(apprenticeship_id=team.ada)
    make.mentor(team.ada)
    make.hours(team.ada)
    asked: list[Any] = []
    desk.asked_to_go.connect(asked.append)
    secondments = page("secondments")
    secondments.table.choose_first()
    secondments.history.trigger()
    network = page("network")
    network.show_part("mentors")
    mentors = network.part("mentors").list
    qtbot.waitUntil(lambda: mentors.model.total > 0)
    mentors.table.choose_first()
    mentors.history.trigger()
    make.document()
    documents = page("documents")
    qtbot.waitUntil(lambda: documents.model.total > 0)
    documents.table.choose_first()
    documents.history.trigger()
    make.template("Data analyst", ())
    make.offer()
    library = page("plan_library")
    for part in (library.part("templates"), library.part("offers")):
        part.refresh()
        part.table.choose_first()
        part.history.trigger()
    settings = page("settings")
    settings.history.click()
    assert [getattr(each, "table", each) for each in asked] == [
        "secondment",
        "mentoring",
        "document_made",
        "plan_template",
        "learning_offer",
        OpenPage("safekeeping", "history"),
    ]


def test_everything_found_is_saved_as_csv_without_a_formula(
    desk: Desk, part: HistoryPart, team: Any, qtbot: Any, tmp_path: Path
) -> None:
    with desk.store.change("=cmd|' /C calc'!A0") as session:
        session.add(Provider(name="+44 Learning"))
    part.refresh()
    path = tmp_path / "history.csv"
    part.save_to(str(path))
    QCoreApplication.sendPostedEvents()
    qtbot.waitUntil(lambda: not desk.jobs.is_busy, timeout=60_000)
    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.reader(file))
    assert tuple(rows[0]) == HEADINGS
    newest = [row for row in rows[1:] if row[3].startswith("'=cmd")]
    assert newest
    assert newest[0][9] == "'+44 Learning"
    assert all(row[3][:1] not in "=+-@" for row in rows[1:] if row[3])
    (left,) = desk.store.read(left_rows)
    assert (left.kind, left.people_count) == (LeftKind.HISTORY, None)


@pytest.mark.parametrize("begins", ["=", "+", "-", "@", "\t", "\r", "|", "  ="])
def test_a_cell_is_never_a_formula(begins: str) -> None:
    assert as_plain(f"{begins}1+1").startswith("'")
    assert as_plain("Ada = x") == "Ada = x"


def test_it_is_said_who_may_see_it(part: HistoryPart) -> None:
    words = [each.text() for each in part.findChildren(QLabel)]
    assert any("one passphrase for everybody" in each for each in words)
