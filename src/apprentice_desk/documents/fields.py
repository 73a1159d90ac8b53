"""The merge fields that wording may hold: what each is called, means, and how it is written.

A field is looked up in the desk where the desk knows it and asked for otherwise.  A value of the
wrong kind, or one that cannot stand in a document, is refused in words.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from enum import StrEnum

from apprentice_desk.domain import calendar, money
from apprentice_desk.domain.days_hours import minute_of_day
from apprentice_desk.domain.procuring import BidderStanding
from apprentice_desk.domain.scoring import plain
from apprentice_desk.domain.vocabulary import DataRole, Regime, Route

LONGEST = 4_000
"""So many letters a text that is asked for may have: more belongs into an appendix."""
MOST_POINTS = 100


class FieldKind(StrEnum):
    """What a field holds."""

    TEXT = "text"
    LINES = "lines"
    DAY = "day"
    TIME = "time"
    MONEY = "money"
    NUMBER = "number"
    SCORE = "score"
    CHOICE = "choice"
    YES_NO = "yes or no"
    POINTS = "points"
    TABLE = "table"

    @property
    def stands_alone(self) -> bool:
        """Whether it is set as a block of its own, not within a sentence."""
        return self in (FieldKind.POINTS, FieldKind.TABLE)


@dataclass(frozen=True, slots=True)
class TableValue:
    """Rows below headings.

    Columns of *right* hold numbers; *blank* ones are for the reader to write in, and the table is
    drawn with boxes then.
    """

    headings: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    right: frozenset[int] = frozenset()
    blank: frozenset[int] = frozenset()

    def __post_init__(self) -> None:
        if any(len(row) != len(self.headings) for row in self.rows):
            raise ValueError("A row has another number of cells than there are headings.")


Value = str | date | Decimal | int | bool | tuple[str, ...] | TableValue


@dataclass(frozen=True, slots=True)
class MergeField:
    """One field: *label* names it in a form and in a gap, *help* says what is wanted.

    *choices* are the words it may have; *is_kept* is prefilled with what the last document had;
    *is_of_desk* is never asked for: only the desk can know it.
    """

    name: str
    kind: FieldKind
    label: str
    help: str = ""
    choices: tuple[str, ...] = ()
    is_kept: bool = False
    is_of_desk: bool = False


def _words(of: type[StrEnum]) -> tuple[str, ...]:
    return tuple(each.value for each in of)


def _text(name: str, label: str, help_: str = "", *, is_kept: bool = False) -> MergeField:
    return MergeField(name, FieldKind.TEXT, label, help_, is_kept=is_kept)


def _lines(name: str, label: str, help_: str = "", *, is_kept: bool = False) -> MergeField:
    return MergeField(name, FieldKind.LINES, label, help_, is_kept=is_kept)


def _day(name: str, label: str, help_: str = "") -> MergeField:
    return MergeField(name, FieldKind.DAY, label, help_)


def _money(name: str, label: str, help_: str = "", *, is_kept: bool = False) -> MergeField:
    return MergeField(name, FieldKind.MONEY, label, help_, is_kept=is_kept)


def _number(name: str, label: str, help_: str = "", *, is_kept: bool = False) -> MergeField:
    return MergeField(name, FieldKind.NUMBER, label, help_, is_kept=is_kept)


def _yes_no(name: str, label: str, help_: str = "", *, is_of_desk: bool = False) -> MergeField:
    return MergeField(name, FieldKind.YES_NO, label, help_, is_of_desk=is_of_desk)


def _choice(name: str, label: str, of: type[StrEnum], help_: str = "") -> MergeField:
    return MergeField(name, FieldKind.CHOICE, label, help_, _words(of))


def _table(name: str, label: str, help_: str = "") -> MergeField:
    return MergeField(name, FieldKind.TABLE, label, help_, is_of_desk=True)


def _points(name: str, label: str, help_: str = "", *, is_of_desk: bool = True) -> MergeField:
    return MergeField(name, FieldKind.POINTS, label, help_, is_of_desk=is_of_desk)


_ALL = (
    # --- the council and whoever writes for it
    _text("council_name", "The council's full name", "As on its letters.", is_kept=True),
    _lines("council_address", "The council's address", "As on its letters.", is_kept=True),
    _text("officer_name", "Officer's name", "Who answers questions about this.", is_kept=True),
    _text("officer_title", "Officer's job title", is_kept=True),
    _text("officer_email", "Officer's email address", is_kept=True),
    _text("signatory_name", "Who signs for the council", is_kept=True),
    _text("signatory_title", "Job title of who signs", is_kept=True),
    _text("document_reference", "Reference of this document", "As in the council's own files."),
    _day("document_date", "Date of this document"),
    # --- what is bought, before and under a contract
    _text("procurement_reference", "Reference of the procurement"),
    _text("procurement_title", "What is bought"),
    _choice("regime", "Procurement law", Regime),
    _choice("route", "Route to market", Route),
    _yes_no("is_light_touch", "Is it a light touch service?"),
    _text("framework", "Framework"),
    _day("framework_ends_on", "Last day of the framework"),
    _text("lots", "Lots"),
    _text("cpv_codes", "CPV codes"),
    _text("notices", "Notices published"),
    _points("standards", "Standards"),
    _table("standards_table", "Standards with level, length and funding band"),
    _number("apprentices", "Apprentices expected"),
    _lines("wanted", "What is wanted", "The requirement in the borough's own words."),
    _money("value_limit", "Most that may be spent", "With VAT; nothing is promised by it."),
    _day("contract_starts_on", "First day of the contract"),
    _day("contract_ends_on", "Last day of the contract"),
    _day("contract_extension_to_on", "Last day with all extensions"),
    # --- how bids are made and judged
    _text("bids_to", "Where bids go to", "A portal or an address."),
    _table("timetable", "Timetable"),
    _day("questions_by_on", "Last day for questions"),
    _day("answers_by_on", "Answers out by"),
    _day("bids_by_on", "Bids due on"),
    MergeField("bids_by_at", FieldKind.TIME, "Bids due at", "A time of day, such as 12:00."),
    _day("decision_by_on", "Decision by"),
    _table("criteria", "Award criteria"),
    _points("questions", "Questions that bidders answer"),
    _points("least_scores", "Least scores"),
    MergeField("highest_score", FieldKind.SCORE, "Highest score of the scale"),
    _text("price_is_of", "What the price compared is of"),
    _yes_no("price_weighs", "Whether price weighs", is_of_desk=True),
    _yes_no("price_is_formula", "Whether price is worked out by formula", is_of_desk=True),
    _table("pricing_schedule", "Pricing schedule"),
    _number("bid_words", "Most words for one answer", "Such as 750.", is_kept=True),
    _text(
        "complaints_contact",
        "Who hears complaints",
        "Job title and email address of somebody who scores no bid.",
        is_kept=True,
    ),
    _lines(
        "interview_plan",
        "Interviews or visits",
        "When and where, how long, who takes part, and what they are about.",
    ),
    _lines("joint_boroughs", "Other councils that may buy", "As the notice names them."),
    _number("bid_valid_days", "Days that a bid stays open", "Such as 90.", is_kept=True),
    # --- one bid, and how it came out
    _text("bidder_name", "The bidder's name"),
    _text("bidder_contact", "Who the letter goes to"),
    _lines("bidder_address", "The bidder's address"),
    _lines("bidder_details", "The bidder's details", "Email address and unique identifier."),
    _yes_no("bidder_is_winner", "Whether the bidder was chosen", is_of_desk=True),
    _yes_no("bid_was_scored", "Whether the bid was scored", is_of_desk=True),
    MergeField(
        "bid_was_not_scored_why",
        FieldKind.CHOICE,
        "Why the bid was not scored",
        choices=_words(BidderStanding),
        is_of_desk=True,
    ),
    _lines(
        "not_scored_details",
        "What happened to the bid",
        "When the late bid arrived, or the ground for excluding it, and what the bidder answered.",
    ),
    _number("bids_scored", "Bids that were scored"),
    _day("decided_on", "Day of the decision"),
    _text("decided_by", "Who decided"),
    _lines("decision_reason", "Reason of the decision"),
    _text("tie_reason", "How the tie was settled"),
    _text("winner_name", "Who is to have the contract"),
    _lines(
        "winner_details",
        "The successful bidder's details",
        "Postal and email address, and unique identifier.",
    ),
    MergeField("winner_points", FieldKind.SCORE, "Points of the successful bid"),
    MergeField("bidder_points", FieldKind.SCORE, "Points of this bid"),
    _text("bidder_rank", "Place of this bid"),
    _points("short_of", "Least scores not reached"),
    _table("scores_beside", "Scores and points beside those of the successful bid"),
    _table("own_scores", "Scores and points of this bid"),
    _points("own_reasons", "Reasons for the scores of this bid"),
    _points("winner_reasons", "Reasons for the scores of the successful bid"),
    _points(
        "relative_advantages",
        "Where the other bid was better",
        "One in each line, for each criterion where it scored more.",
        is_of_desk=False,
    ),
    _table("own_prices", "Prices of this bid"),
    _yes_no("has_standstill", "Whether the contract waits for a standstill", is_of_desk=True),
    _yes_no("standstill_is_voluntary", "Whether the standstill is voluntary", is_of_desk=True),
    _day("standstill_ends_on", "Last day of the standstill"),
    _text("standstill_rule", "How the standstill is counted"),
    _text("no_standstill_why", "Why there is no standstill"),
    _day("papers_by_on", "Papers before signing due by"),
    _lines("start_meeting", "First meeting", "When, where, and who comes."),
    # --- a contract
    _text("contract_reference", "Reference of the contract"),
    _text("contract_title", "What the contract is for"),
    _text("call_off_reference", "Reference of the call-off"),
    _text("provider_name", "The provider's name"),
    _text("provider_ukprn", "The provider's UKPRN"),
    _lines("provider_address", "The provider's address"),
    _text("provider_signatory", "Who signs for the provider"),
    _text("provider_contact", "Contract manager", "The provider's."),
    _text("provider_email", "The provider's email", "Where notices to it go."),
    _table("prices", "Prices agreed"),
    _yes_no("prices_above_band", "Whether a price is above its band", is_of_desk=True),
    _points("extensions", "Extensions agreed"),
    _text("notice_period", "Notice period", "Such as 3 months."),
    _choice(
        "data_role",
        "Data-protection role",
        DataRole,
        "What the provider is in the law on personal data.",
    ),
    _yes_no("is_open_to_joint_buying", "Open to other boroughs?", "Whether they may buy under it."),
    _table("measures", "Key performance indicators"),
    _text("looked_after_by", "Who looks after the contract"),
    _text("monthly_share", "Share paid by month"),
    _text("completion_share", "Share paid at completion"),
    _number("payment_days", "Days to pay an invoice", "Such as 30.", is_kept=True),
    _money("public_liability", "Public liability insurance", is_kept=True),
    _money("employers_liability", "Employers' liability insurance", is_kept=True),
    _money("professional_indemnity", "Professional indemnity", is_kept=True),
    _money(
        "liability_limit",
        "Limit of liability",
        "The most that either side owes the other.",
        is_kept=True,
    ),
    _text("data_protection_contact", "Data protection officer", is_kept=True),
    _text("safeguarding_contact", "Safeguarding contact", "The council's.", is_kept=True),
    _number(
        "data_kept_years",
        "Years that data are kept",
        "By the provider, after the end.",
        is_kept=True,
    ),
    _lines("social_value", "Social value promised"),
    # --- the order form
    _text("provider_number", "Company or charity number", "Leave blank if none."),
    _points(
        "contract_documents",
        "Other contract documents",
        "One a line, such as the invitation and the provider's bid, each with its date.",
        is_of_desk=False,
    ),
    _text(
        "processing_more",
        "More that is done with data",
        "What the provider does for the council besides, such as sifting applications.",
    ),
)

FIELDS: Mapping[str, MergeField] = {each.name: each for each in _ALL}
"""Every field by name."""


# --- how a value is written -----------------------------------------------------------------------


def show(of: MergeField, value: Value) -> str:
    """Return *value* as it stands within a sentence.

    TypeError where the value is not of the field's kind or stands alone: a fault of the program.
    """
    match of.kind, value:
        case ((FieldKind.TEXT | FieldKind.LINES | FieldKind.TIME | FieldKind.CHOICE), str()):
            return value
        case FieldKind.YES_NO, bool():
            return "yes" if value else "no"
        case FieldKind.DAY, date():
            return calendar.show_day(value)
        case FieldKind.MONEY, Decimal():
            return money.show_pounds(value)
        case FieldKind.SCORE, Decimal():
            return plain(value)
        case FieldKind.NUMBER, int() if not isinstance(value, bool):
            return f"{value:,}"
    raise TypeError(f"{of.name} is a {of.kind} and does not take {type(value).__name__}")


def parse(of: MergeField, text: str, today: date) -> Value:
    """Return the value that a person wrote for a field.

    Raises ValueError with a sentence for what is not of the field's kind, is too long, or holds
    what cannot stand in a document; also for a field that only the desk can know.
    """
    if of.is_of_desk:
        raise ValueError(f"{of.label} comes from the desk and cannot be written here.")
    written = check_text(text, may_have_lines=of.kind in (FieldKind.LINES, FieldKind.POINTS))
    if not written:
        raise ValueError(f"{of.label} is missing.")
    return _PARSERS[of.kind](of, written, today)


def check_text(text: str, *, may_have_lines: bool = False) -> str:
    """Return *text* without blanks around it, as it can stand in a document.

    Raises ValueError with a sentence where it is longer than LONGEST, has a letter that no file
    can hold, or a line feed where there may be none.
    """
    tidy = "\n".join(line.rstrip() for line in text.strip().splitlines())
    if len(tidy) > LONGEST:
        raise ValueError(f"This has {len(tidy):,} letters; {LONGEST:,} are the most.")
    if not may_have_lines and "\n" in tidy:
        raise ValueError("This goes over more than one line.")
    for letter in tidy:
        if letter != "\n" and not _is_writable(letter):
            raise ValueError(
                f"This has a letter that no document can hold (U+{ord(letter):04X}). Type it anew."
            )
    return tidy


def _is_writable(letter: str) -> bool:
    """Say whether both kinds of file can hold a letter: no controls, halves, or non-characters.

    Tabs would be lost in a PDF; the marks that turn the direction of writing would let a text
    read otherwise than it is kept.
    """
    code = ord(letter)
    return not (
        code < 0x20
        or 0x7F <= code < 0xA0
        or 0xD800 <= code < 0xE000
        or code in _TURNS
        or code & 0xFFFE == 0xFFFE
        or 0xFDD0 <= code < 0xFDF0
    )


_TURNS = frozenset((0x200E, 0x200F, *range(0x202A, 0x202F), *range(0x2066, 0x206A)))


def _parse_choice(of: MergeField, text: str, _: date) -> Value:
    found = next((each for each in of.choices if each.casefold() == text.casefold()), None)
    if found is None:
        raise ValueError(f"“{text}” is none of: {'; '.join(of.choices)}.")
    return found


def _parse_number(_: MergeField, text: str, __: date) -> Value:
    bare = text.replace(",", "")
    if not (bare.isascii() and bare.isdigit()) or len(bare) > 9:
        raise ValueError(f"“{text}” is not a whole number.")
    return int(bare)


def _parse_score(_: MergeField, text: str, __: date) -> Value:
    if not _SCORE.fullmatch(text):
        raise ValueError(f"“{text}” is not a number such as 5 or 4.5.")
    return Decimal(text)


_SCORE = re.compile(r"[0-9]{1,9}(?:\.[0-9]{1,4})?")


def _parse_yes_no(_: MergeField, text: str, __: date) -> Value:
    known = {"yes": True, "no": False}
    if text.casefold() not in known:
        raise ValueError(f"“{text}” is neither yes nor no.")
    return known[text.casefold()]


def _parse_time(_: MergeField, text: str, __: date) -> Value:
    minute = minute_of_day(text.zfill(len("12:00")))
    if minute is None:
        raise ValueError(f"“{text}” is not a time of day such as 12:00.")
    return f"{minute // 60:02}:{minute % 60:02}"


def _parse_points(_: MergeField, text: str, __: date) -> Value:
    points = tuple(line.strip() for line in text.splitlines() if line.strip())
    if len(points) > MOST_POINTS:
        raise ValueError(f"These are {len(points)} points; {MOST_POINTS} are the most.")
    return points


def _parse_day(_: MergeField, text: str, today: date) -> Value:
    written = calendar.parse_day(text, today=today)
    if not written.is_day_given:
        raise ValueError(f"“{text}” is a month: give the day, such as 31 March 2027.")
    return written.day


def _as_written(_: MergeField, text: str, __: date) -> Value:
    return text


def _parse_money(_: MergeField, text: str, __: date) -> Value:
    amount = money.parse_pounds(text)
    if amount < 0:
        raise ValueError("An amount cannot be below £0.")
    return amount


_PARSERS: Mapping[FieldKind, Callable[[MergeField, str, date], Value]] = {
    FieldKind.TEXT: _as_written,
    FieldKind.LINES: _as_written,
    FieldKind.DAY: _parse_day,
    FieldKind.TIME: _parse_time,
    FieldKind.MONEY: _parse_money,
    FieldKind.NUMBER: _parse_number,
    FieldKind.SCORE: _parse_score,
    FieldKind.CHOICE: _parse_choice,
    FieldKind.YES_NO: _parse_yes_no,
    FieldKind.POINTS: _parse_points,
}


# --- how values are kept --------------------------------------------------------------------------

Kept = str | int | bool | list[str] | dict[str, object]


def keep(of: MergeField, value: Value) -> Kept:
    """Return *value* as a file keeps it; unkeep() gives it back exactly."""
    match value:
        case TableValue():
            return {
                "headings": list(value.headings),
                "rows": [list(row) for row in value.rows],
                "right": sorted(value.right),
                "blank": sorted(value.blank),
            }
        case tuple():
            return list(value)
        case date():
            return value.isoformat()
        case Decimal():
            return str(value)
    return value


def unkeep(of: MergeField, kept: object) -> Value:
    """Return the value that keep() wrote; ValueError where it is not of the field's kind."""
    try:
        return _unkept(of, kept)
    except (ValueError, TypeError, InvalidOperation):
        raise ValueError(f"{of.label} was not kept as a {of.kind}.") from None


def _unkept(of: MergeField, kept: object) -> Value:
    match of.kind, kept:
        case FieldKind.DAY, str():
            return date.fromisoformat(kept)
        case ((FieldKind.MONEY | FieldKind.SCORE), str()):
            return Decimal(kept)
        case FieldKind.NUMBER, int() if not isinstance(kept, bool):
            return kept
        case FieldKind.YES_NO, bool():
            return kept
        case FieldKind.POINTS, list():
            return tuple(str(each) for each in kept)
        case FieldKind.TABLE, {
            "headings": list(headings),
            "rows": list(rows),
            "right": list(right),
            "blank": list(blank),
        }:
            return TableValue(
                tuple(map(str, headings)),
                tuple(tuple(map(str, row)) for row in rows),
                frozenset(right),
                frozenset(blank),
            )
        case ((FieldKind.TEXT | FieldKind.LINES | FieldKind.TIME | FieldKind.CHOICE), str()):
            return kept
    raise TypeError(type(kept).__name__)
