"""Openings, what others said, and what this desk says to others of its own."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from uuid import uuid4

import pytest

from apprentice_desk.domain.identifiers import check_code
from apprentice_desk.domain.placements import Fate, Placement, word_of
from apprentice_desk.domain.problems import Conflict, Problem
from apprentice_desk.domain.secondment_moves import Move, MoveDetails
from apprentice_desk.domain.vocabulary import (
    ListingKind,
    ListingState,
    OpeningKind,
    PlacementForm,
    RoleFamily,
    SecondmentKind,
    SecondmentStatus,
    WorkingPattern,
)
from apprentice_desk.records.listings import listing_rows, listings_held, take_listings
from apprentice_desk.records.openings import (
    OpeningDetails,
    check_opening,
    close_opening,
    correct_opening,
    open_up,
    opening_rows,
    remove_opening,
    reopen_opening,
)
from apprentice_desk.records.placements import (
    fits_of,
    fits_of_listing,
    gaps_of,
    names_said,
    own_placement,
    own_word,
)
from apprentice_desk.records.secondment_moves import move_secondment
from apprentice_desk.records.secondments import remove_secondment

TODAY = date(2026, 7, 6)
VISIT = OpeningDetails(OpeningKind.VISIT, "  Control   room ", days=1)
OWN = "E09999999"


def opened(store, details: OpeningDetails = VISIT):
    with store.change("Open up") as session:
        return open_up(session, details)


def changed(store, act, *given, **more):
    with store.change("Change") as session:
        return act(session, *given, **more)


# --- openings -----------------------------------------------------------------------------------


def test_an_opening_is_kept_tidy_under_a_code_of_its_own(store) -> None:
    key = opened(
        store,
        replace(VISIT, ksbs="k1, k2, k3", standard_code="st0118", about=" Screens ", area=" SE1  "),
    )
    (row,) = store.read(opening_rows)
    assert (row.id, row.closed_on, row.is_taken) == (key, None, False)
    assert check_code(row.code).startswith("XMP-")
    assert row.details == OpeningDetails(
        OpeningKind.VISIT, "Control room", "Screens", standard_code="ST0118", ksbs="K1-3",
        area="SE1", days=1,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("values", "code"),
    [
        ({"kind": None}, "OP001"),
        ({"title": " "}, "OP002"),
        ({"from_on": date(2026, 5, 2), "until_on": date(2026, 5, 1)}, "OP003"),
        ({"days": 0}, "OP004"),
        ({"days": 21}, "OP004"),
        ({"places": 0}, "OP005"),
        ({"places": 501}, "OP005"),
        ({"kind": OpeningKind.VACANCY}, "OP006"),
        ({"standard_code": "118"}, "OP007"),
        ({"ksbs": "X9"}, "KS001"),
        ({"title": "x" * 201}, "TX001"),
    ],
)
def test_what_is_wrong_with_an_opening_is_found(values: dict[str, object], code: str) -> None:
    assert [finding.code for finding in check_opening(replace(VISIT, **values))] == [code]
    assert check_opening(VISIT) == []


def test_an_opening_is_closed_once_and_can_be_had_again(store) -> None:
    key = opened(store)
    changed(store, close_opening, key, TODAY, is_taken=True)
    (row,) = store.read(opening_rows)
    assert (row.closed_on, row.is_taken) == (TODAY, True)
    with pytest.raises(Problem, match="closed already"):
        changed(store, close_opening, key, TODAY, is_taken=False)
    changed(store, reopen_opening, key)
    (row,) = store.read(opening_rows)
    assert (row.closed_on, row.is_taken) == (None, False)


def test_two_who_change_an_opening_are_told(store) -> None:
    key = opened(store)
    (row,) = store.read(opening_rows)
    changed(store, correct_opening, key, replace(VISIT, title="By night"), row.changed_in)
    with pytest.raises(Conflict, match="changed by somebody else") as raised:
        changed(store, correct_opening, key, replace(VISIT, title="By day"), row.changed_in)
    assert raised.value.theirs.title == "By night"
    with pytest.raises(Problem, match="Give it a title"):
        changed(store, correct_opening, key, replace(VISIT, title=""))
    changed(store, remove_opening, key)
    assert store.read(opening_rows) == ()
    with pytest.raises(Conflict, match="removed meanwhile"):
        changed(store, correct_opening, key, VISIT)


# --- what others said ---------------------------------------------------------------------------

MAY, JUNE = (datetime(2026, month, 1, tzinfo=UTC) for month in (5, 6))
LINE = Placement(
    "CMD-00000001-0", ListingKind.OFFER, ListingState.OPEN, "E09000007", MAY, wanted="Open data",
    role_family=RoleFamily.DATA, standard_code="ST0118", ksbs="S9", host="E09000007",
    host_name="Data team", earliest_start_on=date(2026, 10, 5), latest_start_on=date(2026, 10, 9),
    weeks=4, places=2, pattern=WorkingPattern.HYBRID, area="NW1", how_to_apply="Team mailbox",
)  # fmt: skip


def take(store, *words, came_from: str = "Camden"):
    with store.change("Take in") as session:
        return [each.fate for each in take_listings(session, words, OWN, came_from, TODAY)]


def test_what_others_said_is_kept_as_it_was_said_last(store) -> None:
    assert take(store, word_of("E09000007", MAY, [LINE])) == [Fate.NEW]
    (row,) = store.read(listing_rows)
    assert (row.placement, row.came_from, row.came_on) == (LINE, "Camden", TODAY)
    before = len(store.changes())
    assert take(store, word_of("E09000007", MAY, [LINE]), came_from="LOTI") == [Fate.SAME]
    assert len(store.changes()) == before
    later = replace(LINE, wanted="Open data, in schools", said_at=JUNE)
    assert take(store, word_of("E09000007", JUNE, [later])) == [Fate.CHANGED]
    assert store.read(listings_held) == (later,)
    assert take(store, word_of("E09000007", MAY, [LINE])) == [Fate.OLDER]
    assert store.read(listings_held) == (later,)


# --- what this desk says ------------------------------------------------------------------------


def request(make, **details):
    values = {
        "kind": SecondmentKind.REQUEST, "host": None, "status": SecondmentStatus.APPROVED,
        "apprenticeship_id": details.pop("apprenticeship_id", None) or make.apprentice(),
    } | details  # fmt: skip
    return make.secondment(**values)


def said(store) -> dict[str, Placement]:
    return {line.code: line for line in store.read(own_word).lines}


def test_a_desk_without_any_has_nothing_to_say(store) -> None:
    assert store.read(own_word) is None
    assert store.read(own_placement, uuid4()) is None
    assert store.read(gaps_of, uuid4()) == ()


def test_a_request_says_what_is_wanted_and_not_of_whom(store, make) -> None:
    key = request(
        make, code="XMP-1", wanted=" Dashboards ", ksbs="S9", host="LOTI", host_name="Somewhere",
        role_family=RoleFamily.DATA, standard_code="st0118", area=" E8  ", capacity=3,
        host_supervisor="Jo Lark", earliest_start_on=date(2026, 10, 5),
        pattern=WorkingPattern.HYBRID,
    )  # fmt: skip
    word = store.read(own_word)
    assert word.borough == OWN
    assert word.lines == (
        Placement(
            "XMP-1", ListingKind.REQUEST, ListingState.OPEN, OWN, word.as_of, wanted="Dashboards",
            ksbs="S9", role_family=RoleFamily.DATA, standard_code="ST0118", area="E8", weeks=4,
            earliest_start_on=date(2026, 10, 5), pattern=WorkingPattern.HYBRID,
        ),
    )  # fmt: skip
    assert store.read(own_placement, key) == word.lines[0]


def test_an_offer_says_where_and_how_many(store, make) -> None:
    make.secondment("XMP-1", status=SecondmentStatus.APPROVED, host=None)
    make.secondment(
        "XMP-2", status=SecondmentStatus.APPROVED, host="technology employer", host_name="Acme",
        capacity=3,
    )  # fmt: skip
    make.secondment(
        "XMP-3", status=SecondmentStatus.APPROVED, form=PlacementForm.SHADOWING, days=2, weeks=4,
        capacity=1_000, standard_code="ST9",
    )  # fmt: skip
    make.secondment("XMP-4", status=SecondmentStatus.APPROVED, form=PlacementForm.VISIT, days=1)
    for code in ("XMP-2", "XMP-4"):
        match = MoveDetails(TODAY, "Jo Lark", host=OWN, matched_code=code)
        changed(store, move_secondment, request(make), Move.MATCH, match, TODAY)
    lines = said(store)
    assert [(lines[f"XMP-{turn}"].kind, lines[f"XMP-{turn}"].places) for turn in (1, 2, 3)] == [
        (ListingKind.OFFER, 1),
        (ListingKind.OFFER, 2),
        (ListingKind.SHADOWING, 500),
    ]
    assert (lines["XMP-1"].host, lines["XMP-2"].host_name) == (OWN, "Acme")
    assert (lines["XMP-3"].weeks, lines["XMP-3"].days, lines["XMP-3"].standard_code) == (
        None,
        2,
        None,
    )
    # Its only place is taken by one of the borough's own.
    assert (lines["XMP-4"].kind, lines["XMP-4"].state) == (ListingKind.VISIT, ListingState.TAKEN)


def test_what_is_over_is_told_and_what_was_never_told_is_not(store, make) -> None:
    for code, status in (
        ("XMP-1", SecondmentStatus.DRAFT),
        ("XMP-2", SecondmentStatus.REQUESTED),
        ("XMP-3", SecondmentStatus.MATCHED),
        ("XMP-4", SecondmentStatus.WITHDRAWN),
    ):
        make.secondment(code, status=status, wanted="Open data")
    gone = make.secondment("XMP-5", status=SecondmentStatus.APPROVED, wanted="Open data")
    changed(
        store, move_secondment, gone, Move.WITHDRAW, MoveDetails(TODAY, "Jo Lark", "No room"), TODAY
    )
    assert {code: (line.state, line.wanted) for code, line in said(store).items()} == {
        "XMP-3": (ListingState.TAKEN, ""),
        "XMP-5": (ListingState.WITHDRAWN, ""),
    }


def test_openings_are_told_until_they_are_closed(store) -> None:
    keys = [
        opened(
            store,
            OpeningDetails(
                kind, "Title", "About", RoleFamily.DATA, "ST0118", "K1", WorkingPattern.REMOTE,
                "SE1", date(2026, 5, 1), date(2026, 6, 1), None, 3, "Team mailbox",
            ),
        )
        for kind in OpeningKind
    ]  # fmt: skip
    word = store.read(own_word)
    assert {line.kind for line in word.lines} == {
        ListingKind.VACANCY, ListingKind.SHADOWING, ListingKind.VISIT
    }  # fmt: skip
    first = word.lines[0]
    assert first == Placement(
        first.code, first.kind, ListingState.OPEN, OWN, word.as_of, "Title", "About",
        RoleFamily.DATA, "ST0118", "K1", OWN, "", date(2026, 5, 1), date(2026, 6, 1), None, None, 3,
        WorkingPattern.REMOTE, "SE1", "Team mailbox",
    )  # fmt: skip
    changed(store, close_opening, keys[0], TODAY, is_taken=True)
    changed(store, close_opening, keys[1], TODAY, is_taken=False)
    states = [line.state for line in store.read(own_word).lines]
    assert sorted(states) == [ListingState.OPEN, ListingState.TAKEN, ListingState.WITHDRAWN]
    assert [line.title for line in store.read(own_word).lines].count("") == 2


def test_a_word_is_as_of_the_newest_change_what_was_removed_included(store, make) -> None:
    make.secondment("XMP-1", status=SecondmentStatus.APPROVED)
    second = make.secondment("XMP-2", status=SecondmentStatus.APPROVED)
    before = store.read(own_word)
    make.apprentice()
    assert store.read(own_word) == before
    changed(store, remove_secondment, second)
    after = store.read(own_word)
    assert after.as_of > before.as_of
    assert [line.code for line in after.lines] == ["XMP-1"]


def test_a_name_in_the_words_is_found(store, make) -> None:
    make.apprentice(given_names="Bo", family_name="Al(i")
    make.secondment("XMP-1", status=SecondmentStatus.APPROVED, wanted="For ADA\n lovelace, please")
    make.secondment("XMP-2", status=SecondmentStatus.APPROVED, wanted="Adalovelaces")
    assert store.read(names_said, store.read(own_word)) == []  # nobody here is called so
    make.apprentice()
    (found,) = store.read(names_said, store.read(own_word))
    assert found.code == "PX001"
    assert found.message.startswith("XMP-1 names ADA lovelace,")


def test_in_a_desk_without_people_nobody_is_named(store) -> None:
    opened(store)
    assert store.read(names_said, store.read(own_word)) == []


def test_the_gaps_are_what_no_hours_name_yet(store, make) -> None:
    apprenticeship_id = make.apprentice(standard_version="1.1")
    key = request(make, apprenticeship_id=apprenticeship_id)
    assert store.read(gaps_of, key) == ()  # its standard is not loaded
    make.ksbs({"K1": "One", "K2": "Two", "S1": "Three"})
    make.hours(apprenticeship_id, ksbs="K1-2")
    assert store.read(gaps_of, key) == ("S1",)
    # Without a standard of its own it is about the apprentice's.
    assert store.read(own_placement, key).standard_code == "ST0116"
    other = request(make, apprenticeship_id=apprenticeship_id, standard_code="ST0118")
    assert store.read(gaps_of, other) == ()
    assert store.read(gaps_of, make.secondment()) == ()


# --- what fits ----------------------------------------------------------------------------------


def test_what_of_others_fits_a_request_and_what_of_ours_fits_a_line(store, make) -> None:
    offer = replace(LINE, standard_code="ST0116", latest_start_on=None, places=1)
    theirs = replace(
        offer, code="BEN-1", borough="E09000005", kind=ListingKind.REQUEST, ksbs="S9", weeks=4
    )
    vacancy = replace(offer, code="CMD-2", kind=ListingKind.VACANCY)
    take(store, word_of("E09000007", MAY, [offer, vacancy]), word_of("E09000005", MAY, [theirs]))
    asked = {"role_family": RoleFamily.DATA, "standard_code": "ST0116"}
    less = request(make, code="XMP-1", **asked)
    key = request(make, code="XMP-2", ksbs="S9", **asked)
    request(make, code="XMP-3", status=SecondmentStatus.MATCHED, **asked)
    (fit,) = store.read(fits_of, key, TODAY)
    assert (fit.placement, fit.ksbs) == (offer, ("S9",))
    listed = {row.placement.code: row.id for row in store.read(listing_rows)}
    found = store.read(fits_of_listing, listed[offer.code], TODAY)
    assert [(here.id, here.secondment_id, here.name) for here in found] == [
        ("XMP-2", key, "Ada Lovelace"),
        ("XMP-1", less, "Ada Lovelace"),
        ("BEN-1", None, ""),
    ]
    assert found[0].fit.reasons == fit.reasons
    assert store.read(fits_of_listing, listed["CMD-2"], TODAY) == ()
    assert store.read(fits_of, uuid4(), TODAY) == store.read(fits_of_listing, uuid4(), TODAY) == ()
