"""What LOTI asks beside the barriers this quarter: the questions, the answers, and one page."""

from __future__ import annotations

from dataclasses import make_dataclass, replace
from typing import Any

from PySide6.QtWidgets import QVBoxLayout, QWidget

from apprentice_desk import resources
from apprentice_desk.domain.calendar import Quarter
from apprentice_desk.domain.findings import Finding, Place
from apprentice_desk.domain.leaving import Going, LeftKind
from apprentice_desk.domain.problems import Problem
from apprentice_desk.domain.progress import Progress
from apprentice_desk.domain.survey import Survey, survey_of
from apprentice_desk.records.survey import (
    AnswerDetails,
    answer_question,
    answer_rows,
    check,
    take_answer_back,
)
from apprentice_desk.ui.desk import Desk
from apprentice_desk.ui.kit import access
from apprentice_desk.ui.kit.arranging import Flow
from apprentice_desk.ui.kit.dialogs import FormDialog
from apprentice_desk.ui.kit.fields import Field
from apprentice_desk.ui.kit.files import ask_for_file
from apprentice_desk.ui.kit.forms import Form
from apprentice_desk.ui.kit.panels import Card
from apprentice_desk.ui.kit.pieces import button, label
from apprentice_desk.ui.kit.tips import as_tip
from apprentice_desk.ui.leaving import save_out
from apprentice_desk.ui.pages.network.naming import NO_NAMES, about_names, known_names

TITLE = "LOTI asks this quarter"
NOT_YET = "Not answered yet"
NOT_IN_RETURN = "Answers do not go with the return. Save them as one page and send that."


class SurveyCard(Card):
    """The questions of the quarter of today, with what was answered."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(TITLE, desk.theme)
        self._desk = desk
        theme = desk.theme
        self.survey: Survey | None = None
        self.answers: dict[str, str] = {}
        self.dialog: FormDialog | None = None
        self.file_dialog: Any = None
        self.about = label("", "quiet", wraps=True)
        self.questions = QWidget()
        self._asked = QVBoxLayout(self.questions)
        self._asked.setContentsMargins(0, 0, 0, 0)
        self._asked.setSpacing(theme.space(1))
        self.answer = button("Answer…", theme, self.start_answering, icon="pencil")
        self.save = button("Save as one page…", theme, self.ask_for_pdf, icon="file-down")
        self.where = label(NOT_IN_RETURN, "small", wraps=True)
        inside = QWidget()
        down = QVBoxLayout(inside)
        down.setContentsMargins(0, 0, 0, 0)
        down.setSpacing(theme.space(2))
        for each in (self.about, self.questions, Flow([self.answer, self.save], theme), self.where):
            down.addWidget(each)
        self.add(inside)
        self.refresh()

    @property
    def quarter(self) -> Quarter:
        """The quarter of today."""
        return Quarter.containing(self._desk.clock.today())

    def refresh(self) -> None:
        """Read the questions and what was answered."""
        quarter = self.quarter
        try:
            self.survey = survey_of(resources.surveys(), quarter)
        except Problem as unknown:
            self.survey = None
            self.about.setText(f"{unknown.what} {unknown.remedy}")
        is_known = self.survey is not None
        for each in (self.questions, self.save, self.where, self.answer):
            each.setVisible(is_known)
        if self.survey is None:
            return
        rows = self._desk.store.read(answer_rows, str(quarter))
        self.answers = {row.details.question: row.details.answer for row in rows}
        self.about.setText(f"{quarter.words()} · {self.survey.source}")
        self._show_questions(self.survey)
        self.answer.setEnabled(not self._desk.store.is_read_only)
        self.save.setEnabled(bool(self.answers))
        self.save.setToolTip(as_tip("" if self.answers else "Answer a question first."))

    def _show_questions(self, survey: Survey) -> None:
        while (item := self._asked.takeAt(0)) is not None:
            if (old := item.widget()) is not None:
                old.hide()
                old.deleteLater()
        for number, question in enumerate(survey.questions):
            if number:
                self._asked.addSpacing(self._desk.theme.space(1.5))
            answer = self.answers.get(question.id, "")
            shown = label(answer or NOT_YET, "" if answer else "quiet", wraps=True)
            access.name(shown, f"{question.text}: {answer or NOT_YET}")
            self._asked.addWidget(label(question.text, "strong", wraps=True))
            self._asked.addWidget(shown)

    # answering

    def start_answering(self) -> FormDialog | None:
        """Open the form with a text for each question."""
        survey = self.survey
        if survey is None or self._desk.store.is_read_only:
            return None
        names = {f"answer_{number}": each for number, each in enumerate(survey.questions)}
        details_class = make_dataclass(
            "Answers", [(name, str, "") for name in names], frozen=True, slots=True
        )
        fields = tuple(
            Field(
                name,
                f"Answer {number}",
                "long text",
                help=f"{each.help} {NO_NAMES}",
                rows=3,
                group=each.text,
            )
            for number, (name, each) in enumerate(names.items(), start=1)
        )
        form = Form(fields, details_class, self._desk.theme, today=self._desk.clock.today())
        form.show_details(
            details_class(**{n: self.answers.get(each.id, "") for n, each in names.items()})
        )
        asked = {name: AnswerDetails(each.id, each.text, "") for name, each in names.items()}
        self.dialog = FormDialog(
            form,
            f"{TITLE}, {self.quarter}",
            "Save the answers",
            lambda given: self._keep(given, asked),
            self._desk.theme,
            self.window(),
        )
        self.dialog.open()
        return self.dialog

    def _keep(self, given: Any, asked: dict[str, AnswerDetails]) -> list[Finding]:
        today, quarter = self._desk.clock.today(), str(self.quarter)
        answers = {
            name: AnswerDetails(each.question, each.asked, (getattr(given, name) or "").strip())
            for name, each in asked.items()
        }
        known = known_names(self._desk)
        found = [
            finding
            for name, each in answers.items()
            if each.answer
            for finding in (
                *(replace(one, place=Place(field=name)) for one in check(each)),
                *about_names(name, each.answer, known),
            )
        ]
        if found:
            return found
        with self._desk.change(f"Answer LOTI for {quarter}") as session:
            for each in answers.values():
                if each.answer:
                    answer_question(session, quarter, each, today)
                else:
                    take_answer_back(session, quarter, each.question)
        self.refresh()
        return []

    # the page

    def ask_for_pdf(self) -> None:
        """Ask where the page is to stand."""
        self.file_dialog = ask_for_file(
            self,
            "Save the answers as one page",
            "PDF",
            "pdf",
            f"Answers to LOTI {self.quarter}",
            self.save_pdf,
        )

    def save_pdf(self, path: str) -> None:
        """Write the page to *path*, in the background."""
        survey, desk, quarter, answers = self.survey, self._desk, self.quarter, dict(self.answers)
        if survey is None:
            return

        def work(progress: Progress) -> Any:
            # Late: ReportLab takes a fifth of a second to import.
            from apprentice_desk.documents import pdf
            from apprentice_desk.documents.survey_answers import AnswerPage, answer_page

            of = AnswerPage(
                quarter,
                survey,
                answers,
                desk.organisation.name,
                desk.clock.today(),
                is_sample=desk.organisation.is_sample,
            )
            return pdf.write(path, answer_page(of), progress)

        # Answers are written by hand: who is named in them only their writer knows.
        save_out(desk, "Saving the answers", work, Going(LeftKind.ANSWERS), owner=self)
