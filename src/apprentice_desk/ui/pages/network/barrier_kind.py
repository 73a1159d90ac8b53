"""Barriers: what stands in the way, what helped, and who may see it."""

from __future__ import annotations

from textwrap import shorten
from typing import Any
from uuid import UUID

from apprentice_desk.domain.findings import Finding
from apprentice_desk.domain.vocabulary import BarrierCategory
from apprentice_desk.records import network
from apprentice_desk.records.network import BarrierDetails
from apprentice_desk.ui.destinations import Destination, OpenNetwork
from apprentice_desk.ui.kit.fields import Field
from apprentice_desk.ui.kit.rows import Badge, Column
from apprentice_desk.ui.pages.network.naming import NO_NAMES, about_names, known_names
from apprentice_desk.ui.recording.choices import (
    day_in_table,
    day_in_words,
    words,
    yes_or_no,
)
from apprentice_desk.ui.recording.kind import Kind, Shown, wrong

_TITLE_LENGTH = 60
_WHO_MAY_SEE = "Who may see it"

FIELDS = (
    Field(
        "category",
        "What it is about",
        "choice",
        required=True,
        choices=tuple(BarrierCategory),
        width=28,
    ),
    Field(
        "what_stands_in_the_way",
        "What stands in the way",
        "long text",
        required=True,
        help=NO_NAMES,
        help_tone="warning",
    ),
    Field("what_helped", "What helped", "long text", help=NO_NAMES, help_tone="warning"),
    Field("is_help_wanted", "Help is wanted", "tick"),
    Field("noted_on", "Noted on", "date", is_past=True),
    Field(
        "settled_on",
        "Settled on",
        "date",
        is_past=True,
        beside=True,
        help="Since when it stands in the way no longer.",
    ),
    Field(
        "may_be_seen_by_loti",
        "LOTI may see it",
        "tick",
        group=_WHO_MAY_SEE,
        help="It goes to LOTI with the return. Without this it stays in this desk.",
    ),
    Field(
        "may_be_shared",
        "It may be shared with other boroughs",
        "tick",
        group=_WHO_MAY_SEE,
        help="LOTI may pass it on to the other boroughs. Without this only LOTI reads it.",
    ),
)
"""Every attribute of BarrierDetails."""


def who_may_see(details: BarrierDetails) -> Badge:
    """Return who may see a barrier."""
    if not details.may_be_seen_by_loti:
        return Badge("Stays here", "quiet", "lock")
    if details.may_be_shared:
        return Badge("LOTI and boroughs", "note", "users")
    return Badge("LOTI only", "note", "eye")


class Barriers(Kind):
    """Barriers by category; what LOTI may not see is shown here and stays here."""

    name = "barriers"
    title = "Barriers"
    thing = "barrier"
    about = "What stands in the way of apprenticeships, what helped, and who may see it"
    tables = ("barrier",)
    filter_by = "category, words"
    empty = (
        "No barriers yet",
        "Add what stands in the way of apprenticeships; you say who may see it.",
    )
    details_class = BarrierDetails
    columns = (
        Column("Category", lambda shown: words(shown.details.category), kind="strong", width=20),
        Column("What stands in the way", lambda shown: _first_words(shown.details), width=30),
        Column(
            "Help wanted", lambda shown: yes_or_no(is_so=shown.details.is_help_wanted), width=12
        ),
        Column("Settled", lambda shown: day_in_table(shown.details.settled_on), width=12),
        Column("Who may see it", lambda shown: shown.badge, kind="badge", width=19),
    )
    stretch = 1
    can_do_without = (3, 2)

    def read(self, session: Any) -> tuple[Shown, ...]:
        """Return the barriers by category."""
        return tuple(
            Shown(
                row.id,
                words(row.details.category),
                row.details,
                None,
                "",
                who_may_see(row.details),
            )
            for row in network.barrier_rows(session)
        )

    def facts(self, shown: Shown) -> list[tuple[str, str]]:
        """Return what is known of a barrier."""
        details: BarrierDetails = shown.details
        return [
            ("In the way", details.what_stands_in_the_way),
            ("What helped", details.what_helped),
            ("Help wanted", yes_or_no(is_so=details.is_help_wanted)),
            ("Noted", day_in_words(details.noted_on)),
            ("Settled", day_in_words(details.settled_on) or "not yet"),
            ("LOTI may see it", yes_or_no(is_so=details.may_be_seen_by_loti)),
            ("Other boroughs", "May read it" if details.may_be_shared else "May not read it"),
        ]

    def fields(self) -> tuple[Field, ...]:
        """Return the fields."""
        return FIELDS

    def blank(self) -> BarrierDetails:
        """Return a barrier that is noted today."""
        return BarrierDetails(noted_on=self.desk.clock.today())

    def check(self, details: BarrierDetails, _record_id: UUID | None) -> list[Finding]:
        """Return what is wrong with a barrier, people of this desk named in it included."""
        found = network.check_barrier(details)
        if details.may_be_shared and not details.may_be_seen_by_loti:
            found.append(
                wrong(
                    "FORM4",
                    "may_be_shared",
                    "What LOTI may not see cannot be shared.",
                    "Let LOTI see it, or take this away.",
                )
            )
        known = known_names(self.desk)
        for field in ("what_stands_in_the_way", "what_helped"):
            found += about_names(field, getattr(details, field), known)
        return found

    def named(self, details: BarrierDetails) -> str:
        """Return what it is about."""
        return f"barrier, {details.category}"

    def destination(self, record_id: UUID | None, field: str) -> Destination:
        """Return where a form that was left half-done is opened again."""
        return OpenNetwork("barriers", record_id, field)

    def add(self, session: Any, details: BarrierDetails) -> UUID:
        """Note a barrier."""
        return network.note_barrier(session, details)

    def correct(self, session: Any, record_id: UUID, details: BarrierDetails) -> None:
        """Replace a barrier's details."""
        network.correct_barrier(session, record_id, details)

    def remove(self, session: Any, record_id: UUID) -> None:
        """Remove a barrier."""
        network.remove_barrier(session, record_id)


def _first_words(details: BarrierDetails) -> str:
    return shorten(details.what_stands_in_the_way, _TITLE_LENGTH, placeholder="…")
