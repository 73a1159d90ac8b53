"""LOTI's first programme as a sample: returns of fictional apprentices under real borough names.

``resources/sample/first_programme.toml`` says which figures are LOTI's own and how they are split
among boroughs, which is invented.  Every return is marked as a sample.  Nothing depends on the day:
the same description gives the same returns.
"""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import UTC, date, datetime, time, timedelta
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path
from typing import Any

from apprentice_desk import private_files, resources
from apprentice_desk.commands.programme_places import Place, TakingPart, taking_part
from apprentice_desk.domain.apprenticeship import LIVE, Status, break_days
from apprentice_desk.domain.calendar import FinancialYear, Quarter, add_months
from apprentice_desk.domain.durations import decimal_hours
from apprentice_desk.domain.identifiers import new_code
from apprentice_desk.domain.reference import Borough
from apprentice_desk.product import version
from apprentice_desk.returns import schema, workbook
from apprentice_desk.returns.rows import (
    ApprenticeLine,
    BarrierLine,
    CharacteristicLine,
    ContractLine,
    EventLine,
    PledgeLine,
    ReturnContent,
    ReturnHeader,
    SecondmentLine,
)
from apprentice_desk.returns.suppression import suppressed

DESCRIPTION = "first_programme.toml"

_PENNY = Decimal("0.01")
_TENTH = Decimal("0.1")
_PAID_IN_STEP = Decimal("0.8")
"""Of a price, so much is paid in step with the training, the rest at its end."""


def write_returns(folder: Path) -> list[Path]:
    """Write every return into a folder for each period below *folder*; return what was written."""
    written = []
    newest = schema.load()
    for content in contents():
        header = content.header
        file = folder / str(header.period) / f"{header.borough_name} {header.period}.xlsx"
        private_files.make_folder(file.parent)
        workbook.write(content, newest, file)
        written.append(file)
    return written


def contents() -> Iterator[ReturnContent]:
    """Yield what every borough returns, period by period."""
    described: dict[str, Any] = resources.load_toml("sample", DESCRIPTION)
    quarters = [Quarter.parse(entry["quarter"]) for entry in described["period"]]
    boroughs = taking_part(described, quarters)
    for at in range(len(quarters)):
        for one in boroughs:
            yield _OneReturn(described, quarters, one, at).content()


class _OneReturn:
    """What one borough returns for the period with an index."""

    def __init__(
        self,
        described: Mapping[str, Any],
        quarters: Sequence[Quarter],
        of: TakingPart,
        at: int,
    ) -> None:
        self._described = described
        self._quarters = quarters
        self._borough: Borough = of.borough
        self._places = of.places
        self._at = at
        self._quarter = quarters[at]
        self._people = [
            place
            for place in of.places
            if place.recruited_at is not None and place.recruited_at <= at
        ]
        self._terms: Mapping[str, Any] = {one["name"]: one for one in described["provider"]}

    def content(self) -> ReturnContent:
        """Return it, every sheet made of the same places."""
        described = self._described
        prepared_on = described["period"][self._at]["prepared_on"]
        header = ReturnHeader(
            borough_code=self._borough.code,
            borough_name=self._borough.name,
            period=self._quarter,
            revision=1,
            prepared_at=datetime.combine(prepared_on, time(described["prepared_at_hour"]), UTC),
            prepared_by=described["prepared_by"],
            program_version=version(),
            is_sample=True,
        )
        return ReturnContent(
            header,
            apprentices=tuple(map(self._apprentice, self._people)),
            contracts=tuple(self._contracts()),
            secondments=tuple(self._secondments()),
            pledges=tuple(self._pledges()),
            characteristics=tuple(self._characteristics()),
            network=tuple(self._events()),
            barriers=tuple(self._barriers()),
        )

    def _apprentice(self, place: Place) -> ApprenticeLine:
        first, last = self._quarter.first, self._quarter.last
        role, course, status = place.role, place.course, place.status(last)
        planned, logged = place.minutes(last)
        planned_before, logged_before = place.minutes(first - timedelta(days=1))
        held = [day for day, is_held in place.reviews(place.started_on, last) if is_held]
        now = place.reviews(first, last)
        is_over = status is Status.WITHDRAWN
        leaving = self._described["leaving"]
        return ApprenticeLine(
            apprentice_code=place.code,
            apprenticeship_number=1,
            standard_code=role.standard,
            standard_title=role.title,
            level=role.level,
            is_digital=True,
            role_family=role.family,
            employee_type=place.employee_type,
            age_band=place.age_band,
            status=status,
            training_started_on=course.training_started_on,
            training_planned_end_on=course.training_planned_end_on,
            apprenticeship_planned_end_on=course.apprenticeship_planned_end_on,
            ended_on=course.ended_on if is_over else None,
            break_days=break_days(course, place.started_on, last),
            provider_ukprn=self._terms[role.provider]["ukprn"],
            provider_name=role.provider,
            contract_reference=self._reference(role.provider),
            agreed_price=role.price,
            funding_band_maximum=role.price if role.standard else None,
            required_hours=decimal_hours(place.required_minutes),
            planned_to_date_hours=decimal_hours(planned),
            planned_in_period_hours=decimal_hours(planned - planned_before),
            logged_to_date_hours=decimal_hours(logged),
            logged_in_period_hours=decimal_hours(logged - logged_before),
            last_review_on=max(held, default=None),
            reviews_due_in_period=len(now),
            reviews_held_in_period=sum(is_held for _, is_held in now),
            gateway_planned_on=course.training_planned_end_on,
            withdrawal_group=leaving["group"] if is_over else "",
            destination=leaving["destination"] if is_over else "",
        )

    def _reference(self, provider: str) -> str:
        return f"{self._borough.letters}-{self._terms[provider]['reference']}"

    def _contracts(self) -> Iterator[ContractLine]:
        for name, terms in self._terms.items():
            every = [place for place in self._places if place.role.provider == name]
            if every:
                yield self._contract(name, terms, every)

    def _contract(
        self, name: str, terms: Mapping[str, Any], every: Sequence[Place]
    ) -> ContractLine:
        first, last = self._quarter.first, self._quarter.last
        own = [place for place in self._people if place.role.provider == name]
        minutes = [place.minutes(last) for place in own]
        reviews = [is_held for place in own for _, is_held in place.reviews(first, last)]
        earned = [
            place.role.price * planned / place.required_minutes
            for place, (planned, _) in zip(own, minutes, strict=True)
        ]
        ends_on = add_months(terms["starts_on"], terms["months"]) - timedelta(days=1)
        more = terms["extension_months"]
        limit = _price(every) * Decimal(terms["limit_times"])
        return ContractLine(
            contract_reference=self._reference(name),
            provider_ukprn=terms["ukprn"],
            provider_name=name,
            regime="PCR 2015",
            route=terms["route"],
            framework=terms["framework"],
            standard_codes=tuple(sorted({one.role.standard for one in every} - {""})),
            starts_on=terms["starts_on"],
            ends_on=ends_on,
            extension_to_on=add_months(ends_on, more) if more else None,
            notice_by_on=ends_on - timedelta(days=terms["notice_days"]),
            value_limit=limit.quantize(_PENNY, ROUND_HALF_UP),
            agreed_to_date=_price(own),
            paid_to_date=(sum(earned, Decimal(0)) * _PAID_IN_STEP).quantize(_PENNY, ROUND_HALF_UP),
            live_apprentices=sum(place.status(last) in LIVE for place in own),
            reviews_on_time_percent=_percent(sum(reviews), len(reviews)),
            hours_to_plan_percent=_percent(
                sum(logged for _, logged in minutes), sum(planned for planned, _ in minutes)
            ),
            is_open_to_joint_buying=terms["is_open_to_joint_buying"],
        )

    def _secondments(self) -> Iterator[SecondmentLine]:
        last = self._quarter.last
        every = self._described["secondment"]
        mine = [entry for entry in every if entry["borough"] == self._borough.name]
        chance = random.Random(f"secondments of {self._borough.code}")  # noqa: S311 - a sample
        for entry in mine:
            code = new_code(self._borough.letters, chance)
            states = {Quarter.parse(since): state for since, state in entry["status"].items()}
            reached = [since for since in states if since <= self._quarter]
            if not reached:
                continue
            place = self._places[entry["place"] - 1] if "place" in entry else None
            ended_on = _by(last, entry.get("ended_on"))
            yield SecondmentLine(
                secondment_code=code,
                kind=entry["kind"],
                apprentice_code=place.code if place else "",
                apprenticeship_number=1 if place else None,
                role_family=place.role.family if place else entry["role_family"],
                standard_code=place.role.standard if place else "",
                ksbs=entry["ksbs"],
                home=self._borough.code if place else "",
                host=entry["host"],
                earliest_start_on=entry["earliest_start_on"],
                latest_start_on=entry["latest_start_on"],
                weeks=entry["weeks"],
                pattern=entry["pattern"],
                area=entry["area"],
                status=states[max(reached)],
                started_on=_by(last, entry.get("started_on")),
                ended_on=ended_on,
                logged_hours=Decimal(entry["logged_hours"]) if ended_on else None,
            )

    def _pledges(self) -> Iterator[PledgeLine]:
        """Yield what was pledged, and what came of it in the year in which training starts."""
        pledged: Counter[tuple[str, str]] = Counter()
        recruited: Counter[tuple[str, str]] = Counter()
        started: Counter[tuple[str, str]] = Counter()
        for place in self._places:
            if place.pledged_at <= self._at:
                pledged_on = self._quarters[place.pledged_at].first
                pledged[str(FinancialYear.containing(pledged_on)), place.role.family] += 1
        for place in self._people:
            key = str(FinancialYear.containing(place.started_on)), place.role.family
            recruited[key] += 1
            started[key] += place.started_on <= self._quarter.last
        for key in sorted({*pledged, *recruited}):
            yield PledgeLine(*key, pledged[key], recruited[key], started[key])

    def _characteristics(self) -> Iterator[CharacteristicLine]:
        """Yield the totals of each category, shared out as described; small ones are left blank."""
        year = FinancialYear.containing(self._quarter.last).period
        here = [place for place in self._people if place.status(self._quarter.last) in LIVE]
        started = [place for place in here if place.started_on in year]
        for entry in self._described["characteristic"]:
            shares = entry["shares"].values()
            counts = list(
                zip(
                    _shared_out(len(here), shares),
                    _shared_out(len(started), shares),
                    strict=True,
                )
            )
            hidden = suppressed(counts)
            for row, category in enumerate(entry["shares"]):
                on_programme, in_year = (None, None) if row in hidden else counts[row]
                yield CharacteristicLine(
                    entry["name"], category, on_programme, in_year, row in hidden
                )

    def _events(self) -> Iterator[EventLine]:
        """Yield the events of the financial year up to the end of the period."""
        year, last = FinancialYear.containing(self._quarter.last).period, self._quarter.last
        for entry in self._described["event"]:
            held_on = entry["held_on"]
            if held_on not in year or held_on > last:
                continue
            present = sum(place.status(held_on) in LIVE for place in self._people)
            yield EventLine(
                event=entry["name"],
                held_on=held_on,
                kind=entry["kind"],
                attended=(present * entry["of_100"] + 50) // 100,
                counted_hours=Decimal(entry["hours"]) if "hours" in entry else None,
            )

    def _barriers(self) -> Iterator[BarrierLine]:
        for entry in self._described["barrier"]:
            is_known = Quarter.parse(entry["from_period"]) <= self._quarter
            if is_known and self._borough.name in entry["boroughs"]:
                yield BarrierLine(
                    category=entry["category"],
                    what_stands_in_the_way=entry["what_stands_in_the_way"],
                    what_helped=entry["what_helped"],
                    is_help_wanted=entry["is_help_wanted"],
                    may_be_shared=entry["may_be_shared"],
                )


def _price(places: Sequence[Place]) -> Decimal:
    return sum((place.role.price for place in places), Decimal("0.00"))


def _by(last: date, day: date | None) -> date | None:
    """Return a day that has come by *last*, else None."""
    return day if day is not None and day <= last else None


def _shared_out(total: int, shares: Iterable[int]) -> list[int]:
    """Return *total* split by shares of 100; the largest remainders are rounded up."""
    split = [divmod(total * share, 100) for share in shares]
    parts = [whole for whole, _ in split]
    for at in sorted(range(len(parts)), key=lambda at: -split[at][1])[: total - sum(parts)]:
        parts[at] += 1
    return parts


def _percent(part: int, whole: int) -> Decimal | None:
    return (Decimal(part * 100) / whole).quantize(_TENTH, ROUND_HALF_UP) if whole else None
