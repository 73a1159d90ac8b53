"""Saying what administrators set for this computer, or trying out a file of theirs."""

from __future__ import annotations

from pathlib import Path

from apprentice_desk import policy


def tell(file: str = "") -> int:
    """Print what holds on this computer, or what *file* would set; 1 where it has faults."""
    held = policy.read(Path(file), is_the_computers=False) if file else policy.in_force()
    if held.file is None:
        print(f"Nothing is set for this computer: there is no {policy.place()}.")
        return 0
    print(f"{held.file}:")
    for name, value in held.lines():
        print(f"  {name}: {value}")
    if not held.lines():
        print("  sets nothing")
    if held.contact:
        print(f"  Whom to ask: {held.contact}")
    for trouble in held.troubles:
        print(f"Wrong: {trouble}")
    return 1 if held.troubles else 0
