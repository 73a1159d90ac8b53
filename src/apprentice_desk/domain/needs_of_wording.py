"""What wording needs: drafts to be approved, and clauses to be read again."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from apprentice_desk.domain.calendar import show_day
from apprentice_desk.domain.needs import WORDING, Need, NeedKind, Target, Urgency, counted, listed


class WordingNeed(StrEnum):
    """What one clause needs."""

    LEFT_OUT = "left out"
    REVIEW = "review"
    OVERTAKEN = "overtaken"
    DRAFT = "draft"


@dataclass(frozen=True, slots=True)
class NeedyWording:
    """A clause that needs something; *review_by* is when it is to be read again.

    *file* is what its file is called, which it is known by.
    """

    need: WordingNeed
    file: str
    title: str
    review_by: date | None
    says: str


def wording_needs(found: Iterable[NeedyWording], today: date) -> list[Need]:
    """Return a line for each thing that clauses need, however many do."""
    by_need: dict[WordingNeed, list[NeedyWording]] = {}
    for each in found:
        by_need.setdefault(each.need, []).append(each)
    return [_line(need, by_need[need], today) for need in WordingNeed if need in by_need]


def _line(need: WordingNeed, these: list[NeedyWording], today: date) -> Need:
    titles = sorted(these, key=lambda each: (each.review_by or date.max, each.title.casefold()))
    first = titles[0]
    urgency, what, action = _words(need, titles, today)
    why = listed([f"“{each.title}”" for each in titles]) if len(titles) > 1 else first.says
    return Need(
        key=f"wording:{need}" if len(titles) > 1 else f"wording:{need}:{first.file}",
        kind=NeedKind.WORDING,
        urgency=urgency,
        what=what,
        why=why.removesuffix("."),
        action=action,
        target=Target(WORDING, field=first.file if len(titles) == 1 else ""),
        weight=len(titles),
        rank=(first.review_by or date.max).toordinal(),
    )


def _words(need: WordingNeed, these: list[NeedyWording], today: date) -> tuple[Urgency, str, str]:
    count, first = len(these), these[0]
    is_one = count == 1
    clauses = f"“{first.title}”" if is_one else counted(count, "clause")
    match need:
        case WordingNeed.LEFT_OUT:
            are = "is" if is_one else "are"
            what = f"{clauses} of the borough's own {are} left out of documents"
            return Urgency.NOW, what, "Look at it" if is_one else "Look at them"
        case WordingNeed.REVIEW:
            past = [each for each in these if each.review_by is not None and each.review_by < today]
            day = f", the first by {show_day(first.review_by)}" if first.review_by else ""
            if is_one:
                day = day.replace(", the first by", " by")
            were = "was" if is_one else "were"
            are = "is" if is_one else "are"
            if past:
                return Urgency.NOW, f"{clauses} {were} to be read again{day}", "Read wording"
            return Urgency.SOON, f"{clauses} {are} to be read again{day}", "Read wording"
        case WordingNeed.OVERTAKEN:
            what = f"{clauses} of the borough's own: the packaged wording is newer"
            return Urgency.LATER, what, "Compare"
        case _:  # drafts
            if is_one:
                return Urgency.SOON, f"{clauses} waits to be approved", "Open the draft"
            what = f"{counted(count, 'draft')} of wording wait to be approved"
            return Urgency.SOON, what, "Open drafts"
