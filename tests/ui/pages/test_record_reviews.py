"""Reviews on the record of one apprentice: planned, prepared, held, signed, with their actions."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from PySide6.QtCore import QObject, Qt, QUrl, Slot
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QDialog, QLabel

from apprentice_desk.domain.calendar import Period
from apprentice_desk.domain.problems import Problem
from apprentice_desk.domain.progress import Progress
from apprentice_desk.domain.review_meetings import (
    ActionDetails,
    HeldDetails,
    Meeting,
    Part,
    ReviewState,
)
from apprentice_desk.domain.review_roles import ReviewRole
from apprentice_desk.imports.calendars import read_calendar
from apprentice_desk.records import (
    apprentice_removal,
    apprentices,
    programmes,
    review_actions,
    review_meetings,
)
from apprentice_desk.records.desks import open_store
from apprentice_desk.records.review_meetings import MeetingRow, Outcome
from apprentice_desk.records.reviews import remove_review
from apprentice_desk.records.standing import apprentice_rows
from apprentice_desk.records.store import Store
from apprentice_desk.ui.desk import Desk
from apprentice_desk.ui.destinations import OpenRecord
from apprentice_desk.ui.pages.apprentice.page import ApprenticePage
from apprentice_desk.ui.pages.apprentice.review_holding import AGREED
from apprentice_desk.ui.pages.apprentice.review_part import ReviewsPart
from apprentice_desk.ui.pages.apprentices.page import ApprenticesPage
from apprentice_desk.ui.review_papers import making_record, read_pack

TODAY = date(2026, 9, 1)
DUE = date(2026, 8, 14)
ADA, GRACE, BO = (
    Part(ReviewRole.APPRENTICE, "Ada Obi", True),
    Part(ReviewRole.MANAGER, "Grace Park", True),
    Part(ReviewRole.PROVIDER, "Bo Lind", True),
)
HELD = HeldDetails(date(2026, 8, 14), "Went well", "Little time", "A new team", (ADA, GRACE, BO))


class Elsewhere(QObject):
    """Takes what the program asks the computer to open."""

    def __init__(self) -> None:
        super().__init__()
        self.asked: list[QUrl] = []

    @Slot(QUrl)
    def take(self, url: QUrl) -> None:
        self.asked.append(url)


@pytest.fixture
def elsewhere() -> Iterator[Elsewhere]:
    taker = Elsewhere()
    QDesktopServices.setUrlHandler("file", taker, "take")
    yield taker
    QDesktopServices.unsetUrlHandler("file")


@pytest.fixture
def record(page: Callable[..., Any]) -> ApprenticePage:
    opened: ApprenticePage = page("apprentice")
    return opened


@pytest.fixture
def planned(team: Any, make: Any) -> UUID:
    """Ada's review of 14 August 2026, which is not held."""
    key: UUID = make.review(team.ada)
    return key


@pytest.fixture
def part(record: ApprenticePage, team: Any, planned: UUID) -> ReviewsPart:
    record.arrive(OpenRecord(team.ada, "reviews", planned))
    shown = record.part("reviews")
    assert isinstance(shown, ReviewsPart)
    return shown


def changed(qtbot: Any, desk: Desk, act: Callable[[], object]) -> None:
    """Do *act* and wait until the page has heard of the change."""
    with qtbot.waitSignal(desk.changed):
        act()
    qtbot.waitUntil(lambda: not desk.jobs.is_busy)


def change(qtbot: Any, desk: Desk, act: Callable[[Any], object]) -> Any:
    made: list[Any] = []

    def write() -> None:
        with desk.store.change("Meanwhile") as session:
            made.append(act(session))

    changed(qtbot, desk, write)
    return made[0]


def rows(store: Store, key: UUID) -> tuple[MeetingRow, ...]:
    return store.read(review_meetings.meeting_rows, [key])[key]


def fill(dialog: Any, **values: Any) -> None:
    for name, value in values.items():
        dialog.form.set_value(name, value)
    dialog.form.edited.emit()


def submit(qtbot: Any, desk: Desk, dialog: Any, **values: Any) -> None:
    fill(dialog, **values)
    changed(qtbot, desk, dialog.panel.submit)


def texts(widget: Any) -> str:
    return "\n".join(
        each.text() for each in widget.findChildren(QLabel) if each.isVisibleTo(widget)
    )


def hold(qtbot: Any, desk: Desk, review_id: UUID, outcome: Outcome | None = None) -> None:
    change(
        qtbot, desk,
        lambda s: review_meetings.hold(s, review_id, HELD, outcome or Outcome(), TODAY),
    )  # fmt: skip


def dialog_is_there(part: ReviewsPart) -> bool:
    return any(each.isVisible() for each in part.findChildren(QDialog))


# --- what is shown --------------------------------------------------------------------------------


def test_reviews_stand_by_day_with_how_they_stand_in_words_and_sign(
    part: ReviewsPart, team: Any, make: Any, qtbot: Any, desk: Desk
) -> None:
    make.review(team.ada, date(2026, 12, 1))
    make.review(team.ada, date(2026, 9, 10))
    make.review(team.ada, date(2026, 2, 10), date(2026, 2, 10))
    signed = make.review(team.ada, date(2026, 5, 1), date(2026, 5, 1))
    change(
        qtbot, desk,
        lambda s: review_meetings.sign_review(
            s, signed, [replace(each, signed_on=TODAY) for each in (ADA, GRACE, BO)], TODAY
        ),
    )  # fmt: skip
    qtbot.waitUntil(lambda: len(part.reviews.rows.shown) == 5)
    shown = [
        [column.text(line) for column in part.reviews.rows.columns]
        for line in part.reviews.rows.shown
    ]
    assert shown == [
        ["1 Dec 2026", "Planned", ""],
        ["10 Sep 2026", "Due", ""],
        ["14 Aug 2026", "Overdue", ""],
        ["1 May 2026", "Signed off", "all three"],
        ["10 Feb 2026", "Held, to be signed", ""],
    ]
    badges = [part.reviews.rows.columns[1].show(line) for line in part.reviews.rows.shown]
    assert len({badge.icon for badge in badges}) == 5, "told by shape too"
    assert all(badge.text for badge in badges)
    assert part.says.text() == (
        "The last was held on 1 May 2026. One is due at least every 12 weeks of training: the next"
        " by 24 Jul 2026."
    )


def test_who_comes_from_today_stands_at_the_very_review_and_the_pack_is_one_click_away(
    part: ReviewsPart, team: Any, planned: UUID, elsewhere: Elsewhere, qtbot: Any, desk: Desk
) -> None:
    assert part.reviews.chosen().id == planned
    assert part.reviews.hasFocus()
    part.pack.click()
    qtbot.waitUntil(lambda: bool(elsewhere.asked))
    path = Path(elsewhere.asked[0].toLocalFile())
    assert path.name == "Review pack Ada Obi 2026-09-01.pdf"
    assert path.read_bytes().startswith(b"%PDF-")
    assert path.is_relative_to(desk.opened_files.folder)


@pytest.mark.skipif(shutil.which("pdftotext") is None, reason="poppler reads the PDF back")
def test_the_pack_holds_what_was_prepared(
    part: ReviewsPart, elsewhere: Elsewhere, qtbot: Any, desk: Desk, store: Store, team: Any
) -> None:
    part.commands.prepare.trigger()
    dialog: Any = part.commands.dialog
    qtbot.waitUntil(lambda: "What the facts ask for" in texts(dialog))
    assert "behind plan. Why, and what gives the time back" in texts(dialog)
    submit(qtbot, desk, dialog, questions="Does the new team suit?")
    assert rows(store, team.ada)[0].questions == "Does the new team suit?"
    qtbot.waitUntil(lambda: bool(elsewhere.asked))
    text = subprocess.run(
        ["pdftotext", "-layout", elsewhere.asked[0].toLocalFile(), "-"],
        capture_output=True, text=True, check=True,
    ).stdout  # fmt: skip
    assert "Does the new team suit?" in text
    assert "14 Aug 2026" in text
    part.commands.prepare.trigger()
    number = store.latest_change().number
    part.commands.dialog.panel.submit()  # type: ignore[union-attr]
    assert store.latest_change().number == number, "nothing was different"
    qtbot.waitUntil(lambda: len(elsewhere.asked) == 2)


def test_a_pack_can_be_saved_and_a_record_opened(
    gone_out: Any,
    part: ReviewsPart,
    tmp_path: Path,
    planned: UUID,
    elsewhere: Elsewhere,
    qtbot: Any,
    desk: Desk,
) -> None:
    part.commands.save_pack.trigger()
    target = tmp_path / "pack.pdf"
    part.commands.papers.file_dialog.fileSelected.emit(str(target))  # type: ignore[union-attr]
    qtbot.waitUntil(target.exists)
    qtbot.waitUntil(lambda: not desk.jobs.is_busy)
    assert desk.messages.said[-1].text.startswith("Saved “pack.pdf”")
    hold(qtbot, desk, planned)
    assert part.commands.record.isEnabled()
    part.commands.record.trigger()
    qtbot.waitUntil(lambda: bool(elsewhere.asked))
    assert "Review record Ada Obi" in elsewhere.asked[0].toLocalFile()
    assert gone_out() == [("review paper", 1)]


def test_where_no_program_opens_a_pdf_it_is_said(
    part: ReviewsPart, qtbot: Any, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda _url: False)
    part.pack.click()
    qtbot.waitUntil(lambda: desk.messages.current_problem is not None)
    assert "No program of this computer opens" in desk.messages.current_problem.text  # type: ignore[union-attr]


# --- planning -------------------------------------------------------------------------------------


def test_the_last_allowed_working_day_and_the_known_names_are_proposed(
    part: ReviewsPart, planned: UUID, qtbot: Any, desk: Desk, store: Store, team: Any
) -> None:
    """Held 14 Aug 2026: 84 days later is Friday 6 Nov 2026."""
    hold(qtbot, desk, planned)
    part.commands.plan.trigger()
    dialog: Any = part.commands.dialog
    assert dialog.form.value("due_on") == date(2026, 11, 6)
    assert dialog.form.value("manager") == "Grace Park"
    assert dialog.form.value("provider") == "Bo Lind"
    assert "One is due by 6 Nov 2026." in texts(dialog)
    fill(dialog, due_on=date(2025, 8, 31), began_at="9.30", place="Room 2")
    dialog.panel.submit()
    assert "is before the training began" in texts(dialog)
    submit(
        qtbot, desk, dialog, due_on=date(2026, 11, 4), host="Sam Reed", others="Amy Fox; Ben Low"
    )
    (row,) = [each for each in rows(store, team.ada) if each.held_on is None]
    assert (row.due_on, row.began_at, row.place) == (date(2026, 11, 4), "09:30", "Room 2")
    assert [part.words for part in row.parts] == [
        "Ada Obi (apprentice)", "Grace Park (line manager)", "Bo Lind (provider)",
        "Sam Reed (host)", "Amy Fox (other)", "Ben Low (other)",
    ]  # fmt: skip


def test_where_a_review_is_overdue_no_day_of_the_past_is_proposed(part: ReviewsPart) -> None:
    part.commands.plan.trigger()
    dialog: Any = part.commands.dialog
    assert dialog.form.value("due_on") is None
    assert "One is due by 24 Nov 2025." in texts(dialog)


def test_a_planned_review_is_moved_with_what_is_known_of_it(
    part: ReviewsPart, planned: UUID, qtbot: Any, desk: Desk, store: Store, team: Any
) -> None:
    meeting = Meeting(DUE, "10:00", "Room 1", (ADA, replace(GRACE, name="Kim Fox"), BO))
    change(qtbot, desk, lambda s: review_meetings.move_review(s, planned, meeting))
    part.commands.move.trigger()
    dialog: Any = part.commands.dialog
    assert dialog.form.value("manager") == "Kim Fox"
    submit(qtbot, desk, dialog, due_on=date(2026, 9, 4))
    (row,) = rows(store, team.ada)
    assert (row.due_on, row.began_at) == (date(2026, 9, 4), "10:00")
    assert desk.messages.said[-1].text == "Saved: Move a review of Ada Obi."


# --- holding --------------------------------------------------------------------------------------


def test_a_review_is_recorded_with_actions_and_the_next_one_in_one_change(
    part: ReviewsPart, team: Any, qtbot: Any, desk: Desk, store: Store
) -> None:
    """The first review of somebody who began on 1 Sep 2025; held 14 Aug 2026, so the next is due
    by 6 Nov 2026, a Friday."""
    details = ActionDetails("Send the log to the provider", "Ada Obi", date(2026, 8, 1))
    old = change(qtbot, desk, lambda s: review_actions.add_action(s, team.ada, details))
    part.commands.hold.trigger()
    dialog: Any = part.commands.dialog
    form = dialog.form
    assert form.value("held_on") == DUE
    assert form.value("apprentice_was")
    assert not form.value("host_was")
    assert form.value("next_on") == date(2026, 11, 6)
    assert "Send the log to the provider, Ada Obi, by 1 Aug 2026" in texts(dialog)
    number = store.latest_change().number
    submit(
        qtbot, desk, dialog, note="Went well", provider="Bo Lind", provider_was=False,
        others="Amy Fox", **{f"done_{old.hex}": True}, what_1="Book the course",
        owner_1="Grace Park", what_3="Call", owner_3="Bo", due_on_3=date(2026, 8, 20),
        next_at="9:30",
    )  # fmt: skip
    assert store.latest_change().number == number + 1
    held, following = rows(store, team.ada)
    assert held.note == "Went well"
    assert [(each.words, each.was_there) for each in held.parts] == [
        ("Ada Obi (apprentice)", True), ("Grace Park (line manager)", True),
        ("Bo Lind (provider)", False), ("Amy Fox (other)", True),
    ]  # fmt: skip
    assert (following.due_on, following.began_at) == (date(2026, 11, 6), "09:30")
    actions = {row.what: row for row in store.read(review_actions.action_rows, team.ada)}
    assert actions["Book the course"].due_on == date(2026, 11, 6)
    assert actions["Call"].due_on == date(2026, 8, 20)
    assert actions["Send the log to the provider"].done_on == DUE
    qtbot.waitUntil(lambda: part.actions_card.heading.text().startswith("Actions ·"))
    assert part.actions_card.heading.text() == "Actions · 2 open actions, 1 overdue"


def test_as_many_actions_as_were_agreed_are_recorded_by_keyboard_alone(
    part: ReviewsPart, team: Any, qtbot: Any, desk: Desk, store: Store
) -> None:
    part.commands.hold.trigger()
    dialog: Any = part.commands.dialog
    form = dialog.form
    form.focus("what_1")
    wanted = [f"Thing {number}" for number in range(1, 9)]
    for number, what in enumerate(wanted, 1):
        if number > AGREED:
            assert dialog.focusWidget() is form.more
            qtbot.keyClick(form.more, Qt.Key.Key_Space)
        qtbot.keyClicks(dialog.focusWidget(), what)
        qtbot.keyClick(dialog.focusWidget(), Qt.Key.Key_Tab)
        qtbot.keyClicks(dialog.focusWidget(), "Grace Park")
        for _stop in ("by when", "the next action"):
            qtbot.keyClick(dialog.focusWidget(), Qt.Key.Key_Tab)
    changed(qtbot, desk, dialog.panel.submit)
    agreed = store.read(review_actions.action_rows, team.ada)
    assert sorted(action.what for action in agreed) == wanted


def test_an_action_that_was_added_is_refused_beside_its_own_field(part: ReviewsPart) -> None:
    part.commands.hold.trigger()
    dialog: Any = part.commands.dialog
    for _line in range(3):
        dialog.form.more.click()
    fill(dialog, what_6="Book")
    dialog.panel.submit()
    assert "Say who takes it on." in texts(dialog)
    dialog.form._summary.asked_for.emit("owner_6")
    assert dialog.focusWidget() is dialog.form.input("owner_6").target


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        ({"held_on": date(2026, 9, 2)}, "2 Sep 2026 is still to come."),
        ({"held_on": date(2025, 8, 31)}, "is before the training began"),
        (
            {"apprentice_was": False, "manager_was": False, "provider_was": False},
            "Say who was there.",
        ),
        ({"what_2": "Book"}, "Say who takes it on."),
        ({"owner_2": "Ada"}, "Say what is to be done."),
        ({"next_on": date(2026, 11, 7)}, "the next is due by 6 Nov 2026"),
        ({"next_on": DUE}, "is not after this review"),
    ],
)
def test_what_cannot_be_is_refused_beside_its_field(
    part: ReviewsPart, team: Any, desk: Desk, store: Store, typed: dict[str, Any], says: str
) -> None:
    part.commands.hold.trigger()
    dialog: Any = part.commands.dialog
    fill(dialog, **typed)
    number = store.latest_change().number
    dialog.panel.submit()
    assert says in texts(dialog)
    assert store.latest_change().number == number
    assert dialog.isVisible()


def test_by_when_the_next_is_due_follows_the_day_that_is_typed(part: ReviewsPart) -> None:
    part.commands.hold.trigger()
    dialog: Any = part.commands.dialog
    assert "At the latest 6 Nov 2026." in texts(dialog)
    fill(dialog, held_on=date(2026, 8, 21))
    assert "At the latest 13 Nov 2026." in texts(dialog)


def test_where_one_is_planned_no_other_is_proposed(
    part: ReviewsPart, team: Any, make: Any, qtbot: Any, desk: Desk, store: Store
) -> None:
    make.review(team.ada, date(2026, 11, 3))
    qtbot.waitUntil(lambda: len(part.reviews.rows.shown) == 2)
    part.commands.hold.trigger()
    dialog: Any = part.commands.dialog
    assert dialog.form.value("next_on") is None
    assert "One is planned for 3 Nov 2026 already" in texts(dialog)
    submit(qtbot, desk, dialog, host_was=True)
    assert len(rows(store, team.ada)) == 2
    assert [part.role for part in rows(store, team.ada)[0].parts][-1] is ReviewRole.HOST


def test_once_a_review_is_recorded_the_next_is_chosen_with_the_keyboard_in_the_list(
    part: ReviewsPart, planned: UUID, team: Any, qtbot: Any, desk: Desk
) -> None:
    assert part.reviews.chosen().id == planned
    part.commands.hold.trigger()
    submit(qtbot, desk, part.commands.dialog, next_on=date(2026, 11, 4))
    chosen = part.reviews.chosen()
    assert chosen.row.due_on == date(2026, 11, 4)
    assert part.window().focusWidget() is part.reviews
    assert part.commands.prepare.isEnabled()
    part.reviews.choose(planned)  # whoever goes back to it stays there when something changes
    change(qtbot, desk, lambda s: review_actions.add_action(
        s, team.ada, ActionDetails("Call", "Bo", None)))  # fmt: skip
    assert part.reviews.chosen().id == planned


def test_once_a_review_is_recorded_and_none_is_planned_planning_one_is_offered(
    part: ReviewsPart, planned: UUID, qtbot: Any, desk: Desk
) -> None:
    part.commands.hold.trigger()
    submit(qtbot, desk, part.commands.dialog, next_on=None)
    assert part.reviews.chosen().id == planned
    assert part.window().focusWidget() is part.plan
    qtbot.keyClick(part.plan, Qt.Key.Key_Space)
    assert part.commands.dialog.windowTitle() == "Plan a review of Ada Obi"  # type: ignore[union-attr]


def test_a_review_that_is_still_to_come_is_recorded_for_today(
    part: ReviewsPart, team: Any, make: Any, qtbot: Any
) -> None:
    later = make.review(team.ada, date(2026, 12, 1))
    qtbot.waitUntil(lambda: part.reviews.choose(later))
    part.commands.hold.trigger()
    assert part.commands.dialog.form.value("held_on") == TODAY  # type: ignore[union-attr]


def test_a_correction_shows_who_was_there_and_takes_signatures_back(
    part: ReviewsPart, planned: UUID, qtbot: Any, desk: Desk, store: Store, team: Any
) -> None:
    hold(qtbot, desk, planned)
    signature = replace(ADA, signed_on=TODAY)
    change(qtbot, desk, lambda s: review_meetings.sign_review(s, planned, [signature], TODAY))
    part.commands.correct.trigger()
    dialog: Any = part.commands.dialog
    assert "nobody has signed it any more" in texts(dialog)
    assert dialog.form.value("provider_was")
    fill(dialog, held_on=date(2026, 9, 2))
    dialog.panel.submit()
    assert "is still to come" in texts(dialog)
    submit(qtbot, desk, dialog, held_on=date(2026, 8, 13))
    (row,) = rows(store, team.ada)
    assert (row.held_on, row.parts[0].signed_on) == (date(2026, 8, 13), None)
    part.commands.correct.trigger()
    assert "nobody has signed" not in texts(part.commands.dialog)


# --- signing --------------------------------------------------------------------------------------


def test_each_party_signs_on_its_day_and_it_is_said_who_has_not(
    part: ReviewsPart, planned: UUID, qtbot: Any, desk: Desk, store: Store, team: Any
) -> None:
    hold(qtbot, desk, planned)
    part.reviews.setFocus()
    qtbot.keyClick(part.reviews, Qt.Key.Key_Return)  # what comes next for one that was held
    dialog: Any = part.commands.dialog
    fill(dialog, apprentice_on=date(2026, 8, 13))
    dialog.panel.submit()
    assert "13 Aug 2026 is before the review was held on 14 Aug 2026." in texts(dialog)
    submit(qtbot, desk, dialog, apprentice_on=DUE, manager_on=date(2026, 8, 20))
    assert part.reviews.rows.shown[0].state is ReviewState.HELD
    says = "Signed by apprentice and line manager; not yet by provider"
    qtbot.waitUntil(lambda: says in texts(part.told))
    part.commands.sign.trigger()
    again: Any = part.commands.dialog
    assert again.form.value("manager_on") == date(2026, 8, 20)
    submit(qtbot, desk, again, provider_on=TODAY)
    assert part.reviews.rows.shown[0].state is ReviewState.SIGNED_OFF


# --- actions --------------------------------------------------------------------------------------


def test_actions_are_added_changed_done_reopened_and_removed(
    part: ReviewsPart, team: Any, qtbot: Any, desk: Desk, store: Store
) -> None:
    def only() -> Any:
        return store.read(review_actions.action_rows, team.ada)[0]

    commands = part.commands
    commands.add_action.trigger()
    dialog: Any = commands.dialog
    assert dialog.form.value("owner") == "Ada Obi"
    fill(dialog, what="Book", owner=None)
    dialog.panel.submit()
    assert "is missing" in texts(dialog)
    fill(dialog, what=" ", owner="Ada")
    dialog.panel.submit()
    submit(qtbot, desk, dialog, what="Book", due_on=date(2026, 8, 1), note="Level 4")
    assert part.action_told.text() == "Book\nLevel 4"
    part.actions_.setFocus()
    qtbot.keyClick(part.actions_, Qt.Key.Key_Return)
    submit(qtbot, desk, commands.dialog, what="Book the course", note="")
    assert only().what == "Book the course"
    commands.finish.trigger()
    done: Any = commands.dialog
    fill(done, done_on=date(2026, 9, 2))
    done.panel.submit()
    assert "still to come" in texts(done)
    submit(qtbot, desk, done, done_on=TODAY)
    assert part.action_told.text() == "Book the course\nDone on 1 Sep 2026."
    assert not commands.finish.isEnabled()
    changed(qtbot, desk, commands.reopen.trigger)
    assert only().done_on is None
    changed(qtbot, desk, commands.remove_action.trigger)
    assert store.read(review_actions.action_rows, team.ada) == ()
    assert not part.action_told.isVisible()


def test_an_action_says_of_which_review_it_came_and_is_led_to(
    part: ReviewsPart, record: ApprenticePage, planned: UUID, qtbot: Any, desk: Desk, team: Any,
    store: Store,
) -> None:  # fmt: skip
    hold(qtbot, desk, planned, Outcome((ActionDetails("Book", "Ada"), ActionDetails("Call", "Bo"))))
    second = store.read(review_actions.action_rows, team.ada)[1]
    record.arrive(OpenRecord(team.ada, "reviews", second.id))
    assert part.actions_.hasFocus()
    assert part.action_told.text() == "Call\nAgreed at the review of 14 Aug 2026."


# --- removing, gone, read only --------------------------------------------------------------------


def test_a_review_is_removed_after_a_question(
    part: ReviewsPart, qtbot: Any, desk: Desk, store: Store, team: Any
) -> None:
    part.commands.remove.trigger()
    dialog: Any = part.commands.dialog
    assert "Remove the review of 14 Aug 2026?" in texts(dialog)
    changed(qtbot, desk, dialog.confirm.click)
    assert store.read(review_meetings.meeting_rows, [team.ada]) == {}
    assert not part.told.isVisible()
    qtbot.waitUntil(lambda: not dialog_is_there(part))
    part.take_keyboard()
    assert part.window().focusWidget() is part.pack
    for action in part.commands.of_review[3:]:
        assert not action.isEnabled()


def test_somebody_who_has_ended_or_whose_start_is_unknown_is_told_so(
    record: ApprenticePage, team: Any, make: Any, qtbot: Any, desk: Desk
) -> None:
    record.arrive(OpenRecord(team.kim, "reviews"))
    part: Any = record.part("reviews")
    assert part.says.text() == "This apprenticeship has ended; no review is due any more."
    unknown = make.apprentice(training_started_on=None, weekly_minutes=None)
    record.arrive(OpenRecord(unknown, "reviews"))
    assert part.says.text().startswith("By when a review is due is not known")
    record.arrive(OpenRecord(team.tomasz, "reviews"))
    assert part.says.text().startswith("None is recorded as held yet.")


def test_what_was_removed_meanwhile_is_said_when_its_paper_is_made(
    part: ReviewsPart, planned: UUID, desk: Desk, store: Store, team: Any, make: Any
) -> None:
    make_record = making_record(desk, team.ada, planned)
    with store.change("Remove") as session:
        remove_review(session, planned)
    with pytest.raises(Problem, match="removed meanwhile"):
        make_record(Progress())
    gone = make.apprentice(given_names="Al", family_name="Gone")
    person = store.read(apprentices.held, gone).apprentice_id
    with store.change("Remove") as session:
        apprentice_removal.remove(session, person)
    with pytest.raises(Problem, match="not in the desk any more"):
        read_pack(desk, gone)


def test_a_pack_without_any_review_planned_is_of_the_time_since_the_last(
    desk: Desk, team: Any, make: Any, store: Store
) -> None:
    """Ada began on 1 Sep 2025 and has none recorded; Tomasz's was held on 14 Aug 2026."""
    assert read_pack(desk, team.ada).facts.first == date(2025, 9, 1)
    held = make.review(team.tomasz, held_on=DUE)
    pack = read_pack(desk, team.tomasz, held)
    assert (pack.facts.first, pack.meeting) == (date(2026, 8, 15), None)
    make.review(team.tomasz, date(2026, 11, 6))
    first = make.review(team.tomasz, date(2026, 10, 6))
    assert read_pack(desk, team.tomasz).meeting.due_on == date(2026, 10, 6)  # type: ignore[union-attr]
    assert read_pack(desk, team.tomasz, first).due_by == date(2026, 11, 6)
    with store.change("Gateway") as session:
        programmes.enter_assessment(session, team.tomasz, TODAY)
    assert read_pack(desk, team.tomasz).gateway_on is None


def test_the_record_knows_when_the_next_is(desk: Desk, team: Any, make: Any, planned: UUID) -> None:
    held = make.review(team.ada, date(2026, 5, 1), date(2026, 5, 1))
    made = making_record(desk, team.ada, held)(Progress())
    pairs = dict(made.blocks[0].pairs)  # type: ignore[union-attr]
    assert pairs["Next review"] == "14 Aug 2026"


def test_a_desk_open_to_read_only_still_makes_its_papers(
    team: Any, planned: UUID, store: Store, desk_on: Callable[[Store], Desk]
) -> None:
    desk = desk_on(open_store(store.location, read_only=True))
    part = ReviewsPart(desk)
    (row,) = store.read(
        apprentice_rows, TODAY, desk.lists.hours_rules, desk.lists.role_families, None, team.ada
    )
    part.show_record(row)
    commands = part.commands
    every = (*commands.of_review, *commands.of_action, commands.plan, commands.add_action)
    assert {action for action in every if action.isEnabled()} == {commands.pack, commands.save_pack}
    assert commands.dates.isEnabled()
    part.deleteLater()


# --- calendar -------------------------------------------------------------------------------------


def days(path: Path) -> list[tuple[date, str]]:
    read = read_calendar(path.read_bytes(), Period(TODAY.replace(month=1), date(2028, 12, 31)))
    assert read.findings == ()
    return [(entry.done_on, entry.title) for entry in read.entries]


def test_reviews_and_dates_of_one_go_into_a_calendar(
    part: ReviewsPart, tmp_path: Path, qtbot: Any, desk: Desk
) -> None:
    part.commands.dates.trigger()
    dialog: Any = part.commands.papers.file_dialog
    assert "Reviews and dates Ada Obi 2026-09-01.ics" in dialog.selectedFiles()[0]
    target = tmp_path / "ada.ics"
    dialog.fileSelected.emit(str(target))
    qtbot.waitUntil(target.exists)
    qtbot.waitUntil(lambda: not desk.jobs.is_busy)
    assert days(target) == [
        (DUE, "Progress review: Ada Obi"),
        (date(2027, 8, 31), "Training is planned to end: Ada Obi"),
    ]


def test_the_list_saves_the_days_of_those_who_are_shown_or_selected(
    page: Callable[..., Any], planned: UUID, team: Any, tmp_path: Path, qtbot: Any, desk: Desk
) -> None:
    listed: ApprenticesPage = page("apprentices")
    listed.filter.setText("Grace Park")
    qtbot.waitUntil(lambda: len(listed.model.shown) == 2)
    assert listed.dates in listed.save.menu().actions()
    listed.dates.trigger()
    dialog: Any = listed.actions_.papers.file_dialog
    assert "Reviews and dates Grace Park" in dialog.selectedFiles()[0]
    target = tmp_path / "grace.ics"
    dialog.fileSelected.emit(str(target))
    qtbot.waitUntil(target.exists)
    qtbot.waitUntil(lambda: not desk.jobs.is_busy)
    titles = {title for _, title in days(target)}
    assert titles == {
        "Progress review: Ada Obi",
        "Training is planned to end: Ada Obi",
        "Training is planned to end: Tomasz Nowak",
    }
    listed.filter.clear()
    listed.table.selectAll()
    listed.dates.trigger()
    offered = listed.actions_.papers.file_dialog.selectedFiles()[0]  # type: ignore[union-attr]
    assert f"Reviews and dates {len(listed.model.shown)} apprentices" in offered


def test_where_there_is_no_day_no_file_is_written(
    page: Callable[..., Any], team: Any, tmp_path: Path, qtbot: Any, desk: Desk
) -> None:
    listed: ApprenticesPage = page("apprentices")
    listed.narrow_to("Kim Adeyemi")
    listed.dates.trigger()
    target = tmp_path / "kim.ics"
    listed.actions_.papers.file_dialog.fileSelected.emit(str(target))  # type: ignore[union-attr]
    qtbot.waitUntil(lambda: desk.messages.current_problem is not None)
    assert "There is no day" in desk.messages.current_problem.text  # type: ignore[union-attr]
    assert not target.exists()


def test_the_lists_menu_opens_the_pack(
    page: Callable[..., Any], team: Any, elsewhere: Elsewhere, qtbot: Any, desk: Desk
) -> None:
    listed: ApprenticesPage = page("apprentices")
    listed.table.choose(team.ada)
    assert listed.actions_.review_pack in listed.table._actions
    listed.actions_.review_pack.trigger()
    qtbot.waitUntil(lambda: bool(elsewhere.asked))
    assert "Review pack Ada Obi" in elsewhere.asked[0].toLocalFile()
