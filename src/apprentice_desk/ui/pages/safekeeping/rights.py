"""The card of people's rights: what is held about somebody, and erasing at their request."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from uuid import UUID

from PySide6.QtCore import Signal

from apprentice_desk.domain.leaving import Going, LeftKind
from apprentice_desk.domain.progress import Progress
from apprentice_desk.records.known_people import known_people
from apprentice_desk.safekeeping import access_pack
from apprentice_desk.safekeeping.access_pack import Pack
from apprentice_desk.ui.desk import Desk
from apprentice_desk.ui.kit.arranging import Flow
from apprentice_desk.ui.kit.fields import Field
from apprentice_desk.ui.kit.files import ask_where, file_name
from apprentice_desk.ui.kit.forms import Form
from apprentice_desk.ui.kit.panels import Card
from apprentice_desk.ui.kit.pieces import button, label
from apprentice_desk.ui.leaving import Said, save_out, saved

_ABOUT = (
    "Somebody may ask what is held about them (UK GDPR, article 15), to have it put right (16),"
    " to be erased (17), or for a copy to take along (20). There is a month to answer."
)
_PACK = (
    "The access pack is a folder with a PDF of everything, the same as data, and their files. Look"
    " through it for other people's data before you give it to anybody."
)


@dataclass(frozen=True, slots=True)
class Whom:
    """Who asks."""

    person: UUID | None = None


class RightsCard(Card):
    """Who asks, and what is done for them; *asked_to_erase* carries the key and the name."""

    asked_to_erase = Signal(object, str)

    def __init__(self, desk: Desk) -> None:
        super().__init__("When somebody asks", desk.theme)
        self._desk = desk
        self.names: dict[UUID, str] = {}
        self._newest: dict[UUID, UUID] = {}
        self.form = Form((Field("person", "Who asks", "search", width=40, choices=[]),), Whom,
                         desk.theme, scrolls=False, flush=True)  # fmt: skip
        self.form.show_details(Whom())
        self.pack = button("Access pack…", desk.theme, self.start_pack, icon="folder-open")
        self.erase = button("Erase them…", desk.theme, self._on_erase,
                            icon="trash-2")  # fmt: skip
        self.file_dialog: object = None
        self.form.edited.connect(self._allow)
        self.add(label(_ABOUT, "quiet", wraps=True))
        self.add(self.form)
        self.add(label(_PACK, wraps=True))
        self.add(Flow([self.pack, self.erase], desk.theme))
        self._allow()

    def refresh(self) -> None:
        """Read who may ask; whoever was chosen stays so, unless they are gone."""
        chosen = self._chosen()
        self.names, self._newest = {}, {}
        for row in self._desk.store.read(known_people):
            self.names[row.apprentice_id] = row.name
            self._newest[row.apprentice_id] = row.apprenticeship_id
        self.form.set_choices("person", list(self.names.items()))
        self.form.show_details(Whom(chosen if chosen in self.names else None))
        self._allow()

    def newest_of(self, apprentice_id: UUID) -> UUID | None:
        """Return the newest apprenticeship of a person."""
        return self._newest.get(apprentice_id)

    def choose(self, apprentice_id: UUID) -> None:
        """Choose who asks."""
        self.form.set_value("person", apprentice_id)
        self._allow()

    def _chosen(self) -> UUID | None:
        details, _findings = self.form.read()
        return details.person if isinstance(details, Whom) else None

    def _allow(self) -> None:
        key = self._chosen()
        self.pack.setEnabled(key is not None)
        self.erase.setEnabled(key is not None and not self._desk.store.is_read_only)

    def _on_erase(self) -> None:
        key = self._chosen()
        if key is not None:
            self.asked_to_erase.emit(key, self.names[key])

    def start_pack(self) -> None:
        """Ask where the pack is to stand, then make it."""
        key = self._chosen()
        if key is None:
            return
        name = file_name(f"Access pack {self.names[key]} {self._desk.clock.today()}")
        self.file_dialog = ask_where(
            self, "Where the folder is to stand", name, lambda to: self.make_pack(key, Path(to))
        )

    def make_pack(self, key: UUID, folder: Path) -> None:
        """Make the pack in a new folder, and note it in the ledger."""
        desk = self._desk

        def write(progress: Progress) -> Pack:
            return access_pack.make_pack(desk.store, key, folder, desk.clock.today(), progress)

        def said(pack: Pack) -> Said:
            return saved(pack.paper, "Look through it before you give it to anybody.")

        going = Going(LeftKind.ACCESS, apprentices=frozenset({key}))
        save_out(
            desk,
            "Making an access pack",
            write,
            lambda pack: [(pack.paper, going)],
            owner=self,
            say=said,
        )
