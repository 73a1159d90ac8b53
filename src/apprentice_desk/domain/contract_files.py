"""Files kept with a contract: what one probably is by its name, and what it is called."""

from __future__ import annotations

from datetime import date

from apprentice_desk.domain.calendar import show_day
from apprentice_desk.domain.folding import fold
from apprentice_desk.domain.vocabulary import ContractFileKind

_SAYS: tuple[tuple[ContractFileKind, tuple[str, ...]], ...] = (
    (ContractFileKind.AWARD, ("award",)),
    (ContractFileKind.INVITATION, ("invitation", "specification", "itt", "itq", "rfq")),
    (ContractFileKind.INSURANCE, ("insurance", "liability", "indemnity", "policy")),
    (ContractFileKind.SIGNED, ("signed", "order form", "contract", "agreement", "call off")),
)
"""Words of a name that say what a file is; the first that is found is taken."""


def kind_of(file_name: str) -> ContractFileKind:
    """Return what a file probably is by whole words of its name; OTHER where it says nothing."""
    letters = "".join(sign if sign.isalnum() else " " for sign in fold(file_name))
    words = f" {' '.join(letters.split())} "
    for kind, said in _SAYS:
        if any(f" {each} " in words for each in said):
            return kind
    return ContractFileKind.OTHER


def called(kind: ContractFileKind, title: str, file_name: str, dated_on: date | None) -> str:
    """Return what a file is called in a list: its title, else what it is, and its day."""
    if title:
        name = title
    elif kind is ContractFileKind.OTHER:
        name = file_name
    else:
        name = kind.value[:1].upper() + kind.value[1:]
    return name if dated_on is None else f"{name}, {show_day(dated_on)}"
