"""What a desk knows of a contract while it runs: who is on it, and how its provider is doing.

The figures are those of the last quarter that is over and of the one before, worked out as the
pages of the contract and of the provider do.  What has no figure stays blank.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction
from typing import Protocol

from apprentice_desk import resources
from apprentice_desk.documents.document_checks_managing import DAYS_TO_OBJECT
from apprentice_desk.documents.field_kinds import TableValue
from apprentice_desk.documents.procurement_facts import Facts, called_standard, known
from apprentice_desk.domain.apprenticeship import Status, status_at
from apprentice_desk.domain.calendar import BankHolidays, Quarter, show_day
from apprentice_desk.domain.contract_terms import Term, ending, runs_to
from apprentice_desk.domain.measures import (
    AT_MOST,
    Trained,
    Value,
    measured,
    quarter_span,
    short_by,
)
from apprentice_desk.domain.needs_of_people import review_due_by
from apprentice_desk.domain.problems import Problem
from apprentice_desk.domain.vocabulary import Measure, ProviderNoteKind
from apprentice_desk.records.contract_measures import AgreedDetails
from apprentice_desk.records.contract_money import OnContract
from apprentice_desk.records.provider_care import ActionRow, NoteRow
from apprentice_desk.records.standards import StandardRow

Agreed = Mapping[Measure, AgreedDetails]

MOST_SUGGESTED = 20
"""So many concerns or actions are offered at most: more belongs into an appendix."""


# --- who is on it ---------------------------------------------------------------------------------


def facts_of_people(
    term: Term, people: Sequence[OnContract], standards: Mapping[str, StandardRow], today: date
) -> Facts:
    """Return to when the contract runs, and who has not finished under it."""
    there = [
        each
        for each in people
        if not each.agreed.has_left and not status_at(each.agreed.course, today).is_ended
    ]
    rows = tuple(
        (
            each.name,
            called_standard(each.standard_code, standards),
            _STANDS[status_at(each.agreed.course, today)],
            _planned_end(each),
        )
        for each in there
    )
    headings = ("Apprentice", "Standard", "How it stands", "Planned end")
    return known(
        {
            "contract_runs_to_on": runs_to(term, today),
            "apprentices_on_contract": len(there),
            "apprentices_in_training": TableValue(headings, rows) if rows else None,
        }
    )


_STANDS = {
    Status.PLANNED: "not started",
    Status.LIVE: "in training",
    Status.ON_A_BREAK: "on a break",
    Status.IN_ASSESSMENT: "in assessment",
}


def _planned_end(each: OnContract) -> str:
    course = each.agreed.course
    end = course.apprenticeship_planned_end_on or course.training_planned_end_on
    return "" if end is None else show_day(end)


# --- how the provider is doing --------------------------------------------------------------------


class TrainedPerson(Protocol):
    """An apprenticeship as far as one provider trains it under the contract."""

    @property
    def name(self) -> str:
        """The apprentice's name."""

    @property
    def status(self) -> Status:
        """Where it stands."""

    @property
    def trained(self) -> Trained:
        """What measures are worked out from."""

    @property
    def is_here(self) -> bool:
        """Whether nobody else has taken the training over."""


def facts_of_performance(people: Sequence[TrainedPerson], agreed: Agreed, today: date) -> Facts:
    """Return the measures of the last quarter that is over, beside what was agreed."""
    quarter = Quarter.containing(today).previous()
    trained = [each.trained for each in people]
    now, before = (
        Figures(_measured(trained, each, today), agreed) for each in (quarter, quarter.previous())
    )
    missed = [each for each in Measure if now.is_missed(each)]
    overdue = tuple(_overdue(people, today))
    return known(
        {
            "quarter_called": quarter.words(),
            "measures_beside": TableValue(
                ("Measure", "Agreed", quarter.words(), quarter.previous().words(), "Reached"),
                tuple(
                    (
                        _titled(each),
                        now.agreed_on(each),
                        now.percent(each),
                        before.percent(each),
                        now.reached(each),
                    )
                    for each in Measure
                ),
                right=frozenset({1, 2, 3}),
                shares=_SHARES,
            ),
            "measures_made_of": tuple(
                f"{_titled(each)}: {now.values[each].says}." for each in Measure
            ),
            "measures_missed": tuple(map(now.missed, missed)),
            "measures_missed_twice": tuple(
                _titled(each) for each in missed if before.is_missed(each)
            ),
            "is_all_well": not missed and not overdue,
            "was_measured": any(now.short_of(each) is not None for each in Measure),
            "reviews_overdue": overdue,
        }
    )


def _measured(trained: Sequence[Trained], quarter: Quarter, today: date) -> dict[Measure, Value]:
    return measured(
        trained,
        quarter_span(quarter, today),
        resources.review_rules().interval_days(quarter.last),
    )


def _titled(measure: Measure) -> str:
    return f"{measure[0].upper()}{measure[1:]}"


_SHARES = (0.29, 0.16, 0.2, 0.2, 0.15)
"""How the columns share the width: the names of quarters must not squeeze the last."""

FEW = 5
"""Where a figure rests on fewer apprentices, the order form says, one case alone is no failure."""


@dataclass(frozen=True, slots=True)
class Figures:
    """The measures of a quarter, beside what was agreed."""

    values: Mapping[Measure, Value]
    agreed: Agreed

    def short_of(self, measure: Measure) -> Fraction | None:
        """By how much a measure misses; None where nothing is agreed or it has no share."""
        percent = self._percent_agreed(measure)
        return None if percent is None else short_by(self.values[measure], percent)

    def is_missed(self, measure: Measure) -> bool:
        """Whether what was agreed was not reached, and not by one case of few."""
        short = self.short_of(measure)
        return short is not None and short > 0 and not self._is_one_case(measure)

    def agreed_on(self, measure: Measure) -> str:
        """What was agreed, as it is read."""
        percent = self._percent_agreed(measure)
        if percent is None:
            return "none agreed"
        return f"{'at most' if measure in AT_MOST else 'at least'} {percent}%"

    def percent(self, measure: Measure) -> str:
        """The figure; blank where there is none."""
        percent = self.values[measure].percent
        return "" if percent is None else f"{percent}%"

    def reached(self, measure: Measure) -> str:
        """Whether what was agreed was reached, in a word or two; blank where nothing was agreed."""
        if self._percent_agreed(measure) is None:
            return ""
        short = self.short_of(measure)
        if short is None:
            return "not recorded" if self.values[measure].left_out else "nothing to measure"
        if short <= 0:
            return "yes"
        return "no" if self.is_missed(measure) else "one case"

    def missed(self, measure: Measure) -> str:
        """What was not reached, with the facts behind it."""
        return (
            f"{_titled(measure)}: {self.percent(measure)}, agreed {self.agreed_on(measure)}"
            f" ({self.values[measure].says})"
        )

    def _percent_agreed(self, measure: Measure) -> int | None:
        details = self.agreed.get(measure)
        return None if details is None else details.agreed_percent

    def _is_one_case(self, measure: Measure) -> bool:
        """Whether a figure that rests on few apprentices is missed by one of them alone."""
        if measure is Measure.HOURS_TO_PLAN:
            return False  # hours are no cases
        value = self.values[measure]
        by_reviews = measure is Measure.REVIEWS_ON_TIME
        people = self.values[Measure.WITHDRAWALS].of if by_reviews else value.of
        cases = value.count if measure in AT_MOST else value.of - value.count
        return people < FEW and cases == 1


def _overdue(people: Sequence[TrainedPerson], today: date) -> Iterator[str]:
    """Yield who had no review in time, by the longest interval that the rules allow."""
    interval = resources.review_rules().interval_days(today)
    for each in people:
        if each.status is not Status.LIVE or not each.is_here:
            continue
        held = [day.held_on for day in each.trained.reviews if day.held_on is not None]
        last = max((day for day in held if day <= today), default=None)
        due = review_due_by(each.trained.course, last, interval)
        if due is not None and due < today:
            said = "none recorded yet" if last is None else f"the last was held on {show_day(last)}"
            yield f"{each.name}: due by {show_day(due)}; {said}"


# --- what a form begins with ----------------------------------------------------------------------


def suggested_days(term: Term, today: date, holidays: BankHolidays) -> Facts:
    """Return the days that a notice or a letter written *today* would have.

    Notice counts from the first working day; nothing is offered in a year whose bank holidays are
    not known.
    """
    found: Facts = {}
    with suppress(Problem):
        given = today
        while not holidays.is_working_day(given):
            given += timedelta(days=1)
        answer = holidays.working_days_after(today, DAYS_TO_OBJECT)
        found |= {"exit_plan_by_on": answer, "answer_by_on": answer, "notice_counts_from_on": given}
        would = ending(term, given, holidays)
        if would is not None:
            found["ending_on"] = would.last_on
    return found


def suggested_words(notes: Sequence[NoteRow], actions: Sequence[ActionRow], today: date) -> Facts:
    """Return the concerns since the last full quarter began, and the actions open or done since.

    They are offered to be edited: what is noted of a provider is not written for its eyes.
    """
    since = Quarter.containing(today).previous().first
    concerns = tuple(
        f"{show_day(noted.noted_on)}: {' '.join(noted.words.split())}"
        for each in notes
        if (noted := each.details).kind is ProviderNoteKind.CONCERN
        and noted.noted_on is not None
        and since <= noted.noted_on <= today
    )
    acts = tuple(
        _act(each, today)
        for each in actions
        if each.done_on is None or since <= each.done_on <= today
    )
    return known({"concerns": concerns[:MOST_SUGGESTED], "actions_agreed": acts[:MOST_SUGGESTED]})


def _act(action: ActionRow, today: date) -> str:
    details = action.details
    if action.done_on is not None:
        stands = f"done on {show_day(action.done_on)}"
    elif details.due_on is None:
        stands = "no day was agreed"
    else:
        late = ", overdue" if action.is_overdue(today) else ""
        stands = f"by {show_day(details.due_on)}{late}"
    who = f" ({details.owner})" if details.owner else ""
    return f"{' '.join(details.what.split())}{who}: {stands}"
