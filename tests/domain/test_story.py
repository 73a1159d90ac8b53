"""The story of an apprenticeship: order, what is planned, months of hours, and nothing lost."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from uuid import UUID

from hypothesis import given
from hypothesis import strategies as st

from apprentice_desk.domain.apprenticeship import Course, Outcome
from apprentice_desk.domain.secondment_care import Care
from apprentice_desk.domain.story import (
    About,
    Away,
    Changed,
    Happening,
    HeldReview,
    Marked,
    MonthsHours,
    Pause,
    Planned,
    Said,
    StoryFacts,
    TakenOn,
    happened,
    tell,
)
from apprentice_desk.domain.vocabulary import PlacementForm

TODAY = date(2026, 9, 1)
KEY = UUID(int=1)
COURSE = Course(
    training_started_on=date(2025, 9, 1),
    training_planned_end_on=date(2027, 2, 28),
    apprenticeship_planned_end_on=date(2027, 6, 30),
)


def says(facts: StoryFacts, today: date = TODAY) -> list[tuple[str, str, str, bool]]:
    return [
        (each.on.isoformat(), each.what, each.details, each.is_to_come)
        for each in tell(facts, today)
    ]


def test_nothing_known_is_no_story() -> None:
    assert tell(StoryFacts(Course()), TODAY) == ()


def test_a_programme_under_way_tells_its_days_and_what_is_planned() -> None:
    facts = StoryFacts(
        COURSE,
        pauses=(
            Pause(date(2026, 1, 5), date(2026, 2, 1), "Family leave"),
            Pause(date(2026, 8, 3), None),
        ),
        weekly=((date(2025, 9, 1), 2160), (date(2026, 3, 2), 1260)),
        changes=(Changed(date(2026, 4, 1), "Provider changed from A to B", "A closed"),),
        gateway_planned_on=date(2026, 8, 31),
        english_met_on=date(2026, 6, 1),
        maths_met_on=date(2026, 10, 1),
    )
    assert says(facts) == [
        ("2025-09-01", "Training started", "Contracted for 36 h a week.", False),
        ("2026-01-05", "A break in learning began", "Family leave.", False),
        ("2026-02-01", "Last day of the break", "", False),
        ("2026-03-02", "Contracted hours changed to 21 h a week", "", False),
        ("2026-04-01", "Provider changed from A to B", "A closed.", False),
        ("2026-06-01", "English requirement met", "", False),
        ("2026-08-03", "A break in learning began", "", False),
        ("2026-08-31", "The gateway is planned", "The day has gone by.", True),
        ("2026-10-01", "Maths requirement met", "", True),
        ("2027-02-28", "Training is planned to end", "", True),
        ("2027-06-30", "The apprenticeship is planned to end", "", True),
    ]


def test_an_end_tells_how_and_whereto_and_no_plans() -> None:
    ended = replace(
        COURSE,
        assessment_began_on=date(2026, 5, 4),
        ended_on=date(2026, 8, 28),
        outcome=Outcome.COMPLETED,
    )
    facts = StoryFacts(
        ended,
        gateway_planned_on=date(2026, 5, 1),
        grade="distinction",
        destination="kept on, permanent",
    )
    assert says(facts) == [
        ("2025-09-01", "Training started", "", False),
        ("2026-05-04", "Passed the gateway", "", False),
        ("2026-08-28", "Completed the apprenticeship", "Distinction. Kept on, permanent.", False),
    ]


def test_who_left_early_is_told_with_why_and_whereto() -> None:
    ended = replace(COURSE, ended_on=date(2026, 8, 28), outcome=Outcome.WITHDRAWN)
    left = StoryFacts(ended, leaving_reason="Made redundant", destination="left")
    what = "Left the apprenticeship early"
    assert says(left)[-1] == ("2026-08-28", what, "Made redundant. Left.", False)
    unsaid = StoryFacts(ended)  # from a list, or an older desk
    assert says(unsaid)[-1] == ("2026-08-28", what, "The reason is not recorded.", False)


def test_of_who_has_ended_nothing_is_planned_any_more() -> None:
    plans = {
        "reviews": (HeldReview(KEY, date(2026, 8, 25), None, ""),
                    HeldReview(KEY, date(2026, 9, 15), None, "")),
        "actions": (TakenOn("Write it up", "", date(2026, 9, 3), None),),
        "plan": (Planned(KEY, "Networks", 60, date(2026, 8, 7), None, False),
                 Planned(KEY, "Project", 60, date(2026, 10, 2), None, False)),
    }  # fmt: skip

    def coming(**ends: object) -> list[str]:
        told = says(StoryFacts(replace(COURSE, **ends), **plans))  # type: ignore[arg-type]
        return [f"{day[5:]} {what}" for day, what, _, is_to_come in told if is_to_come]

    before_it_ends = [
        "08-07 Due: Networks", "08-25 Review due", "09-03 Action due: Write it up",
    ]  # fmt: skip
    assert coming()[:3] == before_it_ends
    assert len(coming()) == 7  # and the second review, the project, the two planned ends
    assert coming(ended_on=date(2026, 9, 1), outcome=Outcome.COMPLETED) == []
    assert coming(ended_on=date(2026, 8, 21), outcome=Outcome.WITHDRAWN) == []
    assert coming(outcome=Outcome.WITHDRAWN) == []  # on a day that is not known
    # Notice was given for a day to come: until then things go on.
    leaves = coming(ended_on=date(2026, 9, 11), outcome=Outcome.WITHDRAWN)
    assert leaves == [*before_it_ends, "09-11 Left the apprenticeship early"]


def test_a_change_is_told_where_it_belongs_and_as_planned_while_its_day_is_to_come() -> None:
    facts = StoryFacts(
        Course(),
        changes=(
            Changed(date(2026, 8, 3), "Learning plan planned anew", "2 moved", About.PLAN),
            Changed(date(2026, 9, 2), "Back from the break"),
        ),
    )
    assert [(each.about, each.is_to_come) for each in tell(facts, TODAY)] == [
        (About.PLAN, False), (About.PROGRAMME, True),
    ]  # fmt: skip


def test_a_gateway_that_was_passed_is_not_planned_any_more() -> None:
    facts = StoryFacts(
        replace(COURSE, assessment_began_on=date(2026, 8, 20)),
        gateway_planned_on=date(2026, 10, 1),
    )
    assert "The gateway is planned" not in [what for _, what, _, _ in says(facts)]


def test_hours_are_told_by_the_month() -> None:
    facts = StoryFacts(
        Course(),
        months=(
            MonthsHours(date(2026, 5, 1), date(2026, 5, 29), 9, 1470, 0),
            MonthsHours(date(2026, 6, 1), date(2026, 6, 30), 1, 0, 90),
        ),
    )
    assert says(facts) == [
        ("2026-05-29", "24 h 30 m logged in May 2026", "9 entries.", False),
        ("2026-06-30", "0 h logged in June 2026", "1 entry. 1 h 30 m more does not count.", False),
    ]


def test_reviews_and_actions_say_who_and_what_is_late() -> None:
    facts = StoryFacts(
        Course(),
        reviews=(
            HeldReview(
                KEY, date(2026, 3, 2), date(2026, 3, 4), "On track.", ("Ada", "Grace"), ("Ada",)
            ),
            HeldReview(KEY, date(2026, 5, 25), date(2026, 5, 26), ""),
            HeldReview(KEY, date(2026, 8, 18), None, ""),
            HeldReview(KEY, date(2026, 11, 10), None, ""),
            HeldReview(KEY, None, None, ""),
        ),
        actions=(
            TakenOn("Book the exam", "Ada", date(2026, 4, 1), date(2026, 3, 30)),
            TakenOn("Keep Fridays free", "", date(2026, 9, 4), None),
            TakenOn("Sometime", "", None, None),
        ),
    )
    assert says(facts) == [
        ("2026-03-04", "Review held", "On track. There: Ada, Grace. Signed off by Ada.", False),
        ("2026-03-30", "Action done: Book the exam", "By Ada.", False),
        ("2026-05-26", "Review held", "Not signed off.", False),
        ("2026-08-18", "Review due", "It was not held yet.", True),
        ("2026-09-04", "Action due: Keep Fridays free", "", True),
        ("2026-11-10", "Review due", "", True),
    ]


def test_activities_say_what_is_done_overdue_and_to_come() -> None:
    facts = StoryFacts(
        Course(),
        plan=(
            Planned(KEY, "Databases", 600, date(2026, 5, 1), date(2026, 5, 8), is_done=True),
            Planned(KEY, "Networks", 0, date(2026, 6, 1), None, is_done=True),
            Planned(KEY, "Testing", 90, date(2026, 8, 1), None, is_done=False),
            Planned(KEY, "Portfolio", 0, date(2026, 12, 1), None, is_done=False),
            Planned(KEY, "Without a day", 60, None, None, is_done=False),
        ),
    )
    assert says(facts) == [
        ("2026-05-08", "Done: Databases", "Planned for 10 h.", False),
        ("2026-06-01", "Done: Networks", "The day it was done is not known.", False),
        ("2026-08-01", "Due: Testing", "Planned for 1 h 30 m. It is overdue.", True),
        ("2026-12-01", "Due: Portfolio", "", True),
    ]


def test_progress_checklists_pay_and_secondments_are_told_with_their_parts() -> None:
    facts = StoryFacts(
        Course(),
        said=(Said(date(2026, 5, 1), "line manager", ("K1", "S2")),),
        marked=(
            Marked(date(2025, 8, 1), "Training plan signed", "Grace Park", "By email"),
            Marked(date(2025, 8, 2), "Role agreed", ""),
            Marked(date(2025, 8, 4), "Offered", "Grace Park"),
            Marked(date(2025, 8, 4), "Advertised", "Grace Park"),
        ),
        pay=(Changed(date(2025, 9, 1), "Paid £12.71 an hour"),),
        away=(
            Away(KEY, "Hackney", date(2026, 6, 1), date(2026, 6, 30)),
            Away(KEY, "LOTI", date(2026, 8, 1), None, date(2026, 8, 1), date(2026, 8, 28)),
        ),
    )
    told = tell(facts, TODAY)
    assert [(each.about, each.what, each.details, each.part) for each in told] == [
        (About.BEFORE, "Training plan signed", "By Grace Park. By email.", "checklists"),
        (About.BEFORE, "Role agreed", "", "checklists"),
        (About.BEFORE, "2 things dealt with", "Offered, Advertised. By Grace Park.", "checklists"),
        (About.PAY, "Paid £12.71 an hour", "", "pay"),
        (About.KSB, "Completed: K1, S2", "Said by the line manager.", "ksbs"),
        (About.SECONDMENT, "Secondment to Hackney began", "Until 30 Jun 2026.", ""),
        (About.SECONDMENT, "Secondment to Hackney ended", "", ""),
        (About.SECONDMENT, "Secondment to LOTI began", "Until 28 Aug 2026.", ""),
    ]


def test_a_secondment_is_told_from_the_agreement_to_what_came_of_it() -> None:
    care = Care(
        date(2026, 5, 4), date(2026, 5, 6), "It stands", date(2026, 6, 15), "All is well",
        "How others publish data.", "S9, K3",
    )  # fmt: skip
    stay = Away(
        KEY, "LOTI", date(2026, 6, 1), date(2026, 6, 28), care=care, logged_minutes=450,
    )  # fmt: skip
    told = tell(StoryFacts(Course(), away=(stay,)), TODAY)
    assert [(each.on, each.what, each.details) for each in told] == [
        (date(2026, 5, 4), "Provider told of the secondment to LOTI", ""),
        (date(2026, 5, 6), "Training plan looked at for the secondment to LOTI", "It stands"),
        (date(2026, 6, 1), "Secondment to LOTI began", "Until 28 Jun 2026."),
        (date(2026, 6, 15), "Check-in half-way with LOTI", "All is well"),
        (
            date(2026, 6, 28), "Secondment to LOTI ended",
            "How others publish data. Touched S9, K3. 7 h 30 m logged there count.",
        ),
    ]  # fmt: skip
    assert {each.item_id for each in told} == {KEY}


def test_a_visit_is_one_thing_and_what_is_agreed_is_to_come() -> None:
    visit = Away(
        KEY, "Hackney", date(2026, 6, 1), date(2026, 6, 1), form=PlacementForm.VISIT,
        care=Care(learned="How they plan"),
    )  # fmt: skip
    agreed = Away(
        KEY, "LOTI", None, None, date(2026, 11, 2), date(2026, 11, 27),
    )  # fmt: skip
    undated = Away(KEY, "LOTI", None, None, form=PlacementForm.SHADOWING)
    told = tell(StoryFacts(Course(), away=(visit, agreed, undated)), TODAY)
    assert [(each.what, each.details, each.is_to_come) for each in told] == [
        ("Visit to Hackney", "How they plan.", False),
        ("Secondment to LOTI begins", "Until 27 Nov 2026.", True),
    ]


days = st.dates(date(2024, 1, 1), date(2028, 12, 31))


@given(st.lists(st.tuples(days, st.booleans()), max_size=30), st.lists(days, max_size=10), days)
def test_nothing_with_a_day_is_lost_and_all_is_in_order(
    plan: list[tuple[date, bool]], reviews: list[date], today: date
) -> None:
    facts = StoryFacts(
        Course(training_started_on=today - timedelta(days=100)),
        plan=tuple(
            Planned(UUID(int=n), f"Unit {n}", 60, day, day if done else None, is_done=done)
            for n, (day, done) in enumerate(plan)
        ),
        reviews=tuple(HeldReview(UUID(int=n), day, None, "") for n, day in enumerate(reviews)),
    )
    told = tell(facts, today)
    assert len(told) == len(plan) + len(reviews) + 1
    assert [each.on for each in told] == sorted(each.on for each in told)
    past = happened(told)
    assert len(past) == 1 + sum(done for _, done in plan)
    assert not any(each.is_to_come for each in past)


typed = st.sampled_from(["", " ", "Well", "Went well. ", "Why?", "So it goes…", "Yes!", "Bo L."])


@given(typed, typed, typed, typed)
def test_whatever_was_typed_every_detail_is_whole_sentences(
    reason: str, note: str, name: str, grade: str
) -> None:
    facts = StoryFacts(
        replace(COURSE, ended_on=date(2026, 8, 28), outcome=Outcome.COMPLETED),
        pauses=(Pause(date(2026, 1, 5), date(2026, 2, 1), reason),),
        reviews=(
            HeldReview(KEY, None, date(2026, 3, 4), note, (name,), (name,)),
            HeldReview(KEY, None, date(2026, 3, 5), note),
        ),
        actions=(TakenOn("Call", name, None, date(2026, 3, 30)),),
        said=(Said(date(2026, 5, 1), "line manager", ("K1",)),),
        marked=(
            Marked(date(2025, 8, 1), "Offered", name, note),
            Marked(date(2025, 8, 4), "Advertised", name),
            Marked(date(2025, 8, 4), reason or "Agreed", name),
        ),
        pay=(Changed(date(2025, 9, 1), "Paid £12.71 an hour", reason),),
        changes=(Changed(date(2026, 4, 1), "Provider changed", reason),),
        grade=grade,
        destination=reason,
    )
    for each in tell(facts, TODAY):
        if each.details:
            assert each.details[-1] in ".!?…", each
            assert ".." not in each.details, each
            assert "?." not in each.details, each
            assert each.details == " ".join(each.details.split()), each


def test_what_is_recorded_ahead_of_its_day_is_planned() -> None:
    told = tell(StoryFacts(replace(COURSE, training_started_on=date(2026, 10, 1))), TODAY)
    assert told[0] == Happening(
        date(2026, 10, 1), About.PROGRAMME, "Training started", "", is_to_come=True
    )
