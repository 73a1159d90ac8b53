"""Writes the table of steps into CONTRIBUTING.md; called by dev.py with .venv's Python."""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from apprentice_desk.commands.sample import make_sample_desk
from ui.job_scripts import TODAY
from ui.playing_jobs import Playing
from ui.steps import CONTRIBUTING, put_into


def main() -> None:
    """Play every job, and put what it took in the place of the table that is there."""
    with tempfile.TemporaryDirectory(prefix="steps-") as name:
        sample = Path(name, "sample.desk")
        make_sample_desk(sample, "exampleton.toml", TODAY).close()
        listed = Playing(Path(name), sample).listed()
    CONTRIBUTING.write_text(put_into(CONTRIBUTING.read_text("utf-8"), listed), "utf-8")


if __name__ == "__main__":
    main()
