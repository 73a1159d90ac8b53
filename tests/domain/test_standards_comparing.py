"""Two versions beside each other: added, dropped, reworded, renumbered, and the figures."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from apprentice_desk.domain.standards import Duty, Ksb, Option, VersionDetails
from apprentice_desk.domain.standards_comparing import (
    Fate,
    Kind,
    compare,
    contents_in_words,
    word_by_word,
)

OLD = VersionDetails(
    standard_code="ST9990",
    version="1.0",
    title="Systems technician",
    level=3,
    minimum_minutes=25_080,
    max_funding=Decimal("15000.00"),
    typical_months=18,
    first_start_on=date(2023, 6, 1),
    options=(Option(1, "Support"), Option(2, "Network")),
    ksbs=(
        Ksb("K1", "How records are kept and found again."),
        Ksb("K2", "Ways to explain a fault without blame."),
        Ksb("K3", "Telephones and queues."),
        Ksb("S1", "Write a guide that a colleague can follow alone."),
        Ksb("S2", "Label network points.", frozenset({2})),
    ),
    duties=(Duty(1, "Answers requests", True, ("K1", "K2")), Duty(2, "Builds networks")),
)


def changes(after: VersionDetails) -> list[tuple[Kind, str, str]]:
    return [(each.kind, each.about, each.was_called) for each in compare(OLD, after).ksbs]


def test_nothing_is_different_from_itself() -> None:
    comparison = compare(OLD, OLD)
    assert comparison.all == ()
    assert comparison.says == "Nothing is different."


def test_the_same_words_under_another_code_are_renumbered() -> None:
    new = replace(
        OLD,
        ksbs=(
            OLD.ksbs[0],
            Ksb("K2", "What artificial intelligence must not decide."),
            Ksb("K3", "ways to explain a fault without blame"),
            *OLD.ksbs[3:],
        ),
    )
    assert changes(new) == [
        (Kind.ADDED, "K2", ""),
        (Kind.RENUMBERED, "K3", "K2"),
        (Kind.DROPPED, "K3", ""),
    ]
    assert compare(OLD, new).says == "1 added; 1 dropped; 1 renumbered; 1 duty"


def test_much_the_same_words_are_reworded_word_by_word() -> None:
    words = "Write a guide that a colleague or a customer can follow alone."
    new = replace(OLD, ksbs=(*OLD.ksbs[:3], Ksb("S1", words), OLD.ksbs[4]))
    [change] = compare(OLD, new).ksbs
    assert (change.kind, change.about) == (Kind.REWORDED, "S1")
    assert [(each.fate, each.words) for each in change.stretches] == [
        (Fate.SAME, "Write a guide that a colleague"),
        (Fate.NEW, "or a customer"),
        (Fate.SAME, "can follow alone."),
    ]


def test_reworded_under_another_code_says_what_it_was_called() -> None:
    new = replace(
        OLD,
        ksbs=(*OLD.ksbs[:3], OLD.ksbs[4], Ksb("S3", "Write a guide that a friend can follow.")),
    )
    assert changes(new) == [(Kind.REWORDED, "S3", "S1")]


def test_of_two_alike_the_closer_is_the_one_that_was_reworded() -> None:
    old = (Ksb("K1", "how data is kept and found"), Ksb("K2", "how data is kept and lost again"))
    new = (Ksb("K3", "how data is kept and found again"),)
    found = compare(VersionDetails(ksbs=old), VersionDetails(ksbs=new)).ksbs
    assert [(each.kind, each.about, each.was_called) for each in found] == [
        (Kind.DROPPED, "K2", ""), (Kind.REWORDED, "K3", "K1"),
    ]  # fmt: skip


def test_knowledge_never_becomes_a_skill() -> None:
    new = replace(OLD, ksbs=(*OLD.ksbs[:2], *OLD.ksbs[3:], Ksb("S3", "Telephones and queues.")))
    assert changes(new) == [(Kind.DROPPED, "K3", ""), (Kind.ADDED, "S3", "")]


def test_other_options_of_the_same_words_are_said_with_their_titles() -> None:
    new = replace(OLD, ksbs=(*OLD.ksbs[:4], Ksb("S2", "Label network points.")))
    [change] = compare(OLD, new).ksbs
    assert (change.kind, change.before, change.after) == (Kind.OPTIONS, "Network", "all")


def test_a_duty_is_not_otherwise_because_codes_have_moved() -> None:
    moved = (Ksb("K1", OLD.ksbs[1].words), Ksb("K2", OLD.ksbs[0].words), *OLD.ksbs[2:])
    same = compare(OLD, replace(OLD, ksbs=moved))
    assert same.duties == ()
    duties = (Duty(1, "Answers requests", True, ("K1",)), Duty(3, "Keeps copies", False))
    found = compare(OLD, replace(OLD, duties=duties)).duties
    assert [(each.kind, each.about) for each in found] == [
        (Kind.REWORDED, "Duty 1"), (Kind.DROPPED, "Duty 2"), (Kind.ADDED, "Duty 3"),
    ]  # fmt: skip
    assert found[0].before == "Answers requests (K1-2)"
    assert found[2].after == "Keeps copies (not core)"
    assert compare(OLD, replace(OLD, duties=duties)).says == "3 duties"


def test_dates_and_figures_are_said_before_and_after() -> None:
    new = replace(
        OLD,
        version="1.1",
        minimum_minutes=26_640,
        max_funding=None,
        has_new_assessment=True,
        first_start_on=date(2026, 8, 1),
        last_start_on=date(2028, 7, 31),
        typical_months=None,
        level=None,
        qualifications="One\nTwo",
        options=(Option(1, "Support"),),
        title="Technician",
        status="Live",
        assessment_months=3,
    )
    facts = {each.about: (each.before, each.after) for each in compare(OLD, new).facts}
    assert facts == {
        "Minimum hours": ("418 h", "444 h"),
        "Maximum funding": ("£15,000.00", ""),
        "Level": ("3", ""),
        "Typical time": ("18 months", ""),
        "Assessment": ("", "3 months"),
        "Assessed by": ("", "the new model"),
        "First start": ("1 Jun 2023", "1 Aug 2026"),
        "Last start": ("", "31 Jul 2028"),
        "Options": ("Support, Network", "Support"),
        "Qualifications": ("", "One; Two"),
        "Title": ("Systems technician", "Technician"),
        "Status": ("", "Live"),
    }
    assert "minimum hours, maximum funding" in compare(OLD, new).says


def test_how_much_a_version_holds_is_said() -> None:
    assert contents_in_words(OLD) == "3 K, 2 S · 2 duties · 2 options"
    assert contents_in_words(VersionDetails(duties=(Duty(1, "One"),))) == "1 duty"
    assert contents_in_words(VersionDetails()) == "no knowledge, skills or behaviours"


_WORDS = st.lists(st.sampled_from(["how", "data", "is", "kept", "again"]), max_size=8)
_KSBS = st.dictionaries(
    st.builds(lambda letter, number: f"{letter}{number}", st.sampled_from("KS"),
              st.integers(1, 6)),
    _WORDS.map(" ".join), max_size=8,
).map(lambda found: tuple(Ksb(code, words) for code, words in found.items()))  # fmt: skip


@given(_KSBS, _KSBS)
def test_every_code_of_either_has_one_fate(old: tuple[Ksb, ...], new: tuple[Ksb, ...]) -> None:
    """What stayed, was renamed or reworded stands for one of the old and one of the new."""
    found = compare(VersionDetails(ksbs=old), VersionDetails(ksbs=new)).ksbs
    dropped = [each.about for each in found if each.kind is Kind.DROPPED]
    added = [each.about for each in found if each.kind is Kind.ADDED]
    assert len(old) - len(dropped) == len(new) - len(added)
    assert set(dropped) <= {each.code for each in old}
    assert set(added) <= {each.code for each in new}
    assert len(set(added)) == len(added)


@given(_WORDS, _WORDS)
def test_word_by_word_gives_both_texts_back(old: list[str], new: list[str]) -> None:
    stretches = word_by_word(" ".join(old), " ".join(new))
    without_new = " ".join(each.words for each in stretches if each.fate is not Fate.NEW)
    without_gone = " ".join(each.words for each in stretches if each.fate is not Fate.GONE)
    assert without_new.split() == old
    assert without_gone.split() == new
