"""Importing a list of apprentices, hours or payments."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from apprentice_desk import resources
from apprentice_desk.commands import desks
from apprentice_desk.commands.output import print_findings, print_json
from apprentice_desk.domain.durations import sentence
from apprentice_desk.domain.leaving import Going, LeftKind
from apprentice_desk.domain.needs import counted
from apprentice_desk.imports import applying, sums
from apprentice_desk.imports.applying import ImportReport


def summary(report: ImportReport) -> str:
    """Return what an import did in a sentence whose numbers add up."""
    counts = report.as_json()
    word = "Would import" if report.is_dry_run else "Imported"
    hours = added = ""
    made = sums.of(report.review)
    if counts["minutes_read"]:
        hours = f" ({sentence(counts['minutes_imported'])} of {sentence(counts['minutes_read'])})"
        added = f" {made.words}."
    corrected = f", {made.corrected} of them corrections" if made.corrected else ""
    return (
        f"{word} {counts['rows_imported']} of {counted(counts['rows_read'], 'row')}{hours}"
        f"{corrected}; {len(counts['skipped'])} skipped, {len(counts['refused'])} refused.{added}"
    )


def import_list(
    file: str,
    location: str,
    kind: str,
    today: date,
    *,
    apprentice: str | None,
    add_missing: bool,
    dry_run: bool,
    as_json: bool,
    accept_corrections: bool = False,
    fates: str | None = None,
) -> int:
    """Import *file* as one change; what is refused is named and the rest still comes in.

    *fates* is where to save what became of each row.
    """
    lists = desks.lists()
    with desks.opened(location) as store:
        report = applying.import_list(
            store,
            file,
            kind,
            apprentice=apprentice,
            add_missing=add_missing,
            dry_run=dry_run,
            accept_corrections=accept_corrections,
            fates_to=fates,
            rules=lists.hours_rules,
            role_families=lists.role_families,
            provider_names=resources.provider_names(),
            today=today,
        )
        if fates:
            desks.note(store, [(Path(fates), Going(LeftKind.ROWS))], is_quiet=as_json)
    if as_json:
        print_json(report.as_json())
    else:
        print_findings(report.findings)
        for row in report.as_json()["skipped"]:
            print(f"Skipped: {row['sheet']}, row {row['row']}: {row['reason']}")
        print(summary(report))
    return 1 if report.refused else 0
