"""The rules between a row and lists that others keep, standards and providers above all: R6xx.

They say what differs and nothing more: a list may be older than the return.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from apprentice_desk.domain.findings import Level
from apprentice_desk.domain.identifiers import is_invented_ukprn
from apprentice_desk.returns.reference import Catalogue, ListedStandard, Reference
from apprentice_desk.returns.registry import Context, Example, Found, Registry
from apprentice_desk.returns.rows import ApprenticeLine, ContractLine, SecondmentLine
from apprentice_desk.returns.values import clean

REFERENCE = Registry()

_YEAR = timedelta(days=366)


@dataclass(frozen=True, slots=True)
class _Listed:
    code: str
    title: str
    level: int | None
    max_funding: Decimal | None
    version: str


_EXAMPLE = Reference(
    Catalogue.of(
        date(2026, 7, 2),
        (
            _Listed("ST0116", "Software developer", 4, Decimal("18000.00"), "1.2"),
            _Listed("ST0118", "Data analyst", 4, Decimal("15000.00"), "1.1"),
        ),
    ),
    {"19990001": "Example College"},
)


def _known(**values: object) -> Example:
    return Example(values, reference=_EXAMPLE)


def _standard(line: ApprenticeLine, context: Context) -> ListedStandard | None:
    catalogue = context.reference.catalogue
    return catalogue.standards.get(line.standard_code) if catalogue else None


def _is_listed(code: str, context: Context) -> bool:
    catalogue = context.reference.catalogue
    return not code or catalogue is None or code in catalogue.standards


def _perhaps(code: str, context: Context, title: str = "") -> Mapping[str, object]:
    """Return the words that name the standard which may be meant."""
    catalogue = context.reference.catalogue
    meant = catalogue.meant(code, title) if catalogue else ""
    if not meant or catalogue is None:
        return {"perhaps": ""}
    return {"perhaps": f" Did you mean {meant}, {catalogue.standards[meant].title}?"}


@REFERENCE.check(
    "R601",
    Level.NOTE,
    "apprentices",
    ("standard_code",),
    "{standard_code} is not on the list of standards.{perhaps}",
    "Check the reference. If it is right, the list may be older than the standard.",
    good=_known(standard_code="ST0116"),
    bad=_known(standard_code="ST0181", standard_title="Data analyst"),
    more_words=lambda line, context: _perhaps(line.standard_code, context, line.standard_title),
)
def _standard_is_listed(line: ApprenticeLine, context: Context) -> bool:
    return _is_listed(line.standard_code, context)


@REFERENCE.check(
    "R602",
    Level.NOTE,
    "apprentices",
    ("standard_title", "standard_code"),
    "{standard_code} is called “{listed}” on the list of standards, not “{standard_title}”.",
    "Check reference and title: one of them may be that of another standard.",
    good=_known(standard_code="ST0116", standard_title="Software Developer"),
    bad=_known(standard_code="ST0116", standard_title="Data analyst"),
    more_words=lambda line, context: _listed(line, context, "title"),
)
def _title_is_the_listed_one(line: ApprenticeLine, context: Context) -> bool:
    standard = _standard(line, context)
    if standard is None or standard.title == line.standard_title:
        return True
    # Spaces and capitals say nothing, and a title may go on with its options.
    told, listed = clean(line.standard_title).casefold(), clean(standard.title).casefold()
    return told.startswith(listed) or listed.startswith(told)


@REFERENCE.check(
    "R603",
    Level.NOTE,
    "apprentices",
    ("level", "standard_code"),
    "{standard_code} has level {listed} on the list of standards, not {level}.",
    "Check reference and level.",
    good=_known(standard_code="ST0116", level=4),
    bad=_known(standard_code="ST0116", level=3),
    more_words=lambda line, context: _listed(line, context, "level"),
)
def _level_is_the_listed_one(line: ApprenticeLine, context: Context) -> bool:
    standard = _standard(line, context)
    if standard is None or standard.level is None or line.level is None:
        return True
    return line.level == standard.level


@REFERENCE.check(
    "R604",
    Level.NOTE,
    "apprentices",
    ("standard_version", "standard_code"),
    "Version {standard_version} of {standard_code} is newer than the listed one, {listed}.",
    "Check the version. If it is right, the list may be older than the version.",
    good=_known(standard_code="ST0116", standard_version="1.1"),
    bad=_known(standard_code="ST0116", standard_version="1.3"),
    more_words=lambda line, context: _listed(line, context, "version"),
)
def _version_is_known(line: ApprenticeLine, context: Context) -> bool:
    standard = _standard(line, context)
    if standard is None or line.standard_version in ("", standard.version):
        return True
    told, listed = _parts(line.standard_version), _parts(standard.version)
    return not told or not listed or told < listed


@REFERENCE.check(
    "R605",
    Level.NOTE,
    "apprentices",
    ("funding_band_maximum", "standard_code"),
    "The band maximum of {standard_code} is {listed} on the list of standards, not"
    " {funding_band_maximum}.",
    "Check which one was in force on the day when training started.",
    good=_known(standard_code="ST0116", funding_band_maximum=Decimal("18000.00")),
    bad=_known(standard_code="ST0116", funding_band_maximum=Decimal("19000.00")),
    more_words=lambda line, context: _listed(line, context, "max_funding"),
)
def _band_is_the_listed_one(line: ApprenticeLine, context: Context) -> bool:
    catalogue, standard = context.reference.catalogue, _standard(line, context)
    started, told = line.training_started_on, line.funding_band_maximum
    if catalogue is None or standard is None or standard.max_funding is None:
        return True
    # The list knows today's bands only, and bands change: an older start had its own.
    if told is None or started is None or abs(started - catalogue.listed_on) > _YEAR:
        return True
    return told == standard.max_funding


@REFERENCE.check(
    "R606",
    Level.NOTE,
    "secondments",
    ("standard_code",),
    "{standard_code} is not on the list of standards.{perhaps}",
    "Check the reference. If it is right, the list may be older than the standard.",
    good=_known(standard_code="ST0118"),
    bad=_known(standard_code="ST0181"),
    more_words=lambda line, context: _perhaps(line.standard_code, context),
)
def _standard_of_a_secondment_is_listed(line: SecondmentLine, context: Context) -> bool:
    return _is_listed(line.standard_code, context)


@REFERENCE.check(
    "R607",
    Level.NOTE,
    "contracts",
    ("standard_codes",),
    "{unknown} is not on the list of standards.{perhaps}",
    "Check the reference. If it is right, the list may be older than the standard.",
    good=_known(standard_codes=("ST0116", "ST0118")),
    bad=_known(standard_codes=("ST0116", "ST0181")),
    more_words=lambda line, context: _unknown(line, context),
)
def _standards_of_a_contract_are_listed(line: ContractLine, context: Context) -> bool:
    return all(_is_listed(code, context) for code in line.standard_codes)


@REFERENCE.check_whole(
    "R610",
    Level.NOTE,
    "apprentices",
    ("provider_ukprn",),
    "{ukprn} is not on the list of training providers; it stands in {rows}.",
    "Check the number. If it is right, nothing needs doing: the list is of digital training.",
    good=_known(provider_ukprn="19990001"),
    bad=_known(provider_ukprn="10000001"),
)
def _providers_of_apprentices_are_listed(context: Context) -> Iterator[Found]:
    ukprns = (line.provider_ukprn for line in context.content.apprentices)
    yield from _unlisted_providers(context, ukprns)


@REFERENCE.check_whole(
    "R611",
    Level.NOTE,
    "contracts",
    ("provider_ukprn",),
    "{ukprn} is not on the list of training providers; it stands in {rows}.",
    "Check the number. If it is right, nothing needs doing: the list is of digital training.",
    good=_known(provider_ukprn="19990001"),
    bad=_known(provider_ukprn="10000001"),
)
def _providers_of_contracts_are_listed(context: Context) -> Iterator[Found]:
    ukprns = (line.provider_ukprn for line in context.content.contracts)
    yield from _unlisted_providers(context, ukprns)


def _listed(line: ApprenticeLine, context: Context, name: str) -> Mapping[str, object]:
    """Return what the list says of a line's standard, for a message."""
    value = getattr(_standard(line, context), name)
    return {"listed": f"£{value:,.2f}" if isinstance(value, Decimal) else value}


def _unknown(line: ContractLine, context: Context) -> Mapping[str, object]:
    code = next(code for code in line.standard_codes if not _is_listed(code, context))
    return {"unknown": code, **_perhaps(code, context)}


def _unlisted_providers(context: Context, ukprns: Iterable[str]) -> Iterator[Found]:
    """Yield each provider that is not listed once, with the first line that names it."""
    known = context.reference.provider_names
    if known is None:
        return
    at: dict[str, list[int]] = {}
    for index, ukprn in enumerate(ukprns):
        if ukprn and ukprn not in known and not is_invented_ukprn(ukprn):
            at.setdefault(ukprn, []).append(index)
    for ukprn, indexes in at.items():
        rows = "1 row" if len(indexes) == 1 else f"{len(indexes)} rows"
        yield Found(indexes[0], {"ukprn": ukprn, "rows": rows})


def _parts(version: str) -> tuple[int, ...]:
    parts = version.split(".")
    return tuple(map(int, parts)) if all(part.isdecimal() for part in parts) else ()
