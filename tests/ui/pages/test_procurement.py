"""The page of one procurement: what it shows, and the whole run by keyboard."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from apprentice_desk.ui.desk import OpenProcurement
from apprentice_desk.ui.pages.procurement.page import ProcurementPage
from procured import Procured, procured


@pytest.fixture
def made(make: Any) -> Procured:
    return procured(make)


@pytest.fixture
def shown(page: Callable[..., Any], made: Procured) -> ProcurementPage:
    opened: ProcurementPage = page("procurement")
    opened.arrive(OpenProcurement(made.id))
    return opened


def test_the_page_shows_the_ranking(shown: ProcurementPage) -> None:
    part = shown.part("decision")
    assert [row.name for row in part.table.rows.shown] == ["College", "Beta Skills"]
