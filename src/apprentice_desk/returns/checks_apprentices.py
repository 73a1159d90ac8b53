"""The rules inside a row of the Apprentices sheet, and between it and the Contracts sheet: R2xx.

Each is a small function that says whether all is well; what it looks at may be unknown, and then
it passes.  Rules that the descriptor states for a single field (required, range, list, shape) are
not here.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from apprentice_desk.domain.apprenticeship import Status
from apprentice_desk.domain.findings import Level
from apprentice_desk.returns.comparing import apart, are_in_order, is_at_most
from apprentice_desk.returns.registry import Context, Example, Registry
from apprentice_desk.returns.rows import ApprenticeLine, ContractLine

APPRENTICES = Registry()

_ENDED = (Status.COMPLETED, Status.WITHDRAWN)
_OPEN_STATES = (Status.PLANNED, Status.LIVE)
_MOST_HOURS_A_WEEK = 40
"""More than a full working week of training and nothing else."""


@APPRENTICES.check(
    "R201",
    Level.ROW,
    "apprentices",
    ("apprentice_code",),
    "The apprentice's code {apprentice_code} is not one of {borough}'s.",
    "Use the code that the borough's own desk gave, or move the row to the right borough's return.",
    good=apart(apprentice_code="XMP-7F3KQ2WD-R"),
    bad=apart(apprentice_code="XMQ-7F3KQ2WD-2"),
)
def _code_is_of_this_borough(line: ApprenticeLine, context: Context) -> bool:
    if context.borough is None or "-" not in line.apprentice_code:
        return True
    return line.apprentice_code.partition("-")[0] == context.borough.letters


@APPRENTICES.check(
    "R202",
    Level.ROW,
    "apprentices",
    ("training_started_on", "status"),
    "The day when training started is missing, though the apprenticeship is {status}.",
    "Put in the day when training started, or set the status to planned.",
    good=apart(status="planned", training_started_on=None),
    bad=apart(status="live", training_started_on=None),
)
def _start_is_known(line: ApprenticeLine, _context: Context) -> bool:
    return line.status in ("", Status.PLANNED) or line.training_started_on is not None


@APPRENTICES.check(
    "R203",
    Level.ROW,
    "apprentices",
    ("training_planned_end_on", "status"),
    "The day when training is planned to end is missing, though the apprenticeship is {status}.",
    "Put in the last day of the practical period as the training plan gives it.",
    good=apart(status="in assessment", training_planned_end_on=None),
    bad=apart(status="live", training_planned_end_on=None),
)
def _planned_end_is_known(line: ApprenticeLine, _context: Context) -> bool:
    return line.status not in _OPEN_STATES or line.training_planned_end_on is not None


@APPRENTICES.check(
    "R204",
    Level.ROW,
    "apprentices",
    ("training_planned_end_on", "training_started_on"),
    "Training is planned to end on {training_planned_end_on}, which is not after its start on"
    " {training_started_on}.",
    "Put right whichever of the two days is wrong.",
    good=apart(training_started_on=date(2026, 9, 1), training_planned_end_on=date(2026, 9, 2)),
    bad=apart(training_started_on=date(2026, 9, 1), training_planned_end_on=date(2026, 9, 1)),
)
def _training_ends_after_start(line: ApprenticeLine, _context: Context) -> bool:
    return are_in_order(line.training_started_on, line.training_planned_end_on, strictly=True)


@APPRENTICES.check(
    "R205",
    Level.ROW,
    "apprentices",
    ("apprenticeship_planned_end_on", "training_planned_end_on"),
    "The apprenticeship is planned to end on {apprenticeship_planned_end_on}, before its training"
    " on {training_planned_end_on}.",
    "Put right whichever of the two days is wrong: the apprenticeship ends with its assessment.",
    good=apart(
        training_planned_end_on=date(2027, 9, 1), apprenticeship_planned_end_on=date(2027, 9, 1)
    ),
    bad=apart(
        training_planned_end_on=date(2027, 9, 1), apprenticeship_planned_end_on=date(2027, 8, 31)
    ),
)
def _assessment_ends_after_training(line: ApprenticeLine, _context: Context) -> bool:
    return are_in_order(line.training_planned_end_on, line.apprenticeship_planned_end_on)


@APPRENTICES.check(
    "R206",
    Level.ROW,
    "apprentices",
    ("ended_on", "status"),
    "The day when the apprenticeship ended is missing, though it is {status}.",
    "Put in the day when it ended.",
    good=apart(status="completed", ended_on=date(2026, 12, 1)),
    bad=apart(status="withdrawn", ended_on=None),
)
def _end_is_known(line: ApprenticeLine, _context: Context) -> bool:
    return line.status not in _ENDED or line.ended_on is not None


@APPRENTICES.check(
    "R207",
    Level.ROW,
    "apprentices",
    ("ended_on", "training_started_on"),
    "The apprenticeship ended on {ended_on}, before its training started on {training_started_on}.",
    "Put right whichever of the two days is wrong.",
    good=apart(status="withdrawn", training_started_on=date(2026, 9, 1), ended_on=date(2026, 9, 1)),
    bad=apart(status="withdrawn", training_started_on=date(2026, 9, 1), ended_on=date(2026, 8, 31)),
)
def _ended_after_start(line: ApprenticeLine, _context: Context) -> bool:
    return are_in_order(line.training_started_on, line.ended_on)


@APPRENTICES.check(
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
    return not line.contract_reference or line.contract_reference in context.contracts


@APPRENTICES.check(
    "R209",
    Level.ROW,
    "apprentices",
    ("logged_in_period_hours", "logged_to_date_hours"),
    "{logged_in_period_hours} hours are logged in this quarter, but only {logged_to_date_hours} to"
    " date.",
    "Put right whichever of the two is wrong: those of the quarter are part of those to date.",
    good=apart(logged_in_period_hours=Decimal("7.50"), logged_to_date_hours=Decimal("7.50")),
    bad=apart(logged_in_period_hours=Decimal("7.51"), logged_to_date_hours=Decimal("7.50")),
)
def _quarter_is_part_of_logged(line: ApprenticeLine, _context: Context) -> bool:
    return is_at_most(line.logged_in_period_hours, line.logged_to_date_hours)


@APPRENTICES.check(
    "R210",
    Level.ROW,
    "apprentices",
    ("ksb_met", "ksb_total"),
    "{ksb_met} KSBs are met, but there are only {ksb_total}.",
    "Put right whichever of the two is wrong.",
    good=apart(ksb_met=30, ksb_total=30),
    bad=apart(ksb_met=31, ksb_total=30),
)
def _met_are_part_of_all(line: ApprenticeLine, _context: Context) -> bool:
    return is_at_most(line.ksb_met, line.ksb_total)


@APPRENTICES.check(
    "R220",
    Level.NOTE,
    "apprentices",
    ("ended_on", "status"),
    "The apprenticeship has an end, {ended_on}, though it is {status}.",
    "Check the status, or take the end out.",
    good=apart(status="completed", ended_on=date(2026, 12, 1)),
    bad=apart(status="live", ended_on=date(2026, 12, 1)),
)
def _only_ended_ones_have_an_end(line: ApprenticeLine, _context: Context) -> bool:
    return line.ended_on is None or line.status in ("", *_ENDED)


@APPRENTICES.check(
    "R221",
    Level.NOTE,
    "apprentices",
    ("withdrawal_group", "status"),
    "There is a reason for leaving, though the apprenticeship is {status}.",
    "Check the status, or take the reason out.",
    good=apart(status="withdrawn", ended_on=date(2026, 12, 1), withdrawal_group="moved on"),
    bad=apart(status="live", withdrawal_group="moved on"),
)
def _only_leavers_have_a_reason(line: ApprenticeLine, _context: Context) -> bool:
    return not line.withdrawal_group or line.status in ("", Status.WITHDRAWN)


@APPRENTICES.check(
    "R222",
    Level.NOTE,
    "apprentices",
    ("training_started_on", "status"),
    "Training started on {training_started_on}, after the period, though the apprenticeship is"
    " {status}.",
    "Check the day; one that starts later is planned.",
    good=apart(training_started_on=date(2026, 12, 31)),
    bad=apart(training_started_on=date(2027, 1, 1)),
)
def _started_by_the_end_of_the_period(line: ApprenticeLine, context: Context) -> bool:
    if line.status in ("", Status.PLANNED):
        return True
    return are_in_order(line.training_started_on, context.header.period_last_on)


@APPRENTICES.check(
    "R223",
    Level.NOTE,
    "apprentices",
    ("ended_on",),
    "The apprenticeship ended on {ended_on}, after the period.",
    "Check the day: the return says how things stood at the end of the period.",
    good=apart(status="completed", ended_on=date(2026, 12, 31)),
    bad=apart(status="completed", ended_on=date(2027, 1, 1)),
)
def _ended_by_the_end_of_the_period(line: ApprenticeLine, context: Context) -> bool:
    return are_in_order(line.ended_on, context.header.period_last_on)


@APPRENTICES.check(
    "R224",
    Level.NOTE,
    "apprentices",
    ("agreed_price", "funding_band_maximum"),
    "The agreed price of {agreed_price} is more than the funding band allows,"
    " {funding_band_maximum}.",
    "Check both. The borough pays what goes beyond the band itself.",
    good=apart(agreed_price=Decimal("18000.00"), funding_band_maximum=Decimal("18000.00")),
    bad=apart(agreed_price=Decimal("18000.01"), funding_band_maximum=Decimal("18000.00")),
)
def _price_is_within_the_band(line: ApprenticeLine, _context: Context) -> bool:
    return is_at_most(line.agreed_price, line.funding_band_maximum)


@APPRENTICES.check(
    "R225",
    Level.NOTE,
    "apprentices",
    ("planned_in_period_hours", "planned_to_date_hours"),
    "{planned_in_period_hours} hours are planned in this quarter, but only"
    " {planned_to_date_hours} to date.",
    "Check both: those of the quarter are part of those to date.",
    good=apart(planned_in_period_hours=Decimal("7.50"), planned_to_date_hours=Decimal("7.50")),
    bad=apart(planned_in_period_hours=Decimal("7.51"), planned_to_date_hours=Decimal("7.50")),
)
def _quarter_is_part_of_planned(line: ApprenticeLine, _context: Context) -> bool:
    return is_at_most(line.planned_in_period_hours, line.planned_to_date_hours)


@APPRENTICES.check(
    "R226",
    Level.NOTE,
    "apprentices",
    ("logged_in_period_hours", "training_started_on"),
    "{logged_in_period_hours} hours are logged in this quarter: more than 40 in every week of"
    " training.",
    "Check whether entries stand in the log twice, or minutes were taken for hours.",
    good=apart(training_started_on=date(2026, 12, 25), logged_in_period_hours=Decimal("40.00")),
    bad=apart(
        training_started_on=date(2026, 12, 25),
        logged_in_period_hours=Decimal("52.00"),
        logged_to_date_hours=Decimal("52.00"),
    ),
)
def _hours_fit_into_the_weeks(line: ApprenticeLine, context: Context) -> bool:
    started, hours = line.training_started_on, line.logged_in_period_hours
    if started is None or hours is None:
        return True
    period = context.header.period
    first = max(started, period.first)
    last = min(line.ended_on or period.last, period.last)
    days = max((last - first).days + 1, 7)  # one day of a course may be long
    return hours * 7 <= _MOST_HOURS_A_WEEK * days


@APPRENTICES.check(
    "R227",
    Level.NOTE,
    "apprentices",
    ("standard_code", "contract_reference"),
    "{standard_code} is not among the standards of the contract “{contract_reference}”.",
    "Check the contract; if it covers the standard, add it there.",
    good=Example(
        {"standard_code": "ST0116", "contract_reference": "C1"},
        {"contracts": (ContractLine("C1", standard_codes=("ST0116",)),)},
    ),
    bad=Example(
        {"standard_code": "ST0118", "contract_reference": "C1"},
        {"contracts": (ContractLine("C1", standard_codes=("ST0116",)),)},
    ),
)
def _contract_covers_the_standard(line: ApprenticeLine, context: Context) -> bool:
    contract = context.contracts.get(line.contract_reference)
    if contract is None or not contract.standard_codes or not line.standard_code:
        return True
    return line.standard_code in contract.standard_codes


@APPRENTICES.check(
    "R228",
    Level.NOTE,
    "apprentices",
    ("provider_ukprn", "contract_reference"),
    "The provider {provider_ukprn} is not that of the contract “{contract_reference}”.",
    "Check both: the contract is the one that pays for the training.",
    good=Example(
        {"provider_ukprn": "19990001", "contract_reference": "C1"},
        {"contracts": (ContractLine("C1", provider_ukprn="19990001"),)},
    ),
    bad=Example(
        {"provider_ukprn": "19990002", "contract_reference": "C1"},
        {"contracts": (ContractLine("C1", provider_ukprn="19990001"),)},
    ),
)
def _provider_is_that_of_the_contract(line: ApprenticeLine, context: Context) -> bool:
    contract = context.contracts.get(line.contract_reference)
    if contract is None or not contract.provider_ukprn or not line.provider_ukprn:
        return True
    return line.provider_ukprn == contract.provider_ukprn


@APPRENTICES.check(
    "R229",
    Level.NOTE,
    "apprentices",
    ("last_review_on",),
    "The last review was held on {last_review_on}, after the period.",
    "Check the day: the return says how things stood at the end of the period.",
    good=apart(last_review_on=date(2026, 12, 31)),
    bad=apart(last_review_on=date(2027, 1, 4)),
)
def _last_review_is_by_the_end_of_the_period(line: ApprenticeLine, context: Context) -> bool:
    return are_in_order(line.last_review_on, context.header.period_last_on)
