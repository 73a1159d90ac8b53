"""The review pack and the record of a review: what they say, word for word, and their pages."""

from __future__ import annotations

import shutil
import subprocess
from dataclasses import replace
from datetime import date
from fractions import Fraction
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest

from apprentice_desk import resources
from apprentice_desk.documents import pdf
from apprentice_desk.documents.explained import About
from apprentice_desk.documents.review_pack import HeldReview, Pack, review_pack, review_record
from apprentice_desk.documents.tree import Document, Signatures
from apprentice_desk.domain.hours_rules import Activity
from apprentice_desk.domain.ksb_status import KsbStatus, Voice
from apprentice_desk.domain.off_the_job import Figures, HoursStatus
from apprentice_desk.domain.review_facts import (
    ActivityMinutes,
    KsbMove,
    PlanItem,
    ReviewFacts,
    questions,
)
from apprentice_desk.domain.review_meetings import ActionDetails, Meeting, Part
from apprentice_desk.domain.review_roles import ReviewRole
from apprentice_desk.records.review_actions import ActionRow
from apprentice_desk.records.review_meetings import MeetingRow
from documents.told import GOLDEN, words

FIRST, DAY = date(2026, 9, 1), date(2026, 11, 24)
KEY = UUID(int=1)
ABOUT = About(
    "Ada Obi", "Software developer, level 4 · ST0116", "Thamesbank", "24 Nov 2026", "Exampleton",
    True,
)  # fmt: skip
FIGURES = Figures(
    30_000, None, 30_000, 12_000, 9_540, -2_460, Fraction(200), Fraction(400), Fraction(31), 15_000,
    date(2027, 9, 1), Fraction(9), HoursStatus.BEHIND,
    "41 h below plan; needs 6.7 to 30 Jun 2027, has averaged 3.3",
)  # fmt: skip
FACTS = ReviewFacts(
    FIRST, DAY,
    activities=(
        ActivityMinutes(Activity.WORKSHOP, 900, 0, 6),
        ActivityMinutes(Activity.PROGRESS_REVIEW, 0, 60, 1),
    ),
    planned_minutes=4_200,
    unverified_minutes=450,
    counting_entries=6,
    without_evidence=2,
    last_entry_on=date(2026, 10, 12),
    done=(PlanItem("Unit testing", date(2026, 9, 30), 1_200, False, True),),
    overdue=(PlanItem("Databases", date(2026, 10, 31), 600, True),),
    coming=(
        *(PlanItem(f"Module {n}", date(2026, 12, n), 300, False) for n in range(1, 10)),
        PlanItem("Reading", None, 60, False),
    ),
    moves=(
        KsbMove("K4", Voice.APPRENTICE, KsbStatus.IN_PROGRESS, KsbStatus.READY_FOR_REVIEW),
        KsbMove("S7", Voice.MANAGER, KsbStatus.NOT_STARTED, KsbStatus.IN_PROGRESS),
    ),
    ready=("K4",),
    has_ksbs=True,
    actions=(
        ActionDetails("Send the log to the provider", "Ada Obi", date(2026, 10, 2)),
        ActionDetails("Find a project for S7", "Grace Park"),
    ),
    last_concerns="Too little time on Fridays.",
)  # fmt: skip
PACK = Pack(
    ABOUT,
    "Grace Park",
    FIGURES,
    FACTS,
    Meeting(
        date(2026, 11, 27), "09:30", "Room 2",
        (Part(ReviewRole.APPRENTICE, "Ada Obi"), Part(ReviewRole.PROVIDER)),
    ),
    own_questions="Does the new team suit?\n\n  What about Fridays?",
    asked=questions(
        FACTS, FIGURES, resources.review_rules().practice_on(DAY), "Ada", "Grace Park",
        date(2027, 3, 1),
    ),
    last_review_on=date(2026, 8, 31),
    due_by=date(2026, 11, 23),
    gateway_on=date(2027, 3, 1),
    effort="needs 2.0 times the pace",
    names={ReviewRole.PROVIDER: "Bo Lind", ReviewRole.MANAGER: ""},
    words={"K4": "How teams work", "S7": "Test code"},
)  # fmt: skip
ROW = MeetingRow(
    KEY, KEY, date(2026, 11, 20), date(2026, 11, 20), "Went well.", "09:30", "Room 2", "",
    "Little time.", "", 3,
    (
        Part(ReviewRole.APPRENTICE, "Ada Obi", True, date(2026, 11, 20)),
        Part(ReviewRole.MANAGER, "Grace Park", True),
        Part(ReviewRole.PROVIDER, "Bo Lind", False),
        Part(ReviewRole.HOST, "Sam Reed"),
    ),
)  # fmt: skip
HELD = HeldReview(
    ABOUT,
    "Grace Park",
    ROW,
    (
        ActionRow(KEY, KEY, KEY, "Send the log", "Ada Obi", date(2026, 12, 4), DAY, "", 1),
        ActionRow(KEY, KEY, KEY, "Find a project", "Grace Park", None, None, "", 1),
    ),
    date(2027, 2, 10),
)


@pytest.mark.parametrize(
    ("name", "made"), [("review_pack", review_pack(PACK)), ("review_record", review_record(HELD))]
)
def test_the_whole_paper_says_word_for_word(name: str, made: Document) -> None:
    assert words(made) == (GOLDEN / f"{name}.txt").read_text("utf-8")
    assert made.is_sample


def test_of_whom_little_is_known_a_pack_says_so() -> None:
    unknown = replace(
        FIGURES, required_minutes=None, planned_to_date_minutes=None, pace_minutes=None,
        status=HoursStatus.NO_PLAN, why="no plan",
    )  # fmt: skip
    bare = Pack(replace(ABOUT, provider=""), "", unknown, ReviewFacts(FIRST, DAY))
    said = words(review_pack(bare))
    for each in (
        "Training provider: not given",
        "Line manager: not given",
        "Last review: none recorded",
        "Logged to date: 159 h\n",
        "Overdue in the plan: nothing",
        "Nothing in the record calls for a question.",
        "Nothing was logged in this period.",
        "Nothing is recorded of how far they have come.",
        "There is no learning plan with activities yet.",
        "None are open.",
    ):
        assert each in said
    for absent in ("When and where", "Asked to it", "Required", "Pace", "Gateway", "due by"):
        assert absent not in said


@pytest.mark.parametrize(
    ("planned", "says"), [(900, ", as planned."), (600, ", 5 h above plan."), (None, "")]
)
def test_hours_are_held_against_the_plan(planned: int | None, says: str) -> None:
    said = words(review_pack(replace(PACK, facts=replace(FACTS, planned_minutes=planned))))
    assert ("Planned for this period" in said) is bool(says)
    assert says in said


def test_a_pack_of_a_review_without_time_or_place_or_day() -> None:
    plain = replace(PACK, meeting=Meeting(date(2026, 11, 27)))
    assert "When and where: 27 Nov 2026\n" in words(review_pack(plain))
    assert "When and where" not in words(review_pack(replace(PACK, meeting=Meeting())))
    still = replace(PACK, facts=replace(FACTS, moves=(), coming=FACTS.coming[:8]))
    assert "Nobody said that any moved on." in words(review_pack(still))
    assert "more come after these" not in words(review_pack(still))


def test_a_record_of_little_says_what_is_missing_and_one_that_all_signed_has_no_lines() -> None:
    bare = replace(
        HELD, about=replace(ABOUT, provider=""), line_manager="", actions=(), next_on=None,
        row=replace(ROW, held_on=None, note="", concerns="", began_at="", place="", parts=()),
    )  # fmt: skip
    said = words(review_record(bare))
    for each in (
        "Held: not yet", "Next review: not planned yet", "Nobody recorded who was there.",
        "Nothing was recorded.", "None were agreed.", "Not signed by anybody yet.",
        "Training provider: not given", "Line manager: not given",
    ):  # fmt: skip
        assert each in said
    signed = tuple(replace(part, signed_on=DAY) for part in ROW.parts)
    full = review_record(replace(HELD, row=replace(ROW, parts=signed)))
    assert not any(isinstance(block, Signatures) for block in full.blocks)
    assert "Signed by all three, the last on 24 Nov 2026." in words(full)


@pytest.mark.skipif(shutil.which("pdftotext") is None, reason="poppler reads the PDF back")
@pytest.mark.parametrize("made", [review_pack(PACK), review_record(HELD)], ids=["pack", "record"])
def test_it_is_drawn_with_room_to_sign(tmp_path: Path, made: Any) -> None:
    path = pdf.write(tmp_path / "review.pdf", made)
    text = subprocess.run(
        ["pdftotext", "-layout", str(path), "-"], capture_output=True, text=True, check=True
    ).stdout
    assert "Line manager: Grace Park, signature" in text
    assert "Training provider: Bo Lind, signature" in text
    assert text.count("names people") == pdf.page_count(made)
