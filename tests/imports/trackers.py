"""Three invented trackers of three tastes, each with the sums that a person worked out by hand.

Nobody in them exists.  What each must come to stands beside it, in minutes.
"""

from __future__ import annotations

from datetime import date, time
from pathlib import Path

import openpyxl
from openpyxl.styles import Alignment, Font, PatternFill

PEOPLE = ("Amara Osei", "Billy Tran", "Chidi Eze", "Dana Kowalska")


def merged_beauty(folder: Path) -> Path:
    """Write the tracker that somebody made beautiful.

    Merged title, a preamble, groups over the headings, headings with line breaks, a row of units,
    an example, two months with a line between, days merged over several entries, a running total
    far below, a total, a joke, a hidden column and a hidden sheet.
    """
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "My OTJ log"
    sheet["B2"] = "★ Off-the-job training log ★"
    sheet.merge_cells("B2:K2")
    sheet["B2"].font = Font(size=20, bold=True)
    for number, (key, value) in enumerate(
        [
            ("Name:", "Amara Osei"),
            ("Programme:", "Data analyst, Level 4"),
            ("Manager:", "Pat Obi"),
        ],
        4,
    ):
        sheet.cell(number, 2, key)
        sheet.cell(number, 3, value)
    for area, words in (
        ("B16:C16", "When"),
        ("D16:F16", "What I learnt"),
        ("G16:H16", "Time spent off the job"),
        ("I16:J16", "Sign-off"),
    ):
        sheet.merge_cells(area)
        sheet[area.partition(":")[0]] = words
        sheet[area.partition(":")[0]].fill = PatternFill("solid", fgColor="FFDDEEFF")
    sheet["K16"] = "Running total"
    sheet.merge_cells("K16:K17")
    heads = (
        "Date of\nactivity", "Where\n(postcode)", "Type of activity",
        "Please describe what you did, what you learnt from it and how you are going to use it in "
        "your day to\nday role (no more than 200 words)", "KSBs", "Hours", "Minutes",
        "Line manager\nto sign", "Date signed",
    )  # fmt: skip
    for column, words in enumerate(heads, 2):
        sheet.cell(17, column, words).alignment = Alignment(wrap_text=True)
    for column, unit in enumerate(
        ("dd/mm/yyyy", "", "drop-down", "free text", "e.g. K1", "hours", "mins"), 2
    ):
        sheet.cell(18, column, unit or None)
    example = (
        "EG: 01/09/2025", "SW1A 1AA", "Workshop", "Learnt to sew", "K1", 9, 9, "AB", "01/09/2025",
    )  # fmt: skip
    for column, cell in enumerate(example, 2):
        sheet.cell(19, column, cell)
    rows = (
        (date(2026, 1, 6), "SE1 7PB", "Lecture", "Statistics week 1", "K1, K2", 2, 30),
        (None, "SE1 7PB", "Self-study", "Reading on sampling", "K4-6, S1-2", 1, 15),
        ("8 January 2026", "\u00a0", "Mentoring", "Talk about the project", "n/a", 0, 45),
        (date(2026, 1, 7), "E2 8AA", "Shadowing", "Day with the housing team", "K1,2,8, S2", 9, 0),
        None,
        ("FEBRUARY",),
        ("03/02/2026", "E2 8AA", "Annual Leave", "Off to the sea", "", 7, 0),
        ("2026/02/04", "E2 8AA", "Workshop", "Power BI (K3,\u00a0S4)", "", 3, 0),
        ("04/02/2026", "E2 8AA", "Workshop", "Power BI (K3,\u00a0S4)", "", 3, 0),
        None,
        ("Total", "", "", "", "", "=SUM(G20:G30)", "=SUM(H20:H30)"),
        ("", "", "", "Congratulations, you made it to the bottom! ☺"),
    )
    for number, row in enumerate(rows, 20):
        for column, cell in enumerate(row or (), 2):
            sheet.cell(number, column, cell if cell != "" else None)
    sheet.merge_cells("B20:B21")
    for number in range(20, 400):
        sheet.cell(number, 11, f"=SUM(G$20:G{number})+SUM(H$20:H{number})/60")
    sheet.column_dimensions["J"].hidden = True
    lists = book.create_sheet("Lists")
    lists.append(["Workshop"])
    lists.sheet_state = "hidden"
    path = folder / "Amara OTJ log.xlsx"
    book.save(path)
    return path


MERGED_BEAUTY = {
    date(2026, 1, 6): 150 + 75,
    date(2026, 1, 7): 540,
    date(2026, 1, 8): 45,
    date(2026, 2, 3): 420,  # leave: it comes in and does not count
    date(2026, 2, 4): 180,  # the second is the same in every field
}


def month_grid(folder: Path) -> Path:
    """Write the team leader's grid: people down, weeks across, a sheet for each quarter.

    The weeks stand below the months, the year only in the title; sums after each month, a row of
    totals, marks for leave and weeks with nothing.
    """
    book = openpyxl.Workbook()
    book.remove(book.active)
    for title, months, cells in _QUARTERS:
        sheet = book.create_sheet(title)
        sheet["A1"] = "Off-the-job hours by week"
        sheet["A2"] = "Team: Digital, 2025-26"
        sheet["A5"], sheet["B5"] = "Apprentice", "Course"
        sheet.merge_cells("A4:B4")
        column = 3
        for month, weeks in months:
            sheet.cell(4, column, month)
            sheet.merge_cells(
                start_row=4, end_row=4, start_column=column, end_column=column + len(weeks)
            )
            for week in weeks:
                sheet.cell(5, column, f"w/c {week}")
                column += 1
            sheet.cell(5, column, "Total")
            column += 1
        for number, (person, row) in enumerate(zip(PEOPLE, cells, strict=True), 6):
            sheet.cell(number, 1, person)
            sheet.cell(number, 2, "Data analyst")
            at = 3
            for place, (_, weeks) in enumerate(months):
                for cell in row[place]:
                    sheet.cell(number, at, cell)
                    at += 1
                sheet.cell(number, at, f"=SUM(C{number}:D{number})")
                at += 1
                assert len(row[place]) == len(weeks)
        sheet.cell(11, 1, "TOTAL")
        for each in range(3, column):
            sheet.cell(11, each, 99)
    path = folder / "Team grid.xlsx"
    book.save(path)
    return path


_QUARTERS = (
    (
        "Q3",
        (("November", ("3 Nov", "10 Nov", "17 Nov")), ("December", ("1 Dec", "8 Dec"))),
        (
            ((6, 7.5, "6h"), (0, 6)),
            ((5, "AL", None), (6, "4:30")),
            ((None, None, 1), ("sick", 2)),
            (("7h 15m", 6, 6), (6, "-")),
        ),
    ),
    (
        "Q4",
        (("January", ("5 Jan", "12 Jan")),),
        (((6, 6),), ((8, None),), ((None, 30),), ((time(4, 0), "n/a"),)),
    ),
)

MONTH_GRID = {
    "Amara Osei": (6 + 7.5 + 6 + 6 + 6 + 6) * 60,
    "Billy Tran": (5 + 6 + 4.5 + 8) * 60,
    "Chidi Eze": (1 + 2 + 30) * 60,
    "Dana Kowalska": (7.25 + 6 + 6 + 6 + 4) * 60,
}


def diary(folder: Path) -> Path:
    """Write the diary of somebody who types what was done and how long it took into one cell."""
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.append(["Dear diary"])
    sheet.append([])
    sheet.append([None, "Date", "What I did today", "How it went"])
    for row in _DIARY:
        sheet.append([None, *row])
    path = folder / "diary.xlsx"
    book.save(path)
    return path


_DIARY = (
    (date(2026, 3, 2), "2 hours on Git branching, 45 mins quiz (K4)", "good"),
    ("3/3/26", "Half an hour with my mentor about S2 and S3", "helpful"),
    ("Thu 5 March 2026", "9:30-11:00 lecture on testing (1.5 hours), B1", "long"),
    (date(2026, 3, 4), "Annual leave 7 hrs", ""),
    (date(2026, 3, 6), "An hour and a half of pair programming\nK1,2,8, S2", "fun"),
    (date(2026, 3, 9), "2-3 hours reading, not sure", ""),
    (date(2026, 3, 10), "Nothing much", ""),
)

DIARY = {
    date(2026, 3, 2): 120 + 45,
    date(2026, 3, 3): 30,
    date(2026, 3, 5): 90,
    date(2026, 3, 4): 420,
    date(2026, 3, 6): 90,
}
