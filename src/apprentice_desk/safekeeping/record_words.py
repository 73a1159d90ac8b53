"""What the tables of a desk are called in sentences, and their values as people read them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from typing import Any

from apprentice_desk.domain.calendar import show_day
from apprentice_desk.domain.clocks import show_instant
from apprentice_desk.domain.durations import sentence
from apprentice_desk.domain.money import show_pounds

TABLES: Mapping[str, tuple[str, str]] = {
    "abstention": ("abstention", "abstentions"),
    "apprentice": ("person", "people"),
    "apprenticeship": ("apprenticeship", "apprenticeships"),
    "barrier": ("barrier", "barriers"),
    "bid_price": ("price of a bid", "prices of bids"),
    "bidder": ("bidder", "bidders"),
    "break_in_learning": ("break in learning", "breaks in learning"),
    "checklist_mark": ("tick of a checklist", "ticks of checklists"),
    "clarification": ("question of a bidder", "questions of bidders"),
    "criterion": ("criterion", "criteria"),
    "document_made": ("issued paper", "issued papers"),
    "evaluator": ("evaluator", "evaluators"),
    "event_attendance": ("visit of an event", "visits of events"),
    "evidence": ("piece of evidence", "pieces of evidence"),
    "guide_checklist": ("checklist of a guide", "checklists of guides"),
    "guide_tick": ("tick of a guide", "ticks of guides"),
    "hours_repeat": ("session that comes again", "sessions that come again"),
    "hours_repeat_person": ("part in a session that comes again", "parts in sessions"),
    "hours_week": ("week of hours", "weeks of hours"),
    "kept_longer": ("reason to keep", "reasons to keep"),
    "ksb_statement": ("statement on knowledge or skills", "statements on knowledge and skills"),
    "leave": ("stretch of leave", "stretches of leave"),
    "left_file_person": ("mention in what left", "mentions in what left"),
    "mentoring": ("mentor or buddy", "mentors and buddies"),
    "moderated_score": ("moderated score", "moderated scores"),
    "off_the_job_entry": ("entry of hours", "entries of hours"),
    "pay": ("pay rate", "pay rates"),
    "payment": ("payment", "payments"),
    "plan_activity": ("planned activity", "planned activities"),
    "procurement": ("procurement", "procurements"),
    "procurement_decision": ("decision", "decisions"),
    "procurement_step": ("step of a procurement", "steps of procurements"),
    "programme_change": ("change of the programme", "changes of the programme"),
    "put_off_line": ("line put off on Today", "lines put off on Today"),
    "review": ("review", "reviews"),
    "review_action": ("action of a review", "actions of reviews"),
    "review_part": ("part in a review", "parts in reviews"),
    "score": ("score", "scores"),
    "secondment": ("secondment or visit", "secondments and visits"),
    "secondment_move": ("step of a secondment", "steps of secondments"),
    "story": ("story", "stories"),
    "survey_answer": ("survey answer", "survey answers"),
    "version_stay": ("stay on a version", "stays on versions"),
    "weekly_hours": ("figure of weekly hours", "figures of weekly hours"),
}
"""One and many of what a table holds, of all that can be erased with somebody."""

_PLACES: Mapping[str, str] = {
    "barrier": "a barrier",
    "change_log": "the history",
    "contract": "a contract",
    "contract_file": "a file of a contract",
    "evaluator": "an evaluator of a procurement",
    "left_file": "what left",
    "mentoring": "the mentor of somebody else",
    "network_event": "an event",
    "off_the_job_entry": "an entry of hours of somebody else",
    "payment": "a payment",
    "provider": "a provider",
    "provider_action": "an action for a provider",
    "provider_contact": "a contact of a provider",
    "provider_note": "a note on a provider",
    "review": "a review of somebody else",
    "review_action": "an action of somebody else's review",
    "review_part": "a part in somebody else's review",
    "secondment": "a secondment of somebody else",
    "story": "a story",
    "survey_answer": "an answer to LOTI",
    "apprenticeship": "the record of somebody else",
    "apprentice": "the record of somebody else",
}
_WORDS = {
    "uln": "ULN", "ukprn": "UKPRN", "ksbs": "KSBs", "loti": "LOTI", "minutes": "length",
}  # fmt: skip
_SUFFIXES = ("_on", "_at", "_minutes", "_id")


def counted(table: str, count: int) -> str:
    """Return how many of what a table holds, in words."""
    one, many = TABLES[table]
    return f"{count:,} {one if count == 1 else many}"


def heading(table: str, count: int = 2) -> str:
    """Return what a table is called above so many rows."""
    words = TABLES[table][0 if count == 1 else 1]
    return words[:1].upper() + words[1:]


def place(table: str) -> str:
    """Return what a record of a table is called where it names somebody else."""
    return _PLACES.get(table, f"a record of {table.replace('_', ' ')}")


def places(tables: Iterable[str]) -> list[str]:
    """Return where somebody is named, each place once with how often: "a contract (2)"."""
    counts: dict[str, int] = {}
    for table in tables:
        counts[place(table)] = counts.get(place(table), 0) + 1
    return [where if count == 1 else f"{where} ({count:,})" for where, count in counts.items()]


def column(name: str) -> str:
    """Return what a column is called: "training_started_on" is "Training started"."""
    for suffix in _SUFFIXES:
        if name.endswith(suffix) and name != suffix[1:]:
            name = name.removesuffix(suffix)
            break
    words = [_WORDS.get(word, word) for word in name.split("_")]
    if words[0] in ("is", "has", "was") and len(words) > 1:
        words = words[1:]
    text = " ".join(words)
    return text[:1].upper() + text[1:]


def value(name: str, it: Any) -> str:
    """Return a value as people read it; *name* is its column, which says whether it is a length."""
    match it:
        case None:
            return ""
        case bool():
            return "Yes" if it else "No"
        case int() if name.endswith("minutes"):
            return sentence(it)
        case Decimal():
            return show_pounds(it)
        case StrEnum():
            return str(it.value)
        case datetime():
            return show_instant(it)
        case date():
            return show_day(it)
        case bytes():
            return f"{len(it):,} bytes"
    return str(it)
