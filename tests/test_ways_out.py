"""Whatever leaves the desk as a file is noted in its ledger: no way out goes past it."""

from __future__ import annotations

from pathlib import Path

import pytest

from ways_out import PACKAGE, SOURCE, Unit, units, ways_out

STAYS = {
    "app.starting._tell_first_paint": "when a window was painted, for whoever measures it",
    "commands.first_programme.write_returns": "returns of invented boroughs for the sample",
    "commands.opening.sample_desk": "the sample desk of this computer",
    "commands.returning.write_template": "a blank return, from no desk",
    "commands.sample.make_sample_desk": "a desk with invented people",
    "commands.sample.write": "files with invented people",
    "commands.sample.write_sample": "files with invented people",
    "commands.sample_history.send_returns": "returns of invented people for the sample",
    "commands.sample_lists._write_csv": "lists with invented people",
    "commands.self_test.run": "how the program did, naming nobody",
    "commands.self_test_parts._backed_up": "tried out in a folder that is removed",
    "commands.self_test_parts._documents": "tried out in a folder that is removed",
    "commands.self_test_parts._lists": "tried out in a folder that is removed",
    "crashes.Watch": "what the program did, without names",
    "crashes.keep": "what went wrong in the program, without names",
    "documents.issuing.drawn": "a preview, read back and removed",
    "drafts._save": "what is half typed, beside the desk",
    "logs._handler": "what the program did, without names",
    "records.holding.hold": "who has the desk open, beside it",
    "safekeeping.copies.folder_for": "whose backups a folder holds; they are copies of the desk",
    "safekeeping.erasing.keep_list": "who was erased, by keys without names, beside the backups",
    "settings.save": "preferences of this computer",
    "ui.kit.opened_files.OpenedFiles": "a copy that goes when the desk is closed",
}
"""What writes files that do not leave: each with why."""

_STAYS = frozenset(f"{PACKAGE}.{name}" for name in STAYS)


@pytest.fixture(scope="module")
def found() -> dict[str, Unit]:
    return units()


def test_every_way_out_is_noted_in_the_ledger(found: dict[str, Unit]) -> None:
    assert not _STAYS - found.keys(), "what stays has another name now"
    assert list(ways_out(found, _STAYS)) == [], (
        "save it by ui.leaving.save_out, or say why it stays"
    )


def test_ways_out_are_found_at_all(found: dict[str, Unit]) -> None:
    noted = [name for name, unit in found.items() if unit.notes]
    assert len([name for name in noted if ".ui." in name]) >= 20
    assert len([name for name in noted if ".commands." in name]) >= 6


@pytest.mark.parametrize(
    ("module", "text", "way"),
    [
        (
            "ui/pages/audit/extra.py",
            "def save(path, paper):\n    path.write_bytes(paper)\n",
            "ui.pages.audit.extra.save",
        ),
        (
            "ui/pages/audit/extra.py",
            "from apprentice_desk.documents import pdf\n\n"
            "class Page:\n    def save(self, desk):\n        desk.run(lambda p: pdf.write(p))\n",
            "ui.pages.audit.extra.Page",
        ),
        (
            "commands/extra.py",
            "from apprentice_desk.sheets import write_workbook\n\n"
            "def export(path):\n    write_workbook(path, ())\n",
            "commands.extra.export",
        ),
        (
            "ui/extra.py",
            "def save(path):\n    with open(path, 'w') as file:\n        file.write('Ada')\n",
            "ui.extra.save",
        ),
    ],
)
def test_a_way_past_the_ledger_would_be_seen(
    tmp_path: Path, module: str, text: str, way: str
) -> None:
    parts = ("documents/pdf.py", "sheets/__init__.py", "sheets/saving.py", "sheets/writing.py")
    for part in parts:
        there = tmp_path / part
        there.parent.mkdir(parents=True, exist_ok=True)
        there.write_text((SOURCE / part).read_text("utf-8"), "utf-8")
    extra = tmp_path / module
    extra.parent.mkdir(parents=True, exist_ok=True)
    extra.write_text(text, "utf-8")
    assert list(ways_out(units(tmp_path), frozenset())) == [f"{PACKAGE}.{way}"]
    extra.write_text(f"{text}    save_out()\n", "utf-8")
    assert list(ways_out(units(tmp_path), frozenset())) == []
