"""Who signs a document: whom its type names, with the names that are known."""

from __future__ import annotations

from typing import Any

from apprentice_desk.documents.compose import Composed, compose
from apprentice_desk.documents.fields import FIELDS
from apprentice_desk.documents.signing import SIGNINGS
from apprentice_desk.documents.tree import Clause, Signatory, Signatures
from documents.wordings import clause, library_of, of_type, part


def made(*signs: str, **values: Any) -> Composed:
    library = library_of(
        clause("a", "Signed by all.\n\n{table:signatures}"),
        of_type("t", "contract", (part("clauses", "a"),), signs=signs),
    )
    return compose(library, library.type_of("t"), values)


def people_of(found: Composed) -> tuple[Signatory, ...]:
    (block,) = [
        block
        for each in found.document.blocks
        if isinstance(each, Clause)
        for block in each.blocks
        if isinstance(block, Signatures)
    ]
    return block.people


def test_council_and_provider_sign_where_a_type_says_nothing() -> None:
    found = made(
        council_name="Exampleton", signatory_name="Maya", provider_name="Northgate",
        provider_signatory="Nadia",
    )  # fmt: skip
    assert people_of(found) == (
        Signatory("For Exampleton", "Maya"),
        Signatory("For Northgate", "Nadia"),
    )


def test_those_sign_whom_a_type_names_in_its_order() -> None:
    found = made("host", "apprentice", host_name="Sampleham", host_signatory="Ola",
                 apprentice_name="Amara")  # fmt: skip
    assert people_of(found) == (
        Signatory("For Sampleham", "Ola"),
        Signatory("Apprentice", "Amara"),
    )
    assert found.gaps == ()


def test_a_name_that_nobody_knows_is_a_gap_unless_it_may_be_written_by_hand() -> None:
    found = made("apprentice", "tutor")
    assert people_of(found) == (
        Signatory("Apprentice", "[The apprentice's name: not filled in]"),
        Signatory("Training provider", ""),
    )
    assert found.gaps == ("apprentice_name",)
    assert {"apprentice_name", "tutor_name"} <= set(found.fields_used)
    assert people_of(made("tutor", tutor_name="Nadia")) == (
        Signatory("Training provider", "Nadia"),
    )


def test_every_name_of_a_signature_is_a_field() -> None:
    assert {each.name for each in SIGNINGS.values()} <= FIELDS.keys()
