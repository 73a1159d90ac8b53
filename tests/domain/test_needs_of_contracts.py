"""What contracts need: notice, extensions to decide, ends, frameworks, and what runs out."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest

from apprentice_desk import resources
from apprentice_desk.domain.calendar import BankHolidays
from apprentice_desk.domain.contract_terms import Expiry, Extension, Notice, Term
from apprentice_desk.domain.needs import Need, NeedRules, Target, Urgency
from apprentice_desk.domain.needs_of_contracts import EXTENDED, contract_needs
from apprentice_desk.domain.vocabulary import ExpiryKind, NoticeUnit

TODAY = date(2026, 11, 23)
RULES = NeedRules(date(2010, 1, 1), 28, 7, 14, 7, 28, 28, 90, 14, 600, "House rule")
HOLIDAYS = resources.bank_holidays()


# --- notice and end -------------------------------------------------------------------------------


@dataclass(frozen=True)
class Contract:
    ends_on: date | None = None
    notice_by_on: date | None = None
    extension_to_on: date | None = None
    reference: str = "XMP-2025-014"
    framework: str = ""
    more: dict[str, Any] = field(default_factory=dict)
    id: UUID = field(default_factory=uuid4)

    @property
    def term(self) -> Term:
        return Term(
            ends_on=self.ends_on,
            extension_to_on=self.extension_to_on,
            notice_by_on=self.notice_by_on,
            **self.more,
        )


def in_days(days: int) -> date:
    return TODAY + timedelta(days=days)


def of_contract(contract: Contract, people: int = 3) -> list[Need]:
    return contract_needs([contract], {contract.reference: people}, TODAY, RULES, HOLIDAYS)


@pytest.mark.parametrize(
    ("contract", "what", "urgency"),
    [
        (Contract(in_days(89)), "Contract XMP-2025-014 ends in 89 days", Urgency.SOON),
        (Contract(in_days(90)), "Contract XMP-2025-014 ends in 90 days", Urgency.SOON),
        (Contract(in_days(15)), "Contract XMP-2025-014 ends in 15 days", Urgency.SOON),
        (Contract(in_days(14)), "Contract XMP-2025-014 ends in 14 days", Urgency.NOW),
        (Contract(in_days(0)), "Contract XMP-2025-014 ends today", Urgency.NOW),
        (Contract(in_days(-1)), "Contract XMP-2025-014 ended 1 day ago", Urgency.NOW),
        (
            Contract(in_days(200), in_days(28)),  # a Monday
            "Notice on contract XMP-2025-014 closes in 28 days",
            Urgency.SOON,
        ),
        (
            Contract(in_days(200), in_days(27)),
            "Notice on contract XMP-2025-014 closes in 25 days",
            Urgency.SOON,
        ),
        (
            Contract(in_days(89), in_days(1)),
            "Notice on contract XMP-2025-014 closes tomorrow",
            Urgency.NOW,
        ),
        (
            Contract(in_days(60), in_days(-1)),
            "Contract XMP-2025-014 ends in 60 days",
            Urgency.SOON,
        ),
        (
            Contract(in_days(-30), None, in_days(-5)),
            "Contract XMP-2025-014 ended 30 days ago",
            Urgency.NOW,
        ),
    ],
)
def test_a_contract_near_its_notice_or_end_is_named(
    contract: Contract, what: str, urgency: Urgency
) -> None:
    (need,) = of_contract(contract)
    assert (need.what, need.urgency) == (what, urgency)
    assert (need.action, need.target) == ("Open contract", Target("contracts", contract.id))
    assert (need.key, need.weight) == (f"contract:{contract.id.hex}", 3)


@pytest.mark.parametrize(
    ("contract", "people"),
    [
        (Contract(in_days(91)), 3),
        (Contract(in_days(300), in_days(91)), 3),
        (Contract(in_days(300), in_days(-5)), 3),
        (Contract(in_days(-1)), 0),
    ],
)
def test_any_other_is_not(contract: Contract, people: int) -> None:
    assert of_contract(contract, people) == []


@pytest.mark.parametrize(
    ("contract", "people", "why"),
    [
        (
            Contract(date(2027, 2, 20), date(2026, 12, 21), date(2027, 8, 20)),
            3,
            "The last day for notice is 21 Dec 2026; it ends 20 Feb 2027; it may be extended to"
            " 20 Aug 2027; 3 apprentices are on programme under it",
        ),
        (
            Contract(date(2027, 2, 20), date(2026, 11, 3)),
            1,
            "The last day for notice was 3 Nov 2026; it ends 20 Feb 2027; 1 apprentice is on"
            " programme under it",
        ),
        (
            Contract(date(2027, 2, 20)),
            0,
            "It ends 20 Feb 2027; nobody is on programme under it",
        ),
        (
            Contract(date(2026, 11, 1)),
            1200,
            "It ended 1 Nov 2026; 1,200 apprentices are on programme under it",
        ),
    ],
)
def test_what_ending_a_contract_means_is_said(contract: Contract, people: int, why: str) -> None:
    (need,) = of_contract(contract, people)
    assert need.why == why


def test_contracts_without_an_end_are_named_together() -> None:
    one, other = Contract(reference="A"), Contract(reference="B")
    (need,) = contract_needs([one, Contract(in_days(400)), other], {}, TODAY, RULES, HOLIDAYS)
    assert need.what == "End missing for 2 contracts"
    assert need.why.startswith("A and B. ")
    assert (need.action, need.weight) == ("Enter the first", 2)
    assert need.target == Target("contracts", one.id, "ends_on")
    (need,) = contract_needs([one], {}, TODAY, RULES, HOLIDAYS)
    assert (need.what, need.action) == ("End missing for 1 contract", "Enter it")


def of_term(ends_on: date | None, people: int = 1, **more: Any) -> list[Need]:
    return of_contract(Contract(ends_on, more=more), people)


def test_the_last_day_for_notice_is_worked_out_and_its_last_working_day_named() -> None:
    """Notice over Christmas: the 27th is a Sunday, the 25th a bank holiday."""
    (need,) = of_term(date(2027, 2, 27), notice=Notice(2, NoticeUnit.MONTHS))
    assert need.what == "Notice on contract XMP-2025-014 closes in 31 days"
    assert need.rank == 31
    assert need.why.startswith(
        "The last day for notice is Sun 27 Dec 2026; the last working day for it is"
        " Thu 24 Dec 2026; it"
    )


def test_notice_that_no_working_day_is_left_for_is_named_until_its_day_is_past() -> None:
    contract = Contract(date(2027, 2, 27), date(2026, 12, 27))

    def on(day: date) -> Need:
        (need,) = contract_needs([contract], {}, day, RULES, HOLIDAYS)
        return need

    assert on(date(2026, 12, 24)).what.endswith("closes today")
    late = on(date(2026, 12, 26))
    assert late.what.endswith("closes tomorrow, and no working day is left")
    assert "the last working day for it was Thu 24 Dec 2026" in late.why
    assert (late.urgency, late.rank) == (Urgency.NOW, -2)
    assert on(date(2026, 12, 28)).what == "Contract XMP-2025-014 ends in 61 days"


def test_a_day_for_notice_that_may_be_a_bank_holiday_is_said() -> None:
    early = BankHolidays(HOLIDAYS.days, HOLIDAYS.first_year, 2025, HOLIDAYS.source)
    contract = Contract(in_days(200), in_days(4))
    (need,) = contract_needs([contract], {}, TODAY, RULES, early)
    assert need.what == "Notice on contract XMP-2025-014 closes in 4 days"
    assert "; it may be a bank holiday (The bank holidays of 2026 are not known" in need.why


def test_a_day_for_notice_is_asked_for_again_once_the_contract_was_extended() -> None:
    taken = Extension(1, in_days(700), taken_on=TODAY)
    contract = Contract(in_days(300), in_days(200), more={"extensions": (taken,)})
    (need,) = of_contract(contract)
    assert need.what == "Until when can notice be given on contract XMP-2025-014?"
    assert need.why == (
        "The day that was entered, 11 Jun 2027, is for the end on 19 Sep 2027; for 23 Oct 2028"
        " none is entered; 3 apprentices are on programme under it"
    )
    assert need.target == Target("contracts", contract.id, "notice_by_on")
    assert (need.urgency, need.weight, need.rank) == (Urgency.SOON, 3, 700)
    assert [
        each.what for each in contract_needs([contract], {}, in_days(701), RULES, HOLIDAYS)
    ] == []
    again = Contract(in_days(300), in_days(600), more={"extensions": (taken,)})
    assert of_contract(again) == []


def test_a_last_day_for_notice_that_cannot_be_worked_out_is_said() -> None:
    early = BankHolidays(HOLIDAYS.days, HOLIDAYS.first_year, 2026, HOLIDAYS.source)
    contract = Contract(date(2027, 1, 15), more={"notice": Notice(5, NoticeUnit.WORKING_DAYS)})
    (need,) = contract_needs([contract], {}, TODAY, RULES, early)
    assert need.what == "Contract XMP-2025-014 ends in 53 days"
    assert need.why.startswith("The last day for notice is not known (The bank holidays of 2027")


def test_an_extension_taken_up_moves_the_end() -> None:
    taken = Extension(1, in_days(400), taken_on=TODAY)
    assert of_term(in_days(10), extensions=(taken,)) == []


@pytest.mark.parametrize("people", [0, 3])
@pytest.mark.parametrize(
    "more",
    [
        {"extension_to_on": in_days(50)},
        {"more": {"extensions": (Extension(1, in_days(50), in_days(-60)),)}},
    ],
)
def test_whether_a_contract_past_its_end_was_extended_is_asked(
    more: dict[str, Any], people: int
) -> None:
    contract = Contract(in_days(-30), **more)
    (need,) = of_contract(contract, people)
    assert (need.what, need.urgency) == ("Was contract XMP-2025-014 extended?", Urgency.NOW)
    assert need.why.startswith(
        "Its last day was 24 Oct 2026; it may be extended to 12 Jan 2027, and nothing is entered; "
    )
    assert need.target == Target("contracts", contract.id, part=EXTENDED)
    assert (need.action, need.weight, need.rank) == ("Say which", people, -30)
    assert of_contract(replace(contract, ends_on=TODAY), 0)[0].what.endswith("ends today")


def test_a_contract_that_may_be_extended_still_asks_for_insurances_and_framework() -> None:
    expiry = Expiry(ExpiryKind.CYBER, in_days(5))
    contract = Contract(
        in_days(-1), None, in_days(50), more={"expiries": (expiry,), "framework_ends_on": TODAY}
    )
    asked, insurance, framework = of_contract(contract)
    assert asked.what.startswith("Was contract")
    assert insurance.what.endswith("runs out in 5 days")
    assert framework.what == "A framework ends today"


# --- extensions -----------------------------------------------------------------------------------


def of_extension(decide_by_on: date | None, ends_on: date | None = None) -> list[Need]:
    offered = Extension(1, in_days(700), decide_by_on)
    return of_term(ends_on or in_days(300), extensions=(offered,))


@pytest.mark.parametrize(
    ("days", "what", "urgency"),
    [
        (90, "Extension of contract XMP-2025-014 is to be decided by 21 Feb 2027", Urgency.SOON),
        (15, "Extension of contract XMP-2025-014 is to be decided by 8 Dec 2026", Urgency.SOON),
        (14, "Extension of contract XMP-2025-014 is to be decided by 7 Dec 2026", Urgency.NOW),
        (0, "Extension of contract XMP-2025-014 is to be decided today", Urgency.NOW),
        (-1, "Was the extension of contract XMP-2025-014 taken up?", Urgency.SOON),
    ],
)
def test_an_extension_is_named_before_the_day_by_which_it_is_decided(
    days: int, what: str, urgency: Urgency
) -> None:
    (need,) = of_extension(in_days(days))
    assert (need.what, need.urgency, need.action) == (what, urgency, "Open contract")
    assert "would go on to 23 Oct 2028; 1 apprentice is on programme" in need.why


def test_no_other_extension_is() -> None:
    assert of_extension(in_days(91)) == []
    assert of_extension(None) == []
    (need,) = of_extension(None, in_days(20))
    assert need.what == "Contract XMP-2025-014 ends in 20 days"


# --- frameworks -----------------------------------------------------------------------------------


def test_a_framework_that_ends_is_named_once_with_its_contracts() -> None:
    def under(framework: str, reference: str, days: int) -> Contract:
        return Contract(
            in_days(400), reference=reference, framework=framework,
            more={"framework_ends_on": in_days(days)},
        )  # fmt: skip

    one, other = under("Digital, lot 1", "A", 60), under("digital, lot 1", "B", 60)
    third, nameless = under("Digital, lot 1", "C", 14), under("", "D", 0)
    others = [under("Far", "E", 91), under("Past", "F", -1)]
    needs = contract_needs([one, other, third, nameless, *others], {}, TODAY, RULES, HOLIDAYS)
    assert [(need.what, need.urgency, need.weight, need.action) for need in needs] == [
        ("Framework “Digital, lot 1” ends in 60 days", Urgency.LATER, 2, "Open the first"),
        ("Framework “Digital, lot 1” ends in 14 days", Urgency.SOON, 1, "Open contract"),
        ("A framework ends today", Urgency.SOON, 1, "Open contract"),
    ]
    assert needs[0].why == (
        "A new call-off has to be placed by 22 Jan 2027; called off from it: A and B"
    )
    assert needs[0].target == Target("contracts", one.id)


# --- insurances and policies ----------------------------------------------------------------------


def of_expiry(days: int, ends_in: int | None = 300) -> list[Need]:
    expiry = Expiry(ExpiryKind.CYBER, in_days(days))
    return of_term(None if ends_in is None else in_days(ends_in), expiries=(expiry,))


@pytest.mark.parametrize(
    ("days", "when", "urgency"),
    [
        (90, "runs out in 90 days", Urgency.LATER),
        (15, "runs out in 15 days", Urgency.LATER),
        (14, "runs out in 14 days", Urgency.SOON),
        (0, "runs out today", Urgency.SOON),
        (-1, "ran out 1 day ago", Urgency.NOW),
    ],
)
def test_an_insurance_is_named_before_it_runs_out(days: int, when: str, urgency: Urgency) -> None:
    (need,) = of_expiry(days)
    assert need.what == f"Cyber security certificate of contract XMP-2025-014 {when}"
    assert need.urgency is urgency
    assert need.key.endswith(f":{in_days(days)}:cyber security certificate")


def test_no_other_insurance_is() -> None:
    assert of_expiry(91) == []
    assert [need.what for need in of_expiry(80, 80)] == ["Contract XMP-2025-014 ends in 80 days"]
    ended = Contract(in_days(-1), more={"expiries": (Expiry(ExpiryKind.CYBER, in_days(-30)),)})
    assert of_contract(ended, 0) == []
    newer = (Expiry(ExpiryKind.CYBER, in_days(-1)), Expiry(ExpiryKind.CYBER, in_days(200)))
    assert of_term(in_days(300), expiries=newer) == []


def test_a_contract_without_an_end_still_asks_for_its_insurances() -> None:
    insurance, missing = of_expiry(5, None)
    assert insurance.what.endswith("runs out in 5 days")
    assert missing.key == "missing:ends_on"
