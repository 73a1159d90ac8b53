"""Which apprentice, or which procurement, the checklist of a guide is put on."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from PySide6.QtWidgets import QWidget

from apprentice_desk.domain.guides import GoesOn, Guide
from apprentice_desk.records import guide_checklists
from apprentice_desk.records.procurement_overview import procurement_overviews
from apprentice_desk.records.standing import apprentice_rows
from apprentice_desk.ui.desk import Desk
from apprentice_desk.ui.destinations import OpenGuide, OpenProcurement, OpenRecord
from apprentice_desk.ui.guiding.guides_here import PART
from apprentice_desk.ui.kit.dialogs import FormDialog
from apprentice_desk.ui.kit.fields import Field
from apprentice_desk.ui.kit.forms import Form
from apprentice_desk.ui.people_list import people_lines

_LABELS = {GoesOn.APPRENTICE: "Apprentice", GoesOn.PROCUREMENT: "Procurement"}
_WIDE = 110


@dataclass(frozen=True, slots=True)
class PutOnDetails:
    """What it is put on."""

    key: UUID | None = None


class PuttingOn:
    """The dialog that asks; once it is saved, the checklist is shown where it was put."""

    def __init__(self, desk: Desk, guide: Guide, parent: QWidget) -> None:
        self._desk, self._guide = desk, guide
        self._choices = self._all()
        field = Field(
            "key", _LABELS[guide.goes_on], "search", required=True, width=50,
            choices=tuple(self._choices.items()),
            help="" if self._choices else "There is none in this desk yet.",
        )  # fmt: skip
        form = Form((field,), PutOnDetails, desk.theme)
        form.show_details(PutOnDetails())
        title = f"Put “{guide.title}” on"
        self.dialog = FormDialog(
            form, title, "Put it on", self._save, desk.theme, parent, wide=_WIDE,
            draft=desk.draft(f"guide:{guide.name}", title, OpenGuide(guide.name), is_new=True),
        )  # fmt: skip
        self.dialog.saved.connect(self._show)
        self.dialog.open()

    def _all(self) -> dict[UUID, str]:
        """Return what it can be put on, by key: one's own apprentices first."""
        desk = self._desk
        if self._guide.goes_on is GoesOn.PROCUREMENT:
            found = desk.store.read(procurement_overviews)
            return {
                each.id: f"{each.details.reference}  {each.details.title}".strip() for each in found
            }
        rows = desk.store.read(
            apprentice_rows,
            desk.clock.today(),
            desk.lists.hours_rules,
            desk.lists.role_families,
        )
        lines = people_lines(rows, desk)
        return {each.id: " · ".join(filter(None, (each.name, each.standard))) for each in lines}

    def _save(self, details: PutOnDetails) -> None:
        key, guide, desk = details.key, self._guide, self._desk
        assert key is not None  # the form asks for it
        called = self._choices[key].split("  ")[0].split(" · ")[0]
        with desk.change(f"Put “{guide.title}” on {called}") as session:
            guide_checklists.put_on(
                session, guide.name, guide.goes_on, key, desk.clock.today(), desk.settings.my_name
            )

    def _show(self, details: PutOnDetails) -> None:
        key, guide = details.key, self._guide
        assert key is not None
        if guide.goes_on is GoesOn.PROCUREMENT:
            self._desk.go(OpenProcurement(key, PART))
        else:
            self._desk.go(OpenRecord(key, PART, item=guide.name))
