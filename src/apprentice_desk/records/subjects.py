"""Every subject module, so that whoever opens a desk knows every table.

Undo, foreign keys and the comparison of schemas all go through the tables' common register; a
module that nobody had imported would be missing there.
"""

from __future__ import annotations

from apprentice_desk.records import (
    apprentices,
    checklists,
    contracts,
    entries,
    evidence,
    expecting,
    import_memory,
    ksb_progress,
    learning,
    network,
    offers,
    organisation,
    pay,
    plan_templates,
    programme_changes,
    providers,
    putting_off,
    repeats,
    returns_sent,
    reviews,
    secondments,
    standard_versions,
    standards,
    version_stays,
    weeks,
)

SUBJECTS = (
    apprentices,
    checklists,
    contracts,
    entries,
    evidence,
    expecting,
    import_memory,
    ksb_progress,
    learning,
    network,
    offers,
    organisation,
    pay,
    plan_templates,
    programme_changes,
    providers,
    putting_off,
    repeats,
    returns_sent,
    reviews,
    secondments,
    standard_versions,
    standards,
    version_stays,
    weeks,
)
