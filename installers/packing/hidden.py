"""What the frozen program imports by a name that PyInstaller cannot see."""

from __future__ import annotations

IMPORTS: tuple[str, ...] = ()
"""Modules, beside those of the program itself, which are all taken in."""
METADATA: tuple[str, ...] = ("keyring",)
"""Packages that look themselves or others up by their entry points."""
