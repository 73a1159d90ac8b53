from __future__ import annotations

import pytest

from apprentice_desk.domain.folding import fold


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("Zoë", "zoe"),
        ("Zoe\N{COMBINING DIAERESIS}", "zoe"),
        ("Łukasz", "lukasz"),
        ("Søren Ærø", "soren aero"),
        ("Đặng Thị", "dang thi"),
        ("Gülşah İnan", "gulsah inan"),
        ("Þóra", "thora"),
        ("Strauß", "strauss"),
        ("O'Brien", "o'brien"),
        ("李明", "李明"),
    ],
)
def test_case_and_accents_are_taken_away(text, folded):
    assert fold(text) == folded
