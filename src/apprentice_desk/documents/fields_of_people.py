"""The merge fields of papers about people: an apprenticeship, a progress review, a secondment.

What a person's document holds is never suggested for that of another: none of them is kept but
what is the council's own.
"""

from __future__ import annotations

from apprentice_desk.documents.field_kinds import (
    FieldKind,
    MergeField,
    choice,
    day,
    lines,
    points,
    table,
    text,
    yes_no,
)
from apprentice_desk.domain.vocabulary import WorkingPattern


def known_text(name: str, label: str) -> MergeField:
    """Return a field of one line that only the desk can know."""
    return MergeField(name, FieldKind.TEXT, label, is_of_desk=True)


FIELDS: tuple[MergeField, ...] = (
    # --- an apprenticeship
    text("apprentice_name", "The apprentice's name"),
    text("apprentice_job", "Job title", "The apprentice's."),
    lines("work_place", "Place of work", "The usual one; say so if there are several."),
    text("weekly_hours", "Contracted hours a week", "Such as 36 h."),
    text("standard_called", "Standard", "With level and code."),
    text("standard_version", "Version of the standard"),
    text("standard_option", "Option of the standard"),
    text("line_manager_name", "The line manager's name"),
    text("mentor_name", "The mentor's name"),
    text("tutor_name", "The tutor's name", "Who signs for the training provider."),
    text("hr_contact", "Whom the apprentice asks", "Such as a team and its email.", is_kept=True),
    text("privacy_notice", "Privacy notice for staff", "Where it stands.", is_kept=True),
    day("training_starts_on", "First day of training"),
    day("training_ends_on", "Last day of training"),
    day("apprenticeship_ends_on", "End with assessment"),
    day("gateway_on", "Gateway planned on"),
    text("hours_planned", "Off-the-job hours planned", "In the training plan, such as 557 h."),
    yes_no("hours_reach_minimum", "Hours reach the least", is_of_desk=True),
    yes_no("is_long_enough", "Training lasts long enough", is_of_desk=True),
    yes_no("pay_lacks", "Pay is below the minimum", is_of_desk=True),
    text("assessed_by", "Assessment organisation"),
    yes_no("english_is_part", "Whether English is part of it", "Agreed at the initial assessment."),
    yes_no("maths_is_part", "Whether maths is part of it", "Agreed at the initial assessment."),
    yes_no("job_is_fixed_term", "Whether the job ends with it", "As the contract says."),
    # --- hours, plan and progress on a day
    table("hours_standing", "How the hours stand"),
    day("as_at_on", "Day of the figures"),
    table("plan_table", "Planned activities"),
    table("plan_by_month", "Planned hours by month"),
    points("ksbs_listed", "Knowledge, skills and behaviours"),
    table("ksbs_standing", "Progress by code"),
    table("open_actions", "Open actions"),
    table("reviews_ahead", "Progress reviews"),
    table("breaks_table", "Breaks in learning"),
    # --- a review
    day("review_on", "Day of the review"),
    yes_no("review_was_held", "Whether the review was held", is_of_desk=True),
    text("review_place", "Where it was held"),
    table("review_people", "Who was asked, and who was there"),
    day("review_from_on", "First day of the period"),
    table("review_hours", "Hours of the period"),
    table("review_ksbs", "Knowledge, skills and behaviours that moved"),
    table("review_plan", "Planned activities of the period"),
    lines("review_said", "What was discussed"),
    lines("review_concerns", "Concerns at the review", "No more than what all three may read."),
    lines("review_changes", "What is new or planned again"),
    table("review_actions", "Actions of the review"),
    table("review_open_actions", "Actions still open"),
    day("next_review_on", "Day of the next review"),
    # --- a secondment
    text("secondment_code", "Code of the secondment"),
    yes_no("is_from_here", "This is the home borough", is_of_desk=True),
    text("host_name", "The host's name", "The body that signs; LOTI is part of one."),
    lines("host_address", "The host's address"),
    text("host_signatory", "Who signs for the host", "Name and job title."),
    text("host_manager", "Who supervises there", "Name and job title."),
    text("host_manager_email", "The supervisor's email"),
    day("secondment_starts_on", "First day of the secondment"),
    day("secondment_ends_on", "Last day of the secondment"),
    lines("secondment_work", "What the apprentice does there", "Tasks, and what they learn."),
    choice("secondment_pattern", "Working pattern", WorkingPattern, "Where the work is done."),
    lines("secondment_days", "Days and hours there", "Such as Mon to Thu, 9:00 to 17:00."),
    text("secondment_ksbs", "Codes it is to help with", "Of knowledge, skills and behaviours."),
    text("ending_notice", "Notice to end early", "Such as one week.", is_kept=True),
    # --- catching up
    known_text("behind_by", "Hours behind"),
    yes_no("is_behind", "Whether hours are behind", is_of_desk=True),
    lines("behind_why", "Why the hours are behind", "Without anything about health."),
    MergeField("recovered_by_on", FieldKind.DAY, "Recovered by", is_of_desk=True),
    known_text("catch_up_rate", "Hours in an ordinary week"),
    known_text("catch_up_around", "What the weeks go around"),
    table("catch_up_weeks", "Hours week by week"),
    # --- another line manager
    text("new_manager_name", "The new line manager's name"),
    day("handed_over_on", "Day of the hand-over"),
    lines("hand_over_more", "More that the new manager should know", "Nothing about health."),
    yes_no("pay_turns_ahead", "Whether the pay that is due changes", is_of_desk=True),
)
