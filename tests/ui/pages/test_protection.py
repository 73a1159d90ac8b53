"""Passphrase and lock: given, changed, taken away, remembered; and what it says of them."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path
from typing import Any

import pypdfium2
import pytest
from PySide6.QtWidgets import QDialog, QFileDialog

import keychains
from apprentice_desk import settings
from apprentice_desk.records.desks import open_store
from apprentice_desk.records.keys import WrongPassphrase
from apprentice_desk.records.organisation import organisation_row, rename_team
from apprentice_desk.records.store import Store
from apprentice_desk.safekeeping import attempts, vault
from apprentice_desk.safekeeping.attempts import attempts_at
from apprentice_desk.ui.passphrases import NewPassphrase, Protecting
from ui.encrypted import PASSPHRASE, encrypt


def words_of(path: Path) -> str:
    with closing(pypdfium2.PdfDocument(path)) as document:
        return " ".join(page.get_textpage().get_text_range() for page in document)


OTHER = "granite willow harbour"


@pytest.fixture(autouse=True)
def no_attempts_before(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(attempts, "_OF_DESKS", {})


@pytest.fixture
def keychain(monkeypatch: pytest.MonkeyPatch) -> Any:
    return keychains.put_in(monkeypatch)


@pytest.fixture
def part(page: Any, keychain: Any, settled: Any) -> Any:
    made = page("safekeeping").part("protection")
    settled()
    return made


def answer(part: Any, **values: str) -> QDialog:
    """Fill in the dialog that stands open and confirm it."""
    dialog = part.protecting.dialog
    for name, value in values.items():
        dialog.form.input(name).write(value)
    if "wants_sheet" not in values and "passphrase" in values:
        dialog.form.input("wants_sheet").write(False)
    dialog.panel.submit()
    return dialog


def give(part: Any, settled: Any, passphrase: str = PASSPHRASE) -> None:
    part.set.click()
    answer(part, passphrase=passphrase, again=passphrase)
    settled()


def wait_until_it_may_be_tried(store: Store, qtbot: Any) -> None:
    qtbot.waitUntil(lambda: attempts_at(store.location).seconds_left == 0)


def test_a_plain_desk_says_so_and_gets_a_passphrase(
    part: Any, store: Store, desk: Any, settled: Any
) -> None:
    assert part._state.accessibleName() == "No passphrase"
    assert part.set.isVisible()
    assert not part.change.isVisible()
    assert not part.lock.isEnabled()
    path = Path(store.location)
    give(part, settled)
    assert b"SQLite format" not in path.read_bytes()[:16]
    assert part._state.accessibleName() == "Encrypted"
    assert part.change.isVisible()
    assert part.lock.isEnabled()
    assert store.read(organisation_row).name == "Exampleton"
    with desk.change("Written with its key") as session:
        rename_team(session, "Encrypted team")
    store.close()
    again = open_store(path, key=vault.key_for(path, PASSPHRASE))
    assert again.read(organisation_row).team == "Encrypted team"
    again.close()


def test_what_is_too_easy_or_typed_differently_is_refused_beside_its_field(part: Any) -> None:
    part.set.click()
    dialog: Any = answer(part, passphrase="short", again="other")
    assert dialog.isVisible()
    blocks = dialog.form._blocks
    assert "10 letters" in blocks["passphrase"]._error.text
    assert "not the same" in blocks["again"]._error.text
    dialog.form.input("passphrase").write("exampleton")
    dialog.form.input("again").write("exampleton")
    dialog.panel.submit()
    assert "anybody would try" in blocks["passphrase"]._error.text
    dialog.leave()


def test_leaving_the_dialog_says_nothing_of_what_was_typed(part: Any) -> None:
    from apprentice_desk.ui.kit.dialogs import Question

    part.set.click()
    dialog = part.protecting.dialog
    dialog.form.input("passphrase").write(PASSPHRASE)
    dialog.reject()
    (question,) = dialog.findChildren(Question)
    assert "copper" not in question.accessibleDescription()
    assert "not shown" in question.accessibleDescription()
    question.confirm.click()


def test_it_is_changed_by_whoever_knows_it_or_has_its_sheet(
    part: Any, store: Store, settled: Any, qtbot: Any
) -> None:
    give(part, settled)
    path, first = Path(store.location), store.key
    assert first is not None
    part.change.click()
    dialog: Any = answer(part, current="not this one", passphrase=OTHER, again=OTHER)
    assert "does not open exampleton.desk" in dialog.form._blocks["current"]._error.text
    mark = part._mark._shown[0][1].text()
    wait_until_it_may_be_tried(store, qtbot)
    answer(part, current=PASSPHRASE, passphrase=OTHER, again=OTHER)
    settled()
    assert store.key != first
    assert part._mark._shown[0][1].text() != mark
    part.change.click()
    code = vault.recovery_code(store.key)
    answer(part, current=code, passphrase=PASSPHRASE, again=PASSPHRASE)
    settled()
    with pytest.raises(WrongPassphrase):
        vault.key_for(path, OTHER)
    assert vault.key_for(path, PASSPHRASE) == store.key


def test_it_is_taken_away_by_whoever_knows_it(
    part: Any, store: Store, settled: Any, qtbot: Any
) -> None:
    give(part, settled)
    part.remove.click()
    dialog: Any = answer(part, current="not this one")
    assert dialog.isVisible()
    assert store.key is not None
    wait_until_it_may_be_tried(store, qtbot)
    answer(part, current=PASSPHRASE)
    settled()
    assert store.key is None
    assert Path(store.location).read_bytes().startswith(b"SQLite format 3")
    assert store.read(organisation_row).name == "Exampleton"
    assert part.set.isVisible()


@pytest.mark.parametrize("ask", ["change", "remove", "sheet"])
def test_whoever_tries_at_an_open_desk_waits_as_long_as_at_its_door(
    part: Any, store: Store, settled: Any, qtbot: Any, ask: str
) -> None:
    give(part, settled)
    key = store.key
    getattr(part, ask).click()
    both = {"passphrase": OTHER, "again": OTHER} if ask == "change" else {}
    dialog: Any = answer(part, current="not this one", **both)
    said = dialog.form._blocks["current"]._error
    assert "does not open exampleton.desk" in said.text
    answer(part, current=PASSPHRASE, **both)
    assert "try again in 1 s" in said.text
    assert dialog.isVisible()
    assert part.protecting.file_dialog is None
    assert store.key == key
    wait_until_it_may_be_tried(store, qtbot)
    answer(part, current="nor this one", **both)
    assert attempts_at(store.location).seconds_left == 2, "it grows"
    dialog.leave()


def test_a_recovery_sheet_is_saved_by_whoever_knows_it(
    part: Any, store: Store, desk: Any, settled: Any, tmp_path: Path
) -> None:
    give(part, settled)
    part.sheet.click()
    answer(part, current=PASSPHRASE)
    where = part.protecting.file_dialog
    assert isinstance(where, QFileDialog)
    assert where.selectedFiles()[0].endswith("Recovery sheet of exampleton.pdf")
    path = tmp_path / "sheet.pdf"
    where.fileSelected.emit(str(path))
    where.close()
    settled()
    words = words_of(path)
    assert store.key is not None
    assert all(group in words for group in vault.recovery_code(store.key).split())
    assert "delete the file" in str(desk.messages.current_problem)


def test_half_typed_forms_get_the_new_key_too(
    part: Any, store: Store, desk: Any, settled: Any
) -> None:
    from apprentice_desk.drafts import Draft, Drafts, place_for
    from apprentice_desk.records.sealing import seal_of

    path = place_for(store.location)
    desk.drafts = Drafts(path, "Tess")
    desk.drafts.keep(Draft("a", "A form", "Tess", "2026-09-01", {"name": "Canary Person"}, {}))
    desk.drafts.close()
    assert b"Canary" in path.read_bytes()
    give(part, settled)
    desk.drafts.close()
    assert b"Canary" not in path.read_bytes()
    (kept,) = Drafts(path, "Tess", seal_of(store.key)).waiting()
    assert kept.typed == {"name": "Canary Person"}


def test_the_keychain_keeps_the_key_when_asked_and_follows_a_change(
    part: Any, store: Store, keychain: Any, settled: Any
) -> None:
    give(part, settled)
    assert not part.remember.isChecked()
    part.remember.click()
    settled()
    (kept,) = keychain.kept.values()
    assert kept == store.key.raw.hex()
    part.change.click()
    answer(part, current=PASSPHRASE, passphrase=OTHER, again=OTHER)
    settled()
    (kept,) = keychain.kept.values()
    assert kept == store.key.raw.hex()
    assert part.remember.isChecked()
    part.remember.click()
    settled()
    assert keychain.kept == {}


def test_a_keychain_that_refuses_is_said_and_the_tick_goes(
    part: Any, keychain: Any, desk: Any, settled: Any
) -> None:
    give(part, settled)
    keychain.raises = RuntimeError("locked")
    part.remember.click()
    settled()
    assert "keychain did not take it" in desk.messages.current_problem.text
    assert not part.remember.isChecked()


def test_without_a_keychain_it_says_so(
    page: Any, desk: Any, settled: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    keychains.take_away(monkeypatch)
    part = page("safekeeping").part("protection")
    give(part, settled)
    assert not part.remember.isEnabled()
    assert "no keychain" in part._remember_words.text()


def test_the_minutes_are_kept_as_a_preference(part: Any, desk: Any) -> None:
    part.minutes.button(30).click()
    assert desk.settings.lock_minutes == 30
    assert settings.load().lock_minutes == 30


def test_a_desk_that_is_open_to_read_only_keeps_its_passphrase(
    desk_file: Path, desk_on: Any, qtbot: Any
) -> None:
    from apprentice_desk.ui.shell.places import place_named

    key = encrypt(desk_file)
    store = open_store(desk_file, read_only=True, key=key)
    made: Any = place_named("safekeeping").make(desk_on(store))
    qtbot.addWidget(made)
    part = made.part("protection")
    part.refresh()
    assert not part.change.isEnabled()
    assert part.sheet.isEnabled()
    assert "open to read only" in part._why_not.text()


def test_what_stops_in_the_middle_leaves_the_desk_as_it_was(
    part: Any, store: Store, desk: Any, settled: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    from apprentice_desk.domain.problems import Problem

    def full(*_given: Any, **_named: Any) -> None:
        raise Problem("The disk is full.", "Free some space.")

    monkeypatch.setattr(vault, "protect", full)
    give(part, settled)
    assert desk.messages.current_problem.text == "The disk is full."
    assert store.key is None
    assert store.read(organisation_row).name == "Exampleton"


def test_a_passphrase_is_in_no_repr() -> None:
    assert PASSPHRASE not in repr(NewPassphrase(passphrase=PASSPHRASE))
    assert Protecting.__doc__
