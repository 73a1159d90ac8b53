"""The page Settings: how the program looks here, the desk that is open, the rules it goes by."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from apprentice_desk import policy, resources
from apprentice_desk.domain.calendar import show_day
from apprentice_desk.domain.findings import Finding
from apprentice_desk.domain.problems import Problem
from apprentice_desk.records import organisation, standards
from apprentice_desk.records.changelog import Changes
from apprentice_desk.settings import TEXT_SIZES, Settings
from apprentice_desk.ui.desk import Desk
from apprentice_desk.ui.destinations import OpenPage
from apprentice_desk.ui.kit import access
from apprentice_desk.ui.kit.arranging import Flow, ScrollingPage, SideBySide
from apprentice_desk.ui.kit.dialogs import FormDialog
from apprentice_desk.ui.kit.fields import Field, make_input
from apprentice_desk.ui.kit.form_parts import FieldBlock
from apprentice_desk.ui.kit.forms import Form
from apprentice_desk.ui.kit.panels import Card, KeyValues, PageHeader
from apprentice_desk.ui.kit.pieces import button, label
from apprentice_desk.ui.kit.radios import RadioChoice
from apprentice_desk.ui.kit.rows import RowsModel
from apprentice_desk.ui.kit.table import RowsTable
from apprentice_desk.ui.pages.settings import columns
from apprentice_desk.ui.pages.settings.administered import AdministeredCard

_THEMES = (
    ("system", "As the computer"),
    ("light", "Light"),
    ("dark", "Dark"),
    ("contrast", "High contrast"),
)
_ROLE = Field(
    "prepared_by",
    "Who prepares returns (role)",
    width=34,
    help="Stands in each return, such as “Apprenticeships lead”. A role, never a name.",
)
_NAME = Field(
    "my_name",
    "Your name, if you are a line manager",
    width=34,
    help="As it is written in your apprentices' records: Today then shows them first. It stays on"
    " this computer.",
)
_TEAM = (Field("team", "Team", required=True, width=40),)
_NEWEST = 20


@dataclass(frozen=True, slots=True)
class TeamDetails:
    """What the small form of the team's name edits."""

    team: str = ""


class SettingsPage(ScrollingPage):
    """Appearance, the desk, its newest changes, and where the rules come from."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk.theme)
        self._desk = desk
        self._team = desk.organisation.team
        self.dialog: FormDialog | None = None
        self.put(PageHeader("Settings", "On this computer, and in this desk", desk.theme))
        self.put(
            SideBySide(
                [self._appearance(), self._this_desk()], desk.theme, shares=(1, 1), narrowest=170
            )
        )
        if policy.in_force().is_set:
            self.put(AdministeredCard(policy.in_force(), desk.theme))
        self.put(self._changes_part())
        self.put(self._rules_part())
        self.put_spare()
        desk.changed.connect(self._on_changed)
        desk.settings_changed.connect(self._show_settings)
        self._show_settings(desk.settings)

    # building

    def _appearance(self) -> Card:
        theme = self._desk.theme
        card = Card("On this computer", theme)
        self.theme_choice = RadioChoice("Colours", _THEMES, theme, self._on_theme)
        sizes = [(size, f"{size}%") for size in TEXT_SIZES]
        self.size_choice = RadioChoice("Text size", sizes, theme, self._on_text_size)
        self.role = FieldBlock(_ROLE, make_input(_ROLE, theme), theme)
        self.role.input.left.connect(self.keep_role)
        self.name = FieldBlock(_NAME, make_input(_NAME, theme), theme)
        self.name.input.left.connect(self.keep_name)
        for part in (self.theme_choice, self.size_choice, self.name, self.role):
            card.add(part)
            card.body.addSpacing(theme.space(2))
        card.body.addStretch(1)
        return card

    def _this_desk(self) -> Card:
        theme = self._desk.theme
        card = Card("This desk", theme)
        self.facts = KeyValues((), theme)
        self.rename = button("Rename the team", theme, self.ask_for_team, icon="pencil")
        self.rename.setEnabled(not self._desk.store.is_read_only)
        card.add(self.facts)
        card.body.addSpacing(theme.space(2))
        card.body.addWidget(self.rename, 0, Qt.AlignmentFlag.AlignLeft)
        if self._desk.store.is_read_only:
            words = "This desk is open to read only, so nothing in it can be changed."
            card.add(label(words, "small", "warning", wraps=True))
        card.body.addStretch(1)
        return card

    def _changes_part(self) -> Card:
        card, self._changes, self.changes = self._list(
            "Newest changes", columns.CHANGES, "The newest changes of this desk", stretch=1, rows=8
        )
        self.history = button(
            "Every change of this desk",
            self._desk.theme,
            lambda: self._desk.go(OpenPage("safekeeping", "history")),
            icon="history",
        )
        self.history.setToolTip("Safekeeping, History: found by words, person, day and record")
        foot = Flow((self.history,), self._desk.theme)
        edge = self._desk.theme.space(3)
        foot.setContentsMargins(edge, 0, edge, edge)
        card.add(foot)
        self.changes.set_empty("Nothing was changed yet", "")
        return card

    def _rules_part(self) -> Card:
        card, self._rules, self.rules = self._list(
            "About the rules", columns.RULES, "Rules and lists, and where they come from", 4, 12
        )
        self._source = label("", wraps=True)
        self._source.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        access.name(self._source, "Source")
        edge = self._desk.theme.space(4)
        self._source.setContentsMargins(edge, self._desk.theme.space(2), edge, edge)
        card.add(self._source)
        self.rules.row_chosen.connect(self._show_source)
        return card

    def _list(
        self, title: str, shown: Sequence[Any], name: str, stretch: int, rows: int
    ) -> tuple[Card, RowsModel, RowsTable]:
        theme = self._desk.theme
        card = Card(title, theme, flush=True)
        model = RowsModel(shown, self)
        table = RowsTable(model, name, theme, stretch=stretch)
        table.setProperty("role", "inner")
        table.set_fits(rows)
        card.add(table)
        return card, model, table

    # showing

    def first_stop(self) -> QWidget:
        """Return the colours that are chosen, which stand first; the lists come last."""
        return self.theme_choice.button(self._desk.settings.theme)

    def refresh(self) -> None:
        """Show the desk as it is now."""
        desk = self._desk
        try:
            owner = desk.store.read(organisation.organisation_row)
            listed_on = desk.store.read(standards.listed_on)
            lines = desk.store.changes(_NEWEST)
        except Problem as problem:
            desk.messages.problem(problem, "Try again", self.refresh)
            return
        self._team = owner.team
        self.facts.show_pairs(
            (
                ("Borough", f"{owner.name}, {owner.code}"),
                ("Team", owner.team),
                ("File", desk.store.location),
                ("Kind", "A sample: everybody in it is invented" if owner.is_sample else "Real"),
                ("Catalogue of standards", _listed(listed_on)),
            )
        )
        self._changes.replace(columns.changes(lines))
        if not self._rules.total:
            self._rules.replace(columns.rules(desk.lists.hours_rules))
            self.rules.choose_first()

    def _show_settings(self, settings: Settings) -> None:
        self.theme_choice.show_value(settings.theme)
        self.size_choice.show_value(settings.text_size)
        if not self.role.input.target.hasFocus():
            self.role.input.write(settings.prepared_by)
        if not self.name.input.target.hasFocus():
            self.name.input.write(settings.my_name)

    def _show_source(self, row: columns.Rule | None) -> None:
        if row is not None:
            unread = " The source itself was not read, so check the figure before relying on it."
            words = f"{row.what}: {row.source}.{unread if row.is_verified is False else ''}"
            self._source.setText(words)
            access.name(self._source, words)

    def _on_changed(self, _changes: Changes) -> None:
        self.note_stale()

    # what the person does

    def _on_theme(self, name: str) -> None:
        self._desk.prefer(replace(self._desk.settings, theme=name))

    def _on_text_size(self, percent: int) -> None:
        self._desk.prefer(replace(self._desk.settings, text_size=percent))

    def keep_role(self) -> None:
        """Keep the role that prepares returns, if it was changed."""
        role = self.role.input.read() or ""
        if role != self._desk.settings.prepared_by:
            self._desk.prefer(replace(self._desk.settings, prepared_by=role))

    def keep_name(self) -> None:
        """Keep who uses this computer, if it was changed; their own people are shown first."""
        name = self.name.input.read() or ""
        if name != self._desk.settings.my_name:
            self._desk.prefer(replace(self._desk.settings, my_name=name, shows_everyone=False))

    def ask_for_team(self) -> None:
        """Ask for another name of the team."""
        theme = self._desk.theme
        form = Form(_TEAM, TeamDetails, theme)
        form.show_details(TeamDetails(self._team))
        self.dialog = FormDialog(
            form,
            "Rename the team",
            "Rename the team",
            self._rename,
            theme,
            self,
            draft=self._desk.draft("team", "Rename the team", OpenPage("settings")),
        )
        self.dialog.open()

    def _rename(self, details: TeamDetails) -> list[Finding]:
        findings = organisation.check_team(details.team)
        if not findings:
            with self._desk.change(f"Rename the team to {details.team}") as session:
                organisation.rename_team(session, details.team)
        return findings


def _listed(on: date | None) -> str:
    packaged = resources.standards_list().listed_on
    if on is None:
        return "Empty"
    newer = f"; the program brings one of {show_day(packaged)}" if packaged > on else ""
    return f"List of {show_day(on)}{newer}"
