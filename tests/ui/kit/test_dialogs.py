from __future__ import annotations

from dataclasses import dataclass

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QDialog, QPushButton, QWidget

from apprentice_desk.domain.findings import Finding, Level, Place
from apprentice_desk.domain.problems import Problem
from apprentice_desk.ui.kit import access
from apprentice_desk.ui.kit.dialogs import FormDialog, Question, ask, lost_in_words, tell
from apprentice_desk.ui.kit.fields import Field
from apprentice_desk.ui.kit.forms import Form
from apprentice_desk.ui.kit.theme import apply, load_theme
from ui.clipping import clipped


@dataclass(frozen=True)
class Details:
    name: str | None = None


class Saver:
    """Keeps what it is given, or answers as it is told."""

    def __init__(self) -> None:
        self.kept: list[Details] = []
        self.answer: list[Finding] | Problem = []

    def __call__(self, details: Details) -> list[Finding]:
        if isinstance(self.answer, Problem):
            raise self.answer
        if not self.answer:
            self.kept.append(details)
        return self.answer


@pytest.fixture
def window(qtbot, theme) -> QWidget:
    made = QWidget()
    qtbot.addWidget(made)
    made.resize(900, 700)
    with qtbot.waitExposed(made):
        made.show()
    return made


@pytest.fixture
def saver() -> Saver:
    return Saver()


@pytest.fixture
def dialog(window, theme, saver) -> FormDialog:
    form = Form((Field("name", "Name", required=True),), Details, theme)
    made = FormDialog(form, "Add an apprentice", "Add apprentice", saver, theme, window)
    made.open()
    return made


def questions(window: QWidget) -> list[Question]:
    return [question for question in window.findChildren(Question) if question.isVisible()]


def test_a_question_does_what_it_says_when_confirmed(window, theme) -> None:
    done: list[bool] = []
    question = ask(
        window, theme, "Remove Ada?", "Her hours go too.", "Remove Ada", lambda: done.append(True)
    )
    assert question.isVisible()
    assert question.confirm.text() == "Remove Ada"
    assert access.unnamed_widgets(question) == []
    question.confirm.click()
    assert done == [True]


@pytest.mark.parametrize("title", ["Short?", "A title so long that it goes on below " * 3])
def test_a_question_is_as_high_as_its_words(window, theme, title) -> None:
    """Words that may wrap have Qt ask for the height that they have where they are narrowest."""
    question = ask(window, theme, title, "What happens then. " * 9, "Do it", lambda: None)
    assert question.height() == question.layout().totalHeightForWidth(question.width())
    assert clipped(question) == []


def test_what_is_only_told_has_one_button(window, theme) -> None:
    told = tell(window, theme, "Not now", "Because of this.")
    assert [each.text() for each in told.findChildren(QPushButton) if each.isVisible()] == ["Close"]
    QTest.keyClick(told, Qt.Key.Key_Return)
    assert not told.isVisible()


@pytest.mark.parametrize("way", ["button", "escape"])
def test_a_question_turned_down_does_nothing(window, theme, way) -> None:
    done: list[bool] = []
    question = ask(window, theme, "Remove?", "Gone.", "Remove", lambda: done.append(True))
    if way == "button":
        question.cancel.click()
    else:
        QTest.keyClick(question, Qt.Key.Key_Escape)
    assert done == []


def test_enter_turns_back_where_it_is_dangerous(window, theme) -> None:
    done: list[bool] = []
    question = ask(
        window, theme, "Remove?", "Gone.", "Remove", lambda: done.append(True), danger=True
    )
    QTest.keyClick(question, Qt.Key.Key_Return)
    assert done == []
    ask(window, theme, "Add?", "It is added.", "Add", lambda: done.append(True))
    QTest.keyClick(questions(window)[-1], Qt.Key.Key_Return)
    assert done == [True]


def test_what_is_typed_is_saved_and_the_dialog_closes(dialog, saver, qtbot) -> None:
    QTest.keyClicks(dialog.form.input("name").target, "Ada")
    with qtbot.waitSignal(dialog.saved) as saved:
        QTest.keyClick(dialog.form.input("name").target, Qt.Key.Key_Return)
    assert saver.kept == [Details("Ada")] == saved.args
    assert dialog.result() == QDialog.DialogCode.Accepted


def test_what_cannot_be_read_is_not_saved(dialog, saver) -> None:
    dialog.panel.confirm.click()
    assert saver.kept == []
    assert dialog.isVisible()
    assert dialog.form.input("name").target.property("tone") == "danger"


def test_findings_that_refuse_keep_the_dialog_open(dialog, saver) -> None:
    dialog.form.set_value("name", "Ada")
    saver.answer = [Finding(Level.ROW, "X", "There is an Ada.", place=Place(field="name"))]
    dialog.panel.confirm.click()
    assert dialog.isVisible()
    assert "There is an Ada." in dialog.form.input("name").target.accessibleDescription()


def test_notes_do_not_hold_saving_up(dialog, saver, qtbot) -> None:
    dialog.form.set_value("name", "Ada")
    saver.answer = [Finding(Level.NOTE, "X", "Worth a look.")]
    with qtbot.waitSignal(dialog.saved):
        dialog.panel.confirm.click()


def test_a_problem_is_shown_where_the_person_is(dialog, saver) -> None:
    dialog.form.set_value("name", "Ada")
    saver.answer = Problem("The desk is read only.", "Ask who has it open.")
    dialog.panel.confirm.click()
    assert dialog.isVisible()
    assert any(
        widget.accessibleName() == "The desk is read only. Ask who has it open."
        for widget in dialog.findChildren(QWidget)
    )


def test_an_unchanged_form_is_left_without_a_question(dialog, window) -> None:
    QTest.keyClick(dialog, Qt.Key.Key_Escape)
    assert not questions(window)
    assert dialog.result() == QDialog.DialogCode.Rejected


@pytest.mark.parametrize("way", ["escape", "cancel", "close"])
def test_a_changed_form_is_not_left_by_accident(dialog, window, saver, way) -> None:
    dialog.form.set_value("name", "Ada")
    if way == "escape":
        QTest.keyClick(dialog, Qt.Key.Key_Escape)
    elif way == "cancel":
        dialog.panel.cancel.click()
    else:
        dialog.close()
    (question,) = questions(window)
    assert dialog.isVisible()
    said = "lost if you leave: Add an apprentice: Name “Ada”."
    assert question.accessibleDescription().endswith(said)
    question.cancel.click()
    assert dialog.isVisible()
    assert dialog.form.value("name") == "Ada"
    dialog.panel.cancel.click()
    questions(window)[-1].confirm.click()
    assert dialog.result() == QDialog.DialogCode.Rejected
    assert saver.kept == []


def test_what_would_be_lost_is_told_as_far_as_one_reads_it() -> None:
    assert lost_in_words([]) == "What you have typed here is not saved yet and will be lost."
    told = lost_in_words([f"Entry {number}" for number in range(6)])
    assert told.endswith("Entry 2 · Entry 3 · and 2 more.")


@pytest.mark.parametrize("scale", [1.0, 2.0])
def test_a_short_form_is_as_high_as_it_is_and_grows_with_what_is_refused(
    qtbot, qapp, window, saver, scale
) -> None:
    theme = load_theme("light", scale)
    apply(qapp, theme)
    window.resize(1024, 700)
    form = Form((Field("name", "Name", required=True, help="As in the desk."),), Details, theme)
    made = FormDialog(form, "Who?", "Go on", saver, theme, window, wide=110)
    made.open()
    form = made.form
    qtbot.waitUntil(lambda: form.area.verticalScrollBar().maximum() == 0)
    assert made.height() < theme.space(100), "no room is empty"
    before = made.height()
    made.panel.confirm.click()
    qtbot.waitUntil(lambda: made.height() > before)
    qtbot.waitUntil(lambda: form.area.verticalScrollBar().maximum() == 0)
    assert made.height() <= window.height()
    assert made.width() <= window.width()


def test_all_in_a_form_dialog_has_a_name_and_is_reached_in_order(dialog) -> None:
    assert access.unnamed_widgets(dialog) == []
    assert access.out_of_order(dialog) == []
    assert access.buttons_without_keyboard(dialog) == []
