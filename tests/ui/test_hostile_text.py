"""Text of others is shown letter by letter: never as markup, and nothing that it names is fetched.

A picture in a name would be read from this computer, or from a server that learns by it who is
there (and, on Windows, gets a hash of the password).
"""

from __future__ import annotations

import ast
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QAbstractTableModel, QMimeData, QUrl
from PySide6.QtGui import QColor, QGuiApplication, QImage, Qt, QTextDocument
from PySide6.QtWidgets import (
    QAbstractItemView,
    QApplication,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QTextBrowser,
    QTextEdit,
    QWidget,
)

from apprentice_desk.app import pictures
from apprentice_desk.documents import docx, pdf, tree
from apprentice_desk.ui.kit import clipboard, inputs
from apprentice_desk.ui.kit.help_text import HelpText
from apprentice_desk.ui.kit.pieces import Elided, label
from apprentice_desk.ui.kit.still_text import StillText
from apprentice_desk.ui.kit.tips import as_tip
from apprentice_desk.ui.shell.places import PAGES

UI = Path(__file__).parents[2] / "src" / "apprentice_desk" / "ui"
PICTURE = '<img src="file:///etc/hostname"><b>x</b>'
MARKED = ("<p style='white", '<p style="white', "<p>")
"""How a tip begins that was escaped on purpose."""

SPOILT = {
    "apprentice": ("given_names", "family_name"),
    "apprenticeship": ("course_title", "line_manager", "mentor", "note"),
    "barrier": ("what_stands_in_the_way", "what_helped"),
    "change_log": ("label", "person"),
    "contract": ("reference", "title", "framework", "looked_after_by", "note"),
    "document_made": ("title", "reference", "file_name"),
    "evidence": ("title", "words", "file_name"),
    "listing": ("title", "wanted", "host_name", "area"),
    "network_event": ("name", "place", "host", "partner", "what"),
    "off_the_job_entry": ("what",),
    "organisation": ("name", "team"),
    "plan_activity": ("title", "note"),
    "plan_template": ("name", "note"),
    "procurement": ("reference", "title", "framework", "note"),
    "provider": ("name",),
    "provider_contact": ("name", "role"),
    "put_off_line": ("reason",),
    "return_sent": ("prepared_by", "file_name"),
    "review": ("note", "place"),
    "secondment": ("host_name", "host_supervisor", "wanted", "area"),
    "standard": ("title",),
    "story": ("title", "audience", "author"),
}
"""Columns that people, or files of others, fill."""


@pytest.fixture(scope="module")
def spoilt(tmp_path_factory: pytest.TempPathFactory, copy_sample: Any) -> Path:
    """The sample with a picture in front of every text that somebody typed."""
    desk = tmp_path_factory.mktemp("desk") / "sample.desk"
    path = Path(copy_sample(desk, date(2026, 11, 24)))
    with closing(sqlite3.connect(path)) as file:
        for table, columns in SPOILT.items():
            changes = ", ".join(f"{one} = ? || {one}" for one in columns)
            file.execute(f"UPDATE {table} SET {changes}", [PICTURE] * len(columns))
        file.commit()
    return path


@pytest.fixture(scope="module")
def window(
    spoilt: Path, qapp: QApplication, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Any]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("APPRENTICE_DESK_SETTINGS", str(tmp_path_factory.mktemp("settings")))
        with pictures.windows_for_pictures(
            spoilt, theme="light", text_scale=1.0, size=(1440, 900), clock=Clock()
        ) as made:
            yield made


class Clock:
    def today(self) -> date:
        return date(2026, 11, 24)

    def now(self) -> datetime:
        return datetime(2026, 11, 24, 9, 0, tzinfo=UTC)


def is_markup(text: str) -> bool:
    return Qt.mightBeRichText(text) and not text.startswith(MARKED)


def told_as_markup(widget: QWidget) -> Iterator[str]:
    """Yield what of a widget, and of all in it, Qt would take for markup."""
    for one in (widget, *widget.findChildren(QWidget)):
        if is_markup(one.toolTip()):
            yield f"{type(one).__name__}: tip {one.toolTip()}"
        is_rich = isinstance(one, QLabel) and one.textFormat() != Qt.TextFormat.PlainText
        if is_rich and (is_markup(one.text()) or "<img" in one.text()):
            yield f"{type(one).__name__}: {one.text()}"
        is_read = isinstance(one, QTextEdit) and not isinstance(one, HelpText)  # its own pictures
        if is_read and pictures_in(one.document()):
            yield f"{type(one).__name__}: {one.toPlainText()[:200]}"
        if isinstance(one, QAbstractItemView) and one.model() is not None:
            yield from _tips_in(one)


def _tips_in(view: QAbstractItemView) -> Iterator[str]:
    model = view.model()
    columns = model.columnCount() if isinstance(model, QAbstractTableModel) else 1
    for row in range(min(model.rowCount(), 20)):
        for column in range(columns):
            tip = model.index(row, column).data(Qt.ItemDataRole.ToolTipRole)
            if isinstance(tip, str) and is_markup(tip):
                yield f"{type(view).__name__}: tip {tip}"


def pictures_in(document: QTextDocument) -> list[str]:
    found, block = [], document.begin()
    while block.isValid():
        fragments = block.begin()
        while not fragments.atEnd():
            shape = fragments.fragment().charFormat()
            if shape.isImageFormat():
                found.append(shape.toImageFormat().name())
            fragments += 1
        block = block.next()
    return found


@pytest.mark.parametrize("name", [place.name for place in PAGES])
def test_no_page_takes_text_of_others_for_markup(name: str, window: Any) -> None:
    window.show_page(name)
    window.picture()
    assert list(told_as_markup(window)) == []


def test_the_walk_would_find_it(qtbot: Any) -> None:
    """So the test above can fail."""
    around = QWidget()
    qtbot.addWidget(around)
    careless = QLabel(PICTURE, around)
    careless.setToolTip(PICTURE)
    QTextEdit(around).setHtml(PICTURE)
    assert len(list(told_as_markup(around))) == 3


# --- the kit --------------------------------------------------------------------------------------


@pytest.mark.parametrize("text", [PICTURE, "<qt>x", "&lt;img&gt;<p>", "<a href='x'>y</a>"])
def test_a_tip_is_shown_letter_by_letter(text: str, qapp: QApplication) -> None:
    document = QTextDocument()
    shown = as_tip(text)
    if Qt.mightBeRichText(shown):
        document.setHtml(shown)
    else:
        document.setPlainText(shown)
    assert document.toPlainText() == text
    assert pictures_in(document) == []


def test_a_tip_that_is_none_stays_as_it_is() -> None:
    for text in ("", "Ada King", "5 < 7", "a & b", "Add an entry (Ctrl+N)"):
        assert as_tip(text) == text


def test_labels_are_plain(qtbot: Any, theme: Any) -> None:
    for made in (label(PICTURE), Elided(PICTURE)):
        qtbot.addWidget(made)
        assert made.textFormat() == Qt.TextFormat.PlainText


def reds(widget: QWidget) -> int:
    """Return how much of a widget is red, as the picture is."""
    widget.resize(200, 200)
    widget.show()
    drawn = widget.grab().toImage()
    points = [(x, y) for x in range(0, 200, 4) for y in range(0, 200, 4)]
    return sum(drawn.pixelColor(*point) == QColor("red") for point in points)


@pytest.mark.parametrize("is_careless", [True, False])
def test_a_text_to_read_fetches_nothing(is_careless: bool, qtbot: Any, tmp_path: Path) -> None:
    picture = QImage(80, 80, QImage.Format.Format_RGB32)
    picture.fill(QColor("red"))
    picture.save(str(tmp_path / "a.png"))
    text = QTextBrowser() if is_careless else StillText()
    qtbot.addWidget(text)
    link = QUrl.fromLocalFile(str(tmp_path / "a.png")).toString()
    text.setHtml(f'<p>Words <img src="{link}"></p>')
    assert (reds(text) > 0) is is_careless


def test_help_shows_its_own_pictures_all_the_same(qtbot: Any, theme: Any) -> None:
    text = HelpText("Help", "Words\n\n![A page](today)\n", theme)
    qtbot.addWidget(text)
    text.resize(600, 400)
    text.show()
    found = text.document().resource(QTextDocument.ResourceType.ImageResource, QUrl("today"))
    assert found is not None
    assert not found.isNull()


def pasted(html: str, text: str = "") -> QMimeData:
    content = QMimeData()
    content.setHtml(html)
    if text:
        content.setText(text)
    content.setImageData(QImage(8, 8, QImage.Format.Format_RGB32))
    content.setUrls([QUrl("file:///etc/hostname")])
    return content


@pytest.mark.parametrize("kind", [QLineEdit, inputs._Text, QPlainTextEdit])
def test_what_is_pasted_is_plain_text(kind: type[QWidget], qtbot: Any) -> None:
    field = kind()
    qtbot.addWidget(field)
    QGuiApplication.clipboard().setMimeData(pasted(f"{PICTURE}<i>Ada</i>", "Ada"))
    field.paste()
    shown = field.text() if isinstance(field, QLineEdit) else field.toPlainText()
    assert shown == "Ada"
    if not isinstance(field, QLineEdit):
        assert pictures_in(field.document()) == []
    clipboard.put_rows([["x"]])


# --- the source -----------------------------------------------------------------------------------

PLAIN = {
    ("kit/pieces.py", "QLabel"): "set to plain text at once",
    ("pages/standards/changes_part.py", "QLabel"): "marks of its own around what is escaped",
}
SIGNS = {
    "kit/form_parts.py", "kit/messages.py", "kit/panels.py", "shell/furniture.py",
    "shell/welcome.py", "shell/unlock.py",
}  # fmt: skip
"""They hold a picture and no text."""

TIPS = {"kit/access.py", "kit/conflicts.py"}
"""They add keys to a tip that is safe already, and escape what they mark."""


def calls() -> Iterator[tuple[str, ast.Call, str]]:
    for path in sorted(UI.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call):
                name = ast.unparse(node.func).rpartition(".")[2]
                yield path.relative_to(UI).as_posix(), node, name


def test_every_tip_is_a_fixed_text_or_made_plain() -> None:
    bad, seen = [], 0
    for where, node, name in calls():
        if name not in ("setToolTip", "setStatusTip", "setWhatsThis"):
            continue
        seen += 1
        words = ast.unparse(node.args[0])
        is_fixed = isinstance(node.args[0], ast.Constant) or words.rpartition(".")[2].isupper()
        if not is_fixed and not words.startswith("as_tip("):
            bad.append((where, words))
    assert seen > 100
    assert {where for where, _ in bad} <= TIPS, bad


def test_labels_and_texts_are_made_where_they_are_made_plain() -> None:
    found = {
        (where, name)
        for where, _, name in calls()
        if name in ("QLabel", "QTextBrowser", "QTextEdit")
    }
    left = {(where, name) for where, name in found if where not in SIGNS}
    assert left <= set(PLAIN)


# --- paper ----------------------------------------------------------------------------------------


def test_paper_says_markup_and_draws_none(tmp_path: Path) -> None:
    """ReportLab's paragraphs and Word's fields would take such text for orders."""
    text = f"{PICTURE}<para><a href='file:///etc/passwd'>y</a>&amp;<w:t/>"
    table = tree.Table(text, (tree.Column(text),), ((text,),))
    made = tree.Document(text, (tree.Heading(text), tree.Para(text), table))
    pdf.write(tmp_path / "a.pdf", made)
    docx.write(tmp_path / "a.docx", made)
    from docx import Document
    from pypdfium2 import PdfDocument

    words = "".join(p.text for p in Document(str(tmp_path / "a.docx")).paragraphs)
    assert words.count(text) >= 2
    with PdfDocument(tmp_path / "a.pdf") as read:
        shown = "".join(page.get_textpage().get_text_range() for page in read)
    assert "".join(shown.split()).count("".join(PICTURE.split())) >= 3
    packed = (tmp_path / "a.pdf").read_bytes()
    assert b"/URI" not in packed
    assert b"/Launch" not in packed
