"""The command line.

Exit status 0: fine; 1: findings refuse something; 2: it cannot be done, said in one sentence on
standard error.  Only ``open`` imports Qt.
"""

from __future__ import annotations

import argparse
import gc
import os
import sys
from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from apprentice_desk import crashes, settings
from apprentice_desk.clock import SystemClock
from apprentice_desk.domain.problems import Cancelled, Problem
from apprentice_desk.product import version

FINE, REFUSED, CANNOT = 0, 1, 2
_APART = "read-pages-apart"  # as documents.reading_apart has it
_STOPPED = 130  # what shells expect after Ctrl+C


class _Parser(argparse.ArgumentParser):
    """Takes options as they are, not their beginnings: nobody is to write --passphrase WORDS."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**(options | {"allow_abbrev": False}))


class _Version(argparse.Action):
    """Says the version and ends; it is read only then, so that no start waits for it."""

    def __init__(self, option_strings: Sequence[str], dest: str, **_options: Any) -> None:
        told = "show program's version number and exit"
        super().__init__(option_strings, argparse.SUPPRESS, nargs=0, help=told)

    def __call__(self, parser: argparse.ArgumentParser, *_given: Any) -> None:
        print(f"Apprentice Desk {version()}")
        parser.exit()


def parser() -> argparse.ArgumentParser:
    """Return the description of all commands."""
    whole = _Parser(
        prog="apprentice-desk",
        description="Apprentices, their off-the-job hours, contracts and the standard return.",
    )
    whole.add_argument("--version", action=_Version)
    commands = whole.add_subparsers(dest="command", required=True, metavar="COMMAND")

    asks = _asking()

    def command(name: str, says: str) -> argparse.ArgumentParser:
        parents = [] if name in _OPENS_NO_DESK else [asks]
        return commands.add_parser(name, help=says, description=says, parents=parents)

    opens = command("open", "Open the window on a desk, the sample, or the newest desk.")
    opens.add_argument("desk", nargs="?", default="", metavar="DESK")
    opens.add_argument("--sample", action="store_true", help="open the sample borough")

    new = command("new", "Make a new desk for a borough.")
    new.add_argument("desk", metavar="DESK")
    new.add_argument("--borough", required=True, metavar="BOROUGH", help="code or name")
    new.add_argument("--team", default="Apprenticeships", help="the team's name")
    new.add_argument(
        "--protect", action="store_true", help="with a passphrase, without which nobody can read it"
    )

    _add_protecting(
        command("protect", "Give a desk a passphrase, another one, or take it away."),
        command("recovery-sheet", "Write the page that opens a desk without its passphrase."),
    )

    _add_backing_up(
        command("backup", "Copy a desk into the folder of its backups, and check the copy."),
        command("restore", "Make a desk of a backup, in a new file beside what is there."),
        command("verify", "Check desks and backups whole, and say what each holds."),
    )

    sample = command(
        "sample",
        "Write samples into a folder: desks, lists to import, and returns to merge, among them"
        " those of LOTI's first programme by quarter. Every apprentice is invented.",
    )
    sample.add_argument("--to", required=True, metavar="FOLDER")

    imports = command("import", "Import a list of apprentices, hours or contracts as one change.")
    imports.add_argument("file", metavar="FILE")
    imports.add_argument("--into", required=True, metavar="DESK")
    kinds = ("apprentices", "hours", "contracts", "payments")
    imports.add_argument("--as", required=True, dest="kind", choices=kinds)
    imports.add_argument(
        "--apprentice", metavar="NAME", help="whose hours they are, where the list does not say"
    )
    imports.add_argument(
        "--add-missing", action="store_true", help="add apprentices whom the desk does not know"
    )
    imports.add_argument(
        "--accept-corrections",
        action="store_true",
        help="also change what the desk has already where the list says otherwise",
    )
    imports.add_argument(
        "--fates", metavar="FILE.xlsx", help="save what became of each row as a workbook"
    )
    imports.add_argument("--dry-run", action="store_true", help="say what would happen, only")
    imports.add_argument("--json", action="store_true", help="print the result as JSON")

    undo = command("undo", "Take the newest change back, named by its label.")
    undo.add_argument("desk", metavar="DESK")

    catalogue = command("catalogue", "Load a newer list of standards of the same columns.")
    catalogue.add_argument("file", metavar="FILE")
    catalogue.add_argument("--into", required=True, metavar="DESK")
    catalogue.add_argument("--dry-run", action="store_true", help="say what would happen, only")

    standard = command(
        "standard",
        "Load versions of standards from a file in the shape of Skills England's JSON.",
    )
    standard.add_argument("file", metavar="FILE.json")
    standard.add_argument("--into", required=True, metavar="DESK")
    standard.add_argument("--dry-run", action="store_true", help="say what would happen, only")

    returns = command("return", "Write the standard return for a quarter.")
    returns.add_argument("desk", metavar="DESK")
    returns.add_argument("--period", required=True, help='such as "2026-27 Q3"')
    returns.add_argument("--to", required=True, metavar="FILE.xlsx")
    returns.add_argument("--by", default="", help="the role that prepared it, never a name")
    returns.add_argument(
        "--send-anyway", action="store_true", help="write it although findings refuse something"
    )
    returns.add_argument("--json", action="store_true", help="print the result as JSON")

    template = command("template", "Write a blank return, to be filled in by hand.")
    template.add_argument("--to", required=True, metavar="FILE.xlsx")
    template.add_argument("--borough", default="", metavar="BOROUGH", help="code or name")
    template.add_argument("--period", default="", help='such as "2026-27 Q3"')

    check = command("check", "Read returns back and say what a merge would find.")
    check.add_argument("files", nargs="+", metavar="FILE.xlsx")
    check.add_argument("--json", action="store_true", help="print the result as JSON")

    merge = command("merge", "Merge boroughs' returns into one workbook.")
    merge.add_argument("paths", nargs="+", metavar="FILE-OR-FOLDER")
    merge.add_argument("--to", required=True, metavar="FILE.xlsx")
    merge.add_argument("--period", default="", help="the latest one among them, if not given")
    merge.add_argument(
        "--expected", default="", metavar="FILE", help="a borough's code or name on each line"
    )
    merge.add_argument(
        "--desk", default="", metavar="DESK", help="where the list of expected boroughs is kept"
    )
    merge.add_argument("--json", action="store_true", help="print the result as JSON")

    document = command("document", "Issue a document made of the standard wording.")
    document.add_argument("type", metavar="TYPE", help="as “wording list” names it")
    document.add_argument("--desk", required=True, metavar="DESK")
    document.add_argument(
        "--subject",
        required=True,
        metavar="REF",
        help="a reference; of a letter to a bidder the procurement's, a stroke, and the bidder",
    )
    document.add_argument(
        "--set",
        action="append",
        default=[],
        dest="answers",
        metavar="FIELD=VALUE",
        help="what the desk does not know; as often as needed",
    )
    document.add_argument(
        "--with", action="append", default=[], dest="put_in", metavar="CLAUSE",
        help="put an optional clause in",
    )  # fmt: skip
    document.add_argument(
        "--without", action="append", default=[], dest="left_out", metavar="CLAUSE",
        help="leave an optional clause out",
    )  # fmt: skip
    document.add_argument("--to", required=True, metavar="FILE", help="a .pdf or a .docx")

    _add_wording(command("wording", "Check wording, list it, and send and receive packs of it."))
    compare = command(
        "compare", "List every departure of a Word file or PDF that came back from what was sent."
    )
    compare.add_argument("file", metavar="FILE")
    compare.add_argument("--desk", required=True, metavar="DESK")
    compare.add_argument(
        "--document", required=True, metavar="REF", help="its reference, or its file's name"
    )
    compare.add_argument("--json", action="store_true", help="print the departures as JSON")

    _add_placements(
        command("placements", "Send and receive what is asked for and offered between boroughs.")
    )

    administered = command(
        "policy", "Say what administrators set for this computer, or what a file would set."
    )
    administered.add_argument("file", nargs="?", default="", metavar="FILE")

    command("self-test", "Try everything out in a temporary folder.")
    return whole


_OPENS_NO_DESK = (
    "open", "sample", "template", "check", "wording", "placements", "policy", "self-test",
)  # fmt: skip
"""What asks for no passphrase: the window does so itself, and some have commands of their own."""


def _asking() -> _Parser:
    """Return what every command that opens a desk takes."""
    asks = _Parser(add_help=False)
    asks.add_argument(
        "--passphrase-file", default="", metavar="FILE",
        help="where the desk's passphrase stands, if nobody is to be asked for it",
    )  # fmt: skip
    return asks


def _add_protecting(protect: argparse.ArgumentParser, sheet: argparse.ArgumentParser) -> None:
    """Describe what can be done with passphrases."""
    protect.add_argument("desk", metavar="DESK")
    way = protect.add_mutually_exclusive_group()
    way.add_argument("--change", action="store_true", help="give it another passphrase")
    way.add_argument("--remove", action="store_true", help="let everybody read the file again")
    protect.add_argument(
        "--new-passphrase-file", default="", metavar="FILE", help="where the new one stands"
    )
    protect.add_argument(
        "--also", action="append", default=[], metavar="FOLDER",
        help="another folder with backups of it; as often as needed",
    )  # fmt: skip
    sheet.add_argument("desk", metavar="DESK")
    sheet.add_argument("--to", required=True, metavar="FILE.pdf")


def _add_backing_up(
    backup: argparse.ArgumentParser,
    restore: argparse.ArgumentParser,
    verify: argparse.ArgumentParser,
) -> None:
    """Describe what can be done with backups."""
    backup.add_argument("desk", metavar="DESK")
    backup.add_argument(
        "--to", default="", metavar="FOLDER", help="where the folder of backups is to stand, if"
        " not beside the desk",
    )  # fmt: skip
    restore.add_argument("file", metavar="BACKUP")
    restore.add_argument("--to", required=True, metavar="FILE.desk")
    verify.add_argument("files", nargs="+", metavar="FILE.desk")


def _add_placements(whole: argparse.ArgumentParser) -> None:
    """Describe what can be done with placements files."""
    commands = whole.add_subparsers(dest="what", required=True, metavar="WHAT")
    says = "Write what a desk asks for and offers into one file, without names."
    export = commands.add_parser("export", help=says, description=says, parents=[_asking()])
    export.add_argument("desk", metavar="DESK")
    export.add_argument("--to", required=True, metavar="FILE.placements")
    export.add_argument(
        "--with-others", action="store_true", help="also what the desk took in from others"
    )

    says = "Take in what others ask for and offer, as one change, or only say what is new."
    imports = commands.add_parser("import", help=says, description=says, parents=[_asking()])
    imports.add_argument("files", nargs="+", metavar="FILE.placements")
    imports.add_argument("--into", required=True, metavar="DESK")
    imports.add_argument(
        "--check", action="store_true", help="only say what is new; nothing is changed"
    )

    says = "Write one list of many boroughs' files, for all of them to take in."
    merge = commands.add_parser("merge", help=says, description=says, parents=[_asking()])
    merge.add_argument("files", nargs="+", metavar="FILE.placements", help="files or folders")
    merge.add_argument("--to", required=True, metavar="FILE.placements")
    merge.add_argument("--desk", default="", metavar="DESK", help="whose own places to put in")


def _add_wording(whole: argparse.ArgumentParser) -> None:
    """Describe what can be done with wording."""
    commands = whole.add_subparsers(dest="what", required=True, metavar="WHAT")
    for name, says in (
        ("check", "Say what is wrong with the standard wording."),
        ("list", "List every version of the standard wording."),
    ):
        one = commands.add_parser(name, help=says, description=says)
        one.add_argument("--json", action="store_true", help="print the result as JSON")

    says = "Write wording of a desk into one file, to be imported into others."
    export = commands.add_parser("export", help=says, description=says, parents=[_asking()])
    export.add_argument("desk", metavar="DESK")
    export.add_argument("--to", required=True, metavar="FILE.wording")
    export.add_argument("--title", required=True, help="what the pack is called")
    export.add_argument("--note", default="", help="what its readers should know")
    which = export.add_mutually_exclusive_group()
    which.add_argument(
        "--all", action="store_true", dest="takes_all", help="the program's wording too"
    )
    which.add_argument(
        "--only", action="append", default=[], metavar="NAME",
        help="a clause or document type by its id, or id.version; as often as needed",
    )  # fmt: skip

    says = "Take wording from a pack into a desk as one change, or only say what it would do."
    imports = commands.add_parser("import", help=says, description=says, parents=[_asking()])
    imports.add_argument("file", metavar="FILE.wording")
    imports.add_argument("--into", required=True, metavar="DESK")
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
    imports.add_argument(
        "--without", action="append", default=[], metavar="NAME",
        help="leave out, with what needs it; as often as needed",
    )  # fmt: skip


def run(arguments: argparse.Namespace) -> int:
    """Do what *arguments* ask for, with the file in mind that a passphrase stands in."""
    named = getattr(arguments, "passphrase_file", "")
    if not named:
        return _run(arguments)
    from apprentice_desk.commands import passphrases

    with passphrases.from_file(named):
        return _run(arguments)


def _run(arguments: argparse.Namespace) -> int:
    """Do what *arguments* ask for; what each command needs is imported only for it."""
    clock = SystemClock()
    match arguments.command:
        case "open":
            gc.disable()  # until the desk is open, while next to nothing is rubbish
            from apprentice_desk import app
            from apprentice_desk.commands.opening import SAMPLE

            return app.run(SAMPLE if arguments.sample else arguments.desk)
        case "new":
            from apprentice_desk.commands import desks

            return desks.new(
                arguments.desk, arguments.borough, arguments.team, protects=arguments.protect
            )
        case "protect":
            from apprentice_desk.commands import protecting

            return protecting.protect(
                arguments.desk,
                clock.now(),
                removes=arguments.remove,
                changes=arguments.change,
                new_file=arguments.new_passphrase_file,
                also=arguments.also,
            )
        case "recovery-sheet":
            from apprentice_desk.commands import protecting

            return protecting.sheet(arguments.desk, arguments.to, clock.today())
        case "backup":
            from apprentice_desk.commands import backing_up

            return backing_up.back_up(arguments.desk, clock.now(), arguments.to)
        case "restore":
            from apprentice_desk.commands import backing_up

            return backing_up.restore(arguments.file, arguments.to)
        case "verify":
            from apprentice_desk.commands import backing_up

            return backing_up.verify(arguments.files)
        case "undo":
            from apprentice_desk.commands import desks

            return desks.undo(arguments.desk)
        case "catalogue":
            from apprentice_desk.commands import desks

            return desks.load_catalogue(
                arguments.file, arguments.into, clock.today(), dry_run=arguments.dry_run
            )
        case "standard":
            from apprentice_desk.commands import standards

            return standards.load(
                arguments.file, arguments.into, clock.today(), dry_run=arguments.dry_run
            )
        case "sample":
            from apprentice_desk.commands import sample

            return sample.write(arguments.to, clock.today(), clock.now())
        case "import":
            from apprentice_desk.commands import lists

            return lists.import_list(
                arguments.file,
                arguments.into,
                arguments.kind,
                clock.today(),
                apprentice=arguments.apprentice,
                add_missing=arguments.add_missing,
                dry_run=arguments.dry_run,
                as_json=arguments.json,
                accept_corrections=arguments.accept_corrections,
                fates=arguments.fates,
            )
        case "return":
            from apprentice_desk.commands import returning

            return returning.send(
                arguments.desk,
                arguments.period,
                arguments.to,
                clock.now(),
                prepared_by=arguments.by or settings.load().prepared_by,
                send_anyway=arguments.send_anyway,
                as_json=arguments.json,
            )
        case "template":
            from apprentice_desk.commands import returning

            return returning.write_template(
                arguments.to, borough=arguments.borough, period=arguments.period
            )
        case "check":
            from apprentice_desk.commands import returning

            return returning.check(arguments.files, as_json=arguments.json)
        case "merge":
            from apprentice_desk.commands import returning

            return returning.merge_returns(
                arguments.paths,
                arguments.to,
                period=arguments.period,
                expected=arguments.expected,
                desk=arguments.desk,
                as_json=arguments.json,
            )
        case "document":
            from apprentice_desk.commands import documents

            return documents.issue_document(
                arguments.type,
                arguments.desk,
                arguments.subject,
                arguments.to,
                clock.today(),
                answers=arguments.answers,
                put_in=arguments.put_in,
                left_out=arguments.left_out,
            )
        case "compare":
            from apprentice_desk.commands import returned

            return returned.compare(
                arguments.file, arguments.desk, arguments.document, as_json=arguments.json
            )
        case "wording":
            return _run_wording(arguments, clock.today())
        case "placements":
            return _run_placements(arguments, clock.now())
        case "policy":
            from apprentice_desk.commands import policies

            return policies.tell(arguments.file)
        case _:
            from apprentice_desk.commands import self_test

            return self_test.run(clock.today(), clock.now())


def _run_placements(arguments: argparse.Namespace, now: datetime) -> int:
    """Do what *arguments* ask for about placements files."""
    from apprentice_desk.commands import placements

    match arguments.what:
        case "export":
            return placements.export(
                arguments.desk, arguments.to, with_others=arguments.with_others
            )
        case "import":
            return placements.take(
                arguments.files, arguments.into, now, only_checks=arguments.check
            )
        case _:
            return placements.merge(arguments.files, arguments.to, now, desk=arguments.desk)


def _run_wording(arguments: argparse.Namespace, today: date) -> int:
    """Do what *arguments* ask for about wording."""
    from apprentice_desk.commands import packs, wording

    match arguments.what:
        case "check":
            return wording.check(today, as_json=arguments.json)
        case "list":
            return wording.list_all(as_json=arguments.json)
        case "export":
            return packs.export(
                arguments.desk,
                arguments.to,
                arguments.title,
                arguments.note,
                today,
                takes_all=arguments.takes_all,
                only=arguments.only,
            )
        case _:
            return packs.take(
                arguments.file,
                arguments.into,
                today,
                approved_by=arguments.approved_by,
                job_title=arguments.job_title,
                left_out=arguments.without,
                only_checks=arguments.check,
            )


def _be_apart(numbers: Sequence[str]) -> int:
    """Be the process that reads somebody's PDF for this program; not for a person to call."""
    from apprentice_desk.documents import reading_apart

    pages, letters = map(int, numbers)
    return reading_apart.be_apart(pages, letters, sys.stdin.buffer, sys.stdout.buffer)


def main(words: Sequence[str] | None = None) -> int:
    """Run the command line and return its exit status."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):  # a Windows console may know fewer letters than a name
            stream.reconfigure(errors="replace")
    given = sys.argv[1:] if words is None else list(words)
    if given[:1] == [_APART]:
        return _be_apart(given[1:])
    arguments = parser().parse_args(given)
    try:
        return run(arguments)
    except Problem as problem:
        print(str(problem), file=sys.stderr)
    except Cancelled:
        return _STOPPED
    except KeyboardInterrupt:
        print("Stopped; nothing was half done.", file=sys.stderr)
        return _STOPPED
    except BrokenPipeError:
        # Whoever read the words had enough of them, such as "| head"; that is no fault.  What is
        # still to be written at the end would fail again.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return _STOPPED
    except Exception as fault:  # noqa: BLE001 - the crash hook of the command line
        kind, now = type(fault), SystemClock().now()
        kept = None
        if not crashes.is_lack_of_memory(kind):
            kept = crashes.keep(settings.faults_folder(), kind, fault.__traceback__, now)
        print(crashes.sentence(kept, kind), file=sys.stderr)
    return CANNOT


if __name__ == "__main__":
    sys.exit(main())
