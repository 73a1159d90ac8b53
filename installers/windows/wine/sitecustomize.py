"""Keeps Python for Windows off what wine 8 ends a program for, in the tests under wine alone.

Found by Python at its start, where its folder is on the path.
"""

import sys

if sys.platform == "win32":
    import _winapi
    import os
    from typing import NoReturn

    def _may_not(*_: object, **__: object) -> NoReturn:
        raise PermissionError(1, "A required privilege is not held by the client")

    # Wine 8 says that it made a link, and makes none; most people may make none on Windows.
    os.symlink = _may_not
    if hasattr(_winapi, "CopyFile2"):  # shutil then copies as it does on other systems
        del _winapi.CopyFile2
