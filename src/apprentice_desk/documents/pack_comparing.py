"""What a pack would do to a desk, worked out before anything of it applies."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from apprentice_desk.documents.newer_wording import Words
from apprentice_desk.documents.pack_manifest import Pack, PackItem
from apprentice_desk.documents.pack_words import compare_within, words_of
from apprentice_desk.documents.wording import Clause, DocumentType, Library, WordingStatus
from apprentice_desk.documents.wording_checks import check_clause, check_library
from apprentice_desk.documents.wording_text import Pieces, RefPiece, TextBlock
from apprentice_desk.documents.wording_text import words_of as plain_words
from apprentice_desk.domain.calendar import show_day
from apprentice_desk.domain.findings import Finding, refuses
from apprentice_desk.domain.progress import Progress
from apprentice_desk.records.keeping_documents import ContractUse


class Fate(StrEnum):
    """What becomes of one file of a pack."""

    NEW = "new"
    NEWER = "newer"
    OLDER = "older"
    WITHDRAWN = "withdrawn"
    DRAFT = "draft here"
    SAME = "there already"
    REFUSED = "refused"

    @property
    def is_change(self) -> bool:
        """Whether it can be taken in, so that the desk has more afterwards."""
        return self not in (Fate.SAME, Fate.REFUSED)


@dataclass(frozen=True, slots=True)
class PackLine:
    """What becomes of one file of a pack, and why.

    *before* is the newest version that the desk has.  *runs* joined are that and the new one, one
    in the other.  *needs* are the files of the pack without which it cannot be taken in; *stays*
    names what the desk has of its own in its place; *uses* are contracts that are not over and
    were made with an older version.
    """

    item: PackItem
    title: str
    fate: Fate
    says: str
    remedy: str = ""
    before: int | None = None
    runs: tuple[Words, ...] = ()
    needs: frozenset[str] = frozenset()
    stays: tuple[str, ...] = ()
    uses: tuple[ContractUse, ...] = ()

    @property
    def id(self) -> str:
        """What the line is known by: the name of its file."""
        return self.item.named


@dataclass(frozen=True, slots=True)
class Held:
    """What a desk has: its library, and by name what is not in force there.

    *drafts*, *withdrawn* and *own*, which is approved, are fingerprints by name; *variants* are the
    desk's own clauses by the id of the clause whose place they take.
    """

    library: Library
    drafts: Mapping[str, str]
    withdrawn: Mapping[str, str]
    own: Mapping[str, str]
    variants: Mapping[str, Clause]
    uses: Mapping[tuple[str, int], tuple[ContractUse, ...]]
    today: date


@dataclass(frozen=True, slots=True)
class PackComparison:
    """A pack beside a desk, a line for each of its files.

    *findings* are what would be wrong in the desk if it were taken in.
    """

    pack: Pack
    lines: tuple[PackLine, ...]
    findings: tuple[Finding, ...] = ()

    @property
    def changes(self) -> tuple[PackLine, ...]:
        """The lines that can be taken in."""
        return tuple(line for line in self.lines if line.fate.is_change)

    @property
    def refused(self) -> tuple[PackLine, ...]:
        """The lines that cannot be taken in."""
        return tuple(line for line in self.lines if line.fate is Fate.REFUSED)

    def with_needed(self, chosen: Collection[str]) -> frozenset[str]:
        """Return *chosen* and all that it needs."""
        return reached(chosen, {line.id: line.needs for line in self.changes})

    def without(self, left_out: Collection[str]) -> frozenset[str]:
        """Return all changes but *left_out*, and what cannot be without that."""
        every = {line.id: line.needs for line in self.changes}
        return settled(every, frozenset(every), frozenset(every) - frozenset(left_out))

    def line(self, named: str) -> PackLine:
        """Return the line of a file."""
        return next(line for line in self.lines if line.id == named)


def reached(begin: Collection[str], leads: Mapping[str, Collection[str]]) -> frozenset[str]:
    """Return those of *begin* that lead anywhere or nowhere, and all that they lead to."""
    found: set[str] = set()
    left = [each for each in begin if each in leads]
    while left:
        named = left.pop()
        if named not in found:
            found.add(named)
            left.extend(leads[named])
    return frozenset(found)


def settled(
    needs: Mapping[str, Collection[str]], before: Collection[str], after: Collection[str]
) -> frozenset[str]:
    """Return what is chosen once a choice was changed from *before* to *after*.

    What was chosen brings what it *needs*; what was left out takes what needs it with it.  What is
    not in *needs* cannot be chosen.
    """
    needed_by: dict[str, set[str]] = {named: set() for named in needs}
    for named, needed in needs.items():
        for each in needed:
            needed_by[each].add(named)
    lost = reached(set(before) - set(after), needed_by)
    return reached(set(after) - lost, needs)


Wording = Clause | DocumentType


def compare_pack(held: Held, pack: Pack, progress: Progress | None = None) -> PackComparison:
    """Return what *pack* would do to a desk; nothing is changed.

    Raises Cancelled where *progress* is stopped.
    """
    read = {item.named: _read(item) for item in pack.items}
    after = with_wording(held.library, read.values())
    lines = []
    for number, item in enumerate(pack.items, 1):
        if progress is not None:
            progress.step(number, len(pack.items), "Comparing the wording")
        lines.append(_line(held, after, item, read[item.named]))
    fates = {line.id: line.fate for line in lines}
    changed = {named: found for named, found in read.items() if fates[named].is_change}
    needs = needs_of(held.library, changed)
    ordered = sorted(
        (replace(line, needs=needs.get(line.id, frozenset())) for line in lines),
        key=lambda line: (_ORDER.index(line.fate), line.item.is_clause, line.title.casefold()),
    )
    return PackComparison(pack, tuple(ordered))


_ORDER = (
    Fate.REFUSED, Fate.NEWER, Fate.NEW, Fate.WITHDRAWN, Fate.DRAFT, Fate.OLDER, Fate.SAME,
)  # fmt: skip


def _read(item: PackItem) -> Wording:
    """Return what an item holds, as it is once it was taken in and approved here."""
    found = item.read()
    is_gone = item.is_withdrawn or found.status is WordingStatus.WITHDRAWN
    return replace(found, status=WordingStatus.WITHDRAWN if is_gone else WordingStatus.RELEASED)


def with_wording(library: Library, more: Iterable[Wording]) -> Library:
    """Return *library* with more wording, each version in the place of one of that name."""
    fresh = {_key(each): each for each in more}
    seals = {
        f"{_folder(each)}/{each.id}.{each.version}": each.fingerprint for each in fresh.values()
    }
    return replace(
        library,
        settings=replace(library.settings, sealed={**library.settings.sealed, **seals}),
        clauses=(
            *(each for each in library.clauses if _key(each) not in fresh),
            *(each for each in fresh.values() if isinstance(each, Clause)),
        ),
        types=(
            *(each for each in library.types if _key(each) not in fresh),
            *(each for each in fresh.values() if isinstance(each, DocumentType)),
        ),
    )


def _key(of: Wording) -> tuple[bool, str, int]:
    return isinstance(of, Clause), of.id, of.version


def _folder(of: Wording) -> str:
    return "clauses" if isinstance(of, Clause) else "documents"


# --- one file -------------------------------------------------------------------------------------


def _line(held: Held, after: Library, item: PackItem, found: Wording) -> PackLine:
    title = found.title if isinstance(found, Clause) else found.name
    there = _versions(held.library, item)
    twin = there.get(item.version)
    if item.named in held.withdrawn:
        return _beside_withdrawn(held, item, found, title)
    if item.named in held.drafts:
        return _beside_draft(held, after, item, found, title)
    there_as = held.own.get(item.named) if twin is None else twin.fingerprint
    if there_as not in (None, item.fingerprint):
        return _refused(item, title)
    if twin is None and there_as is not None:
        says = "The desk has this version, and leaves it out: Wording says why."
        return PackLine(item, title, Fate.SAME, says)
    if isinstance(found, Clause) and found.replaces:
        variant = held.variants.get(found.replaces)
        if variant is not None and variant.id != item.id and item.named not in held.own:
            return _beside_variant(item, title, variant)
    if found.status is WordingStatus.WITHDRAWN:
        return _withdrawn(held, item, title, there)
    if twin is not None:
        says = "The desk has this version already, to the letter."
        return PackLine(item, title, Fate.SAME, says, before=item.version)
    return _coming(held, after, item, found, title)


def _versions(library: Library, item: PackItem) -> Mapping[int, Wording]:
    every: Iterable[Wording] = library.clauses if item.is_clause else library.types
    return {each.version: each for each in every if each.id == item.id}


def _refused(item: PackItem, title: str) -> PackLine:
    return PackLine(
        item,
        title,
        Fate.REFUSED,
        f"The desk has another text as version {item.version} of “{item.id}”. A version never"
        " changes, or what was issued could not be explained any more.",
        f"Ask the sender to send it as version {item.version + 1} or later. The rest of the pack"
        " can be taken in without it.",
        item.version,
    )


def _beside_variant(item: PackItem, title: str, variant: Clause) -> PackLine:
    return PackLine(
        item,
        title,
        Fate.REFUSED,
        f"It would stand in place of “{variant.replaces}”, where the desk has “{variant.title}”"
        f" ({variant.id}). Both cannot.",
        "Keep yours, or withdraw it under Wording and import the pack again.",
    )


def _beside_withdrawn(held: Held, item: PackItem, found: Wording, title: str) -> PackLine:
    if held.withdrawn[item.named] != item.fingerprint:
        return _refused(item, title)
    says = "The desk had this version and withdrew it. It stays withdrawn."
    if found.status is WordingStatus.WITHDRAWN:
        says = "It is withdrawn here already."
    return PackLine(item, title, Fate.SAME, says, before=item.version)


def _beside_draft(
    held: Held, after: Library, item: PackItem, found: Wording, title: str
) -> PackLine:
    if held.drafts[item.named] != item.fingerprint:
        return PackLine(
            item,
            title,
            Fate.REFUSED,
            f"The desk has a draft of its own called “{item.id}”, version {item.version}, and it"
            " says something else.",
            "Remove that draft, or give it another version, and import the pack again.",
            item.version,
        )
    if found.status is WordingStatus.WITHDRAWN:
        says = "It is a draft here, and the sender has withdrawn it. Nothing is done about it."
        return PackLine(item, title, Fate.SAME, says)
    line = _coming(held, after, item, found, title)
    return replace(
        line, fate=Fate.DRAFT, says=f"It is here as a draft; approved, it is in force. {line.says}"
    )


def _withdrawn(held: Held, item: PackItem, title: str, there: Mapping[int, Wording]) -> PackLine:
    if not there or max(there) > item.version:
        says = "The sender has withdrawn it, and the desk does not use it."
        return PackLine(item, title, Fate.SAME, says)
    if item.version in there and item.named not in held.own:
        return PackLine(
            item,
            title,
            Fate.REFUSED,
            "The sender has withdrawn it. Here it came with the program.",
            "Put a clause of your own in its place, or wait for a newer program.",
            item.version,
        )
    newest = there[max(there)]
    return PackLine(
        item,
        title,
        Fate.WITHDRAWN,
        "The sender has withdrawn it: new documents are made without it. Documents that were"
        " issued stay as they were.",
        before=newest.version,
        runs=compare_within(words_of(held.library, newest), ""),
        uses=_uses(held, item, there),
    )


def _uses(held: Held, item: PackItem, there: Iterable[int]) -> tuple[ContractUse, ...]:
    """Return the contracts that use a version of the clause that the desk has."""
    found = [
        use for version in there if item.is_clause for use in held.uses.get((item.id, version), ())
    ]
    return tuple(sorted(found, key=lambda use: (use.reference, use.document.title)))


def _coming(held: Held, after: Library, item: PackItem, found: Wording, title: str) -> PackLine:
    there = _versions(held.library, item)
    kind = "clause" if item.is_clause else "document type"
    variant = held.variants.get(item.id) if item.is_clause else None
    stays = () if variant is None else (variant.title,)
    if not there:
        says = f"A {kind} that the desk does not have.{_late(held, found)}"
        return PackLine(
            item,
            title,
            Fate.NEW,
            says,
            runs=compare_within("", words_of(after, found)),
            stays=stays,
        )
    newest = there[max(there)]
    runs = compare_within(words_of(held.library, newest), words_of(after, found))
    if len(runs) == 1 and runs[0].text and newest.fingerprint != found.fingerprint:
        runs = _as_written(newest, found) or runs
    if item.version < newest.version:
        return PackLine(
            item,
            title,
            Fate.OLDER,
            f"An older version; the desk has version {newest.version}, which new documents are"
            " made of. It is kept beside it.",
            before=newest.version,
            runs=runs,
        )
    return PackLine(
        item,
        title,
        Fate.NEWER,
        f"Version {item.version} of a {kind} of which the desk has version {newest.version}."
        + _late(held, found),
        before=newest.version,
        runs=runs,
        stays=stays,
        uses=_uses(held, item, there),
    )


def _late(held: Held, found: Wording) -> str:
    """Return what is said of wording that is past the day by which it is to be read again."""
    if found.review_by >= held.today:
        return ""
    return f" It was to be read again by {show_day(found.review_by)}: ask {found.owner}."


def _as_written(before: Wording, after: Wording) -> tuple[Words, ...]:
    """Return the texts of two clauses as they are written, where in words they say the same."""
    if isinstance(before, Clause) and isinstance(after, Clause) and before.text != after.text:
        return compare_within(before.text, after.text)
    return ()


# --- what goes together ---------------------------------------------------------------------------


def needs_of(library: Library, changed: Mapping[str, Wording]) -> Mapping[str, frozenset[str]]:
    """Return which of *changed* cannot be in *library* without which others, by name."""
    clauses = {each.id: named for named, each in changed.items() if isinstance(each, Clause)}
    types = {each.id: named for named, each in changed.items() if isinstance(each, DocumentType)}
    terms = {
        term: named
        for named, each in changed.items()
        if isinstance(each, Clause)
        for term in each.defines
        if not _defines(library, each.id, term)
    }
    found: dict[str, frozenset[str]] = {}
    for named, each in changed.items():
        if isinstance(each, DocumentType):
            needed = {
                clauses[clause_id]
                for clause_id in each.clause_ids
                if clause_id in clauses and not library.has(clause_id)
            }
        else:
            needed = set(_needed_by_clause(library, each, clauses, terms))
            if each.joins in types and each.joins not in {of.id for of in library.newest_types}:
                needed.add(types[each.joins])
        found[named] = frozenset(needed - {named})
    return found


def _defines(library: Library, clause_id: str, term: str) -> bool:
    return library.has(clause_id) and term in library.clause(clause_id).defines


def _needed_by_clause(
    library: Library,
    clause: Clause,
    clauses: Mapping[str, str],
    terms: Mapping[str, str],
) -> Iterator[str]:
    for clause_id in (clause.replaces, clause.follows):
        if clause_id in clauses and not library.has(clause_id):
            yield clauses[clause_id]
    for found in _pieces(clause):
        for piece in found:
            if isinstance(piece, RefPiece) and piece.clause in clauses:
                labels = _labels(library, piece.clause)
                if labels is None or (piece.label and piece.label not in labels):
                    yield clauses[piece.clause]
        text = plain_words(found)
        for term, named in terms.items():
            if re.search(rf"\b{re.escape(term)}(?!\w)", text):
                yield named


def _labels(library: Library, clause_id: str) -> frozenset[str] | None:
    """Return the labels of a clause that is in force; None where there is none."""
    if not library.has(clause_id):
        return None
    blocks = library.clause(clause_id).blocks
    return frozenset(block.label for block in blocks if isinstance(block, TextBlock))


def _pieces(clause: Clause) -> Iterator[Pieces]:
    for block in clause.blocks:
        if isinstance(block, TextBlock):
            yield block.pieces
            yield from block.items
    yield from clause.meanings.values()


# --- whether it fits ------------------------------------------------------------------------------

_IN_NO_DOCUMENT = "WD016"


def findings_of(
    held: Held, comparison: PackComparison, chosen: Collection[str]
) -> tuple[Finding, ...]:
    """Return what would be wrong with the desk's wording once *chosen* is in force in it.

    What is wrong without it already is not the pack's.  A clause that no document has is not
    wrong: it waits for the document type.
    """
    coming = [_read(line.item) for line in comparison.changes if line.id in chosen]
    before = set(check_library(held.library))
    after = with_wording(held.library, coming)
    placed = [
        found
        for each in coming
        if isinstance(each, Clause) and each.status is WordingStatus.RELEASED
        for found in check_clause(after, each)
    ]
    return tuple(
        each
        for each in dict.fromkeys((*check_library(after), *placed))
        if each not in before and each.code != _IN_NO_DOCUMENT and refuses((each,))
    )
