"""Which boroughs a return is expected of: LOTI's dated list.

A desk that says nothing of a borough expects a return of it when it is one of London's 33
authorities: who takes part was not published, so the list starts with all of them.  What is said
holds from a period on, and never changes what was expected for an earlier one.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import CheckConstraint, String, UniqueConstraint, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from apprentice_desk.domain import identifiers
from apprentice_desk.domain.calendar import Quarter
from apprentice_desk.records.base import Kept

LONDON = tuple(f"E09{number:06}" for number in range(1, 34))
"""The codes that the Office for National Statistics gave London's 33 authorities.

A test holds them against the list of boroughs, which records may not read.
"""

ALWAYS = ""
"""The "from" of a borough that was expected before anybody said anything."""


class ExpectedBorough(Kept):
    """A span of periods for which a return of one borough is expected."""

    __tablename__ = "expected_borough"
    __table_args__ = (
        UniqueConstraint("borough_code", "from_period"),
        CheckConstraint("until_period > from_period", name="until_after_from"),
    )

    borough_code: Mapped[str] = mapped_column(String(9))
    from_period: Mapped[str] = mapped_column(String(10))
    """As text, which sorts as periods do; ALWAYS where it began before the list."""
    until_period: Mapped[str | None] = mapped_column(String(10))
    """The first period that is no longer expected; None while there is none."""


@dataclass(frozen=True, slots=True)
class ExpectingRow:
    """One span of the list as a page shows it."""

    id: UUID
    borough_code: str
    from_period: str
    until_period: str | None


def expected_boroughs(session: Session, period: str) -> tuple[str, ...]:
    """Return the codes of the boroughs that a return for *period* is expected of, in order."""
    period = str(Quarter.parse(period))
    said = _by_borough(session.scalars(select(ExpectedBorough)))
    silent = {code for code in LONDON if code not in said}
    return tuple(
        sorted(
            silent
            | {code for code, spans in said.items() if any(_holds(span, period) for span in spans)}
        )
    )


def _by_borough(spans: Iterable[ExpectedBorough]) -> dict[str, list[ExpectedBorough]]:
    found: dict[str, list[ExpectedBorough]] = {}
    for span in spans:
        found.setdefault(span.borough_code, []).append(span)
    return found


def _holds(span: ExpectedBorough, period: str) -> bool:
    return span.from_period <= period and (span.until_period is None or period < span.until_period)


def expecting_rows(session: Session) -> tuple[ExpectingRow, ...]:
    """Return what was said, by borough and then by period; a borough without a row is silent."""
    found = session.scalars(
        select(ExpectedBorough).order_by(ExpectedBorough.borough_code, ExpectedBorough.from_period)
    )
    return tuple(
        ExpectingRow(each.id, each.borough_code, each.from_period, each.until_period)
        for each in found
    )


def expect(session: Session, borough_code: str, from_period: str) -> None:
    """Expect a return of a borough from a period on, whatever was said of later ones.

    Raises ValueError with a sentence where either is none.
    """
    code, period = _tidied(borough_code, from_period)
    spans = _spans(session, code)
    if not spans and code in LONDON:
        return
    standing = next((span for span in spans if _holds(span, period)), None)
    for span in spans:
        if span.from_period >= period and span is not standing:
            session.delete(span)
    if standing is None:
        session.add(ExpectedBorough(borough_code=code, from_period=period, until_period=None))
    else:
        standing.until_period = None
    session.flush()


def stop_expecting(session: Session, borough_code: str, period: str) -> None:
    """Expect no return of a borough for *period* and later ones.

    Raises ValueError with a sentence where either is none.
    """
    code, period = _tidied(borough_code, period)
    spans = _spans(session, code)
    if not spans and code in LONDON:
        session.add(ExpectedBorough(borough_code=code, from_period=ALWAYS, until_period=period))
    for span in spans:
        if span.from_period >= period:
            session.delete(span)
        elif _holds(span, period):
            span.until_period = period
    session.flush()


def _tidied(borough_code: str, period: str) -> tuple[str, str]:
    return identifiers.check_gss(borough_code), str(Quarter.parse(period))


def _spans(session: Session, borough_code: str) -> list[ExpectedBorough]:
    return list(
        session.scalars(select(ExpectedBorough).where(ExpectedBorough.borough_code == borough_code))
    )
