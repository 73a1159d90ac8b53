"""Issuing a document made of the standard wording from the command line."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

from apprentice_desk.commands import desks
from apprentice_desk.commands.output import print_findings
from apprentice_desk.documents import issuing
from apprentice_desk.documents.choosing import find_subject
from apprentice_desk.documents.fields import FIELDS
from apprentice_desk.documents.gathering import gathered
from apprentice_desk.documents.issuing import Draft, Prepared
from apprentice_desk.documents.own_wording import library_of
from apprentice_desk.domain.findings import Finding, Level
from apprentice_desk.domain.leaving import Going, LeftKind
from apprentice_desk.domain.problems import Problem
from apprentice_desk.records.keeping_documents import apprenticeship_of


def issue_document(
    type_id: str,
    location: str,
    subject: str,
    to: str,
    today: date,
    *,
    answers: Sequence[str],
    put_in: Sequence[str],
    left_out: Sequence[str],
) -> int:
    """Issue a document to the file *to* and keep it in the desk, unless findings hold it back.

    *answers* are written as field=value; *put_in* and *left_out* are optional clauses by id.
    """
    path = Path(to)
    issuing.format_of(path)
    with desks.opened(location) as store:
        wording = store.read(library_of)
        of = wording.type_of(type_id)
        which = store.read(find_subject, of.subject, subject, today)
        draft = issuing.begin(wording, of, store.read(gathered, which, today))
        for written in answers:
            draft = _answered(draft, written, today)
        both = set(put_in) & set(left_out)
        if both:
            raise Problem(f"“{min(both)}” is to be put in and to be left out.", "Say which.")
        for clause in (*put_in, *left_out):
            draft = issuing.tick(draft, clause, is_in=clause in put_in)
        prepared = issuing.prepare(draft, today)
        print_findings(_said(prepared))
        if not prepared.is_ready:
            print(f"{path.name} was not written: put right what is refused.")
            return 1
        issuing.issue(store, prepared, path)
        found = store.read(apprenticeship_of, which)
        going = Going(LeftKind.DOCUMENT) if found is None else Going.of(LeftKind.DOCUMENT, [found])
        desks.note(store, [(path, going)])
    print(f"Wrote {path.name}: {of.name}, {draft.known.name}. It is kept in the desk.")
    return 0


def _answered(draft: Draft, written: str, today: date) -> Draft:
    name, equals, value = written.partition("=")
    if not equals:
        raise Problem(f"“{written[:60]}” is not written as field=value.")
    try:
        return issuing.answer(draft, name.strip(), value, today)
    except ValueError as error:
        raise Problem(f"--set {name.strip()[:60]}: {error}") from error


def _said(prepared: Prepared) -> Iterator[Finding]:
    """Yield what was found, each gap with what is written for it or where it is entered."""
    entered = {each.field.name: each.where for each in prepared.to_enter}
    known = prepared.draft.known
    for finding in prepared.findings:
        name = finding.place.field
        remedy = finding.remedy
        if name in entered:
            remedy = f"Enter it in the desk: {known.name}, {entered[name]}."
        elif finding.level is not Level.NOTE and name in FIELDS:
            known_there = "The desk says so: change it there."
            how = known_there if name in known.facts else f"Write --set {name}=…."
            remedy = f"{remedy} {how}".strip()
        yield replace(finding, remedy=remedy)
