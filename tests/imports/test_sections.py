"""Rows that name a person: blocks of entries below whom they belong to."""

from __future__ import annotations

from collections import defaultdict
from datetime import date

import openpyxl
import pytest

from apprentice_desk.imports import steps
from apprentice_desk.imports.fields import Kind
from apprentice_desk.imports.rows import Options
from apprentice_desk.imports.steps import Given
from apprentice_desk.records import known_people
from apprentice_desk.records.hours import hours_rows
from imports.conftest import TODAY

HEAD = ["Date", "Hours", "What I did"]


@pytest.fixture
def ada(make):
    return make.apprentice(given_names="Ada", family_name="King", uln="1000000043")


@pytest.fixture
def ben(make):
    return make.apprentice(given_names="Ben", family_name="Orr", uln="1000000051")


@pytest.fixture
def team(ada, ben):
    return ada, ben


def entry(day, hours="1", what=""):
    return [f"{day:02d}/08/2026", hours, what or f"Reading, part {day}"]


def by_person(store):
    found = defaultdict(int)
    for row in store.read(hours_rows):
        found[row.name] += row.minutes
    return dict(found)


def reasons(report):
    return [(each["row"], each["reason"]) for each in report.as_json()["skipped"]]


def codes(report):
    return {note.code: note.message for note in report.notes}


def as_is(name):
    return [name]


FORMS = {
    "alone": as_is,
    "in the second column": lambda name: ["", name],
    "labelled": lambda name: [f"Apprentice: {name}"],
    "in two cells": lambda name: ["Name:", name],
    "in two cells without a colon": lambda name: ["Apprentice", name],
    "turned round": lambda name: [", ".join(reversed(name.split()))],
    "in capitals": lambda name: [name.upper()],
    "with a title": lambda name: [f"Ms {name}"],
    "with a course": lambda name: [f"{name} - Data analyst, Level 4"],
    "with a place": lambda name: [f"{name} (Housing)"],
    "as a sentence": lambda name: [f"Hours for {name}"],
    "possessive": lambda name: [f"{name}’s hours"],
    "with a dash": lambda name: [f"Learner - {name}"],
    "with more in the cell": lambda name: [f"Name: {name}   Department: Housing"],
}


@pytest.mark.parametrize("form", FORMS)
def test_a_row_that_names_somebody_says_whose_the_rows_below_are(
    bring, listed, team, catalogued, form
):
    named = FORMS[form]
    rows = [
        HEAD, named("Ada King"), entry(3), entry(4), named("Ben Orr"), entry(3, "5"),
    ]  # fmt: skip
    report = bring(listed(rows), "hours")
    assert by_person(catalogued) == {"Ada King": 120, "Ben Orr": 300}
    found = report.as_json()
    assert (found["rows_read"], found["rows_imported"], found["refused"]) == (5, 3, [])
    assert [row for row, _ in reasons(report)] == [2, 5]
    assert reasons(report)[0][1] == "Names Ada King, whose hours stand below it." or (
        form in ("turned round", "in capitals")
    )
    assert "2 people are read from what names them above their hours" in codes(report)["IM461"]


def test_a_label_with_a_number_finds_the_person_by_it(bring, listed, team, catalogued):
    rows = [
        HEAD, ["Name: A. King  ULN: 1000000043"], entry(3), ["ULN:", "1000000051"], entry(4, "2"),
        ["Ada K. (ULN 1000000043)"], entry(5, "3"),
    ]  # fmt: skip
    report = bring(listed(rows), "hours")
    assert by_person(catalogued) == {"Ada King": 240, "Ben Orr": 120}
    assert "2 people" in codes(report)["IM461"] or "3 people" in codes(report)["IM461"]


@pytest.mark.parametrize("gap", [[], [[]]])
def test_headings_may_be_repeated_in_each_block_with_subtotals_between(
    bring, listed, team, catalogued, gap
):
    rows = [
        ["Off-the-job hours 2026"],
        ["Ada King"], HEAD, entry(3), entry(4, "1:30"), ["Total", "2:30"], *gap,
        ["Ben Orr"], HEAD, entry(3, "2"), ["", "2"], *gap,
        ["Grand total", "4:30"],
    ]  # fmt: skip
    report = bring(listed(rows), "hours")
    assert by_person(catalogued) == {"Ada King": 150, "Ben Orr": 120}
    assert report.as_json()["refused"] == []
    assert [reason for _, reason in reasons(report)] == [
        "A row of totals.",
        "Names Ben Orr, whose hours stand below it.",
        "The headings again.",
        "A row of totals.",
        "A row of totals.",
    ]


def test_a_block_may_begin_with_more_about_its_person(bring, listed, team, catalogued):
    rows = [
        ["Name", "Ada King"], ["Programme", "Data analyst"], ["Planned hours", "400"],
        HEAD, entry(3),
        ["Name", "Ben Orr"], ["Programme", "Data analyst"], ["Planned hours", "300"],
        HEAD, entry(3, "2"), ["Total for Ben Orr", "2"],
    ]  # fmt: skip
    report = bring(listed(rows), "hours")
    assert by_person(catalogued) == {"Ada King": 60, "Ben Orr": 120}
    assert report.as_json()["refused"] == []
    assert [reason for _, reason in reasons(report)] == [
        "Names Ben Orr, whose hours stand below it.",
        *["Says more about whose hours stand below it."] * 2,
        "The headings again.",
        "A row of totals.",
    ]
    assert report.as_json()["minutes_read"] == 180


def test_a_merged_cell_over_the_width_names_somebody(bring, team, catalogued, tmp_path):
    book = openpyxl.Workbook()
    sheet = book.active
    for row in (
        HEAD, ["Ada King"], [date(2026, 8, 3), 1, "SQL"], ["Ben Orr"],
        [date(2026, 8, 3), 2, "SQL"], ["Zed Roe"], [date(2026, 8, 4), 4, "SQL"], ["Summer Party"],
        [date(2026, 8, 5), 8, "SQL"],
    ):  # fmt: skip
        sheet.append(row)
    for row in (2, 4, 6):
        sheet.merge_cells(f"A{row}:C{row}")
    book.save(tmp_path / "log.xlsx")
    report = bring(tmp_path / "log.xlsx", "hours")
    assert by_person(catalogued) == {"Ada King": 60, "Ben Orr": 120}
    refused = report.as_json()["refused"]
    assert [each["row"] for each in refused] == [7, 9]  # the party is not as wide: a note
    assert "There is no Zed Roe in the desk. (Row 6 names them.)" in refused[0]["reason"]


def test_a_block_of_nobody_is_added_like_any_unknown_person(bring, listed, ada, catalogued):
    rows = [HEAD, ["Ada King"], entry(3), ["Zed Roe"], entry(3, "2"), ["Ada Kingg"], entry(5)]
    report = bring(listed(rows), "hours", add_missing=True)
    assert by_person(catalogued) == {"Ada King": 60, "Zed Roe": 120}
    (refused,) = report.as_json()["refused"]
    assert "Did you mean Ada King?" in refused["reason"]
    assert [near.name for near in report.review.all_rows[-1].near] == ["Ada King"]


NOTES = [
    "September", "Sep 2026", "Week 2", "w/c 7 Sept", "Total", "Annual leave", "Reading week",
    "Congratulations, you made it to the bottom!", "Ask Ada King about this", "Happy Christmas",
    "Name: tbc", "Manager: Ben Orr", "KEEP GOING", "2026/27", "Ada", "Off the job",
]  # fmt: skip


@pytest.mark.parametrize("note", NOTES)
def test_a_note_a_month_a_total_or_a_joke_names_nobody(bring, listed, team, catalogued, note):
    rows = [HEAD, entry(3), [note], entry(4), ["", note], entry(5)]
    report = bring(listed(rows), "hours", apprentice="Ada King")
    assert by_person(catalogued) == {"Ada King": 180}
    assert report.as_json()["refused"] == []
    assert "IM461" not in codes(report)


@pytest.mark.parametrize("note", [n for n in NOTES if n != "Happy Christmas"])
def test_nor_does_it_between_the_blocks_of_people(bring, listed, team, catalogued, note):
    rows = [
        HEAD, ["Ada King"], entry(3), [note], entry(4), ["Ben Orr"], entry(3, "4"), [note],
        entry(5),
    ]  # fmt: skip
    assert bring(listed(rows), "hours").as_json()["refused"] == []
    assert by_person(catalogued) == {"Ada King": 120, "Ben Orr": 300}


def test_what_stands_like_a_name_but_not_where_names_stand_is_a_note(
    bring, listed, team, catalogued
):
    rows = [
        HEAD, ["Ada King"], entry(3), ["Happy Christmas"], entry(4), [], ["Ben Orr"],
        entry(3, "4"),
    ]  # fmt: skip
    assert bring(listed(rows), "hours").as_json()["refused"] == []
    assert by_person(catalogued) == {"Ada King": 120, "Ben Orr": 240}


def test_a_name_that_is_like_somebodys_is_asked_about_wherever_it_stands(
    bring, listed, team, catalogued
):
    rows = [
        HEAD, ["Ada King"], entry(3), ["Total", "1"], ["Ben Orr"], entry(4, "2"), ["Ada Kingg"],
        entry(5, "4"),
    ]  # fmt: skip
    (refused,) = bring(listed(rows), "hours").as_json()["refused"]
    assert (refused["row"], "Did you mean Ada King?" in refused["reason"]) == (8, True)
    assert by_person(catalogued) == {"Ada King": 60, "Ben Orr": 120}


def test_what_only_looks_like_a_name_between_the_names_of_others_is_told(
    bring, listed, team, catalogued
):
    rows = [
        HEAD, ["Ada King"], entry(3), ["Total", "1"], ["Ben Orr"], entry(4, "2"), ["Happy Easter"],
        entry(5, "4"),
    ]  # fmt: skip
    report = bring(listed(rows), "hours")
    assert by_person(catalogued) == {"Ada King": 60, "Ben Orr": 360}
    assert "“Happy Easter” (row 7)" in codes(report)["IM462"]


def test_the_name_of_somebody_at_the_end_is_no_block(bring, listed, team, catalogued):
    rows = [HEAD, entry(3), ["Name: Ben Orr   Signed: B. Orr"]]
    report = bring(listed(rows), "hours", apprentice="Ada King")
    assert by_person(catalogued) == {"Ada King": 60}
    assert report.as_json()["refused"] == []


def test_a_lone_title_or_the_sheets_name_says_whose_a_whole_log_is(
    bring, listed, team, catalogued, tmp_path
):
    bring(listed([["Off-the-job log"], ["Ada King"], HEAD, entry(3)]), "hours")
    book = openpyxl.Workbook()
    book.active.title = "Ben Orr"
    for row in (HEAD, [date(2026, 8, 3), 2, "SQL"]):
        book.active.append(row)
    book.save(tmp_path / "log.xlsx")
    bring(tmp_path / "log.xlsx", "hours")
    assert by_person(catalogued) == {"Ada King": 60, "Ben Orr": 120}


def sheets(path, **rows):
    book = openpyxl.Workbook()
    book.remove(book.active)
    for title, each in rows.items():
        sheet = book.create_sheet(title.replace("_", " "))
        for row in each:
            sheet.append(row)
    book.save(path)
    return path


def test_what_stands_above_each_of_several_sheets_is_of_that_sheet(
    bring, team, catalogued, tmp_path
):
    path = sheets(
        tmp_path / "log.xlsx",
        Tab_1=[["Name:", "Ada King"], HEAD, [date(2026, 8, 3), 1, "SQL"]],
        Tab_2=[["Name:", "Ben Orr"], HEAD, [date(2026, 8, 3), 2, "SQL"]],
    )
    report = bring(path, "hours")
    assert by_person(catalogued) == {"Ada King": 60, "Ben Orr": 120}
    assert "2 people" in codes(report)["IM461"]


def test_a_name_above_the_rows_is_surer_than_the_name_of_the_sheet(
    bring, team, catalogued, tmp_path
):
    path = sheets(
        tmp_path / "log.xlsx",
        Ada_K=[["Name:", "Ada King"], HEAD, [date(2026, 8, 3), 1, "SQL"]],
        Benny_Orr=[["Name:", "Ben Orr"], HEAD, [date(2026, 8, 3), 2, "SQL"]],
    )
    assert bring(path, "hours").as_json()["refused"] == []
    assert by_person(catalogued) == {"Ada King": 60, "Ben Orr": 120}


def test_blocks_in_several_sheets_end_with_their_sheet(bring, team, catalogued, tmp_path):
    path = sheets(
        tmp_path / "log.xlsx",
        May=[HEAD, ["Ada King"], [date(2026, 5, 4), 1, "SQL"], ["Ben Orr"],
             [date(2026, 5, 4), 2, "SQL"]],
        June=[HEAD, [date(2026, 6, 4), 8, "SQL"], ["Ada King"], [date(2026, 6, 5), 3, "SQL"]],
    )  # fmt: skip
    report = bring(path, "hours")
    assert by_person(catalogued) == {"Ada King": 240, "Ben Orr": 120}
    (refused,) = report.as_json()["refused"]
    assert (refused["sheet"], refused["row"]) == ("June", 2)
    assert "does not say whose hours" in refused["reason"]


def test_a_name_only_in_the_first_row_of_each_block_is_carried_down_and_said(
    bring, listed, team, catalogued
):
    rows = [
        ["Name", *HEAD],
        ["Ada King", *entry(3)], ["", *entry(4)], ["", *entry(5)],
        ["Ben Orr", *entry(3, "2")], ["", *entry(4, "2")],
    ]  # fmt: skip
    report = bring(listed(rows), "hours")
    assert by_person(catalogued) == {"Ada King": 180, "Ben Orr": 240}
    assert codes(report)["IM463"].startswith("3 rows leave the name blank")


def test_a_name_that_is_missing_here_and_there_is_not_guessed(bring, listed, team, catalogued):
    rows = [["Name", *HEAD]]
    rows += [["Ada King", *entry(day)] for day in range(3, 10)]
    rows += [["", *entry(10)], ["Ben Orr", *entry(11)], ["Ada King", *entry(12)]]
    (refused,) = bring(listed(rows), "hours").as_json()["refused"]
    assert (refused["row"], "does not say whose" in refused["reason"]) == (9, True)


def test_a_subtotal_may_stand_beside_the_name(bring, listed, team, catalogued):
    rows = [
        ["Date", "Sum of hours"], ["Ada King", "3"], ["03/08/2026", "1"], ["04/08/2026", "2"],
        ["Ben Orr", "4"], ["03/08/2026", "4"], ["Grand total", "7"],
    ]  # fmt: skip
    report = bring(listed(rows), "hours")
    assert by_person(catalogued) == {"Ada King": 180, "Ben Orr": 240}
    found = report.as_json()
    assert (found["refused"], found["minutes_read"]) == ([], 420)


def test_the_same_blocks_again_bring_in_nothing(bring, listed, team, catalogued):
    path = listed([HEAD, ["Ada King"], entry(3), ["Ben Orr"], entry(3)])
    bring(path, "hours")
    again = bring(path, "hours")
    assert again.as_json()["rows_imported"] == 0
    assert [row.reason for row in again.review.all_rows if row.minutes] == [
        "Already here: the desk has this entry."
    ] * 2


# --- step by step -------------------------------------------------------------------------------


@pytest.fixture
def journey(catalogued, rules):
    def gone(path, **options):
        chosen = steps.say(steps.choose(steps.begin(Kind.HOURS), path), Options(**options))
        return steps.propose(chosen, catalogued.read(known_people.known_people))

    return gone


@pytest.fixture
def given(rules):
    return Given(rules, {}, {}, TODAY)


def test_rows_that_name_people_need_no_further_word(journey, listed, team):
    gone = journey(listed([HEAD, ["Ada King"], entry(3), ["Ben Orr"], entry(3)]))
    assert (gone.needs_a_person, gone.missing) == (False, ())
    assert [each.words for each in gone.sections.blocks] == ["Ada King", "Ben Orr"]


def test_a_person_may_say_that_rows_name_nobody(journey, catalogued, given, listed, team):
    gone = journey(listed([HEAD, ["Ada King"], entry(3), ["Ben Orr"], entry(3, "2")]))
    said = steps.say(gone, Options(rows_name_people=False))
    assert said.missing == ("whose hours these are",)
    assert [each.words for each in said.sections_offered.blocks] == ["Ada King", "Ben Orr"]
    whole = steps.say(said, Options("Ada King", rows_name_people=False))
    reviewed = steps.review(whole, catalogued, given).review
    assert [row.entry.person for row in reviewed.rows if row.entry] == ["Ada King"] * 2


def test_names_of_nobody_are_offered_and_taken_only_when_it_is_said(
    journey, catalogued, given, listed
):
    path = listed([HEAD, ["Ada King"], entry(3), ["Ben Orr"], entry(3, "2")])
    gone = journey(path, add_missing=True)
    assert gone.missing == ("whose hours these are",)
    assert [each.words for each in gone.sections_offered.likely] == ["Ada King", "Ben Orr"]
    said = steps.say(gone, Options(add_missing=True, rows_name_people=True))
    assert said.missing == ()
    steps.bring_in(steps.review(said, catalogued, given), catalogued)
    assert by_person(catalogued) == {"Ada King": 60, "Ben Orr": 120}


def test_names_that_are_not_taken_for_names_are_noted(bring, listed, catalogued, make):
    make.apprentice(given_names="Cat", family_name="Moss")
    path = listed([HEAD, ["Ada King"], entry(3), ["Ben Orr"], entry(3, "2")])
    report = bring(path, "hours", apprentice="Cat Moss")
    assert "“Ada King” (row 2), “Ben Orr” (row 4)" in codes(report)["IM462"]
