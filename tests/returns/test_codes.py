"""The table of codes is made from the checks, and the README has today's."""

from __future__ import annotations

from pathlib import Path

import pytest

from apprentice_desk.domain.problems import Problem
from apprentice_desk.returns import codes
from apprentice_desk.returns.checks import ALL_CHECKS

README = Path(__file__).parents[2] / "README.md"


def test_the_readme_has_the_table_of_today():
    text = README.read_text("utf-8")
    assert codes.put_into(text) == text, "call: python3 installers/dev.py codes"


def test_every_code_has_words_that_need_no_finding_to_be_understood():
    rows = codes.rows()
    assert [row.code for row in rows] == [check.code for check in ALL_CHECKS]
    for row in rows:
        for words in (row.says, row.remedy):
            assert words.endswith((".", "…"))
            assert "{" not in words
            assert "|" not in words
            assert len(words.replace("…", "").split()) >= 2
        assert row.level in ("File refused", "Row left out", "Worth a look")


def test_headings_stand_where_a_finding_names_the_value():
    by_code = {row.code: row for row in codes.rows()}
    assert by_code["R204"].says == (
        "Training is planned to end on ‹Training planned end›, which is not after its start on"
        " ‹Training started›."
    )
    assert by_code["R204"].sheet == "Apprentices"
    assert by_code["R001"].sheet == ""
    assert by_code["R601"].says == "‹Standard› is not on the list of standards."


@pytest.mark.parametrize("text", ["", codes.BEGIN, codes.END, f"{codes.END} {codes.BEGIN}"])
def test_a_text_without_a_place_for_the_table_is_refused(text):
    with pytest.raises(Problem, match="no place for the codes"):
        codes.put_into(text)


def test_what_stands_around_the_table_stays():
    made = codes.put_into(f"before {codes.BEGIN} TABLE {codes.END} after")
    assert made.startswith(f"before {codes.BEGIN}")
    assert made.endswith(f"{codes.END} after")
    assert "TABLE" not in made
    assert codes.put_into(made) == made
