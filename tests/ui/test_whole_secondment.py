"""The secondment of whole_secondment.py, played at the real window by keyboard and by mouse.

Each is a process of its own; what the desk holds at the end, and what its return says of it, is
looked at here.
"""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pypdfium2
import pytest

from apprentice_desk.commands import returning
from apprentice_desk.domain.calendar import Quarter
from apprentice_desk.domain.vocabulary import SecondmentStatus
from apprentice_desk.records import programmes, reviews
from apprentice_desk.records.desks import open_store
from apprentice_desk.records.secondment_care import care_of
from apprentice_desk.records.secondment_moves import move_rows
from apprentice_desk.records.secondment_overview import secondment_lines
from apprentice_desk.returns import workbook
from conftest import Make
from ui.played import play
from ui.whole_secondment import AGREEMENT, LEARNED, SUPERVISOR, WHY

STATUS = SecondmentStatus


@pytest.fixture
def seconding_desk(desk_file: Path) -> Path:
    """A desk with Ada, whose review and a break fall into the weeks that she will ask for."""
    store = open_store(desk_file, person="Tess Ter")
    make = Make(store)
    make.standard()
    ada = make.apprentice(
        given_names="Ada", family_name="Obi", line_manager="Grace Park", provider_id=make.provider()
    )
    with store.change("Plan a review") as session:
        reviews.schedule_review(session, ada, date(2026, 10, 14))
    with store.change("Plan a break") as session:
        programmes.start_break(session, ada, date(2026, 10, 20))
    store.close()
    return desk_file


@pytest.mark.window
@pytest.mark.parametrize("way", ["keyboard", "mouse"])
def test_a_whole_secondment_from_draft_to_completed(
    way: str, seconding_desk: Path, tmp_path: Path
) -> None:
    play("whole_secondment.py", seconding_desk, tmp_path / way, "SECONDMENT_PICTURES", way)
    store = open_store(seconding_desk)
    try:
        (line,) = store.read(secondment_lines)
        moves = store.read(move_rows, line.id)
        care = store.read(care_of, line.id)
        file = tmp_path / "return.xlsx"
        returning.export(
            store, Quarter.containing(date(2026, 11, 2)), file,
            prepared_at=store.latest_change().recorded_at, prepared_by="Tess Ter",
            send_anyway=True,
        )  # fmt: skip
    finally:
        store.close()
    details = line.details
    said = _said_in(tmp_path / way / "Documents" / "agreement.pdf")
    for each in (
        "Ada Obi",
        "5 Oct 2026",
        "30 Oct 2026",
        SUPERVISOR,
        line.code,
        *AGREEMENT.values(),
    ):
        assert each in said
    assert [each.became for each in moves] == [
        STATUS.REQUESTED, STATUS.APPROVED, STATUS.MATCHED, STATUS.AGREED, STATUS.UNDER_WAY,
        STATUS.COMPLETED,
    ]  # fmt: skip
    assert [each.moved_on for each in moves] == [
        date(2026, 9, 1), date(2026, 9, 2), date(2026, 9, 7), date(2026, 9, 14),
        date(2026, 10, 5), date(2026, 10, 30),
    ]  # fmt: skip
    assert moves[0].moved_by == "Ada Obi"
    assert (moves[1].moved_by, moves[1].note) == ("Grace Park", WHY)
    assert (details.host, details.host_supervisor) == ("LOTI", SUPERVISOR)
    # Four weeks from Monday 5 October end with Friday 30 October.
    assert (details.agreed_start_on, details.agreed_end_on) == (
        date(2026, 10, 5), date(2026, 10, 30),
    )  # fmt: skip
    assert (details.started_on, details.ended_on) == (date(2026, 10, 5), date(2026, 10, 30))
    assert (care.provider_told_on, care.plan_revised_on) == (date(2026, 9, 14), date(2026, 9, 14))
    assert (care.checked_in_on, care.learned) == (date(2026, 10, 19), LEARNED)
    (sent,) = workbook.read(file).content.secondments
    assert (sent.secondment_code, sent.status, sent.host) == (line.code, "completed", "LOTI")
    assert (sent.started_on, sent.ended_on) == (details.started_on, details.ended_on)
    assert sent.logged_hours == 3


def _said_in(path: Path) -> str:
    """Return the words of all pages of a PDF."""
    found = pypdfium2.PdfDocument(path)
    words = " ".join(page.get_textpage().get_text_range() for page in found)
    found.close()
    return " ".join(words.split())
