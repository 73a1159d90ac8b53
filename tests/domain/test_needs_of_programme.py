"""What the programme needs: the return with what would be refused, secondments."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

import pytest

from apprentice_desk.domain.calendar import Quarter
from apprentice_desk.domain.needs import Need, NeedRules, Target, Urgency
from apprentice_desk.domain.needs_of_programme import (
    DueReturn,
    Receipt,
    Refused,
    receipt_needs,
    return_needs,
    return_to_send,
    secondment_needs,
)
from apprentice_desk.domain.vocabulary import (
    PlacementForm,
    ReceiptState,
    RoleFamily,
    SecondmentKind,
    SecondmentStatus,
)

TODAY = date(2026, 11, 23)
KEY = UUID(int=9)
RULES = NeedRules(date(2010, 1, 1), 28, 7, 14, 7, 28, 28, 90, 14, 600, "House rule")
Q2, Q3 = Quarter.parse("2026-27 Q2"), Quarter.parse("2026-27 Q3")


# --- which return ---------------------------------------------------------------------------------


def to_send(
    today: date,
    sent: set[str] = frozenset(),  # type: ignore[assignment]
    first_start: date | None = date(2025, 9, 1),
    due_ended: date | None = date(2026, 10, 12),
    due_running: date | None = date(2027, 1, 13),
) -> DueReturn | None:
    return return_to_send(today, due_ended, due_running, sent, first_start, RULES)


def test_the_return_of_the_quarter_that_ended_is_to_be_sent_until_it_is() -> None:
    assert to_send(date(2026, 10, 1)) == DueReturn(Q2, date(2026, 10, 12))
    assert to_send(TODAY) == DueReturn(Q2, date(2026, 10, 12))
    assert to_send(TODAY, {"2026-27 Q2"}) is None
    assert to_send(TODAY, due_ended=None) == DueReturn(Q2, None)


def test_that_of_the_running_quarter_is_named_once_its_day_is_near() -> None:
    sent = {"2026-27 Q2"}
    assert to_send(date(2026, 12, 15), sent) is None
    assert to_send(date(2026, 12, 16), sent) == DueReturn(Q3, date(2027, 1, 13))
    assert to_send(date(2026, 12, 16), sent | {"2026-27 Q3"}) is None
    assert to_send(date(2026, 12, 31), sent, due_running=None) is None


def test_a_desk_on_which_nobody_had_started_owes_none() -> None:
    assert to_send(TODAY, first_start=None) is None
    assert to_send(TODAY, first_start=date(2026, 10, 1)) is None
    assert to_send(TODAY, first_start=date(2026, 9, 30)) is not None
    late = date(2026, 12, 20)
    assert to_send(late, first_start=date(2027, 1, 1)) is None
    assert to_send(late, first_start=date(2026, 12, 31)) == DueReturn(Q3, date(2027, 1, 13))


# --- its line -------------------------------------------------------------------------------------


def of_return(due_on: date | None, refused: Refused | None = None) -> Need:
    (need,) = return_needs(DueReturn(Q2, due_on, refused), TODAY, RULES)
    return need


@pytest.mark.parametrize(
    ("due_on", "what", "why", "urgency"),
    [
        (date(2026, 10, 12), "is 42 days late", "It was due 12 Oct 2026", Urgency.NOW),
        (date(2026, 11, 22), "is 1 day late", "It was due 22 Nov 2026", Urgency.NOW),
        (TODAY, "is due today", "Due 23 Nov 2026", Urgency.NOW),
        (date(2026, 11, 24), "is due tomorrow", "Due 24 Nov 2026", Urgency.NOW),
        (date(2026, 11, 25), "is due Wednesday", "Due 25 Nov 2026", Urgency.NOW),
        (date(2026, 11, 29), "is due Sunday", "Due 29 Nov 2026", Urgency.NOW),
        (date(2026, 11, 30), "is due on 30 Nov 2026", "Due 30 Nov 2026", Urgency.NOW),
        (date(2026, 12, 1), "is due on 1 Dec 2026", "Due 1 Dec 2026", Urgency.SOON),
        (None, "is to be sent", "The day when it is due is not known", Urgency.SOON),
    ],
)
def test_when_a_return_is_due(due_on: date | None, what: str, why: str, urgency: Urgency) -> None:
    need = of_return(due_on)
    assert need.what == f"Return for July to September 2026 {what}"
    assert need.why == f"{why}; what would be refused is being looked at"
    assert need.urgency is urgency
    assert (need.key, need.target) == ("return:2026-27 Q2", Target("returns", quarter="2026-27 Q2"))


@pytest.mark.parametrize(
    ("refused", "says", "action"),
    [
        (Refused(0), "nothing in it would be refused", "Export"),
        (
            Refused(3, (("Planned end", 2), ("Standard code", 1))),
            "3 rows would be refused because of “Planned end” (2 times) and “Standard code”",
            "Fix and export",
        ),
        (Refused(1), "1 row would be refused", "Fix and export"),
    ],
)
def test_what_would_be_refused_is_said(refused: Refused, says: str, action: str) -> None:
    need = of_return(date(2026, 11, 25), refused)
    assert need.why == f"Due 25 Nov 2026; {says}"
    assert (need.action, need.weight) == (action, refused.rows)


def test_without_a_return_to_send_there_is_no_line() -> None:
    assert return_needs(None, TODAY, RULES) == []


@pytest.mark.parametrize(
    ("state", "words", "urgency"),
    [
        (ReceiptState.REFUSED, "was refused by LOTI", Urgency.NOW),
        (ReceiptState.CONFLICT, "stands twice at LOTI and was not taken", Urgency.NOW),
        (ReceiptState.IN_PART, "was taken only in part by LOTI", Urgency.SOON),
    ],
)
def test_a_return_that_was_not_taken_whole_is_named(
    state: ReceiptState, words: str, urgency: Urgency
) -> None:
    (need,) = receipt_needs(Receipt(Q2, state, date(2026, 10, 20), 2))
    assert need.what == f"Return for July to September 2026 {words}"
    assert need.why.startswith("Its receipt was read on 20 Oct 2026; 2 rows left out; fix")
    assert (need.urgency, need.weight, need.target) == (
        urgency,
        2,
        Target("returns", quarter="2026-27 Q2"),
    )
    (need,) = receipt_needs(Receipt(Q2, state, date(2026, 10, 20), 0))
    assert "left out" not in need.why


def test_a_return_that_was_taken_is_not() -> None:
    assert receipt_needs(None) == []
    for state in (ReceiptState.ACCEPTED, ReceiptState.REPLACED):
        assert receipt_needs(Receipt(Q2, state, TODAY, 0)) == []


# --- secondments ----------------------------------------------------------------------------------


@dataclass(frozen=True)
class Facts:
    status: SecondmentStatus = SecondmentStatus.REQUESTED
    kind: SecondmentKind = SecondmentKind.REQUEST
    role_family: RoleFamily | None = None
    host: str | None = "LOTI"
    weeks: int | None = 4
    earliest_start_on: date | None = date(2027, 1, 11)
    latest_start_on: date | None = None
    started_on: date | None = None
    ended_on: date | None = None
    form: PlacementForm = PlacementForm.SECONDMENT
    host_name: str = ""
    agreed_start_on: date | None = None
    agreed_end_on: date | None = None


@dataclass(frozen=True)
class Secondment:
    details: Facts
    name: str = "Mei Lin"
    id: UUID = KEY


def of_secondment(facts: Facts, name: str = "Mei Lin") -> list[Need]:
    return secondment_needs([Secondment(facts, name)], {"E09000012": "Hackney"}, TODAY)


def test_a_request_waits_for_a_yes_or_no() -> None:
    (need,) = of_secondment(Facts(role_family=RoleFamily.DELIVERY))
    assert need.what == "Secondment to LOTI awaits approval"
    assert need.why == "Mei Lin, 4 weeks, from 11 Jan 2027, delivery and project management"
    assert (need.urgency, need.action) == (Urgency.LATER, "Review request")
    assert need.target == Target("secondments", KEY)
    assert need.key == f"secondment:{KEY.hex}"


@pytest.mark.parametrize(
    ("facts", "what", "action"),
    [
        (
            Facts(kind=SecondmentKind.OFFER),
            "Offer of a place here awaits approval",
            "Review offer",
        ),
        (
            Facts(SecondmentStatus.APPROVED, host=None),
            "Secondment elsewhere awaits a place",
            "Open secondment",
        ),
        (
            Facts(SecondmentStatus.MATCHED, host="E09000012"),
            "Secondment to Hackney awaits agreement",
            "Open secondment",
        ),
        (
            Facts(SecondmentStatus.APPROVED, SecondmentKind.OFFER),
            "Offer of a place here awaits somebody",
            "Open secondment",
        ),
        (
            Facts(form=PlacementForm.SHADOWING, host_name=" Brightwell Labs "),
            "Shadowing to Brightwell Labs awaits approval",
            "Review request",
        ),
        (
            Facts(kind=SecondmentKind.OFFER, form=PlacementForm.VISIT),
            "Offer of a visit here awaits approval",
            "Review offer",
        ),
    ],
)
def test_what_else_waits(facts: Facts, what: str, action: str) -> None:
    (need,) = of_secondment(facts)
    assert (need.what, need.action, need.urgency) == (what, action, Urgency.LATER)


@pytest.mark.parametrize(
    ("facts", "what", "why"),
    [
        (
            Facts(latest_start_on=date(2026, 11, 22)),
            "Secondment to LOTI awaits approval",
            "its latest start was 22 Nov 2026",
        ),
        (
            Facts(SecondmentStatus.AGREED, earliest_start_on=date(2026, 11, 2)),
            "Secondment to LOTI should have started",
            "its latest start was 2 Nov 2026",
        ),
        (
            Facts(SecondmentStatus.UNDER_WAY, started_on=date(2026, 10, 5)),
            "Secondment to LOTI should have ended",
            "its weeks were over 2 Nov 2026",
        ),
        (
            Facts(
                SecondmentStatus.UNDER_WAY,
                started_on=date(2026, 10, 5),
                ended_on=date(2026, 10, 30),
            ),
            "Secondment to LOTI should have ended",
            "its weeks were over 30 Oct 2026",
        ),
        (
            Facts(
                SecondmentStatus.UNDER_WAY,
                started_on=date(2026, 10, 5),
                agreed_end_on=date(2026, 11, 20),
                weeks=None,
            ),
            "Secondment to LOTI should have ended",
            "it was agreed until 20 Nov 2026",
        ),
        (
            Facts(SecondmentStatus.AGREED, agreed_start_on=date(2026, 11, 16)),
            "Secondment to LOTI should have started",
            "its agreed start was 16 Nov 2026",
        ),
        (
            Facts(
                SecondmentStatus.AGREED,
                form=PlacementForm.VISIT,
                agreed_start_on=date(2026, 11, 16),
                agreed_end_on=date(2026, 11, 17),
            ),
            "Visit to LOTI should have been",
            "it was agreed for 17 Nov 2026",
        ),
    ],
)
def test_what_is_late_waits_sooner(facts: Facts, what: str, why: str) -> None:
    (need,) = of_secondment(facts)
    assert (need.what, need.urgency) == (what, Urgency.SOON)
    assert need.why.endswith(f"; {why}")


@pytest.mark.parametrize(
    "facts",
    [
        Facts(SecondmentStatus.DRAFT),
        Facts(SecondmentStatus.COMPLETED, earliest_start_on=date(2026, 1, 1)),
        Facts(SecondmentStatus.AGREED),
        Facts(SecondmentStatus.AGREED, earliest_start_on=date(2026, 1, 1), agreed_start_on=TODAY),
        Facts(SecondmentStatus.AGREED, earliest_start_on=None),
        Facts(SecondmentStatus.UNDER_WAY, started_on=TODAY),
        Facts(SecondmentStatus.UNDER_WAY, started_on=None),
        Facts(SecondmentStatus.UNDER_WAY, started_on=date(2026, 1, 5), weeks=None),
    ],
)
def test_nothing_waits_where_nothing_is_to_be_done(facts: Facts) -> None:
    assert of_secondment(facts) == []


def test_what_is_not_known_is_left_out() -> None:
    (need,) = of_secondment(Facts(weeks=None, earliest_start_on=None), name="")
    assert need.why == "Nobody is named yet"
    assert need.rank == date.max.toordinal()
