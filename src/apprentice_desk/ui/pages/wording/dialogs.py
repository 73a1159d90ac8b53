"""What is asked before a clause begins, and before one is put in force."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from uuid import UUID

from PySide6.QtWidgets import QWidget

from apprentice_desk.documents import own_wording
from apprentice_desk.documents.placing import parts_of
from apprentice_desk.documents.wording import Library
from apprentice_desk.domain.findings import Finding, Level, Place
from apprentice_desk.domain.own_wording import Approval, check_approval
from apprentice_desk.ui.desk import Desk
from apprentice_desk.ui.destinations import WriteClause
from apprentice_desk.ui.kit.dialogs import FormDialog
from apprentice_desk.ui.kit.fields import Field
from apprentice_desk.ui.kit.forms import Form


@dataclass(frozen=True, slots=True)
class _Approving:
    """What the dialog asks."""

    by: str | None = None
    job_title: str | None = None
    is_read: bool = False
    is_alone: bool = False


_APPROVING = (
    Field("by", "Approved by", required=True, help="The person's name, as documents say it."),
    Field("job_title", "Job title", required=True),
    Field("is_read", "They have read it as it stands", "tick"),
    Field(
        "is_alone",
        "Nobody else can approve it",
        "tick",
        help="Two people are expected: one writes, another approves. Tick this where they wrote it"
        " themselves; it stays on record.",
    ),
)


def ask_to_approve(
    desk: Desk,
    parent: QWidget,
    wording_id: UUID,
    title: str,
    written_by: str,
    changed_in: int,
    then: Callable[[], object],
) -> FormDialog:
    """Ask who approves a draft, and put it in force; *then* is done once it is."""

    def save(details: _Approving) -> Sequence[Finding] | None:
        approval = Approval(
            details.by or "",
            details.job_title or "",
            desk.clock.today(),
            is_read=details.is_read,
            is_alone=details.is_alone,
        )
        if found := check_approval(approval, written_by):
            return found
        with desk.change(f"Approve “{title}”") as session:
            own_wording.approve(session, wording_id, approval, changed_in=changed_in)
        return None

    form = Form(_APPROVING, _Approving, desk.theme, today=desk.clock.today())
    dialog = FormDialog(form, f"Approve “{title}”", "Approve", save, desk.theme, parent, wide=120)
    dialog.saved.connect(lambda _details: then())
    dialog.open()
    return dialog


@dataclass(frozen=True, slots=True)
class _Beginning:
    """What the dialog asks."""

    title: str | None = None
    joins: str | None = None
    follows: str | None = None


class AddClause:
    """Asks what a new clause is called and where it stands, and goes to write it.

    The clauses that it can follow are those of the chosen type.
    """

    def __init__(self, desk: Desk, parent: QWidget, library: Library) -> None:
        self._desk, self._library = desk, library
        self._shown: str | None = None
        types = library.newest_types
        fields = (
            Field("title", "Title of the clause", required=True),
            Field(
                "joins", "Document that it joins", "choice", required=True,
                choices=tuple((each.id, each.name) for each in types), width=44,
            ),
            Field("follows", "Behind the clause", "search", required=True, width=60),
        )  # fmt: skip
        self._form = Form(fields, _Beginning, desk.theme)
        self._form.edited.connect(self._on_edited)
        self.dialog = FormDialog(
            self._form, "Add a clause", "Begin to write", self._begin, desk.theme, parent, wide=120
        )
        self.dialog.saved.connect(self._go)
        self._on_edited()

    def _on_edited(self) -> None:
        joins: str | None = self._form.value("joins")
        if joins == self._shown and self._shown is not None:
            return
        self._shown = joins or ""
        self._form.set_choices("follows", self._clauses(joins))

    def _clauses(self, type_id: str | None) -> tuple[tuple[str, str], ...]:
        if type_id is None:
            return ()
        parts = parts_of(self._library, self._library.type_of(type_id), is_whole=False)
        return tuple(
            (each.replaces or each.id, f"{each.title} ({each.replaces or each.id})")
            for _, clauses in parts
            for each in clauses
        )

    def _begin(self, details: _Beginning) -> Sequence[Finding] | None:
        if details.follows not in dict(self._clauses(details.joins)):
            missing = Place(field="follows")
            return [Finding(Level.ROW, "OW007", "Choose the clause that it follows.", "", missing)]
        return None

    def _go(self, details: _Beginning) -> None:
        go = partial(self._desk.go)
        go(
            WriteClause(
                title=details.title or "",
                joins=details.joins or "",
                follows=details.follows or "",
            )
        )
