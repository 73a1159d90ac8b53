"""The file that comes with a version: read for what it says, refused where it is none."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from apprentice_desk.domain.problems import Problem
from apprentice_desk.domain.releases import Release
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
