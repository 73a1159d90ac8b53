"""The figures of a merge add up, can be opened, and are what an independent count comes to."""

from __future__ import annotations

import random
from collections import Counter
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

import pytest

from apprentice_desk.domain.calendar import Quarter
from apprentice_desk.domain.identifiers import make_code
from apprentice_desk.domain.reference import Programme, ProgrammeTarget
from apprentice_desk.returns import figures, measures, workbook
from apprentice_desk.returns.figures import BY_STANDARD, GROUPINGS, Terms
from apprentice_desk.returns.merge import merge, write_merged
from apprentice_desk.returns.picture import overview, target_for
from apprentice_desk.returns.rows import ReturnContent
from apprentice_desk.returns.schema import load
from apprentice_desk.returns.workbook import ReadReturn
from apprentice_desk.sheets import read_workbook
from returns.making import APPRENTICE, CAMDEN, CONTRACT, HACKNEY, PERIOD, content, full_content

SCHEMA = load()
TERMS = Terms(PERIOD, Decimal("0.1"))
NEWHAM = ("E09000025", "Newham", "NWM")
WORDS = ("planned", "live", "on a break", "in assessment", "completed", "withdrawn")


def read_of(made: ReturnContent, file: str = "a.xlsx") -> ReadReturn:
    rows = {
        sheet.resource: tuple(range(2, 2 + len(made.lines(sheet.resource))))
        for sheet in SCHEMA.sheets
    }
    return ReadReturn(file, (), made.header, made, SCHEMA, rows)


def people(borough, *changes) -> ReadReturn:
    lines = tuple(
        replace(APPRENTICE, apprentice_code=make_code(borough[2], f"{n:08d}"), **change)
        for n, change in enumerate(changes)
    )
    return read_of(replace(content(borough, 0), apprentices=lines), f"{borough[1]}.xlsx")


def total(name: str, *returns: ReadReturn):
    return figures.figure(returns, measures.BY_NAME[name], TERMS).total


def random_return(borough, rng: random.Random) -> ReturnContent:
    """Return a programme drawn at random: sound, with statuses and hours of every kind."""
    made = full_content(borough, 0)
    lines = []
    for number in range(rng.randrange(5, 25)):
        status = rng.choice(WORDS)
        start = date(2026, 1, 1) + timedelta(rng.randrange(360))
        is_ended = status in ("completed", "withdrawn")
        planned = Decimal(rng.randrange(1, 40_000)) / 100
        has_plan = rng.random() < 0.8
        lines.append(
            replace(
                APPRENTICE,
                apprentice_code=make_code(borough[2], f"{number:08d}"),
                status=status,
                standard_code=rng.choice(("ST0116", "ST0118", "ST0973")),
                level=rng.choice((3, 4, 6)),
                is_digital=rng.choice((True, False)),
                training_started_on=None if status == "planned" else start,
                training_planned_end_on=start + timedelta(500),
                ended_on=start + timedelta(rng.randrange(30, 90)) if is_ended else None,
                planned_to_date_hours=planned if has_plan else None,
                logged_to_date_hours=Decimal(rng.randrange(1, 40_000)) / 100,
                logged_in_period_hours=None,
                destination="kept on, permanent" if status == "completed" else "",
                provider_ukprn=rng.choice(("19991234", "19995678")),
                contract_reference="",
            )
        )
    return replace(made, apprentices=tuple(lines), contracts=(CONTRACT,), secondments=())


@pytest.fixture(scope="module")
def drawn(tmp_path_factory):
    rng = random.Random(20260901)
    folder = tmp_path_factory.mktemp("drawn")
    made = [random_return(borough, rng) for borough in (HACKNEY, CAMDEN, NEWHAM)]
    for one in made:
        workbook.write(one, SCHEMA, folder / f"{one.header.borough_name}.xlsx")
    merged = merge([folder], schema=SCHEMA)
    assert all(state.left_out == 0 for state in merged.boroughs), merged.findings
    write_merged(merged, folder / "out.xlsx")
    return made, merged, folder / "out.xlsx"


def picture_rows(path: Path) -> dict[str, tuple]:
    rows = read_workbook(path).sheet("Picture").rows
    assert rows[0] == (
        "Part", "Figure", "What it means", "All boroughs", "Camden", "Hackney", "Newham",
    )  # fmt: skip
    assert all(row[2] for row in rows[1:])
    return {row[1]: row[3:] for row in rows[1:]}


def test_a_random_programme_comes_to_what_an_independent_sum_says(drawn):
    made, _, path = drawn
    told = picture_rows(path)
    by_name = {one.header.borough_name: one for one in made}
    in_order = [by_name[name] for name in ("Camden", "Hackney", "Newham")]

    def check(title, count):
        each = [count(one) for one in in_order]
        assert tuple(map(Decimal, map(str, told[title]))) == (sum(each), *each), title

    on = ("live", "on a break", "in assessment")
    first, last = date(2026, 10, 1), date(2026, 12, 31)
    check("On programme", lambda one: sum(a.status in on for a in one.apprentices))
    check("On programme, live", lambda one: sum(a.status == "live" for a in one.apprentices))
    check(
        "On programme, digital",
        lambda one: sum(a.status in on and a.is_digital for a in one.apprentices),
    )
    check(
        "Started this quarter",
        lambda one: sum(
            a.status != "planned" and first <= a.training_started_on <= last
            for a in one.apprentices
        ),
    )
    check(
        "Left this quarter",
        lambda one: sum(
            a.status == "withdrawn" and first <= a.ended_on <= last for a in one.apprentices
        ),
    )
    check(
        "Hours planned to date",
        lambda one: sum(
            (a.planned_to_date_hours for a in one.apprentices
             if a.status in on and a.planned_to_date_hours is not None),
            Decimal(0),
        ),
    )  # fmt: skip
    check(
        "Behind plan",
        lambda one: sum(
            a.status in on and a.planned_to_date_hours is not None
            and (a.planned_to_date_hours - a.logged_to_date_hours) * 10 >= a.required_hours
            for a in one.apprentices
        ),
    )  # fmt: skip
    check("Barriers", lambda one: len(one.barriers))
    check("Pledged", lambda one: sum(line.pledged for line in one.pledges))
    check("Attendances", lambda one: sum(line.attended for line in one.network))
    check("Paid to date, in pounds", lambda one: sum(c.paid_to_date for c in one.contracts))
    assert told["Boroughs merged"] == (3, 1, 1, 1)
    assert told["Providers"][0] == 2
    assert told["Providers that boroughs share"] == (2, 2, 2, 2)


def test_every_figure_is_the_sum_of_its_boroughs_unless_it_says_otherwise(drawn):
    rows = read_workbook(drawn[2]).sheet("Picture").rows[1:]
    assert len(rows) > 40
    for row in rows:
        if "does not add up" not in row[2]:
            parts = sum(Decimal(str(value)) for value in row[4:])
            assert Decimal(str(row[3])) == parts, row[1]


def test_the_parts_of_those_on_programme_add_up_to_them(drawn):
    rows = read_workbook(drawn[2]).sheet("Picture").rows[1:]
    on_programme = next(row[3:] for row in rows if row[1] == "On programme")
    for grouping in GROUPINGS:
        parts = [row[3:] for row in rows if row[0] == grouping.title]
        assert parts, grouping.title
        assert tuple(map(sum, zip(*parts, strict=True))) == on_programme


def test_each_figure_opens_to_the_rows_that_it_is_made_of(drawn):
    _, merged, _ = drawn
    terms = Terms(PERIOD, TERMS.behind_share)
    for measure in measures.MEASURES:
        found = figures.figure(merged.returns, measure, terms)
        rows = figures.rows_behind(merged.returns, measure, terms)
        amount = measure.amount or (lambda _line: 1)
        assert sum(amount(row.line) or 0 for row in rows) == found.total, measure.name
        of_hackney = figures.rows_behind(merged.returns, measure, terms, HACKNEY[0])
        assert [row for row in rows if row.borough == "Hackney"] == list(of_hackney)
    row = figures.rows_behind(merged.returns, measures.ON_PROGRAMME, terms, HACKNEY[0])[0]
    book = read_workbook(drawn[2].parent / row.file)
    assert book.sheet(row.sheet).rows[row.row - 1][0] == row.line.apprentice_code


def test_names_of_measures_are_unique():
    assert [n for n, c in Counter(one.name for one in measures.MEASURES).items() if c > 1] == []
    assert len(measures.BY_NAME) == len(measures.MEASURES)


@pytest.mark.parametrize(
    ("changes", "is_behind"),
    [
        ({}, False),
        ({"logged_to_date_hours": Decimal("45.78")}, False),
        ({"logged_to_date_hours": Decimal("45.77")}, True),
        ({"logged_to_date_hours": None}, True),
        ({"required_hours": None, "logged_to_date_hours": Decimal("103.01")}, False),
        ({"required_hours": None, "logged_to_date_hours": Decimal("103.00")}, True),
        ({"planned_to_date_hours": None}, False),
        ({"planned_to_date_hours": Decimal(0), "logged_to_date_hours": Decimal(0)}, False),
        ({"status": "completed", "logged_to_date_hours": Decimal(0)}, False),
    ],
)
def test_behind_is_a_tenth_of_the_required_hours_below_the_plan(changes, is_behind):
    assert total("behind", people(HACKNEY, changes)) == is_behind


def test_the_share_that_is_behind_comes_from_the_dated_rules():
    assert figures.terms_for(PERIOD) == Terms(PERIOD, Decimal("0.1"))


def test_kept_on_are_those_who_completed_in_the_quarter_and_stayed():
    done = {"status": "completed", "ended_on": date(2026, 11, 1)}
    mine = people(
        HACKNEY,
        done | {"destination": "kept on, fixed term"},
        done | {"destination": "education"},
        done | {"ended_on": date(2026, 9, 1), "destination": "kept on, permanent"},
    )
    assert total("kept_on", mine) == 1


def test_offers_and_requests_count_as_matched_once_the_other_side_is_found():
    made = full_content()
    (one,) = made.secondments
    lines = tuple(
        replace(one, secondment_code=f"S-{n}", kind=kind, status=status)
        for n, (kind, status) in enumerate(
            [("offer", "requested"), ("offer", "matched"), ("offer", "declined"),
             ("request", "under way"), ("request", "withdrawn")]
        )
    )  # fmt: skip
    mine = read_of(replace(made, secondments=lines))
    assert [total(n, mine) for n in ("offered", "offers_matched", "requested")] == [3, 1, 2]
    assert total("requests_matched", mine) == 1


def test_pledges_of_another_year_do_not_count():
    made = full_content()
    other = replace(made.pledges[0], programme_year="2025-26", pledged=100)
    assert total("pledged", read_of(replace(made, pledges=(*made.pledges, other)))) == 4


def test_standards_are_called_what_most_rows_call_them_and_one_without_belongs_nowhere():
    mine = people(
        HACKNEY,
        {"standard_title": "Developer"},
        {"standard_title": "Software developer"},
        {"standard_title": "Software developer"},
        {"standard_code": "", "standard_title": "Coder"},
        {"standard_code": "", "standard_title": ""},
        {"status": "planned"},
    )
    parts = figures.groups([mine], BY_STANDARD, TERMS)
    assert [(one.measure.title, one.total) for one in parts] == [
        ("Software developer (ST0116)", 3),
        ("Coder", 1),
        ("not known", 1),
    ]
    rows = figures.rows_behind([mine], parts[0].measure, TERMS)
    assert [row.row for row in rows] == [2, 3, 4]


def test_a_provider_is_known_by_its_number_and_shared_from_three_boroughs_on():
    both = {"provider_ukprn": "19991234"}
    returns = [
        people(HACKNEY, both | {"provider_name": "Example"}, both, both),
        people(CAMDEN, {"provider_ukprn": "", "provider_name": "Another  College"}),
        people(NEWHAM, both, {"status": "planned", "provider_ukprn": "19999999"}),
    ]
    found = figures.providers(returns)
    assert [(one.key, one.name, one.borough_codes) for one in found] == [
        ("19991234", "Example College", (CAMDEN[0], HACKNEY[0], NEWHAM[0])),
        ("another college", "Another  College", (CAMDEN[0],)),
    ]
    rows = figures.provider_rows(returns, "19991234")
    assert Counter(row.sheet for row in rows) == {"Apprentices": 4, "Contracts": 3}


def test_where_no_provider_is_named_there_is_none():
    nobody = {"provider_ukprn": "", "provider_name": " "}
    mine = people(HACKNEY, nobody)
    assert [one.key for one in figures.providers([mine])] == ["19991234"]  # of the contract


def test_a_provider_without_a_name_is_called_by_its_number():
    line = replace(CONTRACT, provider_name="")
    mine = read_of(replace(content(HACKNEY, 0), contracts=(line,)))
    assert figures.providers([mine])[0].name == "19991234"


def test_a_percentage_of_nothing_is_not_known():
    assert figures.percent(1, 0) is None
    assert figures.percent(1, 8) == 13


# --- the overview -------------------------------------------------------------------------------

PROGRAMME = Programme(
    "Programme",
    (ProgrammeTarget(100, date(2020, 9, 30), "s"), ProgrammeTarget(10, date(2026, 12, 31), "s")),
)


def test_the_next_target_applies_until_its_day_and_then_none():
    assert target_for(PROGRAMME, date(2020, 9, 30)).apprentices == 100
    assert target_for(PROGRAMME, date(2020, 10, 1)).apprentices == 10
    assert target_for(PROGRAMME, date(2027, 1, 1)) is None


def seen(tmp_path, *contents, programme=PROGRAMME):
    for number, made in enumerate(contents):
        workbook.write(made, SCHEMA, tmp_path / f"{number}.xlsx")
    return overview(merge([tmp_path], schema=SCHEMA), programme, TERMS)


def test_the_overview_has_what_the_page_shows(tmp_path):
    made = seen(tmp_path, full_content(HACKNEY, 3), full_content(CAMDEN, 2))
    assert (made.on_programme.total, made.digital.by_borough) == (
        5,
        {CAMDEN[0]: 2, HACKNEY[0]: 3},
    )
    assert (made.target.apprentices, made.target_percent, made.to_go) == (10, 50, 5)
    assert (made.hours_percent, made.behind.total) == (88, 0)
    assert len(made.providers) == 1
    assert made.shared_providers == ()
    assert (made.offered.total, made.offers_matched.total) == (0, 0)
    assert [one.total for one in made.standards] == [5]
    assert made.since is None
    assert made.buying[0].boroughs == ("Camden", "Hackney")
    assert made.matches == ()


def test_a_target_is_one_of_recruits_so_planned_and_ended_ones_count(tmp_path):
    """LOTI exceeded "its target of recruiting 100 digital apprentices" by September 2020."""
    made = content(HACKNEY, 4)
    lines = list(made.apprentices)
    lines[0] = replace(lines[0], status="planned", training_started_on=None)
    lines[1] = replace(lines[1], status="completed", ended_on=date(2026, 11, 30))
    lines[2] = replace(lines[2], is_digital=False)
    found = seen(tmp_path, replace(made, apprentices=tuple(lines)))
    assert (found.digital.total, found.recruited.total) == (1, 3)
    assert (found.target_percent, found.to_go) == (30, 7)


def test_a_target_that_is_reached_leaves_none_to_go_and_without_one_nothing_is_said(tmp_path):
    made = seen(tmp_path, content(HACKNEY, 12))
    assert (made.target_percent, made.to_go) == (120, 0)
    made = seen(tmp_path, content(HACKNEY, 12), programme=Programme("P", ()))
    assert (made.target, made.target_percent, made.to_go) == (None, None, None)


def test_more_or_fewer_since_the_last_period_counts_boroughs_with_both_returns(tmp_path):
    q2 = Quarter.parse("2026-27 Q2")
    made = seen(
        tmp_path,
        content(HACKNEY, 5),
        content(HACKNEY, 2, period=q2),
        content(CAMDEN, 9),
    )
    assert (made.since.before, made.since.now, made.since.change) == (2, 5, 3)


def test_without_a_period_there_is_no_overview(tmp_path):
    (tmp_path / "x.xlsx").write_text("no")
    assert overview(merge([tmp_path], schema=SCHEMA), PROGRAMME, TERMS) is None
