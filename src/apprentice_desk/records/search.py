"""One box, every subject: what of a desk can be looked for.

Each subject is read with one query into a shelf of lines, which are searched in memory
(``domain.searching``): a query for each letter typed would go over every name each time, and
neither engine folds accents alike.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import date
from typing import Any

from sqlalchemy import exists, func, or_, select
from sqlalchemy.orm import Session

from apprentice_desk.domain.apprenticeship import Course, Status, status_at
from apprentice_desk.domain.calendar import Period, show_day
from apprentice_desk.domain.people import called, full_name
from apprentice_desk.domain.searching import Found, Line, Shelf, Subject
from apprentice_desk.domain.standards import version_name
from apprentice_desk.domain.vocabulary import SecondmentStatus
from apprentice_desk.records.apprentices import Apprentice, Apprenticeship, Break
from apprentice_desk.records.contracts import Contract
from apprentice_desk.records.keeping_documents import document_rows
from apprentice_desk.records.network import NetworkEvent
from apprentice_desk.records.offers import LearningOffer
from apprentice_desk.records.plan_templates import PlanTemplate, TemplateActivity
from apprentice_desk.records.procurement_tables import Procurement, ProcurementDecision
from apprentice_desk.records.providers import Provider
from apprentice_desk.records.secondments import Secondment
from apprentice_desk.records.standards import Standard

TABLES: Mapping[Subject, tuple[str, ...]] = {
    Subject.APPRENTICE: (
        "apprentice", "apprenticeship", "break_in_learning", "provider", "standard",
    ),
    Subject.CONTRACT: ("contract", "provider"),
    Subject.PROVIDER: ("provider", "contract", "apprenticeship"),
    Subject.PROCUREMENT: ("procurement", "procurement_decision"),
    Subject.DOCUMENT: (
        "document_made", "procurement", "bidder", "contract", "provider", "apprentice",
        "apprenticeship", "review", "secondment", "organisation",
    ),
    Subject.SECONDMENT: ("secondment", "apprentice", "apprenticeship"),
    Subject.EVENT: ("network_event",),
    Subject.TEMPLATE: ("plan_template", "plan_template_activity", "standard"),
    Subject.OFFER: ("learning_offer",),
}  # fmt: skip
"""What the lines of each subject are made of: when one of these changes, they are read anew."""

_BY_AND_BY = {"yield_per": 500}
"""Rows are taken up in small lots: all at once they would hold up the window's thread too."""

_STATUS_WORDS = {
    Status.PLANNED: "To start",
    Status.LIVE: "On programme",
    Status.ON_A_BREAK: "On a break",
    Status.IN_ASSESSMENT: "In assessment",
    Status.COMPLETED: "Completed",
    Status.WITHDRAWN: "Withdrawn",
}


def shelf(session: Session, subject: Subject, today: date, places: Mapping[str, str]) -> Shelf:
    """Return what there is of *subject*: what is past last, else by name.

    Events and documents come in their own order, the newest first.

    *places* gives the names of boroughs by code.
    """
    found = _READERS[subject](session, today, places)
    return Shelf(found, in_order=subject in (Subject.EVENT, Subject.DOCUMENT))


def _together(*parts: str) -> str:
    return "  ·  ".join(part for part in parts if part)


def _named(*pairs: tuple[str, str | None]) -> tuple[tuple[str, str], ...]:
    return tuple((name, value) for name, value in pairs if value)


def _capital(word: str) -> str:
    return word[:1].upper() + word[1:]


# --- one reader for each subject ----------------------------------------------------------------


def _apprentices(session: Session, today: date, _places: Mapping[str, str]) -> Iterable[Line]:
    is_on_a_break = exists().where(
        Break.apprenticeship_id == Apprenticeship.id,
        Break.first_on <= today,
        or_(Break.last_on.is_(None), Break.last_on >= today),
    )
    found: Any = session.execute(
        select(
            Apprenticeship.id, Apprenticeship.number, Apprentice.given_names,
            Apprentice.family_name, Apprentice.uln, Apprentice.code, Apprentice.email,
            Apprentice.employee_reference, Apprenticeship.standard_code, Standard.title,
            Apprenticeship.course_title, Apprenticeship.line_manager, Provider.name,
            Apprenticeship.provider_reference, Apprenticeship.training_started_on,
            Apprenticeship.training_planned_end_on, Apprenticeship.assessment_began_on,
            Apprenticeship.ended_on, Apprenticeship.outcome, is_on_a_break,
        )
        .join(Apprentice, Apprentice.id == Apprenticeship.apprentice_id)
        .outerjoin(Standard, Standard.code == Apprenticeship.standard_code)
        .outerjoin(Provider, Provider.id == Apprenticeship.provider_id),
        execution_options=_BY_AND_BY,
    )  # fmt: skip
    for (
        key, number, given, family, uln, code, email, reference, standard, title, course, manager,
        provider, provider_reference, started, planned_end, assessment, ended, outcome, on_break,
    ) in found:  # fmt: skip
        breaks = (Period(today, today),) if on_break else ()
        status = status_at(
            Course(started, planned_end, None, assessment, ended, outcome, breaks), today
        )
        which = f"apprenticeship {number}" if number > 1 else ""
        yield Line(
            Found(Subject.APPRENTICE, key),
            called(given, family, title or course),
            _together(title or course, which, _STATUS_WORDS[status]),
            (full_name(family, given),) if given or family else (),
            _named(
                ("ULN", uln),
                ("Code", code),
                ("Standard", title),
                ("Course", course),
                ("Standard", standard),
                ("Line manager", manager),
                ("Email", email),
                ("Employee reference", reference),
                ("Provider", provider),
                ("Provider's reference", provider_reference),
            ),
            tuple(each for each in (uln, code, reference) if each),
            status.is_ended,
        )


def _contracts(session: Session, today: date, _places: Mapping[str, str]) -> Iterable[Line]:
    found: Any = session.execute(
        select(
            Contract.id, Contract.reference, Contract.title, Provider.name, Contract.framework,
            Contract.standard_codes, func.coalesce(Contract.extension_to_on, Contract.ends_on),
        ).join(Provider, Provider.id == Contract.provider_id)
    )  # fmt: skip
    for key, reference, title, provider, framework, standards, last in found:
        is_past = last is not None and last < today
        end = "" if last is None else f"{'ended' if is_past else 'ends'} {show_day(last)}"
        yield Line(
            Found(Subject.CONTRACT, key),
            reference,
            _together(title, provider, end),
            (reference, title),
            _named(
                ("Provider", provider), ("Framework", framework), ("Standards", standards),
            ),
            (reference,),
            is_past,
        )  # fmt: skip


def _providers(session: Session, _today: date, _places: Mapping[str, str]) -> Iterable[Line]:
    people = (
        select(func.count())
        .where(Apprenticeship.provider_id == Provider.id)
        .correlate(Provider)
        .scalar_subquery()
    )
    held = (
        select(func.count())
        .where(Contract.provider_id == Provider.id)
        .correlate(Provider)
        .scalar_subquery()
    )
    found: Any = session.execute(select(Provider.id, Provider.name, Provider.ukprn, people, held))
    for key, name, ukprn, apprenticeships, contracts in found:
        yield Line(
            Found(Subject.PROVIDER, key),
            name,
            _together(
                f"UKPRN {ukprn}" if ukprn else "",
                _counted(apprenticeships, "apprenticeship"),
                _counted(contracts, "contract"),
            ),
            (),
            _named(("UKPRN", ukprn)),
            (ukprn,) if ukprn else (),
        )


def _procurements(session: Session, _today: date, _places: Mapping[str, str]) -> Iterable[Line]:
    one = Procurement
    found: Any = session.execute(
        select(
            one.id, one.reference, one.title, one.framework, one.standard_codes, one.abandoned_on,
            ProcurementDecision.contract_id,
        ).outerjoin(ProcurementDecision, ProcurementDecision.procurement_id == one.id)
    )  # fmt: skip
    for key, reference, title, framework, standards, abandoned_on, contract_id in found:
        how = "Contract made" if contract_id is not None else ""
        how = f"Given up {show_day(abandoned_on)}" if abandoned_on is not None else how
        yield Line(
            Found(Subject.PROCUREMENT, key),
            title,
            _together(reference, how),
            (reference, title),
            _named(("Framework", framework), ("Standards", standards)),
            (reference,),
            bool(how),
        )


def _documents(session: Session, _today: date, _places: Mapping[str, str]) -> Iterable[Line]:
    for row in document_rows(session):
        what = _capital(row.type_id.replace("-", " "))  # its name in the wording may be another now
        yield Line(
            Found(Subject.DOCUMENT, row.id),
            row.title,
            _together(what, row.about, f"issued {show_day(row.issued_on)}"),
            (),
            _named(
                ("Document", what),
                ("About", row.about),
                ("Reference", row.reference),
                ("File", row.file_name),
            ),
            (row.reference,) if row.reference else (),
        )


def _counted(number: int, thing: str, things: str = "") -> str:
    return f"{number:,} {thing if number == 1 else things or f'{thing}s'}" if number else ""


_OVER = frozenset(
    {SecondmentStatus.COMPLETED, SecondmentStatus.DECLINED, SecondmentStatus.WITHDRAWN}
)


def _secondments(session: Session, _today: date, places: Mapping[str, str]) -> Iterable[Line]:
    found: Any = session.execute(
        select(
            Secondment.id, Secondment.code, Secondment.kind, Secondment.status, Secondment.home,
            Secondment.host, Secondment.area, Secondment.role_family, Apprentice.given_names,
            Apprentice.family_name,
        )
        .outerjoin(Apprenticeship, Apprenticeship.id == Secondment.apprenticeship_id)
        .outerjoin(Apprentice, Apprentice.id == Apprenticeship.apprentice_id)
    )  # fmt: skip
    for key, code, kind, status, home, host, area, family, given, family_name in found:
        who = "" if given is None else called(given, family_name)
        where = places.get(host, host) if host else ""
        yield Line(
            Found(Subject.SECONDMENT, key),
            code,
            _together(
                _capital(kind), who, f"at {where}" if where else "", _capital(status)
            ),
            (code, who, full_name(family_name or "", given or "")),
            _named(
                ("Host", where),
                ("Home", places.get(home, home) if home else ""),
                ("Role", family and _capital(family)),
                ("Area", area),
            ),
            (code,),
            status in _OVER,
        )  # fmt: skip


def _events(session: Session, _today: date, _places: Mapping[str, str]) -> Iterable[Line]:
    found: Any = session.execute(
        select(
            NetworkEvent.id, NetworkEvent.name, NetworkEvent.held_on, NetworkEvent.kind
        ).order_by(NetworkEvent.held_on.desc(), NetworkEvent.name)
    )
    for key, name, held_on, kind in found:
        yield Line(
            Found(Subject.EVENT, key),
            name,
            _together(_capital(kind), show_day(held_on)),
            (),
            (("Kind", kind), ("Day", show_day(held_on))),
        )


def _templates(session: Session, _today: date, _places: Mapping[str, str]) -> Iterable[Line]:
    activities = (
        select(func.count())
        .where(TemplateActivity.template_id == PlanTemplate.id)
        .correlate(PlanTemplate)
        .scalar_subquery()
    )
    found: Any = session.execute(
        select(
            PlanTemplate.id, PlanTemplate.name, PlanTemplate.standard_code,
            PlanTemplate.standard_version, Standard.title, activities,
        ).outerjoin(Standard, Standard.code == PlanTemplate.standard_code)
    )  # fmt: skip
    for key, name, code, version, title, count in found:
        yield Line(
            Found(Subject.TEMPLATE, key),
            name,
            _together(
                version_name(code, version) if code else "Any standard",
                _counted(count, "activity", "activities"),
            ),
            (),
            _named(("Standard", code), ("Standard", title)),
        )


def _offers(session: Session, _today: date, _places: Mapping[str, str]) -> Iterable[Line]:
    found: Any = session.execute(
        select(
            LearningOffer.id, LearningOffer.title, LearningOffer.partner, LearningOffer.kind,
            LearningOffer.is_retired,
        )
    )  # fmt: skip
    for key, title, partner, kind, is_retired in found:
        yield Line(
            Found(Subject.OFFER, key),
            title,
            _together(partner, _capital(kind or ""), "Retired" if is_retired else ""),
            (),
            _named(("Partner", partner), ("Kind", kind)),
            (),
            is_retired,
        )


_Reader = Callable[[Session, date, Mapping[str, str]], Iterable[Line]]

_READERS: Mapping[Subject, _Reader] = {
    Subject.APPRENTICE: _apprentices,
    Subject.CONTRACT: _contracts,
    Subject.PROVIDER: _providers,
    Subject.PROCUREMENT: _procurements,
    Subject.DOCUMENT: _documents,
    Subject.SECONDMENT: _secondments,
    Subject.EVENT: _events,
    Subject.TEMPLATE: _templates,
    Subject.OFFER: _offers,
}
