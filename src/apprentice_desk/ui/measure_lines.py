"""How measures of a provider are shown, on the page of a contract and on that of a provider."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from apprentice_desk import resources
from apprentice_desk.domain.calendar import Quarter
from apprentice_desk.domain.dated import in_force
from apprentice_desk.domain.measures import (
    AT_MOST,
    MeasureStatus,
    Span,
    Trained,
    Value,
    all_time,
    judged,
    measured,
    quarter_span,
)
from apprentice_desk.domain.vocabulary import Measure
from apprentice_desk.records.contract_measures import AgreedDetails
from apprentice_desk.ui.kit.rows import Badge

BADGES = {
    MeasureStatus.ON_TRACK: Badge("On track", "good", "check"),
    MeasureStatus.SLIPPING: Badge("Slipping", "warning", "triangle-alert"),
    MeasureStatus.BEHIND: Badge("Behind", "danger", "circle-alert"),
    MeasureStatus.NOTHING_DUE: Badge("Nothing due yet", "quiet", "circle-dashed"),
    MeasureStatus.NOT_KNOWN: Badge("Not recorded", "note", "circle-question-mark"),
}


def title_of(measure: Measure) -> str:
    """Return the measure's name as a line begins with it."""
    return f"{measure[0].upper()}{measure[1:]}"


def percent(value: Value) -> str:
    """Return the figure as it is read; blank where it is not known."""
    return "" if value.percent is None else f"{value.percent}%"


def in_words(value: Value) -> str:
    """Return the figure with what it is made of: of few people a share says little."""
    return f"{percent(value)}, {value.says}" if value.of else value.says


def spoken(value: Value) -> str:
    """Return the figure as a screen reader says it."""
    return percent(value) or "not known"


@dataclass(frozen=True, slots=True)
class MeasureLine:
    """One measure with what was agreed and the figures; *id* is the measure."""

    id: Measure
    agreed: AgreedDetails | None
    this_quarter: Value
    last_quarter: Value
    ever: Value
    status: MeasureStatus | None
    """How this quarter stands beside what was agreed; None where nothing was."""

    @property
    def agreed_percent(self) -> int | None:
        """The percentage that was agreed."""
        return None if self.agreed is None else self.agreed.agreed_percent

    @property
    def agreed_shown(self) -> str:
        """What was agreed, as it is read; blank where nothing was."""
        agreed = self.agreed_percent
        if agreed is None:
            return ""
        return f"at most {agreed}%" if self.id in AT_MOST else f"{agreed}%"

    @property
    def badge(self) -> Badge | None:
        """How it stands, in a word."""
        return None if self.status is None else BADGES[self.status]

    def told(self, today: date) -> str:
        """Return what the figures are made of, quarter by quarter."""
        quarter = Quarter.containing(today)
        parts = [
            f"{quarter.words()} so far: {in_words(self.this_quarter)}.",
            f"{quarter.previous().words()}: {in_words(self.last_quarter)}.",
            f"All time: {in_words(self.ever)}.",
        ]
        if self.agreed is not None and self.agreed.note:
            parts.append(f"Agreed: {self.agreed.note}")
        return "\n".join(parts)


def measured_over(trained: Sequence[Trained], span: Span) -> dict[Measure, Value]:
    """Return every measure over *span*, by the interval of reviews that was ruled at its end."""
    return measured(trained, span, resources.review_rules().interval_days(span.last))


def measure_lines(
    trained: Sequence[Trained], agreed: Mapping[Measure, AgreedDetails], today: date
) -> tuple[MeasureLine, ...]:
    """Return every measure of *trained* on *today*."""
    rules = in_force(resources.measure_rules(), today, "When a measure is behind")
    quarter = Quarter.containing(today)
    now, before, ever = (
        measured_over(trained, span)
        for span in (
            quarter_span(quarter, today), quarter_span(quarter.previous(), today), all_time(today),
        )
    )  # fmt: skip
    lines = []
    for measure in Measure:
        details = agreed.get(measure)
        percentage = None if details is None else details.agreed_percent
        lines.append(
            MeasureLine(
                measure,
                details,
                now[measure],
                before[measure],
                ever[measure],
                None if percentage is None else judged(now[measure], percentage, rules),
            )
        )
    return tuple(lines)
