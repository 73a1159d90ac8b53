"""What a check is, and the list that holds checks: each has a code that never changes meaning.

The codes, messages and remedies are what findings and the tests are made from.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from apprentice_desk.domain.apprenticeship import Status
from apprentice_desk.domain.findings import NOWHERE, Finding, Level, Place
from apprentice_desk.domain.reference import Borough
from apprentice_desk.returns.rows import ApprenticeLine, Line, ReturnContent, ReturnHeader

# A contract still has to serve those who are on a break or in assessment.
_LIVE = frozenset({Status.LIVE, Status.ON_A_BREAK, Status.IN_ASSESSMENT})


@dataclass(frozen=True, slots=True)
class Context:
    """What a check of one row may know besides the row: the whole return.

    *borough* is None if the header's code is not a borough's.
    """

    content: ReturnContent
    borough: Borough | None
    contract_references: frozenset[str]
    live_by_contract: Mapping[str, int]
    apprenticeships: Mapping[tuple[str, int | None], ApprenticeLine]
    """The lines of the Apprentices sheet by code and number."""

    @property
    def header(self) -> ReturnHeader:
        """Whose return it is, and for when."""
        return self.content.header

    @classmethod
    def of(cls, content: ReturnContent, borough: Borough | None) -> Context:
        """Return what the checks of *content*'s rows may know."""
        live: dict[str, int] = {}
        for line in content.apprentices:
            if line.status in _LIVE:
                live[line.contract_reference] = live.get(line.contract_reference, 0) + 1
        references = frozenset(line.contract_reference for line in content.contracts)
        apprenticeships = {
            (line.apprentice_code, line.apprenticeship_number): line for line in content.apprentices
        }
        return cls(content, borough, references - {""}, live, apprenticeships)


# A check returns whether all is well with the line, as far as the line says.
Passes = Callable[[Any, Context], bool]


@dataclass(frozen=True, slots=True)
class Example:
    """A line by what differs from a good one, and lines of other sheets, by resource."""

    values: Mapping[str, object] = field(default_factory=dict)
    others: Mapping[str, tuple[Line, ...]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Check:
    """One rule: *passes* is None where the reader or the merge finds the matter itself.

    *fields* are the attributes it looks at, the one to be marked first.  *message* and *remedy*
    may name words in braces: any of *fields*, and those the finder gives.  *good* and *bad* are
    an example that passes and one that fails.
    """

    code: str
    level: Level
    message: str
    remedy: str
    resource: str = ""
    fields: tuple[str, ...] = ()
    passes: Passes | None = None
    good: Example = field(default_factory=Example)
    bad: Example = field(default_factory=Example)

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

    def declare(self, code: str, level: Level, message: str, remedy: str) -> Check:
        """Add a finding that is made elsewhere, so that its code and words stand in one list."""
        check = Check(code, level, message, remedy)
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
    ) -> Callable[[Passes], Passes]:
        """Return a decorator that adds a function as the check of each line of *sheet*."""

        def added(passes: Passes) -> Passes:
            self._add(Check(code, level, message, remedy, sheet, fields, passes, good, bad))
            return passes

        return added

    def of_sheet(self, resource: str) -> tuple[Check, ...]:
        """Return the checks of one sheet's lines, by code."""
        return tuple(check for check in self if check.resource == resource)

    def _add(self, check: Check) -> None:
        if check.code in self._checks:
            raise ValueError(f"The code {check.code} is used by two checks.")
        self._checks[check.code] = check
