"""Reading versions of standards from a file in the shape of Skills England's own JSON.

The official address https://skillsengland.education.gov.uk/api/apprenticeshipstandards/ST0116 gives
one standard: knowledges, skills, behaviours and duties as lists, of which the order gives the
codes K1, S1, B1; duties name what they take, and the options that have them, by key.  Keys that
are missing are not known; anything else than such a file is refused in words.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from fractions import Fraction
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

from apprentice_desk.domain import ksb_codes
from apprentice_desk.domain.calendar import day_in_london
from apprentice_desk.domain.durations import round_up_to_minute
from apprentice_desk.domain.identifiers import check_standard_code, check_version
from apprentice_desk.domain.money import pounds
from apprentice_desk.domain.problems import Problem
from apprentice_desk.domain.standards import Duty, Ksb, Option, VersionDetails, read_code

SOURCE = "Skills England, Open Government Licence v3.0"
ENDINGS = frozenset({".json"})
MOST_BYTES = 40 * 1024 * 1024
MOST_VERSIONS = 200
_MOST_PARTS = 300  # of one list; a file with more is of something else
_LONGEST_NUMBER = 12
_EARLIEST = date(2010, 1, 1)  # there were no standards before; files write 0001-01-01 for "not set"
_LATEST = date(2200, 1, 1)

_REMEDY = (
    "Save the page skillsengland.education.gov.uk/api/apprenticeshipstandards/ with the standard's"
    " code behind it as a file, or paste the list of knowledge, skills and behaviours."
)
_LISTS = (
    ("K", ("knowledges", "knowledge"), "knowledgeId"),
    ("S", ("skills", "skill"), "skillId"),
    ("B", ("behaviours", "behaviour", "behaviors"), "behaviourId"),
)
_MAPPED = ("mappedKnowledge", "mappedSkills", "mappedBehaviour", "mappedBehaviours")
_UNCODED = ("technicalKnowledges", "technicalSkills", "employabilitySkillsAndBehaviours")
_NUMBER = re.compile(r"[0-9]+(?:\.[0-9]+)?", re.ASCII)
_CODED = re.compile(r"([KSB])\s?0*([1-9][0-9]?)\s*(?:[:.)\-–—]\s*|\s+)(?=\S)")


@dataclass(frozen=True, slots=True)
class VersionFile:
    """One version that a file holds, and what is to be known about how it was read."""

    details: VersionDetails
    notes: tuple[str, ...] = ()


@dataclass(slots=True)
class _Reading:
    """One standard of the file while it is read, with the notes so far."""

    given: Mapping[str, Any]
    notes: list[str] = field(default_factory=list)

    def get(self, *names: str) -> Any:
        """Return the value under the first of *names* that says something, else None."""
        for name in names:
            value = self.given.get(name.casefold())
            if value not in (None, "", [], {}):
                return value
        return None

    def note(self, sentence: str) -> None:
        self.notes.append(sentence)


def read_standard_file(path: str | Path) -> tuple[VersionFile, ...]:
    """Return the versions in the file at *path*; raises Problem where it is no such file."""
    path = Path(path)
    try:
        with path.open("rb") as file:
            packed = file.read(MOST_BYTES + 1)
    except FileNotFoundError as error:
        raise Problem(
            f"“{path.name}” was not found.", "Check the name and the folder, and try again."
        ) from error
    except OSError as error:
        raise Problem(
            f"“{path.name}” cannot be read.",
            "Close it in other programs, or ask for the right to read it, and try again.",
        ) from error
    return read_standard_bytes(path.name, packed)


def read_standard_bytes(name: str, packed: bytes) -> tuple[VersionFile, ...]:
    """Return the versions in the bytes of a file called *name*; raises Problem as above."""
    if len(packed) > MOST_BYTES:
        raise Problem(f"“{name}” is too large for a standard.", _REMEDY)
    if not packed.strip(b"\0 \t\r\n"):
        raise Problem(f"“{name}” is empty.", _REMEDY)
    found = _parsed(name, packed)
    standards = found if isinstance(found, list) else [found]
    if isinstance(found, Mapping) and not _is_standard(found):
        inner = [value for value in found.values() if isinstance(value, list | dict)]
        within = next((value for value in inner if _holds_standards(value)), None)
        standards = within if isinstance(within, list) else [within]
    standards = [each for each in standards if isinstance(each, Mapping) and _is_standard(each)]
    if not standards:
        raise Problem(f"There is no standard in “{name}”.", _REMEDY)
    if len(standards) > MOST_VERSIONS:
        raise Problem(
            f"“{name}” holds {len(standards):,} standards; {MOST_VERSIONS} are read at a time.",
            "Save those that you need in a file of their own.",
        )
    read = tuple(_version(name, each) for each in standards)
    names = [each.details.name for each in read]
    if twice := next((each for each in names if names.count(each) > 1), None):
        raise Problem(f"“{name}” holds {twice} twice.", "Keep one of the two in the file.")
    return read


def _parsed(name: str, packed: bytes) -> Any:
    try:
        text = packed.decode(json.detect_encoding(packed)).removeprefix("\ufeff")
    except UnicodeDecodeError as error:
        raise Problem(f"“{name}” is not a text file.", _REMEDY) from error
    if text.lstrip().startswith("<"):
        raise Problem(f"“{name}” is a web page, not the standard's data.", _REMEDY)
    try:
        # Numbers stay text: 1.10 is a version, and nobody needs a number of a thousand digits.
        return json.loads(text, parse_float=str, parse_int=str, parse_constant=lambda _word: None)
    except json.JSONDecodeError as error:
        raise Problem(
            f"“{name}” cannot be read as JSON: line {error.lineno} is not right.", _REMEDY
        ) from error
    except RecursionError as error:
        raise Problem(f"“{name}” is not the data of a standard.", _REMEDY) from error


def _holds_standards(value: Any) -> bool:
    if isinstance(value, Mapping):
        return _is_standard(value)
    return any(isinstance(each, Mapping) and _is_standard(each) for each in value)


def _is_standard(given: Mapping[str, Any]) -> bool:
    return any(isinstance(name, str) and name.casefold() in _NAMES for name in given)


_NAMES = frozenset({"referencenumber", "reference"})


def _version(name: str, given: Mapping[str, Any]) -> VersionFile:
    reading = _Reading({key.casefold(): value for key, value in given.items()})
    code = _checked(name, "reference", reading.get("referenceNumber", "reference"),
                    check_standard_code)  # fmt: skip
    version = _checked(name, f"version of {code}", reading.get("version", "versionNumber"),
                       check_version)  # fmt: skip
    title = _text(reading.get("title"))
    if not title:
        raise Problem(f"“{name}” gives {code} no title.", _REMEDY)
    if reading.get(*_UNCODED) is not None and reading.get(*_ksb_keys()) is None:
        raise Problem(
            f"“{name}” lists what {code} asks without codes: it is of another kind of programme.",
            "Paste the list with the codes that its page gives.",
        )
    ksbs, codes = _ksbs(name, code, reading)
    options, option_numbers = _options(reading)
    duties, taken_by = _duties(reading, codes, option_numbers)
    if options:
        ksbs = _choosing(ksbs, taken_by, reading)
    details = VersionDetails(
        standard_code=code,
        version=version,
        title=title,
        level=_whole(reading, "level", 2, 7),
        status=_text(reading.get("status"))[:60],
        first_start_on=_day(reading, "earliestStartDate"),
        last_start_on=_day(reading, "latestStartDate"),
        last_end_on=_day(reading, "latestEndDate"),
        typical_months=_whole(reading, "typicalDuration", 1, 120),
        assessment_months=_whole(reading, "ePALength", 1, 120),
        minimum_minutes=_minutes(reading),
        max_funding=_pounds(reading),
        has_new_assessment=_yes_no(reading.get("assessmentChanged")),
        qualifications=_qualifications(reading),
        source=f"{SOURCE}; {name}"[:300],
        is_official=True,
        options=options,
        ksbs=ksbs,
        duties=duties,
    )
    if not ksbs:
        reading.note("The file has no knowledge, skills or behaviours; they can be pasted.")
    return VersionFile(details, tuple(reading.notes))


def _checked(name: str, what: str, value: Any, check: Any) -> str:
    text = _text(value)
    if not text:
        raise Problem(f"“{name}” does not give the {what}.", _REMEDY)
    try:
        return str(check(text))
    except ValueError as error:
        raise Problem(f"In “{name}” the {what} cannot be read. {error}", _REMEDY) from None


# --- knowledge, skills and behaviours -----------------------------------------------------------


def _ksb_keys() -> Iterator[str]:
    for _, names, _ in _LISTS:
        yield from names


def _ksbs(name: str, code: str, reading: _Reading) -> tuple[tuple[Ksb, ...], dict[str, str]]:
    """Return what the standard asks, and the code of each key."""
    ksbs: list[Ksb] = []
    codes: dict[str, str] = {}
    for letter, names, key in _LISTS:
        given = reading.get(*names)
        for found, words, own in _listed(name, code, letter, key, given, reading):
            if own:
                codes[own.casefold()] = found
            if words:
                ksbs.append(Ksb(found, words))
            else:
                reading.note(f"{found} has no words in the file and was left out.")
    return tuple(ksbs), codes


def _listed(
    name: str, code: str, letter: str, key: str, given: Any, reading: _Reading
) -> Iterator[tuple[str, str, str]]:
    """Give code, words and key of each entry of a list, or of words by their codes."""
    if isinstance(given, Mapping):
        for word, words in given.items():
            try:
                yield read_code(word), _text(words), ""
            except ValueError as error:
                raise Problem(f"In “{name}”, {code}: {error}", _REMEDY) from None
        return
    entries = _entries(name, letter, given)
    words = [_text(each.get("detail", each.get("description"))) for each in entries]
    own = [_CODED.match(text) for text in words]
    if entries and all(found is not None and found[1] == letter for found in own):
        for each, text, found in zip(entries, words, own, strict=True):
            assert found is not None  # all of them begin with their code
            yield f"{letter}{int(found[2])}", text[found.end() :], _text(each.get(key.casefold()))
        return
    if len(entries) > 99:
        reading.note(f"{letter} has more than 99 entries; those after {letter}99 were left out.")
    for number, (each, text) in enumerate(zip(entries[:99], words[:99], strict=True), 1):
        yield f"{letter}{number}", text, _text(each.get(key.casefold()))


def _entries(name: str, what: str, given: Any) -> Sequence[Mapping[str, Any]]:
    """Return the entries of a list, each with its names in small letters; texts are its words."""
    if given is None:
        return ()
    if not isinstance(given, list) or len(given) > _MOST_PARTS:
        raise Problem(f"In “{name}” the list of {what} is not as it should be.", _REMEDY)
    return [
        {key.casefold(): value for key, value in each.items()}
        if isinstance(each, Mapping)
        else {"detail": each, "title": each, "dutydetail": each}
        for each in given
    ]


def _options(reading: _Reading) -> tuple[tuple[Option, ...], dict[str, int]]:
    """Return the options, and the number of each key."""
    options: list[Option] = []
    numbers: dict[str, int] = {}
    given = reading.get("options", "optionsUnstructuredTemplate")
    for each in _entries("options", "options", given if isinstance(given, list) else None):
        title = _text(each.get("title"))[:200]
        present = next((one for one in options if one.title.casefold() == title.casefold()), None)
        if title and present is None:
            present = Option(len(options) + 1, title)
            options.append(present)
        if present is not None and (key := _text(each.get("optionid"))):
            numbers[key.casefold()] = present.number
    return tuple(options), numbers


def _duties(
    reading: _Reading, codes: Mapping[str, str], option_numbers: Mapping[str, int]
) -> tuple[tuple[Duty, ...], dict[str, list[frozenset[int]]]]:
    """Return the duties, and for each code the options of each duty that takes it (all: none)."""
    duties: list[Duty] = []
    taken_by: dict[str, list[frozenset[int]]] = {}
    for each in _entries("duties", "duties", reading.get("duties")):
        words = _text(each.get("dutydetail", each.get("detail")))
        mapped = [key for name in _MAPPED for key in _keys(each.get(name.casefold()))]
        known = tuple(dict.fromkeys(codes[key] for key in mapped if key in codes))
        if lost := sum(key not in codes for key in mapped):
            reading.note(f"Duty {len(duties) + 1} names {lost} that the lists do not have.")
        is_core = _yes_no(each.get("isthisacoreduty")) is not False
        chosen = frozenset(
            option_numbers[key] for key in _keys(each.get("mappedoptions")) if key in option_numbers
        )
        for code in known:
            taken_by.setdefault(code, []).append(frozenset() if is_core else chosen)
        if words:
            duties.append(Duty(len(duties) + 1, words, is_core, known))
    return tuple(duties), taken_by


def _choosing(
    ksbs: Sequence[Ksb], taken_by: Mapping[str, list[frozenset[int]]], reading: _Reading
) -> tuple[Ksb, ...]:
    """Return *ksbs* with the options that have them: those of the duties that take them.

    What a core duty takes, and what no duty names, is for all.
    """
    chosen = []
    unnamed = []
    for each in ksbs:
        options = taken_by.get(each.code, [])
        if not options:
            unnamed.append(each.code)
        is_for_all = not options or any(not numbers for numbers in options)
        numbers = frozenset() if is_for_all else frozenset().union(*options)
        chosen.append(Ksb(each.code, each.words, numbers))
    if unnamed and len(unnamed) < len(chosen):
        reading.note(
            f"No duty names {ksb_codes.write(unnamed)}; all options have"
            f" {'it' if len(unnamed) == 1 else 'them'}."
        )
    return tuple(chosen)


def _keys(given: Any) -> Iterator[str]:
    for each in given if isinstance(given, list) else ():
        if text := _text(each):
            yield text.casefold()


# --- single values ------------------------------------------------------------------------------


class _Words(HTMLParser):
    """Gathers the words of a text with tags in it."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.parts: list[str] = []
        self._hidden = 0

    def handle_starttag(self, tag: str, attrs: Any) -> None:
        self._hidden += tag in ("script", "style")
        self.parts.append("" if tag in _INLINE else " ")

    def handle_endtag(self, tag: str) -> None:
        self._hidden -= tag in ("script", "style") and self._hidden > 0
        self.parts.append("" if tag in _INLINE else " ")

    def handle_data(self, data: str) -> None:
        if not self._hidden:
            self.parts.append(data)


_INLINE = frozenset({"a", "b", "em", "i", "span", "strong", "sub", "sup", "u"})
_NOT_KEPT = re.compile("[\0-\x08\x0b\x0c\x0e-\x1f\x7f\u200b\u2028\u2029\ufeff\ud800-\udfff]")


def plain_words(text: str) -> str:
    """Return a text without tags, entities and signs that nobody sees, on one line."""
    if "<" in text or "&" in text:
        words = _Words()
        words.feed(text)
        words.close()
        text = "".join(words.parts)
    return " ".join(_NOT_KEPT.sub("", text).split())


def _text(value: Any) -> str:
    return plain_words(value) if isinstance(value, str) else ""


def _yes_no(value: Any) -> bool | None:
    if isinstance(value, bool):
        return value
    return {"1": True, "true": True, "yes": True, "0": False, "false": False, "no": False}.get(
        _text(value).casefold()
    )


def _number(value: Any) -> Decimal | None:
    text = _text(value).replace(",", "").replace("£", "").strip()
    is_number = len(text) <= _LONGEST_NUMBER and _NUMBER.fullmatch(text)
    return Decimal(text) if is_number else None


def _whole(reading: _Reading, name: str, least: int, most: int) -> int | None:
    """Return a whole number; 0 and what lies beyond the bounds is not known."""
    number = _number(reading.get(name))
    if number is None or number != int(number) or not least <= number <= most:
        return None
    return int(number)


def _minutes(reading: _Reading) -> int | None:
    """Return the minimum of off-the-job hours, a text in the file, in minutes."""
    given = reading.get("minimumHoursForCompliance")
    if given is None:
        return None
    hours = _number(given)
    if hours is None or hours > 20_000:
        reading.note(f"The minimum hours, “{_text(given)[:40]}”, cannot be read.")
        return None
    return round_up_to_minute(Fraction(hours) * 60) or None


def _pounds(reading: _Reading) -> Decimal | None:
    amount = _number(reading.get("maxFunding"))
    if amount is None or not 0 < amount <= 1_000_000 or amount != round(amount, 2):
        return None
    return pounds(amount)


def _day(reading: _Reading, name: str) -> date | None:
    """Return a day; one written as an instant is the day that it is in London then."""
    given = _text(reading.get(name))
    if not given:
        return None
    try:
        instant = datetime.fromisoformat(given)
        day = instant.date() if instant.tzinfo is None else day_in_london(instant)
    except (ValueError, OverflowError):
        reading.note(f"The day “{given[:40]}” ({name}) cannot be read.")
        return None
    return day if _EARLIEST <= day <= _LATEST else None


def _qualifications(reading: _Reading) -> str:
    """Return the titles of what has to be held before the gateway, one a line."""
    given = reading.get("qualifications")
    lines: list[str] = []
    for each in (
        _entries("qualifications", "qualifications", given) if isinstance(given, list) else ()
    ):
        title, level = _text(each.get("title")), _text(each.get("level"))
        line = f"{title} (level {level})" if title and level and "evel" not in level else title
        if line and line not in lines:
            lines.append(line)
    return "\n".join(lines)[:2000]


def all_notes(files: Iterable[VersionFile]) -> tuple[str, ...]:
    """Return what is to be known of all versions of a file, each with the version's name."""
    return tuple(f"{each.details.name}: {note}" for each in files for note in each.notes)
