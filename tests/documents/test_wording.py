"""The library of wording: reading its files, and which version is taken."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from apprentice_desk.documents import wording
from apprentice_desk.documents.conditions import ALWAYS, Known
from apprentice_desk.documents.wording import (
    PartKind,
    Voice,
    WordingStatus,
    fingerprint,
    library,
    packaged_files,
    read_clause,
    read_library,
    read_settings,
    read_type,
)
from apprentice_desk.domain.problems import Problem
from apprentice_desk.domain.vocabulary import SubjectKind
from documents.wordings import SETTINGS, clause, library_of, of_type, part


def text_of(file: dict[str, str]) -> str:
    (text,) = file.values()
    return text


def test_a_clause_says_what_it_is_and_what_it_says() -> None:
    text = text_of(
        clause(
            "data", "Data is kept.", version=2, applies="known(lots)", is_optional=True,
            is_on=False, guidance=" Only\n if needed. ", defines={"Data": "what {lots} says"},
        )
    )  # fmt: skip
    made = read_clause(text, "clauses/data.2.md")
    assert (made.id, made.version, made.name, made.title) == ("data", 2, "data 2", "Data")
    assert (made.status, made.owner) == (WordingStatus.RELEASED, "Grace")
    assert made.review_by == date(2030, 1, 31)
    assert made.applies == Known("lots")
    assert (made.is_optional, made.is_on, made.guidance) == (True, False, "Only if needed.")
    assert made.text == "Data is kept."
    assert len(made.blocks) == 1
    assert list(made.meanings) == ["Data"]
    assert made.fingerprint == fingerprint(text)


def test_what_a_clause_does_not_say_is_as_usual() -> None:
    made = read_clause(text_of(clause("data", "Data.")), "x")
    assert (made.is_optional, made.is_on, made.guidance, made.applies) == (False, True, "", ALWAYS)
    assert made.defines == {}


def test_how_lines_end_makes_no_difference_to_a_fingerprint() -> None:
    assert fingerprint("a\r\nb\r\n") == fingerprint("a\nb")
    assert fingerprint("a\nb") != fingerprint("a\nc")


@pytest.mark.parametrize(
    ("change", "says"),
    [
        (("+++\nid", "id"), "x does not say what it is."),
        (("\n+++\n\nText", "\n\nText"), "x does not say what it is."),
        (('id = "a-b"', 'id = "A b"'), "small letters and figures"),
        (('id = "a-b"', 'id = "../b"'), "small letters and figures"),
        (("version = 1", "version = 0"), "version"),
        (("version = 1", "version = 1\nmore = 2"), "more"),
        (('"released"', '"ready"'), "status"),
        (("2030-01-31", '"soon"'), "review_by"),
        (("Text", "Text {"), "the text"),
        (("version = 1", 'version = 1\napplies = "x +"'), "applies"),
        (("\n+++\n\nText", '\ndefines = { "A" = "" }\n+++\n\nText'), "“A” means"),
        (("\n+++\n\nText", '\ndefines = { "A" = 7 }\n+++\n\nText'), "“A” means"),
        (("\n+++\n\nText", '\ndefines = { "A" = "{" }\n+++\n\nText'), "the meaning of A"),
    ],
)
def test_a_clause_that_is_wrong_is_named_with_what_is_wrong(
    change: tuple[str, str], says: str
) -> None:
    text = text_of(clause("a-b", "Text"))
    assert change[0] in text
    with pytest.raises(Problem) as refused:
        read_clause(text.replace(*change), "x")
    assert says in str(refused.value)
    assert str(refused.value).startswith("x")


def test_a_clause_without_a_line_does_not_say_what_it_is() -> None:
    with pytest.raises(Problem, match="does not say what it is"):
        read_clause("", "x")


def test_a_type_says_its_parts_in_order() -> None:
    text = text_of(
        of_type(
            "order", "contract",
            (
                part("head", "a"), part("clauses", "b", "c"),
                part("schedule", "d", title="Data", applies="known(lots)"),
            ),
            subtitle="For {lots}", to_come=["bids_by_on"], checks=["cover-is-an-amount"],
        )
    )  # fmt: skip
    made = read_type(text, "x")
    assert made.subject is SubjectKind.CONTRACT
    assert made.voice is Voice.NAMES
    assert made.clause_ids == ("a", "b", "c", "d")
    assert [each.kind for each in made.parts] == [
        PartKind.HEAD, PartKind.CLAUSES, PartKind.SCHEDULE,
    ]  # fmt: skip
    assert [each.kind.is_numbered for each in made.parts] == [False, True, True]
    assert made.parts[2].applies == Known("lots")
    assert (made.subtitle, made.to_come, made.checks) == (
        "For {lots}", ("bids_by_on",), ("cover-is-an-amount",),
    )  # fmt: skip


@pytest.mark.parametrize("key", ["title", "subtitle"])
def test_a_title_with_a_brace_too_many_is_refused(key: str) -> None:
    text = text_of(of_type("order", "contract", (part("clauses", "a"),), **{key: "A {"}))
    with pytest.raises(Problem, match=f"{key} is wrong"):
        read_type(text, "x")


def test_settings_hold_words_only() -> None:
    made = read_settings(SETTINGS, "library.toml")
    assert (made.version, made.sealed, made.not_words) == ("T.1", {}, {"learner": "apprentice"})
    with pytest.raises(Problem, match="does not give a text for “shall”"):
        read_settings(SETTINGS + "\nshall = 7", "library.toml")


# --- which version --------------------------------------------------------------------------------


def versions(*which: tuple[int, str]) -> wording.Library:
    return library_of(
        *(clause("a", f"Text {number}", version=number, status=status) for number, status in which),
        *(
            of_type("t", "contract", (part("clauses", "a"),), version=number, status=status)
            for number, status in which
        ),
    )


@pytest.mark.parametrize(
    ("which", "newest"),
    [
        (((1, "released"),), 1),
        (((1, "released"), (2, "released")), 2),
        (((1, "released"), (2, "draft")), 1),
        (((1, "released"), (2, "withdrawn")), None),
        (((1, "released"), (2, "withdrawn"), (3, "released")), 3),
        (((1, "draft"),), None),
        (((1, "withdrawn"),), None),
    ],
)
def test_the_newest_released_version_is_taken_unless_it_was_withdrawn(
    which: tuple[tuple[int, str], ...], newest: int | None
) -> None:
    found = versions(*which)
    assert found.has("a") is (newest is not None)
    if newest is None:
        with pytest.raises(Problem, match="no released version of the clause “a”"):
            found.clause("a")
        with pytest.raises(Problem, match="There is no document type t"):
            found.type_of("t")
        assert found.newest_types == ()
    else:
        assert found.clause("a").version == newest
        assert found.type_of("t").version == newest
        assert [each.version for each in found.newest_types] == [newest]
    for number, _ in which:
        assert found.clause("a", number).text == f"Text {number}"
        assert found.type_of("t", number).version == number


def test_a_version_that_is_not_there_is_said_so() -> None:
    found = versions((1, "released"))
    with pytest.raises(Problem, match="no version 7 of the clause “a”"):
        found.clause("a", 7)
    with pytest.raises(Problem, match=r"no document type t, version 7\. There are: t\."):
        found.type_of("t", 7)
    with pytest.raises(Problem, match=r"There is no document type x\. There are: t\."):
        found.type_of("x")
    with pytest.raises(Problem, match=r"There is no document type x\. There are none yet\."):
        library_of().type_of("x")


# --- files ----------------------------------------------------------------------------------------


def test_a_file_is_called_as_what_it_holds() -> None:
    text = text_of(clause("a", "Text"))
    for named, says in (
        ("clauses/b.1.md", "clauses/b.1.md holds what should be called clauses/a.1.md"),
        ("clauses/a.1.txt", "is neither a clause nor a document type"),
        ("a.1.md", "is neither a clause nor a document type"),
    ):
        with pytest.raises(Problem, match=says):
            read_library({named: text, "library.toml": SETTINGS})
    type_text = text_of(of_type("t", "contract", (part("clauses", "a"),)))
    with pytest.raises(Problem, match=r"documents/t\.2\.toml holds"):
        read_library({"documents/t.2.toml": type_text, "library.toml": SETTINGS})


def test_a_library_without_settings_is_refused() -> None:
    with pytest.raises(Problem, match=r"library\.toml"):
        read_library({})


def test_the_packaged_library_is_read_once() -> None:
    assert library() is library()
    assert library().settings.version


def test_files_that_cannot_be_read_are_a_problem(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "clauses").mkdir()
    (tmp_path / "clauses" / "a.1.md").write_bytes(b"\xff\xfe\x00")
    monkeypatch.setattr(wording, "path", lambda *_: tmp_path)
    with pytest.raises(Problem, match="The standard wording cannot be read"):
        packaged_files()
