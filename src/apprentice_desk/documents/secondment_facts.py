"""What a desk knows of one secondment, as merge fields."""

from __future__ import annotations

from datetime import date, timedelta
from uuid import UUID

from sqlalchemy.orm import Session

from apprentice_desk import resources
from apprentice_desk.documents.people_facts import facts_of_person, read_person
from apprentice_desk.documents.procurement_facts import Facts, known
from apprentice_desk.records.organisation import organisation_row
from apprentice_desk.records.secondments import Secondment


def facts_of_secondment(session: Session, found: Secondment, today: date) -> Facts:
    """Return what the agreement on a secondment is told.

    The days are those that were agreed, until then those that it took.  Of a host that is no
    borough the name is told that was typed of it, else it is asked for.
    """
    person = (
        None
        if found.apprenticeship_id is None
        else read_person(session, found.apprenticeship_id, today)
    )
    host = resources.borough_by_code(found.host) if found.host else None
    facts = {} if person is None else facts_of_person(person)
    facts |= known(
        {
            "secondment_code": found.code,
            "host_name": found.host_name.strip() if host is None else host.council,
            "secondment_starts_on": found.agreed_start_on or found.started_on,
            "secondment_ends_on": found.agreed_end_on or found.ended_on,
            "secondment_pattern": found.pattern,
            "secondment_ksbs": found.ksbs,
        }
    )
    if found.home:
        facts["is_from_here"] = found.home == organisation_row(session).code
    return facts


def suggested_of_secondment(session: Session, secondment_id: UUID) -> Facts:
    """Return what a form begins with: the days asked for, and who looks after the apprentice there.

    The days go from the earliest start for the weeks asked for.
    """
    found = session.get(Secondment, secondment_id)
    if found is None:
        return {}
    first = found.agreed_start_on or found.started_on or found.earliest_start_on
    last = (
        None
        if first is None or found.weeks is None
        else first + timedelta(weeks=found.weeks, days=-1)
    )
    return known(
        {
            "secondment_starts_on": first,
            "secondment_ends_on": last,
            "host_manager": found.host_supervisor.strip(),
        }
    )
