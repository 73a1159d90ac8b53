"""What of a desk can be looked for: every subject, one query each, on both engines."""

from __future__ import annotations

from datetime import date

import pytest
from sqlalchemy import event

from apprentice_desk.domain.apprenticeship import Outcome
from apprentice_desk.domain.hours_rules import Activity
from apprentice_desk.domain.planning_templates import TemplateLine
from apprentice_desk.domain.searching import Found, Line, Subject
from apprentice_desk.domain.vocabulary import SecondmentKind, SecondmentStatus, SubjectKind
from apprentice_desk.records import (
    apprentices,
    keeping_documents,
    offers,
    plan_templates,
    programmes,
    search,
)
from apprentice_desk.records.base import Base
from procured import procured

TODAY = date(2026, 9, 1)
PLACES = {"E09999999": "Exampleton"}


def read(store, subject):
    return store.read(search.shelf, subject, TODAY, PLACES)


def found(store, subject, typed):
    return [hit.line for hit in read(store, subject).search(typed, 20).best]


def test_an_apprentice_is_found_by_everything_that_names_one(store, make):
    make.standard()
    provider = make.provider(name="Thamesbank College")
    key = make.apprentice(
        given_names="Łukasz",
        family_name="Nowak",
        uln="1000000043",
        email="l.nowak@exampleton.gov.uk",
        employee_reference="HR-8812",
        line_manager="Siobhán O’Brien",
        provider_id=provider,
        provider_reference="TB/77",
    )
    make.apprentice(given_names="Jo", family_name="Bright", standard_code="ST0118")
    code = store.read(apprentices.held, key).code
    for typed in (
        "lukasz", "nowak luk", "1000000043", "HR-8812", "hr8812", "exampleton", "software dev",
        "st0116", "obrien", "thames", "tb/77", code, code.lower().replace("-", ""),
    ):  # fmt: skip
        (line,) = found(store, Subject.APPRENTICE, typed)
        assert line.key == Found(Subject.APPRENTICE, key), typed
    assert line.title == "Łukasz Nowak"
    assert line.detail == "Software developer  ·  On programme"


def test_those_on_programme_come_before_those_who_have_ended(store, make):
    make.apprentice(
        given_names="Ada", family_name="Abara", ended_on=date(2026, 1, 9), outcome=Outcome.COMPLETED
    )
    make.apprentice(
        given_names="Ada", family_name="Bell", ended_on=date(2026, 1, 9), outcome=Outcome.WITHDRAWN
    )
    on_a_break = make.apprentice(given_names="Ada", family_name="Zahir")
    with store.change("Start a break") as session:
        programmes.start_break(session, on_a_break, date(2026, 8, 1))
    make.apprentice(given_names="Ada", family_name="Élan", assessment_began_on=date(2026, 8, 3))
    make.apprentice(
        given_names="Ada",
        family_name="Coe",
        training_started_on=date(2026, 10, 5),
        course_title="Coding",
    )
    assert [(line.title, line.detail) for line in found(store, Subject.APPRENTICE, "ada")] == [
        ("Ada Coe", "Coding  ·  To start"),
        ("Ada Élan", "In assessment"),
        ("Ada Zahir", "On a break"),
        ("Ada Abara", "Completed"),
        ("Ada Bell", "Withdrawn"),
    ]


def test_the_second_apprenticeship_of_a_person_is_a_line_of_its_own(store, make):
    first = make.apprentice()
    person = store.read(apprentices.held, first)
    with store.change("Enrol again") as session:
        second = apprentices.enrol(session, person.details, apprentice_id=person.apprentice_id)
    lines = found(store, Subject.APPRENTICE, "lovelace")
    assert {line.key.id for line in lines} == {first, second}
    assert "apprenticeship 2  ·  On programme" in {line.detail for line in lines}


def test_a_contract_is_found_by_reference_title_and_provider(store, make):
    provider = make.provider(name="Kestrel Skills")
    key = make.contract(
        reference="XMP-2025-014", title="Cyber training", provider_id=provider,
        standard_codes="ST0865", framework="Apprenticeships DPS",
    )  # fmt: skip
    old = make.contract(reference="XMP-2020-001", ends_on=date(2026, 3, 31), title="")
    open_ended = make.contract(reference="XMP-2026-002", ends_on=None)
    for typed in ("2025-014", "xmp2025014", "cyb", "kestr", "st0865", "dps"):
        (line,) = found(store, Subject.CONTRACT, typed)
        assert line.key == Found(Subject.CONTRACT, key), typed
    assert line.title == "XMP-2025-014"
    assert line.detail == "Cyber training  ·  Kestrel Skills  ·  ends 31 Mar 2028"
    lines = found(store, Subject.CONTRACT, "xmp")
    assert [line.key.id for line in lines] == [key, open_ended, old]
    assert "ended 31 Mar 2026" in lines[2].detail
    assert "end" not in lines[1].detail.removeprefix("Digital apprenticeships")


def test_a_provider_is_found_with_how_much_it_does(store, make):
    busy = make.provider(name="Thamesbank College", ukprn="19990001")
    contract = make.contract(provider_id=busy)
    make.apprentice(provider_id=busy, contract_id=contract)
    make.apprentice(provider_id=busy)
    waiting = make.provider(name="Kestrel Skills", ukprn=None)
    for reference in ("XMP-1", "XMP-2"):
        make.contract(provider_id=waiting, reference=reference)
    idle = make.provider(name="Northgate", ukprn="19990002")
    assert [(line.key, line.title, line.detail) for line in read(store, Subject.PROVIDER)] == [
        (Found(Subject.PROVIDER, waiting), "Kestrel Skills", "2 contracts"),
        (Found(Subject.PROVIDER, idle), "Northgate", "UKPRN 19990002"),
        (
            Found(Subject.PROVIDER, busy),
            "Thamesbank College",
            "UKPRN 19990001  ·  2 apprenticeships  ·  1 contract",
        ),
    ]
    assert [line.title for line in found(store, Subject.PROVIDER, "19990002")] == ["Northgate"]


def test_a_document_is_found_by_title_reference_kind_and_whom_it_is_about_the_newest_first(
    store, make
):
    held = make.contract(
        reference="XMP-2025-014", title="Cyber", provider_id=make.provider(name="Kestrel Skills")
    )
    contract = keeping_documents.Subject(SubjectKind.CONTRACT, held)
    old = make.document(contract, reference="", title="Contract for cyber")
    made = procured(make)
    bidder = keeping_documents.Subject(SubjectKind.BIDDER, made.bidders[0])
    letter = make.document(
        bidder, type_id="award-letter", title="Our decision", reference="D/77",
        file_name="Award letter lot 1.pdf", issued_on=date(2026, 8, 20),
    )  # fmt: skip
    for typed in ("our dec", "d/77", "d77", "award", "exb-p-7", "lot 1.pdf"):
        (line,) = found(store, Subject.DOCUMENT, typed)
        assert line.key == Found(Subject.DOCUMENT, letter), typed
    assert line.title == "Our decision"
    assert line.detail.startswith("Award letter  ·  EXB-P-7 · ")
    assert line.detail.endswith("  ·  issued 20 Aug 2026")
    (line,) = found(store, Subject.DOCUMENT, "kestrel")
    assert line == Line(
        Found(Subject.DOCUMENT, old),
        "Contract for cyber",
        "Order form  ·  XMP-2025-014 · Kestrel Skills · Cyber  ·  issued 3 Aug 2026",
        (),
        (
            ("Document", "Order form"),
            ("About", "XMP-2025-014 · Kestrel Skills · Cyber"),
            ("File", "order form.pdf"),
        ),
    )
    assert [each.key.id for each in read(store, Subject.DOCUMENT)] == [letter, old]


def test_a_secondment_is_found_by_its_code_its_apprentice_and_its_host(store, make):
    key = make.apprentice(given_names="Mei", family_name="Lin")
    asked = make.secondment(
        "XMP-S77", kind=SecondmentKind.REQUEST, apprenticeship_id=key, host="LOTI",
        status=SecondmentStatus.REQUESTED, area="Hackney Wick",
    )  # fmt: skip
    offered = make.secondment("XMP-S11", host="E09999999")
    done = make.secondment("XMP-S10", host=None, status=SecondmentStatus.COMPLETED)
    for typed in ("s77", "mei", "lin mei", "loti", "wick"):
        (line,) = found(store, Subject.SECONDMENT, typed)
        assert line.key == Found(Subject.SECONDMENT, asked), typed
    assert line.detail == "Request  ·  Mei Lin  ·  at LOTI  ·  Requested"
    (line,) = found(store, Subject.SECONDMENT, "exampleton")
    assert line.key.id == offered
    assert [line.key.id for line in found(store, Subject.SECONDMENT, "xmp")] == [
        offered, asked, done,
    ]  # fmt: skip


def test_an_event_is_found_by_name_kind_and_day_the_newest_first(store, make):
    old = make.event(name="Link-up", held_on=date(2025, 6, 18))
    new = make.event(name="Link-up", held_on=date(2026, 6, 18))
    assert [line.key.id for line in found(store, Subject.EVENT, "link")] == [new, old]
    (line,) = found(store, Subject.EVENT, "jun 2025")
    assert line.key == Found(Subject.EVENT, old)
    assert line.detail.endswith("18 Jun 2025")


def test_a_template_is_found_by_its_name_and_its_standard(store, make):
    make.standard()
    one = TemplateLine("Induction", due_after_days=6, planned_minutes=420)
    with store.change("Save templates") as session:
        named = plan_templates.TemplateDetails("Two years, digital", "ST0116", "1.1")
        key = plan_templates.save_template(session, named, [one])
        empty = plan_templates.save_template(session, plan_templates.TemplateDetails("Anybody"), [])
    for typed in ("two", "digi", "st0116", "software dev"):
        (line,) = found(store, Subject.TEMPLATE, typed)
        assert line.key == Found(Subject.TEMPLATE, key), typed
    assert line.detail == "ST0116 v1.1  ·  1 activity"
    (line,) = found(store, Subject.TEMPLATE, "anyb")
    assert (line.key.id, line.detail) == (empty, "Any standard")
    make.template("Three of them", [one, one, one])
    assert found(store, Subject.TEMPLATE, "three")[0].detail == "ST0116  ·  3 activities"


def test_an_offer_is_found_by_title_partner_and_kind_the_retired_last(store, make):
    course = make.offer(partner="Larch Cloud", title="Data basics", kind=Activity.ONLINE_LEARNING)
    old = make.offer(partner="Larch Cloud", title="An older course")
    with store.change("Retire") as session:
        offers.retire_offer(session, old)
    for typed in ("data", "bas", "online larch", "learning bas"):
        (line,) = found(store, Subject.OFFER, typed)
        assert line.key == Found(Subject.OFFER, course), typed
    assert line.detail == "Larch Cloud  ·  Online learning"
    lines = found(store, Subject.OFFER, "larch")
    assert [line.key.id for line in lines] == [course, old]
    assert lines[1].detail == "Larch Cloud  ·  Retired"


@pytest.mark.parametrize("subject", list(Subject))
def test_each_subject_is_read_with_one_query_from_the_tables_it_names(store, make, subject):
    for number in range(3):
        make.secondment(apprenticeship_id=make.apprentice(family_name=f"Lovelace {number}"))
        make.contract()
        make.event()
        make.template()
        make.offer()
        procured(make)
        make.document()
    statements = []

    def note(_connection, _cursor, statement, *_rest):
        if statement.startswith("SELECT"):
            statements.append(statement)

    event.listen(store._engine, "before_cursor_execute", note)
    assert len(read(store, subject)) >= 3
    event.remove(store._engine, "before_cursor_execute", note)
    (statement,) = statements
    words = statement.replace(",", " ").replace("(", " ").split()
    tables = {word.partition(".")[0] for word in words}  # a column may be called as a table is
    assert tables & set(Base.metadata.tables) == set(search.TABLES[subject])


def test_an_empty_desk_has_nothing_to_find(store):
    assert [len(read(store, subject)) for subject in Subject] == [0] * len(Subject)
