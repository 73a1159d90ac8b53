"""The page of standards: list, panel, loading, typing, comparing, moving, removing."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtTest import QAbstractItemModelTester

from apprentice_desk.domain.ksb_codes import UNCHECKED
from apprentice_desk.domain.standards_text import write_version
from apprentice_desk.imports.standard_files import read_standard_file
from apprentice_desk.records import apprentices
from apprentice_desk.records.ksb_progress import known_codes
from apprentice_desk.records.standard_versions import (
    correct_version,
    find_version,
    load_version,
    remove_version,
    version_rows,
)
from apprentice_desk.records.standing import apprentice_rows
from apprentice_desk.ui.destinations import OpenLibrary
from apprentice_desk.ui.kit.conflicts import ConflictDialog
from apprentice_desk.ui.pages.apprentices.form import ApprenticeForm
from apprentice_desk.ui.pages.hours.behind import Behind
from apprentice_desk.ui.pages.hours.ksbs import codes_in_words
from apprentice_desk.ui.pages.standards.changes_part import marked, spoken
from apprentice_desk.ui.pages.standards.columns import (
    ALL,
    IN_USE,
    LOADED,
    asked_lines,
    flagged,
    status_badge,
)
from apprentice_desk.ui.pages.standards.form import understood
from apprentice_desk.ui.pages.standards.loading import OfferedVersion
from apprentice_desk.ui.pages.standards.moving import MovesDialog
from apprentice_desk.ui.pages.standards.page import StandardsPage

FILES = Path(__file__).parents[2] / "standards"
TODAY = date(2026, 9, 1)
CODE = "ST0116"


def settle(desk: Any, qtbot: Any) -> None:
    """Wait until nothing is under way and word of changes has come."""
    QCoreApplication.sendPostedEvents()
    qtbot.waitUntil(lambda: not desk.jobs.is_busy)
    QCoreApplication.sendPostedEvents()


def versions(code: str = CODE) -> list[Any]:
    names = ("st9990_v1_0.json", "st9990_v1_1.json")
    return [replace(read_standard_file(FILES / n)[0].details, standard_code=code) for n in names]


def file_for(tmp_path: Path, name: str = "st9990_v1_0.json", **changes: Any) -> str:
    given = json.loads((FILES / name).read_text("utf-8")) | {"referenceNumber": CODE} | changes
    path = tmp_path / name
    path.write_text(json.dumps(given), "utf-8")
    return str(path)


@pytest.fixture
def loaded(desk: Any) -> None:
    with desk.store.change("Load versions") as session:
        for details in versions():
            load_version(session, details, TODAY)


@pytest.fixture
def standards(page: Callable[..., Any], desk: Any, qtbot: Any) -> StandardsPage:
    opened: StandardsPage = page("standards")
    settle(desk, qtbot)
    return opened


@pytest.fixture
def with_versions(loaded: None, standards: StandardsPage) -> StandardsPage:
    assert standards.choose(CODE)
    return standards


def held(desk: Any, version: str) -> Any:
    found = desk.store.read(find_version, CODE, version)
    assert found is not None
    return found.details


# --- the list -------------------------------------------------------------------------------------


def test_the_list_says_who_is_on_which_version(with_versions: StandardsPage) -> None:
    QAbstractItemModelTester(with_versions.model)
    [line] = with_versions.model.shown
    assert (line.id, line.title, line.loaded) == (CODE, "Software developer", "1.0, 1.1")
    # Ada follows 1.1; Tomasz, Mei, Jo and Lee have none; Kim has ended.
    assert line.on_it == 5
    assert line.followed == "not said: 4 · 1.1: 1"
    assert status_badge(line).text == "Approved for delivery"
    assert with_versions.header.subtitle.text() == (
        "1 in the list · 1 in use · 1 with versions loaded"
    )


def test_without_a_version_the_panel_says_what_to_do(standards: StandardsPage) -> None:
    assert standards.panel.none.isVisible()
    assert not standards.panel.table.isVisible()
    assert not standards.correct.isEnabled()
    assert not standards.who.isEnabled()
    assert "1 followed without one" in standards.header.subtitle.text()


def test_the_list_is_narrowed_to_what_is_in_use_or_loaded(
    with_versions: StandardsPage, desk: Any, qtbot: Any
) -> None:
    with desk.store.change("Load another") as session:
        load_version(session, versions("ST9990")[0], TODAY)
    settle(desk, qtbot)
    for which, codes in ((IN_USE, [CODE]), (LOADED, ["ST9990", CODE]), (ALL, ["ST9990", CODE])):
        with_versions.switch.buttons[which].click()
        assert [line.id for line in with_versions.model.shown] == codes
    with_versions.narrow_to("software")
    assert [line.id for line in with_versions.model.shown] == [CODE]
    assert with_versions.choose("ST9990")
    line = with_versions.table.chosen()
    assert (line.title, line.level) == ("Public service systems technician", 3)
    assert not with_versions.choose("ST0000")


def test_a_button_leads_to_templates_and_offers_and_back_here(
    standards: StandardsPage, desk: Any
) -> None:
    gone: list[object] = []
    desk.asked_to_go.connect(gone.append)
    standards.library.click()
    assert gone == [OpenLibrary(back_to="standards")]


def test_flags_say_what_holds_starts_back(with_versions: StandardsPage) -> None:
    [line] = with_versions.model.shown
    older, newer = line.versions
    assert flagged(older, TODAY) == "The last start was on 31 Jul 2026."
    assert flagged(newer, TODAY) == ""
    assert flagged(newer, date(2026, 7, 1)) == "Starts begin on 1 Aug 2026."
    assert flagged(replace(newer, status="Retired"), TODAY).startswith("Retired")
    words = {
        status_badge(replace(line, status="Retired")).text,
        status_badge(replace(line, versions=(older,))).text,
        status_badge(replace(line, status="")).text,
        status_badge(replace(line, status="In development")).text,
    }
    assert words == {"Retired", "Last start passed", "Not in the list", "In development"}


# --- the panel ------------------------------------------------------------------------------------


def test_the_panel_shows_the_newest_version_and_any_other(with_versions: StandardsPage) -> None:
    panel = with_versions.panel
    assert panel.version is not None
    assert panel.version.details.version == "1.1"
    assert not panel.flag.isVisible()
    panel.which.buttons["1.0"].click()
    assert panel.version.details.version == "1.0"
    assert panel.flag.text() == "The last start was on 31 Jul 2026."
    rows = panel.model.shown
    assert [row.id for row in rows][:2] == ["K1", "K2"]
    assert [row.id for row in rows][-1] == "Duty 5"
    assert panel.words.text().startswith("K1: How records are kept")


def test_an_option_shows_what_it_asks_alone(with_versions: StandardsPage) -> None:
    panel = with_versions.panel
    panel.show_version("1.0")
    panel.options.input.write(1)
    panel.options.input.edited.emit()
    codes = [row.id for row in panel.model.shown]
    assert "S4" in codes
    assert "K5" not in codes
    assert "Duty 3" in codes
    assert "Duty 4" not in codes
    panel.options.input.write(None)
    panel.options.input.edited.emit()
    assert len(panel.model.shown) == 18 + 5


def test_what_is_asked_is_heard_whole(with_versions: StandardsPage) -> None:
    panel = with_versions.panel
    panel.show_version("1.0")
    row = next(row for row in panel.model.shown if row.id == "K5")
    assert panel.model.columns[1].spoken(row).endswith("200 people. Only in: Network technician.")
    assert panel.table.choose("Duty 4")
    assert panel.more.text() == "Takes K5-6, S5-6. Not a core duty."
    assert asked_lines((), (), {}, str) == []


def test_enter_goes_to_the_panel_tab_to_its_list_and_escape_back(
    with_versions: StandardsPage, qtbot: Any
) -> None:
    with_versions.table.setFocus()
    qtbot.keyClick(with_versions.table, Qt.Key.Key_Return)
    here = with_versions.panel.which.buttons["1.1"]
    assert here.hasFocus()
    qtbot.keyClick(here, Qt.Key.Key_Tab)
    qtbot.keyClick(with_versions.panel.options.input.target, Qt.Key.Key_Tab)
    assert with_versions.panel.table.hasFocus()
    qtbot.keyClick(with_versions.panel.table, Qt.Key.Key_Escape)
    assert with_versions.table.hasFocus()


def test_in_a_narrow_window_the_panel_takes_the_place_of_the_list(
    loaded: None, page: Callable[..., Any], desk: Any, qtbot: Any
) -> None:
    narrow = page("standards", (800, 700))
    settle(desk, qtbot)
    assert not narrow.panel.isVisible()
    narrow.details.click()
    assert narrow.panel.isVisible()
    assert not narrow.table.isVisible()
    narrow.panel.close_button.click()
    assert narrow.table.isVisible()


# --- loading --------------------------------------------------------------------------------------


def test_a_file_is_shown_before_it_is_loaded_and_nobody_is_moved(
    standards: StandardsPage, desk: Any, qtbot: Any, tmp_path: Path, team: Any
) -> None:
    standards.read_file(file_for(tmp_path))
    settle(desk, qtbot)
    dialog = standards.dialog
    assert dialog.heading.text() == f"{CODE} v1.0 is not in the desk yet."
    assert dialog.load.text() == f"Load {CODE} v1.0"
    assert desk.store.read(version_rows) == ()
    dialog.load.click()
    settle(desk, qtbot)
    assert held(desk, "1.0").ksbs[0].code == "K1"
    # Somebody is on it: who follows the version is asked at once, and nobody was moved.
    assert isinstance(standards.dialog, MovesDialog)
    assert standards.dialog.answers.count == 0
    details = desk.store.read(apprentices.held, team.tomasz).details
    assert details.standard_version == ""
    desk.undo()
    settle(desk, qtbot)
    assert desk.store.read(version_rows) == ()


def test_a_file_loaded_again_says_what_changed(
    with_versions: StandardsPage, desk: Any, qtbot: Any, tmp_path: Path
) -> None:
    with_versions.read_file(file_for(tmp_path, minimumHoursForCompliance="500"))
    settle(desk, qtbot)
    dialog = with_versions.dialog
    assert dialog.load.text() == f"Replace {CODE} v1.0"
    assert [line.about for line in dialog.changes.model.shown] == ["Minimum hours"]
    assert dialog.changes.words.text() == "418 h → 500 h"
    dialog.load.click()
    settle(desk, qtbot)
    assert held(desk, "1.0").minimum_minutes == 500 * 60


def test_a_file_that_says_the_same_has_nothing_to_load(
    with_versions: StandardsPage, desk: Any, qtbot: Any, tmp_path: Path
) -> None:
    with_versions.read_file(file_for(tmp_path))
    settle(desk, qtbot)
    assert with_versions.dialog.load.text() == "Nothing to load"
    assert not with_versions.dialog.load.isEnabled()
    assert "says the same" in with_versions.dialog.heading.text()


def test_a_wrong_file_is_said(
    standards: StandardsPage, desk: Any, qtbot: Any, tmp_path: Path, messages: Any
) -> None:
    path = tmp_path / "page.json"
    path.write_text("<html></html>", "utf-8")
    standards.read_file(str(path))
    settle(desk, qtbot)
    assert "is a web page" in str(messages.current_problem)
    assert standards.dialog is None


def test_a_spreadsheet_fills_the_form(
    standards: StandardsPage, desk: Any, qtbot: Any, tmp_path: Path
) -> None:
    book = openpyxl.Workbook()
    assert book.active is not None
    for row in (["Code", "Description"], ["K1", "Records"], ["S1", "Labels"]):
        book.active.append(row)
    path = tmp_path / "ksbs.xlsx"
    book.save(path)
    standards.read_file(str(path))
    settle(desk, qtbot)
    dialog = standards.dialog
    form = dialog.form
    assert form.value("standard_code") == CODE
    assert form.value("ksbs") == "K1: Records\nS1: Labels"
    assert form.value("source") == "ksbs.xlsx"
    assert form.has_unsaved_changes
    form.set_value("version", "1.2")
    dialog.panel.submit()
    settle(desk, qtbot)
    assert [each.code for each in held(desk, "1.2").ksbs] == ["K1", "S1"]
    assert not held(desk, "1.2").is_official


# --- typing and correcting ------------------------------------------------------------------------


def test_a_pasted_list_is_loaded(standards: StandardsPage, desk: Any, qtbot: Any) -> None:
    dialog = standards.start_typing()
    assert dialog is not None
    form: Any = dialog.form
    for name, value in (
        ("version", "1.2"),
        ("ksbs", "Knowledge\nK1 Records\nK2: Keys\n  and locks\nSkills\nS1\tLabels"),
        ("options", "Web [K2]\nData"),
        ("duties", "Answers [K1-2, S1]"),
    ):
        form.set_value(name, value)
    form.edited.emit()
    assert understood(form.value("ksbs")) == "Read as 2 K, 1 S."
    dialog.panel.submit()
    settle(desk, qtbot)
    details = held(desk, "1.2")
    assert details.title == "Software developer"
    assert [each.words for each in details.ksbs] == ["Records", "Keys and locks", "Labels"]
    assert details.duties[0].ksbs == ("K1", "K2", "S1")


@pytest.mark.parametrize(
    ("field", "typed", "says"),
    [
        ("ksbs", "Records\nKeys", "No line begins with a code."),
        ("ksbs", "K1 Records\nK1 Keys", "again in line 2"),
        ("version", "", "Version is missing."),
        ("duties", "Answers [K7]", "Duty 1 names K7"),
    ],
)
def test_what_cannot_be_loaded_is_said_at_its_field(
    standards: StandardsPage, desk: Any, field: str, typed: str, says: str
) -> None:
    dialog = standards.start_typing()
    assert dialog is not None
    form = dialog.form
    form.set_value("version", "1.2")
    form.set_value("ksbs", "K1 Records")
    form.set_value(field, typed)
    dialog.panel.submit()
    assert says in form._blocks[field]._error.text
    assert desk.store.read(version_rows) == ()


def test_what_was_understood_of_a_list_names_a_few_findings() -> None:
    assert understood("K1 Records\nK3 Keys") == "Read as 2 K. K2 is not there."
    assert understood("nothing") == "No line begins with a code."
    many = "K1 a\nK1 a\nK1 a\nK1 a\nK1 a\nK1 a"
    assert understood(many).endswith("And 2 more.")


def test_a_version_that_is_there_is_not_typed_over(with_versions: StandardsPage, desk: Any) -> None:
    dialog = with_versions.start_typing()
    assert dialog is not None
    dialog.form.set_value("version", "1.1")
    dialog.form.set_value("ksbs", "K1 Records")
    dialog.panel.submit()
    assert "is in the desk already" in dialog.form._blocks["version"]._error.text
    assert len(held(desk, "1.1").ksbs) > 1


def test_a_version_is_corrected_and_is_not_official_any_more(
    with_versions: StandardsPage, desk: Any, qtbot: Any
) -> None:
    dialog = with_versions.start_correcting()
    assert dialog is not None
    dialog.form.set_value("level", 4)
    dialog.panel.submit()
    settle(desk, qtbot)
    assert (held(desk, "1.1").level, held(desk, "1.1").is_official) == (4, False)
    assert held(desk, "1.0").is_official


def _corrected_meanwhile(desk: Any, details: Any) -> None:
    """Save *details* over the version of the same name, as somebody else would."""
    found = desk.store.read(find_version, CODE, details.version)
    with desk.store.change("Meanwhile") as session:
        correct_version(session, found.id, details)


def _reworded(details: Any, **words: str) -> Any:
    ksbs = tuple(replace(ksb, words=words.get(ksb.code, ksb.words)) for ksb in details.ksbs)
    return replace(details, ksbs=ksbs)


def test_of_two_corrections_of_a_version_each_line_is_chosen(
    with_versions: StandardsPage, desk: Any, qtbot: Any
) -> None:
    before = held(desk, "1.1")
    same, last = before.ksbs[1].words, str(len(before.duties))
    dialog = with_versions.start_correcting()
    assert dialog is not None
    theirs = replace(_reworded(before, K1="Theirs of K1", S1="Theirs of S1"), source="Their page")
    _corrected_meanwhile(desk, theirs)
    mine = write_version(_reworded(before, K1="Mine of K1", K2=f"{same} and how it is typed"))
    dialog.form.set_value("ksbs", mine.ksbs)
    dialog.form.set_value("duties", mine.duties.rpartition("\n")[0])
    dialog.form.set_value("level", 4)
    dialog.panel.submit()
    (asked,) = dialog.findChildren(ConflictDialog)
    proposed = {name: radio.isChecked() for name, radio in asked.mine.items()}
    assert proposed == {
        "ksbs K1": True, "ksbs K2": True, "ksbs S1": False, f"duties {last}": True,
        "level": True, "source": False,
    }  # fmt: skip
    assert asked.mine[f"duties {last}"].text() == "not there"
    assert asked.mine["ksbs K1"].text() == "Mine of K1"
    assert asked.theirs["ksbs K1"].text() == "Theirs of K1"
    assert asked.mine["ksbs K2"].accessibleName().endswith("and how it is typed")
    asked.theirs["ksbs K1"].setChecked(True)
    asked.keep.click()
    settle(desk, qtbot)
    after = held(desk, "1.1")
    words = {ksb.code: ksb.words for ksb in after.ksbs}
    assert (words["K1"], words["S1"]) == ("Theirs of K1", "Theirs of S1")
    assert words["K2"] == f"{same} and how it is typed"
    assert len(after.duties) == len(before.duties) - 1
    assert (after.level, after.source, after.is_official) == (4, "Their page", False)


def test_turning_back_from_the_choice_leaves_the_form_as_it_is(
    with_versions: StandardsPage, desk: Any, qtbot: Any
) -> None:
    dialog = with_versions.start_correcting()
    assert dialog is not None
    _corrected_meanwhile(desk, replace(held(desk, "1.1"), level=5))
    dialog.form.set_value("level", 4)
    dialog.panel.submit()
    (asked,) = dialog.findChildren(ConflictDialog)
    asked.back.click()
    assert dialog.form.value("level") == 4
    assert held(desk, "1.1").level == 5


def test_a_third_correction_is_asked_about_again(
    with_versions: StandardsPage, desk: Any, qtbot: Any
) -> None:
    dialog = with_versions.start_correcting()
    assert dialog is not None
    _corrected_meanwhile(desk, replace(held(desk, "1.1"), level=5))
    dialog.form.set_value("level", 4)
    dialog.panel.submit()
    (asked,) = dialog.findChildren(ConflictDialog)
    _corrected_meanwhile(desk, replace(held(desk, "1.1"), level=6))
    asked.keep.click()
    again = dialog.findChildren(ConflictDialog)[-1]
    assert again is not asked
    assert again.theirs["level"].text() == "6"
    again.keep.click()
    settle(desk, qtbot)
    assert held(desk, "1.1").level == 4


def test_what_both_typed_alike_is_nothing_to_choose_and_what_is_gone_is_said(
    with_versions: StandardsPage, desk: Any, qtbot: Any
) -> None:
    dialog = with_versions.start_correcting()
    assert dialog is not None
    _corrected_meanwhile(desk, replace(held(desk, "1.1"), level=4, is_official=False))
    dialog.form.set_value("level", 4)
    dialog.panel.submit()
    assert not dialog.findChildren(ConflictDialog)
    settle(desk, qtbot)
    assert held(desk, "1.1").level == 4
    with_versions.panel.show_version("1.0")
    dialog = with_versions.start_correcting()
    assert dialog is not None
    found = desk.store.read(find_version, CODE, "1.0")
    with desk.store.change("Meanwhile") as session:
        remove_version(session, found.id)
    dialog.form.set_value("level", 4)
    dialog.panel.submit()
    assert not dialog.findChildren(ConflictDialog)
    assert dialog.isVisible()


def test_saving_without_a_change_leaves_it_official(
    with_versions: StandardsPage, desk: Any, qtbot: Any
) -> None:
    dialog = with_versions.start_correcting()
    assert dialog is not None
    dialog.panel.submit()
    settle(desk, qtbot)
    assert held(desk, "1.1") == versions()[1]


# --- comparing and moving -------------------------------------------------------------------------


def test_two_versions_are_compared_word_by_word(with_versions: StandardsPage) -> None:
    with_versions.start_comparing()
    dialog = with_versions.dialog
    assert (dialog.before.input.read(), dialog.after.input.read()) == ("1.0", "1.1")
    lines = dialog.changes.model.shown
    assert [line.about for line in lines][:3] == ["K3", "K4 (was K3)", "K5 (was K4)"]
    reworded = lines[2].change
    assert "[new: where to,]" in spoken(reworded)
    assert "<u><b>where to,</b></u>" in marked(reworded)
    dialog.before.input.write("1.1")
    dialog.before.input.edited.emit()
    assert dialog.changes.says.text() == "Nothing is different."
    dialog.before.input.write(None)
    dialog.before.input.edited.emit()
    assert not dialog.changes.says.isVisible()


def test_words_of_others_are_no_markup(with_versions: StandardsPage) -> None:
    with_versions.start_comparing()
    lines = with_versions.dialog.changes.model.shown
    assert "&amp; without" in marked(lines[1].change)


def test_each_apprentice_is_asked_and_only_who_was_chosen_moves(
    with_versions: StandardsPage, desk: Any, qtbot: Any, team: Any
) -> None:
    with_versions.who.trigger()
    dialog: MovesDialog = with_versions.dialog
    dialog.to.input.write("1.0")
    dialog.to.input.edited.emit()
    rows = {choice.name: choice for choice in dialog.model.shown}
    assert set(rows) == {"Ada Obi", "Tomasz Nowak", "Mei Lin", "Jo Bright", "Lee Chan"}
    assert rows["Ada Obi"].says == "not decided"
    assert rows["Ada Obi"].fits == "1.0"
    assert rows["Lee Chan"].fits == "1.1"
    assert dialog.save.text() == "Nothing is decided"
    assert not dialog.save.isEnabled()
    dialog.on.input.write(date(2026, 8, 3))
    dialog.on.input.edited.emit()
    assert dialog.table.choose(team.ada)
    dialog.option.input.write("Network technician")
    dialog.activateWindow()
    qtbot.waitUntil(dialog.table.hasFocus)
    qtbot.keyClick(dialog.table, Qt.Key.Key_Space)
    assert dialog.table.chosen().says == "1.0, Network technician from 3 Aug 2026"
    assert dialog.table.choose(team.mei)
    dialog.turn.click()
    assert dialog.table.chosen().says == "follows 1.0, Network technician"
    dialog.turn.click()
    dialog.turn.click()
    dialog.reason.input.write("Agreed at the review")
    assert dialog.save.text() == "Save for 2 apprentices"
    dialog.save.click()
    settle(desk, qtbot)
    found = {
        key: (each.details.standard_version, each.details.standard_option)
        for key, each in desk.store.read(apprentices.all_held).items()
    }
    assert found[team.ada] == ("1.0", "Network technician")
    assert found[team.mei] == ("1.0", "Network technician")
    assert found[team.tomasz] == ("", "")
    desk.undo()
    settle(desk, qtbot)
    assert desk.store.read(apprentices.held, team.ada).details.standard_version == "1.1"


def test_who_stays_is_remembered_shown_and_asked_again_only_when_that_is_wanted(
    with_versions: StandardsPage, desk: Any, qtbot: Any, team: Any
) -> None:
    desk.prefer(replace(desk.settings, my_name="Grace Park"))

    def opened() -> MovesDialog:
        with_versions.start_moving("1.0")
        dialog: MovesDialog = with_versions.dialog
        dialog.activateWindow()
        qtbot.waitUntil(dialog.table.hasFocus)
        assert dialog.table.choose(team.ada)
        return dialog

    def says(dialog: MovesDialog) -> dict[str, str]:
        return {choice.name: choice.says for choice in dialog.model.shown}

    dialog = opened()
    qtbot.keyClick(dialog.table, Qt.Key.Key_S)
    assert dialog.table.chosen().says == "stays on 1.1"
    qtbot.keyClick(dialog.table, Qt.Key.Key_S)
    assert dialog.table.chosen().says == "not decided"
    assert not dialog.save.isEnabled()
    dialog.stay.click()
    dialog.reason.input.write("Ends in May")
    dialog.save.click()
    settle(desk, qtbot)
    with_versions.panel.show_version("1.0")

    def staying() -> list[str]:
        names = [v.accessibleName() for _, v in with_versions.panel.facts._shown]
        return [name for name in names if name.startswith("Asked")]

    assert staying() == ["Asked, and staying: 1 on another version"]
    dialog = opened()
    told = "stays on 1.1, said on 1 Sep 2026 by Grace Park: Ends in May"
    assert dialog.table.chosen().says == told
    assert not dialog.save.isEnabled(), "it is not asked again"
    dialog.rest.click()
    assert says(dialog)["Mei Lin"] == "stays on what is not said"
    assert dialog.save.text() == "Save for 4 apprentices"
    assert not dialog.rest.isEnabled()
    dialog.save.click()
    settle(desk, qtbot)
    assert staying() == ["Asked, and staying: 5 on another version"]
    desk.undo()
    settle(desk, qtbot)
    assert staying() == ["Asked, and staying: 1 on another version"]
    dialog = opened()
    dialog.stay.click()
    assert dialog.table.chosen().says == "to be asked again"
    dialog.save.click()
    settle(desk, qtbot)
    assert staying() == []
    dialog = opened()
    assert set(says(dialog).values()) == {"not decided"}
    dialog.reject()
    desk.undo()
    settle(desk, qtbot)
    dialog = opened()
    assert dialog.table.chosen().says == told
    dialog.turn.click()
    assert dialog.table.chosen().says == "1.0 from 1 Sep 2026"
    assert dialog.save.text() == "Save for 1 apprentice"


def test_a_version_loaded_anew_is_not_asked_about_where_everybody_said_that_they_stay(
    with_versions: StandardsPage, desk: Any, qtbot: Any, team: Any
) -> None:
    older = versions()[0]

    def loaded_anew() -> bool:
        found = desk.store.read(find_version, CODE, "1.0")
        with desk.store.change("Remove") as session:
            remove_version(session, found.id)
        settle(desk, qtbot)
        with_versions.dialog = None
        with_versions._load([OfferedVersion(older, (), None)])
        settle(desk, qtbot)
        return with_versions.dialog is not None

    assert loaded_anew()
    with_versions.dialog.rest.click()
    with_versions.dialog.save.click()
    settle(desk, qtbot)
    assert not loaded_anew()


def test_of_whom_is_chosen_it_says_which_codes_in_use_would_ask_something_else(
    with_versions: StandardsPage, desk: Any, make: Any, team: Any
) -> None:
    """From 1.1 back to 1.0: K4 of 1.1 is K3 there, and K3 of 1.1 is new."""
    with_versions.start_moving("1.0")
    dialog: MovesDialog = with_versions.dialog
    assert dialog.table.choose(team.ada)
    assert dialog.codes.text() == "Ada Obi has used no code yet."
    dialog.reject()
    entry = make.hours(team.ada, done_on=date(2026, 8, 4), minutes=90, ksbs="K1, K3-4")
    make.evidence(entry)
    with_versions.start_moving("1.0")
    dialog = with_versions.dialog
    assert dialog.table.choose(team.ada)
    assert dialog.codes.text().splitlines() == [
        "What Ada Obi has logged stays under its codes, in 1.0:",
        "K3 would ask something else. Under K3 so far: 1 h 30 m in 1 entry, 1 piece of evidence.",
        "K4 would ask something else (its words stand under K3). Under K4 so far: 1 h 30 m in 1"
        " entry, 1 piece of evidence.",
    ]
    make.hours(team.tomasz, done_on=date(2026, 8, 4), ksbs="K1")
    assert dialog.table.choose(team.tomasz)
    assert dialog.codes.text().startswith("What Tomasz Nowak follows is not loaded")


def test_many_codes_in_use_are_named_together(
    with_versions: StandardsPage, desk: Any, make: Any, team: Any
) -> None:
    make.hours(team.ada, done_on=date(2026, 8, 4), ksbs="K1-8, S1-7, B1-4")
    reworded = tuple(replace(ksb, words=f"Not {ksb.words}") for ksb in held(desk, "1.1").ksbs)
    _corrected_meanwhile(desk, replace(held(desk, "1.0"), ksbs=reworded, duties=()))
    with_versions.start_moving("1.0")
    dialog: MovesDialog = with_versions.dialog
    assert dialog.table.choose(team.ada)
    said = dialog.codes.text().splitlines()
    assert said[-1] == "S1-7, B1-4 would ask something else too, or not be there."
    assert len(said) == 10
    _corrected_meanwhile(desk, replace(held(desk, "1.1"), version="1.0"))
    with_versions.start_moving("1.0")
    dialog = with_versions.dialog
    assert dialog.table.choose(team.ada)
    assert dialog.codes.text() == "Every code that Ada Obi has used asks the same in 1.0."


def test_a_day_or_option_typed_later_is_that_of_who_is_chosen(
    with_versions: StandardsPage, team: Any
) -> None:
    with_versions.start_moving("1.0")
    dialog: MovesDialog = with_versions.dialog
    assert dialog.table.choose(team.ada)
    dialog.turn.click()
    dialog.on.input.write(date(2026, 8, 10))
    dialog.on.input.edited.emit()
    dialog.option.input.write("Support technician")
    dialog.option.input.edited.emit()
    assert dialog.table.chosen().says == "1.0, Support technician from 10 Aug 2026"
    dialog.on.input.write(None)
    dialog.turn.click()
    assert dialog.on._error.text == "Say from which day on."
    dialog.what.click()
    assert dialog.dialog is not None
    assert dialog.dialog.after.input.read() == "1.0"


def test_a_move_that_is_refused_is_said_in_the_dialog(
    with_versions: StandardsPage, desk: Any, team: Any
) -> None:
    with_versions.start_moving("1.0")
    dialog: MovesDialog = with_versions.dialog
    assert dialog.table.choose(team.ada)
    dialog.on.input.write(date(2024, 1, 1))
    dialog.turn.click()
    dialog.save.click()
    assert dialog.isVisible()
    assert "Training has not begun by then" in str(dialog._messages.current_problem)
    assert desk.store.read(apprentices.held, team.ada).details.standard_version == "1.1"


def test_a_version_that_somebody_follows_is_not_removed(
    with_versions: StandardsPage, desk: Any, qtbot: Any, messages: Any
) -> None:
    with_versions.remove.trigger()
    assert with_versions.question is not None
    with_versions.question.confirm.click()
    settle(desk, qtbot)
    assert "1 apprenticeship is on ST0116 v1.1" in str(messages.current_problem)
    with_versions.panel.show_version("1.0")
    with_versions.remove.trigger()
    with_versions.question.confirm.click()
    settle(desk, qtbot)
    assert [row.version for row in desk.store.read(version_rows)] == ["1.1"]
    assert with_versions.panel.version is not None
    assert with_versions.panel.version.details.version == "1.1"


# --- elsewhere ------------------------------------------------------------------------------------


def test_the_form_of_an_apprentice_offers_versions_and_options(loaded: None, desk: Any) -> None:
    form = ApprenticeForm(desk)
    form.open_with(None)
    form.set_value("standard_code", CODE)
    form.edited.emit()
    assert form.value("standard_version") in (None, "")  # never chosen for anybody
    form.set_value("training_started_on", date(2026, 9, 7))
    form.edited.emit()
    version = form._blocks["standard_version"]
    assert version._help.text() == "1.1 takes a start on 7 Sep 2026."
    form.set_value("standard_version", "1.0")
    form.edited.emit()
    assert version._help.text() == "1.1 takes a start on 7 Sep 2026. 1.0 does not."
    option = form._blocks["standard_option"]
    assert "Choose one" in option._help.text()
    assert [words for _, words in option.input._pairs] == [
        "Support technician", "Network technician", "Communications technician",
    ]  # fmt: skip
    form.set_value("standard_option", "Network technician")
    form.edited.emit()
    assert option._help.text() == ""
    form.set_value("standard_version", "1.7")
    form.edited.emit()
    assert form.value("standard_version") == "1.7"  # free text stays possible
    form.set_value("training_started_on", date(2020, 1, 1))
    form.edited.emit()
    assert version._help.text() == "None that is loaded takes a start on 1 Jan 2020."
    form.deleteLater()


def test_codes_of_a_line_are_checked_against_the_version_followed(
    loaded: None, desk: Any, team: Any, qtbot: Any, page: Callable[..., Any]
) -> None:
    hours = page("hours")
    settle(desk, qtbot)
    quick = hours.quick
    assert quick.knows_who_is_there
    quick.edit.setText("ada 2h tue workshop K40 ")
    quick.edit.textEdited.emit(quick.edit.text())
    assert "K40 is not in the standard of Ada Obi" in quick.wrong.text()
    quick.edit.setText("ada 2h tue workshop K4")
    quick.edit.textEdited.emit(quick.edit.text())
    assert quick.wrong.text() == ""
    quick.edit.clear()


def test_whose_version_is_not_loaded_is_not_checked(loaded: None, desk: Any, team: Any) -> None:
    lists = desk.lists
    rows = desk.store.read(apprentice_rows, TODAY, lists.hours_rules, lists.role_families)
    codes = desk.store.read(known_codes, [row.id for row in rows])
    assert set(codes) == {team.ada}
    assert codes[team.ada][:2] == ("K1", "K2")


def test_codes_of_a_day_are_said_below_their_field() -> None:
    codes = tuple(each.code for each in versions()[1].ksbs)
    loaded, not_loaded = Behind((), {}, codes), Behind((), {}, None)
    assert codes_in_words("", loaded) == ""
    assert codes_in_words("K1", None) == ""
    assert codes_in_words("K1-3, S2", loaded) == ""
    assert codes_in_words("K1, K40-42", loaded) == "Not in this standard: K40-42."
    assert codes_in_words("K1", not_loaded) == UNCHECKED
    assert "is not a code" in codes_in_words("everything", loaded)
