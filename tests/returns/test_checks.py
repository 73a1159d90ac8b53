"""Every check has an example that passes and one that fails; every code has its words."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal
from itertools import product

import pytest

from apprentice_desk import resources
from apprentice_desk.domain.calendar import Quarter
from apprentice_desk.domain.findings import Level
from apprentice_desk.domain.identifiers import make_code
from apprentice_desk.domain.reference import ListedStandard
from apprentice_desk.returns import checks
from apprentice_desk.returns.reference import Catalogue, Reference
from apprentice_desk.returns.registry import Context, Example, Registry
from apprentice_desk.returns.row_checks import ROW_CHECKS
from apprentice_desk.returns.rows import (
    ApprenticeLine,
    CharacteristicLine,
    ContractLine,
    ReturnContent,
    SecondmentLine,
)
from apprentice_desk.returns.schema import load
from apprentice_desk.returns.suppression import suppressed
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


def found(made: ReturnContent, *, last: ReturnContent | None = None, **more) -> list[str]:
    return [finding.code for finding in checks.run(made, load(), last=last, **more).findings]


def before(made: ReturnContent) -> ReturnContent:
    return replace(made, header=replace(made.header, period=made.header.period.previous()))


def recoded(made: ReturnContent, at: int, body: str) -> ReturnContent:
    """Return the content with another code for one apprentice."""
    people = list(made.apprentices)
    people[at] = replace(people[at], apprentice_code=make_code("HCK", body))
    return replace(made, apprentices=tuple(people))


class TestAgainstTheLastReturn:
    def test_a_return_that_says_the_same_has_no_findings(self):
        assert found(full_content(), last=before(full_content())) == []

    def test_an_apprentice_under_a_new_code_is_named_once(self):
        made = content(apprentices=1)
        assert found(recoded(made, 0, "ZZZZZZZZ"), last=before(made)) == ["R702"]

    def test_of_two_who_are_alike_nobody_is_taken_for_the_other(self):
        made = content(apprentices=2)
        both = recoded(recoded(made, 0, "ZZZZZZZZ"), 1, "ZZZZZZZY")
        assert found(both, last=before(made)) == ["R701", "R701"]
        assert found(recoded(made, 0, "ZZZZZZZZ"), last=before(recoded(made, 0, "ZZZZZZZY"))) == [
            "R702"
        ]

    def test_who_is_gone_after_an_end_is_not_missed(self):
        made = content(apprentices=2)
        ended = replace(made.apprentices[0], status="completed", ended_on=date(2026, 9, 1))
        last = before(replace(made, apprentices=(ended, *made.apprentices[1:])))
        gone = content(apprentices=1)
        assert found(recoded(gone, 0, "00000001"), last=last) == []

    def test_a_planned_start_may_move(self):
        made = content(apprentices=1)
        planned = replace(made.apprentices[0], status="planned",
                          training_started_on=date(2026, 10, 5))  # fmt: skip
        assert found(made, last=before(replace(made, apprentices=(planned,)))) == []

    def test_values_that_were_not_known_are_not_compared(self):
        made = content(apprentices=1)
        code, number = made.apprentices[0].apprentice_code, 1
        last = before(
            replace(
                made,
                apprentices=(ApprenticeLine(code, number, status="live"),),
                contracts=(ContractLine("C-001"),),
            )
        )
        assert found(made, last=last) == []

    @pytest.mark.parametrize(("rows", "others", "is_jump"), [
        (20, 9, True), (20, 10, False), (20, 40, False), (20, 41, True), (9, 1, False),
        (0, 10, True), (10, 0, True),
    ])  # fmt: skip
    def test_half_or_twice_the_rows_are_worth_a_look(self, rows, others, is_jump):
        codes = found(content(apprentices=others), last=before(content(apprentices=rows)))
        assert ("R710" in codes) is is_jump


class TestAgainstLists:
    def test_a_list_that_is_not_at_hand_is_said_and_nothing_is_guessed(self):
        made = content(lines={"standard_code": "ST9999", "provider_ukprn": "10000001"})
        findings = checks.run(made, load(), reference=Reference()).findings
        assert [(f.code, f.message) for f in findings if f.code != "R227" and f.code != "R228"] == [
            ("R024", f"The list of {name} was not at hand, so nothing was checked against it.")
            for name in ("standards", "training providers", "DfE's categories")
        ]

    @pytest.mark.parametrize(
        ("code", "title", "perhaps"),
        [
            ("ST0181", "Data analyst", " Did you mean ST0118, Data analyst?"),
            ("ST0161", "Unheard of", " Did you mean ST0116, Software developer?"),
            ("ST9999", "Unheard of", ""),
        ],
    )
    def test_an_unknown_standard_names_the_one_that_may_be_meant(self, code, title, perhaps):
        listed = [
            ListedStandard("ST0116", "Software developer", 4, 24, None, "1.2", "Live", "Digital"),
            ListedStandard("ST0118", "Data analyst", None, 24, None, "", "Live", "Digital"),
        ]
        reference = Reference(Catalogue.of(date(2026, 7, 2), listed), {"10000001": "College"},
                              resources.characteristic_categories())  # fmt: skip
        made = content(
            apprentices=2,
            lines={"standard_code": code, "standard_title": title, "contract_reference": ""},
        )
        findings = checks.run(made, load(), reference=reference).findings
        said = [f.message for f in findings if f.code == "R601"]
        assert said == [f"{code} is not on the list of standards.{perhaps}"] * 2

    def test_what_the_list_does_not_say_is_not_held_against_a_row(self):
        listed = [ListedStandard("ST0116", "Software developer", None, 24, None, "", "Live", "D")]
        reference = Reference(Catalogue.of(date(2026, 7, 2), listed))
        codes = found(content(lines={"level": 7, "standard_version": "9.9"}), reference=reference)
        assert not {"R603", "R604", "R605"} & set(codes)

    @pytest.mark.parametrize("started", [date(2024, 9, 2), None])
    def test_the_band_of_an_older_start_is_not_compared_with_todays(self, started):
        lines = {"funding_band_maximum": Decimal("15000.00"), "training_started_on": started}
        assert "R605" not in found(content(lines=lines | {"agreed_price": None}))
        recent = content(lines={"funding_band_maximum": Decimal("17500.50")})
        assert "R605" in found(recent)

    @pytest.mark.parametrize(("version", "is_newer"), [("1.10", True), ("1.2", False),
                                                       ("1.1", False), ("2.0", True)])  # fmt: skip
    def test_versions_are_compared_by_their_numbers(self, version, is_newer):
        assert ("R604" in found(content(lines={"standard_version": version}))) is is_newer

    def test_a_provider_is_named_once_however_many_rows_it_has(self):
        made = content(apprentices=3, lines={"provider_ukprn": "10000001"})
        messages = [f.message for f in checks.run(made, load()).findings if f.code == "R610"]
        assert messages == [
            "10000001 is not on the list of training providers; it stands in 3 rows."
        ]

    def test_categories_of_a_time_before_the_list_are_not_checked(self):
        made = full_content(period=Quarter.parse("2009-10 Q1"))
        wrong = replace(CharacteristicLine("sex", "White", 0, 0), is_suppressed=False)
        assert "R504" not in found(replace(made, characteristics=(wrong,)))
        assert "R504" in found(replace(full_content(), characteristics=(wrong,)))


class TestSuppressedRows:
    def row(self, category: str, *counts: int | None, hidden: bool = False) -> CharacteristicLine:
        return CharacteristicLine("sex", category, *counts, is_suppressed=hidden)

    @pytest.mark.parametrize(
        ("others", "is_given_away"),
        [
            ([("Male", 12, 6, False)], True),
            ([("Male", None, None, True)], False),
            ([("Male", 12, None, False)], False),  # what is not known hides it as well
            ([], False),  # no total to take it from
        ],
    )
    def test_a_row_that_is_blank_alone_can_be_worked_out(self, others, is_given_away):
        rows = [self.row("Female", None, None, hidden=True)]
        rows += [self.row(name, one, two, hidden=hidden) for name, one, two, hidden in others]
        codes = found(replace(content(apprentices=20), characteristics=tuple(rows)))
        assert ("R505" in codes) is is_given_away

    def test_what_gathering_makes_is_never_found_wanting(self):
        """The rule that leaves rows blank and the checks of them agree."""
        for counts in product((0, 3, 4, 7), repeat=3):
            group = [(count, count) for count in counts]
            hidden = suppressed(group)
            rows = tuple(
                CharacteristicLine(
                    "disability",
                    category,
                    None if at in hidden else counts[at],
                    None if at in hidden else counts[at],
                    is_suppressed=at in hidden,
                )
                for at, category in enumerate(("LLDD - yes", "LLDD - no", "LLDD - unknown"))
            )
            made = replace(content(apprentices=25), contracts=(), characteristics=rows)
            assert not [code for code in found(made) if code.startswith("R5")]


def test_a_check_of_a_whole_sheet_that_fails_by_itself_is_not_hidden(monkeypatch):
    def breaks(_context):
        raise ZeroDivisionError

    broken = replace(ROW_CHECKS["R710"], finds=breaks)
    monkeypatch.setitem(ROW_CHECKS._checks, "R710", broken)
    with pytest.raises(ZeroDivisionError):
        checks.run(content(), load(), last=content())


def test_a_rule_keeps_quiet_about_a_cell_that_is_wrong_by_itself():
    made = content(apprentices=1, lines={"level": 9})
    assert found(made) == ["R103"]  # and not that the standard has another level
    lines = {"provider_ukprn": "2", "contract_reference": ""}
    assert found(content(apprentices=1, lines=lines))[0] == "R106"
    assert "R610" not in found(content(apprentices=1, lines=lines))
