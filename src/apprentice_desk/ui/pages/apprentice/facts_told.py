"""What the part Facts says: everything that is kept of a person and an apprenticeship, in words."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from apprentice_desk.domain.calendar import MONTHS, Period, show_day
from apprentice_desk.domain.checklist import Item, ItemState
from apprentice_desk.domain.durations import sentence
from apprentice_desk.domain.money import show_pounds
from apprentice_desk.domain.wages import PayStanding, WageFacts
from apprentice_desk.records.apprentices import ApprenticeDetails
from apprentice_desk.records.standing import ApprenticeRow

Pairs = tuple[tuple[str, str], ...]
_AS_LISTED = "as the list of digital standards says"


@dataclass(frozen=True, slots=True)
class Told:
    """What the facts of one apprenticeship are told from, on a day.

    *items* are those of the gateway, which know whether English and maths are needed; *reasons*
    the words of the codes of reasons for leaving; *pay* is how pay stands, by *wage*.
    """

    row: ApprenticeRow
    details: ApprenticeDetails
    items: tuple[Item, ...]
    reasons: Mapping[str, str]
    wage: WageFacts
    pay: PayStanding
    today: date


def of_the_person(told: Told) -> Pairs:
    """Return who it is, and who stands beside them."""
    row, details = told.row, told.details
    return (
        ("Name", row.name),
        ("Born on", _day(row.born_on)),
        ("ULN", row.uln or ""),
        ("Email", row.email),
        ("Employee reference", row.employee_reference),
        ("Came as", _large(details.employee_type or "")),
        ("Line manager", row.line_manager),
        ("Line manager's email", details.line_manager_email),
        ("Mentor", row.mentor),
        ("Code in returns", row.code),
    )


def of_the_programme(told: Told) -> Pairs:
    """Return the standard, the kind of role and the days of training."""
    row, details = told.row, told.details
    course = row.course
    starts = _day(course.training_started_on, is_given=row.is_start_day_given)
    ends = _day(course.training_planned_end_on, is_given=row.is_end_day_given)
    return (
        ("Standard", row.standard_shown),
        *_if_any("Course as its source names it", details.course_title),
        ("Option", details.standard_option),
        ("Digital", _listed("yes" if row.is_digital else "no", is_own=details.is_digital)),
        ("Kind of role", _listed(row.role_family or "", is_own=details.role_family)),
        *_if_any("First started earlier, on", _day(details.original_start_on)),
        ("Training", f"{starts} to {ends}" if starts and ends else starts or ends),
        ("Planned end with assessment", _day(course.apprenticeship_planned_end_on)),
        *_if_any("Breaks in learning", "; ".join(map(_spell, course.breaks))),
        *_if_any("Elsewhere", "; ".join(_large(stay.says) for stay in row.facts.stays)),
        ("How it stands", _large(row.status)),
    )


def of_the_hours(told: Told) -> Pairs:
    """Return what was agreed, what is taken off, the contracted weeks and how pay stands."""
    details = told.details
    weeks = "; ".join(
        f"{sentence(minutes)} from {show_day(day)}" for day, minutes in told.row.facts.weekly
    )
    prior = details.prior_learning_minutes
    return (
        ("Agreed in the training plan", _length(details.agreed_minutes)),
        *_if_any("Taken off for prior learning", _length(prior)),
        ("Contracted hours a week", weeks),
        ("Pay", _paid(told)),
    )


def _paid(told: Told) -> str:
    """Say what is paid and whether that is enough; of who has ended, what was paid at last."""
    now, ended_on = told.pay, told.row.course.ended_on
    rate = told.wage.pay_on(ended_on or now.day)
    if told.row.status.is_ended:
        return "" if rate is None else rate.shown
    if rate is None:
        return "Not recorded, so nobody can say whether it is enough. Record it with the part Pay."
    return now.says if now.due is not None else f"{rate.shown}. {now.says}"


def of_the_gateway(told: Told) -> Pairs:
    """Return English and maths, held or needed, and who assesses when."""
    row, details = told.row, told.details
    return (
        ("English", _achieved("english", details.english_met_on, told)),
        ("Maths", _achieved("maths", details.maths_met_on, told)),
        ("Gateway planned", _day(row.gateway_planned_on)),
        *_if_any("Gateway passed", _day(row.course.assessment_began_on)),
        ("Assessment organisation", details.assessment_organisation),
    )


def of_the_provider(told: Told) -> Pairs:
    """Return who trains, under which contract, and for how much."""
    row, details = told.row, told.details
    return (
        ("Provider", row.provider_name),
        *_if_any("UKPRN", row.provider_ukprn or ""),
        ("Provider's reference", details.provider_reference),
        ("Contract", row.contract_reference),
        ("Agreed price", _pounds(row.agreed_price)),
        *_if_any("The price is for", _large(details.price_is_for or "")),
        *_if_any("of which training", _pounds(details.training_price)),
        *_if_any("of which assessment", _pounds(details.assessment_price)),
        ("Funding band maximum", _pounds(row.funding_band_maximum)),
        *_if_any("Employer's share", _percent(details.employer_percent)),
    )


def _pounds(amount: Decimal | None) -> str:
    return "" if amount is None else show_pounds(amount)


def _percent(share: int | None) -> str:
    return "" if share is None else f"{share}% of what lies within the band"


def of_the_end(told: Told) -> Pairs:
    """Return how it ended; nothing while it has not."""
    row, details = told.row, told.details
    code = details.leaving_reason or ""
    pairs = (
        ("Last day", _day(row.course.ended_on)),
        ("Outcome", _large(details.outcome or "")),
        ("Grade", _large(details.grade or "")),
        ("Went on to", _large(details.destination or "")),
        *_if_any("Reason for leaving early", told.reasons.get(code, code)),
    )
    return pairs if any(value for _, value in pairs) else ()


def _achieved(key: str, met_on: date | None, told: Told) -> str:
    """Say whether English or maths is held, needed or not, as the gateway's list does."""
    item = next(each for each in told.items if each.id == key)
    says = [item.why]
    if item.state is ItemState.NOT_MET:
        says.insert(0, "Still needed.")
    if met_on is not None and met_on > told.today:
        says.append(f"Recorded for {show_day(met_on)}.")
    return " ".join(says)


def _if_any(key: str, value: str) -> Iterable[tuple[str, str]]:
    return ((key, value),) if value else ()


def _spell(spell: Period) -> str:
    return f"since {show_day(spell.first)}" if spell.last is None else spell.shown()


def _listed(value: str, *, is_own: object) -> str:
    if not value or is_own is not None:
        return _large(value)
    return f"{_large(value)}, {_AS_LISTED}"


def _length(minutes: int | None) -> str:
    return "" if minutes is None else sentence(minutes)


def _large(text: str) -> str:
    return text[:1].upper() + text[1:]


def _day(day: date | None, *, is_given: bool = True) -> str:
    if day is None:
        return ""
    return show_day(day) if is_given else f"{MONTHS[day.month - 1]} {day.year} (day not given)"
