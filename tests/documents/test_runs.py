"""Texts with parts that stand out: tidied alike, whatever they are made of; and what is missing."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from apprentice_desk.documents.lettering import Lettering
from apprentice_desk.documents.runs import (
    REGULAR,
    STRONG,
    Fragment,
    Mark,
    line_text,
    lines_of,
    links_in,
    readable,
)
from apprentice_desk.documents.telling import announces, gaps_of, is_held, texts_of
from apprentice_desk.documents.tree import (
    Bold,
    Bullets,
    Document,
    Gap,
    Heading,
    Numbered,
    Para,
    Signatory,
    Signatures,
    Table,
    Words,
    plain,
)
from documents.trees import CONTRACT, LETTER, WHOLE

texts = st.text(st.sampled_from("abé ☃ل\n\t\x07\u00a0,."), max_size=30)
runs = st.one_of(texts, texts.map(Bold))


@given(st.lists(runs, max_size=6))
def test_parts_say_what_the_whole_would_say(parts: list[str | Bold]) -> None:
    words = tuple(parts)
    whole = [line_text(line) for line in lines_of(plain(words))]
    assert [line_text(line) for line in lines_of(words)] == whole
    for line in lines_of(words):
        assert all(fragment.text for fragment in line)


def test_parts_keep_their_look_from_line_to_line() -> None:
    words = ("a  ", Bold("b\n c"), " ", Gap("d"))
    assert lines_of(words) == [
        [Fragment("a "), Fragment("b", is_bold=True)],
        [Fragment("c", is_bold=True), Fragment(" "), Fragment("[d: not filled in]", mark=Mark.GAP)],
    ]
    assert lines_of(()) == lines_of("") == [[]]
    assert lines_of(("a", " ")) == [[Fragment("a")]]
    assert lines_of(("a", "\n", Bold("\n"))) == [[Fragment("a")], []]


def test_what_is_no_character_is_marked_where_xml_could_not_hold_it() -> None:
    assert readable("a\ud800b\uffffc😀") == "a\ufffdb\ufffdc😀"


ADDRESSES = {
    "Write to a.b+c@x-y.example, or https://x.example/a?b=1&c=%20#z. (www.x.example/y)": [
        ("a.b+c@x-y.example", "mailto:a.b+c@x-y.example"),
        ("https://x.example/a?b=1&c=%20#z", "https://x.example/a?b=1&c=%20#z"),
        ("www.x.example/y", "https://www.x.example/y"),
    ],
    "“https://x.example:8080”, <http://y.example/>": [
        ("https://x.example:8080", "https://x.example:8080"),
        ("http://y.example/", "http://y.example/"),
    ],
    "https://x.example/a@b.example": [
        ("https://x.example/a@b.example", "https://x.example/a@b.example"),
    ],
    "https://ü.example https://x.example/ä https://x.example/%zz awww.x.example": [],
    "a@b x@y.example@z.example javascript://x.example a@b.exampleé http://x": [],
    "https://x.example/?to=a@b.example": [
        ("https://x.example/?to=a@b.example", "https://x.example/?to=a@b.example"),
    ],
    "x" * 65 + "@b.example": [],
    "No address": [],
}


@pytest.mark.parametrize("text", ADDRESSES)
def test_addresses_are_found_whole_or_not_at_all(text: str) -> None:
    found = [(text[link.start : link.end], link.target) for link in links_in(text)]
    assert found == ADDRESSES[text]


@pytest.mark.parametrize("text", ["x@x", "a.", "www.", "https://a.", "a@b.example/", "("])
def test_hostile_addresses_cost_no_time(text: str) -> None:
    """Each took minutes with an expression that tries again from every letter."""
    for long in (text * 30_000, "a@" + text * 30_000, "http://x.example/" + text * 30_000):
        assert len(links_in(long)) <= 1


letters = Lettering()


def linked(words: Words, room: float) -> list[tuple[str, str]]:
    lines = letters.flow(words, room, REGULAR, 10)
    for line in lines:
        assert "".join(part.shown for part in line.parts) in ("", line.shown)
        for part, after in pairwise(line.parts):
            assert after.left == pytest.approx(part.left + part.width)
    parts = [part for line in lines for part in line.parts]
    return [(part.shown, part.target) for part in parts if part.target]


def test_lines_know_where_an_address_stands() -> None:
    mail = ("a@b.example", "mailto:a@b.example")
    assert linked("Write to a@b.example.", 500) == [mail]
    assert linked("a@b.example", 500) == [mail]
    assert linked(("Write to ", Bold("us, a@b.example"), ", now"), 500) == [mail]
    assert linked((Bold("x"), " a@b.example and c@d.example"), 500) == [
        mail, ("c@d.example", "mailto:c@d.example"),
    ]  # fmt: skip
    assert linked("Write to a@b.example.", 80) == [mail], "on the line where it stands"
    assert linked("https://x.example/abcdefghijkl", 70) == [], "part of it leads elsewhere"
    assert linked((Gap("a@b.example"), "x"), 500) == []
    assert linked("ل a@b.example", 500) == [], "what is read out is not what is drawn"


@settings(deadline=None)
@given(st.lists(runs, max_size=6), st.sampled_from([20.0, 60.0, 200.0]))
def test_lines_of_parts_keep_to_their_room_and_lose_nothing(
    parts: list[str | Bold], room: float
) -> None:
    words: Words = tuple(parts)
    lines = letters.flow(words, room, REGULAR, 10)
    said = "".join(line.meant for line in lines)
    assert said.replace(" ", "") == "".join(line_text(line) for line in lines_of(words)).replace(
        " ", ""
    )
    for line in lines:
        assert letters.line_width(line, REGULAR, 10) <= room + 0.01
        assert "".join(part.shown for part in line.parts) in ("", line.shown)


def test_what_stands_out_is_drawn_in_the_stronger_letters_beside_the_rest() -> None:
    (line,) = letters.flow(("The ", Bold("Provider"), ", or ", Gap("x")), 500, REGULAR, 10)
    assert [part.font for part in line.parts] == [REGULAR, STRONG, REGULAR, STRONG]
    assert [part.mark is Mark.GAP for part in line.parts] == [False, False, False, True]
    for before, after in zip(line.parts, line.parts[1:], strict=False):
        assert after.left == pytest.approx(before.left + before.width)
    assert letters.flow(("a ", "b"), 500, REGULAR, 10) == letters.flow("a b", 500, REGULAR, 10)


def test_lines_break_between_words_even_where_a_word_changes_its_look() -> None:
    room = letters.width("(Provider),", STRONG, 10)
    lines = letters.flow(("see (", Bold("Provider"), "), who trains"), room, REGULAR, 10)
    assert [line.shown for line in lines] == ["see", "(Provider),", "who trains"]
    lines = letters.flow((Bold("unbreakable" * 3), " it"), room, REGULAR, 10)
    assert "".join(line.shown for line in lines) == "unbreakable" * 3 + " it"
    assert len(lines) > 2
    assert all(letters.line_width(line, REGULAR, 10) <= room for line in lines)
    (square,) = letters.flow((Bold("ل"), "x"), room, REGULAR, 10)
    assert (square.shown, square.meant) == ("□x", "لx")


def test_what_is_lost_without_what_follows_announces_it() -> None:
    text, greeting = Para("We hope to hear from you."), Para("Yours sincerely,")
    assert announces(Para("as follows:"), text)
    assert announces(Numbered("1", ("as ", Bold("follows: "))), text)
    assert announces(greeting, Para("Priya Shah"))
    assert announces(text, greeting), "nobody greets on a page alone"
    assert announces(text, Signatures((Signatory("Council"),)))
    assert not announces(text, Para("It is a long sentence that ends like a greeting does,"))
    assert not announces(text, Heading("Below,"))
    assert not announces(text, text)
    assert not announces(Para("as follows:"), None)
    assert not announces(Bullets(("as follows:",)), text)


def test_no_point_of_a_list_stands_alone() -> None:
    assert [is_held(point, 4) for point in range(4)] == [True, False, True, False]
    assert [is_held(point, 2) for point in range(2)] == [True, False]
    assert not is_held(0, 1)


def test_a_document_tells_its_texts_in_order_and_what_it_lacks() -> None:
    said = [plain(words) for words in texts_of(LETTER)]
    assert said[0].startswith("London Borough")
    assert said.index("Dear Ms Lindqvist") < said.index(LETTER.title) < said.index("•")
    assert [gap.name for gap in gaps_of(CONTRACT)] == [
        "provider's name", "first day of the contract", "price of assessment",
        "who signs for the provider",
    ]  # fmt: skip
    told = [plain(words) for words in texts_of(WHOLE)]
    assert told[:3] == ["Apprentices", "On programme", "2 of 24 shown.\nSorted by name."]
    assert told[-3:] == ["2.2", "Ending", "Records go back."]
    assert gaps_of(Document("A", (Para("b"), Table("T", (), ())))) == ()
