"""The line of Today about what is kept for longer than the rules say."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from uuid import UUID

from apprentice_desk import resources
from apprentice_desk.domain.needs import NeedKind, Target, Urgency
from apprentice_desk.domain.needs_of_retention import retention_needs
from apprentice_desk.domain.retention import Due, Retained, RetentionKind, rule_for

TODAY = date(2026, 9, 1)
PERSON = Retained(
    RetentionKind.APPRENTICE, UUID(int=1), "Ada Lovelace", date(2019, 5, 3), "Left on"
)
DUE = Due(PERSON, rule_for(resources.retention_rules(), PERSON.kind, TODAY), date(2026, 3, 31))


def test_one_record_is_named_with_its_day() -> None:
    (need,) = retention_needs([DUE])
    assert need.what == "1 record is due to be erased"
    assert need.why == "Ada Lovelace; kept until 31 Mar 2026 by the rules"
    assert need.action == "Look at it"
    assert (need.kind, need.urgency) == (NeedKind.RETENTION, Urgency.LATER)
    assert need.target == Target("retention")


def test_several_are_one_line_with_the_first_day() -> None:
    many = [replace(DUE, kept=replace(PERSON, name=f"P{n}")) for n in range(5)]
    (need,) = retention_needs([replace(many[0], until_on=date(2026, 4, 30)), *many[1:]])
    assert need.what == "5 records are due to be erased"
    assert need.why == "P0, P1, P2 and 2 more; the first kept until 31 Mar 2026 by the rules"
    assert need.action == "Look at them"
    assert need.weight == 5


def test_what_is_decided_by_hand_is_not_called_due_to_be_erased() -> None:
    contract = replace(DUE, kept=replace(PERSON, kind=RetentionKind.CONTRACT, name="C001"))
    (need,) = retention_needs([contract])
    assert need.what == "1 record is kept for longer than the rules say"
    (need,) = retention_needs([DUE, contract])
    assert need.what == "2 records are kept for longer than the rules say"


def test_what_somebody_keeps_longer_is_not_named() -> None:
    assert retention_needs([]) == []
    held = replace(DUE, kept=replace(PERSON, contracts=("C1",)))
    assert retention_needs([held]) == []
