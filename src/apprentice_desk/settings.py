"""This computer's preferences, one file, saved atomically.

Nothing about apprentices stands here.  A file that cannot be read, or a value that makes no sense,
falls back to the default: preferences are never a reason not to start.  What the administrators of
the computer set (``policy``) holds over what was chosen.
"""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from dataclasses import asdict, dataclass, field, fields, replace
from datetime import datetime
from pathlib import Path
from typing import Any

from apprentice_desk import policy, portable, private_files

FOLDER_VARIABLE = "APPRENTICE_DESK_SETTINGS"
"""Names another folder for the file: for tests, and for computers without a profile."""

THEMES = ("system", "light", "dark", "contrast")
TEXT_SIZES = (100, 125, 150, 175, 200)
"""Percent."""
LOCK_MINUTES = (5, 10, 15, 30, 0)
"""After how long without a key or the mouse a desk with a passphrase is locked; 0 is never."""

_RECENT = 8
_MOST_BYTES = 4 * 1024 * 1024
"""Of the file; one that is larger was not written here."""
_TOLD = 60


@dataclass(frozen=True, slots=True)
class TableLook:
    """How the columns of one table stand, by their headings.

    *columns* is the order, *widths* what was set by hand, in quarters of the text's height.
    """

    table: str
    columns: tuple[str, ...] = ()
    hidden: tuple[str, ...] = ()
    widths: tuple[tuple[str, float], ...] = ()
    sorted_by: str = ""
    is_descending: bool = False


@dataclass(frozen=True, slots=True)
class SavedFilter:
    """A way to narrow the list of one page, with the name that it was given.

    Neither *name* nor *words* is of a person: whoever saves one must see to that.
    """

    page: str
    name: str
    status: str = ""
    words: str = ""


@dataclass(frozen=True, slots=True)
class Settings:
    """What this computer's user chose."""

    theme: str = "system"
    text_size: int = 100
    prepared_by: str = ""
    """The role that prepares returns, such as "HR officer"; never a name."""
    my_name: str = ""
    """As whoever uses this computer is written where they are a line manager; "" for nobody."""
    shows_everyone: bool = False
    """Whether Today shows everybody though *my_name* has apprentices of their own."""
    recent_desks: tuple[str, ...] = ()
    opened_at: dict[str, str] = field(default_factory=dict)
    """When each of these desks was opened last, as ISO 8601 in UTC."""
    second_places: dict[str, str] = field(default_factory=dict)
    """The folder where copies of a desk are kept besides, by the desk's path."""
    last_page: str = ""
    last_used_on: str = ""
    """The day on which the window was closed, as ISO text: a new day begins on Today."""
    window: str = ""
    """Size and place of the window, as Qt writes it, in hexadecimal."""
    looks: tuple[TableLook, ...] = ()
    panels: tuple[tuple[str, float], ...] = ()
    """How wide the panel beside the list of a page was made, in quarters of the text's height."""
    filters: tuple[SavedFilter, ...] = ()
    lock_minutes: int = 10
    told: tuple[str, ...] = ()
    """What was said once of a place and is not said again, newest last."""

    def with_told(self, word: str) -> Settings:
        """Return the settings with *word* among what was said; the oldest are forgotten."""
        others = tuple(each for each in self.told if each != word)
        return replace(self, told=(*others, word)[-_TOLD:])

    def with_recent(self, location: str, now: datetime) -> Settings:
        """Return the settings with *location* as the newest desk, opened *now*.

        A path is kept whole: the next window may be opened from another folder.  It stands once,
        however it was written before.
        """
        place, less = _whole(location), self.without_recent(location)
        kept = (place, *less.recent_desks)[:_RECENT]
        opened_at = {desk: at for desk, at in less.opened_at.items() if desk in kept}
        return replace(self, recent_desks=kept, opened_at=opened_at | {place: now.isoformat()})

    def without_recent(self, location: str) -> Settings:
        """Return the settings without *location* among the desks."""
        place = _one(location)
        return replace(
            self,
            recent_desks=tuple(desk for desk in self.recent_desks if _one(desk) != place),
            opened_at={desk: at for desk, at in self.opened_at.items() if _one(desk) != place},
        )

    def second_place_of(self, location: str) -> Path | None:
        """Return where copies of the desk at *location* are kept besides; None where nowhere."""
        fixed = policy.in_force().backups_of(location)
        if fixed is not None:
            return fixed
        place = self.second_places.get(_whole(location))
        return Path(place) if place else None

    def with_second_place(self, location: str, place: str) -> Settings:
        """Return the settings with *place* for copies of that desk; "" for none."""
        others = {desk: at for desk, at in self.second_places.items() if desk != _whole(location)}
        return replace(self, second_places=others | ({_whole(location): place} if place else {}))

    @property
    def locks_after(self) -> int:
        """After how many minutes a desk that is left alone is locked; 0 is never."""
        return policy.in_force().minutes_before_locking(self.lock_minutes)

    def look_of(self, table: str) -> TableLook | None:
        """Return how the columns of *table* stood; None where they were never changed."""
        return next((look for look in self.looks if look.table == table), None)

    def with_look(self, look: TableLook) -> Settings:
        """Return the settings with *look* in place of that of the same table."""
        others = tuple(each for each in self.looks if each.table != look.table)
        return replace(self, looks=(*others, look))

    def with_panel(self, page: str, quarters: float) -> Settings:
        """Return the settings with the width of a page's panel."""
        others = tuple(each for each in self.panels if each[0] != page)
        return replace(self, panels=(*others, (page, quarters)))

    def filters_of(self, page: str) -> tuple[SavedFilter, ...]:
        """Return the saved filters of *page*, by name."""
        own = (each for each in self.filters if each.page == page)
        return tuple(sorted(own, key=lambda each: each.name.casefold()))

    def with_filter(self, saved: SavedFilter) -> Settings:
        """Return the settings with *saved* in place of one of the same page and name."""
        kept = self.without_filter(saved.page, saved.name).filters
        return replace(self, filters=(*kept, saved))

    def without_filter(self, page: str, name: str) -> Settings:
        """Return the settings without that filter."""
        gone = (page, name.casefold())
        kept = (each for each in self.filters if (each.page, each.name.casefold()) != gone)
        return replace(self, filters=tuple(kept))


def _whole(location: str) -> str:
    """Return the same path however it was given: Qt writes / on Windows, the rest of it not."""
    return location if "://" in location else str(Path(location).absolute())


def _one(location: str) -> str:
    """Return what two ways to write the place of one desk have in common, as far as one sees."""
    return location if "://" in location else os.path.normcase(_whole(location))


def folder() -> Path:
    """Return the folder of the settings file; it need not exist yet."""
    chosen = os.environ.get(FOLDER_VARIABLE)
    own = Path(chosen) if chosen else portable.folder()
    if own is not None:
        return own
    import platformdirs  # not needed where the folder is named

    return platformdirs.user_config_path("Apprentice Desk", appauthor=False, roaming=True)


def cache_folder() -> Path:
    """Return the folder for what may go at any time; it need not exist yet."""
    chosen = os.environ.get(FOLDER_VARIABLE)
    own = Path(chosen) if chosen else portable.folder()
    if own is not None:
        return own
    import platformdirs  # not needed where the folder is named

    return platformdirs.user_cache_path("Apprentice Desk", appauthor=False)


def logs_folder() -> Path:
    """Return the folder of the program's log; it need not exist yet."""
    return folder() / "logs"


def faults_folder() -> Path:
    """Return the folder of the reports of faults; it need not exist yet."""
    return folder() / "faults"


def _path() -> Path:
    return folder() / "settings.json"


def load() -> Settings:
    """Return the saved settings; defaults where there are none or they make no sense."""
    try:
        if not _path().is_file() or _path().stat().st_size > _MOST_BYTES:
            return Settings()
        kept = json.loads(_path().read_text(encoding="utf-8"))
    except (OSError, ValueError, RecursionError):
        return Settings()
    return _sensible(kept) if isinstance(kept, dict) else Settings()


def _sensible(kept: dict[str, Any]) -> Settings:
    default = Settings()
    values: dict[str, Any] = {}
    for each in fields(Settings):
        value = kept.get(each.name)
        if each.name == "recent_desks":
            if isinstance(value, list):
                values[each.name] = tuple(v for v in value if isinstance(v, str))[:_RECENT]
        elif each.name in _READ:
            if isinstance(value, list):
                read = (_READ[each.name](one) for one in value)
                values[each.name] = tuple(one for one in read if one is not None)
        elif type(value) is type(getattr(default, each.name)):
            values[each.name] = value
    for name in ("opened_at", "second_places"):
        if not all(isinstance(value, str) for value in values.get(name, {}).values()):
            del values[name]
    if values.get("theme", default.theme) not in THEMES:
        del values["theme"]
    if values.get("text_size", default.text_size) not in TEXT_SIZES:
        del values["text_size"]
    if values.get("lock_minutes", default.lock_minutes) not in LOCK_MINUTES:
        del values["lock_minutes"]
    return Settings(**values)


def _look(kept: object) -> TableLook | None:
    if not isinstance(kept, dict) or not isinstance(kept.get("table"), str):
        return None
    sorted_by, is_descending = kept.get("sorted_by"), kept.get("is_descending")
    return TableLook(
        kept["table"],
        _texts(kept.get("columns")),
        _texts(kept.get("hidden")),
        tuple(pair for each in _list(kept.get("widths")) if (pair := _pair(each)) is not None),
        sorted_by if isinstance(sorted_by, str) else "",
        is_descending is True,
    )


def _filter(kept: object) -> SavedFilter | None:
    if not isinstance(kept, dict):
        return None
    values = [kept.get(field.name, "") for field in fields(SavedFilter)]
    if not all(isinstance(value, str) for value in values) or not (values[0] and values[1]):
        return None
    return SavedFilter(*values)


def _pair(kept: object) -> tuple[str, float] | None:
    if not isinstance(kept, list) or len(kept) != 2 or not isinstance(kept[0], str):
        return None
    is_number = isinstance(kept[1], int | float) and not isinstance(kept[1], bool)
    return (kept[0], float(kept[1])) if is_number and 0 < kept[1] < 10_000 else None


def _list(kept: object) -> list[Any]:
    return kept if isinstance(kept, list) else []


def _texts(kept: object) -> tuple[str, ...]:
    return tuple(each for each in _list(kept) if isinstance(each, str))


def _word(kept: object) -> str | None:
    return kept if isinstance(kept, str) else None


_READ: dict[str, Callable[[object], Any]] = {
    "looks": _look,
    "panels": _pair,
    "filters": _filter,
    "told": _word,
}


def save(settings: Settings) -> None:
    """Write the settings: a new file first, then in the old one's place.

    Raises OSError when the folder cannot be written to; the old file is then as it was.
    """
    path = _path()
    private_files.make_folder(path.parent)
    text = json.dumps(asdict(settings), ensure_ascii=False, indent=2) + "\n"
    private_files.put(path, text.encode())
