"""Where the frozen program starts."""

import os
import sys

from apprentice_desk.__main__ import main


def leave_libraries_to_others() -> None:
    """Take out of the environment what made the libraries in this folder be found.

    By now they were.  A browser or mail program that is started from here would take them for its
    own, and fail.
    """
    before = os.environ.pop("LD_LIBRARY_PATH_ORIG", None)
    if before is not None:
        os.environ["LD_LIBRARY_PATH"] = before
    elif sys.platform == "linux":
        os.environ.pop("LD_LIBRARY_PATH", None)


leave_libraries_to_others()
sys.exit(main())
