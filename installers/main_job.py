"""The main job from lists to a merged return, by the command line alone.

Every step is printed as a person would type it, so that reading along teaches the commands.
"""

from __future__ import annotations

import re
import shlex
import shutil
from pathlib import Path
from typing import NamedTuple, TypeAlias

from programs import ROOT, CannotGoOnError, run, say

BOROUGH = "E09999999"  # Exampleton, invented
OFFSCREEN = {"QT_QPA_PLATFORM": "offscreen"}

FINE, WITH_FINDINGS = 0, 1

Words: TypeAlias = tuple[str | Path, ...]


class MainJob(NamedTuple):
    """The main job, done with *python* and left in *folder*, which is emptied first."""

    python: Path
    folder: Path

    def carry_out(self) -> int:
        """Take every step and return 0; raises CannotGoOnError at the first that goes wrong."""
        shutil.rmtree(self.folder, ignore_errors=True)
        returns = self.folder / "returns"
        returns.mkdir(parents=True)
        sample = self.folder / "sample"
        self._step("The sample: desks, lists to import, returns to merge", "sample", "--to", sample)

        desk = self.folder / "exampleton-new.desk"
        self._step("A new, empty desk", "new", desk, "--borough", BOROUGH)
        people, hours = lists_in(sample / "lists")
        for path in people:
            self._import("Apprentices in", path, desk, "apprentices")
        for path in hours:
            self._import("Hours in", path, desk, "hours", "--add-missing")

        period = period_of(sample)
        for source in (desk, *other_desks(sample)):
            to = returns / f"{source.stem} {period}.xlsx"
            out: Words = ("return", source, "--period", period, "--to", to, "--send-anyway")
            self._step("A return out", *out, may_find=True)
        merged = self.folder / "merged.xlsx"
        together: Words = ("merge", returns, "--to", merged, "--period", period)
        self._step("The returns merged into one workbook", *together, may_find=True)
        self._draw(sample)
        say(f"\nDone. Look in {shown(self.folder)}:")
        for path in sorted(path for path in self.folder.rglob("*") if path.is_file()):
            say(f"  {path.relative_to(self.folder)}")
        return FINE

    def _import(self, title: str, path: Path, desk: Path, kind: str, *options: str) -> None:
        words: Words = ("import", path, "--into", desk, "--as", kind, *options)
        self._step(title, *words, may_find=True)

    def _step(self, title: str, *words: str | Path, may_find: bool = False) -> None:
        """Say and run one command; *may_find* lets it refuse rows, as real lists make it do."""
        say(f"\n{title}\n$ python -m apprentice_desk {as_typed(words)}")
        status = run([self.python, "-m", "apprentice_desk", *words])
        if status != FINE and not (may_find and status == WITH_FINDINGS):
            raise CannotGoOnError(f"The main job stopped at the step above (status {status}).")

    def _draw(self, sample: Path) -> None:
        desk, pages = min(sample.glob("*.desk")), self.folder / "pages"
        words: Words = ("installers/gallery.py", desk, "--to", pages, "--only", "light")
        say(f"\nA picture of each page\n$ python {as_typed(words)}")
        if run([self.python, *words], OFFSCREEN) != FINE:
            raise CannotGoOnError("The pages could not be drawn; what went wrong is above.")


def lists_in(folder: Path) -> tuple[list[Path], list[Path]]:
    """Return the lists in *folder*: those of apprentices, and those of hours by their name."""
    paths = sorted(path for path in folder.iterdir() if path.is_file())
    hours = [path for path in paths if path.name.lower().startswith("hours")]
    return [path for path in paths if path not in hours], hours


def period_of(sample: Path) -> str:
    """Return the first quarter that the *sample*'s own returns are for: their names say it.

    The sample's days are counted back from the day that it is made, so its quarters move.
    """
    names = " ".join(path.name for path in (sample / "returns").glob("*.xlsx"))
    quarters = re.findall(r"\d{4}-\d{2} Q[1-4]", names)
    if not quarters:
        raise CannotGoOnError(f"No return in {shown(sample / 'returns')} is named for its quarter.")
    return str(min(quarters))


def other_desks(sample: Path) -> list[Path]:
    """Return the sample's desks but the first, whose borough the new desk is of."""
    return sorted(sample.glob("*.desk"))[1:]


def as_typed(words: Words) -> str:
    """Return *words* as one would type them in the project's folder."""
    return shlex.join(shown(word) if not isinstance(word, str) else word for word in words)


def shown(path: Path) -> str:
    """Return *path* as seen from the project's folder."""
    return path.relative_to(ROOT).as_posix() if path.is_relative_to(ROOT) else str(path)
