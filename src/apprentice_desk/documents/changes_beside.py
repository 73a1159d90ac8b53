"""What a contract said beside what it is to say: the table of a variation, of the values there are.

Nothing in it is typed twice: what held until now is what the desk knows, and only what changes has
a line.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from apprentice_desk.documents import fields, tree
from apprentice_desk.documents.field_kinds import TableValue, Value
from apprentice_desk.documents.fields import FIELDS

PAIRS: Mapping[str, tuple[str, str]] = {
    "new_ends_on": ("Last day", "contract_runs_to_on"),
    "new_extension_to_on": ("Last day with all extensions", "contract_extension_to_on"),
    "new_value_limit": ("Value limit", "value_limit"),
    "new_prices": ("Prices, for one apprentice", "prices"),
    "new_standards": ("Standards", "standards"),
    "new_lots": ("Lots", "lots"),
    "new_apprentices": ("Apprentices", "apprentices_on_contract"),
    "new_measures": ("Measures, each quarter", "measures"),
    "new_notice_period": ("Notice period", "notice_period"),
    "new_looked_after_by": ("Contract manager of the Council", "looked_after_by"),
    "new_provider_contact": ("Contract manager of the Provider", "provider_contact"),
}
"""What may change: what the line is called, and the field that says how it was."""

FIELDS_USED = tuple(name for new, (_, was) in PAIRS.items() for name in (was, new))

NOT_RECORDED = "not recorded"

_COUNTED = {"apprentices_on_contract": "on the contract now", "new_apprentices": "expected"}


def changed(values: Mapping[str, Value]) -> tuple[str, ...]:
    """Return the fields that say something new, in the order of their lines."""
    return tuple(name for name in PAIRS if name in values)


def table(values: Mapping[str, Value]) -> tree.Table:
    """Return the table of what changes."""
    rows = tuple(
        (called, _said(was, values.get(was)), _said(name, values[name]))
        for name, (called, was) in PAIRS.items()
        if name in values
    )
    columns = (
        tree.Column("What", share=0.22),
        tree.Column("Until now", share=0.39),
        tree.Column("From then on", share=0.39),
    )
    return tree.Table("What changes", columns, rows, has_row_headings=True)


def _said(name: str, value: Value | None) -> str:
    match value:
        case None:
            return NOT_RECORDED
        case TableValue():
            return "\n".join(_lines(value))
        case tuple():
            return "\n".join(value)
        case int() if name in _COUNTED:
            return f"{fields.show(FIELDS[name], value)} {_COUNTED[name]}"
        case _:
            return fields.show(FIELDS[name], value)


def _lines(of: TableValue) -> Iterator[str]:
    """Yield each row as a line; with two columns their headings say nothing more."""
    for first, *rest in of.rows:
        if len(rest) == 1:
            yield f"{first}: {rest[0]}"
        else:
            said = (
                f"{heading[:1].lower()}{heading[1:]} {cell}"
                for heading, cell in zip(of.headings[1:], rest, strict=True)
            )
            yield f"{first}: {', '.join(said)}"
