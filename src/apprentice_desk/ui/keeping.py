"""How a page was arranged, kept in this computer's preferences and taken up again."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtWidgets import QSplitter, QWidget

from apprentice_desk.ui.desk import Desk
from apprentice_desk.ui.kit.table import RowsTable

WAIT_MS = 700
"""So long after the last touch it is kept: dragging a column sends a hundred changes."""


class LookKeeper(QObject):
    """Keeps the columns of *table* and the width of the panel beside it under *name*.

    What was kept is taken up at once.  It is kept a moment after each change, when the page is
    hidden and when the desk is left.
    """

    def __init__(
        self, desk: Desk, page: QWidget, name: str, table: RowsTable, splitter: QSplitter | None
    ) -> None:
        super().__init__(page)
        self._desk = desk
        self._name = name
        self._table = table
        self._splitter = splitter
        self._panel: float | None = dict(desk.settings.panels).get(name)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(WAIT_MS)
        self._timer.timeout.connect(self.keep)
        if (look := desk.settings.look_of(name)) is not None:
            table.order.take(look)
        table.order.changed.connect(self._timer.start)
        if splitter is not None:
            splitter.splitterMoved.connect(self._on_splitter_moved)
        desk.leaving.connect(self._keep_now)
        page.installEventFilter(self)

    def panel_quarters(self, at_first: float) -> float:
        """Return how wide the panel was made; *at_first* where nobody moved it."""
        return at_first if self._panel is None else self._panel

    def keep(self) -> None:
        """Put what has changed into the preferences."""
        self._timer.stop()
        settings = self._desk.settings
        chosen = settings.with_look(self._table.order.look(self._name))
        if self._panel is not None:
            chosen = chosen.with_panel(self._name, round(self._panel, 2))
        is_same = chosen.look_of(self._name) == settings.look_of(self._name) and dict(
            chosen.panels
        ) == dict(settings.panels)
        if not is_same:
            self._desk.prefer(chosen)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Keep what is not kept yet when the page goes."""
        if event.type() == QEvent.Type.Hide:
            self._keep_now()
        return super().eventFilter(watched, event)

    def _keep_now(self) -> None:
        if self._timer.isActive():
            self.keep()

    def _on_splitter_moved(self, _at: int, _number: int) -> None:
        assert self._splitter is not None
        exact = 100
        self._panel = self._splitter.sizes()[-1] * exact / self._desk.theme.space(exact)
        self._timer.start()
