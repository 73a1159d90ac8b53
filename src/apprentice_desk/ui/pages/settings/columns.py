"""What the lists of the page Settings show: the newest changes, and the rules gone by."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from apprentice_desk import resources
from apprentice_desk.domain.calendar import show_day
from apprentice_desk.domain.clocks import table_instant
from apprentice_desk.domain.hours_rules import HoursRules
from apprentice_desk.records.change_lines import ChangeRow
from apprentice_desk.ui.kit.rows import Badge, Column


@dataclass(frozen=True, slots=True)
class Change:
    """One line of the change log, and whether a later one took it back."""

    id: int
    line: ChangeRow
    is_undone: bool

    @property
    def when(self) -> str:
        """Day and time where this computer stands."""
        return table_instant(self.line.recorded_at)

    @property
    def badge(self) -> Badge:
        """Whether it can be taken back."""
        if self.is_undone:
            return Badge("Undone", "quiet", "undo-2")
        if self.line.is_final:
            return Badge("Permanent", "note", "lock")
        return Badge("")


CHANGES = (
    Column("When", lambda row: row.when, sort=lambda row: row.line.number, width=19),
    Column("What", lambda row: row.line.label, kind="strong", width=34),
    Column("Who", lambda row: row.line.person or "Not known", width=14),
    Column("", lambda row: row.badge, kind="badge", width=14, called="Whether it can be undone"),
)


def changes(lines: Iterable[ChangeRow]) -> list[Change]:
    """Return the change log's *lines*, which come newest first, as the list shows them."""
    taken_back: set[int] = set()
    made = []
    for line in lines:
        is_undone = line.number in taken_back
        made.append(Change(line.number, line, is_undone))
        if line.takes_back is not None and not is_undone:
            taken_back.add(line.takes_back)
    return made


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule or list that figures come from.

    *is_verified* is None where there is nothing to verify, as with a setting of this program.
    """

    id: str
    what: str
    in_force: str
    says: str
    source: str
    is_verified: bool | None = None

    @property
    def badge(self) -> Badge:
        """Whether the source itself was read."""
        if self.is_verified is None:
            return Badge("")
        if self.is_verified:
            return Badge("Read at source", "good", "check")
        return Badge("Unverified", "warning", "triangle-alert")


RULES = (
    Column("What", lambda row: row.what, kind="strong", width=25),
    Column("In force", lambda row: row.in_force, width=27),
    Column("Says", lambda row: row.says, width=24),
    Column("", lambda row: row.badge, kind="badge", width=15, called="Whether the source was read"),
    Column("Source", lambda row: row.source, kind="quiet", width=20),
)


def _span(first: date | None, last: date | None) -> str:
    if first is None:
        return f"starts to {show_day(last)}" if last else "always"
    return f"{show_day(first)} to {show_day(last)}" if last else f"from {show_day(first)}"


def rules(hours: HoursRules) -> list[Rule]:
    """Return the rules of hours and the packaged lists, each with its source."""
    made = [
        Rule(
            f"rule {number}",
            f"Hours: {rule.name}",
            _span(rule.valid_from, rule.valid_to),
            f"never below {rule.floor_minutes // 60:,} h" if rule.floor_minutes else "no floor",
            rule.source,
            rule.is_verified,
        )
        for number, rule in enumerate(hours.rules)
    ]
    read = [figure for figure in hours.published if figure.is_verified]
    unread = [figure for figure in hours.published if not figure.is_verified]
    for is_verified, figures in ((True, read), (False, unread)):
        if figures:
            made.append(
                Rule(
                    f"published {is_verified}",
                    "Hours: published minimums",
                    _span(min(figure.valid_from for figure in figures), None),
                    ", ".join(sorted({figure.standard_code for figure in figures})),
                    "; ".join(dict.fromkeys(figure.source for figure in figures)),
                    is_verified,
                )
            )
    made += [
        Rule(
            f"limits {limits.valid_from}",
            "Hours: slipping and behind",
            _span(limits.valid_from, None),
            f"{float(limits.slipping_share):.0%} and {float(limits.behind_share):.0%} of required",
            limits.source,
        )
        for limits in hours.limits
    ]
    counting = [rule for rule in hours.counting if rule.counts]
    made.append(
        Rule(
            "counting",
            "Hours: what counts",
            "always",
            f"{len(counting)} of {len(hours.counting)} kinds of activity",
            "; ".join(dict.fromkeys(rule.source for rule in hours.counting)),
            is_verified=False,
        )
    )
    return made + _lists()


def _lists() -> list[Rule]:
    holidays = resources.bank_holidays()
    digital = resources.digital_standards()
    due = resources.return_settings().due
    reviews = resources.review_rules().intervals
    return [
        *(
            Rule(
                f"due {each.valid_from}",
                "Returns: when they are due",
                _span(each.valid_from, None),
                f"{each.number} working days after the quarter",
                each.source,
            )
            for each in due
        ),
        *(
            Rule(
                f"reviews {each.valid_from}",
                "Progress reviews: how often",
                _span(each.valid_from, None),
                f"at least every {each.number} days",
                each.source,
            )
            for each in reviews
        ),
        *(
            Rule(
                f"ksbs {each.valid_from}",
                "KSBs: when one has gone quiet",
                _span(each.valid_from, None),
                f"after {each.number} days without an entry that names it",
                each.source,
                is_verified=each.is_verified,
            )
            for each in resources.ksb_rules().quiet
        ),
        *(
            Rule(
                f"needs {each.valid_from}",
                "Today: what is near",
                _span(each.valid_from, None),
                f"contracts {each.contract_days}, returns {each.return_days}, reviews"
                f" {each.review_days} days before",
                each.source,
            )
            for each in resources.need_rules()
        ),
        *(
            Rule(
                f"measures {each.valid_from}",
                "Providers: when a measure is behind",
                _span(each.valid_from, None),
                f"{each.behind_points} points short of what was agreed",
                each.source,
                is_verified=each.is_verified,
            )
            for each in resources.measure_rules()
        ),
        Rule(
            "digital",
            "Digital standards",
            f"list of {show_day(digital.listed_on)}",
            f"{len(digital.role_families)} standards",
            digital.source,
        ),
        Rule(
            "holidays",
            "Bank holidays",
            f"{holidays.first_year} to {holidays.last_year}",
            f"{len(holidays.days)} days",
            holidays.source,
        ),
    ]
