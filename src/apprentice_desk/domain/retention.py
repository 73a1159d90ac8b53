"""How long people are kept: what is due to be erased, by which rule, and what speaks against it.

A rule says how long a kind of record is kept after its last day; it comes from
resources/rules/retention.toml, with its source.  A reason to keep stands until its day, or until
somebody takes it back.  Nothing is erased by a rule alone: somebody looks and decides.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from uuid import UUID

from apprentice_desk.domain.calendar import FinancialYear, add_months, show_day
from apprentice_desk.domain.dated import in_force
from apprentice_desk.domain.findings import Finding, Level, Place

ERASED = "(erased)"
"""What stands in the place of a name that was taken out."""


class RetentionKind(StrEnum):
    """What is kept for a time of its own."""

    APPRENTICE = "apprentice"
    NEVER_STARTED = "never started"
    PROCUREMENT = "procurement"
    CONTRACT = "contract"
    BARRIER = "barrier"
    ANSWER = "survey answer"

    @property
    def words(self) -> str:
        """The kind as a list shows it."""
        return _KIND_WORDS[self]

    @property
    def is_person(self) -> bool:
        """Whether it is somebody in the list of apprentices."""
        return self in (RetentionKind.APPRENTICE, RetentionKind.NEVER_STARTED)

    @property
    def is_by_hand(self) -> bool:
        """Whether somebody decides by hand what goes: records of others hang on it."""
        return self is RetentionKind.CONTRACT


_KIND_WORDS = {
    RetentionKind.APPRENTICE: "Apprentice",
    RetentionKind.NEVER_STARTED: "Never started",
    RetentionKind.PROCUREMENT: "Procurement file",
    RetentionKind.CONTRACT: "Contract",
    RetentionKind.BARRIER: "Barrier",
    RetentionKind.ANSWER: "Survey answer",
}


BY_HAND = (
    "A contract is not erased by the program: apprenticeships, payments and papers hang on it.",
    "Open it and decide what goes: files, payments and at last the contract itself are removed"
    " there. What was changed of it before stays in the history.",
)
"""What is said of a kind of which somebody decides by hand, and what to do."""


class CountsFrom(StrEnum):
    """From when on the years of a rule are counted."""

    FINANCIAL_YEAR = "financial year"
    """The end of the financial year that holds the last day."""
    DAY = "day"
    """The last day itself."""


class KeepReason(StrEnum):
    """Why something is kept although its time is over."""

    AUDIT = "audit under way"
    CONTRACT = "contract in force"
    CLAIM = "claim"
    DISPUTE = "dispute"
    COMPLAINT = "complaint"
    ASKED = "the person asked for it"


class Ground(StrEnum):
    """Why somebody was erased."""

    RULE = "their time is over"
    REQUEST = "they asked for it"
    MISTAKE = "they should not be in this desk"


@dataclass(frozen=True, slots=True)
class RetentionRule:
    """How long a kind of record is kept after its last day, from a day on.

    *is_verified* tells whether its source was read; *why* is the rule in words.
    """

    valid_from: date
    kind: RetentionKind
    counts_from: CountsFrom
    years: int
    months: int
    why: str
    source: str
    is_verified: bool

    def kept_until(self, last_on: date) -> date:
        """Return the last day on which a record that ended on *last_on* is kept."""
        from_on = last_on
        if self.counts_from is CountsFrom.FINANCIAL_YEAR:
            from_on = FinancialYear.containing(last_on).period.last or last_on
        return add_months(from_on, 12 * self.years + self.months)


@dataclass(frozen=True, slots=True)
class Retained:
    """One record that a rule is about.

    *last_on* is the day from which its time runs; None while it goes on or that is not known.
    *ended* says what happened on it, such as "Completed on".  *contracts* are the references of
    the contracts in force that it belongs to.
    """

    kind: RetentionKind
    id: UUID
    name: str
    last_on: date | None
    ended: str
    contracts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Hold:
    """A reason to keep that somebody gave: who, when, and until when; None is until taken back."""

    reason: KeepReason
    words: str
    said_by: str
    said_on: date
    until_on: date | None = None

    def stands_on(self, day: date) -> bool:
        """Whether it stands on *day*."""
        return self.until_on is None or day <= self.until_on

    @property
    def says(self) -> str:
        """The reason in words, with who gave it and until when it stands."""
        what = self.reason[:1].upper() + self.reason[1:]
        words = f": {self.words.strip()}" if self.words.strip() else ""
        by = f", {self.said_by.strip()}" if self.said_by.strip() else ""
        until = f", until {show_day(self.until_on)}" if self.until_on else ", until taken back"
        return f"{what}{words} ({show_day(self.said_on)}{by}){until}"


@dataclass(frozen=True, slots=True)
class Due:
    """A record whose time is over, by which rule, and what is said for keeping it."""

    kept: Retained
    rule: RetentionRule
    until_on: date
    """The last day on which it was to be kept."""
    holds: tuple[Hold, ...] = ()

    @property
    def is_held(self) -> bool:
        """Whether there is a reason to keep it."""
        return bool(self.holds or self.kept.contracts)

    @property
    def is_by_hand(self) -> bool:
        """Whether somebody decides by hand what goes."""
        return self.kept.kind.is_by_hand

    @property
    def since(self) -> str:
        """What ended when, in words."""
        assert self.kept.last_on is not None  # what has no last day is never due
        return f"{self.kept.ended} {show_day(self.kept.last_on)}"

    @property
    def reasons(self) -> tuple[str, ...]:
        """What is said for keeping it, in words, each a sentence."""
        found = [hold.says + "." for hold in self.holds]
        if self.kept.contracts:
            found.append(f"Contract in force: {', '.join(self.kept.contracts)}.")
        return tuple(found)


def rule_for(rules: Iterable[RetentionRule], kind: RetentionKind, today: date) -> RetentionRule:
    """Return the rule of a kind in force; raises Problem where there is none."""
    own = [rule for rule in rules if rule.kind is kind]
    return in_force(own, today, f"How long is kept: {kind.words}")


def due(
    kept: Iterable[Retained],
    rules: Iterable[RetentionRule],
    holds: Mapping[UUID, Iterable[Hold]],
    today: date,
) -> tuple[Due, ...]:
    """Return the records whose time is over on *today*, the longest over first.

    *holds* are the reasons to keep by the record's key; those whose day has passed count no more.
    Raises Problem where a rule is not known.
    """
    known = tuple(rules)
    by_kind = {kind: rule_for(known, kind, today) for kind in RetentionKind}
    found = []
    for each in kept:
        if each.last_on is None:
            continue
        rule = by_kind[each.kind]
        until_on = rule.kept_until(each.last_on)
        if until_on < today:
            standing = tuple(hold for hold in holds.get(each.id, ()) if hold.stands_on(today))
            found.append(Due(each, rule, until_on, standing))
    return tuple(sorted(found, key=lambda one: (one.until_on, one.kept.name.casefold())))


@dataclass(frozen=True, slots=True)
class HoldDetails:
    """What the form of keeping something longer edits."""

    reason: KeepReason | None = None
    words: str = ""
    said_by: str = ""
    until_on: date | None = None


def check_hold(details: HoldDetails, today: date) -> list[Finding]:
    """Return what is wrong with a reason to keep."""

    def wrong(code: str, field: str, message: str, remedy: str) -> Finding:
        return Finding(Level.ROW, code, message, remedy, Place(field=field))

    findings = []
    if details.reason is None:
        findings.append(
            wrong("RT001", "reason", "Choose why it is kept.", "Without a reason it is due.")
        )
    if not details.said_by.strip():
        findings.append(
            wrong("RT002", "said_by", "Say who decided it.", "Whoever looks next wants to know.")
        )
    if details.until_on is not None and details.until_on <= today:
        findings.append(
            wrong(
                "RT003",
                "until_on",
                "Enter a day after today, or none.",
                f"Today is {show_day(today)}.",
            )
        )
    return findings
