"""Places elsewhere through the command line: two boroughs and LOTI, there and back."""

from __future__ import annotations

import itertools
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest

from apprentice_desk.domain.placement_matching import fits
from apprentice_desk.domain.placements import Placement
from apprentice_desk.domain.secondment_moves import Move, MoveDetails
from apprentice_desk.domain.vocabulary import (
    ListingKind,
    ListingState,
    OpeningKind,
    RoleFamily,
    SecondmentKind,
    SecondmentStatus,
    WorkingPattern,
)
from apprentice_desk.records import openings, secondment_moves, secondments
from apprentice_desk.records.desks import open_store
from apprentice_desk.records.listings import listing_rows
from apprentice_desk.records.placements import own_placement
from apprentice_desk.records.store import Store
from apprentice_desk.returns import placements

Call = Callable[..., Any]
TODAY = date(2026, 9, 1)


class Borough:
    """A borough's desk, opened for one thing at a time."""

    def __init__(self, path: Path, maker: Callable[[Store], Any]) -> None:
        self.path = path
        self._maker = maker

    def do(self, act: Callable[[Store, Any], Any]) -> Any:
        store = open_store(self.path, person="Tess Ter")
        try:
            return act(store, self._maker(store))
        finally:
            store.close()

    def second(self, **details: Any) -> UUID:
        values = {
            "role_family": RoleFamily.DATA,
            "standard_code": "ST0118",
            "earliest_start_on": date(2026, 10, 5),
            "latest_start_on": date(2026, 11, 30),
            "weeks": 4,
            "pattern": WorkingPattern.HYBRID,
            "status": SecondmentStatus.APPROVED,
        } | details

        def act(store: Store, make: Any) -> UUID:
            if values["kind"] is SecondmentKind.REQUEST:
                values.setdefault("apprenticeship_id", make.apprentice())
            with store.change("Second") as session:
                return secondments.second(session, secondments.SecondmentDetails(**values))

        return self.do(act)

    def open_up(self, **details: Any) -> UUID:
        def act(store: Store, _make: Any) -> UUID:
            with store.change("Open up") as session:
                return openings.open_up(session, openings.OpeningDetails(**details))

        return self.do(act)

    def withdraw(self, secondment_id: UUID) -> None:
        def act(store: Store, _make: Any) -> None:
            with store.change("Withdraw") as session:
                secondment_moves.move_secondment(
                    session, secondment_id, Move.WITHDRAW,
                    MoveDetails(TODAY, "Tess Ter", "No room"), TODAY,
                )  # fmt: skip

        self.do(act)

    def listed(self) -> dict[str, Placement]:
        return self.do(
            lambda store, _make: {
                row.placement.code: row.placement for row in store.read(listing_rows)
            }
        )

    def own(self, secondment_id: UUID) -> Placement:
        return self.do(lambda store, _make: store.read(own_placement, secondment_id))

    def changes(self) -> int:
        return self.do(lambda store, _make: len(store.changes()))


@pytest.fixture
def made(tmp_path: Path, call: Call, maker: Callable[[Store], Any]) -> Callable[[str], Borough]:
    def make(name: str) -> Borough:
        path = tmp_path / f"{name}.desk"
        assert call("new", path, "--borough", name).status == 0
        return Borough(path, maker)

    return make


@pytest.fixture
def hackney(made: Callable[[str], Borough]) -> Borough:
    return made("Hackney")


@pytest.fixture
def camden(made: Callable[[str], Borough]) -> Borough:
    return made("Camden")


def exported(call: Call, borough: Borough, name: str = "") -> Path:
    path = borough.path.with_name(f"{name or borough.path.stem}.placements")
    outcome = call("placements", "export", borough.path, "--to", path)
    assert outcome.status == 0, outcome
    return path


def test_two_boroughs_and_loti_there_and_back(
    hackney: Borough, camden: Borough, call: Call, tmp_path: Path
) -> None:
    request = hackney.second(
        kind=SecondmentKind.REQUEST, ksbs="S9, K4", wanted="Dashboards", area="Hackney"
    )
    offer = camden.second(
        kind=SecondmentKind.OFFER, ksbs="S9-10", weeks=6, wanted="Open data", area="Camden",
        latest_start_on=date(2026, 10, 30),
    )  # fmt: skip
    camden.open_up(kind=OpeningKind.VACANCY, title="Junior data analyst", how_to_apply="Jobs page")
    files = [exported(call, hackney), exported(call, camden)]

    merged = tmp_path / "all.placements"
    outcome = call("placements", "merge", *files, "--to", merged)
    assert (outcome.status, outcome.out) == (
        0,
        "Camden: 2 lines that can be had.\nHackney: 1 line that can be had.\n"
        "Wrote all.placements: 3 lines of 2 boroughs.\n",
    )
    again = tmp_path / "again.placements"
    assert call("placements", "merge", files[1], files[0], files[1], "--to", again).status == 0
    assert again.read_bytes() == merged.read_bytes()
    # What was merged once may be merged again, with the files that it was made of.
    assert call("placements", "merge", merged, files[0], "--to", again).status == 0
    assert again.read_bytes() == merged.read_bytes()

    outcome = call("placements", "import", merged, "--into", hackney.path, "--check")
    assert outcome.out.endswith("2 lines would be new or otherwise. Nothing was changed.\n")
    assert hackney.listed() == {}
    for borough, count in ((hackney, 2), (camden, 1)):
        outcome = call("placements", "import", merged, "--into", borough.path)
        assert outcome.status == 0
        assert outcome.out.count("New: ") == count
        assert len(borough.listed()) == count

    (fit,) = fits(hackney.own(request), hackney.listed().values(), TODAY)
    assert fit.placement.code == camden.own(offer).code
    assert fit.reasons == (
        "needs K4, S9; host offers S9",
        "both ST0118",
        "both data",
        "asks for 4 weeks; up to 6 offered",
        "both hybrid",
        "can begin from 5 Oct 2026 to 30 Oct 2026",
    )
    assert fit.against == ("asks for Hackney; host is in Camden",)
    (other,) = fits(camden.own(offer), camden.listed().values(), TODAY)
    assert other.placement.code == hackney.own(request).code
    assert other.reasons == fit.reasons


def test_the_same_file_twice_changes_nothing(hackney: Borough, camden: Borough, call: Call) -> None:
    camden.second(kind=SecondmentKind.OFFER)
    file = exported(call, camden)
    assert exported(call, camden, "second").read_bytes() == file.read_bytes()
    assert "1 line from Camden" in call("placements", "import", file, "--into", hackney.path).out
    before, changes = hackney.listed(), hackney.changes()
    outcome = call("placements", "import", file, "--into", hackney.path)
    assert outcome.out == "Nothing new from Camden.\n"
    assert (hackney.listed(), hackney.changes()) == (before, changes)


def test_files_in_any_order_come_to_the_same(
    made: Callable[[str], Borough], camden: Borough, call: Call
) -> None:
    """Opened, changed, given up: whichever of the three files comes first, the last word counts."""
    offer = camden.second(kind=SecondmentKind.OFFER)
    files = [exported(call, camden, "first")]
    gone = camden.open_up(kind=OpeningKind.VISIT, title="Control room", days=1)
    files.append(exported(call, camden, "second"))

    def remove(store: Store, _make: Any) -> None:
        with store.change("Remove") as session:
            openings.remove_opening(session, gone)

    camden.do(remove)
    camden.withdraw(offer)
    files.append(exported(call, camden, "third"))
    came_to, merged = [], set()
    for order in itertools.permutations(files):
        one = camden.path.with_name(f"merged {len(merged)}.placements")
        assert call("placements", "merge", *order, "--to", one).status == 0
        merged.add(one.read_bytes())
    for name, order in (("Hackney", files), ("Brent", files[::-1])):
        borough = made(name)
        for file in order:
            assert call("placements", "import", file, "--into", borough.path).status == 0
        came_to.append([line.code for line in borough.listed().values() if line.is_open])
    assert came_to == [[], []]
    assert len(merged) == 1


def test_what_is_given_up_is_told_and_says_no_more(
    hackney: Borough, camden: Borough, call: Call
) -> None:
    offer = camden.second(kind=SecondmentKind.OFFER, wanted="Open data")
    first = exported(call, camden, "first")
    call("placements", "import", first, "--into", hackney.path)
    camden.withdraw(offer)
    second = exported(call, camden, "second")
    assert b"Open data" not in second.read_bytes()
    outcome = call("placements", "import", second, "--into", hackney.path)
    (line,) = hackney.listed().values()
    assert outcome.out.startswith(f"Withdrawn: offer of Camden, {line.code}: data\n")
    assert (line.kind, line.state, line.wanted) == (
        ListingKind.OFFER,
        ListingState.WITHDRAWN,
        "",
    )
    assert call("placements", "import", first, "--into", hackney.path).out.startswith("Nothing new")
    assert hackney.listed()[line.code].state is ListingState.WITHDRAWN


def test_nothing_leaves_before_it_is_approved(camden: Borough, call: Call) -> None:
    camden.second(kind=SecondmentKind.OFFER, status=SecondmentStatus.DRAFT)
    camden.second(kind=SecondmentKind.OFFER, status=SecondmentStatus.REQUESTED)
    assert placements.load(exported(call, camden)).open_lines == 0


def test_a_name_in_the_words_holds_the_file_back(
    hackney: Borough, camden: Borough, call: Call
) -> None:
    hackney.second(kind=SecondmentKind.REQUEST, wanted="ada lovelace would like\nto see more")
    path = hackney.path.with_name("out.placements")
    outcome = call("placements", "export", hackney.path, "--to", path)
    assert outcome.status == 1
    assert "names ada lovelace" in outcome.out
    assert "out.placements was not written" in outcome.out
    assert not path.exists()
    camden.second(kind=SecondmentKind.OFFER)
    other = exported(call, camden)
    outcome = call("placements", "merge", other, "--desk", hackney.path, "--to", path)
    assert (outcome.status, path.exists()) == (2, False)
    assert "names ada lovelace" in outcome.err


def test_a_desk_of_lotis_hands_on_what_it_took_in(
    hackney: Borough, camden: Borough, made: Callable[[str], Borough], call: Call, tmp_path: Path
) -> None:
    hackney.second(kind=SecondmentKind.REQUEST)
    camden.second(kind=SecondmentKind.OFFER)
    hub = made("Southwark")
    hub.second(kind=SecondmentKind.OFFER)
    for borough in (hackney, camden):
        call("placements", "import", exported(call, borough), "--into", hub.path)
    every = tmp_path / "every.placements"
    outcome = call("placements", "export", hub.path, "--to", every, "--with-others")
    assert outcome.out == "Wrote every.placements: 3 lines that can be had.\n"
    folder = tmp_path / "sent"
    folder.mkdir()
    for borough in (hackney, camden):
        exported(call, borough).rename(folder / f"{borough.path.stem}.placements")
    merged = tmp_path / "merged.placements"
    outcome = call("placements", "merge", folder, "--desk", hub.path, "--to", merged)
    assert outcome.status == 0, outcome
    assert merged.read_bytes() == every.read_bytes()


def test_samples_do_not_get_into_real_desks(
    desk_file: Path, hackney: Borough, maker: Callable[[Store], Any], call: Call, tmp_path: Path
) -> None:
    sample = Borough(desk_file, maker)
    sample.second(kind=SecondmentKind.OFFER)
    hackney.second(kind=SecondmentKind.OFFER)
    invented, real = exported(call, sample), exported(call, hackney)
    outcome = call("placements", "import", invented, "--into", hackney.path)
    assert outcome.status == 2
    assert "an invented borough of the sample" in outcome.err
    assert call("placements", "import", real, "--into", sample.path).status == 0
    outcome = call("placements", "merge", invented, real, "--to", tmp_path / "both.placements")
    assert outcome.status == 2
    assert "cannot stand in one list" in outcome.err


def test_what_cannot_be_done_is_said(hackney: Borough, call: Call, tmp_path: Path) -> None:
    path = tmp_path / "out.placements"
    outcome = call("placements", "export", hackney.path, "--to", path)
    assert (outcome.status, path.exists()) == (2, False)
    assert "nothing to export yet" in outcome.err
    hackney.second(kind=SecondmentKind.OFFER)
    assert call("placements", "export", hackney.path, "--to", tmp_path / "out.txt").status == 2
    (tmp_path / "mine.placements").write_text("my notes")
    outcome = call("placements", "export", hackney.path, "--to", tmp_path / "mine.placements")
    assert outcome.status == 2
    assert (tmp_path / "mine.placements").read_text() == "my notes"
    (tmp_path / "empty").mkdir()
    outcome = call("placements", "merge", tmp_path / "empty", "--to", path)
    assert "No placements file was found" in outcome.err
    outcome = call("placements", "import", tmp_path / "none.placements", "--into", hackney.path)
    assert "is not there" in outcome.err
    file = exported(call, hackney)
    outcome = call("placements", "merge", file, "--to", file)
    assert "is one of the files that are read" in outcome.err
    assert placements.load(file).open_lines == 1
