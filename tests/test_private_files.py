"""Every file that the program writes is its owner's alone, and whole or not there."""

from __future__ import annotations

import ast
import os
import stat
import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from apprentice_desk import crashes, drafts, private_files, settings
from apprentice_desk.domain.problems import Problem
from apprentice_desk.imports import column_files
from apprentice_desk.imports.fields import Kind
from apprentice_desk.records import keys, migrate, organisation
from apprentice_desk.records.desks import create_store, open_store
from apprentice_desk.sheets import ColumnSpec, SheetSpec, write_long_workbook, write_workbook
from apprentice_desk.sheets.folders import FolderSwap
from apprentice_desk.ui.kit import attaching
from apprentice_desk.ui.kit.opened_files import OpenedFiles

ROOT = Path(__file__).parents[1]
SOURCE = ROOT / "src" / "apprentice_desk"
knows_owners = pytest.mark.skipif(os.name != "posix", reason="the folder decides on Windows")
NOON = datetime(2026, 11, 24, 12, tzinfo=UTC)

# --- who writes -----------------------------------------------------------------------------------

WRITES = {
    "write_bytes", "write_text", "touch", "symlink_to", "hardlink_to", "mkdir", "makedirs",
    "mkstemp", "mktemp", "NamedTemporaryFile", "TemporaryFile", "SpooledTemporaryFile",
    "copy", "copy2", "copyfile", "copytree", "move", "rename", "renames", "link", "symlink",
    "QFile", "QSaveFile", "QTemporaryFile", "QLockFile", "QPdfWriter", "QPrinter", "QSettings",
    "connect", "ZipFile", "FileHandler", "RotatingFileHandler", "dump",
}  # fmt: skip
"""Calls that make or change a file, by name; ``open``, ``save`` and ``replace`` are looked into."""

PATHS = ("path", "fresh", "file", "folder", "target", "temp", "former", "left", "copy")
"""What the names of paths hold."""

KNOWN = {
    "private_files.py: os.open": "it is the one way",
    "private_files.py: os.open 2": "a folder, to have its new name settled",
    "private_files.py: path.mkdir": "the same, for folders",
    "records/holding.py: os.open": "a lock has its desk's rights, for others to take it",
    "returns/giving_back.py: shutil.copytree": "what others put there keeps the rights it had",
    "returns/giving_back.py: shutil.copy2": "the same for a file",
    "returns/giving_back.py: path.open": "nothing is written: whether another program holds it",
    "returns/sending.py: path.open": "the same",
    "documents/keeping.py: each.path.open": "the same",
    **{
        f"sheets/folders.py: {one}": "a folder takes the place of another whole"
        for one in (
            "self.fresh.rename", "self.path.rename", "self.path.rename 2", "left.rename",
            "self._former.rename", "self._former.rename 2",
        )
    },
    "ui/kit/opened_files.py: QLockFile": "an empty mark in a folder of the owner's",
    "records/looking_back.py: sqlite3.connect": "in memory",
    "records/doors.py: driver_for(key).connect": "SQLite's own file, made the one way before",
    "safekeeping/recrypting.py: journal.open": "what is dead is written over",
    "sheets/in_memory.py: ZipFile": "in memory",
    "sheets/in_memory.py: self._archive.open": "a part of that",
    "documents/packs.py: zipfile.ZipFile": "in memory",
    "sheets/contents.py: zipfile.ZipFile": "in memory",
    "sheets/saving.py: new.open": "a part of a zip",
    "records/scrubbing.py: zipfile.ZipFile": "in memory",
    "records/doors.py: dbapi2.connect": "in memory",
    "crashes.py: os.open": "Python's own account of a crash, as it happens: for the owner alone",
    "records/troubles.py: os.open": "a few bytes to hear what the system says; gone at once",
    "records/watching.py: os.open": "a folder, to have its new name settled",
    "logs.py: os.open": "a log grows line by line: for the owner alone",
    **{
        f"{one}": "SQLite writes these, so they are made for the owner alone first, and put in"
        " place whole"
        for one in (
            "safekeeping/recrypting.py: path.open",
            "safekeeping/copying.py: os.open", "safekeeping/copying.py: part.open",
            "safekeeping/restoring.py: os.link",
        )
    },
    "safekeeping/copying.py: os.open 2": "a folder, to have its new name settled",
    **{
        f"records/sealing.py: {one}": "an old file is written over, and a new one put in its place"
        for one in (
            "aside.open", "path.open", "os.link", "fresh.replace", "fresh.replace 2",
            "fresh.replace 3",
        )
    },
    "__main__.py: os.open": "where words go that nobody reads",
}  # fmt: skip
"""What writes by itself, and why it may."""


def _called(node: ast.Call) -> str:
    return ast.unparse(node.func)


def _is_written_to(node: ast.Call) -> bool:
    """Whether a call opens a file to write, or puts one in the place of another."""
    name = getattr(node.func, "attr", "") or getattr(node.func, "id", "")
    if name not in WRITES | {"open", "rename", "replace"}:
        return False
    texts = [one.value for one in node.args if isinstance(one, ast.Constant)]
    texts += [each.value.value for each in node.keywords if isinstance(each.value, ast.Constant)]
    if name == "open":
        modes = [text for text in texts if isinstance(text, str) and len(text) <= 3]
        return _called(node) == "os.open" or any(set("wax+") & set(mode) for mode in modes)
    if name in ("rename", "replace"):  # of a path: texts, values and tables have ones of their own
        owner = _called(node).rpartition(".")[0].lower()
        return owner == "os" or (len(node.args) == 1 and any(word in owner for word in PATHS))
    return name in WRITES and not _is_of_something_else(node, name)


def _is_of_something_else(node: ast.Call, name: str) -> bool:
    """Whether a call only shares its name with one that writes."""
    owner = _called(node).rpartition(".")[0]
    return {
        "connect": not owner.endswith(
            ("sqlite3", "dbapi2", "driver", "driver_for(key)")
        ),  # signals
        "copy": owner != "shutil",
        "move": owner != "shutil",
        "link": owner != "os",
        "dump": owner not in ("json", "pickle"),
        "ZipFile": len(node.args) + len(node.keywords) < 2,  # to read
    }.get(name, False)


def _fresh_names(tree: ast.AST) -> set[str]:
    """Return the names under which the one way hands a fresh file out, opened or not."""
    given = [
        (one.context_expr, one.optional_vars)
        for node in ast.walk(tree)
        if isinstance(node, ast.With)
        for one in node.items
    ]
    given += [
        (node.value, node.targets[0]) for node in ast.walk(tree) if isinstance(node, ast.Assign)
    ]
    names: set[str] = set()
    for value, name in given:
        if isinstance(value, ast.Call) and isinstance(name, ast.Name):
            words = ast.unparse(value)
            is_fresh = words.startswith(("replacing(", "swapped(")) or (
                ".enter_context(replacing(" in words
            )
            if is_fresh or words.startswith(tuple(f"{each}.open(" for each in names)):
                names.add(name.id)
    return names


def bare_writes(path: Path, source: Path = SOURCE) -> Iterator[str]:
    """Yield the calls of a module that write and do not go the one way."""
    text = path.read_text(encoding="utf-8")
    tree = ast.parse(text)
    fresh = (
        _fresh_names(tree) if any(word in text for word in ("replacing(", "swapped(")) else set()
    )
    counted: dict[str, int] = {}
    for node in ast.walk(tree):
        if not isinstance(node, ast.Call) or not _is_written_to(node):
            continue
        given = {one.id for one in node.args if isinstance(one, ast.Name)}
        if fresh & {_called(node).partition(".")[0], *given}:
            continue
        name = f"{path.relative_to(source).as_posix()}: {_called(node)}"
        counted[name] = counted.get(name, 0) + 1
        yield name if counted[name] == 1 else f"{name} {counted[name]}"


def test_nothing_writes_a_file_but_the_one_way():
    modules = sorted(SOURCE.rglob("*.py"))
    assert len(modules) > 80
    found = [each for path in modules for each in bare_writes(path)]
    assert sorted(set(found) - KNOWN.keys()) == []
    assert sorted(KNOWN.keys() - set(found)) == [], "these are not there any more"


BARE = [
    "Path(name).write_text('x')",
    "path.write_bytes(b'x')",
    "open(path, 'w')",
    "path.open('ab')",
    "path.open(mode='r+')",
    "os.open(path, os.O_CREAT)",
    "tempfile.mkstemp()",
    "shutil.copy(path, other)",
    "os.replace(path, other)",
    "path.rename(other)",
    "fresh.replace(path)",
    "json.dump(kept, file)",
    "sqlite3.connect(path)",
    "zipfile.ZipFile(path, 'w')",
    "QSaveFile(path)",
    "logging.FileHandler(path)",
    "folder.mkdir()",
]


@pytest.mark.parametrize("line", BARE)
def test_a_bare_write_is_noticed(line, tmp_path):
    (tmp_path / "module.py").write_text(f"def save(path):\n    {line}\n")
    assert len(list(bare_writes(tmp_path / "module.py", tmp_path))) == 1


def test_what_goes_the_one_way_or_only_reads_is_not(tmp_path):
    (tmp_path / "module.py").write_text(
        "def save(path):\n"
        "    with replacing(path) as fresh, fresh.open('wb') as file:\n"
        "        ZipFile(file, 'w')\n"
        "    with swapped(path) as new:\n"
        "        new.write_bytes(b'')\n"
        "    path.open('rb'), ZipFile(path), text.replace('a', 'b'), signal.connect(x)\n"
    )
    assert list(bare_writes(tmp_path / "module.py", tmp_path)) == []


# --- who may read it ------------------------------------------------------------------------------


@pytest.fixture(params=[0o000, 0o777], ids=["nothing is taken away", "everything is taken away"])
def umask(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[int]:
    """An unusual umask, as some computers have."""
    before = os.umask(request.param)
    yield request.param
    os.umask(before)


def rights(path: Path) -> str:
    return f"{stat.S_IMODE(path.stat().st_mode):o}"


def all_rights(folder: Path) -> dict[str, set[str]]:
    """Return the rights of everything below *folder*, by its name."""
    found: dict[str, set[str]] = {"files": set(), "folders": set()}
    for path in folder.rglob("*"):
        found["folders" if path.is_dir() else "files"].add(f"{rights(path)} {path.suffix}")
    return found


def of(found: dict[str, set[str]], kind: str) -> set[str]:
    return {each.partition(" ")[0] for each in found[kind]}


@knows_owners
def test_what_the_program_keeps_for_itself_is_its_owners_alone(umask, tmp_path, monkeypatch):
    home = tmp_path / "home"
    monkeypatch.setenv(settings.FOLDER_VARIABLE, str(home / "settings"))
    settings.save(settings.Settings())
    assert crashes.keep(home / "faults", KeyError, None, NOON)
    kept = drafts.Drafts(home / "drafts" / "a.desk.drafts", "ada")
    kept.keep(drafts.Draft("a", "b", "ada", "2026-11-24", {"c": "d"}, {}))
    kept.close()
    opened = OpenedFiles(home / "opened")
    assert rights(opened.put("a.pdf", b"%PDF-")) == "400"
    assert rights(next(iter(home.rglob("*.pdf"))).parent) == "700"
    opened.close()
    found = all_rights(home)
    assert len(found["files"]) == 3
    assert of(found, "files") == {"600"}
    assert of(found, "folders") == {"700"}


@knows_owners
@pytest.mark.parametrize("has_key", [False, True], ids=["plain", "encrypted"])
def test_a_desk_its_journal_its_lock_and_its_copies_are_its_owners_alone(
    has_key, umask, tmp_path, monkeypatch
):
    key = keys.fresh_key("correct horse battery") if has_key else None
    desk = tmp_path / "a.desk"
    store = create_store(desk, person="ada", key=key)
    seen = {}
    with store.change("Begin") as session:
        organisation.begin(
            session, code="E09999999", name="Exampleton", letters="XMP", team="A", is_sample=True
        )
        session.flush()
        seen = {path.name: rights(path) for path in tmp_path.iterdir()}
    copy = migrate.keep_copy(desk, "0001", key)
    store.close()
    assert rights(copy) == "600"
    assert seen == dict.fromkeys(("a.desk", "a.desk.lock", "a.desk-journal"), "600")


@knows_owners
def test_a_lock_has_the_rights_of_its_desk(umask, desk_file):
    """Where several may write to a desk, each of them must be able to take it next."""
    desk_file.chmod(0o664)
    store = open_store(desk_file, person="ada")
    assert rights(Path(f"{desk_file}.lock")) == "664"
    store.close()


@knows_owners
def test_what_a_person_saves_is_its_owners_alone(umask, tmp_path):
    folder = tmp_path / "saved"
    private_files.make_folder(folder / "below")
    spec = SheetSpec("People", (ColumnSpec("Name"),), (("Ada",),))
    write_workbook(folder / "a.xlsx", [spec])
    write_long_workbook(folder / "b.xlsx", [spec])
    column_files.write(folder / "c.json", Kind.HOURS, (("Name", "name"),))
    attaching.save_file(str(folder / "d.pdf"), b"%PDF-")
    (folder / "e.csv").write_text("theirs")
    (folder / "e.csv").chmod(0o644)
    attaching.save_file(str(folder / "e.csv"), b"ours")
    swap = FolderSwap(folder / "f")
    attaching.save_file(str(swap.fresh / "g.txt"), b"x")
    swap.put_in_place()
    found = all_rights(tmp_path)
    assert of(found, "files") == {"600"}
    assert of(found, "folders") == {"700"}
    assert len(found["files"]) == 5


@knows_owners
def test_all_that_a_run_of_the_program_leaves_is_its_owners_alone(tmp_path):
    """Sample desks, lists, returns, merged ones and documents: the self-test writes them all."""
    script = (
        "import os, sys; os.umask(0)\n"
        "from datetime import UTC, datetime\n"
        "from pathlib import Path\n"
        "from apprentice_desk.commands import sample\n"
        "noon = datetime(2026, 11, 24, 12, tzinfo=UTC)\n"
        "sample.write_sample(Path(sys.argv[1]), noon.date(), noon)\n"
    )
    ran = subprocess.run(
        [sys.executable, "-c", script, str(tmp_path / "sample")], capture_output=True, text=True
    )
    assert ran.returncode == 0, ran.stderr
    found = all_rights(tmp_path)
    assert {each.partition(" ")[2] for each in found["files"]} >= {".desk", ".csv", ".xlsx"}
    assert of(found, "files") == {"600"}
    assert of(found, "folders") == {"700"}


# --- whole or not there ---------------------------------------------------------------------------


@pytest.mark.parametrize("stage", ["while it is written", "before it takes its place"])
def test_what_goes_wrong_leaves_the_old_file_and_no_other(stage, tmp_path, monkeypatch):
    path = tmp_path / "a.txt"
    path.write_text("old")

    def fail(*_):
        raise OSError(28, "No space left on device")

    def save():
        with private_files.replacing(path) as fresh:
            fresh.write_text("ne")
            assert path.read_text() == "old"
            if stage == "while it is written":
                fail()

    if stage == "before it takes its place":
        monkeypatch.setattr(os, "fsync", fail)
    with pytest.raises(Problem, match="the disk is full"):
        save()
    assert [one.name for one in tmp_path.iterdir()] == ["a.txt"]
    assert path.read_text() == "old"


def test_a_file_that_stands_where_the_fresh_one_would_is_not_written_into(tmp_path, monkeypatch):
    """Whoever guesses its name can have put a link there, to a file that they want destroyed."""
    precious = tmp_path / "precious.txt"
    precious.write_text("mine")
    monkeypatch.setattr(os, "urandom", bytes)
    try:
        (tmp_path / ".a-00000000.txt").symlink_to(precious)
    except OSError:
        pytest.skip("links cannot be made here")
    with pytest.raises(OSError, match="exists"):
        private_files.put(tmp_path / "a.txt", b"x")
    assert precious.read_text() == "mine"


@pytest.mark.parametrize(
    ("name", "says"),
    [
        ("x" * 300 + ".txt", "a file cannot be called"),
        ("missing/a.txt", "was not found"),
        ("file/a.txt", "was not found"),
        ("folder", "there is a folder of that name"),
    ],
)
def test_a_place_that_cannot_be_is_refused_in_words(name, says, tmp_path):
    (tmp_path / "file").write_text("")
    (tmp_path / "folder").mkdir()
    with pytest.raises(Problem, match=says), private_files.replacing(tmp_path / name) as fresh:
        fresh.write_text("x")


def test_a_long_ending_is_no_trouble(tmp_path):
    path = tmp_path / f"a.{'x' * 240}"
    private_files.put(path, b"x")
    assert [one.name for one in tmp_path.iterdir()] == [path.name]


@pytest.mark.parametrize(
    ("fault", "name", "says"),
    [
        (FileNotFoundError, "x" * 200, "a file cannot be called"),
        (PermissionError, "folder", "there is a folder of that name"),
    ],
)
def test_what_windows_says_of_a_name_and_of_a_folder_is_understood(
    fault, name, says, tmp_path, monkeypatch
):
    """It has one word for a name that is too long and for a folder that is missing."""

    def fail(*_):
        raise fault(2, "as Windows says")

    (tmp_path / "folder").mkdir()
    monkeypatch.setattr(Path, "replace", fail)
    with pytest.raises(Problem, match=says), private_files.replacing(tmp_path / name) as fresh:
        fresh.write_text("x")
