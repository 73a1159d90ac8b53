"""Which page a destination is on.

Pages do not know each other: whoever wants to go somewhere says where, and here stands who shows
it.
"""

from __future__ import annotations

from typing import assert_never

from apprentice_desk.ui.destinations import (
    AddApprentice,
    Arrival,
    ImportList,
    LogHours,
    LookThroughLog,
    MakeDocument,
    MergeReturns,
    OpenApprentice,
    OpenCase,
    OpenContract,
    OpenDocument,
    OpenGuide,
    OpenHistory,
    OpenHours,
    OpenLibrary,
    OpenNetwork,
    OpenPlacements,
    OpenProcurement,
    OpenProvider,
    OpenRecord,
    OpenReturnRecord,
    OpenSecondment,
    OpenWording,
    ReadCalendar,
    ReadReceipts,
    TakeLog,
    WriteClause,
)


def page_for(destination: Arrival) -> tuple[str, Arrival | None]:
    """Return the name of the page that *destination* is on, and what that page is handed.

    It is handed nothing where it only has to be shown.
    """
    match destination:
        case OpenApprentice() | AddApprentice() | LookThroughLog():
            return "apprentices", destination
        case OpenRecord():
            return "apprentice", destination
        case OpenContract():
            return "contract", destination
        case OpenProvider():
            return "provider", destination
        case MakeDocument():
            return "document", destination
        case OpenDocument():
            return "documents", destination
        case OpenWording():
            return "wording", destination
        case WriteClause():
            return "clause", destination
        case OpenProcurement():
            return "procurement", destination
        case OpenSecondment():
            return "secondments", destination
        case LogHours() | OpenHours() | ReadCalendar():
            return "hours", destination
        case ImportList():
            return "imports", destination
        case OpenReturnRecord():
            return _page_for_return(destination)
        case OpenNetwork():
            return "network", destination
        case OpenHistory():
            return "safekeeping", destination
        case OpenCase():
            return "case", destination
        case OpenLibrary():
            return "plan_library", destination
        case OpenPlacements():
            return "placements", destination
        case MergeReturns():
            return "merge", destination
        case ReadReceipts():
            return "returns", destination
        case TakeLog():
            return "papers", destination
        case OpenGuide():
            return "playbook", destination
        case _:
            assert_never(destination)


def _page_for_return(destination: OpenReturnRecord) -> tuple[str, Arrival | None]:
    """Records that have a page of their own are shown there, the others on that of the return."""
    match destination:
        case OpenReturnRecord("secondments", None):
            return "secondments", None
        case OpenReturnRecord("secondments", record_id, field) if record_id is not None:
            return "secondments", OpenSecondment(record_id, field)
        case OpenReturnRecord("network", record_id, field):
            return "network", OpenNetwork("events", record_id, field)
        case OpenReturnRecord("barriers", record_id, field):
            return "network", OpenNetwork("barriers", record_id, field)
        case _:
            return "return_records", destination
