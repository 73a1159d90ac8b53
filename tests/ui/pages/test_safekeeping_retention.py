"""How long people are kept: what is due, kept longer, erased, and given to whoever asks."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from PySide6.QtWidgets import QWidget

from apprentice_desk.domain.apprenticeship import Outcome
from apprentice_desk.domain.leaving import LeftKind
from apprentice_desk.domain.retention import Ground, KeepReason
from apprentice_desk.records import apprentices, erasures, leaving
from apprentice_desk.ui.desk import Desk
from apprentice_desk.ui.destinations import OpenContract, OpenRecord
from apprentice_desk.ui.pages.safekeeping.erasing_dialog import Asked, check


@pytest.fixture
def gone(desk: Desk) -> UUID:
    """Harriet Long, who completed in 2018; the key of the apprenticeship."""
    with desk.change("Enrol Harriet Long") as session:
        return apprentices.enrol(
            session,
            apprentices.ApprenticeDetails(
                given_names="Harriet", family_name="Qzlong", standard_code="ST0116",
                training_started_on=date(2016, 9, 1), ended_on=date(2018, 7, 1),
                training_planned_end_on=date(2018, 8, 31), outcome=Outcome.COMPLETED,
            ),
        )  # fmt: skip


@pytest.fixture
def part(desk: Desk, gone: UUID, page: Callable[..., Any], qtbot: Any) -> Any:
    found = page("safekeeping")
    found.show_part("retention")
    qtbot.waitUntil(lambda: not desk.jobs.is_busy)
    return found.part("retention")


def settled(desk: Desk, qtbot: Any) -> None:
    qtbot.waitUntil(lambda: not desk.jobs.is_busy)


def test_whoever_is_kept_for_too_long_is_listed_with_the_rule(part: Any) -> None:
    (line,) = part.lines
    assert line.due.kept.name == "Harriet Qzlong"
    assert line.due.since == "Completed on 1 Jul 2018"
    assert part.sentence.text() == ("1 record is due to be erased. Nothing is erased by itself.")
    assert part.why.text().startswith("The rule: 6 years after the end of the financial year")
    assert part.why.text().endswith("Its source was not read: see below.")
    assert part.count == 1


def test_what_is_kept_for_a_reason_is_due_no_more_and_can_be_again(
    part: Any, desk: Desk, qtbot: Any
) -> None:
    part.keep.click()
    form = part.dialog.form
    assert form.value("said_by") == desk.store.person
    form.set_value("reason", KeepReason.AUDIT)
    form.set_value("said_by", "Grace Park")
    part.dialog.panel.submit()
    qtbot.waitUntil(lambda: part.count is None)
    assert part.lines[0].due.is_held
    assert "Audit under way (1 Sep 2026, Grace Park), until taken back." in part.why.text()
    part.let_go.click()
    part.dialog.confirm.click()
    qtbot.waitUntil(lambda: part.count == 1)


def test_a_contract_is_listed_to_be_decided_on_by_hand(
    part: Any, desk: Desk, make: Any, qtbot: Any
) -> None:
    contract = make.contract(
        reference="C-OLD", title="Data analysts", starts_on=date(2014, 4, 1),
        ends_on=date(2016, 3, 31),
    )  # fmt: skip
    qtbot.waitUntil(lambda: len(part.lines) == 2)
    assert part.sentence.text() == (
        "1 record is due to be erased. 1 contract is to be decided on by hand. Nothing is erased"
        " by itself."
    )
    part.table.choose(contract)
    assert not part.erase.isEnabled()
    assert part.keep.isEnabled()
    assert "hang on it. Open it and decide what goes" in part.why.text()
    heard: list[Any] = []
    desk.asked_to_go.connect(heard.append)
    part.open.click()
    assert heard == [OpenContract(contract)]
    part.keep.click()
    part.dialog.form.set_value("reason", KeepReason.CLAIM)
    part.dialog.form.set_value("said_by", "Grace Park")
    part.dialog.panel.submit()
    qtbot.waitUntil(lambda: part.sentence.text().startswith("1 record is due to be erased. 1 more"))


def test_erasing_says_first_what_goes_and_then_leaves_no_name(
    part: Any, desk: Desk, qtbot: Any, store: Any
) -> None:
    part.erase.click()
    settled(desk, qtbot)
    dialog = part.dialog
    said = dialog.accessibleDescription()
    assert "1 person" in said
    assert "1 apprenticeship" in said
    assert "A count for returns" in said
    assert "It cannot be undone." in said
    assert dialog.form.value("ground") is Ground.RULE
    dialog.panel.submit()
    assert store.read(erasures.erasure_rows) == (), "not before it is ticked"
    dialog.form.set_value("is_sure", True)
    assert desk.undo_label
    dialog.panel.submit()
    settled(desk, qtbot)
    qtbot.waitUntil(lambda: part.lines == ())
    (row,) = store.read(erasures.erasure_rows)
    assert row.details.ground is Ground.RULE
    assert desk.undo_label == ""
    assert "Harriet Qzlong" not in part.rights.names.values()
    assert part.erased_model.total == 1
    assert b"Qzlong" not in Path(store.location).read_bytes()


def test_what_is_kept_for_a_reason_is_asked_for_twice(part: Any, desk: Desk, qtbot: Any) -> None:
    line = part.lines[0]
    from apprentice_desk.domain.retention import HoldDetails

    with desk.change("Keep") as session:
        erasures.keep_longer(
            session, line.due.kept.kind, line.id, HoldDetails(KeepReason.CLAIM, "", "G"),
            desk.clock.today(),
        )  # fmt: skip
    qtbot.waitUntil(lambda: part.count is None)
    part.table.choose(line.id)
    part.erase.click()
    settled(desk, qtbot)
    assert part.dialog.windowTitle() == "Erase Harriet Qzlong all the same?"
    part.dialog.cancel.click()


def test_whoever_is_on_programme_is_not_erased_at_their_request(
    part: Any, desk: Desk, team: Any, qtbot: Any, store: Any
) -> None:
    key = store.read(apprentices.held, team.ada).apprentice_id
    part.rights.choose(key)
    part.rights.erase.click()
    settled(desk, qtbot)
    assert part.dialog.windowTitle() == "Ada Obi is not erased"
    assert not part.dialog.cancel.isVisible(), "two buttons would do the same"
    part.dialog.confirm.click()
    assert store.read(erasures.erasure_rows) == ()


def test_an_access_pack_is_made_and_noted_as_what_left(
    part: Any, desk: Desk, team: Any, qtbot: Any, store: Any, tmp_path: Path, messages: Any
) -> None:
    assert not part.rights.pack.isEnabled()
    key = store.read(apprentices.held, team.ada).apprentice_id
    part.rights.choose(key)
    assert part.rights.pack.isEnabled()
    part.rights.make_pack(key, tmp_path / "pack")
    settled(desk, qtbot)
    assert (tmp_path / "pack" / "What is held about you.pdf").read_bytes().startswith(b"%PDF-")
    (left,) = store.read(leaving.files_about, key)
    assert left.kind is LeftKind.ACCESS
    assert left.people_count == 1


def test_the_record_of_whoever_is_due_is_opened(part: Any, desk: Desk, gone: UUID) -> None:
    went: list[object] = []
    desk.asked_to_go.connect(went.append)
    part.open.click()
    assert went == [OpenRecord(gone)]


def test_nothing_is_erased_without_why_and_the_tick() -> None:
    assert [(each.code, each.place.field) for each in check(Asked())] == [
        ("RT004", "ground"), ("RT005", "is_sure"),
    ]  # fmt: skip
    assert check(Asked(ground=Ground.RULE, is_sure=True)) == []


def test_a_desk_open_to_read_has_nothing_to_press(part: Any, store: Any) -> None:
    store.is_read_only = True
    part.refresh()
    for each in (part.erase, part.keep, part.let_go, part.rights.erase):
        assert isinstance(each, QWidget)
        assert not each.isEnabled()
    assert part.open.isEnabled()
