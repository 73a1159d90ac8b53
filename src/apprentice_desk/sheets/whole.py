"""Files that are not spreadsheets, read whole: no larger than expected, and never a pipe."""

from __future__ import annotations

import stat
from pathlib import Path

from apprentice_desk.domain.problems import Problem


def read_whole(path: Path, most: int) -> bytes:
    """Return the content of *path*, of which no more is read than *most* bytes and one.

    Raises Problem where it is a folder, no file, not there, or cannot be read.
    """
    called = path.name
    try:
        found = path.stat()
        if stat.S_ISDIR(found.st_mode):
            raise Problem(f"“{called}” is a folder.", "Choose the file in it.")
        if not stat.S_ISREG(found.st_mode):  # a pipe would be waited for without end
            raise Problem(f"“{called}” is not a file.", "Choose another.")
        with path.open("rb") as file:
            return file.read(most + 1)
    except FileNotFoundError:
        raise Problem(f"“{called}” is not there.", "Look where it was saved.") from None
    except (OSError, ValueError) as error:
        raise Problem(
            f"“{called}” could not be read.", "Close it in other programs, or copy it elsewhere."
        ) from error
