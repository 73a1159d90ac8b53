"""Nothing about a person leaves the desk but what the return is meant to say, under a code.

A desk is filled so that every text in it is a word of its own that is found nowhere else; then
everything that leaves is searched for those words, byte by byte.
"""

from __future__ import annotations

import contextlib
import io
import itertools
import random
import sqlite3
import zipfile
from collections.abc import Callable, Collection, Iterator
from contextlib import closing
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from uuid import UUID

import openpyxl
import pytest
from openpyxl.comments import Comment
from sqlalchemy import Date, String

from apprentice_desk.commands import desks
from apprentice_desk.domain.checklist import Checklist
from apprentice_desk.domain.communications import StoryDetails
from apprentice_desk.domain.guides import GoesOn
from apprentice_desk.domain.identifiers import CODE_ALPHABET, check_code, check_uln, make_code
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
    evidence,
    guide_checklists,
    hours,
    leaving,
    listings,
    openings,
    organisation,
    outcomes,
    pay,
    payments,
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
from apprentice_desk.records.base import Base, Word
from apprentice_desk.records.desks import open_store
from apprentice_desk.records.keeping_documents import Subject
from apprentice_desk.records.putting_off import PutOffLine
from apprentice_desk.records.secondment_moves import move_secondment
from apprentice_desk.records.standard_versions import load_version
from apprentice_desk.records.store import Store
from apprentice_desk.returns import merge, receipts, schema
from apprentice_desk.ui.kit.opened_files import OpenedFiles
from commands.searching import Wanted, found, found_below, wanted
from procured import procured

PERIOD = "2026-27 Q1"

LEAVES = {
    "apprentice.code",
    "counted_apprenticeship.code",
    "counted_apprenticeship.standard_code",
    "apprenticeship.standard_code",
    "apprenticeship.standard_version",
    "apprenticeship.course_title",
    "barrier.what_helped",
    "barrier.what_stands_in_the_way",
    "characteristic_total.category",
    "contract.framework",
    "contract.reference",
    "contract.standard_codes",
    "network_event.name",
    "organisation.code",
    "organisation.name",
    "organisation.letters",
    "provider.name",
    "provider.ukprn",
    "secondment.area",
    "secondment.code",
    "secondment.home",
    "secondment.host",
    "secondment.ksbs",
    "secondment.standard_code",
    "standard.code",
    "standard.title",
    "standard.version",
}
"""The only texts of a desk that a return may carry."""

IN_PLACEMENTS = {
    "listing.area",
    "listing.host_name",
    "listing.how_to_apply",
    "listing.ksbs",
    "listing.title",
    "listing.wanted",
    "opening.about",
    "opening.area",
    "opening.how_to_apply",
    "opening.ksbs",
    "opening.title",
    "secondment.host_name",
    "secondment.wanted",
}
"""The texts that a placements file may carry besides: of what is asked for and offered."""

CODES = {
    "listing.borough", "listing.code", "listing.host", "listing.standard_code", "opening.code",
    "opening.standard_code",
}  # fmt: skip
"""No desk would read a file in which these are not what they should be."""

BOOKKEEPING = {
    "change_log", "change_row", "course_code", "return_sent", "return_file", "return_receipt",
    "expected_borough",
}  # fmt: skip
"""Tables that nobody's row is in; what the change log keeps of a person is looked for anyway."""

LEFT_ALONE = {
    "apprenticeship.leaving_reason",  # four characters are too few to look for: see its own test
    "off_the_job_entry.began_at",  # a time of day is in every workbook
    "hours_repeat.began_at",  # the same
    "review.began_at",  # the same
    "procurement_step.due_at",  # the same
    "network_event.began_at",  # the same
}

Call = Callable[..., object]


def _ulns(above: int) -> Iterator[str]:
    for number in itertools.count(above):
        with contextlib.suppress(ValueError):
            yield check_uln(str(number))


ULNS = list(itertools.islice(_ulns(6_100_000_000), 10))


@pytest.fixture
def desk(desk_file: Path, maker: type) -> Path:
    """A closed desk with something in every table that is about people."""
    store = open_store(desk_file, person="Qzperson")
    try:
        _fill(store, maker(store))
    finally:
        store.close()
    return desk_file


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


def _fill(store: Store, make) -> None:
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
            procurement_items.AbstentionDetails(
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


def words_into(desk: Path, leaves: Collection[str] = LEAVES) -> Wanted:
    """Put a word of its own into every text that may not leave, and a day into every birthday."""
    chance = random.Random(str(desk))
    texts: dict[str, str] = {}
    days: list[date] = []
    with closing(sqlite3.connect(desk)) as connection:
        for table in Base.metadata.sorted_tables:
            keys = connection.execute(f"SELECT rowid FROM {table.name}").fetchall()
            for column in table.columns:
                name = f"{table.name}.{column.name}"
                is_text = isinstance(column.type, String) and not isinstance(column.type, Word)
                is_birthday = isinstance(column.type, Date) and "born" in column.name
                if table.name in BOOKKEEPING or name in {*leaves, *LEFT_ALONE}:
                    continue
                if not (is_text or is_birthday):
                    continue
                assert keys, f"nothing of {name} to look for: put a row into {table.name}"
                for (key,) in keys:
                    if is_birthday:
                        days.append(date(1960 + len(days), 10, 13 + len(days)))
                        value = days[-1].isoformat()
                    else:
                        value = _word(name, column.type.length, chance)
                        texts[value] = name
                    connection.execute(
                        f"UPDATE {table.name} SET {column.name} = ? WHERE rowid = ?", (value, key)
                    )
        connection.commit()
    assert len(days) == 5
    assert len(texts) > 70
    before = {f"qz{word}{turn}": "a name of before" for word in ("given", "family")
              for turn in range(4)}  # fmt: skip
    before |= {f"qzcontent{turn}": "the bytes of evidence" for turn in range(4)}
    before |= dict.fromkeys(ULNS[:4], "a ULN of before")
    born = [date(1989, 2, 3 + turn) for turn in range(4)]
    return wanted(texts | before | {"qzperson": "who made the changes"}, [*days, *born])


def _word(name: str, longest: int | None, chance: random.Random) -> str:
    if name == "apprentice.uln":
        return str(chance.randrange(1_000_000_000, 9_000_000_000))
    length = min(longest or 16, 16)
    return "Q" + "".join(chance.choice(CODE_ALPHABET) for _ in range(length - 1))


def everything_that_leaves(desk: Path, call: Call, folder: Path) -> None:
    """Do whatever makes files and output of the desk's that others see, all into *folder*."""
    folder.mkdir()

    def keep(name: str, *words: object) -> None:
        outcome = call(*words)
        assert outcome.status in (0, 1), outcome
        (folder / f"{name}.txt").write_text(outcome.out + outcome.err, encoding="utf-8")

    returns = folder / "returns"
    returns.mkdir()
    for period in ("2025-26 Q4", PERIOD):
        for turn in ("first", "second"):
            file = returns / f"{period} {turn}.xlsx"
            out = ("return", desk, "--period", period, "--to", file, "--send-anyway")
            keep(f"return {period} {turn}", *out, *(["--json"] if turn == "first" else []))
            assert file.exists()
    files = sorted(returns.iterdir())
    keep("check", "check", *files, "--json")
    keep("check in words", "check", *files)
    keep("merge", "merge", returns, "--to", folder / "merged.xlsx", "--json")
    keep("merge in words", "merge", returns, "--to", folder / "merged again.xlsx")
    (folder / "receipts").mkdir()
    for receipt in receipts.make(merge.merge([returns], schema=schema.load())):
        receipts.write(receipt, folder / "receipts" / f"{receipt.borough_name}.json")


def test_nothing_of_a_person_is_in_a_placements_file(
    desk: Path, call: Call, tmp_path: Path
) -> None:
    what = words_into(desk, LEAVES | IN_PLACEMENTS | CODES)
    folder = tmp_path / "left"
    folder.mkdir()
    own, every, merged = (folder / f"{name}.placements" for name in ("own", "every", "merged"))
    for words in (
        ("export", desk, "--to", own),
        ("export", desk, "--to", every, "--with-others"),
        ("merge", every, "--desk", desk, "--to", merged),
    ):
        outcome = call("placements", *words)
        assert outcome.status == (2 if words[0] == "merge" else 0), outcome
        (folder / f"{len(words)}.txt").write_text(outcome.out + outcome.err, encoding="utf-8")
    assert found_below(folder, what) == []
    assert b"Qzwanted" in own.read_bytes()
    assert b"Qzoffered" in every.read_bytes()
    assert found("the desk", desk.read_bytes(), what)


def test_nothing_of_a_person_is_in_any_byte_that_leaves(
    desk: Path, call: Call, tmp_path: Path
) -> None:
    what = words_into(desk)
    filled = desk.read_bytes()
    folder = tmp_path / "left"
    everything_that_leaves(desk, call, folder)
    assert found_below(folder, what) == []

    # There was something to find: the desk itself holds every word, and findings of every level
    # were among what was searched.
    inside = " ".join(found("the desk", filled, what))
    words = [text for text, meaning in what.texts.items() if "." in meaning]
    assert len(words) > 60
    assert [text for text in words if text not in inside] == []
    assert list((folder / "receipts").iterdir())
    said = (folder / "check.txt").read_text(encoding="utf-8")
    for level in ('"row"', '"note"'):
        assert level in said
    merged = openpyxl.load_workbook(folder / "merged.xlsx", read_only=True)
    for name in ("Apprentices", "Contracts", "Secondments", "Network", "Barriers", "Findings"):
        assert merged[name].max_row > 1, name
    merged.close()


def test_a_file_of_evidence_that_was_opened_leaves_nothing_beside_the_desk(
    desk: Path, tmp_path: Path
) -> None:
    what = wanted({f"qzcontent{turn}": "the bytes of evidence" for turn in range(4)}, [])
    assert found(desk.name, desk.read_bytes(), what), "there is something to find"
    folder = tmp_path / "cache"
    opened = OpenedFiles(folder / "opened")
    store = open_store(desk, person="Qzperson")
    try:
        (entry, *_) = store.read(hours.hours_rows)
        (row,) = store.read(evidence.evidence_rows, [entry.id])
        opened.put(row.file_name, store.read(evidence.evidence_content, row.id))
    finally:
        store.close()
    assert found_below(folder, what), "while it is open the copy is there"
    opened.close()
    assert found_below(folder, what) == []


def test_the_reason_for_leaving_leaves_as_a_group_only(
    store: Store, make, call: Call, tmp_path: Path
) -> None:
    assert make.apprentice(
        ended_on=date(2026, 5, 1), outcome=apprentices.Outcome.WITHDRAWN, leaving_reason="ZQ#7"
    )
    store.close()
    file = tmp_path / "out" / "a.xlsx"
    file.parent.mkdir()
    call("return", store.location, "--period", PERIOD, "--to", file, "--send-anyway")
    sheet = openpyxl.load_workbook(file)["Apprentices"]
    headings = [cell.value for cell in sheet[1]]
    assert sheet.cell(2, headings.index("Reason for leaving") + 1).value == "not known"
    assert found_below(file.parent, wanted({"zq#7": "the reason"}, [])) == []


def test_what_the_borough_keeps_to_itself_stays_there(
    store: Store, make, call: Call, tmp_path: Path
) -> None:
    make.apprentice()
    make.barrier(what_stands_in_the_way="Qzkept", what_helped="Qzalso", may_be_seen_by_loti=False)
    make.barrier(what_stands_in_the_way="Qzshown", may_be_seen_by_loti=True)
    make.secondment(ksbs="Qzdraft", status=SecondmentStatus.DRAFT)
    make.secondment(ksbs="Qzoffer", status=SecondmentStatus.REQUESTED)
    store.close()
    folder = tmp_path / "left"
    everything_that_leaves(Path(store.location), call, folder)
    kept = wanted(dict.fromkeys(("Qzkept", "Qzalso", "Qzdraft"), "kept"), [])
    assert found_below(folder, kept) == []
    for shown in ("Qzshown", "Qzoffer"):
        assert found_below(folder / "returns", wanted({shown: "shown"}, [])), shown


def test_names_that_a_borough_added_by_hand_get_into_no_merge(
    store: Store, make, call: Call, tmp_path: Path
) -> None:
    """A further column, a sheet, a comment or a property of its own goes no further than LOTI."""
    make.standard()
    make.apprentice()
    store.close()
    file = tmp_path / "a.xlsx"
    assert call("return", store.location, "--period", PERIOD, "--to", file).status == 0
    book = openpyxl.load_workbook(file)
    sheet = book["Apprentices"]
    sheet.cell(1, sheet.max_column + 1, "Name")
    sheet.cell(2, sheet.max_column, "Qzextra column")
    book.create_sheet("Names").append(["Name", "Qzextra sheet"])
    sheet["A2"].comment = Comment("Qzextra comment", "Qzextra author")
    book.properties.creator = "Qzextra property"
    book.save(file)
    folder = tmp_path / "merged"
    folder.mkdir()
    outcome = call("merge", file, "--to", folder / "merged.xlsx", "--json")
    (folder / "merge.json").write_text(outcome.out, encoding="utf-8")
    assert '"R015"' in outcome.out
    assert '"R016"' in outcome.out
    what = wanted({"Qzextra": "added by hand"}, [])
    assert found(file.name, file.read_bytes(), what)
    for path in (folder / "merged.xlsx", folder / "merge.json"):
        assert found(path.name, path.read_bytes(), what) == []


# --- the search itself --------------------------------------------------------------------------

WORD, BORN = "Lovelace", date(1987, 12, 10)


def workbook(change: Callable[[openpyxl.Workbook], None]) -> bytes:
    book = openpyxl.Workbook()
    book.active.append(["nothing", 31])
    change(book)
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def zipped(name: str, content: bytes, comment: bytes = b"") -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr(name, content)
        packed.comment = comment
    return stream.getvalue()


def _into(attribute: str, value: object) -> Callable[[openpyxl.Workbook], None]:
    return lambda book: setattr(book.properties, attribute, value)


def _cell(value: object) -> Callable[[openpyxl.Workbook], None]:
    return lambda book: book.active.append([value])


def _note(book: openpyxl.Workbook) -> None:
    book.active["A1"].comment = Comment("ask LOVELACE", "somebody")


HIDDEN = {
    "a cell": workbook(_cell("Ada Lovelace")),
    "document properties": workbook(_into("creator", "lovelace")),
    "a comment": workbook(_note),
    "a sheet's name": workbook(lambda book: book.create_sheet("Lovelace")),
    "a day": workbook(_cell(BORN)),
    "a day as text": workbook(_cell("10/12/1987")),
    "a day in words": b"born on 10 December 1987",
    "an ISO day": b'{"born": "1987-12-10"}',
    "a number": workbook(_cell(6_100_000_017)),
    "a number as text": workbook(_cell("6100000017")),
    "a zip in a zip": zipped("outer", zipped("inner", b"Lovelace")),
    "a part's name": zipped("Lovelace.xml", b""),
    "a zip's comment": zipped("a", b"", b"Lovelace"),
    "UTF-16, little end first": "xLovelace".encode("utf-16-le"),
    "UTF-16, big end first": b"x" + "Lovelace".encode("utf-16-be"),
    "escapes of JSON": rb'{"name": "Lov\u0065lace"}',
    "escapes of XML": b"<a>Lov&#101;lace</a>",
}


@pytest.mark.parametrize("place", sorted(HIDDEN))
def test_the_search_finds_what_is_hidden(place: str) -> None:
    what = wanted({WORD: "a name", "6100000017": "a ULN"}, [BORN])
    assert found(place, HIDDEN[place], what)


def test_the_search_finds_nothing_where_nothing_is() -> None:
    what = wanted({WORD: "a name", "6100000017": "a ULN"}, [BORN])
    assert found("a workbook", workbook(_cell(date(1987, 12, 11))), what) == []


# --- codes --------------------------------------------------------------------------------------


def codes(location: Path | str) -> dict[str, str]:
    """Return the code of each apprentice of a closed desk, by name."""
    with closing(sqlite3.connect(location)) as connection:
        rows = connection.execute("SELECT given_names || ' ' || family_name, code FROM apprentice")
        return dict(rows.fetchall())


def returned(location: Path, period: str, file: Path, call: Call) -> list[str]:
    """Return the codes of a return, in the order of its rows."""
    assert call("return", location, "--period", period, "--to", file).status == 0
    sheet = openpyxl.load_workbook(file)["Apprentices"]
    return [row[0] for row in sheet.iter_rows(min_row=2, values_only=True)]


def people(store: Store, make, names: str = "ABCDEF") -> None:
    for at, name in enumerate(names):
        make.apprentice(
            given_names=name, family_name="Sample", uln=ULNS[at],
            born_on=date(2000, 1, 1 + at),
        )  # fmt: skip


def test_codes_stay_over_quarters_and_over_changes_of_the_person(
    store: Store, make, call: Call, tmp_path: Path
) -> None:
    make.standard()
    people(store, make)
    store.close()
    path = Path(store.location)
    before = returned(path, "2025-26 Q4", tmp_path / "a.xlsx", call)
    assert len(set(before)) == 6
    for code in before:
        assert check_code(code) == code
        assert code.startswith("XMP-")
    with closing(sqlite3.connect(path)) as connection:
        connection.execute(
            "UPDATE apprentice SET family_name = 'Other', uln = NULL, born_on = NULL"
        )
        connection.commit()
    assert sorted(returned(path, PERIOD, tmp_path / "b.xlsx", call)) == sorted(before)


def test_the_same_people_in_a_desk_made_again_have_other_codes(tmp_path: Path, maker: type) -> None:
    """Whoever has the lists of people, the program and an older return still has no code."""
    made = []
    for turn in range(2):
        path = tmp_path / str(turn) / "exampleton.desk"
        path.parent.mkdir()
        store = desks.make_desk(path, desks.find_borough("Exampleton"), "Digital")
        people(store, maker(store))
        store.close()
        made.append(codes(path))
    assert made[0].keys() == made[1].keys()
    assert not set(made[0].values()) & set(made[1].values())


def test_a_code_comes_from_chance_alone(tmp_path: Path) -> None:
    """With the same chance other people get the same codes; without one it is the system's."""
    made = []
    for turn, name in enumerate(("Ada", "Grace")):
        path = tmp_path / str(turn) / "exampleton.desk"
        path.parent.mkdir()
        store = desks.make_desk(path, desks.find_borough("Exampleton"), "Digital")
        chance = random.Random(7)
        with store.change("Enrol") as session:
            for at in range(3):
                apprentices.enrol(
                    session,
                    apprentices.ApprenticeDetails(
                        given_names=f"{name}{at}",
                        family_name=name,
                        uln=ULNS[3 * turn + at],
                        born_on=date(1990 + turn, 1, 1 + at),
                        email=f"{name}{at}@example.org",
                        standard_code="ST0116",
                    ),
                    random_source=chance,
                )
        store.close()
        made.append(list(codes(path).values()))
    assert made[0] == made[1]


def test_the_order_of_rows_does_not_follow_names_or_keys(
    store: Store, make, call: Call, tmp_path: Path
) -> None:
    """Otherwise the tenth row of a list of names would be the tenth code."""
    make.standard()
    people(store, make, "FACEBD")
    store.close()
    path = Path(store.location)
    rows = returned(path, PERIOD, tmp_path / "a.xlsx", call)
    assert rows == sorted(codes(path).values())
