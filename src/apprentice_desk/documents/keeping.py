"""What is kept of documents that are issued, and the documents made again of what was kept."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path
from uuid import UUID

from apprentice_desk.documents import fields
from apprentice_desk.documents.compose import Composed, compose
from apprentice_desk.documents.field_kinds import Value
from apprentice_desk.documents.fields import FIELDS
from apprentice_desk.documents.fingerprints import tree_fingerprint
from apprentice_desk.documents.wording import Library
from apprentice_desk.domain.problems import Problem
from apprentice_desk.product import version
from apprentice_desk.records.keeping_documents import (
    DocumentDetails,
    document_rows,
    keep_document,
    remove_document,
)
from apprentice_desk.records.own_wording import refuse_unapproved
from apprentice_desk.records.store import Store


@dataclass(frozen=True, slots=True)
class Keeping:
    """A document that is kept and is to stand at *path*; *is_new* is not known before.

    *own* are the fingerprints of the desk's own wording in it, by the names of its files.
    """

    path: Path
    content: bytes
    details: DocumentDetails
    own: Mapping[str, str]
    is_new: bool = False


def keep_all(store: Store, label: str, documents: Sequence[Keeping]) -> dict[UUID, Keeping]:
    """Keep *documents* as one change, and return them by their keys.

    Raises Problem, and keeps none, where one cannot be kept, where wording in it is not approved
    any more, or a file that would be replaced is open in another program: found out here, while it
    can still be taken back.
    """
    keys: dict[UUID, Keeping] = {}
    with store.change(label) as session:
        before = {row.id for row in document_rows(session)}
        for each in documents:
            refuse_unapproved(session, each.own)
            key = keep_document(session, each.details, each.content)
            keys[key] = replace(each, is_new=key not in before)
            if each.path.exists():
                with each.path.open("rb+"):
                    pass
    return keys


def take_back(store: Store, label: str, keys: Mapping[UUID, Keeping]) -> None:
    """Take those of *keys* out again that were not there and whose file did not come to stand."""
    lost = [key for key, each in keys.items() if each.is_new and not _stands(each)]
    if lost:
        with suppress(Problem):  # the desk may be what is out of reach; why, is raised already
            _remove(store, f"{label}: not saved, so taken back", lost)


def _stands(each: Keeping) -> bool:
    try:
        return each.path.read_bytes() == each.content
    except OSError:
        return False


def _remove(store: Store, label: str, keys: Iterable[UUID]) -> None:
    with store.change(label) as session:
        for key in keys:
            remove_document(session, key)


# --- as it was ------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Again:
    """A document made again; *is_same* says whether it is what was issued, to the last word.

    *is_same_program* says whether its file is then the same to the last byte.
    """

    composed: Composed
    is_same: bool
    is_same_program: bool


def make_again(library: Library, details: DocumentDetails, *, is_sample: bool) -> Again:
    """Return a document that was issued, made of what was kept.

    Raises Problem where its wording or its values are not what they were: the file that is kept
    stands.
    """
    kept_file = "The file that was issued is kept as it was: open that."
    settings = replace(
        library.settings,
        version=details.wording_version,
        owner=details.wording_owner,
        model_note=details.wording_note,
    )
    try:
        values = values_of(details)
        composed = compose(
            replace(library, settings=settings),
            library.type_of(details.type_id, details.type_version),
            values,
            details.ticks,
            details.clauses,
            is_sample=is_sample,
        )
    except (Problem, ValueError) as error:
        raise Problem(f"This document cannot be made again: {error}", kept_file) from error
    if composed.fingerprint != details.wording_fingerprint:
        raise Problem(
            "This document cannot be made again: its wording is not what it was.", kept_file
        )
    return Again(
        composed,
        tree_fingerprint(composed.document) == details.tree_fingerprint,
        details.program_version == version(),
    )


def values_of(details: DocumentDetails) -> Mapping[str, Value]:
    """Return the values of a document that was issued; ValueError for one that is not known."""
    found: dict[str, Value] = {}
    for name, kept in details.field_values.items():
        field = FIELDS.get(name)
        if field is None:
            raise ValueError(f"There is no field “{name[:60]}” any more.")
        found[name] = fields.unkeep(field, kept)
    return found
