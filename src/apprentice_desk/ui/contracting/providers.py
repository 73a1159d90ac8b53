"""The form of a provider: its UKPRN, looked up where it is known, and its name."""

from __future__ import annotations

from uuid import UUID

from PySide6.QtWidgets import QWidget

from apprentice_desk import resources
from apprentice_desk.domain import identifiers
from apprentice_desk.domain.findings import Finding
from apprentice_desk.records import providers
from apprentice_desk.records.providers import ProviderDetails
from apprentice_desk.ui.desk import Desk
from apprentice_desk.ui.destinations import OpenProvider
from apprentice_desk.ui.kit.dialogs import FormDialog
from apprentice_desk.ui.kit.fields import Field
from apprentice_desk.ui.kit.looking_up import LookUpForm

PROVIDER_FIELDS = (
    Field(
        "ukprn",
        "UKPRN",
        "code",
        parse=identifiers.check_ukprn,
        help="Eight figures beginning with 1. Where it is known the name is filled in.",
    ),
    Field("name", "Name", required=True),
)


def provider_form(desk: Desk) -> LookUpForm:
    """Return the empty form of a provider."""
    return LookUpForm(
        PROVIDER_FIELDS,
        ProviderDetails,
        desk.theme,
        by="ukprn",
        fills="name",
        known=resources.provider_names(),
    )


def correct_provider(
    desk: Desk, provider_id: UUID, details: ProviderDetails, parent: QWidget
) -> FormDialog:
    """Put a provider's UKPRN or name right."""
    title = f"Correct {details.name}"

    def save(given: ProviderDetails) -> list[Finding]:
        found = providers.check(given)
        if not found:
            with desk.change(title) as session:
                providers.correct_provider(session, provider_id, given)
        return found

    form = provider_form(desk)
    form.show_details(details)
    draft = desk.draft(f"ProviderDetails:{provider_id}", title, OpenProvider(provider_id))
    dialog = FormDialog(form, title, "Save", save, desk.theme, parent, draft=draft)
    dialog.open()
    return dialog
