"""Where each field of a return comes from: a field of a record's form, or what it is worked out of.

A finding names a sheet and a field; this is how it leads to where it can be put right.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType


@dataclass(frozen=True, slots=True)
class Typed:
    """A value that a person types: *field* of the form of a record of *kind*."""

    kind: str
    field: str


@dataclass(frozen=True, slots=True)
class WorkedOut:
    """A value that nobody types: *why* says in a sentence what it is worked out from.

    *kind* is where that stands: "hours" or a kind of record; "" where there is nothing to go to.
    """

    why: str
    kind: str


Origin = Typed | WorkedOut

_HOURS = WorkedOut("Worked out from the hours; correct them on the page Hours.", "hours")
_REVIEWS = WorkedOut("Worked out from the reviews; correct them under Reviews.", "reviews")
_PLAN = WorkedOut(
    "Worked out from the hours required, the days of training and the learning plan;"
    " correct them at the apprentice.",
    "apprentices",
)
_KSBS = WorkedOut(
    "Counted by the program from the standard's KSBs; it stays blank where they are not loaded.", ""
)


def _typed(kind: str, fields: str, **others: str) -> dict[str, Origin]:
    """Return the fields that a form calls the same, and *others* with what it calls them."""
    same: dict[str, Origin] = {name: Typed(kind, name) for name in fields.split()}
    return same | {takes: Typed(kind, field) for takes, field in others.items()}


ORIGINS: Mapping[str, Mapping[str, Origin]] = MappingProxyType(
    {
        "apprentices": _typed(
            "apprentices",
            "standard_code standard_version is_digital role_family employee_type"
            " training_started_on training_planned_end_on apprenticeship_planned_end_on ended_on"
            " agreed_price funding_band_maximum gateway_planned_on grade destination",
            standard_title="standard_code",
            level="standard_code",
            age_band="born_on",
            provider_ukprn="provider_id",
            provider_name="provider_id",
            contract_reference="contract_id",
            required_hours="agreed_minutes",
            withdrawal_group="leaving_reason",
        )
        | {
            "apprentice_code": WorkedOut(
                "The desk made this code when the apprentice was added; it stays the same and"
                " cannot be typed.",
                "apprentices",
            ),
            "apprenticeship_number": WorkedOut(
                "The desk counts each person's apprenticeships; this cannot be typed.",
                "apprentices",
            ),
            "status": WorkedOut(
                "Follows from the days of the apprenticeship, its breaks and its outcome; correct"
                " them at the apprentice.",
                "apprentices",
            ),
            "break_days": WorkedOut(
                "Counted from the breaks in learning; correct them at the apprentice.",
                "apprentices",
            ),
            "planned_to_date_hours": _PLAN,
            "planned_in_period_hours": _PLAN,
            "logged_to_date_hours": _HOURS,
            "logged_in_period_hours": _HOURS,
            "last_review_on": _REVIEWS,
            "reviews_due_in_period": _REVIEWS,
            "reviews_held_in_period": _REVIEWS,
            "ksb_total": _KSBS,
            "ksb_met": _KSBS,
        },
        "contracts": _typed(
            "contracts",
            "regime route framework standard_codes starts_on ends_on extension_to_on notice_by_on"
            " value_limit is_open_to_joint_buying",
            contract_reference="reference",
            provider_ukprn="provider_id",
            provider_name="provider_id",
        )
        | {
            "agreed_to_date": WorkedOut(
                "Added up from the agreed prices of the apprenticeships on this contract; correct"
                " them on the page Apprentices.",
                "apprentices",
            ),
            "paid_to_date": WorkedOut(
                "Added up from the payments under this contract; correct them there.", "contracts"
            ),
            "live_apprentices": WorkedOut(
                "Counted from the apprenticeships on this contract; correct them on the page"
                " Apprentices.",
                "apprentices",
            ),
            "reviews_on_time_percent": _REVIEWS,
            "hours_to_plan_percent": _HOURS,
        },
        "secondments": _typed(
            "secondments",
            "role_family standard_code ksbs home host earliest_start_on latest_start_on weeks"
            " pattern area started_on ended_on",
            apprentice_code="apprenticeship_id",
            apprenticeship_number="apprenticeship_id",
        )
        | {
            "kind": WorkedOut(
                "Whether it is a request or an offer was said when it was added; remove it and"
                " add it anew where that is wrong.",
                "secondments",
            ),
            "status": WorkedOut(
                "It changes with each step on the page Secondments; take the last step back there"
                " where it is wrong.",
                "secondments",
            ),
            "secondment_code": WorkedOut(
                "The desk made this code when the secondment was added; it stays the same and"
                " cannot be typed.",
                "secondments",
            ),
            "logged_hours": WorkedOut(
                "Worked out from the hours logged with the host; correct them on the page Hours.",
                "hours",
            ),
        },
        "pledges": _typed("pledges", "programme_year role_family pledged")
        | {
            "recruited": WorkedOut(
                "Counted from the apprentices; correct them on the page Apprentices.",
                "apprentices",
            ),
            "started": WorkedOut(
                "Counted from the days on which training started; correct them on the page"
                " Apprentices.",
                "apprentices",
            ),
        },
        "characteristics": _typed("characteristics", "on_programme started_in_year")
        | {
            "characteristic": WorkedOut(
                "The characteristics are those of the return; only the numbers are typed.",
                "characteristics",
            ),
            "category": WorkedOut(
                "The categories are DfE's; only the numbers are typed.", "characteristics"
            ),
            "is_suppressed": WorkedOut(
                "Follows from the numbers: small ones are left blank in the return.",
                "characteristics",
            ),
        },
        "network": _typed(
            "network",
            "held_on kind attended",
            event="name",
            counted_hours="counted_minutes",
        ),
        "barriers": _typed(
            "barriers",
            "category what_stands_in_the_way what_helped is_help_wanted may_be_shared",
        ),
    }
)
"""By the sheet's name in the descriptor and the field's `takes`."""


def origin(resource: str, takes: str) -> Origin | None:
    """Return where a field of a sheet comes from; None for one that is not of a return."""
    return ORIGINS.get(resource, {}).get(takes)
