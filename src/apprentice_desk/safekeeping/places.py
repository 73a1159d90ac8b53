"""Where a desk stands, as this computer's operating system tells it.

Asked on a worker: a drive that is away may take long to say so.  Nothing here opens the desk.
The parts for Windows and macOS follow the systems' own documentation and have not been run on
them; whatever they do not answer counts as a place with nothing to say.
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from apprentice_desk.domain.desk_places import (
    PlaceKind,
    Standing,
    is_share,
    mount_of,
    read_mounts,
    service_of_marks,
    service_of_names,
    standing_on,
)

_ONEDRIVE = ("OneDrive", "OneDriveConsumer", "OneDriveCommercial")
"""Variables in which OneDrive for Windows says where its folders are."""

_DRIVE_REMOVABLE, _DRIVE_REMOTE = 2, 4  # winbase.h, GetDriveType
_MNT_LOCAL, _MNT_REMOVABLE = 0x1000, 0x0200  # sys/mount.h of macOS
_USB = "/usb"


@dataclass(frozen=True, slots=True)
class Computer:
    """What is asked about a place; the defaults are those of the computer the program runs on."""

    system: str = sys.platform
    home: Path = field(default_factory=Path.home)
    variables: Mapping[str, str] = field(default_factory=lambda: os.environ)
    mounts: Path = Path("/proc/self/mountinfo")
    blocks: Path = Path("/sys/class/block")


def standing_of(desk: Path, computer: Computer | None = None) -> Standing | None:
    """Return on what kind of place *desk* stands; None where there is nothing to say about it.

    A synced folder comes before the drive that it is on, since more goes wrong there.
    """
    computer = computer or Computer()
    folder = _resolved(desk.absolute().parent)
    synced = _synced(folder, computer)
    if synced is not None:
        return synced
    if computer.system == "win32":
        return _on_windows(folder)
    if computer.system == "darwin":
        return _on_macos(folder)
    return _on_linux(folder, computer)


def _resolved(folder: Path) -> Path:
    try:
        return folder.resolve()
    except OSError:
        return folder


# --- folders that a service keeps in step ---------------------------------------------------------


def _synced(folder: Path, computer: Computer) -> Standing | None:
    for top, service in _named_folders(computer):
        if folder.is_relative_to(_resolved(top)):
            return Standing(PlaceKind.SYNCED, service)
    for each in (folder, *folder.parents):
        if each == each.parent or each == computer.home:
            break  # marks of a service stand inside its folder, never so high
        service = service_of_marks(_names_in(each))
        if service:
            return Standing(PlaceKind.SYNCED, service)
    service = service_of_names(_below_home(folder, computer))
    return Standing(PlaceKind.SYNCED, service, is_sure=False) if service else None


def _below_home(folder: Path, computer: Computer) -> tuple[str, ...]:
    """The names of the folders below the person's own: above it are people's names."""
    home = _resolved(computer.home)
    return folder.relative_to(home).parts if folder.is_relative_to(home) else folder.parts[1:]


def _names_in(folder: Path) -> list[str]:
    try:
        return [path.name for path in folder.iterdir() if path.name.startswith((".", "_"))]
    except OSError:
        return []


def _named_folders(computer: Computer) -> Iterator[tuple[Path, str]]:
    """Yield the folders of which a service says itself that it keeps them in step."""
    for name in _ONEDRIVE:
        if computer.variables.get(name):
            yield Path(computer.variables[name]), "OneDrive"
    for name in ("APPDATA", "LOCALAPPDATA"):
        if computer.variables.get(name):
            yield from _dropbox(Path(computer.variables[name]) / "Dropbox" / "info.json")
    yield from _dropbox(computer.home / ".dropbox" / "info.json")
    for path in _sharepoint():
        yield path, "OneDrive"  # pragma: no cover - on Windows only


def _dropbox(info: Path) -> Iterator[tuple[Path, str]]:
    """Yield the folders that Dropbox names, one for each account, in its file for programs."""
    try:
        told = json.loads(info.read_text(encoding="utf-8"))
    except (OSError, ValueError, RecursionError):
        return
    accounts = told.values() if isinstance(told, dict) else ()
    for account in accounts:
        path = account.get("path") if isinstance(account, dict) else None
        if isinstance(path, str) and path and "\0" not in path:
            yield Path(path), "Dropbox"


def _sharepoint() -> list[Path]:
    """Return the libraries of SharePoint that OneDrive keeps on this computer."""
    found: list[Path] = []
    if sys.platform == "win32":  # pragma: no cover - not run on Windows yet
        import winreg

        with suppress(OSError):
            top = r"Software\SyncEngines\Providers\OneDrive"
            with winreg.OpenKey(winreg.HKEY_CURRENT_USER, top) as providers:
                for number in range(winreg.QueryInfoKey(providers)[0]):
                    with winreg.OpenKey(providers, winreg.EnumKey(providers, number)) as each:
                        found.append(Path(winreg.QueryValueEx(each, "MountPoint")[0]))
    return found


# --- drives ---------------------------------------------------------------------------------------


def _on_linux(folder: Path, computer: Computer) -> Standing | None:
    try:
        mounts = read_mounts(computer.mounts.read_text(encoding="utf-8", errors="replace"))
    except OSError:
        return None
    mount = mount_of(folder, mounts)
    if mount is None:
        return None
    found = standing_on(mount.kind)
    if found is None and _is_removable(mount.source, computer.blocks):
        return Standing(PlaceKind.REMOVABLE)
    return found


def _is_removable(source: str, blocks: Path) -> bool:
    """Whether a drive can be taken out, or hangs on a socket outside the computer."""
    name = source.removeprefix("/dev/")
    if name == source or not name or "/" in name:
        return False
    try:
        device = (blocks / name).resolve(strict=True)
    except OSError:
        return False
    if _USB in device.as_posix():
        return True
    for folder in (device, device.parent):  # a partition's word is its whole drive's
        with suppress(OSError):
            return (folder / "removable").read_text(encoding="ascii").strip() == "1"
    return False


def _on_windows(folder: Path) -> Standing | None:
    if is_share(str(folder)):
        return Standing(PlaceKind.NETWORK, "Windows share")
    kind = _drive_type(folder.anchor)
    if kind == _DRIVE_REMOTE:
        return Standing(PlaceKind.NETWORK, "Windows share")
    return Standing(PlaceKind.REMOVABLE) if kind == _DRIVE_REMOVABLE else None


def _drive_type(root: str) -> int:
    if sys.platform == "win32":  # pragma: no cover - not run on Windows yet
        import ctypes

        return int(ctypes.windll.kernel32.GetDriveTypeW(root))
    return 0


def _on_macos(folder: Path) -> Standing | None:
    told = _statfs(folder)
    if told is None:
        return None
    kind, flags = told
    found = standing_on(kind)
    if found is None and not flags & _MNT_LOCAL:
        return Standing(PlaceKind.NETWORK)
    if found is None and flags & _MNT_REMOVABLE:
        return Standing(PlaceKind.REMOVABLE)
    return found


def _statfs(folder: Path) -> tuple[str, int] | None:
    """Return the kind of a file system and its flags, as macOS's own call tells them."""
    if sys.platform == "darwin":  # pragma: no cover - not run on macOS yet
        import ctypes

        class Told(ctypes.Structure):
            _fields_ = (
                ("sizes", ctypes.c_uint32 * 2),
                ("counts", ctypes.c_uint64 * 5),
                ("key", ctypes.c_int32 * 2),
                ("owner", ctypes.c_uint32),
                ("number", ctypes.c_uint32),
                ("flags", ctypes.c_uint32),
                ("subtype", ctypes.c_uint32),
                ("kind", ctypes.c_char * 16),
                ("rest", ctypes.c_char * 2100),
            )

        library: Any = ctypes.CDLL(None)
        call = getattr(library, "statfs$INODE64", None) or library.statfs
        room = Told()
        if call(os.fsencode(folder), ctypes.byref(room)) == 0:
            return room.kind.decode("ascii", "replace"), room.flags
    return None
