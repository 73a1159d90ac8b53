"""The rules inside a row of the return, and between a row and the rest of it.

Each is a small function that says whether all is well; what it looks at may be unknown, and then
it passes.  Rules that the descriptor states for a single field (required, range, list, shape) are
not here.  Codes R2xx are about apprentices, R3xx about contracts.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from apprentice_desk.domain.apprenticeship import Status
from apprentice_desk.domain.findings import Level
from apprentice_desk.returns.registry import Context, Example, Registry
from apprentice_desk.returns.rows import ApprenticeLine, ContractLine

ROW_CHECKS = Registry()

_ENDED = (Status.COMPLETED, Status.WITHDRAWN)
_OPEN_STATES = (Status.PLANNED, Status.LIVE)


def _apart(**values: object) -> Example:
    return Example(values)


@ROW_CHECKS.check(
    "R201",
    Level.ROW,
    "apprentices",
    ("apprentice_code",),
    "The apprentice's code {apprentice_code} is not one of {borough}'s.",
    "Use the code that the borough's own desk gave, or move the row to the right borough's return.",
    good=_apart(apprentice_code="XMP-7F3KQ2WD-R"),
    bad=_apart(apprentice_code="XMQ-7F3KQ2WD-2"),
)
def _code_is_of_this_borough(line: ApprenticeLine, context: Context) -> bool:
    if context.borough is None or "-" not in line.apprentice_code:
        return True
    return line.apprentice_code.partition("-")[0] == context.borough.letters


@ROW_CHECKS.check(
    "R202",
    Level.ROW,
    "apprentices",
    ("training_started_on", "status"),
    "The day when training started is missing, though the apprenticeship is {status}.",
    "Put in the day when training started, or set the status to planned.",
    good=_apart(status="planned", training_started_on=None),
    bad=_apart(status="live", training_started_on=None),
)
def _start_is_known(line: ApprenticeLine, _context: Context) -> bool:
    return line.status in ("", Status.PLANNED) or line.training_started_on is not None


@ROW_CHECKS.check(
    "R203",
    Level.ROW,
    "apprentices",
    ("training_planned_end_on", "status"),
    "The day when training is planned to end is missing, though the apprenticeship is {status}.",
    "Put in the last day of the practical period as the training plan gives it.",
    good=_apart(status="in assessment", training_planned_end_on=None),
    bad=_apart(status="live", training_planned_end_on=None),
)
def _planned_end_is_known(line: ApprenticeLine, _context: Context) -> bool:
    return line.status not in _OPEN_STATES or line.training_planned_end_on is not None


@ROW_CHECKS.check(
    "R204",
    Level.ROW,
    "apprentices",
    ("training_planned_end_on", "training_started_on"),
    "Training is planned to end on {training_planned_end_on}, which is not after its start on"
    " {training_started_on}.",
    "Put right whichever of the two days is wrong.",
    good=_apart(training_started_on=date(2026, 9, 1), training_planned_end_on=date(2026, 9, 2)),
    bad=_apart(training_started_on=date(2026, 9, 1), training_planned_end_on=date(2026, 9, 1)),
)
def _training_ends_after_start(line: ApprenticeLine, _context: Context) -> bool:
    return _are_in_order(line.training_started_on, line.training_planned_end_on, strictly=True)


@ROW_CHECKS.check(
    "R205",
    Level.ROW,
    "apprentices",
    ("apprenticeship_planned_end_on", "training_planned_end_on"),
    "The apprenticeship is planned to end on {apprenticeship_planned_end_on}, before its training"
    " on {training_planned_end_on}.",
    "Put right whichever of the two days is wrong: the apprenticeship ends with its assessment.",
    good=_apart(
        training_planned_end_on=date(2027, 9, 1), apprenticeship_planned_end_on=date(2027, 9, 1)
    ),
    bad=_apart(
        training_planned_end_on=date(2027, 9, 1), apprenticeship_planned_end_on=date(2027, 8, 31)
    ),
)
def _assessment_ends_after_training(line: ApprenticeLine, _context: Context) -> bool:
    return _are_in_order(line.training_planned_end_on, line.apprenticeship_planned_end_on)


@ROW_CHECKS.check(
    "R206",
    Level.ROW,
    "apprentices",
    ("ended_on", "status"),
    "The day when the apprenticeship ended is missing, though it is {status}.",
    "Put in the day when it ended.",
    good=_apart(status="completed", ended_on=date(2026, 12, 1)),
    bad=_apart(status="withdrawn", ended_on=None),
)
def _end_is_known(line: ApprenticeLine, _context: Context) -> bool:
    return line.status not in _ENDED or line.ended_on is not None


@ROW_CHECKS.check(
    "R207",
    Level.ROW,
    "apprentices",
    ("ended_on", "training_started_on"),
    "The apprenticeship ended on {ended_on}, before its training started on {training_started_on}.",
    "Put right whichever of the two days is wrong.",
    good=_apart(
        status="withdrawn", training_started_on=date(2026, 9, 1), ended_on=date(2026, 9, 1)
    ),
    bad=_apart(
        status="withdrawn", training_started_on=date(2026, 9, 1), ended_on=date(2026, 8, 31)
    ),
)
def _ended_after_start(line: ApprenticeLine, _context: Context) -> bool:
    return _are_in_order(line.training_started_on, line.ended_on)


@ROW_CHECKS.check(
    "R208",
    Level.ROW,
    "apprentices",
    ("contract_reference",),
    "The contract “{contract_reference}” does not stand on the Contracts sheet.",
    "Add the contract to the Contracts sheet, or spell its reference in the same way on both.",
    good=Example({"contract_reference": "C1"}, {"contracts": (ContractLine("C1"),)}),
    bad=Example({"contract_reference": "C1"}, {"contracts": (ContractLine("C2"),)}),
)
def _contract_is_listed(line: ApprenticeLine, context: Context) -> bool:
    return not line.contract_reference or line.contract_reference in context.contract_references


@ROW_CHECKS.check(
    "R209",
    Level.ROW,
    "apprentices",
    ("logged_in_period_hours", "logged_to_date_hours"),
    "{logged_in_period_hours} hours are logged in this quarter, but only {logged_to_date_hours} to"
    " date.",
    "Put right whichever of the two is wrong: those of the quarter are part of those to date.",
    good=_apart(logged_in_period_hours=Decimal("7.50"), logged_to_date_hours=Decimal("7.50")),
    bad=_apart(logged_in_period_hours=Decimal("7.51"), logged_to_date_hours=Decimal("7.50")),
)
def _quarter_is_part_of_logged(line: ApprenticeLine, _context: Context) -> bool:
    return _is_at_most(line.logged_in_period_hours, line.logged_to_date_hours)


@ROW_CHECKS.check(
    "R210",
    Level.ROW,
    "apprentices",
    ("ksb_met", "ksb_total"),
    "{ksb_met} KSBs are met, but there are only {ksb_total}.",
    "Put right whichever of the two is wrong.",
    good=_apart(ksb_met=30, ksb_total=30),
    bad=_apart(ksb_met=31, ksb_total=30),
)
def _met_are_part_of_all(line: ApprenticeLine, _context: Context) -> bool:
    return _is_at_most(line.ksb_met, line.ksb_total)


@ROW_CHECKS.check(
    "R220",
    Level.NOTE,
    "apprentices",
    ("ended_on", "status"),
    "The apprenticeship has an end, {ended_on}, though it is {status}.",
    "Check the status, or take the end out.",
    good=_apart(status="completed", ended_on=date(2026, 12, 1)),
    bad=_apart(status="live", ended_on=date(2026, 12, 1)),
)
def _only_ended_ones_have_an_end(line: ApprenticeLine, _context: Context) -> bool:
    return line.ended_on is None or line.status in ("", *_ENDED)


@ROW_CHECKS.check(
    "R221",
    Level.NOTE,
    "apprentices",
    ("withdrawal_group", "status"),
    "There is a reason for leaving, though the apprenticeship is {status}.",
    "Check the status, or take the reason out.",
    good=_apart(status="withdrawn", ended_on=date(2026, 12, 1), withdrawal_group="moved on"),
    bad=_apart(status="live", withdrawal_group="moved on"),
)
def _only_leavers_have_a_reason(line: ApprenticeLine, _context: Context) -> bool:
    return not line.withdrawal_group or line.status in ("", Status.WITHDRAWN)


@ROW_CHECKS.check(
    "R222",
    Level.NOTE,
    "apprentices",
    ("training_started_on", "status"),
    "Training started on {training_started_on}, after the period, though the apprenticeship is"
    " {status}.",
    "Check the day; one that starts later is planned.",
    good=_apart(training_started_on=date(2026, 12, 31)),
    bad=_apart(training_started_on=date(2027, 1, 1)),
)
def _started_by_the_end_of_the_period(line: ApprenticeLine, context: Context) -> bool:
    if line.status in ("", Status.PLANNED):
        return True
    return _are_in_order(line.training_started_on, context.header.period_last_on)


@ROW_CHECKS.check(
    "R223",
    Level.NOTE,
    "apprentices",
    ("ended_on",),
    "The apprenticeship ended on {ended_on}, after the period.",
    "Check the day: the return says how things stood at the end of the period.",
    good=_apart(status="completed", ended_on=date(2026, 12, 31)),
    bad=_apart(status="completed", ended_on=date(2027, 1, 1)),
)
def _ended_by_the_end_of_the_period(line: ApprenticeLine, context: Context) -> bool:
    return _are_in_order(line.ended_on, context.header.period_last_on)


@ROW_CHECKS.check(
    "R224",
    Level.NOTE,
    "apprentices",
    ("agreed_price", "funding_band_maximum"),
    "The agreed price of {agreed_price} is more than the funding band allows,"
    " {funding_band_maximum}.",
    "Check both. The borough pays what goes beyond the band itself.",
    good=_apart(agreed_price=Decimal("18000.00"), funding_band_maximum=Decimal("18000.00")),
    bad=_apart(agreed_price=Decimal("18000.01"), funding_band_maximum=Decimal("18000.00")),
)
def _price_is_within_the_band(line: ApprenticeLine, _context: Context) -> bool:
    return _is_at_most(line.agreed_price, line.funding_band_maximum)


@ROW_CHECKS.check(
    "R225",
    Level.NOTE,
    "apprentices",
    ("planned_in_period_hours", "planned_to_date_hours"),
    "{planned_in_period_hours} hours are planned in this quarter, but only"
    " {planned_to_date_hours} to date.",
    "Check both: those of the quarter are part of those to date.",
    good=_apart(planned_in_period_hours=Decimal("7.50"), planned_to_date_hours=Decimal("7.50")),
    bad=_apart(planned_in_period_hours=Decimal("7.51"), planned_to_date_hours=Decimal("7.50")),
)
def _quarter_is_part_of_planned(line: ApprenticeLine, _context: Context) -> bool:
    return _is_at_most(line.planned_in_period_hours, line.planned_to_date_hours)


@ROW_CHECKS.check(
    "R301",
    Level.ROW,
    "contracts",
    ("ends_on", "starts_on"),
    "The contract ends on {ends_on}, before it starts on {starts_on}.",
    "Put right whichever of the two days is wrong.",
    good=_apart(starts_on=date(2026, 4, 1), ends_on=date(2026, 4, 1)),
    bad=_apart(starts_on=date(2026, 4, 1), ends_on=date(2026, 3, 31)),
)
def _contract_ends_after_start(line: ContractLine, _context: Context) -> bool:
    return _are_in_order(line.starts_on, line.ends_on)


@ROW_CHECKS.check(
    "R302",
    Level.ROW,
    "contracts",
    ("extension_to_on", "ends_on"),
    "The contract may be extended to {extension_to_on}, which is before its end on {ends_on}.",
    "Put right whichever of the two days is wrong.",
    good=_apart(ends_on=date(2027, 3, 31), extension_to_on=date(2028, 3, 31)),
    bad=_apart(ends_on=date(2027, 3, 31), extension_to_on=date(2027, 3, 30)),
)
def _extension_is_after_end(line: ContractLine, _context: Context) -> bool:
    return _are_in_order(line.ends_on, line.extension_to_on)


@ROW_CHECKS.check(
    "R320",
    Level.NOTE,
    "contracts",
    ("notice_by_on", "ends_on"),
    "Notice is due by {notice_by_on}, after the contract has ended on {ends_on}.",
    "Check both days.",
    good=_apart(ends_on=date(2027, 3, 31), notice_by_on=date(2026, 12, 31)),
    bad=_apart(ends_on=date(2027, 3, 31), extension_to_on=None, notice_by_on=date(2027, 4, 1)),
)
def _notice_is_before_end(line: ContractLine, _context: Context) -> bool:
    return _are_in_order(line.notice_by_on, line.extension_to_on or line.ends_on)


@ROW_CHECKS.check(
    "R321",
    Level.NOTE,
    "contracts",
    ("paid_to_date", "agreed_to_date"),
    "{paid_to_date} is paid, more than the {agreed_to_date} agreed.",
    "Check both amounts.",
    good=_apart(agreed_to_date=Decimal("9000.00"), paid_to_date=Decimal("9000.00")),
    bad=_apart(agreed_to_date=Decimal("9000.00"), paid_to_date=Decimal("9000.01")),
)
def _paid_is_agreed(line: ContractLine, _context: Context) -> bool:
    return _is_at_most(line.paid_to_date, line.agreed_to_date)


@ROW_CHECKS.check(
    "R322",
    Level.NOTE,
    "contracts",
    ("agreed_to_date", "value_limit"),
    "{agreed_to_date} is agreed, more than the contract's limit of {value_limit}.",
    "Check both amounts; the contract may need a variation.",
    good=_apart(agreed_to_date=Decimal("9000.00"), value_limit=Decimal("9000.00")),
    bad=_apart(agreed_to_date=Decimal("9000.01"), value_limit=Decimal("9000.00")),
)
def _agreed_is_within_limit(line: ContractLine, _context: Context) -> bool:
    return _is_at_most(line.agreed_to_date, line.value_limit)


@ROW_CHECKS.check(
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


@ROW_CHECKS.check(
    "R324",
    Level.NOTE,
    "contracts",
    ("reviews_on_time_percent",),
    "Reviews on time are {reviews_on_time_percent}, as if a share had been typed for a percentage.",
    "Type 92.5 for 92.5 percent, without the sign.",
    good=_apart(reviews_on_time_percent=Decimal("92.5")),
    bad=_apart(reviews_on_time_percent=Decimal("0.9")),
)
def _reviews_are_percent(line: ContractLine, _context: Context) -> bool:
    return _is_percent(line.reviews_on_time_percent)


@ROW_CHECKS.check(
    "R325",
    Level.NOTE,
    "contracts",
    ("hours_to_plan_percent",),
    "Hours to plan are {hours_to_plan_percent}, as if a share had been typed for a percentage.",
    "Type 92.5 for 92.5 percent, without the sign.",
    good=_apart(hours_to_plan_percent=Decimal("92.5")),
    bad=_apart(hours_to_plan_percent=Decimal("1.0")),
)
def _hours_are_percent(line: ContractLine, _context: Context) -> bool:
    return _is_percent(line.hours_to_plan_percent)


def _are_in_order(first: date | None, second: date | None, *, strictly: bool = False) -> bool:
    if first is None or second is None:
        return True
    return first < second if strictly else first <= second


def _is_at_most(part: Decimal | int | None, whole: Decimal | int | None) -> bool:
    return part is None or whole is None or part <= whole


def _is_percent(percent: Decimal | None) -> bool:
    """Whether a percentage cannot be a share of 1; 0 can be either and means the same."""
    return percent is None or percent == 0 or percent > 1
