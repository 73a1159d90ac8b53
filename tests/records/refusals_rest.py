"""What the other commands refuse: hours, plans, reviews, returns and the desk itself.

By its name, the act, what is raised and its words.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

from apprentice_desk.domain.problems import Conflict, Problem
from apprentice_desk.domain.vocabulary import Characteristic, RoleFamily
from apprentice_desk.records import (
    expecting,
    hours,
    learning,
    network,
    organisation,
    returns_sent,
    reviews,
    secondments,
)
from records.acting import GONE
from records.refusing import BARRIER, EVENT, RECEIPT

REFUSED = {
    # hours, plans, reviews
    "correct hours, gone": (
        lambda s, p: hours.correct_hours(s, GONE, hours.HoursDetails()),
        Conflict,
        "This entry was removed meanwhile",
    ),
    "remove hours, gone": (
        lambda s, p: hours.remove_hours(s, GONE),
        Conflict,
        "This entry was removed meanwhile",
    ),
    "plan, no title": (
        lambda s, p: learning.plan_activity(s, p.live, " ", 60),
        Problem,
        "needs a title",
    ),
    "plan, below 0": (
        lambda s, p: learning.plan_activity(s, p.live, "A", -1),
        Problem,
        "cannot be below 0",
    ),
    "drop, gone": (
        lambda s, p: learning.drop_activity(s, GONE),
        Conflict,
        "This activity was removed meanwhile",
    ),
    "review, gone": (
        lambda s, p: reviews.hold_review(s, GONE, date(2026, 1, 1)),
        Conflict,
        "This review was removed meanwhile",
    ),
    "record a review of nobody": (
        lambda s, p: reviews.record_review(s, reviews.ReviewDetails(None, date(2026, 1, 1))),
        Problem,
        "Choose the apprentice",
    ),
    "correct review, gone": (
        lambda s, p: reviews.correct_review(s, GONE, reviews.ReviewDetails()),
        Conflict,
        "This review was removed meanwhile",
    ),
    "correct review, no day": (
        lambda s, p: reviews.correct_review(s, p.review, reviews.ReviewDetails(p.live)),
        Problem,
        "needs the day it is due or was held",
    ),
    "remove review, gone": (
        lambda s, p: reviews.remove_review(s, GONE),
        Conflict,
        "This review was removed meanwhile",
    ),
    # returns
    "send nothing": (
        lambda s, p: returns_sent.send_return(
            s,
            period="2026-27 Q2",
            revision=1,
            format_version="1.0",
            prepared_at=datetime(2026, 10, 7, 8, 0, tzinfo=UTC),
            prepared_by="",
            fingerprint="",
            file_name="return.xlsx",
            content=b"",
        ),
        Problem,
        "The return's workbook is empty",
    ),
    "withdraw a return, gone": (
        lambda s, p: returns_sent.withdraw_return(s, GONE),
        Conflict,
        "This return is no longer in the history",
    ),
    "withdraw a return, arrived": (
        lambda s, p: returns_sent.withdraw_return(s, p.received),
        Problem,
        "This return has a receipt",
    ),
    "a receipt, gone": (
        lambda s, p: returns_sent.take_receipt(s, GONE, RECEIPT),
        Conflict,
        "This return is no longer in the history",
    ),
    "a receipt, fewer than no rows": (
        lambda s, p: returns_sent.take_receipt(s, p.received, replace(RECEIPT, left_out=-1)),
        Problem,
        "fewer than 0 rows",
    ),
    "expect, no borough": (
        lambda s, p: expecting.expect(s, "Camden", "2026-27 Q3"),
        ValueError,
        "is not a borough's GSS code",
    ),
    "stop expecting, no quarter": (
        lambda s, p: expecting.stop_expecting(s, "E09000001", "autumn"),
        ValueError,
        "is not a quarter",
    ),
    # the rest
    "remove event, gone": (
        lambda s, p: network.remove_event(s, GONE),
        Conflict,
        "This event was removed meanwhile",
    ),
    "correct event, no day": (
        lambda s, p: network.correct_event(s, p.event, replace(EVENT, held_on=None)),
        Problem,
        "Enter the day of the event",
    ),
    "remove barrier, gone": (
        lambda s, p: network.remove_barrier(s, GONE),
        Conflict,
        "This barrier was removed meanwhile",
    ),
    "correct barrier, nothing said": (
        lambda s, p: network.correct_barrier(
            s, p.barrier, replace(BARRIER, what_stands_in_the_way="")
        ),
        Problem,
        "Say what stands in the way",
    ),
    "remove pledge, gone": (
        lambda s, p: organisation.remove_pledge(s, GONE),
        Conflict,
        "This pledge was removed meanwhile",
    ),
    "remove total, gone": (
        lambda s, p: organisation.remove_total(s, GONE),
        Conflict,
        "These totals were removed meanwhile",
    ),
    "remove secondment, gone": (
        lambda s, p: secondments.remove_secondment(s, GONE),
        Conflict,
        "This secondment was removed meanwhile",
    ),
    "remove secondment, started": (
        lambda s, p: secondments.remove_secondment(s, p.secondment),
        Problem,
        "Secondment XMP-1 started on 1 Jun 2026, so it was not removed",
    ),
    "event, no name": (
        lambda s, p: network.record_event(s, replace(EVENT, name=" ")),
        Problem,
        "needs a name",
    ),
    "correct event, gone": (
        lambda s, p: network.correct_event(s, GONE, EVENT),
        Conflict,
        "This event was removed meanwhile",
    ),
    "barrier, nothing said": (
        lambda s, p: network.note_barrier(s, replace(BARRIER, what_stands_in_the_way="\t")),
        Problem,
        "Say what stands in the way",
    ),
    "correct barrier, gone": (
        lambda s, p: network.correct_barrier(s, GONE, BARRIER),
        Conflict,
        "This barrier was removed meanwhile",
    ),
    "correct secondment, gone": (
        lambda s, p: secondments.correct_secondment(s, GONE, secondments.SecondmentDetails()),
        Conflict,
        "This secondment was removed meanwhile",
    ),
    "begin twice": (
        lambda s, p: organisation.begin(
            s, code="E09999998", name="S", letters="XMQ", team="T", is_sample=True
        ),
        Problem,
        "belongs to a borough already",
    ),
    "pledge below 0": (
        lambda s, p: organisation.pledge(s, 2026, RoleFamily.DATA, -1),
        Problem,
        "A pledge cannot be below 0",
    ),
    "people below 0": (
        lambda s, p: organisation.set_total(s, Characteristic.SEX, "female", 3, -1),
        Problem,
        "cannot be below 0",
    ),
}
