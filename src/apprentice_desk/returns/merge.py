"""Many boroughs' returns become one workbook, in which each row says where it came from.

What stands is decided by what the returns say, never by file names or the order they come in: the
same set of returns gives the same bytes.  For each borough the highest revision that was accepted
stands; of returns made by hand, which have no revision, the one prepared last.  Two that claim the
same place with different content are a conflict, and then nothing of that borough is taken: an
older revision is known to be out of date.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor, as_completed
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from apprentice_desk.domain.calendar import Quarter
from apprentice_desk.domain.findings import Finding, Place
from apprentice_desk.domain.problems import Problem
from apprentice_desk.domain.progress import Progress
from apprentice_desk.domain.reference import Borough
from apprentice_desk.returns import checks
from apprentice_desk.returns.merged import BoroughState, Fate, Merged, Outcome, State, write_merged
from apprentice_desk.returns.schema import ReturnSchema
from apprentice_desk.returns.workbook import ReadReturn, in_order, read
from apprentice_desk.sheets import WORKBOOK_ENDINGS

__all__ = [
    "BoroughState",
    "Merged",
    "State",
    "decide",
    "find_files",
    "merge",
    "read_expected",
    "write_merged",
]

_LONG_AGO = datetime(1900, 1, 1, tzinfo=UTC)
_READERS = 2  # the reader lets go of the interpreter lock, so a second thread pays


def merge(
    paths: Iterable[str | Path],
    *,
    schema: ReturnSchema,
    period: Quarter | None = None,
    expected: Iterable[str] | None = None,
    progress: Progress | None = None,
    boroughs: Mapping[str, Borough] | None = None,
    leaving_out: Iterable[str | Path] = (),
) -> Merged:
    """Read returns from files and folders and decide which of them stand.

    Without *period* the latest one among the accepted returns is merged.  *expected* are the codes
    of the boroughs that should have sent one.  *leaving_out* names files to be passed over in
    folders, such as the merged workbook itself.  Raises Problem if there is no file to read, and
    Cancelled if *progress* is stopped.
    """
    known = checks.known_boroughs() if boroughs is None else boroughs
    files = find_files(paths, leaving_out=leaving_out)
    if not files:
        raise Problem("No workbook was found to merge.", "Choose the returns or their folder.")
    return decide(
        _read_all(files, known, progress or Progress()),
        schema=schema,
        period=period,
        expected=expected,
        boroughs=known,
    )


def decide(
    reads: Iterable[ReadReturn],
    *,
    schema: ReturnSchema,
    period: Quarter | None = None,
    expected: Iterable[str] | None = None,
    boroughs: Mapping[str, Borough],
) -> Merged:
    """Decide which of the returns stand, whatever the order in which they are given."""
    by_file = {(one.file, one.digest): one for one in reads}
    every = [by_file[key] for key in sorted(by_file)]
    kinds = {one.header.is_sample for one in every if one.header}
    if len(kinds) == 2:
        every = [_without_sample(one) for one in every]
    usable = [one for one in every if one.is_accepted]
    chosen = period or max((one.header.period for one in usable if one.header), default=None)

    findings: list[Finding] = []
    states: list[BoroughState] = []
    standing: list[ReadReturn] = []
    outcomes: list[Outcome] = []
    copied: set[int] = set()
    by_code: dict[str, list[ReadReturn]] = {code: [] for code in expected or ()}
    for one in every:
        if one.header and chosen in (None, one.header.period):
            by_code.setdefault(one.header.borough_code, []).append(one)
    for code in sorted(by_code.keys() & boroughs.keys()):
        name, mine = boroughs[code].name, by_code[code]
        accepted, copies = _without_copies([one for one in mine if one.is_accepted])
        copied |= {id(one) for one in copies}
        state, stands = _state(schema, code, name, mine, accepted, copies)
        if state.state is State.CONFLICT:
            state = replace(state, findings=(_conflict(schema, state, chosen),))
        states.append(state)
        findings += state.findings
        outcomes += _outcomes(mine, stands, copies, state)
        if stands is not None:
            standing.append(stands)

    for one in every:
        is_passed_over = one.is_accepted and one.header and one.header.period != chosen
        if id(one) not in copied and not is_passed_over:
            findings += one.findings
    findings += _other_periods(usable, chosen)
    return Merged(
        schema=schema,
        period=chosen,
        is_sample=True in kinds and False not in kinds,
        returns=tuple(standing),
        boroughs=tuple(states),
        findings=in_order(findings, schema),
        fingerprint=_fingerprint(standing, schema),
        outcomes=tuple(outcomes),
    )


def find_files(
    paths: Iterable[str | Path], *, leaving_out: Iterable[str | Path] = ()
) -> tuple[Path, ...]:
    """Return the files to read: each given file, and the workbooks in each given folder.

    Folders within folders are searched too; hidden files and those that Excel and LibreOffice
    make while a workbook is open are not.  A file given twice is returned once.
    """
    skipped = {Path(path).resolve() for path in leaving_out}
    files: dict[Path, Path] = {}
    for given in map(Path, paths):
        found = [given]
        if given.is_dir():
            found = [
                path
                for path in given.rglob("*")
                if path.suffix.casefold() in WORKBOOK_ENDINGS
                and not path.name.startswith((".", "~$"))
                and path.resolve() not in skipped
                and path.is_file()
            ]
        for path in found:
            files.setdefault(path.resolve(), path)
    return tuple(files[key] for key in sorted(files))


def read_expected(path: str | Path, boroughs: Mapping[str, Borough]) -> tuple[str, ...]:
    """Return the codes of the boroughs named in a text file, a code or name on each line.

    Blank lines and those that begin with # are passed over, and so is what follows the first
    comma.  Raises Problem naming the line that is no borough.
    """
    path = Path(path)
    try:
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise Problem(
            f"The list of boroughs “{path.name}” could not be read.",
            "Save it as a plain text file with a borough's code or name on each line.",
        ) from error
    by_word = {borough.name.casefold(): code for code, borough in boroughs.items()}
    by_word |= {code.casefold(): code for code in boroughs}
    codes: list[str] = []
    for number, line in enumerate(text.splitlines(), 1):
        word = line.partition(",")[0].strip()
        if not word or word.startswith("#"):
            continue
        code = by_word.get(word.casefold())
        if code is None:
            raise Problem(
                f"Line {number} of “{path.name}” is not a London borough: “{word}”.",
                "Write a borough's code or name on each line, such as E09000012 or Hackney.",
            )
        codes.append(code)
    return tuple(dict.fromkeys(codes))


def _read_all(
    files: Sequence[Path], boroughs: Mapping[str, Borough], progress: Progress
) -> list[ReadReturn]:
    """Read every file, two at a time; their order does not matter to what follows."""
    reads: list[ReadReturn] = []
    progress.step(0, len(files), "Reading returns")
    with ThreadPoolExecutor(_READERS, thread_name_prefix="reading") as pool:
        try:
            running = [pool.submit(read, path, boroughs=boroughs) for path in files]
            for done in as_completed(running):
                reads.append(done.result())
                progress.step(len(reads), len(files), f"Read {reads[-1].file}")
        except BaseException:
            # Whatever ends this, files not begun are not read any more.
            pool.shutdown(cancel_futures=True)
            raise
    return reads


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
    code: str,
    name: str,
    mine: Sequence[ReadReturn],
    accepted: Sequence[ReadReturn],
    copies: Sequence[ReadReturn],
) -> tuple[BoroughState, ReadReturn | None]:
    """Return what became of one borough's returns, and the one that stands if one does."""
    if not mine:
        return BoroughState(code, name, State.NOT_RECEIVED), None
    if not accepted:
        files = ", ".join(one.file for one in mine)
        return BoroughState(code, name, State.REFUSED, files), None
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
            sum(stands.left_out.values()),
        ),
        stands,
    )


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


def _other_periods(usable: Sequence[ReadReturn], chosen: Quarter | None) -> Iterator[Finding]:
    """Yield a note on each period that is not merged."""
    others: dict[Quarter, list[str]] = {}
    for one in usable:
        if one.header and one.header.period != chosen:
            others.setdefault(one.header.period, []).append(one.file)
    for other in sorted(others):
        yield checks.OTHER_PERIOD.finding(
            files=", ".join(sorted(others[other])),
            were="was" if len(others[other]) == 1 else "were",
            other=other,
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
