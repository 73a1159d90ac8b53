"""The papers of one invented procurement, from the call to the order form, with all that they hold.

Two standards, eight apprentices, three bids; every figure, day and name agrees over the four.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal

from apprentice_desk.documents.compose import Composed, compose
from apprentice_desk.documents.field_kinds import TableValue, Value
from apprentice_desk.documents.wording import library
from apprentice_desk.domain.vocabulary import DataRole, Regime, Route
from documents.papers_of_people import PAPERS_OF_PEOPLE

TODAY = date(2026, 11, 30)

_PRICES = ("Standard", "Training", "Assessment", "Total")
_RIGHT = frozenset({1, 2, 3})
_ANALYST, _DEVELOPER = "Data analyst, level 4 (ST0118)", "Software developer, level 4 (ST0116)"

_COUNCIL: Mapping[str, Value] = {
    "council_name": "London Borough of Exampleton",
    "council_address": "Town Hall\nHigh Road\nExampleton EX1 1AA",
    "officer_name": "Priya Shah",
    "officer_title": "Apprenticeships lead",
    "officer_email": "priya.shah@exampleton.example",
    "complaints_contact": "Head of Procurement, complaints@exampleton.example",
    "data_protection_contact": "dpo@exampleton.example",
    "looked_after_by": "Grace Park",
    "notice_period": "3 months",
    "public_liability": Decimal("5000000.00"),
    "employers_liability": Decimal("10000000.00"),
    "professional_indemnity": Decimal("1000000.00"),
    "joint_boroughs": "London Borough of Sampleham",
}

_CALL: Mapping[str, Value] = {
    "procurement_reference": "EXB-PRO-2026-03",
    "procurement_title": "Data analysts and software developers, spring cohort",
    "regime": Regime.ACT_2023,
    "route": Route.OPEN,
    "is_light_touch": True,
    "cpv_codes": "80500000; 80530000",
    "notices": "2026/S 000-071933 of 16 November 2026",
    "lots": "one lot",
    "standards": (_ANALYST, _DEVELOPER),
    "standards_table": TableValue(
        ("Standard", "Code", "Level", "Typical length", "Funding band maximum"),
        (
            ("Data analyst", "ST0118", "4", "18 months", "£15,000.00"),
            ("Software developer", "ST0116", "4", "18 months", "£18,000.00"),
        ),
        right=frozenset({2, 4}),
    ),
    "apprentices": 8,
    "wanted": "Five data analysts and three software developers who start together in March."
    "\nTraining in the borough or by video, one day a week.",
    "value_limit": Decimal("117000.00"),
    "contract_starts_on": date(2027, 3, 1),
    "contract_ends_on": date(2029, 2, 28),
    "contract_extension_to_on": date(2030, 2, 28),
    "bids_to": "the portal of Exampleton, call 4711",
    "questions_by_on": date(2026, 12, 9),
    "answers_by_on": date(2026, 12, 14),
    "bids_by_on": date(2027, 1, 11),
    "bids_by_at": "12:00",
    "decision_by_on": date(2027, 2, 1),
    "timetable": TableValue(
        ("What", "When"),
        (
            ("Questions by", "Wed 9 Dec 2026, 17:00"),
            ("Answers by", "Mon 14 Dec 2026"),
            ("Bids due", "Mon 11 Jan 2027, 12:00"),
            ("Decision", "Mon 1 Feb 2027"),
            ("Training starts", "Mon 1 Mar 2027"),
        ),
    ),
    "criteria": TableValue(
        ("Number", "Criterion", "Weight"),
        (("1", "Teaching", "50%"), ("2", "Support", "20%"), ("3", "Price", "30%")),
        right=frozenset({2}),
    ),
    "questions": (
        "Question 1, Teaching (50%). Describe a week of the programme, and how what is learnt is"
        " used at work.",
        "Question 2, Support (20%). How do you support an apprentice who falls behind?",
    ),
    "least_scores": ("Teaching: 3 of 5",),
    "highest_score": Decimal(5),
    "price_is_of": "training and assessment of one apprentice of each standard, added up",
    "price_weighs": True,
    "price_is_formula": True,
    "pricing_schedule": TableValue(
        (
            "Standard",
            "Funding band maximum",
            "Training, for one apprentice",
            "Assessment, for one apprentice",
            "Total, for one apprentice",
        ),
        ((_ANALYST, "£15,000.00", "", "", ""), (_DEVELOPER, "£18,000.00", "", "", "")),
        right=frozenset({1}),
        blank=frozenset({2, 3, 4}),
    ),
    "bid_words": 750,
    "bid_valid_days": 90,
    "interview_plan": "20 January 2027, by video, 30 minutes, with two apprentices of the borough.",
}

_DECIDED: Mapping[str, Value] = {
    "document_date": date(2027, 2, 1),
    "bid_was_scored": True,
    "bids_scored": 3,
    "decided_on": date(2027, 2, 1),
    "decided_by": "the Head of Human Resources",
    "decision_reason": "The highest total: the fullest plan for teaching, at a price within 4% of"
    " the lowest.",
    "winner_name": "Northgate Training",
    "winner_details": "5 North Gate, Exampleton EX2 2BB\nbids@northgate.example\nNORT-0002",
    "has_standstill": True,
    "standstill_is_voluntary": True,
    "standstill_ends_on": date(2027, 2, 11),
    "standstill_rule": "8 working days, beginning with the day the notice is published",
    "papers_by_on": date(2027, 2, 19),
    "start_meeting": "Tuesday 23 February 2027, 10:00, Town Hall.",
}

_WON: Mapping[str, Value] = {
    "document_reference": "EXB-DOC-12",
    "bidder_name": "Northgate Training",
    "bidder_contact": "Nadia Frost",
    "bidder_address": "5 North Gate\nExampleton EX2 2BB",
    "bidder_details": "bids@northgate.example\nNORT-0002",
    "bidder_is_winner": True,
    "bidder_rank": "1",
    "bidder_points": Decimal("95.00"),
    "winner_points": Decimal("95.00"),
    "own_scores": TableValue(
        ("Criterion", "Weight", "Score", "Points"),
        (
            ("Teaching", "50%", "5", "50.00"),
            ("Support", "20%", "4", "16.00"),
            ("Price", "30%", "by formula", "29.00"),
            ("Total", "100%", "", "95.00"),
        ),
        right=_RIGHT,
    ),
    "own_reasons": (
        "Teaching: A full plan of every week, with tasks agreed with each manager.",
        "Support: A named tutor, and a call within two days of a missed session.",
    ),
    "own_prices": TableValue(
        _PRICES,
        (
            (_ANALYST, "£11,500.00", "£2,000.00", "£13,500.00"),
            (_DEVELOPER, "£14,000.00", "£2,500.00", "£16,500.00"),
        ),
        right=_RIGHT,
    ),
}

_LOST: Mapping[str, Value] = {
    "document_reference": "EXB-DOC-13",
    "bidder_name": "Larkhill Digital Academy",
    "bidder_contact": "Jo Sander",
    "bidder_address": "2 Low Road\nLarkhill LK3 3CC",
    "bidder_details": "jo.sander@larkhill.example\nLARK-0001",
    "bidder_is_winner": False,
    "bidder_rank": "2",
    "bidder_points": Decimal("86.00"),
    "winner_points": Decimal("95.00"),
    "scores_beside": TableValue(
        (
            "Criterion",
            "Weight",
            "Your score",
            "Your points",
            "Successful bid: score",
            "Successful bid: points",
        ),
        (
            ("Teaching", "50%", "4", "40.00", "5", "50.00"),
            ("Support", "20%", "4", "16.00", "4", "16.00"),
            ("Price", "30%", "by formula", "30.00", "by formula", "29.00"),
            ("Total", "100%", "", "86.00", "", "95.00"),
        ),
        right=frozenset({1, 2, 3, 4, 5}),
    ),
    "own_reasons": (
        "Teaching: Good blocks of training, and no word on what happens after a missed one.",
        "Support: A named tutor for each apprentice.",
    ),
    "winner_reasons": _WON["own_reasons"],
    "relative_advantages": ("Teaching: tasks at work are agreed with each manager.",),
    "own_prices": TableValue(
        _PRICES,
        (
            (_ANALYST, "£11,000.00", "£2,000.00", "£13,000.00"),
            (_DEVELOPER, "£13,600.00", "£2,400.00", "£16,000.00"),
        ),
        right=_RIGHT,
    ),
}

_ORDER: Mapping[str, Value] = {
    "document_reference": "EXB-DOC-14",
    "document_date": date(2027, 2, 15),
    "contract_reference": "EXB-C-2027-01",
    "contract_title": _CALL["procurement_title"],
    "provider_name": "Northgate Training",
    "provider_ukprn": "19990002",
    "provider_number": "company 00000002",
    "provider_address": "5 North Gate\nExampleton EX2 2BB",
    "provider_contact": "Nadia Frost",
    "provider_email": "nadia.frost@northgate.example",
    "signatory_name": "Maya Okafor, Director of Resources",
    "provider_signatory": "Nadia Frost, Managing Director",
    "contract_documents": (
        "the invitation to bid EXB-PRO-2026-03 of 30 November 2026",
        "the Provider's bid of 8 January 2027",
    ),
    "extensions": ("to 28 Feb 2030, to be taken up by 30 Nov 2028",),
    "prices": _WON["own_prices"],
    "prices_above_band": False,
    "measures": TableValue(
        ("Measure", "Agreed"),
        (
            ("Progress reviews held on time", "at least 95%"),
            ("Off-the-job hours to plan", "at least 90%"),
            ("Withdrawals", "at most 10%"),
        ),
        right=frozenset({1}),
    ),
    "monthly_share": "80%",
    "completion_share": "20%",
    "payment_days": 30,
    "liability_limit": Decimal("2000000.00"),
    "data_role": DataRole.BOTH,
    "data_kept_years": 6,
    "processing_more": "sifting of applications for the Council",
    "safeguarding_contact": "safeguarding@exampleton.example",
    "social_value": "Two open evenings a year in the libraries of the borough.",
    "is_open_to_joint_buying": True,
}

PAPERS: Mapping[str, Mapping[str, Value]] = {
    "invitation-to-quote": {
        **_COUNCIL, **_CALL, "document_reference": "EXB-DOC-7", "document_date": TODAY,
    },
    "award-letter": {**_COUNCIL, **_CALL, **_DECIDED, **_WON},
    "unsuccessful-letter": {**_COUNCIL, **_CALL, **_DECIDED, **_LOST},
    "order-form": {**_COUNCIL, **_CALL, **_ORDER},
    **PAPERS_OF_PEOPLE,
}  # fmt: skip
"""What is said in each type of document."""
OF_ONE_PROCUREMENT = ("invitation-to-quote", "award-letter", "unsuccessful-letter", "order-form")


def paper(type_id: str) -> Composed:
    """The paper of a type, with every clause that may be ticked."""
    wording = library()
    of = wording.type_of(type_id)
    ticks = {each: True for each in of.clause_ids if wording.clause(each).is_optional}
    return compose(wording, of, PAPERS[type_id], ticks)
