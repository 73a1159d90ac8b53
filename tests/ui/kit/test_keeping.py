"""A form that is left half-done: kept as typed, offered again, never put over something newer."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from apprentice_desk.domain.problems import Problem
from apprentice_desk.drafts import Drafts
from apprentice_desk.ui.kit import access
from apprentice_desk.ui.kit.dialogs import FormPanel, Question
from apprentice_desk.ui.kit.fields import Field
from apprentice_desk.ui.kit.forms import Form
from apprentice_desk.ui.kit.keeping import DraftSpot, Keeper, when

NOW = datetime(2026, 11, 24, 9, 12, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Details:
    name: str = ""
    note: str = ""
    on: date | None = None
    price: Decimal | None = None
    kind: str | None = None
    home: str | None = None
    known: bool | None = None
    is_sure: bool = False


FIELDS = (
    Field("name", "Name"),
    Field("note", "Note", kind="long text"),
    Field("on", "Day", kind="date"),
    Field("price", "Price", kind="money"),
    Field("kind", "Kind", kind="choice", choices=(("a", "Apple"), ("b", "Pear"))),
    Field("home", "Home", kind="search", choices=(("H", "Hackney"), ("B", "Barnet"))),
    Field("known", "Known", kind="yes-no"),
    Field("is_sure", "Sure", kind="tick"),
)
TYPED = {
    "name": "Ada Ob",
    "note": "One\ntwo",
    "on": "31 Febr",
    "price": "12.5",
    "kind": "Pear",
    "home": "Barn",
    "known": "No",
    "is_sure": "Yes",
}


@pytest.fixture
def kept(tmp_path: Path) -> Iterator[Drafts]:
    made = Drafts(tmp_path / "a.desk.drafts", "priya")
    yield made
    made.close()


def spot(kept: Drafts, key: str = "thing:1", *, is_new: bool = False, complain: Any = None) -> Any:
    return DraftSpot(kept, key, "Change a thing", lambda: NOW, complain or (lambda _p: None),
                     is_new=is_new)  # fmt: skip


def form_of(qtbot: Any, theme: Any, details: Details) -> Form:
    form = Form(FIELDS, Details, theme)
    qtbot.addWidget(form)
    form.show_details(details)
    form.show()
    return form


def left_half_done(
    qtbot: Any,
    theme: Any,
    kept: Drafts,
    shown: Details,
    typed: dict[str, str],
    key: str = "thing:1",
) -> None:
    """Type into a form and let it go down with its window."""
    form = form_of(qtbot, theme, shown)
    Keeper(form, spot(kept, key), theme).setParent(form)
    form.type_in(typed)
    qtbot.waitUntil(lambda: kept.of(key) is not None)
    form.hide()
    form.deleteLater()
    kept._begun.clear()  # the next one is another program


def test_every_kind_of_field_comes_back_as_it_was_typed_readable_or_not(
    qtbot: Any, theme: Any, kept: Drafts
) -> None:
    left_half_done(qtbot, theme, kept, Details(), TYPED)
    form = form_of(qtbot, theme, Details())
    keeper = Keeper(form, spot(kept), theme)
    assert not form.has_unsaved_changes, "nothing is put back by itself"
    assert keeper.offer is not None
    keeper.offer.back.click()
    assert form.typed() == TYPED
    assert form.has_unsaved_changes
    assert keeper.offer is None
    assert kept.of("thing:1") is not None, "it is half-done still"


def test_the_offer_is_dropped_with_one_press(qtbot: Any, theme: Any, kept: Drafts) -> None:
    left_half_done(qtbot, theme, kept, Details(), {"name": "Ada"})
    form = form_of(qtbot, theme, Details())
    keeper = Keeper(form, spot(kept), theme)
    assert keeper.offer is not None
    QTest.keyClick(keeper.offer.away, Qt.Key.Key_Space)
    assert kept.waiting() == ()
    assert keeper.offer is None
    assert form.typed()["name"] == ""


def test_the_offer_can_be_reached_first_and_says_when(qtbot: Any, theme: Any, kept: Drafts) -> None:
    left_half_done(qtbot, theme, kept, Details(), {"name": "Ada"})
    form = form_of(qtbot, theme, Details())
    keeper = Keeper(form, spot(kept), theme)
    offer = keeper.offer
    assert offer is not None
    assert "half-done on 24 Nov 2026 at " in offer.accessibleName()
    qtbot.waitUntil(offer.isVisible)
    assert access.tab_chain(form)[:3] == [offer.back, offer.away, form.input("name").target]


def test_what_was_saved_meanwhile_is_asked_about_line_by_line(
    qtbot: Any, theme: Any, kept: Drafts
) -> None:
    before = Details(name="Ada", note="old", price=Decimal(10))
    left_half_done(qtbot, theme, kept, before, {"name": "Adaeze", "note": "mine"})
    now = Details(name="Ada", note="theirs", price=Decimal(99))
    form = form_of(qtbot, theme, now)
    keeper = Keeper(form, spot(kept), theme)
    keeper.put_back()
    assert form.typed()["note"] == "theirs"
    assert form.typed()["name"] == "Ada", "nothing yet: turning back leaves it all as it is"
    question = keeper.question
    assert question is not None
    assert list(question.mine) == ["note"]
    assert not question.mine["note"].isChecked(), "what is newer is proposed"
    question.chosen.emit(frozenset())
    question.reject()
    assert form.typed()["name"] == "Adaeze"
    assert form.typed()["note"] == "theirs"
    assert form.details().price == Decimal(99), "what I never touched is as it was saved"


def test_mine_is_put_back_over_what_is_newer_only_where_it_was_chosen(
    qtbot: Any, theme: Any, kept: Drafts
) -> None:
    left_half_done(qtbot, theme, kept, Details(note="old"), {"note": "mine"})
    form = form_of(qtbot, theme, Details(note="theirs"))
    keeper = Keeper(form, spot(kept), theme)
    keeper.put_back()
    assert keeper.question is not None
    keeper.question.chosen.emit(frozenset({"note"}))
    keeper.question.reject()
    assert form.typed()["note"] == "mine"


def test_what_was_typed_and_saved_by_another_alike_is_no_question(
    qtbot: Any, theme: Any, kept: Drafts
) -> None:
    left_half_done(qtbot, theme, kept, Details(note="old"), {"note": "same", "name": "Ada"})
    form = form_of(qtbot, theme, Details(note="same"))
    keeper = Keeper(form, spot(kept), theme)
    keeper.put_back()
    assert keeper.question is None
    assert form.typed()["name"] == "Ada"


def test_a_new_record_has_nothing_newer(qtbot: Any, theme: Any, kept: Drafts) -> None:
    left_half_done(qtbot, theme, kept, Details(on=date(2026, 11, 23)), {"on": "20/11/2026"})
    form = form_of(qtbot, theme, Details(on=date(2026, 11, 24)))
    keeper = Keeper(form, spot(kept, is_new=True), theme)
    keeper.put_back()
    assert keeper.question is None
    assert form.typed()["on"] == "20/11/2026"


def test_typing_beside_an_offer_is_kept_beside_it(qtbot: Any, theme: Any, kept: Drafts) -> None:
    left_half_done(qtbot, theme, kept, Details(), {"name": "First"})
    form = form_of(qtbot, theme, Details())
    keeper = Keeper(form, spot(kept), theme)
    form.type_in({"name": "Second"})
    qtbot.waitUntil(lambda: len(kept.waiting()) == 2)
    assert {draft.typed["name"] for draft in kept.waiting()} == {"First", "Second"}
    keeper.forget()
    assert [draft.typed["name"] for draft in kept.waiting()] == ["First"]


def test_two_that_were_left_are_offered_one_after_the_other(
    qtbot: Any, theme: Any, kept: Drafts
) -> None:
    left_half_done(qtbot, theme, kept, Details(), {"name": "First"})
    left_half_done(qtbot, theme, kept, Details(), {"name": "Second"}, key="thing:1+")
    form = form_of(qtbot, theme, Details())
    keeper = Keeper(form, spot(kept), theme)
    assert keeper.offer is not None
    assert keeper.offer.draft.typed["name"] == "First"
    keeper.drop()
    assert keeper.offer.draft.typed["name"] == "Second"
    keeper.drop()
    assert keeper.offer is None


def test_what_is_typed_back_to_as_it_was_is_forgotten(qtbot: Any, theme: Any, kept: Drafts) -> None:
    form = form_of(qtbot, theme, Details(name="Ada"))
    keeper = Keeper(form, spot(kept), theme)
    form.type_in({"name": "Adaeze"})
    keeper.keep()
    assert len(kept.waiting()) == 1
    form.type_in({"name": "Ada"})
    keeper.keep()
    assert kept.waiting() == ()


def panel_of(qtbot: Any, theme: Any, kept: Drafts, save: Any) -> FormPanel:
    form = Form(FIELDS, Details, theme)
    form.show_details(Details())
    panel = FormPanel(form, "Change a thing", "Save", save, theme, draft=spot(kept))
    qtbot.addWidget(panel)
    panel.show()
    form.type_in({"name": "Ada"})
    assert panel.keeper is not None
    panel.keeper.keep()
    return panel


def test_saving_forgets_it_and_failing_to_save_does_not(
    qtbot: Any, theme: Any, kept: Drafts
) -> None:
    problems: list[Problem] = [Problem("The disk is full.")]

    def save(_details: Details) -> None:
        if problems:
            raise problems.pop()

    panel = panel_of(qtbot, theme, kept, save)
    panel.submit()
    assert len(kept.waiting()) == 1
    panel.submit()
    assert kept.waiting() == ()


def test_leaving_without_saving_forgets_it(qtbot: Any, theme: Any, kept: Drafts) -> None:
    panel = panel_of(qtbot, theme, kept, lambda _details: None)
    panel.turn_back()
    (question,) = panel.findChildren(Question)
    assert len(kept.waiting()) == 1
    question.confirm.click()
    assert kept.waiting() == ()


def test_that_it_cannot_be_kept_is_said_once(qtbot: Any, theme: Any, tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"")
    kept = Drafts(tmp_path / "file" / "a.drafts", "priya")
    said: list[Problem] = []
    form = form_of(qtbot, theme, Details())
    keeper = Keeper(form, spot(kept, complain=said.append), theme)
    for name in ("A", "Ad", "Ada", "Adae"):
        form.type_in({"name": name})
        keeper.keep()
        kept.close()
    assert len(said) == 1
    assert "cannot be kept" in str(said[0])
    kept.close()


def test_a_time_that_makes_no_sense_is_some_time_ago() -> None:
    assert when("noon") == "some time ago"
