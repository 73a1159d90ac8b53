"""How each command about returns, cases, the desk itself and remembered lists is tried.

By the name of each, what prepares it and returns the act itself.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from apprentice_desk.domain.communications import StoryDetails
from apprentice_desk.domain.findings import Finding, Level
from apprentice_desk.domain.leaving import FileFacts, GivenTo, Going, LeftKind
from apprentice_desk.domain.outcomes import CaseDetails, StepDetails
from apprentice_desk.domain.vocabulary import Characteristic, ReceiptState, RoleFamily
from apprentice_desk.records import (
    apprentices,
    import_memory,
    leaving,
    organisation,
    outcomes,
    returns_sent,
    stories,
    survey,
)
from records.acting import Act, Preparing, once


def _without_owner(make: Any) -> Act:
    make.event()
    with make.store.change("Take the owner away") as session:
        session.delete(session.scalars(select(organisation.Organisation)).one())
    return lambda session: organisation.begin(
        session, code="E09999998", name="Sampleham", letters="XMQ", team="ICT", is_sample=True
    )


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


LEFT_AT = datetime(2026, 5, 4, 9, 14, tzinfo=UTC)
LEFT_FILE = FileFacts("Record of Ada King.pdf", 1_234, "0a" * 32)


def _left(make: Any) -> tuple[UUID, UUID]:
    """A file that left with one person in it: the line's key, and the person's."""
    apprenticeship_id = make.apprentice()
    apprentice_id = make.store.read(apprentices.held, apprenticeship_id).apprentice_id
    with make.store.change("Save") as session:
        going = Going.of(LeftKind.RECORD, [apprenticeship_id])
        return leaving.record_left(session, going, LEFT_FILE, LEFT_AT, "bo"), apprentice_id


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


ACTS: dict[str, Preparing] = {
    "import_memory.remember_mapping": once(
        lambda make: make.mapping(),
        lambda session, it: import_memory.remember_mapping(
            session,
            import_memory.MappingDetails("Diary", "hours", "0f" * 16, (("Day", "done_on"),)),
            date(2026, 8, 4),
        ),
    ),
    "import_memory.rename_mapping": once(
        lambda make: make.mapping(),
        lambda session, it: import_memory.rename_mapping(session, it, "Diary"),
    ),
    "import_memory.forget_mapping": once(
        lambda make: make.mapping(),
        lambda session, it: import_memory.forget_mapping(session, it),
    ),
    "import_memory.remember_course": once(
        lambda make: make.mapping(),
        lambda session, it: import_memory.remember_course(session, "58", "ST0118"),
    ),
    "leaving.record_left": once(
        lambda make: make.apprentice(),
        lambda session, it: leaving.record_left(
            session, Going.of(LeftKind.LIST, [it]), LEFT_FILE, LEFT_AT, "bo"
        ),
    ),
    "leaving.say_who_gets": once(
        _left, lambda session, it: leaving.say_who_gets(session, it[0], GivenTo("LOTI", "Asked"))
    ),
    "organisation.begin": _without_owner,
    "organisation.rename_team": once(
        lambda make: make.event(),
        lambda session, it: organisation.rename_team(session, "Digital and ICT"),
    ),
    "organisation.pledge": once(
        _pledged, lambda session, it: organisation.pledge(session, 2026, RoleFamily.DATA, 5)
    ),
    "organisation.remove_pledge": once(
        _pledged,
        lambda session, it: organisation.remove_pledge(
            session, organisation.pledge_rows(session)[0].id
        ),
    ),
    "organisation.remove_total": once(
        _totalled,
        lambda session, it: organisation.remove_total(
            session, organisation.characteristic_rows(session)[0].id
        ),
    ),
    "organisation.set_total": once(
        lambda make: make.event(),
        lambda session, it: organisation.set_total(
            session, Characteristic.DISABILITY, "Yes", 4, None
        ),
    ),
    "returns_sent.send_return": once(
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
    "returns_sent.withdraw_return": once(
        lambda make: make.sent("2026-27 Q3"),
        lambda session, it: returns_sent.withdraw_return(session, it),
    ),
    "outcomes.begin_case": lambda _make: lambda session: outcomes.begin_case(session, CASE),
    "outcomes.correct_case": once(
        _case, lambda session, it: outcomes.correct_case(session, it, replace(CASE, mandate="HR"))
    ),
    "outcomes.remove_case": once(_case, lambda session, it: outcomes.remove_case(session, it)),
    "outcomes.add_step": once(
        _case,
        lambda session, it: outcomes.add_step(session, it, StepDetails("Ask"), date(2026, 5, 4)),
    ),
    "outcomes.correct_step": once(
        _steps_of_a_case,
        lambda session, it: outcomes.correct_step(
            session, it, StepDetails("Ask again", date(2026, 5, 4)), date(2026, 5, 5)
        ),
    ),
    "outcomes.move_step": once(
        _steps_of_a_case, lambda session, it: outcomes.move_step(session, it, -1)
    ),
    "outcomes.remove_step": once(
        _steps_of_a_case, lambda session, it: outcomes.remove_step(session, it)
    ),
    "stories.plan_story": lambda _make: (
        lambda session: stories.plan_story(session, STORY, date(2026, 5, 4))
    ),
    "stories.correct_story": once(
        _story,
        lambda session, it: stories.correct_story(
            session, it, replace(STORY, author="Sam"), date(2026, 5, 4)
        ),
    ),
    "stories.remove_story": once(_story, lambda session, it: stories.remove_story(session, it)),
    "survey.answer_question": lambda _make: _answer,
    "survey.take_answer_back": _answered,
}
