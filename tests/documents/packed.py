"""Packs of wording for tests: put together part by part, as no program would write them."""

from __future__ import annotations

import json
import zipfile
from collections.abc import Mapping
from datetime import date
from typing import Any

from apprentice_desk.documents.pack_manifest import FORMAT, Pack, PackItem
from apprentice_desk.documents.packs import MANIFEST
from apprentice_desk.domain.own_wording import fingerprint
from hostile import zipped

MADE_ON = date(2026, 11, 23)


def pack_of(*files: Mapping[str, str], **more: Any) -> Pack:
    """Return a pack of these files, approved at the sender."""
    items = tuple(
        PackItem(named, text, "Ada Byron", date(2026, 11, 20))
        for each in files
        for named, text in each.items()
    )
    values = {
        "title": "Contract terms 2027", "sender": "LOTI", "made_on": MADE_ON,
        "program_version": "1.2", "items": items, "note": "Read by lawyers in November.",
    }  # fmt: skip
    return Pack(**{**values, **more})


def manifest_of(files: Mapping[str, str], **more: Any) -> dict[str, Any]:
    """Return what a pack of *files* says about itself, as it should be."""
    listed = [
        {
            "named": named,
            "version": int(named.split(".")[1]),
            "fingerprint": fingerprint(text),
            "approved_by": "Ada Byron",
            "approved_on": "2026-11-20",
            "is_withdrawn": False,
        }
        for named, text in files.items()
    ]
    return {
        "format": FORMAT, "title": "Contract terms 2027", "sender": "LOTI",
        "made_on": "2026-11-23", "note": "", "program_version": "1.2", "files": listed,
    } | more  # fmt: skip


def packed(files: Mapping[str, str], manifest: Any = None, **more: Any) -> bytes:
    """Return the file of a pack of *files*, with any manifest at all."""
    says = manifest_of(files, **more) if manifest is None else manifest
    text = says if isinstance(says, str | bytes) else json.dumps(says)
    return zipped((MANIFEST, text), *files.items(), method=zipfile.ZIP_STORED)
