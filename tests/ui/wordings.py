"""What the tests of the pages of wording share: a clause of the borough's own, kept in the desk."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from PySide6.QtWidgets import QLabel

from apprentice_desk.domain.own_wording import Standing
from apprentice_desk.records.own_wording import wording_rows
from apprentice_desk.ui.desk import Desk
from documents.wordings import clause

FINE = clause(
    "xmp-parking", "Cars stand outside.", title="Parking", joins="order-form", follows="of-law",
)  # fmt: skip


def words_of(widget: Any) -> str:
    return " | ".join(each.text() for each in widget.findChildren(QLabel) if each.isVisible())


def keep(make: Any, file: dict[str, str] = FINE, **more: Any) -> UUID:
    ((named, text),) = file.items()
    key: UUID = make.wording(named, text, **more)
    return key


def statuses(desk: Desk) -> dict[str, Standing]:
    return {row.named: row.status for row in desk.store.read(wording_rows)}
