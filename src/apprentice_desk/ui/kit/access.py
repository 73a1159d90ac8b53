"""Names for screen readers, and the checks that page tests make of them.

What can have the keyboard must have a name, be reached by it in reading order, and let it go.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import pairwise

from PySide6.QtCore import QRect, Qt
from PySide6.QtWidgets import QAbstractButton, QLabel, QWidget

# Kinds of widgets are asked for by name: importing them would cost the first paint time.

NOTHING_TO_SHOW = "Nothing to show yet"
"""What a chart says to a screen reader before it has something to show."""

_KEYS = "answered by"
"""The property of a button that tells the keys which do the same where the keyboard is."""


def name(widget: QWidget, says: str, description: str = "") -> None:
    """Give *widget* the name and description that assistive technology reads out."""
    widget.setAccessibleName(says)
    widget.setAccessibleDescription(description)


_ROLES = {
    "AmountBars": "Chart",
    "BadgeLabel": "StaticText",
    "FindingsSummary": "AlertMessage",
    "LineChart": "Chart",
    "MonthStrip": "Chart",
    "PaperView": "Document",
    "QScrollArea": "Grouping",
    "RadioChoice": "Grouping",
    "StepBar": "StaticText",
    "Switch": "Grouping",
    "TileMap": "Grouping",
    "TimeLine": "Chart",
}
"""What widgets are for a screen reader of whose classes Qt does not know it."""


def tell_roles() -> None:
    """Have Qt tell screen readers what our own kinds of widgets are; a second call does nothing."""
    from PySide6.QtCore import QCoreApplication, QObject
    from PySide6.QtGui import QAccessible
    from PySide6.QtWidgets import QAccessibleWidget

    app = QCoreApplication.instance()
    if app is None or app.property(_TOLD):
        return
    app.setProperty(_TOLD, True)
    roles = {kind: QAccessible.Role[role] for kind, role in _ROLES.items()}

    def describe(kind: str, what: QObject) -> QAccessibleWidget | None:
        # Asked for every class, also while things are taken down: the name alone is looked at.
        role = roles.get(kind)
        if role is None or not isinstance(what, QWidget):
            return None
        return QAccessibleWidget(what, role)

    QAccessible.installFactory(describe)


_TOLD = "roles are told"


_only_in: list[QWidget] = []


def tell_only_of(part: QWidget | None) -> None:
    """Have nothing read out but what *part* says; None ends that."""
    _only_in[:] = [] if part is None else [part]


def announce(widget: QWidget, text: str, *, at_once: bool = False) -> None:
    """Have *text* read out; *at_once* interrupts what is being read."""
    if any(part is not widget and not part.isAncestorOf(widget) for part in _only_in):
        return
    # Imported when needed: the window paints before anything is read out.
    from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent

    if not text or not QAccessible.isActive():
        return
    event = QAccessibleAnnouncementEvent(widget, text)
    if at_once:
        event.setPoliteness(QAccessible.AnnouncementPoliteness.Assertive)
    QAccessible.updateAccessibility(event)


def spoken_name(widget: QWidget) -> str:
    """Return the name of *widget*: its own, its buddy label's, or its button text."""
    if own := widget.accessibleName().strip():
        return own
    if isinstance(widget, QAbstractButton) and widget.text().strip():
        return widget.text().replace("&&", "\0").replace("&", "").replace("\0", "&").strip()
    within = widget.parentWidget()
    while within is not None:  # its label is near: a window with many pages has thousands of others
        for label in within.findChildren(QLabel):
            if label.buddy() is widget and label.text().strip():
                return label.text().replace("&", "").strip()
        within = None if within.isWindow() else within.parentWidget()
    return ""


def focusable_widgets(root: QWidget) -> Iterator[QWidget]:
    """Yield the visible, enabled widgets in *root* that can have the keyboard.

    Qt's own inner parts (the line edit of a spin box, the list of a combo box, a scroll area's
    frame) speak with the voice of the widget that they are part of and are left out.
    """
    for widget in root.findChildren(QWidget):
        if (
            widget.focusPolicy() == Qt.FocusPolicy.NoFocus
            or not widget.isVisibleTo(root)
            or not widget.isEnabledTo(root)
            or _is_any(widget, "QMenu", "QMenuBar")
            or widget.focusProxy() is not None
            or _is_inner_part(widget)
        ):
            continue
        yield widget


def _is_any(widget: QWidget | None, *kinds: str) -> bool:
    return widget is not None and any(widget.inherits(kind) for kind in kinds)


def _is_inner_part(widget: QWidget) -> bool:
    parent = widget.parentWidget()
    if _is_any(parent, "QAbstractSpinBox", "QComboBox") or widget.objectName().startswith("qt_"):
        return True
    if parent is not None and _is_any(parent.parentWidget(), "QComboBox"):
        return True
    if _is_any(parent, "QAbstractItemView"):  # an item view's viewport is neither of these
        return _is_any(widget, "QHeaderView", "QAbstractButton")
    return _is_any(widget, "QScrollArea") and widget.focusPolicy() == Qt.FocusPolicy.NoFocus


def unnamed_widgets(root: QWidget) -> list[str]:
    """Return what in *root* can have the keyboard but has no name: class and object name."""
    return [
        f"{type(widget).__name__} {widget.objectName()}".strip()
        for widget in focusable_widgets(root)
        if not spoken_name(widget)
    ]


def names_used_twice(root: QWidget) -> list[str]:
    """Return the names that two things in *root* have which a screen reader calls the same kind.

    A place "Hours" in the navigation and a field "Hours" are told apart by "radio button" and
    "edit"; two buttons "Edit" are not.
    """
    from PySide6.QtGui import QAccessible  # not on the way to the first paint

    counts = Counter(
        (spoken_name(widget), QAccessible.queryAccessibleInterface(widget).role())
        for widget in focusable_widgets(root)
    )
    return [each for (each, _role), count in counts.items() if each and count > 1]


def follow(first: QWidget, others: Iterable[QWidget]) -> QWidget:
    """Let Tab reach widgets that were made later after *first*; return the last one.

    A widget that hands the keyboard on to a part of itself moves as a whole: were it left where it
    was made, Tab would come to it there and be handed back, round and round.
    """
    for other in others:
        part = other.focusProxy()
        if part is None:
            QWidget.setTabOrder(first, other)
            first = other
            continue
        policy = other.focusPolicy()
        other.setFocusProxy(None)  # type: ignore[arg-type]  # the stubs do not know that it may
        other.setFocusPolicy(Qt.FocusPolicy.TabFocus)  # without any, Qt does not set an order
        QWidget.setTabOrder(first, other)
        QWidget.setTabOrder(other, part)
        other.setFocusPolicy(policy)
        other.setFocusProxy(part)
        first = part
    return first


def come_last(widget: QWidget) -> None:
    """Let Tab reach *widget* after everything else in its window, shown or not."""
    window = widget.window()
    last = window.previousInFocusChain()
    while last is not None and last is not window:
        if last.focusPolicy() != Qt.FocusPolicy.NoFocus:
            if last is not widget:
                QWidget.setTabOrder(last, widget)
            return
        last = last.previousInFocusChain()


def tab_chain(root: QWidget) -> list[QWidget]:
    """Return the widgets in *root* in the order in which Tab reaches them."""
    reachable = {
        id(widget)
        for widget in focusable_widgets(root)
        if widget.focusPolicy() & Qt.FocusPolicy.TabFocus
    }
    chain: list[QWidget] = []
    widget: QWidget | None = root.nextInFocusChain()
    seen: set[int] = {id(root)}
    # Until all are found: the ring goes through every other page of the window as well.
    while widget is not None and id(widget) not in seen and len(chain) < len(reachable):
        seen.add(id(widget))
        if id(widget) in reachable:
            chain.append(widget)
        widget = widget.nextInFocusChain()
    return chain


def stops(part: QWidget) -> list[QWidget]:
    """Return what Tab may come to in *part*, shown or not, as it was put together; for ``follow``.

    In place of what has the keyboard handed on to it stands what hands it on: both move.
    """
    inside = [
        widget
        for widget in (part, *part.findChildren(QWidget))
        if widget.window() is part.window() and not _is_inner_part(widget)
    ]
    hands_on = {id(widget.focusProxy()): widget for widget in inside if widget.focusProxy()}
    return [
        hands_on.get(id(widget), widget)
        for widget in inside
        if not widget.focusProxy() and widget.focusPolicy() & Qt.FocusPolicy.TabFocus
    ]


def put_before(widget: QWidget, parts: Iterable[QWidget]) -> None:
    """Have Tab come to *parts* just before it comes to *widget*."""
    placed = list(parts)
    before = widget.previousInFocusChain()
    while before is not None and before is not widget and not _has_place(before, placed):
        before = before.previousInFocusChain()
    assert before is not None  # the chain is a ring
    for part in placed:
        QWidget.setTabOrder(before, part)
        before = part if part.focusPolicy() else before


def _has_place(widget: QWidget, moved: list[QWidget]) -> bool:
    """Whether Qt can put something behind it: not without focus, nor behind what moves itself."""
    return bool(widget.focusPolicy()) and widget not in moved


def answer_in_field(button: QAbstractButton, keys: str) -> None:
    """Leave *button* out of Tab's way: *keys* in the field beside it do the same, and it says so.

    A form is walked through all day, and one stop for each field is enough.
    """
    button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    button.setProperty(_KEYS, keys)
    button.setToolTip(f"{button.toolTip()} ({keys})")
    name(button, button.accessibleName(), f"{keys} in the field does the same")


def buttons_without_keyboard(root: QWidget) -> list[str]:
    """Return the visible buttons that neither Tab nor a shortcut reaches."""
    without = []
    for button in root.findChildren(QAbstractButton):
        if not button.isVisibleTo(root) or not button.isEnabledTo(root) or _is_inner_part(button):
            continue
        action = getattr(button, "defaultAction", lambda: None)()
        has_shortcut = (
            bool(button.property(_KEYS))
            or not button.shortcut().isEmpty()
            or (action is not None and not action.shortcut().isEmpty())
        )
        group = button.group()
        mates = group.buttons() if group is not None and group.exclusive() else [button]
        # Of buttons of which one is chosen Tab reaches that one; the arrows reach the others.
        has_tab = any(mate.focusPolicy() & Qt.FocusPolicy.TabFocus for mate in mates)
        if not has_tab and not has_shortcut:
            without.append(f"{type(button).__name__} {spoken_name(button)}".strip())
    return without


def out_of_order(root: QWidget) -> list[str]:
    """Return the names of widgets that Tab reaches after one that stands wholly below them.

    Side by side panels are read one after the other, so only what shares a column is compared.
    What is scrolled stands where its scroll area does for all that is not scrolled with it.
    """
    late = []
    chain = tab_chain(root)
    for before, after in pairwise(chain):
        first = _place(before, after, root)
        second = _place(after, before, root)
        is_above = second.bottom() < first.top()
        if is_above and second.left() <= first.right() and first.left() <= second.right():
            late.append(spoken_name(after))
    return late


def _place(widget: QWidget, other: QWidget, root: QWidget) -> QRect:
    """Return where *widget* stands in *root*, beside *other* or in it, where it is scrolled."""
    stands = widget
    parent = widget.parentWidget()
    while parent is not None and parent is not root:
        if parent is not other and parent.isAncestorOf(other):
            break
        if _is_any(parent, "QAbstractScrollArea"):
            stands = parent
        parent = parent.parentWidget()
    return QRect(stands.mapTo(root, stands.rect().topLeft()), stands.size())
