"""Secondments: requests for a place elsewhere and offers of one here, their list and form."""

from __future__ import annotations

from dataclasses import replace
from typing import Any
from uuid import UUID

from apprentice_desk.domain.findings import Finding
from apprentice_desk.domain.vocabulary import (
    RoleFamily,
    SecondmentKind,
    SecondmentStatus,
    WorkingPattern,
)
from apprentice_desk.records import secondments
from apprentice_desk.records.secondments import SecondmentDetails, SecondmentRow
from apprentice_desk.records.standards import standard_rows
from apprentice_desk.ui.desk import Desk
from apprentice_desk.ui.kit.fields import Field
from apprentice_desk.ui.kit.forms import Form
from apprentice_desk.ui.kit.rows import Badge, Column
from apprentice_desk.ui.recording.choices import (
    borough_choices,
    day_in_table,
    day_in_words,
    host_choices,
    place_name,
    standard_choices,
    words,
)
from apprentice_desk.ui.recording.kind import (
    PEOPLE_TABLES,
    Kind,
    Shown,
    people,
    people_choices,
)

_WHAT = "What is asked for or offered"
_WHERE = "From where to where"
_WHEN = "When"
_HOW = "How it went"

FIELDS = (
    Field(
        "kind", "Kind", "choice", required=True, group=_WHAT, choices=tuple(SecondmentKind),
        width=20, help="A request looks for a place elsewhere; an offer is a place with you.",
    ),
    Field(
        "apprenticeship_id", "Apprentice", "search", group=_WHAT, width=50,
        help="Only the code leaves the borough. Blank in an offer.",
    ),
    Field(
        "role_family", "Kind of role", "choice", group=_WHAT, choices=tuple(RoleFamily), width=30
    ),
    Field(
        "standard_code", "Standard", "search", group=_WHAT, width=60,
        help="Type part of its title or its code.",
    ),
    Field(
        "ksbs", "KSBs wanted or offered", group=_WHAT, width=40,
        help="Such as K4; S2. They leave the borough: no name of a person here.",
    ),
    Field("home", "Home borough", "search", group=_WHERE, width=34),
    Field(
        "host", "Host", "search", group=_WHERE, beside=True, width=34,
        help="LOTI, a borough or a technology employer.",
    ),
    Field(
        "area", "Area", group=_WHERE, width=40,
        help="The part of London or the place of work. It leaves the borough.",
    ),
    Field(
        "pattern", "Working pattern", "choice", group=_WHERE, beside=True,
        choices=tuple(WorkingPattern), width=20,
    ),
    Field("earliest_start_on", "Earliest start", "date", group=_WHEN),
    Field("latest_start_on", "Latest start", "date", group=_WHEN, beside=True),
    Field("weeks", "Lasts", "integer", group=_WHEN, beside=True, unit="weeks"),
    Field(
        "status", "Status", "choice", required=True, group=_HOW, choices=tuple(SecondmentStatus),
        width=20, help="A draft stays in this desk and out of the return.",
    ),
    Field("started_on", "Started", "date", is_past=True, group=_HOW),
    Field("ended_on", "Ended", "date", group=_HOW, beside=True),
)  # fmt: skip
"""Every attribute of SecondmentDetails."""

_BADGES: dict[SecondmentStatus, tuple[Any, str]] = {
    SecondmentStatus.DRAFT: ("quiet", "pencil"),
    SecondmentStatus.REQUESTED: ("note", "send"),
    SecondmentStatus.APPROVED: ("note", "check"),
    SecondmentStatus.MATCHED: ("note", "arrow-left-right"),
    SecondmentStatus.AGREED: ("good", "check"),
    SecondmentStatus.UNDER_WAY: ("good", "briefcase"),
    SecondmentStatus.COMPLETED: ("quiet", "award"),
    SecondmentStatus.DECLINED: ("quiet", "ban"),
    SecondmentStatus.WITHDRAWN: ("quiet", "circle-x"),
}


def badge(status: SecondmentStatus) -> Badge:
    """Return the word for how far a secondment has come."""
    tone, icon = _BADGES[status]
    return Badge(words(status), tone, icon)


class SecondmentForm(Form):
    """The form; an offer is hosted here, a request comes from here, until one says otherwise."""

    def __init__(self, fields: tuple[Field, ...], desk: Desk) -> None:
        super().__init__(fields, SecondmentDetails, desk.theme, today=desk.clock.today())
        self._own = desk.organisation.code
        self._kind: Any = self.value("kind")
        self.edited.connect(self._on_edited)

    def show_details(self, details: Any) -> None:
        """Show *details*."""
        super().show_details(details)
        self._kind = self.value("kind")

    def _on_edited(self) -> None:
        kind = self.value("kind")
        if kind == self._kind:
            return
        self._kind = kind
        is_offer = kind == SecondmentKind.OFFER
        before, after = ("home", "host") if is_offer else ("host", "home")
        if self.value(before) == self._own and self.value(after) is None:
            self.set_value(before, None)
            self.set_value(after, self._own)


class Secondments(Kind):
    """Requests and offers by earliest start; drafts are shown here and stay here."""

    name = "secondments"
    title = "Secondments"
    thing = "secondment"
    about = "One line of the sheet Secondments each; drafts stay in this desk"
    tables = ("secondment", "standard", *PEOPLE_TABLES)
    filter_by = "code, apprentice, borough, status"
    empty = (
        "No secondments yet",
        "Ask for a place elsewhere for an apprentice, or offer one with you.",
    )
    details_class = SecondmentDetails
    columns = (
        Column("Code", lambda shown: shown.title, kind="strong", width=19),
        Column("Kind", lambda shown: words(shown.details.kind), width=9),
        Column("Apprentice", lambda shown: shown.row.name, width=15),
        Column("Host", lambda shown: place_name(shown.details.host), width=14),
        Column(
            "Earliest start",
            lambda shown: day_in_table(shown.details.earliest_start_on),
            sort=lambda shown: shown.details.earliest_start_on,
            holds="date",
            value=lambda shown: shown.details.earliest_start_on,
            width=13,
        ),
        Column("Status", lambda shown: shown.badge, kind="badge", width=13),
    )
    stretch = 3
    can_do_without = (1, 4, 3)

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._titles: dict[str, str] = {}

    def read(self, session: Any) -> tuple[Shown, ...]:
        """Return the secondments by earliest start."""
        self._titles = {row.code: row.title for row in standard_rows(session)}
        return tuple(
            Shown(row.id, row.code, row.details, row, _line(row), badge(row.details.status))
            for row in secondments.secondment_rows(session)
        )

    def facts(self, shown: Shown) -> list[tuple[str, str]]:
        """Return what is known of a secondment."""
        details: SecondmentDetails = shown.details
        code = details.standard_code or ""
        pairs = [
            ("Kind of role", words(details.role_family)),
            ("Standard", f"{self._titles.get(code, '')} {code}".strip()),
            ("KSBs", details.ksbs),
            ("Home", place_name(details.home)),
            ("Host", place_name(details.host)),
            ("Area", details.area),
            ("Pattern", words(details.pattern)),
            ("Earliest start", day_in_words(details.earliest_start_on)),
            ("Latest start", day_in_words(details.latest_start_on)),
            ("Lasts", "" if details.weeks is None else f"{details.weeks} weeks"),
            ("Started", day_in_words(details.started_on) or "not yet"),
            ("Ended", day_in_words(details.ended_on) or "not yet"),
        ]
        if shown.row.name:
            pairs.insert(0, ("Apprentice", f"{shown.row.name}, {shown.row.apprentice_code}"))
        return pairs

    def fields(self) -> tuple[Field, ...]:
        """Return the fields with the people, standards and boroughs to choose from."""
        choices: dict[str, Any] = {
            "apprenticeship_id": people_choices(people(self.desk)),
            "standard_code": standard_choices(self.desk.store.read(standard_rows)),
            "home": borough_choices(self.desk),
            "host": host_choices(self.desk),
        }
        return tuple(
            replace(field, choices=choices[field.name]) if field.name in choices else field
            for field in FIELDS
        )

    def form(self) -> Form:
        """Return a form that knows where requests come from and offers are hosted."""
        return SecondmentForm(self.fields(), self.desk)

    def blank(self) -> SecondmentDetails:
        """Return a request from this borough."""
        return SecondmentDetails(home=self.desk.organisation.code)

    def check(self, details: SecondmentDetails, _record_id: UUID | None) -> list[Finding]:
        """Return what is wrong with a secondment."""
        return secondments.check(details)

    def named(self, details: SecondmentDetails) -> str:
        """Return the kind and where it goes."""
        where = place_name(details.host)
        return f"secondment, {details.kind}" + (f" with {where}" if where else "")

    def add(self, session: Any, details: SecondmentDetails) -> UUID:
        """Record a secondment under a code of its own."""
        return secondments.second(session, details)

    def correct(self, session: Any, record_id: UUID, details: SecondmentDetails) -> None:
        """Replace a secondment's details."""
        secondments.correct_secondment(session, record_id, details)

    def remove(self, session: Any, record_id: UUID) -> None:
        """Remove a secondment that has not started."""
        secondments.remove_secondment(session, record_id)


def _line(row: SecondmentRow) -> str:
    host = place_name(row.details.host)
    who = row.name or ("A place" if row.details.kind is SecondmentKind.OFFER else "")
    parts = (words(row.details.kind), who, f"hosted by {host}" if host else "")
    return " · ".join(part for part in parts if part)
