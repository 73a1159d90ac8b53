"""Many documents at once: a letter to each bidder, an agreement for each of a cohort."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from types import MappingProxyType
from typing import Any
from uuid import UUID

from apprentice_desk.documents.choosing import SubjectChoice
from apprentice_desk.documents.contents_list import CONTENTS, LeftOut, contents_list
from apprentice_desk.documents.field_kinds import Value
from apprentice_desk.documents.gathering import Gathered, gathered_all
from apprentice_desk.documents.issuing import (
    Draft,
    Prepared,
    begin,
    details_of,
    file_name,
    own_wording,
    prepare,
    write,
)
from apprentice_desk.documents.keeping import Keeping, keep_all, take_back
from apprentice_desk.documents.wording import DocumentType, Library
from apprentice_desk.domain.findings import refuses
from apprentice_desk.domain.problems import Problem
from apprentice_desk.domain.progress import Progress
from apprentice_desk.domain.vocabulary import DocumentFormat
from apprentice_desk.records.keeping_documents import Subject
from apprentice_desk.records.store import Store
from apprentice_desk.sheets import replacing


@dataclass(frozen=True, slots=True)
class IssuedMany:
    """What came of issuing many: files with their keys, the list of them, and what was left out."""

    files: tuple[Path, ...]
    keys: tuple[UUID, ...]
    left_out: tuple[LeftOut, ...]
    contents: Path
    subjects: tuple[Subject, ...] = ()
    """What each of the files is about."""


OF_ONE = "bidder_"
"""How the names of fields begin that are about one bidder."""
_OF_ONE_TOO = frozenset(
    {
        "bid_was_not_scored_why", "not_scored_details", "relative_advantages", "apprentice_name",
        "line_manager_name", "mentor_name", "weekly_hours", "english_is_part", "maths_is_part",
        "behind_why", "hand_over_more",
    }
)  # fmt: skip


def is_of_one(name: str) -> bool:
    """Say whether an answer to a field is about one, and never gets to another."""
    return name.startswith(OF_ONE) or name in _OF_ONE_TOO


def may_get(of: DocumentType, bidder: SubjectChoice) -> bool:
    """Say whether a letter of a type goes to a bidder, as far as the decision is known."""
    if bidder.is_winner is None:
        return True
    wrong = "bidder-is-not-winner" if bidder.is_winner else "bidder-is-winner"
    return wrong not in of.checks


_NOTHING: Mapping[Any, Any] = MappingProxyType({})


def drafts_for(
    store: Store,
    library: Library,
    of: DocumentType,
    subjects: Sequence[Subject],
    answers: Mapping[str, Value],
    ticks: Mapping[str, bool],
    today: date,
    progress: Progress | None = None,
    *,
    own: Mapping[UUID, Mapping[str, Value]] = _NOTHING,
) -> tuple[Draft, ...]:
    """Return a draft for each of *subjects*, all with the same *answers* and *ticks*.

    What is said of one never gets into the document of another: answers to fields of a bidder or
    of a person count only where *own* has them for it, by its key.  Raises Conflict when one is
    gone.
    """
    found = store.read(gathered_all, subjects, today, progress or Progress())
    return tuple(drafts_of(library, of, found, answers, ticks, own=own))


def drafts_of(
    library: Library,
    of: DocumentType,
    known: Iterable[Gathered],
    answers: Mapping[str, Value],
    ticks: Mapping[str, bool],
    *,
    own: Mapping[UUID, Mapping[str, Value]] = _NOTHING,
) -> Iterator[Draft]:
    """Yield a draft for each that is *known* already, as drafts_for returns them."""
    shared = {name: each for name, each in answers.items() if not is_of_one(name)}

    for each in known:
        begun = begin(library, of, each)
        given = {**begun.answers, **shared, **own.get(each.subject.id, _NOTHING)}
        yield replace(begun, answers=given, ticks=dict(ticks))


def issue_many(
    store: Store,
    drafts: Sequence[Draft],
    folder: str | Path,
    kind: DocumentFormat,
    today: date,
    progress: Progress | None = None,
) -> IssuedMany:
    """Write a file for each draft that is ready into *folder*, and keep all of them as one change.

    A list of them stands beside them, with who was left out and why; it is not kept.  All are
    written under names of their own first; then they are kept; then each takes its place.
    Stopping, or what goes wrong before, leaves no file and keeps none.  Raises Problem where a
    file of that name is there already, and where nothing is ready.
    """
    folder, progress = Path(folder), progress or Progress()
    ready, left_out = sorted_out(drafts, today)
    if not ready:
        why = left_out[0].findings[0].message if left_out else "Choose who it is for."
        raise Problem("No document was issued: none is ready.", why)
    names = _names(ready, kind)
    listed_in = f"{CONTENTS}{DocumentFormat.PDF.ending}"
    for name in (*names, listed_in):
        if (folder / name).exists():
            raise Problem(
                f"“{name}” is in that folder already, so nothing was issued.",
                "Choose another folder.",
            )
    paths = tuple(folder / name for name in names)
    keys: dict[UUID, Keeping] = {}
    label = _label(ready)
    try:
        with ExitStack() as whole:
            # Entered first, so that it takes its place last: it lists nothing that is not there.
            contents = whole.enter_context(replacing(folder / listed_in))
            written = []
            for turn, (each, path) in enumerate(zip(ready, paths, strict=True)):
                progress.step(turn, len(ready), f"Writing {path.name}")
                fresh = whole.enter_context(replacing(path))
                details = details_of(each, kind, path.name)
                write(kind, fresh, each.composed.document, details.issued_on)
                written.append(Keeping(path, fresh.read_bytes(), details, own_wording(each)))
            on = written[0].details.issued_on
            write(DocumentFormat.PDF, contents, contents_list(ready, names, left_out, on), on)
            progress.step(len(ready), len(ready), "Keeping them")
            keys = keep_all(store, label, written)
    except BaseException:
        take_back(store, label, keys)
        raise
    subjects = tuple(each.draft.known.subject for each in ready)
    return IssuedMany(paths, tuple(keys), left_out, folder / listed_in, subjects)


def _label(ready: Sequence[Prepared]) -> str:
    name = ready[0].draft.type.name
    if len(ready) == 1:
        return f"Issue {name}: {ready[0].draft.known.name}"
    return f"Issue {len(ready)} of {name}"


def sorted_out(
    drafts: Sequence[Draft], today: date
) -> tuple[tuple[Prepared, ...], tuple[LeftOut, ...]]:
    """Return which of *drafts* are ready, and which are left out with the reasons."""
    prepared = [prepare(each, today) for each in drafts]  # a millisecond each
    ready = tuple(each for each in prepared if each.is_ready)
    left_out = tuple(
        LeftOut(
            each.draft.known.name,
            tuple(f for f in each.findings if refuses((f,))),
            each.draft.known.subject,
        )
        for each in prepared
        if not each.is_ready
    )
    return ready, left_out


def _names(ready: Sequence[Prepared], kind: DocumentFormat) -> tuple[str, ...]:
    """Return a name for each file, different ones also where only the case of letters differs."""

    def names() -> Iterator[str]:
        taken: set[str] = set()
        for each in ready:
            name = file_name(each, kind)
            stem, number = name.removesuffix(kind.ending), 1
            while name.casefold() in taken:
                number += 1
                name = f"{stem} ({number}){kind.ending}"
            taken.add(name.casefold())
            yield name

    return tuple(names())
