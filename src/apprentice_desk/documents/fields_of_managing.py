"""The merge fields of a contract while it runs: its changes, its end, how the provider is doing."""

from __future__ import annotations

from apprentice_desk.documents.field_kinds import (
    MergeField,
    choice,
    day,
    lines,
    money,
    number,
    points,
    table,
    text,
    yes_no,
)
from apprentice_desk.domain.contract_changing import ChangeGround
from apprentice_desk.domain.contract_ending import ApprenticesAfter, EndingKind

FIELDS: tuple[MergeField, ...] = (
    # --- how the contract stands
    day("contract_runs_to_on", "The contract runs to"),
    number("apprentices_on_contract", "Apprentices on it now"),
    table("apprentices_in_training", "Apprentices who have not finished"),
    # --- a change to it
    text("variation_number", "Number of this change", "1 for the first change of the contract."),
    day("change_from_on", "First day of the change"),
    lines("change_reason", "Reason for the change"),
    lines("change_cost", "What it costs or saves", "Leave blank if nothing."),
    choice(
        "change_ground",
        "Why the law allows it",
        ChangeGround,
        "Under the 2023 Act light touch contracts may be changed. Ask if you are not sure.",
    ),
    lines("ground_facts", "Why that is so", "The facts that the ground rests on."),
    text("change_notice", "Notice of the change", "Its number and day, if one was published."),
    day("new_ends_on", "New last day"),
    day("new_extension_to_on", "New last day with all extensions"),
    money("new_value_limit", "New value limit", "In all, with what has been paid; with VAT."),
    points(
        "new_prices",
        "New prices",
        "Each standard that changes, with training, assessment and total.",
        is_of_desk=False,
    ),
    points("new_standards", "New standards", "All that hold from then on.", is_of_desk=False),
    text("new_lots", "New lots"),
    number("new_apprentices", "New number of apprentices", "As expected now."),
    points(
        "new_measures",
        "New measures",
        "Such as: Progress reviews held on time: at least 95%.",
        is_of_desk=False,
    ),
    text("new_notice_period", "New notice period", "Such as 3 months."),
    text("new_looked_after_by", "Our new contract manager", "The council's."),
    text("new_provider_contact", "Their new contract manager"),
    points(
        "other_changes",
        "Other changes",
        "Which clause, and what it says from then on.",
        is_of_desk=False,
    ),
    # --- its end
    choice("ending_kind", "How the contract ends", EndingKind),
    day("notice_counts_from_on", "Notice counts from", "The day on which the provider has it."),
    day("ending_on", "Day on which the contract ends", "With notice no earlier than it allows."),
    points(
        "ending_ground",
        "Why we end it",
        "What happened on which day, and which clause or law it breaks.",
        is_of_desk=False,
    ),
    day(
        "failing_asked_on",
        "Day we asked to put it right",
        "Leave blank where the contract lets us end it without asking.",
    ),
    day("ground_told_on", "Day we told of the ground", "The letter that came before this one."),
    choice("apprentices_after", "Apprentices after the end", ApprenticesAfter),
    text("new_provider", "Their new provider", "Leave blank while it is not chosen."),
    day("exit_plan_by_on", "Exit plan due by"),
    lines("exit_meeting", "Meeting on the exit", "When, where or how, and who comes."),
    # --- how the provider is doing
    text("quarter_called", "The quarter that this is about"),
    table("measures_beside", "Measures beside what was agreed"),
    points("measures_made_of", "What the figures are made of"),
    points("measures_missed", "Agreed figures not reached"),
    points("measures_missed_twice", "Agreed figures not reached two quarters in a row"),
    yes_no("is_all_well", "Whether every agreed figure was reached", is_of_desk=True),
    yes_no("was_measured", "Whether an agreed figure could be measured", is_of_desk=True),
    points("reviews_overdue", "Progress reviews overdue"),
    points("went_well", "What went well", is_of_desk=False),
    points(
        "concerns",
        "Concerns",
        "Facts with their days. The provider reads this: leave out what is only for the council.",
        is_of_desk=False,
    ),
    points(
        "actions_agreed",
        "Actions agreed",
        "What, who, by when. The provider reads this.",
        is_of_desk=False,
    ),
    points("asked_of_provider", "What we ask for", "What, and by when.", is_of_desk=False),
    day("answer_by_on", "Answer due by"),
    lines("next_meeting", "Next meeting", "When, where or how, and who comes."),
)
