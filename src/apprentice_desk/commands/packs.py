"""Sending wording to other desks in one file, and taking it in, from the command line."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from datetime import date
from functools import partial
from pathlib import Path

from apprentice_desk.commands import desks
from apprentice_desk.commands.output import print_findings
from apprentice_desk.documents.pack_comparing import PackComparison, PackLine
from apprentice_desk.documents.pack_making import make_pack, offered
from apprentice_desk.documents.pack_manifest import Pack, PackItem
from apprentice_desk.documents.pack_taking_in import TakenIn, compare_with_desk, take_in
from apprentice_desk.documents.pack_words import signed
from apprentice_desk.documents.packs import load_pack, save_pack
from apprentice_desk.domain.calendar import show_day
from apprentice_desk.domain.leaving import Going, LeftKind
from apprentice_desk.domain.needs import counted
from apprentice_desk.domain.own_wording import Approval
from apprentice_desk.domain.problems import Problem


def export(
    location: str,
    to: str,
    title: str,
    note: str,
    today: date,
    *,
    takes_all: bool,
    only: Sequence[str],
) -> int:
    """Write a pack of the wording that was written in a desk, of all, or of *only* some."""
    with desks.opened(location) as store:
        every = store.read(offered)
        if only:
            chosen = _named(only, [each.item for each in every])
        else:
            chosen = {each.id for each in every if takes_all or each.is_written_here}
        if not chosen:
            raise Problem(
                "There is no approved wording that was written in this desk.",
                "Say --all for the program's wording too, or --only and what.",
            )
        pack = store.read(make_pack, chosen, title, note, today)
        path = save_pack(pack, Path(to))
        desks.note(store, [(path, Going(LeftKind.WORDING, count=0))])
    print(f"Wrote {path.name}: “{pack.title}” from {pack.sender}, {_count(pack)}.")
    return 0


def _count(pack: Pack) -> str:
    clauses = sum(item.is_clause for item in pack.items)
    types = len(pack.items) - clauses
    said = [counted(clauses, "clause")] if clauses else []
    return " and ".join([*said, *([counted(types, "document type")] if types else [])])


def _named(words: Iterable[str], items: Sequence[PackItem]) -> set[str]:
    """Return the files that *words* name: by file, by id and version, or the newest by id."""
    found = set()
    for word in words:
        meant = [
            each for each in items if word in (each.named, each.id, f"{each.id}.{each.version}")
        ]
        if not meant:
            raise Problem(
                f"There is nothing called “{word[:80]}”.", "“wording list” tells what there is."
            )
        found.add(max(meant, key=lambda each: each.version).named)
    return found


def take(
    file: str,
    location: str,
    today: date,
    *,
    approved_by: str,
    job_title: str,
    left_out: Sequence[str],
    only_checks: bool,
) -> int:
    """Say what a pack would do to a desk and, unless this *only_checks*, take it in.

    Without *approved_by* it comes in as drafts.  The answer is 1 where part of it was refused, or
    where it only checks and the wording would not be in order.
    """
    pack = load_pack(file)
    with desks.opened(location) as store:
        names = _named(left_out, pack.items)
        comparison = store.read(partial(compare_with_desk, left_out=names), pack, today)
        chosen = comparison.without(names)
        _print(comparison, chosen, with_words=only_checks)
        if not only_checks:
            approval = None
            if approved_by:
                approval = Approval(approved_by, job_title, today, is_read=True)
            print(_done(take_in(store, pack, chosen, approval, today)))
    return 1 if comparison.refused or (only_checks and comparison.findings) else 0


def _print(comparison: PackComparison, chosen: Collection[str], *, with_words: bool) -> None:
    pack = comparison.pack
    print(f"“{pack.title}” from {pack.sender}, {show_day(pack.made_on)}: {_count(pack)}.")
    if pack.note:
        print(pack.note)
    for line in comparison.lines:
        is_out = line.fate.is_change and line.id not in chosen
        print(f"{'Left out' if is_out else line.fate.value.capitalize()}: {_said(line)}")
        if with_words and line.fate.is_change:
            for each in filter(_is_changed, signed(line.runs).splitlines()):
                print(f"    {each}")
    if with_words:
        print_findings(comparison.findings)


def _said(line: PackLine) -> str:
    said = [f"{line.title} ({line.id}). {line.says}"]
    said += [f"“{title}” of this desk stays in its place." for title in line.stays]
    if line.uses:
        used = sorted({use.reference for use in line.uses})
        said.append(f"Contracts made with what the desk has: {', '.join(used)}.")
    return " ".join(filter(None, [*said, line.remedy]))


def _is_changed(line: str) -> bool:
    return any(sign in line for sign in ("[−", "−]", "{+", "+}"))


def _done(taken: TakenIn) -> str:
    if not taken.count:
        return "Nothing to do: the desk has all of it."
    said = [
        words
        for count, words in (
            (taken.approved, f"{taken.approved} approved and in force"),
            (taken.drafts, f"{taken.drafts} taken in as drafts, to be approved under Wording"),
            (taken.withdrawn, f"{taken.withdrawn} withdrawn"),
        )
        if count
    ]
    return f"Taken in as one change: {'; '.join(said)}."
