"""The card of findings: what holds something back first, and a way to put it right."""

from __future__ import annotations

from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester

from apprentice_desk.domain.findings import Finding, Level, Place
from apprentice_desk.ui.kit import access
from apprentice_desk.ui.kit.findings import FindingsCard, finding_badge
from apprentice_desk.ui.kit.theme import Theme

MISSING = Finding(Level.ROW, "X1", "The end is missing.", "Put it in.", Place(sheet="A", row=3))
NOTE = Finding(Level.NOTE, "X2", "That is much.", "Check it.", Place(sheet="A", row=2))
FILE = Finding(Level.FILE, "X3", "This is no workbook.")


@pytest.fixture
def card(theme: Theme, qtbot: Any) -> FindingsCard:
    made = FindingsCard(
        theme,
        "About",
        ("Nothing to fix", "All is well."),
        action_text="Fix",
        leads_on=lambda finding: finding.place.row is not None,
    )
    qtbot.addWidget(made)
    made.resize(800, 400)
    made.show()
    return made


@pytest.mark.parametrize(
    ("finding", "word"),
    [
        (FILE, "Whole file"),
        (MISSING, "Missing"),
        (Finding(Level.ROW, "X", "No.", place=Place(value="7")), "Wrong"),
        (NOTE, "Unusual"),
    ],
)
def test_the_kind_of_a_finding_is_one_word(finding: Finding, word: str) -> None:
    assert finding_badge(finding).text == word
    assert finding_badge(finding).icon


def test_what_holds_something_back_stands_first(card: FindingsCard) -> None:
    QAbstractItemModelTester(card.model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    card.show_findings("Three things", [(NOTE, "Ada"), (MISSING, "Mei"), (FILE, "")])

    assert [row.finding.code for row in card.model.shown] == ["X3", "X1", "X2"]
    assert card.heading.text() == "Three things"
    assert access.spoken_name(card.table) == "Three things"


def test_the_chosen_finding_stands_in_full_with_its_remedy(card: FindingsCard) -> None:
    card.show_findings("Two things", [(MISSING, "Mei"), (NOTE, "Ada")])
    assert card._words.text() == "The end is missing. Put it in."
    assert access.spoken_name(card.action) == "Fix: Mei"

    card.table.choose(1)
    assert card._words.text() == "That is much. Check it."


def test_enter_and_the_button_ask_for_the_finding(card: FindingsCard, qtbot: Any) -> None:
    card.show_findings("One thing", [(MISSING, "Mei")])
    asked: list[Finding] = []
    card.asked_for.connect(asked.append)

    qtbot.keyClick(card.table, Qt.Key.Key_Return)
    card.action.click()

    assert asked == [MISSING, MISSING]


def test_a_finding_that_leads_nowhere_cannot_be_asked_for(card: FindingsCard, qtbot: Any) -> None:
    card.show_findings("One thing", [(FILE, "")])
    asked: list[Finding] = []
    card.asked_for.connect(asked.append)

    qtbot.keyClick(card.table, Qt.Key.Key_Return)

    assert not card.action.isEnabled()
    assert asked == []


def test_without_findings_the_card_says_so(card: FindingsCard) -> None:
    card.show_findings("One thing", [(MISSING, "Mei")])
    card.show_findings("Nothing to fix", [])

    assert card.table._empty.isVisible()
    assert not card._foot.isVisible()


def test_before_there_is_a_file_sheet_and_row_leave_their_room_to_the_problem(
    theme: Theme, qtbot: Any
) -> None:
    made = FindingsCard(theme, "About", ("", ""), in_a_file=False)
    qtbot.addWidget(made)
    shown = [
        column.heading
        for place, column in enumerate(made.model.columns)
        if not made.table.isColumnHidden(place)
    ]
    assert shown == ["About", "Column", "Kind", "Problem"]
