"""What a note on sharing is told: the format of the return, sheet by sheet and column by column."""

from __future__ import annotations

import re
from datetime import date

import pytest

from apprentice_desk.documents.compose import Composed, compose
from apprentice_desk.documents.field_kinds import TableValue, Value
from apprentice_desk.documents.fields import FIELDS, keep, unkeep
from apprentice_desk.documents.gathering import gathered
from apprentice_desk.documents.sharing_facts import facts_of_sharing, shared_format
from apprentice_desk.documents.subjects import GIVEN
from apprentice_desk.documents.telling import texts_of
from apprentice_desk.documents.tree import plain
from apprentice_desk.documents.wording import library
from apprentice_desk.domain.sharing import SharingRole
from apprentice_desk.domain.vocabulary import SubjectKind
from apprentice_desk.records.keeping_documents import Subject
from apprentice_desk.records.organisation import organisation_key
from apprentice_desk.records.store import Store
from apprentice_desk.returns.schema import known_versions, load
from apprentice_desk.returns.suppression import SMALL
from documents.papers import PAPERS

TODAY = date(2026, 11, 30)
NOTE = "information-sharing-note"


def made(**changed: Value | None) -> Composed:
    wording = library()
    values = {k: v for k, v in {**PAPERS[NOTE], **changed}.items() if v is not None}
    return compose(wording, wording.type_of(NOTE), values)


def words(of: Composed) -> str:
    return "\n".join(plain(each) for each in texts_of(of.document))


def test_the_sheets_and_columns_are_those_that_are_sent_and_no_others() -> None:
    sent = load(known_versions()[-1])
    told = shared_format()
    assert (told.title, told.version) == (sent.title, sent.version)
    assert [sheet.name for sheet in told.sheets] == [
        sent.header_sheet, *(sheet.name for sheet in sent.sheets),
    ]  # fmt: skip
    header, *sheets = told.sheets
    assert header.columns == tuple((item.name, item.rule) for item in sent.items)
    for sheet, of in zip(sheets, sent.sheets, strict=True):
        assert sheet.columns == tuple((field.name, field.rule) for field in of.fields)
        codes = {field.takes for field in of.fields}
        assert sheet.is_by_person == ("apprentice_code" in codes)


def test_only_apprentices_and_secondments_are_about_single_people() -> None:
    found = [sheet.name for sheet in shared_format().sheets if sheet.is_by_person]
    assert found == ["Apprentices", "Secondments"]


def test_every_sheet_says_what_it_is_for() -> None:
    whys = [sheet.why for sheet in shared_format().sheets]
    assert len(set(whys)) == len(whys)
    assert all(why.startswith("So that ") for why in whys)


def test_a_desk_tells_the_format_and_when_a_return_is_due(store: Store) -> None:
    subject = Subject(SubjectKind.ORGANISATION, store.read(organisation_key))
    facts = store.read(gathered, subject, TODAY).facts
    assert facts == facts_of_sharing(TODAY)
    assert facts.keys() == GIVEN[SubjectKind.ORGANISATION]
    assert facts["return_due_days"] == 8
    for name, value in facts.items():
        assert unkeep(FIELDS[name], keep(FIELDS[name], value)) == value, name


def test_the_note_says_every_column_and_which_counts_are_small() -> None:
    text = words(made())
    columns = facts_of_sharing(TODAY)["shared_columns"]
    assert isinstance(columns, TableValue)
    assert len(columns.rows) > 80
    for sheet in load(known_versions()[-1]).sheets:
        for field in sheet.fields:
            rule = field.rule.removesuffix(" Leave blank if not known.")
            assert (sheet.name, field.name, rule) in columns.rows
            assert rule in text
    assert f"A count from {SMALL[0]} to {SMALL[-1]} is left blank" in text


def test_the_note_says_every_word_of_every_list_that_a_column_takes() -> None:
    text = words(made())
    lists = facts_of_sharing(TODAY)["shared_lists"]
    assert isinstance(lists, TableValue)
    told = {
        (sheet, column): listed
        for sheets, column, listed in lists.rows
        for sheet in sheets.split(", ")
    }
    taken = {
        (sheet.name, field.name): "; ".join(field.choices)
        for sheet in load(known_versions()[-1]).sheets
        for field in sheet.fields
        if field.choices and field.kind != "yes-no"
    }
    assert told == taken
    assert len(lists.rows) < len(taken), "one that several sheets have is told once"
    assert "Apprentices, Secondments, Pledges" in text
    for listed in taken.values():
        assert listed in text
    says_so = {
        (sheet.name, name)
        for sheet in shared_format().sheets
        for name, rule in sheet.columns
        if re.search(r"(?:one of|from) the list", rule)
    }
    assert says_so == set(told)


@pytest.mark.parametrize("role", SharingRole)
def test_who_decides_is_said_one_way_or_the_other(role: SharingRole) -> None:
    paper = made(sharing_role=role)
    assert paper.is_whole, paper.findings
    text = words(paper)
    assert ("joint controllers" in text) == (role is SharingRole.JOINT)
    assert ("Neither processes it" in text) == (role is SharingRole.APART)


def test_an_assessment_is_named_or_said_not_to_be_needed() -> None:
    assert "was assessed on 16 Nov 2026" in words(made())
    without = made(assessed_on=None)
    assert without.is_whole
    assert "and has found that it is not" in words(without)


def test_what_the_note_cannot_do_without_is_asked_for() -> None:
    wording = library()
    gaps = compose(wording, wording.type_of(NOTE), facts_of_sharing(TODAY)).gaps
    for name in ("loti_body", "lawful_power", "sent_how", "sharing_role", "loti_kept_years"):
        assert name in gaps
    assert "assessed_on" not in gaps
