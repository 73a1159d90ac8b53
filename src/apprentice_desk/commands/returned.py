"""Holding a file that came back against a document that was issued, from the command line."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path

from apprentice_desk.commands import desks
from apprentice_desk.commands.output import print_json
from apprentice_desk.documents.own_wording import library_of
from apprentice_desk.documents.returned import Returned, compare_returned
from apprentice_desk.documents.returned_departures import Departure
from apprentice_desk.domain.needs import counted
from apprentice_desk.domain.problems import Problem
from apprentice_desk.records import organisation
from apprentice_desk.records.keeping_documents import (
    DocumentRow,
    document_details,
    document_rows,
)
from apprentice_desk.records.store import Store


def compare(path: str, location: str, document: str, *, as_json: bool = False) -> int:
    """Print every departure of the file at *path* from a document; 1 if there is any.

    *document* is its reference or the name of its file; of several the newest is taken.  Raises
    Problem where there is none, or where the file cannot be read.
    """
    with desks.opened(location, read_only=True) as store:
        row = _found(store, document)
        ours = store.read(organisation.organisation_row)
        details = store.read(document_details, row.id)
        found = compare_returned(
            store.read(library_of), details, Path(path), is_sample=ours.is_sample
        )
    if as_json:
        print_json(
            {
                "departures": [_as_json(each) for each in found.compared.departures],
                "filled_in": [asdict(each) for each in found.compared.filled_in],
                "remarks": list(found.comments),
                "notes": list(found.notes),
            }
        )
    else:
        _print(found, row)
    return 1 if found.compared.departures else 0


def _found(store: Store, document: str) -> DocumentRow:
    wanted = document.strip().casefold()
    for row in store.read(document_rows):
        if wanted in (row.reference.casefold(), row.file_name.casefold()):
            return row
    raise Problem(
        f"The desk has issued no document “{document[:60]}”.",
        "Write its reference, or the name of its file, as the page of documents shows it.",
    )


def _as_json(departure: Departure) -> dict[str, object]:
    return {
        "kind": departure.kind.value,
        "clause": departure.number,
        "title": departure.title,
        "paragraph": departure.label,
        "detail": departure.detail,
        "sent": departure.before,
        "came_back": departure.after,
        "is_tracked": departure.is_tracked,
    }


def _print(found: Returned, row: DocumentRow) -> None:
    departures = found.compared.departures
    for each in departures:
        number = each.label or each.number
        place = ", ".join(filter(None, (f"{number} {each.title}".strip(), each.detail)))
        how = " (tracked)" if each.is_tracked else ""
        print(f"{each.kind.value}{how}: {place}")
        for said, words in (("sent", each.before), ("came back", each.after)):
            if words and not (said == "came back" and words == each.before):
                print(f"  {said}: {' '.join(words.split())}")
    for filled in found.compared.filled_in:
        print(f"Filled in: {filled.title}, {filled.where}: {filled.text}")
    for remark in found.comments:
        print(f"Remark in the file: {remark}")
    for note in found.notes:
        print(f"To be looked at: {note}")
    total = counted(len(departures), "departure") if departures else "No departure"
    print(f"{total} of {found.file_name} from {row.title}.")
