"""Exporting a return, checking returns, merging many."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from pathlib import Path

from apprentice_desk.commands import desks
from apprentice_desk.commands.output import print_findings, print_json
from apprentice_desk.domain.calendar import Quarter
from apprentice_desk.domain.findings import refuses
from apprentice_desk.domain.needs import counted
from apprentice_desk.domain.problems import Problem
from apprentice_desk.domain.reference import Borough
from apprentice_desk.product import version
from apprentice_desk.records.expecting import expected_boroughs
from apprentice_desk.records.store import Store
from apprentice_desk.returns import checks, merge, schema, sending, template, workbook
from apprentice_desk.returns.deciding import Expected
from apprentice_desk.returns.giving_back import leaves, write_all
from apprentice_desk.returns.merged import BoroughState
from apprentice_desk.returns.merged_workbook import check_merged_target, is_merged


def _period(text: str) -> Quarter:
    try:
        return Quarter.parse(text)
    except ValueError as error:
        raise Problem(str(error)) from error


def export(
    store: Store,
    period: Quarter,
    path: Path,
    *,
    prepared_at: datetime,
    prepared_by: str,
    send_anyway: bool,
) -> sending.Prepared:
    """Export the return of a desk that is open, unless findings hold it back."""
    prepared = sending.prepare(
        store,
        period,
        desks.lists(),
        prepared_at=prepared_at,
        prepared_by=prepared_by,
        program_version=version(),
    )
    if send_anyway or not refuses(prepared.findings):
        sent = sending.send(store, prepared, path, send_anyway=send_anyway)
        desks.note(store, [(sent.path, prepared.going)], prepared_at, is_quiet=True)
    return prepared


def send(
    location: str,
    period: str,
    to: str,
    now: datetime,
    *,
    prepared_by: str,
    send_anyway: bool,
    as_json: bool,
) -> int:
    """Write the return for *period*; findings that refuse hold it back unless *send_anyway*."""
    quarter = _period(period)
    path = Path(to)
    with desks.opened(location) as store:
        prepared = export(
            store,
            quarter,
            path,
            prepared_at=now,
            prepared_by=prepared_by,
            send_anyway=send_anyway,
        )
    is_held_back = refuses(prepared.findings) and not send_anyway
    content = prepared.gathered.content
    if as_json:
        print_json(workbook.written_as_json(content, schema.load(), prepared.findings))
    else:
        print_findings(prepared.findings)
        if is_held_back:
            print(f"{path.name} was not written: put right what is refused, or add --send-anyway.")
        else:
            print(
                f"Wrote {path.name}: {counted(len(content.apprentices), 'apprenticeship')}"
                f" and {counted(len(content.contracts), 'contract')} for {quarter}."
            )
    return 1 if refuses(prepared.findings) else 0


def write_template(to: str, *, borough: str, period: str) -> int:
    """Write a blank return for somebody without the program."""
    path = Path(to)
    template.write(
        schema.load(),
        path,
        borough=desks.find_borough(borough) if borough else None,
        period=_period(period) if period else None,
    )
    print(f"Wrote {path.name}: a blank return, to be filled in by hand.")
    return 0


def check(files: Sequence[str], *, as_json: bool) -> int:
    """Read returns back and say what a merge would find."""
    reads = [workbook.read(file) for file in files]
    findings = [finding for one in reads for finding in one.findings]
    if as_json:
        print_json(workbook.as_json(reads))
    else:
        print_findings(findings)
        for one in reads:
            counts = ", ".join(f"{count} {sheet}" for sheet, count in one.row_counts.items())
            print(f"{one.file}: {'accepted' if one.is_accepted else 'refused'} ({counts})")
    return 1 if refuses(findings) else 0


def merge_returns(
    paths: Sequence[str], to: str, *, period: str, expected: str, desk: str = "", as_json: bool
) -> int:
    """Merge returns into one workbook; what is refused is left out and named.

    *expected* is a file that names the boroughs that should send one; else *desk* is where LOTI's
    dated list is kept.  Raises Problem, and writes nothing, where none of *paths* is there, or
    where there is neither a return that stands nor one that is refused.
    """
    if not any(Path(path).exists() for path in paths):
        raise Problem(f"“{paths[0]}” was not found.", "Check the name of the file or folder.")
    if expected and desk:
        raise Problem(
            "The expected boroughs were given twice, by a file and by a desk.",
            "Leave out one of --expected and --desk.",
        )
    target = Path(to)
    # What an earlier merge wrote is passed over and replaced; anything else that is read is kept.
    leaving_out = (target,) if is_merged(target) else ()
    inputs = merge.find_files(paths, leaving_out=leaving_out)
    check_merged_target(target, inputs)
    known = checks.known_boroughs()
    merged = merge.merge(
        paths,
        schema=schema.load(),
        period=_period(period) if period else None,
        expected=_expected(expected, desk, known),
        boroughs=known,
        leaving_out=leaving_out,
    )
    is_nothing = not merged.returns and not refuses(merged.findings)
    written = None if is_nothing else write_all(merged, target, inputs)
    if written is not None and desk:
        with desks.opened_to_note(desk) as store:
            desks.note(store, leaves(merged, written), is_quiet=as_json)
    if as_json:
        folder = str(written.folder) if written else ""
        files = list(written.files) if written else []
        print_json(merged.as_json() | {"folder": folder, "files": files})
    else:
        print_findings(merged.findings)
        for state in merged.boroughs:
            print(_state_line(state))
    if written is None:
        asked = f" for {merged.period}" if merged.period else ""
        raise Problem(
            f"{target.name} was not written: there is no return{asked} that could be merged.",
            "What was found says why.",
        )
    if not as_json:
        counts = ", ".join(f"{count} {sheet}" for sheet, count in merged.row_counts.items())
        print(f"Wrote {target.name} for {merged.period or 'no period'}: {counts}.")
        if written.files:
            print(f"Wrote what goes back to the boroughs into “{written.folder.name}”.")
    return 1 if refuses(merged.findings) else 0


def _expected(file: str, desk: str, known: Mapping[str, Borough]) -> Expected | None:
    """Return the boroughs that should send a return, or what says so for a period."""
    if file:
        return merge.read_expected(file, known)
    if not desk:
        return None

    def of_desk(period: Quarter) -> Sequence[str]:
        with desks.opened(desk) as store:
            return store.read(expected_boroughs, str(period))

    return of_desk


def _state_line(state: BoroughState) -> str:
    said = f"{state.name}: {state.state} {state.file}".rstrip()
    return f"{said} ({state.reason})" if state.reason else said
