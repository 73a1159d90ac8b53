"""What a version of a standard is: its dates and figures, options, duties, and what it asks.

A version comes from the official file, from a typed or pasted list, or from a spreadsheet.  Codes
(K1, S1, B1) are never invented: what has none is not taken.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from apprentice_desk.domain import ksb_codes
from apprentice_desk.domain.calendar import show_day
from apprentice_desk.domain.findings import Finding, Level, Place
from apprentice_desk.domain.identifiers import check_standard_code, check_version

MOST_KSBS = 300
"""Of one version; the longest known has some sixty."""
MOST_DUTIES = 100
MOST_OPTIONS = 30

_CODE = re.compile(r"([KSB])0*([1-9][0-9]?)")
_Wrong = Callable[..., None]
_GONE = ("retired", "withdrawn", "defunded")


@dataclass(frozen=True, slots=True)
class Ksb:
    """One piece of knowledge (K), skill (S) or behaviour (B) of a version of a standard."""

    code: str
    words: str
    options: frozenset[int] = frozenset()
    """Numbers of the options that have it; empty where all have it."""


@dataclass(frozen=True, slots=True)
class Option:
    """One option (pathway) of a version, numbered from 1."""

    number: int
    title: str


@dataclass(frozen=True, slots=True)
class Duty:
    """One duty of a version, numbered from 1, with the codes of what it takes."""

    number: int
    words: str
    is_core: bool = True
    ksbs: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class VersionDetails:
    """One version of a standard; None and "" mean that it is not said."""

    standard_code: str | None = None
    version: str = ""
    title: str = ""
    level: int | None = None
    status: str = ""
    first_start_on: date | None = None
    last_start_on: date | None = None
    last_end_on: date | None = None
    typical_months: int | None = None
    assessment_months: int | None = None
    minimum_minutes: int | None = None
    max_funding: Decimal | None = None
    has_new_assessment: bool | None = None
    qualifications: str = ""
    source: str = ""
    is_official: bool = False
    options: tuple[Option, ...] = ()
    ksbs: tuple[Ksb, ...] = ()
    duties: tuple[Duty, ...] = ()

    @property
    def name(self) -> str:
        """Code and version, as they are spoken of."""
        return version_name(self.standard_code or "", self.version)


def version_name(code: str, version: str) -> str:
    """Return "ST0118 v1.1"; the code alone where the version is not known."""
    return f"{code} v{version}" if version else code


def read_code(text: str) -> str:
    """Return the code of a piece of knowledge, a skill or a behaviour: "K1" of "k 01".

    Raises ValueError with a sentence where it is none.
    """
    found = _CODE.fullmatch("".join(text.split()).upper())
    if found is None:
        raise ValueError(f"“{text.strip()}” is not a code: write K, S or B and a number, as K7.")
    return f"{found[1]}{found[2]}"


def ksbs_of_option(details: VersionDetails, title: str) -> tuple[Ksb, ...]:
    """Return what the option called *title* asks; all of the version where there is no such."""
    number = next((each.number for each in details.options if each.title == title), None)
    return tuple(
        each
        for each in details.ksbs
        if number is None or not each.options or number in each.options
    )


def takes_start(first_start_on: date | None, last_start_on: date | None, day: date) -> bool:
    """Whether a version with these dates takes somebody who starts on *day*.

    A date that is not known holds nobody back.
    """
    return (first_start_on is None or first_start_on <= day) and (
        last_start_on is None or day <= last_start_on
    )


def is_gone(status: str) -> bool:
    """Whether a list says that nobody starts on it any more."""
    return status.strip().casefold().startswith(_GONE)


def kinds_in_words(codes: Iterable[str]) -> str:
    """Return how many codes there are of each kind: "15 K, 15 S, 7 B"."""
    letters = [code[:1] for code in codes]
    return ", ".join(f"{letters.count(kind)} {kind}" for kind in "KSB" if kind in letters)


# --- checks -------------------------------------------------------------------------------------


def check_version_details(details: VersionDetails) -> list[Finding]:
    """Return what is wrong with *details*, each finding with the field that it is about."""
    findings = []

    def wrong(code: str, field: str, message: str, remedy: str = "") -> None:
        findings.append(Finding(Level.ROW, code, message, remedy, Place(field=field)))

    if not details.standard_code:
        wrong("SV001", "standard_code", "Say which standard this is.", "For example ST0118.")
    else:
        try:
            check_standard_code(details.standard_code)
        except ValueError as error:
            wrong("SV002", "standard_code", str(error))
    if not details.version.strip():
        wrong(
            "SV003", "version", "Say which version this is.",
            "It stands on the standard's page, for example 1.1.",
        )  # fmt: skip
    else:
        try:
            check_version(details.version)
        except ValueError as error:
            wrong("SV004", "version", str(error))
    if not details.title.strip():
        wrong("SV005", "title", "The standard needs a title.")
    if details.level is not None and not 2 <= details.level <= 7:
        wrong("SV006", "level", "Apprenticeships have the levels 2 to 7.", "Check the level.")
    _check_dates(details, wrong)
    for name in ("typical_months", "assessment_months"):
        months = getattr(details, name)
        if months is not None and not 0 <= months <= 120:
            wrong("SV009", name, f"{months} months is not how long an apprenticeship takes.")
    _check_contents(details, wrong)
    return findings


def _check_dates(details: VersionDetails, wrong: _Wrong) -> None:
    first, last = details.first_start_on, details.last_start_on
    if first is not None and last is not None and last < first:
        wrong(
            "SV007", "last_start_on",
            f"The last start, {show_day(last)}, is before the first, {show_day(first)}.",
            "Check the two days.",
        )  # fmt: skip
    end, start = details.last_end_on, last or first
    if end is not None and start is not None and end < start:
        wrong(
            "SV008", "last_end_on",
            f"The last end, {show_day(end)}, is before a start, {show_day(start)}.",
            "Check the two days.",
        )  # fmt: skip


def _check_contents(details: VersionDetails, wrong: _Wrong) -> None:
    for what, count, most, field in (
        ("pieces of knowledge, skills and behaviours", len(details.ksbs), MOST_KSBS, "ksbs"),
        ("duties", len(details.duties), MOST_DUTIES, "duties"),
        ("options", len(details.options), MOST_OPTIONS, "options"),
    ):
        if count > most:
            wrong("SV010", field, f"No standard has {count} {what}; {most} are the most.")
    codes = [each.code for each in details.ksbs]
    for code in dict.fromkeys(code for code in codes if codes.count(code) > 1):
        wrong("SV011", "ksbs", f"{code} stands there twice.", "Keep one of the two.")
    for each in details.ksbs:
        try:
            is_code = read_code(each.code) == each.code
        except ValueError:
            is_code = False
        if not is_code:
            wrong("SV012", "ksbs", f"“{each.code}” is not a code.", "Write K, S or B and a number.")
        if not each.words.strip():
            wrong("SV013", "ksbs", f"{each.code} has no words.", "Copy them from the standard.")
    titles = [each.title.strip().casefold() for each in details.options]
    if "" in titles:
        wrong("SV014", "options", "An option has no title.")
    elif len(set(titles)) < len(titles):
        wrong("SV015", "options", "Two options have the same title.", "Tell them apart.")
    for number, duty in enumerate(details.duties, 1):
        if not duty.words.strip():
            wrong("SV016", "duties", f"Duty {number} has no words.")
        if lacking := [code for code in duty.ksbs if code not in codes]:
            wrong(
                "SV017", "duties",
                f"Duty {number} names {ksb_codes.write(lacking)}, which the"
                " version does not have.",
                "Check the codes.",
            )  # fmt: skip
