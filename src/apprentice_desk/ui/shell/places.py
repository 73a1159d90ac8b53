"""The places that the window can show.

Pages are named as text: their modules are imported after the window has painted.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from datetime import date

    from apprentice_desk.settings import Settings
    from apprentice_desk.ui.desk import Desk
    from apprentice_desk.ui.kit.arranging import ScrollingPage


class Place(NamedTuple):
    """One page: its name in code, its words, and where its class is."""

    name: str
    title: str
    icon: str
    module: str
    page_class: str
    section: str = ""
    is_listed: bool = True
    """Whether it stands in the navigation; the others are reached from a button."""

    def make(self, desk: Desk) -> ScrollingPage:
        """Import the page's module and make the page."""
        page_class = getattr(import_module(self.module), self.page_class)
        page: ScrollingPage = page_class(desk)
        return page


_PAGES = "apprentice_desk.ui.pages"

PAGES: tuple[Place, ...] = (
    Place("today", "Today", "sun", f"{_PAGES}.today.page", "TodayPage"),
    Place("apprentices", "Apprentices", "users", f"{_PAGES}.apprentices.page", "ApprenticesPage"),
    Place("hours", "Hours", "clock", f"{_PAGES}.hours.page", "HoursPage"),
    Place("contracts", "Contracts", "file-text", f"{_PAGES}.contracts.page", "ContractsPage"),
    Place(
        "secondments",
        "Secondments",
        "arrow-left-right",
        f"{_PAGES}.secondments.page",
        "SecondmentsPage",
    ),
    Place("documents", "Documents", "files", f"{_PAGES}.documents.page", "DocumentsPage"),
    Place("network", "Network", "calendar-days", f"{_PAGES}.network.page", "NetworkPage"),
    Place("returns", "Returns", "send", f"{_PAGES}.returns.page", "ReturnsPage"),
    Place(
        "standards",
        "Standards",
        "graduation-cap",
        f"{_PAGES}.standards.page",
        "StandardsPage",
    ),
    Place(
        "merge",
        "Merge returns",
        "layers",
        f"{_PAGES}.merge.page",
        "MergePage",
        section="LOTI central team",
    ),
    Place("playbook", "Playbook", "book-open", f"{_PAGES}.playbook.page", "PlaybookPage", "Help"),
    Place(
        "safekeeping",
        "Safekeeping",
        "lock",
        f"{_PAGES}.safekeeping.page",
        "SafekeepingPage",
        "Help",
    ),
    Place("settings", "Settings", "settings", f"{_PAGES}.settings.page", "SettingsPage", "Help"),
    Place(
        "imports",
        "Import a list",
        "upload",
        f"{_PAGES}.imports.page",
        "ImportsPage",
        is_listed=False,
    ),
    Place(
        "papers",
        "Pocket sheets and Excel logs",
        "file-spreadsheet",
        f"{_PAGES}.papers.page",
        "PapersPage",
        is_listed=False,
    ),
    Place(
        "audit",
        "Audit rehearsal",
        "shield-check",
        f"{_PAGES}.audit.page",
        "AuditPage",
        is_listed=False,
    ),
    Place(
        "apprentice",
        "Record of one apprentice",
        "user",
        f"{_PAGES}.apprentice.page",
        "ApprenticePage",
        is_listed=False,
    ),
    Place(
        "contract",
        "One contract",
        "file-text",
        f"{_PAGES}.contract.page",
        "ContractPage",
        is_listed=False,
    ),
    Place(
        "procurements",
        "Procurements",
        "list-checks",
        f"{_PAGES}.procurements.page",
        "ProcurementsPage",
        is_listed=False,
    ),
    Place(
        "procurement",
        "One procurement",
        "list-checks",
        f"{_PAGES}.procurement.page",
        "ProcurementPage",
        is_listed=False,
    ),
    Place(
        "levy",
        "Levy",
        "hourglass",
        f"{_PAGES}.levy.page",
        "LevyPage",
        is_listed=False,
    ),
    Place(
        "document",
        "Make a document",
        "file-plus",
        f"{_PAGES}.document.page",
        "DocumentPage",
        is_listed=False,
    ),
    Place(
        "wording",
        "Wording",
        "book-open",
        f"{_PAGES}.wording.page",
        "WordingPage",
        is_listed=False,
    ),
    Place(
        "clause",
        "Write a clause",
        "pencil",
        f"{_PAGES}.wording.editor",
        "ClausePage",
        is_listed=False,
    ),
    Place(
        "provider",
        "One provider",
        "building-2",
        f"{_PAGES}.provider.page",
        "ProviderPage",
        is_listed=False,
    ),
    Place(
        "plan_library",
        "Plan templates and offers",
        "layers",
        f"{_PAGES}.plan_library.page",
        "PlanLibraryPage",
        is_listed=False,
    ),
    Place(
        "case",
        "Cases",
        "target",
        f"{_PAGES}.case.page",
        "CasePage",
        is_listed=False,
    ),
    Place(
        "placements",
        "Places elsewhere",
        "arrow-left-right",
        f"{_PAGES}.placements.page",
        "PlacementsPage",
        is_listed=False,
    ),
    Place(
        "return_records",
        "What the return is made of",
        "files",
        f"{_PAGES}.return_records.page",
        "ReturnRecordsPage",
        is_listed=False,
    ),
)


def place_named(name: str) -> Place:
    """Return the place of this name; KeyError when there is none."""
    for place in PAGES:
        if place.name == name:
            return place
    raise KeyError(name)


def first_page(settings: Settings, today: date) -> str:
    """Return the page that a desk opens on.

    It is the one that was left last, on the same day; a new day begins on Today.
    """
    listed = [place.name for place in PAGES if place.is_listed]
    is_same_day = settings.last_used_on == today.isoformat()
    return settings.last_page if is_same_day and settings.last_page in listed else listed[0]
