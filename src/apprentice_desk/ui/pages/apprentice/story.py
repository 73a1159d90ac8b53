"""The part Story: the whole apprenticeship in time order, and its record to print."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from PySide6.QtWidgets import QFileDialog, QVBoxLayout

from apprentice_desk import resources
from apprentice_desk.domain.calendar import show_day, table_day
from apprentice_desk.domain.durations import rate, sentence
from apprentice_desk.domain.ksb_codes import asked_for, spelled_out
from apprentice_desk.domain.leaving import Going, LeftKind
from apprentice_desk.domain.progress import Progress
from apprentice_desk.domain.story import About, Happening, tell
from apprentice_desk.records.standing import ApprenticeRow
from apprentice_desk.records.story import CareerRow, career, story_facts
from apprentice_desk.ui.desk import Desk
from apprentice_desk.ui.destinations import OpenHours, OpenRecord
from apprentice_desk.ui.kit.arranging import Flow, SideBySide
from apprentice_desk.ui.kit.files import ask_for_file
from apprentice_desk.ui.kit.filters import CountLine, FilterBox
from apprentice_desk.ui.kit.keys import add_key
from apprentice_desk.ui.kit.pieces import button
from apprentice_desk.ui.kit.rows import Badge, Column, RowsModel
from apprentice_desk.ui.kit.table import RowsTable
from apprentice_desk.ui.kit.tips import as_tip
from apprentice_desk.ui.leaving import save_out
from apprentice_desk.ui.pages.apprentice.part import PARTS, RecordPart
from apprentice_desk.ui.saving_lists import ListSaver

PDF = "Save the record as PDF, to print"


@dataclass(frozen=True, slots=True)
class StoryLine:
    """One thing that happened, as the list shows it."""

    id: str
    told: Happening


_BUTTONS_BESIDE = 120
"""The width in quarters from which the buttons stand beside the filter."""


def _badge(line: StoryLine) -> Badge:
    told = line.told
    if told.is_to_come:
        return Badge("Planned", "note", "circle-dashed")
    return Badge("Done", "good", "circle-check")


COLUMNS = (
    Column(
        "Day",
        lambda line: table_day(line.told.on),
        lambda line: line.told.on,
        width=11,
        holds="date",
        value=lambda line: line.told.on,
    ),
    Column("", _badge, width=11, kind="badge", called="Done or planned"),
    Column(
        "What",
        lambda line: line.told.what,
        width=44,
        tip=lambda line: line.told.what,
        found_by=lambda line: spelled_out(line.told.what),
    ),
    Column(
        "Details",
        lambda line: line.told.details,
        width=40,
        tip=lambda line: line.told.details,
        found_by=lambda line: spelled_out(line.told.details),
    ),
    Column("About", lambda line: str(line.told.about).capitalize(), width=16),
)


class StoryPart(RecordPart):
    """The list of what happened and what is planned; Enter goes to where it stands."""

    tables = frozenset(
        {
            "review_part",
            "review_action",
            "ksb_statement",
            "checklist_mark",
            "pay",
            "programme_change",
            "secondment",
            "version_stay",
        }
    )

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        theme = desk.theme
        self._row: ApprenticeRow | None = None
        self._told: tuple[Happening, ...] = ()
        self._career: tuple[CareerRow, ...] = ()
        self.file_dialog: QFileDialog | None = None
        self.model = RowsModel(COLUMNS, self, reads=asked_for)
        self.table = RowsTable(self.model, "Story of the apprenticeship", theme, stretch=3)
        self.table.sort_by(0)
        self.filter = FilterBox(self.table, "what happened, KSBs", theme)
        self.saver = ListSaver(
            desk,
            self,
            self.table,
            "Story",
            self._facts,
            whom=lambda _row: self._row.id if self._row else None,
        )
        self.table.set_actions(self.saver.all)
        self.table.row_opened.connect(self._on_opened)
        self.print_ = button("Print the record", theme, self.ask_for_pdf, icon="file-text")
        self.print_.setToolTip(as_tip(f"{PDF} (Ctrl+Shift+P)"))
        self.save = self.saver.button()
        self.others = Flow([], theme)
        self.count = CountLine(self.table, "Enter goes there")
        down = QVBoxLayout(self)
        down.setContentsMargins(0, 0, 0, 0)
        down.setSpacing(theme.space(2.5))
        down.addWidget(self.others)
        parts = [self.filter, Flow([self.print_, self.save], theme)]
        down.addWidget(SideBySide(parts, theme, shares=(1, 0), narrowest=_BUTTONS_BESIDE))
        down.addWidget(self.table, 1)
        down.addWidget(self.count)
        self.table.set_least(52)
        self.table.set_empty(
            "Nothing is recorded yet", "What is logged, planned and agreed appears here by its day."
        )
        add_key(self, PDF, "Ctrl+Shift+P", self.ask_for_pdf)

    def show_record(self, row: ApprenticeRow) -> None:
        """Tell the story of *row*."""
        desk = self._desk
        today = desk.clock.today()
        places = {borough.code: borough.name for borough in resources.boroughs()}
        rules = resources.programme_rules()
        items = {item.key: item.title for item in (*rules.start, *rules.gateway)}
        reasons = {each.code: each.meaning for each in resources.leaving_reasons()}
        facts = desk.store.read(story_facts, row.id, today, places, items, reasons)
        self._row = row
        self._told = tell(facts, today)
        self.model.replace([StoryLine(str(n), each) for n, each in enumerate(self._told)])
        self._show_career(desk.store.read(career, row.apprentice_id))

    def _show_career(self, rows: Sequence[CareerRow]) -> None:
        """Offer the person's other apprenticeships."""
        if self._row is None or tuple(rows) == self._career:
            return
        self._career = tuple(rows)
        here = self._row.id
        self.others.replace(
            [
                button(self._words_of(each), self._desk.theme, self._goes_to(each.id))
                for each in rows
                if each.id != here
            ]
        )
        self.others.setVisible(len(rows) > 1)

    def _words_of(self, each: CareerRow) -> str:
        status = each.status(self._desk.clock.today())
        return f"Apprenticeship {each.number}: {each.title or 'standard not known'}, {status}"

    def _goes_to(self, key: UUID) -> Any:
        return lambda: self._desk.go(OpenRecord(key, "story"))

    def take_keyboard(self) -> None:
        """Go to the list."""
        self.table.setFocus()

    def _facts(self) -> tuple[tuple[str, str], ...]:
        row = self._row
        return (("Apprentice", row.name), ("Standard", row.standard_shown)) if row else ()

    def _on_opened(self, line: StoryLine) -> None:
        told, row = line.told, self._row
        if row is None:
            return
        if told.about is About.HOURS:
            self._desk.go(OpenHours(row.id))
        elif any(place.name == told.part for place in PARTS):
            self._desk.go(OpenRecord(row.id, told.part, told.item_id))
        else:
            self._desk.go(OpenRecord(row.id, "facts"))

    # the record on paper

    def ask_for_pdf(self) -> None:
        """Ask where the record is to stand."""
        if self._row is None:
            return
        name = f"Record of {self._row.name}"
        self.file_dialog = ask_for_file(self, PDF, "PDF", "pdf", name, self.save_pdf)

    def save_pdf(self, path: str) -> None:
        """Write the record that is shown to *path*, in the background."""
        row, told, desk = self._row, self._told, self._desk
        if row is None:
            return
        others = tuple(self._words_of(each) for each in self._career if each.id != row.id)

        def work(progress: Progress) -> Any:
            # Late: ReportLab takes a fifth of a second to import.
            from apprentice_desk.documents import pdf
            from apprentice_desk.documents.record import RecordedOf, record_paper

            of = RecordedOf(
                name=row.name,
                standard=row.standard_shown,
                facts=_facts_of(row),
                figures=_figures_of(row),
                why=f"{row.figures.why}." if row.figures.why else "",
                borough=desk.organisation.name,
                made_on=desk.clock.today(),
                is_sample=desk.organisation.is_sample,
                others=others,
            )
            return pdf.write(path, record_paper(of, told), progress)

        going = Going.of(LeftKind.RECORD, [row.id])
        save_out(desk, "Saving the record as PDF", work, going, owner=self)


def _facts_of(row: ApprenticeRow) -> tuple[tuple[str, str], ...]:
    course = row.course
    days = (
        ("Training started", course.training_started_on),
        ("Training planned to end", course.training_planned_end_on),
        ("Ended", course.ended_on),
    )
    return (
        ("How it stands", str(row.status)),
        *((what, show_day(day)) for what, day in days if day is not None),
        *(
            (what, value)
            for what, value in (
                ("Provider", row.provider_name),
                ("Line manager", row.line_manager),
                ("Mentor", row.mentor),
                ("Grade", (row.grade or "").capitalize()),
            )
            if value
        ),
    )


def _figures_of(row: ApprenticeRow) -> tuple[tuple[str, str], ...]:
    figures = row.figures
    pairs = [
        ("Required", _minutes(figures.required_minutes)),
        ("Planned to date", _minutes(figures.planned_to_date_minutes)),
        ("Logged, counting", sentence(figures.logged_minutes)),
    ]
    if not row.status.is_ended:
        pairs.append(("Forecast", _minutes(figures.forecast_minutes)))
        if figures.needed_minutes is not None:
            pairs.append(("Needed from now", rate(figures.needed_minutes)))
    return tuple(pairs)


def _minutes(minutes: int | None) -> str:
    return "not known" if minutes is None else sentence(minutes)
