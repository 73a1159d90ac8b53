"""The part "How the provider is doing": what was agreed beside what the desk's facts say."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout

from apprentice_desk.domain.findings import Finding
from apprentice_desk.domain.measures import AT_MOST
from apprentice_desk.records import contract_measures
from apprentice_desk.records.contract_measures import AgreedDetails, agreed_measures
from apprentice_desk.records.contract_overview import ContractOverview
from apprentice_desk.records.measuring import MADE_OF, measured_by_contract
from apprentice_desk.ui.desk import Desk
from apprentice_desk.ui.destinations import OpenContract, OpenProvider
from apprentice_desk.ui.kit import access
from apprentice_desk.ui.kit.arranging import Flow
from apprentice_desk.ui.kit.dialogs import FormDialog
from apprentice_desk.ui.kit.fields import Field
from apprentice_desk.ui.kit.forms import Form
from apprentice_desk.ui.kit.panels import Card
from apprentice_desk.ui.kit.pieces import button, label
from apprentice_desk.ui.kit.rows import Column, RowsModel
from apprentice_desk.ui.kit.table import RowsTable
from apprentice_desk.ui.kit.tips import as_tip
from apprentice_desk.ui.measure_lines import (
    MeasureLine,
    measure_lines,
    percent,
    spoken,
    title_of,
)
from apprentice_desk.ui.pages.contract.part import ContractPart

COLUMNS = (
    Column("Measure", lambda line: title_of(line.id), kind="strong", width=27),
    Column("Agreed", lambda line: line.agreed_shown, right=True, width=12),
    Column(
        "This quarter",
        lambda line: percent(line.this_quarter),
        right=True,
        width=12,
        say=lambda line: spoken(line.this_quarter),
        tip=lambda line: line.this_quarter.says,
    ),
    Column(
        "Last quarter",
        lambda line: percent(line.last_quarter),
        right=True,
        width=12,
        say=lambda line: spoken(line.last_quarter),
        tip=lambda line: line.last_quarter.says,
    ),
    Column("How it stands", lambda line: line.badge, kind="badge", width=15),
)


class MeasuresPart(ContractPart):
    """A line for each measure; what the chosen one is made of stands below."""

    tables = frozenset({*MADE_OF, "contract_measure"})

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        theme = desk.theme
        self._contract: ContractOverview | None = None
        self.dialog: FormDialog | None = None
        self.table = RowsTable(
            RowsModel(COLUMNS, self), "How the provider is doing", theme, stretch=0
        )
        self.table.set_fits(len(COLUMNS))
        self.told = label("", "quiet", wraps=True)
        self.agree = button("Agree a value…", theme, self.agree_value, icon="pencil")
        self.to_provider = button("The provider", theme, self._on_provider, icon="arrow-right")
        self.card = Card("How the provider is doing", theme)
        self.card.add(self.table)
        self.card.add(self.told)
        self.card.add(Flow([self.agree, self.to_provider], theme))
        down = QVBoxLayout(self)
        down.setContentsMargins(0, 0, 0, 0)
        down.addWidget(self.card)
        self.table.row_chosen.connect(self._on_chosen)
        self.table.row_opened.connect(lambda _line: self.agree_value())

    # showing

    def show_contract(self, contract: ContractOverview) -> None:
        """Show the measures of *contract*."""
        is_other = self._contract is None or self._contract.id != contract.id
        self._contract = contract
        desk = self._desk
        today = desk.clock.today()
        rows = desk.store.read(measured_by_contract, today, desk.lists.hours_rules, contract.id)
        agreed = desk.store.read(agreed_measures, contract.id)
        lines = measure_lines([row.trained for row in rows], agreed, today)
        self.table.rows.replace(lines)
        if is_other:
            self.table.choose(lines[0].id)
        # Its name may be longer than there is room for: it is said, and shown as a tip.
        access.name(self.to_provider, f"The provider: {contract.provider_name}")
        self.to_provider.setToolTip(as_tip(contract.provider_name))
        self._on_chosen(self.table.chosen())

    def _on_chosen(self, line: MeasureLine | None) -> None:
        may = line is not None and not self._desk.store.is_read_only
        self.agree.setEnabled(may)
        self.told.setText("" if line is None else line.told(self._desk.clock.today()))

    def take_keyboard(self) -> None:
        """Go to the list."""
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    # what the person does

    def agree_value(self) -> None:
        """Ask what was agreed on the chosen measure."""
        contract, desk = self._contract, self._desk
        line: MeasureLine | None = self.table.chosen()
        if contract is None or line is None or desk.store.is_read_only:
            return
        measure = line.id

        def save(given: AgreedDetails) -> list[Finding]:
            findings = contract_measures.check(given)
            if not findings:
                with desk.change(f"Agree {measure} of {contract.reference}") as session:
                    contract_measures.agree_measure(session, contract.id, measure, given)
            return findings

        most = measure in AT_MOST
        fields = (
            Field(
                "agreed_percent",
                "At most, per cent" if most else "At least, per cent",
                "integer",
                help="As the contract says it. Left empty, nothing is agreed.",
            ),
            Field("note", "Note", help="Such as where the contract says so."),
        )
        form = Form(fields, AgreedDetails, desk.theme, today=desk.clock.today())
        form.show_details(line.agreed or AgreedDetails())
        title = f"Agreed: {measure}"
        draft = desk.draft(
            f"AgreedDetails:{contract.id}:{measure.name}",
            title,
            OpenContract(contract.id, "measures"),
        )
        dialog = FormDialog(form, title, "Save", save, desk.theme, self, draft=draft)
        space = desk.theme.space
        dialog.resize(min(dialog.width(), space(110)), min(dialog.height(), space(80)))
        dialog.open()
        self.dialog = dialog

    def _on_provider(self) -> None:
        if self._contract is not None:
            self._desk.go(OpenProvider(self._contract.provider_id))
