"""A case: what it must say, and figures of the desk put into its words."""

from __future__ import annotations

from datetime import date

import pytest

from apprentice_desk.domain.outcomes import (
    CaseDetails,
    CaseFigure,
    StepDetails,
    check_case,
    check_step,
    figures_in,
    filled,
    unknown_figures,
)

TODAY = date(2026, 5, 20)
FIGURES = {
    each.name: each
    for each in (CaseFigure("started", "Started", "14"), CaseFigure("pledged", "Pledged", ""))
}


def test_figures_are_put_in_and_one_that_is_not_known_says_so():
    text = "{started} of {pledged} have started; { started } {unheard of} {}"
    assert figures_in(text) == ("started", "pledged", "started", "unheard of")
    assert filled(text, FIGURES) == "14 of [Pledged: not known] have started; 14 {unheard of} {}"


def test_a_name_that_is_no_figure_is_found_where_it_stands():
    case = CaseDetails("Case", "{started} by then", mandate="{cabinet} agrees")
    found = list(unknown_figures(case, FIGURES.values()))
    assert [(each.code, each.place.field) for each in found] == [("OC003", "mandate")]
    assert "“cabinet”" in found[0].message


def test_a_case_has_a_title_and_says_what_is_to_be_different():
    codes = [(each.code, each.place.field) for each in check_case(CaseDetails(" ", " "))]
    assert codes == [("OC001", "title"), ("OC002", "desired_outcome")]
    assert check_case(CaseDetails("Case", "More apprentices")) == []


@pytest.mark.parametrize(
    ("step", "expected"),
    [
        (StepDetails("Ask the boroughs", date(2026, 5, 18), TODAY), []),
        (StepDetails("Ask the boroughs"), []),
        (StepDetails(" "), [("CS001", "what")]),
        (StepDetails("Ask", date(2026, 5, 19)), [("CS002", "week_of")]),
        (StepDetails("Ask", None, date(2026, 5, 21)), [("CS003", "done_on")]),
    ],
)
def test_a_step_is_of_a_week_and_not_done_before_its_day(step, expected):
    assert [(each.code, each.place.field) for each in check_step(step, TODAY)] == expected
