"""The form of an apprentice: the person and one apprenticeship of theirs."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from apprentice_desk import resources
from apprentice_desk.domain import identifiers
from apprentice_desk.domain.apprenticeship import Outcome
from apprentice_desk.domain.calendar import add_months, show_day
from apprentice_desk.domain.contract_money import PriceFor
from apprentice_desk.domain.money import show_pounds
from apprentice_desk.domain.needs import counted
from apprentice_desk.domain.problems import Problem
from apprentice_desk.domain.vocabulary import Destination, EmployeeType, Grade, RoleFamily
from apprentice_desk.records import providers
from apprentice_desk.records.apprentices import ApprenticeDetails
from apprentice_desk.records.contracts import ContractRow, contract_rows
from apprentice_desk.records.programme_changes import PriceBefore
from apprentice_desk.records.providers import ProviderDetails, ProviderRow, provider_rows
from apprentice_desk.records.standard_uses import option_titles, versions_for_start
from apprentice_desk.records.standard_versions import VersionRow, version_rows
from apprentice_desk.records.standards import StandardRow, listed_on, standard_rows
from apprentice_desk.ui.desk import Desk
from apprentice_desk.ui.destinations import OpenPage
from apprentice_desk.ui.kit import access
from apprentice_desk.ui.kit.dates import DateInput
from apprentice_desk.ui.kit.dialogs import FormDialog
from apprentice_desk.ui.kit.fields import Field
from apprentice_desk.ui.kit.forms import Form
from apprentice_desk.ui.kit.looking_up import LookUpForm
from apprentice_desk.ui.kit.pieces import button
from apprentice_desk.ui.moving.choices import leaving_choices

_PERSON = "Person"
_COURSE = "Apprenticeship"
_DATES = "Dates"
_GATEWAY = "Gateway and assessment"
_PROVIDER = "Provider and price"
_HOURS = "Off-the-job hours"
_PEOPLE = "People"
_END = "How it ended"
_MONTH_HELP = "A month alone is enough."
_NEEDED = ((True, "Needed"), (False, "Not needed"))
_NEEDED_HELP = "Not chosen follows the rule; from 19 on the employer decides."
_LISTED_HELP = "Not chosen follows the list of digital standards."
_SHARE_HELP = "Of what lies within the funding band; 0 while the levy pays all of it."

FIELDS = (
    Field("given_names", "Given names", group=_PERSON),
    Field("family_name", "Family name", group=_PERSON, beside=True),
    Field("born_on", "Date of birth", "date", group=_PERSON),
    Field(
        "uln",
        "Unique learner number",
        "code",
        group=_PERSON,
        beside=True,
        parse=identifiers.check_uln,
        help="Ten figures; blank until it is known.",
    ),
    Field("email", "Email", group=_PERSON),
    Field("employee_reference", "Employee reference", group=_PERSON, beside=True),
    Field(
        "standard_code",
        "Standard",
        "search",
        group=_COURSE,
        width=70,
        help="Type part of its title or its code.",
    ),
    Field("standard_version", "Version", "offered", width=12, group=_COURSE),
    Field("standard_option", "Option", "offered", width=34, group=_COURSE, beside=True),
    Field(
        "employee_type",
        "Came as",
        "choice",
        group=_COURSE,
        choices=tuple(EmployeeType),
    ),
    Field(
        "course_title",
        "Course, where the standard is not known",
        group=_COURSE,
        help="As the provider or the list names it.",
    ),
    Field(
        "is_digital",
        "Digital",
        "choice",
        group=_COURSE,
        choices=((True, "Yes"), (False, "No")),
        width=24,
        help=_LISTED_HELP,
    ),
    Field(
        "role_family",
        "Kind of role",
        "choice",
        group=_COURSE,
        beside=True,
        choices=tuple(RoleFamily),
        width=30,
        help=_LISTED_HELP,
    ),
    Field(
        "training_started_on",
        "Training starts",
        "month date",
        group=_DATES,
        day_given="is_start_day_given",
        help=_MONTH_HELP,
    ),
    Field(
        "training_planned_end_on",
        "Training planned to end",
        "month date",
        group=_DATES,
        beside=True,
        end=True,
        day_given="is_end_day_given",
        help=_MONTH_HELP,
    ),
    Field("gateway_planned_on", "Gateway planned for", "date", group=_DATES),
    Field(
        "apprenticeship_planned_end_on",
        "Apprenticeship planned to end",
        "date",
        group=_DATES,
        beside=True,
        help="With assessment.",
    ),
    Field("assessment_began_on", "Gateway passed on", "date", is_past=True, group=_DATES),
    Field(
        "original_start_on",
        "First started earlier, on",
        "date",
        group=_DATES,
        beside=True,
        help="Elsewhere or with another provider: it chooses the funding rules.",
    ),
    Field("assessment_organisation", "Assessment organisation", group=_GATEWAY, width=50),
    Field(
        "is_english_needed",
        "English",
        "choice",
        group=_GATEWAY,
        choices=_NEEDED,
        width=24,
        help=_NEEDED_HELP,
    ),
    Field("english_met_on", "English achieved on", "date", group=_GATEWAY, beside=True),
    Field(
        "is_maths_needed",
        "Maths",
        "choice",
        group=_GATEWAY,
        choices=_NEEDED,
        width=24,
        help=_NEEDED_HELP,
    ),
    Field("maths_met_on", "Maths achieved on", "date", group=_GATEWAY, beside=True),
    Field("provider_id", "Training provider", "search", group=_PROVIDER, width=50),
    Field("contract_id", "Contract", "search", group=_PROVIDER, width=70),
    Field("provider_reference", "Provider's reference", group=_PROVIDER, width=24),
    Field(
        "agreed_price",
        "Agreed price",
        "money",
        group=_PROVIDER,
        help="Training and assessment together.",
    ),
    Field(
        "funding_band_maximum",
        "Funding band maximum",
        "money",
        group=_PROVIDER,
        beside=True,
        help="At the start date.",
    ),
    Field(
        "price_is_for",
        "The price is for",
        "choice",
        group=_PROVIDER,
        choices=tuple(PriceFor),
        width=44,
    ),
    Field("training_price", "Of the price, training", "money", group=_PROVIDER),
    Field("assessment_price", "Assessment", "money", group=_PROVIDER, beside=True),
    Field(
        "employer_percent",
        "Employer's share",
        "integer",
        group=_PROVIDER,
        unit="per cent",
        help=_SHARE_HELP,
    ),
    Field(
        "agreed_minutes",
        "Hours agreed in the training plan",
        "duration",
        group=_HOURS,
        unit="hours",
        help="Blank takes the minimum of the funding rule.",
    ),
    Field(
        "prior_learning_minutes",
        "Taken off for prior learning",
        "duration",
        group=_HOURS,
        beside=True,
        unit="hours",
    ),
    Field("weekly_minutes", "Contracted hours", "duration", group=_HOURS, unit="a week"),
    Field(
        "weekly_from_on",
        "From",
        "date",
        group=_HOURS,
        beside=True,
        help="Blank: from the start of training. Earlier figures are kept.",
    ),
    Field("line_manager", "Line manager", group=_PEOPLE),
    Field("line_manager_email", "Line manager's email", group=_PEOPLE, beside=True),
    Field("mentor", "Mentor", group=_PEOPLE),
    Field("note", "Note", "long text", group=_PEOPLE),
    Field("ended_on", "Last day", "date", group=_END),
    Field(
        "outcome", "Outcome", "choice", group=_END, beside=True, choices=tuple(Outcome), width=24
    ),
    Field("grade", "Grade", "choice", group=_END, choices=tuple(Grade), width=24),
    Field(
        "destination",
        "Went on to",
        "choice",
        group=_END,
        beside=True,
        choices=tuple(Destination),
        width=24,
    ),
    Field(
        "leaving_reason",
        "Reason for leaving early",
        "choice",
        group=_END,
        help="Stays in this desk; a return carries only its group.",
    ),
)
"""Every attribute of ApprenticeDetails, in the order in which people have them to hand."""


@dataclass(frozen=True, slots=True)
class Offered:
    """What the form offers to choose from."""

    standards: tuple[StandardRow, ...]
    listed_on: date | None
    providers: tuple[ProviderRow, ...]
    contracts: tuple[ContractRow, ...]
    versions: tuple[VersionRow, ...] = ()
    options: Mapping[UUID, tuple[str, ...]] = field(default_factory=dict)
    """Titles of the options of each version that has some."""


def read_offered(session: Any, today: date) -> Offered:
    """Return what the desk has to choose from."""
    return Offered(
        standard_rows(session),
        listed_on(session),
        provider_rows(session),
        contract_rows(session, today),
        version_rows(session),
        option_titles(session),
    )


def _provider_choices(rows: tuple[ProviderRow, ...]) -> list[tuple[UUID, str]]:
    return [(row.id, row.name) for row in rows]


def fields_offering(offered: Offered) -> tuple[Field, ...]:
    """Return FIELDS with the choices of this desk."""
    choices: dict[str, Any] = {
        "standard_code": [(s.code, f"{s.title}{_level(s)} ({s.code})") for s in offered.standards],
        "provider_id": _provider_choices(offered.providers),
        "contract_id": [
            (c.id, f"{c.reference}  {c.title or c.provider_name}") for c in offered.contracts
        ],
        "leaving_reason": leaving_choices(),
    }
    return tuple(
        replace(each, choices=choices[each.name]) if each.name in choices else each
        for each in FIELDS
    )


def _level(standard: StandardRow) -> str:
    return "" if standard.level is None else f", level {standard.level}"


class ApprenticeForm(Form):
    """The form; what the chosen standard usually is stands beside the fields, never in them.

    Only the version is filled in, where it was blank or that of the standard chosen before, and no
    version of the standard is loaded: of those that are, a person chooses.  What the price is for
    is asked only after a change of provider or standard, with the price *before* it.
    """

    def __init__(self, desk: Desk, before: PriceBefore | None = None) -> None:
        offered = desk.store.read(read_offered, desk.clock.today())
        known = fields_offering(offered)
        if before is None:
            known = tuple(each for each in known if each.name != "price_is_for")
        super().__init__(known, ApprenticeDetails, desk.theme, today=desk.clock.today())
        if before is not None:
            self.set_help("price_is_for", before.words())
        self._desk = desk
        self._standards: Mapping[str, StandardRow] = {s.code: s for s in offered.standards}
        self._listed_on = offered.listed_on
        self._versions, self._options = offered.versions, offered.options
        self._offered: dict[str, tuple[str, ...]] = {}
        self._chosen: str | None = None
        self.add_provider = button("Add a provider…", desk.theme, self._on_add_provider)
        self.input("provider_id").across.insertWidget(2, self.add_provider)
        access.follow(self.input("provider_id").target, [self.add_provider])
        self.edited.connect(self._on_edited)

    def open_with(self, details: ApprenticeDetails | None) -> None:
        """Show *details*, with what is usual beside them."""
        self.show_details(details)
        self._chosen = self.value("standard_code")
        self._advise()

    def role_of(self, details: ApprenticeDetails) -> str:
        """Return what a role is called: the standard's title, else as its source names it."""
        standard = self._standards.get(details.standard_code or "")
        return details.course_title if standard is None else standard.title

    def take_version(self, details: ApprenticeDetails) -> None:
        """Type *details* over what is shown, as edits that are not saved yet."""
        for each in self.fields:
            given, value = self.input(each.name), getattr(details, each.name)
            if isinstance(given, DateInput) and each.day_given:
                given.write_day(value, is_day_given=getattr(details, each.day_given))
            else:
                given.write(value)

    def _on_edited(self) -> None:
        chosen = self.value("standard_code")
        if chosen != self._chosen:
            before = self._standards.get(self._chosen or "")
            now = self._standards.get(chosen or "")
            known = {None, "", before.version if before else ""}
            is_loaded = any(each.standard_code == chosen for each in self._versions)
            if now is not None and self.value("standard_version") in known:
                self.set_value("standard_version", "" if is_loaded else now.version)
            self._chosen = chosen
        self._advise()

    def _advise(self) -> None:
        standard = self._standards.get(self._chosen or "")
        family = self._desk.lists.role_families.get(self._chosen or "")
        end_help, band_help, version_help = _MONTH_HELP, "At the start date.", ""
        digital_help, role_help = _LISTED_HELP, _LISTED_HELP
        if standard is not None:
            if standard.version:
                version_help = f"In the list: {standard.version}."
            if standard.typical_months:
                months = standard.typical_months
                end_help = (
                    f"Typical for this standard: {counted(months, 'month')}{self._to(months)}."
                )
            if standard.max_funding is not None:
                on = f" of {show_day(self._listed_on)}" if self._listed_on else ""
                band_help = (
                    f"At the start date. {show_pounds(standard.max_funding)} in the list{on}."
                )
            is_listed = "on" if family is not None else "not on"
            digital_help = f"Not chosen follows the list: this standard is {is_listed} it."
            role_help = f"Not chosen follows the list: {family or 'none given'}."
        version_help = self._advise_version() or version_help
        self.set_help("training_planned_end_on", end_help)
        self.set_help("funding_band_maximum", band_help)
        self.set_help("employer_percent", self._advise_share())
        self.set_help("standard_version", version_help)
        self.set_help("is_digital", digital_help)
        self.set_help("role_family", role_help)

    def _advise_share(self) -> str:
        """Say what the employer's share usually is for the start; it is never filled in."""
        start = self.value("original_start_on") or self.value("training_started_on")
        if start is None:
            return _SHARE_HELP
        try:
            rule = resources.funding_rules().co_investment_for(start)
        except Problem as problem:
            return f"{_SHARE_HELP} {problem.what}"
        usual = f"For this start it is usually {rule.employer_percent} where the levy has run out."
        return f"{_SHARE_HELP} {usual} {rule.note}"

    def _advise_version(self) -> str:
        """Offer the versions that are loaded, and their options; return which fits the start."""
        code, typed = self._chosen, self.value("standard_version") or ""
        versions = [each for each in self._versions if each.standard_code == code]
        chosen = next((each for each in versions if each.version == typed), None)
        titles = () if chosen is None else self._options.get(chosen.id, ())
        self._offer("standard_version", tuple(each.version for each in versions))
        self._offer("standard_option", titles)
        option = self.value("standard_option") or ""
        option_help = ""
        if titles and option not in titles:
            option_help = "Choose one: it says which knowledge and skills are asked."
        self.set_help("standard_option", option_help)
        if not versions:
            return ""
        start = self.value("original_start_on") or self.value("training_started_on")
        if start is None:
            return f"Loaded: {', '.join(each.version for each in versions)}."
        fitting = versions_for_start(versions, code or "", start)
        fits = " or ".join(each.version for each in fitting)
        if not fits:
            return f"None that is loaded takes a start on {show_day(start)}."
        is_wrong = chosen is not None and chosen not in fitting
        but = f" {typed} does not." if is_wrong else ""
        return f"{fits} takes a start on {show_day(start)}.{but}"

    def _offer(self, name: str, words: tuple[str, ...]) -> None:
        if self._offered.get(name) != words:
            self._offered[name] = words
            self.set_choices(name, words)

    def _to(self, months: int) -> str:
        started_on = self.value("training_started_on")
        if started_on is None:
            return ""
        return f", to {show_day(add_months(started_on, months) - timedelta(days=1))}"

    # another provider

    def _on_add_provider(self) -> None:
        form = ProviderForm(self._desk)
        FormDialog(
            form,
            "Add a provider",
            "Add provider",
            self._add_provider,
            self._desk.theme,
            self,
            draft=self._desk.draft(
                "provider:new", "Add a provider", OpenPage("apprentices"), is_new=True
            ),
        ).open()

    def _add_provider(self, details: ProviderDetails) -> list[Any] | None:
        if found := providers.check(details):
            return found
        with self._desk.change(f"Add {details.name.strip()}") as session:
            provider_id = providers.add_provider(session, details)
        rows = self._desk.store.read(provider_rows)
        self.set_choices("provider_id", _provider_choices(rows))
        self.set_value("provider_id", provider_id)
        self.edited.emit()
        self.focus("provider_id")
        return None


class ProviderForm(LookUpForm):
    """Name and UKPRN of a provider; a UKPRN that is known fills in the name."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(
            (
                Field(
                    "ukprn",
                    "UKPRN",
                    "code",
                    parse=identifiers.check_ukprn,
                    help="Eight figures beginning with 1. Where it is known the name is filled in.",
                ),
                Field("name", "Name", required=True),
            ),
            ProviderDetails,
            desk.theme,
            by="ukprn",
            fills="name",
            known=resources.provider_names(),
        )
