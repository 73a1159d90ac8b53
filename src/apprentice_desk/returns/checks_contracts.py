"""The rules inside a row of the Contracts sheet, and between it and Apprentices: R3xx."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from apprentice_desk.domain.findings import Level
from apprentice_desk.returns.comparing import apart, are_in_order, is_at_most, is_percent
from apprentice_desk.returns.registry import Context, Example, Registry
from apprentice_desk.returns.rows import ApprenticeLine, ContractLine

CONTRACTS = Registry()


@CONTRACTS.check(
    "R301",
    Level.ROW,
    "contracts",
    ("ends_on", "starts_on"),
    "The contract ends on {ends_on}, before it starts on {starts_on}.",
    "Put right whichever of the two days is wrong.",
    good=apart(starts_on=date(2026, 4, 1), ends_on=date(2026, 4, 1)),
    bad=apart(starts_on=date(2026, 4, 1), ends_on=date(2026, 3, 31)),
)
def _contract_ends_after_start(line: ContractLine, _context: Context) -> bool:
    return are_in_order(line.starts_on, line.ends_on)


@CONTRACTS.check(
    "R302",
    Level.ROW,
    "contracts",
    ("extension_to_on", "ends_on"),
    "The contract may be extended to {extension_to_on}, which is before its end on {ends_on}.",
    "Put right whichever of the two days is wrong.",
    good=apart(ends_on=date(2027, 3, 31), extension_to_on=date(2028, 3, 31)),
    bad=apart(ends_on=date(2027, 3, 31), extension_to_on=date(2027, 3, 30)),
)
def _extension_is_after_end(line: ContractLine, _context: Context) -> bool:
    return are_in_order(line.ends_on, line.extension_to_on)


@CONTRACTS.check(
    "R320",
    Level.NOTE,
    "contracts",
    ("notice_by_on", "ends_on"),
    "Notice is due by {notice_by_on}, after the contract has ended on {ends_on}.",
    "Check both days.",
    good=apart(ends_on=date(2027, 3, 31), notice_by_on=date(2026, 12, 31)),
    bad=apart(ends_on=date(2027, 3, 31), extension_to_on=None, notice_by_on=date(2027, 4, 1)),
)
def _notice_is_before_end(line: ContractLine, _context: Context) -> bool:
    return are_in_order(line.notice_by_on, line.extension_to_on or line.ends_on)


@CONTRACTS.check(
    "R321",
    Level.NOTE,
    "contracts",
    ("paid_to_date", "agreed_to_date"),
    "{paid_to_date} is paid, more than the {agreed_to_date} agreed.",
    "Check both amounts.",
    good=apart(agreed_to_date=Decimal("9000.00"), paid_to_date=Decimal("9000.00")),
    bad=apart(agreed_to_date=Decimal("9000.00"), paid_to_date=Decimal("9000.01")),
)
def _paid_is_agreed(line: ContractLine, _context: Context) -> bool:
    return is_at_most(line.paid_to_date, line.agreed_to_date)


@CONTRACTS.check(
    "R322",
    Level.NOTE,
    "contracts",
    ("agreed_to_date", "value_limit"),
    "{agreed_to_date} is agreed, more than the contract's limit of {value_limit}.",
    "Check both amounts; the contract may need a variation.",
    good=apart(agreed_to_date=Decimal("9000.00"), value_limit=Decimal("9000.00")),
    bad=apart(agreed_to_date=Decimal("9000.01"), value_limit=Decimal("9000.00")),
)
def _agreed_is_within_limit(line: ContractLine, _context: Context) -> bool:
    return is_at_most(line.agreed_to_date, line.value_limit)


@CONTRACTS.check(
    "R323",
    Level.NOTE,
    "contracts",
    ("live_apprentices", "contract_reference"),
    "{live_apprentices} live apprentices are given for this contract, which is not what the"
    " Apprentices sheet says.",
    "Check the number against the rows of the Apprentices sheet.",
    good=Example(
        {"contract_reference": "C1", "live_apprentices": 1},
        {"apprentices": (ApprenticeLine(status="live", contract_reference="C1"),)},
    ),
    bad=Example(
        {"contract_reference": "C1", "live_apprentices": 2},
        {"apprentices": (ApprenticeLine(status="live", contract_reference="C1"),)},
    ),
)
def _live_apprentices_agree(line: ContractLine, context: Context) -> bool:
    if line.live_apprentices is None or not line.contract_reference:
        return True
    return line.live_apprentices == context.live_by_contract.get(line.contract_reference, 0)


@CONTRACTS.check(
    "R324",
    Level.NOTE,
    "contracts",
    ("reviews_on_time_percent",),
    "Reviews on time are {reviews_on_time_percent}, as if a share had been typed for a percentage.",
    "Type 92.5 for 92.5 percent, without the sign.",
    good=apart(reviews_on_time_percent=Decimal("92.5")),
    bad=apart(reviews_on_time_percent=Decimal("0.9")),
)
def _reviews_are_percent(line: ContractLine, _context: Context) -> bool:
    return is_percent(line.reviews_on_time_percent)


@CONTRACTS.check(
    "R325",
    Level.NOTE,
    "contracts",
    ("hours_to_plan_percent",),
    "Hours to plan are {hours_to_plan_percent}, as if a share had been typed for a percentage.",
    "Type 92.5 for 92.5 percent, without the sign.",
    good=apart(hours_to_plan_percent=Decimal("92.5")),
    bad=apart(hours_to_plan_percent=Decimal("1.0")),
)
def _hours_are_percent(line: ContractLine, _context: Context) -> bool:
    return is_percent(line.hours_to_plan_percent)


@CONTRACTS.check(
    "R326",
    Level.NOTE,
    "contracts",
    ("agreed_to_date", "contract_reference"),
    "{agreed_to_date} is agreed to date, but the apprenticeships of this contract come to more.",
    "Check the amount against the agreed prices on the Apprentices sheet.",
    good=Example(
        {"contract_reference": "C1", "agreed_to_date": Decimal("9000.00")},
        {
            "apprentices": (
                ApprenticeLine(agreed_price=Decimal("9000.00"), contract_reference="C1"),
            )
        },
    ),
    bad=Example(
        {"contract_reference": "C1", "agreed_to_date": Decimal("9000.00")},
        {
            "apprentices": (
                ApprenticeLine(agreed_price=Decimal("9000.01"), contract_reference="C1"),
            )
        },
    ),
)
def _prices_are_part_of_agreed(line: ContractLine, context: Context) -> bool:
    return is_at_most(context.agreed_by_contract.get(line.contract_reference), line.agreed_to_date)
