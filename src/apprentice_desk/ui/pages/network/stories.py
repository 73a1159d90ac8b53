"""The part with stories: what is told where, to whom, by whom, and who agreed."""

from __future__ import annotations

from apprentice_desk.ui.pages.network.part import ListPart
from apprentice_desk.ui.pages.network.story_kind import Stories


class StoriesPart(ListPart):
    """Stories and the plan of communications."""

    name = "stories"
    title = "Stories"
    kind_class = Stories
