"""Procurements as forms edit them, how far each is in a badge, and the contract made of one."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from apprentice_desk import resources
from apprentice_desk.domain.findings import Finding
from apprentice_desk.domain.procuring import Stage
from apprentice_desk.domain.scoring import PriceMethod
from apprentice_desk.domain.vocabulary import Regime, Route
from apprentice_desk.records import procurement_decisions, procurements
from apprentice_desk.records.contracts import ContractDetails
from apprentice_desk.records.procurement_overview import ProcurementOverview
from apprentice_desk.records.procurements import ProcurementDetails
from apprentice_desk.ui.contracting.contracts import Contracts
from apprentice_desk.ui.desk import Desk
from apprentice_desk.ui.destinations import Destination, OpenPage, OpenProcurement
from apprentice_desk.ui.kit.fields import Field
from apprentice_desk.ui.kit.rows import Badge
from apprentice_desk.ui.recording.kind import Kind, Shown

_WHAT = "What is bought"
_LAW = "By which law and route"
_TERM = "The contract that is to come of it"
_SCORING = "How bids are scored"
_MORE = "What else is worth knowing"

FIELDS = (
    Field("reference", "Reference", required=True, group=_WHAT, width=24),
    Field(
        "title",
        "Title",
        required=True,
        group=_WHAT,
        help="Such as: Data analysts, spring cohort. With several lots, enter each by itself.",
    ),
    Field(
        "standard_codes",
        "Standards",
        group=_WHAT,
        width=50,
        help="Codes separated by a semicolon, such as ST0118; ST0795.",
    ),
    Field("lots", "Lot", group=_WHAT, width=24),
    Field(
        "apprentices",
        "Apprentices expected",
        "integer",
        group=_WHAT,
        help="Nothing is promised by it.",
    ),
    Field(
        "wanted",
        "What is wanted",
        "long text",
        group=_WHAT,
        help="As the invitation says it: start, delivery, hours, reviews, support.",
    ),
    Field("regime", "Procurement law", "choice", group=_LAW, choices=tuple(Regime), width=28),
    Field(
        "is_light_touch",
        "Light touch service",
        "yes-no",
        group=_LAW,
        help="Whether a standstill is required can depend on it.",
    ),
    Field("route", "Route to market", "choice", group=_LAW, choices=tuple(Route), width=44),
    Field("framework", "Framework", group=_LAW, help="Its name, where this is a call-off."),
    Field("framework_ends_on", "Framework ends", "date", group=_LAW),
    Field("value_limit", "Most that may be spent, with VAT", "money", group=_LAW),
    Field("cpv_codes", "CPV codes", group=_LAW, width=24),
    Field("notices", "Published notices", group=_LAW, help="Their numbers."),
    Field(
        "bids_to",
        "Bids and questions go to",
        group=_LAW,
        help="The portal or the address, as the invitation says it.",
    ),
    Field("contract_starts_on", "Starts", "date", group=_TERM),
    Field("contract_ends_on", "Ends", "date", group=_TERM, beside=True),
    Field("contract_extension_to_on", "May be extended to", "date", group=_TERM),
    Field(
        "highest_score",
        "Highest score",
        "decimal",
        group=_SCORING,
        help="The top of the scale, such as 5. The lowest is 0.",
    ),
    Field(
        "price_method",
        "Price becomes points as",
        "choice",
        group=_SCORING,
        choices=tuple(PriceMethod),
        width=50,
    ),
    Field(
        "price_is_of",
        "The price compared is of",
        group=_SCORING,
        help="Such as: training and assessment of one apprentice.",
    ),
    Field("looked_after_by", "Looked after by", group=_MORE, width=40),
    Field("note", "Note", "long text", group=_MORE, help="Stays in this desk."),
)
"""Every attribute of ProcurementDetails."""

STAGES: Mapping[Stage, Badge] = {
    Stage.PLANNED: Badge("Planned", "quiet", "calendar"),
    Stage.OUT: Badge("Out to bidders", "note", "send"),
    Stage.EVALUATING: Badge("Being evaluated", "warning", "list-checks"),
    Stage.DECIDED: Badge("Decided", "note", "flag"),
    Stage.STANDSTILL: Badge("Standstill", "warning", "hourglass"),
    Stage.CONTRACT_MADE: Badge("Contract made", "good", "check"),
    Stage.ABANDONED: Badge("Given up", "quiet", "ban"),
}


class Procurements(Kind):
    """Procurements: their form, and how one is added, changed and removed."""

    name = "procurements"
    title = "Procurements"
    thing = "procurement"
    about = ""
    tables = ("procurement",)
    filter_by = "title, reference"
    empty = ("No procurements yet", "")
    details_class = ProcurementDetails
    columns = ()

    def fields(self) -> tuple[Field, ...]:
        """Return the fields."""
        return FIELDS

    def blank(self) -> ProcurementDetails:
        """Return what a new one begins with."""
        return ProcurementDetails()

    def check(self, details: ProcurementDetails, _record_id: UUID | None) -> list[Finding]:
        """Return what is wrong with a procurement."""
        return procurements.check(details)

    def named(self, details: ProcurementDetails) -> str:
        """Return its reference."""
        return f"procurement {details.reference.strip()}"

    def destination(self, record_id: UUID | None, _field: str) -> Destination:
        """Return where the form is: on its page, or in the list where it is new."""
        return OpenPage("procurements") if record_id is None else OpenProcurement(record_id)

    def details(self, session: Any, record_id: UUID) -> ProcurementDetails:
        """Return what the form edits."""
        return procurements.procurement_details(session, record_id)

    def add(self, session: Any, details: ProcurementDetails) -> UUID:
        """Begin a procurement."""
        return procurements.plan_procurement(session, details)

    def correct(self, session: Any, record_id: UUID, details: ProcurementDetails) -> None:
        """Replace a procurement's details."""
        procurements.correct_procurement(session, record_id, details)

    def remove(self, session: Any, record_id: UUID) -> None:
        """Remove a procurement and all that was entered of it."""
        procurements.remove_procurement(session, record_id)

    def what_removing_means(self, _shown: Shown) -> str:
        """Say whom it is for."""
        return (
            "This is for procurements entered by mistake: timetable, bidders, questions and scores"
            " go with it. Undo brings it back. One that came to nothing is given up instead, with"
            " the reason."
        )


class ContractOf(Contracts):
    """The contract that is made of one procurement: its form begins with what is known."""

    def __init__(self, desk: Desk, found: ProcurementOverview) -> None:
        super().__init__(desk)
        self._found = found

    def blank(self) -> ContractDetails:
        """Return what was agreed, as far as the procurement says it."""
        return procurement_decisions.contract_from(self._found)

    def destination(self, _record_id: UUID | None, _field: str) -> Destination:
        """Return where the form is: with the decision."""
        return OpenProcurement(self._found.id, "decision")

    def add(self, session: Any, details: ContractDetails) -> UUID:
        """Make the contract."""
        return procurement_decisions.make_contract(
            session,
            self._found.id,
            details,
            self.desk.clock.today(),
            resources.procurement_rules(),
            resources.bank_holidays(),
        )
