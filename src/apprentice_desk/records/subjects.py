"""Every subject module, so that whoever opens a desk knows every table.

Undo, foreign keys and the comparison of schemas all go through the tables' common register; a
module that nobody had imported would be missing there.
"""

from __future__ import annotations

from apprentice_desk.records import (
    apprentices,
    contracts,
    entries,
    evidence,
    expecting,
    import_memory,
    learning,
    network,
    organisation,
    providers,
    putting_off,
    repeats,
    returns_sent,
    secondments,
    standards,
    weeks,
)

SUBJECTS = (
    apprentices,
    contracts,
    entries,
    evidence,
    expecting,
    import_memory,
    learning,
    network,
    organisation,
    providers,
    putting_off,
    repeats,
    returns_sent,
    secondments,
    standards,
    weeks,
)
