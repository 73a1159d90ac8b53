"""The dialog in which LOTI says of which boroughs a return is expected, from a period on."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QCheckBox, QDialog, QFrame, QScrollArea, QVBoxLayout, QWidget

from apprentice_desk.domain.calendar import Quarter
from apprentice_desk.domain.problems import Problem
from apprentice_desk.domain.reference import Borough
from apprentice_desk.ui.kit import access
from apprentice_desk.ui.kit.arranging import Flow, Tiles
from apprentice_desk.ui.kit.choosing import ChoiceInput
from apprentice_desk.ui.kit.fields import Field
from apprentice_desk.ui.kit.form_parts import FieldBlock
from apprentice_desk.ui.kit.messages import Banner, Messages
from apprentice_desk.ui.kit.pieces import button, label, line, row_of
from apprentice_desk.ui.kit.theme import Theme

_FROM = Field("from_period", "From this period on", "choice", width=28)
_WHY = (
    "Who takes part in LOTI was not found in any published list, so all 33 London authorities"
    " stand here at first. What you change holds from the period on; earlier ones keep what was"
    " expected then."
)

Reader = Callable[[Quarter], Collection[str]]
Saver = Callable[[Quarter, tuple[str, ...]], None]


class ExpectingDialog(QDialog):
    """Asks which boroughs a return is expected of.

    *read* gives the codes that are expected for a period; *save* keeps those ticked, from a period
    on, and may raise Problem, which is shown here.
    """

    def __init__(
        self,
        parent: QWidget,
        theme: Theme,
        boroughs: Sequence[Borough],
        periods: Sequence[Quarter],
        period: Quarter,
        read: Reader,
        save: Saver,
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle("Expected boroughs")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setProperty("role", "raised")
        access.name(self, "Expected boroughs", _WHY)
        self._theme = theme
        self._read = read
        self._save = save
        self._is_touched = False
        self._messages = Messages(self)
        self.period = ChoiceInput(_FROM, theme)
        self.period.set_choices([(quarter, quarter.words()) for quarter in periods])
        self.period.write(period)
        self.period.edited.connect(self._on_period_chosen)
        self.boroughs = {
            borough.code: QCheckBox(borough.name.replace("&", "&&"))
            for borough in sorted(boroughs, key=lambda borough: borough.name)
        }
        for tick in self.boroughs.values():
            tick.clicked.connect(self._on_ticked)
        self.all_ = button("Tick all", theme, lambda: self._tick_every(is_ticked=True))
        self.none = button("Tick none", theme, lambda: self._tick_every(is_ticked=False))
        self.count = label("", "strong")
        self.confirm = button("Save", theme, self.submit, role="primary")
        self.confirm.setDefault(True)
        self.cancel = button("Cancel", theme, self.reject)
        self._build()
        self._show_expected()
        self.period.box.setFocus(Qt.FocusReason.TabFocusReason)
        room = self.screen().availableSize()
        self.resize(
            min(theme.space(170), room.width()), min(theme.space(165), int(room.height() * 0.9))
        )

    def _build(self) -> None:
        theme = self._theme
        edge = theme.space(4)
        inner = QWidget()
        inner.setProperty("role", "raised")
        down = QVBoxLayout(inner)
        down.setContentsMargins(edge, edge, edge, edge)
        down.setSpacing(theme.space(3))
        down.addWidget(label("Expected boroughs", "large", wraps=True))
        down.addWidget(Banner(self._messages, theme))
        down.addWidget(label(_WHY, "quiet", wraps=True))
        down.addWidget(FieldBlock(_FROM, self.period, theme))
        down.addWidget(Flow([self.all_, self.none, self.count], theme, quarters=3))
        down.addWidget(Tiles(list(self.boroughs.values()), theme, narrowest=50))
        down.addStretch(1)
        area = QScrollArea()
        area.setProperty("role", "raised")
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setWidget(inner)
        foot = row_of(theme, None, self.cancel, self.confirm)
        foot.setContentsMargins(edge, theme.space(3), edge, theme.space(3))
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(0)
        outer.addWidget(area, 1)
        outer.addWidget(line())
        outer.addLayout(foot)

    @property
    def ticked(self) -> tuple[str, ...]:
        """The codes of the boroughs that are ticked."""
        return tuple(code for code, tick in self.boroughs.items() if tick.isChecked())

    def submit(self) -> None:
        """Keep what is ticked."""
        self._messages.dismiss()
        period = self.period.read()
        if period is None:
            self._messages.problem(
                Problem("No period is chosen.", "Choose from which period on this holds.")
            )
            self.period.box.setFocus()
            return
        try:
            self._save(period, self.ticked)
        except Problem as problem:
            self._messages.problem(problem)
            return
        self.accept()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Control and Enter save from anywhere."""
        is_enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if is_enter and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.submit()
        else:
            super().keyPressEvent(event)

    def _on_period_chosen(self) -> None:
        """Show what is expected from then on, unless the person has begun to say otherwise."""
        if not self._is_touched:
            self._show_expected()

    def _show_expected(self) -> None:
        period = self.period.read()
        expected = self._read(period) if period is not None else ()
        for code, tick in self.boroughs.items():
            tick.setChecked(code in expected)
        self._count()

    def _tick_every(self, *, is_ticked: bool) -> None:
        for tick in self.boroughs.values():
            tick.setChecked(is_ticked)
        self._on_ticked()

    def _on_ticked(self) -> None:
        self._is_touched = True
        self._count()

    def _count(self) -> None:
        words = f"{len(self.ticked)} of {len(self.boroughs)} expected"
        self.count.setText(words)
        access.announce(self.count, words)
