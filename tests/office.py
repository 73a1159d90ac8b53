"""LibreOffice opens, fills in and saves workbooks for the tests that must know what it does."""

from __future__ import annotations

import importlib
import json
import os
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest

INSTALLERS = Path(__file__).parents[1] / "installers"
SCRIPT = Path(__file__).parent / "returns" / "in_libreoffice.py"
LONGEST = 240  # seconds

Office = Callable[[list[dict[str, Any]]], list[dict[str, Any]]]


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Office:
    """Have LibreOffice carry out orders; skips (in CI: fails) where it is not there."""
    with pytest.MonkeyPatch.context() as patch:
        patch.syspath_prepend(str(INSTALLERS))
        found = importlib.import_module("machine").office()
    if found is None:
        reason = "no LibreOffice with its Python bridge"
        if os.environ.get("CI"):
            pytest.fail(reason)
        pytest.skip(reason)
    program, python = found

    def carry_out(orders: list[dict[str, Any]]) -> list[dict[str, Any]]:
        folder = tmp_path_factory.mktemp("office")
        written = folder / "orders.json"
        written.write_text(json.dumps(orders), "utf-8")
        pipe = f"apprentice-desk-{uuid4().hex}"
        server = subprocess.Popen(
            [
                program,
                f"-env:UserInstallation={(folder / 'profile').as_uri()}",
                "--headless",
                "--norestore",
                "--nologo",
                f"--accept=pipe,name={pipe};urp;",
            ],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        try:
            answer = subprocess.run(
                [python, SCRIPT, pipe, written],
                capture_output=True,
                text=True,
                timeout=LONGEST,
                check=False,
                env={k: v for k, v in os.environ.items() if not k.startswith("PYTHON")},
            )
            assert answer.returncode == 0, answer.stderr
            server.wait(timeout=LONGEST)
        finally:
            server.kill()
            server.wait()
        return json.loads(answer.stdout)

    return carry_out
