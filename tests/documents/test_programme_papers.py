"""A case and the answers to LOTI as papers."""

from __future__ import annotations

from datetime import date

from apprentice_desk import resources
from apprentice_desk.documents import pdf
from apprentice_desk.documents.outcomes_case import BLANK, HEADINGS, CasePaper, case_paper
from apprentice_desk.documents.survey_answers import NO_NAMES, AnswerPage, answer_page
from apprentice_desk.documents.tree import Bullets, Heading, KeyValues, Para, Table, plain
from apprentice_desk.domain.calendar import Quarter
from apprentice_desk.domain.outcomes import CaseDetails, CaseFigure, StepDetails

FIGURES = (CaseFigure("started", "Started", "14"), CaseFigure("pledged", "Pledged", ""))


def paper(case, steps=()):
    return case_paper(
        CasePaper(case, steps, FIGURES, "Exampleton", date(2026, 5, 20), is_sample=False)
    )


def said(document):
    return [plain(block.text) for block in document.blocks if isinstance(block, Heading | Para)]


def test_a_case_prints_every_heading_of_the_planner_in_its_order():
    document = paper(CaseDetails("More apprentices", "{started} by September"))
    headings = [plain(b.text) for b in document.blocks if isinstance(b, Heading) and b.level == 2]
    assert headings == [
        "Desired outcome", "Known problems", "Potential solutions", "Who does what", "Mandate",
        "Plan", "Evaluation", "Figures of the desk",
    ]  # fmt: skip
    assert "14 by September" in said(document)
    typed = sum(len(parts) for _, parts in HEADINGS) + 2  # the plan and the evaluation
    assert said(document).count(BLANK) == typed - 1


def test_lines_with_a_dash_are_a_list_and_others_paragraphs():
    document = paper(CaseDetails("Case", "First\n- one\n• two\nThen\n* three\n-"))
    bullets = [block.items for block in document.blocks if isinstance(block, Bullets)]
    assert bullets == [("one", "two"), ("three",)]
    assert [text for text in said(document) if text in ("First", "Then", "-")] == [
        "First", "Then", "-",
    ]  # fmt: skip


def test_the_plan_says_what_is_settled_and_what_is_done():
    steps = (
        StepDetails("Ask the boroughs", date(2026, 5, 4), date(2026, 5, 8)),
        StepDetails("Hold the survey"),
    )
    (table,) = [b for b in paper(CaseDetails("C", "D"), steps).blocks if isinstance(b, Table)]
    assert table.rows == (
        ("Ask the boroughs", "4 May 2026", "8 May 2026"),
        ("Hold the survey", "to be settled", ""),
    )


def test_only_figures_that_are_known_stand_at_the_end():
    (values,) = [b for b in paper(CaseDetails("C", "D")).blocks if isinstance(b, KeyValues)]
    assert values.pairs == (("Started", "14"),)


def test_answers_stand_under_their_questions_and_a_missing_one_says_so():
    (survey,) = resources.surveys()
    first, *others = survey.questions
    document = answer_page(
        AnswerPage(
            Quarter.parse("2026-27 Q3"),
            survey,
            {first.id: "More time\n\nfor line managers"},
            "Exampleton",
            date(2026, 5, 20),
            is_sample=False,
        )
    )
    words = said(document)
    at = words.index(first.text)
    assert words[at + 1 : at + 3] == ["More time", "for line managers"]
    assert words.count("Not answered.") == len(others)
    assert words[-1] == NO_NAMES
    assert pdf.page_count(document) == 1
