"""The sample boroughs: desks of invented people, made from ``resources/sample``.

Days are counted back from the day that the sample is made, and every choice of chance is seeded,
so that the same day gives the same sample.  With them come the returns of a first programme, under
the names of real boroughs (see ``first_programme``).
"""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Mapping
from datetime import date, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from apprentice_desk import private_files, resources
from apprentice_desk.commands import (
    desks,
    first_programme,
    returning,
    sample_care,
    sample_course,
    sample_history,
    sample_hours,
    sample_levy,
    sample_lists,
    sample_network,
    sample_payments,
    sample_people,
    sample_procurements,
    sample_programme,
    sample_secondments,
)
from apprentice_desk.commands.sample_people import monday, months_ago
from apprentice_desk.domain.calendar import FinancialYear, Quarter, add_months
from apprentice_desk.domain.contract_files import kind_of
from apprentice_desk.domain.problems import Problem
from apprentice_desk.domain.vocabulary import (
    BarrierCategory,
    Characteristic,
    DataRole,
    EventKind,
    ExpiryKind,
    NoticeUnit,
    Regime,
    RoleFamily,
    Route,
)
from apprentice_desk.records import (
    contract_days,
    contracts,
    filing,
    network,
    organisation,
    providers,
)
from apprentice_desk.records.contract_days import ExpiryDetails, ExtensionDetails
from apprentice_desk.records.contracts import ContractDetails
from apprentice_desk.records.filing import ContractFileDetails
from apprentice_desk.records.network import BarrierDetails, EventDetails
from apprentice_desk.records.providers import ProviderDetails
from apprentice_desk.records.store import Store

SAMPLES = ("exampleton.toml", "sampleford.toml")

_PENNY = Decimal("0.01")


def write(folder: str, today: date, prepared_at: datetime) -> int:
    """Write the sample into *folder* and say what is there."""
    if not folder.strip():
        raise Problem("No folder was named.", "Say where the sample is to be written: --to FOLDER")
    for path in write_sample(Path(folder), today, prepared_at):
        print(path)
    written = first_programme.write_returns(Path(folder) / "returns")
    for period, count in Counter(path.parent for path in written).items():
        print(f"{period}: {count} returns of the first programme")
    return 0


def make_sample_desk(location: Path, name: str, today: date) -> Store:
    """Make the sample desk that ``resources/sample/NAME`` describes, and open it."""
    sample: dict[str, Any] = resources.load_toml("sample", name)
    borough = desks.find_borough(sample["borough"])
    store = desks.make_desk(location, borough, sample["team"])
    filling = _Filling(sample, today)
    try:
        sample_history.send_returns(store, sample.get("history", {}), today, filling.fill_until)
        with store.change("Fill the sample desk", is_final=True) as session:
            filling.fill_until(session, None)
            filling.finish(session)
    except BaseException:
        store.close()
        raise
    return store


def write_sample(folder: Path, today: date, prepared_at: datetime) -> list[Path]:
    """Write sample desks, the first one's lists, and the desks' returns; return what was written.

    Raises Problem when the folder has desks in it already, or cannot be made.
    """
    try:
        for made in (folder / "lists", folder / "returns"):
            private_files.make_folder(made)
    except OSError as error:
        raise Problem(
            f"The folder “{folder}” cannot be made.", "Choose another place for the sample."
        ) from error
    written = []
    this_quarter = Quarter.containing(today)
    for name in SAMPLES:
        sample: dict[str, Any] = resources.load_toml("sample", name)
        location = folder / sample["desk"]
        if location.exists():
            raise Problem(f"{location.name} is in that folder already.", "Choose an empty folder.")
        store = make_sample_desk(location, name, today)
        try:
            written.append(location)
            if name == SAMPLES[0]:
                written += sample_lists.write_lists(folder / "lists", store, today)
            for quarter in (this_quarter.previous(), this_quarter):
                file = folder / "returns" / f"{sample['desk'].removesuffix('.desk')} {quarter}.xlsx"
                returning.export(
                    store,
                    quarter,
                    file,
                    prepared_at=prepared_at,
                    prepared_by="sample",
                    send_anyway=True,
                )
                written.append(file)
        finally:
            store.close()
    return written


class _Filling:
    """What of a sample is in its desk so far, so that past returns say only what was known."""

    def __init__(self, sample: Mapping[str, Any], today: date) -> None:
        self._sample = sample
        self._today = today
        self._chance = random.Random(sample["borough"])  # noqa: S311 - a sample, not a secret
        self._learned = sample_people.Learned.load()
        self._providers: dict[str, UUID] = {}
        self._awarded: dict[str, tuple[UUID, UUID]] = {}
        self._enrolled: dict[str, UUID] = {}
        self._managers = {
            f"{entry['given_names']} {entry['family_name']}": entry["line_manager"]
            for entry in sample["apprentice"]
        }
        self._seconded: set[int] = set()
        self._held: set[int] = set()
        self._invoices: list[sample_payments.Invoice] = []

    def fill_until(self, session: Session, last: date | None) -> None:
        """Put in what was known on *last*; None: everything that has to do with people."""
        if not self._providers:
            self._pledge(session)
        for entry in self._sample["provider"]:
            if entry["name"] not in self._providers:
                details = ProviderDetails(entry["name"], entry["ukprn"])
                self._providers[entry["name"]] = providers.add_provider(session, details)
        for entry in self._sample["contract"]:
            if entry["reference"] not in self._awarded and self._has_begun(entry, last):
                provider_id = self._providers[entry["provider"]]
                contract_id = _award(session, entry, provider_id, self._today)
                self._awarded[entry["reference"]] = contract_id, provider_id
                self._invoices += sample_payments.agree(
                    session,
                    contract_id,
                    entry,
                    self._sample["apprentice"],
                    self._chance,
                    self._today,
                )
        for entry in self._sample["apprentice"]:
            name = f"{entry['given_names']} {entry['family_name']}"
            if name not in self._enrolled and self._has_begun(entry, last):
                self._enrolled[name] = sample_people.enrol(
                    session, entry, self._awarded, self._learned, self._chance, self._today
                )
        self._invoices = sample_payments.pay(session, self._invoices, last, self._today)
        for number, entry in enumerate(self._sample["secondment"]):
            if number not in self._seconded and self._is_over(entry, last):
                self._seconded.add(number)
                sample_secondments.second(
                    session, entry, self._enrolled, self._managers, self._chance, self._today
                )
        for number, entry in enumerate(self._sample["event"]):
            if number not in self._held:
                self._held.add(number)
                _record_event(session, entry, self._today)

    def finish(self, session: Session) -> None:
        """Put in what has no day, as it is now, and what became of the hours."""
        sample_hours.keep_the_book(session, self._today)
        if self._sample.get("has_courses", False):
            sample_course.load_version(session, self._today)
            sample_course.keep_the_course(session, self._enrolled, self._today)
        if self._sample.get("has_care", False):
            contract_ids = [contract_id for contract_id, _ in self._awarded.values()]
            sample_care.look_after_providers(session, contract_ids, self._providers, self._today)
            sample_procurements.procure(session, self._providers, self._today)
            sample_levy.keep_the_levy(session, self._today)
            sample_programme.tell_of_the_programme(session, self._enrolled, self._today)
            sample_network.meet(session, self._enrolled, self._today)
        for entry in self._sample["total"]:
            organisation.set_total(
                session,
                Characteristic(entry["characteristic"]),
                entry["category"],
                entry["on_programme"],
                entry["started_in_year"],
            )
        for entry in self._sample["barrier"]:
            network.note_barrier(
                session, BarrierDetails(**entry | {"category": BarrierCategory(entry["category"])})
            )

    def _pledge(self, session: Session) -> None:
        year = FinancialYear.containing(self._today).first_year
        for entry in self._sample.get("pledge", ()):
            for years_ago, count in enumerate([entry["pledged"], *entry.get("before", ())]):
                family = RoleFamily(entry["role_family"])
                organisation.pledge(session, year - years_ago, family, count)

    def _has_begun(self, entry: Mapping[str, Any], last: date | None) -> bool:
        return last is None or months_ago(self._today, entry["began_months_ago"]) <= last

    def _is_over(self, entry: Mapping[str, Any], last: date | None) -> bool:
        if last is None:
            return True
        weeks = entry.get("ended_in_weeks", entry.get("latest_in_weeks"))
        return (
            weeks is not None
            and monday(self._today) + timedelta(weeks=weeks) <= last
            and ("apprentice" not in entry or entry["apprentice"] in self._enrolled)
        )


def _record_event(session: Session, entry: dict[str, Any], today: date) -> None:
    network.record_event(
        session,
        EventDetails(
            name=entry["name"],
            held_on=monday(today) - timedelta(weeks=entry["weeks_ago"]) + timedelta(days=2),
            kind=EventKind(entry["kind"]),
            attended=entry["attended"],
            counted_minutes=int(Decimal(entry["hours"]) * 60) if "hours" in entry else None,
        ),
    )


def _award(
    session: Session,
    entry: dict[str, Any],
    provider_id: UUID,
    today: date,
) -> UUID:
    starts_on = months_ago(today, entry["began_months_ago"])
    ends_on = add_months(starts_on, entry["months"]) - timedelta(days=1)
    extension = entry["extension_months"]
    contract_id = contracts.award(
        session,
        ContractDetails(
            reference=entry["reference"],
            title=entry["title"],
            provider_id=provider_id,
            regime=Regime(entry["regime"]),
            route=Route(entry["route"]),
            framework=entry["framework"],
            standard_codes="; ".join(entry["standards"]),
            starts_on=starts_on,
            ends_on=ends_on,
            extension_to_on=add_months(ends_on, extension) if extension else None,
            notice_by_on=ends_on - timedelta(days=entry["notice_days"]),
            value_limit=Decimal(entry["value_limit"]),
            is_open_to_joint_buying=entry["is_open_to_joint_buying"],
            call_off_reference=entry.get("call_off_reference", ""),
            framework_ends_on=entry.get("framework_ends_on"),
            lots=entry.get("lots", ""),
            notice_count=entry["notice_days"],
            notice_unit=NoticeUnit.DAYS,
            data_role=DataRole(entry["data_role"]) if "data_role" in entry else None,
            looked_after_by=entry.get("looked_after_by", ""),
        ),
    )
    _keep_days(session, contract_id, entry, ends_on, today)
    for each in entry.get("file", ()):
        _keep_file(session, contract_id, each, starts_on)
    return contract_id


def _keep_days(
    session: Session, contract_id: UUID, entry: dict[str, Any], ends_on: date, today: date
) -> None:
    """Enter the extension that the contract allows, and what the provider keeps valid."""
    if months := entry["extension_months"]:
        decide_days = entry.get("decide_days")
        decide_by = None if decide_days is None else ends_on - timedelta(days=decide_days)
        details = ExtensionDetails(add_months(ends_on, months), decide_by)
        contract_days.add_extension(session, contract_id, details)
    for kind, days in entry.get("valid_for_days", {}).items():
        lasting = ExpiryDetails(ExpiryKind(kind), today + timedelta(days=days))
        contract_days.add_expiry(session, contract_id, lasting)


def _keep_file(
    session: Session, contract_id: UUID, described: dict[str, Any], starts_on: date
) -> None:
    """Keep a file with a contract, dated some days before its start."""
    name, content = described["name"], described["content"].strip().encode()
    file_id = filing.attach_contract_file(session, contract_id, name, content)
    dated_on = starts_on - timedelta(days=described["days_before"])
    details = ContractFileDetails(kind_of(name), described["title"], dated_on)
    filing.describe_contract_file(session, file_id, details)
