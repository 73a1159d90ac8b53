"""The page of the network: events with their people and hours; mentors and buddies."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import fields, replace
from datetime import date
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import pytest
from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QAbstractButton
from shiboken6 import isValid

from apprentice_desk.domain.communications import StoryDetails
from apprentice_desk.domain.hours_rules import Activity
from apprentice_desk.domain.vocabulary import BarrierCategory, EventKind, MentorRole
from apprentice_desk.records import (
    apprentices,
    event_attendance,
    hours,
    mentors,
    network,
    stories,
)
from apprentice_desk.records.desks import open_store
from apprentice_desk.records.store import Store
from apprentice_desk.returns.origins import ORIGINS, Typed
from apprentice_desk.ui.desk import Desk
from apprentice_desk.ui.destinations import OpenNetwork, OpenReturnRecord
from apprentice_desk.ui.kit import access
from apprentice_desk.ui.kit.conflicts import ConflictDialog
from apprentice_desk.ui.kit.dialogs import FormDialog, Question
from apprentice_desk.ui.kit.messages import Messages
from apprentice_desk.ui.pages.network.event_hours import EventHoursDialog
from apprentice_desk.ui.pages.network.event_panel import EventMore
from apprentice_desk.ui.pages.network.event_people import AskDialog, CameDialog
from apprentice_desk.ui.pages.network.mentors import without_in_words
from apprentice_desk.ui.pages.network.page import NetworkPage
from apprentice_desk.ui.pages.network.part import PARTS
from apprentice_desk.ui.recording import editing

TODAY = date(2026, 9, 1)
NAMES = [place.name for place in PARTS]


def wait(qtbot: Any, condition: Callable[[], object]) -> None:
    """Wait until *condition* holds; word of changes comes by a queued signal."""
    QCoreApplication.sendPostedEvents()
    qtbot.waitUntil(lambda: bool(condition()), timeout=60_000)


def is_closed(dialog: Any) -> bool:
    return not isValid(dialog) or not dialog.isVisible()


def one(page: Any, kind: type) -> Any:
    """The only dialog of a kind that stands open."""
    (found,) = [each for each in page.window().findChildren(kind) if each.isVisible()]
    return found


def fill(form: Any, **values: Any) -> None:
    for name, value in values.items():
        form.set_value(name, value)
    form.edited.emit()


def titles(part: Any) -> list[str]:
    return [shown.title for shown in part.list.model.shown]


@pytest.fixture
def opened(page: Callable[..., NetworkPage]) -> NetworkPage:
    return page("network")


def events(page: NetworkPage, qtbot: Any, count: int = 1) -> Any:
    """The part with events, once that many are listed."""
    part = page.part("events")
    wait(qtbot, lambda: part.list.model.rowCount() == count)
    return part


# --- the page and its parts -----------------------------------------------------------------------


def test_the_arrows_go_from_part_to_part(opened: NetworkPage, qtbot: Any) -> None:
    first = opened.switch.buttons["events"]
    first.setFocus()
    wait(qtbot, first.hasFocus)
    qtbot.keyClick(first, Qt.Key.Key_Right)
    assert opened.shown_part == "mentors"
    assert opened.part("mentors").isVisible()
    assert not opened.part("events").isVisible()
    assert opened.add.text() == "Add mentor or buddy"
    opened.narrow_to("events")
    assert opened.shown_part == "events"
    opened.narrow_to("no such part")
    assert opened.shown_part == "events"


@pytest.mark.parametrize("name", NAMES)
def test_an_empty_part_says_what_to_add(name: str, opened: NetworkPage, desk: Desk) -> None:
    opened.show_part(name)
    part = opened.part(name)
    assert part.list.model.total == 0
    assert opened.switch.buttons[name].text().endswith("  0")
    assert part.about in opened.header.subtitle.text()
    assert access.unnamed_widgets(opened) == []


@pytest.fixture
def ids(make: Any, team: Any) -> dict[str, UUID]:
    """A record of each part."""
    told = StoryDetails("Open day", "event", is_consent_needed=False)
    with make.store.change("Plan a story") as session:
        story_id = stories.plan_story(session, told, date(2026, 9, 1))
    return {
        "events": make.event(),
        "mentors": make.mentor(team.ada),
        "stories": story_id,
        "barriers": make.barrier(),
    }


NEW: dict[str, Callable[[Any], dict[str, Any]]] = {
    "events": lambda _team: {
        "name": "Autumn visit", "held_on": date(2026, 10, 3), "kind": EventKind.VISIT,
        "place": "Library", "began_at": "09:30",
    },
    "mentors": lambda team: {
        "apprenticeship_id": team.mei, "role": MentorRole.BUDDY, "name": "Lena Hall",
        "from_on": date(2026, 8, 3),
    },
    "stories": lambda _team: {
        "title": "A day at the desk", "channel": "blog", "is_consent_needed": False,
    },
    "barriers": lambda _team: {
        "category": BarrierCategory.LEVY, "what_stands_in_the_way": "Nobody knows the levy",
    },
}  # fmt: skip
CHANGED: dict[str, tuple[str, Any]] = {
    "events": ("attended", 21),
    "mentors": ("note", "Meets on Thursdays"),
    "stories": ("note", "Ask for pictures"),
    "barriers": ("what_helped", "A rota"),
}
OTHERS: dict[str, dict[str, Any]] = {
    "events": {"place": "By somebody else", "attended": 3},
    "mentors": {"contact": "By somebody else", "note": "Theirs"},
    "stories": {"author": "By somebody else", "note": "Theirs"},
    "barriers": {"is_help_wanted": True, "what_helped": "Theirs"},
}


@pytest.mark.parametrize("name", NAMES)
def test_each_list_is_sound_and_its_form_has_every_detail(
    name: str, opened: NetworkPage, ids: dict[str, UUID], qtbot: Any
) -> None:
    opened.show_part(name)
    part = opened.part(name)
    wait(qtbot, lambda: part.list.model.rowCount() == 1)
    QAbstractItemModelTester(part.list.model)
    assert part.list.panel.name.text() == titles(part)[0]
    part.list.start_change()
    dialog = one(opened, FormDialog)
    assert {field.name for field in fields(part.kind.details_class)} == {
        field.name for field in dialog.form.fields
    }
    assert access.unnamed_widgets(dialog) == []
    assert access.out_of_order(dialog) == []


@pytest.mark.parametrize("name", NAMES)
def test_one_is_added_by_its_key_and_undone(
    name: str, opened: NetworkPage, desk: Desk, team: Any, qtbot: Any, messages: Messages
) -> None:
    opened.show_part(name)
    part = opened.part(name)
    both = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
    qtbot.keyClick(opened, Qt.Key.Key_A, both)
    dialog = one(opened, FormDialog)
    fill(dialog.form, **NEW[name](team))
    dialog.panel.confirm.click()
    wait(qtbot, lambda: len(titles(part)) == 1)
    assert is_closed(dialog)
    assert str(messages.current).startswith("Saved: Add ")
    desk.undo()
    wait(qtbot, lambda: titles(part) == [])


@pytest.mark.parametrize("name", NAMES)
def test_two_versions_are_chosen_from_field_by_field(
    name: str, opened: NetworkPage, desk: Desk, ids: dict[str, UUID], qtbot: Any
) -> None:
    opened.show_part(name)
    part = opened.part(name)
    wait(qtbot, lambda: part.list.model.rowCount() == 1)
    part.list.start_change()
    dialog = one(opened, FormDialog)
    field, mine = CHANGED[name]
    fill(dialog.form, **{field: mine})
    theirs = replace(desk.store.read(part.kind.details, ids[name]), **OTHERS[name])
    with desk.store.change("Somebody else") as session:
        part.kind.correct(session, ids[name], theirs)
    dialog.panel.confirm.click()
    one(opened, ConflictDialog).keep.click()
    wait(qtbot, lambda: is_closed(dialog))
    now = desk.store.read(part.kind.details, ids[name])
    (other,) = set(OTHERS[name]) - {field}
    assert (getattr(now, field), getattr(now, other)) == (mine, OTHERS[name][other])


@pytest.mark.parametrize("name", NAMES)
def test_one_is_removed_after_a_question_and_one_that_is_gone_is_said(
    name: str, opened: NetworkPage, desk: Desk, ids: dict[str, UUID], qtbot: Any
) -> None:
    opened.show_part(name)
    part = opened.part(name)
    wait(qtbot, lambda: part.list.model.rowCount() == 1)
    shown = part.list.table.chosen()
    part.list.table.setFocus()
    qtbot.keyClick(part.list.table, Qt.Key.Key_Delete)
    one(opened, Question).confirm.click()
    wait(qtbot, lambda: part.list.model.rowCount() == 0)
    assert editing.change(part.kind, shown, part) is None
    assert "removed meanwhile" in str(desk.messages.current_problem)


def test_after_one_of_several_is_removed_the_next_is_chosen(
    opened: NetworkPage, make: Any, qtbot: Any
) -> None:
    for day in (1, 2, 3):
        make.event(name=f"Event {day}", held_on=date(2026, 6, day))
    part = events(opened, qtbot, 3)
    assert titles(part) == ["Event 3", "Event 2", "Event 1"]
    assert part.list.table.choose(part.list.model.row(1).id)
    part.list.remove.trigger()
    one(opened, Question).confirm.click()
    wait(qtbot, lambda: titles(part) == ["Event 3", "Event 1"])
    assert part.list.table.chosen().title == "Event 1"


@pytest.mark.parametrize(
    ("values", "field", "words"),
    [
        ({"held_on": date(2026, 9, 2)}, "attended", "still to come"),
        ({"attended": -1}, "attended", "cannot be below 0"),
        ({"name": "x" * 201}, "name", "there is room for 200"),
        ({"minutes": 60, "counted_minutes": 90}, "counted_minutes", "More counts here"),
    ],
)
def test_what_is_wrong_is_said_beside_its_field(
    values: dict[str, Any], field: str, words: str,
    opened: NetworkPage, ids: dict[str, UUID], qtbot: Any,
) -> None:  # fmt: skip
    part = events(opened, qtbot)
    part.list.start_change()
    dialog = one(opened, FormDialog)
    fill(dialog.form, **values)
    dialog.panel.confirm.click()
    assert dialog.isVisible()
    assert words in dialog.form.input(field).target.accessibleDescription()


def test_findings_of_the_return_lead_to_fields_that_the_form_has(opened: NetworkPage) -> None:
    form = opened.part("events").kind.form()
    known = {field.name for field in form.fields}
    led = {found.field for found in ORIGINS["network"].values() if isinstance(found, Typed)}
    assert led
    assert led <= known
    form.deleteLater()


# --- going there ----------------------------------------------------------------------------------


def test_a_destination_leads_to_the_part_the_record_and_the_field(
    opened: NetworkPage, ids: dict[str, UUID], messages: Messages, qtbot: Any
) -> None:
    opened.part("mentors").list.filter.setText("nothing like it")
    opened.arrive(OpenNetwork("mentors", ids["mentors"]))
    part = opened.part("mentors")
    assert part.list.table.chosen().id == ids["mentors"], "the filter makes way"
    wait(qtbot, part.list.panel.change.hasFocus)
    opened.arrive(OpenNetwork("events", uuid4()))
    assert "not in the desk any more" in str(messages.current_problem)
    opened.arrive(OpenNetwork("events"))
    wait(qtbot, opened.part("events").list.table.hasFocus)
    qtbot.keyClick(opened, Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier)
    wait(qtbot, opened.part("events").list.filter.hasFocus)
    form = opened.arrive(OpenNetwork("events", ids["events"], "attended"))
    assert form is not None
    wait(qtbot, form.form.input("attended").target.hasFocus)


def test_a_desk_open_to_read_only_shows_everything_and_changes_nothing(
    store: Store, make: Any, team: Any, desk_on: Callable[[Store], Desk], qtbot: Any
) -> None:
    make.attended()
    make.mentor(team.ada)
    page = NetworkPage(desk_on(open_store(store.location, read_only=True)))
    qtbot.addWidget(page)
    page.show()
    assert not page.add.isEnabled()
    assert "open to read only" in page.header.subtitle.text()
    part = page.part("events")
    assert part.list.table.chosen() is not None
    assert not part.list.change.isEnabled()
    shown = [each.text() for each in part.more.buttons if not each.isHidden()]
    assert shown == ["Calendar file…"]
    for act in (part.more.ask_people, part.more.say_who_came, part.more.log_hours,
                part.more.cancel_event, part.more.take_hours_back, page._on_add):  # fmt: skip
        act()
    assert part.more.dialog is None
    assert part.more.question is None


# --- an event and its people ----------------------------------------------------------------------


def ways(more: EventMore) -> list[str]:
    """What can be done with the event that is shown."""
    return [each.text() for each in more.buttons if not each.isHidden()]


def test_what_can_be_done_goes_with_how_the_event_stands(
    opened: NetworkPage, make: Any, team: Any, desk: Desk, qtbot: Any
) -> None:
    coming = make.event(held_on=date(2026, 9, 20), attended=None, name="Coming")
    part = events(opened, qtbot)
    assert part.list.table.chosen().badge.text == "Planned"
    assert ways(part.more) == ["Ask people…", "Calendar file…", "Cancel the event…"]
    with desk.store.change("Ask") as session:
        event_attendance.invite(session, coming, [team.ada])
        network.cancel_event(session, coming, TODAY)
    wait(qtbot, lambda: part.list.table.chosen().badge.text == "Cancelled")
    assert ways(part.more) == ["Calendar file…", "It takes place after all"]
    part.more.after_all.click()
    wait(qtbot, lambda: part.list.table.chosen().badge.text == "Planned")
    assert desk.store.latest_change().label == "Hold event “Coming” after all"
    part.more.cancel.click()
    one(opened, Question).confirm.click()
    wait(qtbot, lambda: part.list.table.chosen().badge.text == "Cancelled")


def test_people_are_asked_in_a_list_with_boxes(
    opened: NetworkPage, make: Any, team: Any, desk: Desk, qtbot: Any
) -> None:
    event_id = make.event(held_on=date(2026, 9, 20), attended=None, capacity=1)
    part = events(opened, qtbot)
    part.more.ask.click()
    dialog: AskDialog = one(opened, AskDialog)
    wait(qtbot, dialog.people.table.hasFocus)
    assert dialog.count.text() == "Nobody asked for 1 place"
    assert not dialog.has_typed
    dialog.people.table.tick([team.ada, team.mei])
    assert dialog.count.text() == "2 asked, 1 more than the 1 place"
    assert dialog.has_typed
    dialog.submit()
    wait(qtbot, lambda: is_closed(dialog))
    rows = desk.store.read(event_attendance.attendance_rows, event_id)
    assert {each.id for each in rows} == {team.ada, team.mei}
    wait(qtbot, lambda: part.more.model.rowCount() == 2)
    assert part.list.model.row(0).row.asked == 2


def test_who_came_is_said_of_everybody_in_one_go(
    opened: NetworkPage, make: Any, team: Any, desk: Desk, qtbot: Any
) -> None:
    event_id = make.event(attended=None)
    with desk.store.change("Ask") as session:
        event_attendance.invite(session, event_id, [team.ada, team.mei])
    part = events(opened, qtbot)
    wait(qtbot, lambda: part.list.table.chosen().badge.text == "Who came?")
    part.more.came.click()
    dialog: CameDialog = one(opened, CameDialog)
    assert dialog.people.ticks.chosen == {team.ada, team.mei}, "all who were asked, to begin with"
    dialog.people.table.tick([team.mei], is_ticked=False)
    dialog.people.table.tick([team.tomasz])
    fill(dialog.form, others=-1)
    dialog.submit()
    wait(qtbot, lambda: dialog.messages.current_problem is not None)
    fill(dialog.form, others=1)
    assert dialog.count.text() == "2 apprentices and 1 other came."
    dialog.submit()
    wait(qtbot, lambda: is_closed(dialog))
    rows = desk.store.read(event_attendance.attendance_rows, event_id)
    assert {each.id: each.came for each in rows} == {
        team.ada: True, team.mei: False, team.tomasz: True,
    }  # fmt: skip
    wait(qtbot, lambda: part.list.table.chosen().badge.text == "Held")
    assert part.list.table.chosen().details.attended == 3
    part.more.came.click()
    again: CameDialog = one(opened, CameDialog)
    assert again.people.ticks.chosen == {team.ada, team.tomasz}
    assert again.form.value("others") == 1
    assert not again.has_typed
    again.reject()


def test_hours_of_those_who_came_are_logged_in_one_step_and_taken_back(
    opened: NetworkPage, make: Any, team: Any, desk: Desk, qtbot: Any
) -> None:
    event_id = make.event(
        kind=EventKind.WORKSHOP, held_on=date(2026, 8, 20), counted_minutes=90, attended=None,
        began_at="14:00", what="Charts that people read",
    )  # fmt: skip
    came = [team.ada, team.tomasz, team.jo]  # Jo is on a break: it does not count
    with desk.store.change("Came") as session:
        event_attendance.record_attendance(session, event_id, came, 0, TODAY)
    part = events(opened, qtbot)
    wait(qtbot, lambda: part.list.table.chosen().badge.text == "Hours to log")
    part.more.log.click()
    dialog: EventHoursDialog = one(opened, EventHoursDialog)
    assert {each.id for each in dialog.people.ticked()} == set(came)
    assert dialog.form.value("activity") is Activity.WORKSHOP
    assert dialog.form.input("done_on").field.read_only
    wait(qtbot, lambda: "counts for 2 of them" in dialog.count.text())
    assert not dialog.has_typed
    dialog.submit()
    wait(qtbot, lambda: is_closed(dialog))
    rows = desk.store.read(event_attendance.attendance_rows, event_id)
    assert {each.id: (each.minutes, each.counts) for each in rows} == {
        team.ada: (90, True), team.tomasz: (90, True), team.jo: (90, False),
    }  # fmt: skip
    (entry,) = desk.store.read(hours.hours_rows, date(2026, 8, 20), date(2026, 8, 20), team.ada)
    assert (entry.what, entry.began_at) == ("Charts that people read", "14:00")
    wait(qtbot, lambda: part.list.table.chosen().badge.text == "Held")
    assert "Log the hours…" not in ways(part.more)
    assert "3 apprentices stay in the logs" in part.kind.what_removing_means(
        part.list.table.chosen()
    )
    part.more.take_back.click()
    one(opened, Question).confirm.click()
    wait(qtbot, lambda: part.list.table.chosen().badge.text == "Hours to log")
    assert "stay in the logs" not in part.kind.what_removing_means(part.list.table.chosen())


def test_a_link_up_asks_what_was_taught(
    opened: NetworkPage, make: Any, team: Any, desk: Desk, qtbot: Any
) -> None:
    event_id = make.event(kind=EventKind.LINK_UP, counted_minutes=60, attended=None)
    with desk.store.change("Came") as session:
        event_attendance.record_attendance(session, event_id, [team.ada], 0, TODAY)
    part = events(opened, qtbot)
    wait(qtbot, lambda: "Log the hours…" in ways(part.more))
    part.more.log.click()
    dialog: EventHoursDialog = one(opened, EventHoursDialog)
    assert dialog.form.value("activity") is None
    assert "not known yet" in dialog.count.text()
    dialog.submit()
    assert dialog.isVisible(), "what was done there has to be chosen"
    fill(dialog.form, activity=Activity.TEACHING)
    wait(qtbot, lambda: "it counts" in dialog.count.text())
    dialog.submit()
    wait(qtbot, lambda: is_closed(dialog))
    (row,) = desk.store.read(event_attendance.attendance_rows, event_id)
    assert (row.minutes, row.counts) == (60, True)


def test_an_event_is_saved_for_a_calendar(
    gone_out: Any,
    opened: NetworkPage,
    make: Any,
    team: Any,
    messages: Messages,
    tmp_path: Path,
    qtbot: Any,
) -> None:
    make.event(
        held_on=date(2026, 9, 20), attended=None, began_at="14:00", minutes=90, place="Town hall"
    )
    part = events(opened, qtbot)
    part.more.save.click()
    path = tmp_path / "event.ics"
    part.more.dialog.fileSelected.emit(str(path))
    part.more.dialog.reject()
    wait(qtbot, path.exists)
    wait(qtbot, lambda: "Saved “event.ics”" in str(messages.current))
    text = path.read_text()
    assert "SUMMARY:Summer link-up" in text
    assert "20260920T140000" in text
    assert "20260920T153000" in text
    assert "LOCATION:Town hall" in text
    assert "CLASS:PUBLIC" in text
    assert gone_out() == [("calendar", 0)]


# --- mentors and buddies --------------------------------------------------------------------------


def test_mentors_show_who_is_one_now_was_before_or_has_no_days(
    opened: NetworkPage, make: Any, team: Any, desk: Desk, qtbot: Any
) -> None:
    make.mentor(team.ada, until_on=date(2026, 3, 1))
    make.mentor(team.ada, name="Lena Hall", from_on=date(2026, 3, 2))
    make.mentor(team.mei, role=MentorRole.BUDDY, name="Noor Rahman", from_on=date(2026, 9, 7))
    held = desk.store.read(apprentices.held, team.tomasz)
    with desk.store.change("Name a mentor") as session:
        apprentices.correct(session, team.tomasz, replace(held.details, mentor="Oskar Thane"))
    opened.show_part("mentors")
    part = opened.part("mentors")
    wait(qtbot, lambda: part.list.model.rowCount() == 4)
    assert {(each.title, each.details.name): each.badge.text for each in part.list.model.shown} == {
        ("Ada Obi", "Lena Hall"): "Now",
        ("Ada Obi", "Sam Lee"): "Before",
        ("Mei Lin", "Noor Rahman"): "To begin",
        ("Tomasz Nowak", "Oskar Thane"): "No days",
    }
    assert part.without.text() == "On programme without a mentor: Jo Bright, Mei Lin."


def test_a_name_without_days_gets_them_in_the_form(
    opened: NetworkPage, make: Any, team: Any, desk: Desk, qtbot: Any
) -> None:
    held = desk.store.read(apprentices.held, team.ada)
    with desk.store.change("Name a mentor") as session:
        apprentices.correct(session, team.ada, replace(held.details, mentor="Oskar Thane"))
    opened.show_part("mentors")
    part = opened.part("mentors")
    wait(qtbot, lambda: part.list.model.rowCount() == 1)
    part.list.start_change()
    dialog = one(opened, FormDialog)
    fill(dialog.form, from_on=date(2026, 5, 4))
    dialog.panel.confirm.click()
    wait(qtbot, lambda: is_closed(dialog))
    (row,) = desk.store.read(mentors.mentoring_rows)
    assert (row.details.name, row.details.from_on) == ("Oskar Thane", date(2026, 5, 4))
    assert desk.store.read(apprentices.held, team.ada).details.mentor == "Oskar Thane"


def test_a_name_without_days_moves_to_another_apprentice_or_goes(
    opened: NetworkPage, make: Any, team: Any, desk: Desk, qtbot: Any
) -> None:
    held = desk.store.read(apprentices.held, team.ada)
    with desk.store.change("Name a mentor") as session:
        apprentices.correct(session, team.ada, replace(held.details, mentor="Oskar Thane"))
    kind = opened.part("mentors").kind
    given = mentors.MentoringDetails(
        team.mei, MentorRole.MENTOR, "Oskar  Thane", from_on=date(2026, 5, 4)
    )
    with desk.store.change("Move") as session:
        kind.correct(session, team.ada, given)
    assert desk.store.read(apprentices.held, team.ada).details.mentor == ""
    assert desk.store.read(apprentices.held, team.mei).details.mentor == "Oskar Thane"
    held = desk.store.read(apprentices.held, team.jo)
    with desk.store.change("Name a mentor") as session:
        apprentices.correct(session, team.jo, replace(held.details, mentor="Lena Hall"))
    opened.show_part("mentors")
    part = opened.part("mentors")
    wait(qtbot, lambda: part.list.model.rowCount() == 2)
    part.list.choose(team.jo)
    part.list.remove.trigger()
    question = one(opened, Question)
    question.confirm.click()
    wait(qtbot, lambda: part.list.model.rowCount() == 1)
    assert desk.store.read(apprentices.held, team.jo).details.mentor == ""


def test_a_last_day_that_is_still_to_come_waits(opened: NetworkPage, team: Any) -> None:
    kind = opened.part("mentors").kind
    details = mentors.MentoringDetails(
        team.ada, MentorRole.MENTOR, "Sam Lee", from_on=TODAY, until_on=date(2026, 9, 2)
    )
    assert [each.code for each in kind.check(details, None)] == ["FORM3"]


def test_many_without_a_mentor_are_counted() -> None:
    said = without_in_words(["A", "B", "C", "D", "E", "F", "G"])
    assert said == "On programme without a mentor: A, B, C, D, E and 2 more."


def test_today_leads_to_an_event_of_which_nobody_said_who_came(
    page: Callable[..., Any], make: Any, team: Any, desk: Desk, qtbot: Any
) -> None:
    event_id = make.event(held_on=date(2026, 8, 27), attended=None)
    with desk.store.change("Ask") as session:
        event_attendance.invite(session, event_id, [team.ada])
    today = page("today")
    gone: list[object] = []
    desk.asked_to_go.connect(gone.append)

    def line() -> Any:
        found = [
            each
            for each in today.findChildren(QAbstractButton)
            if each.isVisible() and each.text() == "Say who came"
        ]
        return found[0] if found else None

    wait(qtbot, line)
    line().click()
    assert gone == [OpenReturnRecord("network", event_id, "")]
