"""Fixtures for tests of the command line."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from apprentice_desk.__main__ import main


class Outcome(NamedTuple):
    """What a command left behind."""

    status: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        return json.loads(self.out)


@pytest.fixture(autouse=True)
def own_settings(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """Keep the settings of whoever runs the tests out of them."""
    folder = tmp_path / "settings"
    monkeypatch.setenv("APPRENTICE_DESK_SETTINGS", str(folder))
    return folder


@pytest.fixture
def call(capsys: pytest.CaptureFixture[str]) -> Callable[..., Outcome]:
    """Run a command in this process."""

    def run(*words: object) -> Outcome:
        capsys.readouterr()
        status = main([str(word) for word in words])
        written = capsys.readouterr()
        return Outcome(status, written.out, written.err)

    return run


@pytest.fixture
def hackney(tmp_path: Path, call: Callable[..., Outcome]) -> Path:
    """A new desk of a real borough."""
    path = tmp_path / "hackney.desk"
    assert call("new", path, "--borough", "E09000012").status == 0
    return path


@pytest.fixture(scope="session")
def sample_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What `sample` writes, made once; not to be changed."""
    folder = tmp_path_factory.mktemp("made") / "sample"
    assert main(["sample", "--to", str(folder)]) == 0
    return folder


@pytest.fixture
def exampleton(sample_folder: Path, tmp_path: Path) -> Path:
    """A sample folder of this test's own."""
    return Path(shutil.copytree(sample_folder, tmp_path / "sample"))
