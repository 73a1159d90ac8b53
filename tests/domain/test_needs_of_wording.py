"""What wording needs: one line for each thing, however many clauses need it."""

from __future__ import annotations

from datetime import date

import pytest

from apprentice_desk.domain.needs import NeedKind, Target, Urgency
from apprentice_desk.domain.needs_of_wording import NeedyWording, WordingNeed, wording_needs

TODAY = date(2026, 9, 1)


def needy(need: WordingNeed, title: str = "Parking", day: date | None = None) -> NeedyWording:
    return NeedyWording(need, f"clauses/{title.casefold()}.1.md", title, day, f"{title} says so.")


def test_nothing_needs_nobody() -> None:
    assert wording_needs([], TODAY) == []


@pytest.mark.parametrize(
    ("need", "day", "urgency", "what", "action"),
    [
        (WordingNeed.DRAFT, None, Urgency.SOON, "“Parking” waits to be approved", "Open the draft"),
        (
            WordingNeed.REVIEW, date(2026, 9, 1), Urgency.SOON,
            "“Parking” is to be read again by 1 Sep 2026", "Read wording",
        ),
        (
            WordingNeed.REVIEW, date(2026, 8, 31), Urgency.NOW,
            "“Parking” was to be read again by 31 Aug 2026", "Read wording",
        ),
        (
            WordingNeed.LEFT_OUT, None, Urgency.NOW,
            "“Parking” of the borough's own is left out of documents", "Look at it",
        ),
        (
            WordingNeed.OVERTAKEN, None, Urgency.LATER,
            "“Parking” of the borough's own: the packaged wording is newer", "Compare",
        ),
    ],
)  # fmt: skip
def test_one_clause_is_named_and_gone_to(
    need: WordingNeed, day: date | None, urgency: Urgency, what: str, action: str
) -> None:
    (line,) = wording_needs([needy(need, day=day)], TODAY)
    assert (line.kind, line.urgency, line.what, line.action) == (
        NeedKind.WORDING, urgency, what, action,
    )  # fmt: skip
    assert line.why == "Parking says so"
    assert line.target == Target("wording", field="clauses/parking.1.md")
    assert line.weight == 1


@pytest.mark.parametrize(
    ("need", "what"),
    [
        (WordingNeed.DRAFT, "2 drafts of wording wait to be approved"),
        (WordingNeed.REVIEW, "2 clauses were to be read again, the first by 1 Aug 2026"),
        (WordingNeed.LEFT_OUT, "2 clauses of the borough's own are left out of documents"),
        (WordingNeed.OVERTAKEN, "2 clauses of the borough's own: the packaged wording is newer"),
    ],
)
def test_several_are_one_line_the_soonest_first(need: WordingNeed, what: str) -> None:
    both = [needy(need, "Bikes", date(2026, 10, 1)), needy(need, "Cars", date(2026, 8, 1))]
    (line,) = wording_needs(both, TODAY)
    assert line.what == what
    assert line.why == "“Cars” and “Bikes”"
    assert line.target == Target("wording")
    assert line.weight == 2


def test_several_to_be_read_again_soon_are_not_said_to_be_late() -> None:
    both = [needy(WordingNeed.REVIEW, each, date(2026, 10, 1)) for each in ("Bikes", "Cars")]
    (line,) = wording_needs(both, TODAY)
    assert line.what == "2 clauses are to be read again, the first by 1 Oct 2026"
    assert line.urgency is Urgency.SOON


def test_each_thing_has_a_line_of_its_own() -> None:
    found = [needy(each) for each in reversed(WordingNeed)]
    lines = wording_needs(found, TODAY)
    assert [each.key for each in lines] == [
        f"wording:{each}:clauses/parking.1.md" for each in WordingNeed
    ]
