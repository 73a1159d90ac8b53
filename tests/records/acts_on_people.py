"""How each command about apprentices is tried: their programmes, pay, leave and checklists.

By the name of each, what prepares it and returns the act itself.
"""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy.orm import Session

from apprentice_desk.domain.checklist import Checklist
from apprentice_desk.domain.guides import GoesOn
from apprentice_desk.domain.needs import Need, NeedKind, Target, Urgency
from apprentice_desk.domain.retention import Ground, HoldDetails, KeepReason, RetentionKind
from apprentice_desk.domain.vocabulary import Destination, EmployeeType, Grade, RoleFamily
from apprentice_desk.domain.wages import PayPer
from apprentice_desk.records import (
    apprentice_removal,
    apprentices,
    checklists,
    erasures,
    guide_checklists,
    history,
    leave,
    pay,
    programme_changes,
    programmes,
    putting_off,
)
from records.acting import TODAY, Act, Preparing, once

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
    return lambda session: apprentice_removal.remove(session, apprentice_id)


_LEAVE = leave.LeaveDetails(date(2026, 10, 26), date(2026, 10, 30))


def _with_leave(make) -> UUID:
    apprenticeship_id = make.apprentice()
    make.leave(apprenticeship_id)
    return apprenticeship_id


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


def _apprentice_key(make: Any, apprenticeship_id: UUID) -> UUID:
    return make.store.read(apprentices.held, apprenticeship_id).apprentice_id  # type: ignore[no-any-return]


def _kept_longer(make: Any) -> UUID:
    details = HoldDetails(KeepReason.CLAIM, "", "Grace Hopper")
    with make.store.change("Keep longer") as session:
        return erasures.keep_longer(
            session, RetentionKind.APPRENTICE, uuid4(), details,
            TODAY,
        )  # fmt: skip


ACTS: dict[str, Preparing] = {
    "apprentices.enrol": _enrol,
    "apprentices.correct": _correct,
    "history.put_values_back": _put_values_back,
    "programmes.set_weekly_hours": once(
        lambda make: make.apprentice(),
        lambda session, it: programmes.set_weekly_hours(session, it, date(2026, 4, 1), 1800),
    ),
    "programmes.start_break": once(
        lambda make: make.apprentice(),
        lambda session, it: programmes.start_break(session, it, date(2026, 2, 2), "Illness"),
    ),
    "programmes.resume": once(
        _on_a_break,
        lambda session, it: programmes.resume(session, it, date(2026, 3, 1), date(2027, 9, 30)),
    ),
    "programmes.enter_assessment": once(
        lambda make: make.apprentice(),
        lambda session, it: programmes.enter_assessment(session, it, date(2026, 8, 1)),
    ),
    "programmes.complete": once(
        lambda make: make.apprentice(),
        lambda session, it: programmes.complete(
            session, it, date(2026, 8, 1), Grade.MERIT, Destination.KEPT_PERMANENT
        ),
    ),
    "programmes.withdraw": once(
        lambda make: make.apprentice(),
        lambda session, it: programmes.withdraw(
            session, it, date(2026, 8, 1), "3", Destination.OTHER_EMPLOYER
        ),
    ),
    "programmes.back_from_assessment": once(
        _in_assessment,
        lambda session, it: programmes.back_from_assessment(
            session, it, date(2026, 8, 20), "Not ready – “yet”"
        ),
    ),
    "programme_changes.change_provider": _change_provider,
    "programme_changes.change_standard": once(
        lambda make: make.apprentice(standard_version="1.1"),
        lambda session, it: programme_changes.change_standard(
            session, it, date(2026, 5, 1), "ST0118", "1.2", " Data ", "A new version"
        ),
    ),
    "programme_changes.change_planned_end": once(
        lambda make: make.apprentice(),
        lambda session, it: programme_changes.change_planned_end(
            session, it, date(2026, 5, 1), date(2027, 12, 31), date(2028, 3, 31), " Longer "
        ),
    ),
    "programme_changes.note_change": _change_noted,
    "checklists.tick": once(
        lambda make: make.apprentice(),
        lambda session, it: checklists.tick(
            session, it, Checklist.START, _ITEMS, date(2025, 8, 1), "Grace Park", "By letter"
        ),
    ),
    "checklists.say_not_needed": once(
        _ticked,
        lambda session, it: checklists.say_not_needed(
            session, it, Checklist.GATEWAY, ["english", "maths"], "Holds a degree", "Grace Park"
        ),
    ),
    "checklists.take_back": once(
        _ticked,
        lambda session, it: checklists.take_back(session, it, Checklist.GATEWAY, ["english"]),
    ),
    "guide_checklists.put_on": once(
        lambda make: make.apprentice(),
        lambda session, it: guide_checklists.put_on(
            session, "reviews", GoesOn.APPRENTICE, it, TODAY, "Grace Park"
        ),
    ),
    "guide_checklists.take_off": once(
        _put_on, lambda session, it: guide_checklists.take_off(session, it[1])
    ),
    "guide_checklists.tick_off": once(
        _put_on,
        lambda session, it: guide_checklists.tick_off(
            session, it[1], ["b", "c"], date(2026, 5, 1), "Grace Park", today=TODAY
        ),
    ),
    "guide_checklists.set_aside": once(
        _put_on,
        lambda session, it: guide_checklists.set_aside(
            session, it[1], ["b", "c"], "No need – “yet”", "Grace Park"
        ),
    ),
    "guide_checklists.open_again": once(
        _put_on, lambda session, it: guide_checklists.open_again(session, it[1], ["a", "z"])
    ),
    "guide_checklists.forget_checklists": once(
        _put_on,
        lambda session, it: guide_checklists.forget_checklists(session, GoesOn.APPRENTICE, [it[0]]),
    ),
    "pay.set_pay": once(
        _paid,
        lambda session, it: pay.set_pay(
            session, it[0], date(2026, 4, 1), Decimal("24000.00"), PayPer.YEAR, "Grade 5 – “new”"
        ),
    ),
    "pay.correct_pay": once(
        _paid,
        lambda session, it: pay.correct_pay(
            session, it[1], date(2025, 9, 2), Decimal("13.00"), PayPer.HOUR, "As agreed"
        ),
    ),
    "pay.remove_pay": once(_paid, lambda session, it: pay.remove_pay(session, it[1])),
    "apprentice_removal.remove": _remove,
    "putting_off.put_off": once(
        _waiting, lambda session, it: _put_off(session, "Waits for the provider – “soon”.")
    ),
    "putting_off.bring_back": once(
        _waiting, lambda session, it: putting_off.bring_back(session, LINE.key)
    ),
    "putting_off.forget_lines": once(
        _waiting, lambda session, it: putting_off.forget_lines(session, [LINE_ABOUT])
    ),
    "leave.forget_leave": once(
        _with_leave,
        lambda session, it: leave.forget_leave(session, [it]),
    ),
    "leave.plan_leave": once(
        lambda make: make.apprentice(),
        lambda session, it: leave.plan_leave(session, it, _LEAVE),
    ),
    "leave.correct_leave": once(
        lambda make: make.leave(),
        lambda session, it: leave.correct_leave(session, it, _LEAVE),
    ),
    "leave.cancel_leave": once(
        lambda make: make.leave(),
        lambda session, it: leave.cancel_leave(session, it),
    ),
    "erasures.record_erasure": once(
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
    "erasures.keep_longer": once(
        lambda make: make.apprentice(),
        lambda session, it: erasures.keep_longer(
            session,
            RetentionKind.APPRENTICE,
            it,
            HoldDetails(KeepReason.AUDIT, "Sample drawn", "Grace Hopper", date(2026, 12, 1)),
            TODAY,
        ),
    ),
    "erasures.keep_no_longer": once(
        _kept_longer,
        lambda session, it: erasures.keep_no_longer(session, it),
    ),
    "erasures.count_anonymously": once(
        lambda make: _apprentice_key(
            make,
            make.apprentice(contract_id=make.contract(), role_family=RoleFamily.DATA),
        ),
        lambda session, it: erasures.count_anonymously(session, it, TODAY, random.Random(1)),
    ),
}
