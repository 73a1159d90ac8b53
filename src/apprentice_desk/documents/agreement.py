"""The catch-up agreement: one page that says who does how much when, to be signed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from apprentice_desk.documents.explained import About
from apprentice_desk.documents.tree import (
    Block,
    Column,
    Document,
    Heading,
    KeyValues,
    Para,
    Signatory,
    Signatures,
    Table,
)
from apprentice_desk.domain.calendar import Period, show_day
from apprentice_desk.domain.catching_up import CatchUp, Week
from apprentice_desk.domain.durations import sentence
from apprentice_desk.domain.off_the_job import Figures

MOST_SINGLE_WEEKS = 14
"""More weeks than this stand as spans of equal weeks, so that they keep to a page."""


@dataclass(frozen=True, slots=True)
class Agreed:
    """What is agreed and between whom; *leave* and *reviews* are what it goes around."""

    about: About
    line_manager: str
    figures: Figures
    contracted_minutes: int
    catch_up: CatchUp
    leave: tuple[Period, ...] = ()
    reviews: tuple[date, ...] = ()


@dataclass(frozen=True, slots=True)
class AgreedSpan:
    """Weeks one after the other that have the same hours."""

    weeks: tuple[Week, ...]

    @property
    def shown(self) -> str:
        """Its days, as a span."""
        return Period(self.weeks[0].first, self.weeks[-1].last).shown()

    @property
    def each(self) -> str:
        """The hours of each of its weeks, in words, and why there are none or more."""
        first = self.weeks[0]
        if first.is_block:
            return f"{sentence(first.minutes)}, block week"
        if not first.days:
            return "none: no working day"
        return sentence(first.minutes) if first.minutes else "none left to do"


def spans(weeks: Sequence[Week]) -> tuple[AgreedSpan, ...]:
    """Return the weeks one by one, or where they are many those alike together."""
    if len(weeks) <= MOST_SINGLE_WEEKS:
        return tuple(AgreedSpan((week,)) for week in weeks)
    alike = groupby(weeks, key=lambda week: (week.minutes, week.is_block, week.days > 0))
    return tuple(AgreedSpan(tuple(some)) for _, some in alike)


def rows_of(agreed: Agreed) -> int:
    """Return how many rows the table of weeks has."""
    return len(spans(agreed.catch_up.weeks))


def agreement(agreed: Agreed, shown: int) -> Document:
    """Return the page, with the first *shown* rows of its weeks."""
    about, found, figures = agreed.about, agreed.catch_up, agreed.figures
    rows = spans(found.weeks)
    blocks: list[Block] = [
        KeyValues(
            "Who",
            (
                ("Apprentice", about.name),
                ("Standard", about.standard),
                ("Training provider", about.provider or "not given"),
                ("Line manager", agreed.line_manager or "not given"),
            ),
        ),
        Heading(f"Where things stand on {about.day}"),
        Para(f"{figures.why}."),
        KeyValues("Where things stand", _standing(figures)),
        Heading("What is agreed"),
        Para(_agreed(agreed)),
        Table(
            "Hours week by week",
            (Column("Weeks"), Column("Training each week"), Column("Together", is_right=True)),
            tuple(
                (row.shown, row.each, sentence(sum(week.minutes for week in row.weeks)))
                for row in rows[:shown]
            ),
        ),
    ]
    left = rows[shown:]
    if left:
        minutes = sum(week.minutes for row in left for week in row.weeks)
        blocks.append(
            Para(
                f"From {show_day(left[0].weeks[0].first)} on {sentence(minutes)} more, week by week"
                " as the desk shows them."
            )
        )
    blocks += [
        Para(
            "The line manager releases the apprentice for these hours within the paid week. The"
            " apprentice logs each of them with what was learned. Whoever sees that a week cannot"
            " be kept says so before it begins, and both agree what takes its place."
        ),
        Heading("Signed"),
        Signatures(
            (
                Signatory("Apprentice", about.name),
                Signatory("Line manager", agreed.line_manager),
                Signatory("Training provider told", about.provider),
            )
        ),
    ]
    return Document(
        title="Catch-up agreement",
        blocks=tuple(blocks),
        is_sample=about.is_sample,
        foot=f"{about.borough} · {about.day}",
    )


def _standing(figures: Figures) -> tuple[tuple[str, str], ...]:
    planned = figures.planned_to_date_minutes
    return (
        ("Required", _words(figures.required_minutes)),
        ("Planned to date", _words(planned)),
        ("Logged", sentence(figures.logged_minutes)),
    )


def _words(minutes: int | None) -> str:
    return "not known" if minutes is None else sentence(minutes)


def _agreed(agreed: Agreed) -> str:
    found = agreed.catch_up
    says = (
        f"{sentence(found.needed_minutes)} of off-the-job training by {show_day(found.by)}:"
        f" {sentence(found.rate_minutes)} in an ordinary week, never more than the contracted"
        f" {sentence(agreed.contracted_minutes)}. Bank holidays are left out"
    )
    if agreed.leave:
        says += f", so is leave ({'; '.join(_span(span) for span in agreed.leave)})"
    if agreed.reviews:
        days = ", ".join(show_day(day) for day in agreed.reviews)
        says += f", so are days of progress reviews ({days})"
    return f"{says}."


def _span(span: Period) -> str:
    return show_day(span.first) if span.first == span.last else span.shown()
