"""Pledges: how many apprentices of a kind of role the borough promised for a programme year."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

from apprentice_desk.domain.calendar import FinancialYear
from apprentice_desk.domain.findings import Finding
from apprentice_desk.domain.vocabulary import RoleFamily
from apprentice_desk.records import organisation
from apprentice_desk.records.erasures import counted_rows
from apprentice_desk.records.standing import apprentice_rows
from apprentice_desk.ui.kit.fields import Field
from apprentice_desk.ui.kit.rows import Column
from apprentice_desk.ui.recording.choices import words, year_choices
from apprentice_desk.ui.recording.kind import PEOPLE_TABLES, Kind, Shown, wrong


@dataclass(frozen=True, slots=True)
class PledgeDetails:
    """What the form of a pledge edits."""

    programme_year: int | None = None
    role_family: RoleFamily | None = None
    pledged: int | None = None


FIELDS = (
    Field(
        "programme_year",
        "Programme year",
        "choice",
        required=True,
        width=16,
        help="A financial year: April to March.",
    ),
    Field(
        "role_family",
        "Kind of role",
        "choice",
        required=True,
        beside=True,
        choices=tuple(RoleFamily),
        width=30,
    ),
    Field("pledged", "Pledged", "integer", required=True, unit="apprentices"),
)
"""Every attribute of PledgeDetails."""


@dataclass(frozen=True, slots=True)
class Came:
    """What came of a pledge of so many: an offer accepted is recruited, training begun started."""

    pledged: int
    recruited: int
    started: int

    @property
    def to_recruit(self) -> int:
        """How many are missing; none where more came than were pledged."""
        return max(self.pledged - self.recruited, 0)


def _counted(heading: str, name: str) -> Column:
    return Column(
        heading,
        lambda shown: f"{getattr(shown.row, name):,}",
        sort=lambda shown: getattr(shown.row, name),
        right=True,
        width=11,
    )


class Pledges(Kind):
    """Pledges, the newest year first."""

    name = "pledges"
    title = "Pledges"
    thing = "pledge"
    about = (
        "One line of the sheet Pledges each; recruited and started are counted from the apprentices"
    )
    tables = ("pledge", "counted_apprenticeship", *PEOPLE_TABLES)
    filter_by = "year, kind of role"
    empty = ("No pledges yet", "Add how many apprentices the borough promised for a year.")
    details_class = PledgeDetails
    columns = (
        Column(
            "Programme year",
            lambda shown: str(FinancialYear(shown.details.programme_year)),
            kind="strong",
            width=15,
        ),
        Column("Kind of role", lambda shown: words(shown.details.role_family), width=28),
        Column(
            "Pledged",
            lambda shown: f"{shown.details.pledged:,}",
            sort=lambda shown: shown.details.pledged,
            right=True,
            width=9,
        ),
        _counted("Recruited", "recruited"),
        _counted("Started", "started"),
        Column(
            "To recruit",
            lambda shown: f"{shown.row.to_recruit:,}" if shown.row.to_recruit else "",
            sort=lambda shown: shown.row.to_recruit,
            right=True,
            width=11,
        ),
    )
    stretch = 1
    can_do_without = (4, 3)

    def read(self, session: Any) -> tuple[Shown, ...]:
        """Return the pledges with what came of them, newest year first."""
        # Late: what a return is made of is not needed before a list of it is shown.
        from apprentice_desk.returns.programme_lines import recruited_and_started

        today, lists = self.desk.clock.today(), self.desk.lists
        everybody = apprentice_rows(session, today, lists.hours_rules, lists.role_families)
        recruited, started = recruited_and_started(
            (row for row in everybody if not row.is_vacancy),
            FinancialYear.containing(today),
            today,
            counted_rows(session),
        )
        return tuple(
            Shown(
                row.id,
                f"{words(row.role_family)} {FinancialYear(row.programme_year)}",
                PledgeDetails(row.programme_year, row.role_family, row.pledged),
                Came(
                    row.pledged,
                    recruited.get((row.programme_year, row.role_family), 0),
                    started.get((row.programme_year, row.role_family), 0),
                ),
                "1 apprentice" if row.pledged == 1 else f"{row.pledged:,} apprentices",
            )
            for row in organisation.pledge_rows(session)
        )

    def facts(self, shown: Shown) -> list[tuple[str, str]]:
        """Return what was pledged."""
        details: PledgeDetails = shown.details
        return [
            ("Programme year", str(FinancialYear(details.programme_year or 0))),
            ("Kind of role", words(details.role_family)),
            ("Pledged", f"{details.pledged:,}"),
            ("Recruited", f"{shown.row.recruited:,}"),
            ("Started", f"{shown.row.started:,}"),
            ("Still to recruit", f"{shown.row.to_recruit:,}"),
        ]

    def fields(self) -> tuple[Field, ...]:
        """Return the fields with the years to choose from."""
        choices = year_choices(self.desk.clock.today())
        return (replace(FIELDS[0], choices=choices), *FIELDS[1:])

    def blank(self) -> PledgeDetails:
        """Return a pledge for this year."""
        return PledgeDetails(FinancialYear.containing(self.desk.clock.today()).first_year)

    def check(self, details: PledgeDetails, record_id: UUID | None) -> list[Finding]:
        """Return what is wrong with a pledge; there is one for each year and kind of role."""
        found = []
        if details.pledged is not None and details.pledged < 0:
            found.append(wrong("PL001", "pledged", "A pledge cannot be below 0."))
        for row in self.desk.store.read(organisation.pledge_rows):
            is_same = (row.programme_year, row.role_family) == (
                details.programme_year,
                details.role_family,
            )
            if is_same and row.id != record_id:
                found.append(
                    wrong(
                        "PL002",
                        "role_family",
                        f"{row.pledged:,} are pledged for {FinancialYear(row.programme_year)} and"
                        f" {row.role_family} already.",
                        "Change that pledge.",
                    )
                )
        return found

    def named(self, details: PledgeDetails) -> str:
        """Return its year and kind of role."""
        year = "" if details.programme_year is None else FinancialYear(details.programme_year)
        return f"pledge for {details.role_family} in {year}"

    def add(self, session: Any, details: PledgeDetails) -> UUID:
        """Record a pledge."""
        assert details.programme_year is not None  # the fields are required
        assert details.role_family is not None
        assert details.pledged is not None
        organisation.pledge(session, details.programme_year, details.role_family, details.pledged)
        session.flush()
        return next(
            row.id
            for row in organisation.pledge_rows(session)
            if (row.programme_year, row.role_family)
            == (details.programme_year, details.role_family)
        )

    def correct(self, session: Any, record_id: UUID, details: PledgeDetails) -> None:
        """Replace a pledge; for another year or kind of role the old one goes."""
        before = self.details(session, record_id)
        if (before.programme_year, before.role_family) != (
            details.programme_year,
            details.role_family,
        ):
            organisation.remove_pledge(session, record_id)
        self.add(session, details)

    def remove(self, session: Any, record_id: UUID) -> None:
        """Remove a pledge."""
        organisation.remove_pledge(session, record_id)
