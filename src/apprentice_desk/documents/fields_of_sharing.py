"""The merge fields of what a borough shares with LOTI."""

from __future__ import annotations

from apprentice_desk.documents.field_kinds import (
    MergeField,
    choice,
    day,
    lines,
    number,
    table,
    text,
)
from apprentice_desk.domain.sharing import SharingRole

FIELDS: tuple[MergeField, ...] = (
    text("return_format", "Format of the return"),
    number("return_due_days", "Working days for a return"),
    table("shared_sheets", "Sheets of the return"),
    table("shared_columns", "Columns of the return"),
    table("shared_lists", "Lists that columns take"),
    text(
        "loti_body",
        "Body that answers for LOTI",
        "The organisation that LOTI is part of in law. Ask LOTI.",
        is_kept=True,
    ),
    text("loti_contact", "Whom to ask at LOTI", "Role and email address.", is_kept=True),
    text("loti_signatory", "Who signs for LOTI", "Name and job title.", is_kept=True),
    choice(
        "sharing_role",
        "Who is controller",
        SharingRole,
        "Settle it with the data protection officers of both.",
    ),
    lines(
        "lawful_power",
        "Law that gives the task",
        "Such as section 1 of the Localism Act 2011. Ask your data protection officer.",
        is_kept=True,
    ),
    lines("sent_how", "How the return is sent", "The way, and how it is protected.", is_kept=True),
    number("loti_kept_years", "Years LOTI keeps a return", is_kept=True),
    number("own_kept_years", "Years the council keeps one", is_kept=True),
    day("assessed_on", "Day of the impact assessment", "Leave blank if none was needed."),
    day("sharing_review_by_on", "Looked at again by", "Within a year is usual."),
)
