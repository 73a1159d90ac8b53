"""Beginning one document for several apprentices: which type it is to be."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from PySide6.QtWidgets import QWidget

from apprentice_desk.documents.wording import library
from apprentice_desk.domain.needs import counted
from apprentice_desk.domain.problems import Problem
from apprentice_desk.domain.vocabulary import SubjectKind
from apprentice_desk.ui.desk import Desk
from apprentice_desk.ui.destinations import MakeDocument
from apprentice_desk.ui.kit.dialogs import FormDialog
from apprentice_desk.ui.kit.fields import Field
from apprentice_desk.ui.kit.forms import Form


@dataclass(frozen=True, slots=True)
class _Begun:
    """What the dialog asks."""

    type_id: str | None = None


def begin_for_several(
    desk: Desk, parent: QWidget, apprenticeships: Sequence[UUID]
) -> FormDialog | None:
    """Ask which document *apprenticeships* are to have, and go there; returns the open dialog.

    None where the wording cannot be read, which is said.
    """
    try:
        types = library().newest_types
    except Problem as problem:
        desk.messages.problem(problem)
        return None
    offered = {each.id: each for each in types if each.subject is SubjectKind.APPRENTICESHIP}
    form = Form(
        (
            Field(
                "type_id", "Document", "choice", required=True,
                choices=tuple((each.id, each.name) for each in offered.values()), width=44,
                help="What is asked is asked once; each gets pages of their own.",
            ),
        ),
        _Begun,
        desk.theme,
    )  # fmt: skip

    def on_edited() -> None:
        chosen = offered.get(form.value("type_id") or "")
        if chosen is not None:
            form.set_help("type_id", chosen.summary)

    def go(begun: Any) -> None:
        first, *others = apprenticeships
        kind = SubjectKind.APPRENTICESHIP.value
        desk.go(MakeDocument(begun.type_id, kind, first, tuple(others)))

    form.edited.connect(on_edited)
    dialog = FormDialog(
        form, f"New document for {counted(len(apprenticeships), 'apprentice')}", "Begin",
        lambda _begun: (), desk.theme, parent, wide=120,
    )  # fmt: skip
    dialog.saved.connect(go)
    dialog.open()
    return dialog
