"""Opening a desk for the window: the work that is done on a worker, step by step.

Importing this costs next to nothing, since the window does it before its first paint; what is slow
is imported inside the work.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from apprentice_desk import private_files, settings
from apprentice_desk.clock import Clock
from apprentice_desk.domain.problems import Problem

if TYPE_CHECKING:
    from apprentice_desk.domain.needs import PutOff
    from apprentice_desk.domain.progress import Progress
    from apprentice_desk.drafts import Drafts
    from apprentice_desk.records.keys import DeskKey
    from apprentice_desk.records.organisation import OrganisationRow
    from apprentice_desk.records.standing import ApprenticeRow
    from apprentice_desk.records.store import Store
    from apprentice_desk.returns.gathering import Lists

SAMPLE = "sample"
"""Stands for the sample desk where a location is asked for."""

_SAMPLE_FILE = "exampleton.desk"
_SAMPLE_LASTS = timedelta(days=31)


@dataclass(frozen=True, slots=True)
class Glanced:
    """What a first look at a desk gave, and how long it took."""

    rows: tuple[ApprenticeRow, ...]
    put_off: tuple[PutOff, ...]
    seconds: float
    key: DeskKey | None = None
    """What opened the file, where it is encrypted."""


@dataclass(frozen=True, slots=True)
class Opened:
    """What the worker hands back."""

    store: Store
    organisation: OrganisationRow
    lists: Lists
    drafts: Drafts


def glancing(
    location: str, clock: Clock, key: DeskKey | None = None
) -> Callable[[Progress], Glanced | None]:
    """Return the work of reading the apprentices of a desk file without opening it.

    An encrypted one is read with *key*, or with what this computer's keychain has for it.
    """

    def work(progress: Progress) -> Glanced | None:
        progress.step(0, None, "Looking")
        from apprentice_desk import resources
        from apprentice_desk.records.glancing import first_put_off
        from apprentice_desk.records.standing import first_look
        from apprentice_desk.safekeeping.unlocking import key_on_hand

        path = sample_path() if location == SAMPLE else Path(location)
        if location.startswith("postgresql") or not path.is_file():
            return None
        rules, families = resources.hours_rules(), resources.digital_standards().role_families
        found = key or key_on_hand(path)
        began = time.perf_counter()
        rows = first_look(path, clock.today(), rules, families, found)
        if rows is None:
            return None
        return Glanced(rows, first_put_off(path, found), time.perf_counter() - began, found)

    return work


def opening(
    location: str,
    clock: Clock,
    *,
    read_only: bool,
    key: DeskKey | None = None,
    take_over: bool = False,
) -> Callable[[Progress], Opened]:
    """Return the work of opening a desk; what it imports is slow, so it runs on a worker.

    An encrypted one is opened with *key*, or with what this computer's keychain has for it; the
    work raises NeedsPassphrase where there is neither.  *take_over* is for one that another
    computer left a lock beside.
    """

    def work(progress: Progress) -> Opened:
        progress.step(0, 3, "Loading")
        from apprentice_desk.commands import desks
        from apprentice_desk.records.desks import open_store
        from apprentice_desk.records.organisation import organisation_row

        progress.step(1, 3, "Opening")
        path = str(sample_desk(clock)) if location == SAMPLE else location
        if not read_only and not path.startswith("postgresql"):
            from apprentice_desk.safekeeping.copies import refuse_to_change

            refuse_to_change(Path(path))
        found = key or _on_hand(path)
        store = open_store(
            path, person=desks.person(), read_only=read_only, take_over=take_over, key=found
        )
        return _opened(store, organisation_row, desks.lists, progress)

    return work


def _on_hand(location: str) -> DeskKey | None:
    from apprentice_desk.safekeeping.unlocking import key_on_hand

    return None if location.startswith("postgresql") else key_on_hand(Path(location))


def making(
    path: str, borough_code: str, team: str, passphrase: str = ""
) -> Callable[[Progress], Opened]:
    """Return the work of making a new desk, encrypted where there is a *passphrase*."""

    def work(progress: Progress) -> Opened:
        progress.step(0, 2, "Loading")
        from apprentice_desk.commands import desks
        from apprentice_desk.records.keys import fresh_key
        from apprentice_desk.records.organisation import organisation_row

        progress.step(1, 2, "Making the desk")
        key = fresh_key(passphrase) if passphrase else None
        store = desks.make_desk(path, desks.find_borough(borough_code), team, key)
        return _opened(store, organisation_row, desks.lists)  # made: too late to stop

    return work


def _opened(
    store: Store,
    organisation_row: Callable[..., OrganisationRow],
    lists: Callable[[], Lists],
    progress: Progress | None = None,
) -> Opened:
    from apprentice_desk import drafts
    from apprentice_desk.records.sealing import seal_of

    try:
        if progress is not None:
            progress.step(2, 3, "Reading")
        place = drafts.place_for(store.location)
        kept = drafts.Drafts(place, store.person, seal_of(store.key))
        return Opened(store, store.read(organisation_row), lists(), kept)
    except BaseException:
        store.close()
        raise


def sample_path() -> Path:
    """Return where the sample desk of this computer stands, or will."""
    return settings.cache_folder() / "sample" / _SAMPLE_FILE


def sample_desk(clock: Clock) -> Path:
    """Return the sample desk of this computer, made when it is not there or over a month old.

    One that a window has open is never replaced.  Raises Problem where it cannot be written.
    """
    from apprentice_desk.commands.sample import SAMPLES, make_sample_desk

    path = sample_path()
    day = path.with_suffix(".day")
    today = clock.today()
    if path.exists() and (_is_fresh(day, today) or path.with_name(f"{path.name}.lock").exists()):
        return path
    try:
        private_files.make_folder(path.parent)
        path.unlink(missing_ok=True)
    except OSError as error:
        raise Problem(
            f"The sample desk cannot be made in {path.parent} ({error.strerror}).",
            "Take the write protection off, or make room there, and open it again.",
        ) from error
    make_sample_desk(path, SAMPLES[0], today).close()
    private_files.put(day, today.isoformat().encode())
    return path


def _is_fresh(day: Path, today: date) -> bool:
    """Return whether the sample that *day* belongs to was made within the last month."""
    try:
        made_on = date.fromisoformat(day.read_text(encoding="ascii"))
    except (OSError, ValueError):
        return False
    return timedelta() <= today - made_on <= _SAMPLE_LASTS
