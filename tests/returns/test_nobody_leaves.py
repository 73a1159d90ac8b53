"""Nothing in the bytes of an export says who anybody is."""

from __future__ import annotations

import zipfile
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from apprentice_desk import resources
from apprentice_desk.domain.apprenticeship import Outcome
from apprentice_desk.domain.calendar import Quarter, show_day, table_day
from apprentice_desk.domain.vocabulary import SecondmentKind, SecondmentStatus
from apprentice_desk.records import programmes
from apprentice_desk.records.store import Store
from apprentice_desk.returns.gathering import Lists
from apprentice_desk.returns.sending import prepare, send
from conftest import Make

BORN_ON = date(2004, 2, 29)
EXCEL_DAY = (BORN_ON - date(1899, 12, 30)).days
SECRETS = {
    "given name": "Zenobia",
    "family name": "Quillfeather",
    "ULN": "1000000043",
    "email": "zenobia.quillfeather@example.org",
    "employee reference": "EMP-77441",
    "provider's reference": "LEARNER-5512",
    "line manager": "Mortimer Ashgrove",
    "line manager's email": "m.ashgrove@example.org",
    "mentor": "Philippa Underbough",
    "note on the apprenticeship": "Prefers mornings",
    "note on hours": "Paired with the database team",
    "reason for a break": "Convalescence",
    "barrier that is the borough's own": "The third-floor printer",
    "author of the changes": "Tess Ter",
}
BIRTHDAYS = ("2004-02-29", table_day(BORN_ON), show_day(BORN_ON), f">{EXCEL_DAY}<", "29/2/2004")


@pytest.fixture
def exported(store: Store, make: Make, tmp_path: Path) -> dict[str, bytes]:
    """Every part of an export, inflated, of a desk that holds all of the above."""
    make.standard()
    key = make.apprentice(
        given_names=SECRETS["given name"],
        family_name=SECRETS["family name"],
        uln=SECRETS["ULN"],
        email=SECRETS["email"],
        employee_reference=SECRETS["employee reference"],
        provider_reference=SECRETS["provider's reference"],
        line_manager=SECRETS["line manager"],
        line_manager_email=SECRETS["line manager's email"],
        mentor=SECRETS["mentor"],
        note=SECRETS["note on the apprenticeship"],
        born_on=BORN_ON,
        contract_id=make.contract(),
    )
    make.hours(key, what=SECRETS["note on hours"])
    make.review(key, held_on=date(2026, 8, 14))
    make.secondment(
        kind=SecondmentKind.REQUEST,
        apprenticeship_id=key,
        home="E09999999",
        status=SecondmentStatus.UNDER_WAY,
        started_on=date(2026, 7, 6),
    )
    make.event()
    make.barrier(what_stands_in_the_way=SECRETS["barrier that is the borough's own"])
    make.barrier(may_be_seen_by_loti=True)
    with store.change("Start a break") as session:
        programmes.start_break(session, key, date(2026, 8, 17), SECRETS["reason for a break"])
    make.apprentice(
        family_name=SECRETS["family name"],
        ended_on=date(2026, 7, 31),
        outcome=Outcome.WITHDRAWN,
        leaving_reason="3",
    )
    lists = Lists(
        resources.hours_rules(),
        resources.digital_standards().role_families,
        {reason.code: reason.group for reason in resources.leaving_reasons()},
    )
    prepared = prepare(
        store,
        Quarter.parse("2026-27 Q2"),
        lists,
        prepared_at=datetime(2026, 9, 1, 9, 30, tzinfo=UTC),
        prepared_by="HR officer",
        program_version="0.1.0",
    )
    path = tmp_path / "return.xlsx"
    send(store, prepared, path, send_anyway=True)
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    return parts | {"the file as it is": path.read_bytes()}


def long_words(text: str) -> list[str]:
    """Return the words that could give a text away by themselves: half a name is one too."""
    return [word for word in text.split() if len(word) >= 8]


def test_no_part_of_an_export_holds_anything_about_a_person(exported: dict[str, bytes]):
    whole = {name: part.decode("utf-8", "replace").casefold() for name, part in exported.items()}
    found = [
        (kind, name)
        for name, text in whole.items()
        for kind, secret in SECRETS.items()
        if any(word.casefold() in text for word in (secret, *long_words(secret)))
    ]
    assert found == []
    assert [(day, name) for name, text in whole.items() for day in BIRTHDAYS if day in text] == []


def test_the_export_searched_is_one_with_people_in_it(exported: dict[str, bytes]):
    """Else the search could not fail."""
    rows = b"".join(part for name, part in exported.items() if "sheet" in name)
    strings = exported.get("xl/sharedStrings.xml", b"") + rows
    for word in (
        b"XMP-",
        b"on a break",
        b"personal",
        b"19 to 24",
        b"Summer link-up",
        b"HR officer",
    ):
        assert word in strings
    assert b"Apprentice Desk" in exported["docProps/core.xml"]
