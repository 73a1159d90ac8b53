"""The page Merge returns on thirty boroughs: map, figures and their rows, who is expected."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QWidget

from apprentice_desk.domain.calendar import Quarter
from apprentice_desk.domain.problems import Problem
from apprentice_desk.records.expecting import expected_boroughs
from apprentice_desk.returns import checks, receiving, schema, workbook
from apprentice_desk.returns.picture import picture
from apprentice_desk.returns.receiving import Incoming
from apprentice_desk.sheets import read_workbook
from apprentice_desk.ui.desk import Desk
from apprentice_desk.ui.kit import access
from apprentice_desk.ui.kit.theme import Theme, apply
from apprentice_desk.ui.kit.tiles import TileButton
from apprentice_desk.ui.pages.merge.expecting import ExpectingDialog
from apprentice_desk.ui.pages.merge.page import MergePage
from apprentice_desk.ui.pages.merge.rows_dialog import RowsDialog
from returns import london
from returns.making import PERIOD, content

FORMAT = schema.load()
EXAMPLETON = ("E09999999", "Exampleton", "XMP")


@pytest.fixture(scope="module")
def london_made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The returns of all London, written once."""
    return london.write(tmp_path_factory.mktemp("london") / "returns")


@pytest.fixture(scope="module")
def london_read(london_made: Path) -> Incoming:
    """The same, read once."""
    return receiving.add(Incoming(FORMAT, checks.known_boroughs()), [london_made])


@pytest.fixture
def merging(page: Callable[..., Any]) -> MergePage:
    opened: MergePage = page("merge")
    return opened


def add(qtbot: Any, page: MergePage, *paths: str | Path) -> None:
    page.add([str(path) for path in paths])
    qtbot.waitUntil(lambda: not page._busy)


@pytest.fixture
def board(merging: MergePage, london_read: Incoming) -> Iterator[MergePage]:
    """The page with all London on it."""
    merging._show(london_read)
    merging.refresh()  # which measures it by what the desk expects
    yield merging
    if merging.dialog is not None:
        merging.dialog = None
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def tile(page: MergePage, letters: str) -> TileButton:
    return next(button for button in page.map.map.tiles if button.tile.letters == letters)


def rows_of(page: MergePage) -> RowsDialog:
    assert isinstance(page.dialog, RowsDialog)
    return page.dialog


# the map


def test_every_borough_has_a_tile_that_says_its_figure_and_what_became_of_its_return(
    board: MergePage,
) -> None:
    said = [button.accessibleName() for button in board.map.map.tiles]
    assert len(said) == 33
    numbers = {borough.name: number for number, borough in enumerate(london.boroughs())}

    anybody = london.boroughs()[0]

    def digital(number: int) -> int:
        return sum(bool(line.is_digital) for line in london.one(anybody, number).apprentices)

    lewisham = f"Lewisham, {digital(numbers['Lewisham'])} digital apprentices, accepted"
    assert any(words.startswith(lewisham) for words in said)
    assert "Havering, not received" in said
    assert "Barnet, refused" in said
    assert "Camden, in conflict with itself" in said
    assert any(
        words.startswith("Bexley, ") and words.endswith(", accepted in part, 1 row left out")
        for words in said
    )
    second = digital(numbers["Brent"] + 1)
    assert second != digital(numbers["Brent"])
    assert any(words.startswith(f"Brent, {second} digital apprentices") for words in said)


def test_what_became_of_a_return_is_seen_on_its_tile(board: MergePage) -> None:
    states = {button.tile.letters: button.tile.state for button in board.map.map.tiles}
    assert states["HAV"] == states["KTT"] == "missing"
    assert states["BNE"] == states["CMD"] == "out"
    assert states["BEX"] == "flagged"
    assert {tile(board, letters).tile.figure for letters in ("HAV", "BNE", "CMD")} == {"none"}
    assert sum(state == "in" for state in states.values()) == 28
    words = board.map.findChildren(QLabel)
    assert words[-1].text() == (
        "Darker is more apprentices · triangle: rows left out · striped: refused or in conflict"
        " · dashed: not received"
    )


def test_the_tiles_add_up_to_the_digital_apprentices_of_the_returns(board: MergePage) -> None:
    merged = board.incoming.merged
    assert merged is not None
    digital = sum(
        bool(line.is_digital)
        for one in merged.returns
        if one.content is not None
        for line in one.content.apprentices
    )
    shown = [button.tile.figure for button in board.map.map.tiles]
    assert sum(int(figure) for figure in shown if figure != "none") == digital > 200


def test_the_keyboard_walks_over_the_map_and_opens_a_borough(board: MergePage) -> None:
    lewisham = tile(board, "LEW")
    lewisham.setFocus()
    QTest.keyClick(lewisham, Qt.Key.Key_Right)
    greenwich = tile(board, "GRE")
    assert board.focusWidget() is greenwich

    QTest.keyClick(greenwich, Qt.Key.Key_Return)

    dialog = rows_of(board)
    assert dialog.windowTitle() == "Digital apprentices of Greenwich"
    assert dialog.model.rowCount() == int(greenwich.tile.figure)
    assert {each.row.borough for each in dialog.model.shown} == {"Greenwich"}
    assert {each.row.file for each in dialog.model.shown} == {"gre.xlsx"}


def test_a_borough_that_does_not_count_leads_to_its_return(board: MergePage) -> None:
    tile(board, "BNE").click()
    chosen = board.returns.table.chosen()
    assert (chosen.borough, chosen.file) == ("Barnet", "bne.xlsx")
    assert board.dialog is None
    assert board.returns.reason.text().startswith("The code E09000003 is that of Barnet")
    tile(board, "KTT").click()
    assert board.returns.table.chosen().borough == "Kingston upon Thames"


def test_an_invented_borough_stands_beside_the_map_once_it_has_sent(
    merging: MergePage, qtbot: Any, tmp_path: Path
) -> None:
    path = tmp_path / "x.xlsx"
    workbook.write(content(EXAMPLETON, 3, is_sample=True), FORMAT, path)
    add(qtbot, merging, path)
    assert (
        tile(merging, "XMP")
        .accessibleName()
        .startswith("Exampleton, invented, 3 digital apprentices, accepted")
    )
    assert len(merging.map.map.tiles) == 34
    assert "samples, invented people" in merging.header.subtitle.text()


# figures


def test_figures_are_those_of_the_picture(board: MergePage) -> None:
    """The picture counts by itself: two sums that must agree."""
    merged = board.incoming.merged
    assert merged is not None
    counted = picture(one.content for one in merged.returns if one.content is not None)
    figures = {name: figure.figure for name, figure in board.figures.items()}
    assert figures["on_programme"] == str(counted.on_programme)
    assert figures["hours"] == f"{counted.hours_percent}%"
    assert figures["providers"] == str(counted.providers)
    assert board.figures["on_programme"].caption == f"{counted.started} started this quarter"
    assert sum(amount.value for amount in board.standards.bars.amounts) == counted.on_programme


@pytest.mark.parametrize("name", ["on_programme", "providers", "secondments"])
def test_a_figure_opens_as_many_rows_as_it_says(board: MergePage, name: str) -> None:
    board.figures[name].setFocus()
    QTest.keyClick(board.figures[name], Qt.Key.Key_Return)
    dialog = rows_of(board)
    assert str(dialog.model.rowCount()) == board.figures[name].figure
    assert dialog.model.rowCount() > 1


def test_the_rows_behind_the_hours_add_up_to_the_share(board: MergePage) -> None:
    board.figures["hours"].click()
    lines = [row.line for row in rows_of(board).model.shown]
    planned = sum((line.planned_to_date_hours for line in lines), Decimal(0))
    logged = sum((line.logged_to_date_hours for line in lines), Decimal(0))
    assert board.figures["hours"].figure == f"{round(100 * logged / planned)}%"
    # A tenth of the 686.73 hours required or more is missing.
    late = sum(
        line.planned_to_date_hours - line.logged_to_date_hours >= Decimal("68.673")
        for line in lines
    )
    assert late > 0
    assert board.figures["hours"].caption == f"{late} apprentices behind"
    behind = rows_of(board).model.columns[-1]
    assert sum(bool(behind.text(row)) for row in rows_of(board).model.shown) == late


def test_the_rows_behind_the_pledges_add_up(board: MergePage) -> None:
    board.figures["target"].click()
    lines = [row.line for row in rows_of(board).model.shown]
    pledged, recruited = sum(line.pledged for line in lines), sum(line.recruited for line in lines)
    assert board.figures["target"].caption == f"{recruited} of {pledged} pledged"
    assert board.figures["target"].figure == f"{round(100 * recruited / pledged)}%"


def test_every_row_says_where_it_comes_from(board: MergePage, london_made: Path) -> None:
    """Read back from the file itself: the row that is named is the one that is listed."""
    board.figures["on_programme"].click()
    dialog = rows_of(board)
    first = dialog.model.row(7)
    sheet = read_workbook(london_made / first.row.file).sheet("Apprentices")
    assert sheet is not None
    assert first.line.apprentice_code in [str(cell) for cell in sheet.rows[first.row.row - 1]]
    headings = [column.heading for column in dialog.model.columns]
    assert headings[:5] == ["Borough", "File", "Row", "Apprentice", "No."]


def test_all_rows_are_copied_and_escape_brings_the_keyboard_back(
    board: MergePage, qtbot: Any
) -> None:
    board.figures["providers"].setFocus()
    board.figures["providers"].click()
    dialog = rows_of(board)
    assert access.unnamed_widgets(dialog) == []
    dialog.copy.click()
    copied = QGuiApplication.clipboard().text().splitlines()
    assert len(copied) == 1 + dialog.model.rowCount()
    assert copied[1].startswith("Kestrel Skills\t19990002\t2")
    QTest.keyClick(dialog.table, Qt.Key.Key_Escape)
    assert not dialog.isVisible()


def test_without_rows_a_figure_says_so(merging: MergePage, qtbot: Any, tmp_path: Path) -> None:
    path = tmp_path / "h.xlsx"
    workbook.write(content(apprentices=0), FORMAT, path)
    add(qtbot, merging, path)
    shown = {name: (each.figure, each.caption) for name, each in merging.figures.items()}
    assert shown["target"] == ("–", "nothing is pledged for this year")
    assert shown["hours"] == ("–", "no plan to measure by")
    assert shown["on_programme"][0] == "0"
    assert not merging.standards.bars.isVisible()
    merging.figures["secondments"].click()
    assert rows_of(merging).model.rowCount() == 0
    assert not rows_of(merging).copy.isEnabled()


def test_of_many_standards_the_last_are_added_up(
    merging: MergePage, qtbot: Any, tmp_path: Path
) -> None:
    made = content(apprentices=13)
    people = tuple(
        replace(one, standard_code=f"ST{1000 + min(number, 10)}", standard_title=f"Role {number}")
        for number, one in enumerate(made.apprentices)
    )
    path = tmp_path / "h.xlsx"
    workbook.write(replace(made, apprentices=people), FORMAT, path)
    add(qtbot, merging, path)
    amounts = [(amount.words, amount.value) for amount in merging.standards.bars.amounts]
    assert amounts[0] == ("Role 10", 3)
    assert len(amounts) == 9
    assert amounts[-1] == ("Other", 3)
    assert sum(value for _, value in amounts) == 13


def test_measured_by_the_programmes_target_while_one_is_ahead(
    merging: MergePage, qtbot: Any, tmp_path: Path
) -> None:
    """LOTI wanted 100 digital apprentices by September 2020; later there are pledges to go by."""
    path = tmp_path / "h.xlsx"
    quarter = Quarter.parse("2019-20 Q4")
    made = content(apprentices=40, period=quarter, lines={"training_started_on": date(2020, 1, 6)})
    workbook.write(made, FORMAT, path)
    add(qtbot, merging, path)
    target = merging.figures["target"]
    assert target.accessibleName() == "Against target of 100, 40%, 40 recruited, 60 to go"
    target.click()
    assert rows_of(merging).windowTitle() == "Digital apprentices recruited"
    assert rows_of(merging).model.rowCount() == 40


def test_the_quarter_before_is_compared_with_where_it_was_sent(
    merging: MergePage, qtbot: Any, tmp_path: Path
) -> None:
    before = content(apprentices=2, period=PERIOD.previous())
    workbook.write(before, FORMAT, tmp_path / "before.xlsx")
    workbook.write(content(apprentices=5), FORMAT, tmp_path / "now.xlsx")
    add(qtbot, merging, tmp_path)
    merging.choose_period(PERIOD)
    assert merging.figures["on_programme"].figure == "5"
    assert merging.figures["on_programme"].caption == "+3 since September 2026"


def test_where_nothing_can_be_read_only_the_list_says_why(
    merging: MergePage, qtbot: Any, tmp_path: Path
) -> None:
    (tmp_path / "broken.xlsx").write_bytes(b"no workbook")
    add(qtbot, merging, tmp_path)
    assert merging.returns.isVisible()
    assert merging.findings.isVisible()
    assert not merging.map.isVisible()
    assert not merging.figures_part.isVisible()
    assert not merging.together.isVisible()
    assert merging.header.subtitle.text().startswith("1 file · 1 file refused")
    merging.open_figure("hours")
    merging.open_borough("E09000012")
    assert merging.dialog is None


# together


def test_places_that_fit_and_contracts_that_end_close_by_are_told_and_opened(
    board: MergePage,
) -> None:
    chances = list(board.together.model.shown)
    kinds = [chance.kind.text for chance in chances]
    assert list(dict.fromkeys(kinds)) == ["Match", "Buy together"]
    first = chances[0]
    assert " offers user research and design from 1 Feb 2027; " in first.says
    assert board.together.says.text() == first.says

    board.together.show_rows.click()
    listed = [each.row for each in rows_of(board).model.shown]
    assert listed[0].borough == first.says.split(" offers ")[0]
    assert {row.line.kind for row in listed} == {"offer", "request"}

    buying = next(chance for chance in chances if chance.kind.text == "Buy together")
    board.together.table.choose(buying.id)
    board.together.table.setFocus()
    QTest.keyClick(board.together.table, Qt.Key.Key_Return)
    rows = [each.row for each in rows_of(board).model.shown]
    assert len({row.line.provider_name for row in rows}) == 1
    assert all(row.borough in buying.says for row in rows)
    assert len({row.borough for row in rows}) == int(buying.says.split(" ", 1)[0]) > 1


def test_where_nothing_fits_together_the_card_says_what_would_stand_there(
    merging: MergePage, qtbot: Any, tmp_path: Path
) -> None:
    workbook.write(content(), FORMAT, tmp_path / "h.xlsx")
    add(qtbot, merging, tmp_path)
    assert merging.together.model.rowCount() == 0
    assert not merging.together.show_rows.isVisible()


# the returns


def test_what_needs_somebody_comes_first_and_adds_up_to_those_expected(board: MergePage) -> None:
    fates = [row.fate.value for row in board.returns.model.shown]
    firsts = list(dict.fromkeys(fates))
    assert firsts[:4] == ["refused", "conflict", "accepted in part", "not received"]
    assert board.header.subtitle.text().startswith(
        "33 expected · 28 accepted · 1 accepted in part · 1 refused · 1 in conflict"
        " · 2 not received · 1 file replaced"
    )
    assert 28 + 1 + 1 + 1 + 2 == 33


def test_who_has_not_sent_is_copied_as_text(board: MergePage, desk: Desk) -> None:
    board.returns.chase.click()
    assert QGuiApplication.clipboard().text().splitlines() == [
        "Returns for October to December 2026",
        "",
        "Not received:",
        "- Havering",
        "- Kingston upon Thames",
        "",
        "Received, but not counted:",
        "- Barnet (refused): The code E09000003 is that of Barnet, but the return says “Brent”.",
        "- Camden (in conflict): The borough sent the same revision with other content.",
    ]
    assert desk.messages.said[-1].text == "Copied: 2 boroughs not received."


# who is expected


def expecting_on(page: MergePage) -> ExpectingDialog:
    page.expected.click()
    assert isinstance(page.dialog, ExpectingDialog)
    return page.dialog


def test_all_33_stand_there_at_first_and_the_dialog_says_why(board: MergePage) -> None:
    dialog = expecting_on(board)
    assert len(dialog.boroughs) == len(dialog.ticked) == 33
    assert dialog.count.text() == "33 of 33 expected"
    assert "was not found" in dialog.accessibleDescription()
    assert dialog.period.read() == PERIOD
    assert access.unnamed_widgets(dialog) == []
    assert access.out_of_order(dialog) == []
    assert access.buttons_without_keyboard(dialog) == []


def test_who_is_expected_changes_from_a_period_on_in_one_change_with_undo(
    board: MergePage, desk: Desk, qtbot: Any
) -> None:
    dialog = expecting_on(board)
    for code in ("E09000016", "E09000021"):
        QTest.keyClick(dialog.boroughs[code], Qt.Key.Key_Space)
    assert dialog.count.text() == "31 of 33 expected"
    dialog.submit()

    qtbot.waitUntil(lambda: board.header.subtitle.text().startswith("31 expected"))
    assert "not received" not in board.header.subtitle.text()
    assert tile(board, "HAV").accessibleName() == "Havering, not expected"
    assert tile(board, "HAV").tile.state == "idle"
    before = desk.store.read(expected_boroughs, str(PERIOD.previous()))
    assert len(before) == 33
    assert len(desk.store.read(expected_boroughs, str(PERIOD.next()))) == 31
    assert desk.undo_label == f"Change which boroughs are expected from {PERIOD} on"

    desk.undo()

    qtbot.waitUntil(lambda: board.header.subtitle.text().startswith("33 expected"))
    assert tile(board, "HAV").tile.state == "missing"


def test_another_period_shows_what_is_expected_then_unless_ticks_were_changed(
    board: MergePage,
) -> None:
    board.expect(PERIOD.next(), ["E09000012"])
    dialog = expecting_on(board)
    dialog.period.write(PERIOD.next())
    dialog.period.edited.emit()
    assert dialog.ticked == ("E09000012",)
    dialog.none.click()
    dialog.period.write(PERIOD)
    dialog.period.edited.emit()
    assert dialog.ticked == ()
    dialog.all_.click()
    assert len(dialog.ticked) == 33


def test_without_a_period_nothing_is_saved(board: MergePage, desk: Desk) -> None:
    dialog = expecting_on(board)
    dialog.period.write(None)
    dialog.period.edited.emit()
    assert dialog.ticked == ()
    QTest.keyClick(dialog, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert dialog.isVisible()
    said = [words.text() for words in dialog.findChildren(QLabel) if words.isVisible()]
    assert any("No period is chosen." in words for words in said)
    assert len(desk.store.read(expected_boroughs, str(PERIOD))) == 33


def test_what_cannot_be_saved_is_said_in_the_dialog(board: MergePage) -> None:
    def refuse(_period: Quarter, _codes: tuple[str, ...]) -> None:
        raise Problem("The desk is being copied.", "Try again in a minute.")

    dialog = expecting_on(board)
    dialog._save = refuse
    dialog.confirm.click()
    assert dialog.isVisible()
    said = [words.text() for words in dialog.findChildren(QLabel) if words.isVisible()]
    assert any("The desk is being copied." in words for words in said)


def test_before_any_return_the_last_quarter_that_is_over_is_proposed(merging: MergePage) -> None:
    """The desk's clock says 1 September 2026."""
    dialog = expecting_on(merging)
    assert dialog.period.read() == Quarter.parse("2026-27 Q1")


# the keyboard


def test_the_keyboard_comes_back_when_returns_have_been_read(
    merging: MergePage, london_made: Path, qtbot: Any
) -> None:
    """Buttons that are not allowed while reading would lose it for good."""
    merging.add_files.setFocus()
    add(qtbot, merging, london_made / "hck.xlsx")
    qtbot.waitUntil(lambda: merging.focusWidget() is merging.add_files)
    merging.returns.again.setFocus()
    merging.returns.again.click()
    assert merging.focusWidget() is not merging.returns.again
    qtbot.waitUntil(lambda: merging.focusWidget() is merging.returns.again)


def test_the_keyboard_of_the_empty_page_goes_to_the_same_button_above(
    merging: MergePage, london_made: Path, qtbot: Any
) -> None:
    buttons = merging.empty.findChildren(QAbstractButton)
    here = next(each for each in buttons if each.text() == "Add a folder")
    here.setFocus()
    add(qtbot, merging, london_made / "hck.xlsx")
    qtbot.waitUntil(lambda: merging.focusWidget() is merging.add_folder)
    assert merging.area.verticalScrollBar().value() == 0


def test_a_file_dialog_that_closes_gives_the_keyboard_back_to_the_page(
    merging: MergePage, london_made: Path, qtbot: Any
) -> None:
    """It still has the keyboard when it says which folder was chosen."""
    merging.add_folder.setFocus()
    merging.ask_for_folder()
    dialog = merging.file_dialog
    assert dialog is not None
    qtbot.waitUntil(dialog.isActiveWindow)
    assert merging._has_keyboard()
    dialog.reject()
    merging.file_dialog = None


# how it looks


def lacks_room(widget: QWidget) -> bool:
    if isinstance(widget, QLabel) and widget.text():
        if widget.wordWrap():
            return widget.heightForWidth(widget.width()) > widget.height() + 1
        return widget.sizeHint().width() > widget.width() + 1
    if isinstance(widget, QAbstractButton) and widget.text():
        return widget.minimumSizeHint().width() > widget.width() + 1
    return False


@pytest.mark.parametrize("scale", [1.0, 2.0])
@pytest.mark.parametrize("width", [1224, 796, 568])
def test_no_word_is_cut_off_and_nothing_sticks_out_at_the_side(
    board: MergePage, qapp: QApplication, theme: Theme, scale: float, width: int
) -> None:
    apply(qapp, theme, scale)
    board.resize(width, 700)
    for _ in range(5):
        qapp.processEvents()
    cut = [
        widget.text()
        for widget in board.findChildren(QWidget)
        if widget.isVisible()
        and widget.parentWidget() is not None
        and widget.parentWidget().height() > 0
        and lacks_room(widget)
    ]
    assert cut == []
    assert board.area.horizontalScrollBar().maximum() == 0
    for button in board.map.map.tiles:
        assert board.map.map.rect().contains(button.geometry())
    assert access.unnamed_widgets(board) == []
    assert access.out_of_order(board) == []
    assert access.buttons_without_keyboard(board) == []
