"""This computer's preferences, one file, saved atomically.

Nothing about apprentices stands here.  A file that cannot be read, or a value that makes no sense,
falls back to the default: preferences are never a reason not to start.
"""

from __future__ import annotations

import json
import os
from dataclasses import asdict, dataclass, field, fields, replace
from datetime import datetime
from pathlib import Path
from typing import Any

FOLDER_VARIABLE = "APPRENTICE_DESK_SETTINGS"
"""Names another folder for the file: for tests, and for computers without a profile."""

THEMES = ("system", "light", "dark", "contrast")
TEXT_SIZES = (100, 125, 150, 175, 200)
"""Percent."""

_RECENT = 8


@dataclass(frozen=True, slots=True)
class Settings:
    """What this computer's user chose."""

    theme: str = "system"
    text_size: int = 100
    prepared_by: str = ""
    """The role that prepares returns, such as "HR officer"; never a name."""
    recent_desks: tuple[str, ...] = ()
    opened_at: dict[str, str] = field(default_factory=dict)
    """When each of these desks was opened last, as ISO 8601 in UTC."""
    last_page: str = ""
    window: str = ""
    """Size and place of the window, as Qt writes it, in hexadecimal."""

    def with_recent(self, location: str, now: datetime) -> Settings:
        """Return the settings with *location* as the newest desk, opened *now*."""
        others = tuple(desk for desk in self.recent_desks if desk != location)
        kept = (location, *others)[:_RECENT]
        opened_at = {desk: at for desk, at in self.opened_at.items() if desk in kept}
        return replace(self, recent_desks=kept, opened_at=opened_at | {location: now.isoformat()})

    def without_recent(self, location: str) -> Settings:
        """Return the settings without *location* among the desks."""
        return replace(
            self,
            recent_desks=tuple(desk for desk in self.recent_desks if desk != location),
            opened_at={desk: at for desk, at in self.opened_at.items() if desk != location},
        )


def folder() -> Path:
    """Return the folder of the settings file; it need not exist yet."""
    chosen = os.environ.get(FOLDER_VARIABLE)
    if chosen:
        return Path(chosen)
    import platformdirs  # not needed where the folder is named

    return platformdirs.user_config_path("Apprentice Desk", appauthor=False, roaming=True)


def _path() -> Path:
    return folder() / "settings.json"


def load() -> Settings:
    """Return the saved settings; defaults where there are none or they make no sense."""
    try:
        kept = json.loads(_path().read_text(encoding="utf-8"))
    except (OSError, ValueError):
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
        elif type(value) is type(getattr(default, each.name)):
            values[each.name] = value
    if not all(isinstance(at, str) for at in values.get("opened_at", {}).values()):
        del values["opened_at"]
    if values.get("theme", default.theme) not in THEMES:
        del values["theme"]
    if values.get("text_size", default.text_size) not in TEXT_SIZES:
        del values["text_size"]
    return Settings(**values)


def save(settings: Settings) -> None:
    """Write the settings: a new file first, then in the old one's place.

    Raises OSError when the folder cannot be written to; the old file is then as it was.
    """
    import tempfile  # only when something is saved

    path = _path()
    path.parent.mkdir(parents=True, exist_ok=True)
    text = json.dumps(asdict(settings), ensure_ascii=False, indent=2) + "\n"
    handle, name = tempfile.mkstemp(dir=path.parent, prefix="settings-", suffix=".tmp")
    try:
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        Path(name).replace(path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise
