"""What the page Today says: its badges, icons, figures and sentences."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from apprentice_desk.domain.calendar import MONTHS, show_day
from apprentice_desk.domain.coming_days import days_ahead
from apprentice_desk.domain.durations import nearest_minute
from apprentice_desk.domain.needs import (
    BACKUPS,
    LEVY,
    PROCUREMENTS,
    PROVIDERS,
    RETENTION,
    STORIES,
    WEEKDAYS,
    WORDING,
    Need,
    NeedKind,
    Target,
    Urgency,
    Waiting,
    counted,
    listed,
    long_day,
)
from apprentice_desk.domain.off_the_job import HoursStatus
from apprentice_desk.domain.team_hours import DayMinutes, TeamHours
from apprentice_desk.ui.destinations import (
    Destination,
    OpenApprentice,
    OpenContract,
    OpenNetwork,
    OpenPage,
    OpenProcurement,
    OpenProvider,
    OpenRecord,
    OpenReturnRecord,
    OpenSecondment,
    OpenWording,
)
from apprentice_desk.ui.kit.charts import Chart, ChartLine, ChartMark
from apprentice_desk.ui.kit.painting import Badge, Bar
from apprentice_desk.ui.kit.theme import Tone

if TYPE_CHECKING:  # the records behind a look are imported once the desk is open
    from apprentice_desk.ui.pages.today.looking import Look, Pledged

ICONS = {
    NeedKind.RETURN: "send",
    NeedKind.HOURS: "clock",
    NeedKind.REVIEW: "users",
    NeedKind.ACTION: "list-checks",
    NeedKind.CONTRACT: "file-text",
    NeedKind.PROCUREMENT: "list-checks",
    NeedKind.SECONDMENT: "arrow-left-right",
    NeedKind.WAGE: "briefcase",
    NeedKind.START: "square-check",
    NeedKind.GATEWAY: "flag",
    NeedKind.MISSING: "circle-question-mark",
    NeedKind.STORY: "inbox",
    NeedKind.WORDING: "book-open",
    NeedKind.RETENTION: "lock",
    NeedKind.BACKUP: "save",
}

TONES: dict[Urgency, Tone] = {
    Urgency.NOW: "danger",
    Urgency.SOON: "warning",
    Urgency.LATER: "note",
}

READ_ONLY = "This desk is open to read only."


def destination(target: Target, *, is_read_only: bool) -> Destination:
    """Return where a line leads; a desk open to read only shows the record, and no form."""
    if target.kind == PROVIDERS and target.record_id is not None:
        return OpenProvider(target.record_id, target.part, target.item_id)
    if target.kind == PROCUREMENTS and target.record_id is not None:
        return OpenProcurement(target.record_id, target.part, target.item_id)
    field = "" if is_read_only else target.field
    if target.kind == "secondments" and target.record_id is not None:
        return OpenSecondment(target.record_id, field)
    if target.kind == "contracts" and target.record_id is not None and not field:
        return OpenContract(target.record_id, target.part, target.item_id)
    if target.part and target.record_id is not None:
        return OpenRecord(target.record_id, target.part, target.item_id, target.field)
    if target.kind == "apprentices" and target.record_id is not None:
        return OpenApprentice(target.record_id, field)
    if target.kind == "apprentices":
        return OpenPage("apprentices")
    if target.kind == "returns":
        return OpenPage("returns", target.quarter)
    if target.kind == WORDING:
        return OpenWording(target.field) if target.field else OpenPage("wording")
    if target.kind == STORIES:
        return OpenNetwork("stories", target.record_id)
    if target.kind == RETENTION:
        return OpenPage("safekeeping", "retention")
    if target.kind == BACKUPS:
        return OpenPage("safekeeping", "backups")
    if target.kind == LEVY:
        return OpenPage("levy")
    return OpenReturnRecord(target.kind, target.record_id, field)


def things(count: int) -> str:
    """Return how much needs somebody, in words."""
    if not count:
        return "nothing needs you"
    return "1 thing needs you" if count == 1 else f"{count:,} things need you"


def subtitle(look: Look, needs: int) -> str:
    """Return the sentence below the title."""
    if look.is_empty and not needs:
        return f"{long_day(look.today)} · no apprentices yet"
    whose = counted(look.on_programme, "apprentice") + (" of yours" if look.manager else "")
    return f"{long_day(look.today)} · {whose} · {things(needs)}"


def spoken(need: Need) -> str:
    """Return what is read out of a line, how soon and why included."""
    return f"{need.urgency.words}. {need.why}."


def waiting_words(waiting: Waiting) -> str:
    """Return until when a line may wait, and why."""
    return f"Until {show_day(waiting.until_on)}: {waiting.reason}"


def nothing_words(look: Look, waiting: int) -> tuple[str, str]:
    """Return what is said where nothing needs doing."""
    if waiting:
        return (
            "Nothing else needs you today",
            f"{counted(waiting, 'line')} put off will come back in time. Enjoy the quiet.",
        )
    if look.manager:
        return (
            "Nothing needs you today",
            "Your apprentices are on plan, and none of their reviews is near. Well looked after.",
        )
    return (
        "Nothing needs you today",
        "Everybody is on plan, no review or contract is near its day, and nothing is missing. Well"
        " looked after.",
    )


# --- hours ----------------------------------------------------------------------------------------

_STATUS_BADGES = {
    HoursStatus.ON_TRACK: Badge("On track", "good", "check"),
    HoursStatus.SLIPPING: Badge("Slipping", "warning", "triangle-alert"),
    HoursStatus.BEHIND: Badge("Behind", "danger", "circle-alert"),
    HoursStatus.NO_PLAN: Badge("", "quiet"),
}

_LINE_TONES: dict[HoursStatus, Tone] = {
    HoursStatus.SLIPPING: "warning",
    HoursStatus.BEHIND: "danger",
}


def hours_title(hours: TeamHours) -> str:
    """Return the heading of the card of hours."""
    return f"Off-the-job training since {show_day(hours.since_on)}"


def hours_badge(hours: TeamHours) -> Badge:
    """Return how the team stands."""
    return _STATUS_BADGES[hours.status]


def whole_hours(minutes: int) -> str:
    """Return *minutes* as whole hours: a team's sum is not read to the minute."""
    return f"{nearest_minute(Fraction(minutes, 60)):,} h"


def hours_caption(hours: TeamHours) -> str:
    """Return what the figure of hours is to be read against."""
    return f"logged of {whole_hours(hours.planned_minutes)} planned to date"


def hours_sentence(hours: TeamHours) -> str:
    """Return the same in words: how far off plan, of how many people."""
    if not hours.people:
        return (
            "Nobody on programme has a plan to measure by."
            if hours.without_plan
            else "Nobody is on programme yet."
        )
    apart = hours.logged_minutes - hours.planned_minutes
    if whole_hours(abs(apart)) == "0 h":
        how = "On plan"
    else:
        how = f"{whole_hours(abs(apart))} {'below' if apart < 0 else 'above'} plan"
    said = f"{how}, {counted(hours.people, 'apprentice')}."
    if hours.without_plan == 1:
        said += " 1 without a plan is left out."
    elif hours.without_plan:
        said += f" {hours.without_plan:,} without a plan are left out."
    return said


def hours_chart(look: Look) -> Chart | None:
    """Return the chart of the team's hours over the funding year; None without a plan."""
    hours = look.hours
    if not hours.planned or not hours.logged:
        return None
    start, end = hours.planned[0][0], hours.planned[-1][0]
    tone = _LINE_TONES.get(hours.status, "accent")
    lines = (
        ChartLine(_points(_with_today(look)), "plan", "plan"),
        ChartLine(_points(hours.logged), "logged", "logged", tone),
    )
    ticks = tuple(
        (day.toordinal(), f"{MONTHS[day.month - 1][:3]} {day.year}")
        for day in (hours.since_on, end)
    )
    says = (
        f"Hours from {show_day(hours.since_on)} to {show_day(end)}: by today"
        f" {whole_hours(hours.logged_minutes)} logged, {whole_hours(hours.planned_minutes)}"
        f" planned; planned by the end {whole_hours(hours.planned[-1][1])}."
    )
    marks = (ChartMark(look.today.toordinal(), "today"),) if start < look.today < end else ()
    return Chart(lines, says, marks, ticks)


def _with_today(look: Look) -> tuple[DayMinutes, ...]:
    """The plan by month, and at today's line what the sentence says is planned by today."""
    hours, today = look.hours, look.today
    planned = hours.planned
    if not planned[0][0] < today < planned[-1][0]:
        return planned
    others = [each for each in planned if each[0] != today]
    return tuple(sorted([*others, (today, hours.planned_minutes)]))


def _points(totals: tuple[DayMinutes, ...]) -> tuple[tuple[float, float], ...]:
    return tuple((day.toordinal(), minutes / 60) for day, minutes in totals)


# --- pledge and days ------------------------------------------------------------------------------


def pledge_bar(pledged: Pledged) -> Bar:
    """Return how much of the pledge has started; the tick is what was recruited."""
    say = (
        f"{pledged.started:,} started and {pledged.recruited:,} recruited of"
        f" {pledged.pledged:,} pledged"
    )
    return Bar(pledged.started, pledged.recruited, max(pledged.pledged, 1), "accent", say)


def pledge_sentence(pledged: Pledged) -> str:
    """Return who is still to start, and what is still to fill."""
    said = []
    if (waiting := pledged.recruited - pledged.started) > 0:
        said.append(f"{waiting:,} recruited and not started yet")
    if pledged.to_fill:
        open_places = sum(count for _, count in pledged.to_fill)
        where = listed([f"{count} {family}" for family, count in pledged.to_fill])
        said.append(f"{counted(open_places, 'place')} still to fill: {where}")
    else:
        said.append("every place is filled")
    joined = " · ".join(said)
    return joined[:1].upper() + joined[1:]


def week_title(look: Look) -> str:
    """Return which days are shown; from Friday on those of the next week too."""
    days = days_ahead(look.today).days or 0
    return "This week and next" if days > 7 else "This week"


def day_of_week(look: Look, number: int) -> str:
    """Return the day of one thing that is coming: "Tue 24"."""
    day = look.coming[number].on
    return f"{WEEKDAYS[day.weekday()][:3]} {day.day}"
