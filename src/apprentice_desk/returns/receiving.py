"""Returns as they trickle in: files are added and taken away, and what stands is decided anew.

One plain state, and functions from state to state; a file that was read once is not read again.
What stands is decided by ``merge.decide``; here every file gets a line that says what became of
it and why.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from apprentice_desk.domain.calendar import Quarter
from apprentice_desk.domain.problems import Problem
from apprentice_desk.domain.progress import Progress
from apprentice_desk.domain.reference import Borough
from apprentice_desk.returns import checks
from apprentice_desk.returns.deciding import decide, why_refused
from apprentice_desk.returns.merge import find_files, read_all, told_apart
from apprentice_desk.returns.merged import BoroughState, Fate, Merged, State
from apprentice_desk.returns.schema import ReturnSchema
from apprentice_desk.returns.workbook import ReadReturn

__all__ = [
    "Fate",
    "Incoming",
    "Line",
    "Received",
    "add",
    "choose_period",
    "expect",
    "lines",
    "read_again",
    "take_away",
]


@dataclass(frozen=True, slots=True)
class Received:
    """One file and what it says as a return."""

    path: Path
    read: ReadReturn


@dataclass(frozen=True, slots=True)
class Line:
    """One file, or a borough without one (no *path*), as the list of returns shows it.

    *reason* says in a sentence why it does not stand, or what is left out of it.
    """

    id: str
    path: Path | None
    file: str
    borough: str
    period: Quarter | None
    revision: int | None
    rows: int | None
    fate: Fate
    reason: str


@dataclass(frozen=True, slots=True)
class Incoming:
    """The files that came in so far, and what they come to.

    *period* is the one chosen, None for the latest that was received; *expected* are the codes of
    the boroughs that should send one.  *merged* is None while there is no file.
    """

    schema: ReturnSchema
    boroughs: Mapping[str, Borough]
    received: tuple[Received, ...] = ()
    period: Quarter | None = None
    expected: tuple[str, ...] = ()
    merged: Merged | None = None

    @property
    def periods(self) -> tuple[Quarter, ...]:
        """The periods that accepted returns are for, the latest first."""
        found = {
            one.read.header.period
            for one in self.received
            if one.read.header is not None and one.read.is_accepted
        }
        return tuple(sorted(found, reverse=True))


def add(
    incoming: Incoming, paths: Iterable[str | Path], *, progress: Progress | None = None
) -> Incoming:
    """Read the files and folders in *paths* that are new, and decide again.

    Raises Problem where there is no workbook among them, Cancelled if *progress* is stopped.
    """
    files = find_files(paths)
    if not files:
        raise Problem(
            "No workbook was found there.", "Choose the returns themselves, or their folder."
        )
    known = {one.path for one in incoming.received}
    fresh = [file for file in (path.resolve() for path in files) if file not in known]
    return _decided(incoming, (*incoming.received, *_read(fresh, incoming, progress)))


def read_again(incoming: Incoming, *, progress: Progress | None = None) -> Incoming:
    """Read every file anew: somebody may have put it right meanwhile."""
    paths = [one.path for one in incoming.received]
    return _decided(incoming, _read(paths, incoming, progress))


def take_away(incoming: Incoming, path: Path) -> Incoming:
    """Leave one file out."""
    return _decided(incoming, tuple(one for one in incoming.received if one.path != path))


def choose_period(incoming: Incoming, period: Quarter | None) -> Incoming:
    """Merge the returns of another period; None for the latest that was received."""
    return _decided(replace(incoming, period=period), incoming.received)


def expect(incoming: Incoming, codes: Iterable[str]) -> Incoming:
    """Say which boroughs should send a return."""
    return _decided(replace(incoming, expected=tuple(codes)), incoming.received)


def _read(
    paths: Sequence[Path], incoming: Incoming, progress: Progress | None
) -> tuple[Received, ...]:
    found = read_all(paths, incoming.boroughs, progress or Progress())
    return tuple(Received(path, found[path]) for path in paths)


def _decided(incoming: Incoming, received: Sequence[Received]) -> Incoming:
    by_path = {one.path: one for one in received}
    every = tuple(by_path[path] for path in sorted(by_path))
    if not every:
        return replace(incoming, received=(), merged=None)
    apart = told_apart([(one.path, one.read) for one in every])
    every = tuple(Received(one.path, read) for one, read in zip(every, apart, strict=True))
    merged = decide(
        apart,
        schema=incoming.schema,
        period=incoming.period,
        expected=incoming.expected,
        boroughs=incoming.boroughs,
    )
    return replace(incoming, received=every, merged=merged)


# --- what became of each file -------------------------------------------------------------------


def lines(incoming: Incoming) -> tuple[Line, ...]:
    """Return what became of every file, and the boroughs that should have sent one, by borough."""
    merged = incoming.merged
    if merged is None:
        return ()
    standing = {(one.file, one.digest) for one in merged.returns}
    states = {state.code: state for state in merged.boroughs}
    made: list[Line] = []
    for one in incoming.received:
        header = one.read.header
        key = (one.read.file, one.read.digest)
        fate, reason = _fate(one.read, merged, states, standing)
        standing.discard(key)  # the same file in another folder is a copy
        borough = incoming.boroughs.get(header.borough_code) if header else None
        made.append(
            Line(
                id=str(one.path),
                path=one.path,
                file=one.read.file,
                borough=borough.name if borough else (header.borough_name if header else ""),
                period=header.period if header else None,
                revision=header.revision if header else None,
                rows=sum(one.read.row_counts.values()) if one.read.is_accepted else None,
                fate=fate,
                reason=reason,
            )
        )
    made += [
        Line(state.code, None, "", state.name, merged.period, None, None, Fate.NOT_RECEIVED, "")
        for state in merged.boroughs
        if state.state is State.NOT_RECEIVED
    ]
    return tuple(sorted(made, key=_order))


_FIRST = (Fate.REFUSED, Fate.CONFLICT)


def _order(line: Line) -> tuple[object, ...]:
    """Sort what needs somebody first, then by borough."""
    return line.fate not in _FIRST, line.borough == "", line.borough, line.file, line.id


def _fate(
    one: ReadReturn,
    merged: Merged,
    states: Mapping[str, BoroughState],
    standing: set[tuple[str, str]],
) -> tuple[Fate, str]:
    if not one.is_accepted:
        return Fate.REFUSED, why_refused(one)
    assert one.header is not None  # it is accepted
    if one.header.is_sample and not merged.is_sample:
        return Fate.REFUSED, checks.SAMPLE_LEFT_OUT.message
    if one.header.period != merged.period:
        return Fate.OTHER_PERIOD, f"It is for {one.header.period}."
    state = states[one.header.borough_code]
    if (one.file, one.digest) in standing:
        return Fate.PARTLY if state.left_out else Fate.ACCEPTED, state.reason
    if state.state is State.CONFLICT:
        return Fate.CONFLICT, "The borough sent the same revision with other content."
    if one.file in state.replaced:
        by = f"revision {state.revision}" if state.revision is not None else "a later one"
        return Fate.REPLACED, f"{by.capitalize()} stands in its place."
    return Fate.COPY, f"It says the same as {state.file}."
