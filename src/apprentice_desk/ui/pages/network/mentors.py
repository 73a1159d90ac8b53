"""The part with mentors and buddies: their list, and who has no mentor."""

from __future__ import annotations

from apprentice_desk.domain.apprenticeship import LIVE
from apprentice_desk.ui.desk import Desk
from apprentice_desk.ui.kit.pieces import label
from apprentice_desk.ui.pages.network.mentor_kind import Mentors
from apprentice_desk.ui.pages.network.part import ListPart
from apprentice_desk.ui.recording.kind import people

_MOST_NAMES = 5


class MentorsPart(ListPart):
    """Mentors and buddies; below the list stands who is on programme without a mentor."""

    name = "mentors"
    title = "Mentors and buddies"
    kind_class = Mentors

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.without = label("", "quiet", wraps=True)
        self._down.addWidget(self.without)

    def refresh(self) -> None:
        """Read the list anew, and who has no mentor."""
        super().refresh()
        rows = people(self._desk)
        names = [row.name for row in rows if row.status in LIVE and not row.mentor]
        self.without.setText(without_in_words(names))
        self.without.setVisible(bool(names))


def without_in_words(names: list[str]) -> str:
    """Return who is on programme without a mentor."""
    shown = names[:_MOST_NAMES]
    more = f" and {len(names) - len(shown)} more" if len(names) > len(shown) else ""
    return f"On programme without a mentor: {', '.join(shown)}{more}."
