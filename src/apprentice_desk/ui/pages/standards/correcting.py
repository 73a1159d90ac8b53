"""Correcting a version: its form, and two texts to choose from where somebody else changed it."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QWidget

from apprentice_desk.domain.findings import Finding, refuses
from apprentice_desk.domain.problems import Conflict
from apprentice_desk.domain.standards_choosing import (
    LISTS,
    LineChoice,
    choose_lines,
    line_choices,
)
from apprentice_desk.domain.standards_text import VersionText, write_version
from apprentice_desk.records import standard_versions
from apprentice_desk.records.standard_versions import HeldVersion
from apprentice_desk.ui.desk import Desk
from apprentice_desk.ui.destinations import OpenPage
from apprentice_desk.ui.kit.conflicts import ConflictDialog, Difference, differences
from apprentice_desk.ui.kit.dialogs import FormDialog
from apprentice_desk.ui.kit.fields import Field
from apprentice_desk.ui.pages.standards.form import VersionForm, version_of

_NOT_THERE = "not there"


class Correcting:
    """One form on one version, with what was read when it opened.

    Where somebody else changed it meanwhile the person chooses, of the lists line by line.
    """

    def __init__(self, desk: Desk, form: VersionForm, held: HeldVersion, page: QWidget) -> None:
        self._desk = desk
        self._held = held
        self.form = form
        form.open_with(write_version(held.details))
        name = held.details.name
        self.dialog = FormDialog(
            form, f"Correct {name}", "Save", self._save, desk.theme, page,
            draft=desk.draft(
                f"standard version:{held.id}", f"Correct {name}", OpenPage("standards")
            ),
        )  # fmt: skip
        self.dialog.open()

    def _save(self, text: VersionText) -> list[Finding]:
        held = self._held
        details, found = version_of(text, held.details)
        if refuses(found):
            return found
        try:
            with self._desk.change(f"Correct {held.details.name}") as session:
                standard_versions.correct_version(session, held.id, details, held.stamp)
        except Conflict as conflict:
            theirs = conflict.theirs
            if not isinstance(theirs, HeldVersion):
                raise
            mine = write_version(details)
            asked = _differences(
                self.form.fields, mine, write_version(theirs.details), write_version(held.details)
            )
            if not asked:  # what is typed is there already
                return []
            self._ask_which(mine, theirs, asked)
            raise
        return []

    def _ask_which(
        self, mine: VersionText, theirs: HeldVersion, found: Sequence[Difference]
    ) -> None:
        asked = ConflictDialog(
            found,
            f"{theirs.details.name} was changed by somebody else while you were editing. Choose,"
            " line by line, what to keep.",
            self._desk.theme,
            self.dialog,
        )

        def take(kept: frozenset[str]) -> None:
            # A third version, made while this question stands, is asked about again.
            self._held = theirs
            saved = write_version(theirs.details)
            self.form.open_with(saved)
            chosen = choose_lines(mine, saved, kept)
            for field in self.form.fields:
                self.form.set_value(field.name, getattr(chosen, field.name))
            self.dialog.panel.submit()

        asked.chosen.connect(take)
        asked.open()


def _differences(
    fields: Sequence[Field], mine: VersionText, theirs: VersionText, original: VersionText
) -> tuple[Difference, ...]:
    """Return what to choose between, in the order of the form."""
    lines = line_choices(mine, theirs, original)
    found: list[Difference] = []
    for field in fields:
        if field.name in LISTS:
            found += [_difference(line) for line in lines if line.field == field.name]
        else:
            found += differences((field,), mine, theirs, original)
    return tuple(found)


def _difference(line: LineChoice) -> Difference:
    mine, theirs = (_NOT_THERE if each is None else each for each in (line.mine, line.theirs))
    return Difference(Field(line.name, line.about), mine, theirs, line.is_mine)
