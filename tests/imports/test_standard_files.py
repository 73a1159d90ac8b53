"""Versions of standards from files in the shape of Skills England's JSON, whole and broken."""

from __future__ import annotations

import copy
import json
import random
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from apprentice_desk.domain.problems import Problem
from apprentice_desk.domain.standards import Duty, Ksb, Option, check_version_details
from apprentice_desk.imports import standard_files
from apprentice_desk.imports.standard_files import (
    VersionFile,
    all_notes,
    plain_words,
    read_standard_bytes,
    read_standard_file,
)

FILES = Path(__file__).parents[1] / "standards"
FIRST = json.loads((FILES / "st9990_v1_0.json").read_text("utf-8"))


def read(given: Any) -> VersionFile:
    [found] = read_standard_bytes("standard.json", json.dumps(given).encode())
    return found


def changed(**values: Any) -> dict[str, Any]:
    return copy.deepcopy(FIRST) | values


def without(*names: str) -> dict[str, Any]:
    return {name: value for name, value in FIRST.items() if name not in names}


def refused(packed: bytes, name: str = "standard.json") -> Problem:
    with pytest.raises(Problem) as caught:
        read_standard_bytes(name, packed)
    assert caught.value.remedy
    return caught.value


def test_the_file_is_read_whole() -> None:
    [found] = read_standard_file(FILES / "st9990_v1_0.json")
    details = found.details
    assert found.notes == ()
    assert check_version_details(details) == []
    assert (details.standard_code, details.version) == ("ST9990", "1.0")
    assert details.title == "Public service systems technician"
    assert (details.level, details.typical_months, details.assessment_months) == (3, 18, 3)
    assert details.first_start_on == date(2023, 6, 1)
    assert details.last_start_on == date(2026, 7, 31)
    assert details.last_end_on == date(2029, 1, 31)
    assert details.minimum_minutes == 418 * 60
    assert details.max_funding == Decimal("15000.00")
    assert details.status == "Approved for delivery"
    assert details.has_new_assessment is None
    assert details.is_official
    assert "st9990_v1_0.json" in details.source


def test_codes_come_from_the_order_and_words_lose_their_tags() -> None:
    details = read(FIRST).details
    codes = [each.code for each in details.ksbs]
    assert codes == [*(f"K{n}" for n in range(1, 9)), *(f"S{n}" for n in range(1, 8)),
                     "B1", "B2", "B3"]  # fmt: skip
    assert details.ksbs[0].words == (
        "How records are kept, found again and destroyed in a public body."
    )
    assert details.ksbs[2].words.endswith("without technical words & without blame.")
    assert details.ksbs[3].words.endswith("how often, and how a restore is tried out.")
    assert details.ksbs[7].words.endswith("response times < 4 hours.")


def test_options_have_what_their_duties_take() -> None:
    """K6 is taken by two duties that are not core; what a core duty takes is for all."""
    details = read(FIRST).details
    assert details.options == (
        Option(1, "Support technician"),
        Option(2, "Network technician"),
        Option(3, "Communications technician"),
    )
    own = {each.code: set(each.options) for each in details.ksbs if each.options}
    assert own == {"K5": {2}, "K6": {2, 3}, "K7": {3}, "S4": {1}, "S5": {2}, "S6": {2}, "S7": {3}}
    assert details.duties[3] == Duty(
        4, "Build and change small networks.", False, ("K5", "K6", "S5", "S6")
    )


def test_the_newer_file_has_its_qualification_and_model() -> None:
    [found] = read_standard_file(FILES / "st9990_v1_1.json")
    assert found.details.has_new_assessment is True
    assert found.details.qualifications == "Cyber security basics (level 2)"
    assert found.details.last_start_on is None
    assert found.details.minimum_minutes == 444 * 60


def test_a_file_with_next_to_nothing_is_read_too() -> None:
    found = read({"referenceNumber": "st9990", "version": 1.1, "title": "Technician"})
    assert found.details.name == "ST9990 v1.1"
    assert found.details.ksbs == ()
    assert found.details.minimum_minutes is None
    assert found.notes == ("The file has no knowledge, skills or behaviours; they can be pasted.",)


@pytest.mark.parametrize("name", sorted(set(FIRST) - {"referenceNumber", "version", "title"}))
def test_any_other_key_may_be_missing(name: str) -> None:
    assert read(without(name)).details.name == "ST9990 v1.0"


def test_the_version_may_stand_under_its_other_name_and_be_a_number() -> None:
    assert read(without("version") | {"versionNumber": 2}).details.version == "2.0"
    # A number would lose its end: 1.10 is not 1.1.
    packed = b'{"referenceNumber":"ST9990","title":"T","version":1.10}'
    assert read_standard_bytes("a.json", packed)[0].details.version == "1.10"


def test_skills_by_their_codes_are_read_as_the_shared_list_writes_them() -> None:
    found = read(
        {"reference": "ST9990", "title": "T", "version": "1.1",
         "skills": {"S2": "Labels", "S1": "Asks"}}
    )  # fmt: skip
    assert found.details.ksbs == (Ksb("S2", "Labels"), Ksb("S1", "Asks"))
    with pytest.raises(Problem, match="is not a code"):
        read({"reference": "ST9990", "title": "T", "version": "1", "skills": {"first": "Asks"}})


def test_codes_that_the_words_begin_with_are_taken_where_all_do() -> None:
    listed = [{"knowledgeId": "a", "detail": "K2: Keys"}, {"knowledgeId": "b", "detail": "K5. Air"}]
    assert read(changed(knowledges=listed)).details.ksbs[:2] == (
        Ksb("K2", "Keys"), Ksb("K5", "Air"),
    )  # fmt: skip
    some = [{"detail": "S3 buckets"}, {"detail": "Asks"}]
    found = [each for each in read(changed(skills=some)).details.ksbs if each.code[0] == "S"]
    assert found == [Ksb("S1", "S3 buckets"), Ksb("S2", "Asks")]


def test_words_alone_in_a_list_are_taken_by_their_order() -> None:
    found = read(changed(behaviours=["Kind", "Curious"])).details.ksbs[-2:]
    assert found == (Ksb("B1", "Kind"), Ksb("B2", "Curious"))


def test_an_entry_without_words_keeps_its_number() -> None:
    found = read(changed(behaviours=[{"detail": "Kind"}, {"detail": None}, {"detail": "Curious"}]))
    assert [each.code for each in found.details.ksbs[-2:]] == ["B1", "B3"]
    assert "B2 has no words in the file and was left out." in found.notes


def test_more_than_ninety_nine_have_no_code() -> None:
    found = read(changed(skills=[{"detail": f"Skill {n}"} for n in range(101)]))
    assert sum(each.code[0] == "S" for each in found.details.ksbs) == 99
    assert any("after S99" in note for note in found.notes)


def test_programmes_whose_codes_the_order_does_not_give_are_refused() -> None:
    given = without("knowledges", "skills", "behaviours", "duties")
    packed = json.dumps(given | {"technicalKnowledges": [{"id": "a", "detail": "Keys"}]}).encode()
    problem = refused(packed)
    assert "without codes" in problem.what
    assert "Paste" in problem.remedy


def test_a_duty_that_names_what_is_not_there_is_said() -> None:
    duties = copy.deepcopy(FIRST["duties"])
    duties[0]["mappedSkills"].append("00000000-0000-0000-0000-000000000000")
    found = read(changed(duties=duties))
    assert "Duty 1 names 1 that the lists do not have." in found.notes


def test_what_no_duty_names_is_for_all_and_said() -> None:
    duties = copy.deepcopy(FIRST["duties"])[1:]
    found = read(changed(duties=duties))
    assert all(not each.options for each in found.details.ksbs if each.code in ("K1", "S1"))
    assert "No duty names K1-3, S1-2, B1-2; all options have them." in found.notes
    found = read(changed(duties=[*duties, {"dutyDetail": "", "isThisACoreDuty": "yes"}]))
    assert len(found.details.duties) == 4


@pytest.mark.parametrize(
    ("options", "titles"),
    [
        (["One", "two", "one", ""], ["One", "two"]),
        ([{"title": "One", "optionId": "x"}, {"title": None}], ["One"]),
        ("One", []),
    ],
)
def test_options_are_told_apart(options: Any, titles: list[str]) -> None:
    found = read(changed(options=[], optionsUnstructuredTemplate=options))
    assert [each.title for each in found.details.options] == titles


@pytest.mark.parametrize(
    ("hours", "minutes"),
    [
        ("605", 36_300), (605, 36_300), ("1,022", 61_320), ("278.4", 16_704), ("0", None),
        (278.41, 16_705), ("", None), (None, None),
    ],
)  # fmt: skip
def test_minimum_hours_are_a_text_or_a_number(hours: Any, minutes: int | None) -> None:
    found = read(changed(minimumHoursForCompliance=hours))
    assert found.details.minimum_minutes == minutes
    assert found.notes == ()


@pytest.mark.parametrize("hours", ["many", "-5", "1e9", "99999999999999", "20001", True, "٦٠٥"])
def test_minimum_hours_that_cannot_be_read_are_said(hours: Any) -> None:
    found = read(changed(minimumHoursForCompliance=hours))
    assert found.details.minimum_minutes is None
    assert any("minimum hours" in note for note in found.notes)


@pytest.mark.parametrize(
    ("written", "day"),
    [
        ("2026-08-01T00:00:00", date(2026, 8, 1)),
        ("2026-08-01", date(2026, 8, 1)),
        ("2026-07-31T23:00:00Z", date(2026, 8, 1)),
        ("2026-01-31T23:00:00Z", date(2026, 1, 31)),
        ("0001-01-01T00:00:00", None),
        ("9999-12-31T00:00:00", None),
        ("9999-12-31T23:59:59Z", None),
        ("", None),
        (None, None),
    ],
)
def test_days_are_those_of_london(written: Any, day: date | None) -> None:
    assert read(changed(latestStartDate=written)).details.last_start_on == day


def test_a_day_that_cannot_be_read_is_said() -> None:
    found = read(changed(latestEndDate="next spring"))
    assert found.details.last_end_on is None
    assert found.notes == ("The day “next spring” (latestEndDate) cannot be read.",)


@pytest.mark.parametrize("value", [0, -1, 9, "three", 3.5, [], {}, True, "1e999999999"])
def test_figures_beyond_sense_are_not_known(value: Any) -> None:
    details = read(changed(level=value, typicalDuration=value, maxFunding="1.005")).details
    assert details.level is None
    assert details.typical_months in (None, 9)
    assert details.max_funding is None


def test_qualifications_are_a_line_each() -> None:
    given = [
        {"title": "One", "level": "2"}, {"title": "One", "level": "2"},
        {"title": "Two", "level": "Level 3"}, {"title": None}, "Three",
    ]  # fmt: skip
    assert read(changed(qualifications=given)).details.qualifications == "One (level 2)\nTwo\nThree"
    assert read(changed(qualifications="One")).details.qualifications == ""


def test_several_versions_in_a_list_or_below_a_name_are_all_read() -> None:
    newer = json.loads((FILES / "st9990_v1_1.json").read_text("utf-8"))
    for both in ([FIRST, newer], {"results": [FIRST, newer]}, {"a": 1, "data": [FIRST, newer, 5]}):
        found = read_standard_bytes("two.json", json.dumps(both).encode())
        assert [each.details.version for each in found] == ["1.0", "1.1"]
    [found_one] = read_standard_bytes("one.json", json.dumps({"standard": FIRST}).encode())
    assert found_one.details.version == "1.0"
    twice = refused(json.dumps([FIRST, FIRST]).encode())
    assert twice.what == "“standard.json” holds ST9990 v1.0 twice."
    many = refused(json.dumps([FIRST] * 201).encode())
    assert "201 standards" in many.what
    notes = all_notes([VersionFile(found[0].details, ("One.",))])
    assert notes == ("ST9990 v1.0: One.",)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-32"])
def test_every_unicode_encoding_is_read(encoding: str) -> None:
    packed = json.dumps(FIRST, ensure_ascii=False).encode(encoding)
    assert read_standard_bytes("a.json", packed)[0].details.name == "ST9990 v1.0"


@pytest.mark.parametrize(
    ("packed", "says"),
    [
        (b"", "is empty"),
        (b"  \n", "is empty"),
        (b"<!DOCTYPE html><html></html>", "is a web page"),
        (b"PK\x03\x04\x14\x00\xff\xfe", "is not a text file"),
        (b"Reference,Title\nST9990,T\n", "line 1 is not right"),
        (b'{"referenceNumber": "ST9990",', "line 1 is not right"),
        (b"[" * 100_000, "is not the data of a standard"),
        (b"null", "There is no standard"),
        (b"5", "There is no standard"),
        (b"[]", "There is no standard"),
        (b'{"a": {"b": 1}}', "There is no standard"),
        (b'{"referenceNumber": null}', "does not give the reference"),
        (b'{"referenceNumber": "X1"}', "the reference cannot be read"),
        (b'{"referenceNumber": "ST9990"}', "does not give the version of ST9990"),
        (b'{"referenceNumber": "ST9990", "version": "x"}', "the version of ST9990 cannot be read"),
        (b'{"referenceNumber": "ST9990", "version": "1"}', "gives ST9990 no title"),
        (b'{"referenceNumber":"ST9990","version":"1","title":"T","skills":"a"}', "the list of S"),
        (b'{"reference":"ST9990","version":"1","title":"T","duties":5}', "the list of duties"),
    ],
)
def test_anything_else_is_refused_in_words(packed: bytes, says: str) -> None:
    assert says in refused(packed).what


def test_a_list_far_too_long_is_refused() -> None:
    packed = json.dumps(changed(skills=[{"detail": "x"}] * 400)).encode()
    assert "the list of S" in refused(packed).what


def test_a_file_far_too_large_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(standard_files, "MOST_BYTES", 1000)
    path = tmp_path / "large.json"
    path.write_bytes(b" " * 2000)
    with pytest.raises(Problem, match="too large"):
        read_standard_file(path)


def test_a_file_that_is_not_there_or_a_folder_is_said(tmp_path: Path) -> None:
    with pytest.raises(Problem, match="was not found"):
        read_standard_file(tmp_path / "none.json")
    with pytest.raises(Problem, match="cannot be read"):
        read_standard_file(tmp_path)


def test_words_lose_tags_scripts_and_signs_that_nobody_sees() -> None:
    assert plain_words("<p>One<br/>two</p><ul><li>three</li></ul>") == "One two three"
    assert plain_words("a<script>alert(1)</script> b<style>p{}</style>") == "a b"
    assert plain_words("w<b>or</b>d &lt;5 &amp; 3\u200b\0") == "word <5 & 3"
    assert plain_words("</script>a < b") == "a < b"


# --- damage -------------------------------------------------------------------------------------

_ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=30)
    | st.sampled_from(["1e999999", "<p>", "ST9990", "2026-13-45", "NaN"]),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(
        st.sampled_from(["detail", "title", "optionId", "knowledgeId", "mappedSkills", "x"]),
        inner, max_size=4,
    ),
    max_leaves=8,
)  # fmt: skip


@given(st.dictionaries(st.sampled_from(sorted(FIRST)), _ANYTHING, max_size=6))
@settings(max_examples=200, suppress_health_check=[HealthCheck.too_slow])
def test_whatever_stands_under_a_key_is_read_or_refused_in_words(values: dict[str, Any]) -> None:
    packed = json.dumps(changed(**values)).encode()
    try:
        [found] = read_standard_bytes("standard.json", packed)
    except Problem:
        return
    kept = check_version_details(found.details)
    assert [each for each in kept if each.place.field not in ("ksbs", "last_start_on",
                                                              "last_end_on")] == []  # fmt: skip


def test_damaged_bytes_are_read_or_refused_in_words() -> None:
    packed = (FILES / "st9990_v1_0.json").read_bytes()
    source = random.Random(7)
    outcomes = {"read": 0, "refused": 0}
    for _ in range(400):
        damaged = bytearray(packed)
        for _ in range(source.randint(1, 4)):
            place = source.randrange(len(damaged))
            match source.randrange(3):
                case 0:
                    damaged[place] = source.randrange(256)
                case 1:
                    del damaged[place : place + source.randint(1, 200)]
                case _:
                    damaged[place:place] = bytes(source.choices(b'{}[]":,0\\u', k=5))
        try:
            read_standard_bytes("standard.json", bytes(damaged))
        except Problem:
            outcomes["refused"] += 1
        else:
            outcomes["read"] += 1
    assert min(outcomes.values()) > 5, outcomes
