"""The names that are offered for files: such as every system takes."""

from __future__ import annotations

import pytest

from apprentice_desk.ui.kit.files import file_name


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Access pack Ada King 2026-11-24", "Access pack Ada King 2026-11-24"),
        ("Off-the-job time: week 48/2026", "Off-the-job time week 48 2026"),
        ("Zoë “Zo” O'Brien", "Zoë “Zo” O'Brien"),
        ("CON", "_CON"),
        ("lpt1", "_lpt1"),
        ("Connie", "Connie"),
        ("Ada\u202egnp", "Adagnp"),
        (" . ", "list"),
        ("///", "list"),
    ],
)
def test_a_name_is_one_that_every_system_takes(text: str, name: str) -> None:
    assert file_name(text) == name


def test_a_long_name_is_cut_so_that_an_ending_still_fits() -> None:
    assert len(f"{file_name('é' * 400)}.xlsx".encode()) <= 255
