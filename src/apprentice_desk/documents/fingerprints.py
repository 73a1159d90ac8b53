"""The fingerprint of a tree: the same for equal documents, in later programs too."""

from __future__ import annotations

import hashlib
import json
from dataclasses import MISSING, fields, is_dataclass
from typing import Any

from apprentice_desk.documents.tree import Document


def tree_fingerprint(document: Document) -> str:
    """Return the fingerprint of a document.

    What a node holds by default counts as if it were not there, so that a node that learns
    something new leaves the fingerprint of what does not use it.
    """
    text = json.dumps(_plain(document), ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def _plain(node: Any) -> Any:
    if isinstance(node, tuple):
        return [_plain(each) for each in node]
    if not is_dataclass(node):
        return node
    values = ((each, getattr(node, each.name)) for each in fields(node))
    return [
        type(node).__name__,
        {
            each.name: _plain(value)
            for each, value in values
            if each.default is MISSING or value != each.default
        },
    ]
