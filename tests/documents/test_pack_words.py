"""Wording in full, as it is written, and two versions of it in one."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from apprentice_desk.documents import conditions
from apprentice_desk.documents.newer_wording import Fate, Words
from apprentice_desk.documents.pack_words import compare_within, compared, said, signed, words_of
from documents.wordings import ORDER, clause, library_of, of_type, part

SAME, OUT, IN = Fate


def test_all_that_a_clause_says_is_in_its_words() -> None:
    library = library_of(
        *ORDER,
        clause(
            "x",
            "{#l} {when data_role == \"controller\"} See {ref:order-pay#days}, {ref:gone} and"
            " {ref:order-data}:\n\n- {payment_days} days\n- {no_such}\n\n{table:prices}"
            "\n\n{when known(provider_ukprn)} {table:signatures}",
            title="The X", applies="known(framework)", is_optional=True, is_on=False,
            guidance="Take care.", defines={"Price": "what {provider_name} asks"},
        ),
    )  # fmt: skip
    assert words_of(library, library.clause("x")).splitlines() == [
        "The X",
        "[Only where Framework is known]",
        "[Optional, out to begin with]",
        "[Only where Data-protection role is controller] See clause “Order-Pay”, days, clause"
        " “gone” and clause “Order-Data”:",
        "• [Days to pay an invoice] days",
        "• [no_such]",
        "[Prices agreed]",
        "[Only where The provider's UKPRN is known] [Signatures]",
        "Price means what [The provider's name] asks",
        "[Guidance: Take care.]",
        "[Grace; to be read again by 31 Jan 2030]",
    ]
    plain = library.clause("order-data")
    assert words_of(library, plain).splitlines()[1:3] == [
        "[Only where Data-protection role is known]", "Data is kept.",
    ]  # fmt: skip
    ((named, text),) = clause("own", "Own.", replaces="order-pay").items()
    text = text.replace("replaces", 'proper_names = ["Thames", "Lea"]\nreplaces')
    own = library_of(
        *ORDER, {named: text}, clause("too", "Too.", joins="order", follows="order-pay")
    )
    assert words_of(own, own.clause("own")).splitlines() == [
        "Own",
        "[Stands in place of “Order-Pay”]",
        "Own.",
        "[Names: Lea, Thames]",
        "[Grace; to be read again by 31 Jan 2030]",
    ]
    assert words_of(own, own.clause("too")).splitlines()[1] == (
        "[Stands in order, behind “Order-Pay”]"
    )
    on = library_of(clause("y", "Y.", is_optional=True))
    assert "[Optional, in to begin with]" in words_of(on, on.clause("y"))


def test_all_that_a_type_says_is_in_its_words() -> None:
    library = library_of(*ORDER)
    assert words_of(library, library.type_of("order")).splitlines() == [
        "Order, about a contract",
        "Order for [What the contract is for]",
        "[Reference of the contract]",
        "Clauses (clauses)",
        "• Order-Parties",
        "• Order-Meaning",
        "Price (schedule)",
        "• Order-Pay",
        "• Social value",
        "Data (schedule) [Only where The provider's UKPRN is known]",
        "• Order-Data",
        "[Not to be past: Last day of the contract]",
        "[Checked: cover-is-an-amount, prices-within-band]",
        "[the Council and the others by name; Grace; to be read again by 31 Jan 2030]",
    ]
    ((name, text),) = of_type("t", "bidder", (part("letter", "none"),)).items()
    bare = library_of({name: text.replace("voice =", 'summary = "To bidders."\nvoice =')})
    assert words_of(bare, bare.type_of("t")).splitlines()[:5] == [
        "T, about a bidder", "T", "[To bidders.]", "Letter (letter)", "• none",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("written", "words"),
    [
        ("", ""),
        ("is_light_touch", "Is it a light touch service?"),
        ("not known(framework)", "not (Framework is known)"),
        ('regime in ("a", "b")', "Procurement law is a or b"),
        (
            "known(lots) and (is_x or not is_y)",
            "Lots is known and (is_x or not (is_y))",
        ),
    ],
)
def test_a_condition_is_said_in_words(written: str, words: str) -> None:
    assert said(conditions.parse(written)) == words


@pytest.mark.parametrize(
    ("before", "after", "runs"),
    [
        ("", "", ()),
        ("a b", "a b", ((SAME, "a b"),)),
        ("a b c", "a x c", ((SAME, "a "), (OUT, "b "), (IN, "x "), (SAME, "c"))),
        ("a\nb\nc", "a\nx\nc", ((SAME, "a\n"), (OUT, "b"), (IN, "x"), (SAME, "\nc"))),
        ("a", "", ((OUT, "a"),)),
        ("", "a\n\nb", ((IN, "a\n\nb"),)),
        ("a b", "a b\nc", ((SAME, "a b"), (IN, "\nc"))),
        ("30 days", "20 days", ((OUT, "30 "), (IN, "20 "), (SAME, "days"))),
    ],
)
def test_texts_are_compared_word_by_word(before: str, after: str, runs: Any) -> None:
    assert compare_within(before, after) == tuple(Words(*each) for each in runs)


TEXT = st.text(alphabet="ab \n", max_size=30)


@given(TEXT, TEXT)
def test_both_texts_are_in_a_comparison_whole(before: str, after: str) -> None:
    runs = compare_within(before, after)
    assert "".join(each.text for each in runs if each.fate is not IN) == before
    assert "".join(each.text for each in runs if each.fate is not OUT) == after
    assert all(each.text for each in runs)
    assert all(one.fate is not other.fate for one, other in pairwise(runs))


@pytest.mark.parametrize("blank", [" ", "\n"])
def test_a_text_that_is_made_to_take_for_ever_is_shown_whole(blank: str) -> None:
    before, after = f"a{blank}" * 15_000, f"a{blank}" * 14_999 + f"b{blank}"
    assert compare_within(before, after) == (Words(OUT, before), Words(IN, after))
    assert compare_within(before, before) == (Words(SAME, before),)


def test_two_versions_are_compared_with_titles_of_the_library() -> None:
    library = library_of(
        *ORDER, clause("a", "See {ref:order-pay}."), clause("a", "See {ref:order-data}.", version=2)
    )
    runs = compared(library, library.clause("a", 1), library.clause("a", 2))
    assert [each.text for each in runs if each.fate is not SAME] == [
        "“Order-Pay”.", "“Order-Data”.",
    ]  # fmt: skip


def test_two_versions_in_one_are_written_with_signs() -> None:
    assert signed(compare_within("Pay in 30 days.\nThen go.\n", "Pay in 20 days.\n\n")) == (
        "Pay in [−30−] {+20+} days.\n[−Then go.−]\n"
    )
    assert signed((Words(IN, "A \n"), Words(OUT, "\n"))) == "{+A+} \n\n"
