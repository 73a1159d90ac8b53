"""What a file of a contract is by its name, and what it is called."""

from __future__ import annotations

from datetime import date

import pytest

from apprentice_desk.domain.contract_files import called, kind_of
from apprentice_desk.domain.vocabulary import ContractFileKind


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("Order form, signed 24 Feb 2025.pdf", ContractFileKind.SIGNED),
        ("XMP-2025-014_call-off_contract.docx", ContractFileKind.SIGNED),
        ("AWARD-LETTER.pdf", ContractFileKind.AWARD),
        ("contract award notice.pdf", ContractFileKind.AWARD),
        ("Invitation to quote.docx", ContractFileKind.INVITATION),
        ("itq_v2.docx", ContractFileKind.INVITATION),
        ("public liability certificate.pdf", ContractFileKind.INSURANCE),
        ("Safeguarding policy.pdf", ContractFileKind.INSURANCE),
        ("committee notes.pdf", ContractFileKind.OTHER),
        ("unsigned.pdf", ContractFileKind.OTHER),
        ("scan0001.pdf", ContractFileKind.OTHER),
        ("", ContractFileKind.OTHER),
    ],
)
def test_a_file_is_what_its_name_says_in_whole_words(name: str, kind: ContractFileKind) -> None:
    assert kind_of(name) is kind


@pytest.mark.parametrize(
    ("kind", "title", "dated_on", "says"),
    [
        (ContractFileKind.SIGNED, "Order form", date(2025, 2, 24), "Order form, 24 Feb 2025"),
        (ContractFileKind.AWARD, "", date(2025, 1, 20), "Award letter, 20 Jan 2025"),
        (ContractFileKind.AWARD, "", None, "Award letter"),
        (ContractFileKind.OTHER, "", None, "scan.pdf"),
    ],
)
def test_a_file_is_called_by_its_title_else_by_what_it_is(
    kind: ContractFileKind, title: str, dated_on: date | None, says: str
) -> None:
    assert called(kind, title, "scan.pdf", dated_on) == says
