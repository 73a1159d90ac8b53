"""The thread from a real list to a merged return, through the command line."""

from __future__ import annotations

import json
import os
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from apprentice_desk.__main__ import parser
from apprentice_desk.clock import SystemClock
from apprentice_desk.domain.calendar import Quarter
from apprentice_desk.records import contracts, providers

LAYOUTS = Path(__file__).parents[1] / "layouts"
Call = Callable[..., Any]


def quarter() -> str:
    return str(Quarter.containing(SystemClock().today()))


def four_quarters_ago() -> str:
    """Return the day from which on somebody who ended is still in the return of this quarter."""
    period = Quarter.containing(SystemClock().today())
    return period.previous().previous().previous().first.isoformat()


def rows(desk: Path, table: str) -> int:
    with closing(sqlite3.connect(desk)) as connection, connection:
        count: int = connection.execute(f"SELECT count(*) FROM {table}").fetchone()[0]
    connection.close()
    return count


def dump(desk: Path) -> list[str]:
    connection = sqlite3.connect(desk)
    lines = [line for line in connection.iterdump() if "change_" not in line]
    connection.close()
    return lines


def test_new_makes_a_desk_with_the_catalogue(hackney: Path) -> None:
    assert rows(hackney, "standard") == 938
    assert rows(hackney, "organisation") == 1


def test_new_refuses_a_code_that_is_no_borough(tmp_path: Path, call: Call) -> None:
    outcome = call("new", tmp_path / "x.desk", "--borough", "E09000099")
    assert outcome.status == 2
    assert "“E09000099” is not a London borough" in outcome.err
    assert not (tmp_path / "x.desk").exists()


def test_new_never_overwrites(hackney: Path, call: Call) -> None:
    before = hackney.read_bytes()
    outcome = call("new", hackney, "--borough", "E09000012")
    assert outcome.status == 2
    assert "exists already" in outcome.err
    assert hackney.read_bytes() == before


def test_the_employer_download_comes_in_as_apprentices(hackney: Path, call: Call) -> None:
    file = LAYOUTS / "11_das_employer_download.csv"
    outcome = call("import", file, "--into", hackney, "--as", "apprentices", "--json")
    assert outcome.status == 0, outcome.out + outcome.err
    assert outcome.json["rows_read"] == 3
    assert outcome.json["rows_imported"] == 3
    assert outcome.json["refused"] == []
    assert rows(hackney, "apprentice") == 3
    connection = sqlite3.connect(hackney)
    found = connection.execute(
        "SELECT standard_code, training_started_on, is_start_day_given, training_planned_end_on,"
        " agreed_price FROM apprenticeship ORDER BY training_started_on DESC"
    ).fetchall()
    connection.close()
    assert found[0] == ("ST0118", "2025-09-01", 0, "2027-03-31", 1_500_000)


@pytest.mark.parametrize(
    ("layout", "count", "minutes"),
    [("02_script_punched_csv.csv", 3, 165), ("14_otj_helper_activity.csv", 3, 195)],
)
def test_a_log_of_one_person_comes_in_as_hours(
    hackney: Path, call: Call, layout: str, count: int, minutes: int
) -> None:
    people = LAYOUTS / "11_das_employer_download.csv"
    call("import", people, "--into", hackney, "--as", "apprentices")
    outcome = call(
        "import", LAYOUTS / layout, "--into", hackney, "--as", "hours",
        "--apprentice", "[removed] A", "--json",
    )  # fmt: skip
    assert outcome.status == 0, outcome.out + outcome.err
    result = outcome.json
    assert result["rows_read"] == count
    assert result["rows_imported"] + len(result["skipped"]) + len(result["refused"]) == count
    assert result["minutes_read"] == minutes
    assert result["minutes_imported"] == minutes
    assert rows(hackney, "off_the_job_entry") == count


def test_a_register_comes_in_as_contracts_and_makes_no_provider(
    hackney: Path, call: Call, tmp_path: Path
) -> None:
    file = tmp_path / "register.csv"
    file.write_text("Contract ref,Supplier\nX-1,Thamesbank College\n", encoding="utf-8")
    outcome = call("import", file, "--into", hackney, "--as", "contracts", "--json")
    assert outcome.status == 0, outcome.out + outcome.err
    assert (outcome.json["rows_read"], outcome.json["rows_imported"]) == (1, 0)
    assert "has no provider called Thamesbank College" in outcome.json["skipped"][0]["reason"]
    assert (rows(hackney, "contract"), rows(hackney, "provider")) == (0, 0)


def test_payments_come_in_and_what_stands_against_a_row_is_said(
    hackney: Path, call: Call, tmp_path: Path
) -> None:
    from apprentice_desk.records.desks import open_store

    file = tmp_path / "paid.csv"
    file.write_text("Contract,Date paid,Amount\nXMP-1,05/12/2025,10\n", "utf-8")
    outcome = call("import", file, "--into", hackney, "--as", "payments")
    assert outcome.status == 1
    assert "There is no contract XMP-1 in the desk." in outcome.out + outcome.err
    store = open_store(hackney)
    with store.change("Award") as session:
        provider = providers.add_provider(session, providers.ProviderDetails("Kestrel"))
        contracts.award(session, contracts.ContractDetails("XMP-1", provider_id=provider))
    store.close()
    outcome = call("import", file, "--into", hackney, "--as", "payments", "--json")
    assert outcome.status == 0, outcome.out + outcome.err
    assert outcome.json["rows_imported"] == 1
    assert rows(hackney, "payment") == 1


def test_undo_takes_a_whole_import_back_and_names_it(hackney: Path, call: Call) -> None:
    before = dump(hackney)
    file = LAYOUTS / "11_das_employer_download.csv"
    call("import", file, "--into", hackney, "--as", "apprentices")
    assert dump(hackney) != before
    outcome = call("undo", hackney)
    assert outcome.status == 0
    assert "Import" in outcome.out
    assert dump(hackney) == before


def test_undo_goes_back_one_change_at_a_time_and_then_names_what_stands(
    hackney: Path, call: Call
) -> None:
    people = LAYOUTS / "11_das_employer_download.csv"
    log = LAYOUTS / "02_script_punched_csv.csv"
    call("import", people, "--into", hackney, "--as", "apprentices")
    call("import", log, "--into", hackney, "--as", "hours", "--apprentice", "[removed] A")
    call("undo", hackney)
    assert (rows(hackney, "off_the_job_entry"), rows(hackney, "apprentice")) == (0, 3)
    call("undo", hackney)
    assert rows(hackney, "apprentice") == 0
    outcome = call("undo", hackney)
    assert outcome.status == 2
    assert "“Begin the desk”, cannot be undone" in outcome.err


def test_a_dry_run_changes_nothing(hackney: Path, call: Call) -> None:
    before = hackney.read_bytes()
    file = LAYOUTS / "11_das_employer_download.csv"
    outcome = call("import", file, "--into", hackney, "--as", "apprentices", "--dry-run", "--json")
    assert outcome.json["rows_imported"] == 3
    assert hackney.read_bytes() == before


def test_a_bad_row_is_named_and_the_rest_comes_in(
    hackney: Path, call: Call, tmp_path: Path
) -> None:
    text = (LAYOUTS / "11_das_employer_download.csv").read_text(encoding="utf-8")
    file = tmp_path / "list.csv"
    file.write_text(text.replace("1000000019", "1000000063"), encoding="utf-8")
    outcome = call("import", file, "--into", hackney, "--as", "apprentices", "--json")
    assert outcome.status == 1
    assert outcome.json["rows_imported"] == 2
    (refused,) = outcome.json["refused"]
    assert (refused["row"], refused["column"], refused["value"]) == (3, "H", "1000000063")
    assert refused["reason"]


def test_a_list_of_another_kind_is_declined_in_words(hackney: Path, call: Call) -> None:
    before = dump(hackney)
    file = LAYOUTS / "16_london_councils_annual_categories.csv"
    outcome = call("import", file, "--into", hackney, "--as", "apprentices")
    assert outcome.status == 2
    assert outcome.err.strip()
    assert "Traceback" not in outcome.err
    assert dump(hackney) == before


def test_sample_return_check_and_merge(exampleton: Path, call: Call, tmp_path: Path) -> None:
    desk = exampleton / "exampleton.desk"
    file = tmp_path / "out.xlsx"
    outcome = call("return", desk, "--period", quarter(), "--to", file, "--json")
    assert outcome.status == 0, outcome.out + outcome.err
    written = outcome.json
    assert rows(desk, "apprenticeship") == 24
    kept = rows(desk, f"apprenticeship WHERE coalesce(ended_on, '9') >= '{four_quarters_ago()}'")
    assert 20 <= written["rows"]["Apprentices"] == kept < 24
    assert written["rows"]["Contracts"] == rows(desk, "contract") == 4
    assert not [f for f in written["findings"] if f["level"] != "note"]

    read = call("check", file, "--json").json
    assert read["fingerprint"] == written["fingerprint"]

    merged = tmp_path / "merged.xlsx"
    outcome = call("merge", exampleton / "returns", "--to", merged, "--json")
    assert outcome.status == 0, outcome.out + outcome.err
    states = {borough["code"]: borough["state"] for borough in outcome.json["boroughs"]}
    assert states == {"E09999998": "accepted", "E09999999": "accepted"}
    assert merged.exists()


def contents(*files: Path) -> list[bytes]:
    return [file.read_bytes() for file in files]


def test_no_output_takes_the_place_of_a_desk_or_of_what_it_is_made_from(
    exampleton: Path, call: Call, tmp_path: Path
) -> None:
    desk, other = exampleton / "exampleton.desk", exampleton / "sampleford.desk"
    returns = sorted((exampleton / "returns").glob("*.xlsx"))
    disguised = tmp_path / "disguised.xlsx"
    shutil.copy(other, disguised)
    kept = [desk, other, disguised, *returns]
    before = contents(*kept)
    tried = 0
    for target in (desk, other, disguised, tmp_path, "", "h.csv", "-"):
        for words in (
            ("return", desk, "--period", quarter(), "--send-anyway"),
            ("merge", exampleton / "returns"),
        ):
            outcome = call(*words, "--to", target)
            assert outcome.status == 2, (words, target)
            assert outcome.err.count("\n") == 1
            assert "inside the program" not in outcome.err
            tried += 1
    for target in returns:
        for given in ([exampleton / "returns"], returns):
            outcome = call("merge", *given, "--to", target)
            assert outcome.status == 2
            assert "one of the files that are read" in outcome.err
            tried += 1
    assert tried == 22
    assert contents(*kept) == before


def test_a_merge_may_be_written_again_beside_the_returns(exampleton: Path, call: Call) -> None:
    folder = exampleton / "returns"
    merged = folder / "merged.xlsx"
    assert call("merge", folder, "--to", merged).status == 0
    first = merged.read_bytes()
    assert call("merge", folder, "--to", merged).status == 0
    assert merged.read_bytes() == first
    outcome = call("merge", folder, merged, "--to", merged)  # named as a file to be read
    assert outcome.status == 2
    assert merged.read_bytes() == first


@pytest.mark.parametrize("what", ["merged only", "another period", "nothing there"])
def test_a_merge_of_nothing_is_no_success(
    exampleton: Path, call: Call, tmp_path: Path, what: str
) -> None:
    folder, merged, target = exampleton / "returns", tmp_path / "m.xlsx", tmp_path / "again.xlsx"
    call("merge", folder, "--to", merged)
    words: dict[str, list[object]] = {
        "merged only": [merged],
        "another period": [folder, "--period", "2020-21 Q3"],
        "nothing there": [tmp_path / "retruns"],
    }
    outcome = call("merge", *words[what], "--to", target)
    assert outcome.status == 2
    assert "no return" in outcome.err or "was not found" in outcome.err
    assert not target.exists()


def test_what_is_refused_does_not_keep_a_merge_from_being_written(
    exampleton: Path, call: Call, tmp_path: Path
) -> None:
    letter = tmp_path / "letter.xlsx"
    letter.write_text("Dear all", encoding="utf-8")
    for number, more in enumerate(([], [exampleton / "returns"])):
        merged = tmp_path / f"merged {number}.xlsx"
        outcome = call("merge", letter, tmp_path / "gone.xlsx", *more, "--to", merged)
        assert outcome.status == 1
        assert merged.exists()
        assert "letter.xlsx" in outcome.out
        assert "gone.xlsx" in outcome.out


def test_a_sample_goes_into_a_folder_only(call: Call, tmp_path: Path) -> None:
    file = tmp_path / "letter.txt"
    file.write_text("Dear all", encoding="utf-8")
    for target in (file, file / "below", ""):
        outcome = call("sample", "--to", target)
        assert outcome.status == 2
        assert "inside the program" not in outcome.err
    assert file.read_text(encoding="utf-8") == "Dear all"
    assert list(tmp_path.glob("*.desk")) == []


def test_a_borough_may_be_named(tmp_path: Path, call: Call) -> None:
    assert "Tower Hamlets" in call("new", tmp_path / "a.desk", "--borough", "tower  hamlets").out
    outcome = call("new", tmp_path / "b.desk", "--borough", "Hackny")
    assert outcome.status == 2
    assert "Perhaps Hackney (E09000012)?" in outcome.err


@pytest.mark.skipif(sys.platform in ("win32", "darwin"), reason="windows need no server there")
def test_without_a_display_the_window_says_so(call: Call, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"):
        monkeypatch.delenv(name, raising=False)
    outcome = call("open", "--sample")
    assert outcome.status == 2
    assert outcome.err.startswith("There is no display to open a window on.")


def test_every_sample_is_marked_as_one(exampleton: Path, call: Call) -> None:
    files = sorted((exampleton / "returns").glob("*.xlsx"))
    assert len(files) == 4
    for one in call("check", *files, "--json").json["returns"]:
        assert one["is_sample"] is True


def test_the_sample_lists_come_into_a_new_desk(
    exampleton: Path, call: Call, tmp_path: Path
) -> None:
    desk = tmp_path / "again.desk"
    call("new", desk, "--borough", "E09999999")
    lists = sorted((exampleton / "lists").glob("*.csv"))
    assert len(lists) == 3
    for file in lists:
        kind = "hours" if file.name.startswith("hours") else "apprentices"
        outcome = call("import", file, "--into", desk, "--as", kind, "--json")
        assert outcome.status == 0, outcome.out + outcome.err
        assert outcome.json["rows_imported"] == outcome.json["rows_read"] > 0


def test_findings_hold_a_return_back_unless_it_is_sent_anyway(
    hackney: Path, call: Call, tmp_path: Path
) -> None:
    text = (LAYOUTS / "11_das_employer_download.csv").read_text(encoding="utf-8")
    file = tmp_path / "list.csv"
    file.write_text(text.replace("Mar 2027", ""), encoding="utf-8")  # no planned end
    call("import", file, "--into", hackney, "--as", "apprentices")
    out = tmp_path / "return.xlsx"
    held = call("return", hackney, "--period", "2026-27 Q2", "--to", out, "--json")
    assert held.status == 1
    assert not out.exists()
    assert any(f["level"] == "row" and f["row"] for f in held.json["findings"])
    sent = call("return", hackney, "--period", "2026-27 Q2", "--to", out, "--send-anyway")
    assert sent.status == 1
    assert out.exists()


def test_one_apprenticeship_is_said_as_one(hackney: Path, call: Call, tmp_path: Path) -> None:
    rows = (LAYOUTS / "11_das_employer_download.csv").read_text(encoding="utf-8").splitlines()
    file = tmp_path / "list.csv"
    file.write_text("\n".join(rows[:2]), encoding="utf-8")
    said = call("import", file, "--into", hackney, "--as", "apprentices").out
    assert said.endswith("Imported 1 of 1 row; 0 skipped, 0 refused.\n"), said
    out = tmp_path / "return.xlsx"
    sent = call("return", hackney, "--period", "2026-27 Q2", "--to", out, "--send-anyway")
    assert "1 apprenticeship and 0 contracts for" in sent.out, sent.out


def test_a_resubmission_has_the_next_revision(exampleton: Path, call: Call, tmp_path: Path) -> None:
    desk = exampleton / "sampleford.desk"
    revisions = []
    for name in ("a.xlsx", "b.xlsx"):
        call("return", desk, "--period", quarter(), "--to", tmp_path / name)
        revisions.append(call("check", tmp_path / name, "--json").json["returns"][0]["revision"])
    assert revisions[1] == revisions[0] + 1


def test_a_return_that_was_sent_cannot_be_undone(
    exampleton: Path, call: Call, tmp_path: Path
) -> None:
    desk = exampleton / "sampleford.desk"
    sent = rows(desk, "return_sent")
    assert sent == 2
    outcome = call("undo", desk)
    assert outcome.status == 2
    assert rows(desk, "return_sent") == sent


@pytest.mark.parametrize(
    "words",
    [
        ("import", "nowhere.csv", "--into", "nowhere.desk", "--as", "hours"),
        ("return", "nowhere.desk", "--period", "2026-27 Q3", "--to", "x.xlsx"),
        ("check", "nowhere.xlsx"),
        ("merge", "nowhere", "--to", "x.xlsx"),
        ("undo", "nowhere.desk"),
        ("catalogue", "nowhere.csv", "--into", "nowhere.desk"),
        ("standard", "nowhere.json", "--into", "nowhere.desk"),
    ],
)
def test_what_cannot_be_done_is_one_sentence_and_status_2(
    words: tuple[str, ...], call: Call, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    outcome = call(*words)
    assert outcome.status in ((1, 2) if words[0] in ("check", "merge") else (2,))
    assert "Traceback" not in outcome.err + outcome.out
    assert (outcome.err + outcome.out).strip()


def test_an_unreadable_period_is_said_in_words(exampleton: Path, call: Call) -> None:
    outcome = call("return", exampleton / "exampleton.desk", "--period", "Q3", "--to", "x.xlsx")
    assert outcome.status == 2
    assert "2026-27" in outcome.err


def test_versions_of_a_standard_are_loaded_and_said_again(hackney: Path, call: Call) -> None:
    folder = Path(__file__).parents[1] / "standards"
    first, second = folder / "st9990_v1_0.json", folder / "st9990_v1_1.json"
    before = hackney.read_bytes()
    dry = call("standard", first, "--into", hackney, "--dry-run")
    assert dry.status == 0
    assert "Would be new." in dry.out
    assert hackney.read_bytes() == before
    assert call("standard", first, "--into", hackney).status == 0
    outcome = call("standard", second, "--into", hackney)
    assert "ST9990 v1.1  Public service systems technician: 8 K, 7 S, 4 B" in outcome.out
    assert "  New." in outcome.out
    again = call("standard", first, "--into", hackney)
    assert "Changed: Nothing is different." in again.out
    assert (rows(hackney, "standard_version"), rows(hackney, "standard_option")) == (2, 6)
    assert call("undo", hackney).out == "Undone: Load ST9990 v1.1\n"
    assert rows(hackney, "standard_version") == 1


def test_who_follows_another_version_is_said(exampleton: Path, call: Call, tmp_path: Path) -> None:
    desk = Path(shutil.copy(exampleton / "exampleton.desk", tmp_path / "a.desk"))
    text = (Path(__file__).parents[1] / "standards" / "st9990_v1_0.json").read_text("utf-8")
    given = json.loads(text.replace("ST9990", "ST0118"))
    given["behaviours"].append({"detail": None})
    file = tmp_path / "given.json"
    file.write_text(json.dumps(given), "utf-8")
    outcome = call("standard", file, "--into", desk)
    assert outcome.status == 0
    assert "apprentices follow another version, or none" in outcome.out
    assert "ST0118 v1.0: B4 has no words in the file and was left out." in outcome.out


def test_a_newer_catalogue_of_the_same_columns_is_loaded(
    hackney: Path, call: Call, tmp_path: Path
) -> None:
    listed = Path(__file__).parents[2] / "resources" / "lists" / "standards.csv"
    lines = listed.read_text(encoding="utf-8").splitlines()
    first = lines[1].split(",")
    new = [*first]
    new[0] = "ST9990"
    changed = [*first]
    changed[1] += " (renamed)"
    file = tmp_path / "newer.csv"
    file.write_text("\n".join([lines[0], ",".join(changed), ",".join(new)]), encoding="utf-8")
    before = hackney.read_bytes()
    dry = call("catalogue", file, "--into", hackney, "--dry-run")
    assert dry.status == 0
    assert hackney.read_bytes() == before
    outcome = call("catalogue", file, "--into", hackney)
    assert outcome.status == 0
    assert rows(hackney, "standard") == 939  # what the newer list leaves out stays
    assert "1" in outcome.out


def test_a_fault_of_ours_is_one_sentence_and_a_report_without_texts(
    call: Call, monkeypatch: pytest.MonkeyPatch, own_settings: Path
) -> None:
    def broken(arguments: object) -> int:
        raise ZeroDivisionError("Ada Obi, 1000000043")

    monkeypatch.setattr("apprentice_desk.__main__.run", broken)
    outcome = call("self-test")
    assert outcome.status == 2
    assert "Traceback" not in outcome.err
    (kept,) = (own_settings / "faults").iterdir()
    report = kept.read_text(encoding="utf-8")
    assert "ZeroDivisionError" in report
    assert "Ada" not in report
    assert "1000000043" not in report


def test_the_command_line_imports_no_qt_and_help_names_every_command(tmp_path: Path) -> None:
    script = (
        "import sys; from apprentice_desk.__main__ import main\n"
        f"status = main(['new', {str(tmp_path / 'a.desk')!r}, '--borough', 'E09000001'])\n"
        "assert not [name for name in sys.modules if name.startswith(('PySide6', 'shiboken'))]\n"
        "sys.exit(status)"
    )
    subprocess.run([sys.executable, "-c", script], check=True, timeout=120)
    shown = subprocess.run(
        [sys.executable, "-m", "apprentice_desk", "--help"],
        check=True, capture_output=True, text=True, timeout=60,
    ).stdout  # fmt: skip
    for command in ("new", "open", "sample", "import", "undo", "catalogue", "return", "document"):
        assert command in shown


@pytest.mark.skipif(sys.platform == "win32", reason="a closed pipe is told otherwise there")
def test_whoever_has_read_enough_of_the_words_makes_no_fault(tmp_path: Path) -> None:
    environment = os.environ | {"APPRENTICE_DESK_SETTINGS": str(tmp_path / "settings")}
    folder = str(tmp_path / "made")
    command = [sys.executable, "-u", "-m", "apprentice_desk", "sample", "--to", folder]
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=environment, text=True
    ) as run:
        assert run.stdout is not None
        assert run.stdout.readline()
        run.stdout.close()
        assert run.stderr is not None
        assert run.stderr.read() == ""
        assert run.wait(timeout=120) == 130
    assert not (tmp_path / "settings" / "faults").exists()


def test_the_readme_names_every_command() -> None:
    readme = (Path(__file__).parents[2] / "README.md").read_text(encoding="utf-8")
    actions = [a for a in parser()._actions if hasattr(a, "choices") and a.choices]
    commands = [name for action in actions for name in action.choices]
    assert len(commands) >= 10
    for name in commands:
        assert f"apprentice-desk {name}" in readme


def test_a_desk_that_is_open_elsewhere_is_refused_naming_who(
    hackney: Path, call: Call, tmp_path: Path
) -> None:
    from apprentice_desk.records.desks import open_store

    store = open_store(hackney, person="Priya Raman")
    try:
        outcome = call("undo", hackney)
    finally:
        store.close()
    assert outcome.status == 2
    assert "Priya Raman" in outcome.err


def test_files_are_left_alone_when_a_merge_cannot_be_written(
    exampleton: Path, call: Call, tmp_path: Path
) -> None:
    target = tmp_path / "no such folder" / "merged.xlsx"
    outcome = call("merge", exampleton / "returns", "--to", target)
    assert outcome.status == 2
    assert "Traceback" not in outcome.err
    shutil.rmtree(exampleton / "returns")


def test_the_sample_is_the_same_for_the_same_day(tmp_path: Path, copy_sample: Any) -> None:
    from apprentice_desk.commands.sample import make_sample_desk

    dumps, today = [], date(2026, 11, 24)
    copy_sample(tmp_path / "a.desk", today)
    make_sample_desk(tmp_path / "b.desk", "exampleton.toml", today).close()
    for name in ("a.desk", "b.desk"):
        connection = sqlite3.connect(tmp_path / name)
        dumps.append(
            connection.execute(
                "SELECT a.given_names, a.code, e.done_on, e.minutes, e.what FROM apprentice a"
                " JOIN apprenticeship p ON p.apprentice_id = a.id"
                " JOIN off_the_job_entry e ON e.apprenticeship_id = p.id ORDER BY 1, 2, 3, 4, 5"
            ).fetchall()
        )
        connection.close()
    assert dumps[0] == dumps[1]
    assert len(dumps[0]) > 500


def test_the_fates_of_rows_are_saved_and_corrections_wait_for_a_word(
    hackney: Path, call: Call, tmp_path: Path
) -> None:
    people = LAYOUTS / "11_das_employer_download.csv"
    call("import", people, "--into", hackney, "--as", "apprentices")
    text = people.read_text(encoding="utf-8")
    file = tmp_path / "list.csv"
    file.write_text(text.replace("15,000", "14,000"), encoding="utf-8")
    to = tmp_path / "fates.xlsx"
    waiting = call("import", file, "--into", hackney, "--as", "apprentices", "--fates", to)
    assert waiting.status == 0
    assert "agreed price: £15,000.00 → £14,000.00" in waiting.out
    assert waiting.out.endswith("Imported 0 of 3 rows; 3 skipped, 0 refused.\n")
    assert to.stat().st_size > 0

    taken = call("import", file, "--into", hackney, "--as", "apprentices", "--accept-corrections")
    assert taken.out.endswith(
        "Imported 1 of 3 rows, 1 of them corrections; 2 skipped, 0 refused.\n"
    )


def test_the_hours_that_an_import_read_add_up_in_its_summary(hackney: Path, call: Call) -> None:
    people = LAYOUTS / "11_das_employer_download.csv"
    call("import", people, "--into", hackney, "--as", "apprentices")
    log = LAYOUTS / "09_smart_assessor_timelog.csv"
    outcome = call("import", log, "--into", hackney, "--as", "hours", "--apprentice", "[removed] A")
    assert outcome.out.endswith(
        "9 h 39 m read = 2 h 15 m that come in and count + 7 h 24 m that come in and do not count"
        " + 0 h left out or refused.\n"
    )


def test_the_fates_take_no_desk_s_or_list_s_place_and_then_nothing_comes_in(
    hackney: Path, call: Call, tmp_path: Path
) -> None:
    listed = tmp_path / "list.xlsx"
    book = openpyxl.Workbook()
    book.active.append(["Name", "ULN", "Course", "Planned start"])
    book.active.append(["Jo Smith", "1000000043", "Data analyst", "Sep 2025"])
    book.save(listed)
    before = contents(hackney, listed)
    for target in (hackney, listed, tmp_path, "fates.csv"):
        outcome = call(
            "import", listed, "--into", hackney, "--as", "apprentices", "--fates", target
        )
        assert outcome.status == 2, target
        assert contents(hackney, listed) == before
    assert rows(hackney, "apprentice") == 0
    to = tmp_path / "fates.xlsx"
    outcome = call("import", listed, "--into", hackney, "--as", "apprentices", "--fates", to)
    assert outcome.status == 0, outcome.out + outcome.err
    assert to.exists()
    assert rows(hackney, "apprentice") == 1


def test_a_blank_return_is_written_for_a_borough_and_a_quarter(call, tmp_path):
    path = tmp_path / "blank.xlsx"
    outcome = call("template", "--to", path, "--borough", "hackney", "--period", "2026-27 Q3")
    assert (outcome.status, outcome.err) == (0, "")
    assert outcome.out == "Wrote blank.xlsx: a blank return, to be filled in by hand.\n"
    checked = call("check", path, "--json")
    assert checked.status == 0
    (read,) = checked.json["returns"]
    assert (read["code"], read["period"], read["is_accepted"]) == ("E09000012", "2026-27 Q3", True)


def test_a_blank_return_needs_no_borough_but_a_real_one(call, tmp_path):
    path = tmp_path / "blank.xlsx"
    assert call("template", "--to", path).status == 0
    outcome = call("template", "--to", path, "--borough", "Hackny")
    assert outcome.status == 2
    assert "Perhaps Hackney" in outcome.err
    assert call("template", "--to", path, "--period", "autumn").status == 2
