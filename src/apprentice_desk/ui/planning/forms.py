"""The fields of an activity, of a line of a template and of an offer."""

from __future__ import annotations

from apprentice_desk.domain import ksb_codes
from apprentice_desk.domain.hours_rules import Activity
from apprentice_desk.domain.planning import DeliveredBy
from apprentice_desk.ui.kit.fields import Field


def ksbs_typed(text: str) -> str:
    """Return codes in their shortest form; ValueError with a sentence for what is no code."""
    return ksb_codes.write(ksb_codes.read(text))


def short(text: str) -> str:
    """Return *text* so that a sentence has room for it."""
    longest = 60
    return text if len(text) <= longest else f"{text[: longest - 1].rstrip()}…"


_TITLE = Field("title", "Activity", required=True, width=60)
_KIND = Field("kind", "Kind", "choice", choices=tuple(Activity), width=28)
_BY = Field("delivered_by", "Given by", "choice", choices=tuple(DeliveredBy), beside=True, width=16)
_HOURS = Field(
    "planned_minutes", "Planned hours", "duration", required=True,
    help="For example 7:30. Write 0 where no time is set aside for it.",
)  # fmt: skip
_KSBS = Field(
    "ksbs", "KSBs", beside=True, width=28, parse=ksbs_typed, show=str,
    help="Such as K4-7, S1-2.",
)  # fmt: skip
_MUST = Field(
    "is_mandatory", "Mandatory", "tick", help="It has to be done before the gateway.",
)  # fmt: skip
_LINK = Field("link", "Link", width=60, help="Where the course is, such as https://www.gov.uk/")

ACTIVITY_FIELDS = (
    _TITLE,
    _KIND,
    _BY,
    Field("starts_on", "First day", "date", help="Blank where it is one day."),
    Field("due_on", "Last day", "date", beside=True, help="By then it counts as planned."),
    _HOURS,
    _KSBS,
    _MUST,
    _LINK,
    Field("note", "Note", "long text", rows=2),
)
"""Every attribute of ActivityDetails."""

FOR_SEVERAL_FIELDS = tuple(each for each in ACTIVITY_FIELDS if each.name not in ("link", "note"))
"""Those that are asked where an offer becomes an activity of several; the others it brings."""

LINE_FIELDS = (
    _TITLE,
    _KIND,
    _BY,
    Field(
        "starts_after_days", "First day", "integer", unit="days after the start",
        help="0 is the first day of training.",
    ),
    Field("due_after_days", "Last day", "integer", beside=True, unit="days after the start"),
    _HOURS,
    _KSBS,
    _MUST,
    _LINK,
)  # fmt: skip
"""Every attribute of TemplateLine."""

TEMPLATE_FIELDS = (
    Field("name", "Name", required=True, width=50),
    Field(
        "standard_code", "Standard", "code", width=12,
        help="Such as ST0116. Blank where it is for any standard.",
    ),
    Field("standard_version", "Version", "code", beside=True, width=8, help="Such as 1.1."),
    Field("note", "Note", "long text", rows=3),
)  # fmt: skip
"""Every attribute of TemplateDetails."""

OFFER_FIELDS = (
    Field("title", "Offer", required=True, width=60),
    Field("partner", "Partner", required=True, width=40, help="Who gives it."),
    _KIND,
    Field(
        "minutes", "Hours", "duration", beside=True,
        help="Blank where they are not known: none are guessed.",
    ),
    _LINK,
    Field("note", "What it is", "long text", rows=3),
    Field("source", "Source", width=60, help="Where you read of it; check before you rely on it."),
)  # fmt: skip
"""Every attribute of OfferDetails."""
