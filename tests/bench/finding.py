"""The longest wait from a letter typed into the search box to the list that it finds."""

from __future__ import annotations

from uuid import UUID

from PySide6.QtTest import QTest

from apprentice_desk.app import starting
from apprentice_desk.domain.searching import Found, Line, Shelf, Subject, plain
from apprentice_desk.ui.kit.messages import Messages
from apprentice_desk.ui.kit.theme import apply, load_theme
from apprentice_desk.ui.shell.window import Window
from bench.measure import Result, compare, seconds

PEOPLE = 20_000
_TYPED = "given 12 fam"
_LIMIT = 4.0


def run() -> list[Result]:
    """Measure the longest of several keystrokes against a bare loop and a bare repaint."""
    application = starting.application()
    theme = load_theme("light")
    apply(application, theme)
    window = Window()
    window.furnish(theme, Messages())
    window.resize(1440, 900)
    window.show()
    finder = window._finder
    assert finder is not None
    lines = [_line(number) for number in range(PEOPLE)]
    finder._shelves = {Subject.APPRENTICE: Shelf(lines)}
    texts = [plain(" ".join((each.title, *(value for _, value in each.more)))) for each in lines]
    box = window.furniture.top.search
    box.start()
    application.processEvents()

    def ours() -> float:
        box.selectAll()
        return max(seconds(lambda letter=letter: type_(letter)) for letter in _TYPED)

    def type_(letter: str) -> None:
        QTest.keyClicks(box, letter)
        box.list.viewport().repaint()

    def plainly() -> float:
        return max(seconds(lambda end=end: loop(end)) for end in range(1, len(_TYPED) + 1))

    def loop(end: int) -> None:
        typed = _TYPED[:end].strip()
        _ = [number for number, text in enumerate(texts) if typed in text][:8]
        box.list.viewport().repaint()

    result = compare(
        f"longest wait for a letter typed into the search over {PEOPLE:,} apprentices, against a"
        " bare loop",
        _LIMIT,
        ours,
        plainly,
    )
    window.close()
    return [result]


def _line(number: int) -> Line:
    given, family = f"Given{number}", f"Family{number * 7919 % PEOPLE}"
    return Line(
        Found(Subject.APPRENTICE, UUID(int=number)),
        f"{given} {family}",
        "Software developer  ·  On programme",
        (f"{family} {given}",),
        (
            ("Code", f"HCK-{number:08}"),
            ("Standard", "Software developer"),
            ("Line manager", f"Manager {number % 40}"),
            ("Email", f"given{number}@exampleton.gov.uk"),
        ),
        (f"HCK-{number:08}",),
        is_past=number % 3 == 0,
    )
