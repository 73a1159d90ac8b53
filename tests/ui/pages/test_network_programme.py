"""Stories, barriers and LOTI's questions on the page of the network."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pypdfium2
import pytest
from PySide6.QtWidgets import QLabel

from apprentice_desk import resources
from apprentice_desk.domain.communications import StoryDetails
from apprentice_desk.domain.needs import Target
from apprentice_desk.domain.vocabulary import BarrierCategory
from apprentice_desk.records import network, stories, survey
from apprentice_desk.records.network import BarrierDetails
from apprentice_desk.records.survey import AnswerDetails
from apprentice_desk.ui.desk import Desk
from apprentice_desk.ui.destinations import OpenNetwork, OpenPage
from apprentice_desk.ui.kit.dialogs import FormDialog
from apprentice_desk.ui.pages.network.page import NetworkPage
from apprentice_desk.ui.pages.network.survey_card import NOT_YET
from apprentice_desk.ui.pages.today.words import destination

TODAY = date(2026, 9, 1)
"""The clock of these tests stands there."""
QUARTER = "2026-27 Q2"


@pytest.fixture
def opened(page: Callable[..., Any], make: Any) -> NetworkPage:
    make.apprentice(given_names="Ada", family_name="Obi")
    made: NetworkPage = page("network")
    return made


def show(opened: NetworkPage, part: str, qtbot: Any) -> Any:
    opened.arrive(OpenNetwork(part))
    made = opened.part(part)
    qtbot.waitUntil(lambda: made.count is not None)
    return made


def dialog_of(part: Any) -> FormDialog:
    (dialog,) = [each for each in part.window().findChildren(FormDialog) if each.isVisible()]
    return dialog


def words_of(shown: Any) -> str:
    return " ".join(each.text() for each in shown.findChildren(QLabel) if not each.isHidden())


def fill(dialog: FormDialog, **values: Any) -> None:
    for name, value in values.items():
        dialog.form.set_value(name, value)


# --- stories ------------------------------------------------------------------------------------


def test_a_story_about_somebody_is_published_once_they_have_agreed(
    opened: NetworkPage, desk: Desk, qtbot: Any
) -> None:
    part = show(opened, "stories", qtbot)
    opened.add.click()
    dialog = dialog_of(part)
    field = next(each for each in dialog.form.fields if each.name == "apprenticeship_id")
    whose = next(key for key, name in field.choices if "Ada Obi" in name)
    fill(
        dialog, title="A day with Ada", channel="blog", apprenticeship_id=whose, published_on=TODAY
    )
    dialog.panel.confirm.click()
    assert dialog.isVisible()
    assert "consent is recorded" in words_of(dialog)
    fill(dialog, consent_on=date(2026, 8, 28), consent_to="Her first name, for a year")
    dialog.panel.confirm.click()
    qtbot.waitUntil(lambda: part.list.model.rowCount() == 1)
    shown = part.list.model.row(0)
    assert (shown.badge.text, shown.row.name) == ("Published", "Ada Obi")
    qtbot.waitUntil(lambda: "Agreed 28/08/2026" in words_of(part.list.panel))


def test_a_channel_brings_whom_it_reaches_until_somebody_says_otherwise(
    opened: NetworkPage, qtbot: Any
) -> None:
    part = show(opened, "stories", qtbot)
    opened.add.click()
    dialog = dialog_of(part)
    audiences = {each.name: each.audience for each in resources.channels()}
    for channel in ("blog", "LinkedIn"):
        fill(dialog, channel=channel)
        dialog.form.edited.emit()
        assert dialog.form.value("audience") == audiences[channel]
    fill(dialog, audience="line managers", channel="event")
    dialog.form.edited.emit()
    assert dialog.form.value("audience") == "line managers"


def test_a_story_whose_consent_was_taken_back_is_named_on_today_and_gone_to(
    opened: NetworkPage, desk: Desk, qtbot: Any
) -> None:
    out = StoryDetails(
        "Ada", "blog", published_on=date(2026, 8, 3), consent_on=date(2026, 8, 1),
        consent_to="Her name", consent_ended_on=date(2026, 8, 30),
    )  # fmt: skip
    with desk.change("Tell") as session:
        key = stories.plan_story(session, out, TODAY)
        stories.plan_story(session, replace(out, title="Another", consent_ended_on=None), TODAY)
    place = destination(Target("stories", key), is_read_only=False)
    assert place == OpenNetwork("stories", key)
    show(opened, "stories", qtbot)
    opened.arrive(place)
    part = opened.part("stories")
    qtbot.waitUntil(lambda: part.list.table.chosen() is not None)
    assert part.list.table.chosen().badge.text == "To be taken down"


def test_removing_a_story_that_is_out_says_that_it_stays_out(
    opened: NetworkPage, desk: Desk, qtbot: Any
) -> None:
    with desk.change("Tell") as session:
        stories.plan_story(
            session,
            StoryDetails("Open day", "event", published_on=TODAY, is_consent_needed=False),
            TODAY,
        )
    part = show(opened, "stories", qtbot)
    qtbot.waitUntil(lambda: part.list.model.rowCount() == 1)
    assert "until somebody takes it down" in part.kind.what_removing_means(part.list.model.row(0))


# --- barriers -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("change", "field", "says"),
    [
        ({"may_be_shared": True}, "may_be_shared", "cannot be shared"),
        ({"what_helped": "ask ada  obi"}, "what_helped", "Ada Obi"),
        ({"settled_on": date(2026, 8, 1)}, "settled_on", "before it was noted"),
    ],
)
def test_what_a_barrier_may_not_say_is_said_beside_its_field(
    change: dict[str, Any], field: str, says: str, opened: NetworkPage, qtbot: Any
) -> None:
    part = show(opened, "barriers", qtbot)
    details = replace(
        BarrierDetails(BarrierCategory.TIME, "No time", noted_on=date(2026, 8, 3)), **change
    )
    (finding,) = part.kind.check(details, None)
    assert finding.place.field == field
    assert says in finding.message


def test_a_barrier_begins_as_noted_today_and_is_settled_later(
    opened: NetworkPage, desk: Desk, qtbot: Any
) -> None:
    part = show(opened, "barriers", qtbot)
    opened.add.click()
    dialog = dialog_of(part)
    assert dialog.form.value("noted_on") == TODAY
    fill(dialog, category=BarrierCategory.TIME, what_stands_in_the_way="No time")
    dialog.panel.confirm.click()
    qtbot.waitUntil(lambda: part.list.model.rowCount() == 1)
    (row,) = desk.store.read(network.barrier_rows)
    settled = replace(row.details, settled_on=TODAY)
    with desk.change("Settle") as session:
        network.correct_barrier(session, row.id, settled)
    qtbot.waitUntil(lambda: part.list.model.row(0).details == settled)


# --- LOTI's questions ---------------------------------------------------------------------------


def test_the_questions_of_the_quarter_are_answered_and_printed_on_one_page(
    gone_out: Any, opened: NetworkPage, desk: Desk, tmp_path: Path, qtbot: Any
) -> None:
    card = show(opened, "barriers", qtbot).survey
    qtbot.waitUntil(lambda: words_of(card).count(NOT_YET) == 3)
    assert not card.save.isEnabled()
    card.answer.click()
    dialog = dialog_of(card)
    fill(dialog, answer_0="More time", answer_1="Ask Ada Obi")
    dialog.panel.confirm.click()
    assert dialog.isVisible(), "nobody is named"
    assert "Ada Obi of this desk stands here" in words_of(dialog)
    fill(dialog, answer_1="  ")
    dialog.panel.confirm.click()
    (row,) = desk.store.read(survey.answer_rows, QUARTER)
    assert (row.details.answer, row.answered_on) == ("More time", TODAY)
    qtbot.waitUntil(lambda: words_of(card).count(NOT_YET) == 2)
    card.save_pdf(str(tmp_path / "answers.pdf"))
    qtbot.waitUntil(lambda: not desk.jobs.is_busy and (tmp_path / "answers.pdf").exists())
    with pypdfium2.PdfDocument(tmp_path / "answers.pdf") as printed:
        assert len(printed) == 1
        assert "More time" in printed[0].get_textpage().get_text_range()
    assert gone_out() == [("answers to LOTI", None)]


def test_an_answer_that_is_emptied_is_taken_back(
    opened: NetworkPage, desk: Desk, qtbot: Any
) -> None:
    question = resources.surveys()[0].questions[0]
    with desk.change("Answer") as session:
        details = AnswerDetails(question.id, question.text, "Time")
        survey.answer_question(session, QUARTER, details, TODAY)
    card = show(opened, "barriers", qtbot).survey
    card.refresh()
    card.answer.click()
    dialog = dialog_of(card)
    fill(dialog, answer_0="")
    dialog.panel.confirm.click()
    assert desk.store.read(survey.answer_rows, QUARTER) == ()


def test_a_quarter_whose_questions_are_not_known_says_so(
    opened: NetworkPage, qtbot: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    card = show(opened, "barriers", qtbot).survey
    monkeypatch.setattr(resources, "surveys", lambda: ())
    card.refresh()
    assert f"{QUARTER} is not known" in card.about.text()
    assert not card.answer.isVisible()
    assert card.start_answering() is None


def test_the_network_leads_to_the_cases(opened: NetworkPage, desk: Desk, qtbot: Any) -> None:
    with qtbot.waitSignal(desk.asked_to_go) as asked:
        opened.cases.click()
    assert asked.args == [OpenPage("case")]


@pytest.mark.parametrize(
    ("permissions", "word"),
    [
        ({}, "Stays here"),
        ({"may_be_seen_by_loti": True}, "LOTI only"),
        ({"may_be_seen_by_loti": True, "may_be_shared": True}, "LOTI and boroughs"),
    ],
)
def test_who_may_see_a_barrier_is_said_in_a_word(
    permissions: dict[str, bool], word: str, opened: NetworkPage, make: Any, qtbot: Any
) -> None:
    make.barrier(**permissions)
    part = show(opened, "barriers", qtbot)
    qtbot.waitUntil(lambda: part.list.model.rowCount() == 1)
    assert part.list.model.row(0).badge.text == word


def test_the_two_permissions_are_two_fields_and_free_text_warns_of_names(
    opened: NetworkPage, qtbot: Any
) -> None:
    form = show(opened, "barriers", qtbot).kind.form()
    assert form.input("may_be_seen_by_loti").target.text() == "LOTI may see it"
    assert form.input("may_be_shared").target.text() == "It may be shared with other boroughs"
    for field in ("what_stands_in_the_way", "what_helped"):
        assert "nobody may be named" in form.input(field).target.accessibleDescription()
    form.deleteLater()


def test_a_word_that_is_part_of_a_name_is_not_a_name(opened: NetworkPage, qtbot: Any) -> None:
    kind = show(opened, "barriers", qtbot).kind
    words = "The park is bright; Canada Obiter"
    assert kind.check(BarrierDetails(BarrierCategory.TIME, words), None) == []


@pytest.mark.parametrize("part", ["events", "mentors", "stories", "barriers"])
def test_the_keyboard_begins_in_the_list_and_not_in_its_panel(
    part: str, opened: NetworkPage, qtbot: Any
) -> None:
    assert opened.first_stop() is opened.part("events").list.table
    assert opened.first_stop() is not show(opened, part, qtbot).list.panel
    assert opened.first_stop() is opened.part(part).list.table
