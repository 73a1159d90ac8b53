"""Placements files: there and back, the same bytes for the same words, hostile ones refused."""

from __future__ import annotations

import itertools
import json
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from apprentice_desk.domain.identifiers import make_code
from apprentice_desk.domain.placements import Fate, Placement, over, word_of
from apprentice_desk.domain.problems import Problem
from apprentice_desk.domain.vocabulary import (
    ListingKind,
    ListingState,
    RoleFamily,
    SecondmentStatus,
    WorkingPattern,
)
from apprentice_desk.records.listings import listings_held
from apprentice_desk.returns import placing
from apprentice_desk.returns.placements import (
    MOST_BYTES,
    MOST_LINES,
    PlacementsFile,
    load,
    read,
    save,
    write,
)
from apprentice_desk.returns.placing import (
    BY_LOTI,
    find_files,
    label_of,
    look_through,
    merge,
    take_in,
)

CAMDEN, HACKNEY = "E09000007", "E09000012"
AT = datetime(2026, 8, 1, 9, 30, 0, 5, tzinfo=UTC)
NOW = datetime(2026, 9, 1, tzinfo=UTC)
TODAY = NOW.date()
LINE = Placement(
    "", ListingKind.OFFER, ListingState.OPEN, CAMDEN, AT, wanted="Open\ndata",
    role_family=RoleFamily.DATA, standard_code="ST0118", ksbs="S9", host="technology employer",
    host_name="Acme", earliest_start_on=date(2026, 10, 5), latest_start_on=date(2026, 10, 9),
    weeks=4, places=2, pattern=WorkingPattern.HYBRID, area="NW1", how_to_apply="Team mailbox",
)  # fmt: skip


def codes(letters: str) -> list[str]:
    return [make_code(letters, f"{turn:08}") for turn in range(1, 4)]


CMD, HCK = codes("CMD"), codes("HCK")
LINE = replace(LINE, code=CMD[0])
WORD = word_of(CAMDEN, AT, [LINE, over(replace(LINE, code=CMD[1]), ListingState.TAKEN)])
FILE = PlacementsFile("Camden", "1.2", (WORD,))


def told(**changes: Any) -> dict[str, Any]:
    """Return what the file says, with *changes* of its one open line."""
    found: dict[str, Any] = json.loads(write(FILE))
    found["boroughs"][0]["lines"][0] |= changes
    return found


def raw(found: object) -> bytes:
    return json.dumps(found).encode()


# --- there and back -----------------------------------------------------------------------------


def test_what_is_written_is_read_back(tmp_path: Path) -> None:
    path = save(FILE, tmp_path / "camden.placements")
    assert load(path) == FILE
    assert FILE.open_lines == 1
    # What is there already is a placements file: it may be written over.
    assert save(FILE, path).read_bytes() == write(FILE)


def test_a_file_says_who_says_what_and_no_more() -> None:
    says = json.loads(write(FILE))
    assert list(says) == ["placements", "sender", "program_version", "boroughs"]
    assert list(says["boroughs"][0]) == ["borough", "as_of", "lines"]


def test_the_same_words_in_any_order_give_the_same_bytes() -> None:
    words = (
        WORD,
        word_of(HACKNEY, AT, [replace(LINE, code=HCK[0], borough=HACKNEY)]),
        word_of("LOTI", AT, []),
        word_of(CAMDEN, AT - timedelta(days=1), []),
    )
    made = {
        write(replace(FILE, words=order)) for order in itertools.permutations((*words, words[0]))
    }
    assert len(made) == 1
    assert [word.borough for word in read(made.pop(), "all").words] == [CAMDEN, HACKNEY, "LOTI"]


def test_what_nobody_could_read_is_not_written() -> None:
    word = word_of(CAMDEN, AT, [replace(LINE, host_name="Acme\nand others")])
    with pytest.raises(Problem, match=rf"not made.*host_name is not one line of text \({CMD[0]}\)"):
        write(replace(FILE, words=(word,)))


def test_the_codes_of_loti_may_have_any_letters() -> None:
    word = word_of("LOTI", AT, [replace(LINE, code=CMD[0], borough="LOTI")])
    assert read(write(replace(FILE, words=(word,))), "it").words == (word,)


# --- refused ------------------------------------------------------------------------------------

BLANKS = {
    "title": "", "wanted": "", "role_family": None, "standard_code": None, "ksbs": "", "host": "",
    "host_name": "", "earliest_start_on": None, "latest_start_on": None, "weeks": None,
    "days": None, "places": None, "pattern": None, "area": "", "how_to_apply": "",
}  # fmt: skip


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"code": "CMD-1"}, "CMD-1 is no code"),
        ({"code": CMD[0].lower()}, "is no code"),
        ({"code": HCK[0]}, f"{HCK[0]} is no code of Camden"),
        ({"code": CMD[1]}, f"it has {CMD[1]} twice"),
        ({"code": 5}, "code is no text"),
        ({"kind": "job"}, "kind is none of request"),
        ({"state": "gone"}, "state is none of open"),
        ({"state": "taken"}, "is over and says more than that"),
        ({"title": "a\nb"}, rf"title is not one line of text \({CMD[0]}\)"),
        ({"title": "x" * 201}, "title is longer than 200 letters"),
        ({"wanted": "x" * 1_001}, "wanted is longer than 1,000 letters"),
        ({"wanted": "see\u202eereh"}, "wanted holds a letter that cannot be seen"),
        ({"role_family": "magic"}, "role_family is none of"),
        ({"standard_code": "118"}, "118 is no standard"),
        ({"standard_code": 118}, "standard_code is no text"),
        ({"ksbs": "x" * 401}, "ksbs is longer than 400 letters"),
        ({"host": "E09000099"}, "is with E09000099, which is no host"),
        ({"host": None}, "host is no text"),
        ({"host_name": ["Acme"]}, "host_name is no text"),
        ({"earliest_start_on": "5/10/2026"}, "earliest_start_on is no day"),
        ({"latest_start_on": "2026-10-04"}, "ends before it begins"),
        ({"weeks": 27}, "weeks is no whole number from 1 to 26"),
        ({"weeks": 10**400}, "weeks is no whole number from 1 to 26"),
        ({"days": 0}, "days is no whole number from 1 to 20"),
        ({"places": -1}, "places is no whole number from 0 to 500"),
        ({"pattern": "at night"}, "pattern is none of on site"),
        ({"area": "x" * 101}, "area is longer than 100 letters"),
        ({"how_to_apply": "x" * 301}, "how_to_apply is longer than 300 letters"),
        ({"name": "Ada Lovelace"}, "a line has name, which is not known"),
    ],
)
def test_a_line_that_is_not_in_order_is_refused_with_the_file(
    changes: dict[str, object], says: str
) -> None:
    with pytest.raises(Problem, match=says) as raised:
        read(raw(told(**changes)), "camden.placements")
    assert "“camden.placements” is not in order" in raised.value.what
    assert raised.value.remedy.startswith("Nothing was taken from it.")


def test_a_line_that_is_over_may_say_so() -> None:
    found = read(raw(told(**BLANKS, state="withdrawn")), "it")
    assert found.words[0].lines[0].state is ListingState.WITHDRAWN


def _set(key: str, value: object) -> Callable[[dict[str, Any]], object]:
    return lambda found: found.__setitem__(key, value)


def _set_word(key: str, value: object) -> Callable[[dict[str, Any]], object]:
    return lambda found: found["boroughs"][0].__setitem__(key, value)


@pytest.mark.parametrize(
    ("change", "says"),
    [
        (_set("placements", 0), "does not say of which format"),
        (_set("placements", True), "does not say of which format"),
        (_set("placements", "1"), "does not say of which format"),
        (_set("placements", 2), r"made by Apprentice Desk 1\.2 in format 2 of placements"),
        (_set("sender", ""), "sender is not one line"),
        (_set("program_version", 1), "program_version is no text"),
        (_set("more", 1), "it has more, which is not known"),
        (lambda found: found.pop("sender"), "it lacks sender"),
        (_set("boroughs", {}), "boroughs is no list"),
        (_set("boroughs", [1]), "what a borough says is no table"),
        (_set("boroughs", [{}] * 99), "boroughs has more than"),
        (lambda found: found["boroughs"].append(found["boroughs"][0] | {"lines": []}),
         "it has a borough twice"),
        (_set_word("borough", "E09000099"), "there is no borough E09000099"),
        (_set_word("borough", None), "borough is no text"),
        (_set_word("as_of", "2026-08-01T09:30:00"), "as_of is no time"),
        (_set_word("as_of", "soon"), "as_of is no time"),
        (_set_word("lines", [[]]), "a line is no table"),
        (_set_word("lines", [0] * (MOST_LINES + 1)), "lines has more than 5,000 lines"),
        (_set_word("name", "Ada"), "what a borough says has name"),
    ],
)  # fmt: skip
def test_a_file_that_is_not_in_order_is_refused(
    change: Callable[[dict[str, Any]], object], says: str
) -> None:
    found = told()
    change(found)
    with pytest.raises(Problem, match=says):
        read(raw(found), "camden.placements")


def test_a_newer_format_is_refused_by_what_it_is() -> None:
    with pytest.raises(Problem, match=r"“it” was made in format 100000 of placements") as raised:
        read(raw({"placements": 10**12, "program_version": 7}), "it")
    assert "Install the newer program" in raised.value.remedy


@pytest.mark.parametrize(
    "content",
    [
        b"", b"PK\x03\x04", b"\xff\xfe", b"[]", b"{}", b"[" * 200_000, b'{"placements": NaN}',
        b'{"placements": 1, "placements": 1}', b'{"placements": ' + b"9" * 5_000 + b"}",
    ],
)  # fmt: skip
def test_what_is_no_such_file_is_told_apart(content: bytes) -> None:
    with pytest.raises(Problem, match="is no placements file"):
        read(content, "notes.txt")


def test_a_file_is_no_larger_than_any_of_them(tmp_path: Path) -> None:
    with pytest.raises(Problem, match="is larger than any placements file"):
        read(b" " * (MOST_BYTES + 1), "big.placements")
    path = tmp_path / "big.placements"
    with path.open("wb") as file:
        file.truncate(64 * MOST_BYTES)
    with pytest.raises(Problem, match="is larger than any placements file"):
        load(path)
    with pytest.raises(Problem, match="is a folder"):
        load(tmp_path)


# --- into a desk --------------------------------------------------------------------------------


def put(folder: Path, name: str, *words, sender: str = "Camden") -> Path:
    return save(PlacementsFile(sender, "1.2", words), folder / f"{name}.placements")


def test_what_is_news_stands_first_and_only_that(store, tmp_path: Path) -> None:
    first = put(tmp_path, "first", WORD)
    arriving = look_through(store, [first], NOW)
    assert [coming.fate for coming in arriving.lines] == [Fate.NEW, Fate.STILL]
    assert [coming.placement.code for coming in arriving.news] == [CMD[0]]
    assert label_of(arriving) == "Take in places elsewhere from Camden"
    assert take_in(store, arriving, TODAY) == arriving.lines
    later = AT + timedelta(days=1)
    lines = [replace(LINE, code=CMD[2]), over(LINE, ListingState.TAKEN)]
    second = put(
        tmp_path, "second", word_of(CAMDEN, later, lines), word_of("E09999999", later, []),
        sender="LOTI",
    )  # fmt: skip
    arriving = look_through(store, [first, second], NOW)
    assert arriving.sender == "Camden, LOTI"
    assert [(coming.fate, coming.placement.code) for coming in arriving.news] == [
        (Fate.NEW, CMD[2]),
        (Fate.TAKEN, CMD[0]),
    ]
    take_in(store, arriving, TODAY)
    changes = len(store.changes())
    again = look_through(store, [second, first], NOW)
    assert again.is_nothing
    take_in(store, again, TODAY)
    assert len(store.changes()) == changes
    assert len(store.read(listings_held)) == 3


def test_a_word_of_tomorrow_is_refused_or_it_would_stand_against_all(store, tmp_path: Path) -> None:
    file = put(tmp_path, "ahead", word_of(CAMDEN, NOW + timedelta(days=2), [LINE]))
    with pytest.raises(Problem, match="made on 3 Sep 2026, which is still to come"):
        look_through(store, [file], NOW)
    assert look_through(store, [file], NOW + timedelta(days=1)).news


# --- many into one ------------------------------------------------------------------------------


def test_many_files_become_one_list_whoever_comes_first(tmp_path: Path) -> None:
    folder = tmp_path / "sent" / "deeper"
    folder.mkdir(parents=True)
    files = [
        put(folder, "camden", WORD),
        put(folder, "older", word_of(CAMDEN, AT - timedelta(days=9), [])),
        put(folder, "hackney", word_of(HACKNEY, AT, [replace(LINE, code=HCK[0], borough=HACKNEY)])),
    ]
    (folder / ".hidden.placements").write_text("not looked at")
    (folder / "notes.txt").write_text("nor this")
    to = tmp_path / "sent" / "all.placements"
    made = set()
    for order in itertools.permutations(files):
        merge(order, to, NOW, "1.2")
        made.add(to.read_bytes())
    merged = merge([tmp_path / "sent", files[0], files[0]], to, NOW, "1.2")
    made.add(to.read_bytes())
    assert len(made) == 1
    assert (merged.sender, [word.borough for word in merged.words]) == (
        BY_LOTI,
        [CAMDEN, HACKNEY],
    )
    assert len(find_files([tmp_path / "sent"])) == 4
    assert len(find_files([tmp_path / "sent"], leaving_out=[to])) == 3


def test_one_file_that_is_not_in_order_stops_the_list(tmp_path: Path) -> None:
    good = put(tmp_path, "good", WORD)
    bad = tmp_path / "bad.placements"
    bad.write_text('{"placements": 1}')
    to = tmp_path / "all.placements"
    with pytest.raises(Problem, match=r"“bad\.placements” is not in order: it lacks boroughs"):
        merge([good, bad], to, NOW, "1.2")
    assert not to.exists()


def test_what_a_desk_says_itself_is_put_in(store, make, tmp_path: Path) -> None:
    make.secondment(codes("XMP")[0], status=SecondmentStatus.APPROVED, wanted="Ada Lovelace")
    leaving = store.read(placing.leaving, "1.2")
    invented = replace(LINE, code=codes("XMP")[1], borough="E09999999")
    file = put(tmp_path, "invented", word_of("E09999999", AT, [invented]), sender="Exampleton")
    to = tmp_path / "all.placements"
    merged = merge([file], to, datetime.now(UTC), "1.2", leaving)
    assert merged.sender == "Exampleton"
    assert [line.code for line in merged.words[0].lines] == [codes("XMP")[0]]
    make.apprentice()
    with pytest.raises(Problem, match="names Ada Lovelace"):
        merge([file], to, NOW, "1.2", store.read(placing.leaving, "1.2"))
    with pytest.raises(Problem, match="names Ada Lovelace"):
        placing.export(store, tmp_path / "own.placements", "1.2")
    assert not (tmp_path / "own.placements").exists()
