"""The parts with a list of what is entered: timetable, bidders, prices, questions, criteria."""

from __future__ import annotations

from uuid import UUID

from PySide6.QtWidgets import QVBoxLayout

from apprentice_desk.domain.clarifications import unpublished_in_words
from apprentice_desk.domain.procuring import out_of_order
from apprentice_desk.domain.scoring import weights_in_words
from apprentice_desk.ui.contracting.record_list import RecordList
from apprentice_desk.ui.desk import Desk
from apprentice_desk.ui.kit.panels import Card
from apprentice_desk.ui.kit.pieces import label
from apprentice_desk.ui.pages.procurement.kinds import (
    Abstentions,
    Bidders,
    BidPrices,
    Clarifications,
    Criteria,
    Evaluators,
    ItemKind,
    Steps,
)
from apprentice_desk.ui.pages.procurement.part import ProcurementPart, ProcurementShown


class ItemsPart(ProcurementPart):
    """A card with a list of one kind, and a sentence on all of them below it."""

    def __init__(self, desk: Desk, kind: ItemKind, add_text: str) -> None:
        super().__init__(desk)
        self.kind = kind
        self.list = RecordList(kind, add_text)
        self.says = label("", "quiet", wraps=True)
        card = Card("", desk.theme)
        card.add(self.list)
        card.add(self.says)
        down = QVBoxLayout(self)
        down.setContentsMargins(0, 0, 0, 0)
        down.addWidget(card)

    def show_procurement(self, shown: ProcurementShown) -> None:
        """Show what is entered of a procurement."""
        self.kind.show(shown.found)
        self.list.refresh()
        says = self.sentence(shown)
        self.says.setText(says)
        self.says.setVisible(bool(says))

    def sentence(self, _shown: ProcurementShown) -> str:
        """Return what is said of all of them; "" where there is nothing to say."""
        return ""

    def arrive(self, item_id: UUID) -> None:
        """Go to one of them."""
        self.list.arrive(item_id)

    def take_keyboard(self) -> None:
        """Go to the list."""
        self.list.take_keyboard()


class TimetablePart(ItemsPart):
    """The days, planned and done."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, Steps(desk), "Add a day…")

    def sentence(self, shown: ProcurementShown) -> str:
        """Say which days come before what should stand before them."""
        return " ".join(out_of_order(shown.standing.course.steps))


class BiddersPart(ItemsPart):
    """Who was asked, and who bid."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, Bidders(desk), "Add a bidder…")

    def sentence(self, shown: ProcurementShown) -> str:
        """Say whose bid is entered as too late and came in time by the timetable."""
        names = ", ".join(shown.found.late_in_time)
        says = "Entered as too late, though the bid came by the day in the timetable"
        return f"{says}: {names}." if names else ""


class PricesPart(ItemsPart):
    """What each bid asks for one apprentice."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, BidPrices(desk), "Add a price…")


class ClarificationsPart(ItemsPart):
    """Questions and answers."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, Clarifications(desk), "Add a question…")

    def sentence(self, shown: ProcurementShown) -> str:
        """Say what is not published, and what may give away who asked."""
        said = [unpublished_in_words(shown.found.unpublished)]
        said += [
            f"Question {number} may give away who asked: bidders read {' and '.join(words)}."
            for number, words in shown.found.hints
        ]
        return " ".join(each for each in said if each)


class CriteriaPart(ItemsPart):
    """Criteria with their weights, and what the weights come to."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, Criteria(desk), "Add a criterion…")

    def sentence(self, shown: ProcurementShown) -> str:
        """Say what the weights come to."""
        criteria = shown.found.sheet.criteria
        return weights_in_words(criteria) if criteria else ""


class EvaluatorsPart(ItemsPart):
    """Who scores the bids."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, Evaluators(desk), "Add an evaluator…")

    def sentence(self, shown: ProcurementShown) -> str:
        """Say who has not declared interests."""
        names = [
            row.details.name for row in shown.found.evaluators if row.details.declared_on is None
        ]
        return f"No declaration of interests yet: {', '.join(names)}." if names else ""


class AbstentionsPart(ItemsPart):
    """What an evaluator does not score."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, Abstentions(desk), "Add an abstention…")
