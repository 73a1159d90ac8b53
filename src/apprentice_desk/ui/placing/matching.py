"""The dialog in which a request finds its place, or an offer somebody for it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import Any
from uuid import UUID

from PySide6.QtWidgets import QWidget

from apprentice_desk.domain.findings import refuses
from apprentice_desk.domain.placement_matching import ORDER, Fit
from apprentice_desk.domain.placements import Placement
from apprentice_desk.domain.problems import Conflict
from apprentice_desk.domain.progress import Progress
from apprentice_desk.domain.secondment_moves import Move, MoveDetails
from apprentice_desk.domain.vocabulary import ListingKind
from apprentice_desk.records import placements, secondment_moves
from apprentice_desk.ui.desk import Desk
from apprentice_desk.ui.kit.fields import Field
from apprentice_desk.ui.kit.forms import Form
from apprentice_desk.ui.kit.pieces import label
from apprentice_desk.ui.kit.rows import Column, RowsModel
from apprentice_desk.ui.kit.table import RowsTable
from apprentice_desk.ui.placing.words import about, kind_of, length
from apprentice_desk.ui.recording.choices import place_name
from apprentice_desk.ui.work_dialog import WorkDialog

_ROWS = 8
_ROOM, _DAYS_ROOM, _ROW, _EMPTY = 114, 16, 10, 1
"""Quarters for all but the rows, for two days more, for one row, and rows for the words of none."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What the dialog asks besides which one it is; the days only of a visit or shadowing."""

    on: date | None = None
    by: str = ""
    agreed_start_on: date | None = None
    agreed_end_on: date | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class FitLine:
    """One that fits, as the list shows it."""

    fit: Fit

    @property
    def id(self) -> str:
        """Its code."""
        return self.fit.placement.code


def reasons_in_words(fit: Fit) -> str:
    """Return what speaks for it in one sentence."""
    return _sentence(fit.reasons)


def against_in_words(fit: Fit) -> str:
    """Return what speaks against it in one sentence; "" for nothing."""
    return _sentence(fit.against)


def _sentence(parts: tuple[str, ...]) -> str:
    joined = "; ".join(part.replace("; host", ", host") for part in parts)
    return f"{joined[:1].upper()}{joined[1:]}"


COLUMNS = (
    Column("What", lambda row: about(row.fit.placement) or kind_of(row.fit.placement),
           kind="strong", width=22, tip=lambda row: about(row.fit.placement)),
    Column("Whose", lambda row: place_name(row.fit.placement.borough), width=16),
    Column("Lasts", lambda row: length(row.fit.placement), width=10),
    Column("For it", lambda row: reasons_in_words(row.fit), width=36,
           tip=lambda row: reasons_in_words(row.fit)),
    Column("Against it", lambda row: against_in_words(row.fit) or "Nothing", width=34,
           tip=lambda row: against_in_words(row.fit)),
)  # fmt: skip

_ALWAYS = (
    Field("on", "Matched on", "date", required=True, is_past=True),
    Field("by", "Who matches them", required=True, beside=True, width=28),
)
_DAYS = (
    Field("agreed_start_on", "First day agreed", "date", required=True),
    Field("agreed_end_on", "Last day agreed", "date", required=True, beside=True),
)
_NOTE = (Field("note", "Note", "long text", rows=2),)


@dataclass(frozen=True, slots=True)
class _Read:
    own: Placement | None
    fits: tuple[Fit, ...]


def _read(session: Any, secondment_id: UUID, today: date) -> _Read:
    return _Read(
        placements.own_placement(session, secondment_id),
        placements.fits_of(session, secondment_id, today),
    )


def match(desk: Desk, secondment_id: UUID, parent: QWidget, code: str = "") -> None:
    """Show what fits a secondment of this desk, at the line *code* where one is named.

    Matching is the next move of a request or an offer that is approved; of a visit or shadowing it
    is agreed at once.
    """

    def work(_progress: Progress) -> _Read:
        return desk.store.read(_read, secondment_id, desk.clock.today())

    def done(found: _Read) -> None:
        if found.own is None:
            desk.messages.problem(Conflict("This secondment was removed meanwhile."))
            return
        MatchDialog(desk, secondment_id, found.own, found.fits, parent, code).open()

    desk.jobs.run("Looking for what fits", work, done=done, owner=parent)


class MatchDialog(WorkDialog):
    """What fits one's *own* secondment, each with its reasons, and the move that takes one."""

    DOING, DONE = "matching", "matched"

    def __init__(
        self,
        desk: Desk,
        secondment_id: UUID,
        own: Placement,
        found: tuple[Fit, ...],
        parent: QWidget,
        code: str = "",
    ) -> None:
        is_request = own.kind is ListingKind.REQUEST
        title = f"Find a place for {own.code}" if is_request else f"Find somebody for {own.code}"
        super().__init__(desk, title, ORDER, parent)
        theme = desk.theme
        self._id, self._own = secondment_id, own
        self.table = RowsTable(RowsModel(COLUMNS, self), "What fits", theme, stretch=3)
        self.table.order.can_do_without((2, 1, 4))
        self.table.set_fits(_ROWS)
        self.table.set_empty(
            "Nothing of others fits yet",
            "Take in a newer file under “Places elsewhere”, or widen the window.",
        )
        self.table.rows.replace(tuple(map(FitLine, found)))
        fields = (*_ALWAYS, *(_DAYS if own.is_light else ()), *_NOTE)
        self.form = self.typed_into = Form(fields, Asked, theme, today=desk.clock.today(),
                                           scrolls=False)  # fmt: skip
        self.form.show_details(Asked(on=desk.clock.today()))
        wanted = "; ".join(filter(None, (about(own), own.ksbs, length(own))))
        self.put(label(f"{kind_of(own)}: {wanted}" if wanted else kind_of(own), wraps=True))
        self.put(self.table, 1)
        self.put(self.form)
        room = _ROOM + (_DAYS_ROOM if own.is_light else 0)
        self.finish(quarters=(300, room + _ROW * max(min(len(found), _ROWS), _EMPTY)))
        self.confirm.setText("Match")
        self.table.row_chosen.connect(self._show_chosen)
        self.follow(self.table)
        if not (code and self.table.choose(code)):
            self.table.choose_first()
        self._show_chosen(self.table.chosen())
        self.table.setFocus()

    @property
    def has_typed(self) -> bool:
        """Whether what was typed would be lost."""
        return self.form.has_unsaved_changes

    def _show_chosen(self, row: FitLine | None) -> None:
        self.confirm.setEnabled(row is not None)
        self.count.setText("" if row is None else f"With {row.id}")

    def submit(self) -> None:
        """Match with the chosen one, once it is said who does it."""
        self.messages.dismiss()
        row: FitLine | None = self.table.chosen()
        asked, found = self.form.read()
        if row is None:
            return
        desk = self._desk
        if asked is not None:
            move, details = move_of(self._own, row.fit.placement, asked)
            today = desk.clock.today()
            found = desk.store.read(secondment_moves.check, self._id, move, details, today)
            if not refuses(found):
                self.write(
                    f"Match {self._own.code} with {row.id}",
                    partial(_move, self._id, move, details, today),
                )
                return
        named = {field.name for field in self.form.fields}
        self.form.show_findings([each for each in found if each.place.field in named])
        others = [each for each in found if each.place.field not in named]
        if others:
            self.say(others[0].message, others[0].remedy)
        self.area.ensureWidgetVisible(self.form)


def move_of(own: Placement, other: Placement, asked: Asked) -> tuple[Move, MoveDetails]:
    """Return the move that takes *other* for one's *own*, with what is known of it filled in."""
    offer = other if own.kind is ListingKind.REQUEST else own
    details = MoveDetails(
        on=asked.on,
        by=asked.by,
        note=asked.note,
        host=offer.host or offer.borough,
        host_name=offer.host_name,
        matched_code=other.code,
        agreed_start_on=asked.agreed_start_on,
        agreed_end_on=asked.agreed_end_on,
    )
    return (Move.AGREE if own.is_light else Move.MATCH), details


def _move(secondment_id: UUID, move: Move, details: MoveDetails, today: date, session: Any) -> None:
    secondment_moves.move_secondment(session, secondment_id, move, details, today)
