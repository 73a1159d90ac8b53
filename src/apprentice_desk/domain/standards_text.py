"""The words of a version as somebody types or pastes them, and back into words.

Knowledge, skills and behaviours stand one a line behind their codes; lines without a code go on
with what stands above.  Options and duties have a line each.  Whatever cannot be read is a
finding that names the line.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, fields, replace
from datetime import date
from decimal import Decimal
from typing import Any

from apprentice_desk.domain import ksb_codes
from apprentice_desk.domain.findings import Finding, Level, Place
from apprentice_desk.domain.folding import fold
from apprentice_desk.domain.standards import (
    Duty,
    Ksb,
    Option,
    VersionDetails,
)

LONGEST_LIST = 400_000
"""Characters of a pasted list; the longest standard has some twenty thousand."""

HOW_TO_WRITE = (
    "Begin each line with its code, such as “K1 How data is kept”. The codes stand on the"
    " standard's page; they are never made up here."
)
_BULLET = r"[\s•·▪◦●○■*\-–—]*"
_LINE = re.compile(
    rf"{_BULLET}\(?(?P<letter>[KSB](?=[\s.]?[0-9])|[ksb](?=[0-9]))[\s.]?0*(?P<number>[1-9][0-9]?)(?![0-9.][0-9])"
    r"(?:\)?\s*[:.)|\-–—\t]\s*|\)?\s+|\)?$)(?P<words>.*)",
)
_PART = re.compile(rf"{_BULLET}(?P<code>[KSB][1-9][0-9]?\.[0-9]+)\b")
_HEADINGS = re.compile(
    r"(knowledge|skills?|behaviou?rs?|ksbs?|knowledge,? skills,? and behaviou?rs?"
    r"|(code|ref|reference|no)?\s*(description|detail|wording|words|statement)s?)"
    r"(\s*\([ksb]\))?\s*:?"
)
_LINKS = re.compile(r"(?:\s*(?:Back to Duty|Back to Duties))+\s*$", re.IGNORECASE)
_MARK = re.compile(r"\s*\[(?P<inside>[^\[\]]*)\]$")
_NUMBER = re.compile(r"(?:Duty\s*)?[0-9]{1,3}\s*[:.)]\s*", re.IGNORECASE)
_NOT_CORE = "not core"


@dataclass(frozen=True, slots=True)
class ReadKsbs:
    """What a list says, and what is to be said of it; refused if a finding refuses."""

    ksbs: tuple[Ksb, ...]
    findings: tuple[Finding, ...] = ()


@dataclass(frozen=True, slots=True)
class VersionText:
    """A version as the form edits it: *ksbs*, *options* and *duties* one a line."""

    standard_code: str | None = None
    version: str = ""
    title: str = ""
    level: int | None = None
    status: str = ""
    first_start_on: date | None = None
    last_start_on: date | None = None
    last_end_on: date | None = None
    typical_months: int | None = None
    assessment_months: int | None = None
    minimum_minutes: int | None = None
    max_funding: Decimal | None = None
    has_new_assessment: bool | None = None
    qualifications: str = ""
    source: str = ""
    is_official: bool = False
    ksbs: str = ""
    options: str = ""
    duties: str = ""


_LISTS = ("ksbs", "options", "duties")
_PLAIN = tuple(each.name for each in fields(VersionText) if each.name not in _LISTS)


def read_ksb_lines(lines: Iterable[tuple[str, str]]) -> ReadKsbs:
    """Return the codes and words of *lines*, each with what its place is called ("line 3").

    A line without a code goes on with the one above.  The same code with the same words again is
    left out and said; with other words it is refused.
    """
    taken: dict[str, list[str]] = {}
    places: dict[str, str] = {}
    again: list[tuple[str, str, list[str]]] = []
    findings: list[Finding] = []
    before: list[str] = []
    open_words: list[str] | None = None
    for place, line in lines:
        text = _LINKS.sub("", " ".join(line.split()))
        if not text or _HEADINGS.fullmatch(fold(text)):
            continue
        if part := _PART.match(text):
            findings.append(
                _finding(
                    "SL003",
                    f"In {place} “{part['code']}” is part of a code, which no log names.",
                    f"Put the parts together under {part['code'].partition('.')[0]}.",
                )
            )
            continue
        found = _LINE.match(text)
        if found is None:
            if open_words is None:
                before.append(place)
            else:
                open_words.append(text)
            continue
        code, words = f"{found['letter'].upper()}{found['number']}", found["words"]
        open_words = [words] if words else []
        if code in taken:
            again.append((code, place, open_words))
        else:
            taken[code], places[code] = open_words, place
    if not taken:
        message = "There is nothing in this list." if not before else "No line begins with a code."
        return ReadKsbs((), (*findings, _finding("SL001", message, HOW_TO_WRITE)))
    if before:
        findings.append(
            _finding(
                "SL002",
                f"What stands above the first code was left out ({_few(before)}).",
                level=Level.NOTE,
            )
        )
    for code, place, words in again:
        is_same = _plain(" ".join(words)) == _plain(" ".join(taken[code]))
        findings.append(
            _finding(
                "SL004",
                f"{code} stands in {places[code]} and again in {place}"
                + (", in the same words." if is_same else ", in other words."),
                "" if is_same else "Keep one of the two.",
                Level.NOTE if is_same else Level.ROW,
            )
        )
    ksbs = tuple(Ksb(code, " ".join(words)) for code, words in taken.items())
    findings.extend(
        _finding(
            "SL005",
            f"{each.code} in {places[each.code]} has no words.",
            "Write what it asks behind the code.",
        )
        for each in ksbs
        if not each.words
    )
    findings.extend(_gaps(taken))
    return ReadKsbs(ksbs, tuple(findings))


def read_ksb_text(text: str) -> ReadKsbs:
    """Return the codes and words of a typed or pasted list."""
    if len(text) > LONGEST_LIST:
        message = f"This list has {len(text):,} characters; no standard has so many."
        return ReadKsbs((), (_finding("SL006", message, "Paste the list of one standard."),))
    return read_ksb_lines((f"line {number}", line) for number, line in _lines(text))


def read_version(text: VersionText) -> tuple[VersionDetails, list[Finding]]:
    """Return the version that *text* describes, and what could not be read of it."""
    read = read_ksb_text(text.ksbs) if text.ksbs.strip() else ReadKsbs(())
    findings = list(read.findings)
    options, chosen = _read_options(text.options, {each.code for each in read.ksbs}, findings)
    duties = _read_duties(text.duties, findings)
    ksbs = tuple(replace(each, options=frozenset(chosen.get(each.code, ()))) for each in read.ksbs)
    values: dict[str, Any] = {name: getattr(text, name) for name in _PLAIN}
    return VersionDetails(**values, options=options, ksbs=ksbs, duties=duties), findings


def write_version(details: VersionDetails) -> VersionText:
    """Return *details* as the form edits them."""
    values: dict[str, Any] = {name: getattr(details, name) for name in _PLAIN}
    return VersionText(
        **values,
        ksbs="\n".join(f"{each.code}: {each.words}" for each in details.ksbs),
        options="\n".join(_written_option(each, details.ksbs) for each in details.options),
        duties="\n".join(_written_duty(each) for each in details.duties),
    )


# --- options and duties -------------------------------------------------------------------------


def _read_options(
    text: str, codes: set[str], findings: list[Finding]
) -> tuple[tuple[Option, ...], dict[str, set[int]]]:
    options: list[Option] = []
    chosen: dict[str, set[int]] = {}
    for number, line in _lines(text):
        title, own = _marked(line)
        option = Option(len(options) + 1, title)
        options.append(option)
        try:
            own_codes = ksb_codes.read(own)
        except ValueError as error:
            findings.append(_finding("SL007", f"Line {number}: {error}", field="options"))
            continue
        for code in own_codes:
            chosen.setdefault(code, set()).add(option.number)
        if lacking := [code for code in own_codes if code not in codes]:
            findings.append(
                _finding(
                    "SL008",
                    f"{title} names {ksb_codes.write(lacking)}, which is not in the list.",
                    "Check the codes.",
                    field="options",
                )
            )
    return tuple(options), chosen


def _written_option(option: Option, ksbs: Sequence[Ksb]) -> str:
    own = ksb_codes.write(each.code for each in ksbs if option.number in each.options)
    return f"{option.title} [{own}]" if own else option.title


def _read_duties(text: str, findings: list[Finding]) -> tuple[Duty, ...]:
    duties: list[Duty] = []
    for number, line in _lines(text):
        words, inside = _marked(_NUMBER.sub("", line, count=1))
        parts = [part.strip() for part in inside.split(";")]
        is_core = _NOT_CORE not in parts
        try:
            codes = ksb_codes.read(", ".join(part for part in parts if part != _NOT_CORE))
        except ValueError as error:
            findings.append(_finding("SL009", f"Line {number}: {error}", field="duties"))
            codes = ()
        duties.append(Duty(len(duties) + 1, words, is_core, codes))
    return tuple(duties)


def _written_duty(duty: Duty) -> str:
    marks = [ksb_codes.write(duty.ksbs)] if duty.ksbs else []
    if not duty.is_core:
        marks.append(_NOT_CORE)
    return f"{duty.number}. {duty.words}" + (f" [{'; '.join(marks)}]" if marks else "")


def _marked(line: str) -> tuple[str, str]:
    """Return a line without the square brackets at its end, and what stands in them."""
    found = _MARK.search(line)
    return (line, "") if found is None else (line[: found.start()], found["inside"])


def _lines(text: str) -> Iterator[tuple[int, str]]:
    for number, line in enumerate(text.splitlines(), 1):
        if tidy := " ".join(line.split()):
            yield number, tidy


# --- what is said -------------------------------------------------------------------------------


def _gaps(codes: Iterable[str]) -> Iterator[Finding]:
    """Say where a number is left out: a line was perhaps lost on the way."""
    numbers: dict[str, set[int]] = {}
    for code in codes:
        numbers.setdefault(code[0], set()).add(int(code[1:]))
    lacking = [
        f"{letter}{number}"
        for letter, present in numbers.items()
        for number in range(1, max(present))
        if number not in present
    ]
    if lacking:
        yield _finding(
            "SL010",
            f"{ksb_codes.write(lacking)} {'is' if len(lacking) == 1 else 'are'} not there.",
            "Check whether a line was lost.", Level.NOTE,
        )  # fmt: skip


def _few(places: Sequence[str]) -> str:
    return places[0] if len(places) == 1 else f"{places[0]} and {len(places) - 1} more"


def _plain(words: str) -> str:
    return " ".join(fold(words).split()).rstrip(".;")


def _finding(
    code: str, message: str, remedy: str = "", level: Level = Level.ROW, field: str = "ksbs"
) -> Finding:
    return Finding(level, code, message, remedy, Place(field=field))
