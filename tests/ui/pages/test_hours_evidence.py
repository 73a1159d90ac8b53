"""Evidence beside the details: attached, opened safely, saved, removed, with keys alone."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from PySide6.QtCore import QMimeData, QObject, QPointF, Qt, QUrl, Slot
from PySide6.QtGui import QDesktopServices, QDropEvent
from PySide6.QtWidgets import QApplication, QFileDialog

from apprentice_desk.domain.evidence import MEGABYTE, EvidenceQuality
from apprentice_desk.domain.problems import Problem
from apprentice_desk.domain.week_cells import Cell
from apprentice_desk.records import evidence, hours
from apprentice_desk.records.desks import open_store
from apprentice_desk.records.evidence import EvidenceRow, evidence_rows
from apprentice_desk.records.hours import hours_rows
from apprentice_desk.records.store import Store
from apprentice_desk.ui.desk import Desk
from apprentice_desk.ui.kit import access
from apprentice_desk.ui.kit.attaching import read_file, save_file
from apprentice_desk.ui.kit.dialogs import FormDialog
from apprentice_desk.ui.kit.messages import Messages
from apprentice_desk.ui.kit.whole_text import WholeText, host_in_full
from apprentice_desk.ui.pages.hours.evidence_part import EvidencePart
from apprentice_desk.ui.pages.hours.page import HoursPage

Opener = Callable[..., HoursPage]
TUESDAY = date(2026, 9, 1)
PDF = b"%PDF-1.7 what was learned"


def settled(qtbot: Any, condition: Callable[[], object]) -> None:
    qtbot.waitUntil(lambda: bool(condition()))


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
    for scheme in ("file", "http", "https"):
        QDesktopServices.setUrlHandler(scheme, taker, "take")
    yield taker
    for scheme in ("file", "http", "https"):
        QDesktopServices.unsetUrlHandler(scheme)


@pytest.fixture
def week(page: Opener, team: Any, qtbot: Any) -> HoursPage:
    """The page on Mei's Tuesday, on which she has an entry."""
    opened = page("hours")
    settled(qtbot, lambda: opened.week.model.people)
    opened.week.table.go_to(Cell(team.mei, TUESDAY))
    return opened


@pytest.fixture
def part(week: HoursPage) -> EvidencePart:
    return week.week.details.evidence


@pytest.fixture
def entry_id(week: HoursPage, desk: Desk, team: Any) -> UUID:
    (row,) = desk.store.read(hours_rows, TUESDAY, TUESDAY, team.mei)
    return row.id


def kept(desk: Desk, entry_id: UUID) -> list[EvidenceRow]:
    return list(desk.store.read(evidence_rows, [entry_id]))


def shown(part: EvidencePart) -> list[str]:
    return [part.model.columns[0].spoken(row) for row in part.model.shown]


def attached(part: EvidencePart, qtbot: Any, *paths: Path) -> None:
    """Attach files that can be and wait until they are shown."""
    before = part.model.total
    part.attach_files([str(path) for path in paths])
    settled(qtbot, lambda: part.model.total == before + len(paths))


@pytest.fixture
def notes(tmp_path: Path) -> Path:
    path = tmp_path / "notes.pdf"
    path.write_bytes(PDF)
    return path


def undo(desk: Desk, begins: str, qtbot: Any) -> None:
    """Take the change back that begins with these words, once the desk has heard of it."""
    settled(qtbot, lambda: desk.undo_label.startswith(begins))
    desk.undo()


def dialog(part: EvidencePart, kind: type) -> Any:
    (found,) = [each for each in part.findChildren(kind) if each.isVisible()]
    return found


# --- attaching ----------------------------------------------------------------------------------


def test_a_file_is_attached_shown_and_taken_back_by_undo(
    part: EvidencePart, desk: Desk, entry_id: UUID, notes: Path, qtbot: Any, messages: Messages
) -> None:
    assert part.nothing.text().startswith("None yet.")
    assert not part.table.isVisible()
    attached(part, qtbot, notes)
    assert shown(part) == ["File: notes.pdf, 25 bytes"]
    (row,) = kept(desk, entry_id)
    assert desk.store.read(evidence.evidence_content, row.id) == PDF
    assert str(messages.current) == (
        "Saved: Attach “notes.pdf” to the hours of Mei Lin on 1 Sep 2026."
    )
    undo(desk, "Attach", qtbot)
    settled(qtbot, lambda: not part.model.total)
    assert part.nothing.isVisible()


def test_reading_and_writing_are_left_to_the_workers(
    part: EvidencePart, desk: Desk, entry_id: UUID, tmp_path: Path, qtbot: Any
) -> None:
    with (tmp_path / "full.bin").open("wb") as file:
        file.truncate(10 * MEGABYTE)
    settled(qtbot, lambda: not desk.jobs.is_busy)
    part.attach_files([str(tmp_path / "full.bin")])
    assert [job.title for job in desk.jobs.running] == ["Reading full.bin"]
    assert kept(desk, entry_id) == []
    settled(qtbot, lambda: part.writer.is_busy)
    settled(qtbot, lambda: shown(part) == ["File: full.bin, 10 MB"])


def test_the_file_dialog_gives_several_and_each_is_a_change_of_its_own(
    part: EvidencePart, desk: Desk, entry_id: UUID, notes: Path, tmp_path: Path, qtbot: Any
) -> None:
    (tmp_path / "b.txt").write_text("more")
    before = desk.store.latest_change().number
    part.attach.click()
    asked = part.file_dialog
    assert asked is not None
    assert asked.fileMode() == QFileDialog.FileMode.ExistingFiles
    asked.filesSelected.emit([str(notes), str(tmp_path / "b.txt")])
    asked.close()
    settled(qtbot, lambda: part.model.total == 2)
    assert desk.store.latest_change().number == before + 2


def test_files_are_dropped_onto_the_part(
    part: EvidencePart, desk: Desk, entry_id: UUID, notes: Path, qtbot: Any
) -> None:
    what = QMimeData()
    what.setUrls([QUrl.fromLocalFile(str(notes))])
    dropped = QDropEvent(
        QPointF(part.rect().center()), Qt.DropAction.MoveAction | Qt.DropAction.CopyAction, what,
        Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier,
    )  # fmt: skip
    part.dropEvent(dropped)
    assert dropped.dropAction() == Qt.DropAction.CopyAction, "the file stays where it is"
    settled(qtbot, lambda: shown(part) == ["File: notes.pdf, 25 bytes"])
    assert notes.exists()


def _empty(folder: Path) -> Path:
    (folder / "empty.txt").touch()
    return folder / "empty.txt"


def _large(folder: Path) -> Path:
    with (folder / "large.zip").open("wb") as file:
        file.truncate(10 * MEGABYTE + 1)
    return folder / "large.zip"


def _pipe(folder: Path) -> Path:
    if not hasattr(os, "mkfifo"):
        pytest.skip("there are no pipes here")
    os.mkfifo(folder / "pipe")
    return folder / "pipe"


def _locked(folder: Path) -> Path:
    path = folder / "locked.txt"
    path.write_text("x")
    path.chmod(0)
    try:
        path.read_bytes()
    except PermissionError:
        return path
    pytest.skip("whoever runs this may read everything")


_NOT_READ = "could not be read (" if sys.platform != "win32" else "is not there any more"


@pytest.mark.parametrize(
    ("broken", "words"),
    [
        (_empty, "“empty.txt” is empty."),
        (_large, "“large.zip” has 10.1 MB; a file in a desk has 10 MB at most."),
        (_pipe, "“pipe” is not a file that can be attached."),
        (_locked, "“locked.txt” may not be read by you"),
        (lambda folder: folder, "is a folder."),
        (lambda folder: folder / "gone.pdf", "“gone.pdf” is not there any more."),
        # To Windows there is no file of such a name.
        (lambda folder: folder / ("n" * 300), _NOT_READ),
    ],
    ids=["empty", "large", "pipe", "locked", "folder", "gone", "name too long"],
)
def test_what_cannot_be_attached_is_said_in_a_sentence(
    part: EvidencePart,
    desk: Desk,
    entry_id: UUID,
    tmp_path: Path,
    qtbot: Any,
    broken: Callable[[Path], Path],
    words: str,
) -> None:
    part.attach_files([str(broken(tmp_path))])
    settled(qtbot, lambda: part.complaint.text())
    assert words in part.complaint.text()
    assert part.complaint.isVisible()
    assert kept(desk, entry_id) == []


def test_of_several_the_good_ones_are_attached_and_the_others_said(
    part: EvidencePart, desk: Desk, entry_id: UUID, notes: Path, tmp_path: Path, qtbot: Any
) -> None:
    gone = [str(tmp_path / f"gone{turn}.pdf") for turn in range(4)]
    part.attach_files([*gone, str(notes)])
    settled(qtbot, lambda: part.model.total == 1)
    assert part.complaint.text().endswith(" And 1 more.")
    attached(part, qtbot, _other(tmp_path))
    assert not part.complaint.isVisible(), "what was said before is over"


def _other(folder: Path) -> Path:
    (folder / "other.txt").write_text("other")
    return folder / "other.txt"


def test_the_same_file_twice_is_refused_by_name(
    part: EvidencePart, notes: Path, qtbot: Any
) -> None:
    attached(part, qtbot, notes)
    part.attach_files([str(notes)])
    settled(qtbot, lambda: part.complaint.text())
    assert "attached to the entry already, as “notes.pdf”" in part.complaint.text()


def test_evidence_for_an_entry_that_is_gone_is_refused(
    part: EvidencePart, desk: Desk, entry_id: UUID, notes: Path, qtbot: Any
) -> None:
    with desk.store.change("Somebody else") as session:
        hours.remove_hours(session, entry_id)
    part.attach_files([str(notes)])  # before the page has heard of it
    settled(qtbot, lambda: not desk.jobs.is_busy)
    assert desk.store.read(evidence.evidence_total).files == 0


def test_a_new_entry_has_none_until_it_is_logged(
    week: HoursPage, part: EvidencePart, team: Any, notes: Path, desk: Desk, qtbot: Any
) -> None:
    week.week.table.go_to(Cell(team.tomasz, TUESDAY))
    assert part.nothing.text() == "Evidence can be added once the entry is logged."
    assert not part.attach.isVisible()
    part.attach_files([str(notes)])
    assert part.complaint.text() == "Evidence can be added once the entry is logged."
    week.week.details.form.set_value("minutes", 60)
    week.week.details.save.click()
    settled(qtbot, part.attach.isVisible)
    attached(part, qtbot, notes)
    (row,) = desk.store.read(hours_rows, TUESDAY, TUESDAY, team.tomasz)
    assert [each.file_name for each in kept(desk, row.id)] == ["notes.pdf"]


def test_a_second_entry_that_was_just_logged_is_the_one_that_is_shown(
    week: HoursPage, part: EvidencePart, entry_id: UUID, notes: Path, desk: Desk, qtbot: Any,
    team: Any,
) -> None:  # fmt: skip
    details = week.week.details
    details.which.buttons["new"].click()
    details.form.set_value("minutes", 30)
    details.save.click()
    settled(qtbot, lambda: details.save.text() == "Save" and details.form.value("minutes") == 30)
    attached(part, qtbot, notes)
    assert kept(desk, entry_id) == []


def test_what_stands_in_the_form_survives_that_evidence_comes(
    week: HoursPage, part: EvidencePart, notes: Path, qtbot: Any
) -> None:
    form = week.week.details.form
    form.type_in({"what": "Half a sen"})
    attached(part, qtbot, notes)
    settled(qtbot, lambda: not part.writer.is_busy)
    assert form.value("what") == "Half a sen"


# --- links and words ----------------------------------------------------------------------------


def test_a_link_is_added_with_its_title(
    part: EvidencePart, desk: Desk, entry_id: UUID, qtbot: Any
) -> None:
    part.link.click()
    asked = dialog(part, FormDialog)
    asked.form.type_in({"link": "javascript:alert(1)"})
    asked.panel.confirm.click()
    target = asked.form.input("link").target
    assert "not the address of a web page" in target.accessibleDescription()
    asked.form.type_in({"link": "https://example.org/a", "title": "Course"})
    asked.panel.confirm.click()
    settled(qtbot, lambda: shown(part) == ["Link: Course"])
    (row,) = kept(desk, entry_id)
    assert row.link == "https://example.org/a"


def test_words_are_added_and_read_again(
    part: EvidencePart, desk: Desk, entry_id: UUID, qtbot: Any
) -> None:
    part.words.click()
    asked = dialog(part, FormDialog)
    asked.form.type_in({"words": "w" * 4_001})
    asked.panel.confirm.click()
    assert "4,000" in asked.form.input("words").target.accessibleDescription()
    asked.form.type_in({"words": "Showed the team\nhow a switch learns"})
    asked.panel.confirm.click()
    settled(qtbot, lambda: shown(part) == ["Words: Showed the team how a switch learns"])
    part.table.setFocus()
    qtbot.keyClick(part.table, Qt.Key.Key_Return)
    whole = dialog(part, WholeText)
    assert whole.text.toPlainText() == "Showed the team\nhow a switch learns"
    qtbot.keyClick(whole, Qt.Key.Key_Escape)


def test_a_link_is_shown_in_full_and_asked_about_before_the_browser_opens(
    part: EvidencePart, desk: Desk, make: Any, entry_id: UUID, qtbot: Any, elsewhere: Elsewhere
) -> None:
    link = "https://example.org/" + "a" * 1_500
    with make.store.change("Link") as session:
        evidence.attach_link(session, entry_id, link, "Course")
    settled(qtbot, lambda: part.model.total)
    part.open.click()
    asked = dialog(part, WholeText)
    assert asked.text.toPlainText() == link
    assert asked.focusWidget() is asked.cancel, "Enter goes nowhere by itself"
    asked.cancel.click()
    assert elsewhere.asked == []
    part.open.click()
    dialog(part, WholeText).confirm.click()
    assert [url.toString() for url in elsewhere.asked] == [link]


def test_a_link_of_any_other_kind_is_never_opened(
    part: EvidencePart, desk: Desk, make: Any, entry_id: UUID, qtbot: Any, elsewhere: Elsewhere
) -> None:
    """It may have come in from a desk that another program wrote."""
    with make.store.change("Link") as session:
        session.add(evidence.Evidence(entry_id=entry_id, kind="link", link="file:///etc/passwd"))
    settled(qtbot, lambda: part.model.total)
    part.open.click()
    assert part.complaint.text().startswith("This link is not opened.")
    assert not part.findChildren(WholeText)
    assert elsewhere.asked == []


def test_letters_that_may_pass_for_others_are_written_out() -> None:
    assert host_in_full("https://example.org/a") == "example.org"
    assert host_in_full("https://exаmple.org/") == "exаmple.org (written out xn--exmple-4nf.org)"
    assert host_in_full(f"https://{'é' * 70}.org/").endswith("(it has letters that may pass for"
                                                             " others)")  # fmt: skip


# --- opening and saving -------------------------------------------------------------------------


def test_a_document_is_opened_from_a_private_copy_that_goes_with_the_desk(
    part: EvidencePart, desk: Desk, notes: Path, qtbot: Any, elsewhere: Elsewhere
) -> None:
    attached(part, qtbot, notes)
    part.open.click()
    settled(qtbot, lambda: elsewhere.asked)
    path = Path(elsewhere.asked[0].toLocalFile())
    assert path.is_relative_to(desk.opened_files.folder)
    assert (path.name, path.read_bytes()) == ("notes.pdf", PDF)
    desk.close()
    assert not desk.opened_files.folder.exists()


@pytest.mark.parametrize("name", ["setup.exe", "page.html", "sums.xlsm", "notes.pdf.lnk"])
def test_what_might_run_is_never_opened_but_can_be_saved(
    part: EvidencePart, desk: Desk, make: Any, entry_id: UUID, qtbot: Any, elsewhere: Elsewhere,
    name: str, tmp_path: Path,
) -> None:  # fmt: skip
    make.evidence(entry_id, name, b"MZ")
    settled(qtbot, lambda: part.model.total)
    part.open.click()
    assert part.complaint.text().startswith(f"“{name}” is not opened from here")
    assert not [job.title for job in desk.jobs.running if job.title.startswith("Opening")]
    assert elsewhere.asked == []
    part.save.click()
    assert part.file_dialog is not None
    part.file_dialog.fileSelected.emit(str(tmp_path / name))
    part.file_dialog.close()
    settled(qtbot, lambda: (tmp_path / name).exists())
    assert (tmp_path / name).read_bytes() == b"MZ"
    assert elsewhere.asked == []


def test_a_copy_that_cannot_be_saved_is_said_and_leaves_nothing(
    part: EvidencePart, notes: Path, qtbot: Any, tmp_path: Path
) -> None:
    attached(part, qtbot, notes)
    part.save_copy(part.model.row(0), str(tmp_path / "no such folder" / "a.pdf"))
    settled(qtbot, lambda: part.complaint.text())
    assert part.complaint.text().startswith("“a.pdf” was not saved: the folder")


def test_saving_over_a_file_that_cannot_be_replaced_keeps_it(tmp_path: Path) -> None:
    (tmp_path / "a.pdf").mkdir()
    with pytest.raises(Problem, match="there is a folder of that name"):
        save_file(str(tmp_path / "a.pdf"), PDF)
    assert [path.name for path in tmp_path.iterdir()] == ["a.pdf"]


def test_a_file_of_ten_megabytes_is_read_whole(tmp_path: Path) -> None:
    with (tmp_path / "full.bin").open("wb") as file:
        file.truncate(10 * MEGABYTE)
    assert len(read_file(str(tmp_path / "full.bin"))) == 10 * MEGABYTE


def test_damaged_bytes_are_said_and_not_opened(
    part: EvidencePart, desk: Desk, notes: Path, qtbot: Any, elsewhere: Elsewhere
) -> None:
    attached(part, qtbot, notes)
    row = part.model.row(0)

    def damage(session: Any) -> None:
        content = session.get(evidence.EvidenceContent, row.sha256)
        content.content = b"other"

    with desk.store.change("Damage") as session:
        damage(session)
    part.open.click()
    settled(qtbot, lambda: part.complaint.text())
    assert "is damaged" in part.complaint.text()
    assert elsewhere.asked == []


# --- removing, keys, looks ----------------------------------------------------------------------


def test_delete_removes_and_undo_brings_the_file_back(
    part: EvidencePart, desk: Desk, entry_id: UUID, notes: Path, qtbot: Any, messages: Messages
) -> None:
    attached(part, qtbot, notes)
    part.table.setFocus()
    qtbot.keyClick(part.table, Qt.Key.Key_Delete)
    settled(qtbot, lambda: not part.model.total)
    assert QApplication.focusWidget() is part.attach, "the keyboard is not lost"
    assert str(messages.current) == (
        "Saved: Remove “notes.pdf” from the hours of Mei Lin on 1 Sep 2026."
    )
    undo(desk, "Remove", qtbot)
    settled(qtbot, lambda: shown(part) == ["File: notes.pdf, 25 bytes"])
    (row,) = kept(desk, entry_id)
    assert desk.store.read(evidence.evidence_content, row.id) == PDF


def test_another_cell_shows_its_own_evidence_and_the_same_one_keeps_its_place(
    week: HoursPage, part: EvidencePart, team: Any, make: Any, notes: Path, qtbot: Any,
    tmp_path: Path,
) -> None:  # fmt: skip
    attached(part, qtbot, notes, _other(tmp_path))
    part.table.choose(part.model.row(1).id)
    chosen = part.table.chosen()
    make.hours(team.tomasz, done_on=TUESDAY, minutes=45)
    settled(qtbot, lambda: week.week.model.minutes(Cell(team.tomasz, TUESDAY)) == 45)
    assert part.table.chosen() == chosen
    week.week.table.go_to(Cell(team.tomasz, TUESDAY))
    assert part.model.total == 0
    week.week.table.go_to(Cell(team.mei, TUESDAY))
    settled(qtbot, lambda: part.model.total == 2)


def test_everything_has_a_name_and_a_keyboard_route(
    week: HoursPage, part: EvidencePart, notes: Path, qtbot: Any
) -> None:
    attached(part, qtbot, notes)
    assert access.unnamed_widgets(week) == []
    assert access.names_used_twice(week) == []
    assert access.buttons_without_keyboard(week) == []
    assert access.out_of_order(week) == []


def test_a_desk_open_to_read_only_lets_evidence_be_read_but_not_changed(
    location: str, team: Any, make: Any, store: Store, desk_on: Callable[[Store], Desk],
    qtbot: Any, elsewhere: Elsewhere,
) -> None:  # fmt: skip
    (row,) = store.read(hours_rows, TUESDAY, TUESDAY, team.mei)
    make.evidence(row.id, "notes.pdf", PDF)
    opened = HoursPage(desk_on(open_store(location, read_only=True)))
    qtbot.addWidget(opened)
    opened.show()
    settled(qtbot, lambda: opened.week.model.people)
    opened.week.table.go_to(Cell(team.mei, TUESDAY))
    part = opened.week.details.evidence
    settled(qtbot, lambda: part.model.total)
    assert not part.attach.isVisible()
    assert not part.remove.isVisible()
    part.table.setFocus()
    qtbot.keyClick(part.table, Qt.Key.Key_Delete)
    part.open.click()
    settled(qtbot, lambda: elsewhere.asked)
    assert len(store.read(evidence_rows, [row.id])) == 1


# --- how good it is -------------------------------------------------------------------------------


def test_how_good_a_piece_is_can_be_said_and_taken_back_by_undo(
    part: EvidencePart, desk: Desk, entry_id: UUID, notes: Path, qtbot: Any, messages: Messages
) -> None:
    assert not part.judge.isVisible()
    attached(part, qtbot, notes)
    column = part.model.columns[-1]
    assert column.spoken(part.model.row(0)) == "not judged"
    assert not part.qualities[None].isEnabled()
    part.qualities[EvidenceQuality.STRONG].trigger()
    settled(qtbot, lambda: part.model.row(0).quality is EvidenceQuality.STRONG)
    assert column.text(part.model.row(0)) == "Strong"
    said = "Saved: Find “notes.pdf” of the hours of Mei Lin on 1 Sep 2026 strong."
    settled(qtbot, lambda: str(messages.current) == said)
    assert not part.qualities[EvidenceQuality.STRONG].isEnabled()
    undo(desk, "Find", qtbot)
    settled(qtbot, lambda: part.model.row(0).quality is None)
    part.qualities[EvidenceQuality.DRAFT].trigger()
    settled(qtbot, lambda: part.model.row(0).quality is EvidenceQuality.DRAFT)
    part.qualities[None].trigger()
    settled(qtbot, lambda: part.model.row(0).quality is None)
