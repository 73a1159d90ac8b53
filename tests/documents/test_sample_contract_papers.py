"""The papers of the sample's contracts, from the desk to the file, and as its pages say it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from apprentice_desk import resources
from apprentice_desk.documents import issuing
from apprentice_desk.documents.choosing import subject_choices
from apprentice_desk.documents.field_kinds import FieldKind, TableValue
from apprentice_desk.documents.gathering import gathered
from apprentice_desk.documents.wording import library
from apprentice_desk.domain.contract_changing import ChangeGround
from apprentice_desk.domain.findings import refuses
from apprentice_desk.domain.vocabulary import Regime, SubjectKind
from apprentice_desk.records.contract_measures import agreed_measures
from apprentice_desk.records.desks import open_store
from apprentice_desk.records.keeping_documents import Subject, document_rows
from apprentice_desk.records.measuring import measured_by_contract
from apprentice_desk.records.store import Store
from apprentice_desk.ui.measure_lines import measure_lines, percent

TODAY = date(2026, 11, 24)
LIBRARY = library()
TYPES = ("variation", "notice-to-end", "performance-letter", "information-sharing-note")
WRITTEN = {
    FieldKind.TEXT: "Something", FieldKind.LINES: "Something", FieldKind.DAY: "30 Nov 2027",
    FieldKind.NUMBER: "6", FieldKind.POINTS: "a\nb", FieldKind.MONEY: "5000000",
}  # fmt: skip


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory, copy_sample: Any) -> Iterator[Store]:
    store = open_store(copy_sample(tmp_path_factory.mktemp("sample") / "exampleton.desk", TODAY))
    yield store
    store.close()


def subjects(desk: Store, kind: SubjectKind) -> list[Subject]:
    return [each.subject for each in desk.read(subject_choices, kind, TODAY)]


def filled(desk: Store, type_id: str, subject: Subject) -> issuing.Prepared:
    """A draft with an answer to all that it cannot do without."""
    of = LIBRARY.type_of(type_id)
    draft = issuing.begin(LIBRARY, of, desk.read(gathered, subject, TODAY))
    if type_id == "variation":
        draft = issuing.answer(draft, "new_lots", "two lots", TODAY)
        draft = issuing.answer(draft, "change_from_on", "1 Dec 2026", TODAY)
        if draft.values["regime"] == Regime.PCR_2015:
            draft = issuing.answer(draft, "change_ground", ChangeGround.AGREED, TODAY)
    for _ in range(3):
        for each in issuing.prepare(draft, TODAY).asked:
            if each.is_missing:
                field = each.field
                written = field.choices[0] if field.choices else WRITTEN[field.kind]
                draft = issuing.answer(draft, field.name, written, TODAY)
    return issuing.prepare(draft, TODAY)


@pytest.mark.parametrize("type_id", TYPES)
def test_papers_of_the_sample_need_answers_only_and_are_issued(
    desk: Store, type_id: str, tmp_path: Path
) -> None:
    of = LIBRARY.type_of(type_id)
    held_back: list[str] = []
    issued = 0
    for turn, subject in enumerate(subjects(desk, of.subject)):
        prepared = filled(desk, type_id, subject)
        assert prepared.composed.gaps == (), prepared.composed.gaps
        assert prepared.to_enter == ()
        if prepared.is_ready:
            issuing.issue(desk, prepared, tmp_path / f"{turn}.pdf")
            issued += 1
        held_back += [each.code for each in prepared.findings if refuses((each,))]
    assert issued >= (1 if of.subject is SubjectKind.ORGANISATION else 3)
    kept = [each for each in desk.read(document_rows) if each.type_id == type_id]
    assert len(kept) == issued
    # What holds one back is that its contract is over: it is not changed, and needs no notice.
    assert set(held_back) <= {"DV001", "DV037", "DV045"}


def test_the_letter_says_what_the_page_of_the_contract_says(desk: Store) -> None:
    compared = 0
    for subject in subjects(desk, SubjectKind.CONTRACT):
        facts: Any = desk.read(gathered, subject, TODAY).facts
        table = facts["measures_beside"]
        assert isinstance(table, TableValue)
        people = desk.read(measured_by_contract, TODAY, resources.hours_rules(), subject.id)
        lines = measure_lines(
            [each.trained for each in people], desk.read(agreed_measures, subject.id), TODAY
        )
        for row, line in zip(table.rows, lines, strict=True):
            assert row[0].casefold() == line.id.value
            assert row[2] == percent(line.last_quarter)
            compared += bool(row[2])
    assert compared > 5
