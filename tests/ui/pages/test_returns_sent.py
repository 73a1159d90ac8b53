"""The page Returns, looking back: what was sent, compared, saved again, and what LOTI says."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QCoreApplication, Qt

from apprentice_desk.domain.vocabulary import ReceiptState, RoleFamily, SecondmentStatus
from apprentice_desk.records import apprentices, organisation, returns_sent
from apprentice_desk.records.desks import open_store
from apprentice_desk.records.returns_sent import ReceiptDetails
from apprentice_desk.records.store import Store
from apprentice_desk.returns import receipts
from apprentice_desk.returns.merge import merge
from apprentice_desk.returns.schema import load
from apprentice_desk.returns.workbook import read
from apprentice_desk.settings import Settings
from apprentice_desk.ui.desk import Desk
from apprentice_desk.ui.destinations import ReadReceipts
from apprentice_desk.ui.kit import access
from apprentice_desk.ui.pages.returns import columns
from apprentice_desk.ui.pages.returns.looking_back import NOW
from apprentice_desk.ui.pages.returns.page import ReturnsPage

Opener = Callable[..., Any]


def settle(qtbot: Any, desk: Desk, page: ReturnsPage) -> None:
    """Wait until nothing is under way and what stands now is shown."""
    QCoreApplication.sendPostedEvents()
    qtbot.waitUntil(
        lambda: not page._is_stale and not desk.jobs.is_busy and page._standing is not None
    )


@pytest.fixture
def returns(page: Opener, desk: Desk, qtbot: Any) -> ReturnsPage:
    desk.prefer(Settings(prepared_by="HR officer"))
    opened: ReturnsPage = page("returns")
    settle(qtbot, desk, opened)
    return opened


@pytest.fixture
def sending(returns: ReturnsPage, desk: Desk, qtbot: Any, tmp_path: Path) -> Callable[[], Path]:
    """Export the return that is shown, into the folder "out"."""
    folder = tmp_path / "out"
    folder.mkdir()

    def act() -> Path:
        path = folder / f"{len(list(folder.iterdir())) + 1}.xlsx"
        returns.sending.export_to(str(path), send_anyway=True)
        qtbot.waitUntil(path.exists)
        settle(qtbot, desk, returns)
        return path

    return act


def receipt_for(folder: Path) -> Path:
    """Merge what is in *folder* and return the receipt beside it."""
    (receipt,) = receipts.make(merge([folder], schema=load()))
    path = folder.parent / "Exampleton receipt.json"
    receipts.write(receipt, path)
    return path


def alter(store: Store, key: Any, **details: Any) -> None:
    held = store.read(apprentices.held, key)
    with store.change("Correct") as session:
        apprentices.correct(session, key, replace(held.details, **details))


def shown(page: ReturnsPage) -> list[tuple[str, int, str]]:
    """Return the history as it is shown: period, revision and state."""
    return [
        (columns.period_words(row.sent.period), row.sent.revision, columns.state_badge(row).text)
        for row in page.leaving.sent.rows.shown
    ]


# --- what the return says -------------------------------------------------------------------------


def test_the_figures_are_read_against_what_was_pledged_and_where_people_went(
    returns: ReturnsPage, desk: Desk, store: Store, team: Any, make: Any, qtbot: Any
) -> None:
    with store.change("Pledge") as session:
        organisation.pledge(session, 2026, RoleFamily.DATA, 4)
        organisation.pledge(session, 2026, RoleFamily.SOFTWARE, 2)
        organisation.pledge(session, 2027, RoleFamily.SOFTWARE, 50)
    for host in ("LOTI", "LOTI", "E09999998"):
        make.secondment(
            apprenticeship_id=team.ada, host=host, status=SecondmentStatus.UNDER_WAY,
            started_on=date(2026, 7, 1),
        )  # fmt: skip
    make.apprentice(
        given_names="Eve", training_started_on=date(2026, 7, 6),
        training_planned_end_on=date(2028, 7, 5),
    )  # fmt: skip
    settle(qtbot, desk, returns)
    names = {name: figure.accessibleName() for name, figure in returns._figures.items()}
    assert names["started"] == "Started this quarter, 1, pledged 6 for the year"
    assert names["secondments"] == "Secondments, 3, 2 at LOTI"
    assert "7 apprentices, 1 contract, 3 secondments" in returns.header.subtitle.text()


@pytest.mark.parametrize(
    ("completed", "kept_on", "words"),
    [(0, 0, "0 kept on"), (1, 1, "kept on"), (2, 2, "both kept on"), (3, 3, "all kept on"),
     (3, 1, "1 kept on")],
)  # fmt: skip
def test_who_was_kept_on_is_said_shortly(completed: int, kept_on: int, words: str) -> None:
    assert columns._kept_on(completed, kept_on) == words


def test_a_person_with_two_apprenticeships_is_one_apprentice(
    returns: ReturnsPage, desk: Desk, store: Store, team: Any, qtbot: Any
) -> None:
    held = store.read(apprentices.held, team.kim)
    with store.change("Enrol again") as session:
        apprentices.enrol(
            session,
            replace(held.details, ended_on=None, outcome=None,
                    training_started_on=date(2026, 6, 1),
                    training_planned_end_on=date(2028, 6, 1)),
            apprentice_id=held.apprentice_id,
        )  # fmt: skip
    settle(qtbot, desk, returns)
    assert "6 apprentices," in returns.header.subtitle.text()


def test_what_goes_with_the_apprentices_is_counted(
    returns: ReturnsPage, desk: Desk, store: Store, make: Any, qtbot: Any
) -> None:
    assert returns.leaving.carried.text() == ("With them go 1 contract, none about a named person.")
    make.event()
    make.barrier(may_be_seen_by_loti=True)
    settle(qtbot, desk, returns)
    assert "1 contract, 1 event and 1 barrier, none about" in returns.leaving.carried.text()


def test_where_nothing_else_is_there_it_says_so(
    store: Store, desk_on: Callable[[Store], Desk], qtbot: Any
) -> None:
    desk = desk_on(store)
    opened = ReturnsPage(desk)
    qtbot.addWidget(opened)
    opened.show()
    settle(qtbot, desk, opened)
    assert opened.leaving.carried.text() == "The other sheets are empty."


# --- the history ----------------------------------------------------------------------------------


def test_each_return_that_was_sent_has_its_state(
    returns: ReturnsPage, desk: Desk, store: Store, make: Any, qtbot: Any
) -> None:
    keys = [make.sent("2026-27 Q1", revision) for revision in (1, 2)]
    keys += [make.sent(f"2025-26 Q{quarter}") for quarter in (1, 2, 3, 4)]
    states = [ReceiptState.ACCEPTED, ReceiptState.REFUSED, ReceiptState.CONFLICT]
    for key, state in zip(keys[2:], states, strict=False):
        with store.change("Receipt") as session:
            returns_sent.take_receipt(session, key, ReceiptDetails(state, date(2026, 7, 12)))
    settle(qtbot, desk, returns)
    assert sorted(shown(returns)) == [
        ("Apr to Jun 2025", 1, "Accepted"),
        ("Apr to Jun 2026", 1, "Replaced"),
        ("Apr to Jun 2026", 2, "Sent"),
        ("Jan to Mar 2026", 1, "Sent"),
        ("Jul to Sep 2025", 1, "Refused"),
        ("Oct to Dec 2025", 1, "Conflict"),
    ]


def test_the_chosen_return_is_told_of_in_words(
    returns: ReturnsPage, desk: Desk, store: Store, make: Any, qtbot: Any
) -> None:
    make.sent()
    second = make.sent(revision=2, row_counts={"Apprentices": 1200, "Network": 0})
    details = ReceiptDetails(ReceiptState.IN_PART, date(2026, 7, 12), left_out=2)
    with store.change("Receipt") as session:
        returns_sent.take_receipt(session, second, details)
    settle(qtbot, desk, returns)
    returns.leaving.sent.choose(second)
    assert returns.leaving.words.text() == (
        "“return.xlsx”, prepared by Apprenticeships team. Rows: Apprentices 1,200. It replaces"
        " revision 1. LOTI accepted it in part, and left out 2 rows; receipt read on 12 Jul 2026."
    )
    assert access.spoken_name(returns.leaving.save) == "Save again: Apr to Jun 2026, revision 2"


def test_the_next_export_says_which_revision_it_will_be(
    returns: ReturnsPage, desk: Desk, sending: Callable[[], Path]
) -> None:
    assert returns.revision.text() == ""
    sending()
    assert returns.revision.text() == (
        "This will be revision 2; revision 1 was sent on 1 Sep 2026."
    )
    returns.sending.ask_for_file(send_anyway=False)
    assert returns.sending.file_dialog is not None
    (name,) = returns.sending.file_dialog.selectedFiles()
    assert Path(name).name == "Exampleton return 2026-27 Q2 revision 2.xlsx"
    returns.sending.file_dialog.reject()
    sending()
    assert "Exported revision 2" in desk.messages.said[-1].text
    assert "It replaces revision 1, sent on 1 Sep 2026." in desk.messages.said[-1].text
    assert shown(returns) == [
        ("Jul to Sep 2026", 2, "Sent"),
        ("Jul to Sep 2026", 1, "Replaced"),
    ]


def test_a_return_of_an_older_program_can_neither_be_compared_nor_saved_again(
    returns: ReturnsPage, desk: Desk, store: Store, make: Any, qtbot: Any
) -> None:
    make.sent()
    with store.change("As it was") as session:
        for kept in session.query(returns_sent.ReturnFile):
            session.delete(kept)
    settle(qtbot, desk, returns)
    assert not returns.leaving.compare.isEnabled()
    assert not returns.leaving.save.isEnabled()
    assert "kept no workbook" in returns.leaving.words.text()


def test_a_workbook_is_saved_again(
    gone_out: Any,
    returns: ReturnsPage,
    desk: Desk,
    sending: Callable[[], Path],
    qtbot: Any,
    tmp_path: Path,
) -> None:
    first = sending()
    returns.leaving.save.click()
    assert returns.file_dialog is not None
    assert Path(returns.file_dialog.selectedFiles()[0]).name == first.name
    returns.file_dialog.reject()

    again = tmp_path / "again.xlsx"
    returns.save_again(returns.leaving.sent.chosen(), str(again))
    qtbot.waitUntil(lambda: "Saved" in desk.messages.said[-1].text)
    assert again.read_bytes() == first.read_bytes()
    assert gone_out() == [("return", 6), ("return, saved again", 6)]


def test_a_blank_template_is_for_this_borough_and_the_quarter_shown(
    gone_out: Any, returns: ReturnsPage, desk: Desk, qtbot: Any, tmp_path: Path
) -> None:
    returns.sending.template.click()
    assert returns.sending.file_dialog is not None
    (name,) = returns.sending.file_dialog.selectedFiles()
    assert Path(name).name == "Exampleton blank return 2026-27 Q2.xlsx"
    returns.sending.file_dialog.reject()

    path = tmp_path / "blank.xlsx"
    returns.sending.write_template(str(path))
    qtbot.waitUntil(lambda: bool(desk.messages.said))
    assert desk.messages.said[-1].text.startswith("Wrote a blank return as “blank.xlsx”")
    header = read(path).header
    assert header is not None
    assert (header.borough_name, str(header.period)) == ("Exampleton", "2026-27 Q2")
    assert gone_out() == [("blank return", 0)]


# --- comparing ------------------------------------------------------------------------------------


def compared(page: ReturnsPage, desk: Desk, qtbot: Any) -> list[tuple[str, str, str]]:
    qtbot.waitUntil(lambda: not desk.jobs.is_busy)
    card = page.looking_back.comparison
    qtbot.waitUntil(card.isVisible)
    return [(row.change.sheet, row.named, row.change.words()) for row in card.table.rows.shown]


def test_a_return_is_compared_with_the_one_before_it_by_name(
    returns: ReturnsPage, desk: Desk, store: Store, team: Any, sending: Callable[[], Path],
    qtbot: Any,
) -> None:  # fmt: skip
    sending()
    alter(store, team.ada, training_planned_end_on=date(2027, 9, 30))
    settle(qtbot, desk, returns)
    sending()
    (newest, *_) = returns.leaving.sent.rows.shown
    returns.leaving.sent.choose(newest.id)
    returns.leaving.compare.click()

    row, contract = compared(returns, desk, qtbot)
    assert contract[0] == "Contracts"  # its hours to plan follow
    code = store.read(apprentices.held, team.ada).code
    assert row[:2] == ("Apprentices", f"Ada Obi ({code}, 1)")
    assert "Training planned end: 30/09/2027, was 31/08/2027" in row[2]
    card = returns.looking_back.comparison
    assert card.heading.text() == (
        "What revision 2 for Jul to Sep 2026 changed since revision 1 for Jul to Sep 2026"
    )
    assert card.summary.text() == "2 rows changed."
    assert card.words.text().startswith("Ada Obi (")
    assert card.choice.target.hasFocus()


def test_a_return_is_compared_with_what_stands_now(
    returns: ReturnsPage, desk: Desk, store: Store, make: Any, sending: Callable[[], Path],
    qtbot: Any,
) -> None:  # fmt: skip
    sending()
    returns.leaving.compare.click()  # there is none before it
    assert compared(returns, desk, qtbot) == []
    card = returns.looking_back.comparison
    assert card.choice.read() == NOW
    assert card.summary.text() == "Both say the same."
    make.contract(reference="XMP-NEW")
    settle(qtbot, desk, returns)
    card.choice.edited.emit()
    assert compared(returns, desk, qtbot) == [("Contracts", "XMP-NEW", "Added")]
    assert card.heading.text() == "What has changed since revision 1 for Jul to Sep 2026"


def test_another_return_to_compare_with_is_chosen_and_the_card_closed_by_keyboard(
    returns: ReturnsPage, desk: Desk, store: Store, make: Any, sending: Callable[[], Path],
    qtbot: Any,
) -> None:  # fmt: skip
    sending()
    make.contract(reference="XMP-NEW")
    settle(qtbot, desk, returns)
    sending()
    newest, oldest = returns.leaving.sent.rows.shown
    returns.leaving.sent.choose(oldest.id)
    qtbot.keyClick(returns.leaving.sent, Qt.Key.Key_Return)
    card = returns.looking_back.comparison
    qtbot.waitUntil(card.isVisible)
    card.choice.write(str(newest.id))
    card.choice.edited.emit()
    newer = "What revision 2 for Jul to Sep 2026 changed"  # whichever was chosen first
    qtbot.waitUntil(lambda: card.heading.text().startswith(newer))
    assert card.table.rows.total == 1

    qtbot.keyClick(card.close_button, Qt.Key.Key_Space)
    assert not returns.looking_back.isVisible()
    assert returns.leaving.sent.hasFocus()


def test_choosing_nothing_compares_nothing(
    returns: ReturnsPage, desk: Desk, sending: Callable[[], Path], qtbot: Any
) -> None:
    sending()
    returns.leaving.compare.click()
    compared(returns, desk, qtbot)
    returns.looking_back.comparison.choice.write(None)
    returns.looking_back.comparison.choice.edited.emit()
    assert not desk.jobs.is_busy


# --- receipts -------------------------------------------------------------------------------------


def test_a_receipt_is_read_and_its_findings_shown(
    returns: ReturnsPage, desk: Desk, store: Store, team: Any, sending: Callable[[], Path],
    qtbot: Any,
) -> None:  # fmt: skip
    alter(store, team.ada, training_planned_end_on=None)
    settle(qtbot, desk, returns)
    path = sending()
    assert shown(returns) == [("Jul to Sep 2026", 1, "Sent")]
    assert not returns.leaving.found.isVisible()

    returns.read_receipts([str(receipt_for(path.parent))])
    qtbot.waitUntil(lambda: shown(returns)[0][2] == "Accepted in part")
    settle(qtbot, desk, returns)
    assert desk.messages.said[-1].text == (
        "Receipt read for revision 1 for Jul to Sep 2026: LOTI accepted it in part."
    )
    returns.leaving.found.click()
    card = returns.looking_back.found
    assert card.isVisible()
    assert "R203" in [row.finding.code for row in card.model.shown]
    assert card.heading.text().startswith("LOTI found ")
    assert card.table.hasFocus()
    returns.looking_back.close_found.click()
    assert not card.isVisible()

    qtbot.keyClick(returns.leaving.sent, Qt.Key.Key_Return)
    assert card.isVisible()


def test_reading_a_receipt_can_be_undone(
    returns: ReturnsPage, desk: Desk, sending: Callable[[], Path], qtbot: Any
) -> None:
    returns.read_receipts([str(receipt_for(sending().parent))])
    qtbot.waitUntil(lambda: shown(returns)[0][2] == "Accepted")
    desk.undo()
    qtbot.waitUntil(lambda: shown(returns)[0][2] == "Sent")


def test_a_file_that_is_no_receipt_is_refused_in_the_banner(
    returns: ReturnsPage, desk: Desk, qtbot: Any, tmp_path: Path
) -> None:
    path = tmp_path / "other.json"
    path.write_text("{}")
    returns.read_receipts([str(path)])
    qtbot.waitUntil(lambda: desk.messages.current_problem is not None)
    assert "is not a receipt" in str(desk.messages.current_problem)


def test_a_receipt_that_was_dropped_onto_the_window_is_read(
    returns: ReturnsPage, desk: Desk, sending: Callable[[], Path], qtbot: Any
) -> None:
    workbook = sending()
    returns.arrive(ReadReceipts((str(receipt_for(workbook.parent)),)))
    qtbot.waitUntil(lambda: shown(returns)[0][2] == "Accepted")
    settle(qtbot, desk, returns)


def test_the_button_asks_which_receipts_to_read(returns: ReturnsPage) -> None:
    returns.leaving.receipt.click()
    assert returns.file_dialog is not None
    assert returns.file_dialog.isVisible()
    returns.file_dialog.reject()


def test_a_desk_open_to_read_only_compares_but_reads_no_receipt(
    store: Store, team: Any, make: Any, desk_on: Callable[[Store], Desk], qtbot: Any
) -> None:
    make.sent()
    desk = desk_on(open_store(store.location, read_only=True))
    opened = ReturnsPage(desk)
    qtbot.addWidget(opened)
    opened.show()
    settle(qtbot, desk, opened)
    assert not opened.leaving.receipt.isEnabled()
    assert opened.leaving.compare.isEnabled()


# --- without a mouse ------------------------------------------------------------------------------


def test_with_everything_open_the_keyboard_reaches_all_in_reading_order(
    returns: ReturnsPage, desk: Desk, store: Store, team: Any, sending: Callable[[], Path],
    qtbot: Any,
) -> None:  # fmt: skip
    alter(store, team.ada, training_planned_end_on=None)
    settle(qtbot, desk, returns)
    returns.read_receipts([str(receipt_for(sending().parent))])
    qtbot.waitUntil(lambda: shown(returns)[0][2] == "Accepted in part")
    settle(qtbot, desk, returns)
    returns.leaving.compare.click()
    compared(returns, desk, qtbot)
    for _ in range(2):
        assert access.unnamed_widgets(returns) == []
        assert access.out_of_order(returns) == []
        assert access.buttons_without_keyboard(returns) == []
        returns.leaving.found.click()
