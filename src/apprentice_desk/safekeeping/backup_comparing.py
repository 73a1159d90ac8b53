"""In what a copy of a desk differs from the desk as it is now, in words."""

from __future__ import annotations

from dataclasses import dataclass

from apprentice_desk.domain.clocks import show_instant
from apprentice_desk.domain.needs import counted
from apprentice_desk.records.contents import KINDS, Change, Inside


@dataclass(frozen=True, slots=True)
class Differences:
    """What is on either side only.

    *since* are the changes made after the copy, *only_there* those in the copy that the desk does
    not have: it went another way from *common* on, the newest change that both have (0: none).
    """

    is_other_desk: bool
    common: int
    since: tuple[Change, ...]
    only_there: tuple[Change, ...]
    people_missing: tuple[str, ...]
    people_only: tuple[str, ...]
    entries_missing: int
    entries_only: int
    entries_altered: int
    counts: tuple[tuple[str, int, int], ...]
    """What one is called, and how many the copy and the desk have; only where it differs."""

    @property
    def is_same(self) -> bool:
        """Whether the copy holds all that the desk holds, and no more."""
        return not (self.is_other_desk or self.since or self.only_there)

    @property
    def sentences(self) -> tuple[str, ...]:
        """The whole of it, most important first."""
        if self.is_other_desk:
            return ("This is a copy of another desk: nothing in it belongs to the one open now.",)
        if self.is_same:
            return ("The copy holds all that the desk holds now.",)
        said = []
        if self.since:
            first = show_instant(self.since[0].recorded_at)
            said.append(
                f"1 change since then would be missing, of {first}."
                if len(self.since) == 1
                else f"{len(self.since):,} changes since then would be missing, the first of"
                f" {first}."
            )
        if self.only_there:
            said.append(
                f"{counted(len(self.only_there), 'change')} in the copy"
                f" {'is' if len(self.only_there) == 1 else 'are'} not in the desk."
            )
        said += self._of_people()
        said += self._of_entries()
        said += [f"{counted(then, one)} in the copy, {now} now." for one, then, now in self.counts]
        return tuple(said)

    def _of_people(self) -> list[str]:
        said = []
        if self.people_missing:
            said.append(f"Not in the copy: {_names(self.people_missing)}.")
        if self.people_only:
            said.append(f"In the copy only: {_names(self.people_only)}.")
        return said

    def _of_entries(self) -> list[str]:
        said = []
        for count, words in (
            (self.entries_missing, "not in the copy"),
            (self.entries_only, "in the copy only"),
            (self.entries_altered, "changed since"),
        ):
            if count:
                many = "entry" if count == 1 else "entries"
                said.append(f"{count:,} {many} of hours {words}.")
        return said


def difference(then: Inside, now: Inside) -> Differences:
    """Return in what *then*, a copy, differs from *now*, the desk."""
    common = _common(then.changes, now.changes)
    return Differences(
        is_other_desk=then.held.desk != now.held.desk,
        common=common,
        since=tuple(each for each in now.changes if each.number > common),
        only_there=tuple(each for each in then.changes if each.number > common),
        people_missing=_only(now.names, then.names),
        people_only=_only(then.names, now.names),
        entries_missing=len(now.altered_in.keys() - then.altered_in.keys()),
        entries_only=len(then.altered_in.keys() - now.altered_in.keys()),
        entries_altered=sum(
            then.altered_in[key] != now.altered_in[key]
            for key in then.altered_in.keys() & now.altered_in.keys()
        ),
        counts=tuple(
            (one, then.counts[table], now.counts[table])
            for table, one in KINDS
            if then.counts[table] != now.counts[table]
        ),
    )


def _common(then: tuple[Change, ...], now: tuple[Change, ...]) -> int:
    """Return the number of the newest change that both have; labels may have been scrubbed."""
    common = 0
    for one, other in zip(then, now, strict=False):
        if (one.number, one.recorded_at) != (other.number, other.recorded_at):
            break
        common = one.number
    return common


def _only(these: dict[str, str], those: dict[str, str]) -> tuple[str, ...]:
    return tuple(sorted((these[key] for key in these.keys() - those.keys()), key=str.casefold))


def _names(names: tuple[str, ...]) -> str:
    shown = ", ".join(names[:5])
    return shown if len(names) <= 5 else f"{shown} and {len(names) - 5} more"
