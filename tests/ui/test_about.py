"""About: the version, the works of others, where files are, newer versions told by a file."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QApplication, QLabel, QWidget

from apprentice_desk import policy, resources, settings
from apprentice_desk.domain.problems import Problem
from apprentice_desk.product import product
from apprentice_desk.resources import credits as credits_
from apprentice_desk.resources import licences
from apprentice_desk.resources.credits import third_parties
from apprentice_desk.resources.licences import LicenceText
from apprentice_desk.ui.kit.theme import apply, load_theme
from apprentice_desk.ui.shell.about import FILES, NEWER, PROGRAM, WORKS, AboutDialog
from apprentice_desk.ui.shell.about_parts import flowing
from apprentice_desk.ui.shell.own_places import OwnPlace, own_places

MARKUP = "<b>Grüße</b> & <img src='file:///etc/passwd'>"


@pytest.fixture
def about(qapp: QApplication, qtbot: Any, tmp_path: Path) -> Any:
    """The dialog, opened at a part."""
    theme = load_theme("light")
    apply(qapp, theme)
    parent = QWidget()
    qtbot.addWidget(parent)
    parent.show()
    places = (
        OwnPlace("This desk", "hackney.desk", tmp_path),
        OwnPlace("Log", "What it did", tmp_path / "not there"),
    )

    def opened(part: str = PROGRAM, *, has_desk: bool = True) -> AboutDialog:
        made = AboutDialog(parent, theme, places, has_desk=has_desk, part=part)
        made.open()
        qtbot.waitExposed(made)
        return made

    return opened


def words_in(part: Any) -> str:
    shown = [each for each in part.findChildren(QWidget) if each.isVisible()]
    return " ".join(each.text() if isinstance(each, QLabel) else "" for each in shown)


def test_it_says_what_pyproject_says_of_the_program(about: Any) -> None:
    said = words_in(about().parts[PROGRAM])
    for own in (product().version, product().publisher, product().licence, product().summary):
        assert own in said


def test_each_work_of_others_can_be_read_with_its_whole_licence(about: Any) -> None:
    part = about(WORKS).parts[WORKS]
    assert tuple(part.model.shown) == third_parties()
    for row in third_parties():
        part.table.choose(row.id)
        shown = part.text.toPlainText()
        assert shown.startswith(f"{row.name} {row.version}".strip())
        assert row.licence in shown
        for each in row.texts:
            assert "".join(each.text.expandtabs(4).split()) in "".join(shown.split())


def test_the_works_named_are_those_that_the_window_is_made_of() -> None:
    names = {part.name for part in third_parties()}
    assert {"CPython", "Inter", "Lucide", "PySide6_Essentials", "sqlcipher3", "reportlab"} <= names
    assert not names & {"pytest", "ruff", "hatchling", "apprentice-desk"}


def test_a_folder_is_shown_by_the_computers_own_program(
    about: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[Path] = []

    def open_url(url: Any) -> bool:
        asked.append(Path(url.toLocalFile()))
        return len(asked) == 1

    monkeypatch.setattr(QDesktopServices, "openUrl", open_url)
    part = about(FILES).parts[FILES]
    (only,) = part.buttons  # of the place that is not there yet nothing can be shown
    only.click()
    assert asked == [tmp_path]
    assert "could not be shown" not in words_in(part)
    only.click()
    assert "could not be shown" in words_in(part)


def test_without_a_desk_only_the_programs_own_folders_are_named() -> None:
    titles = [place.title for place in own_places(None)]
    assert titles == ["Settings", "Log", "Reports of faults", "The program itself"]
    assert own_places(None)[0].folder == settings.folder()


def test_support_is_reached_where_a_desk_is_open(about: Any, qtbot: Any) -> None:
    with_desk = about()
    with qtbot.waitSignal(with_desk.asked_for_support):
        with_desk.support.click()
    assert not with_desk.isVisible()
    assert not about(has_desk=False).support.isEnabled()


def release(folder: Path, version: str, new: str = "[]") -> str:
    path = folder / "it.apprentice-desk-release"
    path.write_text(
        f'program = "{product().identity}"\nversion = "{version}"\nreleased_on = 2027-03-01\n'
        f"new = {new}\n",
        "utf-8",
    )
    return str(path)


@pytest.mark.parametrize(
    ("version", "says"),
    [("99.0.0", "is newer"), (product().version, "is the one you have"), ("0.0.1", "is older")],
)
def test_the_file_of_a_version_says_whether_it_is_newer(
    about: Any, tmp_path: Path, version: str, says: str
) -> None:
    part = about(NEWER).parts[NEWER]
    part.read(release(tmp_path, version))
    assert f"{version} {says}" in part.told.text()
    assert "1 Mar 2027" in part.what_to_do.text()
    assert not part.new_title.isVisible(), "nothing new is said, so nothing is shown"


def test_what_is_new_is_shown_letter_by_letter(about: Any, tmp_path: Path) -> None:
    part = about(NEWER).parts[NEWER]
    part.read(release(tmp_path, "99.0.0", f'["{MARKUP}", "Hours\\u202e by telephone\\n"]'))
    assert part.new.text() == f"•  {MARKUP}\n•  Hours  by telephone"
    assert part.new.textFormat().name == "PlainText"


def test_a_file_that_is_none_is_said_and_what_stood_there_stays(about: Any, tmp_path: Path) -> None:
    part = about(NEWER).parts[NEWER]
    part.read(release(tmp_path, "99.0.0"))
    (tmp_path / "list.csv").write_text("a,b\n", "utf-8")
    part.read(str(tmp_path / "list.csv"))
    assert "“list.csv” is not the file of a version" in words_in(part)
    assert "99.0.0" in part.told.text()


def test_the_lines_of_a_paragraph_flow_and_those_of_a_list_do_not() -> None:
    text = (
        "A TITLE\n\n"
        "Permission is hereby granted, free of charge, to any person\n"
        "obtaining a copy.\n"
        "  * Redistributions of source code must retain the above copyright\n"
        "    notice.\n"
        "  * Neither the name of it nor that of its contributors may be used\n"
    )
    assert flowing(text).splitlines() == [
        "A TITLE",
        "",
        "Permission is hereby granted, free of charge, to any person obtaining a copy.",
        "  * Redistributions of source code must retain the above copyright",
        "    notice.",
        "  * Neither the name of it nor that of its contributors may be used",
    ]


def test_with_a_desk_its_folder_and_its_backups_come_first(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk_file, elsewhere = tmp_path / "hackney.desk", tmp_path / "second"
    (tmp_path / "hackney backups").mkdir()
    (elsewhere / "hackney backups").mkdir(parents=True)
    kept = settings.Settings().with_second_place(str(desk_file), str(elsewhere))
    desk: Any = SimpleNamespace(store=SimpleNamespace(location=str(desk_file)), settings=kept)
    monkeypatch.setattr(policy, "in_force", lambda: policy.Policy(file=tmp_path / "policy.toml"))
    found = own_places(desk)
    assert [(place.title, place.folder) for place in found][:3] == [
        ("This desk", tmp_path),
        ("Backups of this desk", tmp_path / "hackney backups"),
        ("Backups of this desk", elsewhere / "hackney backups"),
    ]
    assert ("Set by your council's IT", tmp_path) in [(each.title, each.folder) for each in found]


def test_a_database_has_no_folder() -> None:
    location = "postgresql://server/desk"
    desk: Any = SimpleNamespace(
        store=SimpleNamespace(location=location), settings=settings.Settings()
    )
    assert own_places(desk) == own_places(None)


def test_a_packed_program_reads_the_list_that_was_made_with_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    packed = tmp_path / "third-party.json"
    only = licences.Part("Qt", "6.1", "library", "LGPL-3.0-only", "", (LicenceText("A", "B"),))
    packed.write_text(licences.pack_parts([only]), "utf-8")
    monkeypatch.setattr(credits_, "path", lambda *_parts: packed)
    assert third_parties.__wrapped__() == (only,)
    packed.write_text('{"parts": [{}]}', "utf-8")
    with pytest.raises(Problem, match="not in order"):
        third_parties.__wrapped__()


def test_a_list_that_cannot_be_read_is_said_where_it_would_stand(
    about: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken() -> tuple[licences.Part, ...]:
        raise Problem("The list of licences is not in order.", "Install the program again.")

    monkeypatch.setattr(credits_, "third_parties", broken)
    part = about(WORKS).parts[WORKS]
    assert "The list of licences is not in order." in words_in(part)
    assert not part.text.toPlainText()


def test_the_licence_shown_is_the_projects_own(about: Any) -> None:
    root = Path(__file__).resolve().parents[2]
    assert (root / "LICENSE").read_text("utf-8") == resources.read_text("licences", "own.txt")
    part = about().parts[PROGRAM]
    part.licence.click()
    assert "Permission is hereby granted" in part.dialog.text.toPlainText()
    part.dialog.reject()
