"""The merge fields of a contract and its order form."""

from __future__ import annotations

from apprentice_desk.documents.field_kinds import (
    MergeField,
    choice,
    lines,
    money,
    number,
    points,
    table,
    text,
    yes_no,
)
from apprentice_desk.domain.vocabulary import DataRole

FIELDS: tuple[MergeField, ...] = (
    # --- a contract
    text("contract_reference", "Reference of the contract"),
    text("contract_title", "What the contract is for"),
    text("call_off_reference", "Reference of the call-off"),
    text("provider_name", "The provider's name"),
    text("provider_ukprn", "The provider's UKPRN"),
    lines("provider_address", "The provider's address"),
    text("provider_signatory", "Who signs for the provider"),
    text("provider_contact", "Contract manager", "The provider's."),
    text("provider_email", "The provider's email", "Where notices to it go."),
    table("prices", "Prices agreed"),
    yes_no("prices_above_band", "Whether a price is above its band", is_of_desk=True),
    points("extensions", "Extensions agreed"),
    text("notice_period", "Notice period", "Such as 3 months."),
    choice(
        "data_role",
        "Data-protection role",
        DataRole,
        "What the provider is in the law on personal data.",
    ),
    yes_no("is_open_to_joint_buying", "Open to other boroughs?", "Whether they may buy under it."),
    table("measures", "Key performance indicators"),
    text("looked_after_by", "Who looks after the contract"),
    text("monthly_share", "Share paid by month"),
    text("completion_share", "Share paid at completion"),
    number("payment_days", "Days to pay an invoice", "Such as 30.", is_kept=True),
    money("public_liability", "Public liability insurance", is_kept=True),
    money("employers_liability", "Employers' liability insurance", is_kept=True),
    money("professional_indemnity", "Professional indemnity", is_kept=True),
    money(
        "liability_limit",
        "Limit of liability",
        "The most that either side owes the other.",
        is_kept=True,
    ),
    text("data_protection_contact", "Data protection officer", is_kept=True),
    text("safeguarding_contact", "Safeguarding contact", "The council's.", is_kept=True),
    number(
        "data_kept_years",
        "Years that data are kept",
        "By the provider, after the end.",
        is_kept=True,
    ),
    lines("social_value", "Social value promised"),
    # --- the order form
    text("provider_number", "Company or charity number", "Leave blank if none."),
    points(
        "contract_documents",
        "Other contract documents",
        "One a line, such as the invitation and the provider's bid, each with its date.",
        is_of_desk=False,
    ),
    text(
        "processing_more",
        "More that is done with data",
        "What the provider does for the council besides, such as sifting applications.",
    ),
)
