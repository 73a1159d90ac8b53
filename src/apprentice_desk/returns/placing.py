"""Placements files out of a desk and into it: what is said, what it would mean, many into one."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from sqlalchemy.orm import Session

from apprentice_desk.clock import SystemClock
from apprentice_desk.domain.findings import Finding
from apprentice_desk.domain.placements import Coming, Fate, Word, newest, words_held
from apprentice_desk.domain.problems import Problem
from apprentice_desk.records.listings import (
    compare_with_listings,
    listings_held,
    take_listings,
)
from apprentice_desk.records.organisation import organisation_row
from apprentice_desk.records.placements import names_said, own_word
from apprentice_desk.records.store import Store
from apprentice_desk.returns.placements import (
    ENDING,
    PlacementsFile,
    boroughs,
    check_no_sample,
    check_not_ahead,
    load,
    save,
)

_LONGEST_SENDER = 120
BY_LOTI = "LOTI central team"
"""Who put a list together that was merged without a desk."""


@dataclass(frozen=True, slots=True)
class Leaving:
    """What would leave a desk; *findings* hold it back."""

    file: PlacementsFile
    own: Word | None
    findings: tuple[Finding, ...] = ()


def leaving(session: Session, program_version: str, *, with_others: bool = False) -> Leaving:
    """Return what would leave this desk: its own word, and *with_others* what it took in as well.

    Nothing is changed.
    """
    own = own_word(session)
    words = [] if own is None else [own]
    if with_others:
        words += words_held(listings_held(session))
    file = PlacementsFile(organisation_row(session).name, program_version, newest(words))
    return Leaving(file, own, () if own is None else tuple(names_said(session, own)))


def export(
    store: Store, path: str | Path, program_version: str, *, with_others: bool = False
) -> Leaving:
    """Write what leaves a desk to *path* and return it; nothing in the desk is changed.

    Raises Problem where it has nothing to say, where somebody is named in it, and where the file
    cannot be written.
    """
    found = store.read(leaving, program_version, with_others=with_others)
    for finding in found.findings:
        raise Problem(finding.message, finding.remedy)
    if not found.file.words:
        raise Problem(
            "There is nothing to export yet.",
            "Approve a request or an offer, or open something to others, first.",
        )
    save(found.file, path)
    return found


# --- in -------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Arriving:
    """Files beside a desk: what they say, and what each line would mean there."""

    sender: str
    words: tuple[Word, ...]
    lines: tuple[Coming, ...]

    @property
    def news(self) -> tuple[Coming, ...]:
        """The lines that somebody would want to see, the new ones first."""
        order = list(Fate)
        return tuple(
            sorted(
                (line for line in self.lines if line.fate.is_news),
                key=lambda line: (order.index(line.fate), line.placement.code),
            )
        )

    @property
    def is_nothing(self) -> bool:
        """Whether the desk would be as it is."""
        return not any(line.fate.is_kept for line in self.lines)


def look_through(store: Store, paths: Sequence[str | Path], now: datetime) -> Arriving:
    """Return what the files in *paths* would mean for a desk; nothing is changed.

    Raises Problem, and takes nothing of any, where one of them is not in order.
    """
    files = gather(paths, now)
    own = store.read(organisation_row)
    for called, file in files:
        check_no_sample(file, called, is_sample=own.is_sample)
    words = newest(word for _, file in files for word in file.words)
    return Arriving(
        ", ".join(sorted({file.sender for _, file in files})),
        words,
        store.read(compare_with_listings, words, own.code),
    )


def gather(paths: Iterable[str | Path], now: datetime) -> tuple[tuple[str, PlacementsFile], ...]:
    """Return what each of *paths* says, with its name; Problem where one is not in order."""
    found = []
    for path in map(Path, paths):
        file = load(path)
        check_not_ahead(file, path.name, now)
        found.append((path.name, file))
    return tuple(found)


def label_of(arriving: Arriving) -> str:
    """Return what the change is called that takes files in."""
    sender = arriving.sender
    said = sender if len(sender) <= _LONGEST_SENDER else f"{sender[:_LONGEST_SENDER]}…"
    return f"Take in places elsewhere from {said}"


def take_in(store: Store, arriving: Arriving, today: date) -> tuple[Coming, ...]:
    """Take in as one change what *arriving* says, and return what it meant.

    Where the desk knows all of it, nothing is changed.
    """
    if arriving.is_nothing:
        return arriving.lines
    with store.change(label_of(arriving)) as session:
        return take_words(session, arriving, today)


def take_words(session: Session, arriving: Arriving, today: date) -> tuple[Coming, ...]:
    """Take in what *arriving* says within a change that is open, and return what it meant."""
    own = organisation_row(session).code
    return take_listings(session, arriving.words, own, arriving.sender[:200], today)


def now() -> datetime:
    """Return the time by which words are judged: that of the change log, not of a desk's clock."""
    return SystemClock().now()


# --- many into one --------------------------------------------------------------------------------


def merge(
    paths: Sequence[str | Path],
    to: str | Path,
    now: datetime,
    program_version: str,
    desk: Leaving | None = None,
) -> PlacementsFile:
    """Write one list of all files in *paths* to *to*, and return it; every borough may take it.

    The newest word of each borough stands in it.  The order of the files, and one given twice,
    change nothing.  With a *desk* its own word is among them.  Raises Problem where one of the
    files is not in order, and where samples would be mixed with what is real.
    """
    inputs = find_files(paths, leaving_out=(to,))
    if not inputs:
        raise Problem(
            "No placements file was found to merge.", f"Choose the files that end in {ENDING}."
        )
    words = newest(word for _, file in gather(inputs, now) for word in file.words)
    sender = BY_LOTI
    if desk is not None:
        for finding in desk.findings:
            raise Problem(finding.message, finding.remedy)
        words = newest((*words, *desk.file.words))
        sender = desk.file.sender
    known = boroughs()
    are_samples = {known[word.borough].is_invented for word in words if word.borough in known}
    if len(are_samples) > 1:
        raise Problem(
            "Places of an invented borough cannot stand in one list with real ones.",
            "Leave out the files that were made with the sample.",
        )
    made = PlacementsFile(sender, program_version, words)
    save(made, to, inputs)
    return made


def find_files(
    paths: Iterable[str | Path], *, leaving_out: Iterable[str | Path] = ()
) -> tuple[Path, ...]:
    """Return each given file, and the placements files in each given folder, once each.

    Of what was found in a folder, that *leaving_out* names is passed over.
    """
    passed = {Path(path).resolve() for path in leaving_out}
    found: dict[Path, Path] = {}
    for given in map(Path, paths):
        files = [given]
        if given.is_dir():
            files = [
                path
                for path in given.rglob(f"*{ENDING}")
                if path.is_file() and not path.name.startswith(".") and path.resolve() not in passed
            ]
        for path in files:
            found.setdefault(path.resolve(), path)
    return tuple(found[key] for key in sorted(found))
