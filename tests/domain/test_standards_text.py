"""A version's list as it is typed or pasted: what is read, and what is said of the rest."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from apprentice_desk.domain.findings import refuses
from apprentice_desk.domain.quick_ksbs import code_order
from apprentice_desk.domain.standards import Duty, Ksb, Option, VersionDetails
from apprentice_desk.domain.standards_text import (
    LONGEST_LIST,
    VersionText,
    read_ksb_text,
    read_version,
    write_version,
)


def read(text: str) -> dict[str, str]:
    found = read_ksb_text(text)
    assert not refuses(found.findings), found.findings
    return {each.code: each.words for each in found.ksbs}


def said(text: str) -> list[str]:
    return [each.code for each in read_ksb_text(text).findings]


@pytest.mark.parametrize(
    "line",
    [
        "K1 How data is kept",
        "K1\tHow data is kept",
        "K1: How data is kept",
        "K1. How data is kept",
        "K1) How data is kept",
        "(K1) How data is kept",
        "K1 – How data is kept",
        "• K1 How data is kept",
        "k1 How data is kept",
        "K 1 How data is kept",
        "K01: How data is kept",
        "K1: How data is kept Back to Duty",
        "K1\nHow data\nis kept",
        "K1: How data\n  is kept",
        "K1: How data\n\n \t\nis kept",
        "Knowledge\nK1: How data is kept\n",
        "KSBs:\nSkills (S)\nK1: How data is kept",
    ],
)
def test_a_line_is_read_however_it_is_written(line: str) -> None:
    assert read(line) == {"K1": "How data is kept"}


def test_headings_between_the_lists_are_no_words() -> None:
    text = "Knowledge\nK1: Records\nSkills\nS1: Labels\nBehaviours\nB1: Kind"
    assert read(text) == {"K1": "Records", "S1": "Labels", "B1": "Kind"}


def test_text_without_codes_is_refused_with_what_to_do() -> None:
    found = read_ksb_text("How data is kept\nWhat a key is")
    assert found.ksbs == ()
    [finding] = found.findings
    assert finding.code == "SL001"
    assert "Begin each line with its code" in finding.remedy
    assert read_ksb_text("Skills").findings[0].message == "There is nothing in this list."


def test_what_stands_above_the_first_code_is_said() -> None:
    assert said("A standard\nK1 Records") == ["SL002"]
    assert "line 1 and 1 more" in read_ksb_text("A\nB\nK1 Records").findings[0].message


def test_part_of_a_code_is_refused() -> None:
    found = read_ksb_text("K1 Records\nK1.2 Keys")
    assert [each.code for each in found.findings] == ["SL003"]
    assert refuses(found.findings)


def test_a_code_that_stands_there_twice_is_said() -> None:
    assert said("K1 Records\nK1 records.") == ["SL004"]
    assert not refuses(read_ksb_text("K1 Records\nK1 Records").findings)
    found = read_ksb_text("K1 Records\nK1 Keys")
    assert refuses(found.findings)
    assert "line 1 and again in line 2, in other words" in found.findings[0].message
    assert found.ksbs == (Ksb("K1", "Records"),)


def test_a_code_without_words_is_refused() -> None:
    assert said("K1\nK2 Keys") == ["SL005"]


def test_far_too_long_a_list_is_not_read() -> None:
    assert said("K1 " + "x" * LONGEST_LIST) == ["SL006"]


def test_a_number_left_out_is_said() -> None:
    found = read_ksb_text("K1 Records\nK5 Keys\nS2 Labels")
    assert found.findings[0].message == "K2-4, S1 are not there."
    assert read_ksb_text("K2 Keys").findings[0].message == "K1 is not there."
    assert not refuses(found.findings)


WHOLE = VersionText(
    standard_code="ST9990",
    version="1.0",
    title="Systems technician",
    ksbs="K1: Records\nK2: Networks\nS1: Labels",
    options="Support\nNetwork [K2, S1]",
    duties="1. Answers [K1]\nDuty 2: Builds [K2, S1; not core]\nThinks",
)


def test_options_choose_and_duties_take() -> None:
    details, findings = read_version(WHOLE)
    assert findings == []
    assert details.options == (Option(1, "Support"), Option(2, "Network"))
    assert [each.options for each in details.ksbs] == [
        frozenset(), frozenset({2}), frozenset({2}),
    ]  # fmt: skip
    assert details.duties == (
        Duty(1, "Answers", True, ("K1",)),
        Duty(2, "Builds", False, ("K2", "S1")),
        Duty(3, "Thinks"),
    )


@pytest.mark.parametrize(
    ("wrong", "code", "field"),
    [
        ({"options": "Support [everything]"}, "SL007", "options"),
        ({"options": "Support [K9]"}, "SL008", "options"),
        ({"duties": "Answers [all of it]"}, "SL009", "duties"),
        ({"ksbs": "Records"}, "SL001", "ksbs"),
    ],
)
def test_what_cannot_be_read_names_its_field(wrong: dict[str, str], code: str, field: str) -> None:
    _, findings = read_version(replace(WHOLE, **wrong))  # type: ignore[arg-type]
    assert (code, field) in [(each.code, each.place.field) for each in findings]


def test_a_version_without_a_list_is_no_fault_of_the_list() -> None:
    details, findings = read_version(VersionText(standard_code="ST9990"))
    assert (details.ksbs, findings) == ((), [])


_WORDS = st.from_regex(r"[A-Z][a-z]{3,8}( [a-z]{2,8}){0,4}", fullmatch=True)
_CODES = st.lists(
    st.builds(lambda letter, number: f"{letter}{number}", st.sampled_from("KSB"),
              st.integers(1, 99)),
    unique=True, max_size=12,
)  # fmt: skip


@st.composite
def versions(draw: st.DrawFn) -> VersionDetails:
    codes = sorted(draw(_CODES), key=code_order)
    titles = draw(st.lists(_WORDS, unique=True, max_size=3))
    options = tuple(Option(number, title) for number, title in enumerate(titles, 1))
    numbers = [each.number for each in options]
    ksbs = tuple(
        Ksb(
            code,
            draw(_WORDS.filter(lambda words: words not in ("Skills", "Text", "Words", "Detail"))),
            draw(st.frozensets(st.sampled_from(numbers))) if numbers else frozenset(),
        )
        for code in codes
    )
    duties = tuple(
        Duty(
            number,
            draw(_WORDS),
            draw(st.booleans()),
            tuple(code for code in codes if draw(st.booleans())),
        )
        for number in range(1, draw(st.integers(0, 3)) + 1)
    )
    return VersionDetails(
        "ST9990", "1.0", "Title", 3, "Live", date(2026, 8, 1), None, None, 18, 3, 25_080,
        Decimal("15000.00"), None, "", "", True, options, ksbs, duties,
    )  # fmt: skip


@given(versions())
def test_what_is_written_is_read_the_same(details: VersionDetails) -> None:
    read_again, findings = read_version(write_version(details))
    assert not refuses(findings)
    assert read_again == details


@given(st.text(max_size=400))
def test_no_text_brings_the_reader_down(text: str) -> None:
    found = read_ksb_text(text)
    assert found.ksbs or refuses(found.findings)
    assert len({each.code for each in found.ksbs}) == len(found.ksbs)
    read_version(VersionText(ksbs=text, options=text, duties=text))
