"""Files on the way out: asking for a name, and showing where a file stands."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QStandardPaths, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QFileDialog, QWidget

_NOT_IN_NAMES = re.compile(r'[\\/:*?"<>|\x00-\x1f]+')


def file_name(text: str) -> str:
    """Return *text* as the name of a file that every system takes."""
    return _NOT_IN_NAMES.sub(" ", text).strip(" .") or "list"


def ask_for_file(
    parent: QWidget, title: str, called: str, ending: str, name: str, then: Callable[[str], object]
) -> QFileDialog:
    """Ask where a file is to stand, and do *then* with the path; returns at once.

    *called* and *ending* are such as "PDF" and "pdf"; *name* is offered.
    """
    documents = QStandardPaths.StandardLocation.DocumentsLocation
    dialog = QFileDialog(parent, title, "", f"{called} (*.{ending})")
    dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
    dialog.setDefaultSuffix(ending)
    dialog.setDirectory(QStandardPaths.writableLocation(documents))
    dialog.selectFile(f"{file_name(name)}.{ending}")
    dialog.fileSelected.connect(then)
    dialog.open()
    return dialog


def open_folder(path: Path) -> None:
    """Show the folder of a file in the computer's own file window."""
    QDesktopServices.openUrl(QUrl.fromLocalFile(str(path.parent)))
