"""Places elsewhere in the window: taken in, looked at, matched, opened to others, sent."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from apprentice_desk.domain.vocabulary import OpeningKind, SecondmentStatus
from apprentice_desk.records import openings
from apprentice_desk.records.listings import listing_rows
from apprentice_desk.records.openings import OpeningDetails, opening_rows
from apprentice_desk.records.secondment_moves import move_rows
from apprentice_desk.records.secondments import Secondment
from apprentice_desk.returns.placements import load
from apprentice_desk.ui.desk import Desk
from apprentice_desk.ui.destinations import OpenPage, OpenPlacements
from apprentice_desk.ui.placing.coming_in import ImportDialog, show_news
from apprentice_desk.ui.placing.going_out import ExportDialog, merge_into
from apprentice_desk.ui.placing.matching import MatchDialog, match
from ui import placed


@pytest.fixture
def settled(desk: Desk, qtbot: Any) -> Callable[[], None]:
    """Wait until nothing is under way any more."""
    return lambda: qtbot.waitUntil(lambda: not desk.jobs.is_busy)


def dialog_of(kind: type) -> Any:
    (found,) = [
        each
        for each in QApplication.topLevelWidgets()
        if isinstance(each, kind) and each.isVisible()
    ]
    return found


def shown(page: Any) -> list[str]:
    return [line.row.placement.code for line in page.elsewhere.model.shown]


def test_a_file_is_looked_at_taken_in_once_and_undone(
    page: Callable[..., Any], desk: Desk, settled: Callable[[], None], tmp_path: Path, qtbot: Any
) -> None:
    opened = page("placements")
    file = placed.file_of(tmp_path, "all", placed.camden(), placed.brent(), sender="LOTI")
    show_news(desk, [str(file)], opened)
    settled()
    dialog = dialog_of(ImportDialog)
    assert dialog.confirm.text() == "Take in 5 lines"
    QTest.keyClick(dialog.table, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: len(desk.store.read(listing_rows)) == 5)
    settled()
    opened.refresh()
    assert len(shown(opened)) == 4  # one visit is past
    opened.elsewhere.with_over.setChecked(True)
    assert len(shown(opened)) == 5
    before = len(desk.store.changes())
    show_news(desk, [str(file)], opened)
    settled()
    assert desk.messages.said[-1].text == "Nothing new from LOTI."
    assert len(desk.store.changes()) == before
    desk.undo()
    settled()
    assert desk.store.read(listing_rows) == ()


def test_each_kind_is_shown_by_itself(page: Callable[..., Any], desk: Desk) -> None:
    placed.taken_in(desk.store)
    opened = page("placements")
    for name, lines in (
        ("requests", [placed.REQUEST]),
        ("offers", [placed.OFFER]),
        ("vacancies", [placed.VACANCY]),
        ("shadowing", [placed.SHADOWING]),
    ):
        opened.switch.buttons[name].click()
        assert shown(opened) == [line.code for line in lines]
    opened.narrow_to("nothing of the kind")
    assert opened.shown_part == "shadowing"
    opened.narrow_to("ours")
    assert opened.ours.isVisibleTo(opened)
    assert not opened.elsewhere.isVisibleTo(opened)


def test_lines_of_others_and_our_own_lead_to_their_history(
    page: Callable[..., Any], desk: Desk
) -> None:
    placed.taken_in(desk.store)
    details = OpeningDetails(OpeningKind.VISIT, "A day with the data team")
    with desk.store.change("Open a visit to others") as session:
        own = openings.open_up(session, details)
    opened = page("placements")
    gone: list[Any] = []
    desk.asked_to_go.connect(gone.append)
    line = opened.elsewhere.table.chosen().row
    opened.elsewhere.history.trigger()
    opened.narrow_to("ours")
    opened.ours.history.trigger()
    assert [(each.table, each.record_id) for each in gone] == [
        ("listing", line.id),
        ("opening", own),
    ]
    assert gone[1].called == "“A day with the data team”"


def test_what_fits_a_line_stands_below_it_with_its_reasons(
    page: Callable[..., Any], desk: Desk, team: Any
) -> None:
    key = placed.requested(desk.store, team.ada)
    placed.taken_in(desk.store)
    opened = page("placements")
    part = opened.elsewhere
    opened.narrow_to("offers")
    ours, theirs = part.fits_table.rows.shown
    assert (ours.secondment_id, ours.name) == (key, "Ada Obi")
    assert ours.fit.reasons[0] == "needs S4; host offers S4"
    assert theirs.id == placed.REQUEST.code
    assert part.match_it.isEnabled()
    part.fits_table.choose(theirs.id)
    assert not part.match_it.isEnabled()  # two other boroughs': nothing of ours to move
    opened.narrow_to("vacancies")
    assert not part.fits_table.isVisibleTo(part)


def test_a_request_is_matched_from_the_line_that_fits_it(
    page: Callable[..., Any], desk: Desk, team: Any, settled: Callable[[], None], qtbot: Any
) -> None:
    key = placed.requested(desk.store, team.ada)
    placed.taken_in(desk.store)
    opened = page("placements")
    opened.narrow_to("offers")
    opened.elsewhere.match_it.trigger()
    settled()
    dialog = dialog_of(MatchDialog)
    assert dialog.count.text() == f"With {placed.OFFER.code}"
    dialog.submit()
    assert desk.store.read(move_rows, key) == ()  # nobody is said to do it
    dialog.form.set_value("by", "Priya Nair")
    dialog.submit()
    qtbot.waitUntil(lambda: desk.store.read(move_rows, key) != ())
    settled()
    (move,) = desk.store.read(move_rows, key)
    assert (move.became, move.moved_by) == (SecondmentStatus.MATCHED, "Priya Nair")
    found = desk.store.read(lambda session: session.get(Secondment, key))
    assert (found.host, found.matched_code) == (placed.CAMDEN, placed.OFFER.code)


def test_shadowing_is_agreed_at_once_with_its_days(
    page: Callable[..., Any], desk: Desk, team: Any, settled: Callable[[], None], qtbot: Any
) -> None:
    key = placed.visit(desk.store, team.ada)
    placed.taken_in(desk.store)
    opened = page("placements")
    match(desk, key, opened)
    settled()
    dialog = dialog_of(MatchDialog)
    dialog.form.set_value("by", "Priya Nair")
    dialog.form.set_value("agreed_start_on", date(2026, 9, 1))
    dialog.form.set_value("agreed_end_on", date(2026, 9, 1))
    dialog.submit()  # before the window of the request
    assert dialog.isVisible()
    for name in ("agreed_start_on", "agreed_end_on"):
        dialog.form.set_value(name, date(2026, 10, 6))
    dialog.submit()
    qtbot.waitUntil(lambda: desk.store.read(move_rows, key) != ())
    settled()
    (move,) = desk.store.read(move_rows, key)
    assert move.became is SecondmentStatus.AGREED


def test_what_leaves_is_seen_first_and_a_name_holds_it_back(
    gone_out: Any,
    page: Callable[..., Any], desk: Desk, team: Any, settled: Callable[[], None], tmp_path: Path,
    qtbot: Any,
) -> None:  # fmt: skip
    placed.requested(desk.store, team.ada)
    placed.taken_in(desk.store)
    opened = page("placements")
    opened.send.trigger()
    settled()
    dialog = dialog_of(ExportDialog)
    assert dialog.count.text() == "1 line that can be had"
    dialog.with_others.setChecked(True)
    assert dialog.count.text() == "6 lines that can be had"
    dialog.save_to(str(tmp_path / "all.placements"))
    settled()
    assert load(tmp_path / "all.placements").open_lines == 6
    placed.requested(desk.store, team.ada, wanted="Something for Ada Obi")
    opened.send.trigger()
    settled()
    dialog = dialog_of(ExportDialog)
    assert not dialog.confirm.isEnabled()
    assert "names Ada Obi" in dialog.messages.said[-1].text
    dialog.reject()
    assert gone_out() == [("places elsewhere", 0)]


def test_loti_merges_files_in_the_window(
    gone_out: Any,
    page: Callable[..., Any], desk: Desk, settled: Callable[[], None], tmp_path: Path
) -> None:  # fmt: skip
    opened = page("placements")
    files = [
        placed.file_of(tmp_path, "camden", placed.camden()),
        placed.file_of(tmp_path, "brent", placed.brent(), sender="Brent"),
    ]
    to = tmp_path / "all.placements"
    merge_into(desk, opened, [str(file) for file in files], str(to))
    settled()
    assert [word.borough for word in load(to).words] == [placed.BRENT, placed.CAMDEN]
    assert gone_out() == [("places elsewhere", 0)]


def test_the_button_leads_back_to_where_one_came_from(
    page: Callable[..., Any], desk: Desk, qtbot: Any
) -> None:
    opened = page("placements")
    opened.arrive(OpenPlacements("offers", "network"))
    assert (opened.shown_part, opened.back.text()) == ("offers", "Back to Network")
    with qtbot.waitSignal(desk.asked_to_go) as asked:
        opened.back.click()
    assert asked.args == [OpenPage("network")]
    opened.arrive(OpenPlacements(back_to="nowhere"))
    assert opened.back.text() == "Back to Secondments"


def test_openings_are_kept_closed_and_removed(
    page: Callable[..., Any], desk: Desk, settled: Callable[[], None]
) -> None:
    opened = page("placements")
    opened.narrow_to("ours")
    part = opened.ours
    part.new.click()
    part.dialog.form.set_value("kind", OpeningKind.VISIT)
    part.dialog.form.set_value("title", "Control room")
    part.dialog.panel.submit()
    settled()
    opened.refresh()
    (row,) = desk.store.read(opening_rows)
    assert part.table.chosen().details.title == "Control room"
    part.taken.trigger()
    opened.refresh()
    assert desk.store.read(opening_rows)[0].is_taken
    assert not part.taken.isEnabled()
    part.reopen.trigger()
    opened.refresh()
    part.close_it.trigger()
    opened.refresh()
    (closed,) = desk.store.read(opening_rows)
    assert (closed.id, closed.is_taken) == (row.id, False)
    part.edit.trigger()
    part.dialog.form.set_value("title", "Control room by night")
    part.dialog.panel.submit()
    opened.refresh()
    assert desk.store.read(opening_rows)[0].details.title == "Control room by night"
    part.remove.trigger()
    part.dialog.confirm.click()
    assert desk.store.read(opening_rows) == ()
