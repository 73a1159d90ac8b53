"""The playbook: guides that lead somewhere, and checklists that are put on and ticked off."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from typing import Any
from uuid import uuid4

import pytest
from PySide6.QtCore import Qt, QUrl
from PySide6.QtTest import QTest

from apprentice_desk import resources
from apprentice_desk.domain.checklist import ItemState
from apprentice_desk.domain.guides import GoesOn
from apprentice_desk.records import guide_checklists
from apprentice_desk.records.guide_checklists import checklists_on
from apprentice_desk.records.store import Store
from apprentice_desk.ui.desk import Desk
from apprentice_desk.ui.destinations import (
    AddApprentice,
    ImportList,
    LogHours,
    OpenGuide,
    OpenHelp,
    OpenLibrary,
    OpenPage,
    OpenProcurement,
    OpenRecord,
    OpenReturnRecord,
)
from apprentice_desk.ui.guiding.links import destination_of_link, links_in
from apprentice_desk.ui.kit.dialogs import FormDialog, Question
from apprentice_desk.ui.pages.apprentice.page import ApprenticePage
from apprentice_desk.ui.pages.apprentice.part import PARTS
from apprentice_desk.ui.pages.playbook.page import PlaybookPage
from apprentice_desk.ui.pages.procurement.part import PARTS as PROCUREMENT_PARTS
from apprentice_desk.ui.pages.return_records.page import CHARACTERISTICS, ELSEWHERE, KINDS
from apprentice_desk.ui.shell.help import TOPICS
from apprentice_desk.ui.shell.page_help import GUIDE, PAGE_HELP, help_of
from apprentice_desk.ui.shell.places import PAGES
from procured import procured
from ui.test_help import words_of_the_window

GUIDES = resources.guides()
NAMES = {guide.name for guide in GUIDES}
TODAY = date(2026, 9, 1)
LINKS = sorted(
    {link for guide in GUIDES for _, link in links_in(guide.text)}
    | {item.link for guide in GUIDES for item in guide.items if item.link}
)
EXISTS: dict[str, set[str]] = {
    "page": {place.name for place in PAGES},
    "record": {part.name for part in PARTS},
    "procurement": {part.name for part in PROCUREMENT_PARTS},
    "records": {kind.name for kind in KINDS} | {CHARACTERISTICS, *dict(ELSEWHERE)},
    "library": {"templates", "offers"},
    "guide": NAMES,
    "help": {topic for topic, _ in TOPICS},
    "import": {"apprentices", "hours", "payments"},
    "add-apprentice": {""},
    "log-hours": {""},
}


# --- links ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("link", LINKS)
def test_every_link_leads_to_something_that_there_is(link: str) -> None:
    kind, _, name = link.partition("/")
    assert name in EXISTS[kind]
    assert destination_of_link(link) is not None
    assert destination_of_link(f"go:{link}") == destination_of_link(link)


def test_every_link_of_a_text_is_one_into_the_program() -> None:
    """Nothing leads out: the program works without a network."""
    for guide in GUIDES:
        written = re.findall(r"\]\(([^)]*)\)", guide.text)
        assert written, guide.name
        assert {each.removeprefix("go:") for each in written} == {
            link for _, link in links_in(guide.text)
        }


def test_a_link_leads_to_the_record_it_is_on_else_to_the_list() -> None:
    key = uuid4()
    led = {
        "record/reviews": OpenPage("apprentices"),
        "procurement/issued": OpenPage("procurements"),
        "page/hours": OpenPage("hours"),
        "records/network": OpenReturnRecord("network"),
        "library/offers": OpenLibrary("offers"),
        "import/hours": ImportList("hours"),
        "guide/reviews": OpenGuide("reviews"),
        "help/codes": OpenHelp("codes"),
        "add-apprentice": AddApprentice(),
        "log-hours": LogHours(),
        "log-hours/now": None,
        "page": None,
        "page/": None,
        "nowhere/at-all": None,
    }
    assert {link: destination_of_link(link) for link in led} == led
    assert destination_of_link("record/pay", apprenticeship_id=key) == OpenRecord(key, "pay")
    assert destination_of_link("procurement/facts", procurement_id=key) == OpenProcurement(
        key, "facts"
    )


def test_a_button_that_a_guide_names_has_these_words_in_the_window() -> None:
    named = {
        words
        for guide in GUIDES
        for words in re.findall(r"\*\*([^*]+)\*\*", guide.text.split("## In the program")[1])
    }
    assert len(named) >= 2
    assert named - words_of_the_window() == set()


def test_f1_knows_every_page_and_every_guide_is_on_a_page() -> None:
    pages = {name for name in PAGE_HELP if "/" not in name}
    assert pages == {place.name for place in PAGES}
    parts = {name for name in PAGE_HELP if "/" in name}
    assert parts == {f"apprentice/{part.name}" for part in PARTS}
    topics = {topic for topic, _ in TOPICS}
    for name, here in PAGE_HELP.items():
        assert set(here.guides) <= NAMES, name
        firsts = topics | {f"{GUIDE}{each}" for each in here.guides}
        assert here.first in firsts, name
    assert {each for here in PAGE_HELP.values() for each in here.guides} == NAMES
    assert help_of("plan_library", "offers") == PAGE_HELP["plan_library"]
    assert help_of("").first == "first-steps"


# --- the page -------------------------------------------------------------------------------------


@pytest.fixture
def playbook(page: Callable[..., Any]) -> PlaybookPage:
    opened: PlaybookPage = page("playbook")
    return opened


@pytest.fixture
def gone(desk: Desk) -> list[object]:
    """Where the person was taken."""
    places: list[object] = []
    desk.asked_to_go.connect(places.append)
    return places


def test_the_guides_stand_in_their_order_and_the_first_is_shown(playbook: PlaybookPage) -> None:
    assert [line.id for line in playbook.model.shown] == [guide.name for guide in GUIDES]
    assert playbook.shown_guide == "decide-the-role"
    assert playbook.panel.text is not None
    words = playbook.panel.text.toPlainText()
    assert "£8.00 an hour" in words
    assert "Where this comes from" in words


def test_any_word_of_a_guide_finds_it(playbook: PlaybookPage) -> None:
    playbook.narrow_to("standstill")
    assert [line.id for line in playbook.model.shown] == ["procure-a-provider"]
    assert playbook.shown_guide == "procure-a-provider"


def test_a_guide_is_shown_where_another_page_asked_though_it_was_filtered_away(
    playbook: PlaybookPage, qtbot: Any
) -> None:
    playbook.narrow_to("standstill")
    playbook.arrive(OpenGuide("reviews"))
    assert playbook.shown_guide == "reviews"
    qtbot.waitUntil(lambda: playbook.panel.text is not None and playbook.panel.text.hasFocus())
    playbook.arrive(OpenGuide("never was"))
    qtbot.waitUntil(playbook.table.hasFocus)


def test_a_link_is_a_button_too_and_both_lead_there(
    playbook: PlaybookPage, gone: list[object]
) -> None:
    playbook.arrive(OpenGuide("off-the-job-time"))
    (button,) = [each for each in playbook.panel.links if each.text() == "Hours"]
    button.click()
    assert playbook.panel.text is not None
    playbook.panel.text.anchorClicked.emit(QUrl("go:page/audit"))
    playbook.panel.text.anchorClicked.emit(QUrl("go:nowhere/at-all"))
    assert gone == [OpenPage("hours"), OpenPage("audit")]


def test_in_a_narrow_window_enter_opens_and_escape_goes_back(
    page: Callable[..., Any], qtbot: Any
) -> None:
    narrow: PlaybookPage = page("playbook", (600, 700))
    assert not narrow.panel.isVisible()
    narrow.table.setFocus()
    qtbot.waitUntil(narrow.table.hasFocus)
    QTest.keyClick(narrow.table, Qt.Key.Key_Return)
    assert narrow.panel.isVisible()
    assert narrow.panel.close_button.isVisible()
    assert narrow.panel.text is not None
    QTest.keyClick(narrow.panel.text, Qt.Key.Key_Escape)
    assert not narrow.panel.isVisible()
    assert narrow.table.isVisible()


def test_a_checklist_is_put_on_somebody_and_shown_there(
    playbook: PlaybookPage, team: Any, store: Store, gone: list[object]
) -> None:
    playbook.arrive(OpenGuide("reviews"))
    dialog = playbook.start_putting_on()
    assert isinstance(dialog, FormDialog)
    dialog.form.set_value("key", team.ada)
    dialog.panel.confirm.click()
    (held,) = store.read(checklists_on, GoesOn.APPRENTICE, team.ada)
    assert (held.guide, held.put_on) == ("reviews", TODAY)
    assert gone == [OpenRecord(team.ada, "guides", item="reviews")]


def test_that_of_procuring_is_put_on_a_procurement(
    playbook: PlaybookPage, make: Any, store: Store, gone: list[object]
) -> None:
    one = procured(make).id
    playbook.arrive(OpenGuide("procure-a-provider"))
    assert playbook.panel.put_on.toolTip().startswith("Put the checklist on a procurement")
    dialog = playbook.start_putting_on()
    assert dialog is not None
    dialog.form.set_value("key", one)
    dialog.panel.confirm.click()
    (held,) = store.read(checklists_on, GoesOn.PROCUREMENT, one)
    assert held.guide == "procure-a-provider"
    assert gone == [OpenProcurement(one, "guides")]


# --- on a record ----------------------------------------------------------------------------------


@pytest.fixture
def here(page: Callable[..., Any], team: Any) -> Any:
    """The part Guides of Ada's record, with nothing on it yet."""
    record: ApprenticePage = page("apprentice")
    record.arrive(OpenRecord(team.ada, "guides"))
    part: Any = record.part("guides")
    return part.here


def put(here: Any, title: str) -> None:
    (action,) = [each for each in here.menu.actions() if each.text() == title]
    action.trigger()


def states(here: Any) -> dict[str, ItemState]:
    return {item.id: item.state for item in here.card.table.rows.shown}


def test_a_checklist_is_put_on_ticked_off_and_counted(
    here: Any, store: Store, team: Any, qtbot: Any
) -> None:
    assert here.nothing.isVisible()
    assert not here.card.isVisible()
    titles = [each.text() for each in here.menu.actions()]
    assert titles == [guide.title for guide in GUIDES if guide.goes_on is GoesOn.APPRENTICE]
    put(here, "Reviews")
    qtbot.waitUntil(here.card.table.hasFocus)
    assert set(states(here).values()) == {ItemState.NOT_MET}
    assert "Reviews" not in [each.text() for each in here.menu.actions()]
    here.card.table.choose("review-pack")
    QTest.keyClick(here.card.table, Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: states(here)["review-pack"] is ItemState.MET)
    (held,) = store.read(checklists_on, GoesOn.APPRENTICE, team.ada)
    assert held.marks["review-pack"].done_on == TODAY
    assert here.switch.buttons["reviews"].text() == "Reviews  6"
    here.card.table.choose("review-pack")
    here.card.take_back.click()
    qtbot.waitUntil(lambda: states(here)["review-pack"] is ItemState.NOT_MET)


def test_each_guide_keeps_its_own_checklist_and_the_one_that_is_shown_stays(
    here: Any, qtbot: Any
) -> None:
    put(here, "Reviews")
    put(here, "The gateway")
    assert list(here.switch.buttons) == ["gateway", "reviews"]
    here.switch.buttons["reviews"].click()
    assert "review-pack" in states(here)
    here.card.table.choose("review-pack")
    here.card.table.toggle()
    qtbot.waitUntil(lambda: states(here).get("review-pack") is ItemState.MET)
    here.switch.buttons["gateway"].click()
    assert set(states(here).values()) == {ItemState.NOT_MET}


def test_a_line_leads_to_where_it_is_done_and_to_its_guide(
    here: Any, team: Any, gone: list[object]
) -> None:
    put(here, "Reviews")
    here.card.table.choose("review-pack")
    here.go.click()
    here.read.click()
    here.card.table.choose("review-well")
    assert not here.go.isEnabled()
    here._go()
    assert gone == [OpenRecord(team.ada, "reviews"), OpenGuide("reviews")]


def test_a_line_that_is_not_needed_asks_why(here: Any, store: Store, team: Any) -> None:
    put(here, "Reviews")
    here.card.table.choose("review-well")
    here.card.not_needed.click()
    (dialog,) = [each for each in here.findChildren(FormDialog) if each.isVisible()]
    dialog.form.set_value("reason", "Said by letter")
    dialog.panel.confirm.click()
    (held,) = store.read(checklists_on, GoesOn.APPRENTICE, team.ada)
    assert held.marks["review-well"].note == "Said by letter"


def test_a_checklist_is_taken_off_after_a_question_and_comes_back(
    here: Any, desk: Desk, qtbot: Any
) -> None:
    put(here, "Reviews")
    here.take_off.click()
    assert isinstance(here.question, Question)
    here.question.confirm.click()
    qtbot.waitUntil(here.nothing.isVisible)
    desk.undo()
    qtbot.waitUntil(lambda: "review-day" in states(here))


def test_somebody_elses_record_has_its_own(here: Any, team: Any, make: Any) -> None:
    put(here, "Reviews")
    here.show_on(team.tomasz, "Tomasz Nowak")
    assert here.nothing.isVisible()
    here.show_on(team.ada, "Ada Obi")
    assert here.shown_name == "reviews"


def test_a_checklist_whose_guide_is_gone_is_left_out(here: Any, store: Store, team: Any) -> None:
    with store.change("Put on") as session:
        guide_checklists.put_on(session, "never was", GoesOn.APPRENTICE, team.ada, TODAY)
    here.show_on(team.ada, "Ada Obi")
    assert here.nothing.isVisible()


def test_a_desk_that_is_read_only_shows_them_and_changes_nothing(
    here: Any, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    put(here, "Reviews")
    monkeypatch.setattr(desk.store, "is_read_only", True)
    here.show_on(here._key, "Ada Obi")
    assert here.card.isVisible()
    assert not here.put_on.isVisible()
    assert not here.take_off.isVisible()
    assert not here.card.done.isEnabled()
