"""The real layouts come in, whatever order, names and company their columns have."""

from __future__ import annotations

import json
import random
import re
from dataclasses import replace
from datetime import date, time, timedelta
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest

from apprentice_desk.domain.apprenticeship import Outcome
from apprentice_desk.domain.calendar import Period
from apprentice_desk.domain.hours_rules import Activity
from apprentice_desk.domain.problems import Problem
from apprentice_desk.imports import reading
from apprentice_desk.imports.fields import Kind
from apprentice_desk.records import apprentices, hours, known_people, providers
from imports.layouts import LAYOUTS, layout, layout_rows
from records.dumps import dump


def entries(store):
    return [
        (r.done_on, r.minutes, r.activity, r.counts, r.what, r.ksbs, r.began_at)
        for r in reversed(store.read(hours.hours_rows))
    ]


def held(store):
    return [
        store.read(apprentices.held, known.apprenticeship_id)
        for known in store.read(known_people.known_people)
    ]


def people(store):
    found = {
        (f"{each.details.given_names} {each.details.family_name}".strip(), each.number): each
        for each in held(store)
    }
    assert len(found) == len(held(store))
    return found


def nothing_wrong(rows, minutes=0):
    return {
        "rows_read": rows,
        "rows_imported": rows,
        "minutes_read": minutes,
        "minutes_imported": minutes,
        "skipped": [],
        "refused": [],
    }


def test_the_employer_download_becomes_apprentices(bring, catalogued):
    report = bring(layout("11"), "apprentices")
    assert report.as_json() == nothing_wrong(3)
    found = people(catalogued)
    assert set(found) == {("[removed] A", 1), ("[removed] B", 1), ("[removed] C", 1)}
    first = found["[removed] A", 1].details
    provider = catalogued.read(providers.provider_rows)[1]
    assert first == apprentices.ApprenticeDetails(
        given_names="[removed]",
        family_name="A",
        uln="1000000000",
        born_on=date(2004, 1, 1),
        employee_reference="HR-0001",
        standard_code="ST0118",
        training_started_on=date(2025, 9, 1),
        is_start_day_given=False,
        training_planned_end_on=date(2027, 3, 31),
        is_end_day_given=False,
        provider_id=provider.id,
        provider_reference="ABC123",
        agreed_price=Decimal("15000.00"),
    )
    assert (provider.name, provider.ukprn) == ("EXAMPLE TRAINING LTD", None)
    second = found["[removed] B", 1]
    assert second.breaks == (Period(date(2025, 11, 1)),)
    assert second.details.note == "Alerts: Changes for review"
    third = found["[removed] C", 1].details
    assert (third.outcome, third.ended_on) == (Outcome.COMPLETED, None)
    assert third.employee_reference == ""
    assert third.note == "Alerts: ILR data mismatch; Changes pending"
    assert third.provider_id == provider.id
    assert [finding.code for finding in report.findings] == ["AP008"]


def test_the_day_of_a_break_is_marked_as_not_given(bring, catalogued):
    bring(layout("11"), "apprentices")
    found = dump(catalogued)["break_in_learning"]
    assert len(found) == 1
    assert 0 in found[0]


def test_an_apprentices_own_log_becomes_hours(bring, catalogued, make):
    make.apprentice(given_names="Ada", family_name="King")
    report = bring(layout("02"), "hours", apprentice="Ada King")
    assert report.as_json() == nothing_wrong(3, 165)
    text = (
        "Read a textbook called 'Effective Java', read about best practices relating to how"
        " generics are used."
    )
    assert entries(catalogued)[:2] == [
        (date(2026, 1, 1), 60, Activity.OTHER_TRAINING, True, text, "", at)
        for at in ("12:00", "11:00")
    ]
    assert entries(catalogued)[2][:2] == (date(2026, 1, 5), 45)


def test_a_tracker_with_kinds_of_activity_becomes_hours(bring, catalogued, make):
    make.apprentice(given_names="Ada", family_name="King")
    report = bring(layout("14"), "hours", apprentice="ada  KING")
    assert report.as_json() == nothing_wrong(3, 195)
    assert entries(catalogued) == [
        (
            date(2026, 2, 3), 90, Activity.TEACHING, True,
            "(synthetic) Systems thinking webinar", "K1, S2", "",
        ),
        (
            date(2026, 2, 5), 45, Activity.SELF_STUDY, True,
            "(synthetic) Read two papers", "K3", "",
        ),
        (
            date(2026, 2, 10), 60, Activity.MENTORING, True,
            "(synthetic) Mentor meeting", "S4, B1", "",
        ),
    ]  # fmt: skip


def test_hours_and_minutes_in_two_columns_are_added(bring, catalogued, make):
    make.apprentice(given_names="Ada", family_name="King")
    report = bring(layout("06"), "hours", apprentice="Ada King")
    assert report.as_json() == nothing_wrong(3, 255)
    assert [(e[1], e[2], e[5]) for e in entries(catalogued)] == [
        (90, Activity.ONLINE_LEARNING, "K1, K4, S2, B1"),
        (45, Activity.SHADOWING, "K2, S3, S5"),
        (120, Activity.MENTORING, "K2, S3, B2"),
    ]


def test_on_the_job_comes_in_and_does_not_count(bring, catalogued, make):
    make.apprentice(given_names="Ada", family_name="King", training_started_on=date(2025, 8, 1))
    report = bring(layout("09"), "hours", apprentice="Ada King")
    assert report.as_json() == nothing_wrong(3, 579)
    assert [(e[1], e[2], e[3], e[6]) for e in entries(catalogued)] == [
        (90, Activity.ONLINE_LEARNING, True, "10:00"),
        (45, Activity.MENTORING, True, "14:00"),
        (444, Activity.ON_THE_JOB, False, ""),
    ]


def test_a_providers_log_adds_who_is_missing(bring, catalogued):
    report = bring(layout("07"), "hours", add_missing=True)
    assert report.as_json() == nothing_wrong(3, 285)
    (added,) = people(catalogued).values()
    assert added.details.course_title == "Not known (from 07_solent_moodle_download.csv)"
    assert [finding.code for finding in report.findings] == ["IM405"]
    assert [e[2] for e in entries(catalogued)] == [
        Activity.TEACHING, Activity.ASSIGNMENT, Activity.SHADOWING,
    ]  # fmt: skip


def test_the_provider_bulk_upload_becomes_apprentices(bring, catalogued):
    assert bring(layout("12"), "apprentices").as_json() == nothing_wrong(3)
    details = [found.details for found in held(catalogued)]
    assert len(details) == 3
    first = next(found for found in details if found.uln == "1000000000")
    assert first.email == "a@example.org"
    assert first.training_started_on == date(2025, 9, 1)
    assert first.is_start_day_given
    assert first.training_planned_end_on == date(2027, 3, 31)
    assert not first.is_end_day_given
    assert first.agreed_price == Decimal("15000.00")
    assert first.prior_learning_minutes == 40 * 60
    assert first.provider_reference == "ZB88"
    assert first.course_title == "Standard with LARS code 58"


@pytest.mark.parametrize("start", ["15", "16"])
@pytest.mark.parametrize("kind", ["apprentices", "hours"])
def test_a_table_of_another_kind_is_declined_in_words(bring, catalogued, start, kind):
    before = dump(catalogued, with_log=True)
    with pytest.raises(Problem) as raised:
        bring(layout(start), kind)
    assert "does not look like a l" in raised.value.what
    assert "no column was found for" in raised.value.what
    assert "Row 1 has “C" in raised.value.what
    assert "needs columns for" in raised.value.remedy
    assert dump(catalogued, with_log=True) == before


@pytest.mark.parametrize(("start", "kind"), [("07", "apprentices"), ("11", "hours")])
def test_a_list_given_as_the_other_kind_is_declined_and_named(bring, start, kind):
    with pytest.raises(Problem, match="mport it as "):
        bring(layout(start), kind)


# --- the same lists, otherwise put --------------------------------------------------------------

WANTED = (
    ("11", Kind.APPRENTICES),
    ("12", Kind.APPRENTICES),
    ("02", Kind.HOURS),
    ("06", Kind.HOURS),
    ("07", Kind.HOURS),
    ("09", Kind.HOURS),
    ("14", Kind.HOURS),
)


def everything(store):
    """Return what a desk holds of people and hours, without keys, codes and sources."""
    known = [(replace(each.details, provider_id=None), each.breaks) for each in held(store)]
    return sorted(map(repr, known)), sorted(map(repr, entries(store)))


def brought(bring, store, path: Path, kind: Kind):
    options = {} if kind is Kind.APPRENTICES else {"apprentice": "Ada King"}
    report = bring(path, kind, **options)
    found = everything(store)
    if report.review.count() and store.undoable().label.startswith("Import"):
        store.undo(store.undoable().number)
    numbers = {key: report.as_json()[key] for key in ("rows_imported", "minutes_imported")}
    return found, numbers


def table_of(start: str) -> tuple[list[list[str]], list[list[str]]]:
    rows = layout_rows(start)
    width = max(map(len, rows))
    at = 3 if start == "12" else 0
    return [rows[at]], [row + [""] * (width - len(row)) for row in rows[at + 1 :]]


@pytest.mark.parametrize(("start", "kind"), WANTED)
def test_the_order_of_columns_does_not_matter(bring, catalogued, make, listed, start, kind):
    make.apprentice(given_names="Ada", family_name="King", training_started_on=date(2023, 8, 1))
    as_it_is = brought(bring, catalogued, layout(start), kind)
    head, body = table_of(start)
    order = list(range(len(head[0])))
    random.Random(start).shuffle(order)
    path = listed([[row[at] for at in order] for row in head + body])
    shuffled = brought(bring, catalogued, path, kind)
    assert shuffled[1] == as_it_is[1]
    if start != "06":  # the codes there follow the order of their three columns
        assert shuffled[0] == as_it_is[0]


@pytest.mark.parametrize(("start", "kind"), WANTED)
def test_capitals_line_breaks_and_hard_spaces_in_headings_do_not_matter(
    bring, catalogued, make, listed, start, kind
):
    make.apprentice(given_names="Ada", family_name="King", training_started_on=date(2023, 8, 1))
    as_it_is = brought(bring, catalogued, layout(start), kind)
    head, body = table_of(start)
    changed = [
        heading.upper().replace(" ", "\u00a0\n") if " " in heading else f" {heading} :"
        for heading in head[0]
    ]
    assert brought(bring, catalogued, listed([changed, *body]), kind) == as_it_is


@pytest.mark.parametrize(("start", "kind"), WANTED)
def test_a_preamble_and_further_columns_do_not_matter(bring, catalogued, make, listed, start, kind):
    make.apprentice(given_names="Ada", family_name="King", training_started_on=date(2023, 8, 1))
    as_it_is = brought(bring, catalogued, layout(start), kind)
    head, body = table_of(start)
    above = [
        ["Our tracker", ""],
        [],
        ["", "Name", "Ada King"],
        ["", "Start date", "01/09/2025"],
        ["", "Weekly hours", "36"],
        [],
    ]
    wider = [["", *row, word] for row, word in zip(head + body, "abcd", strict=True)]
    wider[0][-1] = "Room booked"
    assert brought(bring, catalogued, listed(above + wider), kind) == as_it_is


RENAMED = {
    "11": {
        "Apprentice name": "Full name of the apprentice",
        "Apprenticeship training course": "Standard",
        "Planned start date": "Training start date",
        "Planned end date": "Expected end date",
        "Training provider": "Provider name",
        "ULN": "Unique Learner Number",
        "Date of birth": "D.O.B.",
        "Total agreed apprenticeship price": "Agreed price (£)",
        "Your reference": "Payroll number",
        "Reference": "Provider's ref",
        "Status": "Current status",
    },
    "02": {"date": "Date of activity", "time-spent": "Duration", "comments": "What did you do?"},
    "14": {
        "title": "Activity title",
        "activity_date": "Date undertaken",
        "duration_hours": "How long did it take (hours)?",
        "activity_type": "Category",
        "ksbs": "KSBs covered",
    },
    "09": {
        "Activity Date": "Day",
        "Time Spent on Activity": "Time taken (hh:mm)",
        "On/Off the Job": "Is this off the job?",
        "Activity Type": "Type of learning",
    },
}


@pytest.mark.parametrize("start", sorted(RENAMED))
def test_headings_in_other_words_mean_the_same(bring, catalogued, make, listed, start):
    make.apprentice(given_names="Ada", family_name="King", training_started_on=date(2023, 8, 1))
    kind = dict(WANTED)[start]
    as_it_is = brought(bring, catalogued, layout(start), kind)
    head, body = table_of(start)
    assert RENAMED[start].keys() <= set(head[0])
    renamed = [RENAMED[start].get(heading, heading) for heading in head[0]]
    assert brought(bring, catalogued, listed([renamed, *body]), kind) == as_it_is


@pytest.mark.parametrize(
    "how",
    [
        {"delimiter": ";"},
        {"delimiter": "\t"},
        {"encoding": "utf-8-sig"},
        {"encoding": "utf-16"},
        {"encoding": "cp1252"},
    ],
    ids=str,
)
def test_every_kind_of_csv_is_read_alike(bring, catalogued, listed, how):
    as_it_is = brought(bring, catalogued, layout("11"), Kind.APPRENTICES)
    head, body = table_of("11")
    body[0][5] = "Collège d’Exemple"
    path = listed(head + body, **how)
    assert brought(bring, catalogued, path, Kind.APPRENTICES) == as_it_is
    bring(path, "apprentices")
    names = {provider.name for provider in catalogued.read(providers.provider_rows)}
    assert "Collège d’Exemple" in names


def test_a_workbook_with_true_dates_numbers_and_clock_times_is_read_alike(
    bring, catalogued, make, tmp_path
):
    make.apprentice(given_names="Ada", family_name="King")
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.append(["Log of Ada King"])
    sheet.append([])
    sheet.append(["Date", "Hours", "What I did", "Total so far"])
    sheet.append([date(2026, 1, 5), time(1, 0), "Clock-like cell", "=SUM(B$4:B4)"])
    sheet.append([date(2026, 1, 6), timedelta(hours=7, minutes=30), "A length", "=SUM(B$4:B5)"])
    sheet.append(["07/01/2026", 1.5, "A number of hours", "=SUM(B$4:B6)"])
    sheet.append(["8 January 2026", "45m", "Minutes", "=SUM(B$4:B7)"])
    for row in range(8, 30):
        sheet.cell(row, 4, f"=SUM(B$4:B{row})")
    path = tmp_path / "log.xlsx"
    book.save(path)
    report = bring(path, "hours", apprentice="Ada King")
    assert report.as_json() == nothing_wrong(4, 60 + 450 + 90 + 45)
    assert [e[:2] for e in entries(catalogued)] == [
        (date(2026, 1, 5), 60),
        (date(2026, 1, 6), 450),
        (date(2026, 1, 7), 90),
        (date(2026, 1, 8), 45),
    ]


def test_the_employer_download_saved_as_a_workbook_is_read_alike(bring, catalogued, tmp_path):
    as_it_is = brought(bring, catalogued, layout("11"), Kind.APPRENTICES)
    book = openpyxl.Workbook()
    book.active.title = "Notes"
    book.active.append(["Ask Sam about the levy"])
    sheet = book.create_sheet("Apprentices")
    head, body = table_of("11")
    sheet.append(head[0])
    for row in body:
        uln, price = int(row[7]), int(row[9].replace(",", ""))
        sheet.append([*row[:7], uln, row[8], price, *(cell or None for cell in row[10:])])
    path = tmp_path / "download.xlsx"
    book.save(path)
    report = bring(path, "apprentices", dry_run=True)
    assert [finding.code for finding in report.notes] == ["IM409"]
    assert brought(bring, catalogued, path, Kind.APPRENTICES) == as_it_is


# --- guards -------------------------------------------------------------------------------------


def three_in_a_row(text: str, headings: list[str]) -> list[tuple[str, ...]]:
    """Return the neighbours of a heading row that stand as neighbours in *text*."""
    tidy = re.sub(r'["\'\s]+', "", text.casefold())
    neighbours = zip(headings, headings[1:], headings[2:], strict=False)
    return [
        three
        for three in neighbours
        if ",".join(re.sub(r"\s+", "", heading.casefold()) for heading in three) in tidy
    ]


@pytest.mark.parametrize("start", [start for start, _ in WANTED])
def test_no_layouts_heading_row_stands_in_the_program(start):
    source = Path(reading.__file__).parents[1]
    headings = [heading for heading in table_of(start)[0][0] if heading]
    assert three_in_a_row(repr(headings), headings)  # the guard can fail
    for path in source.rglob("*.py"):
        assert not three_in_a_row(path.read_text(encoding="utf-8"), headings), path


def test_the_json_is_plain(bring):
    assert json.loads(json.dumps(bring(layout("11"), "apprentices").as_json()))


def test_every_layout_is_here():
    assert len(list(LAYOUTS.glob("*.csv"))) == 9
