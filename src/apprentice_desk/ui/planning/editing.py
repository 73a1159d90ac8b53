"""Adding and changing one record: the form, its draft, and two versions to choose from."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from PySide6.QtWidgets import QWidget

from apprentice_desk.domain.findings import Finding, refuses
from apprentice_desk.domain.problems import Conflict
from apprentice_desk.ui.desk import Desk
from apprentice_desk.ui.destinations import Destination
from apprentice_desk.ui.kit.conflicts import ConflictDialog, differences
from apprentice_desk.ui.kit.dialogs import FormDialog
from apprentice_desk.ui.kit.fields import Field
from apprentice_desk.ui.kit.forms import Form

_WIDE = 150


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of record: its fields, its checks, and where a half-done form is found again.

    *thing* is one of them in words.
    """

    thing: str
    fields: Sequence[Field]
    details_class: type
    check: Callable[[Any], list[Finding]]
    place: Destination


def add(
    desk: Desk,
    kind: Kind,
    blank: Any,
    title: str,
    key: str,
    save: Callable[[Any, Any], object],
    page: QWidget,
    *,
    label: Callable[[Any], str],
    confirm: str = "",
) -> FormDialog:
    """Open the form of a new record; *save* is given the session and what was typed.

    *label* says in words what is done, *key* names the draft.
    """

    def act(given: Any) -> list[Finding]:
        found = kind.check(given)
        if refuses(found):
            return found
        with desk.change(label(given)) as session:
            save(session, given)
        return []

    form = _form(desk, kind)
    form.show_details(blank)
    return _open(desk, kind, form, title, confirm or f"Add {kind.thing}", act, key, page,
                 is_new=True)  # fmt: skip


class Editing:
    """One form on one record, with what was read when it opened."""

    def __init__(
        self,
        desk: Desk,
        kind: Kind,
        original: Any,
        changed_in: int,
        title: str,
        key: str,
        correct: Callable[[Any, Any, int], object],
        page: QWidget,
        *,
        label: Callable[[Any], str],
    ) -> None:
        self._desk = desk
        self._kind = kind
        self._original = original
        self._changed_in = changed_in
        self._correct = correct
        self._label = label
        self.form = _form(desk, kind)
        self.form.show_details(original)
        self.dialog = _open(desk, kind, self.form, title, "Save", self._save, key, page,
                            is_new=False)  # fmt: skip

    def _save(self, given: Any) -> list[Finding]:
        found = self._kind.check(given)
        if refuses(found):
            return found
        try:
            with self._desk.change(self._label(given)) as session:
                self._correct(session, given, self._changed_in)
        except Conflict as conflict:
            if conflict.theirs is None or conflict.stamp is None:
                raise
            if given == conflict.theirs:  # what is typed is there already
                return []
            self._ask_which(given, conflict.theirs, conflict.stamp)
            raise
        return []

    def _ask_which(self, mine: Any, theirs: Any, stamp: int) -> None:
        found = differences(self.form.fields, mine, theirs, self._original)
        asked = ConflictDialog(
            found,
            f"This {self._kind.thing} was changed by somebody else while you were editing. Choose,"
            " line by line, what to keep.",
            self._desk.theme,
            self.dialog,
        )

        def take(kept: frozenset[str]) -> None:
            # A third version, made while this question stands, is asked about again.
            self._original, self._changed_in = theirs, stamp
            self.form.show_details(theirs)
            chosen = replace(theirs, **{name: getattr(mine, name) for name in kept})
            for field in self.form.fields:
                self.form.set_value(field.name, getattr(chosen, field.name))
            self.dialog.panel.submit()

        asked.chosen.connect(take)
        asked.open()


def _form(desk: Desk, kind: Kind) -> Form:
    return Form(kind.fields, kind.details_class, desk.theme, today=desk.clock.today())


def _open(
    desk: Desk,
    kind: Kind,
    form: Form,
    title: str,
    confirm: str,
    save: Callable[[Any], list[Finding]],
    key: str,
    page: QWidget,
    *,
    is_new: bool,
) -> FormDialog:
    draft = desk.draft(key, title, kind.place, is_new=is_new)
    dialog = FormDialog(form, title, confirm, save, desk.theme, page, draft=draft)
    room = dialog.screen().availableSize()
    dialog.resize(min(desk.theme.space(_WIDE), room.width()), dialog.height())
    dialog.open()
    return dialog
