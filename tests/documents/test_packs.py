"""A pack of wording: written the same way always, and read as if it were made to do harm."""

from __future__ import annotations

import json
import os
import struct
import zipfile
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from io import BytesIO
from pathlib import Path
from random import Random
from typing import Any

import pytest

from apprentice_desk.documents import packs
from apprentice_desk.documents.pack_manifest import Pack, PackItem
from apprentice_desk.documents.packs import (
    ENDING,
    MANIFEST,
    load_pack,
    read_pack,
    save_pack,
    write_pack,
)
from apprentice_desk.domain.problems import Problem
from documents.packed import manifest_of, pack_of, packed
from documents.wordings import ORDER, clause, of_type, part
from hostile import zipped

A = clause("a", "The Council pays in {payment_days} days.")
A_NAMED, A_TEXT = next(iter(A.items()))
T = of_type("t", "contract", (part("clauses", "a"),))


def said(content: bytes) -> str:
    """Return in what words a pack is refused."""
    with pytest.raises(Problem) as refused:
        read_pack(content, "x.wording")
    problem = refused.value
    assert problem.remedy
    assert problem.what.endswith(".")
    return problem.what


# --- there and back -------------------------------------------------------------------------------


def test_a_pack_comes_back_as_it_was_written() -> None:
    pack = pack_of(*ORDER, A, note="First – “line”\n\nSecond")
    found = read_pack(write_pack(pack), "x.wording")
    assert found == replace(pack, items=tuple(sorted(
        (replace(each, text=packs.settled(each.text)) for each in pack.items),
        key=lambda each: each.named,
    )))  # fmt: skip
    assert found.source == "Contract terms 2027, from LOTI"
    item = next(each for each in found.items if each.named == A_NAMED)
    assert (item.id, item.version, item.is_clause) == ("a", 1, True)


def test_the_same_pack_is_the_same_bytes() -> None:
    pack = pack_of(A, T)
    content = write_pack(pack)
    other_way = replace(
        pack,
        items=tuple(
            replace(each, text=each.text.replace("\n", "\r\n")) for each in reversed(pack.items)
        ),
    )
    assert write_pack(other_way) == content
    assert write_pack(read_pack(content, "x")) == content
    assert write_pack(replace(pack, made_on=date(2026, 11, 24))) != content
    with zipfile.ZipFile(BytesIO(content)) as archive:
        entries = archive.infolist()
    assert [each.filename for each in entries] == [MANIFEST, A_NAMED, next(iter(T))]
    assert {(each.date_time, each.create_system, each.compress_type) for each in entries} == {
        ((1980, 1, 1, 0, 0, 0), 3, zipfile.ZIP_STORED)
    }


def test_wording_without_an_approver_or_withdrawn_comes_back_so() -> None:
    pack = pack_of(items=(PackItem(A_NAMED, A_TEXT, is_withdrawn=True),), note="")
    assert read_pack(write_pack(pack), "x") == pack


@pytest.mark.parametrize(
    ("more", "says"),
    [
        ({"title": " "}, "The pack has no title."),
        ({"sender": ""}, "The pack has no sender."),
        ({"title": "x" * 201}, "The title of the pack is longer than one line of 200 letters."),
        ({"sender": "a\nb"}, "The sender of the pack is longer than one line of 200 letters."),
        ({"note": "x" * 4_001}, "The note is longer than 4,000 letters."),
        ({"title": "a\u202eb"}, "The title holds a letter that cannot be seen (U+202E)."),
        ({"items": ()}, "Nothing was chosen for the pack."),
        (
            {"items": tuple(PackItem(f"clauses/a.{n}.md", "") for n in range(1, 1002))},
            "A pack holds 1,000 files at most.",
        ),
        (
            {"items": (PackItem("clauses/a.1.md", "Nothing"),)},
            "“Contract terms 2027.wording” holds wording that is not in order:"
            " clauses/a.1.md does not say what it is.",
        ),
    ],
)
def test_what_nobody_could_read_is_not_written(more: dict[str, Any], says: str) -> None:
    with pytest.raises(Problem) as refused:
        write_pack(pack_of(A, **more))
    assert refused.value.what == says
    assert refused.value.remedy


# --- files ----------------------------------------------------------------------------------------


def test_a_pack_is_saved_whole_and_loaded(tmp_path: Path) -> None:
    path = tmp_path / f"terms{ENDING}"
    assert save_pack(pack_of(A), path) == path
    assert path.read_bytes() == write_pack(pack_of(A))
    assert load_pack(path).title == "Contract terms 2027"
    assert list(tmp_path.iterdir()) == [path]


def test_a_pack_takes_the_place_of_no_other_file(tmp_path: Path) -> None:
    path = tmp_path / "terms.wording"
    path.write_text("My notes")
    with pytest.raises(Problem, match="is there already and is no pack of wording"):
        save_pack(pack_of(A), path)
    with pytest.raises(Problem, match=r"does not end in \.wording, and a pack of wording is"):
        save_pack(pack_of(A), tmp_path / "terms.zip")
    assert path.read_text() == "My notes"


def test_what_cannot_be_loaded_is_said(tmp_path: Path) -> None:
    with pytest.raises(Problem, match=r"“none\.wording” is not there"):
        load_pack(tmp_path / "none.wording")
    with pytest.raises(Problem, match="is a folder"):
        load_pack(tmp_path)
    with pytest.raises(Problem, match="could not be read"):
        load_pack("a\0b.wording")
    if hasattr(os, "mkfifo"):  # else there are no pipes in folders
        pipe = tmp_path / "pipe.wording"
        os.mkfifo(pipe)
        with pytest.raises(Problem, match="is not a file"):
            load_pack(pipe)


# --- what is refused ------------------------------------------------------------------------------


def flags(content: bytes, bit: int) -> bytes:
    """Return a zip with a flag set on every entry, in its directory and before each file."""
    made = bytearray(content)
    for sign, at in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        place = made.find(sign)
        while place >= 0:
            (found,) = struct.unpack_from("<H", made, place + at)
            struct.pack_into("<H", made, place + at, found | bit)
            place = made.find(sign, place + 4)
    return bytes(made)


GOOD = packed(A)


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"", "“x.wording” is no pack of wording."),
        (b"%PDF-1.7", "“x.wording” is no pack of wording."),
        (b"PK\x03\x04" + bytes(8 * 1024 * 1024), "“x.wording” is larger than any pack of wording."),
        (GOOD[:-30], "“x.wording” is damaged or incomplete."),
        (GOOD.replace(b"Council", b"council"), "“x.wording” is damaged or incomplete."),
        (zipped(("a.txt", "x")), "“x.wording” holds “a.txt”, which is no wording."),
        (
            zipped((A_NAMED, A_TEXT)),
            "“x.wording” is no pack of wording: it does not say what it is.",
        ),
        (flags(GOOD, 1), "“x.wording” is protected with a password."),
        (
            zipped((MANIFEST, "{}"), method=zipfile.ZIP_LZMA),
            "“x.wording” is packed in a way that is not read.",
        ),
        (
            zipped((MANIFEST, "{}"), (A_NAMED, " " * 150_000)),
            "“x.wording” holds more than wording ever comes to.",
        ),
        (
            zipped((MANIFEST, "{}"), (A_NAMED, "x" * 160_001), method=zipfile.ZIP_STORED),
            "“x.wording” holds more than wording ever comes to.",
        ),
        (
            zipped((MANIFEST, "{}"), *((f"clauses/a.{n}.md", "") for n in range(1, 1002))),
            "“x.wording” holds more than 1,000 files.",
        ),
        (
            zipped((MANIFEST, json.dumps(manifest_of(A))), (A_NAMED, b"\xff\xfe")),
            f"“{A_NAMED}” in “x.wording” is no text.",
        ),
        (
            packed({A_NAMED: A_TEXT + "\u202e"}),
            f"“{A_NAMED}” in “x.wording” holds a letter that cannot be seen (U+202E).",
        ),
        (
            packed({A_NAMED: A_TEXT + "\0"}),
            f"“{A_NAMED}” in “x.wording” holds a letter that cannot be seen (U+0000).",
        ),
        (
            packed({A_NAMED: A_TEXT + "ab " * 15_000 + str(list(range(9_000)))}),
            f"“{A_NAMED}” in “x.wording” is longer than 40,000 letters.",
        ),
        (
            packed({"clauses/b.1.md": A_TEXT}),
            "clauses/b.1.md in “x.wording” says that it is a, version 1.",
        ),
        (
            packed({A_NAMED: "+++\nid = [" + "[" * 5_000 + "\n+++\nx"}),
            f"“x.wording” holds wording that is not in order: {A_NAMED} cannot be read.",
        ),
        (
            packed({A_NAMED: A_TEXT.replace("version = 1", "version = " + "1" * 5_000)}),
            f"“x.wording” holds wording that is not in order: {A_NAMED} cannot be read.",
        ),
    ],
    ids=range(19),
)
def test_what_is_no_pack_is_refused_in_a_sentence(content: bytes, says: str) -> None:
    assert said(content) == says


@pytest.mark.parametrize(
    "name",
    [
        "../../a.md", "/etc/passwd", "C:\\a.md", "clauses/../a.1.md", "clauses\\a.1.md",
        "clauses/", "clauses/a.md", "clauses/a.0.md", "clauses/a.01.md", "clauses/a.10000.md",
        "clauses/A.1.md", "clauses/a.1.toml", "documents/a.1.md", "library.toml",
        "clauses/a.1.md\n", "clauses/a.1.md\u202e", f"clauses/{'a' * 61}.1.md", "clauses/a/b.1.md",
        "__MACOSX/._a", "clauses/é.1.md", "CON", "Pack.json",
    ],
)  # fmt: skip
def test_no_path_but_that_of_wording_is_in_a_pack(name: str) -> None:
    found = said(zipped((MANIFEST, "{}"), (name, "x")))
    assert "which is no wording" in found
    assert found.isprintable()


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_no_name_is_in_a_pack_twice() -> None:
    twice = zipped((MANIFEST, json.dumps(manifest_of(A))), (A_NAMED, A_TEXT), (A_NAMED, "+++"))
    assert said(twice) == f"“x.wording” holds “{A_NAMED}” twice."


def test_a_file_that_holds_more_than_it_says_is_damaged() -> None:
    content = bytearray(zipped((MANIFEST, "{}"), (A_NAMED, A_TEXT), method=zipfile.ZIP_STORED))
    place = content.rfind(b"PK\x01\x02")
    struct.pack_into("<L", content, place + 24, 100_000)  # the size once unpacked
    assert said(bytes(content)) in (
        "“x.wording” is damaged or incomplete.",
        "“x.wording” holds more than wording ever comes to.",
    )


def listed(**more: Any) -> list[dict[str, Any]]:
    return [manifest_of(A)["files"][0] | more]


NOT_IN_ORDER = "What “x.wording” says about itself is not in order: "


@pytest.mark.parametrize(
    ("manifest", "says"),
    [
        ("", "it cannot be read"),
        ("{", "it cannot be read"),
        ("[" * 100_000, "it cannot be read"),
        ('{"format": 1, "format": 2}', "it cannot be read"),
        ("[]", "it is no table"),
        ("{}", "it does not say of which format it is"),
        ('{"format": true}', "it does not say of which format it is"),
        ('{"format": 0}', "it does not say of which format it is"),
        ('{"format": "1"}', "it does not say of which format it is"),
        ('{"format": 1}', "it lacks files"),
        ({"more": 1}, "it has more, which is not known"),
        ({"files": []}, "it lists no files"),
        ({"files": {}}, "it lists no files"),
        ({"files": [1]}, "a file in its list is no table"),
        ({"files": [{}]}, "a file in its list lacks approved_by"),
        ({"files": listed(named="clauses/b.1.md")}, "it lists clauses/b.1.md, which is not in the"
         " pack"),
        ({"files": listed() * 2}, "it lists a file twice"),
        ({"files": listed(version=2)}, f"it gives {A_NAMED} another version"),
        ({"files": listed(version=True)}, f"it gives {A_NAMED} another version"),
        ({"files": listed(approved_by=None)}, "approved_by is no text"),
        ({"files": listed(approved_by="a\nb")}, "approved_by is not one line of text"),
        ({"files": listed(approved_on=3)}, "approved_on is no day such as 2026-11-29"),
        ({"files": listed(approved_on="soon")}, "approved_on is no day such as 2026-11-29"),
        ({"files": listed(is_withdrawn=0)}, "is_withdrawn is neither true nor false"),
        ({"title": ""}, "title is not one line of text"),
        ({"title": "x" * 201}, "title is longer than 200 letters"),
        ({"sender": "a\u200bb"}, "sender holds a letter that cannot be seen (U+200B)"),
        ({"sender": "\ud800"}, "sender holds a letter that cannot be seen (U+D800)"),
        ({"note": "x" * 4_001}, "note is longer than 4,000 letters"),
        ({"made_on": ""}, "made_on is no day such as 2026-11-29"),
    ],
    ids=range(30),
)  # fmt: skip
def test_a_manifest_that_is_not_in_order_is_refused(manifest: Any, says: str) -> None:
    content = packed(A, manifest if isinstance(manifest, str) else manifest_of(A) | manifest)
    assert said(content) == f"{NOT_IN_ORDER}{says}."


def test_what_is_not_listed_or_not_as_listed_is_refused() -> None:
    files = A | clause("b", "B.")
    assert said(packed(files, manifest_of(A))) == (
        f"{NOT_IN_ORDER}clauses/b.1.md is in the pack and not listed."
    )
    assert said(packed({A_NAMED: A_TEXT + "More."}, manifest_of(A))) == (
        f"{A_NAMED} in “x.wording” is not as it was sent: its fingerprint is another."
    )


def test_a_newer_format_is_refused_by_naming_both() -> None:
    assert said(packed(A, {"format": 2, "program_version": "3.0", "anything": []})) == (
        "“x.wording” was made by Apprentice Desk 3.0 in format 2 of packs; this program reads"
        " format 1."
    )
    assert said(packed(A, {"format": 9})) == (
        "“x.wording” was made in format 9 of packs; this program reads format 1."
    )


# --- at random ------------------------------------------------------------------------------------

FILES = {named: text for each in (*ORDER, A, T) for named, text in each.items()}
ODD: tuple[Any, ...] = (
    None, True, -1, 10**30, 1.5, "", " ", "x" * 300, "\u202e", "\0", "\ud800", [], {}, [[]],
    "clauses/a.1.md", "../a", "2026-13-01",
)  # fmt: skip
SCRAPS = (
    "{", "}", "+++", "[", "]", '"', "\n\n", "- ", "{when known(x)}", "{ref:a#b}", "{table:x}", "=",
    "[[part]]", "\\", "{{", "=" * 50, "not " * 100, "(" * 200, "status", "version = 0",
)  # fmt: skip


def odd_manifest(random: Random) -> bytes:
    """A pack that says something odd about itself."""
    says = manifest_of(FILES)
    place: Any = says if random.random() < 0.5 else random.choice(says["files"])
    key = random.choice(sorted(place))
    if random.random() < 0.2:
        del place[key]
    else:
        place[key] = random.choice(ODD)
    return packed(FILES, says)


def odd_text(random: Random) -> bytes:
    """A pack with odd wording, listed as it is."""
    files = dict(FILES)
    named = random.choice(sorted(files))
    text = files[named]
    for _time in range(random.randint(1, 3)):
        begin = random.randrange(len(text) + 1)
        end = min(len(text), begin + random.choice((0, 0, 1, 5, 40)))
        text = text[:begin] + random.choice(SCRAPS) + text[end:]
    return packed(files | {named: text})


def odd_bytes(random: Random) -> bytes:
    """A pack of which some bytes are others, most of them in its directory."""
    made = bytearray(packed(FILES))
    begin = made.find(b"PK\x01\x02") if random.random() < 0.7 else 4
    for _time in range(random.randint(1, 4)):
        made[random.randrange(begin, len(made))] = random.randrange(256)
    return bytes(made[: random.randint(begin, len(made))] if random.random() < 0.2 else made)


def tried(content: bytes) -> Pack | str:
    """Return the pack of a file, or why there is none."""
    try:
        return read_pack(content, "x.wording")
    except Problem as problem:
        return problem.what


@pytest.mark.filterwarnings("ignore:Duplicate name")
@pytest.mark.parametrize("odd", [odd_manifest, odd_text, odd_bytes])
def test_no_file_at_all_does_more_than_be_refused(odd: Callable[[Random], bytes]) -> None:
    """Most get past the first look: they are packs with one thing wrong, or with none."""
    random = Random(odd.__name__)
    taken, first, further = 0, 0, 0
    for _time in range(200):
        found = tried(odd(random))
        if isinstance(found, Pack):
            assert write_pack(found)
            taken += 1
            continue
        assert found.endswith(".")
        assert "\n" not in found
        is_first = "damaged" in found or "no pack" in found
        first, further = first + is_first, further + (not is_first)
    assert taken
    assert further > 15
    assert first < 150
