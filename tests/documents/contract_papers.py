"""The papers of a contract that runs, invented: a change, a quarter, and its end.

They are of the contract that the papers of the procurement led to, two years on.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal

from apprentice_desk.documents.field_kinds import TableValue, Value
from apprentice_desk.documents.sharing_facts import facts_of_sharing
from apprentice_desk.domain.contract_changing import ChangeGround
from apprentice_desk.domain.contract_ending import ApprenticesAfter, EndingKind
from apprentice_desk.domain.sharing import SharingRole

_ANALYST, _DEVELOPER = "Data analyst, level 4 (ST0118)", "Software developer, level 4 (ST0116)"
_QUARTERS = ("July to September 2026", "April to June 2026")

_STANDS: Mapping[str, Value] = {
    "contract_runs_to_on": date(2029, 2, 28),
    "apprentices_on_contract": 3,
    "apprentices_in_training": TableValue(
        ("Apprentice", "Standard", "How it stands", "Planned end"),
        (
            ("Amira Bell", _ANALYST, "in training", "28 Feb 2029"),
            ("Rory Quill", _ANALYST, "on a break", "31 May 2029"),
            ("Theo Marsh", _DEVELOPER, "not started", ""),
        ),
    ),
}

VARIATION: Mapping[str, Value] = {
    **_STANDS,
    "document_reference": "EXB-DOC-31",
    "document_date": date(2026, 11, 30),
    "variation_number": "2",
    "change_from_on": date(2027, 3, 1),
    "change_reason": "Two more teams take on data analysts, and training goes on for longer than"
    " was planned.",
    "change_cost": "Up to £40,500.00 more over what is left of the contract, from the levy account;"
    " there is no VAT.",
    "change_ground": ChangeGround.LIGHT_TOUCH,
    "ground_facts": "Training is a light touch service, as the notice of the award said.",
    "new_ends_on": date(2029, 8, 31),
    "new_extension_to_on": date(2030, 8, 31),
    "new_value_limit": Decimal("157500.00"),
    "new_prices": (
        f"{_ANALYST}: training £11,200.00, assessment £2,000.00, total £13,200.00",
        f"{_DEVELOPER}: training £14,000.00, assessment £2,500.00, total £16,500.00",
    ),
    "new_standards": (_ANALYST, _DEVELOPER, "Data technician, level 3 (ST0795)"),
    "new_apprentices": 11,
    "new_measures": (
        "Progress reviews held on time: at least 97%",
        "Off-the-job hours to plan: at least 90%",
        "Withdrawals: at most 10%",
    ),
    "new_notice_period": "4 months",
    "new_looked_after_by": "Samir Holt",
    "other_changes": ("Reviews: those of data technicians are held every eight weeks.",),
}

NOTICE: Mapping[str, Value] = {
    **_STANDS,
    "document_reference": "EXB-DOC-40",
    "document_date": date(2027, 5, 4),
    "signatory_name": "Maya Okafor",
    "signatory_title": "Director of Resources",
    "ending_kind": EndingKind.NOTICE,
    "notice_counts_from_on": date(2027, 5, 4),
    "ending_on": date(2027, 8, 31),
    "apprentices_after": ApprenticesAfter.MOVE,
    "new_provider": "Larkhill Digital Academy",
    "exit_plan_by_on": date(2027, 5, 18),
    "exit_meeting": "Wednesday 26 May 2027, 14:00, by video, with the line managers.",
}

PERFORMANCE: Mapping[str, Value] = {
    "document_reference": "EXB-DOC-33",
    "document_date": date(2026, 11, 30),
    "quarter_called": _QUARTERS[0],
    "measures_beside": TableValue(
        ("Measure", "Agreed", *_QUARTERS, "Reached"),
        (
            ("Progress reviews held on time", "at least 95%", "75%", "83%", "no"),
            ("First review by week 12", "none agreed", "100%", "", ""),
            ("Off-the-job hours to plan", "at least 90%", "94%", "91%", "yes"),
            ("Apprentices kept to completion", "none agreed", "", "", ""),
            ("Withdrawals", "at most 10%", "0%", "0%", "yes"),
        ),
        right=frozenset({1, 2, 3}),
        shares=(0.29, 0.16, 0.2, 0.2, 0.15),
    ),
    "measures_made_of": (
        "Progress reviews held on time: 6 of 8 reviews that fell due were held on time.",
        "First review by week 12: 2 of 2 apprentices had a first review by week 12.",
        "Off-the-job hours to plan: 211 h 30 m logged of 225 h planned, 1 apprentice below plan.",
        "Apprentices kept to completion: No apprenticeship ended.",
        "Withdrawals: 0 of 8 apprentices on programme withdrew.",
    ),
    "measures_missed": (
        "Progress reviews held on time: 75%, agreed at least 95% (6 of 8 reviews that fell due were"
        " held on time)",
    ),
    "measures_missed_twice": ("Progress reviews held on time",),
    "is_all_well": False,
    "was_measured": True,
    "reviews_overdue": ("Amira Bell: due by 9 Nov 2026; the last was held on 17 Aug 2026",),
    "went_well": ("Both new data analysts had their first review in week 6.",),
    "concerns": ("12 Oct 2026: two sessions were called off on the day.",),
    "actions_agreed": (
        "Send dates of all reviews for the quarter ahead (Nadia Frost): by 13 Nov 2026, overdue",
    ),
    "asked_of_provider": ("The reviews above, held by 11 December 2026.",),
    "answer_by_on": date(2026, 12, 14),
    "next_meeting": "Thursday 17 December 2026, 10:00, by video.",
}

SHARING: Mapping[str, Value] = {
    **facts_of_sharing(date(2026, 11, 30)),
    "document_reference": "EXB-DOC-50",
    "document_date": date(2026, 11, 30),
    "signatory_name": "Maya Okafor, Director of Resources",
    "loti_body": "City of Londinium Corporation",
    "loti_contact": "Head of Programmes, returns@loti.example",
    "loti_signatory": "Ivo Lark, Director",
    "sharing_role": SharingRole.APART,
    "lawful_power": "section 1 of the Localism Act 2011 and section 111 of the Local Government Act"
    " 1972.",
    "sent_how": "In a folder of LOTI that only named people can open, with sign-in by two factors.",
    "loti_kept_years": 6,
    "own_kept_years": 6,
    "assessed_on": date(2026, 11, 16),
    "sharing_review_by_on": date(2027, 11, 30),
}

PAPERS: Mapping[str, Mapping[str, Value]] = {
    "variation": VARIATION,
    "notice-to-end": NOTICE,
    "performance-letter": PERFORMANCE,
}
"""What is said in each of them beyond what the contract says."""

OF_THE_COUNCIL: Mapping[str, Mapping[str, Value]] = {"information-sharing-note": SHARING}
"""What is said in those that are of no contract."""
