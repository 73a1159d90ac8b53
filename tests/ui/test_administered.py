"""What administrators set, where a person meets it: said in words, and not to be chosen."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtWidgets import QFileDialog, QPushButton

import keychains
from apprentice_desk import portable, settings
from apprentice_desk.logs import Event
from apprentice_desk.records.store import Store
from apprentice_desk.safekeeping.attempts import Attempts
from apprentice_desk.settings import LOCK_MINUTES, Settings
from apprentice_desk.ui.desk import Desk
from apprentice_desk.ui.destinations import OpenPage
from apprentice_desk.ui.kit import access, files
from apprentice_desk.ui.kit.theme import Theme
from apprentice_desk.ui.pages.settings.administered import AdministeredCard
from apprentice_desk.ui.shell.new_desk import WITHOUT, protection_dialog
from apprentice_desk.ui.shell.unlock import unlock_to_open
from ui.encrypted import encrypt
from ui.starting import NovemberClock

BACKUPS = Path("C:/srv/backups" if os.name == "nt" else "/srv/backups")
WHOLE = f"""
contact = "the ICT service desk, extension 1234"
[places]
backups = '{BACKUPS}'
[security]
lock_after_minutes = 12
passphrase_for_new_desks = true
keychain = false
[features]
databases = false
lists = false
placements = false
wording_packs = false
"""
SET_BY = "your council's IT"
OFF = f"Switched off by {SET_BY}: see Settings"


def texts(widget: Any) -> str:
    """Return all that a part says to a screen reader or shows in its labels."""
    from PySide6.QtWidgets import QLabel

    return "\n".join(each.text() for each in widget.findChildren(QLabel))


# --- Settings -------------------------------------------------------------------------------------


def test_settings_say_nothing_of_it_where_nothing_is_set(page: Callable[..., Any]) -> None:
    assert page("settings").findChildren(AdministeredCard) == []


def test_settings_say_what_is_set_and_whom_to_ask(
    set_policy: Callable[[str], Path], page: Callable[..., Any]
) -> None:
    file = set_policy(WHOLE)
    (card,) = page("settings").findChildren(AdministeredCard)
    said = texts(card)
    assert "Ask the ICT service desk, extension 1234 about it." in said
    assert "after 12 minutes at most" in said
    assert said.count("switched off") == 4
    assert str(file) in said
    assert card.troubles == []
    assert access.unnamed_widgets(card) == []


def test_settings_say_what_was_not_understood(set_policy, page) -> None:
    set_policy("[security]\nkeychain = 'no'")
    (card,) = page("settings").findChildren(AdministeredCard)
    assert [each.text() for each in card.troubles] == [
        "security.keychain is true or false. It is taken as false."
    ]
    assert "not kept" in texts(card)


def test_an_empty_file_says_that_it_sets_nothing(set_policy, page) -> None:
    set_policy("# nothing yet")
    (card,) = page("settings").findChildren(AdministeredCard)
    assert "The file sets nothing." in texts(card)


# --- Safekeeping ----------------------------------------------------------------------------------


@pytest.fixture
def keychain(monkeypatch: pytest.MonkeyPatch) -> Any:
    return keychains.put_in(monkeypatch)


def test_never_cannot_be_chosen_and_the_longest_is_the_councils(
    set_policy, page, desk: Desk, keychain, settled
) -> None:
    set_policy(WHOLE)
    part = page("safekeeping").part("protection")
    settled()
    offered = {button.accessibleName() for button in part.minutes._buttons.values()}
    assert offered == {f"Lock it when left alone for: {each} minutes" for each in (5, 10, 12)}
    assert f"Set by {SET_BY}: 12 minutes at most." in texts(part)
    part.minutes.button(12).click()
    assert desk.settings.locks_after == 12
    assert part.minutes.button(12).isChecked()
    desk.prefer(Settings(lock_minutes=0))
    assert part.minutes.button(12).isChecked()


def test_the_lock_goes_by_what_holds(set_policy, page, desk: Desk, keychain, settled) -> None:
    part = page("safekeeping").part("protection")
    settled()
    assert set(part.minutes._buttons) == set(LOCK_MINUTES)
    assert SET_BY not in texts(part)


def test_a_passphrase_cannot_be_taken_away_nor_remembered(
    set_policy, store: Store, desk: Desk, page, keychain, settled
) -> None:
    from apprentice_desk.records.keys import fresh_key
    from apprentice_desk.safekeeping import vault

    key = fresh_key("copper lantern meadow")

    def convert() -> Any:
        vault.protect(Path(store.location), None, key)
        return key

    store.exchange(convert)
    set_policy(WHOLE)
    part = page("safekeeping").part("protection")
    settled()
    assert part.remove.isVisible()
    assert not part.remove.isEnabled()
    assert part.change.isEnabled()
    assert (
        part._why_not.text() == f"Set by {SET_BY}: every desk on this computer needs a passphrase."
    )
    assert not part.remember.isEnabled()
    assert f"Switched off by {SET_BY}" in part._remember_words.text()


def test_the_second_place_is_the_councils(set_policy, desk: Desk, page, settled) -> None:
    set_policy(WHOLE)
    part = page("safekeeping").part("backups")
    settled()
    assert part.second.text() == (
        f"Every copy is made in {BACKUPS} too. Set by {SET_BY}. It cannot be reached just now."
    )
    assert part.choose.isHidden()
    assert part.without.isHidden()


# --- what is switched off -------------------------------------------------------------------------


def test_no_list_is_saved_printed_or_copied(set_policy, page, settled, qtbot) -> None:
    set_policy(WHOLE)
    opened = page("apprentices")
    settled()
    assert not any(action.isEnabled() for action in opened.saver.all)
    button = opened.saver.button()
    assert [each.text() for each in button.menu().actions()] == [OFF]
    opened = page("safekeeping")
    opened.show_part("history")
    history = opened.part("history")
    qtbot.waitUntil(lambda: bool(history._rows))
    assert history.save_all.isHidden()


@pytest.mark.parametrize(("name", "part"), [("placements", "files"), ("wording", "packs")])
def test_a_menu_of_what_is_switched_off_says_so_and_leads_to_settings(
    set_policy, page, desk: Desk, name, part
) -> None:
    assert OFF not in {each.text() for each in getattr(page(name), part).menu().actions()}
    set_policy(WHOLE)
    (line,) = getattr(page(name), part).menu().actions()
    asked: list[Any] = []
    desk.asked_to_go.connect(asked.append)
    assert line.text() == OFF
    line.trigger()
    assert asked == [OpenPage("settings")]


def test_no_file_of_places_is_offered_where_there_is_none_yet(set_policy, page, settled) -> None:
    set_policy(WHOLE)
    opened = page("placements")
    settled()
    assert "switched off" in texts(opened.elsewhere)
    assert "Import a file…" not in {each.text() for each in opened.findChildren(QPushButton)}


# --- before a desk is open ------------------------------------------------------------------------


def test_a_new_desk_cannot_do_without_a_passphrase(set_policy, theme: Theme, qtbot) -> None:
    def offered() -> tuple[set[str], str]:
        dialog = protection_dialog(None, theme, (), lambda _given: None)  # type: ignore[arg-type]
        qtbot.addWidget(dialog)
        return {each.text() for each in dialog.findChildren(QPushButton)}, texts(dialog)

    buttons, said = offered()
    assert WITHOUT in buttons
    assert SET_BY not in said
    set_policy(WHOLE)
    buttons, said = offered()
    assert WITHOUT not in buttons
    assert f"Set by {SET_BY}: every desk on this computer needs a passphrase." in said


def test_the_keychain_is_not_offered_when_a_desk_is_opened(set_policy, theme, qtbot) -> None:
    set_policy(WHOLE)
    asked = unlock_to_open(theme, Attempts(), "hackney.desk")
    qtbot.addWidget(asked)
    assert not asked.remember.isEnabled()
    asked.show_busy(True)
    asked.show_busy(False)
    assert not asked.remember.isEnabled()
    assert f"Switched off by {SET_BY}" in texts(asked)


def test_files_are_offered_where_the_council_says(set_policy, tmp_path, qtbot, qapp) -> None:
    from PySide6.QtWidgets import QWidget

    desks, exports = tmp_path / "desks", tmp_path / "exports"
    desks.mkdir()
    exports.mkdir()
    set_policy(f"[places]\ndesks = '{desks}'\nexports = '{exports}'")
    parent = QWidget()
    qtbot.addWidget(parent)
    dialog = files.ask_for_file(parent, "Save", "PDF", "pdf", "List", lambda _path: None)
    assert Path(dialog.directory().path()) == exports
    dialog.close()
    assert files.desks_folder() == str(desks)
    desks.rmdir()
    assert files.desks_folder() != str(desks), "a folder that is not there is not offered"


def test_a_desk_is_opened_and_made_where_the_council_says(
    set_policy, tmp_path, start, monkeypatch
) -> None:
    monkeypatch.setenv(settings.FOLDER_VARIABLE, str(tmp_path / "settings"))
    set_policy(f"[places]\ndesks = '{tmp_path}'")
    asking = start().opener.asking
    for ask in (
        lambda: asking.which_desk(lambda _path: None),
        lambda: asking.where("hackney", lambda _path: None),
    ):
        ask()
        dialog = asking._dialog
        assert isinstance(dialog, QFileDialog)
        assert Path(dialog.directory().path()) == tmp_path
        dialog.close()


# --- the whole program ----------------------------------------------------------------------------


@pytest.fixture
def real_desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A desk of a real borough without a passphrase, made before anything was set."""
    from apprentice_desk.commands.desks import find_borough, make_desk

    monkeypatch.setenv(settings.FOLDER_VARIABLE, str(tmp_path / "settings"))
    path = tmp_path / "hackney.desk"
    make_desk(path, find_borough("Hackney"), "Digital").close()
    return path


def said_by(program: Any) -> list[str]:
    return [str(each) for each in program.messages.said]


def test_a_desk_without_a_passphrase_is_asked_to_get_one(
    set_policy, real_desk, start, qtbot
) -> None:
    set_policy("[security]\npassphrase_for_new_desks = true")
    program = start(str(real_desk))
    assert any("This one has none." in each for each in said_by(program))


def test_a_desk_that_has_one_is_not(set_policy, real_desk, start, keychain) -> None:
    from apprentice_desk.safekeeping import keychain as kept

    kept.remember(real_desk, encrypt(real_desk))
    set_policy("[security]\npassphrase_for_new_desks = true")
    program = start(str(real_desk))
    assert program.window.desk is not None
    assert not any("This one has none." in each for each in said_by(program))


def test_the_lock_of_the_window_takes_what_holds(set_policy, real_desk, start, qtbot) -> None:
    settings.save(Settings(lock_minutes=0))
    set_policy("[security]\nlock_after_minutes = 12")
    program = start(str(real_desk))
    qtbot.waitUntil(lambda: program.window.locking is not None)
    assert program.window.locking.person._minutes == 12


def test_the_log_tells_how_much_is_set_and_not_what(set_policy, real_desk, start) -> None:
    set_policy("contact = 'Ann'\n[security]\nkeychain = 'no'")
    program = start(str(real_desk))
    told = [line for line in program.noticing.log.lines() if line.event is Event.POLICY]
    assert [line.facts for line in told] == ["settings=1 not_understood=1"]


def test_a_stick_that_cannot_be_written_to_is_said_once_the_window_is_there(
    real_desk, start, monkeypatch, tmp_path
) -> None:
    stick = tmp_path / "stick"
    stick.touch()  # a file is no folder: nothing can be written in it, whoever asks
    monkeypatch.setattr(portable, "folder", lambda: stick)
    program = start(str(real_desk))
    assert any("forgotten when you close it" in each for each in said_by(program))


def test_a_desk_where_nothing_can_be_written_is_offered_to_read(real_desk, start, qtbot) -> None:
    real_desk.with_name(f"{real_desk.name}.lock").mkdir()  # no lock can be put there, by nobody
    program = start(str(real_desk))
    refused = program.messages.said[-1]
    assert "cannot be opened for changes" in refused.text
    assert refused.action_text == "Open to read only"
    refused.action()
    qtbot.waitUntil(lambda: program.window.desk is not None)
    assert program.window.desk.store.is_read_only


def test_the_sample_that_cannot_be_made_is_said_in_words(monkeypatch, tmp_path) -> None:
    from apprentice_desk.commands.opening import sample_desk
    from apprentice_desk.domain.problems import Problem

    (tmp_path / "settings").touch()
    monkeypatch.setenv(settings.FOLDER_VARIABLE, str(tmp_path / "settings"))
    with pytest.raises(Problem, match="The sample desk cannot be made"):
        sample_desk(NovemberClock())
