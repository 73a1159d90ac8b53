"""Every command of every subject module: what it needs first, and a call that changes something.

A new command belongs into COMMANDS, a new read into READS: test_undo finds whatever is in
neither.
"""

from __future__ import annotations

import inspect
import pkgutil
import random
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal
from importlib import import_module
from types import ModuleType
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import select
from sqlalchemy.orm import Session

from apprentice_desk import records, resources
from apprentice_desk.domain import placements, week_cells
from apprentice_desk.domain.calendar import Period
from apprentice_desk.domain.checklist import Checklist
from apprentice_desk.domain.communications import StoryDetails
from apprentice_desk.domain.evidence import EvidenceQuality
from apprentice_desk.domain.findings import Finding, Level
from apprentice_desk.domain.guides import GoesOn
from apprentice_desk.domain.hours_rules import Activity
from apprentice_desk.domain.ksb_status import KsbStatus, Voice
from apprentice_desk.domain.leaving import FileFacts, GivenTo, Going, LeftKind
from apprentice_desk.domain.needs import Need, NeedKind, Target, Urgency
from apprentice_desk.domain.outcomes import CaseDetails, StepDetails
from apprentice_desk.domain.own_wording import Approval
from apprentice_desk.domain.planning import ActivityDetails, DeliveredBy
from apprentice_desk.domain.planning_templates import TemplateLine
from apprentice_desk.domain.procuring import StepKind
from apprentice_desk.domain.proposals import Repeat
from apprentice_desk.domain.retention import Ground, HoldDetails, KeepReason, RetentionKind
from apprentice_desk.domain.review_meetings import ActionDetails, HeldDetails, Meeting, Part
from apprentice_desk.domain.review_roles import ReviewRole
from apprentice_desk.domain.secondment_care import AfterDetails, DoneDetails
from apprentice_desk.domain.secondment_moves import Move, MoveDetails
from apprentice_desk.domain.standards import Duty, Ksb, Option, VersionDetails
from apprentice_desk.domain.vocabulary import (
    BarrierCategory,
    Characteristic,
    ContractFileKind,
    DataRole,
    Destination,
    EmployeeType,
    EventKind,
    ExpiryKind,
    Grade,
    ListingKind,
    ListingState,
    Measure,
    MentorRole,
    NoticeUnit,
    OpeningKind,
    PaymentKind,
    ProviderNoteKind,
    ReceiptState,
    Regime,
    RoleFamily,
    SecondmentKind,
    SecondmentStatus,
    SubjectKind,
    WorkingPattern,
)
from apprentice_desk.domain.wages import PayPer
from apprentice_desk.records import (
    apprentices,
    checklists,
    confirming,
    contract_days,
    contract_history,
    contract_measures,
    contract_prices,
    contracts,
    erasures,
    event_attendance,
    evidence,
    expecting,
    filing,
    guide_checklists,
    history,
    host_entries,
    hours,
    import_memory,
    keeping_documents,
    ksb_progress,
    learning,
    leave,
    leaving,
    levy,
    listings,
    mentoring,
    mentors,
    network,
    offers,
    openings,
    organisation,
    outcomes,
    own_wording,
    pay,
    payments,
    plan_templates,
    procurement_decisions,
    procurement_items,
    procurement_overview,
    procurement_scores,
    procurements,
    programme_changes,
    programmes,
    provider_care,
    providers,
    putting_off,
    repeats,
    returns_sent,
    review_actions,
    review_meetings,
    reviews,
    secondment_care,
    secondment_moves,
    secondments,
    standard_uses,
    standard_versions,
    standards,
    stories,
    survey,
    version_stays,
    week_changes,
    weeks,
)
from apprentice_desk.records.keeping_documents import Subject
from apprentice_desk.records.procurement_outcomes import FollowUpDetails
from apprentice_desk.records.procurement_scores import ModeratedDetails, ScoreDetails
from apprentice_desk.records.store import Store
from issued import document_details
from procured import DECIDED, TOLD, Procured, procured
from procured import DETAILS as PROCUREMENT

LEVY = resources.levy_rules()

NOT_SUBJECTS = frozenset(
    {
        "base",
        "changelog",
        "connecting",
        "holding",
        "migrate",
        "migrations",
        "putting_back",
        "store",
        "subjects",
    }
)

READS = frozenset(
    {
        "apprentices.all_held",
        "apprentices.held",
        "apprentices.keys_by_code",
        "apprentices.known_people",
        "apprentices.names_by_code",
        "apprentices.weekly_minutes",
        "apprentices.record_of",
        "attention.attention",
        "auditing.audit_files",
        "auditing.entry_tallies",
        "checklists.checklist_records",
        "contract_money.money_facts",
        "contract_money.unpaid",
        "contract_prices.price_rows",
        "contract_register.contract_register",
        "contract_days.check_among",
        "contract_days.expiry_row",
        "contract_days.expiry_rows",
        "contract_days.extension_row",
        "contract_days.extension_rows",
        "change_lines.changes_since",
        "change_lines.desk_key",
        "change_lines.is_only_noted",
        "change_lines.latest_instant",
        "change_lines.line_of",
        "change_lines.newest_lines",
        "change_images.keys_of",
        "change_images.logged_changes",
        "contract_history.contract_history",
        "contract_dates.contract_dates",
        "contract_dates.payment_dates",
        "contract_overview.contract_overview",
        "contract_measures.agreed_measures",
        "contracts.check_beside",
        "contracts.contract_details",
        "contracts.contract_rows",
        "contracts.find_contract",
        "contracts.people_on_contracts",
        "counts.record_counts",
        "counts.vacancy_count",
        "course_attention.course_attention",
        "contracts.payment_rows",
        "erasures.counted_rows",
        "erasures.erasure_rows",
        "erasures.hold_rows",
        "changes_told.told_change",
        "desk_history.history_count",
        "desk_history.history_page",
        "desk_history.history_rows",
        "desk_history.people_of_history",
        "desk_history.records_about",
        "evidence.evidence_content",
        "evidence.evidence_counts",
        "evidence.evidence_rows",
        "evidence.evidence_total",
        "evidence.kept_content",
        "ksb_progress.known_codes",
        "ksb_progress.ksb_facts",
        "ksb_progress.standing",
        "keeping_documents.document_content",
        "keeping_documents.document_details",
        "keeping_documents.apprenticeship_of",
        "keeping_documents.document_rows",
        "keeping_documents.whole_of",
        "keeping_documents.last_values",
        "keeping_documents.wording_in_use",
        "ksb_progress.statements",
        "expecting.expected_boroughs",
        "documents_made.refuse_removing",
        "filing.contract_file_content",
        "filing.contract_file_rows",
        "guide_checklists.checklists_on",
        "history.record_history",
        "expecting.expecting_rows",
        "hours.check_day",
        "hours.hours_rows",
        "hours.hours_total",
        "hours.logged_by_day",
        "hours.logged_entries",
        "import_memory.course_codes",
        "import_memory.mapping_rows",
        "levy.balance_rows",
        "levy.income_rows",
        "levy_runway.levy_dates",
        "levy_runway.levy_facts",
        "leave.check",
        "leave.leave_rows",
        "leaving.everybody",
        "leaving.files_about",
        "leaving.files_like",
        "leaving.left_row",
        "leaving.left_rows",
        "leaving.people_in_file",
        "leaving.recipients",
        "learning.activity_row",
        "learning.ksbs_logged",
        "learning.plan_rows",
        "dates_ahead.dates_ahead",
        "review_actions.action_rows",
        "review_facts.review_facts",
        "review_meetings.meeting_rows",
        "reviews.actions_of",
        "reviews.parts_of",
        "reviews.review_of",
        "learning.plans_of",
        "offers.offer_rows",
        "plan_templates.template_lines",
        "plan_templates.template_rows",
        "reviews.review_rows",
        "looking_back.entries_as_said",
        "looking_back.plan_as_said",
        "looking_back.rows_as_said",
        "looking_back.since_then",
        "looking_back.then",
        "network.barrier_rows",
        "network.event_record",
        "network.event_rows",
        "dates_ahead.event_dates",
        "event_attendance.attendance_rows",
        "event_attendance.events_of",
        "mentoring.open_mentor",
        "mentors.mentoring_rows",
        "organisation.characteristic_rows",
        "organisation.organisation_key",
        "organisation.organisation_row",
        "organisation.pledge_rows",
        "own_wording.refuse_unapproved",
        "own_wording.wording_files",
        "own_wording.wording_row",
        "own_wording.wording_rows",
        "pay.pay_rates",
        "pay.pay_rows",
        "listings.compare_with_listings",
        "listings.listing_rows",
        "listings.listings_held",
        "openings.opening_rows",
        "measuring.measured_by_contract",
        "measuring.measured_by_provider",
        "placements.fits_of",
        "placements.fits_of_listing",
        "placements.gaps_of",
        "placements.names_said",
        "placements.own_placement",
        "placements.own_word",
        "planned_ahead.planned_ahead",
        "procurement_dates.due_procurements",
        "procurement_dates.procurement_dates",
        "procurement_history.procurement_history",
        "procurement_items.item_details",
        "procurement_overview.procurement_overview",
        "procurement_overview.procurement_overviews",
        "procurement_scores.moderated_details",
        "procurement_scores.score_details",
        "procurements.check_not_decided",
        "procurements.kept",
        "procurements.procurement_details",
        "programme_changes.change_rows",
        "programme_changes.price_before",
        "programme_changes.version_ksbs",
        "provider_care.action_rows",
        "provider_care.contact_rows",
        "provider_care.late_actions",
        "provider_care.note_rows",
        "provider_overview.provider_overview",
        "providers.find_provider",
        "providers.provider_rows",
        "putting_off.put_off_rows",
        "about_person.about_person",
        "about_person.person_file",
        "retained.holds_by_key",
        "retained.retained_rows",
        "scrubbing.mentions",
        "scrubbing.names_in_images",
        "scrubbing.owned",
        "scrubbing.row_count",
        "repeats.repeat_rows",
        "repeats.words_logged",
        "returns_sent.next_revision",
        "returns_sent.return_file",
        "returns_sent.returns_sent_rows",
        "outcomes.case_rows",
        "host_stays.host_stays",
        "secondment_care.care_of",
        "secondment_care.check_afterwards",
        "secondment_care.check_in",
        "secondment_care.check_revised",
        "secondment_care.check_told",
        "secondment_clashes.clashes_in",
        "secondment_clashes.clashes_of",
        "secondment_moves.check",
        "secondment_moves.move_rows",
        "secondment_moves.standing_of",
        "secondment_overview.secondment_lines",
        "secondment_overview.secondment_overview",
        "secondments.fresh_code",
        "secondments.logged_minutes",
        "stories.story_rows",
        "survey.answer_rows",
        "story.career",
        "story.story_facts",
        "search.shelf",
        "secondments.secondment_rows",
        "standard_uses.option_titles",
        "standard_uses.people_on",
        "standard_uses.version_uses",
        "standard_versions.find_version",
        "standard_versions.known_ksbs",
        "standard_versions.version_details",
        "standard_versions.version_rows",
        "standard_versions.versions_of",
        "standards.listed_on",
        "standards.standard_rows",
        "standing.apprentice_rows",
        "typing_days.typed_on",
        "version_stays.stays",
        "week_grid.entries_between",
        "week_grid.week_grid",
        "weeks.finished",
        "weeks.week_rows",
    }
)

NOT_LOGGED = frozenset({"evidence.keep_content", "evidence.sweep_contents", "scrubbing.scrub"})
"""Write only bytes that no undo asks for, or take out what no undo may bring back."""

Act = Callable[[Session], Any]
Preparing = Callable[[Any], Act]

ADA = apprentices.ApprenticeDetails(
    given_names="Ada",
    family_name="Lovelace",
    uln="1000000043",
    born_on=date(2004, 2, 29),
    email="ada@exampleton.example",
    employee_reference="E1",
    standard_code="ST0116",
    standard_version="1.1",
    standard_option="Web",
    course_title="Software developer",
    employee_type=EmployeeType.NEW,
    is_digital=True,
    role_family=RoleFamily.SOFTWARE,
    training_started_on=date(2025, 9, 1),
    is_start_day_given=False,
    original_start_on=date(2025, 3, 1),
    training_planned_end_on=date(2027, 8, 31),
    is_end_day_given=False,
    apprenticeship_planned_end_on=date(2027, 12, 31),
    gateway_planned_on=date(2027, 9, 30),
    agreed_price=Decimal("15000.50"),
    training_price=Decimal("13000.50"),
    assessment_price=Decimal("2000.00"),
    funding_band_maximum=Decimal("18000.00"),
    employer_percent=5,
    provider_reference="P-77",
    agreed_minutes=41_204,
    prior_learning_minutes=600,
    weekly_minutes=2160,
    line_manager="Grace Hopper",
    line_manager_email="grace@exampleton.example",
    mentor="Alan Turing",
    note="Prefers mornings – “early”.",
    assessment_organisation="Exampleton Assessors",
    is_english_needed=True,
    english_met_on=date(2026, 5, 1),
    is_maths_needed=False,
    maths_met_on=date(2026, 5, 2),
)


def subjects() -> list[ModuleType]:
    """Return the subject modules, found in the package's folder."""
    return [
        import_module(f"{records.__name__}.{found.name}")
        for found in pkgutil.iter_modules(records.__path__)
        if found.name not in NOT_SUBJECTS
    ]


def session_functions() -> set[str]:
    """Return the public functions whose first parameter is a session, as module.function."""
    found = set()
    for module in subjects():
        for name, function in inspect.getmembers(module, inspect.isfunction):
            parameters = list(inspect.signature(function).parameters)
            is_ours = function.__module__ == module.__name__ and not name.startswith("_")
            if is_ours and parameters[:1] == ["session"]:
                found.add(f"{module.__name__.rpartition('.')[2]}.{name}")
    return found


def changing(store: Store, act: Act, label: str = "Try") -> Any:
    """Call *act* in a change of its own and return what it returns."""
    with store.change(label) as session:
        return act(session)


def _enrol(make: Any) -> Act:
    provider_id = make.provider()
    contract_id = make.contract(provider_id=provider_id)
    details = replace(ADA, provider_id=provider_id, contract_id=contract_id)
    return lambda session: apprentices.enrol(session, details, random_source=random.Random(1))


def _correct(make: Any) -> Act:
    apprenticeship_id = make.apprentice(family_name="King", note="Old")
    details = replace(ADA, uln="1000000051", weekly_from_on=date(2026, 1, 1), weekly_minutes=1800)
    return lambda session: apprentices.correct(session, apprenticeship_id, details)


def _put_values_back(make: Any) -> Act:
    apprenticeship_id = make.apprentice(line_manager="Grace Park")
    held = make.store.read(apprentices.held, apprenticeship_id)
    values = {"line_manager": "Tom Hill", "note": "Old"}
    return lambda session: history.put_values_back(session, held, values, date(2026, 9, 1))


def _put_contract_value_back(make: Any) -> Act:
    contract_id = make.contract(title="Old")
    held = make.store.read(contracts.contract_details, contract_id)
    return lambda session: contract_history.put_contract_value_back(
        session, contract_id, held, "title", "Older"
    )


def _on_a_break(make: Any) -> Any:
    apprenticeship_id = make.apprentice()
    with make.store.change("Start a break") as session:
        programmes.start_break(session, apprenticeship_id, date(2026, 2, 2), "Illness")
    return apprenticeship_id


def _remove(make: Any) -> Act:
    apprenticeship_id = _on_a_break(make)
    apprentice_id = make.store.read(apprentices.held, apprenticeship_id).apprentice_id
    with make.store.change("Enrol again") as session:
        apprentices.enrol(session, replace(ADA, uln=None), apprentice_id=apprentice_id)
    return lambda session: apprentices.remove(session, apprentice_id)


def make_owner(session: Session, mentoring_id: UUID) -> UUID:
    """Return whom a mentor or buddy goes along with."""
    return session.get_one(mentoring.Mentoring, mentoring_id).apprenticeship_id


def _cancelled(make: Any) -> UUID:
    event_id: UUID = make.event(attended=None)
    with make.store.change("Cancel") as session:
        network.cancel_event(session, event_id, date(2026, 6, 1))
    return event_id


def _event_logged(make: Any) -> tuple[UUID, UUID]:
    """An event of which hours are logged, and the entry."""
    event_id, people = make.attended()
    details = hours.HoursDetails(people[0], date(2026, 6, 18), 90, Activity.WORKSHOP)
    with make.store.change("Log hours of the event") as session:
        event_attendance.log_event_hours(session, event_id, [details])
    rows = make.store.read(event_attendance.attendance_rows, event_id)
    entry_id = next(each.entry_id for each in rows if each.apprenticeship_id == people[0])
    return event_id, entry_id


def _without_owner(make: Any) -> Act:
    make.event()
    with make.store.change("Take the owner away") as session:
        session.delete(session.scalars(select(organisation.Organisation)).one())
    return lambda session: organisation.begin(
        session, code="E09999998", name="Sampleham", letters="XMQ", team="ICT", is_sample=True
    )


def _log_many(make: Any) -> Act:
    apprenticeship_id = make.apprentice()
    entries = [
        (
            hours.HoursDetails(apprenticeship_id, date(2026, 3, day), 60 + day, what=f"Day {day}"),
            f"log.xlsx, row {day}",
        )
        for day in range(1, 29)
    ]
    return lambda session: hours.log_many(session, entries)


_PRICE = contract_prices.PriceDetails("ST0116", Decimal("15000.00"), Decimal("2000.50"))


def _priced_contract(make: Any) -> Any:
    contract_id = make.contract()
    with make.store.change("Agree a price") as session:
        contract_prices.agree_price(session, contract_id, _PRICE)
    return contract_id


def _priced(make: Any) -> Any:
    """The key of a price."""
    contract_id = _priced_contract(make)
    (row,) = make.store.read(contract_prices.price_rows, contract_id)
    return row.id


GONE = UUID(int=1)
"""The key of nothing."""

MONDAY = date(2026, 8, 3)
AT = datetime(2026, 8, 7, 15, 30, tzinfo=UTC)


def _verified(make: Any) -> Any:
    entry_id = make.hours()
    with make.store.change("Verify") as session:
        hours.verify(session, [entry_id], "Grace Park", AT)
    return entry_id


def _evident(make: Any) -> Any:
    """An entry with a file, a link and words; returns the keys of the entry and of the file."""
    entry_id = make.hours()
    file_id = make.evidence(entry_id)
    with make.store.change("Attach more") as session:
        evidence.attach_link(session, entry_id, "https://exampleton.example/course", "The course")
        evidence.attach_text(session, entry_id, "Showed the team")
    return entry_id, file_id


def _spoken(make: Any) -> Any:
    """An apprenticeship of which the line manager said something, on the same day and before."""
    apprenticeship_id = make.apprentice()
    for day in (TODAY, date(2026, 8, 3)):
        make.said(apprenticeship_id, said_on=day, note="Begun")
    return apprenticeship_id


def _said(make: Any) -> Any:
    """An apprenticeship whose week has nothing in it, and which finished the week after."""
    apprenticeship_id = make.apprentice()
    with make.store.change("Say so") as session:
        weeks.say_nothing(session, apprenticeship_id, MONDAY)
        weeks.finish_week(
            session, [apprenticeship_id], MONDAY + weeks.WEEK, "Grace Park", AT + weeks.WEEK
        )
    return apprenticeship_id


THURSDAYS = Repeat(
    frozenset({3, 6}),
    date(2026, 8, 6),
    date(2026, 12, 17),
    2,
    (Period(date(2026, 10, 26), date(2026, 10, 30)), Period(date(2026, 11, 5), date(2026, 11, 5))),
)
TODAY = date(2026, 9, 1)


def repeat_of(*people: UUID, **more: Any) -> repeats.RepeatDetails:
    """What is remembered of every second Thursday and Sunday."""
    values: dict[str, Any] = {
        "activity": Activity.WORKSHOP, "what": "Databases – “joins”", "ksbs": "K3",
        "began_at": "09:30",
    }  # fmt: skip
    minutes = ((key, 90 + 30 * number) for number, key in enumerate(people))
    return repeats.RepeatDetails(THURSDAYS, tuple(minutes), **values | more)


def _repeated(make: Any) -> repeats.RepeatRow:
    """A session of two people that comes again."""
    people = make.apprentice(), make.apprentice()
    with make.store.change("Keep") as session:
        key = repeats.keep_repeat(session, repeat_of(*people), TODAY, date(2026, 8, 6))
    rows: tuple[repeats.RepeatRow, ...] = make.store.read(repeats.repeat_rows)
    return next(row for row in rows if row.id == key)


def _thursday(row: repeats.RepeatRow) -> list[hours.HoursDetails]:
    return [
        hours.HoursDetails(key, date(2026, 8, 20), minutes, Activity.WORKSHOP, what="Databases")
        for key, minutes in row.details.people
    ]


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


CASE = CaseDetails("More apprentices", "{started} have started", evaluation="{pledged}")
STORY = StoryDetails("An open day", "event", planned_on=date(2026, 6, 1), is_consent_needed=False)


def _case(make: Any) -> UUID:
    with make.store.change("Begin a case") as session:
        case_id = outcomes.begin_case(session, CASE)
        for what in ("Ask", "Agree"):
            outcomes.add_step(session, case_id, StepDetails(what), date(2026, 5, 4))
    return case_id


def _steps_of_a_case(make: Any) -> UUID:
    """The second step of a case."""
    case_id = _case(make)
    case = next(row for row in make.store.read(outcomes.case_rows) if row.id == case_id)
    return case.steps[1].id


def _story(make: Any) -> UUID:
    with make.store.change("Plan a story") as session:
        return stories.plan_story(session, STORY, date(2026, 5, 4))


def _answer(session: Session) -> None:
    details = survey.AnswerDetails("one_change", "What helped?", "More time")
    survey.answer_question(session, "2026-27 Q1", details, date(2026, 5, 4))


def _answered(make: Any) -> Act:
    with make.store.change("Answer LOTI") as session:
        _answer(session)
    return lambda session: survey.take_answer_back(session, "2026-27 Q1", "one_change")


def _moved_back(make: Any) -> Act:
    """Take back that a request was declined."""
    secondment_id = make.secondment(status=SecondmentStatus.REQUESTED)
    with make.store.change("Decline") as session:
        secondment_moves.move_secondment(
            session,
            secondment_id,
            Move.DECLINE,
            MoveDetails(date(2026, 5, 4), "Tom Ash", "Too near the gateway"),
            date(2026, 5, 5),
        )
    return lambda session: secondment_moves.take_move_back(session, secondment_id)


VISIT = openings.OpeningDetails(OpeningKind.VISIT, "Control room", days=1)


def _opened(make: Any) -> UUID:
    with make.store.change("Open up") as session:
        return openings.open_up(session, VISIT, random_source=random.Random(2))


def _closed(make: Any) -> Act:
    opening_id = _opened(make)
    with make.store.change("Close") as session:
        openings.close_opening(session, opening_id, date(2026, 5, 4), is_taken=True)
    return lambda session: openings.reopen_opening(session, opening_id)


def _listed(title: str, at: datetime) -> placements.Word:
    line = placements.Placement(
        "CMD-00000001-0", ListingKind.VISIT, ListingState.OPEN, "E09000007", at, title
    )
    return placements.word_of("E09000007", at, [line])


def _taking_listings(make: Any) -> Act:
    def take(session: Session, title: str, month: int) -> None:
        word = _listed(title, datetime(2026, month, 1, tzinfo=UTC))
        listings.take_listings(session, [word], "E09999999", "Camden", date(2026, 7, 1))

    with make.store.change("Take in") as session:
        take(session, "Control room", 5)
    return lambda session: take(session, "Control room, by night", 6)


def _second(make: Any) -> Act:
    details = secondments.SecondmentDetails(
        kind=SecondmentKind.REQUEST,
        apprenticeship_id=make.apprentice(),
        role_family=RoleFamily.DATA,
        standard_code="ST0116",
        ksbs="K1",
        home="E09999999",
        earliest_start_on=date(2026, 10, 1),
        latest_start_on=date(2026, 12, 1),
        weeks=6,
        pattern=WorkingPattern.HYBRID,
        status=SecondmentStatus.REQUESTED,
    )
    return lambda session: secondments.second(session, details, random_source=random.Random(1))


LEFT_AT = datetime(2026, 5, 4, 9, 14, tzinfo=UTC)
LEFT_FILE = FileFacts("Record of Ada King.pdf", 1_234, "0a" * 32)


def _left(make: Any) -> tuple[UUID, UUID]:
    """A file that left with one person in it: the line's key, and the person's."""
    apprenticeship_id = make.apprentice()
    apprentice_id = make.store.read(apprentices.held, apprenticeship_id).apprentice_id
    with make.store.change("Save") as session:
        going = Going.of(LeftKind.RECORD, [apprenticeship_id])
        return leaving.record_left(session, going, LEFT_FILE, LEFT_AT, "bo"), apprentice_id


_LEAVE = leave.LeaveDetails(date(2026, 10, 26), date(2026, 10, 30))


def _fitted(make) -> Act:
    """An entry on a day that somebody turns out to have spent with a host."""
    entry_day = date(2026, 8, 3)
    apprenticeship_id = make.apprentice()
    make.hours(apprenticeship_id, done_on=entry_day)
    secondment_id = make.secondment()
    there = host_entries.HostDays(apprenticeship_id, Period(entry_day))
    return lambda session: host_entries.fit_entries(session, secondment_id, None, there)


DONE = DoneDetails(date(2026, 8, 31), "It stands")


def _told(make) -> Act:
    """Take back that a provider was told."""
    secondment_id = make.secondment(status=SecondmentStatus.AGREED)
    with make.store.change("Tell the provider") as session:
        secondment_care.tell_provider(session, secondment_id, DONE, TODAY)
    return lambda session: secondment_care.take_care_back(
        session, secondment_id, "provider_told_on"
    )


def _with_leave(make) -> UUID:
    apprenticeship_id = make.apprentice()
    make.leave(apprenticeship_id)
    return apprenticeship_id


def _once(prepared: Callable[[Any], Any], act: Callable[[Session, Any], Any]) -> Preparing:
    """Return a preparing function that makes one thing and then acts on it."""

    def prepare(make: Any) -> Act:
        made = prepared(make)
        return lambda session: act(session, made)

    return prepare


def _pledged(make: Any) -> None:
    with make.store.change("Pledge") as session:
        organisation.pledge(session, 2026, RoleFamily.DATA, 3)


def _totalled(make: Any) -> None:
    with make.store.change("Enter totals") as session:
        organisation.set_total(session, Characteristic.SEX, "female", 7, None)


def _received(make: Any) -> Act:
    sent_id = make.sent("2026-27 Q2")
    with make.store.change("Read a receipt in") as session:
        returns_sent.take_receipt(
            session,
            sent_id,
            returns_sent.ReceiptDetails(ReceiptState.REFUSED, date(2026, 7, 10)),
        )
    details = returns_sent.ReceiptDetails(
        ReceiptState.IN_PART,
        date(2026, 7, 12),
        datetime(2026, 7, 11, 8, 0, tzinfo=UTC),
        2,
        (Finding(Level.ROW, "AP001", "Missing – “this”.", "Fill it in."),),
    )
    return lambda session: returns_sent.take_receipt(session, sent_id, details)


def _stopped(make: Any) -> Act:
    with make.store.change("Stop") as session:
        expecting.stop_expecting(session, "E09000001", "2026-27 Q3")
        expecting.expect(session, "E09000001", "2027-28 Q1")
    return lambda session: expecting.expect(session, "E09000001", "2026-27 Q4")


LINE_ABOUT = UUID(int=15)
LINE = Need(
    f"hours:{LINE_ABOUT.hex}",
    NeedKind.HOURS,
    Urgency.SOON,
    "Ada is behind",
    "Nothing logged",
    "See forecast",
    Target("apprentices", LINE_ABOUT),
    90,
)


def _put_off(session: Session, reason: str = "On leave") -> Any:
    details = putting_off.PutOffDetails(date(2026, 9, 8), reason)
    return putting_off.put_off(session, LINE, details, date(2026, 9, 1))


def _waiting(make: Any) -> None:
    with make.store.change("Put off") as session:
        _put_off(session)


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


def _in_assessment(make: Any) -> Any:
    apprenticeship_id = make.apprentice()
    with make.store.change("Pass the gateway") as session:
        programmes.enter_assessment(session, apprenticeship_id, date(2026, 8, 1))
    return apprenticeship_id


def _change_provider(make: Any) -> Act:
    provider_id = make.provider()
    contract_id = make.contract(provider_id=provider_id)
    whose = make.apprentice(provider_id=make.provider(), provider_reference="P-1")
    return lambda session: programme_changes.change_provider(
        session, whose, date(2026, 5, 1), provider_id, contract_id, "P-2 ", "They closed – “why”",
        date(2027, 10, 31),
    )  # fmt: skip


def _change_noted(make: Any) -> Act:
    whose = make.apprentice()

    def act(session: Session) -> Any:
        one = apprentices.record_of(session, whose)
        return programme_changes.note_change(
            session, one, programme_changes.ChangeKind.STANDARD, date(2026, 5, 1), "Told"
        )

    return act


_ITEMS = ("role_agreed", "advertised")


def _ticked(make: Any) -> Any:
    whose = make.apprentice()
    with make.store.change("Tick") as session:
        checklists.tick(session, whose, Checklist.START, _ITEMS, date(2025, 8, 1), "Grace Park")
        checklists.tick(session, whose, Checklist.GATEWAY, ["english"], date(2026, 8, 1))
    return whose


def _put_on(make: Any) -> Any:
    whose = make.apprentice()
    with make.store.change("Put on") as session:
        key = guide_checklists.put_on(session, "reviews", GoesOn.APPRENTICE, whose, TODAY, "Bo")
        guide_checklists.tick_off(session, key, ["a", "b"], TODAY, "Bo", today=TODAY)
    return whose, key


def _paid(make: Any) -> Any:
    whose = make.apprentice()
    with make.store.change("Record pay") as session:
        key = pay.set_pay(session, whose, date(2025, 9, 1), Decimal("12.50"), PayPer.HOUR)
    return whose, key


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


CONTACT = provider_care.ContactDetails(
    "Nadia Frost", "Account manager – “digital”", "nadia@college.example", "020 7946 0123"
)
NOTED = provider_care.NoteDetails(
    ProviderNoteKind.CONCERN, date(2026, 6, 1), "Reviews are late", "Meeting"
)


def _contact(make: Any) -> UUID:
    provider_id = make.provider()
    with make.store.change("Add a contact") as session:
        return provider_care.add_contact(session, provider_id, CONTACT)


def _noted(make: Any, *, is_done: bool = False) -> tuple[UUID, UUID]:
    """A note on a provider and an action that came of it."""
    provider_id = make.provider()
    with make.store.change("Note it") as session:
        note_id = provider_care.add_note(session, provider_id, NOTED)
        agreed = provider_care.ActionDetails("Send the dates", "Nadia", TODAY, note_id)
        action_id = provider_care.add_action(session, provider_id, agreed)
        if is_done:
            provider_care.finish_action(session, action_id, TODAY, TODAY)
    return note_id, action_id


def _measured(make: Any) -> UUID:
    contract_id: UUID = make.contract()
    agreed = contract_measures.AgreedDetails(95, "Schedule 2")
    with make.store.change("Agree") as session:
        contract_measures.agree_measure(session, contract_id, Measure.REVIEWS_ON_TIME, agreed)
    return contract_id


def _procured(act: Callable[[Session, Procured], object], **how: bool) -> Preparing:
    """Prepare a procurement with everything in it, and *act* on it."""

    def prepare(make: Any) -> Act:
        made = procured(make, **how)
        return lambda session: act(session, made)

    return prepare


def _abandoned(make: Any) -> UUID:
    made = procured(make)
    with make.store.change("Give it up") as session:
        procurements.abandon(session, made.id, procurements.AbandonDetails(TODAY, "No bids"), TODAY)
    return made.id


def _make_contract(session: Session, made: Procured) -> object:
    found = procurement_overview.procurement_overview(session, made.id)
    assert found is not None
    return procurement_decisions.make_contract(
        session,
        made.id,
        procurement_decisions.contract_from(found),
        date(2026, 9, 30),
        resources.procurement_rules(),
        resources.bank_holidays(),
    )


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


def _apprentice_key(make: Any, apprenticeship_id: UUID) -> UUID:
    return make.store.read(apprentices.held, apprenticeship_id).apprentice_id  # type: ignore[no-any-return]


def _kept_longer(make: Any) -> UUID:
    details = HoldDetails(KeepReason.CLAIM, "", "Grace Hopper")
    with make.store.change("Keep longer") as session:
        return erasures.keep_longer(
            session, RetentionKind.APPRENTICE, uuid4(), details,
            TODAY,
        )  # fmt: skip


COMMANDS: dict[str, Preparing] = {
    "apprentices.enrol": _enrol,
    "apprentices.correct": _correct,
    "history.put_values_back": _put_values_back,
    "programmes.set_weekly_hours": _once(
        lambda make: make.apprentice(),
        lambda session, it: programmes.set_weekly_hours(session, it, date(2026, 4, 1), 1800),
    ),
    "programmes.start_break": _once(
        lambda make: make.apprentice(),
        lambda session, it: programmes.start_break(session, it, date(2026, 2, 2), "Illness"),
    ),
    "programmes.resume": _once(
        _on_a_break,
        lambda session, it: programmes.resume(session, it, date(2026, 3, 1), date(2027, 9, 30)),
    ),
    "programmes.enter_assessment": _once(
        lambda make: make.apprentice(),
        lambda session, it: programmes.enter_assessment(session, it, date(2026, 8, 1)),
    ),
    "programmes.complete": _once(
        lambda make: make.apprentice(),
        lambda session, it: programmes.complete(
            session, it, date(2026, 8, 1), Grade.MERIT, Destination.KEPT_PERMANENT
        ),
    ),
    "programmes.withdraw": _once(
        lambda make: make.apprentice(),
        lambda session, it: programmes.withdraw(
            session, it, date(2026, 8, 1), "3", Destination.OTHER_EMPLOYER
        ),
    ),
    "programmes.back_from_assessment": _once(
        _in_assessment,
        lambda session, it: programmes.back_from_assessment(
            session, it, date(2026, 8, 20), "Not ready – “yet”"
        ),
    ),
    "programme_changes.change_provider": _change_provider,
    "programme_changes.change_standard": _once(
        lambda make: make.apprentice(standard_version="1.1"),
        lambda session, it: programme_changes.change_standard(
            session, it, date(2026, 5, 1), "ST0118", "1.2", " Data ", "A new version"
        ),
    ),
    "programme_changes.change_planned_end": _once(
        lambda make: make.apprentice(),
        lambda session, it: programme_changes.change_planned_end(
            session, it, date(2026, 5, 1), date(2027, 12, 31), date(2028, 3, 31), " Longer "
        ),
    ),
    "programme_changes.note_change": _change_noted,
    "checklists.tick": _once(
        lambda make: make.apprentice(),
        lambda session, it: checklists.tick(
            session, it, Checklist.START, _ITEMS, date(2025, 8, 1), "Grace Park", "By letter"
        ),
    ),
    "checklists.say_not_needed": _once(
        _ticked,
        lambda session, it: checklists.say_not_needed(
            session, it, Checklist.GATEWAY, ["english", "maths"], "Holds a degree", "Grace Park"
        ),
    ),
    "checklists.take_back": _once(
        _ticked,
        lambda session, it: checklists.take_back(session, it, Checklist.GATEWAY, ["english"]),
    ),
    "guide_checklists.put_on": _once(
        lambda make: make.apprentice(),
        lambda session, it: guide_checklists.put_on(
            session, "reviews", GoesOn.APPRENTICE, it, TODAY, "Grace Park"
        ),
    ),
    "guide_checklists.take_off": _once(
        _put_on, lambda session, it: guide_checklists.take_off(session, it[1])
    ),
    "guide_checklists.tick_off": _once(
        _put_on,
        lambda session, it: guide_checklists.tick_off(
            session, it[1], ["b", "c"], date(2026, 5, 1), "Grace Park", today=TODAY
        ),
    ),
    "guide_checklists.set_aside": _once(
        _put_on,
        lambda session, it: guide_checklists.set_aside(
            session, it[1], ["b", "c"], "No need – “yet”", "Grace Park"
        ),
    ),
    "guide_checklists.open_again": _once(
        _put_on, lambda session, it: guide_checklists.open_again(session, it[1], ["a", "z"])
    ),
    "guide_checklists.forget_checklists": _once(
        _put_on,
        lambda session, it: guide_checklists.forget_checklists(session, GoesOn.APPRENTICE, [it[0]]),
    ),
    "pay.set_pay": _once(
        _paid,
        lambda session, it: pay.set_pay(
            session, it[0], date(2026, 4, 1), Decimal("24000.00"), PayPer.YEAR, "Grade 5 – “new”"
        ),
    ),
    "pay.correct_pay": _once(
        _paid,
        lambda session, it: pay.correct_pay(
            session, it[1], date(2025, 9, 2), Decimal("13.00"), PayPer.HOUR, "As agreed"
        ),
    ),
    "pay.remove_pay": _once(_paid, lambda session, it: pay.remove_pay(session, it[1])),
    "apprentices.remove": _remove,
    "contract_days.add_extension": _once(
        lambda make: make.contract(),
        lambda session, it: contract_days.add_extension(
            session, it, contract_days.ExtensionDetails(date(2029, 3, 31), date(2027, 12, 31))
        ),
    ),
    "contract_days.correct_extension": _once(
        lambda make: make.extension(make.contract(), date(2029, 3, 31)),
        lambda session, it: contract_days.correct_extension(
            session, it, contract_days.ExtensionDetails(date(2030, 3, 31))
        ),
    ),
    "contract_days.take_up_extension": _once(
        lambda make: make.extension(make.contract(), date(2029, 3, 31)),
        lambda session, it: contract_days.take_up_extension(session, it, date(2028, 3, 31)),
    ),
    "contract_days.remove_extension": _once(
        lambda make: make.extension(make.contract(), date(2029, 3, 31)),
        lambda session, it: contract_days.remove_extension(session, it),
    ),
    "contract_days.end_unextended": _once(
        lambda make: make.contract(extension_to_on=date(2029, 3, 31)),
        lambda session, it: contract_days.end_unextended(session, it, date(2028, 4, 1)),
    ),
    "contract_days.add_expiry": _once(
        lambda make: make.contract(),
        lambda session, it: contract_days.add_expiry(
            session, it, contract_days.ExpiryDetails(ExpiryKind.OTHER, date(2027, 5, 1), "Van")
        ),
    ),
    "contract_days.correct_expiry": _once(
        lambda make: make.expiry(make.contract()),
        lambda session, it: contract_days.correct_expiry(
            session, it, contract_days.ExpiryDetails(ExpiryKind.CYBER, date(2028, 1, 5), "Plus")
        ),
    ),
    "contract_days.remove_expiry": _once(
        lambda make: make.expiry(make.contract()),
        lambda session, it: contract_days.remove_expiry(session, it),
    ),
    "contracts.award": _once(
        lambda make: make.provider(),
        lambda session, it: contracts.award(
            session,
            contracts.ContractDetails(
                reference="C-9",
                provider_id=it,
                standard_codes="ST0116; ST0117",
                value_limit=Decimal("0.01"),
                is_open_to_joint_buying=False,
            ),
        ),
    ),
    "contracts.correct_contract": _once(
        lambda make: make.contract(),
        lambda session, it: contracts.correct_contract(
            session,
            it,
            replace(
                contracts.contract_details(session, it),
                reference="C-10",
                regime=Regime.PCR_2015,
                value_limit=None,
                call_off_reference="CO-1",
                framework_ends_on=date(2028, 10, 27),
                notices="2026/S 000-000001",
                lots="Lot 3",
                notice_count=3,
                notice_unit=NoticeUnit.MONTHS,
                data_role=DataRole.BOTH,
                looked_after_by="Grace Park",
                note="Signed twice",
            ),
        ),
    ),
    "contract_prices.agree_price": _once(
        lambda make: make.contract(),
        lambda session, it: contract_prices.agree_price(session, it, _PRICE),
    ),
    "contract_prices.correct_price": _once(
        _priced,
        lambda session, it: contract_prices.correct_price(
            session, it, replace(_PRICE, standard_code="st0117", training_price=Decimal("0.01"))
        ),
    ),
    "contract_prices.remove_price": _once(
        _priced, lambda session, it: contract_prices.remove_price(session, it)
    ),
    "payments.pay": _once(
        lambda make: (make.contract(), make.apprentice()),
        lambda session, it: payments.pay(
            session,
            it[0],
            date(2026, 5, 1),
            Decimal("1250.00"),
            it[1],
            PaymentKind.TRAINING,
            "Invoice – “7”",
        ),
    ),
    "contracts.remove_contract": _once(
        _priced_contract,
        lambda session, it: contracts.remove_contract(session, it),
    ),
    "payments.record": _once(
        lambda make: make.contract(),
        lambda session, it: payments.record(
            session, payments.PaymentDetails(it, TODAY, Decimal("0.01"), note=" A list ")
        ),
    ),
    "payments.correct_payment": _once(
        lambda make: (make.payment(), make.contract(), make.apprentice()),
        lambda session, it: payments.correct_payment(
            session,
            it[0],
            payments.PaymentDetails(
                it[1], date(2026, 5, 2), Decimal("0.01"), it[2], PaymentKind.COMPLETION, "Late"
            ),
        ),
    ),
    "payments.remove_payment": _once(
        lambda make: make.payment(), lambda session, it: payments.remove_payment(session, it)
    ),
    "levy.record_balance": _once(
        lambda make: None,
        lambda session, it: levy.record_balance(
            session, levy.BalanceDetails(TODAY, Decimal("0.01"), " As shown "), LEVY, TODAY
        ),
    ),
    "levy.correct_balance": _once(
        lambda make: make.levy_balance(),
        lambda session, it: levy.correct_balance(
            session, it, levy.BalanceDetails(date(2026, 8, 3), Decimal("7.00")), LEVY, TODAY
        ),
    ),
    "levy.remove_balance": _once(
        lambda make: make.levy_balance(), lambda session, it: levy.remove_balance(session, it)
    ),
    "levy.record_income": _once(
        lambda make: None,
        lambda session, it: levy.record_income(
            session, levy.IncomeDetails(date(2027, 1, 31), Decimal("0.00")), LEVY
        ),
    ),
    "levy.correct_income": _once(
        lambda make: make.levy_income(),
        lambda session, it: levy.correct_income(
            session, it, levy.IncomeDetails(date(2025, 3, 1), Decimal("7.00")), LEVY
        ),
    ),
    "levy.remove_income": _once(
        lambda make: make.levy_income(), lambda session, it: levy.remove_income(session, it)
    ),
    "expecting.expect": _stopped,
    "expecting.stop_expecting": _once(
        lambda make: make.event(),
        lambda session, it: expecting.stop_expecting(session, "E09000001", "2026-27 Q3"),
    ),
    "hours.log_hours": _once(
        lambda make: make.apprentice(),
        lambda session, it: hours.log_hours(
            session,
            hours.HoursDetails(
                it, date(2026, 8, 3), 90, Activity.SHADOWING, False, "Went along", "S2", "09:30"
            ),
        ),
    ),
    "hours.log_many": _log_many,
    "hours.correct_hours": _once(
        lambda make: make.hours(),
        lambda session, it: hours.correct_hours(
            session,
            it,
            hours.HoursDetails(
                session.get_one(hours.OffTheJobEntry, it).apprenticeship_id,
                date(2026, 8, 4),
                95,
                Activity.MENTORING,
            ),
        ),
    ),
    "hours.remove_hours": _once(
        lambda make: make.hours(), lambda session, it: hours.remove_hours(session, it)
    ),
    "hours.verify": _once(
        lambda make: (make.hours(), make.hours()),
        lambda session, it: hours.verify(session, it, "Grace Park", AT),
    ),
    "hours.take_verification_back": _once(
        _verified, lambda session, it: hours.take_verification_back(session, [it])
    ),
    "evidence.attach_file": _once(
        lambda make: make.hours(),
        lambda session, it: evidence.attach_file(session, it, "notes.pdf", bytes(range(256))),
    ),
    "evidence.attach_link": _once(
        lambda make: make.hours(),
        lambda session, it: evidence.attach_link(session, it, "https://exampleton.example/"),
    ),
    "evidence.attach_text": _once(
        lambda make: make.hours(),
        lambda session, it: evidence.attach_text(session, it, "Showed the team – twice"),
    ),
    "contract_history.put_contract_value_back": _put_contract_value_back,
    "filing.attach_contract_file": _once(
        lambda make: make.contract(),
        lambda session, it: filing.attach_contract_file(session, it, "order.pdf", b"Signed"),
    ),
    "filing.describe_contract_file": _once(
        lambda make: make.contract_file(),
        lambda session, it: filing.describe_contract_file(
            session,
            it,
            filing.ContractFileDetails(ContractFileKind.AWARD, "Award – lot 2", date(2025, 1, 20)),
        ),
    ),
    "filing.remove_contract_file": _once(
        lambda make: make.contract_file(),
        lambda session, it: filing.remove_contract_file(session, it),
    ),
    "keeping_documents.keep_document": _once(
        lambda make: make.contract(),
        lambda session, it: keeping_documents.keep_document(
            session, document_details(Subject(SubjectKind.CONTRACT, it)), b"%PDF- as issued"
        ),
    ),
    "keeping_documents.remove_document": _once(
        lambda make: make.document(),
        lambda session, it: keeping_documents.remove_document(session, it),
    ),
    "own_wording.keep_draft": _once(
        lambda make: None,
        lambda session, _it: own_wording.keep_draft(
            session, own_wording.DraftDetails("clauses/exb-bikes.1.md", "Bikes – “racks”", "Ada")
        ),
    ),
    "own_wording.change_draft": _once(
        lambda make: make.wording(),
        lambda session, it: own_wording.change_draft(session, it, "Other words", "Grace Park"),
    ),
    "own_wording.approve": _once(
        lambda make: make.wording(),
        lambda session, it: own_wording.approve(
            session, it, Approval("Ruth Okafor", "Head of HR", TODAY, is_read=True)
        ),
    ),
    "own_wording.withdraw": _once(
        lambda make: make.wording(approved_by="Ruth Okafor"),
        lambda session, it: own_wording.withdraw(session, it),
    ),
    "own_wording.remove_draft": _once(
        lambda make: make.wording(), lambda session, it: own_wording.remove_draft(session, it)
    ),
    "evidence.judge": _once(
        _evident, lambda session, it: evidence.judge(session, it[1], EvidenceQuality.ENOUGH)
    ),
    "ksb_progress.say": _once(
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
    "ksb_progress.take_back": _once(
        _spoken,
        lambda session, it: ksb_progress.take_back(
            session, [said.id for said in ksb_progress.statements(session, it)]
        ),
    ),
    "evidence.remove_evidence": _once(
        _evident, lambda session, it: evidence.remove_evidence(session, it[1])
    ),
    "evidence.remove_evidence_of": _once(
        _evident, lambda session, it: evidence.remove_evidence_of(session, it[0])
    ),
    "weeks.say_nothing": _once(
        lambda make: make.apprentice(),
        lambda session, it: weeks.say_nothing(session, it, MONDAY),
    ),
    "weeks.take_nothing_back": _once(
        _said, lambda session, it: weeks.take_nothing_back(session, it, MONDAY)
    ),
    "weeks.finish_week": _once(
        lambda make: [_said(make), make.apprentice()],
        lambda session, it: weeks.finish_week(session, it, MONDAY, "Grace Park", AT),
    ),
    "weeks.reopen_week": _once(
        _said, lambda session, it: weeks.reopen_week(session, [it], MONDAY + weeks.WEEK)
    ),
    "weeks.make_room": _once(_said, lambda session, it: weeks.make_room(session, [(it, MONDAY)])),
    "week_changes.carry_out": _once(
        lambda make: make.apprentice(),
        lambda session, it: week_changes.carry_out(
            session,
            [week_cells.Log(week_cells.Cell(it, MONDAY), 90, Activity.WORKSHOP)],
            lambda _key, _activity, _day: True,
        ),
    ),
    "weeks.forget_weeks": _once(_said, lambda session, it: weeks.forget_weeks(session, [it])),
    "import_memory.remember_mapping": _once(
        lambda make: make.mapping(),
        lambda session, it: import_memory.remember_mapping(
            session,
            import_memory.MappingDetails("Diary", "hours", "0f" * 16, (("Day", "done_on"),)),
            date(2026, 8, 4),
        ),
    ),
    "import_memory.rename_mapping": _once(
        lambda make: make.mapping(),
        lambda session, it: import_memory.rename_mapping(session, it, "Diary"),
    ),
    "import_memory.forget_mapping": _once(
        lambda make: make.mapping(),
        lambda session, it: import_memory.forget_mapping(session, it),
    ),
    "import_memory.remember_course": _once(
        lambda make: make.mapping(),
        lambda session, it: import_memory.remember_course(session, "58", "ST0118"),
    ),
    "leaving.record_left": _once(
        lambda make: make.apprentice(),
        lambda session, it: leaving.record_left(
            session, Going.of(LeftKind.LIST, [it]), LEFT_FILE, LEFT_AT, "bo"
        ),
    ),
    "leaving.say_who_gets": _once(
        _left, lambda session, it: leaving.say_who_gets(session, it[0], GivenTo("LOTI", "Asked"))
    ),
    "learning.plan_activity": _once(
        lambda make: make.apprentice(),
        lambda session, it: learning.plan_activity(
            session, it, "Networks", 120, date(2026, 10, 1), ksbs="K2", is_mandatory=True
        ),
    ),
    "learning.plan_many": _once(
        lambda make: make.apprentice(),
        lambda session, it: learning.plan_many(session, it, [ACTIVITY, replace(ACTIVITY, note="")]),
    ),
    "learning.correct_activity": _once(
        lambda make: make.activity(),
        lambda session, it: learning.correct_activity(session, it, ACTIVITY),
    ),
    "learning.remove_activity": _once(
        lambda make: make.activity(), lambda session, it: learning.remove_activity(session, it)
    ),
    "learning.start_activity": _once(
        lambda make: make.activity(), lambda session, it: learning.start_activity(session, it)
    ),
    "learning.finish_activity": _once(
        lambda make: make.activity(),
        lambda session, it: learning.finish_activity(session, it, date(2026, 8, 29)),
    ),
    "learning.drop_activity": _once(
        lambda make: make.activity(), lambda session, it: learning.drop_activity(session, it)
    ),
    "learning.put_activity_back": _once(
        _finished, lambda session, it: learning.put_activity_back(session, it)
    ),
    "learning.move_plan": _once(
        _planned,
        lambda session, it: learning.move_plan(
            session, it, 91, date(2026, 8, 1), date(2026, 8, 20)
        ),
    ),
    "offers.load_offers": _once(
        lambda make: make.offer(),
        lambda session, it: offers.load_offers(session, resources.learning_offers()),
    ),
    "offers.add_offer": _once(
        lambda make: make.offer(),
        lambda session, it: offers.add_offer(session, replace(OFFER, minutes=None)),
    ),
    "offers.correct_offer": _once(
        lambda make: make.offer(),
        lambda session, it: offers.correct_offer(session, it, OFFER),
    ),
    "offers.retire_offer": _once(
        lambda make: make.offer(), lambda session, it: offers.retire_offer(session, it)
    ),
    "offers.offer_again": _once(_retired, lambda session, it: offers.offer_again(session, it)),
    "plan_templates.save_template": _once(
        lambda make: make.template(),
        lambda session, it: plan_templates.save_template(session, TEMPLATE, [LINE_OF_PLAN]),
    ),
    "plan_templates.correct_template": _once(
        lambda make: make.template(),
        lambda session, it: plan_templates.correct_template(
            session, it, replace(TEMPLATE, name="Another name")
        ),
    ),
    "plan_templates.remove_template": _once(
        lambda make: make.template(),
        lambda session, it: plan_templates.remove_template(session, it),
    ),
    "plan_templates.add_template_line": _once(
        lambda make: make.template(),
        lambda session, it: plan_templates.add_template_line(session, it, LINE_OF_PLAN),
    ),
    "plan_templates.correct_template_line": _once(
        _first_line,
        lambda session, it: plan_templates.correct_template_line(session, it, LINE_OF_PLAN),
    ),
    "plan_templates.remove_template_line": _once(
        _first_line, lambda session, it: plan_templates.remove_template_line(session, it)
    ),
    "reviews.schedule_review": _once(
        lambda make: make.apprentice(),
        lambda session, it: reviews.schedule_review(session, it, date(2026, 11, 2)),
    ),
    "reviews.hold_review": _once(
        lambda make: make.review(),
        lambda session, it: reviews.hold_review(session, it, date(2026, 8, 20), "Going well"),
    ),
    "reviews.record_review": _once(
        lambda make: make.apprentice(),
        lambda session, it: reviews.record_review(
            session, reviews.ReviewDetails(it, None, date(2026, 8, 20), "Going well")
        ),
    ),
    "reviews.correct_review": _once(
        lambda make: (make.review(), make.apprentice()),
        lambda session, it: reviews.correct_review(
            session, it[0], reviews.ReviewDetails(it[1], date(2026, 9, 1), None, "Later")
        ),
    ),
    "reviews.remove_review": _once(
        lambda make: _signed_off(make), lambda session, it: reviews.remove_review(session, it)
    ),
    "reviews.take_signatures_back": _once(
        lambda make: _signed_off(make),
        lambda session, it: reviews.take_signatures_back(session, it),
    ),
    "review_meetings.plan_review": _once(
        lambda make: make.apprentice(),
        lambda session, it: review_meetings.plan_review(session, it, MEETING),
    ),
    "review_meetings.move_review": _once(
        lambda make: make.review(),
        lambda session, it: review_meetings.move_review(session, it, MEETING),
    ),
    "review_meetings.prepare_review": _once(
        lambda make: make.review(),
        lambda session, it: review_meetings.prepare_review(session, it, "What – “next”?"),
    ),
    "review_meetings.hold": _held,
    "review_meetings.correct_held": _once(
        lambda make: _signed_off(make),
        lambda session, it: review_meetings.correct_held(
            session, it, replace(HELD, changes="", parts=HELD.parts[:1]), TODAY
        ),
    ),
    "review_meetings.sign_review": _once(
        lambda make: _signed_off(make),
        lambda session, it: review_meetings.sign_review(
            session,
            it,
            (Part(ReviewRole.APPRENTICE), Part(ReviewRole.PROVIDER, "Bo", None, TODAY)),
            TODAY,
        ),
    ),
    "review_actions.add_action": _once(
        lambda make: (make.review(), make.apprentice()),
        lambda session, it: review_actions.add_action(
            session, it[1], ActionDetails("Meet – “soon”", "Ada", TODAY, "On site"), None
        ),
    ),
    "review_actions.correct_action": _once(
        lambda make: _action(make),
        lambda session, it: review_actions.correct_action(
            session, it, ActionDetails("Call", "Grace")
        ),
    ),
    "review_actions.finish_action": _once(
        lambda make: _action(make),
        lambda session, it: review_actions.finish_action(session, it, TODAY, TODAY),
    ),
    "review_actions.reopen_action": _once(
        lambda make: _action(make, is_done=True),
        lambda session, it: review_actions.reopen_action(session, it),
    ),
    "review_actions.remove_action": _once(
        lambda make: _action(make),
        lambda session, it: review_actions.remove_action(session, it),
    ),
    "network.record_event": _once(
        lambda make: make.barrier(),
        lambda session, it: network.record_event(
            session,
            network.EventDetails("Challenge", date(2026, 7, 1), EventKind.CHALLENGE_DAY, None, 360),
        ),
    ),
    "network.correct_event": _once(
        lambda make: make.event(),
        lambda session, it: network.correct_event(
            session, it, network.EventDetails("Visit", date(2026, 7, 2), EventKind.VISIT)
        ),
    ),
    "network.note_barrier": _once(
        lambda make: make.event(),
        lambda session, it: network.note_barrier(
            session,
            network.BarrierDetails(
                BarrierCategory.LEVY, "Levy runs out", "A transfer", is_help_wanted=True
            ),
        ),
    ),
    "network.correct_barrier": _once(
        lambda make: make.barrier(),
        lambda session, it: network.correct_barrier(
            session, it, network.BarrierDetails(BarrierCategory.EQUIPMENT, "No laptops")
        ),
    ),
    "network.remove_event": _once(
        lambda make: make.attended()[0], lambda session, it: network.remove_event(session, it)
    ),
    "network.cancel_event": _once(
        lambda make: make.event(attended=None),
        lambda session, it: network.cancel_event(session, it, date(2026, 6, 1)),
    ),
    "network.hold_after_all": _once(
        lambda make: _cancelled(make), lambda session, it: network.hold_after_all(session, it)
    ),
    "network.forget_entry": _once(
        lambda make: _event_logged(make)[1],
        lambda session, it: network.forget_entry(session, it),
    ),
    "network.forget_attendance": _once(
        lambda make: make.attended()[1],
        lambda session, it: network.forget_attendance(session, it),
    ),
    "event_attendance.invite": _once(
        lambda make: (make.event(), make.apprentice()),
        lambda session, it: event_attendance.invite(session, it[0], [it[1]]),
    ),
    "event_attendance.record_attendance": _once(
        lambda make: (make.event(), make.apprentice()),
        lambda session, it: event_attendance.record_attendance(
            session, it[0], [it[1]], 2, date(2026, 7, 1)
        ),
    ),
    "event_attendance.log_event_hours": _once(
        lambda make: make.attended(),
        lambda session, it: event_attendance.log_event_hours(
            session,
            it[0],
            [hours.HoursDetails(it[1][0], date(2026, 6, 18), 90, Activity.WORKSHOP)],
        ),
    ),
    "event_attendance.take_event_hours_back": _once(
        lambda make: _event_logged(make)[0],
        lambda session, it: event_attendance.take_event_hours_back(session, it),
    ),
    "mentors.begin_mentoring": _once(
        lambda make: make.mentor(),
        lambda session, it: mentors.begin_mentoring(
            session,
            mentors.MentoringDetails(
                make_owner(session, it), MentorRole.MENTOR, "Lena Hall", from_on=date(2026, 5, 4)
            ),
        ),
    ),
    "mentors.correct_mentoring": _once(
        lambda make: make.mentor(),
        lambda session, it: mentors.correct_mentoring(
            session,
            it,
            mentors.MentoringDetails(
                make_owner(session, it), MentorRole.BUDDY, "Sam Lee", from_on=date(2026, 1, 6)
            ),
        ),
    ),
    "mentors.end_mentoring": _once(
        lambda make: make.mentor(),
        lambda session, it: mentors.end_mentoring(session, it, date(2026, 6, 30)),
    ),
    "mentors.remove_mentoring": _once(
        lambda make: make.mentor(),
        lambda session, it: mentors.remove_mentoring(session, it),
    ),
    "mentors.remove_named_mentor": _once(
        lambda make: make.apprentice(mentor="Lena Hall"),
        lambda session, it: mentors.remove_named_mentor(session, it),
    ),
    "mentoring.follow_name": _once(
        lambda make: make.mentor(),
        lambda session, it: mentoring.follow_name(session, make_owner(session, it), "Sam Leigh"),
    ),
    "mentoring.forget_mentoring": _once(
        lambda make: make.mentor(),
        lambda session, it: mentoring.forget_mentoring(session, [make_owner(session, it)]),
    ),
    "network.remove_barrier": _once(
        lambda make: make.barrier(), lambda session, it: network.remove_barrier(session, it)
    ),
    "organisation.begin": _without_owner,
    "organisation.rename_team": _once(
        lambda make: make.event(),
        lambda session, it: organisation.rename_team(session, "Digital and ICT"),
    ),
    "organisation.pledge": _once(
        _pledged, lambda session, it: organisation.pledge(session, 2026, RoleFamily.DATA, 5)
    ),
    "organisation.remove_pledge": _once(
        _pledged,
        lambda session, it: organisation.remove_pledge(
            session, organisation.pledge_rows(session)[0].id
        ),
    ),
    "organisation.remove_total": _once(
        _totalled,
        lambda session, it: organisation.remove_total(
            session, organisation.characteristic_rows(session)[0].id
        ),
    ),
    "organisation.set_total": _once(
        lambda make: make.event(),
        lambda session, it: organisation.set_total(
            session, Characteristic.DISABILITY, "Yes", 4, None
        ),
    ),
    "contract_measures.agree_measure": _once(
        _measured,
        lambda session, it: contract_measures.agree_measure(
            session, it, Measure.WITHDRAWALS, contract_measures.AgreedDetails(10, "At most")
        ),
    ),
    "procurement_decisions.decide": _procured(
        lambda session, it: procurement_decisions.decide(
            session, it.id, replace(DECIDED, bidder_id=it.bidders[0]), None, TODAY
        )
    ),
    "procurement_decisions.take_decision_back": _procured(
        lambda session, it: procurement_decisions.take_decision_back(session, it.id),
        is_decided=True,
    ),
    "procurement_decisions.follow_up": _procured(
        lambda session, it: procurement_decisions.follow_up(
            session, it.id, TOLD, FollowUpDetails(), TODAY, resources.procurement_rules()
        ),
        is_decided=True,
    ),
    "procurement_decisions.make_contract": _procured(_make_contract, is_decided=True, is_told=True),
    "procurement_items.add_item": _procured(
        lambda session, it: [
            procurement_items.add_item(session, it.id, details)
            for details in (
                procurement_items.StepDetails(StepKind.SIGN_BY, TODAY),
                procurement_items.BidderDetails(None, "Delta"),
                procurement_items.BidPriceDetails(
                    it.bidders[1], "ST0116", Decimal("10000.00"), Decimal(0)
                ),
                procurement_items.ClarificationDetails(TODAY, None, "When?"),
                procurement_items.CriterionDetails("Support", Decimal(0)),
                procurement_items.EvaluatorDetails("Ana Cole"),
                procurement_items.AbstentionDetails(
                    it.evaluators[1], it.bidders[2], None, "A former job there"
                ),
            )
        ]
    ),
    "procurement_items.correct_item": _procured(
        lambda session, it: procurement_items.correct_item(
            session, it.evaluators[0], procurement_items.EvaluatorDetails("Grace Hill")
        )
    ),
    "procurement_items.remove_item": _procured(
        lambda session, it: procurement_items.remove_item(
            session, procurement_items.StepDetails, it.steps[0]
        )
    ),
    "procurement_scores.give_score": _procured(
        lambda session, it: procurement_scores.give_score(
            session,
            it.criteria[0],
            it.bidders[0],
            it.evaluators[0],
            ScoreDetails(Decimal("4.50"), "Better"),
            ScoreDetails(),
        ),
        has_scores=False,
    ),
    "procurement_scores.moderate": _procured(
        lambda session, it: procurement_scores.moderate(
            session,
            it.criteria[0],
            it.bidders[0],
            ModeratedDetails(Decimal(4), "Agreed", TODAY),
            ModeratedDetails(),
        ),
        has_scores=False,
    ),
    "procurements.plan_procurement": _once(
        lambda make: None,
        lambda session, it: procurements.plan_procurement(
            session, replace(PROCUREMENT, reference="EXB-NEW")
        ),
    ),
    "procurements.correct_procurement": _procured(
        lambda session, it: procurements.correct_procurement(
            session,
            it.id,
            replace(procurements.procurement_details(session, it.id), title="Other"),
        )
    ),
    "procurements.abandon": _procured(
        lambda session, it: procurements.abandon(
            session, it.id, procurements.AbandonDetails(TODAY, "No bids"), TODAY
        )
    ),
    "procurements.take_up_again": _once(
        _abandoned, lambda session, it: procurements.take_up_again(session, it)
    ),
    "procurements.remove_procurement": _procured(
        lambda session, it: procurements.remove_procurement(session, it.id), is_decided=True
    ),
    "provider_care.add_contact": _once(
        lambda make: make.provider(),
        lambda session, it: provider_care.add_contact(session, it, CONTACT),
    ),
    "provider_care.correct_contact": _once(
        _contact,
        lambda session, it: provider_care.correct_contact(
            session, it, replace(CONTACT, role="Director")
        ),
    ),
    "provider_care.remove_contact": _once(
        _contact, lambda session, it: provider_care.remove_contact(session, it)
    ),
    "provider_care.add_note": _once(
        lambda make: make.provider(),
        lambda session, it: provider_care.add_note(session, it, NOTED),
    ),
    "provider_care.correct_note": _once(
        _noted,
        lambda session, it: provider_care.correct_note(
            session, it[0], replace(NOTED, words="Reviews are held again")
        ),
    ),
    "provider_care.remove_note": _once(
        _noted, lambda session, it: provider_care.remove_note(session, it[0])
    ),
    "provider_care.add_action": _once(
        _noted,
        lambda session, it: provider_care.add_action(
            session,
            session.get_one(provider_care.ProviderNote, it[0]).provider_id,
            provider_care.ActionDetails("Meet", "Tess", None, it[0]),
        ),
    ),
    "provider_care.correct_action": _once(
        _noted,
        lambda session, it: provider_care.correct_action(
            session, it[1], provider_care.ActionDetails("Meet", "Tess")
        ),
    ),
    "provider_care.finish_action": _once(
        _noted, lambda session, it: provider_care.finish_action(session, it[1], TODAY, TODAY)
    ),
    "provider_care.reopen_action": _once(
        lambda make: _noted(make, is_done=True),
        lambda session, it: provider_care.reopen_action(session, it[1]),
    ),
    "provider_care.remove_action": _once(
        _noted, lambda session, it: provider_care.remove_action(session, it[1])
    ),
    "providers.add_provider": _once(
        lambda make: make.provider(),
        lambda session, it: providers.add_provider(
            session, providers.ProviderDetails("College", "10009999")
        ),
    ),
    "providers.correct_provider": _once(
        lambda make: make.provider(),
        lambda session, it: providers.correct_provider(
            session, it, providers.ProviderDetails("New name", None)
        ),
    ),
    "putting_off.put_off": _once(
        _waiting, lambda session, it: _put_off(session, "Waits for the provider – “soon”.")
    ),
    "putting_off.bring_back": _once(
        _waiting, lambda session, it: putting_off.bring_back(session, LINE.key)
    ),
    "putting_off.forget_lines": _once(
        _waiting, lambda session, it: putting_off.forget_lines(session, [LINE_ABOUT])
    ),
    "repeats.keep_repeat": _once(
        lambda make: (make.apprentice(), make.apprentice()),
        lambda session, it: repeats.keep_repeat(session, repeat_of(*it), TODAY, TODAY),
    ),
    "repeats.mark_answered": _once(
        _repeated,
        lambda session, it: repeats.mark_answered(session, it.id, TODAY, it.changed_in),
    ),
    "repeats.stop_repeat": _once(
        _repeated, lambda session, it: repeats.stop_repeat(session, it.id)
    ),
    "repeats.leave_repeats": _once(
        _repeated,
        lambda session, it: repeats.leave_repeats(session, [key for key, _ in it.details.people]),
    ),
    "confirming.begin_repeat": _once(
        _repeated,
        lambda session, it: confirming.begin_repeat(session, it.details, _thursday(it), TODAY),
    ),
    "confirming.confirm": _once(
        _repeated,
        lambda session, it: confirming.confirm(session, it.id, _thursday(it), TODAY, it.changed_in),
    ),
    "listings.take_listings": _taking_listings,
    "openings.open_up": _once(
        lambda make: make.event(),
        lambda session, it: openings.open_up(session, VISIT, random_source=random.Random(2)),
    ),
    "openings.correct_opening": _once(
        _opened,
        lambda session, it: openings.correct_opening(
            session, it, replace(VISIT, title="Control room, by night", standard_code="ST0118")
        ),
    ),
    "openings.close_opening": _once(
        _opened,
        lambda session, it: openings.close_opening(session, it, date(2026, 5, 4), is_taken=False),
    ),
    "openings.reopen_opening": _closed,
    "openings.remove_opening": _once(
        _opened, lambda session, it: openings.remove_opening(session, it)
    ),
    "returns_sent.send_return": _once(
        lambda make: make.event(),
        lambda session, it: returns_sent.send_return(
            session,
            period="2026-27 Q1",
            revision=1,
            format_version="1.0",
            prepared_at=datetime(2026, 7, 9, 8, 0, 0, 5, tzinfo=UTC),
            prepared_by="Tess Ter",
            fingerprint="0f" * 32,
            file_name="return.xlsx",
            content=bytes(range(256)),
            row_counts={"Apprentices": 24},
        ),
    ),
    "returns_sent.take_receipt": _received,
    "returns_sent.withdraw_return": _once(
        lambda make: make.sent("2026-27 Q3"),
        lambda session, it: returns_sent.withdraw_return(session, it),
    ),
    "outcomes.begin_case": lambda _make: lambda session: outcomes.begin_case(session, CASE),
    "outcomes.correct_case": _once(
        _case, lambda session, it: outcomes.correct_case(session, it, replace(CASE, mandate="HR"))
    ),
    "outcomes.remove_case": _once(_case, lambda session, it: outcomes.remove_case(session, it)),
    "outcomes.add_step": _once(
        _case,
        lambda session, it: outcomes.add_step(session, it, StepDetails("Ask"), date(2026, 5, 4)),
    ),
    "outcomes.correct_step": _once(
        _steps_of_a_case,
        lambda session, it: outcomes.correct_step(
            session, it, StepDetails("Ask again", date(2026, 5, 4)), date(2026, 5, 5)
        ),
    ),
    "outcomes.move_step": _once(
        _steps_of_a_case, lambda session, it: outcomes.move_step(session, it, -1)
    ),
    "outcomes.remove_step": _once(
        _steps_of_a_case, lambda session, it: outcomes.remove_step(session, it)
    ),
    "stories.plan_story": lambda _make: (
        lambda session: stories.plan_story(session, STORY, date(2026, 5, 4))
    ),
    "stories.correct_story": _once(
        _story,
        lambda session, it: stories.correct_story(
            session, it, replace(STORY, author="Sam"), date(2026, 5, 4)
        ),
    ),
    "stories.remove_story": _once(_story, lambda session, it: stories.remove_story(session, it)),
    "survey.answer_question": lambda _make: _answer,
    "survey.take_answer_back": _answered,
    "host_entries.fit_entries": _fitted,
    "leave.forget_leave": _once(
        _with_leave,
        lambda session, it: leave.forget_leave(session, [it]),
    ),
    "leave.plan_leave": _once(
        lambda make: make.apprentice(),
        lambda session, it: leave.plan_leave(session, it, _LEAVE),
    ),
    "leave.correct_leave": _once(
        lambda make: make.leave(),
        lambda session, it: leave.correct_leave(session, it, _LEAVE),
    ),
    "leave.cancel_leave": _once(
        lambda make: make.leave(),
        lambda session, it: leave.cancel_leave(session, it),
    ),
    "secondment_care.tell_provider": _once(
        lambda make: make.secondment(status=SecondmentStatus.AGREED),
        lambda session, it: secondment_care.tell_provider(session, it, DONE, TODAY),
    ),
    "secondment_care.revise_plan": _once(
        lambda make: make.secondment(status=SecondmentStatus.AGREED),
        lambda session, it: secondment_care.revise_plan(session, it, DONE, TODAY),
    ),
    "secondment_care.hold_check_in": _once(
        lambda make: make.secondment(status=SecondmentStatus.UNDER_WAY),
        lambda session, it: secondment_care.hold_check_in(session, it, DONE, TODAY),
    ),
    "secondment_care.record_afterwards": _once(
        lambda make: make.secondment(status=SecondmentStatus.COMPLETED),
        lambda session, it: secondment_care.record_afterwards(session, it, AfterDetails("Joins")),
    ),
    "secondment_care.take_care_back": _told,
    "secondment_moves.move_secondment": _once(
        lambda make: make.secondment(status=SecondmentStatus.REQUESTED),
        lambda session, it: secondment_moves.move_secondment(
            session, it, Move.APPROVE, MoveDetails(date(2026, 5, 4), "Tom Ash"), date(2026, 5, 5)
        ),
    ),
    "secondment_moves.take_move_back": _moved_back,
    "secondments.second": _second,
    "secondments.correct_secondment": _once(
        lambda make: make.secondment(),
        lambda session, it: secondments.correct_secondment(
            session,
            it,
            secondments.SecondmentDetails(
                kind=SecondmentKind.OFFER,
                weeks=8,
                status=SecondmentStatus.UNDER_WAY,
                started_on=date(2026, 6, 1),
            ),
        ),
    ),
    "secondments.remove_secondment": _once(
        lambda make: make.secondment(),
        lambda session, it: secondments.remove_secondment(session, it),
    ),
    "erasures.record_erasure": _once(
        lambda make: make.apprentice(),
        lambda session, it: erasures.record_erasure(
            session,
            erasures.ErasureDetails(
                RetentionKind.APPRENTICE,
                it,
                datetime(2026, 8, 1, 9, tzinfo=UTC),
                "Grace Hopper",
                Ground.RULE,
                "Agreed – “both”",
            ),
            {"apprentice": 1, "off_the_job_entry": 12},
        ),
    ),
    "erasures.keep_longer": _once(
        lambda make: make.apprentice(),
        lambda session, it: erasures.keep_longer(
            session,
            RetentionKind.APPRENTICE,
            it,
            HoldDetails(KeepReason.AUDIT, "Sample drawn", "Grace Hopper", date(2026, 12, 1)),
            TODAY,
        ),
    ),
    "erasures.keep_no_longer": _once(
        _kept_longer,
        lambda session, it: erasures.keep_no_longer(session, it),
    ),
    "erasures.count_anonymously": _once(
        lambda make: _apprentice_key(
            make,
            make.apprentice(contract_id=make.contract(), role_family=RoleFamily.DATA),
        ),
        lambda session, it: erasures.count_anonymously(session, it, TODAY, random.Random(1)),
    ),
    "standards.load_catalogue": _load_catalogue,
    "standard_versions.load_version": _once(
        _first_version,
        lambda session, it: standard_versions.load_version(
            session, replace(NEXT_VERSION, version="1.0"), TODAY
        ),
    ),
    "standard_versions.correct_version": _once(
        _first_version,
        lambda session, it: standard_versions.correct_version(session, it, NEXT_VERSION),
    ),
    "standard_versions.remove_version": _once(
        _first_version,
        lambda session, it: standard_versions.remove_version(session, it),
    ),
    "standard_uses.say_version": _once(
        lambda make: _follower(make, ""),
        lambda session, it: standard_uses.say_version(session, it, "1.0", "Network"),
    ),
    "standard_uses.move_versions": _once(
        lambda make: _follower(make, "0.9"),
        lambda session, it: standard_uses.move_versions(
            session,
            [standard_uses.VersionMove(it, date(2026, 8, 1), "1.0", "Network")],
            "The new version fits better",
        ),
    ),
    "standard_uses.answer": _once(
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
    "version_stays.stay": _once(
        lambda make: _follower(make, "0.9"),
        lambda session, it: version_stays.stay(
            session, [it], "1.0", TODAY, "Grace Hopper", "Ends soon – “why”"
        ),
    ),
    "version_stays.ask_again": _once(
        _stayer,
        lambda session, it: version_stays.ask_again(session, [it], "1.0"),
    ),
}
