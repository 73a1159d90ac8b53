"""What all bidders read: no names, no question as it came, and what may be a hint."""

from __future__ import annotations

import pytest

from apprentice_desk.domain.clarifications import check_names, hints_of, unpublished_in_words


@pytest.mark.parametrize(
    ("text", "name", "is_named"),
    [
        ("May Thamesbank College use its portal?", "Thamesbank College", True),
        ("May THAMESBANK  COLLEGE use it?", "Thamesbank College Ltd", True),
        ("As Fenwick's do", "Fenwick", True),
        ("As Fenwicks do", "Fenwick", False),
        ("Is a college allowed?", "Thamesbank College", False),
        ("Is a college allowed?", "Ltd", False),
        ("Is a college allowed?", ", Ltd", False),
        ("Ask (Beta+)!", "Beta+", True),
        ("Nothing", "  ", False),
    ],
)
def test_a_name_is_found_whole_and_as_a_word(text: str, name: str, is_named: bool) -> None:
    found = check_names(text, "", [name])
    assert bool(found) is is_named
    assert [each.place.field for each in check_names("", text, [name, name])] == (
        ["answer"] if is_named else []
    )


def test_all_names_in_one_text_are_one_finding() -> None:
    (found,) = check_names("Do Alder or Birch bid?", "No.", ["Birch", "Alder"])
    assert (found.code, found.message) == ("PQ005", "All bidders would read Birch and Alder here.")


def test_words_of_the_askers_name_are_hints_where_they_stand_as_names() -> None:
    assert hints_of("Beta Skills", "Is Beta's portal allowed?", "") == ("Beta",)
    assert hints_of("Beta Skills", "Which skills?", "Skills of the standard.") == ("Skills",)
    assert hints_of("Beta Skills", "Which skills?", "") == ()
    assert hints_of("of Law", "of law", "") == ()
    assert hints_of("", "Anything", "") == ()


def test_which_are_not_published_is_said() -> None:
    assert unpublished_in_words(()) == ""
    assert unpublished_in_words((3,)).startswith("Question 3 is answered, but not published: ")
    assert unpublished_in_words((1, 2, 5)).startswith("Questions 1, 2 and 5 are answered")
