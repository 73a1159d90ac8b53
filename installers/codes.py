"""Writes the table of findings' codes into README.md; called by dev.py with .venv's Python."""

from __future__ import annotations

from pathlib import Path

from apprentice_desk.returns.codes import put_into

README = Path(__file__).parents[1] / "README.md"


def main() -> None:
    """Put today's table in the place of the one that is there."""
    README.write_text(put_into(README.read_text("utf-8")), "utf-8")


if __name__ == "__main__":
    main()
