"""The manual page, made of what the command line says of itself."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

_BEFORE = """\
.SH NAME
{command} \\- {summary}
.SH SYNOPSIS
.B {command}
.RI [ DESK ]
.br
.B {command}
.I COMMAND
.RI [ ARGUMENTS ]
.SH DESCRIPTION
{description}
{epilog}
.PP
A
.I DESK
is the file that holds what is recorded.  One with a passphrase is encrypted.
.SH COMMANDS
"""
_AFTER = """\
.SH FILES
.TP
.I *.desk
A desk.  Its backups are kept in a folder beside it.
.TP
.I /etc/{command}/policy.toml
What administrators set for everybody on this computer.  An example, explained line by line, is
.IR /usr/share/doc/{command}/examples/policy.toml .
.TP
.IR "$XDG_CONFIG_HOME/{name}/" ", by default " "~/.config/{name}/"
A person's own settings, logs and reports of faults.
.SH EXIT STATUS
.TP
.B 0
It is done.
.TP
.B 1
Findings refuse something, and are said.
.TP
.B 2
It cannot be done, which is said in one sentence.
.SH SEE ALSO
Help in the program (F1), and
.IR /usr/share/doc/{command}/ .
"""


def man_page(
    whole: argparse.ArgumentParser, command: str, name: str, summary: str, version: str, day: str
) -> str:
    """Return the page in the language of man(7), dated *day*, such as "2026-11-29"."""
    words = {
        "command": _roff(command),
        "name": _roff(name),
        "summary": _roff(summary),
        "description": _roff(whole.description or ""),
        "epilog": _roff(whole.epilog or ""),
    }
    head = f'.TH {command.upper()} 1 "{day}" "{name} {version}" "{name}"\n'
    told = "".join(_told(whole, command))
    return head + _BEFORE.format(**words) + told + _AFTER.format(**words)


def _told(parser: argparse.ArgumentParser, called: str) -> Iterator[str]:
    """Give each command of *parser*, and those below it, with what it takes."""
    for action in parser._actions:
        if not isinstance(action, argparse._SubParsersAction):
            continue
        for name, below in action.choices.items():
            if any(isinstance(each, argparse._SubParsersAction) for each in below._actions):
                yield from _told(below, f"{called} {name}")
                continue
            usage = " ".join(below.format_usage().split()).removeprefix("usage: ")
            usage = usage.removeprefix(f"{called} ").removeprefix(f"{name} ").replace("[-h] ", "")
            shown = f"{called.partition(' ')[2]} {name}".strip()
            yield f".TP\n.B {_roff(shown)}\n{_roff(below.description or '')}\n"
            yield f".br\n.RS\n.B {_roff(f'{shown} {usage}'.removesuffix('[-h]').strip())}\n"
            for each in below._actions:
                if each.option_strings and each.help and each.dest != "help":
                    taken = each.metavar or ("" if each.nargs == 0 else each.dest.upper())
                    metavar = f" {taken}" if isinstance(taken, str) and taken else ""
                    yield f".TP\n.B {_roff(', '.join(each.option_strings) + metavar)}\n"
                    yield f"{_roff(each.help % {'prog': called, 'default': each.default})}\n"
            yield ".RE\n"


def _roff(text: str) -> str:
    """Return *text* so that man(7) shows it as it stands."""
    told = text.replace("\\", "\\e").replace("-", "\\-")
    return f"\\&{told}" if told.startswith((".", "'")) else told
