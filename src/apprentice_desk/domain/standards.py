"""What a standard asks to know and do: codes, words, options."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Ksb:
    """One piece of knowledge (K), skill (S) or behaviour (B) of a version of a standard."""

    code: str
    words: str
    options: frozenset[int] = frozenset()
    """Numbers of the options that have it; empty where all have it."""
