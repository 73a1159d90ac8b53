"""The part "Ranking and decision": how the bids came out, who has the contract, what followed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any
from uuid import UUID

from PySide6.QtWidgets import QVBoxLayout

from apprentice_desk import resources
from apprentice_desk.domain.calendar import day_with_weekday
from apprentice_desk.domain.findings import Finding, refuses
from apprentice_desk.domain.problems import Problem
from apprentice_desk.domain.procuring import Stage, kept_from_contract
from apprentice_desk.domain.scoring import Ranked, method_in_words, plain
from apprentice_desk.domain.standstill import NOT_CHECKED
from apprentice_desk.records import procurement_decisions
from apprentice_desk.records.procurement_outcomes import (
    DecisionDetails,
    FollowUpDetails,
    check_decision,
    check_follow_up,
)
from apprentice_desk.ui.contracting.procurements import ContractOf
from apprentice_desk.ui.desk import Desk
from apprentice_desk.ui.destinations import OpenContract, OpenProcurement
from apprentice_desk.ui.kit.arranging import Flow
from apprentice_desk.ui.kit.dialogs import FormDialog, Question, ask
from apprentice_desk.ui.kit.fields import Field
from apprentice_desk.ui.kit.forms import Form
from apprentice_desk.ui.kit.panels import Card, KeyValues
from apprentice_desk.ui.kit.pieces import button, label
from apprentice_desk.ui.kit.rows import Column, RowsModel
from apprentice_desk.ui.kit.table import RowsTable
from apprentice_desk.ui.pages.procurement.part import ProcurementPart, ProcurementShown
from apprentice_desk.ui.recording import editing
from apprentice_desk.ui.recording.choices import day_in_words

_MOST_ROWS = 8
_GROUND = "no_standstill_ground"
_FOLLOW_UP = (
    Field("letters_on", "Letters went out on", "date", is_past=True,
          help="To every bidder whose bid was assessed, with scores and reasons."),
    Field("notice_on", "Award notice published on", "date", is_past=True,
          help="Once it is. Where letters go out before, enter the standstill's last day below."),
    Field("keeps_standstill", "There is a standstill", "yes-no",
          help="While it is not known, the rule says whether there has to be one."),
    Field("standstill_to_on", "Its last day", "date",
          help="Where the letters say another day than the rule, or go out before the notice."),
    Field(_GROUND, "Ground for keeping none", "choice", width=50,
          help="Where a standstill is required and none is kept."),
    Field("no_standstill_reason", "Or the ground in your words", "long text",
          help="With whose advice, and when."),
)  # fmt: skip


class DecisionPart(ProcurementPart):
    """A card with the ranking, the decision, and what is to be done after it."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        theme = desk.theme
        self._shown: ProcurementShown | None = None
        self.dialog: FormDialog | None = None
        self.question: Question | None = None
        self.lacking = label("", wraps=True)
        self.columns = (
            Column("Place", lambda row: row.rank_in_words, sort=lambda row: row.rank or 999,
                   width=11, say=_place),
            Column("Bidder", lambda row: row.name, kind="strong", width=22,
                   tip=lambda row: row.name),
            Column("Points", lambda row: f"{row.total:.2f}", right=True, width=9,
                   sort=lambda row: -row.total),
            Column("Made of", self._made_of, kind="quiet", width=30, tip=self._made_of),
        )  # fmt: skip
        self.table = RowsTable(
            RowsModel(self.columns, self), "Ranking of the bids", theme, stretch=3
        )
        self.table.order.can_do_without((3,))
        self.table.set_fits(_MOST_ROWS)
        self.method = label("", "quiet", wraps=True)
        self.facts = KeyValues((), theme)
        self.standstill = label("", wraps=True)
        self.decide = button("Decide…", theme, self.start_deciding, icon="flag", role="primary")
        self.correct = button("Correct the decision…", theme, self.start_deciding, icon="pencil")
        self.after = button("Letters and standstill…", theme, self.start_following_up)
        self.make = button(
            "Make the contract…", theme, self.start_contract, icon="file-plus", role="primary"
        )
        self.go = button("Go to the contract", theme, self._on_contract, icon="arrow-right")
        self.undo = button("Take the decision back…", theme, self.ask_to_take_back)
        card = Card("Ranking and decision", theme)
        for each in (self.lacking, self.table, self.method, self.facts, self.standstill):
            card.add(each)
        card.add(
            Flow([self.decide, self.make, self.go, self.after, self.correct, self.undo], theme)
        )
        down = QVBoxLayout(self)
        down.setContentsMargins(0, 0, 0, 0)
        down.addWidget(card)

    def _made_of(self, row: Ranked) -> str:
        assert self._shown is not None  # there is no row before
        parts = [
            f"{each.name} {plain(row.points[each.id])}"
            for each in self._shown.found.sheet.criteria
            if each.id in row.points
        ]
        below = f" · below the least score: {', '.join(row.short_of)}" if row.short_of else ""
        return " · ".join(parts) + below

    # showing

    def show_procurement(self, shown: ProcurementShown) -> None:
        """Show the ranking and the decision of a procurement."""
        self._shown = shown
        found, standing = shown.found, shown.standing
        lacking = found.lacking if found.decision is None else ()
        self.lacking.setText(
            f"No ranking and no decision yet. {' '.join(lacking)}" if lacking else ""
        )
        self.lacking.setVisible(bool(lacking))
        self.table.rows.replace(standing.ranked)
        self.table.setVisible(bool(standing.ranked))
        tied = [each.name for each in standing.ranked if each.rank == 1 and each.is_tied]
        says = method_in_words(found.sheet) if standing.ranked else ""
        if tied:
            says = f"{' and '.join(tied)} are first together: nothing breaks the tie. {says}"
        self.method.setText(says)
        self.method.setVisible(bool(says))
        self._show_decision(shown)
        may_write = not self._desk.store.is_read_only
        is_open = may_write and standing.stage is not Stage.ABANDONED
        decision = found.decision
        has_contract = decision is not None and decision.contract_id is not None
        self.decide.setVisible(is_open and decision is None)
        self.correct.setVisible(is_open and decision is not None and not has_contract)
        self.decide.setEnabled(not lacking)
        self.make.setVisible(is_open and decision is not None and not has_contract)
        self.make.setEnabled(_hindrance(shown) is None)
        self.go.setVisible(has_contract)
        self.after.setVisible(is_open and decision is not None)
        self.undo.setVisible(is_open and decision is not None and not has_contract)

    def _show_decision(self, shown: ProcurementShown) -> None:
        decision = shown.found.decision
        self.facts.setVisible(decision is not None)
        self.standstill.setVisible(decision is not None)
        if decision is None:
            return
        details, after = decision.details, decision.follow_up
        pairs = [
            ("Decided for", decision.bidder_name),
            ("On", f"{day_in_words(details.decided_on)}, by {details.decided_by}"),
            ("Because", details.reason),
            ("Tie broken by", details.tie_reason),
            ("Letters", day_in_words(after.letters_on) or "not sent yet"),
            ("Award notice", day_in_words(after.notice_on) or "not published yet"),
            ("Contract", decision.contract_reference),
        ]
        self.facts.show_pairs([pair for pair in pairs if pair[1]])
        self.standstill.setText(standstill_in_words(shown))

    def take_keyboard(self) -> None:
        """Go to the ranking, or to the first button."""
        (self.table if self.table.isVisible() else self.decide).setFocus()

    # what the person does

    def start_deciding(self) -> None:
        """Open the form of the decision."""
        shown, desk = self._shown, self._desk
        if shown is None or desk.store.is_read_only:
            return
        found, today = shown.found, desk.clock.today()
        held = None if found.decision is None else found.decision.details

        def save(details: DecisionDetails) -> list[Finding]:
            wrong = check_decision(details, today)
            if not wrong:
                wrong = procurement_decisions.check_among(found, details)
            if not refuses(wrong):
                with desk.change(f"Decide procurement {found.details.reference}") as session:
                    procurement_decisions.decide(session, found.id, details, held, today)
            return wrong

        ranked = shown.standing.ranked
        offered = [(each.id, f"{each.rank_in_words}. {each.name}") for each in ranked]
        if not offered:
            offered = [(bid.id, bid.name) for bid in found.sheet.bids]
        is_tied = any(each.rank == 1 and each.is_tied for each in ranked)
        fields = _decision_fields(offered, is_tied=is_tied)
        first = [each.id for each in ranked if each.rank == 1 and not each.is_tied]
        begin = DecisionDetails(first[0] if first else None, today)
        self._open(
            Form(fields, DecisionDetails, desk.theme, today=today),
            held or begin,
            f"Decision on {found.details.reference}",
            "Record the decision",
            save,
        )

    def start_following_up(self) -> None:
        """Open the form of letters, notice and standstill."""
        shown, desk = self._shown, self._desk
        if shown is None or shown.found.decision is None or desk.store.is_read_only:
            return
        found, today, decision = shown.found, desk.clock.today(), shown.found.decision
        held, rules = decision.follow_up, resources.procurement_rules()
        grounds = [each.ground for each in rules.grounds_for(found.details.regime)]
        if held.no_standstill_ground and held.no_standstill_ground not in grounds:
            grounds.append(held.no_standstill_ground)  # of a law that was entered before
        fields = tuple(
            replace(each, choices=tuple(grounds)) if each.name == _GROUND else each
            for each in _FOLLOW_UP
            if grounds or each.name != _GROUND
        )

        def save(details: FollowUpDetails) -> list[Finding]:
            owed = shown.standing.duty
            wrong = check_follow_up(details, decision.details.decided_on, today, owed)
            if not refuses(wrong):
                what = f"Letters and standstill of {found.details.reference}"
                with desk.change(what) as session:
                    procurement_decisions.follow_up(session, found.id, details, held, today, rules)
            return wrong

        self._open(
            Form(fields, FollowUpDetails, desk.theme, today=today),
            held,
            f"After the decision on {found.details.reference}",
            "Save",
            save,
        )

    def _open(
        self,
        form: Form,
        details: Any,
        title: str,
        confirm: str,
        save: Callable[[Any], list[Finding]],
    ) -> None:
        desk, shown = self._desk, self._shown
        assert shown is not None  # whoever opens a form has one
        form.show_details(details)
        key = f"{type(details).__name__}:{shown.found.id}"
        draft = desk.draft(key, title, OpenProcurement(shown.found.id, "decision"))
        self.dialog = FormDialog(form, title, confirm, save, desk.theme, self, draft=draft)
        self.dialog.open()

    def start_contract(self) -> None:
        """Open the form of the contract with what is known in it."""
        shown, desk = self._shown, self._desk
        if shown is None or shown.found.decision is None or desk.store.is_read_only:
            return
        self.dialog = editing.add(ContractOf(desk, shown.found), self, self._go_to)

    def ask_to_take_back(self) -> None:
        """Ask before the decision is taken out."""
        shown, desk = self._shown, self._desk
        if shown is None or shown.found.decision is None or desk.store.is_read_only:
            return
        found = shown.found

        def act() -> None:
            with desk.change(f"Take back the decision on {found.details.reference}") as session:
                procurement_decisions.take_decision_back(session, found.id)

        self.question = ask(
            self,
            desk.theme,
            "Take the decision back?",
            "The decision and the days of letters, notice and standstill go out; bids and scores"
            " stay and can be corrected again. Undo brings it back.",
            "Take it back",
            lambda: desk.attempt(act),
            danger=True,
        )

    def _on_contract(self) -> None:
        shown = self._shown
        if shown is not None and shown.found.decision is not None:
            contract_id = shown.found.decision.contract_id
            if contract_id is not None:
                self._go_to(contract_id)

    def _go_to(self, contract_id: UUID) -> None:
        self._desk.go(OpenContract(contract_id))


def _decision_fields(offered: list[tuple[UUID, str]], *, is_tied: bool) -> tuple[Field, ...]:
    fields = [
        Field("bidder_id", "Who is to have the contract", "choice", choices=offered, required=True,
              width=44),
        Field("decided_on", "Decided on", "date", required=True, is_past=True),
        Field("decided_by", "Decided by", required=True, help="The person or the board."),
        Field("reason", "Reason", "long text", required=True,
              help="The letters to the bidders say it."),
    ]  # fmt: skip
    said = (
        "Several bids are first. Say how the tie was broken, as the invitation said it would be."
        if is_tied
        else "Only where several bids are first."
    )
    fields.append(
        Field("tie_reason", "How a tie was broken", "long text", required=is_tied, help=said)
    )
    return tuple(fields)


def _place(row: Ranked) -> str:
    if row.rank is None:
        return "not ranked, below the least score"
    return f"{row.rank}, shared" if row.is_tied else f"{row.rank}"


def _hindrance(shown: ProcurementShown) -> Problem | None:
    standing = shown.standing
    return kept_from_contract(standing.course, shown.today, standing.unknown)


def standstill_in_words(shown: ProcurementShown) -> str:
    """Say whether the contract waits, until when, by which rule, and whether that was checked."""
    standing = shown.standing
    decision = shown.found.decision
    assert decision is not None  # nothing waits before it
    chosen = decision.follow_up.keeps_standstill
    said = [standing.duty.says]
    is_checked = standing.duty.is_verified
    is_length_checked = False
    after = decision.follow_up
    if chosen is False and standing.duty.is_required and after.is_excused:
        grounds = resources.procurement_rules().grounds_for(shown.found.details.regime)
        rule = next((g for g in grounds if g.ground == after.no_standstill_ground), None)
        parts = (
            after.no_standstill_ground,
            "" if rule is None else f"({rule.source})",
            after.no_standstill_reason,
        )
        said.append(f"None is kept, on this ground: {' '.join(p for p in parts if p)}.")
        is_checked = is_checked and rule is not None and rule.is_verified
    elif chosen is False and not standing.duty.is_required:
        said.append("None is kept.")
    elif standing.course.waits:
        if chosen is False:
            said.append("That none is kept has no ground, so the contract waits all the same.")
        last = standing.course.standstill_to
        if last is None:
            said.append(str(_hindrance(shown)))
        else:
            over = last < shown.today
            said.append(
                f"It {'ended' if over else 'lasts to the end of'} {day_with_weekday(last)}."
            )
            if decision.follow_up.standstill_to_on is not None:
                said.append("This is the day that was entered.")
        if standing.standstill is not None:
            counted = standing.standstill.rule
            said.append(f"By the rule: {standing.standstill.words()} {counted.note}")
            if counted.is_verified and counted.verified_for:
                said.append(f"How long it lasts was checked for {counted.verified_for}.")
            is_checked = is_checked and counted.is_verified
            is_length_checked = counted.is_verified
    elif chosen is None and standing.duty.is_required is False:
        said.append("Say whether you keep one.")
    if not is_checked and is_length_checked:
        said.append(
            "Whether there has to be one was not checked against the law: ask your legal team."
        )
    elif not is_checked:
        said.append(NOT_CHECKED)
    return " ".join(said)
