"""What a check is, and the list that holds checks: each has a code that never changes meaning.

The codes, messages and remedies are what findings, the table of codes and the tests are made from.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from apprentice_desk.domain.findings import NOWHERE, Finding, Level, Place
from apprentice_desk.returns.context import Context
from apprentice_desk.returns.reference import Reference
from apprentice_desk.returns.rows import Line

__all__ = ["Check", "Context", "Example", "Found", "Registry"]

Words = Mapping[str, object]

# Whether all is well with the line, as far as the line says.
Passes = Callable[[Any, Context], bool]
# What else the message of a line that does not pass may name.
MoreWords = Callable[[Any, Context], Words]


@dataclass(frozen=True, slots=True)
class Found:
    """One matter that a check of a whole sheet found, in the line *index* or in none."""

    index: int | None
    words: Words


Finds = Callable[[Context], Iterable[Found]]


@dataclass(frozen=True, slots=True)
class Example:
    """A line by what differs from a good one, and what else the return has, by resource.

    *last* are lines of the last return; without any there is none.  *reference* are the lists
    that are known.
    """

    values: Mapping[str, object] = field(default_factory=dict)
    others: Mapping[str, tuple[Line, ...]] = field(default_factory=dict)
    last: Mapping[str, tuple[Line, ...]] = field(default_factory=dict)
    reference: Reference = field(default_factory=Reference)


@dataclass(frozen=True, slots=True)
class Check:
    """One rule: of each line (*passes*), of a whole sheet (*finds*), or found elsewhere (neither).

    *fields* are the attributes it looks at, the one to be marked first.  *message* and *remedy*
    may name words in braces: any of *fields*, and those the finder gives.  *in_general* is what
    the table of codes says in their place, where a finding has both from what it found.  *good*
    and *bad* are an example that passes and one that fails.
    """

    code: str
    level: Level
    message: str
    remedy: str
    resource: str = ""
    fields: tuple[str, ...] = ()
    passes: Passes | None = None
    more_words: MoreWords | None = None
    finds: Finds | None = None
    good: Example = field(default_factory=Example)
    bad: Example = field(default_factory=Example)
    in_general: tuple[str, str] | None = None

    def finding(self, place: Place = NOWHERE, **words: object) -> Finding:
        """Return the finding that this check makes at *place*."""
        return Finding(
            self.level,
            self.code,
            self.message.format_map(words),
            self.remedy.format_map(words),
            place,
        )


class Registry:
    """Checks by their code; the same code twice is refused when the module is loaded."""

    def __init__(self, *others: Registry) -> None:
        self._checks: dict[str, Check] = {}
        for other in others:
            for check in other:
                self._add(check)

    def __getitem__(self, code: str) -> Check:
        return self._checks[code]

    def __contains__(self, code: object) -> bool:
        return code in self._checks

    def __iter__(self) -> Iterator[Check]:
        return iter(sorted(self._checks.values(), key=lambda check: check.code))

    def __len__(self) -> int:
        return len(self._checks)

    def declare(
        self,
        code: str,
        level: Level,
        message: str,
        remedy: str,
        in_general: tuple[str, str] | None = None,
    ) -> Check:
        """Add a finding that is made elsewhere, so that its code and words stand in one list."""
        check = Check(code, level, message, remedy, in_general=in_general)
        self._add(check)
        return check

    def check(
        self,
        code: str,
        level: Level,
        sheet: str,
        fields: tuple[str, ...],
        message: str,
        remedy: str,
        *,
        good: Example,
        bad: Example,
        more_words: MoreWords | None = None,
    ) -> Callable[[Passes], Passes]:
        """Return a decorator that adds a function as the check of each line of *sheet*."""

        def added(passes: Passes) -> Passes:
            self._add(
                Check(
                    code,
                    level,
                    message,
                    remedy,
                    sheet,
                    fields,
                    passes,
                    more_words=more_words,
                    good=good,
                    bad=bad,
                )
            )
            return passes

        return added

    def check_whole(
        self,
        code: str,
        level: Level,
        sheet: str,
        fields: tuple[str, ...],
        message: str,
        remedy: str,
        *,
        good: Example,
        bad: Example,
    ) -> Callable[[Finds], Finds]:
        """Return a decorator that adds a function as the check of all lines of *sheet* together."""

        def added(finds: Finds) -> Finds:
            self._add(
                Check(code, level, message, remedy, sheet, fields, finds=finds, good=good, bad=bad)
            )
            return finds

        return added

    def of_sheet(self, resource: str) -> tuple[Check, ...]:
        """Return the checks of one sheet's lines, by code."""
        return tuple(check for check in self if check.resource == resource)

    def _add(self, check: Check) -> None:
        if check.code in self._checks:
            raise ValueError(f"The code {check.code} is used by two checks.")
        self._checks[check.code] = check
