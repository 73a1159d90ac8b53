"""The part with barriers: what stands in the way, and beside it what LOTI asks this quarter."""

from __future__ import annotations

from apprentice_desk.ui.desk import Desk
from apprentice_desk.ui.pages.network.barrier_kind import Barriers
from apprentice_desk.ui.pages.network.part import ListPart
from apprentice_desk.ui.pages.network.survey_card import SurveyCard


class BarriersPart(ListPart):
    """The list of barriers; below it the questions of the quarter and what was answered."""

    name = "barriers"
    title = "Barriers"
    kind_class = Barriers

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.tables |= {"survey_answer"}
        self.survey = SurveyCard(desk)
        self._down.addWidget(self.survey)

    def refresh(self) -> None:
        """Read the list anew, and what was answered."""
        super().refresh()
        self.survey.refresh()
