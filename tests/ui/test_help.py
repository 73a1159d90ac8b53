"""The texts of Help with their pictures: true to the program, in every theme, size and room."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QUrl
from PySide6.QtGui import QAccessible, QPixmap, QTextDocument
from PySide6.QtWidgets import QApplication, QWidget

import gallery
from apprentice_desk import resources, ui
from apprentice_desk.documents import wording
from apprentice_desk.domain.vocabulary import SubjectKind
from apprentice_desk.ui.kit.help_text import HelpText
from apprentice_desk.ui.kit.theme import apply, load_theme
from apprentice_desk.ui.kit.tokens import ThemeName
from apprentice_desk.ui.shell.help import HelpDialog
from apprentice_desk.ui.shell.window import Window

FIRST_STEPS = resources.read_text("help", "first-steps.md")
PICTURES = re.findall(r"!\[([^\]]+)\]\(([^)]+)\)", FIRST_STEPS)


@pytest.fixture
def shown(qapp: QApplication, qtbot: Any) -> Any:
    """The first steps, shown in a theme, a size of text and a width."""

    def show(theme: ThemeName, scale: float, width: int) -> HelpText:
        look = load_theme(theme, scale)
        apply(qapp, look)
        made = HelpText("First steps", FIRST_STEPS, look)
        made.space_out()
        qtbot.addWidget(made)
        made.resize(width, 500)
        made.show()
        qtbot.waitExposed(made)
        return made

    yield show
    apply(qapp, load_theme("light"))


def fitting(text: HelpText, name: str) -> QPixmap:
    return text.document().resource(QTextDocument.ResourceType.ImageResource, QUrl(name))


def test_every_picture_of_the_text_is_one_that_the_gallery_draws() -> None:
    names = [name for _words, name in PICTURES]
    assert sorted(names) == sorted(gallery.HELP_PAGES)
    for name in names:
        assert {f"{name}-light.png", f"{name}-dark.png"} <= set(gallery.help_picture_names())


@pytest.mark.parametrize("theme", ["light", "dark", "contrast"])
@pytest.mark.parametrize(("scale", "width"), [(1.0, 500), (1.0, 1100), (2.0, 700), (2.0, 1400)])
def test_a_picture_fits_the_room_and_grows_with_the_text(
    theme: ThemeName, scale: float, width: int, shown: Any
) -> None:
    text = shown(theme, scale, width)
    look = "light" if theme == "light" else "dark"
    for _words, name in PICTURES:
        stored = QPixmap(str(resources.path("help", "pictures", f"{name}-{look}.png")))
        wide = fitting(text, name).deviceIndependentSize().width()
        room = text.viewport().width() - 2 * text.document().documentMargin()
        assert wide <= min(room, stored.width() * scale)
        assert wide > 0.9 * min(room, stored.width() * scale)
    assert text.horizontalScrollBar().maximum() == 0


def test_a_picture_follows_the_width(shown: Any, qtbot: Any) -> None:
    text = shown("light", 1.0, 700)
    name = PICTURES[0][1]
    before = fitting(text, name).width()
    height = text.document().size().height()
    text.resize(500, 500)
    assert fitting(text, name).width() == before - 200
    assert text.document().size().height() != height


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_the_picture_is_of_the_theme_that_is_shown(theme: ThemeName, shown: Any) -> None:
    image = fitting(shown(theme, 1.0, 700), PICTURES[0][1]).toImage()
    assert (image.pixelColor(20, image.height() - 20).lightness() < 128) is (theme == "dark")


@pytest.mark.parametrize("size", [(973, 576), (760, 720), (1400, 900)])
def test_every_topic_is_whole_with_large_text(
    size: tuple[int, int], qapp: QApplication, qtbot: Any
) -> None:
    look = load_theme("light", 2.0)
    apply(qapp, look)
    behind = QWidget()
    qtbot.addWidget(behind)
    help_ = HelpDialog(behind, look, (), "documents")
    help_.resize(*size)
    help_.show()
    qtbot.waitExposed(help_)
    assert help_.height() == size[1], "no taller than there is room"
    room = help_.topics_area.viewport()
    for words, made in help_.switch.buttons.items():
        assert made.width() >= made.sizeHint().width(), words
        assert made.height() >= made.sizeHint().height()
        made.click()
        at = made.mapTo(room, made.rect().bottomRight())
        assert room.rect().contains(at), words
        assert help_.switch.buttons[words].isChecked()
    text = help_.texts["documents"].viewport()
    assert text.height() >= look.space(24), "six lines"
    assert text.width() >= look.space(48)
    help_.reject()
    apply(qapp, load_theme("light"))


def test_what_a_picture_shows_is_said_below_it_to_everybody(shown: Any) -> None:
    """Screen readers pass over a picture within a text: its words must be text themselves."""
    text = shown("light", 1.0, 700)
    interface = QAccessible.queryAccessibleInterface(text).textInterface()
    heard = interface.text(0, interface.characterCount())
    for words, _name in PICTURES:
        assert len(words) > 50
        assert f"\ufffc\n{words}\n" in heard.replace("\u2029", "\n")


# --- true to the program --------------------------------------------------------------------------

STEPS = FIRST_STEPS[: FIRST_STEPS.index("## Where everything lies")]


def words_of_the_window() -> set[str]:
    """Every text in the source of the window, as buttons and headings show it."""
    found = set()
    for path in sorted(Path(ui.__file__).parent.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                found.add(node.value.rstrip("…"))
    return found


@pytest.mark.parametrize("topic", ["apprenticeships", "contracts", "documents"])
def test_every_button_that_a_topic_names_has_these_words_in_the_window(topic: str) -> None:
    named = set(re.findall(r"\*\*([^*]+)\*\*", resources.read_text("help", f"{topic}.md")))
    assert len(named) >= 12
    assert {words.rstrip("….") for words in named} - words_of_the_window() == set()


BUTTONS = ("Decide…", "Letters and standstill…", "Issue for all…", "Make the contract…")
OF_A_PROCUREMENT = [
    each
    for each in wording.library().newest_types
    if each.subject in (SubjectKind.PROCUREMENT, SubjectKind.BIDDER)
]


def test_every_paper_of_a_procurement_has_its_use_its_law_and_what_comes_next() -> None:
    text = resources.read_text("help", "procuring.md")
    sections = {part.split("\n", 1)[0]: part for part in text.split("\n## ")[1:]}
    assert len(OF_A_PROCUREMENT) >= 7
    for of in OF_A_PROCUREMENT:
        section = sections[of.name]
        headings = re.findall(r"^### (.+)$", section, re.MULTILINE)
        assert headings == ["When to use it", "What the law asks", "What comes next"], of.name
        for law in ("Procurement Act 2023:", "PCR 2015:", "Below the threshold:"):
            assert f"\n- {law}" in section, of.name
    assert set(re.findall(r"\*\*([^*]+)\*\*", text)) == set(BUTTONS)
    assert {words.rstrip("…") for words in BUTTONS} <= words_of_the_window()


def test_every_paper_of_a_contract_has_its_use_its_law_and_what_comes_next() -> None:
    """The note on sharing is of another law than procurement's."""
    text = resources.read_text("help", "managing-contracts.md")
    sections = {part.split("\n", 1)[0]: part for part in text.split("\n## ")[1:]}
    kinds = (SubjectKind.CONTRACT, SubjectKind.ORGANISATION)
    found = [each for each in wording.library().newest_types if each.subject in kinds]
    assert len(found) >= 5
    laws = ("Procurement Act 2023:", "PCR 2015:", "Below the threshold:")
    sharing = ("UK GDPR:", "Data Protection Act 2018:", "Equality Act 2010:")
    for of in found:
        section = sections[of.name]
        headings = re.findall(r"^### (.+)$", section, re.MULTILINE)
        assert headings == ["When to use it", "What the law asks", "What comes next"], of.name
        for law in laws if of.subject is SubjectKind.CONTRACT else sharing:
            assert f"\n- {law}" in section, of.name
    named = set(re.findall(r"\*\*([^*]+)\*\*", text))
    assert len(named) >= 3
    assert {words.rstrip("…") for words in named} - words_of_the_window() == set()


def test_every_paper_about_people_has_its_use_its_law_and_what_comes_next() -> None:
    text = resources.read_text("help", "papers-for-people.md")
    sections = {part.split("\n", 1)[0]: part for part in text.split("\n## ")[1:]}
    kinds = (SubjectKind.APPRENTICESHIP, SubjectKind.REVIEW, SubjectKind.SECONDMENT)
    found = {each.name for each in wording.library().newest_types if each.subject in kinds}
    assert sections.keys() == found
    assert len(found) == 6
    for name, section in sections.items():
        headings = re.findall(r"^### (.+)$", section, re.MULTILINE)
        assert headings == ["When to use it", "What the law asks", "What comes next"], name
    named = set(re.findall(r"\*\*([^*]+)\*\*", text))
    assert len(named) >= 5
    assert {words.rstrip("…") for words in named} - words_of_the_window() == set()


def test_every_button_that_the_steps_name_has_these_words_in_the_window() -> None:
    named = set(re.findall(r"\*\*([^*]+)\*\*", STEPS))
    assert len(named) >= 8
    assert {words.rstrip(".") for words in named} - words_of_the_window() - {"Prepared by"} == set()
    assert any(words.startswith("Prepared by") for words in words_of_the_window())


def test_every_key_that_the_steps_name_does_what_they_say(
    theme: Any, qtbot: Any, messages: Any
) -> None:
    window = Window()
    qtbot.addWidget(window)
    window.furnish(theme, messages)
    actions = window.actions_
    said = {
        "Ctrl+I": actions.import_apprentices,
        "Ctrl+Shift+N": actions.add_apprentice,
        "Ctrl+L": actions.log_hours,
        "Ctrl+Shift+I": actions.import_hours,
        "Ctrl+Z": actions.undo,
        "F1": actions.help,
    }
    assert set(re.findall(r"Ctrl\+[A-Z][A-Za-z+]*|F\d+", FIRST_STEPS)) == said.keys()
    assert {keys: action.shortcut().toString() for keys, action in said.items()} == {
        keys: keys for keys in said
    }


def test_help_is_not_loaded_on_the_way_to_the_first_paint() -> None:
    script = (
        "import sys, apprentice_desk.app.starting\n"
        "print('apprentice_desk.ui.shell.help' in sys.modules)"
    )
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=True, timeout=60
    )
    assert done.stdout.strip() == "False"
