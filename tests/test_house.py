"""The rules of the house, held by machine: directions, words, colours, clocks, lists."""

from __future__ import annotations

import ast
import csv
import json
import re
import shutil
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path

from apprentice_desk.domain import vocabulary
from apprentice_desk.domain.apprenticeship import Status

ROOT = Path(__file__).parents[1]
SOURCE = ROOT / "src" / "apprentice_desk"
BANNED_NAMES = {
    "utils", "helpers", "common", "manager", "service", "handler", "controller", "data", "info",
}  # fmt: skip


def modules() -> list[Path]:
    found = sorted(SOURCE.rglob("*.py"))
    assert len(found) > 80
    return found


def lines_matching(pattern: str, files: list[Path], ignoring: tuple[str, ...] = ()) -> list[str]:
    compiled = re.compile(pattern)
    return [
        f"{file.relative_to(ROOT).as_posix()}:{number} {line.strip()}"
        for file in files
        if not file.relative_to(SOURCE).as_posix().startswith(ignoring or ("\0",))
        for number, line in enumerate(file.read_text(encoding="utf-8").splitlines(), 1)
        if compiled.search(line)
    ]


def test_imports_point_one_way() -> None:
    done = subprocess.run(
        [sys.executable, "-c", "from importlinter.cli import lint_imports_command as c; c()"],
        cwd=ROOT, capture_output=True, text=True, timeout=120,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout
    kept = re.search(r"Contracts: (\d+) kept, 0 broken", done.stdout)
    assert kept is not None
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    contracts = settings["tool"]["importlinter"]["contracts"]
    assert int(kept[1]) == len(contracts) == 13
    assert not [contract for contract in contracts if contract.get("ignore_imports")]


def test_no_module_has_a_name_that_says_nothing() -> None:
    bad = [
        path for path in modules() if path.stem in BANNED_NAMES or (path.stem.startswith("base_"))
    ]
    assert bad == []


def test_no_module_stands_beside_a_package_of_its_name() -> None:
    """Python would take the package, and the module would be read by nobody."""
    beside = [each for each in modules() if each.with_suffix("").is_dir()]
    assert [each.relative_to(ROOT).as_posix() for each in beside] == []


def test_colours_stand_in_the_theme_only() -> None:
    assert lines_matching(r"""["']#[0-9A-Fa-f]{3,8}\b""", modules()) == []


def test_no_widget_has_a_style_sheet_of_its_own() -> None:
    found = lines_matching(r"\.setStyleSheet\(", modules())
    assert len(found) == 1, found
    assert found[0].startswith("src/apprentice_desk/ui/kit/theme.py")


def test_events_are_never_pumped() -> None:
    assert lines_matching(r"processEvents\(", modules()) == []


def test_the_day_is_asked_for_in_one_place() -> None:
    found = lines_matching(r"date\.today\(|datetime\.now\(|datetime\.utcnow\(", modules())
    places = {line.split(":")[0] for line in found}
    package = "src/apprentice_desk"  # what is noted of an act is noted at its instant
    noting = {
        "records/store.py",
        "records/desks.py",
        "records/watching.py",
        "safekeeping/ledger.py",
        "logs.py",
    }
    noting |= {"ui/shell/looking_round.py"}  # and this computer's clock is held against those
    assert places <= {f"{package}/{name}" for name in ("clock.py", *noting)}
    assert places


def broad_handlers() -> Iterator[str]:
    """Yield the modules with an except that is broad and does not raise again."""
    for path in modules():
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if not isinstance(node, ast.ExceptHandler):
                continue
            names = (
                {n.id for n in ast.walk(node.type) if isinstance(n, ast.Name)}
                if node.type
                else {"BaseException"}
            )
            is_broad = bool(names & {"Exception", "BaseException"})
            raises = any(isinstance(inner, ast.Raise) for inner in ast.walk(node))
            if is_broad and not raises:
                yield path.relative_to(SOURCE).as_posix()


def test_broad_handlers_stand_where_they_are_allowed() -> None:
    assert set(broad_handlers()) <= {"ui/kit/jobs.py", "__main__.py", "commands/self_test.py"}


def test_records_and_libraries_are_not_imported_on_the_way_to_the_first_paint() -> None:
    script = (
        "import sys, apprentice_desk.app.starting\n"
        "slow = {'sqlalchemy', 'openpyxl', 'reportlab', 'docx', 'lxml', 'alembic', 'xlsxwriter',"
        " 'python_calamine', 'frictionless', 'numpy'}\n"
        "print(sorted(slow & set(sys.modules)))"
    )
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=True, timeout=60
    )
    assert done.stdout.strip() == "[]"


def heading_rows() -> list[list[str]]:
    rows = []
    for path in sorted((ROOT / "tests" / "layouts").glob("*.csv")):
        lines = path.read_text(encoding="utf-8-sig").splitlines()
        (row,) = list(csv.reader([line for line in lines if not line.startswith("#")][:1]))
        rows.append(row)
    assert len(rows) == 9
    return rows


def test_no_heading_row_of_a_sample_stands_in_the_source() -> None:
    """Three headings of a sample in a row in one place would be a recognised layout."""
    whole = [(path, path.read_text(encoding="utf-8").casefold()) for path in modules()]
    forms = [
        form.casefold()
        for row in heading_rows()
        for a, b, c in zip(row, row[1:], row[2:], strict=False)
        for form in (f'"{a}", "{b}", "{c}"', f"{a},{b},{c}")
    ]
    assert len(forms) > 100
    assert [(path.name, form) for path, text in whole for form in forms if form in text] == []


def test_no_sample_file_name_stands_in_the_source() -> None:
    names = [path.stem for path in (ROOT / "tests" / "layouts").glob("*.csv")]
    whole = "\n".join(path.read_text(encoding="utf-8") for path in modules())
    assert names
    assert [name for name in names if name in whole] == []


LISTS = {
    ("apprentices", "role_family"): vocabulary.RoleFamily,
    ("apprentices", "employee_type"): vocabulary.EmployeeType,
    ("apprentices", "age_band"): vocabulary.AgeBand,
    ("apprentices", "status"): Status,
    ("apprentices", "grade"): vocabulary.Grade,
    ("apprentices", "withdrawal_group"): vocabulary.LeavingGroup,
    ("apprentices", "destination"): vocabulary.Destination,
    ("contracts", "regime"): vocabulary.Regime,
    ("contracts", "route"): vocabulary.Route,
    ("secondments", "kind"): vocabulary.SecondmentKind,
    ("secondments", "role_family"): vocabulary.RoleFamily,
    ("secondments", "pattern"): vocabulary.WorkingPattern,
    ("secondments", "status"): vocabulary.SecondmentStatus,
    ("pledges", "role_family"): vocabulary.RoleFamily,
    ("characteristics", "characteristic"): vocabulary.Characteristic,
    ("network", "kind"): vocabulary.EventKind,
    ("barriers", "category"): vocabulary.BarrierCategory,
}
DATED = {("characteristics", "category")}  # a list of its own in resources/lists
STAYS = {vocabulary.SecondmentStatus.DRAFT}  # what has such a word stays at home


def test_the_words_of_each_list_are_those_of_the_return() -> None:
    descriptor = json.loads(
        (ROOT / "resources" / "returns" / "loti-1.0.json").read_text(encoding="utf-8")
    )
    found = {
        (resource["name"], field["takes"]): field["constraints"]["enum"]
        for resource in descriptor["resources"]
        for field in resource["schema"]["fields"]
        if "takes" in field and "enum" in field.get("constraints", {})
    }
    assert found.keys() - DATED == LISTS.keys()
    for where, words in LISTS.items():
        assert found[where] == [word.value for word in words if word not in STAYS], where


def tracked() -> list[Path]:
    git = shutil.which("git")
    if git is not None:
        done = subprocess.run(
            [git, "ls-files"], cwd=ROOT, capture_output=True, text=True, check=False
        )
        if names := done.stdout.splitlines():
            return [ROOT / name for name in names]
    # An archive without its history, or a machine without git: what is there, built things aside.
    return [path for path in ROOT.iterdir() if path.name not in {".venv", "build", "dist"}]


def test_the_top_level_holds_nothing_new() -> None:
    allowed = {
        "pyproject.toml", "src", "resources", "installers", "tests", "README.md",
        "CONTRIBUTING.md", "CHANGELOG.md", "LICENSE",
    }  # fmt: skip
    tops = {path.relative_to(ROOT).parts[0] for path in tracked()}
    assert len(tops) >= 8
    assert {top for top in tops if not top.startswith(".")} - allowed - {"build"} == set()


def test_version_stands_in_one_place() -> None:
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    assert settings["project"]["version"]
    assert "dynamic" not in settings["project"]
    assert lines_matching(r"__version__\s*=", modules()) == []
