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
from documents import contract_papers
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

_CRITERIA = ("Teaching", "Support", "Price")
_WEIGHTS = ("50%", "20%", "30%")
_BY_BID = {
    "Northgate Training": (("5", "50.00"), ("4", "16.00"), ("by formula", "29.00"), "95.00"),
    "Larkhill Digital Academy": (("4", "40.00"), ("4", "16.00"), ("by formula", "30.00"), "86.00"),
    "Harbour Skills": (("3", "30.00"), ("3", "12.00"), ("by formula", "27.19"), "69.19"),
}
_SAID = {
    ("Teaching", "Northgate Training"): (
        ("4", "Ingrid Moss", "A full plan. It says less about the weeks of leave."),
        ("5", "Ravi Anand", "Each week ties the teaching to a task at work, with an example."),
        ("5", "Samuel Adeyemi", "Every week is planned, and each manager agrees a task for it."),
    ),
    ("Teaching", "Larkhill Digital Academy"): (
        ("3", "Ingrid Moss", "Nothing on what happens after a block is missed."),
        ("none", "Ravi Anand", "Did not score this: worked for this bidder until June 2025."),
        ("4", "Samuel Adeyemi", "Good blocks of training, with clear aims for each."),
    ),
    ("Teaching", "Harbour Skills"): (
        ("3", "Ingrid Moss", "Meets most of the question, in general terms."),
        ("2", "Ravi Anand", "The same plan as for any employer."),
        ("3", "Samuel Adeyemi", "The weeks are listed, and the link to the job is missing."),
    ),
    ("Support", "Northgate Training"): (
        ("4", "Ingrid Moss", "Clear steps. No figure for how many catch up."),
        ("4", "Ravi Anand", "All that was asked, with small doubts about holidays."),
        ("4", "Samuel Adeyemi", "A named tutor, and a call within two days."),
    ),
    ("Support", "Larkhill Digital Academy"): (
        ("4", "Ingrid Moss", "A tutor, and a plan after each review that finds a gap."),
        ("none", "Ravi Anand", "Did not score this: worked for this bidder until June 2025."),
        ("4", "Samuel Adeyemi", "A named tutor for each apprentice."),
    ),
    ("Support", "Harbour Skills"): (
        ("3", "Ingrid Moss", "Says who helps, and not when."),
        ("3", "Ravi Anand", "Enough in most cases."),
        ("3", "Samuel Adeyemi", "A help desk with good hours, and no named person."),
    ),
}
_AGREED = {
    ("Teaching", "Northgate Training"): (
        "5", "A full plan of every week, with tasks agreed with each manager."
    ),
    ("Teaching", "Larkhill Digital Academy"): (
        "4", "Good blocks of training, and no word on what happens after a missed one."
    ),
    ("Teaching", "Harbour Skills"): (
        "3", "Meets most of the question, and does not show how it is used at work."
    ),
    ("Support", "Northgate Training"): (
        "4", "A named tutor, and a call within two days of a missed session."
    ),
    ("Support", "Larkhill Digital Academy"): ("4", "A named tutor for each apprentice."),
    ("Support", "Harbour Skills"): ("3", "A help desk with good hours, and no named person."),
}  # fmt: skip

_JUDGED: Mapping[str, Value] = {
    "document_reference": "EXB-DOC-11",
    "approver_name": "Lena Fox, Head of Procurement",
    "procurement_days": TableValue(
        ("Day", "What", "Done or planned"),
        (
            ("Mon 30 Nov 2026", "Invitation goes out", "done"),
            ("Wed 9 Dec 2026", "Last day for questions", "done"),
            ("Mon 14 Dec 2026", "Answers out by", "done"),
            ("Mon 11 Jan 2027", "Bids due", "done"),
            ("Wed 20 Jan 2027", "Evaluators' scores in by", "done"),
            ("Fri 22 Jan 2027", "Moderation meeting", "done"),
            ("Mon 1 Feb 2027", "Decided", "done"),
            ("Thu 11 Feb 2027", "Standstill ends", "planned"),
            ("Mon 1 Mar 2027", "Training starts", "planned"),
        ),
    ),
    "bids_scored": 3,
    "bidders_table": TableValue(
        ("Bidder", "What came of it", "Asked", "Answered"),
        (
            ("Brightwater Learning", "did not bid", "30 Nov 2026", "4 Jan 2027"),
            ("Harbour Skills", "bid received", "30 Nov 2026", "10 Jan 2027"),
            ("Larkhill Digital Academy", "bid received", "30 Nov 2026", "8 Jan 2027"),
            ("Northgate Training", "bid received", "30 Nov 2026", "8 Jan 2027"),
            ("Quayside College", "bid came too late", "30 Nov 2026", "11 Jan 2027"),
        ),
    ),
    "has_unscored_bids": True,
    "bids_set_aside": "Quayside College: the bid arrived on 11 January 2027 at 12:04 by the clock"
    " of the portal, which shows no fault. It was not opened. The bidder was told so that day.",
    "evaluators_table": TableValue(
        ("Evaluator", "Role", "Interests declared", "Declared on"),
        (
            ("Ingrid Moss", "HR business partner", "none", "11 Jan 2027"),
            (
                "Ravi Anand",
                "Data manager",
                "worked for Larkhill Digital Academy until June 2025",
                "11 Jan 2027",
            ),
            ("Samuel Adeyemi", "Head of Digital", "none", "8 Jan 2027"),
        ),
    ),
    "abstentions": (
        "Ravi Anand did not score anything of Larkhill Digital Academy: worked for this bidder"
        " until June 2025.",
    ),
    "interests": "Lena Fox, who led the moderation: none.\nThe Head of Human Resources, who"
    " decided: none.\nBoth declared on 8 January 2027.",
    "moderation": "On 22 January 2027, 10:00 to 12:30, Town Hall. Lena Fox, Head of Procurement,"
    " led and scored nothing.\nAll three evaluators were there. Ravi Anand left the room while"
    " Larkhill Digital Academy was discussed.\nEvery score was agreed: the leader decided none.",
    "bids_explained": "Harbour Skills, 13 January 2027: which lines of the pricing schedule its"
    " total adds up. Answered on 14 January. The sum was as it stood; nothing changed.",
    "evaluator_scores": TableValue(
        ("Criterion", "Bid", "Evaluator", "Score", "Reason"),
        tuple(
            (*cell, who, score, why) for cell, given in _SAID.items() for score, who, why in given
        ),
        right=frozenset({3}),
    ),
    "moderated_on": "22 Jan 2027",
    "moderated_scores": TableValue(
        ("Criterion", "Bid", "Given", "Agreed", "Reason that was agreed"),
        tuple(
            (*cell, "; ".join(each[0] for each in _SAID[cell]), *agreed)
            for cell, agreed in _AGREED.items()
        ),
        right=frozenset({3}),
    ),
    "scoring_method": "Points are the moderated score, divided by 5, times the weight. For price"
    " they are the lowest price of a bid that reaches every least score, divided by the price,"
    " times the weight. Each is rounded to two places before they are added.",
    "prices_offered": TableValue(
        ("Bid and standard", "Training", "Assessment", "Total"),
        (
            (f"Harbour Skills: {_ANALYST}", "£12,500.00", "£2,000.00", "£14,500.00"),
            (f"Harbour Skills: {_DEVELOPER}", "£15,000.00", "£2,500.00", "£17,500.00"),
            (f"Larkhill Digital Academy: {_ANALYST}", "£11,000.00", "£2,000.00", "£13,000.00"),
            (f"Larkhill Digital Academy: {_DEVELOPER}", "£13,600.00", "£2,400.00", "£16,000.00"),
            (f"Northgate Training: {_ANALYST}", "£11,500.00", "£2,000.00", "£13,500.00"),
            (f"Northgate Training: {_DEVELOPER}", "£14,000.00", "£2,500.00", "£16,500.00"),
        ),
        right=_RIGHT,
    ),
    "prices_compared": TableValue(
        ("Bid", "Price compared", "Points for price"),
        (
            ("Northgate Training", "£30,000.00", "29.00"),
            ("Larkhill Digital Academy", "£29,000.00", "30.00"),
            ("Harbour Skills", "£32,000.00", "27.19"),
        ),
        right=frozenset({1, 2}),
    ),
    "points_table": TableValue(
        ("Bid", "Criterion", "Weight", "Score", "Points"),
        tuple(
            row
            for bid, (*cells, total) in _BY_BID.items()
            for row in (
                *(
                    (bid, name, weight, *cell)
                    for name, weight, cell in zip(_CRITERIA, _WEIGHTS, cells, strict=True)
                ),
                (bid, "Total", "100%", "", total),
            )
        ),
        right=frozenset({2, 3, 4}),
    ),
    "ranking_table": TableValue(
        ("Place", "Bid", "Points", "Least scores not reached"),
        tuple(
            (str(place), bid, str(cells[-1]), "none")
            for place, (bid, cells) in enumerate(_BY_BID.items(), start=1)
        ),
        right=frozenset({2}),
    ),
    "first_is_tied": False,
    "winner_is_first": True,
    "winner_points": Decimal("95.00"),
    "winner_checks": "The register: looked up on 28 January 2027 by Priya Shah, a main provider."
    "\nGrounds for exclusion and the debarment list: none found, 28 January 2027, Lena Fox."
    "\nInsurance: certificates due before signing.\nPrice: within both funding bands, not low."
    "\nSubcontractors: none.",
}

_NEEDED: Mapping[str, Value] = {
    "document_reference": "EXB-DOC-6",
    "document_date": TODAY,
    "cohorts": "Cohort 1, 1 March 2027: five data analysts, two of them new staff, in Housing,"
    " Adult Social Care and Finance.\nCohort 2, 1 March 2027: three software developers, all new"
    " staff, in Digital.\nAll work 36 hours a week, but for one data analyst with 24 hours.",
    "training_days": "One day a week, 9:30 to 16:30: analysts on Tuesdays, developers on Thursdays."
    "\nBy video, but for one day a month in the Town Hall, where we give you a room for 12.\nNot in"
    " the weeks of the year end, 22 March to 9 April.",
    "measures_wanted": (
        "First progress review held by week 12: every apprentice",
        "Progress reviews held on time: at least 95%",
        "Off-the-job hours done, against the plan: at least 90%",
        "Withdrawals that are not for reasons of ours: at most 10%",
        "Reports sent by the tenth working day: every month",
    ),
    "social_value_wanted": "Two open evenings a year in our libraries for people who think about an"
    " apprenticeship, and two places a year for work experience for care leavers.",
    "apprentices_moving": "One data analyst, who has done about a third of the programme with a"
    " provider that stops teaching it on 26 February 2027.",
}

_DIRECT: Mapping[str, Value] = {
    "document_reference": "EXB-DOC-21",
    "document_date": TODAY,
    "procurement_reference": "EXB-PRO-2026-05",
    "procurement_title": "Cyber security, two apprentices who change provider",
    "regime": Regime.BELOW_THRESHOLD,
    "route": Route.DIRECT,
    "is_light_touch": True,
    "standards": (
        "Cyber security technician, level 3 (ST0865)",
        "Cyber security technologist, level 4 (ST0124)",
    ),
    "apprentices": 2,
    "wanted": "Two apprentices are half way through their programmes. Their provider stops teaching"
    " them on 18 December 2026. They need a provider who takes over in January at the point that"
    " they have reached, so that they are assessed in 2027 as planned.",
    "value_limit": Decimal("24000.00"),
    "contract_starts_on": date(2027, 1, 4),
    "contract_ends_on": date(2027, 12, 31),
    "contract_extension_to_on": date(2028, 3, 31),
    "paid_from": "wholly from the levy account, since both prices are within the funding band",
    "award_to": "Northgate Training",
    "award_rule": "rule 14.2 of the Contract Rules, exemption for continuity of a service to named"
    " people",
    "award_reason": "The present provider told the Council on 20 November 2026 that it stops."
    " A competition takes until March at least, and a gap of four weeks or more is a break in"
    " learning."
    "\nNorthgate Training teaches the same standards and versions, at the same point of the"
    " programme, from 11 January.",
    "market_looked_at": "The register was searched on 23 November 2026: nine providers offer"
    " both standards in London. All nine were asked by email whether they could take over two"
    " apprentices half way in January. Three answered; only Northgate Training could do so"
    " before March.",
    "other_ways": "A competition among the three: ends too late.\nBuying through a neighbouring"
    " borough’s contract: its provider starts new cohorts only.\nA break in learning until April:"
    " the apprentices would be assessed in 2028.",
    "prices_offered": TableValue(
        ("Bid and standard", "Training", "Assessment", "Total"),
        (
            (
                "Northgate Training: Cyber security technician, level 3 (ST0865)",
                "£4,100.00",
                "£900.00",
                "£5,000.00",
            ),
            (
                "Northgate Training: Cyber security technologist, level 4 (ST0124)",
                "£6,900.00",
                "£2,100.00",
                "£9,000.00",
            ),
        ),
        right=_RIGHT,
    ),
    "value_for_money": "For half of the programme, each price is at most half of the funding band"
    " maximum. The two other providers who answered named £14,900 and £15,250 for both.",
    "quality_evidence": "Good at its last inspection, March 2026. On its present contract with the"
    " Council, 97% of reviews were held on time in the last 12 months.",
    "award_checks": "The register: looked up on 24 November 2026 by Priya Shah, a main provider."
    "\nInsurance: certificates seen on 25 November 2026, valid until 31 July 2027.",
    "interests": "Priya Shah, who wrote this: none, 23 November 2026.\nThe line manager who named"
    " Northgate Training: none, 23 November 2026.\nLena Fox, who approves: none, 26 November 2026.",
    "award_risks": "Another provider complains: unlikely, since all nine were asked.\nThe two"
    " apprentices find that parts do not fit: an assessment of what they know comes first.",
    "next_time": "A competition for all cyber security apprentices of 2027 begins on 1 February"
    " 2027; this award covers nobody else.",
    "approval_power": "rule 14.5 of the Contract Rules: the Head of Procurement, up to £50,000",
    "approval_conditions": "The apprentices agree to the change in writing.",
    "approver_name": "Lena Fox, Head of Procurement",
}

_ASKED: Mapping[str, Value] = {
    "document_reference": "EXB-DOC-9",
    "document_date": date(2026, 12, 14),
    "has_answers": True,
    "has_open_questions": True,
    "answers_name_somebody": False,
    "answers_may_hint": False,
    "clarifications": TableValue(
        ("Number", "Question", "Answer", "Answered on"),
        (
            (
                "1",
                "May training days be in blocks of a week instead of one day a week?",
                "Yes, if the blocks are known before the start and line managers agree. Say in your"
                " answer to question 1 how an apprentice who misses a block catches up.",
                "4 Dec 2026",
            ),
            (
                "2",
                "How many apprentices will be under 18?",
                "None as far as is known. At most two are expected to be under 19.",
                "4 Dec 2026",
            ),
            (
                "4",
                "Does the price have to hold for starts in an extension too?",
                "Yes, as the pricing schedule says. If a new version of a standard comes in with"
                " another funding band maximum, either side may ask to agree a new price for starts"
                " from that day.",
                "11 Dec 2026",
            ),
        ),
    ),
    "answers_change_papers": True,
    "changes_by_answers": (
        "Answer 4, pricing schedule: prices hold for everybody who starts under the contract,"
        " extensions included, unless a new price is agreed after a change of the funding band"
        " maximum.",
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
    "requirement-and-specification": {**_COUNCIL, **_CALL, **_NEEDED},
    "direct-award-report": {**_COUNCIL, **_DIRECT},
    "clarification-log": {**_COUNCIL, **_CALL, **_ASKED},
    "evaluation-record": {**_COUNCIL, **_CALL, **_DECIDED, **_JUDGED},
    **{
        type_id: {**_COUNCIL, **_CALL, **_ORDER, **said}
        for type_id, said in contract_papers.PAPERS.items()
    },
    **{
        type_id: {**_COUNCIL, **said}
        for type_id, said in contract_papers.OF_THE_COUNCIL.items()
    },
    **PAPERS_OF_PEOPLE,
}  # fmt: skip
"""What is said in each type of document."""
OF_ONE_PROCUREMENT = (
    "invitation-to-quote",
    "requirement-and-specification",
    "clarification-log",
    "evaluation-record",
    "award-letter",
    "unsuccessful-letter",
    "order-form",
)


def paper(type_id: str) -> Composed:
    """The paper of a type, with every clause that may be ticked."""
    wording = library()
    of = wording.type_of(type_id)
    ticks = {each: True for each in of.clause_ids if wording.clause(each).is_optional}
    return compose(wording, of, PAPERS[type_id], ticks)
