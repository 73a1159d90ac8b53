"""What is said beside the field of KSB codes in the forms of hours."""

from __future__ import annotations

from collections.abc import Sequence

from apprentice_desk.domain import ksb_codes
from apprentice_desk.ui.kit.forms import Form
from apprentice_desk.ui.kit.tips import as_tip
from apprentice_desk.ui.pages.hours.behind import Behind


def tell_codes(form: Form, known: Sequence[str] | None) -> None:
    """Say in the field's tooltip which codes the standard has, if it is loaded."""
    has = ksb_codes.UNCHECKED if known is None else f"The standard has {ksb_codes.write(known)}."
    form.input("ksbs").target.setToolTip(as_tip(f"Such as {ksb_codes.EXAMPLE}. {has}"))


def codes_in_words(typed: str, behind: Behind | None) -> str:
    """Return what to say below the codes *typed*; "" where nothing is wrong or not known yet."""
    if not typed.strip() or behind is None:
        return ""
    try:
        codes = ksb_codes.read(typed)
    except ValueError as error:
        return str(error)
    if behind.ksbs is None:
        return ksb_codes.UNCHECKED
    lacking = tuple(code for code in codes if code not in behind.ksbs)
    return f"Not in this standard: {ksb_codes.write(lacking)}." if lacking else ""
