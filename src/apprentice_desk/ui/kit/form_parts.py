"""The parts that a form is built from: one field with its label and error, and the summary."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from apprentice_desk.domain.findings import Finding, Level, Place
from apprentice_desk.ui.kit import access
from apprentice_desk.ui.kit.arranging import Flow
from apprentice_desk.ui.kit.icons import pixmap
from apprentice_desk.ui.kit.inputs import Field, Input, TickInput
from apprentice_desk.ui.kit.pieces import button, label
from apprentice_desk.ui.kit.theme import Theme, Tone, set_role


class FieldBlock(QWidget):
    """One field: label, input, what was understood, help, what is wrong."""

    def __init__(self, field: Field, given: Input, theme: Theme) -> None:
        super().__init__()
        self.field = field
        self.input = given
        self._theme = theme
        self._help = label(field.help, "small", field.help_tone, wraps=True)
        if not field.help:
            self._help.hide()  # never shown here: without its place it would be a window
        self._understood = label("", "label", wraps=True)
        self._understood.hide()
        self._error = _ErrorLine(theme)
        down = QVBoxLayout(self)
        down.setContentsMargins(0, 0, 0, 0)
        down.setSpacing(theme.space(1))
        if not isinstance(given, TickInput):
            name = label(field.label.replace("&", "&&"), "label")
            name.setBuddy(given.target)
            if field.required:  # below the name where there is no room beside it
                down.addWidget(Flow([name, label("required", "small")], theme, down=0))
            else:
                down.addWidget(name)
        down.addWidget(given)
        down.addWidget(self._understood)
        down.addWidget(self._help)
        down.addWidget(self._error)
        given.edited.connect(self._on_edited)
        given.left.connect(self._on_left)
        given.understood.connect(self._on_understood)
        self.show_findings([])

    def set_help(self, text: str) -> None:
        """Say something else below the input."""
        self._help.setText(text)
        self._help.setVisible(bool(text))
        self._describe()

    def show_findings(self, findings: Sequence[Finding]) -> None:
        """Say what is wrong, nothing if there are none."""
        is_bad = any(finding.level is not Level.NOTE for finding in findings)
        tone: Tone = "danger" if is_bad else "warning"
        text = " ".join(_words(finding) for finding in findings)
        if text == self._error.text and not (text == "" and self.input.target.property("tone")):
            self._describe()
            return
        self._error.show_text(text, tone)
        self.input.set_tone("danger" if is_bad else "")
        self._describe()

    def _describe(self) -> None:
        parts = [
            "required" if self.field.required else "",
            self.field.unit,
            self._understood.text(),
            self._help.text(),
            self._error.text,
        ]
        self.input.describe(self.field.label, ". ".join(part for part in parts if part))

    def _on_edited(self) -> None:
        if self._error.text:
            self.show_findings([])

    def _on_understood(self, words: str) -> None:
        self._understood.setText(words)
        self._understood.setVisible(bool(words))
        self._describe()

    def _on_left(self) -> None:
        """Say at once what cannot be read; what is only missing waits for the end."""
        try:
            self.input.read()
        except ValueError as error:
            finding = Finding(Level.ROW, "FORM1", str(error), place=Place(field=self.field.name))
            self.show_findings([finding])
            access.announce(self.input.target, str(error))


class _ErrorLine(QWidget):
    """What is wrong, with a sign before it."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self.text = ""
        self._sign = QLabel()
        self._words = label("", "small", "danger", wraps=True)
        across = QHBoxLayout(self)
        across.setContentsMargins(0, 0, 0, 0)
        across.setSpacing(theme.space(1.5))
        across.addWidget(self._sign, 0, Qt.AlignmentFlag.AlignTop)
        across.addWidget(self._words, 1)
        self.hide()

    def show_text(self, text: str, tone: Tone) -> None:
        """Show *text*; none hides the line."""
        self.text = text
        self._words.setText(text)
        set_role(self._words, tone=tone)
        name = "circle-alert" if tone == "danger" else "triangle-alert"
        self._sign.setPixmap(pixmap(name, tone, self._theme, 4))
        self.setVisible(bool(text))


class FindingsSummary(QFrame):
    """All findings at the top of a form, each a way to its field."""

    asked_for = Signal(str)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self.setProperty("role", "banner")
        self.setProperty("tone", "danger")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Maximum)
        self._down = QVBoxLayout(self)
        edge = theme.space(3)
        self._down.setContentsMargins(edge, edge, edge, edge)
        self._down.setSpacing(theme.space(1))
        self._heading = label("", "strong", "danger", wraps=True)
        self._down.addWidget(self._heading)
        self._lines: list[QWidget] = []
        self.hide()

    def show_findings(self, findings: Sequence[Finding], labels: dict[str, str]) -> None:
        """Say what is wrong, nothing if there are none."""
        for old in self._lines:
            old.hide()
            old.deleteLater()
        self._lines = []
        self.setVisible(bool(findings))
        if not findings:
            return
        bad = sum(finding.level is not Level.NOTE for finding in findings)
        notes = len(findings) - bad
        tone: Tone = "danger" if bad else "warning"
        counted = [
            "One thing to put right" if bad == 1 else f"{bad} things to put right" if bad else "",
            ("One thing" if notes == 1 else f"{notes} things") + " worth a look" if notes else "",
        ]
        self._heading.setText(", ".join(part for part in counted if part))
        set_role(self, tone=tone)
        set_role(self._heading, tone=tone)
        for finding in findings:
            name = finding.place.field
            words = _words(finding)
            if name in labels and labels[name].lower() not in words.lower():
                words = f"{labels[name]}: {words}"
            self._lines.append(self._line(name, words, tone, is_link=name in labels))
            self._down.addWidget(self._lines[-1])
        access.follow(self, [line.go for line in self._lines if isinstance(line, _FieldLink)])
        says = f"{self._heading.text()}. " + " ".join(_words(finding) for finding in findings)
        access.name(self, says)
        access.announce(self, says, at_once=True)

    def _line(self, name: str, words: str, tone: Tone, *, is_link: bool) -> QWidget:
        if not is_link:
            return label(words, "", tone, wraps=True)
        link = _FieldLink(words, name, self._theme)
        link.asked_for.connect(self.asked_for)
        set_role(link, tone=tone)
        return link


class _FieldLink(QWidget):
    """A finding that leads to its field; long ones go on in a second line."""

    asked_for = Signal(str)

    def __init__(self, words: str, field: str, theme: Theme) -> None:
        super().__init__()
        self._field = field
        self.go: QPushButton = button("Go to it", theme, self._on_clicked, role="link")
        access.name(self.go, f"Go to it: {words}")
        across = QHBoxLayout(self)
        across.setContentsMargins(0, 0, 0, 0)
        across.setSpacing(theme.space(2))
        across.addWidget(label(words, wraps=True), 1)
        across.addWidget(self.go, 0, Qt.AlignmentFlag.AlignTop)

    def _on_clicked(self) -> None:
        self.asked_for.emit(self._field)


def _words(finding: Finding) -> str:
    return f"{finding.message} {finding.remedy}".strip()
