"""Which fields each subject of a document can tell; a desk may know fewer of them."""

from __future__ import annotations

from collections.abc import Mapping

from apprentice_desk.domain.vocabulary import SubjectKind

_STANDARDS = frozenset({"standards", "standards_table"})
_BOUGHT = frozenset(
    {
        "regime", "route", "framework", "framework_ends_on", "lots", "notices", "value_limit",
        "contract_starts_on", "contract_ends_on", "contract_extension_to_on", "looked_after_by",
    }
)  # fmt: skip
_PROCUREMENT = _STANDARDS | _BOUGHT | {
    "procurement_reference", "procurement_title", "is_light_touch", "cpv_codes", "apprentices",
    "wanted", "bids_to", "timetable", "questions_by_on", "answers_by_on", "bids_by_on",
    "bids_by_at", "decision_by_on", "criteria", "questions", "least_scores", "highest_score",
    "price_is_of", "price_weighs", "price_is_formula", "pricing_schedule",
}  # fmt: skip
_BID = _PROCUREMENT | {
    "bidder_name", "bidder_contact", "bidder_address", "bidder_details", "winner_details",
    "bidder_is_winner", "bid_was_scored",
    "bid_was_not_scored_why", "bids_scored", "decided_on", "decided_by", "decision_reason",
    "winner_name", "winner_points", "bidder_points", "bidder_rank", "short_of", "scores_beside",
    "own_scores", "own_reasons", "winner_reasons", "own_prices", "has_standstill",
    "standstill_is_voluntary", "standstill_ends_on", "standstill_rule", "tie_reason",
}  # fmt: skip
JUDGED = frozenset(
    {
        "procurement_days", "bidders_table", "award_to", "bids_scored", "has_unscored_bids",
        "evaluators_table",
        "abstentions", "evaluator_scores", "moderated_scores", "moderated_on",
        "scoring_method", "prices_offered", "prices_compared", "points_table",
        "ranking_table", "ties", "first_is_tied", "winner_name", "winner_points",
        "winner_is_first", "decided_on", "decided_by", "decision_reason", "tie_reason",
        "letters_on", "notice_on", "has_standstill", "standstill_is_voluntary",
        "standstill_ends_on", "standstill_rule", "no_standstill_why",
    }
)  # fmt: skip
"""What the council's own record of the bids is told, and no bidder."""
QUESTIONED = frozenset(
    {
        "clarifications", "has_answers", "has_open_questions", "answers_name_somebody",
        "answers_may_hint",
    }
)  # fmt: skip
"""What a log of bidders' questions is told."""
_CONTRACT = _STANDARDS | _BOUGHT | {
    "contract_reference", "contract_title", "call_off_reference", "provider_name",
    "provider_ukprn", "prices", "prices_above_band", "extensions", "notice_period", "data_role",
    "is_open_to_joint_buying", "measures", "monthly_share", "completion_share",
} | {
    "contract_runs_to_on", "apprentices_on_contract", "apprentices_in_training",
    "quarter_called", "measures_beside", "measures_made_of", "measures_missed",
    "measures_missed_twice", "is_all_well", "was_measured", "reviews_overdue",
}  # fmt: skip
_PERSON = {
    "apprentice_name", "standard_called", "standard_version", "standard_option", "provider_name",
    "provider_ukprn", "line_manager_name", "mentor_name", "weekly_hours", "training_starts_on",
    "training_ends_on", "apprenticeship_ends_on", "gateway_on", "hours_planned",
    "hours_reach_minimum", "is_long_enough", "pay_lacks", "assessed_by", "english_is_part",
    "maths_is_part",
}  # fmt: skip
_COURSE = _PERSON | {
    "as_at_on", "hours_standing", "plan_table", "plan_by_month", "ksbs_listed", "ksbs_standing",
    "open_actions", "reviews_ahead", "breaks_table", "pay_turns_ahead", "behind_by", "is_behind",
    "recovered_by_on", "catch_up_rate", "catch_up_weeks", "catch_up_around",
}  # fmt: skip
_REVIEW = _PERSON | {
    "review_on", "review_from_on", "review_place", "review_people", "review_hours", "review_plan",
    "review_ksbs", "review_said", "review_concerns", "review_changes", "review_actions",
    "review_open_actions", "next_review_on", "tutor_name", "review_was_held",
}  # fmt: skip
_SECONDMENT = _PERSON | {
    "secondment_code", "host_name", "secondment_starts_on", "secondment_ends_on",
    "secondment_pattern", "secondment_ksbs", "is_from_here",
}  # fmt: skip

_ORGANISATION = frozenset(
    {"return_format", "return_due_days", "shared_sheets", "shared_columns", "shared_lists"}
)

GIVEN: Mapping[SubjectKind, frozenset[str]] = {
    SubjectKind.PROCUREMENT: frozenset(_PROCUREMENT | JUDGED | QUESTIONED),
    SubjectKind.BIDDER: frozenset(_BID),
    SubjectKind.CONTRACT: frozenset(_CONTRACT),
    SubjectKind.ORGANISATION: _ORGANISATION,
    SubjectKind.APPRENTICESHIP: frozenset(_COURSE),
    SubjectKind.REVIEW: frozenset(_REVIEW),
    SubjectKind.SECONDMENT: frozenset(_SECONDMENT),
}
"""The fields by subject.  Whatever else a document holds is asked for."""
