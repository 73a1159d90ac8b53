"""What is recorded around a secondment: told, plan revised, the check-in, what came of it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from PySide6.QtWidgets import QWidget

from apprentice_desk.domain.findings import Finding, refuses
from apprentice_desk.domain.secondment_care import AfterDetails, Care, DoneDetails
from apprentice_desk.domain.vocabulary import SecondmentStatus
from apprentice_desk.records import secondment_care
from apprentice_desk.records.secondment_overview import SecondmentOverview
from apprentice_desk.ui.desk import Desk
from apprentice_desk.ui.destinations import OpenSecondment
from apprentice_desk.ui.kit.dialogs import FormDialog
from apprentice_desk.ui.kit.fields import Field
from apprentice_desk.ui.kit.forms import Form

CARES: dict[str, tuple[str, str]] = {
    "provider": ("Provider told…", "send"),
    "plan": ("Training plan…", "list-checks"),
    "check-in": ("Check-in half-way…", "calendar-clock"),
    "afterwards": ("What came of it…", "award"),
}
"""The button of each, by the name that a line on Today leads here with."""

_STATUS = SecondmentStatus
_WHEN: dict[str, tuple[SecondmentStatus, ...]] = {
    "provider": (_STATUS.MATCHED, _STATUS.AGREED, _STATUS.UNDER_WAY),
    "plan": (_STATUS.AGREED, _STATUS.UNDER_WAY),
    "check-in": (_STATUS.UNDER_WAY,),
    "afterwards": (_STATUS.UNDER_WAY, _STATUS.COMPLETED),
}


def cares_of(shown: SecondmentOverview) -> tuple[str, ...]:
    """Return what can be recorded around a secondment as it stands; little of its light form."""
    details = shown.line.details
    if details.apprenticeship_id is None:
        return ()
    found = tuple(about for about, when in _WHEN.items() if details.status in when)
    return tuple(each for each in found if each == "afterwards") if details.form.is_light else found


@dataclass(frozen=True, slots=True)
class _Asking:
    """One dialog: its title, button and label of the change, its fields, check and command."""

    title: str
    confirm: str
    label: str
    fields: tuple[Field, ...]
    begun: Callable[[Care, Any], Any]
    check: Callable[..., list[Finding]]
    act: Callable[..., None]
    has_day: bool = True


_ASKING: dict[str, _Asking] = {
    "provider": _Asking(
        "The provider was told: {who}",
        "Record it",
        "Record that the provider of {who} was told",
        (
            Field(
                "on", "Told on", "date", required=True, is_past=True,
                help="Place, days or hours change, so the training plan may have to be revised.",
            ),
        ),
        lambda care, today: DoneDetails(care.provider_told_on or today),
        secondment_care.check_told,
        secondment_care.tell_provider,
    ),
    "plan": _Asking(
        "The training plan: {who}",
        "Record it",
        "Record the training plan for the secondment of {who}",
        (
            Field("on", "Revised on", "date", required=True, is_past=True,
                  help="Or the day on which it was found to stand."),
            Field("note", "What changed", help="Blank where it stands as it is.", width=50),
        ),
        lambda care, today: DoneDetails(care.plan_revised_on or today, care.plan_note),
        secondment_care.check_revised,
        secondment_care.revise_plan,
    ),
    "check-in": _Asking(
        "Check-in half-way: {who}",
        "Record the check-in",
        "Record the check-in with {who}",
        (
            Field("on", "Held on", "date", required=True, is_past=True),
            Field("note", "What was said", "long text", rows=4,
                  help="How it goes for the apprentice and for the host. It stays in this desk."),
        ),
        lambda care, today: DoneDetails(care.checked_in_on or today, care.check_in_note),
        secondment_care.check_in,
        secondment_care.hold_check_in,
    ),
    "afterwards": _Asking(
        "What came of it: {who}",
        "Save",
        "Record what came of the secondment of {who}",
        (
            Field("learned", "What was learned", "long text", rows=3),
            Field("ksbs_touched", "KSBs it touched", width=40, help="Such as K4; S2."),
            Field("host_feedback", "What the host says", "long text", rows=2),
            Field("apprentice_feedback", "What the apprentice says", "long text", rows=2),
        ),
        lambda care, _today: AfterDetails(
            care.learned, care.ksbs_touched, care.host_feedback, care.apprentice_feedback
        ),
        secondment_care.check_afterwards,
        secondment_care.record_afterwards,
        has_day=False,
    ),
}  # fmt: skip


def open_care(desk: Desk, shown: SecondmentOverview, about: str, parent: QWidget) -> FormDialog:
    """Open the dialog in which one thing around a secondment is recorded, or changed."""
    asking, today = _ASKING[about], desk.clock.today()
    key: UUID = shown.line.id
    who = shown.line.name or shown.line.code
    more = (today,) if asking.has_day else ()
    begun = asking.begun(shown.care, today)

    def save(given: Any) -> list[Finding]:
        found = desk.store.read(asking.check, key, given, *more)
        if refuses(found):
            return list(found)
        with desk.change(asking.label.format(who=who)) as session:
            asking.act(session, key, given, *more)
        return []

    form = Form(asking.fields, type(begun), desk.theme, today=today)
    form.show_details(begun)
    title = asking.title.format(who=who)
    draft = desk.draft(f"secondment {about}:{key}", title, OpenSecondment(key, about))
    dialog = FormDialog(
        form, title, asking.confirm, save, desk.theme, parent, draft=draft, wide=120
    )
    dialog.open()
    return dialog
