"""What is found out about a clause while it is typed: the work, done behind the window."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from apprentice_desk.documents.newer_wording import words_of_clause
from apprentice_desk.documents.own_text import OwnClause, written
from apprentice_desk.documents.own_wording import Checked, added, check_text
from apprentice_desk.documents.trial import Trial, trial
from apprentice_desk.documents.wording import Clause
from apprentice_desk.domain.problems import Problem
from apprentice_desk.domain.progress import Progress
from apprentice_desk.ui.desk import Desk
from apprentice_desk.ui.pages.wording.beginning import Begun


@dataclass(frozen=True, slots=True)
class Looked:
    """What the checks found of a text, how it would read, and the document that it would stand in.

    Where it cannot be read there are neither words nor a document; *why* says why there is none.
    """

    checked: Checked
    reads: str = ""
    trial: Trial | None = None
    why: str = ""


def looking(found: Begun, own: OwnClause, type_id: str, desk: Desk) -> Callable[[Progress], Looked]:
    """Return the work that looks at *own* as it stands now, in a document of a type ("": none)."""
    letters, today = desk.organisation.letters, desk.clock.today()

    def work(_progress: Progress) -> Looked:
        library = found.library
        checked = check_text(
            library, own.file, written(own), letters, today, is_own=not found.source
        )
        version = checked.version
        if not isinstance(version, Clause):
            return Looked(checked, why=UNREADABLE)
        reads = words_of_clause(added(library, version), version, {})
        if not type_id:
            return Looked(checked, reads, why=NOWHERE)
        try:
            return Looked(checked, reads, trial(library, version, type_id))
        except Problem as problem:
            return Looked(checked, reads, why=str(problem))

    return work


UNREADABLE = "The text cannot be read as it stands: see the checks."
NOWHERE = "No type of document has a place for this clause."
