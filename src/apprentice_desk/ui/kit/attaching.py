"""Files of a desk on their way in and out: read whole and written whole, off the window's thread.

Each function says in a Problem why it could not be done; an unusual file is refused, never waited
for.
"""

from __future__ import annotations

import stat
from pathlib import Path

from apprentice_desk.domain import evidence as rules
from apprentice_desk.domain.evidence import safe_file_name
from apprentice_desk.domain.problems import Problem
from apprentice_desk.private_files import replacing


def read_file(path: str) -> bytes:
    """Return what is in a file that is to be attached.

    Raises Problem for a folder, one that is gone, may not be read, is empty or too large.
    """
    name = safe_file_name(path)
    try:
        found = Path(path).stat()
        if stat.S_ISDIR(found.st_mode):
            raise Problem(f"“{name}” is a folder.", "Choose the files in it.")
        if not stat.S_ISREG(found.st_mode):  # a pipe would be waited for without end
            raise Problem(f"“{name}” is not a file that can be attached.", "Choose another.")
        _refuse(name, found.st_size)
        with Path(path).open("rb") as file:
            content = file.read(rules.LONGEST_FILE_BYTES + 1)
    except FileNotFoundError:
        raise Problem(f"“{name}” is not there any more.", "Choose it again.") from None
    except PermissionError:
        raise Problem(
            f"“{name}” may not be read by you, or another program holds on to it.",
            "Close it there, or attach a copy.",
        ) from None
    except OSError as error:
        raise Problem(
            f"“{name}” could not be read ({error.strerror}).", "Attach a copy of it."
        ) from error
    _refuse(name, len(content))  # it may have grown, or been emptied, meanwhile
    return content


def _refuse(name: str, size_bytes: int) -> None:
    for finding in rules.check_file(name, size_bytes):
        raise Problem(finding.message, finding.remedy)


def save_file(path: str, content: bytes) -> None:
    """Write a copy to where the person wants it: whole, or not at all.

    Raises Problem where it cannot be written.
    """
    with replacing(path) as fresh:
        fresh.write_bytes(content)
