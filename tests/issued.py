"""What a document that was issued was made of, for tests of how it is kept."""

from __future__ import annotations

from datetime import date
from typing import Any

from apprentice_desk.domain.vocabulary import DocumentFormat
from apprentice_desk.records.keeping_documents import DocumentDetails, Subject


def document_details(subject: Subject, **details: Any) -> DocumentDetails:
    """What an order form of two clauses was made of."""
    values = {
        "subject": subject,
        "type_id": "order-form",
        "type_version": 1,
        "title": "Order form – “lot 1”",
        "reference": "D-1",
        "issued_on": date(2026, 8, 3),
        "clauses": {"price": 1, "data-protection": 2},
        "ticks": {"social-value": False},
        "field_values": {"officer_name": "Grace Park"},
        "wording_version": "2026.1",
        "wording_owner": "The project",
        "wording_note": "Model wording.",
        "wording_fingerprint": "a" * 64,
        "tree_fingerprint": "b" * 64,
        "program_version": "1.0",
        "file_format": DocumentFormat.PDF,
        "file_name": "order form.pdf",
    } | details
    return DocumentDetails(**values)
