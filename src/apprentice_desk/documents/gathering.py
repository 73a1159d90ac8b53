"""What a desk knows of the subject of a document, and what the last document had."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from apprentice_desk import resources
from apprentice_desk.documents.choosing import review_called
from apprentice_desk.documents.contract_facts import facts_of_contract
from apprentice_desk.documents.contract_running_facts import (
    facts_of_people,
    facts_of_performance,
    suggested_days,
    suggested_words,
)
from apprentice_desk.documents.course_facts import facts_of_course, read_course
from apprentice_desk.documents.evaluation_facts import facts_of_evaluation
from apprentice_desk.documents.field_kinds import Value
from apprentice_desk.documents.fields import FIELDS, unkeep
from apprentice_desk.documents.people_facts import facts_of_person, read_person
from apprentice_desk.documents.procurement_facts import (
    Facts,
    bid_papers,
    facts_of_bid,
    facts_of_procurement,
    known,
)
from apprentice_desk.documents.question_facts import facts_of_questions
from apprentice_desk.documents.review_record_facts import facts_of_review, read_review
from apprentice_desk.documents.secondment_facts import (
    facts_of_secondment,
    suggested_of_secondment,
)
from apprentice_desk.documents.sharing_facts import facts_of_sharing
from apprentice_desk.domain.contract_changing import usual_ground
from apprentice_desk.domain.people import called
from apprentice_desk.domain.problems import Conflict
from apprentice_desk.domain.progress import Progress
from apprentice_desk.domain.vocabulary import SubjectKind
from apprentice_desk.records.apprentices import Apprenticeship, record_of
from apprentice_desk.records.contract_measures import agreed_measures
from apprentice_desk.records.contract_money import money_facts
from apprentice_desk.records.contract_overview import contract_overview
from apprentice_desk.records.contract_prices import price_rows
from apprentice_desk.records.keeping_documents import (
    SEPARATOR,
    Subject,
    document_details,
    document_rows,
    last_values,
)
from apprentice_desk.records.measuring import measured_by_contract
from apprentice_desk.records.organisation import Organisation, OrganisationRow, organisation_row
from apprentice_desk.records.procurement_overview import (
    ProcurementOverview,
    Standing,
    how_it_stands,
    procurement_overview,
)
from apprentice_desk.records.procurement_tables import Bidder, ProcurementDecision
from apprentice_desk.records.provider_care import (
    ContactDetails,
    action_rows,
    contact_rows,
    note_rows,
)
from apprentice_desk.records.secondments import Secondment
from apprentice_desk.records.standards import StandardRow, standard_rows


@dataclass(frozen=True, slots=True)
class Gathered:
    """What is known of a subject.

    *facts* are the desk's; *suggested* is what a form begins with: today, the council's name, what
    the last document had in fields that are kept, and of a contract that a procurement led to,
    who bid and what the invitation makes part of it.  *is_sample* marks every page.
    """

    subject: Subject
    name: str
    reference: str
    facts: Mapping[str, Value]
    suggested: Mapping[str, Value]
    is_sample: bool
    procurement_id: UUID | None = None
    """That of a bidder."""


def gathered(session: Session, subject: Subject, today: date) -> Gathered:
    """Return what the desk knows of *subject* on *today*; raises Conflict when it is gone."""
    return _Gathering(session, today).of(subject)


def gathered_all(
    session: Session, subjects: Iterable[Subject], today: date, progress: Progress
) -> tuple[Gathered, ...]:
    """Return what the desk knows of each of *subjects*; what they share is read once.

    Raises Conflict when one is gone.
    """
    which, gathering = tuple(subjects), _Gathering(session, today)
    found = []
    for turn, subject in enumerate(which):
        progress.step(turn, len(which), "Reading the desk")
        found.append(gathering.of(subject))
    return tuple(found)


def kept_values(values: Mapping[str, object]) -> Facts:
    """Return what a form is prefilled with of kept *values*; what is not known any more is left."""
    found: Facts = {}
    for name, value in values.items():
        field = FIELDS.get(name)
        if field is None or not field.is_kept:
            continue
        try:
            found[name] = unkeep(field, value)
        except ValueError:  # its kind is another since: it is asked for again
            continue
    return found


VARIATION_NUMBER = "variation_number"


class _Gathering:
    """Reads of a desk what documents are told, each thing once."""

    def __init__(self, session: Session, today: date) -> None:
        self._session, self._today = session, today
        self._procurements: dict[UUID, tuple[ProcurementOverview, Standing] | None] = {}

    def of(self, subject: Subject) -> Gathered:
        told = self._told(subject)
        if told is None:
            raise Conflict(f"The {subject.kind} was removed meanwhile.", "Choose another.")
        suggested = {**self._suggested}
        if told[1]:
            suggested["document_reference"] = told[1]
        if subject.kind is SubjectKind.CONTRACT:
            suggested |= self._offered(subject.id) | self._of_bid_for(subject.id)
        if subject.kind is SubjectKind.SECONDMENT:
            suggested |= suggested_of_secondment(self._session, subject.id)
        within = None
        if subject.kind is SubjectKind.BIDDER:
            bidder = self._session.get(Bidder, subject.id)
            within = None if bidder is None else bidder.procurement_id
        return Gathered(subject, *told, suggested, self._ours.is_sample, within)

    def _of_bid_for(self, contract_id: UUID) -> Facts:
        """Return what a procurement says of the contract that it led to; nothing without one."""
        decided = self._session.scalar(
            select(ProcurementDecision).where(ProcurementDecision.contract_id == contract_id)
        )
        both = None if decided is None else self._procurement(decided.procurement_id)
        if decided is None or both is None:
            return {}
        found, law = both[0], both[0].details
        bid = next(each.details for each in found.bidders if each.id == decided.bidder_id)
        return known(
            {
                "provider_address": bid.address,
                "provider_contact": bid.contact,
                "provider_email": bid.email,
                "contract_documents": bid_papers(found, bid.answered_on),
                "change_ground": usual_ground(law.regime, law.is_light_touch),
            }
        )

    def _offered(self, contract_id: UUID) -> Facts:
        """Return what a paper on a contract begins with, to be edited."""
        found = contract_overview(self._session, contract_id)
        assert found is not None  # or nothing would have been told of it
        provider = found.provider_id
        people = contact_rows(self._session, provider)
        # Of several nobody knows which one it is.
        who = people[0].details if len(people) == 1 else ContactDetails()
        return {
            **known(
                {
                    VARIATION_NUMBER: self._next_variation(contract_id),
                    "change_ground": usual_ground(found.regime, is_light_touch=None),
                    "provider_contact": who.name,
                    "provider_email": who.email,
                }
            ),
            **suggested_days(found.term, self._today, resources.bank_holidays()),
            **suggested_words(
                note_rows(self._session, provider),
                action_rows(self._session, provider),
                self._today,
            ),
        }

    def _next_variation(self, contract_id: UUID) -> str:
        """Return the number after those of the variations that were issued, in either format."""
        issued = document_rows(self._session, Subject(SubjectKind.CONTRACT, contract_id))
        numbers = {
            document_details(self._session, each.id).field_values.get(VARIATION_NUMBER)
            for each in issued
        }
        return str(len(numbers - {None}) + 1)

    def _told(self, subject: Subject) -> tuple[str, str, Facts] | None:
        match subject.kind:
            case SubjectKind.PROCUREMENT:
                return self._of_procurement(subject.id)
            case SubjectKind.BIDDER:
                return self._of_bidder(subject.id)
            case SubjectKind.CONTRACT:
                return self._of_contract(subject.id)
            case SubjectKind.APPRENTICESHIP:
                return self._of_apprenticeship(subject.id)
            case SubjectKind.REVIEW:
                return self._of_review(subject.id)
            case SubjectKind.SECONDMENT:
                return self._of_secondment(subject.id)
            case SubjectKind.ORGANISATION:
                return self._of_organisation(subject.id)

    @cached_property
    def _ours(self) -> OrganisationRow:
        return organisation_row(self._session)

    @cached_property
    def _suggested(self) -> Facts:
        found = kept_values(last_values(self._session))
        borough = resources.borough_by_code(self._ours.code)
        if borough is not None:
            found.setdefault("council_name", borough.council)
        return found | {"document_date": self._today}

    @cached_property
    def _catalogue(self) -> Mapping[str, StandardRow]:
        return {row.code: row for row in standard_rows(self._session)}

    def _procurement(self, key: UUID) -> tuple[ProcurementOverview, Standing] | None:
        if key not in self._procurements:
            found = procurement_overview(self._session, key)
            rules, holidays = resources.procurement_rules(), resources.bank_holidays()
            self._procurements[key] = (
                None
                if found is None
                else (found, how_it_stands(found, self._today, rules, holidays))
            )
        return self._procurements[key]

    def _of_procurement(self, key: UUID) -> tuple[str, str, Facts] | None:
        both = self._procurement(key)
        if both is None:
            return None
        found, standing = both
        facts = facts_of_procurement(found, self._catalogue)
        facts |= facts_of_evaluation(
            found, standing, resources.procurement_rules(), self._catalogue
        )
        facts |= facts_of_questions(found, standing)
        return found.name, found.details.reference, facts

    def _of_bidder(self, key: UUID) -> tuple[str, str, Facts] | None:
        record = self._session.get(Bidder, key)
        both = None if record is None else self._procurement(record.procurement_id)
        if both is None:
            return None
        found, standing = both
        bidder = next(each for each in found.bidders if each.id == key)
        facts = facts_of_procurement(found, self._catalogue)
        facts |= facts_of_bid(
            found, bidder, standing, resources.procurement_rules(), self._catalogue
        )
        return f"{bidder.name}{SEPARATOR}{found.name}", found.details.reference, facts

    def _of_contract(self, key: UUID) -> tuple[str, str, Facts] | None:
        found = contract_overview(self._session, key)
        if found is None:
            return None
        agreed = agreed_measures(self._session, key)
        facts = facts_of_contract(
            found,
            price_rows(self._session, key),
            agreed,
            self._catalogue,
            resources.funding_rules(),
        )
        people = money_facts(self._session, self._today, key)[key].people
        facts |= facts_of_people(found.term, people, self._catalogue, self._today)
        measured = measured_by_contract(self._session, self._today, resources.hours_rules(), key)
        facts |= facts_of_performance(measured, agreed, self._today)
        return found.name, found.reference, facts

    def _of_apprenticeship(self, key: UUID) -> tuple[str, str, Facts] | None:
        person = read_person(self._session, key, self._today)
        if person is None:
            return None
        so_far = read_course(self._session, person)
        return person.row.name, "", facts_of_person(person) | facts_of_course(person, so_far)

    def _of_review(self, key: UUID) -> tuple[str, str, Facts] | None:
        found = read_review(self._session, key, self._today)
        if found is None:
            return None
        meeting = found.meeting
        name = review_called(found.person.row.name, meeting.due_on, meeting.held_on)
        return name, "", facts_of_review(found)

    def _of_secondment(self, key: UUID) -> tuple[str, str, Facts] | None:
        found = self._session.get(Secondment, key)
        if found is None:
            return None
        of = found.apprenticeship_id
        facts = facts_of_secondment(self._session, found, self._today)
        return "" if of is None else self._about(of), found.code, facts

    def _about(self, apprenticeship_id: UUID) -> str:
        return self._person(record_of(self._session, apprenticeship_id))

    def _person(self, found: Apprenticeship) -> str:
        return called(found.apprentice.given_names, found.apprentice.family_name)

    def _of_organisation(self, key: UUID) -> tuple[str, str, Facts] | None:
        if self._session.get(Organisation, key) is None:
            return None
        return self._ours.name, "", facts_of_sharing(self._today)
