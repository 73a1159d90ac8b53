"""The page of a case: its headings with the desk's figures in them, its plan, and its papers."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pypdfium2
import pytest
from PySide6.QtWidgets import QLabel

from apprentice_desk.domain.outcomes import CaseDetails, StepDetails
from apprentice_desk.domain.vocabulary import RoleFamily
from apprentice_desk.records import outcomes
from apprentice_desk.records.desks import open_store
from apprentice_desk.records.organisation import pledge
from apprentice_desk.ui.desk import Desk
from apprentice_desk.ui.destinations import OpenCase, OpenPage
from apprentice_desk.ui.kit.dialogs import FormDialog
from apprentice_desk.ui.pages.case.page import CasePage

TODAY = date(2026, 9, 1)
"""The clock of these tests stands there."""
CASE = CaseDetails("Ten by spring", "{pledged} are pledged", mandate="Head of HR")


@pytest.fixture
def case_id(store: Any) -> Any:
    with store.change("Begin a case") as session:
        pledge(session, 2026, RoleFamily.DATA, 3)
        made = outcomes.begin_case(session, CASE)
        for what in ("Ask for roles", "Hold a lunch"):
            outcomes.add_step(session, made, StepDetails(what), TODAY)
    return made


@pytest.fixture
def opened(page: Callable[..., Any], case_id: Any) -> CasePage:
    made: CasePage = page("case")
    return made


def words_of(shown: CasePage) -> list[str]:
    return [each.text() for each in shown.says.findChildren(QLabel) if each.isVisible()]


def dialog_of(shown: CasePage) -> FormDialog:
    (dialog,) = [each for each in shown.findChildren(FormDialog) if each.isVisible()]
    return dialog


def plan(shown: CasePage) -> list[str]:
    return [shown.plan.model.row(at).title for at in range(shown.plan.model.rowCount())]


def test_without_a_case_it_says_what_one_is_for(page: Callable[..., Any]) -> None:
    shown: CasePage = page("case")
    assert shown.nothing.isVisible()
    assert not shown.both.isVisible()
    shown.nothing.action.click()
    assert dialog_of(shown).windowTitle() == "Add a case"


def test_figures_of_the_desk_are_filled_in_and_change_with_it(
    opened: CasePage, desk: Desk, qtbot: Any
) -> None:
    assert "3 are pledged" in words_of(opened)
    with desk.change("Pledge") as session:
        pledge(session, 2026, RoleFamily.DATA, 5)
    qtbot.waitUntil(lambda: "5 are pledged" in words_of(opened))


def test_a_name_that_is_no_figure_is_refused_where_it_stands(opened: CasePage, qtbot: Any) -> None:
    dialog = opened.start_change()
    assert dialog is not None
    dialog.form.set_value("mandate", "{cabinet} agrees")
    dialog.panel.confirm.click()
    assert dialog.isVisible()
    assert "“cabinet”" in " ".join(each.text() for each in dialog.findChildren(QLabel))
    dialog.form.set_value("mandate", "The cabinet agrees to {pledged}")
    dialog.panel.confirm.click()
    qtbot.waitUntil(lambda: "The cabinet agrees to 3" in words_of(opened))


def test_steps_are_moved_by_their_buttons_and_back_by_undo(
    opened: CasePage, desk: Desk, qtbot: Any
) -> None:
    assert plan(opened) == ["Ask for roles", "Hold a lunch"]
    assert not opened.up.isEnabled()
    opened.down.click()
    assert plan(opened) == ["Hold a lunch", "Ask for roles"]
    assert opened.plan.table.chosen().title == "Ask for roles"
    assert not opened.down.isEnabled()
    qtbot.waitUntil(lambda: desk.undo_label == "Move step “Ask for roles” down")
    desk.undo()
    qtbot.waitUntil(lambda: plan(opened) == ["Ask for roles", "Hold a lunch"])


def test_any_day_of_a_week_is_taken_as_its_monday(opened: CasePage, desk: Desk) -> None:
    opened.plan.start_adding()
    (dialog,) = [each for each in opened.findChildren(FormDialog) if each.isVisible()]
    dialog.form.set_value("what", "Tell LOTI")
    dialog.form.set_value("week_of", date(2026, 9, 9))
    dialog.panel.confirm.click()
    (row,) = desk.store.read(outcomes.case_rows)
    assert row.steps[-1].details == StepDetails("Tell LOTI", date(2026, 9, 7))


def test_several_cases_are_told_apart_and_one_is_gone_to(opened: CasePage, desk: Desk) -> None:
    with desk.change("Begin another") as session:
        other = outcomes.begin_case(session, CaseDetails("A network", "They meet"))
    opened.arrive(OpenCase(other))
    assert opened.header.title.text() == "A network"
    assert opened.switch.isVisible()
    opened.switch.buttons[str(opened._rows[1].id)].click()
    assert opened.header.title.text() == "Ten by spring"


def test_a_case_that_is_gone_is_said_to_be(opened: CasePage, desk: Desk, case_id: Any) -> None:
    with desk.change("Remove it") as session:
        outcomes.remove_case(session, case_id)
    opened.arrive(OpenCase(case_id))
    assert opened.nothing.isVisible()


def test_it_is_saved_as_pdf_and_as_word_with_its_figures(
    gone_out: Any, opened: CasePage, desk: Desk, tmp_path: Path, qtbot: Any
) -> None:
    for name in ("case.pdf", "case.docx"):
        opened.save(str(tmp_path / name))
    qtbot.waitUntil(lambda: not desk.jobs.is_busy and (tmp_path / "case.docx").exists())
    with pypdfium2.PdfDocument(tmp_path / "case.pdf") as printed:
        text = "".join(page.get_textpage().get_text_range() for page in printed)
    word = ZipFile(tmp_path / "case.docx").read("word/document.xml").decode()
    for says in ("3 are pledged", "Head of HR", "Ask for roles", "Evaluation"):
        assert says in text
        assert says in word
    assert gone_out() == [("case for a mandate", None)] * 2


def test_it_leads_back_to_the_network(opened: CasePage, desk: Desk, qtbot: Any) -> None:
    with qtbot.waitSignal(desk.asked_to_go) as asked:
        opened.back.click()
    assert asked.args == [OpenPage("network")]


def test_a_desk_that_is_only_read_shows_it_and_changes_nothing(
    store: Any, case_id: Any, desk_on: Callable[..., Desk], qtbot: Any
) -> None:
    store.close()
    shown = CasePage(desk_on(open_store(store.location, read_only=True)))
    qtbot.addWidget(shown)
    shown.show()
    shown.refresh()
    qtbot.waitUntil(lambda: "3 are pledged" in words_of(shown))
    for each in (shown.begin, shown.change, shown.remove, shown.up, shown.down, shown.plan.add):
        assert not each.isEnabled()
    assert shown.save_pdf.isEnabled()
    assert shown.start_adding() is None
    assert shown.start_change() is None
