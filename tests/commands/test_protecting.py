"""Passphrases on the command line: asked for, read from a file, never among the words."""

from __future__ import annotations

import io
import shutil
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pypdfium2
import pytest
from keyring.errors import KeyringLocked

import keychains
from apprentice_desk import settings
from apprentice_desk.__main__ import parser
from apprentice_desk.clock import SystemClock
from apprentice_desk.commands import desks, passphrases
from apprentice_desk.domain.calendar import show_day
from apprentice_desk.domain.leaving import LeftKind
from apprentice_desk.records import leaving
from apprentice_desk.records.desks import open_store
from apprentice_desk.records.holding import hold
from apprentice_desk.records.keys import salt_of
from apprentice_desk.safekeeping import keychain, vault
from apprentice_desk.safekeeping.recovery_sheet import sheet_mark

Call = Callable[..., Any]
WORDS = "three brown horses"
OTHERS = "a kettle on the roof"
LIST = Path(__file__).parents[1] / "layouts" / "11_das_employer_download.csv"


class Terminal:
    """Stands for the terminal: gives *answers* one after the other and keeps what it was asked."""

    def __init__(self) -> None:
        self.answers: list[str] = []
        self.asked: list[str] = []
        self.waited: list[float] = []

    def getpass(self, prompt: str) -> str:
        self.asked.append(prompt)
        if not self.answers:
            raise EOFError
        return self.answers.pop(0)


@pytest.fixture(autouse=True)
def nobody(monkeypatch: pytest.MonkeyPatch) -> None:
    """No terminal, no keychain and no variable of whoever runs the tests."""
    monkeypatch.setattr(sys, "stdin", io.StringIO())
    monkeypatch.delenv(passphrases.FILE_VARIABLE, raising=False)
    keychains.put_in(monkeypatch)


@pytest.fixture
def terminal(monkeypatch: pytest.MonkeyPatch) -> Terminal:
    made = Terminal()
    monkeypatch.setattr(passphrases.getpass, "getpass", made.getpass)
    monkeypatch.setattr(passphrases.time, "sleep", made.waited.append)
    monkeypatch.setattr(sys.stdin, "isatty", lambda: True)
    return made


@pytest.fixture
def words(tmp_path: Path) -> Path:
    return written(tmp_path / "words.txt", WORDS)


def written(path: Path, passphrase: str) -> Path:
    path.write_text(passphrase + "\n", encoding="utf-8")
    return path


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """A plain desk and one with a passphrase, made once; not to be changed."""
    folder = tmp_path_factory.mktemp("made")
    plain, locked = folder / "plain.desk", folder / "locked.desk"
    desks.make_desk(plain, desks.find_borough("Hackney"), "Apprenticeships").close()
    shutil.copy(plain, locked)
    vault.protect(locked, None, vault.fresh_key(WORDS))
    return plain, locked


@pytest.fixture
def hackney(made: tuple[Path, Path], tmp_path: Path) -> Path:
    return Path(shutil.copy(made[0], tmp_path / "hackney.desk"))


@pytest.fixture
def locked(made: tuple[Path, Path], tmp_path: Path) -> Path:
    return Path(shutil.copy(made[1], tmp_path / "hackney.desk"))


# --- new and protect ----------------------------------------------------------------------------


def test_a_new_desk_is_encrypted_from_its_first_byte(tmp_path: Path, call: Call, words: Path):
    desk = tmp_path / "new.desk"
    outcome = call("new", desk, "--borough", "Hackney", "--protect", "--passphrase-file", words)
    assert outcome.status == 0, outcome.err
    assert "Made new.desk for Hackney." in outcome.out
    assert "nobody can open it; print its recovery sheet" in outcome.out
    assert vault.key_for(desk, WORDS)


def test_a_new_desk_asks_twice_on_the_terminal(tmp_path: Path, call: Call, terminal: Terminal):
    desk = tmp_path / "new.desk"
    terminal.answers = [WORDS, WORDS]
    assert call("new", desk, "--borough", "Hackney", "--protect").status == 0
    assert terminal.asked == ["New passphrase for new.desk: ", "The same once more: "]
    assert vault.key_for(desk, WORDS)


@pytest.mark.parametrize(
    ("answers", "says"),
    [
        ([WORDS, OTHERS], "The two passphrases differ"),
        (["hackney2026"], "“hackney” is among the first things"),
        (["short"], "has 5 of the 10 letters"),
        ([], "No passphrase was given"),
    ],
)
def test_a_passphrase_that_will_not_do_makes_no_desk(
    tmp_path: Path, call: Call, terminal: Terminal, answers: list[str], says: str
):
    desk = tmp_path / "hackney.desk"
    terminal.answers = answers
    outcome = call("new", desk, "--borough", "Hackney", "--protect")
    assert outcome.status == 2
    assert says in outcome.err.replace("Hackney”", "hackney”")
    assert list(tmp_path.glob("*.desk*")) == []


def test_a_desk_that_is_there_or_a_database_is_told_before_anybody_is_asked(
    hackney: Path, call: Call, terminal: Terminal
):
    outcome = call("new", hackney, "--borough", "Hackney", "--protect")
    assert "hackney.desk exists already" in outcome.err
    for words in (["new", "--borough", "Hackney", "--protect"], ["protect"]):
        outcome = call(words[0], "postgresql+psycopg://nowhere/desk", *words[1:])
        assert outcome.status == 2
        assert "A desk in a database has no passphrase of its own." in outcome.err
    assert terminal.asked == []


def test_protect_says_what_it_did_and_what_no_program_can(hackney: Path, call: Call, words: Path):
    folder = hackney.parent / "hackney backups"
    folder.mkdir()
    copy = folder / "hackney 2026-11-24 0914.desk"
    copy.write_bytes(hackney.read_bytes())
    broken = folder / "hackney 2026-11-24 0915.desk"
    broken.write_bytes(hackney.read_bytes()[:50_000])
    outcome = call("protect", hackney, "--passphrase-file", words)
    assert outcome.status == 0, outcome.err
    assert "hackney.desk opens with its passphrase only from now on." in outcome.out
    assert "What a solid-state disk" in outcome.out
    assert "The same goes for one copy of it." in outcome.out
    assert f"Left as it was: {broken} (" in outcome.out
    assert vault.key_for(copy, WORDS) == vault.key_for(hackney, WORDS)


def test_a_protected_desk_is_not_protected_twice_and_a_plain_one_not_changed(
    hackney: Path, call: Call, words: Path
):
    for way in ("--change", "--remove"):
        outcome = call("protect", hackney, way, "--passphrase-file", words)
        assert (outcome.status, outcome.err.split(".")[0]) == (2, "hackney")
        assert "hackney.desk has no passphrase." in outcome.err
    call("protect", hackney, "--passphrase-file", words)
    outcome = call("protect", hackney, "--passphrase-file", words)
    assert (outcome.status, outcome.out) == (2, "")
    assert "hackney.desk has a passphrase already." in outcome.err


def test_change_and_remove(locked: Path, call: Call, words: Path, tmp_path: Path):
    others = written(tmp_path / "others.txt", OTHERS)
    key = vault.key_for(locked, WORDS)
    keychain.remember(locked, key)
    outcome = call(
        "protect", locked, "--change", "--passphrase-file", words, "--new-passphrase-file", others
    )
    assert outcome.status == 0, outcome.err
    assert "A recovery sheet of the old one is void." in outcome.out
    assert keychain.remembered(locked) == vault.key_for(locked, OTHERS) != key
    outcome = call("protect", locked, "--remove", "--passphrase-file", others)
    assert outcome.status == 0, outcome.err
    assert "whoever has the file can read it" in outcome.out
    assert salt_of(locked) is None
    assert keychain._kept(key.salt) is None
    assert call("undo", locked).err.startswith("The newest change")


def test_backups_in_second_places_follow_and_a_keychain_that_does_not_is_told(
    locked: Path, call: Call, words: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    copies = []
    for name in ("stick", "share"):
        (tmp_path / name / "hackney backups").mkdir(parents=True)
        copy = tmp_path / name / "hackney backups" / "hackney 2026-11-24 0914.desk"
        copies.append(Path(shutil.copy(locked, copy)))
    places = {str(locked): str(tmp_path / "stick")}
    settings.save(replace(settings.load(), second_places=places))
    keychain.remember(locked, vault.key_for(locked, WORDS))

    def refuses(*_: object) -> None:
        raise KeyringLocked("locked")

    monkeypatch.setattr(keychains.MemoryKeychain, "set_password", refuses)
    others = written(tmp_path / "others.txt", OTHERS)
    outcome = call(
        "protect", locked, "--change", "--passphrase-file", words,
        "--new-passphrase-file", others, "--also", tmp_path / "share",
    )  # fmt: skip
    assert outcome.status == 0, outcome.err
    assert "The same goes for 2 copies of it." in outcome.out
    assert "hackney.desk was not remembered" in outcome.out
    assert all(vault.key_for(copy, OTHERS) for copy in copies)


def test_change_on_the_terminal_asks_for_the_old_one_and_twice_for_the_new(
    locked: Path, call: Call, terminal: Terminal
):
    terminal.answers = [WORDS, OTHERS, OTHERS]
    assert call("protect", locked, "--change").status == 0
    assert terminal.asked == [
        "Passphrase of hackney.desk: ",
        "New passphrase for hackney.desk: ",
        "The same once more: ",
    ]
    assert vault.key_for(locked, OTHERS)


def test_a_desk_that_is_open_or_no_desk_is_left(
    hackney: Path, call: Call, words: Path, tmp_path: Path
):
    before = hackney.read_bytes()
    held = hold(hackney, "Priya", SystemClock().now())
    outcome = call("protect", hackney, "--passphrase-file", words)
    held.release()
    assert "Priya has hackney.desk open" in outcome.err
    assert hackney.read_bytes() == before
    text = written(tmp_path / "letter.desk", "Dear all, this is a letter and not a desk.")
    assert "letter.desk is not a desk" in call("protect", text, "--change").err
    outcome = call("protect", tmp_path / "nowhere.desk", "--passphrase-file", words)
    assert "There is no desk at" in outcome.err


# --- every command that opens a desk ------------------------------------------------------------


def opens_a_desk() -> list[list[str]]:
    """Return every command that takes a desk, with what else it must be given."""
    return [
        ["undo", "DESK"],
        ["import", str(LIST), "--into", "DESK", "--as", "apprentices", "--dry-run"],
        ["catalogue", str(LIST), "--into", "DESK"],
        ["standard", "none.json", "--into", "DESK"],
        ["return", "DESK", "--period", "2026-27 Q3", "--to", "r.xlsx"],
        ["merge", "--to", "m.xlsx", "--desk", "DESK", "r.xlsx"],
        ["document", "offer-letter", "--desk", "DESK", "--subject", "X", "--to", "d.pdf"],
        ["compare", "back.docx", "--desk", "DESK", "--document", "X"],
        ["placements", "export", "DESK", "--to", "p.placements"],
        ["placements", "import", "p.placements", "--into", "DESK"],
        ["placements", "merge", "p.placements", "--to", "q.placements", "--desk", "DESK"],
        ["wording", "export", "DESK", "--to", "w.wording", "--title", "Ours"],
        ["wording", "import", "w.wording", "--into", "DESK", "--check"],
        ["protect", "DESK", "--change"],
        ["recovery-sheet", "DESK", "--to", "s.pdf"],
    ]


@pytest.mark.parametrize("command", opens_a_desk(), ids=lambda words: " ".join(words[:2]))
def test_every_command_that_opens_a_desk_takes_the_file_with_its_passphrase(command: list[str]):
    arguments = parser().parse_args([*command, "--passphrase-file", "words.txt"])
    assert arguments.passphrase_file == "words.txt"


def test_no_command_takes_a_passphrase_itself():
    for words in opens_a_desk():
        parser().parse_args(words)
        with pytest.raises(SystemExit):
            parser().parse_args([*words, "--passphrase", WORDS])


@pytest.mark.parametrize("way", ["named", "variable", "terminal"])
def test_a_list_is_imported_into_a_protected_desk(
    locked: Path, call: Call, words: Path, monkeypatch: pytest.MonkeyPatch, way: str, request: Any
):
    command: list[Any] = ["import", LIST, "--into", locked, "--as", "apprentices", "--json"]
    if way == "named":
        command += ["--passphrase-file", words]
    elif way == "variable":
        monkeypatch.setenv(passphrases.FILE_VARIABLE, str(words))
    else:
        request.getfixturevalue("terminal").answers = [WORDS]
    outcome = call(*command)
    assert outcome.status == 0, outcome.err
    assert outcome.json["rows_imported"] == 3
    assert b"SQLite" not in locked.read_bytes()


def test_without_a_terminal_and_a_file_the_command_says_how(locked: Path, call: Call):
    outcome = call("undo", locked)
    assert outcome.status == 2
    assert outcome.err == (
        "hackney.desk takes a passphrase, and there is no terminal to ask for it. Name a file that"
        " it stands in: --passphrase-file FILE, or the variable APPRENTICE_DESK_PASSPHRASE_FILE.\n"
    )


def test_a_wrong_passphrase_may_be_tried_thrice_with_a_growing_delay(
    locked: Path, call: Call, terminal: Terminal
):
    terminal.answers = ["wrong", "also wrong", WORDS]
    assert call("undo", locked).err.count("This passphrase does not open hackney.desk.") == 2
    assert terminal.waited == [1.0, 2.0]
    terminal.answers = ["wrong"] * 4
    outcome = call("undo", locked)
    assert outcome.status == 2
    assert terminal.answers == ["wrong"]


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"", "There is no passphrase in words.txt."),
        (b"\nthree brown horses", "There is no passphrase in words.txt."),
        (b"\xff\xfe\x00", "words.txt is no text in UTF-8."),
        (b"wrong one here", "This passphrase does not open hackney.desk."),
        (None, "words.txt cannot be opened (No such file or directory)."),
    ],
)
def test_a_file_without_the_passphrase_is_said(
    locked: Path, call: Call, words: Path, content: bytes | None, says: str
):
    words.unlink()
    if content is not None:
        words.write_bytes(content)
    outcome = call("undo", locked, "--passphrase-file", words)
    assert outcome.status == 2
    assert says in outcome.err


@pytest.mark.parametrize("content", ["three brown horses", "three brown horses\r\nmore\r\n"])
def test_the_first_line_counts_whatever_ends_it(locked: Path, call: Call, words: Path, content):
    words.write_bytes(b"\xef\xbb\xbf" + content.encode())
    outcome = call("undo", locked, "--passphrase-file", words)
    assert "cannot be undone" in outcome.err


def test_the_file_of_one_command_is_not_that_of_the_next(locked: Path, call: Call, words: Path):
    call("undo", locked, "--passphrase-file", words)
    assert "there is no terminal" in call("undo", locked).err


# --- the recovery sheet -------------------------------------------------------------------------


def text_of(pdf: Path) -> str:
    document = pypdfium2.PdfDocument(pdf)
    try:
        assert len(document) == 1
        page = document[0]
        return page.get_textpage().get_text_bounded()
    finally:
        document.close()


def test_the_recovery_sheet_is_one_page_that_opens_the_desk(
    locked: Path, call: Call, words: Path, tmp_path: Path
):
    to = tmp_path / "sheet.pdf"
    outcome = call("recovery-sheet", locked, "--to", to, "--passphrase-file", words)
    assert outcome.status == 0, outcome.err
    assert "keep it locked away, and delete the file" in outcome.out
    store = open_store(locked, key=vault.key_for(locked, WORDS))
    noted = store.read(leaving.left_rows)
    store.close()
    assert [row.kind for row in noted] == [LeftKind.RECOVERY]
    text = text_of(to)
    key = vault.key_for(locked, WORDS)
    groups = vault.recovery_code(key).split(" ")
    assert all(group in text for group in groups)
    start = text.index(groups[0])
    typed = text[start : text.index(groups[-1], start) + len(groups[-1])]
    in_lines = [word for word in typed.split() if word in groups]
    assert vault.key_by_recovery(locked, " ".join(in_lines)) == key
    assert sheet_mark(key) in text
    assert WORDS not in text
    for said in ("Groups 5 to 8", "How to use it", "Where to keep it", "When it no longer holds"):
        assert said in text
    assert show_day(SystemClock().today()) in text


def test_a_plain_desk_has_no_recovery_sheet(hackney: Path, call: Call, tmp_path: Path):
    outcome = call("recovery-sheet", hackney, "--to", tmp_path / "sheet.pdf")
    assert outcome.status == 2
    assert "hackney.desk has no passphrase, so there is nothing to recover." in outcome.err


def test_the_window_does_not_wait_for_what_asks_for_passphrases():
    code = "import sys, apprentice_desk.__main__; sys.exit('sqlalchemy' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
