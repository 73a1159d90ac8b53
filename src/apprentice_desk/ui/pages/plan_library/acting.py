"""Who may be chosen for what both lists of the page offer."""

from __future__ import annotations

from apprentice_desk.records.standing import apprentice_rows
from apprentice_desk.ui.desk import Desk
from apprentice_desk.ui.people_list import PersonLine, people_lines


def everybody(desk: Desk) -> tuple[PersonLine, ...]:
    """Return whose plans can be added to."""
    rows = desk.store.read(
        apprentice_rows, desk.clock.today(), desk.lists.hours_rules, desk.lists.role_families
    )
    return people_lines(rows, desk)
