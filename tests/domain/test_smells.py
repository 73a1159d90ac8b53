"""What in a log is worth a look, and that it is said without blame."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, timedelta
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from apprentice_desk import resources
from apprentice_desk.domain.apprenticeship import Course
from apprentice_desk.domain.calendar import Period
from apprentice_desk.domain.placement_days import HostStay
from apprentice_desk.domain.problems import Problem
from apprentice_desk.domain.smells import LogEntry, Situation, Smell, smells

RULES = resources.counting_rules()
AS_AT = date(2026, 11, 24)
START = date(2026, 9, 1)
ALICE = Situation(Course(START, date(2028, 3, 31)), START, AS_AT)


def entry(number: int, **values: object) -> LogEntry:
    """One entry of many, in order and unlike all others."""
    given_values: dict[str, object] = {
        "done_on": START + timedelta(days=3 * number),
        "minutes": 91 + number,
        "what": f"What is taught in lesson {number}",
        "ksbs": "K1 S2",
    }
    return LogEntry(UUID(int=number), **(given_values | values))  # type: ignore[arg-type]


def stay(first: date, last: date | None, where: str = "LOTI") -> HostStay:
    return HostStay(UUID(int=1), UUID(int=2), Period(first, last), where)


def found(entries: Iterable[LogEntry], situation: Situation = ALICE) -> dict[str, Smell]:
    return {smell.code: smell for smell in smells(entries, situation, RULES)}


def one(entries: Iterable[LogEntry], situation: Situation = ALICE) -> Smell:
    (smell,) = smells(entries, situation, RULES)
    return smell


def ids(*numbers: int) -> tuple[UUID, ...]:
    return tuple(UUID(int=number) for number in numbers)


GOOD = [entry(number) for number in range(1, 28)]


def test_a_log_with_nothing_odd_says_nothing() -> None:
    assert smells(GOOD, ALICE, RULES) == ()


def test_what_does_not_count_or_is_to_come_is_not_looked_at() -> None:
    odd = [
        entry(50, done_on=date(2026, 11, 20), what="", ksbs="", minutes=1440, counts=False),
        entry(51, done_on=date(2026, 11, 25), what="", ksbs="", minutes=1440),
    ]
    assert smells([*GOOD, *odd], ALICE, RULES) == ()


class TestRoundAndNeverVarying:
    def test_eight_of_one_round_length(self) -> None:
        eight = [entry(10 * n % 27, minutes=420) for n in range(1, 9)]
        smell = found(eight)["round and never varying"]
        assert smell.says == "8 of 8 entries took 7 h exactly."
        assert smell.figures == (("Entries", "8"), ("Of 7 h", "8"))
        assert set(smell.entry_ids) == {each.id for each in eight}
        assert smell.entry_ids == tuple(
            each.id for each in sorted(eight, key=lambda each: each.done_on)
        )
        assert "round and never varying" not in found(eight[:7])

    @pytest.mark.parametrize(("varying", "is_seen"), [(0, True), (1, True), (2, False)])
    def test_as_soon_as_one_in_ten_varies_nothing_is_said(
        self, varying: int, is_seen: bool
    ) -> None:
        log = [*(entry(n, minutes=60) for n in range(18)), *GOOD[21 : 21 + varying]]
        assert ("round and never varying" in found(log)) is is_seen

    def test_a_length_that_is_not_round_may_be_a_timetable(self) -> None:
        assert "round and never varying" not in found(entry(n, minutes=95) for n in range(20))


class TestSameWords:
    def test_four_days_with_the_same_words(self) -> None:
        log = [
            *(replace(each, what="Learned about  Python.") for each in GOOD[:3]),
            replace(GOOD[3], what="learned about python"),
            *GOOD[4:],
        ]
        smell = one(log)
        assert smell.code == "same words"
        assert smell.says == (
            "“Learned about Python.” stands at 4 days, from 4 Sep 2026 to 13 Sep 2026."
        )
        assert smell.entry_ids == ids(1, 2, 3, 4)
        assert smell.figures == (("Texts that repeat", "1"), ("Days with the most", "4"))

    def test_three_days_or_four_entries_of_one_day_say_nothing(self) -> None:
        words = "Learned about Python"
        assert found([*(replace(each, what=words) for each in GOOD[:3]), *GOOD[3:]]) == {}
        one_day = [entry(30 + n, done_on=START, what=words) for n in range(4)]
        assert found([*one_day, *GOOD]) == {}

    def test_several_texts_are_one_line_and_the_most_frequent_is_shown(self) -> None:
        words = "w" * 30 + " and more words " + "x" * 30
        log = [
            *(replace(each, what="Learned about Python") for each in GOOD[:4]),
            *(replace(each, what=words) for each in GOOD[4:9]),
            *GOOD[9:],
        ]
        smell = one(log)
        assert smell.says.startswith(f"“{words[:59]}…” stands at 5 days")
        assert smell.says.endswith("Other words repeat too (1).")
        assert smell.entry_ids == ids(*range(1, 10))


class TestAtOneSitting:
    def test_ten_entries_for_five_days(self) -> None:
        log = [replace(each, entered_on=AS_AT) for each in GOOD[:10]] + GOOD[10:]
        smell = one(log)
        assert smell.code == "typed at one sitting"
        assert smell.says == "10 entries for 10 days were typed on 24 Nov 2026."
        assert smell.entry_ids == ids(*range(1, 11))
        assert found(log[1:]) == {}

    def test_a_week_typed_on_friday_is_how_it_should_be(self) -> None:
        week = [
            entry(30 + n, done_on=START + timedelta(days=n % 4), entered_on=START)
            for n in range(12)
        ]
        assert found([*week, *GOOD]) == {}

    def test_several_such_days_are_one_line(self) -> None:
        log = [
            *(replace(each, entered_on=AS_AT) for each in GOOD[:10]),
            *(replace(each, entered_on=START) for each in GOOD[10:21]),
            *GOOD[21:],
        ]
        smell = one(log)
        assert smell.says == (
            "11 entries for 11 days were typed on 1 Sep 2026. There are 2 such days."
        )
        assert smell.entry_ids == ids(*range(1, 22))


class TestEmptyMonths:
    OLD_START = date(2024, 9, 9)
    OLD = Situation(Course(OLD_START, date(2026, 3, 31)), OLD_START, date(2025, 5, 30))

    def log(self, *months: str) -> list[LogEntry]:
        return [
            entry(n, done_on=date.fromisoformat(f"{month}-20")) for n, month in enumerate(months, 1)
        ]

    def test_for_starts_of_2022_to_2025_it_is_a_rule(self) -> None:
        log = self.log("2024-09", "2024-10", "2024-11", "2025-01", "2025-03", "2025-04")
        smell = one(log, self.OLD)
        assert smell.code == "months without training"
        assert smell.says == (
            "December 2024 and February 2025 have no training that counts. Some off-the-job"
            " training has to happen in every calendar month."
        )
        assert smell.is_rule
        assert smell.entry_ids == ()
        assert smell.figures == (("Months without any", "2"),)
        assert smell.source_words.endswith(": check against the rules")

    def test_the_rule_is_that_of_the_first_start_not_of_a_return(self) -> None:
        back = replace(self.OLD, course=Course(date(2025, 9, 1)), as_at=date(2025, 10, 31))
        smell = one(self.log("2025-10"), back)
        assert smell.is_rule
        assert smell.says.startswith("September 2025 has no training that counts.")
        hint = one(self.log("2025-10"), replace(back, original_start_on=None))
        assert not hint.is_rule
        assert hint.says.endswith("but a month without any is worth a look.")

    def test_a_break_takes_its_months_out_and_a_month_of_few_days_is_passed_over(self) -> None:
        log = self.log("2024-09", "2024-10", "2024-11", "2025-04")
        pause = Period(date(2024, 12, 7), date(2025, 3, 25))
        resting = replace(self.OLD, course=replace(self.OLD.course, breaks=(pause,)))
        assert found(log, resting) == {}
        longer = replace(pause, first=date(2024, 12, 8))  # leaves seven days of December
        resting = replace(self.OLD, course=replace(self.OLD.course, breaks=(longer,)))
        assert one(log, resting).figures == (("Months without any", "1"),)

    def test_many_months_are_counted_and_a_month_that_still_runs_is_not(self) -> None:
        smell = one([], self.OLD)
        assert smell.says.startswith(
            "8 months, from September 2024 to April 2025, have no training that counts."
        )

    def test_a_month_with_a_host_is_no_gap_but_its_hours_are_asked_for(self) -> None:
        log = self.log("2024-09", "2024-10", "2024-11", "2025-01", "2025-03")
        stays = (
            stay(date(2025, 2, 3), date(2025, 2, 28)),
            stay(date(2025, 4, 14), None, "Hackney"),
            stay(date(2024, 12, 2), date(2024, 12, 6), "Camden"),
        )
        said = found(log, replace(self.OLD, stays=stays))
        assert said["months without training"].says.startswith("December 2024 has no training")
        away = said["months with a host, not logged"]
        assert away.says == (
            "February 2025 and April 2025 have no training that counts, though the apprentice was"
            " with LOTI and Hackney."
        )
        assert away.would_help.startswith("It is no gap in the training.")
        assert (away.figures, away.is_rule) == ((("Months with a host", "2"),), False)
        logged = [*log, *self.log("2025-02"), entry(9, done_on=date(2025, 4, 20)),
                  entry(10, done_on=date(2024, 12, 20))]  # fmt: skip
        assert found(logged, replace(self.OLD, stays=stays)) == {}
        one_month = [*logged[:-2], entry(10, done_on=date(2024, 12, 20))]
        assert one(one_month, replace(self.OLD, stays=stays)).says == (
            "April 2025 has no training that counts, though the apprentice was with Hackney."
        )

    def test_without_a_start_nothing_is_said(self) -> None:
        assert smells([], Situation(Course(), None, AS_AT), RULES) == ()


class TestSingleEntries:
    def test_entries_without_ksbs_and_without_words_are_named(self) -> None:
        log = [
            replace(GOOD[0], ksbs=" "),
            replace(GOOD[1], what=""),
            replace(GOOD[2], what="SQL", ksbs=""),
            *GOOD[3:],
        ]
        smell = found(log)
        assert set(smell) == {"no KSBs", "not described"}
        assert smell["no KSBs"].says == (
            "2 of 27 entries name no knowledge, skill or behaviour of the standard."
        )
        assert smell["no KSBs"].entry_ids == ids(1, 3)
        assert smell["not described"].says == (
            "2 of 27 entries say little or nothing of what was learned."
        )
        assert smell["not described"].entry_ids == ids(2, 3)

    def test_one_that_is_much_longer_is_named(self) -> None:
        log = [*GOOD, entry(28, done_on=date(2026, 11, 20), minutes=480)]
        smell = one(log)
        assert smell.code == "much longer than others"
        assert smell.says == (
            "1 entry is much longer than the usual 1 h 45 m: the longest has 8 h, on 20 Nov 2026."
        )
        assert smell.entry_ids == ids(28)
        two = one([*log, entry(29, done_on=date(2026, 11, 21), minutes=500)])
        assert two.says.startswith("2 entries are much longer")
        assert two.entry_ids == ids(28, 29)

    @pytest.mark.parametrize("minutes", [315, 239])
    def test_three_times_as_long_or_under_four_hours_is_not(self, minutes: int) -> None:
        short = [replace(each, minutes=105 if minutes == 315 else 20 + n)
                 for n, each in enumerate(GOOD)]  # fmt: skip
        assert found([*short, entry(28, done_on=AS_AT, minutes=minutes)]) == {}

    def test_among_four_entries_none_is_longer_than_others(self) -> None:
        log = [*GOOD[:3], entry(28, done_on=START, minutes=480)]
        assert "much longer than others" not in found(log)
        assert "much longer than others" in found([*log, GOOD[3]])

    def test_entries_in_a_break_are_named_with_it(self) -> None:
        pause = Period(date(2026, 9, 5), date(2026, 9, 12))
        smell = one(GOOD, replace(ALICE, course=replace(ALICE.course, breaks=(pause,))))
        assert smell.code == "on a break"
        assert smell.says == (
            "2 entries with 3 h 7 m lie in a break in learning, the first on 7 Sep 2026"
            " (5 Sep 2026 to 12 Sep 2026)."
        )
        assert smell.entry_ids == ids(2, 3)
        short = Period(date(2026, 9, 7), date(2026, 9, 9))
        single = one(GOOD, replace(ALICE, course=replace(ALICE.course, breaks=(short,))))
        assert single.says.startswith("1 entry with 1 h 33 m lies in a break")


def test_before_all_rules_it_says_so() -> None:
    with pytest.raises(Problem, match="measured by is not known for 31 Dec 2009"):
        smells(GOOD, replace(ALICE, as_at=date(2009, 12, 31)), RULES)


days = st.dates(date(2019, 1, 1), date(2028, 12, 31))
logs = st.lists(
    st.builds(
        LogEntry,
        st.uuids(),
        days,
        st.integers(1, 1440) | st.just(420),
        st.booleans(),
        st.sampled_from(["", "Python", "Learned about Python today"]) | st.text(),
        st.sampled_from(["", "K1"]),
        st.none() | st.sampled_from([START, AS_AT]),
    ),
    unique_by=lambda each: each.id,
)

BLAME = ("false", "fake", "cheat", "fraud", "invented", "suspicious", "must", "!", "wrong")


@given(logs, days, days, st.lists(st.lists(days, min_size=2, max_size=2)), days)
def test_every_smell_is_of_this_log_and_blames_nobody(
    log: list[LogEntry], start: date, end: date, pauses: list[list[date]], as_at: date
) -> None:
    breaks = tuple(Period(min(two), max(two)) for two in pauses)
    seen = smells(log, Situation(Course(start, end, breaks=breaks), start, as_at), RULES)
    assert len({smell.code for smell in seen}) == len(seen)
    claimed = {each.id: each for each in log if each.counts and each.done_on <= as_at}
    quoted = {each.what for each in log}
    for smell in seen:
        assert set(smell.entry_ids) <= set(claimed)
        order = [(claimed[each].done_on, each) for each in smell.entry_ids]
        assert order == sorted(set(order))
        assert smell.figures
        assert smell.would_help.endswith(".")
        assert not any(word in smell.would_help.lower() for word in BLAME)
        said = smell.says
        for text in quoted:
            said = said.replace(f"“{' '.join(text.split())}”", "")
        if "“" not in said:
            assert not any(word in said.lower() for word in BLAME)
