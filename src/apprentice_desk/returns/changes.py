"""What changed since the period before: each borough's figures, and apprenticeships come or gone.

Nothing is said of what is not there: where a borough's return of either period is missing, that
is all that stands of it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Set
from dataclasses import dataclass
from datetime import date
from typing import Any

from apprentice_desk.domain.calendar import Quarter, add_months
from apprentice_desk.returns.figures import Amount, Measure, Terms, figure
from apprentice_desk.returns.measures import COMPLETED, LEFT, LOGGED_HOURS, ON_PROGRAMME, STARTED
from apprentice_desk.returns.merged import Merged
from apprentice_desk.returns.rows import ApprenticeLine
from apprentice_desk.returns.workbook import ReadReturn

COMPARED: tuple[Measure, ...] = (ON_PROGRAMME, STARTED, COMPLETED, LEFT, LOGGED_HOURS)
"""What is compared from period to period."""

_Key = tuple[str, int | None]
_KEPT_FOR_MONTHS = 12  # what ended longer ago no longer stands in a return


@dataclass(frozen=True, slots=True)
class FigureChange:
    """One figure, then and now."""

    measure: Measure
    before: Amount
    now: Amount

    @property
    def change(self) -> Amount:
        """How much more it is now."""
        return self.now - self.before


@dataclass(frozen=True, slots=True)
class Apprenticeship:
    """An apprenticeship that stands in one of the two returns only, with its status there.

    *row* is the row of that return; *meaning* says why it is worth a look.
    """

    code: str
    number: int | None
    status: str
    row: int
    meaning: str


@dataclass(frozen=True, slots=True)
class BoroughChange:
    """What changed in one borough; *missing* says in a sentence why it cannot be told."""

    code: str
    name: str
    figures: tuple[FigureChange, ...] = ()
    vanished: tuple[Apprenticeship, ...] = ()
    appeared: tuple[Apprenticeship, ...] = ()
    missing: str = ""


@dataclass(frozen=True, slots=True)
class Changes:
    """What changed in each borough from *before* to *now*."""

    before: Quarter
    now: Quarter
    boroughs: tuple[BoroughChange, ...]

    @property
    def is_known(self) -> bool:
        """Whether any borough's returns of both periods are there."""
        return any(not one.missing for one in self.boroughs)

    def total(self, measure: Measure) -> FigureChange:
        """Return a figure of all boroughs whose two returns are both there."""
        same = [
            one for borough in self.boroughs for one in borough.figures if one.measure is measure
        ]
        return FigureChange(measure, sum(o.before for o in same), sum(o.now for o in same))


def changes(merged: Merged, terms: Terms) -> Changes | None:
    """Return what changed since the period before; None if no period was merged."""
    if merged.period is None:
        return None
    now = _by_code(merged.returns)
    before = _by_code(merged.previous)
    period, last = merged.period, merged.period.previous()
    then = Terms(last, terms.behind_share)
    names = {state.code: state.name for state in merged.boroughs}
    names |= {
        code: one.header.borough_name
        for code, one in before.items()
        if code not in names and one.header
    }
    found = []
    for code, name in sorted(names.items()):
        if code not in before:
            missing = f"There is no return for {last} among the files to compare with."
        elif code not in now:
            missing = f"There is a return for {last}, but none for {period} that stands."
        else:
            found.append(_borough(code, name, before[code], now[code], then, terms))
            continue
        found.append(BoroughChange(code, name, missing=missing))
    return Changes(last, period, tuple(found))


def _by_code(returns: Iterable[ReadReturn]) -> dict[str, ReadReturn]:
    return {one.header.borough_code: one for one in returns if one.header is not None}


def _borough(
    code: str, name: str, before: ReadReturn, now: ReadReturn, then: Terms, terms: Terms
) -> BoroughChange:
    figures = tuple(
        FigureChange(
            measure,
            figure([before], measure, then).total,
            figure([now], measure, terms).total,
        )
        for measure in COMPARED
    )
    old, new = _by_key(before), _by_key(now)
    # What ended longer ago than a year before the new period's end has left the return rightly.
    kept_from = add_months(terms.period.first, 3 - _KEPT_FOR_MONTHS)
    return BoroughChange(
        code,
        name,
        figures,
        # A row that is left out for what is wrong with it is there all the same.
        _only_in(old, new.keys() | _left(now), lambda line: _why_vanished(line, kept_from)),
        _only_in(new, old.keys() | _left(before), lambda line: _why_appeared(line, terms.period)),
    )


def _by_key(one: ReadReturn) -> dict[_Key, tuple[ApprenticeLine, int]]:
    assert one.content is not None  # what stands has content
    rows = one.rows["apprentices"]
    return {
        (line.apprentice_code, line.apprenticeship_number): (line, row)
        for line, row in zip(one.content.apprentices, rows, strict=True)
    }


def _left(one: ReadReturn) -> set[_Key]:
    lines: Iterable[Any] = one.left_lines.get("apprentices", ())
    return {(line.apprentice_code, line.apprenticeship_number) for line in lines}


def _only_in(
    mine: Mapping[_Key, tuple[ApprenticeLine, int]],
    other: Set[_Key],
    why: Callable[[ApprenticeLine], str],
) -> tuple[Apprenticeship, ...]:
    """Return those of *mine* that are not in *other* and that *why* has something to say of."""
    keys = sorted(mine.keys() - other, key=lambda key: (key[0], key[1] or 0))
    return tuple(
        Apprenticeship(*key, mine[key][0].status, mine[key][1], meaning)
        for key in keys
        if (meaning := why(mine[key][0]))
    )


def _why_vanished(line: ApprenticeLine, kept_from: date) -> str:
    if line.ended_on is None:
        return "It had not ended, and is not in the return any more."
    if line.ended_on < kept_from:
        return ""
    return "It ended less than four quarters ago, so it should still be in the return."


def _why_appeared(line: ApprenticeLine, period: Quarter) -> str:
    started = line.training_started_on
    if started is not None and started < period.first:
        return "Training started before this quarter, and the last return did not have it."
    return "New in this quarter."
