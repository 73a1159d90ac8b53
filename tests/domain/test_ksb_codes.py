"""Codes of knowledge, skills and behaviours: what is read, what is refused, how they are written.

What a loaded standard has is compared with them; nothing is said where it is not loaded.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from apprentice_desk.domain import ksb_codes
from apprentice_desk.domain.findings import Level

CODES = st.builds("{}{}".format, st.sampled_from("KSB"), st.integers(1, 99))
PARTED = st.builds("{}.{}".format, CODES, st.integers(1, 99))


def refused(text: str) -> str | None:
    """What is said against *text*; None where it is read."""
    try:
        ksb_codes.read(text)
    except ValueError as error:
        return str(error)
    return None


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("", ()),
        (" , ;", ()),
        ("K7", ("K7",)),
        ("k07", ("K7",)),
        ("K4-7, S1-2", ("K4", "K5", "K6", "K7", "S1", "S2")),
        ("k4 to k7", ("K4", "K5", "K6", "K7")),
        ("K4 to 6", ("K4", "K5", "K6")),
        ("K4-K6", ("K4", "K5", "K6")),
        ("K4 – 6; B1", ("K4", "K5", "K6", "B1")),
        ("K4 -6", ("K4", "K5", "K6")),
        ("K4,5", ("K4", "K5")),
        ("K4, 5 and 7", ("K4", "K5", "K7")),
        ("K4 & K5", ("K4", "K5")),
        ("K1-3,5-7", ("K1", "K2", "K3", "K5", "K6", "K7")),
        ("K1/2/S3", ("K1", "K2", "S3")),
        ("K 4, s 1", ("K4", "S1")),
        ("B1 S2 K3", ("K3", "S2", "B1")),
        ("K4 K4, K3-5", ("K3", "K4", "K5")),
        ("K1.2, K1.10, K1", ("K1", "K1.2", "K1.10")),
        ("K4\u00a0and K5", ("K4", "K5")),
        ("K1-60", tuple(f"K{number}" for number in range(1, 61))),
    ],
)
def test_codes_are_read_each_once_and_in_order(text: str, codes: tuple[str, ...]) -> None:
    assert ksb_codes.read(text) == codes


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("K7-4", "“K7-4” does not run from a lower to a higher code of one kind."),
        ("K7 to 4", "“K7-4” does not run from a lower to a higher code of one kind."),
        ("K4-S7", "“K4-S7” does not run from a lower to a higher code of one kind."),
        ("K1-61", "“K1-61” is 61 codes; no standard has so many of a kind."),
        ("7", "“7” has no letter. Write K7, S7 or B7."),
        ("K4 5", "“5” has no letter."),
        ("K4; 5", "“5” has no letter."),
        ("4-7", "“4-7” has no letter. Write K4-7, S4-7 or B4-7."),
        ("K1 - S2", "“K1-S2” does not run from a lower to a higher code of one kind."),
        ("\u212a7", "“\u212a7” is not a code. Write codes"),
        ("Q7", "“Q7” is not a code. Codes begin with K, S or B"),
        ("Q4-7", "“Q4-7” is not a code. Codes begin with K, S or B"),
        ("K0", "“K0” is not a code. Numbers go from 1 to 99"),
        ("K100", "“K100” is not a code. Numbers go from 1 to 99"),
        ("K4, communication", "“communication” is not a code. Write codes such as K4-7, S1-2."),
        ("-", "“-” is not a code."),
    ],
)
def test_what_is_no_code_is_refused_in_a_sentence(text: str, says: str) -> None:
    said = refused(text)
    assert said is not None
    assert said.startswith(says)


@pytest.mark.parametrize(
    ("codes", "short"),
    [
        ((), ""),
        (("S2", "K4", "K5", "K6", "S1"), "K4-6, S1-2"),
        (("K1", "K3", "K4", "K4"), "K1, K3-4"),
        (("K9", "K10", "B1"), "K9-10, B1"),
        (("K99", "S1"), "K99, S1"),
        (("K1.1", "K1.2", "K2", "K3"), "K1.1, K1.2, K2-3"),
    ],
)
def test_codes_are_written_short(codes: tuple[str, ...], short: str) -> None:
    assert ksb_codes.write(codes) == short


@given(st.lists(CODES | PARTED))
def test_what_is_written_reads_back(codes: list[str]) -> None:
    read = ksb_codes.read(ksb_codes.write(codes))
    assert set(read) == set(codes)
    assert len(read) == len(set(codes))


@given(st.lists(CODES), st.sampled_from([", ", " ", "; ", " and ", " & ", "/"]), st.booleans())
def test_what_stands_between_codes_does_not_matter(
    codes: list[str], between: str, is_small: bool
) -> None:
    text = between.join(codes)
    assert ksb_codes.read(text.lower() if is_small else text) == ksb_codes.read(
        ksb_codes.write(codes)
    )


@given(st.text(alphabet="KSBkq17 -–,;/.&to\u200b", max_size=14))
def test_any_text_is_read_or_refused_in_words_and_tidied_once(text: str) -> None:
    said = refused(text)
    codes, short = ksb_codes.codes_in(text), ksb_codes.tidy(text)
    if said is not None:
        assert (said[0], said[-1]) == ("“", ".")
        assert short == text.strip()
    else:
        assert codes == ksb_codes.read(text)
        assert not codes or short == ksb_codes.write(codes)
        assert ksb_codes.tidy(short) == short


def test_codes_that_have_no_room_in_the_short_form_stay_as_they_were() -> None:
    wide = ",".join(["K1", *(f"{number}" for number in range(3, 100, 2))])
    every = f"{wide},S{wide[1:]},B{wide[1:]}"
    assert len(ksb_codes.write(ksb_codes.read(every))) > ksb_codes.LONGEST
    assert ksb_codes.tidy(f" {every}") == every
    assert ksb_codes.codes_in(every)[:2] == ("K1", "K3")


def test_what_is_wrong_is_said_under_its_field() -> None:
    (found,) = ksb_codes.check("K7-4")
    assert (found.code, found.level, found.place.field) == ("KS001", Level.ROW, "ksbs")
    assert found.message == "“K7-4” does not run from a lower to a higher code of one kind."
    assert found.remedy == "Write K4-7 or K4-K7, and other codes each by themselves."
    (found,) = ksb_codes.check("K1-4, S9", ("K1", "K2", "K3", "S1"), field="codes")
    assert (found.code, found.place.field) == ("KS002", "codes")
    assert found.message == "The standard has no K4, S9."
    assert found.remedy == "It has K1-3, S1."


def test_codes_are_not_checked_where_the_standard_is_not_loaded() -> None:
    assert ksb_codes.check("K1-4") == []
    assert ksb_codes.check("K1-4", ("K1", "K2", "K3", "K4")) == []
    assert ksb_codes.check("") == []


def test_what_stood_there_before_is_not_asked_about() -> None:
    assert ksb_codes.check("communication ", before="communication") == []
    assert ksb_codes.check("K4-5", ("K1",), before="K4, K5") == []
    assert ksb_codes.check("K4-6", ("K1",), before="K4, K5") != []


def test_what_comes_in_from_elsewhere_is_noted_and_kept() -> None:
    (found,) = ksb_codes.notes("K4, S9", ("K4",))
    assert (found.level, found.remedy) == (Level.NOTE, "It has K4. It is kept as it stands.")
    assert ksb_codes.notes("K4", ("K4",)) == []


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("communication", ()),
        ("K4 and teamwork, S2", ("K4", "S2")),
        ("K7-4, B1", ("B1",)),
        ("team, 5", ()),
        ("(K4)", ()),
    ],
)
def test_what_is_kept_is_read_kindly(text: str, codes: tuple[str, ...]) -> None:
    assert ksb_codes.codes_in(text) == codes
    assert ksb_codes.tidy(text) == text


@pytest.mark.parametrize(
    ("typed", "rest", "codes"),
    [
        ("", "", ()),
        ("workshop ada", "workshop ada", ()),
        ("K4-7, S1-2", "", ("K4", "K5", "K6", "K7", "S1", "S2")),
        ("k4 to k6 workshop", "workshop", ("K4", "K5", "K6")),
        ("ada K4,5", "ada", ("K4", "K5")),
        ("K1.2", "", ("K1.2",)),
        # Half typed on the way to K4-7: nothing goes out of sight meanwhile.
        ("K4-", "", ("K4",)),
        ("K4 – ", "", ("K4",)),
        ("S1, K4-K", "", ("K4", "S1")),
        # What is no code, or no range, is looked for as it stands.
        ("K7-4", "K7-4", ()),
        ("ST0116 07:30", "ST0116 07:30", ()),
        ("K100 b 2", "K100 b 2", ()),
        ("4-7", "4-7", ()),
    ],
)
def test_a_filter_asks_for_each_code_that_its_shorthand_stands_for(
    typed: str, rest: str, codes: tuple[str, ...]
) -> None:
    assert ksb_codes.asked_for(typed) == (rest, codes)


def test_codes_are_spelled_out_for_a_filter_behind_what_is_kept() -> None:
    assert ksb_codes.spelled_out("K4-6, and B1") == "K4-6, and B1 K4 K5 K6 B1"
    assert ksb_codes.spelled_out("") == ""


# --- everywhere in short -------------------------------------------------------------------------

_OTHER_CODES = {
    # The one who writes them.
    ("domain/quick_ksbs.py", "(first if first == last else f'{first}-{last[1:]}' for first, last in"
                             " runs(codes))"),
    # What is read again by ksb_codes, which writes it in short itself.
    ("imports/values.py", "(code for part in inside for code in _written_out(part))"),
    ("records/ksb_progress.py", "codes"),
    # How many there are of each kind.
    ("domain/standards.py", "(f'{letters.count(kind)} {kind}' for kind in 'KSB' if kind in"
                            " letters)"),
    # Options, standards and boroughs have codes too.
    ("ui/pages/imports/sentences.py", "unknown[:_CODES_NAMED]"),
    ("ui/pages/merge/behind.py", "figures.rows_behind(self._returns, measure, self._terms, code)"),
    ("ui/pages/settings/columns.py", "sorted({figure.standard_code for figure in figures})"),
}  # fmt: skip
_LISTING = {"listed", "_listed", "in_words"}
_SAYS_KSB = re.compile(r"ksb|(?<![a-z])codes?(?![a-z])", re.IGNORECASE)


def _joined(path: Path) -> Iterator[str]:
    """What is put together with commas in a file, where it may be codes."""
    tree = ast.parse(path.read_text("utf-8"))
    for call in ast.walk(tree):
        if not isinstance(call, ast.Call) or not call.args:
            continue
        by = call.func
        is_join = isinstance(by, ast.Attribute) and by.attr == "join" and "," in ast.unparse(by)
        is_listing = isinstance(by, ast.Name) and by.id in _LISTING
        what = ast.unparse(call.args[0])
        if (is_join or is_listing) and _SAYS_KSB.search(what):
            yield what


def test_codes_are_put_together_by_nobody_but_the_one_who_writes_them_in_short():
    source = Path(ksb_codes.__file__).parents[1]
    found = {
        (path.relative_to(source).as_posix(), what)
        for path in source.rglob("*.py")
        for what in _joined(path)
    }
    assert found - _OTHER_CODES == set()
    assert found >= _OTHER_CODES, "the list of what is something else is out of date"
