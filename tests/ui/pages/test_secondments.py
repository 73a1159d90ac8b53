"""The page of secondments: three views of the same rows, the panel, its moves, what is around."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any
from uuid import UUID

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QMimeData, QPoint, QPointF, Qt
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtTest import QAbstractItemModelTester, QTest
from PySide6.QtWidgets import QApplication
from shiboken6 import isValid

from apprentice_desk.domain.secondment_moves import Move, MoveDetails
from apprentice_desk.domain.vocabulary import (
    PlacementForm,
    RoleFamily,
    SecondmentKind,
    SecondmentStatus,
)
from apprentice_desk.records import reviews, secondment_moves, secondments
from apprentice_desk.records.desks import open_store
from apprentice_desk.records.secondment_overview import secondment_lines
from apprentice_desk.records.secondments import SecondmentDetails
from apprentice_desk.records.store import Store
from apprentice_desk.ui.desk import Desk
from apprentice_desk.ui.destinations import MakeDocument, OpenRecord, OpenSecondment
from apprentice_desk.ui.kit.conflicts import ConflictDialog
from apprentice_desk.ui.kit.lanes import card_data
from apprentice_desk.ui.pages.secondments.kind import EVERY_FIELD, Secondments, fields_for
from apprentice_desk.ui.pages.secondments.moves import BUTTONS, WHY_ALL_THE_SAME
from apprentice_desk.ui.pages.secondments.page import SecondmentsPage

# The clock of these tests stands at 1 September 2026.
TODAY = date(2026, 9, 1)
STATUS = SecondmentStatus
Opener = Callable[..., SecondmentsPage]


@pytest.fixture
def asked(make: Any, team: Any) -> UUID:
    """A request of Mei's, made on 24 August, for four weeks from 5 October."""
    key: UUID = make.secondment(
        kind=SecondmentKind.REQUEST, apprenticeship_id=team.mei, home="E09999999", host="LOTI",
        earliest_start_on=date(2026, 10, 5), latest_start_on=date(2026, 10, 12), ksbs="S9",
        status=STATUS.DRAFT,
    )  # fmt: skip
    moved(make.store, key, Move.ASK, MoveDetails(date(2026, 8, 24), "Mei Lin"))
    return key


def moved(store: Store, key: UUID, move: Move, details: MoveDetails) -> None:
    with store.change("Move it") as session:
        secondment_moves.move_secondment(session, key, move, details, TODAY)


@pytest.fixture
def opened(page: Opener, asked: UUID) -> SecondmentsPage:
    return page("secondments")


def wait(qtbot: Any, condition: Callable[[], object]) -> None:
    QCoreApplication.sendPostedEvents()
    qtbot.waitUntil(lambda: bool(condition()), timeout=60_000)


def line_of(desk: Desk, key: UUID) -> Any:
    return next(line for line in desk.store.read(secondment_lines) if line.id == key)


def status_of(desk: Desk, key: UUID) -> SecondmentStatus:
    found: SecondmentStatus = line_of(desk, key).details.status
    return found


def fill(form: Any, **values: Any) -> None:
    for name, value in values.items():
        form.set_value(name, value)
    form.edited.emit()


def offered(opened: SecondmentsPage) -> list[Move]:
    return [move for move, made in opened.panel.moves.items() if made.isVisible()]


def gone_to(desk: Desk) -> list[Any]:
    heard: list[Any] = []
    desk.asked_to_go.connect(heard.append)
    return heard


# --- the views ----------------------------------------------------------------------------------


def test_the_three_views_show_the_same_rows_and_the_same_choice(
    opened: SecondmentsPage, make: Any, team: Any, desk: Desk, qtbot: Any
) -> None:
    other = make.secondment(
        kind=SecondmentKind.REQUEST, apprenticeship_id=team.ada, host="LOTI",
        earliest_start_on=date(2026, 9, 14), status=STATUS.APPROVED,
    )  # fmt: skip
    wait(qtbot, lambda: opened.model.total == 2)
    QAbstractItemModelTester(opened.model)
    for name in ("table", "calendar", "board"):
        opened.switch.buttons[name].click()
        assert opened.view == name
    assert opened.choose(other)
    assert opened.table.chosen().id == other
    assert opened.board.lanes.chosen == other
    assert opened.calendar.spans.chosen == other
    assert opened.panel.name.text() == "Ada Obi"
    opened.filter.setText("mei")
    assert [card.card.title for card in opened.board.lanes.cards] == ["Mei Lin"]
    assert [line.span.title for line in opened.calendar.spans.lines] == ["Mei Lin"]


def test_a_request_to_decide_is_what_is_chosen_first(
    page: Opener, make: Any, asked: UUID, team: Any
) -> None:
    make.secondment(earliest_start_on=date(2026, 9, 7), status=STATUS.REQUESTED)
    make.secondment(
        kind=SecondmentKind.REQUEST, apprenticeship_id=team.ada, status=STATUS.UNDER_WAY,
        started_on=date(2026, 8, 3),
    )  # fmt: skip
    assert page("secondments").chosen.id == asked


def test_the_arrows_go_from_card_to_card_and_enter_to_what_comes_next(
    opened: SecondmentsPage, make: Any, team: Any, qtbot: Any, asked: UUID
) -> None:
    drafted = make.secondment(
        kind=SecondmentKind.REQUEST, apprenticeship_id=team.ada, status=STATUS.DRAFT
    )
    later = make.secondment(
        kind=SecondmentKind.REQUEST, apprenticeship_id=team.tomasz, status=STATUS.COMPLETED,
        started_on=date(2026, 6, 1), ended_on=date(2026, 6, 26),
    )  # fmt: skip
    wait(qtbot, lambda: opened.model.total == 3)
    opened.take_keyboard()

    def at() -> Any:
        return QApplication.focusWidget().card.id

    assert at() == asked
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Left)
    assert at() == drafted
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Right)
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Right)
    assert at() == later, "lanes without cards are passed over"
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Home)
    assert at() == drafted
    assert opened.panel.name.text() == "Ada Obi"
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Return)
    assert QApplication.focusWidget() is opened.panel.moves[Move.ASK]
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Escape)
    assert at() == drafted


def test_the_calendar_shows_who_is_where_in_half_a_year(
    opened: SecondmentsPage, make: Any, team: Any, qtbot: Any
) -> None:
    make.secondment(
        kind=SecondmentKind.REQUEST, apprenticeship_id=team.ada, host="LOTI",
        status=STATUS.COMPLETED, started_on=date(2026, 3, 2), ended_on=date(2026, 3, 27),
    )  # fmt: skip
    wait(qtbot, lambda: opened.model.total == 2)
    opened.show_view("calendar")
    view = opened.calendar
    assert view.shown_days.text() == "1 Aug 2026 to 31 Jan 2027"
    (mei,) = [line.span for line in view.spans.lines]
    assert mei.says == "Mei Lin, request with LOTI, from 5 Oct 2026 to 1 Nov 2026, requested"
    assert not mei.is_firm
    view.earlier.click()
    view.earlier.click()
    (ada,) = [line.span for line in view.spans.lines]
    assert (ada.title, ada.is_firm) == ("Ada Obi", True)
    view.now.click()
    assert view.shown_days.text() == "1 Aug 2026 to 31 Jan 2027"
    view.later.click()
    view.later.click()
    assert view.nobody.isVisible()


def test_what_has_been_over_for_a_year_is_in_the_table_alone(
    opened: SecondmentsPage, make: Any, qtbot: Any
) -> None:
    make.secondment(
        status=STATUS.COMPLETED, started_on=date(2025, 6, 2), ended_on=date(2025, 6, 27)
    )
    wait(qtbot, lambda: opened.model.total == 2)
    assert len(opened.board.lanes.cards) == 1
    assert opened.board.older.text().startswith("1 older one ")


# --- forms --------------------------------------------------------------------------------------


def test_every_detail_has_a_field_but_what_moves_say(opened: SecondmentsPage) -> None:
    assert {field.name for field in EVERY_FIELD} == set(SecondmentDetails.__dataclass_fields__) - {
        "kind",
        "status",
    }
    shown = set()
    for kind in SecondmentKind:
        for form in PlacementForm:
            details = SecondmentDetails(
                kind=kind, form=form, status=STATUS.COMPLETED, started_on=TODAY
            )
            shown |= {field.name for field in fields_for(details)}
    assert shown == {field.name for field in EVERY_FIELD}


def test_a_request_begins_from_here_and_is_chosen_once_it_is_there(
    opened: SecondmentsPage, desk: Desk, team: Any, qtbot: Any
) -> None:
    opened.ask.click()
    form = opened.dialog.form
    fill(form, apprenticeship_id=team.ada, ksbs="K3", weeks=27)
    opened.dialog.panel.confirm.click()
    assert "1 to 26 weeks" in form.input("weeks").target.accessibleDescription()
    fill(form, weeks=4)
    opened.dialog.panel.confirm.click()
    wait(qtbot, lambda: opened.model.total == 2)
    details = opened.chosen.details
    assert (details.kind, details.home, details.status) == (
        SecondmentKind.REQUEST, "E09999999", STATUS.DRAFT,
    )  # fmt: skip
    assert opened.panel.name.text() == "Ada Obi"


def test_an_offer_and_a_day_of_shadowing_have_forms_of_their_own(
    opened: SecondmentsPage, desk: Desk, team: Any, qtbot: Any
) -> None:
    opened.offer.click()
    assert [f.name for f in opened.dialog.form.fields if f.name in ("capacity", "host")] == [
        "capacity"
    ]
    fill(opened.dialog.form, role_family=RoleFamily.DATA, capacity=2)
    opened.dialog.panel.confirm.click()
    wait(qtbot, lambda: opened.model.total == 2)
    assert opened.chosen.details.host == "E09999999"
    opened.light.click()
    assert "weeks" not in {field.name for field in opened.dialog.form.fields}
    fill(opened.dialog.form, apprenticeship_id=team.ada, days=2)
    opened.dialog.panel.confirm.click()
    wait(qtbot, lambda: opened.model.total == 3)
    details = opened.chosen.details
    assert (details.form, details.days, details.weeks) == (PlacementForm.SHADOWING, 2, None)


def test_two_versions_are_chosen_from_field_by_field(
    opened: SecondmentsPage, desk: Desk, asked: UUID
) -> None:
    dialog = opened.start_change()
    fill(dialog.form, area="Camden", weeks=5)
    with desk.store.change("Somebody else") as session:
        kind = Secondments(desk, SecondmentDetails())
        theirs = kind.details(session, asked)
        kind.correct(session, asked, type(theirs)(**{
            name: getattr(theirs, name) for name in SecondmentDetails.__dataclass_fields__
        } | {"area": "Brent"}))  # fmt: skip
    dialog.panel.confirm.click()
    (which,) = opened.findChildren(ConflictDialog)
    which.reject()


def test_one_that_has_started_is_not_removed_and_the_reason_is_said(
    opened: SecondmentsPage, desk: Desk, make: Any, qtbot: Any
) -> None:
    key = make.secondment(started_on=date(2026, 8, 3), status=STATUS.UNDER_WAY)
    wait(qtbot, lambda: opened.model.total == 2)
    opened.choose(key)
    opened.remove.trigger()
    opened.question.confirm.click()
    assert "started on 3 Aug 2026" in str(desk.messages.current_problem)
    assert opened.model.total == 2


# --- moves --------------------------------------------------------------------------------------


def test_what_can_be_done_is_offered_the_usual_way_on_first(
    opened: SecondmentsPage, asked: UUID, desk: Desk, qtbot: Any
) -> None:
    assert offered(opened) == [Move.APPROVE, Move.DECLINE, Move.WITHDRAW]
    assert opened.panel.first_button is opened.panel.moves[Move.APPROVE]
    assert opened.panel.moves[Move.APPROVE].property("role") == "primary"
    assert opened.start_move(Move.START) is None
    dialog = opened.start_move(Move.DECLINE)
    dialog.panel.confirm.click()
    assert "Why is missing." in dialog.form.input("note").target.accessibleDescription()
    fill(dialog.form, by="Grace Park", note="The team is too small in autumn.")
    dialog.panel.confirm.click()
    wait(qtbot, lambda: not offered(opened))
    assert opened.panel.why.text() == "Why: The team is too small in autumn."
    assert status_of(desk, asked) is STATUS.DECLINED
    wait(qtbot, lambda: desk.undo_label)
    desk.undo()
    wait(qtbot, lambda: offered(opened)[:1] == [Move.APPROVE])


def test_an_approval_knows_what_it_collides_with(
    opened: SecondmentsPage, desk: Desk, team: Any, asked: UUID, qtbot: Any
) -> None:
    with desk.store.change("Plan a review") as session:
        reviews.schedule_review(session, team.mei, date(2026, 10, 14))
    wait(qtbot, lambda: "14 Oct 2026" in opened.panel.clashes.accessibleName())
    dialog = opened.start_move(Move.APPROVE)
    assert dialog.form.value("on") == TODAY
    labels = {field.label: field.required for field in dialog.form.fields}
    assert not labels["Note"], "a review can be held there"
    fill(dialog.form, by="Grace Park")
    dialog.panel.confirm.click()
    wait(qtbot, lambda: status_of(desk, asked) is STATUS.APPROVED)


def test_an_approval_against_something_grave_says_why_it_may_go_on(
    opened: SecondmentsPage, desk: Desk, team: Any, asked: UUID, make: Any, qtbot: Any
) -> None:
    make.secondment(
        kind=SecondmentKind.REQUEST, apprenticeship_id=team.mei, host="LOTI",
        status=STATUS.AGREED, agreed_start_on=date(2026, 10, 19), agreed_end_on=date(2026, 11, 13),
    )  # fmt: skip
    wait(qtbot, lambda: any(each.is_grave for each in opened.panel.shown_now.clashes))
    dialog = opened.start_move(Move.APPROVE)
    assert {f.label for f in dialog.form.fields if f.required} >= {WHY_ALL_THE_SAME}
    fill(dialog.form, by="Grace Park")
    dialog.panel.confirm.click()
    assert status_of(desk, asked) is STATUS.REQUESTED
    fill(dialog.form, note="The other one is to be withdrawn.")
    dialog.panel.confirm.click()
    wait(qtbot, lambda: status_of(desk, asked) is STATUS.APPROVED)
    assert desk.store.read(secondment_moves.move_rows, asked)[-1].note.startswith("The other")


def test_the_last_step_is_taken_back_in_another_session_too(
    opened: SecondmentsPage, desk: Desk, asked: UUID, qtbot: Any
) -> None:
    assert opened.take_back.isEnabled()
    opened.take_back.trigger()
    wait(qtbot, lambda: status_of(desk, asked) is STATUS.DRAFT)
    wait(qtbot, lambda: not opened.take_back.isEnabled())


def test_a_card_that_is_dragged_opens_the_move_that_leads_there(
    opened: SecondmentsPage, asked: UUID, desk: Desk, messages: Any
) -> None:
    def drop(lane: str, data: QMimeData) -> QDropEvent:
        frame = opened.board.lanes.frames[lane]
        enter = QDragEnterEvent(
            QPoint(5, 5), Qt.DropAction.MoveAction, data, Qt.MouseButton.LeftButton,
            Qt.KeyboardModifier.NoModifier,
        )  # fmt: skip
        QApplication.sendEvent(frame, enter)
        if not enter.isAccepted():
            return enter
        event = QDropEvent(
            QPointF(5, 5), Qt.DropAction.MoveAction, data, Qt.MouseButton.LeftButton,
            Qt.KeyboardModifier.NoModifier, QEvent.Type.Drop,
        )  # fmt: skip
        QApplication.sendEvent(frame, event)
        return event

    assert not drop("approved", QMimeData()).isAccepted()
    assert opened.dialog is None, "something else was dragged there"
    assert drop("completed", card_data(asked)).isAccepted()
    assert opened.dialog is None
    assert "cannot go there" in messages.said[-1].text
    drop("approved", card_data(asked))
    assert opened.dialog.windowTitle() == "Approve: Mei Lin"
    opened.dialog.panel.turn_back()


def test_each_move_has_a_button_a_dialog_and_a_label(desk: Desk) -> None:
    assert set(BUTTONS) == set(Move)


# --- around it ----------------------------------------------------------------------------------


@pytest.fixture
def away(make: Any, asked: UUID) -> UUID:
    """Mei is with LOTI since 3 August."""
    store = make.store
    for move, details in (
        (Move.APPROVE, MoveDetails(date(2026, 8, 24), "Grace Park")),
        (Move.MATCH, MoveDetails(date(2026, 8, 24), "Tess", host="LOTI")),
        (Move.AGREE, MoveDetails(date(2026, 8, 24), "Tess", host_supervisor="Jo Lark",
                                 agreed_start_on=date(2026, 10, 5),
                                 agreed_end_on=date(2026, 10, 30))),
        (Move.START, MoveDetails(by="Tess", started_on=date(2026, 8, 25))),
    ):  # fmt: skip
        moved(store, asked, move, details)
    return asked


def test_a_line_of_today_leads_to_the_dialog_of_what_is_to_be_recorded(
    page: Opener, away: UUID, desk: Desk, qtbot: Any
) -> None:
    opened = page("secondments")
    for about, values in (
        ("provider", {"on": date(2026, 8, 24)}),
        ("plan", {"on": date(2026, 8, 24), "note": "It stands."}),
        ("check-in", {"on": TODAY, "note": "Both are content."}),
        ("afterwards", {"learned": "How others plan."}),
    ):
        dialog = opened.arrive(OpenSecondment(away, about))
        assert dialog is not None, about
        fill(dialog.form, **values)
        dialog.panel.confirm.click()
        wait(qtbot, lambda dialog=dialog: not isValid(dialog) or not dialog.isVisible())
    wait(qtbot, lambda: opened.panel.shown_now.care.learned == "How others plan.")
    care = opened.panel.shown_now.care
    assert (care.provider_told_on, care.plan_note) == (date(2026, 8, 24), "It stands.")
    assert (care.checked_in_on, care.check_in_note) == (TODAY, "Both are content.")


def test_what_is_around_it_is_not_asked_before_its_time(
    opened: SecondmentsPage, asked: UUID
) -> None:
    assert not opened.panel.cares_title.isVisible()
    assert opened.arrive(OpenSecondment(asked, "check-in")) is None


def test_the_agreement_and_the_record_are_one_press_away(
    page: Opener, make: Any, asked: UUID, team: Any, desk: Desk
) -> None:
    moved(make.store, asked, Move.APPROVE, MoveDetails(TODAY, "Grace Park"))
    moved(make.store, asked, Move.MATCH, MoveDetails(TODAY, "Tess", host="LOTI"))
    opened, heard = page("secondments"), gone_to(desk)
    opened.panel.agreement.click()
    opened.panel.open_apprentice.click()
    assert heard == [
        MakeDocument("secondment-agreement", "secondment", asked), OpenRecord(team.mei),
    ]  # fmt: skip


def test_arriving_shows_one_and_opens_the_field_that_is_asked_for(
    opened: SecondmentsPage, asked: UUID, desk: Desk, messages: Any
) -> None:
    opened.filter.setText("nobody at all")
    dialog = opened.arrive(OpenSecondment(asked, "weeks"))
    assert dialog is not None
    assert opened.chosen.id == asked
    dialog.panel.turn_back()
    with desk.store.change("Remove it") as session:
        secondment_moves.take_move_back(session, asked)
        secondments.remove_secondment(session, asked)
    opened.refresh()
    assert opened.arrive(OpenSecondment(asked)) is None
    assert "not in the desk any more" in messages.said[-1].text


def test_a_desk_open_to_read_only_offers_no_step(
    desk_on: Any, store: Store, asked: UUID, location: str, qtbot: Any
) -> None:
    desk = desk_on(open_store(location, read_only=True))
    made = SecondmentsPage(desk)
    made.show()
    made.refresh()
    assert made.chosen.id == asked
    assert not [each for each in made.panel.moves.values() if each.isVisible()]
    assert not made.ask.isEnabled()
    assert not made.change.isEnabled()
    made.close()
    made.deleteLater()


def test_of_cards_and_lines_exactly_the_chosen_one_is_marked(
    opened: SecondmentsPage, make: Any, team: Any, qtbot: Any
) -> None:
    other = make.secondment(
        kind=SecondmentKind.REQUEST, apprenticeship_id=team.ada, home="E09999999", host="LOTI",
        earliest_start_on=date(2026, 10, 5), latest_start_on=date(2026, 10, 12), ksbs="S9",
        status=STATUS.REQUESTED,
    )  # fmt: skip
    qtbot.waitUntil(lambda: len(opened._lines) == 2)
    keys = [line.id for line in opened._lines]
    for key in (*keys, other, keys[0]):
        opened.choose(key)
        assert [each.card.id for each in opened.board.lanes.cards if each.isChecked()] == [key]
        lines = opened.calendar.spans.lines
        assert [each.span.id for each in lines if each.isChecked()] == [key]


def test_the_keyboard_begins_at_the_chosen_one_in_every_view(opened: SecondmentsPage) -> None:
    key = opened._chosen
    assert opened.first_stop().card.id == key
    opened.show_view("calendar")
    assert opened.first_stop().span.id == key
    opened.show_view("table")
    assert opened.first_stop() is opened.table
