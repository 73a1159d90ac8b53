"""What the links of guides lead to: a page, a part of a record, another guide, a topic of Help.

A link is a text such as "page/hours" or "record/reviews", as resources/guides/index.toml says.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from uuid import UUID

from apprentice_desk.ui.destinations import (
    AddApprentice,
    Destination,
    ImportList,
    LogHours,
    OpenGuide,
    OpenHelp,
    OpenLibrary,
    OpenPage,
    OpenProcurement,
    OpenRecord,
    OpenReturnRecord,
)

SCHEME = "go:"
"""How a link into the program begins within a text."""
_LINK = re.compile(r"\[([^\]]+)\]\(go:([^)]+)\)")

_ALONE: Mapping[str, Callable[[], Destination]] = {
    "add-apprentice": AddApprentice,
    "log-hours": LogHours,
}
_WITH_NAME: Mapping[str, Callable[[str], Destination]] = {
    "page": OpenPage,
    "records": OpenReturnRecord,
    "library": OpenLibrary,
    "import": ImportList,
    "guide": OpenGuide,
    "help": OpenHelp,
}


def destination_of_link(
    link: str, *, apprenticeship_id: UUID | None = None, procurement_id: UUID | None = None
) -> Destination | None:
    """Return where *link* leads; None where it makes no sense.

    A part of a record is that of *apprenticeship_id* or *procurement_id*; without one the link
    leads to the list to choose from.
    """
    kind, _, name = link.removeprefix(SCHEME).partition("/")
    if kind in _ALONE:
        return None if name else _ALONE[kind]()
    if not name:
        return None
    if kind == "record":
        if apprenticeship_id is None:
            return OpenPage("apprentices")
        return OpenRecord(apprenticeship_id, name)
    if kind == "procurement":
        if procurement_id is None:
            return OpenPage("procurements")
        return OpenProcurement(procurement_id, name)
    leads = _WITH_NAME.get(kind)
    return None if leads is None else leads(name)


def links_in(text: str) -> tuple[tuple[str, str], ...]:
    """Return words and target of each link into the program in *text*, each target once."""
    found: dict[str, str] = {}
    for words, link in _LINK.findall(text):
        found.setdefault(link, words)
    return tuple((words, link) for link, words in found.items())
