"""The fields of a form for what a document still needs to be told."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import make_dataclass
from typing import Any

from apprentice_desk.documents import fields
from apprentice_desk.documents.field_kinds import FieldKind, MergeField, Value
from apprentice_desk.documents.fields import FIELDS
from apprentice_desk.documents.issuing import Asked
from apprentice_desk.ui.kit.fields import Field
from apprentice_desk.ui.kit.inputs import FieldKind as InputKind

_BEGINS = {
    "council_name": "The council",
    "document_reference": "This document",
    "procurement_reference": "What is bought",
    "bids_to": "How bids are made and judged",
    "procurement_days": "Who judged, and how",
    "cohorts": "The requirement",
    "paid_from": "Award without competition",
    "clarifications": "Questions and answers",
    "bidder_name": "This bid",
    "contract_reference": "The contract",
    "variation_number": "The change",
    "ending_kind": "The end",
    "quarter_called": "The letter",
    "return_format": "What is shared",
    "data_protection_contact": "Data and safety",
    "data_kept_years": "More on the contract",
    "apprentice_name": "The apprenticeship",
    "hours_standing": "How it stands",
    "review_on": "The review",
    "secondment_code": "The secondment",
    "behind_by": "Catching up",
    "new_manager_name": "The hand-over",
}
"""Headings of the form, by the first of the fields below them."""

_KINDS: Mapping[FieldKind, InputKind] = {
    FieldKind.TEXT: "text",
    FieldKind.LINES: "long text",
    FieldKind.DAY: "date",
    FieldKind.TIME: "text",
    FieldKind.MONEY: "money",
    FieldKind.NUMBER: "integer",
    FieldKind.SCORE: "decimal",
    FieldKind.CHOICE: "choice",
    FieldKind.YES_NO: "yes-no",
    FieldKind.POINTS: "long text",
}
_TEXTS = frozenset({FieldKind.TEXT, FieldKind.LINES, FieldKind.TIME, FieldKind.POINTS})
_ROWS = {FieldKind.LINES: 3, FieldKind.POINTS: 4}
_POINTS_HELP = "One point a line."


MAY_BE_BLANK = "May be left blank"


def in_order(asked: Iterable[Asked], needed: Collection[str]) -> tuple[Asked, ...]:
    """Return what is asked, first what the document cannot do without."""
    return tuple(sorted(asked, key=lambda each: each.field.name not in needed))


def form_fields(asked: Iterable[Asked], needed: Collection[str]) -> tuple[Field, ...]:
    """Return the inputs for what is asked, in that order, below their headings.

    *needed* are the fields that the document cannot do without.
    """
    groups = _groups()
    return tuple(
        _field(each.field, groups[each.field.name] if each.field.name in needed else "")
        for each in in_order(asked, needed)
    )


def _field(of: MergeField, group: str) -> Field:
    """Return one input; without a *group* it may be left blank."""
    help_ = of.help
    if of.kind is FieldKind.POINTS:
        help_ = f"{help_} {_POINTS_HELP}".strip()
    return Field(
        of.name,
        of.label,
        _KINDS[of.kind],
        help=help_,
        choices=of.choices,
        required=bool(group),
        group=group or MAY_BE_BLANK,
        rows=_ROWS.get(of.kind, 4),
    )


def _groups() -> Mapping[str, str]:
    found, group = {}, ""
    for name in FIELDS:
        group = _BEGINS.get(name, group)
        found[name] = group
    return found


def details_class(asked: Iterable[Asked]) -> type:
    """Return a class with an attribute for each of what is asked: what the form edits."""
    kinds = {each.field.name: each.field.kind for each in asked}
    return make_dataclass(
        "Answers",
        [(name, Any, "" if kind in _TEXTS else None) for name, kind in kinds.items()],
        frozen=True,
    )


def answers(asked: Iterable[Asked], details: type) -> Any:
    """Return what the form shows: the answers there are, of the class *details*."""
    return details(
        **{
            each.field.name: _shown(each.field, each.value)
            for each in asked
            if each.value is not None
        }
    )


def _shown(of: MergeField, value: Value) -> Any:
    return "\n".join(value) if isinstance(value, tuple) else value


def in_words(of: MergeField, value: Value) -> str:
    """Return a value of the desk as a line says it; "" for what takes more than a line."""
    if of.kind.stands_alone or of.kind is FieldKind.LINES:
        return ""
    return fields.show(of, value)
