"""Who may sign a document: in which role, and where the name comes from."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Signing:
    """Somebody who signs: *role* as it is written, with fields; *name* is the field of the name.

    A name that *may_be_blank* is no gap where nobody knows it: it is then written by hand.
    """

    role: str
    name: str
    may_be_blank: bool = False


SIGNINGS: Mapping[str, Signing] = {
    "council": Signing("For {council_name}", "signatory_name"),
    "provider": Signing("For {provider_name}", "provider_signatory"),
    "apprentice": Signing("Apprentice", "apprentice_name"),
    "line-manager": Signing("Line manager", "line_manager_name", may_be_blank=True),
    "tutor": Signing("Training provider", "tutor_name", may_be_blank=True),
    "provider-told": Signing("Training provider, told of this", "tutor_name", may_be_blank=True),
    "host": Signing("For {host_name}", "host_signatory"),
}
"""Whoever can sign, by the name that document types give."""

BY_CONTRACT = ("council", "provider")
"""Who signs where a type does not say."""
