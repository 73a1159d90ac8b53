"""The form that asks before somebody is erased: what goes, what stays, and why."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QVBoxLayout, QWidget

from apprentice_desk.domain.calendar import show_day
from apprentice_desk.domain.findings import Finding, Level, Place
from apprentice_desk.domain.needs import listed
from apprentice_desk.domain.retention import Ground
from apprentice_desk.safekeeping import record_words
from apprentice_desk.safekeeping.erasing import Copies, Plan
from apprentice_desk.ui.desk import Desk
from apprentice_desk.ui.kit import access
from apprentice_desk.ui.kit.dialogs import FormDialog
from apprentice_desk.ui.kit.fields import Field
from apprentice_desk.ui.kit.forms import Form
from apprentice_desk.ui.kit.pieces import label

_MOST_NAMED = 6


@dataclass(frozen=True, slots=True)
class Asked:
    """What the form asks before somebody is erased."""

    ground: Ground | None = None
    note: str = ""
    elsewhere: bool = True
    is_sure: bool = False


def check(asked: Asked) -> list[Finding]:
    """Return what is missing before anything is erased."""
    findings = []
    if asked.ground is None:
        findings.append(
            Finding(Level.ROW, "RT004", "Choose why.", "It is kept with the day and your name.",
                    Place(field="ground"))
        )  # fmt: skip
    if not asked.is_sure:
        findings.append(
            Finding(Level.ROW, "RT005", "Tick that you have read what goes.",
                    "It cannot be undone.", Place(field="is_sure"))
        )  # fmt: skip
    return findings


def said_of(plan: Plan, copies: Copies) -> list[tuple[str, list[str]]]:
    """Return what goes, what stays and what else there is to know: headings with sentences."""
    goes = [record_words.counted(table, count) for table, count in plan.goes]
    parts = [
        ("What goes for good", [
            f"{_joined(goes)}, with their files, their history and the names in it."
        ]),
        ("What stays", _stays(plan)),
    ]  # fmt: skip
    elsewhere = _elsewhere(plan)
    if elsewhere:
        parts.append(("Where others name them", elsewhere))
    parts.append(("Backups", _copies(copies)))
    return parts


def _joined(parts: list[str]) -> str:
    text = f"{', '.join(parts[:-1])} and {parts[-1]}" if len(parts) > 1 else "".join(parts)
    return text[:1].upper() + text[1:]


def _stays(plan: Plan) -> list[str]:
    said = ["That something was erased: the day, who did it and why, without a name."]
    if plan.kind.is_person:
        said.append(
            "A count for returns: the standard, the contract and its price, and the quarters of"
            " start and end, under a code that leads to nobody."
        )
    if plan.payments:
        payments = record_words.counted("payment", plan.payments)
        said.append(f"{payments} under the contract, without the person.")
    return said


def _elsewhere(plan: Plan) -> list[str]:
    said = []
    if plan.named_in:
        where = record_words.places(each.table for each in plan.named_in)
        said.append(f"{_joined(where)}. With the tick below the name goes there too.")
    if plan.papers:
        said.append(
            f"Papers about others that name them are kept as they were issued:"
            f" {listed(plan.papers, _MOST_NAMED)}."
        )
    if plan.alike:
        texts = "1 other text holds" if plan.alike == 1 else f"{plan.alike:,} other texts hold"
        said.append(
            f"{texts} the given or the family name alone, which may be anybody's: look through"
            " them with Search."
        )
    return said


def _copies(copies: Copies) -> list[str]:
    said = []
    count = len(copies.holding)
    if count:
        are = "1 backup still holds" if count == 1 else f"{count:,} backups still hold"
        until = (
            "" if copies.last_on is None else f" The last is gone by {show_day(copies.last_on)}."
        )
        said.append(f"{are} them.{until} Restoring one erases them again.")
    if copies.unread:
        were = "1 backup" if copies.unread == 1 else f"{copies.unread:,} backups"
        said.append(f"{were} could not be looked into, and may hold them too.")
    return said or ["No backup that was found holds them."]


class ErasingDialog(FormDialog):
    """Says what goes and what stays, and asks why; *erase* is called with what is typed."""

    def __init__(
        self,
        desk: Desk,
        plan: Plan,
        copies: Copies,
        ground: Ground | None,
        erase: Callable[[Asked], object],
        parent: QWidget,
    ) -> None:
        theme = desk.theme
        fields = [
            Field("ground", "Why", "choice", required=True,
                  choices=[(each, f"{each[:1].upper()}{each[1:]}") for each in Ground]),
            Field("note", "Note", width=50,
                  help="Such as the number of the request. Do not write the name."),
            Field("elsewhere", "Take the name out elsewhere", "tick",
                  help="Out of the records of others that are named above."),
            Field("is_sure", "I have read what goes", "tick"),
        ]  # fmt: skip
        form = Form(tuple(fields), Asked, theme)
        words = QWidget()
        down = QVBoxLayout(words)
        down.setContentsMargins(0, 0, 0, 0)
        down.setSpacing(theme.space(1))
        parts = said_of(plan, copies)
        for heading, sentences in parts:
            down.addWidget(label(heading, "label"))
            for sentence in sentences:
                down.addWidget(label(sentence, wraps=True))
            down.addSpacing(theme.space(1))
        down.addWidget(label("It cannot be undone.", "strong"))
        form.put_above(words, [])
        form.show_details(Asked(ground=ground))
        form.show_field("elsewhere", is_shown=bool(plan.named_in))

        def save(asked: Asked) -> list[Finding] | None:
            found = check(asked)
            if not found:
                erase(asked)
            return found or None

        super().__init__(
            form, f"Erase {plan.name} for good", "Erase for good", save, theme, parent, wide=170
        )
        self.panel.warn_of_it()
        self.panel.confirm.setDefault(False)
        self._what = parts[0][0]
        said = " ".join(f"{heading}: {' '.join(sentences)}" for heading, sentences in parts)
        access.name(self, f"Erase {plan.name} for good", f"{said} It cannot be undone.")

    def open(self) -> None:
        """Show it, with what goes in sight: the first field would have it scroll away."""
        super().open()
        QTimer.singleShot(0, self, self._begin_above)  # once it is as high as it will be

    def _begin_above(self) -> None:
        area = self.form.area
        if area is None or area.verticalScrollBar().maximum() == 0:
            return
        area.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        access.name(area, self._what, "Arrow keys scroll")
        QWidget.setTabOrder(area, self.form.input("ground").target)
        area.setFocus(Qt.FocusReason.TabFocusReason)
        area.verticalScrollBar().setValue(0)
