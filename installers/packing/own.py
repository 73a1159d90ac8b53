"""The program's own modules, as far as the making of packages asks them: the standard library does.

They are taken from the source, so that packages can be made by any Python, without installing.
"""

from __future__ import annotations

import sys

from programs import ROOT

sys.path.insert(0, str(ROOT / "src"))

from apprentice_desk.domain.problems import Problem
from apprentice_desk.product import COMMAND, Product, product
from apprentice_desk.resources import installed, licences, release_files

__all__ = ["COMMAND", "Problem", "Product", "installed", "licences", "product", "release_files"]
