"""Activities for several at once: who is ticked, and what each plan would take on."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from PySide6.QtWidgets import QWidget

from apprentice_desk.domain.findings import refuses
from apprentice_desk.domain.planning import ActivityDetails, PlanActivityRow
from apprentice_desk.domain.planning_templates import Taking, taking
from apprentice_desk.domain.problems import Problem
from apprentice_desk.records import learning
from apprentice_desk.ui.desk import Desk
from apprentice_desk.ui.kit.forms import Form
from apprentice_desk.ui.kit.pieces import label
from apprentice_desk.ui.kit.rows import Column
from apprentice_desk.ui.people_list import PeopleList, PersonLine
from apprentice_desk.ui.planning.forms import FOR_SEVERAL_FIELDS
from apprentice_desk.ui.work_dialog import WorkDialog

Wanted = Callable[[PersonLine], Sequence[ActivityDetails]]
"""What a person's plan is to have; raises Problem where that cannot be said."""


@dataclass(frozen=True, slots=True)
class Fate:
    """What would happen to one person's plan, or why nothing can."""

    taking: Taking | None
    why_not: str = ""

    @property
    def says(self) -> str:
        """The same in words."""
        return self.why_not if self.taking is None else self.taking.says

    @property
    def new(self) -> tuple[ActivityDetails, ...]:
        """What would be added."""
        return () if self.taking is None else self.taking.new


class TakeOnDialog(WorkDialog):
    """Adds activities to the plans of all who are ticked, in one change.

    *verb* begins the label and the button, such as "Copy the plan of Ada Obi".
    """

    DOING, DONE = "planning", "planned"

    def __init__(
        self,
        desk: Desk,
        title: str,
        sentence: str,
        verb: str,
        people: Sequence[PersonLine],
        wanted: Wanted,
        parent: QWidget,
        *,
        begins_with: ActivityDetails | None = None,
    ) -> None:
        super().__init__(desk, title, sentence, parent)
        self._verb = verb
        self._wanted = wanted
        self._plans: dict[UUID, tuple[PlanActivityRow, ...]] = {}
        self.form: Form | None = None
        if begins_with is not None:
            self.form = Form(
                FOR_SEVERAL_FIELDS, ActivityDetails, desk.theme, today=desk.clock.today(),
                scrolls=False,
            )  # fmt: skip
            self.form.show_details(begins_with)
            self.form.edited.connect(self._on_changed)
            self.put(self.form)
        self.people = PeopleList(
            people,
            desk,
            more=(Column("What happens", self._says, width=40, tip=self._says),),
            called="Whose plan takes it on",
        )
        self.words = label("", "small", wraps=True)
        self.put(self.people)
        self.put(self.words)
        self.finish()
        self.follow(self.people.table)
        self.people.chosen.connect(self._on_changed)
        self._on_changed()

    @property
    def has_typed(self) -> bool:
        """Whether somebody is ticked, or something was typed."""
        is_typed = self.form is not None and self.form.has_unsaved_changes
        return is_typed or bool(self.people.ticks.chosen)

    def open(self) -> None:
        """Show it, with the keyboard where one begins."""
        super().open()
        if self.form is not None:
            self.form.focus_first()
        else:
            self.people.table.choose_first()
            self.people.table.setFocus()

    # what would happen

    def fate(self, person: PersonLine) -> Fate:
        """Return what would happen to a person's plan, as it was read."""
        try:
            wanted = self._asked_for(person)
        except Problem as problem:
            return Fate(None, problem.what)
        plan = self._plans.get(person.id, ())
        return Fate(taking(wanted, plan, person.course.training_planned_end_on))

    def _asked_for(self, person: PersonLine) -> Sequence[ActivityDetails]:
        if self.form is None:
            return self._wanted(person)
        details, _ = self.form.read()
        if details is None or refuses(learning.check(details)):
            raise Problem("Fill in the activity first")
        return [details]

    def _says(self, person: PersonLine) -> str:
        return self.fate(person).says if person.id in self._plans else ""

    def _on_changed(self) -> None:
        ticked = self.people.ticked()
        unread = [each.id for each in ticked if each.id not in self._plans]
        if unread:
            self._plans.update(self._desk.store.read(learning.plans_of, unread))
        self.people.table.viewport().update()
        fates = [self.fate(each) for each in ticked]
        count = sum(len(fate.new) for fate in fates)
        whose = sum(bool(fate.new) for fate in fates)
        if not ticked:
            self.count.setText("Nobody is ticked.")
        else:
            self.count.setText(
                f"{_activities(count)} for {whose} {'person' if whose == 1 else 'people'}"
            )
        beyond = [
            person.name
            for person, fate in zip(ticked, fates, strict=True)
            if fate.taking is not None and fate.taking.beyond
        ]
        self.words.setText(
            f"Goes beyond the planned end of training: {', '.join(beyond)}." if beyond else ""
        )
        self.words.setVisible(bool(beyond))
        self.confirm.setText(f"Add {_activities(count)}" if count else "Add")

    # doing it

    def submit(self) -> None:
        """Add what is new to each plan, as the plans are by then."""
        self.messages.dismiss()
        if self.form is not None and not self._is_form_right(self.form):
            return
        ticked = self.people.ticked()
        if not ticked:
            self.say("Nobody is ticked.", "Tick whose plan it is for: Space ticks the chosen row.")
            self.people.table.setFocus()
            return
        if not any(self.fate(each).new for each in ticked):
            self.say(
                "There is nothing to add for those who are ticked.",
                "The column What happens says why for each.",
            )
            return
        whom = ticked[0].name if len(ticked) == 1 else f"{len(ticked)} people"
        asked = {each.id: self._asked_for(each) for each in ticked if self.fate(each).new}

        def change(session: Any) -> None:
            for key, plan in learning.plans_of(session, list(asked)).items():
                learning.plan_many(session, key, taking(asked[key], plan).new)

        self.write(f"{self._verb} for {whom}", change)

    def _is_form_right(self, form: Form) -> bool:
        details, found = form.read()
        if details is not None:
            found = learning.check(details)
        if refuses(found):
            form.show_findings(found)
            self.area.verticalScrollBar().setValue(0)
            return False
        form.clear_findings()
        return True


def _activities(count: int) -> str:
    return f"{count:,} {'activity' if count == 1 else 'activities'}"
