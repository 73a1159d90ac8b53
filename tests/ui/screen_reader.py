"""Listens to the program as a screen reader does, over AT-SPI, and writes down what it hears.

Run by the Python of the system, which has the bindings (gi), inside a D-Bus session of its own:

    dbus-run-session -- python3 screen_reader.py NOTES PROGRAM ARGUMENTS …

The program says by lines of JSON what it shows (shown_to_a_screen_reader.py).  NOTES becomes a
JSON file: for each thing shown the list of what stands in its window, from top to bottom.
"""

from __future__ import annotations

import json
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import gi

gi.require_version("Atspi", "2.0")
from gi.repository import Atspi, GLib  # noqa: E402  (the version comes first)

SECONDS_TO_WAIT = 90
ROWS_READ = 3
"""Of a table; the others are made of the same columns."""


def main(notes: Path, command: list[str]) -> int:
    """Walk through everything that the program shows."""
    heard = {}
    program = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    assert program.stdin is not None
    assert program.stdout is not None
    for line in program.stdout:
        shown = json.loads(line)
        heard[shown["name"]] = read(window_called(shown["title"]))
        program.stdin.write(b"\n")
        program.stdin.flush()
    notes.write_text(json.dumps(heard), encoding="utf-8")
    return program.wait()


def window_called(title: str) -> Any:
    """Wait for the window with this title to be there."""
    end = time.monotonic() + SECONDS_TO_WAIT
    while time.monotonic() < end:
        desktop = Atspi.get_desktop(0)
        for number in range(desktop.get_child_count()):
            program = desktop.get_child_at_index(number)
            for place in reversed(range(program.get_child_count() if program else 0)):
                window = program.get_child_at_index(place)
                if window is not None and window.get_name() == title:
                    return window
        time.sleep(0.02)
    raise SystemExit(f"no screen reader would see the window {title!r}")


def read(window: Any) -> list[dict[str, Any]]:
    """Return what is shown in *window*, each with its role, name, description and states."""
    found: list[dict[str, Any]] = []

    def look(node: Any, within: list[int]) -> None:
        states = node.get_state_set()
        if not states.contains(Atspi.StateType.SHOWING):
            return
        note = {
            "role": node.get_role_name(),
            "name": node.get_name() or "",
            "description": node.get_description() or "",
            "labels": labels(node),
            "is_focusable": states.contains(Atspi.StateType.FOCUSABLE),
            "is_enabled": states.contains(Atspi.StateType.ENABLED),
            "within": within,
        }
        here = [*within, len(found)]
        found.append(note)
        if note["role"] in ("table", "tree table"):
            note["table"] = table(node)
            return
        if note["role"] in ("combo box", "list", "spin button"):
            return  # what is in it speaks with its voice
        for place in range(node.get_child_count()):
            child = node.get_child_at_index(place)
            if child is not None:
                look(child, here)

    look(window, [])
    return found


def labels(node: Any) -> list[str]:
    """Return the words that label *node*: of a combo box AT-SPI's name is what is chosen in it."""
    return [
        relation.get_target(place).get_name()
        for relation in node.get_relation_set()
        if relation.get_relation_type() == Atspi.RelationType.LABELLED_BY
        for place in range(relation.get_n_targets())
    ]


def table(node: Any) -> dict[str, Any]:
    """Return the headings and the first rows of a table, as they are read out."""
    columns = Atspi.Table.get_n_columns(node)
    rows = Atspi.Table.get_n_rows(node)
    # Qt does not know the headings of a table without rows.
    headings = [
        Atspi.Table.get_column_header(node, place) for place in range(columns if rows else 0)
    ]
    return {
        "rows": rows,
        "headings": [each.get_name() if each is not None else "" for each in headings],
        "cells": [
            [
                Atspi.Table.get_accessible_at(node, row, column).get_name()
                for column in range(columns)
            ]
            for row in range(min(rows, ROWS_READ))
        ],
    }


if __name__ == "__main__":
    try:
        sys.exit(main(Path(sys.argv[1]), sys.argv[2:]))
    except GLib.Error as error:
        sys.exit(f"the program does not answer: {error.message}")
