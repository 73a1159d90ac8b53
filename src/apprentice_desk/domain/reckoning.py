"""The lines that an explanation is made of, and where the rule behind it stands."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Step:
    """One line of a formula with its numbers filled in: *what* it is, and *amount*."""

    what: str
    amount: str


@dataclass(frozen=True, slots=True)
class Source:
    """A rule by its *name* and version, and where it comes from.

    *is_verified* is false where the funding rules themselves were not read.
    """

    name: str
    text: str
    is_verified: bool

    @property
    def says(self) -> str:
        """The rule and its source as one line."""
        check = "" if self.is_verified else " Check against the rules."
        return f"{self.name}: {self.text.rstrip('.')}.{check}"


OWN = Source(
    "How this program works it out",
    "No funding rule sets this formula; it is the same for every list, document and return",
    is_verified=True,
)
