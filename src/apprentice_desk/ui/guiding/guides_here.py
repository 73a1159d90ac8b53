"""The checklists of guides that were put on one apprentice or one procurement, one at a time."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import partial
from typing import TYPE_CHECKING
from uuid import UUID

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QVBoxLayout, QWidget

from apprentice_desk import resources
from apprentice_desk.domain.calendar import show_day
from apprentice_desk.domain.checklist import Item, open_items
from apprentice_desk.domain.guides import GoesOn, Guide, find_guide, guide_items
from apprentice_desk.domain.needs import counted
from apprentice_desk.records import guide_checklists
from apprentice_desk.records.guide_checklists import PutOn, checklists_on
from apprentice_desk.ui.desk import Desk
from apprentice_desk.ui.destinations import OpenGuide, OpenProcurement, OpenRecord
from apprentice_desk.ui.guiding.links import destination_of_link
from apprentice_desk.ui.kit import access
from apprentice_desk.ui.kit.arranging import Flow
from apprentice_desk.ui.kit.dialogs import Question, ask
from apprentice_desk.ui.kit.pieces import button, label
from apprentice_desk.ui.kit.switching import Switch
from apprentice_desk.ui.kit.tips import as_tip
from apprentice_desk.ui.ticking.card import ChecklistCard

if TYPE_CHECKING:  # the records are imported after the first paint
    from apprentice_desk.records.store import Session

TABLES = frozenset({"guide_checklist", "guide_tick"})
PART = "guides"
"""The name of the part of either page that shows this."""
_NOTHING = (
    "No checklist of a guide is here yet. Put one on, and tick off what is done; nothing of it goes"
    " into the return."
)


class _Marking:
    """How the items of one checklist are marked."""

    def __init__(self, here: GuidesHere, held: PutOn) -> None:
        self._here, self._held = here, held

    @property
    def whose(self) -> str:
        """What it was put on."""
        return self._here.called

    @property
    def key(self) -> str:
        """Which checklist it is."""
        return str(self._held.id)

    @property
    def where(self) -> OpenRecord | OpenProcurement:
        """The part of the page."""
        return self._here.where

    def tick(self, session: Session, keys: Sequence[str], on: date, by: str) -> None:
        """Record that they were done."""
        today = self._here.today
        guide_checklists.tick_off(session, self._held.id, keys, on, by, today=today)

    def set_aside(self, session: Session, keys: Sequence[str], reason: str, by: str) -> None:
        """Record that they are not needed."""
        guide_checklists.set_aside(session, self._held.id, keys, reason, by)

    def take_back(self, session: Session, keys: Sequence[str]) -> None:
        """Forget what was said of them."""
        guide_checklists.open_again(session, self._held.id, keys)

    def stands_in_the_way(self, _items: Sequence[Item]) -> bool:
        """Tell that nothing does."""
        return False


class GuidesHere(QWidget):
    """What ``show_on`` was given, with its checklists: one is shown, any can be put on."""

    def __init__(self, desk: Desk, goes_on: GoesOn) -> None:
        super().__init__()
        self._desk, self._goes_on = desk, goes_on
        theme = desk.theme
        self._key: UUID | None = None
        self.called = ""
        self._held: tuple[PutOn, ...] = ()
        self._shown = ""
        self.question: Question | None = None
        self.switch = Switch("Which guide", (), theme)
        self.nothing = label(_NOTHING, "quiet", wraps=True)
        self.card = ChecklistCard(desk, "Checklist of the guide", a_rule_asks=False)
        self.put_on = button("Put a checklist on", theme, icon="plus")
        self.menu = QMenu(self.put_on)
        self.put_on.setMenu(self.menu)
        access.name(self.put_on, "Put a checklist on", "Choose the guide whose checklist it is")
        self.read = button("Read the guide", theme, self._read, icon="book-open")
        self.go = button("Go to where it is done", theme, self._go, icon="arrow-right")
        self.take_off = button("Take this checklist off…", theme, self._ask, icon="x")
        down = QVBoxLayout(self)
        down.setContentsMargins(0, 0, 0, 0)
        down.setSpacing(theme.space(2))
        down.addWidget(self.nothing)
        down.addWidget(Flow((self.put_on,), theme))
        down.addWidget(self.switch)
        down.addWidget(self.card)
        down.addWidget(Flow((self.go, self.read, self.take_off), theme))
        self.switch.chosen.connect(self.show_guide)
        self.card.table.row_chosen.connect(lambda _item: self._allow_going())

    # showing

    @property
    def today(self) -> date:
        """The day of the desk."""
        return self._desk.clock.today()

    @property
    def where(self) -> OpenRecord | OpenProcurement:
        """Where this is found again."""
        assert self._key is not None
        if self._goes_on is GoesOn.APPRENTICE:
            return OpenRecord(self._key, PART)
        return OpenProcurement(self._key, PART)

    @property
    def shown_name(self) -> str:
        """The name of the guide whose checklist is shown; "" where none is."""
        return self._shown

    def show_on(self, key: UUID, called: str) -> None:
        """Show the checklists on the apprenticeship or procurement *key*, which is *called* so."""
        if key != self._key:
            self._shown = ""
        self._key, self.called = key, called
        held = self._desk.store.read(checklists_on, self._goes_on, key)
        known = [each for each in held if find_guide(resources.guides(), each.guide)]
        self._held = tuple(known)
        self.switch.show_choices([(each.guide, _guide_of(each).title) for each in known])
        # Its buttons are made anew, and the page has put only what there was into its order.
        access.follow(self.put_on, self.switch.buttons.values())
        figures = resources.guide_figures(self.today)
        for each in known:
            items = guide_items(_guide_of(each), each.marks, figures)
            self.switch.show_count(each.guide, len(open_items(items)) or None)
        self._fill_menu()
        names = [each.guide for each in known]
        self.show_guide(self._shown if self._shown in names else names[-1] if names else "")

    def show_guide(self, name: str) -> None:
        """Show the checklist of one of the guides that are here."""
        self._shown = name
        held = self._chosen()
        may_write = not self._desk.store.is_read_only
        for part in (self.card, self.switch, self.read, self.go, self.take_off):
            part.setVisible(held is not None)
        self.take_off.setVisible(held is not None and may_write)
        self.put_on.setVisible(may_write)
        self.nothing.setVisible(held is None)
        if held is None:
            return
        self.switch.show_value(name)
        guide = _guide_of(held)
        items = guide_items(guide, held.marks, resources.guide_figures(self.today))
        left = len(open_items(items))
        by = f" by {held.put_by}" if held.put_by else ""
        said = f"{counted(left, 'item')} still open." if left else "Everything is seen to."
        put = f"Put on {show_day(held.put_on)}{by}."
        self.card.show_items(_Marking(self, held), items, f"{guide.title}: {said}", put)
        self._allow_going()

    def _chosen(self) -> PutOn | None:
        return next((each for each in self._held if each.guide == self._shown), None)

    def _allow_going(self) -> None:
        self.go.setEnabled(bool(self._link()))

    def _link(self) -> str:
        held, item = self._chosen(), self.card.table.chosen()
        if held is None or item is None:
            return ""
        return next((each.link for each in _guide_of(held).items if each.key == item.id), "")

    def _fill_menu(self) -> None:
        self.menu.clear()
        here = {each.guide for each in self._held}
        for guide in resources.guides():
            if guide.goes_on is self._goes_on and guide.name not in here:
                action = QAction(guide.title, self.menu)
                action.setToolTip(as_tip(guide.about))
                action.triggered.connect(partial(self._put_on, guide))
                self.menu.addAction(action)
        self.put_on.setEnabled(not self.menu.isEmpty())

    # what the person does

    def _put_on(self, guide: Guide, _checked: bool = False) -> None:
        key, desk = self._key, self._desk
        assert key is not None  # the menu is filled for something
        by = desk.settings.my_name
        self._shown = guide.name

        def act() -> None:
            with desk.change(f"Put “{guide.title}” on {self.called}") as session:
                guide_checklists.put_on(session, guide.name, self._goes_on, key, self.today, by)

        if desk.attempt(act):
            self.show_on(key, self.called)
            self.take_keyboard()

    def _read(self) -> None:
        self._desk.go(OpenGuide(self._shown))

    def _go(self) -> None:
        to = destination_of_link(
            self._link(),
            apprenticeship_id=self._key if self._goes_on is GoesOn.APPRENTICE else None,
            procurement_id=self._key if self._goes_on is GoesOn.PROCUREMENT else None,
        )
        if to is not None:
            self._desk.go(to)

    def _ask(self) -> None:
        held = self._chosen()
        if held is None:
            return
        title = _guide_of(held).title
        self.question = ask(
            self,
            self._desk.theme,
            f"Take “{title}” off {self.called}?",
            "What was ticked off in it goes with it. It can be undone.",
            "Take it off",
            lambda: self._take_off(held, title),
            danger=True,
        )

    def _take_off(self, held: PutOn, title: str) -> None:
        def act() -> None:
            with self._desk.change(f"Take “{title}” off {self.called}") as session:
                guide_checklists.take_off(session, held.id)

        self._desk.attempt(act)

    def take_keyboard(self) -> None:
        """Go to the first item, or to the button that puts a checklist on."""
        if self._chosen() is None:
            self.put_on.setFocus()
            return
        self.card.table.choose_first()
        self.card.table.setFocus()


def _guide_of(held: PutOn) -> Guide:
    guide = find_guide(resources.guides(), held.guide)
    assert guide is not None  # those without a guide are left out when they are read
    return guide
