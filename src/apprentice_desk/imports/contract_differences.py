"""What a register says of a contract otherwise than the desk, value by value.

A blank in the register says nothing.  Days that the desk works out, as it shows them in its own
list, are no difference: the day to which a contract runs, and the one by which notice is given.
"""

from __future__ import annotations

from collections.abc import Callable, Container, Iterator, Mapping
from datetime import date
from typing import Any
from uuid import UUID

from apprentice_desk.domain import money
from apprentice_desk.domain.calendar import BankHolidays, show_day
from apprentice_desk.domain.contract_terms import Notice, Term, notice_day, runs_to
from apprentice_desk.imports.corrections import Change, Correction
from apprentice_desk.imports.training_providers import ProviderChoice
from apprentice_desk.records.contract_register import RegisterRow
from apprentice_desk.records.contracts import ContractDetails

PROVIDER = "provider"
"""Stands among the values of a change for the provider, who may have to be added first."""


def _yes_or_no(value: bool) -> str:
    return "yes" if value else "no"


_SIMPLE: tuple[tuple[str, str, Callable[[Any], str]], ...] = (
    ("title", "title", str),
    ("starts_on", "start", show_day),
    ("ends_on", "end", show_day),
    ("extension_to_on", "may be extended to", show_day),
    ("notice_by_on", "notice by", show_day),
    ("value_limit", "most that may be spent", money.show_pounds),
    ("regime", "procurement law", str),
    ("route", "route to market", str),
    ("framework", "framework", str),
    ("framework_ends_on", "end of the framework", show_day),
    ("call_off_reference", "reference of the call-off", str),
    ("lots", "lots", str),
    ("notices", "published notices", str),
    ("standard_codes", "standards", str),
    ("is_open_to_joint_buying", "open to joint buying", _yes_or_no),
    ("data_role", "what the provider is for personal data", str),
    ("looked_after_by", "looked after by", str),
)


def of_contract(
    kept: RegisterRow,
    said: ContractDetails,
    choice: ProviderChoice | None,
    names: Mapping[UUID, str],
    today: date,
    holidays: BankHolidays,
    months: Container[str] = (),
) -> tuple[Change, ...]:
    """Return the changes from what the desk has of a contract to what is *said*.

    *months* are the fields of which a month alone is said: a day in that month is no other.
    """
    before = kept.details
    changes = [*_of_provider(before, choice, names)]
    for name, words, show in _SIMPLE:
        old, new = getattr(before, name), getattr(said, name)
        if new in (None, "") or _is_same(name, old, new):
            continue
        if name in months and _is_in_month(old, new):
            continue
        if new in _worked_out(name, kept.term, today, holidays):
            continue
        was = show(old) if old not in (None, "") else ""
        changes.append(Change(name, words, was, show(new), ((name, new),)))
    changes += _of_notice(before, said)
    if said.note and said.note not in before.note:
        note = f"{before.note}\n{said.note}".strip()
        changes.append(Change("note", "note, added to", before.note, said.note, (("note", note),)))
    return tuple(changes)


def _of_provider(
    before: ContractDetails, choice: ProviderChoice | None, names: Mapping[UUID, str]
) -> Iterator[Change]:
    if choice is None or choice.id == before.provider_id:
        return
    old = names[before.provider_id] if before.provider_id is not None else ""
    new = choice.details.name + ("" if choice.id else " (added to the desk)")
    yield Change("provider", "provider", old, new, ((PROVIDER, choice),))


def _of_notice(before: ContractDetails, said: ContractDetails) -> Iterator[Change]:
    old, new = _notice(before), _notice(said)
    if new is not None and new != old:
        values = (("notice_count", new.count), ("notice_unit", new.unit))
        yield Change("notice", "notice period", old.words() if old else "", new.words(), values)


def _notice(details: ContractDetails) -> Notice | None:
    if details.notice_count is None or details.notice_unit is None:
        return None
    return Notice(details.notice_count, details.notice_unit)


def _is_same(name: str, old: object, new: object) -> bool:
    if name == "standard_codes":
        return set(str(old).split("; ")) == set(str(new).split("; "))
    if isinstance(old, str) and isinstance(new, str):
        return " ".join(old.split()).casefold() == " ".join(new.split()).casefold()
    return old == new


def _is_in_month(old: date | None, new: date) -> bool:
    return old is not None and (old.year, old.month) == (new.year, new.month)


def _worked_out(
    name: str, term: Term, today: date, holidays: BankHolidays
) -> tuple[date | None, ...]:
    """Return the days that the desk shows for a field beside the one that was entered."""
    if name == "ends_on":
        return (runs_to(term, today),)
    if name == "notice_by_on":
        found = notice_day(term, today, holidays)
        return (found.on, found.act_by_on)
    return ()


def plain_values(correction: Correction) -> dict[str, Any]:
    """Return the details that a correction sets, but for the provider.

    Another day for notice is not said to be for the end that the one before was for.
    """
    plain = {name: value for name, value in correction.values.items() if name != PROVIDER}
    return plain | ({"notice_for_on": None} if "notice_by_on" in plain else {})
