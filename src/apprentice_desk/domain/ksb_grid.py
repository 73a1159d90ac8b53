"""The KSB grid of one apprenticeship: each code, who says what of it, and what there is to show.

Hours are those of the counting entries that name a code.  An entry may name several codes; its
whole length stands with each of them, since nobody knows how it was shared, and the total counts
it once.  So the hours of the lines do not add up to the total, and pages say so.

Where the standard is not loaded, the lines are the codes that entries, evidence and statements
use, as they were typed.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from uuid import UUID

from apprentice_desk.domain.apprenticeship import Course, break_days
from apprentice_desk.domain.calendar import show_day
from apprentice_desk.domain.evidence import EvidenceQuality
from apprentice_desk.domain.ksb_codes import write
from apprentice_desk.domain.ksb_meanings import EarlierVersion, Then, meant_then, not_known
from apprentice_desk.domain.ksb_status import HOW_FAR, KsbStatus, Voice
from apprentice_desk.domain.quick_ksbs import code_order
from apprentice_desk.domain.standards import Ksb

HOURS_NOTE = (
    "An entry may name several: its whole length stands with each of them, and once in the total."
)
_QUALITIES = tuple(EvidenceQuality)
_WITHOUT_BREAKS = Course()


@dataclass(frozen=True, slots=True)
class Said:
    """What one voice said of a code on a day."""

    id: UUID
    code: str
    voice: Voice
    status: KsbStatus
    said_on: date
    said_by: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class NamingEntry:
    """An entry of hours that names codes, with how good each piece of its evidence was found."""

    id: UUID
    done_on: date
    minutes: int
    counts: bool
    what: str
    codes: tuple[str, ...]
    evidence: tuple[EvidenceQuality | None, ...] = ()


@dataclass(frozen=True, slots=True)
class PlannedKsbs:
    """An activity of the plan that is still to come, and the codes that it is for."""

    id: UUID
    title: str
    due_on: date | None
    codes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class KsbFacts:
    """What a grid is made of, as at a day; *known* is None where the standard is not loaded."""

    known: tuple[Ksb, ...] | None
    said: tuple[Said, ...] = ()
    entries: tuple[NamingEntry, ...] = ()
    planned: tuple[PlannedKsbs, ...] = ()
    earlier: tuple[EarlierVersion, ...] = ()
    """The versions that were followed before, by the day on which they ended."""

    @property
    def not_loaded(self) -> tuple[EarlierVersion, ...]:
        """The earlier versions of which nobody knows whether their codes asked the same."""
        return not_known(self.earlier, self.entries, self.said)

    @property
    def codes(self) -> tuple[str, ...] | None:
        """The codes of the standard."""
        return None if self.known is None else tuple(each.code for each in self.known)


@dataclass(frozen=True, slots=True)
class Quiet:
    """The days without an entry on which somebody was learning, and those on a break among them."""

    days: int
    break_days: int = 0
    """Left out of *days*: nobody is to learn then."""


@dataclass(frozen=True, slots=True)
class KsbLine:
    """One code of the grid."""

    code: str
    words: str
    is_of_standard: bool = True
    """False where the standard is loaded and does not have it, or is not loaded."""
    said: Mapping[Voice, Said] = field(default_factory=dict)
    """What each voice said last."""
    entries: int = 0
    evidence: int = 0
    best: EvidenceQuality | None = None
    minutes: int = 0
    """Of the counting entries that name it, each whole."""
    last_on: date | None = None
    days_since: int | None = None
    quiet: Quiet | None = None
    """The days of learning since, where they are too many by the rule and it is not completed."""
    next_on: date | None = None
    """When the plan touches it next, if it does."""
    is_late: bool = False
    """Whether nothing has touched it, and the plan does so only after the gateway."""
    then: tuple[Then, ...] = ()
    """What it asked under versions that were followed before, where that was something else."""

    @property
    def id(self) -> str:
        """What tells it from the others."""
        return self.code

    def status(self, voice: Voice) -> KsbStatus:
        """Return what *voice* says; whoever has said nothing says that it is not started."""
        said = self.said.get(voice)
        return KsbStatus.NOT_STARTED if said is None else said.status

    @property
    def is_quiet(self) -> bool:
        """Whether it has gone quiet."""
        return self.quiet is not None

    @property
    def overall(self) -> KsbStatus:
        """The least far that anybody who spoke says."""
        return least_far(self.said)

    @property
    def differs(self) -> bool:
        """Whether those who spoke say different things."""
        return len({each.status for each in self.said.values()}) > 1


def least_far(said: Mapping[Voice, Said]) -> KsbStatus:
    """Return the least far that anybody who spoke says; not started where nobody did."""
    spoken = [each.status for each in said.values()]
    return min(spoken, key=HOW_FAR.index, default=KsbStatus.NOT_STARTED)


def latest(said: Iterable[Said]) -> dict[str, dict[Voice, Said]]:
    """Return what each voice said last of each code."""
    found: dict[str, dict[Voice, Said]] = defaultdict(dict)
    for each in sorted(said, key=lambda each: each.said_on):
        found[each.code][each.voice] = each
    return dict(found)


def first_planned(planned: Iterable[PlannedKsbs], today: date) -> dict[str, date]:
    """Return when activities that are still to come touch each code first.

    One that is overdue may be done today at the earliest; one without a day says nothing.
    """
    found: dict[str, date] = {}
    for each in planned:
        if each.due_on is not None:
            for code in each.codes:
                day = max(each.due_on, today)
                found[code] = min(found.get(code, day), day)
    return found


def quiet_since(last_on: date, today: date, course: Course) -> Quiet:
    """Return the days of learning after *last_on*, up to and including *today*.

    Days on a break do not count, nor those from the gateway on or after the end of *course*.
    """
    last = min(today, course.ended_on or today)
    if course.assessment_began_on is not None:
        last = min(last, course.assessment_began_on - timedelta(days=1))
    on_breaks = break_days(course, last_on + timedelta(days=1), last)
    return Quiet(max((last - last_on).days - on_breaks, 0), on_breaks)


def grid(
    facts: KsbFacts,
    today: date,
    quiet_days: int,
    *,
    course: Course = _WITHOUT_BREAKS,
    planned: Mapping[str, date] | None = None,
    gateway_on: date | None = None,
) -> tuple[KsbLine, ...]:
    """Return a line for each code of the standard, in its order, then for others that are used.

    Nobody goes quiet on the breaks of *course*.  *planned* is when the plan touches a code next;
    without it the activities of *facts* say so.
    """
    coming = first_planned(facts.planned, today) if planned is None else planned
    said = latest(facts.said)
    naming: dict[str, list[NamingEntry]] = defaultdict(list)
    for entry in facts.entries:
        for code in entry.codes:
            naming[code].append(entry)
    known = {each.code: each.words for each in facts.known or ()}
    then: dict[str, list[Then]] = defaultdict(list)
    if facts.known is not None:
        for each in meant_then(facts.known, facts.earlier, facts.entries, facts.said):
            then[each.code].append(each)
    others = sorted({*said, *naming, *coming} - known.keys(), key=code_order)
    lines = []
    for code in (*known, *others):
        entries, voices = naming.get(code, []), said.get(code, {})
        qualities = [quality for entry in entries for quality in entry.evidence]
        judged = [quality for quality in qualities if quality is not None]
        last_on = max((entry.done_on for entry in entries), default=None)
        days_since = None if last_on is None else (today - last_on).days
        since = None if last_on is None else quiet_since(last_on, today, course)
        if since is not None and (
            since.days <= quiet_days or least_far(voices) is KsbStatus.COMPLETED
        ):
            since = None
        next_on = coming.get(code)
        is_late = next_on is not None and gateway_on is not None and next_on > gateway_on
        lines.append(
            KsbLine(
                code,
                known.get(code, ""),
                code in known,
                voices,
                len(entries),
                len(qualities),
                max(judged, key=_QUALITIES.index, default=None),
                sum(entry.minutes for entry in entries if entry.counts),
                last_on,
                days_since,
                since,
                next_on,
                is_late and not entries,
                tuple(then.get(code, ())),
            )
        )
    return tuple(lines)


def total_minutes(entries: Iterable[NamingEntry], codes: Collection[str] | None = None) -> int:
    """Return the minutes of counting entries that name any code, or any of *codes*, each once."""
    return sum(
        entry.minutes
        for entry in entries
        if entry.counts and (codes is None or not set(codes).isdisjoint(entry.codes))
    )


@dataclass(frozen=True, slots=True)
class Readiness:
    """How far somebody has come towards the gateway, by the least far that anybody says."""

    counts: Mapping[KsbStatus, int]
    without_evidence: tuple[str, ...] = ()
    quiet: tuple[str, ...] = ()
    differing: tuple[str, ...] = ()
    late: tuple[tuple[str, date], ...] = ()
    """Codes that the plan touches first only after the gateway, and when."""
    meant_else: tuple[str, ...] = ()
    """Codes, of the standard or not, that asked something else when they were used."""

    @property
    def total(self) -> int:
        """How many codes there are."""
        return sum(self.counts.values())

    @property
    def says(self) -> str:
        """How far all have come, in a sentence."""
        if not self.total:
            return "No KSB is named yet."
        parts = [
            f"{count} {'are' if count != 1 else 'is'} {status}"
            for status in reversed(HOW_FAR)
            if (count := self.counts.get(status, 0))
        ]
        return f"Of {self.total} KSB{'s' if self.total != 1 else ''} {_listed(parts)}."

    @property
    def warnings(self) -> tuple[str, ...]:
        """What stands in the way, a sentence each."""
        said = []
        if self.without_evidence:
            said.append(f"Without any evidence: {write(self.without_evidence)}.")
        if self.differing:
            said.append(f"Said differently: {write(self.differing)}.")
        if self.meant_else:
            said.append(f"Used when they asked something else: {write(self.meant_else)}.")
        if self.quiet:
            said.append(f"Gone quiet: {write(self.quiet)}.")
        said += [
            f"{code} is first touched on {show_day(day)}, after the gateway."
            for code, day in self.late
        ]
        return tuple(said)


def readiness(lines: Sequence[KsbLine]) -> Readiness:
    """Return how far the codes of the standard have come; all codes where none is of it."""
    asked = [line for line in lines if line.is_of_standard] or list(lines)
    counts: dict[KsbStatus, int] = dict.fromkeys(KsbStatus, 0)
    for line in asked:
        counts[line.overall] += 1
    return Readiness(
        counts,
        tuple(line.code for line in asked if not line.evidence),
        tuple(line.code for line in asked if line.is_quiet),
        tuple(line.code for line in asked if line.differs),
        tuple((line.code, line.next_on) for line in asked if line.is_late and line.next_on),
        tuple(line.code for line in lines if line.then),
    )


def _listed(parts: Sequence[str]) -> str:
    return parts[0] if len(parts) == 1 else f"{', '.join(parts[:-1])} and {parts[-1]}"
