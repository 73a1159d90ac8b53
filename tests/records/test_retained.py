"""From which day the time of a record runs that a rule of keeping is about."""

from __future__ import annotations

from datetime import date

import pytest

from apprentice_desk.domain.apprenticeship import Outcome
from apprentice_desk.domain.retention import RetentionKind
from apprentice_desk.records.retained import retained_rows

TODAY = date(2026, 9, 1)
OVER = {"starts_on": date(2016, 4, 1), "ends_on": date(2018, 3, 31)}


@pytest.fixture
def contracts(store):
    """What is said of each contract: its last day, and what happened on it."""

    def read():
        return {
            row.name: (row.last_on, row.ended)
            for row in store.read(retained_rows, TODAY)
            if row.kind is RetentionKind.CONTRACT
        }

    return read


def test_a_contract_that_is_over_is_kept_from_its_end_on(make, contracts):
    make.contract(reference="C1", title="Data analysts", **OVER)
    make.contract(reference="C2", title="")
    make.contract(reference="C3", title="No end", starts_on=date(2016, 4, 1), ends_on=None)
    assert contracts() == {
        "C1 · Data analysts": (date(2018, 3, 31), "Ended on"),
        "C2": (None, ""),
        "C3 · No end": (None, ""),
    }


def test_an_extension_of_which_nobody_said_whether_it_was_taken_up_is_waited_for(make, contracts):
    make.contract(reference="C1", title="", extension_to_on=date(2030, 3, 31), **OVER)
    make.contract(reference="C2", title="", extension_to_on=date(2020, 3, 31), **OVER)
    assert contracts() == {"C1": (None, ""), "C2": (date(2018, 3, 31), "Ended on")}


def test_what_was_paid_after_the_end_counts(make, contracts):
    make.payment(make.contract(reference="C1", title="", **OVER), date(2019, 6, 30))
    make.payment(make.contract(reference="C2", title="", **OVER), date(2017, 6, 30))
    assert contracts() == {
        "C1": (date(2019, 6, 30), "Last paid under on"),
        "C2": (date(2018, 3, 31), "Ended on"),
    }


def test_apprentices_count_while_they_are_on_it_and_on_the_day_they_left(make, contracts):
    on_it = make.contract(reference="C1", title="", **OVER)
    make.apprentice(contract_id=on_it)
    left = make.contract(reference="C2", title="", **OVER)
    make.apprentice(
        given_names="Mei", uln=None, contract_id=left, outcome=Outcome.WITHDRAWN,
        ended_on=date(2026, 5, 1),
    )  # fmt: skip
    assert contracts() == {
        "C1": (None, ""),
        "C2": (date(2026, 5, 1), "Its last apprentice left on"),
    }


def test_a_title_that_is_very_long_is_cut(make, contracts):
    make.contract(reference="C1", title="Digital " * 12, **OVER)
    ((name, _),) = contracts().items()
    assert len(name) == 60
    assert name.endswith("…")
