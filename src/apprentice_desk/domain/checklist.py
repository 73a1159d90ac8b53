"""What has to be dealt with before an apprenticeship starts, and what an item of a checklist is.

The gateway's list, most of which is worked out, stands in ``checklist_gateway``.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from apprentice_desk.domain.calendar import show_day
from apprentice_desk.domain.checklist_rules import ItemRule, covers


class Checklist(StrEnum):
    """Which list an item belongs to."""

    START = "start"
    GATEWAY = "gateway"


BEFORE_NAMED = frozenset({"role_agreed", "advertised"})
"""Items of the start that can be dealt with before anybody is named for the role."""


class ItemState(StrEnum):
    """How an item stands."""

    MET = "met"
    NOT_MET = "not met"
    NOT_NEEDED = "not needed"
    NOT_KNOWN = "not known"

    @property
    def is_open(self) -> bool:
        """Whether something is still to be done or found out."""
        return self in (ItemState.NOT_MET, ItemState.NOT_KNOWN)


@dataclass(frozen=True, slots=True)
class Mark:
    """What somebody said of an item: done on a day and by whom, or not needed and why."""

    item: str
    done_on: date | None = None
    done_by: str = ""
    is_not_needed: bool = False
    note: str = ""


@dataclass(frozen=True, slots=True)
class Item:
    """One item as it stands.

    *why* is one sentence; *remedy* says what would meet an item that is open.  *meets_on* is the
    day on which it is met by itself, None where that is not known.  *can_be_marked* is false where
    it is worked out; *is_any_day* tells that a word of somebody's meets it, on any day.

    *is_named* asks for it on Today; *due_on* is by when a rule wants it, None where none that was
    read says so, and *late* what a rule still allows after that.
    """

    id: str
    title: str
    state: ItemState
    why: str
    remedy: str = ""
    meets_on: date | None = None
    can_be_marked: bool = True
    is_any_day: bool = False
    source: str = ""
    is_verified: bool = True
    is_named: bool = False
    due_on: date | None = None
    late: str = ""


def marked(rule: ItemRule, mark: Mark, *, key: str = "", title: str = "") -> Item:
    """Return an item as somebody said it stands."""
    note = mark.note.rstrip(".")
    if mark.is_not_needed:
        return made(rule, ItemState.NOT_NEEDED, f"Not needed: {note}.", key=key, title=title)
    on = "Done" if mark.done_on is None else f"Done on {show_day(mark.done_on)}"
    by = f" by {mark.done_by}" if mark.done_by else ""
    why = f"{on}{by}: {note}." if note else f"{on}{by}."
    return made(rule, ItemState.MET, why, key=key, title=title)


def made(
    rule: ItemRule,
    state: ItemState,
    why: str,
    remedy: str = "",
    *,
    meets_on: date | None = None,
    can_be_marked: bool = True,
    is_any_day: bool = False,
    key: str = "",
    title: str = "",
) -> Item:
    """Return an item of *rule*, with another key or title where there are several of it."""
    return Item(
        key or rule.key,
        title or rule.title,
        state,
        why,
        remedy,
        meets_on,
        can_be_marked,
        is_any_day,
        rule.source,
        rule.is_verified,
    )


def rules_for(rules: Iterable[ItemRule], start_on: date) -> list[ItemRule]:
    """Return the items of a start."""
    return [each for each in rules if covers(each.starts_from, each.starts_to, start_on)]


def start_items(
    rules: Iterable[ItemRule],
    marks: Mapping[str, Mark],
    started_on: date | None,
    today: date,
    *,
    is_new: bool | None,
) -> tuple[Item, ...]:
    """Return the list before the start, in its order.

    *is_new* is whether the person came for the apprenticeship, None where it is not known.
    Without a start the items of today's starts are asked for.
    """
    items = []
    for rule in rules_for(rules, started_on or today):
        mark = marks.get(rule.key)
        if mark is not None:
            item = marked(rule, mark)
        elif rule.is_for_new_people_only and is_new is False:
            why = "Not needed: an existing employee took up the apprenticeship."
            item = made(rule, ItemState.NOT_NEEDED, why)
        else:
            item = _open(rule, started_on, today)
        items.append(replace(item, is_named=rule.is_named, source=_sources(rule, started_on)))
    return tuple(items)


def _open(rule: ItemRule, started_on: date | None, today: date) -> Item:
    """An item that nobody dealt with, and by when it is wanted."""
    due_on = started_on if rule.due_source else None
    late = _late(rule, started_on, today)
    if started_on is None:
        why = "Not done yet."
    elif started_on <= today:
        why = f"Not recorded, and training started on {show_day(started_on)}."
    elif due_on is not None:
        why = f"Not done yet; due by the start, {show_day(due_on)}."
    elif rule.is_named:
        why = f"Not done yet; {NO_DAY}, so it is asked for by the start, {show_day(started_on)}."
    else:
        why = "Not done yet."
    item = made(rule, ItemState.NOT_MET, f"{why} {late}." if late else why, rule.meets)
    return replace(item, due_on=due_on, late=late)


NO_DAY = "no rule that was read says by when"
"""What is said of an item that Today asks for without a dated rule."""


def _late(rule: ItemRule, started_on: date | None, today: date) -> str:
    """What a rule allows after the start, "" where it allows nothing or its day is past."""
    if rule.late is None or started_on is None:
        return ""
    last_on = rule.late.last_on(started_on)
    if last_on is None or last_on < today:
        return ""
    return rule.late.says.replace("{day}", show_day(last_on))


def _sources(rule: ItemRule, started_on: date | None) -> str:
    sources = [rule.source]
    if rule.due_source:
        sources.append(f"By when: {rule.due_source}")
    if rule.late is not None and started_on and rule.late.last_on(started_on) is not None:
        sources.append(f"Later: {rule.late.source}")
    return ". ".join(sources)


def open_items(items: Iterable[Item]) -> tuple[Item, ...]:
    """Return what is still to be done or found out."""
    return tuple(each for each in items if each.state.is_open)
