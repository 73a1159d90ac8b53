"""A document that was issued, held against what the other side sent back."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from apprentice_desk.documents.keeping import make_again, values_of
from apprentice_desk.documents.returned_departures import Compared
from apprentice_desk.documents.returned_matching import compare_texts
from apprentice_desk.documents.returned_reading import read_file
from apprentice_desk.documents.returned_sent import edges_of, units_of
from apprentice_desk.documents.wording import Library
from apprentice_desk.domain.progress import Progress
from apprentice_desk.records.keeping_documents import DocumentDetails

_PARTIES = (
    "council_name", "provider_name", "bidder_name", "winner_name", "signatory_name",
    "provider_signatory",
)  # fmt: skip
_NOT_THE_SAME = (
    "This version of the program makes the document a little otherwise than it was issued: look at"
    " what is listed beside the file that was sent."
)


@dataclass(frozen=True, slots=True)
class Returned:
    """What came of comparing the file *file_name*.

    *has_tracked* says that changes were tracked in it; *comments* are remarks beside its text, and
    *notes* what could not be compared and is to be looked at.
    """

    file_name: str
    compared: Compared
    has_tracked: bool
    comments: tuple[str, ...]
    notes: tuple[str, ...]


def compare_returned(
    library: Library,
    details: DocumentDetails,
    path: str | Path,
    *,
    is_sample: bool,
    progress: Progress | None = None,
) -> Returned:
    """Return every departure of the file at *path* from the document that was issued.

    Nothing is kept.  Raises Problem where the document cannot be made again or the file cannot
    be read, and Cancelled where it is stopped.
    """
    progress = progress or Progress()
    again = make_again(library, details, is_sample=is_sample)
    document = again.composed.document
    read = read_file(path, edges_of(document), progress, document.title)
    values = values_of(details)
    names = [values.get(each) for each in _PARTIES]
    compared = compare_texts(
        units_of(document),
        read,
        [name for name in names if isinstance(name, str)],
        lambda: progress.step(0, None, "Comparing word by word"),
    )
    return Returned(
        Path(path).name,
        compared,
        read.has_tracked,
        read.comments,
        (*read.notes, *(() if again.is_same else (_NOT_THE_SAME,))),
    )
