"""Where a person can be taken: a page, a record, a form that is begun, as plain values.

Whoever wants to go somewhere hands one of these to ``Desk.go``; the window knows which page it is.
A destination can be kept in a file as text, and comes back from it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import date
from typing import Any
from uuid import UUID


@dataclass(frozen=True, slots=True)
class OpenPage:
    """Go to a page by its name in the navigation, narrowed to *narrowed_to*.

    That is what the rows of its list hold, or on Returns the quarter, as it is written.
    """

    name: str
    narrowed_to: str = ""


@dataclass(frozen=True, slots=True)
class OpenApprentice:
    """Go to one apprenticeship; *field* is the field to fill in, "" only shows it."""

    apprenticeship_id: UUID
    field: str = ""


@dataclass(frozen=True, slots=True)
class OpenRecord:
    """Go to the whole record of one apprenticeship, at a *part* of it and one item there.

    *item* is one that has a name and no key of its own, such as a line of a checklist.
    """

    apprenticeship_id: UUID
    part: str = ""
    item_id: UUID | None = None
    item: str = ""


@dataclass(frozen=True, slots=True)
class OpenContract:
    """Go to the page of one contract, at a *part* of it and one item there."""

    contract_id: UUID
    part: str = ""
    item_id: UUID | None = None


@dataclass(frozen=True, slots=True)
class OpenProvider:
    """Go to the page of one provider, at a *part* of it and one item there."""

    provider_id: UUID
    part: str = ""
    item_id: UUID | None = None


@dataclass(frozen=True, slots=True)
class OpenProcurement:
    """Go to the page of one procurement, at a *part* of it and one item there."""

    procurement_id: UUID
    part: str = ""
    item_id: UUID | None = None


@dataclass(frozen=True, slots=True)
class OpenSecondment:
    """Go to one secondment; *field* is the field of its form to fill in, "" only shows it."""

    secondment_id: UUID
    field: str = ""


@dataclass(frozen=True, slots=True)
class MakeDocument:
    """Begin a document of a type about one procurement, bidder, contract, person and so on.

    *subject_kind* is a word of SubjectKind.  *others* of that kind are to have one too.  *given*
    are values that were worked out where it is begun, by their fields.
    """

    type_id: str
    subject_kind: str
    subject_id: UUID
    others: tuple[UUID, ...] = ()
    given: tuple[tuple[str, Any], ...] = ()


@dataclass(frozen=True, slots=True)
class OpenDocument:
    """Go to one document that was issued, in their list."""

    document_id: UUID


@dataclass(frozen=True, slots=True)
class OpenWording:
    """Go to one version of one clause in the list of wording, by the name of its file."""

    file: str


@dataclass(frozen=True, slots=True)
class WriteClause:
    """Write a clause of the borough's own.

    That is a draft that is kept, by *wording_id*; the next version of what *next_of* is the key
    of; a variant of the clause *replaces*; or a new one called *title* that joins a document type.
    """

    wording_id: UUID | None = None
    next_of: UUID | None = None
    replaces: str = ""
    title: str = ""
    joins: str = ""
    follows: str = ""


@dataclass(frozen=True, slots=True)
class AddApprentice:
    """Begin to add an apprentice."""


@dataclass(frozen=True, slots=True)
class LogHours:
    """Begin to log hours, for one apprenticeship or whoever is chosen there.

    *done_on* is the day, today where it is None.
    """

    apprenticeship_id: UUID | None = None
    done_on: date | None = None


@dataclass(frozen=True, slots=True)
class OpenHours:
    """Go to the list of all hours of one apprenticeship, at one entry where it is named."""

    apprenticeship_id: UUID
    entry_id: UUID | None = None


@dataclass(frozen=True, slots=True)
class LookThroughLog:
    """Look through the log of one apprenticeship for what an auditor would ask about."""

    apprenticeship_id: UUID


@dataclass(frozen=True, slots=True)
class ImportList:
    """Begin to import a list of "apprentices", "hours" or "payments"."""

    kind: str
    path: str = ""


@dataclass(frozen=True, slots=True)
class OpenReturnRecord:
    """Go to the records behind one sheet of the return.

    *kind* is "contracts", "reviews", "pledges", "network", "barriers" or "characteristics";
    *record_id* is one of them, and *field* the field of it to fill in.
    """

    kind: str
    record_id: UUID | None = None
    field: str = ""


@dataclass(frozen=True, slots=True)
class OpenCase:
    """Go to the cases, at one where it is named; *field* is the field of it to fill in."""

    case_id: UUID | None = None
    field: str = ""


@dataclass(frozen=True, slots=True)
class OpenNetwork:
    """Go to a part of the page of the network, such as "events" or "mentors".

    *record_id* is one record of it, and *field* the field of it to fill in.
    """

    part: str = "events"
    record_id: UUID | None = None
    field: str = ""


@dataclass(frozen=True, slots=True)
class OpenLibrary:
    """Go to the "templates" of learning plans or to partners' "offers", at one where it is named.

    *back_to* is the page that its button leads back to.
    """

    part: str = "templates"
    item_id: UUID | None = None
    back_to: str = "apprentices"


@dataclass(frozen=True, slots=True)
class OpenPlacements:
    """Go to places elsewhere: all, requests, offers, vacancies, shadowing, or what is ours.

    *paths* are files of them to take in.  *back_to* is the page that its button leads back to.
    """

    shown: str = ""
    back_to: str = "secondments"
    paths: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class MergeReturns:
    """Add returns, or folders of them, to those that are merged."""

    paths: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ReadReceipts:
    """Read receipts of LOTI's in."""

    paths: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class TakeLog:
    """Look at a log of hours that came back filled in."""

    path: str


@dataclass(frozen=True, slots=True)
class ReadCalendar:
    """Read an export of a calendar (.ics) for hours that it may hold."""

    path: str


@dataclass(frozen=True, slots=True)
class OpenHistory:
    """Go to what was changed of one record, by its table and key; *called* names it there."""

    table: str
    record_id: UUID
    called: str


@dataclass(frozen=True, slots=True)
class OpenGuide:
    """Go to one guide of the playbook, by its name."""

    name: str


@dataclass(frozen=True, slots=True)
class OpenHelp:
    """Open Help at one of its topics, by its name."""

    topic: str


@dataclass(frozen=True, slots=True)
class OpenDesk:
    """Open the desk at *location* in place of this one, to read only where that is asked for."""

    location: str
    is_read_only: bool = False


Arrival = (
    OpenApprentice
    | OpenRecord
    | OpenContract
    | OpenProvider
    | OpenProcurement
    | OpenSecondment
    | MakeDocument
    | OpenDocument
    | OpenWording
    | WriteClause
    | AddApprentice
    | LogHours
    | OpenHours
    | LookThroughLog
    | ImportList
    | OpenReturnRecord
    | OpenCase
    | OpenNetwork
    | OpenLibrary
    | OpenPlacements
    | MergeReturns
    | ReadReceipts
    | TakeLog
    | ReadCalendar
    | OpenHistory
    | OpenGuide
)
"""What the page it is on is handed when a person arrives there."""

Destination = Arrival | OpenPage | OpenHelp | OpenDesk


def place_of(destination: Destination) -> dict[str, str]:
    """Return *destination* as plain text, to be kept in a file."""
    given = {each.name: getattr(destination, each.name) for each in fields(destination)}
    return {"to": type(destination).__name__} | {
        name: str(value) for name, value in given.items() if value is not None
    }


def destination_of(place: Mapping[str, str]) -> Destination | None:
    """Return what ``place_of`` made into text; None where it makes no sense (any more)."""
    kind = {each.__name__: each for each in _KEPT}.get(place.get("to", ""))
    if kind is None:
        return None
    try:
        given = {name: _typed(name, text) for name, text in place.items() if name != "to"}
        return kind(**given)
    except (TypeError, ValueError):
        return None


def _typed(name: str, text: str) -> Any:
    if name.endswith("_id") or name == "next_of":
        return UUID(text)
    return date.fromisoformat(text) if name.endswith("_on") else text


_KEPT: tuple[type[Any], ...] = (
    OpenPage,
    OpenApprentice,
    OpenRecord,
    OpenContract,
    OpenProvider,
    OpenProcurement,
    OpenSecondment,
    AddApprentice,
    LogHours,
    OpenHours,
    OpenReturnRecord,
    WriteClause,
    OpenCase,
    OpenNetwork,
)
