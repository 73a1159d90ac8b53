"""A table on the clipboard: as HTML for spreadsheets and letters, and as plain text.

What a spreadsheet would take for a formula when it is pasted is kept from that.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from PySide6.QtCore import QCoreApplication, QMimeData
from PySide6.QtGui import QClipboard, QGuiApplication

from apprentice_desk.domain.plain_cells import as_lines

_PUT = "apprentice_desk_clipboard"


def put_rows(rows: Iterable[Sequence[str]]) -> None:
    """Put rows of cells on the clipboard as text with tabs."""
    QGuiApplication.clipboard().setText(as_lines(rows))


def put(text: str, html: str) -> None:
    """Put the same table on the clipboard as text with tabs and as HTML."""
    content = QMimeData()
    content.setText(text)
    content.setHtml(html)
    QGuiApplication.clipboard().setMimeData(content)
    _application().setProperty(_PUT, text)


def clear_ours() -> None:
    """Take away what this program put on the clipboard; what others put there stays."""
    clipboard = QGuiApplication.clipboard()
    put_text = _application().property(_PUT)
    # Not every system says whose it is.
    if clipboard.ownsClipboard() or (put_text and clipboard.text() == put_text):
        clipboard.clear()
    if clipboard.ownsSelection():
        clipboard.clear(QClipboard.Mode.Selection)


def leave_plain_text() -> None:
    """Before the program ends, leave only text of what it put on the clipboard.

    Qt asks what it was given once more at its very end; an object that Python made (PySide 6.11.3)
    can no longer answer then, and the program would end with a fault.  Qt's own text can.
    """
    clipboard, text = QGuiApplication.clipboard(), _application().property(_PUT)
    # Not every system says whose it is; what others put there meanwhile is left alone.
    if text is not None and clipboard.mimeData().hasHtml() and clipboard.text() == text:
        clipboard.setText(text)


def _application() -> QCoreApplication:
    application = QCoreApplication.instance()
    assert application is not None  # there is a clipboard
    return application
