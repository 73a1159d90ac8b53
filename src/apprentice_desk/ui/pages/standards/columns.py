"""The lines of the page: one for each standard, and what it says of its versions and people."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from apprentice_desk.domain.calendar import show_day
from apprentice_desk.domain.standards import Duty, Ksb, is_gone
from apprentice_desk.records.standard_uses import VersionUse, version_uses
from apprentice_desk.records.standard_versions import VersionRow, version_rows
from apprentice_desk.records.standards import StandardRow, standard_rows
from apprentice_desk.ui.kit.rows import Badge, Column

TABLES = (
    "standard",
    "standard_version",
    "standard_option",
    "standard_ksb",
    "standard_duty",
    "apprenticeship",
    "apprentice",
    "version_stay",
)
"""What the page is made of."""

IN_USE, LOADED, ALL = "in use", "loaded", "all"


@dataclass(frozen=True, slots=True)
class StandardLine:
    """One standard with its loaded versions and how many are on each."""

    id: str
    """Its code."""
    title: str
    level: int | None
    route: str
    status: str
    listed_version: str
    typical_months: int | None
    max_funding: Decimal | None
    versions: tuple[VersionRow, ...]
    uses: tuple[VersionUse, ...]
    today: date

    @property
    def on_it(self) -> int:
        """How many are to start or on programme."""
        return sum(use.on_it for use in self.uses)

    @property
    def is_in_use(self) -> bool:
        """Whether anybody is on it, or was."""
        return any(use.on_it or use.ended for use in self.uses)

    @property
    def loaded(self) -> str:
        """The versions that are loaded."""
        return ", ".join(each.version for each in self.versions)

    @property
    def followed(self) -> str:
        """Which versions people follow: "1.1: 4 · not said: 2"."""
        return " · ".join(
            f"{use.version or 'not said'}: {use.on_it}" for use in self.uses if use.on_it
        )

    @property
    def is_past_last_start(self) -> bool:
        """Whether no loaded version takes a start today any more."""
        ends = [each.last_start_on for each in self.versions]
        return bool(ends) and all(end is not None and end < self.today for end in ends)


def status_badge(line: StandardLine) -> Badge:
    """Return the word for whether anybody can still start on it."""
    if is_gone(line.status):
        return Badge(line.status, "warning", "triangle-alert")
    if line.is_past_last_start:
        return Badge("Last start passed", "warning", "triangle-alert")
    if not line.status:
        return Badge("Not in the list", "quiet", "circle-question-mark")
    if line.status.casefold() in ("live", "approved for delivery"):
        return Badge(line.status, "good", "check")
    return Badge(line.status, "note", "info")


def flagged(version: VersionRow, today: date) -> str:
    """Return what holds starts on a version back today; "" where nothing does."""
    if is_gone(version.status):
        return f"{version.status}: nobody starts on it any more."
    if version.last_start_on is not None and version.last_start_on < today:
        return f"The last start was on {show_day(version.last_start_on)}."
    if version.first_start_on is not None and version.first_start_on > today:
        return f"Starts begin on {show_day(version.first_start_on)}."
    return ""


COLUMNS = (
    Column("Standard", lambda line: line.title, kind="strong", width=21, tip=lambda x: x.title),
    Column("Code", lambda line: line.id, width=9),
    Column("Status", status_badge, kind="badge", width=16),
    Column("Loaded", lambda line: line.loaded, width=9,
           say=lambda line: f"versions {line.loaded}" if line.loaded else "none loaded"),
    Column("On it", lambda line: f"{line.on_it:,}" if line.on_it else "", right=True, width=6,
           sort=lambda line: -line.on_it, say=lambda line: f"{line.on_it} on it",
           holds="integer", value=lambda line: line.on_it),
    Column("Versions followed", lambda line: line.followed, width=15, tip=lambda x: x.followed),
    Column("Level", lambda line: "" if line.level is None else str(line.level), right=True,
           width=6, sort=lambda line: line.level, holds="integer", value=lambda line: line.level),
    Column("Route", lambda line: line.route, width=18),
    Column("Version in the list", lambda line: line.listed_version, width=14),
)  # fmt: skip
HIDDEN_AT_FIRST = (6, 7, 8)


def read_lines(session: Any, today: date) -> tuple[StandardLine, ...]:
    """Return every standard that is in the list, loaded, or followed; by title; four queries."""
    listed = {row.code: row for row in standard_rows(session)}
    versions: dict[str, list[VersionRow]] = {}
    for version in version_rows(session):
        versions.setdefault(version.standard_code, []).append(version)
    uses: dict[str, list[VersionUse]] = {}
    for use in version_uses(session):
        uses.setdefault(use.standard_code, []).append(use)
    codes = dict.fromkeys((*listed, *versions, *uses))
    lines = [
        _line(code, listed.get(code), versions.get(code, ()), uses.get(code, ()), today)
        for code in codes
    ]
    lines.sort(key=lambda line: (line.title.casefold(), line.id))
    return tuple(lines)


def _line(
    code: str,
    row: StandardRow | None,
    versions: Iterable[VersionRow],
    uses: Iterable[VersionUse],
    today: date,
) -> StandardLine:
    loaded = tuple(versions)
    newest = loaded[-1] if loaded else None
    if row is not None:
        return StandardLine(
            code, row.title, row.level, row.route, row.status, row.version, row.typical_months,
            row.max_funding, loaded, tuple(uses), today,
        )  # fmt: skip
    title = code if newest is None else newest.title
    level = None if newest is None else newest.level
    status = "" if newest is None else newest.status
    return StandardLine(code, title, level, "", status, "", None, None, loaded, tuple(uses), today)


# --- what a version asks ------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class AskedLine:
    """One piece of knowledge, skill, behaviour or duty of the version that is shown."""

    id: str
    words: str
    more: str
    """Which options have it, or what the duty takes."""


def asked_lines(
    ksbs: Iterable[Ksb], duties: Iterable[Duty], titles: dict[int, str], codes_of: Any
) -> list[AskedLine]:
    """Return what a version asks, one line each; *codes_of* writes the codes of a duty."""
    lines = []
    for each in ksbs:
        options = ", ".join(titles[number] for number in sorted(each.options) if number in titles)
        lines.append(AskedLine(each.code, each.words, f"Only in: {options}." if options else ""))
    for duty in duties:
        more = f"Takes {codes_of(duty.ksbs)}." if duty.ksbs else ""
        more += "" if duty.is_core else " Not a core duty."
        lines.append(AskedLine(f"Duty {duty.number}", duty.words, more.strip()))
    return lines


def _spoken(line: AskedLine) -> str:
    return f"{line.words} {line.more}".strip()


ASKED_COLUMNS = (
    Column("Code", lambda line: line.id, width=8, kind="strong", sort=None),
    Column("What it asks", lambda line: line.words, width=40, say=_spoken, tip=_spoken),
)
