"""A borough's own wording: names, ids, and who may approve what."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from apprentice_desk.domain.own_wording import (
    LONGEST_ID,
    Approval,
    check_approval,
    fingerprint,
    id_for,
    is_name_of_wording,
    is_same_person,
    prefix_of,
)

GOOD = Approval("Ruth Okafor", "Head of HR", date(2026, 9, 1), is_read=True)


@pytest.mark.parametrize(
    ("named", "is_one"),
    [
        ("clauses/exb-parking.1.md", True),
        ("documents/exb-letter.12.toml", True),
        ("clauses/exb-parking.0.md", False),
        ("clauses/exb-parking.md", False),
        ("clauses/Exb.1.md", False),
        ("clauses/../library.1.md", False),
        ("clauses/exb.1.toml", False),
        ("library.toml", False),
        ("clauses/exb-.1.md", False),
        ("clauses/exb.1.md\n", False),
    ],
)
def test_wording_is_called_as_a_file_of_a_library_is(named: str, is_one: bool) -> None:
    assert is_name_of_wording(named) is is_one


def test_a_fingerprint_is_of_the_words_not_of_how_lines_end() -> None:
    assert fingerprint("a\r\nb") == fingerprint("a\nb\n")
    assert fingerprint("a\nb") != fingerprint("a b")


def test_ids_begin_with_the_boroughs_letters() -> None:
    assert prefix_of("EXB") == "exb-"
    assert id_for("EXB", "Parking & bicycles (Town Hall)") == "exb-parking-bicycles-town-hall"
    assert id_for("EXB", " – ") == ""
    long = id_for("EXB", "word " * 40)
    assert len(long) <= LONGEST_ID
    assert is_name_of_wording(f"clauses/{long}.1.md")


def test_a_name_is_of_the_same_person_however_it_is_typed() -> None:
    assert is_same_person(" ruth  OKAFOR", "Ruth Okafor")
    assert not is_same_person("Ruth Okafor", "Ada Lovelace")
    assert not is_same_person("", " ")


def codes(approval: Approval, written_by: str = "Ada Lovelace") -> list[tuple[str, str]]:
    return [(each.code, each.place.field) for each in check_approval(approval, written_by)]


def test_a_second_person_approves_by_name_having_read_it() -> None:
    assert codes(GOOD) == []
    assert codes(GOOD, "") == []
    assert codes(replace(GOOD, by=" ")) == [("OW001", "by")]
    assert codes(GOOD, "ruth okafor") == [("OW002", "by")]
    assert codes(replace(GOOD, is_alone=True), "ruth okafor") == []
    assert codes(replace(GOOD, job_title=" ")) == [("OW003", "job_title")]
    assert codes(replace(GOOD, is_read=False)) == [("OW004", "is_read")]
    assert codes(replace(GOOD, by="", is_alone=True), "") == [("OW001", "by")]
