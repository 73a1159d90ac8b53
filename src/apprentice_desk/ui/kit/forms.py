"""A form over a Details dataclass: Details in, Details out.

It compares, so that unsaved changes are a question of equality; it shows findings beside the
field that they name and sums them up at the top.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QApplication, QBoxLayout, QFrame, QScrollArea, QVBoxLayout, QWidget

from apprentice_desk.domain.findings import Finding, Level, Place
from apprentice_desk.ui.kit import access
from apprentice_desk.ui.kit.choosing import ChoiceInput, SearchInput
from apprentice_desk.ui.kit.dates import DateInput
from apprentice_desk.ui.kit.fields import make_input
from apprentice_desk.ui.kit.fitting import Scrolled
from apprentice_desk.ui.kit.form_parts import FieldBlock, FindingsSummary
from apprentice_desk.ui.kit.inputs import Choices, Field, Input
from apprentice_desk.ui.kit.pieces import label
from apprentice_desk.ui.kit.theme import Theme

_MOST_SAID = 60
"""Characters of a field in a sentence: enough to know what it was."""


class Unreadable(Exception):  # noqa: N818 - what a person typed, not a fault of the program
    """A field holds what cannot be read; *findings* name the fields."""

    def __init__(self, findings: Sequence[Finding]) -> None:
        super().__init__(" ".join(finding.message for finding in findings))
        self.findings = tuple(findings)


class Form(QWidget):
    """Inputs for the *fields* of *details_class*, in their order.

    show() fills it, read() gives new Details; attributes without a field are carried over.
    *edited* is sent whenever the person changes something.  *today* lets dates be written as
    "yesterday".  One that does not scroll is as high as what it holds; a *flush* one leaves no
    room around, for a card that does.  *inputs* are those that are made already, by the names of
    their fields.
    """

    edited = Signal()

    def __init__(
        self,
        fields: Sequence[Field],
        details_class: type,
        theme: Theme,
        parent: QWidget | None = None,
        *,
        today: date | None = None,
        scrolls: bool = True,
        flush: bool = False,
        inputs: Mapping[str, Input] | None = None,
    ) -> None:
        super().__init__(parent)
        self._inputs = dict(inputs or {})
        self.fields = tuple(fields)
        self._theme = theme
        self._today = today
        self._shown: Any = None
        self._baseline: dict[str, Any] = {}
        self._take_class(details_class)
        self._blocks: dict[str, FieldBlock] = {}
        self._lines: list[tuple[QBoxLayout, list[FieldBlock]]] = []
        self._summary = FindingsSummary(theme)
        self._summary.asked_for.connect(self.focus)
        content = Scrolled()
        down = QVBoxLayout(content)
        edge = 0 if flush else theme.space(4)
        down.setContentsMargins(edge, 0 if flush else theme.space(3), edge, edge)
        down.setSpacing(theme.space(3.5))
        down.addWidget(self._summary)
        self._above = QVBoxLayout()
        down.addLayout(self._above)
        self._down = down
        self._build()
        self._below = QVBoxLayout()
        down.addLayout(self._below)
        self.area = QScrollArea() if scrolls else None
        """What the fields scroll in."""
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        if self.area is None:
            outer.addWidget(content)
        else:
            down.addStretch(1)
            self.area.setProperty("role", "raised")
            self.area.setWidgetResizable(True)
            self.area.setFrameShape(QFrame.Shape.NoFrame)
            self.area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
            self.area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            self.area.setWidget(content)
            outer.addWidget(self.area)
        self.show_details(None)

    def _take_class(self, details_class: type) -> None:
        self._details_class = details_class
        self._specs = {spec.name: spec for spec in dataclasses.fields(details_class)}
        unknown = [field.name for field in self.fields if field.name not in self._specs]
        if unknown:
            raise TypeError(f"{details_class.__name__} has no {', '.join(unknown)}")
        self._texts = {name for name, spec in self._specs.items() if spec.default == ""}

    def _build(self) -> None:
        group = ""
        for field in self.fields:
            is_new_group = bool(field.group) and field.group != group
            if is_new_group:
                group = field.group
                self._down.addWidget(label(group, "heading", wraps=True))
            if not field.beside or is_new_group or not self._lines:
                self._lines.append((self._new_line(), []))
                self._down.addLayout(self._lines[-1][0])
            self._put_into(self._lines[-1], field)

    def _new_line(self) -> QBoxLayout:
        line = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        line.setSpacing(self._theme.space(4))
        return line

    def _put_into(self, line: tuple[QBoxLayout, list[FieldBlock]], field: Field) -> None:
        given = self._inputs.get(field.name) or make_input(field, self._theme, self._today)
        block = FieldBlock(field, given, self._theme)
        block.input.edited.connect(self._on_edited)
        self._blocks[field.name] = block
        line[0].addWidget(block, 1, Qt.AlignmentFlag.AlignTop)
        line[1].append(block)

    def insert_line(self, after: str, fields: Sequence[Field], details_class: type) -> None:
        """Put *fields* into one more line, below that of the field *after*; they are blank.

        *details_class* has them too.  What is typed stays, and no field counts as changed by it.
        """
        place, before = self._line_of(after)
        line: tuple[QBoxLayout, list[FieldBlock]] = (self._new_line(), [])
        self._lines.insert(place + 1, line)
        self._down.insertLayout(self._place_of(before) + 1, line[0])
        last = self.fields.index(self._blocks[after].field) + 1
        self.fields = (*self.fields[:last], *fields, *self.fields[last:])
        self._take_class(details_class)
        for field in fields:
            self._put_into(line, field)
            block = self._blocks[field.name]
            block.input.write(self._blank_value(field.name))
            block.show()  # at once: Tab comes to nothing that is not shown yet
        self._follow(after, [self._blocks[field.name] for field in fields])
        now, typed = self._values_or_none(), self.typed()
        for field in fields:
            self._baseline[field.name] = now[field.name]
            self._as_shown[field.name] = typed[field.name]
        self._reflow()

    def put_after(self, name: str, part: QWidget) -> None:
        """Put *part* below the line of the field *name*; Tab comes to it after that."""
        _, line = self._line_of(name)
        self._down.insertWidget(self._place_of(line) + 1, part)
        self._follow(name, [part])

    def _follow(self, name: str, parts: Sequence[QWidget]) -> None:
        """Let Tab come to *parts* after the line of the field *name*."""
        _, line = self._line_of(name)
        blocks = next(blocks for each, blocks in self._lines if each is line)
        before = access.stops(blocks[-1])[-1]
        access.follow(
            before.focusProxy() or before, [s for part in parts for s in access.stops(part)]
        )

    def _line_of(self, name: str) -> tuple[int, QBoxLayout]:
        block = self._blocks[name]
        return next(
            (place, line) for place, (line, blocks) in enumerate(self._lines) if block in blocks
        )

    def _place_of(self, line: QBoxLayout) -> int:
        """The place of *line* in the form."""
        down = self._down
        return next(place for place in range(down.count()) if down.itemAt(place) is line)

    def make_room_for(self, names: Iterable[str]) -> None:
        """Have the fields *names*, which were typed into it before; all but a growing form has."""

    def minimumSizeHint(self) -> QSize:
        """Return the least room: fields below each other are always possible."""
        widest = max(block.minimumSizeHint().width() for block in self._blocks.values())
        return QSize(widest + 2 * self._theme.space(4), super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Put fields beside each other only where there is room for them."""
        super().resizeEvent(event)
        self._reflow()

    def _reflow(self) -> None:
        edges = 2 * self._theme.space(4) + self._theme.space(3)  # margins and the scroll bar
        across, down = QBoxLayout.Direction.LeftToRight, QBoxLayout.Direction.TopToBottom
        for line, blocks in self._lines:
            needed = sum(block.minimumSizeHint().width() for block in blocks)
            needed += line.spacing() * (len(blocks) - 1)
            line.setDirection(across if needed <= self.width() - edges else down)

    # values

    def show_details(self, details: Any) -> None:
        """Show *details*; None shows a form that is blank but for the class's own defaults."""
        self._shown = details
        for field in self.fields:
            value = self._value_shown(field.name)
            given = self._blocks[field.name].input
            if isinstance(given, DateInput) and field.day_given:
                is_given = self._value_shown(field.day_given) is not False
                given.write_day(value, is_day_given=is_given)
            else:
                given.write(value)
        self.clear_findings()
        self._baseline = self._values_or_none()
        self._as_shown = self.typed()

    def put_below(self, part: QWidget) -> None:
        """Put *part* below the last field; it scrolls with the fields."""
        self._below.addWidget(part)

    def show_part(self, part: QWidget) -> None:
        """Scroll to *part*, which stands in the form."""
        if self.area is not None:
            self.area.ensureWidgetVisible(part)

    def read(self) -> tuple[Any | None, list[Finding]]:
        """Return the Details as typed and no findings, or None and what cannot be read."""
        values, findings = self._values()
        if findings:
            return None, findings
        carried = {
            name: self._value_shown(name)
            for name, spec in self._specs.items()
            if spec.init and name not in values
        }
        return self._details_class(**(carried | values)), []

    def details(self) -> Any:
        """Return the Details as typed; raises Unreadable if a field cannot be read."""
        details, findings = self.read()
        if findings:
            raise Unreadable(findings)
        return details

    @property
    def has_unsaved_changes(self) -> bool:
        """Whether what is typed differs from what was shown."""
        return self._values_or_none() != self._baseline

    @property
    def as_shown(self) -> dict[str, str]:
        """What stood in each field when it was shown, as text."""
        return dict(self._as_shown)

    def typed(self) -> dict[str, str]:
        """Return what stands in each field as text, whether or not it can be read."""
        return {name: block.input.typed() for name, block in self._blocks.items()}

    def changes_in_words(self, texts: Mapping[str, str] | None = None) -> str:
        """Return which fields hold what, of those that the person changed: "Hours 4:00, KSBs K7".

        *texts* are such fields as ``typed`` gives them, where it is not what stands there now.
        """
        if texts is None:
            now = self.typed()
            texts = {name: now[name] for name in now if now[name] != self._as_shown[name]}
        said = []
        for field in self.fields:
            if field.name in texts:
                words = " ".join(texts[field.name].split())
                if len(words) > _MOST_SAID:
                    words = f"{words[:_MOST_SAID].rstrip()}…"
                said.append(f"{field.label} “{words}”" if words else f"{field.label} left blank")
        return ", ".join(said)

    def type_in(self, texts: Mapping[str, str]) -> None:
        """Put texts of ``typed`` back into their fields, as if they had been typed."""
        for name, text in texts.items():
            if name in self._blocks:
                self._blocks[name].input.type_in(text)
        self.edited.emit()

    def put_above(self, part: QWidget, stops: Sequence[QWidget]) -> None:
        """Put *part* above the first field; *stops* are where Tab stops in it."""
        self._above.addWidget(part)
        before: QWidget = self._summary
        for each in stops:
            QWidget.setTabOrder(before, each)
            before = each
        if self.area is not None:
            self.area.verticalScrollBar().setValue(0)

    def value(self, name: str) -> Any:
        """Return the value typed in the field *name*; None also if it cannot be read."""
        try:
            return self._blocks[name].input.read()
        except ValueError:
            return None

    def set_value(self, name: str, value: Any) -> None:
        """Type *value* into the field *name*."""
        self._blocks[name].input.write(value)

    def set_choices(self, name: str, choices: Choices | Callable[[], Choices]) -> None:
        """Offer other choices in the field *name*."""
        chooser = self._blocks[name].input
        if not isinstance(chooser, (ChoiceInput, SearchInput)):
            raise TypeError(f"{name} is not a choice")
        chooser.set_choices(choices)

    def set_help(self, name: str, text: str) -> None:
        """Say something else below the field *name*."""
        self._blocks[name].set_help(text)

    def show_field(self, name: str, *, is_shown: bool) -> None:
        """Show or hide the field *name*; what is typed in a hidden one is read all the same."""
        block = self._blocks[name]
        if block.isHidden() == is_shown:
            block.setVisible(is_shown)
            self._reflow()

    def input(self, name: str) -> Input:
        """Return the input of the field *name*."""
        return self._blocks[name].input

    def _blank_value(self, name: str) -> Any:
        """The class's own default, None where it has none."""
        spec = self._specs[name]
        if spec.default is not dataclasses.MISSING:
            return spec.default
        if spec.default_factory is not dataclasses.MISSING:
            return spec.default_factory()
        return None

    def _value_shown(self, name: str) -> Any:
        return getattr(self._shown, name, self._blank_value(name))  # a line may have come since

    def _values(self) -> tuple[dict[str, Any], list[Finding]]:
        values: dict[str, Any] = {}
        findings: list[Finding] = []
        for field in self.fields:
            given = self._blocks[field.name].input
            place = Place(heading=field.label, field=field.name)
            try:
                value = given.read()
            except ValueError as error:
                findings.append(Finding(Level.ROW, "FORM1", str(error), place=place))
                continue
            if field.required and value is None:
                says = f"{field.label} is missing."
                findings.append(Finding(Level.ROW, "FORM2", says, place=place))
                continue
            values[field.name] = "" if value is None and field.name in self._texts else value
            if isinstance(given, DateInput) and field.day_given:
                values[field.day_given] = given.is_day_given
        return values, findings

    def _values_or_none(self) -> dict[str, Any]:
        """Every value, or the typed words where they cannot be read: what changes are found by."""
        values: dict[str, Any] = {}
        for field in self.fields:
            given = self._blocks[field.name].input
            try:
                value = given.read()
            except ValueError as error:
                value = str(error)
            is_day_given = given.is_day_given if isinstance(given, DateInput) else None
            values[field.name] = (value, is_day_given)
        return values

    # findings and focus

    def show_findings(self, findings: Iterable[Finding]) -> None:
        """Show each finding beside its field and all of them at the top, and read them out."""
        found = list(findings)
        self.clear_findings()
        for name, block in self._blocks.items():
            own = [finding for finding in found if finding.place.field == name]
            if own:
                block.show_findings(own)
        labels = {field.name: field.label for field in self.fields}
        self._summary.show_findings(found, labels)
        if found:
            if self.area is not None:
                self.area.verticalScrollBar().setValue(0)
            self._summary.setFocus(Qt.FocusReason.OtherFocusReason)

    def mark(self, findings: Iterable[Finding]) -> None:
        """Show each finding beside its field while a person types: nothing is summed up.

        A field that no finding names says nothing any more.
        """
        found = list(findings)
        for name, block in self._blocks.items():
            block.show_findings([each for each in found if each.place.field == name])

    def clear_findings(self) -> None:
        """Take all findings away."""
        for block in self._blocks.values():
            block.show_findings([])
        self._summary.show_findings([], {})

    def focus(self, name: str) -> None:
        """Go to the field *name*."""
        block = self._blocks[name]
        block.input.target.setFocus(Qt.FocusReason.ShortcutFocusReason)
        if self.area is not None:
            self.area.ensureWidgetVisible(block)

    @property
    def groups(self) -> dict[str, list[str]]:
        """The names of the fields under each heading, in their order."""
        found: dict[str, list[str]] = {}
        group = ""
        for field in self.fields:
            group = field.group or group
            found.setdefault(group, []).append(field.name)
        return found

    def focus_group(self, step: int) -> None:
        """Go *step* headings on, to the first field below; at either end it stays."""
        here = QApplication.focusWidget()
        groups = list(self.groups.values())
        for place, names in enumerate(groups):
            if here is not None and any(self._blocks[name].isAncestorOf(here) for name in names):
                self.focus(groups[max(0, min(place + step, len(groups) - 1))][0])
                return
        self.focus_first()

    def focus_first(self) -> None:
        """Go to the first field."""
        if self.fields:
            self.focus(self.fields[0].name)

    def _on_edited(self) -> None:
        self.edited.emit()
