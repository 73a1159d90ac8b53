"""The guides of the playbook: their words with figures filled in, and their checklists.

The texts, the items and what they come from are in resources/guides; figures come from the dated
rules, so that a guide never says anything else than the program works with.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from apprentice_desk.domain.checklist import Item, ItemState, Mark, made, marked
from apprentice_desk.domain.checklist_rules import ItemRule, Work
from apprentice_desk.domain.problems import Problem

_PLACE = re.compile(r"\{(from:)?([a-z0-9_-]+)\}")
UNREAD = (
    "Where “check” stands, the rule itself was not read: ask your provider or HR before you rely"
    " on it."
)
_FIXED = "\u00a0"
"""A gap at which no line ends."""
CHECKLIST_TITLE = "The checklist"
SOURCES_TITLE = "Where this comes from"


class GoesOn(StrEnum):
    """What the checklist of a guide can be put on."""

    APPRENTICE = "apprentice"
    PROCUREMENT = "procurement"


@dataclass(frozen=True, slots=True)
class Told:
    """A figure as a guide says it, and where it comes from, with its day.

    *is_verified* is false where the rule itself was not read.
    """

    says: str
    source: str
    is_verified: bool = True


@dataclass(frozen=True, slots=True)
class GuideItem:
    """One line of a guide's checklist.

    *key* never changes and is never used again for anything else: ticks are kept by it.  *why*
    says what meets it, and *link* leads to where it is done; "" where nothing in the program does.
    """

    key: str
    says: str
    why: str
    link: str = ""


@dataclass(frozen=True, slots=True)
class Guide:
    """One guide; *about* says when it is for, *words* what else people look for it by.

    *text* is Markdown with {figures} and {from:source} in it, *sources* are those named in it that
    are no figures.
    """

    name: str
    title: str
    about: str
    words: str
    goes_on: GoesOn
    text: str
    items: tuple[GuideItem, ...]
    sources: Mapping[str, Told]


def filled(guide: Guide, figures: Mapping[str, Told]) -> str:
    """Return the text with its figures, a number behind each, and what the numbers stand for.

    The checklist stands below the text.  The same source has one number.  Raises Problem for a
    figure or a source that is not known.
    """
    numbers: dict[tuple[str, bool], int] = {}

    def told(place: re.Match[str]) -> str:
        found = _told(guide, figures, place)
        number = numbers.setdefault((found.source, found.is_verified), len(numbers) + 1)
        note = f"[{number}]" if found.is_verified else f"[{number},{_FIXED}check]"
        return f"{found.says}{_FIXED}{note}" if found.says else note

    listed = "\n".join(f"- **{each.says}.** {each.why}" for each in guide.items)
    text = _PLACE.sub(told, f"{guide.text.rstrip()}\n\n## {CHECKLIST_TITLE}\n\n{listed}")
    if not numbers:
        return text
    lines = [
        f"{number}. {'' if is_verified else 'Check: '}{source.rstrip('.')}."
        for (source, is_verified), number in numbers.items()
    ]
    unread = () if all(is_verified for _, is_verified in numbers) else (UNREAD, "")
    return "\n".join([text, "", f"## {SOURCES_TITLE}", "", *unread, *lines])


def words_of_item(guide: Guide, words: str, figures: Mapping[str, Told]) -> str:
    """Return the *words* of an item with their figures, "check" behind those not read."""

    def told(place: re.Match[str]) -> str:
        found = _told(guide, figures, place)
        return found.says if found.is_verified else f"{found.says} (check)"

    return _PLACE.sub(told, words)


def _told(guide: Guide, figures: Mapping[str, Told], place: re.Match[str]) -> Told:
    is_source, name = place.groups()
    found = (guide.sources if is_source else figures).get(name)
    if found is None:
        raise Problem(f"The guide “{guide.title}” names “{place[0]}”, which nothing fills in.")
    return found


def guide_items(
    guide: Guide, marks: Mapping[str, Mark], figures: Mapping[str, Told]
) -> tuple[Item, ...]:
    """Return the checklist of *guide* as it stands, in its order.

    Of one that is open, what would meet it stands where else it says why it is met.  What was said
    of an item that the guide no longer has is left out.
    """
    items = []
    for each in guide.items:
        rule = _rule(guide, each, figures)
        mark = marks.get(each.key)
        if mark is not None:
            items.append(marked(rule, mark))
        else:
            items.append(made(rule, ItemState.NOT_MET, rule.meets))
    return tuple(items)


def _rule(guide: Guide, item: GuideItem, figures: Mapping[str, Told]) -> ItemRule:
    return ItemRule(
        key=item.key,
        work=Work.TICKED,
        title=words_of_item(guide, item.says, figures),
        meets=words_of_item(guide, item.why, figures),
        starts_from=None,
        starts_to=None,
        is_for_new_people_only=False,
        source=f"The guide “{guide.title}”",
        is_verified=True,
    )


def find_guide(guides: Iterable[Guide], name: str) -> Guide | None:
    """Return the guide of this name, None where there is none."""
    return next((guide for guide in guides if guide.name == name), None)


def for_page(guides: Sequence[Guide], names: Iterable[str]) -> tuple[Guide, ...]:
    """Return the guides of these names, in that order; those that are gone are left out."""
    found = (find_guide(guides, name) for name in names)
    return tuple(guide for guide in found if guide is not None)
