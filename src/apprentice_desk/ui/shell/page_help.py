"""What F1 shows on each page: a topic of Help or a guide first, and the guides of its subject.

A part of an apprentice's record has its own, by "apprentice/" and the part.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

GUIDE = "guide:"
"""How the name of a topic begins that is a guide."""


class PageHelp(NamedTuple):
    """The topic that is shown first, and the guides that stand above the topics of Help."""

    first: str
    guides: tuple[str, ...] = ()


_FIRST_STEPS = PageHelp("first-steps")

PAGE_HELP: Mapping[str, PageHelp] = {
    "today": PageHelp("first-steps", ("line-managing", "when-things-slip")),
    "apprentices": PageHelp("apprenticeships", ("when-things-slip", "first-weeks", "after")),
    "hours": PageHelp("quick-line", ("off-the-job-time",)),
    "contracts": PageHelp("contracts", ("procure-a-provider",)),
    "documents": PageHelp("documents", ("secondment",)),
    "secondments": PageHelp("secondments", ("secondment",)),
    "placements": PageHelp("secondments", ("secondment",)),
    "network": PageHelp("secondments", ("secondment", "recruit-for-diversity")),
    "case": PageHelp("secondments", ("decide-the-role",)),
    "returns": PageHelp("codes", ("after",)),
    "standards": PageHelp("apprenticeships", ("choose-a-standard",)),
    "merge": PageHelp("codes"),
    "playbook": PageHelp("playbook"),
    "safekeeping": PageHelp("safekeeping", ("after",)),
    "settings": PageHelp("accessibility"),
    "imports": PageHelp("first-steps"),
    "papers": PageHelp("quick-line", ("off-the-job-time",)),
    "audit": PageHelp("guide:off-the-job-time", ("off-the-job-time",)),
    "apprentice": PageHelp("apprenticeships", ("line-managing",)),
    "apprentice/story": PageHelp("apprenticeships", ("line-managing", "after")),
    "apprentice/facts": PageHelp("apprenticeships", ("decide-the-role", "when-things-slip")),
    "apprentice/plan": PageHelp("apprenticeships", ("choose-a-standard", "off-the-job-time")),
    "apprentice/ksbs": PageHelp("apprenticeships", ("choose-a-standard", "line-managing")),
    "apprentice/reviews": PageHelp("guide:reviews", ("reviews", "when-things-slip")),
    "apprentice/checklists": PageHelp("guide:gateway", ("gateway", "first-weeks")),
    "apprentice/pay": PageHelp("apprenticeships", ("decide-the-role", "after")),
    "apprentice/guides": PageHelp("playbook", ("line-managing", "first-weeks")),
    "contract": PageHelp("managing-contracts", ("procure-a-provider",)),
    "procurements": PageHelp("procuring", ("procure-a-provider",)),
    "procurement": PageHelp("procuring", ("procure-a-provider",)),
    "levy": PageHelp("contracts", ("decide-the-role",)),
    "document": PageHelp("documents"),
    "wording": PageHelp("documents"),
    "clause": PageHelp("documents"),
    "provider": PageHelp("managing-contracts", ("procure-a-provider",)),
    "plan_library": PageHelp("apprenticeships", ("choose-a-standard",)),
    "return_records": PageHelp("codes", ("secondment", "recruit-for-diversity")),
}


def help_of(page: str, part: str = "") -> PageHelp:
    """Return what F1 shows on a page, and on a part of it; the first steps without a page."""
    return PAGE_HELP.get(f"{page}/{part}") or PAGE_HELP.get(page) or _FIRST_STEPS
