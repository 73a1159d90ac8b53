"""Adding, changing and removing one record: the form, its conflicts and the question before."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any
from uuid import UUID

from PySide6.QtWidgets import QWidget

from apprentice_desk.domain.findings import Finding, refuses
from apprentice_desk.domain.problems import Conflict
from apprentice_desk.ui.kit.conflicts import ConflictDialog, differences
from apprentice_desk.ui.kit.dialogs import FormDialog, Question, ask
from apprentice_desk.ui.recording.kind import Kind, Shown

_WIDE = 180
"""The width of a form in quarters: a choice and two buttons stand beside each other."""


def add(kind: Kind, page: QWidget, added: Callable[[UUID], object]) -> FormDialog:
    """Open the form of a new record; *added* hears of its key."""
    form = kind.form()
    form.show_details(kind.blank())

    def save(given: Any) -> list[Finding]:
        found = kind.check(given, None)
        if refuses(found):
            return found
        with kind.desk.change(f"Add {kind.named(given)}") as session:
            made = kind.add(session, given)
        added(made)
        return []

    return _open(form, f"Add {kind.a_thing}", f"Add {kind.thing}", save, kind, page, None)


def change(kind: Kind, shown: Shown, page: QWidget, field: str = "") -> FormDialog | None:
    """Open the form of a record, at *field* where one is named; None when the record is gone."""
    try:
        editing = _Editing(kind, shown, page)
    except Conflict as gone:
        kind.desk.messages.problem(gone)
        return None
    if field in {known.name for known in editing.form.fields}:
        editing.form.focus(field)
    return editing.dialog


def remove(
    kind: Kind, shown: Shown, page: QWidget, removed: Callable[[], object]
) -> Question | None:
    """Ask before a record is taken out of the desk; *removed* is told when it is."""
    desk = kind.desk
    try:
        named = kind.named(desk.store.read(kind.details, shown.id))
    except Conflict as gone:
        desk.messages.problem(gone)
        return None

    def act() -> None:
        with desk.change(f"Remove {named}") as session:
            kind.remove(session, shown.id)
        removed()

    return ask(
        page,
        desk.theme,
        f"Remove {named}?",
        kind.what_removing_means(shown),
        f"Remove {kind.thing}",
        lambda: desk.attempt(act),
        danger=True,
    )


class _Editing:
    """One form on one record, with what was read when it opened.

    A record that holds something else when it is saved was changed by somebody else: the person
    chooses field by field.
    """

    def __init__(self, kind: Kind, shown: Shown, page: QWidget) -> None:
        self._kind = kind
        self._id = shown.id
        self._original = kind.desk.store.read(kind.details, shown.id)
        self.form = kind.form()
        self.form.show_details(self._original)
        named = kind.named(self._original)
        self.dialog = _open(self.form, f"Change {named}", "Save", self._save, kind, page, shown.id)

    def _save(self, given: Any) -> list[Finding]:
        kind = self._kind
        found = kind.check(given, self._id)
        if refuses(found):
            return found
        try:
            with kind.desk.change(f"Change {kind.named(given)}") as session:
                theirs = kind.details(session, self._id)
                if theirs != self._original:
                    raise Conflict(
                        f"This {kind.thing} was changed by somebody else while you were editing.",
                        "Compare the two versions and choose what to keep.",
                        mine=given,
                        theirs=theirs,
                    )
                kind.correct(session, self._id, given)
        except Conflict as conflict:
            if conflict.theirs is None:
                raise
            if given == conflict.theirs:  # what is typed is there already
                return []
            self._ask_which(given, conflict.theirs)
            raise
        return []

    def _ask_which(self, mine: Any, theirs: Any) -> None:
        found = differences(self.form.fields, mine, theirs, self._original)
        ask_which = ConflictDialog(
            found,
            f"This {self._kind.thing} was changed by somebody else while you were editing. Choose,"
            " line by line, what to keep.",
            self._kind.desk.theme,
            self.dialog,
        )

        def take(kept: frozenset[str]) -> None:
            # A third version, made while this question stands, is asked about again.
            self._original = theirs
            self.form.show_details(theirs)
            chosen = replace(theirs, **{name: getattr(mine, name) for name in kept})
            for field in self.form.fields:
                self.form.set_value(field.name, getattr(chosen, field.name))
            self.dialog.panel.submit()

        ask_which.chosen.connect(take)
        ask_which.open()


def _open(
    form: Any,
    title: str,
    confirm: str,
    save: Callable[[Any], Any],
    kind: Kind,
    page: QWidget,
    record_id: UUID | None,
) -> FormDialog:
    desk = kind.desk
    field = form.fields[0].name if record_id is not None else ""
    draft = desk.draft(
        f"{kind.name}:{record_id or 'new'}",
        title,
        kind.destination(record_id, field),
        is_new=record_id is None,
    )
    dialog = FormDialog(form, title, confirm, save, desk.theme, page, draft=draft, wide=_WIDE)
    dialog.open()
    return dialog
