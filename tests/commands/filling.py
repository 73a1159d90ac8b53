"""A desk with something in every table that is about people, each text a word of its own."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal
from uuid import UUID

from apprentice_desk.domain.checklist import Checklist
from apprentice_desk.domain.communications import StoryDetails
from apprentice_desk.domain.guides import GoesOn
from apprentice_desk.domain.identifiers import make_code
from apprentice_desk.domain.leaving import FileFacts, GivenTo, Going, LeftKind
from apprentice_desk.domain.outcomes import CaseDetails, StepDetails
from apprentice_desk.domain.placements import Placement, word_of
from apprentice_desk.domain.proposals import Repeat
from apprentice_desk.domain.retention import Ground, HoldDetails, KeepReason, RetentionKind
from apprentice_desk.domain.review_meetings import ActionDetails, HeldDetails, Meeting, Part
from apprentice_desk.domain.review_roles import ReviewRole
from apprentice_desk.domain.secondment_moves import Move, MoveDetails
from apprentice_desk.domain.standards import Duty, Ksb, Option, VersionDetails
from apprentice_desk.domain.vocabulary import (
    Characteristic,
    ListingKind,
    ListingState,
    Measure,
    OpeningKind,
    PaymentKind,
    ProviderNoteKind,
    SecondmentKind,
    SecondmentStatus,
    SubjectKind,
)
from apprentice_desk.domain.wages import PayPer
from apprentice_desk.records import (
    apprentices,
    checklists,
    contract_measures,
    contract_prices,
    erasures,
    event_attendance,
    guide_checklists,
    hours,
    leaving,
    listings,
    openings,
    organisation,
    outcomes,
    pay,
    payments,
    procurement_details,
    procurement_items,
    procurements,
    programme_changes,
    provider_care,
    repeats,
    review_meetings,
    stories,
    survey,
    version_stays,
    weeks,
)
from apprentice_desk.records.keeping_documents import Subject
from apprentice_desk.records.putting_off import PutOffLine
from apprentice_desk.records.secondment_moves import move_secondment
from apprentice_desk.records.standard_versions import load_version
from apprentice_desk.records.store import Store
from commands.ulns import ULNS
from procured import procured

VERSION = VersionDetails(
    standard_code="ST0997",
    version="7.3",
    title="Qzstandard",
    status="Qzstatus",
    qualifications="Qzqualification",
    source="Qzsource",
    options=(Option(1, "Qzoption"),),
    ksbs=(Ksb("K7", "Qzknowledge", frozenset({1})),),
    duties=(Duty(1, "Qzduty", True, ("K7",)),),
)


def fill(store: Store, make) -> None:
    """Put something into every table that is about people."""
    make.standard()
    contract_id = make.contract()
    make.contract_file(contract_id)
    make.document(
        Subject(SubjectKind.CONTRACT, contract_id), b"%PDF- Qzissued",
        clauses={"qz-clause": 1}, ticks={"qz-tick": True}, field_values={"officer_name": "Qzwho"},
    )  # fmt: skip
    make.wording(
        "clauses/qz-clause.1.md", "Qzwording", written_by="Qzauthor", source="Qzpack",
        approved_by="Qzapprover",
    )  # fmt: skip
    make.extension(contract_id, date(2029, 3, 31))
    make.expiry(contract_id, note="Qzinsurer")
    for turn, changes in enumerate(
        (
            {},
            {"training_planned_end_on": None},  # what makes a finding that refuses the row
            {"agreed_price": 20_000, "funding_band_maximum": 15_000},  # a note
            {"standard_code": None, "course_title": "Rigging of networks"},
        )
    ):
        apprenticeship_id = make.apprentice(
            given_names=f"Qzgiven{turn}",
            family_name=f"Qzfamily{turn}",
            uln=ULNS[turn],
            born_on=date(1989, 2, 3 + turn),
            contract_id=contract_id,
            **changes,
        )
        entry_id = make.hours(apprenticeship_id, done_on=date(2026, 5, 4))
        make.evidence(entry_id, f"notes {turn}.txt", f"Qzcontent{turn}".encode())
        _keep_the_book(store, apprenticeship_id, entry_id)
        _review(store, apprenticeship_id)
        make.activity(apprenticeship_id)
        make.leave(apprenticeship_id)
        _keep_the_course(store, apprenticeship_id)
        make.said(apprenticeship_id, said_on=date(2026, 5, 4), by="Qzmanager", note="Begun")
        with store.change("Pay") as session:
            payments.pay(
                session, contract_id, date(2026, 5, 1), Decimal("1250.00"), apprenticeship_id,
                PaymentKind.TRAINING, "Qzinvoice",
            )  # fmt: skip
        with store.change("Break") as session:
            session.add(
                apprentices.Break(
                    apprenticeship_id=apprenticeship_id,
                    first_on=date(2026, 1, 5),
                    last_on=date(2026, 1, 9),
                )
            )
        secondment_id = make.secondment(
            make_code("XMP", f"0000002{turn}"),
            kind=SecondmentKind.REQUEST,
            apprenticeship_id=apprenticeship_id,
            status=SecondmentStatus.REQUESTED,
        )
        with store.change("Approve") as session:
            moved = MoveDetails(date(2026, 5, 4), "Qzmover", "Qzwhy")
            move_secondment(session, secondment_id, Move.APPROVE, moved, date(2026, 6, 1))
    with store.change("Agree a price") as session:
        contract_prices.agree_price(
            session,
            contract_id,
            contract_prices.PriceDetails("ST0116", Decimal("15000.00"), Decimal("2000.00")),
        )
    with store.change("Load a version") as session:
        load_version(session, VERSION, date(2026, 6, 1))
    _look_after_a_provider(store, make, contract_id)
    _procure(make)
    make.levy_balance(note="Qzaccount")
    make.levy_income()
    _tell_of_the_programme(store, apprenticeship_id)
    _meet(store, make, apprenticeship_id)
    make.barrier(may_be_seen_by_loti=True)
    _place_elsewhere(store, make)
    make.mapping()
    make.template()
    make.offer()
    with store.change("Put off") as session:
        session.add(
            PutOffLine(
                need_key="hours",
                put_off_on=date(2026, 6, 1),
                until_on=date(2026, 6, 8),
                reason="On leave",
                urgency=1,
                weight=1,
            )
        )
    with store.change("Keep and erase") as session:
        held = HoldDetails(KeepReason.AUDIT, "Qzreason", "Qzdecider")
        erasures.keep_longer(session, RetentionKind.BARRIER, UUID(int=7), held, date(2026, 6, 1))
        erased = erasures.ErasureDetails(
            RetentionKind.BARRIER, UUID(int=8), datetime(2026, 6, 1, tzinfo=UTC), "Qzeraser",
            Ground.RULE, "Qznote",
        )  # fmt: skip
        erasures.record_erasure(session, erased, {"barrier": 1})
        erasures.count_anonymously(
            session,
            apprentices.record_of(session, apprenticeship_id).apprentice_id,
            date(2026, 6, 1),
        )
    with store.change("Totals") as session:
        organisation.set_total(session, Characteristic.SEX, "female", 12, 7)
    with store.change("Note what left") as session:
        left_id = leaving.record_left(
            session, Going.of(LeftKind.RECORD, [apprenticeship_id]),
            FileFacts("Qzrecord.pdf", 1, "0" * 64), datetime(2026, 6, 1, 9, tzinfo=UTC), "Qzclerk",
        )  # fmt: skip
        leaving.say_who_gets(session, left_id, GivenTo("Qzauditor", "Qzpurpose", "Qznoted"))


def _tell_of_the_programme(store: Store, apprenticeship_id: UUID) -> None:
    """A story with consent, an answer to LOTI, and a case with a plan."""
    today = date(2026, 6, 1)
    with store.change("Programme") as session:
        stories.plan_story(
            session,
            StoryDetails(
                "Qzstory", "Qzchannel", "Qzaudience", "Qzauthor", today, None, "", "Qznote",
                apprenticeship_id, True, today, "Qzconsent",
            ),
            today,
        )  # fmt: skip
        answer = survey.AnswerDetails("qzquestion", "Qzasked", "Qzanswer")
        survey.answer_question(session, "2026-27 Q1", answer, today)
        said = {name: f"Qz{name}" for name in CaseDetails.__match_args__}
        case_id = outcomes.begin_case(session, CaseDetails(**said))
        outcomes.add_step(session, case_id, StepDetails("Qzstep"), today)


def _meet(store: Store, make, apprenticeship_id: UUID) -> None:
    """Come to an event, with a mentor."""
    event_id = make.event(
        held_on=date(2026, 5, 6), place="Qzplace", host="Qzhost", partner="Qzpartner", what="Qzwhat"
    )
    with store.change("Say who came") as session:
        event_attendance.record_attendance(
            session, event_id, [apprenticeship_id], 0, date(2026, 6, 1)
        )
    make.mentor(
        apprenticeship_id,
        name="Qzmentor",
        organisation="Qzorganisation",
        contact="Qzcontact",
        note="Qznote",
    )


def _place_elsewhere(store: Store, make) -> None:
    """Ask for a place and open one, and know of somebody else's."""
    make.secondment(
        make_code("XMP", "00000001"),
        kind=SecondmentKind.REQUEST,
        apprenticeship_id=make.apprentice(given_names="Qzgiven4", family_name="Qzfamily4"),
        host=None,
        standard_code="ST0116",
        status=SecondmentStatus.APPROVED,
        wanted="Qzwanted",
    )
    at = datetime(2026, 6, 1, tzinfo=UTC)
    line = Placement(
        make_code("CMD", "00000001"), ListingKind.OFFER, ListingState.OPEN, "E09000007", at,
        "Qztitle", "Qzoffered", None, "ST0116", "K1", "E09000007", "Qzhost", area="Qzarea",
        how_to_apply="Qzapply",
    )  # fmt: skip
    with store.change("Places") as session:
        openings.open_up(
            session,
            openings.OpeningDetails(
                OpeningKind.VISIT, "Qzopening", "Qzabout", None, "ST0116", "K1", None, "Qzarea",
                how_to_apply="Qzapply",
            ),
        )  # fmt: skip
        listings.take_listings(
            session, [word_of("E09000007", at, [line])], "E09999999", "Qzfrom", date(2026, 6, 2)
        )


def _look_after_a_provider(store: Store, make, contract_id: UUID) -> None:
    """Agree a measure, and know, note and want something of a provider."""
    provider_id = make.provider()
    with store.change("Look after a provider") as session:
        contract_measures.agree_measure(
            session,
            contract_id,
            Measure.REVIEWS_ON_TIME,
            contract_measures.AgreedDetails(90, "Qza"),
        )
        contact = provider_care.ContactDetails(
            "Qzcontact", "Qzrole", "qz@qz.example", "Qztelephone"
        )
        provider_care.add_contact(session, provider_id, contact)
        note = provider_care.NoteDetails(
            ProviderNoteKind.CONCERN, date(2026, 6, 1), "Qzwords", "Qzpaper"
        )
        note_id = provider_care.add_note(session, provider_id, note)
        action = provider_care.ActionDetails("Qzwhat", "Qzwho", date(2026, 7, 1), note_id)
        provider_care.add_action(session, provider_id, action)


def _procure(make) -> None:
    """Decide a procurement, and give another one up."""
    procured(make, is_decided=True, is_told=True)
    made = procured(make)
    with make.store.change("Leave out") as session:
        procurement_items.add_item(
            session,
            made.id,
            procurement_details.AbstentionDetails(
                made.evaluators[1], made.bidders[2], None, "Qzreason"
            ),
        )
    with make.store.change("Give one up") as session:
        key = procurements.plan_procurement(
            session, procurements.ProcurementDetails("EXB-P-8", "Qztitle")
        )
        procurements.abandon(
            session,
            key,
            procurements.AbandonDetails(date(2026, 6, 1), "Qzreason"),
            date(2026, 6, 1),
        )


def _review(store: Store, apprenticeship_id: UUID) -> None:
    """Hold a review that an action came of."""
    meeting = Meeting(date(2026, 6, 1), "09:30", "Qzroom", (Part(ReviewRole.HOST, "Qzhost"),))
    held = HeldDetails(
        date(2026, 6, 2), "Qzsaid", "Qzconcern", "Qznew", (Part(ReviewRole.HOST, "Qzhost", True),)
    )
    agreed = ActionDetails("Qzaction", "Qzowner", date(2026, 7, 1), "Qznote")
    with store.change("Review") as session:
        key = review_meetings.plan_review(session, apprenticeship_id, meeting)
        review_meetings.prepare_review(session, key, "Qzquestion")
        review_meetings.hold(
            session, key, held, review_meetings.Outcome((agreed,)), date(2026, 6, 2)
        )


def _keep_the_book(store: Store, apprenticeship_id: UUID, entry_id: UUID) -> None:
    """Verify the entry, finish its week, and remember a session that comes again."""
    at = datetime(2026, 5, 8, 15, tzinfo=UTC)
    with store.change("Keep the book") as session:
        hours.verify(session, [entry_id], "Qzmanager", at)
        weeks.finish_week(session, [apprenticeship_id], date(2026, 5, 4), "Qzmanager", at)
        thursdays = Repeat(frozenset({3}), date(2026, 5, 7))
        details = repeats.RepeatDetails(thursdays, ((apprenticeship_id, 90),))
        repeats.keep_repeat(session, details, date(2026, 5, 8))


def _keep_the_course(store: Store, apprenticeship_id: UUID) -> None:
    """Tick something off, record pay, and another version of the standard."""
    with store.change("Keep the course") as session:
        checklists.tick(
            session, apprenticeship_id, Checklist.START, ["offered"], date(2025, 8, 1), "Qzmanager"
        )
        checklist_id = guide_checklists.put_on(
            session, "reviews", GoesOn.APPRENTICE, apprenticeship_id, date(2026, 3, 1), "Qzputter"
        )
        guide_checklists.set_aside(session, checklist_id, ["review-day"], "Qzreason", "Qzticker")
        pay.set_pay(session, apprenticeship_id, date(2025, 9, 1), Decimal("12.50"), PayPer.HOUR)
        session.add(
            programme_changes.ProgrammeChange(
                apprenticeship_id=apprenticeship_id,
                changed_on=date(2026, 3, 1),
                kind=programme_changes.ChangeKind.STANDARD,
            )
        )
        session.add(
            version_stays.VersionStay(
                apprenticeship_id=apprenticeship_id,
                standard_code="ST0116",
                version="1.1",
                said_on=date(2026, 3, 1),
            )
        )
