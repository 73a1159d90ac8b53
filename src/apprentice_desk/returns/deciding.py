"""Which of the returns that came in stand, and what became of the others.

What stands is decided by what the returns say, never by file names or the order they come in.  For
each borough and period the highest revision that was accepted stands; of returns made by hand,
which have no revision, the one prepared last.  Two that claim the same place with different content
are a conflict, and then nothing of that borough is taken: an older revision is known to be out of
date.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime

from apprentice_desk.domain.calendar import Quarter
from apprentice_desk.domain.findings import Finding, Level, Place
from apprentice_desk.domain.reference import Borough
from apprentice_desk.returns import checks
from apprentice_desk.returns.merged import BoroughState, Fate, Merged, Outcome, State
from apprentice_desk.returns.schema import ReturnSchema
from apprentice_desk.returns.workbook import ReadReturn, in_order

Expected = Iterable[str] | Callable[[Quarter], Iterable[str]]
"""The codes of the boroughs that should send a return, or what says so for the period merged."""

_LONG_AGO = datetime(1900, 1, 1, tzinfo=UTC)


def decide(
    reads: Iterable[ReadReturn],
    *,
    schema: ReturnSchema,
    period: Quarter | None = None,
    expected: Expected | None = None,
    boroughs: Mapping[str, Borough],
) -> Merged:
    """Decide which of the returns stand, whatever the order in which they are given.

    Files that differ must differ in name (see merge.told_apart).  Returns of the period before are
    decided upon too, to compare with.
    """
    by_file = {(one.file, one.digest): one for one in reads}
    every = [by_file[key] for key in sorted(by_file)]
    kinds = {one.header.is_sample for one in every if one.header}
    if len(kinds) == 2:
        every = [_without_sample(one) for one in every]
    usable = [one for one in every if one.is_accepted]
    chosen = period or max((one.header.period for one in usable if one.header), default=None)
    codes = _expected_codes(expected, chosen)
    now = _of_period(every, chosen, codes, boroughs, schema)
    before = None if chosen is None else chosen.previous()
    last = _of_period(usable, before, (), boroughs, schema) if before else _Decided()

    copied = {id(one.read) for one in now.outcomes if one.fate is Fate.COPY}
    findings = [finding for state in now.states for finding in state.findings]
    for one in every:
        is_passed_over = one.is_accepted and one.header and one.header.period != chosen
        if id(one) not in copied and not is_passed_over:
            findings += one.findings
    findings += _other_periods(usable, chosen, last.standing)
    return Merged(
        schema=schema,
        period=chosen,
        is_sample=True in kinds and False not in kinds,
        returns=now.standing,
        boroughs=now.states,
        findings=in_order(findings, schema),
        fingerprint=_fingerprint(now.standing, schema),
        outcomes=now.outcomes,
        previous=last.standing,
    )


@dataclass(frozen=True, slots=True)
class _Decided:
    """What stands of one period, by borough."""

    states: tuple[BoroughState, ...] = ()
    standing: tuple[ReadReturn, ...] = ()
    outcomes: tuple[Outcome, ...] = ()


def _expected_codes(expected: Expected | None, period: Quarter | None) -> tuple[str, ...]:
    if callable(expected):
        return tuple(expected(period)) if period is not None else ()
    return tuple(expected or ())


def _of_period(
    every: Sequence[ReadReturn],
    period: Quarter | None,
    expected: Iterable[str],
    boroughs: Mapping[str, Borough],
    schema: ReturnSchema,
) -> _Decided:
    """Decide upon the returns of one period; without one, upon all of them."""
    by_code: dict[str, list[ReadReturn]] = {code: [] for code in expected}
    elsewhere: dict[str, set[Quarter]] = {}
    for one in every:
        if one.header is None:
            continue
        code = one.header.borough_code
        if period in (None, one.header.period):
            by_code.setdefault(code, []).append(one)
        else:
            elsewhere.setdefault(code, set()).add(one.header.period)
    states: list[BoroughState] = []
    standing: list[ReadReturn] = []
    outcomes: list[Outcome] = []
    for code in sorted(by_code.keys() & boroughs.keys()):
        mine = by_code[code]
        accepted, copies = _without_copies([one for one in mine if one.is_accepted])
        state, stands = _state(schema, boroughs[code], mine, accepted, copies)
        if state.state is State.CONFLICT:
            finding = _conflict(schema, state, period)
            state = replace(state, findings=(finding,), reason=finding.message)
        elif state.state is State.NOT_RECEIVED:
            state = replace(state, reason=_not_received(period, elsewhere.get(code, set())))
        states.append(state)
        outcomes += _outcomes(mine, stands, copies, state)
        if stands is not None:
            standing.append(stands)
    return _Decided(tuple(states), tuple(standing), tuple(outcomes))


def _not_received(period: Quarter | None, others: set[Quarter]) -> str:
    if period is None:
        return "No return came in."
    if others:
        named = ", ".join(map(str, sorted(others)))
        return f"No return for {period} came in; what it sent is for {named}."
    return f"No return for {period} came in."


def _without_sample(one: ReadReturn) -> ReadReturn:
    """Return the return refused, if it is a sample."""
    if one.header is None or not one.header.is_sample:
        return one
    finding = checks.SAMPLE_LEFT_OUT.finding(Place(file=one.file))
    return replace(one, header=None, content=None, findings=(finding,))


def _rank(one: ReadReturn) -> tuple[int, datetime]:
    """Return what decides which of a borough's returns stands."""
    assert one.header is not None  # only accepted returns are ranked
    if one.header.revision is not None:
        return one.header.revision, _LONG_AGO
    return 0, one.header.prepared_at or _LONG_AGO


def _without_copies(accepted: Sequence[ReadReturn]) -> tuple[list[ReadReturn], list[ReadReturn]]:
    """Return one of each revision with the same fingerprint, and the others.

    Of equal ones the last prepared is kept, then the first by name.
    """
    kept: dict[tuple[int | None, str], ReadReturn] = {}
    copies: list[ReadReturn] = []

    def preferred(one: ReadReturn) -> tuple[float, str, str]:
        at = one.header.prepared_at if one.header else None
        return -(at or _LONG_AGO).timestamp(), one.file, one.digest

    for one in sorted(accepted, key=preferred):
        revision = one.header.revision if one.header else None
        if kept.setdefault((revision, one.fingerprint), one) is not one:
            copies.append(one)
    return list(kept.values()), copies


def _state(
    schema: ReturnSchema,
    borough: Borough,
    mine: Sequence[ReadReturn],
    accepted: Sequence[ReadReturn],
    copies: Sequence[ReadReturn],
) -> tuple[BoroughState, ReadReturn | None]:
    """Return what became of one borough's returns, and the one that stands if one does."""
    code, name = borough.code, borough.name
    if not mine:
        return BoroughState(code, name, State.NOT_RECEIVED), None
    if not accepted:
        files = ", ".join(one.file for one in mine)
        why = why_refused(max(mine, key=_newest))
        return BoroughState(code, name, State.REFUSED, files, reason=why), None
    best = max(map(_rank, accepted))
    top = [one for one in accepted if _rank(one) == best]
    older = sorted((one for one in accepted if _rank(one) != best), key=lambda one: one.file)
    older.sort(key=_rank, reverse=True)
    replaced = tuple(one.file for one in older)
    if len(top) > 1:
        files = ", ".join(sorted(one.file for one in top))
        header = top[0].header
        revision = header.revision if header else None
        state = BoroughState(code, name, State.CONFLICT, files, replaced, revision=revision)
        return state, None
    stands = top[0]
    assert stands.header is not None  # it is accepted
    same = tuple(one.file for one in copies if one.fingerprint == stands.fingerprint)
    left_out = sum(stands.left_out.values())
    refused = [one for one in mine if not one.is_accepted]
    return (
        BoroughState(
            code,
            name,
            State.ACCEPTED,
            stands.file,
            replaced,
            tuple(sorted(same)),
            stands.header.revision,
            stands.header.prepared_at,
            {sheet.name: stands.row_counts[sheet.name] for sheet in schema.sheets},
            left_out,
            reason=_why_accepted(left_out, replaced, refused),
        ),
        stands,
    )


def why_refused(one: ReadReturn) -> str:
    """Return in a sentence what refuses a return."""
    why = next((each for each in one.findings if each.level is Level.FILE), None)
    why = why or next(iter(one.findings), None)
    return why.message if why else ""


def _newest(one: ReadReturn) -> tuple[int, datetime, str]:
    return (*_rank(one), one.file)


def _why_accepted(left_out: int, replaced: Sequence[str], refused: Sequence[ReadReturn]) -> str:
    """Return what is to be known of a return that stands."""
    parts = []
    if left_out:
        parts.append(f"{left_out} {'row is' if left_out == 1 else 'rows are'} left out of it.")
    if replaced:
        parts.append(f"Replaces {', '.join(replaced)}.")
    if refused:
        parts.append(f"Refused beside it: {', '.join(one.file for one in refused)}.")
    return " ".join(parts)


def _outcomes(
    mine: Sequence[ReadReturn],
    stands: ReadReturn | None,
    copies: Sequence[ReadReturn],
    state: BoroughState,
) -> Iterator[Outcome]:
    """Yield what became of each of a borough's returns, by file."""
    copied = {id(one) for one in copies}
    for one in sorted(mine, key=lambda one: (one.file, one.digest)):
        if not one.is_accepted:
            fate = Fate.REFUSED
        elif one is stands:
            fate = Fate.PARTLY if state.left_out else Fate.ACCEPTED
        elif id(one) in copied:
            fate = Fate.COPY
        elif one.file in state.replaced:
            fate = Fate.REPLACED
        else:
            fate = Fate.CONFLICT
        yield Outcome(one, fate)


def _conflict(schema: ReturnSchema, state: BoroughState, period: Quarter | None) -> Finding:
    revision = "a return" if state.revision is None else f"revision {state.revision}"
    return checks.CONFLICT.finding(
        Place(sheet=schema.header_sheet),
        borough=state.name,
        revision=revision,
        period=period,
        files=state.file,
    )


def _other_periods(
    usable: Sequence[ReadReturn], chosen: Quarter | None, compared: Sequence[ReadReturn]
) -> Iterator[Finding]:
    """Yield a note on each period that is not merged, and on what is only compared with."""
    with_ = {id(one) for one in compared}
    others: dict[Quarter, list[str]] = {}
    for one in usable:
        if one.header and one.header.period != chosen and id(one) not in with_:
            others.setdefault(one.header.period, []).append(one.file)
    for other in sorted(others):
        yield checks.OTHER_PERIOD.finding(
            files=", ".join(sorted(others[other])),
            were="was" if len(others[other]) == 1 else "were",
            other=other,
            period=chosen,
        )
    if compared:
        files = sorted(one.file for one in compared)
        yield checks.COMPARED_WITH.finding(
            files=", ".join(files),
            were="was" if len(files) == 1 else "were",
            other=chosen.previous() if chosen else None,
            period=chosen,
        )


def _fingerprint(standing: Sequence[ReadReturn], schema: ReturnSchema) -> str:
    """Return the SHA-256 over whose rows were merged and the fingerprint of those that count."""
    digest = hashlib.sha256()
    for one in standing:
        assert one.header is not None  # they are accepted
        assert one.content is not None
        lines = {sheet.resource: one.content.lines(sheet.resource) for sheet in schema.sheets}
        # That of the file is over every line, so it is the same where none was left out.
        has_lost = any(one.left_out.values())
        fingerprint = schema.fingerprint_of(lines) if has_lost else one.fingerprint
        parts = (one.header.borough_code, str(one.header.period), fingerprint)
        digest.update("\x1f".join(parts).encode() + b"\x1e")
    return digest.hexdigest()
