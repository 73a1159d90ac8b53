"""The page Today: what needs somebody, putting it off, whose people, and how the whole stands."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLineEdit, QMenu, QPushButton, QVBoxLayout, QWidget

from apprentice_desk import resources
from apprentice_desk.domain.checklist import Checklist
from apprentice_desk.domain.findings import Finding, Level, Place
from apprentice_desk.domain.needs import NeedKind, Target, Urgency
from apprentice_desk.domain.needs_of_backups import Unsaved
from apprentice_desk.domain.problems import Problem
from apprentice_desk.domain.vocabulary import (
    ReceiptState,
    RoleFamily,
    SecondmentKind,
    SecondmentStatus,
)
from apprentice_desk.domain.wages import PayPer
from apprentice_desk.records import (
    apprentices,
    checklists,
    organisation,
    pay,
    payments,
    provider_care,
    putting_off,
    returns_sent,
    reviews,
)
from apprentice_desk.records.desks import open_store
from apprentice_desk.records.store import Store
from apprentice_desk.ui.desk import Desk
from apprentice_desk.ui.destinations import (
    OpenApprentice,
    OpenContract,
    OpenPage,
    OpenProvider,
    OpenRecord,
    OpenReturnRecord,
    OpenSecondment,
)
from apprentice_desk.ui.kit import access
from apprentice_desk.ui.kit.chart_table import days_of
from apprentice_desk.ui.pages.today import looking, words
from apprentice_desk.ui.pages.today.lines import SHOWN_AT_FIRST, SHOWN_MORE
from apprentice_desk.ui.pages.today.page import TodayPage

TODAY = date(2026, 9, 1)
KEY = UUID(int=1)
KEY = UUID(int=7)

Pages = Callable[..., Any]


def settled(qtbot: Any, desk: Desk) -> None:
    """Wait until a change is heard and what it sets off is done."""
    QApplication.processEvents()
    qtbot.waitUntil(lambda: not desk.jobs.is_busy)
    QApplication.processEvents()


@pytest.fixture
def today(page: Pages, desk: Desk, qtbot: Any) -> TodayPage:
    opened: TodayPage = page("today")
    settled(qtbot, desk)
    return opened


def whats(today: TodayPage) -> list[str]:
    return [line.need.what for line in today.lines.lines]


def line_of(today: TodayPage, kind: NeedKind, number: int = 0) -> Any:
    return [line for line in today.lines.lines if line.need.kind is kind][number]


def gone_to(desk: Desk) -> list[Any]:
    """The places that are asked for from now on."""
    heard: list[Any] = []
    desk.asked_to_go.connect(heard.append)
    return heard


def in_time(make: Any, store: Store, team: Any) -> None:
    """Put everything right: nothing is left to be done."""
    with store.change("Send the return") as session:
        returns_sent.send_return(
            session, period="2026-27 Q1", revision=1, format_version="1.0",
            prepared_at=datetime(2026, 7, 9, tzinfo=UTC),
            prepared_by="", fingerprint="0f" * 32, file_name="return.xlsx", content=b"PK",
        )  # fmt: skip
    for whose in (team.ada, team.tomasz, team.mei, team.jo, team.lee):
        held = store.read(apprentices.held, whose)
        details = replace(
            held.details,
            agreed_minutes=60,
            provider_id=team.provider,
            line_manager="Grace Park",
            born_on=date(2001, 5, 17),
        )
        with store.change("Put right") as session:
            apprentices.correct(session, whose, details)
            items = [rule.key for rule in resources.programme_rules().start]
            checklists.tick(session, whose, Checklist.START, items, date(2026, 6, 1))
            pay.set_pay(session, whose, date(2025, 9, 1), Decimal("20.00"), PayPer.HOUR)
        make.hours(whose, done_on=date(2026, 8, 20), minutes=90)
        make.review(whose, due_on=date(2026, 8, 20), held_on=date(2026, 8, 20))


# --- what stands there ----------------------------------------------------------------------------


def test_what_needs_somebody_stands_there_most_urgent_first(today: TodayPage) -> None:
    urgencies = [line.need.urgency for line in today.lines.lines]
    assert urgencies == sorted(urgencies)
    assert urgencies[0] is Urgency.NOW
    assert urgencies[-1] is Urgency.LATER
    kinds = [line.need.kind for line in today.lines.lines]
    assert kinds[0] is NeedKind.RETURN
    assert {NeedKind.HOURS, NeedKind.REVIEW, NeedKind.MISSING} <= set(kinds)
    weights = [line.need.weight for line in today.lines.lines if line.need.kind is NeedKind.HOURS]
    assert weights == sorted(weights, reverse=True)
    assert any(what.startswith("Ada Obi is") for what in whats(today))
    count = len(today.lines.lines)
    assert today.header.subtitle.text() == (
        f"Tuesday 1 September 2026 · 4 apprentices · {count} things need you"
    )


def test_each_line_says_what_and_why_and_is_read_out_with_how_soon(today: TodayPage) -> None:
    for line in today.lines.lines:
        need = line.need
        assert line.accessibleName() == need.what
        assert line.action.text() == need.action
        assert line.action.accessibleName() == f"{need.what}: {need.action}"
        assert line.action.accessibleDescription() == f"{need.urgency.words}. {need.why}."


def test_how_soon_stands_above_the_first_of_each(today: TodayPage) -> None:
    heads = [line.head for line in today.lines.lines if line.head]
    assert heads == list(dict.fromkeys(line.need.urgency.words for line in today.lines.lines))
    assert len(heads) > 1


@pytest.mark.parametrize(
    ("target", "there"),
    [
        (Target("apprentices", None, ""), OpenPage("apprentices")),
        (Target("apprentices", KEY, part="pay"), OpenRecord(KEY, "pay")),
        (Target("returns", quarter="2026-27 Q2"), OpenPage("returns", "2026-27 Q2")),
        (Target("apprentices", KEY, part="reviews"), OpenRecord(KEY, "reviews")),
        (Target("contracts", KEY), OpenContract(KEY)),
        (Target("contracts", KEY, part="extended"), OpenContract(KEY, "extended")),
        (Target("contracts", KEY, part="payments"), OpenContract(KEY, "payments")),
        (Target("contracts", KEY, "ends_on"), OpenReturnRecord("contracts", KEY, "ends_on")),
    ],
)
def test_a_line_leads_to_its_place(target: Target, there: Any) -> None:
    assert words.destination(target, is_read_only=False) == there


def test_each_button_goes_to_the_very_place(
    today: TodayPage, desk: Desk, team: Any, store: Store, make: Any, qtbot: Any
) -> None:
    planned = make.review(team.ada, due_on=date(2026, 8, 14))
    contract = make.contract(reference="Z-1", ends_on=date(2026, 11, 1))
    asked = make.secondment(
        kind=SecondmentKind.REQUEST, apprenticeship_id=team.mei, host="LOTI",
        status=SecondmentStatus.REQUESTED,
    )  # fmt: skip
    provider = make.provider(name="Riverside College")
    with store.change("Agree an action") as session:
        action = provider_care.add_action(
            session, provider, provider_care.ActionDetails("Call", "Tess", date(2026, 8, 3))
        )
    settled(qtbot, desk)
    today.lines.more.click() if today.lines.more.isVisible() else None
    heard = gone_to(desk)
    for line in today.lines.lines:
        line.action.click()
    assert len(heard) == len(today.lines.lines)
    assert OpenPage("returns", "2026-27 Q1") in heard
    assert OpenApprentice(team.ada) in heard
    assert OpenRecord(team.ada, "reviews", planned) in heard
    assert OpenContract(contract) in heard
    assert OpenProvider(provider, "actions", action) in heard
    assert OpenSecondment(asked) in heard
    fields = {each.field for each in heard if isinstance(each, OpenApprentice)}
    assert "line_manager" in fields


def test_what_is_due_and_not_recorded_as_paid_goes_once_it_is(
    today: TodayPage, desk: Desk, make: Any, qtbot: Any
) -> None:
    """Twelve months at £600.00 are due by 31 August, and £100.00 is paid."""
    key = make.contract(reference="Z-2")
    whose = make.apprentice(contract_id=key, agreed_price=Decimal("18000.00"))
    with desk.change("Pay") as session:
        payments.pay(session, key, date(2026, 1, 5), Decimal("100.00"), whose)
    settled(qtbot, desk)
    says = "£7,100.00 under Z-2 is not recorded as paid"
    (need,) = [each for each in today._look.agenda.needs if each.what == says]
    assert need.why == "For 1 apprentice, the last of it due on 31 Aug 2026"
    assert words.destination(need.target, is_read_only=False) == OpenContract(key, "payments")
    with desk.change("Pay the rest") as session:
        payments.pay(session, key, TODAY, Decimal("7100.00"), whose)
    settled(qtbot, desk)
    assert not [each for each in today._look.agenda.needs if "Z-2" in each.what]


def test_what_lapses_of_the_levy_is_named_once_it_is_near(
    today: TodayPage, desk: Desk, make: Any, qtbot: Any
) -> None:
    """Money of November 2024 lasts until 31 October 2026, that of October until 30 September."""
    make.levy_income(date(2024, 11, 1), "1000.00")
    settled(qtbot, desk)
    assert not [need for need in today._look.agenda.needs if "levy" in need.what]
    make.levy_balance(date(2026, 9, 1), "22000.00")
    settled(qtbot, desk)
    (need,) = [each for each in today._look.agenda.needs if "levy" in each.what]
    assert need.what == "£1,000.00 of the levy lapses after 31 Oct 2026"
    assert need.why == "In 60 days, unless as much more is spent than is promised"
    assert words.destination(need.target, is_read_only=False) == OpenPage("levy")


def test_that_a_desk_is_in_no_good_backup_is_named_until_it_is(
    today: TodayPage, desk: Desk, qtbot: Any
) -> None:
    assert NeedKind.BACKUP not in {line.need.kind for line in today.lines.lines}
    desk.tell_unsaved(Unsaved(date(2026, 8, 20), date(2026, 8, 19)))
    settled(qtbot, desk)
    line = line_of(today, NeedKind.BACKUP)
    assert line.need.what == "The newest good backup is 13 days old"
    heard = gone_to(desk)
    line.action.click()
    assert heard == [OpenPage("safekeeping", "backups")]
    desk.tell_unsaved(None)
    settled(qtbot, desk)
    assert NeedKind.BACKUP not in {line.need.kind for line in today.lines.lines}


def test_a_change_elsewhere_is_seen_and_its_line_goes(
    today: TodayPage, desk: Desk, team: Any, store: Store, qtbot: Any
) -> None:
    before = whats(today)
    overdue = line_of(today, NeedKind.REVIEW).need
    whose = next(p for p in today._look.found.people if p.name in overdue.what)
    with desk.change("Hold a review") as session:
        reviews.record_review(session, reviews.ReviewDetails(whose.id, None, TODAY))
    settled(qtbot, desk)
    assert [what for what in before if what not in whats(today)] == [overdue.what]


def test_the_return_says_what_would_be_refused_once_it_was_looked_at(
    desk: Desk, store: Store, make: Any, page: Pages, qtbot: Any
) -> None:
    make.apprentice(family_name="Bare", training_planned_end_on=None)
    opened = page("today")
    settled(qtbot, desk)
    need = line_of(opened, NeedKind.RETURN).need
    assert need.what == "Return for April to June 2026 is 53 days late"
    assert "would be refused" in need.why
    assert need.weight > 0
    assert need.action == "Fix and export"


def test_what_refuses_a_return_is_counted_by_row_and_by_heading() -> None:
    def finding(row: int, heading: str, level: Level = Level.ROW) -> Finding:
        return Finding(level, "X", "", "", Place(sheet="Apprentices", row=row, heading=heading))

    found = looking.refused_of(
        (finding(3, "Level"), finding(3, "Planned end"), finding(4, "Planned end"),
         finding(9, "Note", Level.NOTE))
    )  # fmt: skip
    assert (found.rows, found.headings) == (2, (("Planned end", 2), ("Level", 1)))
    whole = (Finding(Level.FILE, "X", "", "", Place(sheet="Return")),)
    assert looking.refused_of(whole).headings == (("Return", 1),)


def test_what_is_known_of_the_return_stays_until_it_was_looked_at_anew(
    today: TodayPage, desk: Desk, make: Any, qtbot: Any
) -> None:
    known = line_of(today, NeedKind.RETURN).need.why
    assert "being looked at" not in known
    seen: list[str] = []
    show = today._show

    def watched(look: Any) -> None:
        show(look)
        seen.append(line_of(today, NeedKind.RETURN).need.why)

    today._show = watched  # type: ignore[method-assign]
    make.event()
    settled(qtbot, desk)
    assert len(seen) == 2
    assert not any("being looked at" in why for why in seen)


@pytest.mark.parametrize(
    ("state", "words_"),
    [(ReceiptState.REFUSED, "was refused by LOTI"), (ReceiptState.ACCEPTED, "")],
)
def test_a_receipt_that_is_not_good_is_named(
    today: TodayPage, desk: Desk, make: Any, qtbot: Any, state: ReceiptState, words_: str
) -> None:
    sent = make.sent("2026-27 Q1")
    with desk.change("Read a receipt") as session:
        returns_sent.take_receipt(session, sent, returns_sent.ReceiptDetails(state, TODAY))
    settled(qtbot, desk)
    of_return = [what for what in whats(today) if what.startswith("Return for")]
    assert of_return == ([f"Return for April to June 2026 {words_}"] if words_ else [])


# --- keyboard -------------------------------------------------------------------------------------


def test_the_keyboard_is_at_the_first_line_once_it_is_there(today: TodayPage) -> None:
    assert today.window().focusWidget() is today.lines.lines[0].action


def test_who_types_already_is_left_typing(desk: Desk, qtbot: Any) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    typed, opened = QLineEdit(), TodayPage(desk)
    down = QVBoxLayout(window)
    down.addWidget(typed)
    down.addWidget(opened)
    window.show()
    qtbot.waitExposed(window)
    window.activateWindow()
    typed.setFocus()
    qtbot.waitUntil(lambda: bool(opened.lines.lines))
    settled(qtbot, desk)
    assert window.focusWidget() is typed


def test_arrows_walk_the_lines_and_enter_goes(today: TodayPage, desk: Desk, qtbot: Any) -> None:
    lines, heard = today.lines.lines, gone_to(desk)

    def press(key: Qt.Key) -> Any:
        qtbot.keyClick(today.window().focusWidget(), key)
        return today.window().focusWidget()

    assert press(Qt.Key.Key_Down) is lines[1].action
    assert today.lines.current is lines[1].need
    assert press(Qt.Key.Key_Up) is lines[0].action
    assert press(Qt.Key.Key_Up) is lines[0].action
    assert press(Qt.Key.Key_End) is lines[-1].action
    assert press(Qt.Key.Key_Down) is lines[-1].action
    assert press(Qt.Key.Key_Home) is lines[0].action
    press(Qt.Key.Key_Return)
    assert heard == [OpenPage("returns", "2026-27 Q1")]


def test_a_click_beside_the_button_chooses_the_line(today: TodayPage, qtbot: Any) -> None:
    third = today.lines.lines[2]
    qtbot.mouseClick(third, Qt.MouseButton.LeftButton, pos=third.rect().center())
    assert today.lines.current is third.need
    marked = [line for line in today.lines.lines if line.is_current]
    assert marked == [third]


def test_the_menu_of_a_line_goes_there_or_puts_it_off(
    today: TodayPage, desk: Desk, qtbot: Any
) -> None:
    second, heard = today.lines.lines[1], gone_to(desk)

    def menu() -> dict[str, Any]:
        at = second.geometry().center()
        today.lines.customContextMenuRequested.emit(at)
        (opened,) = [each for each in today.lines.findChildren(QMenu) if each.isVisible()]
        opened.hide()
        return {action.text(): action for action in opened.actions()}

    menu()[second.need.action].trigger()
    assert heard == [words.destination(second.need.target, is_read_only=False)]
    menu()["Put off…"].trigger()
    assert today.dialog is not None
    assert today.dialog.windowTitle() == f"Put off: {second.need.what}"
    today.dialog.reject()


def test_everything_has_a_name_in_reading_order(today: TodayPage) -> None:
    assert access.unnamed_widgets(today) == []
    assert access.out_of_order(today) == []
    assert access.buttons_without_keyboard(today) == []


# --- many lines -----------------------------------------------------------------------------------


def behind(make: Any, count: int) -> None:
    for number in range(count):
        make.apprentice(family_name=f"Person {number:02}", line_manager="X")


def test_of_many_lines_the_first_are_shown_and_more_on_asking(
    desk: Desk, make: Any, page: Pages, qtbot: Any
) -> None:
    behind(make, SHOWN_AT_FIRST + SHOWN_MORE + 10)
    opened = page("today")
    settled(qtbot, desk)
    total = len(opened._look.agenda.needs)
    assert len(opened.lines.lines) == SHOWN_AT_FIRST
    assert opened.lines.more.text() == f"Show {SHOWN_MORE} more of {total - SHOWN_AT_FIRST}"
    last = opened.lines.lines[-1].action
    last.setFocus()
    qtbot.keyClick(last, Qt.Key.Key_Down)
    assert opened.window().focusWidget() is opened.lines.more
    qtbot.keyClick(opened.lines.more, Qt.Key.Key_Home)
    assert opened.window().focusWidget() is opened.lines.lines[0].action
    opened.lines.more.setFocus()
    qtbot.keyClick(opened.lines.more, Qt.Key.Key_P)
    assert opened.dialog is None
    qtbot.keyClick(opened.lines.more, Qt.Key.Key_Return)
    assert len(opened.lines.lines) == SHOWN_AT_FIRST + SHOWN_MORE
    assert opened.window().focusWidget() is opened.lines.lines[SHOWN_AT_FIRST].action
    while opened.lines.more.isVisible():
        opened.lines.more.click()
    assert len(opened.lines.lines) == total
    assert access.out_of_order(opened) == []


def test_a_few_more_lines_are_shown_at_once(
    today: TodayPage, desk: Desk, make: Any, qtbot: Any
) -> None:
    while len(today._look.agenda.needs) < SHOWN_AT_FIRST + 2:
        behind(make, 1)
        settled(qtbot, desk)
    assert len(today.lines.lines) == SHOWN_AT_FIRST + 2
    assert not today.lines.more.isVisible()


# --- putting off ----------------------------------------------------------------------------------


def put_off(today: TodayPage, qtbot: Any, line: Any, reason: str = "On leave") -> Any:
    line.action.setFocus()
    qtbot.keyClick(line.action, Qt.Key.Key_P)
    dialog = today.dialog
    assert dialog is not None
    dialog.form.set_value("reason", reason)
    dialog.panel.confirm.click()
    settled(qtbot, today._desk)
    return dialog


def test_a_line_is_put_off_with_p_for_a_week_and_undo_brings_it_back(
    today: TodayPage, desk: Desk, store: Store, qtbot: Any
) -> None:
    before = whats(today)
    line = today.lines.lines[1]
    need = line.need
    put_off(today, qtbot, line)
    assert whats(today) == [what for what in before if what != need.what]
    assert desk.undo_label == f"Put off: {need.what}"
    (mark,) = store.read(putting_off.put_off_rows)
    assert (mark.key, mark.until_on) == (need.key, TODAY + timedelta(days=7))
    assert today.lines.current.what == before[2], "the keyboard goes on to the next line"
    assert today.waiting.fold.text() == "Show 1 put off"
    desk.undo()
    settled(qtbot, desk)
    assert whats(today) == before
    assert not today.waiting.isVisible()
    desk.redo()
    settled(qtbot, desk)
    assert need.what not in whats(today)


def test_what_was_put_off_is_unfolded_and_brought_back(
    today: TodayPage, desk: Desk, store: Store, qtbot: Any
) -> None:
    before = whats(today)
    need = today.lines.lines[0].need
    put_off(today, qtbot, today.lines.lines[0], "The provider has promised it")
    assert not today.waiting._list.isVisible()
    today.waiting.fold.click()
    assert today.waiting.fold.text() == "Hide 1 put off"
    (back,) = today.waiting.buttons
    assert back.accessibleName() == f"Bring back: {need.what}"
    assert back.accessibleDescription() == "Until 8 Sep 2026: The provider has promised it"
    back.setFocus()
    back.click()
    settled(qtbot, desk)
    assert whats(today) == before
    assert store.read(putting_off.put_off_rows) == ()


def test_a_line_brought_back_by_somebody_else_meanwhile_is_said(
    today: TodayPage, desk: Desk, store: Store, qtbot: Any, messages: Any
) -> None:
    need = today.lines.lines[0].need
    put_off(today, qtbot, today.lines.lines[0])
    (back,) = today.waiting.buttons
    with store.change("Elsewhere") as session:
        putting_off.bring_back(session, need.key)
    back.click()
    assert messages.current_problem.text.startswith("This line is back already")
    settled(qtbot, desk)


def test_putting_off_asks_for_a_later_day_and_a_reason(
    today: TodayPage, desk: Desk, store: Store, qtbot: Any
) -> None:
    today.put_off.click()
    dialog = today.dialog
    assert dialog is not None
    dialog.form.set_value("until_on", TODAY)
    dialog.form.set_value("reason", "On leave")
    dialog.panel.confirm.click()
    assert dialog.isVisible()
    dialog.form.set_value("until_on", date(2026, 9, 2))
    dialog.form.set_value("reason", None)
    dialog.panel.confirm.click()
    assert dialog.isVisible()
    assert store.read(putting_off.put_off_rows) == ()
    dialog.form.set_value("reason", "On leave")
    dialog.panel.confirm.click()
    assert not dialog.isVisible()
    assert len(store.read(putting_off.put_off_rows)) == 1
    settled(qtbot, desk)


def test_a_line_comes_back_by_itself_on_its_day(
    today: TodayPage, desk: Desk, clock: Any, qtbot: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    need = today.lines.lines[0].need
    put_off(today, qtbot, today.lines.lines[0])
    keys = {line.need.key for line in today.lines.lines}
    assert need.key not in keys
    later = replace(clock, day=date(2026, 9, 8))
    monkeypatch.setattr(desk, "clock", later)
    today.note_stale()  # as the window does once the day has turned
    settled(qtbot, desk)
    assert need.key in {line.need.key for line in today.lines.lines}
    assert today.header.subtitle.text().startswith("Tuesday 8 September 2026")


# --- nothing to do --------------------------------------------------------------------------------


def test_where_nothing_needs_doing_it_says_so_kindly(
    today: TodayPage, desk: Desk, store: Store, make: Any, team: Any, qtbot: Any
) -> None:
    in_time(make, store, team)
    settled(qtbot, desk)
    assert whats(today) == []
    assert today.nothing.isVisible()
    assert today.nothing._title.text() == "Nothing needs you today"
    assert not today.lines.isVisible()
    assert not today.put_off.isVisible()
    assert today.header.subtitle.text().endswith("· nothing needs you")


def test_where_the_rest_is_put_off_it_says_that(
    today: TodayPage, desk: Desk, store: Store, make: Any, team: Any, qtbot: Any
) -> None:
    in_time(make, store, team)
    make.contract(reference="Z-1", ends_on=date(2026, 11, 1))
    settled(qtbot, desk)
    put_off(today, qtbot, today.lines.lines[0])
    assert today.nothing._title.text() == "Nothing else needs you today"
    assert "1 line put off" in today.nothing._sentence.text()
    assert today.waiting.isVisible()


@pytest.mark.parametrize("is_read_only", [False, True])
def test_an_empty_desk_offers_to_begin(
    store: Store, desk_on: Callable[[Store], Desk], qtbot: Any, is_read_only: bool
) -> None:
    if is_read_only:
        store.close()
        store = open_store(store.location, read_only=True)
    desk = desk_on(store)
    opened = TodayPage(desk)
    qtbot.addWidget(opened)
    opened.show()
    qtbot.waitUntil(lambda: opened._look is not None)
    settled(qtbot, desk)
    assert opened.nobody.isVisible()
    assert not opened.nothing.isVisible()
    assert opened.header.subtitle.text() == "Tuesday 1 September 2026 · no apprentices yet"
    heard = gone_to(desk)
    offers = [
        each for each in opened.nobody.findChildren(QPushButton) if each.isVisibleTo(opened.nobody)
    ]
    assert len(offers) == (0 if is_read_only else 1)
    for offer in offers:
        assert opened.focusWidget() is offer  # the keyboard is not left to the page as a whole
        offer.click()
        assert heard[-1].kind == "apprentices"


def test_a_desk_open_to_read_only_shows_and_puts_nothing_off(
    store: Store, team: Any, desk_on: Callable[[Store], Desk], qtbot: Any, make: Any
) -> None:
    store.close()
    desk = desk_on(open_store(store.location, read_only=True))
    opened = TodayPage(desk)
    qtbot.addWidget(opened)
    opened.show()
    qtbot.waitUntil(lambda: opened._look is not None)
    settled(qtbot, desk)
    assert not opened.put_off.isEnabled()
    first = opened.lines.lines[0].action
    first.setFocus()
    qtbot.keyClick(first, Qt.Key.Key_P)
    assert opened.dialog is None
    heard = gone_to(desk)
    line_of(opened, NeedKind.MISSING).action.click()
    assert heard[0].field == ""


# --- mine and everyone ----------------------------------------------------------------------------


def test_a_line_manager_sees_their_own_people_first_and_the_choice_is_kept(
    today: TodayPage, desk: Desk, qtbot: Any
) -> None:
    assert not today.whose.isVisible()
    everybody = whats(today)
    desk.prefer(replace(desk.settings, my_name="grace park"))
    settled(qtbot, desk)
    assert today.whose.isVisible()
    assert "2 apprentices of yours" in today.header.subtitle.text()
    mine = whats(today)
    assert mine
    assert len(mine) < len(everybody)
    assert not any("Mei Lin" in what or what.startswith("Return") for what in mine)
    today.whose.buttons["everyone"].click()
    settled(qtbot, desk)
    assert desk.settings.shows_everyone
    assert whats(today) == everybody
    today.whose.buttons["mine"].click()
    settled(qtbot, desk)
    assert whats(today) == mine


def test_a_name_that_nobody_has_as_line_manager_is_said_and_everyone_is_shown(
    today: TodayPage, desk: Desk, qtbot: Any
) -> None:
    everybody = whats(today)
    desk.prefer(replace(desk.settings, my_name="Nobody Here"))
    settled(qtbot, desk)
    assert whats(today) == everybody
    assert not today.whose.isVisible()
    assert "“Nobody Here”" in today.unknown.text()
    assert today.unknown.isVisible()
    desk.prefer(replace(desk.settings, my_name=""))
    settled(qtbot, desk)
    assert not today.unknown.isVisible()


def test_a_managers_own_secondments_and_hours_are_shown(
    today: TodayPage, desk: Desk, make: Any, team: Any, store: Store, qtbot: Any
) -> None:
    for whose in (team.ada, team.mei):
        make.secondment(
            kind=SecondmentKind.REQUEST, apprenticeship_id=whose, host="LOTI",
            status=SecondmentStatus.REQUESTED,
        )  # fmt: skip
    desk.prefer(replace(desk.settings, my_name="Grace Park"))
    settled(qtbot, desk)
    asked = [line.need for line in today.lines.lines if line.need.kind is NeedKind.SECONDMENT]
    assert [need.why.partition(",")[0] for need in asked] == ["Ada Obi"]
    assert today._look.hours.people == 2


# --- the right side -------------------------------------------------------------------------------


def test_hours_are_said_in_figure_words_and_status(today: TodayPage) -> None:
    hours = today._look.hours
    assert today.hours.heading.text() == "Off-the-job training since 1 Aug 2026"
    assert today.hours.figure.text() == words.whole_hours(hours.logged_minutes)
    assert today.hours.caption.text() == (
        f"logged of {words.whole_hours(hours.planned_minutes)} planned to date"
    )
    assert today.hours.badge.accessibleName() in {"On track", "Slipping", "Behind"}
    assert "apprentices" in today.hours.sentence.text()
    chart = today.hours.chart
    assert chart.isVisible()
    assert words.whole_hours(hours.logged_minutes) in chart.accessibleDescription()
    assert chart.toolTip() == chart.accessibleDescription()


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"logged_minutes": 600, "planned_minutes": 610}, "On plan, 3 apprentices."),
        ({"logged_minutes": 600, "planned_minutes": 6600}, "100 h below plan, 3 apprentices."),
        (
            {"logged_minutes": 720, "planned_minutes": 600, "people": 1, "without_plan": 1},
            "2 h above plan, 1 apprentice. 1 without a plan is left out.",
        ),
        (
            {"logged_minutes": 0, "planned_minutes": 0, "without_plan": 2},
            "On plan, 3 apprentices. 2 without a plan are left out.",
        ),
        ({"people": 0}, "Nobody is on programme yet."),
        (
            {"people": 0, "without_plan": 2},
            "Nobody on programme has a plan to measure by.",
        ),
    ],
)
def test_hours_in_a_sentence(today: TodayPage, changes: dict[str, int], says: str) -> None:
    hours = replace(today._look.hours, **{"people": 3, "without_plan": 0} | changes)
    assert words.hours_sentence(hours) == says


def test_the_pledge_says_what_started_and_what_is_still_to_fill(
    today: TodayPage, desk: Desk, make: Any, qtbot: Any
) -> None:
    assert today.pledge.enter.isVisible()
    heard = gone_to(desk)
    today.pledge.enter.click()
    assert heard == [OpenReturnRecord("pledges")]
    with desk.change("Pledge") as session:
        organisation.pledge(session, 2026, RoleFamily.SOFTWARE, 4)
        organisation.pledge(session, 2026, RoleFamily.DATA, 2)
        organisation.pledge(session, 2025, RoleFamily.DATA, 9)
    make.apprentice(family_name="New", training_started_on=date(2026, 8, 3))
    settled(qtbot, desk)
    assert not today.pledge.enter.isVisible()
    assert today.pledge.figure.text() == "1"
    assert today.pledge.of.text() == "of 6 started, 2026-27"
    assert today.pledge.sentence.text() == (
        "1 recruited and not started yet · 4 places still to fill: 2 software development and"
        " 2 data"
    )
    assert today.pledge.bar.accessibleName() == "1 started and 2 recruited of 6 pledged"


def test_a_pledge_that_is_filled_says_so() -> None:
    year = looking.FinancialYear(2026)
    filled = looking.Pledged(year, 2, 2, 2, ())
    assert words.pledge_sentence(filled) == "Every place is filled"


def test_the_days_ahead_are_shown(
    today: TodayPage, desk: Desk, make: Any, team: Any, qtbot: Any
) -> None:
    assert today.week.heading.text() == "This week"

    def said() -> list[str]:
        grid = today.week._grid
        return [grid.itemAt(n).widget().text() for n in range(grid.count())]

    assert said() == ["Nothing is down for these days."]
    for number in range(8):
        make.event(name=f"Event {number}", held_on=date(2026, 9, 3))
    make.review(team.ada, due_on=date(2026, 9, 2))
    settled(qtbot, desk)
    assert said()[:4] == ["Wed 2", "Progress review: Ada Obi", "Thu 3", "Event 0"]
    assert said()[-1] == "and 1 more"


# --- in the background ----------------------------------------------------------------------------


def test_nothing_is_read_on_the_windows_thread(
    desk: Desk, page: Pages, qtbot: Any, make: Any
) -> None:
    threads: list[bool] = []
    read = desk.store.read

    def watched(*args: Any, **named: Any) -> Any:
        threads.append(threading.current_thread() is threading.main_thread())
        return read(*args, **named)

    desk.store.read = watched  # type: ignore[method-assign]
    try:
        page("today")
        settled(qtbot, desk)
        make.event()
        settled(qtbot, desk)
    finally:
        del desk.store.read
    assert threads
    assert not any(threads)


def test_numbers_are_told_for_the_navigation_also_where_the_page_is_not_seen(
    desk: Desk, make: Any, qtbot: Any
) -> None:
    make.secondment(status=SecondmentStatus.REQUESTED)
    heard: list[Any] = []
    desk.counted.connect(heard.append)
    hidden = TodayPage(desk)
    qtbot.addWidget(hidden)
    hidden.refresh()
    settled(qtbot, desk)
    counts = heard[-1]
    assert counts["apprentices"].count == 4
    assert (counts["contracts"].count, counts["contracts"].says) == (1, "1 in force")
    assert counts["returns"].count == 1
    assert (counts["secondments"].count, counts["secondments"].says) == (1, "1 to see to")
    assert counts["today"].says == f"{counts['today'].count} things need you"
    make.apprentice(family_name="New")
    settled(qtbot, desk)
    assert heard[-1]["apprentices"].says == "5 on programme"


def test_a_failure_is_said_with_a_way_to_try_again(
    today: TodayPage, desk: Desk, qtbot: Any, messages: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_args: Any) -> Any:
        raise Problem("The desk cannot be read.", "Look whether the drive is there.")

    monkeypatch.setattr(looking, "attention", fail)
    today.refresh()
    settled(qtbot, desk)
    assert messages.current_problem.text.startswith("The desk cannot be read")
    assert today.header.subtitle.text() == "What needs you could not be looked at."
    monkeypatch.undo()
    today.refresh()
    settled(qtbot, desk)
    assert "things need you" in today.header.subtitle.text()


def test_looking_never_holds_up_closing(today: TodayPage, desk: Desk) -> None:
    today.refresh()
    assert desk.jobs.running
    assert all(job.is_quiet for job in desk.jobs.running)


def test_a_line_has_room_for_all_its_words_at_every_width(today: TodayPage) -> None:
    line = line_of(today, NeedKind.REVIEW)
    for width in (1000, 600, 380, 300, 200):
        at = line.places(width)
        assert line.heightForWidth(width) >= max(at.why.bottom(), at.action.bottom())
        assert at.what.bottom() < at.why.top()
        assert not at.action.intersects(at.why)
        assert not at.action.intersects(at.what)
        assert at.action.right() < width
    assert line.places(200).why.height() > line.places(1000).why.height()
    assert line.minimumSizeHint().width() <= 200


def test_the_table_of_the_chart_says_for_today_what_the_card_says(
    today: TodayPage, desk: Desk, team: Any, make: Any, qtbot: Any
) -> None:
    """Also where the plan rises later in the month, so that it is not straight."""
    make.activity(team.mei, planned_minutes=6000, due_on=date(2026, 9, 20))
    make.activity(team.mei, planned_minutes=600, due_on=date(2026, 8, 20))
    today.refresh()
    settled(qtbot, desk)
    assert today.hours.chart.isVisible()
    (row,) = [each for each in days_of(today.hours.chart.shown) if each.day == TODAY]
    assert today._look is not None
    hours = today._look.hours
    assert hours.planned_minutes > 0
    assert row.minutes == (hours.planned_minutes, hours.logged_minutes)
