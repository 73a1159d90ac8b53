"""Who is, or was, with a host on which days: one query, however many people are asked about."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from apprentice_desk.domain.calendar import Period
from apprentice_desk.domain.placement_days import HostStay, host_words
from apprentice_desk.records.secondments import Secondment, host_days

HostStays = Mapping[UUID, tuple[HostStay, ...]]
"""The stays of apprenticeships, by their first day; who has none is not in it."""


def host_stays(session: Session, apprenticeship_ids: Collection[UUID] | None = None) -> HostStays:
    """Return the stays that have begun: everybody's, or those of these people."""
    found: defaultdict[UUID, list[HostStay]] = defaultdict(list)
    query = (
        select(Secondment)
        .where(Secondment.apprenticeship_id.is_not(None), Secondment.started_on.is_not(None))
        .order_by(Secondment.started_on, Secondment.code)
    )
    for secondment in session.scalars(query):
        there = host_days(secondment)
        assert there is not None  # asked for so
        if apprenticeship_ids is None or there.apprenticeship_id in apprenticeship_ids:
            found[there.apprenticeship_id].append(_stay(secondment, there.days))
    return {key: tuple(stays) for key, stays in found.items()}


def _stay(secondment: Secondment, days: Period) -> HostStay:
    assert secondment.apprenticeship_id is not None  # whoever has days there is somebody
    return HostStay(
        secondment.id,
        secondment.apprenticeship_id,
        days,
        host_words(secondment.host, secondment.host_name),
        secondment.agreed_end_on,
        secondment.form.is_light,
    )
