"""The part 'How long' of Safekeeping: what is due, the rules, and people's rights."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from uuid import UUID

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QVBoxLayout, QWidget

from apprentice_desk import resources
from apprentice_desk.domain.findings import Finding
from apprentice_desk.domain.problems import Problem
from apprentice_desk.domain.progress import Progress
from apprentice_desk.domain.retention import (
    BY_HAND,
    Ground,
    HoldDetails,
    KeepReason,
    RetentionKind,
    check_hold,
    due,
    rule_for,
)
from apprentice_desk.records.erasures import (
    ErasureDetails,
    erasure_rows,
    hold_rows,
    keep_longer,
    keep_no_longer,
)
from apprentice_desk.records.holding import file_of
from apprentice_desk.records.retained import holds_by_key, retained_rows
from apprentice_desk.safekeeping import erasing
from apprentice_desk.safekeeping.erasing import Copies, Erased, Plan
from apprentice_desk.ui.desk import Desk
from apprentice_desk.ui.destinations import OpenContract, OpenNetwork, OpenProcurement, OpenRecord
from apprentice_desk.ui.kit.arranging import Flow
from apprentice_desk.ui.kit.dialogs import FormDialog, ask, tell
from apprentice_desk.ui.kit.fields import Field
from apprentice_desk.ui.kit.forms import Form
from apprentice_desk.ui.kit.panels import Card
from apprentice_desk.ui.kit.pieces import button, label
from apprentice_desk.ui.kit.rows import RowsModel
from apprentice_desk.ui.kit.table import RowsTable
from apprentice_desk.ui.pages.safekeeping.erasing_dialog import Asked, ErasingDialog
from apprentice_desk.ui.pages.safekeeping.retention_columns import (
    DUE,
    ERASED,
    RULES,
    UNCHECKED,
    DueLine,
    ErasedLine,
    RuleLine,
    due_in_words,
)
from apprentice_desk.ui.pages.safekeeping.rights import RightsCard
from apprentice_desk.ui.parted import SwitchedPart
from apprentice_desk.ui.recording.kind import PEOPLE_TABLES

_ABOUT_DUE = (
    "Data that tells who somebody is may be kept no longer than it is needed (UK GDPR, article"
    " 5(1)(e)). Whoever is listed here is kept for longer than the rules below say. Look at each,"
    " then erase it, or say why it is kept; what becomes of a contract is decided by hand."
)
_HOLD_FIELDS = (
    Field("reason", "Why it is kept", "choice", required=True,
          choices=[(each, f"{each[:1].upper()}{each[1:]}") for each in KeepReason]),
    Field("words", "More about it", width=50),
    Field("said_by", "Who decided it", width=30, required=True),
    Field("until_on", "Keep until", "date", help="Without a day it holds until it is taken back."),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Planned:
    plan: Plan
    copies: Copies
    folders: tuple[Path, ...]


class RetentionPart(SwitchedPart):
    """How long people are kept, and their rights."""

    name = "retention"
    title = "How long"
    about = "How long people are kept, and their rights"
    tables = frozenset(
        {
            *PEOPLE_TABLES, "erasure", "kept_longer", "procurement", "procurement_decision",
            "barrier", "survey_answer", "payment", "contract",
        }
    )  # fmt: skip

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.dialog: QWidget | None = None
        self._is_read = False
        self.lines: tuple[DueLine, ...] = ()
        theme = desk.theme
        self.rights = RightsCard(desk)
        self.rights.asked_to_erase.connect(
            lambda key, name: self.start_erasing(
                RetentionKind.APPRENTICE, key, name, Ground.REQUEST
            )
        )
        down = QVBoxLayout(self)
        down.setContentsMargins(0, 0, 0, 0)
        down.setSpacing(theme.space(4))
        for card in (self._due(), self.rights, self._rules(), self._erased()):
            down.addWidget(card)
        down.addStretch(1)

    # building

    def _due(self) -> Card:
        theme = self._desk.theme
        card = Card("Kept for longer than the rules say", theme)
        self.sentence = label("", "strong", wraps=True)
        self.model = RowsModel(DUE, self)
        self.table = RowsTable(self.model, "Kept for longer than the rules say", theme)
        self.table.setProperty("role", "inner")
        self.table.set_fits(8)
        self.table.order.can_do_without((1, 2))
        self.table.set_empty("Nothing is due", "")
        self.why = label("", wraps=True)
        self.erase = button("Erase for good…", theme, self._erase_chosen, icon="trash-2")
        self.keep = button("Keep it longer…", theme, self.start_keeping, icon="lock")
        self.let_go = button("Take the reason back…", theme, self._take_back)
        self.open = button("Open it", theme, self._open_chosen)
        self.table.row_chosen.connect(lambda _row: self._show_chosen())
        self.table.row_opened.connect(lambda _row: self._open_chosen())
        acts: list[QAction] = []
        for each in (self.erase, self.keep, self.let_go, self.open):
            action = QAction(each.text(), self.table)
            action.triggered.connect(lambda _checked=False, pressed=each: pressed.click())
            acts.append(action)
        self._acts = tuple(acts)
        self.table.set_actions(self._acts)
        card.add(label(_ABOUT_DUE, "quiet", wraps=True))
        card.add(self.sentence)
        card.add(self.table)
        card.add(self.why)
        card.add(Flow([self.erase, self.keep, self.let_go, self.open], theme))
        return card

    def _rules(self) -> Card:
        theme = self._desk.theme
        card = Card("The rules", theme)
        card.add(label(UNCHECKED, "quiet", wraps=True))
        today = self._desk.clock.today()
        self.rules_model = RowsModel(RULES, self)
        self.rules_table = RowsTable(self.rules_model, "The rules of keeping", theme, stretch=1)
        self.rules_table.setProperty("role", "inner")
        self.rules_table.set_fits(len(RetentionKind))
        self.rules_table.order.can_do_without((2,))
        rules = resources.retention_rules()
        self.rules_model.replace([RuleLine(rule_for(rules, kind, today)) for kind in RetentionKind])
        self.rule_words = label("", wraps=True)
        self.rules_table.row_chosen.connect(self._show_rule)
        card.add(self.rules_table)
        card.add(self.rule_words)
        self.rules_table.choose_first()
        self._show_rule(self.rules_table.chosen())
        return card

    def _show_rule(self, line: object) -> None:
        if isinstance(line, RuleLine):
            self.rule_words.setText(f"{line.rule.why}. Source: {line.rule.source}.")

    def _erased(self) -> Card:
        theme = self._desk.theme
        card = Card("Erased so far", theme)
        card.add(
            label(
                "Nobody is named here. A backup that is older than a line is erased again when it"
                " is restored.",
                "quiet",
                wraps=True,
            )
        )
        self.erased_model = RowsModel(ERASED, self)
        self.erased_table = RowsTable(self.erased_model, "Erased so far", theme, stretch=2)
        self.erased_table.setProperty("role", "inner")
        self.erased_table.set_fits(5)
        self.erased_table.order.can_do_without((3, 2))
        self.erased_table.set_empty("Nothing was erased yet", "")
        card.add(self.erased_table)
        return card

    # showing

    @property
    def count(self) -> int | None:
        """How many are due and not kept for a reason; None until they are read, or for none."""
        if not self._is_read:
            return None
        return sum(not line.due.is_held for line in self.lines) or None

    def refresh(self) -> None:
        """Read what is due, and what was erased."""
        self.is_stale = False
        store, today = self._desk.store, self._desk.clock.today()
        kept, given = store.read(retained_rows, today), store.read(hold_rows)
        found = due(kept, resources.retention_rules(), store.read(holds_by_key), today)
        lines = tuple(
            DueLine(
                each,
                tuple(
                    row
                    for row in given
                    if row.subject_key == each.kept.id and row.hold.stands_on(today)
                ),
            )
            for each in found
        )
        self._is_read, self.lines = True, lines
        self.model.replace(lines)
        self.sentence.setText(due_in_words(lines, today))
        self.erased_model.replace([ErasedLine(row) for row in store.read(erasure_rows)])
        self.rights.refresh()
        self.table.choose_first()
        self._show_chosen()
        self.counted.emit()

    def _chosen(self) -> DueLine | None:
        row = self.table.chosen()
        return row if isinstance(row, DueLine) else None

    def _show_chosen(self) -> None:
        line = self._chosen()
        may = line is not None and not self._desk.store.is_read_only
        self.erase.setEnabled(may and line is not None and not line.due.is_by_hand)
        self.keep.setEnabled(may)
        self.let_go.setEnabled(may and line is not None and bool(line.holds))
        self.open.setEnabled(line is not None)
        for action, each in zip(
            self._acts, (self.erase, self.keep, self.let_go, self.open), strict=True
        ):
            action.setEnabled(each.isEnabled())
        if line is None:
            self.why.setText("")
            return
        rule = line.due.rule
        words = [f"The rule: {rule.why}.", *line.due.reasons]
        if not rule.is_verified:
            words.append("Its source was not read: see below.")
        if line.due.is_by_hand:
            words += BY_HAND
        self.why.setText(" ".join(words))

    def first_stop(self) -> QWidget:
        """Return the list of what is due."""
        return self.table

    # what the person does

    def _open_chosen(self) -> None:
        line = self._chosen()
        if line is None:
            return
        kept = line.due.kept
        match kept.kind:
            case RetentionKind.PROCUREMENT:
                self._desk.go(OpenProcurement(kept.id))
            case RetentionKind.CONTRACT:
                self._desk.go(OpenContract(kept.id))
            case RetentionKind.BARRIER:
                self._desk.go(OpenNetwork("barriers", kept.id))
            case RetentionKind.ANSWER:
                self._desk.go(OpenNetwork("barriers"))
            case _:
                key = self.rights.newest_of(kept.id)
                if key is not None:
                    self._desk.go(OpenRecord(key))

    def start_keeping(self) -> None:
        """Ask why the chosen record is kept longer."""
        line = self._chosen()
        if line is None:
            return
        kept, desk, today = line.due.kept, self._desk, self._desk.clock.today()
        form = Form(_HOLD_FIELDS, HoldDetails, desk.theme)
        form.show_details(HoldDetails(said_by=desk.store.person))

        def save(details: HoldDetails) -> list[Finding] | None:
            found = check_hold(details, today)
            if found:
                return found
            with desk.change(f"Keep {kept.name} longer") as session:
                keep_longer(session, kept.kind, kept.id, details, today)
            return None

        dialog = FormDialog(
            form, f"Keep {kept.name} longer", "Keep it longer", save, desk.theme, self, wide=130
        )
        self.dialog = dialog
        dialog.open()

    def _take_back(self) -> None:
        line = self._chosen()
        if line is None or not line.holds:
            return
        says = " ".join(f"{row.hold.says}." for row in line.holds)
        name = line.due.kept.name
        self.dialog = ask(
            self,
            self._desk.theme,
            f"Take the reason to keep {name} back?",
            f"{says} Then {name} is due to be erased.",
            "Take it back",
            lambda: self._do_take_back(line),
        )

    def _do_take_back(self, line: DueLine) -> None:
        try:
            with self._desk.change(f"Keep {line.due.kept.name} no longer") as session:
                for row in line.holds:
                    keep_no_longer(session, row.id)
        except Problem as problem:
            self._desk.messages.problem(problem)

    def _erase_chosen(self) -> None:
        line = self._chosen()
        if line is not None:
            kept = line.due.kept
            self.start_erasing(kept.kind, kept.id, kept.name, Ground.RULE)

    def start_erasing(
        self, kind: RetentionKind, key: UUID, name: str, ground: Ground | None
    ) -> None:
        """Look for what would go, then ask."""
        desk, today, now = self._desk, self._desk.clock.today(), self._desk.clock.now()
        store, path = desk.store, file_of(desk.store.location)
        second = desk.settings.second_place_of(store.location)
        places = () if second is None else (second,)

        def work(progress: Progress) -> _Planned:
            progress.step(0, None, "Looking for everything")
            plan = store.read(erasing.plan, kind, key, name, today)
            if path is None:
                return _Planned(plan, Copies(), ())
            wanted = [Erased(kind, key, now, ground or Ground.RULE)]
            copies = erasing.copies_with(path, store.key, places, wanted, now)
            return _Planned(plan, copies, erasing.folders_of(path, places))

        desk.jobs.run(
            "Looking for everything of one record",
            work,
            done=lambda found: self._ask(found, ground, now),
            owner=self,
            newest_of="erasing",
        )

    def _ask(self, found: _Planned, ground: Ground | None, now: datetime) -> None:
        plan, theme = found.plan, self._desk.theme
        if plan.refused:
            self.dialog = tell(self, theme, f"{plan.name} is not erased", plan.refused)
            return
        line = self._chosen()
        if line is not None and line.id == plan.key and line.due.is_held:
            self.dialog = ask(
                self,
                theme,
                f"Erase {plan.name} all the same?",
                " ".join(line.due.reasons),
                "Go on",
                lambda: self._open_erasing(found, ground, now),
                danger=True,
            )
            return
        self._open_erasing(found, ground, now)

    def _open_erasing(self, found: _Planned, ground: Ground | None, now: datetime) -> None:
        dialog = ErasingDialog(
            self._desk,
            found.plan,
            found.copies,
            ground,
            lambda asked: self._do_erase(found, asked, now),
            self,
        )
        self.dialog = dialog
        dialog.open()

    def _do_erase(self, found: _Planned, asked: Asked, now: datetime) -> None:
        desk, plan, today = self._desk, found.plan, self._desk.clock.today()
        assert asked.ground is not None  # refused by the form
        details = ErasureDetails(
            plan.kind, plan.key, now, desk.store.person, asked.ground, asked.note
        )
        desk.forget_undo()
        desk.opened_files.close()  # a copy of their evidence may be among them

        def work(progress: Progress) -> object:
            return erasing.erase(
                desk.store,
                details,
                today,
                elsewhere=asked.elsewhere,
                drafts=desk.drafts,
                folders=found.folders,
                progress=progress,
            )

        desk.jobs.run(
            "Erasing one record",
            work,
            done=lambda _counts: desk.messages.say("Erased for good."),
            owner=self,
            writes=True,
        )
