"""An activity made of what a partner offers."""

from __future__ import annotations

from apprentice_desk.domain.planning import ActivityDetails, DeliveredBy
from apprentice_desk.records.offers import OfferDetails


def activity_from(offer: OfferDetails) -> ActivityDetails:
    """Return the activity that an offer begins; its hours stay blank where they are not known."""
    return ActivityDetails(
        title=offer.title,
        kind=offer.kind,
        delivered_by=DeliveredBy.PARTNER,
        planned_minutes=offer.minutes,
        link=offer.link,
        note=f"{offer.partner}. {offer.note}".strip(),
    )
