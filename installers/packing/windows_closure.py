"""Whether a folder for Windows holds every library that what is in it asks for.

A library is in the folder, or Windows 10 has it.  What is there must also be for 64 bits: one
that is not would be found, and then not load.
"""

from __future__ import annotations

import struct
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

EXECUTABLE = frozenset({".exe", ".dll", ".pyd"})

# What the program is linked to and every Windows 10 from 1809 has of its own.  Read by name, so
# that one that only some have is seen before a council's computer misses it.
OF_WINDOWS = frozenset(
    {
        "advapi32.dll",
        "authz.dll",
        "avrt.dll",
        "bcrypt.dll",
        "bcryptprimitives.dll",
        "cfgmgr32.dll",
        "comctl32.dll",
        "comdlg32.dll",
        "crypt32.dll",
        "d2d1.dll",
        "d3d11.dll",
        "d3d12.dll",
        "d3d9.dll",
        "dcomp.dll",
        "dnsapi.dll",
        "dwmapi.dll",
        "dwrite.dll",
        "dxgi.dll",
        "gdi32.dll",
        "icuuc.dll",  # from 1703; a copy brought along would fail on other versions
        "imm32.dll",
        "iphlpapi.dll",
        "kernel32.dll",
        "mpr.dll",
        "msi.dll",
        "msvcrt.dll",
        "ncrypt.dll",
        "netapi32.dll",
        "normaliz.dll",
        "ntdll.dll",
        "ole32.dll",
        "oleacc.dll",
        "oleaut32.dll",
        "opengl32.dll",
        "powrprof.dll",
        "propsys.dll",
        "rpcrt4.dll",
        "secur32.dll",
        "setupapi.dll",
        "shcore.dll",
        "shell32.dll",
        "shlwapi.dll",
        "uiautomationcore.dll",
        "user32.dll",
        "userenv.dll",
        "usp10.dll",
        "uxtheme.dll",
        "version.dll",
        "winhttp.dll",
        "winmm.dll",
        "winspool.drv",
        "wintrust.dll",
        "wldap32.dll",
        "ws2_32.dll",
        "wtsapi32.dll",
    }
)
_SETS_OF_WINDOWS = ("api-ms-win-", "ext-ms-win-")  # names that Windows resolves by itself

_INTEL_64, _PE32_PLUS = 0x8664, 0x20B
_HEADER = struct.Struct("<4sHHIIIHH")  # signature, machine, sections, -, -, -, size of the next, -
_SECTION = struct.Struct("<8sIIII16x")
_DIRECTORIES_AT, _IMPORTS, _DELAYED = 112, 1, 13  # within the optional header, and in its table


def missing_libraries(folder: Path) -> list[str]:
    """Return a sentence for each library that is asked for and in neither place, and each misfit.

    An empty list says that the folder is whole.
    """
    programs = [path for path in sorted(folder.rglob("*")) if path.suffix.lower() in EXECUTABLE]
    there = {path.name.lower() for path in programs}
    found = []
    for path in programs:
        content = path.read_bytes()
        if not is_64_bit(content):
            found.append(f"{path.name} is no library for 64 bits.")
            continue
        for name in sorted(set(imported(content))):
            of_windows = name in OF_WINDOWS or name.startswith(_SETS_OF_WINDOWS)
            if name not in there and not of_windows:
                found.append(f"{path.name} asks for {name}, which is not there.")
    return found


def is_64_bit(content: bytes) -> bool:
    """Tell whether *content* is a program or library for Windows on 64-bit Intel."""
    if content[:2] != b"MZ" or len(content) < 64:
        return False
    (at,) = struct.unpack_from("<I", content, 0x3C)
    if at + _HEADER.size + 2 > len(content):
        return False
    signature, machine, *_ = _HEADER.unpack_from(content, at)
    (magic,) = struct.unpack_from("<H", content, at + _HEADER.size)
    return bool(signature == b"PE\0\0" and machine == _INTEL_64 and magic == _PE32_PLUS)


def imported(content: bytes) -> Iterator[str]:
    """Give the names, in small letters, of the libraries that a 64-bit *content* is linked to.

    Those that are loaded only when first called count as well.
    """
    (at,) = struct.unpack_from("<I", content, 0x3C)
    _, _, count, _, _, _, size, _ = _HEADER.unpack_from(content, at)
    optional = at + _HEADER.size
    sections = [
        _SECTION.unpack_from(content, optional + size + number * 40) for number in range(count)
    ]

    def place(address: int) -> int:
        """Return where in the file that lies which is at *address* once it is loaded."""
        for _, virtual_size, virtual, raw_size, raw in sections:
            if virtual <= address < virtual + max(virtual_size, raw_size):
                return int(address - virtual + raw)
        return int(address)

    for table, entry, name_at in ((_IMPORTS, 20, 12), (_DELAYED, 32, 4)):
        (address,) = struct.unpack_from("<I", content, optional + _DIRECTORIES_AT + table * 8)
        if not address:
            continue
        line = place(address)
        while True:
            (name,) = struct.unpack_from("<I", content, line + name_at)
            if not name:
                break
            start = place(name)
            yield content[start : content.index(b"\0", start)].decode("ascii").lower()
            line += entry
