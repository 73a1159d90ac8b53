"""What a screen reader hears of every page and dialog, over AT-SPI, from a real window."""

from __future__ import annotations

import importlib
import json
import os
import subprocess
import sys
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from apprentice_desk import resources
from ui.openings import OPENINGS, TODAY, Opening
from ui.sharing_openings import share

HERE = Path(__file__).parent
INSTALLERS = HERE.parents[1] / "installers"
NO_KIND = {"", "filler", "invalid", "unknown", "redundant object"}

pytestmark = pytest.mark.window

Node = dict[str, Any]

SHARES = 3
"""So many windows are walked through, at the same time where there are processes for it."""
FIRST = ("page Apprentices", "returns merged")
"""What is read cell by cell and tile by tile."""


@pytest.fixture(scope="module")
def listener() -> Path:
    """A Python that can listen; skips (in CI: fails) where there is none."""
    with pytest.MonkeyPatch.context() as patch:
        patch.syspath_prepend(str(INSTALLERS))
        python: Path | None = importlib.import_module("machine").screen_reader()
    lacking = "AT-SPI with its Python" if python is None else ""
    if not os.environ.get("DISPLAY"):
        lacking = "X server: set DISPLAY"
    if lacking:
        if os.environ.get("CI"):
            pytest.fail(f"There is no {lacking}, though CI must have it.")
        pytest.skip(f"no {lacking}")
    assert python is not None
    return python


def walked(
    listener: Path, desk: Path, folder: Path, openings: Sequence[Opening]
) -> dict[str, list[Node]]:
    """Return what stands in the window at each of *openings*, from top to bottom."""
    names = json.dumps([each.name for each in openings])
    program = [sys.executable, HERE / "shown_to_a_screen_reader.py", desk, folder, names]
    notes = folder / "notes.json"
    listening = ["dbus-run-session", "--", listener, HERE / "screen_reader.py", notes]
    run = subprocess.run(
        [*listening, *program],
        capture_output=True, text=True, timeout=300, check=False,
        env=os.environ | {
            "QT_QPA_PLATFORM": "xcb",
            "QT_LINUX_ACCESSIBILITY_ALWAYS_ON": "1",
            "PYTHONPATH": os.pathsep.join(sys.path),
        },
    )  # fmt: skip
    assert run.returncode == 0, run.stdout + run.stderr
    found: dict[str, list[Node]] = json.loads(notes.read_text("utf-8"))
    return found


def called(node: Node) -> str:
    """Return what a screen reader says first; of a combo box the name is what is chosen in it."""
    if node["role"] == "combo box":
        return ", ".join(each for each in node["labels"] if each)
    name: str = node["name"].strip()
    return name


def faults(nodes: list[Node]) -> list[str]:
    """Return what is wrong with the controls in one window."""
    found = []
    controls = [node for node in nodes if node["is_focusable"] and node["is_enabled"]]
    for node in controls:
        if not called(node):
            around = [nodes[place]["name"] for place in node["within"] if nodes[place]["name"]]
            found.append(f"a {node['role']} without a name in {around[-1]}")
        if node["role"] in NO_KIND:
            found.append(f"“{called(node)}” is of no kind")
    # A text that can be marked with the mouse takes the keyboard too, but is no control.
    counts = Counter((node["role"], called(node)) for node in controls if node["role"] != "label")
    found += [f"{many} of {each}" for each, many in counts.items() if each[1] and many > 1]
    for node in nodes:
        if (table := node.get("table")) is not None:
            found += unreadable(called(node), table)
    return found


def unreadable(name: str, table: dict[str, Any]) -> list[str]:
    """Return what of a table is not text: its name, a heading, or what a row begins with."""
    found = [] if name else ["a table without a name"]
    if not all(table["headings"]):
        found.append(f"a column without a heading in {name}: {table['headings']}")
    if not all(any(cell.strip() for cell in row[:2]) for row in table["cells"]):
        found.append(f"a row without a beginning in {name}")
    return found


def test_the_faults_of_tables_are_found() -> None:
    table = {"rows": 1, "headings": ["Name", ""], "cells": [["", " "]]}
    assert len(unreadable("", table)) == 3
    assert unreadable("Returns", {"rows": 0, "headings": [], "cells": []}) == []


@pytest.fixture(scope="class")
def heard(
    request: pytest.FixtureRequest,
    listener: Path,
    tmp_path_factory: pytest.TempPathFactory,
    copy_sample: Any,
) -> dict[str, list[Node]]:
    """What stands in the window at each opening of the share that a class is about."""
    openings = share(request.cls.SHARE, SHARES, FIRST)
    folder = tmp_path_factory.mktemp("heard")
    desk = copy_sample(folder / "exampleton.desk", TODAY)
    return walked(listener, desk, folder, openings)


class Heard:
    """One share of the openings: those of a class may be walked through beside the others'."""

    SHARE: int

    def test_everything_was_walked_through(self, heard: dict[str, list[Node]]) -> None:
        wanted = [each.name for each in share(self.SHARE, SHARES, FIRST)]
        assert list(heard) == [*wanted, "planted"]
        assert all(len(nodes) > 3 for nodes in heard.values())
        assert (
            sum(node["is_focusable"] for nodes in heard.values() for node in nodes) > 500 / SHARES
        )

    def test_every_control_has_a_kind_and_a_name_of_its_own(
        self, heard: dict[str, list[Node]]
    ) -> None:
        found = {
            name: wrong
            for name, nodes in heard.items()
            if name != "planted"
            if (wrong := faults(nodes))
        }
        assert found == {}

    def test_what_was_planted_is_found(self, heard: dict[str, list[Node]]) -> None:
        """The walk would fail on a control without a name, of no kind, or named like another."""
        assert sorted(faults(heard["planted"])) == [
            "2 of ('push button', 'Twice')",
            "a text without a name in exampleton.desk - Exampleton - Apprentice Desk",
            "“A thing of no kind” is of no kind",
        ]

    def test_no_chart_is_mute(self, heard: dict[str, list[Node]]) -> None:
        mute = {
            name: [
                node["name"]
                for node in nodes
                if node["role"] == "chart" and not node["description"]
            ]
            for name, nodes in heard.items()
        }
        assert {name: found for name, found in mute.items() if found} == {}


class TestTheFirst(Heard):
    SHARE = 0

    def test_the_list_of_apprentices_is_read_cell_by_cell(
        self, heard: dict[str, list[Node]]
    ) -> None:
        (shown,) = [node for node in heard["page Apprentices"] if node["role"] == "table"]
        table = shown["table"]
        assert shown["name"] == "List of apprentices"
        assert table["rows"] >= 9
        row = dict(zip(table["headings"], table["cells"][0], strict=True))
        assert row["Apprentice, sorted ascending"] == "Jo Bright"
        assert "logged of 480 h required" in row["Hours against plan"]
        assert row["Status"] == "On a break"

    def test_the_tile_map_is_read_borough_by_borough(self, heard: dict[str, list[Node]]) -> None:
        nodes = heard["returns merged"]
        named = [
            at for at, node in enumerate(nodes) if node["name"] == "Digital apprentices by borough"
        ]
        (at,) = [at for at in named if "arrows" in nodes[at]["description"]]
        tiles = [node for node in nodes if at in node["within"]]
        assert {node["role"] for node in tiles} == {"push button"}
        names = [node["name"] for node in tiles]
        boroughs = {each.name for each in resources.boroughs() if not each.is_invented}
        assert {name.split(",")[0] for name in names} == boroughs
        assert any("digital apprentice" in name for name in names)
        assert all(
            "," in name and node["description"] for name, node in zip(names, tiles, strict=True)
        )

    def test_charts_are_read_as_words(self, heard: dict[str, list[Node]]) -> None:
        charts = [node for nodes in heard.values() for node in nodes if node["role"] == "chart"]
        lines = [each["description"] for each in charts if each["name"] == "Chart"]
        bars = [each["description"] for each in charts if each["name"] != "Chart"]
        assert any("logged of" in says and "Planned to date" in says for says in lines)
        assert any("Data technician: " in says for says in bars)


class TestTheNext(Heard):
    SHARE = 1


class TestTheLast(Heard):
    SHARE = 2


def test_the_shares_are_all_of_the_openings() -> None:
    shares = [share(number, SHARES, FIRST) for number in range(SHARES)]
    names = [each.name for part in shares for each in part]
    assert sorted(names) == sorted(each.name for each in OPENINGS)
    assert {each.SHARE for each in Heard.__subclasses__()} == set(range(SHARES))
    assert max(map(len, shares)) - min(map(len, shares)) <= 1
    assert {each.name for each in shares[0]} >= set(FIRST)
