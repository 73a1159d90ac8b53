"""A desk in a database, which several people have open: each sees what the others save."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest

from apprentice_desk.records import organisation
from apprentice_desk.records.desks import open_store
from apprentice_desk.records.store import Store
from apprentice_desk.ui.desk import Desk
from apprentice_desk.ui.shell import following
from apprentice_desk.ui.shell.following import Following


@pytest.fixture
def address(databases: Any, empty_database: str) -> Iterator[str]:
    name = databases.lend(empty_database)
    yield databases.address(name)
    databases.take_back(name)


@pytest.fixture
def grace(address: str) -> Iterator[Store]:
    store = open_store(address, person="Grace Park")
    yield store
    store.close()


@pytest.fixture
def open_desk(
    address: str, desk_on: Callable[[Store], Desk], monkeypatch: pytest.MonkeyPatch
) -> Callable[..., Desk]:
    monkeypatch.setattr(following, "_EVERY_MS", 20)
    return lambda **how: desk_on(open_store(address, person="Tess Ter", **how))


def rename(store: Store, team: str) -> None:
    with store.change(f"Call the team {team}") as session:
        organisation.rename_team(session, team)


@pytest.mark.parametrize("read_only", [False, True], ids=["may write", "reads only"])
def test_what_others_save_is_seen_and_said(
    open_desk: Callable[..., Desk], grace: Store, qtbot: Any, read_only: bool
) -> None:
    desk = open_desk(read_only=read_only)
    Following(desk)
    rename(grace, "Anders")
    with qtbot.waitSignal(desk.changed) as heard:
        pass
    assert heard.args[0].label == "Call the team Anders"
    assert desk.organisation.team == "Anders"
    qtbot.waitUntil(lambda: desk.messages.current is not None)
    assert desk.messages.current.text == (
        "Grace Park saved “Call the team Anders”; you see it here."
    )
    assert desk.undo_label == "", "what somebody else did is theirs to undo"


def test_ones_own_changes_are_heard_once(
    open_desk: Callable[..., Desk], grace: Store, qtbot: Any
) -> None:
    desk = open_desk()
    heard: list[str] = []
    desk.changed.connect(lambda changes: heard.append(changes.label))
    follows = Following(desk)
    with desk.change("Call the team Mine") as session:
        organisation.rename_team(session, "Mine")
    rename(grace, "Theirs")
    # Not until the team is theirs: one's own change may be read only after they saved.
    qtbot.waitUntil(lambda: "Call the team Theirs" in heard)
    assert desk.organisation.team == "Theirs"
    assert heard == ["Call the team Mine", "Call the team Theirs"]
    assert desk.undo_label == "Call the team Mine"
    assert desk.messages.current.text == "Saved: Call the team Mine.", "not talked over"
    assert not follows._own, "it does not grow with every change"


def test_a_server_that_is_away_is_said_with_how_old_what_is_seen_is(
    open_desk: Callable[..., Desk], databases: Any, address: str, qtbot: Any
) -> None:
    desk = open_desk(read_only=True)
    follows, name = Following(desk), desk.store.name
    databases.run(f"ALTER DATABASE {name} ALLOW_CONNECTIONS false")
    databases.run(
        f"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{name}'"
    )
    qtbot.waitUntil(lambda: follows.is_old)
    said = desk.messages.current_problem
    assert said.text.startswith("What you see is from ")
    assert said.remedy.endswith("Check that the network is connected.")
    databases.run(f"ALTER DATABASE {name} ALLOW_CONNECTIONS true")
    qtbot.waitUntil(lambda: not follows.is_old)
    assert "can be read again" in desk.messages.current.text
