"""The descriptor is sound, says what the design says, and a broken one is refused by name."""

from __future__ import annotations

import copy
import hashlib
import json
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from apprentice_desk import resources
from apprentice_desk.domain import vocabulary
from apprentice_desk.domain.apprenticeship import Status
from apprentice_desk.domain.problems import Problem
from apprentice_desk.returns.rows import CharacteristicLine
from apprentice_desk.returns.schema import known_versions, load, read_schema
from returns.making import APPRENTICE, SECONDMENT, content, full_content

DESCRIPTOR = resources.path("returns", "loti-1.0.json")
APPRENTICES = (
    "Apprentice, Number, Standard, Version, Title, Level, Digital, Role family, New or existing,"
    " Age at start, Status, Training started, Training planned end, Apprenticeship planned end,"
    " Ended, Days on a break, UKPRN, Provider, Contract, Agreed price, Band maximum,"
    " Hours required, Hours planned to date, Hours planned this quarter, Hours logged to date,"
    " Hours logged this quarter, Last review, Reviews due, Reviews held, KSBs, KSBs met,"
    " Gateway planned, Grade, Reason for leaving, Destination"
)
OTHERS = {
    "Secondments": "Secondment, Kind, Apprentice, Number, Role family, Standard,"
    " KSBs wanted or offered, Home, Host, Earliest start, Latest start, Weeks, Working pattern,"
    " Area, Status, Started, Ended, Hours logged",
    "Pledges": "Programme year, Role family, Pledged, Recruited, Started",
    "Characteristics": "Characteristic, Category, On programme, Started in year, Suppressed",
    "Network": "Event, Held, Kind, Attended, Hours counted",
    "Barriers": "Category, What stands in the way, What helped, Help wanted, May be shared",
}
KEYS = {
    "Apprentices": ("Apprentice", "Number"),
    "Contracts": ("Contract",),
    "Secondments": ("Secondment",),
    "Pledges": ("Programme year", "Role family"),
    "Characteristics": ("Characteristic", "Category"),
    "Network": (),
    "Barriers": (),
}


def test_the_headings_are_those_of_the_format():
    schema = load()
    assert ", ".join(field.name for field in schema.sheet("apprentices").fields) == APPRENTICES
    headings = {s.name: ", ".join(field.name for field in s.fields) for s in schema.sheets}
    assert headings.items() >= OTHERS.items()
    assert {sheet.name: sheet.key for sheet in schema.sheets} == KEYS
    assert [sheet.name for sheet in schema.sheets] == list(KEYS)
    assert known_versions() == ("1.0",)


@pytest.mark.parametrize(
    ("resource", "takes", "words"),
    [
        ("apprentices", "role_family", vocabulary.RoleFamily),
        ("apprentices", "employee_type", vocabulary.EmployeeType),
        ("apprentices", "age_band", vocabulary.AgeBand),
        ("apprentices", "status", Status),
        ("apprentices", "grade", vocabulary.Grade),
        ("apprentices", "withdrawal_group", vocabulary.LeavingGroup),
        ("apprentices", "destination", vocabulary.Destination),
        ("contracts", "regime", vocabulary.Regime),
        ("contracts", "route", vocabulary.Route),
        ("secondments", "kind", vocabulary.SecondmentKind),
        ("secondments", "role_family", vocabulary.RoleFamily),
        ("secondments", "pattern", vocabulary.WorkingPattern),
        ("pledges", "role_family", vocabulary.RoleFamily),
        ("characteristics", "characteristic", vocabulary.Characteristic),
        ("network", "kind", vocabulary.EventKind),
        ("barriers", "category", vocabulary.BarrierCategory),
    ],
)
def test_the_lists_are_the_words_that_the_records_keep(resource, takes, words):
    assert load().sheet(resource).field(takes).choices == tuple(str(word) for word in words)


def test_a_draft_of_a_secondment_cannot_leave_the_borough():
    words = [str(word) for word in vocabulary.SecondmentStatus if word != "draft"]
    assert load().sheet("secondments").field("status").choices == tuple(words)


def test_the_categories_are_dfes_in_their_order():
    """A new set of them needs a new version of the format."""
    categories = resources.characteristic_categories().on(date(2026, 12, 31)).by_characteristic
    every = dict.fromkeys(category for named in categories.values() for category in named)
    assert load().sheet("characteristics").field("category").choices == tuple(every)


def apprentices(package):
    return package["resources"][1]["schema"]["fields"]


def level(package):
    return apprentices(package)[5]


BREAKS = {
    "unknown takes": (lambda p: level(p).update(takes="levels"), "takes “levels”"),
    "two fields take one": (lambda p: level(p).update(takes="break_days"), "same takes twice"),
    "heading twice": (lambda p: level(p).update(name="number"), "same heading twice: number"),
    "unknown kind": (lambda p: level(p).update(kind="whole"), "kind that is not known: whole"),
    "kind against class": (
        lambda p: level(p).update(kind="date", type="date", constraints={}),
        "is of kind date, but ApprenticeLine.level is not",
    ),
    "type against kind": (lambda p: level(p).update(type="string"), "cannot be of type string"),
    "unknown list": (lambda p: level(p).update(list="levels"), "a list that is not there: levels"),
    "enum against list": (
        lambda p: apprentices(p)[7]["constraints"]["enum"].append("more"),
        "differs from the list “role family”",
    ),
    "unknown identifier": (lambda p: level(p).update(identifier="x"), "not known: x"),
    "broken pattern": (
        lambda p: apprentices(p)[0]["constraints"].update(pattern="["),
        "a pattern that cannot be read",
    ),
    "broken limit": (
        lambda p: level(p)["constraints"].update(minimum="two"),
        "a limit that cannot be read: two",
    ),
    "no rule": (lambda p: level(p).pop("rule"), "has no “rule”"),
    "key not there": (
        lambda p: p["resources"][1]["schema"].update(primaryKey=["Person"]),
        "has no field Person",
    ),
    "field left out": (lambda p: apprentices(p).pop(5), "has no field for level"),
    "sheet without class": (lambda p: p["resources"][1].update(name="people"), "no rows for"),
    "no sheet Return": (lambda p: p["resources"].pop(0), "has no sheet “return”"),
    "sheet twice": (
        lambda p: p["resources"].append(copy.deepcopy(p["resources"][1])),
        "names a sheet twice",
    ),
    "item left out": (lambda p: p["resources"][0]["items"].pop(4), "has no item for period"),
    "item of nothing": (
        lambda p: p["resources"][0]["items"][0].update(states="weather"),
        "states something unknown: weather",
    ),
    "rows of no sheet": (
        lambda p: p["resources"][0]["items"][12].update(sheet="People"),
        "states something unknown: rows People",
    ),
    "item of two things": (
        lambda p: p["resources"][0]["items"][0].update(takes="period"),
        "must either take an attribute or state something",
    ),
    "limit of a text": (
        lambda p: apprentices(p)[4]["constraints"].update(minimum=1),
        "has a limit that a text cannot have",
    ),
    "sheet without a name": (
        lambda p: p["resources"][1].pop("dialect"),
        "apprentices does not name its sheet",
    ),
    "version of another file": (lambda p: p.update(version="1.1"), "says that it is version 1.1"),
}


@pytest.mark.parametrize("kind", BREAKS)
def test_a_broken_descriptor_is_refused_by_file_and_place(kind, tmp_path):
    change, says = BREAKS[kind]
    package = json.loads(DESCRIPTOR.read_text(encoding="utf-8"))
    change(package)
    path = tmp_path / "loti-1.0.json"
    path.write_text(json.dumps(package), encoding="utf-8")
    with pytest.raises(Problem) as raised:
        read_schema(path)
    assert says in raised.value.what
    assert "loti-1.0.json" in raised.value.what


def test_a_descriptor_that_is_no_json_is_refused_by_file(tmp_path):
    (tmp_path / "loti-1.0.json").write_text("{")
    with pytest.raises(Problem, match=r"“loti-1.0.json” cannot be read"):
        read_schema(tmp_path / "loti-1.0.json")


def test_a_version_that_never_was_is_refused_by_name():
    with pytest.raises(Problem, match=r"does not know version 7\.3"):
        load("7.3")


def test_a_fingerprint_does_not_depend_on_the_order_of_rows():
    schema = load()
    made = content(apprentices=3)
    turned = replace(made, apprentices=made.apprentices[::-1])
    assert schema.fingerprint(made) == schema.fingerprint(turned)


def test_a_fingerprint_does_not_depend_on_the_header_nor_on_how_a_value_is_spelt():
    schema = load()
    made = content()
    spelt = replace(
        made.apprentices[0],
        standard_title="  Software \u00a0developer ",
        agreed_price=Decimal("17500.5"),
    )
    other = replace(content(revision=2), apprentices=(spelt, *made.apprentices[1:]))
    assert schema.fingerprint(made) == schema.fingerprint(other)


FULL = replace(
    full_content(apprentices=1),
    apprentices=(
        replace(
            APPRENTICE,
            ended_on=APPRENTICE.last_review_on,
            grade="pass",
            withdrawal_group="other",
            destination="education",
        ),
    ),
    secondments=(replace(SECONDMENT, ended_on=SECONDMENT.latest_start_on),),
    characteristics=(CharacteristicLine("sex", "Male", 7, 6, is_suppressed=False),),
)


@pytest.mark.parametrize(
    ("resource", "takes"),
    [(sheet.resource, field.takes) for sheet in load().sheets for field in sheet.fields],
)
def test_a_fingerprint_depends_on_every_field(resource, takes):
    schema = load()
    (line,) = FULL.lines(resource)
    blank = type(line)()
    less = replace(FULL, **{resource: (replace(line, **{takes: getattr(blank, takes)}),)})
    assert schema.fingerprint(FULL) != schema.fingerprint(less)


def test_the_fingerprint_is_made_as_the_descriptor_states():
    """Returns already sent carry it, so its form may never change within a format's version."""
    schema = load()
    made = content(apprentices=1)
    apprentice = (
        "HCK-00000000-X,1,ST0116,1.2,Software developer,4,Yes,software development,new recruit,"
        "19 to 24,live,2026-09-01,2028-08-31,2028-12-31,,0,19991234,Example College,C-001,"
        "17500.50,18000.00,686.73,114.45,85.00,100.25,80.00,2026-12-04,1,1,38,5,2028-08-31,,,"
    )
    contract = (
        "C-001|19991234|Example College|Procurement Act 2023|framework, further competition|"
        "Example framework|ST0116; ST0118|2026-04-01|2029-03-31|2030-03-31|2028-12-31|250000.00|"
        "17500.50|2500.00|1|92.5|87.6|No"
    )
    text = (
        "Apprentices\x1e"
        + apprentice.replace(",", "\x1f")
        + "\x1eContracts\x1e"
        + contract.replace("|", "\x1f")
        + "\x1e"
        + "".join(f"{name}\x1e" for name in OTHERS)
    )
    assert schema.fingerprint(made) == hashlib.sha256(text.encode()).hexdigest()


def test_a_field_that_is_not_there_is_a_fault_of_ours():
    with pytest.raises(KeyError):
        load().sheet("apprentices").field("shoe_size")
