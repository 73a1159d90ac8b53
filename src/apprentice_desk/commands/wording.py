"""Checking and listing the standard wording from the command line."""

from __future__ import annotations

from datetime import date

from apprentice_desk.commands.output import print_findings, print_json
from apprentice_desk.documents.wording import Clause, DocumentType, library
from apprentice_desk.documents.wording_checks import check_library, check_reviews
from apprentice_desk.domain.calendar import show_day
from apprentice_desk.domain.findings import refuses
from apprentice_desk.domain.needs import counted


def check(today: date, *, as_json: bool) -> int:
    """Say what is wrong with the packaged wording, and what is due to be read again."""
    wording = library()
    findings = (*check_library(wording), *check_reviews(wording, today))
    if as_json:
        print_json([finding.as_json() for finding in findings])
    else:
        print_findings(findings)
        wrong = sum(refuses((finding,)) for finding in findings)
        said = "in order" if not wrong else f"{wrong} to put right"
        print(
            f"Wording {wording.settings.version}: {counted(len(wording.types), 'document type')}"
            f" and {counted(len(wording.clauses), 'clause')}, {said}."
        )
    return 1 if refuses(findings) else 0


def list_all(*, as_json: bool) -> int:
    """List every version of every document type and clause."""
    wording = library()
    if as_json:
        print_json(
            {
                "version": wording.settings.version,
                "documents": [
                    _described(each) | {"name": each.name, "subject": each.subject.value}
                    for each in wording.types
                ],
                "clauses": [
                    _described(each) | {"title": each.title, "is_optional": each.is_optional}
                    for each in wording.clauses
                ],
            }
        )
        return 0
    print(f"Wording {wording.settings.version}")
    for of in wording.types:
        print(f"Document: {_line(of)}  {of.name}, about {of.subject.one}")
    for clause in wording.clauses:
        optional = ", optional" if clause.is_optional else ""
        print(f"Clause: {_line(clause)}  {clause.title}{optional}")
    return 0


def _line(of: Clause | DocumentType) -> str:
    read = f"{of.owner}, to be read again by {show_day(of.review_by)}"
    return f"{of.id} {of.version}  {of.status.value}  {read}"


def _described(of: Clause | DocumentType) -> dict[str, object]:
    return {
        "id": of.id,
        "version": of.version,
        "status": of.status.value,
        "owner": of.owner,
        "review_by": of.review_by.isoformat(),
    }
