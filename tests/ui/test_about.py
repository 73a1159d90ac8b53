"""About: the version, the works of others, where files are, newer versions told by a file."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QApplication, QLabel, QWidget

from apprentice_desk import settings
from apprentice_desk.product import product
from apprentice_desk.resources.credits import third_parties
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
    asked: list[str] = []

    def open_url(url: Any) -> bool:
        asked.append(url.toLocalFile())
        return len(asked) == 1

    monkeypatch.setattr(QDesktopServices, "openUrl", open_url)
    part = about(FILES).parts[FILES]
    (only,) = part.buttons  # of the place that is not there yet nothing can be shown
    only.click()
    assert asked == [str(tmp_path)]
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
    path = folder / f"it.{'apprentice-desk-release'}"
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
