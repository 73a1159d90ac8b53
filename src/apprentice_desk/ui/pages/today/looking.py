"""What the page Today shows, worked out in the background from what the desk holds.

The page is shown in two steps: how everything stands, which is read at once, and what would be
refused of a return that is due, which takes longer to check.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date

from apprentice_desk import resources
from apprentice_desk.domain.apprenticeship import LIVE, Status
from apprentice_desk.domain.calendar import FinancialYear, Quarter
from apprentice_desk.domain.checklist import start_items
from apprentice_desk.domain.checklist_gateway import gateway
from apprentice_desk.domain.checklist_rules import ProgrammeRules
from apprentice_desk.domain.coming_days import Coming, coming
from apprentice_desk.domain.communications import story_needs
from apprentice_desk.domain.contract_terms import is_in_force
from apprentice_desk.domain.dated import in_force
from apprentice_desk.domain.findings import Finding, Level
from apprentice_desk.domain.needs import Agenda, Need, NeedRules, agenda, need_rules_on
from apprentice_desk.domain.needs_of_backups import backup_needs
from apprentice_desk.domain.needs_of_contracts import contract_needs
from apprentice_desk.domain.needs_of_course import (
    NearGateway,
    Paid,
    gateway_needs,
    wage_needs,
)
from apprentice_desk.domain.needs_of_levy import levy_needs
from apprentice_desk.domain.needs_of_network import HeldEvent, event_needs
from apprentice_desk.domain.needs_of_payments import payment_needs
from apprentice_desk.domain.needs_of_people import (
    action_needs,
    hours_needs,
    is_theirs,
    missing_needs,
    review_needs,
)
from apprentice_desk.domain.needs_of_procurements import procurement_needs
from apprentice_desk.domain.needs_of_programme import (
    DueReturn,
    Receipt,
    Refused,
    receipt_needs,
    return_needs,
    return_to_send,
    secondment_needs,
)
from apprentice_desk.domain.needs_of_providers import provider_needs
from apprentice_desk.domain.needs_of_retention import retention_needs
from apprentice_desk.domain.needs_of_start import Starting, start_needs
from apprentice_desk.domain.needs_of_wording import wording_needs
from apprentice_desk.domain.network_events import event_in_words
from apprentice_desk.domain.problems import Problem
from apprentice_desk.domain.progress import Progress
from apprentice_desk.domain.retention import due
from apprentice_desk.domain.secondment_care import Reviewing, care_needs
from apprentice_desk.domain.team_hours import TeamHours, team_hours
from apprentice_desk.domain.vocabulary import RoleFamily
from apprentice_desk.product import version
from apprentice_desk.records.attention import Attention, attention
from apprentice_desk.records.checklists import gateway_facts, is_new_here
from apprentice_desk.records.contract_money import unpaid
from apprentice_desk.records.course_attention import CourseAttention, course_attention
from apprentice_desk.records.levy_runway import levy_facts, levy_look
from apprentice_desk.records.pay import wage_facts
from apprentice_desk.records.procurement_dates import due_procurements
from apprentice_desk.records.retained import holds_by_key, retained_rows
from apprentice_desk.records.returns_sent import ReturnSentRow
from apprentice_desk.records.secondments import SecondmentRow
from apprentice_desk.records.standing import ApprenticeRow
from apprentice_desk.records.stories import story_rows
from apprentice_desk.ui.desk import Desk


@dataclass(frozen=True, slots=True)
class Pledged:
    """What the borough pledged for a programme year, and what came of it."""

    year: FinancialYear
    pledged: int
    recruited: int
    started: int
    to_fill: tuple[tuple[RoleFamily, int], ...]


@dataclass(frozen=True, slots=True)
class Look:
    """How everything stands on a day.

    *manager* is whose people are looked at, "" for everybody; *is_manager_known* tells whether
    anybody on the desk has that line manager.  *needs* are all lines but that of the return that
    is *due*, put off or not.
    """

    today: date
    manager: str
    is_manager_known: bool
    is_empty: bool
    on_programme: int
    """Of the people that are looked at."""
    on_programme_in_all: int
    needs: tuple[Need, ...]
    found: Attention
    rules: NeedRules
    due: DueReturn | None
    hours: TeamHours
    pledged: Pledged | None
    coming: tuple[Coming, ...]

    @property
    def contracts_in_force(self) -> int:
        """How many contracts have begun and run on; one whose end is not known does."""
        return sum(is_in_force(contract.term, self.today) for contract in self.found.contracts)

    @property
    def agenda(self) -> Agenda:
        """What needs somebody now, and what was put off."""
        of_return = return_needs(self.due, self.today, self.rules)
        return agenda([*of_return, *self.needs], self.found.put_off, self.today, self.rules)

    def with_refused(self, refused: Refused | None) -> Look:
        """Return the same with what would be refused of the return that is due."""
        return self if self.due is None else replace(self, due=replace(self.due, refused=refused))


def looking(desk: Desk, name: str, *, only_mine: bool) -> Callable[[Progress], Look]:
    """Return the work of looking how everything stands.

    *name* is that of whoever looks, as line managers are written; with *only_mine* it is their
    people who are looked at, unless nobody has that line manager.
    """
    today, lists, unsaved = desk.clock.today(), desk.lists, desk.unsaved

    def work(progress: Progress) -> Look:
        progress.step(0, 1, "Looking")
        manager = name if only_mine else ""
        found = desk.store.read(attention, today, lists.hours_rules, lists.role_families, manager)
        is_known = any(is_theirs(person, name) for person in found.people)
        if manager and not is_known:
            found = desk.store.read(attention, today, lists.hours_rules, lists.role_families)
            manager = ""
        limits = lists.hours_rules.limits_at(today)
        rules = need_rules_on(resources.need_rules(), today)
        people = people_of(found, manager)
        course = course_needs(desk, people, today, manager)
        bought = [] if manager else needs_of_buying(desk, today)
        return Look(
            today=today,
            manager=manager,
            is_manager_known=is_known,
            is_empty=not found.people,
            on_programme=sum(person.status in LIVE for person in people),
            on_programme_in_all=sum(person.status in LIVE for person in found.people),
            needs=(
                *backup_needs(unsaved, today),
                *_needs(found, people, manager, today, rules),
                *course,
                *bought,
                *([] if manager else money_needs(desk, today)),
                *([] if manager else needs_of_levy(desk, today, rules)),
                *([] if manager else needs_of_wording(desk, today)),
                *([] if manager else needs_of_stories(desk, today)),
                *([] if manager else needs_of_retention(desk, today)),
            ),
            found=found,
            rules=rules,
            due=None if manager else _due(found, today, rules),
            hours=team_hours(people, found.logged, found.activities, today, limits),
            pledged=_pledged(found, today),
            coming=coming(people, found.planned_reviews, _events(found), today),
        )

    return work


def people_of(found: Attention, manager: str) -> tuple[ApprenticeRow, ...]:
    """Return the people of a line manager, all without one."""
    return tuple(person for person in found.people if not manager or is_theirs(person, manager))


def _needs(
    found: Attention,
    people: tuple[ApprenticeRow, ...],
    manager: str,
    today: date,
    rules: NeedRules,
) -> list[Need]:
    interval = resources.review_rules().interval_days(today)
    keys = {person.id for person in people}
    secondments = [
        each for each in found.secondments if not manager or each.details.apprenticeship_id in keys
    ]
    needs = [
        *hours_needs(people),
        *review_needs(people, found.planned_reviews, today, interval, rules, manager),
        *action_needs(people, found.late_actions, today, rules),
        *missing_needs([person for person in people if not person.is_vacancy], manager),
        *secondment_needs(secondments, _places(), today),
        *_needs_of_care(found, people, secondments, interval, rules, today),
    ]
    if manager:  # contracts and returns are for whoever looks after everybody
        return needs
    on_it = Counter(p.contract_reference for p in found.people if p.status in LIVE)
    return [
        *needs,
        *contract_needs(found.contracts, on_it, today, rules, resources.bank_holidays()),
        *provider_needs(found.provider_actions, today, rules),
        *receipt_needs(_receipt(found.sent)),
        *event_needs(_held(found), today),
    ]


def _needs_of_care(
    found: Attention,
    people: tuple[ApprenticeRow, ...],
    secondments: list[SecondmentRow],
    interval: int,
    rules: NeedRules,
    today: date,
) -> list[Need]:
    """Return the lines of what is to be done before, during and after secondments."""
    reviewing = Reviewing(
        {person.id: person for person in people}, found.planned_reviews, interval, rules
    )
    stays = in_force(resources.placement_rules(), today, "When something of a stay is named")
    return care_needs(secondments, _places(), reviewing, stays, today)


def money_needs(desk: Desk, today: date) -> list[Need]:
    """Return the lines of what is due under contracts and not recorded as paid."""
    return payment_needs(desk.store.read(unpaid, today, resources.funding_rules()))


def needs_of_levy(desk: Desk, today: date, rules: NeedRules) -> list[Need]:
    """Return the line of what lapses of the levy; none where no balance is recorded."""
    facts = desk.store.read(levy_facts, today)
    if facts is None:
        return []
    look = levy_look(facts, resources.funding_rules(), resources.levy_rules())
    return levy_needs(look.runway, today, rules)


def needs_of_retention(desk: Desk, today: date) -> list[Need]:
    """Return the line of what is kept for longer than the rules say."""
    kept, holds = desk.store.read(retained_rows, today), desk.store.read(holds_by_key)
    return retention_needs(due(kept, resources.retention_rules(), holds, today))


def needs_of_wording(desk: Desk, today: date) -> list[Need]:
    """Return the lines of wording: drafts, and what is in use or own and is to be read again."""
    # Imported on the worker: the wording is not needed to show the rest.
    from apprentice_desk.documents.wording_list import needy_wording

    return wording_needs(desk.store.read(needy_wording, today), today)


def needs_of_stories(desk: Desk, today: date) -> list[Need]:
    """Return the lines of stories: what is to be taken down, and what was to be out by now."""
    return story_needs(desk.store.read(story_rows), today)


def course_needs(
    desk: Desk, people: tuple[ApprenticeRow, ...], today: date, manager: str = ""
) -> list[Need]:
    """Return the lines of starts, pay and gateways."""
    rules = resources.programme_rules()
    ahead = max(rule.days for rule in rules.ahead)
    near = [
        (person, person.gateway_planned_on)
        for person in people
        if person.status in (Status.LIVE, Status.ON_A_BREAK)
        and person.gateway_planned_on is not None
        and (person.gateway_planned_on - today).days <= ahead
    ]
    found = desk.store.read(course_attention, [person.id for person, _ in near])
    paid = [
        Paid(person.id, person.name, wage_facts(person, found.pay.get(person.id, ())))
        for person in people
        if person.status in LIVE or (person.id in found.pay and not person.status.is_ended)
    ]
    gateways = [
        NearGateway(
            person.id,
            person.name,
            planned_on,
            gateway(gateway_facts(person, held), held.gateway, rules, today),
        )
        for person, planned_on in near
        if (held := found.checklists.get(person.id)) is not None
    ]
    return [
        *start_needs(_starting(people, found, rules, today), rules.start_ahead, today, manager),
        *wage_needs(paid, resources.wage_rules(), today, manager),
        *gateway_needs(gateways, rules.ahead, today),
    ]


def _starting(
    people: tuple[ApprenticeRow, ...], found: CourseAttention, rules: ProgrammeRules, today: date
) -> list[Starting]:
    """Those who are to start, or are in training: what stood before the start of each."""
    starting = []
    for person in people:
        if person.status in (Status.PLANNED, Status.LIVE, Status.ON_A_BREAK):
            started_on = person.course.training_started_on
            marks = found.start.get(person.id, {})
            items = start_items(rules.start, marks, started_on, today, is_new=is_new_here(person))
            starting.append(
                Starting(person.id, person.name, started_on, items, marks, person.is_vacancy)
            )
    return starting


def needs_of_buying(desk: Desk, today: date) -> list[Need]:
    """Return the lines of procurements."""
    rules = resources.procurement_rules()
    found = desk.store.read(due_procurements, today, rules, resources.bank_holidays())
    return procurement_needs(found, today, rules.near_on(today))


def _places() -> dict[str, str]:
    return {borough.code: borough.name for borough in resources.boroughs()}


def _events(found: Attention) -> list[tuple[date, str]]:
    return [
        (
            event.details.held_on,
            event_in_words(event.details.name, event.details.began_at, event.details.place),
        )
        for event in found.events
        if event.is_on and event.details.held_on is not None
    ]


def _held(found: Attention) -> list[HeldEvent]:
    return [
        HeldEvent(
            event.id,
            event.details.name,
            event.details.held_on,
            event.asked - event.answered,
            event.came - event.logged if event.lacks_hours else 0,
        )
        for event in found.events
        if event.is_on and event.details.held_on is not None
    ]


def _due(found: Attention, today: date, rules: NeedRules) -> DueReturn | None:
    running = Quarter.containing(today)
    starts = [p.course.training_started_on for p in found.people]
    return return_to_send(
        today,
        due_on(running.previous()),
        due_on(running),
        {sent.period for sent in found.sent},
        min((start for start in starts if start is not None), default=None),
        rules,
    )


def due_on(period: Quarter) -> date | None:
    """Return the day when the return for *period* is due; None where that is not known."""
    try:
        return resources.return_settings().due_on(period.last, resources.bank_holidays())
    except Problem:
        return None  # the settings or the list of bank holidays do not reach that far


def _receipt(sent: tuple[ReturnSentRow, ...]) -> Receipt | None:
    """What became of the newest return for the latest period."""
    newest = max(sent, key=lambda row: (row.period, row.revision), default=None)
    if newest is None or newest.receipt is None:
        return None
    details = newest.receipt.details
    return Receipt(
        Quarter.parse(newest.period), details.state, details.received_on, details.left_out
    )


def _pledged(found: Attention, today: date) -> Pledged | None:
    """What was pledged for the programme year of *today*; None where nothing was."""
    # Imported on the worker: what a return is made of is not needed to show the rest.
    from apprentice_desk.returns.programme_lines import pledges

    year = FinancialYear.containing(today)
    recruited = tuple(person for person in found.people if not person.is_vacancy)
    made = [
        line
        for _, line in pledges(found.pledges, recruited, year, today, found.counted)
        if line.programme_year == str(year)
    ]
    if not made:
        return None
    open_places = {line.role_family: (line.pledged or 0) - (line.recruited or 0) for line in made}
    return Pledged(
        year=year,
        pledged=sum(line.pledged or 0 for line in made),
        recruited=sum(line.recruited or 0 for line in made),
        started=sum(line.started or 0 for line in made),
        to_fill=tuple((RoleFamily(key), count) for key, count in open_places.items() if count > 0),
    )


# --- what would be refused ------------------------------------------------------------------------


def checking(desk: Desk, period: Quarter) -> Callable[[Progress], Refused]:
    """Return the work of gathering and checking the return for *period*."""
    now, prepared_by = desk.clock.now(), desk.settings.prepared_by

    def work(progress: Progress) -> Refused:
        progress.step(0, 1, "Checking the return")
        # Imported on the worker: spreadsheets cost the window a standstill.
        from apprentice_desk.returns import sending

        prepared = sending.prepare(
            desk.store,
            period,
            desk.lists,
            prepared_at=now,
            prepared_by=prepared_by,
            program_version=version(),
        )
        return refused_of(prepared.findings)

    return work


def refused_of(findings: tuple[Finding, ...]) -> Refused:
    """Return how much *findings* refuse: rows, and what is meant most often first."""
    refusing = [finding for finding in findings if finding.level is not Level.NOTE]
    rows = {(each.place.sheet, each.place.row) for each in refusing}
    headings = Counter(each.place.heading or each.place.sheet for each in refusing)
    return Refused(len(rows), tuple(headings.most_common()))
