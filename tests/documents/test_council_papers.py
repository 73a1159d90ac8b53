"""What the council's own papers on a procurement say, law by law: record, log, requirement, report.

What the library is made of is checked elsewhere; these look at what a reader gets.
"""

from __future__ import annotations

from datetime import date
from itertools import product

import pytest

from apprentice_desk.documents.compose import Composed, compose
from apprentice_desk.documents.document_checks import check_values
from apprentice_desk.documents.field_kinds import Value
from apprentice_desk.documents.telling import texts_of
from apprentice_desk.documents.tree import plain
from apprentice_desk.documents.wording import library
from apprentice_desk.domain.direct_awards import ActGround, RegulationGround
from apprentice_desk.domain.vocabulary import Regime, Route
from documents.papers import PAPERS, TODAY

RECORD, LOG = "evaluation-record", "clarification-log"
REQUIREMENT, DIRECT = "requirement-and-specification", "direct-award-report"
FRAMEWORK = {"framework": "the Exampleton training framework"}
UNDER_FRAMEWORK = frozenset(
    {Route.FRAMEWORK_DIRECT, Route.FRAMEWORK_COMPETITION, Route.DYNAMIC}
)  # fmt: skip


def made(type_id: str, *, ticked: bool = True, without: str = "", **changed: Value) -> Composed:
    of = library().type_of(type_id)
    ticks = {each: ticked for each in of.clause_ids if library().clause(each).is_optional}
    left_out = set(without.split())
    values = {**PAPERS[type_id], **changed}
    return compose(
        library(), of, {name: each for name, each in values.items() if name not in left_out}, ticks
    )


def text(of: Composed) -> str:
    return "\n".join(plain(words) for words in texts_of(of.document))


# --- whole under every law ------------------------------------------------------------------------


@pytest.mark.parametrize("regime", Regime)
@pytest.mark.parametrize("ticked", [True, False])
def test_a_record_is_whole_under_every_law(regime: Regime, ticked: bool) -> None:
    for route, light, waits, is_tied, weighs in product(Route, *[(True, False)] * 4):
        more: dict[str, Value] = {"tie_reason": "By lot.", "ties": ("Place 1: A, B",)}
        paper = made(
            RECORD, ticked=ticked, regime=regime, route=route, is_light_touch=light,
            has_standstill=waits, first_is_tied=is_tied, price_weighs=weighs,
            **(FRAMEWORK if route in UNDER_FRAMEWORK else {}), **(more if is_tied else {}),
        )  # fmt: skip
        assert paper.findings == ()


@pytest.mark.parametrize("regime", Regime)
@pytest.mark.parametrize("ticked", [True, False])
def test_a_requirement_is_whole_without_a_timetable(regime: Regime, ticked: bool) -> None:
    paper = made(
        REQUIREMENT, ticked=ticked, regime=regime,
        without="timetable bids_by_on bids_by_at questions_by_on lots framework",
    )  # fmt: skip
    assert paper.findings == ()


@pytest.mark.parametrize("ticked", [True, False])
@pytest.mark.parametrize("light", [True, False])
@pytest.mark.parametrize("route", [Route.DIRECT, Route.FRAMEWORK_DIRECT])
@pytest.mark.parametrize("regime", Regime)
def test_a_report_on_a_direct_award_is_whole_on_every_ground(
    regime: Regime, route: Route, light: bool, ticked: bool
) -> None:
    for act, pcr in product(ActGround, RegulationGround):
        changed: dict[str, Value] = {
            "regime": regime, "route": route, "is_light_touch": light, "act_ground": act,
            "pcr_ground": pcr, **(FRAMEWORK if route is Route.FRAMEWORK_DIRECT else {}),
        }  # fmt: skip
        paper = made(DIRECT, ticked=ticked, **changed)
        assert paper.findings == ()
        assert check_values(paper, {**PAPERS[DIRECT], **changed}, TODAY) == ()


@pytest.mark.parametrize("answered", [True, False])
@pytest.mark.parametrize("still_open", [True, False])
@pytest.mark.parametrize("changes", [True, False])
def test_a_log_is_whole_with_and_without_answers(
    answered: bool, still_open: bool, changes: bool
) -> None:
    gone = ("" if answered else "clarifications ") + ("" if changes else "changes_by_answers")
    paper = made(
        LOG, without=gone, has_answers=answered, has_open_questions=still_open,
        answers_change_papers=changes,
    )  # fmt: skip
    assert paper.findings == ()
    said = text(paper)
    assert ("No question has been answered for everybody so far" in said) is not answered
    assert ("At least one question is not answered" in said) is still_open
    assert ("None of these answers changes" in said) is (answered and not changes)
    assert ("These answers change the invitation" in said) is (answered and changes)


# --- what is said ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("regime", "says", "not_said"),
    [
        (Regime.ACT_2023, "Section 98", "regulation 84"),
        (Regime.PCR_2015, "regulation 84", "section 98"),
        (Regime.BELOW_THRESHOLD, "its own contract rules", "section 98"),
    ],
)
def test_a_record_names_the_duty_of_its_own_law(regime: Regime, says: str, not_said: str) -> None:
    said = text(made(RECORD, regime=regime))
    assert says in said
    assert not_said.casefold() not in said.casefold()


def test_a_record_says_that_nobody_was_told_until_letters_went_out() -> None:
    assert "No letter has gone out yet" in text(made(RECORD))
    said = text(made(RECORD, letters_on=date(2027, 2, 2)))
    assert "went out on 2 Feb 2027" in said
    assert "No letter has gone out yet" not in said


def test_a_record_says_whether_everybody_scored_everything() -> None:
    everybody = "Every evaluator scored every bid under every criterion that is scored."
    assert everybody not in text(made(RECORD))
    assert everybody in text(made(RECORD, without="abstentions"))


def test_a_record_says_why_no_standstill_is_kept() -> None:
    said = text(made(RECORD, has_standstill=False, no_standstill_why="extreme urgency"))
    assert "No standstill is kept: extreme urgency" in said
    assert "Nothing is signed before then" not in said


def test_a_tie_for_the_first_place_needs_its_reason() -> None:
    assert made(RECORD, first_is_tied=True, ties=("Place 1: A, B",)).gaps == ("tie_reason",)


@pytest.mark.parametrize(
    ("ground", "says"),
    [
        (ActGround.RIGHTS, "no reasonable alternative to what is bought"),
        (ActGround.TECHNICAL, "no reasonable alternative to what is bought"),
        (ActGround.ADDITIONAL, "A change of provider would bring something different"),
        (ActGround.REPEAT, "not more than five years ago"),
        (ActGround.URGENCY, "nothing that the Council did or left undone"),
        (ActGround.CHOICE, "Choices of managers are not meant"),
        (ActGround.SWITCH, "Section 43"),
    ],
)
def test_a_report_says_what_its_ground_under_the_act_asks_for(ground: ActGround, says: str) -> None:
    every = {
        each: text(made(DIRECT, regime=Regime.ACT_2023, act_ground=each)) for each in ActGround
    }
    assert says.casefold() in every[ground].casefold()
    with_it = {each for each, said in every.items() if says.casefold() in said.casefold()}
    alike = {ActGround.RIGHTS, ActGround.TECHNICAL}
    assert with_it == (alike if ground in alike else {ground})
    assert ("Section 41" in every[ground]) is (ground is not ActGround.SWITCH)


@pytest.mark.parametrize(
    ("regime", "route", "says"),
    [
        (Regime.ACT_2023, Route.DIRECT, "Section 44"),
        (Regime.PCR_2015, Route.DIRECT, "Regulation 32"),
        (Regime.BELOW_THRESHOLD, Route.DIRECT, "The Council’s own contract rules ask for"),
        (Regime.ACT_2023, Route.FRAMEWORK_DIRECT, "by direct award, as its rules allow"),
    ],
)
def test_a_report_speaks_of_its_own_law_and_route_alone(
    regime: Regime, route: Route, says: str
) -> None:
    one_of = (
        "Section 44",
        "Regulation 32",
        "The Council’s own contract rules ask",
        "that it offers",
    )
    said = text(
        made(
            DIRECT, regime=regime, route=route, act_ground=ActGround.URGENCY,
            pcr_ground=RegulationGround.URGENCY, **FRAMEWORK,
        )
    )  # fmt: skip
    assert says in said
    assert [words for words in one_of if words in said and words not in says] == []


def test_a_transparency_notice_is_to_come_until_its_number_is_written() -> None:
    under_the_act: dict[str, Value] = {
        "regime": Regime.ACT_2023, "act_ground": ActGround.URGENCY,
    }  # fmt: skip
    assert "Nothing is awarded before." in text(made(DIRECT, **under_the_act))
    published = text(made(DIRECT, **under_the_act, transparency_notice="2026/S 000-9"))
    assert "2026/S 000-9" in published
    assert "Nothing is awarded before." not in published


def test_a_requirement_promises_nothing_and_keeps_within_itself() -> None:
    said = text(made(REQUIREMENT))
    assert "We do not promise any number of apprentices, any cohort or any spending." in said
    assert "this invitation" not in said.casefold()
    assert "your bid" not in said


def test_a_log_names_no_bidder() -> None:
    said = text(made(LOG))
    for bidder in ("Northgate", "Larkhill", "Harbour", "Quayside", "Brightwater"):
        assert bidder not in said
