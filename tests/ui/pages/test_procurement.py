"""The page of one procurement: what it shows, what is refused, and the whole run by keyboard."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import uuid4

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QLabel

from apprentice_desk import resources
from apprentice_desk.domain.procuring import BidderStanding, StepKind
from apprentice_desk.domain.scoring import PriceMethod
from apprentice_desk.domain.vocabulary import Regime
from apprentice_desk.records import (
    contracts,
    procurement_decisions,
    procurement_details,
    procurement_items,
    procurement_scores,
    procurements,
)
from apprentice_desk.records.procurement_details import BidderDetails
from apprentice_desk.records.procurement_outcomes import FollowUpDetails
from apprentice_desk.records.procurement_overview import procurement_overview
from apprentice_desk.records.procurement_scores import ModeratedDetails
from apprentice_desk.records.procurements import ProcurementDetails
from apprentice_desk.ui.desk import Desk
from apprentice_desk.ui.destinations import OpenContract, OpenPage, OpenProcurement
from apprentice_desk.ui.kit.dialogs import FormDialog
from apprentice_desk.ui.kit.messages import Messages
from apprentice_desk.ui.kit.time_line_table import TimeLineTable
from apprentice_desk.ui.pages.procurement.page import ProcurementPage
from procured import DETAILS, TODAY, TOLD, Procured, procured

RULES = resources.procurement_rules()

# The clock of these tests stands at 1 September 2026.


@pytest.fixture
def opened(page: Callable[..., Any]) -> Callable[..., ProcurementPage]:
    """Open the page of a procurement, at a part of it."""

    def open_page(made: Procured, part: str = "") -> ProcurementPage:
        found: ProcurementPage = page("procurement")
        found.arrive(OpenProcurement(made.id, part))
        return found

    return open_page


@pytest.fixture
def made(make: Any) -> Procured:
    return procured(make)


def words_of(widget: Any) -> str:
    return " | ".join(each.text() for each in widget.findChildren(QLabel) if each.isVisible())


def dialog_called(words: str) -> Any:
    """Return the window that stands open and is called so."""
    found = [each for each in QApplication.topLevelWidgets() if isinstance(each, QDialog)]
    return next(each for each in found if each.isVisible() and words in each.windowTitle())


def press(*keys: Qt.Key, with_: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    for key in keys:
        QTest.keyClick(QApplication.focusWidget(), key, with_)


def write(text: str) -> None:
    QTest.keyClicks(QApplication.focusWidget(), text)


def come_back(part: Any, qtbot: Any) -> None:
    """Let the window have the keyboard, as a window system does once a form is closed."""
    part.window().activateWindow()
    qtbot.waitUntil(part.window().isActiveWindow)


def open_by(part: Any, key: Qt.Key, qtbot: Any) -> None:
    """Press a key that opens a form, and wait for the form."""
    press(key)
    qtbot.waitUntil(lambda: QApplication.activeWindow() not in (None, part.window()))


def enter(part: Any, left: int, qtbot: Any) -> None:
    """Go to the first line without a score, once *left* have none, and open its form by a key."""
    rows = part.list.model
    qtbot.waitUntil(lambda: sum(row.details.score is None for row in rows.given) == left)
    come_back(part, qtbot)
    part.take_keyboard()
    assert QApplication.focusWidget() is part.list.table
    open_by(part, Qt.Key.Key_F2, qtbot)


def save() -> None:
    press(Qt.Key.Key_Return, with_=Qt.KeyboardModifier.ControlModifier)


# --- what it shows --------------------------------------------------------------------------------


def test_the_page_says_how_far_it_is_and_how_the_bids_came_out(
    opened: Callable[..., ProcurementPage], made: Procured
) -> None:
    page = opened(made)
    assert page.header.title.text() == DETAILS.title
    assert page.header.subtitle.text() == "EXB-P-7 · Procurement Act 2023 · by open procedure"
    days: Any = page.part("days")
    assert days.stage.text() == "Being evaluated"
    assert days.first.text() == (
        "To do: Open day: Mon 15 Jun 2026, overdue; 1 question to answer; Decide."
    )
    part: Any = page.part("decision")
    assert [(row.rank_in_words, row.name) for row in part.table.rows.shown] == [
        ("1", "College"), ("2", "Beta Skills"),
    ]  # fmt: skip
    assert part._made_of(part.table.rows.shown[0]) == "Teaching 60 · Price 32"
    assert "divided by 5, times the weight" in part.method.text()
    assert part.decide.isEnabled()


def test_a_procurement_with_nothing_in_it_says_what_is_missing_everywhere(
    opened: Callable[..., ProcurementPage], desk: Desk
) -> None:
    with desk.change("Plan one") as session:
        key = procurements.plan_procurement(session, ProcurementDetails("P-1", "Data analysts"))
    page = opened(Procured(key))
    days: Any = page.part("days")
    assert (days.stage.text(), days.nothing.isVisible()) == ("Planned", True)
    assert days.first.text() == "To do: Enter when the invitation goes out."
    assert not days.line.isVisible()
    days.show_table()
    part: Any = page.part("decision")
    assert part.lacking.text() == (
        "No ranking and no decision yet. No bid is entered that came in time. No criterion is"
        " entered, so nothing can be scored."
    )
    assert not part.decide.isEnabled()
    assert not part.table.isVisible()
    assert "There is nothing to score yet" in words_of(page.part("scores"))
    assert "No criteria yet" in words_of(page.part("criteria"))
    part.take_keyboard()
    part.start_following_up()
    part.start_contract()
    part.ask_to_take_back()
    part._on_contract()
    assert (part.dialog, part.question) == (None, None)


def test_who_has_not_scored_is_named_where_it_is_moderated(
    opened: Callable[..., ProcurementPage], make: Any
) -> None:
    moderation: Any = opened(procured(make, has_scores=False)).part("moderation")
    line = moderation.list.model.given[0]
    assert line.row[1:] == ("–, –", "Grace Park has not scored. Tom Reed has not scored.")


def test_one_score_that_is_missing_takes_the_ranking_away_and_is_named(
    opened: Callable[..., ProcurementPage], made: Procured, desk: Desk, qtbot: Any
) -> None:
    page = opened(made, "scores")
    scores: Any = page.part("scores")
    scores.list.take_keyboard()
    scores.list.table.choose_first()
    scores.list.remove.click()
    dialog_called("Remove score of Beta Skills").confirm.click()
    part: Any = page.part("decision")
    qtbot.waitUntil(lambda: part.lacking.isVisible())
    assert "has 1 score of 2 to give." in part.lacking.text()
    assert not part.table.isVisible()
    assert scores.says.text().startswith("1 of 4 to do.")
    desk.undo()
    qtbot.waitUntil(lambda: part.table.isVisible())


def test_a_tie_is_shown_and_the_decision_asks_how_it_was_broken(
    opened: Callable[..., ProcurementPage], made: Procured, desk: Desk, qtbot: Any
) -> None:
    found = desk.store.read(procurement_overview, made.id)
    assert found is not None
    with desk.change("Level") as session:
        for row in found.bidders[:2]:
            level = replace(row.details, price=Decimal("9000.00"))
            procurement_items.correct_item(session, row.id, level)
        for cell, held in found.moderated.items():
            same = ModeratedDetails(Decimal(4), "Level", TODAY)
            procurement_scores.moderate(session, *cell, same, held)
    page = opened(made, "decision")
    part: Any = page.part("decision")
    assert [row.rank_in_words for row in part.table.rows.shown] == ["1 =", "1 ="]
    assert part.method.text().startswith("Beta Skills and College are first together: nothing")
    part.decide.click()
    form = part.dialog.form
    form.set_value("bidder_id", made.bidders[0])
    form.set_value("decided_by", "Head of HR")
    form.set_value("reason", "As good as the other")
    part.dialog.panel.submit()
    assert desk.store.read(procurement_overview, made.id).decision is None
    form.set_value("tie_reason", "Higher score for teaching, as the invitation says")
    part.dialog.panel.submit()
    qtbot.waitUntil(lambda: "Tie broken by" in words_of(part))


@pytest.mark.parametrize(
    ("changes", "told", "says", "may_make"),
    [
        ({}, TOLD, "It lasts to the end of Tue 8 Sep 2026.", False),
        (
            {},
            replace(TOLD, keeps_standstill=False, no_standstill_reason="As Legal said"),
            "None is kept, on this ground: As Legal said. This rule was not checked",
            True,
        ),
        (
            {},
            replace(
                TOLD,
                keeps_standstill=False,
                no_standstill_ground="direct award to protect life or public order",
            ),
            "life or public order (Procurement Act 2023, sections 42 and 51 (from memory",
            True,
        ),
        ({}, TOLD, "How long it lasts was checked for England and Wales.", False),
        ({}, replace(TOLD, standstill_to_on=TODAY), "This is the day that was entered.", False),
        ({}, FollowUpDetails(), "It is counted from the day the contract award notice", False),
        ({"is_light_touch": True}, FollowUpDetails(), "Say whether you keep one.", True),
        ({"is_light_touch": True}, TOLD, "Whether there has to be one was not checked", False),
        ({"regime": None}, FollowUpDetails(), "Enter the procurement law", True),
        ({"regime": Regime.BELOW_THRESHOLD}, TOLD, "The rules do not say how long it lasts", False),
    ],
)
def test_the_standstill_is_told_in_words(
    opened: Callable[..., ProcurementPage],
    make: Any,
    desk: Desk,
    changes: dict[str, Any],
    told: FollowUpDetails,
    says: str,
    may_make: bool,
) -> None:
    made = procured(make, is_decided=True)
    with desk.change("Tell the bidders") as session:
        procurements.correct_procurement(session, made.id, replace(DETAILS, **changes))
    with desk.change("Follow up") as session:
        procurement_decisions.follow_up(session, made.id, told, FollowUpDetails(), TODAY, RULES)
    part: Any = opened(made, "decision").part("decision")
    assert says in part.standstill.text()
    assert part.make.isEnabled() is may_make
    waits = "lasts to the end" in part.standstill.text() or "waits for" in part.standstill.text()
    assert waits is not may_make


def test_the_value_is_held_against_the_threshold_of_its_day(
    opened: Callable[..., ProcurementPage], made: Procured, desk: Desk, qtbot: Any
) -> None:
    page = opened(made)
    facts: Any = page.part("facts")
    assert facts.threshold.text() == (
        "£108,000.00 with VAT is below the threshold of £207,720.00 for services on 2 Jun 2026."
    )

    def now(**changes: Any) -> str:
        with desk.change("Correct it") as session:
            procurements.correct_procurement(session, made.id, replace(DETAILS, **changes))
        return str(changes)

    now(regime=Regime.BELOW_THRESHOLD, value_limit=Decimal("207720.00"))
    qtbot.waitUntil(lambda: "check which law holds" in facts.threshold.text())
    now(value_limit=None)
    qtbot.waitUntil(lambda: not facts.threshold.isVisible())


def test_the_days_stand_in_a_table_too(
    opened: Callable[..., ProcurementPage], made: Procured
) -> None:
    page = opened(made)
    page.part("days").take_keyboard()
    QTest.keyClick(page, Qt.Key.Key_T, Qt.KeyboardModifier.ControlModifier)
    (dialog,) = [each for each in page.findChildren(TimeLineTable) if each.isVisible()]
    assert [row.what for row in dialog.model.shown] == [
        "Invitation goes out (done)", "Open day", "Bids due",
    ]  # fmt: skip
    dialog.close_.click()


def test_who_has_not_declared_interests_and_what_is_out_of_order_is_said(
    opened: Callable[..., ProcurementPage], made: Procured, desk: Desk, qtbot: Any
) -> None:
    page = opened(made)
    evaluators: Any = page.part("evaluators")
    assert evaluators.says.text() == "No declaration of interests yet: Tom Reed."
    timetable: Any = page.part("timetable")
    assert not timetable.says.isVisible()
    late = procurement_details.StepDetails(StepKind.INVITE, date(2026, 7, 2))
    with desk.change("Move it") as session:
        procurement_items.correct_item(session, made.steps[0], late)
    qtbot.waitUntil(lambda: timetable.says.isVisible())
    assert timetable.says.text().startswith("Bids due, 1 Jul 2026, comes before invitation")
    assert page.part("criteria").says.text() == "The weights come to 100."  # type: ignore[attr-defined]


# --- what the person does -------------------------------------------------------------------------


def test_the_whole_run_by_keyboard(
    opened: Callable[..., ProcurementPage], make: Any, desk: Desk, qtbot: Any
) -> None:
    """From bids that came in to the decision: nothing but keys."""
    made = procured(make, has_scores=False)
    page = opened(made, "scores")
    scores: Any = page.part("scores")
    for left in (4, 3, 2, 1):
        enter(scores, left, qtbot)
        write("4" if left > 2 else "5")
        press(Qt.Key.Key_Tab)
        write("It says how on page 4")
        save()
    moderation: Any = page.part("moderation")
    qtbot.waitUntil(lambda: scores.says.text().startswith("Each evaluator"))
    for left in (2, 1):
        enter(moderation, left, qtbot)
        assert moderation.kind.fields()[0].help.startswith("Teaching: 0 to 5. Grace Park gave ")
        write("4" if left == 2 else "5")
        press(Qt.Key.Key_Tab)
        write("All agreed on it")
        press(Qt.Key.Key_Tab)
        write("20/7/2026")
        save()
    part: Any = page.part("decision")
    qtbot.waitUntil(lambda: part.decide.isEnabled())
    found = desk.store.read(procurement_overview, made.id)
    assert {str(each.score) for each in found.moderated.values()} == {"4.00", "5.00"}
    assert [row.name for row in part.table.rows.shown] == ["College", "Beta Skills"]
    come_back(part, qtbot)
    part.decide.setFocus()
    open_by(part, Qt.Key.Key_Space, qtbot)
    part.dialog.form.focus("decided_by")
    write("Head of HR")
    press(Qt.Key.Key_Tab)
    write("Best by the criteria")
    save()
    qtbot.waitUntil(lambda: part.facts.isVisible())
    decided = desk.store.read(procurement_overview, made.id).decision
    assert (decided.bidder_name, decided.details.decided_on) == ("College", TODAY)
    assert decided.details.reason == "Best by the criteria"
    come_back(part, qtbot)
    part.after.setFocus()
    open_by(part, Qt.Key.Key_Space, qtbot)
    part.dialog.form.focus("letters_on")
    write("1/9/2026")
    part.dialog.form.focus("notice_on")
    write("1/9/2026")
    save()
    qtbot.waitUntil(lambda: "lasts to the end of Thu 10 Sep 2026" in part.standstill.text())
    assert page.part("days").stage.text() == "Standstill"  # type: ignore[attr-defined]
    assert not part.make.isEnabled()


def test_the_contract_is_made_from_what_is_known(
    opened: Callable[..., ProcurementPage], make: Any, desk: Desk, qtbot: Any
) -> None:
    made = procured(make, is_decided=True)
    with desk.change("No standstill") as session:
        none_kept = replace(TOLD, keeps_standstill=False, no_standstill_reason="As Legal said")
        procurement_decisions.follow_up(
            session, made.id, none_kept, FollowUpDetails(), TODAY, RULES
        )
    gone: list[Any] = []
    desk.asked_to_go.connect(gone.append)
    part: Any = opened(made, "decision").part("decision")
    part.make.click()
    form = part.dialog.form
    assert form.value("reference") == "EXB-P-7"
    assert form.value("starts_on") == date(2027, 3, 1)
    form.set_value("reference", "EXB-C-7")
    part.dialog.panel.submit()
    qtbot.waitUntil(lambda: bool(gone))
    row = next(
        row for row in desk.store.read(contracts.contract_rows, TODAY) if row.reference == "EXB-C-7"
    )
    assert gone == [OpenContract(row.id)]
    qtbot.waitUntil(lambda: part.go.isVisible())
    assert not part.make.isVisible()
    part.go.click()
    assert gone[1:] == [OpenContract(row.id)]


def test_a_decision_is_corrected_and_taken_back(
    opened: Callable[..., ProcurementPage], make: Any, desk: Desk, qtbot: Any
) -> None:
    made = procured(make, is_decided=True)
    part: Any = opened(made, "decision").part("decision")
    part.correct.click()
    part.dialog.form.set_value("reason", "Best on teaching")
    part.dialog.panel.submit()
    qtbot.waitUntil(lambda: "Best on teaching" in words_of(part))
    part.undo.click()
    part.question.confirm.click()
    qtbot.waitUntil(lambda: part.decide.isVisible())
    assert desk.store.read(procurement_overview, made.id).decision is None


def test_a_decision_that_somebody_else_made_meanwhile_is_said(
    opened: Callable[..., ProcurementPage], made: Procured, desk: Desk, qtbot: Any
) -> None:
    part: Any = opened(made, "decision").part("decision")
    part.decide.click()
    form = part.dialog.form
    form.set_value("decided_by", "Head of HR")
    form.set_value("reason", "Mine")
    with desk.change("Theirs") as session:
        theirs = procurement_decisions.DecisionDetails(made.bidders[0], TODAY, "Board", "Theirs")
        procurement_decisions.decide(session, made.id, theirs, None, TODAY)
    part.dialog.panel.submit()
    assert part.dialog.isVisible()
    assert "changed by somebody else" in words_of(part.dialog)
    assert desk.store.read(procurement_overview, made.id).decision.details.reason == "Theirs"
    part.dialog.panel.cancelled.emit()


def test_it_is_given_up_with_a_reason_and_taken_up_again(
    opened: Callable[..., ProcurementPage], made: Procured, desk: Desk, qtbot: Any
) -> None:
    page = opened(made, "facts")
    facts: Any = page.part("facts")
    facts.give_up.click()
    facts.dialog.panel.submit()
    assert facts.dialog.isVisible()
    facts.dialog.form.set_value("abandoned_reason", "No bid was good enough")
    facts.dialog.panel.submit()
    days: Any = page.part("days")
    qtbot.waitUntil(lambda: days.stage.text() == "Given up")
    assert days.first.text() == "Given up on 1 Sep 2026: No bid was good enough"
    assert not page.part("decision").decide.isVisible()  # type: ignore[attr-defined]
    facts.take_keyboard()
    facts.resume.click()
    qtbot.waitUntil(lambda: days.stage.text() == "Being evaluated")


def test_a_bidder_is_added_and_a_question_answered(
    opened: Callable[..., ProcurementPage], made: Procured, desk: Desk, qtbot: Any
) -> None:
    page = opened(made, "bidders")
    bidders: Any = page.part("bidders")
    bidders.list.start_adding()
    form_dialog = dialog_called("Add a bidder")
    form_dialog.form.set_value("name", "Delta Digital")
    form_dialog.panel.submit()
    qtbot.waitUntil(lambda: len(bidders.list.model.given) == 4)
    added = next(
        row for row in desk.store.read(procurement_overview, made.id).bidders
        if row.name == "Delta Digital"
    )  # fmt: skip
    assert added.details == BidderDetails(None, "Delta Digital", standing=BidderStanding.ASKED)


# --- coming and going -----------------------------------------------------------------------------


def test_one_comes_to_a_part_and_an_item_of_it(
    opened: Callable[..., ProcurementPage], made: Procured, page: Callable[..., Any]
) -> None:
    found = page("procurement")
    found.arrive(OpenProcurement(made.id, "clarifications", made.questions[0]))
    part = found.part("clarifications")
    assert part.list.table.chosen().id == made.questions[0]
    scores = found.part("scores")
    line = scores.list.model.given[-1]
    found.arrive(OpenProcurement(made.id, "scores", line.id))
    assert scores.list.table.chosen().id == line.id
    for name in found.parts:
        found.arrive(OpenProcurement(made.id, name))


def test_one_that_is_gone_is_said_and_not_shown(
    page: Callable[..., Any], messages: Messages, desk: Desk
) -> None:
    found = page("procurement")
    assert found.nothing.isVisible()
    found.refresh()
    found.arrive(OpenProcurement(uuid4()))
    assert found.nothing.isVisible()
    assert found.shown is None
    gone: list[Any] = []
    desk.asked_to_go.connect(gone.append)
    found.back.click()
    assert gone == [OpenPage("procurements")]


def test_the_form_changes_what_is_bought(
    opened: Callable[..., ProcurementPage], made: Procured, desk: Desk, qtbot: Any
) -> None:
    page = opened(made)
    page.edit.click()
    assert page.dialog is not None
    page.dialog.form.set_value("title", "Data analysts")
    page.dialog.form.set_value("price_method", PriceMethod.SCORED)
    page.dialog.panel.submit()
    qtbot.waitUntil(lambda: page.header.title.text() == "Data analysts")
    assert page.part("scores").says.text().startswith("4 of 8 to do.")  # type: ignore[attr-defined]


def test_the_history_says_what_was_changed_and_takes_it_back(
    opened: Callable[..., ProcurementPage], made: Procured, desk: Desk, qtbot: Any
) -> None:
    with desk.change("Correct it") as session:
        details = replace(DETAILS, value_limit=Decimal("99000.00"), is_light_touch=None, note="")
        procurements.correct_procurement(session, made.id, details)
    with desk.change("Remove a price") as session:
        procurement_items.remove_item(session, procurement_details.BidPriceDetails, made.prices[0])
    page = opened(made, "history")
    part: Any = page.part("history")
    said = [line.words for line in part.model.shown]
    assert said[0] == "Price offered removed: “ST0116”, 13000, 2000"
    assert said[1] == (
        "Procurement: is light touch from no to blank, value limit from 108000 to 99000, note from"
        " “Ask Legal” to blank"
    )
    assert said[2].startswith("Procurement added: “EXB-P-7”")
    part.table.choose_first()
    assert part.whole.isEnabled()
    part.whole.click()
    qtbot.waitUntil(lambda: len(page.part("prices").list.model.given) == 1)  # type: ignore[attr-defined]
    part._take_back()


# --- who does not score -------------------------------------------------------------------------


def test_what_an_evaluator_leaves_out_is_said_and_not_scored(
    opened: Any, make: Any, desk: Desk, qtbot: Any
) -> None:
    made = procured(make, has_scores=False)
    page = opened(made, "scores")
    scores: Any = page.part("scores")
    assert [shown.row[2] for shown in scores.list.model.given] == [""] * 4
    with desk.change("Leave out") as session:
        procurement_items.add_item(
            session,
            made.id,
            procurement_details.AbstentionDetails(
                made.evaluators[1], made.bidders[0], None, "A former job there"
            ),
        )
    qtbot.waitUntil(lambda: len(page.part("abstentions").list.model.given) == 1)  # type: ignore[attr-defined]
    (left_out,) = page.part("abstentions").list.model.given  # type: ignore[attr-defined]
    assert (left_out.title, left_out.row) == ("Tom Reed", "College")
    (line,) = [each for each in scores.list.model.given if each.row[2]]
    scores.list.table.choose(line.id)
    assert not scores.list.change.isEnabled()
    assert scores.says.text().startswith("3 of 4 to do. ")
    column = scores.list.kind.columns[3]
    assert (column.show(line).text, column.say(line)) == (
        "Left out", "left out: A former job there",
    )  # fmt: skip
    assert {column.say(each) for each in scores.list.model.given} == {
        "To score", "left out: A former job there",
    }  # fmt: skip
    scores.list.take_keyboard()
    assert scores.list.table.chosen().id != line.id
    moderation: Any = page.part("moderation")
    (cell,) = [each for each in moderation.list.model.given if each.row[0] == "College"]
    assert cell.row[1] == "–, left out"
    assert cell.row[2] == (
        "Grace Park has not scored. Tom Reed does not score it: A former job there."
        " Left out: Tom Reed."
    )


# --- what bidders read, and no standstill -------------------------------------------------------


def test_a_question_without_words_for_bidders_is_said_not_to_be_published(
    opened: Any, made: Procured, desk: Desk, qtbot: Any
) -> None:
    page = opened(made, "clarifications")
    part: Any = page.part("clarifications")
    assert not part.says.isVisible()
    part.list.arrive(made.questions[1])
    part.list.change.click()
    (dialog,) = [each for each in part.list.findChildren(FormDialog) if each.isVisible()]
    dialog.form.set_value("answer", "Six, as beta skills says.")
    dialog.form.set_value("answered_on", TODAY)
    dialog.panel.submit()
    assert dialog.isVisible(), "a bidder's name is not published"
    dialog.form.set_value("answer", "Six.")
    dialog.panel.submit()
    qtbot.waitUntil(lambda: part.says.isVisible())
    assert part.says.text().startswith("Question 2 is answered, but not published: ")
    column = part.list.kind.columns[3]
    assert {column.show(each).text for each in part.list.model.given} == {
        "Answered", "Not published",
    }  # fmt: skip
    with desk.change("A hint") as session:
        asked = procurement_items.item_details(
            session, procurement_details.ClarificationDetails, made.questions[0]
        )
        procurement_items.correct_item(
            session, made.questions[0], replace(asked, published_question="May Beta be used?")
        )
    hint = "Question 1 may give away who asked: bidders read Beta."
    qtbot.waitUntil(lambda: hint in part.says.text())


def test_no_standstill_asks_for_its_ground(opened: Any, make: Any, desk: Desk, qtbot: Any) -> None:
    made = procured(make, is_decided=True)
    part: Any = opened(made, "decision").part("decision")
    part.after.click()
    form = part.dialog.form
    form.set_value("keeps_standstill", False)
    part.dialog.panel.submit()
    assert part.dialog.isVisible()
    ground = "direct award to protect life or public order"
    form.set_value("no_standstill_ground", ground)
    part.dialog.panel.submit()
    assert not part.dialog.isVisible()
    qtbot.waitUntil(lambda: ground in part.standstill.text())
    with desk.change("Another law") as session:
        procurements.correct_procurement(session, made.id, replace(DETAILS, regime=Regime.PCR_2015))
    qtbot.waitUntil(lambda: part._shown.found.details.regime is Regime.PCR_2015)
    part.after.click()
    assert part.dialog.form.value("no_standstill_ground") == ground, "what was said is kept"
    part.dialog.reject()
    with desk.change("A law without grounds") as session:
        procurements.correct_procurement(session, made.id, replace(DETAILS, regime=None))
        procurement_decisions.follow_up(
            session, made.id, FollowUpDetails(),
            procurement_overview(session, made.id).decision.follow_up, TODAY, RULES,
        )  # fmt: skip
    qtbot.waitUntil(lambda: part._shown.found.details.regime is None)
    part.after.click()
    assert "no_standstill_ground" not in [field.name for field in part.dialog.form.fields]


def test_a_bid_that_is_too_late_and_came_in_time_is_said(
    opened: Any, made: Procured, desk: Desk, qtbot: Any
) -> None:
    part: Any = opened(made, "bidders").part("bidders")
    assert not part.says.isVisible()
    with desk.change("It came") as session:
        late = procurement_items.item_details(session, BidderDetails, made.bidders[2])
        procurement_items.correct_item(
            session, made.bidders[2], replace(late, answered_on=date(2026, 7, 1))
        )
    qtbot.waitUntil(lambda: part.says.isVisible())
    assert part.says.text().endswith("came by the day in the timetable: Gamma Training.")
