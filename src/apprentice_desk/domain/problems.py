"""What can go wrong in a way that a person can put right.

Anything raised that is not one of these is a fault of the program.
"""

from __future__ import annotations

from pathlib import PurePath


class Problem(Exception):  # noqa: N818 - what a person is told of is a problem, not an error
    """Something cannot be done now: *what* says what happened, *remedy* what to do about it.

    Both are whole sentences for a person.  str() is the two together.
    """

    def __init__(self, what: str, remedy: str = "") -> None:
        super().__init__(what, remedy)
        self.what = what
        self.remedy = remedy

    def __str__(self) -> str:
        return f"{self.what} {self.remedy}".strip()


class Conflict(Problem):
    """Somebody else changed the same thing meanwhile; both versions are kept to choose from.

    *stamp* says which version *theirs* is, where the caller needs it to save over that one.
    """

    def __init__(
        self,
        what: str,
        remedy: str = "",
        mine: object | None = None,
        theirs: object | None = None,
        stamp: int | None = None,
    ) -> None:
        super().__init__(what, remedy)
        self.mine = mine
        self.theirs = theirs
        self.stamp = stamp


class Damaged(Problem):
    """The file of a desk, at *path*, is damaged or cut short: its newest good backup is offered."""

    def __init__(self, what: str, remedy: str, path: PurePath) -> None:
        super().__init__(what, remedy)
        self.path = path


class Cancelled(Exception):  # noqa: N818 - a person's choice, not an error
    """The person asked to stop.  Whatever was under way is rolled back."""
