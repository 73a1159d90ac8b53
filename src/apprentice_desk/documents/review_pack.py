"""The review pack, which prepares a progress review, and the record of one that was held.

Both say the facts first and leave room to write and to sign.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from apprentice_desk.documents.explained import About
from apprentice_desk.documents.tree import (
    Block,
    Column,
    Document,
    Heading,
    KeyValues,
    Para,
    Signatory,
    Signatures,
    Table,
)
from apprentice_desk.domain.calendar import Period, show_day, table_day
from apprentice_desk.domain.durations import grid, rate, sentence
from apprentice_desk.domain.off_the_job import Figures
from apprentice_desk.domain.review_facts import KsbMove, PlanItem, ReviewFacts
from apprentice_desk.domain.review_meetings import (
    PARTIES,
    ActionDetails,
    Meeting,
    Part,
    signing_words,
)
from apprentice_desk.domain.review_roles import ReviewRole
from apprentice_desk.records.review_actions import ActionRow
from apprentice_desk.records.review_meetings import MeetingRow

MOST_COMING = 8
"""So many planned activities that come next are listed; the rest is counted."""

_ROOM = (
    ("Discussed", 8),
    ("Concerns", 5),
    ("What is new, or has to be planned again", 5),
)
"""What is written by hand, and how many lines of room it gets."""

_EMPTY_ACTIONS = 4


@dataclass(frozen=True, slots=True)
class Pack:
    """What a pack is made of.

    *meeting* is the review that is prepared, with *own_questions* a line each; *asked* are those
    made from the facts.  *names* are the last known of each party, *words* the words of codes.
    """

    about: About
    line_manager: str
    figures: Figures
    facts: ReviewFacts
    meeting: Meeting | None = None
    own_questions: str = ""
    asked: tuple[str, ...] = ()
    last_review_on: date | None = None
    due_by: date | None = None
    gateway_on: date | None = None
    effort: str = ""
    """Whether the hours can still be done, in words."""
    names: Mapping[ReviewRole, str] = field(default_factory=dict)
    words: Mapping[str, str] = field(default_factory=dict)


def review_pack(pack: Pack) -> Document:
    """Return the pack."""
    return Document(
        title=f"Progress review: {pack.about.name}",
        blocks=tuple(_pack_blocks(pack)),
        is_sample=pack.about.is_sample,
        foot=f"{pack.about.borough} · review pack of {pack.about.day} · names people",
    )


def _pack_blocks(pack: Pack) -> Iterator[Block]:
    yield KeyValues("The review", tuple(_who(pack)))
    yield Heading("At a glance")
    yield KeyValues("At a glance", tuple(_glance(pack)))
    yield Heading("Questions to ask")
    yield from _questions(pack)
    yield Heading(f"Hours, {_period(pack.facts)}")
    yield from _hours(pack.facts)
    yield Heading("Knowledge, skills and behaviours: what moved on")
    yield from _ksbs(pack.facts, pack.words)
    yield Heading("Learning plan")
    yield from _plan(pack.facts)
    yield Heading("Open actions")
    yield from _open_actions(pack.facts)
    yield Heading("What was said")
    for heading, lines in _ROOM:
        yield Table(heading, (Column(heading),), (("",),), is_boxed=True, least_lines=lines)
    yield Heading("Actions agreed")
    yield Table(
        "Actions agreed, to fill in",
        (Column("What", share=0.6), Column("Who", share=0.22), Column("By when", share=0.18)),
        (("", "", ""),) * _EMPTY_ACTIONS,
        is_boxed=True,
        least_lines=2,
    )
    yield Heading("Signed")
    yield Signatures(_signatories(pack.names, pack.about, pack.line_manager, ()))


def _who(pack: Pack) -> Iterator[tuple[str, str]]:
    about, meeting = pack.about, pack.meeting
    if meeting is not None and meeting.due_on is not None:
        at = f", {meeting.began_at}" if meeting.began_at else ""
        where = f", {meeting.place}" if meeting.place else ""
        yield "When and where", f"{show_day(meeting.due_on)}{at}{where}"
        if meeting.asked:
            yield "Asked to it", "; ".join(part.words for part in meeting.asked)
    yield "Standard", about.standard
    yield "Training provider", about.provider or "not given"
    yield "Line manager", pack.line_manager or "not given"
    last = pack.last_review_on
    yield "Last review", "none recorded" if last is None else show_day(last)
    if pack.due_by is not None:
        yield "A review is due by", show_day(pack.due_by)


def _glance(pack: Pack) -> Iterator[tuple[str, str]]:
    figures, facts = pack.figures, pack.facts
    yield "How the hours stand", _sentence(figures.why)
    yield "Logged to date", _of(figures.logged_minutes, figures.planned_to_date_minutes, "planned")
    if figures.required_minutes is not None:
        yield "Required in all", sentence(figures.required_minutes)
    yield "Logged in this period", _of(facts.counting_minutes, facts.planned_minutes, "planned")
    if figures.pace_minutes is not None and figures.needed_minutes is not None:
        yield "Pace", f"{rate(figures.pace_minutes)}; needed {rate(figures.needed_minutes)}"
    if pack.effort:
        yield "What is left", pack.effort
    late = len(facts.overdue)
    yield "Overdue in the plan", "nothing" if not late else f"{late:,}, below"
    if pack.gateway_on is not None:
        yield "Gateway planned", show_day(pack.gateway_on)


def _of(minutes: int, planned: int | None, word: str) -> str:
    logged = sentence(minutes)
    return logged if planned is None else f"{logged} of {sentence(planned)} {word}"


def _sentence(text: str) -> str:
    return text[:1].upper() + text[1:]


def _period(facts: ReviewFacts) -> str:
    return Period(facts.first, facts.last).shown()


def _questions(pack: Pack) -> Iterator[Block]:
    own = [line.strip() for line in pack.own_questions.splitlines() if line.strip()]
    asked = [*own, *pack.asked]
    if not asked:
        yield Para("Nothing in the record calls for a question. Ask what went well, and what next.")
        return
    yield Table(
        "Questions, with room for the answers",
        (Column("Question"), Column("Answer", share=0.5)),
        tuple((text, "") for text in asked),
        is_boxed=True,
        least_lines=3,
    )


def _hours(facts: ReviewFacts) -> Iterator[Block]:
    if not facts.activities:
        yield Para("Nothing was logged in this period.")
        return
    rows = [
        (
            _sentence(each.activity),
            f"{each.entries:,}",
            grid(each.counting_minutes) if each.counting_minutes else "",
            grid(each.other_minutes) if each.other_minutes else "",
        )
        for each in facts.activities
    ]
    entries = sum(each.entries for each in facts.activities)
    rows.append(
        ("Together", f"{entries:,}", grid(facts.counting_minutes), grid(facts.other_minutes))
    )
    yield Table(
        "Hours by activity",
        (
            Column("Activity"),
            Column("Entries", is_right=True),
            Column("Counts", is_right=True),
            Column("Does not count", is_right=True),
        ),
        tuple(rows),
    )
    if facts.planned_minutes is not None:
        apart = facts.counting_minutes - facts.planned_minutes
        how = "as planned" if not apart else f"{sentence(abs(apart))} {_above(apart)} plan"
        yield Para(
            f"Planned for this period: {sentence(facts.planned_minutes)}. Logged:"
            f" {sentence(facts.counting_minutes)}, {how}."
        )


def _above(apart: int) -> str:
    return "above" if apart > 0 else "below"


def _ksbs(facts: ReviewFacts, words: Mapping[str, str]) -> Iterator[Block]:
    if not facts.moves:
        yield Para(
            "Nobody said that any moved on."
            if facts.has_ksbs
            else "Nothing is recorded of how far they have come."
        )
        return
    yield Table(
        "Codes that moved",
        (Column("Code"), Column("What it is"), Column("Says"), Column("Was"), Column("Is now")),
        tuple(_move(each, words) for each in facts.moves),
    )


def _move(move: KsbMove, words: Mapping[str, str]) -> tuple[str, ...]:
    return (move.code, words.get(move.code, ""), move.voice, move.before, move.after)


def _plan(facts: ReviewFacts) -> Iterator[Block]:
    kinds = (
        ("Overdue", facts.overdue),
        ("Done in this period", facts.done),
        ("Next", facts.coming[:MOST_COMING]),
    )
    rows = [_planned(how, each) for how, some in kinds for each in some]
    if not rows:
        yield Para("There is no learning plan with activities yet.")
        return
    yield Table(
        "Planned activities",
        (
            Column("How it stands"), Column("Activity"), Column("Due"),
            Column("Hours", is_right=True), Column("Mandatory"),
        ),
        tuple(rows),
    )  # fmt: skip
    left = len(facts.coming) - MOST_COMING
    if left > 0:
        yield Para(f"{left:,} more {'comes' if left == 1 else 'come'} after these.", is_quiet=True)


def _planned(how: str, item: PlanItem) -> tuple[str, ...]:
    return (
        how,
        item.title,
        table_day(item.due_on) if item.due_on is not None else "",
        grid(item.planned_minutes),
        "yes" if item.is_mandatory else "",
    )


def _open_actions(facts: ReviewFacts) -> Iterator[Block]:
    if not facts.actions:
        yield Para("None are open.")
        return
    yield Table(
        "Open actions, with room to say how they stand",
        (Column("Action"), Column("Who"), Column("By"), Column("Done or not, and why", share=0.3)),
        tuple(_open_action(each, facts.last) for each in facts.actions),
        is_boxed=True,
        least_lines=2,
    )


def _open_action(action: ActionDetails, day: date) -> tuple[str, ...]:
    due = "" if action.due_on is None else table_day(action.due_on)
    late = "\noverdue" if action.due_on is not None and action.due_on < day else ""
    return (action.what, action.owner, f"{due}{late}", "")


# --- signing --------------------------------------------------------------------------------------


def _signatories(
    names: Mapping[ReviewRole, str], about: About, line_manager: str, parts: Sequence[Part]
) -> tuple[Signatory, ...]:
    """The three parties that have not signed, each with the name that is known."""
    known = {
        ReviewRole.APPRENTICE: about.name,
        ReviewRole.MANAGER: line_manager,
        ReviewRole.PROVIDER: about.provider,
        **{role: name for role, name in names.items() if name},
    }
    signed = {part.role for part in parts if part.signed_on is not None}
    return tuple(
        Signatory(_ROLE_WORDS[role], known[role]) for role in PARTIES if role not in signed
    )


_ROLE_WORDS = {
    ReviewRole.APPRENTICE: "Apprentice",
    ReviewRole.MANAGER: "Line manager",
    ReviewRole.PROVIDER: "Training provider",
    ReviewRole.HOST: "Host",
    ReviewRole.OTHER: "Other",
}


# --- the record -----------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class HeldReview:
    """A review that was held, with the actions that came of it and the day of the next one."""

    about: About
    line_manager: str
    row: MeetingRow
    actions: tuple[ActionRow, ...] = ()
    next_on: date | None = None


def review_record(held: HeldReview) -> Document:
    """Return the record of a review that was held, with lines for who has still to sign."""
    about = held.about
    return Document(
        title=f"Record of a progress review: {about.name}",
        blocks=tuple(_record_blocks(held)),
        is_sample=about.is_sample,
        foot=f"{about.borough} · {about.day} · names people",
    )


def _record_blocks(held: HeldReview) -> Iterator[Block]:
    about, row = held.about, held.row
    at = f", {row.began_at}" if row.began_at else ""
    where = f", {row.place}" if row.place else ""
    yield KeyValues(
        "The review",
        (
            ("Held", f"{show_day(row.held_on)}{at}{where}" if row.held_on else "not yet"),
            ("Standard", about.standard),
            ("Training provider", about.provider or "not given"),
            ("Line manager", held.line_manager or "not given"),
            ("Next review", "not planned yet" if held.next_on is None else show_day(held.next_on)),
        ),
    )
    yield Heading("Who was there")
    if row.parts:
        yield Table(
            "Who was there",
            (Column("Who"), Column("As"), Column("There"), Column("Signed")),
            tuple(_part(part) for part in row.parts),
        )
    else:
        yield Para("Nobody recorded who was there.")
    for title, text in (
        ("Discussed", row.note),
        ("Concerns", row.concerns),
        ("What is new, or has to be planned again", row.changes),
    ):
        yield Heading(title)
        yield Para(text or "Nothing was recorded.")
    yield Heading("Actions agreed")
    if held.actions:
        yield Table(
            "Actions agreed",
            (Column("What"), Column("Who"), Column("By"), Column("Done")),
            tuple(_action(action) for action in held.actions),
        )
    else:
        yield Para("None were agreed.")
    yield Heading("Signed")
    yield Para(f"{signing_words(row.parts)}.")
    names = {part.role: part.name for part in row.parts}
    left = _signatories(names, about, held.line_manager, row.parts)
    if left:
        yield Signatures(left)


def _part(part: Part) -> tuple[str, ...]:
    there = {True: "yes", False: "no", None: "not recorded"}[part.was_there]
    signed = "" if part.signed_on is None else table_day(part.signed_on)
    return (part.name, _ROLE_WORDS[part.role], there, signed)


def _action(action: ActionRow) -> tuple[str, ...]:
    return (
        action.what,
        action.owner,
        "" if action.due_on is None else table_day(action.due_on),
        "" if action.done_on is None else table_day(action.done_on),
    )
