"""The panel beside the list: one standard, its versions, and what the shown version asks."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from apprentice_desk.domain import ksb_codes
from apprentice_desk.domain.calendar import show_day
from apprentice_desk.domain.durations import sentence
from apprentice_desk.domain.money import show_pounds
from apprentice_desk.domain.needs import counted
from apprentice_desk.domain.standards import VersionDetails, ksbs_of_option
from apprentice_desk.domain.standards_comparing import contents_in_words
from apprentice_desk.records.standard_uses import people_on
from apprentice_desk.records.standard_versions import HeldVersion, versions_of
from apprentice_desk.ui.desk import Desk
from apprentice_desk.ui.kit import access
from apprentice_desk.ui.kit.arranging import Flow, reading_area
from apprentice_desk.ui.kit.choosing import ChoiceInput
from apprentice_desk.ui.kit.fields import Field, make_input
from apprentice_desk.ui.kit.form_parts import FieldBlock
from apprentice_desk.ui.kit.panels import Card, EmptyState, KeyValues
from apprentice_desk.ui.kit.pieces import BadgeLabel, button, icon_button, label, line
from apprentice_desk.ui.kit.rows import Badge, RowsModel
from apprentice_desk.ui.kit.switching import Switch
from apprentice_desk.ui.kit.table import RowsTable
from apprentice_desk.ui.kit.tips import as_tip
from apprentice_desk.ui.pages.standards.columns import (
    ASKED_COLUMNS,
    AskedLine,
    StandardLine,
    asked_lines,
    flagged,
    status_badge,
)

READ_ONLY = "This desk is open to read only, so nothing in it can be changed."
_EVERY = 0
_OPTION = Field("option", "Option", "choice", width=17)
_MOST_ROWS = 7
_NONE = (
    "No version is loaded",
    "Load the official file of this standard, or paste its list of knowledge, skills and"
    " behaviours. Until then codes are taken as typed.",
)


class StandardPanel(Card):
    """Shows the standard last given to ``show_line``; *version_shown* tells which version."""

    version_shown = Signal()

    def __init__(self, desk: Desk, actions: Sequence[QAction]) -> None:
        super().__init__("", desk.theme, flush=True)
        self._desk = desk
        self._line: StandardLine | None = None
        self._versions: tuple[HeldVersion, ...] = ()
        self._staying: Counter[str] = Counter()
        """How many stay where they are though that version was asked about."""
        self._wanted = ""
        theme = desk.theme
        access.name(self, "Chosen standard")
        self.nothing = EmptyState(
            theme, "graduation-cap", "Nothing is chosen", "Choose a line in the list."
        )
        self.close_button = icon_button("arrow-left", "Back to the list", theme)
        self.name = label("", "large", wraps=True)
        self.badge = BadgeLabel(Badge(""), theme)
        self.line = label("", "quiet", wraps=True)
        self.none = EmptyState(theme, "book-open", *_NONE)
        self.which = Switch("Loaded versions", (), theme)
        self.flag = label("", "", "warning", wraps=True)
        self.facts = KeyValues((), theme)
        self.options = FieldBlock(_OPTION, make_input(_OPTION, theme), theme)
        self.heading = label("", "heading", wraps=True)
        self.model = RowsModel(ASKED_COLUMNS, self)
        self.table = RowsTable(self.model, "What the version asks", theme, stretch=1)
        self.table.set_fits(_MOST_ROWS)
        self.table.set_empty("No list yet", "Correct the version and paste its list.")
        self.words = label("", wraps=True)
        self.more = label("", "small", wraps=True)
        self.loaded = label("", "small", wraps=True)
        self.buttons = [_action_button(action, desk) for action in actions]
        self._build()
        self.which.chosen.connect(self.show_version)
        self.options.input.edited.connect(self._on_option)
        self.table.row_chosen.connect(self._on_chosen)
        self.show_line(None)

    def _build(self) -> None:
        theme = self._desk.theme
        head = QHBoxLayout()
        head.setSpacing(theme.space(2))
        head.addWidget(self.close_button, 0, Qt.AlignmentFlag.AlignTop)
        head.addWidget(self.name, 1)
        head.addWidget(self.badge, 0, Qt.AlignmentFlag.AlignTop)
        content = QWidget()
        content.setProperty("role", "raised")
        down = QVBoxLayout(content)
        edge = theme.space(4)
        down.setContentsMargins(edge, edge, edge, edge)
        down.setSpacing(theme.space(2))
        down.addLayout(head)
        for part in (
            self.line, self.none, self.which, self.flag, self.facts, self.heading, self.options,
            self.table, self.words, self.more, self.loaded,
        ):  # fmt: skip
            down.addWidget(part)
        down.addStretch(1)
        self.area = reading_area(content, "Details")
        self.read_only = label(READ_ONLY, "small", wraps=True)
        self.read_only.setVisible(self._desk.store.is_read_only)
        foot = QVBoxLayout()
        foot.setContentsMargins(edge, theme.space(2), edge, theme.space(3))
        foot.addWidget(self.read_only)
        foot.addWidget(Flow(self.buttons, theme))
        self.shown = QWidget()
        inside = QVBoxLayout(self.shown)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.setSpacing(0)
        inside.addWidget(self.area, 1)
        inside.addWidget(line())
        inside.addLayout(foot)
        self.add(self.nothing, 1)
        self.add(self.shown, 1)

    def take_keyboard(self) -> None:
        """Take the keyboard: at the version that is shown, else where arrow keys scroll."""
        shown = self.which.buttons.get(self._wanted)
        (shown or self.area).setFocus(Qt.FocusReason.TabFocusReason)

    # what is shown

    @property
    def versions(self) -> tuple[HeldVersion, ...]:
        """The loaded versions of the standard, the oldest first."""
        return self._versions

    @property
    def version(self) -> HeldVersion | None:
        """The version that is shown."""
        shown = self._wanted
        return next((each for each in self._versions if each.details.version == shown), None)

    def show_line(self, line_: StandardLine | None) -> None:
        """Show one standard, or that none is chosen."""
        is_other = self._line is None or line_ is None or self._line.id != line_.id
        self._line = line_
        self.nothing.setVisible(line_ is None)
        self.shown.setVisible(line_ is not None)
        if line_ is None:
            self._versions = ()
            self.version_shown.emit()
            return
        self.name.setText(line_.title)
        self.badge.show_badge(status_badge(line_))
        self.line.setText(_about(line_))
        self._versions = self._desk.store.read(versions_of, line_.id) if line_.versions else ()
        people = self._desk.store.read(people_on, line_.id) if self._versions else ()
        self._staying = Counter(stay.version for each in people for stay in each.stays)
        names = [each.details.version for each in self._versions]
        if is_other or self._wanted not in names:
            self._wanted = names[-1] if names else ""
        self.which.show_choices([(name, f"Version {name}") for name in names])
        access.follow(self.close_button, self.which.buttons.values())
        self.show_version(self._wanted)

    def show_version(self, version: str) -> None:
        """Show what one of the loaded versions says."""
        self._wanted = version
        held = self.version
        self.none.setVisible(held is None)
        for part in (self.which, self.facts, self.heading, self.table, self.loaded):
            part.setVisible(held is not None)
        self.options.setVisible(held is not None and bool(held.details.options))
        if held is None or self._line is None:
            for part in (self.flag, self.words, self.more):
                part.hide()
            self.model.replace([])
            self.version_shown.emit()
            return
        self.which.show_value(version)
        row = next(each for each in self._line.versions if each.version == version)
        said = flagged(row, self._line.today)
        self.flag.setText(said)
        self.flag.setVisible(bool(said))
        self.facts.show_pairs(_facts(held, self._line, self._staying[version]))
        self.loaded.setText(_loaded(held))
        options = held.details.options
        chooser = self.options.input
        assert isinstance(chooser, ChoiceInput)
        chooser.set_choices([(_EVERY, "All"), *((each.number, each.title) for each in options)])
        chooser.write(_EVERY)
        self.show_option(_EVERY)
        self.version_shown.emit()

    def _on_option(self) -> None:
        self.show_option(self.options.input.read() or _EVERY)

    def show_option(self, number: int) -> None:
        """Show what one option of the version asks, or with 0 what all of them do."""
        held = self.version
        if held is None:
            return
        details = held.details
        titles = {each.number: each.title for each in details.options}
        ksbs = ksbs_of_option(details, titles.get(number, ""))
        codes = {each.code for each in ksbs}
        duties = [
            each for each in details.duties if number == _EVERY or codes.issuperset(each.ksbs)
        ]
        self.heading.setText(f"What it asks: {contents_in_words(details)}")
        self.model.replace(asked_lines(ksbs, duties, titles, ksb_codes.write))
        self.table.choose_first()
        self._on_chosen(self.table.chosen())

    def _on_chosen(self, chosen: AskedLine | None) -> None:
        self.words.setText("" if chosen is None else f"{chosen.id}: {chosen.words}")
        self.more.setText("" if chosen is None else chosen.more)
        self.words.setVisible(chosen is not None)
        self.more.setVisible(chosen is not None and bool(chosen.more))


def _about(line_: StandardLine) -> str:
    parts = [line_.id]
    if line_.level is not None:
        parts.append(f"level {line_.level}")
    parts.append(line_.route)
    if line_.listed_version:
        parts.append(f"version {line_.listed_version} in the list")
    if line_.typical_months:
        parts.append(counted(line_.typical_months, "month"))
    if line_.max_funding is not None:
        parts.append(show_pounds(line_.max_funding))
    parts.append(f"followed: {line_.followed}" if line_.followed else "nobody is on it")
    return " · ".join(part for part in parts if part)


def _facts(held: HeldVersion, line_: StandardLine, staying: int) -> list[tuple[str, str]]:
    details = held.details
    use = next((each for each in line_.uses if each.version == details.version), None)
    on_it = "nobody" if use is None else f"{use.on_it} to start or on programme"
    if use is not None and use.ended:
        on_it += f", {use.ended} ended"
    pairs = [
        ("Starts", _starts(details)),
        ("Last end", "" if details.last_end_on is None else show_day(details.last_end_on)),
        ("Minimum hours", sentence(details.minimum_minutes) if details.minimum_minutes else ""),
        ("Maximum funding", show_pounds(details.max_funding) if details.max_funding else ""),
        ("Typical time", _months(details.typical_months)),
        ("Assessment", _months(details.assessment_months)),
        ("Before the gateway", "; ".join(details.qualifications.splitlines())),
        ("On this version", on_it),
        ("Asked, and staying", f"{staying} on another version" if staying else ""),
    ]
    may_be_left_out = {"Last end", "Assessment", "Before the gateway", "Asked, and staying"}
    return [(key, value) for key, value in pairs if value or key not in may_be_left_out]


def _starts(details: VersionDetails) -> str:
    first, last = details.first_start_on, details.last_start_on
    if first is not None and last is not None:
        return f"{show_day(first)} to {show_day(last)}"
    if first is not None:
        return f"from {show_day(first)}"
    return "" if last is None else f"to {show_day(last)}"


def _months(months: int | None) -> str:
    return "" if months is None else counted(months, "month")


def _loaded(held: HeldVersion) -> str:
    how = "official file" if held.details.is_official else "typed or corrected here"
    source = f" · {held.details.source}" if held.details.source else ""
    return f"Loaded {show_day(held.loaded_on)}: {how}{source}"


def _action_button(action: QAction, desk: Desk) -> QWidget:
    """A button that does what *action* does, and is enabled when it is."""
    words = action.text()
    made = button(words, desk.theme, action.trigger)
    keys = action.shortcut().toString()
    made.setToolTip(as_tip(f"{words.rstrip('…')} ({keys})" if keys else ""))
    action.enabledChanged.connect(made.setEnabled)
    made.setEnabled(action.isEnabled())
    return made
