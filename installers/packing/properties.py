"""What a Windows program or library says of itself in its file's properties."""

from __future__ import annotations

import struct
from typing import TYPE_CHECKING

from packing.windows_closure import EXECUTABLE

if TYPE_CHECKING:
    from pathlib import Path

_KEY = "VS_VERSION_INFO\0".encode("utf-16-le")
_SIGNATURE = 0xFEEF04BD
_FIELDS = struct.Struct("<4I")  # signature, version of the structure, version of the file
_PE_HEADER_AT, _SECURITY_ENTRY_AT, _SECURITY_ENTRY = 0x3C, 144, struct.Struct("<2I")
_OPTIONAL_HEADER, _PE32_PLUS = 24, 0x20B


def file_version(path: Path) -> str:
    """Return the version of the file *path*, such as "6.11.3.0"; "" if it says none."""
    if path.suffix.lower() not in EXECUTABLE:
        return ""
    content = path.read_bytes()
    at = content.rfind(_KEY)
    if at < 0:
        return ""
    start = (at + len(_KEY) + 3) // 4 * 4  # resources begin at a multiple of four
    for place in (start, at + len(_KEY), at + len(_KEY) + 2):
        if place + _FIELDS.size > len(content):
            continue
        signature, _, high, low = _FIELDS.unpack_from(content, place)
        if signature == _SIGNATURE:
            return f"{high >> 16}.{high & 0xFFFF}.{low >> 16}.{low & 0xFFFF}"
    return ""


def is_signed(path: Path) -> bool:
    """Tell whether the file *path*, 64 bits wide, carries a signature; not whether it is good."""
    with path.open("rb") as file:
        head = file.read(4096)
    if head[:2] != b"MZ":
        return False
    (at,) = struct.unpack_from("<I", head, _PE_HEADER_AT)
    if at + _OPTIONAL_HEADER + _SECURITY_ENTRY_AT + _SECURITY_ENTRY.size > len(head):
        return False
    (magic,) = struct.unpack_from("<H", head, at + _OPTIONAL_HEADER)
    if head[at : at + 4] != b"PE\0\0" or magic != _PE32_PLUS:
        return False
    place, size = _SECURITY_ENTRY.unpack_from(head, at + _OPTIONAL_HEADER + _SECURITY_ENTRY_AT)
    return bool(place and size)
