"""Forms that were left half-done, kept beside the desk until they are saved or dropped.

They are kept in a small file of their own and not in the desk: everything written to a desk goes
through its change log, and what was never meant to be saved must not stay in a history that is kept
for years.  The file stands beside the desk's, so that it is moved, backed up and deleted with it
and nobody may read it who may not read the desk; it can be read by its owner only, and goes when
nothing is left in it.  Beside an encrypted desk it is sealed with the desk's key.  For a desk in a
database it stands in the person's own settings.

Writing is done on a thread of its own: a folder on a slow server must not hold up typing.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import threading
from collections.abc import Callable, Iterable, Mapping
from dataclasses import asdict, dataclass, field, fields
from pathlib import Path
from typing import Any, Protocol

from apprentice_desk import private_files, settings

ENDING = ".drafts"
_VERSION = 1
_MOST_BYTES = 64 * 1024 * 1024
"""Of the file; one that is larger was not written here."""


class Seal(Protocol):
    """How a file is sealed with the key of an encrypted desk (``records.sealing``)."""

    def close(self, path: Path, content: bytes) -> None:
        """Write *content* into the empty file at *path*; raises OSError."""

    def open(self, path: Path) -> bytes:
        """Return what is in the file at *path*; raises OSError, or ValueError where it is shut."""

    def is_on(self, path: Path) -> bool:
        """Whether the file at *path* begins as one with this seal does; raises OSError."""


@dataclass(frozen=True, slots=True)
class Draft:
    """What was typed into one form, and what the form had shown before, field by field as text.

    *key* names the form, *title* says which it is, *place* where to find it, *person* who typed.
    """

    key: str
    title: str
    person: str
    kept_at: str
    typed: Mapping[str, str]
    shown: Mapping[str, str]
    place: Mapping[str, str] = field(default_factory=dict)


class Drafts:
    """The drafts of one desk; with *path* None they last as long as the program.

    Only those of *person* are given out; those of others stay in the file as they are.  *seal* is
    that of an encrypted desk: what is found plain beside one is sealed at once.
    """

    def __init__(
        self, path: Path | None = None, person: str = "", seal: Seal | None = None
    ) -> None:
        self.path = path
        self.person = person
        self.seal = seal
        self._others: list[Draft] = []
        self._own: dict[str, Draft] = {}
        self._begun: set[str] = set()
        self._writers: list[threading.Thread] = []
        self._writing = threading.Lock()
        self._newest: list[Draft] = []
        self._fault: OSError | None = None
        self._is_resting = False
        self._is_behind = False
        found, is_to_be_written = _found(path, seal) if path is not None else ([], False)
        for draft in found:
            if draft.person == person:
                self._own[draft.key] = draft
            else:
                self._others.append(draft)
        if is_to_be_written:
            self._write()

    def waiting(self) -> tuple[Draft, ...]:
        """Return the drafts, oldest first."""
        return tuple(sorted(self._own.values(), key=lambda draft: (draft.kept_at, draft.key)))

    def of(self, key: str) -> Draft | None:
        """Return the draft of a form."""
        return self._own.get(key)

    def keep(self, draft: Draft) -> None:
        """Keep *draft* in place of the one with its key.

        Raises OSError when the one before could not be written.
        """
        self._own[draft.key] = draft
        self._begun.add(draft.key)
        self._write()

    def drop(self, key: str) -> None:
        """Forget the draft of a form; nothing happens where there is none."""
        self._begun.discard(key)
        if self._own.pop(key, None) is not None:
            self._write()

    def drop_begun(self) -> None:
        """Forget what was kept since the desk was opened: the person said that it may go."""
        for key in tuple(self._begun):
            self.drop(key)

    def drop_all(self, is_meant: Callable[[Iterable[str]], bool]) -> int:
        """Forget every draft, of whomever, whose texts *is_meant* says are meant; return how many.

        Its texts are what was typed and shown, its title, its key and its place.  Returns when the
        file is written.
        """
        meant = [draft for draft in (*self._others, *self._own.values()) if is_meant(_texts(draft))]
        for draft in meant:
            if draft in self._others:
                self._others.remove(draft)
            else:
                self._begun.discard(draft.key)
                del self._own[draft.key]
        if meant:
            self._write()
            self.close()
        return len(meant)

    def reseal(self, seal: Seal | None) -> None:
        """Go on with another seal: the desk has another passphrase, or none any more.

        Raises OSError when the drafts before could not be written.
        """
        self.close()
        self.seal = seal
        if self._own or self._others:
            self._write()

    def rest(self) -> None:
        """Write what there is and forget the seal, until ``wake``: the desk is locked."""
        self.close()
        self.seal = None
        self._is_resting = True

    def wake(self, seal: Seal | None) -> None:
        """Go on with the desk's seal, and write what was kept or dropped meanwhile."""
        was_resting, self._is_resting = self._is_resting, False
        self.seal = seal
        if was_resting and self._is_behind:
            self._write()

    def close(self) -> None:
        """Wait until everything is written."""
        for writer in self._writers:
            writer.join()
        self._writers = []

    def _write(self) -> None:
        if self.path is None:
            return
        self._is_behind = self._is_resting
        if self._is_resting:
            return
        fault, self._fault = self._fault, None
        self._newest = [*self._others, *self._own.values()]
        self._writers = [writer for writer in self._writers if writer.is_alive()]
        writer = threading.Thread(target=self._save, args=(self.path, self.seal), name="drafts")
        self._writers.append(writer)
        writer.start()
        if fault is not None:
            raise fault

    def _save(self, path: Path, seal: Seal | None) -> None:
        """Write the newest drafts, one thread after the other."""
        with self._writing:
            try:
                _save(path, self._newest, seal)
            except OSError as error:
                self._fault = error


def _texts(draft: Draft) -> tuple[str, ...]:
    tables = (draft.typed, draft.shown, draft.place)
    return (draft.key, draft.title, *(text for table in tables for text in table.values()))


def place_for(location: str) -> Path:
    """Return where the drafts of the desk at *location* are kept."""
    if "://" in location:
        mark = hashlib.sha256(location.encode()).hexdigest()[:24]
        return settings.folder() / f"database-{mark}{ENDING}"
    path = Path(location)
    return path.with_name(path.name + ENDING)


# --- the file -----------------------------------------------------------------------------------


def prepare(path: Path, old: Seal | None, new: Seal | None) -> None:
    """Write the drafts at *path*, under the seal *old*, with *new* into ``upcoming``.

    Before a desk gets another key, so that a program that ends in the middle loses none of them:
    whoever opens the desk then takes what its key opens.  Raises OSError.
    """
    kept = _read(path, old)
    if kept:
        _save(upcoming(path), kept, new)


def upcoming(path: Path) -> Path:
    """Return where ``prepare`` keeps the drafts that will take the place of those at *path*."""
    return path.with_name(path.name + ".next")


def _found(path: Path, seal: Seal | None) -> tuple[list[Draft], bool]:
    """Return what is kept at *path*, and whether it must be written anew, to be sealed as it is to.

    After a program that ended while its desk got another key there may be two files: the one that
    *seal* opens counts.
    """
    prepared = upcoming(path)
    kept = _read(path, seal)
    if not kept and (kept := _read(prepared, seal)):
        with contextlib.suppress(OSError):  # they are in memory, and written with the next
            prepared.replace(path)
    with contextlib.suppress(OSError):
        prepared.unlink(missing_ok=True)
    return kept, bool(kept) and seal is not None and not _is_under(path, seal)


def _is_under(path: Path, seal: Seal) -> bool:
    try:
        return seal.is_on(path)
    except OSError:
        return False


def _read(path: Path, seal: Seal | None) -> list[Draft]:
    """Return what is kept; nothing where the file is missing, damaged or under another seal.

    A plain file is read with a seal as well: it is from before the desk had a key.
    """
    try:
        if not path.is_file() or path.stat().st_size > _MOST_BYTES:  # a pipe is waited for for ever
            return []
        is_sealed = seal is not None and seal.is_on(path)
        kept = json.loads(seal.open(path) if seal is not None and is_sealed else path.read_bytes())
    except (OSError, ValueError, RecursionError):
        return []
    if not isinstance(kept, dict) or kept.get("version") != _VERSION:
        return []
    drafts = kept.get("drafts")
    return [_draft(one) for one in drafts if _is_draft(one)] if isinstance(drafts, list) else []


def _is_draft(one: Any) -> bool:
    def is_text(value: Any) -> bool:
        return isinstance(value, str)

    def is_table(value: Any) -> bool:
        return isinstance(value, dict) and all(map(is_text, value.values()))

    tables = {"typed", "shown", "place"}
    return isinstance(one, dict) and all(
        (is_table if each.name in tables else is_text)(one.get(each.name)) for each in fields(Draft)
    )


def _draft(one: Mapping[str, Any]) -> Draft:
    return Draft(**{each.name: one[each.name] for each in fields(Draft)})


def _save(path: Path, drafts: list[Draft], seal: Seal | None) -> None:
    """Write *drafts*, for the owner's eyes only; a new file first, then in the old one's place."""
    if not drafts:
        path.unlink(missing_ok=True)
        return
    private_files.make_folder(path.parent)
    kept = {"version": _VERSION, "drafts": [asdict(draft) for draft in drafts]}
    content = json.dumps(kept, ensure_ascii=False).encode()
    if seal is None:
        private_files.put(path, content)
        return
    with private_files.swapped(path) as fresh:
        seal.close(fresh, content)
