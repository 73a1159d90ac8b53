"""What is wrong with the details of an apprentice and an apprenticeship, by themselves."""

from __future__ import annotations

from datetime import date

from apprentice_desk.domain import apprenticeship as programme
from apprentice_desk.domain import calendar, identifiers, money, people
from apprentice_desk.domain.apprenticeship import Outcome
from apprentice_desk.domain.calendar import Period
from apprentice_desk.domain.findings import Finding, Level, Place
from apprentice_desk.records.apprentices import (
    Apprentice,
    ApprenticeDetails,
    Apprenticeship,
    course_of,
    is_nameless,
)
from apprentice_desk.records.base import check_lengths

_OF_SOMEBODY = {
    "training_started_on": "start",
    "assessment_began_on": "gateway",
    "ended_on": "last day",
    "outcome": "outcome",
    "born_on": "date of birth",
    "uln": "ULN",
    "email": "email address",
    "employee_reference": "employee reference",
}
"""What nobody has who is not named, and what it is called."""


def check(
    details: ApprenticeDetails,
    today: date,
    breaks: tuple[Period, ...] = (),
    *,
    may_be_vacant: bool = False,
) -> list[Finding]:
    """Return what is wrong with *details*, each finding with the field that it is about.

    With *may_be_vacant* a role that is agreed or advertised needs no name, as long as nothing is
    known that only somebody has.
    """
    findings = []

    def wrong(code: str, field: str, message: str, remedy: str = "") -> None:
        findings.append(Finding(Level.ROW, code, message, remedy, Place(field=field)))

    if is_nameless(details):
        known = [says for name, says in _OF_SOMEBODY.items() if getattr(details, name)]
        if not may_be_vacant:
            wrong("AP101", "family_name", "The apprentice needs a name.")
        elif known:
            wrong(
                "AP101",
                "family_name",
                f"A role that nobody is named for yet has no {known[0]}.",
                "Enter the name, or leave that empty until somebody is named.",
            )
    for name, checks in (
        ("uln", identifiers.check_uln),
        ("standard_code", identifiers.check_standard_code),
    ):
        value = getattr(details, name)
        if value:
            try:
                checks(value)
            except ValueError as error:
                wrong("AP102", name, str(error))
    if details.born_on is not None:
        start = details.training_started_on or today
        age = people.age_on(details.born_on, start)
        if not 13 <= age <= 100:  # nobody starts younger or older; the rest is a typing slip
            wrong(
                "AP103",
                "born_on",
                f"Born on {calendar.show_day(details.born_on)} makes an age of {age} at the start.",
                "Check the year.",
            )
    if "@" not in details.email and details.email.strip():
        wrong(
            "AP104", "email", "This is not an email address.", "For example a.name@borough.gov.uk"
        )
    if details.weekly_minutes is not None and not 60 <= details.weekly_minutes <= 60 * 60:
        wrong(
            "AP105",
            "weekly_minutes",
            "Weekly hours lie between 1 and 60.",
            "For example 36 or 37:30.",
        )
    if details.weekly_from_on is not None and details.weekly_minutes is None:
        wrong("AP106", "weekly_minutes", "Say how many hours a week from that day.")
    if (
        details.weekly_minutes is not None
        and details.weekly_from_on is None
        and details.training_started_on is None
    ):
        wrong(
            "AP107", "weekly_from_on", "Without a training start the weekly hours need a day.",
            "Enter the day from which they hold.",
        )  # fmt: skip
    if details.standard_code is None and not details.course_title.strip():
        wrong("AP108", "standard_code", "Choose the standard.")
    if details.leaving_reason is not None and details.outcome is not Outcome.WITHDRAWN:
        wrong("AP109", "leaving_reason", "A reason for leaving goes with an early end only.")
    training, assessment = details.training_price, details.assessment_price
    for name, part in (("training_price", training), ("assessment_price", assessment)):
        if part is not None and part < 0:
            wrong("AP110", name, "A price cannot be below £0.")
    if training is not None and assessment is not None:
        together = training + assessment
        if details.agreed_price is not None and details.agreed_price != together:
            wrong(
                "AP111", "agreed_price",
                "The agreed price is not that of training and assessment together.",
                f"Those are {money.show_pounds(together)}.",
            )  # fmt: skip
    if details.employer_percent is not None and not 0 <= details.employer_percent <= 100:
        wrong("AP112", "employer_percent", "A share lies between 0 and 100 per cent.")
    findings.extend(check_lengths(details, Apprentice, Apprenticeship))
    findings.extend(programme.check_dates(course_of(details, breaks)))
    return findings
