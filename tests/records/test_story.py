"""What the story of an apprenticeship is told from, and the career of a person."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID, uuid4

import pytest

from apprentice_desk.domain.apprenticeship import Course, Outcome, Status
from apprentice_desk.domain.checklist import Checklist
from apprentice_desk.domain.checklist_gateway import qualification_key
from apprentice_desk.domain.hours_rules import Activity
from apprentice_desk.domain.ksb_status import KsbStatus, Voice
from apprentice_desk.domain.problems import Conflict
from apprentice_desk.domain.review_roles import ReviewRole
from apprentice_desk.domain.secondment_care import Care, DoneDetails
from apprentice_desk.domain.story import (
    About,
    Away,
    Changed,
    HeldReview,
    Marked,
    MonthsHours,
    Pause,
    Planned,
    Said,
    StoryFacts,
    TakenOn,
)
from apprentice_desk.domain.vocabulary import Destination, Grade, SecondmentKind, SecondmentStatus
from apprentice_desk.domain.wages import PayPer
from apprentice_desk.records import apprentices, learning, programmes
from apprentice_desk.records.checklists import ChecklistMark
from apprentice_desk.records.ksb_progress import KsbStatement
from apprentice_desk.records.pay import Pay
from apprentice_desk.records.programme_changes import ChangeKind, ProgrammeChange
from apprentice_desk.records.reviews import ReviewAction, ReviewPart
from apprentice_desk.records.secondment_care import tell_provider
from apprentice_desk.records.standard_versions import StandardVersion
from apprentice_desk.records.store import Store
from apprentice_desk.records.story import career, story_facts
from apprentice_desk.records.version_stays import VersionStay

TODAY = date(2026, 9, 1)
REASONS = {"29": "Made redundant"}


def facts_of(store: Store, key: UUID, items: dict[str, str] | None = None) -> StoryFacts:
    return store.read(story_facts, key, TODAY, {"E09000012": "Hackney"}, items or {}, REASONS)


def add(store: Store, *records: Any) -> None:
    with store.change("Add") as session:
        session.add_all(records)


def test_a_new_apprenticeship_has_its_course_and_week_and_nothing_else(
    store: Store, make: Any
) -> None:
    key = make.apprentice()
    assert facts_of(store, key) == StoryFacts(
        Course(date(2025, 9, 1), date(2027, 8, 31)), weekly=((date(2025, 9, 1), 2160),)
    )


def test_the_days_of_the_programme_are_read(store: Store, make: Any) -> None:
    key = make.apprentice(gateway_planned_on=date(2027, 6, 1))
    with store.change("Break") as session:
        programmes.start_break(session, key, date(2026, 1, 5), "Family leave")
    with store.change("Return") as session:
        programmes.resume(session, key, date(2026, 2, 1))
    with store.change("Hours") as session:
        programmes.set_weekly_hours(session, key, date(2026, 3, 2), 1260)
        held = apprentices.record_of(session, key)
        held.english_met_on, held.maths_met_on = date(2026, 6, 1), date(2026, 7, 1)
    with store.change("Complete") as session:
        programmes.complete(
            session, key, date(2026, 8, 28), Grade.MERIT, Destination.KEPT_PERMANENT
        )
    facts = facts_of(store, key)
    assert facts.pauses == (Pause(date(2026, 1, 5), date(2026, 2, 1), "Family leave"),)
    assert facts.weekly == ((date(2025, 9, 1), 2160), (date(2026, 3, 2), 1260))
    assert (facts.english_met_on, facts.maths_met_on) == (date(2026, 6, 1), date(2026, 7, 1))
    assert facts.gateway_planned_on == date(2027, 6, 1)
    assert (facts.grade, facts.destination) == ("merit", "kept on, permanent")
    assert facts.course.outcome is Outcome.COMPLETED


def test_hours_are_added_up_by_month_and_not_beyond_the_day(store: Store, make: Any) -> None:
    key = make.apprentice()
    for day, minutes, activity in (
        (date(2026, 5, 4), 90, Activity.WORKSHOP),
        (date(2026, 5, 29), 60, Activity.WORKSHOP),
        (date(2026, 6, 1), 45, Activity.WORKSHOP),
    ):
        make.hours(key, done_on=day, minutes=minutes, activity=activity)
    make.hours(key, done_on=date(2026, 5, 11), minutes=30, counts=False)
    make.hours(key, done_on=date(2025, 12, 1), minutes=15)
    make.hours(done_on=date(2026, 5, 4), minutes=600)  # somebody else's
    months = store.read(story_facts, key, date(2026, 5, 31), {}, {}, {}).months
    assert months == (
        MonthsHours(date(2025, 12, 1), date(2025, 12, 1), 1, 15, 0),
        MonthsHours(date(2026, 5, 1), date(2026, 5, 29), 3, 150, 30),
    )


def test_reviews_have_who_was_there_and_who_signed(store: Store, make: Any) -> None:
    key = make.apprentice()
    held = make.review(key, date(2026, 3, 2), date(2026, 3, 4))
    due = make.review(key, date(2026, 11, 10))
    make.review()  # somebody else's
    add(
        store,
        ReviewPart(review_id=held, number=1, role=ReviewRole.APPRENTICE, name="Ada",
                   was_there=True, signed_on=date(2026, 3, 5)),
        ReviewPart(review_id=held, number=2, role=ReviewRole.MANAGER, was_there=True),
        ReviewPart(review_id=held, number=3, role=ReviewRole.PROVIDER, name="Kestrel",
                   was_there=False),
        ReviewAction(apprenticeship_id=key, review_id=held, what="Book the exam", owner="Ada",
                     due_on=date(2026, 4, 1), done_on=date(2026, 3, 30)),
    )  # fmt: skip
    facts = facts_of(store, key)
    assert facts.reviews == (
        HeldReview(held, date(2026, 3, 2), date(2026, 3, 4), "", ("Ada", "line manager"), ("Ada",)),
        HeldReview(due, date(2026, 11, 10), None, ""),
    )
    assert facts.actions == (TakenOn("Book the exam", "Ada", date(2026, 4, 1), date(2026, 3, 30)),)


def test_the_plan_is_read_without_what_was_dropped(store: Store, make: Any) -> None:
    key = make.apprentice()
    done = make.activity(key, "Databases")
    dropped = make.activity(key, "Dropped")
    with store.change("Done") as session:
        record = session.get_one(learning.PlanActivity, done)
        record.status, record.done_on = learning.ActivityStatus.DONE, date(2026, 8, 20)
        learning.drop_activity(session, dropped)
    assert facts_of(store, key).plan == (
        Planned(done, "Databases", 600, date(2026, 8, 31), date(2026, 8, 20), is_done=True),
    )


def test_progress_is_read_by_day_and_voice_where_something_was_completed(
    store: Store, make: Any
) -> None:
    key = make.apprentice()

    def statement(code: str, day: date, status: KsbStatus, voice: Voice) -> KsbStatement:
        return KsbStatement(
            apprenticeship_id=key, code=code, voice=voice, status=status, said_on=day
        )

    done, day = KsbStatus.COMPLETED, date(2026, 5, 1)
    add(
        store,
        statement("S10", day, done, Voice.MANAGER),
        statement("K2", day, done, Voice.MANAGER),
        statement("K2", day, done, Voice.APPRENTICE),
        statement("K3", day, KsbStatus.IN_PROGRESS, Voice.MANAGER),
        statement("S2", date(2026, 4, 1), done, Voice.MANAGER),
    )
    assert facts_of(store, key).said == (
        Said(date(2026, 4, 1), "line manager", ("S2",)),
        Said(day, "apprentice", ("K2",)),
        Said(day, "line manager", ("K2", "S10")),
    )


def test_checklists_and_pay_are_read_in_words(store: Store, make: Any) -> None:
    key = make.apprentice()
    add(
        store,
        ChecklistMark(apprenticeship_id=key, checklist=Checklist.START, item="agreed",
                      done_on=date(2025, 8, 1), done_by="Grace Park", note="By email"),
        ChecklistMark(apprenticeship_id=key, checklist=Checklist.START, item="advertised",
                      is_not_needed=True),
        Pay(apprenticeship_id=key, from_on=date(2026, 4, 1), amount=Decimal("26500.00"),
            per=PayPer.YEAR),
        Pay(apprenticeship_id=key, from_on=date(2025, 9, 1), amount=Decimal("12.71"),
            per=PayPer.HOUR, note="New start"),
    )  # fmt: skip
    facts = facts_of(store, key, {"agreed": "Role agreed"})
    assert facts.marked == (Marked(date(2025, 8, 1), "Role agreed", "Grace Park", "By email"),)
    assert facts.pay == (
        Changed(date(2025, 9, 1), "Paid £12.71 an hour", "New start"),
        Changed(date(2026, 4, 1), "Paid £26,500.00 a year"),
    )


def test_what_was_dealt_with_stands_in_the_order_of_the_lists_under_its_name(
    store: Store, make: Any
) -> None:
    key, day = make.apprentice(), date(2026, 8, 1)
    held, dropped = qualification_key("Safe use of data"), qualification_key("Old certificate")
    add(
        store,
        StandardVersion(standard_code="ST0116", version="1.0", title="Software developer",
                        qualifications="First aid\nSafe  use of data", loaded_on=day),
        *(ChecklistMark(apprenticeship_id=key, checklist=Checklist.GATEWAY, item=item, done_on=day)
          for item in ("unlisted", "agreed", dropped, held, "english")),
    )  # fmt: skip
    items = {"english": "English", "qualification": "Qualifications", "agreed": "Agreed"}
    assert [mark.what for mark in facts_of(store, key, items).marked] == [
        "English", "Qualifications", "Safe use of data", "Agreed", "unlisted",
    ]  # fmt: skip


def test_another_planned_end_is_told_and_a_return_that_moves_none_is_not(
    store: Store, make: Any
) -> None:
    key = make.apprentice(training_planned_end_on=date(2027, 8, 31))

    def change(day: date, kind: ChangeKind, end_on: date | None, reason: str = "") -> Any:
        return ProgrammeChange(
            apprenticeship_id=key, changed_on=day, kind=kind, reason=reason,
            was_training_planned_end_on=end_on, was_standard_code="ST0116",
        )  # fmt: skip

    moved, back = ChangeKind.PLANNED_END, ChangeKind.BACK_IN_TRAINING
    add(
        store,
        change(date(2025, 12, 1), moved, None),
        change(date(2026, 1, 1), moved, date(2027, 6, 30), "More time"),
        change(date(2026, 2, 1), moved, date(2027, 8, 31)),
        change(date(2026, 3, 1), back, date(2027, 8, 31), "A resit"),
    )
    assert facts_of(store, key).changes == (
        Changed(date(2025, 12, 1), "Planned end of training moved from not known to 30 Jun 2027"),
        Changed(
            date(2026, 1, 1),
            "Planned end of training moved from 30 Jun 2027 to 31 Aug 2027",
            "More time",
        ),
        Changed(date(2026, 3, 1), "In training again after the gateway", "A resit"),
    )


def test_changes_of_provider_and_standard_say_from_what_to_what(store: Store, make: Any) -> None:
    first, second = make.provider(name="Alder"), make.provider(name="Birch")
    key = make.apprentice(provider_id=second, standard_version="1.2")

    def change(day: date, kind: ChangeKind, **was: Any) -> ProgrammeChange:
        was = {"was_training_planned_end_on": date(2027, 8, 31)} | was
        return ProgrammeChange(apprenticeship_id=key, changed_on=day, kind=kind, **was)

    provider, standard = ChangeKind.PROVIDER, ChangeKind.STANDARD
    st0116 = {"was_standard_code": "ST0116"}
    add(
        store,
        change(date(2026, 1, 1), provider, reason="Alder closed", was_provider_id=first,
               was_standard_version="1.1", **st0116),
        change(date(2026, 5, 1), standard, was_provider_id=second, was_standard_version="1.1",
               was_standard_option="Web", **st0116),
        change(date(2025, 10, 1), provider, was_standard_code=None,
               was_training_planned_end_on=date(2027, 6, 30)),
        change(date(2026, 6, 1), provider, was_provider_id=second, was_standard_version="1.2",
               **st0116),
    )  # fmt: skip
    assert facts_of(store, key).changes == (
        Changed(
            date(2025, 10, 1),
            "Provider changed from no provider to Alder; Standard changed from none to ST0116 v1.1",
            "Training was planned to end on 31 Aug 2027 from then on, not on 30 Jun 2027",
        ),
        Changed(
            date(2026, 1, 1),
            "Provider changed from Alder to Birch;"
            " Standard changed from ST0116 v1.1 to ST0116 v1.1, Web",
            "Alder closed",
        ),
        Changed(date(2026, 5, 1), "Standard changed from ST0116 v1.1, Web to ST0116 v1.2"),
        Changed(date(2026, 6, 1), "Contract or reference changed"),
    )


def test_a_return_is_told_with_until_when_training_was_planned_from_then_on(
    store: Store, make: Any
) -> None:
    key = make.apprentice()  # planned to end on 31 August 2027
    with store.change("Break") as session:
        programmes.start_break(session, key, date(2026, 1, 5))
    with store.change("Return") as session:
        programmes.resume(session, key, date(2026, 2, 1), date(2027, 9, 30))
    with store.change("Break") as session:
        programmes.start_break(session, key, date(2026, 5, 4))
    with store.change("Return") as session:
        programmes.resume(session, key, date(2026, 5, 31))
    assert facts_of(store, key).changes == (
        Changed(
            date(2026, 2, 2),
            "Back from the break",
            "Training was planned to end on 30 Sep 2027 from then on, not on 31 Aug 2027",
        ),
        Changed(
            date(2026, 6, 1),
            "Back from the break",
            "Training stays planned to end on 30 Sep 2027",
        ),
    )
    no_end = make.apprentice(training_planned_end_on=None)
    with store.change("Break") as session:
        programmes.start_break(session, no_end, date(2026, 5, 4))
    with store.change("Return") as session:
        programmes.resume(session, no_end, date(2026, 5, 31))
    assert facts_of(store, no_end).changes == (Changed(date(2026, 6, 1), "Back from the break"),)
    with store.change("Break") as session:
        programmes.start_break(session, no_end, date(2026, 7, 1))
    with store.change("Return") as session:
        programmes.resume(session, no_end, date(2026, 7, 31), date(2027, 12, 31))
    assert facts_of(store, no_end).changes[-1].reason == (
        "Training was planned to end on 31 Dec 2027 from then on"
    )


def test_that_a_plan_was_planned_anew_is_told_with_how_much_moved(store: Store, make: Any) -> None:
    key = make.apprentice()
    make.activity(key, "Databases", due_on=date(2026, 8, 31))
    make.activity(key, "Networks", due_on=date(2026, 10, 30))
    with store.change("Move") as session:
        learning.move_plan(session, key, 91, date(2026, 9, 1), date(2026, 8, 20))
    with store.change("Move") as session:
        learning.move_plan(session, key, -1, None, date(2026, 8, 21))
    with store.change("Move nothing") as session:
        learning.move_plan(session, key, 0, None, date(2026, 8, 22))
    what, about = "Learning plan planned anew", About.PLAN
    assert facts_of(store, key).changes == (
        Changed(date(2026, 8, 20), what,
                "1 activity moved 91 days later, of what ended on 1 Sep 2026 or after", about),
        Changed(date(2026, 8, 21), what, "2 activities moved 1 day earlier", about),
    )  # fmt: skip


def test_that_somebody_trains_again_after_the_gateway_is_told(store: Store, make: Any) -> None:
    key = make.apprentice()
    with store.change("Gateway") as session:
        programmes.enter_assessment(session, key, date(2026, 5, 4))
    with store.change("Back") as session:
        programmes.back_from_assessment(session, key, date(2026, 6, 1), "To train for a resit.")
    again = "In training again after the gateway"
    assert facts_of(store, key).changes == (
        Changed(date(2026, 6, 1), f"{again} of 4 May 2026", "To train for a resit"),
    )
    add(store, ProgrammeChange(apprenticeship_id=key, changed_on=date(2026, 7, 1),
                               was_training_planned_end_on=date(2027, 8, 31),
                               kind=ChangeKind.BACK_IN_TRAINING))  # fmt: skip
    assert facts_of(store, key).changes[-1].what == again


def test_why_somebody_left_is_told_in_words_and_as_its_code_where_it_has_none(
    store: Store, make: Any
) -> None:
    for code, says in (("29", "Made redundant"), ("96", "96")):
        key = make.apprentice()
        with store.change("Leave") as session:
            programmes.withdraw(session, key, date(2026, 8, 1), code)
        assert facts_of(store, key).leaving_reason == says


def test_that_somebody_stays_on_a_version_is_told_with_who_said_so(store: Store, make: Any) -> None:
    key = make.apprentice(standard_version="1.0")
    day = date(2026, 8, 1)
    add(
        store,
        VersionStay(apprenticeship_id=key, standard_code="ST0116", version="1.2", follows="1.0",
                    said_on=day, said_by="Grace Park", reason="Ends in May"),
        VersionStay(apprenticeship_id=key, standard_code="ST0116", version="1.1", follows="",
                    said_on=date(2026, 1, 5)),
    )  # fmt: skip
    assert facts_of(store, key).changes == (
        Changed(date(2026, 1, 5), "Stays on ST0116, though version 1.1 is there"),
        Changed(
            day, "Stays on ST0116 v1.0, though version 1.2 is there",
            "Said by Grace Park. Ends in May",
        ),
    )  # fmt: skip


def test_secondments_that_began_are_read_with_their_hosts(store: Store, make: Any) -> None:
    key = make.apprentice()

    def second(**details: Any) -> UUID:
        made: UUID = make.secondment(
            kind=SecondmentKind.REQUEST, apprenticeship_id=key, status=SecondmentStatus.UNDER_WAY,
            **details,
        )  # fmt: skip
        return made

    hackney = second(host="E09000012", started_on=date(2026, 6, 1), ended_on=date(2026, 6, 30))
    elsewhere = second(host=None, started_on=date(2026, 8, 3))
    second(host="E09000012")
    make.hours(key, done_on=date(2026, 6, 2), minutes=60)
    make.hours(key, done_on=date(2026, 6, 2), minutes=30, counts=False)
    make.hours(key, done_on=date(2026, 7, 2), minutes=90)
    agreed: UUID = make.secondment(
        kind=SecondmentKind.REQUEST, apprenticeship_id=key, status=SecondmentStatus.AGREED,
        host="technology employer", host_name="Brightwell Labs",
        agreed_start_on=date(2026, 11, 2), agreed_end_on=date(2026, 11, 27),
    )  # fmt: skip
    with store.change("Tell the provider") as session:
        tell_provider(session, agreed, DoneDetails(date(2026, 9, 1)), date(2026, 9, 1))
    assert {away.id: away for away in facts_of(store, key).away} == {
        hackney: Away(
            hackney, "Hackney", date(2026, 6, 1), date(2026, 6, 30), logged_minutes=60
        ),
        elsewhere: Away(elsewhere, "another place", date(2026, 8, 3), None),
        agreed: Away(
            agreed, "Brightwell Labs", None, None, date(2026, 11, 2), date(2026, 11, 27),
            care=Care(provider_told_on=date(2026, 9, 1)),
        ),
    }  # fmt: skip


def test_the_story_of_somebody_gone_is_refused(store: Store) -> None:
    with pytest.raises(Conflict):
        facts_of(store, uuid4())


def test_a_career_is_the_apprenticeships_of_a_person_in_their_order(
    store: Store, make: Any
) -> None:
    make.standard("ST0118", "Data analyst")
    key = make.apprentice(standard_code="ST0118")
    person = store.read(apprentices.held, key).apprentice_id
    again = apprentices.ApprenticeDetails(given_names="Ada", course_title="Rigging")
    with store.change("Enrol again") as session:
        second = apprentices.enrol(session, again, apprentice_id=person)
    rows = store.read(career, person)
    assert [(row.id, row.number, row.title) for row in rows] == [
        (key, 1, "Data analyst"),
        (second, 2, "Rigging"),
    ]
    assert [row.status(TODAY) for row in rows] == [Status.LIVE, Status.PLANNED]
