"""A dialog is as high as what it holds, and grows with it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import pytest
from PySide6.QtWidgets import QApplication, QWidget

from apprentice_desk.domain.findings import Finding, Level, Place
from apprentice_desk.ui.kit.dialogs import FormDialog
from apprentice_desk.ui.kit.fields import Field
from apprentice_desk.ui.kit.forms import Form
from apprentice_desk.ui.kit.pieces import label
from apprentice_desk.ui.kit.theme import Theme


@dataclass(frozen=True)
class Details:
    name: str = ""
    code: str = ""
    note: str = ""


FIELDS = (
    Field("name", "Name", required=True, help="As it is written in the list of the provider. " * 3),
    Field("code", "Code", help="Eight figures."),
    Field("note", "Note"),
)


@pytest.fixture
def open_form(qtbot: Any, theme: Theme) -> Any:
    parent = QWidget()
    qtbot.addWidget(parent)

    def make(count: int, save: Any = lambda _details: None) -> FormDialog:
        form = Form(FIELDS[:count], Details, theme)
        dialog = FormDialog(form, "Add a thing", "Add", save, theme, parent)
        dialog.open()
        QApplication.processEvents()  # it is measured once everything has its place
        qtbot.waitUntil(lambda: form.area.verticalScrollBar().maximum() == 0)
        return dialog

    return make


def empty_below(dialog: FormDialog) -> int:
    """How much room stands below the last field."""
    blocks = dialog.form._blocks.values()
    content = dialog.form.area.widget()
    last = max(block.mapTo(content, block.rect().bottomLeft()).y() for block in blocks)
    return content.height() - last


@pytest.mark.parametrize("scale", [1.0, 2.0])
def test_a_form_of_one_field_has_no_room_for_ten(
    open_form: Any, theme: Theme, qtbot: Any, scale: float
) -> None:
    theme.become("light", scale)
    one = open_form(1)
    qtbot.waitUntil(lambda: empty_below(one) <= theme.space(6))
    three = open_form(3)
    qtbot.waitUntil(lambda: empty_below(three) <= theme.space(6))
    assert three.height() > one.height()
    theme.become("light", 1.0)


def test_it_grows_with_what_is_said_beside_its_fields(open_form: Any, qtbot: Any) -> None:
    says = "This is not the name that stands in the list. " * 4
    wrong = [Finding(Level.ROW, "X1", says, place=Place(field="name"))]
    dialog = open_form(2, lambda _details: wrong)
    before = dialog.height()
    dialog.form.set_value("name", "Ada")
    dialog.panel.submit()
    qtbot.waitUntil(lambda: dialog.height() > before)
    qtbot.waitUntil(lambda: dialog.form.area.verticalScrollBar().maximum() == 0)


def test_it_stays_as_low_as_the_person_has_made_it(open_form: Any, qtbot: Any) -> None:
    dialog = open_form(3)
    lower = dialog.height() - 60
    dialog.resize(dialog.width(), lower)
    qtbot.waitUntil(lambda: dialog.form.area.verticalScrollBar().maximum() > 0)
    dialog.form.put_below(label("More\n" * 4))
    qtbot.waitUntil(lambda: dialog.form.area.verticalScrollBar().maximum() > 60)
    assert dialog.height() == lower


def test_it_is_never_higher_than_the_screen(open_form: Any, qtbot: Any) -> None:
    dialog = open_form(3)
    dialog.form.put_below(label("More\n" * 200))
    qtbot.waitUntil(lambda: dialog.form.area.verticalScrollBar().maximum() > 0)
    assert dialog.height() <= dialog.screen().availableSize().height() * 0.9
