"""Contracts: their list, and their form with the provider and the standards chosen in it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

from PySide6.QtWidgets import QVBoxLayout

from apprentice_desk import resources
from apprentice_desk.domain.apprenticeship import LIVE
from apprentice_desk.domain.findings import Finding
from apprentice_desk.domain.money import show_pounds
from apprentice_desk.domain.vocabulary import DataRole, NoticeUnit, Regime, Route
from apprentice_desk.records import contracts, providers
from apprentice_desk.records.contracts import ContractDetails, ContractRow
from apprentice_desk.records.providers import ProviderDetails, ProviderRow, provider_rows
from apprentice_desk.records.standards import StandardRow, standard_rows
from apprentice_desk.ui.contracting.money import limit_in_words
from apprentice_desk.ui.contracting.payments import Payments
from apprentice_desk.ui.contracting.providers import provider_form
from apprentice_desk.ui.contracting.record_list import RecordList
from apprentice_desk.ui.contracting.standing import notice_in_words, standing
from apprentice_desk.ui.desk import Desk
from apprentice_desk.ui.kit import access
from apprentice_desk.ui.kit.arranging import Flow
from apprentice_desk.ui.kit.dialogs import FormDialog
from apprentice_desk.ui.kit.fields import Field
from apprentice_desk.ui.kit.forms import Form
from apprentice_desk.ui.kit.pieces import button
from apprentice_desk.ui.kit.rows import Column
from apprentice_desk.ui.recording.choices import (
    day_in_table,
    day_in_words,
    provider_choices,
    standard_choices,
    words,
    yes_or_no,
)
from apprentice_desk.ui.recording.kind import PEOPLE_TABLES, Kind, MorePart, Shown, people

_WHO = "What it is and with whom"
_LAW = "How it was awarded"
_DAYS = "Days and money"
_MORE = "Law on personal data, and what else is worth knowing"

FIELDS = (
    Field(
        "reference",
        "Reference",
        required=True,
        group=_WHO,
        width=24,
        help="Leaves the borough with the return: no name of a person in it.",
    ),
    Field(
        "title",
        "Title",
        group=_WHO,
        help="What it is for, as the order form says it. No return carries it.",
    ),
    Field(
        "provider_id",
        "Training provider",
        "search",
        required=True,
        group=_WHO,
        width=50,
        help="Not in the list? Add it by its UKPRN.",
    ),
    Field("standard_codes", "Standards", group=_WHO, width=50),
    Field("regime", "Procurement law", "choice", group=_LAW, choices=tuple(Regime), width=28),
    Field("route", "Route to market", "choice", group=_LAW, choices=tuple(Route), width=44),
    Field(
        "framework",
        "Framework",
        group=_LAW,
        help="Its name, where the contract is a call-off.",
    ),
    Field("framework_ends_on", "Framework ends", "date", group=_LAW),
    Field("call_off_reference", "Call-off reference", group=_LAW, width=24),
    Field("lots", "Lots", group=_LAW, width=24, beside=True),
    Field(
        "notices",
        "Published notices",
        group=_LAW,
        help="Their numbers, as Find a Tender or Contracts Finder gives them.",
    ),
    Field("starts_on", "Starts", "date", group=_DAYS),
    Field("ends_on", "Ends", "date", group=_DAYS, beside=True),
    Field(
        "extension_to_on",
        "May be extended to",
        "date",
        group=_DAYS,
        help="The furthest day. Single extensions stand on the page of the contract.",
    ),
    Field("notice_count", "Notice period", "integer", group=_DAYS, width=8),
    Field(
        "notice_unit",
        "Counted in",
        "choice",
        group=_DAYS,
        choices=tuple(NoticeUnit),
        width=18,
        beside=True,
    ),
    Field(
        "notice_by_on",
        "Notice by",
        "date",
        group=_DAYS,
        help="Leave it blank to have it worked out from the period.",
    ),
    Field(
        "notice_for_on",
        "For the end on",
        "date",
        group=_DAYS,
        beside=True,
        help="Blank: for the first end after that day.",
    ),
    Field("value_limit", "Most that may be spent", "money", group=_DAYS),
    Field(
        "is_limit_with_vat",
        "That is",
        "choice",
        group=_DAYS,
        choices=((True, "with VAT"), (False, "without VAT")),
        width=18,
        beside=True,
    ),
    Field(
        "is_open_to_joint_buying",
        "Open to joint buying",
        "yes-no",
        group=_DAYS,
        help="Whether other boroughs may ask to buy together with you.",
    ),
    Field(
        "data_role",
        "The provider is",
        "choice",
        group=_MORE,
        choices=tuple(DataRole),
        width=40,
        help="What the contract says that it is for the personal data of apprentices.",
    ),
    Field(
        "looked_after_by",
        "Looked after by",
        group=_MORE,
        width=40,
        help="Who sees to this contract, as the order form names them. No return carries it.",
    ),
    Field("note", "Note", "long text", group=_MORE, help="Stays in this desk."),
)
"""Every attribute of ContractDetails."""

_STANDARDS_HELP = "Codes separated by a semicolon, or add them from the catalogue."


@dataclass(frozen=True, slots=True)
class _Standard:
    code: str | None = None


class ContractForm(Form):
    """The form; a provider can be added or put right in it, and standards searched."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._providers = desk.store.read(provider_rows)
        self._standards = {row.code: row for row in desk.store.read(standard_rows)}
        super().__init__(
            fields_offering(self._providers), ContractDetails, desk.theme, today=desk.clock.today()
        )
        self.add_provider = button("Add a provider…", desk.theme, self._on_add_provider)
        self.correct_provider = button("Correct it…", desk.theme, self._on_correct_provider)
        access.name(self.correct_provider, "Correct the provider's name or UKPRN")
        self.add_standard = button("Add a standard…", desk.theme, self._on_add_standard)
        both = Flow([self.add_provider, self.correct_provider], desk.theme)
        self.input("provider_id").across.insertWidget(2, both, 1)
        access.follow(self.input("provider_id").target, [self.add_provider, self.correct_provider])
        self.input("standard_codes").across.insertWidget(1, self.add_standard)
        access.follow(self.input("standard_codes").target, [self.add_standard])
        self.edited.connect(self._advise)
        self._advise()

    def show_details(self, details: Any) -> None:
        """Show *details*, with the standards in words."""
        super().show_details(details)
        if hasattr(self, "add_standard"):
            self._advise()

    def _advise(self) -> None:
        self.correct_provider.setEnabled(self.value("provider_id") is not None)
        self.set_help("standard_codes", _in_words(self.value("standard_codes"), self._standards))

    # the provider

    def _on_add_provider(self) -> None:
        def save(details: ProviderDetails) -> list[Finding] | None:
            if found := providers.check(details):
                return found
            with self._desk.change(f"Add {details.name.strip()}") as session:
                provider_id = providers.add_provider(session, details)
            self._take_provider(provider_id)
            return None

        self._ask(provider_form(self._desk), "Add a provider", "Add provider", save)

    def _on_correct_provider(self) -> None:
        chosen = self.value("provider_id")
        row = next((row for row in self._providers if row.id == chosen), None)
        if row is None:
            return

        def save(details: ProviderDetails) -> list[Finding] | None:
            if found := providers.check(details):
                return found
            with self._desk.change(f"Correct {row.name}") as session:
                providers.correct_provider(session, row.id, details)
            self._take_provider(row.id)
            return None

        form = provider_form(self._desk)
        form.show_details(ProviderDetails(row.name, row.ukprn))
        self._ask(form, f"Correct {row.name}", "Save", save)

    def _take_provider(self, provider_id: UUID) -> None:
        self._providers = self._desk.store.read(provider_rows)
        self.set_value("provider_id", None)  # or a name that is no more would stay in the list
        self.set_choices("provider_id", provider_choices(self._providers))
        self.set_value("provider_id", provider_id)
        self.edited.emit()
        self.focus("provider_id")

    # the standards

    def _on_add_standard(self) -> None:
        form = Form(
            (
                Field(
                    "code",
                    "Standard",
                    "search",
                    required=True,
                    width=70,
                    choices=standard_choices(tuple(self._standards.values())),
                    help="Type part of its title or its code.",
                ),
            ),
            _Standard,
            self._desk.theme,
        )

        def save(chosen: _Standard) -> None:
            typed = self.value("standard_codes") or ""
            codes = [part.strip() for part in typed.split(";") if part.strip()]
            if chosen.code is not None and chosen.code not in codes:
                codes.append(chosen.code)
            self.set_value("standard_codes", "; ".join(codes))
            self.edited.emit()
            self.focus("standard_codes")

        self._ask(form, "Add a standard", "Add standard", save)

    def _ask(self, form: Form, title: str, confirm: str, save: Any) -> None:
        FormDialog(form, title, confirm, save, self._desk.theme, self).open()


def fields_offering(rows: tuple[ProviderRow, ...]) -> tuple[Field, ...]:
    """Return FIELDS with the providers of this desk."""
    return tuple(
        replace(field, choices=provider_choices(rows)) if field.name == "provider_id" else field
        for field in FIELDS
    )


def _in_words(typed: str | None, standards: dict[str, StandardRow]) -> str:
    """Return the titles of the codes typed, and which of them the catalogue does not have."""
    known, unknown = [], []
    for part in (typed or "").replace(",", ";").split(";"):
        code = part.strip().upper()
        if code in standards:
            known.append(standards[code].title)
        elif code:
            unknown.append(code)
    said = [" · ".join(known)] if known else []
    if unknown:
        said.append(f"Not in the catalogue: {', '.join(unknown)}.")
    return "  ".join(said) or _STANDARDS_HELP


TABLES = (
    "contract", "contract_extension", "contract_expiry", "payment", "provider", *PEOPLE_TABLES,
)  # fmt: skip
"""What a list of contracts is made of."""


class Contracts(Kind):
    """Contracts with providers; their payments stand in the panel."""

    name = "contracts"
    title = "Contracts"
    thing = "contract"
    about = "One line of the sheet Contracts each, with what was agreed and paid under it"
    tables = TABLES
    filter_by = "reference, provider"
    empty = ("No contracts yet", "Add the contracts under which apprentices are trained.")
    details_class = ContractDetails
    columns = (
        Column("Reference", lambda shown: shown.title, kind="strong", width=16),
        Column("Provider", lambda shown: shown.row.provider_name, width=20),
        Column(
            "Ends",
            lambda shown: day_in_table(shown.row.ends_on),
            sort=lambda shown: shown.row.ends_on,
            holds="date",
            value=lambda shown: shown.row.ends_on,
            width=11,
        ),
        Column(
            "Paid",
            lambda shown: show_pounds(shown.row.paid_to_date),
            sort=lambda shown: shown.row.paid_to_date,
            right=True,
            width=12,
        ),
        Column("How it stands", lambda shown: shown.badge, kind="badge", width=15),
    )
    stretch = 1
    can_do_without = (3, 1)

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._live: dict[str, int] = {}
        self._titles: dict[str, str] = {}

    def read(self, session: Any) -> tuple[Shown, ...]:
        """Return the contracts by reference, with what was paid up to today."""
        today = self.desk.clock.today()
        self._live = {}
        for person in people(self.desk):
            if person.status in LIVE and person.contract_reference:
                reference = person.contract_reference
                self._live[reference] = self._live.get(reference, 0) + 1
        self._titles = {row.code: row.title for row in standard_rows(session)}
        return tuple(
            Shown(
                row.id,
                row.reference,
                None,
                row,
                " · ".join(part for part in (row.provider_name, row.title) if part),
                standing(row.term, today, resources.bank_holidays()),
            )
            for row in contracts.contract_rows(session, today)
        )

    def facts(self, shown: Shown) -> list[tuple[str, str]]:
        """Return what is known of a contract."""
        row: ContractRow = shown.row
        standards = [code for code in row.standard_codes.split("; ") if code]
        today = self.desk.clock.today()
        return [
            ("UKPRN", row.provider_ukprn or ""),
            ("Procurement law", words(row.regime)),
            ("Route", words(row.route)),
            ("Framework", row.framework or "none"),
            (
                "Standards",
                "; ".join(f"{self._titles.get(code, '')} {code}".strip() for code in standards),
            ),
            ("Starts", day_in_words(row.starts_on)),
            ("Ends", day_in_words(row.ends_on)),
            ("Extension to", day_in_words(row.extension_to_on) or "none"),
            ("Notice by", notice_in_words(row.term, today, resources.bank_holidays())),
            ("Value limit", limit_in_words(row.value_limit, is_with_vat=row.is_limit_with_vat)),
            ("Live apprentices", str(self._live.get(row.reference, 0))),
            ("Joint buying", yes_or_no(is_so=row.is_open_to_joint_buying)),
        ]

    def more(self) -> MorePart:
        """Return the payments, for the panel."""
        return _PaymentsPart(self.desk)

    def fields(self) -> tuple[Field, ...]:
        """Return the fields with the providers of this desk."""
        return fields_offering(self.desk.store.read(provider_rows))

    def form(self) -> Form:
        """Return a form in which providers and standards can be added."""
        return ContractForm(self.desk)

    def check(self, details: ContractDetails, record_id: UUID | None) -> list[Finding]:
        """Return what is wrong with a contract."""
        found = contracts.check(details)
        if found or record_id is None:
            return found
        return self.desk.store.read(contracts.check_beside, record_id, details)

    def named(self, details: ContractDetails) -> str:
        """Return its reference."""
        return f"contract {details.reference.strip()}"

    def details(self, session: Any, record_id: UUID) -> ContractDetails:
        """Return what the form edits."""
        return contracts.contract_details(session, record_id)

    def add(self, session: Any, details: ContractDetails) -> UUID:
        """Record a contract."""
        return contracts.award(session, details)

    def correct(self, session: Any, record_id: UUID, details: ContractDetails) -> None:
        """Replace a contract's details."""
        contracts.correct_contract(session, record_id, details)

    def remove(self, session: Any, record_id: UUID) -> None:
        """Remove a contract; refused while somebody is on it or money was paid."""
        contracts.remove_contract(session, record_id)

    def what_removing_means(self, _shown: Shown) -> str:
        """Say whom it is for."""
        return (
            "This is for contracts entered by mistake: the contract goes out of the desk and out of"
            " the next return. Undo brings it back. A contract that has ended stays."
        )


class _PaymentsPart(MorePart):
    """The payments of the contract in the panel, below what was paid under it."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._payments = Payments(desk)
        self.list = RecordList(self._payments, "Add payment…")
        down = QVBoxLayout(self)
        down.setContentsMargins(0, 0, 0, 0)
        down.addWidget(self.list)

    def show_record(self, shown: Shown) -> None:
        """Show the payments of one contract."""
        self._payments.show_contract(shown.id, shown.title)
        self.list.refresh()
        paid = show_pounds(shown.row.paid_to_date)
        has_some = bool(self.list.model.total)
        self.list.heading.setText(f"Payments, {paid} to date" if has_some else "Payments")
