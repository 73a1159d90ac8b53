"""The part KSBs: the grid by keyboard, what is said of codes, and what stands behind each."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

import openpyxl
import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from apprentice_desk.domain.ksb_status import KsbStatus, Voice
from apprentice_desk.records import ksb_progress, learning, programmes
from apprentice_desk.records.desks import open_store
from apprentice_desk.records.programme_changes import change_standard
from apprentice_desk.records.standard_versions import (
    StandardKsb,
    StandardOption,
    StandardVersion,
)
from apprentice_desk.records.standing import apprentice_rows
from apprentice_desk.records.store import Store
from apprentice_desk.ui.desk import Desk
from apprentice_desk.ui.destinations import OpenHours, OpenPage, OpenRecord
from apprentice_desk.ui.kit import access
from apprentice_desk.ui.pages.apprentice.ksbs import NOT_LOADED, KsbsPart

TODAY = date(2026, 9, 1)  # of the tests' clock
NOT_STARTED, IN_PROGRESS, READY, COMPLETED = KsbStatus
KNOWN = {
    "K1": "All stages of the software development life cycle",
    "K2": "Roles and responsibilities within it",
    "S1": "Create logical and maintainable code",
    "S2": "Develop user interfaces",
    "B1": "Works independently and takes responsibility",
}


def settled(qtbot: Any, condition: Callable[[], object]) -> None:
    qtbot.waitUntil(lambda: bool(condition()))


@pytest.fixture
def ada(make: Any) -> UUID:
    """Somebody whose standard is loaded, with two entries that name codes."""
    make.ksbs(KNOWN)
    key: UUID = make.apprentice(
        given_names="Ada", family_name="Obi", standard_version="1.1",
        gateway_planned_on=date(2027, 2, 1),
    )  # fmt: skip
    make.hours(key, done_on=date(2026, 8, 25), minutes=90, what="Joins", ksbs="K1, S1")
    make.hours(key, done_on=date(2026, 8, 4), minutes=60, what="Tests", ksbs="K1")
    return key


@pytest.fixture
def part(page: Callable[..., Any], ada: UUID) -> KsbsPart:
    opened = page("apprentice")
    opened.arrive(OpenRecord(ada, "ksbs"))
    made: KsbsPart = opened.part("ksbs")
    return made


def said(desk: Desk, key: UUID) -> list[tuple[Any, ...]]:
    return [
        (each.code, each.voice, each.status, each.said_on, each.said_by, each.note)
        for each in desk.store.read(ksb_progress.statements, key)
    ]


def cells(part: KsbsPart, code: str) -> dict[str, str]:
    row = part.model.row(part.model.number_of(code))
    return {column.heading: column.text(row) for column in part.model.columns}


def spoken(part: KsbsPart, code: str, heading: str) -> str:
    row = part.model.row(part.model.number_of(code))
    column = next(each for each in part.model.columns if each.heading == heading)
    return column.spoken(row)


def codes(part: KsbsPart) -> list[str]:
    return [row.code for row in part.model.shown]


def key(part: KsbsPart, qtbot: Any, pressed: Any, *modifiers: Any) -> None:
    part.table.setFocus()
    qtbot.keyClick(part.table, pressed, *modifiers)


# --- what it shows --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("typed", "left"),
    [
        ("K1-2, S2", ["K1", "K2", "S2"]),
        ("k2 to k9", ["K2"]),
        ("K1-", ["K1"]),  # on the way to K1-2
        ("K1-2 roles", ["K2"]),
        ("logical", ["S1"]),
        ("S9", []),
    ],
)
def test_the_grid_is_filtered_by_codes_in_short(
    part: KsbsPart, typed: str, left: list[str], qtbot: Any
) -> None:
    part.filter.setFocus()
    qtbot.keyClicks(part.filter, typed)
    assert codes(part) == left


def test_so_is_the_story(part: KsbsPart, page: Callable[..., Any], desk: Desk, ada: UUID) -> None:
    on = date(2026, 8, 26)
    with desk.change("Say") as session:
        ksb_progress.say(session, ada, ["K1", "K2"], Voice.PROVIDER, COMPLETED, on, today=TODAY)
    opened = page("apprentice")
    opened.arrive(OpenRecord(ada, "story"))
    story = opened.part("story")
    for typed, count in (("K2-5", 1), ("S1-2", 0), ("Training started", 1)):
        story.filter.setText(typed)
        assert story.model.rowCount() == count, typed


def test_each_code_of_the_standard_has_a_line_with_what_stands_behind_it(
    part: KsbsPart, make: Any, ada: UUID, desk: Desk, qtbot: Any
) -> None:
    assert codes(part) == ["K1", "K2", "S1", "S2", "B1"]
    assert not part.to_standards.isVisible()
    assert part.says.text() == "Of 5 KSBs 5 are not started."
    # K1: 90 + 60 minutes; S1: the same 90 once more; the total counts them once.
    assert cells(part, "K1") | {"What it asks": ""} == {
        "KSB": "K1", "What it asks": "", "Apprentice": "", "Line manager": "", "Provider": "",
        "Worth a look": "", "Evidence": "", "Hours": "2:30", "Last": "25/08/2026", "Planned": "",
    }  # fmt: skip
    assert cells(part, "S1")["Hours"] == "1:30"
    assert part.hours.text().startswith("2 h 30 m of counting entries name a KSB. An entry may")
    assert spoken(part, "K2", "Last") == "never"
    assert spoken(part, "K1", "Apprentice") == "nothing said"
    make.said(ada, ("K1",), Voice.APPRENTICE, COMPLETED, TODAY, note="I can do it")
    make.said(ada, ("K1",), Voice.PROVIDER, READY, date(2026, 8, 20), by="Nia Boyle")
    settled(qtbot, lambda: cells(part, "K1")["Provider"] == "Ready")
    assert cells(part, "K1")["Apprentice"] == "Completed"
    assert cells(part, "K1")["Worth a look"] == "Differ"
    assert spoken(part, "K1", "Provider") == "ready for review, 20 Aug 2026"
    assert part.says.text() == "Of 5 KSBs 1 is ready for review and 4 are not started."
    assert "Said differently: K1." in part.warnings.text()


@pytest.fixture
def cook(make: Any, store: Store) -> UUID:
    """Somebody whose standard has two options; entries and statements name codes of both."""
    with store.change("Load a version") as session:
        version = StandardVersion(
            standard_code="ST0116", version="1.2", title="Software developer", loaded_on=TODAY
        )
        version.options = [
            StandardOption(number=1, title="Web"), StandardOption(number=2, title="Games"),
        ]  # fmt: skip
        version.ksbs = [
            StandardKsb(position=1, code="K1", words="Asked of everybody"),
            StandardKsb(position=2, code="K2", words="Asked for Web alone", options="1"),
            StandardKsb(position=3, code="K3", words="Asked for Games alone", options="2"),
            StandardKsb(position=4, code="S1", words="Asked for both", options="1 2"),
        ]
        session.add(version)
    key: UUID = make.apprentice(
        given_names="Ruth", family_name="Cook", standard_version="1.2", standard_option="Web"
    )
    make.hours(key, done_on=date(2026, 8, 25), minutes=90, ksbs="K1-2")
    return key


def test_of_a_standard_with_options_the_chosen_one_is_shown_and_not_the_other(
    page: Callable[..., Any], make: Any, cook: UUID, desk: Desk, store: Store, qtbot: Any
) -> None:
    opened = page("apprentice")
    opened.arrive(OpenRecord(cook, "ksbs"))
    part: KsbsPart = opened.part("ksbs")
    assert codes(part) == ["K1", "K2", "S1"]
    assert part.says.text() == "Of 3 KSBs 3 are not started."
    assert cells(part, "K2")["What it asks"] == "Asked for Web alone"
    assert cells(part, "K2")["Hours"] == "1:30"
    assert "Asked for Games" not in " ".join(
        text for c in codes(part) for text in cells(part, c).values()
    )
    # What was logged for the option that is not theirs stands below, as of no KSB of theirs.
    make.hours(cook, done_on=date(2026, 8, 26), minutes=60, ksbs="K3")
    settled(qtbot, lambda: codes(part) == ["K1", "K2", "S1", "K3"])
    assert "Asked for Games" not in cells(part, "K3")["What it asks"]
    assert part.says.text() == "Of 3 KSBs 3 are not started."
    # Another option from a day on: the page shows that one's.
    with desk.change("Change the option") as session:
        change_standard(session, cook, date(2026, 8, 27), "ST0116", "1.2", "Games", today=TODAY)
    settled(qtbot, lambda: codes(part) == ["K1", "K3", "S1", "K2"])
    assert cells(part, "K3")["What it asks"] == "Asked for Games alone"
    assert cells(part, "K3")["Hours"] == "1:00"
    assert cells(part, "K2")["What it asks"].startswith("Not in this")


def test_without_an_option_all_of_them_are_shown(
    page: Callable[..., Any], make: Any, cook: UUID
) -> None:
    nobody_said: UUID = make.apprentice(
        given_names="Lee", family_name="Cook", standard_version="1.2", standard_option=""
    )
    opened = page("apprentice")
    opened.arrive(OpenRecord(nobody_said, "ksbs"))
    assert codes(opened.part("ksbs")) == ["K1", "K2", "K3", "S1"]


def test_what_the_plan_touches_too_late_and_what_has_gone_quiet_is_said(
    part: KsbsPart, make: Any, ada: UUID, desk: Desk, qtbot: Any
) -> None:
    make.hours(ada, done_on=TODAY - timedelta(85), ksbs="B1")
    with desk.store.change("Plan") as session:
        learning.plan_activity(session, ada, "Screens", 60, date(2027, 3, 1), ksbs="S2")
    settled(qtbot, lambda: cells(part, "S2")["Planned"] == "01/03/2027")
    settled(qtbot, lambda: cells(part, "B1")["Worth a look"] == "Quiet")
    assert cells(part, "S2")["Worth a look"] == "Too late"
    assert "S2 is first touched on 1 Mar 2027, after the gateway." in part.warnings.text()
    assert spoken(part, "B1", "Worth a look") == "No entry has named it for 85 days."
    part.narrowing.choose_status("gone quiet")
    assert codes(part) == ["B1"]
    part.narrowing.choose_status("touched too late")
    assert codes(part) == ["S2"]


def test_days_on_a_break_do_not_make_a_code_quiet(
    part: KsbsPart, make: Any, ada: UUID, desk: Desk, qtbot: Any
) -> None:
    for code, days in (("B1", 95), ("S2", 115)):  # 29 May and 9 May 2026
        make.hours(ada, done_on=TODAY - timedelta(days), ksbs=code)
    settled(qtbot, lambda: "Gone quiet: S2, B1." in part.warnings.text())
    with desk.store.change("Break") as session:
        programmes.start_break(session, ada, date(2026, 6, 1), "illness")
    with desk.store.change("Back") as session:
        programmes.resume(session, ada, date(2026, 6, 30))
    settled(qtbot, lambda: "Gone quiet: S2." in part.warnings.text())
    assert cells(part, "B1")["Worth a look"] == ""  # 95 less the 30 days of June are 65
    part.choose("S2")
    says = "No entry has named it for 85 days, not counting 30 days on a break."
    assert spoken(part, "S2", "Worth a look") == says
    assert part.panel.heed.text() == says


def test_where_the_standard_is_not_loaded_codes_are_marked_as_typed(
    page: Callable[..., Any], make: Any, desk: Desk
) -> None:
    gone: list[object] = []
    desk.asked_to_go.connect(gone.append)
    opened = page("apprentice")
    nobody = make.apprentice()
    opened.arrive(OpenRecord(nobody, "ksbs"))
    shown = opened.part("ksbs")
    assert codes(shown) == []
    assert shown.says.text() == "No KSB is named yet."
    assert not shown.more.isEnabled()
    lee = make.apprentice(given_names="Lee")
    make.hours(lee, ksbs="K4-5, teamwork")
    make.said(lee, ("S9",))
    opened.arrive(OpenRecord(lee, "ksbs"))
    assert codes(shown) == ["K4", "K5", "S9"]
    assert cells(shown, "K4")["What it asks"] == "As typed"
    assert shown.not_loaded.text() == NOT_LOADED
    shown.to_standards.click()
    assert gone == [OpenPage("standards")]


def test_a_code_that_this_version_lacks_is_said_to_be_of_another(
    part: KsbsPart, make: Any, ada: UUID, qtbot: Any
) -> None:
    make.hours(ada, ksbs="K40")
    settled(qtbot, lambda: codes(part) == [*KNOWN, "K40"])
    assert cells(part, "K40")["What it asks"] == "Not in this version of the standard"
    assert part.says.text() == "Of 5 KSBs 5 are not started."


def test_what_was_logged_before_another_version_says_what_it_asked_then(
    part: KsbsPart, make: Any, ada: UUID, desk: Desk, qtbot: Any
) -> None:
    newer = {code: words for code, words in KNOWN.items() if code != "S1"}
    make.ksbs(newer | {"K1": "Laws on data"}, version="1.2")
    first = next(e for e in desk.store.read(ksb_progress.ksb_facts, ada, TODAY).entries)
    make.evidence(first.id)
    with desk.change("Move Ada") as session:
        change_standard(session, ada, date(2026, 8, 26), "ST0116", "1.2")
    make.hours(ada, done_on=date(2026, 8, 27), minutes=30, what="Laws", ksbs="K1-2")
    settled(qtbot, lambda: cells(part, "K1")["What it asks"] == "Laws on data")
    settled(qtbot, lambda: cells(part, "K1")["Hours"] == "3:00")
    assert {code: cells(part, code)["Worth a look"] for code in codes(part)} == {
        "K1": "Changed", "K2": "", "S2": "", "B1": "", "S1": "Dropped",
    }  # fmt: skip
    # K1: the 90 and the 60 minutes of August, not the 30 of after the move.
    assert spoken(part, "K1", "Worth a look") == (
        f"Until 25 Aug 2026 ST0116 v1.1 was followed, where K1 was “{KNOWN['K1']}”. From then:"
        " 2 h 30 m in 2 entries, 1 piece of evidence."
    )
    assert cells(part, "S1")["What it asks"] == (
        f"Not in this version of the standard; in ST0116 v1.1: {KNOWN['S1']}"
    )
    assert "Used when they asked something else: K1, S1." in part.warnings.text()
    assert part.choose("K1")
    assert part.panel.heed.text().startswith("Until 25 Aug 2026 ST0116 v1.1 was followed")
    part.narrowing.choose_status("asked something else")
    assert codes(part) == ["K1", "S1"]
    desk.undo()  # the entry
    desk.undo()  # the move
    settled(qtbot, lambda: "something else" not in part.warnings.text())
    assert desk.undo_label != "Move Ada"


def test_of_a_version_followed_before_that_is_not_loaded_that_is_said(
    part: KsbsPart, make: Any, ada: UUID, desk: Desk, qtbot: Any
) -> None:
    with desk.store.change("Move Ada twice") as session:
        change_standard(session, ada, date(2026, 8, 10), "ST0116", "1.0")
        change_standard(session, ada, date(2026, 8, 26), "ST0116", "1.1")
    settled(qtbot, lambda: "is not loaded" in part.warnings.text())
    assert (
        "ST0116 v1.0, followed until 25 Aug 2026, is not loaded: whether its codes asked the same"
        " is not known."
    ) in part.warnings.text()


# --- saying ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("pressed", "status"),
    [
        (Qt.Key.Key_1, NOT_STARTED),
        (Qt.Key.Key_2, IN_PROGRESS),
        (Qt.Key.Key_3, READY),
        (Qt.Key.Key_4, COMPLETED),
    ],
)
def test_a_figure_says_how_far_the_chosen_code_has_come(
    part: KsbsPart, desk: Desk, ada: UUID, qtbot: Any, pressed: Any, status: KsbStatus
) -> None:
    part.choose("K2")
    key(part, qtbot, pressed)
    assert said(desk, ada) == [("K2", Voice.MANAGER, status, TODAY, "", "")]
    settled(qtbot, lambda: cells(part, "K2")["Line manager"])
    assert part.table.chosen().code == "K2"
    assert desk.undo_label == f"K2 of Ada Obi: {status}, says the line manager"


def test_several_codes_are_set_at_once_for_the_voice_that_is_chosen_and_undone_together(
    part: KsbsPart, desk: Desk, ada: UUID, qtbot: Any
) -> None:
    part.whose.buttons[Voice.PROVIDER.value].click()
    part.choose("K1")
    key(part, qtbot, Qt.Key.Key_Down, Qt.KeyboardModifier.ShiftModifier)
    key(part, qtbot, Qt.Key.Key_Down, Qt.KeyboardModifier.ShiftModifier)
    key(part, qtbot, Qt.Key.Key_4)
    assert [row[:3] for row in said(desk, ada)] == [
        (code, Voice.PROVIDER, COMPLETED) for code in ("K1", "K2", "S1")
    ]
    settled(qtbot, lambda: cells(part, "S1")["Provider"] == "Completed")
    assert len(part.table.selected()) == 3
    settled(qtbot, lambda: desk.undo_label == "K1-2, S1 of Ada Obi: completed, says the provider")
    desk.undo()
    assert said(desk, ada) == []
    settled(qtbot, lambda: not cells(part, "S1")["Provider"])


def test_what_is_said_on_a_past_day_is_asked_for_with_name_and_note(
    part: KsbsPart, desk: Desk, ada: UUID, qtbot: Any
) -> None:
    part.choose("S1")
    key(part, qtbot, Qt.Key.Key_F2)
    dialog: Any = part.dialog
    assert dialog.windowTitle() == "S1: how far it has come"
    assert access.unnamed_widgets(dialog) == []
    form = dialog.form
    form.set_value("status", READY)
    for day, says in (
        (date(2026, 9, 2), "2 Sep 2026 is still to come."),
        (date(2025, 8, 31), "31 Aug 2025 is before the training began on 1 Sep 2025."),
    ):
        form.set_value("said_on", day)
        dialog.panel.submit()
        assert says in form.input("said_on").target.accessibleDescription()
    assert said(desk, ada) == []
    form.set_value("said_on", date(2026, 8, 20))
    form.set_value("said_by", "Grace Park")
    form.set_value("note", "Saw the code")
    dialog.panel.submit()
    settled(qtbot, lambda: not dialog.isVisible())
    assert said(desk, ada) == [
        ("S1", Voice.MANAGER, READY, date(2026, 8, 20), "Grace Park", "Saw the code")
    ]


def test_the_line_managers_own_name_stands_beside_what_they_say(
    part: KsbsPart, desk: Desk, ada: UUID, qtbot: Any
) -> None:
    desk.prefer(replace(desk.settings, my_name="Grace Park"))
    part.choose("K1")
    part.say(READY)
    part.speak_for(Voice.APPRENTICE.value)
    part.say(IN_PROGRESS)
    assert [(row[1], row[4]) for row in said(desk, ada)] == [
        (Voice.APPRENTICE, ""), (Voice.MANAGER, "Grace Park"),
    ]  # fmt: skip


def test_what_cannot_be_said_is_said_and_nothing_is_kept(
    part: KsbsPart, make: Any, desk: Desk, ada: UUID, qtbot: Any
) -> None:
    make.hours(ada, ksbs="K40")
    settled(qtbot, lambda: "K40" in codes(part))
    part.choose("K40")
    part.say(READY)
    assert "The standard has no K40." in str(desk.messages.current_problem)
    assert said(desk, ada) == []


# --- all about one --------------------------------------------------------------------------------


def test_enter_opens_all_about_a_code_and_escape_goes_back(
    part: KsbsPart, desk: Desk, make: Any, ada: UUID, qtbot: Any
) -> None:
    gone: list[object] = []
    desk.asked_to_go.connect(gone.append)
    make.said(ada, ("K1",), Voice.MANAGER, IN_PROGRESS, date(2026, 8, 3), note="Begun")
    make.said(ada, ("K1",), Voice.MANAGER, READY, TODAY, by="Grace Park", note="Saw it")
    with desk.store.change("Plan") as session:
        activity = learning.plan_activity(session, ada, "Life cycles", 60, TODAY, ksbs="K1")
    settled(qtbot, lambda: part.panel.planned.rows.total == 1)
    part.choose("K1")
    key(part, qtbot, Qt.Key.Key_Return)
    panel = part.panel
    assert panel.asks.text() == KNOWN["K1"]
    assert QApplication.focusWidget() is panel.said
    assert [each.said_on for each in panel.said.rows.shown] == [TODAY, date(2026, 8, 3)]
    assert panel.told.text() == (
        "Line manager: ready for review, said by Grace Park on 1 Sep 2026. Saw it"
    )
    assert panel.hours.text() == (
        "2 entries name it, 2 h 30 m of them counting. Those that name other KSBs too stand here"
        " whole."
    )
    assert [each.what for each in panel.entries.rows.shown] == ["Joins", "Tests"]
    entry = panel.entries.rows.row(0)
    qtbot.keyClick(panel.entries, Qt.Key.Key_Return)
    qtbot.keyClick(panel.planned, Qt.Key.Key_Return)
    assert gone == [OpenHours(ada, entry.id), OpenRecord(ada, "plan", activity)]
    qtbot.keyClick(panel.said, Qt.Key.Key_Escape)
    assert QApplication.focusWidget() is part.table


def test_a_statement_is_taken_back_with_undo(
    part: KsbsPart, desk: Desk, make: Any, ada: UUID, qtbot: Any
) -> None:
    make.said(ada, ("K1",), Voice.MANAGER, READY, TODAY)
    settled(qtbot, lambda: part.panel.said.rows.total == 1)
    part.open_panel()
    qtbot.keyClick(part.panel.said, Qt.Key.Key_Delete)
    assert said(desk, ada) == []
    settled(qtbot, lambda: not part.panel.said.rows.total)
    assert not part.panel.back.isVisible()
    label = "Take back what the line manager said of K1 of Ada Obi"
    settled(qtbot, lambda: desk.undo_label == label)
    desk.undo()
    assert len(said(desk, ada)) == 1


def test_the_record_is_opened_at_a_statement(
    part: KsbsPart, desk: Desk, make: Any, ada: UUID
) -> None:
    make.said(ada, ("S2",))
    (statement,) = desk.store.read(ksb_progress.statements, ada)
    part.narrowing.choose_kind("knowledge")
    part.show_record(part._row)  # type: ignore[arg-type]
    part.arrive(statement.id)
    assert part.table.chosen().code == "S2"


# --- narrowing and saving -------------------------------------------------------------------------


def test_the_grid_is_narrowed_by_kind_status_and_words_together(
    part: KsbsPart, make: Any, ada: UUID, qtbot: Any
) -> None:
    make.said(ada, ("K1", "S1"), status=READY)
    settled(qtbot, lambda: cells(part, "S1")["Line manager"])
    part.narrowing.choose_status("ready for review")
    assert codes(part) == ["K1", "S1"]
    part.narrowing.choose_kind("skills")
    assert codes(part) == ["S1"]
    assert [each.text() for each in part.narrowing.buttons] == [
        "Kind: skills", "Status: ready for review",
    ]  # fmt: skip
    part.filter.setText("interfaces")
    assert codes(part) == []
    part.table.show_all()
    assert codes(part) == list(KNOWN)
    part.narrowing.choose_status("without evidence")
    part.narrowing.choose_kind("behaviours")
    assert codes(part) == ["B1"]
    assert part.choose("K2")
    assert codes(part) == list(KNOWN)


def test_the_grid_goes_into_a_workbook_with_what_it_is_narrowed_by(
    part: KsbsPart, tmp_path: Path, desk: Desk, qtbot: Any
) -> None:
    part.narrowing.choose_kind("knowledge")
    part.saver.save_workbook(str(tmp_path / "ksbs.xlsx"))
    settled(qtbot, lambda: not desk.jobs.is_busy)
    book = openpyxl.load_workbook(tmp_path / "ksbs.xlsx")
    rows = list(book["KSBs"].iter_rows(values_only=True))
    assert rows[0][:2] == ("KSB", "What it asks")
    assert [row[0] for row in rows[1:]] == ["K1", "K2"]
    hours_column = rows[0].index("Hours")
    assert rows[1][hours_column] == 2.5
    about = dict(book["About"].iter_rows(values_only=True))
    assert about["Apprentice"] == "Ada Obi"
    assert about["Kind"] == "knowledge"
    assert about["Hours"].startswith("An entry may name several")


def test_a_desk_open_to_read_only_shows_the_grid_and_sets_nothing(
    location: str, make: Any, ada: UUID, desk_on: Callable[[Store], Desk], qtbot: Any
) -> None:
    make.said(ada, ("K1",))
    shown = KsbsPart(desk_on(open_store(location, read_only=True)))
    qtbot.addWidget(shown)
    row = shown._desk.store.read(
        apprentice_rows, TODAY, shown._desk.lists.hours_rules, {}, None, ada
    )[0]
    shown.show_record(row)
    shown.show()
    shown.choose("K1")
    assert not shown.more.isEnabled()
    assert not any(action.isEnabled() for action in shown.statuses.values())
    assert not shown.panel.take_back.isEnabled()
    assert not any(each.isVisible() for each in shown.keys)
