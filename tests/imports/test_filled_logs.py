"""A log goes out, is filled in, and comes back row for row: new rows, corrections, conflicts."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

import openpyxl
import pytest

from apprentice_desk.domain.calendar import Period
from apprentice_desk.domain.hours_rules import Activity
from apprentice_desk.domain.problems import Conflict, Problem
from apprentice_desk.imports import log_applying, log_cells, log_sheets
from apprentice_desk.imports.log_reading import LogReview, LogRow, RowKind
from apprentice_desk.records import hours, weeks
from apprentice_desk.records.hours import HoursDetails, LoggedEntry, hours_rows
from apprentice_desk.sheets import read_workbook

TODAY = date(2026, 9, 1)
SPAN = Period(date(2026, 8, 1), date(2026, 9, 30))
MADE = datetime(2026, 8, 28, 9, 0, tzinfo=UTC)
LOG = UUID(int=7)
COLUMNS = "ABCDEF"


@dataclass
class Away:
    """A log that went out of *store*: change its cells, then look at it or bring it in."""

    store: Any
    path: Path
    people: tuple[UUID, ...]

    def type(self, row: int, *values: Any, **cells: Any) -> None:
        """Type into a row, from the first column on or by column letter."""
        book = openpyxl.load_workbook(self.path)
        sheet = book["Hours"]
        typed = dict(zip(COLUMNS, values, strict=False)) | cells
        for column, value in typed.items():
            cell = sheet[f"{column}{row}"]
            cell.value = value
            if isinstance(value, str):
                cell.data_type = "s"
        book.save(self.path)

    def change(self, act: Callable[[Any], object]) -> None:
        book = openpyxl.load_workbook(self.path)
        act(book)
        book.save(self.path)

    def look(self) -> LogReview:
        return log_applying.review(
            self.store, read_workbook(self.path), TODAY,
            lambda _key, activity, _day: activity is not Activity.LEAVE,
        )  # fmt: skip

    def only(self) -> LogRow:
        (row,) = self.look().rows
        return row

    def bring(self, review: LogReview | None = None) -> int:
        review = review or self.look()
        with self.store.change(log_applying.label_of(review)) as session:
            return log_applying.apply(session, review)


@pytest.fixture
def away(store: Any, make: Any, tmp_path: Path) -> Away:
    """A log of Ada, who has two entries in the span and one before, and of Lee, who has none."""
    ada = make.apprentice()
    lee = make.apprentice(given_names="Lee", family_name="Quill")
    make.hours(ada, minutes=100, done_on=date(2026, 8, 3), what="=SUM(A1)\nand more", ksbs="K7")
    make.hours(ada, minutes=45, done_on=date(2026, 8, 4), began_at="09:30", what="Databases")
    make.hours(ada, done_on=date(2026, 7, 31), what="Before")
    return send(store, tmp_path / "log.xlsx", (ada, lee))


def send(store: Any, path: Path, people: tuple[UUID, ...], log_id: UUID = LOG) -> Away:
    names = {row.apprenticeship_id: row.name for row in store.read(hours_rows)}
    given = [(key, names.get(key, "Lee Quill"), "") for key in people]
    log = store.read(log_applying.log_of, given, SPAN, log_id, "Exampleton", MADE, is_sample=True)
    log_sheets.write(path, log)
    return Away(store, path, people)


def entries(store: Any) -> tuple[LoggedEntry, ...]:
    return tuple(sorted(store.read(hours_rows), key=lambda row: (row.done_on, row.began_at)))


# --- going out ------------------------------------------------------------------------------------


def test_a_log_holds_what_is_logged_in_the_span_and_blank_rows_with_keys(away: Away) -> None:
    book = read_workbook(away.path)
    assert log_sheets.is_log(book)
    sheet = book.sheet("Hours")
    assert list(sheet.rows[1][:6]) == [
        "Ada Lovelace", date(2026, 8, 3), 1.67, "Workshop", "=SUM(A1)\nand more", "K7",
    ]  # fmt: skip
    assert len(sheet.rows) == 1 + 2 + 60
    assert sheet.hidden_columns == {7, 8}
    assert [row[6] for row in sheet.rows[3:5]] == ["N1", "N2"]
    assert book.sheet("About this log").is_hidden


def test_the_same_log_has_the_same_bytes(away: Away, tmp_path: Path) -> None:
    again = send(away.store, tmp_path / "again.xlsx", away.people)
    assert again.path.read_bytes() == away.path.read_bytes()


def test_people_of_one_name_are_told_apart() -> None:
    keys = [UUID(int=n) for n in range(4)]
    people = [
        (keys[0], "Ada Obi", "Data analyst"), (keys[1], "Ada Obi", "Data analyst"),
        (keys[2], "Ada Obi", ""), (keys[3], "Lee Quill", "Data analyst"),
    ]  # fmt: skip
    assert [person.label for person in log_sheets.labels(people)] == [
        "Ada Obi, Data analyst", "Ada Obi, Data analyst (2)", "Ada Obi", "Lee Quill",
    ]  # fmt: skip


def test_a_log_of_nobody_or_of_too_much_is_refused(away: Away, monkeypatch: Any) -> None:
    with pytest.raises(Problem, match="Nobody was chosen"):
        send(away.store, away.path, ())
    monkeypatch.setattr(log_sheets, "MOST_ROWS", 1)
    with pytest.raises(Problem, match="holds at most 1"):
        send(away.store, away.path, away.people)


# --- coming back ----------------------------------------------------------------------------------


def test_a_log_that_nobody_touched_changes_nothing(away: Away) -> None:
    review = away.look()
    assert review.rows == ()
    assert review.unchanged == 2
    with pytest.raises(Problem, match="No row is taken"):
        away.bring()


def test_blank_rows_that_were_filled_in_are_new_entries_with_the_rows_own_text(away: Away) -> None:
    away.type(4, "Lee Quill", date(2026, 8, 20), 1.5, "Workshop", "=1+1 is two", "S3")
    away.type(5, "ada lovelace", "21/8/2026", "2h 15m", "LEAVE", "Away")
    review = away.look()
    assert [(row.kind, row.name, row.is_taken) for row in review.rows] == [
        (RowKind.NEW, "Lee Quill", True), (RowKind.NEW, "Ada Lovelace", True),
    ]  # fmt: skip
    assert log_applying.label_of(review) == "Take 2 entries of hours from log.xlsx"
    assert away.bring(review) == 2
    found = {row.done_on: row for row in entries(away.store)}
    first, second = found[date(2026, 8, 20)], found[date(2026, 8, 21)]
    assert (first.minutes, first.what, first.ksbs) == (90, "=1+1 is two", "S3")
    assert (second.minutes, second.activity, second.counts) == (135, Activity.LEAVE, False)
    assert first.source == "Excel log 00000000, row N1"


def test_the_same_file_twice_changes_nothing(away: Away) -> None:
    away.type(4, "Lee Quill", date(2026, 8, 20), 1.5, "Workshop", "Queries")
    away.type(40, "Lee Quill", date(2026, 8, 20), 1.5, "Workshop", "Queries")
    away.type(80, "Lee Quill", date(2026, 8, 19), 1, "Workshop", "Below the rows with keys")
    away.type(2, C=2)
    assert away.bring() == 4
    before = entries(away.store)
    review = away.look()
    assert review.rows == ()
    assert review.unchanged == 5
    assert entries(away.store) == before


def test_a_row_that_came_in_before_and_is_changed_again_corrects_its_entry(away: Away) -> None:
    away.type(4, "Lee Quill", date(2026, 8, 20), 1.5, "Workshop", "Queries")
    away.bring()
    away.type(4, C=2.5)
    row = away.only()
    assert row.kind is RowKind.CORRECTION
    assert row.correction.said == "Hours: 1 h 30 m → 2 h 30 m"
    away.bring()
    assert [each.minutes for each in entries(away.store) if each.name == "Lee Quill"] == [150]


def test_what_the_desk_says_already_is_not_logged_again_whoever_typed_it(
    away: Away, make: Any
) -> None:
    make.hours(away.people[1], minutes=90, done_on=date(2026, 8, 20), what="Queries")
    away.type(4, "Lee Quill", date(2026, 8, 20), 1.5, "Workshop", "Queries")
    assert away.look().rows == ()
    away.type(5, "Lee Quill", date(2026, 8, 20), 1.5, "Workshop", "Queries")
    assert away.only().kind is RowKind.NEW, "one entry answers for one row"


def test_a_correction_shows_old_and_new_and_keeps_what_the_log_does_not_hold(away: Away) -> None:
    away.type(3, C=1.5, E="Databases\nand their normal forms", A="Lee Quill")
    row = away.only()
    assert row.kind is RowKind.CORRECTION
    assert row.is_taken
    assert row.correction.said == (
        "Apprentice: Ada Lovelace → Lee Quill; Hours: 45 m → 1 h 30 m;"
        " What was learned: Databases → Databases and their normal forms"
    )
    assert log_applying.label_of(away.look()) == "Correct 1 entry of hours from log.xlsx"
    away.bring()
    found = next(each for each in entries(away.store) if each.done_on == date(2026, 8, 4))
    assert (found.name, found.minutes, found.began_at) == ("Lee Quill", 90, "09:30")


def test_another_activity_is_judged_anew_and_anything_else_is_not(away: Away) -> None:
    away.type(3, D="Leave")
    assert "Whether it counts: counts → does not count" in away.only().correction.said
    away.type(4, "Lee Quill", date(2026, 8, 20), 1, "Workshop", "New")
    review = away.look()
    assert log_applying.label_of(review) == ("Take 1 entry of hours and correct 1 from log.xlsx")
    away.bring(review)
    found = next(each for each in entries(away.store) if each.done_on == date(2026, 8, 4))
    assert not found.counts


def change_in_desk(away: Away, day: date, **details: Any) -> None:
    row = next(each for each in entries(away.store) if each.done_on == day)
    values = {name: getattr(row.details, name) for name in HoursDetails.__dataclass_fields__}
    with away.store.change("Correct") as session:
        hours.correct_hours(session, row.id, HoursDetails(**values | details))


def test_what_only_the_desk_changed_stays(away: Away) -> None:
    change_in_desk(away, date(2026, 8, 4), minutes=60)
    assert away.look().rows == ()


def test_what_both_changed_is_a_conflict_that_is_left_unless_it_is_chosen(away: Away) -> None:
    change_in_desk(away, date(2026, 8, 4), minutes=60)
    away.type(3, C=1.5)
    row = away.only()
    assert row.kind is RowKind.CONFLICT
    assert not row.is_taken
    assert row.correction.said == "Hours: 1 h → 1 h 30 m"
    assert "changed it in the desk" in row.why
    chosen = away.look().with_taken(row.id, is_taken=True)
    away.bring(chosen)
    assert [each.minutes for each in entries(away.store)][-1] == 90
    assert away.look().rows == ()


def test_both_changed_alike_is_no_conflict(away: Away) -> None:
    change_in_desk(away, date(2026, 8, 4), minutes=90)
    away.type(3, C=1.5)
    assert away.look().rows == ()


def test_what_changed_between_the_look_and_the_writing_is_refused_whole(away: Away) -> None:
    away.type(3, C=1.5)
    away.type(4, "Lee Quill", date(2026, 8, 20), 1, "Workshop", "New")
    review = away.look()
    change_in_desk(away, date(2026, 8, 4), minutes=60)
    before = entries(away.store)
    with pytest.raises(Conflict):
        away.bring(review)
    assert entries(away.store) == before


def test_rows_taken_out_or_emptied_are_said_and_stay_in_the_desk(away: Away) -> None:
    away.type(2, None, None, None, None, None, None)
    away.change(lambda book: book["Hours"].delete_rows(3))
    review = away.look()
    assert [row.kind for row in review.rows] == [RowKind.TAKEN_OUT] * 2
    assert "stays in the desk" in review.rows[0].why
    assert review.with_taken(review.rows[0].id, is_taken=True) == review
    assert len(entries(away.store)) == 3


def test_an_entry_that_the_desk_removed_can_be_logged_again_if_its_row_was_changed(
    away: Away,
) -> None:
    row = next(each for each in entries(away.store) if each.done_on == date(2026, 8, 4))
    with away.store.change("Remove") as session:
        hours.remove_hours(session, row.id)
    assert away.look().rows == (), "nobody touched its row"
    away.type(3, C=1.5)
    gone = away.only()
    assert (gone.kind, gone.is_taken) == (RowKind.GONE, False)
    away.bring(away.look().with_taken(gone.id, is_taken=True))
    assert [each.minutes for each in entries(away.store)][-1] == 90
    assert away.look().rows == ()


def test_finished_weeks_are_left_unless_they_are_chosen(away: Away, clock: Any) -> None:
    ada, lee = away.people
    with away.store.change("Finish") as session:
        weeks.finish_week(session, [ada], date(2026, 8, 3), "Grace Park", clock.now())
    away.type(3, B=date(2026, 8, 11))
    away.type(4, "Ada Lovelace", date(2026, 8, 5), 1, "Workshop", "New")
    away.type(5, "Lee Quill", date(2026, 8, 5), 1, "Workshop", "New")
    review = away.look()
    assert [(row.is_in_finished_week, row.is_taken) for row in review.rows] == [
        (True, False), (True, False), (False, True),
    ]  # fmt: skip
    assert "The week of 3 Aug 2026 is finished." in review.rows[0].why
    chosen = review.with_taken(review.rows[1].id, is_taken=True)
    assert away.bring(chosen) == 2
    assert lee


@pytest.mark.parametrize(
    ("column", "value", "cell", "says"),
    [
        ("A", "Somebody Else", "A4", "is nobody of this log"),
        ("A", None, "A4", "Choose the apprentice"),
        ("B", date(2026, 9, 2), "B4", "is still to come"),
        ("B", "August 2026", "B4", "does not say the day"),
        ("B", "some day", "B4", "some day"),
        ("B", None, "B4", "Say on which day"),
        ("C", 25, "C4", "does not fit in one day"),
        ("C", "a while", "C4", "is not a length of time"),
        ("C", date(2026, 8, 1), "C4", "no number of hours"),
        ("C", None, "C4", "Say how long"),
        ("D", "Sleeping", "D4", "no activity of the list"),
        ("D", None, "D4", "Choose the activity"),
        ("E", "x" * 4001, "E4", "characters"),
        ("F", "K" * 401, "F4", "characters"),
    ],
)
def test_a_wrong_cell_is_named_with_its_reason_and_its_row_is_not_taken(
    away: Away, column: str, value: Any, cell: str, says: str
) -> None:
    away.type(4, "Lee Quill", date(2026, 8, 20), 1.5, "Workshop", "Queries", "K1")
    away.type(4, **{column: value})
    row = away.only()
    assert row.kind is RowKind.WRONG
    assert not row.may_be_taken
    assert says in row.why
    assert f"Cell {cell}" in row.why


def test_a_cell_that_shows_an_error_is_wrong(away: Away) -> None:
    away.type(4, "Lee Quill", date(2026, 8, 20), 1.5, "Workshop", "Queries")

    def divide(book: Any) -> None:
        cell = book["Hours"]["C4"]
        cell.value, cell.data_type = "#DIV/0!", "e"

    away.change(divide)
    assert away.only().kind is RowKind.WRONG


def test_a_time_typed_as_1_30_is_an_hour_and_a_half_or_asked_about(away: Away) -> None:
    def as_time(book: Any) -> None:
        book["Hours"]["C4"].number_format = "h:mm"

    away.type(4, "Lee Quill", date(2026, 8, 20), time(1, 30), "Workshop", "Queries")
    away.change(as_time)
    assert away.only().details.minutes == 90
    away.type(4, C=0.0625)  # what 1:30 becomes in a cell of numbers
    away.change(lambda book: setattr(book["Hours"]["C4"], "number_format", "0.00"))
    row = away.only()
    assert row.details.minutes == 4
    assert not row.is_taken
    assert "This is read as 4 m. If a time such as 1:30 was typed, type 1.5 instead." in row.why


def test_more_than_a_day_holds_is_wrong_before_it_is_written(away: Away) -> None:
    away.type(3, C=24)
    assert away.only().kind is RowKind.CORRECTION
    away.type(4, "Ada Lovelace", date(2026, 8, 4), 0.5, "Workshop", "Too much")
    kinds = [row.kind for row in away.look().rows]
    assert kinds == [RowKind.CORRECTION, RowKind.WRONG]
    away.type(3, B=date(2026, 8, 3))
    wrong, new = away.look().rows
    assert (wrong.kind, new.kind) == (RowKind.WRONG, RowKind.NEW), "it does not leave its old day"
    assert "a day has 24 hours" in wrong.why


def test_values_come_however_a_program_gives_them() -> None:
    assert log_cells.text(7.0) == "7"
    assert log_cells.day(datetime(2026, 8, 20, 9, 0)) == date(2026, 8, 20)
    assert log_cells.minutes(timedelta(hours=1, minutes=30)) == 90


def test_a_copied_row_is_a_new_one(away: Away) -> None:
    def copy(book: Any) -> None:
        sheet = book["Hours"]
        for column in range(1, 9):
            sheet.cell(70, column).value = sheet.cell(3, column).value

    away.change(copy)
    row = away.only()
    assert (row.kind, row.number) == (RowKind.NEW, 70)


# --- files that are not what they were ------------------------------------------------------------


def test_no_log_and_the_log_of_another_desk_are_told_apart(
    away: Away, make: Any, tmp_path: Path
) -> None:
    book = openpyxl.Workbook()
    book.save(tmp_path / "other.xlsx")
    assert not log_sheets.is_log(read_workbook(tmp_path / "other.xlsx"))
    with pytest.raises(Problem, match="is no log that a desk has made"):
        log_sheets.read_about(read_workbook(tmp_path / "other.xlsx"))

    def strangers(book: Any) -> None:
        for row in book["About this log"].iter_rows():
            if row[0].value == "person":
                row[2].value = str(UUID(int=5))

    away.change(strangers)
    with pytest.raises(Problem, match="is in this desk"):
        away.look()


def test_somebody_who_left_the_desk_is_said(away: Away, store: Any) -> None:
    from apprentice_desk.records import apprentice_removal, apprentices

    with store.change("Remove") as session:
        held = apprentices.held(session, away.people[1])
        apprentice_removal.remove(session, held.apprentice_id)
    away.type(4, "Lee Quill", date(2026, 8, 20), 1.5, "Workshop", "Queries")
    assert "is not in the desk any more" in away.only().why


@pytest.mark.parametrize(
    ("change", "says"),
    [
        (lambda book: setattr(book["Hours"], "title", "Other"), "no sheet called Hours"),
        (lambda book: setattr(book["Hours"]["C1"], "value", "Time"), "no column Hours"),
        (lambda book: book["Hours"].delete_rows(1, 200), "no column Apprentice"),
        (lambda book: setattr(book["About this log"]["B3"], "value", "2"), "newer version"),
        (lambda book: setattr(book["About this log"]["B3"], "value", "x"), "was changed"),
        (lambda book: setattr(book["About this log"]["A4"], "value", "x"), "was changed"),
        (lambda book: setattr(book["About this log"]["C5"], "value", "x"), "was changed"),
    ],
)
def test_a_log_whose_frame_was_changed_is_refused_in_words(
    away: Away, change: Callable[[Any], object], says: str
) -> None:
    away.change(change)
    with pytest.raises(Problem, match=says):
        away.look()


# --- through LibreOffice --------------------------------------------------------------------------


@pytest.mark.parametrize("ending", ["xlsx", "ods"])
def test_what_libreoffice_filled_in_and_saved_comes_back_exactly(
    away: Away, office: Any, ending: str
) -> None:
    saved = away.path.with_name(f"saved.{ending}")
    untouched = away.path.with_name(f"untouched.{ending}")
    (seen, _) = office([
        {
            "open": str(away.path),
            "type": {
                "Hours": {
                    "C3": "1.5",
                    "A4": "Lee Quill", "B4": "2026-08-20", "C4": "1.25", "D4": "Workshop",
                    "E4": "'=1+1 stays text", "F4": "S3",
                }
            },
            "save": [str(saved)],
        },
        {"open": str(away.path), "save": [str(untouched)]},
    ])  # fmt: skip
    sheets = seen["sheets"]
    assert sheets["Hours"]["is_protected"]
    assert sheets["Hours"]["is_frozen"]
    assert not sheets["About this log"]["is_visible"]
    assert sheets["Hours"]["columns"][0]["list"]
    assert sheets["Hours"]["columns"][3]["list"]
    assert sheets["Hours"]["notes"]["2"].startswith("Hours as a number")
    away.path = untouched
    assert away.look().rows == ()
    away.path = saved
    correction, new = away.look().rows
    assert correction.correction.said == "Hours: 45 m → 1 h 30 m"
    assert new.details.minutes == 75
    assert new.details.what.lstrip("'") == "=1+1 stays text"
    away.bring()
    assert away.look().rows == ()


# --- codes of knowledge, skills and behaviours ----------------------------------------------------


def test_codes_are_kept_short_and_are_the_same_however_they_are_written(
    away: Away, make: Any
) -> None:
    make.hours(away.people[1], minutes=60, done_on=date(2026, 8, 19), what="Set", ksbs="K4, K5, S1")
    away.type(4, "Lee Quill", date(2026, 8, 20), 1.5, "Workshop", "Queries", "k4 to k6; s1")
    away.type(5, "Lee Quill", date(2026, 8, 19), 1, "Workshop", "Set", "K4-5 S1")
    row = away.only()  # the other one stands in the desk already
    assert row.details is not None
    assert row.details.ksbs == "K4-6, S1"
    away.type(2, F="K07")
    assert [each.kind for each in away.look().rows] == [RowKind.NEW]


def test_an_entry_that_an_older_program_wrote_at_length_is_not_corrected(
    store: Any, make: Any, tmp_path: Path
) -> None:
    ada = make.apprentice()
    make.hours(ada, done_on=date(2026, 8, 3), what="Joins", ksbs="K4, K5")
    away = send(store, tmp_path / "log.xlsx", (ada,))
    assert away.look().unchanged == 1
    away.type(2, F="K4-5")
    assert (away.look().rows, away.look().unchanged) == ((), 1)
    away.type(2, E="Joins in SQL")
    assert away.only().correction.said == "What was learned: Joins → Joins in SQL"
    away.type(2, E="Joins", F="K4-6")
    assert away.only().correction.said == "KSBs: K4, K5 → K4-6"


def test_codes_that_cannot_be_read_or_are_not_of_the_standard_are_noted_and_taken(
    store: Any, make: Any, tmp_path: Path
) -> None:
    make.ksbs({"K1": "Stages", "S1": "Write code"})
    ada = make.apprentice(standard_version="1.1")
    away = send(store, tmp_path / "log.xlsx", (ada,))
    away.type(2, "Lee Quill", date(2026, 8, 20), 1.5, "Workshop", "Queries", "K1-2")
    away.type(3, "Lee Quill", date(2026, 8, 21), 1.5, "Workshop", "Queries", "team work")
    first, second = away.look().rows
    (found,) = first.findings
    assert (found.code, found.place.column, found.place.row) == ("KS002", "F", 2)
    assert "The standard has no K2. It has K1, S1. It is kept as it stands." in first.why
    assert [each.code for each in second.findings] == ["KS001"]
    assert first.is_taken
    assert second.is_taken
    assert second.details is not None
    assert second.details.ksbs == "team work"
