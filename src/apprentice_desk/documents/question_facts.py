"""What documents are told of bidders' questions: as published, never who asked.

A question that nobody wrote for publishing is not told, only that it is still open.
"""

from __future__ import annotations

from apprentice_desk.documents.field_kinds import TableValue
from apprentice_desk.documents.procurement_facts import Facts
from apprentice_desk.domain.calendar import show_day
from apprentice_desk.domain.clarifications import check_names
from apprentice_desk.records.procurement_overview import ProcurementOverview, Standing


def facts_of_questions(found: ProcurementOverview, standing: Standing) -> Facts:
    """Return the questions with their answers, and whether anything in them gives a bidder away."""
    answered = found.published()
    facts: Facts = {
        "has_answers": bool(answered),
        "has_open_questions": bool(standing.course.unanswered),
        "answers_name_somebody": any(
            check_names(each.question, each.answer, found.names) for each in answered
        ),
        "answers_may_hint": bool(found.hints),
    }
    if answered:
        facts["clarifications"] = TableValue(
            ("Number", "Question", "Answer", "Answered on"),
            tuple(
                (str(each.number), each.question, each.answer, show_day(each.answered_on))
                for each in answered
            ),
        )
    return facts
