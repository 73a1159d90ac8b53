"""The papers about one invented apprentice; days, hours and names agree over all of them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from apprentice_desk.documents.field_kinds import TableValue, Value
from apprentice_desk.domain.vocabulary import WorkingPattern

_COUNCIL: Mapping[str, Value] = {
    "council_name": "London Borough of Exampleton",
    "council_address": "Town Hall\nHigh Road\nExampleton EX1 1AA",
    "officer_name": "Priya Shah",
    "officer_title": "Apprenticeships lead",
    "officer_email": "priya.shah@exampleton.example",
    "signatory_name": "Maya Okafor, Director of Resources",
    "data_protection_contact": "dpo@exampleton.example",
    "safeguarding_contact": "the safeguarding lead, safeguarding@exampleton.example",
    "hr_contact": "the apprenticeships team, apprenticeships@exampleton.example",
    "privacy_notice": "on the intranet under “Your information”",
    "ending_notice": "one week",
}

_PERSON: Mapping[str, Value] = {
    "apprentice_name": "Amara Cole",
    "apprentice_job": "Junior data analyst",
    "work_place": "Town Hall, High Road, Exampleton, and at home as agreed with the line manager",
    "weekly_hours": "36 h",
    "standard_called": "Data analyst, level 4 (ST0118)",
    "standard_version": "1.1",
    "line_manager_name": "Grace Park",
    "mentor_name": "Tom Reed",
    "tutor_name": "Nadia Frost",
    "provider_name": "Northgate Training",
    "provider_ukprn": "19990002",
    "training_starts_on": date(2027, 3, 1),
    "training_ends_on": date(2028, 8, 31),
    "apprenticeship_ends_on": date(2028, 11, 30),
    "gateway_on": date(2028, 8, 31),
    "hours_planned": "418 h",
    "hours_reach_minimum": True,
    "is_long_enough": True,
    "pay_lacks": False,
    "english_is_part": False,
    "maths_is_part": True,
    "assessed_by": "Fairview Assessment",
    "job_is_fixed_term": True,
}

_REVIEW: Mapping[str, Value] = {
    "document_reference": "EXB-7K2M",
    "review_was_held": True,
    "review_on": date(2027, 8, 12),
    "review_from_on": date(2027, 5, 25),
    "review_place": "by video",
    "review_people": TableValue(
        ("Who", "As", "There"),
        (
            ("Amara Cole", "Apprentice", "yes"),
            ("Grace Park", "Line manager", "yes"),
            ("Nadia Frost", "Provider", "yes"),
        ),
    ),
    "review_hours": TableValue(
        ("Off-the-job training", "Hours"),
        (
            ("Recorded in this time", "52 h 30 m"),
            ("Planned for this time", "60 h"),
            ("Recorded since the start", "118 h"),
            ("Planned to this day", "125 h 30 m"),
            ("Required in all", "418 h"),
        ),
        right=frozenset({1}),
    ),
    "review_plan": TableValue(
        ("Activity", "Due", "How it stands"),
        (
            ("Workshop: cleaning data", "18 Jun 2027", "done"),
            ("Project: a dashboard for parking", "31 Jul 2027", "overdue"),
        ),
    ),
    "review_ksbs": TableValue(
        ("Code", "What it is", "Says", "Moved from and to"),
        (
            ("K7", "How to clean data and why", "Apprentice", "in progress to completed"),
            ("S4", "Analyse data sets", "Line manager", "not started to in progress"),
        ),
    ),
    "review_said": "The workshop on cleaning data was used at once for the register of parking"
    " permits.\nThe project began late, because the data came in July only.",
    "review_concerns": "Seven hours behind plan, all of them from the project.",
    "review_changes": "The project is planned again for September. The end date stays.",
    "review_actions": TableValue(
        ("What", "Who", "By", "How it stands"),
        (
            ("Keep Wednesdays free for the project", "Grace Park", "31 Aug 2027", "open"),
            ("Send the project brief in steps", "Nadia Frost", "20 Aug 2027", "open"),
        ),
    ),
    "review_open_actions": TableValue(
        ("What", "Who", "By", "How it stands"),
        (("Shadow the finance analyst for a day", "Amara Cole", "30 Sep 2027", "open"),),
    ),
    "next_review_on": date(2027, 10, 28),
}

_SECONDMENT: Mapping[str, Value] = {
    "document_reference": "EXB-S4QT",
    "secondment_code": "EXB-S4QT",
    "is_from_here": True,
    "host_name": "London Borough of Sampleham",
    "host_address": "Civic Centre\nNew Street\nSampleham SP1 1AA",
    "host_signatory": "Ola Brandt, Head of Digital",
    "host_manager": "Hana Mori, Lead Data Analyst",
    "host_manager_email": "hana.mori@sampleham.example",
    "secondment_starts_on": date(2027, 11, 1),
    "secondment_ends_on": date(2027, 11, 26),
    "secondment_work": "joins the team that publishes the borough’s open data: checks data sets"
    " before they are published, and builds one dashboard for the parks service.",
    "secondment_pattern": WorkingPattern.HYBRID,
    "secondment_days": "Monday, Tuesday, Thursday and Friday, 9:00 to 17:00; Wednesday is the day"
    " of training",
    "secondment_ksbs": "K7, S4, S11",
}

_COURSE: Mapping[str, Value] = {
    "document_reference": "EXB-7K2M",
    "document_date": date(2027, 10, 4),
    "as_at_on": date(2027, 10, 4),
    "hours_standing": TableValue(
        ("Off-the-job training", "Hours"),
        (
            ("Recorded since the start", "130 h"),
            ("Planned to this day", "165 h"),
            ("Required in all", "418 h"),
        ),
        right=frozenset({1}),
    ),
    "plan_table": TableValue(
        ("Activity", "Given by", "Last day", "Codes", "Hours"),
        (
            ("Workshop: cleaning data", "Provider", "18 Jun 2027", "K7", "14 h"),
            ("Project: a dashboard for parking", "Employer", "30 Sep 2027", "S4, S11", "40 h"),
            ("Workshop: statistics", "Provider", "12 Nov 2027", "K9-10, S6", "21 h"),
            ("Shadowing in finance", "Employer", "no day yet", "K3", "7 h"),
        ),
        right=frozenset({4}),
    ),
    "plan_by_month": TableValue(
        ("Month", "Hours planned"),
        (("June 2027", "14 h"), ("September 2027", "40 h"), ("November 2027", "21 h")),
        right=frozenset({1}),
    ),
    "ksbs_listed": (
        "K7: How to clean data and why",
        "S4: Analyse data sets",
        "B2: Work with others to a common end",
    ),
    "ksbs_standing": TableValue(
        ("How far", "Which", "How many"),
        (
            ("Not started", "K11-15, S8-15, B1-7", "20"),
            ("In progress", "K8-10, S4-7, B8", "8"),
            ("Completed", "K1-7, S1-2", "9"),
        ),
        right=frozenset({2}),
    ),
    "reviews_ahead": TableValue(
        ("Progress review", "Day"),
        (
            ("Last held", "12 Aug 2027"),
            ("Planned", "28 Oct 2027"),
            ("The next is due by", "4 Nov 2027"),
        ),
    ),
    "open_actions": _REVIEW["review_open_actions"],
    "breaks_table": TableValue(
        ("From", "To"),
        (("5 Apr 2027", "16 May 2027"), ("2 Jul 2027", "30 Jul 2027")),
    ),
    "pay_turns_ahead": True,
    "new_manager_name": "Ravi Nair",
    "handed_over_on": date(2027, 10, 18),
    "hand_over_more": "The dashboard for parking is shown to the head of service on 20 October.",
    "is_behind": True,
    "behind_by": "35 h",
    "behind_why": "the project began two months late, as the data was not there.",
    "recovered_by_on": date(2027, 11, 21),
    "catch_up_rate": "9 h 30 m",
    "catch_up_around": "leave (21 Oct 2027) and the days of progress reviews (28 Oct 2027)",
    "catch_up_weeks": TableValue(
        ("Weeks", "Training each week", "Together"),
        tuple(
            (span, "9 h 30 m", "9 h 30 m")
            for span in (
                "5 Oct 2027 to 10 Oct 2027",
                "11 Oct 2027 to 17 Oct 2027",
                "18 Oct 2027 to 24 Oct 2027",
                "25 Oct 2027 to 31 Oct 2027",
                "1 Nov 2027 to 7 Nov 2027",
                "8 Nov 2027 to 14 Nov 2027",
                "15 Nov 2027 to 21 Nov 2027",
            )
        ),
        right=frozenset({2}),
    ),
}  # fmt: skip

PAPERS_OF_PEOPLE: Mapping[str, Mapping[str, Value]] = {
    "apprenticeship-agreement": {
        **_COUNCIL, **_PERSON, "document_reference": "EXB-7K2M",
    },
    "progress-review-record": {**_COUNCIL, **_PERSON, **_REVIEW},
    "secondment-agreement": {**_COUNCIL, **_PERSON, **_SECONDMENT},
    "training-plan-summary": {**_COUNCIL, **_PERSON, **_COURSE},
    "hand-over-note": {**_COUNCIL, **_PERSON, **_COURSE},
    "catch-up-agreement": {**_COUNCIL, **_PERSON, **_COURSE},
}  # fmt: skip
