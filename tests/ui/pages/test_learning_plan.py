"""The learning plan of one apprentice: how it stands, what is done with it, where it comes from."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any
from uuid import UUID

import openpyxl
import pytest
from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QAbstractItemModelTester, QTest
from PySide6.QtWidgets import QLabel
from shiboken6 import isValid

from apprentice_desk.domain.planning import ActivityDetails, ActivityStatus
from apprentice_desk.domain.planning_templates import TemplateLine
from apprentice_desk.records import apprentices, learning, offers, plan_templates, programmes
from apprentice_desk.records.desks import open_store
from apprentice_desk.records.standard_versions import StandardKsb, StandardVersion
from apprentice_desk.records.store import Store
from apprentice_desk.ui.desk import Desk
from apprentice_desk.ui.destinations import OpenLibrary, OpenRecord
from apprentice_desk.ui.kit.conflicts import ConflictDialog
from apprentice_desk.ui.kit.dialogs import FormDialog, Question
from apprentice_desk.ui.pages.apprentice import plan_commands
from apprentice_desk.ui.pages.apprentice.page import ApprenticePage
from apprentice_desk.ui.pages.apprentice.plan import PlanPart
from apprentice_desk.ui.pages.apprentice.plan_columns import spoken_status, status_of
from records.dumps import dump

TODAY = date(2026, 9, 1)
Key = Qt.Key


def wait(qtbot: Any, condition: Callable[[], object]) -> None:
    QCoreApplication.sendPostedEvents()
    qtbot.waitUntil(lambda: bool(condition()))


@pytest.fixture
def part(page: Callable[..., Any], team: Any, make: Any) -> PlanPart:
    """Ada's plan: one is overdue, one is done, two are ahead."""
    with make.store.change("Plan") as session:
        for title, due_on, minutes, ksbs in (
            ("Induction", date(2025, 9, 12), 420, "K1"),
            ("Databases", date(2026, 8, 20), 600, "K2, S1"),
            ("Networks", date(2026, 11, 20), 300, "S2"),
            ("Project", date(2027, 7, 30), 1_200, "S7"),
        ):
            key = learning.plan_activity(session, team.ada, title, minutes, due_on, ksbs=ksbs)
            if title == "Induction":
                learning.finish_activity(session, key, due_on)
    opened: ApprenticePage = page("apprentice")
    opened.arrive(OpenRecord(team.ada, "plan"))
    made = opened.part("plan")
    assert isinstance(made, PlanPart)
    return made


def titles(part: PlanPart) -> list[str]:
    return [row.title for row in part.model.shown]


def row_of(part: PlanPart, title: str) -> Any:
    return next(row for row in part.model.shown if row.title == title)


def choose(part: PlanPart, *wanted: str) -> None:
    part.table.clearSelection()
    assert part.table.choose(row_of(part, wanted[0]).id)
    for title in wanted[1:]:
        index = part.model.index(part.model.number_of(row_of(part, title).id), 0)
        part.table.selectionModel().select(
            index,
            part.table.selectionModel().SelectionFlag.Select
            | part.table.selectionModel().SelectionFlag.Rows,
        )


def status(part: PlanPart, title: str) -> ActivityStatus:
    return row_of(part, title).status  # type: ignore[no-any-return]


def errors(form: Any) -> str:
    return "\n".join(
        each.text() for each in form.findChildren(QLabel) if each.isVisible() and each.text()
    )


def fill(form: Any, **values: Any) -> None:
    for name, value in values.items():
        form.set_value(name, value)
    form.edited.emit()


# how it stands


def test_what_is_overdue_is_said_first_and_hours_and_activities_after_it(part: PlanPart) -> None:
    assert part.overdue.text() == "1 activity is overdue, 10 h: Databases (due 20 Aug 2026)."
    # 20 entries of two hours from 8 September 2025 to 1 June 2026; 7 h and 10 h are due.
    assert part.hours.text() == "Planned to date 17 h, logged 40 h: 23 h ahead of the plan."
    assert part.activities.text() == (
        "Due by today: 2 activities, 1 done. Next: Networks, due 20 Nov 2026."
    )
    assert part.totals.text().startswith("4 activities, 42 h · 1 done")
    assert titles(part) == ["Induction", "Databases", "Networks", "Project"]
    assert not part.late.isVisible()
    QAbstractItemModelTester(part.model)


def test_a_state_has_a_word_and_a_shape_of_its_own(part: PlanPart) -> None:
    seen = set()
    for each in ActivityStatus:
        badge = status_of(replace(row_of(part, "Networks"), status=each), TODAY)
        seen.add((badge.text, badge.icon))
    overdue = status_of(row_of(part, "Databases"), TODAY)
    assert (overdue.text, overdue.tone) == ("Overdue", "danger")
    seen.add((overdue.text, overdue.icon))
    assert len({word for word, _ in seen}) == len({icon for _, icon in seen}) == 5
    begun = replace(row_of(part, "Databases"), status=ActivityStatus.UNDER_WAY)
    assert spoken_status(begun, TODAY) == "Overdue, under way"
    assert spoken_status(row_of(part, "Induction"), TODAY) == "Done on 12 Sep 2025"


def test_a_skill_that_comes_after_the_gateway_is_said_and_one_that_never_comes(
    part: PlanPart, team: Any, store: Store, qtbot: Any
) -> None:
    held = store.read(apprentices.held, team.ada)
    with store.change("Load the standard") as session:
        version = StandardVersion(
            standard_code="ST0116", version="1.1", title="Software developer", loaded_on=TODAY,
            status="approved", source="typed", qualifications="",
        )  # fmt: skip
        session.add(version)
        session.flush()
        for position, code in enumerate(("K1", "K9", "S7"), 1):
            session.add(StandardKsb(version_id=version.id, position=position, code=code,
                                    words=f"Words of {code}"))  # fmt: skip
        apprentices.correct(
            session, team.ada, replace(held.details, gateway_planned_on=date(2027, 2, 1))
        )
    wait(qtbot, lambda: part.gaps.text())
    assert part.gaps.text() == (
        "S7 is first touched after the gateway (30 Jul 2027, gateway 1 Feb 2027)."
        " No activity touches K9."
    )
    part.show_coverage.click()
    dialog: Any = part.dialog
    assert [row.code for row in dialog.model.shown] == ["K1", "K9", "S7"]
    assert not dialog.says.isVisible()
    dialog.close_button.click()


def test_codes_of_a_standard_that_is_not_loaded_are_said_to_be_unchecked(part: PlanPart) -> None:
    part.show_coverage.click()
    dialog: Any = part.dialog
    assert [row.code for row in dialog.model.shown] == ["K1", "K2", "S1", "S2", "S7"]
    assert "unchecked" in dialog.says.text()
    dialog.close_button.click()


def test_without_a_plan_it_says_how_one_begins(
    page: Callable[..., Any], team: Any, qtbot: Any
) -> None:
    opened: ApprenticePage = page("apprentice")
    opened.arrive(OpenRecord(team.tomasz, "plan"))
    part: Any = opened.part("plan")
    assert not part.words.isVisible()
    assert part.totals.text() == ""
    said = errors(part.table)
    assert "No activities yet" in said
    assert "template" in said
    assert not part.saver.pdf.isEnabled()
    for refused in (part.copy_to_others, part.move_plan, part.save_as_template):
        refused()
        assert "nothing in this plan" in str(part._desk.messages.current_problem)


def test_an_activity_can_be_gone_to(part: PlanPart, page: Any, team: Any) -> None:
    wanted = row_of(part, "Project")
    opened = part.window().findChild(ApprenticePage) or part.parent()
    while not isinstance(opened, ApprenticePage):
        opened = opened.parent()
    opened.arrive(OpenRecord(team.ada, "plan", wanted.id))
    assert part.table.chosen() == wanted


# adding and changing


def test_an_activity_is_added_with_codes_in_shorthand(
    part: PlanPart, desk: Desk, qtbot: Any
) -> None:
    part.add.click()
    dialog: Any = part.commands.dialog
    fill(dialog.form, title="Security", planned_minutes=450, due_on=date(2026, 10, 2))
    qtbot.keyClicks(dialog.form.input("ksbs").target, "k4, K5 k6,K7 s1-2")
    dialog.panel.submit()
    wait(qtbot, lambda: "Security" in titles(part))
    assert row_of(part, "Security").ksbs == "K4-7, S1-2"
    latest = desk.store.latest_change()
    assert latest is not None
    assert latest.label == "Plan “Security” for Ada Obi"


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        ({"title": ""}, "Activity is missing"),
        ({"planned_minutes": None}, "Planned hours is missing"),
        ({"starts_on": date(2026, 10, 3)}, "is before the first"),
        ({"planned_minutes": 150_000}, "more than a year"),
        ({"starts_on": date(2026, 10, 2), "planned_minutes": 1_500}, "does not fit into one day"),
        ({"link": "exampleton"}, "not the address of a web page"),
        ({"title": "x" * 1_000_000}, "room for 200"),
        ({"note": "x" * 10_000}, "room for 1,000"),
        ({"ksbs": "banana"}, "is not a code"),
    ],
)
def test_what_cannot_be_planned_is_said_beside_its_field_and_nothing_is_kept(
    part: PlanPart, store: Store, typed: dict[str, Any], says: str
) -> None:
    before = dump(store)
    part.add.click()
    dialog: Any = part.commands.dialog
    whole = {"title": "Security", "planned_minutes": 450, "due_on": date(2026, 10, 2)}
    fill(dialog.form, **whole | typed)
    dialog.panel.submit()
    assert says in errors(dialog.form)
    assert dialog.isVisible()
    assert dump(store) == before


def test_an_activity_is_edited_with_enter_and_a_second_version_is_asked_about(
    part: PlanPart, store: Store, qtbot: Any
) -> None:
    choose(part, "Networks")
    QTest.keyClick(part.table, Key.Key_Return)
    dialog: Any = part.commands.dialog
    row = row_of(part, "Networks")
    with store.change("Meanwhile") as session:
        learning.correct_activity(session, row.id, replace(row.details, title="Theirs"))
    fill(dialog.form, ksbs="K8")
    dialog.panel.submit()
    (asked,) = dialog.findChildren(ConflictDialog)
    asked.chosen.emit(frozenset({"ksbs"}))
    wait(qtbot, lambda: "Theirs" in titles(part))
    assert row_of(part, "Theirs").ksbs == "K8"


def test_saving_what_somebody_else_saved_alike_asks_nothing(
    part: PlanPart, store: Store, qtbot: Any
) -> None:
    choose(part, "Networks")
    part.commands.edit.trigger()
    dialog: Any = part.commands.dialog
    row = row_of(part, "Networks")
    with store.change("Meanwhile") as session:
        learning.correct_activity(session, row.id, replace(row.details, title="Same"))
    fill(dialog.form, title="Same")
    dialog.panel.submit()
    wait(qtbot, lambda: not isValid(dialog) or not dialog.isVisible())
    assert store.latest_change().label == "Meanwhile"


def test_an_activity_that_is_gone_is_said_to_be_gone(
    part: PlanPart, store: Store, desk: Desk
) -> None:
    choose(part, "Networks")
    with store.change("Meanwhile") as session:
        learning.remove_activity(session, row_of(part, "Networks").id)
    part.commands.dialog = None
    part.commands.edit.trigger()
    assert part.commands.dialog is None
    assert "removed meanwhile" in str(desk.messages.current_problem)


# how far it has come


def test_several_are_done_on_a_day_in_one_change_and_undone_in_one(
    part: PlanPart, desk: Desk, store: Store, qtbot: Any
) -> None:
    before = dump(store)
    choose(part, "Databases", "Networks")
    part.commands.finish.trigger()
    dialog: Any = part.commands.dialog
    assert dialog.form.value("done_on") == TODAY
    fill(dialog.form, done_on=date(2026, 9, 2))
    dialog.panel.submit()
    assert "2 Sep 2026 is still to come" in errors(dialog.form)
    fill(dialog.form, done_on=date(2026, 8, 28))
    dialog.panel.submit()
    wait(qtbot, lambda: status(part, "Networks") is ActivityStatus.DONE)
    assert row_of(part, "Databases").done_on == date(2026, 8, 28)
    assert not part.overdue.isVisible()
    latest = store.latest_change()
    assert latest is not None
    assert latest.label == "Done: 2 activities of Ada Obi"
    desk.undo()
    wait(qtbot, lambda: status(part, "Networks") is ActivityStatus.PLANNED)
    assert dump(store) == before


def test_one_is_begun_dropped_and_planned_again_by_keys(part: PlanPart, qtbot: Any) -> None:
    choose(part, "Databases")
    part.table.setFocus()
    QTest.keyClick(part.table, Key.Key_U, Qt.KeyboardModifier.ControlModifier
                   | Qt.KeyboardModifier.ShiftModifier)  # fmt: skip
    wait(qtbot, lambda: status(part, "Databases") is ActivityStatus.UNDER_WAY)
    assert part.overdue.isVisible(), "what is under way is overdue too"
    QTest.keyClick(part.table, Key.Key_Delete)
    wait(qtbot, lambda: status(part, "Databases") is ActivityStatus.DROPPED)
    assert "1 dropped" in part.totals.text()
    assert part.hours.text().startswith("Planned to date 7 h")
    assert not part.commands.drop.isEnabled()
    QTest.keyClick(part.table, Key.Key_B, Qt.KeyboardModifier.ControlModifier
                   | Qt.KeyboardModifier.ShiftModifier)  # fmt: skip
    wait(qtbot, lambda: status(part, "Databases") is ActivityStatus.PLANNED)


def test_only_what_makes_sense_is_offered(part: PlanPart) -> None:
    commands = part.commands
    choose(part, "Induction")
    assert not commands.finish.isEnabled()
    assert not commands.start.isEnabled()
    assert commands.back.isEnabled()
    assert not commands.link.isEnabled()
    choose(part, "Induction", "Networks")
    assert not commands.edit.isEnabled()
    assert commands.finish.isEnabled()
    assert commands.remove.isEnabled()


def test_removing_asks_first(part: PlanPart, qtbot: Any) -> None:
    choose(part, "Networks")
    part.commands.remove.trigger()
    asked = part.commands.dialog
    assert isinstance(asked, Question)
    asked.confirm.click()
    wait(qtbot, lambda: "Networks" not in titles(part))


def test_a_link_is_opened_after_a_question_and_a_bad_one_never(
    part: PlanPart, store: Store, desk: Desk, qtbot: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened: list[str] = []
    monkeypatch.setattr(plan_commands, "open_link", lambda link: opened.append(link) or True)
    row = row_of(part, "Networks")
    link = "https://exampleton.example/course"
    with store.change("Link") as session:
        learning.correct_activity(session, row.id, replace(row.details, link=link))
    wait(qtbot, lambda: row_of(part, "Networks").link)
    choose(part, "Networks")
    part.commands.link.trigger()
    asked: Any = part.commands.dialog
    assert asked.text.toPlainText() == link
    asked.confirm.click()
    assert opened == [link]
    with store.change("Bad link") as session:
        session.get_one(learning.PlanActivity, row.id).link = "file:///etc/passwd"
    wait(qtbot, lambda: row_of(part, "Networks").link.startswith("file"))
    part.commands.link.trigger()
    assert opened == [link]
    assert "not opened" in desk.messages.said[-1].text


# from others


def template(make: Any) -> UUID:
    key: UUID = make.template(
        "Two years",
        [
            TemplateLine("Databases", due_after_days=60, planned_minutes=900),
            TemplateLine("Networks two", starts_after_days=30, due_after_days=60,
                         planned_minutes=600, ksbs="K1"),
            TemplateLine("Very late", due_after_days=900, planned_minutes=60),
        ],
    )  # fmt: skip
    return key


def test_a_template_becomes_a_plan_from_the_start_and_nothing_is_doubled(
    part: PlanPart, make: Any, qtbot: Any
) -> None:
    template(make)
    part.take_template()
    dialog: Any = part.dialog
    assert [row.badge.text for row in dialog.model.shown] == [
        "There already",
        "New", "After the planned end",
    ]  # fmt: skip
    assert dialog.count.text() == "2 new, 1 there already; 1 after the planned end, 31 Aug 2027."
    dialog.confirm.click()
    wait(qtbot, lambda: "Networks two" in titles(part))
    assert titles(part).count("Databases") == 1
    # 1 Sep 2025 and 30 days is 1 Oct; and 60 days is 31 Oct.
    row = row_of(part, "Networks two")
    assert (row.starts_on, row.due_on) == (date(2025, 10, 1), date(2025, 10, 31))
    assert "Very late (18 Feb 2028)" in part.late.text()
    part.take_template()
    dialog = part.dialog
    assert not dialog.confirm.isEnabled()
    assert dialog.count.text() == "Has all of it already."


def test_without_a_template_it_leads_to_their_page(part: PlanPart, desk: Desk) -> None:
    gone: list[object] = []
    desk.asked_to_go.connect(gone.append)
    part.take_template()
    assert desk.messages.said[-1].text == "There is no template yet."
    desk.messages.said[-1].action()
    part.actions_["Templates and offers"].trigger()
    assert gone == [OpenLibrary(back_to="apprentice"), OpenLibrary(back_to="apprentice")]


def test_without_a_start_no_day_can_be_counted(
    part: PlanPart, team: Any, store: Store, desk: Desk, qtbot: Any
) -> None:
    held = store.read(apprentices.held, team.ada)
    with store.change("Forget the start") as session:
        apprentices.correct(session, team.ada, replace(held.details, training_started_on=None))
    wait(qtbot, lambda: part._row is not None and part._row.course.training_started_on is None)
    for refused in (part.take_template, part.copy_to_others, part.save_as_template):
        desk.messages.dismiss()
        refused()
        assert "start of training is not known" in str(desk.messages.current_problem)


def test_a_plan_is_kept_as_a_template(part: PlanPart, store: Store, qtbot: Any) -> None:
    part.save_as_template()
    dialog: Any = part.dialog
    assert dialog.form.value("standard_code") == "ST0116"
    fill(dialog.form, name="As Ada had it")
    dialog.panel.submit()
    (row,) = store.read(plan_templates.template_rows)
    assert (row.name, row.activities, row.planned_minutes) == ("As Ada had it", 4, 42 * 60)
    lines = store.read(plan_templates.template_lines, row.id)
    assert [each.line.due_after_days for each in lines] == [11, 353, 445, 697]


def test_a_plan_is_copied_to_a_cohort_and_what_is_there_stays_alone(
    part: PlanPart, team: Any, store: Store, make: Any, qtbot: Any
) -> None:
    make.activity(team.lee, "networks", 60, date(2027, 1, 1))
    part.copy_to_others()
    dialog: Any = part.dialog
    assert team.ada not in {row.id for row in dialog.people.table.rows.shown}
    dialog.submit()
    assert "Nobody is ticked" in str(dialog.messages.current_problem)
    dialog.people.table.tick([team.lee, team.tomasz])
    said = {row.name: dialog.fate(row).says for row in dialog.people.ticked()}
    # Lee starts 399 days after Ada: 20 Aug 2026 becomes 23 Sep 2027, 30 Jul 2027 1 Sep 2028.
    assert said == {
        "Tomasz Nowak": "4 new",
        "Lee Chan": "3 new, 1 there already; 2 after the planned end, 31 Aug 2027",
    }
    assert dialog.count.text() == "7 activities for 2 people"
    assert dialog.words.text() == "Goes beyond the planned end of training: Lee Chan."
    before = dump(store)
    dialog.confirm.click()
    wait(qtbot, lambda: len(store.read(learning.plan_rows, team.tomasz)) == 4)
    plan = {row.title: row for row in store.read(learning.plan_rows, team.lee)}
    assert plan["Project"].due_on == date(2028, 9, 1)
    assert plan["Induction"].status is ActivityStatus.PLANNED
    assert set(plan) == {"networks", "Induction", "Databases", "Project"}
    latest = store.latest_change()
    assert latest is not None
    assert latest.label == "Copy the plan of Ada Obi for 2 people"
    store.undo(latest.number)
    assert dump(store) == before


def test_copying_to_somebody_who_has_it_all_is_refused_in_words(
    part: PlanPart, team: Any, store: Store, qtbot: Any
) -> None:
    with store.change("Copy") as session:
        learning.plan_many(
            session, team.tomasz, [row.details for row in learning.plan_rows(session, team.ada)]
        )
    part.copy_to_others()
    dialog: Any = part.dialog
    dialog.people.table.tick([team.tomasz])
    dialog.confirm.click()
    assert "nothing to add" in str(dialog.messages.current_problem)
    assert dialog.has_typed
    dialog.people.table_none()
    dialog.reject()


def test_whose_start_is_not_known_is_left_out_with_the_reason(part: PlanPart, make: Any) -> None:
    key = make.apprentice(given_names="Una", family_name="Wen", training_started_on=None,
                          weekly_minutes=None)  # fmt: skip
    part.copy_to_others()
    dialog: Any = part.dialog
    dialog.people.table.tick([key])
    (line,) = dialog.people.ticked()
    assert dialog.fate(line).says == (
        "The start of training is not known, so no day can be counted from it."
    )
    assert dialog.count.text() == "0 activities for 0 people"
    dialog.people.table_none()
    dialog.reject()


def test_an_offer_becomes_an_activity(part: PlanPart, make: Any, desk: Desk, qtbot: Any) -> None:
    gone: list[object] = []
    desk.asked_to_go.connect(gone.append)
    part.take_offer()
    desk.messages.said[-1].action()
    assert gone == [OpenLibrary("offers", back_to="apprentice")]
    key = make.offer(title="Cloud basics", partner="Partner Ltd", minutes=None, note="Free.")
    retired = make.offer(title="Gone")
    with make.store.change("Retire") as session:
        offers.retire_offer(session, retired)
    part.take_offer()
    asked: Any = part.dialog
    assert isinstance(asked, FormDialog)
    fill(asked.form, offer_id=key)
    asked.panel.submit()
    dialog: Any = part.commands.dialog
    details = dialog.form.read()
    assert details[0] is None, "the hours are not known, and have to be said"
    fill(dialog.form, planned_minutes=240)
    dialog.panel.submit()
    wait(qtbot, lambda: "Cloud basics" in titles(part))
    row = row_of(part, "Cloud basics")
    assert (row.delivered_by, row.note) == ("partner", "Partner Ltd. Free.")


# moving


def test_after_a_break_the_plan_moves_by_its_length_as_shown(
    part: PlanPart, team: Any, store: Store, qtbot: Any
) -> None:
    with store.change("A break") as session:
        programmes.start_break(session, team.ada, date(2026, 6, 1))
        programmes.resume(session, team.ada, date(2026, 8, 30))
    wait(qtbot, lambda: part._row is not None and part._row.course.breaks)
    before = dump(store)
    part.move_plan()
    dialog: Any = part.dialog
    assert dialog.form.value("after") == date(2026, 6, 1)
    assert dialog.form.value("by_days") == 91  # 1 June to 30 August, both included
    assert [row.title for row in dialog.model.shown] == ["Databases", "Networks", "Project"]
    assert dialog.count.text() == (
        "3 activities move 91 days later. 1 goes beyond the planned end of training, 31 Aug 2027."
    )
    assert dump(store) == before
    dialog.confirm.click()
    wait(qtbot, lambda: row_of(part, "Databases").due_on == date(2026, 11, 19))
    assert row_of(part, "Induction").due_on == date(2025, 9, 12)
    latest = store.latest_change()
    assert latest is not None
    store.undo(latest.number)
    assert dump(store) == before


def test_a_plan_moves_to_a_chosen_day_and_bad_wishes_are_said(part: PlanPart, qtbot: Any) -> None:
    part.move_plan()
    dialog: Any = part.dialog
    assert dialog.count.text() == "Nothing moves."
    assert not dialog.confirm.isEnabled()
    fill(dialog.form, by_days=5, to=date(2026, 9, 20))
    assert "not both" in dialog.count.text()
    fill(dialog.form, by_days=4_000, to=None)
    assert "cannot be moved by 4,000 days" in dialog.count.text()
    dialog.form.input("by_days").target.setText("soon")
    dialog.form.edited.emit()
    assert "not a whole number" in dialog.count.text()
    dialog.submit()  # by Ctrl+Enter: nothing is moved
    fill(dialog.form, by_days=None, to=date(2026, 9, 20))
    # Databases, due 20 Aug, is the first that moves: 31 days.
    assert dialog.count.text().startswith("3 activities move 31 days later.")
    fill(dialog.form, by_days=-1, to=None)
    assert dialog.count.text() == "3 activities move 1 day earlier."
    dialog.submit()
    wait(qtbot, lambda: row_of(part, "Databases").due_on == date(2026, 8, 19))


# the list


def test_the_list_is_saved_as_it_is_seen(
    gone_out: Any, part: PlanPart, tmp_path: Path, desk: Desk, qtbot: Any
) -> None:
    path = tmp_path / "plan.xlsx"
    part.saver.save_workbook(str(path))
    wait(qtbot, path.exists)
    wait(qtbot, lambda: not desk.jobs.is_busy)
    sheet = openpyxl.load_workbook(path)["Learning plan"]
    rows = list(sheet.iter_rows(values_only=True))
    heads = list(rows[0])
    networks = next(row for row in rows if row[0] == "Networks")
    assert networks[heads.index("Last day")].date() == date(2026, 11, 20)
    assert float(networks[heads.index("Hours")]) == 5.0
    part.saver.copy_list()
    wait(qtbot, lambda: "Networks" in QGuiApplication.clipboard().text())
    assert "Overdue" in QGuiApplication.clipboard().text()
    pdf = tmp_path / "plan.pdf"
    part.saver.save_pdf(str(pdf))
    wait(qtbot, pdf.exists)
    wait(qtbot, lambda: not desk.jobs.is_busy)
    assert pdf.read_bytes().startswith(b"%PDF")
    assert gone_out() == [("list", 1), ("list", 1)]


def test_a_desk_open_to_read_only_shows_the_plan_and_changes_nothing(
    part: PlanPart, store: Store, team: Any, desk_on: Any, qtbot: Any
) -> None:
    opened = ApprenticePage(desk_on(open_store(store.location, read_only=True)))
    qtbot.addWidget(opened)
    opened.show()
    opened.arrive(OpenRecord(team.ada, "plan"))
    other: Any = opened.part("plan")
    assert titles(other) == titles(part)
    assert not other.add.isVisible()
    assert not any(action.isEnabled() for action in other.commands.all)
    assert [text for text, action in other.actions_.items() if action.isEnabled()] == [
        "Templates and offers"
    ]
    other.commands.add(ActivityDetails("X"))
    assert other.commands.dialog is None
    assert "Enter edits" not in other.totals.text()
