"""Every check has an example that passes and one that fails; every code has its words."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from apprentice_desk.domain.calendar import Quarter
from apprentice_desk.domain.findings import Level
from apprentice_desk.returns import checks
from apprentice_desk.returns.registry import Context, Example, Registry
from apprentice_desk.returns.row_checks import ROW_CHECKS
from apprentice_desk.returns.rows import CharacteristicLine, ReturnContent, SecondmentLine
from apprentice_desk.returns.schema import load
from returns.making import (
    APPRENTICE,
    BARRIER,
    CAMDEN,
    CONTRACT,
    EVENT,
    PERIOD,
    PLEDGE,
    content,
    full_content,
    header,
)

EXAMPLETON = ("E09999999", "Exampleton", "XMP")
ABOUT_NO_ROW = ("R701", "R710")
LINES = {
    "apprentices": replace(APPRENTICE, contract_reference="", apprentice_code="XMP-7F3KQ2WD-R"),
    "contracts": replace(CONTRACT, live_apprentices=None),
    "secondments": SecondmentLine("S-001", "offer", host="LOTI", status="requested"),
    "pledges": PLEDGE,
    "characteristics": CharacteristicLine("sex", "Female", 0, 0, is_suppressed=False),
    "network": EVENT,
    "barriers": BARRIER,
}


def example(check, of: Example) -> tuple[ReturnContent, ReturnContent | None]:
    line = replace(LINES[check.resource], **of.values)
    own = {**of.others, check.resource: (line, *of.others.get(check.resource, ()))}
    made = ReturnContent(header(EXAMPLETON, is_sample=True), **own)
    before = header(EXAMPLETON, is_sample=True, period=PERIOD.previous())
    return made, ReturnContent(before, **of.last) if of.last else None


@pytest.mark.parametrize("check", ROW_CHECKS, ids=lambda check: check.code)
def test_its_good_example_passes_and_its_bad_one_fails(check):
    borough = checks.known_boroughs()[EXAMPLETON[0]]
    for of, expected in ((check.good, True), (check.bad, False)):
        made, last = example(check, of)
        context = Context(made, borough, last, of.reference)
        if check.finds is not None:
            assert (list(check.finds(context)) == []) is expected
        else:
            assert check.passes(made.lines(check.resource)[0], context) is expected


@pytest.mark.parametrize("check", ROW_CHECKS, ids=lambda check: check.code)
def test_its_bad_example_is_found_at_its_cell_and_with_its_words(check):
    schema = load()
    made, last = example(check, check.bad)
    findings = checks.run(made, schema, last=last, reference=check.bad.reference).findings
    found = [f for f in findings if f.code == check.code]
    assert len(found) == 1
    sheet = schema.sheet(check.resource)
    assert found[0].level is check.level
    assert found[0].place.field == check.fields[0]
    assert found[0].place.heading == sheet.field(check.fields[0]).name
    assert found[0].place.row == (None if check.code in ABOUT_NO_ROW else 2)
    assert "{" not in found[0].message + found[0].remedy
    made, last = example(check, check.good)
    findings = checks.run(made, schema, last=last, reference=check.good.reference).findings
    assert check.code not in {f.code for f in findings}


@pytest.mark.parametrize("check", checks.ALL_CHECKS, ids=lambda check: check.code)
def test_every_check_says_what_is_wrong_and_what_to_do(check):
    for text in (check.message, check.remedy):
        assert text.strip().endswith((".", "}"))
        assert "!" not in text
    for takes in check.fields:
        assert load().sheet(check.resource).field(takes)


def test_the_same_code_twice_is_refused_when_it_is_added():
    registry = Registry()
    registry.declare("R1", Level.NOTE, "This.", "That.")
    with pytest.raises(ValueError, match="R1 is used by two checks"):
        registry.declare("R1", Level.FILE, "Other.", "Other.")
    with pytest.raises(ValueError, match="R1 is used by two checks"):
        Registry(registry, registry)
    assert "R1" in registry
    assert len(registry) == 1
    assert registry["R1"].message == "This."


def test_a_check_that_fails_by_itself_is_not_hidden(monkeypatch):
    def breaks(_line, _context):
        raise ZeroDivisionError

    broken = replace(ROW_CHECKS["R210"], passes=breaks)
    monkeypatch.setitem(ROW_CHECKS._checks, "R210", broken)
    with pytest.raises(ZeroDivisionError):
        checks.run(content(), load())


def test_a_sound_return_has_no_findings():
    assert checks.run(content(), load()) == checks.Checked(
        (), {sheet.resource: frozenset() for sheet in load().sheets}
    )


@pytest.mark.parametrize(
    ("resource", "changes", "code"),
    [
        ("apprentices", {"apprentice_code": ""}, "R102"),
        ("apprentices", {"apprentice_code": "HCK-00000000-Y"}, "R106"),
        ("apprentices", {"apprenticeship_number": None}, "R102"),
        ("apprentices", {"apprenticeship_number": 0}, "R103"),
        ("apprentices", {"standard_title": ""}, "R102"),
        ("apprentices", {"standard_title": "x" * 251}, "R105"),
        ("apprentices", {"standard_code": "ST11"}, "R106"),
        ("apprentices", {"standard_code": "AU0116"}, "R106"),
        ("apprentices", {"standard_version": "one"}, "R106"),
        ("apprentices", {"level": 1}, "R103"),
        ("apprentices", {"level": 8}, "R103"),
        ("apprentices", {"role_family": "magic"}, "R104"),
        ("apprentices", {"status": "live?"}, "R104"),
        ("apprentices", {"break_days": -1}, "R103"),
        ("apprentices", {"provider_ukprn": "20001234"}, "R106"),
        ("apprentices", {"agreed_price": Decimal("-1.00")}, "R103"),
        ("apprentices", {"agreed_price": Decimal("1.005")}, "R101"),
        ("apprentices", {"required_hours": Decimal("10000.00")}, "R103"),
        ("apprentices", {"last_review_on": date(2206, 12, 4)}, "R103"),
        ("contracts", {"standard_codes": ("ST0116", "ST")}, "R106"),
        ("contracts", {"reviews_on_time_percent": Decimal("100.1")}, "R103"),
        ("contracts", {"regime": "none"}, "R104"),
        ("secondments", {"secondment_code": ""}, "R102"),
        ("secondments", {"kind": "swap"}, "R104"),
        ("secondments", {"home": "Hackney"}, "R106"),
        ("secondments", {"host": "Hackney"}, "R106"),
        ("secondments", {"weeks": 0}, "R103"),
        ("secondments", {"weeks": 27}, "R103"),
        ("secondments", {"status": "draft"}, "R104"),
        ("pledges", {"programme_year": "2026"}, "R106"),
        ("pledges", {"programme_year": "2026-28"}, "R106"),
        ("pledges", {"role_family": ""}, "R102"),
        ("pledges", {"pledged": -1}, "R103"),
        ("characteristics", {"characteristic": "height"}, "R104"),
        ("characteristics", {"category": "tall"}, "R104"),
        ("characteristics", {"is_suppressed": None}, "R102"),
        ("network", {"event": ""}, "R102"),
        ("network", {"kind": "party"}, "R104"),
        ("network", {"counted_hours": Decimal("1.005")}, "R101"),
        ("barriers", {"category": "weather"}, "R104"),
        ("barriers", {"what_stands_in_the_way": "x" * 1001}, "R105"),
    ],
)
def test_a_value_against_the_descriptor_is_found(resource, changes, code):
    made = full_content()
    lines = getattr(made, resource)
    changed = replace(made, **{resource: (replace(lines[0], **changes), *lines[1:])})
    found = checks.run(changed, load())
    sheet = load().sheet(resource).name
    codes = {f.code for f in found.findings if f.place.field in changes and f.place.sheet == sheet}
    assert codes == {code}
    assert 0 in found.refused[resource]


def test_the_same_value_in_two_rows_is_found_in_both():
    made = content(lines={"level": 9})
    rows = [f.place.row for f in checks.run(made, load()).findings if f.code == "R103"]
    assert rows == [2, 3]


def test_of_two_equal_rows_the_first_counts():
    made = content()
    twice = replace(made, apprentices=(*made.apprentices, made.apprentices[0]))
    found = checks.run(twice, load())
    assert [(f.code, f.place.row) for f in found.findings if f.level is Level.ROW] == [("R108", 4)]
    assert found.refused["apprentices"] == {2}


def test_of_two_different_rows_with_the_same_key_neither_counts():
    made = content()
    other = replace(made.apprentices[0], level=5)
    found = checks.run(replace(made, apprentices=(*made.apprentices, other)), load())
    assert [(f.code, f.place.row) for f in found.findings if f.level is Level.ROW] == [
        ("R109", 2),
        ("R109", 4),
    ]
    assert "rows 2 and 4" in found.findings[0].message
    assert found.refused["apprentices"] == {0, 2}


def test_rows_of_a_sheet_without_a_key_may_repeat():
    schema = load()
    keyless = replace(schema, sheets=tuple(replace(sheet, key=()) for sheet in schema.sheets))
    made = content()
    twice = replace(made, contracts=(*made.contracts, *made.contracts))
    assert checks.run(twice, keyless).findings == ()
    assert "R109" in {
        f.code
        for f in checks.run(
            replace(
                twice, contracts=(twice.contracts[0], replace(twice.contracts[0], framework="x"))
            ),
            schema,
        ).findings
    }


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"borough_code": "E09000099"}, "R005"),
        ({"borough_name": "Camden"}, "R006"),
        ({"borough_code": "E09999999", "borough_name": "Exampleton"}, "R007"),
        ({"prepared_at": datetime(2026, 9, 29, 23, 59, tzinfo=UTC)}, "R023"),
        ({"period": Quarter.parse("2030-31 Q4")}, "R023"),
    ],
)
def test_a_return_of_nobody_or_of_two_is_refused_whole(changes, code):
    found = checks.run(replace(content(), header=header(**changes)), load()).findings
    assert [f.code for f in found if f.level is Level.FILE] == [code]


def test_a_return_may_be_prepared_on_the_first_day_of_its_quarter():
    at = datetime(2026, 9, 30, 23, 1, tzinfo=UTC)  # after midnight in London
    made = replace(content(), header=header(prepared_at=at))
    assert [f for f in checks.run(made, load()).findings if f.level is Level.FILE] == []


@pytest.mark.parametrize("name", ["London Borough of Hackney", "hackney", ""])
def test_a_borough_may_write_its_name_in_its_own_way(name):
    assert not checks.run(replace(content(), header=header(borough_name=name)), load()).findings


def test_an_apprentice_of_another_borough_is_left_out_by_name():
    made = replace(content(), apprentices=content(CAMDEN).apprentices)
    found = [f for f in checks.run(made, load()).findings if f.code == "R201"]
    assert len(found) == 2
    assert "is not one of Hackney's" in found[0].message


def test_a_return_without_apprentices_is_worth_a_look():
    empty = ReturnContent(header())
    assert [f.code for f in checks.run(empty, load()).findings] == ["R022"]
