from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

import pytest
from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtGui import QAccessible, QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QCalendarWidget, QLabel, QPushButton

from apprentice_desk.domain.findings import Finding, Level, Place
from apprentice_desk.domain.identifiers import check_uln
from apprentice_desk.ui.kit import access
from apprentice_desk.ui.kit.dates import DateInput
from apprentice_desk.ui.kit.dialogs import FormPanel
from apprentice_desk.ui.kit.fields import Field, make_input
from apprentice_desk.ui.kit.forms import Form, Unreadable

TODAY = date(2026, 11, 23)
STANDARDS = [(f"ST{n:04d}", f"Standard number {n}, level 4") for n in range(1, 900)]


@dataclass(frozen=True, slots=True)
class Details:
    given_names: str | None = None
    note: str = ""
    uln: str | None = None
    standard: str | None = None
    pattern: str | None = None
    started_on: date | None = None
    ends_on: date | None = None
    is_end_day_given: bool = True
    weekly_minutes: int | None = None
    price: Decimal | None = None
    level: int | None = None
    share: Decimal | None = None
    needs_maths: bool | None = None
    is_paid: bool = False
    not_on_the_form: str = "kept"


FIELDS = (
    Field("given_names", "Given names", required=True, group="Person"),
    Field("uln", "Unique learner number", "code", parse=check_uln, help="Ten figures."),
    Field("standard", "Standard", "choice", choices=STANDARDS, group="Apprenticeship"),
    Field("pattern", "Working pattern", "choice", choices=("on site", "hybrid")),
    Field("started_on", "Training started", "date"),
    Field("ends_on", "Planned end", "month date", end=True, day_given="is_end_day_given"),
    Field("weekly_minutes", "Hours a week", "duration"),
    Field("price", "Agreed price", "money", beside=True),
    Field("level", "Level", "integer"),
    Field("share", "Share", "decimal"),
    Field("needs_maths", "English and maths needed", "yes-no"),
    Field("is_paid", "In paid hours", "tick"),
    Field("note", "Note", "long text"),
)

FULL = Details(
    given_names="Ada",
    note="Two\nlines",
    uln="1000000043",
    standard="ST0116",
    pattern="hybrid",
    started_on=date(2026, 9, 1),
    ends_on=date(2028, 2, 29),
    is_end_day_given=False,
    weekly_minutes=2250,
    price=Decimal("15000.00"),
    level=4,
    share=Decimal("0.2"),
    needs_maths=False,
    is_paid=True,
    not_on_the_form="carried over",
)


@pytest.fixture
def form(qtbot, theme) -> Form:
    made = Form(FIELDS, Details, theme, today=TODAY)
    qtbot.addWidget(made)
    made.resize(600, 500)
    with qtbot.waitExposed(made):
        made.show()
    return made


def type_in(form: Form, name: str, text: str) -> None:
    target = form.input(name).target
    target.setFocus()
    QTest.keyClicks(target, text)


def leave(form: Form, name: str) -> None:
    form.input(name).left.emit()


def test_details_go_in_and_come_out_unchanged(form) -> None:
    form.show_details(FULL)
    assert form.details() == FULL
    assert not form.has_unsaved_changes


def test_a_blank_form_gives_none_or_the_class_default_for_text(form) -> None:
    form.show_details(None)
    form.set_value("given_names", "Ada")
    assert form.details() == Details(given_names="Ada")
    assert form.details().note == ""


def test_signs_that_turn_a_name_round_are_not_kept(form) -> None:
    form.show_details(Details())
    for name, typed, kept in (
        ("given_names", "\u202aAda\u202c \u202eibO", "Ada ibO"),
        ("note", "One\u200f\nTwo", "One\nTwo"),
    ):
        form.input(name).type_in(typed)
        assert form.value(name) == kept


def test_unsaved_changes_are_a_question_of_equality(form) -> None:
    form.show_details(FULL)
    form.set_value("level", 5)
    assert form.has_unsaved_changes
    form.set_value("level", 4)
    assert not form.has_unsaved_changes
    form.input("price").line.setText("rubbish")
    assert form.has_unsaved_changes


@pytest.mark.parametrize(
    ("name", "typed", "value", "shown"),
    [
        ("started_on", "4 oct 2026", date(2026, 10, 4), "04/10/2026"),
        ("started_on", "4/8/26", date(2026, 8, 4), "04/08/2026"),
        ("started_on", "today", TODAY, "23/11/2026"),
        ("ends_on", "feb 2028", date(2028, 2, 29), "February 2028"),
        ("weekly_minutes", "37.5", 2250, "37:30"),
        ("weekly_minutes", "7h30", 450, "7:30"),
        ("price", "15000", Decimal("15000.00"), "£15,000.00"),
        ("level", "1,000", 1000, "1,000"),
        ("share", "0.25", Decimal("0.25"), "0.25"),
        ("uln", "1000 0000 43", "1000000043", "1000000043"),
        ("given_names", "  Ada   Mary ", "Ada Mary", "Ada Mary"),
    ],
)
def test_what_is_typed_is_understood_and_shown_in_one_way_on_leaving(
    form, name, typed, value, shown
) -> None:
    type_in(form, name, typed)
    assert form.value(name) == value
    leave(form, name)
    assert form.input(name).line.text() == shown
    assert form.value(name) == value


@pytest.mark.parametrize(
    ("name", "typed", "words"),
    [
        ("started_on", "31/02/2026", "does not exist"),
        ("started_on", "Feb 2028", "gives no day"),
        ("weekly_minutes", "a lot", "not a length of time"),
        ("price", "1.2.3", "not an amount of money"),
        ("level", "four", "not a whole number"),
        ("share", "half", "not a number"),
        ("uln", "1000000063", ""),
        ("standard", "no such standard", "not in the list"),
    ],
)
def test_what_cannot_be_read_is_said_beside_the_field_on_leaving(form, name, typed, words) -> None:
    type_in(form, name, typed)
    leave(form, name)
    details, findings = form.read()
    assert details is None
    finding = next(finding for finding in findings if finding.place.field == name)
    assert words in finding.message
    assert form.input(name).target.property("tone") == "danger"
    assert finding.message in form.input(name).target.accessibleDescription()
    shown = [label.text() for label in form.findChildren(QLabel) if label.isVisibleTo(form)]
    assert finding.message in shown


def test_typing_on_takes_the_error_away(form) -> None:
    type_in(form, "level", "four")
    leave(form, "level")
    type_in(form, "level", "4")
    assert form.input("level").target.property("tone") == ""


def test_a_required_field_left_blank_is_found_only_when_saving(form) -> None:
    form.show_details(None)
    leave(form, "given_names")
    assert not form.input("given_names").target.property("tone")
    with pytest.raises(Unreadable) as refused:
        form.details()
    assert [finding.place.field for finding in refused.value.findings] == ["given_names"]


def test_all_that_cannot_be_read_is_told_at_once(form) -> None:
    form.show_details(None)
    for name, typed in (("level", "four"), ("price", "lots")):
        form.input(name).line.setText(typed)
    _, findings = form.read()
    assert [finding.place.field for finding in findings] == ["given_names", "price", "level"]


def test_a_month_alone_is_told_from_a_whole_day(form) -> None:
    form.show_details(FULL)
    assert form.input("ends_on").line.text() == "February 2028"
    assert form.details().is_end_day_given is False
    form.input("ends_on").line.setText("28/02/2028")
    assert form.details().ends_on == date(2028, 2, 28)
    assert form.details().is_end_day_given is True


def test_a_long_list_is_searched_by_any_part_of_its_words(form) -> None:
    type_in(form, "standard", "number 116,")
    leave(form, "standard")
    assert form.value("standard") == "ST0116"
    assert form.input("standard").line.text() == "Standard number 116, level 4"


def test_the_whole_list_opens_by_keyboard_and_a_line_is_taken(form, qtbot) -> None:
    given = form.input("standard")
    given.line.setFocus()
    QTest.keyClick(given.line, Qt.Key.Key_Down)
    popup = given.line.completer().popup()
    assert popup.isVisible()
    assert popup.model().rowCount() == len(STANDARDS)
    QTest.keyClick(popup, Qt.Key.Key_Down)
    QTest.keyClick(popup, Qt.Key.Key_Return)
    assert form.value("standard") == "ST0001"


def test_typing_narrows_the_list_to_lines_that_hold_the_words(form, qtbot) -> None:
    type_in(form, "standard", "LEVEL 4")
    assert form.input("standard").line.completer().popup().model().rowCount() == len(STANDARDS)
    type_in(form, "standard", "x")
    assert form.input("standard").line.completer().popup().model().rowCount() == 0


def test_a_choice_can_be_taken_back(form) -> None:
    form.show_details(FULL)
    form.input("pattern").box.setCurrentIndex(0)
    form.input("standard").line.setText("")
    assert form.details().pattern is None
    assert form.details().standard is None


def test_a_value_that_the_list_no_longer_holds_is_kept(form) -> None:
    form.show_details(Details(given_names="Ada", pattern="nights", standard="ST9999"))
    assert form.details().pattern == "nights"
    assert form.details().standard == "ST9999"


def test_choices_can_change_and_what_was_chosen_stays(form) -> None:
    form.show_details(FULL)
    form.set_choices("pattern", ("remote", "hybrid"))
    assert form.value("pattern") == "hybrid"


def test_a_choice_keeps_the_very_value_not_its_words(qtbot, theme) -> None:
    from apprentice_desk.domain.vocabulary import WorkingPattern

    @dataclass(frozen=True)
    class Place:
        pattern: WorkingPattern | None = None

    form = Form(
        (Field("pattern", "Pattern", "choice", choices=tuple(WorkingPattern)),), Place, theme
    )
    qtbot.addWidget(form)
    form.show_details(Place(WorkingPattern.HYBRID))
    assert form.value("pattern") is WorkingPattern.HYBRID


@pytest.mark.parametrize("value", [True, False, None])
def test_yes_no_and_not_known_are_three_things(form, value) -> None:
    form.show_details(Details(given_names="Ada", needs_maths=value))
    assert form.details().needs_maths is value


def test_a_field_that_the_class_does_not_have_is_refused(theme) -> None:
    with pytest.raises(TypeError, match="no_such"):
        Form((Field("no_such", "No such"),), Details, theme)


def test_findings_are_shown_beside_their_field_and_at_the_top(form, qtbot) -> None:
    form.show_details(FULL)
    form.show_findings(
        [
            Finding(
                Level.ROW,
                "AP001",
                "The end comes before the start.",
                "Change one of them.",
                Place(field="ends_on"),
            ),
            Finding(
                Level.NOTE, "AP009", "This is a long way off.", place=Place(field="started_on")
            ),
            Finding(Level.ROW, "AP010", "There is another Ada."),
        ]
    )
    assert form.input("ends_on").target.property("tone") == "danger"
    assert not form.input("started_on").target.property("tone")
    assert "Change one of them." in form.input("ends_on").target.accessibleDescription()
    summary = form.focusWidget()
    assert summary.accessibleName().startswith("2 things to put right, One thing worth a look.")
    assert "There is another Ada." in summary.accessibleName()


def test_the_summary_leads_to_each_field(form, qtbot) -> None:
    form.show_details(FULL)
    form.show_findings([Finding(Level.ROW, "X", "Too much.", place=Place(field="price"))])
    links = [b for b in form.findChildren(QPushButton) if b.text() == "Go to it"]
    assert [access.spoken_name(link) for link in links] == ["Go to it: Agreed price: Too much."]
    links[0].click()
    assert form.input("price").target.hasFocus()


def test_findings_can_be_taken_away(form) -> None:
    form.show_findings([Finding(Level.ROW, "X", "Too much.", place=Place(field="price"))])
    form.clear_findings()
    assert form.input("price").target.property("tone") == ""
    assert not [
        b for b in form.findChildren(QPushButton) if b.isVisibleTo(form) and b.text() == "Go to it"
    ]


def test_every_field_has_name_description_and_buddy(form) -> None:
    assert access.unnamed_widgets(form) == []
    given = form.input("given_names").target
    assert given.accessibleName() == "Given names"
    assert given.accessibleDescription() == "required"
    assert form.input("uln").target.accessibleDescription() == "Ten figures."
    buddies = {label.buddy() for label in form.findChildren(QLabel) if label.buddy()}
    for field in FIELDS:
        if field.kind != "tick":
            own = form.input(field.name)
            assert any(own.isAncestorOf(buddy) for buddy in buddies), field.name
    spoken = QAccessible.queryAccessibleInterface(given)
    assert spoken.text(QAccessible.Text.Name) == "Given names"


def test_required_is_a_word_not_a_sign(form) -> None:
    words = [label.text() for label in form.findChildren(QLabel)]
    assert words.count("required") == 1
    assert not any("*" in word for word in words)


def test_tab_goes_through_the_fields_from_top_to_bottom(form) -> None:
    assert access.out_of_order(form) == []
    chain = access.tab_chain(form)
    own = [form.input(field.name).target for field in FIELDS]
    assert [widget for widget in chain if widget in own] == own
    assert not [widget for widget in chain if widget.inherits("QToolButton")], "an idle stop"
    assert access.buttons_without_keyboard(form) == []


def test_headings_are_gone_to_one_after_the_other(form) -> None:
    firsts = [form.input(names[0]).target for names in form.groups.values()]
    assert len(firsts) > 1
    form.focus_first()
    form.focus_group(1)
    assert firsts[1].hasFocus()
    for _ in firsts:
        form.focus_group(1)
    assert firsts[-1].hasFocus(), "at the end it stays"
    form.focus(form.groups[list(form.groups)[-1]][-1])
    form.focus_group(-1)
    assert firsts[-2].hasFocus()


def test_keys_go_from_heading_to_heading_and_change_no_choice_on_the_way(qtbot, theme) -> None:
    """The first field below a heading may be a list, for which these keys choose."""
    form = Form(FIELDS, Details, theme, today=TODAY)
    panel = FormPanel(form, "Edit", "Save", lambda _details: None, theme)
    qtbot.addWidget(panel)
    with qtbot.waitExposed(panel):
        panel.show()
    form.show_details(FULL)
    form.focus_first()
    control = Qt.KeyboardModifier.ControlModifier
    second = form.input("standard").target
    QTest.keyClick(form.input("given_names").target, Qt.Key.Key_PageDown, control)
    assert second.hasFocus()
    QTest.keyClick(second, Qt.Key.Key_PageUp, control)
    assert form.input("given_names").target.hasFocus()
    assert not form.has_unsaved_changes


def test_fields_stand_beside_each_other_only_where_there_is_room(form) -> None:
    hours, price = (form.input(name) for name in ("weekly_minutes", "price"))

    def top(given) -> int:
        return given.mapTo(form, given.rect().topLeft()).y()

    assert top(hours) == top(price)
    form.resize(230, 500)
    QCoreApplication.processEvents()
    assert top(price) > top(hours)
    assert access.out_of_order(form) == []


def test_tab_leaves_a_long_text(form) -> None:
    assert form.input("note").text.tabChangesFocus()


def test_the_calendar_opens_by_keyboard_and_picks_a_day(form, qtbot) -> None:
    form.show_details(FULL)
    given = form.input("started_on")
    assert isinstance(given, DateInput)
    given.line.setFocus()
    QTest.keyClick(given.line, Qt.Key.Key_Down, Qt.KeyboardModifier.AltModifier)
    days = given.findChild(QCalendarWidget)
    view = days.findChild(type(days.focusWidget() or days), "qt_calendar_calendarview") or days
    QTest.keyClick(view, Qt.Key.Key_Right)
    QTest.keyClick(view, Qt.Key.Key_Return)
    assert form.value("started_on") == date(2026, 9, 2)
    assert form.has_unsaved_changes


def test_edits_are_told_but_showing_details_is_not_an_edit(form, qtbot) -> None:
    with qtbot.assertNotEmitted(form.edited):
        form.show_details(FULL)
    with qtbot.waitSignal(form.edited):
        type_in(form, "given_names", "B")


def test_the_wheel_does_not_change_a_choice_by_accident(form) -> None:
    from PySide6.QtCore import QPoint, QPointF
    from PySide6.QtGui import QWheelEvent

    form.show_details(FULL)
    box = form.input("pattern").box
    turn = QWheelEvent(
        QPointF(5, 5),
        QPointF(5, 5),
        QPoint(),
        QPoint(0, -120),
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    box.wheelEvent(turn)
    assert form.value("pattern") == "hybrid"
    assert not turn.isAccepted()


def test_a_field_can_be_read_only(qtbot, theme) -> None:
    form = Form((Field("given_names", "Given names", read_only=True),), Details, theme)
    qtbot.addWidget(form)
    form.show_details(FULL)
    type_in(form, "given_names", "x")
    assert form.details() == FULL


def test_millions_of_characters_are_not_pasted_into_a_field_of_several_lines(theme, qtbot):
    """Qt would lay them out for minutes; what stood in the field stays."""
    made = Form(FIELDS, Details, theme)
    qtbot.addWidget(made)
    made.show()
    words = made.input("note").text
    words.setPlainText("Backups")
    words.selectAll()
    QGuiApplication.clipboard().setText("x" * 2_000_000)
    words.paste()
    assert words.toPlainText() == "Backups"
    assert words.said.startswith("What was copied has 2,000,000 characters")
    QGuiApplication.clipboard().setText("x" * 50_000)
    words.paste()
    assert len(words.toPlainText()) == 50_000


@pytest.fixture
def days_form(theme, qtbot) -> Form:
    """A form with a day that has been, any other day, and a month."""
    fields = (
        Field("held_on", "Held", "date", is_past=True, help="When it was."),
        Field("due_on", "Due", "date"),
        Field("ends_on", "Ends", "month date", end=True),
    )
    made = Form(fields, Days, theme, today=TODAY)
    qtbot.addWidget(made)
    made.show()
    return made


@dataclass(frozen=True)
class Days:
    held_on: date | None = None
    due_on: date | None = None
    ends_on: date | None = None


def understood(form: Form, name: str) -> str:
    """Return what is told below a field, which must then be seen and be read out with it."""
    block = form._blocks[name]
    words = block._understood.text()
    assert block._understood.isVisibleTo(form) == bool(words)
    assert words in form.input(name).target.accessibleDescription()
    return words


@pytest.mark.parametrize(
    ("name", "typed", "value", "told"),
    [
        ("held_on", "tue", date(2026, 11, 17), "Tue 17 Nov 2026"),
        ("held_on", "thu 5 nov", date(2026, 11, 5), "Thu 5 Nov 2026"),
        ("held_on", "5/12", date(2025, 12, 5), "Fri 5 Dec 2025"),
        ("held_on", "-2", date(2026, 11, 21), "Sat 21 Nov 2026"),
        ("held_on", "17/11/26", date(2026, 11, 17), "Tue 17 Nov 2026"),
        ("due_on", "yesterday", date(2026, 11, 22), "Sun 22 Nov 2026"),
        ("due_on", "fri 5 nov", date(2027, 11, 5), "Fri 5 Nov 2027"),
        ("ends_on", "last fri", date(2026, 11, 20), "Fri 20 Nov 2026"),
        ("held_on", "17/11/2026", date(2026, 11, 17), ""),
        ("ends_on", "feb 2028", date(2028, 2, 29), ""),
        ("ends_on", "feb-28", date(2028, 2, 29), ""),
        ("held_on", "", None, ""),
    ],
)
def test_a_day_in_words_is_told_below_its_field_before_it_is_saved(
    days_form, name, typed, value, told
) -> None:
    type_in(days_form, name, typed)
    assert days_form.value(name) == value
    assert understood(days_form, name) == told
    leave(days_form, name)
    assert days_form.value(name) == value
    assert understood(days_form, name) == told, "it stays beside the figures"


@pytest.mark.parametrize(
    ("name", "typed", "says"),
    [
        ("held_on", "tue 5 nov", "5 November 2026 is a Thursday, not a Tuesday."),
        ("held_on", "tue 5/11/2026", "5 November 2026 is a Thursday, not a Tuesday."),
        ("due_on", "tue", "“tue” could be Tue 17 Nov 2026 or Tue 24 Nov 2026."),
        ("due_on", "5 nov", "“5 nov” could be Thu 5 Nov 2026 or Fri 5 Nov 2027."),
        ("ends_on", "nov 17", "“nov 17” could be a day or a month."),
    ],
)
def test_a_day_that_could_be_another_is_refused_below_its_field(
    days_form, name, typed, says
) -> None:
    type_in(days_form, name, typed)
    leave(days_form, name)
    assert days_form.input(name).line.text() == typed
    assert days_form._blocks[name]._error.text.startswith(says)
    assert understood(days_form, name) == ""
    _, findings = days_form.read()
    assert [finding.place.field for finding in findings] == [name]


def test_what_was_understood_goes_when_something_else_is_shown(days_form) -> None:
    type_in(days_form, "held_on", "tue")
    assert understood(days_form, "held_on") == "Tue 17 Nov 2026"
    days_form.input("held_on").line.selectAll()
    type_in(days_form, "held_on", "16/11/2026")
    assert days_form.value("held_on") == date(2026, 11, 16)
    assert understood(days_form, "held_on") == ""
    days_form.type_in({"held_on": "yesterday"})
    assert understood(days_form, "held_on") == "Sun 22 Nov 2026"
    days_form.show_details(Days(TODAY))
    assert understood(days_form, "held_on") == ""


def test_a_date_whose_today_is_not_known_takes_full_dates_only(theme, qtbot) -> None:
    given = make_input(Field("on", "On", "date", is_past=True), theme)
    qtbot.addWidget(given)
    given.line.setText("4 aug 26")
    assert given.read() == date(2026, 8, 4)
    given.line.setText("tue")
    with pytest.raises(ValueError, match="is not a day"):
        given.read()


@dataclass(frozen=True)
class Course:
    version: str = ""


def test_what_is_offered_can_be_chosen_and_anything_else_typed(qtbot, theme) -> None:
    offered = Field("version", "Version", "offered", choices=("1.0", "1.1"))
    form = Form((offered,), Course, theme)
    qtbot.addWidget(form)
    form.show_details(Course("0.9"))
    assert form.read() == (Course("0.9"), [])
    line = form.input("version").line
    line.setText(" 1.1 ")
    assert form.value("version") == "1.1"
    line.setText("1")  # part of what is offered may be meant as it is typed
    form.input("version").left.emit()
    assert line.text() == "1"
    line.setText("")
    assert form.read() == (Course(""), [])
    form.set_choices("version", ())
    form.show()
    assert not form.input("version")._open.isVisible()
    form.input("version").show_list()  # nothing to open
    form.set_choices("version", (("1.2", "1.2, the newest"),))
    line.setText("1.2, THE newest")
    assert form.value("version") == "1.2"
    assert form.input("version")._open.isVisible()
    form.input("version").set_read_only(True)
    assert not form.input("version")._open.isVisible()
