"""The parts Scores and Moderation: a line for each score that is wanted, given or not."""

from __future__ import annotations

from decimal import Decimal
from typing import Any
from uuid import NAMESPACE_OID, UUID, uuid5

from PySide6.QtWidgets import QVBoxLayout

from apprentice_desk.domain.findings import Finding
from apprentice_desk.domain.scoring import LeftOut, mean_in_words, plain
from apprentice_desk.records import procurement_scores
from apprentice_desk.records.procurement_overview import ProcurementOverview
from apprentice_desk.records.procurement_scores import ModeratedDetails, ScoreDetails
from apprentice_desk.ui.contracting.record_list import RecordList
from apprentice_desk.ui.desk import Desk
from apprentice_desk.ui.kit import access
from apprentice_desk.ui.kit.fields import Field
from apprentice_desk.ui.kit.panels import Card
from apprentice_desk.ui.kit.pieces import label
from apprentice_desk.ui.kit.rows import Badge, Column
from apprentice_desk.ui.pages.procurement.kinds import ItemKind
from apprentice_desk.ui.pages.procurement.part import ProcurementPart, ProcurementShown
from apprentice_desk.ui.recording.kind import Shown

_TO_GIVE = Badge("To score", "warning", "pencil")
_LEFT_OUT = Badge("Left out", "quiet", "minus")
_TO_AGREE = Badge("To agree", "warning", "pencil")
_NONE_WANTED = (
    "There is nothing to score yet",
    "It takes a bid that came in time, a criterion that is scored, and an evaluator.",
)


def cell_id(*keys: UUID) -> UUID:
    """Return the key of a line: always the same for the same criterion, bidder and evaluator."""
    return uuid5(NAMESPACE_OID, "".join(key.hex for key in keys))


class CellKind(ItemKind):
    """Lines that are there whether or not anything is entered in them."""

    empty = _NONE_WANTED
    stretch = 0

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.cells: dict[UUID, tuple[UUID, ...]] = {}
        self.chosen: Shown | None = None

    def check(self, details: Any, _record_id: UUID | None) -> list[Finding]:
        """Return what is wrong with a score on the scale of the procurement."""
        return procurement_scores.check(details, self.of_it.details.highest_score)

    def named(self, _details: Any) -> str:
        """Return whose score it is."""
        return f"{self.thing} of {'' if self.chosen is None else self.chosen.line}"

    @property
    def scale(self) -> str:
        """What is scored, and the scale, in words."""
        highest = self.of_it.details.highest_score
        title = "" if self.chosen is None else f"{self.chosen.title}: "
        return f"{title}no scale yet." if highest is None else f"{title}0 to {plain(highest)}."

    def what_removing_means(self, _shown: Shown) -> str:
        """Say what will happen."""
        return "The score and its reason go out. Nothing can be ranked until there is another."


class Scores(CellKind):
    """What each evaluator gives each bid."""

    name = "scores"
    title = "Scores of the evaluators"
    thing = "score"
    details_class = ScoreDetails
    columns = (
        Column("Criterion", lambda shown: shown.title, kind="strong", width=20,
               tip=lambda shown: shown.title),
        Column("Bidder", lambda shown: shown.row[0], width=18, tip=lambda shown: shown.row[0]),
        Column("Evaluator", lambda shown: shown.row[1], width=16),
        Column("Score", lambda shown: _badge(shown, _TO_GIVE), kind="badge", width=11,
               sort=lambda shown: shown.details.score,
               tip=lambda shown: shown.row[2] or shown.details.reason,
               say=lambda shown: _said(shown)),
    )  # fmt: skip

    def rows(self, found: ProcurementOverview) -> list[Shown]:
        """Return a line for each criterion, bidder and evaluator."""
        sheet = found.sheet
        criteria = {each.id: each.name for each in sheet.criteria}
        bidders = {each.id: each.name for each in sheet.bids}
        self.cells = {}
        made = []
        for criterion, bidder in sheet.cells:
            for evaluator, name in sheet.evaluators.items():
                key = cell_id(criterion, bidder, evaluator)
                self.cells[key] = (criterion, bidder, evaluator)
                details = found.scores.get((criterion, bidder, evaluator), ScoreDetails())
                about = f"{bidders[bidder]}, by {name}"
                out = sheet.left_out_of((criterion, bidder), evaluator)
                row = (bidders[bidder], name, "" if out is None else out.reason)
                made.append(Shown(key, criteria[criterion], details, row, about))
        return made

    def fields(self) -> tuple[Field, ...]:
        """Return the fields."""
        return (
            Field("score", "Score", "decimal", required=True, help=self.scale),
            Field("reason", "Reason", "long text", required=True,
                  help="What the bid showed and what it did not."),
        )  # fmt: skip

    def details(self, session: Any, record_id: UUID) -> ScoreDetails:
        """Return what is given now."""
        return procurement_scores.score_details(session, *self.cells[record_id])

    def correct(self, session: Any, record_id: UUID, details: ScoreDetails) -> None:
        """Give the score."""
        held = self.details(session, record_id)
        criterion, bidder, evaluator = self.cells[record_id]
        procurement_scores.give_score(session, criterion, bidder, evaluator, details, held)

    def remove(self, session: Any, record_id: UUID) -> None:
        """Take the score out."""
        self.correct(session, record_id, ScoreDetails())


class Moderated(CellKind):
    """The score on which the evaluators agreed, for each criterion and bid."""

    name = "moderation"
    title = "Moderated scores"
    thing = "moderated score"
    details_class = ModeratedDetails
    columns = (
        Column("Criterion", lambda shown: shown.title, kind="strong", width=20,
               tip=lambda shown: shown.title),
        Column("Bidder", lambda shown: shown.row[0], width=18, tip=lambda shown: shown.row[0]),
        Column("Evaluators gave", lambda shown: shown.row[1], width=16,
               tip=lambda shown: shown.row[2]),
        Column("Agreed", lambda shown: _badge(shown, _TO_AGREE), kind="badge", width=11,
               sort=lambda shown: shown.details.score, tip=lambda shown: shown.details.reason),
    )  # fmt: skip

    def rows(self, found: ProcurementOverview) -> list[Shown]:
        """Return a line for each criterion and bidder, with what the evaluators gave."""
        sheet = found.sheet
        criteria = {each.id: each.name for each in sheet.criteria}
        bidders = {each.id: each.name for each in sheet.bids}
        self.cells = {}
        made = []
        for criterion, bidder in sheet.cells:
            key = cell_id(criterion, bidder)
            self.cells[key] = (criterion, bidder)
            given = [
                (
                    name,
                    found.scores.get((criterion, bidder, evaluator), ScoreDetails()),
                    sheet.left_out_of((criterion, bidder), evaluator),
                )
                for evaluator, name in sheet.evaluators.items()
            ]
            marks = ", ".join(_mark(each.score, out) for _, each, out in given)
            said = " ".join(_given(*each) for each in given)
            said = f"{said} {mean_in_words(sheet, (criterion, bidder))}".strip()
            details = found.moderated.get((criterion, bidder), ModeratedDetails())
            about = bidders[bidder]
            row = (bidders[bidder], marks, said)
            made.append(Shown(key, criteria[criterion], details, row, about))
        return made

    def fields(self) -> tuple[Field, ...]:
        """Return the fields, with what the evaluators gave."""
        gave = "" if self.chosen is None else self.chosen.row[2]
        return (
            Field("score", "Score agreed", "decimal", required=True,
                  help=f"{self.scale} {gave}".strip()),
            Field("reason", "Reason", "long text", required=True,
                  help="The letters to the bidders say it."),
            Field("agreed_on", "Agreed on", "date", required=True, is_past=True),
        )  # fmt: skip

    def details(self, session: Any, record_id: UUID) -> ModeratedDetails:
        """Return what is agreed now."""
        return procurement_scores.moderated_details(session, *self.cells[record_id])

    def correct(self, session: Any, record_id: UUID, details: ModeratedDetails) -> None:
        """Record what was agreed."""
        held = self.details(session, record_id)
        criterion, bidder = self.cells[record_id]
        procurement_scores.moderate(session, criterion, bidder, details, held)

    def remove(self, session: Any, record_id: UUID) -> None:
        """Take it out."""
        self.correct(session, record_id, ModeratedDetails())


def _given(name: str, details: ScoreDetails, out: LeftOut | None) -> str:
    if out is not None and details.score is None:
        return f"{name} does not score it: {out.reason.rstrip('.')}."
    if details.score is None:
        return f"{name} has not scored."
    return f"{name} gave {plain(details.score)}: {details.reason.rstrip('.')}."


def _mark(score: Decimal | None, out: LeftOut | None) -> str:
    if score is None:
        return "–" if out is None else "left out"
    return plain(score)


def _is_lacking(shown: Shown) -> bool:
    """Whether a line waits for its score; one that is left out never does."""
    return shown.details.score is None and not _is_left_out(shown)


def _is_left_out(shown: Shown) -> bool:
    return isinstance(shown.details, ScoreDetails) and bool(shown.row[2])


def _said(shown: Shown) -> str:
    if _is_left_out(shown):
        return f"left out: {shown.row[2]}"
    return _badge(shown, _TO_GIVE).text


def _badge(shown: Shown, missing: Badge) -> Badge:
    score = shown.details.score
    if score is None and _is_left_out(shown):
        return _LEFT_OUT
    return missing if score is None else Badge(plain(score), "good", "check")


class CellList(RecordList):
    """The lines with a button to score the chosen one, and one to take its score out."""

    def __init__(self, kind: CellKind) -> None:
        self.cells = kind
        super().__init__(kind, "")
        self.add.hide()
        self.change.setText("Score…")
        self.remove.setText("Take it out…")
        access.name(self.change, f"Enter the chosen {kind.thing}")
        access.name(self.remove, f"Take the chosen {kind.thing} out")

    def take_keyboard(self) -> None:
        """Go to the first line that has no score."""
        for shown in self.model.shown:
            if _is_lacking(shown):
                self.table.choose(shown.id)
                break
        self.table.setFocus()

    def _allow(self) -> None:
        super()._allow()
        shown = self.table.chosen()
        self.cells.chosen = shown
        if shown is not None and _is_left_out(shown):
            self.change.setEnabled(False)
        self.remove.setEnabled(
            self.remove.isEnabled() and shown is not None and shown.details.score is not None
        )


class CellsPart(ProcurementPart):
    """A card with such lines, and a sentence on what is missing."""

    def __init__(self, desk: Desk, kind: CellKind, about: str) -> None:
        super().__init__(desk)
        self.kind = kind
        self._about = about
        self.list = CellList(kind)
        self.says = label(about, "quiet", wraps=True)
        card = Card("", desk.theme)
        card.add(self.list)
        card.add(self.says)
        down = QVBoxLayout(self)
        down.setContentsMargins(0, 0, 0, 0)
        down.addWidget(card)

    def show_procurement(self, shown: ProcurementShown) -> None:
        """Show the lines of a procurement."""
        self.kind.show(shown.found)
        self.list.refresh()
        rows = self.list.model.given
        lacking = sum(map(_is_lacking, rows))
        how = f"{lacking:,} of {len(rows):,} to do. " if lacking else ""
        self.says.setText(f"{how}{self._about}" if rows else "")
        self.says.setVisible(bool(rows))

    def arrive(self, item_id: UUID) -> None:
        """Go to one of them."""
        self.list.arrive(item_id)

    def take_keyboard(self) -> None:
        """Go to the first line without a score."""
        self.list.take_keyboard()


class ScoresPart(CellsPart):
    """What each evaluator gives."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(
            desk, Scores(desk), "Each evaluator scores alone, before you moderate together."
        )


class ModerationPart(CellsPart):
    """What was agreed, which alone counts."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, Moderated(desk), "Only the moderated scores count in the ranking.")
