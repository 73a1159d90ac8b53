"""The lists: boroughs, standards, providers, reasons for leaving, targets, bank holidays, words."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Mapping
from functools import cache
from types import MappingProxyType

from apprentice_desk.domain.calendar import BankHolidays
from apprentice_desk.domain.identifiers import (
    check_gss,
    check_lars_code,
    check_standard_code,
    check_ukprn,
    check_version,
)
from apprentice_desk.domain.money import parse_pounds
from apprentice_desk.domain.off_the_job import Activity
from apprentice_desk.domain.problems import Problem
from apprentice_desk.domain.reference import (
    Borough,
    Categories,
    CharacteristicCategories,
    DigitalList,
    LeavingReason,
    ListedOffer,
    ListedStandard,
    Programme,
    ProgrammeTarget,
    StandardsList,
)
from apprentice_desk.domain.vocabulary import Characteristic, LeavingGroup, RoleFamily
from apprentice_desk.resources.entries import Entry, T, all_of, entry_of
from apprentice_desk.resources.files import REMEDY, read_text


@cache
def boroughs() -> tuple[Borough, ...]:
    """Return the boroughs in the order of their codes, the invented ones last."""
    return read_boroughs(entry_of("lists", "boroughs.toml"))


def read_boroughs(file: Entry) -> tuple[Borough, ...]:
    """Return the boroughs in *file*; no two may share code, name or letters."""
    file.text("attribution")
    every = all_of(file.entries("borough"), _borough)
    file.end()
    for key in ("code", "name", "letters"):
        values = [getattr(borough, key) for borough in every]
        if twice := {value for value in values if values.count(value) > 1}:
            raise file.wrong("borough", f"has the same {key} twice: {', '.join(sorted(twice))}")
    return every


def _borough(entry: Entry) -> Borough:
    is_invented = entry.yes_no("is_invented") if entry.has("is_invented") else False
    letters = entry.text("letters")
    if len(letters) != 3 or not letters.isascii() or not letters.isupper():
        raise entry.wrong("letters", "is not three capital letters")
    name = entry.text("name")
    return Borough(
        code=entry.checked("code", check_gss),
        name=name,
        letters=letters,
        tile_row=None if is_invented else entry.number("tile_row", least=1),
        tile_col=None if is_invented else entry.number("tile_col", least=1),
        hex_q=None if is_invented else entry.number("hex_q"),
        hex_r=None if is_invented else entry.number("hex_r"),
        is_invented=is_invented,
        council=entry.text("council") if entry.has("council") else f"London Borough of {name}",
    )


def borough_by_code(code: str) -> Borough | None:
    """Return the borough with a GSS code, None if there is none."""
    return next((borough for borough in boroughs() if borough.code == code), None)


STANDARD_COLUMNS = (
    "reference",
    "title",
    "level",
    "typical_months",
    "max_funding_gbp",
    "version",
    "status",
    "route",
)


def read_standards(text: str, named: str) -> tuple[ListedStandard, ...]:
    """Return the standards in CSV *text* with (at least) STANDARD_COLUMNS as headings.

    Raises Problem naming the file, the row and the column that is wrong.
    """
    table = csv.DictReader(io.StringIO(text.removeprefix("\ufeff"), newline=""))
    headings = table.fieldnames or ()
    if missing := [column for column in STANDARD_COLUMNS if column not in headings]:
        raise Problem(
            f"{named} has no column {missing[0]}.", "Choose a file with the headings of the list."
        )
    standards: dict[str, ListedStandard] = {}
    for row in table:
        where = f"{named}, row {table.line_num}"
        standard = _listed_standard(row, where)
        if standard.code in standards:
            raise Problem(f"{where}: {standard.code} stands there twice.", "Remove one of the two.")
        standards[standard.code] = standard
    return tuple(standards.values())


def _listed_standard(row: Mapping[str, str | None], where: str) -> ListedStandard:
    def cell(column: str, read: Callable[[str], T]) -> T | None:
        text = (row[column] or "").strip()
        try:
            return read(text) if text else None
        except ValueError as error:
            raise Problem(f"{where}, column {column}: {error}", "Put the cell right.") from None

    code, title = cell("reference", check_standard_code), cell("title", str)
    if code is None or title is None:
        raise Problem(f"{where}: the reference or the title is empty.", "Put the row right.")
    return ListedStandard(
        code=code,
        title=title,
        level=cell("level", _whole_number),
        typical_months=cell("typical_months", _whole_number) or None,  # 0 means not given
        max_funding=cell("max_funding_gbp", parse_pounds),
        version=cell("version", check_version) or "",
        status=cell("status", str) or "",
        route=cell("route", str) or "",
    )


def _whole_number(text: str) -> int:
    if not (text.isascii() and text.isdigit()):
        raise ValueError(f"“{text}” is not a whole number.")
    return int(text)


@cache
def standards_list() -> StandardsList:
    """Return the list of standards that came with the program."""
    file = entry_of("lists", "standards.toml")
    listed_on = file.day("listed_on")
    file.text("source")
    file.text("attribution")
    file.end()
    text = read_text("lists", "standards.csv")
    return StandardsList(listed_on, read_standards(text, "lists/standards.csv"))


@cache
def digital_standards() -> DigitalList:
    """Return the dated list of digital standards."""
    file = entry_of("lists", "digital.toml")
    file.text("attribution")
    families = Entry(file.table("role_family"), "lists/digital.toml, role_family")
    digital = DigitalList(
        listed_on=file.day("listed_on"),
        role_families=MappingProxyType(
            {
                check_standard_code(code): families.word(code, RoleFamily)
                for code in file.table("role_family")
            }
        ),
        source=file.text("source"),
    )
    file.end()
    return digital


@cache
def lars_codes() -> Mapping[str, str]:
    """Return the standards whose LARS codes are known, by LARS code: some, far from all."""
    return read_lars_codes(entry_of("lists", "lars_codes.toml"))


def read_lars_codes(file: Entry) -> Mapping[str, str]:
    """Return the standards by LARS code in *file*."""
    file.text("source")
    file.text("attribution")
    where = "lists/lars_codes.toml, standard"
    written = Entry(file.table("standard"), where)
    codes: dict[str, str] = {}
    for key in file.table("standard"):
        try:
            codes[check_lars_code(key)] = written.checked(key, check_standard_code)
        except ValueError as error:
            raise written.wrong(key, f"is wrong: {str(error).removesuffix('.')}") from None
    file.end()
    return MappingProxyType(codes)


@cache
def provider_names() -> Mapping[str, str]:
    """Return the names of training providers by UKPRN: a look-up list, not a register."""
    return read_provider_names(read_text("lists", "providers.csv"), "lists/providers.csv")


def read_provider_names(text: str, named: str) -> Mapping[str, str]:
    """Return the names by UKPRN in CSV *text*, each provider once."""
    names: dict[str, str] = {}
    table = csv.DictReader(io.StringIO(text, newline=""))
    for row in table:
        try:
            ukprn = check_ukprn(row["ukprn"])
        except (KeyError, ValueError) as error:
            raise Problem(f"{named}, row {table.line_num}: ukprn is wrong.", REMEDY) from error
        if not row.get("name") or ukprn in names:
            raise Problem(f"{named}, row {table.line_num}: name is empty or twice.", REMEDY)
        names[ukprn] = row["name"]
    return MappingProxyType(names)


@cache
def leaving_reasons() -> tuple[LeavingReason, ...]:
    """Return the reasons for leaving that can apply to an apprenticeship."""
    file = entry_of("lists", "leaving_reasons.toml")
    file.text("source")
    file.text("attribution")
    reasons = all_of(
        file.entries("reason"),
        lambda entry: LeavingReason(
            str(entry.number("code", least=1)),
            entry.text("meaning"),
            entry.word("group", LeavingGroup),
        ),
    )
    file.end()
    return reasons


@cache
def learning_offers() -> tuple[ListedOffer, ...]:
    """Return what partners offer to learn, in the order of the list."""
    return read_learning_offers(entry_of("lists", "learning_offers.toml"))


def read_learning_offers(file: Entry) -> tuple[ListedOffer, ...]:
    """Return the offers in *file*, each title of a partner once."""
    file.text("attribution")
    source = file.text("source")
    offers = all_of(
        file.entries("offer"),
        lambda entry: ListedOffer(
            entry.text("partner"),
            entry.text("title"),
            entry.word("kind", Activity),
            entry.text("note"),
            entry.text("link") if entry.has("link") else "",
            source,
        ),
    )
    file.end()
    if len({(each.partner, each.title) for each in offers}) != len(offers):
        raise file.wrong("offer", "has the same title of a partner twice")
    return offers


@cache
def characteristic_categories() -> CharacteristicCategories:
    """Return the categories that apprentices are counted in."""
    return read_categories(entry_of("lists", "characteristics.toml"))


def read_categories(file: Entry) -> CharacteristicCategories:
    """Return the categories in *file*: every characteristic has two at least, none of them twice.

    With a single one the total of the group would say what is not to be shown.
    """
    file.text("attribution")
    sets = all_of(file.entries("categories"), _categories)
    file.end()
    return CharacteristicCategories(sets)


def _categories(entry: Entry) -> Categories:
    by_characteristic: dict[Characteristic, tuple[str, ...]] = {}
    for characteristic in Characteristic:
        categories = tuple(entry.texts(characteristic))
        if len(set(categories)) != len(categories) or len(categories) < 2:
            raise entry.wrong(characteristic, "is not two categories or more, each of them once")
        by_characteristic[characteristic] = categories
    return Categories(
        entry.day("valid_from"), MappingProxyType(by_characteristic), entry.text("source")
    )


@cache
def programme() -> Programme:
    """Return LOTI's programme."""
    file = entry_of("lists", "loti_programme.toml")
    targets = all_of(
        file.entries("target"),
        lambda entry: ProgrammeTarget(
            entry.number("apprentices", least=1), entry.day("by"), entry.text("source")
        ),
    )
    loti = Programme(file.text("name"), targets)
    file.end()
    return loti


@cache
def bank_holidays() -> BankHolidays:
    """Return the bank holidays of England and Wales."""
    return read_bank_holidays(entry_of("lists", "bank_holidays.toml"))


def read_bank_holidays(file: Entry) -> BankHolidays:
    """Return the bank holidays in *file*, each day once and every year with some."""
    first, last = file.number("first_year", least=1), file.number("last_year", least=1)
    days = all_of(file.entries("holiday"), lambda entry: (entry.day("on"), entry.text("name")))
    known = frozenset(day for day, _ in days)
    if len(known) != len(days):
        raise file.wrong("holiday", "has the same day twice")
    if {day.year for day in known} != set(range(first, last + 1)):
        raise file.wrong("last_year", "does not fit the years of the holidays")
    holidays = BankHolidays(known, first, last, file.text("source"), file.text("of"))
    file.end()
    return holidays


@cache
def activity_words() -> Mapping[str, Activity]:
    """Return the words by which lists call activities, in lower case, the longest first."""
    return read_activity_words(entry_of("lists", "activity_words.toml"))


def read_activity_words(file: Entry) -> Mapping[str, Activity]:
    """Return the words in *file*, which has a list for each activity and no word twice."""
    words: dict[str, Activity] = {}
    for activity in Activity:
        for word in file.texts(activity.value):
            if word in words or word != " ".join(word.lower().split()):
                raise file.wrong(activity.value, f"has “{word}” twice or not in lower case")
            words[word] = activity
    file.end()
    return MappingProxyType(dict(sorted(words.items(), key=lambda each: (-len(each[0]), each[0]))))
