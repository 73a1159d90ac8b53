"""The commands of documents and their wording: document, wording, compare."""

from __future__ import annotations

import argparse

from apprentice_desk.clock import Clock
from apprentice_desk.command_line.parsing import (
    Commands,
    add_desk,
    add_into,
    add_json,
    add_often,
    add_to,
)


def add(commands: Commands) -> None:
    """Describe how a document is issued, and what can be done with wording."""
    document = commands.add("document", "Issue a document made of the standard wording.", _issue)
    document.add_argument("type", metavar="TYPE", help="as “wording list” names it")
    document.add_argument("--desk", required=True, metavar="DESK")
    document.add_argument(
        "--subject",
        required=True,
        metavar="REF",
        help="a reference; of a letter to a bidder the procurement's, a stroke, and the bidder",
    )
    says = "what the desk does not know; as often as needed"
    add_often(document, "--set", "FIELD=VALUE", says, dest="answers")
    add_often(document, "--with", "CLAUSE", "put an optional clause in", dest="put_in")
    add_often(document, "--without", "CLAUSE", "leave an optional clause out", dest="left_out")
    add_to(document, "FILE", "a .pdf or a .docx")

    _add_wording(
        commands.group("wording", "Check wording, list it, and send and receive packs of it.")
    )

    compare = commands.add(
        "compare",
        "List every departure of a Word file or PDF that came back from what was sent.",
        _compare,
    )
    compare.add_argument("file", metavar="FILE")
    compare.add_argument("--desk", required=True, metavar="DESK")
    compare.add_argument(
        "--document", required=True, metavar="REF", help="its reference, or its file's name"
    )
    add_json(compare, "the departures")


def _add_wording(commands: Commands) -> None:
    checks = commands.add(
        "check", "Say what is wrong with the standard wording.", _check, opens_a_desk=False
    )
    add_json(checks)
    lists = commands.add(
        "list", "List every version of the standard wording.", _list, opens_a_desk=False
    )
    add_json(lists)

    export = commands.add(
        "export", "Write wording of a desk into one file, to be imported into others.", _export
    )
    add_desk(export)
    add_to(export, "FILE.wording")
    export.add_argument("--title", required=True, help="what the pack is called")
    export.add_argument("--note", default="", help="what its readers should know")
    which = export.add_mutually_exclusive_group()
    which.add_argument(
        "--all", action="store_true", dest="takes_all", help="the program's wording too"
    )
    says = "a clause or document type by its id, or id.version; as often as needed"
    add_often(which, "--only", "NAME", says)

    imports = commands.add(
        "import",
        "Take wording from a pack into a desk as one change, or only say what it would do.",
        _take,
    )
    imports.add_argument("file", metavar="FILE.wording")
    add_into(imports)
    how = imports.add_mutually_exclusive_group(required=True)
    how.add_argument(
        "--check", action="store_true", help="only compare, word by word; nothing is changed"
    )
    how.add_argument(
        "--approved-by", default="", metavar="NAME", help="who in your organisation has read it"
        " and approves it",
    )  # fmt: skip
    how.add_argument(
        "--as-drafts", action="store_true", help="nothing gets into a document until approved"
    )
    imports.add_argument("--job-title", default="", help="that of who approves it")
    add_often(imports, "--without", "NAME", "leave out, with what needs it; as often as needed")


def _issue(given: argparse.Namespace, clock: Clock) -> int:
    from apprentice_desk.commands import documents

    return documents.issue_document(
        given.type,
        given.desk,
        given.subject,
        given.to,
        clock.today(),
        answers=given.answers,
        put_in=given.put_in,
        left_out=given.left_out,
    )


def _compare(given: argparse.Namespace, _clock: Clock) -> int:
    from apprentice_desk.commands import returned

    return returned.compare(given.file, given.desk, given.document, as_json=given.json)


def _check(given: argparse.Namespace, clock: Clock) -> int:
    from apprentice_desk.commands import wording

    return wording.check(clock.today(), as_json=given.json)


def _list(given: argparse.Namespace, _clock: Clock) -> int:
    from apprentice_desk.commands import wording

    return wording.list_all(as_json=given.json)


def _export(given: argparse.Namespace, clock: Clock) -> int:
    from apprentice_desk.commands import packs

    return packs.export(
        given.desk,
        given.to,
        given.title,
        given.note,
        clock.today(),
        takes_all=given.takes_all,
        only=given.only,
    )


def _take(given: argparse.Namespace, clock: Clock) -> int:
    from apprentice_desk.commands import packs

    return packs.take(
        given.file,
        given.into,
        clock.today(),
        approved_by=given.approved_by,
        job_title=given.job_title,
        left_out=given.without,
        only_checks=given.check,
    )
