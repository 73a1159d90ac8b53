"""The paper of an audit rehearsal: how the files were drawn, the gaps by kind, a section a file."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from apprentice_desk.documents.tree import (
    Block,
    Column,
    Document,
    Heading,
    KeyValues,
    NewPage,
    Para,
    Table,
)
from apprentice_desk.domain import money
from apprentice_desk.domain.audit_checks import AuditFile, Gap, GapKind
from apprentice_desk.domain.auditing import Candidate, Sample
from apprentice_desk.domain.calendar import show_day
from apprentice_desk.domain.counting import CHECK_AGAINST_THE_RULES
from apprentice_desk.domain.durations import sentence

TITLE = "Audit rehearsal"
IS_NO_AUDIT = (
    "This is a rehearsal, not an audit. The desk has looked at what it holds itself, with its own"
    " checks; papers that are kept elsewhere it cannot see, and an auditor may ask for more."
)
NAMES_PEOPLE = (
    "It names people and says what their files lack. That is personal data: keep it where those"
    " files are kept, give it only to those who work on them, and destroy it when the gaps are"
    " closed."
)


@dataclass(frozen=True, slots=True)
class LookedAt:
    """One file that was picked, why it stood out, and what it lacks."""

    candidate: Candidate
    file: AuditFile
    gaps: tuple[Gap, ...]


@dataclass(frozen=True, slots=True)
class Rehearsal:
    """All that was found, by the desk of a *borough* as it stood on *day* (in words)."""

    borough: str
    day: str
    is_sample: bool
    sample: Sample
    files: tuple[LookedAt, ...]

    @property
    def gaps(self) -> tuple[Gap, ...]:
        """Every gap of every file."""
        return tuple(gap for each in self.files for gap in each.gaps)

    def says(self) -> str:
        """What was found, in one sentence."""
        count = len(self.gaps)
        clean = sum(1 for each in self.files if not each.gaps)
        files = "1 file" if len(self.files) == 1 else f"{len(self.files):,} files"
        if not count:
            return f"No gap was found in {files}."
        gaps = "1 gap was" if count == 1 else f"{count:,} gaps were"
        if not clean:
            return f"{gaps} found in {files}."
        return f"{gaps} found in {files}; {clean:,} {'has' if clean == 1 else 'have'} none."


def by_kind(rehearsal: Rehearsal) -> tuple[tuple[GapKind, int, int], ...]:
    """Return each kind of gap that there is, in how many files, and how often."""
    found = []
    for kind in GapKind:
        files = [each for each in rehearsal.files if any(gap.kind is kind for gap in each.gaps)]
        if files:
            count = sum(1 for gap in rehearsal.gaps if gap.kind is kind)
            found.append((kind, len(files), count))
    return tuple(found)


def audit_paper(rehearsal: Rehearsal) -> Document:
    """Return the whole rehearsal as one document."""
    blocks = [*_cover(rehearsal)]
    for number, each in enumerate(rehearsal.files, start=1):
        blocks += _section(number, each)
    return Document(
        title=f"{TITLE}: {rehearsal.borough}",
        blocks=tuple(blocks),
        is_sample=rehearsal.is_sample,
        foot=f"{TITLE}, not an audit · {rehearsal.borough} · {rehearsal.day}",
    )


def _cover(rehearsal: Rehearsal) -> Iterator[Block]:
    yield Para(f"As the desk stood on {rehearsal.day}.", is_quiet=True)
    yield Para(IS_NO_AUDIT)
    yield Para(NAMES_PEOPLE)
    yield Heading("How the files were drawn")
    yield Para(rehearsal.sample.says())
    yield Table(
        "Files drawn",
        (
            Column("", is_right=True),
            Column("Apprentice"),
            Column("Standard"),
            Column("Provider"),
            Column("Started"),
            Column("What made it stand out"),
            Column("Gaps", is_right=True),
        ),
        tuple(
            (
                str(number),
                each.file.name,
                each.file.standard or "not known",
                each.file.provider or "not known",
                str(each.candidate.start_year or "not known"),
                _first_capital("; ".join(each.candidate.oddities)),
                f"{len(each.gaps):,}",
            )
            for number, each in enumerate(rehearsal.files, start=1)
        ),
    )
    yield Heading("Gaps by kind")
    yield Para(rehearsal.says())
    if rehearsal.gaps:
        yield Table(
            "Gaps by kind",
            (Column("About"), Column("Files", is_right=True), Column("Gaps", is_right=True)),
            tuple(
                (_first_capital(kind), f"{files:,}", f"{count:,}")
                for kind, files, count in by_kind(rehearsal)
            ),
        )


def _section(number: int, each: LookedAt) -> Sequence[Block]:
    file = each.file
    blocks: list[Block] = [
        NewPage(),
        Heading(f"{number}. {file.name}"),
        KeyValues("What the desk holds", facts_of(file)),
    ]
    if not each.gaps:
        blocks.append(Para("No gap was found in what the desk holds of this file."))
        return blocks
    count = "1 gap" if len(each.gaps) == 1 else f"{len(each.gaps):,} gaps"
    blocks.append(Heading(count, 3))
    blocks.append(
        Table(
            f"Gaps in the file of {file.name}",
            (Column("About"), Column("What is missing"), Column("What would close it"),
             Column("Rule or source")),
            tuple(
                (_first_capital(gap.kind), gap.says, gap.closes, gap.source_words or "–")
                for gap in each.gaps
            ),
        )
    )  # fmt: skip
    return blocks


def facts_of(file: AuditFile) -> tuple[tuple[str, str], ...]:
    """Return what a file says of itself, each with its name."""
    course, figures = file.facts.course, file.figures
    days = (course.training_started_on, course.training_planned_end_on)
    start, end = ("not known" if day is None else show_day(day) for day in days)
    weekly = file.facts.mean_weekly_minutes
    counting = [entry for entry in file.entries if entry.counts]
    reviews = len(file.reviews_held)
    last = "" if not reviews else f", the last on {show_day(file.reviews_held[-1])}"
    return (
        ("Standard", file.standard or "not known"),
        ("Provider and contract", " · ".join(filter(None, (file.provider, file.contract_reference)))
         or "not known"),
        ("Training", f"{start} to {end}"),
        ("Contracted week", "not known" if weekly is None else sentence(weekly)),
        ("Agreed in the training plan", _hours(file.facts.agreed_minutes)),
        ("Minimum", minimum_words(file)),
        ("Logged and counting", f"{sentence(figures.logged_minutes)} in {len(counting):,}"
         f" {'entry' if len(counting) == 1 else 'entries'}"),
        ("Status", f"{figures.status.value.capitalize()}: {figures.why}"),
        ("Reviews held", f"{reviews:,}{last}"),
        ("Agreed price",
         "not known" if file.agreed_price is None else money.show_pounds(file.agreed_price)),
    )  # fmt: skip


def minimum_words(file: AuditFile) -> str:
    """The minimum of hours, how it was worked out, by which rule, and whether that was read."""
    known = file.figures.minimum
    if known is None:
        return "no rule is known for this start"
    source = known.rule.source if known.published is None else known.published.source
    checked = "" if known.is_verified else f"; {CHECK_AGAINST_THE_RULES}"
    worth = "" if known.minutes is None else f"{sentence(known.minutes)}: "
    return f"{worth}{known.says}. {known.rule.name} ({source}{checked})."


def _hours(minutes: int | None) -> str:
    return "not known" if minutes is None else sentence(minutes)


def _first_capital(text: str) -> str:
    return text[:1].upper() + text[1:]
