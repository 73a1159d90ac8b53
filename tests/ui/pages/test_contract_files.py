"""Files kept with a contract: attached, dropped, opened, saved, described and removed."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from PySide6.QtCore import QMimeData, QObject, QPointF, Qt, QUrl, Slot
from PySide6.QtGui import QDesktopServices, QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog

from apprentice_desk.domain.evidence import MEGABYTE
from apprentice_desk.domain.vocabulary import ContractFileKind
from apprentice_desk.records import filing
from apprentice_desk.records.desks import open_store
from apprentice_desk.records.store import Store
from apprentice_desk.ui.desk import Desk
from apprentice_desk.ui.destinations import OpenContract
from apprentice_desk.ui.kit import files
from apprentice_desk.ui.pages.contract.files import FilesPart
from apprentice_desk.ui.pages.contract.page import ContractPage

PDF = b"%PDF-1.7 what was agreed"


def settled(qtbot: Any, condition: Callable[[], object]) -> None:
    qtbot.waitUntil(lambda: bool(condition()))


@pytest.fixture
def contract_id(make: Any) -> UUID:
    key: UUID = make.contract(reference="XMP-1")
    return key


@pytest.fixture
def opened(page: Callable[..., Any], contract_id: UUID) -> ContractPage:
    made: ContractPage = page("contract")
    made.arrive(OpenContract(contract_id))
    return made


@pytest.fixture
def part(opened: ContractPage) -> FilesPart:
    found = opened.part("files")
    assert isinstance(found, FilesPart)
    return found


@pytest.fixture
def signed(tmp_path: Path) -> Path:
    path = tmp_path / "Order form signed.pdf"
    path.write_bytes(PDF)
    return path


class Elsewhere(QObject):
    """The programs of the computer: takes down what they are asked to open."""

    def __init__(self) -> None:
        super().__init__()
        self.asked: list[QUrl] = []

    @Slot(QUrl)
    def take(self, url: QUrl) -> None:
        self.asked.append(url)


@pytest.fixture
def elsewhere() -> Iterator[Elsewhere]:
    taker = Elsewhere()
    QDesktopServices.setUrlHandler("file", taker, "take")
    yield taker
    QDesktopServices.unsetUrlHandler("file")


def shown(part: FilesPart) -> list[str]:
    return [part.model.columns[0].spoken(row) for row in part.model.shown]


def kept(desk: Desk, contract_id: UUID) -> list[filing.ContractFileRow]:
    return list(desk.store.read(filing.contract_file_rows, contract_id))


def test_a_file_is_attached_and_taken_back_by_undo(
    part: FilesPart, desk: Desk, contract_id: UUID, signed: Path, qtbot: Any
) -> None:
    assert part.nothing.text().startswith("None yet.")
    assert not part.table.isVisible()
    part.attach_files([str(signed)])
    settled(qtbot, lambda: part.model.total)
    assert shown(part) == ["Signed contract or order form: Order form signed.pdf, 24 bytes"]
    (row,) = kept(desk, contract_id)
    assert desk.store.read(filing.contract_file_content, row.id) == PDF
    settled(qtbot, lambda: desk.undo_label.startswith("Attach “Order form signed.pdf” to contract"))
    desk.undo()
    settled(qtbot, lambda: not part.model.total)
    assert part.nothing.isVisible()


def test_files_are_dropped_onto_the_card_as_copies(
    part: FilesPart, signed: Path, qtbot: Any
) -> None:
    assert part.acceptDrops()
    assert part.property(files.TAKES_FILES)
    what = QMimeData()
    what.setUrls([QUrl.fromLocalFile(str(signed))])
    dropped = QDropEvent(
        QPointF(part.rect().center()), Qt.DropAction.MoveAction | Qt.DropAction.CopyAction, what,
        Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier,
    )  # fmt: skip
    part.dropEvent(dropped)
    assert dropped.dropAction() == Qt.DropAction.CopyAction, "the file stays where it is"
    settled(qtbot, lambda: part.model.total == 1)
    assert signed.exists()


def test_the_file_dialog_gives_several(
    part: FilesPart, signed: Path, tmp_path: Path, qtbot: Any
) -> None:
    (tmp_path / "Award letter.txt").write_text("Awarded")
    part.attach.click()
    asked = part.file_dialog
    assert asked is not None
    assert asked.fileMode() == QFileDialog.FileMode.ExistingFiles
    asked.filesSelected.emit([str(signed), str(tmp_path / "Award letter.txt")])
    asked.close()
    settled(qtbot, lambda: part.model.total == 2)


def test_a_file_that_is_too_large_or_there_already_is_refused_in_words(
    part: FilesPart, signed: Path, tmp_path: Path, qtbot: Any
) -> None:
    with (tmp_path / "large.pdf").open("wb") as file:
        file.truncate(10 * MEGABYTE + 1)
    part.attach_files([str(tmp_path / "large.pdf")])
    settled(qtbot, lambda: "“large.pdf” has 10.1 MB" in part.complaint.text())
    part.attach_files([str(signed)])
    settled(qtbot, lambda: part.model.total == 1)
    assert not part.complaint.isVisible(), "what was said before is past"
    part.attach_files([str(signed)])
    settled(qtbot, lambda: "is kept with XMP-1 already" in part.complaint.text())


def test_a_document_is_opened_and_what_might_be_a_program_is_not(
    part: FilesPart, make: Any, contract_id: UUID, elsewhere: Elsewhere, qtbot: Any
) -> None:
    safe = make.contract_file(contract_id, "order.pdf", PDF)
    other = make.contract_file(contract_id, "macro.exe", b"MZ")
    settled(qtbot, lambda: part.model.total == 2)
    part.table.choose(safe)
    QTest.keyClick(part.table, Qt.Key.Key_Return)
    settled(qtbot, lambda: elsewhere.asked)
    assert Path(elsewhere.asked[0].toLocalFile()).read_bytes() == PDF
    part.table.choose(other)
    part.open.click()
    assert "“macro.exe” is not opened from here" in part.complaint.text()
    assert len(elsewhere.asked) == 1


def test_a_copy_is_saved_where_one_wants_it(
    part: FilesPart, make: Any, contract_id: UUID, tmp_path: Path, qtbot: Any
) -> None:
    make.contract_file(contract_id, "order.pdf", PDF)
    settled(qtbot, lambda: part.model.total)
    part.save.click()
    asked = part.file_dialog
    assert asked is not None
    asked.fileSelected.emit(str(tmp_path / "copy.pdf"))
    asked.close()
    settled(qtbot, lambda: (tmp_path / "copy.pdf").exists())
    assert (tmp_path / "copy.pdf").read_bytes() == PDF


def test_what_a_document_is_can_be_said(
    part: FilesPart, make: Any, desk: Desk, contract_id: UUID, qtbot: Any
) -> None:
    make.contract_file(contract_id, "scan.pdf", PDF)
    settled(qtbot, lambda: part.model.total)
    part.table.setFocus()
    QTest.keyClick(part.table, Qt.Key.Key_F2)
    dialog = part.dialog
    assert dialog is not None
    dialog.form.set_value("kind", ContractFileKind.AWARD)
    dialog.form.set_value("dated_on", date(2025, 1, 20))
    dialog.panel.submit()
    settled(qtbot, lambda: shown(part) == ["Award letter, 20 Jan 2025: scan.pdf, 24 bytes"])
    dialog = None
    part.describe.click()
    again = part.dialog
    assert again is not None
    again.form.set_value("title", "x" * 301)
    again.panel.submit()
    assert again.isVisible(), "a title that is too long is said beside the field"
    again.form.set_value("title", "Award of lot 2")
    again.panel.submit()
    settled(qtbot, lambda: shown(part) == ["Award of lot 2, 20 Jan 2025: scan.pdf, 24 bytes"])


def test_delete_removes_the_chosen_document_and_the_keyboard_stays_in_the_card(
    part: FilesPart, make: Any, contract_id: UUID, qtbot: Any
) -> None:
    first = make.contract_file(contract_id, "a.pdf")
    make.contract_file(contract_id, "b.pdf")
    settled(qtbot, lambda: part.model.total == 2)
    part.table.choose(first)
    part.table.setFocus()
    QTest.keyClick(part.table, Qt.Key.Key_Delete)
    settled(qtbot, lambda: part.model.total == 1)
    assert part.table.chosen().file_name == "b.pdf"
    QTest.keyClick(part.table, Qt.Key.Key_Delete)
    settled(qtbot, lambda: not part.model.total)
    settled(qtbot, part.attach.hasFocus)


def test_one_comes_to_a_document_by_its_key(
    opened: ContractPage, part: FilesPart, make: Any, contract_id: UUID, qtbot: Any
) -> None:
    make.contract_file(contract_id, "a.pdf")
    wanted = make.contract_file(contract_id, "b.pdf")
    opened.arrive(OpenContract(contract_id, "files", wanted))
    assert part.table.chosen().id == wanted
    settled(qtbot, part.table.hasFocus)
    opened.arrive(OpenContract(contract_id, "files"))
    assert part.table.chosen().id == wanted


def test_another_contract_shows_its_own_documents(
    opened: ContractPage, part: FilesPart, make: Any, contract_id: UUID
) -> None:
    make.contract_file(contract_id, "a.pdf")
    other = make.contract()
    opened.arrive(OpenContract(other, "files"))
    assert part.model.total == 0
    opened.arrive(OpenContract(contract_id))
    assert [row.file_name for row in part.model.shown] == ["a.pdf"]


def test_a_desk_open_to_read_only_offers_no_change(
    location: str, store: Store, make: Any, contract_id: UUID, desk_on: Any, qtbot: Any
) -> None:
    make.contract_file(contract_id, "order.pdf", PDF)
    store.close()
    with_reading = desk_on(open_store(location, read_only=True))
    page = ContractPage(with_reading)
    qtbot.addWidget(page)
    page.show()
    page.arrive(OpenContract(contract_id))
    part = page.part("files")
    assert isinstance(part, FilesPart)
    assert part.open.isEnabled()
    assert part.save.isEnabled()
    for made in (part.attach, part.describe, part.remove, page.edit):
        assert not made.isVisible()
    assert not part.acceptDrops()
