"""How each command about learning is tried: plans, reviews, standards and their KSBs.

By the name of each, what prepares it and returns the act itself.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from apprentice_desk import resources
from apprentice_desk.domain.hours_rules import Activity
from apprentice_desk.domain.ksb_status import KsbStatus, Voice
from apprentice_desk.domain.planning import ActivityDetails, DeliveredBy
from apprentice_desk.domain.planning_templates import TemplateLine
from apprentice_desk.domain.review_meetings import ActionDetails, HeldDetails, Meeting, Part
from apprentice_desk.domain.review_roles import ReviewRole
from apprentice_desk.domain.standards import Duty, Ksb, Option, VersionDetails
from apprentice_desk.records import (
    ksb_progress,
    learning,
    offers,
    plan_templates,
    review_actions,
    review_meetings,
    reviews,
    standard_uses,
    standard_versions,
    standards,
    version_stays,
)
from records.acting import TODAY, Act, Preparing, once


def _spoken(make: Any) -> Any:
    """An apprenticeship of which the line manager said something, on the same day and before."""
    apprenticeship_id = make.apprentice()
    for day in (TODAY, date(2026, 8, 3)):
        make.said(apprenticeship_id, said_on=day, note="Begun")
    return apprenticeship_id


def _load_catalogue(make: Any) -> Act:
    make.standard("ST0116", "Software developer")
    make.standard("ST0001", "Left out of the next list")
    listed = [
        resources.ListedStandard(
            code, title, 4, None, Decimal("21000.00"), "2.0", "Approved", "Digital"
        )
        for code, title in (("ST0116", "Software engineer"), ("ST0117", "Tester"))
    ]
    return lambda session: standards.load_catalogue(session, listed, date(2026, 8, 1))


FIRST_VERSION = VersionDetails(
    standard_code="ST0116",
    version="1.0",
    title="Software developer",
    level=4,
    minimum_minutes=25_080,
    max_funding=Decimal("18000.00"),
    is_official=True,
    options=(Option(1, "Network"), Option(2, "Web")),
    ksbs=(
        Ksb("K1", "Keeps records"),
        Ksb("K2", "Knows networks", frozenset({1})),
        Ksb("S1", "Asks", frozenset({1, 2})),
    ),
    duties=(Duty(1, "Answers", True, ("K1",)), Duty(2, "Builds", False, ("K2", "S1"))),
)

NEXT_VERSION = replace(
    FIRST_VERSION,
    version="1.1",
    minimum_minutes=None,
    is_official=False,
    options=(Option(1, "Networks"),),
    ksbs=(Ksb("S1", "Asks"), Ksb("K1", "Keeps all records"), Ksb("B1", "Is kind")),
    duties=(Duty(1, "Answers", True, ("K1", "B1")),),
)


def _first_version(make: Any) -> Any:
    with make.store.change("Load a version") as session:
        return standard_versions.load_version(session, FIRST_VERSION, TODAY).id


def _follower(make: Any, version: str) -> Any:
    _first_version(make)
    return make.apprentice(standard_version=version)


def _stayer(make: Any) -> Any:
    key = _follower(make, "0.9")
    with make.store.change("Stay") as session:
        version_stays.stay(session, [key], "1.0", TODAY, "Grace Hopper")
    return key


MEETING = Meeting(
    date(2026, 11, 3),
    "09:30",
    "Room 2 – “east”",
    (Part(ReviewRole.APPRENTICE, "Ada"), Part(ReviewRole.OTHER, "Bo")),
)

HELD = HeldDetails(
    date(2026, 8, 14),
    "Went well",
    "Little time",
    "A new team",
    (Part(ReviewRole.APPRENTICE, "Ada", True), Part(ReviewRole.MANAGER, "Grace", False)),
)


def _held(make: Any) -> Act:
    apprenticeship_id = make.apprentice()
    review_id = make.review(apprenticeship_id)
    action_id = _action(make, apprenticeship_id)
    outcome = review_meetings.Outcome(
        (ActionDetails("Book", "Ada"),), (action_id,), MEETING, interval_days=84
    )
    return lambda session: review_meetings.hold(session, review_id, HELD, outcome, TODAY)


def _signed_off(make: Any) -> UUID:
    """A review that was held and signed by somebody, and that an action came of."""
    apprenticeship_id = make.apprentice()
    review_id: UUID = make.review(apprenticeship_id)
    outcome = review_meetings.Outcome((ActionDetails("Book", "Ada"),))
    with make.store.change("Hold") as session:
        review_meetings.hold(session, review_id, HELD, outcome, TODAY)
        signature = Part(ReviewRole.APPRENTICE, "Ada", signed_on=TODAY)
        review_meetings.sign_review(session, review_id, (signature,), TODAY)
    return review_id


def _action(make: Any, apprenticeship_id: UUID | None = None, *, is_done: bool = False) -> UUID:
    whose = apprenticeship_id or make.apprentice()
    with make.store.change("Add an action") as session:
        key = review_actions.add_action(session, whose, ActionDetails("Send the log", "Ada"))
        if is_done:
            review_actions.finish_action(session, key, TODAY, TODAY)
    return key


ACTIVITY = ActivityDetails(
    "Databases – “the second half”", Activity.PROVIDER_DAY, DeliveredBy.PROVIDER,
    date(2026, 9, 7), date(2026, 9, 11), 1_800, "K4-7, S1-2", True,
    "https://exampleton.example/course", "Bring the laptop",
)  # fmt: skip

LINE_OF_PLAN = TemplateLine(
    "Networks", Activity.WORKSHOP, DeliveredBy.EMPLOYER, 30, 34, 600, "K2", True,
    "https://exampleton.example/networks",
)  # fmt: skip

TEMPLATE = plan_templates.TemplateDetails("Data technician – “short”", "ST0795", "1.1", "For 2027")

OFFER = offers.OfferDetails(
    "Partner Ltd", "Cloud basics", "https://partner.example/", Activity.ONLINE_LEARNING, 240,
    "Without charge", "Their newsletter",
)  # fmt: skip


def _finished(make: Any) -> Any:
    activity_id = make.activity()
    with make.store.change("Finish") as session:
        learning.finish_activity(session, activity_id, date(2026, 8, 20))
    return activity_id


def _planned(make: Any) -> Any:
    apprenticeship_id = make.apprentice()
    make.activity(apprenticeship_id)
    with make.store.change("Plan more") as session:
        learning.plan_many(session, apprenticeship_id, [ACTIVITY])
    return apprenticeship_id


def _retired(make: Any) -> Any:
    offer_id = make.offer()
    with make.store.change("Retire") as session:
        offers.retire_offer(session, offer_id)
    return offer_id


def _first_line(make: Any) -> Any:
    return make.store.read(plan_templates.template_lines, make.template())[0].id


ACTS: dict[str, Preparing] = {
    "ksb_progress.say": once(
        _spoken,
        lambda session, it: ksb_progress.say(
            session,
            it,
            ("K1", "S2"),
            Voice.MANAGER,
            KsbStatus.READY_FOR_REVIEW,
            TODAY,
            "Grace Park",
            "Saw it – twice",
            today=TODAY,
        ),
    ),
    "ksb_progress.take_back": once(
        _spoken,
        lambda session, it: ksb_progress.take_back(
            session, [said.id for said in ksb_progress.statements(session, it)]
        ),
    ),
    "learning.plan_activity": once(
        lambda make: make.apprentice(),
        lambda session, it: learning.plan_activity(
            session, it, "Networks", 120, date(2026, 10, 1), ksbs="K2", is_mandatory=True
        ),
    ),
    "learning.plan_many": once(
        lambda make: make.apprentice(),
        lambda session, it: learning.plan_many(session, it, [ACTIVITY, replace(ACTIVITY, note="")]),
    ),
    "learning.correct_activity": once(
        lambda make: make.activity(),
        lambda session, it: learning.correct_activity(session, it, ACTIVITY),
    ),
    "learning.remove_activity": once(
        lambda make: make.activity(), lambda session, it: learning.remove_activity(session, it)
    ),
    "learning.start_activity": once(
        lambda make: make.activity(), lambda session, it: learning.start_activity(session, it)
    ),
    "learning.finish_activity": once(
        lambda make: make.activity(),
        lambda session, it: learning.finish_activity(session, it, date(2026, 8, 29)),
    ),
    "learning.drop_activity": once(
        lambda make: make.activity(), lambda session, it: learning.drop_activity(session, it)
    ),
    "learning.put_activity_back": once(
        _finished, lambda session, it: learning.put_activity_back(session, it)
    ),
    "learning.move_plan": once(
        _planned,
        lambda session, it: learning.move_plan(
            session, it, 91, date(2026, 8, 1), date(2026, 8, 20)
        ),
    ),
    "offers.load_offers": once(
        lambda make: make.offer(),
        lambda session, it: offers.load_offers(session, resources.learning_offers()),
    ),
    "offers.add_offer": once(
        lambda make: make.offer(),
        lambda session, it: offers.add_offer(session, replace(OFFER, minutes=None)),
    ),
    "offers.correct_offer": once(
        lambda make: make.offer(),
        lambda session, it: offers.correct_offer(session, it, OFFER),
    ),
    "offers.retire_offer": once(
        lambda make: make.offer(), lambda session, it: offers.retire_offer(session, it)
    ),
    "offers.offer_again": once(_retired, lambda session, it: offers.offer_again(session, it)),
    "plan_templates.save_template": once(
        lambda make: make.template(),
        lambda session, it: plan_templates.save_template(session, TEMPLATE, [LINE_OF_PLAN]),
    ),
    "plan_templates.correct_template": once(
        lambda make: make.template(),
        lambda session, it: plan_templates.correct_template(
            session, it, replace(TEMPLATE, name="Another name")
        ),
    ),
    "plan_templates.remove_template": once(
        lambda make: make.template(),
        lambda session, it: plan_templates.remove_template(session, it),
    ),
    "plan_templates.add_template_line": once(
        lambda make: make.template(),
        lambda session, it: plan_templates.add_template_line(session, it, LINE_OF_PLAN),
    ),
    "plan_templates.correct_template_line": once(
        _first_line,
        lambda session, it: plan_templates.correct_template_line(session, it, LINE_OF_PLAN),
    ),
    "plan_templates.remove_template_line": once(
        _first_line, lambda session, it: plan_templates.remove_template_line(session, it)
    ),
    "reviews.schedule_review": once(
        lambda make: make.apprentice(),
        lambda session, it: reviews.schedule_review(session, it, date(2026, 11, 2)),
    ),
    "reviews.hold_review": once(
        lambda make: make.review(),
        lambda session, it: reviews.hold_review(session, it, date(2026, 8, 20), "Going well"),
    ),
    "reviews.record_review": once(
        lambda make: make.apprentice(),
        lambda session, it: reviews.record_review(
            session, reviews.ReviewDetails(it, None, date(2026, 8, 20), "Going well")
        ),
    ),
    "reviews.correct_review": once(
        lambda make: (make.review(), make.apprentice()),
        lambda session, it: reviews.correct_review(
            session, it[0], reviews.ReviewDetails(it[1], date(2026, 9, 1), None, "Later")
        ),
    ),
    "reviews.remove_review": once(
        lambda make: _signed_off(make), lambda session, it: reviews.remove_review(session, it)
    ),
    "reviews.take_signatures_back": once(
        lambda make: _signed_off(make),
        lambda session, it: reviews.take_signatures_back(session, it),
    ),
    "review_meetings.plan_review": once(
        lambda make: make.apprentice(),
        lambda session, it: review_meetings.plan_review(session, it, MEETING),
    ),
    "review_meetings.move_review": once(
        lambda make: make.review(),
        lambda session, it: review_meetings.move_review(session, it, MEETING),
    ),
    "review_meetings.prepare_review": once(
        lambda make: make.review(),
        lambda session, it: review_meetings.prepare_review(session, it, "What – “next”?"),
    ),
    "review_meetings.hold": _held,
    "review_meetings.correct_held": once(
        lambda make: _signed_off(make),
        lambda session, it: review_meetings.correct_held(
            session, it, replace(HELD, changes="", parts=HELD.parts[:1]), TODAY
        ),
    ),
    "review_meetings.sign_review": once(
        lambda make: _signed_off(make),
        lambda session, it: review_meetings.sign_review(
            session,
            it,
            (Part(ReviewRole.APPRENTICE), Part(ReviewRole.PROVIDER, "Bo", None, TODAY)),
            TODAY,
        ),
    ),
    "review_actions.add_action": once(
        lambda make: (make.review(), make.apprentice()),
        lambda session, it: review_actions.add_action(
            session, it[1], ActionDetails("Meet – “soon”", "Ada", TODAY, "On site"), None
        ),
    ),
    "review_actions.correct_action": once(
        lambda make: _action(make),
        lambda session, it: review_actions.correct_action(
            session, it, ActionDetails("Call", "Grace")
        ),
    ),
    "review_actions.finish_action": once(
        lambda make: _action(make),
        lambda session, it: review_actions.finish_action(session, it, TODAY, TODAY),
    ),
    "review_actions.reopen_action": once(
        lambda make: _action(make, is_done=True),
        lambda session, it: review_actions.reopen_action(session, it),
    ),
    "review_actions.remove_action": once(
        lambda make: _action(make),
        lambda session, it: review_actions.remove_action(session, it),
    ),
    "standards.load_catalogue": _load_catalogue,
    "standard_versions.load_version": once(
        _first_version,
        lambda session, it: standard_versions.load_version(
            session, replace(NEXT_VERSION, version="1.0"), TODAY
        ),
    ),
    "standard_versions.correct_version": once(
        _first_version,
        lambda session, it: standard_versions.correct_version(session, it, NEXT_VERSION),
    ),
    "standard_versions.remove_version": once(
        _first_version,
        lambda session, it: standard_versions.remove_version(session, it),
    ),
    "standard_uses.say_version": once(
        lambda make: _follower(make, ""),
        lambda session, it: standard_uses.say_version(session, it, "1.0", "Network"),
    ),
    "standard_uses.move_versions": once(
        lambda make: _follower(make, "0.9"),
        lambda session, it: standard_uses.move_versions(
            session,
            [standard_uses.VersionMove(it, date(2026, 8, 1), "1.0", "Network")],
            "The new version fits better",
        ),
    ),
    "standard_uses.answer": once(
        lambda make: (_follower(make, "0.9"), make.apprentice(standard_version="0.9")),
        lambda session, it: standard_uses.answer(
            session,
            standard_uses.VersionAnswers(
                "1.0", (standard_uses.VersionMove(it[0], date(2026, 8, 1), "1.0"),), (it[1],)
            ),
            TODAY,
            "Grace Hopper",
            "Agreed – “both”",
        ),
    ),
    "version_stays.stay": once(
        lambda make: _follower(make, "0.9"),
        lambda session, it: version_stays.stay(
            session, [it], "1.0", TODAY, "Grace Hopper", "Ends soon – “why”"
        ),
    ),
    "version_stays.ask_again": once(
        _stayer,
        lambda session, it: version_stays.ask_again(session, [it], "1.0"),
    ),
}
