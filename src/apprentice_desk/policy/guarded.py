"""Whether nobody but administrators can write a file, or put another one in its place.

What stands in such a file is the council's word.  In any other it could be anybody's, such as a
folder for backups from which somebody else takes the copies.
"""

from __future__ import annotations

import re
import stat
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

_TRUSTED = re.compile(
    r"S-1-5-18"  # the system itself
    r"|S-1-5-32-544"  # Administrators
    r"|S-1-5-80-956008885-3418522649-1831038044-1853292631-2271478464"  # TrustedInstaller
    r"|S-1-5-21-(\d+-){3}(500|512|519)"  # the built-in administrator, the domain's, the forest's
    r"|S-1-3-4"  # whoever owns it, who is looked at by himself
)
_ALLOWED, _DENIED = 0, 1
_INHERIT_ONLY = 0x08
# Writing data, adding to it, deleting it, giving other rights, taking it, and the two generic ones.
_WRITES_FILE = 0x2 | 0x4 | 0x1_0000 | 0x4_0000 | 0x8_0000 | 0x1000_0000 | 0x4000_0000
# Of a folder: deleting what is in it, deleting it, giving other rights, taking it.  Whoever may
# only put something new beside the file changes nothing of it, and Windows lets everybody do so.
_WRITES_FOLDER = 0x40 | 0x1_0000 | 0x4_0000 | 0x8_0000 | 0x1000_0000
_WRITTEN_BY_OTHERS = stat.S_IWGRP | stat.S_IWOTH


class Right(NamedTuple):
    """One entry of a Windows list of rights."""

    kind: int
    flags: int
    mask: int
    whose: str
    """A SID as text."""


def is_guarded(path: Path) -> bool:
    """Whether only administrators can write the file at *path* or put another in its place.

    Raises OSError where that cannot be found out.
    """
    whole = path.resolve(strict=True)
    if sys.platform == "win32":  # pragma: no cover - on Windows
        return all(
            only_trusted(*_rights_of(each), is_folder=each != whole)
            for each in (whole, whole.parent)
        )
    return all(map(_is_the_systems, (whole, *whole.parents)))


def _is_the_systems(path: Path) -> bool:
    """Whether it is root's and only root may write to it.

    In a sticky folder everybody may, but only to what is their own.
    """
    found = path.stat()
    if found.st_uid != 0:
        return False
    others = found.st_mode & _WRITTEN_BY_OTHERS
    if found.st_gid == 0:
        others &= ~stat.S_IWGRP
    return not others or bool(stat.S_ISDIR(found.st_mode) and found.st_mode & stat.S_ISVTX)


def only_trusted(owner: str, rights: Iterable[Right] | None, *, is_folder: bool) -> bool:
    """Whether *owner* and all who may write, by *rights*, are administrators.

    None for *rights* is no list at all, which lets everybody do everything.
    """
    if rights is None or _TRUSTED.fullmatch(owner) is None:
        return False
    writes = _WRITES_FOLDER if is_folder else _WRITES_FILE
    for right in rights:
        if right.kind == _DENIED or right.flags & _INHERIT_ONLY:
            continue
        if right.kind != _ALLOWED:  # of a kind that is not understood: it may allow anything
            return False
        if right.mask & writes and _TRUSTED.fullmatch(right.whose) is None:
            return False
    return True


if sys.platform == "win32":  # pragma: no cover - on Windows
    import ctypes
    from ctypes import wintypes

    _FILE_OBJECT, _OWNER_AND_LIST = 1, 0x1 | 0x4

    class _List(ctypes.Structure):
        _fields_ = (
            ("revision", ctypes.c_ubyte),
            ("spare", ctypes.c_ubyte),
            ("size", wintypes.WORD),
            ("count", wintypes.WORD),
            ("spare_too", wintypes.WORD),
        )

    class _Entry(ctypes.Structure):
        _fields_ = (
            ("kind", ctypes.c_ubyte),
            ("flags", ctypes.c_ubyte),
            ("size", wintypes.WORD),
            ("mask", wintypes.DWORD),
            ("whose", wintypes.DWORD),
        )

    def _rights_of(path: Path) -> tuple[str, list[Right] | None]:
        """Return who owns *path*, and who may do what with it."""
        security = ctypes.WinDLL("advapi32", use_last_error=True)
        security.GetNamedSecurityInfoW.argtypes = (
            wintypes.LPCWSTR, ctypes.c_int, wintypes.DWORD, *[ctypes.c_void_p] * 5,
        )  # fmt: skip
        security.GetAce.argtypes = (ctypes.c_void_p, wintypes.DWORD, ctypes.c_void_p)
        owner, rights, whole = ctypes.c_void_p(), ctypes.c_void_p(), ctypes.c_void_p()
        failed = security.GetNamedSecurityInfoW(
            str(path), _FILE_OBJECT, _OWNER_AND_LIST,
            ctypes.byref(owner), None, ctypes.byref(rights), None, ctypes.byref(whole),
        )  # fmt: skip
        if failed:
            raise ctypes.WinError(failed)
        try:
            if not rights.value:
                return _sid(security, owner.value), None
            count = _List.from_address(rights.value).count
            return _sid(security, owner.value), [
                _right(security, rights, each) for each in range(count)
            ]
        finally:
            _let_go(whole)

    def _right(security: ctypes.WinDLL, rights: ctypes.c_void_p, number: int) -> Right:
        found = ctypes.c_void_p()
        if not security.GetAce(rights, number, ctypes.byref(found)) or not found.value:
            raise ctypes.WinError(ctypes.get_last_error())
        entry = _Entry.from_address(found.value)
        plain = entry.kind in (_ALLOWED, _DENIED)  # others keep the SID elsewhere
        sid = _sid(security, found.value + _Entry.whose.offset) if plain else ""
        return Right(entry.kind, entry.flags, entry.mask, sid)

    def _sid(security: ctypes.WinDLL, at: int | None) -> str:
        text = wintypes.LPWSTR()
        security.ConvertSidToStringSidW.argtypes = (ctypes.c_void_p, ctypes.c_void_p)
        if not security.ConvertSidToStringSidW(at, ctypes.byref(text)):
            raise ctypes.WinError(ctypes.get_last_error())
        try:
            return text.value or ""
        finally:
            _let_go(ctypes.cast(text, ctypes.c_void_p))

    def _let_go(what: ctypes.c_void_p) -> None:
        free = ctypes.WinDLL("kernel32").LocalFree
        free.argtypes = (ctypes.c_void_p,)
        free(what)
