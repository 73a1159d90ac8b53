"""The paper of a rehearsal says how it was drawn, what each file lacks, and what it is not."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from uuid import UUID

from apprentice_desk.documents.audit import (
    IS_NO_AUDIT,
    NAMES_PEOPLE,
    LookedAt,
    Rehearsal,
    audit_paper,
    by_kind,
    facts_of,
    minimum_words,
)
from apprentice_desk.documents.tree import Heading, KeyValues, NewPage, Para, Table
from apprentice_desk.domain.apprenticeship import Course
from apprentice_desk.domain.audit_checks import AuditFile, FileEntry, Gap, GapKind
from apprentice_desk.domain.auditing import Candidate, Oddity, draw
from apprentice_desk.domain.hours_facts import HoursFacts, figures_of
from apprentice_desk.domain.needs import Target
from apprentice_desk.resources import hours_rules

TODAY = date(2026, 11, 24)
ADA, LEE = UUID(int=1), UUID(int=2)


def file(key: UUID, name: str) -> AuditFile:
    facts = HoursFacts(course=Course())
    return AuditFile(
        key, name, "", "", "", None, True, True, facts, figures_of(facts, hours_rules(), TODAY),
        (), (), None,
    )  # fmt: skip


def gap(key: UUID, kind: GapKind, says: str = "Something is missing.") -> Gap:
    return Gap(kind, says, "Add it.", Target("apprentices", key, "agreed_price"), "A rule", False)


def rehearsal() -> Rehearsal:
    sample = draw(
        [Candidate(ADA, "ST1", "", 2025, (Oddity.BREAK, Oddity.QUIET)),
         Candidate(LEE, "ST2", "", None)],
        2, 5,
    )  # fmt: skip
    by_key = {
        ADA: (file(ADA, "Ada Obi"), (gap(ADA, GapKind.PRICE), gap(ADA, GapKind.DATES))),
        LEE: (file(LEE, "Lee Quill"), ()),
    }
    files = tuple(LookedAt(each, *by_key[each.id]) for each in sample.picked)
    return Rehearsal("Exampleton", "24 Nov 2026", True, sample, files)


def test_the_cover_says_that_it_is_no_audit_whose_names_it_has_and_how_files_were_drawn() -> None:
    made = audit_paper(rehearsal())
    words = [block.text for block in made.blocks if isinstance(block, Para)]
    assert IS_NO_AUDIT in words
    assert NAMES_PEOPLE in words
    assert rehearsal().sample.says() in words
    assert made.is_sample
    assert "not an audit" in made.foot
    drawn = next(block for block in made.blocks if isinstance(block, Table))
    (ada,) = [row for row in drawn.rows if row[1] == "Ada Obi"]
    assert ada[-2:] == ("A break in learning; no hours logged for six weeks or more", "2")
    (lee,) = [row for row in drawn.rows if row[1] == "Lee Quill"]
    assert lee[2:5] == ("not known", "not known", "not known")


def test_each_file_has_its_own_page_with_its_facts_and_gaps() -> None:
    blocks = audit_paper(rehearsal()).blocks
    assert sum(isinstance(block, NewPage) for block in blocks) == 2
    assert sum(isinstance(block, KeyValues) for block in blocks) == 2
    (table,) = [
        block for block in blocks if isinstance(block, Table) and "in the file of" in block.name
    ]
    assert table.name == "Gaps in the file of Ada Obi"
    assert table.rows[0] == (
        "Price", "Something is missing.", "Add it.", "A rule: check against the rules",
    )  # fmt: skip
    words = [block.text for block in blocks if isinstance(block, Para)]
    assert "No gap was found in what the desk holds of this file." in words
    headings = [block.text for block in blocks if isinstance(block, Heading)]
    assert "2 gaps" in headings


def test_gaps_are_summed_up_by_kind() -> None:
    assert by_kind(rehearsal()) == ((GapKind.DATES, 1, 1), (GapKind.PRICE, 1, 1))


def test_what_was_found_is_one_sentence() -> None:
    two = rehearsal()
    assert two.says() == "2 gaps were found in 2 files; 1 has none."
    (ada,) = [each for each in two.files if each.gaps]
    (lee,) = [each for each in two.files if not each.gaps]
    assert replace(two, files=(ada,)).says() == "2 gaps were found in 1 file."
    assert replace(two, files=(lee,)).says() == "No gap was found in 1 file."
    one = replace(ada, gaps=ada.gaps[:1])
    assert replace(two, files=(one, lee, lee)).says() == (
        "1 gap was found in 3 files; 2 have none."
    )
    without = audit_paper(replace(two, files=(lee,))).blocks
    assert not [block for block in without if isinstance(block, Table) and "kind" in block.name]


def test_facts_that_are_not_known_say_so_and_those_that_are_say_how() -> None:
    bare = dict(facts_of(file(ADA, "Ada Obi")))
    assert bare["Minimum"] == "no rule is known for this start"
    assert bare["Agreed price"] == "not known"
    assert bare["Training"] == "not known to not known"
    facts = HoursFacts(
        course=replace(Course(), training_started_on=date(2024, 9, 2),
                       training_planned_end_on=date(2026, 8, 31)),
        original_start_on=date(2024, 9, 2),
        weekly=((date(2024, 9, 2), 2160),),
        agreed_minutes=30_000,
    )  # fmt: skip
    entry = FileEntry(UUID(int=9), TODAY, 60, True, "", "", False, 0)
    known = replace(
        file(ADA, "Ada Obi"), facts=facts, figures=figures_of(facts, hours_rules(), TODAY),
        entries=(entry,), reviews_held=(date(2026, 1, 5), date(2026, 3, 5)), provider="Kestrel",
    )  # fmt: skip
    told = dict(facts_of(known))
    assert told["Provider and contract"] == "Kestrel"
    assert told["Logged and counting"].endswith("in 1 entry")
    assert told["Reviews held"] == "2, the last on 5 Mar 2026"
    assert told["Agreed in the training plan"] == "500 h"
    assert "weeks of leave" in minimum_words(known)
    assert facts_of(known)[5][1] == minimum_words(known)
