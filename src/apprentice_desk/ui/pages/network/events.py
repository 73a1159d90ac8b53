"""The part with events: their list, and beside it one of them with its people."""

from __future__ import annotations

from apprentice_desk.ui.desk import Desk
from apprentice_desk.ui.pages.network.event_kind import Events
from apprentice_desk.ui.pages.network.event_panel import EventMore
from apprentice_desk.ui.pages.network.part import ListPart


class EventsPart(ListPart):
    """Events; what can be done with one stands in its panel and in the menu of its line."""

    name = "events"
    title = "Events"
    kind_class = Events

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        more = self.list.panel.more
        assert isinstance(more, EventMore)
        self.more = more
        self.list.table.set_actions((self.list.change, *more.actions_, self.list.remove))
