"""What LibreOffice makes of a document is no departure, and hides none."""

from __future__ import annotations

import importlib
import os
import re
import subprocess
from collections.abc import Callable
from pathlib import Path
from uuid import uuid4

import pytest

from apprentice_desk.documents import docx
from apprentice_desk.documents.returned import compare_returned
from apprentice_desk.documents.returned_departures import Compared
from apprentice_desk.documents.wording import library
from apprentice_desk.domain.vocabulary import SubjectKind
from apprentice_desk.records.keeping_documents import Subject
from documents.kept import kept_paper
from documents.papers import PAPERS, TODAY
from documents.sent_back import PLANTED, WordFile, changed_word

INSTALLERS = Path(__file__).parents[2] / "installers"
LONGEST = 240  # seconds
SUBJECT = Subject(SubjectKind.CONTRACT, uuid4())
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"

Convert = Callable[[str, Path], list[Path]]


@pytest.fixture(scope="module")
def convert(tmp_path_factory: pytest.TempPathFactory) -> Convert:
    """Have LibreOffice save the Word files of a folder anew; skips (in CI: fails) without it."""
    with pytest.MonkeyPatch.context() as patch:
        patch.syspath_prepend(str(INSTALLERS))
        machine = importlib.import_module("machine")
    found = machine.office()
    if found is None or not machine.has_writer(""):
        if os.environ.get("CI"):
            pytest.fail("no LibreOffice Writer")
        pytest.skip("no LibreOffice Writer")
    profile = tmp_path_factory.mktemp("profile").as_uri()

    def convert(kind: str, folder: Path) -> list[Path]:
        into = folder / kind
        subprocess.run(
            [
                found[0],
                f"-env:UserInstallation={profile}",
                "--headless",
                "--convert-to",
                kind,
                "--outdir",
                into,
                *sorted(folder.glob("*.docx")),
            ],
            check=True,
            capture_output=True,
            timeout=LONGEST,
        )
        return sorted(into.iterdir())

    return convert


def _of_other_width(path: Path, to: Path, width: int, half_points: int) -> None:
    """The same text on other paper in letters of another size, so that every line ends elsewhere.

    Tables keep their width, and the paper has room for them.
    """
    word = WordFile(path)
    for size in word.root.iter(f"{W}pgSz"):
        size.set(f"{W}w", str(width))
    for run in word.root.iter(f"{W}r"):
        look = run.find(f"{W}rPr")
        if look is None:
            look = run.makeelement(f"{W}rPr", {})
            run.insert(0, look)
        look.append(run.makeelement(f"{W}sz", {f"{W}val": str(half_points)}))
    word.save(to)


SENT = tuple(each for each in PAPERS if each != "evaluation-record")
"""The papers that go to somebody.  The record never does; its widest table breaks words in a narrow
PDF, where no reader can tell a broken word from two."""


@pytest.mark.parametrize("kind", ["docx", "pdf"])
def test_what_another_word_processor_saves_departs_in_nothing(
    convert: Convert, kind: str, tmp_path: Path
) -> None:
    for type_id in SENT:
        made = kept_paper(type_id, SUBJECT)[0]
        path = docx.write(tmp_path / f"{type_id}.docx", made.document, made_on=TODAY)
        _of_other_width(path, tmp_path / f"{type_id}_wide.docx", 15_000, 21)
        _of_other_width(path, tmp_path / f"{type_id}_narrow.docx", 11_200, 24)
    back = convert(kind, tmp_path)
    assert len(back) == 3 * len(SENT)
    for path in back:
        type_id = re.sub("_.*", "", path.stem)
        details = kept_paper(type_id, SUBJECT)[1]
        found = compare_returned(library(), details, path, is_sample=False)
        assert found.compared == Compared((), ()), path.name


@pytest.mark.parametrize("kind", ["docx", "pdf"])
def test_it_hides_none_of_the_25_changes(convert: Convert, kind: str, tmp_path: Path) -> None:
    made, details = kept_paper("order-form", SUBJECT)
    sent = docx.write(tmp_path / "sent.docx", made.document, made_on=TODAY)
    # A PDF of a file with tracked changes shows what was taken out as well, struck through.
    changed_word(sent, tmp_path / "back.docx", is_silent=kind == "pdf")
    sent.unlink()
    (back,) = convert(kind, tmp_path)
    found = compare_returned(library(), details, back, is_sample=False)
    told = sorted(
        ((each.kind, each.number, each.is_tracked) for each in found.compared.departures),
        key=lambda each: (each[0].name, each[1]),
    )
    if kind == "docx":
        assert told == PLANTED
    else:
        assert [each[:2] for each in told] == [each[:2] for each in PLANTED]
    assert found.compared.filled_in == ()
