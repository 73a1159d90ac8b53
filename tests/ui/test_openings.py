"""What must hold for everything the window can show: pages, their states, dialogs, forms."""

from __future__ import annotations

import ast
import importlib
import pkgutil
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractButton, QApplication, QDialog, QWidget

import apprentice_desk
from apprentice_desk import ui
from apprentice_desk.ui.kit import access
from apprentice_desk.ui.kit.forms import Form
from apprentice_desk.ui.quick_window import QuickLogWindow
from ui.clipping import MOST_EMPTY, clipped, empty_band, goes_sideways, narrow_columns
from ui.colouring import ill_coloured
from ui.openings import OPENINGS, TODAY, Hands, Opening, running

SOURCE = Path(apprentice_desk.__file__).parent
SMALL, USUAL = (1024, 640), (1440, 900)
LOOKS = {"as usual": (100, "dark"), "large": (200, "light")}


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory, copy_sample: Any) -> Path:
    return Path(copy_sample(tmp_path_factory.mktemp("desks") / "exampleton.desk", TODAY))


@pytest.fixture(scope="module")
def hands(
    request: pytest.FixtureRequest,
    sample: Path,
    qapp: QApplication,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[Hands]:
    """The program in one look, for every opening in turn."""
    text_size, theme = LOOKS[request.param]
    folder = tmp_path_factory.mktemp("hands")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("APPRENTICE_DESK_SETTINGS", str(folder))  # taken back afterwards
        with running(sample, folder, text_size=text_size, size=SMALL, theme=theme) as made:
            yield made


@pytest.fixture
def shown(request: pytest.FixtureRequest, hands: Hands) -> Iterator[QWidget]:
    """What an opening shows; closed again afterwards."""
    what: Opening = request.param
    hands.resize_window(*SMALL)
    try:
        yield what.open(hands)
    finally:
        hands.tidy()


every_opening = pytest.mark.parametrize("shown", OPENINGS, ids=str, indirect=True)


def by_keyboard(shown: QWidget) -> None:
    """Check that the keyboard alone goes everywhere and each thing has a name of its own."""
    assert access.unnamed_widgets(shown) == []
    assert access.names_used_twice(shown) == []
    assert access.out_of_order(shown) == []
    assert access.buttons_without_keyboard(shown) == []
    reached = tabbed_through(shown)
    assert len(reached) >= 2 or isinstance(shown, QDialog)
    chain = access.tab_chain(shown)
    assert [access.spoken_name(each) for each in chain if not is_reached(each, reached)] == []


def is_reached(widget: QWidget, reached: list[QWidget]) -> bool:
    """Tell whether the keyboard comes to *widget*, or to its group, where the arrows lead on."""
    group = widget.group() if isinstance(widget, QAbstractButton) else None
    mates = group.buttons() if group is not None and group.exclusive() else []
    return any(each in reached for each in (widget, *mates))


def tabbed_through(root: QWidget) -> list[QWidget]:
    """Press Tab until the keyboard is where it began; return where it was."""
    window = root.window()
    chain = access.tab_chain(window)
    chain[0].setFocus(Qt.FocusReason.TabFocusReason)
    reached: list[QWidget] = []
    for _ in range(500):
        here = window.focusWidget()
        assert here is not None
        if here in reached:
            # What was left may be gone since, as a search that has room only while it is used.
            skipped = [each for each in reached[: reached.index(here)] if each.isVisible()]
            assert not skipped, f"Tab is trapped at {access.spoken_name(here)}"
            return [widget for widget in reached if root.isAncestorOf(widget)]
        reached.append(here)
        for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
            QApplication.sendEvent(here, QKeyEvent(kind, Qt.Key.Key_Tab, Qt.KeyboardModifier(0)))
    names = [access.spoken_name(each) for each in reached[-5:]]
    raise AssertionError(f"Tab never comes back to where it began: {names}")


def whole(shown: QWidget, hands: Hands, size: tuple[int, int]) -> None:
    """Check that no word is cut off in a window of that *size*, and nothing is larger than it."""
    width, height = size
    if not isinstance(shown, QDialog):
        hands.resize_window(width, height)
    elif shown.width() > width or shown.height() > height:  # else the window behind matters little
        shown.resize(min(shown.width(), width), min(shown.height(), height))
        hands.settle()
    assert shown.width() <= width, "wider than the screen"
    assert shown.height() <= height, "higher than the screen"
    assert clipped(shown) == []
    assert goes_sideways(shown) == []
    assert narrow_columns(shown, hands.program.theme) == []
    if isinstance(shown, QDialog) and not isinstance(shown, QuickLogWindow):
        most = hands.program.theme.space(MOST_EMPTY)
        assert empty_band(shown) <= most, "higher than what it holds"


# --- nothing forgotten ----------------------------------------------------------------------------

Site = tuple[str, str]
"""A module of the window and the function in it that makes a dialog or a form."""


SELF_TEST = {("apprentice_desk.ui.shell.trying", "try_window")}
"""What is only tried out, by the self-test, and shown to nobody."""


def makers() -> dict[str, type]:
    """Our own dialogs and forms by the names of their classes."""
    found = {}
    for module in pkgutil.walk_packages(ui.__path__, f"{ui.__name__}."):
        for name, each in vars(importlib.import_module(module.name)).items():
            is_own = isinstance(each, type) and each.__module__.startswith(ui.__name__)
            if is_own and issubclass(each, QDialog | Form):
                found[name] = each
    return found


def sites(names: set[str]) -> set[Site]:
    """Where in the source one of *names* is called."""
    found = set()

    def look(node: ast.AST, module: str, within: str) -> None:
        for child in ast.iter_child_nodes(node):
            inside = within
            if isinstance(child, ast.FunctionDef | ast.ClassDef):
                inside = f"{within}.{child.name}".lstrip(".")
            if isinstance(child, ast.Call):
                called = getattr(child.func, "id", getattr(child.func, "attr", ""))
                if called in names:
                    found.add((module, within))
            look(child, module, inside)

    for path in sorted(SOURCE.rglob("*.py")):
        if path.is_relative_to(SOURCE / "ui") or path.is_relative_to(SOURCE / "app"):
            module = ".".join(path.relative_to(SOURCE.parent).with_suffix("").parts)
            look(ast.parse(path.read_text("utf-8")), module, "")
    return found


@dataclass
class Noted:
    """Which openings were opened, and which of the sites were reached by them."""

    opened: set[str] = field(default_factory=set)
    reached: set[Site] = field(default_factory=set)


@pytest.fixture(scope="class")
def noted() -> Iterator[Noted]:
    """What the tests of a class open, noted where each dialog and form is made."""
    found = Noted()

    def noting(made: Any) -> Any:
        def begin(self: Any, *args: Any, **more: Any) -> None:
            frame = sys._getframe(1)
            while frame is not None:
                name = frame.f_code.co_qualname.replace(".<locals>", "")
                site = (frame.f_globals.get("__name__", ""), name.replace(".<lambda>", ""))
                found.reached.add(site)
                frame = frame.f_back
            made(self, *args, **more)

        return begin

    with pytest.MonkeyPatch.context() as patch:
        for each in makers().values():
            if "__init__" in vars(each):
                patch.setattr(each, "__init__", noting(each.__init__))
        yield found


# --- the looks ---------------------------------------------------------------------------------

# A look is a class of its own, so that several processes may share them out.  To open something
# takes far longer than to look at it: each is looked at in a small window and in the usual one.


@pytest.mark.parametrize("hands", ["as usual"], indirect=True)
class TestAsUsual:
    @every_opening
    def test_the_keyboard_goes_everywhere_and_no_word_is_cut_off_or_hard_to_read(
        self, noted: Noted, shown: QWidget, hands: Hands, request: pytest.FixtureRequest
    ) -> None:
        """What nobody gave a colour of the theme would stand out in the dark, grey or white."""
        noted.opened.add(request.node.callspec.params["shown"].name)
        whole(shown, hands, SMALL)
        assert ill_coloured(shown, hands.program.theme) == []
        whole(shown, hands, USUAL)
        by_keyboard(shown)

    def test_every_dialog_and_form_in_the_source_is_opened_by_an_opening(
        self, noted: Noted, hands: Hands
    ) -> None:
        """A dialog that no opening opens would be left out of every test of this module."""
        for what in OPENINGS:
            if what.name not in noted.opened:  # as where this test is run by itself
                what.open(hands)
                hands.tidy()
        wanted = sites({*makers(), "ask"}) - SELF_TEST
        assert len(wanted) > 20
        assert sorted(wanted - noted.reached) == []


@pytest.mark.parametrize("hands", ["large"], indirect=True)
class TestWithLargeText:
    @every_opening
    def test_the_keyboard_goes_everywhere_and_no_word_is_cut_off(
        self, shown: QWidget, hands: Hands
    ) -> None:
        whole(shown, hands, USUAL)
        whole(shown, hands, SMALL)
        by_keyboard(shown)
