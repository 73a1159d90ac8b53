"""Reviewing a register of contracts: which are new, which the desk has, and what it says of them.

A provider whom the desk does not know is never made by a name in a list: such a row waits for a
person's word.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from functools import partial
from typing import TypeVar
from uuid import UUID

from apprentice_desk.domain import identifiers
from apprentice_desk.domain.calendar import BankHolidays, WrittenDay, show_day
from apprentice_desk.domain.contract_checks import check_change
from apprentice_desk.domain.contract_terms import Notice
from apprentice_desk.domain.findings import Level
from apprentice_desk.domain.progress import Progress
from apprentice_desk.domain.vocabulary import DataRole, Regime, Route
from apprentice_desk.imports import (
    contract_differences,
    contract_values,
    likeness,
    references,
    values,
)
from apprentice_desk.imports.corrections import Correction
from apprentice_desk.imports.fields import Kind, plain
from apprentice_desk.imports.matching import Matching
from apprentice_desk.imports.reading import Table
from apprentice_desk.imports.references import References
from apprentice_desk.imports.row_reading import RowReader
from apprentice_desk.imports.rows import Near, Options, Review, ReviewedRow
from apprentice_desk.imports.training_providers import ProviderChoice, Providers
from apprentice_desk.records import contracts
from apprentice_desk.records.contract_register import RegisterRow
from apprentice_desk.records.contracts import ContractDetails
from apprentice_desk.records.providers import ProviderDetails
from apprentice_desk.sheets import Cell

_Choice = TypeVar("_Choice", Regime, Route, DataRole)

_EVERY = 200
_ALIKE = 75  # per cent, from which on another provider's name is named as perhaps meant
_MOST_ALIKE = 3
_STANDS_FOR_NEW = UUID(int=0)
_COLUMNS = {
    "provider_id": ("provider", "ukprn"),
    "notice_count": ("notice",),
    "notice_unit": ("notice",),
}
"""The fields of a list that a detail comes from, where they are not called the same."""


@dataclass(frozen=True, slots=True)
class ContractEntry:
    """A contract to be added; its provider is of the desk, or *is_provider_new*."""

    details: ContractDetails
    provider: ProviderChoice

    @property
    def is_provider_new(self) -> bool:
        """Whether the provider would have to be added to the desk."""
        return self.provider.id is None


def columns_of(field: str) -> tuple[str, ...]:
    """Return the fields of a list that a detail of ours comes from."""
    return _COLUMNS.get(field, (field,))


def review(
    table: Table,
    matching: Matching,
    register: Iterable[RegisterRow],
    known_providers: Providers,
    holidays: BankHolidays,
    today: date,
    options: Options,
    progress: Progress,
) -> Review[ContractEntry]:
    """Return what becomes of each row of a register of contracts."""
    reviewer = _Reviewer(tuple(register), known_providers, holidays, today, options)
    rows = []
    for done, reader in enumerate(RowReader.each(table, matching)):
        if done % _EVERY == 0:
            progress.step(done, len(table.rows), "Reading the rows")
        rows.append(replace(reviewer.row(reader), who=values.code(reader.cell("reference"))))
    return Review(table.file_name, table.sheet, Kind.CONTRACTS, matching, tuple(rows))


class _Reviewer:
    """What all rows of one register share."""

    def __init__(
        self,
        register: tuple[RegisterRow, ...],
        known_providers: Providers,
        holidays: BankHolidays,
        today: date,
        options: Options,
    ) -> None:
        self._references = References((row.details.reference, row) for row in register)
        self._by_facts = {
            facts: row for row in register if (facts := _facts(row.details)) is not None
        }
        self._providers = known_providers
        self._holidays = holidays
        self._today = today
        self._meant = {plain(written): key for written, key in options.spellings}
        self._newcomers = {plain(written) for written in options.newcomers}
        self._rows: dict[str, str] = {}
        """What the row of each reference of the list is called."""
        self._alike_rows: defaultdict[str, list[str]] = defaultdict(list)

    def row(self, reader: RowReader) -> ReviewedRow[ContractEntry]:
        """Return what becomes of one row."""
        if no_entry := reader.why_no_entry():
            return reader.skipped(no_entry, "reference", "provider")
        choice = self._provider(reader)
        details = _details(reader, choice)
        reader.take_over_if_new(contracts.check(details), columns_of)
        if reader.is_refused():
            return reader.refused()
        earlier = self._rows.setdefault(references.exact(details.reference), reader.called)
        if earlier != reader.called:
            return reader.skipped(
                f"{earlier[:1].upper()}{earlier[1:]} has this reference too: each contract stands"
                " in one row.",
                "reference",
            )
        assert choice is not None  # or it would be refused
        kept = self._references.same(details.reference)
        if kept:
            return self._known(reader, kept[-1], details, choice)
        return self._new(reader, ContractEntry(details, choice))

    def _alike_before(self, reference: str) -> str:
        """Return an earlier row of a reference that may be this one; "" where there is none."""
        mine = references.exact(reference)
        others = self._alike_rows[references.bare(reference)]
        found = next((o for o in others if o != mine and references.may_be_one(o, mine)), None)
        others.append(mine)
        return "" if found is None else self._rows[found]

    # --- the provider ---

    def _provider(self, reader: RowReader) -> ProviderChoice | None:
        name = values.said(reader.cell("provider"))
        ukprn = reader.read("ukprn", "IM104", values.checked(identifiers.check_ukprn)) or ""
        meant = self._meant.get(plain(name)) if name else None
        if meant is not None and meant in self._providers.names:
            return ProviderChoice(meant, ProviderDetails(self._providers.names[meant]))
        choice = self._providers.choose(name, ukprn)
        if choice is not None and choice.id is not None:
            other = choice.details.ukprn
            if ukprn and other and ukprn != other:
                reader.find(
                    "IM480", ("ukprn", "provider"),
                    f"The desk has {choice.details.name} with the UKPRN {other}.",
                    "Put the name or the number right.",
                )  # fmt: skip
            elif name and not likeness.may_be_one(name, choice.details.name):
                reader.find(
                    "IM481", ("provider", "ukprn"),
                    f"The desk calls the provider with this UKPRN {choice.details.name}.",
                    "Check that it is the same.", Level.NOTE,
                )  # fmt: skip
        return choice

    def _alike(self, name: str) -> tuple[Near, ...]:
        """Return the providers of the desk whose name is like *name*, the likest first."""
        found = [
            Near(name, key, known, likeness.percent(plain(name), plain(known)), known)
            for key, known in self._providers.names.items()
        ]
        near = [each for each in found if each.percent >= _ALIKE]
        return tuple(sorted(near, key=lambda each: (-each.percent, each.name))[:_MOST_ALIKE])

    # --- new, or of the desk ---

    def _new(self, reader: RowReader, entry: ContractEntry) -> ReviewedRow[ContractEntry]:
        details = entry.details
        facts = _facts(details)
        twin = next(iter(self._references.meant(details.reference)), None) or (
            None if facts is None else self._by_facts.get(facts)
        )
        like = self._alike_before(details.reference)
        if twin is not None:
            return reader.doubted(
                entry,
                f"Looks like contract {twin.details.reference} of the desk. Take it in if it is"
                " another one.",
                "reference",
            )
        if like:
            return reader.doubted(
                entry,
                f"{like[:1].upper()}{like[1:]} has a reference that is only written otherwise."
                " Take it in if it is another contract.",
                "reference",
            )
        name = entry.provider.details.name
        if not entry.is_provider_new or plain(name) in self._newcomers:
            return reader.imported(entry)
        reader.near = self._alike(name)
        return reader.doubted(
            entry,
            f"The desk has no provider called {name}. Say whom it means, or take the row in to add"
            " the provider with it.",
            "provider",
            "ukprn",
            waits=True,
        )

    def _known(
        self,
        reader: RowReader,
        kept: RegisterRow,
        details: ContractDetails,
        choice: ProviderChoice,
    ) -> ReviewedRow[ContractEntry]:
        """Return a row whose contract is here already, offering what it says otherwise."""
        reference = kept.details.reference
        changes = contract_differences.of_contract(
            kept,
            details,
            choice,
            self._providers.names,
            self._today,
            self._holidays,
            _months(reader),
        )
        if not changes:
            return reader.skipped(f"Already here: contract {reference}.", "reference")
        correction = Correction(kept.id, kept.details, changes)
        put_right = replace(kept.details, **contract_differences.plain_values(correction))
        after = replace(
            kept.term,
            ends_on=put_right.ends_on,
            extension_to_on=put_right.extension_to_on,
            notice_by_on=put_right.notice_by_on,
            notice_for_on=put_right.notice_for_on,
        )
        found = [*contracts.check(put_right), *check_change(kept.term, after)]
        reader.take_over_if_new(found, columns_of)
        if reader.is_refused():
            return reader.refused()
        return reader.offering(
            ContractEntry(details, choice),
            correction,
            f"Corrects what the desk has of contract {reference}, once it is accepted:"
            f" {correction.said}.",
            "reference",
        )


def _facts(details: ContractDetails) -> tuple[object, ...] | None:
    """Return what two contracts seldom share; None where one of it is not known."""
    facts = (details.provider_id, details.starts_on, details.ends_on, details.value_limit)
    return None if None in facts else facts


# --- what a row says ------------------------------------------------------------------------------


def _details(reader: RowReader, choice: ProviderChoice | None) -> ContractDetails:
    """Return everything that a row says; what cannot be read is found on its cell."""
    heading = reader.place("notice").heading
    notice: Notice | None = reader.read(
        "notice", "IM482", partial(contract_values.notice, heading=heading), is_note=True
    )
    provider_id = None if choice is None else choice.id or _STANDS_FOR_NEW
    return ContractDetails(
        reference=values.code(reader.cell("reference")),
        title=values.said(reader.cell("title")),
        provider_id=provider_id,
        regime=_chosen(reader, "regime", "regimes", Regime),
        route=_chosen(reader, "route", "routes", Route),
        framework=values.said(reader.cell("framework")),
        standard_codes=reader.read(
            "standard_codes", "IM484", contract_values.standard_codes, is_note=True
        )
        or "",
        starts_on=_day(reader, "starts_on"),
        ends_on=_day(reader, "ends_on", end=True),
        extension_to_on=_day(reader, "extension_to_on", end=True),
        notice_by_on=_day(reader, "notice_by_on", is_exact=True),
        value_limit=reader.read("value_limit", "IM103", contract_values.pounds),
        is_open_to_joint_buying=reader.read(
            "is_open_to_joint_buying", "IM483", contract_values.yes_or_no, is_note=True
        ),
        call_off_reference=values.code(reader.cell("call_off_reference")),
        framework_ends_on=_day(reader, "framework_ends_on", end=True),
        notices=values.said(reader.cell("notices")),
        lots=values.said(reader.cell("lots")),
        notice_count=notice.count if notice else None,
        notice_unit=notice.unit if notice else None,
        data_role=_chosen(reader, "data_role", "data_roles", DataRole),
        looked_after_by=values.name(reader.cell("looked_after_by")),
        note=values.prose(reader.cell("note")),
    )


def _chosen(reader: RowReader, field: str, section: str, choices: type[_Choice]) -> _Choice | None:
    """Return the one of *choices* that a cell means; others are noted, and left blank."""
    read = partial(contract_values.choice, section, choices)
    return reader.read(field, "IM483", read, is_note=True)


_DAYS = ("starts_on", "ends_on", "extension_to_on", "framework_ends_on")


def _months(reader: RowReader) -> frozenset[str]:
    """Return the fields of which the row has a month alone."""
    return frozenset(name for name in _DAYS if _is_month(reader.cell(name)))


def _is_month(cell: Cell) -> bool:
    try:
        written = values.day(cell)
    except ValueError:
        return False
    return written is not None and not written.is_day_given


def _day(
    reader: RowReader, field: str, *, end: bool = False, is_exact: bool = False
) -> date | None:
    """Return a day; where only its month is written its first or last, which is noted.

    One that has to be *is_exact* is left blank then: a day for notice is not to be guessed.
    """
    written: WrittenDay | None = reader.read(field, "IM101", partial(values.day, end=end))
    if written is None or written.is_day_given:
        return None if written is None else written.day
    if is_exact:
        reader.find(
            "IM485", field, "Only a month is written here, so it is left blank.",
            "Enter the day on the contract's page.", Level.NOTE,
        )  # fmt: skip
        return None
    reader.find(
        "IM486", field, f"Only a month is written here: {show_day(written.day)} is taken.",
        "Check the day.", Level.NOTE,
    )  # fmt: skip
    return written.day
