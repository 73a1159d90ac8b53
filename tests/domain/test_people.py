from __future__ import annotations

from datetime import date

import pytest

from apprentice_desk.domain.people import age_band, age_on, called, split_name
from apprentice_desk.domain.vocabulary import AgeBand


@pytest.mark.parametrize(
    ("born_on", "day", "age"),
    [
        (date(2004, 9, 1), date(2026, 8, 31), 21),
        (date(2004, 9, 1), date(2026, 9, 1), 22),
        (date(2004, 2, 29), date(2026, 2, 28), 21),
        (date(2004, 2, 29), date(2026, 3, 1), 22),
    ],
)
def test_a_year_is_full_on_the_birthday(born_on, day, age):
    assert age_on(born_on, day) == age


@pytest.mark.parametrize(
    ("born_on", "band"),
    [
        (date(2007, 9, 2), AgeBand.UNDER_19),
        (date(2007, 9, 1), AgeBand.TO_24),
        (date(2001, 9, 2), AgeBand.TO_24),
        (date(2001, 9, 1), AgeBand.FROM_25),
        (None, None),
    ],
)
def test_the_band_is_that_of_the_age_at_the_start(born_on, band):
    assert age_band(born_on, date(2026, 9, 1)) is band


def test_without_a_start_there_is_no_band():
    assert age_band(date(2001, 9, 1), None) is None


def test_a_place_is_called_by_whoever_holds_it_else_by_its_role():
    assert called("Ada", "Obi", "Data analyst") == "Ada Obi"
    assert called("", "Obi") == "Obi"
    assert called("", "", "Data analyst") == "Role: Data analyst, nobody named yet"
    assert called("", "", None) == "Role: not said, nobody named yet"


@pytest.mark.parametrize(
    ("full_name", "parts"),
    [
        ("Ada Mary Lovelace", ("Ada Mary", "Lovelace")),
        ("Lovelace,  Ada Mary", ("Ada Mary", "Lovelace")),
        ("Ada", ("", "Ada")),
        ("", ("", "")),
    ],
)
def test_a_name_in_one_field_is_split_at_the_comma_or_the_last_space(full_name, parts):
    assert split_name(full_name) == parts
