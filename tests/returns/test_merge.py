"""What stands after a merge follows from what the returns say, and from nothing else."""

from __future__ import annotations

import json
import random
import shutil
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from apprentice_desk.domain.calendar import Quarter
from apprentice_desk.domain.findings import Level
from apprentice_desk.domain.problems import Cancelled, Problem
from apprentice_desk.domain.progress import Progress
from apprentice_desk.returns import checks, workbook
from apprentice_desk.returns.deciding import decide
from apprentice_desk.returns.merge import State, find_files, merge, read_expected, write_merged
from apprentice_desk.returns.schema import load
from apprentice_desk.sheets import read_workbook
from returns.making import CAMDEN, HACKNEY, NO_ROWS, content

SCHEMA = load()
NEWHAM = ("E09000025", "Newham", "NWM")
EXAMPLETON = ("E09999999", "Exampleton", "XMP")
Q2 = Quarter.parse("2026-27 Q2")


def put(folder: Path, name: str, borough=HACKNEY, apprentices=2, **changes) -> Path:
    path = folder / f"{name}.xlsx"
    workbook.write(content(borough, apprentices, **changes), SCHEMA, path)
    return path


def merged(*paths: Path, **more):
    return merge(paths, schema=SCHEMA, **more)


def states(made) -> dict[str, tuple[str, str]]:
    return {one.name: (one.state.value, one.file) for one in made.boroughs}


def sheet(path: Path, name: str) -> tuple[tuple, ...]:
    found = read_workbook(path).sheet(name)
    assert found is not None
    return found.rows


def codes(made) -> list[str]:
    return [finding.code for finding in made.findings]


def test_each_row_says_which_borough_file_and_row_it_comes_from(tmp_path):
    paths = [put(tmp_path, "one", CAMDEN, 1), put(tmp_path, "two", HACKNEY, 2)]
    made = merged(*paths)
    write_merged(made, tmp_path / "merged.xlsx")
    book = read_workbook(tmp_path / "merged.xlsx")
    assert [sheet.name for sheet in book.sheets] == [
        "Picture",
        "Boroughs",
        *(sheet.name for sheet in SCHEMA.sheets),
        "Findings",
        "What changed since last period",
    ]
    rows = sheet(tmp_path / "merged.xlsx", "Apprentices")
    assert rows[0][:4] == ("Borough", "Source file", "Source row", "Apprentice")
    assert [row[:4] for row in rows[1:]] == [
        ("Camden", "one.xlsx", 2, content(CAMDEN).apprentices[0].apprentice_code),
        ("Hackney", "two.xlsx", 2, content(HACKNEY).apprentices[0].apprentice_code),
        ("Hackney", "two.xlsx", 3, content(HACKNEY).apprentices[1].apprentice_code),
    ]
    assert rows[0][3:] == tuple(field.name for field in SCHEMA.sheet("apprentices").fields)
    assert made.row_counts == NO_ROWS | {"Apprentices": 3, "Contracts": 2}
    written = openpyxl.load_workbook(tmp_path / "merged.xlsx")["Apprentices"]
    assert written.freeze_panes == "A2"
    assert written.auto_filter.ref == "A1:AL4"
    assert written["W2"].number_format == "£#,##0.00"


def test_the_sheet_boroughs_names_every_one_expected(tmp_path):
    made = merged(put(tmp_path, "a"), expected=[CAMDEN[0], HACKNEY[0]])
    write_merged(made, tmp_path / "merged.xlsx")
    rows = sheet(tmp_path / "merged.xlsx", "Boroughs")
    assert rows[1][:7] == (
        "E09000007", "Camden", "not received", "No return for 2026-27 Q3 came in.",
        "2026-27 Q3", "No", None,
    )  # fmt: skip
    assert rows[2] == (
        "E09000012", "Hackney", "accepted", None, "2026-27 Q3", "No", "a.xlsx", 1,
        datetime(2027, 1, 8, 9, 30), None, 2, 1, 0, 0, 0, 0, 0, 0,
    )  # fmt: skip


def test_the_highest_revision_stands_and_names_what_it_replaces(tmp_path):
    paths = [
        put(tmp_path, "new", revision=3, apprentices=1),
        put(tmp_path, "old", revision=1, apprentices=3),
        put(tmp_path, "older", revision=2, apprentices=4),
    ]
    (one,) = merged(*paths).boroughs
    assert (one.state, one.file, one.revision) == (State.ACCEPTED, "new.xlsx", 3)
    assert one.replaced == ("older.xlsx", "old.xlsx")
    assert one.rows == NO_ROWS | {"Apprentices": 1, "Contracts": 1}


def test_an_accepted_revision_stands_when_a_higher_one_is_refused(tmp_path):
    good = put(tmp_path, "good", revision=1)
    bad = put(tmp_path, "bad", revision=2, borough_name="Camden")
    made = merged(good, bad)
    assert states(made) == {"Hackney": ("accepted", "good.xlsx")}
    assert codes(made) == ["R006"]


def test_a_borough_whose_only_return_is_refused_is_refused(tmp_path):
    made = merged(put(tmp_path, "bad", borough_name="Camden"))
    assert states(made) == {"Hackney": ("refused", "bad.xlsx")}
    assert made.returns == ()
    assert made.row_counts == NO_ROWS | {"Apprentices": 0, "Contracts": 0}


def test_the_same_revision_with_other_content_is_a_conflict_and_neither_counts(tmp_path):
    paths = [
        put(tmp_path, "a", revision=2, apprentices=1),
        put(tmp_path, "b", revision=2, apprentices=2),
        put(tmp_path, "c", revision=1, apprentices=3),
    ]
    made = merged(*paths)
    assert states(made) == {"Hackney": ("conflict", "a.xlsx, b.xlsx")}
    assert made.returns == ()
    (found,) = made.findings
    assert (found.code, found.level) == ("R901", Level.FILE)
    assert "Hackney sent revision 2 for 2026-27 Q3 more than once" in found.message
    assert "a.xlsx, b.xlsx" in found.message


def test_a_conflict_that_a_higher_revision_has_settled_does_not_matter(tmp_path):
    paths = [
        put(tmp_path, "a", revision=1, apprentices=1),
        put(tmp_path, "b", revision=1, apprentices=2),
        put(tmp_path, "c", revision=2, apprentices=3),
    ]
    made = merged(*paths)
    assert states(made) == {"Hackney": ("accepted", "c.xlsx")}
    assert made.boroughs[0].replaced == ("a.xlsx", "b.xlsx")
    assert made.findings == ()


def test_equal_returns_are_one_whatever_their_files_are_called(tmp_path):
    paths = [
        put(tmp_path, "a"),
        put(tmp_path, "hackney final (2)", prepared_at=datetime(2027, 1, 7, 9, 0, tzinfo=UTC)),
    ]
    made = merged(*paths)
    assert states(made) == {"Hackney": ("accepted", "a.xlsx")}
    assert made.boroughs[0].copies == ("hackney final (2).xlsx",)
    assert made.findings == ()
    assert made.row_counts["Apprentices"] == 2


def test_of_returns_made_by_hand_the_one_prepared_last_stands(tmp_path):
    def hand(name, day, apprentices):
        at = datetime(2027, 1, day, tzinfo=UTC)
        return put(tmp_path, name, revision=None, prepared_at=at, apprentices=apprentices)

    made = merged(hand("a", 9, 1), hand("b", 8, 2))
    assert states(made) == {"Hackney": ("accepted", "a.xlsx")}
    made = merged(hand("a", 9, 1), hand("b", 9, 2))
    assert states(made) == {"Hackney": ("conflict", "a.xlsx, b.xlsx")}
    assert "Hackney sent a return for" in made.findings[0].message


def test_a_counted_revision_stands_before_one_made_by_hand(tmp_path):
    late = datetime(2027, 2, 1, tzinfo=UTC)
    hand = put(tmp_path, "hand", revision=None, prepared_at=late, apprentices=1)
    made = merged(hand, put(tmp_path, "desk", revision=1))
    assert states(made) == {"Hackney": ("accepted", "desk.xlsx")}


def test_rows_with_findings_are_left_out_and_told(tmp_path):
    path = put(tmp_path, "a", apprentices=3)
    book = openpyxl.load_workbook(path)
    book["Apprentices"]["F3"] = 9
    book.save(path)
    made = merged(path)
    assert made.row_counts["Apprentices"] == 2
    assert made.boroughs[0].left_out == 1
    write_merged(made, tmp_path / "merged.xlsx")
    rows = sheet(tmp_path / "merged.xlsx", "Findings")
    assert rows[0] == (
        "Level", "File", "Sheet", "Row", "Column", "Heading", "Value", "What is wrong",
        "How to put it right", "Code",
    )  # fmt: skip
    assert ("Row left out", "a.xlsx", "Apprentices", 3, "F", "Level", 9) not in rows
    assert rows[2][:7] == ("Row left out", "a.xlsx", "Apprentices", 3, "F", "Level", "9")


def test_samples_are_never_mixed_with_real_returns(tmp_path):
    sample = put(tmp_path, "sample", CAMDEN, is_sample=True)
    real = put(tmp_path, "real", HACKNEY)
    made = merged(sample, real)
    assert states(made) == {"Hackney": ("accepted", "real.xlsx")}
    assert [(f.code, f.place.file, f.level) for f in made.findings] == [
        ("R902", "sample.xlsx", Level.FILE)
    ]
    assert not made.is_sample


def test_samples_alone_are_merged_and_marked(tmp_path):
    made = merged(put(tmp_path, "a", EXAMPLETON, is_sample=True))
    assert made.is_sample
    write_merged(made, tmp_path / "merged.xlsx")
    assert sheet(tmp_path / "merged.xlsx", "Boroughs")[1][5] == "Yes"
    assert "sample" in openpyxl.load_workbook(tmp_path / "merged.xlsx").properties.title


def test_without_a_period_the_latest_is_merged_and_the_others_are_named(tmp_path):
    paths = [
        put(tmp_path, "old", period=Q2),
        put(tmp_path, "older", CAMDEN, period=Q2.previous()),
        put(tmp_path, "new", NEWHAM),
    ]
    made = merged(*paths)
    assert str(made.period) == "2026-27 Q3"
    assert states(made) == {"Newham": ("accepted", "new.xlsx")}
    assert [(f.code, f.level) for f in made.findings] == [
        ("R903", Level.NOTE),
        ("R905", Level.NOTE),
    ]
    assert made.findings[0].message.startswith("older.xlsx of 2026-27 Q1 was left out")
    assert made.findings[1].message.startswith("old.xlsx of 2026-27 Q2 was not merged, only")
    assert [one.file for one in made.previous] == ["old.xlsx"]
    chosen = merged(*paths, period=Q2)
    assert states(chosen) == {"Hackney": ("accepted", "old.xlsx")}


def test_a_refused_return_does_not_choose_the_period(tmp_path):
    later = Quarter.parse("2027-28 Q1")
    made = merged(put(tmp_path, "a"), put(tmp_path, "b", period=later, borough_name="Camden"))
    assert str(made.period) == "2026-27 Q3"


def test_other_files_are_told_and_the_rest_still_merges(tmp_path):
    good = put(tmp_path, "good")
    (tmp_path / "renamed.xlsx").write_text("a,b\n1,2\n")
    book = openpyxl.Workbook()
    book.save(tmp_path / "list.xlsx")
    made = merged(tmp_path)
    assert states(made) == {"Hackney": ("accepted", good.name)}
    assert [(f.place.file, f.code) for f in made.findings] == [
        ("list.xlsx", "R002"),
        ("renamed.xlsx", "R001"),
    ]


def test_nothing_to_merge_is_said_in_words(tmp_path):
    with pytest.raises(Problem, match="No workbook was found to merge"):
        merged(tmp_path)


def test_a_merged_workbook_in_the_folder_is_passed_over(tmp_path):
    put(tmp_path, "a")
    target = tmp_path / "merged.xlsx"
    first = merged(tmp_path, leaving_out=[target])
    write_merged(first, target)
    before = target.read_bytes()
    write_merged(merged(tmp_path, leaving_out=[target]), target)
    assert target.read_bytes() == before
    again = merged(tmp_path)
    assert codes(again) == ["R904"]
    assert again.fingerprint == first.fingerprint


def test_only_workbooks_that_are_meant_are_found_in_folders(tmp_path):
    (tmp_path / "in").mkdir()
    for name in ("a.xlsx", "b.XLSX", "c.ods", "in/d.xls", "~$a.xlsx", ".e.xlsx", "f.txt"):
        (tmp_path / name).write_text("x")
    found = find_files([tmp_path, tmp_path / "a.xlsx", tmp_path / "f.txt"])
    assert [path.name for path in found] == ["a.xlsx", "b.XLSX", "c.ods", "f.txt", "d.xls"]


@pytest.fixture(scope="module")
def many(tmp_path_factory) -> list[Path]:
    """A set with revisions, a conflict, copies, a refusal, rows left out and a stranger in it."""
    folder = tmp_path_factory.mktemp("many")
    paths = [
        put(folder, "h1", HACKNEY, 3, revision=1),
        put(folder, "h2", HACKNEY, 2, revision=2),
        put(folder, "c1", CAMDEN, 1, revision=1),
        put(folder, "c2", CAMDEN, 2, revision=1),
        put(folder, "n1", NEWHAM, 2, revision=None),
        put(folder, "n2", NEWHAM, 2, borough_name="Camden"),
        put(folder, "p1", ("E09000033", "Westminster", "WSM"), 2, period=Q2),
        put(folder, "s1", EXAMPLETON, 2, is_sample=True),
        put(folder, "l1", ("E09000022", "Lambeth", "LBH"), 4, lines={"level": 9}),
    ]
    (folder / "copies").mkdir()
    paths.append(Path(shutil.copy(paths[1], folder / "copies" / "h2.xlsx")))
    paths.append(Path(shutil.copy(paths[1], folder / "copies" / "z.xlsx")))
    (folder / "bad.xlsx").write_bytes(b"PK\x03\x04")
    return [*paths, folder / "bad.xlsx"]


@pytest.fixture(scope="module")
def once(many, tmp_path_factory) -> bytes:
    path = tmp_path_factory.mktemp("once") / "m.xlsx"
    write_merged(merged(*many, expected=["E09000001"]), path)
    return path.read_bytes()


@settings(max_examples=5)
@given(seed=st.integers(0, 10**6))
def test_order_and_repeats_change_no_byte(seed, many, once, tmp_path_factory):
    rng = random.Random(seed)
    paths = many + rng.sample(many, 3)
    rng.shuffle(paths)
    path = tmp_path_factory.mktemp("again") / "m.xlsx"
    write_merged(merged(*paths, expected=["E09000001"]), path)
    assert path.read_bytes() == once


def test_what_stands_does_not_depend_on_the_order_in_which_returns_are_given(tmp_path):
    paths = [put(tmp_path, f"h{n}", revision=n, borough_name="Camden") for n in (1, 2, 3)]
    paths += [put(tmp_path, f"c{n}", CAMDEN, n, revision=n) for n in (1, 2)]
    reads = [workbook.read(path) for path in paths]
    known = checks.known_boroughs()
    first = decide(reads, schema=SCHEMA, boroughs=known)
    assert decide(reads[::-1], schema=SCHEMA, boroughs=known) == first
    assert states(first)["Hackney"] == ("refused", "h1.xlsx, h2.xlsx, h3.xlsx")


def test_a_copy_in_another_folder_under_a_later_name_changes_no_byte(many, once, tmp_path):
    path = tmp_path / "m.xlsx"
    write_merged(
        merged(*(p for p in many if p.parent.name != "copies"), expected=["E09000001"]), path
    )
    assert path.read_bytes() == once


def test_the_set_with_everything_comes_out_as_it_should(many):
    made = merged(*many, expected=["E09000001"])
    assert states(made) == {
        "City of London": ("not received", ""),
        "Camden": ("conflict", "c1.xlsx, c2.xlsx"),
        "Hackney": ("accepted", "h2.xlsx"),
        "Lambeth": ("accepted", "l1.xlsx"),
        "Newham": ("accepted", "n1.xlsx"),
    }
    assert made.row_counts == NO_ROWS | {"Apprentices": 4, "Contracts": 3}


def test_json_of_a_merge_has_what_a_script_needs(many):
    made = json.loads(json.dumps(merged(*many).as_json()))
    assert set(made) >= {"findings", "rows", "fingerprint", "boroughs"}
    assert made["boroughs"][1] == {
        "code": "E09000012",
        "name": "Hackney",
        "state": "accepted",
        "reason": "Replaces h1.xlsx.",
        "left_out": 0,
        "file": "h2.xlsx",
        "replaced": ["h1.xlsx"],
        "revision": 2,
        "rows": NO_ROWS | {"Apprentices": 2, "Contracts": 1},
    }


def test_the_fingerprint_of_a_merge_follows_what_was_merged(tmp_path):
    one, two = put(tmp_path, "a", HACKNEY), put(tmp_path, "b", CAMDEN)
    assert merged(one, two).fingerprint == merged(two, one).fingerprint
    assert merged(one, two).fingerprint != merged(one).fingerprint


def test_stopping_ends_the_reading(tmp_path):
    paths = [put(tmp_path, str(number), revision=number) for number in range(1, 5)]
    progress = Progress()

    def report(done, total, doing):
        assert total == 4
        progress.stop()

    progress = Progress(report)
    with pytest.raises(Cancelled):
        merged(*paths, progress=progress)


def test_expected_boroughs_are_read_by_code_or_name(tmp_path):
    path = tmp_path / "expected.txt"
    path.write_text("# of LOTI\nE09000012\n\nCamden, since 2019\nhackney\n", encoding="utf-8-sig")
    assert read_expected(path, checks.known_boroughs()) == ("E09000012", "E09000007")
    path.write_text("Hackney\nAtlantis\n")
    with pytest.raises(Problem, match=r"Line 2 of “expected.txt” is not a London borough"):
        read_expected(path, checks.known_boroughs())
    with pytest.raises(Problem, match="could not be read"):
        read_expected(tmp_path / "none.txt", checks.known_boroughs())


def test_returns_without_a_time_give_equal_bytes_too(tmp_path):
    made = merged(put(tmp_path, "a", prepared_at=None))
    for name in ("x.xlsx", "y.xlsx"):
        write_merged(made, tmp_path / name)
    assert (tmp_path / "x.xlsx").read_bytes() == (tmp_path / "y.xlsx").read_bytes()


def test_a_return_may_have_sheets_without_rows(tmp_path):
    empty = replace(content(), apprentices=(), contracts=())
    workbook.write(empty, SCHEMA, tmp_path / "a.xlsx")
    made = merged(tmp_path / "a.xlsx")
    write_merged(made, tmp_path / "merged.xlsx")
    assert states(made) == {"Hackney": ("accepted", "a.xlsx")}
    assert len(sheet(tmp_path / "merged.xlsx", "Apprentices")) == 1
