"""What commands about apprentices refuse: the person, breaks, moves, changes, pay.

By its name, the act, what is raised and its words.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

from apprentice_desk.domain.checklist import Checklist
from apprentice_desk.domain.problems import Conflict, Problem
from apprentice_desk.domain.wages import PayPer
from apprentice_desk.records import (
    apprentice_removal,
    apprentices,
    checklists,
    pay,
    programme_changes,
    programmes,
)
from records.acting import GONE
from records.acts_on_people import ADA
from records.refusing import TODAY, TOMORROW

REFUSED = {
    # the person and the apprenticeship
    "enrol, gone": (
        lambda s, p: apprentices.enrol(s, ADA, apprentice_id=GONE),
        Conflict,
        "This apprentice was removed meanwhile",
    ),
    "enrol, another's ULN": (
        lambda s, p: apprentices.enrol(s, ADA),
        Problem,
        "ULN 1000000043 belongs to Ada King already",
    ),
    "enrol again, another's ULN": (
        lambda s, p: apprentices.enrol(s, ADA, apprentice_id=p.person),
        Problem,
        "belongs to Ada King already",
    ),
    "enrol, no day of weekly hours": (
        lambda s, p: apprentices.enrol(
            s, apprentices.ApprenticeDetails(family_name="A", weekly_minutes=2160)
        ),
        Problem,
        "Weekly hours need the day",
    ),
    "enrol, wrong code": (
        lambda s, p: apprentices.enrol(s, replace(ADA, uln=None, standard_code="116")),
        ValueError,
        "is not a standard",
    ),
    "correct, gone": (
        lambda s, p: apprentices.correct(s, GONE, ADA),
        Conflict,
        "This apprenticeship was removed meanwhile",
    ),
    "correct, another's ULN": (
        lambda s, p: apprentices.correct(s, p.other, ADA),
        Problem,
        "belongs to Ada King already",
    ),
    "correct, wrong ULN": (
        lambda s, p: apprentices.correct(s, p.other, replace(ADA, uln="1000000063")),
        ValueError,
        "is not a ULN",
    ),
    "correct, wrong code": (
        lambda s, p: apprentices.correct(s, p.other, replace(ADA, uln=None, standard_code="X")),
        ValueError,
        "is not a standard",
    ),
    "correct, no day of weekly hours": (
        lambda s, p: apprentices.correct(
            s, p.other, replace(ADA, uln=None, training_started_on=None)
        ),
        Problem,
        "Weekly hours need the day",
    ),
    "correct, stale": (
        lambda s, p: apprentices.correct(s, p.other, ADA, "1-1-1"),
        Conflict,
        "was changed by somebody else while you were editing",
    ),
    "weekly hours, gone": (
        lambda s, p: programmes.set_weekly_hours(s, GONE, date(2026, 1, 1), 60),
        Conflict,
        "removed meanwhile",
    ),
    "remove, gone": (
        lambda s, p: apprentice_removal.remove(s, GONE),
        Conflict,
        "This apprentice was removed meanwhile",
    ),
    # breaks
    "break, gone": (
        lambda s, p: programmes.start_break(s, GONE, date(2026, 7, 1)),
        Conflict,
        "removed meanwhile",
    ),
    "break, open already": (
        lambda s, p: programmes.start_break(s, p.on_a_break, date(2026, 7, 1)),
        Problem,
        "A break is open already",
    ),
    "break, before the start": (
        lambda s, p: programmes.start_break(s, p.live, date(2025, 8, 31)),
        Problem,
        "before the training starts",
    ),
    "break, start not known": (
        lambda s, p: programmes.start_break(s, p.unknown, date(2026, 7, 1)),
        Problem,
        "before the training starts",
    ),
    "break, ended": (
        lambda s, p: programmes.start_break(s, p.completed, date(2026, 7, 1)),
        Problem,
        "has ended",
    ),
    "break, inside an earlier one": (
        lambda s, p: programmes.start_break(s, p.back, date(2026, 2, 28)),
        Problem,
        "before an earlier one ended",
    ),
    "resume, no break": (
        lambda s, p: programmes.resume(s, p.back, date(2026, 7, 1)),
        Problem,
        "No break is open",
    ),
    "resume, before it began": (
        lambda s, p: programmes.resume(s, p.on_a_break, date(2026, 2, 28)),
        Problem,
        r"began on 1 Mar 2026; it cannot end before",
    ),
    "resume, training would end before it started": (
        lambda s, p: programmes.resume(s, p.on_a_break, date(2026, 4, 1), date(2025, 8, 31)),
        Problem,
        "started on 1 Sep 2025; it cannot end before",
    ),
    "resume, training would end after the whole": (
        lambda s, p: programmes.resume(s, p.bounded, date(2026, 8, 1), date(2028, 1, 1)),
        Problem,
        "planned to end on 31 Dec 2027, before the training would",
    ),
    # moves
    "assessment, ended": (
        lambda s, p: programmes.enter_assessment(s, p.completed, date(2026, 7, 1)),
        Problem,
        "that is completed cannot become in assessment",
    ),
    "assessment, before the start": (
        lambda s, p: programmes.enter_assessment(s, p.other, date(2026, 5, 31)),
        Problem,
        "that is planned cannot become in assessment",
    ),
    "complete, before the start": (
        lambda s, p: programmes.complete(s, p.other, date(2026, 5, 31)),
        Problem,
        "that is planned cannot become completed",
    ),
    "complete, on a break": (
        lambda s, p: programmes.complete(s, p.on_a_break, date(2026, 7, 1)),
        Problem,
        "that is on a break cannot become completed",
    ),
    "complete, before assessment": (
        lambda s, p: programmes.complete(s, p.assessed, date(2026, 4, 1)),
        Problem,
        "before assessment began on 1 May 2026",
    ),
    "withdraw, ended": (
        lambda s, p: programmes.withdraw(s, p.completed, date(2026, 7, 1), "98"),
        Problem,
        "that is completed cannot become withdrawn",
    ),
    "withdraw, before the start": (
        lambda s, p: programmes.withdraw(s, p.other, date(2026, 5, 1), "98"),
        Problem,
        "If training never started, leave its start empty",
    ),
    "withdraw, without a reason": (
        lambda s, p: programmes.withdraw(s, p.other, date(2026, 7, 1), " "),
        Problem,
        "Say why they leave early. Where nobody says, choose",
    ),
    "withdraw, inside a break that is over": (
        lambda s, p: programmes.withdraw(s, p.back, date(2026, 2, 14), "98"),
        Problem,
        "goes on after the end on 14 Feb 2026",
    ),
    "assessment, still to come": (
        lambda s, p: programmes.enter_assessment(s, p.live, TOMORROW, TODAY),
        Problem,
        "passed on 2 Sep 2026, which is still to come",
    ),
    "assessment, twice": (
        lambda s, p: programmes.enter_assessment(s, p.assessed, date(2026, 4, 1)),
        Problem,
        "was passed on 1 May 2026 already",
    ),
    "assessment, on a break": (
        lambda s, p: programmes.enter_assessment(s, p.on_a_break, date(2026, 7, 1)),
        Problem,
        "on a break cannot become in assessment. Record the return from the break first",
    ),
    "complete, still to come": (
        lambda s, p: programmes.complete(s, p.live, TOMORROW, today=TODAY),
        Problem,
        "Completed on 2 Sep 2026, which is still to come",
    ),
    "back, not in assessment": (
        lambda s, p: programmes.back_from_assessment(s, p.live, date(2026, 7, 1)),
        Problem,
        "is not in assessment",
    ),
    "back, before the gateway": (
        lambda s, p: programmes.back_from_assessment(s, p.assessed, date(2026, 4, 30)),
        Problem,
        "passed on 1 May 2026; nobody comes back before",
    ),
    "back, still to come": (
        lambda s, p: programmes.back_from_assessment(s, p.assessed, TOMORROW, today=TODAY),
        Problem,
        "came back on 2 Sep 2026, which is still to come",
    ),
    "resume, the whole would end before training": (
        lambda s, p: programmes.resume(
            s, p.bounded, date(2026, 8, 1), date(2027, 9, 30), date(2027, 9, 29)
        ),
        Problem,
        "planned to end on 29 Sep 2027, before the training would",
    ),
    # provider and standard
    "provider, gone": (
        lambda s, p: programme_changes.change_provider(s, GONE, TODAY, p.provider),
        Conflict,
        "removed meanwhile",
    ),
    "provider, the same": (
        lambda s, p: programme_changes.change_provider(s, p.changed, TODAY, p.provider),
        Problem,
        "That is the provider already",
    ),
    "provider, another's contract": (
        lambda s, p: programme_changes.change_provider(
            s, p.changed, TODAY, p.second_provider, p.contract
        ),
        Problem,
        "Contract C-1 is another provider's",
    ),
    "provider, ended": (
        lambda s, p: programme_changes.change_provider(s, p.completed, TODAY, p.provider),
        Problem,
        "has ended",
    ),
    "provider, on the first day": (
        lambda s, p: programme_changes.change_provider(s, p.live, date(2025, 9, 1), p.provider),
        Problem,
        "nothing of another provider has to be kept. Put it right with the facts",
    ),
    "provider, still to come": (
        lambda s, p: programme_changes.change_provider(
            s, p.live, TOMORROW, p.provider, today=TODAY
        ),
        Problem,
        "The provider changed on 2 Sep 2026, which is still to come",
    ),
    "provider, training would end before it started": (
        lambda s, p: programme_changes.change_provider(
            s, p.live, TODAY, p.provider, planned_end_on=date(2025, 8, 31)
        ),
        Problem,
        "started on 1 Sep 2025; it cannot end before",
    ),
    "planned end, the same": (
        lambda s, p: programme_changes.change_planned_end(s, p.live, TODAY, date(2027, 8, 31)),
        Problem,
        "That is the planned end already",
    ),
    "planned end, ended": (
        lambda s, p: programme_changes.change_planned_end(s, p.completed, TODAY, date(2027, 9, 30)),
        Problem,
        "has ended",
    ),
    "planned end, still to come": (
        lambda s, p: programme_changes.change_planned_end(
            s, p.live, TOMORROW, date(2027, 9, 30), today=TODAY
        ),
        Problem,
        "The planned end changed on 2 Sep 2026, which is still to come",
    ),
    "planned end, after that of the whole": (
        lambda s, p: programme_changes.change_planned_end(
            s, p.live, TODAY, date(2027, 9, 30), date(2027, 9, 29)
        ),
        Problem,
        "planned to end on 29 Sep 2027, before the training would",
    ),
    "standard, the same": (
        lambda s, p: programme_changes.change_standard(s, p.changed, TODAY, "st0116", " 1.2"),
        Problem,
        "That is the standard already",
    ),
    "standard, no code": (
        lambda s, p: programme_changes.change_standard(s, p.live, TODAY, "116", "1.2"),
        ValueError,
        "is not a standard",
    ),
    "standard, a later one is recorded": (
        lambda s, p: programme_changes.change_standard(
            s, p.changed, date(2026, 3, 1), "ST0118", "1.0"
        ),
        Problem,
        "Another standard is recorded from 1 Mar 2026 on already",
    ),
    # checklists and pay
    "tick, gone": (
        lambda s, p: checklists.tick(s, GONE, Checklist.START, ["role_agreed"], TODAY),
        Conflict,
        "removed meanwhile",
    ),
    "tick, still to come": (
        lambda s, p: checklists.tick(
            s, p.live, Checklist.START, ["role_agreed"], TOMORROW, today=TODAY
        ),
        Problem,
        "2 Sep 2026 is still to come",
    ),
    "not needed, gone": (
        lambda s, p: checklists.say_not_needed(s, GONE, Checklist.START, ["offered"], "Why"),
        Conflict,
        "removed meanwhile",
    ),
    "not needed, no reason": (
        lambda s, p: checklists.say_not_needed(s, p.live, Checklist.START, ["offered"], " "),
        Problem,
        "Say why it is not needed",
    ),
    "take back, gone": (
        lambda s, p: checklists.take_back(s, GONE, Checklist.START, ["offered"]),
        Conflict,
        "removed meanwhile",
    ),
    "pay, gone": (
        lambda s, p: pay.set_pay(s, GONE, TODAY, Decimal(9), PayPer.HOUR),
        Conflict,
        "removed meanwhile",
    ),
    "pay, nothing": (
        lambda s, p: pay.set_pay(s, p.live, TODAY, Decimal(0), PayPer.HOUR),
        Problem,
        "Pay is more than £0",
    ),
    "correct pay, gone": (
        lambda s, p: pay.correct_pay(s, GONE, TODAY, Decimal(9), PayPer.HOUR),
        Conflict,
        "This pay was removed meanwhile",
    ),
    "correct pay, nothing": (
        lambda s, p: pay.correct_pay(s, p.pay, TODAY, Decimal(0), PayPer.HOUR),
        Problem,
        "Pay is more than £0",
    ),
    "correct pay, another from that day": (
        lambda s, p: pay.correct_pay(s, p.pay, date(2026, 2, 1), Decimal(9), PayPer.HOUR),
        Problem,
        "Another pay is recorded from that day",
    ),
    "remove pay, gone": (
        lambda s, p: pay.remove_pay(s, GONE),
        Conflict,
        "This pay was removed meanwhile",
    ),
}
