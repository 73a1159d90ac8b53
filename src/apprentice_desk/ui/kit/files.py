"""Files on the way in and out: asking for them, what was dropped, and opening one elsewhere."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QMimeData, QStandardPaths, Qt, QUrl
from PySide6.QtGui import QDesktopServices, QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QFileDialog, QWidget

from apprentice_desk import policy
from apprentice_desk.domain.evidence import safe_file_name

if TYPE_CHECKING:  # only named
    from apprentice_desk.ui.kit.messages import Messages

TAKES_FILES = "takesFiles"
"""The property of a part of a page onto which files may be dropped: the window leaves it be."""

_NOT_IN_NAMES = re.compile(r'[\\/:*?"<>|\x00-\x1f]+')


def file_name(text: str) -> str:
    """Return *text* as the name of a file that every system takes, no device of Windows either."""
    words = _NOT_IN_NAMES.sub(" ", text).strip(" .")
    return safe_file_name(words) if words else "list"


def ask_for_file(
    parent: QWidget, title: str, called: str, ending: str, name: str, then: Callable[[str], object]
) -> QFileDialog:
    """Ask where a file is to stand, and do *then* with the path; returns at once.

    *called* and *ending* are such as "PDF" and "pdf"; *name* is offered.
    """
    dialog = QFileDialog(parent, title, "", f"{called} (*.{ending})")
    dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
    dialog.setDefaultSuffix(ending)
    dialog.setDirectory(_documents())
    dialog.selectFile(f"{file_name(name)}.{ending}")
    dialog.fileSelected.connect(then)
    dialog.open()
    return dialog


def open_folder(path: Path) -> None:
    """Show the folder of a file in the computer's own file window."""
    QDesktopServices.openUrl(QUrl.fromLocalFile(str(path.parent)))


def say_saved(messages: Messages, path: Path) -> None:
    """Say where a file was saved, with the way to its folder."""
    messages.say(
        f"Saved “{path.name}” to {path.parent}.", "Open the folder", lambda: open_folder(path)
    )


def ask_for_files(parent: QWidget, title: str, then: Callable[[list[str]], object]) -> QFileDialog:
    """Ask which files of any kind to take, and do *then* with their paths; returns at once."""
    dialog = QFileDialog(parent, title, "", "All files (*)")
    dialog.setFileMode(QFileDialog.FileMode.ExistingFiles)
    dialog.setDirectory(_documents())
    dialog.filesSelected.connect(then)
    dialog.open()
    return dialog


def ask_for_one(
    parent: QWidget, title: str, called: str, endings: Sequence[str], then: Callable[[str], object]
) -> QFileDialog:
    """Ask which file of some kinds to open, and do *then* with its path; returns at once."""
    kinds = " ".join(f"*.{ending}" for ending in endings)
    dialog = QFileDialog(parent, title, "", f"{called} ({kinds});;All files (*)")
    dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
    dialog.setDirectory(_documents())
    dialog.fileSelected.connect(then)
    dialog.open()
    return dialog


def ask_where(parent: QWidget, title: str, name: str, then: Callable[[str], object]) -> QFileDialog:
    """Ask where a file of any kind is to stand, and do *then* with the path; returns at once."""
    dialog = QFileDialog(parent, title, "", "All files (*)")
    dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
    dialog.setDirectory(_documents())
    dialog.selectFile(file_name(name))
    dialog.fileSelected.connect(then)
    dialog.open()
    return dialog


def ask_for_folder(parent: QWidget, title: str, then: Callable[[str], object]) -> QFileDialog:
    """Ask which folder to use, and do *then* with its path; returns at once."""
    dialog = QFileDialog(parent, title)
    dialog.setFileMode(QFileDialog.FileMode.Directory)
    dialog.setOption(QFileDialog.Option.ShowDirsOnly)
    dialog.setDirectory(_documents())
    dialog.fileSelected.connect(then)
    dialog.open()
    return dialog


def _documents() -> str:
    """Return where files are offered to be put: as administrators set it, else the documents."""
    return _set(policy.in_force().exports_folder) or _own_documents()


def desks_folder() -> str:
    """Return where desks are looked for first: as administrators set it, else the documents."""
    return _set(policy.in_force().desks_folder) or _own_documents()


def _set(folder: Path | None) -> str:
    return str(folder) if folder is not None and folder.is_dir() else ""


def _own_documents() -> str:
    return QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)


def open_file(path: Path) -> bool:
    """Open a file in the program that is for it; False where there is none."""
    return QDesktopServices.openUrl(QUrl.fromLocalFile(str(path)))


def open_link(link: str) -> bool:
    """Open a web page in the browser; False where there is none."""
    return QDesktopServices.openUrl(QUrl(link))


def local_paths(dropped: QMimeData) -> list[str]:
    """Return the files and folders of this computer among what was dropped."""
    return [url.toLocalFile() for url in dropped.urls() if url.isLocalFile()]


def offer_copies(event: QDragEnterEvent) -> None:
    """Let what is dragged be dropped where it holds files of this computer; they stay there."""
    if local_paths(event.mimeData()):
        event.setDropAction(Qt.DropAction.CopyAction)
        event.accept()
    else:
        event.ignore()


def taken_copies(event: QDropEvent) -> list[str]:
    """Take what was dropped as copies, and return where the files are."""
    event.setDropAction(Qt.DropAction.CopyAction)
    event.accept()
    return local_paths(event.mimeData())
