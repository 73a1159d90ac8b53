"""The file that comes with a version: read for what it says, refused where it is none."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from apprentice_desk.domain.problems import Problem
from apprentice_desk.domain.releases import Release, Standing, in_words, numbers, standing
from apprentice_desk.product import product
from apprentice_desk.resources.release_files import release_in

GOOD = {
    "program": f'"{product().identity}"',
    "version": '"1.2.3"',
    "released_on": "2027-03-01",
    "new": '["One.", "Two."]',
}


def written(folder: Path, **changed: str) -> Path:
    path = folder / "it.apprentice-desk-release"
    lines = {**GOOD, **changed}
    text = "".join(f"{key} = {value}\n" for key, value in lines.items() if value)
    path.write_text(text, "utf-8")
    return path


def test_it_is_read(tmp_path: Path) -> None:
    assert release_in(written(tmp_path)) == Release("1.2.3", date(2027, 3, 1), ("One.", "Two."))


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"program": '"org.example.Other"'}, "another program"),
        ({"program": ""}, "another program"),
        ({"version": ""}, "names no version"),
        ({"version": "1.2"}, "names no version"),
        ({"version": '"1.2"'}, "three numbers"),
        ({"version": '"1.2.3 <b>"'}, "three numbers"),
        ({"version": '"99999.0.0"'}, "three numbers"),
        ({"released_on": '"yesterday"'}, "when the version came out"),
        ({"released_on": "2027-03-01T10:00:00Z"}, "when the version came out"),
        ({"new": '"all"'}, "what is new"),
        ({"new": "[1]"}, "what is new"),
        ({"new": "[[["}, "is not the file of a version"),
    ],
)
def test_what_does_not_say_it_all_is_refused(
    tmp_path: Path, changed: dict[str, str], said: str
) -> None:
    with pytest.raises(Problem, match=said) as refused:
        release_in(written(tmp_path, **changed))
    assert refused.value.remedy


def test_what_is_no_such_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(Problem, match="cannot be read"):
        release_in(tmp_path / "gone")
    large = tmp_path / "large"
    large.write_bytes(b"#" * 200_000)
    with pytest.raises(Problem, match="too large"):
        release_in(large)
    bytes_ = tmp_path / "bytes"
    bytes_.write_bytes(b"\xff\xfe\x00")
    with pytest.raises(Problem, match="not the file of a version"):
        release_in(bytes_)
    deep = tmp_path / "deep"
    deep.write_text("new = " + "[" * 20_000, "utf-8")
    with pytest.raises(Problem, match="not the file of a version"):
        release_in(deep)


def test_what_cannot_be_seen_and_what_has_no_end_is_cut(tmp_path: Path) -> None:
    found = release_in(
        written(tmp_path, new='["a\\u202eb\\u0007", "\\u200b", "' + "x" * 900 + '"]')
    )
    assert found.new == ("a b", "x" * 600)
    many = ", ".join(f'"{number}"' for number in range(300))
    assert len(release_in(written(tmp_path, new=f"[{many}]")).new) == 100


@pytest.mark.parametrize(
    ("own", "its", "how"),
    [
        ("1.2.3", "1.2.4", Standing.NEWER),
        ("1.9.0", "1.10.0", Standing.NEWER),
        ("1.2.3", "1.2.3", Standing.SAME),
        ("2.0.0", "1.9.9", Standing.OLDER),
    ],
)
def test_versions_are_held_against_each_other_as_numbers(own: str, its: str, how: Standing) -> None:
    found = Release(its, date(2027, 3, 1), ())
    assert standing(own, found) is how
    title, sentence = in_words(own, found)
    assert its in title
    assert "1 Mar 2027" in sentence


def test_a_version_has_three_numbers() -> None:
    assert numbers("10.0.2") == (10, 0, 2)
    for wrong in ("", "1", "1.2.3.4", "v1.2.3", "1.2.x", "1.2.-3", "١.٢.٣ "):
        with pytest.raises(ValueError, match="three numbers"):
            numbers(wrong)
