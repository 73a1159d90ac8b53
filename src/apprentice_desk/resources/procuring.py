"""The dated rules of procurement: standstill, and the values from which the law holds in full."""

from __future__ import annotations

from datetime import timedelta
from functools import cache
from itertools import pairwise

from apprentice_desk.domain.money import pounds
from apprentice_desk.domain.standstill import (
    Begins,
    DayUnit,
    DutyRule,
    FromDay,
    GroundRule,
    NearRule,
    ProcurementRules,
    StandstillRule,
    ThresholdRule,
)
from apprentice_desk.domain.vocabulary import Regime, Route
from apprentice_desk.resources.entries import Entry, all_of, entry_of


def read_procurement_rules(file: Entry) -> ProcurementRules:
    """Return the rules in *file*; thresholds follow each other without a gap."""
    rules = ProcurementRules(
        standstills=all_of(file.entries("standstill"), _standstill),
        duties=all_of(file.entries("duty"), _duty),
        thresholds=all_of(file.entries("threshold"), _threshold),
        near=all_of(file.entries("near"), _near),
        grounds=all_of(file.entries("no_standstill"), _ground),
    )
    file.end()
    for before, after in pairwise(rules.thresholds):
        if after.starts_from != before.starts_to + timedelta(days=1):
            raise file.wrong(
                "threshold", f"from {after.starts_from} does not follow the one before"
            )
    return rules


@cache
def procurement_rules() -> ProcurementRules:
    """Return how long a standstill lasts, when it has to be, and the thresholds."""
    return read_procurement_rules(entry_of("rules", "procurement.toml"))


def _standstill(entry: Entry) -> StandstillRule:
    return StandstillRule(
        regime=entry.word("regime", Regime),
        valid_from=entry.day("valid_from"),
        days=entry.number("days", least=1),
        unit=entry.word("unit", DayUnit),
        begins=entry.word("begins", Begins),
        from_day=entry.word("from_day", FromDay),
        source=entry.text("source"),
        note=entry.text("note"),
        is_verified=entry.yes_no("is_verified"),
        verified_for=entry.text("verified_for") if entry.has("verified_for") else "",
    )


def _ground(entry: Entry) -> GroundRule:
    return GroundRule(
        regime=entry.word("regime", Regime),
        ground=entry.text("ground"),
        source=entry.text("source"),
        is_verified=entry.yes_no("is_verified"),
    )


def _duty(entry: Entry) -> DutyRule:
    routes = entry.texts("routes") if entry.has("routes") else []
    known = {route.value: route for route in Route}
    for route in routes:
        if route not in known:
            raise entry.wrong("routes", f"has “{route}”, which is none of: {'; '.join(known)}")
    return DutyRule(
        regime=entry.word("regime", Regime),
        routes=frozenset(known[route] for route in routes),
        is_light_touch=entry.yes_no("is_light_touch") if entry.has("is_light_touch") else None,
        is_required=entry.yes_no("is_required"),
        source=entry.text("source"),
        is_verified=entry.yes_no("is_verified"),
    )


def _threshold(entry: Entry) -> ThresholdRule:
    return ThresholdRule(
        starts_from=entry.day("starts_from"),
        starts_to=entry.day("starts_to"),
        services=pounds(entry.number("services", least=1)),
        light_touch=pounds(entry.number("light_touch", least=1)),
        source=entry.text("source"),
        is_verified=entry.yes_no("is_verified"),
    )


def _near(entry: Entry) -> NearRule:
    return NearRule(
        valid_from=entry.day("valid_from"),
        days=entry.number("days"),
        urgent_days=entry.number("urgent_days"),
        source=entry.text("source"),
    )
