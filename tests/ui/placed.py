"""What others say of places, as words and files, for the tests of the window."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from uuid import UUID

from apprentice_desk.domain.identifiers import make_code
from apprentice_desk.domain.placements import Placement, Word, word_of
from apprentice_desk.domain.vocabulary import (
    ListingKind,
    ListingState,
    PlacementForm,
    RoleFamily,
    SecondmentKind,
    SecondmentStatus,
    WorkingPattern,
)
from apprentice_desk.records import listings, secondments
from apprentice_desk.records.store import Store
from apprentice_desk.returns.placements import PlacementsFile, save

AT = datetime(2026, 8, 3, 9, tzinfo=UTC)
CAMDEN, BRENT = "E09000007", "E09000005"


def line(turn: int, kind: ListingKind, borough: str = CAMDEN, **values: object) -> Placement:
    letters = {CAMDEN: "CMD", BRENT: "BEN"}[borough]
    given = {"role_family": RoleFamily.SOFTWARE, "host": borough} | values
    return Placement(
        make_code(letters, f"{turn:08}"), kind, ListingState.OPEN, borough, AT, **given
    )


OFFER = line(
    1, ListingKind.OFFER, wanted="Tests and releases in the platform team",
    standard_code="ST0116", ksbs="K1-3, S4", earliest_start_on=date(2026, 10, 5),
    latest_start_on=date(2027, 1, 29), weeks=6, places=2, pattern=WorkingPattern.HYBRID,
    area="Euston",
)  # fmt: skip
SHADOWING = line(
    2, ListingKind.SHADOWING, title="A day with the service desk", days=1,
    role_family=RoleFamily.INFRASTRUCTURE, how_to_apply="Learning mailbox",
)  # fmt: skip
VACANCY = line(
    3, ListingKind.VACANCY, title="Junior developer", how_to_apply="Jobs page",
    latest_start_on=date(2027, 2, 5),
)  # fmt: skip
PAST = line(
    4, ListingKind.VISIT, title="Control room", days=1, latest_start_on=date(2026, 8, 7)
)  # fmt: skip
REQUEST = line(
    5, ListingKind.REQUEST, BRENT, wanted="A month with a product team", standard_code="ST0116",
    ksbs="K2", earliest_start_on=date(2026, 10, 12), weeks=4, host="",
)  # fmt: skip


def camden(at: datetime = AT, *more: Placement) -> Word:
    return word_of(CAMDEN, at, [OFFER, SHADOWING, VACANCY, PAST, *more])


def brent() -> Word:
    return word_of(BRENT, AT, [REQUEST])


def taken_in(store: Store, *words: Word) -> None:
    """Take in what Camden and Brent say, or other *words*."""
    with store.change("Take in places elsewhere") as session:
        listings.take_listings(
            session, words or (camden(), brent()), "E09999999", "LOTI", date(2026, 8, 4)
        )


def file_of(folder: Path, name: str, *words: Word, sender: str = "Camden") -> Path:
    return save(PlacementsFile(sender, "1.2", words), folder / f"{name}.placements")


def requested(store: Store, apprenticeship_id: UUID, **values: object) -> UUID:
    """An approved request of an apprentice of this desk."""
    details = secondments.SecondmentDetails(
        SecondmentKind.REQUEST, apprenticeship_id, RoleFamily.SOFTWARE, "ST0116", "S4",
        "E09999999", earliest_start_on=date(2026, 10, 1), latest_start_on=date(2027, 3, 26),
        weeks=4, pattern=WorkingPattern.HYBRID, status=SecondmentStatus.APPROVED,
        wanted="Releases in a larger team",
    )  # fmt: skip
    with store.change("Ask for a place") as session:
        return secondments.second(session, replace(details, **values))


def visit(store: Store, apprenticeship_id: UUID) -> UUID:
    """An approved day of shadowing."""
    return requested(
        store, apprenticeship_id, form=PlacementForm.SHADOWING, days=1, weeks=None, ksbs="",
        role_family=RoleFamily.INFRASTRUCTURE, standard_code=None, wanted="A service desk",
    )  # fmt: skip
