"""What can be read from a list: the fields of each kind of list and the words that head them.

The fields stand here, the words in ``resources/lists/headings.toml``.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache, lru_cache
from types import MappingProxyType
from typing import NamedTuple

from apprentice_desk.domain.vocabulary import PaymentKind
from apprentice_desk.resources import Entry, load_toml


class Kind(StrEnum):
    """What a list holds."""

    APPRENTICES = "apprentices"
    HOURS = "hours"
    CONTRACTS = "contracts"
    PAYMENTS = "payments"


class Holds(StrEnum):
    """What the cells of a column look like."""

    NAME = "name"
    TEXT = "text"
    DAY = "day"
    DURATION = "duration"
    TIME = "time of day"
    NUMBER = "number"
    MONEY = "money"
    SIGNED = "money paid, or that came back"
    ULN = "ULN"
    UKPRN = "UKPRN"
    EMAIL = "email"
    CODE = "reference"
    STANDARD = "standard code"
    KSBS = "knowledge, skills and behaviours"
    ACTIVITY = "activity"
    ON_OR_OFF = "on or off the job"
    STATUS = "status"
    DIARY = "text with lengths of time"
    PERIOD = "number of days, weeks or months"


@dataclass(frozen=True, slots=True)
class Field:
    """Something that a column may hold.

    *words* name it to a person.  Several columns may hold one that *is_many*; one that *is_telling*
    is recognised from its cells alone, whatever its heading.
    """

    name: str
    words: str
    holds: Holds
    is_many: bool = False
    is_telling: bool = False


IGNORED = "ignored"
"""Stands for columns that are known and not read."""

_IGNORED = Field(IGNORED, "not read", Holds.TEXT, is_many=True)

FIELDS: Mapping[Kind, tuple[Field, ...]] = MappingProxyType(
    {
        Kind.APPRENTICES: (
            Field("full_name", "full name", Holds.NAME),
            Field("given_names", "given names", Holds.NAME),
            Field("family_name", "family name", Holds.NAME),
            Field("uln", "ULN", Holds.ULN, is_telling=True),
            Field("email", "email address", Holds.EMAIL),
            Field("course", "course", Holds.TEXT),
            Field("standard_code", "standard code", Holds.STANDARD, is_telling=True),
            Field("standard_version", "version of the standard", Holds.CODE),
            Field("lars_code", "LARS code", Holds.NUMBER),
            Field("level", "level", Holds.NUMBER),
            Field("training_started_on", "training start", Holds.DAY),
            Field("training_planned_end_on", "planned end of training", Holds.DAY),
            Field("apprenticeship_planned_end_on", "planned end of apprenticeship", Holds.DAY),
            Field("ended_on", "actual end", Holds.DAY),
            Field("paused_on", "paused from", Holds.DAY),
            Field("provider", "training provider", Holds.TEXT),
            Field("ukprn", "UKPRN of the provider", Holds.UKPRN, is_telling=True),
            Field("provider_reference", "provider's reference", Holds.CODE),
            Field("employee_reference", "employee reference", Holds.CODE),
            Field("born_on", "date of birth", Holds.DAY),
            Field("agreed_price", "agreed price", Holds.MONEY),
            Field("status", "status", Holds.STATUS),
            Field("alerts", "alerts", Holds.TEXT),
            Field("note", "note", Holds.TEXT),
            Field("weekly_minutes", "weekly hours", Holds.DURATION),
            Field("agreed_minutes", "agreed off-the-job hours", Holds.DURATION),
            Field("prior_learning_minutes", "recognised prior learning", Holds.DURATION),
            Field("line_manager", "line manager", Holds.NAME),
            Field("line_manager_email", "line manager's email", Holds.EMAIL),
            Field("mentor", "mentor", Holds.NAME),
            _IGNORED,
        ),
        Kind.HOURS: (
            Field("full_name", "apprentice's name", Holds.NAME),
            Field("given_names", "given names", Holds.NAME),
            Field("family_name", "family name", Holds.NAME),
            Field("uln", "ULN", Holds.ULN, is_telling=True),
            Field("email", "email address", Holds.EMAIL),
            Field("reference", "reference of the apprentice", Holds.CODE),
            Field("done_on", "day", Holds.DAY, is_telling=True),
            Field("duration", "time spent", Holds.DURATION),
            Field("minutes", "time spent, in minutes", Holds.NUMBER),
            Field("began_at", "start time", Holds.TIME),
            Field("finished_at", "end time", Holds.TIME),
            Field("pause", "break between start and end", Holds.DURATION),
            Field("activity", "kind of activity", Holds.ACTIVITY, is_telling=True),
            Field("title", "title", Holds.TEXT),
            Field("details", "description", Holds.TEXT),
            Field("diary", "description with the time in it", Holds.DIARY),
            Field("ksbs", "knowledge, skills and behaviours", Holds.KSBS, True, True),
            Field("on_or_off", "on or off the job", Holds.ON_OR_OFF),
            Field("course", "course", Holds.TEXT),
            _IGNORED,
        ),
        Kind.CONTRACTS: (
            Field("reference", "reference of the contract", Holds.CODE),
            Field("title", "title", Holds.TEXT),
            Field("provider", "provider", Holds.TEXT),
            Field("ukprn", "UKPRN of the provider", Holds.UKPRN, is_telling=True),
            Field("starts_on", "start", Holds.DAY),
            Field("ends_on", "end", Holds.DAY),
            Field("extension_to_on", "may be extended to", Holds.DAY),
            Field("notice", "notice period", Holds.PERIOD),
            Field("notice_by_on", "notice by", Holds.DAY),
            Field("value_limit", "most that may be spent", Holds.MONEY),
            Field("regime", "procurement law", Holds.TEXT),
            Field("route", "route to market", Holds.TEXT),
            Field("framework", "framework", Holds.TEXT),
            Field("framework_ends_on", "end of the framework", Holds.DAY),
            Field("call_off_reference", "reference of the call-off", Holds.CODE),
            Field("lots", "lots", Holds.TEXT),
            Field("notices", "published notices", Holds.TEXT),
            Field("standard_codes", "standards", Holds.TEXT),
            Field("is_open_to_joint_buying", "open to joint buying", Holds.TEXT),
            Field("data_role", "what the provider is for personal data", Holds.TEXT),
            Field("looked_after_by", "looked after by", Holds.NAME),
            Field("note", "note", Holds.TEXT),
            _IGNORED,
        ),
        Kind.PAYMENTS: (
            Field("contract", "reference of the contract", Holds.CODE),
            Field("provider", "training provider", Holds.TEXT),
            Field("ukprn", "UKPRN of the provider", Holds.UKPRN, is_telling=True),
            Field("full_name", "apprentice's name", Holds.NAME),
            Field("given_names", "given names", Holds.NAME),
            Field("family_name", "family name", Holds.NAME),
            Field("uln", "ULN", Holds.ULN, is_telling=True),
            Field("email", "email address", Holds.EMAIL),
            Field("reference", "reference of the apprentice", Holds.CODE),
            Field("paid_on", "day of payment", Holds.DAY),
            Field("amount", "amount", Holds.SIGNED),
            Field("credit", "amount that came back", Holds.SIGNED),
            Field("what", "what it is for", Holds.TEXT),
            Field("invoice", "number of the invoice", Holds.CODE),
            Field("status", "status of the payment", Holds.TEXT, is_many=True),
            Field("note", "note", Holds.TEXT),
            _IGNORED,
        ),
    }
)

OF_PEOPLE = (Kind.APPRENTICES, Kind.HOURS)
"""The lists whose headings tell a heading from a name wherever either may stand."""

PERSON_FIELDS = ("uln", "reference", "email", "full_name", "given_names", "family_name")
"""What names the person of a row of hours."""


@dataclass(frozen=True, slots=True)
class Needed:
    """Something a list must have: the columns of any one of *ways*."""

    words: str
    ways: tuple[tuple[str, ...], ...]


NEEDED: Mapping[Kind, tuple[Needed, ...]] = MappingProxyType(
    {
        Kind.APPRENTICES: (
            Needed(
                "the name (in one column, or given names and family name)",
                (("full_name",), ("family_name",), ("given_names",)),
            ),
            Needed(
                "the course (its title, or its code such as ST0116)",
                (("course",), ("standard_code",), ("lars_code",)),
            ),
        ),
        Kind.HOURS: (
            Needed("the day", (("done_on",),)),
            Needed(
                "the time spent (hours, minutes, or when it began and ended)",
                (("duration",), ("minutes",), ("began_at", "finished_at"), ("diary",)),
            ),
        ),
        Kind.CONTRACTS: (
            Needed("the reference of the contract", (("reference",),)),
            Needed("the provider (its name or UKPRN)", (("provider",), ("ukprn",))),
        ),
        Kind.PAYMENTS: (
            Needed("the day of payment", (("paid_on",),)),
            Needed("the amount", (("amount",),)),
            Needed(
                "the contract, its provider or the apprentice",
                (
                    ("contract",),
                    ("provider",),
                    ("ukprn",),
                    ("full_name",),
                    ("given_names",),
                    ("family_name",),
                    ("uln",),
                    ("reference",),
                    ("email",),
                ),
            ),
        ),
    }
)

_JOINED = re.compile(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z]{2})")
_INITIALS = re.compile(r"\b(?:[A-Za-z]\.){2,}")
_NOT_WORDS = re.compile(r"[\W_]+")


@lru_cache(maxsize=10_000)
def plain(text: str) -> str:
    """Return *text* as lower-case words parted by single spaces.

    "StartDate" is "start date", "D.O.B." is "dob", "activity_type" is "activity type".
    """
    text = _INITIALS.sub(lambda found: found[0].replace(".", "") + " ", text)
    apart = _JOINED.sub(" ", text)
    return _NOT_WORDS.sub(" ", apart.replace("’", "'").replace("'", "").casefold()).strip()


GROUPED = " › "
"""Stands between the words of a group of columns and a column's own heading."""


def own_words(heading: str) -> str:
    """Return a column's own heading, without the group that it stands under."""
    return heading.rpartition(GROUPED)[2]


@cache
def field_named(kind: Kind, name: str) -> Field:
    """Return a field of a kind of list by its name; KeyError if there is none."""
    return {field.name: field for field in FIELDS[kind]}[name]


@cache
def synonyms(kind: Kind) -> Mapping[str, tuple[str, ...]]:
    """Return the plain words that head each field, the commonest first.

    Raises Problem when the file of words does not fit the fields.
    """
    file = _file()
    words = Entry(file.table(kind.value), f"lists/headings.toml, {kind}")
    found = {
        field.name: tuple(dict.fromkeys(plain(word) for word in words.texts(field.name)))
        for field in FIELDS[kind]
    }
    words.end()
    return MappingProxyType(found)


@cache
def payment_words() -> tuple[tuple[str, PaymentKind], ...]:
    """Return the plain words that say what a payment is for, the longest first."""
    words = Entry(_file().table("payment_kinds"), "lists/headings.toml, payment_kinds")
    found = [(plain(word), kind) for kind in PaymentKind for word in words.texts(kind.name.lower())]
    words.end()
    return tuple(sorted(found, key=lambda each: -len(each[0])))


def payment_kind(said: str) -> PaymentKind | None:
    """Return what a payment is for by the whole words in *said*; None where they do not tell."""
    told = f" {plain(said)} "
    return next((kind for words, kind in payment_words() if f" {words} " in told), None)


def says_unpaid(said: str) -> bool:
    """Return whether a status says that the money is not paid, by the whole words in it."""
    told = f" {plain(said)} "
    return any(f" {words} " in told for words in _unpaid_words())


@cache
def _unpaid_words() -> frozenset[str]:
    words = Entry(_file().table("unpaid"), "lists/headings.toml, unpaid")
    return frozenset(plain(word) for word in words.texts("words"))


class Standing(StrEnum):
    """What a word in a status column says about an apprenticeship."""

    UNDER_WAY = "under_way"
    PLANNED = "planned"
    PAUSED = "paused"
    COMPLETED = "completed"
    WITHDRAWN = "withdrawn"


@cache
def standings() -> Mapping[str, Standing]:
    """Return what each plain status word says."""
    words = Entry(_file().table("status"), "lists/headings.toml, status")
    return MappingProxyType(
        {plain(word): each for each in Standing for word in words.texts(each.value)}
    )


@cache
def nothing_words() -> frozenset[str]:
    """Return the cells, in lower case, that say that there is nothing."""
    words = Entry(_file().table("nothing"), "lists/headings.toml, nothing")
    return frozenset(word.casefold() for word in words.texts("words"))


@cache
def unit_words() -> frozenset[str]:
    """Return the cells, in lower case, that tell the unit or the form of the column above."""
    words = Entry(_file().table("units"), "lists/headings.toml, units")
    return frozenset(word.casefold() for word in words.texts("words"))


@cache
def choice_words(section: str, choices: type[StrEnum]) -> Mapping[str, StrEnum]:
    """Return what each plain word of a *section* means among *choices*, their own words included.

    Raises Problem when the file of words does not fit the choices.
    """
    words = Entry(_file().table(section), f"lists/headings.toml, {section}")
    found = {plain(each.value): each for each in choices}
    found |= {plain(word): each for each in choices for word in words.texts(each.name.lower())}
    words.end()
    return MappingProxyType(found)


class Grids(NamedTuple):
    """The plain words of tables that have days, people or activities across."""

    planned: frozenset[str]
    done: frozenset[str]
    nothing_done: frozenset[str]
    totals: frozenset[str]


@cache
def grid_words() -> Grids:
    """Return the words by which grids of hours mark their rows, columns and cells."""
    words = Entry(_file().table("grids"), "lists/headings.toml, grids")
    return Grids(
        *(frozenset(plain(word) for word in words.texts(name)) - {""} for name in Grids._fields)
    )


@cache
def words_before_names() -> tuple[str, ...]:
    """Return the words, in lower case, that stand before a name in a row that names a person."""
    words = Entry(_file().table("blocks"), "lists/headings.toml, blocks")
    return tuple(word.casefold() for word in words.texts("before"))


@cache
def personal_words() -> frozenset[str]:
    """Return the plain headings of what nobody asked for: addresses, places and the like."""
    words = Entry(_file().table("personal"), "lists/headings.toml, personal")
    return frozenset(plain(word) for word in words.texts("words"))


def _file() -> Entry:
    return Entry(load_toml("lists", "headings.toml"), "lists/headings.toml")
