"""The part "What is bought": the facts in words, and giving the procurement up."""

from __future__ import annotations

from PySide6.QtWidgets import QVBoxLayout

from apprentice_desk import resources
from apprentice_desk.domain.findings import Finding, refuses
from apprentice_desk.domain.money import show_pounds
from apprentice_desk.domain.problems import Problem
from apprentice_desk.domain.procuring import Stage, StepKind, regime_hint
from apprentice_desk.domain.scoring import plain
from apprentice_desk.domain.standstill import NOT_CHECKED, against_threshold
from apprentice_desk.records import procurements
from apprentice_desk.records.procurements import AbandonDetails
from apprentice_desk.records.standards import standard_rows
from apprentice_desk.ui.desk import Desk
from apprentice_desk.ui.destinations import OpenProcurement
from apprentice_desk.ui.kit.arranging import Flow
from apprentice_desk.ui.kit.dialogs import FormDialog
from apprentice_desk.ui.kit.fields import Field
from apprentice_desk.ui.kit.forms import Form
from apprentice_desk.ui.kit.panels import Card, KeyValues
from apprentice_desk.ui.kit.pieces import button, label
from apprentice_desk.ui.pages.procurement.part import ProcurementPart, ProcurementShown
from apprentice_desk.ui.recording.choices import day_in_words, words, yes_or_no

_FIELDS = (
    Field("abandoned_on", "Given up on", "date", required=True, is_past=True),
    Field(
        "abandoned_reason", "Reason", "long text", required=True, help="Bidders are told it too."
    ),
)


class FactsPart(ProcurementPart):
    """A card of facts; the form of the procurement edits them."""

    tables = frozenset({"standard"})

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        theme = desk.theme
        self._shown: ProcurementShown | None = None
        self.dialog: FormDialog | None = None
        self.facts = KeyValues((), theme)
        self.threshold = label("", "quiet", wraps=True)
        self.give_up = button("Give it up…", theme, self.ask_why)
        self.resume = button("Take it up again", theme, self.take_up_again)
        card = Card("What is bought", theme)
        card.add(self.facts)
        card.add(self.threshold)
        card.add(Flow([self.give_up, self.resume], theme))
        down = QVBoxLayout(self)
        down.setContentsMargins(0, 0, 0, 0)
        down.addWidget(card)

    def show_procurement(self, shown: ProcurementShown) -> None:
        """Show the facts of a procurement."""
        self._shown = shown
        details = shown.found.details
        titles = {row.code: row.title for row in self._desk.store.read(standard_rows)}
        codes = (code for code in details.standard_codes.split("; ") if code)
        limit, highest = details.value_limit, details.highest_score
        asked = (
            ("Standards", "; ".join(f"{titles.get(code, '')} {code}".strip() for code in codes)),
            ("Apprentices", "" if details.apprentices is None else f"{details.apprentices:,}"),
            ("Procurement law", words(details.regime)),
            ("Light touch", yes_or_no(is_so=details.is_light_touch)),
            ("Route", words(details.route)),
            ("Up to, with VAT", "" if limit is None else show_pounds(limit)),
            ("Contract starts", day_in_words(details.contract_starts_on)),
            ("Contract ends", day_in_words(details.contract_ends_on)),
            ("Scale", "" if highest is None else f"0 to {plain(highest)}"),
        )
        if_any = (
            ("May be extended to", day_in_words(details.contract_extension_to_on)),
            ("Framework", details.framework),
            ("Framework ends", day_in_words(details.framework_ends_on)),
            ("Lot", details.lots),
            ("CPV codes", details.cpv_codes),
            ("Bids go to", details.bids_to),
            ("Notices", details.notices),
            ("Looked after by", details.looked_after_by),
            ("What is wanted", details.wanted),
            ("Note", details.note),
        )
        self.facts.show_pairs((*asked, *(pair for pair in if_any if pair[1])))
        says = _threshold(shown)
        self.threshold.setText(says)
        self.threshold.setVisible(bool(says))
        may_write = not self._desk.store.is_read_only
        is_given_up = shown.standing.stage is Stage.ABANDONED
        self.give_up.setVisible(may_write and not shown.standing.stage.is_over)
        self.resume.setVisible(may_write and is_given_up)

    def take_keyboard(self) -> None:
        """Go to the button, where there is one."""
        (self.resume if self.resume.isVisible() else self.give_up).setFocus()

    def ask_why(self) -> None:
        """Ask when and why the procurement was given up."""
        shown, desk = self._shown, self._desk
        if shown is None or desk.store.is_read_only:
            return
        found = shown.found
        title = f"Give up procurement {found.details.reference}"

        def save(details: AbandonDetails) -> list[Finding]:
            wrong = procurements.check_abandoning(details, desk.clock.today())
            if not refuses(wrong):
                with desk.change(title) as session:
                    procurements.abandon(session, found.id, details, desk.clock.today())
            return wrong

        form = Form(_FIELDS, AbandonDetails, desk.theme, today=desk.clock.today())
        form.show_details(AbandonDetails(desk.clock.today()))
        draft = desk.draft(f"give up:{found.id}", title, OpenProcurement(found.id, "facts"))
        self.dialog = FormDialog(form, title, "Give it up", save, desk.theme, self, draft=draft)
        self.dialog.open()

    def take_up_again(self) -> None:
        """Say that it was not given up after all."""
        shown, desk = self._shown, self._desk
        if shown is None or desk.store.is_read_only:
            return
        found = shown.found

        def act() -> None:
            with desk.change(f"Take procurement {found.details.reference} up again") as session:
                procurements.take_up_again(session, found.id)

        desk.attempt(act)


def _threshold(shown: ProcurementShown) -> str:
    """Say how the value compares with the threshold of the day the invitation goes out."""
    details = shown.found.details
    if details.value_limit is None or details.is_light_touch is None:
        return ""
    invited = shown.standing.course.step(StepKind.INVITE)
    day = shown.today if invited is None else invited.done_on or invited.on
    try:
        found = against_threshold(
            details.value_limit,
            day,
            resources.procurement_rules(),
            is_light_touch=details.is_light_touch,
        )
    except Problem as problem:
        return problem.what
    said = [found.says, regime_hint(details.regime, is_above=found.is_above)]
    said.append("" if found.is_verified else NOT_CHECKED)
    return " ".join(each for each in said if each)
