"""The small file that comes with each version, from the changelog: which it is and what is new."""

from __future__ import annotations

import json
import re
from datetime import UTC, date, datetime
from pathlib import Path

from packing.folder import commit_time
from packing.own import COMMAND, product, release_files
from programs import ROOT, CannotGoOnError

CHANGELOG = ROOT / "CHANGELOG.md"
_MOST_LINES = 100


def write_release_file(folder: Path, *, changelog: Path = CHANGELOG) -> Path:
    """Write the file of this version into *folder*; return where it stands.

    What is new is the first sentence of each point under its version in *changelog*.  A version
    that is not released yet has the points under Unreleased, and the day of the last commit.
    Raises CannotGoOnError where the changelog names neither.
    """
    of = product()
    day, points = _section(changelog.read_text("utf-8"), of.version)
    lines = "".join(f"  {_quoted(point)},\n" for point in points[:_MOST_LINES])
    to = folder / f"{COMMAND}-{of.version}.{release_files.ENDING}"
    to.write_text(
        f"# Opened by the program, under “Newer versions”, to see what this version brings.\n"
        f"program = {_quoted(of.identity)}\nversion = {_quoted(of.version)}\n"
        f"released_on = {day:%Y-%m-%d}\nnew = [\n{lines}]\n",
        "utf-8",
        newline="\n",
    )
    release_files.release_in(to)  # what it cannot read itself is not given to anybody
    return to


def _section(text: str, version: str) -> tuple[date, list[str]]:
    heading = rf"^## \[(?:{re.escape(version)}|(Unreleased))\](?: - (\d{{4}}-\d\d-\d\d))?\s*$"
    named = {found[1] or version: found for found in re.finditer(heading, text, flags=re.MULTILINE)}
    found = named.get(version) or named.get("Unreleased")
    if found is None:
        raise CannotGoOnError(f"CHANGELOG.md names neither {version} nor what is unreleased.")
    body = re.split(r"^## ", text[found.end() :], maxsplit=1, flags=re.MULTILINE)[0]
    points = re.findall(r"^- (.+)$", body, flags=re.MULTILINE)
    return date.fromisoformat(found[2]) if found[2] else _committed_on(), [*map(_first, points)]


def _first(point: str) -> str:
    """Return the first sentence of a *point*, without Markdown's marks."""
    return re.sub(r"[`*]", "", re.split(r"(?<=[.?])\s+(?=[A-Z])", point, maxsplit=1)[0])


def _committed_on() -> date:
    return datetime.fromtimestamp(commit_time(), UTC).date()


def _quoted(text: str) -> str:
    """Return *text* as TOML writes it, which is as JSON does."""
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")
