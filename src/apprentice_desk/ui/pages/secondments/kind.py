"""The form of a request or an offer, and of their light form: shadowing and visits.

How far one has come is not typed here: that is what its moves are for.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any
from uuid import UUID

from apprentice_desk.domain.findings import Finding
from apprentice_desk.domain.vocabulary import (
    PlacementForm,
    RoleFamily,
    SecondmentKind,
    SecondmentStatus,
    WorkingPattern,
)
from apprentice_desk.records import secondments
from apprentice_desk.records.secondments import SecondmentDetails
from apprentice_desk.records.standards import standard_rows
from apprentice_desk.ui.desk import Desk
from apprentice_desk.ui.destinations import Destination, OpenPage, OpenSecondment
from apprentice_desk.ui.kit.fields import Field
from apprentice_desk.ui.recording.choices import (
    borough_choices,
    host_choices,
    place_name,
    standard_choices,
)
from apprentice_desk.ui.recording.kind import PEOPLE_TABLES, Kind, Shown, people, people_choices

_WHAT = "What is asked for"
_WHERE = "Where"
_WHEN = "When"
_AGREED = "As it was agreed and as it went"

_LIGHT_FORM = Field(
    "form", "What", "choice", required=True, group=_WHAT, width=20,
    choices=(PlacementForm.SHADOWING, PlacementForm.VISIT),
    help="Days with somebody elsewhere; nothing is agreed in writing.",
)  # fmt: skip
_WHO = Field(
    "apprenticeship_id", "Apprentice", "search", group=_WHAT, width=50,
    help="Only the code leaves the borough.",
)  # fmt: skip
_WANTED = Field(
    "wanted", "In words", "long text", group=_WHAT, rows=3,
    help="What is to be seen or done. It leaves the borough: no name of a person here.",
)  # fmt: skip
_ROLE = (
    Field(
        "role_family", "Kind of role", "choice", group=_WHAT, choices=tuple(RoleFamily), width=30
    ),
    Field(
        "standard_code", "Standard", "search", group=_WHAT, width=60,
        help="Type part of its title or its code.",
    ),
    Field(
        "ksbs", "KSBs", group=_WHAT, width=40,
        help="Such as K4; S2. They leave the borough: no name of a person here.",
    ),
)  # fmt: skip
_HOME = Field("home", "Home borough", "search", group=_WHERE, width=34)
_HOST = (
    Field(
        "host", "Host", "search", group=_WHERE, width=34,
        help="LOTI, a borough or a technology employer; blank while it is open.",
    ),
    Field("host_name", "Its name", group=_WHERE, beside=True, width=30,
          help="Where the host is no borough."),
    Field("host_supervisor", "Looks after them there", group=_WHERE, width=34),
)  # fmt: skip
_AREA = (
    Field(
        "area", "Area", group=_WHERE, width=40,
        help="The part of London or the place of work. It leaves the borough.",
    ),
    Field(
        "pattern", "Working pattern", "choice", group=_WHERE, beside=True,
        choices=tuple(WorkingPattern), width=20,
    ),
)  # fmt: skip
_CAPACITY = Field(
    "capacity", "Places", "integer", group=_WHERE, help="How many at once; blank is one."
)
_STARTS = (
    Field("earliest_start_on", "Earliest start", "date", group=_WHEN),
    Field("latest_start_on", "Latest start", "date", group=_WHEN, beside=True),
)
_WEEKS = Field("weeks", "Lasts", "integer", group=_WHEN, beside=True, unit="weeks")
_DAYS = Field("days", "Lasts", "integer", group=_WHEN, beside=True, unit="working days")
_AS_AGREED = (
    Field("agreed_start_on", "First day agreed", "date", group=_AGREED),
    Field("agreed_end_on", "Last day agreed", "date", group=_AGREED, beside=True),
)
_AS_IT_WENT = (
    Field("started_on", "Started", "date", is_past=True, group=_AGREED),
    Field("ended_on", "Ended", "date", is_past=True, group=_AGREED, beside=True),
)

EVERY_FIELD = (
    _LIGHT_FORM, _WHO, _WANTED, *_ROLE, _HOME, *_HOST, *_AREA, _CAPACITY, *_STARTS, _WEEKS, _DAYS,
    *_AS_AGREED, *_AS_IT_WENT,
)  # fmt: skip
"""What some form of a secondment asks; its kind and status follow from what was begun and done."""

_AFTER_AGREED = (
    SecondmentStatus.AGREED,
    SecondmentStatus.UNDER_WAY,
    SecondmentStatus.COMPLETED,
)


def fields_for(details: SecondmentDetails) -> tuple[Field, ...]:
    """Return what the form of one asks: less of a light one, and days only once there are any."""
    is_light, is_offer = details.form.is_light, details.kind is SecondmentKind.OFFER
    group = "What is offered" if is_offer else _WHAT
    asked = [
        *((_LIGHT_FORM,) if is_light else ()),
        replace(_WHO, help="Blank until somebody takes the place.") if is_offer else _WHO,
        _WANTED,
        *((_ROLE[0], _ROLE[2]) if is_light else _ROLE),
        *((_HOME,) if is_offer else ()),
        *((_HOST[2],) if is_offer else _HOST),
        *((_AREA[0],) if is_light else _AREA),
        *((_CAPACITY,) if is_offer else ()),
        *_STARTS,
        _DAYS if is_light else _WEEKS,
    ]
    if details.status in _AFTER_AGREED or details.agreed_start_on is not None:
        asked += _AS_AGREED
    if details.started_on is not None or details.ended_on is not None:
        asked += _AS_IT_WENT
    if is_offer:  # last in an offer: the place stands first
        asked.append(asked.pop(asked.index(next(each for each in asked if each.name == _WHO.name))))
        asked[-1] = replace(asked[-1], group="Who has it")
    return tuple(replace(each, group=group) if each.group == _WHAT else each for each in asked)


class Secondments(Kind):
    """Requests and offers; *details* say which of their forms is shown."""

    name = "secondments"
    title = "Secondments"
    thing = "secondment"
    about = ""
    tables = ("secondment", "standard", *PEOPLE_TABLES)
    filter_by = ""
    empty = ("", "")
    details_class = SecondmentDetails
    columns = ()

    def __init__(self, desk: Desk, details: SecondmentDetails) -> None:
        super().__init__(desk)
        self._details = details
        self.thing = _called(details)

    @classmethod
    def request(cls, desk: Desk) -> Secondments:
        """Return what a request begins with: from this borough."""
        return cls(desk, SecondmentDetails(home=desk.organisation.code, weeks=4))

    @classmethod
    def offer(cls, desk: Desk) -> Secondments:
        """Return what an offer begins with: here."""
        own = desk.organisation.code
        return cls(desk, SecondmentDetails(kind=SecondmentKind.OFFER, host=own, weeks=4))

    @classmethod
    def light(cls, desk: Desk) -> Secondments:
        """Return what a day of shadowing begins with."""
        shadowing = PlacementForm.SHADOWING
        own = desk.organisation.code
        return cls(desk, SecondmentDetails(home=own, form=shadowing, days=1))

    def read(self, session: Any) -> tuple[Shown, ...]:
        """Return all of them."""
        return tuple(
            Shown(row.id, row.code, row.details, row)
            for row in secondments.secondment_rows(session)
        )

    def facts(self, _shown: Shown) -> list[tuple[str, str]]:
        """Return nothing: the panel says it."""
        return []

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
            for field in fields_for(self._details)
        )

    def blank(self) -> SecondmentDetails:
        """Return what a new one begins with."""
        return self._details

    def check(self, details: SecondmentDetails, _record_id: UUID | None) -> list[Finding]:
        """Return what is wrong with it."""
        return secondments.check(details)

    def named(self, details: SecondmentDetails) -> str:
        """Return what it is and where it goes."""
        where = details.host_name or place_name(details.host)
        return _called(details) + (f" with {where}" if where else "")

    def destination(self, record_id: UUID | None, field: str) -> Destination:
        """Return where a form that was left half-done is opened again."""
        if record_id is None:
            return OpenPage("secondments")
        return OpenSecondment(record_id, field)

    def add(self, session: Any, details: SecondmentDetails) -> UUID:
        """Record one under a code of its own."""
        return secondments.second(session, details)

    def correct(self, session: Any, record_id: UUID, details: SecondmentDetails) -> None:
        """Replace the details of one."""
        secondments.correct_secondment(session, record_id, details)

    def remove(self, session: Any, record_id: UUID) -> None:
        """Remove one that has not started."""
        secondments.remove_secondment(session, record_id)


def _called(details: SecondmentDetails) -> str:
    """Return the word for one: "request", "offer", "shadowing" or "visit"."""
    return str(details.form if details.form.is_light else details.kind)
