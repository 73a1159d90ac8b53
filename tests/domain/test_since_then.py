"""What was changed since a day, in one sentence."""

from __future__ import annotations

from datetime import date

import pytest

from apprentice_desk.domain.since_then import EntriesChanged, SinceThen


@pytest.mark.parametrize(
    ("since", "says"),
    [
        (SinceThen(), ""),
        (
            SinceThen(later=EntriesChanged(3, 450)),
            "3 entries before the end of that day were logged later: +7 h 30 m",
        ),
        (SinceThen(removed=EntriesChanged(1, -60)), "1 entry was removed: −1 h"),
        (SinceThen(corrected=EntriesChanged(2, 0)), "2 entries were corrected: 0 h"),
        (SinceThen(was_entered_later=True), "the apprenticeship was entered later"),
        (
            SinceThen(is_gone=True, others=("breaks",)),
            "the apprenticeship was removed; breaks changed",
        ),
        (
            SinceThen(
                facts=(
                    ("training_planned_end_on", date(2027, 8, 31)),
                    ("agreed_minutes", 90),
                    ("outcome", None),
                    ("standard_version", ""),
                    ("standard_code", "ST0116"),
                )
            ),
            "planned end of training: 31 Aug 2027 then; hours agreed: 1 h 30 m then;"
            " how it ended: not given then; standard's version: not given then;"
            " standard: ST0116 then",
        ),
    ],
)
def test_each_kind_of_change_has_its_words(since, says):
    assert since.says == says
    assert since.is_nothing == (not says)


def test_entries_are_added_up_one_by_one():
    assert EntriesChanged(2, 90).plus(-30) == EntriesChanged(3, 60)
