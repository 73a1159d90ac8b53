"""What people call the tables of a desk: the kinds that a history is narrowed to, and each record.

A table that is not named here would be told by its raw name, so a test asks for every one.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

KINDS: Mapping[str, tuple[str, ...]] = {
    "Apprentices": (
        "apprentice", "apprenticeship", "break_in_learning", "weekly_hours", "programme_change",
        "version_stay", "pay", "leave", "mentoring", "checklist_mark", "guide_checklist",
        "guide_tick", "ksb_statement",
    ),
    "Hours and evidence": (
        "off_the_job_entry", "evidence", "hours_week", "hours_repeat",
        "hours_repeat_person",
    ),
    "Learning plans": (
        "plan_activity", "plan_template", "plan_template_activity", "learning_offer",
    ),
    "Reviews": ("review", "review_action", "review_part"),
    "Contracts and money": (
        "contract", "contract_expiry", "contract_extension", "contract_file", "contract_measure",
        "contract_price", "payment", "levy_balance", "levy_income",
    ),
    "Providers": ("provider", "provider_action", "provider_contact", "provider_note"),
    "Procurements": (
        "procurement", "procurement_decision", "procurement_step", "bidder", "bid_price",
        "clarification", "criterion", "evaluator", "score", "moderated_score", "abstention",
    ),
    "Secondments": ("secondment", "secondment_move", "opening", "listing"),
    "Network and programme": (
        "network_event", "event_attendance", "barrier", "story", "pledge", "outcomes_case",
        "case_step", "survey_answer",
    ),
    "Returns": (
        "return_sent", "return_file", "return_receipt", "expected_borough", "characteristic_total",
    ),
    "Documents and wording": ("document_made", "wording_kept"),
    "Standards": (
        "standard", "standard_version", "standard_ksb", "standard_duty", "standard_option",
        "course_code",
    ),
    "What left": ("left_file", "left_file_person"),
    "Erasing and keeping": ("erasure", "kept_longer", "counted_apprenticeship"),
    "The desk itself": ("organisation", "import_mapping", "put_off_line"),
}  # fmt: skip
"""The kinds by which a history is narrowed, and their tables."""

HIDDEN = frozenset({"return_file", "left_file_person"})
"""Tables that only hold what another record is made of: they are not told by themselves."""

_CALLED: Mapping[str, str | tuple[str, str]] = {
    "off_the_job_entry": ("entry of hours", "entries of hours"),
    "evidence": ("piece of evidence", "pieces of evidence"),
    "break_in_learning": ("break in learning", "breaks in learning"),
    "weekly_hours": ("weekly figure", "weekly figures"),
    "programme_change": "change of programme",
    "version_stay": ("stay on a version", "stays on a version"),
    "pay": ("rate of pay", "rates of pay"),
    "leave": ("leave", "leaves"),
    "mentoring": ("mentor or buddy", "mentors and buddies"),
    "checklist_mark": ("line of a checklist", "lines of a checklist"),
    "guide_checklist": "checklist of a guide",
    "guide_tick": ("line of a guide's checklist", "lines of a guide's checklist"),
    "ksb_statement": "KSB statement",
    "hours_week": ("week of hours", "weeks of hours"),
    "hours_repeat": ("entry that repeats", "entries that repeat"),
    "hours_repeat_person": ("person of one that repeats", "people of one that repeats"),
    "plan_activity": ("activity of a plan", "activities of a plan"),
    "plan_template": "plan template",
    "plan_template_activity": ("activity of a template", "activities of a template"),
    "review_action": ("action of a review", "actions of a review"),
    "review_part": ("part in a review", "parts in a review"),
    "contract_expiry": ("certificate or insurance", "certificates and insurances"),
    "levy_balance": ("balance of the levy", "balances of the levy"),
    "levy_income": ("income of the levy", "incomes of the levy"),
    "provider_action": ("action with a provider", "actions with a provider"),
    "provider_contact": ("contact at a provider", "contacts at a provider"),
    "provider_note": ("note on a provider", "notes on a provider"),
    "procurement_decision": "decision",
    "procurement_step": ("step of a timetable", "steps of a timetable"),
    "bid_price": ("price of a bid", "prices of a bid"),
    "criterion": ("criterion", "criteria"),
    "moderated_score": "agreed score",
    "secondment_move": ("move of a secondment", "moves of a secondment"),
    "listing": ("place elsewhere", "places elsewhere"),
    "network_event": "event",
    "event_attendance": ("person at an event", "people at an event"),
    "story": ("story", "stories"),
    "outcomes_case": "case",
    "case_step": ("step of a case", "steps of a case"),
    "survey_answer": ("answer to LOTI", "answers to LOTI"),
    "return_sent": "return",
    "return_receipt": "receipt",
    "expected_borough": "expected borough",
    "document_made": "document",
    "wording_kept": ("clause or document type", "clauses and document types"),
    "standard_version": ("version of a standard", "versions of a standard"),
    "standard_ksb": "KSB",
    "standard_duty": ("duty", "duties"),
    "standard_option": "option",
    "course_code": "LARS code",
    "left_file": ("file that left", "files that left"),
    "kept_longer": ("reason to keep", "reasons to keep"),
    "counted_apprenticeship": (
        "apprenticeship counted without a name",
        "apprenticeships counted without a name",
    ),
    "import_mapping": ("list of columns", "lists of columns"),
    "put_off_line": ("line put off", "lines put off"),
    "organisation": ("detail of the borough", "details of the borough"),
}


def called(table: str, count: int = 1) -> str:
    """Return what so many records of a table are called."""
    words = _CALLED.get(table, table.replace("_", " "))
    one, many = words if isinstance(words, tuple) else (words, f"{words}s")
    return one if count == 1 else many


def touched_in_words(touched: Iterable[tuple[str, int]]) -> str:
    """Return what a change touched, what most of first: "3 entries of hours, 1 apprentice"."""
    shown = [(table, count) for table, count in touched if table not in HIDDEN]
    shown.sort(key=lambda each: (-each[1], each[0]))
    return ", ".join(f"{count:,} {called(table, count)}" for table, count in shown)
