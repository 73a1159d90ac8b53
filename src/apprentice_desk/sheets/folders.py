"""A folder that takes the place of another whole, or leaves it as it was."""

from __future__ import annotations

import secrets
import shutil
from pathlib import Path

from apprentice_desk.domain.problems import Problem
from apprentice_desk.private_files import make_one_folder


class FolderSwap:
    """A new folder beside *path*, made at once; put_in_place() gives it that name.

    Until forget_former() what stood there is kept, and put_back() brings it back.  A swap that was
    cut off between the two is taken back when the next one begins.  Raises Problem in words if
    the folder cannot be written.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self._take_back_what_was_cut_off()
        mark = secrets.token_hex(4)
        self.fresh = path.with_name(f".{path.name} new {mark}")
        self._former = path.with_name(f".{path.name} former {mark}")
        self._is_in_place = False
        try:
            make_one_folder(self.fresh)
        except OSError as error:
            raise Problem(
                f"“{path.name}” was not saved: the folder “{path.parent}” was not found, or may not"
                " be written to.",
                "Choose another folder.",
            ) from error

    def put_in_place(self) -> None:
        """Give the new folder its name; raises Problem, and changes nothing, if that fails."""
        try:
            if self.path.exists():
                self.path.rename(self._former)
            self.fresh.rename(self.path)
        except OSError as error:
            if self._former.exists():
                self._former.rename(self.path)
            raise Problem(
                f"“{self.path.name}” was left as it was: a file in it is open in another program,"
                " or it may not be written to.",
                "Close it there, and save again.",
            ) from error
        self._is_in_place = True

    def put_back(self) -> None:
        """Bring back what stood there before; raises Problem, and says so, if that fails."""
        try:
            if self._is_in_place:
                self.path.rename(self.fresh)
                if self._former.exists():
                    self._former.rename(self.path)
                self._is_in_place = False
        except OSError as error:
            raise Problem(
                f"“{self.path.name}” is new already, but what belongs to it was not saved.",
                "Close its files in other programs, and save again.",
            ) from error
        shutil.rmtree(self.fresh, ignore_errors=True)

    def forget_former(self) -> None:
        """Take away what stood there before."""
        shutil.rmtree(self._former, ignore_errors=True)

    def _take_back_what_was_cut_off(self) -> None:
        begins = f".{self.path.name} "
        beside = self.path.parent.iterdir() if self.path.parent.is_dir() else ()
        for left in sorted(one for one in beside if one.name.startswith(begins)):
            if left.name.startswith(f"{begins}former ") and not self.path.exists():
                left.rename(self.path)
            elif left.name.startswith((f"{begins}former ", f"{begins}new ")):
                shutil.rmtree(left, ignore_errors=True)
