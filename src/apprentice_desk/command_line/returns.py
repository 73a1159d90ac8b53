"""The commands of the standard return: return, template, check, merge."""

from __future__ import annotations

import argparse

from apprentice_desk import settings
from apprentice_desk.clock import Clock
from apprentice_desk.command_line.parsing import Commands, add_desk, add_json, add_to


def add(commands: Commands) -> None:
    """Describe how a return is written, checked and merged with others."""
    returns = commands.add("return", "Write the standard return for a quarter.", _send)
    add_desk(returns)
    returns.add_argument("--period", required=True, help='such as "2026-27 Q3"')
    add_to(returns, "FILE.xlsx")
    returns.add_argument("--by", default="", help="the role that prepared it, never a name")
    returns.add_argument(
        "--send-anyway", action="store_true", help="write it although findings refuse something"
    )
    add_json(returns)

    template = commands.add(
        "template",
        "Write a blank return, to be filled in by hand.",
        _write_template,
        opens_a_desk=False,
    )
    add_to(template, "FILE.xlsx")
    template.add_argument("--borough", default="", metavar="BOROUGH", help="code or name")
    template.add_argument("--period", default="", help='such as "2026-27 Q3"')

    check = commands.add(
        "check", "Read returns back and say what a merge would find.", _check, opens_a_desk=False
    )
    check.add_argument("files", nargs="+", metavar="FILE.xlsx")
    add_json(check)

    merge = commands.add("merge", "Merge boroughs' returns into one workbook.", _merge)
    merge.add_argument("paths", nargs="+", metavar="FILE-OR-FOLDER")
    add_to(merge, "FILE.xlsx")
    merge.add_argument("--period", default="", help="the latest one among them, if not given")
    merge.add_argument(
        "--expected", default="", metavar="FILE", help="a borough's code or name on each line"
    )
    merge.add_argument(
        "--desk", default="", metavar="DESK", help="where the list of expected boroughs is kept"
    )
    add_json(merge)


def _send(given: argparse.Namespace, clock: Clock) -> int:
    from apprentice_desk.commands import returning

    return returning.send(
        given.desk,
        given.period,
        given.to,
        clock.now(),
        prepared_by=given.by or settings.load().prepared_by,
        send_anyway=given.send_anyway,
        as_json=given.json,
    )


def _write_template(given: argparse.Namespace, _clock: Clock) -> int:
    from apprentice_desk.commands import returning

    return returning.write_template(given.to, borough=given.borough, period=given.period)


def _check(given: argparse.Namespace, _clock: Clock) -> int:
    from apprentice_desk.commands import returning

    return returning.check(given.files, as_json=given.json)


def _merge(given: argparse.Namespace, _clock: Clock) -> int:
    from apprentice_desk.commands import returning

    return returning.merge_returns(
        given.paths,
        given.to,
        period=given.period,
        expected=given.expected,
        desk=given.desk,
        as_json=given.json,
    )
