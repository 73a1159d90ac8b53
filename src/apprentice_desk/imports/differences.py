"""What a list says of an apprenticeship otherwise than the desk, value by value.

A blank in the list says nothing, and a month is no other day than a day in it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any
from uuid import UUID

from apprentice_desk.domain import durations, money
from apprentice_desk.domain.calendar import Period, WrittenDay, show_day
from apprentice_desk.domain.people import full_name
from apprentice_desk.imports.corrections import Change, Correction
from apprentice_desk.imports.identifying import folded
from apprentice_desk.imports.training_providers import ProviderChoice
from apprentice_desk.records.apprentices import ApprenticeDetails

PROVIDER = "provider"
"""Stands among the values of a change for the provider, who may have to be added first."""
BREAK = "break"
"""Stands for a break that begins, with its first day."""

_SIMPLE: tuple[tuple[str, str, Callable[[Any], str]], ...] = (
    ("uln", "ULN", str),
    ("born_on", "date of birth", show_day),
    ("email", "email address", str),
    ("employee_reference", "employee reference", str),
    ("provider_reference", "provider's reference", str),
    ("standard_version", "version of the standard", str),
    ("apprenticeship_planned_end_on", "planned end of apprenticeship", show_day),
    ("agreed_price", "agreed price", money.show_pounds),
    ("agreed_minutes", "agreed off-the-job hours", durations.sentence),
    ("prior_learning_minutes", "recognised prior learning", durations.sentence),
    ("weekly_minutes", "weekly hours", durations.sentence),
    ("line_manager", "line manager", str),
    ("line_manager_email", "line manager's email", str),
    ("mentor", "mentor", str),
)
_DAYS = (
    ("training_started_on", "is_start_day_given", "training start"),
    ("training_planned_end_on", "is_end_day_given", "planned end of training"),
)


def of_details(before: ApprenticeDetails, said: ApprenticeDetails) -> list[Change]:
    """Return the changes from *before* to what is *said*, but for course, provider and ends."""
    changes = []
    was, now = _name(before), _name(said)
    if now and folded(was) != folded(now):
        values = (("given_names", said.given_names), ("family_name", said.family_name))
        changes.append(Change("name", "name", was, now, values))
    for name, is_given, words in _DAYS:
        old, new = getattr(before, name), getattr(said, name)
        if new is not None and not _is_same_day(
            old, getattr(before, is_given), new, getattr(said, is_given)
        ):
            values_of_day = ((name, new), (is_given, getattr(said, is_given)))
            changes.append(
                Change(
                    name, words, _day(old, getattr(before, is_given)),
                    _day(new, getattr(said, is_given)), values_of_day,
                )
            )  # fmt: skip
    for name, words, show in _SIMPLE:
        old, new = getattr(before, name), getattr(said, name)
        if new in (None, "") or _same(old, new):
            continue
        changes.append(
            Change(name, words, show(old) if old not in (None, "") else "", show(new),
                   ((name, new),))
        )  # fmt: skip
    if said.note and said.note not in before.note:
        note = f"{before.note}\n{said.note}".strip()
        changes.append(Change("note", "note, added to", before.note, said.note, (("note", note),)))
    return changes


def of_course(before: ApprenticeDetails, code: str, title: str, old_title: str) -> list[Change]:
    """Return the change to the standard of this code, if the desk has another or none."""
    if before.standard_code == code:
        return []
    old = f"{old_title} ({before.standard_code})" if before.standard_code else ""
    return [
        Change("course", "standard", old, f"{title} ({code})",
               (("standard_code", code), ("course_title", "")))
    ]  # fmt: skip


def of_provider(
    before: ApprenticeDetails, choice: ProviderChoice | None, names: Mapping[UUID, str]
) -> list[Change]:
    """Return the change to another provider, if one is named."""
    if choice is None or (choice.id is not None and choice.id == before.provider_id):
        return []
    old = names.get(before.provider_id, "") if before.provider_id else ""
    new = choice.details.name
    return [Change("provider", "training provider", old, new, ((PROVIDER, choice),))]


def of_ending(
    before: ApprenticeDetails,
    breaks: tuple[Period, ...],
    said: ApprenticeDetails,
    paused_from: WrittenDay | None,
) -> list[Change]:
    """Return the changes to how and when it ended, and to a break that is going on."""
    changes = []
    if said.outcome is not None and said.outcome is not before.outcome:
        old = str(before.outcome) if before.outcome else ""
        changes.append(
            Change("outcome", "how it ended", old, str(said.outcome), (("outcome", said.outcome),))
        )
    if said.ended_on is not None and said.ended_on != before.ended_on:
        old = show_day(before.ended_on) if before.ended_on else ""
        changes.append(
            Change("ended_on", "actual end", old, show_day(said.ended_on),
                   (("ended_on", said.ended_on),))
        )  # fmt: skip
    is_over = before.outcome is not None or any(spell.last is None for spell in breaks)
    if paused_from is not None and not is_over:
        new = _day(paused_from.day, paused_from.is_day_given)
        changes.append(Change("break", "on a break from", "", new, ((BREAK, paused_from),)))
    return changes


def plain_values(correction: Correction) -> dict[str, Any]:
    """Return the details that a correction sets, but for provider and break."""
    return {
        name: value for name, value in correction.values.items() if name not in (PROVIDER, BREAK)
    }


def _name(details: ApprenticeDetails) -> str:
    return full_name(details.given_names, details.family_name)


def _same(old: object, new: object) -> bool:
    if isinstance(old, str) and isinstance(new, str):
        return old.casefold() == new.casefold()
    return old == new


def _is_same_day(old: date | None, is_old_given: bool, new: date, is_new_given: bool) -> bool:
    if old is None:
        return False
    if not is_new_given:  # a month says no more than that the day lies in it
        return (old.year, old.month) == (new.year, new.month)
    return old == new and is_old_given


def _day(day: date | None, is_given: bool) -> str:
    if day is None:
        return ""
    return show_day(day) if is_given else f"{day:%B %Y}"
