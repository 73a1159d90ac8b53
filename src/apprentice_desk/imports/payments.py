"""Reviewing a list of payments: a provider's invoices, or what the finance system paid.

Each row is held against what the desk knows: its contract, for whom, and what is due.  What the
desk has already stays out until a person takes it in.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from uuid import UUID

from apprentice_desk.domain import identifiers
from apprentice_desk.domain.calendar import WrittenDay, show_day
from apprentice_desk.domain.findings import Finding, Level, Place
from apprentice_desk.domain.funding import FundingRules
from apprentice_desk.domain.money import show_pounds
from apprentice_desk.domain.progress import Progress
from apprentice_desk.domain.vocabulary import PaymentKind
from apprentice_desk.imports import likeness, values
from apprentice_desk.imports.clues import clues_of
from apprentice_desk.imports.fields import Kind, payment_kind, says_unpaid
from apprentice_desk.imports.identifying import NotFound, People, Person
from apprentice_desk.imports.known_money import KnownMoney, Ledger
from apprentice_desk.imports.matching import Matching
from apprentice_desk.imports.reading import Table
from apprentice_desk.imports.references import References
from apprentice_desk.imports.row_reading import RowReader
from apprentice_desk.imports.rows import Fate, Options, Review, ReviewedRow
from apprentice_desk.imports.training_providers import ProviderChoice, Providers
from apprentice_desk.records import payments
from apprentice_desk.records.contracts import ContractRow
from apprentice_desk.records.payments import PaymentDetails, PaymentRow

_EVERY = 500
_SEVERAL = "IM204"  # people of one name
_FOR = {"paid_on": ("paid_on",), "amount": ("amount", "credit"), "note": ("note", "invoice")}


@dataclass(frozen=True, slots=True)
class PaymentEntry:
    """A payment to be recorded.

    *left* is what is still to be paid then of what was due up to its day, for whom it is or under
    its contract; None where that is not known, and then *why_unknown* says why.
    """

    details: PaymentDetails
    contract: str
    person: str
    paid: Decimal
    left: Decimal | None
    why_unknown: str = ""
    is_unpaid: bool = False
    """Whether its status says that it is not paid, so that somebody has to say that it is now."""


def review(
    table: Table,
    matching: Matching,
    everyone: People,
    known: KnownMoney,
    known_providers: Providers,
    rules: FundingRules,
    today: date,
    options: Options,
    progress: Progress,
) -> Review[PaymentEntry]:
    """Return what becomes of each row of a list of payments."""
    everyone.heed(options)
    reviewer = _Reviewer(everyone, known, known_providers, rules, today)
    rows = []
    for done, reader in enumerate(RowReader.each(table, matching)):
        if done % _EVERY == 0:
            progress.step(done, len(table.rows), "Reading the rows")
        rows.append(reviewer.row(reader))
    return Review(
        table.file_name, table.sheet, Kind.PAYMENTS, matching, tuple(rows),
        tuple(reviewer.notes(Place(table.file_name, table.sheet))),
    )  # fmt: skip


class _Reviewer:
    """What all rows of one list share."""

    def __init__(
        self,
        everyone: People,
        known: KnownMoney,
        known_providers: Providers,
        rules: FundingRules,
        today: date,
    ) -> None:
        self._everyone = everyone
        self._known = known
        self._providers = known_providers
        self._whose = {row.id: _provider_of(row, known_providers) for row in known.contracts}
        self._today = today
        self._ledger = Ledger(known, rules, today)
        self._references = References((row.reference, row) for row in known.contracts)
        self._on: dict[UUID, set[UUID]] = defaultdict(set)
        for key, facts in known.facts.items():
            for one in facts.people:
                self._on[one.id].add(key)
        self._sums: dict[tuple[object, ...], list[tuple[UUID | None, str, str]]]
        self._sums = defaultdict(list)
        self._there: dict[tuple[object, ...], list[PaymentRow]] = defaultdict(list)
        for row in known.payments:
            key_ = (row.contract_id, row.apprenticeship_id, row.paid_on, row.paid)
            self._there[key_].append(row)
            self._sums[row.contract_id, row.paid_on, row.paid].append(
                (row.apprenticeship_id, row.note, "The desk")
            )
        self._seen: dict[tuple[object, ...], str] = {}
        self._last: dict[UUID, date] = {}
        self._coming: dict[UUID, Decimal] = {}

    def row(self, reader: RowReader) -> ReviewedRow[PaymentEntry]:
        """Return what becomes of one row."""
        paid = self._paid(reader)
        day = reader.read("paid_on", "IM101", values.day)
        if (day is None or paid is None) and (no_entry := reader.why_no_entry()):
            return reader.skipped(no_entry, "amount")
        status = _unpaid(reader)
        if status and (reader.is_refused() or day is None or not paid):
            return reader.skipped(_not_paid(status), "status")
        if not reader.is_refused() and paid is not None and day is None:
            return reader.skipped("It has no day of payment, so it is not paid yet.", "paid_on")
        if not reader.is_refused() and paid == 0:
            return reader.skipped("Nothing was paid.", "amount", "credit")
        if day is not None and not day.is_day_given:
            message = "This is a month, not a day."
            reader.find("IM101", "paid_on", message, "Give the day, as 4/8/2026.")
        may_be = self._said(reader)
        person = self._person(reader, may_be)
        contract, whose = self._under(reader, may_be, person, day)
        said = payment_kind(values.line(reader.cell("what")))
        kind = PaymentKind.REFUND if paid is not None and paid < 0 else said
        details = PaymentDetails(
            contract_id=None if contract is None else contract.id,
            paid_on=None if day is None else day.day,
            amount=None if paid is None else abs(paid),
            apprenticeship_id=whose,
            kind=kind,
            note=_note(reader),
        )
        wrong = payments.check_payment(details, self._today)
        reader.take_over_if_new(
            [each for each in wrong if each.code != "PM001"],  # it is said in a row's own words
            lambda name: _FOR.get(name, (name,)),
        )
        if status and (reader.is_refused() or contract is None):
            return reader.skipped(_not_paid(status), "status")
        if reader.is_refused() or contract is None or paid is None or day is None:
            return reader.refused()
        entry = PaymentEntry(
            details,
            contract.reference,
            person.name if person is not None else "",
            -abs(paid) if kind is PaymentKind.REFUND else paid,
            None,
            is_unpaid=bool(status),
        )
        is_doubted = kind is PaymentKind.REFUND and paid > 0
        return self._weighed(reader, entry, contract.id, day.day, is_doubted)

    def notes(self, place: Place) -> Iterable[Finding]:
        """Say of each contract what is due and paid once the rows that come in are in."""
        references = {row.id: row.reference for row in self._known.contracts}
        for key, last in sorted(self._last.items(), key=lambda each: references[each[0]]):
            left = self._ledger.left(key, None, last)
            says = (
                f"Contract {references[key]}: {show_pounds(self._coming[key])} come in;"
                f" with them {_left_in_words(left)} up to {show_day(last)}."
            )
            yield Finding(Level.NOTE, "IM486", says, "", place)

    # --- the parts of a row ---

    def _paid(self, reader: RowReader) -> Decimal | None:
        paid = reader.read("amount", "IM480", values.signed_pounds)
        back = reader.read("credit", "IM480", values.signed_pounds)
        if paid and back:
            message = "This row has an amount that was paid and one that came back."
            reader.find("IM480", "credit", message, "Part it into two rows.")
        return -abs(back) if back else paid

    def _person(self, reader: RowReader, may_be: list[ContractRow] | None) -> Person | None:
        """Return for whom it is; of several of one name whoever is on the contract."""
        clues = clues_of(reader)
        if not clues:
            return None
        found = self._everyone.find(clues)
        if not isinstance(found, NotFound):
            return found
        there = [p for p in self._everyone.named(clues.name) if self._theirs(p, may_be)]
        if found.code == _SEVERAL and len(there) == 1:
            return there[0]
        reader.near = found.near
        remedy = found.remedy
        if found.is_missing:
            remedy = "Put the name right, or leave it blank where it is for nobody in particular."
        names = ("full_name", "family_name") if found.clue == "name" else (found.clue,)
        reader.find(found.code, names, found.message, remedy)
        return None

    def _said(self, reader: RowReader) -> list[ContractRow] | None:
        """Return the contracts that the row may mean by itself; None where it names none."""
        said = values.code(reader.cell("contract"))
        provider = self._provider(reader)
        if not said:
            return self._of_provider(reader, provider) if provider is not None else None
        meant = self._references.meant(said)
        if len(meant) == 1:
            self._agree(reader, meant[0], provider)
            return list(meant)
        message = f"There is no contract {said} in the desk."
        remedy = "Put the reference right, or add the contract first."
        if meant:
            message = f"{said} may mean any of {_listed(meant)}."
            remedy = "Write the reference as the desk has it."
        reader.find("IM481", "contract", message, remedy)
        return []

    def _theirs(self, person: Person, may_be: list[ContractRow] | None) -> list[ContractRow]:
        """Return the contracts that somebody is or was on, of those that may be meant."""
        keys = {key for programme in person.programmes for key in self._on[programme.id]}
        rows = self._known.contracts if may_be is None else may_be
        return [row for row in rows if row.id in keys]

    def _under(
        self,
        reader: RowReader,
        may_be: list[ContractRow] | None,
        person: Person | None,
        day: WrittenDay | None,
    ) -> tuple[ContractRow | None, UUID | None]:
        """Return the contract, and for which apprenticeship on it."""
        if may_be == []:
            return None, None  # it is said that there is no such contract
        names = ("contract", "provider", "ukprn", "full_name", "family_name", "uln", "reference")
        if person is None:
            if may_be is not None and len(may_be) == 1:
                return may_be[0], None
            if not reader.is_refused():
                message = "This row does not say under which contract it was paid."
                if may_be:
                    message = f"This may be under any of {_listed(may_be)}."
                remedy = "Add a column with the contract's reference, or the apprentice's name."
                reader.find("IM482", names, message, remedy)
            return None, None
        both = self._theirs(person, may_be)
        if len(both) == 1:
            return both[0], self._programme(person, both[0].id, day)
        if len(both) > 1:
            message = f"{person.name} is or was on {_listed(both)}."
            remedy = "Add a column with the contract's reference."
        else:
            on = "a contract" if may_be is None else _listed(may_be)
            message = f"{person.name} is not on {on}, and never was."
            remedy = "Choose the contract in the form of the apprentice first, or correct the row."
        reader.find("IM483", names, message, remedy)
        return None, None

    def _provider(self, reader: RowReader) -> ProviderChoice | None:
        """Return the provider that the row names, of the desk or not; None where it names none."""
        name = values.said(reader.cell("provider"))
        ukprn = reader.read("ukprn", "IM104", values.checked(identifiers.check_ukprn)) or ""
        choice = self._providers.choose(name, ukprn)
        if name and choice is not None and choice.id is None:
            choice = self._providers.of_firm(name) or choice
        if not name or not ukprn or choice is None or choice.id is None:
            return choice
        named, has = self._providers.choose(name), choice.details
        is_another = named is not None and named.id not in (None, choice.id)
        if is_another or has.ukprn not in (None, ukprn):
            has = named.details if named is not None and is_another else has
            with_ = f"with the UKPRN {has.ukprn}" if has.ukprn else "as another provider"
            remedy = "Put the name or the number right."
            reader.find("IM488", ("ukprn", "provider"), f"The desk has {has.name} {with_}.", remedy)
        elif not likeness.may_be_one(name, has.name):
            message = f"The desk calls the provider with this UKPRN {has.name}."
            remedy = "Check that it is the same."
            reader.find("IM489", ("provider", "ukprn"), message, remedy, Level.NOTE)
        return choice

    def _of_provider(self, reader: RowReader, provider: ProviderChoice) -> list[ContractRow]:
        """Return the contracts of a provider that the row names, which it may be under."""
        found = [row for row in self._known.contracts if self._whose[row.id] == provider.id]
        name = provider.details.name
        if provider.id is None:
            message = f"The desk has no provider called {name}."
            remedy = "Put the name right, or add the provider and the contract first."
            reader.find("IM487", ("provider", "ukprn"), message, remedy)
            return []
        if not found:
            message = f"The desk has no contract with {name}."
            remedy = "Put the name right, or add the contract first."
            reader.find("IM487", ("provider", "ukprn"), message, remedy)
        return found

    def _agree(
        self, reader: RowReader, contract: ContractRow, provider: ProviderChoice | None
    ) -> None:
        """Find a provider that is not the one of the contract which the row names too."""
        if provider is None or provider.id == self._whose[contract.id]:
            return
        message = (
            f"Contract {contract.reference} is with {contract.provider_name}, not with"
            f" {provider.details.name}."
        )
        remedy = "Put the reference or the provider right."
        reader.find("IM488", ("provider", "ukprn"), message, remedy)

    def _programme(self, person: Person, contract_id: UUID, day: WrittenDay | None) -> UUID:
        """Return the apprenticeship on the contract; of several the one that had begun last."""
        mine = [p for p in person.programmes if contract_id in self._on[p.id]]
        begun = [p for p in mine if day and p.started_on and p.started_on <= day.day]
        return max(begun or mine, key=lambda p: p.started_on or date.min).id

    # --- against the desk ---

    def _weighed(
        self,
        reader: RowReader,
        entry: PaymentEntry,
        contract_id: UUID,
        day: date,
        is_doubted: bool,
    ) -> ReviewedRow[PaymentEntry]:
        """Return the row, offered where it looks like a payment that is there or was read.

        One that *is_doubted*, money that came back by a word alone, is offered too.
        """
        whose = entry.details.apprenticeship_id
        before = self._ledger.left(contract_id, whose, day)
        left = None if before is None else before - entry.paid
        why = "" if left is not None else self._ledger.why_unknown(contract_id, whose)
        entry = replace(entry, left=left, why_unknown=why)
        if doubled := self._double(reader, entry, contract_id, day):
            return ReviewedRow(
                reader.number, Fate.SKIPPED, None, doubled, reader.place("amount"), at=reader.at,
                offered=entry,
            )  # fmt: skip
        if entry.is_unpaid:
            says = f"{_not_paid(_unpaid(reader))} Take it in once it is paid."
            return reader.doubted(entry, says, "status", waits=True)
        if is_doubted:
            amount = show_pounds(entry.details.amount or entry.paid)
            return reader.doubted(
                entry,
                f"“{values.line(reader.cell('what'))}” says that the {amount} came back, and the"
                " amount has no minus. Take it in if it is a refund; if it was paid, correct the"
                " words.",
                "what",
                waits=True,
            )
        self._ledger.pay(contract_id, whose, day, entry.paid)
        self._last[contract_id] = max(day, self._last.get(contract_id, day))
        self._coming[contract_id] = self._coming.get(contract_id, Decimal("0.00")) + entry.paid
        who = f"for {entry.person}" if entry.person else f"under {entry.contract}"
        if left is None:
            reader.find(
                "IM484", "amount", f"What is due {who} cannot be said. {why}", "", Level.NOTE
            )
        elif left < 0 < entry.paid:
            message = f"With it {show_pounds(-left)} more than was due {who} up to {show_day(day)}"
            remedy = "Check it with the provider."
            reader.find("IM485", "amount", f"{message} is paid.", remedy, Level.NOTE)
        return reader.imported(entry)

    def _double(self, reader: RowReader, entry: PaymentEntry, contract_id: UUID, day: date) -> str:
        """Return which payment it looks like, "" where it looks like none."""
        key = (contract_id, entry.details.apprenticeship_id, day, entry.paid)
        own = (*key, entry.details.note, entry.details.kind)
        before = self._seen.setdefault(own, reader.called)
        invoice = values.code(reader.cell("invoice")).casefold()
        if any(not (invoice and each.note) or invoice in each.note.casefold()
               for each in self._there[key]):  # fmt: skip
            return "The desk has a payment of this amount on this day, for the same."
        if before != reader.called:
            return f"The same as {before} in every field."
        return self._as_a_sum(reader, entry, contract_id, day, invoice)

    def _as_a_sum(
        self, reader: RowReader, entry: PaymentEntry, contract_id: UUID, day: date, invoice: str
    ) -> str:
        """Return which payment it may be, one being for somebody and the other for nobody.

        Two invoices are two payments.
        """
        whose = entry.details.apprenticeship_id
        sums = self._sums[contract_id, day, entry.paid]
        found = next(
            (
                called
                for other, noted, called in sums
                if (other is None) != (whose is None)
                and (not (invoice and noted) or invoice in noted.casefold())
            ),
            "",
        )
        sums.append((whose, invoice, reader.called))
        if not found:
            return ""
        says = "for nobody in particular" if whose is not None else "for somebody"
        found = found[0].upper() + found[1:]
        return f"{found} has this amount on this day {says}: it may be the same payment."


def _provider_of(row: ContractRow, known: Providers) -> UUID | None:
    """Return the provider of a contract, as a list that names it would mean it."""
    choice = known.choose(row.provider_name, row.provider_ukprn or "")
    return None if choice is None else choice.id


def _unpaid(reader: RowReader) -> str:
    """Return the status by which a row is not paid; "" where none says so."""
    said = (values.line(cell) for _, cell in reader.cells("status"))
    return next((status for status in said if says_unpaid(status)), "")


def _not_paid(status: str) -> str:
    return f"Its status is “{status}”, so it is not paid."


def _listed(rows: Iterable[ContractRow]) -> str:
    return " or ".join(row.reference for row in rows)


def _note(reader: RowReader) -> str:
    invoice, note = values.code(reader.cell("invoice")), values.prose(reader.cell("note"))
    if invoice and not invoice.casefold().startswith("invoice"):
        invoice = f"Invoice {invoice}"
    what = values.line(reader.cell("what"))  # a word that is not known is kept
    known = payment_kind(what) is not None
    return ", ".join(part for part in (invoice, "" if known else what, note) if part)


def _left_in_words(left: Decimal | None) -> str:
    if left is None:
        return "it is not known what is still to pay of what is due"
    if left < 0:
        return f"{show_pounds(-left)} more is paid than is due"
    return (
        f"{show_pounds(left)} is still to pay of what is due" if left else "all that is due is paid"
    )
