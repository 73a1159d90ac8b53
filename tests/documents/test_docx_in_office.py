"""Word files as a word processor opens them: LibreOffice turns them into pages."""

from __future__ import annotations

import importlib
import os
import re
import shutil
import subprocess
from pathlib import Path

import pytest

from apprentice_desk.documents import docx
from apprentice_desk.documents.runs import line_text, lines_of
from apprentice_desk.documents.telling import texts_of
from apprentice_desk.documents.tree import Column, Document, Para, Table
from documents.trees import CONTRACT, LETTER, WHOLE

INSTALLERS = Path(__file__).parents[2] / "installers"
LONGEST = 240  # seconds


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory):
    """Turn documents into the texts of their pages; skips (in CI: fails) without LibreOffice."""
    with pytest.MonkeyPatch.context() as patch:
        patch.syspath_prepend(str(INSTALLERS))
        machine = importlib.import_module("machine")
    found = machine.office()
    if found is None or not machine.has_writer("") or shutil.which("pdftotext") is None:
        reason = "no LibreOffice Writer, or no poppler to read what it draws"
        if os.environ.get("CI"):
            pytest.fail(reason)
        pytest.skip(reason)
    folder = tmp_path_factory.mktemp("office")

    def turned(*documents: Document) -> list[list[str]]:
        paths = [docx.write(folder / f"{n}.docx", each) for n, each in enumerate(documents)]
        subprocess.run(
            [
                found[0],
                f"-env:UserInstallation={(folder / 'profile').as_uri()}",
                "--headless",
                "--convert-to",
                "pdf",
                "--outdir",
                folder,
                *paths,
            ],
            check=True,
            capture_output=True,
            timeout=LONGEST,
        )
        drawn = [
            subprocess.run(
                ["pdftotext", "-layout", path.with_suffix(".pdf"), "-"],
                check=True,
                capture_output=True,
                text=True,
                timeout=60,
            ).stdout
            for path in paths
        ]
        return [text.split("\f")[:-1] for text in drawn]

    return turned


HOSTILE = Document(
    "<w:p> & a\x07b\ud800",
    (
        Para("=1+1 { PAGE } ]]>"),
        Para("x" * 100_000),
        Table("T", (Column("שלום"), Column("y")), (("z" * 3000, "w " * 3000),)),
    ),
)


def test_a_word_processor_opens_them_and_shows_all_that_they_say(pages) -> None:
    documents = (CONTRACT, LETTER, WHOLE, HOSTILE)
    drawn = dict(zip(("contract", "letter", "whole", "hostile"), pages(*documents), strict=True))
    contract = drawn["contract"]
    total = len(contract)
    for number, page in enumerate(contract, 1):
        assert page.lstrip().startswith("London Borough of Exampleton")
        foot = "Sample, invented people · EX/2026/14 · version 1.2 · Model wording"
        assert re.search(rf"{re.escape(foot)} +Page {number} of {total}\s*$", page)
        if "Measure " in page:
            assert "What is done below it" in page, "headings of a table are on every page"
    assert sum("Measure " in page for page in contract) > 1
    signing = [page for page in contract if "For the Provider" in page]
    assert len(signing) == 1
    assert "Each signs for the party named" in signing[0]
    for document, name in ((CONTRACT, "contract"), (LETTER, "letter"), (WHOLE, "whole")):
        shown = " ".join(drawn[name])
        for text in texts_of(document):
            for line in lines_of(text):
                assert all(word in shown for word in line_text(line).split())
    hostile = "".join("".join(drawn["hostile"]).split())
    assert "<w:p>&ab\ufffd" in hostile
    assert "=1+1{PAGE}]]>" in hostile
    assert hostile.count("x") >= 100_000
    assert hostile.count("z") >= 3000
    assert hostile.count("w") >= 3000
