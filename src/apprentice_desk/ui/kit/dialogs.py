"""What interrupts: a question before something is done, and a form in its own window.

Nothing here blocks: dialogs are opened and tell by signals, so that tests press their buttons
like a person does.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QCloseEvent, QKeyEvent, QKeySequence, QShowEvent
from PySide6.QtWidgets import QDialog, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from apprentice_desk.domain.findings import Finding, refuses
from apprentice_desk.domain.problems import Problem
from apprentice_desk.ui.kit import access
from apprentice_desk.ui.kit.fitting import Fitter
from apprentice_desk.ui.kit.forms import Form
from apprentice_desk.ui.kit.keeping import DraftSpot, keeper_for
from apprentice_desk.ui.kit.keys import Keys, add_key
from apprentice_desk.ui.kit.messages import Banner, Messages
from apprentice_desk.ui.kit.pieces import button, label, line
from apprentice_desk.ui.kit.theme import Theme

Save = Callable[[Any], Sequence[Finding] | None]

_MOST_TOLD = 4


def lost_in_words(typed: Sequence[str]) -> str:
    """Return what is not saved and lost by leaving; *typed* says of each whose it is and what."""
    if not typed:
        return "What you have typed here is not saved yet and will be lost."
    told = " · ".join(typed[:_MOST_TOLD])
    if len(typed) > _MOST_TOLD:
        told += f" · and {len(typed) - _MOST_TOLD} more"
    return f"Not saved yet, and lost if you leave: {told}."


class Question(QDialog):
    """Asks before something is done; *accepted* and *rejected* tell the answer.

    *sentence* says what will happen in the words of the button.  Where it is dangerous the way
    back is the button that Enter presses.
    """

    def __init__(
        self,
        parent: QWidget,
        theme: Theme,
        title: str,
        sentence: str,
        confirm_text: str,
        *,
        cancel_text: str = "Cancel",
        danger: bool = False,
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(title)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        access.name(self, title, sentence)
        words = label(sentence, wraps=True)
        words.setMinimumWidth(theme.space(80))
        self.confirm = button(
            confirm_text, theme, self.accept, role="danger" if danger else "primary"
        )
        self.cancel = button(cancel_text, theme, self.reject)
        (self.cancel if danger else self.confirm).setDefault(True)
        self._buttons = buttons = QHBoxLayout()
        buttons.setSpacing(theme.space(2))
        buttons.addStretch(1)
        buttons.addWidget(self.cancel)
        buttons.addWidget(self.confirm)
        down = QVBoxLayout(self)
        edge = theme.space(6)
        down.setContentsMargins(edge, edge, edge, theme.space(4))
        down.setSpacing(theme.space(3))
        down.setSizeConstraint(QVBoxLayout.SizeConstraint.SetNoConstraint)
        down.addWidget(label(title, "large", wraps=True))
        down.addWidget(words)
        down.addSpacing(theme.space(2))
        down.addStretch(1)  # else what is to spare parts the title from its sentence
        down.addLayout(buttons)
        (self.cancel if danger else self.confirm).setFocus(Qt.FocusReason.TabFocusReason)

    def showEvent(self, event: QShowEvent) -> None:
        """Be as high as the words are at this width: Qt would take their height at the least."""
        layout = self.layout()
        if layout is not None and not event.spontaneous():
            for child in self.findChildren(QWidget):
                child.ensurePolished()  # else it is measured in another font
            width = max(layout.totalSizeHint().width(), layout.totalMinimumSize().width())
            self.setMinimumSize(width, layout.totalHeightForWidth(width))
            self.resize(self.minimumSize())
        super().showEvent(event)

    def add_choice(self, choice: QPushButton) -> None:
        """Put one more button between the way back and the one that Enter presses."""
        self._buttons.insertWidget(self._buttons.count() - 1, choice)
        QWidget.setTabOrder(self.cancel, choice)
        QWidget.setTabOrder(choice, self.confirm)


def tell(parent: QWidget, theme: Theme, title: str, sentence: str) -> Question:
    """Say something that there is nothing to answer to.  Returns at once with what is open."""
    told = Question(parent, theme, title, sentence, "Close")
    told.cancel.hide()
    told.open()
    return told


def ask(
    parent: QWidget,
    theme: Theme,
    title: str,
    sentence: str,
    confirm_text: str,
    then: Callable[[], object],
    *,
    cancel_text: str = "Cancel",
    danger: bool = False,
) -> Question:
    """Ask, and do *then* if the person agrees.  Returns at once with the open Question."""
    question = Question(
        parent, theme, title, sentence, confirm_text, cancel_text=cancel_text, danger=danger
    )
    question.accepted.connect(then)
    question.open()
    return question


class FormPanel(QWidget):
    """A form with its title above and its buttons below, for the side of a page or a dialog.

    *save* gets the new Details and returns findings, shown in the form, or nothing: then the
    panel sends *saved*.  Findings that refuse nothing do not hold it up.  A Problem that *save*
    raises is shown here, where the person is.  *cancelled* is sent when the person turns back,
    after a question if something was typed.  With *draft* what is typed outlives a crash.
    """

    KEYS = Keys(
        "In a form",
        (
            ("Ctrl+Enter", "Save"),
            ("Escape", "Leave without saving; asks first if something was typed"),
            ("Ctrl+PgDown", "Go to the next heading"),
            ("Ctrl+PgUp", "Go to the heading before"),
            ("Down", "Open the list of a field that has one"),
            ("Alt+Down", "Open the calendar of a day"),
        ),
    )

    saved = Signal(object)
    cancelled = Signal()

    def __init__(
        self,
        form: Form,
        title: str,
        confirm_text: str,
        save: Save,
        theme: Theme,
        parent: QWidget | None = None,
        *,
        draft: DraftSpot | None = None,
    ) -> None:
        super().__init__(parent)
        self.form = form
        self.keeper = keeper_for(form, draft, theme)
        self._theme = theme
        self._save = save
        self._about = title if draft is None else draft.title
        self._messages = Messages(self)
        self.title = label(title, "large", wraps=True)
        self.confirm = button(confirm_text, theme, self.submit, role="primary")
        self.cancel = button("Cancel", theme, self.turn_back)
        edge = theme.space(4)
        head = QVBoxLayout()
        head.setContentsMargins(edge, edge, edge, theme.space(2))
        head.setSpacing(theme.space(2))
        head.addWidget(self.title)
        head.addWidget(Banner(self._messages, theme))
        foot = QHBoxLayout()
        foot.setContentsMargins(edge, theme.space(3), edge, theme.space(3))
        foot.setSpacing(theme.space(2))
        foot.addStretch(1)
        foot.addWidget(self.cancel)
        foot.addWidget(self.confirm)
        down = QVBoxLayout(self)
        down.setContentsMargins(1, 1, 1, 1)
        down.setSpacing(0)
        down.addLayout(head)
        down.addWidget(form, 1)
        down.addWidget(line())
        down.addLayout(foot)
        access.name(self, title)
        if len(form.groups) > 1:  # shortcuts: a list in the form would take the keys for its own
            add_key(self, "Go to the next heading", "Ctrl+PgDown", lambda: form.focus_group(1))
            add_key(self, "Go to the heading before", "Ctrl+PgUp", lambda: form.focus_group(-1))

    def warn_of_it(self) -> None:
        """Show in the colour of its button that what the form does takes something away."""
        self.confirm.setProperty("role", "danger")

    def submit(self) -> None:
        """Save what is typed if it can be read."""
        self._messages.dismiss()
        details, findings = self.form.read()
        if details is None:
            self.form.show_findings(findings)
            return
        try:
            found = list(self._save(details) or ())
        except Problem as problem:
            self._messages.problem(problem)
            return
        if refuses(found):
            self.form.show_findings(found)
            return
        self.form.clear_findings()
        if self.keeper is not None:
            self.keeper.forget()
        self.saved.emit(details)

    def turn_back(self) -> None:
        """Leave without saving; asks first if something was typed."""
        if not self.form.has_unsaved_changes:
            self.cancelled.emit()
            return
        ask(
            self,
            self._theme,
            "Leave without saving?",
            lost_in_words([f"{self._about}: {self.form.changes_in_words()}"]),
            "Leave without saving",
            self._let_go,
            cancel_text="Keep editing",
            danger=True,
        )

    def _let_go(self) -> None:
        if self.keeper is not None:
            self.keeper.forget()
        self.cancelled.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Answer the keys that mean something here."""
        is_enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if event.key() == Qt.Key.Key_Escape:
            self.turn_back()
        elif is_enter and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.submit()
        else:
            super().keyPressEvent(event)


class FormDialog(QDialog):
    """A FormPanel in its own window, *wide* quarters of the text's height and as high as it needs.

    It closes itself when saved or cancelled.
    """

    saved = Signal(object)

    def __init__(
        self,
        form: Form,
        title: str,
        confirm_text: str,
        save: Save,
        theme: Theme,
        parent: QWidget,
        *,
        draft: DraftSpot | None = None,
        wide: float = 140,
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(title)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setProperty("role", "raised")
        self._is_closing = False
        self.panel = FormPanel(form, title, confirm_text, save, theme, self, draft=draft)
        self.panel.confirm.setDefault(True)
        self.form = form
        down = QVBoxLayout(self)
        down.setContentsMargins(0, 0, 0, 0)
        down.addWidget(self.panel)
        self.panel.saved.connect(self._on_saved)
        self.panel.cancelled.connect(self._on_cancelled)
        room = self.screen().availableSize() if self.screen() else self.size()
        self.resize(
            min(theme.space(wide), room.width()), min(theme.space(170), int(room.height() * 0.9))
        )
        if form.area is not None:
            Fitter(self, form.area, theme)
        add_key(self, "Help", QKeySequence.StandardKey.HelpContents, self._ask_for_help)

    def _ask_for_help(self) -> None:
        """Have the window show Help above this form."""
        above: Any = self.parentWidget()
        while above is not None and not hasattr(above, "show_help"):
            above = above.parentWidget()
        if above is not None:
            above.show_help(form=self)

    def open(self) -> None:
        """Show the dialog, with the keyboard in the first field."""
        super().open()
        self.form.focus_first()

    def reject(self) -> None:
        """Escape: leave, after a question if something was typed."""
        self.panel.turn_back()

    def closeEvent(self, event: QCloseEvent) -> None:
        """Ask first if something was typed."""
        if self._is_closing or not self.form.has_unsaved_changes:
            event.accept()
            return
        event.ignore()
        self.panel.turn_back()

    def _on_saved(self, details: object) -> None:
        self._is_closing = True
        self.saved.emit(details)
        self.accept()

    def leave(self) -> None:
        """Close without saving and without a question: that was asked already."""
        self._on_cancelled()

    def _on_cancelled(self) -> None:
        self._is_closing = True
        super().reject()
