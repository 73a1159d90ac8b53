"""Every rule about the rows of a return, in one list."""

from __future__ import annotations

from apprentice_desk.returns.checks_apprentices import APPRENTICES
from apprentice_desk.returns.checks_contracts import CONTRACTS
from apprentice_desk.returns.checks_last import LAST
from apprentice_desk.returns.checks_programme import PROGRAMME
from apprentice_desk.returns.checks_reference import REFERENCE
from apprentice_desk.returns.checks_secondments import SECONDMENTS
from apprentice_desk.returns.registry import Registry

ROW_CHECKS = Registry(APPRENTICES, CONTRACTS, SECONDMENTS, PROGRAMME, REFERENCE, LAST)
