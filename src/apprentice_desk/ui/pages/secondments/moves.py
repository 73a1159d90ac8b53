"""The dialogs of moves: each asks only what it needs, and says first what comes of it.

Which fields a move has is decided in ``domain.secondment_moves``; here they get their words, and
what they begin with.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from PySide6.QtWidgets import QVBoxLayout, QWidget

from apprentice_desk.domain.findings import Finding, refuses
from apprentice_desk.domain.placement_clashes import Clash
from apprentice_desk.domain.placement_days import last_day
from apprentice_desk.domain.secondment_moves import Move, MoveDetails, Standing, asked, needed
from apprentice_desk.records import secondment_moves
from apprentice_desk.records.secondment_overview import SecondmentLine, SecondmentOverview
from apprentice_desk.ui.desk import Desk
from apprentice_desk.ui.destinations import OpenSecondment
from apprentice_desk.ui.kit import access
from apprentice_desk.ui.kit.dialogs import FormDialog
from apprentice_desk.ui.kit.fields import Field
from apprentice_desk.ui.kit.forms import Form
from apprentice_desk.ui.kit.pieces import label
from apprentice_desk.ui.kit.theme import Theme
from apprentice_desk.ui.pages.secondments.columns import who
from apprentice_desk.ui.recording.choices import host_choices

BUTTONS: dict[Move, tuple[str, str]] = {
    Move.ASK: ("Ask for it…", "send"),
    Move.APPROVE: ("Approve…", "check"),
    Move.MATCH: ("Record a place…", "arrow-left-right"),
    Move.AGREE: ("Record what is agreed…", "circle-check"),
    Move.START: ("Record the start…", "briefcase"),
    Move.COMPLETE: ("Record the end…", "award"),
    Move.DECLINE: ("Decline…", "ban"),
    Move.WITHDRAW: ("Withdraw…", "circle-x"),
}
"""The button of each move, and its icon."""
_CONFIRM: dict[Move, str] = {
    Move.ASK: "Ask for it",
    Move.APPROVE: "Approve",
    Move.MATCH: "Record the place",
    Move.AGREE: "Record what is agreed",
    Move.START: "Record the start",
    Move.COMPLETE: "Record the end",
    Move.DECLINE: "Decline",
    Move.WITHDRAW: "Withdraw",
}
_LABELS: dict[Move, str] = {
    Move.ASK: "Ask for the secondment of {who}",
    Move.APPROVE: "Approve the secondment of {who}",
    Move.MATCH: "Record a place for {who}",
    Move.AGREE: "Record what is agreed for {who}",
    Move.START: "Record that the secondment of {who} started",
    Move.COMPLETE: "Record that the secondment of {who} ended",
    Move.DECLINE: "Decline the secondment of {who}",
    Move.WITHDRAW: "Withdraw the secondment of {who}",
}
_ON: dict[Move, str] = {
    Move.ASK: "Asked on",
    Move.APPROVE: "Approved on",
    Move.MATCH: "Found on",
    Move.AGREE: "Agreed on",
    Move.DECLINE: "Declined on",
    Move.WITHDRAW: "Withdrawn on",
}
_BY: dict[Move, str] = {
    Move.ASK: "Asked by",
    Move.APPROVE: "Approved by",
    Move.MATCH: "Found by",
    Move.AGREE: "Agreed by",
    Move.START: "Recorded by",
    Move.COMPLETE: "Recorded by",
    Move.DECLINE: "Declined by",
    Move.WITHDRAW: "Withdrawn by",
}
_FRIDAY = 4
WHY_ALL_THE_SAME = "Why it may go on all the same"

_FIELDS: dict[str, Field] = {
    each.name: each
    for each in (
        Field("host", "Host", "search", width=34, help="LOTI, a borough or a technology employer."),
        Field("host_name", "Its name", width=34, help="Where the host is no borough."),
        Field("host_supervisor", "Looks after them there", width=34,
              help="The host's manager or supervisor for these weeks."),
        Field("matched_code", "Code of the place", "code", width=18,
              help="Of an offer elsewhere, if it has one."),
        Field("agreed_start_on", "First day", "date"),
        Field("agreed_end_on", "Last day", "date", beside=True),
        Field("provider_told_on", "Provider told on", "date", is_past=True,
              help="The training plan is revised where hours, place or days change."),
        Field("started_on", "First day there", "date", is_past=True),
        Field("ended_on", "Last day there", "date", is_past=True),
        Field("learned", "What was learned", "long text", rows=3),
        Field("ksbs_touched", "KSBs it touched", width=40, help="Such as K4; S2."),
        Field("host_feedback", "What the host says", "long text", rows=2),
        Field("apprentice_feedback", "What the apprentice says", "long text", rows=2),
    )
}  # fmt: skip


def open_move(
    desk: Desk,
    shown: SecondmentOverview,
    move: Move,
    parent: QWidget,
    begun: MoveDetails | None = None,
) -> FormDialog:
    """Open the dialog of a move of *shown*; *begun* is what is known of it already."""
    return _Moving(desk, shown, move, parent, begun or MoveDetails()).dialog


class _Moving:
    """One dialog of one move."""

    def __init__(
        self,
        desk: Desk,
        shown: SecondmentOverview,
        move: Move,
        parent: QWidget,
        begun: MoveDetails,
    ) -> None:
        self._desk, self._shown, self._move = desk, shown, move
        self._today = desk.clock.today()
        line = shown.line
        standing = desk.store.read(secondment_moves.standing_of, line.id)
        is_against = move is Move.APPROVE and any(each.is_grave for each in shown.clashes)
        form = Form(
            fields_of(desk, move, standing, must_say_why=is_against),
            MoveDetails,
            desk.theme,
            today=self._today,
        )
        form.show_details(_with(begun, beginning(shown, move, desk, self._today)))
        if (clashes := _shown_before(move, shown.clashes)) is not None:
            form.put_below(ClashList(clashes, desk.theme))
        title = f"{_CONFIRM[move]}: {who(line)}"
        draft = desk.draft(f"secondment {move}:{line.id}", title, OpenSecondment(line.id))
        self.dialog = FormDialog(
            form, title, _CONFIRM[move], self._save, desk.theme, parent, draft=draft, wide=130
        )
        self.dialog.open()
        first = needed(move, standing)
        blank = next((name for name in first if form.value(name) is None), None)
        form.focus(blank or ("note" if is_against else form.fields[0].name))

    def _save(self, given: Any) -> list[Finding]:
        line, move, desk = self._shown.line, self._move, self._desk
        against = self._shown.clashes
        found = desk.store.read(secondment_moves.check, line.id, move, given, self._today, against)
        if refuses(found):
            return list(found)
        with desk.change(label_of(line, move)) as session:
            secondment_moves.move_secondment(session, line.id, move, given, self._today, against)
        return []


def label_of(line: SecondmentLine, move: Move) -> str:
    """Return what Undo, the story of changes and the status line say of a move."""
    said = _LABELS[move].format(who=line.name or line.code)
    if line.is_offer:
        return said.replace("the secondment of", "the offer")
    if line.details.form.is_light:
        return said.replace("the secondment of", f"the {line.details.form} of")
    return said


def fields_of(
    desk: Desk, move: Move, standing: Standing, *, must_say_why: bool = False
) -> list[Field]:
    """Return the fields of a move in the order in which it asks."""
    first = needed(move, standing)
    made = []
    for name in asked(move, standing):
        if name == "on":
            each = Field("on", _ON[move], "date", is_past=True)
        elif name == "by":
            each = Field("by", _BY[move], beside="on" in first, width=30)
        elif name == "note":
            each = _note(move, must_say_why=must_say_why)
        elif name == "host":
            each = replace(_FIELDS["host"], choices=host_choices(desk))
        else:
            each = _FIELDS[name]
        made.append(replace(each, required=each.required or name in first))
    return made


def _note(move: Move, *, must_say_why: bool) -> Field:
    if move.ends_it:
        return Field("note", "Why", "long text", rows=3, help="It stays in this desk.")
    if must_say_why:
        return Field(
            "note", WHY_ALL_THE_SAME, "long text", required=True, rows=3,
            help="Something grave stands against it, as said below. Say what was weighed.",
        )  # fmt: skip
    return Field("note", "Note", help="It stays in this desk.")


def beginning(shown: SecondmentOverview, move: Move, desk: Desk, today: date) -> MoveDetails:
    """Return what the form of a move begins with: what the desk knows already."""
    line, details = shown.line, shown.line.details
    by = desk.settings.prepared_by
    if move in (Move.APPROVE, Move.DECLINE) and not line.is_offer:
        by = line.line_manager or by
    begun = MoveDetails(on=today, by=by)
    match move:
        case Move.MATCH:
            return replace(
                begun,
                host=details.host,
                host_name=details.host_name,
                host_supervisor=details.host_supervisor,
                matched_code=line.matched_code,
            )
        case Move.AGREE:
            start = details.agreed_start_on or details.earliest_start_on
            end = details.agreed_end_on
            if start is not None and end is None:
                end = _working_day(last_day(start, details.weeks, details.days))
            return replace(
                begun,
                host=details.host,
                host_name=details.host_name,
                host_supervisor=details.host_supervisor,
                agreed_start_on=start,
                agreed_end_on=end,
                provider_told_on=shown.care.provider_told_on,
            )
        case Move.START:
            return replace(begun, started_on=_not_after(details.agreed_start_on, today))
        case Move.COMPLETE | Move.WITHDRAW:
            started = details.started_on
            if started is None and details.form.is_light:
                started = _not_after(details.agreed_start_on, today)
            return replace(
                begun,
                started_on=started,
                ended_on=_not_after(details.agreed_end_on, today),
                ksbs_touched=details.ksbs if move is Move.COMPLETE else "",
            )
        case _:
            return begun


def _working_day(day: date) -> date:
    """Return the day itself, or the Friday before a weekend: four weeks end with their work."""
    return day - timedelta(days=max(0, day.weekday() - _FRIDAY))


def _not_after(day: date | None, today: date) -> date:
    return today if day is None or day > today else day


def _with(begun: MoveDetails, known: MoveDetails) -> MoveDetails:
    """Return *known* with what *begun* says instead."""
    said = {name: getattr(begun, name) for name in MoveDetails.__dataclass_fields__}
    return replace(known, **{name: value for name, value in said.items() if value})


def _shown_before(move: Move, clashes: Sequence[Clash]) -> Sequence[Clash] | None:
    """Return what a move's dialog says of clashes; None where it does not speak of them."""
    return clashes if move in (Move.ASK, Move.APPROVE, Move.AGREE) else None


class ClashList(QWidget):
    """What a stay collides with, each with its day and what to do; or that nothing is known."""

    NOTHING = "Nothing that this desk knows of falls into these days."

    def __init__(self, clashes: Sequence[Clash], theme: Theme, title: str = "") -> None:
        super().__init__()
        self._theme = theme
        self._down = QVBoxLayout(self)
        self._down.setContentsMargins(0, theme.space(1), 0, 0)
        self._down.setSpacing(theme.space(2))
        self._title = label(title or "What it collides with", "heading", wraps=True)
        self._parts: list[QWidget] = []
        self._down.addWidget(self._title)
        self.show_clashes(clashes)

    def show_clashes(self, clashes: Sequence[Clash]) -> None:
        """Show other clashes."""
        for old in self._parts:
            self._down.removeWidget(old)
            old.hide()
            old.deleteLater()
        self._parts = []
        if not clashes:
            self._put(label(self.NOTHING, "quiet", wraps=True))
        for each in clashes:
            grave = "Grave: " if each.is_grave else ""
            says = label(f"{grave}{each.says}", "strong", wraps=True)
            says.setProperty("tone", "danger" if each.is_grave else "")
            self._put(says)
            self._put(label(each.remedy, "quiet", wraps=True))
        said = ". ".join(each.says for each in clashes) or self.NOTHING
        access.name(self, f"{self._title.text()}: {said}")

    def _put(self, part: QWidget) -> None:
        self._parts.append(part)
        self._down.addWidget(part)
