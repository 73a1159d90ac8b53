"""Placements files: what boroughs ask of and offer each other, as one small file without names.

It is JSON, always written the same way: the same words give the same bytes.  What comes from
outside is read as if it were made to do harm; whatever is not as it is written here is refused in
a sentence, and nothing of it is taken.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from pathlib import Path
from typing import Any

from apprentice_desk import policy, resources
from apprentice_desk.domain import identifiers, ksb_codes, placements
from apprentice_desk.domain.calendar import show_day
from apprentice_desk.domain.placements import LOTI, Placement, Word, newest
from apprentice_desk.domain.problems import Problem
from apprentice_desk.domain.reference import Borough
from apprentice_desk.domain.told_tables import ToldTable, parsed, shown
from apprentice_desk.domain.vocabulary import (
    ListingKind,
    ListingState,
    RoleFamily,
    WorkingPattern,
)
from apprentice_desk.records.openings import LONGEST_DAYS, MOST_PLACES
from apprentice_desk.sheets import check_target, replacing
from apprentice_desk.sheets.whole import read_whole

ENDING = ".placements"
FORMAT = 1

MOST_BYTES = 8 * 1024 * 1024
MOST_LINES = 5_000
"""Of one borough: some hundred times what a large one has in a year."""
LONGEST = {
    "title": 200, "wanted": 1_000, "area": 100, "host_name": 200, "how_to_apply": 300,
    "ksbs": ksb_codes.LONGEST,
}  # fmt: skip
_LONGEST_NAME = 200
_LONGEST_WEEKS = 26
_A_DAY = timedelta(days=1)
_ASK = "Nothing was taken from it. Ask whoever sent it for the file again."
_NAMES = (
    "code", "kind", "state", "title", "wanted", "role_family", "standard_code", "ksbs", "host",
    "host_name", "earliest_start_on", "latest_start_on", "weeks", "days", "places", "pattern",
    "area", "how_to_apply",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class PlacementsFile:
    """What is sent: the word of one borough or of many, and who put them together."""

    sender: str
    program_version: str
    words: tuple[Word, ...]

    @property
    def open_lines(self) -> int:
        """How many lines can still be had."""
        return sum(len(word.open) for word in self.words)


# --- writing --------------------------------------------------------------------------------------


def write(file: PlacementsFile) -> bytes:
    """Return *file* as bytes, the same for the same words in any order.

    Raises Problem for what no desk would read.
    """
    says = {
        "placements": FORMAT,
        "sender": file.sender,
        "program_version": file.program_version,
        "boroughs": [_word_says(word) for word in newest(file.words)],
    }
    content = (json.dumps(says, ensure_ascii=False, indent=1) + "\n").encode()
    try:
        read(content, "the new file")
    except Problem as problem:  # what nobody could read is not sent
        raise Problem(
            f"The file was not made. {problem.what}", "Put right what it names, and try again."
        ) from None
    return content


def _word_says(word: Word) -> dict[str, Any]:
    return {
        "borough": word.borough,
        "as_of": word.as_of.isoformat(timespec="microseconds"),
        "lines": [{name: _plain(getattr(line, name)) for name in _NAMES} for line in word.lines],
    }


def _plain(value: Any) -> Any:
    if isinstance(value, date):
        return value.isoformat()
    return value.value if isinstance(value, StrEnum) else value


def save(file: PlacementsFile, path: str | Path, inputs: Iterable[str | Path] = ()) -> Path:
    """Write *file* to *path*, whole or not at all, and return where it stands; Problem if not.

    None of *inputs*, of which it was made, is written over.
    """
    policy.in_force().refuse(policy.Feature.PLACEMENTS)
    content = write(file)
    path = check_target(path, inputs, ending=ENDING)
    with replacing(path) as fresh:
        fresh.write_bytes(content)
    return path


# --- reading --------------------------------------------------------------------------------------


def load(path: str | Path) -> PlacementsFile:
    """Return what the file *path* says.

    Raises Problem where it cannot be read or is none, or such files are switched off.
    """
    policy.in_force().refuse(policy.Feature.PLACEMENTS)
    path = Path(path)
    return read(read_whole(path, MOST_BYTES), path.name)


def read(content: bytes, called: str) -> PlacementsFile:
    """Return what *content*, a file named *called*, says.

    Raises Problem, and takes nothing, for what is no placements file, for a newer format, and
    where anything in it is not as it should be.
    """
    if len(content) > MOST_BYTES:
        raise Problem(f"“{called}” is larger than any placements file.", _ASK)
    try:
        found = parsed(content.decode("utf-8"))
    except ValueError:
        found = None
    if not isinstance(found, dict) or "placements" not in found:
        raise Problem(
            f"“{called}” is no placements file.",
            f"Such files end in {ENDING}, and are made under “Places elsewhere”.",
        )
    return _Reader(called).file(found)


def check_not_ahead(file: PlacementsFile, called: str, now: datetime) -> None:
    """Raise Problem where a word of *file* is still to come: it would stand against all others."""
    for word in file.words:
        if word.as_of > now + _A_DAY:
            raise Problem(
                f"“{called}” says that it was made on {show_day(word.as_of.date())}, which is still"
                " to come.",
                "Nothing was taken from it. Look at the day on this computer, and ask the sender to"
                " look at theirs.",
            )


def check_no_sample(file: PlacementsFile, called: str, *, is_sample: bool) -> None:
    """Raise Problem where places of an invented borough would get into a real desk."""
    if not is_sample and (invented := _invented(file.words)):
        raise Problem(
            f"“{called}” holds places of {invented}, an invented borough of the sample.",
            "Nothing was taken from it. Open the sample to try it out.",
        )


def _invented(words: Iterable[Word]) -> str:
    known = boroughs()
    found = (known[word.borough] for word in words if word.borough in known)
    return next((each.name for each in found if each.is_invented), "")


def boroughs() -> Mapping[str, Borough]:
    """Return the boroughs that lines may be of, by code; invented ones are among them."""
    return {each.code: each for each in resources.boroughs()}


class _Reader:
    """Reads one file; what is not as it should be is named."""

    def __init__(self, called: str) -> None:
        self._called = called
        self._boroughs = boroughs()
        self._codes: set[str] = set()

    def _wrong(self, what: str) -> Problem:
        return Problem(f"“{self._called}” is not in order: {what}.", _ASK)

    def file(self, found: Mapping[str, Any]) -> PlacementsFile:
        told = ToldTable(found, "it", self._wrong)
        self._check_format(told.values)
        told.only({"placements", "sender", "program_version", "boroughs"})
        words = [self._word(each) for each in told.rows("boroughs", len(self._boroughs) + 1)]
        if len({word.borough for word in words}) != len(words):
            raise self._wrong("it has a borough twice")
        return PlacementsFile(
            sender=told.line("sender", _LONGEST_NAME),
            program_version=told.line("program_version", _LONGEST_NAME, may_lack=True),
            words=newest(words),
        )

    def _check_format(self, values: Mapping[str, Any]) -> None:
        found = values["placements"]
        if not isinstance(found, int) or isinstance(found, bool) or found < 1:
            raise self._wrong("it does not say of which format it is")
        if found > FORMAT:
            by = values.get("program_version")
            made = f" by Apprentice Desk {shown(by)}" if isinstance(by, str) and by else ""
            raise Problem(
                f"“{self._called}” was made{made} in format {str(found)[:6]} of placements; this"
                f" program reads format {FORMAT}.",
                "Install the newer program, then import it again.",
            )

    def _word(self, found: Any) -> Word:
        told = ToldTable(found, "what a borough says", self._wrong)
        told.only({"borough", "as_of", "lines"})
        borough = told.line("borough", _LONGEST_NAME)
        if borough != LOTI and borough not in self._boroughs:
            raise self._wrong(f"there is no borough {shown(borough)}")
        as_of = told.instant("as_of")
        lines = [self._line(each, borough, as_of) for each in told.rows("lines", MOST_LINES)]
        return placements.word_of(borough, as_of, lines)

    def _line(self, found: Any, borough: str, as_of: datetime) -> Placement:
        told = ToldTable(found, "a line", self._wrong)
        told.only(set(_NAMES))
        code = self._code(told, borough)
        told = ToldTable(found, code, lambda what: self._wrong(f"{what} ({code})"))
        self._check_host(told, code)
        line = Placement(
            code=code,
            kind=told.word("kind", ListingKind),
            state=told.word("state", ListingState),
            borough=borough,
            said_at=as_of,
            title=self._text(told, "title", is_line=True),
            wanted=self._text(told, "wanted"),
            role_family=told.word_or_none("role_family", RoleFamily),
            standard_code=self._standard(told),
            ksbs=self._text(told, "ksbs", is_line=True),
            host=told.values["host"],
            host_name=self._text(told, "host_name", is_line=True),
            earliest_start_on=told.day_or_none("earliest_start_on"),
            latest_start_on=told.day_or_none("latest_start_on"),
            weeks=told.number_or_none("weeks", 1, _LONGEST_WEEKS),
            days=told.number_or_none("days", 1, LONGEST_DAYS),
            places=told.number_or_none("places", 0, MOST_PLACES),
            pattern=told.word_or_none("pattern", WorkingPattern),
            area=self._text(told, "area", is_line=True),
            how_to_apply=self._text(told, "how_to_apply", is_line=True),
        )
        first, last = line.earliest_start_on, line.latest_start_on
        if first is not None and last is not None and last < first:
            raise self._wrong(f"{code} ends before it begins")
        if not line.is_open and line != placements.over(line, line.state):
            raise self._wrong(f"{code} is over and says more than that")
        return line

    def _code(self, told: ToldTable, borough: str) -> str:
        code = told.line("code", _LONGEST_NAME)
        try:
            is_code = identifiers.check_code(code) == code
        except ValueError:
            is_code = False
        if not is_code:
            raise self._wrong(f"{shown(code)} is no code")
        if borough in self._boroughs and not code.startswith(self._boroughs[borough].letters):
            raise self._wrong(f"{code} is no code of {self._boroughs[borough].name}")
        if code in self._codes:
            raise self._wrong(f"it has {code} twice")
        self._codes.add(code)
        return code

    def _text(self, told: ToldTable, key: str, *, is_line: bool = False) -> str:
        if is_line:
            return told.line(key, LONGEST[key], may_lack=True)
        return told.words(key, LONGEST[key])

    def _check_host(self, told: ToldTable, code: str) -> None:
        host = told.line("host", _LONGEST_NAME, may_lack=True)
        if host and host not in (*identifiers.HOSTS, *self._boroughs):
            raise self._wrong(f"{code} is with {shown(host)}, which is no host")

    def _standard(self, told: ToldTable) -> str | None:
        if told.values["standard_code"] is None:
            return None
        code = told.line("standard_code", _LONGEST_NAME)
        try:
            return identifiers.check_standard_code(code)
        except ValueError:
            raise self._wrong(f"{shown(code)} is no standard") from None
