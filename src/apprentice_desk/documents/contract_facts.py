"""What a desk knows of a contract and its provider, as merge fields."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from fractions import Fraction

from apprentice_desk.documents.field_kinds import TableValue
from apprentice_desk.documents.procurement_facts import (
    Facts,
    called_standard,
    facts_of_standards,
    known,
    prices_table,
)
from apprentice_desk.domain.calendar import show_day
from apprentice_desk.domain.contract_terms import Extension
from apprentice_desk.domain.funding import FundingRules
from apprentice_desk.domain.problems import Problem
from apprentice_desk.domain.scoring import plain
from apprentice_desk.domain.vocabulary import Measure
from apprentice_desk.records.contract_measures import AgreedDetails
from apprentice_desk.records.contract_overview import ContractOverview
from apprentice_desk.records.contract_prices import PriceRow
from apprentice_desk.records.standards import StandardRow


def facts_of_contract(
    found: ContractOverview,
    prices: Sequence[PriceRow],
    measures: Mapping[Measure, AgreedDetails],
    standards: Mapping[str, StandardRow],
    funding: FundingRules,
) -> Facts:
    """Return what is known of a contract; *standards* is the catalogue by code."""
    term = found.term
    facts = known(
        {
            "contract_reference": found.reference,
            "contract_title": found.title,
            "provider_name": found.provider_name,
            "provider_ukprn": found.provider_ukprn,
            "regime": found.regime,
            "route": found.route,
            "framework": found.framework,
            "framework_ends_on": term.framework_ends_on,
            "call_off_reference": found.call_off_reference,
            "notices": found.notices,
            "lots": found.lots,
            "value_limit": found.value_limit,
            "contract_starts_on": term.starts_on,
            "contract_ends_on": term.ends_on,
            "contract_extension_to_on": term.extension_to_on,
            "extensions": tuple(map(_extension, term.extensions)),
            "notice_period": None if term.notice is None else term.notice.words(),
            "data_role": found.data_role,
            "is_open_to_joint_buying": found.is_open_to_joint_buying,
            "looked_after_by": found.looked_after_by,
            "prices": prices_table(
                (
                    called_standard(each.standard_code, standards),
                    each.training_price,
                    each.assessment_price,
                )
                for each in prices
            ),
            "measures": _measures(measures),
        }
    )
    codes = found.standard_codes or tuple(each.standard_code for each in prices)
    facts |= facts_of_standards(codes, standards)
    bands = [each.max_funding for each in prices]
    if prices and None not in bands:
        facts["prices_above_band"] = any(
            each.max_funding is not None and each.price > each.max_funding for each in prices
        )
    return facts | _shares(term.starts_on, codes, funding)


def _extension(each: Extension) -> str:
    by = "" if each.decide_by_on is None else f", to be taken up by {show_day(each.decide_by_on)}"
    return f"to {show_day(each.to_on)}{by}"


def _measures(agreed: Mapping[Measure, AgreedDetails]) -> TableValue | None:
    rows = tuple(
        (
            measure.value[:1].upper() + measure.value[1:],
            f"{'at most' if measure is Measure.WITHDRAWALS else 'at least'}"
            f" {agreed[measure].agreed_percent}%",
        )
        for measure in Measure
        if measure in agreed
    )
    return TableValue(("Measure", "Agreed"), rows, right=frozenset({1})) if rows else None


def _shares(starts_on: date | None, codes: Sequence[str], funding: FundingRules) -> Facts:
    """Return how prices are paid by the rule of the contract's first day; nothing if unknown."""
    if starts_on is None:
        return {}
    try:
        rules = [funding.profile_for(starts_on, code) for code in codes or ("",)]
    except Problem:
        return {}
    share = rules[0].training_share  # it is of the day: a course that differs is a Problem
    return {"monthly_share": _percent(share), "completion_share": _percent(1 - share)}


def _percent(share: Fraction) -> str:
    hundredths = share * 100
    return f"{plain(Decimal(hundredths.numerator) / Decimal(hundredths.denominator))}%"
