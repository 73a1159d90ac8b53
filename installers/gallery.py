"""Draws every page of a desk to PNG files, without a screen, and the pictures that Help shows.

Run with the Python in .venv, by dev.py gallery and dev.py run.  The pictures are of the real
window on real records, in a fixed size.  Without a desk of one's own they are of the sample on a
fixed day, with the program's own font alone, so that two drawings of the same thing are the same
on every computer with Linux.
"""

from __future__ import annotations

import argparse
import os
import sqlite3
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import AbstractContextManager, closing, contextmanager
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import NamedTuple

from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtWidgets import QWidget

from apprentice_desk import crashes, logs, settings
from apprentice_desk.app import pictures, starting
from apprentice_desk.clock import Clock
from apprentice_desk.commands import first_programme
from apprentice_desk.commands.sample import SAMPLES, make_sample_desk
from apprentice_desk.commands.sample_lists import write_lists
from apprentice_desk.documents.choosing import subject_choices
from apprentice_desk.domain.desk_places import PlaceKind, Standing
from apprentice_desk.domain.evidence import show_size
from apprentice_desk.domain.vocabulary import SubjectKind
from apprentice_desk.records.contracts import contract_rows
from apprentice_desk.records.known_people import known_people
from apprentice_desk.records.procurement_overview import procurement_overviews
from apprentice_desk.records.providers import provider_rows
from apprentice_desk.returns import schema, workbook
from apprentice_desk.safekeeping import backup
from apprentice_desk.safekeeping.conflict_copies import ConflictCopy
from apprentice_desk.safekeeping.surroundings import Surroundings
from apprentice_desk.settings import FOLDER_VARIABLE
from apprentice_desk.ui.destinations import (
    Destination,
    ImportList,
    MakeDocument,
    OpenContract,
    OpenPage,
    OpenProcurement,
    OpenProvider,
    OpenRecord,
    WriteClause,
)
from apprentice_desk.ui.kit.arranging import ScrollingPage
from apprentice_desk.ui.kit.theme import THEMES
from apprentice_desk.ui.kit.tokens import ThemeName
from apprentice_desk.ui.pages.apprentice.part import PARTS
from apprentice_desk.ui.pages.merge.page import MergePage
from apprentice_desk.ui.pages.safekeeping.page import SafekeepingPage
from apprentice_desk.ui.pages.safekeeping.place import PlacePart
from apprentice_desk.ui.shell.help import HelpDialog
from apprentice_desk.ui.shell.places import PAGES
from apprentice_desk.ui.shell.window import Window

FONTS = Path(__file__).resolve().parent / "pictures.fonts.conf"
PERSON = "Grace Park"  # invented, as everybody in the sample

SIZE = (1440, 900)  # the size of the designs
HELP_SIZE = (1040, 780)  # at 100 %; never larger than SIZE
HELP_PICTURES_SIZE = (1000, 640)  # of the window; what is shown of it is the page
_QUICKLY = 85  # of PNG's ways the one that takes little time and more room
_UNWANTED = ("QT_SCALE", "QT_FONT", "QT_AUTO", "QT_SCREEN", "QT_ENABLE")

RETURNS = Path("returns")
LIST = "Manage your apprentices.csv"


class Look(NamedTuple):
    """One way to show every page."""

    name: str
    theme: ThemeName
    text_scale: float


LOOKS = (*(Look(name, name, 1.0) for name in THEMES), Look("large", "light", 2.0))

WELCOME = "welcome"
MERGED = "merge-filled"
RECORD, WHOSE = "record", "Ravi Menon"
"""The parts of a record that has something in each, of one look only: so many would take room."""
RECORD_LOOK = "dark"
RECORD_PARTS = {"light": "plan", "contrast": "ksbs", "large": "story"}
"""The part that the page of an apprentice shows in the other looks."""
KEPT, KEPT_LOOK = "safekeeping", "contrast"
"""Safekeeping's parts, of one look only too; the page shows some of them in the other looks."""
KEPT_PARTS = {"dark": "history", "contrast": "protection", "large": "backups"}
ROOMY = 5_200_000
"""Bytes of the sample desk: what is more than its records need is room in the file."""
LOGGED = (
    "2026-11-23T16:58:12Z ended",
    "2026-11-24T08:31:05Z started",
    "2026-11-24T08:31:07Z desk-opened bytes=4599808 encrypted=no read_only=no database=no",
    "2026-11-24T08:52:40Z problem at=evidence.py:102:check_size",
)
"""What stands in the log, which is not kept while pictures are drawn."""
SYNCED = r"C:\Users\grace.park\OneDrive\Apprenticeships"
UNCHOSEN = {
    KEPT: "light",
    "apprentice": RECORD_LOOK,
    "contract": "contrast",
    "provider": "contrast",
    "procurement": "contrast",
    "document": "contrast",
    "clause": "contrast",
}
"""Pages of one record, and the look in which none is chosen; in the others one is."""
PAPERS = {
    "light": ("invitation-to-quote", SubjectKind.PROCUREMENT, "EXB-PRO-2026-03"),
    "dark": ("unsuccessful-letter", SubjectKind.BIDDER, "Beacon Hill Institute"),
    "large": ("order-form", SubjectKind.CONTRACT, "XMP-2025-021"),
}
"""What is being made on the page of a document in each look: its type, and what it is about."""
WORDED = "of-law"
"""The clause of which a variant is begun on the page of a clause."""
HELP_TOPICS = ("first-steps", "shortcuts")
HELP_LOOKS = tuple(look for look in LOOKS if look.name in ("light", "dark"))
HELP_PAGES = ("imports", "today", "returns")


class StandingClock:
    """A November morning, for ever: the day of the pictures."""

    def today(self) -> date:
        """Return the day."""
        return date(2026, 11, 24)

    def now(self) -> datetime:
        """Return the instant, in UTC."""
        return datetime(2026, 11, 24, 9, 0, tzinfo=UTC)


def picture_names(look: Look) -> list[str]:
    """Return the file names of all that is drawn in *look*: pages, a merge, Help, the welcome.

    In one of the looks the parts of somebody's record come to it, in one those of Safekeeping.
    """
    shown = [place.name for place in PAGES] + [MERGED, WELCOME]
    if look.name == RECORD_LOOK:
        shown += [f"{RECORD}-{part.name}" for part in PARTS]
    if look.name == KEPT_LOOK:
        shown += [f"{KEPT}-{name}" for name in _other_parts(look)]
    shown += [f"help-{topic}" for topic in HELP_TOPICS]
    return [_file(name, look) for name in shown]


def help_picture_names() -> list[str]:
    """Return the file names of the pictures that Help shows."""
    return [_file(name, look) for look in HELP_LOOKS for name in HELP_PAGES]


def _other_parts(look: Look) -> list[str]:
    """Return the parts of Safekeeping that its page does not show in this *look*."""
    names = (part.name for part in SafekeepingPage.PARTS)
    return [name for name in names if name != KEPT_PARTS[look.name]]


def _file(name: str, look: Look) -> str:
    return f"{name.lower().replace(' ', '-').replace('_', '-')}-{look.name}.png"


# --- the same everywhere --------------------------------------------------------------------------


@contextmanager
def standing_apart() -> Iterator[Path]:
    """Make this program draw what it would draw on any computer; give the sample desk.

    Settings, the sample and a list to import lie in a folder that is gone afterwards, and is the
    current one meanwhile: paths that are shown are then the same.  Call it once, before there is
    a window.
    """
    for name in [each for each in os.environ if each.startswith(_UNWANTED)]:
        del os.environ[name]
    with tempfile.TemporaryDirectory(prefix="apprentice-desk-") as folder:
        os.environ |= {
            "QT_QPA_PLATFORM": "offscreen",
            "FONTCONFIG_FILE": str(FONTS),
            "TZ": "Europe/London",
            FOLDER_VARIABLE: str(Path(folder, "settings")),
            **dict.fromkeys(("LOGNAME", "USER", "LNAME", "USERNAME"), PERSON),
        }
        if sys.platform != "win32":
            time.tzset()
        before = Path.cwd()
        os.chdir(folder)
        try:
            starting.application().setCursorFlashTime(0)  # the text cursor stands still
            yield _sample()
        finally:
            os.chdir(before)


def _sample() -> Path:
    """Make the sample desk with copies, a list and returns to merge in the current folder.

    The change log stands still too, and the size of the file, which goes by how keys sort.
    """
    clock, desk = StandingClock(), Path("exampleton.desk")
    store = make_sample_desk(desk, SAMPLES[0], clock.today())
    people, *_ = write_lists(Path(), store, clock.today())
    people.rename(LIST)
    store.close()
    with closing(sqlite3.connect(desk)) as file, file:
        file.execute("CREATE TABLE room (bytes BLOB)")
        file.execute("INSERT INTO room VALUES (zeroblob(?))", [ROOMY - desk.stat().st_size])
        file.execute("DROP TABLE room")
    for days in (40, 0):
        at = clock.now() - timedelta(days=days)
        with closing(sqlite3.connect(desk)) as file, file:
            recorded = at.isoformat(timespec="microseconds")
            file.execute("UPDATE change_log SET recorded_at = ?", [recorded])
        backup.make_backup(desk, None, at)
    log = settings.logs_folder() / logs.NAME
    log.parent.mkdir(parents=True)
    log.write_text("\n".join((*LOGGED, "")), "ascii")
    crashes.keep(settings.faults_folder(), LookupError, None, clock.now())
    newest, contents = schema.load(), list(first_programme.contents())
    RETURNS.mkdir()
    for content in contents:
        if content.header.period == contents[-1].header.period:
            workbook.write(content, newest, RETURNS / f"{content.header.borough_name}.xlsx")
    return desk


# --- drawing --------------------------------------------------------------------------------------


def draw(desk: Path, folder: Path, look: Look, clock: Clock | None = None) -> int:
    """Draw every page of *desk* in this *look* into *folder*; return how many that are."""
    with _window(desk, look, SIZE, clock) as window:
        names = window.page_names()
        for name in names:
            window.show_page(name)
            window.settle()
            if UNCHOSEN.get(name, look.name) != look.name:
                for place in _one_of(window, name, look):
                    window.go(place)
                    window.settle()
            window.furniture.focus_page()  # as for somebody who comes to it once it is filled
            window.settle()
            _keep(window, folder / _file(name, look))
    return len(names)


def _one_of(window: Window, name: str, look: Look) -> list[Destination]:
    """Return where one record is shown on its page; nowhere if the desk has none of them."""
    assert window.desk is not None
    read, today = window.desk.store.read, window.desk.clock.today()
    match name:
        case "apprentice":
            people = sorted(read(known_people), key=lambda each: each.name != WHOSE)
            part = RECORD_PARTS[look.name]
            return [OpenRecord(each.apprenticeship_id, part) for each in people[:1]]
        case "document":
            type_id, kind, about = PAPERS[look.name]
            found = [each for each in read(subject_choices, kind, today) if about in each.shown]
            return [MakeDocument(type_id, kind.value, each.subject.id) for each in found[:1]]
        case "safekeeping":
            return [OpenPage(KEPT, KEPT_PARTS[look.name])]
        case "clause":
            return [WriteClause(replaces=WORDED)]
        case "contract":
            return [OpenContract(each.id) for each in read(contract_rows, today)[:1]]
        case "provider":
            return [OpenProvider(each.id) for each in read(provider_rows)[:1]]
        case _:
            return [OpenProcurement(each.id) for each in read(procurement_overviews)[:1]]


def draw_rest(desk: Path, folder: Path, look: Look) -> int:
    """Draw a merge, Help and the welcome in this *look*; return how many that are."""
    with _window(desk, look, SIZE, StandingClock()) as window:
        window.show_page("merge")
        merging = window.page("merge")
        assert isinstance(merging, MergePage)
        window.settle()
        window.furniture.focus_page()
        merging.add([str(RETURNS)])
        window.settle()
        merged = merging.incoming.merged
        assert merged is not None
        merging.choose_period(merged.period)  # which takes away how long it took
        window.settle()
        _keep(window, folder / _file(MERGED, look))
        for topic in HELP_TOPICS:
            window.show_help(topic)
            (help_,) = window.findChildren(HelpDialog)
            width, height = (round(each * look.text_scale) for each in HELP_SIZE)
            help_.resize(min(width, SIZE[0]), min(height, SIZE[1]))
            window.settle()
            _keep(help_, folder / _file(f"help-{topic}", look))
            help_.reject()
            QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    with _window(None, look, SIZE, StandingClock()) as window:
        window.settle()
        _keep(window, folder / _file(WELCOME, look))
    drawn = len(HELP_TOPICS) + 2
    return drawn + draw_record(desk, folder, look) + draw_kept(desk, folder, look)


def draw_record(desk: Path, folder: Path, look: Look) -> int:
    """Draw each part of somebody's record where this is the *look* for it; return how many."""
    if look.name != RECORD_LOOK:
        return 0
    with _window(desk, look, SIZE, StandingClock()) as window:
        window.show_page("apprentice")  # which opens the desk
        window.settle()
        assert window.desk is not None
        people = window.desk.store.read(known_people)
        key = next(each.apprenticeship_id for each in people if each.name == WHOSE)
        for part in PARTS:
            window.go(OpenRecord(key, part.name))
            window.settle()
            _keep(window, folder / _file(f"{RECORD}-{part.name}", look))
    return len(PARTS)


def draw_kept(desk: Path, folder: Path, look: Look) -> int:
    """Draw the other parts of Safekeeping where this is the *look* for it; return how many."""
    if look.name != KEPT_LOOK:
        return 0
    names = _other_parts(look)
    with _window(desk, look, SIZE, StandingClock()) as window:
        for name in names:
            window.go(OpenPage(KEPT, name))
            window.settle()
            if name == "place":
                _put_elsewhere(window, desk)
            window.furniture.focus_page()
            window.settle()
            _keep(window, folder / _file(f"{KEPT}-{name}", look))
    return len(names)


def _put_elsewhere(window: Window, desk: Path) -> None:
    """Show the part about the place as for a desk in a synced folder, on any computer alike."""
    page = window.page(KEPT)
    assert isinstance(page, SafekeepingPage)
    part = page.part("place")
    assert isinstance(part, PlacePart)
    at = StandingClock().now() - timedelta(hours=2)
    copies = (ConflictCopy(desk.with_name("exampleton-PC17.desk"), "OneDrive", at),)
    size = desk.stat().st_size
    part._show(Surroundings(Standing(PlaceKind.SYNCED, "OneDrive"), copies, size))
    facts = (("File", desk.name), ("Folder", SYNCED), ("Size", show_size(size)))
    part.facts.show_pairs(facts)


def draw_for_help(desk: Path, folder: Path) -> int:
    """Draw the pictures that Help shows into *folder*; return how many that are."""
    for look in HELP_LOOKS:
        with _window(desk, look, HELP_PICTURES_SIZE, StandingClock()) as window:
            for name in HELP_PAGES:
                window.show_page(name)
                if name == "imports":
                    window.go(ImportList("apprentices", str(Path(LIST).resolve())))
                window.settle()
                page = window.page(name)
                assert isinstance(page, ScrollingPage)
                page.area.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
                window.settle()
                _keep(page, folder / _file(name, look))
    return len(help_picture_names())


def _window(
    desk: Path | None, look: Look, size: tuple[int, int], clock: Clock | None
) -> AbstractContextManager[Window]:
    return pictures.windows_for_pictures(
        desk, theme=look.theme, text_scale=look.text_scale, size=size, clock=clock
    )


def _keep(shown: QWidget, path: Path) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    if not shown.grab().save(str(path), "PNG", _QUICKLY):
        raise OSError(f"The picture {path} could not be written.")


def draw_screens(desk: Path, folder: Path) -> None:
    """Draw every page in every look, Help and the welcome into *folder*, and say so."""
    for look in LOOKS:
        count = draw(desk, folder, look, StandingClock()) + draw_rest(desk, folder, look)
        print(f"{look.name}: {count} pictures in {folder}")


def main(words: list[str]) -> int:
    """Draw what *words* ask for and say where it is."""
    parser = argparse.ArgumentParser(description="Draw every page of a desk to PNG files.")
    parser.add_argument(
        "desk",
        type=Path,
        nargs="?",
        help="the desk whose records are shown, else all of the sample",
    )
    parser.add_argument("--to", type=Path, required=True, help="the folder for the pictures")
    parser.add_argument(
        "--only", choices=[look.name for look in LOOKS], help="draw one look of DESK only"
    )
    chosen = parser.parse_args(words)
    if chosen.desk is None:
        folder = chosen.to.resolve()
        with standing_apart() as desk:
            count = draw_for_help(desk, folder / "help")
            print(f"for Help: {count} pictures in {folder / 'help'}")
            draw_screens(desk, folder)
        return 0
    for look in LOOKS:
        if chosen.only in {None, look.name}:
            count = draw(chosen.desk, chosen.to, look)
            print(f"{look.name}: {count} pages in {chosen.to}")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
