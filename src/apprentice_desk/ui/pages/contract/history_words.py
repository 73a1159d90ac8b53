"""What a change did to a contract, in words: one line for each detail and each thing on it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from apprentice_desk.domain.calendar import show_day
from apprentice_desk.domain.contract_files import called
from apprentice_desk.domain.money import show_pounds
from apprentice_desk.records.contract_history import (
    ContractChange,
    ContractHistory,
    ContractItem,
    ContractValue,
)
from apprentice_desk.records.contracts import ContractDetails
from apprentice_desk.ui.kit.choosing import choice_pairs
from apprentice_desk.ui.kit.conflicts import shown
from apprentice_desk.ui.kit.fields import Field


@dataclass(frozen=True, slots=True)
class HistoryLine:
    """One line of the history; *value* is the detail that may be put back, None of other lines."""

    id: str
    change: ContractChange
    field: str
    says: str
    value: ContractValue | None = None
    before: str = ""

    @property
    def words(self) -> str:
        """The line in one sentence."""
        return f"{self.field}: {self.says}" if self.field else self.says


def lines_of(history: ContractHistory, fields: Sequence[Field]) -> Iterator[HistoryLine]:
    """Yield the lines of a history, the newest change first."""
    by_name = {each.name: each for each in fields}
    for change in history.changes:
        made: list[tuple[str, str, ContractValue | None, str]] = []
        if change.began:
            made.append(("", "Contract added", None, ""))
        for value in change.values:
            field = by_name[value.name]
            before, after = (_shown(field, each) for each in (value.before, value.after))
            made.append((field.label, f"from {_quoted(before)} to {_quoted(after)}", value, before))
        items = sorted(change.items, key=_place)
        made.extend((*_item(each), None, "") for each in items)
        for number, (name, says, own, before) in enumerate(made):
            yield HistoryLine(f"{change.number}.{number}", change, name, says, own, before)


def _shown(field: Field, value: Any) -> str:
    if isinstance(value, UUID) and value not in {own for own, _ in choice_pairs(field.choices)}:
        return "one that is not in this desk any more"
    return shown(field, ContractDetails(**{field.name: value}))


def _quoted(words: str) -> str:
    return words if words == "blank" else f"“{words}”"


def _place(item: ContractItem) -> tuple[int, list[str], str]:
    """Where a thing stands among those of one change: by its kind, its days, its words."""
    row = item.after or item.before or {}
    days = [value.isoformat() for value in row.values() if isinstance(value, date)]
    return (tuple(_ITEMS).index(item.table), days, " ".join(_item(item)))


def _item(item: ContractItem) -> tuple[str, str]:
    name, words = _ITEMS[item.table]
    either = item.after or item.before or {}
    if item.before is None:
        return name(either), f"added, {words(either)}"
    if item.after is None:
        return name(either), f"removed, {words(either)}"
    before, after = words(item.before), words(item.after)
    if before == after:
        return name(either), f"its note changed, {after}"
    return name(either), f"from “{before}” to “{after}”"


Row = Mapping[str, Any]


def _extension(row: Row) -> str:
    said = [f"to {show_day(row['to_on'])}"]
    if row["decide_by_on"] is not None:
        said.append(f"to decide by {show_day(row['decide_by_on'])}")
    if row["taken_on"] is not None:
        said.append(f"taken up on {show_day(row['taken_on'])}")
    return ", ".join(said)


def _price(row: Row) -> str:
    training, assessment = show_pounds(row["training_price"]), show_pounds(row["assessment_price"])
    return f"{training} for training and {assessment} for assessment"


def _file(row: Row) -> str:
    return called(row["kind"], row["title"], row["file_name"], row["dated_on"])


_ITEMS: Mapping[str, tuple[Callable[[Row], str], Callable[[Row], str]]] = {
    "contract_extension": (lambda row: f"Extension {row['number']}", _extension),
    "contract_expiry": (
        lambda row: _capital(row["kind"]),
        lambda row: f"until {show_day(row['ends_on'])}",
    ),
    "contract_price": (lambda row: f"Price of {row['standard_code']}", _price),
    "contract_measure": (
        lambda row: f"Agreed, {row['measure']}",
        lambda row: f"{row['agreed_percent']}%",
    ),
    "contract_file": (lambda _row: "Document", _file),
    "payment": (
        lambda _row: "Payment",
        lambda row: f"{show_pounds(row['amount'])} on {show_day(row['paid_on'])}",
    ),
    "document_made": (
        lambda _row: "Document issued",
        lambda row: f"{row['title']}, {show_day(row['issued_on'])}",
    ),
}
"""What each kind of thing is called, and what is said of one."""


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]
